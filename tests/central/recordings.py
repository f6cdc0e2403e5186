"""Sounds and pictures for tests, made here: silence in Ogg Opus, and squares of one colour."""

from __future__ import annotations

import base64
import io
import struct
import wave
from typing import Final

from PIL import Image

from sync.central.authoring.ogg import Page

SILENCE: Final = b"\xf8\xff\xfe"  # 20 ms, one channel
HELD_BACK: Final = 312  # samples at the start that are not played
# a tenth of a second, by opusenc of opus-tools 0.2, with the artist "Jo Person" among its tags
ENCODED: Final = base64.b64decode(
    "T2dnUwACAAAAAAAAAABs1cUQAAAAAPHhiKgBE09wdXNIZWFkAQE4AYC7AAAAAABPZ2dTAAAAAAAAAAAAAGzVxRABAAAAzREbyAGVT3B1c1RhZ3Mf"
    "AAAAbGlib3B1cyAxLjMuMSwgbGlib3B1c2VuYyAwLjIuMQMAAAAjAAAARU5DT0RFUj1vcHVzZW5jIGZyb20gb3B1cy10b29scyAwLjIQAAAAYXJ0"
    "aXN0PUpvIFBlcnNvbicAAABFTkNPREVSX09QVElPTlM9LS1iaXRyYXRlIDYgLS1wYWRkaW5nIDBPZ2dTAAT4EwAAAAAAAGzVxRACAAAA2nAzvAYH"
    "BgYGBgYIC+Y7I6tgCAissw7GCAissw7GCAissw7GCAissw7GCAissw7G"
)


def a_recording(seconds: int = 2, tag: bytes = b"ARTIST=Jo Person") -> bytes:
    """Silence in Ogg Opus, a second a page, with one tag; a long tag fills several pages."""
    head = b"OpusHead" + bytes([1, 1]) + struct.pack("<HIhB", HELD_BACK, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 3) + b"abc" + struct.pack("<II", 1, len(tag)) + tag
    pages = [Page(2, 0, 7, 0, _lengths(head), head)]
    lengths = _lengths(tags)
    for start in range(0, len(lengths), 255):
        part, rest = lengths[start : start + 255], lengths[start + 255 :]
        body = tags[255 * start : 255 * start + sum(part)]
        pages.append(Page(1 if start else 0, -1 if rest else 0, 7, len(pages), part, body))
    for second in range(1, seconds + 1):
        place = second * 48_000 + (HELD_BACK if second == seconds else 0)
        pages.append(Page(4 if second == seconds else 0, place, 7, len(pages), bytes([3] * 50), SILENCE * 50))
    return b"".join(page.bytes() for page in pages)


def _lengths(packet: bytes) -> bytes:
    return bytes([255] * (len(packet) // 255) + [len(packet) % 255])


def a_wave(seconds: int = 1) -> bytes:
    """Silence as WAVE, one channel."""
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(bytes(2 * 16_000 * seconds))
    return held.getvalue()


def a_picture(kind: str = "PNG", width: int = 4, height: int = 3, **more: object) -> bytes:
    """A red square."""
    held = io.BytesIO()
    Image.new("RGB", (width, height), (200, 0, 0)).save(held, kind, **more)
    return held.getvalue()
