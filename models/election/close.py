"""What the returning officer reads aloud when the poll is over, and the dice that nobody could know before.

Rule 1: the close record names every box and notice by its hash; what it does not name does not count.
Rule 2: the beacon comes after it, from throws of at least 20 dice before observers.
Rule 3: accounts are of envelopes alone: printed = issued + returned + audit + unissued, ticks on the roll = issued.
Source: elections.md 5.5, points 13 to 15.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from models.canonical import Fields, UnreadableContentError, a_text, canonical_json, read_canonical_json
from models.election.boxes import HEX_32, KIOSK, Manifest
from models.election.merge import Tagged

CLOSE_FORMAT: Final = "wingvoice-close/1"
DICE_FORMAT: Final = "wingvoice-dice/1"
ACCOUNTS_FORMAT: Final = "wingvoice-accounts/1"
LIMIT_BYTES: Final = 1024 * 1024
THROWS: Final = re.compile(r"[1-6]{20,200}")
_BOX: Final = re.compile(r"[0-9a-f]{32}-[0-9]{1,10}-[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class ListedBox:
    """A box as the close record names it; `manifest` and `content` are SHA-256 of manifest and envelopes.

    A manifest that lies pins nothing, so the envelopes have a hash of their own: after the dice nobody can add to it.
    """

    kiosk: bytes
    epoch: int
    box: int
    manifest: bytes
    content: bytes

    @property
    def name(self) -> str:
        """The name of the box's files, without an ending."""
        return f"{self.kiosk.hex()}-{self.epoch}-{self.box}"


@dataclass(frozen=True, slots=True)
class CloseRecord:
    """What counts. `missing` are kiosks of the definition from which no box came."""

    definition: bytes
    notices: tuple[bytes, ...]
    boxes: tuple[ListedBox, ...]
    missing: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Accounts:
    """Numbers of envelopes, all electorates together; `late` are boxes that came after the close record."""

    printed: int
    issued: int
    returned: int
    audit: int
    unissued: int
    ticks: int
    late: tuple[str, ...] = ()


def listed(manifest: Manifest, manifest_hash: bytes, content_hash: bytes) -> ListedBox:
    """Return a box as the close record names it."""
    return ListedBox(manifest.kiosk, manifest.epoch, manifest.box, manifest_hash, content_hash)


def make_close(
    definition: bytes, notices: Iterable[bytes], boxes: Iterable[ListedBox], kiosks: Iterable[bytes]
) -> CloseRecord:
    """Return the close record over these hashes; the same whatever order they come in."""
    ordered = tuple(sorted(set(boxes), key=_place))
    missing = tuple(sorted(set(kiosks) - {one.kiosk for one in ordered}))
    return CloseRecord(definition, tuple(sorted(set(notices))), ordered, missing)


def _place(one: ListedBox) -> tuple[bytes, int, int, bytes, bytes]:
    return one.kiosk, one.epoch, one.box, one.manifest, one.content


def write_close(record: CloseRecord) -> bytes:
    """Return `close.json`; its SHA-256 is C."""
    return canonical_json(
        {
            "format": CLOSE_FORMAT,
            "definition": record.definition.hex(),
            "notices": [notice.hex() for notice in record.notices],
            "boxes": [
                {
                    "kiosk": one.kiosk.hex(),
                    "epoch": one.epoch,
                    "box": one.box,
                    "manifest": one.manifest.hex(),
                    "content": one.content.hex(),
                }
                for one in record.boxes
            ],
            "missing": [kiosk.hex() for kiosk in record.missing],
        }
    )


def read_close(unverified: bytes) -> CloseRecord:
    """Return what a close record says, or raise UnreadableContentError."""
    fields = Fields(read_canonical_json(unverified, LIMIT_BYTES), "close")
    if fields.text("format") != CLOSE_FORMAT:
        raise UnreadableContentError("close.format is unknown")
    record = CloseRecord(
        definition=bytes.fromhex(fields.text("definition", HEX_32)),
        notices=tuple(bytes.fromhex(a_text(one, "close.notices", HEX_32)) for one in fields.items("notices")),
        boxes=tuple(_read_listed(one) for one in fields.items("boxes")),
        missing=tuple(bytes.fromhex(a_text(one, "close.missing", KIOSK)) for one in fields.items("missing")),
    )
    fields.close()
    kiosks = {one.kiosk for one in record.boxes} | set(record.missing)
    if record != make_close(record.definition, record.notices, record.boxes, kiosks):
        raise UnreadableContentError("close is not in order, or names something twice")
    return record


