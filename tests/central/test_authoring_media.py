"""Pictures and sounds of a workbook: taken by what they hold, made ready, joined to the words they belong to."""

from __future__ import annotations

import contextlib
import io
import os
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from models.questionnaire import LanguageTag, WordsKey, canonical_bytes, read_questionnaire
from models.seal import digest
from sync.central.authoring.author import Authored, author_workbook
from sync.central.authoring.media import BadFileError, ready_picture, ready_sound
from sync.central.authoring.ogg import NotOpusError, Page, checksum, read_opus
from sync.central.authoring.pictures import read_picture
from sync.central.authoring.refusal import WorkbookRefusedError
from sync.central.authoring.sounds import ENCODERS, NoEncoderError, NotASoundError, read_sound
from tests.central.recordings import ENCODED, a_picture, a_recording, a_wave
from tests.central.workbooks import CY, EN, Draft, a_draft

TEA, YES = WordsKey("t:tea"), WordsKey("c:yesno:0")


def authored(draft: Draft, folder: Path) -> Authored:
    draft.lay(folder)
    return author_workbook(draft.bytes(), folder)


def with_files(draft: Draft, *names: str) -> Draft:
    for name in names:
        draft.files[name] = a_recording() if name.endswith(".ogg") else a_picture()
    return draft


def a_heard_draft() -> Draft:
    """Every label and choice of the small workbook is recorded in English, none in Welsh."""
    draft = a_draft()
    for sheet, rows in (("survey", (3, 4, 5)), ("choices", (2, 3, 4))):
        for row in rows:
            draft.put(sheet, row, f"media::audio::{EN}", f"{sheet}{row}.ogg")
            with_files(draft, f"{sheet}{row}.ogg")
    return draft


def test_checksums_are_those_of_the_bitwise_definition() -> None:
    def bitwise(data: bytes) -> int:
        crc = 0
        for byte in data:
            crc ^= byte << 24
            for _ in range(8):
                crc = ((crc << 1) ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
        return crc

    chance = random.Random(1)
    for size in (0, 1, 27, 300):
        data = chance.randbytes(size)
        assert checksum(data) == bitwise(data)


def test_a_recording_by_a_real_encoder_is_read_without_its_tags() -> None:
    recording = read_opus(ENCODED)
    assert b"Jo Person" in ENCODED
    assert (recording.ms, b"Jo Person" in recording.data) == (100, False)
    assert ENCODED[-40:] in recording.data  # the sound itself is as it was


@pytest.mark.parametrize("tag", [b"ARTIST=Jo Person", b"P=" + b"Jo Person" * 20_000], ids=["short", "several pages"])
def test_tags_go_whatever_their_length(tag: bytes) -> None:
    recording = read_opus(a_recording(3, tag))
    assert (recording.ms, b"Jo Person" in recording.data) == (3000, False)
    assert recording == read_opus(a_recording(3, b""))
    assert read_opus(recording.data) == recording


def test_a_recording_is_whole_or_it_is_none() -> None:
    whole = a_recording(2)
    last = whole.rindex(b"OggS")
    flipped = bytearray(whole)
    flipped[-1] ^= 1
    for damaged in (b"", b"OggS", whole[:-1], whole[:last], whole + whole, whole[28:], bytes(flipped)):
        with pytest.raises(NotOpusError):
            read_opus(damaged)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300)
    | st.builds(
        lambda place, byte: ENCODED[:place] + bytes([byte]) + ENCODED[place + 1 :],
        st.integers(0, 293),
        st.integers(0, 255),
    )
)
def test_whatever_the_bytes_are_it_is_a_recording_or_none(unverified: bytes) -> None:
    with contextlib.suppress(NotOpusError):
        assert read_opus(unverified).ms == 100


def test_a_page_says_what_it_was_made_of() -> None:
    page = Page(4, 960, 7, 3, bytes([3, 3]), b"\xf8\xff\xfe" * 2)
    assert page.bytes()[:4] == b"OggS"
    assert len(page.bytes()) == 27 + 2 + 6


