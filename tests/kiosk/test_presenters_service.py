"""The staff page: what it says in words and bands, what each touch does, and that nothing there is about a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kiosk.presenters.colour_test import THEMES, USED, ColourTestView
from kiosk.presenters.doors import Docked, Noted, ServiceFacts
from kiosk.presenters.measuring import LEAST_PX, MOST_PX, MeasuringView
from kiosk.presenters.service import ServiceView
from kiosk.presenters.service_part import ServicePartView
from kiosk.presenters.staff_words import said_to_staff
from kiosk.presenters.touch_test import MOST_DOTS, TouchTestView
from models.errors import CourierError, VaultError
from sync.account import NOTHING_READY
from sync.courier import StickFullError
from sync.refusals import ExpiredContentError
from sync.told import told, told_of
from tests.builders_kiosk import a_place, a_shelf
from tests.kiosk.doors import PIN, FakeDoors, Person
from tests.kiosk.views_staff import FAULTS, PLACES, staff_doors

EARNEST = ServiceFacts("50 or more", 7, (), "tpm2", test_keys=False)


def staff(doors: FakeDoors | None = None) -> Person:
    """Somebody who held the logo and knew the PIN."""
    person = Person(doors or FakeDoors(a_shelf()))
    person.touch("logo_held")
    for digit in PIN:
        person.touch("key", digit)
    person.touch("onward")
    assert isinstance(person.sees, ServiceView)
    return person


def at(part: str, doors: FakeDoors | None = None) -> Person:
    person = staff(doors)
    person.touch("tile", part)
    return person


def page(person: Person) -> ServicePartView:
    assert isinstance(person.sees, ServicePartView)
    return person.sees


def facts(person: Person) -> dict[str, tuple[str, bool]]:
    return {fact.label.text: (fact.value.text, fact.amber) for fact in page(person).facts}


def states(person: Person) -> dict[str, str]:
    assert isinstance(person.sees, ServiceView)
    return {tile.key: tile.small.text for tile in person.sees.tiles if tile.small is not None}


def test_the_staff_page_is_six_parts_with_how_each_stands() -> None:
    assert states(staff()) == {
        "send": "Waiting: Fewer than 10",
        "content": "Number 7",
        "faults": "None",
        "protection": "Reduced protection",
        "settings": "Size of the screen",
        "test": "Sound, touch, colours",
    }


def test_reduced_protection_missing_content_and_faults_ask_for_attention_with_a_triangle() -> None:
    person = staff(
        FakeDoors(a_shelf(), facts=ServiceFacts("under 10", 0, (), "keyfile", test_keys=True, faults=FAULTS))
    )
    amber = {tile.key for tile in person.sees.tiles if tile.picture == "warning"}
    assert amber == {"content", "faults", "protection"}
    quiet = staff(FakeDoors(a_shelf(), facts=EARNEST))
    assert not any(tile.picture == "warning" for tile in quiet.sees.tiles)


def test_waiting_answers_are_a_band_and_never_a_number() -> None:
    for band, words in (("under 10", "Fewer than 10"), ("10 to 49", "10 to 49"), ("50 or more", "50 or more")):
        doors = FakeDoors(a_shelf(), facts=replace(EARNEST, band=band))
        assert facts(at("send", doors))["Answers waiting"] == (words, False)


def test_the_last_round_is_told_by_day_in_whole_sentences() -> None:
    day = date(2026, 11, 18)
    doors = FakeDoors(a_shelf(), facts=replace(EARNEST, last_round=(Noted(day, NOTHING_READY),)))
    assert facts(at("send", doors))["Last time sent"] == ("18 November 2026", False)
    assert facts(at("send", doors))["What came of it"] == (str(NOTHING_READY), False)
    assert facts(at("send"))["Last time sent"] == ("Not sent yet", False)


@pytest.mark.parametrize(
    ("protection", "words", "amber"),
    [
        ("keyfile", "Reduced protection", True),
        ("pin", "Locked until staff open it", False),
        ("tpm2", "Protected by this machine", False),
    ],
)
def test_the_level_of_protection_stands_in_words(protection: str, words: str, amber: bool) -> None:
    doors = FakeDoors(a_shelf(), facts=replace(EARNEST, protection=protection))  # type: ignore[arg-type]
    assert facts(at("protection", doors))["Protection"] == (words, amber)


def test_test_keys_are_said_to_be_so() -> None:
    assert facts(at("protection"))["Keys"] == ("Test keys: not for real answers", True)
    assert "Keys" not in facts(at("protection", FakeDoors(a_shelf(), facts=EARNEST)))


def test_staff_read_whether_people_may_write_and_why() -> None:
    demonstration = facts(at("protection"))
    assert demonstration["Text boxes"] == ("Demonstration. Text boxes are open. Nobody watches them.", True)
    assert demonstration["Would be read by"] == ("the duty governor", False)
    undeclared = at("protection", FakeDoors(a_shelf(place=a_place(queue=False))))
    assert facts(undeclared)["Text boxes"] == ("Closed: nobody is named who reads at once", False)
    nothing_yet = at("protection", FakeDoors(None))
    assert facts(nothing_yet)["Text boxes"][0].startswith("Closed")


def test_the_page_speaks_the_first_language_of_the_place_that_staff_read() -> None:
    assert staff(FakeDoors(a_shelf(place=a_place("ar", "cy", "en")))).sees.title.text == "Tudalen staff"


def test_only_the_roads_that_are_there_are_offered() -> None:
    doors = FakeDoors(a_shelf(), open_roads=("stick",))
    person = at("send", doors)
    assert [tile.key for tile in page(person).tiles] == ["dock-stick"]
    person.touch("tile", "dock-network")
    assert doors.docked == []
    doors.open_roads = ()
    person.turn.again()
    assert page(person).tiles == ()


def test_a_round_shows_its_progress_and_its_outcome_and_only_one_is_made_at_a_time() -> None:
    doors = FakeDoors(a_shelf(), patient=True)
    person = at("send", doors)
    person.touch("tile", "dock-network")
    assert (page(person).progress, page(person).tiles, page(person).back) == (0.0, (), None)
    person.touch("tile", "dock-stick")
    assert doors.docked == ["network"]
    assert doors.progress is not None
    doors.progress(0.5, told("Parcels carried: {at} of {of}", at=1, of=2))
    words = page(person).progress_words
    assert words is not None
    assert (page(person).progress, words.text) == (0.5, "Parcels carried: 1 of 2")
    person.turn.idle(1799)
    person.touch("back")
    assert page(person).progress == 0.5
    doors.come_back()
    outcome = page(person).outcome
    assert outcome is not None
    assert outcome.text == "Sent 1 parcel, and central has confirmed."
    assert page(person).progress is None
    assert page(person).tiles != ()
    doors.progress(0.7, told("Done"))
    assert page(person).progress is None
    person.touch("back")
    person.touch("back")
    assert person.screen == "welcome"


def test_a_round_that_ends_after_the_page_is_gone_changes_nothing() -> None:
    doors = FakeDoors(a_shelf(), patient=True)
    person = at("send", doors)
    person.touch("tile", "dock-network")
    person.turn.wipe()
    welcome = person.sees
    assert doors.progress is not None
    doors.progress(0.5, told("Done"))
    doors.come_back()
    assert person.sees == welcome


def test_content_that_is_out_of_date_may_be_accepted_once() -> None:
    expired = told_of(ExpiredContentError(datetime(2026, 1, 1, tzinfo=UTC)))
    doors = FakeDoors(a_shelf(), docking=Docked((expired,), outdated=True))
    person = at("send", doors)
    assert "accept" not in {tile.key for tile in page(person).tiles}
    person.touch("tile", "dock-stick")
    assert page(person).outcome is not None
    doors.docking = Docked((told("New content was installed: bundle {number}.", number=8),))
    person.touch("tile", "accept")
    assert doors.docked == ["stick", "stick, outdated"]
    assert "accept" not in {tile.key for tile in page(person).tiles}
    person.touch("tile", "accept")
    assert len(doors.docked) == 2


def test_faults_are_told_by_day_with_number_and_sentence_oldest_first() -> None:
    person = at("faults", staff_doors("en"))
    shown = page(person).facts
    assert [fact.label.text for fact in shown] == [f"{day} November 2026" for day in (2, 9, 9, 14, 15)]
    assert shown[0].value.text == f"300: {CourierError()}"
    person.touch("tile", "more")
    assert [fact.label.text for fact in page(person).facts] == ["18 November 2026"]
    person.touch("tile", "more")
    assert page(person).facts == shown


def test_a_kiosk_without_faults_says_so() -> None:
    assert facts(at("faults"))["Faults"] == ("None", False)
    assert page(at("faults")).tiles == ()


def test_every_sentence_of_a_round_is_said_in_welsh_where_there_is_a_translation() -> None:
    person = at("send", FakeDoors(a_shelf(place=a_place("cy"))))
    assert page(person).title.tag in ("cy", "en")
    unknown = said_to_staff(person.turn, told("Nobody has translated {this}.", this="that"))
    assert (unknown.text, unknown.tag) == ("Nobody has translated that.", "en")
    full = said_to_staff(person.turn, told_of(StickFullError(fitted=12, of=20)))
    assert "12" in full.text
    assert "20" in full.text


def test_settings_say_how_loud_it_is_and_when_it_clears_by_itself() -> None:
    assert facts(at("settings")) == {
        "Volume": ("4 of 5", False),
        "Clears by itself": ("After 60 seconds, then 30 more", False),
    }


def measuring(person: Person) -> MeasuringView:
    assert isinstance(person.sees, MeasuringView)
    return person.sees


@pytest.mark.parametrize("mm", [100, 50])
def test_a_line_is_nudged_until_a_ruler_says_what_is_said_and_then_kept(mm: int) -> None:
    doors = FakeDoors(a_shelf())
    person = at("settings", doors)
    person.turn.room = replace(person.turn.room, ruler_mm=mm)
    person.touch("tile", "measure")
    assert (measuring(person).line_px, measuring(person).keep) == (None, None)
    assert f"It must be {mm} mm." in measuring(person).body.text
    person.touch("nudge", (288, "longer"))
    person.touch("nudge", (289, "much_longer"))
    person.touch("nudge", (309, "shorter"))
    assert measuring(person).line_px == 308
    assert doors.screens == []
    keep = measuring(person).keep
    assert keep is not None
    assert keep.text == f"It is {mm} mm now"
    person.touch("keep")
    assert doors.screens == [pytest.approx(mm / 308)]
    said = measuring(person).told
    assert said is not None
    assert said.text.startswith("Kept.")
    assert measuring(person).keep is None
    person.touch("keep")
    assert len(doors.screens) == 1
    person.touch("back")
    assert page(person).title.text == "Settings"


def test_leaving_the_line_keeps_nothing() -> None:
    doors = FakeDoors(a_shelf())
    person = at("settings", doors)
    person.touch("tile", "measure")
    person.touch("nudge", (588, "much_shorter"))
    person.touch("back")
    assert doors.screens == []


@pytest.mark.parametrize("mm", [100, 50])
@pytest.mark.parametrize(("how", "px_a_mm"), [("much_shorter", LEAST_PX), ("much_longer", MOST_PX)])
def test_a_line_stays_within_what_a_screen_can_be(mm: int, how: str, px_a_mm: int) -> None:
    person = at("settings")
    person.turn.room = replace(person.turn.room, ruler_mm=mm)
    person.touch("tile", "measure")
    for _ in range(60):
        person.touch("nudge", (300, how))
    assert measuring(person).line_px == px_a_mm * mm


def test_a_size_that_cannot_be_kept_is_said_and_may_be_tried_again() -> None:
    doors = FakeDoors(a_shelf(), error=VaultError())
    person = at("settings", doors)
    person.touch("tile", "measure")
    person.touch("nudge", (588, "longer"))
    person.touch("keep")
    said = measuring(person).told
    assert said is not None
    assert said.text == "It could not be kept. Nothing was changed."
    doors.error = None
    person.touch("keep")
    assert len(doors.screens) == 1


def glass(person: Person) -> TouchTestView:
    assert isinstance(person.sees, TouchTestView)
    return person.sees


def test_every_touch_on_the_glass_is_a_dot_and_corners_stay_reached() -> None:
    person = at("test")
    person.touch("tile", "touch")
    person.touch("glass", (0.01, 0.02))
    assert glass(person).dots == ((0.01, 0.02),)
    assert glass(person).reached == ((0.0, 0.0),)
    for _ in range(2 * MOST_DOTS):
        person.touch("glass", (0.5, 0.5))
    assert len(glass(person).dots) == MOST_DOTS
    assert glass(person).reached == ((0.0, 0.0),)
    for corner in ((0.99, 0.99), (0.0, 1.0), (1.0, 0.0)):
        person.touch("glass", corner)
    assert glass(person).body.text == "All four corners can be touched."
    person.touch("back")
    assert page(person).title.text == "Test"


def test_every_colour_of_both_themes_is_shown_with_a_word_on_it() -> None:
    person = at("test")
    person.touch("tile", "colours")
    assert isinstance(person.sees, ColourTestView)
    assert len(person.sees.swatches) == len(THEMES) * len(USED)
    person.touch("back")
    assert page(person).title.text == "Test"


def test_a_kiosk_without_sound_says_so_and_offers_no_sound_to_test() -> None:
    person = at("test")
    assert facts(person)["Sound"] == ("Nothing can be heard on this kiosk.", True)
    assert [tile.key for tile in page(person).tiles] == ["touch", "colours"]


@pytest.mark.parametrize("name", [name for name, place in PLACES.items() if name != "service-docking"])
def test_every_staff_page_ends_by_itself_after_a_minute_without_a_warning(name: str) -> None:
    person = Person(staff_doors("en"))
    person.turn.move(replace(person.turn.sitting, place=PLACES[name]))
    person.turn.idle(59)
    assert person.turn.place == PLACES[name]
    person.turn.idle(60)
    assert person.screen == "welcome"
    assert not person.turn.sitting.asking


def test_a_touch_that_comes_after_its_page_is_gone_does_nothing() -> None:
    doors = FakeDoors(a_shelf())
    person = Person(doors)
    welcome = person.sees
    for name in ("service", "service_part", "measuring", "touch_test", "colour_test"):
        presenter = person.turn.presenters[name]
        presenter.touch_back()  # type: ignore[attr-defined]
    person.turn.presenters["service"].touch_tile("send")  # type: ignore[attr-defined]
    person.turn.presenters["service_part"].touch_tile("dock-stick")  # type: ignore[attr-defined]
    person.turn.presenters["measuring"].touch_nudge((500, "longer"))  # type: ignore[attr-defined]
    person.turn.presenters["measuring"].touch_keep()  # type: ignore[attr-defined]
    person.turn.presenters["touch_test"].touch_glass((0.5, 0.5))  # type: ignore[attr-defined]
    assert (person.sees, doors.docked, doors.screens) == (welcome, [], [])
