"""Words of risk: what is caught in each language, what is not, and laws that hold whatever somebody types."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import models.letters
import models.risk
from models.letters import fold
from models.risk import CLASSES, RiskList, Signs, check, read_list

RISK = Path(__file__).parents[2] / "assets" / "risk"
TEXTS = Path(__file__).parent / "risk_texts"
TAGS = ("ar", "cy", "en", "es", "lt", "pa", "pl", "pt", "ro", "sq", "ur", "vi")
FALSE_ALARMS = 1  # of about twenty harmless texts a language, by every list together


def held(tag: str) -> dict[str, object]:
    return tomllib.loads((RISK / f"{tag}.toml").read_text(encoding="utf-8"))


@cache
def the_list(tag: str) -> RiskList:
    return read_list(tag, held(tag))


@cache
def every_list() -> tuple[RiskList, ...]:
    return tuple(the_list(tag) for tag in TAGS)


@cache
def texts(tag: str) -> Mapping[str, Sequence[str]]:
    return tomllib.loads((TEXTS / f"{tag}.toml").read_text(encoding="utf-8"))


def a_list(**lines: Sequence[str]) -> RiskList:
    """Return a list with these lines, and words that nobody types in the other classes."""
    return read_list("en", {"version": 1, "reviewed_by": "", **{about: ["zzyzx"] for about in CLASSES}, **lines})


def danger(text: str, *lines: str) -> bool:
    """Return whether a list of these lines finds danger in a text."""
    return "danger" in check(text, [a_list(danger=list(lines))]).classes


# What the lists catch. The texts and the lists come from the same hand, so these figures say that a list does what it
# is meant to, not how much of what people really write it would catch: only a review by speakers can say that.


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("about", [about for about in CLASSES if about != "escape"])
def test_every_text_of_a_class_is_caught_in_every_language(tag: str, about: str) -> None:
    missed = [text for text in texts(tag)[about] if about not in check(text, [the_list(tag)]).classes]
    assert missed == []


@pytest.mark.parametrize("tag", TAGS)
def test_danger_is_caught_whatever_other_lists_there_are(tag: str) -> None:
    assert all(check(text, every_list()).urgent for text in texts(tag)["danger"])


@pytest.mark.parametrize("tag", TAGS)
def test_harmless_texts_raise_hardly_an_alarm(tag: str) -> None:
    alarms = [text for text in texts(tag)["harmless"] if check(text, every_list()).urgent]
    assert len(alarms) <= FALSE_ALARMS, alarms


@pytest.mark.parametrize("tag", TAGS)
def test_an_allegation_against_staff_is_known_as_one(tag: str) -> None:
    for text in texts(tag)["staff"]:
        assert check(text, [the_list(tag)]).about_staff, text  # an alert, if any, is the duty governor's


def test_the_catch_is_counted(
    record_property: Callable[[str, object], None], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = []
    for tag in TAGS:
        caught = {
            about: sum(about in check(t, [the_list(tag)]).classes for t in texts(tag)[about]) for about in CLASSES
        }
        alarms = sum(check(text, every_list()).urgent for text in texts(tag)["harmless"])
        shares = ", ".join(f"{about} {caught[about]}/{len(texts(tag)[about])}" for about in CLASSES)
        rows.append(f"{tag}: {shares}; false alarms {alarms}/{len(texts(tag)['harmless'])}")
        record_property(tag, rows[-1])
    with capsys.disabled():
        print("", *rows, sep="\n")


@pytest.mark.parametrize("tag", TAGS)
def test_a_list_says_that_nobody_has_reviewed_it(tag: str) -> None:
    text = (RISK / f"{tag}.toml").read_text(encoding="utf-8")
    assert ("NOT REVIEWED" in text) == (the_list(tag).reviewed_by == "")
    assert the_list(tag).version >= 1


def test_there_is_a_list_and_there_are_texts_for_every_language_of_the_kiosk() -> None:
    assert tuple(sorted(path.stem for path in RISK.glob("*.toml"))) == TAGS
    assert tuple(sorted(path.stem for path in TEXTS.glob("*.toml"))) == TAGS


# How words are met half way.


@pytest.mark.parametrize(
    "text",
    [
        "kill myself", "KILL MYSELF", "kíll mysélf", "kiiiill   myseeelf", "k1ll mys3lf", "k!ll my$elf", "kill-myself",
        "k.i.l.l m.y.s.e.l.f", "k i l l  m y s e l f", "killmyself", "kill my self", "I will kill, myself",
        "kil myself", "kill\nmyself", "kill\u200bmyself", "\uff4bill myself", "xkillmyself9", "ki'll myself",
    ],
)  # fmt: skip
def test_however_it_is_written(text: str) -> None:
    assert danger(text, "kill myself")


@pytest.mark.parametrize("text", ["strangel him", "strangld him", "strangkle him", "strangle  him"])
def test_one_slip_in_a_long_word_is_forgiven(text: str) -> None:
    assert danger(text, "strangle|strangled him")


@pytest.mark.parametrize("text", ["skill", "mykill selfish", "a hill", "kilo of rice", "stranger things", "mangle him"])
def test_what_only_looks_alike_is_not_met(text: str) -> None:
    assert not danger(text, "kill", "strangle him", "strangled")


@pytest.mark.parametrize(
    ("line", "met", "missed"),
    [
        ("want .. die", ["want to die", "want to really just die", "want die"], ["want 1 2 3 4 5 die", "die want"]),
        ("suicid*", ["suicide", "suicidal", "sui cidal"], ["suit"]),
        ("kill|hurt him|her", ["kill her", "hurt him"], ["kill us"]),
        ("heart_attack|stroke now", ["heart attack now", "stroke now"], ["heart now", "attack now"]),
        ("mr ^", ["see mr Jones"], ["see mr jones", "mr. He said"]),
    ],
)
def test_what_a_line_means(line: str, met: list[str], missed: list[str]) -> None:
    assert [text for text in met if not danger(text, line)] == []
    assert [text for text in missed if danger(text, line)] == []


def test_a_not_takes_nothing_away() -> None:
    assert danger("I will not kill myself", "kill myself")
    assert check("I don't want to live", [the_list("en")]).urgent
    assert check("nobody is hurt", [the_list("en")]).urgent


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أَنْتَحِر", "انتحر"), ("انتحـــار", "انتحار"), ("إيذاء", "ايذا"), ("والموت", "والموت"), ("خودکشی", "خودكشي"),
        ("żyć", "zyc"), ("ăn", "an"), ("đời", "doi"), ("ł", "l"), ("ਖ਼ੁਦਕੁਸ਼ੀ", "ਖੁਦਕੁਸੀ"), ("ș", "s"), ("ŵ", "w"),
    ],
)  # fmt: skip
def test_letters_that_are_written_for_each_other_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_what_arabic_writes_to_the_front_of_a_word_is_taken_off() -> None:
    for text in ("والموت", "بالموت", "للموت", "فموت", "سيموت"):
        assert danger(text, "موت", "يموت"), text


def test_tones_tell_words_apart_where_a_list_keeps_them() -> None:
    vi = the_list("vi")
    for text in ("tự tử", "tu tu", "TỰ TỬ", "tự tu"):
        assert check(text, [vi]).urgent, text
    assert not check("xin nói từ từ thôi", [vi]).urgent


EASTERN = "A\u0661\u0662\u0663\u0664BC"


@pytest.mark.parametrize(
    "text", ["A1234BC", "ask a1234bc.", "see A 1234 BC", "A1234-BC", "B123456", "(b123456)", EASTERN]
)
def test_numbers_of_people_in_prison_are_pointed_out(text: str) -> None:
    assert check(text, []).identifies


@pytest.mark.parametrize("text", ["A12345BC", "AB1234C", "1234567", "A1234", "cell 14 at 10.30", "AA1234BC"])
def test_other_numbers_are_not(text: str) -> None:
    assert not check(text, []).identifies


# Laws.

WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "M", "P", "S", "Z", "C"]), max_size=60)
BEFORE_AFTER = st.lists(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=8), max_size=6).map(" ".join)
SOME_DANGER = st.sampled_from([(tag, text) for tag in TAGS for text in texts(tag)["danger"]])


@given(WORDS)
def test_no_text_breaks_it(text: str) -> None:
    assert check(text, every_list()).classes <= set(CLASSES)


@settings(max_examples=300)
@given(BEFORE_AFTER, SOME_DANGER, BEFORE_AFTER)
def test_words_before_and_after_take_no_danger_away(before: str, found: tuple[str, str], after: str) -> None:
    tag, text = found
    assert (
        check(text, [the_list(tag)]).classes - {"names"} <= check(f"{before} {text} {after}", [the_list(tag)]).classes
    )


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(TAGS))
def test_the_order_of_lines_and_of_lists_means_nothing(random: Random, tag: str) -> None:
    shuffled = {about: random.sample(lines, len(lines)) for about, lines in the_list(tag).lines.items()}
    other = read_list(tag, {**held(tag), **shuffled})
    lists = random.sample(every_list(), len(every_list()))
    for text in random.sample([text for texts_ in texts(tag).values() for text in texts_], 20):
        assert check(text, [other]) == check(text, [the_list(tag)])
        assert check(text, lists) == check(text, every_list())


@given(SOME_DANGER)
def test_case_and_doubled_letters_mean_nothing(found: tuple[str, str]) -> None:
    tag, text = found
    words = text.split(" ")
    stretched = " ".join("".join(char * 3 if char.isascii() else char for char in word) for word in words)
    stretched = stretched if min(map(len, words)) > 1 else text  # a single letter may be part of a word spelled out
    for written in (text.upper(), stretched):
        assert check(text, [the_list(tag)]).urgent <= check(written, [the_list(tag)]).urgent


@pytest.mark.parametrize(
    "text", ["k" * 1000, "k " * 500, "killmyself" * 100, "cut kill " * 110, "a-" * 500, "'" * 1000]
)
def test_the_longest_and_strangest_text_is_looked_at_in_a_bounded_number_of_steps(text: str) -> None:
    """No word of a text has more ways to be read than its length allows; what follows is one look-up a way."""
    edges = models.letters.spread(text)
    assert sum(len(edge.readings) for here in edges for edge in here) <= 40 * max(1, len(edges))
    check(text, [the_list("en")])


def test_a_finding_tells_neither_words_nor_places() -> None:
    shown = repr(check("kill myself", [the_list("en")])) + repr(the_list("en"))
    assert "kill" not in shown
    assert repr(Signs()) == "Signs(classes=frozenset())"


@pytest.mark.parametrize("room", [models.risk, models.letters])
def test_the_rooms_hold_nothing_and_tell_nobody(room: object) -> None:
    """No cache, no log, no print, no global that could be written to: read from the source."""
    source = ast.parse(Path(str(room.__file__)).read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    named = {node.id for node in ast.walk(source) if isinstance(node, ast.Name)}
    assert not named & {"print", "open", "lru_cache", "cache", "logging", "globals"}
    assert not any(isinstance(node, ast.Global | ast.Nonlocal) for node in ast.walk(source))


@pytest.mark.parametrize(
    "broken",
    [
        {"version": 0}, {"version": "1"}, {"reviewed_by": None}, {"danger": []}, {"danger": "kill"}, {"danger": [1]},
        {"danger": [" "]}, {"danger": ["kill .."]}, {"danger": [".. kill"]}, {"danger": ["^ kill"]}, {"hurt": None},
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(RuntimeError):
        read_list("en", {**held("en"), **broken})
