"""The table of a run: for every suite how many cases were in scope, how many passed, and what was left out why.

Rule 1: a suite's cases are each counted once: passed, failed, excluded by a rule, or outside (not ours to judge).
Rule 2: with WINGVOICE_CONFORMANCE_REPORT=FILE the same numbers are written as JSON, with the ids that failed.
Source: questionnaires.md section 14.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.conformance.exclusions import Rule

VARIABLE: Final = "WINGVOICE_CONFORMANCE_REPORT"
MOST_EXCLUDED: Final = 0.15  # of a suite, what is outside not counted


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one suite; `excluded` says by which rule a case was left out."""

    suite: str
    passed: frozenset[str]
    failed: frozenset[str]
    excluded: Mapping[str, Rule]
    outside: int = 0

    @property
    def in_scope(self) -> int:
        """Cases that were judged."""
        return len(self.passed) + len(self.failed)

    @property
    def share_passed(self) -> float:
        """Of the cases in scope."""
        return len(self.passed) / self.in_scope if self.in_scope else 1.0

    @property
    def share_excluded(self) -> float:
        """Of the cases in scope or excluded."""
        return len(self.excluded) / max(self.in_scope + len(self.excluded), 1)

    def by_rule(self) -> list[tuple[Rule, int]]:
        """Return how many cases each rule left out, in the order of the file."""
        counted = Counter(self.excluded.values())
        return sorted(counted.items(), key=lambda item: item[0].number)


@dataclass(slots=True)
class Report:
    """Gathers the rows of a run."""

    rules: tuple[Rule, ...]
    rows: dict[str, Row] = field(default_factory=dict)

    def add(
        self,
        suite: str,
        in_scope: Collection[str],
        passed: Collection[str],
        excluded: Mapping[str, Rule],
        outside: int = 0,
    ) -> Row:
        """Add what became of a suite's cases, by their ids, and return it."""
        judged, good = frozenset(in_scope), frozenset(passed)
        if not good <= judged or judged & excluded.keys():
            raise ValueError(f"{suite}: a case was counted twice, or passed without being in scope")
        self.rows[suite] = Row(suite, good, judged - good, dict(excluded), outside)
        return self.rows[suite]

    def idle(self) -> tuple[Rule, ...]:
        """Return the rules for a suite of this run that left nothing out."""
        used = {rule for row in self.rows.values() for rule in row.excluded.values()}
        return tuple(rule for rule in self.rules if rule not in used and rule.suites & {"*", *self.rows})

    def lines(self) -> Iterator[str]:
        """Yield the table."""
        yield f"{'suite':<16} {'in scope':>8} {'passed':>7} {'':>7} {'excluded':>8} {'':>6} {'outside':>7}"
        for row in self.rows.values():
            yield (
                f"{row.suite:<16} {row.in_scope:>8} {len(row.passed):>7} {row.share_passed:>7.2%} "
                f"{len(row.excluded):>8} {row.share_excluded:>6.1%} {row.outside:>7}"
            )
            yield from (f"  {count:>4} by {rule.title}" for rule, count in row.by_rule())
            if row.failed:
                yield from _wrapped(f"  failed: {', '.join(sorted(row.failed))}")
        yield from (f"idle: rule {rule.number}, {rule.title}" for rule in self.idle())

    def content(self) -> dict[str, object]:
        """Return the numbers as they are written to the file."""
        return {
            "suites": [
                {
                    "suite": row.suite,
                    "in_scope": row.in_scope,
                    "passed": len(row.passed),
                    "failed": sorted(row.failed),
                    "excluded": len(row.excluded),
                    "outside": row.outside,
                    "by_rule": [
                        {"rule": rule.number, "what": rule.title, "cases": sorted(_of(row, rule))}
                        for rule, _ in row.by_rule()
                    ],
                }
                for row in self.rows.values()
            ],
            "idle": [{"rule": rule.number, "what": rule.title} for rule in self.idle()],
        }

    def write(self) -> None:
        """Write the JSON where the variable says, if it says anything."""
        if place := os.environ.get(VARIABLE):
            text = json.dumps(self.content(), indent=1, ensure_ascii=False)
            Path(place).write_text(text + "\n", encoding="utf-8")


def _of(row: Row, rule: Rule) -> Iterable[str]:
    return (case for case, by in row.excluded.items() if by == rule)


def _wrapped(line: str, width: int = 110) -> Iterator[str]:
    while len(line) > width:
        cut = line.rfind(" ", 0, width)
        yield line[:cut]
        line = f"    {line[cut + 1 :]}"
    yield line
