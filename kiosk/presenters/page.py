"""A page to read: one notice, or one person or place that can help."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Bars, Look, Said


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, with a head where it has one ("You said", "We did")."""

    head: Said | None
    body: Said


@dataclass(frozen=True, slots=True)
class PageView:
    """A title and its paragraphs, cut into pages that do not scroll; `picture` is an icon's name."""

    look: Look
    bars: Bars
    title: Said
    blocks: tuple[Block, ...]
    picture: str | None
    page: int
    pages: int
    more: Said | None


class PagePresenter:
    """What a touch on a page means."""

    def touch_more(self) -> None: ...
