"""A questionnaire with repeats, ranks, days and actions, for tests of filling."""

from __future__ import annotations

from datetime import date

from models.answers import AnswerSheet, begin
from models.expressions.syntax import Expr
from models.questionnaire import (
    Action,
    Block,
    Calculate,
    Choice,
    Instance,
    Module,
    ModuleName,
    ModuleNode,
    Moment,
    Node,
    NodeNumber,
    Note,
    Number,
    Questionnaire,
    Rank,
    Repeat,
    Root,
    SelectOne,
    Text,
)
from models.routing import open_route
from tests.models.forms import ENGLISH, a_form, expr, key

DAY = date(2026, 11, 22)
NAMES = (
    "data",
    "home",
    "beds",
    "person",
    "age",
    "next_age",
    "place",
    "before",
    "grown",
    "job",
    "pet",
    "kind",
    "sum",
    "adults",
    "pets",
    "bed",
    "side",
    "wish",
    "born",
    "oldest",
)


def named(source: str) -> Expr:
    """Return an author's expression with its `${names}` resolved."""
    return expr(source, NAMES)


def node(name: str) -> NodeNumber:
    """Return the number of a node."""
    return NodeNumber(NAMES.index(name))


LISTS = {
    "kinds": (
        Choice("cat", key("c:cat"), columns={"legs": "4"}),
        Choice("bird", key("c:bird"), columns={"legs": "2"}),
        Choice("fish", key("c:fish"), columns={"legs": "0"}),
    )
}


def a_house(**changes: object) -> Questionnaire:
    """Return the questionnaire: people in a home with their pets, and as many beds as somebody says there are."""
    home, person, grown, pet, bed = node("home"), node("person"), node("grown"), node("pet"), node("bed")
    wording = {name: (name,) for name in ("t:home", "t:q", "c:cat", "c:bird", "c:fish")}
    nodes: tuple[Node, ...] = (
        Root(name="data"),
        ModuleNode(name="home", parent=NodeNumber(0), row=2, words=key("t:home")),
        Number(name="beds", parent=home, row=3, kind="integer", words=key("t:q")),
        Repeat(name="person", parent=home, row=4, words=key("t:q"), first=(Instance(), Instance({node("age"): "40"}))),
        Number(name="age", parent=person, row=5, kind="integer", words=key("t:q"), constraint=named(". < 120")),
        Calculate(name="next_age", parent=person, row=6, calculate=named("${age} + 1"), holds="integer"),
        Calculate(name="place", parent=person, row=7, calculate=named("position(..)")),
        Calculate(
            name="before",
            parent=person,
            row=8,
            calculate=named("/data/home/person[position() = position(current()/..) - 1]/age"),
        ),
        Block(name="grown", parent=person, row=9, relevant=named("${age} > 17")),
        Text(name="job", parent=grown, row=10, words=key("t:job")),
        Repeat(name="pet", parent=person, row=11, words=key("t:q"), first=()),
        SelectOne(
            name="kind",
            parent=pet,
            row=12,
            words=key("t:q"),
            list_name="kinds",
            choice_filter=named("legs <= ${age}"),
        ),
        Calculate(name="sum", parent=home, row=13, calculate=named("sum(/data/home/person/age)")),
        Calculate(name="adults", parent=home, row=14, calculate=named("count(/data/home/person[age > 17])")),
        Calculate(name="pets", parent=home, row=15, calculate=named("count(/data/home/person/pet)")),
        Repeat(name="bed", parent=home, row=16, words=key("t:q"), count=named("${beds}"), first=()),
        Text(name="side", parent=bed, row=17, words=key("t:q")),
        Rank(name="wish", parent=home, row=18, words=key("t:q"), list_name="kinds", choice_filter=named("legs < 4")),
        Moment(name="born", parent=home, row=19, kind="date", words=key("t:q")),
        Note(name="oldest", parent=home, row=20, words=key("t:q")),
    )
    words = {**ENGLISH, **{key(name): text for name, text in wording.items()}}
    words[key("t:job")] = ("You are ", named("${age}"), ".")
    actions = (
        Action("instance", None, node("job"), named("concat('new ', position(../..))"), 21),
        Action("change", node("age"), node("job"), named("concat('aged ', ${age})"), 22),
    )
    return a_form(
        nodes=nodes,
        modules=(Module(ModuleName("home"), key("t:home"), home, node("oldest"), 60),),
        blocks=(),
        lists=LISTS,
        scales={},
        actions=actions,
        words={a_form().default_language: words},
        **changes,
    )


def a_house_sheet(form: Questionnaire | None = None) -> AnswerSheet:
    """Return an empty sheet of it."""
    form = form or a_house()
    return begin(open_route(form), form.default_language, DAY, 7)
