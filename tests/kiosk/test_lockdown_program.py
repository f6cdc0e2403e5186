"""The kiosk as it is really started: what others tell it to be, what a crash leaves, and what a pulled plug leaves."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from kiosk.alive import teller
from kiosk.enrolled import Kiosk, provider_for
from kiosk.home import read_home
from models.tables import PoolRow
from tests.builders_kiosk import a_questionnaire, one, text
from tests.central.desks import tree
from tests.kiosk.scratch import MovedClock, an_enrolled_kiosk, furnish
from tests.kiosk.started import HOUSE, LONGEST_S, command, started, surroundings

MARKER = "zxcvbnmqw"
FORM = replace(a_questionnaire([one("q1"), text("q2")]), pictures={})
TO_THE_TEXT = ("key en", "maybe no", "key take-part", "begin", "wait", "key yes", "tap onward", "tap onward")
EVIL = """[kivy]
exit_on_escape = 1
log_enable = 1
desktop = 1
[graphics]
fullscreen = 0
multisamples = 4
[input]
stolen = probesysfs
[modules]
inspector =
console =
webdebugger =
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a kiosk that is switched off, with something open on its shelf."""
    kiosk = an_enrolled_kiosk(tmp_path, MovedClock(), central=None, stick=tmp_path / "stick")
    furnish(kiosk, FORM)
    kiosk.close()
    return tmp_path / "kiosk"


def in_the_pool(folder: Path) -> int:
    kiosk = Kiosk(read_home(folder), provider_for(read_home(folder)))
    with kiosk.vault.reading() as session:
        count = session.scalar(sa.select(sa.func.count()).select_from(PoolRow)) or 0
    kiosk.close()
    return count


def test_no_configuration_file_no_environment_and_no_argument_opens_it(folder: Path, tmp_path: Path) -> None:
    for place in (tmp_path / ".kivy", tmp_path / "evil", folder / "kivy"):
        place.mkdir(parents=True, exist_ok=True)
        (place / "config.ini").write_text(EVIL)
        (place / "mods").mkdir(exist_ok=True)
    more = {
        "KIVY_HOME": str(tmp_path / "evil"),
        "KIVY_NO_CONFIG": "",
        "KIVY_MODULES": "inspector",
        "KIVY_EVENTLOOP": "async",
        "KIVY_INPUTPROVIDERS": "probesysfs",
        "KCFG_KIVY_EXIT_ON_ESCAPE": "1",
        "KCFG_MODULES_INSPECTOR": "",
    }
    done = started(folder, ("report", "stand", "stop"), more=more)
    told, stands = done.stdout.splitlines()[-2:]
    config = json.loads(told)["config"]
    assert config["modules"] == {}, done.stderr
    assert config["input"] == {"mouse": "mouse,disable_multitouch"}
    assert config["kivy"]["exit_on_escape"] == "0"
    assert config["kivy"]["log_enable"] == "0"
    assert config["graphics"]["multisamples"] == "0"
    assert config["graphics"]["fullscreen"] == "auto"
    kivy = json.loads(told)["kivy"]
    assert kivy["KIVY_HOME"] == str(folder / "kivy")
    assert kivy["KIVY_NO_CONFIG"] == "1"
    assert not {"KIVY_MODULES", "KIVY_EVENTLOOP", "KIVY_INPUTPROVIDERS"} & set(kivy)
    assert json.loads(told)["core"] == [0, 0], "a core dump would hold what somebody is saying"
    assert stands == "welcome Welcome"
    assert done.returncode == 0


@pytest.mark.parametrize("words", [("-m", "inspector"), ("-c", "kivy:exit_on_escape:1"), ("--size=100x100",), ("-w",)])
def test_arguments_of_kivy_are_none_of_ours(folder: Path, words: tuple[str, ...]) -> None:
    before = tree(folder)
    done = started(folder, (), *words)
    assert done.returncode == 2
    assert "No such option" in done.stderr
    assert tree(folder) == before


def test_the_third_crash_within_a_minute_ends_with_70_and_the_next_start_stands_at_welcome(folder: Path) -> None:
    again = ("key en", "maybe no")
    done = started(folder, ("crash", *again, "stand", *again, "stand", *again, "stand", "stand"))
    assert done.returncode == 70
    assert done.stdout.splitlines() == ["welcome Welcome"] * 2
    assert done.stderr.count("fault: KeyError at started.py") == 3
    assert "Zxcv" not in done.stdout + done.stderr
    after = started(folder, ("stand", "stop"))
    assert (after.returncode, after.stdout) == (0, "welcome Welcome\n")


def test_a_turn_that_cannot_be_wiped_ends_the_program_and_prints_no_word_of_anybody(folder: Path) -> None:
    done = started(folder, (*TO_THE_TEXT, f"type {MARKER}", "unwipeable", "tap stop", "wait"))
    assert done.returncode == 70
    assert "fault: KeyError at started.py" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Zxcv" not in done.stdout + done.stderr
    assert MARKER not in done.stdout + done.stderr


@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM"])
def test_a_plug_pulled_in_the_middle_leaves_nothing_of_what_was_typed(folder: Path, tmp_path: Path, how: str) -> None:
    done = started(folder, (*TO_THE_TEXT, f"type {MARKER}", "stand", f"kill {how}", "wait", "wait"))
    assert done.stdout.splitlines() == ["question AtQuestion"], done.stderr
    assert done.returncode == (0 if how == "SIGTERM" else -getattr(signal, how))
    marks = (MARKER.encode(), MARKER.capitalize().encode())
    assert not [name for name, data in tree(tmp_path).items() if any(mark in data for mark in marks)]
    assert not [path for path in HOUSE.iterdir() if path.name.startswith("core")]
    assert MARKER not in done.stderr.lower()
    assert in_the_pool(folder) == 0


def test_the_service_manager_is_told_when_the_kiosk_is_up_that_it_lives_and_that_it_leaves(
    folder: Path, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(LONGEST_S)
        with subprocess.Popen(
            command(folder, ("wait", "wait", "stop")),
            cwd=HOUSE,
            env=surroundings(tmp_path, {"NOTIFY_SOCKET": str(tmp_path / "notify")}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as running:
            told = [manager.recv(100).decode()]
            while told[-1] != "STOPPING=1":
                told.append(manager.recv(100).decode())
            assert running.wait(LONGEST_S) == 0
    assert told[0].splitlines() == ["READY=1", "WATCHDOG=1"]
    assert set(told[1:-1]) == {"WATCHDOG=1"}


def test_where_there_is_no_service_manager_nobody_is_told(tmp_path: Path) -> None:
    teller({})("WATCHDOG=1")
    teller({"NOTIFY_SOCKET": "nowhere"})("WATCHDOG=1")
    teller({"NOTIFY_SOCKET": str(tmp_path / "gone")})("WATCHDOG=1")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a list of names
