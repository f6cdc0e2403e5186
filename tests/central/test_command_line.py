"""The wingvoice-central command line: each desk in turn, and refusals that say one sentence and write nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from models import seal
from models.canonical import canonical_json
from models.questionnaire import read_questionnaire
from models.reply import read_reply
from sync.central.__main__ import main
from sync.central.ledger import AuditRow, open_ledger
from sync.central.repository import Repository
from tests.central import desks
from tests.central.recordings import a_picture
from tests.central.workbooks import CY, Draft, a_draft

COMMANDS = (
    "ceremony",
    "author",
    "declare",
    "press",
    "enrol",
    "serve",
    "intake",
    "open",
    "results",
    "reply",
    "count",
    "election",
)


class Line:
    """One central and its command line."""

    def __init__(self, home: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self.folder, self._capsys = home, folder, capsys
        self.secret = folder / "passphrase.txt"
        self.secret.write_text(desks.PASSPHRASE + "\n")

    def run(self, *words: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["--home", str(self.home), *words])
        out, err = self._capsys.readouterr()
        return int(ended.value.code or 0), out, err

    def facts(self, *words: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    def refused(self, *words: str) -> str:
        before = desks.tree(self.home) if self.home.exists() else None
        code, out, err = self.run(*words)
        assert (code, out) == (2, "")
        assert "Traceback" not in err
        after = desks.tree(self.home) if self.home.exists() else None
        assert _settled(after) == _settled(before)
        return err


def _settled(files: dict[str, bytes] | None) -> dict[str, bytes] | None:
    """A ledger that was only opened leaves its log beside it."""
    return files and {name: data for name, data in files.items() if not name.startswith(("ledger.db", "opened.sqlite"))}


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(desks.a_home(tmp_path), tmp_path, capsys)


def opened(line: Line, sheets: int = 12, reply: bytes | None = None) -> None:
    """Bring the line to where survey and suggestions are pressed, taken in and opened; one wants a `reply`."""
    staffed = desks.CONSULTATION.replace("wing-life-autumn", "ideas").replace("wing-life", "suggestion")
    staffed = staffed.replace('"none"', '"staffed-queue"').replace(
        "who_reads = {}", 'who_reads = {en = "The lead reads."}'
    )
    content = desks.a_content(line.folder, **desks.suggestions(staffed))
    assert line.facts("press", "--content", str(content))["number"] == 1
    campaign, _ = desks.a_campaign(line.home)
    ledger = open_ledger(line.home / "ledger.db")
    desks.hold(ledger, [desks.a_sealed(campaign, {"talk": "yes", "calm": "3"}) for _ in range(sheets)])
    idea = {"topic": "food", "idea": "more bread"}
    desks.hold(ledger, [desks.a_sealed(campaign, idea, desks.SUGGESTION, reply=reply)], form=desks.SUGGESTION)
    ledger.close()
    (done,) = line.facts("open", "--passphrase-file", str(line.secret))
    assert (done["establishment"], done["opened"], done["set_aside"]) == ("HMX", sheets + 1, 0)


def test_help_is_worth_reading_for_every_command(line: Line) -> None:
    _, out, _ = line.run("--help")
    assert all(command in out for command in COMMANDS)
    for command in COMMANDS:
        code, out, _ = line.run(command, "--help")
        assert code == 0
        assert len(out) > 200


def test_help_loads_no_room_that_is_slow() -> None:
    program = """
import contextlib, sys
from sync.central.__main__ import main
with contextlib.suppress(SystemExit):
    main(["--help"])
print(sorted({"sqlalchemy", "tuf", "matplotlib", "pyxform", "uvicorn", "cryptography"} & set(sys.modules)))
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_ceremony_says_where_each_key_must_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = Line(tmp_path / "new", tmp_path, capsys)
    secret = ("--passphrase-file", str(line.secret))
    code, out, _ = line.run("ceremony", "--establishment", "HMX", *secret)
    assert code == 0
    for desk in ("offline", "press", "signer", "opening"):
        assert f"keys/{desk}" in out
    assert "never overwritten" in line.refused("ceremony", "--establishment", "HMX", *secret)
    assert line.facts("ceremony", "--amend", "--campaign", "second", *secret)["campaigns"].keys() == {"first", "second"}
    assert "not a kiosk's id" in line.refused("ceremony", "--amend", "--revoke", "xyz", *secret)


