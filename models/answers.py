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
from models.filling import answered, started, text_from, truth, trying
from models.fitting import accepted
from models.questionnaire import (
    Calculate,
    Choice,
    LanguageTag,
    Module,
    ModuleName,
    NodeNumber,
    Note,
    Path,
    Question,
    Questionnaire,
    SelectMultiple,
    SelectOne,
    Worded,
    WordsKey,
    language,
    worded,
)
from models.routing import ASKED, Fault, Route, State, Stop, module_stops, modules_in_order

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
        return self.state.faults

    def accept(self, question: Path, value: str | tuple[str, ...] | None) -> AnswerSheet:
        """Return the sheet with this answer and its wake; None or "" takes the answer away.

        A select_multiple takes all values that shall be ticked, as a tuple. Raises AnswerError; the old sheet stands.
        """
        number, node = self._asked(question)
        if self.readonly(question):
            raise RuntimeError(f"{question} cannot be changed by a person")
        text = accepted(node, question, self.state.offered.get(number, ()), value, self.state.texts[number])
        if text and not self._satisfies(number, text):
            raise AnswerError("constraint", question, self._message(node.constraint_words))
        return replace(self, state=answered(self.route, self.state, number, text))

    def in_language(self, tag: LanguageTag) -> AnswerSheet:
        """Return the sheet with its words in another language; every answer stays."""
        return replace(self, language=language(self.questionnaire, tag).tag)

    def going_on(self, question: Path) -> None:
        """Raise AnswerError("required") if this question must not be left blank and is."""
        number = self.route.numbers[question]
        node = self.questionnaire.nodes[number]
        if isinstance(node, ASKED) and not self.state.texts[number] and self._required(number):
            raise AnswerError("required", question, self._message(node.required_words))

    def problems(self, module: ModuleName | None = None) -> tuple[Problem, ...]:
        """Return broken constraints and required blanks in form order, of one module or of all but practice."""
        found: list[Problem] = []
        for number, node in enumerate(self.questionnaire.nodes):
            inside = self.route.modules[number]
            wanted = inside is not None and (inside.name == module if module is not None else not inside.practice)
            if not wanted or not isinstance(node, ASKED) or not self.state.relevant[number]:
                continue
            text, path = self.state.texts[number], self.route.paths[number]
            if not text and self._required(NodeNumber(number)):
                found.append(Problem(path, "required", self._message(node.required_words)))
            elif text and not self._satisfies(NodeNumber(number), text):
                found.append(Problem(path, "constraint", self._message(node.constraint_words)))
        return tuple(found)

    def finish(self, module: ModuleName, not_presented: frozenset[Path] = frozenset()) -> FinishedAnswers:
        """Return what the record of this module holds: relevant questions, blank where skipped, and calculations.

        `not_presented`: questions that the kiosk did not show though relevant (a text box that the place does not
        allow). Raises RuntimeError for practice, which is never stored.
        """
        one = self._module(module)
        if one.practice:
            raise RuntimeError("practice is never stored")
        answers: dict[Path, str] = {}
        for number in range(one.first, one.last + 1):
            node, path, text = self.questionnaire.nodes[number], self.route.paths[number], self.state.texts[number]
            asked = isinstance(node, ASKED) and path not in not_presented
            if self.state.relevant[number] and (asked or (isinstance(node, Calculate) and text)):
                answers[path] = text
        shown = {stop.node for stop in module_stops(self.route, self.state, one) if stop.path not in not_presented}
        blocks = tuple(
            block.name
            for block in self.questionnaire.blocks
            if any(number in shown for number in range(block.first, block.last + 1))
            and one.first <= block.first <= one.last
        )
        return FinishedAnswers(module, self.language, blocks, answers)

    def modules(self) -> tuple[Module, ...]:
        """Return the modules that have a stop, in the order of presentation, practice first."""
        every = modules_in_order(self.route, self.state.seed)
        return tuple(module for module in every if module_stops(self.route, self.state, module))

    def stops(self, module: ModuleName) -> tuple[Stop, ...]:
        """Return the relevant stops of a module, in order."""
        return module_stops(self.route, self.state, self._module(module))

    def value(self, path: Path) -> str:
        """Return the effective text: blank where skipped, not relevant, or no longer offered."""
        return self.state.texts[self.route.numbers[path]]

    def question(self, path: Path) -> Question | Note:
        """Return the node at a stop."""
        node = self.questionnaire.nodes[self.route.numbers[path]]
        if not isinstance(node, Note | ASKED):
            raise RuntimeError(f"{path} is no stop")  # noqa: TRY004 - our own mistakes are RuntimeErrors
        return node

    def readonly(self, path: Path) -> bool:
        """Return whether people cannot change it: said of the question itself or of a group around it."""
        number: int = self.route.numbers[path]
        while number:
            rule = self.route.rules[number].readonly
            if rule is not None and truth(rule, self._scope(NodeNumber(number)), otherwise=False):
                return True
            number = getattr(self.questionnaire.nodes[number], "parent", 0)
        return False

    def offered(self, path: Path) -> tuple[Choice, ...]:
        """Return the choices to show: filtered, in random order if asked for, those that stand alone last."""
        number, node = self._asked(path)
        choices = self.state.offered.get(number, ())
        if not isinstance(node, SelectOne | SelectMultiple) or not node.randomize:
            return choices
        rule = self.route.rules[number].seed
        # Without a seed of its own, each question has another order, so that no place on the screen is favoured.
        seed: float = self.state.seed + number
        if rule is not None:
            seed = values.text_to_number(text_from(rule, self._scope(number)))
        mixed = in_random_order([choice for choice in choices if not choice.alone], seed)
        return mixed + tuple(choice for choice in choices if choice.alone)

    def words(self, key: WordsKey) -> Worded:
        """Return words in the active language or its fallback, with their expressions filled in."""
        found, shown = worded(self.questionnaire, key, self.language)
        compiled = self.route.words.get((shown.tag, key))
        if compiled is None:
            text = "".join(part for part in found if isinstance(part, str))
        else:
            scope = self.state.scope
            text = "".join(part if isinstance(part, str) else text_from(part, scope) for part in compiled)
        return Worded(text, shown.tag, shown.direction)

    def _asked(self, path: Path) -> tuple[NodeNumber, Question]:
        number = self.route.numbers[path]
        node = self.questionnaire.nodes[number]
        if not isinstance(node, ASKED):
            raise RuntimeError(f"{path} asks nothing")  # noqa: TRY004 - our own mistakes are RuntimeErrors
        return number, node

    def _module(self, name: ModuleName) -> Module:
        return next(module for module in self.questionnaire.modules if module.name == name)

    def _scope(self, number: NodeNumber) -> values.Scope:
        return replace(self.state.scope, node=self.state.scope.at(number))

    def _required(self, number: NodeNumber) -> bool:
        return truth(self.route.rules[number].required, self._scope(number), otherwise=False)

    def _satisfies(self, number: NodeNumber, text: str) -> bool:
        return truth(self.route.rules[number].constraint, trying(self.state, number, text), otherwise=True)

    def _message(self, key: WordsKey | None) -> str | None:
        return None if key is None else self.words(key).text


def begin(route: Route, language_tag: LanguageTag, day: date, seed: int) -> AnswerSheet:
    """Return an empty sheet: defaults, calculations, start actions and the drawn blocks of this seed.

    `seed` decides draws, random order and `random()`; it is never stored in a record.
    """
    return AnswerSheet(route, language(route.questionnaire, language_tag).tag, started(route, day, seed))
