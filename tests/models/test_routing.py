"""Routing: what is relevant, what comes next, what waits for what."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from models.errors import UnreadableQuestionnaireError
from models.expressions.syntax import Expr
from models.questionnaire import BlockSpan, Calculate, Node, NodeNumber, Path, Questionnaire, SelectOne
from models.routing import modules_in_order, not_drawn, open_route, stops
from tests.models.forms import a_form, a_sheet, expr, key, number


def with_relevant(name: str, relevant: Expr) -> Questionnaire:
    nodes = list(a_form().nodes)
    node = nodes[number(name)]
    assert isinstance(node, SelectOne)
    nodes[number(name)] = replace(node, relevant=relevant)
    return a_form(nodes=tuple(nodes))


def test_practice_comes_first_and_irrelevant_questions_are_left_out() -> None:
    sheet = a_sheet()
    assert [stop.path for stop in stops(sheet.route, sheet.state)] == [
        "practice/try",
        "food/hello",
        "food/eats",
        "food/fair",
        "life/age",
        "life/hours",
        "life/dish",
        "life/seen",
    ]


def test_an_answer_opens_the_questions_that_wait_for_it() -> None:
    sheet = a_sheet().accept(Path("food/eats"), "yes")
    found = [stop.path for stop in stops(sheet.route, sheet.state)]
    assert found[found.index(Path("food/eats")) + 1] == "food/taste"


@pytest.mark.parametrize(
    ("name", "source"), [("eats", "${taste} = '5'"), ("eats", "${eats} = 'yes'"), ("eats", "${food} = 'yes'")]
)
def test_questions_that_wait_for_each_other_are_refused(name: str, source: str) -> None:
    with pytest.raises(UnreadableQuestionnaireError, match="food/eats"):
        open_route(with_relevant(name, expr(source)))


def test_a_question_may_wait_for_a_later_one() -> None:
    sheet = a_sheet(with_relevant("eats", expr("${age} > 20")))
    assert not sheet.state.relevant[number("eats")]
    assert sheet.accept(Path("life/age"), "21").state.relevant[number("eats")]


def test_a_path_to_a_later_question_is_computed_first_too() -> None:
    form = with_relevant("eats", expr("/data/life/age > 20 and //hours < 5"))
    sheet = a_sheet(form).accept(Path("life/age"), "21").accept(Path("life/hours"), "1")
    assert sheet.state.relevant[number("eats")]


def test_modules_are_shuffled_only_where_the_author_says_so() -> None:
    fixed, shuffled = open_route(a_form()), open_route(a_form(order="modules-shuffled"))
    assert {modules_in_order(fixed, seed)[1].name for seed in range(20)} == {"food"}
    assert {modules_in_order(shuffled, seed)[1].name for seed in range(20)} == {"food", "life"}
    assert {modules_in_order(shuffled, seed)[0].name for seed in range(20)} == {"practice"}


def test_every_block_of_a_draw_comes_equally_often() -> None:
    form = a_form()
    nodes: list[Node] = list(form.nodes)
    blocks = []
    for place in range(4):
        nodes.append(Calculate(name=f"b{place}", parent=NodeNumber(0), row=30))
        blocks.append(BlockSpan(f"b{place}", "rest", NodeNumber(len(nodes) - 1), NodeNumber(len(nodes) - 1)))
    route = open_route(a_form(nodes=tuple(nodes), blocks=tuple(blocks), draws={"rest": 3}))
    left_out = Counter(tuple(not_drawn(route, seed)) for seed in range(4_000))
    assert len(left_out) == 4
    assert all(850 <= count <= 1_150 for count in left_out.values())


def test_a_block_that_was_not_drawn_is_not_relevant_and_not_in_the_record() -> None:
    life, dish, seen = number("life"), number("dish"), number("seen")
    assert life < dish < seen
    blocks = (BlockSpan("one", "rest", dish, dish), BlockSpan("two", "rest", seen, seen))
    form = a_form(blocks=blocks, draws={"rest": 1})
    for seed in range(10):
        sheet = a_sheet(form, seed=seed)
        finished = sheet.finish(form.modules[2].name)
        assert len(finished.blocks) == 1
        assert ("life/dish" in finished.answers) == (finished.blocks == ("one",))
        assert ("life/seen" in finished.answers) == (finished.blocks == ("two",))


def test_words_with_expressions_are_compiled_once() -> None:
    assert [one for _, one in open_route(a_form()).words] == [key("t:more")]
