"""The sheet being filled: a frozen value; accepting gives a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from models.questionnaire import (
    Choice,
    LanguageTag,
    Module,
    ModuleName,
    Note,
    Path,
    Question,
    Questionnaire,
    Worded,
    WordsKey,
)
from models.routing import Route, Stop

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
    answers: Mapping[Path, str]


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """One person's answers while filling; lives in memory only."""

    route: Route
    language: LanguageTag

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire being answered."""
        return self.route.questionnaire

    def accept(self, question: Path, value: str | tuple[str, ...] | None) -> AnswerSheet:
        """Return the sheet with this answer and its wake; None or "" takes the answer away.

        A select_multiple takes all values that shall be ticked, as a tuple. Raises AnswerError; the old sheet stands.
        """
        raise NotImplementedError

    def in_language(self, tag: LanguageTag) -> AnswerSheet:
        """Return the sheet with its words in another language; every answer stays."""
        raise NotImplementedError

    def going_on(self, question: Path) -> None:
        """Raise AnswerError("required") if this question must not be left blank and is."""
        raise NotImplementedError

    def problems(self, module: ModuleName | None = None) -> tuple[Problem, ...]:
        """Return broken constraints and required blanks in form order, of one module or of all but practice."""
        raise NotImplementedError

    def finish(self, module: ModuleName) -> FinishedAnswers:
        """Return what the record of this module holds. Raises RuntimeError for practice, which is never stored."""
        raise NotImplementedError

    def modules(self) -> tuple[Module, ...]:
        """Return the modules that have a stop, in the order of presentation, practice first."""
        raise NotImplementedError

    def stops(self, module: ModuleName) -> tuple[Stop, ...]:
        """Return the relevant stops of a module, in order."""
        raise NotImplementedError

    def value(self, path: Path) -> str:
        """Return the effective text: blank where skipped, not relevant, or no longer offered."""
        raise NotImplementedError

    def question(self, path: Path) -> Question | Note:
        """Return the node at a stop."""
        raise NotImplementedError

    def offered(self, path: Path) -> tuple[Choice, ...]:
        """Return the choices to show: filtered, in random order if asked for, those that stand alone last."""
        raise NotImplementedError

    def words(self, key: WordsKey) -> Worded:
        """Return words in the active language or its fallback, with their expressions filled in."""
        raise NotImplementedError


def begin(route: Route, language: LanguageTag, day: date, seed: int) -> AnswerSheet:
    """Return an empty sheet: defaults, calculations, start actions and the drawn blocks of this seed."""
    raise NotImplementedError
