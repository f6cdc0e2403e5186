"""`wingvoice-central election`: the commands of an election, each of them one step of the day.

Rule 1: codes and words are typed at a prompt or piped in, line by line, and are never arguments.
Rule 2: a step writes into a folder that is not there yet, whole or not at all; nothing is ever overwritten.
Rule 3: sheets with secrets go to a printer or to standard output, and into no file; other words to standard error.
Source: elections.md section 11.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn, ParamSpec

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
from sync.central.elections import standing_commands

if TYPE_CHECKING:
    from models.election.definition import Role

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Hold an election: slips and seals, an exact count, and a board that anybody can check.",
)
app.add_typer(standing_commands.app, name="nominations")
app.command()(standing_commands.vacancy)
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
_OPENERS: Final[tuple[tuple[str, Role], ...]] = (
    ("the first trustee", "trustee"),
    ("the second trustee", "trustee"),
    ("an observer", "observer"),
)
P = ParamSpec("P")
Folder = Annotated[Path, typer.Argument(help="The folder of this election.")]
Printer = Annotated[
    str, typer.Option(help="A program that takes a PDF, such as lp: typeset sheets go there and into no file.")
]
Languages = Annotated[str, typer.Option(help="Such as en,pl,ar; else the languages of the election's title.")]


def _refusing(command: Callable[P, None]) -> Callable[P, None]:
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


@app.command()
@_refusing
def prepare(
    plan: Annotated[Path, typer.Argument(help="A plan (JSON), or the folder of an election.")],
    out: Annotated[Path | None, typer.Option(help="With a plan: the folder to make.")] = None,
    withdraw: Annotated[str, typer.Option(help="A notice that a candidate withdraws: contest:candidate.")] = "",
    day: Annotated[str, typer.Option(help="With --withdraw: the day of the notice, YYYY-MM-DD.")] = "",
    printer: Printer = "",
    *,
    key_ceremony: Annotated[bool, typer.Option("--key-ceremony", help="Offline: key, shares, witness codes.")] = False,
    finish: Annotated[bool, typer.Option("--finish", help="Definition, two signatures and the first board.")] = False,
) -> None:
    """Check a plan and make a draft; hold the key ceremony; finish the definition."""
    from sync.central.elections import steps

    if sum((out is not None, bool(withdraw), key_ceremony, finish)) != 1:
        _usage("Say one of --out, --key-ceremony, --finish and --withdraw.")
    if out is not None:
        steps.draft(plan, out)
    elif key_ceremony:
        steps.key_ceremony(plan, printer)
    elif finish:
        steps.finish(plan)
    else:
        steps.notice(plan, withdraw, day)


@app.command()
@_refusing
def slips(
    folder: Folder,
    spare: Annotated[
        int | None, typer.Option(min=0, help="Spare slips for each electorate; else 10 %, 5 at least.")
    ] = None,
    audit: Annotated[int | None, typer.Option(min=0, help="Audit slips for each electorate.")] = None,
    printer: Printer = "",
    languages: Languages = "",
    *,
    a4: Annotated[
        bool, typer.Option("--a4", help="With --printer: four slips to a sheet of A4, else one of A6.")
    ] = False,
) -> None:
    """Offline: print every slip once, to a printer or as text to standard output, and write the key lists."""
    from models.election.defined import write_definition
    from sync.central.elections import asking, board, registrar, sheets, steps

    draft = registrar.with_numbers(steps.draft_in(folder), spare, audit)
    steps.fresh(folder / "slips")
    run = registrar.make_slips(draft)
    if printer:
        from sync.central.elections import printing
        from sync.central.elections.paper.slips import slips_pdf

        tags = printing.chosen_languages(languages, draft)
        printing.to_printer(slips_pdf(draft, run.slips, tags, four=a4), printer)
    else:
        titles = sheets.titles_of(draft.contests)
        typer.echo(sheets.NEXT_SHEET.join(sheets.slip_sheet(slip, titles) for slip in run.slips))
        sys.stdout.flush()
    files = {f"keys-{number}.txt": content for number, content in run.key_files.items()}
    board.write_files(folder / "slips", files | {"draft.json": write_definition(draft)})
    asking.tell(f"{len(run.slips)} slips, {sum(one.audit for one in run.slips)} of them for the observers.")


@app.command()
@_refusing
def close(
    context: typer.Context,
    folder: Folder,
    more: Annotated[list[Path] | None, typer.Argument(hidden=True)] = None,
    boxes: Annotated[list[Path] | None, typer.Option(help="Folders with the boxes of kiosks.")] = None,
    dice: Annotated[str, typer.Option(help="The throws, at least 20 digits from 1 to 6.")] = "",
    void: Annotated[Path | None, typer.Option(help="The void list: a code a line.")] = None,
    accounts: Annotated[Path | None, typer.Option(help="The numbers of envelopes (JSON).")] = None,
    *,
    by_road: Annotated[
        bool, typer.Option("--received", help="Take the boxes that came to this central's ledger as well.")
    ] = False,
) -> None:
    """Close the poll: first the close record over the boxes, then, after the dice, merge and board 1."""
    from models.election.close import THROWS
    from sync.central.elections import steps

    if dice:
        if not THROWS.fullmatch(dice):
            _usage("--dice is at least 20 digits from 1 to 6.")
        if void is None or accounts is None or boxes:
            _usage("--dice goes with --void and --accounts, and without --boxes.")
        steps.merge_after_dice(folder, dice, void, accounts)
    else:
        steps.close_record(folder, [*(boxes or ()), *(more or ())], context.obj.home / "ledger.db" if by_road else None)


@app.command(name="open")
@_refusing
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


@app.command()
@_refusing
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


@app.command(name="sheets")
@_refusing
def sheets_(
    folder: Folder,
    out: Annotated[Path, typer.Option(help="The folder to make.")],
    roll: Annotated[
        list[Path] | None, typer.Option(help="A roll (CSV: location,name,groups), A.csv for wing A.")
    ] = None,
    outsider: Annotated[str, typer.Option(help="Whom to tell of pressure and disputes, by name.")] = "",
    languages: Languages = "",
) -> None:
    """Write the sheets without secrets as PDF: notices, ballots, rolls, forms and the script of the day."""
    from sync.central.elections import asking, printing, steps

    steps.fresh(out)
    for name in printing.write_sheets(folder, out, languages, outsider, roll or ()):
        asking.tell(name)


@app.command()
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


@app.command()
@_refusing
def rehearse(
    out: Annotated[Path, typer.Option(help="The folder to make: script, boxes and boards.")],
    plan: Annotated[Path | None, typer.Argument(help="A plan; without it a small council of one wing.")] = None,
) -> None:
    """Hold a whole election with throw-away keys and voters by chance, and print the script of the day."""
    from sync.central.elections import asking, board, steps
    from sync.central.elections.rehearsal import rehearse as held

    steps.fresh(out)
    unverified = plan.read_bytes() if plan else None
    done = held(out, unverified, (lambda path: (plan.parent / path).read_bytes()) if plan else None)
    from sync.central.elections.paper.forms import script_pdf
    from sync.central.elections.paper.results import result_pdf

    (out / "script.pdf").write_bytes(script_pdf(done.script))
    (out / "result.pdf").write_bytes(result_pdf(board.read_files(out / "result"), ("en",)))
    typer.echo(done.script)
    for line in done.words:
        asking.tell(line)


def _usage(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(2)
