"""A nomination under a real finger: somebody puts themselves forward on a kiosk, and the desk of the election has it.

1. The form is the workbook that is shipped, compiled as the press compiles it.
2. What the kiosk hands in is sealed, held and opened as every record is; `election nominations take` finds it there.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final

import pytest

from kiosk.presenters.farewell import FarewellView
from kiosk.presenters.pads import TextPad, Tiles
from kiosk.presenters.question import QuestionView
from kiosk.presenters.review import ReviewView
from kiosk.presenters.turn import Turn
from models import seal
from models.consultation import ConsultationId
from models.questionnaire import Questionnaire, canonical_bytes
from models.record import Record
from models.shelf import CampaignKey
from sync.central.authoring.author import author_workbook
from sync.central.ledger import open_ledger
from sync.central.opening import open_campaign
from tests.builders_kiosk import a_place, a_shelf
from tests.central import desks
from tests.central.test_nominating import OPEN, Clerk
from tests.journeys.finger import Finger, Wish
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import FakeDoors
from tests.kiosk.driver import Driver

pytestmark = pytest.mark.screens
WORKBOOK: Final = Path(__file__).parents[2] / "assets" / "questionnaires" / "nomination.xlsx"
ASKED: Final = {
    "contest": "c1",
    "ballot_name": "Ann Ash",
    "seconders": "Una Uno, Due Due",
    "statement": "More books.",
    "symbol": "dog",
    "consent": "yes",
}
MOST_TOUCHES: Final = 60


@pytest.fixture(scope="module")
def form() -> Questionnaire:
    return author_workbook(WORKBOOK.read_bytes()).questionnaire


@pytest.fixture
def doors(form: Questionnaire) -> FakeDoors:
    shelf = a_shelf(form, place=a_place("en"))
    (opened,) = shelf.consultations
    return FakeDoors(on_shelf=replace(shelf, consultations=(replace(opened, form=seal.digest(canonical_bytes(form))),)))


@pytest.fixture
def driver(drive: Drive, doors: FakeDoors) -> Driver:
    return drive(lambda show: Turn(doors, show))


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Clerk:
    made = Clerk(tmp_path, capsys, monkeypatch)
    made.call()
    return made


def put_forward(driver: Driver, form: Questionnaire) -> None:
    """Touch what ASKED says, question by question, and hand it in."""
    finger = Finger(driver, Random(7), {ConsultationId("c0"): form})
    wish = Wish("en", "sign-up", "c0")
    for _ in range(MOST_TOUCHES):
        view = driver.view
        if isinstance(view, FarewellView):
            return
        if isinstance(view, ReviewView):
            driver.tap(id="onward")
            continue
        if not isinstance(view, QuestionView):
            finger._step(wish, view)
            continue
        answer = ASKED.get(finger._path().rpartition("/")[2], "")
        match view.answer:
            case Tiles():
                while not driver.has(key=answer):
                    driver.tap(id="more")
                driver.tap(key=answer)
            case TextPad():
                for char in answer:
                    finger._write(char)
        driver.tap(id="onward")
    raise AssertionError(driver.view)


def open_for(clerk: Clerk, record: Record, form: bytes) -> None:
    """Let a record go the way of all: sealed on the kiosk, held by central, opened with the key of its campaign."""
    private, public = seal.new_sealing_pair()
    campaign = CampaignKey(desks.CAMPAIGN, seal.key_id(public), public)
    ledger = open_ledger(clerk.folder / "ledger.db")
    desks.hold(ledger, [seal.seal_record(record, campaign.public).sealed], form=form)
    (opened,) = open_campaign(
        ledger, clerk.store, campaign, private, questionnaires=[form], today=desks.TODAY, closed=True
    )
    assert (opened.opened, opened.set_aside) == (1, 0)


def test_who_is_put_forward_on_a_kiosk_comes_to_the_desk_of_the_election(
    driver: Driver, doors: FakeDoors, form: Questionnaire, clerk: Clerk
) -> None:
    put_forward(driver, form)
    (record,) = doors.records
    open_for(clerk, record, canonical_bytes(form))
    assert "1 nominations came" in clerk.nominated("take", *OPEN)
    (row,) = clerk.rows()
    assert (row["name"], row["symbol"], row["contest"]) == ("Ann Ash", "code-dog", 1)
    assert row["wrong"] == ["the statement is missing in pl"]
    kept = clerk.file().decode()
    assert all(said in kept for said in ("Una Uno", "Due Due", "More books."))
