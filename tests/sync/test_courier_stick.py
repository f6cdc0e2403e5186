"""The stick: what is written is whole, what is read is ours, and whatever happens nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from models import seal
from models.errors import CourierError
from models.seal import KioskId
from sync.batch import Outcome, parcel_name
from sync.courier import NotCarriedError, StickFullError, StickGoneError, StickSpoiltError, TooLargeError
from sync.courier_stick import StickCourier
from sync.round import Tally, carry_all, obey
from sync.stick import KEEP_FREE_BYTES, delivery_parts
from tests.simulators import CentralSimulator, FakeOutbox
from tests.sync.parcels import A_KIOSK, a_grant, a_hello, a_receipt, a_request, batches
from tests.sync.test_fault_words import FIVE, RECORDS, an_end

HEX: Final = A_KIOSK.hex()
FIRST, SECOND = batches(3, 2)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def put(stick: Path, path: str, data: bytes = b"") -> Path:
    place = stick / "wingvoice" / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place


def name_of(message: bytes) -> str:
    name = parcel_name(message)
    assert name is not None
    return name


def test_parcels_lie_under_their_names_and_nothing_else_does(stick: Path) -> None:
    courier = StickCourier(stick, A_KIOSK)
    assert [courier.carry(one) for one in (FIRST, SECOND, a_request(), a_hello())] == [None] * 4
    courier.done()
    up = f"wingvoice/up/{HEX}"
    assert tree(stick) == {
        f"{up}/{name_of(FIRST)}": FIRST,
        f"{up}/{name_of(SECOND)}": SECOND,
        f"{up}/request.wvq": a_request(),
    }


def test_what_lies_there_already_is_not_written_again(stick: Path) -> None:
    StickCourier(stick, A_KIOSK).carry(FIRST)
    place = stick / "wingvoice" / "up" / HEX / name_of(FIRST)
    before = place.stat().st_ino
    StickCourier(stick, A_KIOSK).carry(FIRST)
    assert place.stat().st_ino == before


def test_receipts_come_by_serial_and_grants_after_them(stick: Path) -> None:
    receipts = [a_receipt(serial=serial) for serial in (12, 3)]
    for message in (*receipts, a_grant()):
        put(stick, f"down/{HEX}/{name_of(message)}", message)
    assert StickCourier(stick, A_KIOSK).waiting() == (receipts[1], receipts[0], a_grant())


def test_a_torn_receipt_is_not_there(stick: Path) -> None:
    whole = a_receipt()
    put(stick, f"down/{HEX}/{name_of(whole)}", whole[:-7])
    assert StickCourier(stick, A_KIOSK).waiting() == ()


def test_what_is_settled_or_read_is_taken_away_and_the_rest_stays(stick: Path) -> None:
    other = KioskId(b"\x0a" * 16)
    StickCourier(stick, A_KIOSK).carry(FIRST)
    StickCourier(stick, other).carry(FIRST)
    put(stick, f"down/{HEX}/{name_of(a_receipt())}", a_receipt())
    put(stick, f"down/{HEX}/{name_of(a_grant())}", a_grant())
    put(stick, f"part/{'0' * 32}", b"half a par")
    put(stick, f"up/{HEX}/holiday.jpg", b"no parcel")
    courier = StickCourier(stick, A_KIOSK)
    courier.waiting()
    courier.carry(SECOND)
    courier.done()
    assert set(tree(stick)) == {
        f"wingvoice/up/{HEX}/{name_of(SECOND)}",
        f"wingvoice/up/{HEX}/holiday.jpg",
        f"wingvoice/up/{other.hex()}/{name_of(FIRST)}",
        f"wingvoice/down/{HEX}/{name_of(a_grant())}",
    }


def test_a_full_stick_says_how_many_parcels_fitted_and_keeps_the_rest_here(stick: Path) -> None:
    free = iter([10 << 20, 10 << 20, KEEP_FREE_BYTES])
    box, tally = FakeOutbox(FIVE), Tally()
    with pytest.raises(StickFullError) as full:
        carry_all(an_end(box), box, StickCourier(stick, A_KIOSK, lambda _: next(free)), tally, lambda _a, _b: None)
    assert str(full.value) == "The stick is full. 2 of 3 parcels fitted. Bring it to central and come back."
    assert box.records == RECORDS
    assert len(tree(stick)) == 2


def test_a_disk_that_reports_itself_full_is_a_full_stick(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def full(path: Any, flags: int, *rest: Any, **more: Any) -> int:  # noqa: ANN401 - as os.open
        # /dev/full says ENOSPC to every write, as a full stick does
        return opened("/dev/full", os.O_WRONLY) if flags & os.O_CREAT else opened(path, flags, *rest, **more)

    courier = StickCourier(stick, A_KIOSK)
    courier.carry(FIRST)
    monkeypatch.setattr(os, "open", full)
    with pytest.raises(StickFullError):
        courier.carry(SECOND)
    monkeypatch.undo()
    assert set(tree(stick)) == {f"wingvoice/up/{HEX}/{name_of(FIRST)}"}


def test_a_stick_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    courier = StickCourier(tmp_path / "nothing", A_KIOSK)
    acts: list[Callable[[], object]] = [
        lambda: courier.carry(FIRST),
        courier.waiting,
        lambda: courier.fetch("metadata/timestamp.json", 10),
        courier.done,
    ]
    for act in acts:
        with pytest.raises(StickGoneError):
            act()
    assert not (tmp_path / "nothing").exists()


def test_a_stick_pulled_out_between_two_parcels_is_noticed_though_its_place_stays(stick: Path) -> None:
    box = FakeOutbox(FIVE)
    courier = StickCourier(stick, A_KIOSK)
    courier.carry(FIRST)
    stick.rename(stick.with_name("in somebody's pocket"))
    stick.mkdir()  # the mount point is an ordinary folder again
    with pytest.raises(StickGoneError):
        carry_all(an_end(box), box, courier, Tally(), lambda _a, _b: None)
    assert tree(stick) == {}
    assert box.records == RECORDS


def test_the_next_stick_gets_everything_that_is_not_confirmed(tmp_path: Path) -> None:
    box = FakeOutbox(FIVE)
    for name in ("lost", "found"):
        (tmp_path / name).mkdir()
        carry_all(an_end(box), box, StickCourier(tmp_path / name, A_KIOSK), Tally(), lambda _a, _b: None)
    assert tree(tmp_path / "lost") == tree(tmp_path / "found")
    assert len(tree(tmp_path / "found")) == 3


@pytest.mark.parametrize(
    "name",
    [
        "0000000001-0123456789ABCDEF.wvr",
        "0000000001-0123456789abcdef.wvr.exe",
        "..wvr",
        "0000000001-0123456789abcdef.wvr\n",
        "१२३४५६७८९०-0123456789abcdef.wvr",
        "autorun.inf",
        "x" * 200,
    ],
)
def test_a_name_that_is_not_ours_is_not_seen(stick: Path, name: str) -> None:
    put(stick, f"down/{HEX}/{name}", a_receipt())
    before = tree(stick)
    assert StickCourier(stick, A_KIOSK).waiting() == ()
    assert tree(stick) == before


def test_a_link_is_not_followed_and_a_second_name_is_not_read(stick: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(a_receipt())
    down = put(stick, f"down/{HEX}/x").parent
    (down / name_of(a_receipt())).symlink_to(secret)
    os.link(secret, down / name_of(a_grant()))
    assert StickCourier(stick, A_KIOSK).waiting() == ()


def test_a_folder_that_is_a_link_is_not_entered(stick: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / name_of(a_receipt())).write_bytes(a_receipt())
    put(stick, "down/x")
    (stick / "wingvoice" / "down" / HEX).symlink_to(elsewhere)
    (stick / "wingvoice" / "up").symlink_to(elsewhere)
    courier = StickCourier(stick, A_KIOSK)
    assert courier.waiting() == ()
    with pytest.raises(CourierError):
        courier.carry(FIRST)
    assert set(tree(elsewhere)) == {name_of(a_receipt())}


def test_a_pipe_does_not_make_the_kiosk_wait(stick: Path) -> None:
    down = put(stick, f"down/{HEX}/x").parent
    os.mkfifo(down / name_of(a_receipt()))
    assert StickCourier(stick, A_KIOSK).waiting() == ()


def test_two_names_that_are_one_spoil_the_folder(stick: Path) -> None:
    put(stick, f"down/{HEX}/Readme")
    put(stick, f"down/{HEX}/README")
    with pytest.raises(StickSpoiltError):
        StickCourier(stick, A_KIOSK).waiting()


def test_an_oversized_receipt_is_not_read(stick: Path) -> None:
    huge = bytes(70_000)
    put(stick, f"down/{HEX}/0000000001-{seal.digest(huge).hex()[:16]}.wvr", huge)
    assert StickCourier(stick, A_KIOSK).waiting() == ()


def test_a_file_where_a_folder_belongs_closes_the_road(stick: Path) -> None:
    put(stick, "up", b"a file")
    with pytest.raises(CourierError):
        StickCourier(stick, A_KIOSK).carry(FIRST)
    assert tree(stick) == {"wingvoice/up": b"a file"}


def test_the_delivery_is_read_by_path(stick: Path) -> None:
    put(stick, "delivery/metadata/timestamp.json", b"{}")
    put(stick, "delivery/targets/est/hmx/place/b-wing.json", b"place")
    courier = StickCourier(stick, A_KIOSK)
    assert courier.fetch("metadata/timestamp.json", 2) == b"{}"
    assert courier.fetch("targets/est/hmx/place/b-wing.json", 100) == b"place"
    with pytest.raises(TooLargeError):
        courier.fetch("metadata/timestamp.json", 1)
    for absent in ("metadata/1.root.json", "metadata", "targets/../../../etc/passwd", "/etc/passwd", ""):
        with pytest.raises(NotCarriedError):
            courier.fetch(absent, 100)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "metadata",
        "metadata/",
        "metadata/.hidden",
        "metadata/../x",
        "keys/x",
        "targets/A/b",
        "targets/a\x00",
        "targets//a",
    ],
)
def test_a_path_that_no_delivery_has_is_none(path: str) -> None:
    assert delivery_parts(path) is None


def test_a_receipt_from_the_stick_settles_what_lay_here_for_weeks(stick: Path) -> None:
    box, central = FakeOutbox(FIVE), CentralSimulator()
    carry_all(an_end(box), box, StickCourier(stick, A_KIOSK), Tally(), lambda _a, _b: None)
    for path in sorted((stick / "wingvoice" / "up" / HEX).iterdir()):
        reply = central.answer(path.read_bytes())
        assert reply is not None
        put(stick, f"down/{HEX}/{name_of(reply)}", reply)
    end = an_end(box)
    for parcel in StickCourier(stick, A_KIOSK).waiting():
        obey(end.receive(parcel), end, box, Tally())
    assert (box.records, central.ledger) == ({}, RECORDS)
    assert central.outcomes == [Outcome.TAKEN] * 3
