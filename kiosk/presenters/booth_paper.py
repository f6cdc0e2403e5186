"""Between the entries of a paper ballot: change places, both times were not the same, or it is in.

Rule 1: where the entries differ only the vote is named: neither choice is shown, and nobody is told to be wrong.
Rule 2: nothing here counts papers; the record on paper does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.booth_places import BoothPaper, BoothSlip
from kiosk.paper_entry import anew
from kiosk.presenters.booth_vote import in_words
from kiosk.presenters.booth_welcome import election_foot, leaves
from kiosk.presenters.page import Block, PageView, more
from kiosk.presenters.shown import Bars, Said
from kiosk.presenters.touching import Barred, turned
from kiosk.sitting import goes


@dataclass(frozen=True, slots=True)
class BoothPaperView(PageView):
    """A page that two people read over a paper; `foot` names the election by its symbols."""

    foot: Said | None = None


class BoothPaperPresenter(Barred):
    """What a touch on such a page means."""

    kind = BoothPaper

    def view(self) -> BoothPaperView:
        """Return what is to be done now."""
        place = self.place(BoothPaper)
        title, picture, blocks = {"swap": self._swap, "differ": self._differ, "in": self._in}[place.step]()
        pages = leaves(self._turn, blocks)
        page = min(place.page, len(pages) - 1)
        return BoothPaperView(
            look=self.look(),
            bars=self.bars(),
            title=title,
            blocks=pages[page],
            picture=picture,
            page=page,
            pages=len(pages),
            more=more(self._turn, page, len(pages)),
            foot=election_foot(self._turn),
        )

    def _swap(self) -> tuple[Said, str, list[Block]]:
        told = self.say("paper", "Whoever read now types. Whoever typed now reads. Begin with the number of the slip.")
        return self.say("paper", "Now change places"), "who-team", [Block(None, told)]

    def _differ(self) -> tuple[Said, str, list[Block]]:
        told = (
            self.say(
                "paper",
                "That happens easily. Nothing was stored. Look at the paper together. Then type it twice again.",
            ),
            self.say("paper", "Do you not agree on a paper? Then ask the returning officer."),
        )
        blocks = [*self._where(), *(Block(None, said) for said in told)]
        return self.say("paper", "The two times were not the same"), "not-sure", blocks

    def _where(self) -> list[Block]:
        """Return what was not the same: the slip, or votes by their titles."""
        place, poll = self.place(BoothPaper), self._turn.sitting.poll
        if poll is None or not place.differ:
            return [Block(None, self.say("paper", "The number of the slip was another one."))]
        contest = poll.shelved.election.definition.contest
        first, *others = [in_words(self._turn, dict(contest(number).title)) for number in place.differ]
        return [Block(self.say("paper", "Not the same here"), first), *(Block(None, said) for said in others)]

    def _in(self) -> tuple[Said, str, list[Block]]:
        told = self.say(
            "paper", "Tick it in the record. Was it the last one? Touch Stop, and close the box on the staff page."
        )
        return self.say("paper", "This paper is in."), "done", [Block(None, told)]

    def bars(self) -> Bars:
        """Return the bars; there is nothing to go back to: what one of two typed is not for the other to see."""
        place = self._turn.sitting.place
        words = {
            "swap": self.say("paper", "Second time"),
            "differ": self.say("paper", "Again"),
            "in": self.say("paper", "Next paper"),
        }
        onward = words[place.step] if isinstance(place, BoothPaper) else None
        return replace(self.usual_bars(onward=onward), back=None)

    def touch_more(self) -> None:
        """Read on; after the last page, from the first."""
        place = self.here(BoothPaper)
        if place is not None:
            view = self.view()
            self._turn.move(goes(self._turn.sitting, replace(place, page=turned(view.page, view.pages))))

    def onward(self) -> None:
        """Go to the number of a slip: for the second time, or of a paper that begins anew."""
        place, sitting = self.place(BoothPaper), self._turn.sitting
        self._turn.move(goes(sitting, BoothSlip()) if place.step == "swap" else anew(sitting, BoothSlip()))
