"""The key of an election: made, shared among three trustees in words, and used once by two of them on each laptop.

Rule 1: the private key is never written: it leaves this room as three shares of words, and returns as two.
Rule 2: shares are read back from paper, every pair, before anything is published.
Rule 3: two laptops, two pairs of trustees: what they write must agree in all but the laptop's number.
Rule 4: nothing is opened before shares fit and ballots are enough; an audit ballot other than its card stops all.
Source: elections.md 5.3, points 2 and 3, and 5.8.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from models import seal
from models.canonical import Fields, UnreadableContentError, canonical_json, read_canonical_json
from models.election.ballot import Ballot
from models.election.boxes import HEX_32
from models.election.defined import read_witness
from models.election.definition import Contest, Definition, Witness
from models.election.keys import Election
from models.election.merge import Merged
from models.election.slip import Code, make_code
from models.errors import OpeningsDifferError, SharesError, TooFewBallotsError
from sync.central.elections import outcome
from sync.central.elections.derived import seeds
from sync.central.elections.outcome import Opened

OPENING_FORMAT: Final = "wingvoice-opening/1"
OPENING_LIMIT_BYTES: Final = 1024 * 1024
SHARES: Final = 3
THRESHOLD: Final = 2


@dataclass(frozen=True, slots=True)
class KeyCeremony:
    """What was made: the public key, three shares of 33 words, and a code for each witness by number."""

    public: bytes
    shares: tuple[str, ...] = field(repr=False)
    codes: Mapping[int, Code] = field(repr=False)
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class AuditCard:
    """What an observer did with an audit slip: the code, and the choices by contest as the card says."""

    code: Code = field(repr=False)
    votes: Mapping[int, Ballot] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an opening record says of one contest; `hashes` are SHA-256 of files by name, `numbers` as published.

    `fingerprint` is F, or F blinded where `blinded`, or empty where the contest was not opened.
    """

    number: int
    status: str
    merged: bytes
    accepted: int
    audit: int
    fingerprint: bytes
    blinded: bool
    numbers: Mapping[str, int]
    hashes: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class OpeningRecord:
    """An opening record as read; nothing of it is verified."""

    definition: bytes
    beacon: bytes
    laptop: int
    contests: tuple[Entry, ...]

    @property
    def hashes(self) -> dict[str, bytes]:
        """SHA-256 of every file that the record names, by name."""
        return {name: sha256 for entry in self.contests for name, sha256 in entry.hashes.items()}


@dataclass(frozen=True, slots=True)
class Opening:
    """What one laptop made: the opening record, and by name the files that its hashes are over."""

    record: bytes
    contests: tuple[Opened, ...]

    @property
    def files(self) -> dict[str, bytes]:
        """Audit, votes and count files of all contests."""
        return {name: content for one in self.contests for name, content in one.files.items()}


def hold_key_ceremony(draft: Definition, digits: Callable[[], str] = seal.new_digits) -> KeyCeremony:
    """Make the election's key and every witness's code; what it returns is for paper and for nothing else."""
    from shamir_mnemonic import generate_mnemonics

    private, public = seal.new_sealing_pair()
    (shares,) = generate_mnemonics(1, [(THRESHOLD, SHARES)], private)
    codes = {witness.number: make_code(digits()) for witness in draft.witnesses}
    witnesses = tuple(
        Witness(one.number, one.role, seal.public_half(seal.witness_key(codes[one.number], draft.id)))
        for one in draft.witnesses
    )
    return KeyCeremony(public, tuple(shares), codes, witnesses)


def combine(shares: Sequence[str], election_key: bytes) -> bytes:
    """Return the private key that two shares give; SharesError where they cannot be read or give another key."""
    from shamir_mnemonic import MnemonicError, combine_mnemonics

    try:
        private = bytes(combine_mnemonics([" ".join(share.lower().split()) for share in shares]))
    except (MnemonicError, ValueError) as wrong:
        raise SharesError(detail="a word is wrong, or these shares do not belong together") from wrong
    if len(private) != len(election_key) or seal.election_public(private) != election_key:
        raise SharesError(detail="they give another key")
    return private


