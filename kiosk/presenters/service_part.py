"""One part of the staff page: its lines, what can be done there, and how a round goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kiosk.places import ColourTest, Measuring, Service, ServicePart, TouchTest
from kiosk.presenters.doors import Docked
from kiosk.presenters.poll import poll_tiles, touch_poll
from kiosk.presenters.service import TITLES
from kiosk.presenters.service_facts import Fact, lines
from kiosk.presenters.shown import Look, Phrase, Said, Tile
from kiosk.presenters.staff_words import all_said, said_to_staff
from kiosk.presenters.touching import Presenter, pages_of, turned
from kiosk.sitting import goes
from sync.told import Told, told

ROADS: Final = {
    "network": Phrase("service", "Send now over the network"),
    "stick": Phrase("service", "Send now with the stick"),
}
STARTING: Final = told("Looking for receipts")


@dataclass(frozen=True, slots=True)
class ServicePartView:
    """Lines, what can be touched, and how the round goes; progress is 0.0 to 1.0, and None while none is made."""

    look: Look
    title: Said
    facts: tuple[Fact, ...]
    tiles: tuple[Tile, ...]
    progress: float | None
    progress_words: Said | None
    outcome: Said | None
    back: Said | None


class ServicePartPresenter(Presenter):
    """What a touch on a part of the staff page means."""

    def view(self) -> ServicePartView:
        """Return the part; while a round is made there is nothing to touch."""
        place, doors = self.place(ServicePart), self._turn.doors
        busy = place.progress is not None
        return ServicePartView(
            look=self.look(),
            title=self.phrase(TITLES[place.part]),
            facts=lines(self._turn, place, doors.service_facts(), doors.ears()),
            tiles=() if busy else self._tiles(place),
            progress=place.progress,
            progress_words=None if place.doing is None else said_to_staff(self._turn, place.doing),
            outcome=all_said(self._turn, place.came or ()),
            back=None if busy else self.say("service", "Back"),
        )

    def _tiles(self, place: ServicePart) -> tuple[Tile, ...]:
        match place.part:
            case "send":
                return self._again(place) or self._roads()
            case "faults":
                more = len(self._turn.doors.service_facts().faults) > self._turn.room.faults
                return (Tile("more", self.say("service", "More"), "more"),) if more else ()
            case "settings":
                return (Tile("measure", self.say("service", "Measure the screen"), "enlarge"),)
            case "test":
                return self._tests()
            case "poll":
                return poll_tiles(self._turn, place)
            case "content" | "protection":
                return ()

    def _roads(self) -> tuple[Tile, ...]:
        there, first = self._turn.doors.roads(), {"stick": self.say("service", "Put it in first")}
        return tuple(
            Tile(f"dock-{road}", self.phrase(words), f"dock-{road}", small=first.get(road))
            for road, words in ROADS.items()
            if road in there
        )

    def _again(self, place: ServicePart) -> tuple[Tile, ...]:
        """Where content was refused as out of date: the same road once more, or with it."""
        words = self.say("service", "Use the content that is out of date")
        road = tuple(tile for tile in self._roads() if tile.key == f"dock-{place.outdated}")
        return (*road, Tile("accept", words, "warning")) if road else ()

    def _tests(self) -> tuple[Tile, ...]:
        sound = Tile("sound", self.say("service", "Sound"), "listen")
        heard = self._turn.hearing.can_say(self._sample())
        return (
            *((sound,) if heard else ()),
            Tile("touch", self.say("service", "Touch"), "hello"),
            Tile("colours", self.say("service", "Colours"), "code-rainbow"),
        )

    def _sample(self) -> Said:
        return self.say("service", "This is how the kiosk sounds.")

    def touch_tile(self, key: str) -> None:
        """Do what the tile says, where it is shown."""
        place = self.here(ServicePart)
        if place is None or place.progress is not None or key not in {tile.key for tile in self._tiles(place)}:
            return
        if place.part == "poll":
            touch_poll(self._turn, place, key)
            return
        match key:
            case "more":
                pages = pages_of(len(self._turn.doors.service_facts().faults), self._turn.room.faults)
                self._turn.move(goes(self._turn.sitting, replace(place, page=turned(place.page, pages))))
            case "measure":
                self._turn.move(goes(self._turn.sitting, Measuring()))
            case "touch":
                self._turn.move(goes(self._turn.sitting, TouchTest()))
            case "colours":
                self._turn.move(goes(self._turn.sitting, ColourTest()))
            case "sound":
                self._turn.hearing.speak(self._sample())
            case "accept":
                self._dock(place.outdated, outdated=True)
            case _:
                self._dock(key.removeprefix("dock-"), outdated=False)

    def _dock(self, road: str, *, outdated: bool) -> None:
        """Make one round by this road; one at a time."""
        errand = self._turn.errand()
        self._turn.move(goes(self._turn.sitting, ServicePart("send", progress=0.0, doing=STARTING)))

        def progress(share: float, doing: Told) -> None:
            if self._turn.current(errand):
                busy = ServicePart("send", progress=min(max(share, 0.0), 1.0), doing=doing)
                self._turn.move(goes(self._turn.sitting, busy))

        def then(docked: Docked) -> None:
            if self._turn.current(errand):
                self._turn.errand()  # a late word about progress must not open the round again
                done = ServicePart("send", came=docked.told, outdated=road if docked.outdated else "")
                self._turn.arrive(goes(self._turn.sitting, done))

        self._turn.doors.dock(road, progress, then, outdated=outdated)

    def touch_back(self) -> None:
        """Go back to the parts."""
        place = self.here(ServicePart)
        if place is not None and place.progress is None:
            self._turn.move(goes(self._turn.sitting, Service()))
