"""Fixed Views of what stands before a questionnaire, and of results."""

from __future__ import annotations

from typing import Any

from kiosk.presenters.before import BeforeView, Line
from kiosk.presenters.pads import NoteOnly, Tiles
from kiosk.presenters.practice import PracticeView
from kiosk.presenters.results import ResultBar, ResultsView
from kiosk.presenters.shown import Look, Progress, Tile
from tests.kiosk.views_codes import Speaking


def board(say: Speaking, look: Look) -> dict[str, Any]:
    """Before you start with its check, the steps of practice, and a finding."""
    own = say.own
    onward = say.bars(skip=None, onward=own("question", "Next"))
    lines = (
        Line("who-team", say.plain("HMP Example"), own("before", "Who asks")),
        Line("take-part", say("wing life"), own("before", "What about")),
        Line("lock", own("before", "Nobody here can see what you press."), own("before", "Who sees it")),
        Line("warning", say("proposal"), own("before", "What cannot change")),
        Line("clock", say("minutes"), own("before", "How long")),
        Line("stop", own("before", "At any time. You can skip any question."), own("before", "You may stop")),
    )
    yes_no = (Tile("yes", own("before", "Yes"), "yes"), Tile("no", own("before", "No"), "no"))
    drinks = tuple(
        Tile(key, words, f"drink-{key}", chosen=key == "tea")
        for key, words in (
            ("tea", own("practice", "Tea")),
            ("rain", own("practice", "Rain")),
            ("shoe", own("practice", "Shoe")),
        )
    )
    badge = own("question", "Practice")
    return {
        "before": BeforeView(
            look, onward, own("before", "Before you start"), lines, (), own("question", "Tell me more")
        ),
        "before-check": BeforeView(
            look, say.bars(skip=None, onward=None), own("before", "Can staff here see what I press?"), (), yes_no, None
        ),
        "practice": PracticeView(
            look,
            say.bars(skip=own("question", "I know this"), onward=own("question", "Next")),
            Progress(1, 3, own("practice", "Practice {at} of {of}", at=1, of=3)),
            badge,
            own("practice", "This is only practice. Touch the word Tea."),
            None,
            None,
            Tiles(drinks, many=False, likert=False, page=0, pages=1, more=None),
            own("question", "Not that one. Try again. You cannot break anything."),
        ),
        "practice-around": PracticeView(
            look,
            say.bars(skip=None, onward=own("practice", "Start")),
            Progress(3, 3, own("practice", "Practice {at} of {of}", at=3, of=3)),
            badge,
            own("practice", "Listen reads a page again. Language changes the words."),
            own("practice", "Stop ends it at once. Nothing is kept then."),
            "hello",
            NoteOnly(),
            None,
        ),
        "results": ResultsView(
            look,
            onward,
            1,
            4,
            say("wing life"),
            say("polite"),
            tuple(
                ResultBar(
                    say(f"agree {n}"),
                    own("results", "Too few people to show")
                    if tenths is None
                    else own("results", "{tenths} of 10", tenths=tenths),
                    tenths,
                )
                for n, tenths in ((5, 2), (4, 4), (3, None), (2, 1), (1, None))
            ),
            own("results", "Asked: {count}. No answer: too few people to show.", count=64),
            own("results", "How we know"),
            None,
        ),
    }
