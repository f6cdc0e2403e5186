"""Declarations: words that their licence forbids to share go out only where somebody signed off that they may."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from models.canonical import canonical_json
from models.errors import CentralError
from models.seal import digest
from sync.central.declarations import DeclarationError, declare, read_declaration
from sync.central.keychest import Chest
from sync.central.press import press, press_keys
from sync.central.repository import Repository
from tests.central import desks

RIGHTS = {"licence": "declared", "attribution": "Its holder", "source_url": "", "declaration": "letter of 3 May"}
BOUND = canonical_json(desks.a_questionnaire(rights=RIGHTS))
FIELDS = """
questionnaire = "a"
name = "e"
signed_off_by = "b"
permission = "c"
day = 2026-11-22
key = "k"
signature = "5"
"""
PERMISSION = 'You may use our scale "as it is"\nat this prison, until the end of 2027.'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return desks.a_home(tmp_path)


def a_content(folder: Path, form: bytes = BOUND) -> Path:
    content = desks.a_content(folder)
    (content / desks.CODE / "questionnaires" / "wing-life.json").write_bytes(form)
    return content


def signed_off(
    home: Path, content: Path, form: bytes = BOUND, *, code: str = desks.CODE, day: date = desks.TODAY
) -> Path:
    signer = Chest(home).at_press(f"est-{code.lower()}", press_keys(Repository(home).top(), code))[0]
    return declare(content / desks.CODE, form, "R. Example, head of research", PERMISSION, day, signer)


def refused(home: Path, content: Path, words: str) -> None:
    with desks.untouched(home), pytest.raises(DeclarationError, match=re.escape(words)):
        press(home, content, desks.NOW)


def test_words_that_may_not_be_shared_are_refused_and_it_is_said_who_must_act(home: Path, tmp_path: Path) -> None:
    refused(
        home,
        a_content(tmp_path),
        'The licence of questionnaire wing-life forbids sharing, and nobody has signed off "letter of 3 May". Whoever'
        " answers for the licence signs it off at the press desk: `wingvoice-central declare` for questionnaire"
        " wing-life, version 2026-11. Nothing was written.",
    )


def test_signed_off_words_are_pressed_and_the_declaration_stays_at_central(home: Path, tmp_path: Path) -> None:
    content = a_content(tmp_path)
    path = signed_off(home, content)
    declared = read_declaration(path.read_text(encoding="utf-8"), press_keys(Repository(home).top(), desks.CODE))
    assert (declared.questionnaire, declared.permission) == (digest(BOUND).hex(), PERMISSION)
    assert press(home, content, desks.NOW) == 1
    files = Repository(home).content(desks.CODE)
    assert f"questionnaires/{digest(BOUND).hex()}.json" in files
    assert not [name for name in files if "declaration" in name]
    assert not [data for data in Repository(home).current().values() if b"head of research" in data]


def test_a_changed_word_needs_a_new_declaration(home: Path, tmp_path: Path) -> None:
    content = a_content(tmp_path)
    signed_off(home, content)
    changed = desks.a_questionnaire(rights=RIGHTS)
    changed["words"]["en"]["t:talk"] = ["Do you talk with officers?"]
    refused(home, a_content(tmp_path, canonical_json(changed)), '"letter of 3 May" was signed off for other words')


@pytest.mark.parametrize(
    ("line", "put"),
    [
        ("permission", 'permission = "You may do whatever you like."'),
        ("signed_off_by", 'signed_off_by = "Somebody else"'),
        ("questionnaire", f'questionnaire = "{"0" * 64}"'),
        ("day", "day = 2020-01-01"),
        ("signature", f'signature = "{"0" * 128}"'),
        ("signature", 'signature = "none"'),
        ("key", 'key = "another"'),
    ],
)
def test_a_declaration_that_was_changed_is_not_believed(home: Path, tmp_path: Path, line: str, put: str) -> None:
    content = a_content(tmp_path)
    path = signed_off(home, content)
    written = path.read_text(encoding="utf-8")
    path.write_text(re.sub(rf"(?m)^{line} = .*$", lambda _: put, written), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != written
    refused(home, content, f"declarations/{path.name}: This establishment's press did not sign it")


def test_letters_that_look_alike_are_not_taken_for_each_other(home: Path, tmp_path: Path) -> None:
    content = a_content(tmp_path)
    path = signed_off(home, content)
    path.write_text(path.read_text(encoding="utf-8").replace("R. Example", "Rene\u0301 Example"), encoding="utf-8")
    refused(home, content, f"declarations/{path.name}: Its letters are not written as this program writes them")


def test_another_establishments_press_cannot_sign_off(home: Path, tmp_path: Path) -> None:
    content = a_content(tmp_path)
    signed_off(home, content, code="OTH")
    refused(home, content, "This establishment's press did not sign it")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("name = ", "It cannot be read"),
        ('name = "letter of 3 May"', "It does not hold just"),
        (b"\xff\xfe", "It is not text."),
        (FIELDS.replace('"e"', "3"), "Its day is a day"),
        (FIELDS, "This establishment's press did not sign it"),
    ],
)
def test_a_file_that_is_no_declaration_is_named(home: Path, tmp_path: Path, written: str | bytes, words: str) -> None:
    content = a_content(tmp_path)
    folder = content / desks.CODE / "declarations"
    folder.mkdir()
    (folder / "odd.toml").write_bytes(written if isinstance(written, bytes) else written.encode())
    refused(home, content, f"declarations/odd.toml: {words}")


def test_a_declaration_of_a_later_day_waits_for_it(home: Path, tmp_path: Path) -> None:
    content = a_content(tmp_path)
    signed_off(home, content, day=desks.TODAY + timedelta(days=1))
    refused(home, content, "signed off for a later day")
    assert press(home, content, desks.NOW + timedelta(days=1)) == 1


def test_a_licence_that_names_no_declaration_is_refused(home: Path, tmp_path: Path) -> None:
    unnamed = canonical_json(
        desks.a_questionnaire(rights={key: text for key, text in RIGHTS.items() if key != "declaration"})
    )
    refused(home, a_content(tmp_path, unnamed), "and it names no declaration")
    with desks.untouched(tmp_path), pytest.raises(DeclarationError, match="asks for no declaration"):
        signed_off(home, tmp_path, unnamed)


def test_our_own_words_need_nobodys_word(home: Path, tmp_path: Path) -> None:
    content = desks.a_content(tmp_path)
    (content / desks.CODE / "declarations").mkdir()
    (content / desks.CODE / "declarations" / "left over.toml").write_text("no matter")
    assert press(home, content, desks.NOW) == 1
    with pytest.raises(DeclarationError, match="asks for no declaration"):
        signed_off(home, content, desks.SURVEY)


@pytest.mark.parametrize(("by", "permission"), [("", "yes"), ("R. Example", " \n"), ("R. Example", "x" * 4001)])
def test_a_declaration_says_who_and_what(home: Path, tmp_path: Path, by: str, permission: str) -> None:
    signer = Chest(home).at_press("est-hmx", press_keys(Repository(home).top(), desks.CODE))[0]
    with desks.untouched(tmp_path), pytest.raises(CentralError, match="in at most 4000 characters"):
        declare(tmp_path, BOUND, by, permission, desks.TODAY, signer)
