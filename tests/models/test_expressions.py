"""Expressions: ODK XPath, bounded, with one error family."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import ExpressionError
from models.expressions import values
from models.expressions.chance import in_random_order
from models.expressions.functions import FUNCTIONS
from models.expressions.parse import parse
from models.expressions.syntax import Named, Path, Ref, expr_form, read_expr, resolved, walk
from tests.models.trees import Leaf, evaluated, outcome, scope, top

TOP = top(
    Leaf("a", text="1"),
    Leaf("b", text="2 3"),
    Leaf("g", Leaf("a", text="7"), Leaf("c", text="x")),
    Leaf("blank"),
    Leaf("day", text="2026-11-22"),
)
DATA = TOP.children[0]
SEEN = scope(TOP)


def value(source: str) -> values.Value:
    return evaluated(source, SEEN)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 2 - 3", "5"),
        ("1div2", "0.5"),
        ("-5 mod 3", "-2"),
        ("5 mod -3", "2"),
        ("1 div 0", "Infinity"),
        ("-1 div 0", "-Infinity"),
        ("0 div 0", "NaN"),
        ("5 mod 0", "NaN"),
        ("--3", "3"),
        ("-0", "0"),
        ("1e3", "1000"),
        (".5 + 1.", "1.5"),
        ("0.000001", "0.000001"),
        ("100000000000000000000", "100000000000000000000"),
        ("6.1 - 7.8 = -1.7", "true"),
        ("'0' and ' ' and 'false'", "true"),
        ("'' or 0 or number('x')", "false"),
        ("1 = 1.0", "true"),
        ("'1' = '1.0'", "false"),
        ("'1' = 1.0", "true"),
        ("'a' < 'b'", "false"),
        ("true() > 0", "true"),
        ("//a = 1 and //a != 1", "true"),
        ("//nothing = 1 or //nothing != 1", "false"),
        ("//nothing = false()", "true"),
        ("//a > 6", "true"),
        ("blank = ''", "true"),
        ("number(blank)", "NaN"),
        ("blank + 1", "NaN"),
        ("today()", "2026-11-22"),
        ("today() + 1", "20780"),
        ("'2026-11-22' = today()", "true"),
        ("day = '2026-11-22'", "true"),
        ("day < '2026-11-23'", "true"),
        ("if(a = 1, 'one', 1 div 0)", "one"),
        ("coalesce(blank, 'else')", "else"),
        ("coalesce(a, nope)", "1"),
        ("selected(b, '3')", "true"),
        ("selected(b, '4')", "false"),
        ("selected('', '')", "true"),
        ("count-selected(b)", "2"),
        ("count-selected(blank)", "0"),
        ("int('7.9e-12')", "0"),
        ("int(-2.7)", "-2"),
        ("int('x')", "NaN"),
        ("concat(//a, '-', true())", "17-true"),
        ("concat()", ""),
        ("string-length('\u00e9\U0001f600')", "2"),
        ("regex('AB12', '^[A-Z]{2}[0-9]+$')", "true"),
        ("regex('x', '^(a|b)?$')", "false"),
        ("not(boolean(//nothing))", "true"),
        ("a - 1", "0"),
        ("a-1", ""),
        ("/data/g/a", "7"),
        ("g/../a", "1"),
        ("*[. > 1]", "2026-11-22"),
        ("g/*[2]", "x"),
        ("*[2]/preceding-sibling::*[1]", "1"),
        ("(//a)[2]", "7"),
        ("g/a/ancestor::*[1] = g", "true"),
        ("a | g/c", "1"),
        ("a | 'no'", "not-a-list"),
        ("'no'/a", "not-a-list"),
        (".", "12 37x2026-11-22"),
        ("* * 2", "2"),
        ("g/* = 'x'", "true"),
        ("a and div", "false"),
    ],
)
def test_values_are_those_of_odk_xpath(source: str, text: str) -> None:
    assert outcome(source, SEEN) == text


@pytest.mark.parametrize(
    ("source", "position", "reason"),
    [
        ("", 0, "syntax"),
        ("1 = = 1", 4, "syntax"),
        ("1 +", 3, "syntax"),
        ("(1", 2, "syntax"),
        ("1)", 1, "syntax"),
        ("'open", 0, "syntax"),
        ("1 ! 2", 2, "syntax"),
        ("a[1", 3, "syntax"),
        ("sideways::a", 0, "syntax"),
        ("text()", 0, "syntax"),
        ("a/", 2, "syntax"),
        ("$x", 0, "syntax"),
        ("1 + uuid()", 4, "unknown-function"),
        ("current(1)", 0, "arity"),
        ("not()", 0, "arity"),
        ("if(1, 2)", 0, "arity"),
        ("concat(" + ",".join("1" * 65) + ")", 0, "arity"),
        ("regex(., concat('a', 'b'))", 0, "bad-pattern"),
        ("regex(., '(a+)+')", 0, "bad-pattern"),
        ("regex(., 'a(?=b)')", 0, "bad-pattern"),
        (r"regex(., '(a)\1')", 0, "bad-pattern"),
        ("regex(., 'a{1001}')", 0, "bad-pattern"),
        ("regex(., '*')", 0, "bad-pattern"),
        ("regex(., '[')", 0, "bad-pattern"),
        ("regex(., 'a)')", 0, "bad-pattern"),
        ("regex(., '" + "a" * 201 + "')", 0, "bad-pattern"),
        ("'" + "a" * 4100 + "'", 4096, "too-long"),
        ("1" + "+1" * 600, 1024, "too-long"),
        ("(" * 33 + "1" + ")" * 33, 32, "too-deep"),
        ("-" * 40 + "1", 32, "too-deep"),
        ("not(" * 40 + "1" + ")" * 40, 128, "too-deep"),
    ],
)
def test_what_cannot_be_read_says_where_it_is_wrong(source: str, position: int, reason: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(source)
    assert (refused.value.position, refused.value.reason) == (position, reason)


SIDES = st.sampled_from(
    ["''", "'x'", "1", "0", "-2.5", "true()", "false()", "//a", "b", "blank", "//nothing", "today()"]
)


@given(SIDES, SIDES)
def test_and_is_or_turned_round(left: str, right: str) -> None:
    assert value(f"{left} and {right}") == value(f"not(not({left}) or not({right}))")


@given(SIDES, SIDES)
def test_less_is_greater_turned_round(left: str, right: str) -> None:
    assert value(f"{left} < {right}") == value(f"{right} > {left}")


@given(SIDES, SIDES)
def test_equality_does_not_care_for_the_order_of_its_sides(left: str, right: str) -> None:
    assert value(f"{left} = {right}") == value(f"{right} = {left}")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_as_text_reads_back_as_itself(number: float) -> None:
    text = values.number_to_text(number)
    if "e" not in text:
        assert values.text_to_number(text) == number


def test_text_that_is_no_number_is_nan() -> None:
    for text in ("", "1e5", "0x10", "+1", "1 2", "2026-02-30", "2026-1-5"):
        assert math.isnan(values.text_to_number(text)), text


def test_a_long_chain_is_evaluated_without_a_deep_stack() -> None:
    assert value("0" + " + 1" * 250) == 250.0


def test_names_in_braces_become_references() -> None:
    found = resolved(parse("${age} > 17 and ${wing} = 'A'"), lambda part: {"age": 3}.get(getattr(part, "name", "")))
    assert [one.node for one in walk(found) if isinstance(one, Ref)] == [3]
    assert [one.name for one in walk(found) if isinstance(one, Named)] == ["wing"]
    with pytest.raises(RuntimeError):
        expr_form(found)


def test_paths_can_be_resolved_as_pyxform_writes_them() -> None:
    found = resolved(parse(" /data/m1/age > 17"), lambda part: 3 if isinstance(part, Path) else None)
    assert expr_form(found) == ["op", ">", ["ref", 3], ["num", "17"]]


@pytest.mark.parametrize(
    "form",
    [
        None,
        [],
        ["here", 1],
        ["root"],
        ["neg", ["root"]],
        ["ref", -1],
        ["ref", True],
        ["ref", "1"],
        ["num", "1e"],
        ["num", "-1"],
        ["num", 1],
        ["text"],
        ["op", "+", ["here"]],
        ["op", "**", ["here"], ["here"]],
        ["call"],
        ["call", "if", ["here"]],
        ["path", ["root"], ["up", "x"]],
        ["path", ["root"], ["child", "text()"]],
        ["filter", ["here"]],
        ["named", "x"],
    ],
)
def test_a_form_that_is_none_is_refused(form: object) -> None:
    with pytest.raises(ExpressionError):
        read_expr(form, FUNCTIONS)


def test_random_order_is_that_of_javarosa() -> None:
    orders = ["".join(in_random_order("ABCDEF", seed)) for seed in (42, -42, 1, 11111111)]
    assert orders == ["AFCBDE", "EDAFBC", "BFEACD", "ACDBFE"]


def test_a_seed_that_is_no_number_counts_as_nought() -> None:
    assert in_random_order("ABCDEF", math.nan) == in_random_order("ABCDEF", 0)


def test_a_node_on_trial_has_the_neighbours_of_the_place_it_stands_for() -> None:
    class Trial(Leaf):
        """Another object with the order of the one it stands for, as a constraint sees it."""

    place = DATA.children[1]
    trial = Trial(place.name, text="9")
    trial.parent, trial.order = DATA, place.order
    assert evaluated("preceding-sibling::a + .", scope(TOP, node=trial)) == 10
    assert evaluated("position(.)", scope(TOP, node=trial)) == 1
