"""Fixed Views of how a page stands: the Bigger panel, and the hidden page."""

from __future__ import annotations

from typing import Any

from kiosk.presenters.bigger import SCALES, BiggerView, Setting
from kiosk.presenters.hidden import HiddenView
from kiosk.presenters.shown import Look, Said, Tile
from tests.kiosk.views_codes import Speaking


def looks(say: Speaking, look: Look) -> dict[str, Any]:
    """The panel as it stands in this look, and the hidden page."""
    own = say.own

    def tile(key: str, words: Said, picture: str | None, *, chosen: bool) -> Tile:
        return Tile(key, words, picture, chosen=chosen)

    sizes = ("Usual", "Bigger", "Biggest")
    settings = (
        Setting(
            own("bigger", "Words"),
            "bigger",
            tuple(
                tile(f"size-{scale}", own("bigger", words), None, chosen=scale == look.scale)
                for scale, words in zip(SCALES, sizes, strict=True)
            ),
        ),
        Setting(
            own("bigger", "Colours"),
            "colours",
            (
                tile("light", own("bigger", "Light"), "light", chosen=look.theme == "light"),
                tile("contrast", own("bigger", "Dark"), "dark", chosen=look.theme == "contrast"),
            ),
        ),
        Setting(
            own("bigger", "Your hand"),
            "hand-right",
            (
                tile("left", own("bigger", "Left"), "hand-left", chosen=look.left_handed),
                tile("right", own("bigger", "Right"), "hand-right", chosen=not look.left_handed),
            ),
        ),
        Setting(
            own("bigger", "Loudness"),
            "listen",
            tuple(tile(f"volume-{n}", Said(str(n), "en", "ltr"), None, chosen=n == 4) for n in range(1, 6)),
        ),
    )
    return {
        "bigger": BiggerView(
            look,
            say.bars(bigger=None, skip=None, onward=None),
            own("bigger", "Make it right for you"),
            settings,
        ),
        "hidden": HiddenView(
            look,
            own("welcome", "Your voice on this wing"),
            own("question", "Go on"),
            own("help", "Who can help"),
            say("stop"),
        ),
    }
