"""Every sentence that a round or an error may tell staff stands in the kiosk's catalogues, and none too many."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import kiosk
import models
import sync
from kiosk.presenters.staff_words import SENTENCES
from models.errors import BatchError, CourierError, DeliveryError, SealError, VaultError, WingVoiceError
from sync.told import Told, in_english, read_told, told, told_of, write_told

HOUSE = Path(__file__).parents[2]
MET = (DeliveryError, CourierError, VaultError, SealError, BatchError)
INSTALLING = range(406, 410), range(420, 430)
"""Numbers that whoever installs a kiosk reads on a terminal, before there is a staff page."""


def told_by_sync() -> set[str]:
    """Return every sentence that is written where it is told."""
    return {
        str(call.args[0].value)
        for path in (*(HOUSE / "sync").glob("*.py"), *(HOUSE / "kiosk").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "told"
        and isinstance(call.args[0], ast.Constant)
    }


def told_by_errors() -> set[str]:
    """Return the sentence of every error that a kiosk's staff may meet."""
    for package in (kiosk, sync, models):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not any(
                part in found.name for part in ("central", "screens", "migrations", "__main__", "app", "running")
            ):
                importlib.import_module(found.name)

    def kinds(family: type[WingVoiceError]) -> set[type[WingVoiceError]]:
        return {family}.union(*(kinds(kind) for kind in family.__subclasses__()))

    met = {kind for family in MET for kind in kinds(family)} | {WingVoiceError}
    ours = {kind for kind in met if kind.__module__.partition(".")[0] in {"kiosk", "sync", "models"}}
    inside = {kind for kind in ours if not kind.__module__.startswith(("sync.central", "models.central"))}
    return {kind.sentence for kind in inside if not any(kind.number in numbers for numbers in INSTALLING)}


def test_every_sentence_for_staff_can_be_said_in_their_language_and_none_is_left_over() -> None:
    assert set(SENTENCES) == told_by_sync() | told_by_errors()


def test_no_sentence_is_told_that_is_not_written_where_it_is_told() -> None:
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in (HOUSE / "sync").glob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "told"
        and not isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_what_is_kept_is_read_as_it_was_told() -> None:
    sentences = (told("Parcels sent: {count}.", count=3), told_of(CourierError()), told("Done"))
    assert read_told(write_told(sentences)) == sentences
    assert in_english((*sentences, told("Done"))) == f"Parcels sent: 3. {CourierError()} Done"


@pytest.mark.parametrize("older", ["Sent 1 parcel. {all} well.", "[1, 2]", '{"a": 1}', "7"])
def test_words_that_an_older_program_kept_are_a_sentence_as_they_stand(older: str) -> None:
    (one,) = read_told(older)
    assert str(one) == older


def test_nothing_kept_is_nothing_told() -> None:
    assert read_told("") == ()
    assert Told("x").number == 0
