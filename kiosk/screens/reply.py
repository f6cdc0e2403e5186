"""A reply to one person, forgotten as soon as it is left; the rule of PageScreen in page.kv lays it out as well."""

from __future__ import annotations

from kiosk.screens.page import PageScreen
from kiosk.screens.shown import lay_out

lay_out(__file__)


class ReplyScreen(PageScreen):
    """Copies a ReplyView."""
