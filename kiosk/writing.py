"""What stands before a text box and around handing words in: how they are given, who reads them, who helps now.

Rule 1: whether one of them stands here follows from the sitting alone: no road leads past it.
Rule 2: how a suggestion is given is chosen before anything is typed, and can be chosen anew until it is handed in.
Rule 3: what is announced is announced once a questionnaire, whoever goes back and forth.
Source: domain.md section 9, points 1 to 3.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.places import AtQuestion, HelpNow, NamesFound, Review
from kiosk.sitting import Sitting, sheet_of
from kiosk.walking import walk
from models.questionnaire import Path, Purpose, Text
from models.record import Mode

MODES: Final[tuple[Mode, ...]] = ("anonymous", "code")
"""What is offered. With a name comes when such entries have a store and keys of their own (domain.md section 2)."""


def is_suggestion(sitting: Sitting) -> bool:
    """Return whether a suggestion is being given."""
    return sitting.opened is not None and sitting.opened.questionnaire.purpose is Purpose.SUGGESTION


def at_text(sitting: Sitting) -> bool:
    """Return whether somebody stands at a text box that may be written in."""
    place = sitting.place
    if not isinstance(place, AtQuestion) or sitting.sheet is None:
        return False
    return isinstance(sitting.sheet.question(place.path), Text) and not sitting.sheet.readonly(place.path)


def choosing_mode(sitting: Sitting) -> bool:
    """Return whether it is now to be chosen how a suggestion is given."""
    if sitting.mode is not None or not is_suggestion(sitting):
        return False
    return at_text(sitting) or sitting.place == Review()


def announcing(sitting: Sitting) -> bool:
    """Return whether it is now to be said who reads what will be typed; the box opens after that."""
    return at_text(sitting) and not sitting.announced and not choosing_mode(sitting)


def in_mode(sitting: Sitting, mode: Mode) -> Sitting:
    """Return the sitting with the suggestion given in this way, where it stood."""
    return replace(sitting, mode=mode)


def mode_again(sitting: Sitting) -> Sitting | None:
    """Return the sitting back at that choice, where it is what comes before this place; else None."""
    if sitting.mode is None or not is_suggestion(sitting):
        return None
    place, texts = sitting.place, text_boxes(sitting)
    if isinstance(place, AtQuestion) and (place.to_review or texts[:1] != (place.path,)):
        return None
    return None if isinstance(place, Review) and texts else replace(sitting, mode=None)


def told(sitting: Sitting) -> Sitting:
    """Return the sitting after the announcement."""
    return replace(sitting, announced=True)


def text_boxes(sitting: Sitting) -> tuple[Path, ...]:
    """Return the text boxes of the part that is walked; none where they may not be open."""
    sheet = sheet_of(sitting)
    return tuple(path for path in walk(sitting) if isinstance(sheet.question(path), Text))


def typed(sitting: Sitting) -> tuple[str, ...]:
    """Return what somebody wrote into the text boxes that are about to be handed in."""
    sheet = sheet_of(sitting)
    return tuple(value for path in text_boxes(sitting) if (value := sheet.value(path)))


def asked_to_hand_in(sitting: Sitting) -> bool:
    """Return whether somebody touched Hand in, and was asked about a name before it was done."""
    return any(isinstance(place, NamesFound) for place in (sitting.place, *sitting.behind))


def being_helped(sitting: Sitting) -> bool:
    """Return whether who can help now was shown unasked: what was written is handed in already."""
    return any(isinstance(place, HelpNow) for place in (sitting.place, *sitting.behind))
