"""Drives the real program by real touches: finds what is seen, touches it, turns the frames, takes pictures.

1. One process holds one Kivy window: the first Driver makes it, and `close` takes only the program out of it.
   Of several programs one stands there, the youngest; the others step aside.
2. Two roads in: `tap` hands Kivy a touch at a widget's place in the window; `tap_by_sdl` puts a mouse button into SDL's
   own queue, as a touch screen does.
3. Nothing waits for time: the clock is ours, and `wait_for` counts frames.
"""

from __future__ import annotations

import ctypes
import itertools
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

from kivy.base import EventLoop, runTouchApp
from kivy.clock import Clock
from kivy.input.motionevent import MotionEvent
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from kiosk.app import KioskApp, configure
from kiosk.presenters.every_page import View
from kiosk.presenters.shown import Said
from kiosk.screens.banner import Logo
from kiosk.screens.parts import Touchable
from kiosk.screens.words import Words
from tests.kiosk.threshold import go_through

BETWEEN_TAPS_S = 0.6
SURFACE_PX = (1920, 1920)
SETTLED = 3  # frames after which nothing changes any more


class Clocklike(Protocol):
    """Seconds that can be moved on."""

    def __call__(self) -> float: ...
    def move(self, seconds: float) -> None: ...


class TestClock:
    """Seconds that pass only when a test says so."""

    __test__ = False

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def move(self, seconds: float) -> None:
        """Let seconds pass."""
        self.now += seconds


class FakeTouch(MotionEvent):  # type: ignore[misc]  # Kivy carries no types
    """One finger on the glass; `button` only where a mouse would say one."""

    def __init__(self, number: int, x: float, y: float, size: tuple[int, int], button: str | None = None) -> None:
        super().__init__("driver", number, (x / size[0], y / size[1]), is_touch=True, type_id="touch")
        self.profile = ["pos"] if button is None else ["pos", "button"]
        if button is not None:
            self.button = button

    def depack(self, args: tuple[float, float]) -> None:
        self.sx, self.sy = args
        super().depack(args)


def _open(state_dir: Path, surface_px: tuple[int, int]) -> None:
    """Make the window. What nobody sees keeps the surface that it began with, so it begins as large as any screen."""
    from kivy.config import Config

    configure(state_dir, windowed=True)
    usual = [Config.getint("graphics", side) for side in ("width", "height")]
    for side, most in zip(("width", "height"), surface_px, strict=True):
        Config.set("graphics", side, str(most))
    from kivy.core.window import Window

    Window.size = usual


class NotFoundError(AssertionError):
    """Not exactly one thing on the screen fits what was asked for."""


_standing: list[Driver] = []
"""The programs of this process; the last one has the window."""


