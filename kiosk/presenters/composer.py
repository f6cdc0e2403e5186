"""Typed text: what each key of the kiosk's own keyboard does to it.

Rule 1: pure and frozen; pressing a key gives a new draft, and nothing is learned or kept.
Rule 2: the caret is at the end; one deletion takes one letter as people see it, however it is written.
Rule 3: text is in normal form C after every key, and never longer than its limit.
Rule 4: layouts are data; a character that stands on no page of the keyboard cannot be written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import regex

from kiosk.places import Draft
from kiosk.presenters.shown import Direction, Key

LIMIT: Final = 240  # letters; the announcement's "optional, 240, last" of the safeguarding rules
COUNTED: Final = 40  # the counter shows from here on
PAGES: Final = ("letters", "numbers", "accents")
MOST_KEYS_A_ROW, MOST_ROWS = 10, 4

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Keyboard:
    """One language's layout; rows run as the layout's own, they never mirror.

    `pages` has letters and numbers, and accents where the language needs them; `labels` names the keys that change
    pages; `cased` is False for scripts without capitals; `stops` are the characters that end a sentence.
    """

    name: str
    direction: Direction
    pages: Mapping[str, Rows]
    labels: Mapping[str, str]
    cased: bool
    stops: str


def read_keyboard(layout: Mapping[str, object]) -> Keyboard:
    """Return the layout that assets/keyboards/<tag>.toml describes; RuntimeError if the file is not a layout."""
    pages, labels = layout.get("pages"), layout.get("labels")
    name, direction, stops = layout.get("name"), layout.get("direction"), layout.get("stops")
    if not isinstance(pages, Mapping) or not isinstance(labels, Mapping) or not isinstance(name, str):
        msg = "a keyboard needs name, pages and labels"
        raise RuntimeError(msg)  # noqa: TRY004 - a mistake of our own, whatever its kind
    if direction not in ("ltr", "rtl") or not isinstance(stops, str) or not {"letters", "numbers"} <= set(pages):
        msg = f"keyboard {name}: direction, stops, or a page is missing"
        raise RuntimeError(msg)
    read = {page: _rows(name, pages[page]) for page in PAGES if page in pages}
    return Keyboard(
        name=name,
        direction="rtl" if direction == "rtl" else "ltr",
        pages=read,
        labels={page: str(labels[page]) for page in (*read, "capitals") if page in labels},
        cased=pages.get("capitals") == "upper",
        stops=stops,
    )


def _rows(name: str, written: object) -> Rows:
    if not isinstance(written, list) or len(written) > MOST_ROWS:
        msg = f"keyboard {name}: a page has at most {MOST_ROWS} rows"
        raise RuntimeError(msg)
    rows = tuple(tuple(regex.findall(r"\X", unicodedata.normalize("NFC", str(row)))) for row in written)
    if any(len(row) > MOST_KEYS_A_ROW for row in rows):
        msg = f"keyboard {name}: a row has at most {MOST_KEYS_A_ROW} keys"
        raise RuntimeError(msg)
    return rows


def begin(text: str, keyboard: Keyboard) -> Draft:
    """Return a draft that goes on after `text`."""
    return Draft(text=text, page="letters", shifted=_starts_a_sentence(text, keyboard))


def press(draft: Draft, keyboard: Keyboard, key: str, limit: int = LIMIT) -> Draft:
    """Return what the key makes of the text; a key that is not on the keyboard changes nothing."""
    match key:
        case "delete":
            return begin(regex.sub(r"\X\Z", "", draft.text), keyboard)
        case "shift" if keyboard.cased:
            return replace(draft, shifted=not draft.shifted)
        case "space":
            gap = not draft.text or draft.text.endswith(" ")
            return draft if gap else _write(draft, keyboard, " ", limit)
        case _ if key in keyboard.pages:
            return replace(draft, page=key)
        case _ if _writable(keyboard, key):
            return _write(draft, keyboard, key, limit)
        case _:
            return draft


def _write(draft: Draft, keyboard: Keyboard, written: str, limit: int) -> Draft:
    text = unicodedata.normalize("NFC", draft.text + written)
    if len(text) > limit:
        return draft
    # An accent is one letter within a word, so its page closes by itself; numbers come in groups.
    page = "numbers" if draft.page == "numbers" and written != " " else "letters"
    return Draft(text=text, page=page, shifted=_starts_a_sentence(text, keyboard))


def _writable(keyboard: Keyboard, key: str) -> bool:
    return any(key in (char, _capital(char)) for rows in keyboard.pages.values() for row in rows for char in row)


def _capital(char: str) -> str:
    upper = char.upper()
    return upper if len(upper) == len(char) else char


def _starts_a_sentence(text: str, keyboard: Keyboard) -> bool:
    if not keyboard.cased:
        return False
    return not text or (text.endswith(" ") and text.rstrip()[-1:] in keyboard.stops)


def letters_left(draft: Draft, limit: int = LIMIT) -> int | None:
    """Return how many characters may follow once they are few, else None."""
    left = limit - len(draft.text)
    return left if left <= COUNTED else None


def rows(draft: Draft, keyboard: Keyboard, space: str, delete: str, done: str) -> tuple[tuple[Key, ...], ...]:
    """Return the keys as they stand now; the last row holds what is not a letter. Done is absent until it can act."""
    page = draft.page if draft.page in keyboard.pages else "letters"  # the language may have changed meanwhile
    capital = draft.shifted and keyboard.cased and page != "numbers"
    letters = tuple(tuple(_key(_capital(char) if capital else char) for char in row) for row in keyboard.pages[page])
    foot = []
    if keyboard.cased and page != "numbers":
        foot.append(Key("shift", keyboard.labels["letters" if capital else "capitals"]))
    foot += [Key(other, keyboard.labels[other]) for other in keyboard.pages if other != page]
    foot += [Key("space", space, 3), Key("delete", delete, 2)]
    if draft.text.strip():
        foot.append(Key("done", done, 2))
    return (*letters, tuple(foot))


def _key(char: str) -> Key:
    # A mark that joins the letter before it is shown on a dotted circle, or nobody could see it.
    return Key(char, f"\u25cc{char}" if unicodedata.combining(char) else char)
