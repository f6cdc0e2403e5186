"""One report for the whole run; its table is printed when all is done."""

from __future__ import annotations

from typing import Final

import pytest

from tests.conformance.exclusions import read_rules
from tests.conformance.report import Report

_REPORT: Final = pytest.StashKey[Report]()


@pytest.fixture(scope="session")
def report(request: pytest.FixtureRequest) -> Report:
    """Gather what became of each suite, and hold the rules that leave cases out."""
    return request.config.stash.setdefault(_REPORT, Report(read_rules()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table, and write it where it is wanted."""
    report = config.stash.get(_REPORT, None)
    if report is None or not report.rows:
        return
    terminalreporter.section("conformance")
    for line in report.lines():
        terminalreporter.write_line(line)
    report.write()
