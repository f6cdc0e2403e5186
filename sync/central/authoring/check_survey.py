"""What can be wrong with one row of the survey sheet: its type, name, columns, appearance, parameters and answers.

Rule 1: cells only; nothing is compiled here.
Rule 2: every problem is added, none stops the others.
Source: questionnaires.md section 2.
"""

from __future__ import annotations

from collections.abc import Callable

from sync.central.authoring import vocabulary
from sync.central.authoring.check_answers import check_answer, check_required, grid, number, parameters
from sync.central.authoring.check_groups import check_groups
from sync.central.authoring.form import Form, Found, Item, meant

__all__ = ["check_survey", "parameters"]  # the compiler reads parameters as the checks do

AUTOPLAY = ("audio",)


def check_survey(form: Form, found: Found) -> None:
    """Add what is wrong with types, names, columns, appearances, parameters, defaults and groups."""
    paths: dict[str, Item] = {}
    for item in form.items:
        if not _check_type(form, found, item):
            continue
        _check_name(found, item, paths)
        _check_columns(form, found, item)
        _check_appearance(form, found, item)
        _check_parameters(found, item)
        check_answer(form, found, item, "default", "bad-default")
        check_required(form, found, item)
    for end in form.ends:
        _check_idle(form, found, end)
    if len(form.items) >= vocabulary.NODES_AT_MOST:
        found.refuse("survey", 0, "", "too-long", "nodes", limit=vocabulary.NODES_AT_MOST)
    check_groups(form, found)


def _check_type(form: Form, found: Found, item: Item) -> bool:
    row, words = item.row.number, item.row["type"].split()
    if not words:
        found.refuse("survey", row, "type", "unknown-type", "missing")
        return False
    kind = item.kind
    if "or_other" in words:
        found.refuse("survey", row, "type", "not-here", "plain", what="or_other")
        return False
    for spelling in (" ".join(words[:2]), kind):
        if spelling in vocabulary.TYPES_REFUSED:
            found.refuse("survey", row, "type", "not-here", vocabulary.TYPES_REFUSED[spelling], what=spelling)
            return False
    alone = len(words) == 1 or (words[0], words[1:]) == ("begin", [kind.removeprefix("begin_")])
    if kind not in vocabulary.TYPES or not (len(words) == 2 if kind in vocabulary.LISTED else alone):  # noqa: PLR2004
        hint = " Write the list behind it." if kind in vocabulary.LISTED else ""
        known = sorted(vocabulary.TYPES)
        found.refuse("survey", row, "type", "unknown-type", name=item.row["type"], meant=hint or meant(kind, known))
        return False
    if kind in vocabulary.LISTED and item.list_name not in form.lists:
        facts = {"name": item.list_name, "meant": meant(item.list_name, form.lists)}
        found.refuse("survey", row, "type", "unknown-list", **facts)
    if kind in vocabulary.TYPES_REMARKED:
        found.remark("survey", row, "type", "not-here", vocabulary.TYPES_REMARKED[kind], what=kind)
    return True


def _check_name(found: Found, item: Item, paths: dict[str, Item]) -> None:
    row = item.row.number
    if not item.name:
        found.refuse("survey", row, "name", "bad-name", "missing")
    elif not vocabulary.NAME.fullmatch(item.name):
        found.refuse("survey", row, "name", "bad-name", "", name=item.name)
    elif item.name.lower() in ("meta", "data", "root"):
        found.refuse("survey", row, "name", "bad-name", "taken", name=item.name)
    else:
        other = paths.setdefault(item.path.lower(), item)
        if other is item and item.kind == "begin_group" and item.parent >= 0:
            other = paths.setdefault(f"block {item.name}", item)
        if other is not item:
            found.refuse("survey", row, "name", "twice", "question", name=item.name, row=other.row.number)


def _check_columns(form: Form, found: Found, item: Item) -> None:
    """Refuse cells that would do nothing for this type, and a hidden row that never gets a value."""
    useful = vocabulary.COLUMNS_OF[item.kind]
    _check_idle(form, found, item)
    starts = item.row["default"] if item.kind == "hidden" or any(sign in item.row["default"] for sign in "$(") else ""
    if item.kind in ("calculate", "hidden") and not item.row["calculation"] and (item.row["trigger"] or not starts):
        found.refuse("survey", item.row.number, "calculation", "syntax", "nothing", kind=item.kind)
    autoplay = item.row["autoplay"]
    if autoplay and "autoplay" in useful and autoplay not in AUTOPLAY:
        facts = {"value": autoplay, "what": "autoplay", "known": ", ".join(AUTOPLAY)}
        found.refuse("survey", item.row.number, "autoplay", "not-one-of", **facts)


def _check_idle(form: Form, found: Found, item: Item) -> None:
    for (sheet, column, _), header in form.headers.items():
        if sheet == "survey" and item.row[header] and column not in vocabulary.COLUMNS_OF[item.kind]:
            found.refuse("survey", item.row.number, header, "unknown-column", "idle", name=column, kind=item.kind)


def _check_appearance(form: Form, found: Found, item: Item) -> None:
    known = vocabulary.APPEARANCES.get(item.kind, frozenset())
    for word in item.row["appearance"].split() if "appearance" in vocabulary.COLUMNS_OF[item.kind] else ():
        if word in vocabulary.APPEARANCES_REFUSED:
            found.refuse("survey", item.row.number, "appearance", "not-here", "plain", what=word)
        elif word not in known:
            facts = {"name": word, "kind": item.kind, "meant": meant(word, known)}
            found.refuse("survey", item.row.number, "appearance", "unknown-appearance", **facts)
        elif word in vocabulary.APPEARANCES_REMARKED:
            reading = vocabulary.APPEARANCES_REMARKED[word]
            found.remark("survey", item.row.number, "appearance", "unknown-appearance", reading)
        elif word == "no-buttons":
            for row in form.lists.get(item.list_name, ()):
                if not form.files("choices", row, "image"):
                    facts = {"name": row["name"], "row": str(row.number)}
                    found.refuse("survey", item.row.number, "appearance", "unknown-appearance", "no-buttons", **facts)


def _check_parameters(found: Found, item: Item) -> None:
    def refuse(reading: str, **facts: object) -> None:
        found.refuse("survey", item.row.number, "parameters", "bad-parameter", reading, **facts)

    if "parameters" not in vocabulary.COLUMNS_OF[item.kind]:
        return
    given = parameters(item)
    known = ("start", "end", "step") if item.kind == "range" else ("randomize", "seed")
    for key, value in given.items():
        if key not in known or not value:
            refuse("", value=f"{key}={value}" if value else key, known=", ".join(known))
    if item.kind == "range":
        _check_range(refuse, item)
        return
    if given.get("randomize", "true") not in ("true", "false"):
        refuse("yes-no", value=given["randomize"])
    if "seed" in given and given.get("randomize") != "true":
        refuse("seed", value=given["seed"])
    elif "seed" in given and not given["seed"].startswith("${") and number(given["seed"]) is None:
        refuse("number", value=given["seed"])


def _check_range(refuse: Callable[..., None], item: Item) -> None:
    for key, value in parameters(item).items():
        if key in ("start", "end", "step") and number(value) is None:
            refuse("number", value=value)
    ends = grid(item)
    if ends is None:
        return
    start, end, step = ends
    if step <= 0 or end <= start:
        refuse("range")
    elif (end - start) / step + 1 > vocabulary.RANGE_STOPS_AT_MOST:
        refuse("stops", limit=vocabulary.RANGE_STOPS_AT_MOST)
