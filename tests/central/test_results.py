"""Results: exact counts inside, and outside nothing that anybody could be traced by, not even by subtraction."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import seal
from models.canonical import canonical_json
from models.errors import ResultsError
from models.questionnaire import ModuleName, read_questionnaire
from models.questionnaire import Path as Question
from sync.central.opened import OpenedStore
from sync.central.results.aggregates import Cell, Counted, count
from sync.central.results.disclosure import (
    LEAST,
    Status,
    Table,
    hidden_choices,
    hidden_in_row,
    protect,
)
from sync.central.results.projection import Turn
from sync.central.results.release import Release, keep, last, make_release, read_release, release_json
from sync.central.results.report import page, print_tables
from tests.central import desks

FORM = seal.digest(desks.SURVEY)
READ = {FORM: read_questionnaire(desks.SURVEY)}
COUNTS = st.lists(st.integers(0, 40), min_size=2, max_size=7).filter(lambda counts: sum(counts) >= LEAST)


def turns(*sheets: tuple[int, dict[str, str]], establishment: str = "HMX") -> list[Turn]:
    return [
        Turn(
            establishment, None, None, FORM, ModuleName("m1"), "en", {Question(f"m1/{k}"): v for k, v in sheet.items()}
        )
        for times, sheet in sheets
        for _ in range(times)
    ]


def a_row(counts: list[int], of: int | None = None, **changes: object) -> Counted:
    asked = sum(counts)
    row = Counted(
        establishment="HMX",
        form=FORM,
        title="t",
        version="1",
        module=ModuleName("m1"),
        module_title="m",
        question=Question("m1/q"),
        words="q",
        kind="one",
        cells=tuple(Cell(str(at), str(at), number) for at, number in enumerate(counts)),
        asked=asked,
        of=asked if of is None else of,
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def seen(table: Table) -> list[int | None]:
    return [cell.count for cell in table.cells]


def test_counts_are_exact_and_sum_to_the_sheets() -> None:
    counted = count(
        turns((20, {"talk": "yes", "where": "gym yard", "calm": "4"}), (3, {"talk": "pns", "calm": ""})), READ
    )
    talk, where, calm = counted
    assert [(cell.key, cell.count) for cell in talk.cells] == [("yes", 20), ("no", 0), ("", 3)]
    assert (talk.asked, talk.of, talk.words) == (23, 23, "Do you talk with staff?")
    assert [(cell.key, cell.count) for cell in where.cells] == [("gym", 20), ("yard", 20), ("", 0)]
    assert (where.asked, where.of, where.follows) == (20, 23, ("m1/talk", frozenset({"yes"})))
    assert [cell.count for cell in calm.cells] == [0, 0, 0, 20, 0, 3]


A_HOUSEHOLD = canonical_json(
    desks.a_questionnaire()
    | {
        "modules": [{"name": "m1", "title": "t:m1", "first": 1, "last": 5, "seconds": 60}],
        "nodes": [
            *desks.a_questionnaire()["nodes"][:3],
            {"kind": "repeat", "name": "visitor", "parent": 1, "row": 4, "words": "t:m1"},
            {"kind": "select_one", "name": "again", "parent": 3, "row": 5, "words": "t:where", "list": "yesno"},
            {"kind": "rank", "name": "best", "parent": 1, "row": 7, "words": "t:calm", "list": "places"},
        ],
    }
)


def of_a_household(*sheets: tuple[int, dict[str, str]]) -> tuple[Counted, ...]:
    form = seal.digest(A_HOUSEHOLD)
    return count([replace(turn, form=form) for turn in turns(*sheets)], {form: read_questionnaire(A_HOUSEHOLD)})


def test_every_instance_of_a_repeat_is_counted_once_a_sheet() -> None:
    three = {f"visitor[{n}]/again": text for n, text in ((1, "yes"), (2, "yes"), (11, "no"))}
    rows = of_a_household((12, three), (10, {"visitor[1]/again": "pns"}), (4, {"talk": "yes"}))
    again = next(row for row in rows if row.question == "m1/visitor/again")
    assert [(cell.key, cell.count) for cell in again.cells] == [("yes", 12), ("no", 12), ("", 10)]
    assert (again.kind, again.asked, again.of) == ("many", 22, 26)


def test_nobody_makes_a_group_of_ten_alone() -> None:
    crowd = {"talk": "yes"} | {f"visitor[{n}]/again": "yes" for n in range(1, 41)}
    quiet = {"talk": "yes", "visitor[1]/again": "no"}
    again = next(row for row in of_a_household((1, crowd), (30, quiet)) if row.question == "m1/visitor/again")
    assert [cell.count for cell in again.cells] == [1, 30, 0]
    (table,) = protect([again])
    assert seen(table) == [None, None, None]


def test_a_rank_counts_what_was_put_first() -> None:
    (best,) = of_a_household((7, {"best": "yard gym"}), (2, {"best": "gym"}), (3, {"best": ""}))
    assert [(cell.key, cell.count) for cell in best.cells] == [("gym", 2), ("yard", 7), ("", 3)]
    assert best.words == "How calm is the wing? (put first)"


DRAWN = canonical_json(
    desks.a_questionnaire()
    | {
        "modules": [{"name": "m1", "title": "t:m1", "first": 1, "last": 6, "seconds": 60}],
        "draws": {"rest": 1},
        "blocks": [
            {"name": "calm", "draw": "rest", "first": 3, "last": 4},
            {"name": "yard", "draw": "rest", "first": 5, "last": 6},
        ],
        "nodes": [
            *desks.a_questionnaire()["nodes"][:3],
            {"kind": "block", "name": "calm", "parent": 1, "row": 4},
            {"kind": "select_one", "name": "q1", "parent": 3, "row": 5, "words": "t:calm", "list": "yesno"},
            {"kind": "block", "name": "yard", "parent": 1, "row": 6},
            {"kind": "select_one", "name": "q2", "parent": 5, "row": 7, "words": "t:where", "list": "yesno"},
        ],
    }
)


def drawn(*sheets: tuple[int, str, dict[str, str]], data: bytes = DRAWN) -> tuple[Counted, ...]:
    """Return the counts of sheets, each with how often it came and the block that it was given."""
    form = seal.digest(data)
    made = [replace(turn, form=form, blocks=(block,)) for n, block, sheet in sheets for turn in turns((n, sheet))]
    return count(made, {form: read_questionnaire(data)})


def test_a_drawn_block_is_counted_among_those_who_got_it() -> None:
    rows = drawn(
        (12, "calm", {"talk": "yes", "calm/q1": "yes"}),
        (11, "calm", {"talk": "no", "calm/q1": "no"}),
        (25, "yard", {"talk": "yes", "yard/q2": ""}),
    )
    assert [(row.question, row.pool, row.asked, row.of) for row in rows] == [
        ("m1/talk", "", 48, 48),
        ("m1/calm/q1", "calm", 23, 23),
        ("m1/yard/q2", "yard", 25, 25),
    ]
    assert [table.asked for table in protect(rows)] == [48, 23, 25]


def test_a_drawn_block_waits_for_ten_more_of_its_own() -> None:
    earlier = [(30, "calm", {"talk": "yes", "calm/q1": "yes"}), (30, "yard", {"talk": "no", "yard/q2": "no"})]
    later = [*earlier, (3, "calm", {"talk": "yes", "calm/q1": "no"}), (12, "yard", {"talk": "no", "yard/q2": "yes"})]
    tables = protect(drawn(*later), protect(drawn(*earlier)))
    assert [(table.question, table.asked, table.status == Status.EARLIER) for table in tables] == [
        ("m1/talk", 75, False),
        ("m1/calm/q1", 30, True),
        ("m1/yard/q2", 42, False),
    ]


def test_a_block_that_answers_decide_is_no_pool_of_its_own() -> None:
    form = json.loads(DRAWN)
    form["nodes"][3]["relevant"] = ["op", "=", ["ref", 2], ["text", "yes"]]
    rows = drawn(
        (12, "calm", {"talk": "yes", "calm/q1": "yes"}), (25, "yard", {"talk": "no"}), data=canonical_json(form)
    )
    assert [(row.question, row.pool, row.of) for row in rows][1] == ("m1/calm/q1", "", 37)


def test_establishments_are_counted_apart() -> None:
    both = turns((12, {"talk": "yes"})) + turns((15, {"talk": "no"}), establishment="OTH")
    assert [(row.establishment, row.asked) for row in count(both, READ)] == [("HMX", 12), ("OTH", 15)]


@given(COUNTS)
def test_no_shown_cell_is_under_ten(counts: list[int]) -> None:
    (table,) = protect([a_row(counts)])
    assert table.asked == sum(counts)
    assert all(shown is None or shown >= LEAST for shown in seen(table))


@given(COUNTS)
def test_no_hidden_cell_can_be_had_by_subtraction(counts: list[int]) -> None:
    """Whoever knows the total and every shown cell finds each hidden one anywhere from nought to ten and above."""
    (table,) = protect([a_row(counts)])
    hidden = [at for at, shown in enumerate(seen(table)) if shown is None]
    rest = (table.asked or 0) - sum(shown or 0 for shown in seen(table))
    if hidden:
        assert len(hidden) >= 2
        assert rest >= LEAST  # so each may be 0, or all of it


@pytest.mark.parametrize(("cells", "most"), [(2, 60), (3, 40), (4, 20)])
def test_not_even_by_somebody_who_knows_this_program(cells: int, most: int) -> None:
    """Every small row is tried; among the rows that would be published alike, no hidden cell is always the same."""
    alike: dict[tuple[int, tuple[int | None, ...]], list[tuple[int, ...]]] = {}
    for counts in itertools.product(range(most + 1), repeat=cells):
        if LEAST <= sum(counts) <= most:
            hidden = hidden_in_row(counts)
            published = tuple(None if at in hidden else number for at, number in enumerate(counts))
            alike.setdefault((sum(counts), published), []).append(counts)
    for (_, published), rows in alike.items():
        for at in range(cells):
            assert published[at] is not None or len({row[at] for row in rows}) > 1, rows


@given(st.integers(LEAST, 60), st.lists(st.floats(0, 1), min_size=2, max_size=5))
def test_a_choice_shown_has_ten_who_ticked_it_and_ten_who_did_not(asked: int, shares: list[float]) -> None:
    counts = [int(share * asked) for share in shares]
    hidden = hidden_choices(counts, asked)
    assert len(hidden) != 1
    for at, number in enumerate(counts):
        assert at in hidden or min(number, asked - number) >= LEAST


def test_unanimity_is_not_told() -> None:
    (table,) = protect([a_row([25, 0, 0])])
    assert seen(table) == [None, None, None]


def test_a_group_under_ten_is_not_shown_at_all() -> None:
    (table,) = protect([a_row([5, 4])])
    assert (table.asked, seen(table), table.status) == (None, [None, None], Status.TOO_FEW)


def test_a_shown_row_shows_everything() -> None:
    (table,) = protect([a_row([20, 12, 10])])
    assert (seen(table), table.status) == ([20, 12, 10], Status.SHOWN)


def test_a_question_that_only_some_were_asked_does_not_tell_a_hidden_number() -> None:
    talk = [("yes", 8), ("no", 30), ("", 12)]
    cells = tuple(Cell(key, key, number) for key, number in talk)
    first = a_row([8, 30, 12], question=Question("m1/talk"), cells=cells)
    second = a_row([4, 4], of=50, follows=(Question("m1/talk"), frozenset({"yes"})))
    assert [table.asked for table in protect([first, second])] == [50, None]


def test_a_question_that_follows_a_shown_answer_is_shown() -> None:
    cells = tuple(Cell(key, key, number) for key, number in [("yes", 25), ("no", 30), ("", 11)])
    first = a_row([25, 30, 11], question=Question("m1/talk"), cells=cells)
    second = a_row([12, 13], of=66, follows=(Question("m1/talk"), frozenset({"yes"})))
    third = a_row([12, 13], of=66, question=Question("m1/other"))  # nobody can say why some were asked
    assert [(table.asked, table.status) for table in protect([first, second, third])] == [
        (66, Status.SHOWN),
        (25, Status.SHOWN),
        (None, Status.TELLING),
    ]


@pytest.mark.parametrize("more", range(1, LEAST))
def test_a_release_is_not_followed_by_one_with_fewer_than_ten_more(more: int) -> None:
    earlier = protect([a_row([20, 12])])
    (table,) = protect([a_row([20, 12 + more])], earlier)
    assert (seen(table), table.status) == ([20, 12], Status.EARLIER)
    (again,) = protect([a_row([20, 12 + more])], [table])
    assert again == table


def test_a_release_is_followed_by_one_with_ten_more() -> None:
    earlier = protect([a_row([20, 12])])
    (table,) = protect([a_row([25, 17])], earlier)
    assert (seen(table), table.status) == ([25, 17], Status.SHOWN)


def asked_in_turn(yes: int, no: int, why: tuple[int, int]) -> list[Counted]:
    """Everybody is asked whether; who says yes is asked why; who answers the first of these is asked how."""
    cells = (Cell("yes", "yes", yes), Cell("no", "no", no))
    reasons = tuple(Cell(key, key, number) for key, number in zip(("food", "noise"), why, strict=True))
    return [
        a_row([yes, no], question=Question("m1/talk"), cells=cells),
        a_row([*why], of=yes + no, question=Question("m1/why"), cells=reasons, follows=FOLLOWS_YES),
        a_row([why[0]], of=yes + no, question=Question("m1/how"), follows=FOLLOWS_FOOD),
    ]


FOLLOWS_YES = (Question("m1/talk"), frozenset({"yes"}))
FOLLOWS_FOOD = (Question("m1/why"), frozenset({"food"}))


@pytest.mark.parametrize("more", range(1, LEAST))
def test_a_question_put_to_some_waits_for_ten_more_of_them(more: int) -> None:
    """Side by side two releases would lay open what the few who came between them answered."""
    earlier = protect(asked_in_turn(30, 20, (18, 12)))
    tables = protect(asked_in_turn(30 + more, 40, (18, 12 + more)), earlier)
    assert [(table.asked, seen(table), table.status) for table in tables] == [
        (70 + more, [30 + more, 40], Status.SHOWN),
        (30, [18, 12], Status.EARLIER),
        (18, [18], Status.SHOWN),
    ]
    again = protect(asked_in_turn(42, 60, (18, 24)), tables)
    assert [table.asked for table in again] == [102, 42, 18]


def test_what_follows_a_table_that_waits_tells_nothing_of_it() -> None:
    """Fifteen more were asked how: shown beside the earlier table they would tell how many came to that since."""
    earlier = protect(asked_in_turn(40, 20, (20, 20)))
    tables = protect(asked_in_turn(45, 40, (35, 10)), earlier)
    assert [(table.question, table.asked, table.status) for table in tables] == [
        ("m1/talk", 85, Status.SHOWN),
        ("m1/why", 40, Status.EARLIER),
        ("m1/how", None, Status.TELLING),
    ]


@given(st.lists(st.integers(-40, 2000), min_size=10, max_size=60))
def test_an_unusual_number_draws_no_band_of_its_own(numbers: list[int]) -> None:
    from sync.central.results.aggregates import _bands

    cells = _bands([(str(number),) for number in numbers])
    assert sum(cell.count for cell in cells) == len(numbers)
    assert min(cells[0].count, cells[-2].count) >= LEAST


def a_release(tmp_path: Path) -> Release:
    store = OpenedStore(tmp_path / "opened.sqlite")
    store.put(
        turns(
            (30, {"talk": "yes", "where": "gym yard", "calm": "4"}),
            (14, {"talk": "no", "calm": "2"}),
            (11, {"talk": "", "calm": ""}),
        ),
        (),
        {},
    )
    return make_release(store.turns(), [desks.SURVEY], desks.TODAY)


def test_a_release_is_read_back_as_it_was_kept(tmp_path: Path) -> None:
    release = a_release(tmp_path)
    assert last(tmp_path / "results") is None
    keep(tmp_path / "results", release)
    assert last(tmp_path / "results") == release == read_release(release_json(release))
    assert release_json(a_release(tmp_path / "again")) == release_json(release)


def test_a_spoilt_release_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_bytes(b'{"tables": 3}')
    with pytest.raises(ResultsError, match="last release"):
        last(tmp_path)


def test_a_questionnaire_never_published_is_named(tmp_path: Path) -> None:
    a_release(tmp_path)
    with pytest.raises(ResultsError, match=FORM.hex()[:12]):
        make_release(OpenedStore(tmp_path / "opened.sqlite").turns(), [], desks.TODAY)


class Seen(HTMLParser):
    """Counts tags and ids, and whatever would be fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            if name in ("src", "href", "xlink:href", "data") and not (value or "").startswith("#"):
                self.fetched.append(value or "")


