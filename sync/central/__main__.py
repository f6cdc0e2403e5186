"""The `wingvoice-central` command line, and central's composition root.

Rule 1: a command finds its desk's files, reads the clock and the passphrase, calls one room, and says what came of it.
Rule 2: a refusal is one sentence on stderr and exit code 2, and nothing was written; counts have codes of their own.
Rule 3: rooms are imported inside the commands, so that --help is quick.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer.core import TyperGroup

from models.errors import CentralError, CountError, LotNeededError, WingVoiceError
from sync.central.desk import Desk, by_language, kiosk_id, now, passphrase, request_message, say
from sync.central.elections import commands as elections
from sync.central.elections.options import EXITS as ELECTION_EXITS

if TYPE_CHECKING:
    from sync.central.authoring.written import Gathered
    from sync.central.results.release import Release

app = typer.Typer(
    name="wingvoice-central",
    help="Central's end of Wing Voice: keys, questionnaires, bundles, intake, opening, results and replies.\n\n"
    "A first time through: ceremony, author, press, enrol, serve or intake, open, results, reply, press.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
REFUSED: Final = 2
EXITS: Final[Mapping[type[WingVoiceError], int]] = {
    LotNeededError: 4,
    CountError: 3,
    **ELECTION_EXITS,
}  # the nearest family first
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value for a machine instead of words.")]
Content = Annotated[
    Path | None,
    typer.Option(help="The content folder; without it <home>/content."),
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(help="A file whose first line is the passphrase; without it you are asked, and nothing is shown."),
]


@app.callback()
def _home(
    context: typer.Context,
    home: Annotated[Path, typer.Option(envvar="WINGVOICE_CENTRAL_HOME", help="Where central keeps its files.")] = Path(
        ".wingvoice/central"
    ),
) -> None:
    context.obj = Desk(home)


@app.command()
def ceremony(
    context: typer.Context,
    establishment: Annotated[
        list[str] | None, typer.Option(help="An establishment's code, such as HMX; once for each.")
    ] = None,
    campaign: Annotated[list[str] | None, typer.Option(help="A campaign that gets a sealing key of its own.")] = None,
    revoke: Annotated[
        list[str] | None, typer.Option(help="With --amend: a kiosk id (32 hex digits) taken out of service.")
    ] = None,
    *,
    amend: Annotated[
        bool, typer.Option("--amend", help="Sign new targets with the keys of an earlier ceremony.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Make every key, once, and say where each must be taken.

    Nothing is ever overwritten. With --amend, and the offline folder at hand again: add campaigns or
    establishments, or revoke kiosks.
    """
    desk: Desk = context.obj
    from models.seal import KioskId
    from sync.central.ceremony import amend_targets, hold_ceremony

    secret = passphrase(passphrase_file, twice=not amend)
    if amend:
        ids = [KioskId(kiosk_id(kiosk)) for kiosk in revoke or ()]
        held = amend_targets(
            desk.home,
            now(),
            passphrase=secret,
            campaigns=campaign or (),
            establishments=establishment or (),
            revoked=ids,
        )
    else:
        held = hold_ceremony(desk.home, establishment or (), now(), passphrase=secret, campaigns=campaign or ["first"])
    facts = {
        "targets": held.version,
        "root": str(held.root),
        "campaigns": {key.campaign: key.key.hex() for key in held.campaigns},
        "keys": [{"folder": str(p.folder), "what": p.what, "take_to": p.take_to} for p in held.places],
    }
    words = [f"{place.folder}: {place.what}. They belong on {place.take_to}." for place in held.places]
    words += [f"Campaign {key.campaign} seals with key {key.key.hex()}." for key in held.campaigns]
    say([*words, f"Kiosks trust {held.root}: give it to them at enrolment."], facts, as_json=as_json)


app.add_typer(elections.app, name="election")