def test_a_workbook_that_is_none_is_refused(line: Line) -> None:
    workbook = line.folder / "broken.xlsx"
    workbook.write_bytes(b"not a workbook")
    err = line.refused("author", str(workbook))
    assert "broken.xlsx" in err
    assert "Nothing was written" in err


def a_workbook(line: Line, name: str, draft: Draft) -> str:
    path = line.folder / name
    path.write_bytes(draft.bytes())
    return str(path)


def test_every_problem_of_every_workbook_stands_in_one_table(line: Line) -> None:
    first = a_workbook(line, "first.xlsx", a_draft().put("survey", 5, "type", "txt").put("choices", 3, "name", "yes"))
    second = a_workbook(line, "second.xlsx", a_draft().put("settings", 2, "purpose", "poll"))
    good = a_workbook(line, "good.xlsx", a_draft())
    err = line.refused("author", "compile", first, second, good)
    table, remarks = err.split("Remarks", 1)
    rows = [row.split() for row in table.splitlines() if ".xlsx" in row]
    assert [row[:5] for row in rows] == [
        ["first.xlsx", "survey", "A5", "type", "unknown-type"],
        ["first.xlsx", "choices", "B3", "name", "twice"],
        ["second.xlsx", "settings", "E2", "purpose", "not-one-of"],
    ]
    assert "Words that have a recording: English 0 of 6" in remarks
    assert "first.xlsx, second.xlsx: 3 problems. Nothing was written." in err


def test_a_machine_gets_one_object_a_problem(line: Line) -> None:
    broken = a_workbook(line, "broken.xlsx", a_draft().put("survey", 4, "relevant", "${teaa} = 'yes'"))
    code, out, _ = line.run("author", broken, "--json")
    assert (code, json.loads(out)) == (
        2,
        {
            "refusals": [
                {
                    "workbook": "broken.xlsx",
                    "sheet": "survey",
                    "row": 4,
                    "cell": "E4",
                    "column": "relevant",
                    "code": "unknown-name",
                    "sentence": 'There is no question named "teaa". Did you mean "tea"?',
                }
            ]
        },
    )


def test_an_author_gets_the_questionnaire_and_its_files_where_the_press_looks(line: Line) -> None:
    draft = a_draft().put("survey", 3, "image", "tea.jpg")
    media = line.folder / "pictures"
    media.mkdir()
    (media / "tea.jpg").write_bytes(a_picture("JPEG"))
    workbook = a_workbook(line, "tea.xlsx", draft)
    (made,) = line.facts("author", workbook, "--media", str(media))
    assert [note["code"] for note in made["notes"]] == ["missing-file"]
    questionnaire = read_questionnaire((line.home / "content" / "questionnaires" / "tea-time.json").read_bytes())
    (medium,) = questionnaire.media.values()
    assert seal.digest((line.home / "content" / "media" / f"{medium.hash}.webp").read_bytes()).hex() == medium.hash
    (made,) = line.facts("author", "compile", workbook, "--media", str(media), "--out", str(line.folder / "out"))
    assert sorted(desks.tree(line.folder / "out")) == [f"media/{medium.hash}.webp", "tea-time.json"]
    assert "missing-file" in line.refused("author", workbook)


