"""Says what nobody could have spoken beforehand, because it is for one person: espeak-ng, where it is installed.

Rule 1: espeak-ng is a program of its own; words reach it through a pipe, never on a command line, and no file is
        written.
Rule 2: what it says is handed back in memory, and whoever asked for it forgets it with the turn.
Rule 3: a language without a voice, or a machine without the program, is silent; nothing fails.
Source: kiosk.md section 7.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Mapping
from typing import Final

from models.canonical import LanguageTag
from models.clips import CLIP_LIMIT_MS, Clip, ClipKey, clip_key, sentences, voice_of

WORDS_A_MINUTE: Final = 140
WITHIN_S: Final = 10
_HEAD_BYTES: Final = 44
_RATE, _SAMPLE_BYTES = 22_050, 2


def speaker() -> str | None:
    """Return where espeak-ng is on this machine, or None."""
    return shutil.which("espeak-ng")


def spoken(program: str, texts: Mapping[LanguageTag, str]) -> dict[ClipKey, Clip]:
    """Return every sentence of these texts, by language, as a sound in memory; what cannot be said is left out."""
    said = ((tag, one) for tag, text in texts.items() for one in sentences(text))
    clips = ((clip_key(tag, one), _clip(program, tag, one)) for tag, one in said)
    return {key: clip for key, clip in clips if clip is not None}


def _clip(program: str, tag: str, sentence: str) -> Clip | None:
    voice = voice_of(tag)
    if voice is None:
        return None
    command = [program, "-v", voice, "-s", str(WORDS_A_MINUTE), "-b", "1", "-z", "--stdin", "--stdout"]
    words = sentence.replace("[[", "[").encode()  # espeak-ng would take what follows for sounds of speech
    try:
        wave = subprocess.run(command, input=words, capture_output=True, timeout=WITHIN_S, check=True).stdout  # noqa: S603 - constants, and the program that was found
    except (OSError, subprocess.SubprocessError):
        return None
    samples = wave[_HEAD_BYTES:]
    ms = len(samples) * 1000 // (_RATE * _SAMPLE_BYTES)
    return Clip(_whole(samples), ms) if 0 < ms <= CLIP_LIMIT_MS else None


def _whole(samples: bytes) -> bytes:
    """Return 16-bit samples as a WAV file that says how long it is: what streams does not know that beforehand."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, _RATE, _RATE * _SAMPLE_BYTES, _SAMPLE_BYTES, 16)
    data = struct.pack("<4sI", b"data", len(samples)) + samples
    return struct.pack("<4sI4s", b"RIFF", 4 + len(form) + len(data), b"WAVE") + form + data
