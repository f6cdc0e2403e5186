"""The canonical questionnaire: one spelling, every reference checked at the door."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.canonical import canonical_json
from models.errors import UnreadableQuestionnaireError
from models.questionnaire import (
    BlockSpan,
    LanguageTag,
    Medium,
    NodeNumber,
    SelectOne,
    WordsKey,
    canonical_bytes,
    language,
    paths,
    picture,
    read_questionnaire,
    worded,
)
from tests.models.forms import ENGLISH, a_form, expr, key, number

WRITTEN = canonical_bytes(a_form())


def changed(**changes: object) -> bytes:
    """Return the form's bytes with top-level keys replaced; None takes a key away."""
    value = json.loads(WRITTEN)
    value.update(changes)
    return canonical_json({key: held for key, held in value.items() if held is not None})


def with_node(name: str, /, **changes: object) -> bytes:
    nodes = json.loads(WRITTEN)["nodes"]
    nodes[number(name)] = {k: v for k, v in (nodes[number(name)] | changes).items() if v is not None}
    return changed(nodes=nodes)


def test_a_questionnaire_comes_back_equal_and_is_written_to_the_same_bytes() -> None:
    assert read_questionnaire(WRITTEN) == a_form()
    assert canonical_bytes(read_questionnaire(WRITTEN)) == WRITTEN


def test_paths_are_names_joined_without_the_root() -> None:
    assert paths(a_form())[number("more")] == "life/extra/more"
    assert paths(a_form())[0] == ""


def test_the_format_is_looked_at_first() -> None:
    with pytest.raises(UnreadableQuestionnaireError, match="format"):
        read_questionnaire(changed(format=2, surprise=1))


@pytest.mark.parametrize(
    "bad",
    [
        changed(surprise=1),
        changed(media=None),
        changed(purpose="poll"),
        changed(id="Wing Life"),
        changed(order="alphabetical"),
        changed(dictionary="nowhere.dict"),
        changed(draws={"rest": 1}),
        changed(lists={}),
        changed(words={"en": {}}),
        changed(words=json.loads(WRITTEN)["words"] | {"xx": {}}),
        changed(default_language="cy2"),
        changed(default_language="pl"),
        changed(modules=json.loads(WRITTEN)["modules"][:2]),
        changed(modules=[]),
        changed(modules=list(reversed(json.loads(WRITTEN)["modules"]))),
        changed(nodes=[]),
        changed(pictures={"*": {"t:try": "none.webp"}}),
        changed(actions=[{"on": "start", "set": 99, "to": ["call", "today"], "row": 1}]),
        changed(actions=[{"on": "start", "set": 3, "to": ["call", "today"], "row": 1}]),
        changed(actions=[{"on": "start", "of": 2, "set": 5, "to": ["call", "today"], "row": 1}]),
        with_node("eats", kind="geopoint"),
        with_node("eats", list="nowhere"),
        with_node("eats", list=None),
        with_node("eats", parent=9),
        with_node("eats", parent=12),
        with_node("eats", relevant=["ref", 99]),
        with_node("eats", relevant=["ref"]),
        with_node("eats", relevant=["call", "uuid"]),
        with_node("eats", relevant=["op", "?", ["here"], ["here"]]),
        with_node("eats", relevant=["call", "regex", ["here"], ["text", "(a+)+"]]),
        with_node("eats", words="t:nowhere"),
        with_node("eats", reverse=False),
        with_node("eats", reverse=1),
        with_node("eats", appearance=[]),
        with_node("eats", scale="nowhere"),
        with_node("eats", name="two words"),
        with_node("taste", name="eats"),
        with_node("fair", range={"start": "0", "end": "10", "step": "0"}),
        with_node("fair", range={"start": "0", "end": "10", "step": "0.01"}),
        with_node("fair", range={"start": "0", "end": "10.0", "step": "1"}),
        with_node("hello", required=["call", "true"]),
    ],
)
def test_what_does_not_fit_is_refused_by_the_one_error(bad: bytes) -> None:
    with pytest.raises(UnreadableQuestionnaireError):
        read_questionnaire(bad)


@given(st.data())
def test_a_questionnaire_damaged_anywhere_is_refused_or_still_canonical(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(WRITTEN) - 1))
    byte = data.draw(st.integers(0, 255))
    damaged = WRITTEN[:place] + bytes([byte]) + WRITTEN[place + 1 :]
    try:
        read = read_questionnaire(damaged)
    except UnreadableQuestionnaireError:
        return
    assert canonical_bytes(read) == damaged


