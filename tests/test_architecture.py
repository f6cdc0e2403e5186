"""The import law beyond what import-linter sees, and the promises that README makes about the tree."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kiosk
import models
import sync
from models.errors import WingVoiceError

HOUSE = Path(__file__).parent.parent
FORBIDDEN = ("sqlalchemy", "sqlite3", "sqlcipher3", "socket", "kivy")
PURE = [
    *(f"models.expressions.{path.stem}" for path in sorted((HOUSE / "models" / "expressions").glob("[a-z]*.py"))),
    *(f"models.election.{path.stem}" for path in sorted((HOUSE / "models" / "election").glob("[a-z]*.py"))),
    *(f"models.counting.{path.stem}" for path in sorted((HOUSE / "models" / "counting").glob("[a-z]*.py"))),
    "models.canonical", "models.questionnaire", "models.layout", "models.places", "models.graph", "models.routing",
    "models.fitting", "models.wake", "models.filling", "models.answers", "models.consultation",
    "models.noticeboard", "models.reply", "models.comeback", "models.risk", "models.letters", "models.findings",
    "models.record", "models.clips", "sync.batch", "sync.numbering", "sync.exchange", "kiosk.places", "kiosk.sitting",
    "kiosk.writing", "kiosk.patience", "kiosk.typeset", "kiosk.speech", "kiosk.wording",
    "kiosk.pin_lock", "sync.central.results.disclosure",
    *(f"kiosk.presenters.{path.stem}" for path in sorted((HOUSE / "kiosk" / "presenters").glob("[a-z]*.py"))),
]  # fmt: skip


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_brings_no_database_no_socket_no_screen(room: str) -> None:
    """Import-linter reads the source; this looks at what a fresh interpreter really loaded."""
    look = f"import sys, {room}; print(*sorted(set(sys.modules) & set({FORBIDDEN!r})))"
    seen = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=HOUSE)
    assert seen.stdout.strip() == ""


PACKAGES = [path for room in ("kiosk", "sync", "models") for path in (HOUSE / room).rglob("__init__.py")]


@pytest.mark.parametrize("package", [str(path.relative_to(HOUSE)) for path in PACKAGES])
def test_a_package_opens_with_one_docstring_and_nothing_else(package: str) -> None:
    text = (HOUSE / package).read_text(encoding="utf-8").strip()
    assert text.startswith('"""')
    assert text.endswith('"""')
    assert text.count('"""') == 2


def test_every_path_the_readme_names_exists() -> None:
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:kiosk|sync|models|assets|tests|docs|\.ci)/[\w./-]*)`", readme))
    named |= {path for path in re.findall(r"\]\(([^)#]+)\)", readme) if "://" not in path}
    assert named
    assert [path for path in sorted(named) if not (HOUSE / path).exists()] == []


def test_every_make_target_the_readme_names_exists() -> None:
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (HOUSE / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`", readme)) <= targets


def test_the_lock_files_pin_with_hashes_and_name_no_index() -> None:
    for lock in HOUSE.glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        pins = re.findall(r"^\S+==\S+", text, flags=re.MULTILINE)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text
        assert "--index-url" not in text


def test_no_word_that_takes_dignity_stands_in_code_or_wording() -> None:
    avoided = re.compile(r"\b(inmates?|offenders?|convicts?|felons?)\b", re.IGNORECASE)
    kept_apart = {HOUSE / "tests" / "test_architecture.py"}
    hits = [
        str(path.relative_to(HOUSE))
        for folder in ("kiosk", "sync", "models", "assets", "docs")
        for path in (HOUSE / folder).rglob("*")
        if path.suffix in {".py", ".kv", ".po", ".toml", ".md", ".json", ".html", ".csv"} and path not in kept_apart
        and avoided.search(path.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert hits == []


def _kinds(family: type[WingVoiceError]) -> set[type[WingVoiceError]]:
    return {family}.union(*(_kinds(kind) for kind in family.__subclasses__()))


def test_a_number_that_staff_read_out_means_one_thing() -> None:
    for package in (kiosk, sync, models):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if (
                not found.name.startswith(("kiosk.screens", "kiosk.app", "kiosk.running"))
                and "migrations" not in found.name
            ):
                importlib.import_module(found.name)
    ours = [kind for kind in _kinds(WingVoiceError) if kind.__module__.partition(".")[0] in {"kiosk", "sync", "models"}]
    assert len(ours) > 40
    by_number: dict[int, list[type[WingVoiceError]]] = {}
    for kind in ours:
        if "number" in kind.__dict__:
            by_number.setdefault(kind.number, []).append(kind)
    clashes = {
        number: kinds
        for number, kinds in by_number.items()
        if not any(all(issubclass(other, kind) for other in kinds) for kind in kinds)
    }
    assert clashes == {}
