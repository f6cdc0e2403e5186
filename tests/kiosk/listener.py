"""Somebody who only listens: hears what is really played, and sees where a light stands meanwhile; reads nothing.

1. What is heard are the bytes that were handed to the sound device, in the order in which they were.
2. The place is that of the light, in the window; no label, View or presenter is looked at.
3. Time is the test's: it goes on until the voice falls silent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import pytest
from kivy.base import EventLoop

from kiosk.screens import player as player_room
from models.clips import ClipKey, clip_key, sentences
from tests.kiosk.doors import ASSETS, FakeDoors
from tests.kiosk.driver import Driver

STEP_S = 0.02
MOST_STEPS = 5_000
MS = 700
SOUNDS = ASSETS / "sounds"


class Heard(NamedTuple):
    """One clip that was played, how loud, and the middle of what was lit; None where nothing was."""

    data: bytes
    volume: float
    at: tuple[float, float] | None


class Played:
    """What a sound device is given."""

    def __init__(self, data: bytes, heard: list[Heard]) -> None:
        self.data, self.heard = data, heard
        self.volume, self.playing = 0.0, False

    def play(self) -> None:
        """Begin; the light stands only after this."""
        self.playing = True
        self.heard.append(Heard(self.data, self.volume, None))

    def stop(self) -> None:
        """Fall silent."""
        self.playing = False

    def unload(self) -> None:
        """Be forgotten."""


class Listener:
    """Ears at a driven program; make it by `listening`."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.heard: list[Heard] = []
        self.sounds: list[Played] = []

    def _sound(self, data: bytes) -> Played:
        self.sounds.append(Played(data, self.heard))
        return self.sounds[-1]

    def wait(self) -> list[Heard]:
        """Let time pass until the voice falls silent; return what was heard, each with the place of its light."""
        driver, player, spotlight = self.driver, self.driver.app.player, self.driver.app._spotlight
        for _ in range(MOST_STEPS):
            if not player.playing:
                break
            due = player._ends_s if player._begun else player._starts_s
            driver.clock.move(max(STEP_S, due - driver.clock()))
            before = len(self.heard)
            driver.app._every_half_second()  # as the program counts, whose own clock does not jump
            driver.frames(1)
            lit = spotlight.lit
            if len(self.heard) > before and lit is not None:
                self.heard[-1] = self.heard[-1]._replace(at=lit.to_window(*lit.center))
        assert not player.playing, "the voice does not come to an end"
        told, self.heard[:] = list(self.heard), []
        return told

    def silence(self) -> None:
        """Say that nothing was heard, and nothing will be."""
        self.driver.clock.move(STEP_S)
        self.driver.frames(2)
        assert self.heard == []
        assert not self.driver.app.player.playing


@contextmanager
def listening(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    """Stand at the program with open ears."""
    listener = Listener(driver)
    with monkeypatch.context() as patch:
        patch.setattr(player_room, "_sound", listener._sound)
        for drawing in ("on_draw", "on_flip"):  # nobody looks: pages are laid out, and no time goes into pixels
            patch.setattr(EventLoop.window, drawing, lambda *_: None)
        yield listener
        driver.app.player.stop()


@cache
def own_words() -> Mapping[str, str]:
    """Return what each clip of the kiosk's own words says."""
    indexes = (json.loads(path.read_bytes()) for path in SOUNDS.glob("*/clips.json"))
    return {key: words for index in indexes for key, (_, words) in index.items()}


@dataclass
class TalkingDoors(FakeDoors):
    """Doors whose clips are the very words that they say, for the kiosk's own sentences and those of `texts`."""

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # a language's texts of the bundle

    def __post_init__(self) -> None:
        self.words = dict(own_words())
        for tag, told in self.texts.items():
            self.words |= {clip_key(tag, one): one for text in told for one in sentences(text)}

    def clip_ms(self, clip: ClipKey) -> int | None:
        return MS if clip in self.words else None

    def clip(self, clip: ClipKey) -> bytes | None:
        return self.words[clip].encode() if clip in self.words else None


def words(heard: list[Heard]) -> list[str]:
    """Return what TalkingDoors said."""
    return [one.data.decode() for one in heard]
