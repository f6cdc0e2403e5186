"""What the noticeboard says of nominations and seats: sentences by language, and the notices they make.

Rule 1: a notice names who holds a seat and never why somebody left it, beyond the four words of the rule.
Rule 2: a language stands in a notice where all of its sentences are written; English always does.
Source: elections.md section 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from models.canonical import ENGLISH, LanguageTag
from models.election.call import Call
from models.election.nominations import Closed
from models.election.terms import ByElection, Filled, StaysVacant, TakenBy, Why
from models.noticeboard import Notice, notice_bytes, read_notice
from sync.central.elections.paper import wording

NOT_ACCEPTED: Final = "Nomination {number}, {contest}: it was not accepted."
REASON: Final = "Reason: {reason}"
APPEAL: Final = "You may ask once for another decision. Write to: {who}."
UNOPPOSED_TITLE: Final = "Elected without a poll"
UNOPPOSED: Final = "{contest}: there is nobody to choose between. Elected: {names}."
VACANT_TITLE: Final = "Nobody stands yet"
VACANT: Final = "{contest}: nobody stands. The seat stays empty. There will be a new notice by {day}."
SEAT_TITLE: Final = "A seat on the council"
EMPTY: Final[Mapping[Why, str]] = {
    "release": "{contest}: {name} is no longer here. The seat is empty.",
    "transfer": "{contest}: {name} is no longer here. The seat is empty.",
    "resigned": "{contest}: {name} gave up the seat.",
    "removed": "{contest}: {name} lost the seat, by the rule that stood before the election.",
}
TAKEN: Final = "{person} takes it, the next on the list of {party}."
BY_ELECTION: Final = "There will be an election for this seat. Its term ends on {day}."
STAYS: Final = "It stays empty until {day}."
DECIDED: Final = "Decided by: {who}"
FOLLOWS: Final = "One seat is filled again. This follows the election {election}. The term ends on {day}."
ALL: Final = (
    *(NOT_ACCEPTED, REASON, APPEAL, UNOPPOSED_TITLE, UNOPPOSED, VACANT_TITLE, VACANT, SEAT_TITLE),
    *(*EMPTY.values(), TAKEN, BY_ELECTION, STAYS, DECIDED, FOLLOWS),
)


@dataclass(frozen=True, slots=True)
class Words:
    """A notice's title and body by language."""

    title: Mapping[LanguageTag, str]
    body: Mapping[LanguageTag, str]


def languages(wanted: Iterable[str]) -> tuple[LanguageTag, ...]:
    """Return English and those of the wanted languages that have every sentence."""
    whole = [LanguageTag(tag) for tag in wanted if all(wording.translated(tag, text) != text for text in ALL)]
    return (ENGLISH, *(tag for tag in whole if tag != ENGLISH))


def of_close(call: Call, closed: Closed) -> list[Words]:
    """Return what is said of contests without a poll."""
    tags, made = languages(call.languages), []
    for number, held in closed.unopposed.items():
        title = call.contests[number].title
        names = ", ".join(name for one in held for name in (one.people or (one.name,)))
        body = {tag: wording.say(tag, UNOPPOSED, contest=wording.of(title, tag), names=names) for tag in tags}
        made.append(Words({tag: wording.say(tag, UNOPPOSED_TITLE) for tag in tags}, body))
    for number in closed.vacant:
        title, day = call.contests[number].title, closed.new_notice_by.isoformat()
        body = {tag: wording.say(tag, VACANT, contest=wording.of(title, tag), day=day) for tag in tags}
        made.append(Words({tag: wording.say(tag, VACANT_TITLE) for tag in tags}, body))
    return made


def of_vacancy(
    title: Mapping[LanguageTag, str], wanted: Sequence[str], name: str, why: Why, who: str, filled: Filled, ends: date
) -> Words:
    """Return what is said of a seat that fell vacant; `who` decided, a role."""
    tags = languages(wanted)
    body = {}
    for tag in tags:
        match filled:
            case TakenBy():
                then = wording.say(tag, TAKEN, person=filled.person, party=filled.party)
            case ByElection():
                then = wording.say(tag, BY_ELECTION, day=ends.isoformat())
            case StaysVacant():
                then = wording.say(tag, STAYS, day=ends.isoformat())
        empty = wording.say(tag, EMPTY[why], contest=wording.of(title, tag), name=name)
        body[tag] = f"{empty} {then} {wording.say(tag, DECIDED, who=who)}."
    return Words({tag: wording.say(tag, SEAT_TITLE) for tag in tags}, body)


def notice(name: str, words: Words, day: date, by: str) -> bytes:
    """Return a notice as the press takes it."""
    written = notice_bytes(Notice(name, "notice", day, words.title, words.body, None, None, by))
    read_notice(written)
    return written


def lay(folder: Path | None, notices: Mapping[str, bytes]) -> None:
    """Lay notices ready for the press, where a folder of content is given; nothing is overwritten."""
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in notices.items():
        with (folder / name).open("xb") as file:
            file.write(content)
