"""The set-up script on machines that lack something: it says what, and who must do what, and changes nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
ORDINARY = ("sh", "dirname", "basename", "readlink", "grep", "cat", "env")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of commands: what every machine has, a user without root rights, no sudo, no package installed."""
    commands = tmp_path / "bin"
    commands.mkdir()
    for name in ORDINARY:
        found = shutil.which(name)
        assert found is not None
        (commands / name).symlink_to(found)
    command(commands, "id", "echo 1000")
    command(commands, "dpkg-query", "exit 1")
    command(commands, "python3", "exit 0")
    return commands


def command(commands: Path, name: str, does: str) -> None:
    path = commands / name
    path.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    path.chmod(0o755)


def set_up(machine: Path, level: str = "central") -> subprocess.CompletedProcess[str]:
    script = [str(machine / "sh"), str(HOUSE / ".ci" / "set-up"), level]
    return subprocess.run(script, env={"PATH": str(machine)}, capture_output=True, text=True, check=False)


def test_without_root_the_one_line_to_run_is_printed_and_nothing_is_done(machine: Path) -> None:
    stamp = (HOUSE / ".venv").stat().st_mtime_ns
    told = set_up(machine)
    assert told.returncode == 1
    lines = [line for line in told.stderr.splitlines() if "apt-get install" in line]
    assert len(lines) == 1
    assert all(package in lines[0] for package in ("libegl1", "libgles2", "libgl1-mesa-dri", "libmtdev1"))
    assert (HOUSE / ".venv").stat().st_mtime_ns == stamp


def test_a_python_that_kivy_has_no_wheel_for_stops_with_words(machine: Path) -> None:
    command(machine, "python3", 'if [ "$1" = --version ]; then echo Python 3.15.0; else exit 1; fi')
    told = set_up(machine)
    assert told.returncode == 1
    assert "Python 3.11, 3.12 or 3.13" in told.stderr
    assert "Python 3.15.0" in told.stderr


def test_only_what_is_missing_is_named(machine: Path) -> None:
    command(machine, "dpkg-query", 'case "$3" in libmtdev1) exit 1;; *) echo "install ok installed";; esac')
    told = set_up(machine)
    assert told.stderr.rstrip().endswith("--no-install-recommends libmtdev1")
