"""Expressions: every bound holds, and whatever is read or run ends in a value or in the one error."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path as FilePath
from typing import TypeVar, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import ExpressionError
from models.expressions.evaluate import compile_expression
from models.expressions.functions import FUNCTIONS
from models.expressions.parse import parse
from models.expressions.patterns import matcher
from models.expressions.syntax import (
    ARGUMENT_LIMIT,
    DEPTH_LIMIT,
    NODE_LIMIT,
    TEXT_LIMIT,
    Axis,
    Call,
    Current,
    Expr,
    Filter,
    Here,
    Named,
    Negation,
    NumberLiteral,
    Operation,
    Operator,
    Path,
    Ref,
    Step,
    TextLiteral,
    Top,
    check_size,
    expr_form,
    read_expr,
    resolved,
    walk,
)
from tests.models.trees import Leaf, evaluated, outcome, scope, top

HOUSE = FilePath(__file__).resolve().parents[2]
T = TypeVar("T")
SMALL = top(Leaf("a", text="1"), Leaf("g", Leaf("a", text="x"), Leaf("c", text="2026-11-22")), Leaf("blank"))
SEEN = scope(SMALL, at=lambda number: SMALL.children[0].children[number % 3])
WIDE = scope(top(*(Leaf("x", text="x" * 100) for _ in range(400))))
REASONS = {
    "syntax", "unknown-function", "arity", "not-a-list", "unknown-name", "bad-pattern", "too-long", "too-deep",
    "too-costly",
}  # fmt: skip
RUN_REASONS = {"arity", "not-a-list", "too-costly"}


# What may be written, and what it is once read.


def tried(act: Callable[[], T]) -> tuple[T | None, ExpressionError | None]:
    """Return what the act gives, or the one error that it may end in; any other goes through."""
    try:
        return act(), None
    except ExpressionError as refused:
        return None, refused


def run_reason(expr: Expr) -> str:
    """Return why this expression gives no value, or blank."""
    _, wrong = tried(lambda: compile_expression(expr)(SEEN))
    return "" if wrong is None else wrong.reason


def literals() -> st.SearchStrategy[Expr]:
    numbers = st.from_regex(r"\A([0-9]{1,20}(\.[0-9]{0,20})?|\.[0-9]{1,4})([eE][-+]?[0-9]{1,3})?\Z")
    return st.one_of(
        st.builds(
            TextLiteral, st.text(max_size=8) | st.sampled_from(["2026-11-22", "%Y", "a b", "-1", "[a-z]+", "NaN"])
        ),
        st.builds(NumberLiteral, numbers),
        st.builds(Ref, st.integers(0, 5)),
        st.just(Here()),
        st.just(Current()),
    )


def steps(inside: st.SearchStrategy[Expr]) -> st.SearchStrategy[Step]:
    tests = st.sampled_from(["*", "node()", "a", "g", "data", "jr:x", "é-1.b"])
    predicates = st.lists(inside, max_size=2).map(tuple)
    return st.builds(Step, st.sampled_from(get_args(Axis)), tests, predicates)


def calls(inside: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    def with_values(name: str) -> st.SearchStrategy[Expr]:
        function = FUNCTIONS[name]
        most = min(function.least + 4, ARGUMENT_LIMIT if function.most is None else function.most)
        many = st.lists(inside, min_size=function.least, max_size=most)
        return many.map(lambda given: Call(name, tuple(given))).filter(_can_be_called)

    return st.sampled_from(sorted(FUNCTIONS)).flatmap(with_values)


def _can_be_called(call: Expr) -> bool:
    assert isinstance(call, Call)
    with suppress(ExpressionError):
        FUNCTIONS[call.name].check(call.arguments)
        return True
    return False


def branches(inside: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return st.one_of(
        st.builds(Operation, st.sampled_from(get_args(Operator)), inside, inside),
        st.builds(Negation, inside),
        st.builds(Path, inside | st.just(Top()), st.lists(steps(inside), max_size=3).map(tuple)),
        st.builds(Filter, inside, st.lists(inside, min_size=1, max_size=2).map(tuple)),
        calls(inside),
    )


EXPRESSIONS = st.recursive(literals(), branches, max_leaves=12)


@settings(max_examples=400, deadline=None)
@given(EXPRESSIONS)
def test_an_expression_written_as_json_reads_back_as_itself_and_runs_to_a_value_or_the_one_error(expr: Expr) -> None:
    form = json.loads(json.dumps(expr_form(expr)))
    again = read_expr(form, FUNCTIONS)
    assert again == expr
    assert hash(again) == hash(expr)
    assert run_reason(again) in {"", *RUN_REASONS}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**30) | st.floats() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=3), inside, max_size=2),
)
HEADS = st.sampled_from(
    [
        "text",
        "num",
        "op",
        "neg",
        "call",
        "here",
        "current",
        "root",
        "ref",
        "path",
        "filter",
        "child",
        "concat",
        "+",
        "*",
    ]
)
FORMS = st.recursive(
    HEADS | JSON,
    lambda inside: st.lists(inside, max_size=5).flatmap(lambda rest: HEADS.map(lambda head: [head, *rest])),
)


@settings(max_examples=400, deadline=None)
@given(FORMS)
def test_any_json_is_read_or_refused_by_the_one_error(form: object) -> None:
    expr, refused = tried(lambda: read_expr(form, FUNCTIONS))
    assert refused is None or refused.reason in REASONS
    if expr is not None:
        assert expr_form(expr) == form
        assert run_reason(expr) in {"", *RUN_REASONS}


WRITTEN = """
    a 1 'x' ( ) [ ] / // .. . @ * :: child ancestor , | - + = != <= and or div mod concat if node current ${q} count
    sum not position date '2026-11-22' indexed-repeat once random
