"""Seals records for the holders of a campaign key, and replies for a code; all cryptography of the project is here.

    at    0         1         2              10             42                                    42+256k        58+256k
          +---------+---------+--------------+--------------+-------------------------------------+--------------+
          | version | suite   | key id       | enc          | ciphertext, 256*k bytes (k = 1..31) | tag 16       |
          |  = 1    |  = 1    | 8            | X25519, 32   | ChaCha20-Poly1305                   |              |
          +---------+---------+--------------+--------------+-------------------------------------+--------------+
          |<-- header: bound through info -->|<------------------ one single-shot HPKE output ------------------>|

    inside: format 1 (0 raw; others are refused) | length 2 | body | zeros to a multiple of 256
    info:   "wingvoice/record/1" 00 | header 10 | purpose 1 | questionnaire hash 32

A reply, sealed to the public half that the person's code gives; it names no key, and every reply has the same length:

    at    0         1         2              34                                  4130         4146
          | version | suite   | enc 32       | ciphertext 4096                   | tag 16       |
    inside: length 2 | body | zeros to 4096        info: "wingvoice/reply/1" 00 | header 2 | establishment
    key:    scrypt(pictures and digits of the code, salt "wingvoice/reply/1" 00 | establishment), 32 bytes, X25519

A ballot is drawn in models/election/ballot.py: HPKE over 64 bytes, signed with a key that the code of a slip gives.
    seed:   scrypt(20 digits, salt H("slip salt"; E), n 2**14)      H(tag; parts): see `tagged`
    key:    HKDF-SHA256(seed, info "WV1 slip key" 00 | E | contest), 32 bytes, Ed25519
    info:   "WV1 vote" 00 | head 70, which holds D and the slip's public key

Rule 1: no file, table, clock, setting or log.
Rule 2: one SealError, which never says why.
Rule 3: whole numbers are written most significant byte first, and every hash begins with its own domain.
Rule 4: a change needs a second reader and must leave the fixed vectors opening.

Not promised: that nobody deletes a record, or sees that somebody used the kiosk; that Python wipes memory.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NewType, TypeVar

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from models.election import ballot
from models.election.slip import DRAWN_DIGITS, SYMBOLS, Code
from models.errors import SealError
from models.questionnaire import Purpose
from models.record import Record
from models.reply import REPLY_LIMIT_BYTES

Digest = NewType("Digest", bytes)  # 32 bytes, SHA-256
KeyId = NewType("KeyId", bytes)  # 8 bytes
KioskId = NewType("KioskId", bytes)  # 16 bytes
RecordId = NewType("RecordId", bytes)  # 16 bytes, begins the SHA-256 of the sealed bytes
T = TypeVar("T")

BODY_LIMIT_BYTES: Final = 7_933
SEALED_LEAST_BYTES: Final = 314
SEALED_MOST_BYTES: Final = 7_994
REPLY_SEALED_BYTES: Final = 4_146
_STEP: Final = 256
_REPLY_INSIDE: Final = 2 + REPLY_LIMIT_BYTES
_REPLY_DOMAIN: Final = b"wingvoice/reply/1\0"
_OVERHEAD: Final = 58
_VERSION_AND_SUITE: Final = b"\x01\x01"
_RAW: Final = 0
_HEADER: Final = 10
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_PURPOSES: Final = {
    Purpose.SURVEY: 1,
    Purpose.SUGGESTION: 2,
    Purpose.SHOUT_OUT: 3,
    Purpose.SIGN_UP: 4,
    Purpose.EXIT: 5,
    Purpose.SELF_ASSESSMENT: 6,
    Purpose.JOINT_ASSESSMENT: 7,
}
ARGON2_MEMORY_KIB: Final = 65_536
_ARGON2_ROUNDS: Final = 3
_SLOW: Final = {"n": 2**16, "r": 8, "p": 1}
_SLIP: Final = {"n": 2**14, "r": 8, "p": 1}
SIGNS_DEFINITION: Final = b"WV1 definition"
SIGNS_NOTICE: Final = b"WV1 notice"
SIGNS_BOX: Final = b"WV1 box"
SIGNS_BOARD: Final = b"WV1 board"
SIGNS_OPENING: Final = b"WV1 opening"
_SIGNS_BALLOT: Final = b"WV1 ballot"
_VOTE: Final = b"WV1 vote\0"
_LINK: Final = 32
_SEED: Final = 4
_LOCK_MARK: Final = b"wvl\x01"
_SALT: Final = 16
_NONCE: Final = 12


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """An envelope beside the hash of the questionnaire it was filled in; the only thing that the pool takes.

    Made by `seal_record`, or from stored rows. Raises RuntimeError when the bytes cannot be an envelope, so that
    plain answers never pass for sealed ones.
    """

    form: Digest
    sealed: bytes

    def __post_init__(self) -> None:
        if len(self.form) != hashlib.sha256().digest_size or not is_envelope(self.sealed):
            message = "these bytes are not a sealed record"
            raise RuntimeError(message)

    @property
    def id(self) -> RecordId:
        """First 16 bytes of SHA-256 over the sealed bytes: random, and the same wherever they travel."""
        return record_id(self.sealed)


def is_envelope(sealed: bytes) -> bool:
    """Tell whether the bytes have version, suite and length of an envelope that this program writes."""
    fits = SEALED_LEAST_BYTES <= len(sealed) <= SEALED_MOST_BYTES and (len(sealed) - _OVERHEAD) % _STEP == 0
    return fits and sealed[:2] == _VERSION_AND_SUITE


def seal_record(record: Record, campaign_public: bytes) -> SealedRecord:
    """Seal for the holders of the campaign's private half; two seals of one record never look alike.

    Raises RuntimeError when the body exceeds 7,933 bytes: the compiler of questionnaires promised that it cannot.
    """
    if len(record.body) > BODY_LIMIT_BYTES:
        message = "a record is longer than its questionnaire may allow"
        raise RuntimeError(message)
    header = _VERSION_AND_SUITE + key_id(campaign_public)
    plain = bytes([_RAW]) + len(record.body).to_bytes(2) + record.body
    plain += bytes(-len(plain) % _STEP)
    form = Digest(record.form)
    info = _info(header, record.purpose, form)
    return SealedRecord(form, header + _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(campaign_public), info))


def open_record(sealed: bytes, form: bytes, purpose: Purpose, private: bytes) -> bytes:
    """Return the body of a sealed record, or raise SealError; form and purpose must be those it was sealed with."""
    if not is_envelope(sealed) or sealed[2:_HEADER] != key_id(_public_of(private)):
        raise SealError
    info = _info(sealed[:_HEADER], purpose, form)
    try:
        plain = _SUITE.decrypt(sealed[_HEADER:], X25519PrivateKey.from_private_bytes(private), info)
    except (InvalidTag, ValueError):
        raise SealError from None
    length = int.from_bytes(plain[1:3])
    body, padding = plain[3 : 3 + length], plain[3 + length :]
    if plain[0] != _RAW or len(body) != length or len(padding) >= _STEP or any(padding):
        raise SealError
    return body


def _info(header: bytes, purpose: Purpose, form: bytes) -> bytes:
    return b"wingvoice/record/1\0" + header + bytes([_PURPOSES[purpose]]) + form


def reply_pair(secret: bytes, establishment: str) -> tuple[bytes, bytes]:
    """Return (private, public) halves of the X25519 key, 32 bytes each, that a reply code gives at an establishment.

    As slow as `link_and_seed`; all 2**24 x 10**5 secrets of one establishment take 12,800 years of one core of the
    reference machine, for all of its codes together. Whoever has opened records, or a bundle, can try.
    """
    private = Scrypt(salt=_REPLY_DOMAIN + establishment.encode(), length=32, **_SLOW).derive(secret)
    return private, _public_of(private)


def is_sealed_reply(sealed: bytes) -> bool:
    """Tell whether the bytes have version, suite and length of a reply that this program seals."""
    return len(sealed) == REPLY_SEALED_BYTES and sealed[:2] == _VERSION_AND_SUITE


def seal_reply(body: bytes, public: bytes, establishment: str) -> bytes:
    """Seal a reply to the public half that came with a suggestion; nothing outside says to whom, or how long it is.

    Raises SealError where `public` is no key, RuntimeError where the body exceeds 4,094 bytes.
    """
    if len(body) > REPLY_LIMIT_BYTES:
        raise RuntimeError("a reply is longer than its envelope")
    plain = (len(body).to_bytes(2) + body).ljust(_REPLY_INSIDE, b"\0")
    try:
        theirs = X25519PublicKey.from_public_bytes(public)
        return _VERSION_AND_SUITE + _SUITE.encrypt(plain, theirs, _reply_info(establishment))
    except ValueError:
        raise SealError from None


def open_reply(sealed: bytes, private: bytes, establishment: str) -> bytes:
    """Return the body of a reply, or raise SealError: it is for another code, another place, or no reply."""
    if not is_sealed_reply(sealed):
        raise SealError
    try:
        mine = X25519PrivateKey.from_private_bytes(private)
        plain = _SUITE.decrypt(sealed[2:], mine, _reply_info(establishment))
    except (InvalidTag, ValueError):
        raise SealError from None
    length = int.from_bytes(plain[:2])
    body, padding = plain[2 : 2 + length], plain[2 + length :]
    if len(body) != length or any(padding):
        raise SealError
    return body


def _reply_info(establishment: str) -> bytes:
    return _REPLY_DOMAIN + _VERSION_AND_SUITE + establishment.encode()


def _public_of(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def digest(data: bytes) -> Digest:
    """Return SHA-256 of the bytes, 32 bytes."""
    return Digest(hashlib.sha256(data).digest())


def tagged(tag: str, *parts: bytes) -> Digest:
    """Return H(tag; parts) of elections: SHA-256 over the tag, in ASCII, and each part, all with their lengths.

    Lengths are u8 for the tag and u32 for a part. Source: elections.md section 5.2.
    """
    head = tag.encode("ascii")
    body = b"".join(len(part).to_bytes(4) + part for part in parts)
    return digest(len(head).to_bytes(1) + head + body)


def record_id(sealed: bytes) -> RecordId:
    """Return the first 16 bytes of SHA-256 over sealed bytes, whatever envelope they are."""
    return RecordId(digest(sealed)[:16])


def key_id(public: bytes) -> KeyId:
    """Return the short name of a public key, sealing or signing, 8 bytes."""
    return KeyId(hashlib.sha256(b"wingvoice/key/1\0" + public).digest()[:8])


def sealed_key_id(sealed: bytes) -> KeyId:
    """Return the key id that an envelope names; nothing about it is verified."""
    return KeyId(sealed[2:_HEADER])


def new_sealing_pair() -> tuple[bytes, bytes]:
    """Return (private, public) halves of a fresh X25519 key, 32 bytes each."""
    key = X25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def new_signing_key() -> bytes:
    """Return the private half of a fresh Ed25519 key, 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_half(signing: bytes) -> bytes:
    """Return the public half of an Ed25519 signing key, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(signing).public_key().public_bytes_raw()


def sign(domain: bytes, body: bytes, signing: bytes) -> bytes:
    """Return the 64-byte Ed25519 signature over domain, 00 and body."""
    return Ed25519PrivateKey.from_private_bytes(signing).sign(domain + b"\0" + body)


def verify(domain: bytes, body: bytes, signature: bytes, public: bytes) -> None:
    """Raise SealError unless the signature over domain, 00 and body was made with the other half of `public`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, domain + b"\0" + body)
    except (InvalidSignature, ValueError):
        raise SealError from None


