"""A release: the tables that may be shown, as they stand on one day, kept so that the next one can follow it safely.

Rule 1: every page, picture, file and line in a terminal is drawn from a release; nothing else leaves the desk.
Rule 2: the same answers give the same bytes.
Rule 3: the last release is kept: what was published once is never forgotten (results.md section 9.4).

    results.json   {"format": 1, "day": "2026-11-22", "least": 10, "tables": [{…, "asked": 40 or null, "status": "…",
                    "cells": [{"key": "yes", "words": "Yes", "count": 25 or null}]}],       null: held back
                    "instruments": [{"form": "9f…", "licence": "own", "attribution": "…", "scales": [{…}]}]}
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from models.errors import ResultsError
from models.questionnaire import read_questionnaire
from models.seal import Digest, digest
from sync.central.results.aggregates import count
from sync.central.results.disclosure import LEAST, Shown, Status, Table, protect
from sync.central.results.instruments import Instrument, instrument, read_instrument
from sync.central.results.projection import Turn


@dataclass(frozen=True, slots=True)
class Release:
    """What may be shown, the day it was made, and what is to be said about each questionnaire that was used."""

    day: date
    tables: tuple[Table, ...]
    instruments: tuple[Instrument, ...] = ()


def make_release(
    turns: Sequence[Turn], questionnaires: Sequence[bytes], day: date, earlier: Release | None = None
) -> Release:
    """Return today's release of everything opened; ResultsError where a questionnaire is not at hand.

    `earlier` is the release that stands, or None before the first.
    """
    known = {digest(data): read_questionnaire(data) for data in questionnaires}
    missing = {turn.form.hex() for turn in turns if turn.form not in known}
    if missing:
        raise ResultsError(detail=f"questionnaire {min(missing)[:12]} was never published from here.")
    tables = protect(count(turns, known), earlier.tables if earlier else ())
    used = {table.form for table in tables}
    return Release(day, tables, tuple(instrument(form, known[Digest(bytes.fromhex(form))]) for form in sorted(used)))


def release_json(release: Release) -> bytes:
    """Return `results.json`."""
    tables = [
        asdict(table) | {"status": table.status.name.lower(), "note": table.status.value} for table in release.tables
    ]
    instruments = [asdict(one) for one in release.instruments]
    value = {
        "format": 1,
        "day": release.day.isoformat(),
        "least": LEAST,
        "tables": tables,
        "instruments": instruments,
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def read_release(kept: bytes) -> Release:
    """Return a release that was kept; ResultsError where the file was spoilt."""
    try:
        value = json.loads(kept)
        tables = tuple(_table(table) for table in value["tables"])
        instruments = tuple(read_instrument(one) for one in value.get("instruments", ()))
        return Release(date.fromisoformat(value["day"]), tables, instruments)
    except (ValueError, KeyError, TypeError) as spoilt:
        raise ResultsError(detail="the last release cannot be read; put it back from a copy.") from spoilt


def _table(kept: dict[str, Any]) -> Table:
    facts = {name: value for name, value in kept.items() if name != "note"}
    cells = tuple(Shown(**cell) for cell in kept["cells"])
    return Table(**(facts | {"cells": cells, "status": Status[kept["status"].upper()]}))


def keep(folder: Path, release: Release) -> Path:
    """Write results.json, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "results.json"
    fresh = path.with_suffix(".new")
    fresh.write_bytes(release_json(release))
    return fresh.replace(path)


def last(folder: Path) -> Release | None:
    """Return the release that stands, or None before the first."""
    path = folder / "results.json"
    return read_release(path.read_bytes()) if path.exists() else None
