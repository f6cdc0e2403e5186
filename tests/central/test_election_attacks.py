"""Every attack of the design's table, by its name, and that it gets what the table says and no more."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from models import ballot_box, seal
from models.canonical import canonical_json
from models.counting.blt import read_blt
from models.election import boxes as box_rules
from models.election import close
from models.election.ballot import BODY_BYTES, HEAD_BYTES, Ballot, Mark, head, slip_key_of, write_ballot
from models.election.keys import gather, write_keys
from models.election.merge import Merged, Status, look_up, read_faulty
from models.errors import (
    AccountsError,
    AuditError,
    LateBoxError,
    OpeningsDifferError,
    OtherElectionError,
    SealError,
    SharesError,
    SlipUsedHereError,
    StrangeKioskError,
)
from models.seal import KioskId
from models.tables import Base
from models.vault import create_vault, open_vault
from sync.central.elections import ceremony, opening_record, outcome, registrar
from sync.central.elections.plan import read_plan
from sync.central.elections.registrar import Box, PrintedSlip
from sync.central.elections.verify import verify_closed
from tests.central.polling import (
    THROWS,
    Day,
    a_box,
    a_day,
    a_plan,
    kiosk_signing,
    ranks,
    remade,
    some_votes,
    stuffed,
)


@dataclass(frozen=True)
class Poll:
    """A day whose kiosks are closed: two boxes as they came, and who was given a slip."""

    day: Day
    boxes: list[Box]
    issued: list[PrintedSlip]

    @property
    def private(self) -> bytes:
        return ceremony.combine(self.day.ceremony.shares[:2], self.day.election.definition.election_key)

    def merged(self, boxes: list[Box], throws: str = THROWS) -> Merged:
        return self.day.board_1(boxes, self.issued, throws)[1]

    def sealed(self, slip: PrintedSlip, contest: int, *choices: int) -> bytes:
        """Return a ballot that whoever holds this slip's code can seal anywhere."""
        definition = self.day.election.definition
        private = seal.slip_key(seal.slip_seed(slip.code, definition.id), definition.id, contest)
        plain = write_ballot(Ballot(Mark.CHOICES, choices))
        return seal.seal_ballot(plain, contest, self.day.election.d, private, definition.election_key)

    def added(self, at: int, *envelopes: bytes) -> list[Box]:
        """Return both boxes, one with more in it, as its own kiosk would sign it."""
        made = list(self.boxes)
        made[at] = remade(made[at], [*box_rules.split_box(made[at].content), *envelopes], at + 1)
        return made


@pytest.fixture(scope="module")
def poll(tmp_path_factory: pytest.TempPathFactory) -> Poll:
    day = a_day(tmp_path_factory.mktemp("attacks"))
    day.open_kiosks()
    try:
        issued = day.voters[:22]
        for number, one in enumerate(issued[:20]):  # two of them never vote
            day.vote(number % 2 + 1, one.code, *some_votes(number))
        for number, one in enumerate(day.audits[:2]):
            day.audit(number % 2 + 1, one.code, *some_votes(number))
        boxes = [a_box(one) for one in day.close_kiosks()]
    finally:
        day.shut()
    return Poll(day, boxes, issued)


def envelopes(poll: Poll, contest: int = 1) -> list[bytes]:
    return [one for box in poll.boxes for one in box_rules.split_box(box.content) if one[5] == contest]


def test_a_stolen_kiosk_opens_nothing_and_its_false_manifest_adds_nothing(poll: Poll) -> None:
    for envelope in envelopes(poll):
        with pytest.raises(SealError):
            seal.open_ballot(envelope, kiosk_signing(1))
    honest = poll.merged(poll.boxes)
    forged = seal.seal_ballot(
        write_ballot(ranks(3)), 1, poll.day.election.d, kiosk_signing(1), poll.day.election.definition.election_key
    )
    merged = poll.merged(poll.added(0, forged))
    assert merged.of(1, Status.UNKNOWN_SLIP) == (forged,)
    assert merged.accepted(1) == honest.accepted(1)


