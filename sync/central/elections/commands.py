"""`wingvoice-central election`: the commands of an election, each of them one step of the day.

Rule 1: codes and words are typed at a prompt or piped in, line by line, and are never arguments.
Rule 2: a step writes into a folder that is not there yet, whole or not at all; nothing is ever overwritten.
Rule 3: sheets with secrets go to a printer or to standard output, and into no file; other words to standard error.
Source: elections.md section 11.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from sync.central.elections import result_commands, standing_commands
from sync.central.elections.options import Folder, Languages, Printer, refusing

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Hold an election: slips and seals, an exact count, and a board that anybody can check.",
)
app.add_typer(standing_commands.app, name="nominations")


@app.command()
@refusing
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
@refusing
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
@refusing
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


@app.command(name="sheets")
@refusing
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
@refusing
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


app.command(name="open")(result_commands.open_)
app.command()(result_commands.publish)
app.command()(result_commands.verify)
app.command()(standing_commands.vacancy)
