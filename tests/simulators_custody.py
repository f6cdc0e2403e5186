"""Faults of the kiosk's own disk: the plug pulled at any moment, and no room left.

Rule 1: the real vault runs; the simulator only looks at its files, or takes its room away.
Rule 2: a pulled plug is a copy of the files as they were at that moment, opened afresh.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from models.vault import Vault

_SIDES = ("", "-wal", "-shm")


class PullThePlug:
    """Copies the vault's files at every moment of an act at which they differ; `disks` are vaults to open afresh.

    The moments: before each statement that writes, before and after each commit, around each step of tidying.
    """

    def __init__(self, vault: Vault, folder: Path) -> None:
        self._vault, self._folder = vault, folder
        self._seen: set[tuple[bytes, ...]] = set()
        self.disks: list[Path] = []

    def __enter__(self) -> Self:
        self._look()
        engine = self._vault.engine
        sa.event.listen(engine, "before_cursor_execute", self._before_statement)
        sa.event.listen(engine, "commit", self._before_commit)
        self._raw = self._vault._raw
        self._vault._raw = self._around_raw  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        self._look()
        self._vault._raw = self._raw  # type: ignore[method-assign]
        sa.event.remove(self._vault.engine, "commit", self._before_commit)
        sa.event.remove(self._vault.engine, "before_cursor_execute", self._before_statement)

    def _before_statement(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.lstrip().startswith(("SELECT", "PRAGMA")):
            self._look()

    def _before_commit(self, _connection: object) -> None:
        self._look()

    def _around_raw(self, driver: object, statement: str) -> tuple[int, ...]:
        self._look()
        result = self._raw(driver, statement)
        self._look()
        return result

    def _look(self) -> None:
        files = [self._vault.path.with_name(self._vault.path.name + side) for side in _SIDES]
        files += sorted(self._vault.path.parent.glob(f"{self._vault.path.name}.*.larder"))
        state = tuple(file.read_bytes() if file.exists() else b"" for file in files)
        if state in self._seen:
            return
        self._seen.add(state)
        disk = self._folder / f"pulled-{len(self.disks):03d}"
        disk.mkdir(parents=True)
        for file in files:
            if file.exists():
                shutil.copy2(file, disk / file.name)
        self.disks.append(disk / self._vault.path.name)


@contextmanager
def full_disk(vault: Vault) -> Iterator[None]:
    """Leave the vault no page more than it has; the driver then says what a full disk makes it say."""

    def no_room(connection: sa.Connection) -> None:
        connection.connection.driver_connection.execute("PRAGMA max_page_count=1").fetchall()  # type: ignore[union-attr]

    sa.event.listen(vault.engine, "begin", no_room)
    try:
        yield
    finally:
        sa.event.remove(vault.engine, "begin", no_room)
        vault.engine.dispose()  # a new connection has room again