def test_the_page_has_a_picture_and_a_table_for_each_question_shown(tmp_path: Path) -> None:
    release = a_release(tmp_path)
    shown = [table for table in release.tables if table.asked is not None]
    written = page(release)
    html = Seen()
    html.feed(written)
    assert html.tags["svg"] == html.tags["table"] == html.tags["figure"] == len(shown) == 3
    assert html.tags["h4"] == len(release.tables)
    assert html.tags["script"] == html.tags["link"] == html.tags["img"] == 0
    assert html.fetched == []
    assert max(html.ids.values()) == 1
    assert written.count('role="img" aria-labelledby=') == 3
    assert "30 of 55 answered “Yes”." in written
    assert "held back" in written


SCALED = canonical_json(
    desks.a_questionnaire()
    | {
        "rights": {
            "licence": "declared",
            "attribution": "The holder of the words",
            "source_url": "https://example.org/scale",
            "declaration": "letter of 3 May",
        },
        "scales": {
            "ease": {
                "title": "t:m1",
                "category": "harmony",
                "method": "mean",
                "low": 1,
                "high": 5,
                "min_items": 2,
                "higher_is": "better",
            }
        },
        "nodes": [
            *desks.a_questionnaire()["nodes"][:4],
            desks.a_questionnaire()["nodes"][4] | {"scale": "ease", "reverse": True},
        ],
    }
)


