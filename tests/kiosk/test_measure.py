"""How many millimetres a pixel has on every screen, and how a page lies on it."""

from __future__ import annotations

import pytest

from kiosk.places import Measuring
from kiosk.presenters.turn import Turn
from kiosk.screens import theme
from kiosk.screens.proving import RulerLine
from kiosk.screens.theme import Measure
from kiosk.sitting import goes
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import FakeDoors

REFERENCES = [
    ((1280, 800), 0.170, "wide"),
    ((800, 1280), 0.170, "tall"),
    ((1920, 1080), 0.180, "wide"),
    ((1080, 1920), 0.180, "tall"),
    ((800, 480), 0.191, "rail"),
    ((480, 800), 0.191, "slim"),
]


@pytest.mark.parametrize(("size", "mm_per_px", "shape"), REFERENCES)
def test_the_screens_of_the_design_are_known(size: tuple[int, int], mm_per_px: float, shape: str) -> None:
    measure = Measure()
    measure.fit(*size)
    assert (measure.mm_per_px, measure.shape) == (mm_per_px, shape)


def test_what_somebody_measured_counts_more_than_what_is_supposed() -> None:
    measure = Measure()
    measure.fit(1920, 1080, 0.248)
    assert measure.mm_per_px == 0.248
    measure.fit(1280, 800, 0.12)  # a small screen of many pixels
    assert measure.shape == "rail"


@pytest.mark.parametrize(
    "size", [(1024, 600), (1366, 768), (1280, 1024), (2560, 1440), (3840, 2160), (640, 480), (1, 1)]
)
def test_an_unknown_screen_is_supposed_to_be_as_high_as_the_nearest_that_is_known(size: tuple[int, int]) -> None:
    measure = Measure()
    measure.fit(*size)
    heights = [min(known) * mm for known, mm, _ in REFERENCES]
    assert min(abs(min(size) * measure.mm_per_px - height) for height in heights) < 0.01


@pytest.mark.screens
@pytest.mark.parametrize(("size", "mm"), [((1280, 800), 100), ((480, 800), 50)])
def test_a_line_for_a_ruler_fits_the_screen_and_what_is_kept_follows_from_it(
    drive: Drive, size: tuple[int, int], mm: int
) -> None:
    doors = FakeDoors()
    driver = drive(lambda show: Turn(doors, show))
    driver.size(*size)
    try:
        driver.app.turn.move(goes(driver.app.turn.sitting, Measuring()))
        driver.frames(3)
        (line,) = (one for one in driver.seen() if isinstance(one, RulerLine))
        believed = line.drawn_px
        assert believed * theme.MEASURE.mm_per_px == pytest.approx(mm, abs=0.1)
        assert believed <= line.width
        assert f"It must be {mm} mm." in " ".join(driver.words())
        driver.tap(id="much_longer")
        driver.tap(text=f"It is {mm} mm now")
        assert doors.screens == [pytest.approx(mm / (believed + 20))]
    finally:
        driver.size(1280, 800)
