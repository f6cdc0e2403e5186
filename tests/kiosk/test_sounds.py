"""The kiosk's own words can be heard, all of them, in every language whose catalogue is complete."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from kiosk.presenters.turn import STAFF_READ
from kiosk.shipped import LANGUAGE_ORDER, own_clips, wording
from models.clips import CLIP_LIMIT_MS, clip_keys, voice_of
from sync.central.authoring.ogg import read_opus
from sync.central.authoring.sounds import read_sound
from tests.assets_build.make_catalogues import STAFF, facts, said
from tests.assets_build.make_sounds import ASSETS, HEARD_BY_STAFF, complete
from tests.central.recordings import a_wave
from tests.hearing import NEEDS_DECODER, NEEDS_VOICE, loudest

SOUNDS = ASSETS / "sounds"
LIMIT_BYTES = 24_000_000


@cache
def listed(tag: str) -> dict[str, tuple[int, str]]:
    rows: dict[str, tuple[int, str]] = json.loads((SOUNDS / tag / "clips.json").read_text(encoding="utf-8"))
    return rows


def files(tag: str) -> list[Path]:
    return sorted((SOUNDS / tag).glob("*.ogg"))


def test_every_complete_language_is_spoken_and_no_other() -> None:
    assert sorted(path.name for path in SOUNDS.iterdir()) == complete()
    assert set(complete()) == set(LANGUAGE_ORDER)


@pytest.mark.parametrize("tag", complete())
def test_every_sentence_the_kiosk_says_has_its_clips(tag: str) -> None:
    """Through the kiosk's own wording: a number as each fact, as small or large as one may be."""
    own, words = own_clips(), wording()
    for context, msgid in said():
        if context in STAFF and (tag not in STAFF_READ or msgid not in HEARD_BY_STAFF):
            continue
        for number in (0, 7, 31, 99, 100, 143, 999):
            heard = words.say(context, msgid, tag, **dict.fromkeys(facts(msgid), number))
            assert heard.clips, (context, msgid)
            assert heard.tag == tag or heard.text == msgid.format(**dict.fromkeys(facts(msgid), number))
            assert all(one.clip in own for one in heard.clips), (context, msgid, number)


@pytest.mark.parametrize("tag", complete())
def test_a_language_says_its_own_name(tag: str) -> None:
    name = next(language.name for language in wording().languages if language.tag == tag)
    assert set(clip_keys(tag, name)) <= set(listed(tag))


@pytest.mark.parametrize("tag", complete())
def test_the_list_and_the_files_agree(tag: str) -> None:
    assert [path.stem for path in files(tag)] == sorted(listed(tag))
    for path in files(tag):
        ms, words = listed(tag)[path.stem]
        recording = read_opus(path.read_bytes())
        assert (recording.ms, recording.data) == (ms, path.read_bytes()), words
        assert 150 < ms < CLIP_LIMIT_MS
        assert clip_keys(tag, words) == (path.stem,)


@pytest.mark.parametrize("tag", complete())
def test_no_clip_is_silent(tag: str) -> None:
    """Silence has hardly any bytes; the next test listens to some of them."""
    for path in files(tag):
        ms, words = listed(tag)[path.stem]
        assert path.stat().st_size > 1.2 * ms, words


@NEEDS_DECODER
@pytest.mark.parametrize("tag", complete())
def test_clips_are_loud_when_they_are_decoded(tag: str) -> None:
    for path in files(tag)[::10]:
        assert loudest(path.read_bytes()) > 2000, listed(tag)[path.stem]


@NEEDS_VOICE
def test_silence_would_be_noticed() -> None:
    recording = read_sound(a_wave(3))
    assert len(recording.data) < 1.2 * recording.ms


def test_the_sounds_are_small_enough_for_the_frozen_kiosk() -> None:
    size = sum(path.stat().st_size for path in SOUNDS.rglob("*.ogg"))
    assert size < LIMIT_BYTES
    assert size / len(complete()) < LIMIT_BYTES / 12


def test_every_language_on_the_welcome_screen_has_a_voice() -> None:
    """One without would need every clip recorded by people before its catalogue may call itself complete."""
    assert [language.tag for language in wording().languages if voice_of(language.tag) is None] == []
