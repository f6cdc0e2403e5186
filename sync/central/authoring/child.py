"""The program that reads one author's file.

    python -m sync.central.authoring.child SOURCE OUT MEDIA PURPOSE BYTES SECONDS

Rule 1: memory and work are bounded before anything of the file is read, by the system where the system can.
Rule 2: it leaves an outcome, or dies; whoever started it makes a refusal of either (apart.py).
Rule 3: an empty word stands for what was not given.
"""

from __future__ import annotations

import sys
from pathlib import Path

from models.questionnaire import Purpose, canonical_bytes
from sync.central.authoring.apart import MEDIA, OUTCOME, QUESTIONNAIRE, outcome, too_costly
from sync.central.authoring.author import Authored, author_workbook
from sync.central.authoring.author_xform import author_xform
from sync.central.authoring.refusal import Refusal, WorkbookRefusedError

XML_BEGINS = b"<"
BEFORE_XML = b"\xef\xbb\xbf \t\r\n"


def main(source: str, out: str, media: str, purpose: str, memory_bytes: str, seconds: str) -> None:
    """Author the file and leave what came of it in the folder `out`."""
    _bound(int(memory_bytes), int(seconds))
    folder = Path(out)
    try:
        authored = author_file(Path(source), Path(media) if media else None, Purpose(purpose) if purpose else None)
    except WorkbookRefusedError as error:
        (folder / OUTCOME).write_bytes(outcome(error.refusals, error.notices))
        return
    except MemoryError:
        why = f"it needed more than {int(memory_bytes) >> 20} MB of memory"
        (folder / OUTCOME).write_bytes(outcome([too_costly(why)], ()))
        return
    (folder / QUESTIONNAIRE).write_bytes(canonical_bytes(authored.questionnaire))
    (folder / MEDIA).mkdir()
    for name, data in authored.files.items():
        (folder / MEDIA / name).write_bytes(data)
    (folder / OUTCOME).write_bytes(outcome((), authored.notices))


def author_file(source: Path, media: Path | None, purpose: Purpose | None) -> Authored:
    """Return what a workbook or an XForm became, told apart by what it holds. Raises WorkbookRefusedError."""
    unverified = source.read_bytes()
    if not unverified.lstrip(BEFORE_XML).startswith(XML_BEGINS):
        return author_workbook(unverified, media)
    if purpose is None:
        raise WorkbookRefusedError([Refusal("xform", 0, "", "missing-setting", {}, "purpose")])
    return author_xform(unverified, purpose)


def _bound(memory_bytes: int, seconds: int) -> None:
    if sys.platform != "win32":  # Windows has no such bounds; there the clock of whoever started it is the only one
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


if __name__ == "__main__":
    main(*sys.argv[1:7])
