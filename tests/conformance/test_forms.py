"""Every XForm of the vectors is accepted, or refused with a named reason; nothing else may happen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sync.central.authoring.refusal import SENTENCES, Refusal, WorkbookRefusedError
from tests.conformance.scenarios import compiled
from tests.conformance.vectors import directory, read_suite

CODES = frozenset(code.partition("/")[0] for code in SENTENCES)


def test_every_form_is_accepted_or_refused_with_a_named_reason() -> None:
    forms = read_suite("scenarios")["forms"]
    refused = {name: refusals for name, xml in forms.items() if (refusals := refusals_of(xml)) is not None}
    for name, refusals in refused.items():
        assert refusals, name
        assert {refusal.code for refusal in refusals} <= CODES, name
        assert all(refusal.sentence for refusal in refusals), name
    assert len(refused) < len(forms) / 2


def refusals_of(xml: str) -> tuple[Refusal, ...] | None:
    """Return why a form is refused; None where it is accepted."""
    try:
        compiled(xml)
    except WorkbookRefusedError as error:
        return error.refusals
    return None


def test_a_directory_that_is_there_but_unreadable_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scenarios.json").write_text(json.dumps({"format": 2, "suite": "scenarios"}), encoding="utf-8")
    monkeypatch.setenv("WINGVOICE_CONFORMANCE", str(tmp_path))
    assert directory() == tmp_path
    with pytest.raises(ValueError, match="not format 1"):
        read_suite("scenarios")
