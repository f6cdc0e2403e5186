"""Prints every figure beside its peer: `make bench`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks import elections, questionnaires
from tests.benchmarks.figures import show

ROUNDS = 5
BUSY = 0.5
HOUSE = Path(__file__).parents[2]
PEERS = HOUSE / ".venv-bench" / "bin" / "python"
KIOSK = ("kiosk_start", "kiosk_touch", "kiosk_memory")  # each a process of its own, as a kiosk is


def surroundings() -> str:
    """Return what the figures were measured on, and whether something else ran there."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"],  # noqa: S607 - whichever git there is
        cwd=HOUSE, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    cores, load = os.cpu_count() or 1, os.getloadavg()[0]
    busy = "; it was busy, so times are not to be compared, only ratios" if load / cores > BUSY else ""
    return f"Commit {commit or 'unknown'} on {cores} processors with a load of {load:.1f} before{busy}."


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    print(surroundings())
    show("Questionnaires", questionnaires.figures(rounds))
    show("Elections", elections.figures(rounds))
    for name in KIOSK:
        env = os.environ | {"KIVY_LOG_MODE": "PYTHON"}  # otherwise Kivy takes the error stream for its own log
        subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], cwd=HOUSE, env=env, check=True)
    peers = PEERS if PEERS.exists() else Path(sys.executable)  # without them ours is measured alone, and says so
    subprocess.run([peers, "-m", "tests.benchmarks.counting"], cwd=HOUSE, check=True)


if __name__ == "__main__":
    main()