def test_a_picture_keeps_its_dots_and_nothing_else() -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "Jo Person")
    made = read_picture(a_picture(pnginfo=said))
    with Image.open(io.BytesIO(made.data)) as picture:
        assert (made.kind, picture.size, picture.convert("RGB").getpixel((0, 0))) == ("image/png", (4, 3), (200, 0, 0))
    assert b"Jo Person" not in made.data


def test_a_photograph_is_turned_upright_and_says_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    exif[0x010F] = "Jo Person"
    made = read_picture(a_picture("JPEG", 40, 20, exif=exif))
    with Image.open(io.BytesIO(made.data)) as picture:
        assert (made.kind, made.ending, picture.size) == ("image/webp", "webp", (20, 40))
        assert not picture.getexif()
    assert b"Jo Person" not in made.data


def test_a_see_through_picture_stays_see_through() -> None:
    held = io.BytesIO()
    Image.new("RGBA", (2, 2), (0, 0, 0, 0)).save(held, "PNG")
    with Image.open(io.BytesIO(read_picture(held.getvalue()).data)) as picture:
        assert picture.convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("reading", "unverified"),
    [
        ("picture", b"<svg/>"),
        ("picture", a_picture()[:-30]),
        ("picture", a_picture("GIF")),
        ("picture", a_recording()),
        ("wide", a_picture(width=1601, height=1)),
    ],
)
def test_what_is_no_picture_here_is_refused(reading: str, unverified: bytes) -> None:
    with pytest.raises(BadFileError) as caught:
        ready_picture("a.png", unverified)
    assert (caught.value.code, caught.value.reading) == ("bad-file", reading)


def test_a_picture_that_would_be_too_heavy_is_refused() -> None:
    noise = Image.frombytes("RGB", (400, 400), random.Random(1).randbytes(480_000))
    held = io.BytesIO()
    noise.save(held, "PNG")
    with pytest.raises(BadFileError) as caught:
        ready_picture("a.png", held.getvalue())
    assert caught.value.reading == "large"


@pytest.mark.parametrize(
    ("reading", "unverified"),
    [("sound", a_picture()), ("sound", b""), ("long", a_recording(61)), ("sound", b"RIFF....")],
)
def test_what_is_no_sound_here_is_refused(
    reading: str, unverified: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if unverified.startswith(b"RIFF"):
        stub = tmp_path / "opusenc"  # an encoder that gives up, as a real one does on such bytes
        stub.write_text("#!/bin/sh\nexit 1\n")
        stub.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    with pytest.raises(BadFileError) as caught:
        ready_sound("a.ogg", unverified)
    assert (caught.value.code, caught.value.reading) == ("bad-file", reading)


def test_without_an_encoder_only_opus_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoEncoderError):
        read_sound(a_wave())
    with pytest.raises(NotASoundError):
        read_sound(b"words")
    assert read_sound(a_recording()).ms == 2000


