"""Sheets of an election, read back with another reader than the one that set them."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any, Final

import pytest
import segno
from pypdf import PageObject, PdfReader

from models import seal
from models.canonical import canonical_json
from models.counting.page import page_of
from models.counting.stv import StvCount, count_stv
from models.counting.ties import lots_by_hand
from models.counting.votes import Candidate
from models.election.definition import Definition
from models.election.slip import grouped, make_code, read_code
from models.errors import ReturningOfficerError
from sync.central.elections import ceremony, registrar
from sync.central.elections.opening_record import Entry
from sync.central.elections.paper import (
    flowing,
    forms,
    ink,
    notices,
    pictures,
    results,
    slips,
    symbols,
    voting,
    wording,
)
from sync.central.elections.paper.notices import KINDS, PRESSURE, STEPS
from sync.central.elections.plan import read_plan
from sync.central.elections.script import script
from sync.central.elections.turnout import Group
from tests.central.polling import a_plan

TITLES: Final = {"en": "Council of A wing", "pl": "Rada oddziału A", "ar": "مجلس الجناح A"}
TAGS: Final = ("en", "pl", "ar")
D: Final = seal.digest(b"a definition")
ROLL: Final = b"location,name,age\n" + b"".join(
    b"A-%03d,Person %d,%s\n" % (n, n, b"18-24" if n % 3 else b"25+") for n in range(60, 0, -1)
)
MILLIMETRE: Final = 72 / 25.4


def a_definition(**more: Any) -> Definition:  # noqa: ANN401 - whatever a plan has
    plan = a_plan(kiosks=1) | {"title": TITLES} | more
    return read_plan(json.dumps(plan).encode(), bytes(16), lambda _: b"").definition


def words_of(text: str) -> str:
    """Return the words in one line, without what only steers: isolates, vowel marks, line ends, double spaces."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub("[\u064b-\u0652\u2066-\u2069]", "", plain)
    return re.sub(r"\s+", " ", plain)


