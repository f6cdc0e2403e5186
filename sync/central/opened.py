"""The opened store: the opening desk's own file of what was said, without kiosk, order or day.

Rule 1: a row's id is drawn afresh and is the table's key, so that no order and no id leads back to the ledger.
Rule 2: what is added comes with the numbers up to which it was taken, in one transaction, so nothing counts twice.
Rule 3: the file stays on the opening desk, and goes when the campaign's retention ends.
Rule 4: a nomination is kept whole until the desk of its election holds it, and is erased here then.
Source: results.md section 2, custody.md section 9.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from models import seal
from sync.central.results.projection import Said, Turn

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS turns (id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16), establishment TEXT NOT NULL,
    wing TEXT, week TEXT, form BLOB NOT NULL CHECK (length(form) = 32), module TEXT NOT NULL, language TEXT NOT NULL,
    answers TEXT NOT NULL, blocks TEXT NOT NULL DEFAULT '[]') WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS said (id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16), establishment TEXT NOT NULL,
    week TEXT, form BLOB NOT NULL CHECK (length(form) = 32), topic TEXT NOT NULL, text TEXT NOT NULL,
    language TEXT NOT NULL, notice TEXT, reply BLOB CHECK (length(reply) = 32),
    replied INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS nominations (id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    establishment TEXT NOT NULL, language TEXT NOT NULL, answers TEXT NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS taken (establishment TEXT NOT NULL, kiosk BLOB NOT NULL, epoch INTEGER NOT NULL,
    campaign TEXT NOT NULL, upto INTEGER NOT NULL, PRIMARY KEY (establishment, kiosk, epoch, campaign))
    WITHOUT ROWID, STRICT;
"""
_ADDED: Final = {  # since the first store: of turns, which blocks were drawn; of what was said, who wants a reply
    ("turns", "blocks"): "TEXT NOT NULL DEFAULT '[]'",
    ("said", "reply"): "BLOB CHECK (length(reply) = 32)",
    ("said", "replied"): "INTEGER NOT NULL DEFAULT 0",
}


@dataclass(frozen=True, slots=True)
class Stream:
    """One epoch of one kiosk, as far as a campaign is concerned."""

    establishment: str
    kiosk: bytes
    epoch: int
    campaign: str


@dataclass(frozen=True, slots=True)
class Nominated:
    """A sign-up that asks for a place on a ballot, whole; `answers` by name of question."""

    establishment: str
    language: str
    answers: Mapping[str, str]
    id: bytes = b""


class OpenedStore:
    """The opening desk's own file; it belongs on the opening desk, and goes when the campaign's retention ends."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
        self._path = path
        with self._connected() as connection:
            connection.executescript(_TABLES)
            for (table, column), kind in _ADDED.items():
                if column not in {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}:
                    connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path)) as connection, connection:
            connection.execute("PRAGMA secure_delete = ON")
            yield connection

    def taken(self) -> Mapping[Stream, int]:
        """Return up to which number each stream lies here."""
        with self._connected() as connection:
            rows = connection.execute("SELECT establishment, kiosk, epoch, campaign, upto FROM taken").fetchall()
        return {Stream(*row[:4]): row[4] for row in rows}

    def put(
        self,
        turns: Sequence[Turn],
        said: Sequence[Said],
        upto: Mapping[Stream, int],
        nominated: Sequence[Nominated] = (),
    ) -> None:
        """Add what was opened, all of it or nothing. The order handed in leaves no trace: ids are fresh."""
        with self._connected() as connection:
            connection.executemany(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        *(seal.random_bytes(16), turn.establishment, turn.wing, turn.week, turn.form),
                        *(turn.module, turn.language, json.dumps(dict(turn.answers), ensure_ascii=False)),
                        json.dumps(turn.blocks),
                    )
                    for turn in turns
                ],
            )
            connection.executemany(
                "INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        *(s.id, s.establishment, s.week, s.form, s.topic, s.text, s.language, s.notice),
                        *(s.reply, int(s.replied)),
                    )
                    for s in said
                ],
            )
            connection.executemany(
                "INSERT INTO nominations VALUES (?, ?, ?, ?)",
                [
                    (
                        *(seal.random_bytes(16), one.establishment, one.language),
                        json.dumps(dict(one.answers), ensure_ascii=False),
                    )
                    for one in nominated
                ],
            )
            connection.executemany(
                "INSERT OR REPLACE INTO taken VALUES (?, ?, ?, ?, ?)",
                [(s.establishment, s.kiosk, s.epoch, s.campaign, number) for s, number in upto.items()],
            )

    def turns(self) -> tuple[Turn, ...]:
        """Return every module handed in and opened, in no order that means anything."""
        with self._connected() as connection:
            rows = connection.execute(
                "SELECT establishment, wing, week, form, module, language, answers, blocks FROM turns ORDER BY id"
            ).fetchall()
        return tuple(
            Turn(place, wing, week, form, module, language, json.loads(answers), tuple(json.loads(blocks)))
            for place, wing, week, form, module, language, answers, blocks in rows
        )

    def said(self) -> tuple[Said, ...]:
        """Return every suggestion, shout-out and typed word."""
        with self._connected() as connection:
            rows = connection.execute(
                "SELECT id, establishment, week, form, topic, text, language, notice, reply, replied"
                " FROM said ORDER BY id"
            ).fetchall()
        return tuple(replace(Said(*row), replied=bool(row[-1])) for row in rows)

    def answered(self, said: bytes, notice: str) -> None:
        """Note which notice answered a suggestion."""
        with self._connected() as connection:
            connection.execute("UPDATE said SET notice = ? WHERE id = ?", (notice, said))

    def replied(self, reply: bytes) -> None:
        """Note that whoever holds the code of this public half was answered; in which file is not noted."""
        with self._connected() as connection:
            connection.execute("UPDATE said SET replied = 1 WHERE reply = ?", (reply,))

    def nominations(self) -> tuple[Nominated, ...]:
        """Return every nomination that the desk of the election has not taken yet, in no order that means anything."""
        with self._connected() as connection:
            rows = connection.execute(
                "SELECT establishment, language, answers, id FROM nominations ORDER BY id"
            ).fetchall()
        return tuple(Nominated(place, language, json.loads(answers), name) for place, language, answers, name in rows)

    def forget_nominations(self, ids: Iterable[bytes]) -> None:
        """Erase nominations that the desk of the election holds now; their bytes are written over."""
        with self._connected() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.executemany("DELETE FROM nominations WHERE id = ?", [(one,) for one in ids])
