"""What the board says of a stub number, and what came of a vote: who is elected, until when, and every step in words.

Rule 1: figures are those of the published count; where none are published, none are shown.
Rule 2: the words of a count are the kiosk's own; names and numbers are put into them as they stand in the report.
Source: elections.md 5.7, 8 and 9.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kiosk.booth_places import Council, CouncilPage, Stub
from kiosk.presenters.booth_welcome import leaves
from kiosk.presenters.council import COUNTED, election_over
from kiosk.presenters.day import month_of
from kiosk.presenters.page import Block, PageView, more
from kiosk.presenters.shown import Bars, Phrase, Said
from kiosk.presenters.touching import Barred, turned
from kiosk.sitting import goes
from models.canonical import ENGLISH, UnreadableContentError
from models.consultation import text_of
from models.counting import words
from models.counting.page import CountPage, page_of
from models.counting.plurality import PluralityCount
from models.counting.report import AnyCount, Subject
from models.counting.reported import read_report
from models.counting.stv import StvCount
from models.counting.words import Sentence, called
from models.election.definition import Contest, Definition
from models.elections import OnTheShelf
from models.questionnaire import LanguageTag

FOUND: Final[Mapping[str, tuple[Phrase, ...]]] = {
    "counted": (Phrase("council", "Yes. A vote with this number is counted."),),
    "used twice, one counted": (
        Phrase("council", "This number was used twice. One of the two is counted."),
        Phrase("council", "Was that not you? Please tell the person from outside."),
    ),
    "not here": (
        Phrase("council", "This number is not here."),
        Phrase("council", "Look at your slip again. Or tell the person from outside."),
    ),
}
COUNT: Final[Mapping[str, Phrase]] = {
    words.FIRST: Phrase("council", "First choices are counted. {quota} votes are enough for a seat."),
    words.SURPLUS: Phrase("council", "{name} has {surplus} more votes than needed. They go to the next choices."),
    words.EXCLUSION: Phrase("council", "{name} has the fewest votes, {total}. They go to the next choices."),
    words.EXCLUSION_OF_NONE: Phrase("council", "{name} has no votes and is out."),
    words.GAINS: Phrase("council", "{name} gets {votes}."),
    words.LOST: Phrase("council", "No next choice, or cut off: {votes}."),
    words.ELECTED: Phrase("council", "{name} has {total} votes and is elected."),
    words.ELECTED_LAST: Phrase("council", "{name} is elected with {total} votes. All who are left get a seat."),
    words.NOBODY: Phrase("council", "Nobody is elected at this stage."),
    words.MORE_BEFORE: Phrase("council", "{names} were equal. {name} had more at stage {stage}."),
    words.FEWER_BEFORE: Phrase("council", "{names} were equal. {name} had fewer at stage {stage}."),
    words.LOT_GOES_FIRST: Phrase("council", "{names} were equal. A lot was drawn: {name}."),
    words.LOT_GOES_OUT: Phrase("council", "{names} were equal. A lot was drawn: {name}."),
    words.LOT_FOR_SEAT: Phrase("council", "{names} were equal. A lot was drawn: {name}."),
    words.SETTLED_BY_VOTES: Phrase("council", "{names} were equal for a seat. {name} has more votes."),
    words.MOST_VOTES: Phrase("council", "Who has the most votes is elected."),
    words.HAS_SEAT: Phrase("council", "{name} is elected with {votes} votes."),
    words.HARE: Phrase("council", "{seats} seats are shared by votes."),
    words.SAINTE_LAGUE: Phrase("council", "{seats} seats are shared by votes."),
    words.DHONDT: Phrase("council", "{seats} seats are shared by votes."),
    words.PARTY_GETS: Phrase("council", "{name}: votes {votes}, seats {seats}."),
    words.PARTY_GETS_ONE: Phrase("council", "{name}: votes {votes}, seats {seats}."),
    words.VACANT: Phrase("council", "Seats that stay empty: {seats}."),
    words.SAID: Phrase("council", "Yes: {yes}. No: {no}."),
    words.CARRIED: Phrase("council", "The proposal is carried."),
    words.NOT_CARRIED: Phrase("council", "The proposal is not carried."),
    words.NO_QUORUM: Phrase("council", "Too few people took part."),
    words.TWO_THIRDS: Phrase("council", "Two thirds must say yes."),
}
"""The words of a count in the kiosk's own, short enough to be heard once."""


@dataclass(frozen=True, slots=True)
class CouncilPageView(PageView):
    """A page of the board, as every page is read."""


