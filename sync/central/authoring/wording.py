"""The words of a questionnaire: which key each has, and what stands behind it in each language.

Rule 1: a key is made of the item's name, or of its path where two items share a name; no two words share a key.
Rule 2: words are text and references; bold and italics stay as their author marked them.
Rule 3: direction comes from a table by language, never from the first letter.
Source: questionnaires.md sections 5 and 10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from models.expressions.syntax import Expr
from models.questionnaire import Choice, Direction, Language, LanguageTag, ScaleKey, Words, WordsKey
from sync.central.authoring import vocabulary
from sync.central.authoring.check_expressions import REFERENCE
from sync.central.authoring.form import Form, Item
from sync.central.authoring.xform_lists import choice_key

ENDINGS: Final = {
    "label": "",
    "hint": ":h",
    "guidance_hint": ":g",
    "constraint_message": ":c",
    "required_message": ":r",
}


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one form; `shared` are names that several items have."""

    shared: frozenset[str]

    @property
    def title(self) -> WordsKey:
        """The key of the questionnaire's own title."""
        return WordsKey("f:title")

    def of(self, item: Item, column: str) -> WordsKey:
        """The key of an item's words, such as `t:talk` or `t:talk:c`."""
        name = item.path if item.name in self.shared else item.name
        return WordsKey(f"t:{name}{ENDINGS[column]}")


def keys(form: Form) -> Keys:
    """Return the keys of a form."""
    counted = Counter(item.name for item in form.items)
    return Keys(frozenset(name for name, count in counted.items() if count > 1))


def scale_key(name: str) -> WordsKey:
    """The key of a scale's title."""
    return WordsKey(f"s:{name}")


def wording(
    form: Form, offered: Collection[str], named: Callable[[Item, str], Expr]
) -> Mapping[LanguageTag, Mapping[WordsKey, Words]]:
    """Return every word of the form by language and key; a language holds only what its author wrote.

    `offered` are the lists that questions offer; `named` says how words of an item reach the question of a name.
    """
    made: dict[LanguageTag, dict[WordsKey, Words]] = {LanguageTag(tongue.tag): {} for tongue in form.tongues}
    known = keys(form)

    def put(key: WordsKey, words: Mapping[str, str]) -> None:
        for tag, text in words.items():
            made[LanguageTag(tag)][key] = (text,)

    shown = {form.default: form.settings["form_title"]} if form.settings["form_title"] else {}
    put(known.title, shown | form.words("settings", form.settings, "shown_title"))
    for item in form.items:
        for column in ENDINGS:
            for tag, text in form.words("survey", item.row, column).items():
                made[LanguageTag(tag)][known.of(item, column)] = _parts(item, text, named)
    for name in offered:
        for place, row in enumerate(form.lists[name]):
            put(choice_key(name, place), form.words("choices", row, "label"))
    for row in form.scales:
        put(scale_key(row["scale"]), form.words("scales", row, "title"))
    return made


def _parts(item: Item, text: str, named: Callable[[Item, str], Expr]) -> Words:
    if "${" not in text:
        return (text,)
    parts: list[str | Expr] = []
    at = 0
    for match in REFERENCE.finditer(text):
        if match.start() > at:
            parts.append(text[at : match.start()])
        parts.append(named(item, match.group(1).strip()))
        at = match.end()
    if at < len(text) or not parts:
        parts.append(text[at:])
    return tuple(parts)


def languages(form: Form) -> tuple[Language, ...]:
    """Return the languages in the order of the sheets' headers."""
    unchecked = form.settings["unchecked_languages"].split()
    fallback = form.fallback()
    return tuple(
        Language(
            tag=LanguageTag(tongue.tag),
            name=tongue.name,
            direction=direction(tongue.tag),
            checked=tongue.tag not in unchecked,
            fallback=LanguageTag(fallback[tongue.tag]) if tongue.tag in fallback else None,
            sound="none",
        )
        for tongue in form.tongues
    )


def direction(tag: str) -> Direction:
    """Return the direction of a language's script."""
    parts = tag.split("-")
    rtl = parts[0] in vocabulary.RIGHT_TO_LEFT or tag in vocabulary.RIGHT_TO_LEFT or "Arab" in parts
    return "rtl" if rtl and "Latn" not in parts else "ltr"


def choices_of(form: Form, list_name: str) -> tuple[Choice, ...]:
    """Return one list in the order of the sheet, its further columns left out."""
    return tuple(_choice(form, list_name, place) for place in range(len(form.lists[list_name])))


_KINDS: Final[Mapping[str, Literal["answer", "skip", "not_for_me"]]] = {
    "": "answer",
    "answer": "answer",
    "skip": "skip",
    "not_for_me": "not_for_me",
}


def _choice(form: Form, list_name: str, place: int) -> Choice:
    row = form.lists[list_name][place]
    return Choice(
        value=row["name"],
        words=choice_key(list_name, place),
        kind=_KINDS[row["kind"]],
        score=int(row["score"]) if row["score"] else None,
        exclusive=row["exclusive"] in vocabulary.YES,
    )


def scales(form: Form) -> Mapping[str, ScaleKey]:
    """Return the scales by name."""
    return {
        row["scale"]: ScaleKey(
            title=scale_key(row["scale"]),
            category=row["category"],
            method="sum" if row["method"] == "sum" else "mean",
            low=int(row["low"]),
            high=int(row["high"]),
            min_items=int(row["min_items"]),
            higher_is="worse" if row["higher_is"] == "worse" else "better",
        )
        for row in form.scales
    }
