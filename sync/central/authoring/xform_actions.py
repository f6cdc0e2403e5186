"""Makes actions of an XForm's `<setvalue>`s: at the start, in a new instance, or when a question changes.

Rule 1: an action writes to one node; which instance is meant must be plain from where the action stands.
Rule 2: an event that a kiosk does not know is refused.
Rule 3: every problem is added, none stops the others.
Source: questionnaires.md sections 9 and 14.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from models.errors import ExpressionError
from models.expressions.syntax import Expr, TextLiteral
from models.questionnaire import Action, Block, ModuleNode, Node, NodeNumber, Note, Repeat, Root
from sync.central.authoring.behind import Behind
from sync.central.authoring.report import Report
from sync.central.authoring.unresolved import UnresolvedError
from sync.central.authoring.xform_parts import ActionPart, XForm
from sync.central.authoring.xform_paths import Terrain
from sync.central.authoring.xform_tree import is_meta

On = Literal["start", "instance", "change"]
EVENTS: Final[dict[str, On]] = {
    "odk-instance-first-load": "start",
    "odk-instance-load": "start",
    "xforms-ready": "start",
    "odk-new-repeat": "instance",
    "xforms-value-changed": "change",
}


@dataclass(frozen=True, slots=True)
class Acting:
    """One form's actions on their way."""

    xform: XForm
    terrain: Terrain
    report: Report
    behind: Behind
    nodes: Sequence[Node]

    def actions(self) -> Iterator[Action]:
        """Yield every action, those of the model first, each event once."""
        for part in self.xform.actions:
            target = self.target(part)
            if target is None:
                continue
            to = self.value(part, target)
            known = [EVENTS[event] for event in part.events if event in EVENTS]
            for event in part.events:
                if event not in EVENTS:
                    facts = {"value": event[:80], "what": "event", "known": ", ".join(EVENTS)}
                    self.report.refuse(part.target, "action", "not-one-of", "", **facts)
            if not part.events:
                facts = {"value": "", "what": "event", "known": ", ".join(EVENTS)}
                self.report.refuse(part.target, "action", "not-one-of", "", **facts)
            for on in dict.fromkeys(known):
                if to is not None and self.fits(part, on, target):
                    of = NodeNumber(self.terrain.grown.by_path[part.control]) if on == "change" else None
                    yield Action(on, of, NodeNumber(target), to, self.behind.row(target))

    def target(self, part: ActionPart) -> int | None:
        """Return the node that is written to; None where there is none, or none that holds an answer."""
        number = self.terrain.grown.by_path.get(part.target)
        if number is None:
            root = self.terrain.grown.spots[0].path
            if not is_meta(part.target, root):
                name = part.target.rpartition("/")[2]
                self.report.refuse(part.target, "action", "unknown-name", "path", name=name, meant="")
            return None
        if isinstance(self.nodes[number], Root | ModuleNode | Block | Repeat | Note):
            self.report.refuse(part.target, "action", "not-a-list", "group", name=part.target)
            return None
        return number

    def value(self, part: ActionPart, target: int) -> Expr | None:
        """Return what is written: the expression, else the text inside, else nothing at all."""
        if not part.value:
            return TextLiteral(part.text)
        try:
            return self.terrain.read(part.value, target)
        except ExpressionError as wrong:
            self.report.wrong(part.target, "action", part.value, wrong)
        except UnresolvedError as wrong:
            self.report.refuse(part.target, "action", wrong.code, wrong.reading, **wrong.facts)
        return None

    def fits(self, part: ActionPart, on: On, target: int) -> bool:
        """Tell whether it is plain which instance is meant; refuse where it is not."""
        around = self.repeats(target)
        if on == "start":
            return True
        if on == "change":
            source = self.terrain.grown.by_path.get(part.control)
            if source is None:
                facts = {"value": part.events[0][:80], "what": "event", "known": "odk-instance-first-load"}
                self.report.refuse(part.target, "action", "not-one-of", "", **facts)
                return False
            if set(around) <= set(self.repeats(source)):
                return True
        elif part.repeat and around[:1] == [self.terrain.grown.by_path.get(part.repeat)]:
            return True
        self.report.refuse(part.target, "action", "not-a-list", "repeat", name=part.target)
        return False

    def repeats(self, number: int) -> list[int]:
        """Return the repeats around a node, innermost first."""
        return [one for one in self.terrain.grown.ancestors(number) if self.terrain.grown.spots[one].repeat]
