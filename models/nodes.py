"""The kinds of node a questionnaire is made of, and how each is written in canonical JSON.

Rule 1: kinds are a closed union of frozen types; every match on them ends in assert_never.
Rule 2: a new kind is a class here and a line in KINDS; a new key is an attribute and a line in KEYS.
Rule 3: what is absent is absent: a key with the value it would have anyway is not written, and refused when read.
Source: questionnaires.md section 5.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal, NewType, TypeVar, cast, get_args

from models.canonical import Fields, UnreadableContentError, a_list, a_text, a_whole
from models.errors import ExpressionError
from models.expressions.functions import FUNCTIONS
from models.expressions.syntax import Expr, expr_form, read_expr

WordsKey = NewType("WordsKey", str)
NodeNumber = NewType("NodeNumber", int)
ChoiceKind = Literal["answer", "skip", "not_for_me"]
Holds = Literal["text", "integer", "decimal", "boolean", "date", "time", "dateTime"]
INSTANCE_LIMIT: Final = 50  # instances of one repeat
CHOICE_LIMIT: Final = 200
NODE_LIMIT: Final = 1_000
NAME_PATTERN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
_VALUE: Final = re.compile(r"\S{1,64}")
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,14}[1-9])?")
_WORDS_KEY: Final = re.compile(r"\S{1,200}")
_APPEARANCE: Final = re.compile(r"[a-z0-9-]{1,40}")
_NUMERAL: Final = re.compile(r"[1-9][0-9]{0,3}")
_TEXT_LIMIT: Final = 1_000
REPEAT_DEPTH: Final = 3

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list. `columns`: the further columns, which filters see."""

    value: str
    words: WordsKey
    kind: ChoiceKind = "answer"
    score: int | None = None
    exclusive: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def alone(self) -> bool:
        """Whether it stands alone: none of these, prefer not to say, not for me. Such choices also stay last."""
        return self.exclusive or self.kind != "answer"


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the stops of a range lie: from `start` by `step` up to `end`, decimals as text."""

    start: str
    end: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """The top of the tree, always node 0."""

    name: str
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    name: str
    parent: NodeNumber
    row: int  # as the author's sheet counts it
    relevant: Expr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group(_Placed):
    words: WordsKey | None = None
    readonly: Expr | None = None
    appearance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleNode(_Group):
    """A top-level group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(_Group):
    """A group inside a module."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance of a repeat as the form brings it.

    `texts`: what differs from the defaults of the nodes inside, blank where a default is left out. `inside`: the first
    instances of repeats inside this one, where they differ from those repeats' own.
    """

    texts: Mapping[NodeNumber, str] = field(default_factory=dict)
    inside: Mapping[NodeNumber, tuple[Instance, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat(_Group):
    """A group that may stand several times.

    `count` says how many; without it people add and take away, unless `fixed`. `first` are the instances at the start,
    absent for one that is as the pattern; the pattern of every new one is the defaults of the nodes inside.
    """

    count: Expr | None = None
    fixed: bool = False
    first: tuple[Instance, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown(_Placed):
    words: WordsKey | None = None
    hint: WordsKey | None = None
    guidance: WordsKey | None = None
    appearance: tuple[str, ...] = ()
    autoplay: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(_Shown):
    """Words only; stores nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked(_Shown):
    required: Expr | None = None
    required_words: WordsKey | None = None
    constraint: Expr | None = None
    constraint_words: WordsKey | None = None
    readonly: Expr | None = None
    default: str | None = None  # the stored text a sitting begins with
    calculate: Expr | None = None
    correct: str | None = None  # practice questions only


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(_Asked):
    """One large button; stores OK."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored(_Asked):
    scale: str | None = None
    reverse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Select(_Scored):
    list_name: str  # "list" in JSON
    choice_filter: Expr | None = None  # "filter" in JSON; stands on the choice, `current()` is the question
    randomize: bool = False
    seed: Expr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectOne(_Select):
    """One of the choices; stores its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectMultiple(_Select):
    """Any of the choices; stores their values in list order, joined by a space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank(_Select):
    """The choices put in order; stores their values joined by a space, the first is the highest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range(_Scored):
    """A number on a grid."""

    grid: Grid  # "range" in JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(_Asked):
    """A typed number: `integer` of 32 bits, a fraction cut off, or `decimal` of up to 15 digits."""

    kind: Literal["integer", "decimal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(_Asked):
    """Typed words, at most 1,000 characters, NFC; whether the box is shown is the consultation's policy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment(_Asked):
    """A real day or time: `2026-11-22`, `22:02:00` or `2026-11-22T14:30:00Z`."""

    kind: Literal["date", "time", "dateTime"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculate(_Placed):
    """Shows nothing; holds the result of `calculate`, or what actions and `default` put there (hidden).

    What is written is fitted to `holds`: a fraction of an integer is cut off, what does not fit is blank.
    """

    holds: Holds = "text"
    default: str | None = None
    calculate: Expr | None = None


Question = Acknowledge | SelectOne | SelectMultiple | Rank | Range | Number | Text | Moment
Group = ModuleNode | Block | Repeat
Node = Root | Group | Note | Question | Calculate


def a_name(value: object, what: str) -> str:
    """Return `value` if it is a name as XLSForm allows it."""
    return a_text(value, what, NAME_PATTERN)


def a_words_key(value: object, what: str) -> WordsKey:
    """Return `value` if it can be a key of words."""
    return WordsKey(a_text(value, what, _WORDS_KEY))


def a_number(value: object, what: str) -> NodeNumber:
    """Return `value` if it can be a node's number."""
    return NodeNumber(a_whole(value, what, 0, NODE_LIMIT - 1))


def an_expr(value: object, what: str) -> Expr:
    """Return the expression of this JSON form; its refusal names where it stands."""
    try:
        return read_expr(value, FUNCTIONS)
    except ExpressionError as wrong:
        raise UnreadableContentError(f"{what}: {wrong.reason}") from wrong


def _a_short_text(value: object, what: str) -> str:
    text = a_text(value, what)
    if len(text) > _TEXT_LIMIT:
        raise UnreadableContentError(f"{what} is too long")
    return text


def _a_mark(value: object, what: str) -> bool:
    if value is not True:
        raise UnreadableContentError(f"{what} is not true")
    return True


def _appearances(value: object, what: str) -> tuple[str, ...]:
    return tuple(a_text(word, what, _APPEARANCE) for word in a_list(value, what, 20))


def _a_grid(value: object, what: str) -> Grid:
    read = Fields(value, what)
    grid = Grid(read.text("start", _DECIMAL), read.text("end", _DECIMAL), read.text("step", _DECIMAL))
    read.close()
    return grid


def _grid_value(grid: Grid) -> object:
    return {"start": grid.start, "end": grid.end, "step": grid.step}


def _holding(value: object, what: str) -> Holds:
    if value == "text" or value not in get_args(Holds):
        raise UnreadableContentError(f"{what} is no kind of value, or the usual one")
    return cast("Holds", value)


def _instances(value: object, what: str) -> tuple[Instance, ...]:
    return tuple(_an_instance(one, what, 1) for one in a_list(value, what, INSTANCE_LIMIT))


def _an_instance(value: object, what: str, depth: int) -> Instance:
    if depth > REPEAT_DEPTH:
        raise UnreadableContentError(f"{what}: repeats too deep inside one another")
    read = Fields(value, what)
    texts = {_a_key(key, what): _a_short_text(text, what) for key, text in read.entries("texts").items()}
    inside = {
        _a_key(key, what): tuple(_an_instance(one, what, depth + 1) for one in a_list(held, what, INSTANCE_LIMIT))
        for key, held in read.entries("inside").items()
    }
    read.close()
    return Instance(texts, inside)


def _a_key(key: str, what: str) -> NodeNumber:
    if not _NUMERAL.fullmatch(key):
        raise UnreadableContentError(f"{what}: not a node's number")
    return a_number(int(key), what)


def _instances_value(instances: tuple[Instance, ...]) -> list[object]:
    return [
        {
            "texts": {str(number): text for number, text in one.texts.items()},
            "inside": {str(number): _instances_value(held) for number, held in one.inside.items()},
        }
        for one in instances
    ]


@dataclass(frozen=True, slots=True)
class _Key:
    """A key of a node in JSON, and the two ways between its value there and the attribute here."""

    key: str
    read: Callable[[object, str], object]
    write: Callable[[Any], object] = lambda value: value


_EXPR: Final = (an_expr, expr_form)
KEYS: Final[Mapping[str, _Key]] = {
    "name": _Key("name", a_name),
    "parent": _Key("parent", a_number),
    "row": _Key("row", lambda value, what: a_whole(value, what, 0, 1_048_576)),
    "words": _Key("words", a_words_key),
    "hint": _Key("hint", a_words_key),
    "guidance": _Key("guidance", a_words_key),
    "list_name": _Key("list", a_name),
    "choice_filter": _Key("filter", *_EXPR),
    "randomize": _Key("randomize", _a_mark),
    "seed": _Key("seed", *_EXPR),
    "default": _Key("default", _a_short_text),
    "calculate": _Key("calculate", *_EXPR),
    "relevant": _Key("relevant", *_EXPR),
    "required": _Key("required", *_EXPR),
    "required_words": _Key("required_words", a_words_key),
    "constraint": _Key("constraint", *_EXPR),
    "constraint_words": _Key("constraint_words", a_words_key),
    "readonly": _Key("readonly", *_EXPR),
    "grid": _Key("range", _a_grid, _grid_value),
    "appearance": _Key("appearance", _appearances),
    "autoplay": _Key("autoplay", _a_mark),
    "scale": _Key("scale", a_name),
    "reverse": _Key("reverse", _a_mark),
    "correct": _Key("correct", _a_short_text),
    "count": _Key("count", *_EXPR),
    "fixed": _Key("fixed", _a_mark),
    "first": _Key("first", _instances, _instances_value),
    "holds": _Key("holds", _holding),
}
# An empty list of first instances says something: there is none at the start.
_MEANT_EMPTY: Final = frozenset({"first"})
_ALWAYS: Final = frozenset({"name", "parent", "row", "list_name", "grid"})
KINDS: Final[Mapping[str, Callable[..., Node]]] = {
    "root": Root,
    "module": ModuleNode,
    "block": Block,
    "repeat": Repeat,
    "note": Note,
    "acknowledge": Acknowledge,
    "select_one": SelectOne,
    "select_multiple": SelectMultiple,
    "rank": Rank,
    "range": Range,
    "integer": Number,
    "decimal": Number,
    "text": Text,
    "date": Moment,
    "time": Moment,
    "dateTime": Moment,
    "calculate": Calculate,
}
_SEVERAL: Final = (Number, Moment)  # one class, several kinds
_KIND_OF: Final[Mapping[object, str]] = {make: kind for kind, make in KINDS.items() if make not in _SEVERAL}


def read_node(value: object, what: str) -> Node:
    """Return the node of this JSON object, or raise UnreadableContentError; `what` names it in the refusal."""
    read = Fields(value, what)
    kind = read.text("kind")
    make = KINDS.get(kind)
    if make is None:
        raise UnreadableContentError(f"{what}.kind is unknown")
    found: dict[str, Any] = {"kind": kind} if make in _SEVERAL else {}
    for one in _attributes(make):
        key = KEYS[one]
        if one in _ALWAYS or read.has(key.key):
            found[one] = key.read(read.take(key.key), f"{what}.{key.key}")
    read.close()
    return make(**found)


def node_value(node: Node) -> dict[str, object]:
    """Return the node as a JSON object."""
    value: dict[str, object] = {"kind": node.kind if isinstance(node, Number | Moment) else _KIND_OF[type(node)]}
    for one in _attributes(type(node)):
        held = getattr(node, one)
        usual = held is None or held is False or (held == () and one not in _MEANT_EMPTY)
        if one in _ALWAYS or not (usual or (one == "holds" and held == "text")):
            value[KEYS[one].key] = KEYS[one].write(held)
    return value


def _attributes(make: Callable[..., Node]) -> tuple[str, ...]:
    return _ATTRIBUTES[make]


_ATTRIBUTES: Final[Mapping[object, tuple[str, ...]]] = {
    make: tuple(one.name for one in fields(make) if one.name != "kind")  # type: ignore[arg-type]  # all are dataclasses
    for make in KINDS.values()
}


def read_choice(value: object, what: str) -> Choice:
    """Return the choice of this JSON object, or raise UnreadableContentError."""
    read = Fields(value, what)
    kind: ChoiceKind = "answer"
    if read.has("kind"):
        kind = "skip" if (word := read.text("kind")) == "skip" else "not_for_me"
        if word not in {"skip", "not_for_me"}:
            raise UnreadableContentError(f"{what}.kind is unknown")
    choice = Choice(
        value=read.text("value", _VALUE),
        words=a_words_key(read.take("words"), f"{what}.words"),
        kind=kind,
        score=read.maybe("score", lambda key: read.whole(key, -1_000_000, 1_000_000)),
        exclusive=read.mark("exclusive"),
        columns=read.maybe("columns", read.texts) or {},
    )
    read.close()
    return choice


def choice_value(choice: Choice) -> dict[str, object]:
    """Return the choice as a JSON object."""
    value: dict[str, object] = {"value": choice.value, "words": choice.words}
    if choice.kind != "answer":
        value["kind"] = choice.kind
    if choice.score is not None:
        value["score"] = choice.score
    if choice.exclusive:
        value["exclusive"] = True
    if choice.columns:
        value["columns"] = dict(choice.columns)
    return value
