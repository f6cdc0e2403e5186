"""What residents read: what changed, replies, results, stories.

Rule 1: a notice is canonical JSON in a bundle; only bytes that this file would write are read.
Rule 2: every text is there in English, the language of last resort; other languages are welcome.
Rule 3: the author is a role ("the kitchen manager"), never a resident.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, cast, get_args

from models.canonical import (
    CONTENT_LIMIT_BYTES,
    Fields,
    LanguageTag,
    UnreadableContentError,
    canonical_json,
    read_canonical_json,
    texts_by_language,
)

NoticeKind = Literal["what-changed", "notice", "reply", "results", "story"]
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to read. `said` and `did` are the two halves of "you said, we did", both or neither."""

    id: str
    kind: NoticeKind
    day: date
    title: Mapping[LanguageTag, str]
    body: Mapping[LanguageTag, str]
    said: Mapping[LanguageTag, str] | None
    did: Mapping[LanguageTag, str] | None
    by: str


def read_notice(unverified: bytes) -> Notice:
    """Return the notice these bytes spell, or raise UnreadableContentError; the only way in."""
    fields = Fields(read_canonical_json(unverified, CONTENT_LIMIT_BYTES), "notice")
    fields.whole("format", 1, 1)
    kind = fields.text("kind")
    if kind not in get_args(NoticeKind):
        raise UnreadableContentError("notice.kind is unknown")
    notice = Notice(
        id=fields.text("id", _ID),
        kind=cast("NoticeKind", kind),
        day=fields.day("day"),
        title=texts_by_language(fields, "title"),
        body=texts_by_language(fields, "body"),
        said=fields.maybe("said", lambda key: texts_by_language(fields, key)),
        did=fields.maybe("did", lambda key: texts_by_language(fields, key)),
        by=fields.text("by"),
    )
    fields.close()
    if (notice.said is None) != (notice.did is None):
        raise UnreadableContentError("notice has one half of said and did")
    return notice


def notice_bytes(notice: Notice) -> bytes:
    """Return the one spelling of a notice; `read_notice` gives the same notice back."""
    value: dict[str, object] = {
        "format": 1,
        "id": notice.id,
        "kind": notice.kind,
        "day": notice.day.isoformat(),
        "title": dict(notice.title),
        "body": dict(notice.body),
        "by": notice.by,
    }
    if notice.said is not None and notice.did is not None:
        value |= {"said": dict(notice.said), "did": dict(notice.did)}
    return canonical_json(value)


def newest_first(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Return the notices by day, newest first; on one day by id, so that every kiosk shows one order."""
    by_id = sorted(notices, key=lambda notice: notice.id)
    return tuple(sorted(by_id, key=lambda notice: notice.day, reverse=True))
