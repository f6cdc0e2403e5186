"""A questionnaire as it is looked at before anybody answers: nothing is hidden, and every place to stand is known.

Rule 1: conditions, filters, draws and counts are taken out of the questionnaire; how it is shown stays untouched.
Rule 2: what will be put into words stands there by its name, in brackets, so that it can be judged by eye.
Rule 3: a repeat is shown by its first instance and by its "one more?".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from kiosk.places import AtQuestion
from kiosk.presenters import choices, moments
from kiosk.presenters.pictures import large_picture
from kiosk.presenters.turn import Turn
from kiosk.sitting import Sitting, sheet_of
from kiosk.walking import walk
from models.expressions.syntax import Expr, Ref
from models.expressions.syntax import Path as PathExpr
from models.nodes import node_value
from models.questionnaire import (
    Moment,
    Node,
    Path,
    Questionnaire,
    Rank,
    Repeat,
    Root,
    SelectMultiple,
    SelectOne,
    Text,
    Words,
)

FIRST: Final = "first"  # what is announced before a text box opens
TAKEN_OUT: Final = ("relevant", "required", "constraint", "choice_filter", "seed")


@dataclass(frozen=True, slots=True)
class Stand:
    """One picture to be taken: where somebody would stand, and whose question it is.

    `row` as the author's sheet counts it; `part` tells apart several pictures of one question, blank for the usual one.
    """

    sitting: Sitting
    name: str
    path: Path
    row: int
    kind: str
    part: str


def rehearsed(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questionnaire with everything asked, in form order, of everybody."""
    q = questionnaire
    return replace(
        q,
        order="fixed",
        nodes=tuple(_open(node) for node in q.nodes),
        blocks=tuple(replace(block, draw=None) for block in q.blocks),
        draws={},
        words={tag: {key: _named(q, words) for key, words in held.items()} for tag, held in q.words.items()},
    )


def _open(node: Node) -> Node:
    there = {one.name for one in fields(node)}
    changes: dict[str, Any] = {name: None for name in TAKEN_OUT if name in there}
    if "randomize" in there:
        changes["randomize"] = False
    if isinstance(node, Repeat):
        first = None if not node.first else node.first[:1]
        changes |= {"count": None, "fixed": node.fixed or node.count is not None, "first": first}
    return replace(node, **changes)


def _named(questionnaire: Questionnaire, words: Words) -> Words:
    return tuple(part if isinstance(part, str) else f"[{_name(questionnaire, part)}]" for part in words)


def _name(questionnaire: Questionnaire, expr: Expr) -> str:
    """The name of what an expression looks at first; three dots where it has none."""
    if isinstance(expr, Ref):
        return questionnaire.nodes[expr.node].name
    if isinstance(expr, PathExpr) and expr.steps:
        return expr.steps[-1].test
    return "..."


def stands(turn: Turn, sitting: Sitting) -> Iterator[Stand]:
    """Yield every place of a questionnaire taken up, part by part; `turn` is anybody's who sees the same shelf."""
    handed_in = 0
    for module in sheet_of(sitting).modules():
        there = replace(sitting, module=module.name, parts=handed_in)
        turn.move(replace(there, place=AtQuestion(walk(there)[0])))
        for path in walk(there):
            yield from _at(turn, there, path)
        handed_in += not module.practice


def _at(turn: Turn, sitting: Sitting, path: Path) -> Iterator[Stand]:
    sheet = sheet_of(sitting)
    node = next(stop.node for stop in sheet.stops(_module(sitting)) if stop.path == path)
    question = sheet.questionnaire.nodes[node]
    for part, place in _places(turn, sitting, path):
        row = 0 if isinstance(question, Root) else question.row
        there = replace(sitting, place=place, mode="anonymous", announced=part != FIRST)
        yield Stand(there, question.name, path, row, _kind(question), part)


def _module(sitting: Sitting) -> Any:  # noqa: ANN401 - a name that is there in every rehearsal
    return sitting.module


def _kind(node: Node) -> str:
    """The word for this kind of question, as questionnaires write it."""
    return str(node_value(node)["kind"])


def _places(turn: Turn, sitting: Sitting, path: Path) -> Iterator[tuple[str, AtQuestion]]:
    """Yield what a person may see of one question, the usual first."""
    question, usual = sheet_of(sitting).question(path), AtQuestion(path)
    if isinstance(question, Text) and not sheet_of(sitting).readonly(path):
        yield FIRST, replace(usual, stood=True)
    yield "", usual
    for page in range(1, _pages(turn, usual)):
        yield f"page {page + 1}", replace(usual, page=page)
    if isinstance(question, Repeat):
        return
    if question.guidance is not None:
        yield "more", replace(usual, showing="guidance")
    if large_picture(turn, question.words) is not None:
        yield "large", replace(usual, showing="picture")


def _pages(turn: Turn, place: AtQuestion) -> int:
    sheet = sheet_of(turn.sitting)
    question = sheet.question(place.path)
    if isinstance(question, SelectOne | SelectMultiple | Rank) and not sheet.readonly(place.path):
        return len(choices.choices_of(turn, place))
    return 2 if isinstance(question, Moment) and moments.two_pages(question) else 1
