"""Keeps a kiosk's keys beside its vault, wrapped under a key that a provider gives.

    keys.cbor = ["wvk", 1, body: bstr, SHA-256 of body]
    body      = { 1 => kiosk id 16, 2 => provider word, 3 => salt 16, 4 => key check 8, 5 => wrapped vault key,
                  6 => wrapped spool key, 7 => wrapped signing key, ? 8 => wrapped next vault key }
    wrapped   = nonce 12 | ChaCha20-Poly1305 under the provider's key | tag 16     AD = field number | kiosk id

Rule 1: no key and no file is ever made anew by itself; making refuses where anything stands already.
Rule 2: a missing file, a wrong key and a damaged file are three different errors.
Rule 3: a provider gives 32 bytes or a VaultError; which one is used is chosen at enrolment and never changed by itself.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, Protocol

import cbor2

from models import seal
from models.errors import SealError, VaultCorruptError, VaultError, VaultMissingError, WrongKeyError
from models.seal import KioskId

ProviderWord = Literal["tpm2", "pin", "keyfile"]
PIN_DIGITS_LEAST: Final = 10
_KEY_BYTES: Final = 32
_SALT_BYTES: Final = 16
_LIMIT_BYTES: Final = 4096
_KIOSK, _PROVIDER, _SALT, _CHECK, _VAULT, _SPOOL, _SIGNING, _NEXT = range(1, 9)
_REQUIRED: Final = frozenset({_KIOSK, _PROVIDER, _SALT, _CHECK, _VAULT, _SPOOL, _SIGNING})


class KeysExistError(VaultError):
    """Keys, or a key file, stand already where new ones are wanted."""

    number, sentence = 407, "There are keys here already. They were left as they are."


class NoSuchProtectionError(VaultError):
    """The machine's own chip is asked for, which this version cannot use yet."""

    number = 408
    sentence = "Protection by this machine's own chip is not in this version. Choose keyfile or pin."


class ShortPinError(VaultError):
    """A PIN that could be guessed from a copy of the disk."""

    number, sentence = 409, "The PIN needs at least {least} digits, and digits only."


class OtherProtectionError(VaultError):
    """The keys are kept in another way than was asked for."""

    number, sentence = 410, "These keys are kept by {kept}, not by {asked}. Nothing was changed."


class Provider(Protocol):
    """Gives the 32 bytes under which the keys are wrapped."""

    @property
    def word(self) -> ProviderWord:
        """Return the name that keys.cbor, the staff page and requests use."""
        ...

    def prepare(self) -> None:
        """Make what the provider needs, once, at enrolment; VaultError where that cannot be."""
        ...

    def kek(self, salt: bytes) -> bytes:
        """Return 32 bytes, the same for the same salt; VaultMissingError, WrongKeyError or another VaultError."""
        ...


@dataclass(frozen=True, slots=True)
class Keyfile:
    """32 bytes in a file on other media; "reduced protection": stops only a disposed disk without that medium."""

    path: Path
    word: ProviderWord = "keyfile"

    def prepare(self) -> None:
        """Draw the file where there is none; one that stands already is used as it is."""
        if not self.path.exists():
            _write_new(self.path, seal.random_bytes(_KEY_BYTES))

    def kek(self, salt: bytes) -> bytes:
        """Return the key that file and salt give together."""
        secret = _read(self.path)
        if len(secret) != _KEY_BYTES:
            raise WrongKeyError
        return seal.digest(b"wingvoice/keyfile/1\0" + secret + salt)


@dataclass(frozen=True, slots=True)
class Pin:
    """At least ten digits that staff type after each power cut, stretched by Argon2id."""

    digits: str = field(repr=False)
    word: ProviderWord = "pin"

    def prepare(self) -> None:
        """Refuse a PIN that is too short."""
        if len(self.digits) < PIN_DIGITS_LEAST or not (self.digits.isascii() and self.digits.isdigit()):
            raise ShortPinError(least=PIN_DIGITS_LEAST)

    def kek(self, salt: bytes) -> bytes:
        """Return the key that digits and salt give together; takes about 0.2 s."""
        return seal.stretched(self.digits, salt)


@dataclass(frozen=True, slots=True)
class Tpm2:
    """The machine's own chip; not in this version, and never replaced by another provider in silence."""

    word: ProviderWord = "tpm2"

    def prepare(self) -> None:
        """Say that it cannot be."""
        raise NoSuchProtectionError

    def kek(self, salt: bytes) -> bytes:  # noqa: ARG002 - interface
        """Say that it cannot be."""
        raise NoSuchProtectionError


