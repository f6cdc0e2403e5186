"""A come-back code's link goes as far as the opening desk's memory: no file, table or page of central's holds it."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from models import seal
from models.questionnaire import LanguageTag, ModuleName, Purpose
from models.questionnaire import Path as NodePath
from models.record import ReadRecord, Record, record_body
from models.shelf import CampaignKey
from sync.central.ledger import open_ledger
from sync.central.opened import OpenedStore
from sync.central.opening import open_campaign
from sync.central.results.projection import Turn
from sync.central.results.release import make_release, release_json
from sync.central.results.report import page
from tests.central import desks

LINKS = tuple(seal.digest(b"person %d" % person).hex() for person in range(12))


def sealed(campaign: CampaignKey, link: str | None) -> bytes:
    """Return a survey's record as a kiosk seals it, with the link of a come-back code."""
    answers = {NodePath("m1/talk"): "yes", NodePath("m1/calm"): "4"}
    read = ReadRecord(ModuleName("m1"), LanguageTag("en"), (), answers, "1", "kiosk", link=link)
    record = Record(Purpose.SURVEY, seal.digest(desks.SURVEY), record_body(read))
    return seal.seal_record(record, campaign.public).sealed


@pytest.fixture
def opened(tmp_path: Path) -> tuple[Path, OpenedStore]:
    """Records of twelve people who each had a code, opened; one of them came twice, and one has none."""
    private, public = seal.new_sealing_pair()
    campaign = CampaignKey(desks.CAMPAIGN, seal.key_id(public), public)
    ledger, store = open_ledger(tmp_path / "ledger.db"), OpenedStore(tmp_path / "opened.sqlite")
    desks.hold(ledger, [sealed(campaign, link) for link in (*LINKS, LINKS[0], None)])
    (done,) = open_campaign(ledger, store, campaign, private, questionnaires=(desks.SURVEY,), today=desks.TODAY)
    ledger.close()
    assert (done.opened, done.set_aside) == (14, 0)
    return tmp_path, store


def test_records_with_and_without_a_link_count_alike(opened: tuple[Path, OpenedStore]) -> None:
    _, store = opened
    assert len({json.dumps(dict(turn.answers)) for turn in store.turns()}) == 1
    assert len(store.turns()) == 14


def test_what_is_projected_has_no_place_for_a_link() -> None:
    assert {field.name for field in fields(Turn)} & {"link", "person", "code"} == set()


def test_no_file_of_the_opening_desk_holds_a_link(opened: tuple[Path, OpenedStore]) -> None:
    folder, _ = opened
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 2
    for path in files:
        data = path.read_bytes()
        for link in LINKS:
            assert link.encode() not in data
            assert bytes.fromhex(link) not in data
            assert bytes.fromhex(link)[:8] not in data


def test_no_report_shows_a_link(opened: tuple[Path, OpenedStore]) -> None:
    _, store = opened
    release = make_release(store.turns(), [desks.SURVEY], desks.TODAY)
    shown = release_json(release) + page(release).encode()
    assert b'"asked": 14' in shown
    for link in LINKS:
        assert link.encode() not in shown