def sheets_of(pdf: bytes) -> list[str]:
    return [words_of(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def says(sheet: str, words: str) -> bool:
    """Tell whether every word and number stands on a sheet: from right to left a reader may change their order."""
    return all(one in sheet for one in re.findall(r"[^\W\d_]+|\d+", words_of(words)))


def sizes_mm(pdf: bytes) -> set[tuple[int, int]]:
    boxes = [page.mediabox for page in PdfReader(BytesIO(pdf)).pages]
    return {(round(float(box.width) / MILLIMETRE), round(float(box.height) / MILLIMETRE)) for box in boxes}


def type_sizes(page: PageObject) -> Iterator[tuple[float, str]]:
    """Give size in points and text of every piece of a page, as the reader finds them."""
    found: list[tuple[float, str]] = []

    def note(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        if text.strip():
            found.append((size, words_of(text)))

    page.extract_text(visitor_text=note)
    return iter(found)


def a_count() -> tuple[StvCount, list[Candidate]]:
    """Return a count of many stages with equal votes that a lot settles."""
    rankings = {(n, n % 12 + 1, (n + 3) % 12 + 1): 12 + n for n in range(1, 12)} | {(12, 1): 13}
    candidates = [Candidate(n, f"Person {n}", f"Party {n % 3}") for n in range(1, 13)]
    return count_stv(rankings, 12, 2, lots=lots_by_hand(tuple(range(1, 13)))), candidates


def count_sheets(tag: str) -> bytes:
    count, candidates = a_count()
    page = page_of(count, candidates, "Wing representatives")
    return results.count_pdf(count, candidates, page, seal.digest(b"votes"), tag)


@cache
def every_sheet(tag: str) -> Mapping[str, bytes]:
    """Return every kind of sheet in a language, from the same input each time."""
    definition = a_definition()
    digits = iter(f"{n:020d}" for n in range(10**19, 10**19 + 1000))
    run = registrar.make_slips(definition, lambda: next(digits), lambda made: made)
    shares = [" ".join(f"word{n}" for n in range(33)) for _ in range(3)]
    codes = {one.number: make_code(f"{one.number:020d}") for one in definition.witnesses}
    return {
        "slips": slips.slips_pdf(definition, run.slips[:8], (tag,)),
        "slips on A4": slips.slips_pdf(definition, run.slips[:8], (tag,), four=True),
        "shares": forms.share_pdf(shares, definition, codes, tag),
        "forms": forms.forms_pdf(definition, D, tag),
        "script": forms.script_pdf(script(definition, D)),
        "notices": notices.notices_pdf(definition, D, (tag,), outsider="Ada Example"),
        "roll": voting.roll_pdf(definition, voting.read_roll_table(ROLL), "A", tag),
        "ballots": voting.ballots_pdf(definition, D, (tag,)),
        "count": count_sheets(tag),
    }


@cache
def a_run() -> tuple[Definition, registrar.SlipRun]:
    definition = a_definition()
    return definition, registrar.make_slips(definition)


@pytest.fixture(scope="module", params=TAGS)
def sheets(request: pytest.FixtureRequest) -> tuple[str, Mapping[str, bytes]]:
    return request.param, every_sheet(request.param)


def test_every_sheet_is_a4_but_slips_which_are_a6(sheets: tuple[str, Mapping[str, bytes]]) -> None:
    _, made = sheets
    across = {"roll", "count"}
    for name, pdf in made.items():
        expected = {(105, 148)} if name == "slips" else {(210, 297)}
        expected |= {(297, 210)} if name in across else set()
        assert sizes_mm(pdf) <= expected, name


def test_no_letter_of_any_sheet_is_smaller_than_9_points(sheets: tuple[str, Mapping[str, bytes]]) -> None:
    _, made = sheets
    for name, pdf in made.items():
        pieces = [piece for page in PdfReader(BytesIO(pdf)).pages for piece in type_sizes(page)]
        assert len(pieces) > 10, name
        assert min(pieces)[0] >= 9, name


def test_the_notices_say_what_the_kiosk_says_in_the_language_of_the_wing(
    sheets: tuple[str, Mapping[str, bytes]],
) -> None:
    tag, made = sheets
    notice, *candidates, how, advice, disputes = sheets_of(made["notices"])
    assert says(notice, wording.say(tag, "Notice of election"))
    assert says(notice, TITLES[tag])
    assert D.hex()[:32] in notice
    assert D.hex()[32:] in notice
    assert seal.symbols(D) in notice
    assert "29.11.2026" in notice
    assert says(notice, wording.say(tag, KINDS["rank"], most=3))
    assert [all(f"Person {n}" in sheet for n in range(1, 5)) for sheet in candidates] == [True, False, False]
    assert all(says(how, wording.say(tag, step)) for step in STEPS)
    assert all(says(advice, wording.say(tag, words)) for words in PRESSURE)
    assert all(says(disputes, wording.say(tag, words)) for words in notices.COMPLAINTS)
    assert all("Ada Example" in sheet for sheet in (notice, advice, disputes))


def test_forms_name_the_election_and_have_a_line_for_each_who_signs(sheets: tuple[str, Mapping[str, bytes]]) -> None:
    tag, made = sheets
    pages = sheets_of(made["forms"])
    titles = (
        "Opening tape",
        "Closing tape",
        "Accounts of the envelopes",
        "Audit card",
        "Record of paper ballots",
        "Record of the dice",
    )
    assert len(pages) == len(titles)
    for page, title in zip(pages, titles, strict=True):
        assert says(page, wording.say(tag, title))
        assert seal.symbols(D) in page
        assert says(page, wording.say(tag, "Observer" if title == "Audit card" else "Observer 1"))
    assert "e3b0 c442" in pages[0]
    assert "35" in pages[2]


def test_share_sheets_number_33_words_and_say_who_must_not_see_them(sheets: tuple[str, Mapping[str, bytes]]) -> None:
    tag, made = sheets
    pages = sheets_of(made["shares"])
    assert len(pages) == 3 + 7
    for page in pages[:3]:
        assert all(f"word{n}" in page and f"{n + 1}." in page for n in range(33))
        assert says(page, wording.say(tag, "Keep this sheet from staff and from the other two trustees."))
    first, second = slips.code_rows(make_code(f"{1:020d}"))
    assert first in pages[3]
    assert second in pages[3]


def test_the_roll_names_people_by_place_and_totals_come_last(sheets: tuple[str, Mapping[str, bytes]]) -> None:
    tag, made = sheets
    *pages, totals = sheets_of(made["roll"])
    assert re.findall(r"A-\d{3}", " ".join(pages)) == [f"A-{n:03}" for n in range(1, 61)]
    assert all(says(page, wording.say(tag, "Signature")) for page in pages)
    assert says(totals, wording.say(tag, "Totals, when the poll is closed"))
    assert says(totals, "60 18-24 40 25 20")
    assert "Person" not in totals


@pytest.mark.parametrize(
    "table", [b"", b"name,location\n", b"location,name,age\nA-1,Ada\n", b"\xff\xfe", b'location,name\n"A']
)
def test_a_roll_that_is_not_a_table_of_people_is_refused(table: bytes) -> None:
    with pytest.raises(ReturningOfficerError):
        voting.read_roll_table(table)


def test_a_paper_ballot_has_candidates_in_order_in_every_language_of_the_wing() -> None:
    pages = sheets_of(voting.ballots_pdf(a_definition(), D, TAGS))
    assert [re.findall(r"Person (\d)", page) for page in pages] == [["1", "2", "3", "4"], [], []]
    for tag in TAGS:
        assert says(pages[0], wording.say(tag, voting.HOW["rank"], most=3))
        assert all(says(page, wording.say(tag, "Leave it blank")) for page in pages)
        assert says(pages[2], wording.say(tag, "Yes"))


def test_the_script_of_the_day_fits_one_sheet_and_has_every_step() -> None:
    definition = a_definition()
    (page,) = sheets_of(forms.script_pdf(script(definition, D)))
    steps = [line for line in script(definition, D).splitlines() if line[:2].strip().isdigit()]
    assert len(steps) > 20
    assert all(says(page, line) for line in steps)


def test_slips_come_in_the_callers_order_with_code_and_stub() -> None:
    definition, run = a_run()
    backwards = tuple(reversed(run.slips))
    pages = sheets_of(slips.slips_pdf(definition, backwards, TAGS))
    assert len(pages) == len(backwards)
    for page, slip in zip(pages, backwards, strict=True):
        groups = re.findall(r"\b[0-9]{4} [0-9]{4} [0-9]{4} [0-9]{4} [0-9]{4} [0-9]{2}\b", page)
        assert [read_code(one) for one in groups] == [slip.code]
        assert groups == [grouped(slip.code)]
        assert re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", page) == [slip.stubs[number] for number in sorted(slip.stubs)]
        assert (slips.AUDIT in page) == slip.audit
        for tag in TAGS:
            assert says(page, wording.say(tag, slips.TYPE_THIS))
            assert says(page, wording.say(tag, slips.KEEP_THIS))


def test_the_code_of_a_slip_is_set_in_18_points_or_more() -> None:
    definition, run = a_run()
    slip = run.slips[0]
    (page,) = PdfReader(BytesIO(slips.slips_pdf(definition, [slip]))).pages
    sizes = [size for size, text in type_sizes(page) if text.strip() in slips.code_rows(slip.code)]
    assert len(sizes) == 2
    assert min(sizes) >= 18


def test_more_contests_than_a_stub_holds_run_on_to_further_stubs() -> None:
    contests = [{"title": f"Question {n}", "kind": "question"} for n in range(1, 13)]
    definition = a_definition(contests=contests)
    slip = registrar.make_slips(definition).slips[0]
    pages = sheets_of(slips.slips_pdf(definition, [slip]))
    assert len(pages) > 1
    assert all(slip.stubs[n] in " ".join(pages) for n in range(1, 13))
    assert sum(slips.code_rows(slip.code)[0] in page for page in pages) == 1


def test_the_squares_on_a_slip_are_the_numeric_code_of_its_digits() -> None:
    code = make_code("12345678901234567890")
    side, runs = pictures.squares_of(code)
    drawn = [[False] * side for _ in range(side)]
    for across, down, length in runs:
        for at in range(across, across + length):
            drawn[down][at] = True
    scanned = segno.make_qr(code, error="q", mode="numeric")
    assert drawn == [[bool(module) for module in row] for row in scanned.matrix_iter(border=4)]
    sheets = ink.Sheets("Code")
    sheets.sheet()
    sheets.code(code, 20, 20, 33)
    (page,) = PdfReader(BytesIO(sheets.done())).pages
    boxes = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (-?[\d.]+) re f", page.get_contents().get_data())  # type: ignore[union-attr]
    assert len(boxes) == len(runs)
    left, top, step = 20 * MILLIMETRE, 842 - 20 * MILLIMETRE, 33 * MILLIMETRE / side
    for (x, y, wide, _), (across, down, length) in zip(boxes, runs, strict=True):
        assert float(x) == pytest.approx(left + across * step, abs=0.2)
        assert float(y) == pytest.approx(top - down * step, abs=0.3)
        assert float(wide) == pytest.approx(length * step, abs=0.02)


def test_the_result_of_a_count_names_who_is_elected_and_every_figure(sheets: tuple[str, Mapping[str, bytes]]) -> None:
    tag, made = sheets
    count, candidates = a_count()
    page = page_of(count, candidates, "Wing representatives")
    pages = sheets_of(made["count"])
    first = pages[0]
    assert len(count.stages) > 8
    assert any(tie.settled == "lot" for tie in count.ties)
    assert says(first, wording.say(tag, "Elected:"))
    assert all(f"Person {number}" in first for number, _ in count.elected)
    assert seal.digest(b"votes").hex() in first
    told = " ".join(pages)
    assert all(total in told for row in page.rows for _, total in row.cells)
    assert all(says(told, wording.sentence(tag, one)) for stage in page.stages for one in stage.sentences)
    assert (
        sum(says(sheet, wording.say(tag, "Candidate")) for sheet in pages) >= 2
    )  # a table for stages 1 to 8, and one after
    assert says(pages[-1], wording.say(tag, "how the votes moved"))


def an_entry(number: int, status: str, **more: Any) -> Entry:  # noqa: ANN401 - whatever an entry has
    facts: dict[str, Any] = {"audit": 2, "fingerprint": D, "blinded": True, "numbers": {"not_shown": 12}, "hashes": {}}
    return Entry(number=number, status=status, merged=bytes(32), accepted=14, **(facts | more))


def one_result(entry: Entry, report: object, groups: tuple[Group, ...] = ()) -> str:
    """Return the text of the result sheet of one contest, whose published report is `report`."""
    definition = a_definition()
    sheets = ink.Sheets("Result")
    files = {"board.json": b"board", f"count-{entry.number}.json": canonical_json(report) + b"\n"}
    results._contest(sheets, definition, definition.contest(entry.number), entry, files, groups)
    return " ".join(sheets_of(sheets.done()))


@pytest.mark.parametrize(
    ("number", "report", "told"),
    [
        (1, {"elected": [2, 4]}, "Elected: Person 2 Person 4"),
        (2, {"seats_by_party": [3, 0, 2]}, "Families: seats 3 Health: seats 2"),
        (3, {"carried": True}, "The proposal is carried."),
        (3, {"carried": False}, "The proposal is not carried."),
    ],
)
def test_an_outcome_without_figures_is_told_without_figures(number: int, report: object, told: str) -> None:
    sheet = one_result(an_entry(number, "result-only"), report)
    assert told in sheet
    assert "No figures are shown" in sheet
    assert "12 of 24 people took part." in sheet
    assert f"F, blinded {seal.symbols(D)} {D.hex()}" in sheet
    assert seal.digest(b"board").hex() in sheet


def test_a_contest_that_was_not_opened_says_so_and_names_nobody() -> None:
    sheet = one_result(an_entry(1, "not-opened", fingerprint=b"", blinded=False, numbers={}), {})
    assert "Too few ballots. They were not opened." in sheet
    assert "Person" not in sheet
    assert "took part." not in sheet


def test_turnout_by_group_shows_what_the_board_shows() -> None:
    sheet = one_result(an_entry(3, "result-only"), {"carried": True}, (Group("18-24", 60, 41), Group("25+", 80, 30)))
    assert "18-24 60 41" in sheet
    assert "25+ 80 30" in sheet


def test_the_names_of_who_is_elected_are_the_largest_letters_of_a_result() -> None:
    (first, *_) = PdfReader(BytesIO(count_sheets("en"))).pages
    count, _ = a_count()
    largest = max(size for size, _ in type_sizes(first))
    assert largest >= 24
    words = " ".join(text for size, text in type_sizes(first) if size == largest)
    assert all(f"Person {number}" in words for number, _ in count.elected)


def test_a_count_of_sixty_people_is_drawn_on_one_sheet_or_not_at_all() -> None:
    rankings = {(n, n % 60 + 1, (n + 7) % 60 + 1): 10 + n for n in range(1, 61)}
    candidates = [Candidate(n, f"Person {n}") for n in range(1, 61)]
    count = count_stv(rankings, 60, 5, lots=lots_by_hand(tuple(range(1, 61))))
    placed = flowing.fits(count, candidates)
    assert placed is None or placed[0].height <= placed[1][1]
    pdf = results.count_pdf(count, candidates, page_of(count, candidates, "Many"), bytes(32))
    assert len(sheets_of(pdf)) > 8


def test_the_same_input_gives_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib; from tests.central.test_paper import every_sheet\n"
        "for name, pdf in every_sheet('ar').items(): print(name, hashlib.sha256(pdf).hexdigest(), sep='=')"
    )
    command = [sys.executable, "-W", "ignore", "-c", program]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}).stdout
    here = {name: hashlib.sha256(pdf).hexdigest() for name, pdf in every_sheet("ar").items()}
    assert dict(line.split("=") for line in told.split("\n") if line) == here


