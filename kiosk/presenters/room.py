"""How much stands on one page of this kiosk's screen: counts, so that no presenter need know a screen's size.

Rule 1: the program hands the room down before a turn begins; it never changes within one.
Rule 2: what does not fit turns into pages; nothing scrolls, and nothing is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.presenters.shown import Scale

USUAL: Final[Scale] = 100
LARGEST: Final[Scale] = 150
LANES: Final = 5  # in a picture that tells anything: two or three elected, the others, and what goes no further

HIGH_LINES: Final = ("ar", "pa", "ur")
"""Languages whose lines are so high that one name fewer has room beside a picture, and one row fewer on a page."""


@dataclass(frozen=True, slots=True)
class Room:
    """Counts for the usual size of type. `tiles` counts "More" with them, as nothing else does.

    `large_tiles` are those at the largest size, in two columns unless an author wants more, up to `columns`; `lines`
    those of a review, `instances` those of a repeat, `facts` those of a page before one starts, `answers` those of a
    finding, `below` those below its sentence, `rows` those of a stage of a count, `kinds` the shelves of a code's
    pictures; `letters` those of running text, `cards` those of a vote, "More" with them; `lanes` and `stages` those of
    the picture of a count. `beside` is the share of a page that the way on leaves where it stands at the side, and not
    below. `marks` are those of a bar to fill. `spare` is how many times that much would stand on a page at the usual
    size: larger type takes from it before it takes from the counts. `small`: Language stands inside Bigger, Help inside
    Hide. `text_asides`: beside a question over letter keys there is room to ask for more. `ruler_mm`: how long a line
    staff can hold a ruler to.
    """

    tiles: int = 6
    large_tiles: int = 6
    columns: int = 2
    marks: int = 11
    languages: int = 6
    things: int = 5
    notices: int = 4
    helpers: int = 3
    lines: int = 4
    instances: int = 3
    facts: int = 7
    answers: int = 6
    below: int = 5
    rows: int = 5
    faults: int = 5
    kinds: int = 8
    letters: int = 340
    cards: int = 6
    lanes: int = 7
    stages: int = 6
    beside: float = 1.0
    spare: float = 1.0
    small: bool = False
    text_asides: bool = True
    ruler_mm: int = 100

    def _grown(self, count: int, scale: Scale) -> int:
        """Return how many lines of a count are left at this size of type."""
        return min(count, int(count * self.spare * 100) // scale)

    def answers_at(self, scale: Scale) -> int:
        """Return how many answers of a finding a page holds at this size of type, with their question alone."""
        return max(2, self._grown(self.answers, scale))

    def below_at(self, scale: Scale, tag: str) -> int:
        """Return how many answers stand below the sentence of a finding; a single one would stand there lost."""
        fitting = self._grown(self.below, scale) - (tag in HIGH_LINES)
        return fitting if fitting > 1 else 0

    def rows_at(self, scale: Scale) -> int:
        """Return how many rows of a stage a page holds at this size of type."""
        return max(2, self._grown(self.rows, scale))

    def tiles_at(self, scale: Scale, columns: int = 0) -> int:
        """Return how many tiles a page holds at this size of type, "More" with them; an author may want `columns`."""
        if scale != LARGEST:
            return self.tiles
        return max(self.large_tiles, self.large_tiles // 2 * min(columns, self.columns))

    def cards_at(self, scale: Scale) -> int:
        """Return how many names of a vote stand on a page at this size of type, "More" with them."""
        return min(self.cards, self.large_tiles) if scale == LARGEST else self.cards

    def things_at(self, scale: Scale) -> int:
        """Return how many consultations stand on a page at this size of type: titles take two lines."""
        return max(2, self.things - 2) if scale == LARGEST else self.things

    def notices_at(self, scale: Scale) -> int:
        """Return how many notices stand on a page at this size of type."""
        return max(2, self.notices - 1) if scale == LARGEST else self.notices

    def lines_at(self, scale: Scale, least: int = 2) -> int:
        """Return how many lines of what was answered, or chosen in a vote, stand on a page at this size of type."""
        return max(least, self._grown(self.lines, scale))

    def instances_at(self, scale: Scale) -> int:
        """Return how many of several stand on a page at this size of type."""
        return max(2, self._grown(self.instances, scale))

    def facts_at(self, scale: Scale) -> int:
        """Return how many facts a page holds at this size of type: lines grow in height."""
        return max(1, self._grown(self.facts, scale))

    def letters_at(self, scale: Scale) -> int:
        """Return how many letters a page holds at this size of type: they grow both ways."""
        return min(self.letters, int(self.letters * self.spare * 100 * 100) // (scale * scale))

    def lanes_at(self, scale: Scale) -> int:
        """Return how many names stand beside the picture of a count at this size of type."""
        return max(LANES, self.lanes - (scale - 100) // 25)

    def stages_at(self, scale: Scale) -> int:
        """Return how many stages stand side by side in the picture of a count: names take the more the larger."""
        return max(2, self.stages - (scale - 100) // 25)
