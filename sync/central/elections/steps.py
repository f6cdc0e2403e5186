"""The steps of an election at its desk: what each command reads, which room it calls, and what it writes.

Rule 1: a step writes a folder that is not there yet, whole or not at all.
Rule 2: secrets go to standard output for a printer; everything else that is said goes to standard error.
Source: elections.md section 11.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from models import seal
from models.election import close
from models.election.defined import read_definition
from models.election.definition import Definition
from models.election.notices import Notice, read_notice, write_notice
from models.errors import ReturningOfficerError
from sync.central.elections import board, ceremony, registrar, sheets
from sync.central.elections.asking import ask, code, tell
from sync.central.elections.plan import read_plan
from sync.central.elections.received import received
from sync.central.elections.registrar import Box
from sync.central.ledger import open_ledger


def draft(plan: Path, out: Path) -> None:
    """Check a plan and write its draft and media; PlanRefusedError."""
    fresh(out)
    draft = read_plan(plan.read_bytes(), seal.random_bytes(16), lambda path: (plan.parent / path).read_bytes())
    media = {f"media/{name}": content for name, content in draft.media.items()}
    board.write_files(out, {"draft.json": draft.written} | media)
    for warning in draft.warnings:
        tell(warning)
    tell(f"Election {draft.definition.id.hex()}: {len(draft.definition.contests)} contests.")


def key_ceremony(folder: Path, printer: str = "") -> None:
    """Print shares and witness codes, have the shares read back, and write the public keys.

    `printer` is a program that takes them typeset, as PDF; without one they go to standard output as text.
    """
    draft = draft_in(folder)
    fresh(folder / "ceremony")
    held = ceremony.hold_key_ceremony(draft)
    if printer:
        from sync.central.elections import printing
        from sync.central.elections.paper.forms import share_pdf

        printing.to_printer(share_pdf(held.shares, draft, held.codes), printer)
    else:
        pages = [sheets.share_sheet(number, share) for number, share in enumerate(held.shares, 1)]
        pages += [sheets.witness_sheet(draft, number, code) for number, code in held.codes.items()]
        typer.echo(sheets.NEXT_SHEET.join(pages))
        sys.stdout.flush()
    tell("Now read the three shares back from paper, each as one line of 33 words.")
    ceremony.read_back([ask(f"Words of share {number}") for number in (1, 2, 3)], held.public)
    board.write_files(folder / "ceremony", {"public.json": ceremony.write_public(held)})
    tell("Every pair of shares gives the key. Wipe this laptop; only ceremony/public.json goes on.")


def finish(folder: Path) -> None:
    """Write board 0 out of draft, ceremony and slips, with two signatures."""
    fresh(folder / "board-0")
    draft = _read(folder / "slips" / "draft.json", "the slips have not been printed")
    public = _read(folder / "ceremony" / "public.json", "the key ceremony has not been held")
    key, witnesses = ceremony.read_public(public)
    lists = {int(path.stem.removeprefix("keys-")): path.read_bytes() for path in (folder / "slips").glob("keys-*.txt")}
    definition = registrar.finish(read_definition(draft), key, witnesses, lists)
    whole = read_definition(definition)
    officer = registrar.signer(whole, code("Code of the returning officer"), "returning-officer")
    helper = registrar.signer(whole, code("Code of the registrar"), "registrar")
    board.write_files(folder / "board-0", board.stage_0(definition, lists, officer, helper))
    d = seal.digest(definition)
    typer.echo(f"D = {d.hex()}  {seal.symbols(d)}")


def notice(folder: Path, withdraw: str, day: str) -> None:
    """Write a notice that a candidate withdraws, `withdraw` being contest:candidate, with two signatures."""
    contest, colon, candidate = withdraw.partition(":")
    if not colon or not contest.isdecimal() or not candidate.isdecimal() or not day:
        raise ReturningOfficerError(detail="--withdraw is contest:candidate, such as 1:3, and goes with --day")
    election = board.election_of(board.read_files(folder / "board-0"))
    number = len(list((folder / "notices").glob("*.sig.json"))) + 1
    content = write_notice(Notice(election.d, number, int(contest), int(candidate), day))
    read_notice(content)
    signers = (
        registrar.signer(election.definition, code("Code of the returning officer"), "returning-officer"),
        registrar.signer(election.definition, code("Code of one more witness")),
    )
    files = {
        f"notices/{number}.json": content,
        f"notices/{number}.sig.json": board.signed(seal.SIGNS_NOTICE, content, *signers),
    }
    board.read_notices(election, files)
    for path, made in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(made)


def close_record(folder: Path, places: Sequence[Path], ledger: Path | None) -> None:
    """Write the close record over the boxes in these folders and in the ledger; LateBoxError once it stands."""
    election = board.election_of(board.read_files(folder / "board-0"))
    boxes = [box for place in places for box in _boxes_in(place)]
    boxes = registrar.distinct(election, [*boxes, *(_boxes_by_road(ledger, election.d) if ledger else ())])
    if not boxes:
        raise ReturningOfficerError(detail="no box has come")
    notices = _notices_in(folder)
    if (folder / "closed").exists():
        stands = close.read_close(_read(folder / "closed" / "close.json", "the close record is missing"))
        registrar.close_poll(election, boxes, (), before=stands)
        tell("The close record stands, and names these boxes.")
        return
    board.read_notices(election, notices)
    contents = [content for path, content in notices.items() if not path.endswith(".sig.json")]
    record = registrar.close_poll(election, boxes, contents)
    written = close.write_close(record)
    board.write_files(folder / "closed", {"close.json": written} | board.box_files(boxes))
    for name, why in registrar.faults(election, boxes).items():
        tell(f"Box {name} is faulty ({why}); its ballots count where their slips' signatures hold.")
    for kiosk in record.missing:
        tell(f"No box came from kiosk {kiosk.hex()}: wait, or write the decision down.")
    for kiosk, box in registrar.gaps(record):
        tell(f"Box {box} of kiosk {kiosk.hex()} has not come, and a later one has: wait, or write the decision down.")
    c = seal.digest(written)
    typer.echo(f"C = {c.hex()}  {seal.symbols(c)}")


def merge_after_dice(folder: Path, dice: str, void: Path, accounts: Path) -> None:
    """Write board 1: merge under the beacon that the throws give."""
    fresh(folder / "board-1")
    before = board.read_files(folder / "board-0")
    definition = board.election_of(before).definition
    closed = folder / "closed"
    record = close.read_close(_read(closed / "close.json", "there is no close record"))
    boxes = _boxes_in(closed / "boxes")
    officer = registrar.signer(definition, code("Code of the returning officer"), "returning-officer")
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
        tell(f"Contest {contest.number}: {len(merged.accepted(contest.number))} ballots accepted.")
    if merged.alarms:
        tell(f"ALARM: {len(merged.alarms)} ballots of void slips: somebody stuffed a box.")
    tell(board_line(files))


def draft_in(folder: Path) -> Definition:
    """Return the draft of a folder; ReturningOfficerError where there is none."""
    return read_definition(_read(folder / "draft.json", "there is no draft here: begin with a plan"))


def _boxes_in(place: Path) -> list[Box]:
    found = []
    for path in sorted(place.glob("*.box")):
        beside = [path.with_suffix(ending) for ending in (".json", ".sig.json")]
        if not all(one.is_file() for one in beside):
            raise ReturningOfficerError(detail=f"{path.name} came without its manifest or its signature")
        found.append(Box(beside[0].read_bytes(), beside[1].read_bytes(), path.read_bytes()))
    return found


def _boxes_by_road(path: Path, definition: bytes) -> tuple[Box, ...]:
    if not path.is_file():
        raise ReturningOfficerError(detail="there is no ledger at this desk")
    ledger = open_ledger(path)
    try:
        return received(ledger, definition)
    finally:
        ledger.close()


def _notices_in(folder: Path) -> dict[str, bytes]:
    return {f"notices/{path.name}": path.read_bytes() for path in sorted((folder / "notices").glob("*.json"))}


def _read(path: Path, otherwise: str) -> bytes:
    if not path.is_file():
        raise ReturningOfficerError(detail=otherwise)
    return path.read_bytes()


def fresh(folder: Path) -> None:
    """Raise ReturningOfficerError where a folder is there already."""
    if folder.exists():
        raise ReturningOfficerError(detail=f"{folder.name} is there already and is never overwritten")


def board_line(files: Mapping[str, bytes]) -> str:
    """Return what is read aloud of a board: its hash, and the symbols of that."""
    hashed = seal.digest(files["board.json"])
    return f"Board: {hashed.hex()}  {seal.symbols(hashed)}"
