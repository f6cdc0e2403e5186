"""Where the command line finds central's files, the time and the passphrase; and how it says what it did.

Rule 1: this room alone, for the command line, looks at the clock or asks a person.
Rule 2: machines get one JSON value on stdout, people get sentences; both say the same.
Rule 3: other rooms are imported inside the functions, so that --help is quick.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from models.errors import CentralError

if TYPE_CHECKING:
    from models.questionnaire import LanguageTag
    from sync.central.keychest import Chest
    from sync.central.ledger import Ledger
    from sync.central.opened import OpenedStore
    from sync.central.repository import Repository
    from sync.central.signer import Signer

_KIOSK: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Desk:
    """One central's home: ledger.db, opened.sqlite, keys/, public/, content/, delivery/, results/."""

    home: Path

    @property
    def content(self) -> Path:
        """What authors and leads lay ready for the press."""
        return self.home / "content"

    @property
    def today(self) -> date:
        """The day as this desk's clock has it."""
        return now().date()

    @property
    def delivery(self) -> Path:
        """The signed repository."""
        return self.home / "delivery"

    @property
    def results(self) -> Path:
        """The release that stands."""
        return self.home / "results"

    def repository(self) -> Repository:
        """Return the signed repository."""
        from sync.central.repository import Repository

        return Repository(self.home)

    def chest(self) -> Chest:
        """Return the key chest."""
        from sync.central.keychest import Chest

        return Chest(self.home)

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Give the open ledger and close it."""
        from sync.central.ledger import open_ledger

        self.repository().root()  # a ledger without a ceremony would only confuse
        ledger = open_ledger(self.home / "ledger.db")
        try:
            yield ledger
        finally:
            ledger.close()

    def signer(self, ledger: Ledger) -> Signer:
        """Return the signer; CentralError where the receipt key is not at this desk."""
        from sync.central.signer import Signer

        path = self.chest().receipt_key
        if not path.exists():
            raise CentralError(detail=f"The receipt key is not at this desk ({path}).")
        return Signer(path.read_bytes(), ledger)

    def store(self) -> OpenedStore:
        """Return the opening desk's store."""
        from sync.central.opened import OpenedStore

        return OpenedStore(self.home / "opened.sqlite")

    def questionnaires(self) -> tuple[bytes, ...]:
        """Return every questionnaire ever published."""
        repository = self.repository()
        return tuple({data for code in repository.establishments() for data in repository.questionnaires(code)})


def now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


def passphrase(file: Path | None, *, twice: bool = False) -> str:
    """Return the first line of a file, or what a person types unseen."""
    if file is None:
        return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice))
    lines = file.read_text(encoding="utf-8").splitlines()
    if not lines or not lines[0]:
        raise CentralError(detail=f"{file.name} holds no passphrase. Nothing was written.")
    return lines[0]


def kiosk_id(text: str) -> bytes:
    """Return a kiosk's id, 16 bytes, from its 32 hex digits."""
    if not _KIOSK.fullmatch(text.lower()):
        raise CentralError(
            detail=f"{text} is not a kiosk's id: 32 digits and letters from a to f. Nothing was written."
        )
    return bytes.fromhex(text)


def request_message(request: str, waiting: Mapping[str, bytes]) -> bytes:
    """Return a request's bytes: one that waits, by the beginning of its kiosk's id, or a file's content."""
    found = [message for kiosk, message in waiting.items() if kiosk.startswith(request.lower())]
    if len(found) == 1:
        return found[0]
    path = Path(request)
    if path.is_file():
        return path.read_bytes()
    raise CentralError(detail=f"{request} is neither one kiosk that waits nor a file. Nothing was granted.")


def by_language(english: str, others: Sequence[str] | None) -> dict[LanguageTag, str]:
    """Return words by language from English and pairs such as "cy=…"."""
    from models.questionnaire import LanguageTag

    words = {LanguageTag("en"): english} if english else {}
    for pair in others or ():
        tag, equals, text = pair.partition("=")
        if not equals or not tag or not text:
            raise CentralError(
                detail=f"Write another language as tag=words, such as cy=…, not {tag}. Nothing was written."
            )
        words[LanguageTag(tag)] = text
    return words


def say(words: Sequence[str], facts: object, *, as_json: bool) -> None:
    """Print sentences, or the same facts as JSON."""
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    for sentence in words:
        typer.echo(sentence)
