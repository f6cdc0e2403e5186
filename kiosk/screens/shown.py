"""What all screens share: a screen holds a View's fields as properties and shows a View by copying them.

Rule 1: a screen decides nothing; its kv lays out, and forwards each touch to `presenter`.
"""

from __future__ import annotations

import time
from dataclasses import fields
from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import ObjectProperty
from kivy.uix.screenmanager import Screen

from kiosk.screens import frame  # noqa: F401 - every kv names its Page
from kiosk.screens.parts import Part
from kiosk.screens.words import LTR, Words


class ShownScreen(Screen):
    """One screen, built once. Its properties are named as the fields of its View."""

    presenter = ObjectProperty(None, allownone=True)
    look = ObjectProperty(LTR)
    monotonic = ObjectProperty(time.monotonic)
    _fields: tuple[str, ...] = ()

    def show(self, view: Any) -> None:  # noqa: ANN401 - each screen has its own View; app.py's table pairs them
        """Copy every field of the View; what is equal causes no redraw."""
        for field in fields(view):
            setattr(self, field.name, getattr(view, field.name))
        self._fields = tuple(field.name for field in fields(view))

    def forget(self) -> None:
        """Drop all that was shown: nothing of a person stays behind in a screen that is not seen.

        A screen that showed nothing since has nothing to drop: most of them, at most wipes.
        """
        if not self._fields:
            return
        for name in self._fields:
            setattr(self, name, self.property(name).defaultvalue)
        self._fields = ()
        for child in self.children:
            child.forget()

    def again(self) -> None:
        """Lay everything out anew, as when the window changed."""
        for part in self.walk(restrict=True):
            if isinstance(part, Part):
                part.again()
            elif isinstance(part, Words):
                part.arrange()


def lay_out(module_file: str) -> None:
    """Load the kv beside a screen's module."""
    Builder.load_file(str(Path(module_file).with_suffix(".kv")), rulesonly=True)
