"""The road by network: one connection, one parcel at a time, to one address.

Rule 1: TLS 1.2 or newer against our own authority; plain HTTP only to the loopback address.
Rule 2: no redirect, no proxy from the environment, no cookie; every read is capped.
Rule 3: a status steers waiting and nothing else: only a signed body changes anything.
Rule 4: only CourierError escapes.
"""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx
import stamina

from models.errors import CourierError
from models.seal import KioskId
from sync.batch import REPLY_LIMIT_BYTES, tag_of
from sync.courier import NotCarriedError, NotOurPlaceError, TooLargeError
from sync.stick import delivery_parts

TIMES: Final = httpx.Timeout(connect=10.0, write=30.0, read=60.0, pool=5.0)
TRIES: Final = 4
WAIT_FIRST_S: Final = 1.0
WAIT_MOST_S: Final = 60.0
ROUTES: Final[Mapping[str, str]] = {"wvb": "/v1/batches", "wvh": "/v1/hello", "wvq": "/v1/requests"}
_OK, _NOT_DECIDED, _NOT_FOUND, _BUSY = 200, 202, 404, frozenset({429, 502, 503, 504})


class _TryAgainError(CourierError):
    """The road may be open in a moment."""


class NetworkCourier:
    """The road to `base_url`; `ca` is the file of our own authority. NotOurPlaceError for an address we do not use.

    `wait_first_s` and `tries` are for tests and drills; between rounds the postman waits, not this.
    """

    road: Final = "network"

    def __init__(
        self,
        base_url: str,
        kiosk: KioskId,
        ca: Path | None = None,
        *,
        tries: int = TRIES,
        wait_first_s: float = WAIT_FIRST_S,
    ) -> None:
        self._kiosk, self._tries, self._wait_first_s = kiosk, tries, wait_first_s
        self._base_url, self._trusted = base_url, _trust(base_url, ca)
        self._client: httpx.Client | None = None
        stamina.instrumentation.set_on_retry_hooks([])  # a trip tried again is no line in any log

    def carry(self, message: bytes) -> bytes | None:
        """Return what central answers, at most 64 KiB, or None where nobody has decided yet."""
        try:
            route = ROUTES[tag_of(message)]
        except KeyError:
            raise RuntimeError("a parcel that no route takes") from None
        status, body = self._trip("POST", route, message, REPLY_LIMIT_BYTES)
        return None if status == _NOT_DECIDED else body

    def waiting(self) -> tuple[bytes, ...]:
        """Nothing lies on this road: it answers at once."""
        return ()

    def fetch(self, path: str, limit: int) -> bytes:
        """Return a file of the delivery; NotCarriedError where central has none of that name."""
        if delivery_parts(path) is None:
            raise NotCarriedError
        status, body = self._trip("GET", f"/v1/deliveries/{path}", None, limit)
        if status == _NOT_FOUND:
            raise NotCarriedError
        if status != _OK:
            raise CourierError
        return body

    def done(self) -> None:
        """Let go of the connection."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _connected(self) -> httpx.Client:
        if self._client is None:
            self._client = httpx.Client(
                base_url=self._base_url,
                verify=self._trusted,
                timeout=TIMES,
                trust_env=False,
                follow_redirects=False,
                limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
                # nothing is unpacked here: a packed bomb stays as small as its limit
                headers={"content-type": "application/cbor", "accept-encoding": "identity", "user-agent": "wingvoice"},
            )
        return self._client

    def _trip(self, method: str, route: str, message: bytes | None, limit: int) -> tuple[int, bytes]:
        """Go a few times; return status and body, or raise CourierError."""
        tries = stamina.retry_context(
            on=_TryAgainError,
            attempts=self._tries,
            timeout=None,
            wait_initial=self._wait_first_s,
            wait_max=WAIT_MOST_S,
            wait_jitter=self._wait_first_s,
        )
        for attempt in tries:
            with attempt:
                return self._once(method, route, message, limit)
        raise RuntimeError("no try was made")

    def _once(self, method: str, route: str, message: bytes | None, limit: int) -> tuple[int, bytes]:
        try:
            with self._connected().stream(method, route, content=message) as reply:
                if reply.status_code in _BUSY:
                    raise _TryAgainError
                body = bytearray()
                for piece in reply.iter_raw(65_536):
                    body += piece
                    if len(body) > limit:
                        raise TooLargeError
                return reply.status_code, bytes(body)
        except CourierError:
            self.done()
            raise
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as trouble:
            self.done()
            raise _TryAgainError from trouble


def _trust(base_url: str, ca: Path | None) -> ssl.SSLContext | bool:
    """Return what a server must show, or raise NotOurPlaceError."""
    address = urlsplit(base_url)
    if address.scheme == "http" and _loopback(address.hostname or ""):
        return False
    if address.scheme != "https":
        raise NotOurPlaceError(detail="it must begin with https.")
    if ca is None:
        raise NotOurPlaceError(detail="the certificate of central's own authority is missing.")
    try:
        context = ssl.create_default_context(cafile=str(ca))
    except OSError as trouble:
        raise NotOurPlaceError(detail="the certificate of central's own authority cannot be read.") from trouble
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
