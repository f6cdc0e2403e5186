"""How long it takes to merge and to open ten thousand ballots, beside the bare cryptography that nobody can leave out.

Source: elections.md section 15.
"""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from models import seal
from models.election.ballot import BODY_BYTES, HEAD_BYTES, Ballot, Mark, slip_key_of, write_ballot
from models.election.boxes import in_box_order
from models.election.merge import merge
from tests.benchmarks.figures import Figure, beside

BALLOTS = 10_000
BOXES = 5
D = bytes(seal.digest(b"an election"))
BEACON = bytes(range(32))
PRIVATE = bytes([7]) * 32


def ballots(count: int) -> list[bytes]:
    """Return so many ballots of as many slips, one contest, made without the slow stretching of codes."""
    public, plain = seal.election_public(PRIVATE), [write_ballot(Ballot(Mark.CHOICES, (n,))) for n in range(1, 6)]
    return [
        seal.seal_ballot(plain[number % 5], 1, D, bytes(seal.digest(number.to_bytes(4))), public)
        for number in range(count)
    ]


def bare_signatures(envelopes: list[bytes]) -> int:
    """Check every signature and nothing else."""
    good = 0
    for one in envelopes:
        try:
            signed = b"WV1 ballot\0" + one[:BODY_BYTES]
            Ed25519PublicKey.from_public_bytes(slip_key_of(one)).verify(one[BODY_BYTES:], signed)
            good += 1
        except InvalidSignature:
            continue
    return good


def bare_opening(envelopes: list[bytes]) -> int:
    """Open every ciphertext and nothing else."""
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    key = X25519PrivateKey.from_private_bytes(PRIVATE)
    return len([suite.decrypt(one[HEAD_BYTES:BODY_BYTES], key, b"WV1 vote\0" + one[:HEAD_BYTES]) for one in envelopes])


def figures(rounds: int, count: int = BALLOTS) -> Iterator[Figure]:
    """Measure everything; `rounds` of each."""
    made = ballots(count)
    keys = {1: frozenset(slip_key_of(one) for one in made)}
    boxes = [in_box_order(made[at::BOXES], seal.digest) for at in range(BOXES)]
    merged = merge(
        boxes, keys, frozenset(), definition=D, beacon=BEACON, verifies=seal.ballot_verifies, tagged=seal.tagged
    )
    if len(merged.accepted(1)) != count or bare_signatures(made) != count or bare_opening(made) != count:
        raise RuntimeError("the ballots of this benchmark are not good")
    yield beside(
        f"merge {count} ballots of {BOXES} boxes",
        lambda: merge(
            boxes, keys, frozenset(), definition=D, beacon=BEACON, verifies=seal.ballot_verifies, tagged=seal.tagged
        ),
        "the bare checking of their signatures",
        lambda: bare_signatures(made),
        limit_s=2.0,
        most=1.5,
        rounds=rounds,
    )
    yield beside(
        f"open {count} ballots",
        lambda: seal.open_ballots(made, PRIVATE),
        "the bare opening of their ciphertexts",
        lambda: bare_opening(made),
        limit_s=2.0,
        most=1.1,
        rounds=rounds,
    )
