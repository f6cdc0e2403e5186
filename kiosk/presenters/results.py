"""Results for residents: one finding a page, its sentence first, then its answers as bars with their words.

Rule 1: a share is told in tenths, as words; it is never rounded to none or to all.
Rule 2: what is held back is said in words, everywhere alike; no bar is drawn for it.
Rule 3: a finding with many answers has several pages; none is left out. The first has the sentence, and as many answers
    as stand below it: none where type is large and the screen small.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from kiosk.places import Page, Results
from kiosk.presenters.board import notices
from kiosk.presenters.shown import Bars, Look, Said
from kiosk.presenters.touching import Barred
from kiosk.sitting import aside, goes
from models.consultation import text_of
from models.findings import Finding
from models.questionnaire import LanguageTag

TENTHS: Final = 10


@dataclass(frozen=True, slots=True)
class ResultBar:
    """One answer: its words, its share in words, and how many tenths are filled; None where it is held back."""

    label: Said
    value: Said
    tenths: int | None


@dataclass(frozen=True, slots=True)
class ResultsView:
    """One finding, or part of it; `base` says how many sheets there are, and how many of them gave no answer.

    On a page of answers alone the question stands in place of the sentence. `how` stands beside the sentence, and as
    `how_below` below all where the sentence needs the whole width.
    """

    look: Look
    bars: Bars
    page: int
    pages: int
    sentence: Said
    question: Said | None
    rows: tuple[ResultBar, ...]
    base: Said | None
    how: Said | None
    how_below: Said | None


@dataclass(frozen=True, slots=True)
class _Stop:
    """One page: a finding, and the answers of it that stand here."""

    finding: Finding
    first: int
    last: int
    told: bool  # the sentence stands here


def tenths_of(count: int, base: int) -> int:
    """Return a share in tenths, rounded; 0 and 10 only where it is none or all."""
    if count in (0, base):
        return TENTHS if count else 0
    return max(1, min(TENTHS - 1, (2 * TENTHS * count + base) // (2 * base)))


def cut(count: int, below: int, a_page: int) -> tuple[int, ...]:
    """Return where each page ends: the first has at most `below` answers, the others at most `a_page`, evenly."""
    others = max(0, -(-(count - below) // a_page))
    first = min(below, -(-count // (others + 1)))
    return tuple(first + (count - first) * page // max(1, others) for page in range(others + 1))


class ResultsPresenter(Barred):
    """What a touch on a finding means."""

    kind = Results

    def view(self) -> ResultsView:
        """Return the page of this finding."""
        place = self.place(Results)
        stops = self._stops(place)
        stop = stops[min(place.page, len(stops) - 1)]
        finding, low = stop.finding, self._turn.room.small or stop.first == stop.last
        how = self.say("results", "How we know")
        return ResultsView(
            look=self.look(),
            bars=self.bars(),
            page=min(place.page, len(stops) - 1),
            pages=len(stops),
            sentence=self._sentence(finding) if stop.told else self._text(finding.question),
            question=self._text(finding.question) if stop.told else None,
            rows=tuple(self._bar(finding, at) for at in range(stop.first, stop.last)),
            base=self._base(finding) if stop.told else None,
            how=how if stop.told and not low else None,
            how_below=how if stop.told and low else None,
        )

    def bars(self) -> Bars:
        """Return the bars; Next leads through the findings, and then to what the author says of them."""
        return self.usual_bars(onward=self.say("question", "Next"))

    def _stops(self, place: Results) -> tuple[_Stop, ...]:
        """Return every page of a notice's findings, as many as the screen and the size of type ask for."""
        notice = next(notice for notice in notices(self._turn) if notice.id == place.key)
        room, scale = self._turn.room, self._turn.sitting.scale
        below, a_page = room.below_at(scale, self._turn.tag()), room.answers_at(scale)
        stops = []
        for finding in notice.findings:
            cuts = cut(len(finding.bars), below, a_page)
            stops.append(_Stop(finding, 0, cuts[0], told=True))
            stops += [_Stop(finding, first, last, told=False) for first, last in pairwise(cuts)]
        return tuple(stops)

    def _text(self, texts: Mapping[LanguageTag, str]) -> Said:
        return self._turn.spoken(*text_of(texts, LanguageTag(self._turn.tag())))

    def _sentence(self, finding: Finding) -> Said:
        """Return what the author says, else the answer most often given, as far as it may be told."""
        if finding.sentence is not None:
            return self._text(finding.sentence)
        shown = [bar for bar in finding.bars if bar.count is not None]
        if not shown:
            return self._hidden()
        most = max(shown, key=lambda bar: bar.count or 0)
        share, answer = self._share(most.count or 0, finding.base), self._text(most.label)
        if finding.several:
            return self.say("results", "{share} chose: {answer}", share=share, answer=answer)
        return self.say("results", "{share} said: {answer}", share=share, answer=answer)

    def _bar(self, finding: Finding, at: int) -> ResultBar:
        bar = finding.bars[at]
        if bar.count is None:
            return ResultBar(self._text(bar.label), self._hidden(), None)
        tenths = tenths_of(bar.count, finding.base)
        return ResultBar(self._text(bar.label), self._share(bar.count, finding.base), tenths)

    def _share(self, count: int, base: int) -> Said:
        if TENTHS * count < base:
            return self.say("results", "Fewer than 1 of 10")
        if TENTHS * (base - count) < base and count < base:
            return self.say("results", "More than 9 of 10")
        return self.say("results", "{tenths} of 10", tenths=tenths_of(count, base))

    def _hidden(self) -> Said:
        return self.say("results", "Too few people to show")

    def _base(self, finding: Finding) -> Said:
        if finding.missing is None:
            return self.say("results", "Asked: {count}. No answer: too few people to show.", count=finding.base)
        asked, missing = finding.base, finding.missing
        return self.say("results", "Asked: {count}. No answer: {missing}.", count=asked, missing=missing)

    def touch_how(self) -> None:
        """Read how this is known, and what it does not tell."""
        place = self.here(Results)
        if place is not None:
            self._turn.move(aside(self._turn.sitting, Page("how", place.key)))

    def onward(self) -> None:
        """Show the next finding; after the last, what the author says."""
        place = self.place(Results)
        if place.page + 1 < len(self._stops(place)):
            self._turn.move(goes(self._turn.sitting, replace(place, page=place.page + 1)))
        else:
            self._turn.move(aside(self._turn.sitting, Page("notice", place.key)))

    def back(self) -> None:
        """Show the finding before; before the first, the noticeboard."""
        place = self.place(Results)
        if place.page:
            self._turn.move(goes(self._turn.sitting, replace(place, page=place.page - 1)))
        else:
            super().back()
