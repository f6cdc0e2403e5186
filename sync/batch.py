"""Batch, receipt, hello, request, grant: bounded, numbered, chained, signed bytes.

Rule 1: bytes in, frozen values out; reading checks form and signature, judging is the exchange's.
Rule 2: every limit is tested before the bytes behind it are decoded; only BatchError escapes.
Rule 3: a signature covers a domain string, 00 and the body bytes as they travelled, never bytes written anew.
Rule 4: boundaries never move: a batch is sent again with the same bytes.

    batch   = ["wvb", 1, header, body, signature]     signed: header (which names the body's digest), by the kiosk
    receipt = ["wvr", 1, body, signature]             signed: body, by central's receipt key; grant = "wvg" likewise
    hello   = ["wvh", 1, body, signature]             signed: body, by the kiosk; request = "wvq" likewise
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any, ClassVar, Final, TypeAlias

from models import seal
from models.errors import BatchError, SealError
from models.seal import Digest, KeyId, KioskId
from sync.cbor import read_cbor, write_cbor
from sync.fields import Fields, below, flag, listed, plain, refuse, said, sized, taken, word

VERSION: Final = 1
RECORD_LIMIT: Final = 500
BODY_LIMIT_BYTES: Final = 1 << 20
HEADER_LIMIT_BYTES: Final = 4096
MESSAGE_LIMIT_BYTES: Final = BODY_LIMIT_BYTES + 8192
REPLY_LIMIT_BYTES: Final = 64 << 10
FORM_LIMIT: Final = 64
SEALED_BYTES: Final = (200, 7994)

_SIGNATURE_BYTES: Final = 64
_EPOCH_END, _SEQ_END = 1 << 32, 1 << 64


class UnsignedError(BatchError):
    """In our form, but no key we know made the signature."""

    number: ClassVar[int] = 601


class Kind(IntEnum):
    """What a batch carries; never mixed."""

    RECORDS = 1
    BALLOTS = 2
    REPORTS = 3


class Outcome(IntEnum):
    """What central says of a message."""

    TAKEN = 0
    ALREADY = 1
    GAP = 2
    FORK = 3
    HELD = 4
    VERSION = 5
    REFUSED = 6
    BUSY = 7


class Reason(IntEnum):
    """Why a record lies in quarantine; it counts as delivered."""

    FORM_UNKNOWN = 1
    KEY_UNKNOWN = 2
    ENVELOPE_UNKNOWN = 3
    SIZE = 4
    UNDER_ANOTHER_NUMBER = 5
    CLOSED = 6
    DOES_NOT_OPEN = 7
    DOES_NOT_PARSE = 8


class Why(IntEnum):
    """Why a kiosk asks for a grant."""

    ENROL = 0
    RESTORED = 1
    FORK = 2
    DAMAGED = 3
    CENTRAL_LOST = 4
    NEW_KEY = 5


class Provider(IntEnum):
    """What keeps the kiosk's keys, as a request tells it."""

    TPM2 = 1
    PIN = 2
    KEYFILE = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One sealed record as it lies in a batch."""

    form: Digest
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """The signed part of a batch. `first` to `last` inclusive; `day` is whole days since 1970-01-01."""

    kiosk: KioskId
    epoch: int
    first: int
    last: int
    before: Digest  # head before `first`
    head: Digest  # head at `last`
    kind: Kind
    forms: tuple[Digest, ...]
    body: Digest
    day: int
    vouched: bool  # the day is vouched for by a receipt
    small: bool
    program: str
    serial: int  # last receipt serial seen
    instance: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch whose signature held. `message` is all its bytes; `digest` is what a receipt answers."""

    header: Header
    entries: tuple[Entry, ...]
    body_digest: Digest  # of the body as it came
    digest: Digest
    message: bytes


@dataclass(frozen=True, slots=True)
class NewerBatch:
    """A well-signed batch in a version, or with must-understand fields, that this program does not know."""

    kiosk: KioskId
    digest: Digest
    message: bytes


@dataclass(frozen=True, slots=True)
class ReceiptBody:
    """What central signs. `time` and `wait` in seconds; `newest` is the newest timestamp.json version."""

    kiosk: KioskId
    epoch: int
    mark: int
    safe: int
    head: Digest  # at mark
    generation: int
    serial: int
    time: int
    outcome: Outcome
    quarantined: tuple[tuple[int, Reason], ...]
    versions: tuple[int, ...]
    wait: int
    key: KeyId
    answered: Digest
    newest: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt whose signature held, with all its bytes."""

    body: ReceiptBody
    message: bytes


@dataclass(frozen=True, slots=True)
class Hello:
    """The round that carries nothing; answered by a receipt."""

    kiosk: KioskId
    epoch: int
    last: int  # last number given here
    head: Digest
    serial: int
    versions: tuple[int, ...]
    instance: bytes
    nonce: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """A kiosk asks for a grant. `public` is the signing key it will use."""

    kiosk: KioskId
    public: bytes
    epoch: int
    last: int
    head: Digest
    instance: bytes
    why: Why
    program: str
    provider: Provider


@dataclass(frozen=True, slots=True)
class Grant:
    """Central's permission to use a kiosk id and epoch; holds for one instance only."""

    kiosk: KioskId
    public: bytes
    establishment: str
    wing: str
    epoch: int
    instance: bytes
    generation: int
    message: bytes = b""  # all its bytes, filled by read_grant


