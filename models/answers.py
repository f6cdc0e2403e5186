"""The sheet being filled: a frozen value; accepting gives a new one.

Rule 1: a refusal is an AnswerError and the old sheet stands; undo is keeping the old sheet.
Rule 2: an answer that a changed mind made irrelevant is kept while filling and comes back with it; no record holds it.
Rule 3: a sheet lives in memory only; its `repr` shows no answer, so that no fault report can.
Rule 4: practice is never stored; `finish` refuses it.
Source: questionnaires.md section 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from models.errors import AnswerError
from models.expressions import values
from models.expressions.chance import in_random_order
from models.expressions.evaluate import Compiled
from models.expressions.syntax import Expr
from models.filling import added, answered, removed, spoken, started, text_from, truth
from models.fitting import accepted
from models.layout import Cell
from models.questionnaire import (
    INSTANCE_LIMIT,
    Calculate,
    Choice,
    LanguageTag,
    Module,
    ModuleName,
    Node,
    Note,
    Path,
    Piece,
    Question,
    Questionnaire,
    Rank,
    Repeat,
    SelectMultiple,
    SelectOne,
    Worded,
    WordsKey,
    language,
    shows_typed,
    worded,
)
from models.routing import ASKED, Fault, Route, State, Stop, module_stops, modules_in_order
from models.wake import CELL_LIMIT, scope_of, trying

ProblemReason = Literal["constraint", "required"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A relevant question whose answer does not stand; `words` is the author's own message, or None."""

    question: Path
    reason: ProblemReason
    words: str | None


