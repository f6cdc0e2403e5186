"""What a build must hold of every language it offers: its words, its sound, its keyboard and what its letters are.

Rule 1: each sentence here names what is missing, for whoever made the build.
"""

from __future__ import annotations

import gettext
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kiosk.shipped import ASSETS, SPEAKS_FIRST, keyboards, own_clips, risk_lists, wording
from models.clips import clip_keys

SURELY: Final = ("bars", "Back")
"""A sentence of the kiosk that every catalogue has."""


def tags() -> tuple[str, ...]:
    """Return the languages that this build offers."""
    return tuple(language.tag for language in wording().languages)


def missing(assets: Path = ASSETS) -> str | None:
    """Return what a language lacks, or None."""
    offered, say, clips, typing = wording(), wording().say, own_clips(), keyboards()
    for language in offered.languages:
        tag = language.tag
        if say(*SURELY, tag).tag != tag:
            return f"{tag} has no words of its own"
        if not set(clip_keys(tag, language.name)) <= clips.keys():
            return f"{tag} cannot say its name"
        silent = _silent(assets / "sounds" / tag)
        if silent is not None:
            return f"{tag} lists the clip {silent}, which is not there"
        if tag not in typing:
            return f"{tag} has no keyboard"
    strange = {risk.tag for risk in risk_lists()} - set(tags())
    if strange or not risk_lists():
        return f"a risk list is in {', '.join(sorted(strange)) or 'no language'}"
    return None


def _silent(folder: Path) -> str | None:
    """Return a clip that is listed and not a recording."""
    listed: Mapping[str, object] = json.loads((folder / "clips.json").read_bytes())
    for key in listed:
        path = folder / f"{key}.ogg"
        if not path.is_file() or path.stat().st_size == 0:
            return key
    return None


def texts(tag: str, assets: Path = ASSETS) -> Iterator[str]:
    """Give all that may be drawn in a language: its words, its name, and what stands on its keys."""
    yield from (language.name for language in wording().languages if language.tag == tag)
    yield from _strings(tomllib.loads((assets / "keyboards" / f"{tag}.toml").read_text(encoding="utf-8")))
    if tag == SPEAKS_FIRST:
        return
    with (assets / "locale" / tag / "kiosk.mo").open("rb") as compiled:
        catalogue: Mapping[object, object] = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]  # noqa: SLF001 - the only road to all of it
    yield from (words for key, words in catalogue.items() if key and isinstance(words, str))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (one for inner in value.values() for one in _strings(inner))
    elif isinstance(value, Iterable):
        yield from (one for inner in value for one in _strings(inner))
