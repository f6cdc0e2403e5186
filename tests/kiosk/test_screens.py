"""Every screen, laid out for real: large enough to touch, nothing over another, nothing clipped, mirrored."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from kivy.uix.widget import Widget

from kiosk.presenters.turn import Turn
from kiosk.screen_table import SCREENS
from kiosk.screens import theme
from kiosk.screens.banner import Logo
from kiosk.screens.bars import BottomBar, ProgressLine, TopBar
from kiosk.screens.controls import Control
from kiosk.screens.pads import KeyCap
from kiosk.screens.tile import AnswerTile
from kiosk.screens.words import Words
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import FakeDoors
from tests.kiosk.driver import Driver
from tests.kiosk.views import TAGS, views

pytestmark = pytest.mark.screens
SCREENS_DIR = Path(__file__).parents[2] / "kiosk" / "screens"
ICONS = Path(__file__).parents[2] / "assets" / "icons"
KV = sorted(SCREENS_DIR.glob("*.kv"))
NAMES = sorted(views("en"))
TARGET_MM, KEY_MM = 15.0, 14.0
NEARLY = 0.995  # whole pixels


class Recorder:
    """Stands where a presenter stands and writes down what was touched."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def __getattr__(self, verb: str) -> Any:  # noqa: ANN401 - any verb
        if not verb.startswith("touch_"):
            raise AttributeError(verb)
        return lambda *what: self.calls.append((verb, *what))


@pytest.fixture
def driver(drive: Drive) -> Driver:
    return drive(lambda show: Turn(FakeDoors(), show))


def show(driver: Driver, view: Any) -> Recorder:  # noqa: ANN401 - any View
    driver.clock.move(1)
    driver.app.show(view)
    driver.clock.move(1)
    driver.frames(2)
    recorder = Recorder()
    driver.app.screens[driver.screen].presenter = recorder
    return recorder


def box(widget: Widget) -> tuple[float, float, float, float]:
    x, y = widget.to_window(widget.x, widget.y)
    return x, y, x + widget.width, y + widget.height


def pairs(targets: list[Widget]) -> Iterator[tuple[Widget, Widget]]:
    for at, one in enumerate(targets):
        for other in targets[at + 1 :]:
            yield one, other


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", NAMES)
def test_every_target_is_large_enough_nothing_overlaps_and_no_words_are_clipped(
    driver: Driver, name: str, tag: str
) -> None:
    show(driver, views(tag)[name])
    targets = driver.targets()
    for target in targets:
        least = KEY_MM if isinstance(target, KeyCap) else TARGET_MM
        assert min(target.size) * theme.MEASURE.mm_per_px >= least * NEARLY, (target, target.size)
        left, foot, right, head = box(target)
        assert left >= 0
        assert foot >= 0
        assert right <= 1280
        assert head <= 800
    for one, other in pairs(targets):
        a, b = box(one), box(other)
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (one, other)
    labels = [label for label in driver.labels() if isinstance(label, Words)]
    assert labels
    for label in labels:
        widest, high = label.needs(label.font_size, label.width)
        assert widest <= label.width, label.said
        assert high <= label.height + 1, (label.said, high, label.height)
        assert label.text == label.said.text


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("question")])
def test_a_larger_size_still_fits(driver: Driver, name: str) -> None:
    show(driver, views("en", scale=150)[name])
    for label in driver.labels():
        if isinstance(label, Words):
            widest, high = label.needs(label.font_size, label.width)
            assert widest <= label.width, label.said
            assert high <= label.height + 1, label.said


def test_a_larger_size_is_larger_where_there_is_room(driver: Driver) -> None:
    sizes = []
    for scale in (100, 125, 150):
        show(driver, views("en", scale=scale)["question-one"])
        sizes.append(next(w.font_size for w in driver.labels() if getattr(w, "text", "") == "It is OK"))
    assert sizes[0] < sizes[1] < sizes[2]


