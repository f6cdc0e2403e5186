"""The finished sheet of one module in canonical bytes: the body that is sealed.

Rule 1: no time, no order of answering, no place, no kiosk: two people who answered alike give the same bytes.
Rule 2: questionnaire hash, purpose and key stand outside the body (custody.md section 4).
Rule 3: reading and writing never change a byte.
Source: questionnaires.md section 9 point 10.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, cast, get_args

from models.answers import FinishedAnswers
from models.canonical import Fields, UnreadableContentError, a_text, canonical_json, read_canonical_json
from models.questionnaire import TAG_PATTERN, LanguageTag, ModuleName, Path, Purpose

Channel = Literal["kiosk", "paper"]
Mode = Literal["anonymous", "code", "named"]
RECORD_LIMIT_BYTES: Final = 1024 * 1024
FORM_BYTES: Final = 32
_HEX: Final = re.compile(r"(?:[0-9a-f]{2}){1,64}")
_32_BYTES: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Record:
    """A finished sheet made final. `form` is the questionnaire's SHA-256, 32 bytes; `body` is canonical JSON."""

    purpose: Purpose
    form: bytes
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record's body, taken apart. Blank text: presented and skipped; absent: not presented."""

    module: ModuleName
    language: LanguageTag
    blocks: tuple[str, ...]
    answers: Mapping[Path, str] = field(repr=False)
    notice: str
    channel: Channel
    mode: Mode | None = None
    link: str | None = None  # hex: link value of a come-back code
    reply: str | None = None  # hex: public half of a reply code's key


def make_record(
    finished: FinishedAnswers,
    purpose: Purpose,
    form: bytes,
    notice: str,
    mode: str | None = None,
    link: str | None = None,
    reply: str | None = None,
) -> Record:
    """Return the record of one finished module, answered on a kiosk.

    `form` is the questionnaire's hash, `notice` the version of the privacy words shown, `mode` (suggestions only) one
    of anonymous, code, named, `link` the 64 hex digits that join the modules of one person (questionnaires of several
    modules only), `reply` the 64 hex digits to which a reply is sealed (mode `code` only, and always then).
    Raises RuntimeError where an argument is none of these: a mistake of our own.
    """
    if len(form) != FORM_BYTES or (mode is not None and mode not in get_args(Mode)):
        raise RuntimeError("a record needs the hash of its questionnaire and a known mode")
    if any(joined is not None and not _32_BYTES.fullmatch(joined) for joined in (link, reply)):
        raise RuntimeError("a link and a reply code's key are 64 hex digits")
    if (reply is not None) != (mode == "code"):
        raise RuntimeError("a record has a reply code's key if it was given with a code, and only then")
    read = ReadRecord(
        module=finished.module,
        language=finished.language,
        blocks=finished.blocks,
        answers=finished.answers,
        notice=notice,
        channel="kiosk",
        mode=cast("Mode | None", mode),
        link=link,
        reply=reply,
    )
    return Record(purpose, form, record_body(read))


def record_body(read: ReadRecord) -> bytes:
    """Return the one spelling of a record's body; `read_record` gives the same value back."""
    value: dict[str, object] = {
        "format": 1,
        "module": read.module,
        "language": read.language,
        "blocks": read.blocks,
        "answers": dict(read.answers),
        "notice": read.notice,
        "channel": read.channel,
    }
    where_they_apply = {"mode": read.mode, "link": read.link, "reply": read.reply}
    return canonical_json(value | {key: text for key, text in where_they_apply.items() if text is not None})


def read_record(unverified: bytes) -> ReadRecord:
    """Return what a record's body says, or raise UnreadableContentError; the only way in."""
    fields = Fields(read_canonical_json(unverified, RECORD_LIMIT_BYTES), "record")
    fields.whole("format", 1, 1)
    read = ReadRecord(
        module=ModuleName(fields.text("module")),
        language=LanguageTag(fields.text("language", TAG_PATTERN)),
        blocks=tuple(a_text(block, "record.blocks") for block in fields.items("blocks")),
        answers={Path(path): text for path, text in fields.texts("answers").items()},
        notice=fields.text("notice"),
        channel=cast("Channel", fields.text("channel")),
        mode=cast("Mode | None", fields.maybe("mode", fields.text)),
        link=fields.maybe("link", lambda key: fields.text(key, _HEX)),
        reply=fields.maybe("reply", lambda key: fields.text(key, _32_BYTES)),
    )
    fields.close()
    if read.channel not in get_args(Channel) or (read.mode is not None and read.mode not in get_args(Mode)):
        raise UnreadableContentError("record.channel or record.mode is unknown")
    return read
