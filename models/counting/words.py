"""Says what each stage did in plain words, so that a candidate can follow every transfer.

Rule 1: a sentence is a fixed text with {facts}; whoever shows it may translate the text, never the facts.
Rule 2: nothing is told that the stage table does not hold.
Rule 3: no widget, no file, no language is chosen here; `str` gives the English.
Source: elections.md section 8; issue 5, point 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from models.counting.party_list import PartyListCount
from models.counting.plurality import PluralityCount
from models.counting.question import QuestionCount
from models.counting.stv import DECIMALS, ONE_VOTE, Stage, StvCount, transfer_value
from models.counting.ties import Tie
from models.counting.votes import Candidate

FIRST: Final = "The first choices are counted. {quota} votes are enough for a seat."
SURPLUS: Final = (
    "{name} has {surplus} votes more than the {quota} that are enough. Every paper in that pile goes on to the next"
    " name that is still in the race. A whole vote goes on as {value}."
)
EXCLUSION: Final = (
    "{name} has the fewest votes, {total}, and is out of the race. Every paper in that pile goes on, at its own value,"
    " to the next name that is still in the race."
)
EXCLUSION_OF_NONE: Final = "{name} has no votes and is out of the race. No paper moves."
GAINS: Final = "{name} gets {votes}."
LOST: Final = "Not transferable: {votes}, with no next name or cut off."
ELECTED: Final = "{name} has {total} votes and is elected."
ELECTED_LAST: Final = "{name} is elected with {total} votes, because no more people are left than seats."
NOBODY: Final = "Nobody is elected at this stage."
MORE_BEFORE: Final = "{names} were equal. {name} had more at stage {stage} and goes first."
FEWER_BEFORE: Final = "{names} were equal. {name} had fewer at stage {stage} and goes out."
LOT_GOES_FIRST: Final = "{names} were equal. A lot settled it: {name} goes first."
LOT_GOES_OUT: Final = "{names} were equal. A lot settled it: {name} goes out."
SETTLED_BY_VOTES: Final = "{names} were equal for a seat. {name} has more votes and got it."
LOT_FOR_SEAT: Final = "{names} were equal for a seat. A lot settled it: {name} got it."
MOST_VOTES: Final = "The most votes are elected."
HAS_SEAT: Final = "{name} is elected with {votes} votes."
HARE: Final = (
    "{seats} seats are shared by votes. Each party first gets every whole seat that its share of the votes is"
    " worth. The seats left go to the largest parts left over."
)
SAINTE_LAGUE: Final = (
    "{seats} seats are given one by one. Each goes to the party with the largest number of votes, divided by 1, 3, 5"
    " and so on for the seats it has."
)
DHONDT: Final = (
    "{seats} seats are given one by one. Each goes to the party with the largest number of votes, divided by 1, 2, 3"
    " and so on for the seats it has."
)
PARTY_GETS: Final = "{name} has {votes} votes and gets {seats} seats."
PARTY_GETS_ONE: Final = "{name} has {votes} votes and gets 1 seat."
VACANT: Final = "{seats} seats stay empty, because nobody is left to take them."
SAID: Final = "{yes} said yes and {no} said no."
CARRIED: Final = "The proposal is carried."
NOT_CARRIED: Final = "The proposal is not carried."
NO_QUORUM: Final = "Too few people took part."
TWO_THIRDS: Final = "Two thirds must say yes."
_METHODS: Final = {"hare": HARE, "sainte-lague": SAINTE_LAGUE, "dhondt": DHONDT}
_BY_LOT: Final = {"surplus": LOT_GOES_FIRST, "exclusion": LOT_GOES_OUT, "seat": LOT_FOR_SEAT}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A fixed English text and the facts that belong into it; the text is what a catalogue translates."""

    text: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.facts)


