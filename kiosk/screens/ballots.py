"""A choice before it is sealed, in large type, and the seal codes after it.

Rule 1: what was chosen is shown in its order, and cannot be touched: Change is a control of its own.
Rule 2: codes run from left to right in every language; nothing here is remembered.
"""

from __future__ import annotations

from typing import Any, Final

from kivy.properties import ObjectProperty

from kiosk.screens import theme
from kiosk.screens.parts import Face, Part
from kiosk.screens.theme import px
from kiosk.screens.tile import AnswerTile
from kiosk.screens.words import Words

MOST_LINES: Final = 4
ROW_TALLEST, CODE_TALLEST = 22.0, 24.0
MOST_CODES: Final = 3
CODE_WIDE: Final = 74.0
CODE_NARROW: Final = 46.0


class ChoiceList(Part):
    """Up to four lines: place, symbol and name, none of which can be touched."""

    personal = ("tiles",)

    tiles = ObjectProperty(())

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.pool = [AnswerTile(leading=True, locked=True) for _ in range(MOST_LINES)]
        for row in self.pool:
            self.add_widget(row)
        self.bind(tiles=self.again)
        self.bind(tiles=self.placed_anew)

    def wants_px(self, width: float) -> float:  # noqa: ARG002 - the same at any width
        """Rows of `tall`: what is asked above them shrinks first, and not what was chosen."""
        return float(len(self.tiles) * px(self.tall) + max(0, len(self.tiles) - 1) * px(theme.GAP))

    def arrange(self) -> None:
        """Bind the pool and place from the head."""
        for place, row in enumerate(self.pool):
            row.tile = self.tiles[place] if place < len(self.tiles) else None
        shown = self.pool[: len(self.tiles)]
        if not shown or self.width < 1:
            return
        gap = px(theme.GAP)
        high = min((self.height - gap * (len(shown) - 1)) / len(shown), px(ROW_TALLEST))
        for place, row in enumerate(shown):
            row.leading = row.tile.place is not None
            row.words.role, row.words.at_most = "question", 0
            self.put(row, 0, self.height - (place + 1) * high - place * gap, self.width, high)
            row.arrange()
        even = min(row.words.best_size(row.words.width, row.words.height) for row in shown)
        for row in shown:
            row.words.at_most = even


class CodeRow(Part):
    """The title of a vote and its seal code, in a box."""

    personal = ("code",)

    code = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.absent = True
        self.face = Face(self)
        self.head, self.words = Words(role="body"), Words(role="question", centred=True)
        self.add_widget(self.head)
        self.add_widget(self.words)
        self.bind(code=self.again)

    def on_code(self, _part: object, code: object) -> None:
        """An empty place is absent."""
        self.absent = code is None

    def arrange(self) -> None:
        """The title at the starting side, the code at the ending side."""
        if self.code is None or self.width < 1:
            return
        self.face.paint(self, self.colours.ground, self.colours.line)
        self.head.said, self.words.said = self.code.head, self.code.body
        pad = px(2.6)
        wide = px(CODE_WIDE if not theme.MEASURE.small else CODE_NARROW)
        wide = min(wide, self.width * 0.6)
        self.put(self.head, pad, 0, self.width - wide - 2 * pad, self.height)
        self.put(self.words, self.width - wide - pad, 0, wide, self.height)


class SealCodes(Part):
    """Up to three codes below one another."""

    personal = ("codes",)

    codes = ObjectProperty(())

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.pool = [CodeRow() for _ in range(MOST_CODES)]
        for row in self.pool:
            self.add_widget(row)
        self.bind(codes=self.again)
        self.bind(codes=self.placed_anew)

    def wants_px(self, width: float) -> float:  # noqa: ARG002 - the same at any width
        """A row of `tall` for each code, as large as its type; a small screen keeps room for what is said of them."""
        scale = self.look.scale if not theme.MEASURE.small else 100
        row = px(self.tall * scale / 100) + px(theme.GAP)
        return float(max(1, len(self.codes)) * row - px(theme.GAP))

    def arrange(self) -> None:
        """Bind the pool and place from the head."""
        for place, row in enumerate(self.pool):
            row.code = self.codes[place] if place < len(self.codes) else None
        shown = self.pool[: len(self.codes)]
        if not shown or self.width < 1:
            return
        gap = px(theme.GAP)
        high = min((self.height - gap * (len(shown) - 1)) / len(shown), px(CODE_TALLEST))
        for place, row in enumerate(shown):
            self.put(row, 0, self.height - (place + 1) * high - place * gap, self.width, high)
            row.again()
