"""The whole circle, run and checked: spreadsheet, bundle, two kiosks, forty sittings, docking, results, a reply.

Then an election: three kiosks, 180 slips, 140 voters, every mischief of the day, two openings, and a board to verify.

`make demo` runs this. It exits 1 on any difference between what was tapped and what was counted, and leaves pictures
and the results page in demo-output/.

Rule 1: everything happens through the programs that people use; only the kiosks' clocks are moved on.
Rule 2: what is checked is checked against what the fingers remember, never against the program's own word.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from random import Random
from typing import Any, Final

from models.questionnaire import Questionnaire, SelectMultiple, Text, read_questionnaire
from sync.central.authoring.demonstration import lay_out_without_questionnaires, opened_workbooks
from sync.central.opened import OpenedStore
from sync.central.results.projection import Turn, nodes_by_path
from tests.journeys import evidence
from tests.journeys.election_day import FINGERS, ElectionDay
from tests.journeys.establishment import HOUSE, PIN, CommandError, Establishment, kivy_environment
from tests.journeys.house import House

OUTPUT: Final = HOUSE / "demo-output"
SEED: Final = 20261122
LANGUAGES: Final = ("en", "cy", "pl", "ar")
WORDS: Final = {
    "en": "More books, please.",
    "cy": "Mwy o lyfrau os gwelwch yn dda.",
    "pl": "Więcej książek, proszę.",
    "ar": "كتب أكثر من فضلك",
}
NAMES: Final = {  # of nobody, for the sign-up
    "en": "Demo Person",
    "cy": "Person Arddangos",
    "pl": "Osoba Pokazowa",
    "ar": "شخص تجريبي",
}
DID: Final = "The library now opens on Saturdays too."
ANSWER: Final = {  # for one person, by their code
    "en": "You were right: there are new books.",
    "cy": "Roeddech yn iawn: mae llyfrau newydd.",
    "pl": "Racja: są nowe książki.",
    "ar": "كنت على حق: وصلت كتب جديدة.",
}
Wish = dict[str, Any]


class Teller:
    """Says what happens, with the seconds since the start."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self, line: str) -> None:
        print(f"[{time.monotonic() - self._began:5.1f} s] {line}", flush=True)


def wishes(random: Random, wing: int) -> list[Wish]:
    """Return twenty turns for one kiosk: all four languages, every habit, two people who walk away."""
    plan: list[tuple[str, str]] = (
        [("take-part", "wing-life")] * 11
        + [("take-part", "proposal")] * 2
        + [("take-part", "exit"), ("sign-up", "sign-up")]
        + [("suggest", "suggestion")] * 3
        + [("thank", "shout-out")] * 2
    )
    habits = (
        ("back",),
        ("change",),
        ("skip",),
        ("back", "change", "skip"),
        ("one-part",),
        (),
        ("walk-away",),
        ("change",),
    )
    made: list[Wish] = []
    for number, (tile, consultation) in enumerate(plan):
        language = LANGUAGES[(number + wing) % len(LANGUAGES)]
        chosen = habits[number % len(habits)] if consultation == "wing-life" else ("skip",) if number % 3 else ()
        if consultation == "proposal" and number % 3 == 2:
            chosen = ("walk-away",)
        words = {"suggestion": WORDS, "sign-up": NAMES}.get(consultation, {}).get(language, "")
        by_code = tile == "suggest" and not chosen
        made.append({
            "language": language, "tile": tile, "consultation": consultation, "habits": sorted(chosen), "words": words,
            "mode": "code" if by_code else "anonymous",
        })  # fmt: skip
    random.shuffle(made)
    return made


def order(house: Establishment, name: str, phase: str, **asked: object) -> subprocess.Popen[bytes]:
    """Start a kiosk's day as a program of its own."""
    path = house.root / "orders" / f"{name}-{phase}.json"
    path.parent.mkdir(exist_ok=True)
    usual = {
        "home": str(house.kiosk_home(name)),
        "content": str(house.central_home / "content"),
        "first_day": datetime.now(UTC).astimezone().date().isoformat(),
        "days_gone": 0, "seed": SEED + len(name), "pin": PIN, "wishes": [], "docks": [], "tour": [], "expects": "",
        "pictures": str(OUTPUT / "screens"),
    }  # fmt: skip
    path.write_text(json.dumps(usual | asked), encoding="utf-8")
    command = [sys.executable, "-m", "tests.journeys.kiosk_day", str(path)]
    return subprocess.Popen(command, cwd=HOUSE, env=kivy_environment(path.with_suffix(".kivy")))


