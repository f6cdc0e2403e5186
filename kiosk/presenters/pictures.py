"""Pictures beside answers: the author's own, else the kiosk's for what means the same in every questionnaire.

Rule 1: a picture is the name of a file in assets/icons without its ending, or `<hash>.<ending>` of a file that came
        with the bundle; whether an icon can be drawn is the screen's, but a file that is not there is never named.
Rule 2: the kiosk's own pictures stand beside all answers of a question or beside none, so that none is favoured.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.presenters.touching import Turning
from kiosk.sitting import sheet_of
from models.questionnaire import Choice, Path, Rank, SelectMultiple, SelectOne, WordsKey, picture_name

PLAIN: Final = {"yes": "yes", "no": "no", "not-sure": "not-sure"}
AGREEMENT: Final = {str(score): f"agree-{score}" for score in range(1, 6)}
"""By score, in lists whose name begins with agree."""
TOPICS: Final = (
    "food kitchen healthcare medicine visits family work education phone phones mail safety showers shower "
    "cleaning cell building staff officers regime time exercise gym shop canteen laundry clothes faith money noise "
    "heating fairness resettlement home library tv other"
)
SIGNS: Final = (
    "dog fish cow elephant lion apple banana cloud flower rainbow leaf mountain bus boat football guitar drum house"
)
"""Of the set that stands beside names on a ballot: those that a nomination offers."""
READY: Final = "home money papers healthcare work family friends phone"
FAMILIES: Final[Mapping[str, tuple[str, str]]] = {
    "topic": ("topic", TOPICS),
    "who": ("who", "officer teacher nurse resident peer chaplain kitchen team cleaner other workshop"),
    "helped": ("who", "officer teacher nurse chaplain peer family"),
    "what": ("did", "kind help calm work teach listen share fair clean"),
    "meal": ("meal", "morning midday evening"),
    "part_of_day": ("meal", "morning midday evening"),
    "drink": ("drink", "tea rain shoe"),
    "chance": ("topic", TOPICS),
    "leaving": ("leaving", "custody probation"),
    "ready": ("ready", READY),
    "life": ("ready", READY),
    "panel": ("panel", "residents staff"),
    "proof": ("proof", "paper numbers change words"),
    "sign": ("code", SIGNS),
}
"""Name of a list: the pictures' family, and the values that have one."""


LARGE: Final = ":big-image"
"""What follows the key of words in `pictures` where they have a picture to be shown large on touch."""


def picture(turn: Turning, key: WordsKey | None) -> str | None:
    """Return the picture that the author gave to these words, if it is there."""
    if key is None:
        return None
    sheet = sheet_of(turn.sitting)
    file = picture_name(sheet.questionnaire, key, sheet.language)
    if file is None:
        return None
    medium = sheet.questionnaire.media.get(file)
    stem, _, ending = file.rpartition(".")
    if medium is not None:
        kept = f"{medium.hash}.{ending}"
        if turn.doors.media(kept) is not None:
            return kept
    return stem or file


def large_picture(turn: Turning, key: WordsKey | None) -> str | None:
    """Return the picture that is shown large when the one beside these words is touched; only a file can be."""
    large = None if key is None else picture(turn, WordsKey(f"{key}{LARGE}"))
    return large if large is not None and "." in large else None


def pictures_of(turn: Turning, path: Path) -> Mapping[str, str]:
    """Return the picture of each choice at a question, by its value; choices without one are left out."""
    sheet = sheet_of(turn.sitting)
    choices = sheet.offered(path)
    theirs = {choice.value: picture(turn, choice.words) for choice in choices}
    given = {value: name for value, name in theirs.items() if name is not None}
    if given:
        return given
    question = sheet.question(path)
    if not isinstance(question, SelectOne | SelectMultiple | Rank):
        return {}
    ours = {choice.value: _ours(question.list_name, choice) for choice in choices}
    if any(ours[choice.value] is None for choice in choices if not choice.alone):
        return {}
    return {value: name for value, name in ours.items() if name is not None}


def is_mark(name: str | None) -> bool:
    """Return whether a picture is a tick or a cross itself, as those of agreement are."""
    return name in AGREEMENT.values()


def _ours(list_name: str, choice: Choice) -> str | None:
    if list_name.startswith("agree"):
        return AGREEMENT.get(str(choice.score))
    family, values = FAMILIES.get(list_name, ("", ""))
    if choice.value in values.split():
        return f"{family}-{choice.value}"
    return PLAIN.get(choice.value)
