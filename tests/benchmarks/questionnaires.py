"""How long a long questionnaire in many languages takes: to author, to open, to evaluate, to answer.

Source: questionnaires.md section 15.
"""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import date
from xml.etree.ElementTree import Element, SubElement

from elementpath import Selector
from elementpath.xpath1 import XPath1Parser
from pyxform.xls2xform import convert

from models.answers import AnswerSheet, begin
from models.expressions.evaluate import compile_expression
from models.expressions.parse import parse
from models.questionnaire import Path, Questionnaire, canonical_bytes, read_questionnaire
from models.routing import open_route
from models.wake import computed, scope_of, stored_of
from sync.central.authoring.author import author_workbook
from tests.benchmarks.figures import Figure, beside
from tests.benchmarks.workload import A_MODULE, names, workbook
from tests.builders_kiosk import a_shelf
from tests.kiosk.doors import FakeDoors, Person

DAY = date(2026, 11, 22)


def figures(rounds: int) -> Iterator[Figure]:
    """Measure everything; `rounds` of each."""
    book = workbook()
    questionnaire = author_workbook(book).questionnaire
    written = canonical_bytes(questionnaire)
    yield beside(
        f"author {len(names())} questions in 20 languages, file to bytes",
        lambda: canonical_bytes(author_workbook(book).questionnaire),
        "pyxform.convert of the same file",
        lambda: _bare_pyxform(book),
        limit_s=2.0,
        most=3,
        rounds=rounds,
    )
    yield beside(
        f"open it: {len(written) / 1e6:.1f} MB to the first View",
        lambda: _first_view(written),
        "json.loads of the same bytes",
        lambda: json.loads(written),
        limit_s=0.3,
        most=30,
        rounds=rounds,
    )
    yield _evaluation(questionnaire, rounds)
    yield _one_answer(questionnaire, rounds)
    yield _reading(rounds)


def _bare_pyxform(book: bytes) -> object:
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        return convert(xlsform=book, file_type=".xlsx", validate=False).xform


def _first_view(written: bytes) -> object:
    return _person(read_questionnaire(written)).sees


def _person(questionnaire: Questionnaire) -> Person:
    person = Person(FakeDoors(a_shelf(questionnaire)))
    person.touch("tile", "en")
    person.begin()
    return person


def _sheet(questionnaire: Questionnaire) -> AnswerSheet:
    """Return a sheet on which every question but the last is answered."""
    sheet = begin(open_route(questionnaire), questionnaire.default_language, DAY, 1)
    for name in names()[:-1]:
        sheet = sheet.accept(_path(name), "yes")
    return sheet


def _path(name: str) -> Path:
    return Path(f"m{(int(name[1:]) - 1) // A_MODULE + 1}/{name}")


def _evaluation(questionnaire: Questionnaire, rounds: int) -> Figure:
    """Every relevant of a full sheet, against elementpath's selectors, parsed beforehand, on the same tree."""
    sheet = _sheet(questionnaire)
    route, state = sheet.route, sheet.state
    rules = [
        (rule.relevant, cell.index)
        for cell in state.layout.cells
        if (rule := route.rules[cell.node]).relevant is not None
    ]
    top = Element("data")
    for cell in state.layout.cells[1:]:
        if cell.parent == 0:
            group = SubElement(top, str(cell.path))
        else:
            SubElement(group, str(cell.path).rpartition("/")[2]).text = state.texts[cell.index]
    selectors = [Selector(source, parser=XPath1Parser) for source in _sources()]
    wanted = [rule(scope_of(route, state, index)) for rule, index in rules if rule is not None]
    if wanted != [selector.select(top) for selector in selectors]:
        raise RuntimeError("the two engines disagree")
    return beside(
        f"evaluate {len(rules)} relevants",
        lambda: [rule(scope_of(route, state, index)) for rule, index in rules if rule is not None],
        "elementpath, parsed beforehand, on the same tree",
        lambda: [selector.select(top) for selector in selectors],
        limit_s=0.005,
        most=1 / 8,
        rounds=rounds * 4,
    )


def _sources() -> list[str]:
    return [f"/data/{_path(name)} != ''" for name in names()[:-1]]


def _one_answer(questionnaire: Questionnaire, rounds: int) -> Figure:
    """One touch on an answer with its wake and the next View, against evaluating every expression of the form."""
    person = _person(questionnaire)
    for _ in range(A_MODULE // 2):
        person.touch("tile", "yes")
        person.touch("onward")
    turns = iter(("yes", "no") * rounds * 100)
    sheet = _sheet(questionnaire)
    state = sheet.state
    return beside(
        "one answer, its wake and the next View",
        lambda: person.touch("tile", next(turns)),
        "evaluating every expression of the form",
        lambda: computed(sheet.route, stored_of(state), state.instances, DAY, 1, state.language),
        limit_s=0.005,
        most=0.5,
        rounds=rounds * 4,
    )


def _reading(rounds: int) -> Figure:
    """Parse and compile, against elementpath building the same selectors."""
    sources = _sources()
    read: Callable[[], object] = lambda: [compile_expression(parse(source)) for source in sources]  # noqa: E731
    return beside(
        f"parse and compile {len(sources)} expressions",
        read,
        "elementpath building the same selectors",
        lambda: [Selector(source, parser=XPath1Parser) for source in sources],
        limit_s=0.02,
        most=2,
        rounds=rounds * 2,
    )
