"""Speak the kiosk's own words: `assets/sounds/<tag>/<clip>.ogg`, for every language whose catalogue is complete.

1. `make sounds`, or `python -m tests.assets_build.make_sounds [TAG ...]`; needs espeak-ng and opusenc.
2. A clip that is there is never made again: put a person's recording in its place under the same name, in Opus in Ogg,
   and it stays. What nobody says any more is deleted. `clips.json` lists each clip, its milliseconds and its words.
3. Sentences with facts in them are spoken in parts, so the numbers that facts may be are spoken as well. Staff's pages
   are silent, but for the sample that tests the sound.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po

from models.clips import A_HUNDRED, A_THOUSAND, Clip, ClipKey, clip_key, sentences
from sync.central.authoring.ogg import read_opus
from sync.central.authoring.speaking import Programs, programs, spoken
from tests.assets_build.make_catalogues import STAFF

ASSETS = Path(__file__).parent.parent.parent / "assets"
HEARD_BY_STAFF = ("This is how the kiosk sounds.",)
COUNTED = (*range(A_HUNDRED), *range(A_HUNDRED, A_THOUSAND, A_HUNDRED))  # days, pages, people who were asked
CLOCK = range(10)  # 14:05
YEARS = range(2026, 2037)  # by when an answer comes
FINEST = 10


def complete() -> list[str]:
    """The languages whose catalogues are complete."""
    rows = sorted((ASSETS / "locale").glob("*/language.toml"))
    return [row.parent.name for row in rows if tomllib.loads(row.read_text(encoding="utf-8")).get("complete")]


def own_words(tag: str) -> Iterator[str]:
    """Every text that the kiosk may say by itself in a language."""
    folder = ASSETS / "locale" / tag
    yield str(tomllib.loads((folder / "language.toml").read_text(encoding="utf-8"))["name"])
    with (folder / "kiosk.po").open("rb") as file:
        for message in read_po(file, locale=tag):
            if message.id and (message.context not in STAFF or message.id in HEARD_BY_STAFF):
                yield from (part for part, _, _, _ in Formatter().parse(str(message.string)))
    yield from map(str, (*COUNTED, *YEARS))
    yield from (f"{number:02}" for number in CLOCK)


def speak(tag: str, found: Programs) -> int:
    """Make the clips that are missing, delete what nobody says; return the bytes of the language."""
    folder = ASSETS / "sounds" / tag
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {clip_key(tag, sentence): sentence for text in own_words(tag) for sentence in sentences(text)}
    for path in folder.glob("*.ogg"):
        if path.stem not in wanted:
            path.unlink()

    def clip(key: ClipKey) -> Clip:
        path = folder / f"{key}.ogg"
        if not path.exists():
            path.write_bytes(spoken(found, tag, wanted[key], FINEST).data)
        recording = read_opus(path.read_bytes())
        path.write_bytes(recording.data)  # a person's recording loses its tags
        return Clip(recording.data, recording.ms)

    with ThreadPoolExecutor(os.cpu_count()) as speakers:
        clips = dict(zip(wanted, speakers.map(clip, wanted), strict=True))
    rows = (
        f"{json.dumps(key)}: {json.dumps([clips[key].ms, wanted[key]], ensure_ascii=False)}" for key in sorted(wanted)
    )
    (folder / "clips.json").write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    return sum(len(clip.data) for clip in clips.values())


def main(tags: list[str]) -> None:
    """Speak these languages, or all that are complete."""
    found = programs()
    if found is None:
        sys.exit("espeak-ng or opusenc is missing: apt-get install espeak-ng opus-tools")
    for tag in tags or complete():
        size = speak(tag, found)
        sys.stdout.write(f"{tag}: {len(list((ASSETS / 'sounds' / tag).glob('*.ogg')))} clips, {size / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
