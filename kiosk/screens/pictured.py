"""Pictures by name: the kiosk's own from assets/icons, and files that came with the bundle.

Rule 1: one album for the process, since there is one window; whoever serves a turn says where files come from.
Rule 2: a file is decoded once and kept while it is shown again and again; at most so many, the oldest goes.
Rule 3: a file that cannot be decoded is as one that is not there: words stand alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from kivy.core.image import Image as CoreImage

from kiosk.screens import theme

KEPT: Final = 24


class Album:
    """Finds the texture of a picture. `files` returns what came with the bundle under `<hash>.<ending>`, or None."""

    def __init__(self) -> None:
        self.files: Callable[[str], bytes | None] = lambda _name: None
        self._kept: OrderedDict[str, Any] = OrderedDict()

    def serve(self, files: Callable[[str], bytes | None]) -> None:
        """Take files from here from now on."""
        self.files = files
        self._kept.clear()

    def has(self, name: str | None) -> bool:
        """Whether there is something to draw under this name."""
        return bool(name) and (theme.picture_path(name or "", 1, rtl=False) is not None or self._file(name) is not None)

    def texture(self, name: str, side_px: float, *, rtl: bool) -> Any:  # noqa: ANN401 - Kivy carries no types
        """The picture's texture, an icon at least as large as it is drawn; None if there is none."""
        path = theme.picture_path(name, side_px, rtl=rtl)
        return CoreImage.load(path).texture if path is not None else self._file(name)

    def _file(self, name: str | None) -> Any:  # noqa: ANN401 - as above
        if not name or "." not in name:
            return None
        if name not in self._kept:
            self._kept[name] = _decoded(name, self.files(name))
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(name)
        return self._kept[name]


def _decoded(name: str, data: bytes | None) -> Any:  # noqa: ANN401 - as above
    if data is None:
        return None
    try:
        return CoreImage(BytesIO(data), ext=name.rpartition(".")[2], nocache=True, mipmap=True).texture
    except Exception:  # noqa: BLE001 - Kivy's decoders raise whatever their library does
        return None


ALBUM: Final = Album()
