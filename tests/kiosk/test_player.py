"""The voice of the program: what is heard and lit, what stops it, how loud it is, and a kiosk that has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.places import Trouble
from kiosk.presenters.doors import Ears
from kiosk.presenters.hearing import Deaf
from kiosk.presenters.home import HomeView
from kiosk.presenters.question import QuestionView
from kiosk.presenters.read_to_me import ReadToMeView
from kiosk.presenters.turn import Turn
from kiosk.presenters.warning import WarningView
from kiosk.screens.eared import Ear
from kiosk.screens.player import LOUDNESS
from kiosk.screens.tile import AnswerTile
from kiosk.sitting import wiped
from tests.builders_kiosk import WORDS, a_notice, a_questionnaire, a_shelf, one, several
from tests.kiosk.conftest import Drive
from tests.kiosk.driver import Driver
from tests.kiosk.listener import Listener, TalkingDoors, listening, words

pytestmark = pytest.mark.screens

FORM = a_questionnaire([one("q1", "plain"), several("q2")])
TEXTS = {"en": ("About the wing", "Question q1?", "Question q2?", "None", *WORDS.values())}
CONTROLS = ["Skip", "Back", "Language", "Help", "Stop"]


@pytest.fixture
def doors() -> TalkingDoors:
    return TalkingDoors(a_shelf(FORM, notices=[a_notice("n1")]), texts=TEXTS)


@pytest.fixture
def listener(drive: Drive, doors: TalkingDoors, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    driver = drive(lambda show: Turn(doors, show))
    with listening(driver, monkeypatch) as ears:
        yield ears


def at_home(listener: Listener, answer: str = "yes") -> Driver:
    """Choose English and say whether it shall be read; nothing has been heard yet of what stands then."""
    listener.driver.tap(key="en")
    listener.driver.tap(id=answer)
    listener.heard.clear()
    return listener.driver


def begin(listener: Listener) -> None:
    """Go to the first question; nothing has been heard of it yet."""
    listener.driver.begin()
    listener.heard.clear()


def test_a_turn_begins_by_asking_aloud_whether_it_shall_be_read(listener: Listener) -> None:
    listener.silence()
    listener.driver.tap(key="en")
    assert isinstance(listener.driver.view, ReadToMeView)
    assert words(listener.wait()) == [
        "Do you want this read to you?",
        "People near you can hear it too.",
        "Your answers are never read out.",
        "Yes, read to me",
        "No, thank you",
        "Listen",
    ]


def test_whoever_says_yes_is_read_every_page_on_the_way_forward_and_none_on_the_way_back(listener: Listener) -> None:
    driver = at_home(listener)
    assert words(listener.wait())[:2] == ["What would you like to do?", "Take part"]
    begin(listener)
    assert words(listener.wait()) == ["Question q1?", "Yes", "No"]
    driver.tap(key="yes")
    driver.tap(id="onward")
    assert words(listener.wait()) == ["Question q2?", "Choose all that fit", "Apples", "Bread", "None"]
    driver.tap(id="back")
    listener.silence()


def test_whoever_says_no_hears_a_page_only_by_touching_listen(listener: Listener) -> None:
    driver = at_home(listener, "no")
    listener.silence()
    begin(listener)
    listener.silence()
    driver.tap(id="listen")
    heard = words(listener.wait())
    assert heard[:3] == ["Question q1?", "Yes", "No"]
    assert [said for said in heard if said in CONTROLS] == CONTROLS


def test_what_is_read_lights_up_and_the_light_goes_out_with_it(listener: Listener) -> None:
    driver = at_home(listener)
    begin(listener)
    heard = listener.wait()
    for one_heard, key in zip(heard[1:], ("yes", "no"), strict=True):
        tile = driver.find(key=key)
        assert one_heard.at == tile.to_window(*tile.center)
    assert driver.app._spotlight.lit is None


def test_any_touch_stops_the_voice(listener: Listener) -> None:
    driver = at_home(listener)
    begin(listener)
    driver.clock.move(0.5)
    driver.frames(2)
    assert driver.app.player.playing
    sound = listener.sounds[-1]
    driver.tap_at(5, 5)
    assert not driver.app.player.playing
    assert not sound.playing
    assert driver.app._spotlight.lit is None


def test_listen_stops_what_it_started_and_starts_again_on_the_next_touch(listener: Listener) -> None:
    driver = at_home(listener, "no")
    driver.tap(id="listen")
    assert driver.app.player.playing
    driver.tap(id="listen")
    assert not driver.app.player.playing
    driver.tap(id="listen")
    assert driver.app.player.playing


def test_choosing_an_answer_is_not_said_aloud(listener: Listener) -> None:
    driver = at_home(listener)
    begin(listener)
    listener.wait()
    driver.tap(key="yes")
    listener.silence()


def test_what_is_wrong_is_said_where_every_page_is_read(listener: Listener) -> None:
    driver = at_home(listener)
    begin(listener)
    driver.tap(key="yes")
    driver.tap(id="onward")
    for key in ("a", "b"):
        driver.tap(key=key)
    listener.wait()
    turn = driver.app.turn
    turn.move(replace(turn.sitting, place=replace(turn.place, trouble=Trouble("constraint", None))))
    driver.frames(3)
    assert words(listener.wait()) == ["That answer does not fit here.", "Try another."]


def test_answers_are_read_in_the_review_to_one_pair_of_ears_alone(listener: Listener, doors: TalkingDoors) -> None:
    driver = at_home(listener)
    begin(listener)
    driver.tap(key="no")
    driver.tap(id="onward")
    driver.tap(id="skip")
    assert "No" not in words(listener.wait())
    doors.heard = Ears(alone=True)
    driver.tap(id="listen")
    assert "No" in words(listener.wait())


def test_pulled_headphones_stop_what_was_for_one_pair_of_ears(listener: Listener, doors: TalkingDoors) -> None:
    doors.heard = Ears(alone=True)
    driver = at_home(listener)
    begin(listener)
    driver.tap(key="no")
    driver.tap(id="onward")
    driver.tap(id="skip")
    listener.heard.clear()
    while not listener.heard or listener.heard[-1].data != b"No":
        driver.clock.move(0.1)
        driver.frames(1)
    answer = listener.sounds[-1]
    doors.heard = Ears(alone=False)
    driver.frames(1)
    assert not answer.playing


def test_headphones_that_come_and_go_change_what_the_first_page_says(listener: Listener, doors: TalkingDoors) -> None:
    driver = listener.driver
    driver.tap(key="en")
    listener.wait()
    doors.heard = Ears(alone=True)
    driver.idle(0.5)
    view = driver.view
    assert isinstance(view, ReadToMeView)
    assert view.body.text == "Only you can hear it, in the headphones."
    assert words(listener.wait()) == ["Only you can hear it, in the headphones."]


@pytest.mark.parametrize(("wished", "place", "step"), [(None, 4, 4), (None, 1, 1), (5, 1, 5), (1, 4, 1), (3, 4, 3)])
def test_it_is_as_loud_as_the_place_says_until_a_person_says_otherwise(
    listener: Listener, doors: TalkingDoors, wished: int | None, place: int, step: int
) -> None:
    doors.heard = Ears(volume=place)
    driver = at_home(listener, "no")
    turn = driver.app.turn
    turn.move(replace(turn.sitting, volume=wished))
    driver.tap(id="listen")
    assert {heard.volume for heard in listener.wait()} == {LOUDNESS[step - 1]}


def test_five_steps_of_volume_grow_and_none_is_silent() -> None:
    assert len(LOUDNESS) == 5
    assert list(LOUDNESS) == sorted(set(LOUDNESS))
    assert 0 < LOUDNESS[0] < LOUDNESS[-1] <= 1


def test_the_next_person_finds_the_volume_of_the_place() -> None:
    assert wiped().volume is None


def test_whoever_listens_is_not_asked_whether_they_are_there(listener: Listener) -> None:
    driver = at_home(listener, "no")
    driver.tap(id="listen")
    driver.clock.move(0.35)
    driver.frames(1)
    assert driver.app.player.playing
    driver.idle(500)
    assert isinstance(driver.view, HomeView)


def test_the_warning_is_read_and_read_once_more(listener: Listener) -> None:
    driver = at_home(listener)
    listener.wait()
    driver.idle(65)
    assert isinstance(driver.view, WarningView)
    first = words(listener.wait())
    assert first[0] == "Are you still there?"
    driver.idle(15)
    assert isinstance(driver.view, WarningView)
    assert words(listener.wait()) == first
    driver.tap(id="yes")
    listener.silence()


def test_a_wipe_falls_silent_and_forgets_what_was_to_be_read(listener: Listener) -> None:
    driver = at_home(listener)
    begin(listener)
    driver.clock.move(0.35)
    driver.frames(1)
    driver.tap(id="stop")
    listener.heard.clear()
    player = driver.app.player
    assert (player._steps, player._sound, player._ticking) == ((), None, None)
    listener.silence()


def test_the_voice_goes_on_by_the_clock_where_a_file_is_gone(listener: Listener, doors: TalkingDoors) -> None:
    driver = at_home(listener)
    doors.clip = lambda clip: None  # type: ignore[method-assign,assignment]  # deleted while the kiosk runs
    begin(listener)
    lit = set()
    for _ in range(60):
        driver.clock.move(0.1)
        driver.frames(1)
        lit.add(driver.app._spotlight.lit)
    assert driver.find(key="yes") in lit
    assert not driver.app.player.playing


def test_an_ear_beside_a_language_says_its_name_and_chooses_nothing(listener: Listener) -> None:
    driver = listener.driver
    driver.tap(id="ear-pl")
    heard = listener.wait()
    assert words(heard) == ["Polski"]
    tile = driver.find(key="pl")
    assert heard[0].at == tile.to_window(*tile.center)
    assert driver.screen == "welcome"


def test_another_language_is_read_in_its_own_voice(listener: Listener) -> None:
    driver = at_home(listener)
    listener.wait()
    driver.tap(id="language")
    listener.silence()
    driver.tap(key="pl")
    heard = words(listener.wait())
    assert heard
    assert heard[0] != "What would you like to do?"


# A kiosk without a sound device.


@pytest.fixture
def deaf(drive: Drive, doors: TalkingDoors, the_driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Driver:
    """The program, as it stands where the first probe found nothing to play on."""
    monkeypatch.setattr(the_driver.app.player, "present", False)
    return drive(lambda show: Turn(doors, show))


def test_without_a_device_nothing_offers_to_be_heard_and_the_whole_survey_works(
    deaf: Driver, doors: TalkingDoors
) -> None:
    assert not [ear for ear in deaf.seen() if isinstance(ear, Ear)]
    deaf.tap(key="en")
    assert isinstance(deaf.view, HomeView)
    deaf.begin()
    assert not deaf.has(id="listen")
    assert not [ear for ear in deaf.seen() if isinstance(ear, Ear)]
    deaf.tap(key="yes")
    deaf.tap(id="onward")
    deaf.tap(id="skip")
    deaf.tap(id="onward")
    deaf.wait_for(lambda: bool(doors.records))
    assert not deaf.app.player.playing


def test_without_a_device_welcome_says_so_in_words(deaf: Driver) -> None:
    assert "There is no sound here today." in deaf.words()


def test_with_a_device_welcome_says_nothing_of_sound(listener: Listener) -> None:
    assert "There is no sound here today." not in listener.driver.words()


def test_a_turn_without_a_program_around_it_is_deaf() -> None:
    assert not Deaf().present
    assert not Deaf().alone()
    Deaf().listen()


# The ear on an answer.


def test_an_ear_reads_one_answer_and_chooses_nothing(listener: Listener) -> None:
    driver = at_home(listener, "no")
    begin(listener)
    for key, said in (("yes", "Yes"), ("no", "No"), ("yes", "Yes")):
        driver.tap(id=f"ear-{key}")
        heard = listener.wait()
        assert words(heard) == [said]
        tile = driver.find(key=key)
        assert heard[0].at == tile.to_window(*tile.center)
    view = driver.view
    assert isinstance(view, QuestionView)
    assert not any(tile.tile.chosen for tile in driver.seen() if isinstance(tile, AnswerTile))
    assert view.bars.onward is None
