"""Checks everything that cells alone can show, all problems in one run.

Rule 1: a check never stops another; the author sees every problem at once.
Rule 2: what passes here may still be refused by pyxform or by a gate, but never ends in a traceback.
"""

from __future__ import annotations

from sync.central.authoring.check_choices import check_choices, check_scales
from sync.central.authoring.check_expressions import check_expressions
from sync.central.authoring.check_settings import check_settings
from sync.central.authoring.check_survey import check_survey
from sync.central.authoring.check_triggers import check_triggers
from sync.central.authoring.check_words import check_words
from sync.central.authoring.form import Form, Found, read_form
from sync.central.authoring.workbook import Workbook


def check_sheets(workbook: Workbook) -> tuple[Form, Found]:
    """Return the form, and everything that was found wrong or worth a remark."""
    found = Found(workbook)
    form = read_form(workbook, found)
    if "settings" in workbook.sheets:
        check_settings(form, found)
    check_survey(form, found)
    check_choices(form, found)
    check_scales(form, found)
    check_expressions(form, found)
    check_triggers(form, found)
    check_words(form, found)
    return form, found
