"""What a build proves of its languages and of what it draws, and that each thing that may be wrong is seen."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kiosk import every_language, shipped, typeset
from kiosk.presenters.turn import Turn
from kiosk.screens import proof, theme
from kiosk.shipped import ASSETS
from tests.builders_kiosk import a_place, a_shelf
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import FakeDoors
from tests.kiosk.driver import Driver

pytestmark = pytest.mark.screens


@pytest.fixture
def driver(drive: Drive) -> Driver:
    return drive(lambda show: Turn(FakeDoors(a_shelf(place=a_place("en", "ar"))), show))


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the languages need, to be spoilt."""
    copy = tmp_path / "assets"
    for folder in ("locale", "sounds", "keyboards", "risk"):
        shutil.copytree(ASSETS / folder, copy / folder, copy_function=lambda src, dst: Path(dst).symlink_to(src))
    monkeypatch.setattr(shipped, "ASSETS", copy)
    return copy


def test_a_whole_build_lacks_nothing_of_any_language(assets: Path) -> None:
    assert every_language.missing(assets) is None
    assert len(every_language.tags()) == 12


def test_a_language_without_words_without_sound_or_without_keys_is_named(assets: Path) -> None:
    (assets / "keyboards" / "ur.toml").unlink()
    assert every_language.missing(assets) == "ur has no keyboard"
    clip = next((assets / "sounds" / "lt").glob("*.ogg"))
    clip.unlink()
    assert every_language.missing(assets) == f"lt lists the clip {clip.stem}, which is not there"
    index = assets / "sounds" / "cy" / "clips.json"
    index.unlink()
    index.write_text(json.dumps({}), encoding="utf-8")
    assert every_language.missing(assets) == "cy cannot say its name"


def test_an_empty_clip_and_a_risk_list_of_no_language_are_named(assets: Path) -> None:
    clip = next((assets / "sounds" / "en").glob("*.ogg"))
    clip.unlink()
    clip.write_bytes(b"")
    assert every_language.missing(assets) == f"en lists the clip {clip.stem}, which is not there"
    clip.write_bytes(b"OggS")
    (assets / "risk" / "en.toml").rename(assets / "risk" / "xx.toml")
    assert "a risk list is in" in (every_language.missing(assets) or "")


@pytest.mark.usefixtures("driver")
@pytest.mark.parametrize("tag", ["en", "ar", "ur", "pa", "vi", "pl"])
def test_every_letter_of_a_language_is_in_its_fonts(tag: str) -> None:
    assert proof.lacking(tag, every_language.texts(tag)) == ""


@pytest.mark.usefixtures("driver")
def test_a_letter_that_no_font_has_is_named() -> None:
    assert proof.lacking("en", ["Thank you \u0628"]) != ""
    assert proof.lacking("pa", ["\u0e01"]) == "\u0e01"


@pytest.mark.usefixtures("driver")
def test_words_that_are_not_joined_or_not_turned_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert proof.joined_and_turned() is None
    with monkeypatch.context() as patch:
        patch.setattr(typeset, "visual", lambda text, rtl: text)
        assert proof.joined_and_turned() == "Arabic letters are drawn apart, from left to right"
    with monkeypatch.context() as patch:
        patch.setattr(typeset, "visual", lambda text, rtl: text[::-1])
        assert proof.joined_and_turned() == "an Arabic word is not drawn as it is written"


def test_a_page_that_is_not_mirrored_is_noticed(driver: Driver) -> None:
    width = driver.app._window.width
    driver.tap(key="en")
    assert proof.mirrored(driver.app.root.current_screen, width) == "a page from right to left is not mirrored"
    driver.tap(id="language")
    driver.tap(key="ar")
    assert proof.mirrored(driver.app.root.current_screen, width) is None
    driver.app.turn.wipe()
    driver.frames(3)
    assert proof.mirrored(driver.app.root.current_screen, width) == "a page has no Stop"


def test_a_control_that_stands_and_is_not_drawn_is_noticed(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    driver.tap(key="ar")
    monkeypatch.setattr(theme, "rgba", lambda _colour: (0.5, 0.1, 0.9, 1))
    assert proof.mirrored(driver.app.root.current_screen, driver.app._window.width) == (
        "Stop is not drawn where it stands"
    )


def test_an_empty_window_has_one_colour(driver: Driver) -> None:
    assert proof.colours_across(*driver.app._window.size) > 1
    root = driver.app.root
    driver.app._window.remove_widget(root)
    driver.frames(2)
    driver.app._window.canvas.ask_update()
    driver.frames(1)
    assert proof.colours_across(*driver.app._window.size) == 1
    driver.app._window.add_widget(root)
    driver.frames(2)
