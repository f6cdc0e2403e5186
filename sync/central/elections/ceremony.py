"""The key of an election: made, shared among three trustees in words, and used once by two of them on each laptop.

Rule 1: the private key is never written: it leaves this room as three shares of words, and returns as two.
Rule 2: shares are read back from paper, every pair, before anything is published.
Rule 3: two laptops, two pairs of trustees; that they agree, `opening_record` tells.
Rule 4: nothing is opened before shares fit and ballots are enough; an audit ballot other than its card stops all.
Source: elections.md 5.3, points 2 and 3, and 5.8.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from models import seal
from models.canonical import Fields, canonical_json, read_canonical_json
from models.election.ballot import Ballot
from models.election.boxes import HEX_32
from models.election.defined import read_witness
from models.election.definition import Definition, Witness
from models.election.keys import Election
from models.election.merge import Merged
from models.election.slip import Code, make_code
from models.errors import SharesError, TooFewBallotsError
from sync.central.elections import opening_record, outcome
from sync.central.elections.derived import seeds
from sync.central.elections.outcome import Opened

_PUBLIC_LIMIT_BYTES: Final = 1024 * 1024
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
    fields = Fields(read_canonical_json(unverified, _PUBLIC_LIMIT_BYTES), "ceremony")
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
    record = opening_record.write_opening(election.d, beacon, laptop, contests, merged)
    return Opening(record, tuple(contests))


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