def test_staff_with_the_whole_database_find_nothing_that_joins_roll_and_slip(poll: Poll) -> None:
    columns = {f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns}
    assert {name for name in columns if name.startswith(("polls", "ballots"))} == {
        "polls.definition", "polls.box", "polls.kind", "polls.manifest", "polls.signature", "polls.handed_in",
        "polls.over",
        "ballots.leaf", "ballots.box", "ballots.envelope",
    }  # fmt: skip
    path = poll.day.folder / "kiosk-1.db"
    vault = open_vault(path, bytes([1]) * 32)
    with vault.reading() as session:
        content = repr(
            [tuple(row) for table in Base.metadata.sorted_tables for row in session.execute(sa.select(table))]
        )
    vault.close()
    everything = content.encode() + path.read_bytes()
    for slip in poll.day.run.slips:
        assert slip.code not in content
        assert slip.code[:20].encode() not in everything


def test_staff_and_one_trustee_open_nothing(poll: Poll) -> None:
    for share in poll.day.ceremony.shares:
        for shares in ([share], [share, share]):
            with pytest.raises(SharesError):
                ceremony.combine(shares, poll.day.election.definition.election_key)


def test_staff_and_two_trustees_read_the_vote_of_a_slip_and_never_of_a_person(poll: Poll) -> None:
    opened = [seal.open_ballot(one, poll.private) for one in envelopes(poll)]
    assert len(opened) == 22
    files, _ = poll.day.board_1(poll.boxes, poll.issued)
    one, other = ({slip_key_of(envelope) for envelope in envelopes(poll, contest)} for contest in (1, 2))
    assert one.isdisjoint(other)  # no two ballots of one slip can be joined
    text = b"".join(content for path, content in files.items() if not path.endswith(".txt"))
    assert all(slip.code.encode() not in text for slip in poll.issued)


def test_a_centre_that_drops_ballots_is_seen_by_tape_manifest_and_stub(poll: Poll) -> None:
    cut = replace(poll.boxes[0], content=poll.boxes[0].content[246:])
    assert set(registrar.faults(poll.day.election, [cut, poll.boxes[1]]).values()) == {registrar.WRONG_CONTENT}
    kept = [poll.boxes[1]]
    record = poll.day.closed(kept)
    assert record.missing == (read(poll.boxes[0]).kiosk,)
    files, _ = poll.day.board_1(kept, poll.issued)
    in_box_1 = {slip_key_of(one) for one in box_rules.split_box(poll.boxes[0].content)}
    lost = next(slip for slip in poll.issued if slip_keys(poll, slip)[1] in in_box_1)
    kept_slip = next(slip for slip in poll.issued[:20] if slip_keys(poll, slip)[1] not in in_box_1)
    assert look_up(files["merge.json"], lost.stubs[1], seal.stub) == "not here"
    assert look_up(files["merge.json"], kept_slip.stubs[1], seal.stub) == "counted"


def read(box: Box) -> box_rules.Manifest:
    return box.read()


def slip_keys(poll: Poll, slip: PrintedSlip) -> dict[int, bytes]:
    taken = ballot_box.take_slip(poll.day.election, slip.code)
    return {number: seal.public_half(key) for number, key in taken.keys.items()}


def test_a_centre_or_kiosk_that_stuffs_gets_nothing_without_codes_and_an_alarm_with_unissued_ones(poll: Poll) -> None:
    honest = poll.merged(poll.boxes)
    made = [poll.boxes[0], stuffed(poll.day, poll.boxes[1], 2)]
    merged = poll.merged(made)
    assert merged.accepted(1) == honest.accepted(1)
    assert len(merged.of(1, Status.UNKNOWN_SLIP)) == 5
    assert len(merged.alarms) == 1


def test_a_registrar_who_kept_codes_votes_for_unused_slips_until_the_accounts_show_it(poll: Poll) -> None:
    never_voted = poll.issued[20:22]
    two_more = poll.added(1, *(poll.sealed(slip, k, 1) for slip in never_voted for k in (1, 2, 3)))
    assert len(poll.merged(two_more).accepted(1)) == 24  # the gain the table names: slips that were never used
    # a slip beyond those given out is one too many for the accounts: here a kept void slip left off the void list
    election, void = poll.day.election, [slip.code for slip in poll.day.voters if slip not in poll.issued]
    more = poll.added(1, *(poll.sealed(slip, 1, 1) for slip in [*never_voted, *poll.day.voters[22:29]]))
    merged = registrar.merge_boxes(election, [box.content for box in more], frozenset(), bytes(32))
    few = close.Accounts(35, 22, 0, 6, 7, 22)
    assert len(merged.accepted(1)) == 31
    with pytest.raises(AccountsError, match="31 slips used, 28 given out"):
        registrar.check_accounts(election, few, len(void), merged)


