"""`wingvoice-central election`: the commands of an election, each of them one step of the day.

Rule 1: codes and words are typed at a prompt or piped in, line by line, and are never arguments.
Rule 2: a step writes into a folder that is not there yet, whole or not at all; nothing is ever overwritten.
Rule 3: sheets with secrets go to standard output, for a printer, and into no file; other words to standard error.
Source: elections.md section 11.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
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
    ReturningOfficerError,
    SharesError,
    TooFewBallotsError,
    WingVoiceError,
)

if TYPE_CHECKING:
    from models.election.ballot import Ballot
    from models.election.definition import Definition, Role
    from models.election.slip import Code
    from sync.central.elections.ceremony import AuditCard
    from sync.central.elections.registrar import Box

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Hold an election: slips and seals, an exact count, and a board that anybody can check.",
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
_OPENERS: Final[tuple[tuple[str, Role], ...]] = (
    ("the first trustee", "trustee"),
    ("the second trustee", "trustee"),
    ("an observer", "observer"),
)
P = ParamSpec("P")
Folder = Annotated[Path, typer.Argument(help="The folder of this election.")]


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
    *,
    key_ceremony: Annotated[bool, typer.Option("--key-ceremony", help="Offline: key, shares, witness codes.")] = False,
    finish: Annotated[bool, typer.Option("--finish", help="Definition, two signatures and the first board.")] = False,
) -> None:
    """Check a plan and make a draft; hold the key ceremony; finish the definition."""
    if sum((out is not None, bool(withdraw), key_ceremony, finish)) != 1:
        _usage("Say one of --out, --key-ceremony, --finish and --withdraw.")
    if out is not None:
        _draft(plan, out)
    elif key_ceremony:
        _key_ceremony(plan)
    elif finish:
        _finish(plan)
    else:
        _notice(plan, withdraw, day)


@app.command()
@_refusing
def slips(
    folder: Folder,
    spare: Annotated[
        int | None, typer.Option(min=0, help="Spare slips for each electorate; else 10 %, 5 at least.")
    ] = None,
    audit: Annotated[int | None, typer.Option(min=0, help="Audit slips for each electorate.")] = None,
) -> None:
    """Offline: print every slip to standard output, once, and write the key lists."""
    from models.election.defined import write_definition
    from sync.central.elections import board, registrar, sheets

    draft = registrar.with_numbers(_draft_in(folder), spare, audit)
    _fresh(folder / "slips")
    run = registrar.make_slips(draft)
    titles = sheets.titles_of(draft.contests)
    typer.echo(sheets.NEXT_SHEET.join(sheets.slip_sheet(slip, titles) for slip in run.slips))
    sys.stdout.flush()
    files = {f"keys-{number}.txt": content for number, content in run.key_files.items()}
    board.write_files(folder / "slips", files | {"draft.json": write_definition(draft)})
    _tell(f"{len(run.slips)} slips, {sum(one.audit for one in run.slips)} of them for the observers.")


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
    if dice:
        if void is None or accounts is None or boxes:
            _usage("--dice goes with --void and --accounts, and without --boxes.")
        _merge(folder, dice, void, accounts)
    else:
        _close_record(folder, [*(boxes or ()), *(more or ())], context.obj.home / "ledger.db" if by_road else None)


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
    from sync.central.elections import board, ceremony, registrar

    _fresh(out)
    files = board.read_files(board_folder)
    election = board.election_of(files)
    merged = board.merged_of(election, files)
    if board.merge_file(election, files, merged) != files["merge.json"]:
        raise BoardError(detail="merge.json is not what the boxes give. Nothing was opened.")
    shares = [_ask(f"Words of share {which}") for which in ("one", "two")]
    private = ceremony.combine(shares, election.definition.election_key)
    for number, mark in ceremony.open_fingerprints(election, merged, private).items():
        _tell(f"Contest {number}: F = {mark.hex()}  {seal.symbols(mark)}")
    if _ask("Do both laptops show the same F in every contest? (yes)").strip().lower() != "yes":
        raise OpeningsDifferError(detail="F")
    beacon = closing.read_dice(files["dice.json"])[3]
    made = ceremony.open_election(
        election,
        merged,
        private,
        _cards(election.definition),
        beacon=beacon,
        withdrawn=withdrawn(board.read_notices(election, files).values()),
        laptop=laptop,
    )
    signers = [registrar.signer(election.definition, _code(f"Code of {who}"), role) for who, role in _OPENERS]
    signatures = board.signed(seal.SIGNS_OPENING, made.record, *signers)
    board.check_opening_signers(election, made.record, signatures)
    written = {f"opening-{laptop}.json": made.record, f"opening-{laptop}.sig.json": signatures}
    board.write_files(out, made.files | written)
    for one in made.contests:
        _tell(f"Contest {one.contest}: {one.status}, {one.accepted} ballots accepted, {one.audit} of them to audit.")


@app.command()
@_refusing
def publish(
    board_folder: Annotated[Path, typer.Argument(metavar="BOARD", help="Board 1.")],
    openings: Annotated[tuple[Path, Path], typer.Option(help="The folders of both openings.")],
    out: Annotated[Path, typer.Option(help="The folder to make: the final board.")],
    turnout: Annotated[Path | None, typer.Option(help="Ticks on the roll by group (JSON).")] = None,
) -> None:
    """Publish the result: both openings must agree; small cells of turnout are left out."""
    from sync.central.elections import board, registrar
    from sync.central.elections.turnout import read_roll, write_turnout

    _fresh(out)
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
    officer = registrar.signer(election.definition, _code("Code of the returning officer"), "returning-officer")
    final = board.stage_2(before, records, files, officer, shown)
    board.write_files(out, final)
    _tell(_board_line(final))


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
    from sync.central.elections.rehearsal import rehearse as held

    _fresh(out)
    unverified = plan.read_bytes() if plan else None
    done = held(out, unverified, (lambda path: (plan.parent / path).read_bytes()) if plan else None)
    typer.echo(done.script)
    for line in done.words:
        _tell(line)


def _draft(plan: Path, out: Path) -> None:
    from models import seal
    from sync.central.elections import board
    from sync.central.elections.plan import read_plan

    _fresh(out)
    draft = read_plan(plan.read_bytes(), seal.random_bytes(16), lambda path: (plan.parent / path).read_bytes())
    media = {f"media/{name}": content for name, content in draft.media.items()}
    board.write_files(out, {"draft.json": draft.written} | media)
    for warning in draft.warnings:
        _tell(warning)
    _tell(f"Election {draft.definition.id.hex()}: {len(draft.definition.contests)} contests.")


def _key_ceremony(folder: Path) -> None:
    from sync.central.elections import board, ceremony, sheets

    draft = _draft_in(folder)
    _fresh(folder / "ceremony")
    held = ceremony.hold_key_ceremony(draft)
    pages = [sheets.share_sheet(number, share) for number, share in enumerate(held.shares, 1)]
    pages += [sheets.witness_sheet(draft, number, code) for number, code in held.codes.items()]
    typer.echo(sheets.NEXT_SHEET.join(pages))
    sys.stdout.flush()
    _tell("Now read the three shares back from paper, each as one line of 33 words.")
    ceremony.read_back([_ask(f"Words of share {number}") for number in (1, 2, 3)], held.public)
    board.write_files(folder / "ceremony", {"public.json": ceremony.write_public(held)})
    _tell("Every pair of shares gives the key. Wipe this laptop; only ceremony/public.json goes on.")


def _finish(folder: Path) -> None:
    from models import seal
    from models.election.defined import read_definition
    from sync.central.elections import board, registrar
    from sync.central.elections.ceremony import read_public

    _fresh(folder / "board-0")
    draft = _read(folder / "slips" / "draft.json", "the slips have not been printed")
    key, witnesses = read_public(_read(folder / "ceremony" / "public.json", "the key ceremony has not been held"))
    lists = {int(path.stem.removeprefix("keys-")): path.read_bytes() for path in (folder / "slips").glob("keys-*.txt")}
    definition = registrar.finish(read_definition(draft), key, witnesses, lists)
    whole = read_definition(definition)
    officer = registrar.signer(whole, _code("Code of the returning officer"), "returning-officer")
    helper = registrar.signer(whole, _code("Code of the registrar"), "registrar")
    board.write_files(folder / "board-0", board.stage_0(definition, lists, officer, helper))
    d = seal.digest(definition)
    typer.echo(f"D = {d.hex()}  {seal.symbols(d)}")


def _notice(folder: Path, withdraw: str, day: str) -> None:
    from models import seal
    from models.election.notices import Notice, read_notice, write_notice
    from sync.central.elections import board, registrar

    contest, colon, candidate = withdraw.partition(":")
    if not colon or not contest.isdecimal() or not candidate.isdecimal() or not day:
        _usage("--withdraw is contest:candidate, such as 1:3, and goes with --day.")
    election = board.election_of(board.read_files(folder / "board-0"))
    number = len(list((folder / "notices").glob("*.sig.json"))) + 1
    content = write_notice(Notice(election.d, number, int(contest), int(candidate), day))
    read_notice(content)
    signers = (
        registrar.signer(election.definition, _code("Code of the returning officer"), "returning-officer"),
        registrar.signer(election.definition, _code("Code of one more witness")),
    )
    files = {
        f"notices/{number}.json": content,
        f"notices/{number}.sig.json": board.signed(seal.SIGNS_NOTICE, content, *signers),
    }
    board.read_notices(election, files)
    for path, made in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(made)


def _close_record(folder: Path, places: Sequence[Path], ledger: Path | None) -> None:
    from models import seal
    from models.election import close as closing
    from sync.central.elections import board, registrar

    election = board.election_of(board.read_files(folder / "board-0"))
    boxes = [box for place in places for box in _boxes_in(place)]
    boxes += [box for box in _boxes_by_road(ledger, election.d) if box not in boxes] if ledger else []
    if not boxes:
        raise ReturningOfficerError(detail="no box has come")
    notices = _notices_in(folder)
    if (folder / "closed").exists():
        stands = closing.read_close(_read(folder / "closed" / "close.json", "the close record is missing"))
        registrar.close_poll(election, boxes, (), before=stands)
        _tell("The close record stands, and names these boxes.")
        return
    board.read_notices(election, notices)
    contents = [content for path, content in notices.items() if not path.endswith(".sig.json")]
    record = registrar.close_poll(election, boxes, contents)
    written = closing.write_close(record)
    board.write_files(folder / "closed", {"close.json": written} | board.box_files(boxes))
    for name, why in registrar.faults(election, boxes).items():
        _tell(f"Box {name} is faulty ({why}); its ballots count where their slips' signatures hold.")
    for kiosk in record.missing:
        _tell(f"No box came from kiosk {kiosk.hex()}: wait, or write the decision down.")
    c = seal.digest(written)
    typer.echo(f"C = {c.hex()}  {seal.symbols(c)}")


def _merge(folder: Path, dice: str, void: Path, accounts: Path) -> None:
    from models.election import close as closing
    from sync.central.elections import board, registrar

    if not closing.THROWS.fullmatch(dice):
        _usage("--dice is at least 20 digits from 1 to 6.")
    _fresh(folder / "board-1")
    before = board.read_files(folder / "board-0")
    definition = board.election_of(before).definition
    closed = folder / "closed"
    record = closing.read_close(_read(closed / "close.json", "there is no close record"))
    boxes = _boxes_in(closed / "boxes")
    officer = registrar.signer(definition, _code("Code of the returning officer"), "returning-officer")
    files, merged = board.stage_1(
        before,
        boxes,
        _notices_in(folder),
        record,
        dice,
        [line for line in void.read_text(encoding="ascii", errors="replace").splitlines() if line.strip()],
        registrar.read_written_accounts(accounts.read_bytes()),
        officer,
    )
    board.write_files(folder / "board-1", files)
    for contest in definition.contests:
        _tell(f"Contest {contest.number}: {len(merged.accepted(contest.number))} ballots accepted.")
    if merged.alarms:
        _tell(f"ALARM: {len(merged.alarms)} ballots of void slips: somebody stuffed a box.")
    _tell(_board_line(files))


def _draft_in(folder: Path) -> Definition:
    from models.election.defined import read_definition

    return read_definition(_read(folder / "draft.json", "there is no draft here: begin with a plan"))


def _boxes_in(place: Path) -> list[Box]:
    from sync.central.elections.registrar import Box

    found = []
    for path in sorted(place.glob("*.box")):
        beside = [path.with_suffix(ending) for ending in (".json", ".sig.json")]
        if not all(one.is_file() for one in beside):
            raise ReturningOfficerError(detail=f"{path.name} came without its manifest or its signature")
        found.append(Box(beside[0].read_bytes(), beside[1].read_bytes(), path.read_bytes()))
    return found


def _boxes_by_road(path: Path, definition: bytes) -> tuple[Box, ...]:
    from sync.central.elections.received import received
    from sync.central.ledger import open_ledger

    if not path.is_file():
        raise ReturningOfficerError(detail="there is no ledger at this desk")
    ledger = open_ledger(path)
    try:
        return received(ledger, definition)
    finally:
        ledger.close()


def _notices_in(folder: Path) -> dict[str, bytes]:
    return {f"notices/{path.name}": path.read_bytes() for path in sorted((folder / "notices").glob("*.json"))}


def _cards(definition: Definition) -> list[AuditCard]:
    from sync.central.elections.ceremony import AuditCard

    cards = []
    while line := _ask("Audit card, or nothing").strip():
        typed, *votes = line.split(" ")
        digits = [part for part in votes if "=" not in part]
        code = _read_code("".join([typed, *digits]))
        cards.append(AuditCard(code, dict(_vote(part, definition) for part in votes if "=" in part)))
    return cards


def _vote(part: str, definition: Definition) -> tuple[int, Ballot]:
    from models.election.ballot import Ballot, Mark

    number, _, choices = part.partition("=")
    known = {str(contest.number): contest for contest in definition.contests}
    if number not in known:
        raise AuditError(contest=number)
    if choices in ("blank", "spoilt"):
        return int(number), Ballot(Mark[choices.upper()])
    marks = choices.split(",")
    if not all(mark.isascii() and mark.isdecimal() for mark in marks):
        raise AuditError(contest=number)
    ballot = Ballot(Mark.CHOICES, tuple(int(mark) for mark in marks))
    if not known[number].admits(ballot):
        raise AuditError(contest=number)
    return int(number), ballot


def _code(question: str) -> Code:
    return _read_code(_ask(question))


def _read_code(typed: str) -> Code:
    from models.election.slip import read_code

    return read_code(typed)


def _ask(question: str) -> str:
    """Return what a person types unseen, or the next line that is piped in."""
    if sys.stdin.isatty():
        return str(typer.prompt(question, hide_input=True, default="", show_default=False))
    _tell(f"{question}:")
    return sys.stdin.readline().rstrip("\r\n")


def _read(path: Path, otherwise: str) -> bytes:
    if not path.is_file():
        raise ReturningOfficerError(detail=otherwise)
    return path.read_bytes()


def _fresh(folder: Path) -> None:
    if folder.exists():
        raise ReturningOfficerError(detail=f"{folder.name} is there already and is never overwritten")


def _board_line(files: Mapping[str, bytes]) -> str:
    from models import seal

    hashed = seal.digest(files["board.json"])
    return f"Board: {hashed.hex()}  {seal.symbols(hashed)}"


def _tell(words: str) -> None:
    typer.echo(words, err=True)


def _usage(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(2)
