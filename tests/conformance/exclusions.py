"""Which cases of the vectors are left out, and by which rule.

Rule 1: a rule names constructs; nothing here can see a case's id, its title or where it came from.
Rule 2: every rule gives its reason; a rule without one, or with an unknown key, fails the run.
Rule 3: whoever asks says what a case holds (its traits); the first rule that names one of them leaves it out.
Source: questionnaires.md section 14.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("exclusions.toml")
KINDS: Final = ("node", "function", "axis", "construct", "code")
CONSTRUCTS: Final = frozenset(
    {
        "action on one instance",  # an action whose target has a predicate
        "attribute of the answers",  # an attribute of the form's own answers, read or set
        "choices from a repeat",  # an itemset over a repeat of the form itself
        "list of another shape",  # nested, or whose items are not root/item
        "fixed instances",  # jr:noAddRemove without a count
    }
)
_REASON_WORDS: Final = 3
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_NODE_TEST: Final = re.compile(r"(?:(?<=::)|(?<![\w.:-]))(text|comment|processing-instruction)\s*\(")
_CALL: Final = re.compile(r"(?<![\w.-])([^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)\s*\(")
_AXIS: Final = re.compile(r"(?<![\w.:-])([a-z-]+)\s*::")

Traits = Mapping[str, frozenset[str]]


class BadRuleError(Exception):
    """A rule that does not say what it leaves out, or why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `kind` is one of KINDS, and `number` its place in the file, from 1."""

    number: int
    suites: frozenset[str]
    kind: str
    names: frozenset[str]
    reason: str

    @property
    def title(self) -> str:
        """What the report calls it."""
        shown = sorted(self.names)
        more = "" if len(shown) <= 3 else f" and {len(shown) - 3} more"
        return f"{self.kind} {', '.join(shown[:3])}{more}: {self.reason}"

    def holds_for(self, suite: str, traits: Traits) -> bool:
        """Return whether this rule leaves out a case with these traits."""
        return bool(self.suites & {"*", suite}) and bool(self.names & traits.get(self.kind, frozenset()))


def read_rules(path: Path = FILE) -> tuple[Rule, ...]:
    """Return the rules in their order. Raises BadRuleError."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(content) - {"rule"}:
        raise BadRuleError(f"unknown keys: {sorted(set(content) - {'rule'})}")
    return tuple(_rule(number, entry) for number, entry in enumerate(content.get("rule", []), start=1))


def rule_for(rules: Iterable[Rule], suite: str, traits: Traits) -> Rule | None:
    """Return the first rule that leaves out a case with these traits, or None."""
    return next((rule for rule in rules if rule.holds_for(suite, traits)), None)


def expression_traits(source: str) -> dict[str, frozenset[str]]:
    """Return which node tests, functions and axes an expression writes; what stands in quotes does not count."""
    plain = _QUOTED.sub("''", source)
    nodes = frozenset(_NODE_TEST.findall(plain))
    return {
        "node": nodes,
        "function": frozenset(_CALL.findall(plain)) - nodes - {"node"},
        "axis": frozenset(_AXIS.findall(plain)),
    }


def _rule(number: int, entry: Mapping[str, Any]) -> Rule:
    kinds = [kind for kind in KINDS if kind in entry]
    if len(kinds) != 1 or set(entry) != {"suites", "reason", *kinds}:
        raise BadRuleError(f"rule {number} must have suites, reason, and one of {', '.join(KINDS)}")
    (kind,) = kinds
    suites, names, reason = _texts(entry["suites"]), _texts(entry[kind]), entry["reason"]
    if not suites or not names:
        raise BadRuleError(f"rule {number} must list its suites and its {kind}")
    if kind == "construct" and not names <= CONSTRUCTS:
        raise BadRuleError(f"rule {number} names no known construct: {sorted(names - CONSTRUCTS)}")
    if not isinstance(reason, str) or len(reason.split()) < _REASON_WORDS:
        raise BadRuleError(f"rule {number} must give its reason, in {_REASON_WORDS} words at least")
    return Rule(number, suites, kind, names, reason)


def _texts(value: object) -> frozenset[str]:
    return frozenset(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else frozenset()
