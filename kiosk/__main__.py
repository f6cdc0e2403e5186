"""The `wingvoice-kiosk` command line: start, enrol, dock, preview, self-check.

Rule 1: an error that staff can act on is one sentence on stderr and exit code 2; nothing was changed then.
Rule 2: Kivy is imported late, by `start`, `preview` and `self-check` only, after its variables are set.
Rule 3: exit 69: no screen to be seen on; 70: the program gave up and wants to be started again.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from models.errors import WingVoiceError

if TYPE_CHECKING:
    from kiosk.home import Home
    from models.keyring import Provider

REFUSED: Final = 2
GROUP: Final = 4

app = typer.Typer(
    name="wingvoice-kiosk",
    help="A Wing Voice kiosk: what residents touch, and what staff dock.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
HomeOption = Annotated[
    Path,
    typer.Option("--home", envvar="WINGVOICE_KIOSK_HOME", help="The folder this kiosk lives in."),
]
DEFAULT_HOME: Final = Path(".wingvoice/kiosk")


def _refuse(error: WingVoiceError) -> NoReturn:
    typer.echo(f"{error} (number {error.number})", err=True)
    raise typer.Exit(REFUSED)


def _pin_from(path: Path | None, words: str) -> str:
    """Return the PIN that stands in a file, or ask for it without showing it."""
    if path is not None:
        return path.read_text(encoding="utf-8").strip()
    return str(typer.prompt(words, hide_input=True))


@app.command()
def start(
    home: HomeOption = DEFAULT_HOME,
    *,
    windowed: Annotated[bool, typer.Option("--windowed", help="A window on a desktop, for looking around.")] = False,
    first_page: Annotated[
        bool, typer.Option("--first-page", help="Draw the first page, say so, and end; no screen is needed.")
    ] = False,
    unlock_pin_file: Annotated[
        Path | None, typer.Option(help="File with the PIN, where a PIN protects the vault; asked for otherwise.")
    ] = None,
) -> None:
    """Show the kiosk on the screen until it is switched off."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold what somebody is saying
    _only_our_settings(home)
    from kiosk.running import draw_first_page, run_kiosk

    def unlock() -> str:
        return _pin_from(unlock_pin_file, "PIN of this kiosk")

    raise typer.Exit(
        draw_first_page(home, unlock=unlock) if first_page else run_kiosk(home, windowed=windowed, unlock=unlock)
    )


def _only_our_settings(home: Path | None = None) -> None:
    """Forget what the environment tells Kivy, but for what is refused by name later; its folder is the kiosk's own.

    In the frozen program Kivy's own files lie elsewhere than it thinks.
    """
    kept = ("KIVY_GL_BACKEND", "KIVY_HOME") if home is None else ("KIVY_GL_BACKEND",)
    for name in [name for name in os.environ if name.startswith("KIVY_") and name not in kept]:
        del os.environ[name]
    os.environ.update(KIVY_NO_ARGS="1", KIVY_LOG_MODE="PYTHON")
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        kivys = Path(frozen) / "kivy_install"
        os.environ.update(KIVY_DATA_DIR=str(kivys / "data"), KIVY_MODULES_DIR=str(kivys / "modules"))
    if home is not None and home.is_dir():  # else there is no kiosk, which will be said
        os.environ["KIVY_HOME"] = str((home / "kivy").absolute())


@app.command()
def enrol(
    root: Annotated[Path, typer.Option(help="public/root.json from central's ceremony.", exists=True, dir_okay=False)],
    home: HomeOption = DEFAULT_HOME,
    central: Annotated[str | None, typer.Option(help="Central's address, if this wing has a network.")] = None,
    stick: Annotated[Path | None, typer.Option(help="The folder where a stick appears, if sticks are used.")] = None,
    provider: Annotated[
        str, typer.Option(help="What protects the keys: keyfile (a file on other media) or pin (typed at each start).")
    ] = "",
    keyfile: Annotated[Path | None, typer.Option(help="With keyfile: where the file is or shall be made.")] = None,
    pin_file: Annotated[Path | None, typer.Option(help="File with the staff PIN; asked for otherwise.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print for a machine.")] = False,
) -> None:
    """Make this machine a kiosk: draw its keys, make its vault, ask central to know it.

    Prints 24 digits. Somebody at central reads them back and types them into `wingvoice-central enrol`. Then dock
    once more, by the same road: the kiosk comes back with its place and its first bundle.
    """
    from kiosk.enrolment import enrol as make_kiosk
    from kiosk.home import Home, default_keyfile
    from models.keyring import Keyfile, Pin

    if central is None and stick is None:
        raise typer.BadParameter("Give --central, --stick or both: the kiosk needs a road.")
    if provider not in ("keyfile", "pin"):
        raise typer.BadParameter("Choose --provider keyfile or --provider pin. No TPM can be used in this version.")
    try:
        pin = _pin_from(pin_file, "Staff PIN, ten digits or more")
        kept = (keyfile or default_keyfile(home)).absolute() if provider == "keyfile" else None
        protection: Provider = Pin(pin) if kept is None else Keyfile(kept)
        settings = Home(home, central, None if stick is None else stick.absolute(), kept)
        make_kiosk(settings, protection, root.read_bytes(), pin)
        digits, words = _ask_central(settings, protection)
    except WingVoiceError as error:
        _refuse(error)
    if as_json:
        typer.echo(json.dumps({"digits": digits, "words": words}))
        return
    typer.echo("This kiosk asks to be known. Its digits, to be read to somebody at central:\n")
    typer.echo("    " + " ".join(digits[i : i + GROUP] for i in range(0, len(digits), GROUP)) + "\n")
    typer.echo(words)


