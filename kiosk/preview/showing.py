"""Goes through a questionnaire in every language, takes a picture of every question, and lays them out.

    OUT/index.html                   every question, its languages side by side
    OUT/contact-<language>.png       every question of one language on one sheet
    OUT/<language>/<place>-<name>.png

Rule 1: one whole picture is in memory at a time, and the small ones of one row of a sheet.
Rule 2: nothing is written but into OUT; Kivy's own folder stands there too while it runs, and goes.
Rule 3: what does not fit, and letters that no font has, are told; every picture is taken all the same.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.presenters.doors import Doors
from kiosk.preview.doors import PreviewDoors
from kiosk.preview.index import Taken, page
from kiosk.preview.letters import missing
from kiosk.preview.png import PngFile
from kiosk.preview.rehearsal import Stand, rehearsed, stands
from kiosk.preview.sheet import ContactSheet
from kiosk.shipped import ASSETS
from kiosk.sitting import Sitting, wiped
from kiosk.walking import in_language, take_up
from models.questionnaire import Language, LanguageTag, Questionnaire, read_questionnaire

if TYPE_CHECKING:
    from kiosk.preview.easel import Easel

Progress = Callable[[float, str], None]
_NOT_IN_A_NAME: Final = re.compile(r"[^A-Za-z0-9_.-]+")


class PreviewError(ValueError):
    """What was asked for cannot be shown; its text is a sentence for whoever asked."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of it: how many pictures, the sheets, the page, and the pictures to be looked at again."""

    pictures: int
    sheets: tuple[Path, ...]
    index: Path
    troubled: tuple[Taken, ...]


def show_questionnaire(
    unverified: bytes, media: Path | None, out: Path, tags: Sequence[str], progress: Progress
) -> Shown:
    """Draw a questionnaire into the folder `out`, in these languages or in all it has.

    `progress` gets a share from 0 to 1 and a few words. Raises UnreadableQuestionnaireError and PreviewError before any
    picture is written.
    """
    questionnaire = rehearsed(read_questionnaire(unverified))
    languages = _languages(questionnaire, tags)
    doors = PreviewDoors(questionnaire, media)
    _taken_up(doors, languages[0])  # a questionnaire that asks nothing is refused before anything is written
    out.mkdir(parents=True, exist_ok=True)
    taken: list[Taken] = []
    with _easel(doors, out) as easel:
        for at, language in enumerate(languages):

            def told(share: float, words: str, at: int = at, tag: str = language.tag) -> None:
                progress((at + share) / len(languages), f"{tag} {words}")

            taken += _one_language(easel, _taken_up(doors, language), language.tag, out, told)
            easel.forget()
    index = out / "index.html"
    index.write_text(page(questionnaire, languages, taken), encoding="utf-8")
    progress(1, f"{len(taken)} pictures")
    return Shown(
        pictures=len(taken),
        sheets=tuple(_sheet(out, language.tag) for language in languages),
        index=index,
        troubled=tuple(one for one in taken if one.clipped or one.unwritten),
    )


def _languages(questionnaire: Questionnaire, tags: Sequence[str]) -> tuple[Language, ...]:
    there = {language.tag: language for language in questionnaire.languages}
    for tag in tags:
        if tag not in there:
            raise PreviewError(f"The questionnaire has no language {tag}. It has: {', '.join(there)}.")
    return tuple(there[LanguageTag(tag)] for tag in dict.fromkeys(tags)) or questionnaire.languages


def _taken_up(doors: PreviewDoors, language: Language) -> Sitting:
    """Return somebody's turn at the first question, in this language."""
    shelf = doors.shelf()
    home = in_language(wiped(), language.tag, language.direction, shelf)
    there = take_up(home, shelf.consultations[0], doors.today(), doors.seed())
    if there.sheet is None:
        raise PreviewError("The questionnaire asks nothing: there is nothing to show.")
    return there


@contextmanager
def _easel(doors: Doors, out: Path) -> Iterator[Easel]:
    """Open the program in a window that nobody sees. Its variables stand before Kivy is imported."""
    with tempfile.TemporaryDirectory(prefix=".kivy-", dir=out) as state:
        os.environ.update(SDL_VIDEODRIVER="offscreen", SDL_AUDIODRIVER="dummy", KIVY_HOME=state)
        from kiosk.preview.easel import Easel
        from kiosk.unseen import NoWindowError

        try:
            easel = Easel(doors, Path(state))
        except NoWindowError as trouble:
            raise PreviewError(
                "No picture can be drawn on this machine: its graphics libraries are missing."
            ) from trouble
        try:
            yield easel
        finally:
            easel.close()


def _one_language(easel: Easel, start: Sitting, tag: str, out: Path, progress: Progress) -> Iterator[Taken]:
    places = tuple(stands(easel.turn, start))
    (out / tag).mkdir(exist_ok=True)
    with ContactSheet(_sheet(out, tag), len(places)) as sheet:
        for at, stand in enumerate(places):
            progress(at / len(places), f"{at + 1} of {len(places)}")
            easel.show(stand.sitting)
            picture = easel.whole()
            file = f"{tag}/{at + 1:03}-{_plain(stand.name, stand.part)}.png"
            with PngFile(out / file, picture.width, picture.height) as png:
                for row in picture.rows():
                    png.row(row)
            sheet.add(easel.small(picture, _title(stand)))
            yield _taken(easel, stand, tag, file)


def _taken(easel: Easel, stand: Stand, tag: str, file: str) -> Taken:
    return Taken(
        tag=tag,
        place=f"{stand.path} {stand.part}",
        name=stand.name,
        part=stand.part,
        row=stand.row,
        kind=stand.kind,
        file=file,
        clipped=tuple(words.text for words in easel.not_fitting()),
        unwritten=missing(easel.said(), ASSETS / "fonts"),
    )


def _title(stand: Stand) -> str:
    return f"{stand.row}  {stand.name}{f', {stand.part}' if stand.part else ''}"


def _plain(*words: str) -> str:
    return "-".join(_NOT_IN_A_NAME.sub("-", word) for word in words if word)


def _sheet(out: Path, tag: str) -> Path:
    return out / f"contact-{tag}.png"
