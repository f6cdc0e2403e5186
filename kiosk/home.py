"""The folder a kiosk lives in, and the few settings that are not secret.

Rule 1: `kiosk.toml` names roads and files; nothing in it opens anything.
Rule 2: reading changes nothing; a setting that is not understood is a VaultError, not a guess.

    keys.cbor   wrapped keys (models.keyring)        vault.db   the encrypted vault (models.vault)
    kiosk.toml  central = "https://..."  stick = "/media/wingvoice"  keyfile = "/media/key/wingvoice.key"
                volume = "4" (1 to 5)    headphones = "detect", "always" or "never"
                screen_mm_per_px = "0.170" (a drawn bar, measured with a ruler)
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Final, Literal, get_args

from models.errors import VaultError, VaultMissingError

Headphones = Literal["detect", "always", "never"]
SETTINGS: Final = "kiosk.toml"
_KNOWN: Final = ("central", "stick", "keyfile", "volume", "headphones", "screen_mm_per_px")
_MM_PER_PX: Final = (0.05, 0.6)  # the finest and the coarsest screen there is
_VOLUMES: Final = ("1", "2", "3", "4", "5")


class SettingsError(VaultError):
    """The settings file is not one that this program would have written."""

    number: ClassVar[int] = 421
    sentence: ClassVar[str] = "The file kiosk.toml cannot be understood ({detail}). Nothing was changed. Call support."


@dataclass(frozen=True, slots=True)
class Home:
    """Where this kiosk's files are, its roads (an address, a folder where the stick appears), its sound and screen.

    `headphones`: whether they are fitted for good, never used, or looked for while the kiosk runs. `screen_mm_per_px`:
    what was measured; None supposes it from the screen's size in pixels.
    """

    folder: Path
    central: str | None = None
    stick: Path | None = None
    keyfile: Path | None = None
    volume: int = 4
    headphones: Headphones = "detect"
    screen_mm_per_px: float | None = None

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
    volume, headphones = settings.get("volume", "4"), settings.get("headphones", "detect")
    if volume not in _VOLUMES or headphones not in get_args(Headphones):
        raise SettingsError(detail="volume is 1 to 5, headphones is detect, always or never")
    screen = settings.get("screen_mm_per_px")
    if screen is not None and not _sensible(screen):
        raise SettingsError(detail="screen_mm_per_px is a number like 0.170")
    stick, keyfile = settings.get("stick"), settings.get("keyfile")
    return Home(
        folder=folder,
        central=settings.get("central"),
        stick=None if stick is None else Path(stick),
        keyfile=None if keyfile is None else Path(keyfile),
        volume=int(volume),
        headphones=headphones,
        screen_mm_per_px=None if screen is None else float(screen),
    )


def _sensible(mm_per_px: str) -> bool:
    least, most = _MM_PER_PX
    return re.fullmatch(r"0\.[0-9]{1,4}", mm_per_px) is not None and least <= float(mm_per_px) <= most


def keep_screen(home: Home, mm_per_px: float) -> Home:
    """Write down how large a pixel of the screen is, and return the home with it; VaultError if it cannot be kept."""
    measured = replace(home, screen_mm_per_px=round(mm_per_px, 4))
    path = home.folder / SETTINGS
    beside = path.with_suffix(".new")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(settings_text(measured))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as trouble:
        beside.unlink(missing_ok=True)
        raise VaultError from trouble
    return measured


def settings_text(home: Home) -> str:
    """Return what kiosk.toml says of a home."""
    usual = Home(home.folder)
    values = (
        *(("central", home.central), ("stick", home.stick), ("keyfile", home.keyfile)),
        ("volume", None if home.volume == usual.volume else home.volume),
        ("headphones", None if home.headphones == usual.headphones else home.headphones),
        ("screen_mm_per_px", home.screen_mm_per_px),
    )
    quoted = (
        (name, str(value).replace("\\", "\\\\").replace('"', '\\"')) for name, value in values if value is not None
    )
    return "".join(f'{name} = "{value}"\n' for name, value in quoted)
