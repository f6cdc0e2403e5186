"""What a questionnaire holds besides its nodes, and how each part is written in canonical JSON.

Rule 1: frozen types, parsed once; a part knows nothing of the others, and what must fit between them is checked where
        they meet (questionnaire.py).
Rule 2: what is absent is absent: a key with the value it would have anyway is not written, and refused when read.
Source: questionnaires.md section 5.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, NamedTuple, NewType, cast, get_args

from models.canonical import TAG_PATTERN, Fields, LanguageTag, UnreadableContentError, a_list
from models.expressions.syntax import Expr, expr_form
from models.nodes import NodeNumber, WordsKey, a_name, a_number, a_words_key, an_expr

ModuleName = NewType("ModuleName", str)
Direction = Literal["ltr", "rtl"]
Sound = Literal["complete", "partial", "none"]
Words = tuple[str | Expr, ...]

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_SECONDS: Final = 24 * 3600
_MS: Final = _SECONDS * 1000
_BYTES: Final = 100_000_000
_PARTS: Final = 200


class Purpose(StrEnum):
    """What a questionnaire is for; bound into the seal of every record."""

    SURVEY = "survey"
    SUGGESTION = "suggestion"
    SHOUT_OUT = "shout-out"
    SIGN_UP = "sign-up"
    EXIT = "exit"
    SELF_ASSESSMENT = "self-assessment"
    JOINT_ASSESSMENT = "joint-assessment"


@dataclass(frozen=True, slots=True)
class Rights:
    """Who owns the wording; shown on reports.

    `declaration` names the signed-off declaration that press wants where the licence forbids sharing; else blank.
    """

    licence: str
    attribution: str
    source_url: str
    declaration: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the questionnaire. `checked`: a native speaker has read it. `sound`: complete, partial or none."""

    tag: LanguageTag
    name: str  # as its speakers write it
    direction: Direction
    checked: bool
    fallback: LanguageTag | None
    sound: Sound


@dataclass(frozen=True, slots=True)
class Module:
    """A part handed in and sealed by itself: the nodes `first` to `last`, both inside; `seconds` is an estimate."""

    name: ModuleName
    title: WordsKey
    first: NodeNumber
    last: NodeNumber
    seconds: int
    practice: bool = False


@dataclass(frozen=True, slots=True)
class BlockSpan:
    """A block inside a module: the nodes `first` to `last`. With `draw`, one of a pool; without, part of the core."""

    name: str
    draw: str | None
    first: NodeNumber
    last: NodeNumber


@dataclass(frozen=True, slots=True)
class ScaleKey:
    """How a scale is scored. Units: scores as whole numbers from `low` to `high`; a reversed x is low + high - x."""

    title: WordsKey
    category: str
    method: Literal["mean", "sum"]
    low: int
    high: int
    min_items: int
    higher_is: Literal["better", "worse"]


@dataclass(frozen=True, slots=True)
class Action:
    """Writes `to` into node `target` at the start, in a new instance of a repeat, or when node `of` changes."""

    on: Literal["start", "instance", "change"]
    of: NodeNumber | None
    target: NodeNumber
    to: Expr
    row: int


@dataclass(frozen=True, slots=True)
class Medium:
    """One file of the bundle: SHA-256 in hex, size in bytes, kind by content, length in milliseconds of a sound."""

    hash: str
    size: int  # "bytes" in JSON
    kind: str
    ms: int | None = None


class Piece(NamedTuple):
    """Part of words as really shown: the author's own, put in for this person, or put in of what they typed."""

    text: str
    source: Literal["author", "answer", "typed"]


@dataclass(frozen=True, slots=True)
class Worded:
    """Words as really shown, after fallback, with the tag and direction of the language they are in.

    `pieces`: where something was put into them, what they were put together from; else none.
    """

    text: str
    tag: LanguageTag
    direction: Direction
    pieces: tuple[Piece, ...] = ()


def without_none(value: Mapping[str, object]) -> dict[str, object]:
    """Return the object without what is absent."""
    return {key: held for key, held in value.items() if held is not None}


def one_of(read: Fields, key: str, words: tuple[str, ...]) -> str:
    """Return the text of this key, which is one of `words`."""
    word = read.text(key)
    if word not in words:
        raise UnreadableContentError(f"{read.what}.{key} is none of {', '.join(words)}")
    return word


def read_rights(value: object) -> Rights:
    """Return the rights of this JSON object."""
    read = Fields(value, "rights")
    rights = Rights(
        licence=read.text("licence"),
        attribution=read.text("attribution"),
        source_url=read.text("source_url"),
        declaration=read.maybe("declaration", read.text) or "",
    )
    read.close()
    return rights


def rights_value(rights: Rights) -> dict[str, object]:
    """Return the rights as a JSON object."""
    return without_none(
        {
            "licence": rights.licence,
            "attribution": rights.attribution,
            "source_url": rights.source_url,
            "declaration": rights.declaration or None,
        }
    )


