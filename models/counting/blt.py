"""Reads and writes votes files (BLT): the dialects that public files have, and one canonical spelling.

Rule 1: a file is read whole or refused with its line and a reason; no text of it is repeated in the reason.
Rule 2: ballots come out merged, so that nothing of their order or grouping survives.
Rule 3: nothing is guessed: what could tell voters apart, equal ranks, commas and odd numbers are refused.
Rule 4: reading a file that was written here and writing it again gives the same bytes.
Source: elections.md section 12.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NoReturn

from models.counting.quoted import as_written, name_and_party, quoted, strings, unwrapped, without_comment
from models.counting.votes import Candidate, Ranking, Rankings, merged
from models.errors import UnreadableVotesError

MOST_CANDIDATES: Final = 254
MOST_SEATS: Final = 99
MOST_BALLOTS: Final = 10_000_000
MARK: Final = "# wingvoice blt 1"
_WHOLE: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_COUNTS: Final = 2
_BLANK: Final = " \t\r"
_CONTROL: Final = re.compile(r"[\0-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_PLAIN: Final = re.compile(r"(?:[0-9]{1,9}[ \t]+)*[0-9]{1,9}", re.ASCII)
_OPTION: Final = re.compile(r"\[\s*([A-Za-z]+)((?:\s+[0-9]{1,9})*)\s*\]", re.ASCII)
_NOT_ALLOWED: Final = {
    "(": "names of ballots in brackets would tell voters apart",
    "[": "an option in [...] must stand before the ballots",
    ",": "commas are not allowed among numbers",
    "=": "equal rankings are not allowed",
}
_NUMERIC: Final = re.compile(r"[-0-9\s]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Blt:
    """A votes file. `rankings` are merged, blanks under (); `tie_order` is the order of lots drawn by hand, or empty.

    `candidates` are numbered from 1 in order. `remarks` are the quoted lines after the title.
    """

    candidates: tuple[Candidate, ...]
    seats: int
    rankings: Rankings
    tie_order: tuple[int, ...] = ()
    title: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def withdrawn(self) -> frozenset[int]:
        """The numbers of the candidates who withdrew."""
        return frozenset(candidate.number for candidate in self.candidates if candidate.withdrawn)

    @property
    def blank(self) -> int:
        """How many ballots are blank."""
        return self.rankings.get((), 0)

    def without(self, withdrawn: frozenset[int]) -> Blt:
        """Return the same votes with these candidates withdrawn as well."""
        gone = self.withdrawn | withdrawn
        return replace(self, candidates=tuple(replace(one, withdrawn=one.number in gone) for one in self.candidates))


def read_blt(unverified: bytes, file: str = "votes", *, wrapped: bool = True) -> Blt:
    """Return what the bytes hold, or raise UnreadableVotesError with `file` and the line, and no other error.

    `wrapped`: names that hold quoted strings themselves are taken apart into name and party.
    """
    return _Reading(unverified, file).read(wrapped=wrapped)


def write_blt(blt: Blt) -> bytes:
    """Return the one spelling: rankings merged and sorted as tuples of numbers, a name each as one quoted string."""
    lines = [f"{len(blt.candidates)} {blt.seats}"]
    if blt.withdrawn:
        lines.append(" ".join(f"-{number}" for number in sorted(blt.withdrawn)))
    lines += [" ".join(map(str, (weight, *ranking, 0))) for ranking, weight in sorted(blt.rankings.items())]
    lines.append("0")
    lines += [quoted(as_written(one.name, one.party)) for one in blt.candidates]
    if blt.title:
        lines.append(quoted(blt.title))
    return "\n".join([*lines, MARK, ""]).encode()


class _Reading:
    """One pass over the lines of a file; `line` is the one that is looked at."""

    def __init__(self, unverified: bytes, file: str) -> None:
        self.file, self.line = file, 1
        self.count = self.seats = 0
        self.withdrawn: set[int] = set()
        self.tie_order: tuple[int, ...] = ()
        self.lines = self._lines(unverified)

    def refuse(self, detail: str) -> NoReturn:
        raise UnreadableVotesError(self.file, self.line, detail)

    def read(self, *, wrapped: bool) -> Blt:
        self._counts()
        rankings = merged(self._ballots())
        names, title, remarks = self._texts(wrapped=wrapped)
        candidates = tuple(
            Candidate(number, name, party, number in self.withdrawn)
            for number, (name, party) in enumerate(names, start=1)
        )
        return Blt(candidates, self.seats, rankings, self.tie_order, title, remarks)

    def _lines(self, unverified: bytes) -> Iterator[str]:
        """Yield what stands on each line, without comments; blank ones are left out."""
        for number, line in enumerate(unverified.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
            text = line.strip(b" \t\r")
            if not text:
                continue
            self.line = number
            try:
                clean = without_comment(text.decode("utf-8")).strip(_BLANK)
            except UnicodeDecodeError:
                self.refuse("these bytes are not UTF-8")
            if not clean.isprintable() and _CONTROL.search(clean):
                self.refuse("a control character")
            if clean:
                yield unicodedata.normalize("NFC", clean)

    def _counts(self) -> None:
        first = next(self.lines, None)
        if first is None:
            self.refuse("the file is empty")
        numbers = self._numbers(first)
        if len(numbers) != _COUNTS:
            self.refuse("the first line must be the numbers of candidates and of seats")
        self.count, self.seats = numbers
        if not 1 <= self.count <= MOST_CANDIDATES:
            self.refuse(f"the number of candidates must be 1 to {MOST_CANDIDATES}")
        if not 1 <= self.seats <= MOST_SEATS:
            self.refuse(f"the number of seats must be 1 to {MOST_SEATS}")

    def _ballots(self) -> Iterator[tuple[Ranking, int]]:
        """Yield each ballot with its weight, up to the line with 0 alone; withdrawals and options stand before them."""
        total, begun = 0, False
        for line in self.lines:
            if not begun and line[0] in "-[":
                self._option(line)
                continue
            begun = True
            weight, *marks = self._numbers(line)
            if not weight and not marks:
                return
            if not weight:
                self.refuse("the weight of a ballot must be 1 or more")
            total += weight
            if total > MOST_BALLOTS:
                self.refuse(f"more than {MOST_BALLOTS} ballots")
            yield self._ranking(marks), weight
        self.refuse("the 0 that ends the ballots is missing")

    def _ranking(self, marks: list[int]) -> Ranking:
        if not marks or marks[-1]:
            self.refuse("the 0 that ends a ballot is missing")
        ranking = tuple(marks[:-1])
        if ranking and not 1 <= min(ranking) <= max(ranking) <= self.count:
            self.refuse(f"a ballot names a candidate other than 1 to {self.count}")
        if len(set(ranking)) != len(ranking):
            self.refuse("a ballot names a candidate twice")
        return ranking

    def _numbers(self, line: str) -> list[int]:
        """Return the whole numbers of a line, or refuse it with what is wrong about it."""
        if not _PLAIN.fullmatch(line):
            self.refuse(_why_not_numbers(line))
        return [int(word) for word in line.split()]

    def _option(self, line: str) -> None:
        if line.startswith("-"):
            words = line.split()
            if not all(word.startswith("-") and _WHOLE.fullmatch(word[1:]) for word in words):
                self.refuse("a line of withdrawn candidates must be numbers such as -3")
            self._withdraw([int(word[1:]) for word in words])
            return
        found = _OPTION.fullmatch(line)
        numbers = [] if found is None else [int(word) for word in found[2].split()]
        if found is not None and found[1] == "withdrawn":
            self._withdraw(numbers)
        elif found is not None and found[1] == "tie":
            self._tie(numbers)
        else:
            name = re.match(r"\[\s*([A-Za-z]{1,20})", line, re.ASCII)
            self.refuse(f"the option [{name[1] if name else '...'}] is not known, or not as it must be")

    def _withdraw(self, numbers: list[int]) -> None:
        if not numbers or not all(1 <= number <= self.count for number in numbers):
            self.refuse(f"a withdrawn candidate is not 1 to {self.count}")
        self.withdrawn.update(numbers)

    def _tie(self, numbers: list[int]) -> None:
        if not numbers or not all(1 <= number <= self.count for number in numbers) or len(set(numbers)) < len(numbers):
            self.refuse(f"an order of lots must be different candidates from 1 to {self.count}")
        self.tie_order = tuple(numbers)

    def _texts(self, *, wrapped: bool) -> tuple[list[tuple[str, str]], str, tuple[str, ...]]:
        """Return names with parties, the title and the remarks."""
        names: list[tuple[str, str]] = []
        title: str | None = None
        remarks: list[str] = []
        for line in self.lines:
            if len(names) < self.count:
                names.append(self._name(line, wrapped=wrapped))
            elif title is None:
                title = self._text(line, wrapped=wrapped)
            else:
                if not line.startswith('"'):
                    self.refuse("a line after the title must be quoted")
                remarks.append(self._text(line, wrapped=wrapped))
        if names and len(names) < self.count:
            self.refuse(f"{self.count} names are needed, or none; here the file ends after {len(names)}")
        return names or [(str(number), "") for number in range(1, self.count + 1)], title or "", tuple(remarks)

    def _name(self, line: str, *, wrapped: bool) -> tuple[str, str]:
        found = name_and_party(line, wrapped=wrapped)
        if found is None:
            self.refuse("the quotation marks of a name do not fit")
        if not found[0].strip():
            self.refuse("a name is empty")
        return found

    def _text(self, line: str, *, wrapped: bool) -> str:
        found = strings(line) if line.startswith('"') else (line,)
        if found is None or len(found) != 1:
            self.refuse("the quotation marks of a title or remark do not fit")
        (text,) = found
        return as_written(*unwrapped(text)) if wrapped else text


def _why_not_numbers(line: str) -> str:
    found = next((reason for mark, reason in _NOT_ALLOWED.items() if mark in line), "")
    if found:
        return found
    if line.startswith('"') or not any(letter.isdigit() for letter in line):
        return "the 0 that ends the ballots is missing"
    if _NUMERIC.fullmatch(line) and "-" in line:
        return "rankings with - and numbers below 0 are not allowed"
    return "only whole numbers are allowed here"
