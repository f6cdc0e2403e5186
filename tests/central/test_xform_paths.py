"""What a path in an XForm means, found out before any answer is there."""

from __future__ import annotations

import pytest

from models.expressions.syntax import (
    Call,
    Current,
    Expr,
    Here,
    NumberLiteral,
    Operation,
    Path,
    Ref,
    Step,
    TextLiteral,
    Top,
)
from models.questionnaire import Calculate
from models.questionnaire import Path as At
from sync.central.authoring.form import Found
from sync.central.authoring.report import Report
from sync.central.authoring.workbook import Workbook
from sync.central.authoring.xform_lists import tabulated
from sync.central.authoring.xform_paths import Terrain
from sync.central.authoring.xform_read import read_xform
from sync.central.authoring.xform_tree import grow
from tests.central.xforms import TEA, a_form, asked, bind, held, repeated, sheet_of

INSTANCE = "<a/><g><b/><x/></g><rep><c/><y/><in><d/><z/></in></rep><rep><c/><y/><in><d/><z/></in></rep><w/>"
BODY = asked("a") + repeated("rep", asked("rep/c") + repeated("rep/in", asked("rep/in/d")))
NUMBERS = {"a": 1, "g": 2, "b": 3, "x": 4, "rep": 5, "c": 6, "y": 7, "in": 8, "d": 9, "z": 10, "w": 11}


def up(*names: str) -> tuple[Step, ...]:
    """Steps: `..` climbs, any other name goes down."""
    return tuple(Step("parent", "node()") if name == ".." else Step("child", name) for name in names)


def meaning(at: str, expression: str) -> Expr:
    """What an expression means on the node at `/data/{at}`."""
    report = Report(Found(Workbook({})), None, profile=False)
    read = read_xform(a_form(INSTANCE, TEA, BODY), report)
    grown = grow(read.root, read.body.repeats, report)
    assert {spot.name: spot.number for spot in grown.spots[1:]} == NUMBERS
    columns = {name: tabulated(element).columns for name, element in read.instances.items()}
    return Terrain(grown, columns, profile=False).read(expression, grown.by_path[f"/data/{at}"])


AT_HAND = [
    ("g/x", "/data/a", "a"),
    ("g/x", "../../a", "a"),
    ("g/x", "../b", "b"),
    ("g/x", "current()/../b", "b"),
    ("g/x", "/data/g/b", "b"),
    ("g/x", "./../b", "b"),
    ("rep/y", "/data/a", "a"),
    ("rep/y", "../c", "c"),
    ("rep/y", "/data/rep/c", "c"),
    ("rep/in/z", "/data/rep/in/d", "d"),
    ("rep/in/z", "/data/rep/c", "c"),
    ("rep/in/z", "../../c", "c"),
    ("rep/in/z", "../d", "d"),
]


@pytest.mark.parametrize(("at", "expression", "name"), AT_HAND)
def test_a_plain_path_to_one_s_own_instance_or_outside_repeats_is_a_reference(
    at: str, expression: str, name: str
) -> None:
    assert meaning(at, expression) == Ref(NUMBERS[name])


SEVERAL = [
    ("w", "/data/rep/c", Path(Top(), up("data", "rep", "c"))),
    ("w", "../rep/c", Path(Here(), up("..", "rep", "c"))),
    ("w", "/data/rep/in/d", Path(Top(), up("data", "rep", "in", "d"))),
    ("rep/y", "/data/rep", Path(Top(), up("data", "rep"))),
    ("rep/y", "../../rep/c", Path(Here(), up("..", "..", "rep", "c"))),
    ("rep/y", "/data/rep/in/d", Path(Current(), up("..", "in", "d"))),
    ("rep/y", "/data/rep/in", Path(Current(), up("..", "in"))),
    ("rep/in/z", "/data/rep/in", Path(Current(), up("..", "..", "in"))),
    ("rep/in/z", "/data/g", Path(Top(), up("data", "g"))),
]


@pytest.mark.parametrize(("at", "expression", "expected"), SEVERAL)
def test_a_path_into_a_repeat_stays_one_and_begins_where_both_are_inside(
    at: str, expression: str, expected: Expr
) -> None:
    assert meaning(at, f"count({expression})") == Call("count", (expected,))