"""
PIECES = st.sampled_from([*WRITTEN.split(), " "])
SOURCES = st.one_of(
    st.lists(PIECES, max_size=30).map("".join),
    st.text("${}ab1.,()[]/@*+-=<>!|'\" andorivmt:", max_size=40),
    st.text(max_size=20),
)


@settings(max_examples=500, deadline=None)
@given(SOURCES)
def test_any_text_is_read_or_refused_by_the_one_error(source: str) -> None:
    expr, refused = tried(lambda: parse(source))
    assert refused is None or (refused.reason in REASONS and 0 <= refused.position <= len(source))
    if expr is not None:
        settled = resolved(expr, lambda part: 0 if isinstance(part, Named) else None)
        assert read_expr(expr_form(settled), FUNCTIONS) == settled
        assert run_reason(settled) in {"", *RUN_REASONS}


# What is long, deep or costly.


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "-",
        "a[",
        "not(",
        "1+",
        "a/",
        "//",
        "${a}",
        "'",
        "1 ",
        "a::",
        "[",
        ")",
        "concat(1,",
        "a or ",
        "*",
        "* ",
        "$",
        "\\",
    ],
)
def test_text_of_one_piece_over_and_over_is_read_or_refused_at_once(piece: str) -> None:
    source = (piece * TEXT_LIMIT)[:TEXT_LIMIT]
    began = time.process_time()
    with suppress(ExpressionError):
        parse(source)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("'" + "a" * (TEXT_LIMIT - 2) + "'", ""),
        ("'" + "a" * (TEXT_LIMIT - 1) + "'", "too-long"),
        ("-" * (DEPTH_LIMIT - 1) + "1", ""),
        ("-" * DEPTH_LIMIT + "1", "too-deep"),
        # A path counts its start, so the innermost one stands a step deeper than its bracket.
        ("a" + "[a" * (DEPTH_LIMIT - 2) + "]" * (DEPTH_LIMIT - 2), ""),
        ("a" + "[a" * (DEPTH_LIMIT - 1) + "]" * (DEPTH_LIMIT - 1), "too-deep"),
        ("1" + "+1" * (NODE_LIMIT // 2 - 1), ""),
        ("1" + "+1" * (NODE_LIMIT // 2), "too-long"),
        ("a" + "/a" * (ARGUMENT_LIMIT - 2), ""),
        ("concat(" + ",".join("1" * ARGUMENT_LIMIT) + ")", ""),
        ("concat(" + ",".join("1" * (ARGUMENT_LIMIT + 1)) + ")", "arity"),
        ("regex('a', '" + "a" * 200 + "')", ""),
        ("regex('a', '" + "a" * 201 + "')", "bad-pattern"),
        ("regex('a', 'a{1000}')", ""),
        ("regex('a', 'a{1001}')", "bad-pattern"),
    ],
)
def test_a_bound_holds_where_it_says_and_not_before(source: str, reason: str) -> None:
    expr, refused = tried(lambda: parse(source))
    assert ("" if refused is None else refused.reason) == reason
    if expr is not None:
        assert read_expr(expr_form(expr), FUNCTIONS) == expr


def test_a_form_nested_without_end_is_refused_by_counting() -> None:
    form: list[object] = ["here"]
    for _ in range(5_000):
        form = ["neg", form]
    with pytest.raises(ExpressionError, match="brackets"):
        read_expr(form, FUNCTIONS)
    chain: list[object] = ["here"]
    for _ in range(5_000):
        chain = ["op", "+", chain, ["here"]]
    with pytest.raises(ExpressionError, match="too long"):
        read_expr(chain, FUNCTIONS)
    right: list[object] = ["here"]
    for _ in range(DEPTH_LIMIT):
        right = ["op", "+", ["here"], right]
    with pytest.raises(ExpressionError, match="brackets"):
        read_expr(right, FUNCTIONS)


@pytest.mark.parametrize("build", [lambda one: ["call", "concat", one], lambda one: ["filter", ["here"], one]])
def test_the_deepest_form_that_is_read_also_runs(build: object) -> None:
    form: list[object] = ["num", "1"]
    for _ in range(DEPTH_LIMIT - 1):
        form = build(form)  # type: ignore[operator]
    expr = read_expr(form, FUNCTIONS)
    assert check_size(expr) is expr
    assert sum(1 for _ in walk(expr)) <= NODE_LIMIT
    compile_expression(expr)(SEEN)
    with pytest.raises(ExpressionError):
        read_expr(build(form), FUNCTIONS)  # type: ignore[operator]


def test_the_longest_chain_runs_and_compares_without_a_deep_stack() -> None:
    def stand_deep(frames: int) -> None:
        if frames:
            stand_deep(frames - 1)
            return
        source = "0" + " + 1" * (NODE_LIMIT // 2 - 1)
        assert evaluated(source, SEEN) == NODE_LIMIT // 2 - 1
        assert parse(source) == parse(source)
        assert hash(parse(source)) == hash(parse(source))

    stand_deep(500)


@pytest.mark.parametrize(
    "source",
    [
        "//*[//*[//*[//*[//*[//*]]]]]",
        "//* = //*",
        "count(//*[count(//*) = 0])",
        "concat(" + ",".join(["//*"] * 60) + ")",
        "join(string(/), //*, //*)",
        "string(//data)",
        "translate(//data, 'x', 'y')",
        "normalize-space(//data)",
        "substring(//data, 2)",
        "//*[contains(/, 'y')]",
        "//*[position(.) = 0]",
        "indexed-repeat(//x, //x, 1, //x, 2, //x, 3)",
        "randomize(//*[randomize(//*)])",
    ],
)
def test_work_is_bounded(source: str) -> None:
    began = time.process_time()
    assert outcome(source, WIDE) == "too-costly"
    assert time.process_time() - began < 1


def test_a_subject_too_long_for_a_pattern_is_too_costly() -> None:
    seen = scope(top(Leaf("a", text="a" * 1001)))
    assert outcome("regex(a, 'b')", seen) == "too-costly"
    assert outcome("regex(substring(a, 2), 'b')", seen) == "false"


IN_PATTERNS = r"""
    a b ( (?: (?= (?P<n> ) [ [^ ] - \d \w \b \B \1 \ \p{L} . * + ? ?? *+ {2} {1,3} {,3} {3,} { } | ^ $ && [:alpha:] é
"""
PATTERN_PIECES = st.sampled_from([*IN_PATTERNS.split(), " "])


@settings(max_examples=300, deadline=None)
@given(st.lists(PATTERN_PIECES, max_size=40).map("".join) | st.text(max_size=20))
def test_any_pattern_is_refused_or_finds_within_its_time(pattern: str) -> None:
    found, refused = tried(lambda: matcher(pattern))
    assert refused is None or refused.reason == "bad-pattern"
    for subject in ("", "ab " * 333, "a" * 1000) if found is not None else ():
        began = time.process_time()
        _, failed = tried(lambda: found(subject))  # noqa: B023 - called at once
        assert failed is None or failed.reason == "too-costly"
        assert time.process_time() - began < 0.5


def test_what_a_kiosk_evaluates_with_never_loads_the_parser() -> None:
    look = "import sys, models.answers, kiosk.presenters.question; print('models.expressions.parse' in sys.modules)"
    seen = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=HOUSE)
    assert seen.stdout.strip() == "False"
