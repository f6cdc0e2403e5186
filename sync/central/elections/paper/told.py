"""What is told on paper of a proposal, of how the elected are reached, and of the person from outside.

Rule 1: both sides of a proposal stand side by side, in columns of the same width and letters of the same size.
Rule 2: that an answer is advice stands before the proposal.
Source: elections.md 1.6, 6 and 10.
"""

from __future__ import annotations

from typing import Final

from models.election.definition import Contest, Definition
from models.election.proposal import Proposal
from sync.central.elections.paper.ink import BODY, LEADING, POINT, READ, Sheets
from sync.central.elections.paper.wording import of, say

BETWEEN: Final = 8.0
_AFTER_REASON: Final = 1.5
_BETWEEN_SIGN: Final = 5.0


def advice(sheets: Sheets) -> None:
    """Say that an answer is advice."""
    sheets.say(say(sheets.tag, "Your answer is advice. The managers decide."), READ, bold=True, after=2)


def about(sheets: Sheets, contest: Contest, after: float) -> None:
    """Say what a vote is about: in words, or as a proposal whose sides stand elsewhere."""
    if contest.kind == "question":
        advice(sheets)
    if contest.about:
        sheets.say(of(contest.about, sheets.tag), READ, after=after)
    if contest.proposal is not None:
        sheets.say(of(contest.proposal.text, sheets.tag), READ, after=after)


def proposal(sheets: Sheets, one: Proposal) -> None:
    """Set a proposal whole."""
    tag = sheets.tag
    advice(sheets)
    _headed(sheets, "The proposal", of(one.text, tag))
    column = (sheets.width - BETWEEN) / 2
    sides = (("For it", one.reasons_for), ("Against it", one.reasons_against))
    written = [(say(tag, head), [of(words, tag) for words in reasons]) for head, reasons in sides]
    step = READ * POINT * LEADING
    tall = max(
        step * (1 + sum(len(sheets.lines(words, column - _BETWEEN_SIGN, READ)) for words in reasons))
        + _AFTER_REASON * (len(reasons) + 1)
        for _, reasons in written
    )
    sheets.room(tall + 4)
    top, left = sheets.y, sheets.x
    for at, (head, reasons) in enumerate(written):
        x = left + at * (column + BETWEEN)
        sheets.box(x - 2, top - 2, column + 4, tall + 4, 0.4)
        with sheets.part(x, top, column):
            sheets.say(head, READ, bold=True, after=_AFTER_REASON)
            for words in reasons:
                sheets.point("•", words, READ, indent=_BETWEEN_SIGN, after=_AFTER_REASON)
    sheets.y = top + tall + 6
    _headed(sheets, "What it costs", of(one.cost, tag))
    _headed(sheets, "Who decides, and when", of(one.decides, tag))


def _headed(sheets: Sheets, head: str, words: str) -> None:
    sheets.heading(say(sheets.tag, head), BODY, after=0.5)
    sheets.say(words, READ, after=4)


def representatives(sheets: Sheets, contest: Contest, day: str | None) -> None:
    """Say until when the elected of a vote serve, and how they are reached; nothing where neither is known."""
    tag = sheets.tag
    if contest.kind == "question":
        return
    if day is not None:
        sheets.say(say(tag, "The people elected serve until {day}.", day=day), READ, after=1)
    own = [one for one in contest.candidates if one.reach]
    if contest.reach or own:
        sheets.heading(say(tag, "How to reach them"), READ, after=1)
    if contest.reach:
        sheets.say(of(contest.reach, tag), READ, after=1)
    for one in own:
        sheets.say(f"{of(one.name, tag)}: {of(one.reach, tag)}", READ, after=1)
    sheets.y += 3


def outsider_of(definition: Definition, tag: str, named: str) -> str:
    """Return whom to tell: as the desk names somebody, else as the definition does."""
    return named or (of(definition.outside, tag) if definition.outside else "")
