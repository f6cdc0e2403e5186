"""The waiting room of probation: its own colours, people and words; nothing on any screen speaks of a prison.

1. Every sentence of the kiosk that speaks of one has a sister for the office; a new one without fails here.
2. Somebody who touches everything in the example's waiting room finds no word of a prison in English.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from inspect import signature
from pathlib import Path
from random import Random
from typing import Any, Final

from kiosk.presenters.shown import Look, Said
from kiosk.screens import theme
from models.consultation import PlaceFile
from sync.central import press
from sync.central.authoring.demonstration import OFFICE, WRITTEN_FOR, lay_out
from sync.content import form_of
from tests.assets_build.make_catalogues import STAFF, said
from tests.builders_kiosk import a_place, a_questionnaire, a_shelf, note, one
from tests.gallery.house import KEY, HouseDoors
from tests.gallery.stands import Hears
from tests.kiosk.doors import FakeDoors, MemoryOpened, MemoryShelf, Person

PRISON: Final = re.compile(
    r"\b(wings?(?! Voice)|cells?|prison(er)?s?|jail|inmates?|offenders?|bell|listeners?|landing|governor|residents?"
    r"|(?<!duty )(?<!returning )officers?)\b",
    re.IGNORECASE,
)
SISTERS: Final = {
    ("welcome", "Your voice on this wing"): ("welcome", "Your voice here"),
    ("help", "Ask them now, or press your bell."): ("help", "Ask them now, or call 999."),
    ("announce", "If somebody may get hurt, staff are told which wing, but not who."): (
        "announce",
        "If somebody may get hurt, staff are told which office, but not who.",
    ),
    ("announce", "Press your cell bell, or tell any officer. Or ask for a Listener."): (
        "announce",
        "Tell the duty officer, or call 999. Samaritans: call 116 123.",
    ),
    ("page", "Go to someone you trust: an officer, a nurse or the chaplain."): (
        "page",
        "Go to the duty officer. Or go to anyone who works here.",
    ),
    ("page", "In your cell, press the bell."): ("page", "Go to the duty officer. Or go to anyone who works here."),
}
"""What is said on a wing, and what in a waiting room instead."""


@cache
def the_office() -> MemoryShelf:
    """Return the example's waiting room as it lies on a kiosk's shelf."""
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder), WRITTEN_FOR, establishment=OFFICE)
        content = press._check(press._gathered(Path(folder), [KEY]), [KEY])
    opened = tuple(MemoryOpened(one, content.read[form_of(one)], form_of(one)) for one in content.consultations)
    return MemoryShelf(place=content.places[0], consultations=opened, notices=content.notices)


def somebody(shelf: MemoryShelf, tag: str | None = "en") -> Person:
    person = Person(HouseDoors(on_shelf=shelf))
    person.turn.hearing = Hears()
    if tag is not None:
        person.touch("tile", tag)
    return person


def said_on(thing: Any) -> Iterator[str]:  # noqa: ANN401 - any frozen value
    """Give every text of a View."""
    if isinstance(thing, Said):
        yield thing.text
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from said_on(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for one_of in thing:
            yield from said_on(one_of)


def keys_on(thing: Any) -> Iterator[str]:  # noqa: ANN401 - any frozen value
    """Give the key of everything on a View that has one."""
    if is_dataclass(thing) and not isinstance(thing, type):
        if isinstance(getattr(thing, "key", None), str):
            yield thing.key  # type: ignore[attr-defined]
        for field in fields(thing):
            yield from keys_on(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for one_of in thing:
            yield from keys_on(one_of)


# Sentences.


def test_every_sentence_that_speaks_of_a_prison_has_a_sister_for_the_office() -> None:
    every = {(str(context), str(sentence)) for context, sentence in said() if context not in STAFF}
    assert {pair for pair in every if PRISON.search(pair[1])} == set(SISTERS)
    assert set(SISTERS.values()) <= every
    assert not any(PRISON.search(sentence) for _, sentence in SISTERS.values())


def test_the_welcome_and_the_help_say_what_fits_the_place() -> None:
    for kind, which in (("wing", 0), ("office", 1)):
        person = Person(FakeDoors(a_shelf(place=a_place(kind=kind, helpers=0))))
        seen = [person.sees.title.text]
        person.touch("tile", "en")
        seen += [line.small.text for line in person.touch("help").lines]
        pairs = [pair for pair in SISTERS.items() if pair[0][0] in ("welcome", "help")]
        assert seen == [pair[which][1] for pair in pairs]


# Walking about.


ASIDES: Final = frozenset({"touch_help", "touch_bigger", "touch_language", "touch_hide", "touch_back"})

NEVER: Final = frozenset({"touch_stop", "touch_logo_held", "touch_step"})


def walked(seed: int, steps: int) -> Iterator[object]:
    """Give every View that somebody sees who touches about in the office, most often onward, for so many steps."""
    chance, person = Random(seed), somebody(the_office(), None)
    for _ in range(steps):
        yield person.sees
        if person.turn.sitting.language is None:
            person.touch("tile", "en")
            continue
        presenter, keys = person.turn.presenters[person.screen], sorted(set(keys_on(person.sees)))
        named = [name for name in dir(presenter) if name.startswith("touch_") and name not in NEVER]
        verbs = {name: len(signature(getattr(presenter, name)).parameters) for name in named}
        if chance.random() < 0.9:
            verbs = {name: count for name, count in verbs.items() if name not in ASIDES} or verbs
        usual = chance.choice(["touch_onward", "touch_tile"])
        verb = usual if usual in verbs and chance.random() < 0.8 else chance.choice(sorted(verbs))
        getattr(presenter, verb)(*([chance.choice(keys or [""])] if verbs[verb] else []))


def every_view() -> Iterator[object]:
    for seed in range(80):
        yield from walked(seed, 60)


def test_nobody_in_the_waiting_room_reads_a_word_of_a_prison() -> None:
    seen = set()
    for view in every_view():
        seen.add(type(view).__name__)
        for words in said_on(view):
            assert not PRISON.search(words), (type(view).__name__, words)
    wanted = {"WelcomeView", "ReadToMeView", "HomeView", "BeforeView", "QuestionView", "ReviewView", "BetweenView"}
    wanted |= {"FarewellView", "BoardView", "ResultsView", "PageView", "HelpView", "BiggerView", "HiddenView"}
    assert wanted <= seen, wanted - seen


def test_the_notices_and_people_of_the_office_are_its_own() -> None:
    shelf = the_office()
    place = shelf.place
    assert isinstance(place, PlaceFile)
    english = [helper.how[tag] for helper in place.helpers for tag in helper.how if tag == "en"]
    assert any("999" in words for words in english)
    assert any("116 123" in words for words in english)
    assert "duty officer" in " ".join(helper.name["en"] for helper in place.helpers).lower()  # type: ignore[index]
    body = next(notice for notice in shelf.notices if notice.id == "welcome").body
    assert "people on probation" in " ".join(body.values())


# Colours.


def test_an_office_has_another_ground_and_another_way_on() -> None:
    for shown in ("light", "contrast"):
        wing, office = theme.colours_of(Look("ltr", shown)), theme.colours_of(Look("ltr", shown, office=True))
        assert wing.ground != office.ground
        assert wing.onward != office.onward


def test_every_page_knows_where_it_stands() -> None:
    assert somebody(the_office()).sees.look.office
    assert somebody(the_office(), None).sees.look.office
    assert not somebody(a_shelf(a_questionnaire([note("n"), one("q")]))).sees.look.office
