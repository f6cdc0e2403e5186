"""The commands after the poll: two openings, the published result, and whoever verifies it.

Rule 1: codes and words are typed at a prompt or piped in, line by line, and are never arguments.
Rule 2: a step writes into a folder that is not there yet, whole or not at all; nothing is ever overwritten.
Source: elections.md section 11.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from models.errors import BoardError, OpeningsDifferError
from sync.central.elections.options import CHECK_FAILED, Languages, refusing

if TYPE_CHECKING:
    from models.election.definition import Role

_OPENERS: Final[tuple[tuple[str, Role], ...]] = (
    ("the first trustee", "trustee"),
    ("the second trustee", "trustee"),
    ("an observer", "observer"),
)


@refusing
def open_(
    board_folder: Annotated[Path, typer.Argument(metavar="BOARD", help="Board 1.")],
    laptop: Annotated[int, typer.Option(min=1, max=2, help="Which laptop this is.")],
    out: Annotated[Path, typer.Option(help="The folder to make.")],
) -> None:
    """Offline: two trustees open the ballots, the audit cards are compared, and the opening is signed.

    It asks for two shares, whether both laptops show the same, the audit cards, and three codes to sign with.
    A card is: code, then for each contest number=choices, such as 1=2,3 2=blank 3=1; an empty line ends them.
    """
    from models import seal
    from models.election import close as closing
    from models.election.notices import withdrawn
    from sync.central.elections import asking, board, ceremony, registrar, steps
    from sync.central.elections.verify import verify_closed

    steps.fresh(out)
    files = board.read_files(board_folder)
    election = board.election_of(files)
    closed = verify_closed(files)
    for check in closed.checks:
        if check.verdict == "FAIL":
            raise BoardError(detail=f"{check.name}: {check.reason}. Nothing was opened.")
        if check.reason:
            asking.tell(f"A box is faulty; its good ballots count all the same ({check.reason}).")
    merged = closed.merged()
    shares = [asking.ask(f"Words of share {which}") for which in ("one", "two")]
    private = ceremony.combine(shares, election.definition.election_key)
    for number, mark in ceremony.open_fingerprints(election, merged, private).items():
        asking.tell(f"Contest {number}: F = {mark.hex()}  {seal.symbols(mark)}")
    if asking.ask("Do both laptops show the same F in every contest? (yes)").strip().lower() != "yes":
        raise OpeningsDifferError(detail="F")
    beacon = closing.read_dice(files["dice.json"])[3]
    made = ceremony.open_election(
        election,
        merged,
        private,
        asking.cards(election.definition),
        beacon=beacon,
        withdrawn=withdrawn(board.read_notices(election, files).values()),
        laptop=laptop,
    )
    signers = [registrar.signer(election.definition, asking.code(f"Code of {who}"), role) for who, role in _OPENERS]
    signatures = board.signed(seal.SIGNS_OPENING, made.record, *signers)
    board.check_opening_signers(election, made.record, signatures)
    written = {f"opening-{laptop}.json": made.record, f"opening-{laptop}.sig.json": signatures}
    board.write_files(out, made.files | written)
    for one in made.contests:
        asking.tell(
            f"Contest {one.contest}: {one.status}, {one.accepted} ballots accepted, {one.audit} of them to audit."
        )


@refusing
def publish(
    board_folder: Annotated[Path, typer.Argument(metavar="BOARD", help="Board 1.")],
    openings: Annotated[tuple[Path, Path], typer.Option(help="The folders of both openings.")],
    out: Annotated[Path, typer.Option(help="The folder to make: the final board.")],
    turnout: Annotated[Path | None, typer.Option(help="Ticks on the roll by group (JSON).")] = None,
    sheet: Annotated[Path | None, typer.Option(help="Write the result sheet (PDF) to a new file.")] = None,
    languages: Languages = "",
) -> None:
    """Publish the result: both openings must agree; small cells of turnout are left out."""
    from sync.central.elections import asking, board, registrar, steps
    from sync.central.elections.turnout import read_roll, write_turnout

    steps.fresh(out)
    if sheet is not None:
        steps.fresh(sheet)
    before = board.read_files(board_folder)
    election = board.election_of(before)
    files: dict[str, bytes] = {}
    records = []
    for at, place in enumerate(openings, 1):
        found = {path.name: path.read_bytes() for path in sorted(place.iterdir()) if path.is_file()}
        names = sorted(name for name in found if name.startswith("opening-"))
        if len(names) != 2:  # noqa: PLR2004 - a record and its signatures
            raise OpeningsDifferError(detail=f"folder {at}, which holds no opening")
        records.append((found.pop(names[0]), found.pop(names[1])))
        if files and found != files:
            raise OpeningsDifferError(detail="the files beside the records")
        files = found
    shown = write_turnout(read_roll(turnout.read_bytes())) if turnout else None
    officer = registrar.signer(election.definition, asking.code("Code of the returning officer"), "returning-officer")
    final = board.stage_2(before, records, files, officer, shown)
    if sheet is not None:
        from sync.central.elections import printing
        from sync.central.elections.paper.results import result_pdf

        pdf = result_pdf(final, printing.chosen_languages(languages, election.definition))
        board.write_files(out, final)
        sheet.write_bytes(pdf)
    else:
        board.write_files(out, final)
    asking.tell(steps.board_line(final))


def verify(
    board_folder: Annotated[Path, typer.Argument(metavar="BOARD", help="A final board.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON value for a machine.")] = False,
) -> None:
    """Check a final board from its files alone. Exit code 5: a check failed; all checks are made all the same."""
    from sync.central.elections import board
    from sync.central.elections.verify import holds
    from sync.central.elections.verify import verify as checked

    checks = checked(board.read_files(board_folder))
    if as_json:
        facts = [
            {"number": one.number, "name": one.name, "verdict": one.verdict, "reason": one.reason} for one in checks
        ]
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=1))
    else:
        for one in checks:
            typer.echo(f"{one.number:2} {one.verdict:8} {one.name}{': ' if one.reason else ''}{one.reason}")
    if not holds(checks):
        raise typer.Exit(CHECK_FAILED)
