# ruff: noqa: RUF001 - alphabets
"""The keyboards as data: every language can write its own letters, with keys that its font has."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from fontTools.ttLib import TTFont

from kiosk import typeset
from kiosk.places import Draft
from kiosk.presenters.composer import begin, press
from kiosk.presenters.keyboard import CARRIER, Keyboard, KeyWords, narrow, read_keyboard, wide
from tests.kiosk.doors import ASSETS, LANGUAGES, a_keyboard

WORDS = KeyWords("Space", "Delete", "Clear all", "Yes, clear it all", "No, keep it")
LATIN = "abcdefghijklmnopqrstuvwxyz"
# The letters of each language, as the Unicode locale data names them, and those of names from elsewhere.
EXEMPLARS = {
    "en": LATIN,
    "cy": LATIN + "âêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ",
    "pl": LATIN + "ąćęłńóśźż",
    "ro": LATIN + "ăâîșț",
    "sq": LATIN + "çë",
    "lt": LATIN + "ąčęėįšųūž",
    "pt": LATIN + "áàâãçéêíóôõúü",
    "es": LATIN + "áéíñóúü¿¡",
    "vi": LATIN + "ăâđêôơư" + "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670،؛؟",
    "ur": "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےآأؤئۂۃۓ\u064b\u064e\u064f\u0650\u0651\u0654\u0670۔،؟",
    "pa": "ਅਆਇਈਉਊਏਐਓਔਸਹਕਖਗਘਙਚਛਜਝਞਟਠਡਢਣਤਥਦਧਨਪਫਬਭਮਯਰਲਵੜੳੲ।"
    "\u0a3e\u0a3f\u0a40\u0a41\u0a42\u0a47\u0a48\u0a4b\u0a4c\u0a70\u0a02\u0a71\u0a3c\u0a4d",
}
SYLLABLES = {"pa": ("ਸ਼", "ਖ਼", "ਗ਼", "ਜ਼", "ਫ਼", "ਲ਼", "ਕ੍ਰਿ", "ਨ੍ਹੂੰ"), "ar": ("شيئًا",), "ur": ("جذبۂ", "کوئی", "آپ")}


def letters(keyboard: Keyboard) -> set[str]:
    pages = (*keyboard.pages.values(), *keyboard.alphabet.values())
    return {char for page in pages for row in page for char in row}


def shown(keyboard: Keyboard, draft: Draft) -> set[str]:
    return {key.key for row in wide(draft, keyboard, WORDS) for key in row}


def written(keyboard: Keyboard, text: str, *, ordered: bool = False) -> str:
    """Write a text by keys that stand on the glass, turning the pages as a finger does."""
    draft = Draft("", ordered=ordered)
    there = {char for page in keyboard.pages for row in keyboard.page(page, ordered=ordered) for char in row}
    for char in (char for letter in regex.findall(r"\X", text) for char in _keys(keyboard, letter, there)):
        for page in ("", "accents", "numbers", "letters", "shift"):
            turned = draft if not page else press(draft, keyboard, page)
            if char in shown(keyboard, turned):
                draft = press(turned, keyboard, char)
                break
        else:
            raise AssertionError(f"no key for {char!r}")
    return draft.text


def _keys(keyboard: Keyboard, letter: str, there: set[str]) -> list[str]:
    """Return the keys that make up a letter: itself, its base and tone, or its code points."""
    if letter in there:
        return [letter]
    marks = [mark for mark in unicodedata.normalize("NFD", letter) if mark in there]
    if keyboard.cased:
        base = "".join(mark for mark in unicodedata.normalize("NFD", letter) if mark not in marks or mark.isalpha())
        return [unicodedata.normalize("NFC", base), *(mark for mark in marks if not mark.isalpha())]
    return list(letter)


def test_every_language_has_its_keyboard() -> None:
    assert {path.stem for path in (ASSETS / "keyboards").iterdir()} == set(EXEMPLARS) >= set(LANGUAGES)


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("tag", EXEMPLARS)
def test_a_keyboard_writes_every_letter_of_its_language(tag: str, ordered: bool) -> None:
    keyboard = a_keyboard(tag)
    for letter in EXEMPLARS[tag]:
        if not unicodedata.category(letter).startswith("M"):
            assert written(keyboard, letter, ordered=ordered) == letter
    base = {"ar": "ب", "ur": "ہ", "pa": "ਕ"}.get(tag, "a")
    for mark in (char for char in EXEMPLARS[tag] if unicodedata.category(char).startswith("M")):
        assert press(Draft(base, ordered=ordered), keyboard, mark).text == unicodedata.normalize("NFC", base + mark)
    for syllable in SYLLABLES.get(tag, ()):
        assert written(keyboard, syllable, ordered=ordered) == unicodedata.normalize("NFC", syllable)
    assert written(keyboard, "0123456789" + keyboard.stops) == "0123456789" + keyboard.stops


@pytest.mark.parametrize("tag", EXEMPLARS)
def test_narrow_glass_writes_every_letter_too(tag: str) -> None:
    keyboard = a_keyboard(tag)
    for ordered in (False, True):
        draft, seen = Draft("a", ordered=ordered), set[str]()
        for start in ("letters", "numbers"):
            draft = press(draft, keyboard, start)
            for _ in range(12):
                rows = narrow(draft, keyboard, WORDS)
                assert len(rows) == 4
                assert all(sum(key.wide for key in row) <= 5 for row in rows)
                seen |= {key.key for row in rows for key in row}
                draft = press(draft, keyboard, "further")
        pages = keyboard.pages if not ordered else {**keyboard.pages, **keyboard.alphabet}
        assert {char for page in pages.values() for row in page for char in row} <= seen
        assert {"space", "delete", "clear", "further"} <= seen
        assert ("shift" in seen) == keyboard.cased


@pytest.mark.parametrize("tag", EXEMPLARS)
def test_no_page_has_more_than_five_rows_or_a_row_more_than_ten_keys_wide(tag: str) -> None:
    keyboard = a_keyboard(tag)
    for ordered in (False, True):
        heights = set()
        for page in keyboard.pages:
            rows = wide(Draft("a", page, ordered=ordered), keyboard, WORDS)
            heights.add(len(rows))
            assert all(sum(key.wide for key in row) <= 10 for row in rows)
            assert sum(key.wide for key in rows[-1]) == 10
            keys = [key.key for row in rows for key in row if key.key]
            assert len(keys) == len(set(keys))
        assert max(heights) <= 5
        assert len(heights) == 1, "a page that is higher than another moves the keys"


@pytest.mark.parametrize("tag", EXEMPLARS)
def test_space_and_delete_stand_in_the_same_place_on_every_page(tag: str) -> None:
    keyboard = a_keyboard(tag)
    for ordered in (False, True):
        places = {
            (key.key, sum(other.wide for other in row[:at]))
            for page in keyboard.pages
            for row in wide(Draft("a", page, ordered=ordered), keyboard, WORDS)
            for at, key in enumerate(row)
            if key.key in {"space", "delete", "clear"}
        }
        assert len(places) == 3


def test_where_nothing_is_written_nothing_can_be_deleted() -> None:
    for shape in (wide, narrow):
        rows = shape(begin("", a_keyboard("en")), a_keyboard("en"), WORDS)
        assert {"delete", "clear"}.isdisjoint(key.key for row in rows for key in row)


def test_the_alphabet_of_a_script_from_the_right_begins_at_the_right() -> None:
    for tag in ("ar", "ur"):
        for shape in (wide, narrow):
            first = shape(Draft("", ordered=True), a_keyboard(tag), WORDS)[0]
            assert first[-1].key == {"ar": "ا", "ur": "آ"}[tag]


def test_marks_are_shown_on_a_dotted_circle() -> None:
    for tag in ("pa", "vi", "ar", "ur"):
        keyboard = a_keyboard(tag)
        marks = {char for char in letters(keyboard) if unicodedata.category(char[0]).startswith("M")}
        assert marks
        for page in keyboard.pages:
            for row in wide(Draft("", page), keyboard, WORDS):
                assert all(key.words == CARRIER + key.key for key in row if key.key in marks)


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("tag", EXEMPLARS)
def test_the_font_has_every_key(tag: str, bold: bool) -> None:
    keyboard = a_keyboard(tag)
    font = TTFont(ASSETS / "fonts" / typeset.font_for(tag, bold=bold)).getBestCmap()
    own = letters(keyboard) | set(keyboard.labels.values()) | set(EXEMPLARS[tag])
    own |= {char.upper() for char in own} if keyboard.cased else {CARRIER}
    drawn = {char for word in own for char in typeset.visual_unkept(word, rtl=keyboard.direction == "rtl")}
    assert [char for char in sorted(drawn) if ord(char) not in font] == []


def test_no_keyboard_has_pictures() -> None:
    for tag in EXEMPLARS:
        assert not any(unicodedata.category(char[0]) in {"So", "Cs", "Co"} for char in letters(a_keyboard(tag)))


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"direction": "up"},
        {"stops": None},
        {"labels": {"letters": "a"}},
        {"pages": {"letters": ["abc"]}},
        {"pages": {"letters": ["a" * 11], "numbers": ["1"]}},
        {"pages": {"letters": ["a"] * 5, "numbers": ["1"]}},
        {"pages": {"letters": "abc", "numbers": ["1"]}},
        {"alphabet": {"emoji": ["a"]}},
        {"alphabet": ["a"]},
    ],
)
def test_a_layout_that_would_not_fit_the_glass_is_refused(broken: dict[str, object]) -> None:
    right: dict[str, object] = {
        "name": "x",
        "direction": "ltr",
        "stops": ".",
        "labels": {"letters": "abc", "numbers": "123"},
        "pages": {"letters": ["abc"], "numbers": ["123"]},
    }
    assert read_keyboard(right).name == "x"
    with pytest.raises(RuntimeError):
        read_keyboard({**right, **broken} if broken else {})
