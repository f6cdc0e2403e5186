"""The come-back code, given once: four pictures with their names, six digits in two groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.places import Between, CodeGiven
from kiosk.presenters.comeback import code_of, picture_tiles
from kiosk.presenters.shown import Bars, Look, Said, Tile
from kiosk.presenters.touching import Barred
from kiosk.sitting import farewell, goes

GROUP: Final = 3


@dataclass(frozen=True, slots=True)
class ComebackGivenView:
    """Pictures run in reading direction; digits, in groups, from left to right in every language."""

    look: Look
    bars: Bars
    title: Said
    pictures: tuple[Tile, ...]
    digits: tuple[str, ...]
    body: tuple[Said, ...]


class ComebackGivenPresenter(Barred):
    """What a touch beside the code means."""

    kind = CodeGiven

    def view(self) -> ComebackGivenView:
        """Return the code; RuntimeError where nothing follows, since nobody is led here then."""
        self.place(CodeGiven)
        code = code_of(self._turn.sitting)
        if code is None:
            raise RuntimeError("there is no code to give")
        return ComebackGivenView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("comeback", "This is your code"),
            pictures=picture_tiles(self.phrase, code.pictures),
            digits=tuple(code.digits[at : at + GROUP] for at in range(0, len(code.digits), GROUP)),
            body=(
                self.say("comeback", "Copy all of it down. Words will do for the pictures."),
                self.say("comeback", "With it you go on later, here or on another kiosk."),
                self.say("comeback", "It is kept nowhere, and nobody can find it again. Show it to nobody."),
            ),
        )

    def bars(self) -> Bars:
        """Return the bars; Back is for somebody who would rather go on at once."""
        return self.usual_bars(onward=self.say("comeback", "I have it"))

    def back(self) -> None:
        """Go back to the choice between going on and leaving."""
        self._turn.move(goes(self._turn.sitting, Between()))

    def onward(self) -> None:
        """Go to the farewell; with it the code is gone."""
        self._turn.move(farewell(self._turn.sitting))
