"""A build that is whole says so, and each thing that can be missing is noticed and named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import self_check
from kiosk.__main__ import app
from kiosk.enrolled import Kiosk
from kiosk.self_check import check_all
from kiosk.shipped import ASSETS

HOUSE = Path(__file__).parents[2]
PROOFS = ("files", "vault", "bundle", "languages", "window", "letters", "right to left", "sound", "no road to central")
SEEN = ("window", "letters", "mirror")


def test_a_whole_program_proves_itself_and_leaves_nothing_behind(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    env = {name: value for name, value in os.environ.items() if name != "DISPLAY" and not name.startswith("KIVY")}
    env |= {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy", "TMPDIR": str(scratch)}
    env |= {"KIVY_HOME": str(tmp_path / "kivy")}
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "self-check"],
        cwd=HOUSE, env=env, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert [line.split(maxsplit=1)[0] for line in lines] == ["ok"] * len(PROOFS)
    assert all(line.split(maxsplit=1)[1].startswith(proof) for line, proof in zip(lines, PROOFS, strict=True))
    assert list(scratch.iterdir()) == []


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window is proved by a program of its own: this process has one already."""
    monkeypatch.setattr(self_check, "_drawn", lambda _scratch: dict.fromkeys(SEEN))


def troubles() -> dict[str, str]:
    """Return what failed, by the first word of the proof."""
    return {name.partition(":")[0]: trouble for name, trouble in check_all() if trouble is not None}


@pytest.mark.usefixtures("elsewhere")
def test_a_build_without_its_fonts_fails_by_name_and_goes_on_with_the_other_proofs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assets = tmp_path / "assets"
    for folder in ("icons", "locale", "keyboards"):
        assets.mkdir(exist_ok=True)
        (assets / folder).symlink_to(ASSETS / folder)
    monkeypatch.setattr(self_check, "ASSETS", assets)
    with pytest.raises(SystemExit) as ended:
        app(["self-check"])
    assert ended.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=1)[0] for line in lines] == ["FAILED", *["ok"] * (len(PROOFS) - 1)]
    assert "assets/fonts holds 0 of *.ttf, at least 4 are needed" in lines[0]


@pytest.mark.usefixtures("elsewhere")
def test_a_vault_that_keeps_nothing_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kiosk, "hand_in", lambda *_: None)
    assert troubles() == {"vault": "what was handed in is not there"}


@pytest.mark.usefixtures("elsewhere")
def test_a_delivery_desk_that_takes_anything_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_check, "take_delivery", lambda *_: None)
    assert troubles() == {"bundle": "an altered bundle was taken"}


@pytest.mark.usefixtures("elsewhere")
def test_a_clip_that_does_not_play_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken.ogg"
    broken.write_bytes(b"OggS")
    monkeypatch.setattr(self_check, "own_clips", lambda: {"a": (broken, 800)})
    assert "plays 0 ms instead of 800" in troubles()["sound"]
    monkeypatch.setattr(self_check, "own_clips", dict)
    assert troubles() == {"sound": "there is no sound"}


def test_a_window_that_stays_empty_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_check, "_drawn", lambda _scratch: dict.fromkeys(SEEN, "the window stayed empty"))
    assert troubles() == dict.fromkeys(("window", "letters", "right to left"), "the window stayed empty")


def test_a_frozen_kiosk_in_which_central_can_be_imported_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert self_check._alone() is None
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    trouble = self_check._alone()
    assert trouble is not None
    assert trouble.startswith("sync.central")