def _read_listed(value: object) -> ListedBox:
    fields = Fields(value, "close.boxes")
    one = ListedBox(
        bytes.fromhex(fields.text("kiosk", KIOSK)),
        fields.whole("epoch", 0, 2**32 - 1),
        fields.whole("box", 1, 99),
        bytes.fromhex(fields.text("manifest", HEX_32)),
        bytes.fromhex(fields.text("content", HEX_32)),
    )
    fields.close()
    return one


def beacon(definition: bytes, close: bytes, throws: str, tagged: Tagged) -> bytes:
    """Return B = H("beacon"; D, C, throws), 32 bytes. Raises RuntimeError for throws that `THROWS` does not admit."""
    if not THROWS.fullmatch(throws):
        raise RuntimeError("throws are at least 20 digits from 1 to 6")
    return tagged("beacon", definition, close, throws.encode())


def write_dice(definition: bytes, close: bytes, throws: str, made: bytes) -> bytes:
    """Return `dice.json`: what was thrown after which close record, and the beacon that it gives."""
    return canonical_json(
        {
            "format": DICE_FORMAT,
            "definition": definition.hex(),
            "close": close.hex(),
            "throws": throws,
            "beacon": made.hex(),
        }
    )


def read_dice(unverified: bytes) -> tuple[bytes, bytes, str, bytes]:
    """Return D, C, throws and B as a dice record says; whether B follows is the caller's to check."""
    fields = Fields(read_canonical_json(unverified, LIMIT_BYTES), "dice")
    if fields.text("format") != DICE_FORMAT:
        raise UnreadableContentError("dice.format is unknown")
    definition, close = (bytes.fromhex(fields.text(key, HEX_32)) for key in ("definition", "close"))
    throws, made = fields.text("throws", THROWS), bytes.fromhex(fields.text("beacon", HEX_32))
    fields.close()
    return definition, close, throws, made


def write_accounts(accounts: Accounts) -> bytes:
    """Return `accounts.json`."""
    written: dict[str, object] = {
        "format": ACCOUNTS_FORMAT,
        "printed": accounts.printed,
        "issued": accounts.issued,
        "returned": accounts.returned,
        "audit": accounts.audit,
        "unissued": accounts.unissued,
        "ticks": accounts.ticks,
    }
    return canonical_json(written | ({"late": accounts.late} if accounts.late else {}))


def read_accounts(unverified: bytes) -> Accounts:
    """Return what accounts say, or raise UnreadableContentError; whether they add up is `wrong_in`'s to say."""
    fields = Fields(read_canonical_json(unverified, LIMIT_BYTES), "accounts")
    if fields.text("format") != ACCOUNTS_FORMAT:
        raise UnreadableContentError("accounts.format is unknown")
    numbers = {key: fields.whole(key) for key in ("printed", "issued", "returned", "audit", "unissued", "ticks")}
    late = tuple(a_text(one, "accounts.late", _BOX) for one in fields.items("late")) if fields.has("late") else ()
    fields.close()
    return Accounts(**numbers, late=late)


def wrong_in(accounts: Accounts, printed: int) -> str | None:
    """Return in plain words what does not add up, or None; `printed` as the definition says."""
    parts = accounts.issued + accounts.returned + accounts.audit + accounts.unissued
    if accounts.printed != printed:
        return f"{accounts.printed} slips printed, but the definition says {printed}"
    if accounts.printed != parts:
        return f"{accounts.printed} slips printed, but issued, returned, audit and unissued make {parts}"
    if accounts.ticks != accounts.issued:
        return f"{accounts.issued} slips issued, but {accounts.ticks} ticks on the roll"
    return None
