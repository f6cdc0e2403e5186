"""Compiles an XForm to a draft questionnaire, with a workbook's cells laid over it where there are any.

Rule 1: structure, kinds, lists, grids and expressions come from the XForm; words, rows and our own columns from the
        cells, or, without a workbook, from the XForm too.
Rule 2: both must describe the same nodes in the same order, or the workbook is refused.
Rule 3: a node's number is its place in the tree, the root is 0; the same form gives the same bytes.
Source: questionnaires.md sections 1 and 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from models.graph import WAKING, graph_of
from models.layout import plan_of
from models.questionnaire import (
    Action,
    NodeNumber,
    Purpose,
    Questionnaire,
)
from sync.central.authoring.behind import Behind, FromCells, FromXForm
from sync.central.authoring.form import Form, Found
from sync.central.authoring.refusal import Refusal, WorkbookRefusedError
from sync.central.authoring.report import Report
from sync.central.authoring.spans import Estimate, blocks, modules
from sync.central.authoring.workbook import Workbook
from sync.central.authoring.xform_actions import Acting
from sync.central.authoring.xform_lists import Gathering, tabulated
from sync.central.authoring.xform_nodes import Noding
from sync.central.authoring.xform_parts import XForm
from sync.central.authoring.xform_paths import Terrain
from sync.central.authoring.xform_read import read_xform
from sync.central.authoring.xform_tree import Grown, bring, grow
from sync.central.authoring.xform_words import Speech

CONTROL_OF: Final = {
    **dict.fromkeys(("note", "text", "integer", "decimal", "date", "time", "dateTime"), "input"),
    **dict.fromkeys(("calculate", "hidden", "today"), ""),
    **dict.fromkeys(("acknowledge", "trigger"), "trigger"),
    "select_one": "select1",
    "select_multiple": "select",
    "rank": "rank",
    "range": "range",
    "begin_group": "group",
    "begin_repeat": "repeat",
}


def compile_form(
    xform: str,
    form: Form | None = None,
    found: Found | None = None,
    *,
    purpose: Purpose = Purpose.SURVEY,
    profile: bool = True,
) -> Questionnaire:
    """Return the draft questionnaire, or raise WorkbookRefusedError; `found` is where refusals are added.

    Without a workbook's `form` the XForm says everything, but for its `purpose`. `profile`: refuse what authors may
    not write though the engine knows it (section 6).
    """
    found = Found(Workbook({})) if found is None else found
    report = Report(found, None, profile=profile)
    read = read_xform(xform, report, wordless=form is not None)
    if form is not None:
        report.rows = _rows(form, f"/{read.root_name}")
    grown = grow(read.root, read.body.repeats, report)
    if len(grown.spots) < 2:  # noqa: PLR2004 - the root and something in it
        report.refuse("/", "model", "unbalanced", "nothing")
        raise WorkbookRefusedError(found.refusals, found.notices)
    bring(grown, read.root, report)
    if form is not None:
        _agree(form, read, grown)
    questionnaire = _Compiling(read, grown, report, form, purpose).questionnaire()
    if found.refusals or questionnaire is None:
        raise WorkbookRefusedError(found.refusals, found.notices)
    return questionnaire


def _rows(form: Form, root: str) -> Mapping[str, int]:
    """Return the row of each path; the count that pyxform writes beside a repeat has the repeat's."""
    rows = {f"{root}/{item.path}_count": item.row.number for item in form.items if item.kind == "begin_repeat"}
    return rows | {f"{root}/{item.path}": item.row.number for item in form.items}


def _agree(form: Form, read: XForm, grown: Grown) -> None:
    """Refuse a form that pyxform understood otherwise than we did."""
    root = grown.spots[0].path
    counts = {
        f"{root}/{item.path}_count" for item in form.items if item.kind == "begin_repeat" and item.row["repeat_count"]
    }
    paths = [spot.path for spot in grown.spots[1:]]
    ours = [f"{root}/{item.path}" for item in form.items]
    theirs = [path for path in paths if path not in counts or path in ours]
    for item, wanted, path in zip(form.items, ours, theirs, strict=False):
        control = _shown(read, path)
        if wanted != path or CONTROL_OF[item.kind] != control:
            facts = {"ours": f"{item.kind} {item.path}", "theirs": f"{control or 'nothing'} {path}"}
            raise WorkbookRefusedError([Refusal("survey", item.row.number, "", "pyxform", facts, "differs")])
    if len(ours) != len(theirs):
        facts = {"ours": f"{len(ours)} rows", "theirs": f"{len(theirs)} nodes"}
        raise WorkbookRefusedError([Refusal("survey", 0, "", "pyxform", facts, "differs")])


