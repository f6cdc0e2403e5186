"""The three lists that only offline keys sign: sealing keys, receipt keys, and kiosks out of service.

Rule 1: bytes in, frozen values out, in the one form of sync.cbor; anything else is a BatchError.
Rule 2: a file is named for what it is under `targets`; the press cannot sign any of them.
Rule 3: the lists grow by new signed versions; nothing here knows how they are signed.

    keys/campaigns.cbor = { 1 => [* { 1 => campaign text, 2 => key id 8, 3 => X25519 public 32 } ] }
    keys/receipts.cbor  = { 1 => [* { 1 => key id 8, 2 => Ed25519 public 32 } ] }
    roll/kiosks.cbor    = { 1 => [* kiosk id 16 ] }                               revoked kiosks, rising
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models import seal
from models.errors import BatchError
from models.seal import KeyId, KioskId
from models.shelf import CampaignKey, ReceiptKey
from sync.cbor import read_cbor, write_cbor

CAMPAIGNS: Final = "keys/campaigns.cbor"
RECEIPTS: Final = "keys/receipts.cbor"
KIOSKS: Final = "roll/kiosks.cbor"
LIST_LIMIT_BYTES: Final = 256 << 10

_KEY_ID_BYTES, _PUBLIC_BYTES, _KIOSK_BYTES = 8, 32, 16


@dataclass(frozen=True, slots=True)
class KeyLists:
    """What the offline desk vouches for, as it stands in one signed version."""

    campaigns: tuple[CampaignKey, ...]
    receipts: tuple[ReceiptKey, ...]
    revoked: frozenset[KioskId]


def write_campaigns(campaigns: Sequence[CampaignKey]) -> bytes:
    """Return `keys/campaigns.cbor`."""
    return write_cbor({1: [{1: key.campaign, 2: bytes(key.key), 3: key.public} for key in campaigns]})


def write_receipts(receipts: Sequence[ReceiptKey]) -> bytes:
    """Return `keys/receipts.cbor`; at most two keys are valid at once."""
    return write_cbor({1: [{1: bytes(key.key), 2: key.public} for key in receipts]})


def write_kiosks(revoked: frozenset[KioskId]) -> bytes:
    """Return `roll/kiosks.cbor`."""
    return write_cbor({1: sorted(bytes(kiosk) for kiosk in revoked)})


def read_lists(campaigns: bytes, receipts: bytes, kiosks: bytes) -> KeyLists:
    """Return the three lists, whose signatures were checked before; raise BatchError where one is misshapen."""
    return KeyLists(
        campaigns=tuple(_campaign(item) for item in _items(campaigns)),
        receipts=tuple(_receipt(item) for item in _items(receipts)),
        revoked=frozenset(KioskId(_sized(item, _KIOSK_BYTES)) for item in _items(kiosks)),
    )


def _items(unverified: bytes) -> list[object]:
    value = read_cbor(unverified, LIST_LIMIT_BYTES)
    if not isinstance(value, dict) or set(value) != {1} or not isinstance(value[1], list):
        raise BatchError(detail="not a list of keys")
    return value[1]


def _campaign(item: object) -> CampaignKey:
    if not isinstance(item, dict) or set(item) != {1, 2, 3} or not isinstance(item[1], str):
        raise BatchError(detail="not a campaign key")
    return CampaignKey(item[1], *_key(item[2], item[3]))


def _receipt(item: object) -> ReceiptKey:
    if not isinstance(item, dict) or set(item) != {1, 2}:
        raise BatchError(detail="not a receipt key")
    return ReceiptKey(*_key(item[1], item[2]))


def _key(key: object, public: object) -> tuple[KeyId, bytes]:
    named, half = KeyId(_sized(key, _KEY_ID_BYTES)), _sized(public, _PUBLIC_BYTES)
    if seal.key_id(half) != named:
        raise BatchError(detail="a key under another key's name")
    return named, half


def _sized(value: object, length: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != length:
        raise BatchError(detail=f"not {length} bytes")
    return value
