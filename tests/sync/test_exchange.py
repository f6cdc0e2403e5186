"""The tables of both ends, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from models import seal
from models.seal import Digest, KioskId
from sync.batch import Batch, NewerBatch, Outcome, Why, read_batch, read_grant, read_receipt
from sync.exchange import (
    KIOSK,
    AskEpoch,
    Event,
    KioskEnd,
    KioskState,
    OpenEpoch,
    Settle,
    Step,
    Stream,
    TellStaff,
    Wait,
    judge,
)
from tests.simulators import GARBAGE
from tests.sync.parcels import (
    A_KIOSK,
    AN_INSTANCE,
    KIOSK_PUBLIC,
    OTHER_KEY,
    RECEIPT_PUBLIC,
    a_batch,
    a_grant,
    a_header,
    a_hello,
    a_receipt,
    a_request,
    batches,
    entries,
)

OFFERED, NEXT = batches(3, 2)
OTHER_HEAD = seal.digest(b"another history")


def read(message: bytes) -> Batch:
    batch = read_batch(message, lambda _: [KIOSK_PUBLIC])
    assert isinstance(batch, Batch)
    return batch


HEADS = {0: read(OFFERED).header.before, 3: read(OFFERED).header.head, 5: read(NEXT).header.head}


def a_state(**facts: Any) -> KioskState:  # noqa: ANN401
    state = KioskState(A_KIOSK, 1, 5, HEADS[5], 4, 0, 0, AN_INSTANCE, 1, HEADS)
    return replace(state, **facts)


def an_end(**facts: Any) -> KioskEnd:  # noqa: ANN401
    return KioskEnd(
        a_state(**facts),
        KIOSK_PUBLIC,
        [RECEIPT_PUBLIC],
        instance=lambda: AN_INSTANCE,
        hello=lambda _: a_hello(),
        request=lambda _, why: a_request(why=why),
    )


def answer(message: bytes = OFFERED, **facts: Any) -> bytes:  # noqa: ANN401
    shown = {"mark": 3, "safe": 3, "head": HEADS[3], "serial": 5, "answered": seal.digest(message), **facts}
    return a_receipt(**shown)


def offered(**facts: Any) -> KioskEnd:  # noqa: ANN401
    end = an_end(**facts)
    assert end.begin(OFFERED).message == OFFERED
    return end


@pytest.mark.parametrize("outcome", [Outcome.TAKEN, Outcome.ALREADY, Outcome.GAP])
def test_taken_already_and_gap_settle(outcome: Outcome) -> None:
    end, reply = offered(), answer(outcome=outcome)
    assert end.receive(reply) == Settle(read_receipt(reply, [RECEIPT_PUBLIC]))
    assert end.step is Step.RESTING


@pytest.mark.parametrize(
    "reply",
    [
        GARBAGE,
        b"",
        answer(signing=OTHER_KEY),
        answer(kiosk=KioskId(b"z" * 16)),
        answer(message=NEXT),
        a_grant(),
        OFFERED,
    ],
)
def test_an_answer_that_is_none_of_ours_counts_as_a_lost_trip(reply: bytes) -> None:
    end = offered()
    assert end.receive(reply) == Wait(1, Event.LOST)
    assert end.begin(OFFERED).message == OFFERED


@pytest.mark.parametrize(("told", "waited"), [(0, 1), (90, 90), (10**6, 3600)])
def test_busy_waits_as_told_but_at_most_an_hour(told: int, waited: int) -> None:
    tell = offered().receive(answer(outcome=Outcome.BUSY, wait=told))
    assert isinstance(tell, Wait)
    assert (tell.seconds, tell.event) == (waited, Event.BUSY)


@pytest.mark.parametrize("facts", [{"serial": 4}, {"generation": 0, "serial": 9}, {"epoch": 2}])
def test_an_older_receipt_is_ignored(facts: dict[str, Any]) -> None:
    tell = offered().receive(answer(**facts))
    assert isinstance(tell, Wait)
    assert tell.event is Event.STALE


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"mark": 9, "safe": 9}, Why.RESTORED),
        ({"head": OTHER_HEAD}, Why.FORK),
        ({"outcome": Outcome.FORK}, Why.FORK),
        ({"mark": 2, "safe": 2}, Why.FORK),  # no batch of ours ends there
    ],
)
def test_two_histories_stop_the_kiosk_until_central_grants_a_new_epoch(facts: dict[str, Any], why: Why) -> None:
    end = offered()
    tell = end.receive(answer(**facts))
    assert isinstance(tell, AskEpoch)
    assert (tell.why, end.step) == (why, Step.STOPPED)
    assert end.begin(OFFERED).message == a_request(why=why)
    assert end.receive(answer()) == Wait(1, Event.LOST)
    assert end.step is Step.STOPPED


def test_a_central_that_lost_records_is_told_how_many() -> None:
    end = an_end(mark=5, safe=5)
    end.begin(None)
    tell = end.receive(answer(message=a_hello(), generation=2, mark=3, safe=3))
    assert isinstance(tell, AskEpoch)
    assert (tell.why, tell.lost) == (Why.CENTRAL_LOST, 2)


@pytest.mark.parametrize(("outcome", "step"), [(Outcome.HELD, Step.STOPPED), (Outcome.VERSION, Step.RESTING)])
def test_held_and_version_are_for_staff(outcome: Outcome, step: Step) -> None:
    end = offered()
    assert isinstance(end.receive(answer(outcome=outcome)), TellStaff)
    assert end.step is step


def test_a_batch_refused_three_times_is_for_staff() -> None:
    end, refused = an_end(), answer(outcome=Outcome.REFUSED)
    for expected in (Wait, Wait, TellStaff):
        end.begin(OFFERED)
        assert isinstance(end.receive(refused), expected)
    assert end.step is Step.STOPPED


def test_a_receipt_that_comes_by_stick_settles_while_resting() -> None:
    end = an_end()
    assert isinstance(end.receive(answer(message=b"whatever was answered weeks ago")), Settle)
    assert end.step is Step.RESTING


def test_a_kiosk_without_a_grant_asks_for_one_and_opens_it() -> None:
    end = an_end(epoch=0)
    assert end.begin(OFFERED).message == a_request(why=Why.ENROL)
    assert end.receive(a_grant()) == OpenEpoch(read_grant(a_grant(), [RECEIPT_PUBLIC]))
    assert end.step is Step.RESTING


@pytest.mark.parametrize(
    "facts",
    [{"kiosk": KioskId(b"z" * 16)}, {"public": b"z" * 32}, {"instance": b"z" * 16}, {"signing": OTHER_KEY}],
)
def test_a_grant_for_somebody_else_is_not_opened(facts: dict[str, Any]) -> None:
    end = an_end(epoch=0)
    end.begin(None)
    assert end.receive(a_grant(**facts)) == Wait(1, Event.LOST)
    assert end.step is Step.STOPPED


def test_a_grant_for_an_epoch_gone_by_is_not_opened() -> None:
    end = an_end()
    assert end.receive(a_grant(epoch=1)) == Wait(1, Event.LOST)
    assert isinstance(end.receive(a_grant(epoch=2)), OpenEpoch)


def test_an_event_the_table_lacks_is_our_own_mistake_and_changes_nothing() -> None:
    end = offered()
    with pytest.raises(RuntimeError, match="cannot happen"):
        end.begin(OFFERED)
    assert end.step is Step.OFFERED
    assert isinstance(end.receive(answer()), Settle)


def test_every_step_has_a_row_and_every_row_leads_to_a_step() -> None:
    assert set(KIOSK) == set(Step)
    assert all(set(rows) <= set(Event) and set(rows.values()) <= set(Step) for rows in KIOSK.values())


# --- central ---


def a_stream(**facts: Any) -> Stream:  # noqa: ANN401
    stream = Stream(mark=0, head=HEADS[0], granted=True, forked=False, boundary=lambda _: None)
    return replace(stream, **facts)


TAKEN = a_stream(mark=3, head=HEADS[3], boundary={3: HEADS[3]}.get)


def test_the_next_batch_is_taken_whole() -> None:
    verdict = judge(read(OFFERED), a_stream())
    assert verdict.outcome is Outcome.TAKEN
    assert [seq for seq, _ in verdict.fresh] == [1, 2, 3]


def test_the_same_batch_again_is_already_here() -> None:
    assert judge(read(OFFERED), TAKEN).outcome is Outcome.ALREADY


def test_the_same_numbers_with_other_bytes_are_a_fork() -> None:
    assert judge(read(a_batch(entries(3, "other"))), TAKEN).outcome is Outcome.FORK


def test_a_batch_that_skips_numbers_is_a_gap() -> None:
    verdict = judge(read(NEXT), a_stream())
    assert (verdict.outcome, verdict.fresh) == (Outcome.GAP, ())


def test_of_an_overlapping_batch_only_what_is_new_is_taken() -> None:
    both = (*read(OFFERED).entries, *read(NEXT).entries)
    verdict = judge(read(a_batch(both)), TAKEN)
    assert verdict.outcome is Outcome.TAKEN
    assert [seq for seq, _ in verdict.fresh] == [4, 5]


def test_an_overlap_through_another_history_is_a_fork() -> None:
    assert judge(read(a_batch(entries(5, "other"))), TAKEN).outcome is Outcome.FORK


def test_a_next_batch_that_hangs_on_another_head_is_a_fork() -> None:
    hanging = a_batch(entries(2), first=4, before=OTHER_HEAD)
    assert judge(read(hanging), TAKEN).outcome is Outcome.FORK


@pytest.mark.parametrize("facts", [{"granted": False}, {"granted": False, "forked": True}])
def test_an_epoch_not_granted_to_this_instance_is_held(facts: dict[str, bool]) -> None:
    assert judge(read(OFFERED), a_stream(**facts)).outcome is Outcome.HELD


def test_nothing_more_is_counted_from_a_forked_kiosk() -> None:
    assert judge(read(OFFERED), a_stream(forked=True)).outcome is Outcome.FORK


@pytest.mark.parametrize(
    "facts", [{"last": 4}, {"last": 2}, {"first": 2}, {"body": Digest(bytes(32))}, {"head": OTHER_HEAD}]
)
def test_a_header_that_does_not_fit_its_entries_is_refused(facts: dict[str, Any]) -> None:
    batch = read(OFFERED)
    bent = replace(batch, header=replace(a_header(batch.entries), **facts))
    assert judge(bent, a_stream()).outcome is Outcome.REFUSED


def test_a_newer_version_is_answered_as_such() -> None:
    assert judge(NewerBatch(A_KIOSK, seal.digest(b""), b""), a_stream()).outcome is Outcome.VERSION
