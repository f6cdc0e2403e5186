"""The booth and the results for somebody who cannot read: every page can be heard whole from the clips shipped.

1. The kiosk's own words must have their clips in assets/sounds; what the election says is spoken by the press.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from kiosk import speech, spoken
from kiosk.shipped import own_clips
from models.clips import ClipKey, clip_key, sentences
from models.questionnaire import LanguageTag
from sync.central.voice import told_of
from tests.gallery.house import the_council, the_results
from tests.gallery.stands import WAYS, Visitor

BOOTH = [name for name in WAYS if name.startswith(("booth", "council")) and name != "booth-language"]


@cache
def shipped() -> Mapping[ClipKey, Any]:
    return own_clips()


@cache
def pressed() -> frozenset[ClipKey]:
    """Return the clips that the press makes of both elections."""
    tags = tuple(map(LanguageTag, ("en", "ar", "pl")))
    every = [held for one in (the_council(), the_results()) for held in told_of(one, tags)]
    told = [(tag, text) for held in every for tag, text in held.items()]
    return frozenset(clip_key(tag, one) for tag, text in told for one in sentences(text))


def length(clip: ClipKey) -> int | None:
    return 900 if clip in shipped() or clip in pressed() else None


@pytest.mark.parametrize("tag", ["ar", "pl"])
@pytest.mark.parametrize("name", BOOTH)
def test_every_page_of_the_booth_and_of_the_results_can_be_heard_whole(name: str, tag: str) -> None:
    visitor = Visitor(tag)
    WAYS[name](visitor)
    unheard = [
        part.said.text
        for part in spoken.parts(visitor.sees)
        if not part.private and speech.clips_of(part.said, length) is None
    ]
    assert unheard == []


@pytest.mark.parametrize("tag", ["ar", "pl"])
@pytest.mark.parametrize("name", ["booth-check", "booth-check-blank", "booth-sealed"])
def test_choices_and_codes_are_for_one_pair_of_ears(name: str, tag: str) -> None:
    visitor = Visitor(tag)
    WAYS[name](visitor)
    told = spoken.parts(visitor.sees)
    aloud = speech.reading(told, visitor.sees, length, private=False)
    alone = speech.reading(told, visitor.sees, length, private=True)
    assert len(alone) > len(aloud)
    assert not any(step.private for step in aloud)
