"""Central's door on the network: messages in, signed answers out, and the deliveries as plain files.

Rule 1: nothing is decided here: a body goes to sync.central.intake, and its answer goes back.
Rule 2: a body is read up to its limit and no further; a file is served only under a delivery's own names.
Rule 3: no cookie, no log line of who asked; the proxy before it holds TLS and rates.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from sync.batch import MESSAGE_LIMIT_BYTES, tag_of
from sync.central.intake import BUSY, OK, UNREADABLE_MESSAGE, take_in
from sync.central.ledger import Ledger
from sync.central.signer import Signer
from sync.stick import delivery_parts

TOO_LARGE: Final = 413
NOT_FOUND: Final = 404
DISK_LEAST: Final = 0.05
RETRY_AFTER_S: Final = 60
ROUTES: Final[Mapping[str, str]] = {"/v1/batches": "wvb", "/v1/hello": "wvh", "/v1/requests": "wvq"}
Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Return the time now, aware."""
    return datetime.now(UTC)


def app(ledger: Ledger, signer: Signer, delivery_dir: Path, clock: Clock = wall_clock) -> Starlette:
    """Return the web application; `delivery_dir` holds metadata/ and targets/ of the newest delivery."""
    routes = [
        Route(path, _messages(tag, ledger, signer, delivery_dir, clock), methods=["POST"])
        for path, tag in ROUTES.items()
    ]
    return Starlette(
        routes=[
            *routes,
            Route("/v1/deliveries/{path:path}", _deliveries(delivery_dir), methods=["GET"]),
            Route("/healthz", _healthy, methods=["GET"]),
            Route("/readyz", _readiness(ledger, signer), methods=["GET"]),
        ]
    )


def newest_timestamp(delivery_dir: Path) -> int:
    """Return the version of the newest timestamp.json, 0 before the first delivery."""
    try:
        held = json.loads((delivery_dir / "metadata" / "timestamp.json").read_bytes())
        return int(held["signed"]["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


Endpoint = Callable[[Request], Awaitable[Response]]


def _messages(tag: str, ledger: Ledger, signer: Signer, delivery_dir: Path, clock: Clock) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        message = bytearray()
        async for piece in request.stream():
            message += piece
            if len(message) > MESSAGE_LIMIT_BYTES:
                return Response(status_code=TOO_LARGE)
        if tag_of(bytes(message[:8])) != tag:
            return Response(status_code=UNREADABLE_MESSAGE)
        newest = newest_timestamp(delivery_dir)
        reply = await run_in_threadpool(take_in, ledger, bytes(message), signer, clock(), newest)
        headers = {"retry-after": str(RETRY_AFTER_S)} if reply.status == BUSY else {}
        return Response(reply.body or b"", status_code=reply.status, media_type="application/cbor", headers=headers)

    return endpoint


def _deliveries(delivery_dir: Path) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        parts = delivery_parts(request.path_params["path"])
        found = None if parts is None else delivery_dir.joinpath(*parts)
        if found is None or not found.is_file() or not found.resolve().is_relative_to(delivery_dir.resolve()):
            return Response(status_code=NOT_FOUND)
        return FileResponse(found, media_type="application/octet-stream")

    return endpoint


async def _healthy(_request: Request) -> Response:
    return PlainTextResponse("ok")


def _readiness(ledger: Ledger, signer: Signer) -> Endpoint:
    def ready() -> str:
        try:
            with ledger.reading() as session:
                session.execute(sa.text("SELECT 1"))
        except sa.exc.DatabaseError:
            return "the ledger does not answer"
        disk = shutil.disk_usage(ledger.path.parent)
        return "ok" if signer.public and disk.free >= DISK_LEAST * disk.total else "the disk is nearly full"

    async def endpoint(_request: Request) -> Response:
        words = await run_in_threadpool(ready)
        return PlainTextResponse(words, status_code=OK if words == "ok" else BUSY)

    return endpoint
