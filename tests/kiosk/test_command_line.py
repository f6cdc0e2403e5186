"""The wingvoice-kiosk command line: help worth reading, exit codes, JSON for machines, refusals that change nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk.__main__ import main
from tests.central.desks import tree
from tests.kiosk.scratch import PIN, a_root

COMMANDS = ("start", "enrol", "dock", "preview", "self-check")
REFUSED = 2


class Line:
    """One kiosk's folder and the command line."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.home, self.stick = folder / "kiosk", folder / "stick"
        (folder / "root.json").write_bytes(a_root())
        (folder / "pin").write_text(PIN + "\n")

    def run(self, *words: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(words)
        out, err = self._capsys.readouterr()
        return int(ended.value.code or 0), out, err

    def enrol(self, *words: str, pin: str = "pin", provider: str = "keyfile") -> tuple[int, str, str]:
        return self.run(
            "enrol", "--root", str(self.folder / "root.json"), "--home", str(self.home), "--provider", provider,
            "--pin-file", str(self.folder / pin), *words,
        )  # fmt: skip

    def by_stick(self, *words: str, provider: str = "keyfile") -> str:
        """Enrol a kiosk that meets a stick; return what was printed."""
        code, out, err = self.enrol("--stick", str(self.stick), *words, provider=provider)
        assert code == 0, err
        return out

    def dock(self, *words: str) -> tuple[int, str, str]:
        return self.run("dock", "--home", str(self.home), *words)

    def refused(self, act: Any) -> str:  # noqa: ANN401 - what runs the line
        """Show that an act ends with 2 and one sentence, and changed no file."""
        before = tree(self.folder)
        code, out, err = act()
        assert (code, out) == (REFUSED, "")
        assert "Traceback" not in err
        assert _settled(tree(self.folder)) == _settled(before)
        return str(err)


def _settled(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what looking into a database lays beside it."""
    return {name: data for name, data in files.items() if not name.endswith(("-shm", "-wal"))}


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    for name, value in (("KIVY_NO_ARGS", "1"), ("KIVY_LOG_MODE", "PYTHON")):  # put back afterwards what `main` sets
        monkeypatch.setenv(name, value)
    return Line(tmp_path, capsys)


def test_help_is_worth_reading_for_every_command(line: Line) -> None:
    code, out, _ = line.run("--help")
    assert code == 0
    assert all(command in out for command in COMMANDS)
    for command in COMMANDS:
        code, out, _ = line.run(command, "--help")
        assert code == 0
        assert len(out) > 200


def test_help_loads_neither_kivy_nor_the_vault() -> None:
    program = """
import contextlib, sys
from kiosk.__main__ import app
with contextlib.suppress(SystemExit):
    app(["--help"])
print(sorted({"kivy", "sqlalchemy", "tuf", "httpx", "cryptography"} & set(sys.modules)))
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_enrolling_shows_the_digits_in_groups_that_can_be_read_out(line: Line) -> None:
    out = line.by_stick()
    assert re.search(r"^ {4}([0-9]{4} ){5}[0-9]{4}$", out, re.MULTILINE)
    assert "The stick is not there yet: put it in and dock." in out


def test_enrolling_tells_a_machine_the_digits_and_puts_the_request_on_the_stick(line: Line) -> None:
    line.stick.mkdir()
    told = json.loads(line.by_stick("--json"))
    assert re.fullmatch("[0-9]{24}", told["digits"])
    assert "24 digits" in told["words"]
    assert [path.name for path in line.stick.rglob("*") if path.is_file()] == ["request.wvq"]


def test_a_kiosk_without_any_road_is_refused(line: Line) -> None:
    assert "road" in line.refused(line.enrol)


def test_protection_that_does_not_exist_is_refused(line: Line) -> None:
    assert "TPM" in line.refused(lambda: line.enrol("--stick", str(line.stick), provider="tpm2"))


def test_a_weak_pin_is_refused_with_its_number(line: Line) -> None:
    (line.folder / "weak").write_text("1234567890")
    err = line.refused(lambda: line.enrol("--stick", str(line.stick), pin="weak"))
    assert (
        err == "The PIN needs ten digits or more, not all the same and not in a row. Nothing was made. (number 422)\n"
    )


def test_a_root_that_is_none_is_refused(line: Line) -> None:
    (line.folder / "root.json").write_text("{}")
    assert "(number 423)" in line.refused(lambda: line.enrol("--stick", str(line.stick)))


def test_a_second_enrolment_is_refused(line: Line) -> None:
    line.by_stick()
    assert "(number 406)" in line.refused(lambda: line.enrol("--stick", str(line.stick)))


def test_docking_where_no_kiosk_is_says_what_to_do(line: Line) -> None:
    err = line.refused(line.dock)
    assert "It must be enrolled" in err
    assert "(number 401)" in err


def test_docking_with_a_stick_says_what_came_of_it(line: Line) -> None:
    line.by_stick()
    line.stick.mkdir()
    code, out, _ = line.dock()
    assert (code, "Central was asked to take this kiosk in" in out) == (0, True)
    code, out, _ = line.dock("--json")
    told = json.loads(out)
    assert (code, told["sent"], told["received"], told["trouble"]) == (0, 0, 0, None)


def test_a_closed_road_is_one_sentence_and_exit_code_1(line: Line) -> None:
    line.by_stick()
    code, out, _ = line.dock("--road", "stick")
    assert (code, "The stick is not there any more. Nothing is lost." in out) == (1, True)
    code, out, _ = line.dock("--json", "--stick", str(line.folder / "elsewhere"))
    assert (code, "The stick is not there any more." in json.loads(out)["trouble"]) == (1, True)
    assert not (line.folder / "elsewhere").exists()


def test_a_damaged_vault_is_refused_and_left_as_it_is(line: Line) -> None:
    line.by_stick()
    vault = line.home / "vault.db"
    whole = vault.read_bytes()
    vault.write_bytes(whole[:5000] + bytes(64) + whole[5064:])
    assert "(number 403)" in line.refused(line.dock)


def test_another_kiosks_keyfile_is_refused(line: Line) -> None:
    line.by_stick()
    key = line.folder / "kiosk.key"
    key.write_bytes(bytes(len(key.read_bytes())))
    assert re.search(r"\(number 40[0-9]\)", line.refused(line.dock))


def test_where_a_pin_protects_the_vault_only_that_pin_docks(line: Line) -> None:
    line.by_stick(provider="pin")
    line.stick.mkdir()
    (line.folder / "wrong").write_text("9182736450")
    assert "(number 402)" in line.refused(lambda: line.dock("--unlock-pin-file", str(line.folder / "wrong")))
    code, _, _ = line.dock("--unlock-pin-file", str(line.folder / "pin"))
    assert code == 0


def test_a_pin_file_that_is_not_there_is_one_sentence(line: Line) -> None:
    err = line.refused(lambda: line.enrol("--stick", str(line.stick), pin="nowhere"))
    assert err == f"{line.folder / 'nowhere'}: No such file or directory.\n"
