"""Whole forms with scripts of answers and checks: our compiler and our sheet against what the reference engine expects.

Rule 1: a form goes through authoring, its canonical bytes and the kiosk's reader before a script is played on it.
Rule 2: a script whose form is refused is left out only by a rule that names the code; else it failed.
Rule 3: forms with places or uploads must be refused, and stand outside the count.
Source: questionnaires.md section 14.
"""

from __future__ import annotations

from typing import Any

from sync.central.authoring.refusal import WorkbookRefusedError
from tests.conformance.exclusions import Rule, rule_for
from tests.conformance.report import MOST_EXCLUDED, Report
from tests.conformance.scenarios import Play, compiled
from tests.conformance.vectors import read_suite

SUITE = "scenarios"


def test_scripts_of_answers_come_out_as_expected(report: Report) -> None:
    content = read_suite(SUITE)
    passed: set[str] = set()
    judged: dict[str, str] = {}
    excluded: dict[str, Rule] = {}
    outside = 0
    for script in content["scripts"]:
        name, xml = script["id"], content["forms"][script["form"]]
        if script["geo"] or script["uploads"]:
            assert refused(xml), f"{name}: a form with places or uploads was accepted"
            outside += 1
            continue
        codes = refused(xml)
        rule = rule_for(report.rules, SUITE, {"code": codes}) if codes else None
        if rule is not None:
            excluded[name] = rule
            continue
        judged[name] = ", ".join(sorted(codes)) if codes else trouble(script, xml)
        if not judged[name]:
            passed.add(name)
    row = report.add(SUITE, judged, passed, excluded, outside)
    assert not row.failed, "\n".join(f"{name}: {judged[name]}" for name in sorted(row.failed))
    assert row.share_excluded < MOST_EXCLUDED


def refused(xml: str) -> frozenset[str]:
    """Return the codes with which a form is refused; none where it is accepted."""
    try:
        compiled(xml)
    except WorkbookRefusedError as error:
        return frozenset(refusal.code for refusal in error.refusals)
    return frozenset()


def trouble(script: dict[str, Any], xml: str) -> str:
    """Return where a script went wrong; blank where it did not."""
    play = Play.of(xml)
    for number, step in enumerate(script["steps"], start=1):
        try:
            play.step(step)
        except Exception as error:  # noqa: BLE001 - one script that breaks must not hide the others
            return f"step {number} {step}: {type(error).__name__} {error}"
    return ""
