"""Words in the order and shape in which they are drawn, and the font that has their letters.

Rule 1: pure; a screen asks for one line at a time, since Kivy wraps words in the order in which they are read.
Rule 2: what a resident typed never enters a cache: `visual_unkept` is `visual` without one, and `forget` empties it.
Rule 3: digits keep their order in every language; marks that only steer direction are never drawn.
Rule 4: a mark follows its letter in the drawn line too, for there the font sets it on the letter.
"""

from __future__ import annotations

import re
from configparser import SectionProxy
from functools import lru_cache
from typing import Final
from unicodedata import bidirectional

import arabic_reshaper
from bidi.algorithm import get_display

KEPT_LINES: Final = 8192
_STEERING: Final = dict.fromkeys((0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_IN_A_NUMBER: Final = re.compile(r"(?<=\d) (?=\d)")
_ISOLATED: Final = re.compile("([\u2066\u2067\u2068])([^\u2066-\u2069]*)\u2069")
_ISOLATES: Final = dict.fromkeys(range(0x2066, 0x206A))
_ASIDE: Final = re.compile(r"\([^()]{1,10}\)")
_LONG_ASIDE: Final = re.compile(r"\([^()]{1,40}\)")
_DANDA: Final = re.compile("(?<=[0-9A-Za-z])\u0964")
_BRACKETS: Final = {"(": ")", "[": "]"}
_STEERS: Final = {"L": "\u200e", "R": "\u200f"}
_TELLING: Final = frozenset({"L", "R", "AL", "EN", "AN"})
_FIRST_ARABIC: Final = 0x0590
_SCRIPTS: Final = (  # first and last code point, OpenType script; whatever is not named here is Latin
    (0x0400, 0x052F, "Cyrl"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0A00, 0x0A7F, "Guru"),
    (0x0B80, 0x0BFF, "Taml"),
)
_TELLS_SCRIPT: Final = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last, _ in _SCRIPTS)}]")
_FAMILIES: Final = {  # whatever is not named here is Atkinson Hyperlegible Next
    **dict.fromkeys(("ar", "fa"), "KioskArabic"),
    **dict.fromkeys(("ur", "ckb", "ps"), "KioskNaskh"),
    "pa": "KioskGurmukhi",
    **dict.fromkeys(("vi", "bg", "ru", "uk"), "KioskSans"),
}
_GROWS: Final = {"KioskArabic": 1.1, "KioskNaskh": 1.2, "KioskGurmukhi": 1.05}
_MARK: Final = "[\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
_MARKED: Final = re.compile(f"({_MARK}+)([\u0621-\u06d3\ufb50-\ufefc\u25cc])")
_UNJOINED: Final = (  # letters without joined forms of their own, written with others that look the same
    (re.compile("\u06c2"), "\u06c1\u0654"),
    (re.compile("\u06c3"), "\u0629"),
    (re.compile("\u06ba(?=[\u0620\u0622-\u063f\u0641-\u064a\u066e-\u06d3])"), "\u0649"),
)


class _ReadOnce(dict[str, bool]):
    """Settings of the joiner, which parses each of them again for every line it joins."""

    def __init__(self, settings: SectionProxy) -> None:
        super().__init__()
        self._settings = settings

    def __missing__(self, name: str) -> bool:
        self[name] = bool(self._settings.getboolean(name))
        return self[name]

    def getboolean(self, name: str) -> bool:
        """Return a setting by its name, as the joiner asks for it."""
        return self[name]


_RESHAPER: Final = arabic_reshaper.ArabicReshaper(configuration={"delete_harakat": False, "support_ligatures": True})
_RESHAPER.configuration = _ReadOnce(_RESHAPER.configuration)


def _drawn(text: str, *, rtl: bool) -> str:
    """Join and reorder one line. Only lines that need it are touched: all else is drawn as it is read."""
    if not rtl and all(ord(letter) < _FIRST_ARABIC for letter in text):
        return text.translate(_STEERING)
    # A number in groups ("116 123") is one number: a space that does not break keeps the groups in order.
    whole = _ISOLATED.sub(_embedded, _IN_A_NUMBER.sub("\u00a0", text)).translate(_ISOLATES)
    for letter, same in _UNJOINED:
        whole = letter.sub(same, whole)
    line = str(get_display(_RESHAPER.reshape(_paired(whole, rtl=rtl)), base_dir="R" if rtl else "L"))
    return _MARKED.sub(_after_its_letter, line).translate(_STEERING)


def _paired(text: str, *, rtl: bool) -> str:
    """Steer both brackets of a pair to the same side, which the reorderer does not do by itself.

    Source: Unicode Standard Annex 9, rule N0; digits count as what stood before them, and pairs inside pairs as words.
    """
    base, other = ("R", "L") if rtl else ("L", "R")
    sides, last = [], base
    for letter in text:
        kind = bidirectional(letter)
        last = {"L": "L", "R": "R", "AL": "R"}.get(kind, last)
        sides.append(last if kind in _TELLING else "")
    out, opened = list(text), []
    for at, letter in enumerate(text):
        if letter in _BRACKETS:
            opened.append(at)
        elif opened and letter == _BRACKETS[text[opened[-1]]]:
            start = opened.pop()
            inside = set(sides[start + 1 : at])
            before = next((side for side in reversed(sides[:start]) if side), base)
            side = base if base in inside else before if other in inside else ""
            for bracket in (start, at):
                mark = _STEERS.get(side, "")
                out[bracket] = f"{mark}{text[bracket]}{mark}"
    return "".join(out)


def _after_its_letter(found: re.Match[str]) -> str:
    """Marks stand before their letter in a line turned round: put them behind it, the nearest first."""
    return found.group(2) + found.group(1)[::-1]


def _embedded(found: re.Match[str]) -> str:
    """An insert kept apart by isolates, as the embedding of its own direction: the reorderer knows only those."""
    inside = found.group(2)
    strong = next((side for side in map(bidirectional, inside) if side in {"L", "R", "AL"}), "L")
    rtl = found.group(1) == "\u2067" or (found.group(1) == "\u2068" and strong != "L")
    return ("\u202b" if rtl else "\u202a") + inside + "\u202c"


def kept_together(text: str) -> str:
    """Return words in which a short aside in brackets, such as (1 of 3), is never broken over two lines.

    A danda, the stop of Punjabi, keeps away from figures and Latin letters: beside them it looks like one more.
    """
    return _ASIDE.sub(_unbroken, _DANDA.sub("\u00a0\u0964", text))


def asides_together(text: str) -> str:
    """Return words in which a longer aside in brackets is not broken either, for lines that have room for it."""
    return _LONG_ASIDE.sub(_unbroken, text)


def _unbroken(found: re.Match[str]) -> str:
    return found.group().replace(" ", "\u00a0")


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
    found = _TELLS_SCRIPT.search(text)
    if found is None:
        return "Latn"
    return next(tag for first, last, tag in _SCRIPTS if first <= ord(found.group()) <= last)


def family_of(tag: str) -> str:
    """Family of fonts for a language tag ("cy", "ar-IQ"); unknown tags get the Latin one."""
    return _FAMILIES.get(tag.split("-", maxsplit=1)[0], "AtkinsonHyperlegibleNext")


def font_for(tag: str, *, bold: bool) -> str:
    """File name in assets/fonts of the font for a language tag."""
    return f"{family_of(tag)}-{'Bold' if bold else 'Regular'}.ttf"


def grows(tag: str) -> float:
    """How much larger a language's letters are set than Latin ones, so that they look alike."""
    return _GROWS.get(family_of(tag), 1.0)
