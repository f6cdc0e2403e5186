"""Listens for tests: how loud a clip is, by opusdec, a program of its own."""

from __future__ import annotations

import array
import shutil
import subprocess
from typing import Final

import pytest

DECODER: Final = shutil.which("opusdec")
NEEDS_DECODER: Final = pytest.mark.skipif(DECODER is None, reason="opusdec of opus-tools is not on this machine")
NEEDS_VOICE: Final = pytest.mark.skipif(
    shutil.which("espeak-ng") is None or shutil.which("opusenc") is None,
    reason="espeak-ng or opusenc is not on this machine",
)


def loudest(recording: bytes) -> int:
    """Return the largest sample of Opus in Ogg, or of a WAV file of 16 bits, of 32,767."""
    assert DECODER is not None
    command = [DECODER, "--quiet", "--force-wav", "-", "-"]
    is_wave = recording.startswith(b"RIFF")
    decoded = None if is_wave else subprocess.run(command, input=recording, capture_output=True, check=True, timeout=20)
    wave = recording if decoded is None else decoded.stdout
    samples = array.array("h", wave[44 : 44 + (len(wave) - 44) // 2 * 2])
    return max(abs(sample) for sample in samples)
