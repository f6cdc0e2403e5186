"""What is spoken, and under which name: one clip of sound for one sentence in one language.

Rule 1: the name of a clip follows from its language, voice and words alone, so central, a kiosk and whoever records a
        human voice all find the same one.
Rule 2: a text is spoken sentence by sentence: one that is cut into pages, or put together, needs no sound of its own.
Rule 3: a clip holds words that somebody published; nothing here knows of an answer.
Rule 4: clips travel in packs, bounded before they are read; one pack has one spelling.

    pack:  | WVCLIPS1 | n 4 | n of: key 16, ms 4, bytes 4, keys ascending | n recordings, Opus in Ogg |
Source: kiosk.md section 7.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NewType

from models import seal
from models.canonical import UnreadableContentError

ClipKey = NewType("ClipKey", str)  # 32 hex digits

_ALIKE: Final = (
    *("ar", "bg", "bn", "cy", "de", "es", "fa", "fr", "hi", "it", "lt"),
    *("nl", "pa", "pl", "pt", "ro", "ru", "sq", "tr", "uk", "ur", "vi"),
)
# What espeak-ng calls its voice for a language; None: it has none that a speaker would know (they need recordings).
VOICES: Final[Mapping[str, str | None]] = {
    **{tag: tag for tag in _ALIKE},
    "en": "en-gb",
    "pt-BR": "pt-br",
    **dict.fromkeys(("so", "ti", "ckb", "ps")),
}
PACK_CLIPS: Final = 5_000
CLIP_LIMIT_BYTES: Final = 1_000_000
CLIP_LIMIT_MS: Final = 120_000
A_HUNDRED: Final = 100
A_THOUSAND: Final = 1000

_MARK: Final = b"WVCLIPS1"
_COUNT: Final = struct.Struct(">I")
_ROW: Final = struct.Struct(">16sII")
_OGG: Final = b"OggS"
_UNHEARD: Final = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))  # direction marks
_SENTENCE: Final = re.compile(
    r".+?(?:[.!?\u061f\u06d4\u0964\u2026]+[\"'\u00bb\u201d\u2019)\]]*(?=\s|\Z)|\n|\Z)", re.DOTALL
)
_FILE: Final = re.compile(r"([0-9a-f]{32})\.([0-9]{1,6})\.ogg", re.ASCII)


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording, Opus in Ogg, and how long it plays, in milliseconds."""

    data: bytes
    ms: int


def voice_of(tag: str) -> str | None:
    """Return the name of the voice that speaks this language; None where there is none."""
    return VOICES.get(tag, VOICES.get(tag.partition("-")[0]))


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text in the one spelling that clips are named by; signs alone are not spoken."""
    plain = unicodedata.normalize("NFC", text).translate(_UNHEARD)
    found = (" ".join(sentence.split()) for sentence in _SENTENCE.findall(plain))
    return tuple(sentence for sentence in found if any(letter.isalnum() for letter in sentence))


def clip_key(tag: str, sentence: str) -> ClipKey:
    """Return the name of the clip of one sentence, as `sentences` gives it: half a SHA-256, in hex."""
    spelled = "\0".join(("wingvoice/clip/1", tag, voice_of(tag) or "", sentence))
    return ClipKey(seal.digest(spelled.encode())[:16].hex())


def clip_keys(tag: str, text: str) -> tuple[ClipKey, ...]:
    """Return the names of the clips that speak a text, in order; none where there is nothing to say."""
    return tuple(clip_key(tag, sentence) for sentence in sentences(text))


def number_keys(tag: str, number: int) -> tuple[ClipKey, ...]:
    """Return the names of the clips that speak a whole number: from 100 to 999 its hundreds and the rest, else one."""
    rest = number % A_HUNDRED
    parts = (number - rest, rest) if A_HUNDRED <= number < A_THOUSAND and rest else (number,)
    return tuple(clip_key(tag, str(part)) for part in parts)


def file_name(key: ClipKey, ms: int) -> str:
    """Return the name under which a shelf keeps a clip; it says how long the clip plays."""
    return f"{key}.{ms}.ogg"


def named(file: str) -> tuple[ClipKey, int] | None:
    """Return the key and the milliseconds of a file on the shelf, or None where it is no clip."""
    found = _FILE.fullmatch(file)
    return None if found is None else (ClipKey(found[1]), int(found[2]))


def pack(clips: Mapping[ClipKey, Clip]) -> bytes:
    """Return the one spelling of these clips as a pack."""
    held = sorted(clips.items())
    rows = b"".join(_ROW.pack(bytes.fromhex(key), clip.ms, len(clip.data)) for key, clip in held)
    return _MARK + _COUNT.pack(len(held)) + rows + b"".join(clip.data for _, clip in held)


def read_pack(unverified: bytes) -> dict[ClipKey, Clip]:
    """Return the clips of a pack, or raise UnreadableContentError."""
    start = len(_MARK) + _COUNT.size
    if len(unverified) < start or not unverified.startswith(_MARK):
        raise UnreadableContentError("a pack of sounds is not one")
    (count,) = _COUNT.unpack_from(unverified, len(_MARK))
    at = start + count * _ROW.size
    if count > PACK_CLIPS or len(unverified) < at:
        raise UnreadableContentError("a pack of sounds is cut off, or holds too many")
    clips: dict[ClipKey, Clip] = {}
    before = b""
    for key, ms, size in _ROW.iter_unpack(unverified[start:at]):
        data = unverified[at : at + size]
        whole = len(data) == size <= CLIP_LIMIT_BYTES and data.startswith(_OGG) and 0 < ms <= CLIP_LIMIT_MS
        if not whole or key <= before:
            raise UnreadableContentError("a clip in a pack of sounds is not whole, or out of order")
        clips[ClipKey(key.hex())] = Clip(data, ms)
        at, before = at + size, key
    if at != len(unverified):
        raise UnreadableContentError("a pack of sounds holds more than it says")
    return clips
