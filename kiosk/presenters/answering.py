"""Touches on a question: what each makes of the answer, for every kind.

Rule 1: choosing is accepted at once; what is typed or turned to is accepted on going on, and a draft until then.
Rule 2: a refused answer changes nothing on the sheet; a wrong number is not shown again, but no work is thrown away.
Rule 3: skipping takes back what was chosen; going back keeps it.
Rule 4: a touch on what is not there for this question does nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.places import AtQuestion, Draft, Trouble
from kiosk.presenters import choices, moments, ranges, series, typed
from kiosk.presenters.answered import choice_words, chosen, skip_choice
from kiosk.presenters.pictures import large_picture
from kiosk.presenters.repeating import Repeating
from kiosk.presenters.touching import Here, turned
from kiosk.sitting import Sitting, goes, sheet_of
from kiosk.walking import answered, backward, onward, part, past_practice
from kiosk.writing import announcing, choosing_mode, mode_again
from models.answers import AnswerSheet
from models.errors import AnswerError
from models.questionnaire import (
    Acknowledge,
    Moment,
    Note,
    Number,
    Path,
    Question,
    Range,
    Rank,
    Repeat,
    SelectMultiple,
    SelectOne,
    Text,
    WordsKey,
)

PRACTICE: Final = "practice"
OK: Final = "OK"  # what an acknowledged question stores
SHOWN: Final = "shown"  # the key of what the wheels show


class Answering(Repeating):
    """What a touch on a question means."""

    def _practice(self) -> bool:
        return part(self._turn.sitting).practice

    def _correct(self, place: AtQuestion) -> str | None:
        question = self._asked(place)
        return None if isinstance(question, Note | Repeat) else question.correct

    def _fixed(self, place: AtQuestion) -> bool:
        """Return whether the author lets nobody change this answer; it is shown, and one goes on."""
        return not isinstance(self._asked(place), Note | Repeat) and self._sheet().readonly(place.path)

    def _to_understand(self, place: AtQuestion) -> bool:
        """Return whether all that is asked is that one understood; going on says so."""
        return isinstance(self._asked(place), Acknowledge) and not self._fixed(place)

    def here(self, kind: type[Here]) -> Here | None:
        """Return the place of this screen; None also while something else stands before a text box."""
        sitting = self._turn.sitting
        return None if choosing_mode(sitting) or announcing(sitting) else super().here(kind)

    def _open(self) -> AtQuestion | None:
        """Return the place if this question is on the screen and may be answered, else None."""
        place = self.here(AtQuestion)
        if place is None or place.showing is not None or self._fixed(place):
            return None
        return place

    # Touches on the pad.

    def touch_ear(self, key: str) -> None:
        """Hear the words of this answer, without choosing it."""
        place = self._open()
        if place is None or not isinstance(self._asked(place), SelectOne | SelectMultiple | Rank):
            return
        sheet = self._sheet()
        words = next(
            (choice_words(sheet, one, place.path) for one in sheet.offered(place.path) if one.value == key), None
        )
        if words is not None and self._turn.hearing.can_say(words):
            self._turn.hearing.speak(words)

    def touch_tile(self, key: str) -> None:
        """Choose; on another tile, change one's mind; in a list of many, tick or untick; in a rank, give a place."""
        place = self._open()
        question = None if place is None else self._asked(place)
        if place is None or not isinstance(question, SelectOne | SelectMultiple | Rank):
            return
        if not choices.is_offered(self._turn, place, key):
            return
        if isinstance(question, SelectMultiple | Rank):
            held = choices.held(self._turn, place)
            ranked = isinstance(question, Rank)
            many = choices.ranked(held, key) if ranked else choices.toggled(held, self._sheet(), place.path, key)
            self._hold(place, many)
        elif self._practice() and question.correct not in (None, key):
            self._refuse(place, Trouble(PRACTICE, None))
        elif self._accept(place, key) and "quick" in question.appearance and _here(self._turn.sitting, place):
            self.onward()

    def touch_undo(self) -> None:
        """Take the last place of a rank back."""
        place = self._open()
        if place is not None and isinstance(self._asked(place), Rank):
            self._hold(place, choices.held(self._turn, place)[:-1])

    def touch_more(self) -> None:
        """Show the next page of answers, or of instances."""
        place = self.here(AtQuestion)
        question = None if place is None else self._asked(place)
        if place is None or place.showing is not None:
            return
        if isinstance(question, SelectOne | SelectMultiple | Rank):
            self._stand(replace(place, page=turned(place.page, len(choices.choices_of(self._turn, place)))))
        elif isinstance(question, Repeat) and place.leaving is None:
            self._stand(replace(place, page=turned(place.page, series.pages_in(self._turn, place.path))))

    def touch_step(self, index: int) -> None:
        """Choose a step of the row, or go to a mark of the line; `index` counts the stops from 0."""
        place = self._open()
        question = None if place is None else self._asked(place)
        if place is None or not isinstance(question, Range):
            return
        stops = ranges.grid_of(question)
        if not 0 <= index < len(stops):
            return
        if ranges.in_steps(question):
            self._accept(place, stops[index])
        else:
            self._stand(replace(place, draft=Draft(stops[index]), trouble=None))

    def touch_key(self, key: str) -> None:
        """Type, or count up and down."""
        place = self._open()
        if place is None:
            return
        question = self._asked(place)
        draft = self._keyed(place, question, key)
        if draft is not None:
            self._stand(replace(place, draft=draft, trouble=None))

    def _keyed(self, place: AtQuestion, question: Question | Note | Repeat, key: str) -> Draft | None:
        """Return what is being typed after this key; None where the key means nothing here."""
        if isinstance(question, Text) and not typed.digits_only(question):
            return typed.press_letter(self._turn, place, key)
        if isinstance(question, Number | Text):
            return Draft(typed.press_digit(question, typed.typed_number(self._turn, place), key))
        if isinstance(question, Moment):
            moment = moments.turned(self._turn, place, question, key)
            return None if moment is None else Draft(moment)
        if isinstance(question, Range) and not ranges.in_steps(question) and key in ranges.MOVES:
            value = ranges.shown_value(self._turn, place)
            if value or "vertical" in question.appearance:
                return Draft(ranges.moved(question, value, key))
        return None

    def touch_shown(self) -> None:
        """Choose what the wheels show."""
        place = self._open()
        question = None if place is None else self._asked(place)
        if place is None:
            return
        if isinstance(question, Moment):
            self.touch_key(SHOWN)
        elif isinstance(question, Range) and "vertical" in question.appearance and not ranges.in_steps(question):
            stops, value = ranges.grid_of(question), ranges.shown_value(self._turn, place)
            self._stand(replace(place, draft=Draft(value or stops[ranges.middle(stops)]), trouble=None))

    # Touches beside the pad.

    def touch_tell(self) -> None:
        """Be told more about the question."""
        place = self.here(AtQuestion)
        if place is not None and place.showing is None and told_more(self._asked(place)) is not None:
            self._stand(replace(place, showing="guidance"))

    def touch_picture(self) -> None:
        """See the picture as large as the page allows."""
        place = self.here(AtQuestion)
        if place is None or place.showing is not None:
            return
        if large_picture(self._turn, self._asked(place).words) is not None:
            self._stand(replace(place, showing="picture"))

    # Touches on the bars.

    def onward(self) -> None:
        """Go on, if the answer fits."""
        place = self.place(AtQuestion)
        if place.showing is not None:
            self._stand(replace(place, showing=None))
            return
        question = self._asked(place)
        if self._to_understand(place):
            place = replace(place, draft=Draft(OK))
        if self._halfway(place):
            self._stand(replace(place, page=1, trouble=None))
            return
        try:
            sitting = self._with_draft(place)
            sheet = sheet_of(sitting)
            if not isinstance(question, Note | Repeat) and _here(sitting, place):
                sheet.going_on(place.path)
        except AnswerError as refusal:
            self._refuse(place, Trouble(refusal.reason, refusal.words), _kept(question, place.draft))
            return
        if self._practice() and _here(sitting, place) and not _right(sheet, place.path):
            self._refuse(place, Trouble(PRACTICE, None), _kept(question, place.draft))
            return
        self._turn.move(past(sitting, place))

    def back(self) -> None:
        """Go back; what is typed is kept if it fits."""
        place = self.place(AtQuestion)
        if place.showing is not None or place.leaving is not None:
            self._stand(replace(place, showing=None, leaving=None))
            return
        if place.page and isinstance(self._asked(place), Moment):
            self._stand(replace(place, page=0, trouble=None))
            return
        try:
            sitting = self._with_draft(place)
        except AnswerError:
            sitting = self._turn.sitting
        if not _here(sitting, place):
            self._turn.move(sitting)
        else:
            self._turn.move(mode_again(sitting) or backward(sitting))

    def skip(self) -> None:
        """Take back what was chosen, and go on; in practice, go to the questions that count."""
        place, sheet = self.place(AtQuestion), self._sheet()
        choice = skip_choice(sheet, place.path)
        if self._practice() and (choice is None or choice.value != self._correct(place)):
            self._turn.move(past_practice(self._turn.sitting))
            return
        value = None
        if choice is not None:
            several = isinstance(self._asked(place), SelectMultiple | Rank)
            value = (choice.value,) if several else choice.value
        self._turn.move(past(answered(self._turn.sitting, accepted(sheet, place.path, value)), place))

    def _halfway(self, place: AtQuestion) -> bool:
        """Return whether a day was chosen and its time is still to be asked."""
        question = self._asked(place)
        return (
            isinstance(question, Moment) and moments.two_pages(question) and not place.page and not self._fixed(place)
        )

    def _with_draft(self, place: AtQuestion) -> Sitting:
        """Return the sitting with what is typed on its sheet; AnswerError if it does not fit."""
        if place.draft is None:
            return self._turn.sitting
        question, text = self._asked(place), place.draft.text.strip()
        if isinstance(question, Moment) and moments.two_pages(question) and "T" not in text:
            return self._turn.sitting  # a day alone is half of what is asked
        several = isinstance(question, SelectMultiple | Rank)
        sheet = self._sheet().accept(place.path, tuple(text.split()) if several else text or None)
        return answered(self._turn.sitting, sheet)

    def _hold(self, place: AtQuestion, values: tuple[str, ...]) -> None:
        """Put these values on the sheet; where the author's rule wants more or fewer, keep them until one goes on."""
        place = replace(place, trouble=None, draft=None)
        try:
            sheet = self._sheet().accept(place.path, values)
        except AnswerError:
            self._stand(replace(place, draft=Draft(" ".join(values))))
        else:
            self._turn.move(answered(goes(self._turn.sitting, place), sheet))

    def _accept(self, place: AtQuestion, value: str) -> bool:
        try:
            sheet = self._sheet().accept(place.path, value)
        except AnswerError as refusal:
            self._refuse(place, Trouble(refusal.reason, refusal.words))
            return False
        self._turn.move(answered(goes(self._turn.sitting, replace(place, trouble=None, draft=None)), sheet))
        return True

    def _refuse(self, place: AtQuestion, trouble: Trouble, draft: Draft | None = None) -> None:
        self._stand(replace(place, trouble=trouble, draft=draft))


