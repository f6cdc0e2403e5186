"""What stands to be read before one chooses: what a vote is about, and what each candidate says.

Rule 1: everybody has the same room, in the order of this sitting; nothing here can be chosen.
Rule 2: before a question it is said that the answer is advice, and who decides.
Rule 3: a proposal is read in one order, which is announced: what it says, what speaks for it, what speaks against it,
    cost and who decides. Both sides begin a page of their own, and have the same limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.booth_places import BoothVote
from kiosk.presenters.booth_vote import contest_at, in_words, name_of, photo_of, picture_of, shown_at, speaks
from kiosk.presenters.booth_welcome import election_foot, leaves
from kiosk.presenters.page import Block, PageView, more
from kiosk.presenters.shown import Bars, Said
from kiosk.presenters.touching import Barred, Here, turned
from kiosk.sitting import goes, voting_of
from kiosk.voting import Voting
from models.consultation import text_of
from models.election.definition import Candidate, Contest
from models.election.proposal import Proposal, Texts
from models.questionnaire import LanguageTag


@dataclass(frozen=True, slots=True)
class BoothWordsView(PageView):
    """A page that is read in a booth, with symbol and photo; `foot` names the election by its symbols."""

    foot: Said | None = None


class BoothWordsPresenter(Barred):
    """What a touch on these words means."""

    kind = BoothVote

    def here(self, kind: type[Here]) -> Here | None:
        """Return the place if this page of it is the one that is shown, else None."""
        place = super().here(kind)
        return place if shown_at(place) == "words" else None

    def view(self) -> BoothWordsView:
        """Return what is read now."""
        place = self.place(BoothVote)
        voting = voting_of(self._turn.sitting)
        contest = contest_at(voting, place)
        candidate = self._candidate(place, contest)
        pages = self._about(contest) if candidate is None else leaves(self._turn, self._says(contest, candidate))
        page = min(place.leaf, len(pages) - 1)
        return BoothWordsView(
            look=self.look(),
            bars=self.bars(),
            title=in_words(self._turn, dict(contest.title))
            if candidate is None
            else name_of(self._turn, contest, candidate),
            blocks=pages[page],
            picture=None if candidate is None else picture_of(contest, candidate),
            page=page,
            pages=len(pages),
            more=more(self._turn, page, len(pages)),
            foot=election_foot(self._turn),
            large=None if candidate is None else photo_of(self._turn, candidate),
        )

    @staticmethod
    def _candidate(place: BoothVote, contest: Contest) -> Candidate | None:
        return next((one for one in contest.candidates if one.number == place.reading), None)

    def _about(self, contest: Contest) -> tuple[tuple[Block, ...], ...]:
        """Return the pages of what a vote is about: a paragraph a line, or a proposal with both its sides."""
        advice = Block(None, self.say("booth", "Your answer is advice. The managers decide."))
        if contest.proposal is not None:
            return self._proposed(contest.proposal, advice)
        about, tag = text_of(contest.about, LanguageTag(self._turn.tag()))
        parts = [part.strip() for part in about.split("\n") if part.strip()]
        blocks = [Block(None, self._turn.spoken(part, tag)) for part in parts]
        return leaves(self._turn, [*blocks, advice] if contest.kind == "question" else blocks)

    def _proposed(self, proposal: Proposal, advice: Block) -> tuple[tuple[Block, ...], ...]:
        order = Block(
            None,
            self.say("booth", "First comes what speaks for it, then what speaks against it. Both have the same room."),
        )
        first = [advice, order, self._headed(self.say("booth", "The proposal"), proposal.text)]
        last = [
            self._headed(self.say("booth", "What it costs"), proposal.cost),
            self._headed(self.say("booth", "Who decides, and when"), proposal.decides),
        ]
        sides = (
            (self.say("booth", "For it"), proposal.reasons_for),
            (self.say("booth", "Against it"), proposal.reasons_against),
        )
        return (
            *leaves(self._turn, first),
            *(page for head, reasons in sides for page in self._side(head, reasons)),
            *leaves(self._turn, last),
        )

    def _side(self, head: Said, reasons: Sequence[Texts]) -> tuple[tuple[Block, ...], ...]:
        """Return one side, a line a reason; each page of it says which side it is."""
        pages = leaves(self._turn, [self._headed(None, one) for one in reasons])
        return tuple((Block(head, _in_lines([block.body for block in page])),) for page in pages)

    def _headed(self, head: Said | None, texts: Texts) -> Block:
        return Block(head, in_words(self._turn, dict(texts)))

    def _says(self, contest: Contest, candidate: Candidate) -> list[Block]:
        if candidate.statement:
            said = in_words(self._turn, dict(candidate.statement))
        elif contest.kind == "question":
            said = name_of(self._turn, contest, candidate)
        else:
            said = self.say("booth", "Nothing was written.")
        blocks = [Block(None, said)] if candidate.statement or not candidate.people else []
        if candidate.people:
            people = self._turn.spoken(", ".join(candidate.people), self._turn.tag())
            blocks.append(Block(self.say("booth", "On their list"), people))
        return blocks

    def bars(self) -> Bars:
        """Return the bars; onward leads to the next words, and from the last to the vote."""
        place, voting = self._turn.sitting.place, self._turn.sitting.voting
        if not isinstance(place, BoothVote) or voting is None:
            return self.usual_bars()
        last = self._following(voting, place) is None
        return self.usual_bars(onward=self.say("booth", "To the vote") if last else self.say("question", "Next"))

    @staticmethod
    def _following(voting: Voting, place: BoothVote) -> int | None:
        """Return whose words come after these; questions have none but their own."""
        contest = contest_at(voting, place)
        if not any(map(speaks, contest.candidates)):
            return None
        order = [candidate.number for candidate in voting.candidates(contest)]
        at = order.index(place.reading) + 1 if place.reading in order else 0
        return order[at] if at < len(order) else None

    def touch_more(self) -> None:
        """Read on; after the last page, from the first."""
        place = self.here(BoothVote)
        if place is not None and place.reading is not None:
            view = self.view()
            self._turn.move(goes(self._turn.sitting, replace(place, leaf=turned(view.page, view.pages))))

    def onward(self) -> None:
        """Read the next words, or go to the vote."""
        place = self.place(BoothVote)
        following = self._following(voting_of(self._turn.sitting), place)
        self._turn.move(goes(self._turn.sitting, replace(place, reading=following, leaf=0)))

    def back(self) -> None:
        """Go to the vote at once."""
        place = self.place(BoothVote)
        self._turn.move(goes(self._turn.sitting, replace(place, reading=None, leaf=0)))


def _in_lines(every: Sequence[Said]) -> Said:
    """Return words below one another, which are heard one after another."""
    clips = tuple(clip for one in every for clip in one.clips)
    return replace(every[0], text="\n".join(one.text for one in every), clips=clips, whole=None)
