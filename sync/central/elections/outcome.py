"""From opened ballots to what is published: numbers, votes file and count of one contest; and the same count again.

Rule 1: audit ballots are compared with their cards and taken out before anything is counted; one mismatch stops all.
Rule 2: what is counted is what is published, so whoever has the votes file gets the count's bytes.
Rule 3: where figures would tell how somebody voted there are none, and no hash that trying could undo: a fingerprint
        over ballots that nobody can rebuild from what is published is blinded with the election's key.
Rule 4: a contest with too few ballots is not opened at all.
Source: elections.md 5.8, 5.9 and section 9.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from models import seal
from models.canonical import ENGLISH, Fields, UnreadableContentError, a_whole, canonical_json, read_canonical_json
from models.counting import question
from models.counting.blt import Blt, read_blt, write_blt
from models.counting.limits import as_used, only_outcome, publishable, published_numbers
from models.counting.party_list import PartyListCount, count_party_list
from models.counting.plurality import PluralityCount, count_plurality
from models.counting.question import QuestionCount, count_question
from models.counting.report import AnyCount, Subject, report_json
from models.counting.stv import StvCount, count_stv
from models.counting.ties import Lots, lots_of_hash
from models.counting.votes import Candidate, Ranking, merged
from models.election.ballot import Ballot, Mark, read_ballot, slip_key_of, write_ballot
from models.election.definition import Contest, Definition
from models.errors import AuditError, CountError, UnreadableBallotError

AUDIT_FORMAT: Final = "wingvoice-audit/1"
OUTCOME_FORMAT: Final = "wingvoice-outcome/1"
_VOTES_LIMIT_BYTES: Final = 64 * 1024
_SMALL: Final = 10
_AUDITS_MOST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Opened:
    """One contest as it was opened. `status`: published, result-only or not-opened; `files` by name.

    `numbers` are those of the opening record; `fingerprint` is F, or F blinded where `blinded`.
    """

    contest: int
    status: str
    accepted: int
    audit: int = 0
    fingerprint: bytes = b""
    blinded: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Sorted:
    rankings: Mapping[Ranking, int]
    numbers: Mapping[str, int]


def fingerprint(plains: Iterable[bytes | None]) -> bytes:
    """Return F: SHA-256 of all plaintexts that opened, sorted as bytes and joined."""
    return seal.digest(b"".join(sorted(plain for plain in plains if plain is not None)))


def audit_slips(definition: Definition, contest: Contest) -> int:
    """Return how many audit slips of a contest were printed."""
    return sum(one.audit for one in definition.electorates if one.id in contest.electorates)


def too_few(definition: Definition, contest: Contest, accepted: int) -> bool:
    """Tell whether a contest must stay unread: accepted ballots less all audit slips are below its minimum."""
    return accepted - audit_slips(definition, contest) < contest.minimum


def open_contest(
    definition: Definition,
    contest: Contest,
    accepted: Sequence[bytes],
    plains: Sequence[bytes | None],
    cards: Mapping[bytes, Ballot],
    *,
    beacon: bytes,
    withdrawn: Collection[int],
    private: bytes,
) -> Opened:
    """Return one contest opened and counted.

    `plains`: what each accepted envelope opened to. `cards`: slip key -> what the observers' card says.
    Raises AuditError at the first audit ballot that is missing or other than its card, and where there are more cards
    than audit slips: what is taken out as an audit must not be somebody's vote.
    """
    if len(cards) > audit_slips(definition, contest):
        raise AuditError(contest=contest.number)
    found = {slip_key_of(envelope): plain for envelope, plain in zip(accepted, plains, strict=True)}
    for key, expected in cards.items():
        if found.get(key) != write_ballot(expected):
            raise AuditError(contest=contest.number)
    left = [plain for key, plain in found.items() if key not in cards]
    sorted_out = _sort(contest, left, frozenset(withdrawn))
    votes, count, report = _counted(definition, contest, sorted_out, beacon, frozenset(withdrawn))
    name, whole = f"audit-{contest.number}.json", fingerprint(plains)
    audit = {name: _audit(contest, cards, found)}
    shown = _as_published(contest, votes) if contest.kind == "rank" else sorted_out.rankings
    hidden = contest.publish == "result-only" or only_outcome(shown, contest.minimum, frozenset(withdrawn))
    if hidden:
        return Opened(
            contest=contest.number,
            status="result-only",
            accepted=len(accepted),
            audit=len(cards),
            fingerprint=_blinded(private, whole),
            blinded=True,
            numbers={"not_shown": len(left)},
            files=audit | {f"count-{contest.number}.json": _outcome(contest, count)},
        )
    clear = rebuildable(contest, sorted_out.numbers)
    return Opened(
        contest=contest.number,
        status="published",
        accepted=len(accepted),
        audit=len(cards),
        fingerprint=whole if clear else _blinded(private, whole),
        blinded=not clear,
        numbers=published_numbers(sorted_out.numbers),
        files=audit | {votes_name(contest): votes, f"count-{contest.number}.json": report},
    )


def votes_name(contest: Contest) -> str:
    """Return the name of a contest's votes file."""
    return f"votes-{contest.number}.{'blt' if contest.kind == 'rank' else 'json'}"


