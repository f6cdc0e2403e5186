"""Builders of messages: each shows only the fact its test is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from models import seal
from models.seal import Digest, KioskId
from sync.batch import (
    Entry,
    Grant,
    Header,
    Hello,
    Kind,
    Outcome,
    Provider,
    ReceiptBody,
    Request,
    Why,
    write_batch,
    write_entries,
    write_grant,
    write_hello,
    write_receipt,
    write_request,
)
from sync.exchange import walk

A_KIOSK: Final = KioskId(b"\x01" * 16)
AN_INSTANCE: Final = b"\x02" * 16
KIOSK_KEY: Final = b"\x03" * 32
KIOSK_PUBLIC: Final = seal.public_half(KIOSK_KEY)
RECEIPT_KEY: Final = b"\x04" * 32
RECEIPT_PUBLIC: Final = seal.public_half(RECEIPT_KEY)
OTHER_KEY: Final = b"\x05" * 32
A_FORM: Final = seal.digest(b"a questionnaire")
NOON_S: Final = 20_000 * 86_400 + 43_200


def a_sealed(name: object) -> bytes:
    """Return bytes with the outside of an envelope, told apart by `name`; they open for nobody."""
    noise = b"".join(seal.digest(f"{name} {part}".encode()) for part in range(10))
    return b"\x01\x01" + noise[:312]


def entries(count: int, name: object = "", form: Digest = A_FORM) -> tuple[Entry, ...]:
    return tuple(Entry(form, a_sealed(f"{name}{at}")) for at in range(1, count + 1))


def a_header(held: Sequence[Entry], first: int = 1, before: Digest | None = None, **facts: Any) -> Header:  # noqa: ANN401
    """Return a header that fits the entries, then changed by `facts`."""
    epoch = facts.get("epoch", 1)
    start = seal.chain_start(facts.get("kiosk", A_KIOSK), epoch) if before is None else before
    forms = tuple(dict.fromkeys(entry.form for entry in held))
    header = Header(
        kiosk=A_KIOSK,
        epoch=1,
        first=first,
        last=first + len(held) - 1,
        before=start,
        head=walk(start, first, held)[-1],
        kind=Kind.RECORDS,
        forms=forms,
        body=seal.digest(write_entries(held, forms)),
        day=20_000,
        vouched=False,
        small=False,
        program="0.1.0",
        serial=0,
        instance=AN_INSTANCE,
    )
    return replace(header, **facts)


def a_batch(
    held: Sequence[Entry],
    first: int = 1,
    before: Digest | None = None,
    signing: bytes = KIOSK_KEY,
    **facts: Any,  # noqa: ANN401
) -> bytes:
    return write_batch(a_header(held, first, before, **facts), held, signing)


def batches(*sizes: int, kiosk: KioskId = A_KIOSK, epoch: int = 1, name: object = "", **facts: Any) -> list[bytes]:  # noqa: ANN401
    """Return batches that follow one another from number 1."""
    head, first, found = seal.chain_start(kiosk, epoch), 1, []
    for at, size in enumerate(sizes):
        held = entries(size, f"{name}-{epoch}-{at}-")
        found.append(a_batch(held, first, head, kiosk=kiosk, epoch=epoch, **facts))
        head, first = walk(head, first, held)[-1], first + size
    return found


def a_receipt(signing: bytes = RECEIPT_KEY, **facts: Any) -> bytes:  # noqa: ANN401
    body = ReceiptBody(
        kiosk=A_KIOSK,
        epoch=1,
        mark=0,
        safe=0,
        head=seal.chain_start(A_KIOSK, 1),
        generation=1,
        serial=1,
        time=NOON_S,
        outcome=Outcome.TAKEN,
        quarantined=(),
        versions=(1,),
        wait=0,
        key=seal.key_id(seal.public_half(signing)),
        answered=Digest(bytes(32)),
        newest=0,
    )
    return write_receipt(replace(body, **facts), signing)


def a_hello(signing: bytes = KIOSK_KEY, **facts: Any) -> bytes:  # noqa: ANN401
    start = seal.chain_start(A_KIOSK, 1)
    hello = Hello(A_KIOSK, 1, 0, start, 0, (1,), AN_INSTANCE, b"\x09" * 16)
    return write_hello(replace(hello, **facts), signing)


def a_request(signing: bytes = KIOSK_KEY, **facts: Any) -> bytes:  # noqa: ANN401
    start, public = seal.chain_start(A_KIOSK, 0), seal.public_half(signing)
    request = Request(A_KIOSK, public, 0, 0, start, AN_INSTANCE, Why.ENROL, "0.1.0", Provider.KEYFILE)
    return write_request(replace(request, **facts), signing)


def a_grant(signing: bytes = RECEIPT_KEY, **facts: Any) -> bytes:  # noqa: ANN401
    grant = Grant(A_KIOSK, KIOSK_PUBLIC, "HMX", "b-wing", 1, AN_INSTANCE, 1)
    return write_grant(replace(grant, **facts), signing)
