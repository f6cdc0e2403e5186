"""Tells the service manager that the kiosk is up, alive or leaving; where there is none it tells nobody.

Rule 1: one datagram a word; nothing is waited for, and a road that is gone is no fault of the kiosk's.
Source: sd_notify(3).
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Mapping
from typing import Final

UP: Final = "READY=1"
ALIVE: Final = "WATCHDOG=1"
LEAVING: Final = "STOPPING=1"


def teller(environ: Mapping[str, str]) -> Callable[[str], None]:
    """Return what tells a word to the socket that NOTIFY_SOCKET names."""
    address = environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return lambda _word: None

    def tell(word: str) -> None:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as road:
            road.settimeout(0)
            road.sendto(word.encode(), "\0" + address[1:] if address.startswith("@") else address)

    return tell
