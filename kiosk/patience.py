"""How long a place waits when it is left alone, and what follows.

Rule 1: idle seconds are an argument; nobody in this room looks at a clock.
Rule 2: a place that is not named here waits as long as its wing says.
Source: kiosk.md section 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.booth_places import BoothCheck, BoothPaper, BoothSealed, BoothSlip, BoothVote, Stub
from kiosk.places import (
    AtQuestion,
    CodeDigits,
    CodeGiven,
    CodePictures,
    ColourTest,
    Farewell,
    Hidden,
    Measuring,
    Opening,
    OutOfService,
    Pin,
    ReplyShown,
    Review,
    Service,
    ServicePart,
    TouchTest,
    Welcome,
)
from kiosk.sitting import Sitting
from kiosk.writing import asked_to_hand_in, being_helped
from models.questionnaire import Moment, Number, Text


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a place waits: seconds without a touch before asking, and seconds for the answer."""

    ask_after_s: float
    wait_s: float


class Calm:
    """Somebody is here."""


class Asking:
    """Nobody has touched for a while: are you still there?"""


class Over:
    """Nobody is here: all is wiped."""


USUAL: Final = Patience(ask_after_s=60, wait_s=30)
FAREWELL: Final = Patience(ask_after_s=20, wait_s=0)
VOTING: Final = Patience(ask_after_s=60, wait_s=30)  # the same on every wing: the slip still works afterwards
SEALED: Final = Patience(ask_after_s=60, wait_s=0)
COPYING: Final = Patience(ask_after_s=120, wait_s=30)
HIDDEN: Final = Patience(ask_after_s=30, wait_s=0)
REPLY: Final = Patience(ask_after_s=60, wait_s=30)
HELPED: Final = Patience(ask_after_s=180, wait_s=0)
STAFF: Final = Patience(ask_after_s=60, wait_s=0)
WAITED: Final = Patience(ask_after_s=120, wait_s=0)  # a disk that never answers is no dead end
ROUND: Final = Patience(ask_after_s=1800, wait_s=0)
ALWAYS: Final[Mapping[type, Patience]] = {
    Farewell: FAREWELL,
    Hidden: HIDDEN,
    ReplyShown: REPLY,
    **dict.fromkeys((BoothSlip, BoothVote, BoothCheck), VOTING),
    BoothSealed: SEALED,
    Stub: COPYING,
    BoothPaper: COPYING,  # two people change places, or look at a paper together
    **dict.fromkeys((Pin, Service, ServicePart, Measuring, TouchTest, ColourTest), STAFF),
}
"""Places that wait alike on every wing."""


def stage(idle_s: float, patience: Patience) -> Calm | Asking | Over:
    """Return how things stand after so many idle seconds; the edges belong to the later stage."""
    if idle_s < patience.ask_after_s:
        return Calm()
    return Asking() if idle_s < patience.ask_after_s + patience.wait_s else Over()


def patience(sitting: Sitting) -> Patience | None:
    """Return how long this place waits, or None where it rests for as long as it likes.

    Source: the kiosk's design, section 9: twice as long while a text box or number pad is open, and twice again at
    the largest size; at least two minutes for copying a code or looking it up on paper.
    """
    place = sitting.place
    if isinstance(place, OutOfService) or (isinstance(place, Welcome) and not sitting.behind):
        return None
    match place:
        case Review(handing_in=True) | BoothCheck(sealing=True) | Opening():
            return WAITED
        case ServicePart(progress=float()):
            return ROUND
        case _ if type(place) in ALWAYS:
            return ALWAYS[type(place)]
        case _ if being_helped(sitting):  # nothing is left to lose, so nobody is asked whether they are there
            return HELPED
        case _:
            wing = None if sitting.shelf is None else sitting.shelf.place
            usual = USUAL if wing is None else Patience(wing.ask_after_s, wing.wait_s)
            if isinstance(sitting.place, CodeGiven | CodePictures | CodeDigits):
                usual = Patience(max(usual.ask_after_s, COPYING.ask_after_s), max(usual.wait_s, COPYING.wait_s))
            if asked_to_hand_in(sitting):  # and it is, where nobody answers: nothing is lost either
                usual = Patience(usual.ask_after_s, 0)
            times = (2 if _typing(sitting) else 1) * (2 if sitting.scale == 150 else 1)  # noqa: PLR2004 - per cent
            return Patience(usual.ask_after_s * times, usual.wait_s * times)


def _typing(sitting: Sitting) -> bool:
    place = sitting.place
    if not isinstance(place, AtQuestion) or sitting.sheet is None:
        return False
    return isinstance(sitting.sheet.question(place.path), Moment | Number | Text)
