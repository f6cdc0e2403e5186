"""The gates a draft must pass: length, a way to every question, patterns that mean what they say.

Rule 1: a gate refuses or remarks; it never changes the draft.
Rule 2: the time of a module is an estimate that counts every question, also those that most people will not see.
Rule 3: gates that cells alone can decide (words, way out, scales) stand with the checks.
Source: questionnaires.md section 4.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from models.expressions.syntax import Call, Expr, Operation, TextLiteral, walk
from models.questionnaire import Calculate, Node, Questionnaire, Root
from sync.central.authoring import vocabulary
from sync.central.authoring.form import Form, Found, Item
from sync.central.authoring.refusal import WorkbookRefusedError

MODULE_LIMIT_S: Final = 180
WORDS_A_SECOND: Final = 2.2
SECONDS_OF: Final = {  # to answer one question of a kind, reading apart
    "select_one": 3,
    "select_multiple": 3,
    "acknowledge": 3,
    "trigger": 3,
    "range": 6,
    "integer": 6,
    "decimal": 6,
    "text": 25,
}


def pass_gates(draft: Questionnaire, form: Form, found: Found) -> Questionnaire:
    """Return the draft as it came, or raise WorkbookRefusedError; remarks are added to `found`."""
    _length(form, found)
    for node in draft.nodes:
        if isinstance(node, Root):
            continue
        if node.relevant is not None and constant(node.relevant) is False:
            found.refuse("survey", node.row, "relevant", "unreachable", name=node.name)
        _patterns(node, found)
    if found.refusals:
        raise WorkbookRefusedError(found.refusals)
    return draft


def seconds(form: Form, items: Sequence[Item]) -> int:
    """Return the estimated time of these items in whole seconds, rounded up.

    Units: seconds, at 2.2 words a second of label, hint and choices in the default language, and the time to answer
    by kind. Source: questionnaires.md section 4, gate `length`.
    """
    return math.ceil(sum(_seconds_of(form, item) for item in items))


def _seconds_of(form: Form, item: Item) -> float:
    words = sum(len(form.cell("survey", item.row, column, form.default).split()) for column in ("label", "hint"))
    if item.kind in vocabulary.SELECTS:
        offered = form.lists[item.list_name]
        words += sum(len(form.cell("choices", row, "label", form.default).split()) for row in offered)
    return words / WORDS_A_SECOND + SECONDS_OF.get(item.kind, 0)


def _length(form: Form, found: Found) -> None:
    """Refuse a module over the limit at the question where it crosses it."""
    spent: dict[str, float] = {}
    told: set[str] = set()
    for item in form.items:
        module = item.path.split("/")[0]
        if item.parent < 0:
            continue  # a module's title is shown with what stands in it
        spent[module] = spent.get(module, 0.0) + _seconds_of(form, item)
        if math.ceil(spent[module]) > MODULE_LIMIT_S and module not in told:
            told.add(module)
            whole = [other for other in form.items if other.parent >= 0 and other.path.split("/")[0] == module]
            facts = {"module": module, "seconds": seconds(form, whole), "limit": MODULE_LIMIT_S}
            found.refuse("survey", item.row.number, "type", "too-long", "module", **facts)


def constant(expression: Expr) -> bool | None:
    """Return what an expression always is, as far as that can be seen without any answer; None where it cannot."""
    known: bool | None = None
    match expression:
        case Call("true" | "false" as name):
            known = name == "true"
        case Call("not", (inner,)):
            known = None if (one := constant(inner)) is None else not one
        case Operation("and" | "or" as joint, left, right):
            sides = {constant(left), constant(right)}
            decides = joint == "or"  # one true side decides an `or`, one false side an `and`
            known = decides if decides in sides else (None if None in sides else not decides)
        case Operation("=" | "!=" as compared, TextLiteral(one_text), TextLiteral(other_text)):
            known = (one_text == other_text) == (compared == "=")
        case TextLiteral(text):
            known = text != ""
    return known


def _patterns(node: Node, found: Found) -> None:
    """Remark on a pattern that is not tied to both ends: engines differ on matches of a part."""
    constraint = None if isinstance(node, Root | Calculate) else getattr(node, "constraint", None)
    for part in walk(constraint) if constraint is not None else ():
        if isinstance(part, Call) and part.name == "regex" and isinstance(part.arguments[1], TextLiteral):
            pattern = part.arguments[1].text
            if not (pattern.startswith("^") and pattern.endswith("$")):
                row = node.row
                found.remark("survey", row, "constraint", "bad-pattern", "open", pattern=pattern)
