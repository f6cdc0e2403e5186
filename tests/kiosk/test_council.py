"""An election that is over, on the noticeboard: is my vote there, who is elected, and every step in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from kiosk.presenters.council_page import COUNT
from models.counting import words
from models.election.slip import SYMBOLS
from models.elections import ElectionFilesError, OnTheShelf, read_elections
from tests.builders_kiosk import a_notice, a_place
from tests.kiosk.councils import an_election_over, only_closed
from tests.kiosk.doors import FakeDoors, MemoryShelf, Person
from tests.models.election_files import labelled


def at_results(shelved: OnTheShelf | None = None, tag: str = "en") -> Person:
    """Return somebody at the results."""
    shelf = MemoryShelf(place=a_place("en", "ar"), elections=(shelved or an_election_over().shelved,))
    person = Person(FakeDoors(on_shelf=shelf))
    person.touch("tile", tag)
    person.touch("tile", "board")
    person.touch("tile", "council")
    return person


def look_up(person: Person, stub: str) -> Any:  # noqa: ANN401 - a View
    person.touch("tile", "stub")
    for sign in stub.replace("-", ""):
        for _ in range(4):
            if sign in [key.key for row in person.sees.rows for key in row]:
                break
            person.touch("key", "further")
        person.touch("key", sign)
    return person.touch("onward")


def read_all(person: Person) -> list[str]:
    found = []
    for _ in range(person.sees.pages):
        heads = ["" if block.head is None else f"{block.head.text}: " for block in person.sees.blocks]
        found += [head + block.body.text for head, block in zip(heads, person.sees.blocks, strict=True)]
        person.touch("more")
    return found


def test_without_a_board_the_noticeboard_has_no_results() -> None:
    shelf = MemoryShelf(place=a_place("en"), notices=(a_notice("n"),))
    person = Person(FakeDoors(on_shelf=shelf))
    person.touch("tile", "en")
    person.touch("tile", "board")
    assert [tile.key for tile in person.sees.tiles] == ["n"]
    person.touch("tile", "council")
    assert person.screen == "board"


@pytest.mark.parametrize(
    ("which", "says"),
    [
        ("counted", "Yes. A vote with this number is counted."),
        ("twice", "This number was used twice. One of the two is counted."),
        ("unused", "This number is not here."),
    ],
)
def test_a_stub_number_is_counted_used_twice_or_not_here_and_no_more_is_said(which: str, says: str) -> None:
    over = an_election_over()
    person = at_results()
    look_up(person, getattr(over, which))
    assert person.sees.blocks[0].body.text == says
    assert not any(str(number) in block.body.text for block in person.sees.blocks for number in range(10))
    person.touch("back")
    assert person.sees.groups == ("", "")


def test_every_sign_of_a_stub_can_be_typed_and_nothing_else() -> None:
    person = at_results()
    person.touch("tile", "stub")
    seen = set()
    for _ in range(4):
        seen |= {key.key for row in person.sees.rows for key in row} - {"further", "delete"}
        person.touch("key", "further")
    assert seen == set(SYMBOLS)
    for key in ("O", "I", "L", "U", "x", "", "00"):
        person.touch("key", key)
    assert person.sees.groups == ("", "")
    for sign in "0123456789":
        person.touch("key", sign)
    assert person.sees.groups == ("0123", "4567")
    person.touch("key", "delete")
    assert (person.sees.groups, person.sees.bars.onward) == (("0123", "456"), None)


def test_winners_come_first_with_their_term_then_every_stage_of_the_count() -> None:
    person = at_results()
    person.touch("tile", "1")
    told = read_all(person)
    assert sum(line.startswith("Elected: Person") for line in told) == 2
    assert any("until" in line and "31" in line for line in told)
    assert any(line.startswith("Stage 1: First choices") for line in told)


def test_parties_and_questions_are_told_as_they_were_counted() -> None:
    person = at_results()
    person.touch("tile", "2")
    assert any("seats" in line for line in read_all(person))
    person.touch("back")
    person.touch("tile", "3")
    told = read_all(person)
    assert any(line.startswith("Yes: ") for line in told)
    assert told[-1] == "Your answer is advice. The managers decide."


def test_before_the_opening_there_is_no_result_and_yet_the_look_up() -> None:
    person = at_results(only_closed())
    person.touch("tile", "1")
    assert read_all(person) == ["There is no result yet."]
    person.touch("back")
    look_up(person, an_election_over().counted)
    assert person.sees.blocks[0].body.text.startswith("Yes.")


def test_a_vote_of_too_few_has_no_result() -> None:
    files = {path: data for path, data in an_election_over().files.items() if path != "count-2.json"}
    shelved = an_election_over().shelved
    person = at_results(OnTheShelf(shelved.label, shelved.election, (), shelved.stage, files))
    person.touch("tile", "2")
    assert read_all(person) == ["Too few people voted. These votes stay unread."]


def test_every_sentence_of_a_count_has_words_on_the_kiosk_with_facts_that_it_has() -> None:
    texts = {value for name, value in vars(words).items() if name.isupper() and isinstance(value, str)}
    assert texts == set(COUNT)


def without(name: str) -> Mapping[str, bytes]:
    return {path: data for path, data in an_election_over().files.items() if path != name}


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (lambda: without("board.sig.json"), "did not sign"),
        (lambda: without("merge.json"), "missing or not what was signed"),
        (lambda: an_election_over().files | {"count-1.json": b"{}"}, "missing or not what was signed"),
        (lambda: an_election_over().files | {"board.json": b"{}"}, "does not hold"),
    ],
)
def test_a_board_that_is_not_as_it_was_signed_is_refused(files: Any, reason: str) -> None:  # noqa: ANN401 - a builder
    with pytest.raises(ElectionFilesError, match=reason):
        read_elections(labelled(files()), {})
