"""Before you start: who asks, what about, who sees it, what cannot change, how long, that one may stop; then one check.

Rule 1: all of it is the consultation's own; what a questionnaire says of itself is not repeated here.
Rule 2: three layers, each short: one screen for everybody, and more for who asks for it; onward goes on from any.
Rule 3: the check is asked each time. A wrong answer brings kind words and the first layer again, and no counting.
Source: domain.md section 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kiosk.places import BeforeYouStart, Practice
from kiosk.presenters.comeback import begin
from kiosk.presenters.day import month_of
from kiosk.presenters.purposes import chosen_at, minutes_of, named, opened_as, picture_of, reader_of, teaches, title_of
from kiosk.presenters.shown import Bars, Look, Phrase, Said, Tile
from kiosk.presenters.touching import Barred, Turning
from kiosk.sitting import Opened, goes
from models.consultation import text_allowed, text_of
from models.questionnaire import LanguageTag, Purpose

LAYERS: Final = (
    Phrase("before", "Before you start"),
    Phrase("before", "What is kept"),
    Phrase("before", "Your rights"),
)
LEVELS: Final = {
    "inform": Phrase("before", "This tells you something. You can say what you think of it."),
    "consult": Phrase("before", "You are asked what you think. Others decide, and say why."),
    "choose": Phrase("before", "You choose, together with everybody who takes part."),
    "co-produce": Phrase("before", "You and staff work on this together."),
}
"""How much power is shared, in words for residents."""
RIGHT: Final = {Purpose.SIGN_UP: "yes", Purpose.SHOUT_OUT: "yes"}
"""What the check should be answered; "no" where it asks whether staff can see."""


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: a picture's name, its words, and what they are about where they do not say it themselves."""

    picture: str
    words: Said
    head: Said | None = None


@dataclass(frozen=True, slots=True)
class BeforeView:
    """A page of a layer's facts, or the check with its answers yes and no; kind words take the title's place."""

    look: Look
    bars: Bars
    title: Said
    lines: tuple[Line, ...]
    choices: tuple[Tile, ...]
    tell: Said | None


def ask(turn: Turning, opened: Opened) -> None:
    """Say what must be known before this consultation begins."""
    turn.move(goes(turn.sitting, BeforeYouStart(opened.consultation.id)))


