"""The opening desk: ten at once or none, shuffled, and nothing that leads back to a kiosk."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from models import seal
from models.canonical import canonical_json
from models.errors import OpeningError
from models.questionnaire import Purpose
from models.record import Record
from models.shelf import CampaignKey
from sync.batch import Reason
from sync.central.ledger import Ledger, OpenedRow, QuarantineRow, open_ledger
from sync.central.opened import OpenedStore
from sync.central.opening import Opened, is_closed, open_campaign
from tests.central import desks

SIGN_UP = canonical_json(
    desks.a_suggestion_form()
    | {
        "id": "sign-up",
        "purpose": "sign-up",
        "modules": [{"name": "m1", "title": "t:m1", "first": 1, "last": 9, "seconds": 60}],
        "nodes": [
            *desks.a_suggestion_form()["nodes"][:3],
            {"kind": "select_one", "name": "after", "parent": 1, "row": 4, "words": "t:talk", "list": "topics"},
            {"kind": "text", "name": "name", "parent": 1, "row": 5, "words": "t:where"},
            {"kind": "repeat", "name": "guest", "parent": 1, "row": 6, "words": "t:m1"},
            {"kind": "rank", "name": "likes", "parent": 5, "row": 7, "words": "t:where", "list": "topics"},
            {"kind": "calculate", "name": "greeting", "parent": 1, "row": 8, "calculate": ["ref", 4]},
            {"kind": "calculate", "name": "again", "parent": 1, "row": 9, "calculate": ["ref", 7]},
            {"kind": "calculate", "name": "chosen", "parent": 1, "row": 10, "calculate": ["ref", 2]},
        ],
    }
)
NOMINATION = canonical_json(
    desks.a_suggestion_form()
    | {
        "id": "nomination",
        "purpose": "sign-up",
        "modules": [{"name": "m1", "title": "t:m1", "first": 1, "last": 7, "seconds": 60}],
        "nodes": [
            *desks.a_suggestion_form()["nodes"][:2],
            *(
                {"kind": "text", "name": name, "parent": 1, "row": row, "words": "t:where"}
                for row, name in enumerate(("contest", "ballot_name", "seconders", "statement", "consent"), 3)
            ),
            {"kind": "select_one", "name": "symbol", "parent": 1, "row": 8, "words": "t:talk", "list": "topics"},
        ],
    }
)
STANDS = {"contest": "c1", "ballot_name": "Nominata Example", "seconders": "Uno, Due", "consent": "yes"}
FORMS = (desks.SURVEY, desks.SUGGESTION, SIGN_UP, NOMINATION)
YES = {"talk": "yes", "where": "gym yard", "calm": "4"}
NO = {"talk": "no", "calm": ""}


class Desk:
    """A ledger, a store, a campaign key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger: Ledger = open_ledger(folder / "ledger.db")
        self.store = OpenedStore(folder / "opened.sqlite")
        self.private, public = seal.new_sealing_pair()
        self.campaign = CampaignKey(desks.CAMPAIGN, seal.key_id(public), public)

    def open(
        self, today: date = desks.TODAY, *, closed: bool = False, store: OpenedStore | None = None
    ) -> list[Opened]:
        return list(
            open_campaign(
                self.ledger,
                store or self.store,
                self.campaign,
                self.private,
                questionnaires=FORMS,
                today=today,
                closed=closed,
            )
        )

    def sealed(self, *sheets: dict[str, str], form: bytes = desks.SURVEY) -> list[bytes]:
        return [desks.a_sealed(self.campaign, sheet, form) for sheet in sheets]

    def quarantine(self) -> list[tuple[int, int]]:
        with self.ledger.reading() as session:
            return [(row.seq, row.reason) for row in session.scalars(sa.select(QuarantineRow))]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.ledger.close()


def test_ten_are_opened_together(desk: Desk) -> None:
    desks.hold(desk.ledger, desk.sealed(*[YES] * 6, *[NO] * 4))
    assert desk.open() == [Opened("HMX", opened=10, set_aside=0, waiting=0, late=False)]
    turns = desk.store.turns()
    assert Counter(turn.answers["m1/talk"] for turn in turns) == {"yes": 6, "no": 4}
    assert {(turn.establishment, turn.wing, turn.week, turn.module) for turn in turns} == {
        ("HMX", "a-wing", "2026-11-16", "m1")
    }
    with desk.ledger.reading() as session:
        assert [row.upto for row in session.scalars(sa.select(OpenedRow))] == [10]


