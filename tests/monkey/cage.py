"""A real kiosk for the monkey: an encrypted vault, its threads, and a full shelf."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa

from kiosk.app import KioskApp
from kiosk.enrolled import Clock, Kiosk, provider_for
from kiosk.home import read_home
from kiosk.wiring import KioskDoors
from models.tables import OutboxRow, PoolRow
from tests.gallery.house import the_content
from tests.kiosk.driver import TestClock
from tests.kiosk.every_kind import every_kind
from tests.kiosk.scratch import DAY, MovedClock, an_enrolled_kiosk, furnish
from tests.monkey.monkey import Saw, Watched


@dataclass
class Cage:
    """Where the monkey is: `apps` takes the program that is drawn."""

    watched: Watched
    saw: Saw
    apps: list[KioskApp]
    faults: list[BaseException]


def a_full_kiosk(folder: Path) -> None:
    """Enrol a kiosk in a folder and lay on its shelf what the example brings, and one question of every kind."""
    kiosk = an_enrolled_kiosk(folder, MovedClock(), central=None, stick=folder / "stick")
    (folder / "stick").mkdir()
    content = the_content()
    place = next(place for place in content.places if place.wing == "a")
    every = replace(every_kind(), pictures={}, media={})
    furnish(kiosk, *content.read.values(), every, place=place, notices=content.notices, media=content.media)
    kiosk.close()


@contextmanager
def standing(folder: Path, clock: TestClock, tell: Callable[[str], None] = lambda _word: None) -> Iterator[Cage]:
    """Open the kiosk's vault and doors, with their threads; nothing they report may be a mistake of ours."""
    home = read_home(folder / "kiosk")
    kiosk = Kiosk(home, provider_for(home), Clock(today=lambda: DAY, monotonic=clock))
    apps: list[KioskApp] = []
    faults: list[BaseException] = []

    def on_main_thread(errand: Callable[[], None]) -> None:
        if apps:  # as in the program: what comes back before there is a screen has nobody to tell
            apps[0].on_main_thread(errand)

    doors = KioskDoors(kiosk, on_main_thread, faults.append)
    saw = Saw()
    doors.start()
    try:
        yield Cage(Watched(doors, saw, tell), saw, apps, faults)
    finally:
        doors.stop()
        kiosk.close()


def records(folder: Path) -> int:
    """Return how many records the vault holds."""
    home = read_home(folder / "kiosk")
    kiosk = Kiosk(home, provider_for(home))
    with kiosk.vault.reading() as session:
        count = sum(session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0 for kind in (PoolRow, OutboxRow))
    kiosk.close()
    return count