class _CompileUnlessNamed(TyperGroup):
    """`author FILE` is short for `author compile FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer keeps its type to itself
        """Put the command in where none is named."""
        short = bool(args) and args[0] not in {*self.commands, "--help"}
        return super().parse_args(ctx, ["compile", *args] if short else args)


author = typer.Typer(cls=_CompileUnlessNamed, no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    author,
    name="author",
    help="Turn spreadsheets into questionnaires, and look at them as a kiosk shows them.\n\n"
    "`author FILE` is short for `author compile FILE`: every mistake is told with sheet, row, column and reason.",
)
Sources = Annotated[list[Path], typer.Argument(help="XLSForm workbooks (.xlsx), or XForms (.xml).")]
Media = Annotated[Path | None, typer.Option(help="The folder with pictures and sounds that the workbook names.")]
Purposes = Annotated[str, typer.Option("--purpose", help="For an XForm only, which does not say it: survey, exit, …")]


@author.command(name="compile")
def compile_(
    context: typer.Context,
    workbook: Sources,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", "--out", help="The folder for questionnaires; without it <home>/content/questionnaires."
        ),
    ] = None,
    media: Media = None,
    purpose: Purposes = "",
    *,
    as_json: Json = False,
) -> None:
    """Turn spreadsheets into questionnaires, or say sheet, row, column and reason of every mistake.

    Each file is read by a process of its own with 512 MB and 10 seconds to live. Nothing is written if there is one
    mistake in one of them.
    """
    desk: Desk = context.obj
    from models.seal import digest
    from sync.central.authoring.printed import as_objects, print_table
    from sync.central.authoring.written import write

    folder = into or desk.content / "questionnaires"
    gathered = _authored(workbook, media, purpose, as_json=as_json)
    words, facts = [], []
    for source, authored in gathered.authored.items():
        path, form = write(authored, folder), authored.questionnaire
        data = path.read_bytes()
        words.append(f"{path}: {form.id} version {form.version}, {len(data)} bytes, hash {digest(data).hex()}")
        notes = as_objects([one for one in gathered.notices if one[0] == source.name])
        facts.append(
            {"file": str(path), "id": form.id, "version": form.version, "hash": digest(data).hex(), "notes": notes}
        )
    say(words, facts, as_json=as_json)
    if not as_json:
        print_table(gathered.notices, "Remarks, which refuse nothing")


@author.command(name="preview")
def preview(
    workbook: Annotated[Path, typer.Argument(help="An XLSForm workbook (.xlsx), or an XForm (.xml).")],
    out: Annotated[Path, typer.Option(help="The folder for the pictures.")] = Path("preview"),
    media: Media = None,
    purpose: Purposes = "",
    *,
    as_json: Json = False,
) -> None:
    """Draw every question in every language through the kiosk's real screens, and lay them out on contact sheets.

    Exit code 1 where words do not fit or have no letters: the pictures are there, and those are named.
    """
    from sync.central.authoring import preview as drawing

    gathered = _authored([workbook], media, purpose, as_json=as_json)
    (authored,) = gathered.authored.values()
    troubled = drawing.preview(authored, out, as_json=as_json)
    if not as_json:
        say([f"Contact sheet: {path}" for path in drawing.contact_sheets(out)], None, as_json=False)
    raise typer.Exit(troubled)


def _authored(sources: Sequence[Path], media: Path | None, purpose: str, *, as_json: bool) -> Gathered:
    """Return what came of the files; where one has a mistake, print all mistakes of all of them and end."""
    from models.questionnaire import Purpose
    from sync.central.authoring.printed import as_objects, print_table
    from sync.central.authoring.written import author_all

    known = [one.value for one in Purpose]
    if purpose and purpose not in known:
        raise CentralError(detail=f"{purpose} is not a purpose; use one of: {', '.join(known)}. Nothing was written.")
    gathered = author_all(sources, media, Purpose(purpose) if purpose else None)
    if gathered.refusals:
        if as_json:
            typer.echo(json.dumps({"refusals": as_objects(gathered.refusals)}, ensure_ascii=False, indent=1))
        print_table(gathered.refusals, "Problems")
        print_table(gathered.notices, "Remarks, which refuse nothing")
        named = ", ".join(dict.fromkeys(name for name, _ in gathered.refusals))
        count = len(gathered.refusals)
        typer.echo(f"{named}: {count} problem{'' if count == 1 else 's'}. Nothing was written.", err=True)
        raise typer.Exit(REFUSED)
    return gathered


@app.command()
def declare(
    context: typer.Context,
    questionnaire: Annotated[Path, typer.Argument(help="The questionnaire (.json) whose licence forbids sharing.")],
    by: Annotated[str, typer.Option(help="Who signs off: name and role.")],
    permission: Annotated[str, typer.Option(help="The permission, in its holder's own words.")],
    establishment: Annotated[str, typer.Option(help="Where it will be used; may be left out if there is one.")] = "",
    content: Content = None,
    *,
    as_json: Json = False,
) -> None:
    """Sign off that the holder of a licence permits the use of one questionnaire, so that the press takes it."""
    desk: Desk = context.obj
    from sync.central import audit
    from sync.central.declarations import declare as sign_off
    from sync.central.press import folder_of, press_keys

    repository, codes = desk.repository(), desk.repository().establishments()
    code = establishment or (codes[0] if len(codes) == 1 else "")
    if code not in codes:
        raise CentralError(detail=f"Say --establishment ({', '.join(codes)}). Nothing was written.")
    signer = desk.chest().at_press(f"est-{code.lower()}", press_keys(repository.top(), code))[0]
    folder = folder_of(content or desk.content, code)
    path = sign_off(folder, questionnaire.read_bytes(), by, permission, now().date(), signer)
    with desk.ledger() as ledger, ledger.writing() as session:
        audit.note(session, int(now().timestamp()), by, "declare", f"{code} {path.stem}")
    words = [f"{path}: signed off by {by}. The next press of {code} takes this questionnaire, and no other wording."]
    say(words, {"file": str(path), "establishment": code}, as_json=as_json)


@app.command()
def press(
    context: typer.Context,
    content: Content = None,
    to_stick: Annotated[
        Path | None,
        typer.Option(help="Also write the delivery to a stick, at this folder."),
    ] = None,
    *,
    sound: Annotated[bool, typer.Option(help="Give the bundle its sound: recordings, and speech by espeak-ng.")] = True,
    as_json: Json = False,
) -> None:
    """Check the content, sign it into the next bundle, and lay it ready for kiosks and sticks."""
    desk: Desk = context.obj
    from sync.central.authoring.speaking import programs
    from sync.central.press import press as press_content
    from sync.central.press import write_to_stick
    from sync.central.voice import Voice

    voice = Voice(desk.home / "voice", programs())
    remarks: list[str] = []
    number = press_content(desk.home, content or desk.content, now(), voice.speak if sound else None, remarks.append)
    words = [f"Bundle {number} is signed and lies in {desk.delivery}.", *remarks, *voice.told]
    written = None
    if to_stick is not None:
        written = write_to_stick(desk.home, to_stick)
        words.append(f"{written} files were written to the stick. You can take it out.")
    facts = {"number": number, "files_on_stick": written, "sound": voice.told, "remarks": remarks}
    say(words, facts, as_json=as_json)


@app.command()
def enrol(
    context: typer.Context,
    request: Annotated[str | None, typer.Argument(help="A request's file, or the kiosk's id as listed.")] = None,
    digits: Annotated[str, typer.Option(help="The 24 digits that somebody reads to you from the kiosk's screen.")] = "",
    establishment: Annotated[str, typer.Option(help="Where the kiosk will stand, such as HMX.")] = "",
    wing: Annotated[str, typer.Option(help="The wing, as its place file names it.")] = "",
    *,
    as_json: Json = False,
) -> None:
    """List the kiosks that ask to be taken in, or grant one a place once its digits were compared by voice."""
    desk: Desk = context.obj
    from sync.central.enrol import grant, pending

    with desk.ledger() as ledger:
        waiting = pending(ledger)
        if request is None:
            facts = [
                {"kiosk": one.kiosk.hex(), "digits": one.digits, "why": one.why.name.lower(), "program": one.program}
                for one in waiting
            ]
            words = [
                f"{one['kiosk']}  digits {one['digits']}  ({one['why']}, program {one['program']})" for one in facts
            ]
            say(words or ["No kiosk asks for anything."], facts, as_json=as_json)
            return
        message = request_message(request, {one.kiosk.hex(): one.message for one in waiting})
        codes = desk.repository().establishments()
        if establishment not in codes or not wing:
            raise CentralError(detail=f"Say --establishment ({', '.join(codes)}) and --wing. Nothing was granted.")
        permission = grant(ledger, desk.signer(ledger), message, digits, establishment, wing, now())
        say(
            [f"Granted: {establishment}, {wing}. The kiosk gets it at its next round, or on the stick's next visit."],
            {"establishment": establishment, "wing": wing, "grant": permission.hex()},
            as_json=as_json,
        )


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(help="The address to listen on; anything but loopback needs a proxy.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port for kiosks; 0 takes a free one.")] = 8420,
    console_port: Annotated[int, typer.Option(help="The port for staff's pages; 0 takes a free one.")] = 8421,
    *,
    as_json: Json = False,
) -> None:
    """Serve intake and deliveries to kiosks, and the results page to staff, until stopped."""
    desk: Desk = context.obj
    from sync.central.console.app import app as console
    from sync.central.door import app as door
    from sync.central.serving import serve as serve_both

    def ready(kiosks: int, staff: int) -> None:
        facts = {"intake": f"http://{host}:{kiosks}", "console": f"http://{host}:{staff}"}
        words = [
            f"Kiosks: {facts['intake']}   Staff: {facts['console']}   Stop with Ctrl-C.",
            "One process holds ledger and receipt key; kiosks erase what is in this ledger. Copy the ledger often.",
        ]
        say(words, facts, as_json=as_json)

    desk.repository().root()
    with desk.ledger() as ledger:
        front = door(ledger, desk.signer(ledger), desk.delivery)
        serve_both(front, console(desk.results), host, (port, console_port), ready)


@app.command()
def intake(
    context: typer.Context,
    stick: Annotated[Path, typer.Argument(help="The folder where the stick is mounted.")],
    *,
    as_json: Json = False,
) -> None:
    """Take in a stick: its batches go to the ledger; receipts, grants and the newest delivery go back onto it."""
    desk: Desk = context.obj
    from dataclasses import asdict

    from sync.central.stick_desk import take_in_stick
    from sync.courier_stick import check_folder

    check_folder(stick)
    with desk.ledger() as ledger:
        report = take_in_stick(ledger, desk.signer(ledger), stick, desk.delivery, now())
    say([*report.lines, report.words], asdict(report), as_json=as_json)


@app.command(name="open")
def open_(
    context: typer.Context,
    campaign: Annotated[str, typer.Option(help="The campaign whose records are opened.")] = "first",
    passphrase_file: PassphraseFile = None,
    *,
    as_json: Json = False,
) -> None:
    """Open a campaign's sealed records: ten or more of an establishment at once, or what waited 28 days."""
    desk: Desk = context.obj
    from dataclasses import asdict

    from sync.central.opening import is_closed, open_campaign

    repository, today = desk.repository(), now().date()
    public = next((key for key in repository.lists().campaigns if key.campaign == campaign), None)
    if public is None:
        raise CentralError(detail=f"There is no campaign {campaign}. Nothing was opened.")
    private = desk.chest().campaign_private(campaign, passphrase(passphrase_file))
    contents = [repository.content(code) for code in repository.establishments()]
    with desk.ledger() as ledger:
        done = open_campaign(
            ledger,
            desk.store(),
            public,
            private,
            questionnaires=desk.questionnaires(),
            today=today,
            closed=is_closed(campaign, contents, today),
        )
    words = [
        f"{one.establishment}: {one.opened} opened, {one.set_aside} set aside in quarantine, {one.waiting} wait"
        + (" (opened late: without wing or week)." if one.late else ".")
        for one in done
    ]
    say(words or ["Nothing new is there to open."], [asdict(one) for one in done], as_json=as_json)


