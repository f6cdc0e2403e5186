"""Which cells a sheet has: every node once, and those inside a repeat once an instance.

Rule 1: a cell is known by its node and the serial numbers of the instances around it; a serial is never used again.
Rule 2: cells stand in form order; a repeat's series, the place where people add one more, stands behind its instances.
Rule 3: paths count instances from 1: `m1/house[2]/number`; the series is `m1/house`.
Rule 4: a layout never changes; adding or taking away an instance makes another.
Source: questionnaires.md section 9, point 9.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models.questionnaire import Instance, NodeNumber, Path, Questionnaire, Repeat, Root

Keys = tuple[int, ...]  # serial numbers of the instances around a cell, outermost first
Instances = Mapping[tuple[NodeNumber, Keys], tuple[int, ...]]  # a repeat, and the instances around it -> its serials
NOWHERE: Final = -1


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a sheet. `parent` is the index of the cell around it; `inside` those right inside it."""

    index: int
    node: NodeNumber
    keys: Keys
    path: Path
    parent: int
    inside: tuple[int, ...]
    series: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Layout:
    """All cells of a sheet, and the ways to find one."""

    cells: tuple[Cell, ...]
    numbers: Mapping[Path, int]
    of_node: tuple[tuple[int, ...], ...]  # by node number; series apart
    at: Mapping[tuple[NodeNumber, Keys], int]  # series apart
    series_of: Mapping[tuple[NodeNumber, Keys], int]
    around: tuple[tuple[NodeNumber, ...], ...]  # by node number: the repeats around it, itself included

    def near(self, keys: Keys, node: NodeNumber) -> int:
        """Return the cell of `node` in the same instances as `keys`; where there are several inside, the first.

        NOWHERE where the repeat around it has no instance.
        """
        exact = self.at.get((node, keys[: len(self.around[node])]))
        return next(iter(self.within(keys, node)), NOWHERE) if exact is None else exact

    def within(self, keys: Keys, node: NodeNumber) -> tuple[int, ...]:
        """Return the cells of `node` in the same instances as `keys`, as far as those are around it."""
        shared = len(self.around[node])
        prefix, cells = keys[:shared], self.cells
        return tuple(one for one in self.of_node[node] if cells[one].keys[: len(prefix)] == prefix)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Plan:
    """What of a questionnaire every layout needs, worked out once."""

    questionnaire: Questionnaire
    children: tuple[tuple[NodeNumber, ...], ...]
    around: tuple[tuple[NodeNumber, ...], ...]


def plan_of(questionnaire: Questionnaire) -> Plan:
    """Return the plan of a questionnaire."""
    nodes = questionnaire.nodes
    children: list[list[NodeNumber]] = [[] for _ in nodes]
    around: list[tuple[NodeNumber, ...]] = []
    for place, node in enumerate(nodes):
        number = NodeNumber(place)
        above: tuple[NodeNumber, ...] = ()
        if not isinstance(node, Root):
            children[node.parent].append(number)
            above = around[node.parent]
        around.append((*above, number) if isinstance(node, Repeat) else above)
    return Plan(questionnaire, tuple(tuple(held) for held in children), tuple(around))


def first_instances(plan: Plan) -> tuple[Instances, Mapping[tuple[NodeNumber, Keys], str], int]:
    """Return the instances at the start, the texts they bring by node and keys, and the next unused serial."""
    filling = _Filling(plan)
    filling.inside(NodeNumber(0), (), None)
    return filling.instances, filling.texts, filling.serial


def with_new(
    plan: Plan, instances: Instances, repeat: NodeNumber, keys: Keys, serial: int, brought: Instance
) -> tuple[Instances, Mapping[tuple[NodeNumber, Keys], str], int]:
    """Return the instances with one more at the end of a series, the texts it brings, and the next unused serial."""
    filling = _Filling(plan, dict(instances), serial + 1)
    filling.instances[repeat, keys] = (*instances.get((repeat, keys), ()), serial)
    inner = (*keys, serial)
    filling.texts |= {(number, inner): text for number, text in brought.texts.items()}
    filling.inside(repeat, inner, brought)
    return filling.instances, filling.texts, filling.serial


