"""A whole election as a journey: three kiosks that never meet, 140 voters, every mischief of the day, and the board.

3 kiosks, 180 slips, 140 voters, 3 of them on paper; 6 try the same kiosk again and then another one; 3 slips are
forged; one box is stuffed; one kiosk is stolen. One box comes by network, with that of the papers; one by stick.

Rule 1: central is its commands, kiosks are joined by the real wiring, and ballots take the roads of every record.
Rule 2: what must come out is worked out from what voters remember and have on their stubs, with no key of any kind.
Rule 3: only who plays the cheat reaches past a door.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from queue import SimpleQueue
from random import Random
from typing import Any, Final

from kiosk.enrolled import Kiosk
from kiosk.home import settings_text
from kiosk.presenters.booth_doors import SlipVerdict
from kiosk.wiring import KioskDoors
from models import seal
from models.counting.report import votes as in_votes
from models.counting.stv import count_stv
from models.counting.ties import lots_of_hash
from models.election import ballot
from models.election.ballot import Ballot, Mark
from models.election.boxes import split_box
from models.election.keys import Election
from models.election.merge import Merged, Status
from models.election.slip import make_code, read_code
from models.tables import BallotRow
from sync.central.elections import board
from tests.journeys.election_desk import PLAN, Desk, verified
from tests.journeys.establishment import HOUSE, PIN, CommandError, kivy_environment
from tests.journeys.evidence import stands
from tests.journeys.front import PATIENCE_S
from tests.journeys.house import House
from tests.journeys.paper_day import PaperDay

LABEL: Final = "council"
KIOSKS: Final = {"booth-a": "a", "booth-b": "b", "booth-c": "b"}
"""Each with the wing that it stands on."""
NETWORK, STICK, STOLEN = KIOSKS
VOTERS: Final = 140
PAPERS: Final = 3
"""How many of them vote on paper, which two people type in once the poll is closed."""
AUDITED: Final = 4
TWICE: Final = 6
FORGED: Final = 3
MADE_UP: Final = 5
FINGERS: Final = ("en", "ar", "pl", "en")
TYPED: Final = 1
"""How many of them touch the digits of their slip; the others hold it under a scanner."""
SEED: Final = 20261129
BOX: Final = re.compile(r"boxes/[0-9a-f]{32}-[0-9]+-[0-9]+\.json")
Votes = dict[int, Ballot]
Tell = Callable[[str], None]


def wish(random: Random) -> Votes:
    """Return what somebody wants in the three votes; one in ten leaves one blank."""
    ranked = tuple(random.sample((1, 2, 3, 4, 5), k=random.randint(1, 3)))
    party = random.choices((1, 2, 3), (5, 3, 2))[0]
    question = Ballot(Mark.BLANK) if random.random() < 0.1 else Ballot(Mark.CHOICES, (random.choice((1, 1, 2, 3)),))
    return {1: Ballot(Mark.CHOICES, ranked), 2: Ballot(Mark.CHOICES, (party,)), 3: question}


@dataclass
class Cast:
    """What one voter remembers of one time at a booth: where, the votes, and the seal codes on the stub."""

    kiosk: str
    code: str
    votes: Votes
    stub: Mapping[int, str]


class Station:
    """A kiosk's booth without its glass, by its own doors."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.kiosk, self.errands = kiosk, SimpleQueue[Callable[[], None]]()
        self.faults: list[BaseException] = []
        self.lines: list[str] = []
        self.doors = KioskDoors(kiosk, self.errands.put, self.faults.append, noted=self.lines.append)
        self.doors.start()

    def come(self, ask: Callable[[Callable[[Any], None]], None]) -> Any:  # noqa: ANN401 - whatever a door gives
        """Wait for what comes back."""
        found: list[Any] = []
        ask(found.append)
        while not found:
            self.errands.get(timeout=PATIENCE_S)()
        return found[0]

    def open_poll(self) -> None:
        stands(self.come(lambda then: self.doors.booth.open_poll(LABEL, then)) is None, "the poll is opened")

    def close_poll(self) -> None:
        stands(self.come(lambda then: self.doors.booth.close_poll(LABEL, then)) is None, "the poll is closed")

    def take(self, code: str) -> SlipVerdict:
        verdict: SlipVerdict = self.come(lambda then: self.doors.booth.take_slip(code.replace(" ", ""), then))
        return verdict

    def type_in(self, name: str, papers: Sequence[tuple[str, Votes]]) -> list[Cast]:
        """Let two people type papers in, each twice, and close their box; nobody has a stub of a paper."""
        opened = self.come(lambda then: self.doors.booth.open_poll(LABEL, then, "paper"))
        stands(opened is None, "a box for paper is opened once the poll is closed", opened)
        two = PaperDay(self.doors, self.errands, PATIENCE_S)
        for code, votes in papers:
            two.paper(code.replace(" ", ""), votes)
        self.close_poll()
        return [Cast(name, code, votes, {}) for code, votes in papers]

    def vote(self, name: str, code: str, votes: Votes) -> Cast:
        slip = self.take(code).slip
        stands(slip is not None, "a slip of this election is taken")
        assert slip is not None
        stub = self.come(lambda then: self.doors.booth.cast(slip, votes, then))
        stands(isinstance(stub, Mapping), "a vote is sealed and stored", type(stub).__name__)
        return Cast(name, code, votes, stub)


