"""Paper at the command line: secrets go to a printer's program and into no file, the rest where it was told to go."""

from __future__ import annotations

import io
import json
import re
import shlex
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from models.election.slip import read_code
from sync.central.__main__ import main
from sync.central.elections import board
from tests.central.desks import tree
from tests.central.polling import a_plan
from tests.central.test_paper import sheets_of

CODE = re.compile(r"(?:[0-9]{4} ){5}[0-9]{2}")
BLT = '3 1\n12 1 2 0\n11 2 1 0\n5 3 2 0\n0\n"Ash"\n"Birch"\n"Cedar"\n"Wing"\n'


class OffThePaper(io.StringIO):
    """People who read the share sheets out of the printer's tray and type them."""

    def __init__(self, tray: Path) -> None:
        super().__init__()
        self._tray, self._at = tray, 0

    def readline(self, _size: int | None = -1, /) -> str:
        page = sheets_of(self._tray.read_bytes())[self._at]
        self._at += 1
        numbered = dict(re.findall(r"(\d+)\. ([a-z]+)", page))
        return " ".join(numbered[str(n)] for n in range(1, 34)) + "\n"


@dataclass
class Desk:
    """A desk with a printer: a program that puts what it is given into a tray outside the election's folder."""

    folder: Path
    tray: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    @property
    def home(self) -> Path:
        return self.folder / "election"

    @property
    def printer(self) -> str:
        program = f"import pathlib, sys; pathlib.Path({str(self.tray)!r}).write_bytes(sys.stdin.buffer.read())"
        return shlex.join([sys.executable, "-c", program])

    def run(self, *words: object, typed: io.StringIO | None = None) -> tuple[int, str, str]:
        self.monkeypatch.setattr(sys, "stdin", typed or io.StringIO())
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        out, err = self.capsys.readouterr()
        return int(ended.value.code or 0), out, err

    def done(self, *words: object, typed: io.StringIO | None = None) -> str:
        code, out, err = self.run(*words, typed=typed)
        assert code == 0, err
        return out

    def refused(self, code: int, *words: object) -> None:
        before = tree(self.folder)
        assert self.run(*words)[0] == code
        assert tree(self.folder) == before

    def draft(self) -> None:
        plan = self.folder / "plan.json"
        plan.write_text(json.dumps(a_plan(residents=12, kiosks=1)), encoding="utf-8")
        self.done("election", "prepare", plan, "--out", self.home)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return Desk(folder, tmp_path / "tray", monkeypatch, capsys)


def test_secrets_are_typeset_into_the_printer_and_nothing_of_them_stays(desk: Desk) -> None:
    desk.draft()
    printing = ("--printer", desk.printer)
    told = desk.done("election", "prepare", desk.home, "--key-ceremony", *printing, typed=OffThePaper(desk.tray))
    assert not CODE.search(told)
    witnesses = [CODE.findall(page)[0] for page in sheets_of(desk.tray.read_bytes())[3:]]
    told = desk.done("election", "slips", desk.home, *printing, "--languages", "pl,ar")
    assert not CODE.search(told)
    pages = sheets_of(desk.tray.read_bytes())
    codes = [read_code(CODE.findall(page)[0]) for page in pages]
    assert len(set(codes)) == len(pages) == 12 + 5 + 6
    secrets = [code.encode() for code in (*codes, *map(read_code, witnesses))]
    kept = [path for path in desk.folder.rglob("*") if path.is_file()]
    assert {path.name for path in kept} >= {"keys-1.txt", "public.json"}
    assert not any(path.suffix == ".pdf" for path in kept)
    assert not any(secret in path.read_bytes() for path in kept for secret in secrets)

    signing = io.StringIO("".join(f"{code}\n" for code in witnesses[:2]))
    desk.done("election", "prepare", desk.home, "--finish", typed=signing)
    roll = desk.folder / "A.csv"
    roll.write_text("location,name,age\nA-1,Ada Example,25+\n", encoding="utf-8")
    out = desk.folder / "sheets"
    words = ("election", "sheets", desk.home, "--languages", "en,pl", "--roll", roll)
    desk.done(*words, "--out", out, "--outsider", "Ada")
    names = {"notices.pdf", "ballots.pdf", "script.pdf", "forms-en.pdf", "forms-pl.pdf", "roll-A.pdf"}
    assert {path.name for path in out.iterdir()} == names
    d = board.election_of(board.read_files(desk.home / "board-0")).d
    assert d.hex()[:32] in sheets_of((out / "notices.pdf").read_bytes())[0]
    assert "Ada Example" in sheets_of((out / "roll-A.pdf").read_bytes())[0]
    desk.refused(3, *words, "--out", out)
    roll.write_text("name\nAda\n", encoding="utf-8")
    desk.refused(3, *words, "--out", desk.folder / "others")
    desk.refused(3, *words[:3], "--languages", "en,EN!", "--out", desk.folder / "others")


@pytest.mark.parametrize(
    "printer", ["no-such-program-anywhere", f"{shlex.quote(sys.executable)} -c 'raise SystemExit(1)'"]
)
def test_a_printer_that_fails_stops_the_step_and_nothing_is_exported(desk: Desk, printer: str) -> None:
    desk.draft()
    desk.refused(3, "election", "slips", desk.home, "--printer", printer)
    desk.refused(3, "election", "prepare", desk.home, "--key-ceremony", "--printer", printer)


def test_slips_are_put_four_to_a_sheet_where_the_printer_has_a4(desk: Desk) -> None:
    desk.draft()
    desk.done("election", "slips", desk.home, "--printer", desk.printer, "--a4")
    pages = PdfReader(BytesIO(desk.tray.read_bytes())).pages
    assert len(pages) == 6  # 23 slips
    assert round(float(pages[0].mediabox.width)) == 595


def test_a_count_is_set_on_sheets_only_where_it_was_told_to(desk: Desk) -> None:
    votes, sheet = desk.folder / "wing.blt", desk.folder / "wing.pdf"
    votes.write_text(BLT, encoding="utf-8")
    desk.done("count", votes)
    assert not sheet.exists()
    desk.done("count", votes, "--sheet", sheet)
    first, *_ = sheets_of(sheet.read_bytes())
    assert "Elected: Birch" in first
    desk.refused(2, "count", votes, "--sheet", votes)
    desk.done("count", votes, "--rule", "plurality", "--sheet", sheet)
    assert "Elected: Ash" in sheets_of(sheet.read_bytes())[0]


def test_a_rehearsal_leaves_its_script_and_result_as_sheets(desk: Desk) -> None:
    out = desk.folder / "rehearsal"
    desk.done("election", "rehearse", "--out", out)
    (script,) = sheets_of((out / "script.pdf").read_bytes())
    assert "SCRIPT OF THE DAY" in script
    told = " ".join(sheets_of((out / "result.pdf").read_bytes()))
    record = json.loads((out / "result" / "opening-1.json").read_bytes())
    index = board.read_files(out / "result")["board.json"]
    assert index
    for contest in record["contests"]:
        for key in ("F", "F_blinded", "V"):
            assert contest.get(key, "") in told
    assert "wingvoice-central election verify" in told
    assert "people took part" in told
