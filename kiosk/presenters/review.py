"""Review: what will be handed in, four lines a page; handing it in.

Rule 1: a question is a line; an instance of a repeat is one line with all its answers, and its series another.
Rule 2: what should be looked at again stands first.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.places import AtQuestion, Review
from kiosk.presenters.answered import answer_words, prompt
from kiosk.presenters.handing_in import ask_to_hand_in
from kiosk.presenters.opening import WORKING
from kiosk.presenters.purposes import named, reader_of
from kiosk.presenters.replying import give_code, wants_code
from kiosk.presenters.series import number_of, own_stops, summary
from kiosk.presenters.shown import Bars, Look, Said
from kiosk.presenters.touching import Barred, Here, pages_of, turned
from kiosk.sitting import goes, opened_of, sheet_of
from kiosk.walking import instance_around, last_question, series_of, walk
from kiosk.writing import choosing_mode, mode_again
from models.questionnaire import Note, Path, Repeat


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One question and its answer; `problem` marks what should be looked at again."""

    path: str
    prompt: Said
    answer: Said
    problem: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Up to four lines a page; onward hands in. While `handing_in`, nothing can be touched."""

    look: Look
    bars: Bars
    title: Said
    lines: tuple[ReviewLine, ...]
    page: int
    pages: int
    more: Said | None
    handing_in: bool
    sign: str | None = None


class ReviewPresenter(Barred):
    """What a touch on the review means; `touch_onward` hands in."""

    kind = Review

    def view(self) -> ReviewView:
        """Return one page of answers, problems first; while handing in, none: they are no longer the screen's."""
        place = self.place(Review)
        if place.handing_in:
            title = self.say("review", "Handing in. Please wait.")
            return ReviewView(self.look(), self.bars(), title, (), 0, 1, None, handing_in=True, sign=WORKING)
        lines = self._lines()
        a_page = self._turn.room.lines_at(self._turn.sitting.scale)
        pages = pages_of(len(lines), a_page)
        page = min(place.page, pages - 1)
        return ReviewView(
            look=self.look(),
            bars=self.bars(),
            title=self._title(),
            lines=lines[page * a_page : (page + 1) * a_page],
            page=page,
            pages=pages,
            more=self.say("review", "More answers ({page} of {pages})", page=page + 1, pages=pages)
            if pages > 1
            else None,
            handing_in=False,
        )

    def bars(self) -> Bars:
        """Return the bars; onward hands in, or leads to the code. While handing in there are none: it is soon done."""
        place = self._turn.sitting.place
        if isinstance(place, Review) and place.handing_in:
            return Bars()
        code = wants_code(self._turn.sitting)
        return self.usual_bars(onward=self.say("comeback", "Go on") if code else self.say("review", "Hand in"))

    def _title(self) -> Said:
        opened = opened_of(self._turn.sitting)
        if named(opened):
            return self.say(
                "review", "This has your name on it. It goes to: {reader}", reader=reader_of(self._turn, opened)
            )
        return self.say("review", "These are your answers")

    def _lines(self) -> tuple[ReviewLine, ...]:
        sitting = self._turn.sitting
        sheet = sheet_of(sitting)
        problems, stops = self._problems(), own_stops(self._turn)
        lines: dict[Path, ReviewLine] = {}
        for path in walk(sitting):
            instance = instance_around(path)
            if instance is not None and instance not in lines:
                answer = summary(self._turn, stops.get(instance, ()))
                lines[instance] = self._instance(instance, answer, problem=instance in problems)
            if isinstance(sheet.question(path), Repeat) or (instance is None and not self._note(path)):
                lines[path] = ReviewLine(path, prompt(self._turn, path), self._answer(path), path in problems)
        return tuple(sorted(lines.values(), key=lambda line: not line.problem))

    def _note(self, path: Path) -> bool:
        return isinstance(sheet_of(self._turn.sitting).question(path), Note)

    def _problems(self) -> set[Path]:
        """Return the questions to be looked at again, and the instances in which one stands."""
        sitting = self._turn.sitting
        found = {problem.question for problem in sheet_of(sitting).problems(sitting.module)}
        return found | {around for path in found if (around := instance_around(path)) is not None}

    def _instance(self, instance: Path, answer: Said, *, problem: bool) -> ReviewLine:
        title = prompt(self._turn, series_of(instance))
        number = number_of(instance)
        words = self.say("question", "Number {number}: {title}", number=number, title=title.text)
        return ReviewLine(instance, words, answer, problem)

    def _answer(self, path: Path) -> Said:
        sheet = sheet_of(self._turn.sitting)
        if isinstance(sheet.question(path), Repeat):
            return self.say("question", "So far: {count}", count=len(sheet.instances(path)))
        said = answer_words(self._turn, path)
        return self.say("review", "No answer") if said is None else said

    def touch_line(self, path: str) -> None:
        """Look at this question or instance again, and come back here."""
        place = self.here(Review)
        if place is None or place.handing_in:
            return
        there = self._way_in(Path(path))
        if there is not None:
            self._turn.move(goes(self._turn.sitting, AtQuestion(there, to_review=True)))

    def _way_in(self, path: Path) -> Path | None:
        """Return the stop to go to: the question itself, or what should be looked at in an instance."""
        stops = walk(self._turn.sitting)
        if path in stops:
            return path
        if path not in {instance_around(stop) for stop in stops}:
            return None
        problems = self._problems()
        inside = [stop for stop in stops if instance_around(stop) == path]
        return next((stop for stop in inside if stop in problems), inside[0])

    def touch_more(self) -> None:
        """Show the next page."""
        place = self.here(Review)
        if place is not None and not place.handing_in:
            view = self.view()
            self._turn.move(goes(self._turn.sitting, Review(turned(view.page, view.pages))))

    def here(self, kind: type[Here]) -> Here | None:
        """Return the place of this screen; None also while it is to be chosen how a suggestion is given."""
        return None if choosing_mode(self._turn.sitting) else super().here(kind)

    def back(self) -> None:
        """Go back to the last question; in a suggestion without words, to how it is given."""
        sitting = self._turn.sitting
        self._turn.move(mode_again(sitting) or last_question(sitting))

    def onward(self) -> None:
        """Hand in, or first copy down the code for the reply. A second touch finds nothing to do."""
        if wants_code(self._turn.sitting):
            give_code(self._turn)
        else:
            ask_to_hand_in(self._turn)
