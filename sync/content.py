"""What an establishment's files say, read with the real types; the press and every kiosk read them here.

Rule 1: bytes in, frozen values out: no file, table, clock or network.
Rule 2: a file is known by its folder (`consultations`, `questionnaires`, `notices`, `place`, `media`); folders that
    this version does not know (`replies`, `results`) are left alone.
Rule 3: a questionnaire and a medium are named by the SHA-256 of their bytes.
Rule 4: a consultation may only name a questionnaire that lies here, and a sealing key that the offline desk listed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models import seal
from models.consultation import Consultation, PlaceFile, read_consultation, read_place
from models.noticeboard import Notice, read_notice
from models.questionnaire import Questionnaire, Text, read_questionnaire
from models.seal import Digest
from models.shelf import CampaignKey
from sync.refusals import DamagedDeliveryError, NewerProgramError, StrayFilesError, UnknownSealingKeyError

FORMAT: Final = 1
FILE_LIMIT_BYTES: Final = 16 << 20
TOTAL_LIMIT_BYTES: Final = 64 << 20
FILE_LIMIT: Final = 2000
KNOWN: Final = frozenset({"consultations", "questionnaires", "notices", "place", "media"})

_NAME: Final = re.compile(r"[a-z]{2,20}/[A-Za-z0-9][A-Za-z0-9._-]{0,120}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Content:
    """One establishment's content, all of it read."""

    consultations: tuple[Consultation, ...]
    questionnaires: Mapping[Digest, bytes]
    read: Mapping[Digest, Questionnaire]
    notices: tuple[Notice, ...]
    places: tuple[PlaceFile, ...]
    media: Mapping[str, bytes]


def check_names(sizes: Mapping[str, int]) -> None:
    """Raise StrayFilesError where names, sizes in bytes or the number of files are not ours; nothing is fetched yet."""
    if len(sizes) > FILE_LIMIT or sum(sizes.values()) > TOTAL_LIMIT_BYTES:
        raise StrayFilesError
    if any(size > FILE_LIMIT_BYTES or not _NAME.fullmatch(name) for name, size in sizes.items()):
        raise StrayFilesError


def read_content(files: Mapping[str, bytes], campaigns: Sequence[CampaignKey]) -> Content:
    """Return what the files say; keys of `files` are "folder/name" inside the establishment.

    Raises DeliveryError (one of sync.refusals, or the reader's own) at the first file that is not good.
    """
    shelves: dict[str, dict[str, bytes]] = {kind: {} for kind in KNOWN}
    for path in sorted(files):
        kind, _, name = path.partition("/")
        shelves.get(kind, {})[name] = files[path]
    questionnaires = {seal.digest(data): data for name, data in shelves["questionnaires"].items() if _named(name, data)}
    for data in (data for kind in KNOWN - {"media"} for data in shelves[kind].values()):
        _known_format(data)
    content = Content(
        consultations=tuple(read_consultation(data) for data in shelves["consultations"].values()),
        questionnaires=questionnaires,
        read={form: read_questionnaire(data) for form, data in questionnaires.items()},
        notices=tuple(read_notice(data) for data in shelves["notices"].values()),
        places=tuple(read_place(data) for data in shelves["place"].values()),
        media={name: data for name, data in shelves["media"].items() if _named(name, data)},
    )
    _check_consultations(content, campaigns)
    return content


def form_of(consultation: Consultation) -> Digest:
    """Return the hash of the questionnaire that a consultation opens."""
    return Digest(bytes.fromhex(consultation.questionnaire))


def asks_for_words(questionnaire: Questionnaire) -> bool:
    """Tell whether somebody could type their own words."""
    return any(isinstance(node, Text) for node in questionnaire.nodes)


def _named(name: str, data: bytes) -> bool:
    if name.partition(".")[0] != seal.digest(data).hex():
        raise DamagedDeliveryError
    return True


def _known_format(unverified: bytes) -> None:
    try:
        value = json.loads(unverified)
    except (ValueError, RecursionError):
        return  # the real reader says what is wrong with it
    if isinstance(value, dict) and isinstance(value.get("format"), int) and value["format"] > FORMAT:
        raise NewerProgramError


def _check_consultations(content: Content, campaigns: Sequence[CampaignKey]) -> None:
    listed = {(key.campaign, key.key.hex()) for key in campaigns}
    for consultation in content.consultations:
        if form_of(consultation) not in content.questionnaires:
            raise DamagedDeliveryError
        if (consultation.campaign, consultation.key) not in listed:
            raise UnknownSealingKeyError