def chain_start(kiosk: bytes, epoch: int) -> Digest:
    """Return the head of a chain that has no record yet (custody 5, point 5)."""
    return digest(b"wingvoice/epoch/1\0" + kiosk + epoch.to_bytes(4))


def chain_link(head: bytes, seq: int, form: bytes, sealed: bytes) -> Digest:
    """Return the head after one more record (custody 5, point 5)."""
    return digest(b"wingvoice/chain/1\0" + head + seq.to_bytes(8) + form + digest(sealed))


def random_bytes(count: int) -> bytes:
    """Return that many bytes nobody can foresee."""
    return secrets.token_bytes(count)


def shuffled(items: Sequence[T]) -> tuple[T, ...]:
    """Return the items in an order that nobody can foresee; every order is equally likely."""
    return tuple(secrets.SystemRandom().sample(items, len(items)))


def fingerprint(request_body: bytes) -> str:
    """Return the 24 digits, over the signed body of a request, that two staff read to each other at enrolment."""
    number = int.from_bytes(digest(b"wingvoice/fingerprint/1\0" + request_body))
    return f"{number % 10**24:024d}"


def wrap(secret: bytes, key: bytes, context: bytes) -> bytes:
    """Return nonce 12 | ChaCha20-Poly1305 of the secret, bound to its context."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, secret, context)


def unwrap(wrapped: bytes, key: bytes, context: bytes) -> bytes:
    """Return what `wrap` hid, or raise SealError."""
    try:
        return ChaCha20Poly1305(key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], context)
    except (InvalidTag, ValueError):
        raise SealError from None


def stretched(words: str, salt: bytes) -> bytes:
    """Return 32 bytes by Argon2id over words that people remember: 64 MiB, three passes, one lane; about 0.2 s."""
    kdf = Argon2id(salt=salt, length=32, iterations=_ARGON2_ROUNDS, lanes=1, memory_cost=ARGON2_MEMORY_KIB)
    return kdf.derive(words.encode())


def link_and_seed(secret: bytes, form: bytes) -> tuple[bytes, int]:
    """Return the link value, 32 bytes, and the seed, 0 to 2**32 - 1, of a come-back code for one questionnaire.

    scrypt with N = 2**16, r = 8, p = 1, salted with the questionnaire's hash: 64 MiB and 0.24 s of one core of the
    reference machine. All 2**24 x 10**4 secrets of one questionnaire take 1,280 years of such a core, and nothing of it
    serves for the next questionnaire. There is something to try them against only for whoever has opened records: the
    link stands inside the sealed body and nowhere else. Not promised: that a code found on paper tells such a person
    nothing, for one trial then finds its records.
    """
    made = Scrypt(salt=b"wingvoice/come-back/1\0" + form, length=_LINK + _SEED, **_SLOW).derive(secret)
    return made[:_LINK], int.from_bytes(made[_LINK:])


def pin_digest(pin: str, salt: bytes) -> bytes:
    """Return what may be stored of a PIN: 32 bytes, slow to guess. Compare with `same`."""
    return stretched(pin, b"wingvoice/pin/1\0" + salt)


def same(one: bytes, other: bytes) -> bool:
    """Compare two secrets in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)


