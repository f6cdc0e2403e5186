"""`election nominations` and `election vacancy`: from a sign-up or paper to a plan, and a seat that is filled."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from models import seal
from models.election.definition import STATEMENT_MOST
from models.noticeboard import read_notice
from sync.central.elections import board
from sync.central.elections.plan import read_plan
from sync.central.opened import Nominated, OpenedStore
from tests.central.at_the_prompt import AtThePrompt
from tests.central.desks import tree
from tests.central.polling import a_box, a_day, some_votes
from tests.central.polling import a_plan as a_plan_of_three
from tests.models.test_nominations import a_plan

OPEN: Final = ("--day", "2027-03-01")
LAST: Final = ("--day", "2027-03-10")
KIOSKS: Final = [{"id": "01" * 16, "wing": "A", "public_key": seal.public_half(bytes([1]) * 32).hex()}]
SIGN_UP: Final = {
    "contest": "c1", "ballot_name": "Ann Ash", "seconders": "Secondo Uno, Secondo Due", "statement": "More books.",
    "symbol": "dog", "consent": "yes",
}  # fmt: skip


@dataclass
class Clerk(AtThePrompt):
    """The command line of a desk whose plan calls for nominations."""

    @property
    def draft(self) -> Path:
        return self.folder / "draft"

    @property
    def store(self) -> OpenedStore:
        return OpenedStore(self.folder / "central" / "opened.sqlite")

    def call(self, **more: Any) -> None:  # noqa: ANN401 - whatever a plan has
        electorates = [{"id": "residents", "size": 30}, {"id": "staff", "size": 20}]
        contests = [one | {"electorates": ["residents"]} for one in a_plan()["contests"]]
        plan = a_plan(electorates=electorates, contests=contests, kiosks=KIOSKS, observers=2) | more
        (self.folder / "central" / "content").mkdir(parents=True, exist_ok=True)
        self.draft.mkdir(exist_ok=True)
        (self.draft / "plan.json").write_text(json.dumps(plan), encoding="utf-8")

    def nominated(self, what: str, *words: object, typed: tuple[str, ...] = ()) -> str:
        return self.done("nominations", what, self.draft, *words, typed=typed)

    def paper(self, name: str, contest: int = 1, *people: str, symbol: str = "", day: tuple[str, str] = OPEN) -> str:
        """Type in a whole nomination that came on paper, in two languages."""
        lists = (", ".join(people),) if contest == 2 else ()
        typed = (str(contest), name, *lists, "Una, Due", symbol, f"{name} speaks", f"{name} mówi", "yes")
        return self.nominated("add", *day, typed=typed)

    def rows(self) -> list[dict[str, Any]]:
        code, out, err = self.run("nominations", "list", self.draft, "--json")
        assert code == 0, err
        found: list[dict[str, Any]] = json.loads(out)
        return found

    def file(self) -> bytes:
        return (self.draft / "nominations.json").read_bytes()


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Clerk:
    made = Clerk(tmp_path, capsys, monkeypatch)
    made.call()
    return made


def in_store(store: OpenedStore, *sheets: dict[str, str]) -> None:
    store.put([], [], {}, [Nominated("HMX", "en", sheet) for sheet in sheets])


def test_what_a_kiosk_brought_is_kept_by_the_desk_and_forgotten_by_the_opening_desk(clerk: Clerk) -> None:
    in_store(clerk.store, SIGN_UP)
    assert "1 nominations came" in clerk.nominated("take", *OPEN)
    assert clerk.store.nominations() == ()
    assert b"Secondo" not in (clerk.folder / "central" / "opened.sqlite").read_bytes()
    (row,) = clerk.rows()
    assert (row["name"], row["symbol"], row["decide_by"]) == ("Ann Ash", "code-dog", "2027-03-04")
    assert row["wrong"] == ["the statement is missing in pl"]
    assert "0 nominations came" in clerk.nominated("take", *OPEN)
    assert len(clerk.rows()) == 1


def test_a_plug_pulled_between_writing_and_forgetting_takes_nothing_twice(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_store(clerk.store, SIGN_UP)
    with monkeypatch.context() as pulled:
        pulled.setattr(OpenedStore, "forget_nominations", lambda *_: None)
        clerk.nominated("take", *OPEN)
    assert len(clerk.store.nominations()) == 1
    in_store(clerk.store, SIGN_UP | {"ballot_name": "Bo Birch"})
    assert "1 nominations came" in clerk.nominated("take", *OPEN)
    assert sorted(row["name"] for row in clerk.rows()) == ["Ann Ash", "Bo Birch"]
    assert clerk.store.nominations() == ()


def test_each_establishment_takes_its_own_nominations(clerk: Clerk) -> None:
    clerk.store.put([], [], {}, [Nominated(place, "en", SIGN_UP | {"ballot_name": place}) for place in ("HMX", "HMY")])
    assert "--establishment (HMX, HMY)" in clerk.refused(3, "nominations", "take", clerk.draft, *OPEN)
    clerk.nominated("take", "--establishment", "HMY", *OPEN)
    assert [row["name"] for row in clerk.rows()] == ["HMY"]
    assert [one.establishment for one in clerk.store.nominations()] == ["HMX"]


def test_a_picture_that_is_not_shipped_is_none(clerk: Clerk) -> None:
    in_store(clerk.store, SIGN_UP | {"symbol": "unicorn"})
    clerk.nominated("take", *OPEN)
    assert [row["symbol"] for row in clerk.rows()] == [""]


@pytest.mark.skipif(os.name != "posix", reason="rights of files")
def test_nobody_else_on_the_machine_may_read_who_wants_to_stand(clerk: Clerk) -> None:
    clerk.paper("Bo Birch")
    assert stat.S_IMODE((clerk.draft / "nominations.json").stat().st_mode) == 0o600


def test_paper_and_kiosk_are_vetted_alike_and_seconders_are_dropped(clerk: Clerk) -> None:
    in_store(clerk.store, SIGN_UP)
    clerk.nominated("take", *OPEN)
    clerk.paper("Bo Birch", symbol="Fish")
    said = clerk.refused(3, "nominations", "accept", clerk.draft, 1)
    assert "missing in pl" in said
    assert "whoever handed in nomination 1" in said
    clerk.nominated("statement", 1, "--language", "pl", typed=("Więcej książek.",))
    assert b"Secondo" in clerk.file()
    for number in (1, 2):
        clerk.nominated("accept", number)
    assert not any(name in clerk.file() for name in (b"Secondo", b"Una", b"Due"))
    assert [row["standing"] for row in clerk.rows()] == ["accepted", "accepted"]
    assert [row["symbol"] for row in clerk.rows()] == ["code-dog", "code-fish"]


def test_a_refusal_prints_the_letter_with_reason_and_appeal_in_the_languages_of_the_wing(clerk: Clerk) -> None:
    clerk.paper("Bo Birch")
    assert "written reason" in clerk.refused(3, "nominations", "refuse", clerk.draft, 1)
    code, letter, _ = clerk.run("nominations", "refuse", clerk.draft, 1, "--reason", "The name is a brand.")
    assert code == 0
    assert letter.count("The name is a brand.") == letter.count("the chair of the board") == 2
    assert "Zgłoszenie 1" in letter
    assert "Una" not in letter
    clerk.nominated("accept", 1)  # the appeal is upheld


def test_whoever_withdraws_leaves_a_number_and_no_name(clerk: Clerk) -> None:
    clerk.paper("Bo Birch")
    late = ("--day", "2027-03-11")
    assert "closed" in clerk.refused(3, "nominations", "withdraw", clerk.draft, 1, *late)
    clerk.nominated("withdraw", 1, *LAST)
    assert b"Birch" not in clerk.file()
    assert "closed" in clerk.refused(
        3, "nominations", "add", clerk.draft, *late, typed=("1", "Cy", "Una, Due", "", "", "", "yes")
    )


def test_a_nomination_that_waits_too_long_is_said_with_who_must_act(clerk: Clerk) -> None:
    clerk.paper("Bo Birch")
    assert "should have been" not in clerk.nominated("list", "--day", "2027-03-04")
    assert "should have been decided by 2027-03-04: the returning officer" in clerk.nominated(
        "list", "--day", "2027-03-05"
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("one",), "a contest is a number"),
        (("1", "Bo", "Una, Due", "unicorn"), "no such picture"),
    ],
)
def test_what_is_typed_wrong_is_refused_and_nothing_is_kept(clerk: Clerk, typed: tuple[str, ...], said: str) -> None:
    assert said in clerk.refused(3, "nominations", "add", clerk.draft, *OPEN, typed=typed)


def test_a_statement_that_is_too_long_a_bad_language_and_a_bad_day_are_refused(clerk: Clerk) -> None:
    clerk.paper("Bo Birch")
    long = ("nominations", "statement", clerk.draft, 1, "--language", "ar")
    assert "600" in clerk.refused(3, *long, typed=("x" * (STATEMENT_MOST + 1),))
    assert "a tag" in clerk.refused(3, "nominations", "statement", clerk.draft, 1, "--language", "no way")
    assert "YYYY" in clerk.refused(3, "nominations", "withdraw", clerk.draft, 1, "--day", "today")


def test_a_folder_without_a_plan_or_with_a_spoilt_file_is_refused(clerk: Clerk) -> None:
    clerk.paper("Bo Birch")
    (clerk.draft / "nominations.json").write_bytes(clerk.file() + b"\n")
    assert "canonical" in clerk.refused(3, "nominations", "list", clerk.draft)
    (clerk.draft / "plan.json").unlink()
    assert "begin with a plan" in clerk.refused(3, "nominations", "list", clerk.draft)


def stands(clerk: Clerk, *names: str) -> None:
    first = len(clerk.rows()) if (clerk.draft / "nominations.json").exists() else 0
    for number, name in enumerate(names, first + 1):
        clerk.paper(name)
        clerk.nominated("accept", number)


def test_the_close_makes_a_plan_that_prepare_takes_with_a_picture_for_everybody(clerk: Clerk) -> None:
    in_store(clerk.store, SIGN_UP)
    clerk.nominated("take", *OPEN)
    clerk.nominated("statement", 1, "--language", "pl", typed=("Więcej książek.",))
    clerk.nominated("accept", 1)
    clerk.paper("Zed Zander")
    clerk.nominated("refuse", 2, "--reason", "no")
    for number, name in enumerate(("Bo Birch", "Cy Cedar"), 3):
        clerk.paper(name)
        clerk.nominated("accept", number)
    out = clerk.folder / "closed"
    assert "open until" in clerk.refused(3, "nominations", "close", clerk.draft, "--out", out, *OPEN)
    said = clerk.nominated("close", "--out", out, *LAST)
    assert "Contest 1: 3 stand, for 2 seats: a poll." in said
    assert "Contest 2: nobody stands; a new notice by 2027-04-07: the returning officer." in said
    plan = json.loads((out / "plan.json").read_bytes())
    assert "nominations" not in plan
    assert [one["number"] for one in plan["contests"]] == [1, 3]
    assert [one["id"] for one in plan["electorates"]] == ["residents"]
    draft = read_plan((out / "plan.json").read_bytes(), bytes(16), lambda _: b"").definition
    assert [one.name["en"] for one in draft.contest(1).candidates] == ["Ann Ash", "Bo Birch", "Cy Cedar"]  # type: ignore[index]
    assert [one.symbol for one in draft.contest(1).candidates] == ["code-dog", "sign-2", "sign-3"]
    assert dict(draft.contest(1).candidates[0].statement) == {"en": "More books.", "pl": "Więcej książek."}
    assert b"Zander" not in clerk.file()
    assert b"Zander" not in b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    (notice,) = (read_notice(path.read_bytes()) for path in (out / "notices").iterdir())
    assert notice.title["pl"] == "Nikt jeszcze nie kandyduje"  # type: ignore[index]
    assert "2027-04-07" in notice.body["en"]  # type: ignore[index]
    laid = clerk.folder / "central" / "content" / "notices"
    assert tree(laid) == tree(out / "notices")
    clerk.done("prepare", out / "plan.json", "--out", clerk.folder / "election")


def test_no_more_candidates_than_seats_are_elected_on_a_notice_and_their_contest_has_no_poll(clerk: Clerk) -> None:
    stands(clerk, "Ann Ash", "Bo Birch")
    clerk.paper("Families", 2, "Al", "Bo", "Cy", "Di")
    clerk.nominated("accept", 3)
    out = clerk.folder / "closed"
    said = clerk.nominated("close", "--out", out, *LAST)
    assert said.count("elected unopposed, and no poll") == 2
    assert [one["number"] for one in json.loads((out / "plan.json").read_bytes())["contests"]] == [3]
    bodies = sorted(read_notice(path.read_bytes()).body["en"] for path in (out / "notices").iterdir())  # type: ignore[index]
    assert bodies[0] == "Parties: there is nobody to choose between. Elected: Al, Bo, Cy, Di."
    assert bodies[1].endswith("Elected: Ann Ash, Bo Birch.")
    assert "is there already" in clerk.refused(3, "nominations", "close", clerk.draft, "--out", out, *LAST)


def test_who_leaves_after_the_close_is_struck_out_and_the_close_is_made_again(clerk: Clerk) -> None:
    stands(clerk, "Ann Ash", "Bo Birch", "Cy Cedar")
    clerk.nominated("close", "--out", clerk.folder / "one", *LAST)
    clerk.nominated("withdraw", 2, "--left", "--day", "2027-03-12")
    said = clerk.nominated("close", "--out", clerk.folder / "two", "--day", "2027-03-12")
    assert "Contest 1: elected unopposed" in said
    assert b"Birch" not in clerk.file()


def test_without_any_poll_there_is_no_plan(clerk: Clerk) -> None:
    clerk.call(contests=[{"title": "Wing", "kind": "one", "seats": 2, "electorates": ["residents"]}])
    stands(clerk, "Ann Ash")
    said = clerk.nominated("close", "--out", clerk.folder / "closed", *LAST)
    assert "Next:" not in said
    assert not (clerk.folder / "closed" / "plan.json").exists()


def a_board(folder: Path) -> Path:
    """Hold a small election whose term is six months, and return its final board."""
    day = a_day(folder / "poll", a_plan_of_three(outside="Ann Outside, by letter"))
    (folder / "poll").mkdir()
    day.open_kiosks()
    try:
        for number, one in enumerate(day.voters[:22]):
            day.vote(number % 2 + 1, one.code, *some_votes(number))
        for number, one in enumerate(day.audits[:2]):
            day.audit(number % 2 + 1, one.code, *some_votes(number))
        boxes = [a_box(one) for one in day.close_kiosks()]
    finally:
        day.shut()
    closed, merged = day.board_1(boxes, day.voters[:22])
    board.write_files(folder / "board", day.board_2(closed, merged))
    return folder / "board"


@pytest.fixture(scope="module")
def final(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_board(tmp_path_factory.mktemp("vacancy"))


def the_notice(out: Path) -> Any:  # noqa: ANN401 - a notice whose texts are by language
    (path,) = (out / "notices").iterdir()
    return read_notice(path.read_bytes())


def test_a_party_seat_on_a_board_goes_down_the_list_until_it_is_exhausted(clerk: Clerk, final: Path) -> None:
    report = json.loads((final / "count-2.json").read_bytes())
    party = max(range(3), key=lambda at: report["seats_by_party"][at])
    name, seats = ("Families", "Resettlement", "Health")[party], report["seats_by_party"][party]
    assert seats == 2
    command = ("vacancy", final, "--contest", 2, "--seat", f"{name} 1", "--why", "release", "--day", "2026-12-24")
    said = clerk.done(*command, "--out", clerk.folder / "one")
    assert f"{name} 3 takes the seat" in said
    notice = the_notice(clerk.folder / "one")
    assert f"{name} 3 takes it" in notice.body["en"]
    assert "Decided by: Returning officer." in notice.body["en"]
    assert "release" not in notice.body["en"]
    gone = [part for n in (3, 4) for part in ("--gone", f"{name} {n}")]
    assert "stays vacant until 2027-05-29" in clerk.done(*command, *gone, "--out", clerk.folder / "two")
    assert not list(clerk.folder.glob("*/plan.json")) or list(clerk.folder.glob("*/plan.json")) == [
        clerk.draft / "plan.json"
    ]
    assert "nobody of this name" in clerk.refused(
        3, *command[:5], "Nobody", *command[6:], "--out", clerk.folder / "three"
    )
    laid = clerk.folder / "central" / "content" / "notices"
    assert len(list(laid.iterdir())) == 2


@pytest.mark.parametrize(("day", "held"), [("2027-02-28", True), ("2027-03-01", False)])
def test_a_persons_seat_is_filled_by_election_up_to_ninety_days_before_the_end(
    clerk: Clerk, final: Path, day: str, *, held: bool
) -> None:
    assert (date(2027, 5, 29) - date.fromisoformat(day)).days == (90 if held else 89)
    elected = json.loads((final / "count-1.json").read_bytes())["elected"][0]["candidate"]
    out = clerk.folder / "out"
    said = clerk.done(
        "vacancy", final, "--contest", 1, "--seat", f"person {elected}", "--why", "resigned", "--day", day, "--out", out
    )
    assert ("by-election" in said) is held
    assert (out / "plan.json").exists() is held
    assert "gave up the seat" in the_notice(out).body["en"]


def test_a_by_election_is_for_one_seat_and_the_rest_of_the_term_and_names_the_election_it_follows(
    clerk: Clerk, final: Path
) -> None:
    definition = board.election_of(board.read_files(final)).definition
    elected = json.loads((final / "count-1.json").read_bytes())["elected"][0]["candidate"]
    out = clerk.folder / "out"
    clerk.done(
        "vacancy", final, "--contest", 1, "--seat", f"Person {elected}", "--why", "transfer",
        "--day", "2027-01-10", "--out", out,
    )  # fmt: skip
    plan = json.loads((out / "plan.json").read_bytes())
    assert definition.id.hex() in plan["contests"][0]["about"]["en"]
    assert plan["nominations"]["follows"] == definition.id.hex()
    assert plan["dates"]["term_ends"] == "2027-05-29"
    assert [one["seats"] for one in plan["contests"]] == [1]
    clerk.call(**plan | {"nominations": plan["nominations"] | {"appeal_to": "the chair"}})
    for number, name in enumerate(("Ann", "Bo"), 1):
        typed = ("1", name, "Una, Due", "", "", "yes")
        clerk.nominated("add", "--day", "2027-01-11", typed=typed)
        clerk.nominated("accept", number)
    clerk.nominated("close", "--out", clerk.folder / "closed", "--day", "2027-01-24")
    again = read_plan((clerk.folder / "closed" / "plan.json").read_bytes(), bytes(16), lambda _: b"").definition
    assert (again.contest(1).seats, again.dates["term_ends"]) == (1, "2027-05-29")
    assert [one.id for one in again.kiosks] == [one.id for one in definition.kiosks]
    assert [(one.id, one.size) for one in again.electorates] == [("residents", 24)]
    assert dict(again.outside) == dict(definition.outside) == {"en": "Ann Outside, by letter"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--contest", "1", "--seat", "Person 1", "--why", "bored"), 3, "why is one of"),
        (("--contest", "3", "--seat", "Yes", "--why", "release"), 3, "gives no seats"),
        (("--contest", "9", "--seat", "Person 1", "--why", "release"), 3, "gives no seats"),
        (("--contest", "1", "--seat", "Person 1", "--why", "release", "--day", "2027-05-30"), 3, "term ended"),
    ],
)
def test_a_vacancy_that_cannot_be_is_refused_and_writes_nothing(
    clerk: Clerk, final: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    day = () if "--day" in words else ("--day", "2027-01-10")
    assert said in clerk.refused(code, "vacancy", final, *words, *day, "--out", clerk.folder / "out")


def test_a_folder_that_is_no_board_is_refused(clerk: Clerk) -> None:
    words = ("--contest", 1, "--seat", "Person 1", "--why", "release", "--out", clerk.folder / "out")
    assert "there is no board.json" in clerk.refused(5, "vacancy", clerk.draft, *words)


def test_a_seat_won_without_a_poll_is_filled_too(clerk: Clerk) -> None:
    stands(clerk, "Ann Ash", "Bo Birch")
    clerk.paper("Families", 2, "Al", "Bo", "Cy", "Di")
    clerk.nominated("accept", 3)
    closed = clerk.folder / "closed"
    clerk.nominated("close", "--out", closed, *LAST)
    took = ("vacancy", closed, "--why", "removed", "--day", "2027-05-01")
    said = clerk.done(*took, "--contest", 2, "--seat", "Al", "--out", clerk.folder / "one")
    assert "Di takes the seat" in said
    clerk.done(*took, "--contest", 1, "--seat", "Ann Ash", "--out", clerk.folder / "two")
    plan = json.loads((clerk.folder / "two" / "plan.json").read_bytes())
    assert (plan["contests"][0]["seats"], plan["dates"]["term_ends"]) == (1, "2027-09-20")
    assert "elected nobody" in clerk.refused(3, *took, "--contest", 3, "--seat", "Al", "--out", clerk.folder / "three")
