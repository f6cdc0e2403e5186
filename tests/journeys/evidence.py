"""What the demo holds against the program: bytes on disk, counts, pictures.

Rule 1: each finding is a sentence that can be false; a false one stops the demo with exit code 1.
"""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path as Folder
from typing import Any, Final

import sqlalchemy as sa

from kiosk.enrolled import Kiosk, provider_for
from kiosk.home import read_home
from models import seal
from models.questionnaire import Number, Path, Questionnaire, Rank, canonical_bytes
from models.tables import OutboxRow, PoolRow
from sync.central.results.projection import nodes_by_path
from tests.journeys.establishment import Establishment

SCREENS: Final = (
    "welcome", "home", "consultations", "question-noteonly", "question-tiles", "question-tiles-likert",
    "question-tiles-many", "question-steps", "question-keypad", "question-textpad", "review", "between", "farewell",
    "board", "page", "help", "warning",
)  # fmt: skip
BOOTH: Final = ("boothwelcome", "boothslip", "boothvote", "boothcheck", "boothsealed")


class DifferenceError(Exception):
    """Something is not as it should be."""


@dataclass(frozen=True)
class Held:
    """How many records a kiosk still keeps."""

    pool: int
    outbox: int


def stands(holds: bool, sentence: str, *differences: object) -> None:
    """Go on if it holds; DifferenceError if not."""
    if not holds:
        raise DifferenceError(f"{sentence}: no. {' / '.join(str(one)[:1500] for one in differences)}")


def held(house: Establishment, name: str) -> Held:
    """Open a kiosk's vault and count what it keeps."""
    home = read_home(house.kiosk_home(name))
    kiosk = Kiosk(home, provider_for(home))
    with kiosk.vault.reading() as session:
        counts = [session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in (PoolRow, OutboxRow)]
    kiosk.close()
    return Held(*counts)


def form_hash(form: Questionnaire) -> bytes:
    """Return what a record names its questionnaire by."""
    return seal.digest(canonical_bytes(form))


def nothing_readable(house: Establishment, texts: Iterable[str], pressed: Sequence[Mapping[str, Any]]) -> None:
    """Scan every byte that lies on kiosks, stick and in the ledger for what people said."""
    needles = {b'"answers":', b'"idea/', b'"daily/'}
    for text in texts:
        needles |= {text.encode(), text.encode("utf-16-le"), json.dumps(text)[1:-1].encode()}
    bodies = {json.dumps(one["answers"], separators=(",", ":"), sort_keys=True).encode() for one in pressed}
    places = [house.kiosk_home("net"), house.kiosk_home("sticky"), house.stick / "wingvoice" / "up"]
    files = [path for place in places for path in sorted(place.rglob("*")) if path.is_file()]
    files += sorted(house.central_home.glob("ledger.db*"))
    stands(len(files) > 6, "there are files to scan")
    for path in files:
        data = path.read_bytes()
        found = [needle for needle in (*needles, *bodies) if needle in data]
        stands(not found, f"no answer can be read in {path.name}", found)


def skips_skip(pressed: Sequence[Mapping[str, Any]]) -> None:
    """Skip logic really skipped: a follow-up stands exactly where its gate was answered so."""
    gates = {"daily/contact": {"yes": "daily/contact_ways", "no": "daily/contact_hurdle"}}
    seen: Counter[str] = Counter()
    for one in pressed:
        for gate, ways in gates.items():
            if gate not in one["answers"]:
                continue
            for answer, follow_up in ways.items():
                asked = follow_up in one["answers"]
                stands(asked == (one["answers"][gate] == answer), f"{follow_up} is asked only after {answer!r}", one)
                seen[f"{follow_up} {asked}"] += 1
    stands(len(seen) == 4, "each follow-up was asked of some, and skipped for others", seen)


def published_agrees(results: Folder, pressed: Sequence[Mapping[str, Any]], forms: Mapping[str, Questionnaire]) -> None:
    """Every published number is a true one, and none stands for fewer than ten."""
    released = json.loads(results.read_text(encoding="utf-8"))
    shown = 0
    for table in released["tables"]:
        form = next(form for form in forms.values() if form_hash(form).hex() == table["form"])
        tapped = _tally(form, table["question"], pressed)
        for cell in table["cells"]:
            if cell["count"] is None:
                continue
            shown += 1
            sentence = f"{table['question']} {cell['words']!r} is as tapped"
            stands(cell["count"] == tapped[cell["key"]], sentence, cell, tapped)
            stands(cell["count"] >= released["least"], "no published group is under ten", cell)
    stands(shown > 0, "something is published", [table["status"] for table in released["tables"]])


def _tally(form: Questionnaire, path: str, pressed: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """Count what the fingers remember, under the keys that results use: "" for no answer, "any" for a number."""
    node = nodes_by_path(form)[Path(path)]
    choices = form.lists[node.list_name] if hasattr(node, "list_name") else ()
    skips = {choice.value for choice in choices if choice.kind == "skip"}
    tally: Counter[str] = Counter()
    for one in pressed:
        if one["consultation"] != form.id or path not in one["answers"]:
            continue
        values = [value for value in one["answers"][path].split() if value not in skips]
        values = values[:1] if isinstance(node, Rank) else values  # counted is what was put first
        tally.update(["any" if isinstance(node, Number) else value for value in values] or [""])
    return tally


def every_screen_was_seen(folder: Folder, languages: Sequence[str]) -> None:
    """There is a picture of every screen in every language, and of both staff pages."""
    wanted = {f"{language}-{screen}.png" for language in languages for screen in SCREENS} | {
        "staff-pin.png",
        "staff-service.png",
        "staff-servicepart.png",
        "staff-servicepart-docking.png",
        "staff-outofservice.png",
        "reply.png",
    }
    missing = wanted - {path.name for path in folder.glob("*.png")}
    stands(not missing, "every screen was seen in every language", sorted(missing))


def every_booth_screen_was_seen(folder: Folder, languages: Sequence[str]) -> None:
    """There is a picture of every screen of a booth in the languages of those who voted, and of the staff's page."""
    wanted = {f"{language}-{screen}.png" for language in languages for screen in BOOTH} | {"staff-poll.png"}
    missing = wanted - {path.name for path in folder.glob("*.png")}
    stands(not missing, "every screen of the booth was seen", sorted(missing))


def contact_sheet(folder: Folder, languages: Sequence[str], day: date) -> None:
    """Write an HTML page with all pictures, a row a screen."""
    kinds = [*SCREENS, *BOOTH, "poll", "pin", "service", "servicepart", "servicepart-docking", "outofservice"]
    rows = []
    for kind in kinds:
        cells = "".join(
            f'<td><a href="{path.name}"><img src="{path.name}" alt="{html.escape(path.stem)}" width="320"></a></td>'
            for path in (folder / f"{language}-{kind}.png" for language in (*languages, "staff"))
            if path.exists()
        )
        rows.append(f"<tr><th>{html.escape(kind)}</th>{cells}</tr>")
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Wing Voice, every screen, {day}</title>'
        "<style>body{font:16px sans-serif;margin:1rem}th{text-align:left;vertical-align:top}"
        "img{border:1px solid #0b0c0c}</style>"
        f"<h1>Every screen, {day}</h1><table>{''.join(rows)}</table></html>\n"
    )
    (folder / "index.html").write_text(page, encoding="utf-8")
