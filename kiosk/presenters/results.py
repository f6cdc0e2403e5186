"""Results for residents: one finding a page, its sentence first, then its answers as bars with their words.

Rule 1: a share is told in tenths, as words; it is never rounded to none or to all.
Rule 2: what is held back is said in words, everywhere alike; no bar is drawn for it.
Rule 3: a finding with many answers has several pages, each with about as many; none is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from kiosk.places import Page, Results
from kiosk.presenters.board import notices
from kiosk.presenters.shown import Bars, Look, Progress, Said
from kiosk.presenters.touching import Barred, pages_of
from kiosk.sitting import aside, goes
from models.consultation import text_of
from models.findings import Finding
from models.noticeboard import Notice
from models.questionnaire import LanguageTag

BARS_A_PAGE: Final = 6
TENTHS: Final = 10


@dataclass(frozen=True, slots=True)
class ResultBar:
    """One answer: its words, its share in words, and how many tenths are filled; None where it is held back."""

    label: Said
    value: Said
    tenths: int | None


@dataclass(frozen=True, slots=True)
class ResultsView:
    """One finding, or part of it; `base` says how many sheets, `missing` how many gave no answer."""

    look: Look
    bars: Bars
    progress: Progress
    sentence: Said
    question: Said
    rows: tuple[ResultBar, ...]
    base: Said
    missing: Said
    how: Said


@dataclass(frozen=True, slots=True)
class _Stop:
    """One page: a finding, and the answers of it that stand here."""

    finding: Finding
    first: int
    last: int


def tenths_of(count: int, base: int) -> int:
    """Return a share in tenths, rounded; 0 and 10 only where it is none or all."""
    if count in (0, base):
        return TENTHS if count else 0
    return max(1, min(TENTHS - 1, (2 * TENTHS * count + base) // (2 * base)))


class ResultsPresenter(Barred):
    """What a touch on a finding means."""

    kind = Results

    def view(self) -> ResultsView:
        """Return the page of this finding."""
        place = self.place(Results)
        notice = self._notice(place)
        stops = _stops(notice)
        stop = stops[min(place.page, len(stops) - 1)]
        finding = stop.finding
        return ResultsView(
            look=self.look(),
            bars=self.bars(),
            progress=Progress(place.page + 1, len(stops), self._text(notice.title)),
            sentence=self._sentence(finding),
            question=self._text(finding.question),
            rows=tuple(self._bar(finding, at) for at in range(stop.first, stop.last)),
            base=self.say("results", "Asked: {count}", count=finding.base),
            missing=self._missing(finding),
            how=self.say("results", "How we know"),
        )

    def bars(self) -> Bars:
        """Return the bars; Next leads through the findings, and then to what the author says of them."""
        return self.usual_bars(onward=self.say("question", "Next"))

    def _notice(self, place: Results) -> Notice:
        return next(notice for notice in notices(self._turn) if notice.id == place.key)

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

    def _missing(self, finding: Finding) -> Said:
        if finding.missing is None:
            return self.say("results", "No answer: too few people to show")
        return self.say("results", "No answer: {count}", count=finding.missing)

    def touch_how(self) -> None:
        """Read how this is known, and what it does not tell."""
        place = self.here(Results)
        if place is not None:
            self._turn.move(aside(self._turn.sitting, Page("how", place.key)))

    def onward(self) -> None:
        """Show the next finding; after the last, what the author says."""
        place = self.place(Results)
        if place.page + 1 < len(_stops(self._notice(place))):
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


def _stops(notice: Notice) -> tuple[_Stop, ...]:
    """Return every page of a notice's findings."""
    stops = []
    for finding in notice.findings:
        count = len(finding.bars)
        pages = pages_of(count, BARS_A_PAGE)
        cuts = [count * page // pages for page in range(pages + 1)]
        stops += [_Stop(finding, first, last) for first, last in pairwise(cuts)]
    return tuple(stops)
