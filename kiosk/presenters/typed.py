"""What is typed: numbers on a number pad, words on the kiosk's keyboard.

Rule 1: a key that does not belong into what is typed changes nothing.
Rule 2: what is typed is a draft; it is accepted on going on.
"""

from __future__ import annotations

from typing import Final

from kiosk.places import AtQuestion, Draft
from kiosk.presenters import composer
from kiosk.presenters.keyboard import KeyWords, narrow, wide
from kiosk.presenters.pads import DIGITS, FREE, Keypad, TextPad, as_on_a_telephone
from kiosk.presenters.shown import Key
from kiosk.presenters.touching import Turning
from kiosk.sitting import sheet_of
from models.questionnaire import Number, Text

MOST_DIGITS: Final = 9
MOST_TYPED_DIGITS: Final = 24  # of a text that is typed in digits: a telephone number, a long reference


def digits_only(question: Text) -> bool:
    """Return whether a text is typed on the number pad."""
    return "numbers" in question.appearance


def typed_number(turn: Turning, place: AtQuestion) -> str:
    """Return what stands above the number pad: what is being typed, else the answer given before."""
    return sheet_of(turn.sitting).value(place.path) if place.draft is None else place.draft.text


def press_digit(question: Number | Text, typed: str, key: str) -> str:
    """Return what the key makes of the digits so far; what does not belong there is dropped."""
    if key == "delete":
        return typed[:-1]
    most = MOST_TYPED_DIGITS if isinstance(question, Text) else MOST_DIGITS
    point = key == "." and _pointed(question) and typed and "." not in typed
    if len(typed) >= most or not (point or (len(key) == 1 and key in "0123456789")):
        return typed
    leading = typed == "0" and key != "." and isinstance(question, Number)
    return key if leading else typed + key


def _pointed(question: Number | Text) -> bool:
    return isinstance(question, Number) and question.kind == "decimal"


def keypad(turn: Turning, place: AtQuestion, question: Number | Text) -> Keypad:
    """Return the number pad."""
    delete = turn.say("keyboard", "Delete")
    rows = as_on_a_telephone(DIGITS, delete.text, Key(".", ".") if _pointed(question) else FREE)
    return Keypad(typed_number(turn, place), rows, delete.tag)


def draft_of(turn: Turning, place: AtQuestion) -> Draft:
    """Return the text being typed, or a draft that goes on from the answer given before."""
    if place.draft is not None:
        return place.draft
    return composer.begin(sheet_of(turn.sitting).value(place.path), turn.doors.keyboard(turn.tag()))


def press_letter(turn: Turning, place: AtQuestion, key: str) -> Draft:
    """Return the text after this key of the keyboard."""
    return composer.press(draft_of(turn, place), turn.doors.keyboard(turn.tag()), key)


def text_pad(turn: Turning, place: AtQuestion) -> TextPad:
    """Return the keyboard with what was typed."""
    keyboard, draft = turn.doors.keyboard(turn.tag()), draft_of(turn, place)
    left = composer.letters_left(draft)
    words = KeyWords(
        space=turn.say("keyboard", "Space").text,
        delete=turn.say("keyboard", "Delete").text,
        clear=turn.say("keyboard", "Clear all").text,
        wipe=turn.say("keyboard", "Yes, clear it all").text,
        keep=turn.say("keyboard", "No, keep it").text,
    )
    return TextPad(
        typed=draft.text,
        tag=turn.tag(),
        direction=keyboard.direction,
        left=None if left is None else turn.say("keyboard", "Letters left: {count}", count=left),
        rows=wide(draft, keyboard, words),
        narrow=narrow(draft, keyboard, words),
    )