KeysOf: TypeAlias = Callable[[KioskId], Iterable[bytes]]
"""Returns the public signing keys of a kiosk; none if the kiosk is not known."""

BATCH_DOMAIN: Final = b"wingvoice/batch/1"
RECEIPT_DOMAIN: Final = b"wingvoice/receipt/1"
HELLO_DOMAIN: Final = b"wingvoice/hello/1"
REQUEST_DOMAIN: Final = b"wingvoice/request/1"
GRANT_DOMAIN: Final = b"wingvoice/grant/1"


# --- the fields: one table a body; key in the map, field of the dataclass, what may stand there ---


def _held(value: object) -> tuple[int, Reason]:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 - a pair
        raise refuse("not a pair")
    return below(_SEQ_END, 1)(value[0]), word(Reason)(value[1])


_digest, _id = sized(32), sized(16)
_epoch, _seq, _uint = below(_EPOCH_END), below(_SEQ_END), below(_SEQ_END)

_HEADER: Final[Fields] = {
    1: ("kiosk", _id), 2: ("epoch", below(_EPOCH_END, 1)), 3: ("first", below(_SEQ_END, 1)),
    4: ("last", below(_SEQ_END, 1)), 5: ("before", _digest), 6: ("head", _digest), 7: ("kind", word(Kind)),
    8: ("forms", listed(_digest, 1, FORM_LIMIT)), 9: ("body", _digest), 10: ("day", below(_EPOCH_END)),
    11: ("vouched", flag), 12: ("small", flag), 13: ("program", said(32)), 14: ("serial", _uint),
    15: ("instance", _id),
}  # fmt: skip
_RECEIPT: Final[Fields] = {
    1: ("kiosk", _id), 2: ("epoch", _epoch), 3: ("mark", _seq), 4: ("safe", _seq), 5: ("head", _digest),
    6: ("generation", _uint), 7: ("serial", _uint), 8: ("time", _uint), 9: ("outcome", word(Outcome)),
    10: ("quarantined", listed(_held, 0, 500)), 11: ("versions", listed(_uint, 1, 8)), 12: ("wait", _uint),
    13: ("key", sized(8)), 14: ("answered", _digest), 15: ("newest", _uint),
}  # fmt: skip
_HELLO: Final[Fields] = {
    1: ("kiosk", _id), 2: ("epoch", _epoch), 3: ("last", _seq), 4: ("head", _digest), 5: ("serial", _uint),
    6: ("versions", listed(_uint, 1, 8)), 7: ("instance", _id), 8: ("nonce", _id),
}  # fmt: skip
_REQUEST: Final[Fields] = {
    1: ("kiosk", _id), 2: ("public", sized(32)), 3: ("epoch", _epoch), 4: ("last", _seq), 5: ("head", _digest),
    6: ("instance", _id), 7: ("why", word(Why)), 8: ("program", said(32)), 9: ("provider", word(Provider)),
}  # fmt: skip
_GRANT: Final[Fields] = {
    1: ("kiosk", _id), 2: ("public", sized(32)), 3: ("establishment", said(16)), 4: ("wing", said(64)),
    5: ("epoch", below(_EPOCH_END, 1)), 6: ("instance", _id), 7: ("generation", _uint),
}  # fmt: skip
_MUST, _MAY = 16, 17  # later fields of a header: to be understood, to be ignored


def _written(value: object, table: Fields) -> bytes:
    """Return the body of a dataclass; what a reader would refuse is our own mistake."""
    body = write_cbor({key: plain(getattr(value, name)) for key, (name, _) in table.items()})
    try:
        taken(_map(body), table)
    except BatchError as ours:
        raise RuntimeError(f"we were about to write a body nobody would read: {ours}") from ours
    return body


def _map(unverified: bytes) -> dict[int, object]:
    value = read_cbor(unverified, HEADER_LIMIT_BYTES if len(unverified) <= HEADER_LIMIT_BYTES else REPLY_LIMIT_BYTES)
    if not isinstance(value, dict):
        raise refuse("not a map")
    return value


