"""The workload of questionnaires: 130 questions in 5 modules, each relevant on the one before, in 20 languages."""

from __future__ import annotations

import io
from typing import Final

from openpyxl import Workbook

MODULES: Final = 5
A_MODULE: Final = 26
TAGS: Final = (
    *("en", "cy", "pl", "ro", "sq", "lt", "pt", "ar", "ur", "pa"),
    *("vi", "es", "fr", "de", "it", "bg", "tr", "so", "fa", "zh"),
)
LANGUAGES: Final = tuple("English (en)" if tag == "en" else f"Language {tag} ({tag})" for tag in TAGS)


def names() -> list[str]:
    """Return the names of the questions in form order."""
    return [f"q{number}" for number in range(1, MODULES * A_MODULE + 1)]


def workbook() -> bytes:
    """Return the workbook as an .xlsx file."""
    book = Workbook()
    survey = book.active
    survey.title = "survey"
    survey.append(
        ["type", "name", "relevant", *(f"label::{one}" for one in LANGUAGES), *(f"hint::{one}" for one in LANGUAGES)]
    )
    every = names()
    for module in range(MODULES):
        survey.append(["begin_group", f"m{module + 1}", "", *(f"Part {module + 1} {tag}" for tag in TAGS)])
        for number in range(module * A_MODULE, (module + 1) * A_MODULE):
            relevant = f"${{{every[number - 1]}}} != ''" if number else ""
            labels = [f"Wing life {number + 1} {tag}" for tag in TAGS]
            survey.append(["select_one agree", every[number], relevant, *labels, *(f"Now {tag}" for tag in TAGS)])
        survey.append(["end_group"])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", *(f"label::{one}" for one in LANGUAGES)])
    for name, word in (("yes", "Agree"), ("no", "Disagree")):
        choices.append(["agree", name, *(f"{word}-{tag}" for tag in TAGS)])
    settings = book.create_sheet("settings")
    settings.append(
        ["form_id", "version", "default_language", "purpose", "licence", *(f"shown_title::{one}" for one in LANGUAGES)]
    )
    settings.append(["bench", "1", LANGUAGES[0], "survey", "own", *(f"Bench {tag}" for tag in TAGS)])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
