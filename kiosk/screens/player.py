"""Plays a reading, clip after clip, and tells which words are being read.

Rule 1: it goes on by the clock, after the milliseconds that each clip is said to play: the end of a sound is never
        waited for, since without a device it would never come.
Rule 2: at the start one silent sound tells whether there is a device; without one, nothing offers to be heard.
Rule 3: any touch stops it; a touch on Listen that stopped it does not start it again.
Rule 4: what is for one pair of ears stops as soon as the headphones are pulled out.
Rule 5: sound is handed over in memory: nothing of what somebody listened to reaches a disk.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from typing import Any, Final

from kivy.clock import Clock

from kiosk import speech, spoken
from kiosk.presenters.doors import Doors
from kiosk.presenters.every_page import View
from kiosk.presenters.shown import Said
from kiosk.presenters.warning import WarningView
from kiosk.speech import Step
from kiosk.spoken import Part
from models.clips import ClipKey

PAUSE_S: Final = 0.3
REMIND_S: Final = 15.0
LOUDNESS: Final = (0.15, 0.3, 0.5, 0.7, 1.0)
"""Five steps of volume, of the loudest that Kivy plays."""
_RATE: Final = 22_050
_PROBE: Final = _RATE // 20  # samples: a twentieth of a second


class Player:
    """The voice of the program: what a turn knows as its hearing."""

    def __init__(
        self,
        monotonic: Callable[[], float],
        kept: Callable[[Callable[[], None]], Callable[[float], None]],
        page: Callable[[], View | None],
        light: Callable[[Step | None], None],
    ) -> None:
        """`kept` wraps what Kivy's clock calls, `page` gives the View that stands, `light` is told what is read."""
        self._monotonic, self._kept, self._page, self._light = monotonic, kept, page, light
        self._doors: Doors | None = None
        self._wished: Callable[[], int | None] = lambda: None
        self._steps: tuple[Step, ...] = ()
        self._starts_s = self._ends_s = 0.0
        self._remind_s: float | None = None
        self._sound: Any = None
        self._begun = self._hushed = False
        self._ticking: Any = None
        self.present = _plays()

    def serve(self, doors: Doors, wished: Callable[[], int | None]) -> None:
        """Take sound from these doors from now on; `wished` gives the volume that a person set, 1 to 5, or None."""
        self.stop()
        self._doors, self._wished = doors, wished

    # What a turn asks.

    def can_say(self, *words: Said) -> bool:
        """Return whether all these words can be heard here."""
        return all(speech.clips_of(said, self.length) is not None for said in words)

    def alone(self) -> bool:
        """Return whether headphones are plugged in."""
        return self._doors is not None and self._doors.ears().alone

    def listen(self) -> None:
        """Read the whole page with its controls; where this very touch stopped a reading, stay silent."""
        view = self._page()
        if self._hushed or view is None:
            self._hushed = False
            return
        self._read((*spoken.parts(view), *spoken.controls(view)), view)

    def speak(self, words: Said) -> None:
        """Say these words alone."""
        view = self._page()
        if view is not None:
            self._read((Part(words),), view)

    # What the program tells.

    @property
    def playing(self) -> bool:
        """Whether something is being read."""
        return bool(self._steps)

    def length(self, clip: ClipKey) -> int | None:
        """Return the milliseconds of a clip that can be heard here, or None."""
        return self._doors.clip_ms(clip) if self.present and self._doors is not None else None

    def arrived(self, before: View | None, view: View, *, fresh: bool, aloud: bool) -> None:
        """Be told what is shown now: another page stops what was read, and is read itself where that is wished."""
        if fresh:
            self.stop()
        told = speech.arrival(before, view, fresh=fresh) if aloud and self.present else ()
        if told:
            self._read(told, view)
        self._remind_s = self._monotonic() + REMIND_S if aloud and isinstance(view, WarningView) else None

    def touched(self) -> None:
        """Be told of a touch: it stops what is being read."""
        self._hushed = self.playing
        self.stop()

    def remind(self) -> None:
        """Be told that half a second went by: a warning that nobody answered is read once more."""
        view = self._page()
        if self._remind_s is None or self._monotonic() < self._remind_s or view is None:
            return
        self._remind_s = None
        self._read(spoken.parts(view), view)

    def stop(self) -> None:
        """Stop, and forget what was being read and what was to be read again."""
        self._remind_s = None
        self._end()

    def _end(self) -> None:
        self._silence()
        self._steps = ()
        if self._ticking is not None:
            self._ticking.cancel()
            self._ticking = None

    # Reading.

    def _read(self, told: tuple[Part, ...], view: View) -> None:
        self._end()
        self._steps = speech.reading(told, view, self.length, private=self.alone())
        if self._steps:
            self._starts_s = self._monotonic() + PAUSE_S  # the page is drawn first
            self._ticking = Clock.schedule_interval(self._kept(self._go_on), 0)

    def _go_on(self) -> None:
        now = self._monotonic()
        if not self._steps:
            return
        step = self._steps[0]
        if self._begun and (now >= self._ends_s or (step.private and not self.alone())):
            self._silence()
            self._steps, self._starts_s = self._steps[1:], now + PAUSE_S
            if not self._steps:
                self._end()
        elif not self._begun and now >= self._starts_s:
            self._begin(step, now)

    def _begin(self, step: Step, now: float) -> None:
        self._begun = True
        if step.private and not self.alone():
            return  # the next look passes it by
        self._ends_s = now + step.ms / 1000
        data = None if self._doors is None else self._doors.clip(step.clip)
        if data is not None and self._doors is not None:
            self._sound = _sound(data)
            self._sound.volume = LOUDNESS[(self._wished() or self._doors.ears().volume) - 1]
            self._sound.play()
        self._light(step)

    def _silence(self) -> None:
        if self._sound is not None:
            self._sound.stop()
            self._sound.unload()
            self._sound = None
        if self._begun:
            self._begun = False
            self._light(None)


def _sound(data: bytes) -> Any:  # noqa: ANN401 - Kivy's own
    """Return bytes as something that plays; SDL knows what they are by looking at them."""
    from kivy.core.audio.audio_sdl2 import SoundSDL2

    held = os.memfd_create("clip")
    try:
        os.write(held, data)
        return SoundSDL2(source=f"/proc/self/fd/{held}")
    finally:
        os.close(held)


def heard_ms(data: bytes) -> int | None:
    """Return how long a device would play these bytes, in milliseconds; None where there is no device."""
    if not _plays():
        return None
    sound = _sound(data)
    length = round(float(sound.length) * 1000)
    sound.unload()
    return length


def _plays() -> bool:
    """Whether there is anything to play on: a sound has a length only where a device took it."""
    rate, samples = _RATE, bytes(2 * _PROBE)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16)
    data = struct.pack("<4sI", b"data", len(samples)) + samples
    probe = _sound(struct.pack("<4sI4s", b"RIFF", 4 + len(form) + len(data), b"WAVE") + form + data)
    there = bool(probe.length > 0)
    probe.unload()
    return there
