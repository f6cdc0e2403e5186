"""How a refusal reads: where it stands, its code, its facts, and the sentence made of them.

Rule 1: a refusal holds a code and facts; the sentence comes from the code's template, so that
        it can be translated and tested.
Rule 2: every refusal of one run is shown, in sheet order, at most 500.
Rule 3: an error carries refusals only; whoever catches it decides how to print them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from models.errors import AuthoringError

SHOWN_AT_MOST: Final = 500
LETTERED: Final = re.compile(r"([A-Z]{1,3})(?: (.*))?", re.DOTALL)  # "C relevant", or "C" alone
SHEET_ORDER: Final = ("survey", "choices", "settings", "scales", "draws")

# code -> sentence; `{names}` are the facts. A code with several readings has one template a reading: "code/reading".
SENTENCES: Final[Mapping[str, str]] = {
    "missing-sheet": 'The sheet "{name}" is missing.',
    "unknown-sheet": 'There is no sheet "{name}" in a workbook.{meant} A sheet of your own must begin with "notes".',
    "unknown-sheet/notes": 'The sheet "{name}" is your own. It was skipped.',
    "missing-column": 'The column "{name}" is missing.',
    "unknown-column": 'There is no column "{name}".{meant}',
    "unknown-column/nameless": "This cell has no header above it. Nothing would be done with it.",
    "unknown-column/language": 'Write the language with its code, as in "{base}::Polski (pl)", not "{name}".',
    "unknown-column/idle": '"{name}" does nothing for the type "{kind}". Take it out.',
    "unknown-column/unused": 'No choice filter uses the column "{name}". Take it out.',
    "missing-setting": 'The setting "{name}" is missing.',
    "missing-setting/purpose": "An XForm does not say what it is for: give its purpose (--purpose).",
    "unknown-setting": 'There is no setting "{name}".{meant}',
    "unknown-setting/idle": 'This does nothing unless the licence is "declared". Take it out.',
    "unknown-setting/row": "Settings have one row of values. This row would be ignored.",
    "not-one-of/licence": '"{value}" lets nobody share the words: write "declared" and fill in licence_declaration.',
    "not-one-of": '"{value}" is not a {what}; use one of: {known}.',
    "bad-name": '"{name}" cannot be a name: use letters, digits, "_", "-" and ".", and begin with a letter or "_".',
    "bad-name/missing": "This row needs a name.",
    "bad-name/list": "This choice needs the name of its list.",
    "bad-name/choice": '"{name}" cannot name a choice: use letters, digits, "_", "-" and ".", and no spaces.',
    "bad-name/taken": '"{name}" is used by the program itself; choose another name.',
    "bad-name/count": 'The count of the repeat in row {row} is kept under the name "{name}"; choose another name.',
    "bad-name/form": '"{name}" cannot be a form_id: 3 to 64 small letters, digits and "-", beginning with a letter.',
    "bad-name/licence": '"{name}" is not a licence: write "own", "declared" or a short SPDX name.',
    "twice/sheet": 'There are two sheets named "{name}".',
    "twice/column": 'The column "{name}" stands twice (also in {other}).',
    "twice/language": 'The language {tag} has two names: "{name}" and "{other}".',
    "twice/question": '"{name}" stands twice (also in row {row}).',
    "twice/repeat": 'Another repeat is named "{name}" (row {row}). Each repeat needs a name of its own.',
    "twice/choice": '"{name}" stands twice in list "{list}" (also in row {row}).',
    "twice/item": '"{name}" stands twice in list "{list}".',
    "twice/list": 'There are two lists named "{name}".',
    "twice/control": 'The body shows "{name}" twice.',
    "twice/node": '"{name}" stands twice in the model, and no repeat says so.',
    "twice/translation": 'There are two translations named "{name}".',
    "unknown-type": 'There is no type "{name}".{meant}',
    "unknown-type/missing": "This row has no type.",
    "not-here/where": '"{what}" would say where a person is; it cannot be used here.',
    "not-here/when": '"{what}" would say at what moment a person answered; it cannot be used here.',
    "not-here/who": '"{what}" would help to find out who a person is; it cannot be used here.',
    "not-here/device": '"{what}" needs a camera, microphone or file; a kiosk has none.',
    "not-here/lists": '"{what}" needs a list from outside the workbook; it cannot be used here.',
    "not-here/bypass": '"{what}" would lead answers past this project; it cannot be used here.',
    "not-here/plain": '"{what}" is not offered: one question to a screen, in your own plain words.',
    "not-here/axis": 'The direction "{what}" is not offered: write the path step by step.',
    "not-here/exact": '"{what}" asks for an exact moment, and that can name a person. Ask only if you must.',
    "unbalanced/end": "This {end} has no {begin} before it.",
    "unbalanced/mixed": 'This {end} cannot end the {begin} "{name}" (row {row}).',
    "unbalanced/open": 'The group "{name}" is never ended.',
    "unbalanced/outside": "This stands outside every group. A group at the top is a module; put it into one.",
    "unbalanced/empty": 'The group "{name}" has nothing in it.',
    "unbalanced/nothing": "This sheet has no questions.",
    "unbalanced/control": '"{name}" holds other questions, so it cannot be one itself.',
    "unbalanced/place": 'The body shows "{name}" elsewhere than the model holds it.',
    "unbalanced/deep": "There are more than {limit} repeats inside one another.",
    "unknown-list": 'There is no list "{name}" on the sheet choices.{meant}',
    "unknown-list/xform": 'There is no list "{name}" in this form.{meant}',
    "unknown-list/none": "This question has no choices.",
    "unknown-list/both": "Choices stand in this question and in a list. Keep one of them.",
    "unknown-list/own": "Choices must come from a list, as in instance('list')/root/item.",
    "empty-list": 'The list "{name}" has nothing to choose but a way to skip.',
    "formula-cell": "This cell holds a formula. Write its result as plain text.",
    "no-words": "There are no words in {language}, and {language} has no fallback.",
    "no-words/fallback": "There are no words in {language}, nor in its fallback.",
    "no-words/xform": "This question has no words.",
    "html": "HTML cannot be used: {text}",
    "unknown-name": 'There is no question named "{name}".{meant}',
    "unknown-name/silent": '"{name}" (row {row}) is a group or a note; it has no answer to use.',
    "unknown-name/unanswered": 'Nobody answers "{name}" (row {row}), so its change can start nothing.',
    "unknown-name/elsewhere": 'Who comes back later by code has no answer to "{name}" of the module "{module}" here.',
    "unknown-name/bare": '"{name}" stands here as a path. Write ${{{name}}} to mean the question.',
    "unknown-name/path": 'This path leads to no question: "{name}".{meant}',
    "unknown-name/no-names": "Only words of the sheet survey can show an answer: {text}",
    "ambiguous-name": 'Several questions are named "{name}" (rows {rows}).',
    "syntax/nothing": 'A row of the type "{kind}" needs a calculation, or a default that gives it a value.',
    "syntax/trigger": 'Write the questions that start this as ${{name}}, with commas between them, not "{text}".',
    "syntax/expression": "At character {at}: {detail}   {text}",
    "unknown-function/expression": "At character {at}: {detail}   {text}",
    "unknown-name/expression": "At character {at}: {detail}   {text}",
    "arity/expression": "At character {at}: {detail}   {text}",
    "not-a-list/expression": "At character {at}: {detail}   {text}",
    "not-a-list/list": 'The list "{name}" is not made of root/item with plain parts.',
    "not-a-list/places": "Choices cannot be filtered by their place and by something else.",
    "not-a-list/column": '"{name}" is not a plain part of an item.',
    "not-a-list/instance": "instance() needs the name of a list in quotes.",
    "not-a-list/target": '"{name}" is not a plain path. Write it step by step, without conditions.',
    "not-a-list/attribute": 'The attribute "{name}" cannot be read or set here.',
    "not-a-list/repeat": '"{name}" stands in a repeat; nobody could tell which instance is meant.',
    "not-a-list/group": '"{name}" is a group or a note; it holds no answer.',
    "bad-pattern/expression": "At character {at}: {detail}   {text}",
    "bad-pattern/open": 'Write ^ before and $ after the pattern "{pattern}", or parts of an answer fit it too.',
    "too-costly/expression": "At character {at}: {detail}   {text}",
    "too-costly/workbook": "This workbook is too large: {why}.",
    "too-costly/xform": "This XForm is too large: {why}.",
    "too-costly/given-up": "This file was given up: {why}.",
    "too-costly/kiosk": "A kiosk would not take this questionnaire: {why}.",
    "too-long/expression": "At character {at}: {detail}   {text}",
    "too-long/cell": "This cell is longer than {limit} characters.",
    "too-long/nodes": "There are more than {limit} rows of questions.",
    "too-long/nesting": "Repeats can stand at most {limit} deep inside one another.",
    "too-long/instances": "A repeat has at most {limit} instances.",
    "too-long/list": "This list has more than {limit} choices.",
    "too-long/languages": "There are {limit} languages; 30 is the most.",
    "too-long/module": 'Here "{module}" passes {limit} seconds; all of it takes about {seconds}. Make two of it.',
    "cycle": "{first} depends on {way}.",
    "bad-default": '"{value}" is no answer that this question could take.',
    "bad-parameter": '"{value}" is not a parameter here; use: {known}.',
    "bad-parameter/yes-no": 'randomize is "true" or "false", not "{value}".',
    "bad-parameter/number": '"{value}" is not a number.',
    "bad-parameter/seed": "seed={value} does nothing without randomize=true.",
    "bad-parameter/range": "start must be below end, and step above 0.",
    "bad-parameter/stops": "This range has more than {limit} stops.",
    "bad-parameter/age": 'reading_age is a whole number from {least} to {most}, not "{value}".',
    "bad-parameter/fallback": '"{value}" is not a fallback: write code=code with languages used here, each once.',
    "bad-parameter/chain": 'The fallback of "{value}" does not lead to "{default}".',
    "unknown-appearance": 'There is no appearance "{name}" for the type "{kind}".{meant}',
    "unknown-appearance/minimal": '"minimal" is shown as buttons.',
    "unknown-appearance/field-list": '"field-list" is shown one question to a screen all the same.',
    "unknown-appearance/no-buttons": '"no-buttons" shows pictures only, and "{name}" has none (choices, row {row}).',
    "missing-file": 'There is no file "{name}" in the folder of pictures and sounds.',
    "missing-file/folder": 'No folder of pictures and sounds was given, so there is no "{name}".',
    "missing-file/beside": '"{name}" is shown large when a picture is touched: give this row an image too.',
    "missing-file/sound": "These words have no sound in {language}, and audio_required asks for it.",
    "missing-file/share": "Words that have a recording: {shares}.",
    "bad-file/name": '"{name}" cannot be a file here: use letters, digits, "_", "-" and ".", and no folders.',
    "bad-file/large": '"{name}" is larger than {limit} kB.',
    "bad-file/wide": '"{name}" is {width} by {height} dots; {limit} is the most.',
    "bad-file/long": '"{name}" lasts {seconds} seconds; {limit} is the most.',
    "bad-file/picture": '"{name}" is no picture (PNG, JPEG or WebP), or it is damaged.',
    "bad-file/sound": '"{name}" is no sound that can be read, or it is damaged.',
    "bad-file/encoder": 'This machine can only take Opus sound (.ogg), not "{name}". Install opusenc or ffmpeg.',
    "bad-file/workbook": "This is not an Excel workbook (.xlsx), or it is damaged.",
    "bad-file/xform": "This is not an XForm, or it is damaged.",
    "missing-file/xform": 'An XForm without a workbook brings no files: "{name}".',
    "scale-key/whole": '"{value}" is not a whole number.',
    "scale-key/skip": "A way to skip has no score.",
    "scale-key/order": "high must be above low.",
    "scale-key/unknown": 'There is no scale "{name}" on the sheet scales.',
    "scale-key/reverse": "reverse does nothing without a scale.",
    "scale-key/few": 'The scale "{name}" has {count} questions; it needs 2 or more.',
    "scale-key/least": "min_items must be from 1 to {count}, the number of its questions.",
    "scale-key/no-reverse": 'No question of the scale "{name}" is reversed.',
    "scale-key/no-scores": 'The list "{name}" has no scores, so it cannot count for a scale.',
    "scale-key/range": 'Scale "{name}" goes from {low} to {high}; the scores here go from {least} to {most}.',
    "draw/unknown": 'There is no draw "{name}" on the sheet draws.',
    "draw/empty": 'No block has the draw "{name}".',
    "draw/take": 'take must be from 1 to {count}, the number of blocks with this draw, not "{value}".',
    "draw/module": "Only blocks, the groups inside a module, can be drawn.",
    "draw/repeat": "A block inside a repeat cannot be drawn.",
    "draw/inside": "This block stands inside another one that is drawn.",
    "draw/uneven": 'The blocks of the draw "{name}" take {least} to {most} seconds; {limit} apart is the most.',
    "draw/scale": 'The scale "{name}" is spread over blocks that are drawn; its reliability will not be computed.',
    "practice/first": "The practice module must come first.",
    "practice/count": "A practice module has 1 to {limit} questions.",
    "practice/correct": "A practice question needs its right answer in the column correct.",
    "practice/module": "Only a module (a group at the top) can be practice.",
    "practice/outside": "correct is for questions of a practice module only.",
    "practice/answer": '"{value}" is no answer that this question could take.',
    "hard-to-read": 'This asks for a reader of about {age}; {limit} is meant. Use plainer words: "{start} …"',
    "hard-to-read/age": 'This asks for a reader of about {age}; {limit} is meant: "{start} …"',
    "hard-to-read/sentence": 'A sentence has {count} words; {limit} is easier to follow: "{start} …"',
    "required-trap": "People must be able to say no: add a choice of kind skip, or do not make it required.",
    "unreachable": '"{name}" can never be shown: its relevant is always false.',
    "pyxform": "pyxform says: {text}",
    "pyxform/differs": "pyxform understood this otherwise than we do: {ours} became {theirs}.",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing wrong in a workbook: the sheet, the row as Excel counts it (0 where none), the column and why.

    `column` is the letter and the header, such as "C relevant", or "" where no column is meant.
    """

    sheet: str
    row: int
    column: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    reading: str = ""

    @property
    def sentence(self) -> str:
        """The reason in plain words."""
        template = SENTENCES[f"{self.code}/{self.reading}" if self.reading else self.code]
        return template.format(**self.facts)

    @property
    def cell(self) -> str:
        """The place as a person would say it, such as "C14"; only the row or the letter where that is all there is."""
        match = LETTERED.fullmatch(self.column)
        return f"{match[1] if match else ''}{self.row or ''}"

    @property
    def header(self) -> str:
        """The column's header without its letter, or ""; a column that is missing has no letter."""
        match = LETTERED.fullmatch(self.column)
        return match[2] or "" if match else self.column


