"""What is relevant, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from models.questionnaire import ModuleName, NodeNumber, Path, Questionnaire


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where a person is asked or told something."""

    node: NodeNumber
    path: Path
    module: ModuleName


@dataclass(frozen=True, slots=True)
class ModuleEnd:
    """No stop of this module is left."""

    module: ModuleName


@dataclass(frozen=True, slots=True)
class Route:
    """A questionnaire opened: its expressions compiled, its graph laid out, once per questionnaire."""

    questionnaire: Questionnaire


@dataclass(frozen=True, slots=True)
class State:
    """What is stored, relevant, effective and offered at one moment of filling."""


def open_route(questionnaire: Questionnaire) -> Route:
    """Return the questionnaire ready to be filled. Raises UnreadableQuestionnaireError on a cycle."""
    raise NotImplementedError


def stops(route: Route, state: State) -> tuple[Stop, ...]:
    """Return every relevant stop, module by module in the order of presentation."""
    raise NotImplementedError


def after(route: Route, state: State, stop: Stop | None) -> Stop | ModuleEnd | None:
    """Return what follows `stop`: a stop of its module, or that module's end. None asks for the very first stop."""
    raise NotImplementedError


def before(route: Route, state: State, stop: Stop) -> Stop | None:
    """Return the stop before, inside the same module; None at its first."""
    raise NotImplementedError
