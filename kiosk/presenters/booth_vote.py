"""One vote: its names, who is chosen, and what a touch makes of it.

Rule 1: blank and spoilt are as near as a name, and both are asked once more; no vote can be skipped.
Rule 2: names that were not shown are asked about once before one goes on; at the limit nothing moves, and it is said.
Rule 3: who has withdrawn is shown and cannot be chosen; the order of names is this sitting's own.
Rule 4: a paper ballot is entered here as it is marked: nothing is asked about, and nothing stands to be read first.
Source: elections.md sections 3 and 5.10.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from kiosk.booth_places import Asked, BoothCheck, BoothPaper, BoothVote
from kiosk.paper_entry import entered, on_paper
from kiosk.places import Home
from kiosk.presenters.booth_welcome import election_foot
from kiosk.presenters.comeback_names import NAMES
from kiosk.presenters.pads import Ranking, Tiles
from kiosk.presenters.shown import Bars, Look, Phrase, Progress, Said, Tile
from kiosk.presenters.touching import Barred, Here, Turning, pages_of, phrased, turned
from kiosk.sitting import goes, voting_of
from kiosk.voting import Voting, touched, undone, wished
from models.canonical import ENGLISH
from models.consultation import text_of
from models.election.ballot import Mark
from models.election.definition import Candidate, Contest
from models.elections import PICTURES
from models.questionnaire import LanguageTag

MOST_CARDS: Final = 6
OPTIONS: Final = {1: "yes", 2: "no", 3: "not-sure"}
SIGN: Final = "sign-"
WHAT_TO_DO: Final = {
    "one": Phrase("booth", "Touch one name."),
    "list": Phrase("booth", "Touch one party."),
    "question": Phrase("booth", "Touch one answer."),
    "approve": Phrase("booth", "Touch all that you want, {most} at most."),
    "rank": Phrase("booth", "Touch them in your order, {most} at most. The first is number 1."),
}
MARKED: Final = {
    Mark.BLANK: Phrase("booth", "You leave this vote blank."),
    Mark.SPOILT: Phrase("booth", "You spoil this vote."),
}
ON_PAPER: Final = {
    **dict.fromkeys(("one", "list", "question"), Phrase("paper", "Touch what is marked on the paper.")),
    "approve": Phrase("paper", "Touch all that are marked on the paper, {most} at most."),
    "rank": Phrase("paper", "Touch them by number, as far as clear."),
}
MARKED_ON_PAPER: Final = {
    Mark.BLANK: Phrase("paper", "Nothing is marked in this vote."),
    Mark.SPOILT: Phrase("paper", "The wish is not clear in this vote."),
}


@dataclass(frozen=True, slots=True)
class BoothVoteView:
    """All that one vote shows. `blank` and `spoil` are always there; the second may be switched off for an election."""

    look: Look
    bars: Bars
    progress: Progress
    prompt: Said
    hint: Said | None
    answer: Tiles | Ranking
    trouble: Said | None
    tell: Said | None
    blank: Said
    spoil: Said | None
    foot: Said | None
    spoil_picture: str = "take-away"


def contest_at(voting: Voting, place: BoothVote | BoothCheck) -> Contest:
    """Return the vote of a place."""
    return voting.contests[place.at]


def in_words(turn: Turning, texts: dict[LanguageTag, str]) -> Said:
    """Return words of the definition in the language of the moment, or in English."""
    return turn.spoken(*text_of(texts, LanguageTag(turn.tag())))


def name_of(turn: Turning, contest: Contest, candidate: Candidate) -> Said:
    """Return who or what can be chosen; the three answers of a question are the kiosk's own words."""
    answers = {
        1: Phrase("booth", "Yes"),
        2: Phrase("booth", "No"),
        3: Phrase("booth", "I do not say yes or no"),
    }
    if contest.kind == "question" and candidate.name[ENGLISH] in ("Yes", "No", "Abstain"):
        return phrased(turn, answers[candidate.number])
    return in_words(turn, dict(candidate.name))


