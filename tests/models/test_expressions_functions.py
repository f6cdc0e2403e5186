"""Functions of expressions: every one of the table, with its edges."""

from __future__ import annotations

import math
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import ExpressionError
from models.expressions import values
from models.expressions.chance import in_random_order
from models.expressions.days import days_from_text, text_from_days
from models.expressions.evaluate import compile_expression
from models.expressions.functions import FUNCTIONS
from models.expressions.parse import parse
from models.expressions.syntax import Call, Operation, read_expr
from tests.models.trees import Leaf, evaluated, outcome, scope, top

TOP = top(
    Leaf("a", text="1"),
    Leaf("b", text="2 3"),
    Leaf("n", text="12.5"),
    Leaf("blank"),
    Leaf("house", Leaf("name", text="x1"), Leaf("room", text="r1"), Leaf("room", text="r2"), Leaf("room", text="r3")),
    Leaf("house", Leaf("name", text="x2"), Leaf("room", text="s1"), Leaf("room", text="s2")),
    Leaf("when", text="2026-11-22T10:20:30.250+01:00"),
)
SEEN = scope(TOP)
PHOENIX = scope(TOP, clock=values.Clock(date(2026, 11, 22), -420))
NAMED_IN_SECTION_7 = """
    true false not boolean if boolean-from-string number string int round abs floor ceiling sqrt exp exp10 log log10 pi
    sin cos tan asin acos atan atan2 pow min max sum count count-non-empty concat join contains starts-with ends-with
    substring substr substring-before substring-after string-length normalize-space translate regex coalesce once
    selected selected-at count-selected checklist weighted-checklist position last today now date date-time
    decimal-date-time decimal-time format-date format-date-time random randomize instance indexed-repeat jr:itext
    jr:choice-name
"""