def test_the_page_says_whose_words_they_are_and_how_a_scale_is_scored(tmp_path: Path) -> None:
    form = seal.digest(SCALED)
    sheets = [replace(turn, form=form) for turn in turns((20, {"talk": "yes", "calm": "4"}))]
    release = make_release(sheets, [SCALED, desks.SURVEY], desks.TODAY)
    assert [one.form for one in release.instruments] == [form.hex()]
    written = " ".join(page(release).split())
    for words in (
        "About this questionnaire",
        "Life on the wing, version 2026-11.",
        "used with a permission: letter of 3 May.",
        "Attribution: The holder of the words. Source: https://example.org/scale.",
        "Scale: Talking",
        "Each answer counts from 1 to 5. A person&#39;s score is the mean of the answers; it needs 2 of the 1.",
        "an answer is turned round: it counts as 6 minus what was chosen. A higher score is better.",
        "<li>How calm is the wing? <em>(turned round)</em></li>",
    ):
        assert words in written, words
    assert read_release(release_json(release)) == release
    html = Seen()
    html.feed(written)
    assert html.fetched == []


def test_words_that_nobody_checked_are_named(tmp_path: Path) -> None:
    survey = desks.a_questionnaire()
    welsh = {"tag": "cy", "name": "Cymraeg", "direction": "ltr", "checked": False, "sound": "none", "fallback": "en"}
    data = canonical_json(survey | {"languages": [*survey["languages"], welsh]})
    sheets = [replace(turn, form=seal.digest(data)) for turn in turns((20, {"talk": "yes"}))]
    written = page(make_release(sheets, [data], desks.TODAY))
    assert "No native speaker has checked the words in: Cymraeg." in written
    assert "These are the words of those who ask." in written
    assert "No native speaker" not in page(a_release(tmp_path))


