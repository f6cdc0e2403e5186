"""An election that is over, on the noticeboard: is my vote there, who is elected, the picture, and every stage.

1. What is read is taken from what is spoken, so that a word which is only drawn is missing in these tests.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from kiosk import spoken
from kiosk.presenters.council import CouncilView
from kiosk.presenters.council_elected import CouncilElectedView
from kiosk.presenters.council_flow import CouncilFlowView
from kiosk.presenters.council_tally import CouncilTallyView
from kiosk.presenters.council_words import COUNT
from kiosk.presenters.room import LARGEST
from models.canonical import ENGLISH, canonical_json
from models.counting import words
from models.counting.plurality import count_plurality
from models.counting.reported import read_report
from models.counting.stv import StvCount, count_stv
from models.counting.ties import lots_by_hand
from models.counting.words import plain_votes
from models.election.slip import SYMBOLS
from models.elections import ElectionFilesError, OnTheShelf, read_elections
from tests.builders_kiosk import a_notice, a_place
from tests.kiosk.booths import STATEMENT
from tests.kiosk.councils import (
    BLT,
    OUTSIDE,
    OWN_REACH,
    PROPOSAL,
    REACH,
    a_long_count,
    a_ward,
    an_election_over,
    counted,
    needs_wards,
    only_closed,
)
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


def heard(person: Person) -> list[str]:
    return [part.said.text for part in spoken.parts(person.sees)]


def read_all(person: Person) -> list[str]:
    """Return what is heard on every page of a vote, until Next leads to all results."""
    found = heard(person)
    while person.sees.bars.onward is not None and person.sees.bars.onward.text != "All results":
        person.touch("onward")
        found += heard(person)
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
        seen |= {key.key for row in person.sees.rows for key in row} - {"further", "delete", ""}
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


def test_winners_come_first_then_the_picture_then_every_stage_of_the_count() -> None:
    person = at_results()
    person.touch("tile", "1")
    kinds = [type(person.sees)]
    while person.sees.bars.onward.text != "All results":
        person.touch("onward")
        kinds += [type(person.sees)] if type(person.sees) is not kinds[-1] else []
    assert kinds == [CouncilElectedView, CouncilFlowView, CouncilTallyView]
    person.touch("onward")
    assert person.screen == "council"


def test_the_elected_are_told_with_their_term_and_how_to_reach_them() -> None:
    person = at_results(a_long_count())
    first = person.touch("tile", "1")
    assert [tile.words.text for tile in first.tiles] == ["Bo Birch", "Carl Carpenter", "Ann Archer"]
    assert [line.text for line in first.lines] == ["The people elected serve until 31 May 2027.", REACH]
    person.touch("tile", "0")
    told = heard(person)
    assert told[0] == "Bo Birch"
    while person.sees.more is not None and STATEMENT.split(". ", maxsplit=1)[0] not in " ".join(told):
        person.touch("more")
        told += heard(person)
    assert OWN_REACH in told
    assert STATEMENT.split(". ", maxsplit=1)[0] in " ".join(told)
    person.touch("back")
    person.touch("tile", "1")
    assert REACH in heard(person)
    assert person.sees.bars.onward is None
    person.touch("back")
    assert person.sees == first


def test_a_card_that_is_not_there_does_nothing() -> None:
    person = at_results()
    before = person.touch("tile", "1")
    for key in ("2", "-1", "x", ""):
        assert person.touch("tile", key) == before


def test_back_leads_the_way_that_next_came() -> None:
    person = at_results()
    seen = [person.touch("tile", "1")]
    while person.sees.bars.onward.text != "All results":
        seen.append(person.touch("onward"))
    for view in reversed(seen[:-1]):
        assert person.touch("back") == view
    person.touch("back")
    assert person.screen == "council"


def test_larger_words_stay_at_the_stage_that_is_read() -> None:
    person = at_results(a_long_count())
    person.touch("tile", "1")
    while not (isinstance(person.sees, CouncilTallyView) and person.sees.title.text == "Stage 3 of 8"):
        person.touch("onward")
    person.turn.move(replace(person.turn.sitting, scale=150))
    assert person.sees.title.text == "Stage 3 of 8"


def test_parties_have_a_card_a_seat_and_their_votes_as_rows() -> None:
    person = at_results()
    view = person.touch("tile", "2")
    assert len(view.tiles) == 5
    assert {tile.small.text for tile in view.tiles} == {"Families", "Resettlement", "Health"}
    told = read_all(person)
    assert sorted(line for line in told if line.startswith("Seats: ")) == ["Seats: 1", "Seats: 2", "Seats: 2"]


def test_a_question_is_told_with_what_was_proposed_and_that_it_is_advice() -> None:
    person = at_results()
    person.touch("tile", "3")
    told = read_all(person)
    assert told[1] in ("The proposal is carried.", "The proposal is not carried.")
    assert "Your answer is advice. The managers decide." in told
    assert {PROPOSAL["text"], PROPOSAL["decides"]} <= set(told)
    assert isinstance(person.sees, CouncilTallyView)
    assert [row.name.text for row in person.sees.rows] == ["Yes", "No", "I do not say yes or no"]


def test_no_answer_to_a_question_stands_alone_where_letters_are_high_and_large() -> None:
    person = at_results(tag="ar")
    person.touch("tile", "3")
    person.turn.move(replace(person.turn.sitting, scale=LARGEST))
    while not isinstance(person.sees, CouncilTallyView | CouncilView):
        person.touch("onward")
    assert isinstance(person.sees, CouncilTallyView)
    assert len(person.sees.rows) == len(("yes", "no", "neither"))


def test_every_figure_of_the_report_stands_in_a_row_of_its_stage() -> None:
    over = a_long_count()
    person = at_results(over)
    person.touch("tile", "1")
    rows: dict[str, dict[str, str]] = {}
    while True:
        if isinstance(person.sees, CouncilTallyView):
            page = rows.setdefault(person.sees.title.text, {})
            page |= {row.name.text: row.value.text for row in person.sees.rows}
        if person.sees.bars.onward.text == "All results":
            break
        person.touch("onward")
    count, _ = read_report(over.files["count-1.json"])
    assert isinstance(count, StvCount)
    names = [one.name[ENGLISH] for one in over.election.definition.contest(1).candidates]
    for stage in count.stages:
        shown = rows[f"Stage {stage.number} of {len(count.stages)}"]
        for name, units in zip(names, stage.totals, strict=True):
            assert shown.get(name, "0") == plain_votes(units)
        assert shown.get("No next choice", "0") == plain_votes(stage.non_transferable)


def test_who_is_elected_or_out_has_a_sign_and_a_word_for_it() -> None:
    person = at_results(a_long_count())
    person.touch("tile", "1")
    signs: set[tuple[Any, Any]] = set()
    while person.sees.bars.onward.text != "All results":
        person.touch("onward")
        if isinstance(person.sees, CouncilTallyView):
            signs |= {(row.mark, row.note and row.note.text) for row in person.sees.rows}
    assert signs == {(None, None), ("elected", "Elected"), ("out", "Out")}


@pytest.mark.parametrize("kind", ["one", "approve"])
def test_most_votes_are_told_with_cards_and_bars_and_how_equals_were_told_apart(kind: Any) -> None:  # noqa: ANN401
    count = count_plurality({(1,): 12, (2,): 9, (3,): 9}, 3, 2, lots=lots_by_hand((3, 1, 2)))
    person = at_results(counted(count, ["Ash", "Birch", "Cedar"], kind=kind, seats=2, max_marks=1, publish="totals"))
    view = person.touch("tile", "1")
    assert [tile.words.text for tile in view.tiles] == ["Ash", "Cedar"]
    view = person.touch("onward")
    assert isinstance(view, CouncilTallyView)
    rows = [(row.name.text, row.value.text, row.mark, row.share) for row in view.rows]
    assert rows == [("Ash", "12", "elected", 1), ("Birch", "9", None, 0.75), ("Cedar", "9", "elected", 0.75)]
    assert "Birch, Cedar were equal. A lot was drawn: Cedar." in " ".join(heard(person))
    assert person.sees.bars.onward.text == "All results"


def test_a_count_of_one_stage_has_rows_and_no_picture_since_nothing_moved() -> None:
    count = count_stv({(1,): 12, (2,): 4}, 2, 1)
    person = at_results(counted(count, ["Ash", "Birch"], seats=1))
    kinds = [type(person.touch("tile", "1")), type(person.touch("onward"))]
    assert kinds == [CouncilElectedView, CouncilTallyView]
    assert person.sees.bars.onward.text == "All results"


def test_whoever_withdrew_has_no_row_and_no_lane() -> None:
    over = a_long_count()
    report = json.loads(over.files["count-1.json"])
    report["candidates"][6]["withdrawn"] = True  # who had votes here; a real report has none
    files = {**over.files, "count-1.json": canonical_json(report) + b"\n"}
    person = at_results(OnTheShelf(over.label, over.election, (), over.stage, files))
    name = over.election.definition.contest(1).candidates[6].name[ENGLISH]
    person.touch("tile", "1")
    assert not [line for line in read_all(person) if line == name]


def test_a_picture_is_heard_stage_by_stage_and_then_lane_by_lane() -> None:
    person = at_results(a_long_count())
    person.touch("tile", "1")
    told: list[str] = []
    while not isinstance(person.sees, CouncilTallyView):
        person.touch("onward")
        told += heard(person) if isinstance(person.sees, CouncilFlowView) else []
    for stage in range(1, 9):
        assert f"Stage {stage}" in told
    assert {"Elected", "No seat", "Votes that stay", "Spare votes move on", "Enough for a seat"} <= set(told)
    assert sum(line.endswith("and is elected.") or "get a seat" in line for line in told) == 3


def test_a_small_screen_has_what_the_inks_mean_on_a_page_of_its_own() -> None:
    person = at_results(a_long_count())
    person.turn.room = replace(person.turn.room, small=True, lanes=5, stages=3)
    person.touch("tile", "1")
    while not isinstance(person.sees, CouncilFlowView):
        person.touch("onward")
    assert (person.sees.lanes, len(person.sees.legend)) == ((), 6)
    beside = []
    person.touch("onward")
    while isinstance(person.sees, CouncilFlowView):
        assert len(person.sees.lanes) > 3
        assert {one.ink for one in person.sees.legend} == {lane.mark for lane in person.sees.lanes if lane.mark}
        beside += [one.words.text for one in person.sees.legend]
        person.touch("onward")
    assert {"Elected", "No seat"} <= set(beside)  # a sign has its word on every page


def test_figures_that_are_kept_back_leave_the_outcome_alone() -> None:
    over = an_election_over().shelved
    files = {**over.files, "count-1.json": b'{"elected":[3,1]}', "count-2.json": b'{"seats_by_party":[0,4,1]}'}
    files["count-3.json"] = b'{"carried":true}'
    person = at_results(OnTheShelf(over.label, over.election, (), over.stage, files))
    person.touch("tile", "1")
    told = read_all(person)
    assert told[2:4] == ["Person 3", "Person 1"]
    assert told[-1] == "No figures are shown, so that no vote can be guessed."
    person.touch("onward")
    person.touch("tile", "2")
    assert len(person.sees.tiles) == 5
    person.touch("back")
    person.touch("tile", "3")
    assert read_all(person)[1] == "The proposal is carried."


def test_the_person_from_outside_is_named_where_a_stub_leads_to_a_dispute() -> None:
    over = an_election_over()
    for stub, named in ((over.twice, True), (over.unused, True), (over.counted, False)):
        person = at_results()
        look_up(person, stub)
        assert (OUTSIDE in heard(person)) is named


def test_before_the_opening_there_is_no_result_and_yet_the_look_up() -> None:
    person = at_results(only_closed())
    person.touch("tile", "1")
    assert read_all(person)[1:] == ["There is no result yet."]
    person.touch("back")
    look_up(person, an_election_over().counted)
    assert person.sees.blocks[0].body.text.startswith("Yes.")


def test_a_vote_of_too_few_has_no_result() -> None:
    files = {path: data for path, data in an_election_over().files.items() if path != "count-2.json"}
    shelved = an_election_over().shelved
    person = at_results(OnTheShelf(shelved.label, shelved.election, (), shelved.stage, files))
    person.touch("tile", "2")
    assert read_all(person)[1:] == ["Too few people voted. These votes stay unread."]


@needs_wards
@pytest.mark.parametrize("ward", ["aberdeen_2017_ward11", "renfrewshire_2017_ward3", "glasgow_2017_ward16"])
def test_a_real_ward_is_told_whole_with_the_winners_that_were_published(ward: str) -> None:
    record = next(
        one for one in json.loads((BLT.parent / "expected.json").read_text("utf-8"))["wards"] if one["id"] == ward
    )
    over = a_ward(ward)
    person = at_results(over)
    person.touch("tile", "1")
    names = {one.number: one.name[ENGLISH] for one in over.election.definition.contest(1).candidates}
    elected = {names[one["candidate"]] for one in record["elected"]}
    seen: set[str] = set()
    while isinstance(person.sees, CouncilElectedView):
        seen |= {tile.words.text for tile in person.sees.tiles}
        person.touch("onward")
    assert seen == elected
    lanes = 0
    while isinstance(person.sees, CouncilFlowView):
        lanes = len(person.sees.lanes)
        assert lanes <= person.turn.room.lanes
        person.touch("onward")
    assert lanes > 2
    assert isinstance(person.sees, CouncilTallyView)


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