@pytest.mark.parametrize("name", ENCODERS)
def test_an_encoder_makes_opus_of_other_sounds(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    (tmp_path / name).symlink_to(path)
    monkeypatch.setenv("PATH", str(tmp_path))
    recording = read_sound(a_wave(2))
    assert recording.ms == 2000
    assert recording == read_sound(a_wave(2))


def test_files_are_joined_to_the_words_they_belong_to(tmp_path: Path) -> None:
    draft = with_files(a_draft(), "tea.png", "tea.big.png", "tea.ogg", "te.ogg", "yes.png", "ydw.png", "spare.png")
    draft.put("survey", 3, "image", "tea.png").put("survey", 3, "media::big-image", "tea.big.png")
    draft.put("survey", 3, f"media::audio::{EN}", "tea.ogg").put("survey", 3, f"audio::{CY}", "te.ogg")
    draft.put("choices", 2, "media::image", "yes.png").put("choices", 2, f"image::{CY}", "ydw.png")
    made = authored(draft, tmp_path)
    questionnaire = made.questionnaire
    assert questionnaire.pictures == {
        "*": {TEA: "tea.png", "t:tea:big-image": "tea.big.png", YES: "yes.png"},
        "cy": {YES: "ydw.png"},
    }
    assert questionnaire.sound == {"en": {TEA: "tea.ogg"}, "cy": {TEA: "te.ogg"}}
    assert "spare.png" not in questionnaire.media
    for name, medium in questionnaire.media.items():
        assert (digest(made.files[name]).hex(), len(made.files[name])) == (medium.hash, medium.size)
    assert questionnaire.media["tea.ogg"].ms == 2000
    assert read_questionnaire(canonical_bytes(questionnaire)) == questionnaire
    assert canonical_bytes(authored(draft, tmp_path).questionnaire) == canonical_bytes(questionnaire)


def test_a_name_gets_the_ending_that_players_choose_by(tmp_path: Path) -> None:
    draft = a_draft().put("survey", 3, "image", "tea.jpg")
    draft.files["tea.jpg"] = a_picture("JPEG")
    questionnaire = authored(draft, tmp_path).questionnaire
    assert questionnaire.pictures == {"*": {TEA: "tea.jpg.webp"}}
    assert questionnaire.media["tea.jpg.webp"].kind == "image/webp"


def test_a_sound_without_a_language_is_the_default_language_s(tmp_path: Path) -> None:
    draft = with_files(a_draft(), "tea.ogg").put("survey", 3, "audio", "tea.ogg")
    assert authored(draft, tmp_path).questionnaire.sound == {"en": {TEA: "tea.ogg"}}


def test_a_choice_may_be_a_picture_alone(tmp_path: Path) -> None:
    draft = with_files(a_draft(), "yes.png", "no.png", "skip.png")
    for row, name in ((2, "yes"), (3, "no"), (4, "skip")):
        draft.put("choices", row, "image", f"{name}.png")
    draft.put("choices", 2, f"label::{EN}", None).put("choices", 2, f"label::{CY}", None)
    questionnaire = authored(draft.put("survey", 3, "appearance", "no-buttons"), tmp_path).questionnaire
    assert YES not in questionnaire.words[LanguageTag("en")]
    assert questionnaire.pictures["*"][YES] == "yes.png"


def test_a_language_knows_how_much_of_it_is_recorded(tmp_path: Path) -> None:
    heard = authored(a_heard_draft(), tmp_path)
    assert [(one.tag, one.sound) for one in heard.questionnaire.languages] == [("en", "complete"), ("cy", "none")]
    partly = authored(a_heard_draft().put("survey", 3, f"media::audio::{EN}", None), tmp_path)
    assert [one.sound for one in partly.questionnaire.languages] == ["partial", "none"]
    (share,) = [notice for notice in partly.notices if notice.reading == "share"]
    assert share.sentence == "Words that have a recording: English 5 of 6, Cymraeg 0 of 6."


def test_where_sound_is_asked_for_every_word_needs_it(tmp_path: Path) -> None:
    assert authored(a_heard_draft().put("settings", 2, "audio_required", "en"), tmp_path).questionnaire
    with pytest.raises(WorkbookRefusedError) as caught:
        authored(a_heard_draft().put("settings", 2, "audio_required", "en cy"), tmp_path)
    assert [(one.sheet, one.row) for one in caught.value.refusals] == [
        *(("survey", row) for row in (3, 4, 5)),
        *(("choices", row) for row in (2, 3, 4)),
    ]


def test_words_that_show_an_answer_are_left_to_speech(tmp_path: Path) -> None:
    draft = a_heard_draft().put("settings", 2, "audio_required", "en")
    draft.put("survey", 5, f"label::{EN}", "You have ${cups} cups. Anything else?")
    assert authored(draft.put("survey", 5, f"media::audio::{EN}", None), tmp_path).questionnaire


def test_without_a_folder_a_named_file_is_missing() -> None:
    with pytest.raises(WorkbookRefusedError) as caught:
        author_workbook(a_draft().put("survey", 3, "image", "tea.png").bytes())
    (refusal,) = caught.value.refusals
    assert (refusal.row, refusal.code, refusal.reading, refusal.header) == (3, "missing-file", "folder", "image")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.png"
    outside.write_bytes(a_picture())
    folder = tmp_path / "media"
    folder.mkdir()
    (folder / "tea.png").symlink_to(outside)
    for name in ("tea.png", "../outside.png"):
        with pytest.raises(WorkbookRefusedError) as caught:
            authored(a_draft().put("survey", 3, "image", name), folder)
        assert caught.value.refusals[0].code in ("missing-file", "bad-file")
