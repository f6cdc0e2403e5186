"""What will be sealed, one vote a page in large type, read back in headphones only; Change, or Seal it.

Of a paper ballot, what both entries say alike: there is no changing one of them, only typing both again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kiosk.booth_places import BoothCheck, BoothSlip, BoothVote
from kiosk.paper_entry import anew, on_paper
from kiosk.presenters.booth_vote import contest_at, in_words, marked_said, name_of, photo_of, picture_of
from kiosk.presenters.booth_welcome import election_foot
from kiosk.presenters.opening import WORKING
from kiosk.presenters.shown import Bars, Look, Said, Tile, for_their_ears
from kiosk.presenters.touching import Barred, Turning, pages_of
from kiosk.sitting import ballots_sealed, goes, voting_of
from kiosk.voting import Voting
from models.election.definition import Contest
from models.errors import SlipUsedHereError, WingVoiceError


@dataclass(frozen=True, slots=True)
class BoothCheckView:
    """The choice in one vote, in order, with its places where they count; while it is stored nothing can be touched."""

    look: Look
    bars: Bars
    counted: Said
    title: Said
    lines: tuple[Tile, ...]
    change: Said | None
    foot: Said | None
    onward_icon: str = "onward"
    sign: str | None = None


class BoothCheckPresenter(Barred):
    """What a touch before sealing means."""

    kind = BoothCheck

    def view(self) -> BoothCheckView:
        """Return what was chosen in one vote."""
        place, voting = self.place(BoothCheck), voting_of(self._turn.sitting)
        contest = contest_at(voting, place)
        lines, of = self._lines(voting, contest), len(voting.contests)
        a_page = self._a_page()
        return BoothCheckView(
            look=self.look(),
            bars=self.bars(),
            counted=self.say("opening", "One moment, please.") if place.sealing else self._counted(place.at + 1, of),
            title=in_words(self._turn, dict(contest.title)),
            lines=lines[place.page * a_page : (place.page + 1) * a_page],
            change=None if place.sealing else self._change(),
            foot=election_foot(self._turn),
            onward_icon="hand-in" if self._seals(place, voting) else "onward",
            sign=WORKING if place.sealing else None,
        )

    def _counted(self, at: int, of: int) -> Said:
        if on_paper(self._turn.sitting):
            return self.say("paper", "Both the same. Vote {at} of {of}", at=at, of=of)
        return self.say("booth", "Is this right? Vote {at} of {of}", at=at, of=of)

    def _change(self) -> Said:
        paper = on_paper(self._turn.sitting)
        return self.say("paper", "Type it again") if paper else self.say("booth", "Change")

    def _lines(self, voting: Voting, contest: Contest) -> tuple[Tile, ...]:
        mark = voting.marked(contest)
        if mark is not None:
            return (Tile("", for_their_ears(marked_said(self._turn, mark)), "tick"),)
        by_number = {candidate.number: candidate for candidate in contest.candidates}
        return tuple(
            Tile(
                str(number),
                for_their_ears(name_of(self._turn, contest, by_number[number])),
                photo_of(self._turn, by_number[number]) or picture_of(contest, by_number[number]),
                place=rank if contest.kind == "rank" else None,
            )
            for rank, number in enumerate(voting.chosen(contest), 1)
        )

    def _a_page(self) -> int:
        """Return how many lines stand on a page, each as large as what is asked."""
        return self._turn.room.lines_at(self._turn.sitting.scale, least=1)

    def _pages(self, voting: Voting, place: BoothCheck) -> int:
        lines = self._lines(voting, contest_at(voting, place))
        return pages_of(len(lines), self._a_page())

    def _seals(self, place: BoothCheck, voting: Voting) -> bool:
        """Return whether the way on seals: on the last page of the last vote."""
        return place.at + 1 == len(voting.contests) and place.page + 1 >= self._pages(voting, place)

    def bars(self) -> Bars:
        """Return the bars: onward to the next vote, and from the last to the box; nothing while it is being stored."""
        place, voting = self._turn.sitting.place, self._turn.sitting.voting
        if not isinstance(place, BoothCheck) or voting is None or place.sealing:
            return Bars()
        last = self._seals(place, voting)
        bars = self.usual_bars(onward=self.say("booth", "Seal it") if last else self.say("question", "Next"))
        first = not place.page and not place.at
        return replace(bars, back=None) if first and on_paper(self._turn.sitting) else bars

    def touch_change(self) -> None:
        """Go back to the same choice; of a paper ballot to its slip, and both entries are gone."""
        place, sitting = self.here(BoothCheck), self._turn.sitting
        if place is not None and not place.sealing:
            again = goes(sitting, BoothVote(place.at, checked=True))
            self._turn.move(anew(sitting, BoothSlip()) if on_paper(sitting) else again)

    def back(self) -> None:
        """Go back one page; from the first to the last vote, where Back is there."""
        place, voting = self.place(BoothCheck), voting_of(self._turn.sitting)
        if place.page:
            earlier: BoothCheck | BoothVote = replace(place, page=place.page - 1)
        elif place.at:
            before = BoothCheck(place.at - 1)
            earlier = replace(before, page=self._pages(voting, before) - 1)
        else:
            earlier = BoothVote(len(voting.contests) - 1)
        self._turn.move(goes(self._turn.sitting, earlier))

    def onward(self) -> None:
        """Show the next; after the last seal all of it, and store it before anything else is shown."""
        turn, place = self._turn, self.place(BoothCheck)
        voting = voting_of(turn.sitting)
        if place.page + 1 < self._pages(voting, place):
            turn.move(goes(turn.sitting, replace(place, page=place.page + 1)))
        elif place.at + 1 < len(voting.contests):
            turn.move(goes(turn.sitting, BoothCheck(place.at + 1)))
        else:
            errand = turn.errand()
            turn.move(replace(turn.sitting, place=replace(place, sealing=True), behind=(), asking=False))
            turn.doors.booth.cast(voting.slip, voting.ballots, _stored(turn, errand))


def _stored(turn: Turning, errand: int) -> Callable[[Mapping[int, str] | WingVoiceError], None]:
    def then(result: Mapping[int, str] | WingVoiceError) -> None:
        if isinstance(result, SlipUsedHereError):
            if turn.current(errand):
                turn.arrive(anew(turn.sitting, BoothSlip(trouble="used")))
        elif isinstance(result, WingVoiceError):
            turn.fail(result)
        elif turn.current(errand):
            turn.arrive(ballots_sealed(turn.sitting, result))

    return then
