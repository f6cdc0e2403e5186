"""What is asked once more at a vote: leave it blank, spoil it, or see the names that were not shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kiosk.booth_places import Asked, BoothVote
from kiosk.paper_entry import on_paper
from kiosk.presenters.booth_vote import marked_as, next_vote, shown_at
from kiosk.presenters.booth_welcome import election_foot
from kiosk.presenters.shown import Bars, Look, Phrase, Said, Tile
from kiosk.presenters.touching import Barred, Here
from kiosk.sitting import goes, voting_of
from models.election.ballot import Mark

ASKED: Final[dict[Asked, tuple[Phrase, Phrase, Phrase]]] = {
    "blank": (
        Phrase("booth", "Leave this vote blank? It counts as taking part."),
        Phrase("booth", "Yes, leave it blank"),
        Phrase("booth", "No, go back"),
    ),
    "spoil": (
        Phrase("booth", "Spoil this vote? It counts as spoilt, for nobody."),
        Phrase("booth", "Yes, spoil it"),
        Phrase("booth", "No, go back"),
    ),
    "rest": (
        Phrase("booth", "You have not seen all names yet. Do you want to see the rest?"),
        Phrase("booth", "Yes, show me the rest"),
        Phrase("booth", "No, go on"),
    ),
}
ON_PAPER: Final[dict[Asked, tuple[Phrase, Phrase, Phrase]]] = ASKED | {
    "blank": (
        Phrase("paper", "Is nothing marked in this vote? It counts as blank."),
        Phrase("paper", "Yes, nothing is marked"),
        Phrase("booth", "No, go back"),
    ),
    "spoil": (
        Phrase("paper", "Is the wish not clear in this vote? It counts as spoilt."),
        Phrase("paper", "Yes, it is not clear"),
        Phrase("booth", "No, go back"),
    ),
}


@dataclass(frozen=True, slots=True)
class BoothAskView:
    """One question and two buttons, with the keys "yes" and "no"."""

    look: Look
    bars: Bars
    title: Said
    lines: tuple[Tile, ...]
    foot: Said | None


class BoothAskPresenter(Barred):
    """What a touch on the question means."""

    kind = BoothVote

    def here(self, kind: type[Here]) -> Here | None:
        """Return the place if this page of it is the one that is shown, else None."""
        place = super().here(kind)
        return place if shown_at(place) == "question" else None

    def view(self) -> BoothAskView:
        """Return the question."""
        asked = ON_PAPER if on_paper(self._turn.sitting) else ASKED
        title, yes, no = asked[self.place(BoothVote).asking or "rest"]
        return BoothAskView(
            look=self.look(),
            bars=self.bars(),
            title=self.phrase(title),
            lines=(Tile("yes", self.phrase(yes), "yes"), Tile("no", self.phrase(no), "no")),
            foot=election_foot(self._turn),
        )

    def bars(self) -> Bars:
        """Return the bars; Back is the same as No."""
        return self.usual_bars()

    def touch_tile(self, key: str) -> None:
        """Do what was asked, or go back to the vote."""
        place = self.here(BoothVote)
        if place is None or place.asking is None or key not in ("yes", "no"):
            return
        if place.asking == "rest":
            self._rest(place, wanted=key == "yes")
        elif key == "yes":
            marked_as(self._turn, Mark.BLANK if place.asking == "blank" else Mark.SPOILT)
        else:
            self.back()

    def _rest(self, place: BoothVote, *, wanted: bool) -> None:
        asked = replace(place, asking=None, asked_rest=True)
        if wanted:
            page = next(page for page in range(len(place.seen) + 1) if page not in place.seen)
            self._turn.move(goes(self._turn.sitting, replace(asked, page=page, seen=place.seen | {page})))
        else:
            next_vote(self._turn, voting_of(self._turn.sitting), asked)

    def back(self) -> None:
        """Go back to the vote; nothing changed."""
        place = self.place(BoothVote)
        self._turn.move(goes(self._turn.sitting, replace(place, asking=None)))
