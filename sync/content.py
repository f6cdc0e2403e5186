"""What an establishment's files say, read with the real types; the press and every kiosk read them here.

Rule 1: bytes in, frozen values out: no file, table, clock or network.
Rule 2: a file is known by its folder (`consultations`, `questionnaires`, `notices`, `replies`, `place`, `media`,
    `sounds`, `elections`); folders that this version does not know (`results`) are left alone.
Rule 3: a questionnaire and a medium are named by the SHA-256 of their bytes; a clip of speech by what it says.
Rule 4: sealed replies lie end to end in one file, all of one length and ordered by their bytes, which are chance: no
    name, place or length tells one from another, or which came first.
Rule 5: a consultation may only name a questionnaire that lies here, and a sealing key that the offline desk listed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, TypeVar

from models import clips, seal
from models.consultation import Consultation, PlaceFile, read_consultation, read_place
from models.elections import read_elections
from models.errors import DeliveryError
from models.noticeboard import Notice, read_notice
from models.questionnaire import Questionnaire, Text, read_questionnaire
from models.seal import Digest
from models.shelf import CampaignKey, UnknownKeyError
from sync.refusals import DamagedDeliveryError, NewerProgramError, StrayFilesError

FORMAT: Final = 1
FILE_LIMIT_BYTES: Final = 16 << 20
TOTAL_LIMIT_BYTES: Final = 64 << 20
FILE_LIMIT: Final = 2000
REPLIES: Final = "replies/sealed"
REPLY_LIMIT: Final = 500
KNOWN: Final = frozenset(
    {"consultations", "elections", "questionnaires", "notices", "replies", "place", "media", "sounds"}
)

T = TypeVar("T")
_NAME: Final = re.compile(r"[a-z]{2,20}/[0-9a-z][0-9a-z._-]{0,90}", re.ASCII)  # a stick takes 160, hash included


@dataclass(frozen=True, slots=True)
class Content:
    """One establishment's content, all of it read; `media` holds pictures, recordings and clips by their names."""

    consultations: tuple[Consultation, ...]
    questionnaires: Mapping[Digest, bytes]
    read: Mapping[Digest, Questionnaire]
    notices: tuple[Notice, ...]
    places: tuple[PlaceFile, ...]
    media: Mapping[str, bytes]
    replies: tuple[bytes, ...]
    elections: Mapping[str, bytes] = field(default_factory=dict)  # by `<label>.<path>`, see models.elections


def check_names(sizes: Mapping[str, int]) -> None:
    """Raise StrayFilesError where names, sizes in bytes or the number of files are not ours; nothing is fetched yet."""
    if len(sizes) > FILE_LIMIT or sum(sizes.values()) > TOTAL_LIMIT_BYTES:
        raise StrayFilesError
    if any(size > FILE_LIMIT_BYTES or not _NAME.fullmatch(name) for name, size in sizes.items()):
        raise StrayFilesError


def read_content(files: Mapping[str, bytes], campaigns: Sequence[CampaignKey]) -> Content:
    """Return what the files say; keys of `files` are "folder/name" inside the establishment.

    Raises DeliveryError (one of sync.refusals, or the reader's own) at the first file that is not good; the error's
    note names the file.
    """
    held = {kind: {path: data for path, data in sorted(files.items()) if path.startswith(kind + "/")} for kind in KNOWN}
    forms = _each(held["questionnaires"], _named)
    content = Content(
        consultations=tuple(_each(held["consultations"], _known(read_consultation)).values()),
        questionnaires={form: files[path] for path, form in forms.items()},
        read={forms[path]: read for path, read in _each(held["questionnaires"], _known(read_questionnaire)).items()},
        notices=tuple(_each(held["notices"], _known(read_notice)).values()),
        places=tuple(_each(held["place"], _known(read_place)).values()),
        media={path.partition("/")[2]: files[path] for path in _each(held["media"], _named)} | _clips(held["sounds"]),
        replies=tuple(sealed for pack in _each(held["replies"], _sealed).values() for sealed in pack),
        elections={path.partition("/")[2]: data for path, data in held["elections"].items()},
    )
    _check_elections(content)
    listed = {(key.campaign, key.key.hex()) for key in campaigns}
    for path, consultation in zip(held["consultations"], content.consultations, strict=True):
        with _at(path):
            _check_consultation(content, consultation, listed)
    return content


def _check_elections(content: Content) -> None:
    """Refuse an election that is not whole; the error's note names its first file."""
    try:
        read_elections(content.elections, content.media)
    except DeliveryError as refusal:
        at = str(refusal.facts.get("label", ""))
        refusal.add_note(next((f"elections/{name}" for name in content.elections if name.startswith(f"{at}.")), ""))
        raise


def packed(replies: Iterable[bytes]) -> bytes:
    """Return sealed replies as the one file in which a bundle carries them."""
    return b"".join(sorted(set(replies)))


def _sealed(path: str, pack: bytes) -> tuple[bytes, ...]:
    size = seal.REPLY_SEALED_BYTES
    replies = tuple(pack[at : at + size] for at in range(0, len(pack), size))
    whole = all(seal.is_sealed_reply(one) for one in replies) and list(replies) == sorted(set(replies))
    if path != REPLIES or not 1 <= len(replies) <= REPLY_LIMIT or not whole:
        raise DamagedDeliveryError
    return replies


def _clips(packs: Mapping[str, bytes]) -> dict[str, bytes]:
    held = _each(packs, lambda _, unverified: clips.read_pack(unverified))
    return {clips.file_name(key, clip.ms): clip.data for pack in held.values() for key, clip in pack.items()}


def form_of(consultation: Consultation) -> Digest:
    """Return the hash of the questionnaire that a consultation opens."""
    return Digest(bytes.fromhex(consultation.questionnaire))


def asks_for_words(questionnaire: Questionnaire) -> bool:
    """Tell whether somebody could type their own words."""
    return any(isinstance(node, Text) for node in questionnaire.nodes)


def _each(files: Mapping[str, bytes], read: Callable[[str, bytes], T]) -> dict[str, T]:
    found = {}
    for path, data in files.items():
        with _at(path):
            found[path] = read(path, data)
    return found


@contextmanager
def _at(path: str) -> Iterator[None]:
    try:
        yield
    except DeliveryError as refusal:
        refusal.add_note(path)
        raise


def _named(path: str, data: bytes) -> Digest:
    digest = seal.digest(data)
    if path.partition("/")[2].partition(".")[0] != digest.hex():
        raise DamagedDeliveryError
    return digest


def _known(read: Callable[[bytes], T]) -> Callable[[str, bytes], T]:
    """Return a reader that first looks whether the format is one that this program knows."""

    def reader(_: str, unverified: bytes) -> T:
        try:
            value = json.loads(unverified)
        except (ValueError, RecursionError):
            value = None  # the real reader says what is wrong with it
        if isinstance(value, dict) and isinstance(value.get("format"), int) and value["format"] > FORMAT:
            raise NewerProgramError
        return read(unverified)

    return reader


def _check_consultation(content: Content, consultation: Consultation, listed: AbstractSet[tuple[str, str]]) -> None:
    if form_of(consultation) not in content.questionnaires:
        raise DamagedDeliveryError
    if (consultation.campaign, consultation.key) not in listed:
        raise UnknownKeyError
