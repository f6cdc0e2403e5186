"""What a workbook may hold, as tables: sheets, settings, columns, types, appearances, and what is refused by name.

Rule 1: tables only; whoever asks decides what to say.
Rule 2: what is not in a table is refused: nothing is ignored in silence.
Source: questionnaires.md section 2. Kinds that the kiosk cannot show yet stand in LATER, and move out of it one by one.
"""

from __future__ import annotations

import re
from typing import Final

SHEETS: Final = ("survey", "choices", "settings", "scales")
SHEETS_LATER: Final = ("draws",)

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
    "order",
    "style",
)
SETTINGS_NEEDED: Final = ("form_id", "version", "default_language", "purpose", "licence")
SETTINGS_LATER: Final = ("audio_required", "reading_age")
SETTINGS_THAT_BYPASS: Final = ("public_key", "submission_url", "auto_send", "auto_delete", "instance_name")
ORDERS: Final = ("fixed", "modules-shuffled")

# columns that carry words stand once a language
WORDED: Final = {
    "survey": ("label", "hint", "guidance_hint", "required_message", "constraint_message"),
    "choices": ("label",),
    "settings": ("shown_title",),
    "scales": ("title",),
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
        "appearance",
        "parameters",
        "scale",
        "reverse",
        "practice",
        "correct",
    ),
    "choices": ("list_name", "name", "kind", "score", "exclusive"),
    "settings": tuple(name for name in SETTINGS if name != "shown_title"),
    "scales": ("scale", "category", "method", "low", "high", "min_items", "higher_is"),
}
NEEDED: Final = {
    "survey": ("type", "name", "label"),
    "choices": ("list_name", "name", "label"),
    "settings": SETTINGS_NEEDED,
    "scales": ("scale", "title", "method", "low", "high", "min_items", "higher_is"),
}
COLUMNS_LATER: Final = frozenset(
    {"read_only", "trigger", "repeat_count", "draw", "autoplay", "image", "big-image", "audio"}
    | {"media::image", "media::big-image", "media::audio"}
)
COLUMNS_REFUSED: Final = {"video": "plain", "media::video": "plain"}

# types; select types carry the name of a list behind them
WORDLESS: Final = frozenset({"calculate", "end_group"})
SELECTS: Final = frozenset({"select_one", "select_multiple"})
NUMBERS: Final = frozenset({"integer", "decimal"})
QUESTIONS: Final = SELECTS | NUMBERS | {"acknowledge", "trigger", "range", "text"}
TYPES: Final = QUESTIONS | {"note", "calculate", "begin_group", "end_group"}
TYPES_LATER: Final = frozenset(
    {"rank", "date", "time", "dateTime", "hidden", "today", "begin_repeat", "end_repeat", "begin repeat", "end repeat"}
)
TYPES_REFUSED: Final = {  # type -> why, a reading of the code not-here
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "start-geopoint"), "where"),
    **dict.fromkeys(("start", "end", "audit"), "when"),
    **dict.fromkeys(("username", "email", "phonenumber", "deviceid", "simserial", "subscriberid"), "who"),
    **dict.fromkeys(("background-audio", "image", "video", "audio", "file", "barcode", "osm"), "device"),
    **dict.fromkeys(
        ("select_one_from_file", "select_multiple_from_file", "select_one_external", "xml-external", "csv-external"),
        "lists",
    ),
}
FUNCTIONS_REFUSED: Final = {  # function -> why
    **dict.fromkeys(("now", "start", "end"), "when"),
    **dict.fromkeys(("uuid", "digest", "property", "version"), "who"),
    **dict.fromkeys(("area", "distance", "geofence"), "where"),
    **dict.fromkeys(("pulldata", "search"), "lists"),
}

_ANY: Final = frozenset({"type", "name", "relevant"})
_SHOWN: Final = _ANY | {"label", "hint", "guidance_hint"}
_ASKED: Final = _SHOWN | {"required", "required_message", "appearance", "default", "correct"}
_CHECKED: Final = _ASKED | {"constraint", "constraint_message"}
_SELECT: Final = _CHECKED | {"choice_filter", "parameters", "scale", "reverse"}
COLUMNS_OF: Final = {  # which columns do something for a type
    "note": _SHOWN | {"appearance"},
    "acknowledge": _ASKED - {"default"},
    "trigger": _ASKED - {"default"},
    "select_one": _SELECT,
    "select_multiple": _SELECT - {"scale", "reverse"},
    "range": _CHECKED | {"parameters", "scale", "reverse"},
    "integer": _CHECKED,
    "decimal": _CHECKED,
    "text": _CHECKED,
    "calculate": frozenset({"type", "name", "calculation", "relevant"}),
    "begin_group": _ANY | {"label", "appearance", "practice"},
    "end_group": frozenset({"type", "name"}),
}

APPEARANCES: Final = {
    "select_one": frozenset({"likert", "columns", "columns-2", "columns-3", "columns-4", "minimal", "quick"}),
    "select_multiple": frozenset({"columns", "columns-2", "columns-3", "columns-4", "minimal"}),
    "range": frozenset({"vertical", "no-ticks"}),
    "text": frozenset({"multiline"}),
    "begin_group": frozenset({"field-list"}),
}
APPEARANCES_REMARKED: Final = {"minimal": "minimal", "field-list": "field-list"}
APPEARANCES_REFUSED: Final = frozenset({"table-list", "label", "list-nolabel"})
APPEARANCES_LATER: Final = frozenset({"no-buttons", "numbers"})

YES: Final = frozenset({"yes", "Yes", "YES", "true", "True", "TRUE", "true()"})
NO: Final = frozenset({"no", "No", "NO", "false", "False", "FALSE", "false()"})

KINDS_OF_CHOICE: Final = ("answer", "skip", "not_for_me")
METHODS: Final = ("mean", "sum")
DIRECTIONS: Final = ("better", "worse")

RANGE_STOPS_AT_MOST: Final = 101
CHOICES_AT_MOST: Final = 200
NODES_AT_MOST: Final = 1_000
LANGUAGES_AT_MOST: Final = 30
