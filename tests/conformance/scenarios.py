"""Plays one script of answers and checks on a sheet, as data/conformance/README.md describes them.

Rule 1: only the sheet's public doors are used; what upstream engines call a stop is worked out from the form's body.
Rule 2: a check that fails raises AssertionError with the step; nothing is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from xml.etree.ElementTree import Element, fromstring

from models.answers import AnswerSheet, Problem, begin
from models.errors import AnswerError
from models.questionnaire import (
    Acknowledge,
    Calculate,
    Moment,
    Note,
    Number,
    Path,
    Questionnaire,
    Range,
    Rank,
    Repeat,
    SelectMultiple,
    canonical_bytes,
    read_questionnaire,
)
from models.routing import ASKED, open_route
from sync.central.authoring.author_xform import author_xform

DAY: Final = date(2026, 11, 22)
STATUS: Final = {"constraint": "CONSTRAINT_VIOLATED", "required": "REQUIRED_BUT_EMPTY"}
OUTCOME: Final = {"constraint": "ANSWER_CONSTRAINT_VIOLATED", "required": "ANSWER_REQUIRED_BUT_EMPTY"}
XFORMS: Final = "{http://www.w3.org/2002/xforms}"
_STEP: Final = re.compile(r"(?P<name>[^\[\]]+)(?:\[(?P<place>[0-9]+)\])?")
_START: Final = -1


def compiled(xml: str) -> Questionnaire:
    """Return the questionnaire of a form, by way of its canonical bytes; WorkbookRefusedError where it is refused."""
    authored = author_xform(xml.encode(), "survey", profile=False)
    return read_questionnaire(canonical_bytes(authored.questionnaire))


@dataclass
class Play:
    """A sheet, where its person stands, and what the last answer came to."""

    sheet: AnswerSheet
    groups: frozenset[str]
    at: int = _START
    last: Path | None = None
    refused: dict[Path, AnswerError] = field(default_factory=dict)

    @classmethod
    def of(cls, xml: str) -> Play:
        """Begin a sheet of this form."""
        q = compiled(xml)
        return cls(begin(open_route(q), q.default_language, DAY, seed=1), _groups(xml))

    # Where things are.

    @property
    def root(self) -> str:
        return self.sheet.questionnaire.nodes[0].name

    def path(self, ref: str) -> Path:
        """Return our path for an absolute reference; a repeat without a position is its series at the end, else [1]."""
        steps = ref.strip("/").split("/")
        assert steps[0] == self.root, ref
        found = ""
        for number, step in enumerate(steps[1:], start=1):
            match = _STEP.fullmatch(step)
            assert match, ref
            name = f"{found}/{match['name']}" if found else match["name"]
            place = match["place"]
            if place is None and number < len(steps) - 1 and self.known(f"{name}[1]"):
                place = "1"
            found = f"{name}[{place}]" if place and (self.known(f"{name}[{place}]") or not self.known(name)) else name
        return Path(found)

    def known(self, path: str) -> bool:
        return Path(path) in self.sheet.state.layout.numbers

    def ref(self, path: Path) -> str:
        return f"/{self.root}/{path}"

    def stops(self) -> list[tuple[int, Path]]:
        """Return every stop as upstream counts them, each with the index of its cell."""
        found = []
        layout = self.sheet.state.layout
        for cell in layout.cells:
            if not self.sheet.state.relevant[cell.index] or cell.index == 0:
                continue
            node = self.sheet.questionnaire.nodes[cell.node]
            plain = re.sub(r"\[\d+\]", "", self.ref(cell.path))
            if isinstance(node, Repeat):
                stop = not cell.series or (node.count is None and not node.fixed)
            elif isinstance(node, Calculate):
                stop = False
            else:
                stop = isinstance(node, ASKED | Note) or plain in self.groups
            if stop:
                found.append((cell.index, cell.path))
        return found

    def here(self) -> Path | None:
        """Return the path of the stop one stands at; None before the first and after the last."""
        return next((path for index, path in self.stops() if index == self.at), None)

    def stand(self, path: Path) -> None:
        self.at = self.sheet.state.layout.numbers[path]

    # What a script does.

    def step(self, step: Mapping[str, Any]) -> None:
        """Do or check one step."""
        if "do" in step:
            getattr(self, "do_" + step["do"])(step)
        else:
            getattr(self, "check_" + step["check"])(step)

    def do_answer(self, step: Mapping[str, Any]) -> None:
        path = self.path(step["ref"]) if step.get("ref") else self.here()
        assert path is not None, "no current question"
        if step.get("ref"):
            self.stand(path)
        self.last = path
        value = tuple(step["values"]) if "values" in step else step.get("value")
        self.answer(path, value)

    def answer(self, path: Path, value: Any) -> None:  # noqa: ANN401 - as the script says it
        question = self.sheet.question(path)
        if isinstance(question, Acknowledge):
            value = "OK" if value not in (None, "", False, "false", "0") else None
        elif isinstance(value, bool):
            value = "1" if value else "0"
        elif isinstance(value, int | float):
            value = format(value, "g") if isinstance(value, float) else str(value)
        if isinstance(question, SelectMultiple | Rank) and isinstance(value, str):
            value = tuple(value.split())
        if isinstance(value, tuple) and not isinstance(question, SelectMultiple | Rank):
            value = " ".join(value)
        self.refused.pop(path, None)
        try:
            self.sheet = self.sheet.accept(path, value)
        except AnswerError as error:
            if error.reason == "constraint":
                self.refused[path] = error
            else:
                self.sheet = self.sheet.accept(path, None)

    def do_next(self, step: Mapping[str, Any]) -> None:
        following = next(((index, path) for index, path in self.stops() if index > self.at), None)
        assert (self.ref(following[1]) if following else "END_OF_FORM") == self.normal(step["expect"])
        self.at = following[0] if following else len(self.sheet.state.layout.cells)

    def normal(self, ref: str) -> str:
        return ref if ref == "END_OF_FORM" else self.ref(self.path(ref))

    def do_rewind(self, _: Mapping[str, Any]) -> None:
        self.at = _START

    def do_add_repeat(self, step: Mapping[str, Any]) -> None:
        series = self.path(step["ref"])
        if step.get("here"):
            assert self.here() == series
        self.sheet = self.sheet.add_instance(series)
        self.stand(self.sheet.instances(series)[-1])

    def do_remove_repeat(self, step: Mapping[str, Any]) -> None:
        path = self.path(step["ref"])
        self.sheet = self.sheet.remove_instance(path)
        self.at = min(self.at, len(self.sheet.state.layout.cells))

    def do_language(self, step: Mapping[str, Any]) -> None:
        tag = next(one.tag for one in self.sheet.questionnaire.languages if one.name == step["name"])
        self.sheet = self.sheet.in_language(tag)

    # What a script checks.

    def text(self, ref: str) -> str:
        """Return the text at a reference; a group or what is no longer there reads as what is inside it."""
        path = self.path(ref)
        return self.sheet.state.tree.place(self.sheet.state.layout.numbers[path]).text()

    def check_answer(self, step: Mapping[str, Any]) -> None:
        text, wanted = self.text(step["ref"]), step["value"]
        if step["kind"] == "selection":
            assert set(text.split()) == set(wanted if isinstance(wanted, list) else str(wanted or "").split())
        elif step["kind"] == "boolean":
            assert (text != "") == wanted
        else:
            assert text == ("" if wanted is None else str(wanted))

    def check_string(self, step: Mapping[str, Any]) -> None:
        assert self.text(step["ref"]) == step["is"]

    def check_value(self, step: Mapping[str, Any]) -> None:
        path, text = self.path(step["ref"]), self.text(step["ref"])
        node = self.sheet.questionnaire.nodes[self.sheet.state.layout.cells[self._index(path)].node]
        counts = isinstance(node, Number | Range) or getattr(node, "holds", "") in {"integer", "decimal"}
        value: Any = text
        if counts or isinstance(node, Moment):
            value = None if text == "" else float(text) if counts else text
        elif text == "" and step["is"] is None:  # a choice or a trigger that nobody touched
            value = None
        assert value == step["is"]

    def check_relevant(self, step: Mapping[str, Any]) -> None:
        path = self.path(step["ref"])
        assert (self.known(path) and self.sheet.relevant(path)) == step["is"]

    def check_readonly(self, step: Mapping[str, Any]) -> None:
        assert self.sheet.readonly(self.path(step["ref"])) == step["is"]

    def check_absent(self, step: Mapping[str, Any]) -> None:
        path = self.path(step["ref"])
        assert all(stop != path for _, stop in self.stops())

    def check_repeats(self, step: Mapping[str, Any]) -> None:
        count = len(self.sheet.instances(self.path(step["ref"])))
        assert count != step["not"] if "not" in step and step["not"] is not None else count == step["is"]

    def offered(self, ref: str) -> list[tuple[str, str]]:
        path = self.path(ref)
        return [(one.value, self.sheet.words(one.words, path).text) for one in self.sheet.offered(path)]

    def check_choices(self, step: Mapping[str, Any]) -> None:
        offered = self.offered(step["ref"])
        places = []
        for wanted in step["contain"]:
            fits = [at for at, one in enumerate(offered) if list(one[: len(wanted)]) == list(wanted)]
            places.append(fits[0] if fits else None)
        holds = None not in places and (not step.get("ordered") or places == sorted(places))
        assert holds != bool(step.get("not")), (offered, step["contain"])

    def check_choices_count(self, step: Mapping[str, Any]) -> None:
        assert len(self.offered(step["ref"])) == step["is"]

    def check_choices_empty(self, step: Mapping[str, Any]) -> None:
        assert (not self.offered(step["ref"])) == step["is"]

    def check_first_choice(self, step: Mapping[str, Any]) -> None:
        assert self.offered(step["ref"])[0][0] == step["is"]

    def check_label(self, step: Mapping[str, Any]) -> None:
        path = self.path(step["ref"])
        assert self.here() == path
        words = self.sheet.questionnaire.nodes[self.sheet.state.layout.cells[self._index(path)].node].words
        assert self.sheet.words(words, path).text == step["is"]

    def check_status(self, step: Mapping[str, Any]) -> None:
        path = self.path(step["ref"]) if step.get("ref") else self.last
        assert path is not None
        trouble = self.trouble(path)
        assert (STATUS[trouble[0]] if trouble else "OK") == step["is"]

    def trouble(self, path: Path) -> tuple[str, str | None] | None:
        """Return why the answer at a question does not stand, with the author's words."""
        if path in self.refused:
            return "constraint", self.refused[path].words
        found = [one for one in self.sheet.problems() if one.question == path]
        return (found[0].reason, found[0].words) if found else None

    def check_message(self, step: Mapping[str, Any]) -> None:
        trouble = self.trouble(self.path(step["ref"]) if step.get("ref") else self.last or Path(""))
        shown = trouble[1] if trouble and step["kind"] in {"any", trouble[0]} else None
        assert shown == step["is"]

    def problems(self) -> list[Problem]:
        """Return what is wrong with the whole form, answers that were turned away included, in form order."""
        turned = [
            Problem(path, "constraint", error.words)
            for path, error in self.refused.items()
            if self.known(path) and self.sheet.relevant(path)
        ]
        every = {one.question: one for one in self.sheet.problems()} | {one.question: one for one in turned}
        return sorted(every.values(), key=lambda one: self._index(one.question))

    def check_outcome(self, step: Mapping[str, Any]) -> None:
        problems = self.problems()
        assert (OUTCOME[problems[0].reason] if problems else "ANSWER_OK") == step["is"]

    def check_first_problem(self, step: Mapping[str, Any]) -> None:
        assert self.problems()[0].question == self.path(step["ref"])

    def check_problem_message(self, step: Mapping[str, Any]) -> None:
        problem = self.problems()[0]
        shown = problem.words if step["kind"] in {"any", problem.reason} else None
        assert shown == step["is"]

    def _index(self, path: Path) -> int:
        return self.sheet.state.layout.numbers[path]


def _groups(xml: str) -> frozenset[str]:
    """Return the references of groups that stand in the body; one that only wraps the repeat of its path is none."""
    body = fromstring(xml).find("{http://www.w3.org/1999/xhtml}body")  # noqa: S314 - the shared test data
    found: set[str] = set()

    def look(element: Element, above: str) -> None:
        for child in element:
            ref = child.get("ref") or child.get("nodeset") or ""
            if child.tag == f"{XFORMS}group" and ref:
                wraps = [one for one in child if one.tag == f"{XFORMS}repeat" and one.get("nodeset") == ref]
                if not wraps:
                    found.add(ref)
            look(child, ref or above)

    if body is not None:
        look(body, "")
    return frozenset(found)