def _ask_central(home: Home, protection: Provider) -> tuple[str, str]:
    """Make the first round on the first road; return the digits of the request and what the round came to."""
    from kiosk.enrolled import Kiosk

    kiosk = Kiosk(home, protection)
    try:
        digits = kiosk.digits()
        roads = kiosk.roads()
        words = kiosk.dock(roads[0]).words if roads else "The stick is not there yet: put it in and dock."
    finally:
        kiosk.close()
    return digits, words


@app.command()
def dock(
    home: HomeOption = DEFAULT_HOME,
    road: Annotated[str, typer.Option(help="network or stick; by default the network where there is one.")] = "",
    stick: Annotated[Path | None, typer.Option(help="A stick's folder, in place of the usual one.")] = None,
    unlock_pin_file: Annotated[Path | None, typer.Option(help="File with the PIN, where a PIN protects it.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print for a machine.")] = False,
) -> None:
    """Make one round: carry what is ready to central, bring receipts and the newest bundle back.

    The same as pressing Dock on the staff page; the kiosk must not be running meanwhile. Exit code 1 if the road was
    closed or the bundle was refused; the sentence says which, and nothing is lost.
    """
    from kiosk.enrolled import Kiosk, provider_for
    from kiosk.home import read_home

    try:
        settings = read_home(home)
        pin = _pin_from(unlock_pin_file, "PIN of this kiosk") if settings.keyfile is None else None
        kiosk = Kiosk(settings, provider_for(settings, pin))
        try:
            there = ("stick",) if stick is not None else kiosk.roads()
            chosen = road or next(iter(there), "stick")
            outcome = kiosk.dock(chosen, stick, (lambda _share, _told: None) if as_json else _shown())
        finally:
            kiosk.close()
    except WingVoiceError as error:
        _refuse(error)
    if as_json:
        facts = {"sent": outcome.sent, "received": outcome.received, "words": outcome.words, "trouble": outcome.trouble}
        typer.echo(json.dumps(facts))
    else:
        typer.echo(outcome.words)
    if outcome.trouble is not None:
        raise typer.Exit(1)


def _shown() -> Callable[[float, object], None]:
    """Return what draws a bar on a terminal, and nothing where there is none."""
    if not sys.stderr.isatty():
        return lambda _share, _doing: None
    width = 30

    def bar(share: float, doing: object) -> None:
        full = round(share * width)
        sys.stderr.write(f"\r[{'#' * full}{'.' * (width - full)}] {doing!s:<60}" + ("\n" if share >= 1 else ""))

    return bar


@app.command()
def preview(
    questionnaire: Annotated[
        Path,
        typer.Option(help="The questionnaire, as `wingvoice-central author` writes it.", exists=True, dir_okay=False),
    ],
    out: Annotated[Path, typer.Option(help="The folder for the pictures; nothing else is written.", file_okay=False)],
    media: Annotated[
        Path | None, typer.Option(help="The folder with its pictures.", exists=True, file_okay=False)
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="A language by its tag, as en or cy; several times, or all by default.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print for a machine.")] = False,
) -> None:
    """Draw every question in every language, exactly as a kiosk shows it; no kiosk need be enrolled.

    Look at index.html in the folder, or at one contact sheet a language. Also questions that only an answer opens are
    shown. Exit code 1 if words do not fit or cannot be drawn: the pictures are there, and those are marked.
    """
    from kiosk.preview.showing import PreviewError, show_questionnaire

    try:
        shown = show_questionnaire(questionnaire.read_bytes(), media, out, language or [], _shown())
    except WingVoiceError as error:
        _refuse(error)
    except PreviewError as trouble:
        raise typer.BadParameter(str(trouble)) from trouble
    troubled = [
        {"language": one.tag, "question": one.name, "row": one.row, "clipped": one.clipped, "unwritten": one.unwritten}
        for one in shown.troubled
    ]
    if as_json:
        facts = {"pictures": shown.pictures, "index": str(shown.index), "sheets": [str(path) for path in shown.sheets]}
        typer.echo(json.dumps(facts | {"troubled": troubled}))
    else:
        for one in shown.troubled:
            words = [
                *(f"does not fit: {text}" for text in one.clipped),
                *(["no font has: " + one.unwritten] if one.unwritten else []),
            ]
            typer.echo(f"{one.tag} row {one.row} {one.name}: {'; '.join(words)}", err=True)
        typer.echo(f"{shown.pictures} pictures: look at {shown.index}")
    if troubled:
        raise typer.Exit(1)


@app.command("self-check")
def self_check() -> None:
    """Prove this build: a window, a vault, a bundle, and no road to central's program.

    Everything happens in a scratch folder. Exit code 1 if anything fails. In a source checkout the last part is only
    told, since central lies beside it there.
    """
    _only_our_settings()  # as every start does
    from kiosk.self_check import check_all

    failed = False
    for name, trouble in check_all():
        failed = failed or trouble is not None
        typer.echo(f"{'FAILED' if trouble else 'ok    '} {name}{f': {trouble}' if trouble else ''}")
    if failed:
        raise typer.Exit(1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a file that is not there, or may not be written, is one sentence and exit code 2."""
    # Kivy would take the error stream for its own log; what goes wrong must reach whoever reads ours.
    os.environ.update(KIVY_NO_ARGS="1", KIVY_LOG_MODE="PYTHON")
    try:
        app(args=arguments)
    except OSError as trouble:
        typer.echo(f"{trouble.filename or 'a file'}: {trouble.strerror or trouble}.", err=True)
        sys.exit(REFUSED)


if __name__ == "__main__":
    main()