def test_no_sheet_tells_where_or_when_it_was_made(sheets: tuple[str, Mapping[str, bytes]]) -> None:
    _, made = sheets
    for pdf in made.values():
        facts = PdfReader(BytesIO(pdf)).metadata
        assert facts is not None
        assert facts["/CreationDate"] == "D:20000101000000Z"
        assert facts.keys() == {"/CreationDate", "/Producer", "/Title"}


def test_every_sentence_on_paper_is_said_in_polish_and_arabic(monkeypatch: pytest.MonkeyPatch) -> None:
    missed: set[str] = set()
    found = wording.translated

    def noted(tag: str, text: str) -> str:
        said = found(tag, text)
        if tag != "en" and said == text and not text.startswith(("{name}", "Kiosk")):
            missed.add(text)
        return said

    monkeypatch.setattr(wording, "translated", noted)
    for tag in ("pl", "ar"):
        every_sheet.__wrapped__(tag)
    assert not missed


@pytest.mark.parametrize("tag", ["ar", "cy", "es", "lt", "pa", "pl", "pt", "ro", "sq", "ur", "vi"])
def test_a_voter_is_told_in_every_language_what_to_do_with_slip_and_ballot(tag: str) -> None:
    for text in (slips.TYPE_THIS, slips.KEEP_THIS, *voting.HOW.values(), *STEPS, *PRESSURE):
        assert wording.translated(tag, text) != text
    definition, run = a_run()
    (page,) = sheets_of(slips.slips_pdf(definition, run.slips[:1], (tag,)))
    assert grouped(run.slips[0].code) in page
    if tag != "pa":  # letters that a vowel sign goes before come back in the order in which they are drawn
        assert says(page, wording.say(tag, slips.TYPE_THIS))


