"""What a definition says beside who stands: a proposal, how to reach people, whom to tell outside; whole or refused.

1. Every refusal names contest, field and reason.
2. A definition that says nothing of it has the bytes that it had before there was any of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from models.canonical import ENGLISH, LanguageTag, canonical_json
from models.election.defined import read_definition, write_definition
from models.election.definition import Candidate
from models.election.proposal import OUTSIDE_MOST, REACH_MOST, REASON_MOST, REASONS_MOST, TEXT_MOST, Proposal
from models.errors import PlanRefusedError
from sync.central.elections.plan import read_plan
from tests.central.polling import a_plan
from tests.models.elections import a_contest, a_definition, a_question

POLISH = LanguageTag("pl")
BOTH = {ENGLISH: "Words", POLISH: "Słowa"}
TITLE = {ENGLISH: "Council", POLISH: "Rada"}


def texts(text: str = "Words") -> dict[LanguageTag, str]:
    return {ENGLISH: text}


def a_proposal(**more: Any) -> Proposal:  # noqa: ANN401 - whatever a proposal has
    fields: dict[str, Any] = {
        "text": texts("The gym opens on Sundays."),
        "reasons_for": (texts("Many work all week."),),
        "reasons_against": (texts("Two more officers."),),
        "cost": texts("90 pounds"),
        "decides": texts("The governor"),
    }
    return Proposal(**fields | more)


def told(**more: Any) -> Any:  # noqa: ANN401 - a definition
    """Return an election that says all of it in its one language."""
    ranked = a_contest(1, reach=texts("At the office"))
    first, *others = ranked.candidates
    ranked = replace(ranked, candidates=(replace(first, reach=texts("In the yard")), *others))
    return a_definition(contests=(ranked, a_question(2, proposal=a_proposal())), outside=texts("Ada Example"), **more)


def test_all_of_it_reads_as_it_was_written() -> None:
    definition = told()
    written = write_definition(definition)
    assert read_definition(written) == definition
    assert write_definition(read_definition(written)) == written
    assert definition.contest(2).proposal == a_proposal()
    assert definition.contest(1).candidates[0].reach == texts("In the yard")
    assert [key for key, _ in a_proposal().parts] == ["text", "for 1", "against 1", "cost", "decides"]


def test_a_definition_without_any_of_it_spells_none_of_it() -> None:
    written = write_definition(a_definition())
    assert [key for key in (b"outside", b"reach", b"proposal") if key in written] == []


LONG = "x" * 601
REFUSED: dict[str, Callable[[], Any]] = {
    "contest 2.proposal.text is longer than 600": lambda: a_proposal(text=texts(LONG)),
    "contest 2.proposal.for.1 is longer than 200": lambda: a_proposal(reasons_for=(texts(LONG),)),
    "contest 2.proposal.against.1 is longer than 200": lambda: a_proposal(reasons_against=(texts(LONG),)),
    "contest 2.proposal.for has no reason": lambda: a_proposal(reasons_for=()),
    "contest 2.proposal.against has no reason": lambda: a_proposal(reasons_against=()),
    "contest 2.proposal.for is not a list of at most 4": lambda: a_proposal(reasons_for=(texts(),) * 5),
    "contest 2.proposal.against is not a list of at most 4": lambda: a_proposal(reasons_against=(texts(),) * 5),
    "contest 2.proposal.cost is longer than 200": lambda: a_proposal(cost=texts(LONG)),
    "contest 2.proposal.decides has no English, or a blank text": lambda: a_proposal(decides=texts(" ")),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_proposal_that_is_not_whole_is_refused_by_contest_field_and_reason(what: str) -> None:
    with pytest.raises(PlanRefusedError, match=what.replace(".", r"\.")):
        a_definition(contests=(a_contest(1), a_question(2, proposal=REFUSED[what]())))


@pytest.mark.parametrize("key", ["text", "for", "against", "cost", "decides"])
def test_a_proposal_without_one_of_its_parts_is_refused(key: str) -> None:
    value = json.loads(write_definition(told()))
    del value["contests"][1]["proposal"][key]
    with pytest.raises(PlanRefusedError, match=f"proposal.*{key}"):
        read_definition(canonical_json(value))


def test_a_proposal_with_a_part_that_nobody_knows_is_refused() -> None:
    value = json.loads(write_definition(told()))
    value["contests"][1]["proposal"]["benefit"] = {"en": "All"}
    with pytest.raises(PlanRefusedError, match="benefit"):
        read_definition(canonical_json(value))


OTHERS: dict[str, dict[str, Any]] = {
    "contest 1.proposal: only a question is one": {"contests": (a_contest(1, proposal=a_proposal()),)},
    "contest 2.about: a proposal says it all": {
        "contests": (a_contest(1), a_question(2, about=texts(), proposal=a_proposal()))
    },
    "contest 2.reach: a question elects nobody": {"contests": (a_contest(1), a_question(2, reach=texts()))},
    "contest 1.reach is longer than 200": {"contests": (a_contest(1, reach=texts(LONG)),)},
    "contest 1.candidates 1.reach is longer than 200": {
        "contests": (a_contest(1, max_marks=1, candidates=(Candidate(1, texts("A"), "sun", reach=texts(LONG)),)),)
    },
    "election.outside is longer than 200": {"outside": texts(LONG)},
    "election.outside has no words in pl": {"title": TITLE, "outside": texts()},
    "contest 1.reach has no words in pl": {"title": TITLE, "contests": (a_contest(1, reach=texts()),)},
    "contest 1.candidates 1.reach has no words in pl": {
        "title": TITLE,
        "contests": (a_contest(1, max_marks=1, candidates=(Candidate(1, texts("A"), "sun", reach=texts()),)),),
    },
    "contest 2.proposal.for 2 has no words in pl": {
        "title": TITLE,
        "contests": (
            a_contest(1),
            a_question(2, proposal=a_proposal(text=BOTH, reasons_for=(BOTH, texts()), reasons_against=(BOTH,))),
        ),
    },
}


@pytest.mark.parametrize("what", OTHERS)
def test_a_refusal_names_contest_field_and_reason(what: str) -> None:
    with pytest.raises(PlanRefusedError, match=what.replace(".", r"\.")):
        a_definition(**OTHERS[what])


def test_both_sides_have_the_same_limits_to_the_letter() -> None:
    full = (texts("x" * REASON_MOST),) * REASONS_MOST
    made = a_proposal(text=texts("x" * TEXT_MOST), reasons_for=full, reasons_against=full)
    reach, outside = texts("x" * REACH_MOST), texts("x" * OUTSIDE_MOST)
    definition = a_definition(contests=(a_contest(1, reach=reach), a_question(2, proposal=made)), outside=outside)
    assert definition.contest(2).proposal == made


def in_plan(**more: Any) -> bytes:  # noqa: ANN401 - whatever a plan has
    return json.dumps(a_plan() | more).encode()


def test_a_plan_says_it_in_english_or_by_language() -> None:
    plan = a_plan()
    plan["contests"][0] |= {"reach": "At the office"}
    plan["contests"][0]["candidates"][0] |= {"reach": "In the yard"}
    plan["contests"][2]["proposal"] = {
        "text": "The gym opens.", "for": ["Many work.", {"en": "It is free."}], "against": ["Officers."],
        "cost": "90 pounds", "decides": "The governor",
    }  # fmt: skip
    draft = read_plan(json.dumps(plan | {"outside": "Ada Example"}).encode(), bytes(16), lambda _: b"")
    assert draft.definition.outside == texts("Ada Example")
    assert draft.definition.contest(1).reach == texts("At the office")
    assert draft.definition.contest(1).candidates[0].reach == texts("In the yard")
    proposal = draft.definition.contest(3).proposal
    assert proposal is not None
    assert proposal.reasons_for == (texts("Many work."), texts("It is free."))
    assert not any("without a proposal" in warning for warning in draft.warnings)


def test_the_officer_is_warned_of_a_question_that_is_no_proposal() -> None:
    (warning,) = read_plan(in_plan(), bytes(16), lambda _: b"").warnings
    assert warning.startswith("Contest 3: a question without a proposal")
