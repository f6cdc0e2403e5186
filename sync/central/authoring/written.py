"""Authors several files and writes what came of them, all or nothing.

Rule 1: no file is written before every file given is good.
Rule 2: a questionnaire is named by its id, a picture or sound by its hash, as the bundle names it.
Source: questionnaires.md sections 1 and 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from models.questionnaire import Purpose, canonical_bytes
from sync.central.authoring.apart import author_apart
from sync.central.authoring.author import Authored
from sync.central.authoring.refusal import Refusal, WorkbookRefusedError

QUESTIONNAIRES: Final = "questionnaires"
MEDIA: Final = "media"


@dataclass(slots=True)
class Gathered:
    """What came of several files: the good ones by their paths, everything wrong, everything worth a remark."""

    authored: dict[Path, Authored] = field(default_factory=dict)
    refusals: list[tuple[str, Refusal]] = field(default_factory=list)
    notices: list[tuple[str, Refusal]] = field(default_factory=list)


def author_all(sources: Sequence[Path], media: Path | None = None, purpose: Purpose | None = None) -> Gathered:
    """Author each file in a process of its own. Raises OSError for a file that cannot be opened."""
    gathered = Gathered()
    for source in sources:
        try:
            authored = author_apart(source, media, purpose)
        except WorkbookRefusedError as refused:
            gathered.refusals += [(source.name, one) for one in refused.refusals]
            gathered.notices += [(source.name, one) for one in refused.notices]
            continue
        gathered.authored[source] = authored
        gathered.notices += [(source.name, one) for one in authored.notices]
    return gathered


def media_folder(folder: Path) -> Path:
    """Return where the files of questionnaires in this folder go: beside it where it is the press's own."""
    return folder.parent / MEDIA if folder.name == QUESTIONNAIRES else folder / MEDIA


def write(authored: Authored, folder: Path) -> Path:
    """Write the questionnaire into `folder` and its files where the press looks for them; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{authored.questionnaire.id}.json"
    if authored.files:
        media_folder(folder).mkdir(parents=True, exist_ok=True)
    for name, data in authored.files.items():
        medium = authored.questionnaire.media[name]
        (media_folder(folder) / f"{medium.hash}.{name.rpartition('.')[2]}").write_bytes(data)
    path.write_bytes(canonical_bytes(authored.questionnaire))
    return path
