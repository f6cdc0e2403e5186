"""Elections byte by byte: every entry of the shared vectors, and the laws of decoders."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import seal
from models.canonical import ENGLISH, UnreadableContentError, canonical_json, read_canonical_json
from models.election import ballot, boxes, close, slip
from models.election.ballot import Ballot, Mark, read_ballot, write_ballot
from models.election.boxes import make_manifest, read_manifest, root, write_manifest
from models.election.defined import read_definition, write_definition
from models.election.definition import (
    Candidate,
    Electorate,
    screen_order,
    shuffled_numbers,
)
from models.election.keys import read_keys, write_keys
from models.election.merge import Status, merge
from models.election.notices import Notice, enough_signed, read_notice, withdrawn, write_notice
from models.election.signatures import read_signatures, write_signatures
from models.errors import (
    PlanRefusedError,
    RegistrarError,
    SealError,
    UnreadableBallotError,
    WingVoiceError,
    WrongCodeError,
)
from tests.models.elections import (
    PRIVATE,
    PUBLIC,
    VECTORS,
    a_contest,
    a_definition,
    a_question,
    slips,
    vectors,
)

D = bytes(seal.digest(b"an election"))
needs_vectors = pytest.mark.skipif(not VECTORS.is_file(), reason="the shared election vectors are not here")


@needs_vectors
def test_every_hash_is_that_of_the_vectors() -> None:
    for one in vectors()["hash"]:
        assert seal.tagged(one["tag"], *(bytes.fromhex(part) for part in one["parts"])).hex() == one["value"]
    for one in vectors()["symbols"]:
        assert seal.symbols(bytes.fromhex(one["hash"])) == one["text"]


@needs_vectors
def test_d_is_the_hash_of_the_canonical_text() -> None:
    one = vectors()["definition"]
    text = one["canonical_text"].encode()
    assert canonical_json(read_canonical_json(text, 10_000)) == text
    assert seal.digest(text).hex() == one["D"]


@needs_vectors
def test_codes_are_made_and_refused_as_the_vectors_say() -> None:
    for one in vectors()["codes"]["good"]:
        assert slip.make_code(one["digits"]) == slip.read_code(one["code"]) == one["code"]
    for code in vectors()["codes"]["refused"]:
        with pytest.raises(WrongCodeError) as refused:
            slip.read_code(code)
        assert code not in str(refused.value)


@needs_vectors
def test_a_code_gives_the_keys_and_stubs_of_the_vectors() -> None:
    one = vectors()["slip"]
    election, code = bytes.fromhex(one["E"]), slip.read_code(one["code"])
    assert seal.slip_salt(election).hex() == one["salt"]
    seed = seal.slip_seed(code, election)
    assert seed.hex() == one["seed"]
    for contest in one["contests"]:
        private = seal.slip_key(seed, election, contest["number"])
        public = seal.public_half(private)
        assert (private.hex(), public.hex()) == (contest["private_seed"], contest["pk"])
        assert seal.stub(public) == contest["stub"]
    witness = seal.witness_key(code, election)
    assert seal.public_half(witness).hex() == one["witness_public_key"]
    definition = bytes.fromhex(vectors()["definition"]["D"])
    assert seal.sign(seal.SIGNS_DEFINITION, definition, witness).hex() == one["witness_signature_on_definition"]


@needs_vectors
def test_plaintexts_are_written_and_read_as_the_vectors_say() -> None:
    for one in vectors()["plaintexts"]:
        made = Ballot(Mark[one["mark"].upper()], tuple(one["choices"]))
        assert write_ballot(made).hex() == one["bytes"]
        assert read_ballot(bytes.fromhex(one["bytes"])) == made
    for one in vectors()["plaintexts_refused"]:
        with pytest.raises(UnreadableBallotError):
            read_ballot(bytes.fromhex(one["bytes"]))


def _envelopes() -> dict[str, bytes]:
    return {one["name"]: bytes.fromhex(one["bytes"]) for one in vectors()["envelopes"]["list"]}


@needs_vectors
def test_envelopes_open_as_the_vectors_say() -> None:
    private = bytes.fromhex(vectors()["envelopes"]["election_private_key"])
    assert seal.election_public(private).hex() == vectors()["envelopes"]["election_key"]
    for one in vectors()["envelopes"]["list"]:
        envelope = bytes.fromhex(one["bytes"])
        if "opens_to" in one:
            assert seal.ballot_verifies(envelope)
            opened = seal.open_ballots([envelope], private)[0]
            assert (None if opened is None else opened.hex()) == one["opens_to"]
        if "seal_code" in one:
            assert seal.seal_code(envelope) == one["seal_code"]
            assert ballot.leaf(envelope, seal.digest).hex() == one["leaf"]


@needs_vectors
def test_an_envelope_is_rejected_for_the_reason_of_the_vectors() -> None:
    keys = {1: {bytes.fromhex(key) for key in vectors()["envelopes"]["slip_keys_contest_1"]}}
    definition = bytes.fromhex(vectors()["definition"]["D"])
    for one in vectors()["envelopes"]["list"]:
        if "rejected" in one:
            found = merge(
                [[bytes.fromhex(one["bytes"])]],
                keys,
                set(),
                definition=definition,
                beacon=bytes(32),
                verifies=seal.ballot_verifies,
                tagged=seal.tagged,
            )
            assert [status.value for status in found.statuses.values()] == [one["rejected"]]


@needs_vectors
def test_the_tree_has_the_roots_of_the_vectors() -> None:
    for one in vectors()["merkle"]["roots"]:
        leaves = sorted(ballot.leaf(bytes([value]) * 246, seal.digest) for value in range(1, one["leaves"] + 1))
        assert root(leaves, seal.digest).hex() == one["root"]


@needs_vectors
def test_the_beacon_is_that_of_the_vectors() -> None:
    one = vectors()["beacon"]
    definition = bytes.fromhex(vectors()["definition"]["D"])
    assert close.beacon(definition, bytes.fromhex(one["C"]), one["dice"], seal.tagged).hex() == one["B"]


@needs_vectors
def test_the_merge_is_that_of_the_vectors_in_any_order() -> None:
    one, envelopes = vectors()["merge"], _envelopes()
    held = [[envelopes[name] for name in box] for box in one["boxes"]]
    facts: dict[str, Any] = {
        "definition": bytes.fromhex(vectors()["definition"]["D"]),
        "beacon": bytes.fromhex(vectors()["beacon"]["B"]),
        "verifies": seal.ballot_verifies,
        "tagged": seal.tagged,
    }
    keys = {1: {bytes.fromhex(key) for key in vectors()["envelopes"]["slip_keys_contest_1"]}}
    merged = merge(held, keys, set(), **facts)
    assert {name: merged.statuses[envelopes[name]].value for name in one["status"]} == one["status"]
    assert merged.fingerprint(1, seal.digest).hex() == one["M"]
    assert merge([*held[::-1], *held], keys, set(), **facts) == merged


@needs_vectors
def test_the_order_on_the_screen_is_that_of_the_vectors() -> None:
    definition = bytes.fromhex(vectors()["definition"]["D"])
    for one in vectors()["order"]:
        numbers = tuple(range(1, one["candidates"] + 1))
        seed = bytes.fromhex(one["seed"])
        assert list(shuffled_numbers(one["contest"], numbers, seed, definition, seal.tagged)) == one["order"]


@needs_vectors
def test_the_numbers_of_lots_are_those_of_the_vectors() -> None:
    """The lot itself is drawn in models.counting; its numbers are H, which is here."""
    beacon = bytes.fromhex(vectors()["beacon"]["B"])
    for one in vectors()["lots"]:
        parts = (bytes([one["contest"]]), one["stage"].to_bytes(2), bytes([one["candidate"]]))
        assert seal.tagged("lot", beacon, *parts).hex() == one["number"]


@given(st.integers(0, 10**20 - 1), st.integers(0, 21), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: int, at: int, by: int) -> None:
    code = slip.make_code(f"{number:020d}")
    wrong = code[:at] + str((int(code[at]) + by) % 10) + code[at + 1 :]
    with pytest.raises(WrongCodeError):
        slip.read_code(wrong)


@given(st.integers(0, 10**20 - 1))
def test_a_code_reads_as_it_is_printed(number: int) -> None:
    code = slip.make_code(f"{number:020d}")
    assert slip.read_code(slip.grouped(code)) == slip.read_code(slip.grouped(code).replace(" ", "-")) == code


def test_digits_of_other_scripts_are_no_code() -> None:
    code = slip.make_code("31415926535897932384")
    with pytest.raises(WrongCodeError):
        slip.read_code(code.translate({ord("0") + n: 0x660 + n for n in range(10)}))


@pytest.mark.parametrize(
    ("typed", "read"), [("q9w1-dfwf", "Q9W1-DFWF"), ("oil0 oilo", "0110-0110"), ("Q9W1DFW", None), ("Q9W1-DFWU", None)]
)
def test_symbols_are_read_however_they_were_copied(typed: str, read: str | None) -> None:
    assert slip.read_symbols(typed) == read


@given(st.binary(max_size=80) | st.binary(min_size=64, max_size=64))
def test_a_plaintext_is_read_whole_or_refused(unverified: bytes) -> None:
    try:
        read = read_ballot(unverified)
    except UnreadableBallotError:
        return
    assert write_ballot(read) == unverified


@given(st.lists(st.integers(0, 255), max_size=60))
def test_a_ballot_reads_as_it_was_written(choices: list[int]) -> None:
    made = Ballot(Mark.CHOICES, tuple(choices))
    assert read_ballot(write_ballot(made)) == made


def test_two_seals_of_one_ballot_never_look_alike_and_both_open() -> None:
    one, other = (slips(1)[0].votes(1, D, 3, 1) for _ in range(2))
    assert one != other
    assert seal.open_ballot(one, PRIVATE) == seal.open_ballot(other, PRIVATE) == write_ballot(Ballot(Mark(0), (3, 1)))


def test_an_envelope_with_any_byte_altered_neither_verifies_nor_keeps_its_place() -> None:
    made = slips(1)[0].votes(1, D, 2)
    keys = {1: {slips(1)[0].public(1)}}
    for at in range(len(made)):
        altered = made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :]
        facts: dict[str, Any] = {"definition": D, "beacon": D, "verifies": seal.ballot_verifies, "tagged": seal.tagged}
        assert merge([[altered]], keys, set(), **facts).accepted(1) == ()
        if ballot.HEAD_BYTES <= at < ballot.BODY_BYTES or 5 <= at < ballot.HEAD_BYTES:
            with pytest.raises(SealError):
                seal.open_ballot(altered, PRIVATE)


def test_a_definition_reads_as_it_was_written() -> None:
    definition = a_definition(
        contests=(
            a_contest(1, about={ENGLISH: "More about it"}),
            a_question(2),
            a_contest(
                7,
                kind="list",
                max_marks=1,
                publish="totals",
                method="dhondt",
                threshold=5,
                candidates=(Candidate(1, {ENGLISH: "Families"}, "sun", "ab" * 32, {ENGLISH: "We"}, {}, ("A", "B")),),
            ),
        )
    )
    written = write_definition(definition)
    assert read_definition(written) == definition
    assert write_definition(read_definition(written)) == written


WRONG: dict[str, Any] = {
    "contest 1.minimum": {"contests": (a_contest(minimum=9),)},
    "contest 1.max_marks: at most": {"contests": (a_contest(max_marks=5),)},
    "contest 2.max_marks: 1": {"contests": (a_question(max_marks=2),)},
    "contest 2.candidates: a question": {"contests": (a_question(candidates=a_contest().candidates),)},
    "contest 1.candidates: numbered": {"contests": (a_contest(candidates=(Candidate(2, {ENGLISH: "B"}, "sun"),)),)},
    "contest 1.candidates 1.statement": {
        "contests": (a_contest(candidates=(Candidate(1, {ENGLISH: "A"}, "sun", None, {ENGLISH: "x" * 601}),)),)
    },
    "contest 1.publish": {"contests": (a_contest(publish="totals"),)},
    "contest 1.electorates": {"contests": (a_contest(electorates=("nobody",)),)},
    "contests: in order": {"contests": (a_question(2), a_contest(1))},
    "contest 1.seats": {"contests": (a_contest(seats=100),)},
    "kiosks: no id twice": {"kiosks": a_definition().kiosks * 2},
    "witnesses: 3 trustees": {"witnesses": a_definition().witnesses[:4]},
    "at least 2 observers": {"witnesses": a_definition().witnesses[:6]},
    "each votes somewhere": {
        "electorates": (*a_definition().electorates, Electorate("staff", "staff", 5, 1, 1)),
    },
    "dates": {"dates": {"poll_opens": "2026-11-30", "poll_closes": "2026-11-29"}},
}


@pytest.mark.parametrize("what", WRONG)
def test_a_refused_definition_names_contest_field_and_reason(what: str) -> None:
    with pytest.raises(PlanRefusedError, match=what.replace(".", r"\.")):
        a_definition(**WRONG[what])


def test_a_definition_cut_short_anywhere_is_refused() -> None:
    written = write_definition(a_definition())
    for at in range(len(written)):
        with pytest.raises(PlanRefusedError):
            read_definition(written[:at])


@pytest.mark.parametrize(
    ("kind", "choices", "fits"),
    [
        ("rank", (2, 1, 3), True),
        ("rank", (2, 2), False),
        ("rank", (1, 2, 3, 4), False),
        ("rank", (), False),
        ("rank", (5,), False),
        ("rank", (0,), False),
        ("approve", (1, 3), True),
        ("approve", (3, 1), False),
        ("one", (2,), True),
        ("one", (1, 2), False),
    ],
)
def test_a_ballot_fits_its_contest_or_is_invalid(kind: str, choices: tuple[int, ...], fits: bool) -> None:
    contest = a_contest(kind=kind, max_marks=1 if kind == "one" else 3)
    assert contest.admits(Ballot(Mark.CHOICES, choices)) is fits
    assert contest.admits(Ballot(Mark.BLANK))


def test_the_order_of_a_drawn_or_fixed_contest_is_as_listed() -> None:
    for order in ("fixed", "drawn"):
        assert screen_order(a_contest(order=order), bytes(16), D, seal.tagged) == (1, 2, 3, 4)
    orders = {screen_order(a_contest(), bytes([n] * 16), D, seal.tagged) for n in range(200)}
    assert len(orders) == 24


def test_a_manifest_reads_as_it_was_written_and_holds_its_box() -> None:
    cast = [slip.votes(1 + n % 2, D, 1) for n, slip in enumerate(slips(9))]
    ordered = boxes.in_box_order(cast, seal.digest)
    facts: dict[str, Any] = {"definition": D, "kiosk": bytes(16), "epoch": 3, "box": 1, "kind": "kiosk"}
    manifest = make_manifest(cast, (1, 2), **facts, sha256=seal.digest)
    assert read_manifest(write_manifest(manifest)) == manifest
    assert (manifest.total, [tally.count for tally in manifest.contests]) == (9, [5, 4])
    box = boxes.write_box(ordered)
    assert boxes.holds(manifest, box, seal.digest)
    for wrong in (box[246:], box[246:492] + box[:246] + box[492:], box + box[-246:], box[:-1]):
        assert not boxes.holds(manifest, wrong, seal.digest)


@given(st.binary(max_size=200))
def test_a_manifest_is_read_or_refused_in_one_way(unverified: bytes) -> None:
    with pytest.raises(UnreadableContentError):
        read_manifest(unverified)


@cache
def _some_envelopes() -> tuple[bytes, ...]:
    """Return ballots of four slips, two of them used twice, one void, and three envelopes that never count."""
    one, two, three, stranger, void = slips(5)
    good = [one.votes(1, D, 1), one.votes(1, D, 2), two.votes(1, D, 3), two.votes(1, D, 3), three.votes(1, D, 2)]
    return (*good, void.votes(1, D, 1), stranger.votes(1, D, 1), one.votes(1, bytes(32), 1), good[0][:-1])


@given(st.data())
def test_a_merge_is_the_same_however_envelopes_lie_in_boxes_and_however_often(data: st.DataObject) -> None:
    envelopes, (one, two, three, _, void) = _some_envelopes(), slips(5)
    keys = {1: {slip_.public(1) for slip_ in (one, two, three, void)}}
    facts: dict[str, Any] = {"definition": D, "beacon": D, "verifies": seal.ballot_verifies, "tagged": seal.tagged}
    whole = merge([envelopes], keys, {void.public(1)}, **facts)
    held = data.draw(st.lists(st.lists(st.sampled_from(envelopes), max_size=6), max_size=4))
    again = merge([*held, data.draw(st.permutations(envelopes)), *held], keys, {void.public(1)}, **facts)
    assert again == whole
    assert len(whole.accepted(1)) == 3
    assert {ballot.slip_key_of(envelope) for envelope in whole.accepted(1)} == keys[1] - {void.public(1)}


def test_a_void_slip_does_not_count_and_raises_an_alarm() -> None:
    one, other = slips(2)
    keys = {1: {one.public(1), other.public(1)}}
    cast = [one.votes(1, D, 1), other.votes(1, D, 2)]
    facts: dict[str, Any] = {"definition": D, "beacon": D, "verifies": seal.ballot_verifies, "tagged": seal.tagged}
    merged = merge([cast], keys, {one.public(1)}, **facts)
    assert merged.accepted(1) == (cast[1],)
    assert merged.alarms == (cast[0],)
    assert merged.statuses[cast[0]] is Status.VOID_SLIP


def test_ciphertext_copied_under_another_slip_does_not_open() -> None:
    one, other = slips(2)
    mine, theirs = one.votes(1, D, 1), other.votes(1, D, 2)
    body = theirs[: ballot.HEAD_BYTES] + mine[ballot.HEAD_BYTES : ballot.BODY_BYTES]
    forged = body + seal.sign(b"WV1 ballot", body, other.private(1))
    assert seal.ballot_verifies(forged)
    assert seal.open_ballots([forged], PRIVATE) == [None]
    assert len(PUBLIC) == 32


def test_a_notice_counts_with_two_signatures_of_the_right_people() -> None:
    notice = Notice(D, 1, 1, 3, "2026-11-28")
    assert read_notice(write_notice(notice)) == notice
    definition = a_definition()
    assert enough_signed(definition, [1, 6])
    assert not enough_signed(definition, [1, 99])
    assert not enough_signed(definition, [2, 6])
    assert withdrawn([notice, replace(notice, candidate=1)]) == {1: {1, 3}}


def test_accounts_add_up_or_say_what_does_not() -> None:
    good = close.Accounts(printed=31, issued=20, returned=1, audit=6, unissued=4, ticks=20)
    assert close.wrong_in(good, 31) is None
    assert close.read_accounts(close.write_accounts(good)) == good
    for wrong in (replace(good, printed=30), replace(good, unissued=5), replace(good, ticks=19)):
        assert close.wrong_in(wrong, 31)


def test_a_close_record_is_the_same_in_any_order_and_names_what_is_missing() -> None:
    listed = [close.ListedBox(bytes([n] * 16), 1, 1, bytes([n]) * 32, D) for n in (3, 1, 2)]
    kiosks = [bytes([n] * 16) for n in (1, 2, 3, 4)]
    record = close.make_close(D, [bytes(32)], listed, kiosks)
    assert record == close.make_close(D, [bytes(32)] * 2, listed[::-1] * 2, kiosks[::-1])
    assert record.missing == (bytes([4] * 16),)
    assert close.read_close(close.write_close(record)) == record


READERS: Final[dict[str, tuple[Any, bytes, type[WingVoiceError]]]] = {
    "definition": (read_definition, write_definition(a_definition()), PlanRefusedError),
    "notice": (read_notice, write_notice(Notice(D, 1, 1, 3, "2026-11-28")), UnreadableContentError),
    "signatures": (read_signatures, write_signatures({1: bytes(64), bytes(16): bytes(64)}), UnreadableContentError),
    "close record": (
        close.read_close,
        close.write_close(close.make_close(D, [D], [close.ListedBox(bytes(16), 1, 1, D, D)], [bytes(16), D[:16]])),
        UnreadableContentError,
    ),
    "dice": (close.read_dice, close.write_dice(D, D, "123456" * 4, D), UnreadableContentError),
    "accounts": (
        close.read_accounts,
        close.write_accounts(close.Accounts(31, 20, 1, 6, 4, 20, ("00" * 16 + "-1-1",))),
        UnreadableContentError,
    ),
    "keys": (read_keys, write_keys([D, bytes(32)]), RegistrarError),
}


@pytest.mark.parametrize("what", READERS)
@given(data=st.data())
def test_a_reader_reads_what_was_written_and_refuses_the_rest_with_one_error(what: str, data: st.DataObject) -> None:
    read, written, refusal = READERS[what]
    assert read(written) is not None
    at = data.draw(st.integers(0, len(written) - 1))
    altered = written[:at] + data.draw(st.binary(max_size=3)) + written[at + data.draw(st.integers(0, 3)) :]
    for unverified in (altered, data.draw(st.binary(max_size=60))):
        try:
            read(unverified)
        except refusal:
            continue
