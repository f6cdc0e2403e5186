"""What a workbook may hold, as tables: sheets, settings, columns, types, appearances, and what is refused by name.

Rule 1: tables only; whoever asks decides what to say.
Rule 2: what is not in a table is refused: nothing is ignored in silence.
Source: questionnaires.md section 2.
"""

from __future__ import annotations

import re
from typing import Final

SHEETS: Final = ("survey", "choices", "settings", "scales", "draws")
SHEETS_REFUSED: Final = {"external_choices": "lists", "entities": "lists", "osm": "device"}  # name -> why

NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
CHOICE_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")
FORM_ID: Final = re.compile(r"[a-z][a-z0-9-]{2,63}")
LANGUAGE: Final = re.compile(r"(?P<name>.+?) ?\((?P<tag>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})\)")
TAG: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")

RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ku-Arab", "pa-Arab", "ps", "sd", "ug", "ur", "yi"})

# settings
SETTINGS: Final = (
    "form_id",
    "version",
    "form_title",
    "shown_title",
    "default_language",
    "purpose",
    "licence",
    "attribution",
    "source_url",
    "licence_declaration",
    "fallback",
    "unchecked_languages",
    "audio_required",
    "reading_age",
    "order",
    "style",
)
SETTINGS_NEEDED: Final = ("form_id", "version", "default_language", "purpose", "licence")
SETTINGS_THAT_BYPASS: Final = ("public_key", "submission_url", "auto_send", "auto_delete", "instance_name")
ORDERS: Final = ("fixed", "modules-shuffled")
READING_AGE: Final = 9  # years, where the workbook names none
READING_AGES: Final = range(6, 19)

# a licence that forbids sharing must be declared; these names say as much, in capitals as compared
LICENCES_CLOSED: Final = frozenset({"PROPRIETARY", "ALL-RIGHTS-RESERVED", "COPYRIGHT", "CLOSED", "UNLICENSED", "NONE"})
LICENCES_UNKNOWN: Final = ("NOASSERTION", "LICENSEREF-", "DOCUMENTREF-")  # beginnings that say nothing of sharing
LICENCES_WITH_ATTRIBUTION: Final = (
    *("CC-BY", "OGL", "ODC-BY", "ODBL", "GFDL", "CDLA-", "DL-DE-BY", "ETALAB", "MIT", "BSD-", "APACHE-", "ISC"),
)

# columns that carry words stand once a language
WORDED: Final = {
    "survey": ("label", "hint", "guidance_hint", "required_message", "constraint_message"),
    "choices": ("label",),
    "settings": ("shown_title",),
    "scales": ("title",),
    "draws": (),
}
# columns that name a file stand once a language too, and once without: a picture for all, a sound for the default
FILES: Final = {
    "survey": ("image", "big-image", "audio"),
    "choices": ("image", "big-image", "audio"),
    "settings": (),
    "scales": (),
    "draws": (),
}
PLAIN: Final = {
    "survey": (
        "type",
        "name",
        "required",
        "constraint",
        "relevant",
        "calculation",
        "default",
        "choice_filter",
        "read_only",
        "trigger",
        "repeat_count",
        "appearance",
        "parameters",
        "autoplay",
        "scale",
        "reverse",
        "draw",
        "practice",
        "correct",
    ),
    "choices": ("list_name", "name", "kind", "score", "exclusive"),
    "settings": tuple(name for name in SETTINGS if name != "shown_title"),
    "scales": ("scale", "category", "method", "low", "high", "min_items", "higher_is"),
    "draws": ("draw", "take"),
}
NEEDED: Final = {
    "survey": ("type", "name", "label"),
    "choices": ("list_name", "name", "label"),
    "settings": SETTINGS_NEEDED,
    "scales": ("scale", "title", "method", "low", "high", "min_items", "higher_is"),
    "draws": ("draw", "take"),
}
COLUMNS_REFUSED: Final = frozenset({"video"})

