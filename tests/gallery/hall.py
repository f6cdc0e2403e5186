"""The program in a window that nobody sees, standing wherever a way leads, in any look and size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from kivy.uix.widget import Widget
from PIL import Image, ImageDraw

from kiosk.app import KioskApp
from kiosk.presenters.shown import Scale, Theme
from kiosk.presenters.turn import Turn
from tests.gallery.house import HouseDoors, the_shelf
from tests.gallery.looks import SIZES, Look
from tests.gallery.measure import findings
from tests.gallery.stands import Hears, found
from tests.kiosk.driver import Driver, TestClock

SETTLED: Final = 3
ACROSS: Final = 6
SMALL_PX: Final = 320
NAME_PX: Final = 16


class Sheet:
    """A contact sheet: small pictures side by side, the name under each."""

    def __init__(self, count: int, size: tuple[int, int]) -> None:
        self._small = (SMALL_PX, round(SMALL_PX * size[1] / size[0]))
        across, down = min(ACROSS, max(1, count)), -(-count // ACROSS)
        self._cell = (self._small[0] + 8, self._small[1] + NAME_PX + 8)
        self._sheet = Image.new("RGB", (across * self._cell[0], down * self._cell[1]), "#c8c8c8")
        self._came = 0

    def add(self, picture: Image.Image, name: str) -> None:
        """Add the next picture."""
        down, across = divmod(self._came, ACROSS)
        x, y = across * self._cell[0] + 4, down * self._cell[1] + 4
        self._sheet.paste(picture.resize(self._small, Image.Resampling.BOX), (x, y))
        ImageDraw.Draw(self._sheet).text((x, y + self._small[1] + 2), name, fill="#000000")
        self._came += 1

    def save(self, path: Path) -> None:
        """Write the sheet."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._sheet.save(path)


class Hall:
    """Draws one screen after the other; one a process."""

    def __init__(self, state_dir: Path) -> None:
        """`state_dir` is a folder for Kivy alone."""
        clock = TestClock()
        app = KioskApp(lambda show: Turn(HouseDoors(on_shelf=the_shelf()), show), monotonic=clock)
        self.driver = Driver(app, clock, state_dir)
        app.player.present = True  # everything can be heard in the house
        app.turn.hearing = Hears()

    @property
    def screen(self) -> Widget:
        """The screen that is shown."""
        return self.driver.app.root.current_screen

    def show(self, name: str, tag: str, theme: Theme = "light", scale: Scale = 100) -> None:
        """Stand where the way leads, in this language and look."""
        sitting, doors = found(name, tag)
        self.driver.clock.move(1)
        self.driver.app._touched_at = self.driver.clock()  # somebody is there
        turn = self.driver.app.turn
        turn.doors = doors
        there = sitting.language is not None  # before that nobody has chosen a size, and staff never do
        turn.move(replace(sitting, theme=theme, scale=scale if there else 100))
        self.driver.frames(SETTLED)

    def stand(self, name: str, look: Look) -> None:
        """Stand where the way leads, in a look of any size."""
        size = SIZES[look.size]
        if tuple(self.driver.app.root_window.size) != size:
            self.driver.size(*size)
        self.show(name, look.tag, look.theme, look.scale)

    def picture(self) -> Image.Image:
        """Return what is drawn now."""
        width, height, raw = self.driver.pixels()
        return Image.frombytes("RGB", (width, height), raw)

    def findings(self, picture: Image.Image) -> tuple[str, ...]:
        """Return what is not right about what is drawn now."""
        return tuple(findings(self.screen, picture))

    def draw_look(self, look: Look, names: Sequence[str], out: Path) -> list[str]:
        """Write the picture of each screen, and a sheet of them all; return what was found, each with its place."""
        self.driver.size(*SIZES[look.size])
        sheet, found = Sheet(len(names), SIZES[look.size]), []
        (out / look.folder).mkdir(parents=True, exist_ok=True)
        for name in names:
            self.show(name, look.tag, look.theme, look.scale)
            picture = self.picture()
            picture.save(out / look.folder / f"{name}.png", compress_level=1)
            sheet.add(picture, name)
            found += [f"{look.folder}/{name}: {finding}" for finding in self.findings(picture)]
        sheet.save(out / "contact" / f"{look.folder.replace('/', '-')}.png")
        return found

    def close(self) -> None:
        """Put the program away with nobody in it, and leave the window as it was."""
        self.driver.app.turn.wipe()
        self.driver.frames(SETTLED)  # pages are emptied after the frame in which Welcome stands
        self.driver.size(*SIZES["A"])
        self.driver.close()
