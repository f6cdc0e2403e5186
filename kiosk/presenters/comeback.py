"""What come-back codes mean for a turn: who gets one, where it leads, and the wait until a code's work is done.

Rule 1: a questionnaire of several modules has a secret before its first question, so that all its records are linked
    alike and nobody can tell from a record who came back.
Rule 2: secret, link and seed are in the sitting alone; with the sitting they are gone.
Rule 3: what was answered on an earlier visit is not known: questions that depend on it find it blank.
Source: questionnaires.md section 11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from kiosk.places import AtQuestion, CodePictures, Consultations, Opening, Place
from kiosk.presenters.comeback_names import NAMES
from kiosk.presenters.shown import Phrase, Said, Tile
from kiosk.presenters.touching import Turning
from kiosk.sitting import Opened, Sitting, farewell, goes, opened_of, sheet_of
from kiosk.walking import next_part, take_up, walk
from models.answers import begin as begin_sheet
from models.comeback import LAST_PLACE, Code, ComeBack, written
from models.errors import WingVoiceError
from models.questionnaire import LanguageTag, ModuleName, Purpose
from models.routing import modules_in_order, open_route

Value = TypeVar("Value")


def is_long(opened: Opened) -> bool:
    """Return whether there is a module to come back for."""
    return sum(not module.practice for module in opened.questionnaire.modules) > 1


def all_long(turn: Turning) -> Sequence[Opened]:
    """Return everything open that people may come back to."""
    shelf = turn.shelf()
    return () if shelf is None else [opened for opened in shelf.consultations if is_long(opened)]


def begin(turn: Turning, opened: Opened, entrance: Place) -> None:
    """Begin a consultation; one of several modules waits for its secret first. Back leads to the `entrance`."""
    day, doors = turn.doors.today(), turn.doors

    def going_on(sitting: Sitting, comeback: ComeBack) -> Sitting:
        return take_up(goes(sitting, entrance), opened, day, comeback.seed, comeback)

    if is_long(opened):
        waited(turn, lambda then: doors.new_comeback(opened.form, then), going_on)
    else:
        turn.move(take_up(goes(turn.sitting, entrance), opened, day, doors.seed()))


def waited(
    turn: Turning,
    ask: Callable[[Callable[[Value | WingVoiceError], None]], None],
    going_on: Callable[[Sitting, Value], Sitting],
) -> None:
    """Ask for what a code gives and go on with it from where the turn stands; until then a page says so."""
    before, errand = turn.sitting, turn.errand()
    place = before.place

    def then(result: Value | WingVoiceError) -> None:
        if not turn.current(errand):
            return
        if isinstance(result, WingVoiceError):
            turn.fail(result)
        else:
            turn.arrive(going_on(goes(turn.sitting, place), result))

    ask(then)
    if turn.sitting is before:
        turn.move(goes(before, Opening()))


def ask_code(turn: Turning, opened: Opened) -> None:
    """Ask for the code of a consultation; Back leads to where that was chosen."""
    sitting = turn.sitting
    turn.move(replace(goes(sitting, CodePictures(opened.consultation.id)), entrance=sitting.place))


def ask_which(turn: Turning) -> None:
    """Ask what somebody with a code began, unless only one thing can be meant."""
    every = all_long(turn)
    if len(every) == 1:
        ask_code(turn, every[0])
    elif every:
        turn.move(goes(turn.sitting, Consultations(Purpose.SURVEY, coming_back=True)))


def take_up_again(sitting: Sitting, opened: Opened, day: date, comeback: ComeBack, place: int) -> Sitting | None:
    """Return the sitting at the first question from the module at `place` on, with an empty sheet; practice is past.

    None where the questionnaire has no such module: then it is not the one that the code was given for.
    """
    tag = sitting.language or LanguageTag("en")
    sheet = begin_sheet(open_route(opened.questionnaire), tag, day, comeback.seed)
    fresh = replace(sitting, opened=opened, sheet=sheet, parts=place, earlier=place, comeback=comeback)
    names = _counted(fresh)
    if place >= len(names):
        return None
    for name in names[place:]:
        there = replace(fresh, module=name)
        if walk(there):
            return goes(there, AtQuestion(walk(there)[0]))
    return farewell(fresh)


def code_of(sitting: Sitting) -> Code | None:
    """Return the code that leads to the next module; None where nothing follows, or no digit names its place."""
    module = next_part(sitting)
    if sitting.comeback is None or module is None:
        return None
    place = _counted(sitting).index(module)
    return written(sitting.comeback.secret, place, opened_of(sitting).form) if place <= LAST_PLACE else None


def _counted(sitting: Sitting) -> tuple[ModuleName, ...]:
    """Return all modules but practice in the order of this sitting's seed; answers do not move them."""
    sheet = sheet_of(sitting)
    every = modules_in_order(sheet.route, sheet.state.seed)
    return tuple(module.name for module in every if not module.practice)


def picture_tiles(phrase: Callable[[Phrase], Said], numbers: Iterable[int]) -> tuple[Tile, ...]:
    """Return some of the 64 pictures with their names, said by `phrase`; the key of each is its number."""
    return tuple(Tile(str(number), phrase(NAMES[number][1]), NAMES[number][0]) for number in numbers)
