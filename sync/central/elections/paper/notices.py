"""What hangs on the wall before a poll: notice, candidates, how to vote, advice against pressure, disputes.

Rule 1: every language of the wing gets the whole of it, each on sheets of its own.
Rule 2: candidates have the same place, the same size of letters and the same size of picture.
Rule 3: D stands on the notice in full and in symbols, and says with what it must be the same.
Source: elections.md sections 2, 4, 6 and 10.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from models import seal
from models.canonical import ENGLISH
from models.election.definition import Candidate, Contest, Definition
from sync.central.elections.paper import told
from sync.central.elections.paper.ink import BODY, LARGE, LEAST, READ, SMALL, TITLE, Sheets
from sync.central.elections.paper.symbols import symbol
from sync.central.elections.paper.wording import of, say

DATES: Final = {
    "notice": "Day of this notice",
    "nominations_close": "Last day to stand",
    "poll_opens": "Voting begins",
    "poll_closes": "Voting ends",
    "term_begins": "The term begins",
    "term_ends": "The term ends",
}
KINDS: Final = {
    "one": "You choose one name. The most votes are elected.",
    "approve": "You choose all that you want, {most} at most. The most votes are elected.",
    "rank": "You put names in your order, {most} at most. Your vote goes to your first choice. If it is not needed"
    " there, it goes on to your next choice.",
    "list": "You choose one party. The seats are shared out by the votes of each party.",
    "question": "You answer yes or no, or you do not say. More yes than no carries it.",
}
PRESSURE: Final = (
    "Nobody can see how you vote. You may say anything about it.",
    "The small part of your slip shows only that you voted.",
    "You may leave a vote blank, or spoil it.",
    "At the end, tear up the part with the long number.",
    "Does somebody want to see or take your slip? Give it back at the booth.",
    "Or tell the person from outside. Their name is on the poster.",
)
STEPS: Final = (
    "Tell the clerk your name. Draw an envelope from the box.",
    "In the booth, open it. Type the long number.",
    "Touch what you choose.",
    "Look at it once more. Then touch “Seal it”.",
    "Tear up the part with the long number.",
    "Keep the small part. With its number you can look up that your vote was counted.",
)
STEPS_BESIDE: Final = (
    "You do not want to use the screen? Ask the clerk for a paper ballot.",
    "You may bring somebody you choose to help you. The clerk may not help you choose.",
    "The screen can read everything aloud. Ask for headphones.",
)
ADVICE: Final = "A question is advice. Read what speaks for it and against it first. The managers decide."
COMPLAINTS: Final = (
    "My number is not there.",
    "It says: used twice.",
    "I was refused.",
    "The numbers do not add up.",
)
_PICTURE: Final = 26.0


def notices_pdf(
    definition: Definition,
    d: bytes,
    tags: Sequence[str],
    *,
    outsider: str = "",
    photos: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return all sheets for the wall; `d` is D, `photos` are media by hash.

    `outsider`: the person for disputes, in place of the one whom the definition names.
    """
    sheets = Sheets(of(definition.title, ENGLISH), tags[0])
    for tag in tags:
        sheets.speak(tag)
        named = told.outsider_of(definition, tag, outsider)
        _notice(sheets, definition, d, named)
        for contest in definition.contests:
            _candidates(sheets, definition, contest, photos or {})
        _how_to_vote(sheets, definition)
        _pressure(sheets, definition, named)
        _disputes(sheets, definition, d, named)
    return sheets.done()


def _title(sheets: Sheets, title: str, definition: Definition) -> None:
    sheets.sheet(of(definition.title, sheets.tag))
    sheets.say(title, TITLE, bold=True, after=1)
    sheets.say(of(definition.title, sheets.tag), LARGE, after=2)
    sheets.rule(sheets.x, sheets.y, sheets.width, 0.8)
    sheets.y += 6


def _notice(sheets: Sheets, definition: Definition, d: bytes, outsider: str) -> None:
    tag = sheets.tag
    _title(sheets, say(tag, "Notice of election"), definition)
    for key, label in DATES.items():
        if key in definition.dates:
            sheets.text(sheets.x, sheets.y, 70, say(tag, label), READ)
            with sheets.part(sheets.x + 70, sheets.y, sheets.width - 70):
                sheets.say(day(definition.dates[key]), READ, bold=True, after=0)
            sheets.y += 8
    sheets.y += 4
    groups = {one.id: one.group for one in definition.electorates}
    for contest in definition.contests:
        sheets.room(34)
        sheets.say(f"{contest.number}. {of(contest.title, tag)}", LARGE, bold=True, after=0.5)
        told.about(sheets, contest, after=1)
        if contest.kind != "question":
            sheets.say(say(tag, "Seats: {count}", count=contest.seats), READ, after=0.5)
        who = ", ".join(groups[one] for one in contest.electorates)
        sheets.say(
            say(tag, "Who votes: {groups} ({count} people)", groups=who, count=definition.roll(contest)),
            READ,
            after=0.5,
        )
        sheets.say(say(tag, KINDS[contest.kind], most=contest.max_marks), READ, after=6)
    sheets.room(44)
    sheets.say(say(tag, "The signs of this election"), READ, bold=True, after=1)
    sheets.say(
        say(tag, "Every kiosk must show the same signs. If they differ, do not vote there and tell an observer.")
    )
    with sheets.turned(ENGLISH):
        sheets.say(seal.symbols(d), TITLE, bold=True, align="middle", after=1)
        sheets.say(d.hex()[:32] + " " + d.hex()[32:], SMALL, align="middle", after=4)
    _outsider(sheets, outsider)


