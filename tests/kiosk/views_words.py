"""Fixed Views around words of one's own: how they are given, what is said before, what follows danger."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kiosk.presenters.announce import AnnounceView
from kiosk.presenters.help_now import HelpNowView
from kiosk.presenters.mode import WAYS, ModeView
from kiosk.presenters.names_found import NamesFoundView
from kiosk.presenters.page import Block, PageView
from kiosk.presenters.shown import Look, Tile

if TYPE_CHECKING:
    from tests.kiosk.views import Speaker


def words(say: Speaker, look: Look) -> dict[str, Any]:
    """Every screen around words of one's own, by a name for its picture."""
    plain = say.bars(skip=None, onward=None)
    understood = say.own("announce", "I understand")
    read = "Nobody reads this today. It is read by: {reader}. Longest wait in days: {days}."
    now = "Press your cell bell, or tell any officer. Or ask for a Listener."
    harm = "If somebody may get hurt, staff are told which wing, but not who."
    blocks = (
        Block(say.own("announce", "In danger now?"), say.own("announce", now)),
        Block(None, say.own("announce", read, reader=say("read by"), days=35)),
        Block(None, say.own("announce", harm)),
    )
    telling = ("Say: I wrote on the kiosk. I need help now.", "In your cell, press the bell.")
    return {
        "mode": ModeView(
            look,
            plain,
            say.own("mode", "Do you want an answer for you alone?"),
            tuple(Tile(mode, say.own(*one), icon, small=say.own(*small)) for mode, (one, small, icon) in WAYS.items()),
        ),
        "announce": AnnounceView(
            look,
            say.bars(skip=say.own("announce", "No text"), onward=understood),
            say("in words"),
            blocks,
            None,
        ),
        "names_found": NamesFoundView(
            look,
            plain,
            say.own("names_found", "Is there a name or a number in it?"),
            (
                say.own("names_found", "It may say who somebody is."),
                say.own("names_found", "Your words count just as much without it."),
            ),
            say.own("names_found", "Take it out"),
            say.own("names_found", "Leave it"),
        ),
        "help_now": HelpNowView(
            look,
            replace(plain, help=None),
            say.own("help", "Who can help"),
            (
                Tile("get-help", say.own("help_now", "How to get help now"), "help-bell"),
                Tile("tell-staff", say.own("help_now", "Tell staff it is me"), "help-officer"),
                Tile(
                    "as-it-is",
                    say.own("help_now", "Hand it in as it is"),
                    "hand-in",
                    small=say.own("help_now", "It is kept, even if you leave now."),
                ),
            ),
        ),
        "page-telling": PageView(
            look,
            replace(plain, help=None),
            say.own("help_now", "Tell staff it is me"),
            tuple(Block(None, say.own("page", sentence)) for sentence in telling),
            "help-officer",
            0,
            1,
            None,
        ),
    }
