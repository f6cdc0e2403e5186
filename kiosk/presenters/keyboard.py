"""The keyboard of a language as data, and which of its keys stand on the glass now.

Rule 1: rows run as the layout's own, they never mirror; at most ten keys a row and four rows a page.
Rule 2: narrow glass shows a page in parts of at most three rows of five, each one touch from the next.
Rule 3: a key is where it always is: what cannot act leaves its place empty.
Rule 4: letters stand in the order usual in the language, or in that of the alphabet, as one likes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import regex

from kiosk.places import Draft
from kiosk.presenters.shown import Direction, Key

PAGES: Final = ("letters", "numbers", "accents")
MOST_KEYS_A_ROW, MOST_ROWS = 10, 4
NARROW_KEYS, NARROW_ROWS = 5, 3
CARRIER: Final = "\u25cc"  # what shows a mark that stands on a letter

Rows = tuple[tuple[str, ...], ...]


class KeyWords(NamedTuple):
    """The words on the keys that are no letters, in the language of the page."""

    space: str
    delete: str
    clear: str
    wipe: str
    keep: str


@dataclass(frozen=True, slots=True)
class Keyboard:
    """One language's layout.

    `pages` has letters and numbers, and accents where the language needs them; `alphabet` has the pages that stand in
    the order of the alphabet, which runs as the script does; `labels` names the keys that change pages, "alphabet" the
    letters in that order; `cased` is False for scripts without capitals; `stops` are what ends a sentence.
    """

    name: str
    direction: Direction
    pages: Mapping[str, Rows]
    alphabet: Mapping[str, Rows]
    labels: Mapping[str, str]
    cased: bool
    stops: str

    def page(self, name: str, *, ordered: bool) -> Rows:
        """Return a page; one that this language lacks is its letters."""
        name = name if name in self.pages else "letters"
        return self.alphabet.get(name, self.pages[name]) if ordered else self.pages[name]

    def parts(self, name: str, *, ordered: bool) -> tuple[Rows, ...]:
        """Return a page in parts for narrow glass.

        Letters as hands know them: the left half, the right half, and what stood below; all else in reading order.
        """
        rows = self.page(name, ordered=ordered)
        if name != "letters" or (ordered and "letters" in self.alphabet):
            short = _halves(rows)
            return tuple(short[at : at + NARROW_ROWS] for at in range(0, len(short), NARROW_ROWS))
        upper = rows[:NARROW_ROWS]
        left, right = tuple(row[:NARROW_KEYS] for row in upper), tuple(row[NARROW_KEYS:] for row in upper)
        below = _halves(rows[NARROW_ROWS:])
        return (left, right, below) if below else (left, right)

    def writes(self, key: str) -> bool:
        """Whether a key of any page, small or capital, writes this."""
        pages = (*self.pages.values(), *self.alphabet.values())
        return any(key in (char, capital(char)) for rows in pages for row in rows for char in row)

    def after(self, page: str, part: int, *, ordered: bool) -> tuple[str, int]:
        """Return the page and part that follow on narrow glass; after letters come accents, and letters again."""
        if part + 1 < len(self.parts(page, ordered=ordered)):
            return page, part + 1
        return (
            "accents" if page == "letters" and "accents" in self.pages else page if page == "numbers" else "letters"
        ), 0


def read_keyboard(layout: Mapping[str, object]) -> Keyboard:
    """Return the layout that assets/keyboards/<tag>.toml describes; RuntimeError if the file is not a layout."""
    pages, labels, alphabet = layout.get("pages"), layout.get("labels"), layout.get("alphabet", {})
    name, direction, stops = layout.get("name"), layout.get("direction"), layout.get("stops")
    if not isinstance(pages, Mapping) or not isinstance(labels, Mapping) or not isinstance(name, str):
        msg = "a keyboard needs name, pages and labels"
        raise RuntimeError(msg)  # noqa: TRY004 - a mistake of our own, whatever its kind
    if direction not in ("ltr", "rtl") or not isinstance(stops, str) or not {"letters", "numbers"} <= set(pages):
        msg = f"keyboard {name}: direction, stops, or a page is missing"
        raise RuntimeError(msg)
    if not isinstance(alphabet, Mapping) or not set(alphabet) <= set(pages) <= set(labels):
        msg = f"keyboard {name}: the alphabet has pages of its own, or a page has no label"
        raise RuntimeError(msg)
    read = {page: _rows(name, pages[page]) for page in PAGES if page in pages}
    return Keyboard(
        name=name,
        direction="rtl" if direction == "rtl" else "ltr",
        pages=read,
        alphabet={page: _rows(name, alphabet[page]) for page in PAGES if page in alphabet},
        labels={page: str(words) for page, words in labels.items()},
        cased=bool(layout.get("cased", False)),
        stops=stops,
    )


def _rows(name: str, written: object) -> Rows:
    """Read rows of keys; a mark is written on a dotted circle, or it would join the key before it."""
    if not isinstance(written, list) or len(written) > MOST_ROWS:
        msg = f"keyboard {name}: a page has at most {MOST_ROWS} rows"
        raise RuntimeError(msg)
    rows = tuple(tuple(regex.findall(r"\X", unicodedata.normalize("NFC", str(row)))) for row in written)
    if any(len(row) > MOST_KEYS_A_ROW for row in rows):
        msg = f"keyboard {name}: a row has at most {MOST_KEYS_A_ROW} keys"
        raise RuntimeError(msg)
    return tuple(tuple(key.removeprefix(CARRIER) for key in row) for row in rows)


def _halves(rows: Rows) -> Rows:
    return tuple(half for row in rows for half in (row[:NARROW_KEYS], row[NARROW_KEYS:]) if half)


def capital(char: str) -> str:
    """Return the capital of a letter; a letter without one of its own length is its own."""
    upper = char.upper()
    return upper if len(upper) == len(char) else char


def wide(draft: Draft, keyboard: Keyboard, words: KeyWords) -> tuple[tuple[Key, ...], ...]:
    """Return the keys as they stand on wide glass; the last row holds what is not a letter."""
    high = len(keyboard.page("letters", ordered=draft.ordered))
    if draft.clearing:
        return _filled(_asking(words), high + 1, 2)
    page = draft.page if draft.page in keyboard.pages else "letters"  # the language may have changed meanwhile
    rows = _filled(_letters(keyboard.page(page, ordered=draft.ordered), draft, keyboard, page), high, MOST_KEYS_A_ROW)
    foot = [_first(keyboard, page)]
    foot += [_turn(other, draft, keyboard) for other in keyboard.pages if other != page]
    if keyboard.alphabet:
        foot.append(_order(draft, keyboard) if page == "letters" else _gap(1))
    taken = sum(key.wide for key in foot)
    erase = (Key("delete", words.delete, 2), Key("clear", words.clear, 2)) if draft.text else (_gap(2), _gap(2))
    return (*rows, (*foot, Key("space", words.space, MOST_KEYS_A_ROW - taken - 4), *erase))


def narrow(draft: Draft, keyboard: Keyboard, words: KeyWords) -> tuple[tuple[Key, ...], ...]:
    """Return the keys as they stand on narrow glass: one part of a page, and five keys below it."""
    if draft.clearing:
        return _filled(_asking(words), NARROW_ROWS + 1, 2)
    page = draft.page if draft.page in keyboard.pages else "letters"
    every = keyboard.parts(page, ordered=draft.ordered)
    at = min(draft.part, len(every) - 1)
    rows = _letters(every[at], draft, keyboard, page)
    rows = _filled(rows, NARROW_ROWS, NARROW_KEYS)
    letters = _turn("letters", draft, keyboard)
    space, delete = Key("space", words.space), Key("delete", words.delete) if draft.text else _gap(1)
    if page == "numbers":
        clear = Key("clear", words.clear) if draft.text else _gap(1)
        return (*rows, (letters, _further(draft, keyboard, page, at), space, delete, clear))
    numbers = _turn("numbers", draft, keyboard)
    first = _first(keyboard, page) if page == "letters" or not keyboard.alphabet else _order(draft, keyboard)
    return (*rows, (first, _further(draft, keyboard, page, at), numbers, space, delete))


def _letters(rows: Rows, draft: Draft, keyboard: Keyboard, page: str) -> tuple[tuple[Key, ...], ...]:
    big = draft.shifted and keyboard.cased and page != "numbers"
    turned = -1 if keyboard.direction == "rtl" and draft.ordered and page in keyboard.alphabet else 1
    return tuple(tuple(_key(capital(char) if big else char) for char in row[::turned]) for row in rows)


def _first(keyboard: Keyboard, page: str) -> Key:
    """Return the key at the start of the foot: capitals, or what ends a sentence where there are none."""
    if keyboard.cased:
        return Key("shift", "") if page != "numbers" else _gap(1)
    return _key(keyboard.stops[0]) if page == "letters" else _gap(1)


def _order(draft: Draft, keyboard: Keyboard) -> Key:
    """Return the key that changes the order of the letters, named by the first three of the other order."""
    return Key("order", keyboard.labels["letters" if draft.ordered else "alphabet"])


def _turn(page: str, draft: Draft, keyboard: Keyboard) -> Key:
    """Return the key that shows another page."""
    return Key(page, keyboard.labels["alphabet" if page == "letters" and draft.ordered else page])


def _further(draft: Draft, keyboard: Keyboard, page: str, at: int) -> Key:
    """Return the key to the next part, named by the first letters there."""
    other, part = keyboard.after(page, at, ordered=draft.ordered)
    first = keyboard.parts(other, ordered=draft.ordered)[part][0][:3]
    return Key("further", "".join(_key(char).words for char in first))


def _asking(words: KeyWords) -> tuple[tuple[Key, ...], ...]:
    return ((Key("wipe", words.wipe), Key("keep", words.keep)),)


def _filled(rows: tuple[tuple[Key, ...], ...], count: int, wide: int) -> tuple[tuple[Key, ...], ...]:
    """Return rows that stand at the foot of so many, so that the keyboard is as high on every page."""
    return (*(((_gap(wide),),) * (count - len(rows))), *rows)


def _gap(wide: int) -> Key:
    """An empty place."""
    return Key("", "", wide)


def _key(char: str) -> Key:
    # A mark that joins the letter before it is shown on a dotted circle, or nobody could see it.
    joins = unicodedata.combining(char[0]) or unicodedata.category(char[0]) in {"Mn", "Mc"}
    return Key(char, f"{CARRIER}{char}" if joins else char)
