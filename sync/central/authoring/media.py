"""The pictures and sounds that a workbook names: read from its folder, made ready, and joined to the questionnaire.

Rule 1: a name is a plain file name in the one folder; nothing outside it is opened, no link is followed.
Rule 2: what a file is, is told by what it holds; what leaves this room was written anew, without its owner's tags.
Rule 3: every cell that names a bad file is refused; a file that no cell names is left alone.
Source: questionnaires.md sections 4 (gates `files` and `sound`) and 10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from models import seal
from models.questionnaire import (
    EVERY_LANGUAGE,
    LanguageTag,
    Medium,
    Questionnaire,
    Root,
    Sound,
    WordsKey,
    paths,
)
from sync.central.authoring import vocabulary
from sync.central.authoring.form import Form, Found, Item
from sync.central.authoring.workbook import Row

SOUND_LIMIT_MS: Final = 60_000
SOUND_LIMIT_BYTES: Final = 500_000
RAW_SOUND_LIMIT_BYTES: Final = 20_000_000  # a minute that an encoder makes small
PICTURE_LIMIT_BYTES: Final = 300_000
BIG: Final = ":big-image"  # behind the key of words whose picture opens on a touch; the kiosk looks for it so
NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")


@dataclass(frozen=True, slots=True)
class Ready:
    """One file as a kiosk gets it; `name` is how the questionnaire calls it."""

    name: str
    data: bytes
    medium: Medium


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one workbook that are good, by the cell's text; pictures and sounds apart."""

    pictures: Mapping[str, Ready] = field(default_factory=dict)
    sounds: Mapping[str, Ready] = field(default_factory=dict)

    def of(self, column: str) -> Mapping[str, Ready]:
        """The files that a column of this name can mean."""
        return self.sounds if column == "audio" else self.pictures


class BadFileError(ValueError):
    """A file that cannot be taken: a code, a reading and facts of a refusal."""

    def __init__(self, code: str, reading: str, **facts: object) -> None:
        super().__init__(code, reading)
        self.code, self.reading, self.facts = code, reading, facts


def check_files(form: Form, folder: Path | None, found: Found) -> Files:
    """Return the good files that the cells name; every cell with another one is refused."""
    pictures: dict[str, Ready | BadFileError] = {}
    sounds: dict[str, Ready | BadFileError] = {}
    for sheet, row, column, tag, name in _named(form):
        held = sounds if column == "audio" else pictures
        if name not in held:
            held[name] = _attempt(folder, column, name)
        bad = held[name]
        if isinstance(bad, BadFileError):
            header = form.headers[sheet, column, tag]
            found.refuse(sheet, row.number, header, bad.code, bad.reading, name=name, **bad.facts)
        images = form.files(sheet, row, "image") if column == "big-image" else {tag: name}
        if not images.keys() & ({tag, ""} if tag else images.keys()):
            found.refuse(sheet, row.number, form.headers[sheet, column, tag], "missing-file", "beside", name=name)
    return Files(
        {name: one for name, one in pictures.items() if isinstance(one, Ready)},
        {name: one for name, one in sounds.items() if isinstance(one, Ready)},
    )


def _named(form: Form) -> Iterator[tuple[str, Row, str, str, str]]:
    """Every cell that names a file: sheet, row, column, tag and the name."""
    for item in form.items:
        useful = vocabulary.COLUMNS_OF.get(item.kind, frozenset())
        for column in vocabulary.FILES["survey"]:
            if column in useful:
                yield from (
                    ("survey", item.row, column, *one) for one in form.files("survey", item.row, column).items()
                )
    for rows in form.lists.values():
        for row in rows:
            for column in vocabulary.FILES["choices"]:
                yield from (("choices", row, column, *one) for one in form.files("choices", row, column).items())


def _attempt(folder: Path | None, column: str, name: str) -> Ready | BadFileError:
    try:
        unverified = _bytes(folder, name, RAW_SOUND_LIMIT_BYTES if column == "audio" else PICTURE_LIMIT_BYTES)
        return ready_sound(name, unverified) if column == "audio" else ready_picture(name, unverified)
    except BadFileError as error:
        return error


