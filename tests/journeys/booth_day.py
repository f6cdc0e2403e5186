"""A kiosk on the day of a poll, its real screens under a finger; the election's day starts it as a program of its own.

    python -m tests.journeys.booth_day      reads the path of ORDER.json as a line, once it is there;
                                            writes seal codes and troubles beside it, as ORDER.done.json

Rule 1: staff open the poll at their page before the first voter; the poll is left open when the program ends.
Rule 2: what a voter chose is in the order and in nobody's memory after; what comes back is what stands on a stub.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from kivy.base import EventLoop

from kiosk.presenters.booth_ask import BoothAskView
from kiosk.presenters.booth_check import BoothCheckView
from kiosk.presenters.booth_sealed import BoothSealedView
from kiosk.presenters.booth_slip import BoothSlipView
from kiosk.presenters.booth_vote import BoothVoteView
from kiosk.presenters.booth_welcome import BoothWelcomeView
from kiosk.presenters.booth_words import BoothWordsView
from kiosk.presenters.pads import Ranking, Tiles
from kiosk.presenters.pin import PinView
from kiosk.presenters.read_to_me import ReadToMeView
from kiosk.presenters.welcome import WelcomeView
from tests.journeys.kiosk_day import Day, Order

FRAMES_TO_SEAL: Final = 100_000
MOST_STEPS: Final = 60
ENTER: Final = 13


@dataclass
class BoothOrder:
    """Who comes to the booth of one kiosk: a voter is {"language", "code", "scanned", "votes": {contest: choices}}."""

    home: str
    content: str
    first_day: str
    pin: str
    voters: list[dict[str, Any]]
    pictures: str | None = None


@dataclass
class Stubs:
    """What comes back: for each voter the seal codes in order of contest, and what went wrong."""

    codes: list[list[str]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


class BoothDay(Day):
    """The kiosk as a booth: staff open the poll, then voters come."""

    def open_poll(self) -> None:
        """Open the poll at the staff page, behind the PIN."""
        self.language = "staff"
        self.driver.hold(5.5, id="logo")
        assert type(self.driver.view) is PinView
        for digit in self.order.pin:
            self.driver.tap(key=digit)
        self.driver.tap(id="onward")
        self.driver.tap(key="poll")
        self._keep("poll")
        self.driver.tap(key="open")
        self.driver.tap(key="yes")
        self.driver.wait_for(lambda: self.driver.has(key="close"), FRAMES_TO_SEAL)
        self.driver.tap(id="back")
        self.driver.tap(id="back")
        assert self.driver.screen == "welcome"

    def vote(self, language: str, code: str, votes: dict[str, list[int]], *, scanned: bool) -> list[str]:
        """Vote by touch, or with a scanner for the number; return the seal codes in order of contest.

        What has no choices is left blank.
        """
        self.language = language
        codes = list[str]()
        for _ in range(MOST_STEPS):
            view = self.driver.view
            self._picture(view)
            if isinstance(view, BoothSealedView):
                codes += [block.body.text for block in view.codes]
                self.driver.tap(id="onward" if len(codes) == len(votes) else "more")
            elif isinstance(view, WelcomeView) and codes:
                return codes
            else:
                self._step(view, code, [votes[number] for number in sorted(votes, key=int)], scanned=scanned)
        message = "a vote came to no end"
        raise AssertionError(message)

    def _step(self, view: object, code: str, choices: list[list[int]], *, scanned: bool) -> None:
        """Do what a voter does on one screen."""
        match view:
            case WelcomeView():
                self._choose_language(self.language)
            case ReadToMeView():
                self.driver.tap(id="no")
            case BoothSlipView():
                assert not view.trouble, view.trouble
                self._scan(code) if scanned else self._type(code)
                self.driver.wait_for(lambda: isinstance(self.driver.view, BoothVoteView), FRAMES_TO_SEAL)
            case BoothVoteView():
                self._choose(view, choices[view.progress.at - 1])
            case BoothAskView():  # blank, once more: no name was left unseen
                self.driver.tap(key="yes")
            case BoothWelcomeView() | BoothWordsView():
                self.driver.tap(id="onward")
            case BoothCheckView():
                self.driver.tap(id="onward")
                self.driver.wait_for(self._stored, FRAMES_TO_SEAL)
            case _:
                message = f"a voter does not know {type(view).__name__}"
                raise AssertionError(message)

    def _type(self, code: str) -> None:
        for digit in code:
            self.driver.tap(key=digit)
        self._keep("boothslip")
        self.driver.tap(id="onward")

    def _scan(self, code: str) -> None:
        """Let a scanner type the number, and Enter after it."""
        for key in (*map(ord, code), ENTER):
            for event in ("on_key_down", "on_keyboard", "on_key_up"):
                said = {"on_key_down": (0, chr(key), []), "on_keyboard": (0, "", []), "on_key_up": (0,)}[event]
                EventLoop.window.dispatch(event, key, *said)
        self.driver.frames(3)

    def _stored(self) -> bool:
        view = self.driver.view
        return not isinstance(view, BoothCheckView) or view.change is not None

    def _picture(self, view: object) -> None:
        """Take a picture of the screens of a booth; the others have theirs on ordinary days."""
        if type(view).__name__.startswith("Booth"):
            super()._picture(view)

    def _keep(self, kind: str) -> None:
        """Take a picture of what is shown now, in place of an earlier one of the same name."""
        if self.order.pictures is not None:
            self.driver.screenshot(Path(self.order.pictures) / f"{self.language}-{kind}.png")

    def _choose_language(self, tag: str) -> None:
        while not self.driver.has(key=tag):
            self.driver.tap(id="more")
        self.driver.tap(key=tag)

    def _choose(self, view: BoothVoteView, choices: list[int]) -> None:
        """Touch the names in order, on whatever page they are, and look at every page; then go on."""
        assert isinstance(view.answer, Ranking | Tiles)
        if not choices:
            self.driver.tap(id="blank")
            return
        for choice in choices:
            for _ in range(view.answer.pages):
                if self.driver.has(key=str(choice)):
                    break
                self.driver.tap(id="more")
            self.driver.tap(key=str(choice))
        for _ in range(view.answer.pages - 1):
            self.driver.tap(id="more")
        self._keep("boothvote")
        self.driver.tap(id="onward")


def main(path: Path) -> None:
    """Carry out one order."""
    asked = BoothOrder(**json.loads(path.read_text(encoding="utf-8")))
    day = BoothDay(
        Order(
            home=asked.home,
            content=asked.content,
            first_day=asked.first_day,
            days_gone=0,
            seed=0,
            pin=asked.pin,
            wishes=[],
            docks=[],
            tour=[],
            pictures=asked.pictures,
        )
    )
    day.open_poll()
    stubs = Stubs([day.vote(**voter) for voter in asked.voters])
    day.close()
    stubs.troubles = day.troubles
    path.with_suffix(".done.json").write_text(json.dumps(asdict(stubs)), encoding="utf-8")


if __name__ == "__main__" and (line := sys.stdin.readline().strip()):
    main(Path(line))