def read_back(shares: Sequence[str], election_key: bytes) -> None:
    """Raise SharesError unless every pair of the shares, as typed from paper, gives the key again."""
    for pair in combinations(shares, THRESHOLD):
        combine(pair, election_key)


def write_public(held: KeyCeremony) -> bytes:
    """Return what alone goes on from the laptop of the ceremony: public keys."""
    return canonical_json(
        {
            "election_key": held.public.hex(),
            "witnesses": [
                {"number": one.number, "role": one.role, "public_key": one.public_key.hex()} for one in held.witnesses
            ],
        }
    )


def read_public(unverified: bytes) -> tuple[bytes, tuple[Witness, ...]]:
    """Return the election key and the witnesses that a ceremony made, or raise UnreadableContentError."""
    fields = Fields(read_canonical_json(unverified, OPENING_LIMIT_BYTES), "ceremony")
    key = bytes.fromhex(fields.text("election_key", HEX_32))
    witnesses = tuple(read_witness(item) for item in fields.items("witnesses", 99))
    fields.close()
    return key, witnesses


def open_fingerprints(election: Election, merged: Merged, private: bytes) -> dict[int, bytes]:
    """Return F by contest, which the two laptops compare before any audit code is typed.

    Raises TooFewBallotsError where no contest has enough ballots to be opened.
    """
    may = _may_be_opened(election, merged)
    return {number: outcome.fingerprint(seal.open_ballots(merged.accepted(number), private)) for number in may}


def open_election(
    election: Election,
    merged: Merged,
    private: bytes,
    cards: Sequence[AuditCard],
    *,
    beacon: bytes,
    withdrawn: Mapping[int, Collection[int]],
    laptop: int,
) -> Opening:
    """Open and count every contest that may be opened; nothing is returned where one audit ballot is not as its card.

    `withdrawn`: contest -> candidates that notices strike out. Raises TooFewBallotsError, AuditError.
    """
    may = _may_be_opened(election, merged)
    by_contest = _cards(election, cards)
    contests = []
    for contest in election.definition.contests:
        accepted = merged.accepted(contest.number)
        if contest.number not in may:
            contests.append(Opened(contest.number, "not-opened", len(accepted)))
            continue
        contests.append(
            outcome.open_contest(
                election.definition,
                contest,
                accepted,
                seal.open_ballots(accepted, private),
                by_contest[contest.number],
                beacon=beacon,
                withdrawn=withdrawn.get(contest.number, ()),
                private=private,
            )
        )
    record = canonical_json(
        {
            "format": OPENING_FORMAT,
            "definition": election.d.hex(),
            "beacon": beacon.hex(),
            "laptop": laptop,
            "contests": [_entry(one, merged) for one in contests],
        }
    )
    return Opening(record, tuple(contests))


def agree(one: bytes, other: bytes) -> None:
    """Raise OpeningsDifferError unless two opening records agree in all but the laptop, 1 and 2."""
    first, second = (_without_laptop(record) for record in (one, other))
    if first[0] == second[0] or {first[0], second[0]} != {1, 2}:
        raise OpeningsDifferError(detail="laptops, which must be 1 and 2")
    for key in sorted(first[1].keys() | second[1].keys()):
        if first[1].get(key) != second[1].get(key):
            raise OpeningsDifferError(detail=key)


def _without_laptop(record: bytes) -> tuple[object, dict[str, object]]:
    try:
        value = read_canonical_json(record, OPENING_LIMIT_BYTES)
    except UnreadableContentError as wrong:
        raise OpeningsDifferError(detail=f"spelling: {wrong.detail}") from wrong
    if not isinstance(value, dict):
        raise OpeningsDifferError(detail="spelling")
    return value.pop("laptop", None), value