def test_the_table_offers_what_was_designed_with_nothing_added() -> None:
    assert set(FUNCTIONS) == set(NAMED_IN_SECTION_7.split())


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("boolean-from-string('1')", "true"),
        ("boolean-from-string('True')", "false"),
        ("boolean-from-string(true())", "true"),
        ("if(true(), //room, 1)", "r1"),
        ("if('', 5, 'abc')", "abc"),
        ("coalesce(number('x'), 'else')", "else"),
        ("blank[once('new') = 'new']", ""),
        ("count(blank[once('new') = 'new'])", "1"),
        ("count(blank[once(. * 10) = ''])", "1"),
        ("a[once('new') = 1]", "1"),
        ("number()", "NaN"),
        ("int('-2.9e1')", "-29"),
        ("int('1e999')", "Infinity"),
        ("number('1e1')", "NaN"),
        ("round(-1.5)", "-2"),
        ("round(2.5)", "3"),
        ("round(23.7825, -1)", "20"),
        ("round(2.15, 1)", "2.2"),
        ("round(1.005, 2)", "1.01"),
        ("round(1 div 0, 2)", "Infinity"),
        ("round('x')", "NaN"),
        ("round('14,6')", "15"),
        ("round('1,234,5')", "NaN"),
        ("number('14,6')", "NaN"),
        ("round(1.5, 'x')", "NaN"),
        ("round(1.5, 1000)", "1.5"),
        ("round(1.5, -1000)", "0"),
        ("round(0.000001, 400)", "0.000001"),
        ("round(123456789012345678901234567890, -29)", repr(1e29)),
        ("abs(-2)", "2"),
        ("floor(-1.5)", "-2"),
        ("ceiling(-1.5)", "-1"),
        ("floor(1 div 0)", "Infinity"),
        ("sqrt(-1)", "NaN"),
        ("sqrt(9)", "3"),
        ("exp(1000)", "Infinity"),
        ("exp10(2)", "100"),
        ("exp10(1000)", "Infinity"),
        ("log(0)", "-Infinity"),
        ("log(-1)", "NaN"),
        ("log10(1000)", "3"),
        ("sin(1 div 0)", "NaN"),
        ("asin(2)", "NaN"),
        ("round(atan2(1, 1) * 4 - pi(), 9)", "0"),
        ("pow(2, 0.5) = sqrt(2)", "true"),
        ("pow(-8, 1 div 3)", "NaN"),
        ("pow(0, -1)", "Infinity"),
        ("pow(10, 400)", "Infinity"),
        ("pow(-10, 401)", "-Infinity"),
        ("pow('x', 0)", "1"),
        ("pow(1, 'x')", "NaN"),
        ("min(3, 1, 2)", "1"),
        ("max(a, n)", "12.5"),
        ("max(//room)", "NaN"),
        ("min(//nothing)", "NaN"),
        ("max(1, blank)", "NaN"),
        ("sum(//nothing)", "0"),
        ("sum(a | n)", "13.5"),
        ("sum(a | blank)", "NaN"),
        ("sum(1)", "not-a-list"),
        ("count(//room)", "5"),
        ("count('x')", "not-a-list"),
        ("count-non-empty(a | blank | b)", "2"),
        ("count-non-empty(1)", "not-a-list"),
        ("concat(//room, 1)", "r1r2r3s1s21"),
        ("join(', ', //room, 'end')", "r1, r2, r3, s1, s2, end"),
        ("join(', ')", ""),
        ("contains('abc', '')", "true"),
        ("starts-with('abc', 'ab')", "true"),
        ("ends-with('abc', 'bc')", "true"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', 0, 3)", "12"),
        ("substring('12345', 0 div 0, 3)", ""),
        ("substring('12345', 1, 0 div 0)", ""),
        ("substring('12345', -42, 1 div 0)", "12345"),
        ("substring('12345', -1 div 0, 1 div 0)", ""),
        ("substring('12345', -1 div 0)", "12345"),
        ("substring('12345', 1 div 0)", ""),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -2)", "lo"),
        ("substr('hello', 0, -1)", "hell"),
        ("substr('hello', -99, 99)", "hello"),
        ("substr('hello', 3, 1)", ""),
        ("substr('hello', 'x')", ""),
        ("substring-before('a/b', '/')", "a"),
        ("substring-before('ab', '/')", ""),
        ("substring-after('ab', '')", "ab"),
        ("substring-after('a/b/c', '/')", "b/c"),
        ("string-length()", "51"),
        ("normalize-space('\t a \r\n b\u00a0 ')", "a b\u00a0"),
        ("translate('abcab', 'aba', 'xyz')", "xycxy"),
        ("translate('abc', 'b', '')", "ac"),
        ("selected(b, ' 3 ')", "true"),
        ("selected-at(b, 1)", "3"),
        ("selected-at(b, 2)", ""),
        ("selected-at(b, -1)", ""),
        ("selected-at(b, 'x')", ""),
        ("checklist(1, 2, a, blank, true())", "true"),
        ("checklist(-1, 1, a, true())", "false"),
        ("checklist(2, -1, //room)", "true"),
        ("weighted-checklist(5, 5, a, 2, blank, 9, true(), 3)", "true"),
        ("weighted-checklist(-1, -1, a, //room)", "false"),
        ("position(house[2])", "2"),
        ("position(house[2]/room[2])", "2"),
        ("position(//house)", "not-a-list"),
        ("position(//nothing)", "NaN"),
        ("position(/data)", "1"),
        ("house[position() = last()]/name", "x2"),
        ("indexed-repeat(house/room, house, 2, house/room, 1)", "s1"),
        ("indexed-repeat(house/room, house/room, 3, house, 1)", "r3"),
        ("indexed-repeat(house/name, house, 3)", ""),
        ("indexed-repeat(house/name, house, blank)", ""),
        ("count(indexed-repeat(house/room, house, 2))", "2"),
        ("indexed-repeat(1, house, 2)", "not-a-list"),
        ("count(randomize(//room))", "5"),
        ("randomize(1)", "not-a-list"),
        ("jr:itext('key')", "words of key"),
        ("jr:choice-name(a, '/data/a')", "1 at /data/a"),
    ],
)
def test_functions_give_what_the_engines_agree_on(source: str, text: str) -> None:
    seen = scope(TOP, words=lambda key: f"words of {key}", choice_words=lambda value, path: f"{value} at {path}")
    assert outcome(source, seen) == text


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("weighted-checklist(1, 2, true(), 1, true())", "arity"),
        ("indexed-repeat(a, b)", "arity"),
        ("indexed-repeat(a, b, 1, b)", "arity"),
        ("jr:choice-name(a, b)", "syntax"),
        ("substring('a')", "arity"),
        ("sum()", "arity"),
        ("uuid()", "unknown-function"),
        ("digest('a', 'MD5')", "unknown-function"),
    ],
)
def test_what_can_be_refused_before_running_is_refused(source: str, reason: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(source)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("source", "here", "phoenix"),
    [
        ("today()", "2026-11-22", "2026-11-22"),
        ("now()", "2026-11-22T18:30:00.000+00:00", "2026-11-22"),
        ("today() + 1", "20780", "20780.291666666668"),
        ("date(today() + 1)", "2026-11-23", "2026-11-23"),
        ("date('2026-1-5')", "2026-01-05", "2026-01-05"),
        ("date-time('2026-1-5')", "Invalid Date", "Invalid Date"),
        ("date('2026-02-30')", "Invalid Date", "Invalid Date"),
        ("date('2024-02-29') + 1 = date('2024-03-01')", "true", "true"),
        ("date('')", "", ""),
        ("date(true())", "", ""),
        ("date('x')", "Invalid Date", "Invalid Date"),
        ("boolean(date('x'))", "false", "false"),
        ("number(date('x'))", "NaN", "NaN"),
        ("date(0)", "1970-01-01", "1969-12-31T17:00:00.000-07:00"),
        ("date(1.5)", "1970-01-02T12:00:00.000+00:00", "1970-01-02T05:00:00.000-07:00"),
        ("date('20779')", "2026-11-22", "2026-11-21T17:00:00.000-07:00"),
        ("date(1 div 0)", "Invalid Date", "Invalid Date"),
        ("date(99999999)", "Invalid Date", "Invalid Date"),
        ("date-time('2026-11-22T10:20')", "2026-11-22T10:20:00.000+00:00", "2026-11-22T10:20:00.000-07:00"),
        ("date-time('2026-11-22T24:00')", "Invalid Date", "Invalid Date"),
        ("date(when)", "2026-11-22T09:20:30.250+00:00", "2026-11-22T02:20:30.250-07:00"),
        ("number('2026-11-22')", "20779", "20779"),
        ("number('2026-11-22T18:00:00Z')", "20779", "20779"),
        ("number('2026-11-22T18:00:00Z') + 0", "20779.75", "20779.75"),
        ("number('1969-12-31T18:00:00Z')", "-1", "-1"),
        ("decimal-date-time('2026-11-22T12:00:00Z')", "20779.5", "20779.5"),
        ("decimal-date-time('x')", "NaN", "NaN"),
        ("decimal-time('06:00:00.000-07:00')", "0.5416666666666666", "0.25"),
        ("decimal-time('12:00')", "0.5", "0.5"),
        ("decimal-time('24:00')", "NaN", "NaN"),
        ("decimal-time('12:60')", "NaN", "NaN"),
        ("decimal-time('12:00:60')", "NaN", "NaN"),
        ("decimal-time('12:00+24:00')", "NaN", "NaN"),
        ("decimal-time('2026-11-22T12:00:00')", "0.5", "0.5"),
        ("format-date(when, '%Y %y %m %n %b %d %e %a')", "2026 26 11 11 Nov 22 22 Sun", "2026 26 11 11 Nov 22 22 Sun"),
        ("format-date-time(when, '%H:%M:%S.%3 %h %% %q %')", "09:20:30.250 9 % %q %", "02:20:30.250 2 % %q %"),
        ("format-date('2026-1-5', '%d')", "05", "05"),
        ("format-date('x', '%d')", "", ""),
        ("format-date(blank, '%d')", "", ""),
        ("'2026-11-22' < '2026-11-22T00:00:00.001'", "true", "true"),
        ("'2026-11-22' = '2026-11-22T00:00:00'", "false", "false"),
        ("date('2026-11-22') = '2026-11-22T00:00:00'", "true", "true"),
        ("'2026-11-22' + 1 = '2026-11-23'", "true", "true"),
        ("'2026-11-30' - '2026-11-29'", "1", "1"),
        ("-date('1970-01-03')", "-2", "-2.2916666666666665"),
    ],
)
def test_days_are_local_to_a_fixed_distance_from_utc(source: str, here: str, phoenix: str) -> None:
    assert (outcome(source, SEEN), outcome(source, PHOENIX)) == (here, phoenix)