@pytest.mark.parametrize("tag", ["ar", "cy", "es", "lt", "pa", "pl", "pt", "ro", "sq", "ur", "vi"])
def test_the_words_of_paper_hold_the_same_facts_in_every_language(tag: str) -> None:
    words, _ = wording._held(tag)
    assert len(words) > 10
    for text, said in words.items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", said)), text


def test_a_candidate_has_the_same_picture_on_paper_as_on_the_screen() -> None:
    from kiosk.presenters.booth_vote import picture_of
    from kiosk.presenters.comeback_names import NAMES

    assert tuple(name for name, _ in NAMES) == symbols.SIGNS
    definition = a_definition()
    for contest in definition.contests:
        for candidate in contest.candidates:
            for sign in (candidate.symbol, "sign-64", "sign-65", "sign-0", "thanks"):
                one = replace(candidate, symbol=sign)
                assert symbols.symbol(contest, one) == picture_of(contest, one)


def test_a_sign_without_a_picture_stands_as_its_number() -> None:
    sheets = ink.Sheets("Sign")
    sheets.sheet()
    sheets.picture("sign-99", 20, 20, 20)
    assert pictures.picture("../192/no") is None
    assert sheets_of(sheets.done()) == ["99"]


def test_letters_below_9_points_are_a_mistake_of_ours() -> None:
    sheets = ink.Sheets("Small")
    sheets.sheet()
    with pytest.raises(RuntimeError):
        sheets.say("too small", 8.9)
    assert sheets_of(sheets.done()) == [""]


