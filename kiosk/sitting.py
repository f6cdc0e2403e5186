"""One person's turn as a value: where they stand, in which language, and what they have answered so far.

Rule 1: frozen; every step gives a new sitting, and the old one is dropped with all that was in it.
Rule 2: nothing of a sitting is ever written down: there is no function here that could.
Rule 3: `wiped` holds nothing of anybody; every way out of a turn leads through it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Protocol

from kiosk.booth_places import BoothPaper, BoothSealed
from kiosk.places import (
    Bigger,
    Farewell,
    Help,
    Hidden,
    Place,
    Welcome,
)
from kiosk.voting import Poll, Voting
from models.answers import AnswerSheet
from models.comeback import ComeBack, ReplyCode
from models.consultation import Consultation, PlaceFile
from models.elections import OnTheShelf
from models.noticeboard import Notice
from models.questionnaire import (
    LanguageTag,
    ModuleName,
    Questionnaire,
)
from models.record import Mode


class Opened(Protocol):
    """An open consultation with its questionnaire, as models.shelf makes it."""

    @property
    def consultation(self) -> Consultation:
        """Return who asks, until when, and under which rules."""

    @property
    def questionnaire(self) -> Questionnaire:
        """Return what is asked."""

    @property
    def form(self) -> bytes:
        """Return the questionnaire's hash, 32 bytes."""

    @property
    def campaign_public(self) -> bytes:
        """Return the key that seals for this campaign's holders; it opens nothing."""


class Shelf(Protocol):
    """The installed bundle as it stands today, as models.shelf makes it."""

    @property
    def number(self) -> int:
        """Return the bundle's number."""

    @property
    def place(self) -> PlaceFile | None:
        """Return what is known of this wing."""

    @property
    def consultations(self) -> Sequence[Opened]:
        """Return what is open today on this wing."""

    @property
    def notices(self) -> Sequence[Notice]:
        """Return the noticeboard."""

    @property
    def has_replies(self) -> bool:
        """Return whether somebody was answered by code."""

    @property
    def elections(self) -> Sequence[OnTheShelf]:
        """Return the elections that came with it."""


FROM_THE_BARS: Final = (Help, Welcome, Bigger, Hidden)
"""Places that a control on every page leads to."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person's turn; `behind` is where an aside (help, language, a page to read) goes back to, innermost last."""

    place: Place
    language: LanguageTag | None = None
    direction: Literal["ltr", "rtl"] = "ltr"
    theme: Literal["light", "contrast"] = "light"
    scale: Literal[100, 125, 150] = 100
    left_handed: bool = False
    read_aloud: bool = False
    volume: int | None = None  # 1 to 5; None: as loud as the place has set it
    shelf: Shelf | None = None
    opened: Opened | None = None
    sheet: AnswerSheet | None = None
    module: ModuleName | None = None
    entrance: Place | None = None
    parts: int = 0  # how many modules of this sheet were handed in
    earlier: int = 0  # how many of them on an earlier visit
    comeback: ComeBack | None = None  # questionnaires of several modules only
    reply: ReplyCode | None = None  # once it is drawn, until the suggestion is handed in
    practised: bool = False  # nobody is taught twice in one turn
    mode: Mode | None = None  # suggestions only: how it is given, as was chosen
    announced: bool = False  # before a text box opened it was said who reads the words, and when
    poll: Poll | None = None  # the poll that is open here: then this is a booth, and nothing else
    voting: Voting | None = field(default=None, repr=False)  # from the code of a slip until it is sealed
    first: Voting | None = field(
        default=None, repr=False
    )  # paper: as it was entered the first time, until it is sealed
    behind: tuple[Place, ...] = ()
    asking: bool = False


def wiped() -> Sitting:
    """Return the sitting of nobody; the only start and the only end of a turn."""
    return Sitting(place=Welcome())


def goes(sitting: Sitting, place: Place) -> Sitting:
    """Return the sitting at another place."""
    return replace(sitting, place=place)


def aside(sitting: Sitting, place: Place) -> Sitting:
    """Return the sitting at a place that goes back to exactly where it came from.

    Where the same control was touched before, further back, it goes back to there: nobody walks in a circle.
    """
    behind = (*sitting.behind, sitting.place)
    if isinstance(place, FROM_THE_BARS):
        kinds = [type(earlier) for earlier in behind]
        behind = behind[: kinds.index(type(place))] if type(place) in kinds else behind
    return replace(sitting, place=place, behind=behind)


def sheet_of(sitting: Sitting) -> AnswerSheet:
    """Return the sheet being filled; RuntimeError where there is none."""
    if sitting.sheet is None:
        msg = "no questionnaire is open"
        raise RuntimeError(msg)
    return sitting.sheet


def opened_of(sitting: Sitting) -> Opened:
    """Return the consultation being answered; RuntimeError where there is none."""
    if sitting.opened is None:
        msg = "no consultation is open"
        raise RuntimeError(msg)
    return sitting.opened


def voting_of(sitting: Sitting) -> Voting:
    """Return what a slip has chosen so far; RuntimeError where none was typed."""
    if sitting.voting is None:
        msg = "nobody is voting"
        raise RuntimeError(msg)
    return sitting.voting


def ballots_sealed(sitting: Sitting, codes: Mapping[int, str]) -> Sitting:
    """Return the last page of a booth: wiped of code, keys, seed and choices, with the seal codes to copy.

    Over a paper ballot nobody has a stub to copy them on to, and the next one follows.
    """
    paper = sitting.poll is not None and sitting.poll.kind == "paper"
    place = BoothPaper("in") if paper else BoothSealed(tuple(sorted(codes.items())))
    return replace(_bare(sitting), place=place, poll=sitting.poll)


def farewell(sitting: Sitting) -> Sitting:
    """Return the farewell: wiped of all but how the page stands and sounds, what was learnt, and what all are told."""
    return replace(_bare(sitting), place=Farewell(opened_of(sitting).consultation.id), practised=sitting.practised)


def _bare(sitting: Sitting) -> Sitting:
    """Return a wiped sitting in which the page stands and sounds as before."""
    return replace(
        wiped(),
        language=sitting.language,
        direction=sitting.direction,
        theme=sitting.theme,
        scale=sitting.scale,
        left_handed=sitting.left_handed,
        read_aloud=sitting.read_aloud,
        volume=sitting.volume,
        shelf=sitting.shelf,
    )