def test_a_voter_finds_the_slip_used_that_a_registrar_used_before(tmp_path: Path) -> None:
    day = a_day(tmp_path)
    day.open_kiosks()
    try:
        slip = day.voters[0]
        day.vote(1, slip.code, *some_votes(1))  # by the registrar, with the code kept
        with pytest.raises(SlipUsedHereError):
            day.vote(1, slip.code, *some_votes(2))
    finally:
        day.shut()


def test_a_ballot_copied_under_another_slip_does_not_open(poll: Poll) -> None:
    mine, thief = envelopes(poll)[0], poll.issued[20]
    definition = poll.day.election.definition
    private = seal.slip_key(seal.slip_seed(thief.code, definition.id), definition.id, 1)
    body = poll.sealed(thief, 1, 1)[:HEAD_BYTES] + mine[HEAD_BYTES:BODY_BYTES]
    copied = body + seal.sign(b"WV1 ballot", body, private)
    merged = poll.merged(poll.added(1, copied))
    assert copied in merged.accepted(1)
    assert seal.open_ballots([copied], poll.private) == [None]


def test_a_ballot_of_another_election_is_not_counted(poll: Poll) -> None:
    other = a_day(poll.day.folder, a_plan(3))
    slip = other.voters[0]
    definition = other.election.definition
    private = seal.slip_key(seal.slip_seed(slip.code, definition.id), definition.id, 1)
    foreign = seal.seal_ballot(write_ballot(ranks(1)), 1, other.election.d, private, definition.election_key)
    merged = poll.merged(poll.added(0, foreign))
    assert merged.statuses[foreign] is Status.OTHER_ELECTION
    assert merged.accepted(1) == poll.merged(poll.boxes).accepted(1)


def test_one_slip_on_two_kiosks_is_one_vote_that_the_dice_choose(poll: Poll) -> None:
    first = envelopes(poll)[0]
    slip = next(one for one in poll.issued if slip_keys(poll, one)[1] == slip_key_of(first))
    again = poll.sealed(slip, 1, 4)
    boxes = poll.added(1, again)
    picked = set()
    for number in range(12):
        merged = poll.merged(boxes, throws=f"{'123456' * 4}{number % 6 + 1}{number // 6 + 1}")
        found = [one for one in merged.accepted(1) if slip_key_of(one) == slip_key_of(first)]
        assert len(found) == 1
        assert merged.of(1, Status.USED_TWICE) == ((again,) if found == [first] else (first,))
        picked.add(found[0])
    assert picked == {first, again}
    files, _ = poll.day.board_1(boxes, poll.issued)
    assert look_up(files["merge.json"], slip.stubs[1], seal.stub) == "used twice, one counted"


def test_the_last_box_that_tries_many_variants_gains_nothing_since_dice_follow_the_close_record(poll: Poll) -> None:
    election = poll.day.election
    record = poll.day.closed(poll.boxes)
    beacons = set()
    for number in range(8):
        variant = poll.added(1, poll.sealed(poll.issued[0], 1, number % 4 + 1))
        changed = poll.day.closed(variant)
        beacons.add(close.beacon(election.d, seal.digest(close.write_close(changed)), THROWS, seal.tagged))
        with pytest.raises(LateBoxError):
            registrar.close_poll(election, [variant[1]], (), before=record)
    assert len(beacons) == 8


def test_a_faulty_box_cannot_grow_after_the_dice_either(poll: Poll) -> None:
    """A manifest that lies pins nothing; the close record has a hash of the envelopes themselves."""
    lying = replace(poll.boxes[1], content=poll.boxes[1].content[246:])
    record = poll.day.closed([poll.boxes[0], lying])
    grown = replace(lying, content=lying.content + poll.sealed(poll.issued[20], 1, 1))
    with pytest.raises(LateBoxError):
        registrar.close_poll(poll.day.election, [poll.boxes[0], grown], (), before=record)


def test_an_envelope_sold_or_taken_is_one_vote_by_proxy_and_no_more(tmp_path: Path) -> None:
    day = a_day(tmp_path)
    day.open_kiosks()
    try:
        bought = day.voters[0]
        day.vote(1, bought.code, *some_votes(1))
        day.vote(2, bought.code, *some_votes(2))
        boxes = [a_box(one) for one in day.close_kiosks()]
    finally:
        day.shut()
    _, merged = day.board_1(boxes, day.voters[:1])
    assert [len(merged.accepted(number)) for number in (1, 2, 3)] == [1, 1, 1]


