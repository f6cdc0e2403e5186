"""From a touch on a wing to a count at central, and back to the wing as a reply: by network and by stick."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from queue import SimpleQueue
from random import Random
from typing import Any

import pytest

from kiosk.enrolled import Clock
from kiosk.home import Home, settings_text
from models.errors import CourierError
from sync.account import RoundOutcome
from sync.courier import Courier
from sync.round import Progress
from tests.central.desks import tree
from tests.journeys.establishment import HOUSE, PIN, free_port
from tests.journeys.front import PATIENCE_S, Front, Handed, front_of
from tests.journeys.house import KIOSK, BentKiosk, House, held

pytestmark = pytest.mark.journey

IDEA = "more books in the library"
DID = "The library now opens on Saturdays too."


def a_morning(front: Front, seed: int = 7) -> list[Handed]:
    """Let twelve people take part, in four languages: fourteen parts."""
    random = Random(seed)
    handed: list[Handed] = []
    for language in ("en", "cy", "pl", "ar"):
        handed += front.resident(random, language, "take-part", "proposal")
        handed += front.resident(random, language, "thank")
    handed += front.resident(random, "en", "take-part", "wing-life")
    handed += front.resident(random, "pl", "take-part", "wing-life")
    handed += front.resident(random, "en", "suggest", words=IDEA)
    handed += front.resident(random, "en", "suggest", words="a clock on the wall")
    assert len(handed) == 14
    return handed


def written_reply(house: House) -> None:
    """Let the engagement lead answer the suggestion about books, and press."""
    suggestion = next(one for one in house.facts("reply") if one["text"] == IDEA)
    house.desk("reply", suggestion["id"], "--said", "Some of you asked for more books.", "--did", DID)
    assert house.facts("press", "--no-sound")["number"] == 2


def read_on_the_noticeboard(front: Front) -> list[str]:
    """Return every paragraph that somebody finds under News and answers."""
    front.touch("tile", "en")
    front.touch("tile", "board")
    found: list[str] = []
    for tile in front.sees.tiles:
        front.touch("tile", tile.key)
        found += [block.body.text for block in getattr(front.sees, "blocks", ())]  # results have pages of their own
        front.touch("back")
    front.touch("stop")
    return found


def test_the_circle_by_network(empty_house: House) -> None:
    house, clock = empty_house, empty_house.clock()
    with house.serving() as address:
        house.make_kiosk(address)
        with house.kiosk_open(address, clock) as kiosk, front_of(kiosk) as front:
            handed = a_morning(front)
            assert held(kiosk.vault) == (14, 0)
            clock.on(days=1)
            assert "Sent 1 parcel, and central has confirmed." in front.dock(PIN, "network")
            assert held(kiosk.vault) == (3, 0)  # the residue stays, the receipt erased the rest
            clock.on(days=21)
            front.dock(PIN, "network")
            assert held(kiosk.vault) == (0, 0)

            (opened,) = house.unseal()
            assert (opened["opened"], opened["set_aside"], opened["waiting"]) == (14, 0, 0)
            assert house.counted_at_central() == house.said_at_the_kiosk(handed)
            assert Counter(said.text for said in house.store().said() if said.text) == Counter(
                [IDEA, "a clock on the wall"]
            )

            written_reply(house)
            assert DID not in read_on_the_noticeboard(front)
            assert "New content was installed: bundle 2." in front.dock(PIN, "network")
            assert DID in read_on_the_noticeboard(front)
    house.unseal()
    assert sum(house.counted_at_central().values()) == 14, "a second opening counts nothing twice"


def test_the_circle_by_stick(house: House) -> None:
    clock = house.clock()
    with house.kiosk_open(clock=clock) as kiosk, front_of(kiosk) as front:
        handed = a_morning(front)
        clock.on(days=1)
        said = front.dock(PIN, "stick")
        assert "1 parcel on the stick: bring it to central. Not confirmed yet; nothing is lost." in said
        assert held(kiosk.vault) == (3, 11)  # nothing is erased before the receipt has come back

        first = house.take_in()
        assert (first["taken"], first["receipts"]) == (1, 1)
        on_stick, records = tree(house.stick), len(house.read_sealed())
        again = house.take_in()
        assert (again["taken"], again["already"], again["receipts"], again["files"]) == (0, 1, 0, 0)
        assert (tree(house.stick), len(house.read_sealed())) == (on_stick, records)
        assert held(kiosk.vault) == (3, 11)

        clock.on(days=21)
        said = front.dock(PIN, "stick")
        assert "What central sent back was taken in." in said
        assert held(kiosk.vault) == (0, 3)
        house.take_in()
        front.dock(PIN, "stick")
        assert held(kiosk.vault) == (0, 0)

        house.unseal()
        assert house.counted_at_central() == house.said_at_the_kiosk(handed)
        written_reply(house)
        house.take_in()
        assert "New content was installed: bundle 2." in front.dock(PIN, "stick")
        assert DID in read_on_the_noticeboard(front)
        assert not list((house.stick / "wingvoice" / "up").rglob("*.wvb"))


class ListeningKiosk(BentKiosk):
    """Tells when the postman came back from a round."""

    def __init__(self, home: Home, clock: Clock) -> None:
        super().__init__(home, clock)
        self.outcomes: SimpleQueue[RoundOutcome] = SimpleQueue()

    def round(self, courier: Courier, progress: Progress, as_of: datetime | None = None) -> RoundOutcome:
        outcome = super().round(courier, progress, as_of)
        self.outcomes.put(outcome)
        return outcome


def test_while_central_is_unreachable_residents_notice_nothing_and_the_postman_tries_later(house: House) -> None:
    clock, closed = house.clock(), f"http://127.0.0.1:{free_port()}"
    kiosk = ListeningKiosk(house.home(closed), clock.clock())
    try:
        with front_of(kiosk) as front:
            handed = a_morning(front)
            clock.on(days=1)
            front.a_minute_goes_by()  # the postman sets out for a round of his own
            handed += front.resident(Random(1), "en", "take-part", "proposal")
            assert kiosk.outcomes.get(timeout=PATIENCE_S).trouble == str(CourierError())
            assert sum(held(kiosk.vault)) == 15
            said = front.dock(PIN, "network")
            assert "The road to central is closed just now. Answers are safe and wait here." in said
            assert sum(held(kiosk.vault)) == 15
            handed += front.resident(Random(2), "cy", "thank")
            waiting = held(kiosk.vault)
            assert waiting[0] + waiting[1] == 16
            with house.serving() as address:
                kiosk.address = address
                said = front.dock(PIN, "network")
                assert "Sent 1 parcel, and central has confirmed." in said
                assert held(kiosk.vault) == (waiting[0], 0)
                clock.on(days=22)
                front.dock(PIN, "network")
            assert held(kiosk.vault) == (0, 0)
    finally:
        kiosk.close()
    house.unseal()
    assert house.counted_at_central() == house.said_at_the_kiosk(handed)


def a_day_on_real_screens(
    house: House, wishes: Sequence[dict[str, Any]], docks: Sequence[dict[str, Any]], name: str = KIOSK, **asked: object
) -> dict[str, Any]:
    """Run a kiosk's day as a program of its own, where nobody needs to see the screen; return what it told."""
    order = house.root / "order.json"
    (house.kiosk_home(name) / "kiosk.toml").write_text(settings_text(house.home(name=name)), encoding="utf-8")
    order.write_text(json.dumps({
        "home": str(house.kiosk_home(name)), "content": str(house.central_home / "content"),
        "first_day": house.clock().day.isoformat(), "days_gone": 0, "seed": 11, "pin": PIN,
        "wishes": wishes, "docks": docks, "tour": [],
    } | asked), encoding="utf-8")  # fmt: skip
    env = {name: value for name, value in os.environ.items() if name != "DISPLAY" and not name.startswith("KIVY")}
    env |= {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.kiosk_day", str(order)],
        cwd=HOUSE, env=env, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, Any] = json.loads(order.with_suffix(".done.json").read_text(encoding="utf-8"))
    return told


def ticked(answers: Mapping[Any, str]) -> list[tuple[str, list[str]]]:
    """Return answers by question; of several ticks nobody remembers the order."""
    return sorted((str(path), sorted(value.split())) for path, value in answers.items())


def test_what_fingers_press_on_the_real_screens_is_what_central_opens(house: House) -> None:
    wish = {"language": "en", "habits": [], "words": ""}
    told = a_day_on_real_screens(
        house,
        wishes=[
            wish | {"tile": "take-part", "consultation": "wing-life", "habits": ["walk-away"]},
            wish | {"tile": "suggest", "consultation": "suggestion", "words": "books"},
            wish | {"tile": "thank", "consultation": "shout-out", "language": "ar", "habits": ["change"]},
        ],
        docks=[{"days": 21, "road": "stick"}],
    )
    assert told["troubles"] == []
    house.take_in()
    pressed = sorted((one["module"], one["language"], ticked(one["answers"])) for one in told["pressed"])
    opened = sorted((one.module, one.language, ticked(one.answers)) for one in house.read_sealed())
    assert len(opened) == 2, "whoever walked away left nothing behind"
    assert opened == pressed