def test_the_page_is_mirrored_where_people_read_from_the_right(driver: Driver) -> None:
    show(driver, views("en")["question-many"])
    there = {name: driver.find(id=name).center_x for name in ("back", "onward", "stop", "language")}
    keys = {tile.key: tile.center_x for tile in driver.targets() if isinstance(tile, AnswerTile)}
    show(driver, views("ar")["question-many"])
    for name, x in there.items():
        assert driver.find(id=name).center_x == pytest.approx(1280 - x, abs=2)
    for tile in driver.targets():
        if isinstance(tile, AnswerTile):
            assert tile.center_x == pytest.approx(1280 - keys[tile.key], abs=2)
    assert driver.find(id="back").picture.name == "back"
    assert "back-rtl" in str(theme.picture_path("back", 50, rtl=True))
    assert theme.picture_path("help", 50, rtl=True) == theme.picture_path("help", 50, rtl=False)


def test_digits_are_never_mirrored(driver: Driver) -> None:
    show(driver, views("ar")["question-keypad"])
    assert driver.find(key="1").x < driver.find(key="2").x < driver.find(key="3").x


def test_progress_grows_in_reading_direction(driver: Driver) -> None:
    for tag in ("en", "ar"):
        show(driver, views(tag)["question-one"])
        line = next(part for part in driver.seen() if isinstance(part, ProgressLine))
        rail, done = line._rail, line._done
        edge = done.pos[0] - rail.pos[0]
        far = rail.pos[0] + rail.size[0] - done.pos[0] - done.size[0]
        assert (edge == 0) == (tag == "en")
        assert (far == 0) == (tag == "ar")


def test_a_chosen_tile_has_fill_tick_and_a_thick_line(driver: Driver) -> None:
    show(driver, views("en")["question-one"])
    chosen, other = driver.find(key="ok"), driver.find(key="no")
    assert not chosen.mark.absent
    assert other.mark.absent
    assert chosen.face.fill == theme.LIGHT.chosen
    assert chosen.face.line_px > other.face.line_px


def test_a_touch_shows_at_once(driver: Driver) -> None:
    show(driver, views("en")["question-one"])
    tile = driver.find(key="no")
    touch = driver.down(*tile.center)
    assert tile.face.fill == theme.LIGHT.press
    driver.up(touch)
    assert tile.face.fill == theme.LIGHT.panel


def test_a_finger_that_leaves_touches_nothing(driver: Driver) -> None:
    recorder = show(driver, views("en")["question-one"])
    tile = driver.find(key="no")
    touch = driver.down(*tile.center)
    touch.move((0.5, 0.99))
    driver.up(touch)
    assert recorder.calls == []
    assert not tile.pressed


