"""Two real kiosks, one person: parts are joined inside the sealed records, and nothing of the code stays anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue

import pytest
import sqlalchemy as sa

from kiosk.enrolled import Kiosk
from kiosk.presenters.comeback_given import ComebackGivenView
from kiosk.presenters.comeback_names import A_PAGE
from kiosk.presenters.opening import OpeningView
from kiosk.presenters.review import ReviewView
from kiosk.wiring import KioskDoors
from models import comeback, seal
from models.comeback import Code, ComeBack
from models.questionnaire import Path as NodePath
from models.questionnaire import canonical_bytes
from models.record import ReadRecord, read_record
from models.tables import PoolRow
from tests.builders_kiosk import a_questionnaire, one
from tests.journeys.front import PATIENCE_S, Front, front_of
from tests.kiosk.scratch import MovedClock, an_enrolled_kiosk, furnish
from tests.models.vaults import CAMPAIGN_PRIVATE, every_row, unchanged

LONG = replace(a_questionnaire([one("q0")], [one("q1")], [one("q2")], practice=[one("p", correct="yes")]), pictures={})
DATA = canonical_bytes(LONG)
FORM = seal.digest(DATA)


@dataclass
class Wing:
    """A kiosk with the long questionnaire on its shelf, and whoever stands before it."""

    folder: Path
    kiosk: Kiosk
    front: Front

    def begin(self) -> None:
        """Take part, and wait for the first question."""
        self.front.touch("tile", "en")
        self.front.begin()
        self.arrive()

    def arrive(self) -> None:
        self.front.until(lambda: not isinstance(self.front.sees, OpeningView))

    def practise(self) -> None:
        self.front.touch("tile", "yes")
        self.front.touch("onward")

    def answer(self, value: str) -> None:
        """Answer the one question of a part, and hand it in."""
        self.front.touch("tile", value)
        self.front.touch("onward")
        self.front.touch("onward")
        self.front.until(lambda: not isinstance(self.front.sees, ReviewView))

    def copy_code(self) -> Code:
        view = self.front.touch("leave")
        assert isinstance(view, ComebackGivenView)
        self.front.touch("onward")
        self.front.touch("finish")
        return Code(tuple(int(tile.key) for tile in view.pictures), "".join(view.digits))

    def bring(self, code: Code) -> None:
        self.front.touch("tile", "en")
        self.front.touch("tile", "come-back")
        for number in code.pictures:
            self.front.touch("kind", str(number // A_PAGE))
            self.front.touch("tile", str(number))
        for digit in code.digits:
            self.front.touch("key", digit)
        self.front.touch("onward")
        self.arrive()

    def records(self) -> dict[str, ReadRecord]:
        """Open what lies in the pool, by module, as only the campaign's desk could."""
        with self.kiosk.vault.reading() as session:
            rows = session.scalars(sa.select(PoolRow)).all()
        bodies = [seal.open_record(row.sealed, row.form, LONG.purpose, CAMPAIGN_PRIVATE) for row in rows]
        reads = [read_record(body) for body in bodies]
        return {read.module: read for read in reads}


@pytest.fixture
def wings(tmp_path: Path) -> Iterator[tuple[Wing, Wing]]:
    with ExitStack() as open_now:
        made = []
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            kiosk = an_enrolled_kiosk(tmp_path / name, MovedClock())
            open_now.callback(kiosk.close)
            furnish(kiosk, LONG)
            made.append(Wing(tmp_path / name, kiosk, open_now.enter_context(front_of(kiosk))))
        yield made[0], made[1]


def test_parts_on_two_kiosks_are_joined_by_what_the_code_gives(wings: tuple[Wing, Wing]) -> None:
    here, there = wings
    here.begin()
    here.practise()
    here.answer("yes")
    code = here.copy_code()
    there.bring(code)
    there.answer("no")
    there.front.touch("go_on")
    there.answer("yes")
    first, rest = here.records(), there.records()
    assert (list(first), sorted(rest)) == (["m1"], ["m2", "m3"])
    assert rest["m2"].answers == {NodePath("m2/q1"): "no"}
    link, _ = seal.link_and_seed(bytes(code.pictures) + code.digits[:4].encode(), FORM)
    assert {read.link for read in (*first.values(), *rest.values())} == {link.hex()}


