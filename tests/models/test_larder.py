"""What is large lies beside the vault: whole, unchanged, named only by the vault, and tidying does not feel it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import VaultFullError
from models.larder import PLACE_BYTES, Larder, is_place

PIECES = {"a": b"apples", "b": b"", "c": bytes(70_000)}


@pytest.fixture
def larder(tmp_path: Path) -> Larder:
    return Larder(tmp_path / "vault.db")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_was_put_is_found_at_its_place(larder: Larder) -> None:
    places = larder.put(PIECES)
    assert {name: larder.get(place) for name, place in places.items()} == PIECES
    assert all(is_place(place) and len(place) == PLACE_BYTES and larder.holds(place) for place in places.values())


def test_nothing_to_put_makes_no_file(larder: Larder, tmp_path: Path) -> None:
    assert larder.put({}) == {}
    assert files(tmp_path) == []


def test_the_same_pieces_have_the_same_places(larder: Larder, tmp_path: Path) -> None:
    assert larder.put(PIECES) == larder.put(PIECES)
    assert len(files(tmp_path)) == 1


def test_nobody_else_may_read_the_file(larder: Larder, tmp_path: Path) -> None:
    larder.put(PIECES)
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0


@given(st.integers(0, 70_005), st.integers(1, 255))
def test_a_piece_that_was_altered_is_not_there(at: int, flip: int) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        larder = Larder(Path(folder) / "vault.db")
        places = larder.put(PIECES)
        (file,) = Path(folder).iterdir()
        data = bytearray(file.read_bytes())
        data[at] ^= flip
        file.write_bytes(data)
        found = {name: larder.get(place) for name, place in places.items()}
        assert found == {**PIECES, "a" if at < 6 else "c": None}


def test_a_file_that_is_cut_or_gone_holds_nothing(larder: Larder, tmp_path: Path) -> None:
    places = larder.put(PIECES)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:100])
    assert larder.get(places["a"]) == PIECES["a"]
    assert larder.get(places["c"]) is None
    assert not larder.holds(places["c"])
    file.unlink()
    assert larder.get(places["a"]) is None
    assert not larder.holds(places["a"])


def test_what_the_vault_does_not_name_any_more_is_deleted(larder: Larder, tmp_path: Path) -> None:
    old, new = larder.put({"a": b"old"}), larder.put({"a": b"new"})
    (tmp_path / "vault.db-wal").write_bytes(b"of the vault")
    (tmp_path / "vault.db.before-migration").write_bytes(b"of the vault")
    larder.keep_only(new["a"])
    assert larder.get(old["a"]) is None
    assert larder.get(new["a"]) == b"new"
    larder.keep_only()
    assert files(tmp_path) == ["vault.db-wal", "vault.db.before-migration"]


@pytest.mark.parametrize("step", ["write", "fsync"])
def test_a_full_disk_is_said_in_words_and_leaves_nothing(
    larder: Larder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "no space left")

    before = larder.put({"a": b"old"})
    monkeypatch.setattr(os, "fsync" if step == "fsync" else "fdopen", full)
    with pytest.raises(VaultFullError):
        larder.put(PIECES)
    monkeypatch.undo()
    assert len(files(tmp_path)) == 1
    assert larder.get(before["a"]) == b"old"


@given(st.binary(max_size=200))
def test_only_places_are_taken_for_places(content: bytes) -> None:
    assert is_place(content) == (len(content) == PLACE_BYTES and content[:8] == b"WVLARDER")
