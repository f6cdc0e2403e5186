"""The kiosk's own practice: three steps that teach tap, skip, back, listen and language, where the author brought none.

Rule 1: nothing is kept of it: what was touched stands in the place alone and goes with it.
Rule 2: no wrong touch is a mistake: kind words, and again.
Rule 3: whoever knows it goes straight to question one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kiosk.places import BeforeYouStart, Practice
from kiosk.presenters.comeback import begin
from kiosk.presenters.pads import AnswerPad, NoteOnly, Tiles
from kiosk.presenters.purposes import opened_as
from kiosk.presenters.shown import Bars, Look, Progress, Said, Tile
from kiosk.presenters.touching import Barred
from kiosk.sitting import goes

STEPS: Final = 3
TAP, SKIP, AROUND = range(STEPS)
WANTED: Final = "tea"


@dataclass(frozen=True, slots=True)
class PracticeView:
    """One step; the fields are those of a question."""

    look: Look
    bars: Bars
    progress: Progress
    badge: Said
    prompt: Said
    hint: Said | None
    picture: str | None
    answer: AnswerPad
    trouble: Said | None


class PracticePresenter(Barred):
    """What a touch in practice means."""

    kind = Practice

    def view(self) -> PracticeView:
        """Return the step."""
        place = self.place(Practice)
        counted = self.say("practice", "Practice {at} of {of}", at=place.step + 1, of=STEPS)
        return PracticeView(
            look=self.look(),
            bars=self.bars(),
            progress=Progress(place.step + 1, STEPS, counted),
            badge=self.say("question", "Practice"),
            prompt=self._prompt(place),
            hint=self._hint(place),
            picture="hello" if place.step == AROUND else None,
            answer=NoteOnly() if place.step == AROUND else self._tiles(place),
            trouble=self._trouble(place),
        )

    def bars(self) -> Bars:
        """Return the bars; onward is there once the word was touched, and at the end."""
        place = self.place(Practice)
        if place.step == AROUND:
            return self.usual_bars(onward=self.say("practice", "Start"))
        if place.step == SKIP:
            return self.usual_bars(skip=self.say("question", "Skip"))
        onward = self.say("question", "Next") if place.done else None
        return self.usual_bars(skip=self.say("question", "I know this"), onward=onward)

    def _prompt(self, place: Practice) -> Said:
        if place.step == TAP:
            return self.say("practice", "This is only practice. Touch the word Tea.")
        if place.step == SKIP:
            return self.say("practice", "You never have to answer. This time, touch Skip.")
        return self._around(heard=self.listen_words() is not None)

    def _around(self, *, heard: bool) -> Said:
        """Return what two of the controls do, and where Language is on this screen."""
        if self._turn.room.small:
            return (
                self.say("practice", "Listen reads a page again. Touch Bigger, then Language, to change the words.")
                if heard
                else self.say("practice", "Touch Bigger, then Language, to change the words. Nothing is lost.")
            )
        return (
            self.say("practice", "Listen reads a page again. Language changes the words.")
            if heard
            else self.say("practice", "Language changes the words. Nothing is lost.")
        )

    def _hint(self, place: Practice) -> Said | None:
        if place.step == TAP:
            return self.say("practice", "Good. Now touch Next.") if place.done else None
        if place.step == SKIP:
            return self.say("practice", "Back shows your answer again.")
        return self.say("practice", "Stop ends it at once. Nothing is kept then.")

    def _tiles(self, place: Practice) -> Tiles:
        words = (
            ("tea", self.say("practice", "Tea")),
            ("rain", self.say("practice", "Rain")),
            ("shoe", self.say("practice", "Shoe")),
        )
        tiles = tuple(
            Tile(key, said, f"drink-{key}", chosen=place.step == TAP and place.done and key == WANTED)
            for key, said in words
        )
        return Tiles(tiles, many=False, likert=False, page=0, pages=1, more=None)

    def _trouble(self, place: Practice) -> Said | None:
        if not place.wrong:
            return None
        if place.step == SKIP:
            return self.say("practice", "You could choose that. This time, touch Skip.")
        return self.say("question", "Not that one. Try again. You cannot break anything.")

    def touch_tile(self, key: str) -> None:
        """Touch a word: the right one may be gone on from; any other brings kind words."""
        place = self.here(Practice)
        if place is None or key not in ("tea", "rain", "shoe"):
            return
        if place.step == SKIP:
            self._stand(replace(place, wrong=True))
        elif place.step == TAP:
            right = key == WANTED
            self._stand(replace(place, done=place.done or right, wrong=not right))

    def skip(self) -> None:
        """Go on as one was told to; from the first step, straight to question one."""
        place = self.place(Practice)
        if place.step == SKIP:
            self._stand(Practice(place.consultation, AROUND))
        else:
            self._start(place)

    def onward(self) -> None:
        """Go on to the next step, and from the last to question one."""
        place = self.place(Practice)
        if place.step == AROUND:
            self._start(place)
        else:
            self._stand(Practice(place.consultation, place.step + 1))

    def back(self) -> None:
        """Go back a step, where what was touched still stands; from the first, to what was told before."""
        place = self.place(Practice)
        if place.step:
            self._stand(Practice(place.consultation, place.step - 1, done=True))
        else:
            self._turn.move(goes(self._turn.sitting, self._check(place)))

    def _check(self, place: Practice) -> BeforeYouStart:
        return BeforeYouStart(place.consultation, checking=True)

    def _start(self, place: Practice) -> None:
        begin(self._turn, opened_as(self._turn, place.consultation), self._check(place))

    def _stand(self, place: Practice) -> None:
        self._turn.move(goes(self._turn.sitting, place))
