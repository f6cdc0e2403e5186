"""Opens, checks and migrates a kiosk's encrypted database, and hands out its transactions.

Rule 1: no key and no file is ever made anew by itself; a damaged file is left byte for byte as it was.
Rule 2: one process opens a vault (lock file); in it, one transaction at a time, from whatever thread.
Rule 3: a write is one transaction, all or nothing; nobody holds one while a courier is on the road.
Rule 4: after a record is written the file is tidied, so that neither pages nor log keep an order.
Rule 5: the key is in no URL, message or log.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Literal

import sqlalchemy as sa
import sqlcipher3
from sqlalchemy.orm import Session

from models import seal
from models.errors import VaultCorruptError, VaultError, VaultFullError, VaultMissingError
from models.seal import KioskId
from models.tables import REVISION, RoundRow, SettingRow, StateRow, day_of, declared, folded

if TYPE_CHECKING:
    from alembic.config import Config

Setting = Literal["band", "establishment", "faults", "grant", "pin", "provider", "root", "tries", "wing"]
PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # without it INSERT OR REPLACE slips past every delete trigger
    "busy_timeout=5000",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "wal_autocheckpoint=0",
    "temp_store=MEMORY",
)
_SIDES: Final = ("-wal", "-shm")


class VaultBusyError(VaultError):
    """Another process has the vault open."""

    number, sentence = 405, "This kiosk's store is open in another program. Close that one first."


class VaultExistsError(VaultError):
    """Somebody wants a new vault where one stands already."""

    number, sentence = 406, "There is a store here already. It was left as it is."


class VaultNewerError(VaultError):
    """A newer program migrated this vault; this one cannot read it, and never migrates down by itself."""

    number = 411
    sentence = "This kiosk's store was made by a newer program. It was left as it is. Install that program again."


class Vault:
    """An open vault. Made by `create_vault` and `open_vault` only; `close` it, or nobody else can open it."""

    def __init__(self, path: Path, engine: sa.Engine, lock: IO[bytes]) -> None:
        self.path, self.engine = path, engine
        self._readers = engine.execution_options(reads=True)
        self._lock = lock
        self._turn = threading.RLock()
        self._open = 0

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give one transaction that commits at the end or leaves nothing; VaultFullError, VaultCorruptError."""
        with self._session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give one consistent view; nothing can be written through it."""
        with self._session(self._readers) as session:
            yield session

    @contextmanager
    def _session(self, engine: sa.Engine) -> Iterator[Session]:
        with self._turn, _in_our_words():
            self._open += 1
            try:
                with Session(engine) as session:
                    yield session
            finally:
                self._open -= 1

    def tidy(self) -> bool:
        """Rewrite the file and empty its log, so that no page tells an order; False if the disk would not have it.

        Records are committed before; what is left untidied now is tidied at the next cover write. Cost: 16 ms.
        """
        with self._turn:
            if self._open:
                message = "tidying inside a transaction"
                raise RuntimeError(message)
            connection = self.engine.raw_connection()
            try:
                self._raw(connection.driver_connection, "VACUUM")
                busy, *_ = self._raw(connection.driver_connection, "PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlcipher3.OperationalError:
                return False
            else:
                return not busy
            finally:
                connection.close()

    def _raw(self, driver: Any, statement: str) -> tuple[int, ...]:  # noqa: ANN401 - the driver has no types
        """Run outside any transaction: the begin hook would fire even under AUTOCOMMIT."""
        rows: list[tuple[int, ...]] = driver.execute(statement).fetchall()
        return rows[0] if rows else ()

    def setting(self, name: Setting) -> bytes | None:
        """Return what was set under a name, or None."""
        with self.reading() as session:
            row = session.get(SettingRow, name)
            return None if row is None else row.content

    def put_settings(self, settings: Mapping[Setting, bytes]) -> None:
        """Set several names in one transaction."""
        with self.writing() as session:
            put_settings(session, settings)

    def last_round(self) -> tuple[date, str] | None:
        """Return the day of the last round and what it came to."""
        with self.reading() as session:
            row = session.get(RoundRow, 1)
            return None if row is None else (row.day, row.words)

    def note_round(self, day: date, words: str) -> None:
        """Keep the day of a round and what it came to, in place of the last."""
        with self.writing() as session:
            session.merge(RoundRow(one=1, day=day, words=words))

    def close(self) -> None:
        """Close the file and let another process open it."""
        with self._turn:
            self.engine.dispose()
            self._lock.close()


def put_settings(session: Session, settings: Mapping[Setting, bytes]) -> None:
    """Set several names inside a transaction that is open already."""
    for name, content in settings.items():
        session.merge(SettingRow(name=name, content=content))


def create_vault(path: Path, key: bytes, kiosk: KioskId) -> Vault:
    """Make a new vault for a kiosk id and open it; `key` is 32 random bytes. VaultExistsError if one stands there.

    It is made beside its place and moved there whole, so a plug pulled meanwhile leaves no half vault.
    """
    if path.exists():
        raise VaultExistsError
    making = path.with_name(path.name + ".making")
    for leftover in (making, *_sides(making)):
        leftover.unlink(missing_ok=True)
    making.touch(mode=0o600)
    engine = _engine(making, key)
    with _in_our_words():
        _migrate(engine)
        with Session(engine) as session, session.begin():
            session.add(_first_state(kiosk))
        engine.dispose()  # the last connection takes the log into the file
    making.replace(path)
    return open_vault(path, key)


def open_vault(path: Path, key: bytes) -> Vault:
    """Open a vault whose key was checked by models.keyring; migrate it if an older program made it; tidy it.

    Raises VaultMissingError (no file), VaultCorruptError (not a database under this key, failed checks, or tables not
    as declared), VaultNewerError, VaultBusyError, VaultFullError. A damaged file is byte for byte as it was.
    """
    if not path.is_file():
        raise VaultMissingError(missing=path.name)
    lock = _locked(path)
    try:
        with _in_our_words():
            _check(path, key)
            vault = Vault(path, _engine(path, key), lock)
            _bring_up_to_date(vault)
    except BaseException:
        lock.close()
        raise
    vault.tidy()
    return vault


def _first_state(kiosk: KioskId) -> StateRow:
    long_ago = day_of(0)
    return StateRow(
        one=1,
        kiosk=kiosk,
        epoch=0,
        instance=seal.random_bytes(16),
        asked=None,
        time_floor=0,
        generation=0,
        serial=0,
        newest=0,
        numbered_day=long_ago,
        vouched_day=long_ago,
        ran=0,
    )


def _sides(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + side) for side in _SIDES)


def _locked(path: Path) -> IO[bytes]:
    lock = path.with_name(path.name + ".lock").open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise VaultBusyError from None
    return lock


def _connect(path: Path, key: bytes, mode: Literal["ro", "rw"]) -> Any:  # noqa: ANN401 - the driver has no types
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    driver = sqlcipher3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        driver.execute("PRAGMA cipher_log_level=NONE").fetchall()  # otherwise it writes to stderr
        driver.execute(f"PRAGMA key=\"x'{key.hex()}'\"").fetchall()  # raw key: no passphrase to stretch
        driver.execute("PRAGMA cipher_memory_security=ON").fetchall()
        driver.execute("SELECT count(*) FROM sqlite_master").fetchone()  # a wrong key fails here, not later
    except BaseException:
        driver.close()
        raise
    return driver


def _engine(path: Path, key: bytes) -> sa.Engine:
    def creator() -> Any:  # noqa: ANN401 - the driver has no types
        driver = _connect(path, key, "rw")
        for pragma in PRAGMAS:
            driver.execute(f"PRAGMA {pragma}").fetchall()
        return driver

    engine = sa.create_engine(f"sqlite:///{path}", module=sqlcipher3, creator=creator, pool_size=2, max_overflow=0)

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        reads = connection.get_execution_options().get("reads")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _check(path: Path, key: bytes) -> None:
    """Refuse a file that is not whole, over a connection that cannot write: closing it takes no log into the file."""
    if not path.stat().st_size:
        raise VaultCorruptError
    driver = _connect(path, key, "ro")
    try:
        broken = driver.execute("PRAGMA cipher_integrity_check").fetchall()
        if broken or driver.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise VaultCorruptError
    finally:
        driver.close()


def _bring_up_to_date(vault: Vault) -> None:
    """Migrate, compare with the declared tables, and drop the copy that the last migration kept."""
    before = vault.path.with_name(vault.path.name + ".before-migration")
    held = _held(vault.engine)
    try:
        if held != REVISION:
            _known(held)
            vault.tidy()
            shutil.copy2(vault.path, before)
            _migrate(vault.engine)
        _as_declared(vault)
    except BaseException:
        vault.engine.dispose()
        raise
    if held == REVISION:
        before.unlink(missing_ok=True)


def _held(engine: sa.Engine) -> str | None:
    """Return the revision that a file says it has, or None."""
    with engine.connect() as connection:
        listed = sa.text("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")
        if not connection.scalar(listed):
            return None
        held: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return held


# Alembic is loaded only where a vault is made or migrated: it would take a fifth of every start.


@cache
def _revisions() -> tuple[str, ...]:
    """Return every revision that this program knows, newest first."""
    from alembic.script import ScriptDirectory

    return tuple(one.revision for one in ScriptDirectory.from_config(_alembic()).walk_revisions())


def _known(held: str | None) -> None:
    """Refuse a file without any revision (it is not ours) and one beyond all that this program knows."""
    if held is None:
        raise VaultCorruptError
    if held not in _revisions():
        raise VaultNewerError


def _as_declared(vault: Vault) -> None:
    with vault.reading() as session:
        if _master(session) != declared() or session.get(StateRow, 1) is None:
            raise VaultCorruptError


def _master(session: Session) -> dict[str, str]:
    rows = session.execute(
        sa.text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'")
    )
    return {name: folded(text) for name, text in rows}


def _alembic() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", os.fspath(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _migrate(engine: sa.Engine, revision: str = "head", way: Literal["up", "down"] = "up") -> None:
    """Run the revisions in one transaction."""
    from alembic import command

    config = _alembic()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.upgrade if way == "up" else command.downgrade)(config, revision)


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Turn what the driver says into a VaultError; a refused constraint stays what it is, a mistake of our own."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if (ours := _ours(error.orig)) is None:
            raise
        raise ours from error
    except sqlcipher3.DatabaseError as error:
        if (ours := _ours(error)) is None:
            raise
        raise ours from error


def _ours(error: BaseException | None) -> VaultError | None:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL":
        return VaultFullError()
    if name in ("SQLITE_NOTADB", "SQLITE_CORRUPT") or name.startswith("SQLITE_CORRUPT_"):
        return VaultCorruptError()
    return VaultError() if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")) else None
