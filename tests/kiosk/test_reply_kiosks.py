"""Two real kiosks of one place: a code drawn on one opens a reply on the other, and neither keeps anything of it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

import pytest

from kiosk.enrolled import Kiosk
from kiosk.wiring import KioskDoors
from models import seal, shelf
from models.comeback import Code, ReplyCode
from models.questionnaire import LanguageTag
from models.reply import Reply, reply_bytes
from tests.builders_kiosk import a_place
from tests.journeys.front import PATIENCE_S
from tests.kiosk.scratch import MovedClock, an_enrolled_kiosk
from tests.models.vaults import a_bundle, unchanged

Found = TypeVar("Found")
REPLY = Reply({LanguageTag("en"): "The clock is ordered."}, "Head of works", date(2026, 11, 22))


class Standing:
    """A kiosk at HMX, and what comes back from its doors."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.kiosk, self.errands = kiosk, SimpleQueue[Callable[[], None]]()
        self.faults: list[BaseException] = []
        self.doors = KioskDoors(kiosk, self.errands.put, self.faults.append)
        self.carry()

    def carry(self, number: int = 1, *replies: bytes) -> None:
        """Install a bundle with these sealed replies."""
        shelf.install(self.kiosk.vault, a_bundle(number, "HMX", "b", place=a_place(), replies=replies))

    def draw(self) -> ReplyCode:
        """Get a code, as a suggestion does."""
        found: list[object] = []
        self.doors.new_reply_code(found.append)
        return self._come(found, ReplyCode)

    def look(self, code: Code) -> Reply | None:
        """Give a code, as somebody at the noticeboard does."""
        found: list[object] = []
        self.doors.reply_to(code, found.append)
        return self._come(found, Reply | None)  # type: ignore[arg-type]

    def _come(self, found: list[object], kind: type[Found]) -> Found:
        while not found:
            self.errands.get(timeout=PATIENCE_S)()
        (one,) = found
        assert isinstance(one, kind)
        return one


@pytest.fixture
def wings(tmp_path: Path) -> Iterator[tuple[Standing, Standing]]:
    with ExitStack() as open_now:
        made = []
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            kiosk = an_enrolled_kiosk(tmp_path / name, MovedClock())
            open_now.callback(kiosk.close)
            made.append(Standing(kiosk))
            made[-1].doors.start()
            open_now.callback(made[-1].doors.stop)
        yield made[0], made[1]
        assert [wing.faults for wing in made] == [[], []]


def a_reply_to(code: ReplyCode) -> bytes:
    """Seal as central does: to the public half alone."""
    return seal.seal_reply(reply_bytes(REPLY), bytes.fromhex(code.public), "HMX")


def test_a_code_drawn_on_one_kiosk_opens_its_reply_on_another(wings: tuple[Standing, Standing]) -> None:
    here, there = wings
    code, other = here.draw(), here.draw()
    assert code != other  # nobody gets the same one again
    assert there.look(code.code) is None
    there.carry(2, a_reply_to(other))
    assert there.look(code.code) is None
    there.carry(3, a_reply_to(other), a_reply_to(code))
    assert there.look(code.code) == REPLY
    assert there.look(other.code) == REPLY
    assert here.look(code.code) is None  # its bundle has not come yet


def test_drawing_and_looking_write_nothing(wings: tuple[Standing, Standing]) -> None:
    here, there = wings
    with unchanged(here.kiosk.vault):
        code = here.draw()
    there.carry(2, a_reply_to(code))
    with unchanged(there.kiosk.vault):
        assert there.look(code.code) == REPLY
        assert there.look(Code(code.code.pictures, "000000")) is None


def test_what_is_left_of_looking_is_nothing(wings: tuple[Standing, Standing]) -> None:
    here, there = wings
    code = here.draw()
    there.carry(2, a_reply_to(code))
    assert there.look(code.code) == REPLY
    there.doors.stop()
    gc.collect()
    assert [one for one in gc.get_objects() if isinstance(one, Reply) and one == REPLY and one is not REPLY] == []