class Driver:
    """A running KioskApp under a test's hand."""

    def __init__(
        self, app: KioskApp, clock: Clocklike, state_dir: Path, surface_px: tuple[int, int] = SURFACE_PX
    ) -> None:
        if EventLoop.window is None:
            _open(state_dir, surface_px)
        if _standing:
            _standing[-1]._step_aside()
        _standing.append(self)
        self.app, self.clock = app, clock
        self.faults: list[str] = []
        self._numbers: Iterator[int] = itertools.count(1)
        app.faults._report = self.faults.append
        app._run_prepare()
        runTouchApp(embedded=True)
        Clock._max_fps = 0
        self.frames(SETTLED)
        while app.building is not None:
            self.frames(1)

    # -- the window ------------------------------------------------------------------------------------------------

    def size(self, width_px: int, height_px: int) -> None:
        """Give the window another size, as if the kiosk had such a screen; whoever changes it changes it back."""
        EventLoop.window.size = (width_px, height_px)
        self.frames(SETTLED)

    # -- time -----------------------------------------------------------------------------------------------------

    def frames(self, count: int) -> None:
        """Turn whole frames; an error in one is raised here."""
        for _ in range(count):
            EventLoop.idle()
            EventLoop.window.mainloop()
        if self.faults:
            raise AssertionError(self.faults.pop())

    def wait_for(self, condition: Callable[[], bool], limit_frames: int = 600) -> None:
        """Turn frames until the condition holds; AssertionError after the limit."""
        for _ in range(limit_frames):
            if condition():
                self.frames(SETTLED)
                return
            self.frames(1)
        message = f"not so after {limit_frames} frames: {condition}"
        raise AssertionError(message)

    def idle(self, seconds: float) -> None:
        """Let seconds pass without a touch, half a second at a time as the program counts them."""
        self.clock.move(seconds)
        self.app._every_half_second()
        self.frames(SETTLED)

    # -- seeing ---------------------------------------------------------------------------------------------------

    @property
    def screen(self) -> str:
        """The name of the screen that is shown."""
        return str(self.app.root.current)

    @property
    def view(self) -> View:
        """The View that is shown."""
        assert self.app.view is not None, "nothing is shown yet"
        return self.app.view

    def seen(self) -> list[Widget]:
        """Every widget that is drawn now."""
        found: list[Widget] = []

        def look(widget: Widget) -> None:
            if widget.opacity == 0 or getattr(widget, "absent", False):
                return
            found.append(widget)
            for child in widget.children:
                look(child)

        look(self.app.root.current_screen)
        return found

    def targets(self) -> list[Widget]:
        """Everything that can be touched now."""
        return [widget for widget in self.seen() if isinstance(widget, Touchable | Logo) and not widget.disabled]

    def words(self) -> list[str]:
        """All words that are drawn now."""
        return [label.said.text for label in self.seen() if isinstance(label, Words) and label.said is not None]

    def labels(self) -> list[Label]:
        """Every label that is drawn now."""
        return [widget for widget in self.seen() if isinstance(widget, Label)]

    def find(self, *, id: str | None = None, key: str | None = None, text: str | None = None) -> Widget:  # noqa: A002 - as in the design
        """Exactly one thing to touch, by its name, its key or words on it."""

        def fits(widget: Widget) -> bool:
            if id is not None:
                return bool(getattr(widget, "name", None) == id)
            if key is not None:
                return bool(getattr(widget, "key", None) == key)
            return any(isinstance(child, Words) and _says(child.said, text) for child in widget.walk(restrict=True))

        found = [widget for widget in self.targets() if fits(widget)]
        if len(found) != 1:
            asked = id or key or text
            there = [getattr(w, "key", "") or getattr(w, "name", "") for w in self.targets()]
            message = f"{len(found)} things fit {asked!r} on {self.screen}; there are {there}; words {self.words()}"
            raise NotFoundError(message)
        return found[0]

    def has(self, **what: str) -> bool:
        """Whether exactly one such thing can be touched."""
        try:
            self.find(**what)
        except NotFoundError:
            return False
        return True

    # -- touching -------------------------------------------------------------------------------------------------

    def tap(self, **what: str) -> None:
        """One short touch in the middle of what is asked for."""
        widget = self.find(**what)
        self.tap_at(*widget.to_window(*widget.center))

    def begin(self, tile: str = "take-part") -> None:
        """Touch a tile of Home, and go through what stands before the first question."""
        self.tap(key=tile)
        self.go_through()

    def go_through(self) -> None:
        """Go on from there; elsewhere do nothing."""
        go_through(self.app.turn, lambda verb, key="": self.tap(key=key) if key else self.tap(id=verb))

    def tap_at(self, x: float, y: float, button: str | None = None) -> None:
        """One short touch at a place in window pixels."""
        self.clock.move(BETWEEN_TAPS_S)
        touch = self.down(x, y, button)
        self.up(touch)

    def double_tap(self, **what: str) -> None:
        """Two touches in the same tenth of a second."""
        widget = self.find(**what)
        x, y = widget.to_window(*widget.center)
        self.tap_at(x, y)
        self.clock.move(0.1)
        self.up(self.down(x, y))

    def down(self, x: float, y: float, button: str | None = None) -> FakeTouch:
        """Put a finger on the glass."""
        touch = FakeTouch(next(self._numbers), x, y, EventLoop.window.size, button)
        EventLoop.post_dispatch_input("begin", touch)
        self.frames(1)
        return touch

    def up(self, touch: FakeTouch) -> None:
        """Take it away again."""
        EventLoop.post_dispatch_input("end", touch)
        self.frames(SETTLED)

    def hold(self, seconds: float, **what: str) -> None:
        """Keep a finger on something."""
        widget = self.find(**what)
        self.clock.move(BETWEEN_TAPS_S)
        touch = self.down(*widget.to_window(*widget.center))
        self.clock.move(seconds)
        self.up(touch)

    def tap_by_sdl(self, **what: str) -> None:
        """The same by the road a touch screen takes: SDL's mouse button, from a touch device."""
        widget = self.find(**what)
        x, y = widget.to_window(*widget.center)
        self.clock.move(BETWEEN_TAPS_S)
        for pressed in (True, False):
            push_mouse_button(round(x), round(EventLoop.window.height - y), pressed=pressed)
            self.frames(SETTLED)

    # -- pictures -------------------------------------------------------------------------------------------------

    def pixels(self) -> tuple[int, int, bytes]:
        """Width, height and RGB bytes of what is drawn, from the top."""
        from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels

        self.frames(SETTLED)
        width, height = EventLoop.window.size
        raw = bytes(glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE))
        rows = [raw[at : at + width * 3] for at in range(0, len(raw), width * 3)]
        return width, height, b"".join(reversed(rows))

    def screenshot(self, path: Path) -> None:
        """Write what is drawn as an opaque PNG."""
        from PIL import Image

        width, height, raw = self.pixels()
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.frombytes("RGB", (width, height), raw).save(path, compress_level=3)  # in a third of the time

    def close(self) -> None:
        """Take the program out of the window, which stays for the next one; the one before it stands there again."""
        self.app.on_stop()
        if self is _standing[-1]:
            self._step_aside()
        _standing.remove(self)
        for every in (self.app.ticking, self.app.asking):
            if every is not None:
                every.cancel()
        if _standing and _standing[-1].app.root.parent is None:
            _standing[-1]._step_forward()

    def _heard(self) -> dict[str, Callable[..., object]]:
        """What the program hears of the window."""
        app = self.app
        eaten = dict.fromkeys(("on_keyboard", "on_textinput", "on_drop_file"), app._eaten)
        return {
            **eaten,
            "on_key_down": app._key_down,
            "on_request_close": app._close_asked,
            "on_touch_down": app._touch_began,
            "on_resize": app._resized,
        }

    def _step_aside(self) -> None:
        """Leave the window: two programs in it would be drawn over each other."""
        EventLoop.window.unbind(**self._heard())
        EventLoop.window.remove_widget(self.app.root)

    def _step_forward(self) -> None:
        """Stand in the window again."""
        EventLoop.window.bind(**self._heard())
        EventLoop.window.add_widget(self.app.root)