def _bytes(folder: Path | None, name: str, limit: int) -> bytes:
    if not NAME.fullmatch(name):
        raise BadFileError("bad-file", "name")
    if folder is None:
        raise BadFileError("missing-file", "folder")
    path = folder / name
    if path.is_symlink() or not path.is_file():
        raise BadFileError("missing-file", "")
    with path.open("rb") as file:
        unverified = file.read(limit + 1)
    if len(unverified) > limit:
        raise BadFileError("bad-file", "large", limit=limit // 1000)
    return unverified


def ready_picture(name: str, unverified: bytes) -> Ready:
    """Return the picture as a kiosk gets it. Raises BadFileError."""
    from sync.central.authoring.pictures import WIDTH_LIMIT, NotAPictureError, TooWideError, read_picture

    try:
        picture = read_picture(unverified)
    except NotAPictureError as error:
        raise BadFileError("bad-file", "picture") from error
    except TooWideError as error:
        raise BadFileError("bad-file", "wide", limit=WIDTH_LIMIT, width=error.width, height=error.height) from error
    if len(picture.data) > PICTURE_LIMIT_BYTES:
        raise BadFileError("bad-file", "large", limit=PICTURE_LIMIT_BYTES // 1000)
    medium = Medium(seal.digest(picture.data).hex(), len(picture.data), picture.kind)
    return Ready(_renamed(name, picture.ending), picture.data, medium)


def ready_sound(name: str, unverified: bytes) -> Ready:
    """Return the recording as a kiosk gets it. Raises BadFileError."""
    from sync.central.authoring.sounds import NoEncoderError, NotASoundError, read_sound

    try:
        recording = read_sound(unverified)
    except NotASoundError as error:
        raise BadFileError("bad-file", "sound") from error
    except NoEncoderError as error:
        raise BadFileError("bad-file", "encoder") from error
    if recording.ms > SOUND_LIMIT_MS:
        raise BadFileError("bad-file", "long", limit=SOUND_LIMIT_MS // 1000, seconds=recording.ms // 1000)
    if len(recording.data) > SOUND_LIMIT_BYTES:
        raise BadFileError("bad-file", "large", limit=SOUND_LIMIT_BYTES // 1000)
    medium = Medium(seal.digest(recording.data).hex(), len(recording.data), "audio/ogg", recording.ms)
    return Ready(_renamed(name, "ogg"), recording.data, medium)


def _renamed(name: str, ending: str) -> str:
    """Return the name with the ending that players choose by; another ending stays in it, so that no two names meet."""
    stem, _, old = name.rpartition(".")
    if old.lower() == ending:
        return f"{stem}.{ending}" if old == ending else f"{stem}.{old}.{ending}"
    return f"{name}.{ending}"


def with_files(draft: Questionnaire, form: Form, files: Files) -> Questionnaire:
    """Return the draft with its pictures, its sounds, and how complete the sound of each language is."""
    pictures: dict[str, dict[WordsKey, str]] = {}
    sound: dict[str, dict[WordsKey, str]] = {}
    media: dict[str, Medium] = {}
    keys = _keys(draft, form)
    for sheet, row, column, tag, name in _named(form):
        ready, key = files.of(column).get(name), keys.get((sheet, row.number))
        if ready is None or key is None:
            continue
        media[ready.name] = ready.medium
        if column == "audio":
            sound.setdefault(tag, {})[key] = ready.name
        else:
            shown = WordsKey(key + BIG) if column == "big-image" else key
            pictures.setdefault(tag or EVERY_LANGUAGE, {})[shown] = ready.name
    heard: dict[str, Sound] = {share.tag: share.sound for share in spoken(form)}
    languages = tuple(replace(one, sound=heard.get(one.tag, "none")) for one in draft.languages)
    return replace(draft, languages=languages, pictures=pictures, sound=sound, media=media)


def _keys(draft: Questionnaire, form: Form) -> dict[tuple[str, int], WordsKey]:
    """The key of each row's words, by sheet and row number."""
    nodes = dict(zip(paths(draft), draft.nodes, strict=True))
    found: dict[tuple[str, int], WordsKey] = {}
    for item in form.items:
        node = nodes.get(item.path)  # type: ignore[call-overload]
        key = None if node is None or isinstance(node, Root) else getattr(node, "words", None)
        if key is not None:
            found["survey", item.row.number] = key
    for name, rows in form.lists.items():
        choices = {choice.value: choice for choice in draft.lists.get(name, ())}
        for row in rows:
            choice = choices.get(row["name"])
            if choice is not None and choice.words is not None:
                found["choices", row.number] = choice.words
    return found


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a language's words are recorded. `missing`: sheet and row of those that are not."""

    tag: LanguageTag
    name: str
    words: int
    missing: tuple[tuple[str, Row], ...]

    @property
    def sound(self) -> Sound:
        """As the language screen says it."""
        if not self.words or len(self.missing) == self.words:
            return "none"
        return "partial" if self.missing else "complete"


def spoken(form: Form) -> tuple[Share, ...]:
    """Return for each language how much of it is recorded: labels of what is shown, and choices that are offered.

    The recording of a row says its label and its hint. Words that show an answer are left out: only speech can say
    them. Words that a language takes from its fallback are the fallback's.
    """
    offered = {item.list_name for item in form.items if item.kind in vocabulary.LISTED}
    rows = [("survey", item.row) for item in form.items if _is_read(item)]
    rows += [("choices", row) for name, held in form.lists.items() if name in offered for row in held]
    shares = []
    for tongue in form.tongues:
        worded = [
            (sheet, row)
            for sheet, row in rows
            if (text := form.cell(sheet, row, "label", tongue.tag)) and "${" not in text
        ]
        missing = tuple((sheet, row) for sheet, row in worded if not form.cell(sheet, row, "audio", tongue.tag))
        shares.append(Share(LanguageTag(tongue.tag), tongue.name, len(worded), missing))
    return tuple(shares)


def _is_read(item: Item) -> bool:
    return item.kind == "note" or item.kind in vocabulary.QUESTIONS


def check_sound(form: Form, found: Found) -> None:
    """Refuse words without sound where the workbook asks for sound; say for the other languages how much there is."""
    wanted = form.settings["audio_required"].split()
    told = []
    for share in spoken(form):
        if share.tag not in wanted:
            told.append(f"{share.name} {share.words - len(share.missing)} of {share.words}")
            continue
        for sheet, row in share.missing:
            header = form.headers.get((sheet, "audio", share.tag), f"media::audio::{share.name} ({share.tag})")
            found.refuse(sheet, row.number, header, "missing-file", "sound", language=share.name)
    if told:
        found.remark(
            "settings", form.settings.number, "audio_required", "missing-file", "share", shares=", ".join(told)
        )
