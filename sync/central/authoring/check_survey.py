"""What can be wrong with the rows of the survey sheet, apart from words and expressions.

Rule 1: cells only; nothing is compiled here.
Rule 2: every problem is added, none stops the others.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from sync.central.authoring import vocabulary
from sync.central.authoring.form import Form, Found, Item, meant

PRACTICE_AT_MOST = 3
DIGITS_AT_MOST = 15
LEAVING_OPEN = ("sign-up", "self-assessment", "joint-assessment")  # purposes in which an answer may be demanded


def check_survey(form: Form, found: Found) -> None:
    """Add what is wrong with types, names, columns, appearances, parameters, defaults and practice."""
    paths: dict[str, Item] = {}
    for item in form.items:
        if not _check_type(form, found, item):
            continue
        _check_name(found, item, paths)
        _check_columns(form, found, item)
        _check_appearance(found, item)
        _check_parameters(found, item)
        _check_answer(form, found, item, "default", "bad-default")
        _check_required(form, found, item)
    if len(form.items) >= vocabulary.NODES_AT_MOST:
        found.refuse("survey", 0, "", "too-long", "nodes", limit=vocabulary.NODES_AT_MOST)
    _check_practice(form, found)


def _check_type(form: Form, found: Found, item: Item) -> bool:
    number, words = item.row.number, item.row["type"].split()
    if not words:
        found.refuse("survey", number, "type", "unknown-type", "missing")
        return False
    kind = item.kind
    if "or_other" in words:
        found.refuse("survey", number, "type", "not-here", "plain", what="or_other")
        return False
    for spelling in (" ".join(words[:2]), kind):
        if spelling in vocabulary.TYPES_REFUSED:
            found.refuse("survey", number, "type", "not-here", vocabulary.TYPES_REFUSED[spelling], what=spelling)
            return False
        if spelling in vocabulary.TYPES_LATER:
            found.refuse("survey", number, "type", "not-here", "later", what=spelling)
            return False
    if kind not in vocabulary.TYPES or len(words) != (2 if kind in vocabulary.SELECTS else 1):
        hint = " Write the list behind it." if kind in vocabulary.SELECTS else ""
        known = sorted(vocabulary.TYPES)
        found.refuse("survey", number, "type", "unknown-type", name=item.row["type"], meant=hint or meant(kind, known))
        return False
    if kind in vocabulary.SELECTS and item.list_name not in form.lists:
        facts = {"name": item.list_name, "meant": meant(item.list_name, form.lists)}
        found.refuse("survey", number, "type", "unknown-list", **facts)
    return True


def _check_name(found: Found, item: Item, paths: dict[str, Item]) -> None:
    number = item.row.number
    if not item.name:
        found.refuse("survey", number, "name", "bad-name", "missing")
    elif not vocabulary.NAME.fullmatch(item.name):
        found.refuse("survey", number, "name", "bad-name", "", name=item.name)
    elif item.name.lower() in ("meta", "data", "root"):
        found.refuse("survey", number, "name", "bad-name", "taken", name=item.name)
    else:
        other = paths.setdefault(item.path.lower(), item)
        if other is item and item.kind == "begin_group" and item.parent >= 0:
            other = paths.setdefault(f"block {item.name}", item)
        if other is not item:
            found.refuse("survey", number, "name", "twice", "question", name=item.name, row=other.row.number)


def _check_columns(form: Form, found: Found, item: Item) -> None:
    """Refuse a filled cell that would do nothing for this type."""
    useful = vocabulary.COLUMNS_OF["acknowledge" if item.kind == "trigger" else item.kind]
    for (sheet, column, _), header in form.headers.items():
        if sheet == "survey" and item.row[header] and column not in useful:
            found.refuse("survey", item.row.number, header, "unknown-column", "idle", name=column, kind=item.kind)
    if item.kind == "calculate" and not item.row["calculation"]:
        found.refuse("survey", item.row.number, "calculation", "syntax", "nothing")


def _check_appearance(found: Found, item: Item) -> None:
    known = vocabulary.APPEARANCES.get(item.kind, frozenset())
    for word in item.row["appearance"].split():
        if word in vocabulary.APPEARANCES_REFUSED:
            found.refuse("survey", item.row.number, "appearance", "not-here", "plain", what=word)
        elif word in vocabulary.APPEARANCES_LATER:
            found.refuse("survey", item.row.number, "appearance", "not-here", "later", what=word)
        elif word not in known:
            facts = {"name": word, "kind": item.kind, "meant": meant(word, known)}
            found.refuse("survey", item.row.number, "appearance", "unknown-appearance", **facts)
        elif word in vocabulary.APPEARANCES_REMARKED:
            reading = vocabulary.APPEARANCES_REMARKED[word]
            found.remark("survey", item.row.number, "appearance", "unknown-appearance", reading)


def parameters(item: Item) -> dict[str, str]:
    """Return `key=value` pairs; a word that is none stands with an empty value."""
    pairs = (word.partition("=") for word in item.row["parameters"].replace(",", " ").split())
    return {key: value for key, _, value in pairs}


def _check_parameters(found: Found, item: Item) -> None:
    def refuse(reading: str, **facts: object) -> None:
        found.refuse("survey", item.row.number, "parameters", "bad-parameter", reading, **facts)

    given = parameters(item)
    known = {"range": ("start", "end", "step")}.get(item.kind, ("randomize", "seed"))
    if "parameters" in vocabulary.COLUMNS_OF["acknowledge" if item.kind == "trigger" else item.kind]:
        for key, value in given.items():
            if key not in known or not value:
                refuse("", value=f"{key}={value}" if value else key, known=", ".join(known))
    if item.kind == "range":
        _check_range(refuse, given)
    elif item.kind in vocabulary.SELECTS:
        if given.get("randomize", "true") not in ("true", "false"):
            refuse("yes-no", value=given["randomize"])
        if "seed" in given and given.get("randomize") != "true":
            refuse("seed", value=given["seed"])
        elif "seed" in given and not given["seed"].startswith("${") and _number(given["seed"]) is None:
            refuse("number", value=given["seed"])


def _check_range(refuse: Callable[..., None], given: dict[str, str]) -> None:
    numbers = [_number(given.get(key, usual)) for key, usual in (("start", "1"), ("end", "10"), ("step", "1"))]
    for key, number in zip(("start", "end", "step"), numbers, strict=True):
        if number is None:
            refuse("number", value=given[key])
    start, end, step = numbers
    if start is None or end is None or step is None:
        return
    if step <= 0 or end <= start:
        refuse("range")
    elif (end - start) / step + 1 > vocabulary.RANGE_STOPS_AT_MOST:
        refuse("stops", limit=vocabulary.RANGE_STOPS_AT_MOST)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and len(text) <= DIGITS_AT_MOST and "e" not in text.lower() else None


def _check_answer(form: Form, found: Found, item: Item, column: str, code: str) -> None:
    """Refuse a fixed `default` or `correct` that the question itself could not take; expressions are left alone."""
    text = item.row[column]
    if not text or column not in vocabulary.COLUMNS_OF["acknowledge" if item.kind == "trigger" else item.kind]:
        return
    if column == "default" and any(sign in text for sign in "$(){}[]*|"):
        return
    fits = True
    if item.kind in vocabulary.SELECTS:
        offered = {row["name"] for row in form.lists.get(item.list_name, ())}
        chosen = text.split()
        fits = set(chosen) <= offered and (item.kind == "select_multiple" or len(chosen) == 1)
    elif item.kind in vocabulary.NUMBERS or item.kind == "range":
        number = _number(text)
        fits = number is not None and (item.kind != "integer" or number == int(number))
    elif item.kind in ("acknowledge", "trigger"):
        fits = text == "OK"
    if not fits:
        found.refuse("survey", item.row.number, column, code, "" if code == "bad-default" else "answer", value=text)


def _check_required(form: Form, found: Found, item: Item) -> None:
    """Refuse a question that must be answered and offers no way to say no."""
    required = item.row["required"]
    if not required or required in vocabulary.NO or item.kind not in vocabulary.QUESTIONS:
        return
    free = item.kind in ("acknowledge", "trigger") or in_practice(form, item)
    if free or form.settings["purpose"] in LEAVING_OPEN:
        return
    kinds = {row["kind"] for row in form.lists.get(item.list_name, ())}
    if "skip" not in kinds:
        found.refuse("survey", item.row.number, "required", "required-trap")


def in_practice(form: Form, item: Item) -> bool:
    """Tell whether an item stands in a module marked as practice."""
    while item.parent >= 0:
        item = form.items[item.parent]
    return item.row["practice"] in vocabulary.YES


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
            _check_answer(form, found, item, "correct", "practice")


def _check_practice_questions(form: Form, found: Found, module: int) -> None:
    asked = [item for _, item in form.children(module) if item.kind in vocabulary.QUESTIONS]
    if not 1 <= len(asked) <= PRACTICE_AT_MOST:
        found.refuse("survey", form.items[module].row.number, "practice", "practice", "count", limit=PRACTICE_AT_MOST)
    for item in asked:
        if not item.row["correct"]:
            found.refuse("survey", item.row.number, "correct", "practice", "correct")