def picture_of(contest: Contest, candidate: Candidate) -> str:
    """Return the symbol of a candidate: the kiosk's own for an answer, else the one that stands on paper too."""
    if contest.kind == "question":
        return OPTIONS[candidate.number]
    number = candidate.symbol.removeprefix(SIGN)
    if number != candidate.symbol and number.isdecimal() and 0 < int(number) <= len(NAMES):
        return sign(int(number))
    return candidate.symbol


def sign(number: int) -> str:
    """Return the picture of a numbered sign, from 1."""
    return NAMES[number - 1][0]


def photo_of(turn: Turning, candidate: Candidate) -> str | None:
    """Return the photo of a candidate as the bundle names it, if it is there."""
    names = [f"{candidate.photo}.{ending}" for ending in PICTURES] if candidate.photo is not None else []
    return next((name for name in names if turn.doors.media(name) is not None), None)


def marked_said(turn: Turning, mark: Mark) -> Said:
    """Return what is said of a vote that is blank or spoilt."""
    return phrased(turn, (MARKED_ON_PAPER if on_paper(turn.sitting) else MARKED)[mark])


def speaks(candidate: Candidate) -> bool:
    """Return whether more than a name is known of somebody: what they say, or who is on their list."""
    return bool(candidate.statement or candidate.people)


def has_words(contest: Contest) -> bool:
    """Return whether anything stands to be read before one chooses."""
    return tells(contest) or any(map(speaks, contest.candidates))


def tells(contest: Contest) -> bool:
    """Return whether it is said what a vote is about."""
    return bool(contest.about) or contest.proposal is not None


def first_page(voting: Voting, place: BoothVote) -> BoothVote:
    """Return where a vote begins: with what a question is about, unless it was answered before."""
    contest = contest_at(voting, place)
    unread = contest.number not in voting.ballots and voting.poll.kind == "kiosk"
    asked = contest.kind == "question" and tells(contest) and unread
    return replace(place, reading=0) if asked else place


def next_vote(turn: Turning, voting: Voting, place: BoothVote) -> None:
    """Go on to the next vote, or to what will be sealed."""
    following = place.at + 1
    if place.checked and voting.whole:
        turn.move(replace(turn.sitting, voting=voting, place=BoothCheck(place.at)))
    elif following < len(voting.contests):
        turn.move(replace(turn.sitting, voting=voting, place=first_page(voting, BoothVote(following))))
    elif on_paper(turn.sitting):
        turn.move(entered(turn.sitting, voting))
    else:
        turn.move(replace(turn.sitting, voting=voting, place=BoothCheck()))


def shown_at(place: object) -> Literal["question", "words", "names"] | None:
    """Return what stands at a vote just now; None elsewhere."""
    if not isinstance(place, BoothVote):
        return None
    if place.asking is not None:
        return "question"
    return "names" if place.reading is None else "words"


