"""The staff page: its parts as tiles, each with how it stands in a word or two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

from kiosk.places import Service, ServicePart, StaffPart
from kiosk.presenters.booth_doors import Station
from kiosk.presenters.doors import ServiceFacts
from kiosk.presenters.poll import STATES, standing
from kiosk.presenters.service_facts import BANDS, PROTECTION, bundle_said
from kiosk.presenters.shown import Look, Phrase, Said, Tile
from kiosk.presenters.touching import Presenter
from kiosk.sitting import goes

TITLES: Final[dict[StaffPart, Phrase]] = {
    "send": Phrase("service", "Send answers"),
    "content": Phrase("service", "Content"),
    "faults": Phrase("service", "Faults"),
    "protection": Phrase("service", "Protection"),
    "settings": Phrase("service", "Settings"),
    "test": Phrase("service", "Test"),
    "poll": Phrase("service", "Election"),
}
_PICTURES: Final[dict[StaffPart, str]] = {
    "send": "dock-network",
    "content": "notice",
    "faults": "trouble",
    "protection": "lock",
    "settings": "pencil",
    "test": "listen",
    "poll": "take-part",
}
ATTENTION: Final = "warning"


@dataclass(frozen=True, slots=True)
class ServiceView:
    """The parts (keys as in places.StaffPart, poll only where there is an election); a triangle asks for attention."""

    look: Look
    title: Said
    tiles: tuple[Tile, ...]
    back: Said


class ServicePresenter(Presenter):
    """What a touch on the staff page means."""

    def view(self) -> ServiceView:
        """Return the parts."""
        facts = self._turn.doors.service_facts()
        return ServiceView(
            look=self.look(),
            title=self.say("service", "Staff page"),
            tiles=tuple(self._tile(part, facts) for part in TITLES if part != "poll" or self._stations()),
            back=self.say("service", "Back"),
        )

    def _tile(self, part: StaffPart, facts: ServiceFacts) -> Tile:
        state, attention = self._state(part, facts)
        picture = ATTENTION if attention else _PICTURES[part]
        return Tile(part, self.phrase(TITLES[part]), picture, small=state)

    def _state(self, part: StaffPart, facts: ServiceFacts) -> tuple[Said | None, bool]:  # noqa: PLR0911 - a table of parts
        """Return how a part stands, and whether somebody should look at it."""
        match part:
            case "send":
                return self.say("service", "Waiting: {band}", band=self.phrase(BANDS[facts.band])), False
            case "content":
                return bundle_said(self._turn, facts), not facts.bundle
            case "faults":
                none = self.say("service", "None")
                return (self.say("service", "Look here") if facts.faults else none), bool(facts.faults)
            case "protection":
                return self.phrase(PROTECTION[facts.protection]), facts.protection == "keyfile"
            case "settings":
                return self.say("service", "Size of the screen"), False
            case "test":
                return self.say("service", "Sound, touch, colours"), False
            case "poll":
                return self.phrase(STATES[standing(self._stations())]), False

    def _stations(self) -> tuple[Station, ...]:
        return self._turn.doors.booth.stations()

    def touch_tile(self, key: str) -> None:
        """Open a part."""
        part = next((part for part in get_args(StaffPart) if part == key), None)
        if part is not None and self.here(Service) is not None and (part != "poll" or self._stations()):
            self._turn.move(goes(self._turn.sitting, ServicePart(part)))

    def touch_back(self) -> None:
        """Leave the page: Welcome stands as at the start."""
        if self.here(Service) is not None:
            self._turn.wipe()
