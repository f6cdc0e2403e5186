"""The rules, words and lists of one node, gathered from its bind, its control and what lies behind the form.

Rule 1: an expression that was refused stands as one that is absent.
Rule 2: what only the body knows is never asked of the model, and the other way round.
Rule 3: every problem is added, none stops the others.
Source: questionnaires.md sections 2 and 5.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final, TypedDict

from models.errors import ExpressionError
from models.expressions.syntax import Call, Expr
from models.questionnaire import NodeNumber, WordsKey
from sync.central.authoring import vocabulary
from sync.central.authoring.behind import Behind
from sync.central.authoring.form import meant
from sync.central.authoring.gates import constant
from sync.central.authoring.report import Report
from sync.central.authoring.unresolved import UnresolvedError
from sync.central.authoring.xform_lists import Gathering, joined
from sync.central.authoring.xform_parts import Bind, Control, Saying, XForm
from sync.central.authoring.xform_paths import Terrain
from sync.central.authoring.xform_tree import Spot

TODAY: Final = Call("today", ())
PRELOADS: Final = {"timestamp": "when", "date": "when"}  # others would say who a person is
KIND_OF: Final = {"select1": "select_one", "select": "select_multiple", "rank": "rank", "range": "range"}


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
    autoplay: bool


class _Asking(_Showing):
    required: Expr | None
    required_words: WordsKey | None
    constraint: Expr | None
    constraint_words: WordsKey | None
    readonly: Expr | None
    default: str | None
    calculate: Expr | None
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
class Rules:
    """One form while its nodes are gathered.

    `targets` are the paths that actions are about; `modular`: the groups at the top are modules.
    """

    xform: XForm
    terrain: Terrain
    report: Report
    behind: Behind
    gathering: Gathering
    targets: Collection[str]
    modular: bool
    started: list[tuple[int, Expr]] = field(default_factory=list)  # what preloads write at the start

    def preloaded(self, spot: Spot, bind: Bind) -> Expr | None:
        """Return what the program itself fills in: the day and nothing else."""
        preload = bind["preload"]
        if not preload:
            return None
        if preload == "date" and bind["preloadParams"].strip() == "today":
            return TODAY
        self.report.refuse(spot.path, "type", "not-here", PRELOADS.get(preload, "who"), what=preload[:80])
        return None

    def expression(self, spot: Spot, part: str, text: str) -> Expr | None:
        """Return the expression, or None where there is none, or where it was refused."""
        text = text.strip()
        if not text:
            return None
        try:
            return self.terrain.read(text, spot.number)
        except ExpressionError as wrong:
            self.report.wrong(spot.path, part, text, wrong)
        except UnresolvedError as wrong:
            self.report.refuse(spot.path, part, wrong.code, wrong.reading, **wrong.facts)
        return None

    def rule(self, spot: Spot, bind: Bind, part: str) -> Expr | None:
        """Return a rule that is not there where it is always false, such as `readonly="false()"`."""
        expression = self.expression(spot, part, bind[part])
        return None if expression is None or constant(expression) is False else expression

    def placing(self, spot: Spot, bind: Bind) -> _Placing:
        """Return what every node has."""
        relevant = self.expression(spot, "relevant", bind["relevant"])
        return _Placing(
            name=spot.name,
            parent=NodeNumber(spot.parent),
            row=self.behind.row(spot.number),
            relevant=None if relevant is not None and constant(relevant) is True else relevant,
        )

    def appearance(self, spot: Spot, kind: str, written: str) -> tuple[str, ...]:
        """Return the appearances that do something; an unknown one is refused, or remarked on."""
        known = vocabulary.APPEARANCES.get(kind, frozenset())
        for word in written.split():
            if word in known or self.report.rows is not None:
                continue
            hint = meant(word, known)
            self.report.odd(spot.path, "appearance", "unknown-appearance", "", name=word[:80], kind=kind, meant=hint)
        return tuple(word for word in written.split() if word in known)

    def showing(self, spot: Spot, control: Control, bind: Bind, kind: str) -> _Showing:
        """Return what every node has that people see."""
        words = self.behind.words(spot.number, "label", control.label)
        if words is None and self.report.profile and self.report.rows is None:
            self.report.refuse(spot.path, "label", "no-words", "xform")
        return _Showing(
            **self.placing(spot, bind),
            words=words,
            hint=self.behind.words(spot.number, "hint", control.hint),
            guidance=self.behind.words(spot.number, "guidance", control.hint),
            appearance=self.appearance(spot, kind, control.appearance),
            autoplay=control.given.get("autoplay", "none") not in {"", "none"},
        )

    def asking(self, spot: Spot, control: Control, bind: Bind, kind: str) -> _Asking:
        """Return what every question has."""
        preloaded = self.preloaded(spot, bind)
        if preloaded is not None:
            self.started.append((spot.number, preloaded))
        return _Asking(
            **self.showing(spot, control, bind, kind),
            required=self.rule(spot, bind, "required"),
            required_words=self.behind.words(spot.number, "required", Saying((bind["requiredMsg"],))),
            constraint=self.expression(spot, "constraint", bind["constraint"]),
            constraint_words=self.behind.words(spot.number, "constraint", Saying((bind["constraintMsg"],))),
            readonly=self.rule(spot, bind, "readonly"),
            default=spot.default or None,
            calculate=self.expression(spot, "calculate", bind["calculate"]),
            correct=self.behind.cell(spot.number, "correct") or None,
        )

    def scoring(self, spot: Spot, control: Control, bind: Bind, kind: str) -> _Scoring:
        """Return what every question has that may count for a scale."""
        return _Scoring(
            **self.asking(spot, control, bind, kind),
            scale=self.behind.cell(spot.number, "scale") or None,
            reverse=self.behind.cell(spot.number, "reverse") in vocabulary.YES,
        )

    def selecting(self, spot: Spot, control: Control, bind: Bind) -> _Selecting | None:
        """Return what every question has that offers a list; None where the list was refused."""
        scoring = self.scoring(spot, control, bind, KIND_OF[control.kind])
        offer = self.gathering.offer(control, spot.name, spot.number)
        if offer is None:
            return None
        source = self.gathering.sources[offer.list_name]
        settled: list[Expr] = []
        seed: Expr | None = None
        try:
            settled = [self.terrain.settled(one, spot.number, on_list=source.table) for one in offer.predicates]
            seed = None if offer.seed is None else self.terrain.settled(offer.seed, spot.number)
        except UnresolvedError as wrong:
            self.report.refuse(spot.path, "choice_filter", wrong.code, wrong.reading, **wrong.facts)
        except ExpressionError as wrong:
            self.report.wrong(spot.path, "choice_filter", "", wrong)
        return _Selecting(
            **scoring,
            list_name=offer.list_name,
            choice_filter=joined(tuple(settled)),
            randomize=offer.randomize,
            seed=seed,
        )