class WorkbookRefusedError(AuthoringError):
    """The workbook has mistakes; `refusals` holds every one of them, in sheet order. Nothing was written.

    `notices` are the remarks that were found on the way, which alone would have refused nothing.
    """

    number = 701

    def __init__(self, refusals: Iterable[Refusal], notices: Iterable[Refusal] = ()) -> None:
        self.refusals: tuple[Refusal, ...] = in_sheet_order(refusals)[:SHOWN_AT_MOST]
        self.notices: tuple[Refusal, ...] = in_sheet_order(notices)[:SHOWN_AT_MOST]
        super().__init__(count=len(self.refusals))


def in_sheet_order(refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """Return them sheet by sheet, row by row, column by column; each only once."""

    def place(refusal: Refusal) -> tuple[int, str, int, int, str, str]:
        known = SHEET_ORDER.index(refusal.sheet) if refusal.sheet in SHEET_ORDER else len(SHEET_ORDER)
        letter = match[1] if (match := LETTERED.fullmatch(refusal.column)) else ""
        return known, refusal.sheet, refusal.row, len(letter), letter, refusal.code

    found: list[Refusal] = []
    for refusal in sorted(refusals, key=place):
        if refusal not in found[-20:]:
            found.append(refusal)
    return tuple(found)
