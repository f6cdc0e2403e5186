"""The network road against a real server on loopback; and the addresses it refuses."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
import uvicorn

from models.errors import CourierError
from sync.batch import MESSAGE_LIMIT_BYTES, Outcome, read_receipt, tag_of
from sync.central.door import app
from sync.courier import NotCarriedError, NotOurPlaceError, TooLargeError
from sync.courier_network import NetworkCourier
from sync.round import Tally, carry_all
from tests.central.test_intake import NOW, Central
from tests.simulators import GARBAGE, FakeOutbox
from tests.sync.parcels import A_KIOSK, RECEIPT_PUBLIC, a_hello, a_request, batches
from tests.sync.test_fault_words import FIVE, RECORDS, an_end

FIRST, SECOND = batches(3, 2)
journey: Final = pytest.mark.journey


@contextmanager
def served(application: Any) -> Iterator[str]:  # noqa: ANN401 - any ASGI application
    """Run a real server in a thread; yield its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        listening.listen()
        config = uvicorn.Config(application, log_level="critical", lifespan="off", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def courier_to() -> Iterator[Callable[..., NetworkCourier]]:
    """Make couriers that do not wait, and close them afterwards."""
    made: list[NetworkCourier] = []

    def make(address: str, tries: int = 1) -> NetworkCourier:
        made.append(NetworkCourier(address, A_KIOSK, tries=tries, wait_first_s=0.0))
        return made[-1]

    yield make
    for courier in made:
        courier.done()


CourierTo = Callable[..., NetworkCourier]


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    central = Central(tmp_path)
    yield central
    central.ledger.close()


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    for name, data in {
        "metadata/timestamp.json": b'{"signed": {"version": 7}}',
        "targets/est/hmx/x.json": b"{}",
    }.items():
        place = tmp_path / "delivery" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return tmp_path / "delivery"


@pytest.fixture
def road(central: Central, delivery: Path) -> Iterator[NetworkCourier]:
    with served(app(central.ledger, central.signer, delivery, lambda: NOW)) as address:
        courier = NetworkCourier(address, A_KIOSK, tries=1, wait_first_s=0.0)
        yield courier
        courier.done()


@journey
def test_batches_go_and_signed_receipts_come_back(road: NetworkCourier, central: Central) -> None:
    for message, mark in ((FIRST, 3), (SECOND, 5)):
        reply = road.carry(message)
        assert reply is not None
        body = read_receipt(reply, [RECEIPT_PUBLIC]).body
        assert (body.outcome, body.mark, body.newest) == (Outcome.TAKEN, mark, 7)
    assert len(central.records()) == 5


@journey
def test_a_whole_outbox_is_carried_and_the_same_courier_serves_the_next_round(
    road: NetworkCourier, central: Central
) -> None:
    box = FakeOutbox(FIVE)
    carry_all(an_end(box), box, road, Tally(), lambda _share, _words: None)
    assert (box.records, central.records()) == ({}, list(RECORDS.values()))
    road.done()
    assert road.carry(a_hello()) is not None


@journey
def test_a_request_nobody_has_decided_on_has_no_answer_yet(road: NetworkCourier) -> None:
    assert road.carry(a_request(kiosk=b"n" * 16)) is None


@journey
def test_the_delivery_is_fetched_by_path_and_only_that(road: NetworkCourier, delivery: Path) -> None:
    (delivery.parent / "secret").write_bytes(b"not for the wing")
    (delivery / "targets" / "link.json").symlink_to(delivery.parent / "secret")
    assert road.fetch("metadata/timestamp.json", 100) == b'{"signed": {"version": 7}}'
    assert road.fetch("targets/est/hmx/x.json", 2) == b"{}"
    with pytest.raises(TooLargeError):
        road.fetch("metadata/timestamp.json", 25)
    for absent in ("metadata/9.root.json", "targets/link.json", "targets/../../secret", "secret"):
        with pytest.raises(NotCarriedError):
            road.fetch(absent, 100)


@journey
def test_a_message_too_large_or_at_the_wrong_door_is_turned_away(road: NetworkCourier, central: Central) -> None:
    client = road._connected()
    assert client.post("/v1/batches", content=bytes(MESSAGE_LIMIT_BYTES + 1)).status_code == 413
    assert client.post("/v1/hello", content=FIRST).status_code == 400
    assert client.post("/v1/batches", content=GARBAGE).status_code == 400
    assert client.get("/v1/deliveries/..%2Fsecret").status_code == 404
    assert (client.get("/healthz").text, client.get("/v1/batches").status_code) == ("ok", 405)
    assert central.records() == []


@journey
def test_a_ledger_that_is_gone_is_not_ready(road: NetworkCourier, central: Central) -> None:
    central.ledger.close()
    central.ledger.path.write_bytes(b"no ledger any more, whatever it was before" * 200)
    assert road._connected().get("/readyz").status_code == 503


def answering(status: int, body: bytes, *headers: tuple[bytes, bytes], pieces: int = 1) -> Any:  # noqa: ANN401
    """Return an application that says one thing to everybody, and counts how often it was asked."""

    async def application(_scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        application.asked += 1  # type: ignore[attr-defined]
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": status, "headers": list(headers)})
        for at in range(pieces):
            await send({"type": "http.response.body", "body": body, "more_body": at + 1 < pieces})

    application.asked = 0  # type: ignore[attr-defined]
    return application


@journey
def test_a_captive_portal_is_an_unreadable_reply(central: Central, courier_to: CourierTo) -> None:
    box = FakeOutbox(FIVE)
    with served(answering(200, GARBAGE, (b"content-type", b"text/html"))) as address:
        tally = Tally()
        carry_all(an_end(box), box, courier_to(address), tally, lambda _share, _words: None)
    assert not tally.confirmed
    assert box.records == RECORDS


@journey
def test_a_redirect_is_not_followed(central: Central, courier_to: CourierTo) -> None:
    elsewhere = answering(200, b"")
    with served(elsewhere) as trap, served(answering(307, b"", (b"location", trap.encode()))) as address:
        assert courier_to(address).carry(FIRST) == b""
    assert elsewhere.asked == 0


@journey
def test_an_endless_reply_is_cut_off(courier_to: CourierTo) -> None:
    with served(answering(200, bytes(16_384), pieces=10_000)) as address, pytest.raises(TooLargeError):
        courier_to(address).carry(FIRST)


@journey
def test_a_packed_reply_is_not_unpacked(courier_to: CourierTo) -> None:
    packed = gzip.compress(bytes(1 << 20))
    with served(answering(200, packed, (b"content-encoding", b"gzip"))) as address:
        assert courier_to(address).carry(FIRST) == packed


@journey
@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_busy_central_is_asked_again_and_then_left_alone(status: int, courier_to: CourierTo) -> None:
    busy = answering(status, b"")
    with served(busy) as address, pytest.raises(CourierError):
        courier_to(address, tries=3).carry(FIRST)
    assert busy.asked == 3


@journey
def test_nobody_listening_is_a_closed_road(courier_to: CourierTo) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(CourierError):
            courier_to(address).carry(FIRST)


@journey
def test_no_proxy_is_taken_from_the_environment(
    central: Central, monkeypatch: pytest.MonkeyPatch, courier_to: CourierTo
) -> None:
    proxy = answering(200, b"read by a stranger")
    with served(proxy) as trap, served(app(central.ledger, central.signer, central.ledger.path.parent)) as address:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, trap)
        assert tag_of(courier_to(address).carry(FIRST) or b"") == "wvr"
    assert proxy.asked == 0


@pytest.mark.parametrize(
    "address",
    [
        "http://central.example",
        "http://10.0.0.1:8000",
        "ftp://127.0.0.1",
        "central.example",
        "",
        "https://central.example",
    ],
)
def test_an_address_that_is_neither_loopback_nor_ours_is_refused(address: str) -> None:
    with pytest.raises(NotOurPlaceError):
        NetworkCourier(address, A_KIOSK)


def test_an_authority_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    for name in ("ca.pem", "missing.pem"):
        with pytest.raises(NotOurPlaceError, match="cannot be read"):
            NetworkCourier("https://central.example", A_KIOSK, tmp_path / name)
