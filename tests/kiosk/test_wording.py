"""The kiosk's own words: complete in every language, plain, and true to their facts."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from kiosk.presenters.doors import KioskLanguage
from kiosk.presenters.turn import STAFF_READ
from kiosk.wording import Wording, read_language
from sync.central.authoring.reading_age import reading_age
from sync.central.authoring.vocabulary import READING_AGE
from tests.assets_build import make_catalogues
from tests.assets_build.make_catalogues import LOCALE, ROOT, STAFF, Sentence, Words, calls, read, said, said_in, tags
from tests.kiosk.doors import ASSETS, LANGUAGES, the_wording
from tests.kiosk.pseudo import LONG, LongWords, longer

MOST_WORDS = 14
LABEL_WORDS = 3
AVOIDED = re.compile(
    r"\b(inmate|offender|prisoner|vote|ballot|module|survey|data|submit|session|error|click)s?\b", re.IGNORECASE
)
ELECTIONS = ("booth", "council", "paper", "service")
OF_A_BOOTH = re.compile(AVOIDED.pattern.replace("|vote|ballot", ""), re.IGNORECASE)
"""Where people really vote, it is called so; a survey never is."""


def test_the_code_says_something() -> None:
    assert ("bars", "Stop") in said()
    assert ("service", "Fewer than 10") in said()


def test_nothing_is_said_that_the_catalogues_cannot_see() -> None:
    """A sentence that is not written at its call would never be translated."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in (ROOT / "kiosk" / "presenters").glob("*.py")
        for call in calls(path)
        if not all(isinstance(arg, ast.Constant) for arg in call.args[:2])
    ]
    passing_on = {"touching.py", "turn.py"}
    assert [line for line in hidden if line.split(":")[0] not in passing_on] == []


@pytest.mark.parametrize("tag", tags())
def test_a_catalogue_has_every_sentence_with_its_facts_and_none_too_many(tag: str) -> None:
    assert list(read(tag).wrong(said_in(tag))) == []


def a_catalogue(words: str, english: str = "Part {part} of 2") -> Words:
    return Words("xx", words={Sentence("between", english): words})


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("", "not translated yet"),
        (" ", "not translated yet"),
        ("Teil 2", "has other {facts}"),
        ("Teil {teil} von 2", "has other {facts}"),
        ("Teil {part} von 3", "has other numbers"),
    ],
)
def test_words_that_are_not_as_they_must_be_are_named_by_language_and_screen(words: str, trouble: str) -> None:
    catalogue = a_catalogue(words)
    assert list(catalogue.wrong(frozenset(catalogue.words))) == [f"xx, between: {trouble}: 'Part {{part}} of 2'"]


def test_what_staff_alone_read_is_asked_of_the_languages_of_staff_only() -> None:
    staff = Sentence("service", "Staff page")
    assert all(staff in said_in(tag) for tag in STAFF_READ)
    assert staff not in said_in("pl")
    assert Sentence("out_of_service", "Staff: please pass on this number.") in said_in("pl")


def test_fuzzy_words_and_missing_and_left_over_sentences_are_named() -> None:
    catalogue = a_catalogue("Teil {part} von 2")
    everything = frozenset(catalogue.words)
    assert list(catalogue.wrong(everything)) == []
    catalogue.fuzzy |= everything
    assert "not translated yet" in next(catalogue.wrong(everything))
    assert "nobody says this" in next(catalogue.wrong(frozenset()))
    assert "missing" in next(Words("xx").wrong(everything))


def test_a_catalogue_that_follows_the_code_keeps_its_words_and_leaves_the_new_ones_empty() -> None:
    kept, gone, new = Sentence("home", "Kept"), Sentence("home", "Gone"), Sentence("home", "New")
    catalogue = Words("xx", words={kept: "Bleibt", gone: "Geht"})
    assert catalogue.follow(frozenset({kept, new})) == ([new], [gone])
    assert catalogue.words == {kept: "Bleibt", new: ""}