def test_a_release_from_before_instruments_is_still_read(tmp_path: Path) -> None:
    kept = json.loads(release_json(a_release(tmp_path)))
    del kept["instruments"]
    for table in kept["tables"]:
        del table["pool"]
    old = read_release(json.dumps(kept).encode())
    assert old.instruments == ()
    assert "About this questionnaire" not in page(old)


def test_the_page_is_the_same_bytes_for_the_same_release(tmp_path: Path) -> None:
    release = a_release(tmp_path)
    assert page(release) == page(release)


def test_words_of_authors_are_never_markup(tmp_path: Path) -> None:
    release = a_release(tmp_path)
    evil = "<script>alert(1)</script> $x$ & “q”"
    tables = [
        replace(table, words=evil, title=evil, cells=tuple(replace(cell, words=evil) for cell in table.cells))
        for table in release.tables
    ]
    written = page(replace(release, tables=tuple(tables)))
    html = Seen()
    html.feed(written)
    assert html.tags["script"] == 0
    assert "&lt;script&gt;" in written


def test_a_language_without_a_font_here_makes_no_noise(tmp_path: Path) -> None:
    release = a_release(tmp_path)
    tables = [
        replace(table, cells=tuple(replace(cell, words="قلتم وفعلنا 漢字") for cell in table.cells))
        for table in release.tables
    ]
    assert "漢字" in page(replace(release, tables=tuple(tables)))


def test_an_empty_page_says_so() -> None:
    assert "Nothing has been opened yet." in page(Release(desks.TODAY, ()))


def test_page_terminal_and_file_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release = a_release(tmp_path)
    print_tables(release)
    printed = capsys.readouterr().out
    for table in json.loads(release_json(release))["tables"]:
        for cell in table["cells"]:
            assert cell["count"] is None or str(cell["count"]) in printed
    assert "held back" in printed
