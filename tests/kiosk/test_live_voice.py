"""What is spoken live: for one pair of ears, through a pipe, in memory, and forgotten with the turn."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk import live_voice
from kiosk.places import ReplyShown
from kiosk.presenters.doors import Ears
from kiosk.presenters.turn import Turn
from kiosk.screens.player import heard_ms
from kiosk.sitting import goes
from models.canonical import LanguageTag
from models.clips import clip_key
from models.reply import Reply
from tests.builders_kiosk import a_notice, a_questionnaire, a_shelf, one
from tests.hearing import NEEDS_VOICE
from tests.kiosk.conftest import Drive
from tests.kiosk.listener import Listener, TalkingDoors, listening, words

pytestmark = pytest.mark.screens
EN, AR, SO = LanguageTag("en"), LanguageTag("ar"), LanguageTag("so")
WORDS = "The clock comes in May. It hangs over the door."


@NEEDS_VOICE
def test_every_sentence_is_a_sound_that_plays_as_long_as_it_says() -> None:
    program = live_voice.speaker()
    assert program is not None
    clips = live_voice.spoken(program, {EN: WORDS, AR: "شكرًا لك.", SO: "Mahadsanid."})
    assert set(clips) == {
        clip_key("en", "The clock comes in May."),
        clip_key("en", "It hangs over the door."),
        clip_key("ar", "شكرًا لك."),
    }
    for clip in clips.values():
        assert abs((heard_ms(clip.data) or 0) - clip.ms) <= 2
        samples = struct.unpack(f"<{(len(clip.data) - 44) // 2}h", clip.data[44:])
        assert max(map(abs, samples)) > 1000


def test_words_go_in_by_a_pipe_alone_and_a_program_that_fails_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[list[str], bytes]] = []

    def run(command: list[str], *, input: bytes, **_: Any) -> None:  # noqa: A002, ANN401 - subprocess's own
        asked.append((command, input))
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(subprocess, "run", run)
    assert live_voice.spoken("espeak-ng", {EN: WORDS}) == {}
    assert [words for _, words in asked] == [b"The clock comes in May.", b"It hangs over the door."]
    assert not any("clock" in word or "door" in word for command, _ in asked for word in command)


def test_a_machine_without_the_program_has_no_speaker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert live_voice.speaker() is None


@pytest.fixture
def doors() -> TalkingDoors:
    return TalkingDoors(a_shelf(a_questionnaire([one("q1")]), notices=[a_notice("n1")]), texts={"en": (WORDS,)})


@pytest.fixture
def listener(drive: Drive, doors: TalkingDoors, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    driver = drive(lambda show: Turn(doors, show))
    with listening(driver, monkeypatch) as ears:
        yield ears
    driver.app.turn.wipe()
    driver.frames(3)


def at_the_reply(listener: Listener) -> list[str]:
    """Open the reply, and return what is read on arriving."""
    driver = listener.driver
    driver.tap(key="en")
    driver.tap(id="yes")
    listener.heard.clear()
    turn = driver.app.turn
    reply = Reply({EN: WORDS}, "the works manager", date(2026, 11, 20))
    turn.move(replace(goes(turn.sitting, ReplyShown(reply)), read_aloud=True))
    driver.frames(3)
    return words(listener.wait())


def test_a_reply_is_heard_in_headphones_and_never_on_a_speaker(listener: Listener, doors: TalkingDoors) -> None:
    assert "The clock comes in May." not in at_the_reply(listener)
    doors.heard = Ears(alone=True)
    listener.driver.tap(id="listen")
    assert [said for said in words(listener.wait()) if "clock" in said or "door" in said] == [
        "The clock comes in May.",
        "It hangs over the door.",
    ]


def test_what_was_spoken_for_one_person_is_forgotten_when_they_leave(listener: Listener, doors: TalkingDoors) -> None:
    at_the_reply(listener)
    before = doors.forgot
    listener.driver.tap(id="back")
    assert doors.forgot > before
    before = doors.forgot
    listener.driver.tap(id="stop")
    assert doors.forgot > before


def test_a_reply_without_a_voice_has_no_listen(listener: Listener, doors: TalkingDoors) -> None:
    doors.words = {key: said for key, said in doors.words.items() if said not in WORDS}
    at_the_reply(listener)
    assert not listener.driver.has(id="listen")