def _says(said: Said | None, text: str | None) -> bool:
    return said is not None and said.text == text


class _MouseButton(ctypes.Structure):
    """SDL_MouseButtonEvent; `from_top` counts pixels from the top."""

    _fields_ = (
        ("type", ctypes.c_uint32),
        ("timestamp", ctypes.c_uint32),
        ("window", ctypes.c_uint32),
        ("which", ctypes.c_uint32),
        ("button", ctypes.c_uint8),
        ("state", ctypes.c_uint8),
        ("clicks", ctypes.c_uint8),
        ("padding", ctypes.c_uint8),
        ("x", ctypes.c_int32),
        ("y", ctypes.c_int32),
        ("room", ctypes.c_uint8 * 64),
    )


_DOWN, _UP, _TOUCH_DEVICE, _LEFT = 0x401, 0x402, 0xFFFFFFFF, 1


@cache
def sdl() -> ctypes.CDLL:
    """The SDL library that Kivy has loaded into this process."""
    maps = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    name = next(line.split()[-1] for line in maps if "libSDL2-2" in line)
    return ctypes.CDLL(name)


def push_mouse_button(x: int, from_top: int, *, pressed: bool, button: int = _LEFT) -> None:
    """Put one mouse button event into SDL's queue."""
    event = _MouseButton(
        type=_DOWN if pressed else _UP,
        window=1,
        which=_TOUCH_DEVICE,
        button=button,
        state=int(pressed),
        clicks=1,
        x=x,
        y=from_top,
    )
    if sdl().SDL_PushEvent(ctypes.byref(event)) < 0:
        sys.stderr.write("SDL refused an event\n")
