"""Lines come out as wide as they were measured, whatever was measured or drawn before."""

from __future__ import annotations

import pytest
from kivy.base import EventLoop

from kiosk import typeset
from kiosk.presenters.shown import Look, Said
from kiosk.presenters.turn import Turn
from kiosk.screens import shaped, theme
from kiosk.screens.words import Words
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import FakeDoors

UNUSUAL_PX = range(83, 91)  # no screen uses them, so the first label of a font at such a size opens it


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("pa", "ਪ੍ਰਸ਼ੰ ਕੂ਼ੰ ਖ਼ੁਸ਼ੀ ਮੁੰਡਿਆਂ ਨੂੰ"),
        ("ar", "هل توافق؟ يتحدث الضباط هنا بأدب."),
        ("ur", "جی ہاں، جذبۂ خدمت فوراً"),
        ("vi", "Thức ăn ở khu có ngon không?"),
        ("en", "Is the food on the wing good?"),
    ],
)
def test_the_first_measure_of_a_font_is_that_of_all_later_ones(drive: Drive, tag: str, text: str) -> None:
    drive(lambda show: Turn(FakeDoors(), show))
    assert EventLoop.window is not None
    for size in UNUSUAL_PX:
        widths = set()
        for _ in range(2):
            label = shaped.ShapedCore(
                text=text,
                font_name=theme.font_path(typeset.font_for(tag, bold=True)),
                font_size=size,
                base_direction="rtl" if tag in {"ar", "ur"} else "ltr",
            )
            widths.add(label.get_extents(text)[0])
            label.refresh()
            widths.add(label.texture.width)
            assert label.texture.pixels  # Kivy draws when somebody looks
        assert len(widths) == 1, (size, widths)


@pytest.mark.parametrize("text", ["Short", "Words of an English survey that nobody has put into this language yet"])
def test_words_of_another_direction_stand_where_their_page_begins(drive: Drive, text: str) -> None:
    drive(lambda show: Turn(FakeDoors(), show))
    words = Words(said=Said(text, "en", "ltr"), look=Look("rtl"), size=(500, 200))
    words.arrange()
    left, _, right, _ = words.padding
    assert left > 0
    assert right == 0
    assert words.halign == "left"  # lines of English still begin below each other


def test_every_line_of_a_name_in_another_script_begins_where_the_page_does(drive: Drive) -> None:
    drive(lambda show: Turn(FakeDoors(), show))
    words = Words(said=Said("Ann Archer", "en", "ltr"), look=Look("rtl"), flush=True, size=(120, 200))
    words.arrange()
    assert words.halign == "right"


def test_words_in_the_middle_are_about_equally_long_on_every_line(drive: Drive) -> None:
    drive(lambda show: Turn(FakeDoors(), show))
    words = Words(said=Said("Do you want all of this read to you?", "en", "ltr"), centred=True, size=(560, 200))
    words.arrange()
    left, _, right, _ = words.padding
    assert left == right
    assert left > 0
    lines = [line.w for line in words._label._cached_lines]
    assert min(lines) > max(lines) / 2
