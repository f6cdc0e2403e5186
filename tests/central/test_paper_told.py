"""On paper: a proposal with both its sides, how the elected are reached, and whom to tell outside."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from models.election.definition import Definition
from sync.central.elections.paper import notices, results, told, wording
from sync.central.elections.paper.ink import Sheets
from tests.central.polling import a_plan
from tests.central.test_paper import D, a_definition, says, sheets_of, type_sizes
from tests.kiosk.councils import OUTSIDE, PROPOSAL, REACH, an_election_over

TAGS = ("en", "pl", "ar")


def in_all(text: str) -> dict[str, str]:
    """Return a text in the three languages, each told from the others."""
    return {tag: f"{text} ({tag})" for tag in TAGS}


def whole() -> Definition:
    """Return an election in three languages that says all it can."""
    plan: dict[str, Any] = a_plan(kiosks=1)
    plan["contests"][0] |= {"reach": in_all(REACH)}
    plan["contests"][0]["candidates"][2]["reach"] = in_all("In the yard.")
    plan["contests"][2]["proposal"] = {
        key: [in_all(one) for one in part] if isinstance(part, list) else in_all(part) for key, part in PROPOSAL.items()
    }
    return a_definition(contests=plan["contests"], outside=in_all(OUTSIDE))


@pytest.mark.parametrize("tag", TAGS)
def test_the_wall_has_both_sides_of_a_proposal_after_it_is_said_that_it_is_advice(tag: str) -> None:
    sheets = sheets_of(notices.notices_pdf(whole(), D, (tag,)))
    page = next(sheet for sheet in sheets if says(sheet, wording.say(tag, "Against it")))
    every = [PROPOSAL["text"], *PROPOSAL["for"], *PROPOSAL["against"], PROPOSAL["cost"], PROPOSAL["decides"]]
    assert all(says(page, f"{text} ({tag})") for text in every)
    assert says(page, wording.say(tag, "Your answer is advice. The managers decide."))
    assert says(sheets[0], f"{PROPOSAL['text']} ({tag})")
    how = next(sheet for sheet in sheets if says(sheet, wording.say(tag, "How to vote")))
    assert says(how, wording.say(tag, notices.ADVICE))


@pytest.mark.parametrize("tag", TAGS)
def test_the_person_whom_the_definition_names_stands_where_the_desk_names_nobody(tag: str) -> None:
    named = [sheet for sheet in sheets_of(notices.notices_pdf(whole(), D, (tag,))) if says(sheet, OUTSIDE)]
    assert len(named) == 3
    desk = sheets_of(notices.notices_pdf(whole(), D, (tag,), outsider="Bea Other"))
    assert sum("Bea Other" in sheet for sheet in desk) == 3
    assert not any(says(sheet, OUTSIDE) for sheet in desk)


def test_both_sides_have_columns_of_one_width_and_letters_of_one_size() -> None:
    sizes = set()
    for sides in (("for", "against"), ("against", "for")):
        plan: dict[str, Any] = a_plan(kiosks=1)
        long, short = ["A reason that fills its room with plain words. " * 4] * 4, ["Short."]
        plan["contests"][2]["proposal"] = PROPOSAL | dict(zip(sides, (long, short), strict=True))
        definition = a_definition(contests=plan["contests"], title="Council")
        sheets = Sheets("Proposal")
        sheets.sheet()
        assert definition.contests[2].proposal is not None
        told.proposal(sheets, definition.contests[2].proposal)
        (page,) = PdfReader(BytesIO(sheets.done())).pages
        sizes |= {size for size, text in type_sizes(page) if "reason" in text or "Short" in text}
    assert len(sizes) == 1


def test_the_result_sheet_says_until_when_and_how_to_reach_the_elected() -> None:
    over = an_election_over()
    files = {
        path.replace("notices.", "notices/").replace("boxes.", "boxes/"): data for path, data in over.files.items()
    }
    pages = " ".join(sheets_of(results.result_pdf(files, ("en", "pl"))))
    assert says(pages, "The people elected serve until 31.5.2027.")
    assert says(pages, wording.say("pl", "How to reach them"))
    assert REACH in pages
    assert PROPOSAL["text"] in pages
