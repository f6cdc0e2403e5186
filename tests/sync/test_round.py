"""A whole round, with the real vault, the real delivery and the real central at the other end of either road."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Literal

import pytest
import sqlalchemy as sa

from models import ballot_box, seal, shelf
from models.election.ballot import Ballot, Mark
from models.election.boxes import Kind
from models.election.definition import PollingKiosk
from models.elections import ElectionFilesError
from models.errors import CourierError
from models.keyring import Keys
from models.seal import KioskId
from models.shelf import Bundle
from models.tables import OutboxRow, PoolRow
from models.vault import create_vault, open_vault
from sync import outbox
from sync.account import ASKED, NOT_CONFIRMED, NOTHING_READY, DeliveryNote, RoundOutcome
from sync.batch import request_body, tag_of
from sync.central import enrol
from sync.central.ceremony import amend_targets
from sync.central.elections.received import received
from sync.central.intake import take_in
from sync.central.keychest import Chest
from sync.central.ledger import KioskRow, RecordRow, open_ledger
from sync.central.press import press
from sync.central.signer import Signer
from sync.central.stick_desk import StickReport, take_in_stick
from sync.courier import Courier, NotCarriedError
from sync.courier_stick import StickCourier
from sync.refusals import RevokedKioskError
from sync.round import make_round, request
from sync.told import read_told, told_of
from tests.central import desks
from tests.models.election_files import a_final_board, election_files, labelled, notice_files
from tests.models.elections import an_election, slips
from tests.models.vaults import unchanged
from tests.simulators import GARBAGE
from tests.sync.parcels import a_sealed

KIOSK: Final = KioskId(bytes(range(16)))
KEYS: Final = Keys(KIOSK, bytes(32), bytes(32), b"\x07" * 32)
STEPS_A_DAY: Final = 288


class LineCourier:
    """A network road in memory to a real central; `closed` closes it, `garbled` puts a captive portal on it."""

    road: Literal["network", "stick"] = "network"

    def __init__(self, place: Place) -> None:
        self._place = place
        self.closed = self.garbled = False
        self.carried: list[str] = []

    def carry(self, message: bytes) -> bytes | None:
        if self.closed:
            raise CourierError
        self.carried.append(tag_of(message))
        if self.garbled:
            return GARBAGE
        return take_in(self._place.ledger, message, self._place.signer, desks.NOW).body

    def waiting(self) -> tuple[bytes, ...]:
        return ()

    def fetch(self, path: str, limit: int) -> bytes:
        if self.closed:
            raise CourierError
        found = self._place.delivery / path
        if not found.is_file():
            raise NotCarriedError
        return found.read_bytes()[:limit]

    def done(self) -> None:
        return


class Deaf(LineCourier):
    """A road by which content comes, and nothing of what is carried there is answered."""

    def carry(self, message: bytes) -> bytes | None:
        raise CourierError


class Place:
    """A central with a delivery, a kiosk fresh from its box, and a stick."""

    def __init__(self, folder: Path) -> None:
        self.home, self.content = desks.a_home(folder), desks.a_content(folder)
        self.delivery = self.home / "delivery"
        press(self.home, self.content, desks.NOW)
        self.ledger = open_ledger(folder / "ledger.sqlite")
        self.signer = Signer(Chest(self.home).receipt_key.read_bytes(), self.ledger)
        self.vault = create_vault(folder / "vault.db", bytes(32), KIOSK)
        shelf.trust_root(self.vault, (self.home / "public" / "root.json").read_bytes())
        self.stick = folder / "stick"
        self.stick.mkdir()
        self.today = desks.TODAY
        self.line = LineCourier(self)
        self.shares: list[float] = []

    def round(self, courier: Courier | None = None, *, take_delivery: bool = True) -> RoundOutcome:
        self.shares = []
        return make_round(
            self.vault,
            KEYS,
            courier or self.line,
            self.today,
            "0.1.0",
            desks.NOW,
            lambda share, _words: self.shares.append(share),
            take_delivery=take_delivery,
        )

    def by_stick(self) -> RoundOutcome:
        return self.round(StickCourier(self.stick, KIOSK))

    def at_central(self) -> StickReport:
        return take_in_stick(self.ledger, self.signer, self.stick, self.delivery, desks.NOW)

    def grant(self) -> None:
        (waiting,) = enrol.pending(self.ledger)
        digits = seal.fingerprint(request_body(request(self.vault, KEYS, "0.1.0")))
        enrol.grant(self.ledger, self.signer, waiting.message, digits, desks.CODE, desks.WING, desks.NOW)

    def enrol(self) -> None:
        self.round()
        self.grant()
        self.round()

    def answers(self, count: int, day: date | None = None) -> None:
        """Hand in, and let enough of a day go by that they may be numbered."""
        with self.vault.writing() as session:  # as hand_in, but tidied once
            for at in range(count):
                record = seal.SealedRecord(seal.digest(b"a form"), a_sealed(f"{self.today} {at}"))
                row = PoolRow(id=record.id, form=record.form, sealed=record.sealed, day=day or self.today)
                session.add(row)
        self.today += timedelta(days=1)
        outbox.cover_write(self.vault, STEPS_A_DAY)

    def here(self) -> int:
        with self.vault.reading() as session:
            return sum(
                session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0 for kind in (PoolRow, OutboxRow)
            )

    def there(self) -> int:
        with self.ledger.reading() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(RecordRow)) or 0

    def close(self) -> None:
        self.vault.close()
        self.ledger.close()


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place
    place.close()


@pytest.fixture
def enrolled(place: Place) -> Place:
    place.enrol()
    return place


def test_a_kiosk_fresh_from_its_box_asks_and_is_taken_in_over_the_network(place: Place) -> None:
    first = place.round()
    assert (first.words, first.trouble, first.delivery) == (str(ASKED), None, DeliveryNote(1, new=True))
    assert place.line.carried == ["wvq"]
    place.grant()
    second = place.round()
    assert second.received == 1
    assert second.words == "Central has taken this kiosk in, at HMX a-wing. New content was installed: bundle 1."
    assert place.vault.setting("wing") == b"a-wing"
    opened = shelf.open_shelf(place.vault, place.today)
    assert opened.place is not None
    assert opened.consultations


def test_nothing_ready_is_said_kindly_and_a_hello_goes(enrolled: Place) -> None:
    enrolled.line.carried.clear()
    outcome = enrolled.round()
    assert outcome.words == f"{NOTHING_READY} The content here is the newest that came: bundle 1."
    assert (outcome.sent, outcome.trouble, enrolled.line.carried) == (0, None, ["wvh"])


def test_answers_travel_together_and_are_erased_once_confirmed(enrolled: Place) -> None:
    enrolled.answers(20)
    outcome = enrolled.round()
    assert outcome.words.startswith("Sent 1 parcel, and central has confirmed.")
    assert (outcome.sent, outcome.received, outcome.trouble) == (1, 1, None)
    assert enrolled.there() >= 17
    assert enrolled.here() + enrolled.there() == 20
    kept = enrolled.vault.last_round()
    assert kept is not None
    assert (kept[0], read_told(kept[1])) == (enrolled.today, outcome.told)


def test_too_few_answers_wait(enrolled: Place) -> None:
    enrolled.answers(9)
    assert str(NOTHING_READY) in enrolled.round().words
    assert (enrolled.here(), enrolled.there()) == (9, 0)


def test_progress_rises_to_one(enrolled: Place) -> None:
    enrolled.answers(20)
    enrolled.round()
    assert enrolled.shares == sorted(enrolled.shares)
    assert (enrolled.shares[0] >= 0, enrolled.shares[-1]) == (True, 1)


def test_a_closed_road_becomes_words_and_loses_nothing(enrolled: Place) -> None:
    enrolled.answers(20)
    enrolled.line.closed = True
    outcome = enrolled.round()
    assert outcome.trouble == str(CourierError())
    assert "fail" not in outcome.words
    assert (enrolled.here(), enrolled.there()) == (20, 0)
    enrolled.line.closed = False
    assert enrolled.round().trouble is None
    assert enrolled.here() + enrolled.there() == 20


def test_a_captive_portal_is_not_confirmed_yet(enrolled: Place) -> None:
    enrolled.answers(20)
    enrolled.line.garbled = True
    outcome = enrolled.round()
    assert outcome.hindrance == NOT_CONFIRMED
    assert outcome.words.count("not confirmed yet") == 1
    assert (enrolled.here(), enrolled.there()) == (20, 0)


def test_a_refused_bundle_becomes_words_and_answers_go_all_the_same(enrolled: Place) -> None:
    enrolled.answers(20)
    (enrolled.delivery / "metadata" / "timestamp.json").write_bytes(b"{}")
    outcome = enrolled.round()
    assert outcome.trouble is not None
    assert "Nothing was changed." in outcome.trouble
    assert outcome.delivery is None
    assert enrolled.here() + enrolled.there() == 20
    assert enrolled.there() > 0


def test_a_road_without_content_is_no_trouble(enrolled: Place) -> None:
    (enrolled.delivery / "metadata" / "timestamp.json").unlink()
    outcome = enrolled.round()
    assert (outcome.trouble, outcome.delivery) == (None, None)


def test_content_is_left_alone_when_it_is_not_asked_for(enrolled: Place) -> None:
    press(enrolled.home, enrolled.content, desks.NOW)
    assert enrolled.round(take_delivery=False).delivery is None
    assert enrolled.round().delivery == DeliveryNote(2, new=True)


def test_a_kiosk_put_back_from_a_copy_asks_for_a_new_epoch_and_goes_on(enrolled: Place, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(enrolled.vault.path.read_bytes())
    enrolled.answers(20)
    enrolled.round()
    held = enrolled.there()
    enrolled.vault.close()
    enrolled.vault.path.write_bytes(copy.read_bytes())
    enrolled.vault = open_vault(enrolled.vault.path, bytes(32))
    outcome = enrolled.round()
    assert outcome.trouble is not None
    assert "put back from a copy" in outcome.trouble
    (waiting,) = enrol.pending(enrolled.ledger)
    digits = seal.fingerprint(request_body(waiting.message))
    enrol.grant(enrolled.ledger, enrolled.signer, waiting.message, digits, desks.CODE, desks.WING, desks.NOW)
    regranted = enrolled.round()
    assert (regranted.received, regranted.trouble) == (1, None)
    assert outbox.kiosk_state(enrolled.vault).epoch == 2
    enrolled.answers(20)
    assert enrolled.round().trouble is None
    assert enrolled.there() > held


def test_a_revoked_kiosk_keeps_its_answers_and_staff_are_told(enrolled: Place) -> None:
    enrolled.answers(20)
    with enrolled.ledger.writing() as session:
        session.execute(sa.update(KioskRow).values(revoked_on=20_000))
    outcome = enrolled.round()
    assert outcome.trouble is not None
    assert "call support" in outcome.trouble
    assert (enrolled.here(), enrolled.there()) == (20, 0)


def test_everything_goes_by_stick_too(place: Place) -> None:
    assert place.at_central().files > 0
    first = place.by_stick()
    assert (first.words, first.delivery) == (f"{ASKED} You can take the stick out.", DeliveryNote(1, new=True))
    report = place.at_central()
    assert report.requests == 1
    assert "24 digits" in report.lines[0]
    place.grant()
    assert place.at_central().grants == 1
    third = place.by_stick()
    assert "Central has taken this kiosk in, at HMX a-wing." in third.words
    assert "New content was installed" in third.words
    place.answers(20)
    fourth = place.by_stick()
    assert "1 parcel on the stick: bring it to central. Not confirmed yet; nothing is lost." in fourth.words
    assert (fourth.trouble, place.here(), place.there()) == (None, 20, 0)
    assert place.at_central().taken == 1
    fifth = place.by_stick()
    assert "What central sent back was taken in." in fifth.words
    assert place.here() + place.there() == 20
    assert not list((place.stick / "wingvoice" / "up" / KIOSK.hex()).iterdir())


def test_the_same_stick_at_central_again_changes_nothing(enrolled: Place) -> None:
    enrolled.answers(20)
    enrolled.by_stick()
    report = enrolled.at_central()
    assert (report.taken, report.receipts) == (1, 1)
    with enrolled.ledger.reading() as session:
        serials = session.execute(sa.text("SELECT serial, mark FROM streams")).all()
    before = tree(enrolled.stick)
    for _ in range(2):
        again = enrolled.at_central()
        assert (again.taken, again.already, again.receipts, again.grants, again.files) == (0, 1, 0, 0, 0)
        assert tree(enrolled.stick) == before
    with enrolled.ledger.reading() as session:
        assert session.execute(sa.text("SELECT serial, mark FROM streams")).all() == serials


def test_a_new_bundle_replaces_the_old_one_on_the_stick(enrolled: Place) -> None:
    enrolled.at_central()
    press(enrolled.home, enrolled.content, desks.NOW)
    assert enrolled.at_central().files > 0
    on_stick = tree(enrolled.stick / "wingvoice" / "delivery")
    assert on_stick == {name: data for name, data in tree(enrolled.delivery).items() if name in on_stick}
    assert enrolled.by_stick().delivery == DeliveryNote(2, new=True)


def test_a_bad_parcel_on_a_stick_is_a_line_in_the_report(enrolled: Place) -> None:
    enrolled.answers(20)
    enrolled.by_stick()
    (parcel,) = (enrolled.stick / "wingvoice" / "up" / KIOSK.hex()).iterdir()
    signed = parcel.read_bytes()
    forged = signed[:-1] + bytes([signed[-1] ^ 1])
    parcel.unlink()
    parcel.with_name(f"0001-0000000001-0000000020-{seal.digest(forged).hex()[:16]}.wvb").write_bytes(forged)
    report = enrolled.at_central()
    assert (report.taken, report.other, report.receipts) == (0, 1, 0)
    assert "no signed answer" in report.lines[0]
    assert enrolled.there() == 0
    enrolled.by_stick()
    assert enrolled.at_central().taken == 1


def test_the_request_and_its_digits_stay_the_same_until_it_is_answered(place: Place) -> None:
    first = request(place.vault, KEYS, "0.1.0")
    place.round()
    assert request(place.vault, KEYS, "0.1.0") == first
    assert [waiting.message for waiting in enrol.pending(place.ledger)] == [first]


@pytest.mark.parametrize("road", ["network", "stick"])
def test_a_closed_ballot_box_reaches_central_by_either_road_and_an_open_one_does_not(
    enrolled: Place, road: Literal["network", "stick"]
) -> None:
    mine = PollingKiosk(bytes(KIOSK), "A", seal.public_half(KEYS.signing_key))
    election = an_election(8, kiosks=(mine,))
    ballot_box.open_poll(enrolled.vault, election, KEYS.signing_key)
    for one in slips(8)[:6]:
        slip = ballot_box.take_slip(election, one.code)
        ballot_box.cast(enrolled.vault, election, slip, {1: Ballot(Mark.CHOICES, (1,)), 2: Ballot(Mark.BLANK)})

    def go() -> None:
        if road == "network":
            enrolled.round()
            return
        enrolled.by_stick()
        enrolled.at_central()
        enrolled.by_stick()

    go()
    assert enrolled.there() == 0
    box = ballot_box.close_poll(enrolled.vault, election, KEYS.signing_key)
    go()
    (found,) = received(enrolled.ledger, election.d)
    assert (found.manifest, found.content) == (box.written, b"".join(box.envelopes))
    assert (enrolled.here(), enrolled.there()) == (0, 13)
    go()
    assert enrolled.there() == 13
    assert ballot_box.closed_boxes(enrolled.vault, election) == (box,)


# Elections: what a bundle may not take away, and when a box is emptied.

ELECTION, FILES = election_files(
    slip_count=8, kiosks=(PollingKiosk(bytes(KIOSK), "A", seal.public_half(KEYS.signing_key)),)
)


def bring(place: Place, files: Mapping[str, bytes]) -> None:
    """Press a bundle with these files of an election, or with none."""
    folder = place.content / desks.CODE / "elections" / "council"
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    press(place.home, place.content, desks.NOW)


def cast(place: Place, number: int) -> None:
    slip = ballot_box.take_slip(ELECTION, slips(8)[number].code)
    ballot_box.cast(place.vault, ELECTION, slip, {1: Ballot(Mark.CHOICES, (1,)), 2: Ballot(Mark.BLANK)})


@pytest.fixture
def polling(enrolled: Place) -> Place:
    """A kiosk with an election on its shelf, and its poll open."""
    bring(enrolled, FILES)
    enrolled.round()
    assert len(shelf.open_shelf(enrolled.vault, enrolled.today).elections) == 1
    ballot_box.open_poll(enrolled.vault, ELECTION, KEYS.signing_key)
    cast(enrolled, 0)
    return enrolled


@pytest.mark.parametrize("kind", ["kiosk", "paper"])
@pytest.mark.parametrize("files", [{}, election_files(slip_count=8)[1]], ids=["dropped", "defined anew"])
def test_a_bundle_that_takes_an_election_away_waits_until_its_box_is_closed(
    enrolled: Place, files: Mapping[str, bytes], kind: Kind
) -> None:
    bring(enrolled, FILES)
    enrolled.round()
    ballot_box.open_poll(enrolled.vault, ELECTION, KEYS.signing_key, kind)
    cast(enrolled, 0)
    before = shelf.open_shelf(enrolled.vault, enrolled.today)
    bring(enrolled, files)
    outcome = enrolled.round()
    assert outcome.hindrance == told_of(shelf.OpenBoxError())  # the kiosk notes it among its faults
    assert outcome.delivery is None
    assert shelf.open_shelf(enrolled.vault, enrolled.today) == before
    cast(enrolled, 1)
    box = ballot_box.close_poll(enrolled.vault, ELECTION, KEYS.signing_key)
    outcome = enrolled.round()
    assert outcome.trouble is None
    assert outcome.delivery is not None
    assert outcome.delivery.new
    (found,) = received(enrolled.ledger, ELECTION.d)
    assert (found.manifest, found.content) == (box.written, b"".join(box.envelopes))
    assert ballot_box.closed_box(enrolled.vault, ELECTION, 1) == box


def test_a_bundle_with_the_same_election_and_a_notice_comes_in_while_a_box_is_open(polling: Place) -> None:
    bring(polling, FILES | notice_files(ELECTION, 1, 2))
    assert polling.round().trouble is None
    (held,) = shelf.open_shelf(polling.vault, polling.today).elections
    assert held.withdrawn(1) == {2}
    cast(polling, 1)


def test_a_kiosk_taken_out_of_service_in_the_middle_of_a_poll_keeps_its_box_and_hears_both(polling: Place) -> None:
    amend_targets(polling.home, desks.NOW, passphrase=desks.PASSPHRASE, revoked=[KIOSK])
    bring(polling, {})
    outcome = polling.round()
    assert told_of(shelf.OpenBoxError()) in outcome.told
    assert outcome.hindrance is not None
    assert outcome.hindrance.number == RevokedKioskError.number
    cast(polling, 1)
    ballot_box.close_poll(polling.vault, ELECTION, KEYS.signing_key)
    polling.round()
    assert shelf.revoked(polling.vault) == {KIOSK}
    assert len(ballot_box.closed_box(polling.vault, ELECTION, 1).envelopes) == 4


def test_a_box_is_emptied_by_the_round_after_which_its_board_is_here_and_every_record_was_receipted(
    polling: Place,
) -> None:
    box = ballot_box.close_poll(polling.vault, ELECTION, KEYS.signing_key)
    polling.round()
    assert (polling.here(), polling.there()) == (0, len(box.records))
    polling.round()
    assert ballot_box.closed_box(polling.vault, ELECTION, 1) == box  # all left, but its board is not here
    closed = a_final_board(ELECTION, FILES, stage=1)
    bring(polling, FILES | closed)
    polling.round()
    assert ballot_box.closed_box(polling.vault, ELECTION, 1) == box  # nor is it the final one
    bring(polling, FILES | a_final_board(ELECTION, FILES))
    polling.round()
    emptied = ballot_box.closed_box(polling.vault, ELECTION, 1)
    assert (emptied.manifest, emptied.envelopes) == (box.manifest, ())


def test_a_board_that_comes_before_the_receipts_empties_nothing_until_they_are_here(polling: Place) -> None:
    box = ballot_box.close_poll(polling.vault, ELECTION, KEYS.signing_key)
    bring(polling, FILES | a_final_board(ELECTION, FILES))
    polling.by_stick()
    polling.at_central()  # the stick now holds board and receipts, and the kiosk has neither
    polling.round(take_delivery=True, courier=Deaf(polling))
    assert shelf.open_shelf(polling.vault, polling.today).elections[0].over
    assert polling.here() == len(box.records)
    assert ballot_box.closed_box(polling.vault, ELECTION, 1) == box
    polling.by_stick()
    assert polling.here() == 0
    assert ballot_box.closed_box(polling.vault, ELECTION, 1).envelopes == ()


def test_a_board_of_another_election_or_one_that_is_refused_empties_nothing(polling: Place) -> None:
    box = ballot_box.close_poll(polling.vault, ELECTION, KEYS.signing_key)
    polling.round()
    other, files = election_files(slip_count=8)
    bring(polling, files | a_final_board(other, files))
    assert polling.round().trouble is None
    assert ballot_box.closed_box(polling.vault, ELECTION, 1) == box
    bring(polling, FILES)
    polling.round()
    wrong = a_final_board(ELECTION, FILES | {"definition.json": b"{}"})
    elections = labelled(FILES | wrong)
    held = shelf.open_shelf(polling.vault, polling.today)
    bundle = Bundle(
        held.number + 1, desks.CODE, desks.WING, {}, (), (), frozenset(), (), {}, (), None, {}, (), elections
    )
    with unchanged(polling.vault), pytest.raises(ElectionFilesError):
        shelf.install(polling.vault, bundle)
    assert outbox.empty_boxes(polling.vault, lambda: held.elections) == 0
    assert ballot_box.closed_box(polling.vault, ELECTION, 1) == box
