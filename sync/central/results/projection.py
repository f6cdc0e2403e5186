"""What opening leaves of a record: answers, place and week; and words apart from them.

Rule 1: pure: no file, table, clock or key.
Rule 2: establishment, the week of the batch and, where ten or more share it, the wing: nothing finer.
Rule 3: words that people typed never lie beside their other answers, but for the topic of a suggestion.
Rule 4: what was opened late has no wing and no week.
Source: results.md section 2, custody.md section 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.questionnaire import ModuleName, Node, Path, Questionnaire, Root
from models.seal import Digest


@dataclass(frozen=True, slots=True)
class Turn:
    """One module handed in. Blank answer: presented and skipped; absent: not presented. `week`: its Monday."""

    establishment: str
    wing: str | None
    week: str | None
    form: Digest
    module: ModuleName
    language: str  # en, cy or other
    answers: Mapping[Path, str]


@dataclass(frozen=True, slots=True)
class Said:
    """One suggestion or shout-out, or words typed in a survey; `topic` is a choice's value, or empty.

    `notice` is the id of the notice that answered it, or None.
    """

    id: bytes
    establishment: str
    week: str | None
    form: Digest
    topic: str
    text: str
    language: str
    notice: str | None = None


def nodes_by_path(questionnaire: Questionnaire) -> Mapping[Path, Node]:
    """Return every node but the root by its path, in form order."""
    paths: list[str] = []
    found: dict[Path, Node] = {}
    for node in questionnaire.nodes:
        if isinstance(node, Root):
            paths.append("")
            continue
        path = f"{paths[node.parent]}/{node.name}".lstrip("/")
        paths.append(path)
        found[Path(path)] = node
    return found
