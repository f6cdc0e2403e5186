"""Authoring in a process of its own: it gives what this one would, and no file can end more than it."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from models.questionnaire import Purpose, canonical_bytes
from sync.central.authoring.apart import HOUSE, author_apart
from sync.central.authoring.author import author_workbook
from sync.central.authoring.refusal import Refusal, WorkbookRefusedError
from tests.central.recordings import a_picture
from tests.central.workbooks import Draft, a_draft, a_scaled_draft


def laid(folder: Path, draft: Draft) -> Path:
    path = folder / "workbook.xlsx"
    path.write_bytes(draft.bytes())
    return path


def refused(source: Path, within_s: float = 10, memory_bytes: int = 512 << 20) -> tuple[Refusal, ...]:
    with pytest.raises(WorkbookRefusedError) as caught:
        author_apart(source, within_s=within_s, memory_bytes=memory_bytes)
    return caught.value.refusals


def a_swollen_workbook() -> bytes:
    """Eighty kilobytes that unpack to millions of styles: within every bound that can be seen before reading."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_draft().bytes())) as source,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as swollen,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/styles.xml":
                data = data.replace(b"</cellXfs>", b"<xf/>" * 8_000_000 + b"</cellXfs>")
            swollen.writestr(name, data)
    return held.getvalue()


def test_a_process_of_its_own_gives_what_this_one_would(tmp_path: Path) -> None:
    draft = a_scaled_draft().put("survey", 3, "image", "tea.png")
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "tea.png").write_bytes(a_picture())
    apart = author_apart(laid(tmp_path, draft), tmp_path / "media")
    here = author_workbook(draft.bytes(), tmp_path / "media")
    assert canonical_bytes(apart.questionnaire) == canonical_bytes(here.questionnaire)
    assert apart.files == here.files
    assert [one.sentence for one in apart.notices] == [one.sentence for one in here.notices]


def test_refusals_come_through_as_they_are(tmp_path: Path) -> None:
    draft = a_draft().put("survey", 5, "type", "txt").put("settings", 2, "purpose", "poll")
    with pytest.raises(WorkbookRefusedError) as caught:
        author_workbook(draft.bytes())
    assert refused(laid(tmp_path, draft)) == caught.value.refusals


def test_a_file_that_takes_too_long_is_given_up_in_time(tmp_path: Path) -> None:
    path = tmp_path / "swollen.xlsx"
    path.write_bytes(a_swollen_workbook())
    (refusal,) = refused(path, within_s=2)
    assert (refusal.code, refusal.row) == ("too-costly", 0)
    assert refusal.sentence == "This file was given up: it took more than 2 seconds."


def test_a_file_that_needs_too_much_memory_is_given_up(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no such bound")
    path = tmp_path / "swollen.xlsx"
    path.write_bytes(a_swollen_workbook())
    (refusal,) = refused(path, within_s=60, memory_bytes=200 << 20)
    assert refusal.sentence == "This file was given up: it needed more than 200 MB of memory."


def test_a_child_that_dies_is_one_refusal(tmp_path: Path) -> None:
    (refusal,) = refused(laid(tmp_path, a_draft()), memory_bytes=1 << 80)  # no such bound: the program fails at once
    assert refusal.code == "too-costly"
    assert refusal.sentence.startswith("This file was given up: the program reading it ")


def test_the_program_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    path = laid(tmp_path, a_draft())
    author_apart(path)
    refused(path, within_s=0.2)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_an_xform_says_its_purpose_or_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "form.xml"
    path.write_bytes(b"\xef\xbb\xbf <html/>")
    assert [one.sentence for one in refused(path)] == [
        "An XForm does not say what it is for: give its purpose (--purpose)."
    ]
    with pytest.raises(WorkbookRefusedError) as caught:
        author_apart(path, purpose=Purpose.SURVEY)
    assert caught.value.refusals[0].sheet == "xform"


def test_a_file_that_is_not_there_is_the_reader_s_own_trouble(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        author_apart(tmp_path / "nowhere.xlsx")


def test_a_folder_that_looks_like_ours_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "sync.py").write_text("raise SystemExit('a stranger')")
    path = laid(tmp_path, a_draft())
    program = f"""
from pathlib import Path
from sync.central.authoring.apart import author_apart
print(author_apart(Path({str(path)!r})).questionnaire.id)
"""
    ran = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(HOUSE), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "tea-time"