@dataclass(frozen=True, slots=True)
class Keys:
    """A kiosk's keys, unwrapped, 32 bytes each; `next_vault_key` stands only while a rekey is under way."""

    kiosk: KioskId
    vault_key: bytes = field(repr=False)
    spool_key: bytes = field(repr=False)
    signing_key: bytes = field(repr=False)
    next_vault_key: bytes | None = field(default=None, repr=False)


def make_keys(path: Path, provider: Provider, kiosk: KioskId | None = None) -> Keys:
    """Draw and keep the keys of a new kiosk; KeysExistError where `path` exists, and whatever the provider raises."""
    if path.exists():
        raise KeysExistError
    provider.prepare()
    salt = seal.random_bytes(_SALT_BYTES)
    kek = provider.kek(salt)
    keys = Keys(
        kiosk=kiosk or KioskId(seal.random_bytes(16)),
        vault_key=seal.random_bytes(_KEY_BYTES),
        spool_key=seal.random_bytes(_KEY_BYTES),
        signing_key=seal.new_signing_key(),
    )
    body: dict[int, Any] = {_KIOSK: keys.kiosk, _PROVIDER: provider.word, _SALT: salt, _CHECK: _check_value(kek)}
    for number, secret in ((_VAULT, keys.vault_key), (_SPOOL, keys.spool_key), (_SIGNING, keys.signing_key)):
        body[number] = seal.wrap(secret, kek, _context(number, keys.kiosk))
    written = cbor2.dumps(body, canonical=True)
    _write_new(path, cbor2.dumps(["wvk", 1, written, seal.digest(written)], canonical=True))
    return keys


def open_keys(path: Path, provider: Provider) -> Keys:
    """Unwrap the keys at `path`, writing nothing, whatever happens.

    VaultMissingError: no file; VaultCorruptError: damaged; WrongKeyError: the key check differs;
    OtherProtectionError where another provider keeps them.
    """
    body = _read_body(_read(path))
    if body[_PROVIDER] != provider.word:
        raise OtherProtectionError(kept=body[_PROVIDER], asked=provider.word)
    kek = provider.kek(body[_SALT])
    if not seal.same(_check_value(kek), body[_CHECK]):
        raise WrongKeyError
    kiosk = KioskId(body[_KIOSK])
    try:
        vault_key, spool_key, signing_key, next_key = (
            seal.unwrap(body[number], kek, _context(number, kiosk)) if number in body else None
            for number in (_VAULT, _SPOOL, _SIGNING, _NEXT)
        )
    except SealError:
        raise VaultCorruptError from None
    if vault_key is None or spool_key is None or signing_key is None:
        raise VaultCorruptError
    return Keys(kiosk, vault_key, spool_key, signing_key, next_key)


def provider_word(path: Path) -> ProviderWord:
    """Return which provider keeps the keys at `path`, without opening them."""
    word: ProviderWord = _read_body(_read(path))[_PROVIDER]
    return word


def _check_value(kek: bytes) -> bytes:
    return seal.digest(b"wingvoice/keycheck/1\0" + kek)[:8]


def _context(number: int, kiosk: KioskId) -> bytes:
    return bytes([number]) + kiosk


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LIMIT_BYTES + 1)
    except FileNotFoundError:
        raise VaultMissingError(missing=path.name) from None
    except OSError as trouble:
        raise VaultError from trouble


def _read_body(unverified: bytes) -> dict[int, Any]:
    """Return the body, whole and of our shape, or raise VaultCorruptError."""
    try:
        tag, version, written, digest = cbor2.loads(unverified[:_LIMIT_BYTES])
        if (tag, version) != ("wvk", 1) or seal.digest(written) != digest:
            raise VaultCorruptError
        body = cbor2.loads(written)
        sizes = {number: len(part) for number, part in body.items() if number != _PROVIDER}
    except (cbor2.CBORError, ValueError, TypeError, AttributeError):
        raise VaultCorruptError from None
    if not set(body) >= _REQUIRED or sizes[_KIOSK] != _SALT_BYTES or sizes[_SALT] != _SALT_BYTES:
        raise VaultCorruptError
    return dict(body)


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that was not there, whole and on the disk, readable by its owner only."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
