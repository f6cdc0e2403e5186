"""What each part of the staff page says, line by line.

Rule 1: bands, numbers, days and sentences; there is no list of records, and nothing of a person.
Rule 2: what asks for attention is amber, with its word and a triangle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.places import ServicePart
from kiosk.presenters.doors import Ears, Noted, ServiceFacts
from kiosk.presenters.poll import poll_lines
from kiosk.presenters.shown import Phrase, Said
from kiosk.presenters.staff_words import all_said, day_said, said_to_staff
from kiosk.presenters.touching import Turning, phrased
from models.consultation import PlaceFile

BANDS: Final = {
    "under 10": Phrase("service", "Fewer than 10"),
    "10 to 49": Phrase("service", "10 to 49"),
    "50 or more": Phrase("service", "50 or more"),
}
PROTECTION: Final = {
    "keyfile": Phrase("service", "Reduced protection"),
    "pin": Phrase("service", "Locked until staff open it"),
    "tpm2": Phrase("service", "Protected by this machine"),
}
_MEANS: Final = {
    "keyfile": Phrase("service", "Who takes this machine with its key file can open it."),
    "pin": Phrase("service", "After each power cut staff type the PIN."),
    "tpm2": Phrase("service", "Its disk opens in this machine only."),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is about, and how it stands; amber asks for attention, with its word and a triangle."""

    label: Said
    value: Said
    amber: bool = False


def bundle_said(turn: Turning, facts: ServiceFacts) -> Said:
    """Return which bundle is installed."""
    if not facts.bundle:
        return turn.say("service", "None yet")
    return turn.say("service", "Number {number}", number=facts.bundle)


def lines(turn: Turning, place: ServicePart, facts: ServiceFacts, ears: Ears) -> tuple[Fact, ...]:  # noqa: PLR0911 - a table
    """Return the lines of one part; what a round came to just now is not said twice."""
    match place.part:
        case "send":
            sent = _send(turn, facts)
            return sent if place.came is None and place.progress is None else sent[:1]
        case "content":
            return _content(turn, facts)
        case "faults":
            a_page = turn.room.faults
            return _faults(turn, facts.faults[place.page * a_page : (place.page + 1) * a_page])
        case "protection":
            return (*_protection(turn, facts), *_text_boxes(turn))
        case "settings":
            return _settings(turn, ears)
        case "test":
            return _test(turn)
        case "poll":
            return tuple(Fact(line.label, line.value) for line in poll_lines(turn, place))


def _send(turn: Turning, facts: ServiceFacts) -> tuple[Fact, ...]:
    waiting = Fact(turn.say("service", "Answers waiting"), phrased(turn, BANDS[facts.band]))
    label = turn.say("service", "Last time sent")
    if not facts.last_round:
        return waiting, Fact(label, turn.say("service", "Not sent yet"))
    came = all_said(turn, (noted.told for noted in facts.last_round))
    last = Fact(label, day_said(turn, facts.last_round[0].day))
    return (waiting, last) if came is None else (waiting, last, Fact(turn.say("service", "What came of it"), came))


def _content(turn: Turning, facts: ServiceFacts) -> tuple[Fact, ...]:
    shelf = turn.shelf()
    opened = 0 if shelf is None else len(shelf.consultations)
    return (
        Fact(turn.say("service", "Installed bundle"), bundle_said(turn, facts), amber=not facts.bundle),
        Fact(turn.say("service", "Open for people now"), turn.spoken(str(opened), turn.tag())),
        Fact(turn.say("service", "New content"), turn.say("service", "It comes when answers are sent.")),
    )


def _faults(turn: Turning, faults: tuple[Noted, ...]) -> tuple[Fact, ...]:
    if not faults:
        return (Fact(turn.say("service", "Faults"), turn.say("service", "None")),)
    return tuple(Fact(day_said(turn, noted.day), _numbered(turn, noted)) for noted in faults)


def _numbered(turn: Turning, noted: Noted) -> Said:
    said = said_to_staff(turn, noted.told)
    return Said(f"{noted.told.number}: {said.text}", said.tag, said.direction)


def _protection(turn: Turning, facts: ServiceFacts) -> tuple[Fact, ...]:
    reduced = facts.protection == "keyfile"
    level = Fact(turn.say("service", "Protection"), phrased(turn, PROTECTION[facts.protection]), amber=reduced)
    means = Fact(turn.say("service", "What it means"), phrased(turn, _MEANS[facts.protection]))
    if not facts.test_keys:
        return level, means
    test = turn.say("service", "Test keys: not for real answers")
    return level, means, Fact(turn.say("service", "Keys"), test, amber=True)


def _text_boxes(turn: Turning) -> tuple[Fact, ...]:
    """Say whether people may write, and why."""
    shelf = turn.shelf()
    place: PlaceFile | None = None if shelf is None else shelf.place
    label = turn.say("service", "Text boxes")
    if place is None or place.queue is None:
        return (Fact(label, turn.say("service", "Closed: nobody is named who reads at once")),)
    if not place.queue.demonstration:
        return (Fact(label, turn.say("service", "Closed: the reading desk cannot be reached yet")),)
    value = turn.say("service", "Demonstration. Text boxes are open. Nobody watches them.")
    return Fact(label, value, amber=True), Fact(
        turn.say("service", "Would be read by"), turn.spoken(place.queue.answers, turn.tag())
    )


def _settings(turn: Turning, ears: Ears) -> tuple[Fact, ...]:
    shelf = turn.shelf()
    place: PlaceFile | None = None if shelf is None else shelf.place
    volume = turn.say("service", "{at} of {of}", at=ears.volume, of=5)
    told = [Fact(turn.say("service", "Volume"), volume)]
    if place is not None:
        seconds = turn.say("service", "After {ask} seconds, then {wait} more", ask=place.ask_after_s, wait=place.wait_s)
        told.append(Fact(turn.say("service", "Clears by itself"), seconds))
    return tuple(told)


def _test(turn: Turning) -> tuple[Fact, ...]:
    heard = turn.hearing.can_say(turn.say("service", "This is how the kiosk sounds."))
    there = turn.say("service", "Touch Sound, and listen.")
    none = turn.say("service", "Nothing can be heard on this kiosk.")
    return (Fact(turn.say("service", "Sound"), there if heard else none, amber=not heard),)
