"""What a question is answered on: one pad a kind, built from the sheet and what is being typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, assert_never

from kiosk.presenters import composer
from kiosk.presenters.answered import chosen, steps_of
from kiosk.presenters.pictures import pictures_of
from kiosk.presenters.shown import Direction, Key, Said, Tile
from kiosk.presenters.touching import Turning, pages_of, said
from kiosk.sitting import AtQuestion, Draft, sheet_of
from models import questionnaire
from models.questionnaire import Choice, Note, Number, Range, SelectMultiple, SelectOne, Text

A_PAGE: Final = 5
MOST_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Tiles:
    """Choices, up to five a page; `many` draws square boxes, `likert` one row; `page` counts from 0."""

    tiles: tuple[Tile, ...]
    many: bool
    likert: bool
    page: int
    pages: int
    more: Said | None


@dataclass(frozen=True, slots=True)
class Steps:
    """A row of steps in reading direction; `at` counts from 0."""

    stops: tuple[Said, ...]
    at: int | None
    low: Said | None
    high: Said | None


@dataclass(frozen=True, slots=True)
class Keypad:
    """A number pad; digits run left to right in every language. Keys: digits, "." and "delete"."""

    typed: str
    rows: tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class TextPad:
    """The kiosk's own keyboard; `left` says how many letters may follow, once they become few.

    Keys: a character to write, or space, delete, shift, letters, numbers, accents, done.
    """

    typed: str
    direction: Direction
    left: Said | None
    rows: tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """One button to say that the words were understood."""

    words: Said
    chosen: bool


@dataclass(frozen=True, slots=True)
class NoteOnly:
    """Words alone."""


AnswerPad = Tiles | Steps | Keypad | TextPad | Acknowledge | NoteOnly


def pad_of(turn: Turning, place: AtQuestion) -> AnswerPad:  # noqa: PLR0911 - a table of kinds
    """Return what this question is answered on, as it stands."""
    question = sheet_of(turn.sitting).question(place.path)
    match question:
        case Note():
            return NoteOnly()
        case questionnaire.Acknowledge():
            held = sheet_of(turn.sitting).value(place.path) != ""
            return Acknowledge(turn.say("question", "I understand"), chosen=held)
        case SelectOne() | SelectMultiple():
            return _tiles(turn, place, question)
        case Range() if steps_of(question):
            return _steps(turn, place, steps_of(question))
        case Range():
            return _keypad(turn, place, point="." in question.grid.step)
        case Number():
            return _keypad(turn, place, point=question.kind == "decimal")
        case Text():
            return _text_pad(turn, place)
        case never:
            assert_never(never)


def choices_of(turn: Turning, place: AtQuestion) -> tuple[tuple[Choice, ...], ...]:
    """Return the choices page by page; those that stand alone are on every page, the skip choice on none."""
    choices = [choice for choice in sheet_of(turn.sitting).offered(place.path) if choice.kind != "skip"]
    if len(choices) <= A_PAGE:
        return (tuple(choices),)
    always = [choice for choice in choices if choice.alone][: A_PAGE - 1]
    others = [choice for choice in choices if choice not in always]
    a_page = A_PAGE - len(always)
    return tuple((*others[at * a_page : (at + 1) * a_page], *always) for at in range(pages_of(len(others), a_page)))


def _tiles(turn: Turning, place: AtQuestion, question: SelectOne | SelectMultiple) -> Tiles:
    sheet = sheet_of(turn.sitting)
    values, pages = chosen(sheet, place.path), choices_of(turn, place)
    pictures = pictures_of(sheet, place.path)
    page = min(place.page, len(pages) - 1)
    more = turn.say("question", "More answers ({page} of {pages})", page=page + 1, pages=len(pages))
    return Tiles(
        tiles=tuple(
            Tile(
                key=choice.value,
                words=said(sheet.words(choice.words)),
                picture=pictures.get(choice.value),
                chosen=choice.value in values,
            )
            for choice in pages[page]
        ),
        many=isinstance(question, SelectMultiple),
        likert="likert" in question.appearance,
        page=page,
        pages=len(pages),
        more=more if len(pages) > 1 else None,
    )


def _steps(turn: Turning, place: AtQuestion, stops: tuple[str, ...]) -> Steps:
    value = sheet_of(turn.sitting).value(place.path)
    return Steps(
        stops=tuple(Said(stop, "en", "ltr") for stop in stops),
        at=stops.index(value) if value in stops else None,
        low=None,
        high=None,
    )


def typed_number(turn: Turning, place: AtQuestion) -> str:
    """Return what stands above the number pad: what is being typed, else the answer given before."""
    return sheet_of(turn.sitting).value(place.path) if place.draft is None else place.draft.text


def press_number(typed: str, key: str, *, point: bool) -> str:
    """Return what the key makes of a number being typed; what does not belong into a number is dropped."""
    if key == "delete":
        return typed[:-1]
    fits = key == "." and point and typed and "." not in typed
    if len(typed) >= MOST_DIGITS or not (fits or (len(key) == 1 and key in "0123456789")):
        return typed
    return key if typed == "0" and key != "." else typed + key


def pointed(question: Number | Range) -> bool:
    """Return whether a decimal point may be typed."""
    return "." in question.grid.step if isinstance(question, Range) else question.kind == "decimal"


def _keypad(turn: Turning, place: AtQuestion, *, point: bool) -> Keypad:
    digits = [tuple(Key(digit, digit) for digit in row) for row in ("123", "456", "789")]
    last = (Key(".", "."),) if point else ()
    delete = Key("delete", turn.say("keyboard", "Delete").text)
    return Keypad(typed_number(turn, place), (*digits, (*last, Key("0", "0"), delete)))


def draft_of(turn: Turning, place: AtQuestion) -> Draft:
    """Return the text being typed, or a draft that goes on from the answer given before."""
    if place.draft is not None:
        return place.draft
    return composer.begin(sheet_of(turn.sitting).value(place.path), turn.doors.keyboard(turn.tag()))


def _text_pad(turn: Turning, place: AtQuestion) -> TextPad:
    keyboard, draft = turn.doors.keyboard(turn.tag()), draft_of(turn, place)
    left = composer.letters_left(draft)
    rows = composer.rows(
        draft,
        keyboard,
        space=turn.say("keyboard", "Space").text,
        delete=turn.say("keyboard", "Delete").text,
        done=turn.say("keyboard", "Done").text,
    )
    return TextPad(
        typed=draft.text,
        direction=keyboard.direction,
        left=None if left is None else turn.say("keyboard", "Letters left: {count}", count=left),
        rows=rows,
    )