def day(iso: str) -> str:
    """Return a day as it is read in every language: 29.11.2026."""
    year, month, number = iso.split("-")
    return f"{number}.{month}.{year}"


def _outsider(sheets: Sheets, outsider: str) -> None:
    label = say(sheets.tag, "The person from outside whom you can tell:")
    sheets.room(18)
    sheets.say(label, BODY, after=1)
    if outsider:
        sheets.say(outsider, READ, bold=True)
    else:
        sheets.y += 8
        sheets.rule(sheets.x, sheets.y, sheets.width)
        sheets.y += 4


def _candidates(sheets: Sheets, definition: Definition, contest: Contest, photos: Mapping[str, bytes]) -> None:
    tag = sheets.tag
    _title(sheets, of(contest.title, tag), definition)
    if contest.proposal is not None:
        told.proposal(sheets, contest.proposal)
    else:
        told.about(sheets, contest, after=4)
    for candidate in contest.candidates:
        sheets.room(_height(sheets, candidate))
        top = sheets.y
        photo = photos.get(candidate.photo or "")
        if photo is None:
            sheets.picture(symbol(contest, candidate), sheets.x, top, _PICTURE)
        else:
            sheets.photo(photo, sheets.x, top, _PICTURE)
        with sheets.part(sheets.x + _PICTURE + 6, top, sheets.width - _PICTURE - 6):
            sheets.say(called(contest, candidate, tag), LARGE, bold=True, after=1)
            for words in _words(candidate, tag):
                sheets.say(words, READ, after=1)
            end = sheets.y
        sheets.y = max(end, top + _PICTURE) + 4
        sheets.rule(sheets.x, sheets.y - 2, sheets.width, 0.2)


def called(contest: Contest, candidate: Candidate, tag: str) -> str:
    """Return what a candidate is called in a language; the answers to a question are the kiosk's own words."""
    name = of(candidate.name, tag)
    answers = {"Yes": "Yes", "No": "No", "Abstain": "I do not say yes or no"}
    return say(tag, answers[name]) if contest.kind == "question" and name in answers else name


def _words(candidate: Candidate, tag: str) -> list[str]:
    found = [of(candidate.statement, tag)] if candidate.statement else []
    people = "  ".join(f"{at}. {name}" for at, name in enumerate(candidate.people, 1))
    return [*found, say(tag, "On their list"), people] if people else found


def _height(sheets: Sheets, candidate: Candidate) -> float:
    wide = sheets.width - _PICTURE - 6
    lines = sum(len(sheets.lines(words, wide, READ)) for words in _words(candidate, sheets.tag))
    return max(_PICTURE, 13 + lines * 7.5) + 6


def _how_to_vote(sheets: Sheets, definition: Definition) -> None:
    tag = sheets.tag
    _title(sheets, say(tag, "How to vote"), definition)
    column, tall = (sheets.width - 10) / 2, 60.0
    top = sheets.y
    for at, step in enumerate(STEPS):
        x, y = sheets.x + at % 2 * (column + 10), top + at // 2 * tall
        sheets.text(x, y + 6, 12, str(at + 1), 36, bold=True)
        _drawing(sheets, at, x + 16, y + 2, 28)
        sheets.text(x, y + 33, column, say(tag, step), READ)
    sheets.y = top + 3 * tall + 2
    sheets.rule(sheets.x, sheets.y - 3, sheets.width, 0.3)
    for words in STEPS_BESIDE:
        sheets.point("•", say(tag, words), READ, indent=6)
    if any(contest.kind == "question" for contest in definition.contests):
        sheets.point("•", say(tag, ADVICE), READ, indent=6)


