"""Whether the screen shows every colour: each colour of both themes, with its name in the ink that stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.places import ColourTest, ServicePart
from kiosk.presenters.shown import Look, Phrase, Said, Theme
from kiosk.presenters.touching import Presenter
from kiosk.sitting import goes

USED: Final = (
    ("panel", "ink", Phrase("colour_test", "Grey")),
    ("chosen", "on_chosen", Phrase("colour_test", "Chosen")),
    ("onward", "on_onward", Phrase("colour_test", "Onward")),
    ("stop", "on_stop", Phrase("colour_test", "Stop")),
    ("press", "on_press", Phrase("colour_test", "Touched")),
    ("ground", "ink", Phrase("colour_test", "Ground")),
)
THEMES: Final[tuple[Theme, ...]] = ("light", "contrast")


@dataclass(frozen=True, slots=True)
class Swatch:
    """One colour by its name in the theme, the ink on it, and its word."""

    theme: Theme
    fill: str
    ink: str
    words: Said


@dataclass(frozen=True, slots=True)
class ColourTestView:
    """Swatches, the light theme first."""

    look: Look
    title: Said
    swatches: tuple[Swatch, ...]
    back: Said


class ColourTestPresenter(Presenter):
    """What a touch on the test means."""

    def view(self) -> ColourTestView:
        """Return the colours."""
        self.place(ColourTest)
        return ColourTestView(
            look=self.look(),
            title=self.say("colour_test", "Every word must be easy to read"),
            swatches=tuple(
                Swatch(theme, fill, ink, self.phrase(words)) for theme in THEMES for fill, ink, words in USED
            ),
            back=self.say("colour_test", "Back"),
        )

    def touch_back(self) -> None:
        """Leave the test."""
        if self.here(ColourTest) is not None:
            self._turn.move(goes(self._turn.sitting, ServicePart("test")))
