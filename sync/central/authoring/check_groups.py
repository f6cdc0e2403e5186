"""What can be wrong with modules, blocks and repeats: practice, draws, how often and how deep.

Rule 1: cells only; nothing is compiled here.
Rule 2: every problem is added, none stops the others.
Source: questionnaires.md sections 2, 4 and 11.
"""

from __future__ import annotations

import re
from typing import Final

from sync.central.authoring import vocabulary
from sync.central.authoring.check_answers import check_answer, in_practice
from sync.central.authoring.form import Form, Found, Item
from sync.central.authoring.workbook import Row

PRACTICE_AT_MOST: Final = 3
COUNT: Final = re.compile(r"[0-9]{1,6}")
ONE_NAME: Final = re.compile(r"\$\{[^{}]*\}")


def check_groups(form: Form, found: Found) -> None:
    """Add what is wrong with practice modules, repeats and draws."""
    _check_practice(form, found)
    _check_repeats(form, found)
    _check_draws(form, found)


def _check_practice(form: Form, found: Found) -> None:
    modules = [(number, item) for number, item in enumerate(form.items) if item.parent < 0]
    for place, (number, module) in enumerate(modules):
        practice, row = module.row["practice"], module.row.number
        if practice and practice not in vocabulary.YES | vocabulary.NO:
            found.refuse("survey", row, "practice", "not-one-of", value=practice, what="answer", known="yes, no")
        elif practice in vocabulary.YES and module.kind == "begin_group":
            if place > 0:
                found.refuse("survey", row, "practice", "practice", "first")
            _check_practice_questions(form, found, number)
    for item in form.items:
        if item.parent >= 0 and item.row["practice"] and item.kind == "begin_group":
            found.refuse("survey", item.row.number, "practice", "practice", "module")
        if item.row["correct"] and not in_practice(form, item):
            found.refuse("survey", item.row.number, "correct", "practice", "outside")
        elif item.kind in vocabulary.COLUMNS_OF:
            check_answer(form, found, item, "correct", "practice")


def _check_practice_questions(form: Form, found: Found, module: int) -> None:
    asked = [item for _, item in form.children(module) if item.kind in vocabulary.QUESTIONS]
    if not 1 <= len(asked) <= PRACTICE_AT_MOST:
        found.refuse("survey", form.items[module].row.number, "practice", "practice", "count", limit=PRACTICE_AT_MOST)
    for item in asked:
        if not item.row["correct"]:
            found.refuse("survey", item.row.number, "correct", "practice", "correct")


def _check_repeats(form: Form, found: Found) -> None:
    """A repeat has a name of its own in the whole form, as XForms have it; a written count makes a node beside it."""
    names: dict[str, Item] = {}
    paths = {item.path.lower(): item for item in form.items}
    for item in form.items:
        if item.kind != "begin_repeat":
            continue
        number, count = item.row.number, item.row["repeat_count"]
        other = names.setdefault(item.name.lower(), item)
        if other is not item:
            found.refuse("survey", number, "name", "twice", "repeat", name=item.name, row=other.row.number)
        deep = sum(above.kind == "begin_repeat" for above in form.above(item)) + 1
        if deep > vocabulary.REPEATS_DEEP_AT_MOST:
            found.refuse("survey", number, "type", "too-long", "nesting", limit=vocabulary.REPEATS_DEEP_AT_MOST)
        if COUNT.fullmatch(count) and int(count) > vocabulary.INSTANCES_AT_MOST:
            limit = vocabulary.INSTANCES_AT_MOST
            found.refuse("survey", number, "repeat_count", "too-long", "instances", limit=limit)
        made = paths.get(f"{item.path}_count".lower())
        if count and not ONE_NAME.fullmatch(count) and made is not None:
            facts = {"name": made.name, "row": number}
            found.refuse("survey", made.row.number, "name", "bad-name", "count", **facts)


def _check_draws(form: Form, found: Found) -> None:
    takes: dict[str, Row] = {}
    for row in form.draws:
        name = row["draw"]
        if not vocabulary.NAME.fullmatch(name):
            found.refuse("draws", row.number, "draw", "bad-name", "" if name else "missing", name=name)
        elif name in takes:
            found.refuse("draws", row.number, "draw", "twice", "question", name=name, row=takes[name].number)
        else:
            takes[name] = row
    drawn: dict[str, int] = {}
    for item in form.items:
        name = item.row["draw"]
        if name and item.kind == "begin_group":
            _check_drawn(form, found, item)
            drawn[name] = drawn.get(name, 0) + 1
            if name not in takes:
                found.refuse("survey", item.row.number, "draw", "draw", "unknown", name=name)
    for name, row in takes.items():
        if name not in drawn:
            found.refuse("draws", row.number, "draw", "draw", "empty", name=name)
        elif not COUNT.fullmatch(row["take"]) or not 1 <= int(row["take"]) <= drawn[name]:
            found.refuse("draws", row.number, "take", "draw", "take", value=row["take"], count=drawn[name])


def _check_drawn(form: Form, found: Found, item: Item) -> None:
    above = list(form.above(item))
    if not above:
        found.refuse("survey", item.row.number, "draw", "draw", "module")
    elif any(group.kind == "begin_repeat" for group in above):
        found.refuse("survey", item.row.number, "draw", "draw", "repeat")
    elif any(group.row["draw"] for group in above):
        found.refuse("survey", item.row.number, "draw", "draw", "inside")
