"""The ballot box on the staff page: opened before observers, closed for good, with a tape to read twice."""

from __future__ import annotations

from typing import Any

import pytest

from models.election.boxes import root
from models.errors import VaultFullError
from models.seal import digest
from tests.builders_kiosk import a_place, a_shelf
from tests.kiosk.booths import KIOSK, MemoryBooth, the_election
from tests.kiosk.doors import PIN, FakeDoors, Person


def staff(**booth: Any) -> Person:  # noqa: ANN401 - fields of the booth
    """Return staff at the page of the election."""
    person = Person(FakeDoors(on_shelf=a_shelf(place=a_place("en")), booth=MemoryBooth(**booth)))
    person.touch("logo_held")
    for digit in PIN:
        person.touch("key", digit)
    person.touch("onward")
    person.touch("tile", "poll")
    return person


def lines(person: Person) -> dict[str, str]:
    return {fact.label.text: fact.value.text for fact in person.sees.facts}


def tiles(person: Person) -> list[str]:
    return [tile.key for tile in person.sees.tiles]


def test_without_an_election_the_staff_page_has_no_part_for_one() -> None:
    person = staff()
    assert person.screen == "service"
    assert "poll" not in tiles(person)


def test_before_the_poll_observers_see_the_election_the_kiosk_and_an_empty_box() -> None:
    person = staff(shelved=the_election())
    told = lines(person)
    assert told["Its symbols, as on the poster"] == the_election().symbols
    assert told["This kiosk"].replace(" ", "") == KIOSK.hex()
    assert told["Box"] == "1, empty"
    assert root((), digest).hex().startswith(told["Root of the empty box"].replace(" ", ""))
    assert told["Root of the empty box"].startswith("e3b0 c442")


def test_a_poll_is_opened_after_one_more_question_and_then_the_kiosk_is_a_booth() -> None:
    person = staff(shelved=the_election())
    person.touch("tile", "open")
    assert tiles(person) == ["yes", "no"]
    person.touch("tile", "no")
    assert not person.doors.booth.is_open
    person.touch("tile", "open")
    person.touch("tile", "yes")
    assert person.doors.booth.is_open
    assert tiles(person) == ["close"]
    person.touch("back")
    person.touch("back")
    assert person.sees.title.text == f"Vote here. Election {the_election().symbols}"
    person.touch("tile", "en")
    assert person.screen == "booth_welcome"


def test_while_a_box_is_open_no_number_of_what_is_in_it_is_shown() -> None:
    few, many = staff(shelved=the_election(), is_open=True), staff(shelved=the_election(), is_open=True)
    many.doors.booth.used |= {"a slip", "another"}
    assert few.sees == many.sees
    assert set(lines(few)) == {"Election", "Its symbols, as on the poster", "This kiosk", "How it stands", "Box"}


def test_a_poll_is_closed_after_one_more_question_and_its_tape_is_shown() -> None:
    person = staff(shelved=the_election(), is_open=True)
    person.touch("tile", "close")
    person.touch("tile", "yes")
    told, (_, symbols) = lines(person), person.doors.booth.closed[0]
    assert told["Closing tape, to read twice and sign"] == symbols
    assert told["Box"] == "1, envelopes: 0"
    assert "Root of vote 1" in told
    assert tiles(person) == ["open"]
    person.touch("back")
    person.touch("back")
    person.touch("tile", "en")
    assert person.screen == "home"


def test_a_box_closed_too_early_is_followed_by_another() -> None:
    person = staff(shelved=the_election(), is_open=True)
    for key in ("close", "yes", "open", "yes"):
        person.touch("tile", key)
    assert lines(person)["Box"] == "2"


def test_a_kiosk_that_the_election_does_not_name_opens_no_poll() -> None:
    person = staff(shelved=the_election(), named=False)
    assert lines(person)["How it stands"] == "Not for this kiosk"
    assert tiles(person) == []


@pytest.mark.parametrize("held", [False, True])
def test_what_cannot_be_done_is_told_and_changes_nothing(held: bool) -> None:
    person = staff(shelved=the_election(), is_open=held, error=VaultFullError())
    for key in ("close" if held else "open", "yes"):
        person.touch("tile", key)
    assert person.sees.outcome.text.startswith(str(VaultFullError())[:20])
    assert person.doors.booth.is_open == held
