"""The keyboards as data: every language can write its own letters, with keys that its font has."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from kiosk.places import Draft
from kiosk.presenters.composer import rows
from tests.kiosk.doors import ASSETS, TAGS, a_keyboard

EXEMPLARS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "cy": "abcdefghilmnoprstuwyâêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ",
    "pl": "aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ",
}
FONTS = dict.fromkeys(("en", "cy", "pl"), "AtkinsonHyperlegibleNext") | {"ar": "KioskArabic"}


def letters(tag: str) -> set[str]:
    return {char for page in a_keyboard(tag).pages.values() for row in page for char in row}


@pytest.mark.parametrize("tag", TAGS)
def test_a_keyboard_writes_every_letter_of_its_language(tag: str) -> None:
    assert set(EXEMPLARS[tag]) <= letters(tag)
    assert set("0123456789") | set(a_keyboard(tag).stops) <= letters(tag)


@pytest.mark.parametrize("tag", TAGS)
def test_no_page_has_more_than_five_rows_or_a_row_more_than_ten_keys_wide(tag: str) -> None:
    for page in a_keyboard(tag).pages:
        shown = rows(Draft("a", page), a_keyboard(tag), "Space", "Delete", "Done")
        assert len(shown) <= 5
        assert all(sum(key.wide for key in row) <= 10 for row in shown)
        keys = [key.key for row in shown for key in row]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_font_has_every_key(tag: str, weight: str) -> None:
    font = TTFont(ASSETS / "fonts" / f"{FONTS[tag]}-{weight}.ttf").getBestCmap()
    shown = letters(tag) | set("".join(a_keyboard(tag).labels.values()))
    if a_keyboard(tag).cased:
        shown |= {char.upper() for char in letters(tag) if len(char.upper()) == 1}
    assert [char for char in sorted(shown) if ord(char) not in font] == []
