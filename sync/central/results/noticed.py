"""Results as notices: what a release shows of each questionnaire, laid ready for the press as a page for residents.

Rule 1: a release is the only source; no count is made or looked up here, and what a release holds back stays away.
Rule 2: words are the questionnaire's own, in its languages; what a kiosk says around them is the kiosk's.
Rule 3: a whole row goes, shown or held back: leaving a shown answer out would let it be had by subtraction elsewhere.
Rule 4: nothing is written over; the same release gives the same file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from models.canonical import ENGLISH, LanguageTag
from models.errors import ResultsError
from models.findings import Bar, Finding
from models.noticeboard import Notice, notice_bytes, read_notice
from models.questionnaire import Path as Question
from models.questionnaire import Purpose, Questionnaire, Range, Rank, SelectMultiple, SelectOne, WordsKey, worded
from sync.central.press import folder_of
from sync.central.results.aggregates import plain_words
from sync.central.results.disclosure import Table
from sync.central.results.projection import nodes_by_path
from sync.central.results.release import Release

A_NOTICE: Final = 8
"""Findings in one notice, where nobody chose them: a page each is read by few to the end."""
BODY: Final[Mapping[LanguageTag, str]] = {
    ENGLISH: "This is what people said. Thank you for taking part.",
    LanguageTag("cy"): "Dyma a ddywedodd pobl. Diolch am gymryd rhan.",
    LanguageTag("pl"): "Oto co powiedzieli ludzie. Dziękujemy za udział.",
    LanguageTag("ro"): "Iată ce au spus oamenii. Vă mulțumim că ați participat.",
    LanguageTag("sq"): "Kjo është ajo që thanë njerëzit. Faleminderit që morët pjesë.",
    LanguageTag("lt"): "Štai ką pasakė žmonės. Ačiū, kad dalyvavote.",
    LanguageTag("pt"): "Isto é o que as pessoas disseram. Obrigado por participar.",
    LanguageTag("es"): "Esto es lo que dijo la gente. Gracias por participar.",
    LanguageTag("vi"): "Đây là những gì mọi người đã nói. Cảm ơn bạn đã tham gia.",
    LanguageTag("ar"): "هذا ما قاله الناس. شكرًا على المشاركة.",
    LanguageTag("ur"): "لوگوں نے یہ کہا۔ حصہ لینے کا شکریہ۔",  # noqa: RUF001 - Urdu's own full stop
    LanguageTag("pa"): "ਲੋਕਾਂ ਨੇ ਇਹ ਕਿਹਾ। ਹਿੱਸਾ ਲੈਣ ਲਈ ਧੰਨਵਾਦ।",
}


@dataclass(frozen=True, slots=True)
class Published:
    """One notice, the establishment it is for, and the questions that it leaves out, each with the reason."""

    establishment: str
    notice: Notice
    left_out: tuple[str, ...]


def noticed(
    release: Release, questionnaires: Mapping[str, Questionnaire], by: str, questions: Sequence[str] = ()
) -> tuple[Published, ...]:
    """Return a notice for each establishment and questionnaire of which a release shows anything.

    `questionnaires` by hash, as `Table.form` holds it; `by` is a role; `questions` are the paths that shall be told, or
    none for the first eight that may be shown. ResultsError where one of them is in no table of the release.
    """
    unknown = set(questions) - {table.question for table in release.tables}
    if unknown:
        raise ResultsError(detail=f"the release has no question {min(unknown)}.")
    found = []
    for (establishment, form), group in groupby(release.tables, lambda table: (table.establishment, table.form)):
        if questionnaires[form].purpose is Purpose.SIGN_UP:
            continue  # names, not findings
        asked: list[Table] = []
        reasons: list[str] = []
        for table in group:
            reason = _left_out(table, questionnaires[form], len(asked), questions)
            if reason:
                reasons.append(f"{table.question}: {reason}")
            else:
                asked.append(table)
        if asked:
            notice = _notice(release, questionnaires[form], asked, by)
            found.append(Published(establishment, notice, tuple(reasons)))
    return tuple(found)


def _left_out(table: Table, questionnaire: Questionnaire, told: int, questions: Sequence[str]) -> str:
    """Return why a question is not told, or blank."""
    if questions and table.question not in questions:
        return "not asked for"
    if table.asked is None:
        return table.status.value
    node = _asked(table, questionnaire)
    if node is None:
        return "numbers that people typed are told on the page for staff alone"
    if not all(_bars(table, questionnaire)):
        return "an answer has no words, only a picture"
    return "" if questions or told < A_NOTICE else f"only the first {A_NOTICE} are told unless some are asked for"


def _asked(table: Table, questionnaire: Questionnaire) -> SelectOne | SelectMultiple | Rank | Range | None:
    """Return the question of a table, if its answers have words or steps of their own."""
    node = nodes_by_path(questionnaire)[Question(table.question)]
    if isinstance(node, Range) and all(cell.key == cell.words for cell in table.cells if cell.key):
        return node  # its own steps, not bands of them
    return node if isinstance(node, SelectOne | SelectMultiple | Rank) else None


def _notice(release: Release, questionnaire: Questionnaire, tables: Sequence[Table], by: str) -> Notice:
    title = _texts(questionnaire, questionnaire.title)
    form = tables[0].form
    return Notice(
        id=f"results-{questionnaire.id[:32]}-{form[:8]}-{release.day:%Y%m%d}",
        kind="results",
        day=release.day,
        title=title,
        body={tag: BODY[tag] for tag in title if tag in BODY},
        said=None,
        did=None,
        by=by,
        findings=tuple(_finding(table, questionnaire) for table in tables),
    )


def _finding(table: Table, questionnaire: Questionnaire) -> Finding:
    node = _asked(table, questionnaire)
    if node is None or table.asked is None:
        raise RuntimeError("a question that is left out was told")
    none = next(cell for cell in table.cells if not cell.key)
    return Finding(
        question=_texts(questionnaire, node.words, table.words),
        sentence=None,
        bars=tuple(bar for bar in _bars(table, questionnaire) if bar is not None),
        base=table.asked,
        missing=none.count,
        several=table.kind == "many",
    )


def _bars(table: Table, questionnaire: Questionnaire) -> Iterator[Bar | None]:
    """Give a bar an answer, None for one that has no words."""
    node = _asked(table, questionnaire)
    lists = () if node is None or isinstance(node, Range) else questionnaire.lists[node.list_name]
    words = {choice.value: choice.words for choice in lists}
    for cell in table.cells:
        if cell.key:
            label = {ENGLISH: cell.words} if isinstance(node, Range) else _texts(questionnaire, words.get(cell.key))
            yield Bar(label, cell.count) if all(text.strip() for text in label.values()) else None


def _texts(questionnaire: Questionnaire, key: WordsKey | None, otherwise: str = "") -> dict[LanguageTag, str]:
    """Return words in each language that really has them, and in English whatever stands there for it."""
    texts = {ENGLISH: plain_words(questionnaire, key) or otherwise}
    for language in questionnaire.languages:
        if key is not None and worded(questionnaire, key, language.tag)[1].tag == language.tag:
            texts[language.tag] = plain_words(questionnaire, key, language.tag) or texts[ENGLISH]
    return texts


def files_of(content: Path, published: Sequence[Published]) -> Mapping[Path, bytes]:
    """Return each notice's file in its establishment's content, and its bytes; nothing is written.

    ResultsError where other results have the name of one.
    """
    files = {}
    for one in published:
        path = folder_of(content, one.establishment) / "notices" / f"{one.notice.id}.json"
        data = notice_bytes(one.notice)
        read_notice(data)  # what a kiosk would refuse is never laid ready
        if path.exists() and path.read_bytes() != data:
            raise ResultsError(detail=f"{path} has other results of the same day. Nothing was written.")
        files[path] = data
    return files


def lay_ready(files: Mapping[Path, bytes]) -> None:
    """Write the files, each whole or not at all."""
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}")
        fresh.write_bytes(data)
        fresh.replace(path)