def test_a_buyer_or_bully_who_wants_proof_sees_only_that_a_ballot_exists(poll: Poll) -> None:
    slip = poll.issued[20]
    codes = {seal.seal_code(poll.sealed(slip, 1, choice)) for choice in (1, 1, 1, 2, 3)}
    assert len(codes) == 5  # equal votes have other seal codes, so a code tells no choice
    files, _ = poll.day.board_1(poll.boxes, poll.issued)
    answers = {look_up(files["merge.json"], one.stubs[1], seal.stub) for one in poll.issued}
    assert answers == {"counted", "not here"}


def test_a_marked_ranking_pattern_is_not_in_the_votes_that_are_shown() -> None:
    plan = a_plan(60)
    plan["contests"][0] |= {"seats": 1}
    draft = read_plan(canonical_json(plan), bytes(16), lambda _: b"").definition
    contest = draft.contest(1)
    cast = [ranks(1, 2)] * 12 + [ranks(2, 1)] * 5 + [ranks(1, 4, 3)]  # the last one was asked to mark 1, 4, 3
    opened = outcome.open_contest(
        draft,
        contest,
        [head(1, bytes(32), bytes([n]) * 32) + bytes(176) for n in range(len(cast))],
        [write_ballot(one) for one in cast],
        {},
        beacon=bytes(32),
        withdrawn=(),
        private=bytes(32),
    )
    shown = read_blt(opened.files["votes-1.blt"]).rankings
    assert shown == {(1,): 13, (2,): 5}
    assert opened.blinded  # or trying all patterns against F would bring them back


def test_who_watches_who_comes_and_when_finds_no_time_and_no_order(poll: Poll) -> None:
    for box in poll.boxes:
        held = box_rules.split_box(box.content)
        assert held == box_rules.in_box_order(reversed(held), seal.digest)
        assert b"time" not in box.manifest
    files, _ = poll.day.board_1(poll.boxes, poll.issued)
    days = poll.day.election.definition.dates.values()
    merge = files["merge.json"] + files["close.json"] + files["accounts.json"]
    assert not any(day.encode() in merge for day in days)


def test_a_rigged_opening_laptop_is_found_unless_both_are_rigged_alike(poll: Poll) -> None:
    files, merged = poll.day.board_1(poll.boxes, poll.issued)
    beacon = close.read_dice(files["dice.json"])[3]
    honest = poll.day.opening(merged, 1, beacon)
    rigged = poll.day.opening(merged, 2, beacon, (1, 2)).record.replace(b'"valid":', b'"valid":1', 1)
    with pytest.raises(OpeningsDifferError):
        opening_record.agree(honest.record, rigged)
    # rigged alike: whoever changes what an audit slip holds is stopped by the card
    contest = poll.day.election.definition.contest(1)
    accepted = merged.accepted(1)
    key = slip_keys(poll, poll.day.audits[0])[1]
    plains = [
        write_ballot(ranks(4)) if slip_key_of(one) == key else plain
        for one, plain in zip(accepted, seal.open_ballots(accepted, poll.private), strict=True)
    ]
    with pytest.raises(AuditError):
        outcome.open_contest(
            poll.day.election.definition, contest, accepted, plains, {key: poll.day.cards[0].votes[1]},
            beacon=beacon, withdrawn=(), private=poll.private,
        )  # fmt: skip


def test_a_rigged_kiosk_that_changes_votes_is_found_by_an_audit_ballot(tmp_path: Path) -> None:
    day = a_day(tmp_path)
    day.open_kiosks()
    try:
        for number, one in enumerate(day.voters[:22]):
            day.vote(1, one.code, *some_votes(number))
        # the rigged kiosk seals person 4 whatever is touched; the observer's card says what was touched
        day.audit(2, day.audits[0].code, ranks(1), ranks(1), ranks(1))
        day.vote(2, day.audits[1].code, ranks(4), ranks(1), ranks(1))
        day.cards.append(ceremony.AuditCard(day.audits[1].code, {1: ranks(1), 2: ranks(1), 3: ranks(1)}))
        boxes = [a_box(one) for one in day.close_kiosks()]
    finally:
        day.shut()
    files, merged = day.board_1(boxes, day.voters[:22])
    with pytest.raises(AuditError):
        day.opening(merged, 1, close.read_dice(files["dice.json"])[3])


