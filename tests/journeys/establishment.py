"""HMP Example in a folder: central with its content, and kiosks, all through the two command lines as people type them.

Rule 1: nothing is reached but by a command, a loopback address or a folder that stands for a stick.
Rule 2: a process that is started here is ended here, by its own handle.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sync.central.authoring.demonstration import CAMPAIGN, ESTABLISHMENT, lay_out

PIN = "4071926385"
PASSPHRASE = "a passphrase for the demonstration only"  # noqa: S105 - it locks keys that a demonstration throws away
HOUSE = Path(__file__).parent.parent.parent


class CommandError(AssertionError):
    """A command that should have gone well did not; its words are in the message."""


@dataclass(frozen=True)
class Establishment:
    """Everything below `root`; `root/central` is central's home, `root/<name>` a kiosk's, `root/stick` the stick."""

    root: Path

    @property
    def central_home(self) -> Path:
        return self.root / "central"

    @property
    def stick(self) -> Path:
        return self.root / "stick"

    def kiosk_home(self, name: str) -> Path:
        return self.root / name

    def central(self, *args: str, code: int = 0) -> str:
        """Run `wingvoice-central`; return what it printed."""
        return run(["sync.central", "--home", str(self.central_home), *args], code)

    def central_json(self, *args: str) -> Any:  # noqa: ANN401 - whatever the command prints
        return json.loads(self.central(*args, "--json"))

    def kiosk(self, name: str, command: str, *args: str, code: int = 0) -> str:
        """Run `wingvoice-kiosk`; return what it printed."""
        return run(["kiosk", command, "--home", str(self.kiosk_home(name)), *args], code)

    def hold_ceremony(self) -> str:
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
        (self.root / "pin").write_text(PIN + "\n", encoding="utf-8")
        return self.central(
            "ceremony", "--establishment", ESTABLISHMENT, "--campaign", CAMPAIGN,
            "--passphrase-file", str(self.root / "passphrase"),
        )  # fmt: skip

    def lay_content(self, today: date) -> Path:
        """Write the example content, with everything open today."""
        content = self.central_home / "content"
        lay_out(content, today)
        return content

    def enrol(self, name: str, *roads: str) -> str:
        """Let a machine ask to be a kiosk; return its 24 digits."""
        asked = self.kiosk(
            name, "enrol", "--root", str(self.central_home / "public" / "root.json"), "--provider", "keyfile",
            "--keyfile", str(self.root / f"{name}.key"), "--pin-file", str(self.root / "pin"), "--json", *roads,
        )  # fmt: skip
        return str(json.loads(asked)["digits"])

    def grant(self, digits: str, wing: str) -> None:
        """Let central take in whoever shows these digits."""
        waiting = self.central_json("enrol")
        listed = waiting["pending"] if isinstance(waiting, dict) else waiting
        kiosk = next(one["kiosk"] for one in listed if one["digits"].replace(" ", "") == digits)
        self.central("enrol", kiosk, "--digits", digits, "--establishment", ESTABLISHMENT, "--wing", wing)

    def open(self) -> str:
        return self.central("open", "--campaign", CAMPAIGN, "--passphrase-file", str(self.root / "passphrase"))

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve intake, deliveries and results on loopback; give intake's address."""
        port, console = free_port(), free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "sync.central", "--home", str(self.central_home), "serve",
             "--port", str(port), "--console-port", str(console)],
            cwd=HOUSE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}/healthz", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def kivy_environment(folder: Path) -> dict[str, str]:
    """Return the variables that must stand before a program imports Kivy; it may write to `folder` only."""
    folder.mkdir(parents=True, exist_ok=True)
    quiet = dict.fromkeys(("KIVY_NO_ARGS", "KIVY_NO_FILELOG", "KIVY_NO_CONFIG"), "1")
    seen = {} if os.environ.get("DISPLAY") else {"SDL_VIDEODRIVER": "offscreen"}
    return {
        **os.environ,
        **quiet,
        **seen,
        "KIVY_LOG_MODE": "PYTHON",  # otherwise Kivy takes the error stream for its own log
        "KIVY_HOME": str(folder),
        "SDL_AUDIODRIVER": "dummy",
    }


def run(command: list[str], code: int) -> str:
    """Run a module of ours as a program of its own."""
    env = {**os.environ, "PYTHONWARNINGS": "default"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=HOUSE, capture_output=True, text=True, check=False, env=env
    )
    if done.returncode != code:
        raise CommandError(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout if code == 0 else done.stderr


def free_port() -> int:
    """Return a port of loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(url: str, server: subprocess.Popen[bytes], limit_s: float = 30.0) -> None:
    """Return once the server answers; CommandError if it ended or never did."""
    give_up = time.monotonic() + limit_s
    while time.monotonic() < give_up:
        if server.poll() is not None:
            raise CommandError(f"the server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - loopback, our own address
                return
        except OSError:
            time.sleep(0.1)
    raise CommandError(f"nothing answered at {url}")
