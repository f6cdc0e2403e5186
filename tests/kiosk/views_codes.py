"""Fixed Views of codes and of a reply: the longest names, and every sentence as the kiosk really says it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol

from kiosk.presenters.comeback_digits import ComebackDigitsView
from kiosk.presenters.comeback_given import ComebackGivenView
from kiosk.presenters.comeback_names import A_PAGE, KINDS, NAMES
from kiosk.presenters.comeback_pictures import ComebackPicturesView
from kiosk.presenters.opening import OpeningView
from kiosk.presenters.pads import DIGITS, as_on_a_telephone
from kiosk.presenters.page import Block
from kiosk.presenters.reply import ReplyView
from kiosk.presenters.shown import Bars, Look, Said, Tile


class Speaking(Protocol):
    """What is used of the speaker in views.py."""

    def __call__(self, key: str) -> Said: ...
    def own(self, context: str, msgid: str) -> Said: ...
    def plain(self, text: str) -> Said: ...
    def bars(self, **other: Said | None) -> Bars: ...


def codes(say: Speaking, look: Look) -> dict[str, Any]:
    """Every page of a code, and what a reply code opens, by a name for its picture."""
    plain = say.bars(skip=None, onward=None)

    def picture(number: int) -> Tile:
        return Tile(str(number), say.own(*NAMES[number][1]), NAMES[number][0])

    code = tuple(picture(number) for number in (23, 38, 55, 60))
    body = (
        "Copy all of it down. Words will do for the pictures.",
        "With it you go on later, here or on another kiosk.",
        "It is kept nowhere, and nobody can find it again. Show it to nobody.",
    )
    wrong = (
        "That code is not right here. Please look at it again.",
        "Maybe the questions have changed since. Then please begin again.",
    )
    no_reply = (
        "There is no answer here for this code yet.",
        "Please look at your code again, or come back another day.",
    )
    given = ComebackGivenView(
        look,
        say.bars(skip=None, onward=say.own("comeback", "I have it")),
        say.own("comeback", "This is your code"),
        code,
        ("030", "710"),
        tuple(say.own("comeback", sentence) for sentence in body),
    )
    typed = ComebackDigitsView(
        look,
        plain,
        say.own("comeback", "Now type your six numbers"),
        code,
        "030 71",
        as_on_a_telephone(DIGITS, say("delete").text),
        tuple(say.own("comeback", sentence) for sentence in wrong),
    )
    with_it = say.own("reply", "With it you read the answer, here or on another kiosk.")
    hand_in = say.own("review", "Hand in")
    return {
        "opening": OpeningView(look, Bars(stop=say("stop")), say.own("opening", "One moment, please.")),
        "comeback_given": given,
        "comeback_given-reply": replace(
            given, bars=say.bars(skip=None, onward=hand_in), body=(given.body[0], with_it, given.body[2])
        ),
        **{
            f"comeback_pictures-{page}": ComebackPicturesView(
                look,
                plain,
                say.own("comeback", "Touch your four pictures in order"),
                (*code[:3], None),
                say("delete"),
                tuple(picture(number) for number in range(page * A_PAGE, (page + 1) * A_PAGE)),
                tuple(
                    Tile(str(kind), say.own(*KINDS[kind]), NAMES[kind * A_PAGE][0], chosen=kind == page)
                    for kind in range(len(KINDS))
                ),
            )
            for page in (2, 7)
        },
        "comeback_digits": typed,
        "comeback_digits-no-reply": replace(typed, trouble=tuple(say.own("reply", words) for words in no_reply)),
        "reply": ReplyView(
            look,
            plain,
            say.own("reply", "This is the answer for you"),
            (Block(None, say("did showers")), Block(None, say("read by"))),
            "reply",
            0,
            2,
            say("page"),
        ),
    }
