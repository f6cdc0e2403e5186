"""Who may stand on a ballot, and what the close of nominations makes of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest

from models.canonical import LanguageTag, UnreadableContentError
from models.election import nominations as rules
from models.election.call import Call, plan_of, read_call
from models.election.nominations import Nomination, Nominations, Standing
from models.election.standing import Held, read_held, write_held
from models.errors import NominationError, PlanRefusedError

CLOSES: Final = date(2027, 3, 10)
DAY: Final = date(2027, 3, 1)
EN: Final = LanguageTag("en")
PL: Final = LanguageTag("pl")


def a_plan(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a plan has
    return {
        "title": {"en": "Council", "pl": "Rada"},
        "dates": {
            "notice": "2027-02-20",
            "nominations_close": "2027-03-10",
            "poll_opens": "2027-03-20",
            "poll_closes": "2027-03-20",
        },
        "contests": [
            {"title": "Wing representatives", "kind": "rank", "seats": 2},
            {"title": "Parties", "kind": "list", "seats": 3},
            {"title": "Tea?", "kind": "question"},
        ],
        "nominations": {"appeal_to": "the chair of the board"},
    } | more


def a_call(**more: Any) -> Call:  # noqa: ANN401 - whatever a plan has
    return read_call(a_plan(**more))


CALL: Final = a_call()


def a_nomination(number: int = 1, **facts: Any) -> Nomination:  # noqa: ANN401 - any field
    whole = Nomination(
        number=number,
        contest=1,
        name=f"Person {number}",
        symbol=f"code-{('dog', 'fish', 'cow', 'lion')[number % 4]}",
        day=DAY,
        consent=True,
        seconders=("Ann", "Bob"),
        statement={EN: "Hello", PL: "Cześć"},
    )
    return replace(whole, **facts)


def a_party(number: int, *people: str, **facts: Any) -> Nomination:  # noqa: ANN401 - any field
    return a_nomination(number, contest=2, name=f"Party {number}", people=people, **facts)


def standing(*held: Nomination) -> Nominations:
    return tuple(replace(one, standing=Standing.ACCEPTED) for one in held)


def test_a_plan_calls_with_two_seconders_and_in_the_languages_of_its_title() -> None:
    assert (CALL.seconders, CALL.languages, CALL.closes) == (2, (EN, PL), CLOSES)
    assert {number: (one.kind, one.seats) for number, one in CALL.contests.items()} == {
        1: ("rank", 2), 2: ("list", 3), 3: ("question", 1),
    }  # fmt: skip
    assert a_call(nominations={"appeal_to": "x", "seconders": 0, "languages": ["ar"]}).languages == (EN, "ar")


def dated(**days: str) -> dict[str, Any]:
    return {"dates": {key: day for key, day in (a_plan()["dates"] | days).items() if day}}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"nominations": {}}, "appeal_to"),
        ({"nominations": {"appeal_to": " "}}, "appeal_to"),
        ({"nominations": {"appeal_to": "x", "seconders": -1}}, "seconders"),
        ({"nominations": {"appeal_to": "x", "seconders": True}}, "seconders"),
        ({"nominations": {"appeal_to": "x", "languages": "en"}}, "languages"),
        ({"nominations": {"appeal_to": "x", "colour": "red"}}, "colour"),
        ({"nominations": []}, "not an object"),
        ({"title": ""}, "title"),
        ({"contests": []}, "contests"),
        ({"contests": [{"title": "A", "kind": "lottery"}]}, "contest 1"),
        ({"contests": [{"title": "A", "kind": "one", "seats": 0}]}, "contest 1"),
        ({"contests": [{"title": "A", "kind": "one", "candidates": [{"name": "B"}]}]}, "candidates already"),
        (dated(notice="2027-03-07"), "14 days"),
        (dated(nominations_close="2027-03-20"), "close before"),
        (dated(nominations_close=""), "nominations_close"),
        (dated(poll_opens="tomorrow"), "poll_opens"),
        (dated(term_ends="2027-06-19"), "3 to 12 months"),
        (dated(term_ends="2028-03-21"), "3 to 12 months"),
    ],
)
def test_a_plan_that_nobody_can_stand_in_is_refused_and_says_why(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(PlanRefusedError, match=said):
        a_call(**changed)


def test_notice_of_exactly_fourteen_days_is_enough_and_a_missing_day_is_a_warning() -> None:
    assert a_call(**dated(notice="2027-03-06")).warnings == ()
    (warning,) = a_call(**dated(notice="")).warnings
    assert "2027-03-06" in warning
    assert "returning officer" in warning


def test_what_is_left_of_a_term_may_be_short_where_a_seat_is_filled_again() -> None:
    follows = {"appeal_to": "x", "follows": "00" * 16}
    assert a_call(nominations=follows, **dated(term_ends="2027-05-01")).closes == CLOSES


@pytest.mark.parametrize("unverified", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_plan_is_refused(unverified: bytes) -> None:
    with pytest.raises(PlanRefusedError):
        plan_of(unverified)


def test_a_sign_up_becomes_a_nomination_by_the_names_of_its_questions() -> None:
    answers = {
        "contest": "c1", "ballot_name": " Ann  Ash\n", "seconders": "Bo، Cy;  Di\nEd", "statement": " Hi ",
        "symbol": "dog", "consent": "yes",
    }  # fmt: skip
    assert rules.is_form(answers)
    assert not rules.is_form(answers.keys() - {"symbol"})
    made = rules.from_answers(answers, "pl", CALL, 4, DAY)
    assert (made.number, made.contest, made.name, made.symbol) == (4, 1, "Ann Ash", "code-dog")
    assert made.seconders == ("Bo", "Cy", "Di", "Ed")
    assert (dict(made.statement), made.consent, made.day) == ({PL: "Hi"}, True, DAY)
    party = rules.from_answers(answers | {"contest": "c2", "ballot_name": "Families, Al, Bo"}, "en", CALL, 1, DAY)
    assert (party.name, party.people) == ("Families", ("Al", "Bo"))


@pytest.mark.parametrize("answers", [{}, {"contest": "skip", "symbol": "skip", "consent": "skip", "ballot_name": ""}])
def test_a_sign_up_that_says_nothing_is_a_nomination_that_cannot_stand(answers: dict[str, str]) -> None:
    made = rules.from_answers(answers, "en", CALL, 1, DAY)
    assert rules.wrong_in(CALL, made, (made,)) == ("it names no contest that somebody can stand in",)
    assert (made.consent, made.symbol, dict(made.statement)) == (False, "", {})


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"name": ""}, "name is missing"),
        ({"name": "x" * 81}, "longer than 80"),
        ({"consent": False}, "consent is not given"),
        ({"seconders": ("Ann",)}, "1 seconders, 2 are needed"),
        ({"seconders": ("Ann", "ANN ")}, "1 seconders"),
        ({"seconders": ("Ann", "person  1")}, "1 seconders"),
        ({"statement": {EN: "x" * 601, PL: "x"}}, "longer than 600"),
        ({"statement": {EN: "x"}}, "missing in pl"),
        ({"symbol": "code-cow"}, "picture is taken"),
        ({"symbol": "a picture"}, "no such name"),
        ({"name": "PERSON  2"}, "stands on this ballot already"),
        ({"people": ("Al",)}, "a person has no list"),
        ({"contest": 3}, "no contest"),
        ({"contest": 9}, "no contest"),
    ],
)
def test_what_keeps_a_nomination_off_the_ballot_is_said_and_nothing_else(facts: dict[str, Any], said: str) -> None:
    one, other = a_nomination(1, **facts), a_nomination(2)
    among = (one, *standing(other))
    (wrong,) = rules.wrong_in(CALL, one, among)
    assert said in wrong
    with pytest.raises(NominationError, match=said):
        rules.accepted(CALL, among, 1)
    assert rules.wrong_in(CALL, a_nomination(1), (a_nomination(1), *standing(other))) == ()


def test_a_statement_of_600_letters_and_none_at_all_may_stand() -> None:
    for statement in ({EN: "x" * 600, PL: "y" * 600}, {}):
        one = a_nomination(1, statement=statement)
        assert rules.wrong_in(CALL, one, (one,)) == ()


def test_no_seconders_are_needed_where_the_plan_says_none() -> None:
    one = a_nomination(1, seconders=())
    assert rules.wrong_in(a_call(nominations={"appeal_to": "x", "seconders": 0}), one, (one,)) == ()


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ((), "no people"),
        (("Al", "AL"), "twice"),
        (("Al", "Cy"), "another party"),
        (tuple("x" * n for n in range(1, 101)), "too many"),
    ],
)
def test_a_party_has_a_list_of_its_own_people(people: tuple[str, ...], said: str) -> None:
    one = a_party(1, *people)
    (wrong,) = rules.wrong_in(CALL, one, (one, *standing(a_party(2, "Bo", "Cy"))))
    assert said in wrong


def test_a_symbol_and_a_name_are_free_again_once_their_nomination_is_not_on_the_ballot() -> None:
    one, other = a_nomination(1, symbol="code-cow"), a_nomination(5, symbol="code-cow", name="Person 1")
    for was in (Standing.WAITING, Standing.REFUSED, Standing.WITHDRAWN):
        assert rules.wrong_in(CALL, one, (one, replace(other, standing=was))) == ()


def test_seconders_are_gone_once_it_is_decided() -> None:
    among = (a_nomination(1), a_nomination(2))
    assert [one.seconders for one in rules.accepted(CALL, among, 1)] == [(), ("Ann", "Bob")]
    assert [one.seconders for one in rules.refused(among, 2, "why")] == [("Ann", "Bob"), ()]


def test_a_refusal_has_a_reason_and_an_appeal_may_undo_it() -> None:
    among = (a_nomination(1),)
    for reason in ("", "  \n"):
        with pytest.raises(NominationError, match="written reason"):
            rules.refused(among, 1, reason)
    (one,) = rules.refused(among, 1, " The name is\na brand. ")
    assert (one.standing, one.reason) == (Standing.REFUSED, "The name is a brand.")
    (upheld,) = rules.accepted(CALL, (one,), 1)
    assert (upheld.standing, upheld.reason) == (Standing.ACCEPTED, "")
    with pytest.raises(NominationError, match="is accepted"):
        rules.refused((upheld,), 1, "again")
    with pytest.raises(NominationError, match="no nomination 7"):
        rules.accepted(CALL, among, 7)


def test_whoever_stands_withdraws_freely_until_nominations_close_and_nothing_of_them_is_kept() -> None:
    among = standing(a_nomination(1))
    (gone,) = rules.withdrawn(CALL, among, 1, CLOSES)
    assert gone == Nomination(1, 1, "", "", DAY, consent=False, standing=Standing.WITHDRAWN)
    with pytest.raises(NominationError, match="is withdrawn"):
        rules.withdrawn(CALL, (gone,), 1, CLOSES)
    with pytest.raises(NominationError, match="closed"):
        rules.withdrawn(CALL, among, 1, CLOSES + timedelta(days=1))
    assert rules.withdrawn(CALL, among, 1, CLOSES + timedelta(days=1), left=True) == (gone,)


def test_paper_is_taken_up_to_the_last_day() -> None:
    assert rules.added(CALL, (), a_nomination(1), CLOSES) == (a_nomination(1),)
    with pytest.raises(NominationError, match="closed on 2027-03-10"):
        rules.added(CALL, (), a_nomination(1), CLOSES + timedelta(days=1))


def test_a_statement_is_added_in_a_language_while_nobody_has_decided() -> None:
    among = (a_nomination(1, statement={EN: "Hi"}),)
    (one,) = rules.stated(among, 1, PL, " Cześć ")
    assert dict(one.statement) == {EN: "Hi", PL: "Cześć"}
    for text in ("", "x" * 601):
        with pytest.raises(NominationError, match="600"):
            rules.stated(among, 1, PL, text)
    with pytest.raises(NominationError, match="is accepted"):
        rules.stated(standing(*among), 1, PL, "x")


def test_vetting_is_late_after_three_days_and_says_who_must_act() -> None:
    among = (a_nomination(1),)
    assert rules.warnings(CALL, among, DAY + timedelta(days=3)) == ()
    (warning,) = rules.warnings(CALL, among, DAY + timedelta(days=4))
    assert "Nomination 1" in warning
    assert "returning officer" in warning
    assert rules.warnings(CALL, standing(*among), DAY + timedelta(days=9)) == ()


def test_nominations_close_on_their_last_day_once_all_are_decided() -> None:
    with pytest.raises(NominationError, match="open until"):
        rules.close(CALL, (), CLOSES - timedelta(days=1))
    with pytest.raises(NominationError, match="not decided yet: 2"):
        rules.close(CALL, (*standing(a_nomination(1)), a_nomination(2)), CLOSES)


def test_more_candidates_than_seats_make_a_poll_no_more_are_elected_none_leave_a_seat_empty() -> None:
    three = standing(*(a_nomination(n) for n in (1, 2, 3)))
    closed = rules.close(CALL, three, CLOSES)
    assert (dict(closed.polls), dict(closed.unopposed), closed.vacant) == ({1: three}, {}, (2,))
    assert closed.new_notice_by == CLOSES + timedelta(days=28)
    two = (*three[:2], replace(three[2], standing=Standing.REFUSED))
    assert rules.close(CALL, two, CLOSES).unopposed == {1: three[:2]}
    assert rules.close(CALL, (), CLOSES).vacant == (1, 2)


@pytest.mark.parametrize(
    ("lists", "polled"),
    [([("A", "B", "C", "D")], False), ([("A",), ("B", "C")], False), ([("A", "B"), ("C", "D")], True)],
)
def test_parties_are_polled_where_there_is_something_to_choose(lists: list[tuple[str, ...]], *, polled: bool) -> None:
    held = standing(*(a_party(number, *people) for number, people in enumerate(lists, 1)))
    assert (2 in rules.close(CALL, held, CLOSES).polls) is polled


def test_whoever_chose_no_picture_gets_the_first_that_nobody_has() -> None:
    held = [a_nomination(1, symbol=""), a_nomination(2, symbol="dog"), a_nomination(3, symbol="", statement={})]
    made = rules.candidates(held, ("dog", "fish", "cow"))
    assert [one["symbol"] for one in made] == ["fish", "dog", "cow"]
    assert "statement" not in made[2]
    assert all(one.keys() <= {"name", "symbol", "statement", "people"} for one in made)
    assert rules.candidates([a_party(1, "Al")], ())[0]["people"] == ["Al"]


def test_when_nominations_are_closed_nothing_is_kept_of_who_was_refused() -> None:
    kept = rules.forgotten((*standing(a_nomination(1)), *rules.refused((a_nomination(2),), 2, "why")))
    assert kept[0].name == "Person 1"
    assert kept[1] == Nomination(2, 1, "", "", DAY, consent=False, standing=Standing.REFUSED)


def test_a_nominations_file_is_read_as_it_was_written_and_only_so() -> None:
    refused = rules.refused((a_nomination(2),), 2, "why")
    held = Held((a_nomination(1), *refused, a_party(3, "Al", "Bo")), frozenset({bytes(16), bytes([1] * 16)}))
    written = write_held(held)
    assert read_held(written) == held
    assert held.next_number == 4
    assert Held().next_number == 1
    value = json.loads(written)
    for key, wrong in (("format", "x"), ("taken", ["00"]), ("nominations", value["nominations"][::-1])):
        changed = json.dumps(value | {key: wrong}, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        with pytest.raises(UnreadableContentError):
            read_held(changed)
    for unverified in (b"", b"{}", written + b"\n", written.replace(b"waiting", b"walking")):
        with pytest.raises(UnreadableContentError):
            read_held(unverified)
