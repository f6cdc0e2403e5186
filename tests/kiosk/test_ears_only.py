"""A survey, a suggestion with its reply, and a thank-you by ear alone, in Arabic and in Polish; all text is hidden."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from kiosk import live_voice
from kiosk.enrolled import Kiosk
from kiosk.presenters.comeback_names import A_PAGE, KINDS, NAMES
from kiosk.presenters.turn import Turn
from kiosk.screens import shaped
from kiosk.shipped import own_clips, wording
from kiosk.wiring import KioskDoors
from models import seal
from models.canonical import LanguageTag
from models.clips import clip_key, sentences
from models.comeback import Code, read_for_a_reply
from models.questionnaire import Questionnaire, SelectMultiple, SelectOne, read_questionnaire
from models.reply import Reply, reply_bytes
from models.shelf import clip as shelf_clip
from models.shelf import open_shelf
from sync.central.authoring.demonstration import ESTABLISHMENT
from sync.central.repository import Repository
from sync.central.sealed_replies import lay_ready
from sync.central.voice import sources
from sync.content import Content, read_content
from tests.hearing import NEEDS_DECODER, NEEDS_VOICE
from tests.journeys.house import House, held
from tests.kiosk.conftest import Drive
from tests.kiosk.driver import Driver
from tests.kiosk.ears_only import EarsOnly
from tests.kiosk.listener import SOUNDS, listening

pytestmark = [pytest.mark.screens, NEEDS_VOICE, NEEDS_DECODER]

TAGS = ("ar", "pl")
REVIEW = ("These are your answers",)
OPEN = ("wing-life", "suggestion", "shout-out")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Three consultations pressed with their speech, and a kiosk that has them."""
    made = House(tmp_path_factory.mktemp("ears") / "house")
    made.furnish()
    content = made.central_home / "content"
    for path in (*(content / "consultations").glob("*.toml"), *(content / "questionnaires").glob("*.json")):
        if path.stem not in OPEN:
            path.unlink()
    for path in (content / "notices").glob("*.toml"):
        path.unlink()
    for path in (content / "place").glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        offered = json.dumps(tomllib.loads(text)["languages"])
        assert f"languages = {offered}" in text
        path.write_text(text.replace(offered, json.dumps(["en", *TAGS])), encoding="utf-8")
    made.desk("press")
    made.make_kiosk()
    return made


def content_of(house: House) -> Content:
    repository = Repository(house.central_home)
    return read_content(repository.content(ESTABLISHMENT), repository.lists().campaigns)


@dataclass
class Wing:
    """The kiosk on its screen, with every sound that it may play by its bytes."""

    house: House
    kiosk: Kiosk
    doors: KioskDoors
    driver: Driver
    known: dict[bytes, str]
    forms: Mapping[str, Questionnaire]

    def handed_in(self) -> int:
        return sum(held(self.kiosk.vault))

    def put_on_headphones(self) -> None:
        self.doors._alone = True

    def bring(self, sealed: bytes) -> None:
        """Let central carry a sealed reply to this kiosk with the next bundle, by stick."""
        lay_ready(
            self.house.central_home / "content" / "replies", sealed, self.kiosk.clock.today() + timedelta(days=30)
        )
        self.house.desk("press")
        self.house.take_in()
        assert self.kiosk.dock("stick").delivery is not None
        self.doors._shelf = None


def sounds_of(house: House, kiosk: Kiosk) -> dict[bytes, str]:
    """Return what each clip says, by the bytes that are played."""
    indexes = [json.loads(path.read_bytes()) for path in SOUNDS.glob("*/clips.json")]
    own = {key: words for index in indexes for key, (_, words) in index.items()}
    known = {path.read_bytes(): own[key] for key, (path, _) in own_clips().items()}
    shelf = open_shelf(kiosk.vault, kiosk.clock.today())
    for source in sources(content_of(house)):
        for tag in source.texts:
            for one in source.sentences(tag):
                key = clip_key(tag, one)
                if key in shelf.clips:
                    data = shelf_clip(kiosk.vault, key, shelf.clips[key])
                    assert data is not None
                    known[data] = one
    return known


@pytest.fixture
def wing(house: House, drive: Drive, the_driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wing]:
    monkeypatch.setattr(shaped.ShapedCore, "_render_text", lambda *_: None)  # nothing can be read
    with house.kiosk_open() as kiosk:
        doors = KioskDoors(kiosk, the_driver.app.on_main_thread, lambda _error: None)
        driver = drive(lambda show: Turn(doors, show))
        doors.start()
        forms = {name: read_questionnaire(data) for name, data in house.forms().items()}
        yield Wing(house, kiosk, doors, driver, sounds_of(house, kiosk), forms)
        doors.stop()


def own(tag: str, context: str, msgid: str) -> str:
    return wording().say(context, msgid, tag).text


def answers_of(form: Questionnaire, tag: str) -> list[str]:
    """What the choices of a questionnaire say in a language: what a person may have in mind."""
    words: Any = form.words[tag]  # type: ignore[index]
    choices = [choice for every in form.lists.values() for choice in every if choice.kind != "skip"]
    return ["".join(words[choice.words]) for choice in choices if choice.words is not None]


