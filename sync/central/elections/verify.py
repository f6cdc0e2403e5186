"""Checks a final board from its files alone: what can be proven is PASS or FAIL, what only people saw is ATTESTED.

Rule 1: no key, no clock, no network: whoever has the files comes to the same words.
Rule 2: every check runs, whatever failed before it; each tells its first reason, and which file.
Rule 3: nothing of a board is believed: every reader may refuse, and a refusal is a FAIL and never a stop.
Source: elections.md 5.9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from models import seal
from models.canonical import UnreadableContentError, read_canonical_json
from models.counting.blt import read_blt
from models.counting.limits import FULL_FROM, as_used, only_outcome
from models.counting.report import AnyCount
from models.counting.stv import StvCount
from models.election import close
from models.election.ballot import slip_key_of
from models.election.board import INDEX, INDEX_SIGNED, NO_BOARD, read_index
from models.election.definition import MINIMUM_LEAST, Contest
from models.election.keys import Election
from models.election.merge import Merged
from models.election.notices import withdrawn
from models.election.signatures import read_signatures
from models.elections import signers_of
from models.errors import SealError, WingVoiceError
from sync.central.elections import board, ceremony, outcome, registrar
from sync.central.elections.ceremony import Entry, OpeningRecord

Verdict = Literal["PASS", "FAIL", "ATTESTED"]
FINAL: Final = 2
CLOSED: Final = 1
CLOSED_CHECKS: Final = 9
MANIFESTS: Final = 4
"""The check that one kiosk alone can make fail; its good ballots count all the same."""
_ALWAYS_LESS_THAN: Final = 10


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its number and name in the design, what came of it, and the first reason where it failed."""

    number: int
    name: str
    verdict: Verdict
    reason: str = ""


class _FailsError(Exception):
    """A check that does not hold; its text is the reason."""


def verify(files: Mapping[str, bytes]) -> tuple[Check, ...]:
    """Return all sixteen checks over the files of a final board, in order."""
    return _checked(_Look(files, FINAL), CHECKS)


class Closed(NamedTuple):
    """The nine checks that a closed board bears already, and its merge, which one of them made."""

    checks: tuple[Check, ...]
    merged: Callable[[], Merged]


def verify_closed(files: Mapping[str, bytes]) -> Closed:
    """Look at a closed board, as trustees do before they open anything."""
    look = _Look(files, CLOSED)
    return Closed(_checked(look, CHECKS[:CLOSED_CHECKS]), lambda: look.merged)


def _checked(looked: _Look, checks: Sequence[tuple[str, Callable[[_Look], Verdict]]]) -> tuple[Check, ...]:
    return tuple(_run(number, name, check, looked) for number, (name, check) in enumerate(checks, 1))


def holds(checks: tuple[Check, ...]) -> bool:
    """Tell whether no check failed."""
    return all(check.verdict != "FAIL" for check in checks)


def _run(number: int, name: str, check: Callable[[_Look], Verdict], looked: _Look) -> Check:
    try:
        return Check(number, name, check(looked))
    except _FailsError as why:
        return Check(number, name, "FAIL", str(why))
    except WingVoiceError as why:
        return Check(number, name, "FAIL", str(why))
    except KeyError as missing:
        return Check(number, name, "FAIL", f"{missing.args[0]} is missing")


class _Look:
    """A board under the glass: what several checks need is read once."""

    def __init__(self, files: Mapping[str, bytes], stage: int) -> None:
        self.files, self.stage = files, stage

    @cached_property
    def election(self) -> Election:
        return board.election_of(self.files)

    @cached_property
    def void(self) -> frozenset[bytes]:
        return board.void_of(self.election, self.files)

    @cached_property
    def merged(self) -> Merged:
        return board.merged_of(self.election, self.files, self.void)

    @cached_property
    def openings(self) -> tuple[OpeningRecord, OpeningRecord]:
        definition = self.election.definition
        first, second = (ceremony.read_opening(self.files[f"opening-{n}.json"], definition) for n in (1, 2))
        return first, second

    @cached_property
    def withdrawn(self) -> Mapping[int, frozenset[int]]:
        return withdrawn(board.read_notices(self.election, self.files).values())

    @property
    def beacon(self) -> bytes:
        return close.read_dice(self.files["dice.json"])[3]

    def entries(self, *status: str) -> Iterator[tuple[Contest, Entry]]:
        for contest, entry in zip(self.election.definition.contests, self.openings[0].contests, strict=True):
            if not status or entry.status in status:
                yield contest, entry


