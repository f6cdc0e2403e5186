"""`wingvoice-central count` on the command line: what it prints, what it writes, and that a refusal writes nothing."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from models.counting.blt import read_blt
from sync.central.__main__ import main

WARD = '3 2\n7 1 2 0\n2 1 3 0\n2 2 0\n3 3 0\n1 0\n0\n"Ann <A> & Co"\n"Bob"\n"Cy"\n"Wing"\n'
TIED = '3 1\n2 1 0\n2 2 0\n1 3 0\n0\n"Ann"\n"Bob"\n"Cy"\n'
SEED = "00" * 32


class Line:
    """A folder with votes files, and the command line."""

    def __init__(self, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        self.folder, self._captured = folder, capfdbinary
        (folder / "ward.blt").write_bytes(WARD.encode())
        (folder / "tied.blt").write_bytes(TIED.encode())

    def run(self, file: str, *words: str) -> tuple[int, bytes, str]:
        self._captured.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["count", str(self.folder / file), *words])
        out, err = self._captured.readouterr()
        return int(ended.value.code or 0), out, err.decode()

    def tree(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in self.folder.iterdir()}


@pytest.fixture
def line(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setenv("COLUMNS", "140")
    return Line(tmp_path, capfdbinary)


def test_json_prints_the_report_and_not_a_byte_more(line: Line) -> None:
    code, out, err = line.run("ward.blt", "--rule", "scottish-stv", "--json")
    assert (code, err) == (0, "")
    assert out.endswith(b"}\n")
    assert not out.endswith(b"\n\n")
    report = json.loads(out)
    assert report["input"] == hashlib.sha256(WARD.encode()).hexdigest()
    assert report["ballots"]["blank"] == 1
    assert report["elected"] == [{"candidate": 1, "stage": 1}, {"candidate": 2, "stage": 2}]


def test_the_table_is_printed_with_or_without_its_name(line: Line) -> None:
    code, out, _ = line.run("ward.blt", "--table")
    assert code == 0
    assert out == line.run("ward.blt")[1]
    text = out.decode()
    assert "quota 5" in text
    assert "Stage 2: surplus of\n" in text
    assert "Stage 2: Ann <A> & Co has 4 votes more than the 5 that are enough." in text


def test_every_file_that_is_asked_for_is_written(line: Line) -> None:
    out, used, drawn = (line.folder / name for name in ("out.json", "used.blt", "flow.svg"))
    code, printed, _ = line.run(
        "ward.blt", "--json", "--out", str(out), "--as-used", str(used), "--picture", str(drawn)
    )
    assert (code, printed) == (0, b"")
    assert out.read_bytes() == line.run("ward.blt", "--json")[1]
    assert read_blt(used.read_bytes()).rankings == {(1, 2): 7, (1, 3): 2, (2,): 2, (3,): 3, (): 1}
    picture = ET.fromstring(drawn.read_bytes())  # noqa: S314 - our own
    words = {child.tag.rpartition("}")[2]: child.text or "" for child in picture}
    assert words["title"] == "Wing: how the votes moved"
    assert "Bob gets 3.11108." in words["desc"]
    assert picture.get("role") == "img"
    assert sorted(line.tree()) == ["flow.svg", "out.json", "tied.blt", "used.blt", "ward.blt"]


def test_the_published_votes_count_the_same(line: Line) -> None:
    used = line.folder / "used.blt"
    line.run("ward.blt", "--as-used", str(used))
    before, after = (json.loads(line.run(file, "--json")[1]) for file in ("ward.blt", "used.blt"))
    assert before.pop("input") != after.pop("input")
    assert before == after


def test_seats_and_withdrawals_of_the_command_stand_above_the_file(line: Line) -> None:
    report = json.loads(line.run("ward.blt", "--json", "--seats", "1", "--withdrawn", "1")[1])
    assert (report["seats"], report["quota"]) == (1, 8)
    assert [one["withdrawn"] for one in report["candidates"]] == [True, False, False]
    assert report["elected"] == [{"candidate": 2, "stage": 1}]


@pytest.mark.parametrize(
    ("rule", "elected"),
    [("plurality", [1, 3]), ("approval", [1, 2])],
)
def test_other_rules_take_the_marks_that_are_theirs(line: Line, rule: str, elected: list[int]) -> None:
    report = json.loads(line.run("ward.blt", "--json", "--rule", rule)[1])
    assert [one["candidate"] for one in report["elected"]] == elected


def test_party_lists_and_questions_count_the_first_mark(line: Line) -> None:
    shared = json.loads(line.run("ward.blt", "--json", "--rule", "party-list", "--method", "dhondt", "--seats", "4")[1])
    assert (shared["totals"], shared["seats_by_party"]) == ([9, 2, 3], [3, 0, 1])
    put = json.loads(line.run("ward.blt", "--json", "--rule", "question")[1])
    assert (put["totals"], put["carried"]) == ([9, 2, 3], True)


def test_a_lot_that_is_needed_names_the_tied_and_ends_with_four(line: Line) -> None:
    before = line.tree()
    code, out, err = line.run("tied.blt", "--json", "--out", str(line.folder / "out.json"))
    assert (code, out) == (4, b"")
    assert "1  Ann" in err
    assert "2  Bob" in err
    assert "Cy" not in err
    assert "Stage 3 needs a lot" in err
    assert line.tree() == before


def test_lots_by_hand_by_the_file_or_by_a_seed_settle_it(line: Line) -> None:
    by_hand = json.loads(line.run("tied.blt", "--json", "--lots", "1,2")[1])
    assert (by_hand["lot_source"], by_hand["elected"]) == ("hand", [{"candidate": 2, "stage": 3}])
    (line.folder / "order.blt").write_text(TIED.replace("3 1\n", "3 1\n[tie 2 1]\n"))
    in_file = json.loads(line.run("order.blt", "--json")[1])
    assert (in_file["lot_source"], in_file["elected"]) == ("hand", [{"candidate": 1, "stage": 3}])
    above = json.loads(line.run("order.blt", "--json", "--lots", "1,2")[1])
    assert above["elected"] == by_hand["elected"]  # the command stands above the file
    seeded = json.loads(line.run("order.blt", "--json", "--lot-seed", SEED)[1])
    assert seeded["lot_source"] == "seed"
    assert seeded == json.loads(line.run("order.blt", "--json", "--lot-seed", SEED)[1])


REFUSED = {
    "no such rule": ("ward.blt", ["--rule", "borda"], 2, "--rule"),
    "no such method": ("ward.blt", ["--rule", "party-list", "--method", "droop"], 2, "--method"),
    "a method without parties": ("ward.blt", ["--method", "hare"], 2, "--method"),
    "both shapes": ("ward.blt", ["--json", "--table"], 2, "not both"),
    "both kinds of lot": ("ward.blt", ["--lots", "1", "--lot-seed", SEED], 2, "do not go together"),
    "a short seed": ("ward.blt", ["--lot-seed", "00ff"], 2, "64 hex digits"),
    "a seed with blanks": ("ward.blt", ["--lot-seed", "00 " * 32], 2, "64 hex digits"),
    "a lot twice": ("ward.blt", ["--lots", "1,1"], 2, "twice"),
    "no number": ("ward.blt", ["--withdrawn", "Ann"], 2, "numbers"),
    "preferences of another rule": ("ward.blt", ["--rule", "approval", "--as-used", "used.blt"], 2, "--as-used"),
    "a picture of another kind": ("ward.blt", ["--picture", "flow.png"], 2, ".svg"),
    "a picture of another rule": ("ward.blt", ["--rule", "question", "--picture", "flow.svg"], 2, "--picture"),
    "no seat": ("ward.blt", ["--seats", "0"], 2, "--seats"),
    "no such file": ("none.blt", [], 2, "No such file"),
    "no such candidate": ("ward.blt", ["--withdrawn", "4"], 3, "1 to 3"),
    "a lot for nobody": ("ward.blt", ["--lots", "4,1"], 3, "1 to 3"),
    "a file with commas": ("commas.blt", [], 3, "commas.blt, line 2: commas"),
    "an option that withdrew": ("ward.blt", ["--rule", "question", "--withdrawn", "2"], 3, "withdraw"),
    "four options": ("four.blt", ["--rule", "question"], 3, "options 1 to 3"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_refusal_has_its_code_one_sentence_and_writes_nothing(line: Line, why: str) -> None:
    file, words, expected, told = REFUSED[why]
    (line.folder / "commas.blt").write_text("1 1\n1 1 0,\n0\n")
    (line.folder / "four.blt").write_text("4 1\n1 4 0\n0\n")
    (line.folder / "out.json").write_bytes(b"an older report")
    before = line.tree()
    words = [str(line.folder / word) if word.endswith(".blt") else word for word in words]
    code, out, err = line.run(file, *words, "--out", str(line.folder / "out.json"))
    assert (code, out) == (expected, b"")
    assert told in err
    assert "Traceback" not in err
    assert line.tree() == before


@pytest.mark.parametrize(
    "options",
    [["--out", "ward.blt"], ["--as-used", "./ward.blt"], ["--out", "a.svg", "--picture", "./a.svg"]],
    ids=" ".join,
)
def test_no_file_is_written_over_the_votes_or_over_another(line: Line, options: list[str]) -> None:
    before = line.tree()
    words = [str(line.folder) + f"/{word}" if "." in word else word for word in options]
    code, out, err = line.run("ward.blt", *words)
    assert (code, out) == (2, b"")
    assert "same" in err
    assert line.tree() == before
