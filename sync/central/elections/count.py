"""Counts a votes file on its own: reads it, counts by the rule that is named, and makes every paper that was asked for.

Rule 1: all that is asked for is made before anything is written, so that a refusal changes nothing.
Rule 2: without a seed or an order drawn by hand no lot is drawn: whoever counts is told who is tied.
Rule 3: one mark a ballot is the first of its line, for most votes, party lists and questions; approval takes all.
Source: elections.md sections 7 and 11.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, NoReturn, get_args

from models.counting.blt import MOST_SEATS, Blt, read_blt, write_blt
from models.counting.limits import as_used
from models.counting.page import CountPage, page_of
from models.counting.party_list import Method, count_party_list
from models.counting.plurality import count_plurality
from models.counting.question import count_question
from models.counting.report import AnyCount, Subject, report_json
from models.counting.stv import StvCount, count_stv
from models.counting.text import A4_AT_9_PT, page_text
from models.counting.ties import NO_LOTS, SEED_CONTEST, Lots, lots_by_hand, lots_of_hash
from models.counting.votes import first_marks
from models.errors import CentralError, CountError
from models.seal import digest, tagged
from sync.central.elections.picture import picture_svg

Rule = Literal["scottish-stv", "plurality", "approval", "party-list", "question"]
RULES: Final[tuple[Rule, ...]] = get_args(Rule)
METHODS: Final[tuple[Method, ...]] = get_args(Method)
SEED_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for; `seats` 0 is as the file says, so is an empty `hand` (lots by hand)."""

    rule: Rule
    method: Method | None = None
    seats: int = 0
    withdrawn: tuple[int, ...] = ()
    hand: tuple[int, ...] = ()
    seed: bytes = b""
    as_used: bool = False
    picture: bool = False
    sheet: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted file: the report's bytes, the page to show, and the files that were asked for."""

    report: bytes
    page: CountPage
    as_used: bytes | None
    picture: bytes | None
    sheet: bytes | None = None

    def table(self, width: int = A4_AT_9_PT) -> bytes:
        """Return the page as text, `width` characters wide."""
        return page_text(self.page, width).encode()


def asked(
    *,
    rule: str,
    method: str = "",
    seats: int = 0,
    withdrawn: str = "",
    lot_seed: str = "",
    lots: str = "",
    as_used: bool = False,
    picture: str = "",
    sheet: bool = False,
) -> Asked:
    """Return what these words of a command line ask for, or raise CentralError; `picture` is the ending of its file."""
    known = next((one for one in RULES if one == rule), None)
    if known is None:
        _misused(f"--rule is one of: {', '.join(RULES)}")
    chosen = next((one for one in METHODS if one == method), None)
    if method and (chosen is None or known != "party-list"):
        _misused(f"--method goes with --rule party-list and is one of: {', '.join(METHODS)}")
    if not 0 <= seats <= MOST_SEATS:
        _misused(f"--seats is 1 to {MOST_SEATS}")
    if lot_seed and lots:
        _misused("--lot-seed and --lots do not go together")
    if (as_used or picture) and known != "scottish-stv":
        _misused("--as-used and --picture go with --rule scottish-stv")
    if picture not in {"", ".svg"}:
        _misused("--picture draws an SVG: let the name of its file end in .svg")
    seed = _seed(lot_seed) if lot_seed else b""
    hand = _numbers(lots, "--lots") if lots else ()
    gone = _numbers(withdrawn, "--withdrawn") if withdrawn else ()
    return Asked(known, chosen, seats, gone, hand, seed, as_used, bool(picture), sheet)


