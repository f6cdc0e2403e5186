"""The example place whose screens are drawn: the content that is shipped, read as the press and a kiosk read it.

1. Everything is open on one fixed day; nothing that is drawn depends on when it is drawn.
2. The long pseudo-language has every text that English has, made longer by rule; it is shown nowhere else.
3. Everything can be heard, so that every control that a kiosk may show is there.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from kiosk.presenters.doors import KioskLanguage
from kiosk.presenters.keyboard import Keyboard
from kiosk.presenters.shown import Said
from kiosk.wording import Wording
from models import seal
from models.clips import ClipKey
from models.consultation import PlaceFile
from models.elections import OnTheShelf
from models.questionnaire import Language, LanguageTag, Questionnaire
from models.shelf import CampaignKey
from sync.central import press
from sync.central.authoring.demonstration import CAMPAIGN, WRITTEN_FOR, lay_out
from sync.content import Content, form_of
from tests.builders_kiosk import an_opened
from tests.kiosk.booths import the_election
from tests.kiosk.councils import a_long_count
from tests.kiosk.doors import FakeDoors, MemoryOpened, MemoryShelf, the_wording
from tests.kiosk.every_kind import every_kind
from tests.kiosk.pseudo import LONG, LongWords, longer

EN: Final = LanguageTag("en")
A_CLIP_MS: Final = 900
KEY: Final = CampaignKey(CAMPAIGN, seal.key_id(b"\x09" * 32), b"\x09" * 32)


@dataclass
class HouseDoors(FakeDoors):
    """Doors behind which everything can be heard, and every file of the bundle is the same drawn picture."""

    def clip_ms(self, clip: ClipKey) -> int | None:
        return A_CLIP_MS

    def media(self, name: str) -> bytes | None:
        return a_picture() if name.endswith((".png", ".webp")) else None

    def languages(self) -> tuple[KioskLanguage, ...]:
        return all_words().languages

    def say(self, context: str, msgid: str, tag: str, **facts: object) -> Said:
        return all_words().say(context, msgid, tag, **facts)

    def keyboard(self, tag: str) -> Keyboard:
        return super().keyboard("en" if tag == LONG else tag)


@cache
def all_words() -> Wording:
    """Return the kiosk's own words in all its languages and in the long one."""
    real = the_wording()
    long = KioskLanguage(LONG, "Lôông lââst lîîne", "ltr", checked=False)
    return Wording((*real.languages, long), {**real._catalogues, LONG: LongWords()})


@cache
def the_content() -> Content:
    """Return the shipped example, authored, gathered and checked as the press does it."""
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder), WRITTEN_FOR)
        return press._check(press._gathered(Path(folder), [KEY]), [KEY])


@cache
def the_shelf(wing: str = "a") -> MemoryShelf:
    """Return what lies on the shelf of a place of the example, and a questionnaire of every kind beside it."""
    content = the_content()
    place = next(place for place in content.places if place.wing == wing)
    opened = tuple(
        MemoryOpened(longwinded(one), in_long(content.read[form_of(one)]), form_of(one))
        for one in content.consultations
        if wing in one.wings
    )
    every = replace(an_opened(in_long(every_kind()), "every-kind"), form=b"\x0e" * 32)
    return MemoryShelf(
        place=_with_every_language(longwinded(place)),
        consultations=(*opened, replace(every, consultation=longwinded(every.consultation))),
        notices=tuple(longwinded(notice) for notice in content.notices),
        elections=(the_council(),),
    )


@cache
def the_council() -> OnTheShelf:
    """Return the election of the booth, its words also in the long pseudo-language."""
    found: OnTheShelf = longwinded(the_election())
    return found


@cache
def the_results() -> OnTheShelf:
    """Return an election that is over."""
    found: OnTheShelf = longwinded(a_long_count())
    return found


def _with_every_language(place: PlaceFile) -> PlaceFile:
    """Return the place with every language of the kiosk, each with a text box."""
    tags = tuple(LanguageTag(language.tag) for language in all_words().languages)
    queue = None if place.queue is None else replace(place.queue, lists=dict.fromkeys(tags, 1))
    return replace(place, languages=tags, queue=queue)


def longwinded(value: Any) -> Any:  # noqa: ANN401 - any frozen value
    """Return a frozen value in which every text by language is also there in the long pseudo-language."""
    if isinstance(value, Mapping):
        if isinstance(value.get(EN), str):
            return {**value, LONG: longer(value[EN])}
        return {key: longwinded(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return tuple(longwinded(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: longwinded(getattr(value, field.name)) for field in fields(value)})
    return value


def in_long(questionnaire: Questionnaire) -> Questionnaire:
    """Return a questionnaire that is asked in the long pseudo-language too."""
    words = {
        key: tuple(longer(part) if isinstance(part, str) else part for part in parts)
        for key, parts in questionnaire.words[EN].items()
    }
    long = Language(LONG, "Long", "ltr", checked=True, fallback=EN, sound="none")
    return replace(
        questionnaire,
        languages=(*questionnaire.languages, long),
        words={**questionnaire.words, LONG: words},
    )


@cache
def a_picture() -> bytes:
    """Return a picture as a bundle brings them: three bars on white, as PNG."""
    width, height = 320, 240
    rows = []
    for y in range(height):
        row = bytearray(b"\xff\xff\xff" * width)
        for at, colour in enumerate((b"\x14\x4e\x81", b"\x0a\x5a\x3c", b"\x9c\x1f\x1f")):
            left = 40 + at * 90
            if y >= 160 - at * 55:
                row[left * 3 : (left + 60) * 3] = colour * 60
        rows.append(b"\0" + bytes(row))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
