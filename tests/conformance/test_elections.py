"""Counts real wards, and holds every winner, stage and total against what the councils published.

Rule 1: WINGVOICE_ELECTIONS names any directory in the shared format; without it the shared sample is taken.
Rule 2: figures are read from the report's bytes, as whoever counts again reads them, and compared as whole numbers.
Rule 3: only what expected.json itself lists as a misprint is left out.
Source: elections.md section 14.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Final

import pytest

from models.counting.blt import read_blt
from models.errors import UnreadableVotesError
from sync.central.elections.count import asked, count_file

GIVEN: Final = os.environ.get("WINGVOICE_ELECTIONS", "")
PLACE: Final = Path(GIVEN) if GIVEN else Path(__file__).parents[3] / "shared" / "data" / "elections"
STV: Final = asked(rule="scottish-stv")

if not GIVEN and not PLACE.is_dir():
    pytest.skip("the shared election data are not beside this project", allow_module_level=True)


def listed(name: str, key: str = "") -> list[dict[str, Any]]:
    path = PLACE / name
    if not path.exists():
        return []
    value = json.loads(path.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = value[key] if key else value
    return found


WARDS: Final = listed("expected.json", "wards")
DIALECTS: Final = listed("dialects.json")


def units(votes: str) -> int:
    """Return votes with five decimals as whole units."""
    whole, _, decimals = votes.partition(".")
    assert len(decimals) == 5
    return int(whole + decimals)


def counted(data: bytes, file: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(count_file(data, file, STV).report)
    return report


def test_the_directory_holds_wards() -> None:
    assert WARDS


@pytest.mark.parametrize("ward", WARDS, ids=lambda ward: ward["id"])
def test_a_ward_comes_out_as_its_council_published(ward: dict[str, Any]) -> None:
    data = (PLACE / ward["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == ward["sha256"]
    report = counted(data, ward["file"])
    misprinted = {one["field"]: one["should_be"] for one in ward["known_errors"] if "field" in one}
    expected = ward | {field: int(figure) for field, figure in misprinted.items() if str(figure).isdigit()}
    assert report["input"] == ward["sha256"]
    assert report["quota"] == expected["quota"]
    assert report["ballots"]["valid"] == expected["valid"]
    for ours, theirs in zip(report["candidates"], ward["candidates"], strict=True):
        assert (ours["number"], ours["name"] in theirs["ballot_name"]) == (theirs["number"], True)
    winners = {(one["candidate"], one["stage"]) for one in report["elected"]}
    assert winners == {(one["candidate"], one["stage"]) for one in expected["elected"]}
    moves = [(stage["stage"], stage["kind"], stage["from"] or None) for stage in report["stages"]]
    assert moves == [(stage["stage"], stage["kind"], stage["from"]) for stage in expected["stages"]]


@pytest.mark.parametrize("ward", WARDS, ids=lambda ward: ward["id"])
def test_every_total_of_a_ward_is_right_to_the_last_decimal_published(ward: dict[str, Any]) -> None:
    report = counted((PLACE / ward["file"]).read_bytes(), ward["file"])
    misprints = {(one["stage"], one["candidate"]) for one in ward["known_errors"] if "stage" in one}
    slack = units(ward["tolerance"])
    compared = 0
    wrong = []
    for ours, theirs in zip(report["stages"], ward["stages"], strict=True):
        for number, (total, printed) in enumerate(zip(ours["totals"], theirs["totals"], strict=True), start=1):
            if (ours["stage"], number) not in misprints:
                compared += 1
                if abs(units(total) - units(printed)) > slack:
                    wrong.append((ours["stage"], number, total, printed))
        assert sum(map(units, ours["totals"])) + units(ours["non_transferable"]) == 100_000 * report["ballots"]["valid"]
    assert wrong == []
    assert compared == len(ward["candidates"]) * len(ward["stages"]) - len(misprints)


@pytest.mark.parametrize("ward", WARDS, ids=lambda ward: ward["id"])
def test_the_preferences_used_give_the_same_report_byte_for_byte_but_its_input(ward: dict[str, Any]) -> None:
    first = count_file((PLACE / ward["file"]).read_bytes(), ward["file"], asked(rule="scottish-stv", as_used=True))
    assert first.as_used is not None
    again = count_file(first.as_used, "as-used", STV)
    before, after = hashlib.sha256((PLACE / ward["file"]).read_bytes()), hashlib.sha256(first.as_used)
    assert again.report == first.report.replace(before.hexdigest().encode(), after.hexdigest().encode())


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: Path(dialect["file"]).stem)
def test_a_dialect_is_read_or_refused_at_its_line(dialect: dict[str, Any]) -> None:
    data = (PLACE / dialect["file"]).read_bytes()
    if not dialect["readable"]:
        with pytest.raises(UnreadableVotesError) as refused:
            read_blt(data, dialect["file"])
        assert refused.value.line == dialect["line"]
        assert refused.value.file == dialect["file"]
        return
    blt = read_blt(data, dialect["file"])
    assert [one.name for one in blt.candidates] == dialect["names"]
    assert [one.party for one in blt.candidates] == dialect["parties"]
    assert (blt.seats, blt.title) == (dialect["seats"], dialect["title"])
    assert sum(blt.rankings.values()) == dialect["ballots"]
