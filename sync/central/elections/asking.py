"""What the commands of an election ask a person, and how they speak beside what they print.

Rule 1: a code or a share that is typed is not shown, is no argument, and is repeated in no message.
Rule 2: what is piped in is read line by line, as somebody would type it.
"""

from __future__ import annotations

import sys

import typer

from models.election.ballot import Ballot, Mark
from models.election.definition import Definition
from models.election.slip import Code, read_code
from models.errors import AuditError
from sync.central.elections.ceremony import AuditCard


def cards(definition: Definition) -> list[AuditCard]:
    """Return the audit cards that are typed, up to an empty line; AuditError for one that fits no contest."""
    typed_cards = []
    while line := ask("Audit card, or nothing").strip():
        typed, *votes = line.split(" ")
        digits = [part for part in votes if "=" not in part]
        slip = read_code("".join([typed, *digits]))
        typed_cards.append(AuditCard(slip, dict(_vote(part, definition) for part in votes if "=" in part)))
    return typed_cards


def _vote(part: str, definition: Definition) -> tuple[int, Ballot]:
    number, _, choices = part.partition("=")
    known = {str(contest.number): contest for contest in definition.contests}
    if number not in known:
        raise AuditError(contest=number)
    if choices in ("blank", "spoilt"):
        return int(number), Ballot(Mark[choices.upper()])
    marks = choices.split(",")
    if not all(mark.isascii() and mark.isdecimal() for mark in marks):
        raise AuditError(contest=number)
    ballot = Ballot(Mark.CHOICES, tuple(int(mark) for mark in marks))
    if not known[number].admits(ballot):
        raise AuditError(contest=number)
    return int(number), ballot


def code(question: str) -> Code:
    """Return the code that a person types; WrongCodeError."""
    return read_code(ask(question))


def ask(question: str) -> str:
    """Return what a person types unseen, or the next line that is piped in."""
    if sys.stdin.isatty():
        return str(typer.prompt(question, hide_input=True, default="", show_default=False))
    tell(f"{question}:")
    return sys.stdin.readline().rstrip("\r\n")


def say(question: str) -> str:
    """Return what a person types in plain sight, or the next line that is piped in: no secret."""
    if sys.stdin.isatty():
        return str(typer.prompt(question, default="", show_default=False))
    tell(f"{question}:")
    return sys.stdin.readline().rstrip("\r\n")


def tell(words: str) -> None:
    """Say something to the desk: on standard error, since standard output may be going to a printer."""
    typer.echo(words, err=True)
