"""The page on which a whole questionnaire is looked through: every question, its languages side by side.

Rule 1: one file without a script, readable from a stick; it names nothing outside its folder.
Rule 2: whatever came out of the questionnaire is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from models.questionnaire import Language, Questionnaire, worded

STYLE: Final = """
body{font:16px/1.4 system-ui,sans-serif;margin:24px;color:#0b0c0c;background:#fff}
h2{margin:32px 0 4px;font-size:19px}h2 small{font-weight:normal;color:#484949}
section{display:flex;flex-wrap:wrap;gap:12px}
figure{margin:0;width:340px}img{width:338px;height:auto;border:1px solid #0b0c0c;display:block}
figcaption{font-size:14px}.look{border:4px solid #9c1f1f;width:332px}
.trouble{color:#9c1f1f;font-weight:bold}nav a{margin-right:16px}
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """One picture that was taken. `clipped`: words larger than their place; `unwritten`: letters that no font has."""

    tag: str
    place: str  # the same for the same question and part in every language
    name: str
    part: str
    row: int
    kind: str
    file: str
    clipped: tuple[str, ...]
    unwritten: str


def page(questionnaire: Questionnaire, languages: Sequence[Language], taken: Sequence[Taken]) -> str:
    """Return the page, in plain HTML."""
    words, _ = worded(questionnaire, questionnaire.title, questionnaire.default_language)
    title = escape("".join(part for part in words if isinstance(part, str)))
    places: dict[str, list[Taken]] = {}
    for one in taken:
        places.setdefault(one.place, []).append(one)
    sheets = "".join(
        f'<a href="contact-{escape(language.tag)}.png">{escape(language.name)} ({escape(language.tag)})</a>'
        for language in languages
    )
    troubles = sum(bool(one.clipped or one.unwritten) for one in taken)
    found = f'<p class="trouble">{troubles} pictures have words that do not fit or cannot be drawn.</p>'
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
        f"<h1>{title}</h1><p>{escape(questionnaire.id)}, version {escape(questionnaire.version)}: "
        f"{len(places)} pictures in {len(languages)} languages.</p>"
        "<p>Words in brackets are filled in on the kiosk. Every question is shown, also those that an answer opens.</p>"
        f"{found if troubles else ''}<nav>On one sheet each: {sheets}</nav>"
        + "".join(_place(held) for held in places.values())
        + "</html>\n"
    )


def _place(held: Sequence[Taken]) -> str:
    one = held[0]
    part = f", {escape(one.part)}" if one.part else ""
    head = f"<h2>{escape(one.name)}{part} <small>row {one.row}, {escape(one.kind)}</small></h2>"
    return f"{head}<section>{''.join(_picture(picture) for picture in held)}</section>"


def _picture(one: Taken) -> str:
    file, tag = escape(one.file, quote=True), escape(one.tag)
    troubles = [*(f"Does not fit: {words}" for words in one.clipped)]
    if one.unwritten:
        troubles.append(f"No font has: {' '.join(one.unwritten)}")
    told = "".join(f'<br><span class="trouble">{escape(trouble)}</span>' for trouble in troubles)
    mark = ' class="look"' if troubles else ""
    name = escape(f"{one.name} {one.part}".strip(), quote=True)
    return (
        f'<figure><a href="{file}"><img{mark} loading="lazy" src="{file}" alt="{name}, {tag}"></a>'
        f"<figcaption>{tag}{told}</figcaption></figure>"
    )
