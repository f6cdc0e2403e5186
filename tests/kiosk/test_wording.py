"""The kiosk's own words: complete in every language, plain, and true to their facts."""

from __future__ import annotations

import ast
import re
import string
import tomllib

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from kiosk.presenters.doors import KioskLanguage
from kiosk.wording import Wording, read_language
from tests.kiosk.doors import ASSETS, TAGS, the_wording

ROOMS = ASSETS.parent / "kiosk"
SAYING = ("say", "Phrase")
MOST_WORDS = 14
AVOIDED = re.compile(
    r"\b(inmate|offender|prisoner|vote|ballot|module|survey|data|submit|session|error|click)s?\b", re.IGNORECASE
)


def spoken() -> set[tuple[str, str]]:
    """Return every (screen, sentence) that the kiosk's code says."""
    return {
        (str(call.args[0].value), str(call.args[1].value))
        for path in ROOMS.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and (call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")) in SAYING
        and len(call.args) >= 2
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[1], ast.Constant)
    }


def catalogue(tag: str) -> Catalog:
    with (ASSETS / "locale" / tag / "kiosk.po").open("rb") as file:
        return read_po(file, locale=tag)


def facts(sentence: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


def test_the_code_says_something() -> None:
    assert ("bars", "Stop") in spoken()
    assert ("service", "Fewer than 10") in spoken()


def test_nothing_is_said_that_the_catalogues_cannot_see() -> None:
    """A sentence that is not written at its call would never be translated."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in (ROOMS / "presenters").glob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and (call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")) in SAYING
        and not all(isinstance(arg, ast.Constant) for arg in call.args[:2])
    ]
    passing_on = {"touching.py", "turn.py"}
    assert [line for line in hidden if line.split(":")[0] not in passing_on] == []


@pytest.mark.parametrize("tag", TAGS)
def test_a_catalogue_has_every_sentence_and_none_too_many(tag: str) -> None:
    entries = {(message.context, message.id) for message in catalogue(tag) if message.id}
    assert entries == spoken()


@pytest.mark.parametrize("tag", TAGS)
def test_no_entry_is_empty_or_fuzzy_or_loses_a_fact(tag: str) -> None:
    for message in catalogue(tag):
        if message.id:
            assert message.string, message.id
            assert not message.fuzzy, message.id
            assert facts(str(message.string)) == facts(str(message.id)), message.id
            assert re.findall(r"\d+", str(message.string)) == re.findall(r"\d+", str(message.id)), message.id


@pytest.mark.parametrize("tag", TAGS)
def test_digits_stay_western(tag: str) -> None:
    words = "".join(str(message.string) for message in catalogue(tag))
    assert [char for char in words if char.isdigit() and char not in string.digits] == []


def test_english_is_its_own_catalogue() -> None:
    assert all(message.string == message.id for message in catalogue("en") if message.id)


def test_english_is_plain_and_short() -> None:
    for _, sentence in spoken():
        assert not AVOIDED.search(sentence), sentence
        for part in re.split(r"(?<=[.!?:])\s", sentence):
            assert len(part.split()) <= MOST_WORDS, part


@pytest.mark.parametrize("tag", ["cy", "pl", "ar"])
def test_a_language_that_nobody_checked_says_so(tag: str) -> None:
    text = (ASSETS / "locale" / tag / "kiosk.po").read_text(encoding="utf-8")
    language = tomllib.loads((ASSETS / "locale" / tag / "language.toml").read_text(encoding="utf-8"))
    assert ("NOT YET CHECKED" in text) == (language["checked_by"] == "")
    assert read_language(tag, language).checked == (language["checked_by"] != "")


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_font_has_every_letter_of_the_words(tag: str, weight: str) -> None:
    language = tomllib.loads((ASSETS / "locale" / tag / "language.toml").read_text(encoding="utf-8"))
    font = TTFont(ASSETS / "fonts" / f"{language['font']}-{weight}.ttf").getBestCmap()
    letters = {char for message in catalogue(tag) for char in str(message.string) if message.id} | set(language["name"])
    assert [char for char in sorted(letters) if ord(char) not in font] == []


def test_words_come_in_the_language_asked_for_with_their_direction() -> None:
    said = the_wording().say("bars", "Stop", "ar")
    assert (said.text, said.tag, said.direction) == ("توقف", "ar", "rtl")


def test_a_sentence_that_a_language_lacks_is_said_in_english_and_tagged_so() -> None:
    wording = Wording((KioskLanguage("xx", "X", "rtl", checked=False),), {})
    said = wording.say("bars", "Stop", "xx")
    assert (said.text, said.tag, said.direction) == ("Stop", "en", "ltr")


def test_facts_are_filled_in_and_isolated_where_reading_runs_the_other_way() -> None:
    wording = the_wording()
    assert wording.say("farewell", "They are read by: {reader}.", "en", reader="Sam").text == "They are read by: Sam."
    assert "\u2068Sam\u2069" in wording.say("farewell", "They are read by: {reader}.", "ar", reader="Sam").text


@pytest.mark.parametrize("broken", [{}, {"name": "x"}, {"name": "x", "direction": "down"}])
def test_a_language_file_without_name_or_direction_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(RuntimeError):
        read_language("xx", broken)
