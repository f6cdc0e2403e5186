"""The gates a form and its draft must pass: files and sound, reading age, length, draws, a way to every question.

Rule 1: a gate refuses or remarks; it never changes what the author wrote.
Rule 2: the time of a module is an estimate that counts every question, also those that most people will not see; of a
        draw it counts the longest blocks that one sitting gets.
Rule 3: what cells can show is judged on the cells, so that it comes with all other problems in one run; the draft is
        judged for what only resolved expressions show. Words, way out and scales stand with the checks.
Source: questionnaires.md section 4.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from models.expressions.syntax import Call, Expr, Operation, Ref, TextLiteral, walk
from models.questionnaire import Calculate, Node, Questionnaire, Root
from sync.central.authoring import vocabulary
from sync.central.authoring.form import Form, Found, Item
from sync.central.authoring.media import Files, check_files, check_sound, with_files
from sync.central.authoring.reading_age import check_reading_age
from sync.central.authoring.refusal import WorkbookRefusedError

MODULE_LIMIT_S: Final = 180
DRAW_LIMIT_S: Final = 30
WORDS_A_SECOND: Final = 2.2
SECONDS_OF: Final = {  # to answer one question of a kind, reading apart
    "select_one": 3,
    "select_multiple": 3,
    "acknowledge": 3,
    "trigger": 3,
    "range": 6,
    "integer": 6,
    "decimal": 6,
    "rank": 8,
    "date": 8,
    "time": 8,
    "dateTime": 12,
    "text": 25,
    "begin_repeat": 3,  # "one more?"
}
# attribute of a node -> column of the sheet survey
COLUMNS: Final = {
    "relevant": "relevant",
    "readonly": "read_only",
    "required": "required",
    "constraint": "constraint",
    "calculate": "calculation",
    "choice_filter": "choice_filter",
    "seed": "parameters",
    "count": "repeat_count",
}


def pass_cells(form: Form, found: Found, media: Path | None) -> Files:
    """Return the good files of the folder `media`; add what the cells and the files show to be wrong."""
    files = check_files(form, media, found)
    check_sound(form, found)
    check_reading_age(form, found)
    _length(form, found)
    _draws(form, found)
    return files


def pass_gates(draft: Questionnaire, form: Form, found: Found, files: Files | None = None) -> Questionnaire:
    """Return the draft with its files, or raise WorkbookRefusedError; remarks are added to `found`."""
    for node in draft.nodes:
        if isinstance(node, Root):
            continue
        if node.relevant is not None and constant(node.relevant) is False:
            found.refuse("survey", node.row, "relevant", "unreachable", name=node.name)
        _patterns(node, found)
    _other_modules(draft, found)
    if found.refusals:
        raise WorkbookRefusedError(found.refusals, found.notices)
    return with_files(draft, form, files or Files())


def seconds(form: Form, items: Sequence[Item]) -> int:
    """Return the estimated time of these items of one module in whole seconds, rounded up.

    Units: seconds, at 2.2 words a second of label, hint and choices in the default language, and the time to answer
    by kind. Source: questionnaires.md section 4, gate `length`.
    """
    undrawn = _left_out(form, items)
    return math.ceil(sum(_seconds_of(form, item) for item in items if _block(form, item) not in undrawn))


def _seconds_of(form: Form, item: Item) -> float:
    if item.kind not in vocabulary.TYPES:
        return 0
    words = sum(len(form.cell("survey", item.row, column, form.default).split()) for column in ("label", "hint"))
    if item.kind in vocabulary.LISTED:
        offered = form.lists.get(item.list_name, ())
        words += sum(len(form.cell("choices", row, "label", form.default).split()) for row in offered)
    once = words / WORDS_A_SECOND + SECONDS_OF.get(item.kind, 0)
    return once * math.prod(_instances(group) for group in (item, *form.above(item)))


def _instances(item: Item) -> int:
    """How often a group is gone through, as far as the workbook says; what people add themselves is not counted."""
    if item.kind != "begin_repeat":
        return 1
    count = item.row["repeat_count"]
    plain = count.isascii() and count.isdecimal() and len(count) < 4  # noqa: PLR2004 - more is refused elsewhere
    return min(int(count), vocabulary.INSTANCES_AT_MOST) if plain else 1


def _block(form: Form, item: Item) -> str:
    """The path of the drawn block that an item stands in, or is; "" in the core."""
    return next((group.path for group in (item, *form.above(item)) if group.row["draw"]), "")


def _blocks(form: Form, items: Sequence[Item]) -> dict[str, dict[str, float]]:
    """Seconds of each drawn block among these items: draw -> path -> seconds."""
    draw_of = {item.path: item.row["draw"] for item in form.items if item.row["draw"]}
    found: dict[str, dict[str, float]] = {}
    for item in items:
        if path := _block(form, item):
            blocks = found.setdefault(draw_of[path], {})
            blocks[path] = blocks.get(path, 0.0) + _seconds_of(form, item)
    return found


def _left_out(form: Form, items: Sequence[Item]) -> frozenset[str]:
    """The paths of blocks beyond those that one sitting gets: of each draw the longest count."""
    takes = {row["draw"]: row["take"] for row in form.draws}
    out: set[str] = set()
    for draw, blocks in _blocks(form, items).items():
        take = int(takes[draw]) if takes.get(draw, "").isdecimal() else len(blocks)
        out.update(sorted(blocks, key=lambda path: -blocks[path])[take:])
    return frozenset(out)


def _length(form: Form, found: Found) -> None:
    """Refuse a module over the limit at the question where it crosses it."""
    modules: dict[str, list[Item]] = {}
    for item in form.items:
        if item.parent >= 0:  # a module's title is shown with what stands in it
            modules.setdefault(item.path.split("/")[0], []).append(item)
    for name, items in modules.items():
        whole, undrawn, spent = seconds(form, items), _left_out(form, items), 0.0
        for item in items if whole > MODULE_LIMIT_S else ():
            spent += 0 if _block(form, item) in undrawn else _seconds_of(form, item)
            if math.ceil(spent) > MODULE_LIMIT_S:
                facts = {"module": name, "seconds": whole, "limit": MODULE_LIMIT_S}
                found.refuse("survey", item.row.number, "type", "too-long", "module", **facts)
                break


def _draws(form: Form, found: Found) -> None:
    """Refuse a draw whose blocks take very different times: people would not be asked the same."""
    rows = {row["draw"]: row for row in form.draws}
    for draw, blocks in _blocks(form, form.items).items():
        least, most = min(blocks.values()), max(blocks.values())
        if draw in rows and most - least > DRAW_LIMIT_S:
            facts = {"name": draw, "least": math.ceil(least), "most": math.ceil(most), "limit": DRAW_LIMIT_S}
            found.refuse("draws", rows[draw].number, "draw", "draw", "uneven", **facts)


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


def _other_modules(draft: Questionnaire, found: Found) -> None:
    """Remark where a module looks at an answer of another: who comes back by code has none of the earlier ones."""
    module_of = {number: module for module in draft.modules for number in range(module.first, module.last + 1)}
    if sum(not module.practice for module in draft.modules) <= 1:
        return
    told: set[tuple[str, int]] = set()
    for number, column, expression in _expressions(draft):
        for part in walk(expression):
            if not isinstance(part, Ref):
                continue
            here, there = module_of.get(number), module_of.get(part.node)
            if here is there or here is None or there is None or (here.name, part.node) in told:
                continue
            told.add((here.name, part.node))  # once a module, where it is first looked at
            facts = {"name": draft.nodes[part.node].name, "module": there.name}
            found.remark("survey", draft.nodes[number].row, column, "unknown-name", "elsewhere", **facts)


def _expressions(draft: Questionnaire) -> Iterator[tuple[int, str, Expr]]:
    """Every expression of the draft: the number of the node it belongs to, its column, and itself."""
    keys: dict[str, tuple[int, str]] = {}
    columns: Mapping[str, str] = {"words": "label", "hint": "hint", "guidance": "guidance_hint"}
    for number, node in enumerate(draft.nodes):
        for attribute, column in COLUMNS.items():
            expression = getattr(node, attribute, None)
            if expression is not None:
                yield number, column, expression
        for attribute, column in columns.items():
            keys[getattr(node, attribute, None) or ""] = (number, column)
    for action in draft.actions:
        yield action.target, "calculation" if action.on == "change" else "default", action.to
    for key, words in draft.words.get(draft.default_language, {}).items():
        if key in keys:
            yield from ((*keys[key], part) for part in words if not isinstance(part, str))
