"""Checks a final board from its files alone: what can be proven is PASS or FAIL, what only people saw is ATTESTED.

Rule 1: no key, no clock, no network: whoever has the files comes to the same words.
Rule 2: every check runs, whatever failed before it; each tells its first reason, and which file.
Rule 3: nothing of a board is believed: every reader may refuse, and a refusal is a FAIL and never a stop.
Source: elections.md 5.9.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from models.election.merge import Merged
from models.errors import WingVoiceError
from sync.central.elections import checks_closed, checks_result
from sync.central.elections.looked import FailsError, Look, Verdict

FINAL: Final = 2
CLOSED: Final = 1
CLOSED_CHECKS: Final = 9
Finds = Callable[[Look], Verdict | tuple[Verdict, str]]
"""A check: what came of it, and perhaps what it found."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its number and name in the design, what came of it, and why it failed or what it found."""

    number: int
    name: str
    verdict: Verdict
    reason: str = ""


def verify(files: Mapping[str, bytes]) -> tuple[Check, ...]:
    """Return all sixteen checks over the files of a final board, in order."""
    return _checked(Look(files, FINAL), CHECKS)


class Closed(NamedTuple):
    """The nine checks that a closed board bears already, and its merge, which one of them made."""

    checks: tuple[Check, ...]
    merged: Callable[[], Merged]


def verify_closed(files: Mapping[str, bytes]) -> Closed:
    """Look at a closed board, as trustees do before they open anything."""
    look = Look(files, CLOSED)
    return Closed(_checked(look, CHECKS[:CLOSED_CHECKS]), lambda: look.merged)


def _checked(looked: Look, checks: Sequence[tuple[str, Finds]]) -> tuple[Check, ...]:
    return tuple(_run(number, name, check, looked) for number, (name, check) in enumerate(checks, 1))


def holds(checks: tuple[Check, ...]) -> bool:
    """Tell whether no check failed."""
    return all(check.verdict != "FAIL" for check in checks)


def _run(number: int, name: str, check: Finds, looked: Look) -> Check:
    try:
        found = check(looked)
        verdict, told = found if isinstance(found, tuple) else (found, "")
        return Check(number, name, verdict, told)
    except FailsError as why:
        return Check(number, name, "FAIL", str(why))
    except WingVoiceError as why:
        return Check(number, name, "FAIL", str(why))
    except KeyError as missing:
        return Check(number, name, "FAIL", f"{missing.args[0]} is missing")


CHECKS: Final[tuple[tuple[str, Finds], ...]] = (
    ("index, hashes, officer's signature, chain of boards", checks_closed.check_index),
    ("definition and its two signatures", checks_closed.check_definition),
    ("key lists: sorted, no repeats, as defined", checks_closed.check_keys),
    ("box manifests: signature, counts, roots", checks_closed.check_manifests),
    ("close record lists just these boxes and notices", checks_closed.check_close),
    ("dice and beacon", checks_closed.check_dice),
    ("void codes lead to listed keys", checks_closed.check_void),
    ("merge gives the same again", checks_closed.check_merge),
    ("accounts add up, no more slips used than given out", checks_closed.check_accounts),
    ("openings agree, are of this merge, and are signed", checks_result.check_openings),
    ("accepted ballots are all accounted for", checks_result.check_sums),
    ("votes files, and that they are what was opened", checks_result.check_votes),
    ("counting the votes again gives the same bytes", checks_result.check_counts),
    ("every lot follows from the dice", checks_result.check_lots),
    ("limits for small electorates were kept", checks_result.check_limits),
    ("the votes are what the envelopes held", checks_result.check_kept_inside),
)