def _here(sitting: Sitting, place: AtQuestion) -> bool:
    return isinstance(sitting.place, AtQuestion) and sitting.place.path == place.path


def past(sitting: Sitting, place: AtQuestion) -> Sitting:
    """Return the sitting after this question; where the answer took it away, it stands there already."""
    return onward(sitting) if _here(sitting, place) else sitting


def _kept(question: Question | Note | Repeat, draft: Draft | None) -> Draft | None:
    """What stays of a refused draft: a wrong number is not shown again; words, ticks and days are not thrown away."""
    return Draft("") if isinstance(question, Number | Range) else draft


def _right(sheet: AnswerSheet, path: Path) -> bool:
    question = sheet.question(path)
    correct = None if isinstance(question, Note | Repeat) else question.correct
    if correct is None:
        return True
    if isinstance(sheet.question(path), Rank):
        return chosen(sheet, path) == tuple(correct.split())
    return set(correct.split()) == set(sheet.value(path).split())


def accepted(sheet: AnswerSheet, path: Path, value: str | tuple[str, ...] | None) -> AnswerSheet:
    """Return the sheet with this value, or with none where the value does not fit."""
    try:
        return sheet.accept(path, value)
    except AnswerError:
        return sheet.accept(path, None)


def told_more(question: Question | Note | Repeat) -> WordsKey | None:
    """Return what is told on asking: the author's guidance; at a text box, which has no room for it, also the hint."""
    if isinstance(question, Repeat):
        return None
    return question.hint if question.guidance is None and isinstance(question, Text) else question.guidance
