"""The index of a board: `board.json`, which names every file with its hash, and the board before.

Rule 1: one spelling; reading proves nothing: hashes and the officer's signature are for whoever holds the files.
Source: elections.md 5.7.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from models.canonical import Fields, UnreadableContentError, canonical_json, read_canonical_json
from models.election.boxes import HEX_32

INDEX: Final = "board.json"
INDEX_SIGNED: Final = "board.sig.json"
NO_BOARD: Final = bytes(32)
STAGES: Final = 3
_FORMAT: Final = "wingvoice-board/1"
_INDEX_LIMIT_BYTES: Final = 1024 * 1024
_FILE_LIMIT_BYTES: Final = 256 * 1024 * 1024
_PATH: Final = re.compile(r"(?:[a-z0-9-]+/)?[a-z0-9-]+(?:\.sig)?\.[a-z]{3,4}")


@dataclass(frozen=True, slots=True)
class Index:
    """What `board.json` says; `files` is path -> (SHA-256, bytes)."""

    stage: int
    definition: bytes
    previous: bytes
    files: Mapping[str, tuple[bytes, int]]


def write_index(index: Index) -> bytes:
    """Return the one spelling of an index."""
    return canonical_json(
        {
            "format": _FORMAT,
            "stage": index.stage,
            "definition": index.definition.hex(),
            "previous": index.previous.hex(),
            "files": [
                {"path": path, "sha256": sha256.hex(), "bytes": size}
                for path, (sha256, size) in sorted(index.files.items())
            ],
        }
    )


def read_index(unverified: bytes) -> Index:
    """Return what an index says, or raise UnreadableContentError; neither hashes nor signature are checked here."""
    fields = Fields(read_canonical_json(unverified, _INDEX_LIMIT_BYTES), "board")
    if fields.text("format") != _FORMAT:
        raise UnreadableContentError("board.format is unknown")
    stage = fields.whole("stage", 0, STAGES - 1)
    definition, previous = (bytes.fromhex(fields.text(key, HEX_32)) for key in ("definition", "previous"))
    files: dict[str, tuple[bytes, int]] = {}
    for item in fields.items("files"):
        one = Fields(item, "board.files")
        path = one.text("path", _PATH)
        files[path] = bytes.fromhex(one.text("sha256", HEX_32)), one.whole("bytes", 0, _FILE_LIMIT_BYTES)
        one.close()
    fields.close()
    return Index(stage, definition, previous, files)
