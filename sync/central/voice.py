"""Gives a bundle its sound: every sentence of it, in the languages that have a voice, or as somebody recorded it.

Rule 1: espeak-ng and opusenc are programs of their own: words go in, sound comes out; nothing is linked, no shell.
Rule 2: a sentence is rendered once; what lies in central's folder of clips is taken as it is.
Rule 3: a person's recording comes before a rendered clip of the same name, wherever the words stand.
Rule 4: sound never stops a bundle: what cannot be said is told in a sentence that says who must act.
Rule 5: sound is bounded; what does not fit is left out whole, language by language, and told.

    content/[<CODE>/]sounds/<tag>/<clip>.<ending>   what people recorded; any kind of sound
    <home>/voice/<tag>/<clip>.ogg                   what was rendered; may be deleted at any time
    <home>/voice/<tag>.csv                          what somebody still has to record
Source: kiosk.md section 7.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Final

from models.canonical import ENGLISH, TAG_PATTERN, LanguageTag, UnreadableContentError
from models.clips import Clip, ClipKey, clip_key, pack, sentences, voice_of
from models.counting.reported import read_report
from models.counting.stv import ONE_VOTE, StvCount
from models.counting.words import plain_votes
from models.elections import OnTheShelf, read_elections
from models.questionnaire import Questionnaire, Range
from models.seal import Digest
from sync.central.authoring.ogg import NotOpusError, read_opus
from sync.central.authoring.sounds import NoEncoderError, NotASoundError, read_sound
from sync.central.authoring.speaking import Programs, VoiceError, fitting, spoken
from sync.content import FILE_LIMIT, FILE_LIMIT_BYTES, TOTAL_LIMIT_BYTES, Content

RECORDING_LIMIT_BYTES: Final = 20_000_000
SOUND_LIMIT_BYTES: Final = 40 << 20
SPARE_BYTES: Final = 4 << 20  # of what a bundle may have in all: for its notices, places and consultations
PACK_LIMIT: Final = FILE_LIMIT // 2
NO_PROGRAMS: Final = (
    "No sound was made: espeak-ng or opusenc is not on this machine, so people will see this bundle and not hear it. "
    "Whoever looks after this machine: apt-get install espeak-ng opus-tools, then press again."
)
_CLIP: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)

Texts = Mapping[LanguageTag, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """Part of a bundle that has a pack of its own in each language, and what it says."""

    name: str
    texts: Texts

    def sentences(self, tag: LanguageTag) -> Iterator[str]:
        """Give every sentence of a language, in the order of the texts."""
        for text in self.texts.get(tag, ()):
            yield from sentences(text)


def sources(content: Content) -> tuple[Source, ...]:
    """Return all that residents may be shown of this content, in the languages that its places offer, and English."""
    offered = dict.fromkeys(tag for place in content.places for tag in place.languages)
    tags = (*offered, *(() if ENGLISH in offered else (ENGLISH,)))
    told: list[Mapping[LanguageTag, str]] = []
    for place in content.places:
        told += [place.names, *(words for helper in place.helpers for words in (helper.name, helper.how))]
    asked: list[Mapping[LanguageTag, str]] = []
    for one in content.consultations:
        facts = (one.owner, str(one.free_text.longest_wait_days), one.notice_version)
        asked += [one.limits, one.free_text.who_reads, *(dict.fromkeys(tags, fact) for fact in facts)]
    read: list[Mapping[LanguageTag, str]] = []
    for notice in content.notices:
        read += [notice.title, notice.body, notice.said or {}, notice.did or {}, notice.role or {}]
        numbers = (number for finding in notice.findings for number in (finding.base, finding.missing) if number)
        read += [dict.fromkeys(tags, fact) for fact in (notice.by, *map(str, numbers))]
        for finding in notice.findings:
            read += [finding.question, finding.sentence or {}, *(bar.label for bar in finding.bars)]
    return (
        *(Source(name, _by_language(texts, tags)) for name, texts in zip(_FOLDERS, (told, asked, read), strict=True)),
        *([Source("elections", _by_language(_voted_on(content, tags), tags))] if content.elections else ()),
        *(_questionnaire(form, one, tags) for form, one in content.read.items()),
    )


_FOLDERS: Final = ("place", "consultations", "notices")
MOST_FIGURES: Final = 1_000
"""Of one count: with more, its tables are read and not heard."""


def _voted_on(content: Content, tags: Sequence[LanguageTag]) -> list[Mapping[LanguageTag, str]]:
    """Return what is shown of the elections of this content."""
    every = read_elections(content.elections, content.media)
    return [words for one in every for words in told_of(one, tags)]


def told_of(shelved: OnTheShelf, tags: Sequence[LanguageTag]) -> Iterator[Mapping[LanguageTag, str]]:
    """Yield what a booth shows of an election, and a noticeboard of its result; names are alike in all languages."""
    definition = shelved.election.definition
    yield from (definition.title, definition.outside)
    for contest in definition.contests:
        yield from (contest.title, contest.about, contest.reach)
        yield from () if contest.proposal is None else (words for _, words in contest.proposal.parts)
        for candidate in contest.candidates:
            yield from (candidate.name, candidate.statement, candidate.reach)
            people = (*candidate.people, ", ".join(candidate.people)) if candidate.people else ()
            yield from (dict.fromkeys(tags, person) for person in people)
        yield from (dict.fromkeys(tags, figure) for figure in _figures(shelved, contest.number))


def _figures(shelved: OnTheShelf, contest: int) -> tuple[str, ...]:
    """Return every number of a published count that no kiosk can put together; a count of very many has none."""
    written = shelved.files.get(f"count-{contest}.json")
    if written is None:
        return ()
    try:
        count, _ = read_report(written)
    except UnreadableContentError:  # an outcome without figures
        return ()
    if not isinstance(count, StvCount):
        found = {str(total) for total in count.totals}
    else:
        units = {abs(each) for stage in count.stages for each in (*stage.totals, *stage.transfers)}
        units |= {each for stage in count.stages for each in (stage.non_transferable, stage.surplus or 0)}
        lost = [0, *(stage.non_transferable for stage in count.stages)]
        units |= {abs(now - then) for then, now in pairwise(lost)}
        found = {plain_votes(each) for each in units} | {str(count.quota), *(str(each // ONE_VOTE) for each in units)}
    return tuple(sorted(found)) if len(found) <= MOST_FIGURES else ()


def _by_language(texts: Iterable[Mapping[LanguageTag, str]], tags: Sequence[LanguageTag]) -> Texts:
    held = tuple(texts)
    return {tag: [one[tag] for one in held if tag in one] for tag in tags}


def _questionnaire(form: Digest, q: Questionnaire, tags: Sequence[LanguageTag]) -> Source:
    shown = dict.fromkeys((*tags, q.default_language, *(one.fallback for one in q.languages if one.fallback)))
    numbers = tuple(dict.fromkeys(stop for node in q.nodes if isinstance(node, Range) for stop in _stops(node)))
    texts = {
        tag: [part for words in q.words.get(tag, {}).values() for part in words if isinstance(part, str)]
        for tag in shown
    }
    for tag in tags:
        texts[tag] += numbers
    return Source(f"{q.id}-{form[:4].hex()}", texts)


def _stops(node: Range) -> Iterator[str]:
    """The numbers of a range, written as a kiosk shows them."""
    start, end, step = (Decimal(text) for text in (node.grid.start, node.grid.end, node.grid.step))
    for number in range(int((end - start) / step) + 1):
        stop = (start + step * number).normalize()
        yield "0" if stop == 0 else format(stop, "f")


def recorded(content: Content) -> dict[LanguageTag, dict[ClipKey, bytes]]:
    """Return the recordings that come along: of labels, each with its hint where it has one, and of statements."""
    found: dict[LanguageTag, dict[ClipKey, bytes]] = {}
    for q in content.read.values():
        hints = {getattr(node, "words", None): getattr(node, "hint", None) for node in q.nodes}
        for tag, held in q.sound.items():
            words = q.words.get(LanguageTag(tag), {})
            for key, name in held.items():
                hint = hints.get(key)
                parts = (*words.get(key, ()), " ", *(words.get(hint, ()) if hint else ()))
                said = " ".join(sentences("".join(part for part in parts if isinstance(part, str))))
                data = content.media.get(f"{q.media[name].hash}.ogg")
                if said and data is not None and all(isinstance(part, str) for part in parts):
                    found.setdefault(LanguageTag(tag), {})[clip_key(tag, said)] = data
    for tag, statement, sha in _statements(content):
        found.setdefault(tag, {})[clip_key(tag, " ".join(sentences(statement)))] = content.media[f"{sha}.ogg"]
    return found


def _statements(content: Content) -> Iterator[tuple[LanguageTag, str, str]]:
    """Give every statement that somebody recorded: its language, its words, and the hash of the recording."""
    for one in read_elections(content.elections, content.media):
        for contest in one.election.definition.contests:
            for candidate in contest.candidates:
                for tag, sha in candidate.audio.items():
                    if candidate.statement.get(tag, "").strip():
                        yield tag, candidate.statement[tag], sha


def read_recordings(folder: Path, tell: Callable[[str], None]) -> dict[LanguageTag, dict[ClipKey, Clip]]:
    """Return what people recorded for this content; a file that cannot be used is told of and left out."""
    found: dict[LanguageTag, dict[ClipKey, Clip]] = {}
    for path in sorted(folder.glob("*/*")):
        if path.name.startswith("."):
            continue
        try:
            clip = _read_recording(path)
        except VoiceError as error:
            tell(f"The recording {path.parent.name}/{path.name} was left out: {error}. Whoever recorded it: try again.")
            continue
        found.setdefault(LanguageTag(path.parent.name), {})[ClipKey(path.stem.lower())] = clip
    return found


def _read_recording(path: Path) -> Clip:
    if path.is_symlink() or not path.is_file() or not TAG_PATTERN.fullmatch(path.parent.name):
        raise VoiceError("it is no plain file in the folder of a language")
    if not _CLIP.fullmatch(path.stem.lower()):
        raise VoiceError("its name is not that of a clip")
    if path.stat().st_size > RECORDING_LIMIT_BYTES:
        raise VoiceError("it is too large")
    try:
        recording = read_sound(path.read_bytes())
    except NotASoundError as error:
        raise VoiceError("it is no sound") from error
    except NoEncoderError as error:
        raise VoiceError("opusenc is not on this machine, so only Opus in Ogg can be taken") from error
    return fitting(Clip(recording.data, recording.ms))


class Voice:
    """Speaks for one press; `kept` is central's folder of clips. `told` is what the operator should read."""

    def __init__(self, kept: Path, found: Programs | None) -> None:
        self._kept, self._programs = kept, found
        self.told: list[str] = []

    def speak(self, content: Content, folder: Path) -> dict[str, bytes]:
        """Return the packs of an establishment's content by file name; `folder` is where its content lies."""
        parts = sources(content)
        people = read_recordings(folder / "sounds", self._tell)
        for tag, held in recorded(content).items():
            for key, data in held.items():
                recording = read_opus(data)
                people.setdefault(tag, {}).setdefault(key, Clip(recording.data, recording.ms))
        tags = dict.fromkeys((*(tag for part in parts for tag in part.texts), *people))
        wanted = {tag: {clip_key(tag, one): one for part in parts for one in part.sentences(tag)} for tag in tags}
        clips = {tag: self._clips(tag, asked, people.get(tag, {})) for tag, asked in wanted.items()}
        if self._programs is None:
            self._tell(NO_PROGRAMS)
        return self._packed(content, parts, clips)

    def _tell(self, words: str) -> None:
        if words not in self.told:
            self.told.append(words)

    def _clips(
        self, tag: LanguageTag, asked: Mapping[ClipKey, str], people: Mapping[ClipKey, Clip]
    ) -> dict[ClipKey, Clip]:
        """Return every clip of a language that there is: recorded, kept from before, or rendered now."""
        rest = {key: words for key, words in asked.items() if key not in people}
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as speakers:
            made = dict(zip(rest, speakers.map(lambda one: self._clip(tag, *one), rest.items()), strict=True))
        missing = {key: words for key, words in rest.items() if made[key] is None}
        self._sheet(tag, missing)
        return dict(people) | {key: clip for key, clip in made.items() if clip is not None}

    def _clip(self, tag: str, key: ClipKey, sentence: str) -> Clip | None:
        path = self._kept / tag / f"{key}.ogg"
        try:
            kept = read_opus(path.read_bytes())
            return fitting(Clip(kept.data, kept.ms))
        except (OSError, NotOpusError, VoiceError):
            pass
        if self._programs is None or voice_of(tag) is None:
            return None
        try:
            clip = spoken(self._programs, tag, sentence)
        except VoiceError:
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{key}")
        fresh.write_bytes(clip.data)
        fresh.replace(path)  # whole or not at all: a press may be stopped at any time
        return clip

    def _sheet(self, tag: LanguageTag, missing: Mapping[ClipKey, str]) -> None:
        """Write down what somebody has to record; nothing where all is there, or where programs are missing."""
        path = self._kept / f"{tag}.csv"
        path.unlink(missing_ok=True)
        if not missing or (self._programs is None and voice_of(tag) is not None):
            return
        self._kept.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("file", "words"), *((f"{key}.ogg", words) for key, words in missing.items())])
        self._tell(
            f"{len(missing)} sentences in {tag} have no sound: "
            + (
                "espeak-ng does not speak this language. "
                if voice_of(tag) is None
                else "espeak-ng could not say them. "
            )
            + f"Somebody who speaks it can record them: {path} lists the words, sounds/{tag}/ takes the recordings."
        )

    def _packed(
        self,
        content: Content,
        parts: Sequence[Source],
        clips: Mapping[LanguageTag, Mapping[ClipKey, Clip]],
    ) -> dict[str, bytes]:
        """Return the packs of as many languages as there is room for."""
        other = sum(len(data) for held in (content.questionnaires, content.media) for data in held.values())
        room = min(SOUND_LIMIT_BYTES, TOTAL_LIMIT_BYTES - SPARE_BYTES - other)
        packs: dict[str, bytes] = {}
        for tag, held in clips.items():
            made = _packs_of(tag, parts, held)
            size = sum(map(len, made.values()))
            small = all(len(data) <= FILE_LIMIT_BYTES for data in made.values())
            if size <= room and small and len(packs) + len(made) <= PACK_LIMIT:
                packs |= made
                room -= size
            else:
                self._tell(
                    f"The sound of {tag} was left out: it has {-(-size // 1_000_000)} MB, and there was room for "
                    f"{max(0, room) // 1_000_000}. Whoever plans the consultations: open fewer at a time."
                )
        return packs


def _packs_of(tag: LanguageTag, parts: Sequence[Source], clips: Mapping[ClipKey, Clip]) -> dict[str, bytes]:
    """Return a language's packs: one a source, so that a new notice does not send every questionnaire anew."""
    wanted = {part.name: {clip_key(tag, one) for one in part.sentences(tag)} for part in parts}
    wanted["recordings"] = set(clips).difference(*wanted.values())
    found = {name: {key: clips[key] for key in keys if key in clips} for name, keys in wanted.items()}
    return {f"{name}.{tag.lower()}.clips": pack(held) for name, held in found.items() if held}
