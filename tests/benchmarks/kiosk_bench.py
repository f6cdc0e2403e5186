"""A real kiosk under a quick finger: the whole program, its vault on a real disk, frames at the pace of a kiosk.

1. A touch goes in as a touch screen makes it, through SDL's own queue, from another thread at any moment of a frame.
2. It counts until the frame that shows what it did was drawn, whole, to the last pixel.
3. The questions are our own prison survey; every second part of it goes on at once when an answer is touched.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, Final, NamedTuple

from kiosk.app import KioskApp
from kiosk.enrolled import Kiosk
from kiosk.presenters.turn import Turn
from kiosk.wiring import KioskDoors
from models import seal, shelf
from models.questionnaire import LanguageTag, Questionnaire, SelectOne, canonical_bytes, read_questionnaire
from tests.builders_kiosk import a_place, an_opened
from tests.kiosk.driver import BETWEEN_TAPS_S, Driver, push_mouse_button
from tests.kiosk.scratch import DAY, MovedClock, an_enrolled_kiosk
from tests.models.vaults import CAMPAIGN_PUBLIC, a_bundle

HOUSE: Final = Path(__file__).parents[2]
BUILD: Final = HOUSE / "build"
WORKBOOK: Final = HOUSE / "assets" / "questionnaires" / "prison-life.xlsx"
AUTHOR: Final = """
import sys
from pathlib import Path
from models.questionnaire import canonical_bytes
from sync.central.authoring.author import author_workbook
sys.stdout.buffer.write(canonical_bytes(author_workbook(Path(sys.argv[1]).read_bytes()).questionnaire))
"""
FRAMES_A_SECOND: Final = 60
SCREEN_PX: Final = (1280, 800)
LONGEST_FRAMES: Final = 2_000


class RealClock:
    """Seconds as they pass, and some more between two touches, so that none comes too soon."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def __call__(self) -> float:
        """Return the seconds."""
        return time.monotonic() + self._ahead

    def move(self, seconds: float) -> None:
        """Let seconds pass at once."""
        self._ahead += seconds


def prison_life() -> Questionnaire:
    """Return our survey of seventy questions; in every second part an answer goes on at once.

    A process of its own authors it: this one shall weigh what a kiosk weighs.
    """
    made = subprocess.run([sys.executable, "-c", AUTHOR, WORKBOOK], cwd=HOUSE, capture_output=True, check=True)
    form = read_questionnaire(made.stdout)
    quick = [module for at, module in enumerate(form.modules) if at % 2]
    nodes = tuple(
        replace(node, appearance=(*node.appearance, "quick"))
        if isinstance(node, SelectOne) and any(module.first <= at <= module.last for module in quick)
        else node
        for at, node in enumerate(form.nodes)
    )
    return replace(form, nodes=nodes, pictures={}, media={})


def lay(kiosk: Kiosk, form: Questionnaire, *languages: str) -> None:
    """Put the questionnaire on the shelf."""
    data = canonical_bytes(form)
    made = an_opened(form).consultation
    consultation = replace(
        made,
        questionnaire=seal.digest(data).hex(),
        campaign="wing-life",
        key=seal.key_id(CAMPAIGN_PUBLIC).hex(),
        free_text=replace(made.free_text, who_reads={LanguageTag("en"): "the safety team"}),
    )
    bundle = a_bundle(
        1, "HMX", "b", consultations=(consultation,), questionnaires={seal.digest(data): data},
        place=a_place(*languages),
    )  # fmt: skip
    shelf.install(kiosk.vault, bundle)


class Wait(NamedTuple):
    """Seconds that went by, and those that the processors worked meanwhile, on all threads of this process."""

    s: float
    busy_s: float

    @classmethod
    def until_now(cls) -> Wait:
        """Return what both clocks show."""
        return cls(time.perf_counter(), time.process_time())


