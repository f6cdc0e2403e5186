"""A questionnaire drawn before it is pressed: every question, every language, and nothing else written."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from kiosk.presenters.shown import Said
from kiosk.presenters.turn import Turn
from kiosk.preview import letters
from kiosk.preview.doors import PreviewDoors
from kiosk.preview.index import Taken, page
from kiosk.preview.png import PngFile
from kiosk.preview.rehearsal import Stand, rehearsed, stands
from kiosk.preview.sheet import ACROSS, GAP_PX, ContactSheet
from kiosk.preview.showing import PreviewError, show_questionnaire
from kiosk.sitting import wiped
from kiosk.walking import in_language, take_up
from models.expressions.parse import parse
from models.expressions.syntax import Ref
from models.questionnaire import (
    Action,
    BlockSpan,
    Instance,
    LanguageTag,
    Medium,
    NodeNumber,
    Questionnaire,
    Repeat,
    SelectOne,
    WordsKey,
    canonical_bytes,
)
from tests.builders_kiosk import EN, a_questionnaire, number, one, several, text
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import ASSETS
from tests.kiosk.every_kind import every_kind

HOUSE = Path(__file__).parents[2]


def places(questionnaire: Questionnaire, tag: str = "en", media: Path | None = None) -> tuple[Turn, list[Stand]]:
    """Return somebody's turn, and every place that a preview of this questionnaire stands at."""
    form = rehearsed(questionnaire)
    doors = PreviewDoors(form, media)
    turn = Turn(doors, lambda _view: None)
    language = next(one for one in form.languages if one.tag == tag)
    home = in_language(wiped(), language.tag, language.direction, doors.shelf())
    return turn, list(stands(turn, take_up(home, doors.shelf().consultations[0], doors.today(), 0)))


def named(found: list[Stand]) -> list[tuple[str, str]]:
    return [(stand.name, stand.part) for stand in found]


# What is stood at


def test_every_question_is_shown_also_those_that_only_an_answer_opens() -> None:
    never = replace(one("q2"), relevant=parse("false()"))
    assert named(places(a_questionnaire((one("q1"), never), (replace(number("n"), relevant=parse("1 = 2")),)))[1]) == [
        ("q1", ""),
        ("q2", ""),
        ("n", ""),
    ]


def test_no_filter_hides_a_choice_and_no_chance_mixes_them() -> None:
    filtered = replace(one("q1", "plain"), choice_filter=parse("name = 'nothing'"), randomize=True)
    turn, (stand,) = places(a_questionnaire((filtered,)))
    turn.move(stand.sitting)
    assert [tile.key for tile in turn.view().answer.tiles] == ["yes", "no"]  # type: ignore[union-attr]


def test_every_block_of_a_draw_is_shown_and_modules_stand_in_form_order() -> None:
    form = a_questionnaire((one("a"), one("b"), one("c")), (one("d"),), (one("e"),))
    spans = tuple(BlockSpan(f"b{at}", "rest", NodeNumber(at), NodeNumber(at)) for at in (2, 3, 4))
    drawn = replace(form, blocks=spans, draws={"rest": 1}, order="modules-shuffled")
    assert [name for name, _ in named(places(drawn)[1])] == ["a", "b", "c", "d", "e"]


def test_what_is_filled_into_words_stands_there_by_its_name() -> None:
    form = a_questionnaire((one("who"), one("q2")))
    spoken = {**form.words[EN], WordsKey("t:q2"): ("Hello ", Ref(NodeNumber(2)), ", ", parse("1 + 1"), "!")}
    turn, found = places(replace(form, words={**form.words, EN: spoken}))
    turn.move(found[1].sitting)
    assert turn.view().prompt.text == "Hello [who], [...]!"  # type: ignore[union-attr]


@pytest.mark.parametrize("first", [None, (), (Instance(), Instance())])
@pytest.mark.parametrize(("count", "series"), [(None, True), ("3", False), ("0", False)])
def test_a_repeat_is_shown_by_its_first_instance_and_its_series(
    first: tuple[Instance, ...] | None, count: str | None, series: bool
) -> None:
    form = a_questionnaire((one("q1"),))
    repeat = Repeat(
        name="house",
        parent=NodeNumber(1),
        row=9,
        words=WordsKey("t:q1"),
        first=first,
        count=None if count is None else parse(count),
    )
    nodes = (*form.nodes, repeat, replace(number("age"), parent=NodeNumber(3), words=WordsKey("t:q1")))
    module = replace(form.modules[0], last=NodeNumber(4))
    found = named(places(replace(form, nodes=nodes, modules=(module,)))[1])
    assert found == [("q1", ""), ("age", ""), *([("house", "")] if series else [])]


