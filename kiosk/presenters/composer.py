"""Typed text: what each key of the kiosk's own keyboard does to it.

Rule 1: pure and frozen; pressing a key gives a new draft, and nothing is learned or kept.
Rule 2: the caret is at the end; one deletion takes one letter as people see it, however it is written.
Rule 3: text is in normal form C after every key, and never longer than its limit.
Rule 4: what a key writes stands on the keyboard as data; a mark is written only on a letter, of two tones the later.
Rule 5: everything is cleared only after asking once.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Final

import regex

from kiosk.places import Draft
from kiosk.presenters.keyboard import Keyboard

LIMIT: Final = 240  # letters; the announcement's "optional, 240, last" of the safeguarding rules
COUNTED: Final = 40  # the counter shows from here on
OPENING: Final = "¿¡„“«(- "  # may stand before the first letter of a sentence
TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")  # of Vietnamese: a letter carries one


def begin(text: str, keyboard: Keyboard) -> Draft:
    """Return a draft that goes on after `text`."""
    return _written(Draft(""), text, keyboard)


def press(draft: Draft, keyboard: Keyboard, key: str, limit: int = LIMIT) -> Draft:
    """Return what the key makes of the text; a key that is not on the keyboard changes nothing."""
    if key == "delete":
        return _written(draft, regex.sub(r"\X\Z", "", draft.text), keyboard)
    if key == "space":
        gap = not draft.text or draft.text.endswith(" ")
        return draft if gap else _write(draft, keyboard, " ", limit)
    if key == "wipe" and draft.clearing:
        return _written(Draft("", ordered=draft.ordered), "", keyboard)
    return _write(draft, keyboard, key, limit) if keyboard.writes(key) else _turned(draft, keyboard, key)


def _turned(draft: Draft, keyboard: Keyboard, key: str) -> Draft:
    """Return the draft after a key that writes nothing."""
    if key in keyboard.pages:
        return replace(draft, page=key, part=0)
    match key:
        case "shift" if keyboard.cased:
            return replace(draft, shifted=not draft.shifted)
        case "order":
            return replace(draft, ordered=not draft.ordered, page="letters", part=0)
        case "further":
            page, part = keyboard.after(draft.page, draft.part, ordered=draft.ordered)
            return replace(draft, page=page, part=part)
        case "clear" | "keep":
            return replace(draft, clearing=key == "clear" and bool(draft.text))
        case _:
            return draft


def _write(draft: Draft, keyboard: Keyboard, written: str, limit: int) -> Draft:
    before = draft.text
    if unicodedata.combining(written[0]) or unicodedata.category(written[0]) == "Mc":
        if not regex.search(r"\p{L}\p{M}*\Z", before):
            return draft
        before = _toneless(before) if written in TONES else before
    text = unicodedata.normalize("NFC", before + written)
    return draft if len(text) > limit else _written(draft, text, keyboard, written)


def _toneless(text: str) -> str:
    """Return the text without the tone of its last letter."""
    at = regex.search(r"\X\Z", text).start()
    return text[:at] + "".join(mark for mark in unicodedata.normalize("NFD", text[at:]) if mark not in TONES)


def _written(draft: Draft, text: str, keyboard: Keyboard, written: str = "") -> Draft:
    """Return the draft with this text. An accent is one letter within a word, so its page closes by itself."""
    stays = draft.page == "letters" or (draft.page == "numbers" and written not in {"", " "})
    page, part = (draft.page, draft.part) if stays else ("letters", 0)
    shifted = keyboard.cased and _starts_a_sentence(text, keyboard.stops)
    return replace(draft, text=text, page=page, part=part, shifted=shifted)


def _starts_a_sentence(text: str, stops: str) -> bool:
    sentence = text.rstrip(OPENING)
    return not sentence or (sentence != text and text[len(sentence)] == " " and sentence[-1] in stops)


def letters_left(draft: Draft, limit: int = LIMIT) -> int | None:
    """Return how many characters may follow once they are few, else None."""
    left = limit - len(draft.text)
    return left if left <= COUNTED else None