@pytest.mark.screens
def test_a_preview_draws_the_questions_through_the_kiosk_s_own_screens(line: Line) -> None:
    """A real kiosk program, in a window that nobody sees; only what it leaves is looked at."""
    draft = a_draft().put("survey", 3, "image", "tea.png")
    for sheet, column in (("survey", f"label::{CY}"), ("choices", f"label::{CY}"), ("settings", f"shown_title::{CY}")):
        draft.without(sheet, column)
    (line.folder / "tea.png").write_bytes(a_picture())
    workbook, out = a_workbook(line, "tea.xlsx", draft), line.folder / "pictures"
    code, said, _ = line.run("author", "preview", workbook, "--media", str(line.folder), "--out", str(out))
    assert (code, said.strip()) == (0, f"Contact sheet: {out / 'contact-en.png'}")
    assert (out / "contact-en.png").read_bytes().startswith(b"\x89PNG")
    assert len(list((out / "en").glob("*.png"))) >= 3
    assert not (line.home / "content" / "questionnaires" / "tea-time.json").exists()
    refused = line.refused("author", "preview", a_workbook(line, "bad.xlsx", draft.put("survey", 5, "type", "txt")))
    assert "unknown-type" in refused


def test_an_xform_needs_its_purpose(line: Line) -> None:
    form = line.folder / "form.xml"
    form.write_text("<html/>")
    assert "--purpose" in line.refused("author", str(form))
    assert "not a purpose" in line.refused("author", str(form), "--purpose", "poll")
    assert "form.xml" in line.refused("author", str(form), "--purpose", "survey")


def test_a_missing_file_is_one_sentence(line: Line) -> None:
    assert "No such file" in line.refused("author", str(line.folder / "nowhere.xlsx"))


def test_a_refused_press_names_the_file(line: Line) -> None:
    content = desks.a_content(line.folder, notices__bad__toml="x = ")
    assert "notices/bad.toml" in line.refused("press", "--content", str(content))


def test_a_press_can_write_a_stick(line: Line) -> None:
    stick = line.folder / "stick"
    stick.mkdir()
    done = line.facts("press", "--content", str(desks.a_content(line.folder)), "--to-stick", str(stick))
    assert done["number"] == 1
    assert done["files_on_stick"] == len(desks.tree(stick))


def test_from_opening_to_the_reply(line: Line) -> None:
    opened(line)
    tables = line.facts("results")["tables"]
    assert [table["asked"] for table in tables if table["question"] == "m1/talk"] == [12]
    assert "yes" not in (line.home / "results" / "results.html").read_text().split("<main>")[0]
    code, out, _ = line.run("results", "--out", str(line.folder / "out"))
    assert (code, "results.html" in out) == (0, True)
    assert (line.folder / "out" / "results.html").exists()
    code, out, _ = line.run("results", "--publish")
    assert (code, "is laid ready" in out) == (0, True)
    (notice,) = (line.home / "content" / "notices").glob("results-*.json")
    assert "m1/strange" in line.refused("results", "--publish", "--question", "m1/strange")
    assert line.run("results", "--publish")[0] == 0
    notice.unlink()
    (suggestion,) = line.facts("reply")
    assert (suggestion["topic"], suggestion["text"], suggestion["notice"]) == ("Food", "more bread", None)
    content = line.folder / "content"
    said = (
        "--said",
        "Supper is small.",
        "--did",
        "Bread is there now.",
        "--said-in",
        "cy=Bach.",
        "--did-in",
        "cy=Bara.",
    )
    named = line.facts("reply", suggestion["id"], *said, "--content", str(content))["notice"]
    assert (content / "HMX" / "notices" / f"{named}.json").exists()
    assert line.facts("press", "--content", str(content))["number"] == 2
    assert "answered already" in line.refused("reply", suggestion["id"], *said, "--content", str(content))


def test_a_suggestion_with_a_code_is_replied_to_by_it(line: Line) -> None:
    private, public = seal.new_sealing_pair()
    opened(line, reply=public)
    _, out, _ = line.run("reply")
    assert "[wants a reply by code, in en]" in out
    assert public.hex() not in out
    (suggestion,) = line.facts("reply")
    content = line.folder / "content"
    words = ("reply", suggestion["id"], "--answer", "Bread is there now.", "--content", str(content))
    assert line.facts(*words, "--answer-in", "pl=Jest chleb.") == {"notice": None, "by_code": True}
    assert "[replied by code, in en]" in line.run("reply")[1]
    assert "replied to already" in line.refused(*words)
    line.facts("press", "--content", str(content))
    sealed = Repository(line.home).content("HMX")["replies/sealed"]
    read = read_reply(seal.open_reply(sealed, private, "HMX"))
    assert read.text == {"en": "Bread is there now.", "pl": "Jest chleb."}