@dataclass(frozen=True, slots=True)
class StageWords:
    """What one stage did: why, who was equal before that, what each one gets, what is lost, and who is elected."""

    stage: int
    ties: tuple[Sentence, ...]
    why: Sentence
    gains: tuple[Sentence, ...]
    lost: Sentence | None
    result: tuple[Sentence, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return all of it in order."""
        lost = () if self.lost is None else (self.lost,)
        return (*self.ties, self.why, *self.gains, *lost, *self.result)


def plain_votes(units: int) -> str:
    """Return votes as one says them: whole ones without decimals, others with all five."""
    whole, rest = divmod(units, ONE_VOTE)
    return f"{whole}.{rest:0{DECIMALS}d}" if rest else str(whole)


def whole_name(candidate: Candidate) -> str:
    """Return what a candidate is called in a table: the name, with the party where that is known."""
    return f"{candidate.name} ({candidate.party})" if candidate.party else candidate.name


def called(candidates: Sequence[Candidate]) -> dict[int, str]:
    """Return what each candidate is called in a sentence, by number: the name, and the party only for namesakes."""
    alike = Counter(one.name for one in candidates)
    return {one.number: one.name if alike[one.name] == 1 else whole_name(one) for one in candidates}


def stage_words(count: StvCount, candidates: Sequence[Candidate]) -> tuple[StageWords, ...]:
    """Return the words of every stage."""
    names, before = called(candidates), [0] * len(candidates)
    lost_before, words = 0, []
    for stage in count.stages:
        words.append(_words(stage, count, names, before, stage.non_transferable - lost_before))
        before, lost_before = list(stage.totals), stage.non_transferable
    return tuple(words)


def plurality_words(count: PluralityCount, names: Mapping[int, str]) -> tuple[Sentence, ...]:
    """Return who is elected, and how equals at the edge were told apart."""
    elected = [
        Sentence(HAS_SEAT, {"name": names[number], "votes": str(count.totals[number - 1])}) for number in count.elected
    ]
    return (Sentence(MOST_VOTES), *(tie_sentence(tie, names) for tie in count.ties), *elected)


def party_words(count: PartyListCount, names: Mapping[int, str]) -> tuple[Sentence, ...]:
    """Return how the seats were shared, and what each party that gets any has."""
    how = Sentence(_METHODS[count.method], {"seats": str(count.seats)})
    shares = [
        Sentence(
            PARTY_GETS_ONE if got == 1 else PARTY_GETS,
            {"name": names[number], "votes": str(count.totals[number - 1]), "seats": str(got)},
        )
        for number, got in enumerate(count.seats_by_party, start=1)
        if got
    ]
    vacant = [Sentence(VACANT, {"seats": str(count.vacant)})] if count.vacant else []
    return (how, *(tie_sentence(tie, names) for tie in count.ties), *shares, *vacant)


def question_words(count: QuestionCount) -> tuple[Sentence, ...]:
    """Return what was said, whether it is carried, and if not, why."""
    yes, no, _ = count.totals
    words = [Sentence(SAID, {"yes": str(yes), "no": str(no)})]
    words += [Sentence(TWO_THIRDS)] if count.majority == "two-thirds" else []
    words += [] if count.quorum_reached else [Sentence(NO_QUORUM)]
    return (*words, Sentence(CARRIED if count.carried else NOT_CARRIED))


def tie_sentence(tie: Tie, names: Mapping[int, str]) -> Sentence:
    """Return how equals were told apart."""
    equal = ", ".join(names[candidate] for candidate in tie.candidates)
    facts = {"names": equal, "name": names[tie.chosen]}
    if tie.settled == "lot":
        return Sentence(_BY_LOT[tie.over], facts)
    if tie.settled == "votes":
        return Sentence(SETTLED_BY_VOTES, facts)
    text = MORE_BEFORE if tie.over == "surplus" else FEWER_BEFORE
    return Sentence(text, facts | {"stage": tie.settled.removeprefix("stage ")})


def _words(stage: Stage, count: StvCount, names: Mapping[int, str], before: Sequence[int], lost: int) -> StageWords:
    gains = [
        Sentence(GAINS, {"name": names[number], "votes": plain_votes(units)})
        for number, units in enumerate(stage.transfers, start=1)
        if stage.source and units > 0
    ]
    return StageWords(
        stage=stage.number,
        ties=tuple(tie_sentence(tie, names) for tie in count.ties if tie.stage == stage.number),
        why=_why(stage, count.quota, names, before),
        gains=tuple(gains),
        lost=Sentence(LOST, {"votes": plain_votes(lost)}) if lost else None,
        result=tuple(_elected(stage, number, count.quota, names) for number in stage.elected) or (Sentence(NOBODY),),
    )


def _why(stage: Stage, quota: int, names: Mapping[int, str], before: Sequence[int]) -> Sentence:
    if not stage.source:
        return Sentence(FIRST, {"quota": str(quota)})
    name, had = names[stage.source], before[stage.source - 1]
    if stage.surplus is not None:
        value = plain_votes(transfer_value(stage.surplus, ONE_VOTE, had))
        facts = {"name": name, "surplus": plain_votes(stage.surplus), "quota": str(quota), "value": value}
        return Sentence(SURPLUS, facts)
    if not had:
        return Sentence(EXCLUSION_OF_NONE, {"name": name})
    return Sentence(EXCLUSION, {"name": name, "total": plain_votes(had)})


def _elected(stage: Stage, number: int, quota: int, names: Mapping[int, str]) -> Sentence:
    total = stage.totals[number - 1]
    text = ELECTED if total >= quota * ONE_VOTE else ELECTED_LAST
    return Sentence(text, {"name": names[number], "total": plain_votes(total)})
