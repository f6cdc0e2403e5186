"""Views of the staff pages, made by the real presenters over doors in memory: every part, in English and Welsh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from kiosk.places import ColourTest, Measuring, Pin, Place, Service, ServicePart, TouchTest
from kiosk.presenters.doors import Noted, ServiceFacts
from kiosk.presenters.shown import Look
from kiosk.sitting import goes, wiped
from models.errors import CourierError, VaultFullError, WingVoiceError
from sync.account import NOTHING_READY
from sync.courier import StickFullError
from sync.refusals import DamagedDeliveryError, ExpiredContentError
from sync.told import told, told_of
from tests.builders_kiosk import a_place, a_questionnaire, a_shelf, one
from tests.kiosk.doors import FakeDoors, Person

A_DAY = date(2026, 11, 18)
FULL = told_of(StickFullError(fitted=12, of=20))
LAST_ROUND = (Noted(A_DAY, NOTHING_READY), Noted(A_DAY, told("You can take the stick out.")))
FAULTS = tuple(
    Noted(date(2026, 11, day), told_of(error))
    for day, error in (
        (2, CourierError()),
        (9, DamagedDeliveryError()),
        (9, WingVoiceError()),
        (14, VaultFullError()),
        (15, StickFullError(fitted=12, of=20)),
        (18, ExpiredContentError(datetime(2026, 11, 1, tzinfo=UTC))),
    )
)
PLACES: Mapping[str, Place] = {
    "service": Service(),
    "service-send": ServicePart("send"),
    "service-docking": ServicePart("send", progress=0.62, doing=told("Parcels carried: {at} of {of}", at=3, of=5)),
    "service-full": ServicePart("send", came=(FULL,)),
    "service-outdated": ServicePart("send", came=(told_of(VaultFullError()),), outdated="stick"),
    "service-content": ServicePart("content"),
    "service-faults": ServicePart("faults"),
    "service-protection": ServicePart("protection"),
    "service-settings": ServicePart("settings"),
    "service-test": ServicePart("test"),
    "measuring": Measuring(),
    "measuring-kept": Measuring(600, kept=True),
    "measuring-changed": Measuring(600),
    "touch-test": TouchTest(((0.02, 0.03), (0.4, 0.7), (0.7, 0.2)), frozenset({(0.0, 0.0)})),
    "colour-test": ColourTest(),
    "pin": Pin("3816409725", "493", short=True),
}


def staff_doors(tag: str) -> FakeDoors:
    """Doors of a kiosk with much to say to staff, in a place whose staff read `tag`."""
    other = "cy" if tag == "en" else "en"
    shelf = a_shelf(a_questionnaire([one("q1")]), place=a_place(tag, other, "pl", "ar"))
    return FakeDoors(shelf, facts=ServiceFacts("10 to 49", 7, LAST_ROUND, "keyfile", test_keys=True, faults=FAULTS))


def staff_views(tag: str, look: Look) -> dict[str, Any]:
    """Return every staff page by name; `tag` is en or cy."""
    person = Person(staff_doors(tag))
    found = {}
    for name, place in PLACES.items():
        person.turn.move(goes(wiped(), place))
        found[name] = replace(person.sees, look=replace(look, direction="ltr"))
    return found
