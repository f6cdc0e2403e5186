"""Records: canonical bytes without time, order or place."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.answers import FinishedAnswers
from models.canonical import UnreadableContentError
from models.questionnaire import LanguageTag, ModuleName, Path, Purpose
from models.record import ReadRecord, make_record, read_record, record_body

FORM = bytes(range(32))
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20).map(lambda text: unicodedata.normalize("NFC", text))
HEX = st.binary(min_size=1, max_size=32).map(bytes.hex)
RECORDS = st.builds(
    ReadRecord,
    module=st.sampled_from([ModuleName("food"), ModuleName("life")]),
    language=st.sampled_from([LanguageTag("en"), LanguageTag("zh-Hant")]),
    blocks=st.lists(st.sampled_from(["b1", "b2"]), unique=True).map(tuple),
    answers=st.dictionaries(TEXTS.map(Path), TEXTS, max_size=5),
    notice=TEXTS,
    channel=st.sampled_from(["kiosk", "paper"]),
    mode=st.sampled_from([None, "anonymous", "code", "named"]),
    link=st.none() | HEX,
    reply=st.none() | st.binary(min_size=32, max_size=32).map(bytes.hex),
)


def finished(**answers: str) -> FinishedAnswers:
    found = {Path(path): text for path, text in answers.items()}
    return FinishedAnswers(ModuleName("food"), LanguageTag("pl"), ("b1",), found)


@given(RECORDS)
def test_a_record_goes_back_and_forth_without_changing_a_byte(record: ReadRecord) -> None:
    body = record_body(record)
    assert read_record(body) == record
    assert record_body(read_record(body)) == body


@given(st.binary(max_size=80))
def test_garbage_is_refused_by_the_one_error(unverified: bytes) -> None:
    with pytest.raises(UnreadableContentError):
        read_record(unverified)


def test_the_order_of_answering_leaves_no_trace_in_the_bytes() -> None:
    forth = make_record(finished(a="1", b="2"), Purpose.SURVEY, FORM, "2026-11")
    back = make_record(finished(b="2", a="1"), Purpose.SURVEY, FORM, "2026-11")
    assert forth == back


def test_a_body_holds_these_keys_and_no_time_place_or_purpose() -> None:
    body = make_record(finished(a="1"), Purpose.SUGGESTION, FORM, "2026-11", "anonymous").body
    assert sorted(json.loads(body)) == [
        "answers",
        "blocks",
        "channel",
        "format",
        "language",
        "mode",
        "module",
        "notice",
    ]
    assert FORM.hex().encode() not in body


def test_a_record_shows_no_answer_in_its_repr() -> None:
    assert "secret" not in repr(make_record(finished(a="secret"), Purpose.SURVEY, FORM, "1"))


@pytest.mark.parametrize(
    ("taken", "put"),
    [
        (b'"channel":"kiosk"', b'"channel":"phone"'),
        (b'"format":1', b'"format":2'),
        (b'"language":"pl"', b'"language":"Polish"'),
        (b'"answers":{"a":"1"}', b'"answers":{"a":1}'),
        (b'"notice":"1"', b'"notice":"1","place":"HMP"'),
        (b'"mode":"code"', b'"mode":"shouted"'),
        (b'"mode":"code"', b'"link":"xyz","mode":"code"'),
        (b'"reply":"ab', b'"reply":"xy'),
    ],
)
def test_a_body_of_another_shape_is_refused(taken: bytes, put: bytes) -> None:
    body = make_record(finished(a="1"), Purpose.SURVEY, FORM, "1", "code", reply="ab" * 32).body
    assert taken in body
    with pytest.raises(UnreadableContentError):
        read_record(body.replace(taken, put))


def test_a_record_without_a_whole_hash_is_our_own_mistake() -> None:
    with pytest.raises(RuntimeError):
        make_record(finished(), Purpose.SURVEY, b"short", "1")
    with pytest.raises(RuntimeError):
        make_record(finished(), Purpose.SURVEY, FORM, "1", "shouted")
