"""Repeats: what there is so far, one more, one less; and where a person goes on inside one.

Rule 1: an instance is told by its own answers; those of repeats inside it have lines of their own.
Rule 2: taking away asks once, since what was answered there goes with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.places import AtQuestion
from kiosk.presenters.answered import answer_words
from kiosk.presenters.pads import Series, TakeAway
from kiosk.presenters.shown import Said, Tile, listed
from kiosk.presenters.touching import Turning, pages_of
from kiosk.sitting import sheet_of
from kiosk.walking import instance_around, walk
from models.questionnaire import Note, Path, Repeat


def series_pad(turn: Turning, place: AtQuestion) -> Series | TakeAway:
    """Return the instances of the page, or the one that may be taken away."""
    sheet = sheet_of(turn.sitting)
    instances = sheet.instances(place.path)
    if place.leaving is not None:
        (line,) = _lines(turn, instances, instances.index(place.leaving), 1)
        return TakeAway(line, turn.say("question", "Yes, take it away"), turn.say("question", "No, keep it"))
    pages, a_page = pages_in(turn, place.path), turn.room.instances_at(turn.sitting.scale)
    page = min(place.page, pages - 1)
    more = turn.say("question", "More ({page} of {pages})", page=page + 1, pages=pages)
    return Series(
        lines=_lines(turn, instances, page * a_page, a_page),
        take_away=None if sheet.readonly(place.path) else turn.say("question", "Take away"),
        add=turn.say("question", "Add one") if sheet.may_add(place.path) else None,
        more=more if pages > 1 else None,
    )


def pages_in(turn: Turning, series: Path) -> int:
    """Return how many pages the instances fill."""
    return pages_of(len(sheet_of(turn.sitting).instances(series)), turn.room.instances_at(turn.sitting.scale))


def _lines(turn: Turning, instances: Sequence[Path], first: int, count: int) -> tuple[Tile, ...]:
    """Return a line for each of these instances: its number, and what was answered in it."""
    stops = own_stops(turn)
    return tuple(
        Tile(str(instance), summary(turn, stops.get(instance, ())), place=at, numbered=True)
        for at, instance in enumerate(instances[first : first + count], start=first + 1)
    )


def summary(turn: Turning, stops: Sequence[Path]) -> Said:
    """Return the answers given at these stops, side by side."""
    told = [words for path in stops if (words := answer_words(turn, path)) is not None]
    if not told:
        return turn.say("review", "No answer")
    return Said(listed((words.text for words in told), told[0].tag), told[0].tag, told[0].direction)


def own_stops(turn: Turning) -> Mapping[Path, Sequence[Path]]:
    """Return the questions that stand in each instance itself, not in a repeat inside it."""
    sheet, found = sheet_of(turn.sitting), dict[Path, list[Path]]()
    for path in walk(turn.sitting):
        instance = instance_around(path)
        if instance is not None and not isinstance(sheet.question(path), Note | Repeat):
            found.setdefault(instance, []).append(path)
    return found


def first_stop(turn: Turning, instance: Path) -> Path | None:
    """Return where one enters an instance; None where nothing in it is to be seen."""
    return next((path for path in walk(turn.sitting) if path.startswith(f"{instance}/")), None)


def number_of(instance: Path) -> int:
    """Return the place of an instance in its series, from 1."""
    return int(instance.rpartition("[")[2].removesuffix("]"))
