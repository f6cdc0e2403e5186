"""What is open, for whom, until when; and what a place says about itself.

Rule 1: consultations and places are canonical JSON in a bundle; only bytes that this file would write are read.
Rule 2: which key seals, who may take part and the free-text policy are said here, never in a questionnaire.
Rule 3: days are arguments; nothing here looks at a clock.
Rule 4: every text for residents is there in English, the language of last resort: no screen is ever blank.
Source: custody.md section 8.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, NewType, cast, get_args

from models.canonical import (
    CONTENT_LIMIT_BYTES,
    ENGLISH,
    TAG_PATTERN,
    Fields,
    LanguageTag,
    UnreadableContentError,
    a_text,
    a_whole,
    canonical_json,
    read_canonical_json,
    texts_by_language,
)

Establishment = NewType("Establishment", str)  # [A-Z]{3}[A-Z0-9]?
Wing = NewType("Wing", str)
ConsultationId = NewType("ConsultationId", str)
Level = Literal["inform", "consult", "choose", "co-produce"]
Form = Literal["individual", "group", "collective"]
Policy = Literal["none", "staffed-queue"]
PlaceKind = Literal["wing", "office"]

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_WING: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_KEY: Final = re.compile(r"[0-9a-f]{16}")
_YEAR_S: Final = 366 * 24 * 3600


@dataclass(frozen=True, slots=True)
class FreeText:
    """Whether people may write words of their own, and what they are told about who reads them."""

    policy: Policy
    who_reads: Mapping[LanguageTag, str]  # empty only where the policy is "none"
    longest_wait_days: int


@dataclass(frozen=True, slots=True)
class Consultation:
    """Something open for people to take part in. `opens` and `closes` are both days on which it is open."""

    id: ConsultationId
    questionnaire: str  # SHA-256 of the canonical questionnaire, 64 hex digits
    campaign: str
    key: str  # id of the sealing key, 16 hex digits
    wings: tuple[Wing, ...]
    opens: date
    closes: date
    level: Level
    form: Form
    owner: str
    answer_by: date
    limits: Mapping[LanguageTag, str]  # what cannot change, and why
    free_text: FreeText
    min_own: int  # records of its own that must wait together before they leave the pool; 0 asks for nothing
    notice_version: str


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who can help now: who, how to reach them, and a picture's icon name."""

    name: Mapping[LanguageTag, str]
    how: Mapping[LanguageTag, str]
    picture: str | None


@dataclass(frozen=True, slots=True)
class StaffedQueue:
    """The declaration that somebody reads what residents write. `lists`: language to reviewed risk list's version."""

    demonstration: bool
    answers: str  # the role that reads
    lists: Mapping[LanguageTag, int]


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """A wing or office as a bundle describes it; languages stand in the order of the welcome screen."""

    wing: Wing
    kind: PlaceKind
    names: Mapping[LanguageTag, str]
    languages: tuple[LanguageTag, ...]
    ask_after_s: int
    wait_s: int
    helpers: tuple[Helper, ...]
    queue: StaffedQueue | None


def is_open(consultation: Consultation, day: date, wing: str) -> bool:
    """Return whether people of this wing may take part on this day."""
    return consultation.opens <= day <= consultation.closes and wing in consultation.wings


def text_allowed(consultation: Consultation, place: PlaceFile, tag: LanguageTag) -> bool:
    """Return whether a text box may be shown to somebody who reads `tag`.

    Outside a demonstration the answer is no until a queue's heartbeat exists: words that nobody reads endanger people.
    """
    queue = place.queue
    if consultation.free_text.policy != "staffed-queue" or queue is None:
        return False
    return queue.demonstration and tag in queue.lists


def with_lists(place: PlaceFile, versions: Mapping[LanguageTag, int]) -> PlaceFile:
    """Return the place with text boxes only where the list that was declared is at hand, in the declared version.

    `versions`: those of the lists of words of risk that this kiosk has. Without its list no text can be looked at.
    """
    queue = place.queue
    if queue is None:
        return place
    kept = {tag: version for tag, version in queue.lists.items() if versions.get(tag) == version}
    return replace(place, queue=replace(queue, lists=kept))


def text_of(texts: Mapping[LanguageTag, str], tag: LanguageTag) -> tuple[str, LanguageTag]:
    """Return the text in `tag`, or in English where it is missing, with the tag of what is really given."""
    return (texts[tag], tag) if tag in texts else (texts[ENGLISH], ENGLISH)


