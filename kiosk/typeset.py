"""Words in the order and shape in which they are drawn, and the font that has their letters.

Rule 1: pure; a screen asks for one line at a time, since Kivy wraps words in the order in which they are read.
Rule 2: what a resident typed never enters a cache: `visual_unkept` is `visual` without one, and `forget` empties it.
Rule 3: digits keep their order in every language; marks that only steer direction are never drawn.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import bidirectional

import arabic_reshaper
from bidi.algorithm import get_display

KEPT_LINES: Final = 8192
_RESHAPER: Final = arabic_reshaper.ArabicReshaper(configuration={"delete_harakat": False, "support_ligatures": True})
_STEERING: Final = dict.fromkeys((0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_IN_A_NUMBER: Final = re.compile(r"(?<=\d) (?=\d)")
_ISOLATED: Final = re.compile("([\u2066\u2067\u2068])([^\u2066-\u2069]*)\u2069")
_ISOLATES: Final = dict.fromkeys(range(0x2066, 0x206A))
_FIRST_ARABIC: Final = 0x0590
_SCRIPTS: Final = (  # first and last code point, OpenType script; whatever is not named here is Latin
    (0x0400, 0x052F, "Cyrl"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0A00, 0x0A7F, "Guru"),
    (0x0B80, 0x0BFF, "Taml"),
)
_FAMILIES: Final = {  # whatever is not named here is Atkinson Hyperlegible Next
    **dict.fromkeys(("ar", "fa"), "KioskArabic"),
    **dict.fromkeys(("ur", "ckb", "ps"), "KioskNaskh"),
    "pa": "KioskGurmukhi",
    **dict.fromkeys(("vi", "bg", "ru", "uk"), "KioskSans"),
}
_GROWS: Final = {"KioskArabic": 1.1, "KioskNaskh": 1.2, "KioskGurmukhi": 1.05}
_UNJOINED: Final = (  # letters without joined forms of their own, written with others that look the same
    (re.compile("\u06c2"), "\u06c1\u0654"),
    (re.compile("\u06c3"), "\u0629"),
    (re.compile("\u06ba(?=[\u0620\u0622-\u063f\u0641-\u064a\u066e-\u06d3])"), "\u0649"),
)


def _drawn(text: str, *, rtl: bool) -> str:
    """Join and reorder one line. Only lines that need it are touched: all else is drawn as it is read."""
    if not rtl and all(ord(letter) < _FIRST_ARABIC for letter in text):
        return text.translate(_STEERING)
    # A number in groups ("116 123") is one number: a space that does not break keeps the groups in order.
    whole = _ISOLATED.sub(_embedded, _IN_A_NUMBER.sub("\u00a0", text)).translate(_ISOLATES)
    for letter, same in _UNJOINED:
        whole = letter.sub(same, whole)
    line = str(get_display(_RESHAPER.reshape(whole), base_dir="R" if rtl else "L"))
    return line.translate(_STEERING)


def _embedded(found: re.Match[str]) -> str:
    """An insert kept apart by isolates, as the embedding of its own direction: the reorderer knows only those."""
    inside = found.group(2)
    strong = next((side for side in map(bidirectional, inside) if side in {"L", "R", "AL"}), "L")
    rtl = found.group(1) == "\u2067" or (found.group(1) == "\u2068" and strong != "L")
    return ("\u202b" if rtl else "\u202a") + inside + "\u202c"


@lru_cache(KEPT_LINES)
def visual(text: str, *, rtl: bool) -> str:
    """One line as drawn from left to right; `rtl` is the declared direction of the words. For our own words only."""
    return _drawn(text, rtl=rtl)


def visual_unkept(text: str, *, rtl: bool) -> str:
    """Same as `visual` for what a resident typed: nothing of it is kept."""
    return _drawn(text, rtl=rtl)


def forget() -> None:
    """Empty the cache; part of every wipe."""
    visual.cache_clear()


def script_tag(text: str) -> str:
    """OpenType script of the first letter that tells it; Latn for Latin and for Arabic after joining."""
    if not text or max(text) < "\u0400":
        return "Latn"
    for letter in text:
        for first, last, tag in _SCRIPTS:
            if first <= ord(letter) <= last:
                return tag
    return "Latn"


def family_of(tag: str) -> str:
    """Family of fonts for a language tag ("cy", "ar-IQ"); unknown tags get the Latin one."""
    return _FAMILIES.get(tag.split("-", maxsplit=1)[0], "AtkinsonHyperlegibleNext")


def font_for(tag: str, *, bold: bool) -> str:
    """File name in assets/fonts of the font for a language tag."""
    return f"{family_of(tag)}-{'Bold' if bold else 'Regular'}.ttf"


def grows(tag: str) -> float:
    """How much larger a language's letters are set than Latin ones, so that they look alike."""
    return _GROWS.get(family_of(tag), 1.0)


def tag_of(text: str) -> str:
    """A tag whose font has these letters, for what carries no tag of its own: "ar" if any is Arabic, else "en"."""
    if any(0x0600 <= ord(letter) <= 0x06FF for letter in text):  # noqa: PLR2004 - the Arabic block
        return "ar"
    return "pa" if script_tag(text) == "Guru" else "en"