def ways_of(tag: str) -> list[str]:
    """The ways on, dearest first; of "More (1 of 2)" the beginning is heard by itself."""
    more = wording().say("page", "More ({page} of {pages})", tag, page=1, pages=2).text.partition("1")[0]
    plain = [
        own(tag, *way)
        for way in (
            ("review", "Hand in"),
            ("comeback", "Go on"),
            ("question", "Next"),
            ("between", "Go on"),
            ("question", "I know this"),
            ("announce", "No text"),
            ("question", "Skip"),
        )
    ]
    return [*plain, more]


@dataclass
class Journey:
    """One person's way by ear, from Welcome to a thing of Home and what follows."""

    wing: Wing
    ears: EarsOnly
    tag: str

    def say(self, context: str, msgid: str) -> str:
        return own(self.tag, context, msgid)

    def begin(self, tile: str) -> None:
        name = next(language.name for language in wording().languages if language.tag == self.tag)
        self.ears.begin(name, self.say("read_to_me", "Yes, read to me"), self.say("bars", "Listen"))
        self.ears.touch(self.say("home", tile))

    def hand_in(self, form: str, parts: int, *more: str) -> list[str]:
        """Answer by ear until this many parts are stored; return the answers that were touched."""
        before = self.wing.handed_in()
        answers = [*answers_of(self.wing.forms[form], self.tag), *more]
        review = [self.say("review", title) for title in REVIEW]
        done = lambda: self.wing.handed_in() >= before + parts  # noqa: E731 - a condition
        self.ears.go(answers=answers, ways=ways_of(self.tag), until=done, review=review)
        assert self.wing.handed_in() == before + parts
        return [words for words in self.ears.path if words in answers]

    def finish(self) -> None:
        """Hear the farewell, and leave."""
        self.ears.listen()
        self.ears.touch(self.say("farewell", "Finish"))
        assert self.wing.driver.screen == "welcome"


@pytest.fixture(params=TAGS)
def journey(wing: Wing, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Journey]:
    with listening(wing.driver, monkeypatch) as listener:
        yield Journey(wing, EarsOnly(listener, wing.known), request.param)


def test_a_survey_is_found_answered_and_handed_in_by_ear(journey: Journey) -> None:
    journey.begin("Take part")
    form = journey.wing.forms["wing-life"]
    parts = sum(not module.practice for module in form.modules)
    touched = journey.hand_in("wing-life", parts, journey.say("before", "No"))
    choosing = [node for node in form.nodes if isinstance(node, SelectOne | SelectMultiple)]
    assert len(touched) >= 0.8 * len(choosing)
    journey.finish()


def test_somebody_is_thanked_by_ear(journey: Journey) -> None:
    journey.begin("Thank someone")
    assert len(journey.hand_in("shout-out", 1, journey.say("before", "Yes"))) >= 3
    journey.finish()


def code_heard(ears: EarsOnly, tag: str) -> Code:
    """Return the code as its pictures' names and its digits were heard, in their order."""
    title = own(tag, "comeback", "This is your code")
    page = next(told for told in ears.pages if told and told[0].words == title)
    names = [own(tag, *phrase) for _, phrase in NAMES]
    pictures = [names.index(one.words) for one in page if one.words in names]
    digits = [one.words for one in page if one.words in set("0123456789")]
    return Code(tuple(pictures[:4]), "".join(digits[:6]))


REPLIES = {"ar": "شكرًا على فكرتك. سنجربها في الربيع.", "pl": "Dziękujemy za pomysł. Wypróbujemy go wiosną."}


def sealed_reply(code: Code, tag: str, day: date) -> bytes:
    secret = read_for_a_reply(code, ESTABLISHMENT)
    assert secret is not None
    _, public = seal.reply_pair(secret.spelled, ESTABLISHMENT)
    texts = {LanguageTag("en"): "Thank you.", LanguageTag(tag): REPLIES[tag]}
    return seal.seal_reply(reply_bytes(Reply(texts, "the works manager", day)), public, ESTABLISHMENT)


def test_a_suggestion_is_given_and_its_reply_found_and_heard_by_ear(journey: Journey) -> None:
    wing, ears, tag = journey.wing, journey.ears, journey.tag
    wing.put_on_headphones()
    journey.begin("Suggest something")
    code_please = journey.say("mode", "Yes, give me a reply code")
    assert len(journey.hand_in("suggestion", 1, journey.say("before", "No"), code_please)) >= 3
    assert code_please in ears.path
    code = code_heard(ears, tag)
    journey.finish()
    wing.bring(sealed_reply(code, tag, wing.kiosk.clock.today()))
    program = live_voice.speaker()
    assert program is not None
    lines = {clip_key(tag, one): one for one in sentences(REPLIES[tag])}
    spoken = live_voice.spoken(program, {LanguageTag(tag): REPLIES[tag]})
    wing.known.update({clip.data: lines[key] for key, clip in spoken.items()})

    journey.begin("News and answers")
    ears.listen()
    ears.touch(journey.say("board", "I have a reply code"))
    for picture in code.pictures:
        ears.listen()
        ears.touch(own(tag, *KINDS[picture // A_PAGE]))
        ears.listen()
        ears.touch(own(tag, *NAMES[picture][1]), last=True)  # a picture may come twice; what is chosen is heard first
    ears.type(code.digits)
    ears.listen()
    ears.touch(journey.say("comeback", "Go on"))
    assert [one.words for one in ears.told if one.words in lines.values()] == list(sentences(REPLIES[tag]))
    assert set(lines.values()) <= {one.words for one in ears.told if one.at is not None}