@pytest.mark.parametrize("tag", tags())
def test_a_catalogue_is_written_as_it_was_read(tag: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before, catalogue = (LOCALE / tag / "kiosk.po").read_bytes(), read(tag)
    monkeypatch.setattr(make_catalogues, "LOCALE", tmp_path)
    (tmp_path / tag).mkdir()
    catalogue.write()
    assert catalogue.file.read_bytes() == before


@pytest.mark.parametrize("tag", tags())
def test_digits_stay_western(tag: str) -> None:
    words = "".join(read(tag).words.values())
    assert [char for char in words if char.isdigit() and char not in string.digits] == []


CONTROLS = {
    "Back": "bars",
    "Bigger": "bars",
    "Help": "bars",
    "Hide": "bars",
    "Language": "bars",
    "Listen": "bars",
    "Stop": "bars",
    "Next": "question",
    "Skip": "question",
    "Tea": "practice",
}
"""Controls that sentences speak of, and the screen that names them."""


@pytest.mark.parametrize("tag", tags())
def test_a_sentence_calls_a_control_what_the_control_calls_itself(tag: str) -> None:
    words = read(tag).words
    for sentence in words:
        for control in set(re.findall(r"[A-Z][a-z]+", sentence.english)) & CONTROLS.keys():
            if len(sentence.english.split()) > LABEL_WORDS and sentence.screen != "about":
                assert words[Sentence(CONTROLS[control], control)] in words[sentence], sentence


def test_english_is_its_own_catalogue() -> None:
    assert all(words == sentence.english for sentence, words in read("en").words.items())


def test_english_is_plain_and_short() -> None:
    for screen, sentence in said():
        assert not (OF_A_BOOTH if screen in ELECTIONS else AVOIDED).search(sentence), sentence
        for part in re.split(r"(?<=[.!?:])\s", sentence):
            assert len(part.split()) <= MOST_WORDS, part


def test_a_nine_year_old_can_read_the_english() -> None:
    """By the formula that authors' questions are held to; a fact counts as a short word.

    Staff read older words, and the names of licences are as long as they are.
    """
    for screen, sentence in said():
        if screen in (*STAFF, "about"):
            continue
        plain = re.sub(r"\{[^}]*\}", "it", sentence)
        age = reading_age(plain if plain.endswith((".", "!", "?", ":")) else f"{plain}.")
        assert age < READING_AGE + 1, (screen, sentence, age)


@pytest.mark.parametrize("tag", LANGUAGES[1:])
def test_a_language_that_nobody_checked_says_so(tag: str) -> None:
    text = (ASSETS / "locale" / tag / "kiosk.po").read_text(encoding="utf-8")
    language = tomllib.loads((ASSETS / "locale" / tag / "language.toml").read_text(encoding="utf-8"))
    assert ("NOT YET CHECKED" in text) == (language["checked_by"] == "")
    assert read_language(tag, language).checked == (language["checked_by"] != "")


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_font_has_every_letter_of_the_words(tag: str, weight: str) -> None:
    language = tomllib.loads((ASSETS / "locale" / tag / "language.toml").read_text(encoding="utf-8"))
    font = TTFont(ASSETS / "fonts" / f"{language['font']}-{weight}.ttf").getBestCmap()
    letters = set("".join((*read(tag).words.values(), language["name"])))
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


# The long pseudo-language.


def test_the_long_language_makes_every_sentence_longer_and_keeps_its_facts() -> None:
    """Taken together by about two fifths: half as much more is what a translation of short words may need."""
    ours = sorted(said())
    for _, sentence in ours:
        long = longer(sentence)
        assert len(long) > len(sentence)
        assert (long[0], long[-1]) == ("[", "]")
        assert make_catalogues.facts(long) == make_catalogues.facts(sentence)
        assert re.findall(r"\d+", long) == re.findall(r"\d+", sentence)
    share = sum(len(longer(sentence)) for _, sentence in ours) / sum(len(sentence) for _, sentence in ours)
    assert 1.35 < share < 1.6


def test_the_long_language_can_be_drawn_and_is_never_shipped() -> None:
    letters = {letter for _, sentence in said() for letter in longer(sentence)}
    font = TTFont(ASSETS / "fonts" / "AtkinsonHyperlegibleNext-Bold.ttf").getBestCmap()
    assert [letter for letter in sorted(letters) if ord(letter) not in font] == []
    assert not (LOCALE / LONG).exists()


def test_the_long_language_is_said_as_any_other() -> None:
    wording = Wording((KioskLanguage(LONG, "Long", "ltr", checked=False),), {LONG: LongWords()})
    assert (
        wording.say("farewell", "They are read by: {reader}.", LONG, reader="Sam").text
        == "[Thééŷŷ ååréé rééååd bŷŷ: Sam.]"
    )
