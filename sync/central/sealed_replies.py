"""Sealed replies between the reply desk and the press: one file each, with the day after which it is carried no more.

Rule 1: a file's name is chance, and its content is sealed to a code: nothing in it says which suggestion it answers.
Rule 2: nothing is written over; what is past its day is left out of bundles, and kiosks forget it with the next one.

    content/[<CODE>/]replies/<32 hex>.json      {"format":1,"sealed":"<8,292 hex>","until":"2027-02-20"}
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

from models import seal
from models.canonical import Fields, UnreadableContentError, canonical_json, read_canonical_json

FOLDER: Final = "replies"
FILE_LIMIT_BYTES: Final = 16 * 1024
_HEX: Final = re.compile(r"(?:[0-9a-f]{2})+", re.ASCII)


def lay_ready(folder: Path, sealed: bytes, until: date) -> None:
    """Put a sealed reply into a folder `replies`; the press carries it up to the day `until`, that day included."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{seal.random_bytes(16).hex()}.json").open("xb") as file:
        file.write(canonical_json({"format": 1, "sealed": sealed.hex(), "until": until.isoformat()}))


def carried(file: Path, today: date) -> bytes | None:
    """Return the sealed reply of a file, or None where its day is past; UnreadableContentError where it is none."""
    fields = Fields(read_canonical_json(file.read_bytes(), FILE_LIMIT_BYTES), "reply")
    fields.whole("format", 1, 1)
    sealed, until = bytes.fromhex(fields.text("sealed", _HEX)), fields.day("until")
    fields.close()
    if not seal.is_sealed_reply(sealed):
        raise UnreadableContentError("reply.sealed is not a sealed reply")
    return sealed if today <= until else None