def rebuildable(contest: Contest, numbers: Mapping[str, int]) -> bool:
    """Tell whether every plaintext follows from what is published (elections.md 5.9, point 12)."""
    if numbers.get("invalid", 0) or numbers.get("unreadable", 0):
        return False
    if contest.kind == "rank":
        return contest.publish == "full" and publishable("full", numbers.get("valid", 0)) == "full"
    return contest.kind in ("one", "list", "question")


def rebuilt(contest: Contest, numbers: Mapping[str, int], votes: bytes, audits: Sequence[bytes]) -> set[bytes]:
    """Return every F that votes, blank and spoilt ballots and audit ballots can have; only where `rebuildable`.

    None, where the votes file holds another number of votes than the opening record says.
    """
    marks = _as_published(contest, votes)
    if sum(marks.values()) != numbers["valid"] + numbers["withdrawn_only"]:
        return set()
    chosen = [write_ballot(Ballot(Mark.CHOICES, ranking)) for ranking, weight in marks.items() for _ in range(weight)]
    together = numbers.get("blank_or_spoilt")
    splits = (
        [(numbers["blank"], numbers["spoilt"])]
        if together is None
        else [(blank, together - blank) for blank in range(together + 1)]
    )
    blank, spoilt = (write_ballot(Ballot(mark)) for mark in (Mark.BLANK, Mark.SPOILT))
    return {fingerprint([*chosen, *audits, *[blank] * blanks, *[spoilt] * spoils]) for blanks, spoils in splits}


def count_again(
    definition: Definition,
    contest: Contest,
    votes: bytes,
    numbers: Mapping[str, int],
    beacon: bytes,
    withdrawn: Collection[int],
) -> tuple[AnyCount, bytes]:
    """Count a votes file and return the count and the bytes of `count-<k>.json`.

    `numbers` are those of the opening record. Raises CountError where the file is not one of this contest.
    """
    gone, lots = frozenset(withdrawn), lots_of_hash(seal.tagged, beacon, contest.number)
    marks = _as_published(contest, votes)
    count = _count(definition, contest, marks, numbers, gone, lots)
    if contest.kind == "approve" and isinstance(count, PluralityCount):
        count = replace(count, valid=numbers["valid"])  # totals do not tell how many marks one ballot had
    subject = Subject(
        rule=contest.rule,
        title=contest.title[ENGLISH],
        candidates=_candidates(contest, gone),
        input=seal.digest(votes),
        ballots={key: value for key, value in numbers.items() if key != "valid"} | {"total": sum(numbers.values())},
    )
    return count, report_json(count, subject)


def read_audit(unverified: bytes) -> list[tuple[bytes, bytes, bytes]]:
    """Return (slip key, expected, found) of an audit file, plaintexts of 64 bytes, or raise UnreadableContentError."""
    fields = Fields(read_canonical_json(unverified, 4 * 1024 * 1024), "audit")
    if fields.text("format") != AUDIT_FORMAT:
        raise UnreadableContentError("audit.format is unknown")
    fields.whole("contest", 1, 99)
    audits = []
    for item in fields.items("audits", _AUDITS_MOST):
        one = Fields(item, "audit.audits")
        try:
            key, expected, found = (bytes.fromhex(one.text(name)) for name in ("pk", "expected", "found"))
            read_ballot(expected)
        except (ValueError, UnreadableBallotError):
            raise UnreadableContentError("audit.audits holds no ballot") from None
        one.close()
        audits.append((key, expected, found))
    fields.close()
    return audits


def _sort(contest: Contest, plains: Iterable[bytes | None], withdrawn: frozenset[int]) -> _Sorted:
    numbers = Counter(dict.fromkeys(("unreadable", "invalid", "blank", "spoilt", "withdrawn_only", "valid"), 0))
    rankings: list[tuple[Ranking, int]] = []
    for plain in plains:
        try:
            ballot = read_ballot(plain or b"")
        except UnreadableBallotError:
            numbers["unreadable"] += 1
            continue
        if not contest.admits(ballot):
            numbers["invalid"] += 1
        elif ballot.mark is not Mark.CHOICES:
            numbers["blank" if ballot.mark is Mark.BLANK else "spoilt"] += 1
        else:
            numbers["withdrawn_only" if withdrawn.issuperset(ballot.choices) else "valid"] += 1
            rankings.append((ballot.choices, 1))
    return _Sorted(merged(rankings), dict(numbers))