def test_words_that_may_not_be_shared_are_signed_off_then_pressed(line: Line) -> None:
    rights = {"licence": "declared", "attribution": "Its holder", "source_url": "", "declaration": "letter of 3 May"}
    content = desks.a_content(line.folder)
    form = content / "HMX" / "questionnaires" / "wing-life.json"
    form.write_bytes(canonical_json(desks.a_questionnaire(rights=rights)))
    assert "wingvoice-central declare" in line.refused("press", "--content", str(content))
    said = ("declare", str(form), "--by", "R. Example", "--permission", "Yes, here.", "--content", str(content))
    assert "--establishment" in line.refused(*said)
    signed = line.facts(*said, "--establishment", "HMX")
    assert Path(signed["file"]).parent == content / "HMX" / "declarations"
    assert line.facts("press", "--content", str(content))["number"] == 1
    ledger = open_ledger(line.home / "ledger.db")
    with ledger.reading() as session:
        (noted,) = session.scalars(sa.select(AuditRow))
        assert (noted.actor, noted.act) == ("R. Example", "declare")
    ledger.close()


def test_typed_words_are_never_among_the_results(line: Line) -> None:
    opened(line)
    code, out, _ = line.run("results")
    assert code == 0
    assert "more bread" not in out
    assert not [name for name, data in desks.tree(line.home / "results").items() if b"more bread" in data]


def test_a_wrong_passphrase_opens_nothing(line: Line) -> None:
    line.run("press", "--content", str(desks.a_content(line.folder)))
    line.secret.write_text("another\n")
    assert "does not open" in line.refused("open", "--passphrase-file", str(line.secret))
    line.secret.write_text("\n")
    assert "no passphrase" in line.refused("open", "--passphrase-file", str(line.secret))
    assert "no campaign" in line.refused("open", "--campaign", "x", "--passphrase-file", str(line.secret))


def test_enrol_lists_nothing_before_anybody_asked(line: Line) -> None:
    assert line.facts("enrol") == []
    assert "neither one kiosk" in line.refused("enrol", "beef", "--establishment", "HMX", "--wing", "a-wing")


def test_a_stick_that_is_not_there_is_refused(line: Line) -> None:
    assert "no stick" in line.refused("intake", str(line.folder / "nowhere"))


def test_desks_without_a_ceremony_say_what_to_do_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = Line(tmp_path / "empty", tmp_path, capsys)
    for words in (("enrol",), ("serve", "--port", "0"), ("open",), ("press",)):
        assert "ceremony" in line.refused(*words)
    assert not line.home.exists()


@pytest.mark.journey
def test_serve_listens_for_kiosks_and_staff_until_it_is_stopped(line: Line) -> None:
    line.facts("press", "--content", str(desks.a_content(line.folder)))
    command = [
        sys.executable,
        "-m",
        "sync.central",
        "--home",
        str(line.home),
        "serve",
        "--port",
        "0",
        "--console-port",
        "0",
    ]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        kiosks, staff = re.findall(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert httpx.get(f"{kiosks}/healthz").text == "ok"
        assert httpx.get(f"{kiosks}/v1/deliveries/metadata/timestamp.json").status_code == 200
        assert httpx.get(f"{staff}/results.json").status_code == 404
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_the_digest_of_a_questionnaire_is_said_by_the_author(line: Line) -> None:
    workbook = next(iter(sorted((Path(__file__).parents[2] / "assets" / "questionnaires").glob("*.xlsx"))), None)
    if workbook is None:
        pytest.skip("the example workbooks are not built yet")
    (made,) = line.facts("author", str(workbook))
    assert seal.digest(Path(made["file"]).read_bytes()).hex() == made["hash"]
