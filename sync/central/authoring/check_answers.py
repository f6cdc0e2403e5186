"""What can be wrong with the answers that a workbook itself gives or demands: defaults, right answers, required.

Rule 1: an answer in a cell must be one that the question could take; expressions are read elsewhere.
Rule 2: nobody is made to answer: a required question offers a way to say no.
Source: questionnaires.md sections 2 and 4.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Final, cast

from models.fitting import TEXT_LIMIT, held_as
from models.questionnaire import Holds
from sync.central.authoring import vocabulary
from sync.central.authoring.form import Form, Found, Item

DIGITS_AT_MOST: Final = 15
LEAVING_OPEN: Final = ("sign-up", "self-assessment", "joint-assessment")  # purposes in which an answer may be demanded
EXPRESSION_SIGNS: Final = "$(){}[]*|"


def check_answer(form: Form, found: Found, item: Item, column: str, code: str) -> None:
    """Refuse a fixed `default` or `correct` that the question itself could not take; expressions are left alone."""
    text = item.row[column]
    if not text or column not in vocabulary.COLUMNS_OF[item.kind]:
        return
    if column == "default" and any(sign in text for sign in EXPRESSION_SIGNS):
        return
    if not fits(form, item, text):
        found.refuse("survey", item.row.number, column, code, "" if code == "bad-default" else "answer", value=text)


def fits(form: Form, item: Item, text: str) -> bool:
    """Tell whether this text is an answer to the question."""
    judge = _JUDGES.get(item.kind)
    return judge is None or judge(form, item, text)


def number(text: str) -> Decimal | None:
    """Return the finite decimal of at most 15 digits that a cell spells, or None."""
    try:
        read = Decimal(text)
    except InvalidOperation:
        return None
    plain = text.isascii() and not set(text.lower()) & set("e_")
    return read if plain and read.is_finite() and len(text) <= DIGITS_AT_MOST else None


def _one(form: Form, item: Item, text: str) -> bool:
    return text in {row["name"] for row in form.lists.get(item.list_name, ())}


def _some(form: Form, item: Item, text: str) -> bool:
    chosen = text.split()
    return len(set(chosen)) == len(chosen) and all(_one(form, item, name) for name in chosen)


def _held(_: Form, item: Item, text: str) -> bool:
    return held_as(cast("Holds", item.kind), text) != "" and (item.kind != "integer" or "." not in text)


def _on_grid(_: Form, item: Item, text: str) -> bool:
    chosen, ends = number(text), grid(item)
    if chosen is None or ends is None or ends[2] <= 0:
        return chosen is not None
    start, end, step = ends
    return start <= chosen <= end and (chosen - start) % step == 0


_JUDGES: Final[dict[str, Callable[[Form, Item, str], bool]]] = {
    "select_one": _one,
    "select_multiple": _some,
    "rank": _some,
    "range": _on_grid,
    "integer": _held,
    "decimal": _held,
    "date": _held,
    "time": _held,
    "dateTime": _held,
    "text": lambda _, __, text: len(text) <= TEXT_LIMIT,
    "acknowledge": lambda _, __, text: text == "OK",
    "trigger": lambda _, __, text: text == "OK",
}


def parameters(item: Item) -> dict[str, str]:
    """Return `key=value` pairs; a word that is none stands with an empty value."""
    pairs = (word.partition("=") for word in item.row["parameters"].replace(",", " ").replace(";", " ").split())
    return {key: value for key, _, value in pairs}


def grid(item: Item) -> tuple[Decimal, Decimal, Decimal] | None:
    """Return start, end and step of a range, or None where one of them is no number."""
    given = parameters(item)
    start, end, step = (number(given.get(key, usual)) for key, usual in (("start", "1"), ("end", "10"), ("step", "1")))
    return None if start is None or end is None or step is None else (start, end, step)


def check_required(form: Form, found: Found, item: Item) -> None:
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
    top = [item, *form.above(item)][-1]
    return top.row["practice"] in vocabulary.YES
