"""The script of an election's day: everything that a person must do, on one page.

Rule 1: each line is one act of one person, in order; what software does by itself is not on it.
Rule 2: it names what must be read aloud, compared and signed, with the values of this election.
Source: elections.md sections 2, 5 and 11.
"""

from __future__ import annotations

from typing import Final

from models import seal
from models.canonical import ENGLISH
from models.election.definition import Definition

LINES_MOST: Final = 66
"""Lines of one sheet of A4 in a type of 9 pt and more."""


def script(definition: Definition, d: bytes) -> str:
    """Return the page; `d` is D."""
    slips = sum(one.slips for one in definition.electorates)
    audit = sum(one.audit for one in definition.electorates)
    kiosks = ", ".join(f"{one.wing} ({one.id.hex()[:8]})" for one in definition.kiosks)
    lines = [
        f"SCRIPT OF THE DAY: {definition.title[ENGLISH]}",
        f"Definition {seal.symbols(d)}   kiosks: {kiosks}",
        f"Slips: {slips}, of them {audit} to audit   poll: {definition.dates['poll_opens']}",
        "RO returning officer, RE registrar, T trustees, O observers (two at least), C clerks",
        "",
        "NOMINATIONS: a folder DIR with plan.json, a plan without candidates",
        " 1 RO  notice at least 14 days before the poll: seats, dates, seconders, to whom one may appeal.",
        " 2 RO  nominations take DIR, add DIR (paper); within 3 days accept or refuse each, with a written reason.",
        " 3 RO  nominations close DIR --out CLOSED: PLAN lies there; put up who is elected unopposed.",
        "",
        "BEFORE: a laptop that was never on a network and never will be",
        " 4 RO  prepare PLAN --out DIR; read every warning aloud.",
        " 5 T,O prepare DIR --key-ceremony; print; each T takes one share sheet, each witness one code.",
        " 6 T   read the three shares back from paper. Wipe the laptop. Carry ceremony/public.json only.",
        " 7 RE  on a laptop of your own: slips DIR, straight to the printer. Fold and seal. Keep no code.",
        " 8 RE  count the envelopes before O; give O the audit envelopes, sealed. Carry the key lists only.",
        " 9 RO,RE  prepare DIR --finish; each types a code. Put D on every poster, in full and in symbols.",
        "10 RO  send board 0 to the kiosks by an ordinary bundle.",
        "",
        "POLL",
        "11 O   at each kiosk: D's symbols, the kiosk's id, an empty box (root e3b0c442). Sign the opening tape.",
        "12 C   find the person on the one paper roll, tick. The person draws an envelope at the booth.",
        "13 Voter  type the code, choose, seal it. Tear up the secret half in the bin. Keep the stub.",
        "14 O   use audit slips when you like, on every kiosk. Write the choices on the card; seal and sign it.",
        "15 C   cells: bring the same box round; sign for each envelope. Paper: the same envelope, unopened.",
        "",
        "CLOSE",
        "16 O   close each kiosk; copy total and both groups of symbols to the closing tape; sign it.",
        "17 C   paper: on a closed kiosk (staff page, Election) two type each paper twice; both sign its box's tape.",
        "18 C,O open what is left in the box, in public; write those codes down: the void list.",
        "19 C   count ticks by group. Count envelopes: printed = issued + returned + audit + unissued.",
        "20 RO  close DIR --boxes ...; compare every closing tape; a box missing: wait, or decide in writing.",
        "21 RO  read C aloud. From now on no box is added.",
        "22 O   two of you throw at least 20 dice, before all; write the throws down and sign.",
        "23 RO  close DIR --dice THROWS --void FILE --accounts FILE; type your code. Read M of each contest.",
        "",
        "OPENING: twice, on two laptops, with two other pairs of trustees",
        "24 T   open BOARD --laptop 1 --out A; two T type their words. Nobody else sees them.",
        "25 T   open BOARD --laptop 2 --out B on a laptop that another party brought.",
        "26 O   both laptops show the same F in every contest? Only then open the audit cards and type them.",
        "27 T,O sign with your codes. A card that does not fit: stop; RO, T and O decide in writing.",
        "28 RO  publish BOARD --openings A B --out RESULT; type your code. Read the result and the board's hash.",
        "29 T   wipe both laptops. Burn the share sheets.",
        "30 All verify RESULT, on any machine. Look up your stub on any kiosk. Objections: seven days.",
    ]
    return "\n".join(lines) + "\n"
