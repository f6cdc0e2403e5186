"""What each purpose means for its road: its tile, its picture, whether a name is on it, what is asked before it.

Rule 1: a purpose without a tile of its own counts as taking part.
Rule 2: only where somebody must be found again is a name asked; there everything says so before, during and after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kiosk.places import Consultations, Home
from kiosk.presenters.shown import Said
from kiosk.presenters.touching import Turning
from kiosk.sitting import Opened
from models.consultation import text_of
from models.questionnaire import LanguageTag, Purpose, worded

OWN_TILE: Final[Mapping[Purpose, str]] = {
    Purpose.SUGGESTION: "suggest",
    Purpose.SHOUT_OUT: "thank",
    Purpose.SIGN_UP: "sign-up",
}
"""Purposes with a tile of their own on Home, by its key, which is also its picture."""
TAKE_PART: Final = "take-part"
PICTURES: Final[Mapping[Purpose, str]] = {Purpose.EXIT: "leaving-custody", Purpose.SELF_ASSESSMENT: "panel-residents"}


def picture_of(purpose: Purpose) -> str:
    """Return the picture of what serves this purpose."""
    return PICTURES.get(purpose) or OWN_TILE.get(purpose, TAKE_PART)


def opened_as(turn: Turning, consultation: str) -> Opened:
    """Return the open consultation of this id; RuntimeError if there is none, for the turn's shelf never changes."""
    shelf = turn.shelf()
    for opened in () if shelf is None else shelf.consultations:
        if opened.consultation.id == consultation:
            return opened
    msg = "a place names a consultation that is not on the shelf"
    raise RuntimeError(msg)


def open_for(turn: Turning, purpose: Purpose) -> Sequence[Opened]:
    """Return what is open of a purpose; every purpose without a tile of its own counts as taking part."""
    shelf = turn.shelf()
    every = () if shelf is None else shelf.consultations
    if purpose in OWN_TILE:
        return [opened for opened in every if opened.questionnaire.purpose == purpose]
    return [opened for opened in every if opened.questionnaire.purpose not in OWN_TILE]


def chosen_at(turn: Turning, opened: Opened) -> Home | Consultations:
    """Return where this consultation is chosen: Home, or its page of the list where several are open."""
    asked = opened.questionnaire.purpose
    purpose = asked if asked in OWN_TILE else Purpose.SURVEY
    every = [one.consultation.id for one in open_for(turn, purpose)]
    if len(every) < 2:  # noqa: PLR2004 - one alone needs no list
        return Home()
    return Consultations(purpose, every.index(opened.consultation.id) // turn.room.things_at(turn.sitting.scale))


def named(opened: Opened) -> bool:
    """Return whether what is handed in has a name on it."""
    return opened.questionnaire.purpose is Purpose.SIGN_UP


def teaches(opened: Opened) -> bool:
    """Return whether the kiosk's own practice comes before it: short roads go without, and so does an author's own."""
    if opened.questionnaire.purpose in OWN_TILE:
        return False
    return not any(module.practice for module in opened.questionnaire.modules)


def reader_of(turn: Turning, opened: Opened) -> Said:
    """Return who reads what is handed in, as far as the consultation says it."""
    consultation, tag = opened.consultation, LanguageTag(turn.tag())
    if consultation.free_text.who_reads:
        return turn.spoken(*text_of(consultation.free_text.who_reads, tag))
    return turn.spoken(consultation.owner, tag)


def title_of(turn: Turning, opened: Opened) -> Said:
    """Return what a consultation is called."""
    form = opened.questionnaire
    words, language = worded(form, form.title, LanguageTag(turn.tag()))
    return turn.spoken("".join(part for part in words if isinstance(part, str)), language.tag)


def minutes_of(turn: Turning, opened: Opened) -> Said:
    """Return how long a consultation takes, practice apart, in words."""
    seconds = sum(module.seconds for module in opened.questionnaire.modules if not module.practice)
    minutes = max(1, -(-seconds // 60))
    if minutes == 1:
        return turn.say("consultations", "About one minute")
    return turn.say("consultations", "Minutes, about: {minutes}", minutes=minutes)
