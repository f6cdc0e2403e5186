"""Reads a picture by what it holds, and writes it anew: nothing but its dots is left.

Rule 1: the kind is what the bytes are, never what the name says.
Rule 2: width and height are looked at before a dot is unpacked.
Rule 3: a PNG stays a PNG, sharp; a photograph becomes WebP; turned as its camera meant, and without place or name.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

WIDTH_LIMIT: Final = 1_600  # dots, either way
FORMATS: Final = ("PNG", "JPEG", "WEBP")
QUALITY: Final = 80


class NotAPictureError(ValueError):
    """Bytes that are no PNG, JPEG or WebP, or a damaged one."""


class TooWideError(ValueError):
    """A picture of more dots than a screen could show."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height)
        self.width, self.height = width, height


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it will be shown: its bytes, and the ending and kind that go with them."""

    data: bytes
    ending: str
    kind: str


def read_picture(unverified: bytes) -> Picture:
    """Return the picture written anew. Raises NotAPictureError or TooWideError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its remarks on size: ours is the smaller limit
            with Image.open(io.BytesIO(unverified), formats=FORMATS) as held:
                size, sharp = held.size, held.format == "PNG"
                plain = _plain(held) if max(size) <= WIDTH_LIMIT else None
    except Image.DecompressionBombError as error:
        raise TooWideError(WIDTH_LIMIT + 1, WIDTH_LIMIT + 1) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError) as error:
        raise NotAPictureError from error  # Pillow's readers raise all of these on damaged files
    if plain is None:
        raise TooWideError(*size)
    out = io.BytesIO()
    if sharp:
        plain.save(out, "PNG", optimize=True)
        return Picture(out.getvalue(), "png", "image/png")
    plain.save(out, "WEBP", quality=QUALITY)
    return Picture(out.getvalue(), "webp", "image/webp")


def _plain(held: Image.Image) -> Image.Image:
    """Return the dots alone, upright, in colour and with their see-through parts."""
    upright = ImageOps.exif_transpose(held)
    clear = "A" in upright.getbands() or "transparency" in upright.info
    made = upright.convert("RGBA" if clear else "RGB")
    made.info.clear()
    return made