def _parts(unverified: bytes, tag: str, count: int, limit_bytes: int) -> list[Any]:
    """Return the parts of a message behind its tag: version first, byte strings after it, signature last."""
    parts = read_cbor(unverified, limit_bytes, depth=1)
    if not isinstance(parts, list) or len(parts) != count or parts[0] != tag:
        raise refuse("not a parcel of this kind")
    if isinstance(parts[1], bool) or not isinstance(parts[1], int):
        raise refuse("no version")
    if not all(isinstance(part, bytes) for part in parts[2:]):
        raise refuse("not a parcel of this kind")
    sized(_SIGNATURE_BYTES)(parts[-1])
    return parts[1:]


def _signed_by(domain: bytes, body: bytes, signature: bytes, keys: Iterable[bytes]) -> bytes:
    """Return the key that made the signature, or raise BatchError."""
    for public in keys:
        try:
            seal.verify(domain, body, signature, public)
        except SealError:
            continue
        return public
    raise UnsignedError(detail="no signature of anybody we know")


def _body_of(unverified: bytes, tag: str) -> tuple[bytes, bytes]:
    """Return body and signature of a three-part message of version 1."""
    version, body, signature = _parts(unverified, tag, 4, REPLY_LIMIT_BYTES)
    if version != VERSION:
        raise refuse("a version we do not read")
    return body, signature


# --- batch ----------------------------------------------------------------------------------------


def write_header(header: Header) -> bytes:
    """Return the bytes that the kiosk signs with BATCH_DOMAIN (see `sign_header`)."""
    return _written(header, _HEADER)


def read_header(unverified: bytes) -> Header:
    """Return the header without its later fields, as a vault keeps it; BatchError."""
    body = _map(unverified)
    return Header(**taken({key: part for key, part in body.items() if key not in (_MUST, _MAY)}, _HEADER))


def write_entries(entries: Sequence[Entry], forms: Sequence[Digest]) -> bytes:
    """Return the body of a batch: pairs of index into `forms` and sealed bytes, 1 to 500 of them."""
    index = {form: at for at, form in enumerate(forms)}
    body = write_cbor([[index[entry.form], entry.sealed] for entry in entries])
    if not 1 <= len(entries) <= RECORD_LIMIT or len(body) > BODY_LIMIT_BYTES:
        raise RuntimeError("a batch was cut too large or too small")
    return body


def sign_header(header: bytes, signing: bytes) -> bytes:
    """Return the kiosk's signature, 64 bytes."""
    return seal.sign(BATCH_DOMAIN, header, signing)


def join_batch(header: bytes, body: bytes, signature: bytes) -> bytes:
    """Return the whole message from its stored pieces; the same pieces give the same bytes for ever."""
    return write_cbor(["wvb", VERSION, header, body, signature])


def write_batch(header: Header, entries: Sequence[Entry], signing: bytes) -> bytes:
    """Return a signed batch; the header's `body` and `forms` must fit the entries."""
    written = write_header(header)
    return join_batch(written, write_entries(entries, header.forms), sign_header(written, signing))


def read_batch(unverified: bytes, keys_of: KeysOf) -> Batch | NewerBatch:
    """Return a batch in our form, signed by a key of the kiosk it names; BatchError otherwise.

    Whether digest, count and chain fit is judged later: that much is answered with a receipt.
    """
    version, written, body, signature = _parts(unverified, "wvb", 5, MESSAGE_LIMIT_BYTES)
    if len(written) > HEADER_LIMIT_BYTES:
        raise refuse("header too long")
    fields_of_header = _map(written)
    kiosk = KioskId(_id(fields_of_header.get(1)))
    _signed_by(b"wingvoice/batch/%d" % version, written, signature, keys_of(kiosk))
    digest = seal.digest(unverified)
    if version != VERSION or fields_of_header.get(_MUST):
        return NewerBatch(kiosk, digest, unverified)
    header = read_header(written)
    return Batch(header, _read_entries(body, header.forms), seal.digest(body), digest, unverified)


def _read_entries(body: bytes, forms: Sequence[Digest]) -> tuple[Entry, ...]:
    value = read_cbor(body, BODY_LIMIT_BYTES, depth=2)
    if not isinstance(value, list) or not 1 <= len(value) <= RECORD_LIMIT:
        raise refuse("a list out of bounds")
    least, most = SEALED_BYTES
    entries = []
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004 - a pair
            raise refuse("not a pair")
        at, sealed = below(len(forms))(pair[0]), pair[1]
        if not isinstance(sealed, bytes) or not least <= len(sealed) <= most:
            raise refuse("a sealed record of impossible length")
        entries.append(Entry(forms[at], sealed))
    return tuple(entries)


# --- receipt, hello, request, grant ---------------------------------------------------------------


