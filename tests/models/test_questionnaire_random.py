"""Any questionnaire that can be made is written in one way, and reads back as it was."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from models.canonical import canonical_json, read_canonical_json
from models.errors import UnreadableQuestionnaireError
from models.expressions.syntax import Call, Expr, Here, Negation, NumberLiteral, Operation, Ref, TextLiteral
from models.questionnaire import (
    LIMIT_BYTES,
    LIMIT_DEPTH,
    Acknowledge,
    Block,
    Calculate,
    Choice,
    Grid,
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
    Range,
    Rank,
    Repeat,
    Root,
    SelectMultiple,
    SelectOne,
    Text,
    canonical_bytes,
    read_questionnaire,
)
from tests.models.forms import a_form, key

LISTS = {"few": (Choice("a", key("w")), Choice("b", key("w"), kind="skip"), Choice("c", key("w"), columns={"x": "1"}))}
MAKERS = {
    "text": Text,
    "acknowledge": Acknowledge,
    "note": Note,
    "integer": lambda **more: Number(kind="integer", **more),
    "time": lambda **more: Moment(kind="time", **more),
    "range": lambda **more: Range(grid=Grid("0", "10", "0.5"), **more),
    "select_one": lambda **more: SelectOne(list_name="few", **more),
    "select_multiple": lambda **more: SelectMultiple(list_name="few", **more),
    "rank": lambda **more: Rank(list_name="few", randomize=True, **more),
    "calculate": Calculate,
    "block": Block,
    "repeat": Repeat,
}


def expressions(count: int) -> st.SearchStrategy[Expr]:
    """Return a strategy of expressions over a form of `count` nodes."""
    leaves = st.one_of(
        st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs"]), max_size=5).map(
            lambda text: TextLiteral(normalize("NFC", text))
        ),
        st.integers(0, 999).map(lambda number: NumberLiteral(str(number))),
        st.integers(0, count - 1).map(Ref),
        st.just(Here()),
    )
    operators = st.sampled_from(["or", "and", "=", "!=", "<", "+", "-", "*", "div", "mod"])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(Operation, operators, inner, inner),
            st.builds(Negation, inner),
            inner.map(lambda one: Call("not", (one,))),
        ),
        max_leaves=8,
    )


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Draw a questionnaire of one module; everything in it may be conditional, grouped or repeated."""
    kinds = draw(st.lists(st.sampled_from(sorted(MAKERS)), min_size=1, max_size=12))
    nodes: list[Node] = [Root(name="data"), ModuleNode(name="m", parent=NodeNumber(0), row=1, words=key("w"))]
    open_groups, repeats = [1], 0
    for place, kind in enumerate(kinds, start=2):
        if kind == "repeat" and repeats == 2:
            kind = "block"  # noqa: PLW2901 - three repeats inside one another are the bound
        more: dict[str, object] = {"name": f"n{place}", "parent": NodeNumber(open_groups[-1]), "row": place}
        if kind not in {"calculate", "block"}:
            more["words"] = key("w")
        if draw(st.booleans()):
            more["relevant"] = draw(expressions(len(kinds) + 2))
        if kind == "repeat" and draw(st.booleans()):
            more["first"] = tuple(Instance() for _ in range(draw(st.integers(0, 3))))
        if kind == "calculate" and draw(st.booleans()):
            more["holds"] = draw(st.sampled_from(["integer", "boolean", "date"]))
        nodes.append(MAKERS[kind](**more))  # type: ignore[operator]
        if kind in {"block", "repeat"}:
            open_groups.append(place)
            repeats += kind == "repeat"
        elif draw(st.booleans()) and len(open_groups) > 1:
            gone = nodes[open_groups.pop()]
            repeats -= isinstance(gone, Repeat)
    words = draw(st.lists(st.one_of(st.just("word "), expressions(len(nodes))), min_size=1, max_size=3))
    form = a_form()
    return replace(
        form,
        nodes=tuple(nodes),
        lists=LISTS,
        scales={},
        blocks=(),
        title=key("w"),
        modules=(Module(ModuleName("m"), key("w"), NodeNumber(1), NodeNumber(len(nodes) - 1), 10),),
        words={form.default_language: {key("w"): ("Words ", *words)}},
    )


@given(questionnaires())
@settings(deadline=None, max_examples=80)
def test_what_is_written_reads_back_and_has_one_hash(form: Questionnaire) -> None:
    written = canonical_bytes(form)
    again = read_questionnaire(written)
    assert again == form
    assert sha256(canonical_bytes(again)).digest() == sha256(written).digest()


@given(questionnaires(), st.randoms())
@settings(deadline=None, max_examples=40)
def test_a_part_left_out_is_refused_or_was_no_part_of_it(form: Questionnaire, chance: object) -> None:
    written = canonical_bytes(form)
    value = read_canonical_json(written, LIMIT_BYTES, LIMIT_DEPTH)
    assert isinstance(value, dict)
    gone = chance.choice(sorted(value))  # type: ignore[attr-defined]
    without = canonical_json({key: held for key, held in value.items() if key != gone})
    try:
        read_questionnaire(without)
    except UnreadableQuestionnaireError:
        return
    raise AssertionError(f"a questionnaire without {gone} was taken")
