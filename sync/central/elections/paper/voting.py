"""The two papers of a polling place: the roll, and the paper ballot.

Rule 1: the roll is in the order in which people live, and its last sheet takes the totals by group.
Rule 2: a paper ballot is the same for everybody: all languages of the wing stand on it, so that it tells nothing.
Rule 3: candidates stand in the order of the definition, which was drawn in public for paper.
Source: elections.md sections 2, 5.10 and 10.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models import seal
from models.canonical import ENGLISH
from models.election.definition import Contest, Definition
from models.errors import ReturningOfficerError
from sync.central.elections.paper.ink import A4, A4_ACROSS, BODY, LARGE, LEAST, POINT, READ, SMALL, TITLE, Align, Sheets
from sync.central.elections.paper.notices import called
from sync.central.elections.paper.symbols import symbol
from sync.central.elections.paper.wording import of, say

_ROW: Final = 10.0
_LIMIT_BYTES: Final = 4 * 1024 * 1024
HOW: Final = {
    "one": "Put a cross in one box.",
    "approve": "Put a cross in all boxes that you want, {most} at most.",
    "rank": "Write 1 for your first choice, 2 for your second, and so on, {most} at most.",
    "list": "Put a cross in one box.",
    "question": "Put a cross in one box.",
}


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the roll: where somebody lives, the name, and a code for each group."""

    location: str
    name: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roll:
    """The people of one wing who may vote; `groups` names the columns of codes."""

    groups: tuple[str, ...]
    people: tuple[Person, ...]


def read_roll_table(unverified: bytes) -> Roll:
    """Return the roll of a table in CSV (location, name, then a column for each group); ReturningOfficerError."""
    try:
        if len(unverified) > _LIMIT_BYTES:
            raise ReturningOfficerError(detail="the roll is longer than 4 MiB")
        rows = [row for row in csv.reader(io.StringIO(unverified.decode("utf-8-sig")), strict=True) if any(row)]
    except (UnicodeDecodeError, csv.Error):
        raise ReturningOfficerError(detail="the roll is not a table in CSV and UTF-8") from None
    if not rows or [one.strip().lower() for one in rows[0][:2]] != ["location", "name"]:
        raise ReturningOfficerError(detail="the first columns of the roll are not location and name")
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise ReturningOfficerError(detail=f"line {number} of the roll has {len(row)} cells, not {len(rows[0])}")
    people = [Person(row[0].strip(), row[1].strip(), tuple(one.strip() for one in row[2:])) for row in rows[1:]]
    return Roll(
        tuple(one.strip() for one in rows[0][2:]), tuple(sorted(people, key=lambda one: (one.location, one.name)))
    )


def roll_pdf(definition: Definition, roll: Roll, wing: str, tag: str = "en") -> bytes:
    """Return the roll of one wing: a line each to tick and to sign, and the totals on a sheet of their own."""
    sheets = Sheets("Roll", tag, A4_ACROSS, margin=14)
    heads = [say(tag, "Place"), say(tag, "Name"), *roll.groups, say(tag, "Envelope"), say(tag, "Signature")]
    codes = max(16.0, min(30.0, 90 / max(1, len(roll.groups))))
    widths = [22.0, 70.0, *[codes] * len(roll.groups), 22.0]
    widths.append(sheets.width - sum(widths))
    title = f"{say(tag, 'Roll of {wing}', wing=wing)}: {of(definition.title, tag)}"
    _roll_head(sheets, title, heads, widths)
    for person in roll.people:
        if sheets.y + _ROW > sheets.bottom:
            _roll_head(sheets, title, heads, widths)
        cells = [person.location, person.name, *person.groups]
        x = sheets.x
        for cell, wide in zip(cells, widths, strict=False):
            lines = sheets.lines(cell, wide - 2, BODY)
            size = BODY if len(lines) == 1 else LEAST
            sheets.text(x, sheets.y + (2.2 if len(lines) == 1 else 0.6), wide - 2, cell, size)
            x += wide
        sheets.box(x + 6, sheets.y + 2, 6, 6, 0.6)
        sheets.y += max(
            _ROW, max(len(sheets.lines(c, w - 2, LEAST)) for c, w in zip(cells, widths, strict=False)) * 4.4
        )
        sheets.rule(sheets.x, sheets.y, sheets.width, 0.15)
    _totals(sheets, roll, title)
    return sheets.done()


