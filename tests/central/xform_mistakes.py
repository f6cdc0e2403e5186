"""XForms with one mistake each, by the refusal that says so."""

from __future__ import annotations

from typing import Final

# Sentences that only an XForm can earn; a workbook is refused on its cells before.
ONLY_AN_XFORM: Final = frozenset(
    {
        "bad-file/xform",
        "bad-parameter/plain",
        "missing-file/xform",
        "no-words/xform",
        "not-a-list/attribute",
        "not-a-list/column",
        "not-a-list/group",
        "not-a-list/instance",
        "not-a-list/list",
        "not-a-list/places",
        "not-a-list/repeat",
        "not-a-list/target",
        "not-here/axis",
        "too-costly/xform",
        "twice/control",
        "twice/item",
        "twice/list",
        "twice/node",
        "twice/translation",
        "unbalanced/control",
        "unbalanced/deep",
        "unbalanced/place",
        "unknown-list/both",
        "unknown-list/none",
        "unknown-list/own",
        "unknown-list/xform",
    }
)
