"""The joined rooms: PIN tries, roads, days, and a record's way from the screen into the vault."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from kiosk.enrolled import Kiosk, provider_for
from kiosk.presenters.doors import Docked
from kiosk.shipped import LANGUAGE_ORDER, keyboards, risk_versions, wording
from kiosk.wiring import KioskDoors
from models import seal, shelf
from models.consultation import PlaceFile
from models.errors import CourierError, VaultError, VaultFullError
from models.questionnaire import LanguageTag, Purpose
from models.record import Record
from models.tables import PoolRow, ShelfFileRow, StateRow
from sync.courier import StickGoneError
from tests.builders_kiosk import a_place
from tests.kiosk.scratch import PIN, MovedClock, an_enrolled_kiosk
from tests.models.vaults import a_bundle, unchanged


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def kiosk(tmp_path: Path, clock: MovedClock) -> Iterator[Kiosk]:
    made = an_enrolled_kiosk(tmp_path, clock, central="http://127.0.0.1:9", stick=tmp_path / "stick")
    yield made
    made.close()


@pytest.fixture
def doors(kiosk: Kiosk) -> KioskDoors:
    return KioskDoors(kiosk, lambda errand: errand(), lambda _error: None)


def a_record() -> Record:
    return Record(Purpose.SURVEY, seal.digest(b"form"), b'{"answers":{"m/q":"a marker"}}')


def test_a_stick_is_a_road_only_while_it_is_there(kiosk: Kiosk, tmp_path: Path) -> None:
    assert kiosk.roads() == ("network",)
    (tmp_path / "stick").mkdir()
    assert kiosk.roads() == ("network", "stick")


def test_a_road_that_nobody_set_is_a_vault_error(tmp_path: Path, clock: MovedClock) -> None:
    only_stick = an_enrolled_kiosk(tmp_path, clock, stick=tmp_path / "stick")
    with pytest.raises(VaultError):
        only_stick.courier("network")
    only_stick.close()


def test_a_handed_in_record_lies_sealed_in_the_pool_by_day_only(kiosk: Kiosk, clock: MovedClock) -> None:
    private, public = seal.new_sealing_pair()
    kiosk.hand_in(a_record(), public)
    with kiosk.vault.reading() as session:
        row = session.scalars(sa.select(PoolRow)).one()
        assert row.day == clock.day
        assert b"marker" not in row.sealed
        opened = seal.open_record(row.sealed, row.form, Purpose.SURVEY, private)
    assert opened == a_record().body


def test_a_moved_clock_counts_as_running_at_the_next_cover_write(kiosk: Kiosk, clock: MovedClock) -> None:
    clock.on(days=1)
    kiosk.cover()
    clock.seconds += 299
    kiosk.cover()
    with kiosk.vault.reading() as session:
        assert session.get_one(StateRow, 1).ran == 288


def test_the_right_pin_opens_and_forgets_the_wrong_tries(doors: KioskDoors) -> None:
    for _ in range(4):
        assert not doors.pin("0000000000").accepted
    assert doors.pin(PIN).accepted


def test_a_fifth_wrong_pin_makes_everybody_wait_and_the_right_one_too(doors: KioskDoors, clock: MovedClock) -> None:
    waits = [doors.pin("0000000000").wait_s for _ in range(5)]
    assert waits == [0, 0, 0, 0, 60]
    assert not doors.pin(PIN).accepted
    clock.seconds += 61
    assert doors.pin(PIN).accepted


def test_a_plug_pulled_between_tries_does_not_give_new_ones(tmp_path: Path, clock: MovedClock) -> None:
    kiosk = an_enrolled_kiosk(tmp_path, clock)
    doors = KioskDoors(kiosk, lambda errand: errand(), lambda _error: None)
    for _ in range(5):
        doors.pin("0000000000")
    kiosk.close()
    again = Kiosk(kiosk.home, provider_for(kiosk.home), clock.clock())
    assert not KioskDoors(again, lambda errand: errand(), lambda _error: None).pin(PIN).accepted
    again.close()


def test_a_vault_that_takes_nothing_lets_staff_in_and_still_counts(
    doors: KioskDoors, kiosk: Kiosk, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_settings: object) -> None:
        raise VaultFullError

    monkeypatch.setattr(kiosk.vault, "put_settings", full)
    assert [doors.pin("0000000000").wait_s for _ in range(5)] == [0, 0, 0, 0, 60]
    clock.seconds += 61
    assert doors.pin(PIN).accepted


def test_that_staff_came_is_told_and_a_wrong_pin_is_not(kiosk: Kiosk) -> None:
    told: list[str] = []
    doors = KioskDoors(kiosk, lambda errand: errand(), lambda _error: None, opened=lambda: told.append("staff"))
    doors.pin("0000000000")
    assert told == []
    doors.pin(PIN)
    assert told == ["staff"]


def test_before_the_first_bundle_there_is_no_shelf_and_the_staff_page_still_has_facts(doors: KioskDoors) -> None:
    assert doors.shelf() is None
    facts = doors.service_facts()
    assert (facts.band, facts.bundle, facts.protection, facts.test_keys) == ("under 10", 0, "keyfile", True)


def test_a_picture_of_the_bundle_is_found_by_its_content_name_and_read_once(doors: KioskDoors, kiosk: Kiosk) -> None:
    name = f"{'ab' * 32}.png"
    assert doors.media(name) is None
    shelf.install(kiosk.vault, a_bundle(number=1, media={name: b"a picture"}))
    doors.shelf()  # what came with a delivery is seen once the shelf is looked at anew
    assert doors.media(name) == b"a picture"
    with kiosk.vault.writing() as session:
        session.execute(sa.delete(ShelfFileRow))
    assert doors.media(name) == b"a picture"


def test_a_closed_road_comes_back_as_a_sentence_and_nothing_is_lost(doors: KioskDoors, kiosk: Kiosk) -> None:
    _, public = seal.new_sealing_pair()
    kiosk.hand_in(a_record(), public)
    said: list[Docked] = []
    doors.dock("stick", lambda _share, _told: None, said.append)  # no stick is there
    doors.start()
    doors.stop()
    assert said[0].told[-1].sentence == StickGoneError.sentence
    assert [noted.told.number for noted in doors.service_facts().faults] == [StickGoneError.number]
    with kiosk.vault.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(PoolRow)) == 1


def test_handing_in_does_not_wait_behind_a_slow_road(doors: KioskDoors, kiosk: Kiosk) -> None:
    on_the_road, arrived = threading.Event(), threading.Event()

    class SlowRoad:
        road = "stick"

        def waiting(self) -> tuple[bytes, ...]:
            on_the_road.set()
            assert arrived.wait(timeout=20)
            return ()

        def __getattr__(self, name: str) -> object:
            raise CourierError

    kiosk.courier = lambda road, stick=None: SlowRoad()  # type: ignore[assignment, method-assign, misc, return-value]
    doors.start()
    doors.dock("stick", lambda _share, _words: None, lambda _words: None)
    assert on_the_road.wait(timeout=20)
    handed_in = threading.Event()
    _, public = seal.new_sealing_pair()
    opened = SimpleNamespace(campaign_public=public)
    doors.hand_in(a_record(), opened, lambda error: handed_in.set() if error is None else None)  # type: ignore[arg-type]
    assert handed_in.wait(timeout=20), "the record waited for the road"
    arrived.set()
    doors.stop()


def test_every_language_of_the_kiosk_has_words_and_a_keyboard() -> None:
    words, boards = wording(), keyboards()
    tags = [language.tag for language in words.languages]
    assert tags == [tag for tag in LANGUAGE_ORDER if tag in tags]
    assert set(tags) == set(LANGUAGE_ORDER) <= set(boards)
    for tag in tags:
        said = words.say("home", "Take part", tag)
        assert said.tag == tag
        assert said.text


def test_seeds_and_digit_orders_are_fresh_each_time(doors: KioskDoors) -> None:
    assert len({doors.seed() for _ in range(20)}) > 15
    assert len({doors.shuffled_digits() for _ in range(20)}) > 15
    assert sorted(doors.shuffled_digits()) == list("0123456789")


# Words of one's own.


def a_place_of(**versions: int) -> PlaceFile:
    place = a_place(*versions)
    assert place.queue is not None
    lists = {LanguageTag(tag): version for tag, version in versions.items()}
    return replace(place, queue=replace(place.queue, lists=lists))


def test_a_language_whose_list_is_not_here_has_no_text_box(
    kiosk: Kiosk, doors: KioskDoors, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = a_place_of(en=1, cy=1, pl=2)
    shelf.install(kiosk.vault, a_bundle(establishment="EXA", wing=place.wing, place=place))
    monkeypatch.setattr("kiosk.wiring.risk_versions", lambda: {"en": 1, "pl": 1, "ar": 1})
    there = doors.shelf()
    assert there is not None
    assert there.place is not None
    assert there.place.queue is not None
    assert dict(there.place.queue.lists) == {"en": 1}


def test_every_list_is_shipped_and_read_once(doors: KioskDoors) -> None:
    assert {one.tag for one in doors.risk_lists()} == set(risk_versions())
    assert len(doors.risk_lists()) == 12
    assert doors.risk_lists() is doors.risk_lists()


def test_an_alert_leaves_nothing_in_the_vault_in_files_or_in_logs(
    kiosk: Kiosk, doors: KioskDoors, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with unchanged(kiosk.vault):
        doors.alert("wing")
        doors.alert("duty-governor")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == files
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
