"""About this screen: the program and its version, whose pictures and letters it shows, and how new its content is.

Rule 1: what a licence asks to be named is named here; assets/LICENSES.md has the whole list.
Rule 2: nothing here tells of anybody's use: the day is the kiosk's own last round.
"""

from __future__ import annotations

from kiosk.presenters.day import month_of
from kiosk.presenters.shown import Said, aloud
from kiosk.presenters.touching import Turning, phrased


def about(turn: Turning) -> tuple[Said, ...]:
    """Return what there is to say, a sentence or two for each thing."""
    facts = turn.doors.service_facts()
    major, minor, patch = facts.program
    told = [
        turn.say(
            "about", "Program: Wing Voice {major}.{minor}.{patch}. Licence: MIT.", major=major, minor=minor, patch=patch
        ),
        turn.say("about", "Coloured pictures: OpenMoji. Licence: CC BY-SA 4.0. They were made smaller."),
        turn.say("about", "Plain pictures: Phosphor Icons. Licence: MIT."),
        turn.say("about", "Letters: Atkinson Hyperlegible Next and Noto. Licence: SIL Open Font Licence 1.1."),
    ]
    if facts.bundle:
        number = _spelled(turn, facts.bundle)
        told.append(turn.say("about", "What is open here came with delivery number {number}.", number=number))
    if facts.last_round:
        day = facts.last_round[-1].day
        words = phrased(turn, month_of(day), day=day.day, year=day.year)
        told.append(turn.say("about", "This screen last asked for news on {day}.", day=words))
    return tuple(told)


def _spelled(turn: Turning, number: int) -> Said:
    """Return a number that may be of any size, spoken digit by digit."""
    text = str(number)
    each = [aloud(digit, turn.tag(), turn.sitting.direction) for digit in text]
    return Said(text, turn.tag(), turn.sitting.direction, tuple(clip for one in each for clip in one.clips))
