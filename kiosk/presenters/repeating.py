"""Touches on a repeat: going through an instance again, one more, one less.

Rule 1: what is added is gone through at once, question by question; what is there can be gone through again.
Rule 2: nothing is taken away by one touch.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.places import AtQuestion
from kiosk.presenters import series
from kiosk.presenters.touching import Barred
from kiosk.sitting import goes, sheet_of
from models.answers import AnswerSheet
from models.questionnaire import Note, Path, Question, Repeat


class Repeating(Barred):
    """What a touch on a repeat means."""

    kind = AtQuestion

    def _sheet(self) -> AnswerSheet:
        return sheet_of(self._turn.sitting)

    def _asked(self, place: AtQuestion) -> Question | Note | Repeat:
        return self._sheet().question(place.path)

    def _stand(self, place: AtQuestion) -> None:
        self._turn.move(goes(self._turn.sitting, place))

    def touch_line(self, instance: str) -> None:
        """Go through one instance again."""
        place = self._at_series()
        if place is not None and instance in self._sheet().instances(place.path):
            first = series.first_stop(self._turn, Path(instance))
            if first is not None:
                self._stand(AtQuestion(first, to_review=place.to_review))

    def touch_add(self) -> None:
        """Add one, and go to its first question."""
        place = self._at_series()
        if place is None or not self._sheet().may_add(place.path):
            return
        sheet = self._sheet().add_instance(place.path)
        self._turn.move(replace(self._turn.sitting, sheet=sheet))
        self.touch_line(sheet.instances(place.path)[-1])

    def touch_take_away(self, instance: str) -> None:
        """Ask whether this instance shall go."""
        place = self._at_series()
        if place is None or self._sheet().readonly(place.path):
            return
        if instance in self._sheet().instances(place.path):
            self._stand(replace(place, leaving=Path(instance)))

    def touch_keep(self) -> None:
        """Keep it after all."""
        place = self.here(AtQuestion)
        if place is not None and place.leaving is not None:
            self._stand(replace(place, leaving=None))

    def touch_gone(self) -> None:
        """Take it away, with what was answered in it."""
        place = self.here(AtQuestion)
        if place is not None and place.leaving is not None:
            sheet = self._sheet().remove_instance(place.leaving)
            self._turn.move(replace(self._turn.sitting, sheet=sheet, place=replace(place, leaving=None)))

    def _at_series(self) -> AtQuestion | None:
        place = self.here(AtQuestion)
        if place is None or place.leaving is not None or not isinstance(self._asked(place), Repeat):
            return None
        return place
