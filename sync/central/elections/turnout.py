"""Turnout by group, from the ticks on the paper roll, as it may be shown.

Rule 1: a group with fewer than ten voters, or fewer than ten who did not vote, is left out.
Rule 2: what is left out is two groups or more, and together ten and ten or more, or the sum would tell it.
Source: elections.md section 2, last point, and section 9, point 6.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models.canonical import Fields, UnreadableContentError, a_list, canonical_json, read_canonical_json
from models.errors import AccountsError

LEAST: Final = 10
TOGETHER: Final = 2
_LIMIT_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the roll: people on it, and ticks."""

    group: str
    on_roll: int
    voted: int

    @property
    def telling(self) -> bool:
        """Whether the figures are so small that they could tell of somebody."""
        return self.voted < LEAST or self.on_roll - self.voted < LEAST


def shown(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return the groups that may be shown, in order of their names."""
    hidden = [one for one in groups if one.telling]
    rest = sorted((one for one in groups if not one.telling), key=lambda one: (one.on_roll, one.group))
    while hidden and rest and not _enough(hidden):
        hidden.append(rest.pop(0))
    if hidden and not _enough(hidden):
        return ()
    return tuple(sorted(rest, key=lambda one: one.group))


def _enough(hidden: Sequence[Group]) -> bool:
    voted, on_roll = sum(one.voted for one in hidden), sum(one.on_roll for one in hidden)
    return len(hidden) >= TOGETHER and voted >= LEAST and on_roll - voted >= LEAST


def read_roll(unverified: bytes) -> tuple[Group, ...]:
    """Return the groups that clerks entered, [{"group", "on_roll", "voted"}], or raise AccountsError."""
    try:
        value = json.loads(unverified.decode("utf-8-sig"))
        return _groups(value)
    except (ValueError, UnreadableContentError) as wrong:
        raise AccountsError(detail=f"the table of turnout cannot be read: {wrong}") from wrong


def write_turnout(groups: Sequence[Group]) -> bytes:
    """Return `turnout.json`: the groups that may be shown."""
    return canonical_json([{"group": one.group, "on_roll": one.on_roll, "voted": one.voted} for one in shown(groups)])


def read_turnout(unverified: bytes) -> tuple[Group, ...]:
    """Return what a board shows of turnout, or raise UnreadableContentError."""
    return _groups(read_canonical_json(unverified, _LIMIT_BYTES))


def _groups(value: object) -> tuple[Group, ...]:
    found = []
    for item in a_list(value, "turnout", 999):
        fields = Fields(item, "turnout")
        group, on_roll = fields.text("group"), fields.whole("on_roll", 0, 100_000)
        found.append(Group(group, on_roll, fields.whole("voted", 0, on_roll)))
        fields.close()
    return tuple(found)
