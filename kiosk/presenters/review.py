"""Review: what will be handed in, four lines a page."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Bars, Look, Said


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One question and its answer; `problem` marks what should be looked at again."""

    path: str
    prompt: Said
    answer: Said
    problem: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Up to four lines a page; onward hands in. While `handing_in`, nothing can be touched."""

    look: Look
    bars: Bars
    title: Said
    lines: tuple[ReviewLine, ...]
    page: int
    pages: int
    more: Said | None
    handing_in: bool


class ReviewPresenter:
    """What a touch on the review means; `touch_onward` hands in."""

    def touch_line(self, path: str) -> None: ...
    def touch_more(self) -> None: ...