def without(instances: Instances, repeat: NodeNumber, keys: Keys, serial: int) -> Instances:
    """Return the instances without one, and without all that was inside it."""
    gone = (*keys, serial)
    kept = {held: serials for held, serials in instances.items() if held[1][: len(gone)] != gone}
    kept[repeat, keys] = tuple(one for one in instances[repeat, keys] if one != serial)
    return kept


class _Filling:
    """Gathers the instances that a form, or one new instance, brings along."""

    def __init__(
        self, plan: Plan, instances: dict[tuple[NodeNumber, Keys], tuple[int, ...]] | None = None, serial: int = 1
    ) -> None:
        self.plan = plan
        self.instances: dict[tuple[NodeNumber, Keys], tuple[int, ...]] = {} if instances is None else instances
        self.texts: dict[tuple[NodeNumber, Keys], str] = {}
        self.serial = serial

    def inside(self, group: NodeNumber, keys: Keys, brought: Instance | None) -> None:
        """Fill the repeats inside one group or instance, at any depth."""
        for number in self.plan.children[group]:
            node = self.plan.questionnaire.nodes[number]
            if isinstance(node, Repeat):
                first = (Instance(),) if node.first is None else node.first
                if brought is not None and number in brought.inside:
                    first = brought.inside[number]
                self.series(number, keys, first)
            else:
                self.inside(number, keys, brought)

    def series(self, repeat: NodeNumber, keys: Keys, first: Sequence[Instance]) -> None:
        """Give a series its first instances."""
        serials = tuple(range(self.serial, self.serial + len(first)))
        self.serial += len(first)
        self.instances[repeat, keys] = serials
        for serial, one in zip(serials, first, strict=True):
            inner = (*keys, serial)
            self.texts |= {(number, inner): text for number, text in one.texts.items()}
            self.inside(repeat, inner, one)


def lay_out(plan: Plan, instances: Instances) -> Layout:
    """Return the cells that a sheet with these instances has."""
    laying = _Laying(plan, instances)
    laying.lay(NodeNumber(0), (), Path(""), NOWHERE)
    cells = tuple(one for one in laying.cells if one is not None)
    of_node: list[list[int]] = [[] for _ in plan.questionnaire.nodes]
    for cell in cells:
        if not cell.series:
            of_node[cell.node].append(cell.index)
    return Layout(
        cells=cells,
        numbers={cell.path: cell.index for cell in cells},
        of_node=tuple(tuple(held) for held in of_node),
        at={(cell.node, cell.keys): cell.index for cell in cells if not cell.series},
        series_of={(cell.node, cell.keys): cell.index for cell in cells if cell.series},
        around=plan.around,
    )


class _Laying:
    """Walks a plan in form order and gives every cell its index."""

    def __init__(self, plan: Plan, instances: Instances) -> None:
        self.plan = plan
        self.instances = instances
        self.cells: list[Cell | None] = []

    def lay(self, node: NodeNumber, keys: Keys, path: Path, parent: int) -> int:
        """Lay one cell and all inside it; return its index."""
        index = len(self.cells)
        self.cells.append(None)
        inside: list[int] = []
        for number in self.plan.children[node]:
            held = self.plan.questionnaire.nodes[number]
            below = Path(f"{path}/{held.name}" if path else held.name)
            if isinstance(held, Repeat):
                for place, serial in enumerate(self.instances.get((number, keys), ()), start=1):
                    inner = Path(f"{below}[{place}]")
                    inside.append(self.lay(number, (*keys, serial), inner, index))
                series = len(self.cells)
                self.cells.append(Cell(series, number, keys, below, index, (), series=True))
            else:
                inside.append(self.lay(number, keys, below, index))
        self.cells[index] = Cell(index, node, keys, path, parent, tuple(inside))
        return index
