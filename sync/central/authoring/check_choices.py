"""What can be wrong with lists of choices and with scales, apart from their words.

Rule 1: cells only; nothing is compiled here.
Rule 2: every problem is added, none stops the others.
"""

from __future__ import annotations

import re

from sync.central.authoring import vocabulary
from sync.central.authoring.check_answers import parameters
from sync.central.authoring.form import Form, Found, Item
from sync.central.authoring.workbook import Row

WHOLE = re.compile(r"-?[0-9]{1,6}")
ITEMS_AT_LEAST = 2


def check_choices(form: Form, found: Found) -> None:
    """Add what is wrong with each list and each choice."""
    for name, rows in form.lists.items():
        if not vocabulary.NAME.fullmatch(name):
            found.refuse("choices", rows[0].number, "list_name", "bad-name", "", name=name)
        if len(rows) > vocabulary.CHOICES_AT_MOST:
            found.refuse("choices", rows[-1].number, "list_name", "too-long", "list", limit=vocabulary.CHOICES_AT_MOST)
        if all(row["kind"] == "skip" for row in rows):
            found.refuse("choices", rows[0].number, "list_name", "empty-list", name=name)
        seen: dict[str, Row] = {}
        for row in rows:
            _check_choice(found, name, row, seen)
    for row in form.unlisted:
        found.refuse("choices", row.number, "list_name", "bad-name", "list")
    _check_further(form, found)


def _check_choice(found: Found, list_name: str, row: Row, seen: dict[str, Row]) -> None:
    name = row["name"]
    if not name:
        found.refuse("choices", row.number, "name", "bad-name", "missing")
    elif not vocabulary.CHOICE_NAME.fullmatch(name):
        found.refuse("choices", row.number, "name", "bad-name", "choice", name=name)
    elif name in seen:
        found.refuse("choices", row.number, "name", "twice", "choice", name=name, list=list_name, row=seen[name].number)
    seen.setdefault(name, row)
    kind, score = row["kind"], row["score"]
    if kind and kind not in vocabulary.KINDS_OF_CHOICE:
        facts = {"value": kind, "what": "kind of choice", "known": ", ".join(vocabulary.KINDS_OF_CHOICE)}
        found.refuse("choices", row.number, "kind", "not-one-of", **facts)
    if score and not WHOLE.fullmatch(score):
        found.refuse("choices", row.number, "score", "scale-key", "whole", value=score)
    elif score and kind in ("skip", "not_for_me"):
        found.refuse("choices", row.number, "score", "scale-key", "skip", value=score)
    _yes_or_no(found, "choices", row, "exclusive")


def _yes_or_no(found: Found, sheet: str, row: Row, column: str) -> None:
    value = row[column]
    if value and value not in vocabulary.YES | vocabulary.NO:
        found.refuse(sheet, row.number, column, "not-one-of", value=value, what="answer", known="yes, no")


def _check_further(form: Form, found: Found) -> None:
    """A further column of the choices must be used by a choice filter, or it would do nothing."""
    used = {word for item in form.items for word in re.findall(r"[\w.-]+", item.row["choice_filter"])}
    for header in form.further:
        if header not in used:
            found.refuse("choices", 1, header, "unknown-column", "unused", name=header)


def check_scales(form: Form, found: Found) -> None:
    """Add what is wrong with the scales sheet and with the items that name a scale."""
    scales: dict[str, Row] = {}
    for row in form.scales:
        _check_scale(found, row, scales)
    members: dict[str, list[Item]] = {}
    for item in form.items:
        if "scale" not in vocabulary.COLUMNS_OF.get(item.kind, ()):
            continue
        _yes_or_no(found, "survey", item.row, "reverse")
        name = item.row["scale"]
        if name and name not in scales:
            found.refuse("survey", item.row.number, "scale", "scale-key", "unknown", name=name)
        elif name:
            members.setdefault(name, []).append(item)
        elif item.row["reverse"] in vocabulary.YES:
            found.refuse("survey", item.row.number, "reverse", "scale-key", "reverse")
    for name, row in scales.items():
        _check_members(form, found, row, members.get(name, []))


def _check_scale(found: Found, row: Row, scales: dict[str, Row]) -> None:
    name = row["scale"]
    if not vocabulary.NAME.fullmatch(name):
        found.refuse("scales", row.number, "scale", "bad-name", "" if name else "missing", name=name)
    elif name in scales:
        found.refuse("scales", row.number, "scale", "twice", "question", name=name, row=scales[name].number)
    else:
        scales[name] = row
    for column in ("low", "high", "min_items"):
        if not WHOLE.fullmatch(row[column]):
            found.refuse("scales", row.number, column, "scale-key", "whole", value=row[column])
    for column, known in (("method", vocabulary.METHODS), ("higher_is", vocabulary.DIRECTIONS)):
        if row[column] not in known:
            facts = {"value": row[column], "what": column, "known": ", ".join(known)}
            found.refuse("scales", row.number, column, "not-one-of", **facts)
    if all(WHOLE.fullmatch(row[column]) for column in ("low", "high")) and int(row["low"]) >= int(row["high"]):
        found.refuse("scales", row.number, "high", "scale-key", "order")


def _check_members(form: Form, found: Found, row: Row, members: list[Item]) -> None:
    name = row["scale"]
    if len(members) < ITEMS_AT_LEAST:
        found.refuse("scales", row.number, "scale", "scale-key", "few", name=name, count=len(members))
        return
    if WHOLE.fullmatch(row["min_items"]) and not 1 <= int(row["min_items"]) <= len(members):
        found.refuse("scales", row.number, "min_items", "scale-key", "least", count=len(members))
    if all(item.row["reverse"] not in vocabulary.YES for item in members):
        found.remark("scales", row.number, "scale", "scale-key", "no-reverse", name=name)
    pools = {_drawn_block(form, item) for item in members}
    if len(pools) > 1:
        found.remark("scales", row.number, "scale", "draw", "scale", name=name)
    if not all(WHOLE.fullmatch(row[column]) for column in ("low", "high")):
        return
    low, high = int(row["low"]), int(row["high"])
    for item in members:
        scores = scores_of(form, item)
        if not scores:
            found.refuse("survey", item.row.number, "scale", "scale-key", "no-scores", name=item.list_name)
        elif (min(scores), max(scores)) != (low, high):
            facts = {"name": name, "low": low, "high": high, "least": min(scores), "most": max(scores)}
            found.refuse("survey", item.row.number, "scale", "scale-key", "range", **facts)


def _drawn_block(form: Form, item: Item) -> str:
    """The path of the block with a draw around an item, or "" in the core."""
    return next((group.path for group in form.above(item) if group.row["draw"]), "")


def scores_of(form: Form, item: Item) -> tuple[int, ...]:
    """Return the scores that an answer to this item can have: of its list, or the ends of a range."""
    if item.kind == "range":
        given = parameters(item)
        ends = (given.get("start", "1"), given.get("end", "10"))
        return tuple(int(end) for end in ends) if all(WHOLE.fullmatch(end) for end in ends) else ()
    written = [row["score"] for row in form.lists.get(item.list_name, ())]
    return tuple(int(score) for score in written if WHOLE.fullmatch(score))
