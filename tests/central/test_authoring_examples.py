"""The workbooks and the establishment that are shipped as examples."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kiosk.presenters.pictures import FAMILIES
from models.answers import AnswerSheet, begin
from models.canonical import canonical_json
from models.consultation import PlaceFile, read_consultation, read_place, text_allowed
from models.election.nominations import is_form
from models.errors import AnswerError
from models.noticeboard import read_notice
from models.questionnaire import (
    LanguageTag,
    ModuleName,
    Purpose,
    Questionnaire,
    SelectMultiple,
    SelectOne,
    Text,
    canonical_bytes,
    read_questionnaire,
)
from models.questionnaire import Path as QuestionPath
from models.routing import open_route
from sync.central.authoring.author import author_workbook
from sync.central.authoring.demonstration import ASSETS, CAMPAIGN, OFFICE, WRITTEN_FOR, lay_out
from sync.central.authoring.example_words import FOLDER, Example, read_bank, read_examples
from sync.central.authoring.examples import workbook_bytes
from sync.central.elections.paper.symbols import SIGNS
from sync.central.press import OFFICE_MODULE_S

EXAMPLES = read_examples()
NAMES = [example.form_id for example in EXAMPLES]
OPEN = [
    name for name in NAMES if name not in {"prison-life", "on-probation", "nomination"}
]  # not on the example's wings
CORE = ("voi", "rel", "saf")
OF_EVERYBODY = ("ptr", "ppl")  # of people on probation
WORDS_OF_ONES_OWN = {"suggestion", "sign-up", "standards", "nomination"}
LANGUAGES = ["en", "cy", "pl", "ar"]


def shipped(name: str) -> bytes:
    return (FOLDER / f"{name}.xlsx").read_bytes()


@pytest.fixture(scope="module")
def questionnaires() -> dict[str, Questionnaire]:
    return {name: author_workbook(shipped(name)).questionnaire for name in NAMES}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("content")
    lay_out(folder, date(2027, 3, 1))
    return folder


def a_sheet(questionnaire: Questionnaire) -> AnswerSheet:
    return begin(open_route(questionnaire), LanguageTag("en"), date(2026, 11, 22), seed=1)


def shown(sheet: AnswerSheet, module: str) -> list[str]:
    return [stop.path.rpartition("/")[2] for stop in sheet.stops(ModuleName(module))]


def cells(unverified: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(unverified))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_the_script_makes_the_shipped_workbook_again(example: Example) -> None:
    made = workbook_bytes(example)
    assert cells(made) == cells(shipped(example.form_id))
    assert made == workbook_bytes(example)


def test_every_shipped_workbook_has_its_tables() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.xlsx")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_workbook_passes_every_gate(name: str) -> None:
    """Nothing is recorded yet; one item of the bank, whose words are kept, is a little harder to read than the rest."""
    authored = author_workbook(shipped(name))
    remarks = [(notice.code, notice.facts.get("start")) for notice in authored.notices if notice.reading != "share"]
    assert remarks == ([("hard-to-read", "My own situation is looked at")] if name == "prison-life" else [])
    data = canonical_bytes(authored.questionnaire)
    assert read_questionnaire(data) == authored.questionnaire
    assert authored.questionnaire.id == name


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_there_in_every_language(name: str, questionnaires: dict[str, Questionnaire]) -> None:
    questionnaire = questionnaires[name]
    assert [language.tag for language in questionnaire.languages] == LANGUAGES
    keys = {frozenset(words) for words in questionnaire.words.values()}
    assert len(keys) == 1
    assert [language.tag for language in questionnaire.languages if language.checked] == ["en"]
    assert [language.tag for language in questionnaire.languages if language.direction == "rtl"] == ["ar"]


@pytest.mark.parametrize("name", NAMES)
def test_every_module_takes_at_most_three_minutes(name: str, questionnaires: dict[str, Questionnaire]) -> None:
    assert all(0 < module.seconds <= 180 for module in questionnaires[name].modules)


@pytest.mark.parametrize("name", NAMES)
def test_every_list_outside_practice_has_a_way_to_say_nothing(
    name: str, questionnaires: dict[str, Questionnaire]
) -> None:
    questionnaire = questionnaires[name]
    for node in questionnaire.nodes:
        if isinstance(node, SelectOne | SelectMultiple) and node.correct is None:
            assert "skip" in {choice.kind for choice in questionnaire.lists[node.list_name]}, node.name


def test_a_list_that_the_kiosk_has_pictures_for_has_one_beside_every_answer(
    questionnaires: dict[str, Questionnaire],
) -> None:
    seen: set[str] = set()
    for questionnaire in questionnaires.values():
        for name, choices in questionnaire.lists.items():
            _, values = FAMILIES.get(name, ("", ""))
            drawn = {choice.value for choice in choices if choice.value in values.split()}
            assert drawn in (set(), {choice.value for choice in choices if not choice.alone}), name
            seen |= {name} if drawn else set()
    assert seen == FAMILIES.keys()


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_called_what_residents_are_not(name: str, questionnaires: dict[str, Questionnaire]) -> None:
    words = json.loads(canonical_bytes(questionnaires[name]))["words"]["en"]
    text = " ".join(part for parts in words.values() for part in parts if isinstance(part, str)).lower()
    assert not re.search(r"inmate|offender|prisoner|\bvote", text)


def test_purposes_are_what_the_seal_binds(questionnaires: dict[str, Questionnaire]) -> None:
    assert {name: questionnaire.purpose for name, questionnaire in questionnaires.items()} == {
        "exit": Purpose.EXIT,
        "sign-up": Purpose.SIGN_UP,
        "nomination": Purpose.SIGN_UP,
        "standards": Purpose.SELF_ASSESSMENT,
        "on-probation": Purpose.SURVEY,
        "prison-life": Purpose.SURVEY,
        "wing-life": Purpose.SURVEY,
        "suggestion": Purpose.SUGGESTION,
        "shout-out": Purpose.SHOUT_OUT,
        "proposal": Purpose.SURVEY,
    }


def test_wing_life_has_practice_first_then_two_modules_of_scaled_items(
    questionnaires: dict[str, Questionnaire],
) -> None:
    questionnaire = questionnaires["wing-life"]
    assert [(module.name, module.practice) for module in questionnaire.modules] == [
        ("practice", True),
        ("daily", False),
        ("safe", False),
    ]
    items = {node.name for node in questionnaire.nodes if isinstance(node, SelectOne) and node.scale}
    assert items == {name for name, item in read_bank().items.items() if item.scale in {"rel", "con", "saf", "voi"}}


@pytest.mark.parametrize("name", NAMES)
def test_an_item_of_the_bank_keeps_its_scale_its_key_and_its_english(
    name: str, questionnaires: dict[str, Questionnaire]
) -> None:
    bank, questionnaire = read_bank(), questionnaires[name]
    for node in questionnaire.nodes:
        if isinstance(node, SelectOne) and node.name in bank.items:
            item = bank.items[node.name]
            assert (node.scale, node.reverse) == (item.scale, item.reverse)
            assert node.words is not None
            assert questionnaire.words[LanguageTag("en")][node.words] == item.words[:1]


def items_of(setting: str) -> dict[str, list[str]]:
    """Return the items of the bank for a setting, by scale."""
    found: dict[str, list[str]] = {}
    with (FOLDER / "item_bank.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["setting"] == setting:
                found.setdefault(row["scale_id"], []).append(row["item_id"])
    return found


@pytest.mark.parametrize(
    ("name", "setting", "drawn"),
    [("prison-life", "prison", {"people": 3, "life": 3}), ("on-probation", "probation", {"office": 2})],
)
def test_the_item_banks_survey_gives_everybody_whole_scales(
    name: str, setting: str, drawn: dict[str, int], questionnaires: dict[str, Questionnaire]
) -> None:
    questionnaire, scales = questionnaires[name], items_of(setting)
    every = [node for node in questionnaire.nodes if isinstance(node, SelectOne) and node.scale]
    assert sorted(node.name for node in every) == sorted(item for items in scales.values() for item in items)
    assert questionnaire.draws == drawn
    got: Counter[str] = Counter()
    for seed in range(400):
        sheet = begin(open_route(questionnaire), LanguageTag("en"), date(2026, 11, 22), seed=seed)
        asked = {stop.path.rpartition("/")[2] for module in questionnaire.modules for stop in sheet.stops(module.name)}
        given = {scale for scale, items in scales.items() if asked.issuperset(items)}
        assert asked.isdisjoint(item for scale in scales.keys() - given for item in scales[scale])
        assert len(given) == sum(drawn.values()) + len(CORE if name == "prison-life" else OF_EVERYBODY)
        got.update(given)
    for module, take in drawn.items():
        pool = [block.name.removeprefix("block_") for block in questionnaire.blocks if block.draw == module]
        share = 400 * take / len(pool)
        assert all(abs(got[scale] - share) < 45 for scale in pool), got


def test_everybody_in_prison_is_asked_the_core(questionnaires: dict[str, Questionnaire]) -> None:
    core = [stop.path.rpartition("/")[2] for stop in a_sheet(questionnaires["prison-life"]).stops(ModuleName("core"))]
    assert core == [item for scale in CORE for item in items_of("prison")[scale]]
    assert len(core) == 12


def test_wing_life_asks_how_only_after_a_yes(questionnaires: dict[str, Questionnaire]) -> None:
    sheet = a_sheet(questionnaires["wing-life"])
    assert shown(sheet, "daily")[-1] == "contact"
    assert shown(sheet.accept(QuestionPath("daily/contact"), "yes"), "daily")[-1] == "contact_ways"
    assert shown(sheet.accept(QuestionPath("daily/contact"), "no"), "daily")[-1] == "contact_hurdle"
    assert shown(sheet.accept(QuestionPath("daily/contact"), "skip"), "daily")[-1] == "contact"


def test_wing_life_asks_for_more_only_where_numbers_call_for_it(questionnaires: dict[str, Questionnaire]) -> None:
    sheet = a_sheet(questionnaires["wing-life"])
    assert {"saf_who", "key_worker_help"}.isdisjoint(shown(sheet, "safe"))
    assert "saf_who" in shown(sheet.accept(QuestionPath("safe/saf3"), "4"), "safe")
    assert "key_worker_help" not in shown(sheet.accept(QuestionPath("safe/key_worker"), "0"), "safe")
    assert "key_worker_help" in shown(sheet.accept(QuestionPath("safe/key_worker"), "2"), "safe")


def test_a_suggestion_begins_with_its_topic_and_ends_with_words(questionnaires: dict[str, Questionnaire]) -> None:
    questionnaire = questionnaires["suggestion"]
    assert shown(a_sheet(questionnaire), "idea") == ["topic", "wrong", "better", "phrases", "words"]
    last = questionnaire.nodes[-1]
    assert isinstance(last, Text)
    assert last.required is None
    assert last.hint is not None
    assert "demonstration" in str(questionnaire.words[LanguageTag("en")][last.hint])


def test_most_of_a_suggestion_can_be_said_by_tapping(questionnaires: dict[str, Questionnaire]) -> None:
    questionnaire = questionnaires["suggestion"]
    topic, detail = QuestionPath("idea/topic"), QuestionPath("idea/detail")
    for choice in questionnaire.lists["topic"]:  # type: ignore[index]
        sheet = a_sheet(questionnaire).accept(topic, choice.value)
        further = {"food": "meal", "skip": "wrong"}.get(choice.value, "detail")
        assert shown(sheet, "idea")[1] == further, choice.value
        if further == "detail":
            offered = [one.value for one in sheet.offered(detail)]
            assert 5 <= len(offered) <= 6, choice.value
            assert offered[-1] == "skip"


def test_thanks_are_given_without_typing(questionnaires: dict[str, Questionnaire]) -> None:
    assert shown(a_sheet(questionnaires["shout-out"]), "thanks") == ["who", "what", "say"]
    assert not any(isinstance(node, Text) for node in questionnaires["shout-out"].nodes)


def test_the_exit_questionnaire_asks_what_fits_where_somebody_leaves(questionnaires: dict[str, Questionnaire]) -> None:
    sheet = a_sheet(questionnaires["exit"])
    assert shown(sheet, "ready") == ["intro", "leaving", "feel"]
    leaving = QuestionPath("ready/leaving")
    assert shown(sheet.accept(leaving, "custody"), "ready")[2:] == ["sorted", "first_day", "feel"]
    assert shown(sheet.accept(leaving, "probation"), "ready")[2:] == ["better", "later", "feel"]
    assert not any(isinstance(node, Text) for node in questionnaires["exit"].nodes)


def test_a_sign_up_asks_for_a_name_last_and_never_demands_one(questionnaires: dict[str, Questionnaire]) -> None:
    assert shown(a_sheet(questionnaires["sign-up"]), "place") == ["about", "chance", "times", "needs", "name"]
    assert questionnaires["sign-up"].nodes[-1].required is None  # type: ignore[union-attr]


def test_a_nomination_is_one_part_so_that_central_keeps_it_whole_and_names_what_it_reads(
    questionnaires: dict[str, Questionnaire],
) -> None:
    nomination = questionnaires["nomination"]
    assert [module.name for module in nomination.modules] == ["nomination"]
    asked = shown(a_sheet(nomination), "nomination")
    assert asked == ["about", "contest", "ballot_name", "seconders", "statement", "symbol", "consent"]
    assert is_form(asked)
    signs = [choice.value for choice in nomination.lists["sign"] if choice.kind != "skip"]  # type: ignore[index]
    assert {f"code-{sign}" for sign in signs} <= set(SIGNS)


def test_no_other_workbook_is_taken_for_a_nomination(questionnaires: dict[str, Questionnaire]) -> None:
    taken = {name for name, form in questionnaires.items() if is_form(str(node.name) for node in form.nodes)}
    assert taken == {"nomination"}


def test_the_self_assessment_marks_seven_standards_from_0_to_4(questionnaires: dict[str, Questionnaire]) -> None:
    questionnaire = questionnaires["standards"]
    marked = [node for node in questionnaire.nodes if isinstance(node, SelectOne) and node.list_name == "level"]
    assert len(marked) == 7
    assert [choice.score for choice in questionnaire.lists["level"]] == [0, 1, 2, 3, 4, None]


@pytest.mark.parametrize(
    ("mark", "evidence"),
    [("2", []), ("skip", []), ("3", ["proof", "month", "which"]), ("4", ["proof", "month", "which"])],
)
def test_a_high_mark_asks_what_shows_it(
    mark: str, evidence: list[str], questionnaires: dict[str, Questionnaire]
) -> None:
    sheet = a_sheet(questionnaires["standards"]).accept(QuestionPath("deciding/top"), mark)
    asked = shown(sheet, "deciding")
    assert asked[: 2 + len(evidence)] == ["panel", "top", *(f"top_{kind}" for kind in evidence)]


@pytest.mark.parametrize(
    ("month", "kept"),
    [("2026-11-01", True), ("2025-11-01", True), ("2025-10-01", False), ("2026-12-01", False)],
)
def test_what_shows_a_standard_is_of_the_last_year(
    month: str, kept: bool, questionnaires: dict[str, Questionnaire]
) -> None:
    sheet = a_sheet(questionnaires["standards"]).accept(QuestionPath("deciding/top"), "4")
    if kept:
        assert (
            sheet.accept(QuestionPath("deciding/top_month"), month).value(QuestionPath("deciding/top_month")) == month
        )
    else:
        with pytest.raises(AnswerError, match="constraint"):
            sheet.accept(QuestionPath("deciding/top_month"), month)


def test_every_part_of_the_self_assessment_says_whose_it_is(questionnaires: dict[str, Questionnaire]) -> None:
    sheet = a_sheet(questionnaires["standards"])
    assert all("panel" in shown(sheet, module.name) for module in questionnaires["standards"].modules)


def canonical(path: Path) -> bytes:
    """As the press spells it, with the hash and the key that only the press knows."""
    value = tomllib.loads(path.read_text(encoding="utf-8"))
    if "questionnaire" in value:
        value |= {"questionnaire": "0" * 64, "key": "0" * 16}
    plain = {key: part.isoformat() if isinstance(part, date) else part for key, part in value.items()}
    return canonical_json({"format": 1} | plain)


def places(content: Path) -> list[PlaceFile]:
    return [read_place(canonical(path)) for path in sorted((content / "place").iterdir())]


def test_the_example_is_laid_out_as_the_press_takes_it(content: Path) -> None:
    consultations = [read_consultation(canonical(path)) for path in sorted((content / "consultations").iterdir())]
    assert sorted(consultation.id for consultation in consultations) == sorted(OPEN)
    assert {consultation.campaign for consultation in consultations} == {CAMPAIGN}
    assert {wing for consultation in consultations for wing in consultation.wings} == {"a", "b"}
    assert all(set(consultation.limits) == set(LANGUAGES) for consultation in consultations)
    forms = {read_questionnaire(path.read_bytes()).id for path in (content / "questionnaires").iterdir()}
    assert forms == set(OPEN)


def test_everything_is_open_on_the_day_the_example_is_laid_out_for(content: Path) -> None:
    for path in (content / "consultations").iterdir():
        consultation = read_consultation(canonical(path))
        assert consultation.opens <= date(2027, 3, 1) <= consultation.closes < consultation.answer_by
    notices = [read_notice(canonical(path)) for path in (content / "notices").iterdir()]
    assert {notice.kind for notice in notices} == {"notice", "what-changed", "reply", "results", "story"}
    assert all(notice.day <= date(2027, 3, 1) for notice in notices)
    assert all(set(notice.title) == set(notice.body) == set(LANGUAGES) for notice in notices)


def test_on_the_day_it_was_written_for_the_example_is_as_shipped(tmp_path: Path) -> None:
    lay_out(tmp_path, WRITTEN_FOR)
    for kind in ("place", "consultations", "notices"):
        for source in (ASSETS / "example" / kind).iterdir():
            assert (tmp_path / kind / source.name).read_bytes() == source.read_bytes()


def test_the_waiting_room_has_content_of_its_own_in_modules_of_ninety_seconds(tmp_path: Path) -> None:
    lay_out(tmp_path, date(2027, 3, 1), establishment=OFFICE)
    (place,) = places(tmp_path)
    assert (place.kind, list(place.languages)) == ("office", LANGUAGES)
    (path,) = (tmp_path / "questionnaires").iterdir()
    form = read_questionnaire(path.read_bytes())
    assert form.id == "on-probation"
    assert all(module.seconds <= OFFICE_MODULE_S for module in form.modules)
    (consultation,) = [read_consultation(canonical(path)) for path in (tmp_path / "consultations").iterdir()]
    assert consultation.wings == (place.wing,)
    notices = [read_notice(canonical(path)) for path in (tmp_path / "notices").iterdir()]
    assert {notice.kind for notice in notices} == {"notice", "what-changed", "results", "story"}
    assert all(set(notice.title) == set(notice.body) == set(LANGUAGES) for notice in notices)


def test_every_wing_tells_who_can_help_in_every_language(content: Path) -> None:
    drawn = tomllib.loads((ASSETS / "icons" / "icons.toml").read_text(encoding="utf-8"))
    for place in places(content):
        assert list(place.languages) == LANGUAGES
        assert len(place.helpers) == 5
        assert all(set(helper.name) == set(helper.how) == set(LANGUAGES) for helper in place.helpers)
        assert all(helper.picture in drawn for helper in place.helpers)


def test_words_of_one_s_own_are_taken_where_somebody_reads_them(content: Path) -> None:
    for place in places(content):
        for path in (content / "consultations").iterdir():
            consultation = read_consultation(canonical(path))
            for tag in LANGUAGES:
                allowed = text_allowed(consultation, place, LanguageTag(tag))
                assert allowed == (consultation.id in WORDS_OF_ONES_OWN)