@dataclass(frozen=True, slots=True)
class FinishedAnswers:
    """What `finish` found: path to text of every relevant question of one module. No time, no order of answering."""

    module: ModuleName
    language: LanguageTag
    blocks: tuple[str, ...]
    answers: Mapping[Path, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """One person's answers while filling; lives in memory only."""

    route: Route = field(repr=False)
    language: LanguageTag
    state: State = field(repr=False)

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire being answered."""
        return self.route.questionnaire

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Expressions that could not be evaluated, for the service screen: rows and reasons only."""
        return tuple(sorted(self.state.faults, key=lambda fault: (fault.row, fault.reason)))

    def accept(self, question: Path, value: str | tuple[str, ...] | None) -> AnswerSheet:
        """Return the sheet with this answer and its wake; None or "" takes the answer away.

        A select_multiple takes all values that shall be ticked, as a tuple; a rank its values, the highest first.
        Raises AnswerError; the old sheet stands.
        """
        index, node = self._asked(question)
        if self.readonly(question):
            raise RuntimeError(f"{question} cannot be changed by a person")
        text = accepted(node, question, self.state.offered.get(index, ()), value, self.state.texts[index])
        if text and not self._satisfies(index, text):
            raise AnswerError("constraint", question, self._message(node.constraint_words, question))
        return replace(self, state=answered(self.route, self.state, index, text))

    def in_language(self, tag: LanguageTag) -> AnswerSheet:
        """Return the sheet with its words in another language; every answer stays."""
        shown = language(self.questionnaire, tag).tag
        return replace(self, language=shown, state=spoken(self.route, self.state, shown))

    def going_on(self, question: Path) -> None:
        """Raise AnswerError("required") if this question must not be left blank and is."""
        index = self._index(question)
        node = self._node(index)
        if isinstance(node, ASKED) and not self.state.texts[index] and self._required(index):
            raise AnswerError("required", question, self._message(node.required_words, question))

    def instances(self, series: Path) -> tuple[Path, ...]:
        """Return the instances of a repeat, by the path of its series."""
        cell = self.state.layout.cells[self._index(series)]
        serials = self.state.instances.get((cell.node, cell.keys), ())
        layout = self.state.layout
        return tuple(layout.cells[layout.at[cell.node, (*cell.keys, serial)]].path for serial in serials)

    def may_add(self, series: Path) -> bool:
        """Return whether a person may add one more instance."""
        node = self._node(self._index(series))
        free = isinstance(node, Repeat) and node.count is None and not node.fixed
        room = len(self.instances(series)) < INSTANCE_LIMIT and len(self.state.layout.cells) < CELL_LIMIT
        return free and room and not self.readonly(series)

    def add_instance(self, series: Path) -> AnswerSheet:
        """Return the sheet with one more instance at the end. Raises RuntimeError where none may be added."""
        if not self.may_add(series):
            raise RuntimeError(f"{series} takes no more")
        return replace(self, state=added(self.route, self.state, self._index(series)))

    def remove_instance(self, instance: Path) -> AnswerSheet:
        """Return the sheet without this instance and all in it. Raises RuntimeError where people may not."""
        index = self._index(instance)
        node, cell = self._node(index), self.state.layout.cells[index]
        if not isinstance(node, Repeat) or cell.series or node.count is not None or node.fixed:
            raise RuntimeError(f"{instance} cannot be taken away")
        return replace(self, state=removed(self.route, self.state, index))

    def problems(self, module: ModuleName | None = None) -> tuple[Problem, ...]:
        """Return broken constraints and required blanks in form order, of one module or of all but practice."""
        found: list[Problem] = []
        for cell in self.state.layout.cells:
            node, index = self._node(cell.index), cell.index
            inside = self.route.modules[cell.node]
            wanted = inside is not None and (inside.name == module if module is not None else not inside.practice)
            if not wanted or not isinstance(node, ASKED) or not self.state.relevant[index]:
                continue
            text = self.state.texts[index]
            if not text and self._required(index):
                found.append(Problem(cell.path, "required", self._message(node.required_words, cell.path)))
            elif text and not self._satisfies(index, text):
                found.append(Problem(cell.path, "constraint", self._message(node.constraint_words, cell.path)))
        return tuple(found)

    def finish(self, module: ModuleName, not_presented: frozenset[Path] = frozenset()) -> FinishedAnswers:
        """Return what the record of this module holds: relevant questions, blank where skipped, and calculations.

        `not_presented`: questions that the kiosk did not show though relevant (a text box that the place does not
        allow). Raises RuntimeError for practice, which is never stored.
        """
        one = self._module(module)
        if one.practice:
            raise RuntimeError("practice is never stored")
        answers = {
            cell.path: self.state.texts[cell.index]
            for cell in self.state.layout.cells
            if one.first <= cell.node <= one.last
            and self.state.relevant[cell.index]
            and self._recorded(cell, not_presented)
        }
        shown = {stop.node for stop in module_stops(self.route, self.state, one) if stop.path not in not_presented}
        blocks = tuple(
            block.name
            for block in self.questionnaire.blocks
            if any(number in shown for number in range(block.first, block.last + 1))
            and one.first <= block.first <= one.last
        )
        return FinishedAnswers(module, self.language, blocks, answers)

    def _recorded(self, cell: Cell, not_presented: frozenset[Path]) -> bool:
        node = self._node(cell.index)
        if isinstance(node, Calculate):
            return self.state.texts[cell.index] != ""
        return isinstance(node, ASKED) and cell.path not in not_presented

    def modules(self) -> tuple[Module, ...]:
        """Return the modules that have a stop, in the order of presentation, practice first."""
        every = modules_in_order(self.route, self.state.seed)
        return tuple(module for module in every if module_stops(self.route, self.state, module))

    def stops(self, module: ModuleName) -> tuple[Stop, ...]:
        """Return the relevant stops of a module, in order."""
        return module_stops(self.route, self.state, self._module(module))

    def value(self, path: Path) -> str:
        """Return the effective text: blank where skipped, not relevant, or no longer offered."""
        return self.state.texts[self._index(path)]

    def relevant(self, path: Path) -> bool:
        """Return whether a node counts at all just now."""
        return self.state.relevant[self._index(path)]

    def question(self, path: Path) -> Question | Note | Repeat:
        """Return the node at a stop; a repeat at its series."""
        node = self._node(self._index(path))
        if not isinstance(node, Note | Repeat | ASKED):
            raise RuntimeError(f"{path} is no stop")  # noqa: TRY004 - our own mistakes are RuntimeErrors
        return node

    def readonly(self, path: Path) -> bool:
        """Return whether people cannot change it: it is calculated, or it or a group around it says so."""
        index = self._index(path)
        if getattr(self._node(index), "calculate", None) is not None:
            return True
        while index > 0:
            rule = self.route.rules[self.state.layout.cells[index].node].readonly
            if rule is not None and truth(rule, self._scope(index), otherwise=False):
                return True
            index = self.state.layout.cells[index].parent
        return False

    def offered(self, path: Path) -> tuple[Choice, ...]:
        """Return the choices to show: filtered, in random order if asked for, those that stand alone last."""
        index, node = self._asked(path)
        choices = self.state.offered.get(index, ())
        if not isinstance(node, SelectOne | SelectMultiple | Rank) or not node.randomize:
            return choices
        cell = self.state.layout.cells[index]
        rule = self.route.rules[cell.node].seed
        # Without a seed of its own, each question has another order, so that no place on the screen is favoured.
        seed: float = self.state.seed + cell.node
        if rule is not None:
            seed = values.text_to_number(text_from(rule, self._scope(index)))
        mixed = in_random_order([choice for choice in choices if not choice.alone], seed)
        return mixed + tuple(choice for choice in choices if choice.alone)

    def words(self, key: WordsKey, path: Path | None = None) -> Worded:
        """Return words in the active language or its fallback, with their expressions filled in.

        `path` is where they are shown, so that inside a repeat they speak of the same instance.
        """
        found, shown = worded(self.questionnaire, key, self.language)
        compiled = self.route.words.get((shown.tag, key))
        if compiled is None:
            return Worded("".join(part for part in found if isinstance(part, str)), shown.tag, shown.direction)
        scope = self._scope(0 if path is None else self._index(path))
        pieces = tuple(self._piece(*both, scope) for both in zip(compiled, found, strict=True))
        return Worded("".join(piece.text for piece in pieces), shown.tag, shown.direction, pieces)

    def _piece(self, part: str | Compiled, asked: str | Expr, scope: values.Scope) -> Piece:
        if isinstance(part, str) or isinstance(asked, str):
            return Piece(str(part), "author")
        return Piece(text_from(part, scope), "typed" if shows_typed(self.questionnaire, asked) else "answer")

    def _index(self, path: Path) -> int:
        return self.state.layout.numbers[path]

    def _node(self, index: int) -> Node:
        return self.questionnaire.nodes[self.state.layout.cells[index].node]

    def _asked(self, path: Path) -> tuple[int, Question]:
        index = self._index(path)
        node = self._node(index)
        if not isinstance(node, ASKED):
            raise RuntimeError(f"{path} asks nothing")  # noqa: TRY004 - our own mistakes are RuntimeErrors
        return index, node

    def _module(self, name: ModuleName) -> Module:
        return next(module for module in self.questionnaire.modules if module.name == name)

    def _scope(self, index: int) -> values.Scope:
        return scope_of(self.route, self.state, index)

    def _required(self, index: int) -> bool:
        rule = self.route.rules[self.state.layout.cells[index].node].required
        return truth(rule, self._scope(index), otherwise=False)

    def _satisfies(self, index: int, text: str) -> bool:
        rule = self.route.rules[self.state.layout.cells[index].node].constraint
        return rule is None or truth(rule, trying(self.route, self.state, index, text), otherwise=True)

    def _message(self, key: WordsKey | None, path: Path) -> str | None:
        return None if key is None else self.words(key, path).text


def begin(route: Route, language_tag: LanguageTag, day: date, seed: int) -> AnswerSheet:
    """Return an empty sheet: defaults, calculations, start actions and the drawn blocks of this seed.

    `seed` decides draws, random order and `random()`; it is never stored in a record.
    """
    shown = language(route.questionnaire, language_tag).tag
    return AnswerSheet(route, shown, started(route, day, seed, shown))
