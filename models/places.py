"""A sheet as expressions see it at one moment: a tree of places over a layout and its effective texts.

Rule 1: a place is made when an expression first looks at it; asking twice gives the same object.
Rule 2: a repeat's series is not seen, only its instances.
Source: questionnaires.md section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.expressions import values
from models.layout import NOWHERE, Keys, Layout, Plan
from models.questionnaire import Node, NodeNumber


class Tree:
    """A sheet as expressions see it at one moment: the layout and the effective texts."""

    __slots__ = ("_places", "_plan", "layout", "texts", "top")

    def __init__(self, plan: Plan, layout: Layout, texts: Sequence[str]) -> None:
        self._plan = plan
        self.layout = layout
        self.texts = texts
        self._places: dict[int, Place] = {}
        self.top = Place(self, NOWHERE)

    def place(self, index: int) -> Place:
        """Return the place of a cell, the same object each time; the top for NOWHERE."""
        if index < 0:
            return self.top
        found = self._places.get(index)
        if found is None:
            found = self._places[index] = Place(self, index)
        return found

    def node(self, index: int) -> Node:
        """Return what stands in the questionnaire for this cell."""
        return self._plan.questionnaire.nodes[self.layout.cells[index].node]

    def finder(self, keys: Keys) -> Callable[[int], values.Node | tuple[values.Node, ...]]:
        """Return what finds the node of a plain reference from inside the instances `keys`.

        One place, or all there are in those instances where the node stands in a repeat further in.
        """
        layout = self.layout

        def at(number: int) -> values.Node | tuple[values.Node, ...]:
            exact = layout.at.get((NodeNumber(number), keys[: len(layout.around[number])]))
            if exact is not None:
                return self.place(exact)
            return tuple(self.place(index) for index in layout.within(keys, NodeNumber(number)))

        return at


class Place:
    """One cell as expressions see it. The top stands above the root, as XPath wants it."""

    __slots__ = ("index", "tree")

    def __init__(self, tree: Tree, index: int) -> None:
        self.tree = tree
        self.index = index

    @property
    def name(self) -> str:
        """The node's name; blank at the top."""
        return "" if self.index < 0 else self.tree.node(self.index).name

    @property
    def parent(self) -> Place | None:
        """The place around it."""
        return None if self.index < 0 else self.tree.place(self.tree.layout.cells[self.index].parent)

    @property
    def children(self) -> Sequence[Place]:
        """The places inside it, in form order."""
        if self.index < 0:
            return (self.tree.place(0),)
        return [self.tree.place(index) for index in self.tree.layout.cells[self.index].inside]

    @property
    def attributes(self) -> Sequence[Place]:
        """None: answers have no attributes."""
        return ()

    @property
    def order(self) -> int:
        """Its place in form order."""
        return self.index

    def text(self) -> str:
        """The effective text, or that of all inside."""
        inside = self.tree.layout.cells[self.index].inside if self.index >= 0 else (0,)
        if not inside:
            return self.tree.texts[self.index]
        return "".join([self.tree.place(one).text() for one in inside])


class Trial:
    """A node as it would be with another text: what a constraint looks at."""

    __slots__ = ("_place", "_text")

    def __init__(self, place: values.Node, text: str) -> None:
        self._place = place
        self._text = text

    @property
    def name(self) -> str:
        """As the node's."""
        return self._place.name

    @property
    def parent(self) -> values.Node | None:
        """As the node's."""
        return self._place.parent

    @property
    def children(self) -> Sequence[values.Node]:
        """As the node's."""
        return self._place.children

    @property
    def attributes(self) -> Sequence[values.Node]:
        """As the node's."""
        return self._place.attributes

    @property
    def order(self) -> int:
        """As the node's."""
        return self._place.order

    def text(self) -> str:
        """The text on trial."""
        return self._text
