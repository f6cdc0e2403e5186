"""Weigh a frozen kiosk: `python -m tests.assets_build.weigh FOLDER` prints its size, and fails if it is too large."""

from __future__ import annotations

import sys
from pathlib import Path

LIMIT_BYTES = 120_000_000
BLOCK_BYTES = 4096
LARGEST = 5


def weight(folder: Path) -> int:
    """Return the bytes that a folder takes on a disk, in whole blocks."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(-(-path.stat().st_size // BLOCK_BYTES) * BLOCK_BYTES for path in files)


def parts(folder: Path) -> list[tuple[int, str]]:
    """Return the weights of what lies in a folder, and in its `_internal`, heaviest first."""
    inside = [path for at in (folder, folder / "_internal") if at.is_dir() for path in at.iterdir()]
    weighed = ((weight(path) if path.is_dir() else path.stat().st_size, path.name) for path in inside)
    return sorted((one for one in weighed if one[1] != "_internal"), reverse=True)


def main(folder: Path) -> int:
    """Print the size and what weighs most; return the exit code."""
    whole = weight(folder)
    heaviest = ", ".join(f"{name} {size / 1e6:.0f}" for size, name in parts(folder)[:LARGEST])
    print(f"{folder}: {whole / 1e6:.1f} MB of at most {LIMIT_BYTES / 1e6:.0f} ({heaviest})")
    if whole > LIMIT_BYTES:
        print("The frozen kiosk is too large: see what came in that a kiosk does not need.", file=sys.stderr)
    return int(whole > LIMIT_BYTES)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
