"""A question: one a screen, whatever its kind, and all that is shown of it.

Rule 1: onward is absent until there is something to go on with, except where nothing is asked, or only that one
        understood: then it says so itself.
Rule 2: the words are the author's; where there are none, the kiosk's own say what to do.
Rule 3: a kind sentence tells what does not fit, and never shows the wrong value again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.places import AtQuestion
from kiosk.presenters import choices, moments, ranges, series, typed
from kiosk.presenters.answered import choice_words, prompt, skip_choice
from kiosk.presenters.answering import Answering, told_more
from kiosk.presenters.kinds import fixed_pad, pad_of
from kiosk.presenters.pads import (
    AnswerPad,
    Fixed,
    Keypad,
    Large,
    Mark,
    NoteOnly,
    Ranking,
    Series,
    Stepper,
    Steps,
    TakeAway,
    TextPad,
    Tiles,
    Wheel,
    Wheels,
)
from kiosk.presenters.pictures import large_picture, picture
from kiosk.presenters.purposes import named
from kiosk.presenters.shown import Bars, Look, Phrase, Progress, Said
from kiosk.presenters.touching import Turning, said
from kiosk.sitting import opened_of
from kiosk.walking import instance_around, series_of, walk
from models.questionnaire import (
    Moment,
    Note,
    Number,
    Question,
    Range,
    Rank,
    Repeat,
    SelectMultiple,
    Text,
)

__all__ = [
    "AnswerPad",
    "Fixed",
    "Keypad",
    "Large",
    "Mark",
    "NoteOnly",
    "QuestionPresenter",
    "QuestionView",
    "Ranking",
    "Series",
    "Stepper",
    "Steps",
    "TakeAway",
    "TextPad",
    "Tiles",
    "Wheel",
    "Wheels",
]

TROUBLES: Final = {
    "not-a-number": Phrase("question", "Please type a number."),
    "not-a-date": Phrase("question", "Please choose a day."),
    "out-of-range": Phrase("question", "That number is too small or too big. Try another."),
    "too-long": Phrase("question", "That is too long. Please make it shorter."),
    "not-offered": Phrase("question", "Please choose one of these answers."),
    "constraint": Phrase("question", "That answer does not fit here. Try another."),
    "required": Phrase("question", "Please choose an answer, or touch Skip."),
    "practice": Phrase("question", "Not that one. Try again. You cannot break anything."),
}


@dataclass(frozen=True, slots=True)
class QuestionView:
    """All that one question shows; `trouble` is a kind sentence under the question, in the place of its hint.

    `tell`: the words of the control that tells more. `enlarges`: the picture can be touched and is then shown large.
    """

    look: Look
    bars: Bars
    progress: Progress
    badge: Said | None
    prompt: Said
    hint: Said | None
    picture: str | None
    answer: AnswerPad
    trouble: Said | None
    tell: Said | None = None
    enlarges: bool = False


class QuestionPresenter(Answering):
    """What a question shows."""

    def view(self) -> QuestionView:
        """Return the question as it stands."""
        place = self.place(AtQuestion)
        question = self._asked(place)
        usual = place.showing is None
        trouble = self._trouble(place) if usual else None
        return QuestionView(
            look=self.look(),
            bars=self.bars(),
            progress=self._progress(place),
            badge=self._badge(question),
            prompt=prompt(self._turn, place.path),
            hint=self._hint(place, question) if trouble is None else None,
            picture=picture(self._turn, question.words) if usual else None,
            answer=self._pad(place, question),
            trouble=trouble,
            tell=self._tell(question, trouble) if usual else None,
            enlarges=usual and large_picture(self._turn, question.words) is not None,
        )

    def _tell(self, question: Question | Note | Repeat, trouble: Said | None) -> Said | None:
        """Return the words of the control that tells more; on a small screen what went wrong takes its place."""
        room = self._turn.room
        given_way = (trouble is not None and room.small) or (isinstance(question, Text) and not room.text_asides)
        return None if told_more(question) is None or given_way else self.say("question", "Tell me more")

    def bars(self) -> Bars:
        """Return the bars; onward is absent until there is something to go on with."""
        place = self.place(AtQuestion)
        if place.showing is not None:
            return self.usual_bars(onward=self.say("question", "I understand"))
        if place.leaving is not None:
            return self.usual_bars()
        if isinstance(self._asked(place), Repeat):
            return self.usual_bars(onward=self.say("question", "Go on"))
        told = isinstance(self._asked(place), Note) or self._fixed(place)
        skip = None if told and not self._practice() else self._skip_words(place)
        if self._to_understand(place):
            return self.usual_bars(skip=skip, onward=self.say("question", "I understand"))
        ready = told or self._answered(place)
        return self.usual_bars(skip=skip, onward=self.say("question", "Next") if ready else None)

    def _pad(self, place: AtQuestion, question: Question | Note | Repeat) -> AnswerPad:
        if place.showing == "picture":
            large = large_picture(self._turn, question.words)
            return NoteOnly() if large is None else Large(large)
        if place.showing is not None:
            return NoteOnly()
        return fixed_pad(self._turn, place) if self._fixed(place) else pad_of(self._turn, place)

    def _answered(self, place: AtQuestion) -> bool:
        question = self._asked(place)
        if isinstance(question, Text) and not typed.digits_only(question):
            return typed.draft_of(self._turn, place).text.strip() != ""
        if isinstance(question, Number | Text):
            return typed.typed_number(self._turn, place) != ""
        if isinstance(question, Moment):
            return moments.is_chosen(question, place, moments.text_so_far(self._turn, place))
        if isinstance(question, Range):
            return ranges.shown_value(self._turn, place) != ""
        if isinstance(question, SelectMultiple | Rank):
            return choices.held(self._turn, place) != ()
        return self._sheet().value(place.path) != ""

    def _skip_words(self, place: AtQuestion) -> Said:
        choice = skip_choice(self._sheet(), place.path)
        correct = None if choice is None else self._correct(place)
        if choice is not None and (not self._practice() or choice.value == correct):
            return choice_words(self._sheet(), choice, place.path)
        return self.say("question", "I know this") if self._practice() else self.say("question", "Skip")

    def _badge(self, question: Question | Note | Repeat) -> Said | None:
        if self._practice():
            return self.say("question", "Practice")
        if isinstance(question, Text):
            return demonstration(self._turn)
        return self.say("question", "With your name") if named(opened_of(self._turn.sitting)) else None

    def _progress(self, place: AtQuestion) -> Progress:
        sheet, stops = self._sheet(), walk(self._turn.sitting)
        asked = {path for path in stops if not isinstance(sheet.question(path), Note | Repeat)}
        of = max(1, len(asked))
        at = sum(path in asked for path in stops[: stops.index(place.path)]) if place.path in stops else 0
        if isinstance(self._asked(place), Repeat):
            count = len(sheet.instances(place.path))
            return Progress(at, of, self.say("question", "So far: {count}", count=count))
        if place.path not in asked:
            return Progress(at, of, self.say("question", "Please read this"))
        return Progress(at + 1, of, self._instance(place) or self._counted(at + 1, of))

    def _counted(self, at: int, of: int) -> Said:
        return self.say("question", "Question {at} of {of}", at=at, of=of)

    def _instance(self, place: AtQuestion) -> Said | None:
        """Return which of several this question is about."""
        instance = instance_around(place.path)
        if instance is None:
            return None
        title = prompt(self._turn, series_of(instance))
        return self.say("question", "Number {number}: {title}", number=series.number_of(instance), title=title)

    def _hint(self, place: AtQuestion, question: Question | Note | Repeat) -> Said | None:
        if isinstance(question, Repeat):
            return None if place.leaving is None else self.say("question", "Take this one away?")
        if place.showing is not None:
            told = told_more(question) if place.showing == "guidance" else None
            return None if told is None else said(self._sheet().words(told, place.path))
        hint = None if question.hint is None else said(self._sheet().words(question.hint, place.path))
        if isinstance(question, Text):  # beside a keyboard there is no room for it: it is told on asking
            return None
        if hint is not None or self._fixed(place):
            return hint
        return self._what_to_do(place, question)

    def _what_to_do(self, place: AtQuestion, question: Question | Note) -> Said | None:
        """Return what the kiosk says by itself about how to answer."""
        if isinstance(question, SelectMultiple):
            return self.say("question", "Choose all that fit")
        if isinstance(question, Rank) and not choices.held(self._turn, place):
            return self.say("question", "Touch them in order. The first is number 1.")
        if isinstance(question, Range) and not ranges.in_steps(question) and "vertical" not in question.appearance:
            return self.say("question", "Touch the line. Then make it more or less with + and \u2212.")
        return None

    def _trouble(self, place: AtQuestion) -> Said | None:
        if place.trouble is None:
            return None
        if place.trouble.words is not None:
            return self._turn.spoken(place.trouble.words, self._turn.tag())
        return self.phrase(TROUBLES.get(place.trouble.reason, TROUBLES["constraint"]))


def demonstration(turn: Turning) -> Said | None:
    """Return the sign of a place where nobody watches what is written; None where somebody does."""
    shelf = turn.shelf()
    queue = None if shelf is None or shelf.place is None else shelf.place.queue
    return turn.say("question", "Demonstration") if queue is not None and queue.demonstration else None
