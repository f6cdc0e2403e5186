"""What a page says, in which order, and what it never says aloud; with clips that a test gives and takes away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from kiosk import speech, spoken
from kiosk.presenters.comeback_given import ComebackGivenView
from kiosk.presenters.every_page import View
from kiosk.presenters.pads import Fixed, Ranking, Series, Stepper, TextPad, Tiles, Wheels
from kiosk.presenters.question import QuestionView
from kiosk.presenters.review import ReviewView
from kiosk.presenters.shown import Bars, Look, Progress, Said, Tile, aloud, digits
from kiosk.presenters.welcome import WelcomeView
from kiosk.spoken import Part
from models.clips import ClipKey, clip_key
from tests.kiosk.views import views

LOOK = Look("ltr")
MS = 800


def said(text: str) -> Said:
    return aloud(text, "en", "ltr")


def every(_clip: ClipKey) -> int:
    """Everything has a clip."""
    return MS


def without(*texts: str) -> speech.Length:
    """Everything has a clip but these."""
    gone = {clip_key("en", text) for text in texts}
    return lambda clip: None if clip in gone else MS


def tile(text: str, **other: Any) -> Tile:  # noqa: ANN401 - any field of a tile
    return Tile(text, said(text), **other)


def ask(answer: Any, **other: Any) -> QuestionView:  # noqa: ANN401 - any pad, any field of the View
    bars = Bars(
        listen=said("Listen"),
        language=said("Language"),
        help=said("Help"),
        stop=said("Stop"),
        back=said("Back"),
        skip=said("Skip"),
        onward=said("Next"),
    )
    view = QuestionView(
        LOOK, bars, Progress(1, 2, said("Question 1 of 2")), None, said("Is it warm?"), None, None, answer, None
    )
    return replace(view, **other)


CHOICES = Tiles((tile("Yes"), tile("No", chosen=True)), many=False, likert=False, page=0, pages=1, more=None)


def texts(told: tuple[Part, ...]) -> list[str]:
    return [part.said.text for part in told]


def test_every_kind_of_page_is_spoken_or_named_as_silent() -> None:
    assert set(spoken._TOLD) | spoken.SILENT == set(get_args(View))
    assert not set(spoken._TOLD) & spoken.SILENT


def test_a_question_comes_first_and_then_each_answer_in_its_order() -> None:
    view = ask(replace(CHOICES, more=said("More answers")), hint=said("Choose one"), badge=said("Practice"))
    assert texts(spoken.parts(view)) == ["Practice", "Is it warm?", "Choose one", "Yes", "No", "More answers"]


def test_listen_reads_the_controls_after_the_page_in_the_order_of_the_bars() -> None:
    read = texts(spoken.controls(ask(CHOICES, tell=said("Tell me more"))))
    assert read == ["Question 1 of 2", "Tell me more", "Skip", "Next", "Back", "Language", "Help", "Stop"]


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("name", sorted(views("en")))
def test_every_page_that_speaks_says_all_words_that_everybody_may_hear(name: str, tag: str) -> None:
    """Whatever a View holds stands in its reading, or is one of the things that are silent on purpose."""
    view = views(tag)[name]
    if type(view) in spoken.SILENT:
        return
    read = {part.said for part in (*spoken.parts(view), *spoken.controls(view))}
    quiet = {view.bars.listen} if hasattr(view, "bars") else set()
    if isinstance(view, QuestionView):
        quiet |= silent_in(view.answer)
    left = [one.text for one in words_in(view) if one not in read | quiet and spoken.sentences(one.text)]
    assert left == []


def words_in(value: Any) -> list[Said]:  # noqa: ANN401 - walks any View
    """Every Said inside a frozen View, in order."""
    if isinstance(value, Said):
        return [value]
    if isinstance(value, tuple):
        return [one for inner in value for one in words_in(inner)]
    slots = getattr(type(value), "__dataclass_fields__", {})
    return [one for name in slots for one in words_in(getattr(value, name))]


def silent_in(answer: Any) -> set[Said]:  # noqa: ANN401 - any pad
    """What a pad shows and never says: how much may still be typed, and the parts of a day that is said whole."""
    if isinstance(answer, Wheels):
        return {wheel.value for wheel in answer.wheels}
    return set(words_in(answer)) if isinstance(answer, TextPad) else set()


def test_on_a_speaker_nothing_is_said_of_what_was_answered_and_in_headphones_it_is() -> None:
    shown: ReviewView = views("en")["review"]
    line = replace(shown.lines[0], prompt=said("Food?"), answer=said("Bad"))
    lines = replace(shown, title=said("Check"), lines=(line,), more=None)
    loud = speech.reading(spoken.parts(lines), lines, every, private=False)
    assert [step.said.text for step in loud] == ["Check", "Food?"]
    alone = speech.reading(spoken.parts(lines), lines, every, private=True)
    assert [step.said.text for step in alone] == ["Check", "Food?", "Bad"]
    assert [step.private for step in alone] == [False, False, True]


PRIVATE = {
    "ranking": (Ranking((tile("Food", place=2), tile("Work")), 0, 1, None, None), ["2"]),
    "stepper": (Stepper(said("7"), (), None, None), ["7"]),
    "wheels": (Wheels((), said("1 May 2026"), chosen=True, mirrors=False), ["1 May 2026"]),
    "fixed": (Fixed(said("B wing")), ["B wing"]),
    "series": (Series((tile("A friend"),), said("Take away"), said("Add"), None), ["A friend"]),
}


@pytest.mark.parametrize("kind", sorted(PRIVATE))
def test_what_was_chosen_typed_or_set_is_for_one_pair_of_ears(kind: str) -> None:
    answer, hidden = PRIVATE[kind]
    view = ask(answer)
    loud = speech.reading(spoken.parts(view), view, every, private=False)
    alone = speech.reading(spoken.parts(view), view, every, private=True)
    assert [step.said.text for step in alone if step.private] == hidden
    assert not set(hidden) & {step.said.text for step in loud}


def test_choosing_changes_nothing_of_what_is_read_on_a_speaker() -> None:
    """Who stands near learns nothing from Listen: the same is read whatever is chosen."""
    other = replace(CHOICES, tiles=(tile("Yes", chosen=True), tile("No")))
    read = [
        speech.reading((*spoken.parts(ask(one)), *spoken.controls(ask(one))), ask(one), every, private=False)
        for one in (CHOICES, other)
    ]
    assert [step.clip for step in read[0]] == [step.clip for step in read[1]]


def test_a_code_and_its_names_are_never_read_on_a_speaker() -> None:
    view = views("en")["comeback_given"]
    assert isinstance(view, ComebackGivenView)
    heard = speech.reading(spoken.parts(view), view, every, private=False)
    names = {one.words.text for one in view.pictures}
    assert not names & {step.said.text for step in heard}
    assert not {step.said.text for step in heard} & set("".join(view.digits))
    alone = [step.said.text for step in speech.reading(spoken.parts(view), view, every, private=True)]
    assert [text for text in alone if text in names] == [one.words.text for one in view.pictures]
    assert [text for text in alone if text in "0123456789"] == list("".join(view.digits))


def test_what_a_person_typed_has_no_clip_and_no_step() -> None:
    typed = Said("My name is Marker", "en", "ltr")
    view = ask(CHOICES, prompt=typed)
    assert [step.said.text for step in speech.reading(spoken.parts(view), view, every, private=True)] == ["Yes", "No"]


def test_a_page_of_which_one_answer_cannot_be_heard_has_no_listen_control() -> None:
    view = ask(CHOICES)
    assert speech.fitted(view, every) == view
    silent: Any = speech.fitted(view, without("No"))
    assert silent.bars.listen is None
    assert replace(silent, bars=view.bars) == view


def test_a_way_on_that_cannot_be_heard_takes_listen_away_too() -> None:
    silent: Any = speech.fitted(ask(CHOICES), without("Next"))
    assert silent.bars.listen is None


def test_what_only_headphones_would_say_is_not_needed_for_listen() -> None:
    view = ask(Fixed(Said("unsaid", "en", "ltr")))
    assert speech.can_be_spoken(view, every)


def test_a_recording_of_the_whole_comes_before_its_sentences() -> None:
    both = said("It is warm. Is it?")
    assert [heard.clip for heard in speech.clips_of(both, every) or ()] == [both.whole]
    parts_only = without("It is warm. Is it?")
    assert [heard.clip for heard in speech.clips_of(both, parts_only) or ()] == [heard.clip for heard in both.clips]
    assert speech.clips_of(both, without("It is warm. Is it?", "Is it?")) is None


def test_a_person_who_recorded_question_and_hint_in_one_is_not_followed_by_the_hint() -> None:
    view = ask(CHOICES, hint=said("Choose one."))
    steps = speech.reading(spoken.parts(view), view, every, private=False)
    assert [step.said.text for step in steps] == ["Is it warm?", "Yes", "No"]
    assert steps[0].clip == clip_key("en", "Is it warm? Choose one.")
    apart = speech.reading(spoken.parts(view), view, without("Is it warm? Choose one."), private=False)
    assert [step.said.text for step in apart] == ["Is it warm?", "Choose one.", "Yes", "No"]


def test_coming_here_reads_everything_and_a_change_on_the_page_only_what_is_new() -> None:
    before = ask(CHOICES)
    after = replace(before, trouble=said("Please choose an answer."))
    assert texts(speech.arrival(None, before, fresh=True)) == ["Is it warm?", "Yes", "No"]
    assert texts(speech.arrival(before, after, fresh=False)) == ["Please choose an answer."]
    chosen = replace(before, answer=replace(CHOICES, tiles=(tile("Yes", chosen=True), tile("No"))))
    assert speech.arrival(before, chosen, fresh=False) == ()


def test_equal_words_light_up_one_after_the_other() -> None:
    twice = ask(replace(CHOICES, tiles=(Tile("a", said("Yes")), Tile("b", said("Yes")))))
    assert [step.nth for step in speech.reading(spoken.parts(twice), twice, every, private=False)] == [0, 0, 1]


def test_a_number_is_drawn_alike_and_spoken_in_the_language_of_the_page() -> None:
    seven = digits("7", "ar", "rtl")
    assert seven.tag == "en"
    assert [heard.clip for heard in seven.clips] == [clip_key("ar", "7")]


def test_signs_without_letters_are_not_read() -> None:
    view = ask(replace(CHOICES, tiles=(tile("Yes"), tile("…"))))
    assert texts(spoken.parts(view)) == ["Is it warm?", "Yes"]


def test_welcome_rests_and_staff_pages_are_silent() -> None:
    shown = views("en")
    assert isinstance(shown["welcome"], WelcomeView)
    for view in shown.values():
        if type(view) in spoken.SILENT:
            assert spoken.parts(view) == spoken.controls(view) == ()


MIXER = """numid=23,iface=CARD,name='Headphone Jack'
  ; type=BOOLEAN,access=r-------,values=1
  : values={state}
numid=24,iface=CARD,name='Speaker Phantom Jack'
  ; type=BOOLEAN,access=r-------,values=1
  : values=on
"""


@pytest.mark.parametrize(
    ("mixer", "there"),
    [
        (MIXER.format(state="on"), True),
        (MIXER.format(state="off"), False),
        (MIXER.format(state="on").replace("Headphone Jack", "Front Headphone Front Jack"), True),
        ("numid=1,iface=MIXER,name='Headphone Playback Switch'\n  ; type=BOOLEAN\n  : values=on\n", False),
        ("", False),
        ("amixer: no such card", False),
    ],
)
def test_headphones_are_seen_at_the_jack_and_not_knowing_counts_as_a_speaker(mixer: str, there: bool) -> None:
    assert speech.headphones_in(mixer) is there
