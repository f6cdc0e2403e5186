"""The background thread that carries, so that the screen never waits for a disk or a road.

Rule 1: errands run one after the other, in the order they were asked; whoever must not wait has a thread of their own.
Rule 2: what comes back to the screen goes through `on_main_thread`, which the wiring injects.
Rule 3: an error of ours ends the errand, is reported by class and number, and never ends the thread.
Rule 4: an errand is dropped as soon as it is done.
Rule 5: regular errands run by the clock, not after use, so that their traffic tells nothing.
"""

from __future__ import annotations

import heapq
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from models.errors import WingVoiceError

T = TypeVar("T")
Errand = Callable[[], None]
OnMainThread = Callable[[Errand], None]


@dataclass(order=True)
class _Regular:
    """An errand that comes round: due at `due_s` of the injected clock, then every `every_s()` seconds."""

    due_s: float
    errand: Errand = field(compare=False)
    every_s: Callable[[], float] = field(compare=False)


class Postman:
    """One thread with a queue of errands; `start` once, `stop` once."""

    def __init__(
        self,
        on_main_thread: OnMainThread,
        monotonic: Callable[[], float],
        report: Callable[[BaseException], None],
    ) -> None:
        self._on_main_thread, self._monotonic, self._report = on_main_thread, monotonic, report
        self._queue: deque[Errand] = deque()
        self._regular: list[_Regular] = []
        self._wake = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._walk, name="postman", daemon=True)

    def start(self) -> None:
        """Set out; errands asked for before are kept."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is in the bag, then come home."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join()

    def ask(self, errand: Callable[[], T], then: Callable[[T | WingVoiceError], None]) -> None:
        """Run `errand` on the postman's thread; `then` gets its result or its error on the main thread."""

        def carried() -> None:
            try:
                result: T | WingVoiceError = errand()
            except Exception as error:  # noqa: BLE001 - the screen waits for a word, and must get one
                self._report(error)
                result = error if isinstance(error, WingVoiceError) else WingVoiceError()
            self._on_main_thread(lambda: then(result))

        with self._wake:
            self._queue.append(carried)
            self._wake.notify()

    def tell(self, progress: Errand) -> None:
        """Let an errand under way say something on the main thread."""
        self._on_main_thread(progress)

    def regularly(self, errand: Errand, every_s: Callable[[], float]) -> None:
        """Run `errand` each time `every_s()` seconds have gone by; the function may add jitter."""
        with self._wake:
            heapq.heappush(self._regular, _Regular(self._monotonic() + every_s(), errand, every_s))
            self._wake.notify()

    def _next(self) -> Errand | None:
        """Return what to do now, waiting for it; None when the bag is empty and it is time to go home."""
        with self._wake:
            while True:
                if self._queue:
                    return self._queue.popleft()
                if self._stopping:
                    return None
                now = self._monotonic()
                if self._regular and self._regular[0].due_s <= now:
                    due = heapq.heappop(self._regular)
                    heapq.heappush(self._regular, _Regular(now + due.every_s(), due.errand, due.every_s))
                    return due.errand
                # A moved clock must be noticed, so that no wait is longer than a minute.
                self._wake.wait(min(60.0, self._regular[0].due_s - now) if self._regular else None)

    def _walk(self) -> None:
        while (errand := self._next()) is not None:
            try:
                errand()
            except Exception as error:  # noqa: BLE001 - one of the two outermost loops: it says what happened, and goes on
                self._report(error)
            del errand  # it may carry what somebody said, or their code, and the next one may be minutes away