def test_nine_stay_sealed(desk: Desk) -> None:
    desks.hold(desk.ledger, desk.sealed(*[YES] * 9))
    before = desks.tree(desk.folder)
    assert desk.open() == [Opened("HMX", opened=0, set_aside=0, waiting=9, late=False)]
    assert desk.store.turns() == ()
    assert desks.tree(desk.folder)["opened.sqlite"] == before["opened.sqlite"]


def test_each_establishment_needs_ten_of_its_own(desk: Desk) -> None:
    desks.hold(desk.ledger, desk.sealed(*[YES] * 10))
    desks.hold(desk.ledger, desk.sealed(*[YES] * 9), establishment="OTH", kiosk=b"o" * 16)
    assert [(one.establishment, one.opened, one.waiting) for one in desk.open()] == [("HMX", 10, 0), ("OTH", 0, 9)]


def test_what_waited_28_days_is_opened_without_wing_or_week(desk: Desk) -> None:
    desks.hold(desk.ledger, desk.sealed(*[YES] * 3), day=desks.TODAY - timedelta(days=28))
    assert desk.open(desks.TODAY - timedelta(days=1))[0].waiting == 3
    assert desk.open() == [Opened("HMX", opened=3, set_aside=0, waiting=0, late=True)]
    assert {(turn.wing, turn.week) for turn in desk.store.turns()} == {(None, None)}


def test_what_a_closed_campaign_left_is_opened_without_wing_or_week(desk: Desk) -> None:
    desks.hold(desk.ledger, desk.sealed(YES))
    assert desk.open(closed=True)[0].late
    assert [(turn.wing, turn.week) for turn in desk.store.turns()] == [(None, None)]


def test_a_wing_with_fewer_than_ten_is_not_named(desk: Desk) -> None:
    desks.hold(desk.ledger, desk.sealed(*[YES] * 12))
    desks.hold(desk.ledger, desk.sealed(*[YES] * 2), kiosk=b"b" * 16, wing="b-wing")
    assert desk.open()[0].opened == 14
    assert {turn.wing for turn in desk.store.turns()} == {None}  # naming a-wing would leave b-wing by subtraction


def test_a_second_opening_adds_nothing(desk: Desk) -> None:
    desks.hold(desk.ledger, desk.sealed(*[YES] * 10))
    desk.open()
    before = desk.store.turns()
    assert desk.open() == []
    assert desk.store.turns() == before


def test_two_openings_give_the_same_count(desk: Desk) -> None:
    desks.hold(desk.ledger, desk.sealed(*[YES] * 7, *[NO] * 5))
    desk.open()
    desks.hold(desk.ledger, desk.sealed(*[NO] * 10))
    desk.open()
    another = OpenedStore(desk.folder / "another.sqlite")
    desk.open(store=another)
    talk = [Counter(turn.answers["m1/talk"] for turn in store.turns()) for store in (desk.store, another)]
    assert talk[0] == talk[1] == {"yes": 7, "no": 15}