def lock(secret: bytes, passphrase: str) -> bytes:
    """Return a secret locked for keeping at rest: mark 4 | salt 16 | wrapped."""
    salt = secrets.token_bytes(_SALT)
    return _LOCK_MARK + salt + wrap(secret, stretched(passphrase, salt), _LOCK_MARK)


def unlock(locked: bytes, passphrase: str) -> bytes:
    """Return what `lock` hid, or raise SealError."""
    at = len(_LOCK_MARK)
    if locked[:at] != _LOCK_MARK or len(locked) < at + _SALT:
        raise SealError
    return unwrap(locked[at + _SALT :], stretched(passphrase, locked[at : at + _SALT]), _LOCK_MARK)


def symbols(hashed: bytes) -> str:
    """Return the first 40 bits of a hash as people read and copy them: XXXX-XXXX."""
    number = int.from_bytes(hashed[:5])
    text = "".join(SYMBOLS[number >> shift & 31] for shift in range(35, -5, -5))
    return f"{text[:4]}-{text[4:]}"


def slip_salt(election: bytes) -> Digest:
    """Return the salt of every slip of an election; `election` is E, 16 bytes."""
    return tagged("slip salt", election)


def slip_seed(code: Code, election: bytes) -> bytes:
    """Return the 32-byte seed that the 20 drawn digits of a code give: scrypt, 16 MiB, 0.05 s of one core."""
    return Scrypt(salt=slip_salt(election), length=32, **_SLIP).derive(code[:DRAWN_DIGITS].encode())


