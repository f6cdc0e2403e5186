"""The console shows a release on loopback, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import anyio
import httpx
import pytest

from sync.central.console.app import app
from sync.central.results.disclosure import Shown, Status, Table
from sync.central.results.release import Release, keep
from tests.central import desks

RELEASE = Release(
    desks.TODAY,
    (
        Table(
            "HMX", "00" * 32, "Life on the wing", "1", "m1", "Talking", "m1/talk", "Do you talk with staff?", "one", 40,
            (Shown("yes", "Yes", 25), Shown("no", "No", None), Shown("", "No answer", None)), Status.PARTLY,
        ),
    ),
)  # fmt: skip


def get(folder: Path, path: str, method: str = "GET") -> httpx.Response:
    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app(folder)), base_url="http://console") as client:
            return await client.request(method, path)

    return anyio.run(ask)


def test_the_page_is_drawn_from_the_release(tmp_path: Path) -> None:
    keep(tmp_path, RELEASE)
    reply = get(tmp_path, "/")
    assert reply.status_code == 200
    assert "25 of 40 answered “Yes”." in reply.text
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert reply.headers["cache-control"] == "no-store"


def test_the_same_comes_for_machines(tmp_path: Path) -> None:
    keep(tmp_path, RELEASE)
    value = json.loads(get(tmp_path, "/results.json").content)
    assert [cell["count"] for cell in value["tables"][0]["cells"]] == [25, None, None]


def test_before_the_first_release_it_says_so(tmp_path: Path) -> None:
    assert get(tmp_path, "/").status_code == get(tmp_path, "/results.json").status_code == 404
    assert "No results" in get(tmp_path, "/").text


def test_a_spoilt_release_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_bytes(b"[]")
    reply = get(tmp_path, "/")
    assert (reply.status_code, "cannot be read" in reply.text) == (500, True)


@pytest.mark.parametrize("path", ["/../opened.sqlite", "/opened.sqlite", "/keys/signer/receipt.key"])
def test_nothing_else_can_be_reached(tmp_path: Path, path: str) -> None:
    keep(tmp_path, RELEASE)
    assert get(tmp_path, path).status_code == 404


def test_nothing_can_be_changed_through_it(tmp_path: Path) -> None:
    keep(tmp_path, RELEASE)
    assert {get(tmp_path, "/", method).status_code for method in ("POST", "PUT", "DELETE")} == {405}
