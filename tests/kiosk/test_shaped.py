"""Lines come out as wide as they were measured, whatever was measured or drawn before."""

from __future__ import annotations

import pytest
from kivy.base import EventLoop

from kiosk import typeset
from kiosk.presenters.turn import Turn
from kiosk.screens import shaped, theme
from tests.kiosk.conftest import Drive
from tests.kiosk.doors import FakeDoors

UNUSUAL_PX = 83  # no screen uses it, so the first label of a font at this size opens it


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
    widths = []
    for _ in range(3):
        label = shaped.ShapedCore(
            text=text,
            font_name=theme.font_path(typeset.font_for(tag, bold=True)),
            font_size=UNUSUAL_PX,
            base_direction="rtl" if tag in {"ar", "ur"} else "ltr",
        )
        widths.append(label.get_extents(text)[0])
        label.refresh()
        widths.append(label.texture.width)
    assert len(set(widths)) == 1, widths