def test_a_long_text_runs_on_and_loses_no_word() -> None:
    sheets = ink.Sheets("Long", "ar")
    sheets.sheet()
    words = ["كلمة" + "".join(chr(0x0628 + int(digit) % 6) for digit in str(n)) for n in range(1500)]
    sheets.say(" ".join(words), ink.READ)
    pages = sheets_of(sheets.done())
    assert len(pages) > 1
    assert all(says(" ".join(pages), one) for one in words)


def test_a_word_wider_than_its_column_is_cut_into_pieces_that_fit() -> None:
    sheets = ink.Sheets("Wide")
    sheets.sheet()
    lines = sheets.lines("x" * 400, 50, ink.BODY)
    assert "".join(lines) == "x" * 400
    assert all(sheets.wide(line, ink.BODY) <= 50 for line in lines)
    sheets.done()  # closes the fonts


def test_the_share_sheets_of_a_real_ceremony_open_the_key_again() -> None:
    definition = a_definition()
    held = ceremony.hold_key_ceremony(definition)
    pages = sheets_of(forms.share_pdf(held.shares, definition, held.codes))
    typed = []
    for page in pages[:3]:
        numbered = dict(re.findall(r"(\d+)\. ([a-z]+)", page))
        typed.append(" ".join(numbered[str(n)] for n in range(1, 34)))
    for pair in pairwise(typed):
        assert len(ceremony.combine(pair, held.public)) == 32
