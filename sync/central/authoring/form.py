"""The workbook's cells seen as a form: languages, settings, the tree of items, lists, scales and draws.

Rule 1: it gathers and refuses only what keeps it from gathering: unknown sheets and columns, unbalanced groups.
Rule 2: no header, row or sheet is ignored in silence; a sheet whose name begins with "notes" is remarked on.
Rule 3: every later room reads the form, none reads headers again.
Source: questionnaires.md section 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from sync.central.authoring import vocabulary
from sync.central.authoring.refusal import Refusal
from sync.central.authoring.workbook import Row, Sheet, Workbook


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as its author writes it in a header: "Polski (pl)" is Polski, pl."""

    tag: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the survey sheet that stands in the form: a group, a repeat or a question.

    `kind` is the type without its list, in its one spelling; `parent` is the place of its group in `Form.items`, -1 at
    the top.
    """

    row: Row
    kind: str
    list_name: str
    name: str
    parent: int
    path: str


class Found:
    """Collects everything wrong, and everything that only deserves a remark, while rooms look at one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self.refusals: list[Refusal] = []
        self.notices: list[Refusal] = []

    def refuse(self, sheet: str, row: int, column: str, code: str, reading: str = "", /, **facts: object) -> None:
        """Add a refusal; `column` is the header, its letter is looked up."""
        self.refusals.append(Refusal(sheet, row, self._column(sheet, column), code, facts, reading))

    def remark(self, sheet: str, row: int, column: str, code: str, reading: str = "", /, **facts: object) -> None:
        """Add a notice, which refuses nothing."""
        self.notices.append(Refusal(sheet, row, self._column(sheet, column), code, facts, reading))

    def _column(self, sheet: str, header: str) -> str:
        held = self._workbook.sheets.get(sheet)
        return header if held is None else held.column(header)


@dataclass(frozen=True, slots=True)
class Form:
    """What the sheets say, before anything is known to be right."""

    tongues: tuple[Tongue, ...]
    default: str  # tag of the language of last resort, "" while unknown
    headers: Mapping[tuple[str, str, str], str]  # (sheet, column, tag or "") -> header as written
    settings: Row
    items: tuple[Item, ...]
    ends: tuple[Item, ...]  # the rows that end a group or a repeat; they stand in no tree
    lists: Mapping[str, tuple[Row, ...]]
    scales: tuple[Row, ...]
    draws: tuple[Row, ...]
    unlisted: tuple[Row, ...]  # rows of `choices` without a list
    further: tuple[str, ...]  # headers of `choices` that only filters can use

    def cell(self, sheet: str, row: Row, column: str, tag: str = "") -> str:
        """The text of a cell by what its column means, or ""."""
        header = self.headers.get((sheet, column, tag))
        return "" if header is None else row[header]

    def words(self, sheet: str, row: Row, column: str) -> dict[str, str]:
        """The words of one cell a language: those that are there."""
        found = ((tongue.tag, self.cell(sheet, row, column, tongue.tag)) for tongue in self.tongues)
        return {tag: text for tag, text in found if text}

    def files(self, sheet: str, row: Row, column: str) -> dict[str, str]:
        """The files that one cell a language names; the tag "" is a picture for every language."""
        tags = ("", *(tongue.tag for tongue in self.tongues))
        found = ((tag, self.cell(sheet, row, column, tag)) for tag in tags)
        return {tag: name for tag, name in found if name}

    def fallback(self) -> dict[str, str]:
        """The setting `fallback`, read as pairs; what is not a pair is left out (check refuses it)."""
        pairs = (pair.partition("=") for pair in self.settings["fallback"].split())
        return {tag: other for tag, equals, other in pairs if equals and tag and other}

    def children(self, place: int) -> Iterator[tuple[int, Item]]:
        """The items right under the one at `place`, in form order."""
        return ((number, item) for number, item in enumerate(self.items) if item.parent == place)

    def above(self, item: Item) -> Iterator[Item]:
        """The groups and repeats around an item, innermost first."""
        while item.parent >= 0:
            item = self.items[item.parent]
            yield item


