"""Lays out an example establishment, the wings or the waiting room, as a content folder that the press takes.

Rule 1: questionnaires are authored from the shipped workbooks, each time; none is shipped compiled, and only those are
    laid out that a consultation opens.
Rule 2: days in assets/example are written for WRITTEN_FOR; they are moved so that everything is open on the day given.
Rule 3: the clock is an argument; an existing file of the same name is written over, nothing else is touched.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from models.questionnaire import canonical_bytes
from sync.central.authoring.author import author_workbook

ASSETS: Final = Path(__file__).resolve().parents[3] / "assets"
ESTABLISHMENT: Final = "EXA"
OFFICE: Final = "EXO"
"""The waiting room of probation; its content lies in assets/example/office."""
CAMPAIGN: Final = "2026-example"
WRITTEN_FOR: Final = date(2026, 11, 22)
DAY: Final = re.compile(r"^(opens|closes|answer_by|day) = ([0-9]{4}-[0-9]{2}-[0-9]{2})$", re.MULTILINE)


def lay_out(into: Path, today: date, assets: Path = ASSETS, establishment: str = ESTABLISHMENT) -> None:
    """Write questionnaires, consultations, notices and places into the folder `into`, as of `today`."""
    lay_out_without_questionnaires(into, today, assets, establishment)
    (into / "questionnaires").mkdir(exist_ok=True)
    for workbook in opened_workbooks(assets, establishment):
        authored = author_workbook(workbook.read_bytes())
        written = into / "questionnaires" / f"{workbook.stem}.json"
        written.write_bytes(canonical_bytes(authored.questionnaire))


def lay_out_without_questionnaires(
    into: Path, today: date, assets: Path = ASSETS, establishment: str = ESTABLISHMENT
) -> None:
    """Write the rest, for whoever authors the workbooks otherwise."""
    moved = today - WRITTEN_FOR
    for kind in ("place", "consultations", "notices"):
        (into / kind).mkdir(parents=True, exist_ok=True)
        for source in sorted((_folder(assets, establishment) / kind).glob("*.toml")):
            text = source.read_text(encoding="utf-8")
            (into / kind / source.name).write_text(move_days(text, moved), encoding="utf-8")


def _folder(assets: Path, establishment: str) -> Path:
    return assets / "example" / "office" if establishment == OFFICE else assets / "example"


def opened_workbooks(assets: Path = ASSETS, establishment: str = ESTABLISHMENT) -> tuple[Path, ...]:
    """Return the workbooks that a consultation of the example opens; a bundle carries no others."""
    consultations = sorted((_folder(assets, establishment) / "consultations").glob("*.toml"))
    opened = {tomllib.loads(path.read_text(encoding="utf-8"))["questionnaire"] for path in consultations}
    return tuple(assets / "questionnaires" / f"{form_id}.xlsx" for form_id in sorted(opened))


def move_days(text: str, moved: timedelta) -> str:
    """Return a content file with its days moved; only whole lines such as `opens = 2026-11-16` are days."""

    def later(match: re.Match[str]) -> str:
        return f"{match[1]} = {(date.fromisoformat(match[2]) + moved).isoformat()}"

    return DAY.sub(later, text)