BARS = {
    "listen": "touch_listen",
    "bigger": "touch_bigger",
    "language": "touch_language",
    "help": "touch_help",
    "stop": "touch_stop",
}
FOOT = {"back": "touch_back", "hide": "touch_hide", "skip": "touch_skip", "onward": "touch_onward"}
TOUCHES: list[tuple[str, dict[str, str], tuple[object, ...]]] = [
    *(("question-one", {"id": name}, (verb,)) for name, verb in {**BARS, **FOOT}.items() if name != "listen"),
    *((screen, {"id": "help"}, ("touch_help",)) for screen in ("home", "consultations", "review", "board", "page")),
    *(
        (screen, {"id": "back"}, ("touch_back",))
        for screen in ("home", "help", "pin", "service", "service-send", "measuring", "touch-test", "colour-test")
    ),
    ("welcome", {"key": "pl"}, ("touch_tile", "pl")),
    ("home", {"key": "suggest"}, ("touch_tile", "suggest")),
    ("consultations", {"key": "c2"}, ("touch_tile", "c2")),
    ("board", {"key": "n1"}, ("touch_tile", "n1")),
    ("help", {"key": "help-nurse"}, ("touch_tile", "help-nurse")),
    ("question-one", {"key": "no"}, ("touch_tile", "no")),
    ("question-many", {"id": "more"}, ("touch_more",)),
    ("question-likert", {"key": "5"}, ("touch_tile", "5")),
    ("question-steps", {"key": "10"}, ("touch_step", 10)),
    ("question-keypad", {"key": "delete"}, ("touch_key", "delete")),
    ("question-text", {"key": "q"}, ("touch_key", "q")),
    ("question-text", {"key": "space"}, ("touch_key", "space")),
    ("question-text", {"key": "clear"}, ("touch_key", "clear")),
    ("question-acknowledge", {"id": "onward"}, ("touch_onward",)),
    ("question-rank", {"key": "safety"}, ("touch_tile", "safety")),
    ("question-rank", {"id": "undo"}, ("touch_undo",)),
    ("question-rank", {"id": "tell"}, ("touch_tell",)),
    ("question-rank", {"id": "more"}, ("touch_more",)),
    ("question-stepper", {"key": "-"}, ("touch_key", "-")),
    ("question-stepper", {"key": "+"}, ("touch_key", "+")),
    ("question-stepper", {"key": "30"}, ("touch_step", 30)),
    ("question-bar", {"key": "9"}, ("touch_step", 9)),
    ("question-ladder", {"key": "0"}, ("touch_step", 0)),
    ("question-upright", {"id": "shown"}, ("touch_shown",)),
    ("question-day", {"key": "month+1"}, ("touch_key", "month+1")),
    ("question-day", {"key": "year-10"}, ("touch_key", "year-10")),
    ("question-day", {"id": "shown"}, ("touch_shown",)),
    ("question-day", {"id": "tell"}, ("touch_tell",)),
    ("question-clock", {"key": "minute+10"}, ("touch_key", "minute+10")),
    ("question-series", {"key": "m/v[2]"}, ("touch_line", "m/v[2]")),
    ("question-series", {"id": "take_away_3"}, ("touch_take_away", "m/v[3]")),
    ("question-series", {"id": "add"}, ("touch_add",)),
    ("question-series", {"id": "more"}, ("touch_more",)),
    ("question-take-away", {"id": "gone"}, ("touch_gone",)),
    ("question-take-away", {"id": "keep"}, ("touch_keep",)),
    ("question-enlarges", {"id": "enlarge"}, ("touch_picture",)),
    ("question-cards", {"key": "food"}, ("touch_tile", "food")),
    ("question-columns", {"key": "work"}, ("touch_tile", "work")),
    ("review", {"key": "m/b"}, ("touch_line", "m/b")),
    ("review", {"id": "more"}, ("touch_more",)),
    ("review", {"id": "onward"}, ("touch_onward",)),
    ("between", {"id": "go_on"}, ("touch_go_on",)),
    ("between", {"id": "leave"}, ("touch_leave",)),
    ("consultations", {"id": "come_back"}, ("touch_come_back",)),
    ("opening", {"id": "stop"}, ("touch_stop",)),
    *(("comeback_given", {"id": name}, (f"touch_{name}",)) for name in ("back", "onward", "help", "language", "stop")),
    ("comeback_pictures-7", {"key": "60"}, ("touch_tile", "60")),
    ("comeback_pictures-7", {"key": "2"}, ("touch_kind", "2")),
    ("comeback_pictures-7", {"id": "delete"}, ("touch_delete",)),
    ("comeback_pictures-7", {"id": "back"}, ("touch_back",)),
    ("comeback_digits", {"key": "7"}, ("touch_key", "7")),
    ("comeback_digits", {"key": "delete"}, ("touch_key", "delete")),
    ("comeback_digits", {"id": "back"}, ("touch_back",)),
    ("mode", {"key": "code"}, ("touch_tile", "code")),
    ("mode", {"id": "back"}, ("touch_back",)),
    *(
        ("announce", {"id": name}, (f"touch_{name}",))
        for name in ("back", "skip", "onward", "help", "language", "stop")
    ),
    ("names_found", {"id": "take_out"}, ("touch_take_out",)),
    ("names_found", {"id": "leave_it"}, ("touch_leave_it",)),
    ("names_found", {"id": "back"}, ("touch_back",)),
    *(("help_now", {"key": key}, ("touch_tile", key)) for key in ("get-help", "tell-staff", "as-it-is")),
    *(("help_now", {"id": name}, (f"touch_{name}",)) for name in ("back", "language", "stop")),
    ("before", {"id": "tell"}, ("touch_tell",)),
    *(
        ("before", {"id": name}, (f"touch_{name}",))
        for name in ("back", "onward", "help", "language", "bigger", "stop")
    ),
    *(("before-check", {"key": key}, ("touch_tile", key)) for key in ("yes", "no")),
    *(("practice", {"key": key}, ("touch_tile", key)) for key in ("tea", "rain")),
    *(("practice", {"id": name}, (f"touch_{name}",)) for name in ("back", "skip", "onward", "help", "hide", "stop")),
    ("practice-around", {"id": "onward"}, ("touch_onward",)),
    *(("results", {"id": name}, (f"touch_{name}",)) for name in ("how", "back", "onward", "help", "language", "stop")),
    ("help", {"id": "about"}, ("touch_about",)),
    ("farewell", {"id": "who"}, ("touch_who",)),
    ("farewell", {"id": "home"}, ("touch_home",)),
    ("farewell", {"id": "finish"}, ("touch_finish",)),
    *(("bigger", {"key": key}, ("touch_tile", key)) for key in ("size-150", "contrast", "left", "volume-5")),
    *(("hidden", {"id": name}, (f"touch_{name}",)) for name in ("go_on", "help", "stop")),
    ("warning", {"id": "yes"}, ("touch_yes",)),
    ("warning", {"id": "stop"}, ("touch_stop",)),
    ("pin", {"key": "7"}, ("touch_key", "7")),
    ("pin", {"id": "onward"}, ("touch_onward",)),
    ("service", {"key": "send"}, ("touch_tile", "send")),
    ("service-send", {"key": "dock-stick"}, ("touch_tile", "dock-stick")),
    ("service-faults", {"key": "more"}, ("touch_tile", "more")),
    ("measuring", {"id": "shorter"}, ("touch_nudge", (588, "shorter"))),
    ("measuring-changed", {"id": "much_longer"}, ("touch_nudge", (600, "much_longer"))),
    ("measuring-changed", {"id": "keep"}, ("touch_keep",)),
]