def _need(holds: bool, reason: str) -> None:  # noqa: FBT001 - an assertion that stays under -O
    if not holds:
        raise _FailsError(reason)


def _index(look: _Look) -> Verdict:
    index = read_index(look.files[INDEX])
    _need(index.stage == look.stage, f"this is not a board of stage {look.stage}")
    beside = {path for path in look.files if path not in (INDEX, INDEX_SIGNED)}
    _need(beside == index.files.keys(), f"{min(beside ^ index.files.keys(), default='')} is missing or not listed")
    for path, (sha256, size) in index.files.items():
        content = look.files[path]
        _need(len(content) == size and seal.digest(content) == sha256, f"{path} is not as listed")
    later, name = index, INDEX
    for stage in range(look.stage, -1, -1):
        raw = look.files[name]
        officer = {one.number for one in look.election.definition.of_role("returning-officer")}
        signatures = look.files[name.removesuffix(".json") + ".sig.json"]
        who = signers_of(look.election, seal.SIGNS_BOARD, raw, signatures)
        _need(who == officer, f"{name} is not signed by the returning officer")
        here = read_index(raw)
        _need((here.stage, here.definition) == (stage, look.election.d), f"{name} is of another stage or election")
        _need(here.files.items() <= later.files.items(), f"a file of {name} was changed later")
        if not stage:
            _need(here.previous == NO_BOARD, f"{name} has a board before it")
            break
        name = f"board-{stage - 1}.json"
        _need(seal.digest(look.files[name]) == here.previous, f"{name} is not the board before")
        later = here
    return "PASS"


def _definition(look: _Look) -> Verdict:
    election = look.election
    who = set()
    for signer, signature in read_signatures(look.files["definition.sig.json"]).items():
        witness = election.definition.witness(signer) if isinstance(signer, int) else None
        _need(witness is not None, "definition.json is signed by no witness")
        if witness is not None:
            try:
                seal.verify(seal.SIGNS_DEFINITION, election.d, signature, witness.public_key)
            except SealError:
                raise _FailsError("a signature on definition.json does not hold") from None
            who.add(witness.role)
    _need(who == {"returning-officer", "registrar"}, "definition.json is not signed by officer and registrar")
    return "PASS"


def _keys(look: _Look) -> Verdict:
    lists = {f"keys-{one.number}.txt" for one in look.election.definition.contests}
    there = {path for path in look.files if path.startswith("keys-")}
    _need(lists == there, "a key list is missing or too many")
    return "PASS"


def _manifests(look: _Look) -> Verdict:
    for name, why in registrar.faults(look.election, board.read_boxes(look.files)).items():
        raise _FailsError(f"boxes/{name}: {why}")
    return "PASS"


def _close(look: _Look) -> Verdict:
    record = close.read_close(look.files["close.json"])
    election, boxes = look.election, board.read_boxes(look.files)
    _need(record.definition == election.d, "close.json is of another election")
    _need(set(record.boxes) == {box.listed for box in boxes}, "close.json does not list just these boxes")
    expected = board.box_files(boxes)
    there = {path: content for path, content in look.files.items() if path.startswith("boxes/")}
    _need(there == expected, "a file of a box is missing, misnamed or too many")
    notices = {bytes(seal.digest(look.files[path])) for path in board.read_notices(election, look.files)}
    _need(set(record.notices) == notices, "close.json does not list just these notices")
    kiosks = {kiosk.id for kiosk in election.definition.kiosks}
    _need(set(record.missing) == kiosks - {one.kiosk for one in record.boxes}, "close.json misnames a missing kiosk")
    return "PASS"


