"""Where somebody stands: one frozen type a screen, with the arguments of that screen.

Rule 1: a place holds what its screen cannot learn from the sheet or the shelf, and nothing else.
Rule 2: `Place` is the whole list; whoever matches on it ends in assert_never.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kiosk.booth_places import BoothPlace
from models.questionnaire import Path, Purpose
from models.reply import Reply
from sync.told import Told

StaffPart = Literal["send", "content", "faults", "protection", "settings", "test", "poll"]
"""The parts of the staff page that are one page of facts each."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being typed, turned to or ticked: its text, the page of keys, whether the next letter is a capital.

    `part` counts the parts of a page on narrow glass; `ordered`: letters stand as in the alphabet; `clearing`: whether
    all shall be cleared is being asked.
    """

    text: str
    page: str = "letters"
    shifted: bool = False
    part: int = 0
    ordered: bool = False
    clearing: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an answer did not fit: the reason of AnswerError, and the author's own words where there are any."""

    reason: str
    words: str | None


@dataclass(frozen=True, slots=True)
class Welcome:
    """The languages; with something behind it, a change of language in the middle of a turn."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class ReadToMe:
    """Shall it be read aloud?"""


@dataclass(frozen=True, slots=True)
class Home:
    """What there is to do; where a poll is open, the first page of the booth, of which `page` counts from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Consultations:
    """What is open of one purpose; `coming_back`: what somebody may have begun who says that they have a code."""

    purpose: Purpose
    page: int = 0
    coming_back: bool = False


@dataclass(frozen=True, slots=True)
class BeforeYouStart:
    """What must be known before question one, in layers from 0; or the question whether that was understood."""

    consultation: str
    layer: int = 0
    page: int = 0
    checking: bool = False
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Practice:
    """The kiosk's own practice; `done`: what this step asks for was touched, `wrong`: something else was."""

    consultation: str
    step: int = 0
    done: bool = False
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class AtQuestion:
    """One question; `draft` is None until something is typed that the sheet does not hold yet.

    `stood`: what is said before a text box opens has stood long enough to be read. `showing`: what stands in place of
    the answer because somebody asked for it. `leaving`: the instance that goes if that is said once more.
    """

    path: Path
    page: int = 0
    draft: Draft | None = None
    trouble: Trouble | None = None
    to_review: bool = False
    stood: bool = False
    showing: Literal["guidance", "picture"] | None = None
    leaving: Path | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What will be handed in."""

    page: int = 0
    handing_in: bool = False


@dataclass(frozen=True, slots=True)
class NamesFound:
    """A name or a number of a person may stand in what is to be handed in."""


@dataclass(frozen=True, slots=True)
class HelpNow:
    """Who can help now, shown unasked; behind it is where handing in led."""


@dataclass(frozen=True, slots=True)
class Between:
    """A part is handed in, and another follows."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A moment's wait until it is known what a code leads to, or which one is given."""


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """The code that leads to the next part, or to a reply; it stands in the sitting, and nothing else keeps it."""

    to: Literal["part", "reply"] = "part"


@dataclass(frozen=True, slots=True)
class CodePictures:
    """The pictures of a code, being touched.

    `consultation` is the one that somebody says they began; None where they look for a reply.
    """

    consultation: str | None
    pictures: tuple[int, ...] = field(default=(), repr=False)
    page: int = 0


@dataclass(frozen=True, slots=True)
class CodeDigits:
    """The digits of a code, being typed after its pictures; `consultation` as with them."""

    consultation: str | None
    pictures: tuple[int, ...] = field(repr=False)
    digits: str = field(default="", repr=False)
    trouble: Literal["wrong", "changed", "no reply"] | None = None


@dataclass(frozen=True, slots=True)
class ReplyShown:
    """What a reply code opened; with this place it is gone."""

    reply: Reply = field(repr=False)
    page: int = 0


@dataclass(frozen=True, slots=True)
class Farewell:
    """Thanks for what was handed in to this consultation; what is said there is its own, nothing is the person's."""

    consultation: str


@dataclass(frozen=True, slots=True)
class Board:
    """The noticeboard."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """The findings of one notice, by its id."""

    key: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One notice by its id, how its findings are known, one helper by its number, or what is the kiosk's own to say."""

    kind: Literal["notice", "how", "helper", "about", "telling"]
    key: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Help:
    """Who can help."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Bigger:
    """How the page stands: size, colours, hand, loudness."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A still page while somebody else is near."""


@dataclass(frozen=True, slots=True)
class Pin:
    """Staff at the door; the digits' order is fresh each time."""

    order: str
    typed: str = ""
    short: bool = False
    wait_s: int | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """The staff page: its parts, as tiles."""


@dataclass(frozen=True, slots=True)
class ServicePart:
    """One part of the staff page. `progress` is None while no round is being made; `came` is what the last came to.

    `outdated`: the road by which content came that was refused as out of date, and may be accepted once; else blank.
    `asking`: what shall really be done; blank while nothing is asked.
    """

    part: StaffPart
    page: int = 0
    progress: float | None = None
    doing: Told | None = None
    came: tuple[Told, ...] | None = None
    outdated: str = ""
    asking: str = ""


@dataclass(frozen=True, slots=True)
class Measuring:
    """A line that staff hold a ruler to: how many pixels it is now, or None before it was changed."""

    line_px: int | None = None
    kept: bool | None = None  # None before it was tried


@dataclass(frozen=True, slots=True)
class TouchTest:
    """Where staff touched, as shares of the page from its lower left corner, oldest first; and corners reached."""

    dots: tuple[tuple[float, float], ...] = ()
    reached: frozenset[tuple[float, float]] = frozenset()


@dataclass(frozen=True, slots=True)
class ColourTest:
    """The colours of both themes."""


@dataclass(frozen=True, slots=True)
class OutOfService:
    """The kiosk cannot be used; `number` is the error's, for staff."""

    number: int


Place = (
    Welcome | Home | Consultations | AtQuestion | Review | Between | Farewell | Board | Page | Help | Pin | Service
    | ServicePart | Measuring | TouchTest | ColourTest | OutOfService | Opening | CodeGiven | CodePictures
    | CodeDigits | ReadToMe | Bigger | Hidden | BeforeYouStart | Practice | ReplyShown | Results
    | NamesFound | HelpNow | BoothPlace
)  # fmt: skip