@app.command()
def results(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="A folder for a further copy of page and results.json.")] = None,
    question: Annotated[
        list[str] | None, typer.Option(help="With --publish: a question's path, such as daily/rel1; once for each.")
    ] = None,
    by: Annotated[str, typer.Option(help="With --publish: the role that tells.")] = "Engagement lead",
    content: Content = None,
    *,
    publish: Annotated[
        bool, typer.Option("--publish", help="Lay what may be shown ready for the noticeboards; the press carries it.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Release what may be shown: counts per question and establishment, groups under ten hidden, as page and table."""
    desk: Desk = context.obj
    from sync.central.results import release as releases
    from sync.central.results.noticed import lay_ready
    from sync.central.results.report import page, print_tables

    folder = desk.results
    release = releases.make_release(desk.store().turns(), desk.questionnaires(), now().date(), releases.last(folder))
    files, told = _noticed(desk, release, content or desk.content, by, question or ()) if publish else ({}, ())
    written = page(release)
    for place in [folder, *([out] if out else [])]:
        releases.keep(place, release)
        (place / "results.html").write_text(written, encoding="utf-8")
    lay_ready(files)  # once the release is kept: what was published is never forgotten
    if as_json:
        typer.echo(releases.release_json(release).decode(), nl=False)
        return
    print_tables(release)
    typer.echo(f"The page: {(out or folder) / 'results.html'}")
    for line in told:
        typer.echo(line)


def _noticed(
    desk: Desk, release: Release, content: Path, by: str, questions: Sequence[str]
) -> tuple[Mapping[Path, bytes], Sequence[str]]:
    """Return the files of a release's notices, and what becomes of it in sentences; nothing is written yet."""
    from models.questionnaire import read_questionnaire
    from models.seal import digest
    from sync.central.results.noticed import files_of, noticed

    known = {digest(data).hex(): read_questionnaire(data) for data in desk.questionnaires()}
    published = noticed(release, known, by, questions)
    files = files_of(content, published)
    told = [f"{path} is laid ready. The next press carries it." for path in files]
    told += [f"{one.notice.id} leaves out {reason}." for one in published for reason in one.left_out]
    return files, told or ["Nothing may be shown yet, so no notice was written."]


@app.command()
def reply(
    context: typer.Context,
    suggestion: Annotated[str | None, typer.Argument(help="The short id of a suggestion, as listed.")] = None,
    said: Annotated[str, typer.Option(help="What was said, in your own English words; never theirs.")] = "",
    did: Annotated[str, typer.Option(help="What was done or decided, and why.")] = "",
    said_in: Annotated[list[str] | None, typer.Option(help="The same in another language: cy=…")] = None,
    did_in: Annotated[list[str] | None, typer.Option(help="The same in another language: cy=…")] = None,
    answer: Annotated[str, typer.Option(help="For the holder of the code alone, in English; never their words.")] = "",
    answer_in: Annotated[list[str] | None, typer.Option(help="The same in another language: pl=…")] = None,
    keep_days: Annotated[int, typer.Option(min=1, max=366, help="How long kiosks keep the answer.")] = 90,
    by: Annotated[str, typer.Option(help="The role that answers.")] = "Engagement lead",
    content: Content = None,
    *,
    as_json: Json = False,
) -> None:
    """List what was suggested, or answer one of it; the next press carries the answer to the wing.

    --said and --did make a notice for everybody. --answer is sealed to the reply code that came with the suggestion:
    whoever holds it reads the answer on any kiosk, and nobody else can.
    """
    desk: Desk = context.obj
    from dataclasses import asdict

    from sync.central import replies

    store = desk.store()
    if suggestion is None:
        listed = replies.suggestions(store, desk.questionnaires())
        words = [
            f"{one.id}  {one.establishment}  week of {one.week or 'unknown'}  {one.topic or one.purpose}: "
            f"{one.text or '(no words)'}"
            + (f"  [answered: {one.notice}]" if one.notice else "")
            + (f"  [{'replied' if one.replied else 'wants a reply'} by code, in {one.language}]" if one.by_code else "")
            for one in listed
        ]
        say(words or ["Nothing has been suggested yet."], [asdict(one) for one in listed], as_json=as_json)
        return
    sealed = by_language(answer, answer_in)
    notice = replies.reply(
        store,
        suggestion,
        said=by_language(said, said_in),
        did=by_language(did, did_in),
        today=now().date(),
        by=by,
        notices=(content or desk.content) / "notices",
        establishments=desk.repository().establishments(),
        answer=sealed,
        keep_days=keep_days,
    )
    words = [] if notice is None else [f"Notice {notice.id} is written. The next press carries it."]
    words += ["The reply is sealed to its code. The next press carries it."] if sealed else []
    facts = {"notice": None if notice is None else notice.id, "by_code": bool(sealed)}
    say(words, facts, as_json=as_json)


@app.command()
def count(
    votes: Annotated[Path, typer.Argument(help="A votes file (.blt).")],
    rule: Annotated[
        str, typer.Option(help="scottish-stv, plurality, approval, party-list or question.")
    ] = "scottish-stv",
    method: Annotated[str, typer.Option(help="For party-list: hare (else), sainte-lague or dhondt.")] = "",
    seats: Annotated[int | None, typer.Option(min=1, max=99, help="How many seats; else as the file says.")] = None,
    withdrawn: Annotated[str, typer.Option(help="Numbers of candidates who withdrew, such as 3,5.")] = "",
    lot_seed: Annotated[str, typer.Option(help="Settles lots: 64 hex digits, thrown or drawn after the poll.")] = "",
    lots: Annotated[str, typer.Option(help="Settles lots: the order drawn by hand, such as 4,1,3.")] = "",
    out: Annotated[Path | None, typer.Option(help="Write the report or table to a file.")] = None,
    as_used: Annotated[
        Path | None, typer.Option(help="Write the votes that may be published: the preferences used, no others.")
    ] = None,
    picture: Annotated[Path | None, typer.Option(help="Draw the flow of transfers as an SVG.")] = None,
    sheet: Annotated[Path | None, typer.Option(help="Set the result on sheets of paper, as PDF.")] = None,
    *,
    table: Annotated[
        bool, typer.Option("--table", help="Print a table and each stage in words, as without --json.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report for a machine: the same bytes everywhere.")
    ] = False,
) -> None:
    """Count a votes file exactly, stage by stage; anybody who counts it again gets the same bytes.

    Exit code 2: the command does not fit; 3: the file is refused, with its line; 4: a lot is needed, and between whom.
    Nothing is written then.
    """
    from models.counting.text import A4_AT_9_PT
    from sync.central.elections import count as counting

    if table and as_json:
        raise CentralError(detail="Say --table or --json, not both. Nothing was counted.")
    wanted = counting.asked(
        rule=rule,
        method=method,
        seats=seats or 0,
        withdrawn=withdrawn,
        lot_seed=lot_seed,
        lots=lots,
        as_used=as_used is not None,
        picture="" if picture is None else picture.suffix,
        sheet=sheet is not None,
    )
    counting.check_places([votes, *(path for path in (out, as_used, picture, sheet) if path)])
    unverified = votes.read_bytes()
    try:
        counted = counting.count_file(unverified, votes.name, wanted)
    except LotNeededError as tied:
        for line in counting.names_in(unverified, tied.candidates):
            typer.echo(line, err=True)
        raise
    width = shutil.get_terminal_size((A4_AT_9_PT, 0)).columns if out is None else A4_AT_9_PT
    printed = counted.report if as_json else counted.table(width)
    counting.write_all({out: printed, as_used: counted.as_used, picture: counted.picture, sheet: counted.sheet})
    if out is None:
        typer.echo(printed, nl=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exits with 0, with 2 after a refusal, or with 1 where the disk is at fault."""
    try:
        app(args=arguments)
    except WingVoiceError as refusal:
        typer.echo(str(refusal), err=True)
        sys.exit(next((code for family, code in EXITS.items() if isinstance(refusal, family)), REFUSED))
    except OSError as trouble:
        typer.echo(f"{trouble.filename or 'a file'}: {trouble.strerror or trouble}.", err=True)
        sys.exit(REFUSED)


if __name__ == "__main__":
    main()
