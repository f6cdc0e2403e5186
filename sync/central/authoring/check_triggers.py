"""What can be wrong with the column `trigger`: questions whose change writes into another.

Rule 1: a trigger names questions that people answer, nothing else.
Rule 2: what is written is the row's calculation; without one the answer is cleared.
Source: questionnaires.md sections 2 and 9.
"""

from __future__ import annotations

import re
from typing import Final

from sync.central.authoring import vocabulary
from sync.central.authoring.check_expressions import Reading, UnresolvedError
from sync.central.authoring.form import Form, Found, Item

NAMED: Final = re.compile(r"\$\{([^{}]*)\}")
SEVERAL: Final = re.compile(r"\$\{[^{}]*\}(?:\s*,\s*\$\{[^{}]*\})*")


def triggers(item: Item) -> tuple[str, ...]:
    """Return the names in the column `trigger`, in their order."""
    return tuple(name.strip() for name in NAMED.findall(item.row["trigger"]))


def check_triggers(form: Form, found: Found) -> None:
    """Add every trigger that is no list of names, or names what nobody answers."""
    reading = Reading.of(form)
    for item in form.items:
        written = item.row["trigger"]
        if not written or "trigger" not in vocabulary.COLUMNS_OF.get(item.kind, ()):
            continue
        if not SEVERAL.fullmatch(written):
            found.refuse("survey", item.row.number, "trigger", "syntax", "trigger", text=written[:120])
            continue
        for name in triggers(item):
            _check_one(form, found, reading, item, name)


def _check_one(form: Form, found: Found, reading: Reading, item: Item, name: str) -> None:
    try:
        starts = form.items[reading.named(name) - 1]
    except UnresolvedError as error:
        found.refuse("survey", item.row.number, "trigger", error.code, error.reading, **error.facts)
        return
    if starts.kind not in vocabulary.QUESTIONS:
        facts = {"name": name, "row": starts.row.number}
        found.refuse("survey", item.row.number, "trigger", "unknown-name", "unanswered", **facts)
