"""The staff page: facts in words, and the dock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.places import Service
from kiosk.presenters.doors import ServiceFacts
from kiosk.presenters.shown import Look, Phrase, Said, Tile
from kiosk.presenters.touching import Presenter
from kiosk.sitting import goes

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
ROADS: Final = {
    "network": Phrase("service", "Send now over the network"),
    "stick": Phrase("service", "Send now with the stick"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is about, and how it stands; amber asks for attention, with its word and a triangle."""

    label: Said
    value: Said
    amber: bool


@dataclass(frozen=True, slots=True)
class ServiceView:
    """Facts, roads to central (keys dock-network, dock-stick), and how the round goes; progress is 0.0 to 1.0."""

    look: Look
    title: Said
    facts: tuple[Fact, ...]
    roads: tuple[Tile, ...]
    progress: float | None
    progress_words: Said | None
    outcome: Said | None
    back: Said | None


class ServicePresenter(Presenter):
    """What a touch on the staff page means."""

    def view(self) -> ServiceView:
        """Return the page; while a round is made there is nothing to touch."""
        place = self.place(Service)
        busy = place.progress is not None
        return ServiceView(
            look=self.look(),
            title=self.say("service", "Staff page"),
            facts=self._facts(self._turn.doors.service_facts()),
            roads=() if busy else self._roads(),
            progress=place.progress,
            progress_words=self._sentence(place.words) if busy else None,
            outcome=None if place.outcome is None else self._sentence(place.outcome),
            back=None if busy else self.say("service", "Back"),
        )

    def _sentence(self, words: str) -> Said:
        """Return a sentence that came from the postman, already in the language of staff."""
        return self._turn.spoken(words, self._turn.tag())

    def _facts(self, facts: ServiceFacts) -> tuple[Fact, ...]:
        say = self.say
        bundle = say("service", "Number {number}", number=facts.bundle) if facts.bundle else say("service", "None yet")
        last = self._sentence(facts.last_round) if facts.last_round else say("service", "Not sent yet")
        reduced = facts.protection == "keyfile"
        lines = [
            Fact(say("service", "Answers waiting"), self.phrase(BANDS[facts.band]), amber=False),
            Fact(say("service", "Bundle"), bundle, amber=not facts.bundle),
            Fact(say("service", "Last time sent"), last, amber=False),
            Fact(say("service", "Protection"), self.phrase(PROTECTION[facts.protection]), amber=reduced),
        ]
        if facts.test_keys:
            value = say("service", "Test keys: not for real answers")
            lines.append(Fact(say("service", "Keys"), value, amber=True))
        if facts.demonstration:
            value = say("service", "Demonstration. Text boxes are open. Nobody watches them.")
            lines.append(Fact(say("service", "Text boxes"), value, amber=True))
        return tuple(lines)

    def _roads(self) -> tuple[Tile, ...]:
        there = self._turn.doors.roads()
        return tuple(
            Tile(f"dock-{road}", self.phrase(words), f"dock-{road}") for road, words in ROADS.items() if road in there
        )

    def touch_tile(self, key: str) -> None:
        """Make one round by this road; one at a time."""
        place, road = self.here(Service), key.removeprefix("dock-")
        if place is None or place.progress is not None or road not in self._turn.doors.roads():
            return
        errand = self._turn.errand()
        self._turn.move(goes(self._turn.sitting, Service(0.0, self.say("service", "Starting").text)))

        def progress(share: float, words: str) -> None:
            if self._turn.current(errand):
                self._turn.move(goes(self._turn.sitting, Service(min(max(share, 0.0), 1.0), words)))

        def then(words: str) -> None:
            if self._turn.current(errand):
                self._turn.errand()  # a late word about progress must not open the round again
                self._turn.arrive(goes(self._turn.sitting, Service(outcome=words)))

        self._turn.doors.dock(road, progress, then)

    def touch_back(self) -> None:
        """Leave the page: Welcome stands as at the start."""
        place = self.here(Service)
        if place is not None and place.progress is None:
            self._turn.wipe()
