"""Repeats: what there is so far, one more, one less; and where a person goes on inside one.

Rule 1: an instance is told by its own answers; those of repeats inside it have lines of their own.
Rule 2: taking away asks once, since what was answered there goes with it.
"""

from __future__ import annotations

from typing import Final

from kiosk.presenters.answered import answer_words
from kiosk.presenters.pads import Series, TakeAway
from kiosk.presenters.shown import Said, Tile
from kiosk.presenters.touching import Turning, pages_of
from kiosk.sitting import AtQuestion, instance_around, sheet_of, walk
from models.questionnaire import Note, Path, Repeat

A_PAGE: Final = 3


def series_pad(turn: Turning, place: AtQuestion) -> Series | TakeAway:
    """Return the instances of the page, or the one that may be taken away."""
    if place.leaving is not None:
        line = next(line for line in instance_lines(turn, place.path) if line.key == place.leaving)
        return TakeAway(line, turn.say("question", "Yes, take it away"), turn.say("question", "No, keep it"))
    lines, pages = instance_lines(turn, place.path), pages_in(turn, place.path)
    page = min(place.page, pages - 1)
    more = turn.say("question", "More ({page} of {pages})", page=page + 1, pages=pages)
    sheet = sheet_of(turn.sitting)
    return Series(
        lines=lines[page * A_PAGE : (page + 1) * A_PAGE],
        take_away=None if sheet.readonly(place.path) else turn.say("question", "Take away"),
        add=turn.say("question", "Add one") if sheet.may_add(place.path) else None,
        more=more if pages > 1 else None,
    )


def pages_in(turn: Turning, series: Path) -> int:
    """Return how many pages the instances fill."""
    return pages_of(len(sheet_of(turn.sitting).instances(series)), A_PAGE)


def instance_lines(turn: Turning, series: Path) -> tuple[Tile, ...]:
    """Return a line for each instance: its number, and what was answered in it."""
    instances = sheet_of(turn.sitting).instances(series)
    return tuple(
        Tile(str(instance), summary(turn, instance), place=at, numbered=True)
        for at, instance in enumerate(instances, start=1)
    )


def summary(turn: Turning, instance: Path) -> Said:
    """Return the answers given in one instance, side by side."""
    told = [words for path in own_stops(turn, instance) if (words := answer_words(turn, path)) is not None]
    if not told:
        return turn.say("review", "No answer")
    return Said(", ".join(words.text for words in told), told[0].tag, told[0].direction)


def own_stops(turn: Turning, instance: Path) -> tuple[Path, ...]:
    """Return the questions that stand in this instance itself."""
    sheet = sheet_of(turn.sitting)
    return tuple(
        path
        for path in walk(turn.sitting)
        if instance_around(path) == instance and not isinstance(sheet.question(path), Note | Repeat)
    )


def first_stop(turn: Turning, instance: Path) -> Path | None:
    """Return where one enters an instance; None where nothing in it is to be seen."""
    return next((path for path in walk(turn.sitting) if path.startswith(f"{instance}/")), None)


def number_of(instance: Path) -> int:
    """Return the place of an instance in its series, from 1."""
    return int(instance.rpartition("[")[2].removesuffix("]"))
