"""How names are written in a votes file: bare, quoted, or name and party in the ways public files have it.

Rule 1: inside quotation marks a doubled mark stands for one; a line that opens with a mark is quoted to its end.
Rule 2: what is written here reads back as the same name and party.
Source: elections.md section 12.
"""

from __future__ import annotations

import re
from typing import Final

_ONE: Final = re.compile(r'"((?:[^"]|"")*)"')
_PARTY_LAST: Final = re.compile(r'(.*\S)\s+"((?:[^"]|"")*)"')
_COMMENT: Final = re.compile(r'"[^"]*(?:"|\Z)|(?:(?<=\s)|\A)#.*\Z', re.DOTALL)


def without_comment(line: str) -> str:
    """Return the line without a comment, which begins with # at the start or after a space, outside quotes."""
    if "#" not in line:
        return line
    return _COMMENT.sub(lambda found: "" if found[0].startswith("#") else found[0], line)


def quoted(text: str) -> str:
    """Return the text as one quoted string."""
    return '"' + text.replace('"', '""') + '"'


def strings(line: str) -> tuple[str, ...] | None:
    """Return the quoted strings that the line consists of, or None where it is anything else."""
    found, at = [], 0
    while at < len(line):
        one = _ONE.match(line, at)
        if one is None:
            return None
        found.append(one[1].replace('""', '"'))
        at = one.end()
        rest = line[at:]
        if rest and not rest[0].isspace():
            return None
        at = len(line) - len(rest.lstrip())
    return tuple(found)


def name_and_party(line: str, *, wrapped: bool) -> tuple[str, str] | None:
    """Return name and party of a line, or None where its quotation marks do not fit.

    `wrapped`: take the strings apart again that hold quoted strings themselves.
    """
    if not line.startswith('"'):
        return line, ""
    found = strings(line)
    if found is None or len(found) not in {1, 2}:
        return None
    name, party = (*found, "")[:2]
    return unwrapped(name, party) if wrapped else (name, party)


def as_written(name: str, party: str) -> str:
    """Return a name, and the party if there is one, as the one string that a file of ours holds."""
    return f"{name} {quoted(party)}" if party else name


def unwrapped(name: str, party: str = "") -> tuple[str, str]:
    """Return name and party, taken apart until what `as_written` makes of them is taken apart the same way."""
    while (again := _once(as_written(name, party))) != (name, party):
        name, party = again
    return name, party


def _once(text: str) -> tuple[str, str]:
    inner = strings(text) if text.startswith('"') else None
    if inner is not None and len(inner) in {1, 2}:
        return (*inner, "")[0], (*inner, "")[1]
    last = _PARTY_LAST.fullmatch(text)
    return (text, "") if last is None else (last[1], last[2].replace('""', '"'))