def slip_key(seed: bytes, election: bytes, contest: int) -> bytes:
    """Return the private half, 32 bytes, of a slip's key for one contest; nobody without the seed can join two."""
    return HKDF(SHA256(), 32, None, b"WV1 slip key\0" + election + bytes([contest])).derive(seed)


def witness_key(code: Code, election: bytes) -> bytes:
    """Return the private half, 32 bytes, of the key with which somebody signs who was given a witness code."""
    return HKDF(SHA256(), 32, None, b"WV1 witness key\0" + election).derive(slip_seed(code, election))


def new_digits() -> str:
    """Return 20 decimal digits nobody can foresee: what a code is made of."""
    return f"{secrets.randbelow(10**DRAWN_DIGITS):0{DRAWN_DIGITS}d}"


def stub(slip_public: bytes) -> str:
    """Return the stub number of a slip in one contest; `slip_public` is pk."""
    return symbols(tagged("stub", slip_public))


def seal_code(envelope: bytes) -> str:
    """Return the seal code of a ballot: what a voter may copy down when it is stored."""
    return symbols(tagged("seal", ballot.body(envelope)))


def seal_ballot(plain: bytes, contest: int, definition: bytes, signing: bytes, election_key: bytes) -> bytes:
    """Return the 246 bytes of an envelope; two of one ballot never look alike.

    `plain` is 64 bytes, `definition` D, `signing` the private half of the slip's key for this contest.
    """
    if len(plain) != ballot.PLAIN_BYTES:
        raise RuntimeError("every ballot has 64 bytes before it is sealed")
    head = ballot.head(contest, definition, public_half(signing))
    body = head + _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(election_key), _VOTE + head)
    return body + sign(_SIGNS_BALLOT, body, signing)