# types; those that choose carry the name of a list behind them
SPELLINGS: Final = {  # how ODK's own examples also write them
    ("begin", "group"): "begin_group",
    ("end", "group"): "end_group",
    ("begin", "repeat"): "begin_repeat",
    ("end", "repeat"): "end_repeat",
}
GROUPS: Final = frozenset({"begin_group", "begin_repeat"})
ENDS: Final = {"end_group": "begin_group", "end_repeat": "begin_repeat"}
SELECTS: Final = frozenset({"select_one", "select_multiple"})
LISTED: Final = SELECTS | {"rank"}
NUMBERS: Final = frozenset({"integer", "decimal"})
MOMENTS: Final = frozenset({"date", "time", "dateTime"})
UNSEEN: Final = frozenset({"calculate", "hidden", "today"})
QUESTIONS: Final = LISTED | NUMBERS | MOMENTS | {"acknowledge", "trigger", "range", "text"}
TYPES: Final = QUESTIONS | UNSEEN | GROUPS | {"note", *ENDS}
TYPES_REMARKED: Final = {"time": "exact", "dateTime": "exact"}  # type -> a reading of the code not-here
TYPES_REFUSED: Final = {  # type -> why, a reading of the code not-here
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "start-geopoint"), "where"),
    **dict.fromkeys(("start", "end", "audit"), "when"),
    **dict.fromkeys(("username", "email", "phonenumber", "deviceid", "simserial", "subscriberid"), "who"),
    **dict.fromkeys(("background-audio", "image", "video", "audio", "file", "barcode", "osm"), "device"),
    **dict.fromkeys(
        ("select_one_from_file", "select_multiple_from_file", "select_one_external", "select_multiple_external"),
        "lists",
    ),
    **dict.fromkeys(("xml-external", "csv-external", "entity"), "lists"),
    **dict.fromkeys(("begin loop", "begin_loop", "end loop", "end_loop"), "plain"),
}
FUNCTIONS_REFUSED: Final = {  # function -> why
    **dict.fromkeys(("now", "start", "end"), "when"),
    **dict.fromkeys(("uuid", "digest", "property", "version"), "who"),
    **dict.fromkeys(("area", "distance", "geofence"), "where"),
    **dict.fromkeys(("pulldata", "search"), "lists"),
}

_ANY: Final = frozenset({"type", "name", "relevant"})
_SHOWN: Final = _ANY | {"label", "hint", "guidance_hint", "image", "big-image", "audio", "autoplay"}
_ASKED: Final = _SHOWN | {"required", "required_message", "appearance", "correct", "read_only"}
_CHECKED: Final = _ASKED | {"constraint", "constraint_message", "default", "calculation", "trigger"}
_LISTED: Final = _CHECKED | {"choice_filter", "parameters"}
_GROUP: Final = _ANY | {"label", "appearance", "read_only"}
COLUMNS_OF: Final = {  # which columns do something for a type
    "note": _SHOWN,
    "acknowledge": _ASKED - {"appearance"},
    "trigger": _ASKED - {"appearance"},
    "select_one": _LISTED | {"scale", "reverse"},
    "select_multiple": _LISTED,
    "rank": _LISTED - {"appearance"},
    "range": _CHECKED | {"parameters", "scale", "reverse"},
    "integer": _CHECKED - {"appearance"},
    "decimal": _CHECKED - {"appearance"},
    "text": _CHECKED,
    "date": _CHECKED,
    "time": _CHECKED - {"appearance"},
    "dateTime": _CHECKED - {"appearance"},
    "calculate": _ANY | {"calculation", "default", "trigger"},
    "hidden": _ANY | {"calculation", "default", "trigger"},
    "today": frozenset({"type", "name"}),
    "begin_group": _GROUP | {"practice", "draw"},
    "begin_repeat": _GROUP | {"repeat_count"},
    "end_group": frozenset({"type", "name"}),
    "end_repeat": frozenset({"type", "name"}),
}

_GRID: Final = frozenset({"columns", "columns-2", "columns-3", "columns-4", "no-buttons", "minimal"})
APPEARANCES: Final = {
    "select_one": _GRID | {"likert", "quick"},
    "select_multiple": _GRID,
    "range": frozenset({"vertical", "no-ticks"}),
    "text": frozenset({"multiline", "numbers"}),
    "date": frozenset({"year", "month-year"}),
    "begin_group": frozenset({"field-list"}),
    "begin_repeat": frozenset({"field-list"}),
}
APPEARANCES_REMARKED: Final = {"minimal": "minimal", "field-list": "field-list"}
APPEARANCES_REFUSED: Final = frozenset({"table-list", "label", "list-nolabel"})

YES: Final = frozenset({"yes", "Yes", "YES", "true", "True", "TRUE", "true()"})
NO: Final = frozenset({"no", "No", "NO", "false", "False", "FALSE", "false()"})

KINDS_OF_CHOICE: Final = ("answer", "skip", "not_for_me")
METHODS: Final = ("mean", "sum")
DIRECTIONS: Final = ("better", "worse")

REPEATS_DEEP_AT_MOST: Final = 3
INSTANCES_AT_MOST: Final = 50
RANGE_STOPS_AT_MOST: Final = 101
CHOICES_AT_MOST: Final = 200
NODES_AT_MOST: Final = 1_000
LANGUAGES_AT_MOST: Final = 30
