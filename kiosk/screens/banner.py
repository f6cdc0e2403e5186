"""The sign of the kiosk, which staff hold, and the head of a page that rests."""

from __future__ import annotations

import time
from typing import Any, Final

from kivy.clock import Clock
from kivy.graphics import Color
from kivy.properties import ObjectProperty, StringProperty

from kiosk.screens import theme
from kiosk.screens.parts import Part, Picture
from kiosk.screens.rounded import Rounded
from kiosk.screens.theme import px, rgba
from kiosk.screens.words import Words

HOLD_S: Final = 5.0
SIGN, SMALL_SIGN, RAIL_TALL, SLIM_TALL = 24.0, 12.0, 15.0, 22.0
LOOK_AGAIN_S: Final = 0.1


class Logo(Part):
    """The sign of the kiosk. Staff hold it: after five seconds by the injected clock it says so, once."""

    monotonic = ObjectProperty(time.monotonic)
    name = StringProperty("logo")
    sign = StringProperty("logo")
    __events__ = ("on_held",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        self.picture = Picture(name="logo")
        self.add_widget(self.picture)
        self._since: float | None = None

    def on_held(self) -> None:
        """It was held long enough."""

    def arrange(self) -> None:
        """The sign fills its place."""
        dark = self.sign == "logo" and self.look.theme == "contrast"
        self.picture.name = "logo-contrast" if dark else ("logo-dark" if self.look.theme == "contrast" else self.sign)
        self.put(self.picture, 0, 0, self.width, self.height)

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's own
        """Begin to count; nothing is shown, since only staff know."""
        if not self.collide_point(*touch.pos):
            return False
        touch.grab(self)
        self._since = self.monotonic()
        Clock.schedule_once(self._look_again, LOOK_AGAIN_S)
        return True

    def on_touch_up(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's own
        """Stop counting."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        self._look_again(0)
        self._since = None
        return True

    def let_go(self) -> None:
        """The page under the finger went: nobody holds it any more."""
        self._since = None

    def _look_again(self, _dt: float) -> None:
        if self._since is None:
            return
        if self.monotonic() - self._since >= HOLD_S:
            self._since = None
            self.dispatch("on_held")
        else:
            Clock.schedule_once(self._look_again, LOOK_AGAIN_S)


class Banner(Part):
    """The head of a page that rests: the sign and one line on a filled ground. Staff hold the sign."""

    personal = ("said",)
    said = ObjectProperty(None, allownone=True)
    monotonic = ObjectProperty(time.monotonic)
    __events__ = ("on_held",)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**kwargs)
        with self.canvas.before:
            self._paint = Color()
            self._ground = Rounded()
        self.logo, self.words = Logo(sign="logo-light"), Words(role="title", ink="on_chosen")
        self.add_widget(self.logo)
        self.add_widget(self.words)
        self.logo.bind(on_held=lambda _: self.dispatch("on_held"))
        self.bind(said=self.again, monotonic=self.again)

    def on_held(self) -> None:
        """The sign was held long enough."""

    def wants_px(self, width: float) -> float:
        """Less on a small screen."""
        low = {"rail": RAIL_TALL, "slim": SLIM_TALL}.get(theme.MEASURE.shape)
        return super().wants_px(width) if low is None else float(px(low))

    def arrange(self) -> None:
        """Sign at the starting side, words after it."""
        self._paint.rgba = rgba(self.colours.chosen)
        self._ground.pos, self._ground.size, self._ground.radius = self.pos, self.size, [px(theme.RADIUS)]
        self.logo.monotonic, self.words.said = self.monotonic, self.said
        small = self.height < px(SIGN + 2)
        side, pad = px(SMALL_SIGN if small else SIGN), px(2.5 if small else 5)
        self.put(self.logo, pad, (self.height - side) / 2, side, side)
        self.put(self.words, 2 * pad + side, 0, self.width - 3 * pad - side, self.height)