def _shown(read: XForm, path: str) -> str:
    """Return what the body shows for a path."""
    if path in read.body.controls:
        return read.body.controls[path].kind
    return "repeat" if path in read.body.repeats else "group" if path in read.body.groups else ""


class _Compiling:
    """One form on its way."""

    def __init__(self, read: XForm, grown: Grown, report: Report, form: Form | None, purpose: Purpose) -> None:
        self.read = read
        self.grown = grown
        self.report = report
        tables = {name: tabulated(element) for name, element in read.instances.items()}
        columns = {name: table.columns if table.fits else None for name, table in tables.items()}
        self.terrain = Terrain(grown, columns, report.profile)
        self.gathering = Gathering(tables, report)
        self.behind: Behind
        if form is None:
            self.behind = FromXForm(read, Speech(read, self.terrain, report), self.gathering, purpose)
        else:
            self.behind = FromCells(form, grown, self.terrain)

    def questionnaire(self) -> Questionnaire | None:
        """Return the draft, or None where something was refused."""
        modular = self.modular()
        self.body()
        targets = {one.target for one in self.read.actions} | {one.control for one in self.read.actions}
        noding = Noding(self.read, self.terrain, self.report, self.behind, self.gathering, targets, modular)
        nodes = noding.nodes()
        started = (Action("start", None, NodeNumber(at), to, self.behind.row(at)) for at, to in noding.started)
        actions = [*started, *Acting(self.read, self.terrain, self.report, self.behind, nodes).actions()]
        looked = self.terrain.looks.columns
        for name in self.gathering.sources:  # words may look into lists too, so they come before the columns
            self.behind.say(name)
        cover = self.behind.cover()
        lists = {
            name: self.behind.marked(name, self.gathering.offered(name, looked)) for name in self.gathering.sources
        }
        lists |= {name: self.gathering.silent(name, looked) for name in sorted(self.terrain.looks.lists - lists.keys())}
        if self.report.found.refusals:
            return None
        estimate = Estimate(lists, cover.words[cover.default_language])
        questionnaire = Questionnaire(
            id=cover.id,
            version=cover.version,
            purpose=cover.purpose,
            title=cover.title,
            default_language=cover.default_language,
            order=cover.order,
            rights=cover.rights,
            languages=cover.languages,
            modules=modules(nodes, self.grown, self.behind, estimate, cover.title),
            blocks=blocks(nodes, self.grown, self.behind),
            draws=cover.draws,
            nodes=nodes,
            lists=lists,
            scales=cover.scales,
            actions=tuple(actions),
            words=cover.words,
            sound={},
            pictures={},
            media={},
        )
        self.ring(questionnaire)
        return questionnaire

    def modular(self) -> bool:
        """Tell whether the form is made of modules: every node at its top is a group that the body shows."""
        body, spots = self.read.body, self.grown.spots
        top = [spots[number] for number in spots[0].children]
        return all(spot.path in body.groups and not spot.repeat and spot.path not in body.controls for spot in top)

    def body(self) -> None:
        """Refuse a body that shows nodes elsewhere than the model holds them, since people would meet them there."""
        if not self.report.profile:
            return
        for path in self.read.body.astray:
            self.report.refuse(path, "body", "unbalanced", "place", name=path)
        numbers = [self.grown.by_path[path] for path in self.read.body.order if path in self.grown.by_path]
        for before, after in pairwise(numbers):
            if after < before:
                path = self.grown.spots[after].path
                self.report.refuse(path, "body", "unbalanced", "place", name=path)

    def ring(self, questionnaire: Questionnaire) -> None:
        """Refuse nodes that depend on each other."""
        ring = graph_of(plan_of(questionnaire)).ring
        if not ring:
            return
        least = ring.index(min(ring))
        spots = [self.grown.spots[number] for number in (*ring[least:], *ring[:least])]
        first, *others = [self.told(spot.path) for spot in spots]
        way = "".join(f"{name}, which depends on " for name in others) + spots[0].name
        node = questionnaire.nodes[spots[0].number]
        part = next((name for name in WAKING if getattr(node, name, None) is not None), "calculate")
        self.report.refuse(spots[0].path, part, "cycle", "", first=first, way=way)

    def told(self, path: str) -> str:
        """Return a node as a refusal names it."""
        row = (self.report.rows or {}).get(path)
        name = path.rpartition("/")[2]
        return name if row is None else f"{name} (row {row})"