JSON = st.recursive(
    st.booleans() | st.integers(-3, 300) | st.sampled_from(["op", "ref", "call", "if", "text", "=", "here"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["kind", "name"]), inner, max_size=2),
    max_leaves=12,
)


@given(JSON, st.sampled_from(sorted(json.loads(WRITTEN))))
def test_any_value_under_any_key_is_refused_or_read(value: object, top: str) -> None:
    try:
        read_questionnaire(changed(**{top: value}))
    except UnreadableQuestionnaireError:
        return


@given(JSON)
def test_any_form_of_an_expression_is_refused_or_read(form: object) -> None:
    try:
        read_questionnaire(with_node("taste", relevant=form))
    except UnreadableQuestionnaireError:
        return


def test_sizes_are_bounded() -> None:
    choices = [{"value": str(n), "words": "c:yes"} for n in range(201)]
    with pytest.raises(UnreadableQuestionnaireError, match="200"):
        read_questionnaire(changed(lists=json.loads(WRITTEN)["lists"] | {"yesno": choices}))
    filler = [{"kind": "calculate", "name": f"x{n}", "parent": 10, "row": 1} for n in range(1000)]
    with pytest.raises(UnreadableQuestionnaireError, match="1000"):
        read_questionnaire(changed(nodes=json.loads(WRITTEN)["nodes"] + filler))
    tongue = json.loads(WRITTEN)["languages"][1]
    with pytest.raises(UnreadableQuestionnaireError, match="30"):
        read_questionnaire(changed(languages=[tongue | {"tag": f"x{n // 10 + 97:c}"} for n in range(31)]))
    with pytest.raises(UnreadableQuestionnaireError, match="bytes"):
        read_questionnaire(b'"' + b"a" * 2_000_000 + b'"')


def test_words_fall_back_and_say_which_language_they_are_in() -> None:
    form = a_form()
    words, shown = worded(form, key("t:food"), LanguageTag("ar"))
    assert (words, shown.tag, shown.direction) == (("الطعام",), "ar", "rtl")
    words, shown = worded(form, key("t:fair"), LanguageTag("ar"))
    assert (words, shown.tag, shown.direction) == (("How fair are the portions?",), "en", "ltr")


def test_a_language_that_is_not_there_is_the_default() -> None:
    assert language(a_form(), LanguageTag("uk")).tag == "en"


def test_blank_words_count_as_missing() -> None:
    form = a_form()
    blank = replace(form, words={**form.words, LanguageTag("cy"): {key("t:food"): (" ",)}})
    assert worded(blank, key("t:food"), LanguageTag("cy"))[1].tag == "en"


def test_a_ring_of_fallbacks_ends_in_the_default_language() -> None:
    ring = tuple(
        replace(one, fallback=LanguageTag({"cy": "ar", "ar": "cy"}[one.tag])) if one.tag != "en" else one
        for one in a_form().languages
    )
    form = read_questionnaire(canonical_bytes(a_form(languages=ring)))
    assert worded(form, key("t:fair"), LanguageTag("cy"))[1].tag == "en"


def test_a_choice_may_be_shown_by_its_picture_alone() -> None:
    medium = Medium("0" * 64, 10, "image/webp")
    words = {WordsKey(one): held for one, held in ENGLISH.items() if one != "c:tea"}
    form = a_form(
        words={LanguageTag("en"): words}, pictures={"*": {key("c:tea"): "tea.webp"}}, media={"tea.webp": medium}
    )
    read = read_questionnaire(canonical_bytes(form))
    assert picture(read, key("c:tea"), LanguageTag("cy")) == medium
    assert worded(read, key("c:tea"), LanguageTag("cy"))[0] == ()


def test_draws_take_no_more_blocks_than_there_are() -> None:
    blocks = (BlockSpan("extra", "rest", number("extra"), number("more")),)
    assert read_questionnaire(canonical_bytes(a_form(blocks=blocks, draws={"rest": 1}))).draws == {"rest": 1}
    with pytest.raises(UnreadableQuestionnaireError, match="rest"):
        read_questionnaire(canonical_bytes(a_form(blocks=blocks, draws={"rest": 2})))


def test_a_long_chain_of_operators_is_read_without_a_deep_stack() -> None:
    nodes = list(a_form().nodes)
    chain = expr(" or ".join(["${eats} = 'yes'"] * 120))
    nodes[number("dish")] = SelectOne(
        name="dish", parent=NodeNumber(number("life")), row=18, words=key("t:dish"), list_name="dishes", relevant=chain
    )
    written = canonical_bytes(a_form(nodes=tuple(nodes)))
    assert canonical_bytes(read_questionnaire(written)) == written
