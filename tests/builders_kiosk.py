"""Small questionnaires, places and shelves for the tests of the kiosk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from models.consultation import Consultation, ConsultationId, FreeText, Helper, PlaceFile, StaffedQueue, Wing
from models.noticeboard import Notice
from models.questionnaire import (
    Acknowledge,
    Choice,
    Grid,
    Language,
    LanguageTag,
    Module,
    ModuleName,
    ModuleNode,
    Node,
    NodeNumber,
    Note,
    Number,
    Purpose,
    Question,
    Questionnaire,
    Range,
    Rights,
    Root,
    SelectMultiple,
    SelectOne,
    Text,
    WordsKey,
)
from tests.kiosk.doors import MemoryOpened, MemoryShelf

EN, CY, AR = LanguageTag("en"), LanguageTag("cy"), LanguageTag("ar")
ROOT = NodeNumber(0)
LISTS: Mapping[str, tuple[Choice, ...]] = {
    "yesno": (
        Choice("yes", WordsKey("c:yes")),
        Choice("no", WordsKey("c:no")),
        Choice("na", WordsKey("c:na"), kind="skip"),
    ),
    "plain": (Choice("yes", WordsKey("c:yes")), Choice("no", WordsKey("c:no"))),
    "many": (
        Choice("a", WordsKey("c:a")),
        Choice("b", WordsKey("c:b")),
        Choice("none", WordsKey("c:none"), exclusive=True),
    ),
    "agree5": tuple(Choice(str(score), WordsKey("c:yes"), score=score) for score in (5, 4, 3, 2, 1)),
    "topic": (Choice("food", WordsKey("c:a")), Choice("visits", WordsKey("c:b"))),
    "who": (Choice("officer", WordsKey("c:a")), Choice("postman", WordsKey("c:b"))),
    "long": (
        *(Choice(f"v{at}", WordsKey(f"c:v{at}")) for at in range(8)),
        Choice("none", WordsKey("c:none"), exclusive=True),
    ),
}
WORDS = {"c:yes": "Yes", "c:no": "No", "c:na": "I would rather not say", "c:a": "Apples", "c:b": "Bread"}


def note(name: str) -> Note:
    return Note(name=name, parent=ROOT, row=0, words=WordsKey(f"t:{name}"))


def one(name: str, choices: str = "yesno", correct: str | None = None, *looks: str) -> SelectOne:
    words = WordsKey(f"t:{name}")
    return SelectOne(name=name, parent=ROOT, row=0, words=words, list_name=choices, correct=correct, appearance=looks)


def several(name: str, choices: str = "many") -> SelectMultiple:
    return SelectMultiple(name=name, parent=ROOT, row=0, words=WordsKey(f"t:{name}"), list_name=choices)


def steps(name: str, end: str = "4") -> Range:
    return Range(name=name, parent=ROOT, row=0, words=WordsKey(f"t:{name}"), grid=Grid("0", end, "1"))


def number(name: str) -> Number:
    return Number(name=name, parent=ROOT, row=0, words=WordsKey(f"t:{name}"), kind="integer")


def text(name: str) -> Text:
    return Text(name=name, parent=ROOT, row=0, words=WordsKey(f"t:{name}"))


def understood(name: str) -> Acknowledge:
    return Acknowledge(name=name, parent=ROOT, row=0, words=WordsKey(f"t:{name}"))


def a_questionnaire(
    *parts: Sequence[Question | Note], practice: Sequence[Question | Note] = (), purpose: Purpose = Purpose.SURVEY
) -> Questionnaire:
    """Return a questionnaire with these modules (m1, m2, ...); English, Welsh and Arabic words are made from names."""
    nodes: list[Node] = [Root(name="data")]
    modules = []
    words = {"t:title": "About the wing"} | {f"c:v{at}": f"Choice {at}" for at in range(8)} | {"c:none": "None"} | WORDS
    named = [("practice", practice, True)] if practice else []
    named += [(f"m{at}", part, False) for at, part in enumerate(parts, start=1)]
    for name, part, practising in named:
        first = NodeNumber(len(nodes))
        nodes.append(ModuleNode(name=name, parent=ROOT, row=len(nodes)))
        nodes += [replace(node, parent=first, row=len(nodes) + at) for at, node in enumerate(part)]
        words |= {f"t:{node.name}": f"Question {node.name}?" for node in part} | {f"t:{name}": name}
        last = NodeNumber(len(nodes) - 1)
        modules.append(Module(ModuleName(name), WordsKey(f"t:{name}"), first, last, 90, practice=practising))
    return Questionnaire(
        id="wing-life",
        version="2026-11",
        purpose=purpose,
        title=WordsKey("t:title"),
        default_language=EN,
        order="fixed",
        rights=Rights("own", "Wing Voice", ""),
        languages=(
            Language(EN, "English", "ltr", checked=True, fallback=None, sound="none"),
            Language(CY, "Cymraeg", "ltr", checked=False, fallback=EN, sound="none"),
            Language(AR, "العربية", "rtl", checked=False, fallback=EN, sound="none"),
        ),
        modules=tuple(modules),
        blocks=(),
        draws={},
        nodes=tuple(nodes),
        lists=LISTS,
        scales={},
        actions=(),
        words={
            EN: {WordsKey(key): (words,) for key, words in words.items()},
            CY: {WordsKey(key): (f"cy {words}",) for key, words in words.items()},
            AR: {},
        },
        sound={},
        pictures={"*": {WordsKey("c:v1"): "hello.webp"}, "cy": {WordsKey("c:v1"): "wing.webp"}},
        media={},
    )


def an_opened(questionnaire: Questionnaire, name: str = "wing-life", *, texts: bool = True) -> MemoryOpened:
    """Return an open consultation about this questionnaire."""
    consultation = Consultation(
        id=ConsultationId(name),
        questionnaire="00" * 32,
        campaign="autumn",
        key="11" * 8,
        wings=(Wing("b"),),
        opens=date(2026, 11, 1),
        closes=date(2026, 12, 1),
        level="consult",
        form="individual",
        owner="the wing manager",
        answer_by=date(2027, 1, 14),
        limits={EN: "We cannot change the law."},
        free_text=FreeText(
            policy="staffed-queue" if texts else "none",
            who_reads={EN: "the safety team"} if texts else {},
            longest_wait_days=28,
        ),
        min_own=0,
        notice_version="1",
    )
    return MemoryOpened(consultation, questionnaire)


def a_place(*languages: str, helpers: int = 1, queue: bool = True, kind: str = "wing") -> PlaceFile:
    """Return a wing with a demonstration queue that reads English."""
    return PlaceFile(
        wing=Wing("b"),
        kind="office" if kind == "office" else "wing",
        names={EN: "B wing"},
        languages=tuple(LanguageTag(tag) for tag in languages or ("en", "cy", "pl", "ar")),
        ask_after_s=60,
        wait_s=30,
        helpers=tuple(
            Helper({EN: f"Listener {at}"}, {EN: "Ask any officer. Day or night."}, "who-can-help")
            for at in range(helpers)
        ),
        queue=StaffedQueue(demonstration=True, answers="the duty governor", lists={EN: 1}) if queue else None,
    )


def a_notice(name: str, day: int = 1, body: str = "The showers are warm again.") -> Notice:
    return Notice(
        id=name,
        kind="what-changed",
        day=date(2026, 11, day),
        title={EN: f"Title {name}", CY: f"Teitl {name}"},
        body={EN: body},
        said={EN: "The showers are cold."},
        did={EN: "We mended the boiler."},
        by="the works manager",
    )


def a_shelf(
    *questionnaires: Questionnaire,
    notices: Sequence[Notice] = (),
    place: PlaceFile | None = None,
    texts: bool = True,
) -> MemoryShelf:
    """Return a shelf on which these are open, named c0, c1, ..."""
    opened = tuple(an_opened(form, f"c{at}", texts=texts) for at, form in enumerate(questionnaires))
    return MemoryShelf(place=place or a_place(), consultations=opened, notices=tuple(notices))
