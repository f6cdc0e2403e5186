"""A reply by code, end to end: suggested on one kiosk, answered at central, read on another wing by the code alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from models import comeback, seal
from models.comeback import Code
from sync.central.authoring.demonstration import ESTABLISHMENT
from tests.journeys.front import front_of
from tests.journeys.house import House
from tests.journeys.test_circle import a_day_on_real_screens
from tests.models.vaults import every_row

pytestmark = pytest.mark.journey

OTHER: Final = "other"
IDEA = "a clock in the yard"
ANSWER: Final = {
    "en": "One is ordered and hangs over the door by Christmas.",
    "pl": "Jest zamówiony i zawiśnie nad drzwiami przed świętami.",
    "ar": "طلبنا واحدة وستعلق فوق الباب قبل نهاية العام.",
}
SUGGESTS: Final[dict[str, Any]] = {
    "language": "pl", "tile": "suggest", "consultation": "suggestion", "habits": [], "words": IDEA, "mode": "code",
}  # fmt: skip


def others_take_part(house: House) -> None:
    """Let eleven people say thanks on A wing, so that central may open what they all handed in."""
    with house.kiosk_open() as kiosk, front_of(kiosk) as front:
        for _ in range(11):
            front.resident(Random(3), "en", "thank")


def reading(code: dict[str, Any], language: str, expects: str = "") -> dict[str, Any]:
    return {"language": language, **code, "expects": expects}


def traces(code: Code) -> Iterator[bytes]:
    """Yield what would betray a code or its key, however it might be spelled."""
    secret = comeback.read_for_a_reply(code, ESTABLISHMENT)
    assert secret is not None
    private, public = seal.reply_pair(secret.spelled, ESTABLISHMENT)
    for key in (private, public):
        yield from (key, key.hex().encode())
    yield secret.spelled
    yield from (code.digits.encode(), f"{code.digits[:3]} {code.digits[3:]}".encode())
    yield from (bytes(code.pictures) + b"\0", json.dumps(code.pictures).encode(), repr(code.pictures).encode())


def files(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    for folder in folders:
        yield from ((path, path.read_bytes()) for path in folder.rglob("*") if path.is_file())


def check_nothing_is_left(house: House, needles: list[bytes]) -> None:
    """No kiosk's file or table, no stick, no bundle and nothing that is pressed holds any of it."""
    central = (house.central_home / "delivery", house.central_home / "content")
    for path, data in files(house.kiosk_home("kiosk"), house.kiosk_home(OTHER), house.stick, *central):
        found = [needle for needle in needles if len(needle) > 6 and needle in data]
        assert not found, (path.name, found)
    for name in ("kiosk", OTHER):
        with house.kiosk_open(name=name) as kiosk:
            stored = repr({**every_row(kiosk.vault), "shelf_files": [], "tuf_metadata": []})
            held = b"".join(row[2] for row in every_row(kiosk.vault)["shelf_files"])
            for needle in needles:
                assert repr(needle)[2:-1] not in stored
                assert len(needle) <= 6 or needle not in held


def test_a_reply_is_read_on_another_wing_by_the_code_alone(house: House) -> None:
    house.make_kiosk(name=OTHER, wing="b")
    others_take_part(house)
    told = a_day_on_real_screens(house, [SUGGESTS], [{"days": 21, "road": "stick"}])
    assert told["troubles"] == []
    (code,) = told["codes"]
    house.take_in()
    (opened,) = house.unseal()
    assert (opened["opened"], opened["set_aside"]) == (12, 0)

    early = a_day_on_real_screens(house, [], [], OTHER, reads=[reading(code, "en")])
    wrong = Code(tuple(code["pictures"]), code["digits"][:-1] + str((int(code["digits"][-1]) + 1) % 10))
    (asked,) = [one for one in house.facts("reply") if one["by_code"]]
    assert (asked["text"], asked["language"], asked["replied"]) == (IDEA, "pl", False)
    house.desk(
        "reply", asked["id"], "--answer", ANSWER["en"],
        "--answer-in", f"pl={ANSWER['pl']}", "--answer-in", f"ar={ANSWER['ar']}",
    )  # fmt: skip
    assert "replied to already" in house.desk("reply", asked["id"], "--answer", "Once more.", code=2)[1]
    house.desk("press", "--no-sound")
    house.take_in()

    late = a_day_on_real_screens(
        house, [], [{"days": 1, "road": "stick"}], OTHER,
        reads=[
            reading({"pictures": wrong.pictures, "digits": wrong.digits}, "en"),
            reading(code, "pl", ANSWER["pl"]),
            reading(code, "ar", ANSWER["ar"]),
            reading(code, "cy", ANSWER["en"]),
        ],
    )  # fmt: skip
    assert (early["troubles"], late["troubles"]) == ([], [])
    assert len(early["not_yet"]) == 1
    assert early["not_yet"] == late["not_yet"], "nobody learns whether a code was wrong or has no reply yet"
    needles = [*traces(Code(tuple(code["pictures"]), code["digits"])), IDEA.encode()]
    check_nothing_is_left(house, [*needles, *(words.encode() for words in ANSWER.values())])