def done(house: Establishment, name: str, phase: str, day: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Wait for a kiosk's day to end and return what it told."""
    if day.wait(timeout=600) != 0:
        raise CommandError(f"the day of kiosk {name} ({phase}) ended with {day.returncode}")
    told: dict[str, Any] = json.loads((house.root / "orders" / f"{name}-{phase}.done.json").read_text(encoding="utf-8"))
    if told["troubles"]:
        raise CommandError(f"kiosk {name} ({phase}): {told['troubles']}")
    return told


def author_and_press(house: Establishment, tell: Teller) -> None:
    """Steps 1 and 2: workbooks become questionnaires, and a bundle is signed."""
    house.hold_ceremony()
    tell("ceremony: every key made once, each for its own desk")
    lay_out_without_questionnaires(house.central_home / "content", datetime.now(UTC).astimezone().date())
    workbooks = [str(workbook) for workbook in opened_workbooks()]
    with ThreadPoolExecutor() as desks:  # two authors at two desks
        list(desks.map(lambda half: house.central("author", *half), (workbooks[::2], workbooks[1::2])))
    tell(f"authoring: {len(workbooks)} workbooks are questionnaires")
    tell(f"press: {house.central('press').splitlines()[0]}")


def enrol_two(house: Establishment, address: str, tell: Teller) -> None:
    """Step 3: one kiosk by network, one that only ever meets a stick."""
    house.stick.mkdir()
    (house.stick / "holiday photos.txt").write_text("A stick has a life of its own.", encoding="utf-8")

    def by_network() -> str:
        house.grant(house.enrol("net", "--central", address), "a")
        return f"kiosk on A wing, by network: {house.kiosk('net', 'dock').strip()}"

    def by_stick() -> str:
        digits = house.enrol("sticky", "--stick", str(house.stick))
        house.central("intake", str(house.stick))
        house.grant(digits, "b")
        house.central("intake", str(house.stick))
        return f"kiosk on B wing, by stick: {house.kiosk('sticky', 'dock').strip()}"

    with ThreadPoolExecutor() as wings:  # two officers, each at a kiosk of their own
        for told in (wings.submit(by_network), wings.submit(by_stick)):
            tell(told.result())


def sit_and_dock(house: Establishment, tell: Teller) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Steps 4 and 5: forty sittings on real screens; docking a day later, and once more when all have waited.

    Return what was pressed, and the reply code that somebody on A wing wrote down.
    """
    random = Random(SEED)
    net = order(
        house, "net", "sittings", wishes=wishes(random, 0), tour=["en", "cy"],
        docks=[{"days": 1, "road": "network"}, {"days": 21, "road": "network"}],
    )  # fmt: skip
    sticky = order(
        house, "sticky", "sittings", wishes=wishes(random, 1), tour=["pl", "ar"], docks=[{"days": 1, "road": "stick"}]
    )
    told = [done(house, "net", "sittings", net), done(house, "sticky", "sittings", sticky)]
    tell(f"forty sittings; {sum(len(one['pressed']) for one in told)} parts were handed in")
    for sentence in told[0]["said"]:
        tell(f"  A wing, Dock: {sentence}")
    tell(f"  B wing, Dock: {told[1]['said'][0]}")
    evidence.stands(evidence.held(house, "sticky").outbox > 0, "before a receipt nothing leaves the outbox")
    tell(f"central, stick: {house.central('intake', str(house.stick)).splitlines()[-1]}")
    again = order(house, "sticky", "later", days_gone=1, docks=[{"days": 21, "road": "stick"}])
    tell(f"  B wing, Dock: {done(house, 'sticky', 'later', again)['said'][0]}")
    tell(f"central, stick: {house.central('intake', str(house.stick)).splitlines()[-1]}")
    return [pressed for one in told for pressed in one["pressed"]], told[0]["codes"][0]


def open_and_count(house: Establishment, tell: Teller) -> None:
    """Step 6: unsealing, results."""
    tell(f"opening: {house.open().splitlines()[0]}")
    table = house.central("results", "--out", str(OUTPUT / "results"))
    tell(f"results: {len(table.splitlines())} lines of counts; the page is in demo-output/results/")


def reply_and_return(house: Establishment, code: dict[str, Any], tell: Teller) -> None:
    """Step 7: one suggestion is answered; the answer comes back to both wings, and to those with a code by it."""
    listed = house.central_json("reply")
    suggestions = listed["suggestions"] if isinstance(listed, dict) else listed
    chosen = next(one for one in suggestions if one["text"] and one["purpose"] == "suggestion")
    others = [part for tag in ("cy", "pl", "ar") for part in ("--answer-in", f"{tag}={ANSWER[tag]}")]
    for one in suggestions:
        if one["by_code"]:
            house.central("reply", one["id"], "--answer", ANSWER["en"], *others)
    house.central(
        "reply", chosen["id"], "--said", "Some of you asked for more books.", "--did", DID,
        "--said-in", "cy=Gofynnodd rhai ohonoch am fwy o lyfrau.",
        "--did-in", "cy=Mae'r llyfrgell ar agor ar ddydd Sadwrn hefyd.",
        "--said-in", "pl=Niektórzy prosili o więcej książek.",
        "--did-in", "pl=Biblioteka jest teraz otwarta także w soboty.",
        "--said-in", "ar=طلب بعضكم كتبًا أكثر.", "--did-in", "ar=تفتح المكتبة الآن أيام السبت أيضًا.",
    )  # fmt: skip
    tell(f"reply written; press: {house.central('press').splitlines()[0]}")
    house.central("intake", str(house.stick))
    net = order(house, "net", "reply", days_gone=22, docks=[{"days": 1, "road": "network"}], expects=DID)
    reads = [{"language": "ar", **code, "expects": ANSWER["ar"]}]
    sticky = order(
        house, "sticky", "reply", days_gone=22, docks=[{"days": 1, "road": "stick"}], expects=DID, reads=reads
    )
    for name, day in (("net", net), ("sticky", sticky)):
        tell(f"  {name}, Dock: {done(house, name, 'reply', day)['said'][0]}")
    tell("both wings read the reply under News and answers")
    evidence.nothing_readable(house, ANSWER.values(), [])
    tell("one reply was sealed to a code from A wing, and read on B wing by it; it is in no file of a kiosk")


def check(house: Establishment, pressed: list[dict[str, Any]], tell: Teller) -> None:
    """Step 8: what was tapped is what was counted; nothing twice, nothing missing, nothing readable on the way."""
    forms = {
        path.stem: read_questionnaire(path.read_bytes())
        for path in (house.central_home / "content" / "questionnaires").glob("*.json")
    }
    store = OpenedStore(house.central_home / "opened.sqlite")
    by_hash = {evidence.form_hash(form): name for name, form in forms.items()}
    tapped = Counter(_part(forms[one["consultation"]], one) for one in pressed)
    counted = Counter(_part(forms[by_hash[turn.form]], _as_pressed(by_hash[turn.form], turn)) for turn in store.turns())
    evidence.stands(
        tapped == counted,
        "what was tapped is what was counted",
        "lost:",
        tapped - counted,
        "made up:",
        counted - tapped,
    )
    written = Counter(
        text
        for one in pressed
        for path, text in one["answers"].items()
        if text and _is_text(forms[one["consultation"]], path)
    )
    arrived = Counter(said.text for said in store.said() if said.text)
    evidence.stands(written == arrived, "typed words arrived as they were typed", written - arrived, arrived - written)
    evidence.skips_skip(pressed)
    evidence.published_agrees(house.central_home / "results" / "results.json", pressed, forms)
    for name in ("net", "sticky"):
        left = evidence.held(house, name)
        evidence.stands((left.pool, left.outbox) == (0, 0), f"kiosk {name} keeps nothing that central has signed for")
    tell(f"checked: {sum(counted.values())} parts tapped = counted; nothing twice, nothing missing, none abandoned")


def _as_pressed(consultation: str, turn: Turn) -> dict[str, Any]:
    """Return an opened turn in the shape of what a finger remembers."""
    answers = {str(path): text for path, text in turn.answers.items()}
    return {"consultation": consultation, "module": turn.module, "language": turn.language, "answers": answers}


def _part(form: Questionnaire, one: dict[str, Any]) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    """Return one handed-in part in a form that can be compared: typed words apart, ticks in no order."""
    nodes = nodes_by_path(form)
    answers = tuple(sorted(
        (path, " ".join(sorted(text.split())) if isinstance(nodes[path], SelectMultiple) else text)
        for path, text in one["answers"].items() if not isinstance(nodes[path], Text)
    ))  # fmt: skip
    language = one["language"] if one["language"] in {"en", "cy"} else "other"
    return one["consultation"], one["module"], language, answers


def _is_text(form: Questionnaire, path: str) -> bool:
    return isinstance(nodes_by_path(form)[path], Text)  # type: ignore[index]


def hold_election(address: str, tell: Teller) -> None:
    """Step 9: an election from plan to published board; what is published is what voters remember."""
    day = ElectionDay(House(OUTPUT), OUTPUT / "election", OUTPUT / "screens", tell)
    day.prepare(address)
    day.poll(address)
    day.count()
    day.check()
    day.check_verify()
    day.check_nothing_readable()
    evidence.every_booth_screen_was_seen(OUTPUT / "screens", sorted(set(FINGERS)))


def main() -> int:
    """Run the circle; return the exit code."""
    shutil.rmtree(OUTPUT, ignore_errors=True)
    house, tell = Establishment(OUTPUT), Teller()
    try:
        author_and_press(house, tell)
        with house.serving() as address:
            enrol_two(house, address, tell)
            pressed, code = sit_and_dock(house, tell)
            evidence.nothing_readable(house, [*WORDS.values(), *NAMES.values()], pressed)
            tell("scanned: no answer can be read in any kiosk file, on the stick, or in the ledger")
            open_and_count(house, tell)
            reply_and_return(house, code, tell)
            check(house, pressed, tell)
            hold_election(address, tell)
        evidence.every_screen_was_seen(OUTPUT / "screens", LANGUAGES)
    except (CommandError, evidence.DifferenceError) as difference:
        print(f"\nNOT AS IT SHOULD BE: {difference}", file=sys.stderr)
        return 1
    evidence.contact_sheet(OUTPUT / "screens", LANGUAGES, date.today())  # noqa: DTZ011 - for a heading
    tell("all checks passed")
    print("\nLook at:  demo-output/screens/index.html   every screen in four languages")
    print("          demo-output/results/             the results page (make central serves it)")
    print("          demo-output/election/            result.pdf and result.txt, flow.svg, and the board to verify")
    return 0


if __name__ == "__main__":
    sys.exit(main())
