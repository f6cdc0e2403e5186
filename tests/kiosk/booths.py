"""A booth in memory: the real rules of slips and boxes, with no vault, thread or clock behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal, cast

from kiosk.presenters.booth_doors import SlipVerdict, Station
from kiosk.voting import Poll, Slip
from models import ballot_box, seal
from models.ballot_box import SlipInHand
from models.canonical import ENGLISH, LanguageTag
from models.election.ballot import Ballot
from models.election.boxes import Kind, Manifest, make_manifest, write_manifest
from models.election.definition import Candidate
from models.election.proposal import Proposal
from models.election.slip import Code, read_code
from models.elections import OnTheShelf, read_elections
from models.errors import WingVoiceError, WrongCodeError
from tests.models.election_files import a_list_contest, election_files, labelled, notice_files
from tests.models.elections import a_code, a_contest, a_question, slips

KIOSK = bytes(range(16))
FIRST_SLIP = slips(1)[0].code
NOT_A_SLIP = a_code(987_654)
STATEMENT = (
    "I have worked in the kitchen for two years. I want hot food at the weekend, and a clock that all can see. "
    "I will ask every month what came of it, and tell you on the noticeboard."
)
ABOUT = (
    "Shall the yard stay open until eight in summer?\n"
    "For: it is light, and many work until six.\n"
    "Against: two more officers are needed then.\n"
    "Cost: about 300 pounds a week.\n"
    "The governor decides in May."
)
TITLES = {
    1: {"en": "Speaker of the wing", "pl": "Rzecznik oddziału", "ar": "متحدث الجناح"},
    2: {"en": "Council: parties", "pl": "Rada: listy", "ar": "المجلس: القوائم"},
    3: {"en": "The yard in summer", "pl": "Dziedziniec latem", "ar": "الفناء في الصيف"},
    4: {"en": "What should come first?", "pl": "Co najpierw?", "ar": "ما الذي يأتي أولا؟"},
    5: {"en": "Wing representatives", "pl": "Przedstawiciele oddziału", "ar": "ممثلو الجناح"},
}
OUTSIDE = "Ada Example of the monitoring board"
NAMES = (
    *("Ann Archer", "Bo Birch", "Carl Carpenter", "Dina Dale", "Ed East", "Fay Ford", "Gus Green"),
    *("Hal Hill", "Ida Irving", "Jo Jones"),
)


def in_english(text: str) -> dict[LanguageTag, str]:
    """Return a text by language, in English alone."""
    return {ENGLISH: text}


def by_tag(texts: Mapping[str, str]) -> dict[LanguageTag, str]:
    """Return texts by language."""
    return {LanguageTag(tag): text for tag, text in texts.items()}


PROPOSAL = Proposal(
    in_english("The yard stays open until eight in summer."),
    (in_english("It is light, and many work until six."), in_english("People sleep better after a walk.")),
    (in_english("Two more officers are needed then."), in_english("Cells are searched later.")),
    in_english("About 300 pounds a week."),
    in_english("The governor decides in May."),
)


def people(count: int, *, statement: str = STATEMENT) -> tuple[Candidate, ...]:
    """Return so many candidates, all with a statement unless it is blank."""
    return tuple(
        Candidate(
            number,
            in_english(NAMES[number - 1]),
            f"sign-{number * 5}",
            statement=in_english(statement) if statement else {},
        )
        for number in range(1, count + 1)
    )


@cache
def the_election(*, withdrawn: bool = True) -> OnTheShelf:
    """Return an election of every kind of vote, in which Bo Birch has withdrawn from the first."""
    contests = (
        a_contest(1, kind="one", seats=1, max_marks=1, publish="totals", order="fixed", candidates=people(4)),
        a_list_contest(2, order="fixed", publish="totals"),
        a_question(3, proposal=PROPOSAL),
        a_contest(4, kind="approve", max_marks=2, publish="totals", order="fixed", candidates=people(5, statement="")),
        a_contest(5, max_marks=3, candidates=people(8, statement="")),
    )
    named = tuple(replace(one, title=by_tag(TITLES[one.number])) for one in contests)
    election, files = election_files(contests=named, outside=in_english(OUTSIDE))
    more = notice_files(election, 1, 2) if withdrawn else {}
    (found,) = read_elections(labelled(files | more), {})
    return found


@dataclass
class MemoryBooth:
    """A booth of one election; without one there is none. `patient`: what takes time comes when a test says so."""

    shelved: OnTheShelf | None = None
    is_open: bool = False
    patient: bool = False
    error: WingVoiceError | None = None
    waits: bool = False
    cast_ballots: list[Mapping[int, Ballot]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    closed: list[tuple[Manifest, str]] = field(default_factory=list)
    held_back: list[Callable[[], None]] = field(default_factory=list)
    named: bool = True
    seed: bytes = bytes(16)
    kind: Kind = "kiosk"
    _last: Code | None = None

    def poll(self) -> Poll | None:
        if self.shelved is None or not self.is_open:
            return None
        return Poll(self.shelved, len(self.closed) + 1, self.kind)

    def take_slip(self, typed: str, then: Callable[[SlipVerdict | WingVoiceError], None]) -> None:
        verdict = self._verdict(typed)
        self._back(lambda: then(verdict if self.error is None else self.error))

    def _verdict(self, typed: str) -> SlipVerdict:
        trouble: Literal["wait", "wrong", "used"] = "wait" if self.waits else "wrong"
        if self.shelved is None or self.waits:
            return SlipVerdict(trouble=trouble)
        try:
            code = read_code(typed)
            slip = _slip(self.shelved, code)
        except WrongCodeError:
            return SlipVerdict(trouble="wrong")
        if code in self.used:
            return SlipVerdict(trouble="used")
        self._last = code
        return SlipVerdict(slip)

    def order_seed(self) -> bytes:
        return self.seed

    def cast(
        self, slip: Slip, ballots: Mapping[int, Ballot], then: Callable[[Mapping[int, str] | WingVoiceError], None]
    ) -> None:
        assert self.shelved is not None
        election = self.shelved.election
        assert ballots.keys() == cast("SlipInHand", slip).keys.keys()
        for number, ballot in ballots.items():
            assert election.definition.contest(number).admits(ballot)
        if self.error is None:
            self.cast_ballots.append(ballots)
            self.used.add(str(self._last))
        codes = {number: seal.symbols(seal.digest(bytes([number]))) for number in ballots}
        self._back(lambda: then(codes if self.error is None else self.error))

    def stations(self) -> tuple[Station, ...]:
        if self.shelved is None:
            return ()
        number = len(self.closed) + 1
        opened = number if self.is_open else None
        return (Station(self.shelved, KIOSK, self.named, number, opened, self.kind, tuple(self.closed)),)

    def open_poll(self, label: str, then: Callable[[WingVoiceError | None], None], kind: Kind = "kiosk") -> None:
        assert label == "council"
        assert not self.is_open, "one box is open at a time"
        if self.error is None:
            self.is_open, self.kind = True, kind
        self._back(lambda: then(self.error))

    def close_poll(self, label: str, then: Callable[[WingVoiceError | None], None]) -> None:
        assert self.shelved is not None
        assert label == "council"
        if self.error is None:
            manifest = _manifest(self.shelved, len(self.closed) + 1, self.kind)
            self.closed.append((manifest, seal.symbols(seal.digest(write_manifest(manifest)))))
            self.is_open = False
        self._back(lambda: then(self.error))

    def _back(self, answer: Callable[[], None]) -> None:
        if self.patient:
            self.held_back.append(answer)
        else:
            answer()

    def come_back(self) -> None:
        """Let everything that was held back arrive now, in order."""
        waiting, self.held_back = self.held_back, []
        for answer in waiting:
            answer()


@cache
def _keys(code: Code) -> Any:  # noqa: ANN401 - a slip, derived once
    return ballot_box.take_slip(the_election().election, code)


def _slip(shelved: OnTheShelf, code: Code) -> SlipInHand:
    if shelved.election.d == the_election().election.d:
        return cast("SlipInHand", _keys(code))
    return ballot_box.take_slip(shelved.election, code)


def _manifest(shelved: OnTheShelf, box: int, kind: Kind) -> Manifest:
    numbers = [contest.number for contest in shelved.election.definition.contests]
    return make_manifest(
        (), numbers, definition=shelved.election.d, kiosk=KIOSK, epoch=1, box=box, kind=kind, sha256=seal.digest
    )
