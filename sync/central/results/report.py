"""The results page: for each question a sentence, a picture, and the same as a table.

Rule 1: drawn from a release alone; nothing here can reach an answer.
Rule 2: one file: no script, nothing fetched from anywhere.
Rule 3: no colour and no picture carries meaning alone; the table beside it says all of it.
Rule 4: a hidden number is said in words, everywhere alike.
"""

from __future__ import annotations

import io
import re
import warnings
from itertools import groupby
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sync.central.results.disclosure import LEAST, Shown, Table
from sync.central.results.instruments import how_scored, whose_words
from sync.central.results.release import Release

HIDDEN_WORDS: Final = "held back"
_BLUE, _GREY = "#0072B2", "#595959"
_WRAP: Final = 34
_IDS: Final = re.compile(r'(\bid="|url\(#|href="#)')


def page(release: Release) -> str:
    """Return the whole page as HTML."""
    environment = Environment(
        loader=PackageLoader("sync.central.results", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals.update(
        said=said, share=share, picture=picture, finding=finding, whose_words=whose_words, how_scored=how_scored
    )
    known = {one.form: one for one in release.instruments}
    groups = [
        (place, title, version, known.get(form), [(name, list(of)) for name, of in groupby(tables, _module)])
        for (place, title, version, form), tables in groupby(
            release.tables, lambda table: (table.establishment, table.title, table.version, table.form)
        )
    ]
    return environment.get_template("report.html.jinja").render(release=release, groups=groups, least=LEAST)


def _module(table: Table) -> str:
    return table.module_title


def said(count: int | None) -> str:
    """Return a number as everybody reads it."""
    return HIDDEN_WORDS if count is None else str(count)


def share(cell: Shown, table: Table) -> str:
    """Return a whole percentage, or blank where it is hidden or too few answered for one."""
    if cell.count is None or not table.asked:
        return ""
    return f"{round(100 * cell.count / table.asked)} %"


def finding(table: Table) -> str:
    """Return the sentence that a picture's title says: the answer most often given, as far as it may be told."""
    if table.asked is None:
        return table.status.value.capitalize() + "."
    seen = [cell for cell in table.cells if cell.count is not None and cell.key]
    if not seen:
        return f"{table.asked} people were asked. The single numbers are held back, so that nobody can be traced."
    most = max(seen, key=lambda cell: cell.count or 0)
    verb = "ticked" if table.kind == "many" else "answered"
    return f"{most.count} of {table.asked} {verb} “{most.words}”."


def picture(table: Table, number: int) -> Markup:
    """Return a bar chart as inline SVG, with a title and a text for those who cannot see it; ids end in `number`."""
    drawn = _IDS.sub(rf"\g<1>q{number}-", _bars(table))
    words = "; ".join(f"{cell.words}: {said(cell.count)}" for cell in table.cells)
    opening = Markup('<svg role="img" aria-labelledby="q{0}-name q{0}-words" ').format(number)
    named = Markup('<title id="q{0}-name">{1}</title><desc id="q{0}-words">{2}</desc>')
    start = drawn.index("<svg ")
    end = drawn.index(">", start) + 1
    attributes = drawn[start + len("<svg ") : end]
    return Markup(
        ""
    ).join(  # our own drawing; every text in it was escaped by its writer
        (opening, Markup(attributes), named.format(number, finding(table), words), Markup(drawn[end:]))  # noqa: S704
    )


def _bars(table: Table) -> str:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    counts = [cell.count or 0 for cell in table.cells]
    labels = [_short(cell.words) for cell in table.cells]
    with (
        mpl.rc_context({"svg.hashsalt": "wing voice", "svg.fonttype": "none", "font.size": 11}),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore", UserWarning)  # a script without a font here is drawn by the reader's browser
        figure = Figure(figsize=(7.2, 0.9 + 0.42 * len(counts)), layout="constrained")
        axes = figure.add_subplot()
        axes.barh(range(len(counts)), counts, color=_BLUE, height=0.62)
        for at, cell in enumerate(table.cells):
            axes.text(
                (cell.count or 0) + 0.2, at, said(cell.count), va="center", color="black" if cell.count else _GREY
            )
        axes.set_yticks(range(len(labels)), labels)
        axes.invert_yaxis()
        axes.set_xlim(0, 1.15 * max(*counts, LEAST))
        axes.set_xlabel("sheets handed in")
        axes.spines[["top", "right"]].set_visible(False)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    return written.getvalue()


def _short(words: str) -> str:
    shown = words if len(words) <= _WRAP else words[: _WRAP - 1].rstrip() + "…"
    return shown.replace("$", r"\$")  # dollars would begin a formula


def print_tables(release: Release) -> None:
    """Print a release to the terminal, a table a question."""
    from rich.console import Console
    from rich.table import Table as Lines

    console = Console()
    if not release.tables:
        console.print("Nothing has been opened yet.")
    for table in release.tables:
        lines = Lines(title=f"{table.establishment}: {table.words}", caption=finding(table), title_justify="left")
        lines.add_column("Answer")
        lines.add_column("Number", justify="right")
        lines.add_column("Share", justify="right")
        for cell in table.cells if table.asked is not None else ():
            lines.add_row(cell.words, said(cell.count), share(cell, table))
        console.print(lines)
