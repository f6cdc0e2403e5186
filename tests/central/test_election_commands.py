"""`wingvoice-central election`: a whole day typed at the prompt, and refusals with exit codes that write nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from models import ballot_box, seal
from models.election.boxes import split_box, write_manifest_record
from models.election.close import read_close
from models.election.keys import Election
from models.election.slip import read_code
from models.seal import KioskId
from models.vault import create_vault
from sync.central.elections import board
from sync.central.ledger import RecordRow, open_ledger
from tests.central.at_the_prompt import AtThePrompt
from tests.central.polling import THROWS, a_plan, kiosk_signing, some_votes

CODE = re.compile(r"^ {4}((?:[0-9]{4} ){5}[0-9]{2})$", re.MULTILINE)
WORD = re.compile(r"[0-9]+\. ([a-z]+)")


@dataclass
class Desk(AtThePrompt):
    """The command line, with what people type and what they hold on paper."""

    shares: list[str] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    voters: list[str] = field(default_factory=list)
    audits: list[str] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.folder / "election"

    def plan(self, **more: Any) -> Path:  # noqa: ANN401 - whatever a plan has
        path = self.folder / "plan.json"
        path.write_text(json.dumps(a_plan(**more)), encoding="utf-8")
        return path

    def key_ceremony(self) -> None:
        """Print the sheets, and type the shares back as they stand on them."""
        command = [sys.executable, "-m", "sync.central", "election", "prepare", str(self.home), "--key-ceremony"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as running:
            assert running.stdin is not None
            assert running.stdout is not None
            printed = ""
            while len(CODE.findall(printed)) < 7:
                printed += running.stdout.readline()
            for page in printed.split("\f"):
                if page.startswith("SHARE"):
                    words = sorted(re.findall(r"([0-9]+)\. ([a-z]+)", page), key=lambda one: int(one[0]))
                    self.shares.append(" ".join(word for _, word in words))
                else:
                    self.codes[int(page.split()[1].rstrip(":"))] = CODE.findall(page)[0]
            running.stdin.write("".join(f"{share}\n" for share in self.shares))
            running.stdin.close()
            assert running.wait() == 0

    def prepare(self, **more: Any) -> Election:  # noqa: ANN401 - whatever a plan has
        """Go as far as board 0."""
        self.done("prepare", self.plan(**more), "--out", self.home)
        self.key_ceremony()
        printed = self.done("slips", self.home)
        for page in printed.split("\f"):
            (self.audits if page.lstrip().startswith("AUDIT") else self.voters).extend(CODE.findall(page))
        self.done("prepare", self.home, "--finish", typed=(self.codes[1], self.codes[2]))
        return board.election_of(board.read_files(self.home / "board-0"))

    def poll(self, election: Election, voters: int, audits: int) -> tuple[list[Path], list[str]]:
        """Let people vote on two kiosks; return where their boxes lie, and the audit cards as they are typed."""
        vaults = [create_vault(self.folder / f"{n}.db", bytes([n]) * 32, KioskId(bytes([n]) * 16)) for n in (1, 2)]
        for n, vault in enumerate(vaults, 1):
            ballot_box.open_poll(vault, election, kiosk_signing(n))
        cards = []
        for at, typed in enumerate([*self.voters[:voters], *self.audits[:audits]]):
            slip = ballot_box.take_slip(election, read_code(typed))
            votes = dict(zip(sorted(slip.keys), some_votes(at), strict=True))
            ballot_box.cast(vaults[at % 2], election, slip, votes)
            if at >= voters:
                marks = [f"{k}={','.join(map(str, vote.choices)) or 'blank'}" for k, vote in votes.items()]
                cards.append(f"{typed} {' '.join(marks)}")
        places = []
        for n, vault in enumerate(vaults, 1):
            closed = ballot_box.close_poll(vault, election, kiosk_signing(n))
            place = self.folder / f"stick-{n}"
            place.mkdir()
            for name, content in closed.files().items():
                (place / name).write_bytes(content)
            places.append(place)
            vault.close()
        return places, cards


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, capsys, monkeypatch)


def test_a_whole_election_is_typed_at_the_prompt(desk: Desk) -> None:
    election = desk.prepare()
    assert (len(desk.voters), len(desk.audits), len(desk.codes), len(desk.shares)) == (29, 6, 7, 3)
    assert not any(code.replace(" ", "").encode() in content for code in desk.voters for content in files_in(desk.home))
    places, cards = desk.poll(election, 24, 3)

    told = desk.done("close", desk.home, "--boxes", places[0], places[1])
    assert re.search(r"C = [0-9a-f]{64}", told)
    assert "The close record stands" in desk.done("close", desk.home, "--boxes", places[1])
    void, accounts = desk.folder / "void.txt", desk.folder / "accounts.json"
    void.write_text("\n".join(desk.voters[24:]), encoding="utf-8")
    numbers = {"printed": 35, "issued": 24, "returned": 0, "audit": 6, "unissued": 5, "ticks": 24}
    accounts.write_text(json.dumps(numbers), encoding="utf-8")
    thrown = ("close", desk.home, "--dice", THROWS, "--void", void, "--accounts", accounts)
    desk.refused(3, *thrown, typed=(desk.codes[3],))  # a trustee is not the returning officer
    accounts.write_text(json.dumps(numbers | {"ticks": 25}), encoding="utf-8")
    assert "25 ticks" in desk.refused(3, *thrown, typed=(desk.codes[1],))
    accounts.write_text(json.dumps(numbers), encoding="utf-8")
    assert "27 ballots accepted" in desk.done(*thrown, typed=(desk.codes[1],))

    board_1 = desk.home / "board-1"
    signs = (desk.codes[3], desk.codes[4], desk.codes[6])
    first = ("open", board_1, "--laptop", 1, "--out", desk.folder / "A")
    desk.refused(5, *first, typed=(desk.shares[0], "no such words"))
    wrong = cards[0].replace("1=", "1=9,", 1)
    desk.refused(5, *first, typed=(*desk.shares[:2], "yes", wrong, "", *signs))
    desk.refused(7, *first, typed=(*desk.shares[:2], "no"))
    desk.done(*first, typed=(*desk.shares[:2], "yes", *cards, "", *signs))
    second = ("open", board_1, "--laptop", 2, "--out", desk.folder / "B")
    desk.done(*second, typed=(*desk.shares[1:], "yes", *cards, "", desk.codes[4], desk.codes[5], desk.codes[7]))

    result, roll = desk.folder / "result", desk.folder / "roll.json"
    roll.write_text(json.dumps([{"group": "all", "on_roll": 24, "voted": 24}]), encoding="utf-8")
    published = ("publish", board_1, "--openings", desk.folder / "A", desk.folder / "B", "--out", result)
    same = ("publish", board_1, "--openings", desk.folder / "A", desk.folder / "A", "--out", result)
    desk.refused(7, *same, typed=(desk.codes[1],))
    sheet = desk.folder / "result.pdf"
    desk.done(*published, "--turnout", roll, "--sheet", sheet, "--languages", "en,ar", typed=(desk.codes[1],))
    assert sheet.read_bytes().startswith(b"%PDF")
    assert (result / "turnout.json").read_bytes() == b"[]"

    code, out, _ = desk.run("verify", result, "--json")
    assert code == 0
    assert {check["verdict"] for check in json.loads(out)} == {"PASS", "ATTESTED"}
    votes = result / "votes-1.blt"
    votes.write_bytes(votes.read_bytes().replace(b"1 ", b"2 ", 1))
    code, out, _ = desk.run("verify", result)
    assert code == 5
    assert "votes-1.blt is not as listed" in out


def files_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def test_too_few_ballots_are_not_opened(desk: Desk) -> None:
    election = desk.prepare()
    places, _ = desk.poll(election, 11, 0)
    desk.done("close", desk.home, "--boxes", *places)
    void, accounts = desk.folder / "void.txt", desk.folder / "accounts.json"
    void.write_text("\n".join(desk.voters[11:]), encoding="utf-8")
    numbers = {"printed": 35, "issued": 11, "returned": 0, "audit": 6, "unissued": 18, "ticks": 11}
    accounts.write_text(json.dumps(numbers), encoding="utf-8")
    desk.done("close", desk.home, "--dice", THROWS, "--void", void, "--accounts", accounts, typed=(desk.codes[1],))
    opening = ("open", desk.home / "board-1", "--laptop", 1, "--out", desk.folder / "A")
    assert "too few ballots" in desk.refused(6, *opening, typed=tuple(desk.shares[:2]))


def test_a_plan_is_refused_with_contest_field_and_reason(desk: Desk) -> None:
    plan = a_plan()
    plan["contests"][1]["minimum"] = 5
    path = desk.folder / "plan.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    assert "contest 2.minimum" in desk.refused(3, "prepare", path, "--out", desk.home)
    for wrong in ("[]", "{", '{"title": 1.5}', '{"contests": 3}', '{"surprise": true}'):
        path.write_text(wrong, encoding="utf-8")
        desk.refused(3, "prepare", path, "--out", desk.home)
    plan["contests"][1]["minimum"] = 10
    plan["contests"][0]["candidates"][2]["photo"] = "no-such.png"
    path.write_text(json.dumps(plan), encoding="utf-8")
    assert "contest 1.candidates 3.photo" in desk.refused(3, "prepare", path, "--out", desk.home)


def test_steps_out_of_order_and_steps_done_twice_write_nothing(desk: Desk) -> None:
    desk.done("prepare", desk.plan(), "--out", desk.home)
    desk.refused(3, "prepare", desk.folder / "plan.json", "--out", desk.home)
    assert "slips have not been printed" in desk.refused(3, "prepare", desk.home, "--finish")
    desk.refused(5, "close", desk.home, "--boxes", desk.folder)
    desk.refused(5, "verify", desk.home)
    desk.done("slips", desk.home)
    desk.refused(3, "slips", desk.home)
    assert "key ceremony" in desk.refused(3, "prepare", desk.home, "--finish")
    desk.refused(2, "prepare", desk.home)
    desk.refused(2, "close", desk.home, "--dice", "123")


def test_a_share_read_back_wrong_makes_no_key(desk: Desk) -> None:
    desk.done("prepare", desk.plan(), "--out", desk.home)
    words = "academic " * 33
    desk.refused(5, "prepare", desk.home, "--key-ceremony", typed=(words, words, words))


def test_a_late_box_is_refused_by_name(desk: Desk) -> None:
    election = desk.prepare()
    places, _ = desk.poll(election, 2, 0)
    told = desk.done("close", desk.home, "--boxes", places[0])
    assert f"No box came from kiosk {bytes([2]).hex() * 16}" in told
    assert "came after the close record" in desk.refused(3, "close", desk.home, "--boxes", places[1])


def test_a_notice_strikes_a_candidate_out_when_two_signed_it(desk: Desk) -> None:
    desk.prepare()
    order = ("prepare", desk.home, "--withdraw", "1:2", "--day", "2026-11-28")
    desk.refused(5, *order, typed=(desk.codes[1], desk.codes[1]))
    desk.done(*order, typed=(desk.codes[1], desk.codes[6]))
    assert sorted(path.name for path in (desk.home / "notices").iterdir()) == ["1.json", "1.sig.json"]
    desk.refused(
        5, "prepare", desk.home, "--withdraw", "3:1", "--day", "2026-11-28", typed=(desk.codes[1], desk.codes[6])
    )


def test_a_rehearsal_prints_the_script(desk: Desk) -> None:
    code, out, err = desk.run("rehearse", "--out", desk.folder / "rehearsal")
    assert code == 0, err
    assert out.startswith("SCRIPT OF THE DAY")
    assert "16 of 16 checks hold" in err
    assert seal.digest((desk.folder / "rehearsal" / "script.txt").read_bytes()) == seal.digest(out[:-1].encode())


def test_boxes_that_came_by_road_are_taken_from_the_ledger(desk: Desk) -> None:
    election = desk.prepare()
    places, _ = desk.poll(election, 4, 0)
    assert "no ledger" in desk.refused(3, "close", desk.home, "--received")
    central = desk.folder / "central"
    central.mkdir()
    ledger = open_ledger(central / "ledger.db")
    with ledger.writing() as session:
        for n, place in enumerate(places, 1):
            (box,) = (path.read_bytes() for path in place.glob("*.box"))
            (manifest,) = (path.read_bytes() for path in place.glob("*-1.json"))
            signed = seal.sign(seal.SIGNS_BOX, manifest, kiosk_signing(n))
            records = [*split_box(box), write_manifest_record(manifest, signed)]
            for seq, sealed in enumerate(records, 1):
                row = {"establishment": "HMX", "kiosk": bytes([n]) * 16, "epoch": 1, "seq": seq, "kind": 0}
                row |= {"form": election.d, "id": seal.record_id(sealed), "sealed": sealed}
                session.add(RecordRow(**row, batch_day=0, small=False))
    ledger.close()
    desk.done("close", desk.home, "--received", "--boxes", places[0])
    closed = read_close((desk.home / "closed" / "close.json").read_bytes())
    assert [one.kiosk[0] for one in closed.boxes] == [1, 2]
    assert closed.missing == ()
