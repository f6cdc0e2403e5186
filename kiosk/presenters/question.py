"""A question: one a screen, whatever its kind, and what each touch on it means.

Rule 1: choosing is accepted at once; what is typed is accepted on going on, and kept as a draft until then.
Rule 2: a refused answer changes nothing on the sheet; the words are kind and never show the wrong value again.
Rule 3: skipping takes back what was chosen; going back keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kiosk.presenters import composer
from kiosk.presenters.answered import chosen, prompt, skip_choice, steps_of
from kiosk.presenters.pads import (
    Acknowledge,
    AnswerPad,
    Keypad,
    NoteOnly,
    Steps,
    TextPad,
    Tiles,
    choices_of,
    draft_of,
    pad_of,
    pointed,
    press_number,
    typed_number,
)
from kiosk.presenters.pictures import picture
from kiosk.presenters.shown import Bars, Look, Phrase, Progress, Said
from kiosk.presenters.touching import Barred, said, turned
from kiosk.sitting import (
    AtQuestion,
    Draft,
    Sitting,
    Trouble,
    backward,
    goes,
    onward,
    opened_of,
    part,
    past_practice,
    sheet_of,
    walk,
)
from models import questionnaire
from models.answers import AnswerSheet
from models.consultation import text_of
from models.errors import AnswerError
from models.questionnaire import LanguageTag, Note, Number, Path, Question, Range, SelectMultiple, SelectOne, Text

__all__ = [
    "Acknowledge",
    "AnswerPad",
    "Keypad",
    "NoteOnly",
    "QuestionPresenter",
    "QuestionView",
    "Steps",
    "TextPad",
    "Tiles",
]

TROUBLES: Final = {
    "not-a-number": Phrase("question", "Please type a number."),
    "out-of-range": Phrase("question", "That number is too small or too big. Try another."),
    "too-long": Phrase("question", "That is too long. Please make it shorter."),
    "not-offered": Phrase("question", "Please choose one of these answers."),
    "constraint": Phrase("question", "That answer does not fit here. Try another."),
    "required": Phrase("question", "Please choose an answer, or touch Skip."),
    "practice": Phrase("question", "Not that one. Try again. You cannot break anything."),
}
PRACTICE: Final = "practice"
OK: Final = "OK"  # what an acknowledged question stores


@dataclass(frozen=True, slots=True)
class QuestionView:
    """All that one question shows; `trouble` is a kind sentence under the question."""

    look: Look
    bars: Bars
    progress: Progress
    badge: Said | None
    prompt: Said
    hint: Said | None
    picture: str | None
    answer: AnswerPad
    trouble: Said | None


class QuestionPresenter(Barred):
    """What a touch on a question means."""

    kind = AtQuestion

    def view(self) -> QuestionView:
        """Return the question as it stands."""
        place, sheet = self.place(AtQuestion), self._sheet()
        question = sheet.question(place.path)
        return QuestionView(
            look=self.look(),
            bars=self.bars(),
            progress=self._progress(place),
            badge=self._badge(question),
            prompt=prompt(sheet, place.path),
            hint=self._hint(place, question),
            picture=picture(sheet, question.words),
            answer=NoteOnly() if self._announcing(place) else pad_of(self._turn, place),
            trouble=self._trouble(place),
        )

    def bars(self) -> Bars:
        """Return the bars; onward is absent until there is something to go on with, except in a note."""
        place = self.place(AtQuestion)
        if self._announcing(place):
            understood = self.say("question", "I understand")
            return self.usual_bars(skip=self._skip_words(place), onward=understood)
        told = isinstance(self._sheet().question(place.path), Note) or self._fixed(place)
        ready = told or self._answered(place)
        return self.usual_bars(
            skip=None if told and not self._practice() else self._skip_words(place),
            onward=self.say("question", "Next") if ready else None,
        )

    def _sheet(self) -> AnswerSheet:
        return sheet_of(self._turn.sitting)

    def _practice(self) -> bool:
        return part(self._turn.sitting).practice

    def _fixed(self, place: AtQuestion) -> bool:
        """Return whether the author lets nobody change this answer; it is shown, and one goes on."""
        return not isinstance(self._sheet().question(place.path), Note) and self._sheet().readonly(place.path)

    def _announcing(self, place: AtQuestion) -> bool:
        """Return whether it is still to be said who reads what will be typed here; the box opens after that."""
        question, blank = self._sheet().question(place.path), self._sheet().value(place.path) == ""
        return isinstance(question, Text) and blank and not place.announced

    def _open(self) -> AtQuestion | None:
        """Return the place if this question is on the screen and may be answered, else None."""
        place = self.here(AtQuestion)
        return None if place is None or self._fixed(place) or self._announcing(place) else place

    def _answered(self, place: AtQuestion) -> bool:
        question = self._sheet().question(place.path)
        if isinstance(question, Text):
            return draft_of(self._turn, place).text.strip() != ""
        if _typed(question):
            return typed_number(self._turn, place) != ""
        return self._sheet().value(place.path) != ""

    def _skip_words(self, place: AtQuestion) -> Said:
        choice = skip_choice(self._sheet(), place.path)
        if choice is not None and (not self._practice() or choice.value == _correct(self._sheet(), place.path)):
            return said(self._sheet().words(choice.words))
        return self.say("question", "I know this") if self._practice() else self.say("question", "Skip")

    def _badge(self, question: Question | Note) -> Said | None:
        if self._practice():
            return self.say("question", "Practice")
        if isinstance(question, Text):  # a text box is open only where a demonstration queue is declared
            return self.say("question", "Demonstration")
        return None

    def _progress(self, place: AtQuestion) -> Progress:
        sheet, stops = self._sheet(), walk(self._turn.sitting)
        asked = [path for path in stops if not isinstance(sheet.question(path), Note)]
        of = max(1, len(asked))
        if place.path in asked:
            at = asked.index(place.path) + 1
            return Progress(at, of, self.say("question", "Question {at} of {of}", at=at, of=of))
        before = stops[: stops.index(place.path)] if place.path in stops else ()
        return Progress(sum(path in asked for path in before), of, self.say("question", "Please read this"))

    def _hint(self, place: AtQuestion, question: Question | Note) -> Said | None:
        hint = None if question.hint is None else said(self._sheet().words(question.hint))
        if isinstance(question, Text):  # beside a keyboard there is no room for it; it was said before
            return self._announcement(hint) if self._announcing(place) else None
        if hint is None and isinstance(question, Note) and not self._practice() and self._turn.sitting.parts == 0:
            first = walk(self._turn.sitting)[0] == place.path
            return self._limits() if first else None
        if hint is None and isinstance(question, SelectMultiple):
            return self.say("question", "Choose all that fit")
        return hint

    def _limits(self) -> Said:
        """Return what cannot change, said before question one."""
        limits = opened_of(self._turn.sitting).consultation.limits
        return self._turn.spoken(*text_of(limits, LanguageTag(self._turn.tag())))

    def _announcement(self, hint: Said | None) -> Said:
        """Return what must be known before typing: who reads it and when, and whom to tell if it cannot wait."""
        policy = opened_of(self._turn.sitting).consultation.free_text
        reader, _ = text_of(policy.who_reads, LanguageTag(self._turn.tag()))
        words = self.say(
            "question",
            "Nobody reads this today. It is read by: {reader}. Longest wait in days: {days}.",
            reader=reader,
            days=policy.longest_wait_days,
        )
        shelf = self._turn.shelf()
        if shelf is not None and shelf.place is not None and shelf.place.kind == "office":
            now = self.say("question", "In danger now? Tell the duty officer, or call 999.")
        else:
            now = self.say("question", "In danger now? Press your cell bell, or tell any officer.")
        texts = [words.text, now.text] if hint is None else [hint.text, words.text, now.text]
        return replace(words, text=" ".join(texts))

    def _trouble(self, place: AtQuestion) -> Said | None:
        if place.trouble is None:
            return None
        if place.trouble.words is not None:
            return self._turn.spoken(place.trouble.words, self._turn.tag())
        return self.phrase(TROUBLES.get(place.trouble.reason, TROUBLES["constraint"]))

    # Touches on the pad.

    def touch_tile(self, key: str) -> None:
        """Choose; on another tile, change one's mind; in a list of many, tick or untick."""
        place = self._open()
        question = None if place is None else self._sheet().question(place.path)
        if place is None or not isinstance(question, SelectOne | SelectMultiple):
            return
        if all(choice.value != key for page in choices_of(self._turn, place) for choice in page):
            return
        if isinstance(question, SelectMultiple):
            self._accept(place, self._toggled(place, key))
        elif self._practice() and question.correct not in (None, key):
            self._refuse(place, Trouble(PRACTICE, None))
        else:
            self._accept(place, key)

    def _toggled(self, place: AtQuestion, key: str) -> tuple[str, ...]:
        """Return the values ticked after this touch; one that stands alone clears the others, and they clear it."""
        held = chosen(self._sheet(), place.path)
        if key in held:
            return tuple(value for value in held if value != key)
        alone = {choice.value for choice in self._sheet().offered(place.path) if choice.alone}
        return (key,) if key in alone else (*(value for value in held if value not in alone), key)

    def touch_more(self) -> None:
        """Show the next page of answers."""
        place = self.here(AtQuestion)
        if place is not None and isinstance(self._sheet().question(place.path), SelectOne | SelectMultiple):
            pages = len(choices_of(self._turn, place))
            self._stand(replace(place, page=turned(place.page, pages)))

    def touch_step(self, index: int) -> None:
        """Choose a step of the row; `index` counts from 0."""
        place = self._open()
        question = None if place is None else self._sheet().question(place.path)
        if place is not None and isinstance(question, Range) and 0 <= index < len(steps_of(question)):
            self._accept(place, steps_of(question)[index])

    def touch_key(self, key: str) -> None:
        """Type; Done on the keyboard goes on."""
        place = self._open()
        if place is None:
            return
        question = self._sheet().question(place.path)
        if isinstance(question, Text):
            if key == "done":
                self.touch_onward()
                return
            draft = composer.press(draft_of(self._turn, place), self._turn.doors.keyboard(self._turn.tag()), key)
            self._stand(replace(place, draft=draft, trouble=None))
        elif _typed(question) and isinstance(question, Number | Range):
            text = press_number(typed_number(self._turn, place), key, point=pointed(question))
            self._stand(replace(place, draft=Draft(text), trouble=None))

    def touch_acknowledge(self) -> None:
        """Say that it was understood."""
        place = self._open()
        if place is not None and isinstance(self._sheet().question(place.path), questionnaire.Acknowledge):
            self._accept(place, OK)

    # Touches on the bars.

    def onward(self) -> None:
        """Go on, if the answer fits."""
        place = self.place(AtQuestion)
        if self._announcing(place):
            self._stand(replace(place, announced=True))
            return
        try:
            sitting = self._with_draft(place)
            sheet = sheet_of(sitting)
            if not isinstance(sheet.question(place.path), Note):
                sheet.going_on(place.path)
        except AnswerError as refusal:
            # A wrong number is not shown again; a long text is not thrown away for a small fault.
            text = isinstance(self._sheet().question(place.path), Text)
            self._refuse(place, Trouble(refusal.reason, refusal.words), place.draft if text else Draft(""))
            return
        if self._practice() and not _right(sheet, place.path):
            self._refuse(place, Trouble(PRACTICE, None), Draft(""))
            return
        self._turn.move(onward(sitting))

    def back(self) -> None:
        """Go back; what is typed is kept if it fits."""
        place = self.place(AtQuestion)
        try:
            sitting = self._with_draft(place)
        except AnswerError:
            sitting = self._turn.sitting
        self._turn.move(backward(sitting))

    def skip(self) -> None:
        """Take back what was chosen, and go on; in practice, go to the questions that count."""
        place, sheet = self.place(AtQuestion), self._sheet()
        choice = skip_choice(sheet, place.path)
        if self._practice() and (choice is None or choice.value != _correct(sheet, place.path)):
            self._turn.move(past_practice(self._turn.sitting))
            return
        value = None
        if choice is not None:
            value = (choice.value,) if isinstance(sheet.question(place.path), SelectMultiple) else choice.value
        self._turn.move(onward(replace(self._turn.sitting, sheet=_accepted(sheet, place.path, value))))

    def _with_draft(self, place: AtQuestion) -> Sitting:
        """Return the sitting with what is typed on its sheet; AnswerError if it does not fit."""
        if place.draft is None:
            return self._turn.sitting
        sheet = self._sheet().accept(place.path, place.draft.text.strip() or None)
        return replace(self._turn.sitting, sheet=sheet)

    def _accept(self, place: AtQuestion, value: str | tuple[str, ...]) -> None:
        try:
            sheet = self._sheet().accept(place.path, value)
        except AnswerError as refusal:
            self._refuse(place, Trouble(refusal.reason, refusal.words))
        else:
            self._turn.move(replace(self._turn.sitting, sheet=sheet, place=replace(place, trouble=None)))

    def _refuse(self, place: AtQuestion, trouble: Trouble, draft: Draft | None = None) -> None:
        self._stand(replace(place, trouble=trouble, draft=draft))

    def _stand(self, place: AtQuestion) -> None:
        self._turn.move(goes(self._turn.sitting, place))


def _typed(question: Question | Note) -> bool:
    return isinstance(question, Number) or (isinstance(question, Range) and not steps_of(question))


def _correct(sheet: AnswerSheet, path: Path) -> str | None:
    question = sheet.question(path)
    return None if isinstance(question, Note) else question.correct


def _right(sheet: AnswerSheet, path: Path) -> bool:
    correct = _correct(sheet, path)
    return correct is None or set(correct.split()) == set(sheet.value(path).split())


def _accepted(sheet: AnswerSheet, path: Path, value: str | tuple[str, ...] | None) -> AnswerSheet:
    try:
        return sheet.accept(path, value)
    except AnswerError:
        return sheet.accept(path, None)
