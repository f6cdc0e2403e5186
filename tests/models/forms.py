"""A small questionnaire with one of everything, for tests that fill, seal or show one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from models.answers import AnswerSheet, begin
from models.expressions.parse import parse
from models.expressions.syntax import Expr, Named, Ref, resolved
from models.expressions.syntax import Path as PathExpr
from models.questionnaire import (
    Acknowledge,
    Block,
    BlockSpan,
    Calculate,
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
    Questionnaire,
    Range,
    Rights,
    Root,
    ScaleKey,
    SelectMultiple,
    SelectOne,
    Text,
    Words,
    WordsKey,
)
from models.routing import open_route

DAY = date(2026, 11, 22)
NAMES = (
    "data",
    "practice",
    "try",
    "food",
    "hello",
    "eats",
    "taste",
    "liked",
    "how_many",
    "fair",
    "life",
    "age",
    "hours",
    "extra",
    "more",
    "dish",
    "seen",
)


def expr(source: str, names: tuple[str, ...] = NAMES) -> Expr:
    """Return an author's expression with its `${names}` resolved."""

    def number_of(part: Named | PathExpr) -> int | None:
        return names.index(part.name) if isinstance(part, Named) else None

    return resolved(parse(source), number_of)


def number(name: str) -> NodeNumber:
    return NodeNumber(NAMES.index(name))


def key(text: str) -> WordsKey:
    return WordsKey(text)


LISTS = {
    "yesno": (
        Choice("yes", key("c:yes")),
        Choice("no", key("c:no")),
        Choice("na", key("c:na"), kind="skip"),
    ),
    "agree": tuple(Choice(str(score), key(f"c:agree:{score}"), score=score) for score in (5, 4, 3, 2, 1)),
    "topics": (
        Choice("bread", key("c:bread")),
        Choice("fruit", key("c:fruit")),
        Choice("tea", key("c:tea")),
        Choice("none", key("c:none"), exclusive=True),
    ),
    "dishes": (
        Choice("stew", key("c:stew"), columns={"eater": "yes"}),
        Choice("curry", key("c:curry"), columns={"eater": "yes"}),
        Choice("soup", key("c:soup"), columns={"eater": "no"}),
        Choice("other", key("c:other"), kind="not_for_me", columns={"eater": "yes"}),
    ),
}


def _nodes() -> tuple[Node, ...]:
    food, life, extra = number("food"), number("life"), number("extra")
    eats_well = expr("${eats} = 'yes'")
    return (
        Root(name="data"),
        ModuleNode(name="practice", parent=NodeNumber(0), row=2, words=key("t:practice")),
        SelectOne(name="try", parent=number("practice"), row=3, words=key("t:try"), list_name="yesno", correct="yes"),
        ModuleNode(name="food", parent=NodeNumber(0), row=5, words=key("t:food")),
        Note(name="hello", parent=food, row=6, words=key("t:hello")),
        SelectOne(
            name="eats",
            parent=food,
            row=7,
            words=key("t:eats"),
            list_name="yesno",
            required=expr("true()"),
            required_words=key("t:eats:r"),
        ),
        SelectOne(
            name="taste",
            parent=food,
            row=8,
            words=key("t:taste"),
            hint=key("t:taste:h"),
            list_name="agree",
            appearance=("likert",),
            relevant=eats_well,
            scale="kitchen",
        ),
        SelectMultiple(name="liked", parent=food, row=9, words=key("t:liked"), list_name="topics", relevant=eats_well),
        Calculate(name="how_many", parent=food, row=10, calculate=expr("count-selected(${liked})")),
        Range(name="fair", parent=food, row=11, words=key("t:fair"), grid=Grid("0", "10", "0.5")),
        ModuleNode(name="life", parent=NodeNumber(0), row=13, words=key("t:life")),
        Number(
            name="age",
            parent=life,
            row=14,
            kind="integer",
            words=key("t:age"),
            constraint=expr(". >= 18 and . <= 120"),
            constraint_words=key("t:age:c"),
        ),
        Number(name="hours", parent=life, row=15, kind="decimal", words=key("t:hours")),
        Block(name="extra", parent=life, row=16, relevant=expr("${hours} > 2")),
        Text(name="more", parent=extra, row=17, words=key("t:more")),
        SelectOne(
            name="dish",
            parent=life,
            row=18,
            words=key("t:dish"),
            list_name="dishes",
            choice_filter=expr("eater = ${eats}"),
            randomize=True,
        ),
        Acknowledge(name="seen", parent=life, row=19, words=key("t:seen")),
    )


