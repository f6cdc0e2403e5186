"""The folder a kiosk lives in, and the few settings that are not secret.

Rule 1: `kiosk.toml` names roads and files; nothing in it opens anything.
Rule 2: reading changes nothing; a setting that is not understood is a VaultError, not a guess.

    keys.cbor   wrapped keys (models.keyring)        vault.db   the encrypted vault (models.vault)
    kiosk.toml  central = "https://..."  stick = "/media/wingvoice"  keyfile = "/media/key/wingvoice.key"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from models.errors import VaultError, VaultMissingError

SETTINGS: Final = "kiosk.toml"
_KNOWN: Final = ("central", "stick", "keyfile")


class SettingsError(VaultError):
    """The settings file is not one that this program would have written."""

    number: ClassVar[int] = 421
    sentence: ClassVar[str] = "The file kiosk.toml cannot be understood ({detail}). Nothing was changed. Call support."


@dataclass(frozen=True, slots=True)
class Home:
    """Where this kiosk's files are, and its roads: an address, a folder where the stick appears, or both."""

    folder: Path
    central: str | None = None
    stick: Path | None = None
    keyfile: Path | None = None

    @property
    def keys(self) -> Path:
        """The wrapped keys."""
        return self.folder / "keys.cbor"

    @property
    def vault(self) -> Path:
        """The encrypted database."""
        return self.folder / "vault.db"


def default_keyfile(folder: Path) -> Path:
    """Return where a key file is kept if nobody says: beside the home, never in it."""
    return folder.with_name(folder.name + ".key")


def read_home(folder: Path) -> Home:
    """Return the home in a folder; VaultMissingError where no kiosk was enrolled, SettingsError."""
    path = folder / SETTINGS
    if not path.is_file():
        raise VaultMissingError(missing=SETTINGS)
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise SettingsError(detail="it is not TOML") from trouble
    strange = [name for name, value in settings.items() if name not in _KNOWN or not isinstance(value, str)]
    if strange:
        raise SettingsError(detail=f"the setting {strange[0]!r}")
    stick, keyfile = settings.get("stick"), settings.get("keyfile")
    return Home(
        folder=folder,
        central=settings.get("central"),
        stick=None if stick is None else Path(stick),
        keyfile=None if keyfile is None else Path(keyfile),
    )


def settings_text(home: Home) -> str:
    """Return what kiosk.toml says of a home."""
    values = (("central", home.central), ("stick", home.stick), ("keyfile", home.keyfile))
    quoted = (
        (name, str(value).replace("\\", "\\\\").replace('"', '\\"')) for name, value in values if value is not None
    )
    return "".join(f'{name} = "{value}"\n' for name, value in quoted)
