"""Reads and writes `definition.json`; the only way to a Definition from bytes.

Rule 1: every limit is checked here, so that nobody checks again.
Rule 2: reading and writing never change a byte.
Source: elections.md 5.3, point 5, and section 9.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar, cast, get_args

from models.canonical import (
    TAG_PATTERN,
    Fields,
    LanguageTag,
    UnreadableContentError,
    a_text,
    canonical_json,
    read_canonical_json,
    texts_by_language,
)
from models.election.boxes import HEX_32
from models.election.definition import (
    HEX_16,
    LIMIT_BYTES,
    MINIMUM_LEAST,
    NAME,
    OBSERVERS_LEAST,
    OPTIONS,
    RULES,
    STATEMENT_MOST,
    TRUSTEES,
    BallotKind,
    Candidate,
    Contest,
    Definition,
    Electorate,
    Majority,
    Method,
    Order,
    PollingKiosk,
    Publish,
    Quorum,
    QuorumOf,
    Role,
    Witness,
)
from models.election.proposal import OUTSIDE_MOST, REACH_MOST, check_languages, read_proposal, short_texts, spelled
from models.errors import PlanRefusedError

FORMAT: Final = "wingvoice-election/1"
DATES: Final = ("notice", "nominations_close", "poll_opens", "poll_closes", "term_begins", "term_ends")
CONTESTS_MOST: Final = 60
"""So that the manifest of every box fits one record of the outbox."""
_PERCENT: Final = 100
_PEOPLE_MOST: Final = 99
_ROLL_MOST: Final = 100_000
T = TypeVar("T")


def read_definition(unverified: bytes) -> Definition:
    """Return the election that canonical JSON defines, or raise PlanRefusedError with contest, field and reason."""
    try:
        definition = _read(Fields(read_canonical_json(unverified, LIMIT_BYTES), "election"))
        for contest in definition.contests:
            _check_contest(definition, contest)
        _check_whole(definition)
    except UnreadableContentError as wrong:
        raise PlanRefusedError(detail=wrong.detail) from wrong
    return definition


def write_definition(definition: Definition) -> bytes:
    """Return the one spelling of a definition; its SHA-256 is D."""
    return canonical_json(
        ({"outside": dict(definition.outside)} if definition.outside else {})
        | {
            "format": FORMAT,
            "suite": 1,
            "id": definition.id.hex(),
            "election_key": definition.election_key.hex(),
            "title": dict(definition.title),
            "dates": dict(definition.dates),
            "electorates": [
                {"id": one.id, "group": one.group, "size": one.size, "spare": one.spare, "audit": one.audit}
                for one in definition.electorates
            ],
            "contests": [_contest(contest) for contest in definition.contests],
            "printed": printed(definition.electorates),
            "kiosks": [
                {"id": one.id.hex(), "wing": one.wing, "public_key": one.public_key.hex()} for one in definition.kiosks
            ],
            "witnesses": [
                {"number": one.number, "role": one.role, "public_key": one.public_key.hex()}
                for one in definition.witnesses
            ],
            "allow_spoil": definition.allow_spoil,
        }
    )


def printed(electorates: Sequence[Electorate]) -> dict[str, int]:
    """Return how many slips are printed, all electorates together: for the roll, to spare, to audit."""
    return {
        "roll": sum(one.size for one in electorates),
        "spare": sum(one.spare for one in electorates),
        "audit": sum(one.audit for one in electorates),
    }


def _contest(contest: Contest) -> dict[str, object]:
    made: dict[str, object] = {
        "number": contest.number,
        "title": dict(contest.title),
        "kind": contest.kind,
        "rule": contest.rule,
        "electorates": contest.electorates,
        "seats": contest.seats,
        "max_marks": contest.max_marks,
        "order": contest.order,
        "minimum": contest.minimum,
        "publish": contest.publish,
        "candidates": [_candidate(candidate) for candidate in contest.candidates],
        "keys": contest.keys.hex(),
    }
    made |= {key: dict(texts) for key, texts in (("about", contest.about), ("reach", contest.reach)) if texts}
    if contest.proposal is not None:
        made["proposal"] = spelled(contest.proposal)
    if contest.kind == "list":
        made |= {"method": contest.method, "threshold": contest.threshold}
    if contest.kind == "question":
        made["majority"] = contest.majority
    if contest.quorum is not None:
        made["quorum"] = {"of": contest.quorum.of, "percent": contest.quorum.percent}
    return made


def _candidate(candidate: Candidate) -> dict[str, object]:
    where_given: dict[str, object] = {
        "photo": candidate.photo,
        "statement": dict(candidate.statement),
        "audio": dict(candidate.audio),
        "people": candidate.people,
        "reach": dict(candidate.reach),
    }
    return {"number": candidate.number, "name": dict(candidate.name), "symbol": candidate.symbol} | {
        key: value for key, value in where_given.items() if value
    }


def _read(fields: Fields) -> Definition:
    if fields.text("format") != FORMAT:
        raise UnreadableContentError("election.format is unknown")
    fields.whole("suite", 1, 1)
    electorates = tuple(_electorate(item) for item in fields.items("electorates", 99))
    said = Fields(fields.take("printed"), "printed")
    for key, count in printed(electorates).items():
        said.whole(key, count, count)
    said.close()
    definition = Definition(
        id=bytes.fromhex(fields.text("id", HEX_16)),
        election_key=_key(fields, "election_key"),
        title=texts_by_language(fields, "title"),
        dates=_dates(Fields(fields.take("dates"), "dates")),
        electorates=electorates,
        contests=tuple(_read_contest(item) for item in fields.items("contests", CONTESTS_MOST)),
        kiosks=tuple(_kiosk(item) for item in fields.items("kiosks", 999)),
        witnesses=tuple(read_witness(item) for item in fields.items("witnesses", 99)),
        allow_spoil=fields.flag("allow_spoil"),
        outside=short_texts(fields, "outside", OUTSIDE_MOST) if fields.has("outside") else {},
    )
    fields.close()
    return definition


def _dates(fields: Fields) -> dict[str, str]:
    dates = {key: fields.day(key).isoformat() for key in DATES if fields.has(key) or key.startswith("poll")}
    fields.close()
    if list(dates.values()) != sorted(dates.values()):
        raise UnreadableContentError(f"dates are not in the order {', '.join(DATES)}")
    return dates


def _electorate(value: object) -> Electorate:
    fields = Fields(value, "electorate")
    one = Electorate(
        id=fields.text("id", NAME),
        group=fields.text("group", NAME),
        size=fields.whole("size", 1, _ROLL_MOST),
        spare=fields.whole("spare", 0, _ROLL_MOST),
        audit=fields.whole("audit", 0, _ROLL_MOST),
    )
    fields.close()
    return one


def _kiosk(value: object) -> PollingKiosk:
    fields = Fields(value, "kiosk")
    one = PollingKiosk(bytes.fromhex(fields.text("id", HEX_16)), fields.text("wing"), _key(fields, "public_key"))
    fields.close()
    return one


def read_witness(value: object) -> Witness:
    """Return a witness as a definition names one, or raise UnreadableContentError."""
    fields = Fields(value, "witness")
    one = Witness(fields.whole("number", 1, 99), _among(fields, "role", Role), _key(fields, "public_key"))
    fields.close()
    return one


def _key(fields: Fields, key: str) -> bytes:
    return bytes.fromhex(fields.text(key, HEX_32))


def _among(fields: Fields, key: str, literal: Any) -> Any:  # noqa: ANN401 - a Literal is no type of its own
    words = get_args(literal)
    if (text := fields.text(key)) not in words:
        raise UnreadableContentError(f"{fields.what}.{key} is none of {', '.join(words)}")
    return text


def _read_contest(value: object) -> Contest:
    number = value.get("number") if isinstance(value, dict) else None
    what = f"contest {number if isinstance(number, int) else '?'}"
    fields = Fields(value, what)
    kind = cast("BallotKind", _among(fields, "kind", BallotKind))
    if fields.text("rule") != RULES[kind]:
        raise UnreadableContentError(f"{what}.rule is not {RULES[kind]}, which counts {kind}")
    listed, question = kind == "list", kind == "question"
    contest = Contest(
        number=fields.whole("number", 1, 99),
        title=texts_by_language(fields, "title"),
        about=texts_by_language(fields, "about") if fields.has("about") else {},
        kind=kind,
        electorates=tuple(a_text(item, f"{what}.electorates", NAME) for item in fields.items("electorates", 99)),
        seats=fields.whole("seats", 1, 99),
        max_marks=fields.whole("max_marks", 1, 60),
        order=_among(fields, "order", Order),
        minimum=fields.whole("minimum", MINIMUM_LEAST, _ROLL_MOST),
        publish=_among(fields, "publish", Publish),
        candidates=tuple(_read_candidate(item, what) for item in fields.items("candidates", 60)),
        keys=_key(fields, "keys"),
        method=_among(fields, "method", Method) if listed else "hare",
        threshold=fields.whole("threshold", 0, _PERCENT) if listed else 0,
        quorum=_quorum(fields.take("quorum"), what) if question and fields.has("quorum") else None,
        majority=_among(fields, "majority", Majority) if question else "simple",
        proposal=fields.maybe("proposal", lambda key: read_proposal(fields.take(key), what)),
        reach=short_texts(fields, "reach", REACH_MOST) if fields.has("reach") else {},
    )
    fields.close()
    return contest


def _quorum(value: object, what: str) -> Quorum:
    fields = Fields(value, f"{what}.quorum")
    quorum = Quorum(_among(fields, "of", QuorumOf), fields.whole("percent", 1, _PERCENT))
    fields.close()
    return quorum


def _read_candidate(value: object, contest: str) -> Candidate:
    fields = Fields(value, f"{contest}.candidates")
    number = fields.whole("number", 1, 60)
    fields.what = f"{contest}.candidates {number}"
    audio = fields.texts("audio") if fields.has("audio") else {}
    candidate = Candidate(
        number=number,
        name=texts_by_language(fields, "name"),
        symbol=fields.text("symbol", NAME),
        photo=fields.maybe("photo", lambda key: fields.text(key, HEX_32)),
        statement=texts_by_language(fields, "statement") if fields.has("statement") else {},
        audio={
            LanguageTag(a_text(tag, fields.what, TAG_PATTERN)): a_text(sha, f"{fields.what}.audio", HEX_32)
            for tag, sha in audio.items()
        },
        people=tuple(a_text(item, f"{fields.what}.people") for item in fields.items("people", _PEOPLE_MOST))
        if fields.has("people")
        else (),
        reach=short_texts(fields, "reach", REACH_MOST) if fields.has("reach") else {},
    )
    fields.close()
    if any(len(words) > STATEMENT_MOST for words in candidate.statement.values()):
        raise UnreadableContentError(f"{fields.what}.statement is longer than {STATEMENT_MOST} characters")
    return candidate


def _check_contest(definition: Definition, contest: Contest) -> None:
    many = len(contest.candidates)
    publish = ("as-used", "full", "result-only") if contest.kind == "rank" else ("totals", "result-only")
    known = {one.id for one in definition.electorates}
    checks: Mapping[str, bool] = {
        "candidates: no number twice": len(set(contest.numbers)) == many,
        # a count file numbers its candidates 1 to C, so a ballot does too
        "candidates: numbered 1, 2, 3 without a gap": set(contest.numbers) == set(range(1, many + 1)),
        "candidates: at least one": many >= 1,
        "candidates: a question has yes, no, abstain": contest.kind != "question"
        or set(contest.numbers) == set(OPTIONS),
        "candidates: people stand on the lists of a party contest only": (
            all((contest.kind == "list") == bool(one.people) for one in contest.candidates)
        ),
        "electorates: at least one, each known and once": bool(contest.electorates)
        and set(contest.electorates) <= known
        and len(set(contest.electorates)) == len(contest.electorates),
        "max_marks: at most the number of candidates": contest.max_marks <= many,
        "max_marks: 1 for this kind": contest.kind in ("approve", "rank") or contest.max_marks == 1,
        "seats: 1 for a question": contest.kind != "question" or contest.seats == 1,
        "proposal: only a question is one": contest.proposal is None or contest.kind == "question",
        "about: a proposal says it all": contest.proposal is None or not contest.about,
        "reach: a question elects nobody": contest.kind != "question"
        or not (contest.reach or any(one.reach for one in contest.candidates)),
        f"publish: one of {', '.join(publish)}": contest.publish in publish,
    }
    for what, holds in checks.items():
        if not holds:
            raise UnreadableContentError(f"contest {contest.number}.{what}")
    who, tags = f"contest {contest.number}", definition.languages
    check_languages(contest.reach, tags, f"{who}.reach")
    for candidate in contest.candidates:
        check_languages(candidate.reach, tags, f"{who}.candidates {candidate.number}.reach")
    for key, texts in () if contest.proposal is None else contest.proposal.parts:
        check_languages(texts, tags, f"{who}.proposal.{key}")


def _check_whole(definition: Definition) -> None:
    numbers = [contest.number for contest in definition.contests]
    witnesses = [witness.number for witness in definition.witnesses]
    count = {role: len(definition.of_role(role)) for role in get_args(Role)}
    named = {name for contest in definition.contests for name in contest.electorates}
    checks: Mapping[str, bool] = {
        "contests: in order of their numbers, at least one": bool(numbers) and numbers == sorted(set(numbers)),
        "electorates: no id twice, each votes somewhere": _once([one.id for one in definition.electorates])
        and named == {one.id for one in definition.electorates},
        "kiosks: no id twice, at least one": _once([one.id for one in definition.kiosks]) and bool(definition.kiosks),
        "witnesses: numbered in order": witnesses == sorted(set(witnesses)),
        "witnesses: one returning officer": count["returning-officer"] == 1,
        "witnesses: one registrar": count["registrar"] == 1,
        f"witnesses: {TRUSTEES} trustees": count["trustee"] == TRUSTEES,
        f"witnesses: at least {OBSERVERS_LEAST} observers": count["observer"] >= OBSERVERS_LEAST,
    }
    for what, holds in checks.items():
        if not holds:
            raise UnreadableContentError(f"election.{what}")
    check_languages(definition.outside, definition.languages, "election.outside")


def _once(items: Sequence[T]) -> bool:
    return len(set(items)) == len(items)
