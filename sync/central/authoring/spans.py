"""Which nodes make a module and which a block, and how long a module takes.

Rule 1: a group at the top is a module; a form whose top is not all groups is one module, with the form's own title.
Rule 2: every other group is a block; no two blocks share a name.
Rule 3: time is an estimate: reading by words, answering by kind. Where there are cells, theirs is taken.
Source: questionnaires.md sections 4 and 5.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models.questionnaire import (
    Acknowledge,
    Block,
    BlockSpan,
    Choice,
    Module,
    ModuleName,
    ModuleNode,
    Moment,
    Node,
    NodeNumber,
    Number,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Text,
    Words,
    WordsKey,
)
from sync.central.authoring import vocabulary
from sync.central.authoring.behind import Behind
from sync.central.authoring.gates import SECONDS_OF, WORDS_A_SECOND
from sync.central.authoring.xform_tree import Grown

_KINDS: Final[Mapping[type, str]] = {
    Acknowledge: "acknowledge",
    SelectOne: "select_one",
    SelectMultiple: "select_multiple",
    Rank: "rank",
    Range: "range",
    Number: "integer",
    Text: "text",
    Moment: "date",
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the time of nodes is estimated from: the lists, and the words of the default language."""

    lists: Mapping[str, tuple[Choice, ...]]
    words: Mapping[WordsKey, Words]

    def seconds(self, nodes: Sequence[Node]) -> int:
        """Return the time of these nodes in whole seconds, rounded up; an expression among words counts as one word."""
        read, spent = 0, 0.0
        for node in nodes:
            keys = [getattr(node, "words", None), getattr(node, "hint", None)]
            if isinstance(node, SelectOne | SelectMultiple | Rank):
                keys += [choice.words for choice in self.lists[node.list_name]]
            parts = [part for key in keys if key is not None for part in self.words.get(key, ())]
            read += sum(len(part.split()) if isinstance(part, str) else 1 for part in parts)
            spent += SECONDS_OF.get(_KINDS.get(type(node), ""), 0)
        return math.ceil(read / WORDS_A_SECOND + spent)


def modules(
    nodes: Sequence[Node], grown: Grown, behind: Behind, estimate: Estimate, title: WordsKey
) -> tuple[Module, ...]:
    """Return the modules: the groups at the top, or one that holds everything."""
    made = []
    for number in grown.spots[0].children:
        node, last = nodes[number], grown.last_inside(number)
        if isinstance(node, ModuleNode):
            took = behind.seconds(number, last)
            made.append(
                Module(
                    name=ModuleName(node.name),
                    title=behind.title(number, node.words),
                    first=NodeNumber(number),
                    last=NodeNumber(last),
                    seconds=estimate.seconds(nodes[number + 1 : last + 1]) if took is None else took,
                    practice=behind.cell(number, "practice") in vocabulary.YES,
                )
            )
    if made:
        return tuple(made)
    name = ModuleName(grown.spots[0].name)
    return (Module(name, title, NodeNumber(1), NodeNumber(len(nodes) - 1), estimate.seconds(nodes[1:])),)


def blocks(nodes: Sequence[Node], grown: Grown, behind: Behind) -> tuple[BlockSpan, ...]:
    """Return the groups inside modules; of two that share a name, the later goes by its path."""
    taken: set[str] = set()
    made = []
    for number, node in enumerate(nodes):
        if isinstance(node, Block):
            name = _free(node.name, grown.spots[number].path, taken)
            taken.add(name)
            draw = behind.cell(number, "draw") or None
            made.append(BlockSpan(name, draw, NodeNumber(number), NodeNumber(grown.last_inside(number))))
    return tuple(made)


def _free(name: str, path: str, taken: Collection[str]) -> str:
    """Return a name that no other block has."""
    if name not in taken:
        return name
    wanted = path.split("/", 2)[-1].replace("/", ".")[-64:].lstrip(".-0123456789")
    count = 1
    while wanted in taken or not wanted:
        count += 1
        wanted = f"{name[:58]}.{count}"
    return wanted
