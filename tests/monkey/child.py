"""The process whose plug is pulled: furnishes a kiosk, counts its records, or lets a monkey touch it until it dies."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random
from typing import Final

TELL_EVERY: Final = 10


def _tell(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _touch(folder: Path, seed: int, size: tuple[int, int]) -> None:
    """Touch for ever."""
    from kiosk.app import KioskApp
    from kiosk.presenters.turn import Turn
    from kiosk.sitting import wiped
    from tests.kiosk.driver import Driver, TestClock
    from tests.monkey.cage import standing
    from tests.monkey.monkey import Monkey

    clock = TestClock()
    with standing(folder, clock, _tell) as cage:
        app = KioskApp(lambda show: Turn(cage.watched, show), monotonic=clock)
        cage.apps.append(app)
        driver = Driver(app, clock, folder / "kivy")
        driver.size(*size)
        assert app.turn.sitting == wiped(), "a start shows nothing of anybody"
        monkey = Monkey(driver, cage.watched, cage.saw, Random(seed))
        while not cage.faults:
            monkey.go(TELL_EVERY)
            saw = {name: getattr(cage.saw, name) for name in ("touches", "kinds", "wipes", "docked")}
            _tell("saw " + json.dumps(saw))
        raise AssertionError(cage.faults[0])


def main(folder: Path, what: str, *words: str) -> None:
    """Do one of the three."""
    from tests.monkey.cage import a_full_kiosk, records

    match what:
        case "furnish":
            a_full_kiosk(folder)
        case "records":
            _tell(str(records(folder)))
        case _:
            seed, width, height = map(int, words)
            _touch(folder, seed, (width, height))


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), *sys.argv[2:])
    except BaseException:
        _tell("wrong")
        raise
