"""What is shipped with the program and read from assets/: its words, keyboards, lists of words of risk, and clips.

Rule 1: read once at start, or when first asked for; nothing of a person, a place or a bundle is here.
"""

from __future__ import annotations

import gettext
import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kiosk.presenters.doors import KioskLanguage
from kiosk.presenters.keyboard import Keyboard, read_keyboard
from kiosk.presenters.shown import Said
from kiosk.wording import Wording, read_language
from models.clips import ClipKey
from models.questionnaire import LanguageTag
from models.risk import RiskList, read_list

ASSETS: Final = Path(getattr(sys, "_MEIPASS", Path(__file__).parent.parent)) / "assets"
LANGUAGE_ORDER: Final = ("en", "cy", "pl", "ro", "sq", "lt", "pt", "ar", "ur", "pa", "vi", "es")
SPEAKS_FIRST: Final = "en"


def wording() -> Wording:
    """Return the kiosk's own words, from every catalogue in assets/locale."""
    folders = {path.parent.name: path.parent for path in (ASSETS / "locale").glob("*/language.toml")}
    order = sorted(folders, key=lambda tag: (LANGUAGE_ORDER.index(tag) if tag in LANGUAGE_ORDER else 99, tag))
    languages: list[KioskLanguage] = []
    catalogues: dict[str, gettext.GNUTranslations] = {}
    for tag in order:
        languages.append(read_language(tag, tomllib.loads((folders[tag] / "language.toml").read_text("utf-8"))))
        if tag != SPEAKS_FIRST:
            with (folders[tag] / "kiosk.mo").open("rb") as compiled:
                catalogues[tag] = gettext.GNUTranslations(compiled)
    return Wording(tuple(languages), catalogues)


def keyboards() -> Mapping[str, Keyboard]:
    """Return every keyboard of assets/keyboards by its language."""
    layouts = sorted((ASSETS / "keyboards").glob("*.toml"))
    return {path.stem: read_keyboard(tomllib.loads(path.read_text("utf-8"))) for path in layouts}


def risk_files() -> Mapping[LanguageTag, Mapping[str, object]]:
    """Return what stands in each file of assets/risk, by its language."""
    files = sorted((ASSETS / "risk").glob("*.toml"))
    return {LanguageTag(path.stem): tomllib.loads(path.read_text("utf-8")) for path in files}


def risk_versions() -> Mapping[LanguageTag, int]:
    """Return the version of each list of words of risk that is here."""
    return {tag: version for tag, held in risk_files().items() if isinstance(version := held.get("version"), int)}


def risk_lists() -> tuple[RiskList, ...]:
    """Return every list of words of risk, read."""
    return tuple(read_list(tag, held) for tag, held in risk_files().items())


def own_clips() -> Mapping[ClipKey, tuple[Path, int]]:
    """Return every clip of the kiosk's own words: its file in assets/sounds, and the milliseconds it plays."""
    return {
        ClipKey(key): (index.with_name(f"{key}.ogg"), ms)
        for index in (ASSETS / "sounds").glob("*/clips.json")
        for key, (ms, _) in json.loads(index.read_bytes()).items()
    }


class Speaking:
    """The doors that lead to words alone; they need no vault."""

    def __init__(self) -> None:
        self._wording, self._keyboards = wording(), keyboards()
        self._risk_lists: tuple[RiskList, ...] | None = None

    def languages(self) -> tuple[KioskLanguage, ...]:
        """Return the kiosk's own languages."""
        return self._wording.languages

    def say(self, context: str, msgid: str, tag: str, **facts: object) -> Said:
        """Return the kiosk's own sentence."""
        return self._wording.say(context, msgid, tag, **facts)

    def keyboard(self, tag: str) -> Keyboard:
        """Return the keyboard for a language, or the English one."""
        return self._keyboards.get(tag, self._keyboards[SPEAKS_FIRST])

    def risk_lists(self) -> tuple[RiskList, ...]:
        """Return every list that was shipped; read once, for reading them takes a moment."""
        if self._risk_lists is None:
            self._risk_lists = risk_lists()
        return self._risk_lists
