"""Makes a recording ready for a kiosk: Opus in Ogg, without tags, of a length that people listen to.

Rule 1: Ogg Opus is taken as it is, less its tags; anything else goes through opusenc or ffmpeg, where there is one.
Rule 2: an encoder gets bytes and gives bytes: it opens no file, follows no address, and is stopped after 20 seconds.
Rule 3: what an encoder gives is read like any other recording.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import Final

from sync.central.authoring.ogg import NotOpusError, Recording, read_opus

ENCODE_WITHIN_S: Final = 20
ENCODERS: Final = {
    "opusenc": ("--quiet", "--bitrate", "32", "--discard-comments", "--discard-pictures", "-", "-"),
    "ffmpeg": (
        *("-hide_banner", "-loglevel", "error", "-nostdin", "-threads", "1", "-protocol_whitelist", "pipe"),
        *("-i", "pipe:0", "-map", "0:a:0", "-map_metadata", "-1", "-c:a", "libopus", "-b:a", "32k"),
        *("-f", "ogg", "pipe:1"),
    ),
}
# beginnings of files that hold sound: WAVE, AIFF, FLAC, Ogg of another kind, MP3 with and without tags, MPEG-4
BEGINNINGS: Final = (b"RIFF", b"FORM", b"fLaC", b"OggS", b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")
MPEG4: Final = b"ftyp"


class NotASoundError(ValueError):
    """Bytes that no reader of sound knows, or a damaged recording."""


class NoEncoderError(ValueError):
    """A sound of another kind, on a machine that cannot make Opus of it."""


def read_sound(unverified: bytes) -> Recording:
    """Return the recording as Opus in Ogg without tags. Raises NotASoundError or NoEncoderError."""
    try:
        return read_opus(unverified)
    except NotOpusError:
        pass
    if not unverified.startswith(BEGINNINGS) and unverified[4:8] != MPEG4:
        raise NotASoundError
    found = {name: path for name in ENCODERS if (path := shutil.which(name)) is not None}
    if not found:
        raise NoEncoderError
    for name, path in found.items():
        encoded = _encoded([path, *ENCODERS[name]], unverified)
        if encoded is not None:
            return encoded
    raise NotASoundError


def _encoded(command: list[str], unverified: bytes) -> Recording | None:
    try:
        ran = subprocess.run(command, input=unverified, capture_output=True, timeout=ENCODE_WITHIN_S, check=True)  # noqa: S603 - one of ENCODERS
        return read_opus(ran.stdout)
    except (subprocess.SubprocessError, OSError, NotOpusError):
        return None