class Bench:
    """The program, and the finger that is measured."""

    def __init__(self, folder: Path, form: Questionnaire, *languages: str) -> None:
        (folder / "kiosk").mkdir(parents=True)
        self.random = Random(20261122)
        self.kiosk = an_enrolled_kiosk(folder / "kiosk", MovedClock(day=date.fromisoformat(DAY.isoformat())))
        lay(self.kiosk, form, *languages)
        self.doors = KioskDoors(self.kiosk, self._on_main_thread, self._failed)
        self.clock = RealClock()
        self.app = KioskApp(lambda show: Turn(self.doors, show), monotonic=self.clock)
        self.driver = Driver(
            self.app, self.clock, folder / "kivy", SCREEN_PX
        )  # no pixel more is cleared than a kiosk has
        self.doors.start()

    def _on_main_thread(self, errand: Callable[[], None]) -> None:
        self.app.on_main_thread(errand)

    def _failed(self, error: BaseException) -> None:
        raise error

    def close(self) -> None:
        """Put everything away."""
        self.doors.stop()
        self.driver.close()
        self.kiosk.close()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Turn frames at the pace of a kiosk until the condition holds: something slow comes back off its thread."""
        from kivy.clock import Clock

        Clock._max_fps = FRAMES_A_SECOND
        try:
            self.driver.wait_for(condition, LONGEST_FRAMES)
        finally:
            Clock._max_fps = 0

    def tap(self, **what: str) -> Wait:
        """Touch, and wait from letting go until what it did stands drawn."""
        widget = self.driver.find(**what)
        before = self.app.view
        return self.timed(*widget.to_window(*widget.center), lambda: self.app.view is not before)

    def timed(self, x: float, y: float, done: Callable[[], bool]) -> Wait:
        """Touch a place, and wait from letting go until the frame in which `done` became so was drawn."""
        from kivy.base import EventLoop
        from kivy.clock import Clock
        from kivy.graphics.opengl import glFinish

        self.clock.move(BETWEEN_TAPS_S)
        place = round(x), round(EventLoop.window.height - y)
        push_mouse_button(*place, pressed=True)
        self.driver.frames(3)
        glFinish()  # a finger rests longer than a frame takes
        let_go: list[Wait] = []

        def push() -> None:
            time.sleep(self.random.uniform(0, 1 / FRAMES_A_SECOND))
            let_go.append(Wait.until_now())
            push_mouse_button(*place, pressed=False)

        finger = Thread(target=push)
        Clock._max_fps = FRAMES_A_SECOND
        finger.start()
        try:
            for _ in range(LONGEST_FRAMES):
                EventLoop.idle()
                if done():
                    glFinish()
                    now, then = Wait.until_now(), let_go[0]
                    return Wait(now.s - then.s, now.busy_s - then.busy_s)
                EventLoop.window.mainloop()
        finally:
            finger.join()
            Clock._max_fps = 0
        message = "the touch did nothing"
        raise RuntimeError(message)

    def whole(self) -> bool:
        """Whether the frame that stands is the whole page: three more change no pixel of it."""
        from kivy.base import EventLoop
        from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels

        size = EventLoop.window.size
        stands = bytes(glReadPixels(0, 0, *size, GL_RGB, GL_UNSIGNED_BYTE))
        self.driver.frames(3)
        return stands == bytes(glReadPixels(0, 0, *size, GL_RGB, GL_UNSIGNED_BYTE))


@contextmanager
def a_bench(form: Questionnaire, *languages: str) -> Iterator[Bench]:
    """Open a bench on the disk that this checkout is on."""
    BUILD.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=BUILD, prefix="bench-") as folder:
        bench = Bench(Path(folder), form, *languages)
        try:
            yield bench
        finally:
            bench.close()


def tiles(bench: Bench) -> list[str]:
    """Return the keys of the answers that stand."""
    view: Any = bench.app.view
    return [tile.key for tile in view.answer.tiles]
