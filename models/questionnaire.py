"""A questionnaire as a kiosk knows it: frozen, parsed once from canonical JSON.

Rule 1: `read_questionnaire` is the only way in, and accepts only bytes that `canonical_bytes` would write.
Rule 2: a node's number is its place in `nodes`; parents stand before their children.
Rule 3: every words key has words in the default language, where each fallback chain ends: never a blank screen.
Rule 4: which key seals, who may take part and the free-text policy belong to the consultation, never here.
Rule 5: numbers of answers are texts; nothing here is a float.
Source: questionnaires.md section 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NewType

from models.canonical import TAG_PATTERN as TAG_PATTERN  # noqa: PLC0414 - importers find it here
from models.canonical import LanguageTag as LanguageTag  # noqa: PLC0414 - importers find it here
from models.expressions.syntax import Expr

ModuleName = NewType("ModuleName", str)
WordsKey = NewType("WordsKey", str)
Path = NewType("Path", str)  # names joined by "/", without the root: "m1/talk"
NodeNumber = NewType("NodeNumber", int)
Direction = Literal["ltr", "rtl"]
ChoiceKind = Literal["answer", "skip", "not_for_me"]
Order = Literal["fixed", "modules-shuffled"]
Sound = Literal["complete", "partial", "none"]
Words = tuple[str | Expr, ...]


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
    """Who owns the wording; shown on reports."""

    licence: str
    attribution: str
    source_url: str


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
    bytes: int
    kind: str
    ms: int | None = None


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
class Calculate(_Placed):
    """Shows nothing; holds the result of `calculate`, or what actions and `default` put there (hidden)."""

    default: str | None = None
    calculate: Expr | None = None


Question = Acknowledge | SelectOne | SelectMultiple | Range | Number | Text
Node = Root | ModuleNode | Block | Note | Question | Calculate


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """Everything a kiosk needs to ask, in every language. Made by `read_questionnaire` or by authoring."""

    id: str
    version: str
    purpose: Purpose
    title: WordsKey
    default_language: LanguageTag
    order: Order
    rights: Rights
    languages: tuple[Language, ...]
    modules: tuple[Module, ...]
    blocks: tuple[BlockSpan, ...]
    draws: Mapping[str, int]
    nodes: tuple[Node, ...]
    lists: Mapping[str, tuple[Choice, ...]]
    scales: Mapping[str, ScaleKey]
    actions: tuple[Action, ...]
    words: Mapping[LanguageTag, Mapping[WordsKey, Words]]
    sound: Mapping[str, Mapping[WordsKey, str]]  # tag -> key -> file name in `media`
    pictures: Mapping[str, Mapping[WordsKey, str]]  # tag, or "*" for every language
    media: Mapping[str, Medium]
    dictionary: str | None = None  # file name in `media` of the zstd dictionary
    format: int = 1


@dataclass(frozen=True, slots=True)
class Worded:
    """Words as really shown, after fallback, with the tag and direction of the language they are in."""

    text: str
    tag: LanguageTag
    direction: Direction


def read_questionnaire(unverified: bytes) -> Questionnaire:
    """Return what the canonical JSON describes, or raise UnreadableQuestionnaireError; the only way in."""
    raise NotImplementedError


def canonical_bytes(questionnaire: Questionnaire) -> bytes:
    """Return the one spelling of a questionnaire; its SHA-256 is the questionnaire's name."""
    raise NotImplementedError


def language(questionnaire: Questionnaire, tag: LanguageTag) -> Language:
    """Return the language with this tag, or the default language where the questionnaire lacks it."""
    raise NotImplementedError


def worded(questionnaire: Questionnaire, key: WordsKey, tag: LanguageTag) -> tuple[Words, Language]:
    """Return the parts of these words in `tag`, or down its fallback chain, and the language they are really in."""
    raise NotImplementedError
