"""Formats: what is written is read back, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import seal
from models.errors import BatchError
from models.seal import Digest
from sync.batch import (
    BATCH_DOMAIN,
    MESSAGE_LIMIT_BYTES,
    RECORD_LIMIT,
    Batch,
    Entry,
    Grant,
    NewerBatch,
    Outcome,
    Reason,
    Receipt,
    UnsignedError,
    join_batch,
    last_number,
    parcel_name,
    read_batch,
    read_grant,
    read_hello,
    read_receipt,
    read_request,
    request_body,
    tag_of,
    write_entries,
    write_header,
)
from sync.cbor import read_cbor, write_cbor
from tests.sync.parcels import (
    A_FORM,
    A_KIOSK,
    KIOSK_KEY,
    KIOSK_PUBLIC,
    OTHER_KEY,
    RECEIPT_PUBLIC,
    a_batch,
    a_grant,
    a_header,
    a_hello,
    a_receipt,
    a_request,
    a_sealed,
    entries,
)

Reader = Callable[[bytes], object]
MESSAGES: Final[dict[str, tuple[bytes, Reader]]] = {
    "batch": (a_batch(entries(3)), lambda unverified: read_batch(unverified, lambda _: [KIOSK_PUBLIC])),
    "receipt": (
        a_receipt(quarantined=((3, Reason.SIZE),)),
        lambda unverified: read_receipt(unverified, [RECEIPT_PUBLIC]),
    ),
    "hello": (a_hello(), lambda unverified: read_hello(unverified, lambda _: [KIOSK_PUBLIC])),
    "request": (a_request(), read_request),
    "grant": (a_grant(), lambda unverified: read_grant(unverified, [RECEIPT_PUBLIC])),
}
READERS: Final = [reader for _, reader in MESSAGES.values()]
KINDS: Final = pytest.mark.parametrize("kind", MESSAGES)


def reread(written: bytes, change: Callable[[Any], None]) -> bytes:
    """Return the message with its parts changed, in our form but no longer signed."""
    parts = cbor2.loads(written)
    change(parts)
    return write_cbor(parts)


def test_a_batch_is_read_as_it_was_written() -> None:
    held = entries(7)
    batch = read_batch(a_batch(held, small=True, day=20_123), lambda _: [KIOSK_PUBLIC])
    assert isinstance(batch, Batch)
    assert (batch.header, batch.entries) == (a_header(held, small=True, day=20_123), held)
    assert batch.header.body == batch.body_digest


def test_a_receipt_is_read_as_it_was_written() -> None:
    held = ((2, Reason.SIZE), (5, Reason.ENVELOPE_UNKNOWN))
    receipt = read_receipt(a_receipt(mark=9, safe=4, outcome=Outcome.GAP, quarantined=held), [RECEIPT_PUBLIC])
    body = receipt.body
    assert (body.mark, body.safe, body.outcome, body.quarantined) == (9, 4, Outcome.GAP, held)


def test_a_grant_is_read_as_it_was_written() -> None:
    grant = read_grant(a_grant(wing="C wing, ground floor"), [RECEIPT_PUBLIC])
    assert isinstance(grant, Grant)
    assert (grant.establishment, grant.wing, grant.epoch) == ("HMX", "C wing, ground floor", 1)


@KINDS
def test_every_flipped_byte_is_refused_or_leaves_a_batch_that_does_not_fit(kind: str) -> None:
    written, reader = MESSAGES[kind]
    for at in range(len(written)):
        flipped = written[:at] + bytes([written[at] ^ 1]) + written[at + 1 :]
        try:
            read = reader(flipped)
        except BatchError:
            continue
        # a batch's body is bound by the digest in its header: judged, and answered "refused"
        assert isinstance(read, Batch)
        assert read.body_digest != read.header.body


@KINDS
def test_every_cut_is_refused(kind: str) -> None:
    written, reader = MESSAGES[kind]
    for end in range(len(written)):
        with pytest.raises(BatchError):
            reader(written[:end])


@KINDS
def test_something_after_the_end_is_refused(kind: str) -> None:
    written, reader = MESSAGES[kind]
    with pytest.raises(BatchError, match="follows"):
        reader(written + b"\x00")


@KINDS
def test_a_message_of_another_kind_is_refused(kind: str) -> None:
    for other, (written, _) in MESSAGES.items():
        if other != kind:
            with pytest.raises(BatchError):
                MESSAGES[kind][1](written)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_garbage_whole_and_byte_by_byte_raises_batch_error_only(garbage: bytes) -> None:
    for reader in READERS:
        for end in (len(garbage), *range(min(len(garbage), 40))):
            with pytest.raises(BatchError):
                reader(garbage[:end])


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from(sorted(MESSAGES)), data=st.data())
def test_damaged_messages_raise_batch_error_only(kind: str, data: st.DataObject) -> None:
    written, reader = MESSAGES[kind]
    at = data.draw(st.integers(0, len(written) - 1))
    piece = data.draw(st.binary(max_size=12))
    damaged = written[:at] + piece + written[at + data.draw(st.integers(0, 12)) :]
    try:
        read = reader(damaged)
    except BatchError:
        return
    assert damaged == written or (isinstance(read, Batch) and read.body_digest != read.header.body)


PARTS: Final = st.recursive(
    st.integers(0, 2**64 - 1) | st.booleans() | st.binary(max_size=9) | st.text(max_size=9),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.integers(0, 300), part, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(PARTS)
def test_what_is_in_our_form_comes_back_the_same(value: object) -> None:
    assert read_cbor(write_cbor(value), 10_000, depth=20) == value


@settings(deadline=None)
@given(st.lists(st.none() | st.floats() | st.integers(max_value=-1), min_size=1, max_size=3))
def test_other_values_are_refused(value: object) -> None:
    with pytest.raises(BatchError):
        read_cbor(cbor2.dumps(value), 10_000)


@pytest.mark.parametrize(
    "unverified",
    [
        b"\x18\x17",  # 23 in two bytes
        b"\x19\x00\xff",  # 255 in three
        b"\x1b\x00\x00\x00\x00\xff\xff\xff\xff",  # 32 bits in nine
        b"\xa2\x02\x00\x01\x00",  # keys that fall
        b"\xa2\x01\x00\x01\x00",  # a key twice
        b"\xa1\x41a\x00",  # a key that is no number
        b"\x9f\xff",  # a list without length
        b"\x5f\xff",  # bytes without length
        b"\xc0\x60",  # a tag: cbor2 would obey it
        b"\xd8\x23\x61a",  # a regular expression
        b"\xf6",  # null
        b"\xf8\x14",  # false, the long way
        b"\x61\xff",  # text that is not text
        b"\x81\x81\x81\x81\x81\x00",  # five deep
        b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",  # a list longer than the world
        b"\x5b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"",
    ],
)
def test_a_form_of_cbor_that_is_not_ours_is_refused(unverified: bytes) -> None:
    with pytest.raises(BatchError):
        read_cbor(unverified, 100)


def test_a_bomb_of_small_parts_is_refused_before_it_is_made() -> None:
    with pytest.raises(BatchError, match="too many parts"):
        read_cbor(b"\x9a\x00\x01\x00\x00" + b"\x00" * 65_536, 1 << 20)


def test_a_message_over_its_limit_is_refused() -> None:
    with pytest.raises(BatchError, match="too long"):
        read_batch(bytes(MESSAGE_LIMIT_BYTES + 1), lambda _: [KIOSK_PUBLIC])


def test_a_signature_of_another_key_is_refused() -> None:
    with pytest.raises(UnsignedError):
        read_batch(a_batch(entries(1), signing=OTHER_KEY), lambda _: [KIOSK_PUBLIC])
    with pytest.raises(UnsignedError):
        read_receipt(a_receipt(signing=OTHER_KEY), [RECEIPT_PUBLIC])
    with pytest.raises(UnsignedError):
        read_grant(a_grant(signing=OTHER_KEY), [RECEIPT_PUBLIC])


def test_a_kiosk_nobody_knows_is_refused() -> None:
    with pytest.raises(UnsignedError):
        read_batch(a_batch(entries(1)), lambda _: [])


def test_a_signature_for_one_kind_does_not_serve_another() -> None:
    body = cbor2.loads(a_hello())[2]
    forged = write_cbor(["wvh", 1, body, seal.sign(BATCH_DOMAIN, body, KIOSK_KEY)])
    with pytest.raises(UnsignedError):
        read_hello(forged, lambda _: [KIOSK_PUBLIC])


def test_a_request_signed_by_an_older_key_of_its_kiosk_is_read() -> None:
    renewed = a_request(signing=KIOSK_KEY, public=seal.public_half(OTHER_KEY))
    with pytest.raises(UnsignedError):
        read_request(renewed)
    assert read_request(renewed, lambda _: [KIOSK_PUBLIC]).public == seal.public_half(OTHER_KEY)


def test_a_newer_version_is_told_apart_by_its_signature() -> None:
    held = entries(1)
    header, body = write_header(a_header(held)), write_entries(held, (A_FORM,))
    signature = seal.sign(b"wingvoice/batch/2", header, KIOSK_KEY)
    newer = read_batch(write_cbor(["wvb", 2, header, body, signature]), lambda _: [KIOSK_PUBLIC])
    assert isinstance(newer, NewerBatch)
    assert newer.kiosk == A_KIOSK
    with pytest.raises(UnsignedError):
        read_batch(write_cbor(["wvb", 3, header, body, signature]), lambda _: [KIOSK_PUBLIC])


@pytest.mark.parametrize(("later", "newer"), [({17: {0: 1}}, False), ({16: {0: 1}}, True), ({16: {}}, False)])
def test_later_fields_are_understood_or_ignored_as_they_ask(later: dict[int, object], *, newer: bool) -> None:
    held = entries(1)
    header = write_cbor(cbor2.loads(write_header(a_header(held))) | later)
    message = join_batch(header, write_entries(held, (A_FORM,)), seal.sign(BATCH_DOMAIN, header, KIOSK_KEY))
    assert isinstance(read_batch(message, lambda _: [KIOSK_PUBLIC]), NewerBatch if newer else Batch)


def test_a_batch_too_large_is_our_own_mistake() -> None:
    held = entries(1) * (RECORD_LIMIT + 1)
    with pytest.raises(RuntimeError):
        write_entries(held, (A_FORM,))
    with pytest.raises(RuntimeError):
        write_entries([Entry(A_FORM, bytes(7994))] * 140, (A_FORM,))


def test_a_body_nobody_would_read_is_never_written() -> None:
    with pytest.raises(RuntimeError, match="nobody would read"):
        write_header(a_header(entries(1), program="x" * 33))


@pytest.mark.parametrize("size", [199, 7995])
def test_a_record_of_impossible_length_is_refused(size: int) -> None:
    header = a_header(entries(1))
    body = write_cbor([[0, bytes(size)]])
    written = write_header(header)
    message = join_batch(written, body, seal.sign(BATCH_DOMAIN, written, KIOSK_KEY))
    with pytest.raises(BatchError, match="length"):
        read_batch(message, lambda _: [KIOSK_PUBLIC])


def test_parcels_are_named_by_what_they_carry_and_their_digest() -> None:
    message = a_batch(entries(2), first=3, before=Digest(bytes(32)))
    assert parcel_name(message) == f"0001-0000000003-0000000004-{seal.digest(message).hex()[:16]}.wvb"
    assert last_number(message) == 4
    receipt = a_receipt(serial=12)
    assert parcel_name(receipt) == f"0000000012-{seal.digest(receipt).hex()[:16]}.wvr"
    assert [parcel_name(one) for one in (a_request(), a_grant(epoch=2), a_hello())] == ["request.wvq", "0002.wvg", None]
    assert [tag_of(one) for one in (message, receipt, a_hello(), b"", b"{}")] == ["wvb", "wvr", "wvh", "", ""]


def test_the_digits_of_a_request_come_from_its_signed_body() -> None:
    digits = {seal.fingerprint(request_body(a_request(signing=key))) for key in (KIOSK_KEY, OTHER_KEY)}
    assert len(digits) == 2
    assert all(len(one) == 24 for one in digits)


def test_a_full_batch_is_read_and_its_sealed_bytes_are_untouched() -> None:
    held = entries(RECORD_LIMIT)
    batch = read_batch(a_batch(held), lambda _: [KIOSK_PUBLIC])
    assert isinstance(batch, Batch)
    assert [entry.sealed for entry in batch.entries] == [a_sealed(at) for at in range(1, RECORD_LIMIT + 1)]
    assert isinstance(read_receipt(a_receipt(), [RECEIPT_PUBLIC]), Receipt)
