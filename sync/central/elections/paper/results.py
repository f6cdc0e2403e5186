"""The result on paper: who is elected in large type, how the count went, who took part, and how to check it.

Rule 1: it shows what the published files hold and nothing more; where figures were kept back there are none.
Rule 2: at most eight stages a sheet, no letter below 9 points, and one paragraph a stage below the table.
Rule 3: the same board gives the same bytes.
Source: elections.md sections 8, 9 and 10.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from models import seal
from models.canonical import Fields, a_whole, read_canonical_json
from models.counting.page import CountPage, page_of
from models.counting.party_list import PartyListCount
from models.counting.plurality import PluralityCount
from models.counting.question import QuestionCount
from models.counting.report import AnyCount
from models.counting.reported import read_report
from models.counting.stv import StvCount
from models.counting.votes import Candidate
from models.counting.words import called as names_of
from models.counting.words import tie_sentence
from models.election.definition import Contest, Definition
from sync.central.elections import board, opening_record, turnout
from sync.central.elections.opening_record import Entry
from sync.central.elections.paper.flowing import flow_sheet
from sync.central.elections.paper.ink import A4, A4_ACROSS, BODY, LARGE, LEAST, READ, SMALL, TITLE, Sheets
from sync.central.elections.paper.notices import called, day
from sync.central.elections.paper.stages import simple_table, stage_sheets
from sync.central.elections.paper.told import representatives
from sync.central.elections.paper.wording import of, say, sentence

MOST_NAMED: Final = 30
_OUTCOME_LIMIT_BYTES: Final = 64 * 1024


def count_pdf(
    count: AnyCount, candidates: Sequence[Candidate], page: CountPage, file_hash: bytes, tag: str = "en"
) -> bytes:
    """Return the result sheets of a votes file that was counted on its own; `file_hash` is its SHA-256."""
    sheets = Sheets(page.title or "Count", tag)
    sheets.sheet(page.title)
    _outcome(sheets, page.title, _told(count, candidates, tag))
    sheets.say("  ·  ".join(sentence(tag, one) for one in page.facts), READ, after=5)
    _ties(sheets, count, candidates)
    if not isinstance(count, StvCount):
        simple_table(sheets, page)
        _outcome_words(sheets, page)
    sheets.heading(say(tag, "How to check"), READ)
    sheets.say(say(tag, "Count the same file again: the same file gives the same result, to the last decimal."))
    _hash(sheets, say(tag, "Votes file"), file_hash)
    if isinstance(count, StvCount):
        _stages(sheets, count, candidates, page)
    return sheets.done()


def result_pdf(files: Mapping[str, bytes], tags: Sequence[str]) -> bytes:
    """Return the result sheets of a final board, contest by contest, in each language."""
    election = board.election_of(files)
    opening = opening_record.read_opening(files["opening-1.json"], election.definition)
    groups = turnout.read_turnout(files["turnout.json"]) if "turnout.json" in files else ()
    sheets = Sheets("Result", tags[0])
    for tag in tags:
        sheets.speak(tag)
        for entry in opening.contests:
            contest = election.definition.contest(entry.number)
            _contest(sheets, election.definition, contest, entry, files, groups)
    return sheets.done()


def _contest(
    sheets: Sheets,
    definition: Definition,
    contest: Contest,
    entry: Entry,
    files: Mapping[str, bytes],
    groups: Sequence[turnout.Group],
) -> None:
    tag, title = sheets.tag, of(contest.title, sheets.tag)
    sheets.upend(A4)
    sheets.sheet(f"{of(definition.title, tag)} · {title}")
    count = page = None
    candidates: list[Candidate] = [
        Candidate(one.number, called(contest, one, tag))
        for one in sorted(contest.candidates, key=lambda one: one.number)
    ]
    report = files.get(f"count-{contest.number}.json")
    if entry.status == "published" and report is not None:
        count, subject = read_report(report)
        gone = {one.number for one in subject.candidates if one.withdrawn}
        candidates = [replace(one, withdrawn=one.number in gone) for one in candidates]
        page = page_of(count, candidates, title, subject.ballots)
        told = _told(count, candidates, tag)
    elif entry.status == "result-only" and report is not None:
        told = _only(report, contest, candidates, tag)
    else:
        told = [say(tag, "Too few ballots. They were not opened.")]
    _outcome(sheets, title, told)
    ends = definition.dates.get("term_ends")
    representatives(sheets, contest, None if ends is None else day(ends))
    if contest.proposal is not None:
        sheets.say(of(contest.proposal.text, tag), READ, after=4)
    if page is not None and count is not None:
        sheets.say("  ·  ".join(sentence(tag, one) for one in page.facts), READ, after=4)
        _ties(sheets, count, candidates)
        if not isinstance(count, StvCount):
            simple_table(sheets, page)
            _outcome_words(sheets, page)
    elif entry.status == "result-only":
        sheets.say(say(tag, "No figures are shown, because they could tell how somebody voted."), READ, after=4)
    _turnout(sheets, definition, contest, entry, groups)
    _check(sheets, entry, files)
    if isinstance(count, StvCount) and page is not None:
        _stages(sheets, count, candidates, page)


def _outcome(sheets: Sheets, title: str, told: Sequence[str]) -> None:
    sheets.say(say(sheets.tag, "Result"), LARGE, after=0)
    sheets.say(title, LARGE, bold=True, after=3)
    sheets.rule(sheets.x, sheets.y, sheets.width, 0.8)
    sheets.y += 5
    for line in told:
        sheets.say(line, TITLE, bold=True, after=1)
    sheets.y += 4


def _told(count: AnyCount, candidates: Sequence[Candidate], tag: str) -> list[str]:
    """Return the outcome in large letters: names, parties with their seats, or carried or not."""
    names = names_of(candidates)
    match count:
        case StvCount():
            return _names([names[one] for one, _ in count.elected], tag)
        case PluralityCount():
            return _names([names[one] for one in count.elected], tag)
        case PartyListCount():
            return _shares(count.seats_by_party, names, tag)
        case QuestionCount():
            return [_carried(tag, carried=count.carried)]


def _names(elected: Sequence[str], tag: str) -> list[str]:
    return [say(tag, "Elected:"), *elected[:MOST_NAMED]] if elected else [say(tag, "Nobody is elected.")]


def _shares(seats: Sequence[int], names: Mapping[int, str], tag: str) -> list[str]:
    return [
        say(tag, "{name}: seats {seats}", name=names[number], seats=got) for number, got in enumerate(seats, 1) if got
    ] or [say(tag, "Nobody is elected.")]


def _carried(tag: str, *, carried: bool) -> str:
    return say(tag, "The proposal is carried." if carried else "The proposal is not carried.")


def _only(report: bytes, contest: Contest, candidates: Sequence[Candidate], tag: str) -> list[str]:
    """Return the outcome that was published without figures."""
    fields, names = (
        Fields(read_canonical_json(report.rstrip(b"\n"), _OUTCOME_LIMIT_BYTES), "outcome"),
        names_of(candidates),
    )
    if contest.kind == "question":
        return [_carried(tag, carried=fields.flag("carried"))]
    if contest.kind == "list":
        shares = [
            a_whole(one, "outcome.seats_by_party", 0, contest.seats) for one in fields.items("seats_by_party", 60)
        ]
        return _shares(shares, names, tag)
    chosen = [a_whole(one, "outcome.elected", 1, len(names)) for one in fields.items("elected", 60)]
    return _names([names[one] for one in chosen], tag)


def _ties(sheets: Sheets, count: AnyCount, candidates: Sequence[Candidate]) -> None:
    """Tell of equals and of lots, with the numbers drawn."""
    if isinstance(count, QuestionCount) or not count.ties:
        return
    tag, names = sheets.tag, names_of(candidates)
    sheets.heading(say(tag, "Equal votes"), READ, after=1)
    for tie in count.ties:
        sheets.point(f"{tie.stage}.", sentence(tag, tie_sentence(tie, names)), BODY)
        for candidate, number in tie.numbers:
            drawn = number.hex()[:16] if isinstance(number, bytes) else str(number)
            sheets.point("", say(tag, "Lot of {name}: {number}", name=names[candidate], number=drawn), LEAST, after=0)
    sheets.y += 4


def _outcome_words(sheets: Sheets, page: CountPage) -> None:
    for one in page.outcome:
        sheets.say(sentence(sheets.tag, one), BODY, after=1)
    sheets.y += 4


def _turnout(
    sheets: Sheets, definition: Definition, contest: Contest, entry: Entry, groups: Sequence[turnout.Group]
) -> None:
    tag = sheets.tag
    sheets.heading(say(tag, "Who took part"), READ, after=1)
    if entry.status != "not-opened":
        took_part = entry.accepted - entry.audit
        sheets.say(say(tag, "{count} of {all} people took part.", count=took_part, all=definition.roll(contest)), BODY)
    both = entry.numbers.get("blank_or_spoilt")
    if both is not None:
        sheets.say(say(tag, "Blank or spoilt: {count}", count=both), BODY)
    elif entry.status == "published":
        words = say(
            tag, "Blank: {blank}. Spoilt: {spoilt}.", blank=entry.numbers["blank"], spoilt=entry.numbers["spoilt"]
        )
        sheets.say(words, BODY)
    if groups:
        places = (0.0, 80.0, 115.0)
        for place, head in zip(places, ("Group", "On the roll", "Voted"), strict=True):
            sheets.text(sheets.x + place, sheets.y, 60, say(tag, head), SMALL, bold=True)
        sheets.y += 6
        for one in groups:
            sheets.room(7)
            for place, cell in zip(places, (one.group, str(one.on_roll), str(one.voted)), strict=True):
                sheets.text(sheets.x + place, sheets.y, 78, cell, BODY)
            sheets.y += 6.5
        sheets.say(say(tag, "Groups with fewer than 10 people on either side are not shown."), LEAST, after=3)
    sheets.y += 3


def _check(sheets: Sheets, entry: Entry, files: Mapping[str, bytes]) -> None:
    tag = sheets.tag
    sheets.heading(say(tag, "How to check"), READ, after=1)
    sheets.say(say(tag, "Look up the number of your small part on any kiosk."), BODY, after=1)
    sheets.say(
        say(tag, "Anybody can check all files with: {command}", command="wingvoice-central election verify"), after=2
    )
    _hash(sheets, say(tag, "Board"), seal.digest(files["board.json"]))
    if entry.fingerprint:
        label = "F, blinded" if entry.blinded else "F, what was opened"
        _hash(sheets, say(tag, label), entry.fingerprint)
    for name, hashed in sorted(entry.hashes.items()):
        if name.startswith("votes-"):
            _hash(sheets, say(tag, "V, the votes file"), hashed)
    sheets.say(say(tag, "Objections: within 7 days, in writing."), BODY, bold=True)


def _hash(sheets: Sheets, label: str, hashed: bytes) -> None:
    sheets.room(14)
    sheets.say(label, SMALL, bold=True, after=0)
    with sheets.turned("en"):
        words = f"{seal.symbols(hashed)}   {hashed.hex()}"
        sheets.say(words, LEAST, after=2)


def _stages(sheets: Sheets, count: StvCount, candidates: Sequence[Candidate], page: CountPage) -> None:
    sheets.upend(A4_ACROSS)
    stage_sheets(sheets, page)
    flow_sheet(sheets, count, candidates, page)
