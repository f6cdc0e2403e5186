"""The ballot box on the staff page: opened before observers, closed for good, with a tape to read twice."""

from __future__ import annotations

from typing import Any

import pytest

from models.election.boxes import root
from models.errors import VaultFullError
from models.seal import digest
from tests.builders_kiosk import a_place, a_shelf
from tests.kiosk.booths import KIOSK, MemoryBooth, the_election
from tests.kiosk.councils import an_election_over, only_closed
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
    known = {"Election", "Its symbols, as on the poster", "This kiosk", "How it stands", "Box", "Paper ballots"}
    assert set(lines(few)) == known


def test_a_poll_is_closed_after_one_more_question_and_its_tape_is_shown() -> None:
    person = staff(shelved=the_election(), is_open=True)
    person.touch("tile", "close")
    person.touch("tile", "yes")
    told, (_, symbols) = lines(person), person.doors.booth.closed[0]
    assert told["Closing tape, to read twice and sign"] == symbols
    assert told["Box"] == "1, envelopes: 0"
    assert "Root of vote 1" in told
    assert tiles(person) == ["open", "paper"]
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


# Paper ballots have a box of their own.


def test_while_the_poll_is_open_it_is_said_why_there_is_no_box_for_paper_yet() -> None:
    person = staff(shelved=the_election(), is_open=True)
    assert lines(person)["Paper ballots"] == "Type them in once the poll is closed"
    before = person.sees
    person.touch("tile", "paper")
    assert person.sees == before
    assert person.doors.booth.kind == "kiosk"


@pytest.mark.parametrize("closed", [False, True])
def test_a_paper_box_is_shown_empty_opened_after_one_more_question_and_then_papers_are_typed_in(closed: bool) -> None:
    person = staff(shelved=the_election())
    for key in ("open", "yes", "close", "yes") if closed else ():
        person.touch("tile", key)
    number = 2 if closed else 1
    person.touch("tile", "paper")
    assert [tile.words.text for tile in person.sees.tiles] == [f"Yes, open paper box {number}", "No"]
    assert lines(person)["Paper box"] == f"{number}, empty"
    assert lines(person)["Root of the empty box"].startswith("e3b0 c442")
    assert "Closing tape, to read twice and sign" not in lines(person)
    person.touch("tile", "no")
    assert not person.doors.booth.is_open
    person.touch("tile", "paper")
    person.touch("tile", "yes")
    assert (person.doors.booth.is_open, person.doors.booth.kind) == (True, "paper")
    assert lines(person)["How it stands"] == "Paper ballots are typed in"
    assert tiles(person) == ["close"]
    person.touch("back")
    assert next(tile.small.text for tile in person.sees.tiles if tile.key == "poll") == "Paper ballots are typed in"
    person.touch("back")
    assert person.sees.title.text == f"Paper ballots are typed in here. Election {the_election().symbols}"
    person.touch("tile", "en")
    assert person.sees.title.text == "Paper ballots"


def test_while_a_paper_box_is_open_no_number_of_papers_is_shown() -> None:
    few, many = (staff(shelved=the_election(), is_open=True, kind="paper") for _ in range(2))
    many.doors.booth.used |= {"a slip", "another"}
    assert few.sees == many.sees
    known = {"Election", "Its symbols, as on the poster", "This kiosk", "How it stands", "Paper box"}
    assert set(lines(few)) == known


def test_a_paper_box_is_closed_after_one_more_question_and_its_tape_is_shown() -> None:
    person = staff(shelved=the_election(), is_open=True, kind="paper")
    person.touch("tile", "close")
    assert person.doors.booth.is_open
    person.touch("tile", "yes")
    told, (manifest, symbols) = lines(person), person.doors.booth.closed[0]
    assert manifest.kind == "paper"
    assert told["Closing tape, to read twice and sign"] == symbols
    assert told["Paper box"] == "1, envelopes: 0"


def test_once_the_final_board_is_here_there_is_no_box_left_to_open() -> None:
    person = staff(shelved=an_election_over().shelved)
    assert tiles(person) == []
    for key in ("open", "paper", "yes"):
        person.touch("tile", key)
    assert not person.doors.booth.is_open
    assert tiles(staff(shelved=only_closed())) == ["open", "paper"]
