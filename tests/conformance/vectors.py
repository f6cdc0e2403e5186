"""Finds and reads the conformance vectors, which are not part of this repository.

Rule 1: the directory is WINGVOICE_CONFORMANCE, else ../shared/data/conformance seen from the project's root.
Rule 2: a directory that is not there skips; one that is there but cannot be read fails.
Source: questionnaires.md section 14.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import pytest

VARIABLE: Final = "WINGVOICE_CONFORMANCE"
XPATH_SUITES: Final = ("xpath_webforms", "xpath_enketo", "xpath_javarosa")
FORMAT: Final = 1
_DEFAULT: Final = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "conformance"


def directory() -> Path:
    """Return where the vectors are, or skip the test that asked."""
    place = Path(os.environ.get(VARIABLE) or _DEFAULT).resolve()
    if not place.exists():
        pytest.skip(f"no conformance vectors at {place}: set {VARIABLE}")
    return place


def read_suite(suite: str) -> dict[str, Any]:
    """Return one file as it is, or skip. Raises OSError or ValueError where it cannot be read."""
    path = directory() / f"{suite}.json"
    content = json.loads(path.read_bytes())
    if not isinstance(content, dict) or (content.get("format"), content.get("suite")) != (FORMAT, suite):
        raise ValueError(f"{path} is not format {FORMAT} of {suite}")
    return content