@contextmanager
def at(kiosk: Kiosk) -> Iterator[Station]:
    """Stand at a kiosk's booth."""
    station = Station(kiosk)
    try:
        yield station
    finally:
        station.doors.stop()


@dataclass
class ElectionDay:
    """The day and what people remember of it; files go below `root`, pictures into `pictures`."""

    house: House
    root: Path
    pictures: Path | None = None
    tell: Tell = lambda _line: None
    cast: list[Cast] = field(default_factory=list)
    audit_cards: list[Cast] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    ids: dict[str, str] = field(default_factory=dict)
    told_at_close: str = ""
    fingers: subprocess.Popen[bytes] | None = None

    @cached_property
    def desk(self) -> Desk:
        """The desk of the returning officer."""
        self.root.mkdir(parents=True)
        return Desk(self.house, self.root)

    @cached_property
    def random(self) -> Random:
        """The voters' chance."""
        return Random(SEED)

    # -- before the poll --------------------------------------------------------------------------------------------

    def prepare(self, address: str) -> None:
        """Enrol three kiosks, prepare the election, and bring its definition to them in an ordinary bundle."""
        self.fingers = self._fingers_come_early()
        kiosks = []
        for name, wing in KIOSKS.items():
            road = address if name == NETWORK else None
            self.house.make_kiosk(road, name, wing)
            with self.house.kiosk_open(road, name=name) as kiosk:
                public = seal.public_half(kiosk.keys.signing_key).hex()
                self.ids[name] = kiosk.keys.kiosk.hex()
                kiosks.append({"id": self.ids[name], "wing": wing.upper(), "public_key": public})
        self.tell("election: three kiosks are enrolled, one by network and two by stick")
        self.desk.prepare(kiosks, self.house.clock().day.isoformat())
        slips = len(self.desk.voters) + len(self.desk.audits)
        self.tell(f"election: plan, key ceremony with three shares, {slips} slips printed, definition signed by two")
        shutil.copytree(self.desk.home / "board-0", self.house.central_home / "content" / "elections" / LABEL)
        self.house.desk("press", "--no-sound")
        self.house.take_in()
        for name in KIOSKS:
            road = address if name == NETWORK else None
            with self.house.kiosk_open(road, name=name) as kiosk:
                outcome = kiosk.dock("network" if road else "stick")
                stands(len(kiosk.shelf().elections) == 1, f"{name} has the election on its shelf", outcome)
        self.tell("election: the definition came to every kiosk in an ordinary bundle")

    # -- the poll ---------------------------------------------------------------------------------------------------

    def poll(self, address: str) -> None:
        """Open the poll on three kiosks, vote, try what must not work, and close two of them."""
        queue = list(self.desk.voters[: VOTERS - PAPERS])
        by_finger, queue = queue[: len(FINGERS)], queue[len(FINGERS) :]
        choices = [wish(self.random) for _ in FINGERS]
        self._fingers_go(address, by_finger, choices)
        lines: dict[str, list[tuple[str, Votes]]] = {name: [] for name in KIOSKS}
        for n, code in enumerate(queue):  # few where fingers are slow; the other two wings vote meanwhile
            lines[NETWORK if n % 6 == 0 else (STOLEN, STICK)[n % 2]].append((code, wish(self.random)))
        with ThreadPoolExecutor() as wings:  # the other two wings vote meanwhile, and know nothing of each other
            others = [wings.submit(self._wing, name, lines[name], None) for name in (STICK, STOLEN)]
            self.cast += self._fingers_come(by_finger, choices)
            self.tell(f"election: {len(FINGERS)} voted by touch on the real screens, in English, Arabic and Polish")
            others.append(wings.submit(self._wing, NETWORK, lines[NETWORK], address))
            for other in others:
                self.cast += other.result()
        self._mischief(address)
        self._stuff_and_close(address)

    def _wing(self, name: str, line: Sequence[tuple[str, Votes]], address: str | None) -> list[Cast]:
        with self.house.kiosk_open(address, name=name) as kiosk, at(kiosk) as station:
            if name != NETWORK:  # there staff opened it on the screen
                station.open_poll()
            cast = [station.vote(name, code, votes) for code, votes in line]
            stands(not station.faults, f"nothing went wrong at {name}", station.faults)
        return cast

    def _fingers_come_early(self) -> subprocess.Popen[bytes]:
        """Start the program of the screens, which takes its time, while the election is prepared."""
        command = [sys.executable, "-m", "tests.journeys.booth_day"]
        stands(self.desk.root.is_dir(), "the election has a folder")
        return subprocess.Popen(command, cwd=HOUSE, env=kivy_environment(self.root / "kivy"), stdin=subprocess.PIPE)

    def _fingers_go(self, address: str, codes: Sequence[str], choices: Sequence[Votes]) -> None:
        """Let the kiosk of A wing begin with its screens; its order is gone as soon as it was carried out."""
        home = self.house.home(address, NETWORK)
        (home.folder / "kiosk.toml").write_text(settings_text(home), encoding="utf-8")
        order = self.root / "booth.json"
        voters = [
            {
                "language": language,
                "code": code.replace(" ", ""),
                "scanned": number >= TYPED,
                "votes": {contest: list(vote.choices) for contest, vote in votes.items()},
            }
            for number, (language, code, votes) in enumerate(zip(FINGERS, codes, choices, strict=True))
        ]
        asked = {
            "home": str(home.folder),
            "content": str(self.house.central_home / "content"),
            "first_day": self.house.clock().day.isoformat(),
            "pin": PIN,
            "voters": voters,
            "pictures": None if self.pictures is None else str(self.pictures),
        }
        order.write_text(json.dumps(asked), encoding="utf-8")
        assert self.fingers is not None
        assert self.fingers.stdin is not None
        with self.fingers.stdin as told:
            told.write(f"{order}\n".encode())

    def _fingers_come(self, codes: Sequence[str], choices: Sequence[Votes]) -> list[Cast]:
        assert self.fingers is not None
        code = self.fingers.wait(timeout=300)
        (self.root / "booth.json").unlink()
        shutil.rmtree(self.root / "kivy")
        if code != 0:
            raise CommandError(f"the booth of {NETWORK} ended with {code}")
        done = self.root / "booth.done.json"
        told = json.loads(done.read_text(encoding="utf-8"))
        done.unlink()
        stands(not told["troubles"], "nothing went wrong under the fingers", told["troubles"])
        return [
            Cast(NETWORK, slip, votes, dict(enumerate(stub, 1)))
            for slip, votes, stub in zip(codes, choices, told["codes"], strict=True)
        ]

    def _mischief(self, address: str) -> None:
        """Try slips again where they were used, then on a kiosk that cannot know; forge three; and audit."""
        again = [one for one in self.cast if one.kiosk == NETWORK][:TWICE]
        audits = [(code, wish(self.random)) for code in self.desk.audits[:AUDITED]]
        with self.house.kiosk_open(address, name=NETWORK) as kiosk, at(kiosk) as station:
            self.refused.update(str(station.take(one.code).trouble) for one in again)
            self.refused.update(str(station.take(make_code(f"{n:020d}")).trouble) for n in range(FORGED))
            self.audit_cards += [station.vote(NETWORK, *one) for one in audits[::2]]
        with self.house.kiosk_open(name=STICK) as kiosk, at(kiosk) as station:
            self.cast += [station.vote(STICK, one.code, wish(self.random)) for one in again]
            self.audit_cards += [station.vote(STICK, *one) for one in audits[1::2]]
        stands(self.refused == {"used": TWICE, "wrong": FORGED}, "used and forged slips are refused", self.refused)
        self.tell(f"election: {VOTERS} voted; {TWICE} were refused a second time there, and voted on another kiosk too")
        self.tell(f"election: {FORGED} forged slips opened nothing; observers used {AUDITED} audit slips")

    def _stuff_and_close(self, address: str) -> None:
        """Somebody with the keys of one kiosk stuffs its box; two boxes close and leave; the third kiosk is gone."""
        with self.house.kiosk_open(name=STICK) as kiosk, at(kiosk) as station:
            self._stuff(kiosk)
            station.close_poll()
            kiosk.dock("stick")
        papers = [(code, wish(self.random)) for code in self.desk.voters[VOTERS - PAPERS : VOTERS]]
        with self.house.kiosk_open(address, name=NETWORK) as kiosk, at(kiosk) as station:
            station.close_poll()
            self.cast += station.type_in(NETWORK, papers)
            kiosk.dock("network")
        self.house.take_in()
        self.tell(f"election: {PAPERS} had voted on paper; two people typed each paper twice into a box of its own")
        self.tell("election: one box was stuffed; one came by network, one by stick; the third kiosk was stolen")

    def _stuff(self, kiosk: Kiosk) -> None:
        """Put ballots of five made-up slips and of one that nobody was given among the honest ones."""
        (shelved,) = kiosk.shelf().elections
        election, definition = shelved.election, shelved.election.definition
        unissued = seal.slip_seed(read_code(self.desk.voters[-1]), definition.id)
        keys = [*(seal.random_bytes(32) for _ in range(MADE_UP)), seal.slip_key(unissued, definition.id, 1)]
        plain = ballot.write_ballot(Ballot(Mark.CHOICES, (3,)))
        forged = [seal.seal_ballot(plain, 1, election.d, key, definition.election_key) for key in keys]
        with kiosk.vault.writing() as session:
            session.add_all(BallotRow(leaf=ballot.leaf(one, seal.digest), box=1, envelope=one) for one in forged)

    # -- after the poll ---------------------------------------------------------------------------------------------

    def count(self) -> None:
        """Close record, dice, two openings, and the board."""
        self.told_at_close = self.desk.close()
        self.tell("election: the close record lists two boxes and one of paper, and says which kiosk none came from")
        told = self.desk.throw(VOTERS)
        stands("ALARM: 1 ballots" in told, "a ballot of a slip that nobody was given raises the alarm", told)
        self.tell("election: 22 dice were thrown; ballots of one slip on two kiosks count once, as the dice pick")
        cards = [_card(one) for one in self.audit_cards]
        first, second = (one.partition("Do both")[0] for one in self.desk.open_twice(cards))
        stands(first == second, "both laptops show the same before any audit code is typed", first, second)
        self.tell("election: two pairs of trustees opened on two laptops, and agree; every audit ballot is as its card")
        self.desk.publish(PLAN["electorates"][0]["size"], VOTERS)
        self.desk.draw()
        self.tell(f"election: published; result sheet, flow of transfers and board lie in {self.root.name}/")

    def files(self) -> dict[str, bytes]:
        """Return the final board."""
        return board.read_files(self.desk.result)

    def check(self) -> None:
        """The published result is what honest voters remember, and the board proves itself to anybody."""
        files = self.files()
        election = board.election_of(files)
        merged, honest = merged_without_codes(election, files), Honest(self.cast)
        close = json.loads(files["close.json"])
        stands(close["missing"] == [self.ids[STOLEN]], "the stolen kiosk's box is listed as missing", close)
        stands(f"No box came from kiosk {self.ids[STOLEN]}" in self.told_at_close, "and that is said at the close")
        kinds = [json.loads(data)["kind"] for path, data in files.items() if BOX.fullmatch(path)]
        stands(sorted(kinds) == ["kiosk", "kiosk", "paper"], "two boxes and one of paper are closed", close["boxes"])
        for contest in (1, 2, 3):
            audits = {one.stub[contest] for one in self.audit_cards}
            counted = honest.counted(contest, merged, audits, papers_of(files, contest))
            stands(
                published(files, contest) == expected(files, contest, counted),
                f"the published result of vote {contest} is the honest votes of the boxes that came",
                published(files, contest),
                expected(files, contest, counted),
            )
        found = [len(merged.of(1, one)) for one in (Status.USED_TWICE, Status.UNKNOWN_SLIP, Status.VOID_SLIP)]
        stands(found == [TWICE, MADE_UP, 1], "what was voted twice or stuffed is not counted", found)
        self.tell(f"election: what {honest.people} people voted is what was counted, to the last decimal")

    def check_verify(self) -> None:
        """Verify from the board alone, on a machine without keys; then with one byte flipped."""
        alone = self.root / "elsewhere"
        for name in ("board", "flipped"):
            shutil.copytree(self.desk.result, alone / name)
        path = self.random.choice(sorted(one for one in (alone / "flipped").rglob("*") if one.is_file()))
        content = bytearray(path.read_bytes())
        content[self.random.randrange(len(content))] ^= 1 << self.random.randrange(8)
        path.write_bytes(content)
        with ThreadPoolExecutor() as machines:  # two of them, that know nothing of each other
            told = [machines.submit(verified, alone / f"home-{name}", alone / name) for name in ("board", "flipped")]
            (code, checks), (other, otherwise) = (one.result() for one in told)
        stands(code == 0 and len(checks) == 16, "the board verifies from its files alone", checks)
        code, checks = other, otherwise
        stands(code == 5, f"one flipped bit of {path.name} is found", checks)
        shutil.rmtree(alone)
        self.tell("election: the board verifies from its files alone; with one flipped bit it does not")

    def check_nothing_readable(self) -> None:
        """No file of a kiosk, no stick and no table of central holds a slip's code, a choice, or a key of a slip."""
        definition = self.desk.election().definition
        needles: set[bytes] = set()
        for code in self.desk.voters + self.desk.audits:
            digits = code.replace(" ", "").encode()
            needles |= {code.encode(), digits, digits[:20]}
        for cast in self.cast:
            needles |= {ballot.write_ballot(vote) for vote in cast.votes.values() if vote.mark is Mark.CHOICES}
        for cast in self.cast[:: VOTERS // 4]:
            seed = seal.slip_seed(read_code(cast.code), definition.id)
            needles |= {seed, seed.hex().encode(), seal.slip_key(seed, definition.id, 1)}
        places = [*map(self.house.kiosk_home, KIOSKS), self.house.stick / "wingvoice" / "up"]
        files = [path for place in places for path in sorted(place.rglob("*")) if path.is_file()]
        files += sorted(self.house.central_home.glob("ledger.db*"))
        stands(len(files) > len(KIOSKS), "there are files to scan")
        for path in files:
            data = path.read_bytes()
            stands(not any(one in data for one in needles), f"no code, key or choice can be read in {path.name}")
        self.tell(
            "election: scanned; no code, choice or key of a slip is in any kiosk file, on the stick, in the ledger"
        )


class Honest:
    """What honest people voted on the kiosks whose boxes came, by the seal codes on their stubs."""

    def __init__(self, cast: Sequence[Cast]) -> None:
        came = [one for one in cast if one.kiosk != STOLEN]
        self.people = len({one.code for one in came})
        self._by_stub = {
            (number, stub): (one.code, one.votes[number]) for one in came for number, stub in one.stub.items()
        }
        self._papers = [one for one in came if not one.stub]

    def counted(self, contest: int, merged: Merged, audits: set[str], papers: frozenset[str]) -> list[Ballot]:
        """Return the votes that count; each person's once, and nobody else's. `papers`: seal codes of the paper box."""
        stubs = [seal.seal_code(one) for one in merged.accepted(contest)]
        stands(audits <= set(stubs), "audit ballots are among the accepted")
        stands(len(papers & set(stubs)) == len(self._papers), "every paper counts", len(papers))
        found = [self._by_stub.get((contest, stub)) for stub in stubs if stub not in audits | papers]
        stands(None not in found, "every ballot that counts is some honest voter's")
        people = Counter(one[0] for one in found if one is not None)
        people.update(one.code for one in self._papers)
        stands(len(people) == self.people and set(people.values()) == {1}, "everybody counts once", people)
        return [*(one[1] for one in found if one is not None), *(one.votes[contest] for one in self._papers)]


def papers_of(files: Mapping[str, bytes], contest: int) -> frozenset[str]:
    """Return the seal codes of what a vote has in boxes of paper; nobody wrote them on a stub."""
    boxes = [path for path, data in files.items() if BOX.fullmatch(path) and json.loads(data)["kind"] == "paper"]
    held = [one for path in boxes for one in split_box(files[path.removesuffix("json") + "box"])]
    return frozenset(seal.seal_code(one) for one in held if ballot.contest_of(one) == contest)


def merged_without_codes(election: Election, files: Mapping[str, bytes]) -> Merged:
    """Merge the boxes of a board again; the void keys are those that its own merge names."""
    named = json.loads(files["merge.json"])["contests"]
    void = frozenset(bytes.fromhex(key) for one in named for key in one["status"][Status.VOID_SLIP.value]["keys"])
    return board.merged_of(election, files, void)


def expected(files: Mapping[str, bytes], contest: int, votes: Sequence[Ballot]) -> object:
    """Return the totals that these votes give: of every stage for a ranking, else by option."""
    marks = [one.choices for one in votes if one.mark is Mark.CHOICES]
    if contest != 1:
        many = len(PLAN["contests"][contest - 1].get("candidates", "123"))
        first = Counter(one[0] for one in marks)
        return [first[option] for option in range(1, many + 1)]
    beacon = bytes.fromhex(json.loads(files["dice.json"])["beacon"])
    count = count_stv(Counter(marks), 5, 2, lots=lots_of_hash(seal.tagged, beacon, 1))
    totals = [[in_votes(one) for one in (*stage.totals, stage.non_transferable)] for stage in count.stages]
    return totals, [list(one) for one in count.elected]


def published(files: Mapping[str, bytes], contest: int) -> object:
    """Return what the board says of a vote, in the same shape."""
    report = json.loads(files[f"count-{contest}.json"])
    if contest != 1:
        return report["totals"]
    totals = [[*stage["totals"], stage["non_transferable"]] for stage in report["stages"]]
    return totals, [[one["candidate"], one["stage"]] for one in report["elected"]]


def _card(one: Cast) -> str:
    """Return an audit card as it is typed."""
    marks = (f"{number}={','.join(map(str, vote.choices)) or 'blank'}" for number, vote in sorted(one.votes.items()))
    return f"{one.code} {' '.join(marks)}"
