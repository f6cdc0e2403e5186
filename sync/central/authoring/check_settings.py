"""What can be wrong with the settings sheet and with the languages of a workbook.

Rule 1: cells only; nothing is compiled here.
Rule 2: every problem is added, none stops the others.
"""

from __future__ import annotations

import re

from models.questionnaire import Purpose
from sync.central.authoring import vocabulary
from sync.central.authoring.form import Form, Found

TITLE_LIMIT = 200
LICENCE = re.compile(r"[A-Za-z0-9.+-]{2,64}")
AGE = re.compile(r"[0-9]{1,2}")


def check_settings(form: Form, found: Found) -> None:
    """Add what is wrong with the one row of settings."""
    row = form.settings
    for name in vocabulary.SETTINGS_NEEDED:
        if ("settings", name, "") in form.headers and not row[name]:
            found.refuse("settings", row.number, name, "missing-setting", name=name)
    if row["form_id"] and not vocabulary.FORM_ID.fullmatch(row["form_id"]):
        found.refuse("settings", row.number, "form_id", "bad-name", "form", name=row["form_id"])
    if len(row["version"]) > TITLE_LIMIT:
        found.refuse("settings", row.number, "version", "too-long", "cell", limit=TITLE_LIMIT)
    for (sheet, column, _), header in form.headers.items():
        if sheet == "settings" and column != "shown_title" and "${" in row[header]:
            found.refuse("settings", row.number, header, "unknown-name", "no-names", text=row[header][:60])
    _one_of(form, found, "purpose", tuple(purpose.value for purpose in Purpose))
    _one_of(form, found, "order", vocabulary.ORDERS)
    _one_of(form, found, "style", ("pages",))
    _check_title(form, found)
    _check_licence(form, found)
    _check_languages(form, found)
    ages = vocabulary.READING_AGES
    if row["reading_age"] and not (AGE.fullmatch(row["reading_age"]) and int(row["reading_age"]) in ages):
        facts = {"value": row["reading_age"], "least": ages.start, "most": ages.stop - 1}
        found.refuse("settings", row.number, "reading_age", "bad-parameter", "age", **facts)


def _one_of(form: Form, found: Found, name: str, known: tuple[str, ...]) -> None:
    value = form.settings[name]
    if value and value not in known:
        facts = {"value": value, "what": name, "known": ", ".join(known)}
        found.refuse("settings", form.settings.number, name, "not-one-of", **facts)


def _check_title(form: Form, found: Found) -> None:
    if not form.settings["form_title"] and not form.words("settings", form.settings, "shown_title"):
        found.refuse("settings", form.settings.number, "form_title", "missing-setting", name="form_title")
    if len(form.settings["form_title"]) > TITLE_LIMIT:
        found.refuse("settings", form.settings.number, "form_title", "too-long", "cell", limit=TITLE_LIMIT)


def _check_licence(form: Form, found: Found) -> None:
    row = form.settings
    licence = row["licence"]
    if licence and not LICENCE.fullmatch(licence):
        found.refuse("settings", row.number, "licence", "bad-name", "licence", name=licence)
    if licence == "declared" and not row["licence_declaration"]:
        found.refuse("settings", row.number, "licence", "missing-setting", name="licence_declaration")
    if licence != "declared" and row["licence_declaration"]:
        found.refuse("settings", row.number, "licence_declaration", "unknown-setting", "idle")
    spelled = licence.upper()
    if spelled in vocabulary.LICENCES_CLOSED or spelled.startswith(vocabulary.LICENCES_UNKNOWN):
        found.refuse("settings", row.number, "licence", "not-one-of", "licence", value=licence)
    if spelled.startswith(vocabulary.LICENCES_WITH_ATTRIBUTION) and not row["attribution"]:
        found.refuse("settings", row.number, "licence", "missing-setting", name="attribution")


def _check_languages(form: Form, found: Found) -> None:
    row = form.settings
    tags = {tongue.tag for tongue in form.tongues}
    written = row["default_language"]
    if written:
        names = ", ".join(f"{tongue.name} ({tongue.tag})" for tongue in form.tongues) or "English (en)"
        match = vocabulary.LANGUAGE.fullmatch(written)
        if match is None or not any((t.tag, t.name) == (match["tag"], match["name"]) for t in form.tongues):
            facts = {"value": written, "what": "language of this workbook", "known": names}
            found.refuse("settings", row.number, "default_language", "not-one-of", **facts)
    if len(tags) > vocabulary.LANGUAGES_AT_MOST:
        found.refuse("settings", row.number, "default_language", "too-long", "languages", limit=len(tags))
    for column in ("unchecked_languages", "audio_required"):
        for tag in row[column].split():
            if tag not in tags:
                facts = {"value": tag, "what": "language of this workbook", "known": ", ".join(sorted(tags))}
                found.refuse("settings", row.number, column, "not-one-of", **facts)
    _check_fallback(form, found, tags)


def _check_fallback(form: Form, found: Found, tags: set[str]) -> None:
    row = form.settings
    pairs: dict[str, str] = {}
    for pair in row["fallback"].split():
        tag, _, other = pair.partition("=")
        if tag not in tags or other not in tags or tag in pairs:
            found.refuse("settings", row.number, "fallback", "bad-parameter", "fallback", value=pair)
        pairs[tag] = other
    for tag in pairs:
        if form.default not in chain(tag, pairs):
            found.refuse("settings", row.number, "fallback", "bad-parameter", "chain", value=tag, default=form.default)


def chain(tag: str, fallback: dict[str, str]) -> tuple[str, ...]:
    """Return the languages in which words are looked for, the asked one first; it stops at the first turn back."""
    seen = [tag]
    while (following := fallback.get(seen[-1])) is not None and following not in seen:
        seen.append(following)
    return tuple(seen)
