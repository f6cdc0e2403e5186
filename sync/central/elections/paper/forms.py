"""Forms that people fill in and sign on the day: tapes, accounts, cards, records; and the sheets of shares and codes.

Rule 1: a form names the election (D's symbols), what must be written, and a line for everybody who signs.
Rule 2: a sheet with a secret says who keeps it, and from whom.
Source: elections.md 5.3, 5.4, 5.5, 5.10 and section 10.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from models import seal
from models.election.definition import Contest, Definition
from models.election.slip import Code
from sync.central.elections.paper.ink import BODY, LARGE, LEAST, READ, SMALL, TITLE, Sheets
from sync.central.elections.paper.slips import code_rows
from sync.central.elections.paper.wording import of, say

EMPTY_BOX: Final = "e3b0 c442"
ROLES: Final = {
    "returning-officer": "Returning officer",
    "registrar": "Registrar",
    "trustee": "Trustee",
    "observer": "Observer",
}
_WORDS_A_ROW: Final = 3
_THROWS: Final = 40
_PAIRS: Final = 20
_BEHIND: Final = ("Observer 1", "Observer 2")


def share_pdf(shares: Sequence[str], definition: Definition, codes: Mapping[int, Code], tag: str = "en") -> bytes:
    """Return the sheets of a key ceremony: three shares of numbered words, and a code for each witness."""
    sheets = Sheets("Key ceremony", tag)
    for number, share in enumerate(shares, 1):
        _share(sheets, number, len(shares), share, definition)
    for number, code in codes.items():
        _witness(sheets, number, code, definition)
    return sheets.done()


def _share(sheets: Sheets, number: int, of_many: int, share: str, definition: Definition) -> None:
    tag = sheets.tag
    _head(sheets, say(tag, "Share {number} of {all}", number=number, all=of_many), definition)
    sheets.say(say(tag, "Keep this sheet from staff and from the other two trustees."), READ, bold=True)
    sheets.say(
        say(tag, "Two of the three sheets open the ballots. Copy it nowhere. Burn it after the result."), BODY, after=6
    )
    words = share.split()
    rows = -(-len(words) // _WORDS_A_ROW)
    column, tall, top = sheets.width / _WORDS_A_ROW, 13.5, sheets.y
    sheets.box(sheets.x - 3, top - 4, sheets.width + 6, rows * tall + 4, 0.4)
    with sheets.turned("en"):
        for at, word in enumerate(words):
            x, y = sheets.x + at // rows * column, top + at % rows * tall
            sheets.text(x, y + 1.5, 10, f"{at + 1}.", SMALL, align="end")
            sheets.text(x + 13, y, column - 13, word, LARGE, bold=True)
    sheets.y = top + rows * tall + 6
    sheets.blank(say(tag, "Handed to (name)"))
    sheets.signatures([say(tag, "Trustee"), say(tag, "Returning officer")])


def _witness(sheets: Sheets, number: int, code: Code, definition: Definition) -> None:
    tag, witness = sheets.tag, definition.witness(number)
    role = say(tag, ROLES[witness.role]) if witness else ""
    _head(sheets, say(tag, "Witness {number}: {role}", number=number, role=role), definition)
    sheets.say(
        say(tag, "With this code you sign. Show it to nobody, and keep it until the result stands."), READ, after=8
    )
    rows = code_rows(code)
    sheets.box(sheets.x, sheets.y, sheets.width, 40, 0.5)
    with sheets.turned("en"):
        for at, row in enumerate(rows):
            sheets.text(sheets.x, sheets.y + 5 + at * 15, sheets.width, row, TITLE, bold=True, align="middle")
    sheets.y += 48
    sheets.blank(say(tag, "Handed to (name)"))
    sheets.signatures([role, say(tag, "Returning officer")])


def forms_pdf(definition: Definition, d: bytes, tag: str = "en") -> bytes:
    """Return all forms of the day: opening and closing tape a kiosk, accounts, audit card, paper entry, dice."""
    sheets = Sheets("Forms", tag)
    for kiosk in definition.kiosks:
        name = f"{kiosk.wing}  {kiosk.id.hex()[:8]}"
        _opening_tape(sheets, definition, d, name)
        _closing_tape(sheets, definition, d, name)
    _accounts(sheets, definition, d)
    _audit_card(sheets, definition, d)
    _paper_entry(sheets, definition, d)
    _dice(sheets, definition, d)
    return sheets.done()


def _head(sheets: Sheets, title: str, definition: Definition, d: bytes | None = None) -> None:
    tag = sheets.tag
    sheets.sheet(of(definition.title, tag))
    sheets.say(title, TITLE, bold=True, after=1)
    sheets.say(of(definition.title, tag), READ, after=1)
    if d is not None:
        sheets.say(say(tag, "Election {symbols}", symbols=seal.symbols(d)), BODY, after=1)
    sheets.rule(sheets.x, sheets.y + 1, sheets.width, 0.6)
    sheets.y += 6


def _fields(sheets: Sheets, *labels: str) -> None:
    for label in labels:
        sheets.blank(say(sheets.tag, label), tall=12.5)
    sheets.y += 4


def _ticks(sheets: Sheets, *labels: str) -> None:
    for label in labels:
        sheets.room(9)
        sheets.box(sheets.x, sheets.y, 5, 5, 0.5)
        words = say(sheets.tag, label)
        sheets.y += sheets.text(sheets.x + 9, sheets.y - 0.4, sheets.width - 9, words, BODY) + 3.5


def _opening_tape(sheets: Sheets, definition: Definition, d: bytes, kiosk: str) -> None:
    tag = sheets.tag
    _head(sheets, say(tag, "Opening tape"), definition, d)
    sheets.say(say(tag, "Kiosk {kiosk}", kiosk=kiosk), LARGE, bold=True, after=4)
    _ticks(
        sheets,
        "The screen shows the same signs of the election as the poster.",
        "The screen shows this kiosk's number.",
        "The box is empty.",
    )
    sheets.say(say(tag, "An empty box shows: {root}", root=EMPTY_BOX), BODY, after=4)
    _fields(sheets, "Date and time", "The screen showed (first 8 signs)")
    sheets.signatures([say(tag, one) for one in (*_BEHIND, "Clerk", "Returning officer")])


def _closing_tape(sheets: Sheets, definition: Definition, d: bytes, kiosk: str) -> None:
    tag = sheets.tag
    _head(sheets, say(tag, "Closing tape"), definition, d)
    sheets.say(say(tag, "Kiosk {kiosk}", kiosk=kiosk), LARGE, bold=True, after=4)
    _fields(sheets, "Box number", "Ballots in the box, in all", "First group of signs", "Second group of signs")
    _ticks(sheets, "The box was closed in front of us and does not open again.")
    _fields(sheets, "Date and time")
    sheets.signatures([say(tag, one) for one in (*_BEHIND, "Clerk", "Returning officer")])


def _accounts(sheets: Sheets, definition: Definition, d: bytes) -> None:
    tag, slips = sheets.tag, sum(one.slips for one in definition.electorates)
    _head(sheets, say(tag, "Accounts of the envelopes"), definition, d)
    sheets.say(say(tag, "Printed: {count}", count=slips), LARGE, bold=True, after=4)
    _fields(sheets, "Given out", "Came back", "Audit envelopes", "Not given out", "Ticks on the roll")
    _ticks(
        sheets,
        "Printed = given out + came back + audit + not given out.",
        "Ticks on the roll = given out.",
        "Every envelope not given out was opened in public and its code is on the void list.",
    )
    sheets.signatures([say(tag, one) for one in ("Clerk", "Returning officer", *_BEHIND)])


def _audit_card(sheets: Sheets, definition: Definition, d: bytes) -> None:
    tag = sheets.tag
    _head(sheets, say(tag, "Audit card"), definition, d)
    sheets.say(
        say(tag, "Write what you chose. Put the card in an envelope, seal it, and sign across the flap."), after=4
    )
    _fields(sheets, "Kiosk", "Code of the audit slip")
    for contest in definition.contests:
        sheets.room(18)
        sheets.say(f"{contest.number}. {of(contest.title, tag)}", BODY, bold=True, after=0)
        sheets.say(_choices(contest, tag), LEAST, after=0)
        sheets.blank(say(tag, "Chosen, in order"), share=0.3)
        sheets.y += 3
    sheets.signatures([say(tag, "Observer"), say(tag, "Second observer")])


def _choices(contest: Contest, tag: str) -> str:
    return "   ".join(f"{one.number} {of(one.name, tag)}" for one in contest.candidates)


def _paper_entry(sheets: Sheets, definition: Definition, d: bytes) -> None:
    tag = sheets.tag
    _head(sheets, say(tag, "Record of paper ballots"), definition, d)
    _ticks(
        sheets,
        "The papers were mixed. The envelopes were mixed.",
        "One read and one typed. Then they changed places and did it again. Both were the same.",
    )
    _fields(sheets, "Papers in box 1", "Envelopes in box 2", "Left over, papers (drawn by dice) or envelopes (void)")
    column = sheets.width / 3
    heads = [say(tag, one) for one in ("Pair", "First entry", "Second entry")]
    for at, head in enumerate(heads):
        sheets.text(sheets.x + at * column, sheets.y, column - 2, head, SMALL, bold=True)
    sheets.y += 6
    for pair in range(1, _PAIRS // 2 + 1):
        sheets.room(8)
        sheets.text(sheets.x, sheets.y + 1, column, str(pair), SMALL)
        for at in (1, 2):
            sheets.box(sheets.x + at * column, sheets.y + 1, 4.5, 4.5)
        sheets.rule(sheets.x, sheets.y + 7, sheets.width, 0.1)
        sheets.y += 7.5
    sheets.y += 3
    sheets.signatures([say(tag, one) for one in ("First person", "Second person", *_BEHIND)])


def _dice(sheets: Sheets, definition: Definition, d: bytes) -> None:
    tag = sheets.tag
    _head(sheets, say(tag, "Record of the dice"), definition, d)
    sheets.say(
        say(tag, "Throw only after the close record was read aloud. At least 20 throws, written down in order."),
        after=4,
    )
    _fields(sheets, "C, the signs of the close record")
    side, gap = 13.0, 4.2
    for at in range(_THROWS):
        x, y = sheets.x + at % 10 * (side + gap), sheets.y + at // 10 * (side + 8)
        sheets.box(x, y, side, side, 0.5 if at < _THROWS // 2 else 0.2)
        sheets.text(x, y + side, side, str(at + 1), LEAST, align="middle")
    sheets.y += _THROWS // 10 * (side + 8) + 4
    sheets.signatures([say(tag, one) for one in (*_BEHIND, "Returning officer", "Clerk")])


def script_pdf(text: str, tag: str = "en") -> bytes:
    """Return the script of the day, as `script` wrote it, on one sheet."""
    sheets = Sheets("Script of the day", tag, margin=12)
    sheets.sheet()
    for at, line in enumerate(text.rstrip("\n").split("\n")):
        if not line:
            sheets.y += 2.2
        elif at == 0:
            sheets.say(line, READ, bold=True, after=1)
        elif line[:2].strip().isdigit():
            number, who, words = line[:2].strip(), line[3:9].strip(), line[3:].strip()
            who, _, words = words.partition(" ")
            sheets.text(sheets.x, sheets.y, 7, number, SMALL, bold=True, align="end")
            sheets.text(sheets.x + 9, sheets.y, 15, who, SMALL, bold=True)
            sheets.y += sheets.text(sheets.x + 24, sheets.y, sheets.width - 24, words.strip(), SMALL) + 2.2
        else:
            sheets.say(line, SMALL, bold=line.split(":")[0].isupper(), after=1)
    return sheets.done()
