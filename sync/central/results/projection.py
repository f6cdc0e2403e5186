"""What opening leaves of a record: answers, place and week; and words apart from them.

Rule 1: pure: no file, table, clock or key.
Rule 2: establishment, the week of the batch and, where ten or more share it, the wing: nothing finer.
Rule 3: words that people typed never lie beside their other answers, but for the topic of a suggestion; nor does a
    value that was computed from them.
Rule 4: what was opened late has no wing and no week.
Rule 5: an answer in a repeat belongs to its question, whichever instance it stands in.
Source: results.md section 2, custody.md section 9.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from models.expressions.syntax import Expr, Ref, walk
from models.expressions.syntax import Path as PathExpression
from models.questionnaire import (
    Block,
    Calculate,
    ModuleName,
    ModuleNode,
    Node,
    Path,
    Questionnaire,
    Repeat,
    Root,
    Text,
)
from models.seal import Digest

_POSITION: Final = re.compile(r"\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class Turn:
    """One module handed in. Blank answer: presented and skipped; absent: not presented. `week`: its Monday.

    `blocks` are those presented, so that what was not drawn is never taken for skipped.
    """

    establishment: str
    wing: str | None
    week: str | None
    form: Digest
    module: ModuleName
    language: str  # en, cy or other
    answers: Mapping[Path, str]
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One suggestion or shout-out, or words typed in a survey; `topic` is a choice's value, or empty.

    `notice` is the id of the notice that answered it, or None. `reply` is the public half, 32 bytes, that came with a
    suggestion whose author holds a reply code; only then is `language` exact: somebody has to answer in it.
    """

    id: bytes
    establishment: str
    week: str | None
    form: Digest
    topic: str
    text: str
    language: str
    notice: str | None = None
    reply: bytes | None = None
    replied: bool = False


def nodes_by_path(questionnaire: Questionnaire) -> Mapping[Path, Node]:
    """Return every node but the root by its path, in form order."""
    paths: list[str] = []
    found: dict[Path, Node] = {}
    for node in questionnaire.nodes:
        if isinstance(node, Root):
            paths.append("")
            continue
        path = f"{paths[node.parent]}/{node.name}".lstrip("/")
        paths.append(path)
        found[Path(path)] = node
    return found


def question_of(path: Path) -> Path:
    """Return the question that a path asks, without the positions of instances: `m1/house[2]/age` is `m1/house/age`."""
    return Path(_POSITION.sub("", path))


def answers_by_question(answers: Mapping[Path, str]) -> Mapping[Path, tuple[str, ...]]:
    """Return a sheet's answers by question, those of a repeat's instances together, in no order."""
    found: dict[Path, list[str]] = {}
    for path, text in answers.items():
        found.setdefault(question_of(path), []).append(text)
    return {question: tuple(texts) for question, texts in found.items()}


def computed_from_words(questionnaire: Questionnaire) -> frozenset[Path]:
    """Return the calculations that may hold what somebody typed: they read a text, or read by a path or a whole group.

    Too many rather than one too few: such a value is left behind when a record is opened.
    """
    open_ended = ModuleNode | Block | Repeat | Root | Text
    words = {number for number, node in enumerate(questionnaire.nodes) if isinstance(node, open_ended)}
    sources: dict[int, list[Expr]] = {
        number: [node.calculate] if node.calculate is not None else []
        for number, node in enumerate(questionnaire.nodes)
        if isinstance(node, Calculate)
    }
    for action in questionnaire.actions:
        if action.target in sources:
            sources[action.target].append(action.to)
    found: set[int] = set()
    while grown := {number for number, read in sources.items() if number not in found and _reads(read, words | found)}:
        found |= grown
    paths = [Path(""), *nodes_by_path(questionnaire)]
    return frozenset(paths[number] for number in found)


def _reads(expressions: list[Expr], nodes: AbstractSet[int]) -> bool:
    parts = (part for expression in expressions for part in walk(expression))
    return any(isinstance(part, PathExpression) or (isinstance(part, Ref) and part.node in nodes) for part in parts)