def _dice(look: _Look) -> Verdict:
    d, c, throws, made = close.read_dice(look.files["dice.json"])
    _need(d == look.election.d and c == seal.digest(look.files["close.json"]), "dice.json follows another close record")
    _need(made == close.beacon(d, c, throws, seal.tagged), "dice.json: the beacon does not follow from the throws")
    return "PASS"


def _void(look: _Look) -> Verdict:
    _need(len(look.void) >= len(registrar.read_void(look.files["void.txt"])), "void.txt holds codes of one slip")
    return "PASS"


def _merge(look: _Look) -> Verdict:
    again = board.merge_file(look.election, look.files, look.merged)
    _need(again == look.files["merge.json"], "merge.json is not what the boxes give")
    return "PASS"


def _accounts(look: _Look) -> Verdict:
    accounts = close.read_accounts(look.files["accounts.json"])
    void = len(registrar.read_void(look.files["void.txt"]))
    registrar.check_accounts(look.election, accounts, void, look.merged)
    return "PASS"


def _openings(look: _Look) -> Verdict:
    ceremony.agree(look.files["opening-1.json"], look.files["opening-2.json"])
    for number in (1, 2):
        record = look.files[f"opening-{number}.json"]
        board.check_opening_signers(look.election, record, look.files[f"opening-{number}.sig.json"])
    first, _ = look.openings
    _need((first.definition, first.beacon) == (look.election.d, look.beacon), "opening-1.json is of another election")
    for contest, entry in look.entries():
        merged = look.merged.fingerprint(contest.number, seal.digest)
        _need(entry.merged == merged, f"opening of contest {contest.number}: M is not as merged")
    return "PASS"


def _sums(look: _Look) -> Verdict:
    for contest, entry in look.entries():
        accepted = len(look.merged.accepted(contest.number))
        _need(entry.accepted == accepted, f"contest {contest.number}: accepted is not as merged")
        if entry.status != "not-opened":
            parts = entry.audit + sum(entry.numbers.values())
            _need(parts == accepted, f"contest {contest.number}: the numbers do not make {accepted}")
            audits = outcome.read_audit(look.files[f"audit-{contest.number}.json"])
            _need(len(audits) == entry.audit, f"audit-{contest.number}.json holds another number of ballots")
            printed = outcome.audit_slips(look.election.definition, contest)
            _need(entry.audit <= printed, f"contest {contest.number}: more audit ballots than audit slips")
            _need(
                all(want == got for _, want, got in audits), f"audit-{contest.number}.json: a ballot is not as its card"
            )
            listed = {key for key, _, _ in audits}
            known = {slip_key_of(one) for one in look.merged.accepted(contest.number)}
            _need(
                len(listed) == len(audits) and listed <= known, f"audit-{contest.number}.json names no accepted ballot"
            )
    return "PASS"


def _votes(look: _Look) -> Verdict:
    verdict: Verdict = "PASS"
    named = look.openings[0].hashes
    there = {path for path in look.files if path.partition("-")[0] in ("votes", "count", "audit")}
    _need(there == named.keys(), "a file of votes, counts or audits is missing or too many")
    for path, sha256 in named.items():
        _need(seal.digest(look.files[path]) == sha256, f"{path} has not the hash that the openings name")
    for contest, entry in look.entries("published", "result-only"):
        clear = entry.status == "published" and outcome.rebuildable(contest, entry.numbers)
        _need(entry.blinded is not clear, f"contest {contest.number}: F is hidden where it must not be, or shown")
        if not clear:
            verdict = "ATTESTED"
            continue
        audits = [found for _, _, found in outcome.read_audit(look.files[f"audit-{contest.number}.json"])]
        made = outcome.rebuilt(contest, entry.numbers, look.files[outcome.votes_name(contest)], audits)
        _need(entry.fingerprint in made, f"contest {contest.number}: votes and audit ballots have not the hash F")
    return verdict