def test_a_predicate_on_a_repeat_chooses_among_all_its_instances() -> None:
    found = meaning("rep/y", "/data/rep[position() = 2]/c")
    assert isinstance(found, Path)
    assert found.start == Top()
    assert [step.test for step in found.steps] == ["data", "rep", "c"]
    assert found.steps[1].predicates == (Operation("=", Call("position", ()), NumberLiteral("2")),)


def test_a_predicate_inside_a_shared_repeat_leaves_the_repeat_shared() -> None:
    found = meaning("rep/y", "/data/rep/in[d = /data/rep/c]/z")
    assert isinstance(found, Path)
    assert found.start == Current()
    assert [step.test for step in found.steps] == ["node()", "in", "z"]
    assert found.steps[1].predicates == (Operation("=", Path(Here(), up("d")), Ref(NUMBERS["c"])),)


def test_a_path_to_a_group_stays_a_path() -> None:
    assert meaning("rep/y", "position(..)") == Call("position", (Path(Here(), up("..")),))
    assert meaning("rep/y", "position(current()/..)") == Call("position", (Path(Current(), up("..")),))


def test_of_an_indexed_repeat_every_instance_counts() -> None:
    found = meaning("rep/y", "indexed-repeat(/data/rep/c, /data/rep, position(..) - 1)")
    assert isinstance(found, Call)
    assert found.arguments[:2] == (Path(Top(), up("data", "rep", "c")), Path(Top(), up("data", "rep")))
    relative = meaning("rep/y", "indexed-repeat(../c, .., 1)")
    assert isinstance(relative, Call)
    assert relative.arguments[:2] == found.arguments[:2]
    inner = meaning("rep/in/z", "indexed-repeat(/data/rep/in/d, /data/rep/in, 1)")
    assert isinstance(inner, Call)
    assert inner.arguments[0] == Path(Current(), up("..", "..", "in", "d"))


def test_prefixes_of_names_do_not_count() -> None:
    assert meaning("w", "/orx:data/orx:a") == Ref(NUMBERS["a"])


def test_the_name_of_a_choice_is_asked_by_an_absolute_path() -> None:
    items = "<item><label>Yes</label><value>y</value></item>"
    body = repeated("r", asked("r/q", inside=items, kind="select1"))
    model = bind("r/told", calculate="jr:choice-name(../q, ' ../q ')")
    sheet = sheet_of(a_form("<r><q/><told/></r>", model, body))
    node = sheet.questionnaire.nodes[3]
    assert isinstance(node, Calculate)
    assert node.calculate == Call("jr:choice-name", (Ref(2), TextLiteral("/data/r/q")))
    assert held(sheet.accept(At("r[1]/q"), "y"))["r[1]/told"] == "Yes"


def test_what_each_instance_sees_is_its_own() -> None:
    model = bind("rep/y", calculate="concat(/data/rep/c, '-', position(..), '-', count(/data/rep))")
    sheet = sheet_of(a_form(INSTANCE, model, BODY)).accept(At("rep[2]/c"), "k")
    assert {path: text for path, text in held(sheet).items() if path.endswith("/y")} == {
        "rep[1]/y": "-1-2",
        "rep[2]/y": "k-2-2",
    }


def test_a_filter_sees_its_question_and_the_choice() -> None:
    picked = "instance('tea')/root/item[milk = current()/../c]"
    itemset = f'<itemset nodeset="{picked}"><value ref="name"/><label ref="label"/></itemset>'
    body = repeated("rep", asked("rep/c") + asked("rep/y", inside=itemset, kind="select1"))
    sheet = sheet_of(a_form("<rep><c/><y/></rep><rep><c/><y/></rep>", TEA, body))
    sheet = sheet.accept(At("rep[1]/c"), "yes").accept(At("rep[2]/c"), "no")
    assert [[one.value for one in sheet.offered(At(f"rep[{place}]/y"))] for place in (1, 2)] == [
        ["black"],
        ["green", "mint"],
    ]