def open_ballots(envelopes: Iterable[bytes], private: bytes) -> list[bytes | None]:
    """Return the 64 bytes inside each envelope, None where one does not open; in the order given."""
    key = X25519PrivateKey.from_private_bytes(private)
    return [_opened(envelope, key) for envelope in envelopes]


def open_ballot(envelope: bytes, private: bytes) -> bytes:
    """Return the 64 bytes inside an envelope, or raise SealError."""
    (plain,) = open_ballots([envelope], private)
    if plain is None:
        raise SealError
    return plain


def _opened(envelope: bytes, key: X25519PrivateKey) -> bytes | None:
    head, sealed = envelope[: ballot.HEAD_BYTES], envelope[ballot.HEAD_BYTES : ballot.BODY_BYTES]
    try:
        plain = _SUITE.decrypt(sealed, key, _VOTE + head)
    except (InvalidTag, ValueError):
        return None
    return plain if len(plain) == ballot.PLAIN_BYTES else None


def ballot_verifies(envelope: bytes) -> bool:
    """Tell whether an envelope is signed by the key it names; whose key that is, and where it opens, is not asked."""
    try:
        verify(_SIGNS_BALLOT, ballot.body(envelope), envelope[ballot.BODY_BYTES :], ballot.slip_key_of(envelope))
    except SealError:
        return False
    return True


def election_public(private: bytes) -> bytes:
    """Return the public half of an X25519 key, 32 bytes."""
    return _public_of(private)
