"""The ballot box of a kiosk: who may cast, what a refusal leaves, and that nothing tells order or time."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any, Final, get_args

import pytest
import sqlalchemy as sa

from models import seal
from models.ballot_box import (
    OpenBox,
    SlipInHand,
    cast,
    close_poll,
    closed_box,
    closed_boxes,
    empty_boxes,
    open_box,
    open_poll,
    take_slip,
    used_here,
)
from models.election import ballot, boxes
from models.election.ballot import Ballot, Mark
from models.election.boxes import Kind
from models.election.defined import write_definition
from models.election.definition import Electorate, PollingKiosk
from models.election.keys import Election, gather, read_keys, write_keys
from models.election.signatures import read_signatures
from models.errors import (
    OtherElectionError,
    PollNotOpenError,
    PollOpenError,
    PollOverError,
    RegistrarError,
    SlipUsedHereError,
    StrangeKioskError,
    WrongCodeError,
)
from models.tables import Base, WholeDays
from models.vault import Vault, open_vault
from sync import outbox
from tests.models.elections import PRIVATE, a_code, a_contest, a_definition, a_question, an_election, slips
from tests.models.vaults import A_DAY, A_KEY, A_KIOSK, a_vault, every_row, unchanged
from tests.sync.test_outbox import a_grant, a_receipt
from tests.sync.test_pool import mean, opened_pages, tau

SIGNING: Final = bytes([1]) * 32
VOTES: Final = {1: Ballot(Mark.CHOICES, (2, 1)), 2: Ballot(Mark.BLANK)}
ELECTION: Final = an_election()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = a_vault(tmp_path)
    yield made
    made.close()


def held(number: int, election: Election = ELECTION) -> SlipInHand:
    return take_slip(election, slips(31)[number].code)


def test_a_slip_leaves_one_ballot_in_every_contest_and_its_seal_codes_are_theirs(vault: Vault) -> None:
    assert open_poll(vault, ELECTION, SIGNING) == 1
    codes = cast(vault, ELECTION, held(0), VOTES)
    box = close_poll(vault, ELECTION, SIGNING)
    assert [ballot.contest_of(one) for one in box.envelopes] == [1, 2]
    assert list(codes.values()) == [seal.seal_code(one) for one in box.envelopes]
    opened = [ballot.read_ballot(seal.open_ballot(one, PRIVATE)) for one in box.envelopes]
    assert opened == list(VOTES.values())


def test_a_slip_is_used_once_on_a_kiosk_in_whatever_box(vault: Vault) -> None:
    open_poll(vault, ELECTION, SIGNING)
    assert not used_here(vault, ELECTION, held(0))
    cast(vault, ELECTION, held(0), VOTES)
    assert used_here(vault, ELECTION, held(0))
    with unchanged(vault), pytest.raises(SlipUsedHereError):
        cast(vault, ELECTION, held(0), VOTES)
    close_poll(vault, ELECTION, SIGNING)
    assert open_poll(vault, ELECTION, SIGNING, "paper") == 2
    with unchanged(vault), pytest.raises(SlipUsedHereError):
        cast(vault, ELECTION, held(0), VOTES)
    cast(vault, ELECTION, held(1), VOTES)
    assert not used_here(vault, ELECTION, held(2))


def test_a_code_of_nobody_or_of_another_election_is_not_right() -> None:
    other = an_election(id=bytes(16))
    for election, code in ((ELECTION, a_code(5)), (other, slips(1)[0].code)):
        with pytest.raises(WrongCodeError) as refused:
            take_slip(election, code)
        assert code not in str(refused.value)


def test_a_slip_takes_part_in_the_contests_of_its_electorate_alone() -> None:
    contests = (a_contest(1, electorates=("residents", "staff")), a_question(2, electorates=("staff",)))
    groups = (Electorate("residents", "residents", 2, 0, 0), Electorate("staff", "staff", 1, 0, 0))
    resident, neighbour, officer = slips(3)
    files = {
        1: write_keys(one.public(1) for one in (resident, neighbour, officer)),
        2: write_keys([officer.public(2)]),
    }
    keyed = tuple(replace(one, keys=bytes(seal.digest(files[one.number]))) for one in contests)
    election = gather(write_definition(a_definition(contests=keyed, electorates=groups)), files, seal.digest)
    assert sorted(take_slip(election, resident.code).keys) == [1]
    assert take_slip(election, officer.code).electorate == "staff"
    assert sorted(take_slip(election, officer.code).keys) == [1, 2]


def test_nothing_is_cast_before_the_poll_opens_or_after_it_closes(vault: Vault) -> None:
    with unchanged(vault), pytest.raises(PollNotOpenError):
        cast(vault, ELECTION, held(0), VOTES)
    open_poll(vault, ELECTION, SIGNING)
    with unchanged(vault), pytest.raises(PollOpenError):
        open_poll(vault, ELECTION, SIGNING)
    with unchanged(vault), pytest.raises(PollOpenError):
        closed_box(vault, ELECTION, 1)
    close_poll(vault, ELECTION, SIGNING)
    with unchanged(vault):
        for act in (lambda: cast(vault, ELECTION, held(0), VOTES), lambda: close_poll(vault, ELECTION, SIGNING)):
            with pytest.raises(PollNotOpenError):
                act()


def test_a_kiosk_that_the_definition_does_not_name_opens_no_poll(vault: Vault) -> None:
    stranger = an_election(kiosks=(PollingKiosk(bytes(16), "A", seal.public_half(SIGNING)),))
    with unchanged(vault), pytest.raises(StrangeKioskError):
        open_poll(vault, stranger, SIGNING)
    with unchanged(vault), pytest.raises(StrangeKioskError):
        open_poll(vault, ELECTION, bytes([2]) * 32)


def test_ballots_that_a_screen_must_not_let_through_stop_the_program(vault: Vault) -> None:
    strict = an_election(allow_spoil=False)
    spoilt = VOTES | {1: Ballot(Mark.SPOILT)}
    for election, wrong in (
        (ELECTION, {1: VOTES[1]}),
        (ELECTION, VOTES | {1: Ballot(Mark.CHOICES, (1, 1))}),
        (strict, spoilt),
    ):
        open_poll(vault, election, SIGNING)
        with unchanged(vault), pytest.raises(RuntimeError):
            cast(vault, election, held(0, election), wrong)
        close_poll(vault, election, SIGNING)


def test_on_paper_a_wish_may_be_unclear_whatever_the_screens_offer(vault: Vault) -> None:
    strict = an_election(allow_spoil=False)
    open_poll(vault, strict, SIGNING, "paper")
    cast(vault, strict, held(0, strict), VOTES | {1: Ballot(Mark.SPOILT)})
    box = close_poll(vault, strict, SIGNING)
    assert ballot.read_ballot(seal.open_ballot(box.envelopes[0], PRIVATE)) == Ballot(Mark.SPOILT)


def test_a_key_list_of_another_length_or_hash_is_not_this_election() -> None:
    definition = write_definition(ELECTION.definition)
    files = {number: write_keys(keys) for number, keys in ELECTION.keys.items()}
    assert gather(definition, files, seal.digest) == ELECTION
    for wrong in (
        {1: files[1]},
        files | {1: files[2]},
        files | {1: write_keys([*ELECTION.keys[1], bytes(32)])},
        files | {1: b"\n".join(reversed(files[1].split(b"\n")))},
    ):
        with pytest.raises(OtherElectionError):
            gather(definition, wrong, seal.digest)
    for text in (b"00\n", files[1] + files[1], files[1][:-1]):
        with pytest.raises(RegistrarError):
            read_keys(text)


def test_a_poll_goes_on_after_the_plug_was_pulled(vault: Vault) -> None:
    open_poll(vault, ELECTION, SIGNING)
    cast(vault, ELECTION, held(0), VOTES)
    vault.close()
    again = open_vault(vault.path, A_KEY)
    assert open_box(again, ELECTION) == OpenBox(1, "kiosk")
    assert used_here(again, ELECTION, held(0))
    again.close()


def test_a_closed_box_is_signed_and_holds_what_its_manifest_says(vault: Vault) -> None:
    open_poll(vault, ELECTION, SIGNING)
    for number in range(5):
        cast(vault, ELECTION, held(number), VOTES)
    made = close_poll(vault, ELECTION, SIGNING)
    assert made == closed_box(vault, ELECTION, 1) == closed_boxes(vault, ELECTION)[0]
    name = f"{A_KIOSK.hex()}-0-1"
    files = made.files()
    assert sorted(files) == [f"{name}.box", f"{name}.json", f"{name}.sig.json"]
    manifest = boxes.read_manifest(files[f"{name}.json"])
    assert boxes.holds(manifest, files[f"{name}.box"], seal.digest)
    signature = read_signatures(files[f"{name}.sig.json"])[A_KIOSK]
    seal.verify(seal.SIGNS_BOX, files[f"{name}.json"], signature, seal.public_half(SIGNING))
    assert (made.tape.total, made.tape.symbols) == (10, seal.symbols(seal.digest(files[f"{name}.json"])))


def test_an_empty_box_has_the_root_of_nothing(vault: Vault) -> None:
    open_poll(vault, ELECTION, SIGNING)
    box = close_poll(vault, ELECTION, SIGNING)
    assert {tally.root.hex()[:8] for tally in box.manifest.contests} == {"e3b0c442"}
    assert box.files()[f"{box.manifest.name}.box"] == b""


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ballots",
        "UPDATE ballots SET box = 2",
        "DELETE FROM polls",
        "UPDATE polls SET manifest = NULL, signature = NULL",
        "UPDATE polls SET kind = 'paper'",
        "INSERT INTO ballots SELECT zeroblob(32), box, envelope FROM ballots",
    ],
)
def test_a_closed_box_is_neither_changed_nor_emptied_nor_filled(vault: Vault, statement: str) -> None:
    open_poll(vault, ELECTION, SIGNING)
    cast(vault, ELECTION, held(0), VOTES)
    close_poll(vault, ELECTION, SIGNING)
    with unchanged(vault), pytest.raises(sa.exc.IntegrityError), vault.writing() as session:
        session.execute(sa.text(statement))


def test_a_paper_box_is_a_box_of_its_own_with_the_next_number_and_its_kind_in_the_manifest(vault: Vault) -> None:
    open_poll(vault, ELECTION, SIGNING)
    cast(vault, ELECTION, held(0), VOTES)
    polled = close_poll(vault, ELECTION, SIGNING)
    assert open_poll(vault, ELECTION, SIGNING, "paper") == 2
    assert open_box(vault, ELECTION) == OpenBox(2, "paper")
    for number in (1, 2):
        cast(vault, ELECTION, held(number), VOTES)
    box = close_poll(vault, ELECTION, SIGNING)
    assert (box.manifest.box, box.manifest.kind, box.manifest.total) == (2, "paper", 4)
    assert boxes.holds(box.manifest, boxes.write_box(box.envelopes), seal.digest)
    seal.verify(seal.SIGNS_BOX, box.written, box.signature, seal.public_half(SIGNING))
    assert closed_boxes(vault, ELECTION) == (polled, box)
    assert set(polled.envelopes).isdisjoint(box.envelopes)


def test_a_slip_of_a_paper_is_used_on_this_kiosk_as_any_other(vault: Vault) -> None:
    open_poll(vault, ELECTION, SIGNING, "paper")
    cast(vault, ELECTION, held(0), VOTES)
    close_poll(vault, ELECTION, SIGNING)
    open_poll(vault, ELECTION, SIGNING)
    assert used_here(vault, ELECTION, held(0))
    with unchanged(vault), pytest.raises(SlipUsedHereError):
        cast(vault, ELECTION, held(0), VOTES)


@pytest.mark.parametrize("first", get_args(Kind))
@pytest.mark.parametrize("second", get_args(Kind))
def test_one_box_is_open_on_a_kiosk_at_a_time_of_whatever_election_and_kind(
    vault: Vault, first: Kind, second: Kind
) -> None:
    other = an_election(id=bytes(16))
    open_poll(vault, ELECTION, SIGNING, first)
    for election in (ELECTION, other):
        with unchanged(vault), pytest.raises(PollOpenError):
            open_poll(vault, election, SIGNING, second)
    close_poll(vault, ELECTION, SIGNING)
    assert open_poll(vault, other, SIGNING, second) == 1


def test_a_box_is_emptied_only_when_it_was_closed_handed_in_and_every_record_of_it_left(vault: Vault) -> None:
    outbox.open_epoch(vault, a_grant(vault))
    open_poll(vault, ELECTION, SIGNING)
    cast(vault, ELECTION, held(0), VOTES)
    with unchanged(vault):
        assert empty_boxes(vault, ELECTION) == 0
    box = close_poll(vault, ELECTION, SIGNING)
    with unchanged(vault):
        assert empty_boxes(vault, ELECTION) == 0
    outbox.hand_in_boxes(vault, SIGNING, A_KIOSK, A_DAY, "0.1.0")
    with unchanged(vault):
        assert empty_boxes(vault, ELECTION) == 0
    assert outbox.settle(vault, a_receipt(vault, len(box.records))) == len(box.records)
    assert closed_box(vault, ELECTION, 1) == box
    assert empty_boxes(vault, ELECTION) == 1
    assert every_row(vault)["ballots"] == []
    (over,) = closed_boxes(vault, ELECTION)
    assert (over.manifest, over.tape) == (box.manifest, box.tape)
    with unchanged(vault):
        assert empty_boxes(vault, ELECTION) == 0
        with pytest.raises(PollOverError):
            open_poll(vault, ELECTION, SIGNING)


def test_a_box_whose_records_went_back_to_the_pool_is_kept(vault: Vault) -> None:
    outbox.open_epoch(vault, a_grant(vault))
    open_poll(vault, ELECTION, SIGNING)
    cast(vault, ELECTION, held(0), VOTES)
    close_poll(vault, ELECTION, SIGNING)
    outbox.hand_in_boxes(vault, SIGNING, A_KIOSK, A_DAY, "0.1.0")
    outbox.open_epoch(vault, a_grant(vault, epoch=2))
    assert every_row(vault)["outbox"] == []
    with unchanged(vault):
        assert empty_boxes(vault, ELECTION) == 0


def test_of_two_boxes_the_one_that_still_waits_is_kept(vault: Vault) -> None:
    outbox.open_epoch(vault, a_grant(vault))
    for number, kind in enumerate(get_args(Kind)):
        open_poll(vault, ELECTION, SIGNING, kind)
        cast(vault, ELECTION, held(number), VOTES)
        close_poll(vault, ELECTION, SIGNING)
        outbox.hand_in_boxes(vault, SIGNING, A_KIOSK, A_DAY, "0.1.0")
    polled, paper = closed_boxes(vault, ELECTION)
    outbox.settle(vault, a_receipt(vault, len(polled.records)))
    assert empty_boxes(vault, ELECTION) == 1
    assert {row[1] for row in every_row(vault)["ballots"]} == {2}
    assert closed_box(vault, ELECTION, 2) == paper


# The order and time laws of elections.md section 14; keep them for ever.


def known_of(vault: Vault) -> dict[str, Any]:
    """Return every row of a vault without the random bytes of a ballot: its leaf, its sealed part, its signature."""
    rows: dict[str, Any] = every_row(vault)
    rows["ballots"] = sorted((box, envelope[: ballot.HEAD_BYTES]) for _, box, envelope in rows["ballots"])
    rows["polls"] = [(*row[:3], row[3] is None) for row in rows["polls"]]
    rows["state"] = [tuple(cell for cell in row if cell != row[3]) for row in rows["state"]]
    return rows


def test_cast_in_whatever_order_the_vault_is_the_same_but_for_random_bytes(tmp_path: Path) -> None:
    empty = a_vault(tmp_path)
    open_poll(empty, ELECTION, SIGNING)
    empty.close()
    seen = []
    for at, order in enumerate(permutations(range(3))):
        vault = open_vault(Path(shutil.copy(empty.path, tmp_path / f"{at}.db")), A_KEY)
        for number in order:
            cast(vault, ELECTION, held(number), VOTES)
        before = known_of(vault)
        box = close_poll(vault, ELECTION, SIGNING)
        tallies = [(tally.contest, tally.count) for tally in box.manifest.contests]
        assert box.envelopes == boxes.in_box_order(box.envelopes, seal.digest)
        seen.append((before, known_of(vault), tallies, vault.path.stat().st_size))
        vault.close()
    assert all(one == seen[0] for one in seen)


def test_neither_pages_nor_box_tell_the_order_of_casting(tmp_path: Path) -> None:
    empty = a_vault(tmp_path)
    open_poll(empty, ELECTION, SIGNING)
    empty.close()
    in_pages, in_box = [], []
    for at in range(24):
        vault = open_vault(Path(shutil.copy(empty.path, tmp_path / f"{at}.db")), A_KEY)
        cast_keys = []
        for number in range(10):
            slip = held(number)
            cast(vault, ELECTION, slip, VOTES)
            cast_keys.append(seal.public_half(slip.keys[1]))
            assert vault.path.with_name(f"{at}.db-wal").stat().st_size == 0
        pages = opened_pages(vault.path)
        envelopes = {ballot.slip_key_of(row[2]): row[2] for row in every_row(vault)["ballots"]}
        found = [pages.find(envelopes[key][-64:]) for key in cast_keys]
        assert min(found) > 0
        in_pages.append(tau(found))
        box = [ballot.slip_key_of(one) for one in close_poll(vault, ELECTION, SIGNING).envelopes]
        in_box.append(tau([box.index(key) for key in cast_keys]))
        vault.close()
    # one tau of ten has a deviation of 0.25, the mean of 24 one of 0.051: these are five deviations
    assert abs(mean(in_pages)) < 0.26
    assert abs(mean(in_box)) < 0.26


def test_no_table_of_the_poll_has_a_time_or_a_sequence() -> None:
    columns = {name: set(Base.metadata.tables[name].columns.keys()) for name in ("polls", "ballots")}
    assert columns["ballots"] == {"leaf", "box", "envelope"}
    assert columns["polls"] == {"definition", "box", "kind", "manifest", "signature", "handed_in", "over"}
    for name in columns:
        table = Base.metadata.tables[name]
        assert table.dialect_options["sqlite"]["with_rowid"] is False
        assert not any(isinstance(column.type, WholeDays | sa.DateTime) for column in table.columns)


def test_the_log_of_a_poll_is_the_same_however_many_vote(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    lines = []
    for voters in (1, 4):
        vault = a_vault(tmp_path, f"{voters}.db")
        caplog.clear()
        open_poll(vault, ELECTION, SIGNING)
        for number in range(voters):
            cast(vault, ELECTION, held(number), VOTES)
        close_poll(vault, ELECTION, SIGNING)
        vault.close()
        ours = [line for line in caplog.records if not line.name.startswith("sqlalchemy")]
        lines.append((len(ours), capfd.readouterr()))
    assert lines[0] == lines[1]


def test_a_manifest_says_nothing_of_time(vault: Vault) -> None:
    open_poll(vault, ELECTION, SIGNING)
    cast(vault, ELECTION, held(0), VOTES)
    box = close_poll(vault, ELECTION, SIGNING)
    fields = {"contests", "definition", "epoch", "format", "kind", "kiosk", "box", "total"}
    assert set(json.loads(box.written)) == fields
