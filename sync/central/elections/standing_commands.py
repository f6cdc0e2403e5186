"""`wingvoice-central election nominations` and `election vacancy`: who stands, and who takes a seat that is empty.

Rule 1: names are typed at a prompt or piped in, line by line, and are no arguments but where a published one is meant.
Rule 2: each command shows what is late and who must act.
Source: elections.md section 2.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from models.canonical import UnreadableContentError
from models.election.terms import ByElection, StaysVacant, TakenBy, Why
from models.errors import BoardError, NominationError, VacancyError

if TYPE_CHECKING:
    from sync.central.elections.nominating import Draft

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Keep the nominations of an election: take, vet, withdraw, and close them into a plan with candidates.",
)
Folder = Annotated[Path, typer.Argument(help="A folder with plan.json, a plan without candidates.")]
Number = Annotated[int, typer.Argument(help="The number of a nomination, as listed.")]
Day = Annotated[str, typer.Option(help="The day, YYYY-MM-DD; else today.")]
Content = Annotated[Path | None, typer.Option(help="The content folder that the press reads; else central's own.")]


@app.command()
def take(
    context: typer.Context,
    folder: Folder,
    day: Day = "",
    establishment: Annotated[str, typer.Option(help="Whose nominations; needed where several sent some.")] = "",
) -> None:
    """Take the nominations that the opening desk opened; they are kept here then, and nowhere else."""
    from sync.central.elections import asking, nominating

    today = _day(context, day)
    draft, came = nominating.take(_read(folder), context.obj.store(), today, establishment)
    asking.tell(f"{came} nominations came from kiosks.")
    _show(draft, today)


@app.command()
def add(context: typer.Context, folder: Folder, day: Day = "") -> None:
    """Type in a nomination that came on paper: contest, name, list, seconders, picture, statement, consent."""
    from models.election.nominations import Nomination, names_in
    from sync.central.elections import asking, nominating

    today, draft = _day(context, day), _read(folder)
    contest = asking.say("Number of the contest")
    if not contest.isascii() or not contest.isdecimal():
        raise NominationError(who="the clerk", detail="a contest is a number of the plan")
    name = asking.say("Name as on the ballot")
    called = draft.call.contests.get(int(contest))
    people = names_in(asking.say("People of the list, in order")) if called and called.kind == "list" else ()
    seconders = names_in(asking.say("Seconders"))
    symbol = nominating.symbol_of(asking.say("Picture, or nothing"))
    words = {tag: asking.say(f"Statement in {tag}, or nothing").strip() for tag in draft.call.languages}
    consent = asking.say("Is consent signed? (yes)").strip().lower() == "yes"
    one = Nomination(
        number=draft.held.next_number,
        contest=int(contest),
        name=" ".join(name.split()),
        symbol=symbol,
        day=today,
        consent=consent,
        people=people,
        seconders=seconders,
        statement={tag: text for tag, text in words.items() if text},
    )
    draft = nominating.add(draft, one, today)
    asking.tell(f"Nomination {one.number} is kept.")
    _show(draft, today)


@app.command(name="list")
def list_(
    context: typer.Context,
    folder: Folder,
    day: Day = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON value for a machine.")] = False,
) -> None:
    """List every nomination: what is wrong with it, and by when it is decided."""
    from sync.central.elections import nominating

    draft = _read(folder)
    if as_json:
        typer.echo(json.dumps(nominating.listed(draft), ensure_ascii=False, indent=1))
    else:
        _show(draft, _day(context, day))


@app.command()
def statement(
    folder: Folder,
    number: Number,
    language: Annotated[str, typer.Option(help="Such as pl.")],
) -> None:
    """Type in the statement of a nomination in one more language of the wing; 600 characters at most."""
    from models.canonical import TAG_PATTERN, LanguageTag
    from models.election import nominations
    from sync.central.elections import asking

    if not TAG_PATTERN.fullmatch(language):
        raise NominationError(who="the clerk", detail="a language is a tag such as pl")
    draft = _read(folder)
    text = asking.say(f"Statement in {language}")
    draft.with_nominations(nominations.stated(draft.held.nominations, number, LanguageTag(language), text))
    asking.tell(f"Nomination {number} has a statement in {language}.")


@app.command()
def accept(context: typer.Context, folder: Folder, number: Number, day: Day = "") -> None:
    """Accept a nomination, or uphold the appeal of a refused one; it says everything that is wrong."""
    from models.election import nominations
    from sync.central.elections import asking

    draft = _read(folder)
    draft = draft.with_nominations(nominations.accepted(draft.call, draft.held.nominations, number))
    asking.tell(f"Nomination {number} is accepted; its seconders are forgotten.")
    _show(draft, _day(context, day))


@app.command()
def refuse(
    context: typer.Context,
    folder: Folder,
    number: Number,
    reason: Annotated[str, typer.Option(help="The written reason, which the person gets.")] = "",
    day: Day = "",
) -> None:
    """Refuse a nomination, and print the letter that the person gets: reason, and to whom to appeal."""
    from models.election import nominations
    from sync.central.elections import asking, nominating

    draft = _read(folder)
    draft = draft.with_nominations(nominations.refused(draft.held.nominations, number, reason))
    typer.echo(nominating.letter(draft.call, nominating.by_number(draft, number)))
    asking.tell(f"Nomination {number} is refused. Give the person this letter.")
    _show(draft, _day(context, day))


@app.command()
def withdraw(
    context: typer.Context,
    folder: Folder,
    number: Number,
    day: Day = "",
    *,
    left: Annotated[
        bool, typer.Option("--left", help="The person has left the wing: struck out, also after the close.")
    ] = False,
) -> None:
    """Take a nomination back, freely until nominations close; nothing of it is kept but its number."""
    from models.election import nominations
    from sync.central.elections import asking

    draft, today = _read(folder), _day(context, day)
    draft.with_nominations(nominations.withdrawn(draft.call, draft.held.nominations, number, today, left=left))
    asking.tell(f"Nomination {number} is withdrawn.")


@app.command()
def close(
    context: typer.Context,
    folder: Folder,
    out: Annotated[Path, typer.Option(help="The folder to make: the plan with candidates, and the notices.")],
    day: Day = "",
    content: Content = None,
) -> None:
    """Close nominations: who is elected unopposed, where nobody stands, and the plan for `election prepare`."""
    from sync.central.elections import asking, nominating

    draft, today = _read(folder), _day(context, day)
    closed = nominating.close(draft, out, today, _notices(context, content))
    for number, held in closed.polls.items():
        asking.tell(f"Contest {number}: {len(held)} stand, for {draft.call.contests[number].seats} seats: a poll.")
    for number in closed.unopposed:
        asking.tell(f"Contest {number}: elected unopposed, and no poll.")
    for number in closed.vacant:
        by = closed.new_notice_by.isoformat()
        asking.tell(f"Contest {number}: nobody stands; a new notice by {by}: the returning officer.")
    if (out / nominating.PLAN).is_file():
        asking.tell(f"Next: election prepare {out / nominating.PLAN} --out DIR.")


def vacancy(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="BOARD", help="A final board, or what `nominations close` wrote.")],
    contest: Annotated[int, typer.Option(min=1, max=99, help="The contest that gave the seat.")],
    seat: Annotated[str, typer.Option(help="Whose seat it is, by the name that was published.")],
    why: Annotated[str, typer.Option(help="release, transfer, resigned or removed.")],
    out: Annotated[Path, typer.Option(help="The folder to make: the notice, and the plan of a by-election.")],
    gone: Annotated[list[str] | None, typer.Option(help="Who of the list is not here any more; once for each.")] = None,
    decided_by: Annotated[str, typer.Option(help="The role that decided.")] = "Returning officer",
    day: Day = "",
    content: Content = None,
) -> None:
    """Fill a seat that fell vacant: the next of a list, a by-election, or nobody; and write the notice."""
    from sync.central.elections import asking, steps, vacancies

    steps.fresh(out)
    if why not in get_args(Why):
        raise VacancyError(detail=f"why is one of {', '.join(get_args(Why))}")
    try:
        seats = vacancies.read_seats(folder, contest)
    except (UnreadableContentError, ValueError, KeyError) as wrong:
        raise BoardError(detail=f"who holds the seats cannot be read ({wrong})") from wrong
    filled = vacancies.fill(
        seats,
        seat,
        gone=gone or (),
        day=_day(context, day),
        why=cast("Why", why),
        who=decided_by,
        out=out,
        notices=_notices(context, content),
    )
    match filled:
        case TakenBy():
            asking.tell(f"{filled.person} takes the seat, the next on the list of {filled.party}.")
        case ByElection():
            asking.tell(
                f"There is a by-election: set days and appeal_to in {out / 'plan.json'}, then call nominations."
            )
        case StaysVacant():
            asking.tell(f"The seat stays vacant until {seats.ends.isoformat()}.")


def _read(folder: Path) -> Draft:
    from sync.central.elections import nominating

    try:
        return nominating.read_folder(folder)
    except UnreadableContentError as wrong:
        raise NominationError(who="the returning officer", detail=wrong.detail) from wrong


def _day(context: typer.Context, typed: str) -> date:
    """Return the day that was said, or today as the desk has it."""
    try:
        day: date = date.fromisoformat(typed) if typed else context.obj.today
    except ValueError:
        raise NominationError(who="the returning officer", detail="a day is written YYYY-MM-DD") from None
    return day


def _notices(context: typer.Context, content: Path | None) -> Path | None:
    folder: Path = content or context.obj.content
    return folder / "notices" if folder.is_dir() else None


def _show(draft: Draft, today: date) -> None:
    from models.election import nominations
    from sync.central.elections import asking, nominating

    for row in nominating.listed(draft):
        by = f", decide by {row['decide_by']}" if row["decide_by"] else ""
        asking.tell(f"{row['number']:3} {row['standing']}{by}: contest {row['contest']}, {row['name'] or '(no name)'}")
        for wrong in cast("list[str]", row["wrong"]):
            asking.tell(f"      {wrong}")
    for warning in nominations.warnings(draft.call, draft.held.nominations, today):
        asking.tell(warning)
