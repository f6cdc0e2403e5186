"""The sound of a bundle: what is rendered, what people recorded, what is told, and what reaches a kiosk."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models import shelf
from models.canonical import LanguageTag, canonical_json
from models.clips import clip_key, named
from models.shelf import open_shelf
from models.vault import Vault, create_vault
from sync.central import voice as voice_room
from sync.central.authoring.ogg import read_opus
from sync.central.authoring.speaking import Programs, VoiceError, programs, spoken
from sync.central.press import press
from sync.central.repository import Repository
from sync.central.voice import NO_PROGRAMS, Voice, recorded, sources
from sync.content import TOTAL_LIMIT_BYTES, Content, read_content
from sync.delivery import take_delivery
from sync.stick import delivery_parts
from tests.central import desks
from tests.central.recordings import a_recording, a_wave
from tests.hearing import NEEDS_DECODER, NEEDS_VOICE, loudest
from tests.sync.test_delivery import FolderCourier

EN, CY, SO = LanguageTag("en"), LanguageTag("cy"), LanguageTag("so")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return desks.a_home(tmp_path)


def content_of(home: Path) -> Content:
    repository = Repository(home)
    return read_content(repository.content(desks.CODE), repository.lists().campaigns)


def pressed(home: Path, folder: Path, found: Programs | None, **changes: str | bytes | None) -> tuple[Content, Voice]:
    speaking = Voice(home / "voice", found)
    press(home, desks.a_content(folder, **changes), desks.NOW, speaking.speak)
    return content_of(home), speaking


def in_two(tag: str) -> str:
    """Return the place file with a second language."""
    place = desks.PLACE.replace('languages = ["en"]', f'languages = ["{tag}", "en"]')
    assert place != desks.PLACE
    return place


def clips_in(content: Content) -> dict[str, bytes]:
    return {found[0]: data for name, data in content.media.items() if (found := named(name)) is not None}


@NEEDS_VOICE
@NEEDS_DECODER
def test_every_sentence_of_a_bundle_is_there_and_can_be_heard(home: Path, tmp_path: Path) -> None:
    content, speaking = pressed(home, tmp_path, programs())
    wanted = {(tag, one) for source in sources(content) for tag in source.texts for one in source.sentences(tag)}
    clips = clips_in(content)
    assert len(wanted) > 20
    assert {clip_key(tag, one) for tag, one in wanted} == set(clips)
    for tag, one in wanted:
        assert loudest(clips[clip_key(tag, one)]) > 1000, (tag, one)
    assert speaking.told == []


@NEEDS_VOICE
def test_a_clip_is_small_opus_without_tags_and_as_long_as_its_file_says(home: Path, tmp_path: Path) -> None:
    content, _ = pressed(home, tmp_path, programs())
    for name, data in content.media.items():
        found = named(name)
        assert found is not None
        recording = read_opus(data)
        assert (recording.data, recording.ms) == (data, found[1])
        assert b"espeak" not in data.lower()
        assert len(data) < 4_000 + recording.ms * 3  # 16 kbit/s are 2 bytes a millisecond


def test_words_notices_consultations_places_and_numbers_are_all_said(home: Path, tmp_path: Path) -> None:
    survey = json.loads(desks.SURVEY)
    press(home, desks.a_content(tmp_path), desks.NOW)
    said = {source.name.partition("-")[0]: set(source.sentences(EN)) for source in sources(content_of(home))}
    assert set(said) == {"place", "consultations", "notices", "wing"}
    words = {text for parts in survey["words"]["en"].values() for text in parts if isinstance(text, str)}
    assert said["wing"] >= {sentence for text in words for sentence in voice_room.sentences(text)}
    assert said["notices"]
    assert said["consultations"]


@NEEDS_VOICE
def test_what_was_rendered_once_is_not_rendered_again(home: Path, tmp_path: Path) -> None:
    first, _ = pressed(home, tmp_path, programs())
    never = Programs("/nowhere/espeak-ng", "/nowhere/opusenc")
    again, speaking = pressed(home, tmp_path, never)
    assert again.media == first.media
    assert speaking.told == []


def test_without_the_programs_the_bundle_goes_out_silent_and_says_who_must_act(home: Path, tmp_path: Path) -> None:
    content, speaking = pressed(home, tmp_path, None)
    assert clips_in(content) == {}
    assert speaking.told == [NO_PROGRAMS]
    assert not list((home / "voice").glob("*"))


def test_programs_that_fail_stop_no_bundle(home: Path, tmp_path: Path) -> None:
    content, speaking = pressed(home, tmp_path, Programs("/bin/false", "/bin/false"))
    assert clips_in(content) == {}
    assert all("espeak-ng could not say them" in words for words in speaking.told)
    assert speaking.told


def test_a_recording_of_a_person_replaces_the_rendered_clip(home: Path, tmp_path: Path) -> None:
    rendered = home / "voice" / "en"
    rendered.mkdir(parents=True)
    press(home, desks.a_content(tmp_path), desks.NOW)
    sentence = next(iter(sources(content_of(home))[0].sentences(EN)))
    key = clip_key(EN, sentence)
    (rendered / f"{key}.ogg").write_bytes(read_opus(a_recording(1)).data)
    assert clips_in(pressed(home, tmp_path, None)[0])[key] == read_opus(a_recording(1)).data
    person = a_recording(3)
    recordings = tmp_path / "content" / desks.CODE / "sounds" / "en"
    recordings.mkdir(parents=True, exist_ok=True)
    (recordings / f"{key}.ogg").write_bytes(person)
    content, _ = pressed(home, tmp_path, None)
    assert clips_in(content)[key] == read_opus(person).data
    assert b"Jo Person" not in clips_in(content)[key]


@NEEDS_VOICE
def test_a_recording_of_another_kind_becomes_opus(home: Path, tmp_path: Path) -> None:
    recordings = tmp_path / "content" / desks.CODE / "sounds" / "so"
    recordings.mkdir(parents=True)
    key = clip_key(SO, "Mahadsanid")
    (recordings / f"{key}.wav").write_bytes(a_wave())
    content, speaking = pressed(home, tmp_path, None)
    assert read_opus(clips_in(content)[key]).ms == 1000  # though nothing of this content says it
    assert speaking.told == [NO_PROGRAMS]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("en/hello.ogg", a_recording(), "its name is not that of a clip"),
        ("en/" + "a" * 32 + ".ogg", b"not a sound", "it is no sound"),
        ("EN!/" + "a" * 32 + ".ogg", a_recording(), "no plain file in the folder of a language"),
        ("en/" + "a" * 32 + ".ogg", a_recording(121), "longer than anybody listens to"),
        ("en/" + "a" * 32 + "/x.ogg", a_recording(), "no plain file"),
    ],
)
def test_a_recording_that_cannot_be_used_is_told_of_and_left_out(
    home: Path, tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    path = tmp_path / "content" / desks.CODE / "sounds" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    content, speaking = pressed(home, tmp_path, None)
    assert clips_in(content) == {}
    assert any(why in words and "Whoever recorded it" in words for words in speaking.told)


def test_a_language_without_a_voice_gets_a_sheet_of_what_to_record(home: Path, tmp_path: Path) -> None:
    notice = desks.NOTICE.replace("[title]\n", '[title]\nso = "Qubeysyada waa la hagaajiyay."\n')
    _, speaking = pressed(
        home, tmp_path, programs(), **{"place__a-wing__toml": in_two("so"), "notices__showers__toml": notice}
    )
    sheet = home / "voice" / "so.csv"
    rows = list(csv.reader(sheet.read_text(encoding="utf-8").splitlines()))
    assert rows[0] == ["file", "words"]
    assert [f"{clip_key(SO, 'Qubeysyada waa la hagaajiyay.')}.ogg", "Qubeysyada waa la hagaajiyay."] in rows
    (told,) = [words for words in speaking.told if " so " in words]
    assert "espeak-ng does not speak this language" in told
    assert str(sheet) in told


@pytest.mark.parametrize("tag", ["so", "ti", "ckb"])
def test_no_voice_is_made_up_for_a_language_that_has_none(tag: str) -> None:
    with pytest.raises(VoiceError, match="no voice"):
        spoken(Programs("/bin/true", "/bin/true"), tag, "x")


@NEEDS_VOICE
def test_silence_is_an_error_and_never_a_clip() -> None:
    found = programs()
    assert found is not None
    with pytest.raises(VoiceError, match="nothing to hear"):
        spoken(found, "en", "\u200b")


@NEEDS_VOICE
def test_words_are_words_and_never_orders_to_a_program() -> None:
    found = programs()
    assert found is not None
    for words in ("--help", "-f /etc/passwd", "[[h@l'oU]] there", "<break time='9s'/> Hello", "$(touch x) `id`"):
        assert 200 < spoken(found, "en", words).ms < 15_000


def test_sound_that_finds_no_room_is_left_out_language_by_language(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = {"place__a-wing__toml": in_two("cy")}
    press(home, desks.a_content(tmp_path, **place), desks.NOW)
    for source in sources(content_of(home)):
        for tag, sentence in [(tag, one) for tag in (EN, CY) for one in source.sentences(tag)]:  # noqa: B020 - a list
            (home / "voice" / tag).mkdir(parents=True, exist_ok=True)
            (home / "voice" / tag / f"{clip_key(tag, sentence)}.ogg").write_bytes(read_opus(a_recording(1)).data)
    whole, _ = pressed(home, tmp_path, None, **place)
    of = {tag: {clip_key(tag, one) for part in sources(whole) for one in part.sentences(tag)} for tag in (EN, CY)}
    assert set(clips_in(whole)) == of[EN] | of[CY]
    one_clip = len(read_opus(a_recording(1)).data)
    monkeypatch.setattr(voice_room, "SOUND_LIMIT_BYTES", (len(of[CY]) + 1) * (one_clip + 100))
    content, speaking = pressed(home, tmp_path, None, **place)
    assert set(clips_in(content)) == of[CY]  # the place's first language
    (told,) = [words for words in speaking.told if "was left out" in words]
    assert told.startswith("The sound of en was left out")
    assert "Whoever plans the consultations" in told


def test_what_a_questionnaire_brings_recorded_is_found_under_its_words(home: Path, tmp_path: Path) -> None:
    data = read_opus(a_recording(2)).data
    hashed = voice_room.Digest(shelf.seal.digest(data)).hex()
    survey: dict[str, Any] = json.loads(desks.SURVEY)
    key = next(node["words"] for node in survey["nodes"] if "words" in node and "hint" not in node)
    survey["media"] = {"a.ogg": {"bytes": len(data), "hash": hashed, "kind": "audio/ogg", "ms": 2000}}
    survey["sound"] = {"en": {key: "a.ogg"}}
    content, _ = pressed(
        home, tmp_path, None, **{"questionnaires__wing-life__json": canonical_json(survey), "media__a__ogg": data}
    )
    whole = " ".join(voice_room.sentences("".join(survey["words"]["en"][key])))
    assert recorded(content) == {EN: {clip_key(EN, whole): data}}
    assert clips_in(content)[clip_key(EN, whole)] == data


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = create_vault(tmp_path / "vault.db", bytes(range(32)), bytes(range(16)))
    yield made
    made.close()


@NEEDS_VOICE
def test_sound_reaches_a_kiosk_under_the_names_of_its_words(home: Path, tmp_path: Path, vault: Vault) -> None:
    content, _ = pressed(home, tmp_path, programs())
    assert all(delivery_parts(path) for path in Repository(home).current())
    shelf.trust_root(vault, (home / "public" / "root.json").read_bytes())
    road = FolderCourier(home / "delivery")
    assert shelf.install(vault, take_delivery(road, vault, desks.NOW, desks.CODE, desks.WING))
    installed = open_shelf(vault, desks.NOW.date())
    clips = clips_in(content)
    assert set(installed.clips) == set(clips)
    key, ms = next(iter(installed.clips.items()))
    assert shelf.clip(vault, key, ms) == clips[key]
    assert read_opus(clips[key]).ms == ms


def test_a_pack_that_is_damaged_is_refused_at_the_kiosk(home: Path, tmp_path: Path) -> None:
    key = clip_key(EN, "No")
    (home / "voice" / "en").mkdir(parents=True)
    press(home, desks.a_content(tmp_path), desks.NOW)
    files = dict(Repository(home).content(desks.CODE))
    with pytest.raises(Exception, match="pack of sounds"):
        read_content(files | {"sounds/x.en.clips": b"WVCLIPS1" + bytes(3)}, Repository(home).lists().campaigns)
    assert key not in clips_in(content_of(home))


SAYINGS = {
    "es": "¿Qué debería cambiar primero en este módulo?",
    "lt": "Ką pirmiausia reikėtų pakeisti šiame skyriuje?",
    "pa": "ਇਸ ਵਿੰਗ ਵਿੱਚ ਪਹਿਲਾਂ ਕੀ ਬਦਲਣਾ ਚਾਹੀਦਾ ਹੈ?",
    "pt": "O que deve mudar primeiro nesta ala?",
    "ro": "Ce ar trebui să se schimbe mai întâi aici?",
    "sq": "Çfarë duhet të ndryshojë e para këtu?",
    "ur": "اس ونگ میں سب سے پہلے کیا بدلنا چاہیے؟",
    "vi": "Điều gì nên thay đổi trước tiên ở đây?",
}


@NEEDS_VOICE
@NEEDS_DECODER
def test_a_bundle_speaks_every_language_that_the_kiosk_speaks(home: Path, tmp_path: Path) -> None:
    """English, Welsh, Polish and Arabic have their examples; the same question in the eight others."""
    survey: dict[str, Any] = json.loads(desks.SURVEY)
    key = next(node["words"] for node in survey["nodes"] if node.get("kind") == "select_one")
    english = survey["words"]["en"]
    survey["languages"] += [
        {"tag": tag, "name": tag, "direction": "rtl" if tag == "ur" else "ltr", "checked": False, "sound": "none",
         "fallback": "en"}
        for tag in SAYINGS
    ]  # fmt: skip
    survey["words"] |= {tag: english | {key: [words]} for tag, words in SAYINGS.items()}
    place = desks.PLACE.replace('languages = ["en"]', f"languages = {json.dumps([*SAYINGS, 'en'])}")
    changes = {"questionnaires__wing-life__json": canonical_json(survey), "place__a-wing__toml": place}
    content, speaking = pressed(home, tmp_path, programs(), **changes)
    clips = clips_in(content)
    heard = [clips[clip_key(tag, words)] for tag, words in SAYINGS.items()]
    assert all(loudest(clip) > 1000 for clip in heard)
    assert len(set(heard)) == len(SAYINGS)
    assert speaking.told == []
    assert sum(map(len, content.media.values())) < TOTAL_LIMIT_BYTES


def test_sound_leaves_room_for_all_that_a_bundle_may_hold() -> None:
    """What a kiosk takes in all is never passed, however much is spoken."""
    assert voice_room.SOUND_LIMIT_BYTES + voice_room.SPARE_BYTES <= TOTAL_LIMIT_BYTES == 64 << 20
