"""The short number of a stub, typed to see whether its ballot is there.

Rule 1: it is asked of the published board alone; what was typed is kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kiosk.booth_places import Council, CouncilPage, Stub
from kiosk.presenters.council import election_over
from kiosk.presenters.pads import A_PAD, DIGITS, as_on_a_telephone
from kiosk.presenters.shown import Bars, Key, Look, Said
from kiosk.presenters.touching import Barred
from kiosk.sitting import goes
from models import seal
from models.election.merge import look_up
from models.election.slip import SYMBOLS, read_symbols

MERGED: Final = "merge.json"
LENGTH, HALF = 8, 4
LETTERS: Final = "".join(sign for sign in SYMBOLS if sign not in DIGITS)
SHELVES: Final = (DIGITS, *(LETTERS[at : at + A_PAD] for at in range(0, len(LETTERS), A_PAD)))


@dataclass(frozen=True, slots=True)
class CouncilStubView:
    """The signs so far, in two groups of four; a pad with ten signs, a key to the next ten, and "delete"."""

    look: Look
    bars: Bars
    title: Said
    groups: tuple[str, ...]
    rows: tuple[tuple[Key, ...], ...]
    trouble: tuple[Said, ...]
    foot: Said | None


class CouncilStubPresenter(Barred):
    """What a touch on the pad means."""

    kind = Stub

    def view(self) -> CouncilStubView:
        """Return the number as far as it is there."""
        place = self.place(Stub)
        following = SHELVES[(place.shelf + 1) % len(SHELVES)]
        further = Key("further", f"{min(following)}-{max(following)}")
        over = election_over(self._turn)
        symbols = "" if over is None else over.symbols
        return CouncilStubView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("council", "Type a number from the small part of your slip"),
            groups=(place.typed[:HALF], place.typed[HALF:]),
            rows=as_on_a_telephone(SHELVES[place.shelf], self.say("keyboard", "Delete").text, further),
            trouble=(),
            foot=self.say("booth", "Election {symbols}", symbols=symbols) if symbols else None,
        )

    def bars(self) -> Bars:
        """Return the bars; onward is there once all signs are."""
        place = self._turn.sitting.place
        ready = isinstance(place, Stub) and len(place.typed) == LENGTH
        return self.usual_bars(onward=self.say("comeback", "Go on") if ready else None)

    def touch_key(self, key: str) -> None:
        """Type a sign, take the last one away, or turn to the next ten."""
        place = self.here(Stub)
        if place is None:
            return
        if key == "delete":
            self._put(replace(place, typed=place.typed[:-1]))
        elif key == "further":
            self._put(replace(place, shelf=(place.shelf + 1) % len(SHELVES)))
        elif len(key) == 1 and key in SYMBOLS and len(place.typed) < LENGTH:
            self._put(replace(place, typed=place.typed + key))

    def _put(self, place: Stub | CouncilPage | Council) -> None:
        self._turn.move(goes(self._turn.sitting, place))

    def back(self) -> None:
        """Go back to the results; what was typed is dropped."""
        self._put(Council())

    def onward(self) -> None:
        """Say whether it is there: counted, used twice, or not here; never where, and never what."""
        over, stub = election_over(self._turn), read_symbols(self.place(Stub).typed)
        if over is not None and stub is not None and MERGED in over.files:
            self._put(CouncilPage(found=look_up(over.files[MERGED], stub, seal.stub)))