def test_the_names_of_months_and_days_are_those_of_the_scope() -> None:
    welsh = values.CalendarNames(tuple("ICMEMMGATHTR"), ("Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul"))
    seen = scope(TOP, names=welsh)
    assert outcome("format-date('2026-11-22', '%a %b')", seen) == "Sul T"


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)), st.integers(-840, 840))  # noqa: DTZ001 - local
def test_a_moment_written_as_text_reads_back_as_itself(moment: datetime, offset: int) -> None:
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    days = days_from_text(whole.isoformat(timespec="milliseconds"), offset)
    text = text_from_days(days, offset)
    assert text[:10] == whole.date().isoformat()
    assert days_from_text(text, offset) == days
    assert days_from_text(text, 0) == days or "T" not in text


@given(
    st.text("0123456789-:TZ+. ", max_size=30), st.sampled_from(["date", "decimal-time", "decimal-date-time", "number"])
)
def test_no_text_makes_a_function_of_days_fail(text: str, function: str) -> None:
    assert outcome(f"{function}('{text}')", PHOENIX) or not text.strip()


def test_a_number_at_random_is_the_same_at_every_asking_and_another_for_every_node_and_sitting() -> None:
    data = TOP.children[0]
    seen = [evaluated("random()", scope(TOP, node=node, seed=seed)) for node in data.children for seed in range(50)]
    again = [evaluated("random()", scope(TOP, node=node, seed=seed)) for node in data.children for seed in range(50)]
    assert seen == again
    assert len(set(seen)) == len(seen)
    assert all(isinstance(number, float) and 0 <= number < 1 for number in seen)
    assert evaluated("random() = random()", SEEN) is False


