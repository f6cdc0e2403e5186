"""What every other screen shows, and what each touch on it means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.presenters.page import Block, cut
from kiosk.presenters.pin import PinView
from kiosk.presenters.room import Room
from kiosk.presenters.shown import Said
from models.errors import VaultFullError
from models.questionnaire import Purpose
from models.record import read_record
from tests.builders_kiosk import AR, CY, a_notice, a_place, a_questionnaire, a_shelf, note, number, one, several
from tests.kiosk.doors import LANGUAGES, PIN, FakeDoors, MemoryShelf, Person


def somebody(shelf: MemoryShelf | None, tag: str | None = "en") -> Person:
    person = Person(FakeDoors(shelf))
    if tag is not None:
        person.touch("tile", tag)
    return person


def tiles(person: Person) -> list[str]:
    return [tile.key for tile in person.sees.tiles]


# Welcome


def test_welcome_shows_each_language_in_its_own_name_in_the_places_order() -> None:
    view = somebody(a_shelf(place=a_place("cy", "en", "ar")), None).sees
    assert [(tile.key, tile.words.text, tile.words.direction) for tile in view.tiles] == [
        ("cy", "Cymraeg", "ltr"),
        ("en", "English", "ltr"),
        ("ar", "العربية", "rtl"),
    ]
    assert view.title.tag == "cy"
    assert view.look.direction == "ltr"


def test_a_language_that_nobody_checked_carries_a_mark_in_its_own_words() -> None:
    marks = {tile.key: tile.small for tile in somebody(a_shelf(), None).sees.tiles}
    assert marks["en"] is None
    assert marks["ar"] is not None
    assert marks["ar"].tag == "ar"


def test_before_the_first_delivery_the_kiosks_own_languages_are_shown_and_nothing_is_open() -> None:
    person = somebody(None, None)
    assert tiles(person) == list(LANGUAGES[: Room().languages])
    person.touch("tile", "en")
    assert tiles(person) == []
    assert person.sees.title.text == "Nothing is open today."


def test_a_language_in_which_the_kiosk_cannot_speak_is_not_offered() -> None:
    person = somebody(a_shelf(place=a_place("xx", "pl")), None)
    assert tiles(person) == ["pl"]
    before = person.sees
    assert person.touch("tile", "xx") == before


def test_more_than_six_languages_turn_into_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    doors = FakeDoors(None)
    many = tuple(replace(doors.languages()[0], tag=f"x{at}") for at in range(8))
    monkeypatch.setattr(doors, "languages", lambda: many)
    person = Person(doors)
    assert len(tiles(person)) == 6
    assert person.sees.more is not None
    person.touch("more")
    assert tiles(person) == ["x6", "x7"]
    person.touch("more")
    assert len(tiles(person)) == 6


def test_an_office_has_a_voice_too() -> None:
    assert somebody(a_shelf(place=a_place(kind="office")), None).sees.title.text == "Your voice here"


# Home and the list of what is open


SURVEY = a_questionnaire([one("q1")])
SUGGESTION = a_questionnaire([one("q1")], purpose=Purpose.SUGGESTION)
SHOUT_OUT = a_questionnaire([one("q1")], purpose=Purpose.SHOUT_OUT)


@pytest.mark.parametrize(
    ("shelf", "expected"),
    [
        (a_shelf(), []),
        (a_shelf(SURVEY), ["take-part"]),
        (a_shelf(SUGGESTION), ["suggest", "board"]),  # who has a reply code looks there
        (a_shelf(SHOUT_OUT), ["thank"]),
        (a_shelf(notices=[a_notice("n")]), ["board"]),
        (a_shelf(SURVEY, SUGGESTION, SHOUT_OUT, notices=[a_notice("n")]), ["take-part", "suggest", "board", "thank"]),
    ],
)
def test_home_shows_only_what_is_open(shelf: MemoryShelf, expected: list[str]) -> None:
    assert tiles(somebody(shelf)) == expected


def test_one_open_consultation_is_entered_at_once() -> None:
    for tile in ("take-part", "suggest", "thank"):
        person = somebody(a_shelf(SURVEY, SUGGESTION, SHOUT_OUT))
        person.touch("tile", tile)
        assert person.screen == "before"
        person.touch("back")
        assert person.screen == "home"


def test_two_open_consultations_are_listed_with_their_minutes() -> None:
    person = somebody(a_shelf(SURVEY, SURVEY), "cy")
    view = person.begin()
    assert person.screen == "consultations"
    assert [(tile.key, tile.words.text) for tile in view.tiles] == [
        ("c0", "cy About the wing"),
        ("c1", "cy About the wing"),
    ]
    assert view.tiles[0].small.text == "Munudau, tua: 2"
    before = person.sees
    assert person.touch("tile", "c9") == before
    person.touch("tile", "c1")
    assert person.screen == "before"
    person.touch("back")
    assert person.sees == before
    person.touch("back")
    assert person.screen == "home"


def test_six_open_consultations_turn_into_pages() -> None:
    person = somebody(a_shelf(*[SURVEY] * 6))
    person.begin()
    assert tiles(person) == ["c0", "c1", "c2", "c3", "c4"]
    person.touch("more")
    assert tiles(person) == ["c5"]


def test_a_tile_that_is_not_at_home_does_nothing() -> None:
    person = somebody(a_shelf(SURVEY))
    before = person.sees
    for key in ("suggest", "thank", "council"):
        assert person.touch("tile", key) == before


# Review, between, farewell


def test_the_review_shows_answers_in_words_four_a_page() -> None:
    person = somebody(a_shelf(a_questionnaire([note("i"), *(one(f"q{at}") for at in range(5)), number("n")])))
    person.begin()
    person.touch("onward")
    person.touch("tile", "yes")
    person.touch("onward")
    for _ in range(5):
        person.touch("skip")
    view = person.sees
    assert person.screen == "review"
    assert [line.answer.text for line in view.lines] == ["Yes", *["I would rather not say"] * 3]
    assert (view.page, view.pages) == (0, 2)
    person.touch("more")
    assert [line.answer.text for line in person.sees.lines] == ["I would rather not say", "No answer"]


@pytest.mark.parametrize(("tag", "comma"), [("en", ", "), ("ar", "، ")])
def test_answers_stand_side_by_side_with_the_comma_of_their_language(tag: str, comma: str) -> None:
    asked = a_questionnaire([several("q1")])
    asked = replace(asked, words={**asked.words, AR: asked.words[CY]})
    person = somebody(a_shelf(asked), tag)
    person.begin()
    first, second = [tile.words.text for tile in person.sees.answer.tiles[:2]]
    person.touch("tile", person.sees.answer.tiles[0].key)
    person.touch("tile", person.sees.answer.tiles[1].key)
    person.touch("onward")
    assert person.sees.lines[0].answer.text == f"{first}{comma}{second}"


def test_a_line_of_the_review_leads_to_its_question_and_back() -> None:
    person = somebody(a_shelf(a_questionnaire([one("q1"), one("q2")])))
    person.begin()
    person.touch("skip")
    person.touch("skip")
    person.touch("line", "m1/q1")
    assert person.sees.prompt.text == "Question q1?"
    person.touch("tile", "no")
    person.touch("onward")
    assert person.sees.lines[0].answer.text == "No"
    before = person.sees
    assert person.touch("line", "m1/q9") == before
    person.touch("back")
    assert person.sees.prompt.text == "Question q2?"


def in_parts(count: int) -> Person:
    person = somebody(a_shelf(a_questionnaire(*([one(f"q{at}")] for at in range(count)))))
    person.begin()
    return person


def hand_in(person: Person) -> None:
    person.touch("skip")
    person.touch("onward")


def test_between_two_parts_one_may_go_on() -> None:
    person = in_parts(2)
    hand_in(person)
    assert person.screen == "between"
    assert person.sees.title.text == "Part 1 is handed in. Thank you."
    person.touch("go_on")
    assert person.sees.prompt.text == "Question q1?"
    hand_in(person)
    assert person.screen == "farewell"
    assert [read_record(record.body).module for record in person.doors.records] == ["m1", "m2"]


def test_between_two_parts_one_may_leave_and_only_the_first_is_handed_in() -> None:
    person = in_parts(2)
    hand_in(person)
    person.touch("leave")
    assert person.screen == "comeback_given"
    person.touch("onward")
    assert person.screen == "farewell"
    assert len(person.doors.records) == 1


def test_what_is_handed_in_cannot_be_gone_back_to() -> None:
    person = in_parts(2)
    hand_in(person)
    assert person.sees.bars.back is None
    person.touch("go_on")
    person.touch("back")
    assert person.screen == "between"


def test_the_farewell_says_who_reads_and_when_and_offers_help_to_everyone() -> None:
    person = in_parts(1)
    hand_in(person)
    view = person.sees
    words = " ".join(said.text for said in view.body)
    assert "the safety team" in words
    assert "14 January 2027" in words
    assert view.bars.help is not None
    person.touch("help")
    assert person.screen == "help"
    person.touch("back")
    assert person.sees == view


def test_from_the_farewell_one_may_go_home_or_finish() -> None:
    person = in_parts(1)
    hand_in(person)
    person.touch("home")
    assert person.screen == "home"
    person = in_parts(1)
    hand_in(person)
    person.touch("finish")
    assert person.screen == "welcome"


def test_a_suggestion_is_marked_anonymous() -> None:
    person = somebody(a_shelf(SUGGESTION))
    person.begin("suggest")
    person.touch("skip")
    person.touch("tile", "anonymous")
    person.touch("onward")
    record = person.doors.records[0]
    assert (record.purpose, read_record(record.body).mode) == (Purpose.SUGGESTION, "anonymous")


# Noticeboard, pages, help


def test_the_noticeboard_is_newest_first_four_a_page() -> None:
    person = somebody(a_shelf(notices=[a_notice(f"n{day}", day) for day in range(1, 6)]), "cy")
    view = person.touch("tile", "board")
    assert [tile.key for tile in view.tiles] == ["n5", "n4", "n3", "n2"]
    assert view.tiles[0].words.text == "Teitl n5"
    assert view.tiles[0].small.text == "Beth sydd wedi newid"
    person.touch("more")
    assert tiles(person) == ["n1"]
    person.touch("back")
    assert person.screen == "home"


def test_a_notice_says_what_was_said_and_what_was_done() -> None:
    person = somebody(a_shelf(notices=[a_notice("n1")]))
    person.touch("tile", "board")
    view = person.touch("tile", "n1")
    blocks = [(block.head and block.head.text, block.body.text) for block in view.blocks]
    assert blocks == [
        ("You said", "The showers are cold."),
        ("We did", "We mended the boiler."),
        (None, "The showers are warm again."),
        (None, "From: the works manager, 1 November 2026"),
    ]
    assert view.more is None
    person.touch("back")
    assert person.screen == "board"


def test_what_was_done_is_not_said_twice() -> None:
    reply = a_notice("n1")
    person = somebody(a_shelf(notices=[replace(reply, body=reply.did)]))
    person.touch("tile", "board")
    assert [block.body.text for block in person.touch("tile", "n1").blocks][:2] == [
        "The showers are cold.",
        "We mended the boiler.",
    ]
    assert len(person.sees.blocks) == 3


def test_a_long_notice_is_cut_between_sentences_and_loses_none() -> None:
    body = " ".join(f"This is sentence number {at} of a long notice." for at in range(40))
    person = somebody(a_shelf(notices=[a_notice("n1", body=body)]))
    person.touch("tile", "board")
    view = person.touch("tile", "n1")
    read = []
    for _ in range(view.pages):
        blocks = person.sees.blocks
        assert sum(len(block.body.text) for block in blocks) <= Room().letters
        read += [block.body.text for block in blocks]
        person.touch("more")
    assert body in " ".join(read)
    assert person.sees == view


def test_the_heads_of_a_page_take_room_from_its_words() -> None:
    body = Said("Many of us said phones were broken", "en", "ltr")
    turn = Person(FakeDoors(a_shelf())).turn
    turn.move(replace(turn.sitting, scale=150))
    heads = (None, Said("You said", "en", "ltr"))
    assert [[len(page) for page in cut(turn, [Block(head, body)] * 4)] for head in heads] == [[4], [3, 1]]


def test_help_shows_the_helpers_of_the_place_three_a_page() -> None:
    person = somebody(a_shelf(place=a_place(helpers=5)))
    view = person.touch("help")
    assert [line.words.text for line in view.lines] == [f"Listener {at}" for at in range(3)]
    assert view.bars.help is None
    person.touch("more")
    view = person.touch("tile", "4")
    assert (view.title.text, view.picture) == ("Listener 4", "who-can-help")
    person.touch("back")
    person.touch("back")
    assert person.screen == "home"


def test_there_is_always_somebody_who_can_help() -> None:
    for shelf in (None, a_shelf(place=a_place(helpers=0))):
        person = somebody(shelf)
        view = person.touch("help")
        assert [line.words.text for line in view.lines] == ["Any member of staff"]
        assert person.touch("tile", "") == view


# Staff


def at_the_pin(doors: FakeDoors | None = None) -> Person:
    person = Person(doors or FakeDoors(a_shelf()))
    person.touch("logo_held")
    return person


def enter(person: Person, digits: str) -> None:
    for digit in digits:
        person.touch("key", digit)
    person.touch("onward")


def pin_view(person: Person) -> PinView:
    assert isinstance(person.sees, PinView)
    return person.sees


def test_the_pin_pad_shuffles_its_digits_and_shows_dots_only() -> None:
    person = at_the_pin()
    assert [[key.key for key in row] for row in pin_view(person).rows] == [
        ["3", "8", "1"],
        ["6", "4", "0"],
        ["9", "7", "2"],
        ["", "5", "delete"],
    ]
    person.touch("key", "4")
    person.touch("key", "x")
    person.touch("key", "9")
    assert pin_view(person).dots == 2
    person.touch("key", "delete")
    assert pin_view(person).dots == 1
    person.touch("back")
    assert person.screen == "welcome"


@pytest.mark.parametrize(
    ("wait_s", "words"),
    [
        (0, "That PIN is not right. Try again."),
        (30, "That PIN is not right. Seconds to wait: 30."),
        (60, "That PIN is not right. Minutes to wait: 1."),
        (90, "That PIN is not right. Minutes to wait: 2."),
        (3600, "That PIN is not right. Minutes to wait: 60."),
    ],
)
def test_a_wrong_pin_says_how_long_to_wait_and_starts_anew(wait_s: int, words: str) -> None:
    person = at_the_pin(FakeDoors(a_shelf(), wait_s=wait_s))
    enter(person, "1234567890")
    trouble = pin_view(person).trouble
    assert trouble is not None
    assert (trouble.text, pin_view(person).dots) == (words, 0)
    person.touch("key", "1")
    assert pin_view(person).trouble is None


def test_too_short_a_pin_is_not_tried() -> None:
    person = at_the_pin(FakeDoors(a_shelf(), wait_s=60))
    enter(person, PIN[:9])
    trouble = pin_view(person).trouble
    assert trouble is not None
    assert trouble.text == "The PIN has at least 10 digits."


def test_no_more_than_twenty_digits_are_taken() -> None:
    person = at_the_pin()
    for _ in range(25):
        person.touch("key", "1")
    assert pin_view(person).dots == 20


def test_out_of_service_lets_staff_in_and_back() -> None:
    person = Person(FakeDoors(a_shelf()))
    person.turn.fail(VaultFullError())
    out = person.sees
    assert out.number == "404"
    person.touch("logo_held")
    assert person.screen == "pin"
    person.touch("back")
    assert person.sees == out
