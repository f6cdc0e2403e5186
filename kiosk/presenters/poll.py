"""The ballot box on the staff page: opening before observers, closing, and the closing tape for two readings.

Rule 1: while a box is open nothing tells what is in it: no number, no bar.
Rule 2: opening and closing are asked once more; a closed box never opens again.
Rule 3: paper ballots have a box of their own, which is opened once no poll is open here; until then it is said why.
Rule 4: once the final board is here there is nothing left to open.
Source: elections.md 5.4, point 6; 5.5, point 11; and 5.10.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from kiosk.places import ServicePart
from kiosk.presenters.booth_doors import Station
from kiosk.presenters.shown import Phrase, Said, Tile
from kiosk.presenters.touching import Turning, phrased
from kiosk.sitting import goes
from models import seal
from models.consultation import text_of
from models.election.boxes import Manifest, root
from models.errors import WingVoiceError
from models.questionnaire import LanguageTag
from sync.told import told_of

Standing = Literal["open", "paper", "closed", "ready", "strange"]
STATES: Final[dict[Standing, Phrase]] = {
    "open": Phrase("service", "The poll is open"),
    "paper": Phrase("service", "Paper ballots are typed in"),
    "closed": Phrase("service", "The box is closed"),
    "ready": Phrase("service", "The poll is not open yet"),
    "strange": Phrase("service", "Not for this kiosk"),
}
ROOT_LETTERS: Final = 16
MOST_ROOTS: Final = 1
LOW: Final = 3  # facts on the lowest page


@dataclass(frozen=True, slots=True)
class PollLine:
    """One line: what it is about, and how it stands."""

    label: Said
    value: Said


def standing_of(station: Station) -> Standing:
    """Return how one election stands here."""
    if not station.named:
        return "strange"
    if station.open_box is not None:
        return "open" if station.open_kind == "kiosk" else "paper"
    return "closed" if station.closed else "ready"


def standing(stations: tuple[Station, ...]) -> Standing:
    """Return how the elections of the shelf stand here: an open one first."""
    found = {standing_of(station) for station in stations}
    return next(one for one in STATES if one in found)


def station_at(turn: Turning, place: ServicePart) -> Station | None:
    """Return the election of the page: the open one, else the one that was turned to."""
    stations = turn.doors.booth.stations()
    opened = next((one for one in stations if one.open_box is not None), None)
    return opened or (stations[place.page % len(stations)] if stations else None)


def poll_lines(turn: Turning, place: ServicePart) -> tuple[PollLine, ...]:
    """Return what observers read: the election by its symbols, the kiosk, and the box."""
    station = station_at(turn, place)
    if station is None:
        return (PollLine(turn.say("service", "Election"), turn.say("service", "None on this kiosk")),)
    vital = [
        PollLine(turn.say("service", "Its symbols, as on the poster"), _plain(station.shelved.symbols)),
        PollLine(turn.say("service", "This kiosk"), _plain(_grouped(station.kiosk.hex()))),
        *_box(turn, station, place.asking),
    ]
    stands = PollLine(turn.say("service", "How it stands"), phrased(turn, STATES[standing_of(station)]))
    if turn.room.facts <= LOW:  # where there is no room to say it, what can be touched tells how it stands
        return (stands, *vital) if len(vital) <= LOW else tuple(vital)
    title = turn.spoken(*text_of(station.shelved.election.definition.title, LanguageTag(turn.tag())))
    return (
        PollLine(turn.say("service", "Election"), title),
        stands,
        *vital,
        *_roots(turn, station, place.asking),
        *_paper_later(turn, station),
    )


def _box(turn: Turning, station: Station, asking: str) -> list[PollLine]:
    """Return what is to be known of the box; of one about to be opened that it is empty, of an open one its number."""
    match standing_of(station):
        case "ready":
            return _empty(turn, station.next_box, asking)
        case "closed" if asking:
            return _empty(turn, station.next_box, asking)
        case "open":
            return [PollLine(turn.say("service", "Box"), _plain(str(station.open_box)))]
        case "paper":
            return [PollLine(turn.say("service", "Paper box"), _plain(str(station.open_box)))]
        case "closed":
            return _tape(turn, *station.closed[-1])
        case "strange":
            return [PollLine(turn.say("service", "What to do"), turn.say("service", "Please use paper ballots."))]


def _plain(text: str) -> Said:
    return Said(text, "en", "ltr")


def _grouped(letters: str) -> str:
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _empty(turn: Turning, number: int, asking: str) -> list[PollLine]:
    label = turn.say("service", "Paper box") if asking == "paper" else turn.say("service", "Box")
    empty = _grouped(root((), seal.digest).hex()[:ROOT_LETTERS])
    return [
        PollLine(label, turn.say("service", "{number}, empty", number=number)),
        PollLine(turn.say("service", "Root of the empty box"), _plain(empty)),
    ]


def _tape(turn: Turning, manifest: Manifest, symbols: str) -> list[PollLine]:
    box = turn.say("service", "{number}, envelopes: {count}", number=manifest.box, count=manifest.total)
    label = turn.say("service", "Paper box") if manifest.kind == "paper" else turn.say("service", "Box")
    return [
        PollLine(label, box),
        PollLine(turn.say("service", "Closing tape, to read twice and sign"), _plain(symbols)),
    ]


def _roots(turn: Turning, station: Station, asking: str) -> list[PollLine]:
    """Return the root of the first vote, beside the tape; the tape's own symbols are over all of them."""
    if standing_of(station) != "closed" or asking:
        return []
    manifest, _ = station.closed[-1]
    return [
        PollLine(
            turn.say("service", "Root of vote {number}", number=tally.contest),
            _plain(_grouped(tally.root.hex()[:ROOT_LETTERS])),
        )
        for tally in manifest.contests[:MOST_ROOTS]
    ]


