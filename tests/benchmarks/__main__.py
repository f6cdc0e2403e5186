"""Prints every figure beside its peer: `make bench`."""

from __future__ import annotations

import sys

from tests.benchmarks import questionnaires
from tests.benchmarks.figures import show

ROUNDS = 5


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    show("Questionnaires", questionnaires.figures(rounds))


if __name__ == "__main__":
    main()
