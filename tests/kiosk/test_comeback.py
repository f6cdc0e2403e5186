"""Leaving after a part and coming back with a code: what is offered, asked and told, and that nothing stays behind."""

from __future__ import annotations

import gc
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from kiosk.patience import WAITED, Patience, patience
from kiosk.places import BeforeYouStart, CodeDigits, CodeGiven, CodePictures, Home
from kiosk.presenters.comeback_names import A_PAGE, KINDS, NAMES
from kiosk.presenters.room import Room
from kiosk.presenters.turn import Turn
from kiosk.sitting import sheet_of, wiped
from models import comeback
from models.comeback import Code
from models.errors import WingVoiceError
from models.questionnaire import ModuleName, Purpose, Questionnaire
from models.record import read_record
from models.routing import modules_in_order, open_route
from tests.assets_build.make_catalogues import Sentence, read, tags
from tests.builders_kiosk import a_questionnaire, a_shelf, note, one, text
from tests.kiosk.doors import A_SECRET, ASSETS, TAGS, FakeDoors, MemoryShelf, Person, the_wording
from tests.kiosk.first_sounds import begin_alike, known_alike

LONG = a_questionnaire([one("q0")], [one("q1")], [one("q2")], practice=[one("p", correct="yes")])
FORM = b"\x07" * 32  # what the builders' open consultations say
SIZES = range(len(KINDS))


def somebody(*forms: Questionnaire, patient: bool = False, tag: str = "en") -> Person:
    """Return somebody at Home of a kiosk of their own, where these questionnaires are open."""
    return at_home(Person(FakeDoors(a_shelf(*(forms or (LONG,))), patient=patient)), tag)


def at_home(person: Person, tag: str = "en") -> Person:
    person.touch("tile", tag)
    return person


def practise(person: Person) -> None:
    person.touch("tile", "yes")
    person.touch("onward")


def hand_in(person: Person) -> None:
    """Skip the one question of a part, and hand it in."""
    person.touch("skip")
    person.touch("onward")


def first_part(person: Person) -> Person:
    """Do the practice and the first part."""
    person.begin()
    practise(person)
    hand_in(person)
    return person


def code_shown(person: Person) -> Code:
    """Leave after the part, and copy the code from the screen."""
    view = person.touch("leave")
    return Code(tuple(int(tile.key) for tile in view.pictures), "".join(view.digits))