class CouncilPagePresenter(Barred):
    """What a touch on a page of the board means."""

    kind = CouncilPage

    def view(self) -> CouncilPageView:
        """Return what is read now."""
        place = self.place(CouncilPage)
        title, blocks = self._told(place)
        pages = leaves(self._turn, blocks)
        page = min(place.page, len(pages) - 1)
        return CouncilPageView(
            look=self.look(),
            bars=self.bars(),
            title=title,
            blocks=pages[page],
            picture="results",
            page=page,
            pages=len(pages),
            more=more(self._turn, page, len(pages)),
        )

    def _told(self, place: CouncilPage) -> tuple[Said, list[Block]]:
        if place.found is not None:
            return self.say("council", "Is my vote there?"), [
                Block(None, self.phrase(one)) for one in FOUND[place.found]
            ]
        over = election_over(self._turn)
        if over is None:
            return self.say("council", "Election results"), [
                Block(None, self.say("council", "There is no result yet."))
            ]
        contest = over.election.definition.contest(place.contest)
        title = self._turn.spoken(*text_of(contest.title, LanguageTag(self._turn.tag())))
        return title, self._result(over, contest)

    def _result(self, over: OnTheShelf, contest: Contest) -> list[Block]:
        counted = over.files.get(f"count-{contest.number}.json")
        if over.stage != COUNTED:
            return [Block(None, self.say("council", "There is no result yet."))]
        if counted is None:
            return [Block(None, self.say("council", "Too few people voted. These votes stay unread."))]
        try:
            count, subject = read_report(counted)
        except UnreadableContentError:
            return [*self._outcome(contest, counted), *self._term(over.election.definition)]
        page = page_of(count, subject.candidates, subject.title, subject.ballots)
        if contest.kind == "question":
            advice = self.say("booth", "Your answer is advice. The managers decide.")
            return [*self._steps(page), Block(None, advice)]
        return [*self._elected(count, subject), *self._term(over.election.definition), *self._steps(page)]

    def _elected(self, count: AnyCount, subject: Subject) -> list[Block]:
        """Return who is elected, before how it came."""
        names = called(subject.candidates)
        match count:
            case StvCount(elected=elected):
                numbers = [number for number, _ in elected]
            case PluralityCount(elected=chosen):
                numbers = list(chosen)
            case _:
                numbers = []
        return [Block(None, self.say("council", "Elected: {name}", name=names[number])) for number in numbers]

    def _outcome(self, contest: Contest, counted: bytes) -> list[Block]:
        """Return an outcome without figures: all voted alike, or too few did."""
        told = json.loads(counted)
        names = {one.number: one.name[ENGLISH] for one in contest.candidates}
        blocks = [Block(None, self.say("council", "No figures are shown, so that no vote can be guessed."))]
        blocks += [
            Block(None, self.say("council", "Elected: {name}", name=names[one])) for one in told.get("elected", ())
        ]
        blocks += [
            Block(None, self.say("council", "{name}: seats {seats}.", name=names[number], seats=seats))
            for number, seats in enumerate(told.get("seats_by_party", ()), 1)
            if seats
        ]
        if "carried" in told:
            blocks.append(Block(None, self.phrase(COUNT[words.CARRIED if told["carried"] else words.NOT_CARRIED])))
        return blocks

    def _term(self, definition: Definition) -> list[Block]:
        """Return how long people are elected, and how to reach them."""
        until = definition.dates.get("term_ends")
        if until is None:
            return []
        day = date.fromisoformat(until)
        written = self.phrase(month_of(day), day=day.day, year=day.year)
        return [
            Block(None, self.say("council", "The people elected serve until {day}.", day=written)),
            Block(None, self.say("council", "You can reach them with a suggestion here.")),
        ]

    def _steps(self, page: CountPage) -> list[Block]:
        blocks: list[Block] = []
        for step in page.stages:
            head = self.say("council", "Stage {stage}", stage=step.stage)
            first, *rest = step.sentences
            blocks += [Block(head, self._sentence(first)), *(Block(None, self._sentence(one)) for one in rest)]
        return [*blocks, *(Block(None, self._sentence(one)) for one in page.outcome)]

    def _sentence(self, sentence: Sentence) -> Said:
        return self.phrase(COUNT[sentence.text], **sentence.facts)

    def bars(self) -> Bars:
        """Return the usual bars."""
        return self.usual_bars()

    def touch_more(self) -> None:
        """Read on; after the last page, from the first."""
        place = self.here(CouncilPage)
        if place is not None:
            view = self.view()
            self._turn.move(goes(self._turn.sitting, replace(place, page=turned(view.page, view.pages))))

    def back(self) -> None:
        """Go back to the results, or to another number."""
        place = self.place(CouncilPage)
        self._turn.move(goes(self._turn.sitting, Council() if place.found is None else Stub()))
