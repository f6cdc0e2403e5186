"""Makes a kiosk out of an empty folder: keys, vault, trusted root, staff PIN, roads.

Rule 1: all or nothing: everything is made beside its place and moved there whole.
Rule 2: nothing that stands is overwritten; a kiosk is enrolled once, and its id is never used again.
Rule 3: the trusted root is taken here once; afterwards only TUF's own rules replace it.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import ClassVar, Final

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root

from kiosk.home import SETTINGS, Home, settings_text
from kiosk.pin_lock import good_pin
from models import seal, shelf
from models.errors import VaultError
from models.keyring import Provider, make_keys
from models.vault import Vault, VaultExistsError, create_vault

SALT_BYTES: Final = 16


class WeakPinError(VaultError):
    """A PIN that a resident would find by watching or guessing."""

    number: ClassVar[int] = 422
    sentence: ClassVar[str] = "The PIN needs ten digits or more, not all the same and not in a row. Nothing was made."


class NotARootError(VaultError):
    """The file given as root is not one."""

    number: ClassVar[int] = 423
    sentence: ClassVar[str] = "This file is not a root of trust from the ceremony. Nothing was made."


def enrol(home: Home, provider: Provider, root: bytes, pin: str) -> None:
    """Make the kiosk at `home.folder`; VaultExistsError, WeakPinError, NotARootError or the provider's own error."""
    if home.folder.exists() and any(home.folder.iterdir()):
        raise VaultExistsError
    if not good_pin(pin):
        raise WeakPinError
    if not _is_root(root):
        raise NotARootError
    making = home.folder.with_name(home.folder.name + ".making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True, mode=0o700)
    try:
        _furnish(replace(home, folder=making), provider, root, pin)
        if home.folder.exists():
            home.folder.rmdir()
        making.rename(home.folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _is_root(unverified: bytes) -> bool:
    try:
        root = Metadata[Root].from_bytes(unverified)
        root.signed.verify_delegate(Root.type, root.signed_bytes, root.signatures)
    except (RepositoryError, AttributeError):  # AttributeError: signed, but as another role
        return False
    return True


def _furnish(home: Home, provider: Provider, root: bytes, pin: str) -> None:
    keys = make_keys(home.keys, provider)
    vault = create_vault(home.vault, keys.vault_key, keys.kiosk)
    try:
        shelf.trust_root(vault, root)
        set_pin(vault, pin)
        vault.put_settings({"provider": provider.word.encode()})
    finally:
        vault.close()
    (home.folder / SETTINGS).write_text(settings_text(home), encoding="utf-8")


def set_pin(vault: Vault, pin: str) -> None:
    """Keep what may be kept of the staff PIN."""
    salt = seal.random_bytes(SALT_BYTES)
    vault.put_settings({"pin": salt + seal.pin_digest(pin, salt), "tries": b"0"})


def is_pin(vault: Vault, digits: str) -> bool:
    """Return whether these digits are the staff PIN; takes about 0.2 s."""
    kept = vault.setting("pin") or b""
    salt, digest = kept[:SALT_BYTES], kept[SALT_BYTES:]
    return bool(digest) and seal.same(seal.pin_digest(digits, salt), digest)
