"""Turns a plan, as a returning officer writes it, into the draft of an election.

Rule 1: what the plan leaves out gets the default of the design; what it says is kept or refused, never mended.
Rule 2: a draft is a whole definition but for keys that do not exist yet, which stand in it as zeros.
Rule 3: media are named by their hashes; the files themselves are returned beside the draft.
Source: elections.md 5.3, point 1, and section 9, point 5.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from models import seal
from models.canonical import canonical_json
from models.counting.limits import is_above_cap, patterns, proposed_cap
from models.election.defined import FORMAT, read_definition
from models.election.definition import RULES, Definition
from models.errors import PlanRefusedError

NO_KEY: Final = "0" * 64
PHOTO_LIMIT_BYTES: Final = 64 * 1024
AUDIO_LIMIT_BYTES: Final = 1024 * 1024
SPARE_LEAST: Final = 5
AUDIT_LEAST: Final = 6
AUDIT_A_KIOSK: Final = 2
OBSERVERS: Final = 2
_PLAN_LIMIT_BYTES: Final = 4 * 1024 * 1024
_RULES: Final[Mapping[str, str]] = {str(kind): rule for kind, rule in RULES.items()}
_ROLES: Final = ("returning-officer", "registrar", "trustee", "trustee", "trustee")
_OPTIONS: Final = ("Yes", "No", "Abstain")
ReadMedia = Callable[[str], bytes]
"""Returns the bytes of a media file by the path that the plan gives; OSError where there is none."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, its bytes, what the officer should know, and the media by hash."""

    definition: Definition
    written: bytes
    warnings: tuple[str, ...] = ()
    media: Mapping[str, bytes] = field(default_factory=dict)