def _paper_later(turn: Turning, station: Station) -> list[PollLine]:
    """Say why there is no box for paper yet."""
    if standing_of(station) != "open":
        return []
    return [PollLine(turn.say("service", "Paper ballots"), turn.say("service", "Type them in once the poll is closed"))]


def poll_tiles(turn: Turning, place: ServicePart) -> tuple[Tile, ...]:
    """Return what can be done with the box; while something is asked, Yes and No."""
    station = station_at(turn, place)
    if station is None or not station.named:
        return _others(turn)
    if place.asking:
        really = {
            "open": turn.say("service", "Yes, open box {number}", number=station.next_box),
            "paper": turn.say("service", "Yes, open paper box {number}", number=station.next_box),
            "close": turn.say("service", "Yes, close it for good"),
        }[place.asking]
        return (Tile("yes", really, "yes"), Tile("no", turn.say("service", "No"), "no"))
    if station.open_box is not None:
        paper = station.open_kind == "paper"
        close = turn.say("service", "Close the paper box") if paper else turn.say("service", "Close the poll")
        return (Tile("close", close, "lock"),)
    if station.shelved.over:
        return _others(turn)
    if station.closed:
        opening = Tile("open", turn.say("service", "Open one more box"), "plus")
    else:
        opening = Tile("open", turn.say("service", "Open the poll"), "take-part")
    typed = Tile("paper", turn.say("service", "Type in paper ballots"), "pencil")
    return (opening, typed, *_others(turn))


def _others(turn: Turning) -> tuple[Tile, ...]:
    more = len(turn.doors.booth.stations()) > 1
    return (Tile("other", turn.say("service", "Another election"), "more"),) if more else ()


def touch_poll(turn: Turning, place: ServicePart, key: str) -> None:
    """Do what a tile says."""
    station = station_at(turn, place)
    match key:
        case "open" | "paper" | "close":
            turn.move(goes(turn.sitting, ServicePart("poll", place.page, asking=key)))
        case "other":
            turn.move(goes(turn.sitting, ServicePart("poll", place.page + 1)))
        case "yes" if station is not None:
            booth, label = turn.doors.booth, station.shelved.label
            errand = turn.errand()
            turn.move(goes(turn.sitting, replace(place, asking="", progress=0.0)))

            def then(error: WingVoiceError | None) -> None:
                if turn.current(errand):
                    came = None if error is None else (told_of(error),)
                    turn.arrive(goes(turn.sitting, ServicePart("poll", place.page, came=came)))

            if place.asking == "close":
                booth.close_poll(label, then)
            else:
                booth.open_poll(label, then, "paper" if place.asking == "paper" else "kiosk")
        case _:
            turn.move(goes(turn.sitting, ServicePart("poll", place.page)))