def test_randomize_takes_its_order_from_its_seed_or_from_that_of_the_sitting() -> None:
    rooms = [room.text() for house in TOP.children[0].children for room in house.children if room.name == "room"]
    assert outcome("join(' ', randomize(//room, 42.9))", SEEN) == " ".join(in_random_order(rooms, 42))
    assert outcome("join(' ', randomize(//room))", scope(TOP, seed=9)) == " ".join(in_random_order(rooms, 9))


def test_an_instance_added_elsewhere_leaves_a_number_at_random_as_it_was() -> None:
    def arm(*houses: Leaf) -> values.Value:
        root = top(*houses, Leaf("arm"))
        return evaluated("random()", scope(root, node=root.children[0].children[-1], seed=7))

    assert arm(Leaf("house")) == arm(Leaf("house"), Leaf("house"))


def test_a_reference_into_a_repeat_gives_every_instance_the_scope_names() -> None:
    data = TOP.children[0]
    houses = tuple(child for child in data.children if child.name == "house")
    names = tuple(house.children[0] for house in houses)
    seen = scope(TOP, at=lambda number: (names, houses, names[1], houses[1])[number])
    compiled = [
        ("count", ["call", "count", ["ref", 0]], "2"),
        ("one", ["call", "string", ["ref", 2]], "x2"),
        # Standing in the second house: a reference means that one, but for indexed-repeat it means all of them.
        ("indexed", ["call", "indexed-repeat", ["ref", 2], ["ref", 3], ["num", "1"]], "x1"),
    ]
    for what, form, text in compiled:
        expr = read_expr(form, FUNCTIONS)
        assert values.to_text(compile_expression(expr)(seen)) == text, what


def test_a_wrong_number_of_values_is_an_error_only_when_reached() -> None:
    wrong = Call("substring", ())
    for operator, left, given_back in (("and", "false", False), ("or", "true", True)):
        assert compile_expression(Operation(operator, Call(left, ()), wrong))(SEEN) is given_back
    with pytest.raises(ExpressionError, match="arity"):
        compile_expression(wrong)(SEEN)


def test_an_instant_without_its_zone_is_a_mistake_of_our_own() -> None:
    naive = values.Clock(date(2026, 11, 22), instant=datetime(2026, 11, 22, 10))  # noqa: DTZ001 - on purpose
    with pytest.raises(ValueError, match="zone"):
        evaluated("now()", scope(TOP, clock=naive))


def test_now_is_the_beginning_of_the_day_where_no_instant_is_given() -> None:
    assert outcome("now()", scope(TOP, clock=values.Clock(date(2026, 11, 22)))) == "2026-11-22"


def test_an_invalid_day_is_no_number_and_no_truth() -> None:
    nothing = values.Day(math.nan)
    assert (values.to_text(nothing), values.to_boolean(nothing)) == ("Invalid Date", False)
    assert math.isnan(values.to_number(nothing))