def test_a_forked_kiosk_is_listed_as_faulty_and_its_ballots_prove_themselves(poll: Poll) -> None:
    held = box_rules.split_box(poll.boxes[1].content)
    fork = remade(poll.boxes[1], list(held[3:]), 2)
    made = [*poll.boxes, fork]
    assert list(registrar.faults(poll.day.election, made).values()) == [registrar.FORKED] * 2
    files, merged = poll.day.board_1(made, poll.issued)
    assert merged == poll.merged(poll.boxes)
    manifests = verify_closed(files).checks[3]
    assert manifests.verdict == "PASS"
    assert manifests.reason.count("forked kiosk") == 2


def test_a_board_with_a_faulty_box_verifies_only_while_the_merge_record_lists_it(poll: Poll) -> None:
    unsigned = replace(poll.boxes[0], signatures=b"[]")
    files, _ = poll.day.board_1([unsigned, poll.boxes[1]], poll.issued)
    whole = verify_closed(files).checks
    assert [check.verdict for check in whole] == ["PASS"] * 9
    name = read(poll.boxes[0]).name
    assert whole[3].reason == f"listed as faulty: boxes/{name}: {registrar.BAD_SIGNATURE}"
    listed = {name: registrar.BAD_SIGNATURE}
    assert read_faulty(files["merge.json"]) == listed
    other = read(poll.boxes[1]).name
    for told in ({}, {name: registrar.FORKED}, {other: registrar.BAD_SIGNATURE}, listed | {other: registrar.FORKED}):
        value = json.loads(files["merge.json"]) | {"faulty": told}
        checks = verify_closed(files | {"merge.json": canonical_json(value)}).checks
        assert checks[3].verdict == "FAIL", told
    for path in (f"boxes/{other}.json", f"boxes/{other}.sig.json", f"boxes/{other}.box"):
        content = files[path]
        for at in (0, len(content) // 2, len(content) - 1):
            flipped = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
            checks = verify_closed(files | {path: flipped}).checks
            assert {checks[0].verdict, checks[3].verdict} == {"FAIL"}, f"{path}, byte {at}"


def test_a_box_of_an_unknown_kiosk_or_with_a_bad_signature_is_faulty_and_still_counts(
    poll: Poll, tmp_path: Path
) -> None:
    first = poll.boxes[0]
    unsigned = replace(first, signatures=b"[]")
    assert list(registrar.faults(poll.day.election, [unsigned]).values()) == [registrar.BAD_SIGNATURE]
    stranger = replace(first, manifest=first.manifest.replace(b"01" * 16, b"aa" * 16))
    assert list(registrar.faults(poll.day.election, [stranger]).values()) == [registrar.UNKNOWN_KIOSK]
    assert poll.merged([unsigned, poll.boxes[1]]) == poll.merged(poll.boxes)
    assert tmp_path.is_dir()


def test_merging_two_halves_is_merging_all_in_any_order_and_any_number_of_times(poll: Poll) -> None:
    whole = poll.merged(poll.boxes)
    election = poll.day.election
    contents = [box.content for box in poll.boxes]
    files, _ = poll.day.board_1(poll.boxes, poll.issued)
    void = registrar.void_keys(election, registrar.read_void(files["void.txt"]))
    beacon = close.read_dice(files["dice.json"])[3]
    for order in (contents[::-1], contents * 3, [b"".join(contents)], [contents[0], *contents]):
        assert registrar.merge_boxes(election, order, void, beacon) == whole


def test_a_key_list_with_a_key_too_many_opens_no_booth(poll: Poll) -> None:
    files = poll.day.board_0
    keys = {number: files[f"keys-{number}.txt"] for number in (1, 2, 3)}
    more = write_keys([*poll.day.election.keys[1], bytes(32)])
    with pytest.raises(OtherElectionError):
        gather(files["definition.json"], keys | {1: more}, seal.digest)


def test_a_kiosk_under_another_key_opens_no_poll(poll: Poll, tmp_path: Path) -> None:
    vault = create_vault(tmp_path / "clone.db", bytes(32), KioskId(poll.day.election.definition.kiosks[0].id))
    with pytest.raises(StrangeKioskError):
        ballot_box.open_poll(vault, poll.day.election, bytes([66]) * 32)
    vault.close()


def test_a_box_that_came_twice_is_one_box_and_a_bad_copy_does_not_push_out_the_good_one(poll: Poll) -> None:
    good = poll.boxes[0]
    bad = replace(good, signatures=b"[]")
    for came in ([good, good], [bad, good], [good, bad, good]):
        assert registrar.distinct(poll.day.election, came) == [good]
