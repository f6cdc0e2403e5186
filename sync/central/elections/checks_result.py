"""The seven checks that only a final board bears: openings, numbers, votes, counts, lots and limits.

Rule 1: a check returns what came of it, or raises: FailsError with a reason, or the error of whatever it read.
Source: elections.md 5.9, points 10 to 16, and section 9.
"""

from __future__ import annotations

from typing import Final

from models import seal
from models.canonical import UnreadableContentError, read_canonical_json
from models.counting.blt import read_blt
from models.counting.limits import FULL_FROM, as_used, only_outcome
from models.counting.report import AnyCount
from models.counting.stv import StvCount
from models.election.ballot import slip_key_of
from models.election.definition import MINIMUM_LEAST, Contest
from sync.central.elections import board, opening_record, outcome
from sync.central.elections.looked import Look, Verdict, need
from sync.central.elections.opening_record import Entry

_ALWAYS_LESS_THAN: Final = 10


def check_openings(look: Look) -> Verdict:
    """Tell whether both openings agree, are of this merge, and are signed."""
    opening_record.agree(look.files["opening-1.json"], look.files["opening-2.json"])
    for number in (1, 2):
        record = look.files[f"opening-{number}.json"]
        board.check_opening_signers(look.election, record, look.files[f"opening-{number}.sig.json"])
    first, _ = look.openings
    need((first.definition, first.beacon) == (look.election.d, look.beacon), "opening-1.json is of another election")
    for contest, entry in look.entries():
        merged = look.merged.fingerprint(contest.number, seal.digest)
        need(entry.merged == merged, f"opening of contest {contest.number}: M is not as merged")
    return "PASS"


def check_sums(look: Look) -> Verdict:
    """Tell whether every accepted ballot is accounted for."""
    for contest, entry in look.entries():
        accepted = len(look.merged.accepted(contest.number))
        need(entry.accepted == accepted, f"contest {contest.number}: accepted is not as merged")
        if entry.status != "not-opened":
            parts = entry.audit + sum(entry.numbers.values())
            need(parts == accepted, f"contest {contest.number}: the numbers do not make {accepted}")
            audits = outcome.read_audit(look.files[f"audit-{contest.number}.json"])
            need(len(audits) == entry.audit, f"audit-{contest.number}.json holds another number of ballots")
            printed = outcome.audit_slips(look.election.definition, contest)
            need(entry.audit <= printed, f"contest {contest.number}: more audit ballots than audit slips")
            need(
                all(want == got for _, want, got in audits), f"audit-{contest.number}.json: a ballot is not as its card"
            )
            listed = {key for key, _, _ in audits}
            known = {slip_key_of(one) for one in look.merged.accepted(contest.number)}
            need(
                len(listed) == len(audits) and listed <= known, f"audit-{contest.number}.json names no accepted ballot"
            )
    return "PASS"


def check_votes(look: Look) -> Verdict:
    """Tell whether votes files are those that were opened, as far as that can be rebuilt."""
    verdict: Verdict = "PASS"
    named = look.openings[0].hashes
    there = {path for path in look.files if path.partition("-")[0] in ("votes", "count", "audit")}
    need(there == named.keys(), "a file of votes, counts or audits is missing or too many")
    for path, sha256 in named.items():
        need(seal.digest(look.files[path]) == sha256, f"{path} has not the hash that the openings name")
    for contest, entry in look.entries("published", "result-only"):
        clear = entry.status == "published" and outcome.rebuildable(contest, entry.numbers)
        need(entry.blinded is not clear, f"contest {contest.number}: F is hidden where it must not be, or shown")
        if not clear:
            verdict = "ATTESTED"
            continue
        audits = [found for _, _, found in outcome.read_audit(look.files[f"audit-{contest.number}.json"])]
        made = outcome.rebuilt(contest, entry.numbers, look.files[outcome.votes_name(contest)], audits)
        need(entry.fingerprint in made, f"contest {contest.number}: votes and audit ballots have not the hash F")
    return verdict


def check_counts(look: Look) -> Verdict:
    """Tell whether counting again gives the same bytes."""
    verdict: Verdict = "PASS"
    for contest, entry in look.entries("published", "result-only"):
        if entry.status == "result-only":
            verdict = "ATTESTED"
            continue
        _, report = _again(look, contest, entry)
        need(report == look.files[f"count-{contest.number}.json"], f"count-{contest.number}.json is another count")
    return verdict


def check_lots(look: Look) -> Verdict:
    """Tell whether every lot follows from the beacon."""
    for contest, entry in look.entries("published"):
        _, report = _again(look, contest, entry)  # which knows no other source of lots than the beacon
        source = _value(report.removesuffix(b"\n")).get("lot_source", "none")
        need(source in ("beacon", "none"), f"contest {contest.number}: a lot came from {source}")
        there = _value(look.files[f"count-{contest.number}.json"].removesuffix(b"\n"))
        need(there.get("ties", []) == _value(report.removesuffix(b"\n")).get("ties", []), "a lot is another")
    return "PASS"


def check_limits(look: Look) -> Verdict:
    """Tell whether the limits for small electorates were kept."""
    definition = look.election.definition
    for contest, entry in look.entries():
        few = outcome.too_few(definition, contest, entry.accepted)
        need(
            few == (entry.status == "not-opened"), f"contest {contest.number}: opened with too few, or not with enough"
        )
        if entry.status != "published":
            continue
        valid = entry.numbers["valid"]
        need(valid >= max(contest.minimum, MINIMUM_LEAST), f"contest {contest.number}: figures for too few votes")
        need(contest.publish != "result-only", f"contest {contest.number}: figures against the definition")
        votes = look.files[outcome.votes_name(contest)]
        if contest.kind == "rank":
            shown = read_blt(votes, wrapped=False).rankings
            gone = look.withdrawn.get(contest.number, frozenset())
            need(not only_outcome(shown, contest.minimum, gone), f"contest {contest.number}: all votes are alike")
            need(contest.publish != "full" or valid >= FULL_FROM or _is_cut(look, contest, entry), "full lists of few")
        if "blank" in entry.numbers:
            together = entry.numbers["blank"] + entry.numbers["spoilt"]
            need(
                together >= _ALWAYS_LESS_THAN, f"contest {contest.number}: few blank and spoilt ballots in two figures"
            )
    return "PASS"


def _is_cut(look: Look, contest: Contest, entry: Entry) -> bool:
    """Tell whether a list holds used preferences alone: cutting it again takes nothing away."""
    count, _ = _again(look, contest, entry)
    shown = read_blt(look.files[outcome.votes_name(contest)], wrapped=False).rankings
    return isinstance(count, StvCount) and as_used(shown, count) == dict(shown)


def check_kept_inside(_: Look) -> Verdict:
    """Say what nobody can prove from the files."""
    return "ATTESTED"


def _again(look: Look, contest: Contest, entry: Entry) -> tuple[AnyCount, bytes]:
    return outcome.count_again(
        look.election.definition,
        contest,
        look.files[outcome.votes_name(contest)],
        entry.numbers,
        look.beacon,
        look.withdrawn.get(contest.number, ()),
    )


def _value(unverified: bytes) -> dict[str, object]:
    value = read_canonical_json(unverified, 64 * 1024 * 1024)
    if not isinstance(value, dict):
        raise UnreadableContentError("a count is not an object")
    return value
