"""The voter's way without a display: every kind of vote, every limit, every way back and out, in both directions.

1. The booth behind the doors keeps the real rules of slips and ballots, and refuses what a screen must not let through.
2. What was chosen is read where it is sealed; nothing of it may be found anywhere afterwards.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiosk.booth_places import BoothCheck, BoothSealed, BoothSlip, BoothVote
from kiosk.places import Home, OutOfService, Welcome
from kiosk.presenters.opening import WORKING
from kiosk.presenters.pads import Ranking, Tiles
from kiosk.sitting import wiped
from models.canonical import ENGLISH
from models.election.ballot import Ballot, Mark
from models.election.slip import Code
from models.elections import OnTheShelf, read_elections
from models.errors import PollNotOpenError, SlipUsedHereError, VaultFullError
from tests.builders_kiosk import a_place, a_shelf
from tests.gallery.stands import Hears
from tests.kiosk.booths import ABOUT, FIRST_SLIP, OUTSIDE, PROPOSAL, MemoryBooth, in_english, the_election
from tests.kiosk.doors import FakeDoors, Person
from tests.models.election_files import election_files, labelled
from tests.models.elections import a_question, slips

WAYS = ("en", "ar", "pl")


def a_voter(tag: str = "en", shelved: OnTheShelf | None = None, **booth: Any) -> Person:  # noqa: ANN401 - fields of the booth
    """Return somebody in the booth, at the advice."""
    stands = MemoryBooth(shelved or the_election(), **{"is_open": True} | booth)
    doors = FakeDoors(on_shelf=a_shelf(place=a_place(*WAYS)), booth=stands)
    person = Person(doors)
    person.touch("tile", tag)
    return person


def types(person: Person, code: str = FIRST_SLIP) -> Any:  # noqa: ANN401 - a View
    """Go to the long number, type it, and go on."""
    if person.screen == "booth_welcome":
        person.touch("onward")
    for digit in code:
        person.touch("key", digit)
    return person.touch("onward")


def to_names(person: Person) -> Any:  # noqa: ANN401 - a View
    """Go past what is read before a question."""
    return person.touch("back") if person.screen == "booth_words" else person.sees


def at_vote(number: int, tag: str = "en", **booth: Any) -> Person:  # noqa: ANN401 - fields of the booth
    """Return somebody at a vote; those before are left blank."""
    person = a_voter(tag, **booth)
    types(person)
    for _ in range(1, number):
        to_names(person)
        leave_blank(person)
    to_names(person)
    return person


def leave_blank(person: Person) -> None:
    person.touch("blank")
    person.touch("tile", "yes")


def vote_all(person: Person) -> None:
    """One name, one party, yes, two names, three in order."""
    types(person)
    person.touch("tile", "3")
    person.touch("onward")
    person.touch("tile", "2")
    person.touch("onward")
    to_names(person)
    person.touch("tile", "1")
    person.touch("onward")
    for key in ("4", "1"):
        person.touch("tile", key)
    person.touch("onward")
    for tile in person.sees.answer.tiles[:3]:
        person.touch("tile", tile.key)
    person.touch("onward")
    person.touch("tile", "no")


def places(person: Person) -> dict[str, int | None]:
    return {tile.key: tile.place for tile in person.sees.answer.tiles}


# The way in.


@pytest.mark.parametrize("tag", WAYS)
def test_a_booth_shows_advice_in_the_voters_language_before_anything_else_and_no_questionnaire(tag: str) -> None:
    person = a_voter(tag)
    assert person.screen == "booth_welcome"
    assert person.sees.look.direction == ("rtl" if tag == "ar" else "ltr")
    assert person.sees.title.tag == tag
    assert the_election().symbols in person.sees.foot.text
    assert person.sees.bars.back is None
    said = [block.body.text for block in person.sees.blocks]
    for _ in range(person.sees.pages - 1):
        said += [block.body.text for block in person.touch("more").blocks]
    assert len(said) == 6
    home: Any = person.turn.presenters["home"]
    home.touch_tile("take-part")
    assert person.screen == "booth_welcome"


def test_without_an_open_poll_there_is_no_booth() -> None:
    assert a_voter(is_open=False).screen == "home"


def test_the_number_is_shown_in_the_groups_of_the_slip_and_goes_on_when_it_is_whole() -> None:
    person = a_voter()
    person.touch("onward")
    for digit in FIRST_SLIP[:-1]:
        person.touch("key", digit)
    assert person.sees.groups == tuple(FIRST_SLIP[:-1][at : at + 4] for at in range(0, 24, 4))
    assert person.sees.bars.onward is None
    person.touch("key", FIRST_SLIP[-1])
    assert person.sees.bars.onward is not None
    person.touch("key", "7")  # one too many
    assert "".join(person.sees.groups) == FIRST_SLIP
    person.touch("key", "delete")
    assert "".join(person.sees.groups) == FIRST_SLIP[:-1]


@pytest.mark.parametrize("key", ["", "x", "12", "-", "٣", "shift"])
def test_nothing_but_digits_is_taken(key: str) -> None:
    person = a_voter()
    person.touch("onward")
    person.touch("key", key)
    assert "".join(person.sees.groups) == ""


@pytest.mark.parametrize("number", ["0" * 22, "1234567890123456789012", slips(40)[39].code])
def test_a_wrong_number_says_only_that_it_is_not_right(number: str) -> None:
    person = a_voter()
    types(person, number)
    assert [said.text for said in person.sees.trouble] == [
        "That number is not right.",
        "Look at your slip, and type it again.",
    ]
    assert person.sees.groups == ("",) * 6
    assert person.turn.sitting.voting is None


def test_a_slip_that_voted_here_is_told_so_and_sent_to_the_clerk() -> None:
    person = a_voter(used={FIRST_SLIP})
    types(person)
    assert person.sees.trouble[0].text == "This slip has voted already."


def test_a_pause_is_told_and_the_next_try_is_an_ordinary_one() -> None:
    person = a_voter(waits=True)
    types(person)
    assert person.sees.trouble[0].text == "Please wait three seconds."
    person.doors.booth.waits = False
    assert types(person).prompt.text == "Speaker of the wing"


def test_a_number_is_looked_for_off_the_screens_thread_and_stop_leaves_nothing_to_come_back_to() -> None:
    person = a_voter(patient=True)
    types(person)
    assert person.screen == "opening"
    person.touch("stop")
    person.doors.booth.come_back()
    assert person.turn.sitting == wiped()


# Each kind of vote.


def test_in_a_vote_for_one_a_second_touch_moves_the_mark() -> None:
    person = at_vote(1)
    assert isinstance(person.sees.answer, Tiles)
    assert person.sees.bars.onward is None
    person.touch("tile", "1")
    person.touch("tile", "4")
    assert [tile.key for tile in person.sees.answer.tiles if tile.chosen] == ["4"]
    person.touch("tile", "4")
    assert [tile.key for tile in person.sees.answer.tiles if tile.chosen] == ["4"]
    assert person.sees.bars.onward is not None


def test_who_has_withdrawn_is_shown_crossed_out_and_cannot_be_chosen() -> None:
    person = at_vote(1)
    gone = {tile.key: tile.small.text for tile in person.sees.answer.tiles if tile.gone}
    assert gone == {"2": "Has withdrawn"}
    before = person.sees
    assert person.touch("tile", "2") == before


@pytest.mark.parametrize("key", ["9", "0", "x", ""])
def test_a_name_that_is_not_there_cannot_be_chosen(key: str) -> None:
    person = at_vote(1)
    before = person.sees
    assert person.touch("tile", key) == before


def read_through(person: Person) -> list[tuple[str, str]]:
    """Return head and words of every paragraph of a page and of those after it."""
    found = []
    for _ in range(person.sees.pages):
        found += [("" if block.head is None else block.head.text, block.body.text) for block in person.sees.blocks]
        person.touch("more")
    return found


def at_question(**fields: Any) -> Person:  # noqa: ANN401 - of a contest
    """Return a voter before a question that says this of itself."""
    _, files = election_files(contests=(a_question(1, **fields),))
    (shelved,) = read_elections(labelled(files), {})
    person = a_voter(shelved=shelved)
    types(person)
    return person


def test_a_proposal_is_read_before_the_vote_in_an_order_that_is_announced() -> None:
    person = a_voter()
    types(person)
    leave_blank(person)
    leave_blank(person)
    assert person.screen == "booth_words"
    told = read_through(person)
    assert told[:3] == [
        ("", "Your answer is advice. The managers decide."),
        ("", "First comes what speaks for it, then what speaks against it. Both have the same room."),
        ("The proposal", "The yard stays open until eight in summer."),
    ]
    assert [head for head, _ in told[3:]] == ["For it", "Against it", "What it costs", "Who decides, and when"]
    assert told[3][1].split("\n") == [one[ENGLISH] for one in PROPOSAL.reasons_for]
    person.touch("onward")
    assert [tile.words.text for tile in person.sees.answer.tiles] == ["Yes", "No", "I do not say yes or no"]
    person.touch("tell")
    assert read_through(person) == told


@pytest.mark.parametrize("scale", [100, 125, 150])
def test_both_sides_of_a_proposal_have_as_many_pages_and_begin_their_own(scale: Any) -> None:  # noqa: ANN401
    long = in_english("A reason as long as it may be, said in plain words. " * 3)
    proposal = replace(PROPOSAL, reasons_for=(long,) * 4, reasons_against=(long,) * 4)
    person = at_question(proposal=proposal)
    person.turn.move(replace(person.turn.sitting, scale=scale))
    sides: dict[str, int] = {}
    side = ""
    for _ in range(person.sees.pages):
        heads = [block.head.text for block in person.sees.blocks if block.head is not None]
        if {"For it", "Against it"} & set(heads):
            side = heads[0]
            assert heads == [side]
        if side and "What it costs" not in heads:
            sides[side] = sides.get(side, 0) + 1
        side = "" if "What it costs" in heads else side
        person.touch("more")
    assert sides["For it"] == sides["Against it"]


def test_a_question_that_only_says_what_it_is_about_is_told_so_and_that_it_is_advice() -> None:
    person = at_question(about=in_english(ABOUT))
    assert person.screen == "booth_words"
    said = [words for _, words in read_through(person)]
    assert said[0].startswith("Shall the yard")
    assert [words.partition(":")[0] for words in said[1:4]] == ["For", "Against", "Cost"]
    assert said[-1] == "Your answer is advice. The managers decide."


def test_the_advice_names_the_person_from_outside_where_the_election_does() -> None:
    def advice(person: Person) -> str:
        return " ".join(words for _, words in read_through(person))

    assert f"Or tell the person from outside: {OUTSIDE}" in advice(a_voter())
    _, files = election_files(contests=(a_question(1),))
    (shelved,) = read_elections(labelled(files), {})
    assert "Their name is on the poster." in advice(a_voter(shelved=shelved))


def test_approving_stops_at_the_limit_says_so_and_a_touch_takes_out_again() -> None:
    person = at_vote(4)
    for key in ("5", "2"):
        person.touch("tile", key)
    person.touch("tile", "3")
    assert person.sees.trouble.text == "At most 2. Touch one to take it out."
    assert person.sees.hint is None  # the limit stands in its place
    assert [tile.key for tile in person.sees.answer.tiles if tile.chosen] == ["2", "5"]
    person.touch("tile", "5")
    assert person.sees.trouble is None
    person.touch("tile", "3")
    assert [tile.key for tile in person.sees.answer.tiles if tile.chosen] == ["2", "3"]


def test_ranks_follow_the_touches_close_their_gaps_and_can_be_undone() -> None:
    person = at_vote(5)
    assert isinstance(person.sees.answer, Ranking)
    first, second, third, fourth = (tile.key for tile in person.sees.answer.tiles[:4])
    for key in (first, second, third):
        person.touch("tile", key)
    person.touch("tile", fourth)
    assert person.sees.trouble is not None
    assert places(person) | {fourth: None} == places(person)
    person.touch("tile", first)
    assert (places(person)[second], places(person)[third]) == (1, 2)
    person.touch("undo")
    assert (places(person)[second], places(person)[third]) == (1, None)
    person.touch("undo")
    assert person.sees.answer.undo is None
    assert person.sees.bars.onward is None


def test_the_order_of_names_is_this_sittings_own_and_numbers_do_not_follow_it() -> None:
    every = []
    for seed in (bytes(16), bytes([1]) * 16):
        person = at_vote(5, seed=seed)
        every.append([tile.key for tile in person.sees.answer.tiles])
        words = {tile.key: tile.words.text for tile in person.sees.answer.tiles}
        named = {str(one.number): one.name["en"] for one in the_election().election.definition.contest(5).candidates}
        assert words.items() <= named.items()
    assert every[0] != every[1]
    fixed = [[tile.key for tile in at_vote(1, seed=seed).sees.answer.tiles] for seed in (bytes(16), bytes([1]) * 16)]
    assert fixed == [["1", "2", "3", "4"]] * 2


# Blank, spoilt, the rest.


@pytest.mark.parametrize(("wish", "mark"), [("blank", Mark.BLANK), ("spoil", Mark.SPOILT)])
def test_blank_and_spoilt_are_asked_once_more_and_no_goes_back_with_the_choice_kept(wish: str, mark: Mark) -> None:
    person = at_vote(1)
    person.touch("tile", "3")
    before = person.sees
    person.touch(wish)
    assert person.screen == "booth_ask"
    assert person.touch("tile", "no") == before
    person.touch(wish)
    assert person.touch("back") == before
    person.touch(wish)
    person.touch("tile", "yes")
    assert person.turn.sitting.voting is not None
    assert person.turn.sitting.voting.ballots[1] == Ballot(mark)
    person.touch("back")
    assert not any(tile.chosen for tile in person.sees.answer.tiles)
    person.touch("tile", "1")
    assert person.turn.sitting.voting is not None
    assert person.turn.sitting.voting.ballots[1] == Ballot(Mark.CHOICES, (1,))


def test_a_vote_cannot_be_skipped() -> None:
    person = at_vote(1)
    assert (person.sees.bars.skip, person.sees.bars.onward) == (None, None)
    person.touch("skip")
    person.touch("onward")
    assert person.sees.progress.at == 1


def test_names_that_were_not_shown_are_asked_about_once() -> None:
    person = at_vote(5)
    person.touch("tile", person.sees.answer.tiles[0].key)
    person.touch("onward")
    assert person.sees.title.text.startswith("You have not seen all names")
    person.touch("tile", "yes")
    assert (person.screen, person.sees.answer.page) == ("booth_vote", 1)
    person.touch("onward")
    assert person.screen == "booth_check"


def test_who_saw_all_names_is_not_asked() -> None:
    person = at_vote(5)
    person.touch("more")
    person.touch("tile", person.sees.answer.tiles[0].key)
    person.touch("onward")
    assert person.screen == "booth_check"


def test_no_page_has_more_than_six_cards() -> None:
    for number in range(1, 6):
        answer = at_vote(number).sees.answer
        assert len(answer.tiles) + (answer.more is not None) <= 6


# What can be read.


def test_everybodys_words_can_be_read_before_choosing_one_after_the_other() -> None:
    person = at_vote(1)
    person.touch("tell")
    titles = [person.sees.title.text]
    while person.screen == "booth_words":
        person.touch("onward")
        titles += [person.sees.title.text] if person.screen == "booth_words" else []
    assert titles == ["Ann Archer", "Bo Birch", "Carl Carpenter", "Dina Dale"]
    assert not any(tile.chosen for tile in person.sees.answer.tiles)


def test_a_party_is_read_with_who_is_on_its_list() -> None:
    person = at_vote(2)
    person.touch("tell")
    assert [(block.head.text, block.body.text) for block in person.sees.blocks] == [
        ("On their list", "Ann Archer, Bo Birch")
    ]


def test_an_ear_says_a_name_and_chooses_nothing() -> None:
    person = at_vote(1)
    spoken: list[str] = []

    class Speaks(Hears):
        def speak(self, words: Any) -> None:  # noqa: ANN401 - words as they are said
            spoken.append(words.text)

    person.turn.hearing = Speaks()
    person.turn.again()
    before = person.sees
    assert person.touch("ear", "3") == before
    assert spoken == ["Carl Carpenter"]


# Check, change, seal.


@pytest.mark.parametrize("tag", WAYS)
def test_all_is_shown_once_more_sealed_and_the_codes_are_shown_only_then(tag: str) -> None:
    person = a_voter(tag)
    vote_all(person)
    seen = []
    for _ in range(5):
        seen.append([(tile.place, tile.key) for tile in person.sees.lines])
        person.doors.booth.patient = True
        person.touch("onward")
    assert seen[:4] == [[(None, "3")], [(None, "2")], [(None, "1")], [(None, "1"), (None, "4")]]
    assert [place for place, _ in seen[4]] == [1, 2, 3]
    assert person.turn.place == BoothCheck(4, sealing=True)
    assert (person.sees.change, person.sees.bars.stop, person.sees.sign) == (None, None, WORKING)
    person.touch("change")
    assert person.turn.place == BoothCheck(4, sealing=True)
    person.doors.booth.come_back()
    assert person.screen == "booth_sealed"
    (ballots,) = person.doors.booth.cast_ballots
    assert {number: ballot.choices for number, ballot in ballots.items() if number < 5} == {
        1: (3,),
        2: (2,),
        3: (1,),
        4: (1, 4),
    }
    assert ballots[5].choices == tuple(int(key) for _, key in seen[4])


def test_change_goes_back_to_the_same_choice_and_then_to_the_check() -> None:
    person = a_voter()
    vote_all(person)
    person.touch("onward")
    person.touch("change")
    assert person.sees.prompt.text == "Council: parties"
    assert [tile.key for tile in person.sees.answer.tiles if tile.chosen] == ["2"]
    person.touch("tile", "1")
    person.touch("onward")
    assert person.turn.place == BoothCheck(1)
    assert [tile.key for tile in person.sees.lines] == ["1"]


def test_back_leads_through_every_vote_with_its_choice_and_from_the_first_puts_the_slip_down() -> None:
    person = a_voter()
    vote_all(person)
    for kind in (BoothVote(4), BoothVote(3), BoothVote(2), BoothVote(1), BoothVote(0)):
        person.touch("back")
        assert person.turn.place == kind
        assert any(tile.chosen for tile in person.sees.answer.tiles)
    person.touch("back")
    assert (person.turn.place, person.turn.sitting.voting) == (Home(), None)
    vote_all(person)
    for _ in range(5):
        person.touch("onward")
    assert person.screen == "booth_sealed"


def test_after_sealing_there_are_codes_to_copy_and_nothing_else() -> None:
    person = a_voter()
    vote_all(person)
    for _ in range(5):
        person.touch("onward")
    codes = [block.body for block in person.sees.codes]
    for _ in range(2):
        codes += [block.body for block in person.touch("more").codes]
    assert len({code.text for code in codes}) == 5
    assert all(code.typed and not code.clips for code in codes)
    sitting = person.turn.sitting
    assert (sitting.voting, sitting.behind, sitting.sheet) == (None, (), None)
    assert isinstance(sitting.place, BoothSealed)
    person.touch("onward")
    assert person.turn.sitting == wiped()


def test_a_slip_that_voted_meanwhile_is_told_so_and_nothing_is_kept() -> None:
    person = a_voter()
    vote_all(person)
    person.doors.booth.error = SlipUsedHereError()
    for _ in range(5):
        person.touch("onward")
    assert person.turn.place == BoothSlip(trouble="used")
    assert person.turn.sitting.voting is None


@pytest.mark.parametrize("error", [PollNotOpenError(), VaultFullError()])
def test_where_nothing_can_be_stored_the_kiosk_says_so_and_nothing_is_kept(error: Any) -> None:  # noqa: ANN401
    person = a_voter()
    vote_all(person)
    person.doors.booth.error = error
    for _ in range(5):
        person.touch("onward")
    assert person.turn.sitting.place == OutOfService(error.number)
    assert person.turn.sitting.voting is None


# Leaving.


def stop(person: Person) -> None:
    person.turn.wipe()


def alone(person: Person) -> None:
    person.turn.idle(0)
    person.turn.idle(60)
    assert person.screen == "warning" or isinstance(person.turn.place, Welcome)
    person.turn.idle(90)


@pytest.mark.parametrize("leave", [stop, alone])
@pytest.mark.parametrize("steps", range(4))
def test_whoever_leaves_has_stored_nothing_and_the_slip_still_works(
    leave: Callable[[Person], None], steps: int
) -> None:
    person = a_voter()
    types(person)
    for _ in range(steps):
        to_names(person)
        leave_blank(person)
    leave(person)
    assert person.turn.sitting == wiped()
    assert person.doors.booth.cast_ballots == []
    person.touch("tile", "en")
    assert types(person).prompt.text == "Speaker of the wing"


def test_the_language_can_be_changed_in_the_middle_and_every_choice_is_kept() -> None:
    person = at_vote(1)
    person.touch("tile", "3")
    person.touch("language")
    person.touch("tile", "ar")
    assert (person.sees.prompt.tag, person.sees.look.direction) == ("ar", "rtl")
    assert [tile.key for tile in person.sees.answer.tiles if tile.chosen] == ["3"]
    person.touch("onward")
    assert person.turn.place == BoothVote(1)


@pytest.mark.parametrize("aside", ["hide", "bigger", "help"])
def test_an_aside_comes_back_to_the_vote_as_it_was(aside: str) -> None:
    person = at_vote(5)
    person.touch("tile", person.sees.answer.tiles[0].key)
    before = person.sees
    person.touch(aside)
    assert person.screen != "booth_vote"
    person.touch("go_on" if aside == "hide" else "back")
    assert person.sees == before


def test_nothing_secret_is_in_a_repr() -> None:
    person = a_voter()
    person.touch("onward")
    for digit in FIRST_SLIP[:20]:
        person.touch("key", digit)
    assert FIRST_SLIP[:20] not in repr(person.turn.sitting)
    person.touch("key", FIRST_SLIP[20])
    person.touch("key", FIRST_SLIP[21])
    person.touch("onward")
    person.touch("tile", "3")
    shown = repr(person.turn.sitting)
    assert "Ballot" not in shown
    assert "SlipInHand" not in shown


def test_after_sealing_neither_code_nor_choice_is_held_by_anything_that_the_turn_reaches() -> None:
    person = a_voter()
    vote_all(person)
    for _ in range(5):
        person.touch("onward")
    person.doors.booth.cast_ballots.clear()
    person.doors.booth.used.clear()
    person.doors.booth._last = None
    reached, waiting = set(), [person.turn]
    while waiting:
        one: Any = waiting.pop()
        if id(one) in reached or isinstance(one, type):
            continue
        reached.add(id(one))
        assert not isinstance(one, Ballot), "a choice is still held"
        assert one != FIRST_SLIP, "the code is still held"
        waiting += [
            held
            for held in gc.get_referents(one)
            if type(held).__module__.startswith(("kiosk", "models.election")) or type(held) in (dict, tuple, list, str)
        ]
    assert Code(FIRST_SLIP) == FIRST_SLIP