def read_form(workbook: Workbook, found: Found) -> Form:
    """Gather the form; what is wrong with sheets, headers and groups is added to `found`."""
    for name in ("survey", "settings"):
        if name not in workbook.sheets:
            found.refuse(name, 0, "", "missing-sheet", name=name)
    default = _default(workbook)
    headers: dict[tuple[str, str, str], str] = {}
    tongues: dict[str, str] = {}
    further: list[str] = []
    for name, sheet in workbook.sheets.items():
        if name.startswith("notes"):
            found.remark(name, 0, "", "unknown-sheet", "notes", name=name)
        elif name in vocabulary.SHEETS_REFUSED:
            found.refuse(name, 0, "", "not-here", vocabulary.SHEETS_REFUSED[name], what=name)
        elif name not in vocabulary.SHEETS:
            found.refuse(name, 0, "", "unknown-sheet", name=name, meant=meant(name, vocabulary.SHEETS))
        else:
            _Headings(sheet, default.tag, headers, tongues, further, found).take()
    if any(tag == default.tag for _, _, tag in headers if tag):
        tongues.setdefault(default.tag, default.name)  # a header without a language means this one
    settings = workbook.rows("settings")
    for row in settings[1:]:
        found.refuse("settings", row.number, "", "unknown-setting", "row")
    lists: dict[str, list[Row]] = {}
    for row in workbook.rows("choices"):
        lists.setdefault(row["list_name"], []).append(row)
    items, ends = _items(workbook, found)
    return Form(
        tuple(Tongue(tag, name) for tag, name in tongues.items()),
        default.tag,
        headers,
        settings[0] if settings else Row(2, {}),
        items,
        ends,
        {name: tuple(rows) for name, rows in lists.items() if name},
        workbook.rows("scales"),
        workbook.rows("draws"),
        tuple(lists.get("", ())),
        tuple(further),
    )


def _default(workbook: Workbook) -> Tongue:
    rows = workbook.rows("settings")
    match = vocabulary.LANGUAGE.fullmatch(rows[0]["default_language"]) if rows else None
    return Tongue(match["tag"], match["name"]) if match else Tongue("", "")


