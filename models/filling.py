"""A sheet's states, one after another: begun, answered, with one more instance, in another language.

Rule 1: every function takes a state and gives another; the old one stays as it was.
Rule 2: actions of new instances and of changed texts follow the wake of what set them off, in form order, and may set
        off others, sixteen deep.
Source: questionnaires.md section 9.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from models.errors import ExpressionError
from models.expressions import values
from models.expressions.evaluate import Compiled
from models.layout import NOWHERE, Cell, Layout, first_instances, lay_out
from models.questionnaire import Action, LanguageTag
from models.routing import Route, State
from models.wake import Known, Wake, computed, default_of, fitted_to, found, known, scope_of, stored_of

ACTION_DEPTH: Final = 16


def started(route: Route, day: date, seed: int, language: LanguageTag) -> State:
    """Return the state of an empty sheet: defaults, calculations, then start actions in form order."""
    instances, brought, _ = first_instances(route.plan)
    layout = lay_out(route.plan, instances)
    stored = {
        known(cell): default_of(route, cell) if (text := brought.get((cell.node, cell.keys))) is None else text
        for cell in layout.cells
        if not cell.series
    }
    state = computed(route, stored, instances, day, seed, language)
    for action, compiled in route.actions:
        if action.on != "start":
            continue
        for one in [known(state.layout.cells[index]) for index in state.layout.of_node[action.target]]:
            index = found(state.layout, one)
            if index != NOWHERE and state.relevant[index]:
                state = _settled(route, state, [(index, _result(route, state, index, compiled))])
    return state


def answered(route: Route, state: State, index: int, text: str) -> State:
    """Return the state with this text stored, after its wake and the change actions that it sets off."""
    return _settled(route, state, [(index, text)])


def added(route: Route, state: State, series: int) -> State:
    """Return the state with one more instance at the end of a series; unchanged at the bound."""
    cell = state.layout.cells[series]
    wake = Wake(route, state)
    wake.add(cell.node, cell.keys)
    return _acted(route, state, wake.state(), wake.fresh)


def removed(route: Route, state: State, instance: int) -> State:
    """Return the state without one instance of a repeat."""
    cell = state.layout.cells[instance]
    wake = Wake(route, state)
    wake.remove(cell.node, cell.keys[:-1], cell.keys[-1])
    return _acted(route, state, wake.state(), wake.fresh)


def spoken(route: Route, state: State, language: LanguageTag) -> State:
    """Return the state in another language; what looks at words is worked out again."""
    if language == state.language:
        return state
    if not route.speaks:
        return replace(state, language=language)
    return computed(route, stored_of(state), state.instances, state.day, state.seed, language)


def _result(route: Route, state: State, index: int, compiled: Compiled) -> str:
    text = text_from(compiled, scope_of(route, state, index))
    return fitted_to(route, state.layout.cells[index], text)


def _settled(route: Route, before: State, writes: Iterable[tuple[int, str]]) -> State:
    """Return the state after these writes, their wake, and all actions that they set off."""
    wake = Wake(route, before)
    wake.write(writes)
    return _acted(route, before, wake.state(), wake.fresh)


def _acted(route: Route, before: State, state: State, fresh: list[Known]) -> State:
    """Return the state after the actions of new instances and of changed texts, and those that they set off in turn."""
    for _ in range(ACTION_DEPTH):
        due = [*_of_new(route, state, fresh), *_of_changes(route, before, state)]
        if not due:
            break
        before, fresh = state, []
        for one, compiled in due:
            index = found(state.layout, one)
            if index != NOWHERE:
                wake = Wake(route, state)
                wake.write([(index, _result(route, state, index, compiled))])
                state = wake.state()
                fresh += wake.fresh
    return state


def _of_new(route: Route, state: State, fresh: list[Known]) -> list[tuple[Known, Compiled]]:
    """Return the actions of new instances: each target that stands right in one of them."""
    around = state.layout.around
    return [
        ((action.target, keys, False), compiled)
        for node, keys, _ in fresh
        for action, compiled in route.actions
        if action.on == "instance" and around[action.target] and around[action.target][-1] == node
    ]


def _of_changes(route: Route, before: State, state: State) -> list[tuple[Known, Compiled]]:
    """Return the actions of questions whose text changed, in form order."""
    watched = [(action, compiled) for action, compiled in route.actions if action.on == "change"]
    due: list[tuple[Known, Compiled]] = []
    for action, compiled in sorted(watched, key=lambda one: one[0].of or 0):
        for index in state.layout.of_node[action.of or 0]:
            cell = state.layout.cells[index]
            old = found(before.layout, known(cell))
            if (before.texts[old] if old != NOWHERE else "") != state.texts[index]:
                due.extend((one, compiled) for one in _targets(state.layout, cell, action))
    return due


def _targets(layout: Layout, cell: Cell, action: Action) -> list[Known]:
    index = layout.near(cell.keys, action.target)
    return [] if index == NOWHERE else [known(layout.cells[index])]


def truth(compiled: Compiled | None, scope: values.Scope, *, otherwise: bool) -> bool:
    """Return what a rule says; `otherwise` where there is none, or where it fails."""
    if compiled is None:
        return otherwise
    try:
        return values.to_boolean(compiled(scope))
    except ExpressionError:
        return otherwise


def text_from(compiled: Compiled, scope: values.Scope) -> str:
    """Return what an expression gives as text; blank where it fails."""
    try:
        return values.to_text(compiled(scope))
    except ExpressionError:
        return ""
