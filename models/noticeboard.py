"""What residents read: what changed, replies, results, stories.

Rule 1: a notice is canonical JSON in a bundle; only bytes that this file would write are read.
Rule 2: every text is there in English, the language of last resort; other languages are welcome.
Rule 3: the author is a role ("the kitchen manager", "a resident of the kitchen group"), never a name.
Rule 4: findings stand in results and nowhere else; what they may tell is said in models.findings.
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
from models.findings import MOST_FINDINGS, Finding, finding_value, read_finding

NoticeKind = Literal["what-changed", "notice", "reply", "results", "story"]
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PICTURE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}|[0-9a-f]{64}\.(?:png|webp|jpg)")


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to read. `said` and `did` are the two halves of "you said, we did", both or neither.

    `by` is the author's role, `role` the same by language. `picture` names an icon, or a file of the bundle as
    `<hash>.<ending>`. `findings` are of results alone.
    """

    id: str
    kind: NoticeKind
    day: date
    title: Mapping[LanguageTag, str]
    body: Mapping[LanguageTag, str]
    said: Mapping[LanguageTag, str] | None
    did: Mapping[LanguageTag, str] | None
    by: str
    role: Mapping[LanguageTag, str] | None = None
    picture: str | None = None
    findings: tuple[Finding, ...] = ()


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
        role=fields.maybe("role", lambda key: texts_by_language(fields, key)),
        picture=fields.maybe("picture", lambda key: fields.text(key, _PICTURE)),
        findings=fields.maybe("findings", lambda key: _read_findings(fields.items(key, MOST_FINDINGS))) or (),
    )
    fields.close()
    if (notice.said is None) != (notice.did is None):
        raise UnreadableContentError("notice has one half of said and did")
    if notice.findings and notice.kind != "results":
        raise UnreadableContentError("only results have findings")
    return notice


def _read_findings(values: list[object]) -> tuple[Finding, ...]:
    if not values:
        raise UnreadableContentError("notice.findings is empty")
    return tuple(read_finding(value) for value in values)


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
    if notice.role is not None:
        value["role"] = dict(notice.role)
    if notice.picture is not None:
        value["picture"] = notice.picture
    if notice.findings:
        value["findings"] = [finding_value(finding) for finding in notice.findings]
    return canonical_json(value)


def newest_first(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Return the notices by day, newest first; on one day by id, so that every kiosk shows one order."""
    by_id = sorted(notices, key=lambda notice: notice.id)
    return tuple(sorted(by_id, key=lambda notice: notice.day, reverse=True))
