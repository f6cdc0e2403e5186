"""A code, asked for: its four pictures, touched in order on pages of eight by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from kiosk.places import CodeDigits, CodePictures
from kiosk.presenters.comeback import picture_tiles
from kiosk.presenters.comeback_names import A_PAGE, KINDS, NAMES
from kiosk.presenters.shown import Bars, Look, Said, Tile
from kiosk.presenters.touching import Barred
from kiosk.sitting import goes
from kiosk.walking import put_down
from models.comeback import TAPPED

TILES: Final = {str(number) for number in range(len(NAMES))}
PAGES: Final = {str(page): page for page in range(len(KINDS))}


@dataclass(frozen=True, slots=True)
class ComebackPicturesView:
    """Four places, filled in order; the kinds, of which one is chosen; and the eight pictures of that kind."""

    look: Look
    bars: Bars
    title: Said
    chosen: tuple[Tile | None, ...]
    delete: Said | None
    tiles: tuple[Tile, ...]
    kinds: tuple[Tile, ...]


class ComebackPicturesPresenter(Barred):
    """What a touch on the pictures means."""

    kind = CodePictures

    def view(self) -> ComebackPicturesView:
        """Return the pictures touched so far, and one page of those to touch."""
        place = self.place(CodePictures)
        chosen = picture_tiles(self.phrase, place.pictures)
        return ComebackPicturesView(
            look=self.look(),
            bars=self.bars(),
            title=self.say("comeback", "Touch your four pictures in order"),
            chosen=(*chosen, *[None] * (TAPPED - len(chosen))),
            delete=self.say("keyboard", "Delete") if chosen else None,
            tiles=picture_tiles(self.phrase, range(place.page * A_PAGE, (place.page + 1) * A_PAGE)),
            kinds=tuple(self._kind(page, chosen=page == place.page) for page in self._near(place.page)),
        )

    def _near(self, page: int) -> Iterable[int]:
        """Return the kinds that are offered: all, or on a small screen the one before and the one after."""
        every = len(KINDS)
        return range(every) if self._turn.room.kinds >= every else ((page - 1) % every, (page + 1) % every)

    def _kind(self, page: int, *, chosen: bool) -> Tile:
        return Tile(str(page), self.phrase(KINDS[page]), NAMES[page * A_PAGE][0], chosen=chosen)

    def touch_kind(self, key: str) -> None:
        """Show the pictures of a kind."""
        place = self.here(CodePictures)
        if place is not None and key in PAGES:
            self._turn.move(goes(self._turn.sitting, replace(place, page=PAGES[key])))

    def touch_tile(self, key: str) -> None:
        """Take this picture as the next one; after the fourth, ask for the digits."""
        place = self.here(CodePictures)
        if place is None or key not in TILES:
            return
        pictures = (*place.pictures, int(key))
        if len(pictures) < TAPPED:
            self._turn.move(goes(self._turn.sitting, replace(place, pictures=pictures)))
        else:
            self._turn.move(goes(self._turn.sitting, CodeDigits(place.consultation, pictures)))

    def touch_delete(self) -> None:
        """Take the last picture away."""
        place = self.here(CodePictures)
        if place is not None:
            self._turn.move(goes(self._turn.sitting, replace(place, pictures=place.pictures[:-1])))

    def back(self) -> None:
        """Go back to where somebody said that they have a code."""
        self._turn.move(put_down(self._turn.sitting))
