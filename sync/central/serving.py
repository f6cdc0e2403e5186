"""Central at work: the door for kiosks and the console for staff, two ports of one process, on loopback by default.

Rule 1: TLS, rates and the outside world belong to the proxy before it.
Rule 2: one signal ends both; nothing is cut off in the middle of a message.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator

import uvicorn
from starlette.applications import Starlette

Address = tuple[str, int]


class _Server(uvicorn.Server):
    """A server that leaves signals to the process."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    @property
    def port(self) -> int:
        """The port really taken, where 0 was asked for."""
        return int(self.servers[0].sockets[0].getsockname()[1])


def serve(
    door: Starlette, console: Starlette, host: str, ports: tuple[int, int], ready: Callable[[int, int], None]
) -> None:
    """Serve both until SIGINT or SIGTERM; `ready` is told the ports of door and console once both listen."""
    asyncio.run(_both((door, console), host, ports, ready))


async def _both(
    apps: tuple[Starlette, Starlette], host: str, ports: tuple[int, int], ready: Callable[[int, int], None]
) -> None:
    servers = [
        _Server(uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False, server_header=False))
        for app, port in zip(apps, ports, strict=True)
    ]

    def stop() -> None:
        for server in servers:
            server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    tasks = [asyncio.create_task(server.serve()) for server in servers]
    try:
        while not all(server.started for server in servers):
            if any(task.done() for task in tasks):
                break
            await asyncio.sleep(0.02)
        else:
            ready(*(server.port for server in servers))
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop()
        await asyncio.gather(*tasks)