class BeforePresenter(Barred):
    """What a touch before the first question means."""

    kind = BeforeYouStart

    def view(self) -> BeforeView:
        """Return the layer, or the check."""
        place = self.place(BeforeYouStart)
        opened = opened_as(self._turn, place.consultation)
        told = not place.checking
        return BeforeView(
            look=self.look(),
            bars=self.bars(),
            title=self._title(place, opened),
            lines=self._page(opened, place) if told else (),
            choices=() if told else self._choices(),
            tell=self.say("question", "Tell me more") if told and place.layer < len(LAYERS) - 1 else None,
        )

    def bars(self) -> Bars:
        """Return the bars; onward goes on to the check from any layer, however much of it was heard."""
        place = self.place(BeforeYouStart)
        return self.usual_bars(onward=None if place.checking else self.say("question", "Next"))

    # What is told.

    def _title(self, place: BeforeYouStart, opened: Opened) -> Said:
        if place.checking:
            return self._check(opened)
        return self._kind_words(opened) if place.wrong else self.phrase(LAYERS[place.layer])

    def _page(self, opened: Opened, place: BeforeYouStart) -> tuple[Line, ...]:
        """Return the page that is read; where type became smaller on the way, the last one there is."""
        pages = self._pages(opened, place)
        return pages[min(place.page, len(pages) - 1)]

    def _pages(self, opened: Opened, place: BeforeYouStart) -> tuple[tuple[Line, ...], ...]:
        """Return the lines of a layer on as many pages as the size of type asks for; never none."""
        every = tuple((self._first, self._kept, self._rights)[place.layer](opened))
        a_page = self._turn.room.facts_at(self._turn.sitting.scale)
        if place.wrong and a_page < len(every):
            a_page = max(1, a_page - 1)  # kind words take more room than a title
        return tuple(every[at : at + a_page] for at in range(0, len(every), a_page))

    def _first(self, opened: Opened) -> Sequence[Line]:
        told = [*self._who(opened)]
        if opened.questionnaire.purpose is not Purpose.SHOUT_OUT:
            about = title_of(self._turn, opened)
            told.insert(1, Line(picture_of(opened.questionnaire.purpose), about, self.say("before", "What about")))
        limits = self._turn.spoken(*text_of(opened.consultation.limits, LanguageTag(self._turn.tag())))
        told.append(Line("warning", limits, self.say("before", "What cannot change")))
        told.append(Line("clock", minutes_of(self._turn, opened), self.say("before", "How long")))
        stop = (
            self.say("before", "At any time. Then nothing is sent.")
            if named(opened)
            else self.say("before", "At any time. You can skip any question.")
        )
        return [*told, Line("stop", stop, self.say("before", "You may stop"))]

    def _who(self, opened: Opened) -> Sequence[Line]:
        """Return who asks, and who sees it."""
        reader = reader_of(self._turn, opened)
        if named(opened):
            goes_to = self.say("before", "It goes to")
            return (
                Line("pencil", self.say("before", "This one has your name on it.")),
                Line("who-team", reader, goes_to),
            )
        asks = self._turn.spoken(opened.consultation.owner, self._turn.tag())
        told = [
            Line("who-team", asks, self.say("before", "Who asks")),
            Line("lock", self.say("before", "Nobody here can see what you press."), self.say("before", "Who sees it")),
        ]
        if reader != asks:
            told.append(Line("reply", reader, self.say("before", "Who reads it")))
        if opened.questionnaire.purpose is Purpose.SHOUT_OUT:
            told.append(Line("thank", self.say("before", "The person you thank is asked before others see it.")))
        return told

    def _kept(self, opened: Opened) -> Sequence[Line]:
        told = [Line("take-part", self.say("before", "Kept: your answers, your language, the day, and this place."))]
        if named(opened):
            told.append(Line("pencil", self.say("before", "Your name is kept with it, so that you can be found.")))
            told.append(Line("undo", self.say("before", "You can ask to see it, mend it, or have it taken away.")))
        else:
            told.append(Line("lock", self.say("before", "Never kept: your name, your face, the time.")))
            told.append(
                Line("undo", self.say("before", "Once handed in, nobody can find it. So nobody can take it back."))
            )
            told.append(Line("who-team", self.say("before", "Answers of fewer than ten people are never shown.")))
        if self._text_open(opened):
            days = opened.consultation.free_text.longest_wait_days
            wait = self.say("before", "Your own words may wait. Longest wait in days: {days}", days=days)
            told.append(Line("reply", wait))
        day = opened.consultation.answer_by
        words = self.phrase(month_of(day), day=day.day, year=day.year)
        told.append(Line("notice", self.say("farewell", "Look here for the answer by {day}.", day=words)))
        return told

    def _text_open(self, opened: Opened) -> bool:
        shelf = self._turn.shelf()
        place = None if shelf is None else shelf.place
        return place is not None and text_allowed(opened.consultation, place, LanguageTag(self._turn.tag()))

    def _rights(self, opened: Opened) -> Sequence[Line]:
        consultation = opened.consultation
        owner = self._turn.spoken(consultation.owner, self._turn.tag())
        version = self._turn.spoken(consultation.notice_version, self._turn.tag())
        return (
            Line("hello", self.say("before", "Taking part is your choice. Nothing good or bad follows from it.")),
            Line("take-part", self.phrase(LEVELS[consultation.level])),
            Line("who-team", owner, self.say("before", "Who answers for it")),
            Line("topic-fairness", self.say("before", "Not happy with this? Write to the Information Commissioner.")),
            Line("proof-paper", version, self.say("before", "The full text, on paper")),
        )

    # The check.

    def _check(self, opened: Opened) -> Said:
        match opened.questionnaire.purpose:
            case Purpose.SIGN_UP:
                return self.say("before", "Does this one have your name on it?")
            case Purpose.SHOUT_OUT:
                return self.say("before", "Shall we pass your thanks on?")
            case _:
                return self.say("before", "Can staff here see what I press?")

    def _choices(self) -> tuple[Tile, ...]:
        return (
            Tile("yes", self.say("before", "Yes"), "yes"),
            Tile("no", self.say("before", "No"), "no"),
        )

    def _kind_words(self, opened: Opened) -> Said:
        match opened.questionnaire.purpose:
            case Purpose.SIGN_UP:
                return self.say("before", "Look again. Your name will be on this one.")
            case Purpose.SHOUT_OUT:
                return self.say("before", "That is fine. Nothing is sent. Touch Back to leave.")
            case _:
                return self.say("before", "Look again. Nobody here can see what you press.")

    # Touches.

    def touch_tell(self) -> None:
        """Be told more."""
        place = self.here(BeforeYouStart)
        if place is not None and not place.checking and place.layer < len(LAYERS) - 1:
            self._stand(replace(place, layer=place.layer + 1, page=0, wrong=False))

    def touch_tile(self, key: str) -> None:
        """Answer the check: go on, or read the first layer again."""
        place = self.here(BeforeYouStart)
        if place is None or not place.checking or key not in ("yes", "no"):
            return
        opened = opened_as(self._turn, place.consultation)
        if key != RIGHT.get(opened.questionnaire.purpose, "no"):
            self._stand(BeforeYouStart(place.consultation, wrong=True))
        elif teaches(opened) and not self._turn.sitting.practised:
            self._turn.move(goes(replace(self._turn.sitting, practised=True), Practice(place.consultation)))
        else:
            begin(self._turn, opened, place)

    def onward(self) -> None:
        """Read on, and then go on to the check."""
        place = self.place(BeforeYouStart)
        if place.page + 1 < len(self._pages(opened_as(self._turn, place.consultation), place)):
            self._stand(replace(place, page=place.page + 1))
        else:
            self._stand(replace(place, checking=True, wrong=False))

    def back(self) -> None:
        """Go back to what was told before, and from there to where this was chosen."""
        place = self.place(BeforeYouStart)
        if place.checking:
            self._stand(replace(place, checking=False))
        elif place.page:
            self._stand(replace(place, page=place.page - 1))
        elif place.layer:
            self._stand(replace(place, layer=place.layer - 1))
        else:
            opened = opened_as(self._turn, place.consultation)
            self._turn.move(goes(self._turn.sitting, chosen_at(self._turn, opened)))

    def _stand(self, place: BeforeYouStart) -> None:
        self._turn.move(goes(self._turn.sitting, place))
