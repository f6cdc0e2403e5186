"""The press: good content is signed whole, anything else writes nothing."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tuf.api.metadata import Snapshot, Timestamp

from models.canonical import ENGLISH, canonical_json
from models.consultation import read_consultation
from models.election.definition import Candidate
from models.errors import CentralError
from models.noticeboard import Notice, read_notice
from models.seal import digest
from sync.central.press import OFFICE_MODULE_S, PressError, press, write_to_stick
from sync.central.repository import Repository
from sync.stick import delivery_parts
from tests.central import desks
from tests.models.election_files import election_files
from tests.models.elections import a_contest


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return desks.a_home(tmp_path)


def refused(home: Path, content: Path, words: str) -> None:
    with desks.untouched(home), pytest.raises(PressError, match=words):
        press(home, content, desks.NOW)


def test_content_is_signed_into_the_establishments_own_folder(home: Path, tmp_path: Path) -> None:
    assert press(home, desks.a_content(tmp_path), desks.NOW) == 1
    files = Repository(home).content(desks.CODE)
    assert sorted(files) == [
        "consultations/wing-life-autumn.json",
        "notices/showers.json",
        "place/a-wing.json",
        f"questionnaires/{digest(desks.SURVEY).hex()}.json",
    ]
    consultation = read_consultation(files["consultations/wing-life-autumn.json"])
    assert consultation.questionnaire == digest(desks.SURVEY).hex()
    assert consultation.key == Repository(home).lists().campaigns[0].key.hex()


def test_each_press_is_one_number_on(home: Path, tmp_path: Path) -> None:
    content = desks.a_content(tmp_path)
    assert [press(home, content, desks.NOW) for _ in range(3)] == [1, 2, 3]
    timestamp = Repository(home).newest("timestamp", Timestamp)
    snapshot = Repository(home).newest("snapshot", Snapshot)
    assert timestamp is not None
    assert snapshot is not None
    assert timestamp.snapshot_meta.version == snapshot.version == 3
    assert snapshot.meta["est-hmx.json"].hashes


def test_the_press_uses_no_offline_key(home: Path, tmp_path: Path) -> None:
    for path in (
        *(home / "keys/offline").iterdir(),
        *(home / "keys/opening").iterdir(),
        home / "keys/signer/receipt.key",
    ):
        path.unlink()
    assert press(home, desks.a_content(tmp_path), desks.NOW) == 1


def test_a_stolen_snapshot_key_of_another_central_does_not_fit(home: Path, tmp_path: Path) -> None:
    another = desks.a_home(tmp_path / "another", another=True)
    (home / "keys/press/snapshot-1.pem").write_bytes((another / "keys/press/snapshot-1.pem").read_bytes())
    content = desks.a_content(tmp_path)
    with desks.untouched(home), pytest.raises(CentralError, match="No key of snapshot"):
        press(home, content, desks.NOW)


def test_every_published_name_is_one_that_a_stick_carries(home: Path, tmp_path: Path) -> None:
    press(home, desks.a_content(tmp_path, notices__Two_Words__toml=desks.NOTICE.replace("showers", "two")), desks.NOW)
    assert all(delivery_parts(path) for path in Repository(home).current())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"consultations__wing-life-autumn__toml": desks.CONSULTATION.replace('level = "consult"\n', "")}, "no level"),
        ({"consultations__wing-life-autumn__toml": desks.CONSULTATION.replace("consult", "sell")}, "level is none of"),
        ({"questionnaires__wing-life__json": None}, "wing-life is not in this content"),
        (
            {"consultations__wing-life-autumn__toml": desks.CONSULTATION.replace('"first"', '"last"')},
            "made no campaign last",
        ),
        (
            {"consultations__wing-life-autumn__toml": desks.CONSULTATION.replace('"wing-life"', f'"{"0" * 64}"')},
            "not in this content",
        ),
        (
            {"consultations__wing-life-autumn__toml": 'key = "0011223344556677"\n' + desks.CONSULTATION},
            "sealing key that the ceremony did not make",
        ),
        (
            {"consultations__wing-life-autumn__toml": desks.CONSULTATION.replace('"a-wing"', '"b-wing"')},
            "no place file",
        ),
        ({"notices__more__toml": desks.NOTICE}, "two files speak of it"),
        ({"notices__more__toml": "body = nothing"}, "notices/more.toml"),
        ({"notices__more__json": b"[1]"}, "tables of names"),
        ({"notices__more__json": b'{"a": 1.5}'}, "notices/more.json"),
        ({"notices__more__txt": "hello"}, "notices/more.txt"),
        ({"questionnaires__other__json": desks.SURVEY + b" "}, "questionnaires/other.json"),
        ({"questionnaires__other__json": canonical_json(desks.a_questionnaire(version="v", format=2))}, "newer"),
        ({"notices__odd name__toml": desks.NOTICE.replace("showers", "odd")}, "small letters"),
    ],
)
def test_what_a_kiosk_would_refuse_is_refused_here(
    home: Path, tmp_path: Path, changes: dict[str, str | bytes | None], words: str
) -> None:
    refused(home, desks.a_content(tmp_path, **changes), words)


def test_one_version_of_a_questionnaire_has_one_wording(home: Path, tmp_path: Path) -> None:
    press(home, desks.a_content(tmp_path), desks.NOW)
    changed = desks.a_questionnaire()
    changed["words"]["en"]["t:talk"] = ["Do you talk with officers?"]
    again = desks.a_content(tmp_path, questionnaires__wing_life__json=None)
    (again / "HMX/questionnaires/wing-life.json").write_bytes(canonical_json(changed))
    refused(home, again, "give it a new version")
    (again / "HMX/questionnaires/wing-life.json").write_bytes(canonical_json(changed | {"version": "2026-12"}))
    assert press(home, again, desks.NOW) == 2


def test_one_version_has_one_wording_at_every_establishment(home: Path, tmp_path: Path) -> None:
    changed = desks.a_questionnaire()
    changed["words"]["en"]["t:talk"] = ["Do you talk with officers?"]
    both = desks.a_content(tmp_path)
    shutil.copytree(both / "HMX", both / "OTH")
    (both / "OTH/questionnaires/wing-life.json").write_bytes(canonical_json(changed))
    refused(home, both, "give it a new version")
    shutil.move(both / "OTH", tmp_path / "later" / "OTH")
    assert press(home, both, desks.NOW) == 1
    refused(home, tmp_path / "later", "give it a new version")
    (tmp_path / "later/OTH/questionnaires/wing-life.json").write_bytes(desks.SURVEY)
    assert press(home, tmp_path / "later", desks.NOW) == 2


def test_a_text_question_needs_a_policy_that_says_who_reads(home: Path, tmp_path: Path) -> None:
    ideas = desks.CONSULTATION.replace("wing-life-autumn", "ideas").replace("wing-life", "suggestion")
    refused(home, desks.a_content(tmp_path, **desks.suggestions(ideas)), "no free-text policy")
    read_by_somebody = ideas.replace('"none"', '"staffed-queue"').replace(
        "who_reads = {}", 'who_reads = {en = "The engagement lead reads this within five days."}'
    )
    assert press(home, desks.a_content(tmp_path, **desks.suggestions(read_by_somebody)), desks.NOW) == 1


def test_a_link_among_the_content_is_refused(home: Path, tmp_path: Path) -> None:
    content = desks.a_content(tmp_path)
    (content / "HMX/notices/link.toml").symlink_to(content / "HMX/notices/showers.toml")
    refused(home, content, "not a plain file")


def test_content_for_nobody_is_refused(home: Path, tmp_path: Path) -> None:
    refused(home, tmp_path / "nowhere", "folder named by its code")
    flat = tmp_path / "flat"
    (flat / "notices").mkdir(parents=True)
    refused(home, flat, "folder named by its code")


def test_before_a_ceremony_there_is_nothing_to_press(tmp_path: Path) -> None:
    with pytest.raises(CentralError, match="ceremony"):
        press(tmp_path / "central", desks.a_content(tmp_path), desks.NOW)
    assert not (tmp_path / "central").exists()


def test_targets_past_their_day_are_not_pressed_over(home: Path, tmp_path: Path) -> None:
    content = desks.a_content(tmp_path)
    with desks.untouched(home), pytest.raises(CentralError, match="past their day"):
        press(home, content, desks.NOW + timedelta(days=800))


def test_a_stick_gets_the_newest_delivery_only(home: Path, tmp_path: Path) -> None:
    content, stick = desks.a_content(tmp_path), tmp_path / "stick"
    stick.mkdir()
    with pytest.raises(CentralError, match="pressed yet"):
        write_to_stick(home, stick)
    press(home, content, desks.NOW)
    press(home, content, desks.NOW)
    written = write_to_stick(home, stick)
    lying = {path.name for path in (stick / "wingvoice/delivery").rglob("*.json")}
    assert {"1.root.json", "1.targets.json", "2.est-hmx.json", "2.snapshot.json", "timestamp.json"} <= lying
    assert "1.snapshot.json" not in lying
    assert write_to_stick(home, stick) == 0 < written
    assert json.loads((stick / "wingvoice/delivery/metadata/timestamp.json").read_bytes())["signed"]["version"] == 2


# Notices with pictures, and waiting rooms.


PICTURED = desks.NOTICE.replace('by = "Head of residence"', 'by = "Head of residence"\npicture = "soup.png"')


def published_notice(home: Path) -> Notice:
    """Return the one notice that was pressed."""
    (data,) = [data for path, data in Repository(home).current().items() if "/notices/" in path]
    return read_notice(data)


def test_a_notice_names_its_picture_by_file_and_the_kiosk_finds_it_by_content(home: Path, tmp_path: Path) -> None:
    content = desks.a_content(tmp_path, notices__showers__toml=PICTURED, media__soup__png=b"a picture")
    press(home, content, desks.NOW)
    notice = published_notice(home)
    assert notice.picture == f"{digest(b'a picture').hex()}.png"
    assert any(path.endswith(str(notice.picture)) for path in Repository(home).current())


def test_an_icon_needs_no_file(home: Path, tmp_path: Path) -> None:
    content = desks.a_content(tmp_path, notices__showers__toml=PICTURED.replace("soup.png", "topic-showers"))
    press(home, content, desks.NOW)
    assert published_notice(home).picture == "topic-showers"


@pytest.mark.parametrize("data", [None, b"x" * 300_001])
def test_a_picture_that_is_not_there_or_too_large_is_refused(home: Path, tmp_path: Path, data: bytes | None) -> None:
    content = desks.a_content(tmp_path, notices__showers__toml=PICTURED, media__soup__png=data)
    before = desks.tree(home)
    with pytest.raises(PressError, match="picture"):
        press(home, content, desks.NOW)
    assert desks.tree(home) == before


def test_a_long_module_in_a_waiting_room_is_remarked_and_pressed(home: Path, tmp_path: Path) -> None:
    office = desks.PLACE.replace('kind = "wing"', 'kind = "office"')
    long = canonical_json(
        desks.a_questionnaire(
            modules=[{"name": "m1", "title": "t:m1", "first": 1, "last": 4, "seconds": OFFICE_MODULE_S + 1}]
        )
    )
    for place, expected in ((office, 1), (desks.PLACE, 0)):
        told: list[str] = []
        content = desks.a_content(
            tmp_path / str(expected), place__a_wing__toml=None, questionnaires__wing_life__json=None
        )
        (content / desks.CODE / "place" / "a-wing.toml").write_text(place)
        (content / desks.CODE / "questionnaires" / "wing-life.json").write_bytes(long)
        press(home, content, desks.NOW, tell=told.append)
        assert len(told) == expected
        assert all("module m1 takes about 91 seconds" in words for words in told)


def test_an_election_goes_out_as_it_was_signed_and_its_photos_with_all_pictures(home: Path, tmp_path: Path) -> None:
    photo = b"a photo"
    listed = Candidate(1, {ENGLISH: "Ann Archer"}, "sun", photo=digest(photo).hex())
    contest = a_contest(max_marks=2, candidates=(listed, replace(listed, number=2)))
    _, files = election_files(contests=(contest,))
    content = desks.a_content(tmp_path)
    folder = content / desks.CODE / "elections" / "council"
    for path, data in {**files, "media/ann.PNG": photo}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    press(home, content, desks.NOW)
    published = Repository(home).content(desks.CODE)
    assert {name: data for name, data in published.items() if name.startswith("elections/")} == {
        f"elections/council.{path}": data for path, data in files.items()
    }
    assert published[f"media/{digest(photo).hex()}.png"] == photo
    (folder / "media" / "ann.PNG").unlink()
    refused(home, content, "elections/council/definition.json: .*the photo is missing")
    (folder / "media" / "ann.PNG").write_bytes(photo)
    (folder / "definition.sig.json").write_bytes(b"[]")
    refused(home, content, "did not both sign it")