def touch_pictures(person: Person, pictures: tuple[int, ...]) -> None:
    for number in pictures:
        person.touch("kind", str(number // A_PAGE))
        assert str(number) in {tile.key for tile in person.sees.tiles}
        person.touch("tile", str(number))


def bring(person: Person, code: Code) -> Any:  # noqa: ANN401 - a View
    """Say that one has a code, and give it."""
    person.touch("tile", "come-back")
    give(person, code)
    return person.sees


def give(person: Person, code: Code) -> None:
    touch_pictures(person, code.pictures)
    for digit in code.digits:
        person.touch("key", digit)
    person.touch("onward")


def links(person: Person) -> list[str | None]:
    return [read_record(record.body).link for record in person.doors.records]


def modules(person: Person) -> list[str]:
    return [read_record(record.body).module for record in person.doors.records]


# The pictures.


@pytest.mark.parametrize("tag", tags())
def test_no_two_pictures_have_one_name_and_those_of_a_page_begin_differently_as_far_as_a_language_allows(
    tag: str,
) -> None:
    words = read(tag).words
    names = [words[Sentence(phrase.context, phrase.msgid)] for _, phrase in NAMES]
    assert len({unicodedata.normalize("NFC", name.casefold()) for name in names}) == comeback.PICTURES
    pages = [names[page * A_PAGE : (page + 1) * A_PAGE] for page in SIZES]
    assert set().union(*(begin_alike(page, tag) for page in pages)) == known_alike(tag)


def test_every_picture_is_drawn_and_no_two_look_the_same() -> None:
    table = tomllib.loads((ASSETS / "icons" / "icons.toml").read_text(encoding="utf-8"))
    files = [table[picture].get("same_as", picture) for picture, _ in NAMES]
    drawn = {(ASSETS / "icons" / "192" / f"{name}.png").read_bytes() for name in files}
    assert len(drawn) == comeback.PICTURES


def test_the_pages_hold_every_picture_once() -> None:
    person = somebody()
    person.touch("tile", "come-back")
    seen = [tile.key for page in SIZES for tile in person.touch("kind", str(page)).tiles]
    assert seen == [str(number) for number in range(comeback.PICTURES)]
    assert len(KINDS) * A_PAGE == comeback.PICTURES


# Who gets a code.


def test_a_questionnaire_of_one_part_has_no_secret_no_link_and_no_tile_for_a_code() -> None:
    person = somebody(a_questionnaire([one("q0")], practice=[one("p", correct="yes")]))
    assert [tile.key for tile in person.sees.tiles] == ["take-part"]
    person.begin()
    assert person.turn.sitting.comeback is None
    practise(person)
    hand_in(person)
    assert links(person) == [None]


def test_every_record_carries_the_one_link_whether_or_not_anybody_leaves() -> None:
    person = first_part(somebody())
    person.touch("go_on")
    hand_in(person)
    person.touch("go_on")
    hand_in(person)
    assert modules(person) == ["m1", "m2", "m3"]
    assert len(set(links(person))) == 1
    assert len(links(person)[0] or "") == 64


def test_the_seed_of_the_sitting_comes_from_the_code() -> None:
    person = somebody()
    person.doors.seed = lambda: 7  # type: ignore[method-assign]
    person.begin()
    sitting = person.turn.sitting
    assert sitting.comeback is not None
    assert sheet_of(sitting).state.seed == sitting.comeback.seed == 42


def test_after_a_part_one_may_go_on_or_come_back_later() -> None:
    view = first_part(somebody()).sees
    assert (view.go_on.text, view.leave.text) == ("Go on", "Come back later")


def test_the_code_is_shown_with_names_and_in_two_groups_and_says_how_to_keep_it() -> None:
    person = first_part(somebody())
    view = person.touch("leave")
    assert person.screen == "comeback_given"
    assert [tile.words.text for tile in view.pictures] == [NAMES[number][1].msgid for number in A_SECRET.pictures]
    assert [tile.picture for tile in view.pictures] == [NAMES[number][0] for number in A_SECRET.pictures]
    assert view.digits[0] == A_SECRET.chance[:3]
    assert [len(group) for group in view.digits] == [3, 3]
    words = " ".join(said.text for said in view.body)
    for part in ("Copy all of it down", "another kiosk", "kept nowhere", "nobody can find it again"):
        assert part in words
    person.touch("onward")
    assert person.screen == "farewell"


def test_who_would_rather_go_on_after_all_may() -> None:
    person = first_part(somebody())
    person.touch("leave")
    person.touch("back")
    assert person.screen == "between"
    person.touch("go_on")
    assert person.sees.prompt.text == "Question q1?"


def test_a_part_whose_place_no_digit_names_offers_no_code() -> None:
    person = somebody(a_questionnaire(*([one(f"q{at}")] for at in range(11))))
    person.begin()
    for _ in range(9):
        hand_in(person)
        assert person.sees.leave.text == "Come back later"
        person.touch("go_on")
    hand_in(person)
    assert person.sees.leave.text == "Leave"
    person.touch("leave")
    assert person.screen == "farewell"


# Coming back.


@pytest.mark.parametrize("tag", TAGS)
def test_a_code_from_one_kiosk_goes_on_at_the_next_part_on_another(tag: str) -> None:
    here = first_part(somebody(tag=tag))
    code = code_shown(here)
    there = somebody(tag=tag)
    view = bring(there, code)
    assert there.screen == "question"
    assert there.turn.sitting.module == "m2"
    hand_in(there)
    assert (
        there.sees.title.text == the_wording().say("between", "Part {part} is handed in. Thank you.", tag, part=2).text
    )
    assert (modules(here), modules(there)) == (["m1"], ["m2"])
    assert links(here) == links(there)
    assert view.badge is None  # practice is past


def test_the_second_code_leads_one_part_further_with_the_same_secret() -> None:
    first = code_shown(first_part(somebody()))
    person = somebody()
    bring(person, first)
    hand_in(person)
    second = code_shown(person)
    assert second.pictures == first.pictures
    assert second.digits[:4] == first.digits[:4]
    assert second.digits[4:] != first.digits[4:]
    again = somebody()
    bring(again, second)
    assert again.turn.sitting.module == "m3"
    hand_in(again)
    assert again.screen == "farewell"


@pytest.mark.parametrize("seed", range(12))
def test_parts_in_random_order_come_in_the_same_order_again(seed: int) -> None:
    form = replace(a_questionnaire(*([one(f"q{at}")] for at in range(5))), order="modules-shuffled")
    here = somebody(form)
    give_seed(here, seed)
    here.begin()
    hand_in(here)
    code = code_shown(here)
    there = somebody(form)
    give_seed(there, seed)
    bring(there, code)
    hand_in(there)
    while there.screen == "between":
        there.touch("go_on")
        hand_in(there)
    order = [module.name for module in modules_in_order(open_route(form), seed)]
    assert modules(here) + modules(there) == order


def give_seed(person: Person, seed: int) -> None:
    """Let another seed follow from the code than the doors in memory give."""
    doors = person.doors
    derive = doors.same_comeback

    def with_seed(secret: comeback.Secret, form: bytes, then: Callable[[Any], None]) -> None:
        derive(secret, form, lambda found: then(replace(found, seed=seed)))

    doors.same_comeback = with_seed  # type: ignore[method-assign]


def test_from_the_first_question_back_leads_to_where_one_said_i_have_a_code() -> None:
    code = code_shown(first_part(somebody()))
    person = somebody()
    bring(person, code)
    person.touch("back")
    assert person.turn.place == Home()
    assert person.turn.sitting.comeback is None
    assert person.turn.sitting.sheet is None


def test_a_part_that_asks_nothing_here_is_passed_over() -> None:
    """A text box that may not be open here is no question; the code for its part leads to the one after."""
    form = a_questionnaire([one("q0")], [text("t")], [one("q2")])
    person = somebody(form)
    person.begin()
    hand_in(person)
    code = comeback.written(A_SECRET, 1, FORM)
    silent = Person(FakeDoors(a_shelf(form, texts=False)))
    at_home(silent)
    bring(silent, code)
    assert silent.turn.sitting.module == "m3"


def test_where_nothing_more_is_asked_the_code_leads_to_the_farewell() -> None:
    form = a_questionnaire([one("q0")], [text("t")])
    person = at_home(Person(FakeDoors(a_shelf(form, texts=False))))
    bring(person, comeback.written(A_SECRET, 1, FORM))
    assert person.screen == "farewell"
    assert person.turn.sitting.comeback is None


def test_a_right_looking_code_that_nobody_got_begins_a_link_of_its_own() -> None:
    code = code_shown(first_part(somebody()))
    stray = comeback.written(comeback.drawn(b"never drawn anew"), 1, FORM)
    person = somebody()
    bring(person, stray)
    hand_in(person)
    assert person.screen == "between"
    other = somebody()
    bring(other, code)
    hand_in(other)
    assert links(person) != links(other)


# Which questionnaire.


def test_where_several_are_long_it_is_asked_which_one_was_begun() -> None:
    person = somebody(LONG, a_questionnaire([one("only")]), replace(LONG, purpose=Purpose.SUGGESTION))
    view = person.touch("tile", "come-back")
    assert person.screen == "consultations"
    assert view.title.text == "Which one did you begin?"
    assert [tile.key for tile in view.tiles] == ["c0", "c2"]
    assert view.come_back is None
    person.touch("tile", "c2")
    assert person.turn.place == CodePictures("c2")
    person.touch("back")
    assert person.sees.title.text == "Which one did you begin?"
    person.touch("back")
    assert person.screen == "home"


def test_the_list_of_what_is_open_has_the_way_in_too() -> None:
    person = somebody(LONG, a_questionnaire([one("only")]))
    view = person.begin()
    assert view.come_back.text == "I have a code"
    person.touch("come_back")
    assert person.turn.place == CodePictures("c0")
    person.touch("back")
    assert person.sees == view


def test_where_nothing_is_long_the_list_has_no_way_in() -> None:
    person = somebody(a_questionnaire([one("a")]), a_questionnaire([one("b")]))
    view = person.begin()
    assert view.come_back is None
    assert person.touch("come_back") == view


# Wrong codes.


def wrong_by_one(code: Code) -> Code:
    return Code(code.pictures, code.digits[:-1] + str((int(code.digits[-1]) + 1) % 10))


@pytest.mark.parametrize("small", [False, True])
def test_a_wrong_code_is_told_kindly_and_may_be_mended(small: bool) -> None:
    code = code_shown(first_part(somebody()))
    person = somebody()
    person.turn.room = Room(small=small)
    view = bring(person, wrong_by_one(code))
    assert person.screen == "comeback_digits"
    assert [said.text for said in view.trouble] == [
        "That code is not right here. Please look at it again.",
        "Maybe the questions have changed since. Then please begin again.",
    ]
    assert view.typed.replace(" ", "") == wrong_by_one(code).digits
    assert view.bars.onward is None  # nothing was changed yet
    digits = {key.key for row in view.rows for key in row} - {"", "delete"}
    assert bool(digits) != small  # on a small screen what was wrong stands in their place
    view = person.touch("key", "delete")
    assert view.trouble == ()
    assert "".join(sorted(key.key for row in view.rows for key in row if len(key.key) == 1)) == "0123456789"
    person.touch("key", code.digits[-1])
    person.touch("onward")
    assert person.screen == "question"


def test_nothing_is_kept_of_tries_and_nobody_is_shut_out() -> None:
    code = code_shown(first_part(somebody()))
    person = somebody()
    person.touch("tile", "come-back")
    touch_pictures(person, code.pictures)
    for last in range(10):
        if str(last) == code.digits[-1]:
            continue
        for digit in code.digits[:-1] + str(last):
            person.touch("key", digit)
        person.touch("onward")
        assert person.screen == "comeback_digits"
        for _ in range(6):
            person.touch("key", "delete")
    for digit in code.digits:
        person.touch("key", digit)
    person.touch("onward")
    assert person.screen == "question"
    assert person.doors.records == []


def test_of_a_questionnaire_that_has_changed_nine_codes_in_ten_are_told_so() -> None:
    code = code_shown(first_part(somebody()))
    told = 0
    for number in range(10):
        changed = (number + int.from_bytes(FORM) - int.from_bytes(FORM) % 10).to_bytes(32)
        person = at_home(Person(FakeDoors(with_form(changed))))
        view = bring(person, code)
        told += person.screen == "comeback_digits" and "the questions have changed" in view.trouble[1].text
    assert told == 9


def with_form(form: bytes) -> MemoryShelf:
    """Return a shelf whose questionnaire has another hash."""
    shelf = a_shelf(LONG)
    return replace(shelf, consultations=tuple(replace(opened, form=form) for opened in shelf.consultations))  # type: ignore[type-var]


def test_a_code_for_a_part_that_is_not_there_says_that_the_questions_have_changed() -> None:
    person = somebody(a_questionnaire([one("q0")], [one("q1")]))
    view = bring(person, comeback.written(A_SECRET, 2, FORM))
    assert [said.text for said in view.trouble] == ["The questions have changed since then. Please begin again."]
    person.touch("back")
    person.touch("back")
    assert person.screen == "home"
    person.begin()
    assert person.sees.prompt.text == "Question q0?"


def test_what_closes_meanwhile_is_told_like_a_wrong_code() -> None:
    code = code_shown(first_part(somebody()))
    person = somebody()
    person.touch("tile", "come-back")
    person.turn._sitting = replace(person.turn.sitting, shelf=a_shelf(a_questionnaire([one("other")])))
    person.turn._sitting = replace(person.turn.sitting, place=CodePictures("gone"))
    person.turn.again()
    give(person, code)
    assert person.screen == "comeback_digits"
    assert len(person.sees.trouble) == 2


# Touching and typing.


def test_delete_takes_the_last_picture_or_digit_and_nothing_more() -> None:
    person = somebody()
    view = person.touch("tile", "come-back")
    assert view.delete is None
    assert view.chosen == (None,) * 4
    view = person.touch("tile", "5")
    assert view.chosen[0].words.text == "Lion"
    person.touch("tile", "5")
    view = person.touch("delete")
    assert [tile is not None for tile in view.chosen] == [True, False, False, False]
    person.touch("delete")
    assert person.touch("delete").chosen == (None,) * 4
    touch_pictures(person, (1, 1, 2, 3))
    for key in ("4", "delete", "delete", "7", "x", "delete1", ""):
        view = person.touch("key", key)
    assert view.typed == "7"


def test_more_than_six_digits_are_not_taken() -> None:
    person = somebody()
    person.touch("tile", "come-back")
    touch_pictures(person, (1, 2, 3, 4))
    for digit in "12345678":
        view = person.touch("key", digit)
    assert view.typed == "123 456"
    assert view.bars.onward is not None


def test_back_from_the_digits_leads_to_the_last_picture() -> None:
    person = somebody()
    person.touch("tile", "come-back")
    touch_pictures(person, (1, 2, 3, 60))
    person.touch("key", "9")
    view = person.touch("back")
    assert person.screen == "comeback_pictures"
    assert [tile and tile.key for tile in view.chosen] == ["1", "2", "3", None]
    assert view.tiles[0].key == "56"  # its own page
    assert [tile.chosen for tile in view.kinds].index(True) == 7


@pytest.mark.parametrize(("verb", "what"), [("tile", "64"), ("tile", "dog"), ("kind", "8"), ("kind", "-1")])
def test_a_picture_that_does_not_exist_changes_nothing(verb: str, what: str) -> None:
    person = somebody()
    view = person.touch("tile", "come-back")
    assert person.touch(verb, what) == view


def test_pages_turn_round_with_the_language_and_digits_do_not() -> None:
    person = somebody(tag="ar")
    view = person.touch("tile", "come-back")
    assert view.look.direction == "rtl"
    touch_pictures(person, (1, 2, 3, 4))
    assert [key.key for key in person.sees.rows[0]] == ["1", "2", "3"]


# The wait.


def test_while_the_code_is_made_a_page_says_so_and_only_stop_is_there() -> None:
    person = somebody(patient=True)
    person.begin()
    assert person.screen == "opening"
    assert person.sees.title.text == "One moment, please."
    bars = person.sees.bars
    assert bars.stop is not None
    assert (bars.back, bars.help, bars.language, bars.skip, bars.onward) == (None,) * 5
    assert patience(person.turn.sitting) == WAITED
    person.doors.come_back()
    assert person.screen == "question"
    assert person.turn.sitting.entrance == BeforeYouStart("c0", checking=True)


def test_who_leaves_during_the_wait_is_followed_by_nothing() -> None:
    person = somebody(patient=True)
    person.begin()
    person.touch("stop")
    person.doors.come_back()
    assert person.screen == "welcome"
    assert person.turn.sitting == wiped()
    at_home(person)
    person.doors.error = WingVoiceError()
    person.begin()
    person.touch("stop")
    person.doors.come_back()
    assert person.screen == "welcome"


def test_a_code_that_cannot_be_made_takes_the_kiosk_out_of_service() -> None:
    person = somebody()
    person.doors.error = WingVoiceError()
    person.begin()
    assert person.screen == "out_of_service"


def test_looking_up_a_code_waits_on_the_same_page_and_goes_on_from_there() -> None:
    code = code_shown(first_part(somebody()))
    person = somebody(patient=True)
    assert bring(person, code).title.text == "One moment, please."
    person.doors.come_back()
    assert person.screen == "question"


# Nothing stays behind.


def reached(turn: Turn) -> Iterator[object]:
    """Yield whatever can be reached from a turn, but for the doors of the test."""
    seen: set[int] = set()
    waiting: list[object] = [turn._sitting, *turn.presenters.values()]
    while waiting:
        thing = waiting.pop()
        kind = type(thing)
        if id(thing) in seen or isinstance(thing, type) or kind.__name__ in {"module", "function", "FakeDoors"}:
            continue
        seen.add(id(thing))
        yield thing
        waiting += [other for other in gc.get_referents(thing) if other is not turn._show]


def holds_a_code(turn: Turn) -> bool:
    kinds = (comeback.Secret, comeback.ComeBack, Code, CodeGiven, CodePictures, CodeDigits)
    return any(isinstance(thing, kinds) for thing in reached(turn))


def at_given(person: Person) -> None:
    first_part(person).touch("leave")


def at_pictures(person: Person) -> None:
    person.touch("tile", "come-back")
    person.touch("tile", "5")


def at_digits(person: Person) -> None:
    person.touch("tile", "come-back")
    touch_pictures(person, A_SECRET.pictures)
    person.touch("key", "3")


PLACES = (at_given, at_pictures, at_digits)


@pytest.mark.parametrize("there", PLACES)
def test_stop_wipes_a_code_from_every_page(there: Callable[[Person], None]) -> None:
    person = somebody()
    there(person)
    assert holds_a_code(person.turn)
    person.touch("stop")
    assert person.turn.sitting == wiped()
    assert not holds_a_code(person.turn)


@pytest.mark.parametrize("there", PLACES)
def test_a_page_with_a_code_left_alone_is_wiped_after_two_and_a_half_minutes(there: Callable[[Person], None]) -> None:
    person = somebody()
    there(person)
    before = person.sees
    person.turn.idle(119)
    assert person.sees == before
    person.turn.idle(120)
    assert person.screen == "warning"
    person.touch("yes")
    assert person.sees == before
    person.turn.idle(0)
    person.turn.idle(150)
    assert person.screen == "welcome"
    assert not holds_a_code(person.turn)


@pytest.mark.parametrize("there", PLACES)
def test_the_largest_size_has_twice_as_long(there: Callable[[Person], None]) -> None:
    person = somebody()
    there(person)
    assert patience(person.turn.sitting) == Patience(120, 30)
    assert patience(replace(person.turn.sitting, scale=150)) == Patience(240, 60)


@pytest.mark.parametrize("there", PLACES)
def test_help_and_another_language_come_back_to_the_code_as_it_stood(there: Callable[[Person], None]) -> None:
    person = somebody()
    there(person)
    before = person.sees
    person.touch("help")
    person.touch("back")
    assert person.sees == before
    person.touch("language")
    person.touch("tile", "cy")
    assert type(person.sees) is type(before)
    assert person.sees.title.tag == "cy"
    person.touch("language")
    person.touch("tile", "en")
    assert person.sees == before


def test_the_farewell_knows_nothing_of_the_code() -> None:
    person = somebody()
    at_given(person)
    person.touch("onward")
    assert person.screen == "farewell"
    assert not holds_a_code(person.turn)


def test_a_secret_dies_with_the_sheet_that_is_put_down() -> None:
    person = somebody(a_questionnaire([one("q0")], [one("q1")]))
    person.begin()
    assert person.turn.sitting.comeback is not None
    person.touch("back")
    assert person.screen == "before"
    assert not holds_a_code(person.turn)


def test_a_repr_of_a_sitting_shows_no_code() -> None:
    person = somebody()
    at_digits(person)
    assert "(5, 17, 42, 63)" not in repr(person.turn.sitting)
    person = somebody()
    at_given(person)
    shown = repr(person.turn.sitting)
    assert person.turn.sitting.comeback is not None
    assert person.turn.sitting.comeback.link not in shown
    assert "0307" not in shown


def test_a_note_alone_in_a_part_is_still_a_stop_to_come_back_to() -> None:
    person = somebody(a_questionnaire([one("q0")], [note("n"), one("q1")]))
    bring(person, comeback.written(A_SECRET, 1, FORM))
    assert person.turn.sitting.module == ModuleName("m2")
    assert person.sees.prompt.text == "Question n?"
