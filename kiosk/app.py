"""The Kivy program: one window that cannot be left, the table of screens, the idle timer, and what a fault does.

Rule 1: `configure` runs before the window exists; nothing is read from a home folder or the command line.
Rule 2: the only table from a View's type to its screen is kiosk.screen_table; presenters never name a screen.
Rule 3: every callback given to Kivy's clock goes through `kept`: Kivy drops one that fails, silently and for ever.
Rule 4: a fault is told by its class and place, never by its message, which might hold what somebody said.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

os.environ.update(KIVY_NO_CONFIG="1", KIVY_NO_ENV_CONFIG="1", KIVY_NO_ARGS="1", KIVY_NO_FILELOG="1")
# Whoever starts the program names a folder of its own; without one Kivy would write into the user's home.
os.environ.setdefault("KIVY_HOME", str(Path(tempfile.gettempdir()) / f"wingvoice-kivy-{os.getuid()}"))

from kivy.app import App
from kivy.base import EventLoop, ExceptionManager, stopTouchApp
from kivy.clock import Clock
from kivy.config import Config

from kiosk import speech, typeset
from kiosk.another_page import another_page, leaves_nothing, typing
from kiosk.presenters.booth_slip import BoothSlipView
from kiosk.presenters.every_page import View
from kiosk.presenters.turn import Turn
from kiosk.presenters.warning import WarningView
from kiosk.presenters.welcome import WelcomeView
from kiosk.screen_table import SCREENS
from kiosk.screens import shaped, theme
from kiosk.screens.at_once import Pages
from kiosk.screens.built import Screens
from kiosk.screens.faults import Faults
from kiosk.screens.pictured import ALBUM
from kiosk.screens.player import Player
from kiosk.screens.spotlight import Spotlight
from kiosk.speech import Step
from models.errors import VaultError

WIDTH_PX, HEIGHT_PX = 1280, 800
BEAT_S: Final = 0.5
SAME_TAP_S: Final = 0.4
SAME_KEY_S: Final = 0.12
AFTER_CHANGE_S: Final = 0.25
NEAR_MM: Final = 15.0
SOFTWARE_FAULT: Final = 70
SCANNED: Final = {48 + digit: str(digit) for digit in range(10)} | {256 + digit: str(digit) for digit in range(10)}
"""Kivy's key codes of the ten digits, in the row of a keyboard and on its pad."""
ENTERS: Final = frozenset({13, 271})
DROPPED_BUTTONS: Final = frozenset({"right", "middle", "scrollup", "scrolldown", "scrollleft", "scrollright"})


def configure(state_dir: Path, *, windowed: bool) -> None:
    """Lock Kivy down, before its window is made; RuntimeError where the environment would open or break it.

    `state_dir` is the folder Kivy may write to. `windowed` gives a window of 1280 x 800 with a pointer instead of the
    whole screen: for a desktop, the demo and the tests.
    """
    if os.environ.get("KIVY_GL_BACKEND") == "mock":
        raise RuntimeError("KIVY_GL_BACKEND=mock draws nothing: unset it.")
    if os.environ.get("SDL_TOUCH_MOUSE_EVENTS") == "0":
        raise RuntimeError("SDL_TOUCH_MOUSE_EVENTS=0 takes away the touch screen: unset it.")
    state_dir.mkdir(parents=True, exist_ok=True)
    pointer = "1" if windowed else "0"
    for section, key, value in (
        ("kivy", "exit_on_escape", "0"),
        ("kivy", "log_enable", "0"),
        ("kivy", "log_level", "warning"),
        ("kivy", "desktop", "0"),
        ("kivy", "pause_on_minimize", "0"),
        ("graphics", "fullscreen", "0" if windowed else "auto"),
        ("graphics", "borderless", "0" if windowed else "1"),
        ("graphics", "width", str(WIDTH_PX)),
        ("graphics", "height", str(HEIGHT_PX)),
        ("graphics", "resizable", "0"),
        ("graphics", "show_cursor", pointer),
        ("graphics", "allow_screensaver", "0"),
        ("graphics", "multisamples", "0"),
        ("graphics", "maxfps", "60"),
    ):
        Config.set(section, key, value)
    for section in ("input", "modules"):  # drops probesysfs, the inspector and the console
        for key, _ in list(Config.items(section)):
            Config.remove_option(section, key)
    Config.set("input", "mouse", "mouse,disable_multitouch")


def _to_stderr(line: str) -> None:
    sys.stderr.write(f"fault: {line}\n")


