"""The picture of a count: how votes moved from stage to stage, with names beside it and words for whoever listens.

Rule 1: votes beside the picture are whole ones, cut and never rounded up: nobody seems to have reached the quota who
    has not; the stages have every decimal.
Rule 2: what the picture shows is also said: each stage of it in the sentences of the count.
Rule 3: elected and no seat have a sign each and a word for it; bands differ by how they are filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from kiosk.booth_places import CouncilPage
from kiosk.presenters.booth_vote import name_of, picture_of
from kiosk.presenters.council_stop import AtStop
from kiosk.presenters.council_told import FlowStop, Told
from kiosk.presenters.council_words import figure, sentence
from kiosk.presenters.flowing import OTHERS, FlowBar, FlowLane, FlowPicture, FlowRibbon, Mark
from kiosk.presenters.flowing import picture_of as drawn
from kiosk.presenters.room import HIGH_LINES, LANES
from kiosk.presenters.shown import Bars, Look, Said
from models.counting.flow import NOBODY
from models.counting.stv import ONE_VOTE, StvCount

Ink = Literal["kept", "surplus", "exclusion", "quota", "elected", "out"]


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: symbol, name, whole votes at the end, and what became of it; places as shares from the head."""

    name: Said
    picture: str | None
    votes: Said
    mark: Mark | None
    aloud: Said | None  # the word for the sign: spoken beside each name, and drawn once for all as the sign's meaning
    top: float
    floor: float
    quota: float | None


@dataclass(frozen=True, slots=True)
class Column:
    """One stage: its number, and its middle as a share from the start."""

    number: Said
    x: float


@dataclass(frozen=True, slots=True)
class Legend:
    """What an ink means, in words."""

    ink: Ink
    words: Said


@dataclass(frozen=True, slots=True)
class CouncilFlowView:
    """A window of the picture. `aloud`: what it shows, in sentences that are spoken and not drawn."""

    look: Look
    bars: Bars
    title: Said
    stage: Said | None
    columns: tuple[Column, ...]
    lanes: tuple[Lane, ...]
    blocks: tuple[FlowBar, ...]
    ribbons: tuple[FlowRibbon, ...]
    legend: tuple[Legend, ...]
    aloud: tuple[Said, ...]


class CouncilFlowPresenter(AtStop):
    """What a touch on the picture means."""

    shows = FlowStop

    def view(self) -> CouncilFlowView:
        """Return this window of the picture."""
        place = self.place(CouncilPage)
        what, stop = self.told(place), self.stop(place)
        if not isinstance(stop, FlowStop) or not isinstance(what.count, StvCount):
            raise RuntimeError("a picture without stages")  # noqa: TRY004 - a mistake of our own
        if not stop.first:
            return self._key(what.count, what)
        picture = drawn(what.count, what.candidates, (stop.first, stop.last), self._lanes())
        return CouncilFlowView(
            look=self.look(),
            bars=self.bars(),
            title=self._title(stop, what.count),
            stage=self.say("council", "Stage"),
            columns=tuple(Column(figure(self._turn, str(stop.first + at)), x) for at, x in enumerate(picture.columns)),
            lanes=tuple(self._lane(what, lane) for lane in picture.lanes),
            blocks=picture.bars,
            ribbons=picture.ribbons,
            legend=self._beside(picture),
            aloud=self._aloud(what, stop),
        )

    def _key(self, count: StvCount, what: Told) -> CouncilFlowView:
        """Return what the inks of the whole picture mean, for a screen that has no room for it beside the picture."""
        whole = drawn(count, what.candidates, (1, len(count.stages)), len(what.candidates) + 1)
        return CouncilFlowView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("council", "How to read the picture"),
            stage=None,
            columns=(),
            lanes=(),
            blocks=(),
            ribbons=(),
            legend=self._legend(whole),
            aloud=(),
        )

    def _lanes(self) -> int:
        lanes = self._turn.room.lanes_at(self._turn.sitting.scale)
        return max(LANES, lanes - (self._turn.tag() in HIGH_LINES))

    def _title(self, stop: FlowStop, count: StvCount) -> Said:
        if (stop.first, stop.last) == (1, len(count.stages)):
            return self.say("council", "How the votes moved")
        return self.say("council", "How the votes moved: stages {first} to {last}", first=stop.first, last=stop.last)

    def _lane(self, what: Told, lane: FlowLane) -> Lane:
        picture = None
        if lane.candidate == NOBODY:
            name = self.say("council", "No next choice")
        elif lane.candidate == OTHERS:
            name = self.say("council", "{count} others", count=lane.count)
        else:
            one = what.standing(lane.candidate)
            name, picture = name_of(self._turn, what.contest, one), picture_of(what.contest, one)
        votes = figure(self._turn, str(lane.last // ONE_VOTE))
        aloud = None if lane.mark is None else self._sign(lane.mark)
        return Lane(name, picture, votes, lane.mark, aloud, lane.top, lane.floor, lane.quota)

    def _sign(self, mark: Mark) -> Said:
        return self.say("council", "Elected") if mark == "elected" else self.say("council", "No seat")

    def _beside(self, picture: FlowPicture) -> tuple[Legend, ...]:
        """Return what stands beside the picture: a small screen has room for its signs, and a page for its bands."""
        legend = self._legend(picture)
        return tuple(one for one in legend if one.ink in get_args(Mark)) if self._turn.room.small else legend

    def _legend(self, picture: FlowPicture) -> tuple[Legend, ...]:
        """Return what the inks mean that are really there."""
        words: Mapping[Ink, Said] = {
            "elected": self._sign("elected"),
            "out": self._sign("out"),
            "kept": self.say("council", "Votes that stay"),
            "surplus": self.say("council", "Spare votes move on"),
            "exclusion": self.say("council", "Votes of those out move on"),
            "quota": self.say("council", "Enough for a seat"),
        }
        inks: set[str] = {one.kind for one in picture.ribbons} | {lane.mark for lane in picture.lanes if lane.mark}
        inks |= {"quota"} if any(lane.quota is not None for lane in picture.lanes) else set()
        return tuple(Legend(ink, said) for ink, said in words.items() if ink in inks)

    def _aloud(self, what: Told, stop: FlowStop) -> tuple[Said, ...]:
        """Return the words of every stage of this window; a later window begins with what moved after its first."""
        told = [] if what.page is None else what.page.stages[stop.first - (stop.first == 1) : stop.last]
        found: list[Said] = []
        for one in told:
            found.append(self.say("council", "Stage {stage}", stage=one.stage))
            found += [sentence(self._turn, what, each) for each in one.sentences]
        return tuple(found)
