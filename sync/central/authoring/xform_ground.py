"""The nodes and lists of a form as ground to walk on: where a step leads, and how one node is reached from another.

Rule 1: nothing is known of answers; a place is a node, or a kind of place inside a list.
Rule 2: what walking costs is counted, and bounded for the whole form.
Rule 3: what expressions look for is noted, since lists keep only those columns.
Source: questionnaires.md sections 6 and 8.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from models.errors import ExpressionError
from models.expressions.syntax import Current, Expr, Path, Ref, Step, Top
from sync.central.authoring.form import meant
from sync.central.authoring.unresolved import UnresolvedError
from sync.central.authoring.xform_tree import Grown

ABOVE: Final = -1  # the top of the tree, around the root
ITEM: Final = 2
COLUMN: Final = 3
Item = tuple[str, int]  # a place in a list: its name, and 0 for its top, 1 root, 2 item, 3 column
Where = frozenset[int | Item] | None  # None: cannot be told before running
Chain = tuple[int, ...]
WALK_LIMIT: Final = 500_000  # nodes looked at by all paths of a form
_LIST_NAMES: Final = {0: "root", 1: "item"}
_NEAR: Final = frozenset({"child", "parent", "self"})


@dataclass(slots=True)
class Looks:
    """What all expressions together look for by name, and what looking has cost so far."""

    columns: set[str] = field(default_factory=set)  # of lists
    lists: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)  # ids of itext; "" stands for any
    parsed: dict[str, Expr] = field(default_factory=dict)  # by what stands in the XForm
    characters: int = 0  # of what was parsed
    walked: int = 0  # nodes looked at on the way


@dataclass(frozen=True, slots=True)
class Ground:
    """One form. `lists`: the columns of each list that can be looked into."""

    grown: Grown
    lists: Mapping[str, Collection[str] | None]  # None: an instance that is no list
    profile: bool
    named: Callable[[str], int] | None = None  # which node `${name}` means; an XForm has no such names
    looks: Looks = field(default_factory=Looks)

    def reach(self, number: int, at: int) -> Expr:
        """Return how node `number` is reached from node `at`, as an absolute path would."""
        return self.to(number, at) or Ref(number)

    def to(self, number: int, at: int, every: Collection[int] = ()) -> Expr | None:
        """Return the way to a node from `at`; None where it is at hand. Of repeats in `every`, all instances count."""
        chain = self.chain(number)
        shared = self.shared(chain, at, every)
        below = chain[shared + 1 :]
        crossing = any(self.grown.spots[one].repeat for one in below)
        if not crossing and not self.grown.spots[number].children:
            return None
        steps = tuple(Step("child", self.grown.spots[one].name) for one in below)
        return self.from_shared(chain, shared, at, steps)

    def chain(self, number: int) -> Chain:
        """Return the nodes from the root down to this one."""
        return tuple(reversed(self.grown.ancestors(number)))

    def shared(self, chain: Chain, at: int, every: Collection[int] = ()) -> int:
        """Return the place in the chain of the innermost repeat that is also around `at`; -1 where there is none.

        The end of the chain is never one: a path that ends at a repeat means all its instances.
        """
        around = frozenset(self.grown.ancestors(at))
        common = list(takewhile(lambda one: one in around and one not in every, chain[:-1]))
        return max((place for place, one in enumerate(common) if self.grown.spots[one].repeat), default=-1)

    def from_shared(self, chain: Chain, shared: int, at: int, steps: tuple[Step, ...]) -> Expr:
        """Return a path that begins at the current instance of a repeat around `at`, or at the top."""
        if shared < 0:
            return Path(Top(), steps)
        up = self.grown.ancestors(at).index(chain[shared])
        whole = (*(Step("parent", "node()") for _ in range(up)), *steps)
        return Path(Current(), whole) if whole else Current()

    def step(self, where: Where, step: Step, name: str) -> Where:
        """Return where a step leads, or refuse one that leads nowhere."""
        if step.axis == "attribute":
            raise UnresolvedError("not-a-list", "attribute", name=name)
        if where is None:
            return None
        reached = frozenset(one for place in where for one in self.walked(place, step.axis, name))
        far = 1 if step.axis in {"child", "parent", "self"} else len(self.grown.spots)
        self.looks.walked += len(where) * far
        if self.looks.walked > WALK_LIMIT:
            raise ExpressionError(0, "too-costly", "The paths of this form look at too many nodes.")
        if not reached and where:
            lenient = not self.profile and all(isinstance(one, tuple) for one in where)
            if not lenient:
                raise UnresolvedError("unknown-name", "path", name=name, meant=meant(name, self.names()))
        return reached

    def names(self) -> list[str]:
        """Return the names of all nodes, for a hint."""
        return [spot.name for spot in self.grown.spots]

    def walked(self, place: int | Item, axis: str, name: str) -> Iterator[int | Item]:
        """Yield the places that one step leads to from one place."""
        for one in self.listed(place, axis) if isinstance(place, tuple) else self.noded(place, axis):
            if isinstance(one, tuple):
                yield from self.column(one, name)
            elif name in {"*", "node()"} or (one >= 0 and self.grown.spots[one].name == name):
                yield one

    def column(self, place: Item, name: str) -> Iterator[Item]:
        """Yield a place in a list if its name fits; note the columns that are looked for."""
        of, level = place
        columns = self.lists[of] or ()
        if level == COLUMN:
            self.looks.columns.update(columns if name in {"*", "node()"} else (name,))
            if name in {"*", "node()"} or name in columns:
                yield place
        elif level == 0 or name in {"*", "node()", _LIST_NAMES[level - 1]}:
            yield place

    def listed(self, place: Item, axis: str) -> Iterator[Item]:
        """Yield where an axis leads inside a list."""
        of, level = place
        if axis in {"self", "following-sibling", "preceding-sibling"} or axis.endswith("or-self"):
            yield place
        if axis == "child" and level < COLUMN:
            yield of, level + 1
        elif axis == "parent" and level > 0:
            yield of, level - 1
        elif axis.startswith("descendant"):
            yield from ((of, deeper) for deeper in range(level + 1, COLUMN + 1))
        elif axis.startswith("ancestor"):
            yield from ((of, higher) for higher in range(level))

    def noded(self, place: int, axis: str) -> Iterator[int]:
        """Yield where an axis leads among the nodes of the form."""
        spots = self.grown.spots
        inside = ([0] if place == ABOVE else spots[place].children) if spots else []
        above = [] if place == ABOVE else [*self.grown.ancestors(place)[1:], ABOVE]
        if axis == "self" or axis.endswith("or-self"):
            yield place
        if axis == "child":
            yield from inside
        elif axis == "parent":
            yield from above[:1]
        elif axis.startswith("ancestor"):
            yield from above
        elif axis.startswith("descendant"):
            last = len(spots) - 1 if place == ABOVE else self.grown.last_inside(place)
            yield from range(max(place, ABOVE) + 1, last + 1)
        elif axis.endswith("-sibling") and above:
            yield from [0] if above[0] == ABOVE else spots[above[0]].children
        elif axis in {"following", "preceding"}:
            yield from range(len(spots))
