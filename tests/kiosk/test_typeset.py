"""Words come out joined, ordered and in a font that has their letters, and typed words are kept nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import arabic_reshaper
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from kiosk import typeset
from tests.kiosk.doors import LANGUAGES, a_keyboard, the_wording

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
LAM_ALEF = "\ufefb"


def drawn(font: str) -> set[int]:
    return set(TTFont(FONTS / font).getBestCmap())


def test_latin_words_are_drawn_as_they_are_read() -> None:
    assert typeset.visual("I'd rather not say: ŵŷ", rtl=False) == "I'd rather not say: ŵŷ"


def test_arabic_letters_are_joined_and_stand_from_right_to_left() -> None:
    assert typeset.visual("سلام", rtl=True) == "\ufee1" + "\ufefc" + "\ufeb3"


def test_digits_inside_arabic_keep_their_order() -> None:
    line = typeset.visual("السؤال 24 من 30", rtl=True)
    assert "24" in line
    assert "30" in line
    assert line.index("30") < line.index("24"), "what is read last stands furthest to the left"


def test_brackets_turn_round_in_arabic() -> None:
    line = typeset.visual("أجوبة (1 من 2)", rtl=True)
    assert line[0] == "("
    assert line[line.index("1") + 1] == ")"


def test_a_number_in_groups_stays_one_number() -> None:
    assert "116\u00a0123" in typeset.visual("اتصال: 116 123", rtl=True)


def test_a_short_aside_in_brackets_is_never_broken_and_a_long_one_may_be() -> None:
    assert typeset.kept_together("More answers (1 of 3)") == "More answers (1\u00a0of\u00a03)"
    assert typeset.kept_together("المزيد (1 من 3)") == "المزيد (1\u00a0من\u00a03)"
    long = "Ask them (the Information Commissioner)."
    assert typeset.kept_together(long) == long
    assert typeset.asides_together(long) == "Ask them (the\u00a0Information\u00a0Commissioner)."


def test_an_insert_is_kept_apart_by_marks_that_are_never_drawn() -> None:
    assert typeset.visual("Hello \u2068Sam\u2069", rtl=False) == "Hello Sam"


def test_an_arabic_name_in_an_english_line_is_joined() -> None:
    assert LAM_ALEF in typeset.visual("say لا now", rtl=False)


def test_every_joining_letter_changes_between_two_joining_letters() -> None:
    for letter in "بتثجحخسشصضطظعغفقكلمنهي":
        middle = arabic_reshaper.reshape(f"ب{letter}ب")[1]
        assert middle != letter, letter


URDU = "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےآأؤئۂۃۓ"
NEVER_JOINED = "ء"
MARKS = {chr(point) for point in (*range(0x064B, 0x0660), 0x0670, 0x0640)}


@pytest.mark.parametrize("letter", sorted(set(URDU) - set(NEVER_JOINED)))
def test_every_urdu_letter_is_joined_and_in_the_font(letter: str) -> None:
    alone = typeset.visual_unkept(letter, rtl=True)
    within = typeset.visual_unkept(f"ب{letter}ب", rtl=True)
    assert alone not in within, "it stands unjoined between two letters that join"
    for bold in (False, True):
        font = drawn(typeset.font_for("ur", bold=bold))
        assert {one for one in alone + within if ord(one) not in font} == set()


def test_a_mark_follows_its_letter_in_a_line_turned_round() -> None:
    assert typeset.visual_unkept("شيئًا", rtl=True) == "\ufe8e" + "\ufe8c\u064b" + "\ufef4" + "\ufeb7"
    assert (
        typeset.visual_unkept("مدَّ", rtl=True) == "\ufeaa\u0651\u064e".replace("\u0651\u064e", "\u064e\u0651") + "\ufee3"
    )


@pytest.mark.parametrize(
    ("tag", "family"),
    [
        *((tag, "AtkinsonHyperlegibleNext") for tag in ("en", "cy", "pl", "ro", "sq", "lt", "pt", "es", "pt-BR", "xx")),
        *(("ar", "KioskArabic"), ("ur", "KioskNaskh"), ("ur-PK", "KioskNaskh")),
        *(("pa", "KioskGurmukhi"), ("vi", "KioskSans")),
    ],
)
def test_every_language_has_its_font(tag: str, family: str) -> None:
    for bold, ending in ((False, "Regular"), (True, "Bold")):
        assert typeset.font_for(tag, bold=bold) == f"{family}-{ending}.ttf"
        assert (FONTS / typeset.font_for(tag, bold=bold)).is_file()


def test_typed_words_are_drawn_the_same_and_are_not_kept() -> None:
    typeset.forget()
    marker = "Marker سلام 24"
    shaped = typeset.visual_unkept(marker, rtl=True)
    assert typeset.visual.cache_info().currsize == 0
    assert typeset.visual(marker, rtl=True) == shaped
    typeset.forget()
    assert typeset.visual.cache_info().currsize == 0


@pytest.mark.parametrize(
    ("text", "tag"), [("Hello", "Latn"), ("Привет", "Cyrl"), ("ਸਤ", "Guru"), ("हाँ", "Deva"), ("123 سلام", "Latn")]
)
def test_each_script_has_its_tag(text: str, tag: str) -> None:
    assert typeset.script_tag(text) == tag


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_letter_of_every_language_is_in_its_font(tag: str, bold: bool) -> None:
    font = drawn(typeset.font_for(tag, bold=bold))
    own = [*words_of(tag), *(char for rows in a_keyboard(tag).pages.values() for row in rows for char in row)]
    own += [char.upper() for char in own if len(char) == 1 and len(char.upper()) == 1]
    shown = {letter for text in own for letter in typeset.visual_unkept(text, rtl=tag in {"ar", "ur"})}
    assert {letter for letter in shown if ord(letter) not in font} - {"\n"} == set()


def words_of(tag: str) -> list[str]:
    """The kiosk's own words in a language, as its catalogue has them, and its name."""
    wording = the_wording()
    catalogue = wording._catalogues[tag]
    said = [str(words) for words in catalogue._catalog.values()]  # type: ignore[attr-defined]
    return [*said, *(language.name for language in wording.languages if language.tag == tag)]