def count_file(unverified: bytes, file: str, wanted: Asked) -> Counted:
    """Count the bytes of a votes file; raises CountError, UnreadableVotesError or LotNeededError, never another."""
    read = read_blt(unverified, file)
    if any(number > len(read.candidates) for number in (*wanted.withdrawn, *wanted.hand)):
        raise CountError(f"a candidate named for it is not 1 to {len(read.candidates)}")
    blt = read.without(frozenset(wanted.withdrawn))
    blt = replace(blt, seats=wanted.seats or blt.seats)
    count = _count(blt, wanted)
    subject = Subject(wanted.rule, blt.title, blt.candidates, digest(unverified), {"blank": blt.blank})
    page = page_of(count, blt.candidates, blt.title, subject.ballots)
    used = picture = None
    if isinstance(count, StvCount):
        used = write_blt(_as_used(blt, count)) if wanted.as_used else None
        picture = picture_svg(count, blt.candidates, page) if wanted.picture else None
    return Counted(
        report_json(count, subject), page, used, picture, _sheet(count, subject, page) if wanted.sheet else None
    )


def _sheet(count: AnyCount, subject: Subject, page: CountPage) -> bytes:
    from sync.central.elections.paper.results import count_pdf

    return count_pdf(count, subject.candidates, page, subject.input)


def check_places(paths: Sequence[Path]) -> None:
    """Raise CentralError where two of the files are one: the votes are never overwritten."""
    if len({path.resolve() for path in paths}) < len(paths):
        _misused("Two of these files are the same one")


def write_all(files: Mapping[Path | None, bytes | None]) -> None:
    """Write each file whole, or not at all; those without a path or without bytes were not asked for."""
    for path, data in files.items():
        if path is not None and data is not None:
            fresh = path.with_name(f"{path.name}.fresh")
            fresh.write_bytes(data)
            fresh.replace(path)


def names_in(unverified: bytes, numbers: Sequence[int]) -> list[str]:
    """Return number and name of some candidates of a votes file that was read before."""
    candidates = read_blt(unverified).candidates
    return [f"{number}  {candidates[number - 1].name}" for number in numbers]


def _count(blt: Blt, wanted: Asked) -> AnyCount:
    lots, candidates, gone = _lots(blt, wanted), len(blt.candidates), blt.withdrawn
    match wanted.rule:
        case "scottish-stv":
            return count_stv(blt.rankings, candidates, blt.seats, withdrawn=gone, lots=lots)
        case "approval":
            return count_plurality(blt.rankings, candidates, blt.seats, withdrawn=gone, lots=lots)
        case "plurality":
            return count_plurality(first_marks(blt.rankings), candidates, blt.seats, withdrawn=gone, lots=lots)
        case "party-list":
            return count_party_list(
                first_marks(blt.rankings),
                candidates,
                blt.seats,
                method=wanted.method or "hare",
                withdrawn=gone,
                lots=lots,
            )
        case "question":
            if gone:
                raise CountError("no option of a question can withdraw")
            return count_question(first_marks(blt.rankings))


def _lots(blt: Blt, wanted: Asked) -> Lots:
    """Return the lots of the command, else the order that stands in the file, else none."""
    if wanted.seed:
        return lots_of_hash(tagged, wanted.seed, SEED_CONTEST, "seed")
    order = wanted.hand or blt.tie_order
    return lots_by_hand(order) if order else NO_LOTS


def _as_used(blt: Blt, count: StvCount) -> Blt:
    """Return the votes file that may be published: used preferences, and blanks, which tell nothing of anybody."""
    used = as_used(blt.rankings, count, blt.withdrawn)
    return replace(blt, rankings=used | ({(): blt.blank} if blt.blank else {}))


def _seed(words: str) -> bytes:
    try:
        seed = bytes.fromhex(words)
    except ValueError:
        seed = b""
    if len(seed) != SEED_BYTES or len(words) != 2 * SEED_BYTES:
        _misused(f"--lot-seed is {2 * SEED_BYTES} hex digits")
    return seed


def _numbers(words: str, option: str) -> tuple[int, ...]:
    """Return candidate numbers written with commas; none twice."""
    parts = [part.strip() for part in words.split(",")]
    if not all(part.isascii() and part.isdigit() and int(part[:4]) > 0 for part in parts):
        _misused(f"{option} is candidate numbers such as 3,5")
    numbers = tuple(int(part[:4]) for part in parts)
    if len(set(numbers)) < len(numbers):
        _misused(f"{option} names a candidate twice")
    return numbers


def _misused(detail: str) -> NoReturn:
    raise CentralError(detail=f"{detail}. Nothing was counted.")
