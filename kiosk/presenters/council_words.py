"""The words of a vote that is over: the sentences of a count in the kiosk's own, and what stands in no table.

Rule 1: the words of a count are the kiosk's own; names and numbers are put into them as they stand in the report.
Rule 2: nothing is told that the published files do not hold.
Source: elections.md 5.7, 8 and 9.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from kiosk.presenters.booth_vote import in_words
from kiosk.presenters.council import COUNTED
from kiosk.presenters.council_told import Seat, Stop, TallyStop, Told, stops
from kiosk.presenters.day import month_of
from kiosk.presenters.page import Block, cut
from kiosk.presenters.shown import Heard, Phrase, Said, digits
from kiosk.presenters.touching import Turning, phrased
from models.clips import number_keys
from models.counting import words
from models.counting.question import QuestionCount
from models.counting.words import Sentence, called

BETWEEN: Final = ", "
"""What stands between the names of equals."""
BESIDE_ROWS: Final = 0.45
"""Of the letters that a page holds, what stands above rows at most."""
BELOW: Final = 150
"""Letters that a page holds; with fewer, until when people serve and how to reach them stands on a page of its own."""
COUNT: Final[Mapping[str, Phrase]] = {
    words.FIRST: Phrase("council", "First choices are counted. {quota} votes are enough for a seat."),
    words.SURPLUS: Phrase("council", "{name} has {surplus} more votes than needed. They go to the next choices."),
    words.EXCLUSION: Phrase("council", "{name} has the fewest votes, {total}. They go to the next choices."),
    words.EXCLUSION_OF_NONE: Phrase("council", "{name} has no votes and is out."),
    words.GAINS: Phrase("council", "{name} gets {votes}."),
    words.LOST: Phrase("council", "No next choice, or cut off: {votes}."),
    words.ELECTED: Phrase("council", "{name} has {total} votes and is elected."),
    words.ELECTED_LAST: Phrase("council", "{name} is elected with {total} votes. All who are left get a seat."),
    words.NOBODY: Phrase("council", "Nobody is elected at this stage."),
    words.MORE_BEFORE: Phrase("council", "{names} were equal. {name} had more at stage {stage}."),
    words.FEWER_BEFORE: Phrase("council", "{names} were equal. {name} had fewer at stage {stage}."),
    words.LOT_GOES_FIRST: Phrase("council", "{names} were equal. A lot was drawn: {name}."),
    words.LOT_GOES_OUT: Phrase("council", "{names} were equal. A lot was drawn: {name}."),
    words.LOT_FOR_SEAT: Phrase("council", "{names} were equal. A lot was drawn: {name}."),
    words.SETTLED_BY_VOTES: Phrase("council", "{names} were equal for a seat. {name} has more votes."),
    words.MOST_VOTES: Phrase("council", "Who has the most votes is elected."),
    words.HAS_SEAT: Phrase("council", "{name} is elected with {votes} votes."),
    words.HARE: Phrase("council", "{seats} seats are shared by votes."),
    words.SAINTE_LAGUE: Phrase("council", "{seats} seats are shared by votes."),
    words.DHONDT: Phrase("council", "{seats} seats are shared by votes."),
    words.PARTY_GETS: Phrase("council", "{name}: votes {votes}, seats {seats}."),
    words.PARTY_GETS_ONE: Phrase("council", "{name}: votes {votes}, seats {seats}."),
    words.VACANT: Phrase("council", "Seats that stay empty: {seats}."),
    words.SAID: Phrase("council", "Yes: {yes}. No: {no}."),
    words.CARRIED: Phrase("council", "The proposal is carried."),
    words.NOT_CARRIED: Phrase("council", "The proposal is not carried."),
    words.NO_QUORUM: Phrase("council", "Too few people took part."),
    words.TWO_THIRDS: Phrase("council", "Two thirds must say yes."),
}
"""The words of a count in the kiosk's own, short enough to be heard once."""

IN_ROWS: Final = (words.HAS_SEAT, words.PARTY_GETS, words.PARTY_GETS_ONE)
"""What the rows of a table say already."""


def sentence(turn: Turning, what: Told, one: Sentence) -> Said:
    """Return a sentence about a count in the language of the moment; names and numbers are heard as their own words."""
    names = {text: in_words(turn, dict(what.standing(number).name)) for number, text in called(what.candidates).items()}
    return phrased(turn, COUNT[one.text], **{key: _fact(names, fact) for key, fact in one.facts.items()})


def _fact(names: Mapping[str, Said], fact: str) -> object:
    if fact.isdecimal():
        return int(fact)
    every = [names.get(each) for each in fact.split(BETWEEN)]
    if None in every:
        return fact
    held = [one for one in every if one is not None]
    clips = tuple(clip for one in held for clip in one.clips)
    return replace(held[0], text=fact, clips=clips, whole=None)


def figure(turn: Turning, text: str) -> Said:
    """Return a number of votes as it stands in the report; a whole one is heard as numbers are."""
    said, tag = digits(text, turn.tag()), turn.tag()
    if not text.isdecimal():
        return said
    return replace(said, clips=tuple(Heard(clip) for clip in number_keys(tag, int(text))), whole=said.whole)


