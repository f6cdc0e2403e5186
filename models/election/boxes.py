"""A ballot box as bytes: its order, its tree, its manifest and its closing tape.

Rule 1: the order of a box is (contest, leaf hash): the shuffle, and the same whoever writes it.
Rule 2: a manifest proves only that nothing was left out; ballots prove themselves (`models.election.merge`).
Rule 3: no time, and no count but those that checking needs.
Source: elections.md 5.2 and 5.5, point 11; RFC 6962 section 2.1 for the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from models.canonical import Fields, UnreadableContentError, canonical_json, read_canonical_json
from models.election.ballot import ENVELOPE_BYTES, Hash, contest_of, leaf

Kind = Literal["kiosk", "paper"]
FORMAT: Final = "wingvoice-box/1"
MANIFEST_LIMIT_BYTES: Final = 32 * 1024
BALLOTS_MOST: Final = 1_000_000
_MANIFEST_RECORD: Final = b"WVM1"
_SIGNED_FROM: Final = len(_MANIFEST_RECORD) + 64
HEX_32: Final = re.compile(r"[0-9a-f]{64}")
KIOSK: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Tally:
    """What a manifest says of one contest: how many envelopes, and the root over them, 32 bytes."""

    contest: int
    count: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a closed box is said to hold. `definition` is D, 32 bytes; `kiosk` 16 bytes; `box` counts from 1."""

    definition: bytes
    kiosk: bytes
    epoch: int
    box: int
    kind: Kind
    contests: tuple[Tally, ...]

    @property
    def total(self) -> int:
        """Envelopes in the box, all contests together."""
        return sum(tally.count for tally in self.contests)

    @property
    def name(self) -> str:
        """The name of the box's files, without an ending: kiosk, epoch and box."""
        return f"{self.kiosk.hex()}-{self.epoch}-{self.box}"

    @property
    def place(self) -> tuple[bytes, int, int]:
        """What no two boxes have in common: kiosk, epoch, box."""
        return self.kiosk, self.epoch, self.box


@dataclass(frozen=True, slots=True)
class Tape:
    """The closing tape: what observers copy down and sign. `symbols` are of the manifest's hash, two groups."""

    kiosk: str
    box: int
    total: int
    symbols: str


def root(leaves: Sequence[bytes], sha256: Hash) -> bytes:
    """Return the Merkle root over leaf hashes given in ascending order, 32 bytes; of none, SHA-256 of nothing."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha256(b"\x01" + root(leaves[:split], sha256) + root(leaves[split:], sha256))


def in_box_order(envelopes: Iterable[bytes], sha256: Hash) -> tuple[bytes, ...]:
    """Return the envelopes, each once, ascending by contest and leaf hash."""
    return tuple(sorted(set(envelopes), key=lambda one: (contest_of(one), leaf(one, sha256))))


def make_manifest(
    envelopes: Iterable[bytes],
    contests: Iterable[int],
    *,
    definition: bytes,
    kiosk: bytes,
    epoch: int,
    box: int,
    kind: Kind,
    sha256: Hash,
) -> Manifest:
    """Return the manifest of a box; a contest without a ballot stands in it with a count of 0."""
    leaves: dict[int, list[bytes]] = {number: [] for number in sorted(contests)}
    for envelope in envelopes:
        leaves[contest_of(envelope)].append(leaf(envelope, sha256))
    tallies = tuple(Tally(number, len(held), root(sorted(held), sha256)) for number, held in leaves.items())
    return Manifest(definition, kiosk, epoch, box, kind, tallies)


def write_manifest(manifest: Manifest) -> bytes:
    """Return the one spelling of a manifest; what the kiosk signs."""
    return canonical_json(
        {
            "format": FORMAT,
            "definition": manifest.definition.hex(),
            "kiosk": manifest.kiosk.hex(),
            "epoch": manifest.epoch,
            "box": manifest.box,
            "kind": manifest.kind,
            "contests": [
                {"number": tally.contest, "count": tally.count, "root": tally.root.hex()} for tally in manifest.contests
            ],
            "total": manifest.total,
        }
    )


def read_manifest(unverified: bytes) -> Manifest:
    """Return what a manifest says, or raise UnreadableContentError; neither signature nor truth is checked here."""
    fields = Fields(read_canonical_json(unverified, MANIFEST_LIMIT_BYTES), "manifest")
    if fields.text("format") != FORMAT or (kind := fields.text("kind")) not in get_args(Kind):
        raise UnreadableContentError("manifest.format or manifest.kind is unknown")
    manifest = Manifest(
        definition=bytes.fromhex(fields.text("definition", HEX_32)),
        kiosk=bytes.fromhex(fields.text("kiosk", KIOSK)),
        epoch=fields.whole("epoch", 0, 2**32 - 1),
        box=fields.whole("box", 1, 99),
        kind=cast("Kind", kind),
        contests=tuple(_read_tally(item) for item in fields.items("contests", 99)),
    )
    total = fields.whole("total", 0, 99 * BALLOTS_MOST)
    fields.close()
    numbers = [tally.contest for tally in manifest.contests]
    if total != manifest.total or numbers != sorted(set(numbers)):
        raise UnreadableContentError("manifest.total or the order of manifest.contests is wrong")
    return manifest


def _read_tally(value: object) -> Tally:
    fields = Fields(value, "manifest.contests")
    number, count = fields.whole("number", 1, 99), fields.whole("count", 0, BALLOTS_MOST)
    tally = Tally(number, count, bytes.fromhex(fields.text("root", HEX_32)))
    fields.close()
    return tally


def write_manifest_record(written: bytes, signature: bytes) -> bytes:
    """Return a manifest and the kiosk's signature as one record, which follows its ballots on the road."""
    return _MANIFEST_RECORD + signature + written


def is_manifest_record(unverified: bytes) -> bool:
    """Tell whether a record says that it is a manifest; nothing of it is read."""
    return unverified[:4] == _MANIFEST_RECORD and len(unverified) > _SIGNED_FROM


def split_manifest_record(record: bytes) -> tuple[bytes, bytes]:
    """Return (manifest, signature) of such a record, neither of them verified."""
    return record[_SIGNED_FROM:], record[len(_MANIFEST_RECORD) : _SIGNED_FROM]


def write_box(envelopes: Iterable[bytes]) -> bytes:
    """Return the envelopes joined, in the order given."""
    return b"".join(envelopes)


def split_box(box: bytes) -> tuple[bytes, ...]:
    """Return the envelopes of a box; what is left over at the end is one more, and `merge` calls it malformed."""
    return tuple(box[at : at + ENVELOPE_BYTES] for at in range(0, len(box), ENVELOPE_BYTES))


def holds(manifest: Manifest, box: bytes, sha256: Hash) -> bool:
    """Tell whether a box is, byte for byte, what its manifest says."""
    envelopes = split_box(box)
    if any(len(one) != ENVELOPE_BYTES for one in envelopes) or envelopes != in_box_order(envelopes, sha256):
        return False
    known = [tally.contest for tally in manifest.contests]
    if any(contest_of(one) not in known for one in envelopes):
        return False
    made = make_manifest(
        envelopes,
        known,
        definition=manifest.definition,
        kiosk=manifest.kiosk,
        epoch=manifest.epoch,
        box=manifest.box,
        kind=manifest.kind,
        sha256=sha256,
    )
    return made == manifest
