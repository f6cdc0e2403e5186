"""One page of a vote that is over, among its others: what stands there, and how one goes on and back.

Rule 1: Next leads through the pages of a vote and from the last to all votes; Back leads the other way.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.booth_places import Council, CouncilPage, Stub
from kiosk.presenters.booth_vote import in_words
from kiosk.presenters.council_told import FlowStop, Stop, TallyStop, Told, at, placed, told
from kiosk.presenters.council_words import every_stop
from kiosk.presenters.shown import Bars, Said
from kiosk.presenters.touching import Barred, Here, Turning
from kiosk.sitting import goes


def stop_at(turn: Turning, place: CouncilPage) -> Stop | None:
    """Return the page of a vote that stands at a place; None while no election is over."""
    what = told(turn, place.contest)
    if what is None:
        return None
    every = every_stop(turn, what)
    return every[at(every, place)]


class AtStop(Barred):
    """What all pages of a vote share."""

    kind = CouncilPage
    shows: type[Stop]

    def here(self, kind: type[Here]) -> Here | None:
        """Return the place if this page of it is the one that is shown, else None."""
        place = super().here(kind)
        other = not isinstance(place, CouncilPage) or place.found is not None or place.person is not None
        return None if other or not isinstance(self.stop(place), self.shows) else place

    def stop(self, place: object) -> Stop | None:
        """Return the page of a vote that stands at a place."""
        return stop_at(self._turn, place) if isinstance(place, CouncilPage) else None

    def told(self, place: CouncilPage) -> Told:
        """Return what came of the vote of a place; RuntimeError while no election is over."""
        what = told(self._turn, place.contest)
        if what is None:
            raise RuntimeError("no election is over")
        return what

    def title(self, what: Told) -> Said:
        """Return the title of a vote."""
        return in_words(self._turn, dict(what.contest.title))

    def bars(self) -> Bars:
        """Return the bars; the way on says where it leads."""
        place = self._turn.sitting.place
        what = told(self._turn, place.contest) if isinstance(place, CouncilPage) else None
        if not isinstance(place, CouncilPage) or what is None:
            return self.usual_bars()
        every = every_stop(self._turn, what)
        page = at(every, place)
        return self.usual_bars(onward=self._onward(every[page], every[page + 1] if page + 1 < len(every) else None))

    def _onward(self, stop: Stop, following: Stop | None) -> Said:
        if following is None:
            return self.say("council", "All results")
        if isinstance(following, FlowStop) and not isinstance(stop, FlowStop):
            return self.say("council", "The picture")
        if isinstance(following, TallyStop) and not isinstance(stop, TallyStop):
            return self.say("council", "Stage by stage") if following.stage else self.say("council", "The votes")
        return self.say("question", "Next")

    def onward(self) -> None:
        """Go to the next page of the vote, and from the last to all votes."""
        place = self.place(CouncilPage)
        every = every_stop(self._turn, self.told(place))
        page = at(every, place) + 1
        there = placed(every, page, place.contest) if page < len(every) else Council()
        self._turn.move(goes(self._turn.sitting, there))

    def back(self) -> None:
        """Go to the page before, or to the cards of the elected, all votes, or another number."""
        place = self.place(CouncilPage)
        if place.found is not None:
            self._turn.move(goes(self._turn.sitting, Stub()))
        elif place.person is not None:
            self._turn.move(goes(self._turn.sitting, replace(place, person=None, leaf=0)))
        else:
            what = told(self._turn, place.contest)
            every = () if what is None else every_stop(self._turn, what)
            page = at(every, place)
            there = placed(every, page - 1, place.contest) if page else Council()
            self._turn.move(goes(self._turn.sitting, there))
