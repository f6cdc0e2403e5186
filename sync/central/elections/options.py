"""What the commands of an election have in common: options, exit codes, and how they refuse.

Source: elections.md sections 11 and 13.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Annotated, Final, ParamSpec

import typer

from models.canonical import UnreadableContentError
from models.errors import (
    AuditError,
    BoardError,
    ElectionError,
    OpeningsDifferError,
    SharesError,
    TooFewBallotsError,
    WingVoiceError,
)

EXITS: Final[Mapping[type[WingVoiceError], int]] = {
    TooFewBallotsError: 6,
    OpeningsDifferError: 7,
    AuditError: 5,
    SharesError: 5,
    BoardError: 5,
    ElectionError: 3,
}
"""What a refusal leaves with; the nearest family comes first."""
CHECK_FAILED: Final = 5
P = ParamSpec("P")
Folder = Annotated[Path, typer.Argument(help="The folder of this election.")]
Printer = Annotated[
    str, typer.Option(help="A program that takes a PDF, such as lp: typeset sheets go there and into no file.")
]
Languages = Annotated[str, typer.Option(help="Such as en,pl,ar; else the languages of the election's title.")]


def refusing(command: Callable[P, None]) -> Callable[P, None]:
    """Say of what cannot be read, or is missing, that the board or box does not hold: exit code 5."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except UnreadableContentError as wrong:
            raise BoardError(detail=wrong.detail) from wrong
        except KeyError as missing:
            raise BoardError(detail=f"{missing.args[0]} is missing") from missing

    return run