def write_receipt(body: ReceiptBody, signing: bytes) -> bytes:
    """Return a receipt signed by central's receipt key."""
    written = _written(body, _RECEIPT)
    return write_cbor(["wvr", VERSION, written, seal.sign(RECEIPT_DOMAIN, written, signing)])


def read_receipt(unverified: bytes, receipt_keys: Iterable[bytes]) -> Receipt:
    """Return a receipt signed by the receipt key it names, one of the public `receipt_keys`; BatchError."""
    written, signature = _body_of(unverified, "wvr")
    body = ReceiptBody(**taken(_map(written), _RECEIPT))
    named = [public for public in receipt_keys if seal.key_id(public) == body.key]
    _signed_by(RECEIPT_DOMAIN, written, signature, named)
    return Receipt(body, unverified)


def write_hello(hello: Hello, signing: bytes) -> bytes:
    """Return a signed hello."""
    written = _written(hello, _HELLO)
    return write_cbor(["wvh", VERSION, written, seal.sign(HELLO_DOMAIN, written, signing)])


def read_hello(unverified: bytes, keys_of: KeysOf) -> Hello:
    """Return a hello signed by a key of the kiosk it names; BatchError."""
    written, signature = _body_of(unverified, "wvh")
    hello = Hello(**taken(_map(written), _HELLO))
    _signed_by(HELLO_DOMAIN, written, signature, keys_of(hello.kiosk))
    return hello


def write_request(request: Request, signing: bytes) -> bytes:
    """Return a signed request."""
    written = _written(request, _REQUEST)
    return write_cbor(["wvq", VERSION, written, seal.sign(REQUEST_DOMAIN, written, signing)])


def read_request(unverified: bytes, keys_of: KeysOf = lambda _: ()) -> Request:
    """Return a request signed by the key it carries, or by a known key of its kiosk; BatchError.

    The signature proves only that the sender holds the key: who it is, two staff say, reading the digits.
    """
    written, signature = _body_of(unverified, "wvq")
    request = Request(**taken(_map(written), _REQUEST))
    _signed_by(REQUEST_DOMAIN, written, signature, (request.public, *keys_of(request.kiosk)))
    return request


def request_body(unverified: bytes) -> bytes:
    """Return the signed body of a request: what `seal.fingerprint` turns into the 24 digits. BatchError."""
    return _body_of(unverified, "wvq")[0]


def write_grant(grant: Grant, signing: bytes) -> bytes:
    """Return a grant signed by central's receipt key; `grant.message` is not part of it."""
    written = _written(grant, _GRANT)
    return write_cbor(["wvg", VERSION, written, seal.sign(GRANT_DOMAIN, written, signing)])


def read_grant(unverified: bytes, receipt_keys: Iterable[bytes]) -> Grant:
    """Return a grant signed by one of the public `receipt_keys`; BatchError."""
    written, signature = _body_of(unverified, "wvg")
    grant = Grant(**taken(_map(written), _GRANT), message=unverified)
    _signed_by(GRANT_DOMAIN, written, signature, receipt_keys)
    return grant


def last_number(message: bytes) -> int:
    """Return the last number in a batch of our own; BatchError."""
    return read_header(_parts(message, "wvb", 5, MESSAGE_LIMIT_BYTES)[1]).last


# --- names ----------------------------------------------------------------------------------------


def tag_of(unverified: bytes) -> str:
    """Return "wvb", "wvr", "wvh", "wvq" or "wvg" by the first bytes alone, or "" for anything else."""
    tag = unverified[2:5].decode("ascii", "replace")
    return tag if unverified[1:2] == b"\x63" and tag in ("wvb", "wvr", "wvh", "wvq", "wvg") else ""


def parcel_name(message: bytes) -> str | None:
    """Return the name under which a message of our own travels on a stick; None if it does not (hello). BatchError."""
    tag, mark = tag_of(message), seal.digest(message).hex()[:16]
    if tag == "wvb":
        header = read_header(_parts(message, "wvb", 5, MESSAGE_LIMIT_BYTES)[1])
        return f"{header.epoch:04d}-{header.first:010d}-{header.last:010d}-{mark}.wvb"
    if tag == "wvq":
        return "request.wvq"
    if tag == "wvr":
        return f"{_map(_body_of(message, 'wvr')[0])[7]:010d}-{mark}.wvr"
    if tag == "wvg":
        return f"{_map(_body_of(message, 'wvg')[0])[5]:04d}.wvg"
    return None


_TABLES: Final = ((Header, _HEADER), (ReceiptBody, _RECEIPT), (Hello, _HELLO), (Request, _REQUEST))
for _type, _table in _TABLES:  # a field without a key, or the other way, is found at import and not on the wing
    if [field.name for field in fields(_type)] != [name for name, _ in _table.values()]:
        raise RuntimeError(f"the table of {_type.__name__} does not fit it")
