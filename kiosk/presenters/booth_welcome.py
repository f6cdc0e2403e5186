"""The first page of a booth: advice against pressure, in the voter's language, and the way to the long number.

Where paper ballots are typed in it says how two people do that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kiosk.booth_places import BoothSlip
from kiosk.paper_entry import on_paper
from kiosk.places import Home
from kiosk.presenters.page import Block, PageView, cut, more
from kiosk.presenters.room import HIGH_LINES
from kiosk.presenters.shown import Bars, Said
from kiosk.presenters.touching import Barred, Here, Turning, turned
from kiosk.sitting import goes
from models.consultation import text_of
from models.questionnaire import LanguageTag

LETTERS: Final = 85
"""Of the letters that a page holds, what one more paragraph takes."""
FEW: Final = 2  # paragraphs that stand on a small page however high their lines


@dataclass(frozen=True, slots=True)
class BoothWelcomeView(PageView):
    """A page that is read in a booth; `foot` names the election by its symbols."""

    foot: Said | None = None


def election_foot(turn: Turning) -> Said | None:
    """Return the line that stands on every page of an election: the symbols of its definition."""
    poll = turn.sitting.poll
    return None if poll is None else turn.say("booth", "Election {symbols}", symbols=poll.shelved.symbols)


def leaves(turn: Turning, blocks: list[Block]) -> tuple[tuple[Block, ...], ...]:
    """Return paragraphs on as many pages as they need here; few a page, so that they stand in large type."""
    most = max(1, round(turn.room.letters_at(turn.sitting.scale) / LETTERS))
    if turn.room.small and most > FEW and turn.tag() in HIGH_LINES:
        most -= 1
    few: list[list[Block]] = [[]]
    for block in blocks:
        if few[-1] and sum(map(_lines, (*few[-1], block))) > most:
            few.append([])
        few[-1].append(block)
    return tuple(page for some in few for page in cut(turn, some, turn.room.beside, alone=len(few) == 1))


def _lines(block: Block) -> int:
    """Return what a paragraph takes of a page: twice as much with a head."""
    return 1 if block.head is None else 2


class BoothWelcomePresenter(Barred):
    """What a touch on the advice means."""

    kind = Home

    def here(self, kind: type[Here]) -> Here | None:
        """Return the place if this page of it is the one that is shown, else None."""
        place = super().here(kind)
        return place if self._turn.sitting.poll is not None else None

    def view(self) -> BoothWelcomeView:
        """Return the advice, as far as the page holds it."""
        paper = on_paper(self._turn.sitting)
        pages = leaves(self._turn, [Block(None, said) for said in (self._how() if paper else self._advice())])
        page = min(self.place(Home).page, len(pages) - 1)
        return BoothWelcomeView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("paper", "Paper ballots") if paper else self.say("booth", "Your vote is yours"),
            blocks=pages[page],
            picture="take-part" if paper else "lock",
            page=page,
            pages=len(pages),
            more=more(self._turn, page, len(pages)),
            foot=election_foot(self._turn),
        )

    def _advice(self) -> tuple[Said, ...]:
        return (
            self.say("booth", "Nobody can see how you vote. You may say anything about it."),
            self.say("booth", "The small part of your slip shows only that you voted."),
            self.say("booth", "You may leave a vote blank, or spoil it."),
            self.say("booth", "At the end, tear up the part with the long number."),
            self.say("booth", "Does somebody want to see or take your slip? Give it back at the booth."),
            self._outside(),
        )

    def _outside(self) -> Said:
        """Return whom to tell: by name where the definition has one, else where the name stands."""
        poll = self._turn.sitting.poll
        outside = {} if poll is None else dict(poll.shelved.election.definition.outside)
        if not outside:
            return self.say("booth", "Or tell the person from outside. Their name is on the poster.")
        who = self._turn.spoken(*text_of(outside, LanguageTag(self._turn.tag())))
        return self.say("booth", "Or tell the person from outside: {who}", who=who)

    def _how(self) -> tuple[Said, ...]:
        return (
            self.say("paper", "Two people do this together. One reads, the other types."),
            self.say("paper", "Open one envelope and take one paper. Type the number of the slip, then the marks."),
            self.say("paper", "Then change places, and type all of it once more."),
            self.say("paper", "It is sealed only when both times are the same."),
            self.say("paper", "Do you not agree on a paper? Then ask the returning officer."),
            self.say("paper", "Tell nobody what you have read."),
        )

    def bars(self) -> Bars:
        """Return the bars; Back leads nowhere from here, Language does."""
        paper = on_paper(self._turn.sitting)
        words = self.say("paper", "First paper") if paper else self.say("booth", "I have a slip")
        return replace(self.usual_bars(onward=words), back=None)

    def touch_more(self) -> None:
        """Read on; after the last page, from the first."""
        if self.here(Home) is not None:
            view = self.view()
            self._turn.move(goes(self._turn.sitting, Home(turned(view.page, view.pages))))

    def onward(self) -> None:
        """Go to the long number."""
        self._turn.move(goes(self._turn.sitting, BoothSlip()))
