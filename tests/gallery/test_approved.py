"""A chosen set of screens, held against pictures that somebody found right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gallery.approved import FOLDER, MADE_WITH, MOST_DIFFERENT, chosen, difference, file_of, graphics
from tests.gallery.approved import show_difference as show
from tests.gallery.hall import Hall
from tests.gallery.looks import Look

pytestmark = pytest.mark.screens
CHOSEN = chosen()
LIMIT_BYTES = 10_000_000


@pytest.mark.parametrize("look", sorted({look for _, look in CHOSEN}), ids=lambda look: look.folder)
def test_screens_look_as_they_were_approved(hall: Hall, look: Look, tmp_path: Path) -> None:
    if graphics() != MADE_WITH.read_text(encoding="utf-8").strip():
        pytest.skip(f"these graphics draw letters otherwise: {graphics()}")
    others = []
    for name in (name for name, its in CHOSEN if its == look):
        hall.stand(name, look)
        drawn, path = hall.picture(), file_of(name, look)
        share = difference(drawn, path)
        if share > MOST_DIFFERENT:
            others.append(f"{name}: {share:.2%} differ, see {show(drawn, path, tmp_path)}")
    assert others == []


def test_every_chosen_screen_has_its_picture_and_no_picture_is_left_over() -> None:
    assert set(FOLDER.glob("*.png")) == {file_of(name, look) for name, look in CHOSEN}


def test_approved_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < LIMIT_BYTES


def test_a_picture_that_differs_is_told(hall: Hall, tmp_path: Path) -> None:
    name, look = CHOSEN[0]
    hall.stand(name, look)
    drawn = hall.picture()
    drawn.paste((255, 0, 0), (100, 100, 200, 200))
    path = file_of(name, look)
    assert difference(drawn, path) > MOST_DIFFERENT
    assert show(drawn, path, tmp_path).exists()