def read_language(value: object) -> Language:
    """Return the language of this JSON object."""
    read = Fields(value, "language")
    language = Language(
        tag=LanguageTag(read.text("tag", TAG_PATTERN)),
        name=read.text("name"),
        direction=cast("Direction", one_of(read, "direction", get_args(Direction))),
        checked=read.flag("checked"),
        fallback=read.maybe("fallback", lambda key: LanguageTag(read.text(key, TAG_PATTERN))),
        sound=cast("Sound", one_of(read, "sound", get_args(Sound))),
    )
    read.close()
    return language


def language_value(language: Language) -> dict[str, object]:
    """Return the language as a JSON object."""
    return without_none(
        {
            "tag": language.tag,
            "name": language.name,
            "direction": language.direction,
            "checked": language.checked,
            "fallback": language.fallback,
            "sound": language.sound,
        }
    )


def read_module(value: object) -> Module:
    """Return the module of this JSON object."""
    read = Fields(value, "module")
    module = Module(
        name=ModuleName(a_name(read.take("name"), "module.name")),
        title=a_words_key(read.take("title"), "module.title"),
        first=a_number(read.take("first"), "module.first"),
        last=a_number(read.take("last"), "module.last"),
        seconds=read.whole("seconds", 0, _SECONDS),
        practice=read.mark("practice"),
    )
    read.close()
    return module


def module_value(module: Module) -> dict[str, object]:
    """Return the module as a JSON object."""
    return without_none(
        {
            "name": module.name,
            "title": module.title,
            "first": module.first,
            "last": module.last,
            "seconds": module.seconds,
            "practice": True if module.practice else None,
        }
    )


def read_block(value: object) -> BlockSpan:
    """Return the block of this JSON object."""
    read = Fields(value, "block")
    block = BlockSpan(
        name=a_name(read.take("name"), "block.name"),
        draw=read.maybe("draw", lambda key: a_name(read.take(key), "block.draw")),
        first=a_number(read.take("first"), "block.first"),
        last=a_number(read.take("last"), "block.last"),
    )
    read.close()
    return block


def block_value(block: BlockSpan) -> dict[str, object]:
    """Return the block as a JSON object."""
    return without_none({"name": block.name, "draw": block.draw, "first": block.first, "last": block.last})


def read_scale(value: object) -> ScaleKey:
    """Return the scoring key of this JSON object."""
    read = Fields(value, "scale")
    low = read.whole("low", -1_000_000, 1_000_000)
    scale = ScaleKey(
        title=a_words_key(read.take("title"), "scale.title"),
        category=read.text("category"),
        method=cast("Literal['mean', 'sum']", one_of(read, "method", ("mean", "sum"))),
        low=low,
        high=read.whole("high", low, 1_000_000),
        min_items=read.whole("min_items", 1, 1_000),
        higher_is=cast("Literal['better', 'worse']", one_of(read, "higher_is", ("better", "worse"))),
    )
    read.close()
    return scale


def scale_value(scale: ScaleKey) -> dict[str, object]:
    """Return the scoring key as a JSON object."""
    return {
        "title": scale.title,
        "category": scale.category,
        "method": scale.method,
        "low": scale.low,
        "high": scale.high,
        "min_items": scale.min_items,
        "higher_is": scale.higher_is,
    }


def read_action(value: object) -> Action:
    """Return the action of this JSON object; only a change has a node it is about."""
    read = Fields(value, "action")
    action = Action(
        on=cast("Literal['start', 'instance', 'change']", one_of(read, "on", ("start", "instance", "change"))),
        of=read.maybe("of", lambda key: a_number(read.take(key), "action.of")),
        target=a_number(read.take("set"), "action.set"),
        to=an_expr(read.take("to"), "action.to"),
        row=read.whole("row", 0, 1_048_576),
    )
    read.close()
    if (action.on == "change") != (action.of is not None):
        raise UnreadableContentError("action.of belongs to a change, and to nothing else")
    return action


def action_value(action: Action) -> dict[str, object]:
    """Return the action as a JSON object."""
    return without_none(
        {
            "on": action.on,
            "of": action.of,
            "set": action.target,
            "to": expr_form(action.to),
            "row": action.row,
        }
    )


def read_medium(value: object) -> Medium:
    """Return the file's entry of this JSON object."""
    read = Fields(value, "medium")
    medium = Medium(
        hash=read.text("hash", _HASH),
        size=read.whole("bytes", 0, _BYTES),
        kind=read.text("kind"),
        ms=read.maybe("ms", lambda key: read.whole(key, 0, _MS)),
    )
    read.close()
    return medium


def medium_value(medium: Medium) -> dict[str, object]:
    """Return the file's entry as a JSON object."""
    return without_none({"hash": medium.hash, "bytes": medium.size, "kind": medium.kind, "ms": medium.ms})


def read_words(value: object, what: str) -> Words:
    """Return words: a list of texts and expressions."""
    parts = a_list(value, what, _PARTS)
    return tuple([part if isinstance(part, str) else an_expr(part, what) for part in parts])


def words_value(words: Words) -> list[object]:
    """Return words as a JSON list."""
    return [part if isinstance(part, str) else expr_form(part) for part in words]
