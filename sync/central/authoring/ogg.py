"""Reads an Ogg Opus recording: how long it is, and the same recording without its tags.

Rule 1: nothing is decoded; pages, their checksums and two headers say all that is asked here.
Rule 2: one stream, from its first page to its last, whole: anything else is not taken.
Rule 3: what comes back holds the sound and no name, title, picture or place; the same sound gives the same bytes.

    page:  | OggS | 0 | flags 1 | place in samples 8 | stream 4 | number 4 | checksum 4 | n 1 | n lengths | body |
    Source: RFC 3533 (Ogg), RFC 7845 (Opus in Ogg); numbers are little-endian.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

SAMPLES_A_SECOND: Final = 48_000  # Opus counts so, whatever was recorded
HEAD: Final = struct.Struct("<4sBBqIII B".replace(" ", ""))
FIRST, LAST, CONTINUED = 2, 4, 1
STREAM: Final = 1  # encoders draw a number by chance
CHANNELS_AT_MOST: Final = 2
PLAIN_TAGS: Final = b"OpusTags" + struct.pack("<I", 9) + b"WingVoice" + struct.pack("<I", 0)
_REVERSED: Final = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_WHOLE: Final = 0xFFFFFFFF


class NotOpusError(ValueError):
    """Bytes that are not one whole Ogg Opus recording."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `place` counts samples up to its end."""

    flags: int
    place: int
    stream: int
    number: int
    lengths: bytes
    body: bytes

    def bytes(self) -> bytes:
        """The page with its checksum."""
        head = HEAD.pack(b"OggS", 0, self.flags, self.place, self.stream, self.number, 0, len(self.lengths))
        written = head + self.lengths + self.body
        return written[:22] + struct.pack("<I", checksum(written)) + written[26:]


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording without tags, and its length in milliseconds."""

    data: bytes
    ms: int


def checksum(data: bytes) -> int:
    """Return Ogg's checksum: CRC-32 with the usual polynomial, most significant bit first, from 0 and not inverted.

    zlib counts the same from the other end, so bits are turned round before and after.
    """
    turned = zlib.crc32(data.translate(_REVERSED), _WHOLE) ^ _WHOLE
    return int(f"{turned:032b}"[::-1], 2)


def read_opus(unverified: bytes) -> Recording:
    """Return the recording without its tags. Raises NotOpusError."""
    pages = tuple(_pages(unverified))
    if len(pages) < 3:  # noqa: PLR2004 - a head, tags, and some sound
        raise NotOpusError
    head, tags_end = pages[0], _tags_end(pages)
    delay = _delay(head)
    sound = pages[tags_end:]
    places = [page.place for page in sound if page.place >= 0]  # -1: no packet ends on this page
    if not sound or not sound[-1].flags & LAST or places != sorted(places) or not places:
        raise NotOpusError
    tags = Page(0, 0, STREAM, 1, bytes([len(PLAIN_TAGS)]), PLAIN_TAGS)
    kept = [
        replace(head, stream=STREAM),
        tags,
        *(replace(page, stream=STREAM, number=number) for number, page in enumerate(sound, start=2)),
    ]
    ms = max(0, places[-1] - delay) * 1000 // SAMPLES_A_SECOND
    return Recording(b"".join(page.bytes() for page in kept), ms)


def _pages(unverified: bytes) -> Iterator[Page]:
    at, number, stream = 0, 0, None
    while at < len(unverified):
        if len(unverified) - at < HEAD.size:
            raise NotOpusError
        capture, version, flags, place, serial, counted, summed, segments = HEAD.unpack_from(unverified, at)
        lengths = unverified[at + HEAD.size : at + HEAD.size + segments]
        end = at + HEAD.size + segments + sum(lengths)
        page = Page(flags, place, serial, counted, lengths, unverified[at + HEAD.size + segments : end])
        stream = serial if stream is None else stream
        first = bool(flags & FIRST) == (number == 0)
        fits = (capture, version, serial, counted) == (b"OggS", 0, stream, number) and first
        blank = unverified[at : at + 22] + bytes(4) + unverified[at + 26 : end]
        if not fits or end > len(unverified) or len(lengths) != segments or checksum(blank) != summed:
            raise NotOpusError
        yield page
        at, number = end, number + 1


def _delay(head: Page) -> int:
    """Return how many samples at the start are not played."""
    body = head.body
    if not body.startswith(b"OpusHead") or len(body) < 19 or body[8] >> 4 or not 1 <= body[9] <= CHANNELS_AT_MOST:  # noqa: PLR2004 - the head's fixed length
        raise NotOpusError
    return int(struct.unpack_from("<H", body, 10)[0])


def _tags_end(pages: tuple[Page, ...]) -> int:
    """Return the number of the first page of sound; tags may fill several pages, and end theirs."""
    if not pages[1].body.startswith(b"OpusTags"):
        raise NotOpusError
    for number, page in enumerate(pages[1:], start=1):
        if bool(page.flags & CONTINUED) != (number > 1):
            raise NotOpusError
        ends = [place for place, length in enumerate(page.lengths) if length < 255]  # noqa: PLR2004 - Ogg's lacing
        if ends:
            if ends != [len(page.lengths) - 1]:
                raise NotOpusError
            return number + 1
    raise NotOpusError
