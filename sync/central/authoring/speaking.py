"""Says a sentence: espeak-ng speaks it, opusenc makes it small; both are programs of their own.

Rule 1: words go in and sound comes out; nothing is linked, no shell is asked, no file is written.
Rule 2: what nobody could hear is an error, never a clip.
"""

from __future__ import annotations

import array
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.clips import CLIP_LIMIT_BYTES, CLIP_LIMIT_MS, Clip, voice_of
from sync.central.authoring.ogg import NotOpusError, read_opus

WORDS_A_MINUTE: Final = 140
KBIT_A_SECOND: Final = 13  # asked of a voice; what comes is 15, for the rate varies with what is said
COMPLEXITY: Final = 2  # of 10: a third of the work of the finest, in files of the same size
WITHIN_S: Final = 20
LOUD: Final = 300  # of 32,767: what one sample at least must reach in a clip that can be heard
_WAV_HEAD: Final = 44


class VoiceError(Exception):
    """Words that could not be made into sound."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Where the two programs are."""

    speaker: str
    encoder: str


def programs() -> Programs | None:
    """Return the programs that make sound, or None where one of them is not on this machine."""
    speaker, encoder = shutil.which("espeak-ng"), shutil.which("opusenc")
    return None if speaker is None or encoder is None else Programs(speaker, encoder)


def spoken(found: Programs, tag: str, sentence: str, complexity: int = COMPLEXITY) -> Clip:
    """Return the sentence as the language's voice says it. Raises VoiceError."""
    voice = voice_of(tag)
    if voice is None:
        raise VoiceError(f"no voice for {tag}")
    words = sentence.replace("[[", "[")  # espeak-ng would take what follows for sounds of speech
    speaking = [found.speaker, "-v", voice, "-s", str(WORDS_A_MINUTE), "-b", "1", "-z", "--stdin", "--stdout"]
    wave = _run(speaking, words.encode())
    if not _audible(wave[_WAV_HEAD:]):
        raise VoiceError(f"nothing to hear of {sentence!r} in {tag}")
    encoding = ["--quiet", "--ignorelength", "--speech", "--bitrate", str(KBIT_A_SECOND), "--comp", str(complexity)]
    encoding += ["--framesize", "60", "--discard-comments", "--padding", "0", "-", "-"]
    try:
        recording = read_opus(_run([found.encoder, *encoding], wave))
    except NotOpusError as error:
        raise VoiceError("opusenc gave something else than Opus") from error
    return fitting(Clip(recording.data, recording.ms))


def _run(command: list[str], given: bytes) -> bytes:
    try:
        return subprocess.run(command, input=given, capture_output=True, timeout=WITHIN_S, check=True).stdout  # noqa: S603 - one of Programs
    except (subprocess.SubprocessError, OSError) as error:
        raise VoiceError(f"{Path(command[0]).name} failed") from error


def _audible(samples: bytes) -> bool:
    """Whether 16-bit samples are loud anywhere."""
    heard = array.array("h", samples[: len(samples) // 2 * 2])
    if sys.byteorder == "big":
        heard.byteswap()
    return any(abs(sample) >= LOUD for sample in heard)


def fitting(clip: Clip) -> Clip:
    """Return the clip; VoiceError where it is silent, or longer than anybody listens to."""
    if not 0 < clip.ms <= CLIP_LIMIT_MS or len(clip.data) > CLIP_LIMIT_BYTES:
        raise VoiceError("it is empty, or longer than anybody listens to")
    return clip
