"""The desks of an election: the commands as they are typed, and the paper that people hold between them.

Rule 1: every step is a command of `wingvoice-central`; codes and shares go in at its prompt and nowhere else.
Rule 2: what is on paper is in this object's memory alone, and never in a file.
Rule 3: what is offline on the day - the laptops of the trustees, and whoever verifies - is a program of its own.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from models.election.keys import Election
from sync.central.elections import board
from tests.journeys.establishment import HOUSE, CommandError
from tests.journeys.house import House

CODE: Final = re.compile(r"^ {4}((?:[0-9]{4} ){5}[0-9]{2})$", re.MULTILINE)
DICE: Final = "4213365512643154236251"
PLAN: Final[dict[str, Any]] = {
    "title": {"en": "Council of HMP Example", "pl": "Rada HMP Example", "ar": "مجلس HMP Example"},
    "electorates": [{"id": "residents", "size": 156, "spare": 18, "audit": 6}],
    "contests": [
        {
            "title": {"en": "Wing representatives", "pl": "Przedstawiciele oddziału", "ar": "ممثلو الجناح"},
            "kind": "rank",
            "seats": 2,
            "max_marks": 3,
            "candidates": [{"name": name} for name in ("Ash Aldous", "Bo Birch", "Cleo Cedar", "Ed Elm", "Hal Hazel")],
            "reach": {
                "en": "Ask at the wing office on Tuesdays.",
                "pl": "Zapytaj we wtorki w biurze oddziału.",
                "ar": "اسأل في مكتب الجناح أيام الثلاثاء.",
            },
        },
        {
            "title": {"en": "Council: parties", "pl": "Rada: listy", "ar": "المجلس: القوائم"},
            "kind": "list",
            "seats": 5,
            "candidates": [
                {
                    "name": {"en": english, "pl": polish, "ar": arabic},
                    "people": [f"{english} {n}" for n in range(1, 5)],
                }
                for english, polish, arabic in (
                    ("Families", "Rodziny", "العائلات"),
                    ("Resettlement", "Powrót do domu", "العودة إلى المجتمع"),
                    ("Health", "Zdrowie", "الصحة"),
                )
            ],
        },
        {
            "title": {
                "en": "Shall the gym open on Sundays?",
                "pl": "Czy siłownia ma być otwarta w niedziele?",
                "ar": "هل تفتح صالة الرياضة أيام الأحد؟",
            },
            "kind": "question",
            "proposal": {
                "text": {
                    "en": "The gym opens on Sundays from ten to twelve.",
                    "pl": "Siłownia jest otwarta w niedziele od dziesiątej do dwunastej.",
                    "ar": "تفتح صالة الرياضة أيام الأحد من العاشرة إلى الثانية عشرة.",
                },
                "for": [
                    {
                        "en": "Many work all week and never get there.",
                        "pl": "Wielu pracuje cały tydzień i nigdy tam nie dociera.",
                        "ar": "كثيرون يعملون طوال الأسبوع ولا يصلون إليها أبدا.",
                    }
                ],
                "against": [
                    {
                        "en": "Two more officers are needed on Sundays.",
                        "pl": "W niedziele potrzeba dwóch funkcjonariuszy więcej.",
                        "ar": "يلزم ضابطان آخران أيام الأحد.",
                    }
                ],
                "cost": {
                    "en": "About 90 pounds a week.",
                    "pl": "Około 90 funtów tygodniowo.",
                    "ar": "نحو 90 جنيها في الأسبوع.",
                },
                "decides": {
                    "en": "The governor decides in January.",
                    "pl": "Naczelnik decyduje w styczniu.",
                    "ar": "يقرر المدير في يناير.",
                },
            },
        },
    ],
    "outside": {
        "en": "Ada Example of the monitoring board: the blue box by the gate",
        "pl": "Ada Example z rady nadzorczej: niebieska skrzynka przy bramie",
        "ar": "آدا إكزامبل من مجلس المراقبة: الصندوق الأزرق عند البوابة",
    },
}


class Typist(io.StringIO):
    """Somebody at the prompt: `lines` is asked for what to type once the first line is wanted."""

    def __init__(self, lines: Callable[[], Iterable[str]]) -> None:
        super().__init__()
        self._asked = lines
        self._lines: Iterator[str] | None = None

    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]  # typeshed: as of bytes
        """Return the next line, or nothing when there is no more to type."""
        self._lines = self._lines or iter(self._asked())
        return next((f"{line}\n" for line in self._lines), "")


@dataclass
class Desk:
    """The returning officer's desk and what everybody holds on paper; all files are below `root`."""

    house: House
    root: Path
    shares: list[str] = field(default_factory=list)
    witness: dict[int, str] = field(default_factory=dict)
    voters: list[str] = field(default_factory=list)
    audits: list[str] = field(default_factory=list)

    @property
    def home(self) -> Path:
        """The folder of the election."""
        return self.root / "council"

    @property
    def result(self) -> Path:
        """The final board."""
        return self.root / "board"

    def done(self, *words: object, typed: Sequence[str] = ()) -> tuple[str, str]:
        """Run a command of an election with these lines typed; return stdout and stderr."""
        return self._typing(lambda: typed, *words)

    def _typing(self, lines: Callable[[], Iterable[str]], *words: object) -> tuple[str, str]:
        before, sys.stdin = sys.stdin, Typist(lines)
        try:
            return self.house.desk("election", *map(str, words))
        finally:
            sys.stdin = before

    def prepare(self, kiosks: Sequence[dict[str, str]], day: str) -> None:
        """Plan, key ceremony, slips and definition: board 0."""
        plan = self.root / "plan.json"
        dates = {"poll_opens": day, "poll_closes": day}
        plan.write_text(json.dumps(PLAN | {"dates": dates, "kiosks": list(kiosks)}), encoding="utf-8")
        self.done("prepare", plan, "--out", self.home)
        self._typing(self._read_back, "prepare", self.home, "--key-ceremony")
        for page in self.done("slips", self.home)[0].split("\f"):
            (self.audits if page.lstrip().startswith("AUDIT") else self.voters).extend(CODE.findall(page))
        self.done("prepare", self.home, "--finish", typed=(self.witness[1], self.witness[2]))

    def _read_back(self) -> Iterable[str]:
        """Take the sheets out of the printer, and read the shares back from paper."""
        printed = sys.stdout
        assert isinstance(printed, io.StringIO)
        for page in printed.getvalue().split("\f"):
            if page.startswith("SHARE"):
                words = sorted(re.findall(r"([0-9]+)\. ([a-z]+)", page), key=lambda one: int(one[0]))
                self.shares.append(" ".join(word for _, word in words))
            else:
                self.witness[int(page.split()[1].rstrip(":"))] = CODE.findall(page)[0]
        return self.shares

    def election(self) -> Election:
        """Return the election that board 0 defines."""
        return board.election_of(board.read_files(self.home / "board-0"))

    def close(self) -> str:
        """Write the close record over the boxes that came by the kiosks' own roads; return what was said."""
        return "".join(self.done("close", self.home, "--received"))

    def throw(self, issued: int) -> str:
        """Throw the dice, open what is left of the envelopes in public, and merge: board 1."""
        void, accounts = self.root / "void.txt", self.root / "accounts.json"
        left = self.voters[issued:]
        void.write_text("".join(f"{code}\n" for code in left), encoding="utf-8")
        numbers = {"printed": len(self.voters) + len(self.audits), "issued": issued, "returned": 0}
        numbers |= {"audit": len(self.audits), "unissued": len(left), "ticks": issued}
        accounts.write_text(json.dumps(numbers), encoding="utf-8")
        thrown = ("--dice", DICE, "--void", void, "--accounts", accounts)
        return "".join(self.done("close", self.home, *thrown, typed=(self.witness[1],)))

    def open_twice(self, cards: Sequence[str]) -> list[str]:
        """Let two pairs of trustees open on two laptops, at the same time; return what each laptop said."""
        pairs = ((1, self.shares[:2], (3, 4, 6)), (2, self.shares[1:], (4, 5, 7)))
        running = []
        for laptop, shares, signers in pairs:
            out = self.root / f"laptop-{laptop}"
            command = ("open", self.home / "board-1", "--laptop", laptop, "--out", out)
            typed = (*shares, "yes", *cards, "", *(self.witness[number] for number in signers))
            running.append(started(self.root / f"offline-{laptop}", command, typed))
        told = []
        for process in running:
            _, err = process.communicate(timeout=300)
            if process.returncode != 0:
                raise CommandError(f"a laptop ended with {process.returncode}\n{err}")
            told.append(err)
        return told

    def publish(self, on_roll: int, voted: int) -> None:
        """Publish board 2, with the ticks on the roll by group."""
        roll = self.root / "roll.json"
        halves = ((on_roll // 2, voted // 2), (on_roll - on_roll // 2, voted - voted // 2))
        groups = [{"group": name, "on_roll": on, "voted": who} for name, (on, who) in zip("AB", halves, strict=True)]
        roll.write_text(json.dumps(groups), encoding="utf-8")
        openings = (self.root / "laptop-1", self.root / "laptop-2")
        command = ("publish", self.home / "board-1", "--openings", *openings, "--out", self.result)
        self.done(*command, "--turnout", roll, "--sheet", self.root / "result.pdf", typed=(self.witness[1],))

    def draw(self) -> str:
        """Leave a sheet with the result of every vote, and the flow of transfers of the first; return the sheet."""
        table, beacon = self.root / "result.txt", json.loads((self.result / "dice.json").read_text(encoding="utf-8"))
        self.house.desk(
            "count", str(self.result / "votes-1.blt"), "--seats", "2", "--lot-seed", beacon["beacon"],
            "--table", "--out", str(table), "--picture", str(self.root / "flow.svg"),
        )  # fmt: skip
        sheet = table.read_text(encoding="utf-8")
        for contest in (2, 3):
            report = json.loads((self.result / f"count-{contest}.json").read_text(encoding="utf-8"))
            given = report.get("seats_by_party", [None] * len(report["totals"]))
            sheet += f"\n{report['title']}\n"
            for option, votes, seats in zip(report["candidates"], report["totals"], given, strict=True):
                sheet += f"  {option['name']:20}{votes:4} votes{'' if seats is None else f', {seats} seats'}\n"
        table.write_text(sheet, encoding="utf-8")
        return sheet


def started(home: Path, command: Sequence[object], typed: Sequence[str] = ()) -> subprocess.Popen[str]:
    """Start a command of an election on a machine that has nothing of central's, and type these lines."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sync.central", "--home", str(home), "election", *map(str, command)],
        cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write("".join(f"{line}\n" for line in typed))
    process.stdin.flush()
    return process


def verified(home: Path, folder: Path) -> tuple[int, list[dict[str, Any]]]:
    """Let somebody verify a board on a machine without keys; return the exit code and the checks."""
    process = started(home, ("verify", folder, "--json"))
    out, err = process.communicate(timeout=300)
    if process.returncode not in (0, 5):
        raise CommandError(f"verify ended with {process.returncode}\n{err}")
    return process.returncode, json.loads(out)