def _roll_head(sheets: Sheets, title: str, heads: Sequence[str], widths: Sequence[float]) -> None:
    sheets.sheet(title)
    sheets.say(title, READ, bold=True, after=1)
    x = sheets.x
    for head, wide in zip(heads, widths, strict=True):
        sheets.text(x, sheets.y, wide - 1, head, LEAST, bold=True)
        x += wide
    sheets.y += 6
    sheets.rule(sheets.x, sheets.y, sheets.width, 0.6)


def _totals(sheets: Sheets, roll: Roll, title: str) -> None:
    tag = sheets.tag
    sheets.sheet(title)
    sheets.say(say(tag, "Totals, when the poll is closed"), TITLE, bold=True)
    sheets.say(say(tag, "Count the ticks by group. Write no names here."), BODY, after=4)
    rows = [("", say(tag, "All"), len(roll.people))]
    for at, group in enumerate(roll.groups):
        rows += [(group, code, many) for code, many in sorted(Counter(one.groups[at] for one in roll.people).items())]
    columns = (60.0, 60.0, 40.0, 50.0)
    places = [sheets.x + sum(columns[:at]) for at in range(4)]
    for place, head in zip(places, ("Group", "Code", "On the roll", "Ticks"), strict=True):
        sheets.text(place, sheets.y, 60, say(tag, head), SMALL, bold=True)
    sheets.y += 6
    for group, code, many in rows:
        sheets.room(_ROW)
        for place, cell in zip(places, (group, code or "-", str(many)), strict=False):
            sheets.text(place, sheets.y + 2, 58, cell, BODY)
        sheets.box(places[3], sheets.y + 1, 26, _ROW - 2, 0.4)
        sheets.y += _ROW
    sheets.y += 4
    sheets.signatures([say(tag, one) for one in ("Clerk", "Second clerk", "Observer 1", "Observer 2")])


def ballots_pdf(definition: Definition, d: bytes, tags: Sequence[str]) -> bytes:
    """Return one paper ballot a contest, to be copied and stamped."""
    sheets = Sheets("Paper ballots", tags[0], A4)
    for contest in definition.contests:
        _ballot(sheets, definition, contest, d, tags)
    return sheets.done()


def _ballot(sheets: Sheets, definition: Definition, contest: Contest, d: bytes, tags: Sequence[str]) -> None:
    sheets.speak(tags[0])
    foot = f"{of(definition.title, ENGLISH)} · {contest.number} · {seal.symbols(d)}"
    sheets.sheet(foot)
    stamp = 34.0
    sheets.box(sheets.x + sheets.width - stamp, sheets.y, stamp, stamp, 0.3)
    sheets.text(sheets.x + sheets.width - stamp, sheets.y + 1, stamp, say(tags[0], "Stamp"), LEAST, align="middle")
    sheets.width -= stamp + 6
    titles = dict.fromkeys(of(contest.title, tag) for tag in tags)
    for at, title in enumerate(titles):
        sheets.say(title, LARGE if at == 0 else READ, bold=True, after=0.5)
    for tag in tags:
        with sheets.turned(tag):
            sheets.say(say(tag, HOW[contest.kind], most=contest.max_marks), BODY, after=0.5)
    sheets.width += stamp + 6
    sheets.y = max(sheets.y + 4, sheets.margin + stamp + 4)
    for candidate in contest.candidates:
        names = {called(contest, candidate, tag): tag for tag in reversed(tags)}
        tall = max(16.0, sum(len(sheets.lines(one, sheets.width - 48, READ)) for one in names) * READ * POINT * 1.3 + 4)
        sheets.room(tall)
        sheets.picture(symbol(contest, candidate), sheets.x, sheets.y + 1.5, 13)
        with sheets.part(sheets.x + 20, sheets.y + (tall - (tall - 4)) / 2, sheets.width - 48):
            if len(names) == 1:
                sheets.y += 2.5
            for at, (name, tag) in enumerate(reversed(names.items())):
                with sheets.turned(tag):
                    align: Align = "start" if sheets.rtl == sheets.mirrored else "end"
                    sheets.say(name, LARGE if len(names) == 1 else READ, bold=at == 0, after=0, align=align)
        sheets.box(sheets.x + sheets.width - 16, sheets.y + tall / 2 - 6.5, 13, 13, 0.9)
        sheets.y += tall
        sheets.rule(sheets.x, sheets.y, sheets.width, 0.2)
        sheets.y += 1
    sheets.y += 5
    blanks = list(dict.fromkeys(say(tag, "Leave it blank") for tag in tags))
    sheets.room(16)
    sheets.box(sheets.x + sheets.width - 16, sheets.y, 13, 13, 0.4)
    sheets.text(sheets.x + 20, sheets.y + 3.5, sheets.width - 48, " · ".join(blanks), BODY)
    sheets.y += 16
