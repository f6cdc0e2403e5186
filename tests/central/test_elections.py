"""A whole election: the protocol from plan to published result, and what a board proves by itself."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from models import ballot_box, seal
from models.canonical import ENGLISH, canonical_json
from models.counting.stv import StvCount, count_stv
from models.counting.ties import lots_of_hash
from models.election import close
from models.election.ballot import Ballot, Mark, head, read_ballot, slip_key_of, write_ballot
from models.election.board import INDEX, INDEX_SIGNED, read_index
from models.election.boxes import read_manifest
from models.election.definition import Definition
from models.election.keys import gather
from models.election.merge import Status, look_up
from models.election.slip import make_code
from models.errors import (
    AccountsError,
    AuditError,
    OpeningsDifferError,
    ReturningOfficerError,
    SharesError,
    SlipUsedHereError,
    TooFewBallotsError,
    TrusteeError,
    WrongCodeError,
)
from sync.central.elections import board, ceremony, opening_record, outcome, registrar
from sync.central.elections.ceremony import AuditCard
from sync.central.elections.plan import read_plan
from sync.central.elections.registrar import Box, PrintedSlip
from sync.central.elections.rehearsal import PAPERS, rehearse
from sync.central.elections.script import LINES_MOST
from sync.central.elections.turnout import Group, shown
from sync.central.elections.verify import holds, verify, verify_closed
from tests.central.polling import (
    BLANK,
    SPOILT,
    Day,
    a_box,
    a_day,
    a_plan,
    kiosk_id,
    kiosk_signing,
    ranks,
    some_votes,
    stuffed,
)


def a_small_day(folder: Path, issued: int = 27) -> tuple[Day, dict[str, bytes]]:
    """Return an election of two kiosks, so many voters and four audit ballots, and its final board."""
    day = a_day(folder)
    day.open_kiosks()
    try:
        for number, one in enumerate(day.voters[:issued]):
            day.vote(number % 2 + 1, one.code, *some_votes(number))
        for number, one in enumerate(day.audits[:4]):
            day.audit(number % 2 + 1, one.code, *some_votes(number + 3))
        held = [a_box(one) for one in day.close_kiosks()]
    finally:
        day.shut()
    board_1, merged = day.board_1(held, day.voters[:issued])
    return day, day.board_2(board_1, merged)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Day, dict[str, bytes]]:
    return a_small_day(tmp_path_factory.mktemp("small"))


def failing(files: Mapping[str, bytes]) -> list[int]:
    """Return the numbers of the checks that fail."""
    return [check.number for check in verify(files) if check.verdict == "FAIL"]


def test_a_board_verifies_from_its_files_alone(small: tuple[Day, dict[str, bytes]], tmp_path: Path) -> None:
    board.write_files(tmp_path / "board", small[1])
    checks = verify(board.read_files(tmp_path / "board"))
    assert [(one.number, one.reason) for one in checks if one.verdict == "FAIL"] == []
    assert [one.number for one in checks if one.verdict == "ATTESTED"] == [12, 16]
    assert holds(checks)


def test_any_one_flipped_byte_of_any_file_makes_verify_fail(small: tuple[Day, dict[str, bytes]]) -> None:
    chance, files = random.Random(2), small[1]
    tried = set()
    for path, content in files.items():
        places = {0, len(content) - 1, chance.randrange(len(content))}
        for at in places:
            flipped = content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]
            assert 1 in failing(files | {path: flipped}), f"{path}, byte {at}"
            tried.add(path)
    assert tried == set(files)


def test_a_missing_or_an_added_file_makes_verify_fail(small: tuple[Day, dict[str, bytes]]) -> None:
    files = small[1]
    for path in files:
        assert failing({name: content for name, content in files.items() if name != path})
    assert 1 in failing(files | {"extra.json": b"{}"})


def resigned(day: Day, files: Mapping[str, bytes], **changed: bytes) -> dict[str, bytes]:
    """Return the board as a returning officer would sign it who cheats: all indices are made again over the change."""
    officer = day.witness("returning-officer")
    whole = dict(files) | {name.replace("__", "/"): content for name, content in changed.items()}
    stages = [read_index(files[name]) for name in ("board-0.json", "board-1.json", INDEX)]
    made: dict[str, bytes] | None = None
    for stage, index in enumerate(stages):
        here = {
            path: whole[path]
            for path in index.files
            if not path.startswith("board-") and (made is None or path not in made)
        }
        made = board.write_board(stage, index.definition, here, officer, made)
    assert made is not None
    return made


def test_a_cheating_officer_who_signs_again_is_found_by_the_check_of_what_was_altered(
    small: tuple[Day, dict[str, bytes]],
) -> None:
    day, files = small
    assert failing(resigned(day, files)) == []
    box = next(path for path in files if path.endswith(".box"))
    votes, question = files["votes-1.blt"], files["votes-3.json"]
    more = canonical_json({"totals": [99, 0, 0]})
    cut = files[box][246:]
    dice = close.read_dice(files["dice.json"])
    thrown = close.write_dice(dice[0], dice[1], "6" * 20, dice[3])
    accounts = close.read_accounts(files["accounts.json"])
    fewer = close.write_accounts(replace(accounts, issued=accounts.issued - 9, ticks=accounts.issued - 9))
    for name, content, check in (
        ("votes-1.blt", votes.replace(b"1 ", b"2 ", 1), 12),
        ("votes-3.json", more, 12),
        ("count-1.json", files["count-1.json"].replace(b"elected", b"elektet", 1), 12),
        (box, cut, 4),
        ("dice.json", thrown, 6),
        ("accounts.json", fewer, 9),
        ("void.txt", b"", 9),
        ("merge.json", files["merge.json"].replace(b'"malformed":0', b'"malformed":1'), 8),
        ("opening-2.json", files["opening-2.json"].replace(b'"valid":2', b'"valid":3', 1), 10),
    ):
        assert content != files[name]
        assert check in failing(resigned(day, files, **{name.replace("/", "__"): content})), name
    assert question != more


def test_rankings_shown_are_those_used_and_audit_ballots_are_not_among_them(
    small: tuple[Day, dict[str, bytes]],
) -> None:
    _, files = small
    entries = opening_record.read_opening(files["opening-1.json"], board.election_of(files).definition).contests
    assert [entry.status for entry in entries] == ["published"] * 3
    assert [(entry.accepted, entry.audit) for entry in entries] == [(31, 4)] * 3
    assert entries[0].numbers["valid"] == 27
    assert [entry.blinded for entry in entries] == [True, False, False]
    assert entries[2].numbers["blank_or_spoilt"] == sum(some_votes(n)[2] == BLANK for n in range(27))


def test_trustees_look_at_a_closed_board_before_they_open_it(small: tuple[Day, dict[str, bytes]]) -> None:
    _, files = small
    index = read_index(files["board-1.json"])
    closed = {path: files[path] for path in index.files}
    closed |= {INDEX: files["board-1.json"], INDEX_SIGNED: files["board-1.sig.json"]}
    checks = verify_closed(closed).checks
    assert [check.verdict for check in checks] == ["PASS"] * 9
    for path in ("void.txt", "dice.json", "merge.json", next(name for name in closed if name.endswith(".box"))):
        cut = closed | {path: closed[path][:-1]}
        assert not holds(verify_closed(cut).checks)
    assert not holds(verify_closed(files).checks)


def test_a_stub_is_found_counted_and_nothing_else_is_said(small: tuple[Day, dict[str, bytes]]) -> None:
    day, files = small
    used, unused = day.voters[0], day.voters[-1]
    assert look_up(files["merge.json"], used.stubs[1], seal.stub) == "counted"
    assert look_up(files["merge.json"], unused.stubs[1], seal.stub) == "not here"


@dataclass
class Honest:
    """The first votes that people cast in contest 1 on kiosks whose boxes come, by slip key."""

    day: Day
    said: dict[bytes, list[Ballot]] = field(default_factory=dict)

    def votes(self, kiosk: int, slip: PrintedSlip, number: int) -> None:
        """Vote; kiosk 3 is the one that will be stolen."""
        self.day.vote(kiosk, slip.code, *some_votes(number))
        if kiosk != 3:
            election = self.day.election.definition.id
            key = seal.public_half(seal.slip_key(seal.slip_seed(slip.code, election), election, 1))
            self.said.setdefault(key, []).append(some_votes(number)[0])


def a_hard_day(folder: Path) -> tuple[Day, Honest, list[Box]]:
    """3 kiosks, 180 slips, 140 voters, 6 at two kiosks, 3 forged slips, 1 stuffed box, 1 stolen kiosk."""
    plan = a_plan(156, kiosks=3)
    plan["electorates"] = [{"id": "residents", "size": 156, "spare": 18, "audit": 6}]
    day = a_day(folder, plan)
    assert len(day.run.slips) == 180
    honest = Honest(day)
    day.open_kiosks()
    try:
        voters = day.voters[:140]
        for at, slip in enumerate(voters):
            honest.votes(at % 3 + 1, slip, at)
        twice = voters[: 6 * 3 : 3]  # who voted on kiosk 1 try it again, and kiosk 2 as well
        for at, slip in enumerate(twice):
            with pytest.raises(SlipUsedHereError):
                day.vote(1, slip.code, *some_votes(at))
            honest.votes(2, slip, 3 * at + 1)
        for number in range(3):
            with pytest.raises(WrongCodeError):
                day.vote(1, make_code(f"{number:020d}"), *some_votes(number))
        closed = day.close_kiosks(1, 2)
    finally:
        day.shut()
    return day, honest, [a_box(closed[0]), stuffed(day, a_box(closed[1]), 2)]


def test_the_result_of_a_hard_day_is_the_honest_votes_of_the_boxes_in_the_close_record(tmp_path: Path) -> None:
    day, honest, boxes = a_hard_day(tmp_path)
    assert day.closed(boxes).missing == (kiosk_id(3),)
    board_1, merged = day.board_1(boxes, day.voters[:140])
    final = day.board_2(board_1, merged)
    assert failing(final) == []
    assert {slip_key_of(one) for one in merged.accepted(1)} == honest.said.keys()
    found = [len(merged.of(1, status)) for status in (Status.USED_TWICE, Status.UNKNOWN_SLIP, Status.VOID_SLIP)]
    assert found == [6, 5, 1]
    assert len(merged.alarms) == 1

    private = ceremony.combine(day.ceremony.shares[:2], day.election.definition.election_key)
    opened = [read_ballot(seal.open_ballot(one, private)) for one in merged.accepted(1)]
    for envelope, ballot in zip(merged.accepted(1), opened, strict=True):
        assert ballot in honest.said[slip_key_of(envelope)]
    beacon = close.read_dice(final["dice.json"])[3]
    entry = opening_record.read_opening(final["opening-1.json"], day.election.definition).contests[0]
    assert entry.numbers["valid"] == len(honest.said)
    contest = day.election.definition.contest(1)
    shown_count, _ = outcome.count_again(
        day.election.definition, contest, final["votes-1.blt"], entry.numbers, beacon, ()
    )
    rankings = Counter(ballot.choices for ballot in opened)
    whole = count_stv(rankings, 4, 2, lots=lots_of_hash(seal.tagged, beacon, 1))
    assert isinstance(shown_count, StvCount)
    assert (shown_count.stages, shown_count.elected) == (whole.stages, whole.elected)


def test_every_pair_of_shares_gives_the_key_and_no_single_one_or_stranger_does(
    small: tuple[Day, dict[str, bytes]],
) -> None:
    held = small[0].ceremony
    ceremony.read_back([share.upper() for share in held.shares], held.public)
    for wrong in ([held.shares[0]], [held.shares[0], "no such words"], []):
        with pytest.raises(SharesError):
            ceremony.combine(wrong, held.public)
    with pytest.raises(SharesError):
        ceremony.combine(held.shares[:2], bytes(32))


def test_a_contest_with_too_few_ballots_is_never_opened(tmp_path: Path) -> None:
    day = a_day(tmp_path)
    day.open_kiosks()
    try:
        for number, one in enumerate(day.voters[:12]):
            day.vote(1, one.code, *some_votes(number))
        boxes = [a_box(one) for one in day.close_kiosks()]
    finally:
        day.shut()
    _, merged = day.board_1(boxes, day.voters[:12])
    assert len(merged.accepted(1)) - 6 < 10
    with pytest.raises(TooFewBallotsError):
        day.opening(merged, 1, bytes(32))


def test_several_marks_a_ballot_are_published_as_totals_and_count_as_ballots() -> None:
    cast = [ranks(1, 3)] * 7 + [ranks(2)] * 5 + [ranks(3, 1)]
    opened = an_outcome(*cast, contest=1, kind="approve", publish="totals")
    assert opened.files["votes-1.json"] == b'{"totals":[7,5,7,0]}'
    assert (opened.numbers["valid"], opened.numbers["invalid"]) == (12, 1)
    assert opened.blinded  # combinations of marks are never shown, so nobody can build F again
    report = json.loads(opened.files["count-1.json"])
    assert (report["ballots"]["valid"], report["totals"]) == (12, [7, 5, 7, 0])
    assert [one["candidate"] for one in report["elected"]] == [1, 3]


def test_rankings_in_full_need_five_hundred_votes_and_then_everybody_can_build_f_again() -> None:
    cast = [ranks(1, 2, 3)] * 300 + [ranks(2, 3)] * 150 + [ranks(4)] * 49
    few = an_outcome(*cast, contest=1, publish="full")
    assert few.blinded
    enough = an_outcome(*cast, ranks(4, 1), BLANK, SPOILT, SPOILT, contest=1, publish="full")
    assert not enough.blinded
    contest = replace(a_draft().contest(1), publish="full")
    made = outcome.rebuilt(contest, enough.numbers, enough.files["votes-1.blt"], [])
    assert enough.fingerprint in made
    assert len(made) == 4  # blank and spoilt are one figure, so F may be any of four
    assert enough.fingerprint not in outcome.rebuilt(contest, enough.numbers, few.files["votes-1.blt"], [])


def test_a_party_whose_votes_are_few_gets_what_its_list_and_the_rule_allow() -> None:
    cast = [ranks(1)] * 30 + [ranks(2)] * 4 + [ranks(3)] * 2
    report = json.loads(an_outcome(*cast, contest=2).files["count-2.json"])
    assert report["seats_by_party"] == [4, 1, 0]  # four people stand on the first list, five seats are given


def test_residents_and_staff_draw_other_slips_that_open_other_contests() -> None:
    plan = a_plan(6)
    plan["electorates"] = [{"id": "residents", "size": 6}, {"id": "staff", "size": 4, "spare": 1, "audit": 2}]
    plan["contests"][0] |= {"electorates": ["residents"]}
    plan["contests"][2] |= {"electorates": ["staff"]}
    draft = read_plan(canonical_json(plan), bytes(16), lambda _: b"").definition
    held, run = ceremony.hold_key_ceremony(draft), registrar.make_slips(draft)
    definition = registrar.finish(draft, held.public, held.witnesses, run.key_files)
    election = gather(definition, run.key_files, seal.digest)
    assert [len(election.keys[number]) for number in (1, 2, 3)] == [17, 24, 7]
    for slip in run.slips:
        taken = ballot_box.take_slip(election, slip.code)
        assert taken.electorate == slip.electorate
        assert sorted(taken.keys) == sorted(slip.stubs) == ([1, 2] if slip.electorate == "residents" else [2, 3])
    assert sum(slip.audit for slip in run.slips if slip.electorate == "staff") == 2


def a_draft() -> Definition:
    """Return the draft of a plain plan."""
    return read_plan(canonical_json(a_plan()), bytes(16), lambda _: b"").definition


def an_outcome(*cast: Ballot, contest: int = 3, **facts: object) -> outcome.Opened:
    """Return a contest of a plain election opened over these votes; audit slips are none."""
    draft = a_draft()
    found = replace(draft.contest(contest), **facts)  # type: ignore[arg-type]
    envelopes = [head(contest, bytes(32), n.to_bytes(32)) + bytes(176) for n in range(len(cast))]
    plains = [write_ballot(one) for one in cast]
    return outcome.open_contest(
        draft, found, envelopes, plains, {}, beacon=bytes(32), withdrawn=(), private=bytes([7]) * 32
    )


def test_votes_all_alike_or_few_give_an_outcome_without_figures() -> None:
    for cast in ([ranks(1)] * 12, [ranks(1)] * 6 + [ranks(2)] * 3 + [BLANK] * 4):
        opened = an_outcome(*cast)
        assert opened.status == "result-only"
        assert opened.blinded
        assert set(opened.numbers) == {"not_shown"}
        assert sorted(opened.files) == ["audit-3.json", "count-3.json"]
        assert b"totals" not in opened.files["count-3.json"]
        assert b'"carried":true' in opened.files["count-3.json"]
    shown_ = an_outcome(*[ranks(1)] * 8, *[ranks(2)] * 4)
    assert shown_.status == "published"
    assert not shown_.blinded


def test_ballots_of_altered_software_are_invalid_or_unreadable_and_counted_so() -> None:
    cast = [ranks(1)] * 6 + [ranks(2)] * 6 + [ranks(1, 2), ranks(9), BLANK, SPOILT, Ballot(Mark.CHOICES, ())]
    opened = an_outcome(*cast)
    assert opened.numbers == {"unreadable": 0, "invalid": 3, "withdrawn_only": 0, "valid": 12, "blank_or_spoilt": 2}
    assert opened.blinded


def test_who_withdrew_is_struck_out_and_the_notice_stands_on_the_board(tmp_path: Path) -> None:
    day = a_day(tmp_path)
    day.withdraw(1, 1)
    day.open_kiosks()
    try:
        for number, one in enumerate(day.voters[:24]):
            day.vote(1, one.code, *some_votes(number))
        boxes = [a_box(one) for one in day.close_kiosks()]
    finally:
        day.shut()
    board_1, merged = day.board_1(boxes, day.voters[:24])
    final = day.board_2(board_1, merged)
    assert failing(final) == []
    assert b'"withdrawn":true' in final["count-1.json"]
    entry = opening_record.read_opening(final["opening-1.json"], day.election.definition).contests[0]
    only = sum(some_votes(n)[0].choices == (1,) for n in range(24))
    assert entry.numbers["withdrawn_only"] == only > 0
    assert "notices/1.json" in final


def test_openings_that_differ_in_one_figure_are_not_published(small: tuple[Day, dict[str, bytes]]) -> None:
    one, other = small[1]["opening-1.json"], small[1]["opening-2.json"]
    opening_record.agree(one, other)
    with pytest.raises(OpeningsDifferError):
        opening_record.agree(one, other.replace(b'"accepted":31', b'"accepted":30', 1))
    with pytest.raises(OpeningsDifferError):
        opening_record.agree(one, one)


def test_a_board_needs_two_trustees_and_an_observer(small: tuple[Day, dict[str, bytes]]) -> None:
    day, files = small
    record = files["opening-1.json"]
    for who in (
        (day.witness("trustee", 0), day.witness("observer")),
        (day.witness("trustee", 0), day.witness("trustee", 1)),
        (day.witness("returning-officer"), day.witness("trustee", 1), day.witness("observer")),
    ):
        with pytest.raises(TrusteeError):
            board.check_opening_signers(day.election, record, board.signed(seal.SIGNS_OPENING, record, *who))


def test_accounts_that_do_not_add_up_stop_the_merge(small: tuple[Day, dict[str, bytes]]) -> None:
    day, files = small
    boxes = board.read_boxes(files)
    record = close.read_close(files["close.json"])
    good = close.read_accounts(files["accounts.json"])
    void = registrar.read_void(files["void.txt"])
    officer = day.witness("returning-officer")
    for accounts, codes in ((replace(good, issued=good.issued + 1), void), (good, void[1:])):
        with pytest.raises(AccountsError):
            board.stage_1(day.board_0, boxes, {}, record, "1" * 20, codes, accounts, officer)
    with pytest.raises(WrongCodeError):
        board.stage_1(day.board_0, boxes, {}, record, "1" * 20, [*void, make_code("0" * 20)], good, officer)
    with pytest.raises(ReturningOfficerError):
        board.stage_1(day.board_0, boxes[:1], {}, record, "1" * 20, void, good, officer)


def test_a_second_run_of_the_slips_shares_nothing_with_the_first() -> None:
    draft = read_plan(canonical_json(a_plan(10)), bytes(16), lambda _: b"").definition
    one, other = registrar.make_slips(draft), registrar.make_slips(draft)
    assert len(one.slips) == 10 + 5 + 6
    assert sum(slip.audit for slip in one.slips) == 6
    assert not {slip.code for slip in one.slips} & {slip.code for slip in other.slips}
    for content in one.key_files.values():
        assert content.splitlines() == sorted(content.splitlines())
    for slip in one.slips:
        assert all(slip.code.encode() not in content for content in one.key_files.values())


def test_a_repeat_of_a_stub_is_drawn_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = read_plan(canonical_json(a_plan(1)), bytes(16), lambda _: b"").definition
    drawn = iter([f"{number:020d}" for number in (1, 1, 2, *range(3, 30))])
    run = registrar.make_slips(draft, digits=lambda: next(drawn))
    assert len({slip.stubs[1] for slip in run.slips}) == len(run.slips) == 12


def test_small_groups_of_turnout_are_left_out_with_company() -> None:
    groups = [Group("old", 30, 4), Group("young", 60, 30), Group("middle", 50, 25), Group("others", 90, 40)]
    assert [one.group for one in shown(groups)] == ["others", "young"]
    assert [one.group for one in shown(groups[1:])] == ["middle", "others", "young"]
    assert shown(groups[:2]) == ()


def test_a_plan_gets_the_defaults_of_the_design() -> None:
    definition = read_plan(canonical_json(a_plan(60, kiosks=2)), bytes(16), lambda _: b"").definition
    (group,) = definition.electorates
    assert (group.spare, group.audit) == (6, 6)
    assert [contest.publish for contest in definition.contests] == ["as-used", "totals", "totals"]
    assert definition.contests[2].numbers == (1, 2, 3)
    assert definition.contests[2].candidates[2].name[ENGLISH] == "Abstain"
    assert {contest.minimum for contest in definition.contests} == {10}


def test_a_plan_with_wide_ranks_is_warned_of() -> None:
    plan = a_plan(12)
    plan["contests"][0] |= {"max_marks": 5, "candidates": [{"name": f"Person {n}"} for n in range(8)]}
    warnings = read_plan(canonical_json(plan), bytes(16), lambda _: b"").warnings
    assert sum(one.startswith("Contest 1: 5 ranks") for one in warnings) == 1


def test_a_rehearsal_holds_every_check_and_its_script_fits_one_page(tmp_path: Path) -> None:
    done = rehearse(tmp_path / "rehearsal")
    assert [check.number for check in done.checks if check.verdict == "FAIL"] == []
    assert len(done.script.splitlines()) <= LINES_MOST
    assert max(map(len, done.script.splitlines())) <= 110
    assert not (tmp_path / "rehearsal" / "kiosks").exists()
    manifests = [
        read_manifest(path.read_bytes()) for path in (tmp_path / "rehearsal" / "result" / "boxes").glob("*-?.json")
    ]
    assert sorted((one.kind, one.box) for one in manifests) == [("kiosk", 1), ("kiosk", 1), ("paper", 2)]
    (paper,) = (one for one in manifests if one.kind == "paper")
    assert {tally.count for tally in paper.contests} == {PAPERS}


def test_no_more_ballots_are_taken_out_as_audits_than_audit_slips_were_printed(
    small: tuple[Day, dict[str, bytes]],
) -> None:
    day, files = small
    merged = board.merged_of(day.election, files, board.void_of(day.election, files))
    kept = list(day.cards)
    for number, one in enumerate(day.voters[:3]):  # with two audit slips unused, three votes are one too many
        day.cards.append(AuditCard(one.code, dict(enumerate(some_votes(number), 1))))
    try:
        with pytest.raises(AuditError):
            day.opening(merged, 1, close.read_dice(files["dice.json"])[3])
    finally:
        day.cards[:] = kept


def test_an_audit_ballot_other_than_its_card_stops_the_opening(small: tuple[Day, dict[str, bytes]]) -> None:
    day, files = small
    merged = board.merged_of(day.election, files, board.void_of(day.election, files))
    kept = list(day.cards)
    day.cards[0] = replace(kept[0], votes=dict(kept[0].votes) | {1: ranks(4)})
    try:
        with pytest.raises(AuditError):
            day.opening(merged, 1, close.read_dice(files["dice.json"])[3])
    finally:
        day.cards[:] = kept


# Paper.


@dataclass
class OnPaper:
    """A day on which some voted on paper, typed in on the first kiosk; one of them had voted on the other one."""

    day: Day
    polled: list[Box]
    paper: Box
    issued: list[PrintedSlip]
    twice: PrintedSlip


@pytest.fixture(scope="module")
def on_paper(tmp_path_factory: pytest.TempPathFactory) -> OnPaper:
    day = a_day(tmp_path_factory.mktemp("paper"))
    day.open_kiosks()
    issued = day.voters[:22]
    for number, one in enumerate(issued[:18]):
        day.vote(number % 2 + 1, one.code, *some_votes(number))
    for number, one in enumerate(day.audits[:2]):
        day.audit(number % 2 + 1, one.code, *some_votes(number))
    polled = [a_box(one) for one in day.close_kiosks()]
    ballot_box.open_poll(day.vaults[1], day.election, kiosk_signing(1), "paper")
    for number, one in enumerate(issued[18:], 18):
        day.vote(1, one.code, *some_votes(number))
    day.vote(1, issued[1].code, *some_votes(2))  # it was used on the second kiosk, which the first cannot know
    (paper,) = (a_box(one) for one in day.close_kiosks(1))
    day.shut()
    return OnPaper(day, polled, paper, issued, issued[1])


def test_a_paper_box_is_merged_verified_and_counted_as_every_box(on_paper: OnPaper) -> None:
    day, boxes = on_paper.day, [*on_paper.polled, on_paper.paper]
    board_1, merged = day.board_1(boxes, on_paper.issued)
    files = day.board_2(board_1, merged)
    assert failing(files) == []
    assert registrar.faults(day.election, boxes) == {}
    assert [len(merged.accepted(contest)) for contest in (1, 2, 3)] == [22 + 2] * 3
    assert [len(merged.of(contest, Status.USED_TWICE)) for contest in (1, 2, 3)] == [1] * 3
    assert len(json.loads(files["close.json"])["boxes"]) == 3
    counted = Counter(some_votes(number)[1].choices[0] for number in range(22) if number != 1)
    either = ({some_votes(1)[1].choices[0]: 1}, {some_votes(2)[1].choices[0]: 1})
    totals = json.loads(files["votes-2.json"])["totals"]
    assert totals in [[(counted + Counter(one))[option] for option in (1, 2, 3)] for one in either]


def test_nothing_that_is_published_but_the_manifest_tells_paper_from_screen(on_paper: OnPaper) -> None:
    day, boxes = on_paper.day, [*on_paper.polled, on_paper.paper]
    board_1, merged = day.board_1(boxes, on_paper.issued)
    files = day.board_2(board_1, merged)
    name = on_paper.paper.read().name
    assert [path for path, content in files.items() if b"paper" in content] == [f"boxes/{name}.json"]


def test_a_paper_box_may_come_in_whatever_order_and_however_often(on_paper: OnPaper) -> None:
    day, (first, second), paper = on_paper.day, on_paper.polled, on_paper.paper
    whole = day.board_1([first, second, paper], on_paper.issued)[1]
    for boxes in ([paper, second, first], [paper, first, paper, second, paper]):
        assert day.board_1(registrar.distinct(day.election, boxes), on_paper.issued)[1] == whole


def test_a_manifest_that_hides_that_its_box_is_of_paper_or_misses_a_ballot_is_faulty(on_paper: OnPaper) -> None:
    day, paper = on_paper.day, on_paper.paper
    hidden = replace(paper, manifest=paper.manifest.replace(b'"kind":"paper"', b'"kind":"kiosk"'))
    fewer = replace(paper, content=paper.content[246:])
    for box, why in ((hidden, registrar.BAD_SIGNATURE), (fewer, registrar.WRONG_CONTENT)):
        assert list(registrar.faults(day.election, [*on_paper.polled, box]).values()) == [why]


def test_a_paper_box_whose_kiosks_own_box_has_not_come_is_told_at_the_close(on_paper: OnPaper) -> None:
    day, (first, second), paper = on_paper.day, on_paper.polled, on_paper.paper
    record = day.closed([second, paper])
    assert record.missing == ()
    assert registrar.gaps(record) == [(paper.read().kiosk, 1)]
    assert registrar.gaps(day.closed([first, second, paper])) == []
    assert registrar.gaps(day.closed([first, second])) == []
