"""What of the counts may be shown, so that nobody can be traced, not even by subtraction.

Rule 1: pure; nothing leaves central's desks but what `protect` returns.
Rule 2: a group under ten is not shown at all; a cell under ten is hidden, zero included.
Rule 3: in a row that sums to a shown total, hidden cells are two or more and together ten or more: each of them could
    be nought, or ten and above (secondary suppression, results.md section 9.3, exact for rows).
Rule 4: a question that only some were asked is shown only where shown cells already tell how many.
Rule 5: a release follows an earlier one only with no or with ten and more new sheets, and a question that only some
    were asked only with no or with ten and more of these; until then what was shown earlier stands.
Rule 6: hidden cells all read alike; nobody can tell which of them was small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from sync.central.results.aggregates import Counted, Kind

LEAST: Final = 10
TOGETHER: Final = 2
SLACK: Final = 3


class Status(StrEnum):
    """Why a question looks as it does, in words for the page."""

    SHOWN = "shown"
    PARTLY = "some numbers are held back, so that nobody can be traced"
    TOO_FEW = "too few people took part to show anything"
    TELLING = "held back: how many were asked would tell a hidden number"
    EARLIER = "as released before: fewer than ten new answers have come since"


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell as everybody may see it; `count` None is hidden."""

    key: str
    words: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """One question at one establishment as it may be shown; `asked` None is hidden, and then every cell is.

    In kind one the cells sum to `asked`; in kind many each cell stands alone.
    """

    establishment: str
    form: str  # 64 hex digits
    title: str
    version: str
    module: str
    module_title: str
    question: str
    words: str
    kind: Kind
    asked: int | None
    cells: tuple[Shown, ...]
    status: Status
    pool: str = ""  # the drawn block that it stands in: its people are others than those of the rest of the module


def protect(counted: Sequence[Counted], earlier: Sequence[Table] = ()) -> tuple[Table, ...]:
    """Return the tables of a release; `earlier` are the tables of the release before it, as they were shown."""
    before: dict[tuple[str, str, str, str], list[Table]] = {}
    for table in earlier:
        before.setdefault((table.establishment, table.form, table.module, table.pool), []).append(table)
    groups: dict[tuple[str, str, str, str], list[Counted]] = {}
    for row in counted:
        groups.setdefault((row.establishment, row.form.hex(), row.module, row.pool), []).append(row)
    found: list[Table] = []
    for key, rows in groups.items():
        stood = before.get(key, [])
        shown = max((table.asked or 0 for table in stood), default=0)
        if shown and 0 < rows[0].of - shown < LEAST:
            found += [replace(table, status=Status.EARLIER) for table in stood]
        else:
            found += _group(rows, {table.question: table for table in stood})
    return tuple(found)


def hidden_in_row(counts: Sequence[int]) -> frozenset[int]:
    """Return which cells of a row hide, where the row sums to a shown total of ten or more.

    Cells under ten hide; then the smallest of the others, and its equals, until the hidden are two or more and together
    ten or more, and not all so near to nine that their sum gives them away. Tests try every small row against
    somebody who knows this function: each hidden cell keeps two possible values at least.
    """
    small = frozenset(at for at, count in enumerate(counts) if count < LEAST)
    hidden = set(small)
    left = sorted(set(range(len(counts))) - hidden, key=lambda at: counts[at])
    while hidden and left and not _covered([counts[at] for at in hidden], alone=len(hidden) == len(small)):
        level = counts[left[0]]
        hidden |= {at for at in left if counts[at] == level}
        left = [at for at in left if counts[at] > level]
    return frozenset(hidden)


def _covered(hidden: Sequence[int], *, alone: bool) -> bool:
    """Tell whether hidden cells cover each other; `alone`: all of them are under ten."""
    near_nine = alone and (LEAST - 1) * len(hidden) - sum(hidden) < SLACK
    return len(hidden) >= TOGETHER and sum(hidden) >= LEAST and not near_nine


def hidden_choices(counts: Sequence[int], asked: int) -> frozenset[int]:
    """Return which choices of a question with several answers hide: each and its rest sum to `asked`, which is shown.

    Never one alone: that somebody who answered ticked at least one would bound it.
    """
    hidden = {at for at, count in enumerate(counts) if min(count, asked - count) < LEAST}
    left = sorted(set(range(len(counts))) - hidden, key=lambda at: (counts[at], at))
    if len(hidden) == 1 and left:
        hidden.add(left[0])
    return frozenset(hidden)


def _group(rows: Sequence[Counted], stood: Mapping[str, Table]) -> list[Table]:
    """Protect the questions of one pool of a module at one establishment together: they are of the same people.

    `stood` are their tables of the release before.
    """
    tables: list[Table] = []
    shown: dict[str, Mapping[str, int | None]] = {}
    for row in rows:
        table = _table(row, shown)
        if row.question in stood and _too_near(stood[row.question], table):
            table = replace(stood[row.question], status=Status.EARLIER)
        tables.append(table)
        shown[row.question] = {cell.key: cell.count for cell in table.cells}
    return tables


def _table(row: Counted, shown: Mapping[str, Mapping[str, int | None]]) -> Table:
    if row.of < LEAST:
        status = Status.TOO_FEW
    elif row.asked < row.of and not _told_already(row, shown):
        status = Status.TELLING
    else:
        counts = [cell.count for cell in row.cells]
        hidden = hidden_in_row(counts) if row.kind == "one" else hidden_choices(counts, row.asked)
        status = Status.PARTLY if hidden else Status.SHOWN
        return _as(row, status, hidden)
    return _as(row, status, frozenset(range(len(row.cells))))


def _too_near(earlier: Table, table: Table) -> bool:
    """Tell whether two tables side by side would lay open fewer than ten people."""
    return earlier.asked is not None and table.asked is not None and 0 < abs(table.asked - earlier.asked) < LEAST


def _told_already(row: Counted, shown: Mapping[str, Mapping[str, int | None]]) -> bool:
    """Tell whether shown cells of the deciding question sum to the number of people asked."""
    if row.follows is None:
        return False
    question, keys = row.follows
    told = [shown.get(question, {}).get(key) for key in keys]
    return None not in told and sum(count or 0 for count in told) == row.asked  # an earlier table may stand there


def _as(row: Counted, status: Status, hidden: frozenset[int]) -> Table:
    return Table(
        establishment=row.establishment,
        form=row.form.hex(),
        title=row.title,
        version=row.version,
        module=row.module,
        module_title=row.module_title,
        question=row.question,
        words=row.words,
        kind=row.kind,
        asked=row.asked if status in (Status.SHOWN, Status.PARTLY) else None,
        cells=tuple(
            Shown(cell.key, cell.words, None if at in hidden else cell.count) for at, cell in enumerate(row.cells)
        ),
        status=status,
        pool=row.pool,
    )
