"""What every test stands on: no mock graphics, no network but loopback, no file in the user's home, words compiled."""

from __future__ import annotations

import os
import socket

import pytest
from hypothesis import settings

from tests.assets_build.make_catalogues import compiled

if os.environ.get("KIVY_GL_BACKEND") == "mock":
    # With the mock backend Kivy's own test classes vanish silently, and pictures are black.
    pytest.exit("KIVY_GL_BACKEND=mock would let screen tests vanish: unset it.", returncode=2)

# Machines are noisy: no law is broken because an example took longer.
settings.register_profile("wingvoice", deadline=None)
settings.load_profile("wingvoice")

compiled()  # a kiosk reads kiosk.mo, and whoever changed a catalogue has not set up again

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def _no_network_beyond_this_machine(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Refuse every connection, except to loopback in tests marked as journeys."""
    journey = request.node.get_closest_marker("journey") is not None
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        inside = self.family == socket.AF_UNIX or (journey and isinstance(address, tuple) and address[0] in LOOPBACK)
        if not inside:
            pytest.fail(f"a test reached for the network: {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