def test_a_plug_pulled_between_ledger_and_store_loses_nothing_and_doubles_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = seal.seal_record(Record(Purpose.SURVEY, bytes(32), b"{}"), desk.campaign.public).sealed
    desks.hold(desk.ledger, [*desk.sealed(*[YES] * 10), broken])

    def pulled(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as plug:
        plug.setattr(OpenedStore, "put", pulled)
        with pytest.raises(KeyboardInterrupt):
            desk.open()
    assert desk.open()[0].opened == 10
    assert len(desk.store.turns()) == 10
    assert desk.quarantine() == [(11, Reason.DOES_NOT_OPEN)]


def test_a_wrong_key_opens_and_sets_aside_nothing(desk: Desk) -> None:
    desks.hold(desk.ledger, desk.sealed(*[YES] * 10))
    before = desks.tree(desk.folder)["opened.sqlite"]
    desk.private, _ = seal.new_sealing_pair()
    with pytest.raises(OpeningError, match="not that of first"):
        desk.open()
    assert desks.tree(desk.folder)["opened.sqlite"] == before
    assert desk.quarantine() == []


def test_records_of_another_campaign_stay_sealed(desk: Desk) -> None:
    _, public = seal.new_sealing_pair()
    other = CampaignKey("other", seal.key_id(public), public)
    desks.hold(desk.ledger, [desks.a_sealed(other, YES) for _ in range(10)])
    assert desk.open() == []
    assert desk.store.turns() == ()


@pytest.mark.parametrize(
    "sheet",
    [
        {"talk": "perhaps"},
        {"where": "gym gym"},
        {"calm": "four"},
        {"calm": "NaN"},
        {"other": "yes"},
    ],
)
def test_what_could_not_have_been_filled_in_is_set_aside(desk: Desk, sheet: dict[str, str]) -> None:
    desks.hold(desk.ledger, desk.sealed(*[YES] * 10, sheet))
    assert desk.open()[0].set_aside == 1
    assert desk.quarantine() == [(11, Reason.DOES_NOT_PARSE)]
    assert len(desk.store.turns()) == 10


def test_a_body_that_is_no_record_is_set_aside(desk: Desk) -> None:
    junk = seal.seal_record(Record(Purpose.SURVEY, seal.digest(desks.SURVEY), b"junk"), desk.campaign.public).sealed
    desks.hold(desk.ledger, [*desk.sealed(*[YES] * 10), junk])
    assert desk.open()[0].set_aside == 1
    assert desk.quarantine() == [(11, Reason.DOES_NOT_PARSE)]


def test_the_store_keeps_no_kiosk_beside_an_answer_and_no_order(desk: Desk) -> None:
    sheets = [{"talk": "yes", "calm": str(1 + at % 5)} for at in range(40)]
    desks.hold(desk.ledger, desk.sealed(*sheets), kiosk=b"secret kiosk id!")
    desk.open()
    with sqlite3.connect(desk.folder / "opened.sqlite") as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(turns)")]
        stored = [row[0] for row in connection.execute("SELECT answers FROM turns")]
    connection.close()
    assert columns == ["id", "establishment", "wing", "week", "form", "module", "language", "answers", "blocks"]
    assert [turn["talk"] for turn in sheets] == ["yes"] * 40
    assert len(stored) == 40
    assert [answers[-3:-2] for answers in stored] != [sheet["calm"] for sheet in sheets]


def test_a_suggestions_words_keep_their_topic_only(desk: Desk) -> None:
    sheets = [{"topic": "food", "idea": f"idea {at}"} for at in range(9)]
    desks.hold(
        desk.ledger, desk.sealed(*sheets, {"topic": "yard", "idea": ""}, form=desks.SUGGESTION), form=desks.SUGGESTION
    )
    desk.open()
    said = desk.store.said()
    assert Counter((one.topic, bool(one.text)) for one in said) == {("food", True): 9, ("yard", False): 1}
    assert not [turn for turn in desk.store.turns() if "m1/idea" in turn.answers]
    assert {turn.answers["m1/topic"] for turn in desk.store.turns()} == {"food", "yard"}


def test_a_name_keeps_what_was_signed_up_for_and_nothing_else(desk: Desk) -> None:
    sheets = [{"topic": "food", "after": "yard", "name": f"name {at}"} for at in range(10)]
    desks.hold(desk.ledger, desk.sealed(*sheets, form=SIGN_UP), form=SIGN_UP)
    desk.open()
    assert {one.topic for one in desk.store.said()} == {"food"}  # the first that is asked, not the first by its name
    assert not [turn for turn in desk.store.turns() if "m1/name" in turn.answers]


def test_a_nomination_is_kept_whole_for_the_desk_of_the_election_and_counted_nowhere(desk: Desk) -> None:
    desks.hold(desk.ledger, [desks.a_sealed(desk.campaign, STANDS, NOMINATION, "pl")], form=NOMINATION)
    assert desk.open() == [Opened("HMX", opened=1, set_aside=0, waiting=0, late=False)]
    (found,) = desk.store.nominations()
    assert (found.establishment, found.language, dict(found.answers)) == ("HMX", "pl", STANDS)
    assert desk.store.turns() == desk.store.said() == ()
    assert desk.open() == []
    desk.store.forget_nominations([found.id])
    assert desk.store.nominations() == ()
    assert b"Nominata" not in (desk.folder / "opened.sqlite").read_bytes()


def test_nominations_are_none_of_the_ten_that_hide_a_survey(desk: Desk) -> None:
    desks.hold(desk.ledger, desk.sealed(*[YES] * 9))
    desks.hold(desk.ledger, desk.sealed(*[STANDS] * 3, form=NOMINATION), form=NOMINATION)
    before = desks.tree(desk.folder)
    assert desk.open() == [Opened("HMX", opened=0, set_aside=0, waiting=12, late=False)]
    assert desks.tree(desk.folder)["opened.sqlite"] == before["opened.sqlite"]
    (done,) = desk.open(closed=True)
    assert (done.opened, done.late) == (12, True)
    assert {(turn.wing, turn.week) for turn in desk.store.turns()} == {(None, None)}
    assert len(desk.store.nominations()) == 3


def test_what_was_computed_from_words_is_left_behind(desk: Desk) -> None:
    sheet = {"topic": "food", "name": "Sam", "greeting": "Sam", "again": "Sam", "chosen": "food"}
    desks.hold(desk.ledger, desk.sealed(*[sheet] * 10, form=SIGN_UP), form=SIGN_UP)
    desk.open()
    assert {frozenset(turn.answers) for turn in desk.store.turns()} == {frozenset({"m1/topic", "m1/chosen"})}


def test_answers_of_every_instance_are_opened(desk: Desk) -> None:
    sheets = [{"topic": "food", "guest[1]/likes": "yard food", "guest[2]/likes": ""} for _ in range(10)]
    desks.hold(desk.ledger, desk.sealed(*sheets, {"guest[1]/likes": "hats"}, form=SIGN_UP), form=SIGN_UP)
    assert [(done.opened, done.set_aside) for done in desk.open()] == [(10, 1)]
    assert {turn.answers["m1/guest[1]/likes"] for turn in desk.store.turns()} == {"yard food"}


def test_a_store_from_before_draws_learns_blocks(tmp_path: Path) -> None:
    path = tmp_path / "opened.sqlite"
    OpenedStore(path)
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE turns DROP COLUMN blocks")
        row = (bytes(16), "HMX", None, None, bytes(32), "m1", "en", '{"m1/talk":"yes"}')
        connection.execute("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.close()
    (turn,) = OpenedStore(path).turns()
    assert (turn.answers["m1/talk"], turn.blocks) == ("yes", ())  # type: ignore[index]
    assert OpenedStore(path).turns() == (turn,)


def test_only_common_languages_are_told_apart(desk: Desk) -> None:
    languages = ["en", "cy", "pl", "ar", *["en"] * 8]
    desks.hold(desk.ledger, [desks.a_sealed(desk.campaign, YES, language=tag) for tag in languages])
    desk.open()
    assert Counter(turn.language for turn in desk.store.turns()) == {"en": 9, "cy": 1, "other": 2}


def test_a_campaign_is_closed_after_its_last_consultations_last_day() -> None:
    consultation = {
        "format": 1, "id": "c", "questionnaire": "0" * 64, "campaign": "first", "key": "0" * 16, "wings": ["a-wing"],
        "opens": "2026-11-01", "closes": "2026-12-31", "level": "consult", "form": "individual", "owner": "o",
        "answer_by": "2027-01-31", "limits": {"en": "l"}, "min_own": 0, "notice_version": "1",
        "free_text": {"policy": "none", "who_reads": {}, "longest_wait_days": 0},
    }  # fmt: skip
    contents = [{"consultations/c.json": canonical_json(consultation), "notices/n.json": b"no matter"}]
    assert not is_closed("first", contents, date(2026, 12, 31))
    assert is_closed("first", contents, date(2027, 1, 1))
    assert not is_closed("other", contents, date(2027, 1, 1))