def every_stop(turn: Turning, what: Told) -> tuple[Stop, ...]:
    """Return every page of a vote in order."""
    found: list[Stop] = []
    apart: set[int] = set()
    for stop in stops(turn, what, len(pages_of_words(turn, what))):
        if isinstance(stop, TallyStop) and not stop.first and _is_long(turn, tally_words(turn, what, stop.stage)):
            found.append(TallyStop(stop.stage, 0, 0))
            apart.add(stop.stage)
        silent = isinstance(stop, TallyStop) and stop.stage in apart
        found.append(replace(stop, silent=True) if isinstance(stop, TallyStop) and silent else stop)
    return tuple(found)


def _is_long(turn: Turning, said: Said | None) -> bool:
    """Return whether words leave rows too little room."""
    return said is not None and len(said.text) > turn.room.letters_at(turn.sitting.scale) * BESIDE_ROWS


def tally_words(turn: Turning, what: Told, stage: int) -> Said | None:
    """Return what happened at a stage, after how equals were told apart; the rows say the rest."""
    if what.page is None:
        return None
    if stage:
        told = what.page.stages[stage - 1]
        return _joined(turn, what, (*told.ties, told.why))
    return _joined(turn, what, [one for one in what.page.outcome if one.text not in IN_ROWS])


def _joined(turn: Turning, what: Told, sentences: Sequence[Sentence]) -> Said | None:
    every = [sentence(turn, what, one) for one in sentences]
    if not every:
        return None
    clips = tuple(clip for one in every for clip in one.clips) if all(one.clips for one in every) else ()
    return replace(every[0], text=" ".join(one.text for one in every), clips=clips, whole=None)


def pages_of_words(turn: Turning, what: Told) -> tuple[tuple[Block, ...], ...]:
    """Return the pages of words of a vote; a vote that is all cards, picture and tables has none."""
    blocks = _blocks(turn, what)
    return cut(turn, blocks, turn.room.beside) if blocks else ()


def _blocks(turn: Turning, what: Told) -> list[Block]:
    if not what.counted:
        if what.over.stage == COUNTED:
            return [Block(None, turn.say("council", "Too few people voted. These votes stay unread."))]
        return [Block(None, turn.say("council", "There is no result yet."))]
    blocks = []
    if isinstance(what.count, QuestionCount) and what.page is not None:
        told = [one for one in reversed(what.page.outcome) if one.text != words.SAID]
        blocks += [Block(None, sentence(turn, what, one)) for one in told]
    if what.count is None:
        blocks += _only(turn, what)
    if what.contest.kind == "question":
        return [*blocks, *_asked(turn, what)]
    if not what.seats:
        blocks.append(Block(None, turn.say("council", "Nobody is elected.")))
    elif not below_cards(turn, what):
        blocks += [] if (serves := term(turn, what)) is None else [Block(None, serves)]
        blocks.append(Block(turn.say("council", "How to reach them"), reach(turn, what)))
    return blocks


def _only(turn: Turning, what: Told) -> list[Block]:
    """Return an outcome without figures: all voted alike, or too few did."""
    blocks = [Block(None, turn.say("council", "No figures are shown, so that no vote can be guessed."))]
    if "carried" in what.outcome:
        carried = COUNT[words.CARRIED if what.outcome["carried"] else words.NOT_CARRIED]
        blocks.insert(0, Block(None, phrased(turn, carried)))
    return blocks


def _asked(turn: Turning, what: Told) -> list[Block]:
    """Return what was proposed, who decides, and that the answer is advice."""
    proposal = what.contest.proposal
    advice = Block(None, turn.say("booth", "Your answer is advice. The managers decide."))
    if proposal is None:
        return [advice]
    return [
        advice,
        Block(turn.say("booth", "The proposal"), in_words(turn, dict(proposal.text))),
        Block(turn.say("booth", "Who decides, and when"), in_words(turn, dict(proposal.decides))),
    ]


def term(turn: Turning, what: Told) -> Said | None:
    """Return how long people are elected."""
    until = what.over.election.definition.dates.get("term_ends")
    if until is None:
        return None
    day = date.fromisoformat(until)
    written = phrased(turn, month_of(day), day=day.day, year=day.year)
    return turn.say("council", "The people elected serve until {day}.", day=written)


def reach(turn: Turning, what: Told, seat: Seat | None = None) -> Said:
    """Return how somebody is reached, or all of a vote: as the election says it, else by a suggestion."""
    own = {} if seat is None else dict(seat.candidate.reach)
    said = own or dict(what.contest.reach)
    return in_words(turn, said) if said else turn.say("council", "You can reach them with a suggestion here.")


def below_cards(turn: Turning, what: Told) -> tuple[Said, ...]:
    """Return until when people serve and how they are reached, where that has room below their cards."""
    if turn.room.letters_at(turn.sitting.scale) < BELOW or turn.room.small:
        return ()
    serves = term(turn, what)
    return (reach(turn, what),) if serves is None else (serves, reach(turn, what))
