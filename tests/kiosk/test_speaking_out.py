"""Words of one's own: how they are given, what is said before, and what follows when they tell of danger."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.places import AtQuestion, HelpNow, NamesFound
from kiosk.presenters.announce import AnnounceView
from kiosk.presenters.help import HelpView
from kiosk.presenters.help_now import HelpNowView
from kiosk.presenters.mode import ModeView
from kiosk.presenters.names_found import NamesFoundView
from kiosk.presenters.question import QuestionView, TextPad
from kiosk.sitting import wiped
from models.errors import VaultFullError
from models.questionnaire import Purpose, Question, WordsKey
from models.record import read_record
from tests.builders_kiosk import a_place, a_questionnaire, a_shelf, one, text
from tests.kiosk.doors import FakeDoors, Person

HARMLESS = "More fruit at breakfast please"
DANGER = "I want to die tonight"
ALLEGATION = "An officer swears at us every day"
HURT_BY_STAFF = "I want to die, officers are beating me"
NAMED = "A1234BC said it is too loud"
TEXT = "m1/t"
RISK_TEXTS = Path(__file__).parents[1] / "models" / "risk_texts"
TILES = {Purpose.SUGGESTION: "suggest", Purpose.SIGN_UP: "sign-up"}


def somebody(
    *questions: Question,
    purpose: Purpose = Purpose.SUGGESTION,
    tag: str = "en",
    parts: int = 1,
    patient: bool = False,
    **place: Any,  # noqa: ANN401 - as a_place takes it
) -> Person:
    """Return somebody who began a suggestion, or something else."""
    asked = [list(questions or (one("q1"), text("t"))), *([[one("last")]] if parts > 1 else [])]
    shelf = a_shelf(a_questionnaire(*asked, purpose=purpose), place=a_place(**place))
    person = Person(FakeDoors(shelf, patient=patient))
    person.touch("tile", tag)
    person.begin(TILES.get(purpose, "take-part"))
    return person


def at_the_box(mode: str = "anonymous", **how: Any) -> Person:  # noqa: ANN401 - as somebody takes it
    person = somebody(**how)
    person.touch("skip")
    if person.screen == "mode":
        person.touch("tile", mode)
    person.understand()
    return person


def write(person: Person, words: str) -> None:
    for letter in words:
        person.touch("key", "space" if letter == " " else "numbers" if letter == "#" else letter)


def hand_in(words: str, **how: Any) -> Person:  # noqa: ANN401 - as somebody takes it
    """Write these words, and touch Hand in."""
    person = at_the_box(**how)
    sitting = person.turn.sitting
    assert isinstance(sitting.place, AtQuestion)
    assert sitting.sheet is not None
    person.turn.move(replace(sitting, sheet=sitting.sheet.accept(sitting.place.path, words)))
    person.touch("onward")
    assert person.screen == "review"
    person.touch("onward")
    return person


def handed_in(person: Person) -> str:
    (record,) = person.doors.records
    return read_record(record.body).answers[TEXT]  # type: ignore[index]


# How it is given.


def test_how_a_suggestion_is_given_is_chosen_after_the_closed_questions_and_before_any_typing() -> None:
    person = somebody()
    view = person.touch("skip")
    assert isinstance(view, ModeView)
    assert [line.key for line in view.lines] == ["anonymous", "code"]
    person.touch("tile", "code")
    assert person.screen == "announce"
    person.understand()
    assert person.turn.sitting.mode == "code"


def test_back_asks_again_how_it_is_given() -> None:
    person = somebody()
    person.touch("skip")
    person.touch("tile", "code")
    assert person.touch("back").title.text == "Do you want an answer for you alone?"
    person.touch("tile", "anonymous")
    person.understand()
    write(person, "Hi")
    assert isinstance(person.touch("back"), ModeView)
    person.touch("tile", "anonymous")
    view = person.sees
    assert isinstance(view, QuestionView)
    assert isinstance(view.answer, TextPad)
    assert view.answer.typed == "Hi"
    person.touch("back")
    assert person.touch("back").prompt.text == "Question q1?"


def test_a_suggestion_without_a_text_box_is_asked_before_its_review() -> None:
    for person in (somebody(one("q1")), somebody(queue=False)):
        assert isinstance(person.touch("skip"), ModeView)
        assert person.touch("tile", "anonymous").title.text == "These are your answers"
        assert isinstance(person.touch("back"), ModeView)
        assert person.touch("back").prompt.text == "Question q1?"


def test_nothing_but_a_suggestion_asks_how_it_is_given() -> None:
    person = somebody(purpose=Purpose.SURVEY)
    assert isinstance(person.touch("skip"), AnnounceView)


def test_a_way_that_is_not_offered_cannot_be_chosen() -> None:
    person = somebody()
    before = person.touch("skip")
    for key in ("named", "", "x"):
        assert person.touch("tile", key) == before


def test_a_touch_for_what_stands_below_does_nothing() -> None:
    person = somebody()
    for _ in range(2):
        before = person.touch("skip") if person.screen == "question" else person.touch("tile", "anonymous")
        question: Any = person.turn.presenters["question"]
        for touch, what in (("key", ("a",)), ("onward", ()), ("back", ()), ("tell", ()), ("more", ())):
            getattr(question, f"touch_{touch}")(*what)
            assert person.sees == before


def test_with_a_code_words_are_looked_at_when_hand_in_is_touched_and_not_before() -> None:
    person = hand_in(DANGER, mode="code")
    assert (person.screen, person.doors.alerts) == ("comeback_given", [])
    person.touch("onward")
    assert (person.screen, person.doors.alerts) == ("help_now", ["wing"])
    assert person.turn.sitting.reply is None
    read = read_record(person.doors.records[0].body)
    assert (read.mode, read.reply is not None) == ("code", True)


def test_with_a_code_a_name_is_asked_about_after_it_and_back_shows_it_again() -> None:
    person = hand_in(NAMED, mode="code")
    code = person.sees
    person.touch("onward")
    assert person.screen == "names_found"
    assert person.touch("back") == code
    person.touch("onward")
    person.touch("leave_it")
    assert read_record(person.doors.records[0].body).mode == "code"


# What is said before.


def words_of(view: AnnounceView) -> str:
    return " ".join(f"{block.head.text if block.head else ''} {block.body.text}".strip() for block in view.blocks)


def announced(**how: Any) -> AnnounceView:  # noqa: ANN401 - as somebody takes it
    view = somebody(text("t"), purpose=how.pop("purpose", Purpose.SURVEY), **how).sees
    assert isinstance(view, AnnounceView)
    return view


def test_before_typing_one_is_told_who_reads_it_and_when_and_whom_to_tell() -> None:
    view = announced()
    assert view.title.text == "Question t?"
    assert words_of(view) == (
        "In danger now? Press your cell bell, or tell any officer. Or ask for a Listener. "
        "Nobody reads this today. It is read by: the safety team. Longest wait in days: 28. "
        "We do not know who you are. "
        "This is a demonstration. No staff are told anything."
    )
    assert view.bars.help is not None


def test_in_an_office_other_people_are_named() -> None:
    said = words_of(announced(kind="office"))
    assert "Tell the duty officer, or call 999. Samaritans: call 116 123." in said
    assert "cell" not in said


def test_who_signs_up_with_a_name_is_not_told_that_nobody_knows_them() -> None:
    assert "We do not know who you are." not in words_of(announced(purpose=Purpose.SIGN_UP))


def test_what_the_author_says_of_a_box_stands_first_and_can_be_told_again() -> None:
    asked = replace(text("t"), hint=WordsKey("t:q1"))
    person = somebody(asked, one("q1"), purpose=Purpose.SURVEY)
    assert person.sees.blocks[0].body.text == "Question q1?"
    view = person.understand()
    assert view.hint is None
    assert view.tell is not None
    assert person.touch("tell").hint.text == "Question q1?"


def test_it_cannot_be_passed_before_it_has_stood_for_three_seconds() -> None:
    person = somebody(text("t"), purpose=Purpose.SURVEY)
    before = person.sees
    assert (before.bars.onward, before.bars.skip) == (None, None)
    for seconds in (0.5, 1.0, 2.9):
        person.turn.idle(seconds)
        assert person.touch("onward") == before
        assert person.touch("skip") == before
    person.turn.idle(3.0)
    assert person.sees.bars.onward.text == "I understand"
    assert person.sees.bars.skip.text == "No text"
    person.touch("onward")
    assert isinstance(person.sees.answer, TextPad)


def test_larger_words_take_more_pages_and_all_of_them_are_seen_before_the_box_opens() -> None:
    person = somebody(text("t"), purpose=Purpose.SURVEY)
    person.turn.move(replace(person.turn.sitting, scale=150))
    whole = ""
    person.turn.idle(3)
    for _ in range(9):
        whole += " " + words_of(person.sees)
        if person.sees.bars.onward is not None:
            break
        person.touch("more")
    assert words_of(announced()) == whole.strip()
    person.touch("onward")
    assert isinstance(person.sees.answer, TextPad)


def test_touching_it_does_not_make_it_stand_longer() -> None:
    person = somebody(text("t"), purpose=Purpose.SURVEY)
    for tenths in range(0, 30, 5):  # a touch every half second, and the page still there
        person.turn.idle(0.1, tenths / 10)
    assert person.sees.bars.onward is None
    person.turn.idle(0.1, 3.0)
    assert person.sees.bars.onward is not None


def test_without_words_one_goes_on_by_one_touch() -> None:
    person = somebody(text("t"), purpose=Purpose.SURVEY)
    person.turn.idle(3)
    person.touch("skip")
    assert person.screen == "review"


def test_it_is_said_once_however_often_one_goes_back_and_forth() -> None:
    person = somebody(one("q1"), text("t"), text("u"), purpose=Purpose.SURVEY)
    person.touch("skip")
    person.understand()
    person.touch("back")
    assert isinstance(person.touch("skip").answer, TextPad)
    assert isinstance(person.touch("skip").answer, TextPad)


def test_it_is_said_again_to_the_next_person() -> None:
    person = at_the_box()
    person.touch("stop")
    person.touch("tile", "en")
    person.begin("suggest")
    person.touch("skip")
    person.touch("tile", "anonymous")
    assert isinstance(person.sees, AnnounceView)


# Words of risk.


@pytest.mark.parametrize("words", [HARMLESS, ALLEGATION])
def test_words_without_danger_are_handed_in_and_raise_nothing(words: str) -> None:
    person = hand_in(words)
    assert person.screen == "farewell"
    assert handed_in(person) == words
    assert person.doors.alerts == []


@pytest.mark.parametrize("tag", [path.stem for path in sorted(RISK_TEXTS.glob("*.toml"))])
def test_in_every_language_danger_is_met_and_an_allegation_tells_the_wing_nothing(tag: str) -> None:
    texts = tomllib.loads((RISK_TEXTS / f"{tag}.toml").read_text(encoding="utf-8"))
    for words in texts["danger"][:6]:
        assert len(hand_in(words).doors.alerts) == 1, words
    for words in texts["staff"]:
        assert "wing" not in hand_in(words).doors.alerts, words


@pytest.mark.parametrize(("words", "queue"), [(DANGER, "wing"), (HURT_BY_STAFF, "duty-governor")])
def test_danger_shows_who_can_help_and_tells_one_queue_where_and_when(words: str, queue: str) -> None:
    person = hand_in(words)
    assert isinstance(person.sees, HelpNowView)
    assert handed_in(person) == words
    assert person.doors.alerts == [queue]


def leave_by_stop(person: Person) -> None:
    person.touch("stop")


def leave_by_time(person: Person) -> None:
    person.turn.idle(179.9)
    assert person.screen == "help_now"
    person.turn.idle(180)


def leave_by_help(person: Person) -> None:
    person.touch("tile", "get-help")
    assert isinstance(person.sees, HelpView)
    person.turn.idle(180)


def leave_by_telling(person: Person) -> None:
    assert "Say: I wrote on the kiosk." in " ".join(b.body.text for b in person.touch("tile", "tell-staff").blocks)
    person.touch("stop")


def leave_by_going_on(person: Person) -> None:
    person.touch("tile", "as-it-is")
    assert person.screen == "farewell"
    person.touch("finish")


def leave_by_back(person: Person) -> None:
    person.touch("back")
    assert person.screen == "farewell"
    person.turn.idle(20)


LEAVING = [leave_by_stop, leave_by_time, leave_by_help, leave_by_telling, leave_by_going_on, leave_by_back]


@pytest.mark.parametrize("leave", LEAVING)
def test_whichever_way_one_leaves_it_is_the_same_record_and_the_same_alert(leave: Callable[[Person], None]) -> None:
    person = hand_in(DANGER)
    leave(person)
    assert person.screen == "welcome"
    assert person.turn.sitting == wiped()
    assert handed_in(person) == DANGER
    assert person.doors.alerts == ["wing"]


def test_the_record_is_given_to_be_sealed_and_the_alert_sent_before_help_is_shown() -> None:
    person = hand_in(DANGER, patient=True)
    assert person.sees.handing_in
    assert (len(person.doors.records), person.doors.alerts) == (1, ["wing"])
    for verb in ("stop", "back", "onward", "help"):
        person.touch(verb)
    person.doors.come_back()
    assert person.screen == "help_now"
    assert (len(person.doors.records), person.doors.alerts) == (1, ["wing"])


def test_nothing_of_what_was_written_is_left_while_help_is_shown() -> None:
    sitting = hand_in(DANGER).turn.sitting
    assert (sitting.sheet, sitting.opened, sitting.mode) == (None, None, None)


def test_a_store_that_fails_does_not_keep_the_alert_back() -> None:
    person = at_the_box()
    write(person, "I want to die")
    person.touch("onward")
    person.doors.error = VaultFullError()
    person.touch("onward")
    assert person.screen == "out_of_service"
    assert person.doors.alerts == ["wing"]


def test_no_alert_goes_out_where_no_queue_is_declared() -> None:
    person = at_the_box()
    write(person, "I want to die")
    shelf = person.turn.sitting.shelf
    assert shelf is not None
    assert shelf.place is not None
    person.touch("onward")
    bare = replace(shelf, place=replace(shelf.place, queue=None))  # type: ignore[type-var]
    person.turn.move(replace(person.turn.sitting, shelf=bare))
    person.touch("onward")
    assert person.doors.alerts == []


def test_after_a_part_that_told_of_danger_the_next_part_waits_as_usual() -> None:
    person = hand_in(DANGER, parts=2, purpose=Purpose.SURVEY)
    person.touch("tile", "as-it-is")
    assert person.screen == "between"


def test_it_looks_like_who_can_help_and_comes_back_from_there() -> None:
    person = hand_in(DANGER)
    now = person.sees
    person.touch("tile", "get-help")
    assert (person.sees.title, person.sees.bars) == (now.title, now.bars)
    assert person.touch("back") == now


# Names and numbers.


def test_a_number_is_asked_about_and_can_be_taken_out() -> None:
    person = hand_in(NAMED)
    assert isinstance(person.sees, NamesFoundView)
    assert person.doors.records == []
    assert "A1234BC" not in str(person.sees)
    view = person.touch("take_out")
    assert view.answer.typed == NAMED
    for _ in range(len(NAMED)):
        person.touch("key", "delete")
    write(person, "Loud")
    person.touch("onward")
    person.touch("onward")
    assert handed_in(person) == "Loud"
    assert person.screen == "farewell"


def test_a_number_may_stay() -> None:
    person = hand_in(NAMED)
    person.touch("leave_it")
    assert handed_in(person) == NAMED


def test_back_from_there_shows_the_answers_again() -> None:
    person = hand_in(NAMED)
    person.touch("back")
    assert person.screen == "review"
    assert person.doors.records == []


@pytest.mark.parametrize("way", ["", "help", "language"])
def test_who_goes_away_from_there_has_handed_in(way: str) -> None:
    person = hand_in(NAMED)
    if way:
        person.touch(way)
    person.turn.idle(59.9)
    assert person.doors.records == []
    person.turn.idle(60)
    assert handed_in(person) == NAMED
    assert person.screen == "farewell"
    assert person.turn.sitting.behind == ()


def test_words_that_another_language_closes_are_not_gone_back_to() -> None:
    person = hand_in(NAMED)
    person.touch("language")
    person.touch("tile", "cy")
    assert person.screen == "names_found"
    person.touch("take_out")
    assert person.screen == "review"


def test_stop_there_hands_nothing_in() -> None:
    person = hand_in(NAMED)
    person.touch("stop")
    assert person.doors.records == []
    assert person.turn.sitting == wiped()


def test_where_danger_is_nobody_is_asked_about_names() -> None:
    person = hand_in(f"{NAMED} and I want to die")
    assert person.screen == "help_now"


def test_who_signs_up_gives_a_name_and_is_not_asked_about_it() -> None:
    person = hand_in(NAMED, purpose=Purpose.SIGN_UP)
    assert person.screen == "farewell"


def test_the_places_hold_nothing_of_what_was_written() -> None:
    assert NamesFound() == NamesFound()
    assert HelpNow() == HelpNow()
    assert not NamesFound.__slots__
    assert not HelpNow.__slots__


# Who can help.


def test_who_can_help_is_offered_to_everyone_at_the_end() -> None:
    for words in (HARMLESS, DANGER, ALLEGATION):
        person = hand_in(words)
        if person.screen == "help_now":
            person.touch("tile", "as-it-is")
        assert person.sees.body[-1].text == "Worried about something? Touch Who can help."
        assert isinstance(person.touch("help"), HelpView)