class KioskApp(App):
    """Shows what a turn says and tells it what was touched. `exit_code` is what the program ends with."""

    use_kivy_settings = False
    title = "Wing Voice"

    def __init__(
        self,
        make_turn: Callable[[Callable[[View], None]], Turn],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        beat: Callable[[], None] = lambda: None,
        report: Callable[[str], None] = _to_stderr,
        closable: bool = False,
        mm_per_px: float | None = None,
    ) -> None:
        """Take what makes the turn, a clock in seconds, a call for every half second, and the road of fault lines.

        `mm_per_px` is what somebody measured on this screen; None supposes it from the size in pixels.
        """
        super().__init__()
        self._mm_per_px = mm_per_px
        self._make_turn, self._monotonic, self._beat, self._closable = make_turn, monotonic, beat, closable
        self.faults = Faults(monotonic, self._wiped_after, self._leave, report)
        self.exit_code = 0
        self.view: View | None = None
        self.ticking: Any = None
        self.emptying: Any = None
        self.asking: Any = None
        self.building: Any = None
        self._touched_at = self._changed_at = monotonic()
        self._tap: tuple[float, float, float] | None = None
        self._alone = False

    # -- making -------------------------------------------------------------------------------------------------

    def build(self) -> Pages:
        """Make the window, the first screen and the turn, and lock the window; the other screens follow."""
        from kivy.core.window import Window

        self._window = Window
        shaped.install()
        width, height = Window.size
        theme.MEASURE.fit(width, height, self._mm_per_px)
        manager = Pages()
        self.screens = Screens(dict(SCREENS.values()), manager, self._monotonic)
        self.root = manager
        self.emptying = Clock.create_trigger(self.kept(self._forget), 0)
        self._spotlight = Spotlight()
        self.player = Player(self._monotonic, self.kept, lambda: self.view, self._light)
        Window.bind(
            on_request_close=self._close_asked,
            on_keyboard=self._eaten,
            on_key_down=self._key_down,
            on_textinput=self._eaten,
            on_drop_file=self._eaten,
            on_touch_down=self._touch_began,
            on_resize=self._resized,
        )
        ExceptionManager.add_handler(self.faults)
        self.ticking = Clock.schedule_interval(self.kept(self._every_half_second), BEAT_S)
        # Kivy asks SDL after a frame, so a touch would wait for one more: ask between the wait and the frame.
        self.asking = Clock.schedule_interval(self.kept(Window.mainloop), 0)
        self.serve(self._make_turn)
        Window.bind(on_flip=self._build_the_rest)
        return manager

    def _build_the_rest(self, window: Any) -> None:  # noqa: ANN401 - Kivy's own
        """Once the first page stands, build the screens that nobody has asked for yet, one a frame."""
        window.unbind(on_flip=self._build_the_rest)
        self.building = Clock.schedule_interval(self.kept(self._build_next), 0)

    def _build_next(self) -> None:
        if not self.screens.build_next():
            self.building.cancel()
            self.building = None

    def serve(self, make_turn: Callable[[Callable[[View], None]], Turn]) -> None:
        """Begin with a fresh turn; screens that are built serve on."""
        self.view, self._tap = None, None
        self.turn = make_turn(self.show)
        self.player.serve(self.turn.doors, lambda: self.turn.sitting.volume)
        self.turn.hearing = self.player
        self.turn.room = theme.MEASURE.room
        ALBUM.serve(self.turn.doors.media)
        self.screens.serve(self.turn.presenters)
        self.turn.start()

    def open_settings(self, *_: object) -> bool:
        """Kivy's own settings do not exist here."""
        return False

    def _install_settings_keys(self, _window: object) -> None:
        """F1 does nothing."""

    def load_config(self) -> None:
        """No configuration file is read or written."""

    # -- showing ------------------------------------------------------------------------------------------------

    def show(self, view: View) -> None:
        """Show a View on its screen; an equal one changes nothing."""
        view = speech.fitted(view, self.player.length)
        before, self.view = self.view, view
        self._alone = self.player.alone()
        if before == view:
            return
        name, _ = SCREENS[type(view)]
        self.screens[name].show(view)
        fresh = another_page(before, view)
        if fresh:
            self._changed_at = self._monotonic()
            _let_go()
        if isinstance(before, WarningView):
            self._touched_at = self._monotonic()
        self._window.clearcolor = theme.rgba(theme.colours_of(view.look).ground)
        self.root.current = name
        if leaves_nothing(before, view):
            self.emptying()
        self.player.arrived(before, view, fresh=fresh, aloud=self.turn.reads_aloud)

    def _light(self, step: Step | None) -> None:
        """Light up the words of a step on the page that stands."""
        if step is None:
            self._spotlight.off()
        else:
            self._spotlight.on(self.root.current_screen, step.said, step.nth)

    def _forget(self) -> None:
        """Drop what the other screens still hold of a person, and every line that was shaped for them.

        It runs right after the frame in which the page stands: whoever hands in waits for the page and not for this,
        and no touch is taken before it is done.
        """
        for screen in self.screens.values():
            if screen is not self.root.current_screen:
                screen.forget()
        typeset.forget()
        shaped.forget()
        self.turn.doors.forget()

    # -- clock and threads --------------------------------------------------------------------------------------

    def kept(self, callback: Callable[[], None]) -> Callable[[float], None]:
        """Wrap a callback for Kivy's clock so that an error in it is a fault and it stays scheduled."""

        def keep(_dt: float) -> None:
            try:
                callback()
            except Exception as error:  # noqa: BLE001 - Kivy would drop the callback for ever
                self.faults.fault(error)

        return keep

    def on_main_thread(self, callback: Callable[[], None]) -> None:
        """Run a callback on the screen's thread in its next frame; safe from any thread."""
        Clock.schedule_once(self.kept(callback), 0)

    def _every_half_second(self) -> None:
        self._beat()
        if self.player.playing and not isinstance(self.view, WarningView):
            self._touched_at = self._monotonic()  # who listens is there
        self.player.remind()
        if isinstance(self.view, WelcomeView):
            self.turn.doors.forget()  # what came back after somebody had left
        if self._alone != self.player.alone():
            self.turn.again()  # a page that says who else hears it says so anew
        now = self._monotonic()
        self.turn.idle(now - self._touched_at, now - self._changed_at)

    # -- faults and leaving -------------------------------------------------------------------------------------

    def _wiped_after(self, error: Exception) -> None:
        self.turn.doors.note_fault(error)
        if isinstance(error, VaultError):
            self.turn.fail(error)
        else:
            self.turn.wipe()

    def _leave(self) -> None:
        self.exit_code = SOFTWARE_FAULT
        stopTouchApp()

    def on_stop(self) -> None:
        """Take back what is registered with Kivy for the whole process, and fall silent."""
        self.player.stop()
        ExceptionManager.remove_handler(self.faults)

    # -- the window ---------------------------------------------------------------------------------------------

    def _close_asked(self, *_: object, **__: object) -> bool:
        return not self._closable

    def _eaten(self, *_: object, **__: object) -> bool:
        return True

    def _key_down(self, _window: object, key: int, *_: object) -> bool:
        """Take digits and Enter of a hand scanner, on the page that asks for a slip's number; eat every other key."""
        if isinstance(self.view, BoothSlipView):
            presenter: Any = self.turn.presenters["booth_slip"]
            if key in SCANNED:
                self._touched_at = self._monotonic()
                presenter.touch_key(SCANNED[key])
            elif key in ENTERS:
                self._touched_at = self._monotonic()
                presenter.touch_onward()
        return True

    def _resized(self, _window: object, width: int, height: int) -> None:
        theme.MEASURE.fit(width, height, self._mm_per_px)
        for screen in self.screens.values():
            screen.again()
        self.turn.room = theme.MEASURE.room
        self.turn.again()

    def _touch_began(self, _window: object, touch: Any) -> bool:  # noqa: ANN401 - Kivy's own
        """Drop what is no tap of a finger, and taps that come too soon; True eats the touch."""
        if getattr(touch, "button", "left") in DROPPED_BUTTONS:
            return True
        now = self._monotonic()
        if not isinstance(self.view, WarningView):
            self._touched_at = now
        if now - self._changed_at < AFTER_CHANGE_S or self._too_soon(now, touch.x, touch.y):
            return True
        self._tap = (now, touch.x, touch.y)
        self.player.touched()
        self.turn.touched()
        return False

    def _too_soon(self, now: float, x: float, y: float) -> bool:
        """A second tap on the same spot; letters of a word may follow each other faster."""
        if self._tap is None:
            return False
        then, last_x, last_y = self._tap
        near = abs(x - last_x) < theme.px(NEAR_MM) and abs(y - last_y) < theme.px(NEAR_MM)
        return near and now - then < (SAME_KEY_S if typing(self.view) else SAME_TAP_S)


def _let_go() -> None:
    """Make every finger that lies on the glass let go: what it began on one page never ends on another."""
    for touch in EventLoop.touches:
        for held in touch.grab_list[:]:
            part = held()
            if part is not None:
                part.let_go()
        touch.grab_list.clear()