def meant(name: str, known: Iterable[str]) -> str:
    """Return a hint such as ' Did you mean "age"?', or ""."""
    near = get_close_matches(name.lower(), tuple(known), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""


@dataclass(frozen=True, slots=True)
class _Headings:
    """One sheet's headers on their way to columns and languages."""

    sheet: Sheet
    default: str
    headers: dict[tuple[str, str, str], str]
    tongues: dict[str, str]
    further: list[str]
    found: Found

    def take(self) -> None:
        name = self.sheet.name
        for header in self.sheet.letters:
            base, language = self._split(header)
            if base in vocabulary.WORDED[name] or base in vocabulary.FILES[name]:
                self._take_by_language(header, base, language)
            elif base in vocabulary.PLAIN[name] and not language:
                self.headers[name, base, ""] = header
            else:
                self._take_other(header, base)
        self._missing()

    @staticmethod
    def _split(header: str) -> tuple[str, str]:
        """Return column and language; `media::image` is the column `image`."""
        first, *rest = (part.strip() for part in header.split("::"))
        if first == "media" and rest:
            first, *rest = rest
        return first, "::".join(rest)

    def _take_by_language(self, header: str, base: str, language: str) -> None:
        tag = "" if base in ("image", "big-image") else self.default
        if language:
            match = vocabulary.LANGUAGE.fullmatch(language)
            if match is None:
                self._refuse(header, "unknown-column", "language", name=header, base=base)
                return
            tag = match["tag"]
            other = self.tongues.setdefault(tag, match["name"])
            if other != match["name"]:
                self._refuse(header, "twice", "language", tag=tag, name=match["name"], other=other)
                return
        key = (self.sheet.name, base, tag)
        if key in self.headers:
            self._refuse(header, "twice", "column", name=header, other=self.sheet.letters[self.headers[key]])
            return
        self.headers[key] = header

    def _take_other(self, header: str, base: str) -> None:
        name = self.sheet.name
        if name == "settings":
            if base in vocabulary.SETTINGS_THAT_BYPASS:
                self._refuse(header, "not-here", "bypass", what=header)
            elif base == "allow_choice_duplicates":
                self._refuse(header, "not-here", "plain", what=header)
            else:
                hint = meant(base, vocabulary.SETTINGS)
                self._refuse(header, "unknown-setting", "", name=header, meant=hint)
        elif base in vocabulary.COLUMNS_REFUSED:
            self._refuse(header, "not-here", "plain", what=header)
        elif name == "choices" and vocabulary.NAME.fullmatch(header):
            self.further.append(header)  # a filter may use it; if none does, check refuses it
        else:
            hint = meant(base, vocabulary.WORDED[name] + vocabulary.FILES[name] + vocabulary.PLAIN[name])
            self._refuse(header, "unknown-column", "", name=header, meant=hint)

    def _missing(self) -> None:
        held = {column for sheet, column, _ in self.headers if sheet == self.sheet.name}
        code = "missing-setting" if self.sheet.name == "settings" else "missing-column"
        for column in vocabulary.NEEDED[self.sheet.name]:
            if column not in held:
                self.found.refuse(self.sheet.name, 1, "", code, name=column)

    def _refuse(self, header: str, code: str, reading: str, **facts: object) -> None:
        self.found.refuse(self.sheet.name, 1, header, code, reading, **facts)


def _items(workbook: Workbook, found: Found) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Walk the survey once and hang every row into its group; rows that end one come apart."""
    items: list[Item] = []
    ends: list[Item] = []
    open_groups: list[int] = []
    for row in workbook.rows("survey"):
        kind, list_name = _type(row["type"])
        if kind in vocabulary.ENDS:
            ends.append(Item(row, kind, "", row["name"], -1, row["name"]))
            _close(items, open_groups, row, kind, found)
            continue
        parent = open_groups[-1] if open_groups else -1
        path = f"{items[parent].path}/{row['name']}" if parent >= 0 else row["name"]
        if not open_groups and kind != "begin_group" and kind in vocabulary.TYPES:
            found.refuse("survey", row.number, "type", "unbalanced", "outside")
        items.append(Item(row, kind, list_name, row["name"], parent, path))
        if kind in vocabulary.GROUPS:
            open_groups.append(len(items) - 1)
    for number in open_groups:
        item = items[number]
        found.refuse("survey", item.row.number, "type", "unbalanced", "open", name=item.name)
    with_items = {item.parent for item in items}
    for number, item in enumerate(items):
        if item.kind in vocabulary.GROUPS and number not in with_items:
            found.refuse("survey", item.row.number, "type", "unbalanced", "empty", name=item.name)
    if not items and "survey" in workbook.sheets:
        found.refuse("survey", 0, "", "unbalanced", "nothing")
    return tuple(items), tuple(ends)


def _type(written: str) -> tuple[str, str]:
    """Return a type in its one spelling, and the list behind it, or ""."""
    words = written.split()
    kind = vocabulary.SPELLINGS.get((words[0], words[1])) if len(words) == 2 else None  # noqa: PLR2004 - two words
    if kind is not None:
        return kind, ""
    return (words[0] if words else ""), (words[1] if len(words) > 1 else "")


def _close(items: list[Item], open_groups: list[int], row: Row, kind: str, found: Found) -> None:
    if not open_groups:
        found.refuse("survey", row.number, "type", "unbalanced", "end", end=kind, begin=vocabulary.ENDS[kind])
        return
    item = items[open_groups.pop()]
    if item.kind != vocabulary.ENDS[kind]:
        facts = {"end": kind, "begin": item.kind, "name": item.name, "row": item.row.number}
        found.refuse("survey", row.number, "type", "unbalanced", "mixed", **facts)
