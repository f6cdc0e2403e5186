"""The engine answers as web-forms, Enketo and JavaRosa do."""

from __future__ import annotations

import pytest

from tests.conformance.adapters import Suite
from tests.conformance.exclusions import Rule, expression_traits, rule_for
from tests.conformance.report import MOST_EXCLUDED, Report
from tests.conformance.vectors import XPATH_SUITES, read_suite

LEAST_PASSED = 0.97


@pytest.mark.parametrize("name", XPATH_SUITES)
def test_expressions_are_answered_as_the_reference_engines_do(name: str, report: Report) -> None:
    suite = Suite.of(read_suite(name))
    judged, passed, excluded = set(), set(), dict[str, Rule]()
    outside = [case for case in suite.cases if case.get("disagrees")]
    for case in suite.cases:
        if case.get("disagrees"):
            continue
        rule = rule_for(report.rules, name, expression_traits(case["expr"]))
        if rule is not None:
            excluded[case["id"]] = rule
            continue
        judged.add(case["id"])
        if suite.passes(case):
            passed.add(case["id"])
    row = report.add(name, judged, passed, excluded, len(outside))
    told = "\n".join(suite.told(case) for case in suite.cases if case["id"] in row.failed)
    assert row.share_passed >= LEAST_PASSED, told
    assert row.share_excluded < MOST_EXCLUDED