def test_a_question_has_a_picture_of_each_page_and_of_what_can_be_asked_for() -> None:
    long = replace(several("s", "long"), guidance=WordsKey("t:m1"))
    found = named(places(a_questionnaire((long, text("t"))))[1])
    assert found == [("s", ""), ("s", "page 2"), ("s", "more"), ("t", "first"), ("t", "")]


def test_every_kind_has_its_place_in_every_language() -> None:
    by_tag = {tag: named(places(every_kind(), tag)[1]) for tag in ("en", "cy", "pl", "ar")}
    assert len(by_tag["en"]) == 33
    assert all(found == by_tag["en"] for found in by_tag.values())
    assert ("both", "page 2") in by_tag["en"]
    kinds = {stand.kind for stand in places(every_kind())[1]}
    assert kinds == {
        *("note", "select_one", "select_multiple", "rank", "acknowledge", "range", "decimal", "integer", "text"),
        *("date", "time", "dateTime", "repeat"),
    }
    assert by_tag["en"][-1] == ("visitors", "")


def test_what_the_author_fixed_stays_as_it_is() -> None:
    start = Action("start", None, NodeNumber(2), parse("'no'"), 1)
    form = replace(a_questionnaire((one("q1", "plain"),)), actions=(start,))
    turn, (stand,) = places(form)
    turn.move(stand.sitting)
    assert [tile.key for tile in turn.view().answer.tiles if tile.chosen] == ["no"]  # type: ignore[union-attr]


def test_a_file_is_found_under_either_of_its_names(tmp_path: Path) -> None:
    form = replace(a_questionnaire((one("q1"),)), media={"a.png": Medium("ab" * 32, 1, "image/png")})
    (tmp_path / "a.png").write_bytes(b"by its own name")
    assert PreviewDoors(form, tmp_path).media(f"{'ab' * 32}.png") == b"by its own name"
    (tmp_path / f"{'ab' * 32}.png").write_bytes(b"by its content")
    assert PreviewDoors(form, tmp_path).media(f"{'ab' * 32}.png") == b"by its content"
    assert PreviewDoors(form, tmp_path).media("a.png") is None
    assert PreviewDoors(form, None).media(f"{'ab' * 32}.png") is None


# Pictures as files


def test_a_png_is_what_was_put_into_it(tmp_path: Path) -> None:
    rows = [b"".join(bytes((10 * x, 20 * y, 7)) for x in range(5)) for y in range(3)]
    with PngFile(tmp_path / "x.png", 5, 3) as png:
        for row in rows:
            png.row(row)
    with Image.open(tmp_path / "x.png") as read:
        assert (read.size, read.mode, read.tobytes()) == ((5, 3), "RGB", b"".join(rows))


def test_a_row_that_does_not_belong_to_a_picture_is_refused(tmp_path: Path) -> None:
    with PngFile(tmp_path / "x.png", 1, 1) as png:
        with pytest.raises(RuntimeError):
            png.row(b"\x00" * 6)
        png.row(b"\x00" * 3)
        with pytest.raises(RuntimeError):
            png.row(b"\x00" * 3)


def test_a_picture_without_all_its_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), PngFile(tmp_path / "x.png", 1, 2) as png:
        png.row(b"\x00" * 3)


@dataclass(frozen=True)
class Plain:
    """A small picture of one colour."""

    shade: int
    width: int = 10
    height: int = 4

    def rows(self) -> list[bytes]:
        return [bytes([self.shade] * 3 * self.width)] * self.height


