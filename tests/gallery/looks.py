"""In which looks the screens are drawn: all of them on the reference screen, a choice on every other one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kiosk.presenters.shown import Scale, Theme
from tests.gallery.house import all_words

SIZES: Final[dict[str, tuple[int, int]]] = {
    "A": (1280, 800),
    "A-portrait": (800, 1280),
    "B": (1920, 1080),
    "B-portrait": (1080, 1920),
    "C": (800, 480),
    "C-portrait": (480, 800),
}
THEMES: Final[tuple[Theme, ...]] = ("light", "contrast")
SCALES: Final[tuple[Scale, ...]] = (100, 125, 150)
ELSEWHERE: Final = ("en", "ar", "qps")  # the languages that are looked at on every screen


class Look(NamedTuple):
    """A screen's size by name, a language, a theme, and per cent of the usual size of type."""

    size: str
    tag: str
    theme: Theme
    scale: Scale

    @property
    def folder(self) -> str:
        """Where its pictures lie."""
        return f"{self.size}/{self.tag}/{self.theme}-{self.scale}"


def every_look(tags: Sequence[str] = (), sizes: Sequence[str] = ()) -> Iterator[Look]:
    """Yield the looks, in the languages and sizes that are asked for, or in all."""
    for size in sizes or SIZES:
        known = [language.tag for language in all_words().languages] if size == "A" else list(ELSEWHERE)
        for tag in tags or known:
            for theme in THEMES if size == "A" else THEMES[:1]:
                for scale in SCALES if size == "A" else (100, 150):
                    yield Look(size, tag, theme, scale)
