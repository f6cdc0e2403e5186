"""The results of an election under a real finger: cards, picture and stages by touch alone, in both directions.

1. What is drawn is read off the pixels of the window; what does not fit is found as in the gallery.
2. A real ward of an election that was held is gone through from its winners to its last stage.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from kiosk.presenters.council_flow import CouncilFlowView
from kiosk.presenters.council_tally import CouncilTallyView
from kiosk.presenters.turn import Turn
from kiosk.screens import theme
from kiosk.screens.flow_chart import FlowChart, LaneLabel
from kiosk.screens.legends import LegendPart
from kiosk.screens.tally import TallyLine
from models.elections import OnTheShelf
from tests.gallery.house import HouseDoors, the_shelf
from tests.gallery.measure import findings
from tests.gallery.stands import Hears
from tests.kiosk.conftest import Drive
from tests.kiosk.councils import a_long_count, a_ward, needs_wards
from tests.kiosk.driver import Driver

pytestmark = pytest.mark.screens


def driven(drive: Drive, shelved: OnTheShelf) -> Driver:
    driver = drive(lambda show: Turn(HouseDoors(on_shelf=replace(the_shelf(), elections=(shelved,))), show))
    driver.app.player.present = True
    driver.app.turn.hearing = Hears()
    return driver


@pytest.fixture
def driver(drive: Drive) -> Driver:
    return driven(drive, a_long_count())


def come(driver: Driver, tag: str = "en") -> None:
    """Come to the results of the first vote."""
    while not driver.has(key=tag):
        driver.tap(id="more")
    driver.tap(key=tag)
    driver.tap(id="no")
    driver.tap(key="board")
    driver.tap(key="council")
    driver.tap(key="1")


def until(driver: Driver, kind: type) -> Any:  # noqa: ANN401 - a View
    while not isinstance(driver.view, kind):
        driver.tap(id="onward")
    return driver.view


def picture(driver: Driver) -> Image.Image:
    width, height, raw = driver.pixels()
    return Image.frombytes("RGB", (width, height), raw)


def drawn(driver: Driver, kind: type) -> list[Any]:
    """Return the parts of a kind that are drawn, from the head down."""
    return sorted((one for one in driver.seen() if isinstance(one, kind)), key=lambda one: -one.top)


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_every_page_of_a_vote_is_reached_by_touch_and_everything_on_it_fits(driver: Driver, tag: str) -> None:
    come(driver, tag)
    screens = []
    for _ in range(60):
        screens.append(driver.screen)
        assert list(findings(driver.app.root.current_screen, picture(driver))) == []
        driver.tap(id="onward")
        if driver.screen == "council":
            break
    assert driver.screen == "council"
    assert list(dict.fromkeys(screens)) == ["council_elected", "council_flow", "council_tally"]


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_card_leads_to_the_words_of_somebody_and_back(driver: Driver, tag: str) -> None:
    come(driver, tag)
    driver.tap(key="1")
    assert driver.screen == "council_page"
    driver.tap(id="back")
    assert driver.screen == "council_elected"


def colours_of(driver: Driver) -> Image.Image:
    """Return the part of the window that the chart's own picture takes."""
    (chart,) = drawn(driver, FlowChart)
    x, y = chart._box.pos
    width, height = chart._box.size
    whole = picture(driver)
    top = whole.height - y - height
    return whole.crop((round(x), round(top), round(x + width), round(top + height)))


def test_the_picture_is_turned_round_on_a_mirrored_page_pixel_for_pixel(driver: Driver) -> None:
    come(driver)
    until(driver, CouncilFlowView)
    as_read = colours_of(driver)
    (chart,) = drawn(driver, FlowChart)
    chart.look = replace(chart.look, direction="rtl")
    driver.frames(3)
    assert colours_of(driver).tobytes() == as_read.transpose(Image.Transpose.FLIP_LEFT_RIGHT).tobytes()
    driver.tap(id="stop")
    come(driver, "ar")
    until(driver, CouncilFlowView)
    assert drawn(driver, FlowChart)[0].rtl


@pytest.mark.parametrize("look", ["light", "contrast"])
def test_every_ink_that_tells_something_stands_out_from_the_ground(driver: Driver, look: Any) -> None:  # noqa: ANN401
    come(driver)
    turn = driver.app.turn
    turn.move(replace(turn.sitting, theme=look))
    until(driver, CouncilFlowView)
    driver.tap(id="onward")  # the last window, where somebody is elected
    driver.frames(3)
    colours = theme.COLOURS[look]
    held = {"#%02x%02x%02x" % one for _, one in colours_of(driver).getcolors(1 << 20)}  # noqa: UP031 - three numbers
    assert {colours.chosen, colours.ink2, colours.ink, colours.rail, colours.ground} <= held


def test_every_lane_has_its_name_votes_and_sign_drawn_and_every_ink_its_word(driver: Driver) -> None:
    come(driver)
    until(driver, CouncilFlowView)
    driver.tap(id="onward")
    view: Any = driver.view
    labels = drawn(driver, LaneLabel)
    assert [one.name.text for one in labels] == [lane.name.text for lane in view.lanes]
    assert [one.votes.text for one in labels] == [lane.votes.text for lane in view.lanes]
    signs = [one.sign.name for one in labels if not one.sign.absent]
    assert signs == [{"elected": "tick", "out": "stop"}[lane.mark] for lane in view.lanes if lane.mark]
    assert {one.words.text for one in drawn(driver, LegendPart)} == {one.words.text for one in view.legend}


def test_a_bar_is_as_long_as_its_share_and_begins_where_reading_does(driver: Driver) -> None:
    come(driver)
    view = until(driver, CouncilTallyView)
    lines = drawn(driver, TallyLine)
    assert [one.name.text for one in lines] == [row.name.text for row in view.rows]
    for line, row in zip(lines, view.rows, strict=True):
        sheet = line._drawn_bar(200, 20)
        ground = line.colours.ground
        full = [x for x in range(200) if sheet.pixel(x, 10) not in (ground, line.colours.ink)]
        assert abs(len(full) - row.share * 198) <= 5


def test_elected_is_told_by_a_sign_a_word_and_a_fill(driver: Driver) -> None:
    come(driver)
    while not any(row.mark == "elected" for row in getattr(driver.view, "rows", ())):
        driver.tap(id="onward")
    line = next(one for one in drawn(driver, TallyLine) if one.row.mark == "elected")
    assert (line.sign.name, line.note.text) == ("tick", "Elected")
    assert line._drawn_bar(200, 20).pixel(1, 5) == line.colours.chosen


def test_what_was_shown_leaves_with_whoever_read_it(driver: Driver) -> None:
    come(driver)
    until(driver, CouncilFlowView)
    driver.tap(id="stop")
    driver.frames(3)
    for screen in driver.app.root.screens:
        if screen.name.startswith("council"):
            shown = [getattr(screen, name, None) for name in ("lanes", "rows", "tiles", "ribbons", "aloud")]
            assert not any(shown)


@needs_wards
@pytest.mark.parametrize("ward", ["aberdeen_2017_ward11", "glasgow_2017_ward16", "dundee_2017_ward8"])
def test_a_real_ward_is_drawn_from_its_winners_to_its_last_stage(drive: Drive, ward: str) -> None:
    driver = driven(drive, a_ward(ward))
    come(driver)
    flows = 0
    for _ in range(80):
        assert list(findings(driver.app.root.current_screen, picture(driver))) == []
        flows += driver.screen == "council_flow"
        driver.tap(id="onward")
        if driver.screen == "council":
            break
    assert driver.screen == "council"
    assert flows
