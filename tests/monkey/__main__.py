"""`make monkey`: 20,000 touches by chance on a real kiosk, whose plug is pulled again and again; prints what it saw.

    python -m tests.monkey [--touches 20000] [--seed 20261122]

1. The kiosk is a process of its own; the plug is a SIGKILL after a number of touches that chance draws.
2. After each plug the vault opens, holds every record whose farewell was shown, and none that was never handed in.
3. Each new start stands at Welcome, with nothing of anybody.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any, Final

HOUSE: Final = Path(__file__).parents[2]
SIZES: Final = ((800, 480), (1280, 800), (800, 1280))
LONGEST_RUN: Final = 800


def main() -> int:
    """Let monkeys touch until enough touches were made; return 0, or 1 with what went wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--touches", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=20_261_122)
    wish = asked.parse_args()
    chance, total = Random(wish.seed), Total()
    with tempfile.TemporaryDirectory(prefix="monkey") as folder:
        _child(Path(folder), "furnish")
        while total.touches < wish.touches:
            pull_after = chance.randint(50, LONGEST_RUN)
            trouble = _one_run(
                Path(folder), total, chance.getrandbits(32), min(pull_after, wish.touches - total.touches)
            )
            print(f"{total.touches:6} touches, plug pulled {total.plugs} times", flush=True)
            if trouble:
                print(trouble, file=sys.stderr)
                return 1
    print(total)
    return 0


class Total:
    """What all monkeys together came upon."""

    def __init__(self) -> None:
        self.touches = self.plugs = self.asked = self.stored = self.wipes = self.docked = 0
        self.kinds: Counter[str] = Counter()

    def __str__(self) -> str:
        pages = ", ".join(f"{name} {count}" for name, count in sorted(self.kinds.items()))
        return (
            f"{self.touches} touches on {len(self.kinds)} kinds of page: {pages}.\n"
            f"{self.stored} parts handed in, {self.wipes} turns wiped, {self.docked} rounds by staff;"
            f" the plug was pulled {self.plugs} times. No fault, no dead end, no record lost and none half stored."
        )


def _child(folder: Path, *words: str) -> subprocess.Popen[str]:
    environ = {name: value for name, value in os.environ.items() if name != "DISPLAY" and not name.startswith("KIVY")}
    environ |= {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy", "KIVY_NO_ARGS": "1"}
    environ |= {"KIVY_LOG_MODE": "PYTHON", "KIVY_HOME": str(folder / "kivy")}  # else Kivy keeps stderr
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.monkey.child", str(folder), *words],
        cwd=HOUSE, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    if words[0] in ("furnish", "records"):
        child.wait()
    return child


def _one_run(folder: Path, total: Total, seed: int, touches: int) -> str:
    """Start the kiosk, let the monkey touch, pull the plug; return what is wrong, or nothing."""
    before = _records(folder)
    width, height = SIZES[seed % len(SIZES)]
    child = _child(folder, "touch", str(seed), str(width), str(height))
    asked = stored = last = 0
    told: dict[str, Any] = {}
    assert child.stdout is not None
    assert child.stderr is not None
    for line in child.stdout:
        word, _, rest = line.strip().partition(" ")
        asked += word == "asked"
        stored += word == "stored"
        if word == "saw":
            told = json.loads(rest)
            last = told["touches"]
        if word == "wrong" or last >= touches:
            break
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read()
    asked, stored = asked + rest.count("asked\n"), stored + rest.count("stored\n")
    errors = child.stderr.read()
    child.wait()
    total.plugs += 1
    total.touches += last
    total.asked, total.stored = total.asked + asked, total.stored + stored
    for name in ("wipes", "docked"):
        setattr(total, name, getattr(total, name) + told.get(name, 0))
    total.kinds.update(told.get("kinds", {}))
    if last < touches:
        return f"seed {seed}, {width} x {height}, after {last} touches:\n{errors[-3000:]}"
    after = _records(folder)
    if not before + stored <= after <= before + asked:
        return f"seed {seed}: {before} records before, {stored} of {asked} handed in, and {after} in the vault"
    return ""


def _records(folder: Path) -> int:
    child = _child(folder, "records")
    assert child.stdout is not None
    assert child.stderr is not None
    told = child.stdout.read().strip()
    if not told.isdecimal():
        raise SystemExit(f"the vault does not open: {child.stderr.read()[-3000:]}")
    return int(told)


if __name__ == "__main__":
    sys.exit(main())