def test_two_people_are_never_joined(wings: tuple[Wing, Wing]) -> None:
    links = set()
    for wing in wings:
        for _ in range(2):
            wing.begin()
            wing.practise()
            wing.answer("yes")
            links.add(wing.front.turn.sitting.comeback.link)  # type: ignore[union-attr]
            wing.copy_code()
    assert len(links) == 4


def test_nothing_of_a_code_is_in_any_file_table_or_line_of_a_kiosk(
    wings: tuple[Wing, Wing], capfd: pytest.CaptureFixture[str]
) -> None:
    here, there = wings
    here.begin()
    here.practise()
    here.answer("yes")
    code = here.copy_code()
    there.bring(Code(code.pictures, code.digits[:-1] + str((int(code.digits[-1]) + 1) % 10)))
    there.front.touch("stop")
    there.bring(code)
    there.answer("no")
    secret = comeback.read(code, FORM)
    assert secret is not None
    link, seed = seal.link_and_seed(secret[0].spelled, FORM)
    needles = [
        link,
        link.hex().encode(),
        secret[0].spelled,
        code.digits.encode(),
        f"{code.digits[:3]} {code.digits[3:]}".encode(),
        bytes(code.pictures) + b"\0",
        json.dumps(code.pictures).encode(),
        repr(code.pictures).encode(),
        seed.to_bytes(4),
    ]
    for wing in wings:
        stored = repr(every_row(wing.kiosk.vault)).encode()
        for needle in needles:
            assert needle not in stored
            assert repr(needle)[2:-1].encode() not in stored  # as repr spells bytes
    here.kiosk.close()
    there.kiosk.close()
    for wing in wings:
        files = [path for path in wing.folder.rglob("*") if path.is_file()]
        assert len(files) >= 3
        for path in files:
            data = path.read_bytes()
            assert not [needle for needle in needles if len(needle) > 4 and needle in data], path.name
    said = capfd.readouterr()
    assert not [needle for needle in needles if needle.decode("latin-1") in said.out + said.err]


def test_trying_codes_writes_nothing_at_all(wings: tuple[Wing, Wing]) -> None:
    here, _ = wings
    code = comeback.written(comeback.drawn(bytes(range(16))), 1, FORM)
    with unchanged(here.kiosk.vault):
        here.bring(Code(code.pictures, code.digits[:-1] + str((int(code.digits[-1]) + 1) % 10)))
        here.front.touch("stop")
        here.bring(code)
        assert here.front.turn.sitting.module == "m2"
        here.front.touch("stop")


def test_the_page_of_a_wait_stands_only_until_one_was_drawn_ahead(tmp_path: Path) -> None:
    kiosk = an_enrolled_kiosk(tmp_path, MovedClock())
    errands: SimpleQueue[Callable[[], None]] = SimpleQueue()
    doors = KioskDoors(kiosk, errands.put, lambda _error: None)
    doors.start()
    given: list[ComeBack] = []

    def take(found: object) -> None:
        assert isinstance(found, ComeBack)
        given.append(found)

    doors.new_comeback(FORM, take)
    assert given == []
    while len(given) < 1 or FORM not in doors._drawn:
        errands.get(timeout=PATIENCE_S)()
    doors.new_comeback(FORM, take)
    assert len(given) == 2  # at once: no errand had to come back first
    assert given[0] != given[1]
    assert FORM not in doors._drawn  # nobody gets the same one again
    doors.stop()
    kiosk.close()


def test_what_was_drawn_serves_no_other_questionnaire(tmp_path: Path) -> None:
    kiosk = an_enrolled_kiosk(tmp_path, MovedClock())
    doors = KioskDoors(kiosk, lambda errand: errand(), lambda _error: None)
    doors._drawn[FORM] = kiosk.come_back(comeback.drawn(bytes(16)), FORM)
    given: list[object] = []
    doors.new_comeback(seal.digest(b"another"), given.append)
    assert given == []  # it waits for one of its own
    assert FORM in doors._drawn
    kiosk.close()