def spares(size: int) -> int:
    """Return how many spare slips a roll of this size gets unless somebody says otherwise: 10 %, at least 5."""
    return max(SPARE_LEAST, -(-size // 10))


def read_plan(unverified: bytes, election: bytes, read_media: ReadMedia) -> Draft:
    """Return the draft that a plan gives, or raise PlanRefusedError; `election` is E, 16 fresh random bytes."""
    if len(unverified) > _PLAN_LIMIT_BYTES:
        raise PlanRefusedError(detail="the plan is longer than 4 MiB")
    try:
        text = unicodedata.normalize("NFC", unverified.decode("utf-8-sig"))
        plan = json.loads(text)
    except (ValueError, RecursionError):
        raise PlanRefusedError(detail="the plan is not JSON in UTF-8") from None
    media: dict[str, bytes] = {}
    value = _value(_object(plan, "plan"), election, _Media(read_media, media))
    try:
        written = canonical_json(value)
    except RuntimeError as wrong:
        raise PlanRefusedError(detail=f"the plan: {wrong}") from wrong
    definition = read_definition(written)
    return Draft(definition, written, _warnings(definition), media)


def read_draft(unverified: bytes) -> Draft:
    """Return a draft that `read_plan` wrote before."""
    return Draft(read_definition(unverified), unverified)


@dataclass(frozen=True, slots=True)
class _Media:
    read: ReadMedia
    kept: dict[str, bytes]

    def hashed(self, path: object, what: str, limit: int) -> str:
        """Return the hash of a media file that a plan names."""
        try:
            content = self.read(str(path))
        except OSError:
            raise PlanRefusedError(detail=f"{what}: there is no file {path}") from None
        if not 0 < len(content) <= limit:
            raise PlanRefusedError(detail=f"{what}: {path} is empty or larger than {limit} bytes")
        name = seal.digest(content).hex()
        self.kept[name] = content
        return name


def _object(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise PlanRefusedError(detail=f"{what} is not an object")
    return value


def _list(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise PlanRefusedError(detail=f"{what} is not a list")
    return value


def _words(value: object) -> object:
    """A text stands for the same text in English."""
    return {"en": value} if isinstance(value, str) else value


def _value(plan: dict[str, Any], election: bytes, media: _Media) -> dict[str, object]:
    kiosks = _list(plan.pop("kiosks", []), "kiosks")
    groups = [
        _electorate(_object(one, "electorate"), len(kiosks))
        for one in _list(plan.pop("electorates", []), "electorates")
    ]
    contests = [
        _contest(_object(one, "contest"), number, groups, media)
        for number, one in enumerate(_list(plan.pop("contests", []), "contests"), 1)
    ]
    observers = plan.pop("observers", OBSERVERS)
    if not isinstance(observers, int) or not OBSERVERS <= observers <= 20:  # noqa: PLR2004 - a room holds no more
        raise PlanRefusedError(detail="observers: a number from 2 to 20")
    return {
        "format": FORMAT,
        "suite": 1,
        "id": election.hex(),
        "election_key": NO_KEY,
        "title": _words(plan.pop("title", {})),
        "dates": plan.pop("dates", {}),
        "electorates": groups,
        "contests": contests,
        "printed": {
            key: sum(one[part] for one in groups if isinstance(one[part], int))
            for key, part in (("roll", "size"), ("spare", "spare"), ("audit", "audit"))
        },
        "kiosks": kiosks,
        "witnesses": [
            {"number": number, "role": role, "public_key": NO_KEY}
            for number, role in enumerate((*_ROLES, *["observer"] * observers), 1)
        ],
        "allow_spoil": plan.pop("allow_spoil", True),
        **({"outside": _words(plan.pop("outside"))} if "outside" in plan else {}),
    } | plan  # whatever is left over is a key that nobody knows, and is refused by name


def _electorate(one: dict[str, Any], kiosks: int) -> dict[str, Any]:
    size = one.get("size")
    defaults = {
        "group": one.get("id"),
        "size": size,
        "spare": spares(size) if isinstance(size, int) else 0,
        "audit": max(AUDIT_LEAST, AUDIT_A_KIOSK * kiosks),
    }
    return defaults | one


def _contest(one: dict[str, Any], number: int, groups: list[dict[str, Any]], media: _Media) -> dict[str, Any]:
    kind = one.get("kind")
    given = one.pop("candidates", [{"name": word} for word in _OPTIONS] if kind == "question" else [])
    number = one.get("number", number)
    candidates = [
        _candidate(_object(item, f"contest {number}.candidates"), at, f"contest {number}.candidates {at}", media)
        for at, item in enumerate(_list(given, f"contest {number}.candidates"), 1)
    ]
    electorates = one.get("electorates", [group.get("id") for group in groups])
    roll = sum(group["size"] for group in groups if group.get("id") in electorates and isinstance(group["size"], int))
    defaults: dict[str, Any] = {
        "number": number,
        "rule": _RULES.get(str(kind), ""),
        "electorates": electorates,
        "seats": 1,
        "max_marks": _marks(kind, len(candidates), roll),
        "order": "fixed" if kind == "question" else "shuffled",
        "minimum": 10,
        "publish": "as-used" if kind == "rank" else "totals",
        "keys": NO_KEY,
    }
    if kind == "list":
        defaults |= {"method": "hare", "threshold": 0}
    if kind == "question":
        defaults["majority"] = "simple"
    wording: dict[str, object] = {key: _words(one.pop(key)) for key in ("title", "about", "reach") if key in one}
    if isinstance(one.get("proposal"), dict):
        wording["proposal"] = _proposal(one.pop("proposal"))
    return defaults | one | wording | {"candidates": candidates}


def _proposal(one: dict[str, Any]) -> dict[str, Any]:
    """Take a text for English wherever a proposal has texts by language; its two sides are lists of reasons."""
    return {
        key: [_words(item) for item in part] if isinstance(part, list) else _words(part) for key, part in one.items()
    }


def _marks(kind: object, candidates: int, roll: int) -> int:
    if kind == "rank":
        return proposed_cap(candidates, roll)
    return max(candidates, 1) if kind == "approve" else 1


def _candidate(one: dict[str, Any], number: int, what: str, media: _Media) -> dict[str, Any]:
    made: dict[str, Any] = {"number": number, "symbol": f"sign-{number}"} | one
    for key in ("name", "statement", "reach"):
        if key in made:
            made[key] = _words(made[key])
    if "photo" in made:
        made["photo"] = media.hashed(made["photo"], f"{what}.photo", PHOTO_LIMIT_BYTES)
    if isinstance(made.get("audio"), dict):
        made["audio"] = {
            tag: media.hashed(path, f"{what}.audio", AUDIO_LIMIT_BYTES) for tag, path in made["audio"].items()
        }
    return made


def _warnings(definition: Definition) -> tuple[str, ...]:
    found = []
    for contest in definition.contests:
        who, many, roll = f"Contest {contest.number}", len(contest.candidates), definition.roll(contest)
        if contest.kind == "rank" and is_above_cap(many, roll, contest.max_marks):
            found.append(
                f"{who}: {contest.max_marks} ranks make {patterns(many, contest.max_marks)} patterns for "
                f"{roll} people, so a pattern can be somebody's mark; {proposed_cap(many, roll)} ranks are proposed."
            )
        if many <= contest.seats and contest.kind in ("one", "approve", "rank"):
            found.append(f"{who}: no more candidates than seats: elected unopposed, without a poll.")
        if contest.kind == "question" and contest.proposal is None:
            found.append(
                f"{who}: a question without a proposal: voters read no sides of it, and nobody says who decides."
            )
        if roll < contest.minimum:
            found.append(f"{who}: {roll} people can never make {contest.minimum} ballots.")
    return tuple(found)
