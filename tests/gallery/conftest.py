"""One hall for all tests of this folder; its window is the one window of the process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.kiosk.conftest import STATE

if TYPE_CHECKING:
    from tests.gallery.hall import Hall


@pytest.fixture(scope="package")
def hall() -> Iterator[Hall]:
    """The program, standing wherever a way leads."""
    from tests.gallery.hall import Hall

    opened = Hall(STATE)
    yield opened
    opened.close()
