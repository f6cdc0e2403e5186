"""What a report says about a questionnaire itself: whose words they are, and how each scale is scored.

Rule 1: everything comes from the questionnaire: licence, attribution, version, scales and keys are data, never code.
Rule 2: scales and items stand in form order; a scale that nobody can answer is left out.
Source: questionnaires.md section 2, results.md section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from models.questionnaire import LanguageTag, Questionnaire, Range, Rank, ScaleKey, SelectMultiple, SelectOne
from sync.central.results.aggregates import ENGLISH, plain_words


@dataclass(frozen=True, slots=True)
class ScaleItem:
    """One item of a scale; a reversed one counts the other way round."""

    words: str
    reverse: bool


@dataclass(frozen=True, slots=True)
class ScaleShown:
    """One scale as a report explains it. Units: scores are whole numbers from `low` to `high`."""

    title: str
    method: Literal["mean", "sum"]
    low: int
    high: int
    min_items: int
    higher_is: Literal["better", "worse"]
    items: tuple[ScaleItem, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire as a report names it; `form` is its hash, 64 hex digits, `unchecked` the languages' own names."""

    form: str
    title: str
    version: str
    licence: str
    attribution: str
    source_url: str
    declaration: str
    unchecked: tuple[str, ...]
    scales: tuple[ScaleShown, ...]


def instrument(form: str, questionnaire: Questionnaire, tag: LanguageTag = ENGLISH) -> Instrument:
    """Return what a report says about the questionnaire with this hash, words in `tag`."""
    rights = questionnaire.rights
    items: dict[str, list[ScaleItem]] = {}
    for node in questionnaire.nodes:
        if isinstance(node, SelectOne | SelectMultiple | Rank | Range) and node.scale is not None:
            words = plain_words(questionnaire, node.words, tag) or node.name
            items.setdefault(node.scale, []).append(ScaleItem(words, node.reverse))
    return Instrument(
        form=form,
        title=plain_words(questionnaire, questionnaire.title, tag),
        version=questionnaire.version,
        licence=rights.licence,
        attribution=rights.attribution,
        source_url=rights.source_url,
        declaration=rights.declaration,
        unchecked=tuple(language.name for language in questionnaire.languages if not language.checked),
        scales=tuple(
            _shown(plain_words(questionnaire, questionnaire.scales[name].title, tag), questionnaire.scales[name], held)
            for name, held in items.items()
        ),
    )


def _shown(title: str, key: ScaleKey, items: list[ScaleItem]) -> ScaleShown:
    return ScaleShown(title, key.method, key.low, key.high, key.min_items, key.higher_is, tuple(items))


def read_instrument(kept: dict[str, Any]) -> Instrument:
    """Return an instrument that a release kept; KeyError, TypeError where it was spoilt."""
    scales = tuple(
        ScaleShown(**(scale | {"items": tuple(ScaleItem(**item) for item in scale["items"])}))
        for scale in kept["scales"]
    )
    return Instrument(**(kept | {"unchecked": tuple(kept["unchecked"]), "scales": scales}))


def whose_words(known: Instrument) -> str:
    """Return the sentence that says under which licence the words stand."""
    match known.licence:
        case "own":
            return "These are the words of those who ask."
        case "declared":
            return f"These words are not free to share. They are used with a permission: {known.declaration}."
        case licence:
            return f"These words are shared under the licence {licence}."


def how_scored(scale: ScaleShown) -> str:
    """Return how a person's score comes about, in words."""
    made = "the mean of the answers" if scale.method == "mean" else f"{len(scale.items)} times the mean of the answers"
    parts = [
        f"Each answer counts from {scale.low} to {scale.high}.",
        f"A person's score is {made}; it needs {scale.min_items} of the {len(scale.items)}.",
    ]
    if any(item.reverse for item in scale.items):
        whole = scale.low + scale.high
        parts.append(f"Where it says so, an answer is turned round: it counts as {whole} minus what was chosen.")
    parts.append(f"A higher score is {scale.higher_is}.")
    return " ".join(parts)