def _drawing(sheets: Sheets, step: int, x: float, y: float, side: float) -> None:
    """Draw what a step is about in plain lines; `side` is the height."""
    wide = side * 1.45
    if step in (0, 1):  # an envelope, and one that is open with its number
        sheets.box(x, y + 6, wide, side - 6, 0.8)
        peak = y + 6 + (side - 6) * 0.55 if step == 0 else y - 1
        sheets.lines_between([(x, y + 6), (x + wide / 2, peak), (x + wide, y + 6)], 0.8)
        if step == 1:
            with sheets.turned(ENGLISH):
                sheets.text(x, y + 12, wide, "1234 5678", READ, bold=True, align="middle")
    elif step == 2:  # noqa: PLR2004 - the third of six: two answers, one of them chosen
        sheets.box(x, y, wide, side, 0.8)
        for row, grey in ((0, 225), (1, None)):
            sheets.box(x + 4, y + 4 + row * 11, wide - 8, 8, 0.6, grey)
        sheets.picture("done", x + 6, y + 4.5, 7)
        sheets.picture("hand-right" if sheets.rtl else "hand-left", x + wide - 12, y + 6, 12)
    elif step == 3:  # noqa: PLR2004 - the fourth
        sheets.picture("lock", x + wide / 2 - side / 2, y, side)
    elif step == 4:  # noqa: PLR2004 - the fifth: a sheet torn across
        _torn(sheets, x, y, side, wide)
        with sheets.turned(ENGLISH):
            sheets.text(x, y + 2, wide, "1234 5678", SMALL, bold=True, align="middle")
    else:
        sheets.box(x, y + 6, wide, side - 12, 0.8)
        with sheets.turned(ENGLISH):
            sheets.text(x, y + 10.5, wide, "XY12-3ABC", SMALL, bold=True, align="middle")


def _pressure(sheets: Sheets, definition: Definition, outsider: str) -> None:
    tag = sheets.tag
    _title(sheets, say(tag, "Your vote is yours"), definition)
    for at, words in enumerate(PRESSURE):
        top = sheets.y
        _advice(sheets, at, sheets.x, top)
        height = sheets.text(sheets.x + 26, top + 1, sheets.width - 26, say(tag, words), LARGE)
        sheets.y = top + max(height, 15) + 8
    sheets.say(say(tag, "What is proven and what is promised"), READ, bold=True, after=1)
    sheets.say(
        say(
            tag,
            "Your small part shows that your vote is in the box. Signatures and the count can be checked by everybody."
            " That the opened votes are what was sealed is promised by two openings and by audit votes, not proven.",
        ),
        BODY,
        after=5,
    )
    _outsider(sheets, outsider)


def _advice(sheets: Sheets, at: int, x: float, y: float) -> None:
    """Draw what a line of advice is about."""
    name = ("hide", "", "minus", "", "stop", "ear")[at]
    if name:
        sheets.picture(name, x + 2, y, 15)
    elif at == 1:  # the small part
        sheets.box(x, y + 2, 20, 10, 0.8)
        for line in (5, 8):
            sheets.rule(x + 3, y + line, 14, 0.6)
    else:
        _torn(sheets, x, y, 15, 20)


def _torn(sheets: Sheets, x: float, y: float, side: float, wide: float) -> None:
    jag = [(x + wide * at / 6, y + side / 2 + (2.2 if at % 2 else -2.2)) for at in range(7)]
    sheets.lines_between([(x, y + side / 2 - 2.2), (x, y), (x + wide, y), *reversed(jag)], 0.8)
    low = [(px, py + 3.5) for px, py in jag]
    sheets.lines_between([*low, (x + wide, y + side), (x, y + side), low[0]], 0.8)


def _disputes(sheets: Sheets, definition: Definition, d: bytes, outsider: str) -> None:
    tag = sheets.tag
    _title(sheets, say(tag, "Something is wrong"), definition)
    sheets.say(say(tag, "Tick what is wrong. Do not write how you voted."), READ, after=4)
    for words in COMPLAINTS:
        sheets.box(sheets.x, sheets.y + 0.5, 6, 6, 0.6)
        sheets.text(sheets.x + 11, sheets.y, sheets.width - 11, say(tag, words), READ)
        sheets.y += 11
    sheets.y += 2
    sheets.say(say(tag, "The number on your small part"), BODY, after=8)
    sheets.rule(sheets.x, sheets.y, sheets.width * 0.6)
    sheets.y += 5
    sheets.say(say(tag, "What happened?"), BODY, after=0)
    for _ in range(5):
        sheets.y += 10
        sheets.rule(sheets.x, sheets.y, sheets.width, 0.2)
    sheets.y += 6
    sheets.signatures([say(tag, "Your name, if you want an answer"), say(tag, "Day")], BODY)
    sheets.say(say(tag, "You get an answer within 5 days, with the reason."), BODY, bold=True)
    _outsider(sheets, outsider)
    sheets.say(say(tag, "Election {symbols}", symbols=seal.symbols(d)), LEAST)