def _may_be_opened(election: Election, merged: Merged) -> list[int]:
    definition = election.definition
    may = [
        one.number
        for one in definition.contests
        if not outcome.too_few(definition, one, len(merged.accepted(one.number)))
    ]
    if not may:
        raise TooFewBallotsError(contest=", ".join(str(one.number) for one in definition.contests))
    return may


def _cards(election: Election, cards: Sequence[AuditCard]) -> dict[int, dict[bytes, Ballot]]:
    found: dict[int, dict[bytes, Ballot]] = {one.number: {} for one in election.definition.contests}
    for card, seed in zip(cards, seeds([card.code for card in cards], election.definition.id), strict=True):
        for number, vote in card.votes.items():
            found[number][seal.public_half(seal.slip_key(seed, election.definition.id, number))] = vote
    return found


def _entry(one: Opened, merged: Merged) -> dict[str, object]:
    entry: dict[str, object] = {
        "number": one.contest,
        "status": one.status,
        "M": merged.fingerprint(one.contest, seal.digest).hex(),
        "accepted": one.accepted,
    }
    if one.status == "not-opened":
        return entry
    entry |= {"audit": one.audit, "F_blinded" if one.blinded else "F": one.fingerprint.hex()} | dict(one.numbers)
    for name, content in one.files.items():
        entry[{"votes": "V", "count": "K", "audit": "A"}[name.partition("-")[0]]] = seal.digest(content).hex()
    return entry


def read_opening(unverified: bytes, definition: Definition) -> OpeningRecord:
    """Return what an opening record says, or raise UnreadableContentError."""
    fields = Fields(read_canonical_json(unverified, OPENING_LIMIT_BYTES), "opening")
    if fields.text("format") != OPENING_FORMAT:
        raise UnreadableContentError("opening.format is unknown")
    d, beacon = (bytes.fromhex(fields.text(key, HEX_32)) for key in ("definition", "beacon"))
    laptop = fields.whole("laptop", 1, 2)
    items = fields.items("contests", 99)
    fields.close()
    if len(items) != len(definition.contests):
        raise UnreadableContentError("opening.contests are not those of the definition")
    entries = tuple(_read_entry(item, one) for item, one in zip(items, definition.contests, strict=True))
    return OpeningRecord(d, beacon, laptop, entries)


def _read_entry(value: object, contest: Contest) -> Entry:
    fields = Fields(value, f"opening of contest {contest.number}")
    fields.whole("number", contest.number, contest.number)
    status, merged = fields.text("status"), bytes.fromhex(fields.text("M", HEX_32))
    accepted = fields.whole("accepted")
    if status == "not-opened":
        fields.close()
        return Entry(contest.number, status, merged, accepted, 0, b"", blinded=False, numbers={}, hashes={})
    names = {"A": f"audit-{contest.number}.json", "K": f"count-{contest.number}.json"}
    figures: tuple[str, ...] = ("not_shown",)
    if status == "published":
        names["V"] = outcome.votes_name(contest)
        split = ("blank_or_spoilt",) if fields.has("blank_or_spoilt") else ("blank", "spoilt")
        figures = ("unreadable", "invalid", *split, "withdrawn_only", "valid")
    elif status != "result-only":
        raise UnreadableContentError(f"{fields.what}.status is unknown")
    blinded = fields.has("F_blinded")
    entry = Entry(
        number=contest.number,
        status=status,
        merged=merged,
        accepted=accepted,
        audit=fields.whole("audit"),
        fingerprint=bytes.fromhex(fields.text("F_blinded" if blinded else "F", HEX_32)),
        blinded=blinded,
        numbers={key: fields.whole(key) for key in figures},
        hashes={name: bytes.fromhex(fields.text(key, HEX_32)) for key, name in names.items()},
    )
    fields.close()
    return entry