class BoothVotePresenter(Barred):
    """What a touch on a vote means."""

    kind = BoothVote

    def here(self, kind: type[Here]) -> Here | None:
        """Return the place if this page of it is the one that is shown, else None."""
        place = super().here(kind)
        return place if shown_at(place) == "names" else None

    def view(self) -> BoothVoteView:
        """Return the vote as it stands."""
        place, voting = self.place(BoothVote), voting_of(self._turn.sitting)
        contest = contest_at(voting, place)
        mark, paper = voting.marked(contest), on_paper(self._turn.sitting)
        return BoothVoteView(
            look=self.look(),
            bars=self.bars(),
            progress=self._progress(voting, place),
            prompt=in_words(self._turn, dict(contest.title)),
            hint=self._hint(place, contest, mark),
            answer=self._pad(voting, place, contest),
            trouble=self._full(contest) if place.full else None,
            tell=self.say("booth", "Read more first") if has_words(contest) and not paper else None,
            blank=self.say("paper", "Nothing is marked") if paper else self.say("booth", "Leave it blank"),
            spoil=self._spoil(voting),
            foot=election_foot(self._turn),
            spoil_picture="not-sure" if paper else "take-away",
        )

    def bars(self) -> Bars:
        """Return the bars; onward is there once somebody chose or wished."""
        place, voting = self._turn.sitting.place, self._turn.sitting.voting
        if not isinstance(place, BoothVote) or voting is None:
            return self.usual_bars()
        ready = contest_at(voting, place).number in voting.ballots
        return self.usual_bars(onward=self.say("question", "Next") if ready else None)

    def _progress(self, voting: Voting, place: BoothVote) -> Progress:
        of = len(voting.contests)
        return Progress(place.at + 1, of, self.say("booth", "Vote {at} of {of}", at=place.at + 1, of=of))

    def _spoil(self, voting: Voting) -> Said | None:
        if on_paper(self._turn.sitting):
            return self.say("paper", "The wish is not clear")
        return self.say("booth", "Spoil my vote") if _may_spoil(voting) else None

    def _hint(self, place: BoothVote, contest: Contest, mark: Mark | None) -> Said | None:
        """Return what to do, or what a vote is that is blank or spoilt; at the limit that stands in its place."""
        if mark is not None:
            return marked_said(self._turn, mark)
        return None if place.full else self._to_do(contest)

    def _to_do(self, contest: Contest) -> Said:
        words = (ON_PAPER if on_paper(self._turn.sitting) else WHAT_TO_DO)[contest.kind]
        if contest.kind in ("approve", "rank"):
            return self.phrase(words, most=contest.max_marks)
        return self.phrase(words)

    def _full(self, contest: Contest) -> Said:
        """Return what the limit is; on a small screen no more than that."""
        if self._turn.room.small:
            return self.say("booth", "At most {most}.", most=contest.max_marks)
        return self.say("booth", "At most {most}. Touch one to take it out.", most=contest.max_marks)

    def _pad(self, voting: Voting, place: BoothVote, contest: Contest) -> Tiles | Ranking:
        pages = self._pages(voting, contest)
        page = min(place.page, len(pages) - 1)
        more = self.say("booth", "More names ({page} of {pages})", page=page + 1, pages=len(pages))
        tiles = tuple(self._tile(voting, contest, candidate) for candidate in pages[page])
        said = more if len(pages) > 1 else None
        if contest.kind == "rank":
            undo = self.say("question", "Undo") if voting.chosen(contest) else None
            return Ranking(tiles, page, len(pages), said, undo)
        return Tiles(tiles, contest.kind == "approve", likert=False, page=page, pages=len(pages), more=said)

    def _pages(self, voting: Voting, contest: Contest) -> tuple[tuple[Candidate, ...], ...]:
        every = voting.candidates(contest)
        room = min(MOST_CARDS, self._turn.room.cards_at(self._turn.sitting.scale))
        if len(every) <= room:
            return (every,)
        a_page = room - 1  # and "More names"
        return tuple(every[at * a_page : (at + 1) * a_page] for at in range(pages_of(len(every), a_page)))

    def _tile(self, voting: Voting, contest: Contest, candidate: Candidate) -> Tile:
        chosen, name = voting.chosen(contest), name_of(self._turn, contest, candidate)
        withdrawn = candidate.number in voting.poll.shelved.withdrawn(contest.number)
        gone = candidate.number in voting.barred(contest)
        ranked = contest.kind == "rank" and not gone
        return Tile(
            key=str(candidate.number),
            words=name,
            picture=photo_of(self._turn, candidate) or picture_of(contest, candidate),
            chosen=candidate.number in chosen,
            small=self.say("booth", "Has withdrawn") if withdrawn else None,
            place=chosen.index(candidate.number) + 1 if ranked and candidate.number in chosen else None,
            numbered=ranked,
            ear=self._turn.hearing.can_say(name),
            gone=gone,
        )

    def _put(self, voting: Voting, place: BoothVote) -> None:
        self._turn.move(replace(self._turn.sitting, voting=voting, place=place))

    def touch_tile(self, key: str) -> None:
        """Choose, rank or take out, as the kind of vote has it; at the limit say so and change nothing."""
        place = self.here(BoothVote)
        if place is not None and key.isdecimal():
            voting = voting_of(self._turn.sitting)
            after, full = touched(voting, contest_at(voting, place), int(key))
            self._put(after, replace(place, full=full))

    def touch_ear(self, key: str) -> None:
        """Say the name, without choosing it."""
        tiles = self.view().answer.tiles if self.here(BoothVote) is not None else ()
        for tile in tiles:
            if tile.key == key and tile.ear:
                self._turn.hearing.speak(tile.words)

    def touch_undo(self) -> None:
        """Take back the last place of a ranking."""
        place = self.here(BoothVote)
        if place is not None:
            voting = voting_of(self._turn.sitting)
            self._put(undone(voting, contest_at(voting, place)), replace(place, full=False))

    def touch_more(self) -> None:
        """Show the next page of names; after the last, the first."""
        place = self.here(BoothVote)
        if place is not None:
            answer = self.view().answer
            page = turned(answer.page, answer.pages)
            self._put(voting_of(self._turn.sitting), replace(place, page=page, seen=place.seen | {page}, full=False))

    def touch_tell(self) -> None:
        """Read what the vote is about, or what the candidates say."""
        place = self.here(BoothVote)
        if place is not None and self.view().tell is not None:
            voting = voting_of(self._turn.sitting)
            contest = contest_at(voting, place)
            reading = 0 if tells(contest) else voting.candidates(contest)[0].number
            self._put(voting, replace(place, reading=reading, leaf=0, full=False))

    def touch_blank(self) -> None:
        """Ask once more whether it shall stay blank."""
        self._ask("blank")

    def touch_spoil(self) -> None:
        """Ask once more whether it shall be spoilt."""
        if _may_spoil(voting_of(self._turn.sitting)):
            self._ask("spoil")

    def _ask(self, asked: Asked) -> None:
        place = self.here(BoothVote)
        if place is not None:
            self._put(voting_of(self._turn.sitting), replace(place, asking=asked, full=False))

    def back(self) -> None:
        """Go back one vote; from the first to the advice, and the slip is put down: it still works."""
        place, sitting = self.place(BoothVote), self._turn.sitting
        voting = voting_of(sitting)
        if place.checked and voting.whole:
            self._turn.move(goes(sitting, BoothCheck(place.at)))
        elif place.at:
            self._turn.move(goes(sitting, BoothVote(place.at - 1)))
        else:
            second = on_paper(sitting) and sitting.first is not None
            self._turn.move(replace(sitting, voting=None, place=BoothPaper("swap") if second else Home()))

    def onward(self) -> None:
        """Go on; where some names were not shown yet, ask once whether to see the rest."""
        place, voting = self.place(BoothVote), voting_of(self._turn.sitting)
        pages = self.view().answer.pages
        unseen = len(place.seen) < pages and not on_paper(self._turn.sitting)
        if unseen and not place.asked_rest and voting.chosen(contest_at(voting, place)):
            self._put(voting, replace(place, asking="rest", full=False))
        else:
            next_vote(self._turn, voting, place)


def _may_spoil(voting: Voting) -> bool:
    return voting.poll.kind == "paper" or voting.poll.shelved.election.definition.allow_spoil


def marked_as(turn: Turning, mark: Mark) -> None:
    """Leave the vote of the moment blank or spoil it, and go on."""
    place, voting = turn.sitting.place, voting_of(turn.sitting)
    if isinstance(place, BoothVote):
        next_vote(turn, wished(voting, contest_at(voting, place), mark), replace(place, asking=None))
