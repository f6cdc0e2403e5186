"""A kiosk started as `wingvoice-kiosk start` starts it, in a process of its own, with somebody at its screen.

1. The name of SDL's driver is all that is made up: the screen is real, though nobody sees it.
2. What is done there is told as steps, as "key yes", "tap skip", "maybe no" (if it is there), "begin" (up to the
   first question), "type zx", "stand", "report", "crash", "kill SIGTERM"; a touch is made again until it was taken.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kiosk.app import KioskApp

HOUSE: Final = Path(__file__).parents[2]
STEP_S: Final = 0.3
LONGEST_S: Final = 120
MOST_TRIES: Final = 40
MAYBE_TRIES: Final = 4  # what is there may have come so lately that it drops a touch


def command(folder: Path, steps: Sequence[str], *words: str) -> list[str]:
    """Return the command that starts the kiosk at a folder with somebody before it who takes these steps."""
    return [sys.executable, "-m", "tests.kiosk.started", json.dumps(list(steps)), str(folder), *words]


def surroundings(scratch: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment without a display and without anything that tells Kivy how to be."""
    kept = {name: value for name, value in os.environ.items() if name != "DISPLAY" and not name.startswith("KIVY")}
    return kept | {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy", "HOME": str(scratch)} | (more or {})


def started(
    folder: Path, steps: Sequence[str], *words: str, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Start the kiosk at a folder, take the steps, and return how it ended and what was said."""
    return subprocess.run(
        command(folder, steps, *words),
        cwd=HOUSE, env=surroundings(folder.parent, more), capture_output=True, text=True, check=False,
        timeout=LONGEST_S,
    )  # fmt: skip


def _main(steps: list[str], folder: str, *words: str) -> None:
    import kiosk.__main__ as line

    ours = line._only_our_settings

    def then(home: Path) -> None:
        ours(home)
        from kiosk import running  # before anything of Kivy's, as the command does

        running._driver = lambda: "seen"
        clock = sys.modules["kivy.clock"].Clock
        person = _person(steps)

        def next_step(_dt: float) -> None:
            if next(person, None) is not None:
                clock.schedule_once(next_step, STEP_S)

        clock.schedule_once(next_step, STEP_S)

    line._only_our_settings = then
    line.main(["start", "--home", folder, *words])


def _person(steps: list[str]) -> Iterator[str]:
    """Take step after step; a touch is made again until another page or another state stands."""
    from kiosk.app import KioskApp

    app = KioskApp.get_running_app()
    for step in steps:
        what, _, which = step.partition(" ")
        if what in ("key", "tap", "maybe"):
            before = app.view
            for _ in range(MAYBE_TRIES if what == "maybe" else MOST_TRIES):
                if _touch(app, what, which):
                    yield step
                if app.view is not before:
                    break
                yield step
        else:
            _take(app, what, which)
            yield step


def _take(app: KioskApp, what: str, which: str) -> None:
    """Do what is no touch, or no single one."""
    import resource
    import signal

    from kivy.config import Config

    from tests.kiosk.threshold import go_through

    match what:
        case "report":
            sections = ("kivy", "input", "modules", "graphics")
            told = {
                "config": {section: dict(Config.items(section)) for section in sections},
                "core": resource.getrlimit(resource.RLIMIT_CORE),
                "kivy": {name: value for name, value in os.environ.items() if name.startswith("KIVY")},
            }
            sys.stdout.write(json.dumps(told) + "\n")
        case "stand":
            sys.stdout.write(f"{app.root.current} {type(app.turn.place).__name__}\n")
        case "begin":
            presenters = app.turn.presenters
            go_through(app.turn, lambda verb, *args: getattr(presenters[app.root.current], f"touch_{verb}")(*args))
        case "type":
            for letter in which:
                app.turn.presenters["question"].touch_key(letter)  # type: ignore[attr-defined]
        case "crash":
            app.turn.presenters["home"].view = _crash  # type: ignore[attr-defined]
        case "unwipeable":
            app.turn.presenters["welcome"].view = _crash  # type: ignore[attr-defined]
        case "kill":
            os.kill(os.getpid(), getattr(signal, which))
        case "stop":
            app.stop()
    sys.stdout.flush()


def _crash() -> None:
    message = "Zxcv what somebody said"
    raise KeyError(message)


def _touch(app: KioskApp, what: str, which: str) -> bool:
    """Touch what is asked for, as a touch screen does; return whether it was there."""
    from kivy.base import EventLoop

    from tests.kiosk.driver import Driver, push_mouse_button

    eyes = Driver.__new__(Driver)
    eyes.app = app
    named = "key" if what == "key" else "name"
    found = [widget for widget in eyes.targets() if getattr(widget, named, None) == which]
    if not found:
        return False
    x, y = found[0].to_window(*found[0].center)
    for pressed in (True, False):
        push_mouse_button(round(x), round(EventLoop.window.height - y), pressed=pressed)
    return True


if __name__ == "__main__":
    _main(json.loads(sys.argv[1]), *sys.argv[2:])
