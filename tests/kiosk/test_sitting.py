"""One turn as a value: where every step leads, and how long each place waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from kiosk.patience import Asking, Calm, Over, Patience, patience, stage
from kiosk.places import (
    AtQuestion,
    Between,
    Board,
    Consultations,
    Farewell,
    Help,
    Home,
    Opening,
    OutOfService,
    Pin,
    Place,
    Review,
    Service,
    ServicePart,
    Welcome,
)
from kiosk.sitting import Sitting, aside, farewell, goes, sheet_of, wiped
from kiosk.walking import (
    back_again,
    backward,
    enter,
    finished,
    handed_in,
    in_language,
    next_part,
    onward,
    put_down,
    take_up,
    walk,
)
from models.questionnaire import Path, Purpose, Questionnaire
from tests.builders_kiosk import (
    AR,
    CY,
    EN,
    a_place,
    a_questionnaire,
    a_shelf,
    note,
    number,
    one,
    text,
)

TODAY = date(2026, 11, 22)


def begun(form: Questionnaire) -> Sitting:
    shelf = a_shelf(form)
    return take_up(in_language(wiped(), EN, "ltr", shelf), shelf.consultations[0], TODAY, 1)


def answered(sitting: Sitting, path: str, value: str) -> Sitting:
    return replace(sitting, sheet=sheet_of(sitting).accept(Path(path), value))


def at(path: str) -> AtQuestion:
    return AtQuestion(Path(path))


def test_a_turn_begins_with_a_language_at_home() -> None:
    sitting = in_language(wiped(), CY, "ltr", None)
    assert (sitting.place, sitting.language, sitting.sheet) == (Home(), CY, None)


def test_a_consultation_is_walked_in_order_to_its_review() -> None:
    sitting = begun(a_questionnaire([note("n"), one("q1"), one("q2")]))
    places = [sitting.place]
    while not isinstance(sitting.place, Review):
        sitting = onward(sitting)
        places.append(sitting.place)
    assert places == [at("m1/n"), at("m1/q1"), at("m1/q2"), Review()]


def test_going_back_keeps_the_answers() -> None:
    sitting = onward(answered(begun(a_questionnaire([one("q1"), one("q2")])), "m1/q1", "yes"))
    back = backward(sitting)
    assert back.place == at("m1/q1")
    assert sheet_of(back).value(Path("m1/q1")) == "yes"


def test_back_from_the_first_question_leads_to_where_one_came_from_with_nothing_kept() -> None:
    shelf = a_shelf(a_questionnaire([one("q1")]))
    listed = goes(in_language(wiped(), EN, "ltr", shelf), Consultations(Purpose.SURVEY))
    back = backward(take_up(listed, shelf.consultations[0], TODAY, 1))
    assert back == listed


def test_practice_comes_first_and_leads_to_the_first_question_that_counts() -> None:
    sitting = begun(a_questionnaire([one("q1")], practice=[one("p1", "plain", "yes")]))
    assert sitting.place == at("practice/p1")
    assert onward(sitting).place == at("m1/q1")
    assert backward(onward(sitting)).place == at("practice/p1")


def test_a_question_visited_from_the_review_leads_back_to_it() -> None:
    sitting = begun(a_questionnaire([one("q1"), one("q2")]))
    visited = goes(sitting, AtQuestion(Path("m1/q1"), to_review=True))
    assert onward(visited).place == Review()
    assert backward(visited).place == Review()


def test_a_part_handed_in_leads_between_and_the_last_to_the_farewell() -> None:
    sitting = begun(a_questionnaire([one("q1")], [one("q2")]))
    between = handed_in(sitting)
    assert between.place == Between()
    module = next_part(between)
    assert module is not None
    second = enter(between, module)
    assert second.place == at("m2/q2")
    assert backward(second).place == Between()
    assert isinstance(handed_in(second).place, Farewell)


def test_the_farewell_keeps_the_language_and_nothing_else() -> None:
    sitting = answered(begun(a_questionnaire([one("q1")])), "m1/q1", "yes")
    left = farewell(sitting)
    assert left == replace(wiped(), place=Farewell("c0"), language=EN, shelf=sitting.shelf)


def test_an_aside_returns_exactly_where_it_left() -> None:
    sitting = begun(a_questionnaire([one("q1"), one("q2")]))
    assert back_again(aside(aside(sitting, Help()), Welcome())).place == Help()
    assert back_again(aside(sitting, Help())) == sitting


def test_another_language_keeps_every_answer_and_the_place() -> None:
    sitting = onward(answered(begun(a_questionnaire([one("q1"), one("q2")])), "m1/q1", "yes"))
    arabic = in_language(aside(sitting, Welcome()), AR, "rtl", None)
    assert (arabic.place, arabic.language, arabic.direction) == (at("m1/q2"), AR, "rtl")
    assert sheet_of(arabic).value(Path("m1/q1")) == "yes"
    assert sheet_of(arabic).language == AR


def test_a_text_box_is_left_out_where_the_language_has_no_reviewed_list() -> None:
    sitting = begun(a_questionnaire([one("q1"), text("t"), one("q2")]))
    assert walk(sitting) == ("m1/q1", "m1/t", "m1/q2")
    assert walk(replace(sitting, language=CY)) == ("m1/q1", "m1/q2")


def test_a_text_box_is_left_out_where_no_queue_is_declared() -> None:
    form = a_questionnaire([one("q1"), text("t")])
    for shelf in (
        a_shelf(form, place=a_place(queue=False)),
        a_shelf(form, texts=False),
        replace(a_shelf(form), place=None),
    ):
        sitting = take_up(in_language(wiped(), EN, "ltr", shelf), shelf.consultations[0], TODAY, 1)
        assert walk(sitting) == ("m1/q1",)


def test_a_change_of_language_at_a_text_box_that_closes_goes_on_to_the_next_question() -> None:
    for last, expected in (([one("q2")], at("m1/q2")), ([], Review())):
        sitting = goes(begun(a_questionnaire([one("q1"), text("t"), *last])), at("m1/t"))
        assert in_language(aside(sitting, Welcome()), CY, "ltr", None).place == expected


def test_a_text_written_in_another_language_is_not_handed_in_unseen() -> None:
    sitting = answered(begun(a_questionnaire([one("q1"), text("t")])), "m1/t", "hello")
    assert finished(sitting).answers == {"m1/q1": "", "m1/t": "hello"}
    welsh = in_language(aside(sitting, Welcome()), CY, "ltr", None)
    assert finished(welsh).answers == {"m1/q1": ""}


def test_a_consultation_that_asks_nothing_here_is_not_begun() -> None:
    shelf = a_shelf(a_questionnaire([text("t")]), texts=False)
    home = in_language(wiped(), EN, "ltr", shelf)
    assert take_up(home, shelf.consultations[0], TODAY, 1) == home


def test_putting_down_leaves_the_turn_as_it_was_before() -> None:
    sitting = answered(begun(a_questionnaire([one("q1")])), "m1/q1", "yes")
    assert put_down(sitting) == in_language(wiped(), EN, "ltr", sitting.shelf)


# Being left alone.


@pytest.mark.parametrize(
    ("idle_s", "expected"), [(0, Calm), (59.9, Calm), (60, Asking), (89.9, Asking), (90, Over), (9_999, Over)]
)
def test_the_stages_of_being_left_alone(idle_s: float, expected: type) -> None:
    assert isinstance(stage(idle_s, Patience(60, 30)), expected)


def test_time_never_goes_back_from_over_to_calm() -> None:
    order = [Calm, Asking, Over]
    stages = [order.index(type(stage(second, Patience(7, 3)))) for second in range(20)]
    assert all(before <= after for before, after in pairwise(stages))


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Home(), Patience(60, 30)),
        (Board(), Patience(60, 30)),
        (Help(), Patience(60, 30)),
        (Farewell("x"), Patience(20, 0)),
        (Pin("0123456789"), Patience(60, 0)),
        (Service(), Patience(60, 0)),
        (ServicePart("send", progress=0.5), Patience(1800, 0)),
        (OutOfService(400), None),
        (Welcome(), None),
        (Review(handing_in=True), Patience(120, 0)),
        (Opening(), Patience(120, 0)),
    ],
)
def test_each_place_has_its_own_patience(place: Place, expected: Patience | None) -> None:
    assert patience(replace(wiped(), place=place)) == expected


def test_welcome_in_the_middle_of_a_turn_does_not_wait_for_ever() -> None:
    assert patience(aside(in_language(wiped(), EN, "ltr", None), Welcome())) == Patience(60, 30)


def test_patience_doubles_while_typing_and_again_at_the_largest_size() -> None:
    sitting = begun(a_questionnaire([one("q1"), number("n"), text("t")]))
    assert patience(sitting) == Patience(60, 30)
    assert patience(goes(sitting, at("m1/n"))) == Patience(120, 60)
    assert patience(goes(sitting, at("m1/t"))) == Patience(120, 60)
    assert patience(replace(goes(sitting, at("m1/t")), scale=150)) == Patience(240, 120)


def test_the_place_says_how_long_it_waits() -> None:
    shelf = a_shelf(place=replace(a_place(), ask_after_s=40, wait_s=10))
    assert patience(in_language(wiped(), EN, "ltr", shelf)) == Patience(40, 10)