@pytest.mark.parametrize(("name", "what", "call"), TOUCHES)
def test_a_real_touch_reaches_the_presenter(
    driver: Driver, name: str, what: dict[str, str], call: tuple[object, ...]
) -> None:
    for tag in ("en",) if what == {"key": "q"} else ("en", "ar"):
        recorder = show(driver, views(tag)[name])
        driver.tap(**what)
        assert recorder.calls == [call]


def test_a_touch_by_the_road_of_a_touch_screen_does_the_same(driver: Driver) -> None:
    recorder = show(driver, views("en")["question-one"])
    driver.tap_by_sdl(key="no")
    assert recorder.calls == [("touch_tile", "no")]


def test_words_find_what_they_stand_on(driver: Driver) -> None:
    recorder = show(driver, views("ar")["home"])
    driver.tap(text="شارك")
    assert recorder.calls == [("touch_tile", "take-part")]


def test_a_control_that_cannot_act_is_absent_and_untouchable(driver: Driver) -> None:
    recorder = show(driver, views("en")["question-note"])
    assert not driver.has(id="skip")
    driver.tap_at(800, 60)
    assert recorder.calls == []


def test_nothing_can_be_touched_while_answers_are_handed_in(driver: Driver) -> None:
    recorder = show(driver, replace(views("en")["review"], handing_in=True))
    x, y = 400, 420
    driver.tap_at(x, y)
    assert recorder.calls == []


