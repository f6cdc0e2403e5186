"""The call for nominations: what a plan says before anybody stands in it.

Rule 1: a plan is called before it has candidates; `nominations` in it says how many seconders are needed, to whom one
        may appeal, and the languages of the wing.
    `follows` names the election whose seat is filled again.
Rule 2: an election of which notice comes too late is not called; what is only missing is a warning.
Source: elections.md section 2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from models.canonical import ENGLISH, TAG_PATTERN, LanguageTag
from models.election.definition import BallotKind
from models.election.terms import MONTHS_LEAST, MONTHS_MOST, is_a_term
from models.errors import PlanRefusedError

KEY: Final = "nominations"
NOTICE_DAYS: Final = 14
SECONDERS: Final = 2
_SECONDERS_MOST: Final = 20
_SEATS_MOST: Final = 99
_KINDS: Final[tuple[BallotKind, ...]] = ("one", "approve", "rank", "list", "question")


@dataclass(frozen=True, slots=True)
class Called:
    """A contest that people may stand in."""

    title: Mapping[LanguageTag, str]
    kind: BallotKind
    seats: int


@dataclass(frozen=True, slots=True)
class Call:
    """What nominations are held against. `closes` is the last day to hand in or withdraw; contests by number."""

    title: Mapping[LanguageTag, str]
    contests: Mapping[int, Called]
    seconders: int
    appeal_to: str
    languages: tuple[LanguageTag, ...]
    closes: date
    warnings: tuple[str, ...] = ()


def read_call(plan: Mapping[str, Any]) -> Call:
    """Return the call that a plan makes, or raise PlanRefusedError: the returning officer sets it right."""
    said = _mapping(plan.get(KEY, {}), KEY)
    if unknown := said.keys() - {"seconders", "appeal_to", "languages", "follows"}:
        raise PlanRefusedError(detail=f"{KEY} has an unknown key: {min(unknown)}")
    title = _words(plan.get("title"), "title")
    seconders = said.get("seconders", SECONDERS)
    if not _whole(seconders, 0, _SECONDERS_MOST):
        raise PlanRefusedError(detail=f"{KEY}.seconders: a number from 0 to {_SECONDERS_MOST}")
    appeal_to = said.get("appeal_to")
    if not isinstance(appeal_to, str) or not appeal_to.strip():
        raise PlanRefusedError(detail=f"{KEY}.appeal_to: somebody named beforehand, to whom a refusal can be taken")
    languages = said.get("languages", sorted(title))
    if not isinstance(languages, list) or not all(
        isinstance(one, str) and TAG_PATTERN.fullmatch(one) for one in languages
    ):
        raise PlanRefusedError(detail=f"{KEY}.languages: a list such as en, pl, ar")
    dates = _mapping(plan.get("dates", {}), "dates")
    closes, opens = _day(dates, "nominations_close"), _day(dates, "poll_opens")
    if closes >= opens:
        raise PlanRefusedError(detail="dates: nominations close before the poll opens")
    if "follows" not in said and not _is_a_term(dates):
        detail = f"dates: a term is {MONTHS_LEAST} to {MONTHS_MOST} months, but for a seat that fell vacant"
        raise PlanRefusedError(detail=detail)
    return Call(
        title=title,
        contests=_contests(plan.get("contests")),
        seconders=seconders,
        appeal_to=appeal_to.strip(),
        languages=tuple(dict.fromkeys((ENGLISH, *(LanguageTag(one) for one in languages)))),
        closes=closes,
        warnings=_noticed(dates, opens),
    )


def _is_a_term(dates: Mapping[str, Any]) -> bool:
    given = [key for key in ("poll_closes", "term_begins", "term_ends") if key in dates or key == "poll_closes"]
    return is_a_term({key: _day(dates, key).isoformat() for key in given})


def _noticed(dates: Mapping[str, Any], opens: date) -> tuple[str, ...]:
    if "notice" not in dates:
        last = (opens - timedelta(days=NOTICE_DAYS)).isoformat()
        return (f"The plan names no day of notice; it must be {last} or before: the returning officer.",)
    if (opens - _day(dates, "notice")).days < NOTICE_DAYS:
        detail = f"dates: notice is given at least {NOTICE_DAYS} days before the poll; set a later poll"
        raise PlanRefusedError(detail=detail)
    return ()


def _contests(value: object) -> dict[int, Called]:
    if not isinstance(value, list) or not value:
        raise PlanRefusedError(detail="contests is not a list, or is empty")
    found: dict[int, Called] = {}
    for at, item in enumerate(value, 1):
        one = _mapping(item, f"contest {at}")
        number, seats, kind = one.get("number", at), one.get("seats", 1), one.get("kind")
        if not _whole(number, 1, 99) or number in found or not _whole(seats, 1, _SEATS_MOST) or kind not in _KINDS:
            raise PlanRefusedError(detail=f"contest {at}: number, kind or seats are not as they must be")
        if one.get("candidates") and kind != "question":
            raise PlanRefusedError(detail=f"contest {at} has candidates already; they come from nominations")
        found[number] = Called(_words(one.get("title"), f"contest {at}.title"), kind, seats)
    return found


def _mapping(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise PlanRefusedError(detail=f"{what} is not an object")
    return value


def _words(value: object, what: str) -> dict[LanguageTag, str]:
    words = {ENGLISH: value} if isinstance(value, str) else value
    if not isinstance(words, dict) or not all(isinstance(text, str) for text in words.values()) or not words.get("en"):
        raise PlanRefusedError(detail=f"{what} has no English")
    return {LanguageTag(tag): text for tag, text in words.items()}


def _whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _day(dates: Mapping[str, Any], key: str) -> date:
    try:
        return date.fromisoformat(dates[key])
    except (KeyError, TypeError, ValueError):
        raise PlanRefusedError(detail=f"dates.{key} is not a day such as 2027-03-01") from None


def plan_of(unverified: bytes) -> dict[str, Any]:
    """Return the object that a plan's JSON spells, or raise PlanRefusedError."""
    try:
        return _mapping(json.loads(unverified.decode("utf-8-sig")), "the plan")
    except (ValueError, RecursionError):
        raise PlanRefusedError(detail="the plan is not JSON in UTF-8") from None