def read_consultation(unverified: bytes) -> Consultation:
    """Return the consultation these bytes spell, or raise UnreadableContentError; the only way in."""
    fields = Fields(read_canonical_json(unverified, CONTENT_LIMIT_BYTES), "consultation")
    fields.whole("format", 1, 1)
    consultation = Consultation(
        id=ConsultationId(fields.text("id", _ID)),
        questionnaire=fields.text("questionnaire", _HASH),
        campaign=fields.text("campaign", _ID),
        key=fields.text("key", _KEY),
        wings=tuple(Wing(a_text(wing, "consultation.wings", _WING)) for wing in fields.items("wings", 500)),
        opens=fields.day("opens"),
        closes=fields.day("closes"),
        level=cast("Level", _one_of(fields, "level", get_args(Level))),
        form=cast("Form", _one_of(fields, "form", get_args(Form))),
        owner=fields.text("owner"),
        answer_by=fields.day("answer_by"),
        limits=texts_by_language(fields, "limits"),
        free_text=_read_free_text(fields.take("free_text")),
        min_own=fields.whole("min_own", 0, 10_000),
        notice_version=fields.text("notice_version"),
    )
    fields.close()
    if not consultation.opens <= consultation.closes <= consultation.answer_by:
        raise UnreadableContentError("consultation closes before it opens, or answers before it closes")
    return consultation


def consultation_bytes(consultation: Consultation) -> bytes:
    """Return the one spelling of a consultation."""
    c = consultation
    return canonical_json(
        {
            "format": 1,
            "id": c.id,
            "questionnaire": c.questionnaire,
            "campaign": c.campaign,
            "key": c.key,
            "wings": c.wings,
            "opens": c.opens.isoformat(),
            "closes": c.closes.isoformat(),
            "level": c.level,
            "form": c.form,
            "owner": c.owner,
            "answer_by": c.answer_by.isoformat(),
            "limits": dict(c.limits),
            "free_text": {
                "policy": c.free_text.policy,
                "who_reads": dict(c.free_text.who_reads),
                "longest_wait_days": c.free_text.longest_wait_days,
            },
            "min_own": c.min_own,
            "notice_version": c.notice_version,
        }
    )


def read_place(unverified: bytes) -> PlaceFile:
    """Return the place these bytes spell, or raise UnreadableContentError; the only way in."""
    fields = Fields(read_canonical_json(unverified, CONTENT_LIMIT_BYTES), "place")
    fields.whole("format", 1, 1)
    place = PlaceFile(
        wing=Wing(fields.text("wing", _WING)),
        kind=cast("PlaceKind", _one_of(fields, "kind", get_args(PlaceKind))),
        names=texts_by_language(fields, "names"),
        languages=tuple(
            LanguageTag(a_text(tag, "place.languages", TAG_PATTERN)) for tag in fields.items("languages", 30)
        ),
        ask_after_s=fields.whole("ask_after_s", 1, _YEAR_S),
        wait_s=fields.whole("wait_s", 1, _YEAR_S),
        helpers=tuple(_read_helper(helper) for helper in fields.items("helpers", 50)),
        queue=fields.maybe("queue", lambda key: _read_queue(fields.take(key))),
    )
    fields.close()
    if not place.languages or len(set(place.languages)) != len(place.languages):
        raise UnreadableContentError("place.languages is empty or names one twice")
    return place


def place_bytes(place: PlaceFile) -> bytes:
    """Return the one spelling of a place."""
    value: dict[str, object] = {
        "format": 1,
        "wing": place.wing,
        "kind": place.kind,
        "names": dict(place.names),
        "languages": place.languages,
        "ask_after_s": place.ask_after_s,
        "wait_s": place.wait_s,
        "helpers": [_helper_value(helper) for helper in place.helpers],
    }
    if place.queue is not None:
        queue = place.queue
        value["queue"] = {
            "demonstration": queue.demonstration,
            "answers": queue.answers,
            "lists": dict(queue.lists),
        }
    return canonical_json(value)


def _one_of(fields: Fields, key: str, words: tuple[str, ...]) -> str:
    word = fields.text(key)
    if word not in words:
        raise UnreadableContentError(f"{fields.what}.{key} is none of {', '.join(words)}")
    return word


def _read_free_text(value: object) -> FreeText:
    fields = Fields(value, "free_text")
    policy = cast("Policy", _one_of(fields, "policy", get_args(Policy)))
    free_text = FreeText(
        policy=policy,
        who_reads=texts_by_language(fields, "who_reads", empty_allowed=policy == "none"),
        longest_wait_days=fields.whole("longest_wait_days", 0, 366),
    )
    fields.close()
    return free_text


def _read_helper(value: object) -> Helper:
    fields = Fields(value, "helper")
    helper = Helper(
        name=texts_by_language(fields, "name"),
        how=texts_by_language(fields, "how"),
        picture=fields.maybe("picture", lambda key: fields.text(key, _ID)),
    )
    fields.close()
    return helper


def _helper_value(helper: Helper) -> dict[str, object]:
    value: dict[str, object] = {"name": dict(helper.name), "how": dict(helper.how)}
    return value if helper.picture is None else value | {"picture": helper.picture}


def _read_queue(value: object) -> StaffedQueue:
    fields = Fields(value, "queue")
    queue = StaffedQueue(
        demonstration=fields.flag("demonstration"),
        answers=fields.text("answers"),
        lists={
            LanguageTag(a_text(tag, "queue.lists", TAG_PATTERN)): a_whole(version, "queue.lists", 1, 10**6)
            for tag, version in fields.entries("lists").items()
        },
    )
    fields.close()
    return queue