def _counts(look: _Look) -> Verdict:
    verdict: Verdict = "PASS"
    for contest, entry in look.entries("published", "result-only"):
        if entry.status == "result-only":
            verdict = "ATTESTED"
            continue
        _, report = _again(look, contest, entry)
        _need(report == look.files[f"count-{contest.number}.json"], f"count-{contest.number}.json is another count")
    return verdict


def _lots(look: _Look) -> Verdict:
    for contest, entry in look.entries("published"):
        _, report = _again(look, contest, entry)  # which knows no other source of lots than the beacon
        source = _value(report.removesuffix(b"\n")).get("lot_source", "none")
        _need(source in ("beacon", "none"), f"contest {contest.number}: a lot came from {source}")
        there = _value(look.files[f"count-{contest.number}.json"].removesuffix(b"\n"))
        _need(there.get("ties", []) == _value(report.removesuffix(b"\n")).get("ties", []), "a lot is another")
    return "PASS"


def _limits(look: _Look) -> Verdict:
    definition = look.election.definition
    for contest, entry in look.entries():
        few = outcome.too_few(definition, contest, entry.accepted)
        _need(
            few == (entry.status == "not-opened"), f"contest {contest.number}: opened with too few, or not with enough"
        )
        if entry.status != "published":
            continue
        valid = entry.numbers["valid"]
        _need(valid >= max(contest.minimum, MINIMUM_LEAST), f"contest {contest.number}: figures for too few votes")
        _need(contest.publish != "result-only", f"contest {contest.number}: figures against the definition")
        votes = look.files[outcome.votes_name(contest)]
        if contest.kind == "rank":
            shown = read_blt(votes, wrapped=False).rankings
            gone = look.withdrawn.get(contest.number, frozenset())
            _need(not only_outcome(shown, contest.minimum, gone), f"contest {contest.number}: all votes are alike")
            _need(contest.publish != "full" or valid >= FULL_FROM or _is_cut(look, contest, entry), "full lists of few")
        if "blank" in entry.numbers:
            together = entry.numbers["blank"] + entry.numbers["spoilt"]
            _need(
                together >= _ALWAYS_LESS_THAN, f"contest {contest.number}: few blank and spoilt ballots in two figures"
            )
    return "PASS"


def _is_cut(look: _Look, contest: Contest, entry: Entry) -> bool:
    """Tell whether a list holds used preferences alone: cutting it again takes nothing away."""
    count, _ = _again(look, contest, entry)
    shown = read_blt(look.files[outcome.votes_name(contest)], wrapped=False).rankings
    return isinstance(count, StvCount) and as_used(shown, count) == dict(shown)


def _kept_inside(_: _Look) -> Verdict:
    return "ATTESTED"


def _again(look: _Look, contest: Contest, entry: Entry) -> tuple[AnyCount, bytes]:
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


CHECKS: Final[tuple[tuple[str, Callable[[_Look], Verdict]], ...]] = (
    ("index, hashes, officer's signature, chain of boards", _index),
    ("definition and its two signatures", _definition),
    ("key lists: sorted, no repeats, as defined", _keys),
    ("box manifests: signature, counts, roots", _manifests),
    ("close record lists just these boxes and notices", _close),
    ("dice and beacon", _dice),
    ("void codes lead to listed keys", _void),
    ("merge gives the same again", _merge),
    ("accounts add up, no more slips used than given out", _accounts),
    ("openings agree, are of this merge, and are signed", _openings),
    ("accepted ballots are all accounted for", _sums),
    ("votes files, and that they are what was opened", _votes),
    ("counting the votes again gives the same bytes", _counts),
    ("every lot follows from the dice", _lots),
    ("limits for small electorates were kept", _limits),
    ("the votes are what the envelopes held", _kept_inside),
)
