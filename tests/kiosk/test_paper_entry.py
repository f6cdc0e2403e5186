"""Paper ballots typed in by two people, without a display: twice the same or nothing, and nothing left in between.

1. The booth behind the doors keeps the real rules of slips and ballots, and refuses what a screen must not let through.
2. Where two entries differ neither is stored, and nothing that is shown tells what either of them was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from kiosk.booth_places import BoothCheck, BoothPaper, BoothSlip, BoothVote
from kiosk.paper_entry import differing
from kiosk.places import Home, OutOfService, Welcome
from kiosk.sitting import wiped
from kiosk.voting import Poll, Voting
from models import ballot_box
from models.election.ballot import Ballot, Mark
from models.errors import PollNotOpenError, SlipUsedHereError, VaultFullError
from tests.builders_kiosk import a_place, a_shelf
from tests.gallery.stands import Hears
from tests.kiosk.booths import FIRST_SLIP, NOT_A_SLIP, MemoryBooth, the_election
from tests.kiosk.doors import FakeDoors, Person
from tests.models.elections import slips

SECOND_SLIP = slips(2)[1].code
Marks = Sequence[str]
"""What is marked in each of the five votes: names by number, "" where nothing is, "?" where the wish is not clear."""
PAPER: Marks = ("3", "2", "1", "14", "31")
ENTERED = {
    1: Ballot(Mark.CHOICES, (3,)),
    2: Ballot(Mark.CHOICES, (2,)),
    3: Ballot(Mark.CHOICES, (1,)),
    4: Ballot(Mark.CHOICES, (1, 4)),
    5: Ballot(Mark.CHOICES, (3, 1)),
}


def two_people(tag: str = "en", **booth: Any) -> Person:  # noqa: ANN401 - fields of the booth
    """Return two people before the first paper."""
    asked = {"is_open": True, "kind": "paper"} | booth
    person = Person(FakeDoors(on_shelf=a_shelf(place=a_place("en", "ar", "pl")), booth=MemoryBooth(**asked)))  # type: ignore[arg-type]  # what the test says
    person.touch("tile", tag)
    return person


def papers(tag: str = "en", **booth: Any) -> Person:  # noqa: ANN401 - fields of the booth
    return two_people(tag, **{"shelved": the_election()} | booth)


def number(person: Person, code: str = FIRST_SLIP) -> None:
    if person.screen in ("booth_welcome", "booth_paper"):
        person.touch("onward")
    for digit in code:
        person.touch("key", digit)
    person.touch("onward")


def mark(person: Person, marks: str) -> None:
    """Enter what is marked in the vote that stands there, and go on."""
    if marks in ("", "?"):
        person.touch("spoil" if marks else "blank")
        person.touch("tile", "yes")
        return
    for key in marks:
        while key not in [tile.key for tile in person.sees.answer.tiles]:
            person.touch("more")
        person.touch("tile", key)
    person.touch("onward")


def entry(person: Person, marks: Marks = PAPER, code: str = FIRST_SLIP) -> None:
    """Enter one paper once, from its number to its last vote."""
    number(person, code)
    for one in marks:
        mark(person, one)


def said(person: Person) -> list[str]:
    """Return every word of a page that is read, on all of its pages."""
    found = []
    for at in range(person.sees.pages):
        found += [words.text for block in person.sees.blocks for words in (block.head, block.body) if words is not None]
        if at + 1 < person.sees.pages:
            person.touch("more")
    return found


# The way in.


@pytest.mark.parametrize("tag", ["en", "ar", "pl"])
def test_where_a_paper_box_is_open_two_people_are_told_how_and_nobody_is_asked_to_vote(tag: str) -> None:
    person = papers(tag)
    assert person.turn.doors.say("paper", "Paper ballots", tag) == person.sees.title
    assert person.sees.look.direction == ("rtl" if tag == "ar" else "ltr")
    assert the_election().symbols in person.sees.foot.text
    assert person.sees.bars.back is None
    assert len(said(person)) == 6
    person.touch("stop")
    assert person.sees.title.text == f"Paper ballots are typed in here. Election {the_election().symbols}"


def test_two_people_are_not_asked_whether_it_shall_be_read_to_them() -> None:
    person = papers()
    person.touch("stop")
    person.turn.hearing = Hears()
    person.touch("tile", "en")
    assert person.turn.place == Home()


# Twice the same.


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_paper_is_sealed_only_after_the_same_was_entered_twice_from_the_start(tag: str) -> None:
    person = papers(tag)
    entry(person)
    assert person.turn.place == BoothPaper("swap")
    assert person.doors.booth.cast_ballots == []
    entry(person)
    assert person.turn.place == BoothCheck()
    assert person.doors.booth.cast_ballots == []
    for _ in range(5):
        person.touch("onward")
    assert person.turn.place == BoothPaper("in")
    (ballots,) = person.doors.booth.cast_ballots
    assert dict(ballots) == ENTERED


def test_what_both_entries_say_is_shown_before_it_is_sealed_and_then_nothing_of_it_is_left() -> None:
    person = papers()
    entry(person)
    entry(person)
    assert person.sees.counted.text == "Both the same. Vote 1 of 5"
    assert [tile.words.text for tile in person.sees.lines] == ["Carl Carpenter"]
    assert person.sees.bars.back is None
    for _ in range(5):
        person.touch("onward")
    sitting = person.turn.sitting
    assert (sitting.voting, sitting.first, sitting.behind) == (None, None, ())
    assert said(person)[0].startswith("Tick it in the record.")
    assert not any(character.isdigit() for words in said(person) for character in words)


def test_one_paper_follows_the_other_and_each_begins_with_its_number_and_nothing_else() -> None:
    person = papers()
    for code in (FIRST_SLIP, SECOND_SLIP):
        entry(person, code=code)
        entry(person, code=code)
        for _ in range(5):
            person.touch("onward")
    assert len(person.doors.booth.cast_ballots) == 2
    person.touch("onward")
    assert person.turn.place == BoothSlip()
    assert person.sees.title.text == "First time: number of the slip"
    person.touch("stop")
    assert person.turn.sitting == wiped()


def test_blank_and_unclear_are_said_in_so_many_words_and_asked_once_more() -> None:
    person = papers()
    number(person)
    assert (person.sees.blank.text, person.sees.spoil.text) == ("Nothing is marked", "The wish is not clear")
    person.touch("spoil")
    assert person.sees.title.text == "Is the wish not clear in this vote? It counts as spoilt."
    person.touch("tile", "no")
    assert isinstance(person.turn.place, BoothVote)
    for one in ("?", "", "?", "", "?"):
        mark(person, one)
    entry(person, ("?", "", "?", "", "?"))
    assert [tile.words.text for tile in person.sees.lines] == ["The wish is not clear in this vote."]
    for _ in range(5):
        person.touch("onward")
    (ballots,) = person.doors.booth.cast_ballots
    spoilt, blank = Ballot(Mark.SPOILT), Ballot(Mark.BLANK)
    assert dict(ballots) == {1: spoilt, 2: blank, 3: spoilt, 4: blank, 5: spoilt}


def test_a_wish_may_be_unclear_on_paper_where_a_screen_does_not_offer_to_spoil() -> None:
    shelved = the_election()
    definition = replace(shelved.election.definition, allow_spoil=False)
    strict = replace(shelved, election=replace(shelved.election, definition=definition))
    person = two_people(shelved=strict)
    number(person)
    assert person.sees.spoil is not None
    mark(person, "?")
    assert person.turn.place == BoothVote(1)


# As on paper.


@pytest.mark.parametrize("seed", [bytes(16), bytes([1]) * 16])
def test_names_stand_in_the_order_of_the_paper_whatever_the_election_shuffles(seed: bytes) -> None:
    person = papers(seed=seed)
    number(person)
    for one in PAPER[:-1]:
        mark(person, one)
    seen = [tile.key for tile in person.sees.answer.tiles]
    seen += [tile.key for tile in person.touch("more").answer.tiles]
    assert seen == [str(one.number) for one in the_election().election.definition.contest(5).candidates]


def test_a_mark_for_somebody_who_has_withdrawn_since_is_entered_as_it_stands() -> None:
    person = papers()
    number(person)
    (tile,) = (one for one in person.sees.answer.tiles if one.key == "2")
    assert (tile.gone, tile.small.text) == (False, "Has withdrawn")
    mark(person, "2")
    assert person.turn.sitting.voting is not None
    assert person.turn.sitting.voting.ballots[1] == Ballot(Mark.CHOICES, (2,))


def test_nothing_stands_to_be_read_first_and_nobody_is_asked_to_see_the_rest() -> None:
    person = papers()
    number(person)
    for one in PAPER[:-1]:
        assert person.screen == "booth_vote"
        assert person.sees.tell is None
        mark(person, one)
    person.touch("tile", "3")
    person.touch("onward")
    assert person.turn.place == BoothPaper("swap")


# Not the same.


@pytest.mark.parametrize("other", ["2", "", "?", "4"])
def test_where_one_vote_differs_it_is_named_and_neither_entry_is_shown_or_kept(other: str) -> None:
    person = papers()
    entry(person, ("1", *PAPER[1:]))
    entry(person, (other, *PAPER[1:]))
    assert person.turn.place == BoothPaper("differ", (1,))
    words = said(person)
    assert words[:2] == ["Not the same here", "Speaker of the wing"]
    assert words[2].startswith("That happens easily. Nothing was stored.")
    names = {one.name["en"] for one in the_election().election.definition.contest(1).candidates}
    assert not any(name in text for name in names for text in words)
    assert (person.turn.sitting.voting, person.turn.sitting.first) == (None, None)
    assert person.doors.booth.cast_ballots == []


def test_every_vote_that_differs_is_named_and_a_ranking_differs_by_its_order_alone() -> None:
    person = papers()
    entry(person)
    entry(person, ("3", "1", "1", "41", "13"))
    assert person.turn.place == BoothPaper("differ", (2, 5))
    words = said(person)
    assert words[0] == "Not the same here"
    assert words[1:3] == ["Council: parties", "Wing representatives"]


def test_after_a_difference_both_entries_are_made_again_from_the_start() -> None:
    person = papers()
    entry(person, ("1", *PAPER[1:]))
    entry(person)
    person.touch("onward")
    assert person.turn.place == BoothSlip()
    entry(person)
    assert person.turn.place == BoothPaper("swap")
    entry(person)
    for _ in range(5):
        person.touch("onward")
    assert [dict(one) for one in person.doors.booth.cast_ballots] == [ENTERED]


def test_another_slip_the_second_time_is_a_difference_and_told_before_any_vote() -> None:
    person = papers()
    entry(person)
    number(person, SECOND_SLIP)
    assert person.turn.place == BoothPaper("differ")
    assert said(person)[0] == "The number of the slip was another one."
    assert person.turn.sitting.first is None


def test_a_slip_that_voted_taken_up_the_second_time_is_another_slip() -> None:
    person = papers(used={SECOND_SLIP})
    entry(person)
    number(person, SECOND_SLIP)
    assert person.turn.place == BoothPaper("differ")


def test_type_it_again_before_sealing_drops_both_entries() -> None:
    person = papers()
    entry(person)
    entry(person)
    person.touch("change")
    assert person.turn.place == BoothSlip()
    assert (person.turn.sitting.voting, person.turn.sitting.first) == (None, None)
    entry(person)
    assert person.turn.place == BoothPaper("swap")


# One cannot see what the other typed.


def test_there_is_no_way_back_to_what_the_first_of_two_typed() -> None:
    person = papers()
    entry(person)
    assert person.sees.bars.back is None
    before = person.turn.sitting
    person.touch("back")
    assert person.turn.sitting == before
    number(person)
    assert not any(tile.chosen for tile in person.sees.answer.tiles)
    person.touch("back")
    assert person.turn.place == BoothPaper("swap")
    person.touch("onward")
    assert person.sees.title.text == "Second time: number of the slip"
    person.touch("back")
    assert person.turn.place == BoothPaper("swap")
    entry(person)
    assert person.turn.place == BoothCheck()


# Refused.


@pytest.mark.parametrize("first_done", [False, True])
@pytest.mark.parametrize("wrong", ["0" * 22, NOT_A_SLIP])
def test_a_wrong_number_is_only_wrong_and_the_first_entry_still_counts(wrong: str, first_done: bool) -> None:
    person = papers()
    if first_done:
        entry(person)
    number(person, wrong)
    assert [one.text for one in person.sees.trouble] == [
        "That number is not right.",
        "Look at the slip, and type it again.",
    ]
    entry(person)
    assert person.turn.place == (BoothCheck() if first_done else BoothPaper("swap"))


def test_a_slip_that_voted_on_this_kiosk_is_refused_and_put_aside() -> None:
    person = papers(used={FIRST_SLIP})
    number(person)
    assert [one.text for one in person.sees.trouble] == [
        "This slip has voted already.",
        "Put it aside with its paper. Call the returning officer.",
    ]
    assert person.turn.sitting.voting is None


def test_a_slip_that_voted_meanwhile_is_told_so_and_nothing_is_kept() -> None:
    person = papers()
    entry(person)
    entry(person)
    person.doors.booth.error = SlipUsedHereError()
    for _ in range(5):
        person.touch("onward")
    assert person.turn.place == BoothSlip(trouble="used")
    assert (person.turn.sitting.voting, person.turn.sitting.first) == (None, None)


@pytest.mark.parametrize("error", [PollNotOpenError(), VaultFullError()])
def test_where_nothing_can_be_stored_the_kiosk_says_so_and_nothing_is_kept(error: Any) -> None:  # noqa: ANN401
    person = papers()
    entry(person)
    entry(person)
    person.doors.booth.error = error
    for _ in range(5):
        person.touch("onward")
    assert person.turn.sitting.place == OutOfService(error.number)
    assert (person.turn.sitting.voting, person.turn.sitting.first) == (None, None)


# Leaving.


def stop(person: Person) -> None:
    person.touch("stop")


def alone(person: Person) -> None:
    person.turn.idle(0)
    for seconds in (60, 90, 120, 150):
        person.turn.idle(seconds)


def nothing(_person: Person) -> None:
    """Stand before the first paper."""


def in_a_vote(person: Person) -> None:
    number(person)
    mark(person, "3")


def between_both(person: Person) -> None:
    entry(person)


def in_the_second(person: Person) -> None:
    entry(person)
    number(person)
    mark(person, "3")


def before_sealing(person: Person) -> None:
    entry(person)
    entry(person)


@pytest.mark.parametrize("leave", [stop, alone])
@pytest.mark.parametrize("half", [nothing, in_a_vote, between_both, in_the_second, before_sealing])
def test_a_paper_that_is_left_half_entered_is_gone_and_its_slip_still_works(
    leave: Callable[[Person], None], half: Callable[[Person], None]
) -> None:
    person = papers()
    half(person)
    leave(person)
    assert isinstance(person.turn.place, Welcome)
    assert person.turn.sitting == wiped()
    assert person.doors.booth.cast_ballots == []
    person.touch("tile", "en")
    entry(person)
    assert person.turn.place == BoothPaper("swap")


def test_the_language_can_be_changed_between_the_entries() -> None:
    person = papers()
    entry(person)
    person.touch("language")
    person.touch("tile", "ar")
    assert (person.turn.place, person.sees.title.tag) == (BoothPaper("swap"), "ar")
    entry(person)
    assert person.turn.place == BoothCheck()


def test_nothing_secret_of_either_entry_is_in_a_repr() -> None:
    person = papers()
    entry(person)
    number(person)
    mark(person, "3")
    shown = repr(person.turn.sitting)
    assert "Ballot(" not in shown
    assert "SlipInHand" not in shown
    assert FIRST_SLIP not in shown


def test_the_decider_compares_slips_by_their_keys_and_votes_by_all_that_is_in_them() -> None:
    shelved = the_election()
    one, other = (ballot_box.take_slip(shelved.election, slip.code) for slip in slips(2))
    assert one == ballot_box.take_slip(shelved.election, FIRST_SLIP) != other
    first = Voting(Poll(shelved, 2, "paper"), one, bytes(16), ENTERED)
    assert differing(first, replace(first, seed=bytes([1]) * 16)) == ()
    for contest, ballot in ENTERED.items():
        for changed in (Ballot(Mark.BLANK), Ballot(Mark.SPOILT)):
            assert differing(first, replace(first, ballots=ENTERED | {contest: changed})) == (contest,)
        assert differing(first, replace(first, ballots={n: b for n, b in ENTERED.items() if b is not ballot})) == (
            contest,
        )
