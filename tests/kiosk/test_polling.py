"""A booth over a real vault: slips, tries, a pulled plug, and what of a poll is left in memory, log and outbox."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any, cast

import pytest
import sqlalchemy as sa

from kiosk.booth_places import BoothCheck, BoothPaper
from kiosk.enrolled import Kiosk
from kiosk.polling import FREE_TRIES, PAUSE_S
from kiosk.presenters.booth_doors import SlipVerdict
from kiosk.wiring import KioskDoors
from models import ballot_box, seal, shelf
from models.election.ballot import Ballot, Mark, read_ballot
from models.election.boxes import Kind
from models.election.definition import PollingKiosk
from models.election.slip import CODE_DIGITS
from models.errors import PollNotOpenError, PollOpenError, SlipUsedHereError, StrangeKioskError, WingVoiceError
from models.keyring import Keyfile
from models.tables import BallotRow, PollRow
from sync import outbox
from tests.builders_kiosk import a_place
from tests.journeys.front import PATIENCE_S
from tests.kiosk.doors import FakeDoors, Person
from tests.kiosk.scratch import MovedClock, a_home, an_enrolled_kiosk
from tests.models.election_files import a_final_board, election_files, labelled
from tests.models.elections import PRIVATE, a_code, slips
from tests.models.vaults import a_bundle, every_row, unchanged

CODES = [slip.code for slip in slips(12)]
NOBODY = a_code(987_654)


class Station:
    """A kiosk with an election on its shelf, and what comes back from its booth."""

    def __init__(self, kiosk: Kiosk, *, carry: bool = True, mine: bool = True) -> None:
        self.kiosk, self.errands = kiosk, SimpleQueue[Callable[[], None]]()
        self.faults: list[BaseException] = []
        self.lines: list[str] = []
        if carry:
            public = seal.public_half(kiosk.keys.signing_key if mine else bytes([9]) * 32)
            self.election, self.files = election_files(kiosks=(PollingKiosk(bytes(kiosk.keys.kiosk), "A", public),))
            bundle = a_bundle(1, "HMX", "b", place=a_place(), elections=labelled(self.files))
            shelf.install(kiosk.vault, bundle)
        self.doors = KioskDoors(kiosk, self.errands.put, self.faults.append, noted=self.lines.append)
        self.booth = self.doors.booth
        self.doors.start()

    def come(self, ask: Callable[[Callable[[Any], None]], None]) -> Any:  # noqa: ANN401 - whatever was asked for
        """Wait for what a door gives."""
        found: list[Any] = []
        ask(found.append)
        while not found:
            self.errands.get(timeout=PATIENCE_S)()
        return found[0]

    def open_poll(self, kind: Kind = "kiosk") -> WingVoiceError | None:
        error: WingVoiceError | None = self.come(lambda then: self.booth.open_poll("council", then, kind))
        return error

    def close_poll(self) -> WingVoiceError | None:
        error: WingVoiceError | None = self.come(lambda then: self.booth.close_poll("council", then))
        return error

    def take(self, code: str) -> SlipVerdict:
        verdict: SlipVerdict = self.come(lambda then: self.booth.take_slip(code, then))
        return verdict

    def vote(self, code: str) -> Any:  # noqa: ANN401 - seal codes, or an error
        slip = self.take(code).slip
        assert slip is not None
        ballots = {1: Ballot(Mark.CHOICES, (2, 1)), 2: Ballot(Mark.BLANK)}
        return self.come(lambda then: self.booth.cast(slip, ballots, then))

    def rows(self, table: type) -> int:
        with self.kiosk.vault.reading() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def station(tmp_path: Path, clock: MovedClock) -> Iterator[Station]:
    kiosk = an_enrolled_kiosk(tmp_path, clock)
    made = Station(kiosk)
    yield made
    made.doors.stop()
    kiosk.close()


def test_a_poll_is_opened_voted_in_and_closed_with_a_signed_box(station: Station) -> None:
    assert station.booth.poll() is None
    assert station.open_poll() is None
    poll = station.booth.poll()
    assert poll is not None
    assert poll.shelved.election == station.election
    codes = station.vote(CODES[0])
    assert set(codes) == {1, 2}
    assert station.rows(BallotRow) == 2
    assert station.close_poll() is None
    assert station.booth.poll() is None
    (box,) = ballot_box.closed_boxes(station.kiosk.vault, station.election)
    (held,) = station.booth.stations()
    assert held.closed == ((box.manifest, box.tape.symbols),)
    assert {seal.seal_code(envelope) for envelope in box.envelopes} == set(codes.values())
    assert station.faults == []


def test_a_kiosk_whose_plug_was_pulled_in_the_middle_of_a_poll_comes_back_as_a_booth(
    tmp_path: Path, clock: MovedClock
) -> None:
    kiosk = an_enrolled_kiosk(tmp_path, clock)
    before = Station(kiosk)
    before.open_poll()
    before.vote(CODES[0])
    before.doors.stop()
    kiosk.close()
    again = Kiosk(a_home(tmp_path), Keyfile(tmp_path / "kiosk.key"), clock.clock())
    after = Station(again, carry=False)
    poll = after.booth.poll()
    assert poll is not None
    assert poll.box == 1
    assert after.take(CODES[0]).trouble == "used"
    assert after.vote(CODES[1]).keys() == {1, 2}
    after.doors.stop()
    again.close()


def test_wrong_numbers_are_told_alike_and_after_five_each_waits_three_seconds(
    station: Station, clock: MovedClock
) -> None:
    station.open_poll()
    wrong = ["", "1" * CODE_DIGITS, NOBODY[:-1], "x" * CODE_DIGITS, NOBODY]
    assert len(wrong) == FREE_TRIES
    assert {station.take(code).trouble for code in wrong} == {"wrong"}
    assert station.take(CODES[0]).trouble == "wait"
    clock.seconds += PAUSE_S - 0.1
    assert station.take(CODES[0]).trouble == "wait"
    clock.seconds += 0.1
    assert station.take(NOBODY).trouble == "wrong"
    assert station.take(CODES[0]).trouble == "wait"
    clock.seconds += PAUSE_S
    assert station.take(CODES[0]).slip is not None
    assert station.take(NOBODY).trouble == "wrong"  # a right one set the tries back
    assert station.take(NOBODY).trouble == "wrong"


def test_a_slip_is_used_once_even_where_two_hold_it(station: Station) -> None:
    station.open_poll()
    slip = station.take(CODES[0]).slip
    assert slip is not None
    station.vote(CODES[0])
    ballots = {1: Ballot(Mark.SPOILT), 2: Ballot(Mark.BLANK)}
    assert isinstance(station.come(lambda then: station.booth.cast(slip, ballots, then)), SlipUsedHereError)
    assert station.rows(BallotRow) == 2
    assert station.faults == []  # no line tells that somebody tried


def test_nobody_votes_before_the_poll_or_after_it(station: Station) -> None:
    assert isinstance(station.come(lambda then: station.booth.take_slip(CODES[0], then)), PollNotOpenError)
    station.open_poll()
    slip = station.take(CODES[0]).slip
    station.close_poll()
    assert slip is not None
    ballots = {1: Ballot(Mark.BLANK), 2: Ballot(Mark.BLANK)}
    assert isinstance(station.come(lambda then: station.booth.cast(slip, ballots, then)), PollNotOpenError)
    assert station.rows(BallotRow) == 0


def test_a_kiosk_that_the_election_does_not_name_opens_no_poll(tmp_path: Path, clock: MovedClock) -> None:
    kiosk = an_enrolled_kiosk(tmp_path, clock)
    station = Station(kiosk, mine=False)
    assert isinstance(station.open_poll(), StrangeKioskError)
    assert station.rows(PollRow) == 0
    assert not station.booth.stations()[0].named
    station.doors.stop()
    kiosk.close()


@pytest.mark.parametrize("voters", [0, 1, 5])
def test_the_log_of_a_poll_has_two_lines_however_many_vote_and_however_many_try(station: Station, voters: int) -> None:
    station.open_poll()
    for code in CODES[:voters]:
        station.take(NOBODY)
        station.vote(code)
        station.take(code)
    station.close_poll()
    assert station.lines == ["the poll was opened", "the poll was closed"]
    assert station.faults == []


def secrets_in_memory() -> int:
    """Return how many slips and choices this process holds; builders of other tests keep some for ever."""
    gc.collect()
    return sum(isinstance(one, ballot_box.SlipInHand | Ballot) for one in gc.get_objects())


def test_after_sealing_no_code_no_key_and_no_choice_is_left_in_memory(station: Station) -> None:
    station.open_poll()
    before = secrets_in_memory()
    station.vote(CODES[3])
    assert secrets_in_memory() == before
    assert not any(CODES[3] in vars(one).values() for one in (station.booth, station.doors))
    for path in station.kiosk.home.folder.rglob("*"):
        if path.is_file():
            assert CODES[3].encode() not in path.read_bytes()


def test_a_closed_box_is_given_to_the_outbox_once_a_place_is_granted_and_never_before_it_is_closed(
    station: Station,
) -> None:
    station.open_poll()
    station.vote(CODES[0])
    kiosk = station.kiosk
    mine = (kiosk.keys.signing_key, kiosk.keys.kiosk, kiosk.clock.today(), "0.1.0")
    outbox.hand_in_boxes(kiosk.vault, *mine)
    station.close_poll()
    outbox.hand_in_boxes(kiosk.vault, *mine)  # no place granted yet: nothing leaves, nothing is lost
    with station.kiosk.vault.reading() as session:
        assert [row.handed_in for row in session.scalars(sa.select(PollRow))] == [0]


# Paper ballots, over the same vault.


class Pair(Person):
    """Two people at the screen of a real kiosk: what its doors give back is waited for."""

    def __init__(self, station: Station) -> None:
        self.station = station
        super().__init__(cast("FakeDoors", station.doors))

    def touch(self, verb: str, *what: object) -> Any:  # noqa: ANN401 - a View
        super().touch(verb, *what)
        while self.screen == "opening" or self.turn.place == BoothCheck(1, sealing=True):
            self.station.errands.get(timeout=PATIENCE_S)()
        return self.sees

    def come(self) -> None:
        self.touch("tile", "en")

    def enter(self, code: str, *marks: str) -> None:
        """Enter a paper once: its number, the two marks of a ranking, and yes, no, or blank."""
        self.touch("onward")
        for digit in code:
            self.touch("key", digit)
        self.touch("onward")
        for mark in marks:
            for key in mark:
                self.touch("tile", key)
            if mark:
                self.touch("onward")
            else:
                self.touch("blank")
                self.touch("tile", "yes")

    def seal(self) -> None:
        self.touch("onward")
        self.touch("onward")


def test_papers_are_sealed_into_a_box_of_their_own_whose_manifest_says_so(station: Station) -> None:
    station.open_poll()
    station.vote(CODES[0])
    station.close_poll()
    assert station.open_poll("paper") is None
    poll = station.booth.poll()
    assert poll is not None
    assert (poll.box, poll.kind) == (2, "paper")
    two = Pair(station)
    two.come()
    for code in CODES[1:3]:
        two.enter(code, "21", "")
        assert station.rows(BallotRow) == 2 * CODES.index(code)
        two.enter(code, "21", "")
        assert station.rows(BallotRow) == 2 * CODES.index(code)
        two.seal()
    assert station.rows(BallotRow) == 6
    assert station.close_poll() is None
    polled, paper = ballot_box.closed_boxes(station.kiosk.vault, station.election)
    assert (polled.manifest.kind, paper.manifest.kind) == ("kiosk", "paper")
    assert (paper.manifest.box, paper.manifest.total) == (2, 4)
    opened = [read_ballot(seal.open_ballot(one, PRIVATE)) for one in paper.envelopes]
    assert opened == [Ballot(Mark.CHOICES, (2, 1))] * 2 + [Ballot(Mark.BLANK)] * 2
    assert station.lines == [
        "the poll was opened",
        "the poll was closed",
        "the box of paper ballots was opened",
        "the box of paper ballots was closed",
    ]
    assert station.faults == []


def test_two_entries_that_differ_leave_nothing_in_the_vault(station: Station) -> None:
    station.open_poll("paper")
    two = Pair(station)
    two.come()
    two.enter(CODES[0], "21", "")
    with unchanged(station.kiosk.vault):
        two.enter(CODES[0], "12", "")
    assert two.turn.place == BoothPaper("differ", (1,))


@pytest.mark.parametrize("kinds", [("kiosk", "paper"), ("paper", "kiosk"), ("paper", "paper")])
def test_a_slip_used_in_either_box_of_this_kiosk_is_refused_in_the_other(
    station: Station, kinds: tuple[Kind, Kind]
) -> None:
    station.open_poll(kinds[0])
    station.vote(CODES[0])
    station.close_poll()
    station.open_poll(kinds[1])
    assert station.take(CODES[0]).trouble == "used"


def test_a_paper_box_is_refused_while_the_poll_is_open_and_the_poll_goes_on(station: Station) -> None:
    station.open_poll()
    station.vote(CODES[0])
    rows = {name: held for name, held in every_row(station.kiosk.vault).items() if name != "settings"}
    assert isinstance(station.open_poll("paper"), PollOpenError)
    assert rows.items() <= every_row(station.kiosk.vault).items()
    assert [type(one) for one in station.faults] == [PollOpenError]
    poll = station.booth.poll()
    assert poll is not None
    assert (poll.box, poll.kind) == (1, "kiosk")


def test_a_plug_pulled_in_the_middle_of_a_paper_loses_that_paper_and_no_other(
    tmp_path: Path, clock: MovedClock
) -> None:
    kiosk = an_enrolled_kiosk(tmp_path, clock)
    before = Station(kiosk)
    before.open_poll("paper")
    two = Pair(before)
    two.come()
    two.enter(CODES[0], "21", "")
    two.enter(CODES[0], "21", "")
    two.seal()
    two.enter(CODES[1], "12", "")  # once: then the lights go out
    before.doors.stop()
    kiosk.close()
    again = Kiosk(a_home(tmp_path), Keyfile(tmp_path / "kiosk.key"), clock.clock())
    after = Station(again, carry=False)
    poll = after.booth.poll()
    assert poll is not None
    assert (poll.box, poll.kind) == (1, "paper")
    assert after.rows(BallotRow) == 2
    assert after.take(CODES[0]).trouble == "used"
    two = Pair(after)
    two.come()
    two.enter(CODES[1], "12", "")
    two.enter(CODES[1], "12", "")
    two.seal()
    assert after.rows(BallotRow) == 4
    after.doors.stop()
    again.close()


def test_after_a_paper_was_sealed_no_code_no_key_and_no_choice_is_left_in_memory(station: Station) -> None:
    station.open_poll("paper")
    two = Pair(station)
    two.come()
    before = secrets_in_memory()
    two.enter(CODES[3], "21", "")
    assert secrets_in_memory() > before
    two.enter(CODES[3], "21", "")
    two.seal()
    assert secrets_in_memory() == before
    for path in station.kiosk.home.folder.rglob("*"):
        if path.is_file():
            assert CODES[3].encode() not in path.read_bytes()


# A box that is open, and one that is done with.


def test_a_bundle_without_the_election_of_an_open_box_is_refused_and_the_poll_goes_on(station: Station) -> None:
    station.open_poll()
    station.vote(CODES[0])
    without = a_bundle(2, "HMX", "b", place=a_place())
    with unchanged(station.kiosk.vault), pytest.raises(shelf.OpenBoxError):
        shelf.install(station.kiosk.vault, without)
    assert station.booth.poll() is not None
    assert station.vote(CODES[1]).keys() == {1, 2}
    station.close_poll()
    assert shelf.install(station.kiosk.vault, without)
    with station.kiosk.vault.reading() as session:
        (row,) = session.scalars(sa.select(PollRow))
        assert row.manifest is not None
    assert station.rows(BallotRow) == 4


def test_a_kiosk_that_starts_with_the_final_board_on_its_shelf_empties_what_left_and_nothing_else(
    tmp_path: Path, clock: MovedClock
) -> None:
    kiosk = an_enrolled_kiosk(tmp_path, clock)
    before = Station(kiosk)
    before.open_poll()
    before.vote(CODES[0])
    before.close_poll()
    board = a_final_board(before.election, before.files)
    shelf.install(kiosk.vault, a_bundle(2, "HMX", "b", place=a_place(), elections=labelled(before.files | board)))
    (held,) = kiosk.shelf().elections
    assert held.over
    before.doors.stop()
    again = Station(kiosk, carry=False)  # its box was never handed in
    again.doors.stop()
    assert again.rows(BallotRow) == 2
    with kiosk.vault.writing() as session:  # as after a round whose every record was receipted
        session.get_one(PollRow, (before.election.d, 1)).handed_in = 1
    once_more = Station(kiosk, carry=False)
    once_more.doors.stop()
    assert once_more.rows(BallotRow) == 0
    assert once_more.faults == []
    kiosk.close()