def _counted(
    definition: Definition, contest: Contest, sorted_out: _Sorted, beacon: bytes, withdrawn: frozenset[int]
) -> tuple[bytes, AnyCount, bytes]:
    """Return the votes file, the count over it and the report; a used list must count as the whole lists do."""
    lots = lots_of_hash(seal.tagged, beacon, contest.number)
    if contest.kind != "rank":
        votes = _totals(contest, sorted_out.rankings)
    else:
        whole = count_stv(sorted_out.rankings, len(contest.candidates), contest.seats, withdrawn=withdrawn, lots=lots)
        full = contest.publish == "full" and publishable("full", whole.valid) == "full"
        shown = sorted_out.rankings if full else as_used(sorted_out.rankings, whole, withdrawn)
        votes = write_blt(
            Blt(
                candidates=tuple(_candidates(contest, withdrawn)),
                seats=contest.seats,
                rankings=shown,
                title=contest.title[ENGLISH],
            )
        )
    count, report = count_again(definition, contest, votes, published_numbers(sorted_out.numbers), beacon, withdrawn)
    if isinstance(count, StvCount) and (count.stages, count.elected) != (whole.stages, whole.elected):
        raise RuntimeError("a list of used preferences counts otherwise than the whole list")
    return votes, count, report


def _totals(contest: Contest, rankings: Mapping[Ranking, int]) -> bytes:
    totals = dict.fromkeys(range(1, len(contest.candidates) + 1), 0)
    for ranking, weight in rankings.items():
        for candidate in ranking:
            totals[candidate] += weight
    return canonical_json({"totals": list(totals.values())})


def _as_published(contest: Contest, votes: bytes) -> dict[Ranking, int]:
    """Return rankings as a votes file gives them; totals become that many ballots of one mark."""
    if contest.kind == "rank":
        blt = read_blt(votes, wrapped=False)
        if len(blt.candidates) != len(contest.candidates) or blt.seats != contest.seats:
            raise CountError("the votes file is of another contest")
        return dict(blt.rankings)
    try:
        fields = Fields(read_canonical_json(votes, _VOTES_LIMIT_BYTES), "votes")
        totals = [a_whole(one, "votes.totals", 0, 2**40) for one in fields.items("totals", 60)]
        fields.close()
    except UnreadableContentError as wrong:
        raise CountError(wrong.detail) from wrong
    if len(totals) != len(contest.candidates):
        raise CountError("the votes file is of another contest")
    return {(number,): total for number, total in enumerate(totals, 1) if total}


def _count(
    definition: Definition,
    contest: Contest,
    marks: Mapping[Ranking, int],
    numbers: Mapping[str, int],
    withdrawn: frozenset[int],
    lots: Lots,
) -> AnyCount:
    many = len(contest.candidates)
    match contest.kind:
        case "rank":
            return count_stv(marks, many, contest.seats, withdrawn=withdrawn, lots=lots)
        case "one" | "approve":
            return count_plurality(marks, many, contest.seats, withdrawn=withdrawn, lots=lots)
        case "list":
            people = [len(candidate.people) for candidate in contest.candidates]
            return count_party_list(
                marks,
                many,
                contest.seats,
                method=contest.method,
                threshold=contest.threshold,
                people=people,
                withdrawn=withdrawn,
                lots=lots,
            )
        case "question":
            asked = contest.quorum
            quorum = question.Quorum(asked.of, asked.percent, definition.roll(contest)) if asked else None
            return count_question(marks, majority=contest.majority, quorum=quorum, turned_out=sum(numbers.values()))


def _candidates(contest: Contest, withdrawn: frozenset[int]) -> list[Candidate]:
    return [
        Candidate(one.number, one.name[ENGLISH], withdrawn=one.number in withdrawn)
        for one in sorted(contest.candidates, key=lambda one: one.number)
    ]


def _audit(contest: Contest, cards: Mapping[bytes, Ballot], found: Mapping[bytes, bytes | None]) -> bytes:
    audits = [
        {"pk": key.hex(), "expected": write_ballot(card).hex(), "found": (found[key] or b"").hex()}
        for key, card in sorted(cards.items())
    ]
    return canonical_json({"format": AUDIT_FORMAT, "contest": contest.number, "audits": audits})


def _outcome(contest: Contest, count: AnyCount) -> bytes:
    """Return the outcome without a figure: who is elected, in order of number; seats by party; or carried."""
    match count:
        case StvCount():
            told: dict[str, object] = {"elected": sorted(candidate for candidate, _ in count.elected)}
        case PluralityCount():
            told = {"elected": sorted(count.elected)}
        case PartyListCount():
            told = {"seats_by_party": list(count.seats_by_party)}
        case QuestionCount():
            told = {"carried": count.carried}
    facts = {"format": OUTCOME_FORMAT, "rule": contest.rule, "title": contest.title[ENGLISH], "seats": contest.seats}
    return canonical_json(facts | told) + b"\n"


def _blinded(private: bytes, whole: bytes) -> bytes:
    return seal.tagged("blinded", private, whole)
