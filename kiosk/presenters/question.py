"""A question: one a screen, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.shown import Bars, Direction, Key, Look, Progress, Said, Tile


@dataclass(frozen=True, slots=True)
class Tiles:
    """Choices, up to five a page; `many` draws square boxes, `likert` one row; `page` counts from 0."""

    tiles: tuple[Tile, ...]
    many: bool
    likert: bool
    page: int
    pages: int
    more: Said | None


@dataclass(frozen=True, slots=True)
class Steps:
    """A row of steps in reading direction; `at` counts from 0."""

    stops: tuple[Said, ...]
    at: int | None
    low: Said | None
    high: Said | None


@dataclass(frozen=True, slots=True)
class Keypad:
    """A number pad; digits run left to right in every language. Keys: digits, "." and "delete"."""

    typed: str
    rows: tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class TextPad:
    """The kiosk's own keyboard; `left` says how many letters may follow, once they become few.

    Keys: a character to write, or space, delete, shift, letters, numbers, accents, done.
    """

    typed: str
    direction: Direction
    left: Said | None
    rows: tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """One button to say that the words were understood."""

    words: Said
    chosen: bool


@dataclass(frozen=True, slots=True)
class NoteOnly:
    """Words alone."""


AnswerPad = Tiles | Steps | Keypad | TextPad | Acknowledge | NoteOnly


@dataclass(frozen=True, slots=True)
class QuestionView:
    """All that one question shows; `trouble` is a kind sentence under the question."""

    look: Look
    bars: Bars
    progress: Progress
    badge: Said | None
    prompt: Said
    hint: Said | None
    picture: str | None
    answer: AnswerPad
    trouble: Said | None


class QuestionPresenter:
    """What a touch on a question means."""

    def touch_tile(self, key: str) -> None: ...
    def touch_more(self) -> None: ...
    def touch_step(self, index: int) -> None: ...
    def touch_key(self, key: str) -> None: ...
    def touch_acknowledge(self) -> None: ...
