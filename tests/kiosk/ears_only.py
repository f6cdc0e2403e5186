"""Somebody who cannot read finds their way by ear: touches only places that were lit while their words were heard.

1. Words are known by the sound that was really played, and every sound is decoded: silence would be found at once.
2. A place is where the light stood meanwhile; on Welcome, the ears are seen as pictures.
3. What to listen for is all that the person brings along: the answers they have in mind, and the ways on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kivy.uix.widget import Widget

from kiosk.screens.eared import Ear
from models.clips import sentences
from tests.hearing import loudest
from tests.kiosk.listener import Heard, Listener

LOUD = 1000
PAGES = 200
MOMENT_FRAMES = 1_000_000


class Told(NamedTuple):
    """One thing that was heard, and where it was lit."""

    words: str
    at: tuple[float, float] | None


@cache
def _loudest(recording: bytes) -> int:
    return loudest(recording)


def _spoken(words: str) -> str:
    """How the first sentence of words is known again when it is heard."""
    return next(iter(sentences(words)), "")


class EarsOnly:
    """Ears, a finger, and what was heard on the page so far; `known` says what each sound is, by its bytes."""

    def __init__(self, listener: Listener, known: Mapping[bytes, str]) -> None:
        self.listener, self.known = listener, known
        self.told: list[Told] = []
        self.listen_at: tuple[float, float] | None = None
        self.path: list[str] = []  # what was touched, as it was heard
        self.pages: list[list[Told]] = []  # everything that was heard, reading by reading

    def _understood(self, heard: Sequence[Heard]) -> list[Told]:
        for one in heard:
            assert one.volume > 0
            assert _loudest(one.data) > LOUD, "a sound that nobody would hear"
        return [Told(self.known[one.data], one.at) for one in heard]

    def hear(self) -> list[Told]:
        """Hear what is read by itself; where one moment is asked for, give it."""
        self.told = self._understood(self.listener.wait())
        if self._asked_to_wait():
            self.listener.driver.wait_for(lambda: not self._asked_to_wait(), MOMENT_FRAMES)
            self.told = self._understood(self.listener.wait())
        self.pages.append(self.told)
        return self.told

    def _asked_to_wait(self) -> bool:
        """Whether something slow is under way: a code is drawn, or what was handed in is put on the disk."""
        driver = self.listener.driver
        return driver.screen == "opening" or bool(getattr(driver.view, "handing_in", False))

    def listen(self) -> list[Told]:
        """Touch Listen, and hear the whole page with its controls."""
        assert self.listen_at is not None, "nobody has said where Listen is"
        self.listener.driver.tap_at(*self.listen_at)
        return self.hear()

    def place_of(self, words: str, *, last: bool = False) -> tuple[float, float] | None:
        """Return where these words were lit on this page: the first time, or the last."""
        wanted = _spoken(words)
        places = [one.at for one in self.told if one.words == wanted and one.at is not None]
        return places[-1 if last else 0] if places else None

    def touch(self, words: str, *, last: bool = False) -> None:
        """Touch what was lit while these words were heard."""
        place = self.place_of(words, last=last)
        assert place is not None, f"{words!r} was not heard with a light; heard: {self.told}"
        self.path.append(words)
        self.listener.heard.clear()
        self.listener.driver.tap_at(*place)
        fresh = self.hear()
        self.told = fresh

    def type(self, digits: str) -> None:
        """Touch one key of a number pad after the other; where they are is heard once."""
        places = {one.words: one.at for one in self.listen()}
        for digit in digits:
            place = places.get(digit)
            assert place is not None, f"the key {digit} was not heard with a light; heard: {self.told}"
            self.listener.driver.tap_at(*place)
            self.listener.wait()

    def choose_language(self, name: str) -> None:
        """On Welcome: touch one ear after the other until the name is heard, then what was lit."""
        for ear in self.ears():
            self.listener.driver.tap_at(*ear.to_window(*ear.center))
            self.hear()
            if self.place_of(name) is not None:
                self.touch(name)
                return
        raise AssertionError(f"no ear says {name!r}")

    def ears(self) -> list[Widget]:
        """Return the pictures of an ear that stand on the page."""
        return [part for part in self.listener.driver.seen() if isinstance(part, Ear)]

    def begin(self, language: str, yes: str, listen: str) -> None:
        """Come to Home in this language, with every page read from now on."""
        self.choose_language(language)
        self.listen_at = self.place_of(listen)
        self.touch(yes)

    def go(
        self, *, answers: Collection[str], ways: Sequence[str], until: Callable[[], bool], review: Collection[str] = ()
    ) -> None:
        """Go on from page to page: touch an answer where one is heard, then the first way on that is heard.

        A page that says first one of `review` repeats what was answered, to one pair of ears: nothing is changed there.
        """
        answered: list[str] = []
        for _ in range(PAGES):
            if until():
                return
            page = [one.words for one in self.told]
            asked = not any(one in map(_spoken, review) for one in page[:1])
            heard = [one for one in answers if asked and self.place_of(one) is not None]
            if heard and page != answered:
                answered = page
                self.touch(heard[len(self.path) % len(heard)])
                if self.told:
                    continue
            self.listen()
            if until():
                return
            way = next((one for one in ways if self.place_of(one) is not None), None)
            assert way is not None, f"no way on was heard after {self.path}; heard: {self.told}"
            self.touch(way)
        raise AssertionError("there is no end")
