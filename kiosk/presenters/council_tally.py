"""The votes of a stage, or of a whole count that has none, as rows: who, how many, and what became of it.

Rule 1: every figure is that of the report, to the last decimal; bars of all stages have one scale.
Rule 2: elected and out have a sign each and a word for it; what somebody has just got is filled in another way.
Rule 3: rows keep their order from stage to stage; more than a page holds stand on further pages.
Source: elections.md section 8.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.booth_places import CouncilPage
from kiosk.presenters.booth_vote import name_of, picture_of
from kiosk.presenters.council_stop import AtStop
from kiosk.presenters.council_told import TallyStop, Told, rows_of
from kiosk.presenters.council_words import figure, tally_words
from kiosk.presenters.flowing import Mark
from kiosk.presenters.shown import Bars, Look, Said
from models.counting.flow import NOBODY
from models.counting.party_list import PartyListCount
from models.counting.plurality import PluralityCount
from models.counting.question import QuestionCount
from models.counting.stv import ONE_VOTE, Stage, StvCount
from models.counting.words import plain_votes


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One row: `share` and `gained` of the longest bar; `change`: what moved at this stage; `note`: what came of it."""

    name: Said
    picture: str | None
    value: Said
    share: float
    gained: float = 0.0
    change: Said | None = None
    mark: Mark | None = None
    note: Said | None = None


@dataclass(frozen=True, slots=True)
class CouncilTallyView:
    """Some rows of a stage, and what happened at it, or what happened `alone` where no rows stand here.

    `quota`: enough votes for a seat, as a share of the longest bar.
    """

    look: Look
    bars: Bars
    title: Said
    words: Said | None
    alone: Said | None
    rows: tuple[TallyRow, ...]
    quota: float | None


class CouncilTallyPresenter(AtStop):
    """What a touch on the rows means."""

    shows = TallyStop

    def view(self) -> CouncilTallyView:
        """Return the rows of this page."""
        place = self.place(CouncilPage)
        what, stop = self.told(place), self.stop(place)
        if not isinstance(stop, TallyStop) or what.count is None:
            raise RuntimeError("rows without a count")
        numbers = rows_of(what, stop.stage)[stop.first : stop.last]
        most, quota = _most(what)
        return CouncilTallyView(
            look=self.look(),
            bars=self.bars(),
            title=self._title(what, stop),
            words=None if stop.silent or not numbers else tally_words(self._turn, what, stop.stage),
            alone=None if numbers else tally_words(self._turn, what, stop.stage),
            rows=tuple(self._row(what, stop.stage, number, most) for number in numbers),
            quota=quota / most if quota is not None else None,
        )

    def _title(self, what: Told, stop: TallyStop) -> Said:
        if not isinstance(what.count, StvCount):
            return self.title(what)
        return self.say("council", "Stage {stage} of {stages}", stage=stop.stage, stages=len(what.count.stages))

    def _row(self, what: Told, stage: int, number: int, most: int) -> TallyRow:
        match what.count:
            case StvCount(stages=stages):
                return self._staged(what, stages[stage - 1], stages[stage - 2] if stage > 1 else None, number, most)
            case PluralityCount(totals=totals, elected=elected):
                mark: Mark | None = "elected" if number in elected else None
                note = self.say("council", "Elected") if mark else None
                return self._plain(what, number, totals[number - 1], most, mark, note)
            case PartyListCount(totals=totals, seats_by_party=shares):
                seats = shares[number - 1]
                note = self.say("council", "Seats: {seats}", seats=seats)
                return self._plain(what, number, totals[number - 1], most, "elected" if seats else None, note)
            case QuestionCount(totals=totals):
                return self._plain(what, number, totals[number - 1], most, None, None)
        raise RuntimeError("rows without a count")

    def _plain(self, what: Told, number: int, votes: int, most: int, mark: Mark | None, note: Said | None) -> TallyRow:
        one = what.standing(number)
        name, picture = name_of(self._turn, what.contest, one), picture_of(what.contest, one)
        value = figure(self._turn, str(votes))
        return TallyRow(name, picture, value, votes * ONE_VOTE / most, mark=mark, note=note)

    def _staged(self, what: Told, stage: Stage, before: Stage | None, number: int, most: int) -> TallyRow:
        had, has = 0 if before is None else _units(before, number), _units(stage, number)
        if number == NOBODY:
            name, picture = self.say("council", "No next choice"), None
        else:
            one = what.standing(number)
            name, picture = name_of(self._turn, what.contest, one), picture_of(what.contest, one)
        mark, note = self._mark(what, stage, number)
        return TallyRow(
            name=name,
            picture=picture,
            value=figure(self._turn, plain_votes(has)),
            share=has / most,
            gained=0.0 if before is None else max(0, has - had) / most,
            change=None if before is None else self._change(has - had),
            mark=mark,
            note=note,
        )

    def _mark(self, what: Told, stage: Stage, number: int) -> tuple[Mark | None, Said | None]:
        elected = dict(what.count.elected) if isinstance(what.count, StvCount) else {}
        if elected.get(number, stage.number + 1) <= stage.number:
            return "elected", self.say("council", "Elected")
        if stage.kind == "exclusion" and stage.source == number:
            return "out", self.say("council", "Out")
        return None, None

    def _change(self, units: int) -> Said | None:
        if units > 0:
            return self.say("council", "{votes} more", votes=figure(self._turn, plain_votes(units)))
        return (
            self.say("council", "{votes} fewer", votes=figure(self._turn, plain_votes(-units))) if units < 0 else None
        )


def _units(stage: Stage, number: int) -> int:
    return stage.non_transferable if number == NOBODY else stage.totals[number - 1]


def _most(what: Told) -> tuple[int, int | None]:
    """Return the units of the longest bar of all stages, and of the quota where there is one."""
    match what.count:
        case StvCount(stages=stages, quota=quota):
            every = [units for stage in stages for units in (*stage.totals, stage.non_transferable)]
            return max(*every, quota * ONE_VOTE), quota * ONE_VOTE
        case PluralityCount(totals=totals) | PartyListCount(totals=totals) | QuestionCount(totals=totals):
            return max(1, *totals) * ONE_VOTE, None
    return ONE_VOTE, None
