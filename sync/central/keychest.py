"""Where central's private keys lie, and how they become signers.

Rule 1: a key file is readable by its owner alone, and is never overwritten.
Rule 2: offline and campaign keys are locked under a passphrase; unlocked, they are never written to a disk.
Rule 3: one folder for each desk, so that a folder can be taken away whole.

    keys/offline/{root,targets}-{1,2,3}.key   locked PKCS#8     keys/press/<role>-<n>.pem    PKCS#8, this host's alone
    keys/opening/<campaign>.key               locked X25519     keys/signer/receipt.key      32 bytes, Ed25519
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from securesystemslib.exceptions import Error as SigningError
from securesystemslib.signer import CryptoSigner, Key, Signer

from models import seal
from models.errors import CentralError, SealError

_OWNER_ONLY = 0o600


class Chest:
    """The folder `keys` of one central."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "keys"

    @property
    def receipt_key(self) -> Path:
        """The signer's receipt key."""
        return self.folder / "signer" / "receipt.key"

    def campaign_key(self, campaign: str) -> Path:
        """The locked private key of a campaign, for the opening desk."""
        return self.folder / "opening" / f"{campaign}.key"

    def lock_away(self, role: str, signers: Sequence[CryptoSigner], passphrase: str) -> None:
        """Keep an offline role's keys, each locked by itself: they go to different places."""
        for number, signer in enumerate(signers, 1):
            self.keep(self.folder / "offline" / f"{role}-{number}.key", seal.lock(signer.private_bytes, passphrase))

    def keep_at_press(self, role: str, signers: Sequence[CryptoSigner]) -> None:
        """Keep a press role's keys for the press host."""
        for number, signer in enumerate(signers, 1):
            self.keep(self.folder / "press" / f"{role}-{number}.pem", signer.private_bytes)

    def keep(self, path: Path, secret: bytes) -> None:
        """Write a new key file that only its owner reads."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb") as file:
            file.write(secret)

    def at_press(self, role: str, public: Iterable[Key]) -> list[Signer]:
        """Return the signers of a press role that lie here; CentralError where there is none."""
        files = sorted((self.folder / "press").glob(f"{role}-*.pem"))
        signers = [signer for file in files if (signer := _fitting(file, public)) is not None]
        if not signers:
            raise CentralError(detail=f"No key of {role} lies in {self.folder / 'press'}. Nothing was written.")
        return signers

    def unlock(self, role: str, public: Iterable[Key], passphrase: str) -> list[Signer]:
        """Return an offline role's signers; CentralError where a key is missing or the passphrase does not fit."""
        keys, signers = list(public), []
        for file in sorted((self.folder / "offline").glob(f"{role}-*.key")):
            signer = _in_memory(self._opened(file, passphrase), keys)
            signers += [signer] if signer else []
        if not signers:
            raise CentralError(detail=f"No key of {role} lies in {self.folder / 'offline'}. Nothing was written.")
        return signers

    def campaign_private(self, campaign: str, passphrase: str) -> bytes:
        """Return a campaign's private key, 32 bytes; CentralError where it is not here or does not open."""
        path = self.campaign_key(campaign)
        if not path.exists():
            raise CentralError(detail=f"The key of campaign {campaign} is not at this desk ({path}).")
        return self._opened(path, passphrase)

    @staticmethod
    def _opened(path: Path, passphrase: str) -> bytes:
        try:
            return seal.unlock(path.read_bytes(), passphrase)
        except SealError:
            raise CentralError(detail=f"The passphrase does not open {path.name}. Nothing was written.") from None


def _fitting(file: Path, public: Iterable[Key]) -> Signer | None:
    """Return the signer whose public half is among `public`; python-tuf's own reader of keys reads the file."""
    for key in public:
        try:
            return CryptoSigner.from_priv_key_uri(f"file2:{file}", key)
        except (SigningError, ValueError):
            continue
    return None


def _in_memory(private: bytes, public: Iterable[Key]) -> Signer | None:
    """Hand an unlocked key to python-tuf through a file that exists in memory only."""
    number = os.memfd_create("key")
    try:
        os.write(number, private)
        return _fitting(Path(f"/proc/self/fd/{number}"), public)
    finally:
        os.close(number)
