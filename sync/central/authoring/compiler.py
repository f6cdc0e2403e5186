"""Compiles a checked form and its XForm into a questionnaire.

Rule 1: structure, kinds, lists and grids come from the XForm; words and expressions are the author's own cells.
Rule 2: both must describe the same nodes in the same order, or the workbook is refused.
Rule 3: a node's number is its place in the tree, the root is 0; the same workbook gives the same bytes.
Source: questionnaires.md section 5.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypedDict

from models.expressions.syntax import Call, Expr
from models.questionnaire import (
    Acknowledge,
    Action,
    Block,
    BlockSpan,
    Calculate,
    Grid,
    LanguageTag,
    Module,
    ModuleName,
    ModuleNode,
    Node,
    NodeNumber,
    Note,
    Number,
    Purpose,
    Questionnaire,
    Range,
    Rights,
    Root,
    SelectMultiple,
    SelectOne,
    Text,
    WordsKey,
)
from sync.central.authoring import vocabulary
from sync.central.authoring.check_expressions import Reading, expression_text
from sync.central.authoring.check_survey import parameters
from sync.central.authoring.form import Form, Found, Item
from sync.central.authoring.gates import seconds
from sync.central.authoring.refusal import Refusal, WorkbookRefusedError
from sync.central.authoring.wording import Keys, languages, lists, scales, wording
from sync.central.authoring.wording import keys as wording_keys
from sync.central.authoring.workbook import Workbook
from sync.central.authoring.xform import XNode, read_xform

TRUE: Final = Call("true", ())
CONTROL_OF: Final = {
    "note": "input",
    "text": "input",
    "integer": "input",
    "decimal": "input",
    "select_one": "select1",
    "select_multiple": "select",
    "range": "range",
    "acknowledge": "trigger",
    "trigger": "trigger",
    "begin_group": "group",
    "calculate": "",
}


def compile_form(
    xform: str,
    form: Form | None = None,
    found: Found | None = None,
    *,
    purpose: Purpose = Purpose.SURVEY,
    profile: bool = True,
) -> Questionnaire:
    """Return the draft questionnaire, or raise WorkbookRefusedError; `found` is where refusals are added.

    Without a workbook's `form` the XForm says everything, but for its `purpose`. `profile`: refuse what authors may
    not write though the engine knows it (section 6).
    """
    found = Found(Workbook({})) if found is None else found
    if form is None:
        found.refuse("xform", 0, "", "not-here", "later", what=f"an XForm of its own ({purpose}, {profile})")
        raise WorkbookRefusedError(found.refusals)
    xnodes = read_xform(xform)
    _agree(form, xnodes)
    compiling = _Compiling(form, found, xnodes, Reading.of(form), wording_keys(form))
    nodes = compiling.nodes()
    actions = tuple(compiling.actions())
    if found.refusals:
        raise WorkbookRefusedError(found.refusals)
    settings = form.settings
    return Questionnaire(
        id=settings["form_id"],
        version=settings["version"],
        purpose=Purpose(settings["purpose"]),
        title=wording_keys(form).title,
        default_language=LanguageTag(form.default),
        order="modules-shuffled" if settings["order"] == "modules-shuffled" else "fixed",
        rights=Rights(settings["licence"], settings["attribution"], settings["source_url"]),
        languages=languages(form),
        modules=_modules(form),
        blocks=_blocks(form),
        draws={},
        nodes=nodes,
        lists=lists(form),
        scales=scales(form),
        actions=actions,
        words=wording(form),
        sound={},
        pictures={},
        media={},
    )


def _agree(form: Form, xnodes: tuple[XNode, ...]) -> None:
    """Refuse a form that pyxform understood otherwise than we did."""
    for item, xnode in zip(form.items, xnodes, strict=False):
        if item.path != xnode.path or CONTROL_OF[item.kind] != xnode.control or item.list_name != xnode.list_name:
            facts = {"ours": f"{item.kind} {item.path}", "theirs": f"{xnode.control or 'nothing'} {xnode.path}"}
            raise WorkbookRefusedError([Refusal("survey", item.row.number, "", "pyxform", facts, "differs")])
    if len(form.items) != len(xnodes):
        facts = {"ours": f"{len(form.items)} rows", "theirs": f"{len(xnodes)} nodes"}
        raise WorkbookRefusedError([Refusal("survey", 0, "", "pyxform", facts, "differs")])


class _Placing(TypedDict):
    name: str
    parent: NodeNumber
    row: int
    relevant: Expr | None


class _Showing(_Placing):
    words: WordsKey | None
    hint: WordsKey | None
    guidance: WordsKey | None
    appearance: tuple[str, ...]


class _Asking(_Showing):
    required: Expr | None
    required_words: WordsKey | None
    constraint: Expr | None
    constraint_words: WordsKey | None
    default: str | None
    correct: str | None


class _Scoring(_Asking):
    scale: str | None
    reverse: bool


class _Selecting(_Scoring):
    list_name: str
    choice_filter: Expr | None
    randomize: bool
    seed: Expr | None


@dataclass(frozen=True, slots=True)
class _Compiling:
    """One form on its way to nodes."""

    form: Form
    found: Found
    xnodes: tuple[XNode, ...]
    reading: Reading
    keys: Keys

    def nodes(self) -> tuple[Node, ...]:
        return (Root(name="data"), *(self.node(place) for place in range(len(self.form.items))))

    def node(self, place: int) -> Node:
        item = self.form.items[place]
        return _MAKERS[item.kind](self, item, self.xnodes[place])

    def actions(self) -> list[Action]:
        """A default that is an expression runs once at the start."""
        made = []
        for place, (item, xnode) in enumerate(zip(self.form.items, self.xnodes, strict=True)):
            if xnode.dynamic and item.row["default"]:
                to = self.read(item, "default", item.row["default"])
                if to is not None:
                    made.append(Action("start", None, NodeNumber(place + 1), to, item.row.number))
        return made

    def read(self, item: Item, column: str, text: str) -> Expr | None:
        return self.reading.attempt(self.found, item, column, text)

    def expression(self, item: Item, column: str) -> Expr | None:
        if column == "required" and item.row["required"] in vocabulary.YES:
            return TRUE
        text = expression_text(item, column)
        return self.read(item, column, text) if text else None

    def words(self, item: Item, column: str) -> WordsKey | None:
        return self.keys.of(item, column) if self.form.words("survey", item.row, column) else None

    def placing(self, item: Item) -> _Placing:
        return _Placing(
            name=item.name,
            parent=NodeNumber(item.parent + 1),
            row=item.row.number,
            relevant=self.expression(item, "relevant"),
        )

    def showing(self, item: Item) -> _Showing:
        return _Showing(
            **self.placing(item),
            words=self.words(item, "label"),
            hint=self.words(item, "hint"),
            guidance=self.words(item, "guidance_hint"),
            appearance=tuple(item.row["appearance"].split()),
        )

    def asking(self, item: Item, xnode: XNode) -> _Asking:
        return _Asking(
            **self.showing(item),
            required=self.expression(item, "required"),
            required_words=self.words(item, "required_message"),
            constraint=self.expression(item, "constraint"),
            constraint_words=self.words(item, "constraint_message"),
            default=item.row["default"] if item.row["default"] and not xnode.dynamic else None,
            correct=item.row["correct"] or None,
        )

    def scoring(self, item: Item, xnode: XNode) -> _Scoring:
        return _Scoring(
            **self.asking(item, xnode),
            scale=item.row["scale"] or None,
            reverse=item.row["reverse"] in vocabulary.YES,
        )

    def selecting(self, item: Item, xnode: XNode) -> _Selecting:
        given = parameters(item)
        return _Selecting(
            **self.scoring(item, xnode),
            list_name=item.list_name,
            choice_filter=self.expression(item, "choice_filter"),
            randomize=given.get("randomize") == "true",
            seed=self.seed(item, given.get("seed", "")),
        )

    def seed(self, item: Item, written: str) -> Expr | None:
        return self.read(item, "parameters", written) if written else None


def _note(c: _Compiling, item: Item, _: XNode) -> Node:
    return Note(**c.showing(item))


def _acknowledge(c: _Compiling, item: Item, xnode: XNode) -> Node:
    return Acknowledge(**c.asking(item, xnode))


def _select_one(c: _Compiling, item: Item, xnode: XNode) -> Node:
    return SelectOne(**c.selecting(item, xnode))


def _select_multiple(c: _Compiling, item: Item, xnode: XNode) -> Node:
    return SelectMultiple(**c.selecting(item, xnode))


def _range(c: _Compiling, item: Item, xnode: XNode) -> Node:
    grid = Grid(*(_shortest(xnode.grid[key]) for key in ("start", "end", "step")))
    return Range(**c.scoring(item, xnode), grid=grid)


def _shortest(decimal: str) -> str:
    """Return a decimal without needless noughts: "0.50" is "0.5", "1.0" is "1"."""
    text = format(Decimal(decimal), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if Decimal(text) == 0 else text


def _number(c: _Compiling, item: Item, xnode: XNode) -> Node:
    return Number(**c.asking(item, xnode), kind="integer" if xnode.data_type == "int" else "decimal")


def _text(c: _Compiling, item: Item, xnode: XNode) -> Node:
    return Text(**c.asking(item, xnode))


def _calculate(c: _Compiling, item: Item, _: XNode) -> Node:
    return Calculate(**c.placing(item), calculate=c.expression(item, "calculation"))


def _group(c: _Compiling, item: Item, _: XNode) -> Node:
    made = ModuleNode if item.parent < 0 else Block
    appearance = tuple(item.row["appearance"].split())
    return made(**c.placing(item), words=c.words(item, "label"), appearance=appearance)


_MAKERS: Final[dict[str, Callable[[_Compiling, Item, XNode], Node]]] = {
    "note": _note,
    "acknowledge": _acknowledge,
    "trigger": _acknowledge,
    "select_one": _select_one,
    "select_multiple": _select_multiple,
    "range": _range,
    "integer": _number,
    "decimal": _number,
    "text": _text,
    "calculate": _calculate,
    "begin_group": _group,
}


def last_inside(form: Form, place: int) -> int:
    """Return the place of the last item inside the group at `place`, at any depth."""
    inside = {place}
    last = place
    for number in range(place + 1, len(form.items)):
        if form.items[number].parent not in inside:
            break
        inside.add(number)
        last = number
    return last


def _modules(form: Form) -> tuple[Module, ...]:
    made, known = [], wording_keys(form)
    for place, item in enumerate(form.items):
        if item.parent >= 0:
            continue
        last = last_inside(form, place)
        title = known.of(item, "label")
        practice = item.row["practice"] in vocabulary.YES
        took = seconds(form, form.items[place + 1 : last + 1])
        made.append(
            Module(ModuleName(item.name), title, NodeNumber(place + 1), NodeNumber(last + 1), took, practice=practice)
        )
    return tuple(made)


def _blocks(form: Form) -> tuple[BlockSpan, ...]:
    return tuple(
        BlockSpan(item.name, None, NodeNumber(place + 1), NodeNumber(last_inside(form, place) + 1))
        for place, item in enumerate(form.items)
        if item.kind == "begin_group" and item.parent >= 0
    )