def test_an_equal_view_draws_nothing_anew(driver: Driver) -> None:
    show(driver, views("en")["question-one"])
    screen = driver.app.screens["question"]
    asked = []
    for part in screen.walk(restrict=True):
        if hasattr(part, "again"):
            part.bind(pos=lambda *_: asked.append(1))
    driver.app.show(views("en")["question-one"])
    driver.frames(2)
    assert asked == []


def test_every_view_has_one_screen_with_its_fields() -> None:
    for view, (name, screen) in SCREENS.items():
        assert (SCREENS_DIR / f"{name}.kv").exists()
        assert view.__module__ == f"kiosk.presenters.{name}"
        for field in fields(view):
            assert field.name in screen.__dict__ or any(field.name in base.__dict__ for base in screen.__mro__), field


@pytest.mark.parametrize("path", KV, ids=lambda path: path.name)
def test_every_bar_says_on_whatever_is_touched(path: Path) -> None:
    layout = path.read_text(encoding="utf-8")
    for bar, names in ((TopBar, BARS), (BottomBar, FOOT)):
        if f" {bar.__name__}:" in layout:
            for name, verb in names.items():
                assert f"on_{name}: root.presenter.{verb}()" in layout, name


def test_the_bars_alone_turn_round_for_a_left_hand(driver: Driver) -> None:
    for tag in ("en", "ar"):
        view = views(tag)["question-many"]
        show(driver, view)
        before = {one.name or one.key: one.center_x for one in driver.targets()}
        show(driver, replace(view, look=replace(view.look, left_handed=True)))
        for one in driver.targets():
            there = before[one.name or one.key]
            assert one.center_x == pytest.approx(1280 - there if isinstance(one, Control) else there, abs=2), one.name


EVENT = re.compile(r"^on_[a-z_]+: root\.presenter\.touch_[a-z_]+\((args\[1\])?\)$")
PROPERTY = re.compile(r"^[a-z_]+: root\.[a-z_]+$")


@pytest.mark.parametrize("path", KV, ids=lambda path: path.name)
def test_no_kv_decides_anything(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if not text or re.fullmatch(r"<?[A-Za-z]+>?:", text) or EVENT.match(text) or PROPERTY.match(text):
            continue
        name, _, value = text.partition(": ")
        assert re.fullmatch("[a-z_]+", name), text
        assert isinstance(ast.literal_eval(value), str | int | float | bool), text


def test_no_size_is_guessed_from_density_and_nothing_scrolls_or_moves() -> None:
    forbidden = re.compile(
        r"\b(dp|sp)\(|\bdp\b\s*$|ScrollView|Carousel|Animation|markup|TextInput|VKeyboard|font_direction|Transition\b"
    )
    for path in [*SCREENS_DIR.glob("*.py"), *KV, SCREENS_DIR.parent / "app.py"]:
        code = path.read_text(encoding="utf-8").replace("NoTransition", "").replace("neither markup nor TextInput", "")
        assert not forbidden.search(code), path


def test_every_picture_has_its_row_and_every_row_its_pictures() -> None:
    table = tomllib.loads((ICONS / "icons.toml").read_text(encoding="utf-8"))
    rows = {name: row for name, row in table.items() if "same_as" not in row}
    assert {row["same_as"] for row in table.values() if "same_as" in row} <= set(rows)
    wanted = set(rows) | {f"{name}-rtl" for name, row in rows.items() if row["mirrors"]}
    for size in ("96", "192"):
        assert {path.stem for path in (ICONS / size).glob("*.png")} == wanted
    for row in rows.values():
        assert set(row) == {"set", "licence", "source", "changed", "mirrors", "plate"}


def test_the_logo_says_so_after_five_seconds_and_not_before(driver: Driver) -> None:
    recorder = show(driver, views("cy")["welcome"])
    driver.hold(4.5, id="logo")
    assert recorder.calls == []
    driver.hold(5.5, id="logo")
    assert recorder.calls == [("touch_logo_held",)]
    assert isinstance(driver.find(id="logo"), Logo)
