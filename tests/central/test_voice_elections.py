"""What the press speaks of an election: everything that a booth and a noticeboard show of it, figures included."""

from __future__ import annotations

import pytest

from models.canonical import LanguageTag
from models.counting.reported import read_report
from models.counting.stv import StvCount
from models.counting.words import plain_votes
from sync.central import voice
from sync.central.voice import told_of
from tests.kiosk.councils import OUTSIDE, OWN_REACH, PROPOSAL, REACH, a_long_count, an_election_over

TAGS = (LanguageTag("en"), LanguageTag("pl"))


def test_a_proposal_how_to_reach_people_and_whom_to_tell_are_spoken() -> None:
    said = {text for words in told_of(an_election_over().shelved, TAGS) for text in words.values()}
    assert {OUTSIDE, REACH, PROPOSAL["text"], PROPOSAL["cost"], PROPOSAL["decides"]} <= said
    assert {*PROPOSAL["for"], *PROPOSAL["against"]} <= said
    assert {"Families 1", "Families 1, Families 2, Families 3, Families 4"} <= said
    assert OWN_REACH in {text for words in told_of(a_long_count(), TAGS) for text in words.values()}


@pytest.mark.parametrize("tag", TAGS)
def test_every_figure_of_a_published_count_is_spoken_in_every_language(tag: LanguageTag) -> None:
    over = a_long_count()
    said = {words[tag] for words in told_of(over, TAGS) if tag in words}
    count, _ = read_report(over.files["count-1.json"])
    assert isinstance(count, StvCount)
    for stage in count.stages:
        assert {plain_votes(abs(units)) for units in (*stage.totals, *stage.transfers)} <= said
    assert plain_votes(count.stages[-1].non_transferable) in said


def test_a_count_of_very_many_figures_is_read_and_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    over = a_long_count()
    every = len(list(told_of(over, TAGS)))
    monkeypatch.setattr(voice, "MOST_FIGURES", 3)
    assert len(list(told_of(over, TAGS))) < every


def test_before_it_is_over_no_figure_is_spoken() -> None:
    files = {name: data for name, data in an_election_over().files.items() if not name.startswith("count-")}
    shelved = an_election_over().shelved
    before = type(shelved)(shelved.label, shelved.election, (), None, files)
    assert not [text for words in told_of(before, TAGS) for text in words.values() if text.isdecimal()]