ENGLISH: Mapping[WordsKey, Words] = {
    key(name): (text,)
    for name, text in {
        "t:title": "Life on the wing",
        "t:practice": "Practice",
        "t:try": "Is this a practice?",
        "t:food": "Food",
        "t:hello": "First, the food.",
        "t:eats": "Do you eat in the dining room?",
        "t:eats:r": "Please choose one, or say you would rather not.",
        "t:taste": "The food tastes good.",
        "t:taste:h": "Think of the last week.",
        "t:liked": "What is good?",
        "t:fair": "How fair are the portions?",
        "t:life": "Life",
        "t:age": "How old are you?",
        "t:age:c": "Please type an age from 18 to 120.",
        "t:hours": "Hours out of your cell?",
        "t:dish": "Your favourite?",
        "t:seen": "I have read this.",
        "t:s:kitchen": "Kitchen",
        "c:yes": "Yes",
        "c:no": "No",
        "c:na": "I'd rather not say",
        "c:bread": "Bread",
        "c:fruit": "Fruit",
        "c:tea": "Tea",
        "c:none": "None of these",
        "c:stew": "Stew",
        "c:curry": "Curry",
        "c:soup": "Soup",
        "c:other": "I do not eat",
        **{f"c:agree:{score}": f"Step {score}" for score in range(1, 6)},
    }.items()
} | {key("t:more"): ("You said ", Ref(12), " hours. Tell us more.")}


def a_form(**changes: object) -> Questionnaire:
    """Return the questionnaire; `changes` replace its fields."""
    form = Questionnaire(
        id="wing-life",
        version="2026-11",
        purpose=Purpose.SURVEY,
        title=key("t:title"),
        default_language=LanguageTag("en"),
        order="fixed",
        rights=Rights("own", "Wing Voice", ""),
        languages=(
            Language(LanguageTag("en"), "English", "ltr", checked=True, fallback=None, sound="none"),
            Language(LanguageTag("cy"), "Cymraeg", "ltr", checked=False, fallback=LanguageTag("en"), sound="none"),
            Language(LanguageTag("ar"), "العربية", "rtl", checked=False, fallback=LanguageTag("en"), sound="none"),
        ),
        modules=(
            Module(ModuleName("practice"), key("t:practice"), number("practice"), number("try"), 10, practice=True),
            Module(ModuleName("food"), key("t:food"), number("food"), number("fair"), 60),
            Module(ModuleName("life"), key("t:life"), number("life"), number("seen"), 60),
        ),
        blocks=(BlockSpan("extra", None, number("extra"), number("more")),),
        draws={},
        nodes=_nodes(),
        lists=LISTS,
        scales={"kitchen": ScaleKey(key("t:s:kitchen"), "harmony", "mean", 1, 5, 1, "better")},
        actions=(),
        words={
            LanguageTag("en"): ENGLISH,
            LanguageTag("cy"): {key("t:food"): ("Bwyd",), key("t:eats"): ("Ydych chi'n bwyta?",)},
            LanguageTag("ar"): {key("t:food"): ("الطعام",), key("t:age:c"): ("من فضلك اكتب عمرا",)},
        },
        sound={},
        pictures={},
        media={},
    )
    return replace(form, **changes)  # type: ignore[arg-type]  # a builder takes any field


def a_sheet(form: Questionnaire | None = None, tag: str = "en", seed: int = 7) -> AnswerSheet:
    """Return an empty sheet."""
    return begin(open_route(form or a_form()), LanguageTag(tag), DAY, seed)
