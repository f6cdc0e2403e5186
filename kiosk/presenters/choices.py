"""Questions with choices: which stand on a page, which are chosen, and what a touch makes of them.

Rule 1: a choice that means not answering is never a tile; those that stand alone are on every page.
Rule 2: several ticks or places that the author's rule does not allow yet are kept as a draft until one goes on.
Rule 3: a rank is what was touched, in order; touching one again takes it out and closes the gap.
"""

from __future__ import annotations

from typing import Final

from kiosk.places import AtQuestion
from kiosk.presenters.answered import choice_words, chosen
from kiosk.presenters.pads import Ranking, Tiles
from kiosk.presenters.pictures import is_mark, pictures_of
from kiosk.presenters.shown import Said, Tile
from kiosk.presenters.touching import Turning, pages_of
from kiosk.sitting import sheet_of
from models.answers import AnswerSheet
from models.questionnaire import Choice, Note, Path, Rank, Repeat, SelectMultiple, SelectOne

MOST_ANSWERS: Final = 5
LEAST_A_PAGE: Final = 2  # beside those that stand alone and "More answers": pages of one answer would never end
MOST_COLUMNS: Final = 4
SOME_COLUMNS: Final = 3  # "columns" without a number

Select = SelectOne | SelectMultiple | Rank


def held(turn: Turning, place: AtQuestion) -> tuple[str, ...]:
    """Return the values that are chosen now: those that wait to be allowed, else those on the sheet."""
    return chosen(sheet_of(turn.sitting), place.path) if place.draft is None else tuple(place.draft.text.split())


def choices_of(turn: Turning, place: AtQuestion) -> tuple[tuple[Choice, ...], ...]:
    """Return the choices page by page; those that stand alone are on every page, the skip choice on none."""
    choices = [choice for choice in sheet_of(turn.sitting).offered(place.path) if choice.kind != "skip"]
    asked = sheet_of(turn.sitting).question(place.path)
    looks = () if isinstance(asked, Note | Repeat) else asked.appearance
    tiles = turn.room.tiles_at(turn.sitting.scale, _columns(looks))
    whole = isinstance(asked, SelectOne) and "likert" in asked.appearance  # a scale is seen whole
    if len(choices) <= (MOST_ANSWERS if whole else min(MOST_ANSWERS, tiles)):
        return (tuple(choices),)
    most = min(MOST_ANSWERS, tiles - 1)  # and "More answers"
    always = [choice for choice in choices if choice.alone][: most - 1]
    others = [choice for choice in choices if choice not in always]
    a_page = max(LEAST_A_PAGE, most - len(always))
    return tuple((*others[at * a_page : (at + 1) * a_page], *always) for at in range(pages_of(len(others), a_page)))


def is_offered(turn: Turning, place: AtQuestion, value: str) -> bool:
    """Return whether this value has a tile on any page."""
    return any(choice.value == value for page in choices_of(turn, place) for choice in page)


def tiles(turn: Turning, place: AtQuestion, question: SelectOne | SelectMultiple) -> Tiles:
    """Return the page of choices."""
    shown, page, pages, more = _page(turn, place)
    return Tiles(
        tiles=shown,
        many=isinstance(question, SelectMultiple),
        likert="likert" in question.appearance,
        page=page,
        pages=pages,
        more=more,
        columns=_columns(question.appearance),
        pictured="no-buttons" in question.appearance,
        most=_most(turn, place),
    )


def ranking(turn: Turning, place: AtQuestion) -> Ranking:
    """Return the page of choices with the places they were given."""
    shown, page, pages, more = _page(turn, place, numbered=True)
    undo = turn.say("question", "Undo") if held(turn, place) else None
    return Ranking(shown, page, pages, more, undo, _most(turn, place))


def _most(turn: Turning, place: AtQuestion) -> int:
    """Return how many tiles the fullest page has, which is the first."""
    pages = choices_of(turn, place)
    return len(pages[0]) + (len(pages) > 1)


def _page(
    turn: Turning, place: AtQuestion, *, numbered: bool = False
) -> tuple[tuple[Tile, ...], int, int, Said | None]:
    sheet = sheet_of(turn.sitting)
    values, pages = held(turn, place), choices_of(turn, place)
    pictures = pictures_of(turn, place.path)
    page = min(place.page, len(pages) - 1)
    more = turn.say("question", "More answers ({page} of {pages})", page=page + 1, pages=len(pages))
    said = {choice.value: choice_words(sheet, choice, place.path) for choice in pages[page]}
    every = [choice_words(sheet, choice, place.path) for choices in pages for choice in choices]
    heard = all(turn.hearing.can_say(words) for words in every)  # all answers have an ear or none has
    shown = tuple(
        Tile(
            key=value,
            words=words,
            picture=pictures.get(value),
            chosen=value in values,
            place=values.index(value) + 1 if numbered and value in values else None,
            numbered=numbered,
            ear=heard,
            marked=is_mark(pictures.get(value)),
        )
        for value, words in said.items()
    )
    return shown, page, len(pages), more if len(pages) > 1 else None


def _columns(appearance: tuple[str, ...]) -> int:
    for look in appearance:
        if look == "columns":
            return SOME_COLUMNS
        number = look.removeprefix("columns-")
        if look != number and number.isdecimal():
            return max(2, min(MOST_COLUMNS, int(number)))
    return 0


def toggled(values: tuple[str, ...], sheet: AnswerSheet, path: Path, value: str) -> tuple[str, ...]:
    """Return the values ticked after this touch; one that stands alone clears the others, and they clear it."""
    if value in values:
        return tuple(one for one in values if one != value)
    alone = {choice.value for choice in sheet.offered(path) if choice.alone}
    return (value,) if value in alone else (*(one for one in values if one not in alone), value)


def ranked(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    """Return the order after this touch: put last, or taken out if it had a place."""
    return tuple(one for one in values if one != value) if value in values else (*values, value)