@pytest.mark.parametrize("tag", ["ar", "ur"])
def test_every_letter_that_joins_is_joined_in_the_kiosks_own_words(tag: str) -> None:
    words = {word for text in words_of(tag) for word in re.findall("[\u0620-\u06d3\u064b-\u065f]+", text)}
    assert len(words) > 300, "the catalogue is there"
    for word in words:
        loose = set(typeset.visual_unkept(word, rtl=True)) & set(map(chr, range(0x0620, 0x06D4)))
        assert loose - MARKS == set(), (word, loose)


def test_no_arabic_joining_rule_is_left_in_the_font_to_join_twice() -> None:
    for font in (TTFont(FONTS / name) for name in ("KioskArabic-Regular.ttf", "KioskNaskh-Bold.ttf")):
        features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
        assert not features & {"init", "medi", "fina", "liga", "rlig", "calt"}


def test_an_insert_keeps_its_own_direction_in_an_arabic_line() -> None:
    assert "wing B 2" in typeset.visual("في \u2068wing B 2\u2069 الآن", rtl=True)
    assert typeset.visual("half \u2068 cut", rtl=True), "a line that wraps inside an insert is still drawn"


@pytest.mark.parametrize(
    ("text", "from_the_left"),
    [
        ("قسم (Wing B) هنا", "\ufe8e\ufee8\ufeeb (Wing B) \ufee2\ufeb4\ufed7"),
        ("غرفة 12-14", "14-12 \ufe94\ufed3\ufeae\ufecf"),
        ("سوال 3 از 8؟", "؟8 \ufeaf\ufe8d 3 \ufedd\ufe8d\ufeee\ufeb3"),
        ("قال Sam Lee: نعم", "\ufee2\ufecc\ufee7 :Sam Lee \ufedd\ufe8e\ufed7"),
        ("“نعم”", "”\ufee2\ufecc\ufee7“"),
        ("25% من 8", "8 \ufee6\ufee3 25%"),
        ("10:30", "10:30"),
        ("قال (abc) def بد", "\ufeaa\ufe91 def (abc) \ufedd\ufe8e\ufed7"),
        (
            "دع Samaritans (116 123) هنا",
            "\ufe8e\ufee8\ufeeb Samaritans (116\u00a0123) \ufec9\ufea9",
        ),
        ("رد (2 of 3) Sam", "Sam (of 3 2) \ufea9\ufead"),
        ("ورد [رد (Sam) ] Lee", "Lee [ (Sam) \ufea9\ufead] \ufea9\ufead\ufeed"),
    ],
)
def test_digits_names_and_brackets_stand_where_a_reader_from_the_right_looks_for_them(
    text: str, from_the_left: str
) -> None:
    assert typeset.visual_unkept(text, rtl=True) == from_the_left
