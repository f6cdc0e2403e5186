"""How long it takes from switching on to the first page, with the vault opened and checked; and a kiosk at rest.

Source: kiosk.md section 13; the bars are of issue 4: 3 s from source, 2 s frozen, under 5 % of a processor at rest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.benchmarks.figures import Figure, Share, Shown, show
from tests.benchmarks.kiosk_bench import BUILD, FRAMES_A_SECOND, HOUSE, a_bench, lay, prison_life
from tests.kiosk.scratch import MovedClock, an_enrolled_kiosk

FROZEN: Final = HOUSE / "dist" / "wingvoice-kiosk" / "wingvoice-kiosk"
SOURCE_S, FROZEN_S = 3.0, 2.0
MOST: Final = 5.0
REST_S: Final = 30.0
REST: Final = 0.05
BARE: Final = """
import os
os.environ.update(KIVY_NO_CONFIG="1", KIVY_NO_ARGS="1", KIVY_NO_FILELOG="1", KIVY_NO_CONSOLELOG="1")
from kivy.app import App
from kivy.base import EventLoop, runTouchApp
from kivy.uix.label import Label
app = App()
app.build = lambda: Label(text="Wing Voice")
app._run_prepare()
runTouchApp(embedded=True)
EventLoop.idle()
"""


def started(command: list[str], home: Path) -> float:
    """Return the seconds from starting a program until it has said that its first page is drawn."""
    env = {name: value for name, value in os.environ.items() if name != "DISPLAY" and not name.startswith("KIVY")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # a kiosk compiles its program once, not at every start
    env |= {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy", "KIVY_HOME": str(home.parent / "kivy")}
    began = time.perf_counter()
    subprocess.run(command, cwd=HOUSE, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def starts(rounds: int, frozen: Path | None) -> Iterator[Figure]:
    """Measure each way of starting; the best of the rounds, for a machine has other things to do."""
    BUILD.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=BUILD, prefix="bench-") as folder:
        kiosk = an_enrolled_kiosk(Path(folder), MovedClock())
        lay(kiosk, prison_life(), "en", "ar")
        kiosk.close()
        home = Path(folder) / "kiosk"
        words = ["start", "--first-page", "--home", str(home)]
        ways = [("from source", [sys.executable, "-m", "kiosk", *words], SOURCE_S)]
        ways += [] if frozen is None else [("frozen", [str(frozen), *words], FROZEN_S)]
        bare = [sys.executable, "-c", BARE]
        peer = min(started(bare, home) for _ in range(rounds))
        for name, command, limit_s in ways:
            ours = min(started(command, home) for _ in range(rounds + 1))
            yield Figure(f"start to the first page and back, {name}", "a bare Kivy label, from source", ours, peer,
                         limit_s, MOST)  # fmt: skip


def at_rest(seconds: float) -> Iterator[Share]:
    """Let the kiosk rest on Welcome at its own pace; its share of one processor."""
    with a_bench(prison_life(), "en", "ar") as bench:
        from kivy.base import EventLoop
        from kivy.clock import Clock

        Clock._max_fps = FRAMES_A_SECOND
        bench.driver.frames(FRAMES_A_SECOND)
        worked, began = time.process_time(), time.perf_counter()
        while time.perf_counter() - began < seconds:
            EventLoop.idle()
            EventLoop.window.mainloop()
        share = (time.process_time() - worked) / (time.perf_counter() - began)
        Clock._max_fps = 0
    yield Share("a kiosk at rest on Welcome, of one processor", share, REST)


def figures(rounds: int, rest_s: float, frozen: Path | None) -> Iterator[Shown]:
    """Measure everything."""
    yield from starts(rounds, frozen)
    yield from at_rest(rest_s)


def main() -> None:
    """Measure and print."""
    if len(sys.argv) > 1:
        show("Starting and resting", figures(1, float(sys.argv[1]), None))
    else:
        show("Starting and resting", figures(3, REST_S, FROZEN if FROZEN.exists() else None))


if __name__ == "__main__":
    main()
