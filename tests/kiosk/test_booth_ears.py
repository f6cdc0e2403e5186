"""The booth for somebody who cannot read: every page of it can be heard whole from the clips that are shipped.

1. The kiosk's own words must have their clips in assets/sounds; what the election says is spoken by the press.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from kiosk import speech
from kiosk.shipped import own_clips
from models.clips import ClipKey, clip_key, sentences
from tests.gallery.house import the_council
from tests.gallery.stands import WAYS, Visitor

BOOTH = [name for name in WAYS if name.startswith("booth") and name != "booth-language"]


@cache
def shipped() -> Mapping[ClipKey, Any]:
    return own_clips()


def texts() -> Iterator[tuple[str, str]]:
    """Give every text of the election with its language."""
    definition = the_council().election.definition
    for contest in definition.contests:
        worded = [contest.title, contest.about]
        worded += [held for one in contest.candidates for held in (one.name, one.statement)]
        for held in worded:
            yield from held.items()
        for candidate in contest.candidates:
            for tag in ("en", "ar", "pl"):
                yield tag, ", ".join(candidate.people)


@cache
def pressed() -> frozenset[ClipKey]:
    """Return the clips that the press makes of the election."""
    return frozenset(clip_key(tag, one) for tag, text in texts() for one in sentences(text))


def length(clip: ClipKey) -> int | None:
    return 900 if clip in shipped() or clip in pressed() else None


@pytest.mark.parametrize("tag", ["ar", "pl"])
@pytest.mark.parametrize("name", BOOTH)
def test_every_page_of_the_booth_can_be_heard_whole(name: str, tag: str) -> None:
    visitor = Visitor(tag)
    WAYS[name](visitor)
    unheard = [
        part.said.text
        for part in speech.parts(visitor.sees)
        if not part.private and speech.clips_of(part.said, length) is None
    ]
    assert unheard == []


@pytest.mark.parametrize("tag", ["ar", "pl"])
@pytest.mark.parametrize("name", ["booth-check", "booth-check-blank", "booth-sealed"])
def test_choices_and_codes_are_for_one_pair_of_ears(name: str, tag: str) -> None:
    visitor = Visitor(tag)
    WAYS[name](visitor)
    told = speech.parts(visitor.sees)
    aloud = speech.reading(told, visitor.sees, length, private=False)
    alone = speech.reading(told, visitor.sees, length, private=True)
    assert len(alone) > len(aloud)
    assert not any(step.private for step in aloud)
