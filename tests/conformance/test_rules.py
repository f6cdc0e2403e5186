"""What leaves cases out, and what reports it, is itself held to its rules."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests.conformance import report as reports
from tests.conformance import vectors
from tests.conformance.adapters import Suite, node_at, read_document
from tests.conformance.exclusions import FILE, BadRuleError, Rule, expression_traits, read_rules, rule_for

GOOD = 'suites = ["*"]\nfunction = ["digest"]\nreason = "a hash of a short answer is that answer"\n'
HEX = frozenset("0123456789abcdef")


def _rules(path: Path, *entries: str) -> tuple[Rule, ...]:
    path.write_text("\n".join(f"[[rule]]\n{entry}" for entry in entries), encoding="utf-8")
    return read_rules(path)


@pytest.mark.parametrize(
    "entry",
    [
        GOOD.replace("a hash of a short answer is that answer", "two words"),
        GOOD.replace('reason = "a hash of a short answer is that answer"\n', ""),
        GOOD.replace('function = ["digest"]\n', ""),
        GOOD.replace('["digest"]', "[]"),
        GOOD.replace('["digest"]', '"digest"'),
        GOOD.replace('["*"]', "[]"),
        GOOD + 'axis = ["namespace"]\n',
        GOOD + 'test = ["a title"]\n',
        GOOD + 'id = ["0123456789ab"]\n',
        GOOD.replace('function = ["digest"]', 'construct = ["whatever fails"]'),
    ],
)
def test_a_rule_that_does_not_say_what_and_why_fails(tmp_path: Path, entry: str) -> None:
    assert _rules(tmp_path / "good.toml", GOOD)[0].names == {"digest"}
    with pytest.raises(BadRuleError):
        _rules(tmp_path / "bad.toml", entry)


def test_the_rules_of_this_repository_name_no_case() -> None:
    rules = read_rules()
    names = {name for rule in rules for name in rule.names}
    assert rules
    assert not [name for name in names if len(name) == 12 and set(name) <= HEX]
    assert len(tomllib.loads(FILE.read_text(encoding="utf-8"))["rule"]) == len(rules)


@pytest.mark.parametrize(
    ("source", "kind", "names"),
    [
        ("child::text()", "node", {"text"}),
        ("a/comment() | processing-instruction('x')", "node", {"comment", "processing-instruction"}),
        ("'text()'", "node", set()),
        ("count(node())", "node", set()),
        ("digest(name(), \"lang('x')\")", "function", {"digest", "name"}),
        ("jr:itext ('x') + a-name(1)", "function", {"jr:itext", "a-name"}),
        ("count(text())", "function", {"count"}),
        ("namespace::* | following-sibling :: a", "axis", {"namespace", "following-sibling"}),
    ],
)
def test_the_constructs_of_an_expression_are_read_from_its_text(source: str, kind: str, names: set[str]) -> None:
    assert expression_traits(source)[kind] == names


def test_a_rule_holds_for_its_suites_and_its_kind_alone(tmp_path: Path) -> None:
    rules = _rules(tmp_path / "rules.toml", GOOD.replace('"*"', '"scenarios"'), GOOD.replace("digest", "uuid"))
    digest, uuid = rules
    assert rule_for(rules, "scenarios", {"function": frozenset({"digest"})}) is digest
    assert rule_for(rules, "xpath_enketo", {"function": frozenset({"digest"})}) is None
    assert rule_for(rules, "xpath_enketo", {"function": frozenset({"digest", "uuid"})}) is uuid
    assert rule_for(rules, "scenarios", {"code": frozenset({"digest"})}) is None


def test_the_report_counts_every_case_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    used, idle = _rules(tmp_path / "rules.toml", GOOD, GOOD.replace("digest", "uuid"))
    report = reports.Report((used, idle))
    row = report.add("scenarios", {"a", "b", "c"}, {"a", "b"}, {"d": used}, outside=2)
    assert (row.in_scope, sorted(row.failed), row.share_passed, row.share_excluded) == (3, ["c"], 2 / 3, 1 / 4)
    assert report.idle() == (idle,)
    told = "\n".join(report.lines())
    assert "failed: c" in told
    assert "idle: rule 2" in told
    monkeypatch.setenv(reports.VARIABLE, str(tmp_path / "report.json"))
    report.write()
    written = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert written["suites"][0]["failed"] == ["c"]
    assert written["suites"][0]["by_rule"][0]["cases"] == ["d"]
    with pytest.raises(ValueError, match="twice"):
        report.add("scenarios", {"a"}, {"a"}, {"a": used})


def test_vectors_that_are_not_there_are_skipped_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "nowhere"
    monkeypatch.setenv(vectors.VARIABLE, str(place))
    with pytest.raises(pytest.skip.Exception) as skipped:
        vectors.read_suite("scenarios")
    assert str(skipped.value) == f"no conformance vectors at {place}: set WINGVOICE_CONFORMANCE"


@pytest.mark.parametrize("content", [None, b"{", b"[]", b'{"format": 2, "suite": "scenarios"}', b'{"format": 1}'])
def test_vectors_that_cannot_be_read_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    monkeypatch.setenv(vectors.VARIABLE, str(tmp_path))
    if content is not None:
        (tmp_path / "scenarios.json").write_bytes(content)
    with pytest.raises((OSError, ValueError)):
        vectors.read_suite("scenarios")


def test_a_document_is_named_as_expressions_name_it_and_found_by_path() -> None:
    xml = (
        '<h:html xmlns:h="urn:html" xmlns:x="urn:other" xmlns="urn:form"><a x:b="1" jr="2">one<!-- no --> two'
        '<c xmlns="urn:html">three</c></a></h:html>'
    )
    top = read_document(xml, {"html": "urn:html"})
    a = node_at(top, "/*[1]/*[1]")
    assert [node.name for node in top.walk() if node.kind == "element"] == ["html:html", "a", "html:c"]
    assert [one.name for one in a.attributes] == ["x:b", "jr"]
    assert a.text() == "one twothree"
    assert node_at(top, "/*[1]/*[1]/text()[2]").text() == " two"
    assert node_at(top, "/*[1]/*[1]/@jr").text() == "2"
    with pytest.raises(LookupError):
        node_at(top, "/*[1]/*[2]")


def test_a_wrong_answer_is_told_apart_from_a_right_one() -> None:
    suite = Suite("xpath_enketo", 0, (), {"d": "<a><b>1</b></a>"}, {})
    case = {"id": "x", "document": "d", "context": "/"}
    right = [
        {"type": "number", "expr": "1 + 1", "expected": 2},
        {"type": "number", "expr": "number('x')", "expected": "NaN"},
        {"type": "numberRounded", "expr": "2 div 3", "expected": {"value": 0.67, "factor": 100}},
        {"type": "string", "expr": "a/b", "expected": "1"},
        {"type": "stringMatch", "expr": "'abc'", "expected": "^a"},
        {"type": "boolean", "expr": "//b", "expected": True},
        {"type": "nodes", "expr": "//b", "expected": ["/*[1]/*[1]"]},
        {"type": "error", "expr": "not-a-function()", "expected": None},
    ]
    wrong = [
        {"type": "number", "expr": "1 + 1", "expected": 2.1},
        {"type": "number", "expr": "1", "expected": "NaN"},
        {"type": "numberRounded", "expr": "number('x')", "expected": {"value": 0.67, "factor": 100}},
        {"type": "string", "expr": "a/b", "expected": "1.0"},
        {"type": "string", "expr": "not-a-function()", "expected": ""},
        {"type": "boolean", "expr": "//c", "expected": True},
        {"type": "nodes", "expr": "//a", "expected": ["/*[1]/*[1]"]},
        {"type": "nodes", "expr": "'a'", "expected": []},
        {"type": "error", "expr": "number('x')", "expected": None},
    ]
    assert [suite.passes(case | one) for one in right] == [True] * len(right)
    assert [suite.passes(case | one) for one in wrong] == [False] * len(wrong)