@pytest.mark.parametrize("count", [1, ACROSS, ACROSS + 1, 2 * ACROSS + 3])
def test_a_sheet_holds_every_picture_in_order(tmp_path: Path, count: int) -> None:
    with ContactSheet(tmp_path / "s.png", count) as sheet:
        for at in range(count):
            sheet.add(Plain(at))
    with Image.open(tmp_path / "s.png") as read:
        pixels = read.load()
        across = min(ACROSS, count)
        assert read.size == (across * (10 + GAP_PX) + GAP_PX, -(-count // ACROSS) * (4 + GAP_PX) + GAP_PX)
        for at in range(count):
            row, column = divmod(at, ACROSS)
            assert pixels[GAP_PX + column * (10 + GAP_PX), GAP_PX + row * (4 + GAP_PX)] == (at, at, at)


# Letters


@pytest.mark.parametrize("font", sorted((ASSETS / "fonts").glob("*.ttf")), ids=lambda path: path.stem)
def test_the_letters_of_a_font_are_those_that_it_draws(font: Path) -> None:
    assert letters.letters(font) == set(TTFont(font).getBestCmap())


def test_letters_that_no_font_has_are_told_once() -> None:
    said = (Said("পা ok প", "bn", "ltr"), Said("šž ŵ", "cy", "ltr"), Said("السلام عليكم 24", "ar", "rtl"))
    assert letters.missing(said, ASSETS / "fonts") == "পা"


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.ttf").write_bytes(b"\x00\x01\x00\x00\x00\x00" + bytes(20))
    with pytest.raises(RuntimeError):
        letters.letters(tmp_path / "x.ttf")


# The page


def test_the_page_escapes_what_came_out_of_a_questionnaire_and_marks_what_does_not_fit() -> None:
    form = a_questionnaire((one("q1"),))
    evil = replace(form, words={EN: {**form.words[EN], form.title: ("<script>x</script>",)}})
    good = Taken("en", "m1/q1 ", "q1", "", 3, "selectone", "en/001-q1.png", (), "")
    bad = replace(good, tag="cy", file='cy/"x.png', clipped=("<b>long</b>",), unwritten="ਪ")
    written = page(evil, form.languages[:2], [good, bad])
    assert "<script>" not in written
    assert "&lt;b&gt;long&lt;/b&gt;" in written
    assert 'src="cy/&quot;x.png"' in written
    assert "1 pictures have words" in written
    assert "No font has: ਪ" in written
    assert "row 3" in written


# The whole way, as a program


@dataclass(frozen=True)
class Run:
    """What a run of the program came to."""

    code: int
    out: Path
    told: str
    complained: str


def preview(folder: Path, *arguments: str, questionnaire: bytes | None = None) -> Run:
    """Run the program in an empty folder of its own, with a home of its own."""
    folder.mkdir(exist_ok=True)
    if questionnaire is not None:
        (folder / "form.json").write_bytes(questionnaire)
    (folder / "home").mkdir(exist_ok=True)
    wanted = [sys.executable, "-m", "kiosk", "preview", "--questionnaire", "form.json", "--out", "pictures", *arguments]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KIVY", "SDL", "DISPLAY"))}
    run = subprocess.run(
        wanted,
        cwd=folder,
        env=kept | {"HOME": str(folder / "home"), "PYTHONPATH": str(HOUSE), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return Run(run.returncode, folder / "pictures", run.stdout, run.stderr)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The questionnaire of every kind, drawn in English and in Arabic."""
    folder = tmp_path_factory.mktemp("preview") / "run"
    form = canonical_bytes(every_kind())
    return preview(folder, "--language", "en", "--language", "ar", "--json", questionnaire=form)


@pytest.mark.screens
def test_every_question_is_drawn_in_the_languages_asked_for(drawn: Run) -> None:
    assert (drawn.code, drawn.complained) == (0, "")
    told = json.loads(drawn.told)
    assert (told["pictures"], told["troubled"]) == (66, [])
    for tag in ("en", "ar"):
        names = sorted(path.name for path in (drawn.out / tag).iterdir())
        assert len(names) == 33
        assert names[:3] == ["001-welcome.png", "002-talk.png", "003-talk-more.png"]
        with Image.open(drawn.out / f"contact-{tag}.png") as sheet:
            assert sheet.size == (6 * (320 + GAP_PX) + GAP_PX, 6 * (230 + GAP_PX) + GAP_PX)
    index = (drawn.out / "index.html").read_text(encoding="utf-8")
    assert index.count("<img") == 66
    assert all((drawn.out / file).is_file() for file in _files_named(index))


def _files_named(index: str) -> list[str]:
    return [part.split('"')[0] for part in index.split('src="')[1:]]


@pytest.mark.screens
def test_nothing_is_written_but_into_the_folder_that_was_asked_for(drawn: Run) -> None:
    folder = drawn.out.parent
    assert sorted(path.name for path in folder.iterdir()) == ["form.json", "home", "pictures"]
    assert list((folder / "home").iterdir()) == []
    wanted = {"en", "ar", "contact-en.png", "contact-ar.png", "index.html"}
    assert {path.name for path in drawn.out.iterdir()} == wanted


@pytest.mark.screens
@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_picture_is_what_the_kiosk_itself_draws(drawn: Run, drive: Drive, tag: str) -> None:
    turn, found = places(every_kind(), tag)
    driver = drive(lambda show: Turn(turn.doors, show))
    driver.app._touched_at = driver.clock()  # somebody is there
    for at in (1, 8, 12, 19, 31):
        driver.app.turn.move(found[at].sitting)
        width, height, raw = driver.pixels()
        (file,) = (drawn.out / tag).glob(f"{at + 1:03}-*.png")
        with Image.open(file) as picture:
            assert picture.size == (width, height)
            other = ImageChops.difference(picture.convert("RGB"), Image.frombytes("RGB", (width, height), raw))
            # A surface of another size rounds the edges of letters by one of 255; whatever is drawn otherwise shows.
            assert max(most for _, most in other.getextrema()) <= 1, file.name


@pytest.mark.screens
def test_a_small_picture_on_the_sheet_is_the_large_one_made_smaller(drawn: Run) -> None:
    with Image.open(drawn.out / "en" / "002-talk.png") as large, Image.open(drawn.out / "contact-en.png") as sheet:
        small = large.resize((320, 200), Image.Resampling.BOX)
        left = GAP_PX + 326
        found = sheet.crop((left, GAP_PX, left + 320, GAP_PX + 200))
        far = [abs(a - b) for a, b in zip(small.tobytes(), found.tobytes(), strict=True)]
    assert max(far) <= 3


@pytest.mark.screens
def test_words_that_do_not_fit_and_letters_that_no_font_has_are_told(tmp_path: Path) -> None:
    form = a_questionnaire((one("fits"), one("long"), one("boxes")))
    words: Mapping[WordsKey, Any] = {
        **form.words[EN],
        WordsKey("t:long"): ("Much too long a question to be read at all by anybody. " * 12,),
        WordsKey("t:boxes"): ("ਪ?",),
    }
    bad = replace(form, words={**form.words, EN: words}, pictures={})
    run = preview(tmp_path, "--language", "en", questionnaire=canonical_bytes(bad))
    assert run.code == 1
    assert "en row 3 long: does not fit: Much too long" in run.complained
    assert "en row 4 boxes: no font has: ਪ" in run.complained
    assert "fits" not in run.complained.replace("does not fit", "")
    assert run.told == "3 pictures: look at pictures/index.html\n"
    assert (run.out / "index.html").read_text(encoding="utf-8").count('class="look"') == 2


@pytest.mark.screens
def test_pictures_come_from_the_media_folder(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "#aa0000").save(file, "png")
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "red.png").write_bytes(file.getvalue())
    form = replace(
        a_questionnaire((one("q1"),)),
        pictures={"*": {WordsKey("t:q1"): "red.png"}},
        media={"red.png": Medium("ef" * 32, 1, "image/png")},
    )
    run = preview(tmp_path, "--language", "en", "--media", "media", questionnaire=canonical_bytes(form))
    assert run.code == 0
    with Image.open(run.out / "en" / "001-q1.png") as picture:
        colours = picture.getcolors(maxcolors=1 << 24)
    assert (0xAA, 0, 0) in {colour for _, colour in colours or ()}


@pytest.mark.parametrize(
    ("form", "arguments", "sentence"),
    [
        (b"{}", (), "A questionnaire cannot be read"),
        (b"\xff\x00", (), "A questionnaire cannot be read"),
        (None, (), "does not exist"),
        ("good", ("--language", "xx"), "The questionnaire has no language xx. It has: en, cy, ar."),
        ("good", ("--media", "nowhere"), "does not exist"),
        ("empty", (), "asks nothing"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence_and_nothing_is_written(
    tmp_path: Path, form: bytes | str | None, arguments: tuple[str, ...], sentence: str
) -> None:
    good = replace(a_questionnaire((one("q1"),)), pictures={})
    empty = a_questionnaire(())
    made = {"good": good, "empty": replace(empty, pictures={})}
    data = canonical_bytes(made[form]) if isinstance(form, str) else form
    run = preview(tmp_path, *arguments, questionnaire=data)
    assert run.code == 2
    assert sentence in " ".join(run.complained.replace("│", " ").split())
    assert "Traceback" not in run.complained
    assert not run.out.exists()


@pytest.mark.screens
def test_a_machine_without_graphics_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import kivy.core.window

    monkeypatch.setattr(kivy.core.window, "Window", None)
    for name in ("SDL_VIDEODRIVER", "SDL_AUDIODRIVER", "KIVY_HOME"):  # the program sets its own
        monkeypatch.setenv(name, os.environ.get(name, ""))
    with pytest.raises(PreviewError, match="its graphics libraries are missing"):
        show_questionnaire(canonical_bytes(every_kind()), None, tmp_path, ["en"], lambda _share, _words: None)
    assert list(tmp_path.iterdir()) == []


def test_the_choices_of_a_rehearsal_are_those_of_the_form() -> None:
    form = every_kind()
    asked = rehearsed(form)
    assert asked.lists == form.lists
    assert [node.name for node in asked.nodes] == [node.name for node in form.nodes]
    assert all(getattr(node, "relevant", None) is None for node in asked.nodes)
    assert isinstance(asked.nodes[2], type(form.nodes[2]))
    assert {type(node) for node in asked.nodes} >= {SelectOne, Repeat}
    assert asked.words[LanguageTag("ar")][WordsKey("m1")] == form.words[LanguageTag("ar")][WordsKey("m1")]
