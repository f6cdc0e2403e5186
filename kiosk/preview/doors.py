"""The doors of a kiosk that nobody enrolled: words, keyboards, and the files that lie in a folder.

Rule 1: there is no vault behind any door, and nothing is ever handed in.
Rule 2: what only a consultation says (who reads, what cannot change) stands in brackets: it is not the questionnaire's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kiosk.no_vault import NoVaultDoors
from kiosk.presenters.doors import KioskLanguage
from kiosk.sitting import Opened
from models.consultation import Consultation, ConsultationId, FreeText, PlaceFile, StaffedQueue, Wing
from models.elections import OnTheShelf
from models.noticeboard import Notice
from models.questionnaire import LanguageTag, Questionnaire

ENGLISH: Final = LanguageTag("en")
READER: Final = "[who reads it]"
LIMITS: Final = "[What cannot change: the consultation says it.]"
WAIT_DAYS: Final = 28
NOBODYS_HASH, NOBODYS_KEY = bytes(32), bytes(32)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A questionnaire as if a consultation had opened it."""

    consultation: Consultation
    questionnaire: Questionnaire
    form: bytes = NOBODYS_HASH
    campaign_public: bytes = NOBODYS_KEY


@dataclass(frozen=True, slots=True)
class OneShelf:
    """A shelf with one questionnaire and nothing else."""

    place: PlaceFile | None
    consultations: tuple[Opened, ...]
    number: int = 0
    notices: tuple[Notice, ...] = ()
    has_replies: bool = False
    elections: tuple[OnTheShelf, ...] = ()


def a_shelf(questionnaire: Questionnaire, day: date) -> OneShelf:
    """Return a shelf on which this questionnaire is open, text boxes and all, in each of its languages."""
    tags = tuple(language.tag for language in questionnaire.languages)
    consultation = Consultation(
        id=ConsultationId("preview"),
        questionnaire=NOBODYS_HASH.hex(),
        campaign="preview",
        key="00" * 8,
        wings=(Wing("preview"),),
        opens=day,
        closes=day,
        level="consult",
        form="individual",
        owner=READER,
        answer_by=day,
        limits={ENGLISH: LIMITS},
        free_text=FreeText(policy="staffed-queue", who_reads={ENGLISH: READER}, longest_wait_days=WAIT_DAYS),
        min_own=0,
        notice_version="1",
    )
    place = PlaceFile(
        wing=Wing("preview"),
        kind="wing",
        names={ENGLISH: "Preview"},
        languages=tags,
        ask_after_s=60,
        wait_s=30,
        helpers=(),
        queue=StaffedQueue(demonstration=True, answers=READER, lists=dict.fromkeys(tags, 1)),
    )
    return OneShelf(place, (Rehearsed(consultation, questionnaire),))


class PreviewDoors(NoVaultDoors):
    """The way out of a turn that is only looked at."""

    def __init__(self, questionnaire: Questionnaire, media: Path | None) -> None:
        """`media` is a folder whose files are named as in the questionnaire, or `<hash>.<ending>`."""
        super().__init__()
        self._shelf = a_shelf(questionnaire, self.today())
        self._files = _files(questionnaire, media)
        own = {language.tag for language in super().languages()}
        self._others = tuple(
            KioskLanguage(language.tag, language.name, language.direction, language.checked)
            for language in questionnaire.languages
            if language.tag not in own
        )

    def shelf(self) -> OneShelf:
        """Return the one questionnaire."""
        return self._shelf

    def languages(self) -> tuple[KioskLanguage, ...]:
        """Return the kiosk's own languages, and those that only the questionnaire has."""
        return (*super().languages(), *self._others)

    def media(self, name: str) -> bytes | None:
        """Return a file of the folder by its content name."""
        path = self._files.get(name)
        return None if path is None else path.read_bytes()


def _files(questionnaire: Questionnaire, media: Path | None) -> Mapping[str, Path]:
    """Where each file of the questionnaire lies, by its content name; files that are not there are left out."""
    if media is None:
        return {}
    found: dict[str, Path] = {}
    for name, medium in questionnaire.media.items():
        kept = f"{medium.hash}.{name.rpartition('.')[2]}"
        path = next((media / one for one in (kept, name) if (media / one).is_file()), None)
        if path is not None:
            found[kept] = path
    return found
