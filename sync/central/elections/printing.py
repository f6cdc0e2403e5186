"""Brings sheets to paper: straight to a printer's program where they hold secrets, into a new folder where they do not.

Rule 1: a sheet with a code or with words of a share goes to the standard input of a program, and into no file.
Rule 2: what a printer does not take stops the step, and nothing is exported.
Rule 3: sheets for the wall and for the desk are written only where the command was told to.
Source: elections.md sections 10 and 11.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from models.canonical import ENGLISH
from models.election.definition import Definition
from models.errors import ReturningOfficerError
from sync.central.elections import board
from sync.central.elections.paper import forms, notices, voting
from sync.central.elections.paper.wording import languages
from sync.central.elections.script import script

_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_ROLL_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")


def to_printer(pdf: bytes, program: str) -> None:
    """Give a PDF to a program such as `lp`, on its standard input; ReturningOfficerError where it does not take it."""
    words = shlex.split(program)
    try:
        ended = subprocess.run(words, input=pdf, check=False).returncode if words else 1  # noqa: S603 - the desk's own words
    except OSError:
        ended = 1
    if ended:
        raise ReturningOfficerError(detail="the printer's program did not take the sheets")


def chosen_languages(asked: str, definition: Definition) -> tuple[str, ...]:
    """Return the languages that a command names (en,pl,ar), or those that the election is written in."""
    if not asked:
        return languages(definition)
    tags = [tag.strip() for tag in asked.split(",")]
    if not all(_TAG.fullmatch(tag) for tag in tags) or len(set(tags)) < len(tags):
        raise ReturningOfficerError(detail="--languages is language tags, each once, such as en,pl,ar")
    return tuple(tags)


def write_sheets(folder: Path, out: Path, asked: str, outsider: str, rolls: Sequence[Path]) -> tuple[str, ...]:
    """Write every sheet without a secret into `out`, a new folder; return the names of the files."""
    election = board.election_of(board.read_files(folder / "board-0"))
    definition, d = election.definition, election.d
    tags = chosen_languages(asked, definition)
    photos = {path.name: path.read_bytes() for path in sorted((folder / "media").glob("*")) if path.is_file()}
    files = {
        "notices.pdf": notices.notices_pdf(definition, d, tags, outsider=outsider, photos=photos),
        "ballots.pdf": voting.ballots_pdf(definition, d, tags),
        "script.pdf": forms.script_pdf(script(definition, d)),
    }
    files |= {f"forms-{tag}.pdf": forms.forms_pdf(definition, d, tag) for tag in tags}
    for path in rolls:
        if not _ROLL_NAME.fullmatch(path.stem) or f"roll-{path.stem}.pdf" in files:
            raise ReturningOfficerError(detail="each roll is a file named after its wing, such as A.csv")
        table = voting.read_roll_table(path.read_bytes())
        files[f"roll-{path.stem}.pdf"] = voting.roll_pdf(definition, table, path.stem, ENGLISH)
    board.write_files(out, files)
    return tuple(sorted(files))
