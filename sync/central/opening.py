"""The opening desk: sealed records of one campaign become answers, in a store of its own.

Rule 1: all new records of an establishment at once, and only ten or more together; fewer only when the oldest has
    waited 28 days or the campaign is closed, and then without wing or week.
Rule 2: they are shuffled before anything is written; kiosk and number stay behind.
Rule 3: the ledger learns `opened.upto` and what could not be opened or read, nothing else.
Rule 4: ledger first, then the store in one transaction: after a pulled plug the next opening does the rest, once.
Rule 5: a nomination is of somebody who wants to be named: it is kept whole, for the desk of the election, counted
    nowhere, and hides nobody: it is none of the ten.
Source: custody.md section 9.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import seal
from models.canonical import UnreadableContentError
from models.consultation import read_consultation
from models.election import nominations
from models.errors import OpeningError, SealError
from models.questionnaire import (
    Node,
    Number,
    Purpose,
    Questionnaire,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Text,
    read_questionnaire,
)
from models.record import ReadRecord, Record, read_record
from models.seal import Digest
from models.shelf import CampaignKey
from sync.batch import Kind, Reason
from sync.central.ledger import KioskRow, Ledger, OpenedRow, QuarantineRow, RecordRow
from sync.central.opened import Nominated, OpenedStore, Stream
from sync.central.results.projection import Said, Turn, computed_from_words, nodes_by_path, question_of

LEAST: Final = 10
WAIT_DAYS: Final = 28
WITH_A_TOPIC: Final = frozenset({Purpose.SUGGESTION, Purpose.SHOUT_OUT, Purpose.SIGN_UP})
_EPOCH_DAY: Final = date(1970, 1, 1)
_KEY: Final = ("establishment", "kiosk", "epoch", "campaign")
_TALLIED: Final = frozenset({"en", "cy"})


@dataclass(frozen=True, slots=True)
class Opened:
    """What happened at one establishment. `waiting` records stay sealed: fewer than ten, none of them old."""

    establishment: str
    opened: int
    set_aside: int
    waiting: int
    late: bool


class _Sealed(NamedTuple):
    stream: Stream
    seq: int
    form: bytes
    sealed: bytes
    day: int
    wing: str


def open_campaign(
    ledger: Ledger,
    store: OpenedStore,
    campaign: CampaignKey,
    private: bytes,
    *,
    questionnaires: Sequence[bytes],
    today: date,
    closed: bool = False,
) -> tuple[Opened, ...]:
    """Open what may be opened of one campaign, establishment by establishment.

    `private` is the campaign's key, 32 bytes; `questionnaires` all that were ever published, canonical bytes.
    Raises OpeningError where the key is not this campaign's; then nothing was read.
    """
    _check_key(campaign, private)
    forms = {bytes(seal.digest(data)): read_questionnaire(data) for data in questionnaires}
    waiting: dict[str, list[_Sealed]] = {}
    for sealed in _new(ledger, store.taken(), campaign):
        waiting.setdefault(sealed.stream.establishment, []).append(sealed)
    desk = _Desk(ledger, store, private, forms, (today - _EPOCH_DAY).days)
    return tuple(desk.open(code, records, closed=closed) for code, records in sorted(waiting.items()))


def is_closed(campaign: str, contents: Sequence[Mapping[str, bytes]], today: date) -> bool:
    """Tell whether every published consultation of a campaign is past its last day; not where there is none.

    `contents` are the establishments' published files by "folder/name".
    """
    published = [
        read_consultation(data)
        for files in contents
        for name, data in files.items()
        if name.startswith("consultations/")
    ]
    closes = [consultation.closes for consultation in published if consultation.campaign == campaign]
    return bool(closes) and max(closes) < today


class _Desk:
    """The opening desk at work: one campaign key, one store, one day."""

    def __init__(
        self, ledger: Ledger, store: OpenedStore, private: bytes, forms: Mapping[bytes, Questionnaire], day: int
    ) -> None:
        self._ledger, self._store, self._private, self._forms, self._day = ledger, store, private, forms, day

    def open(self, establishment: str, records: Sequence[_Sealed], *, closed: bool) -> Opened:
        """Open all of an establishment's new records, or none of them."""
        others = [record for record in records if not self._is_nomination(record)]
        late = 0 < len(others) < LEAST
        if late and not closed and self._day - min(record.day for record in others) < WAIT_DAYS:
            return Opened(establishment, 0, 0, len(records), late=False)
        aside: list[tuple[_Sealed, Reason]] = []
        good: list[tuple[_Sealed, ReadRecord]] = []
        for record in seal.shuffled(records):
            read = self._read(record)
            if isinstance(read, Reason):
                aside.append((record, read))
            else:
                good.append((record, read))
        upto: dict[Stream, int] = {}
        for record in records:
            upto[record.stream] = max(upto.get(record.stream, 0), record.seq)
        _tell_ledger(self._ledger, upto, aside, self._day)
        wings = _wings_allowed([record for record, _ in good if not self._is_nomination(record)]) and not late
        turns, said, nominated = [], [], []
        for record, read in good:
            if self._is_nomination(record):
                answers = {path.rpartition("/")[2]: text for path, text in read.answers.items()}
                nominated.append(Nominated(record.stream.establishment, read.language, answers))
                continue
            turn, words = self._parted(record, read, late=late, wings=wings)
            turns.append(turn)
            said += words
        self._store.put(turns, seal.shuffled(said), upto, seal.shuffled(nominated))
        return Opened(establishment, len(good), len(aside), 0, late)

    def _is_nomination(self, record: _Sealed) -> bool:
        form = self._forms.get(record.form)
        return form is not None and is_nomination(form)

    def _read(self, record: _Sealed) -> ReadRecord | Reason:
        questionnaire = self._forms.get(record.form)
        if questionnaire is None:
            return Reason.FORM_UNKNOWN
        try:
            body = seal.open_record(record.sealed, record.form, questionnaire.purpose, self._private)
        except SealError:
            return Reason.DOES_NOT_OPEN
        try:
            read = read_record(body)
        except UnreadableContentError:
            return Reason.DOES_NOT_PARSE
        return read if fits(questionnaire, read) else Reason.DOES_NOT_PARSE

    def _parted(self, record: _Sealed, read: ReadRecord, *, late: bool, wings: bool) -> tuple[Turn, list[Said]]:
        """Part typed words from the other answers; a suggestion's or a sign-up's keep its topic, a survey's nothing."""
        questionnaire, code, form = self._forms[record.form], record.stream.establishment, Digest(record.form)
        language = read.language.partition("-")[0]
        language = language if language in _TALLIED else "other"
        week = None if late else _monday(record.day)
        nodes = nodes_by_path(questionnaire)
        typed = {path: text for path, text in read.answers.items() if isinstance(nodes[question_of(path)], Text)}
        told = computed_from_words(questionnaire)
        ticked = {p: text for p, text in read.answers.items() if p not in typed and question_of(p) not in told}
        wing = record.wing if wings else None
        turn = Turn(code, wing, week, form, read.module, language, ticked, read.blocks)
        topic = ""
        if questionnaire.purpose in WITH_A_TOPIC:
            chosen = (ticked.get(path, "") for path, node in nodes.items() if isinstance(node, SelectOne))
            topic = next((text for text in chosen if text), "")  # in form order: a record's own order means nothing
        texts = [text for text in typed.values() if text.strip()]
        if not texts and topic:
            texts = [""]  # a topic without words is a suggestion too
        reply = _wanted(questionnaire, read)
        spoken = language if reply is None else read.language
        said = (Said(seal.random_bytes(16), code, week, form, topic, text, spoken, reply=reply) for text in texts)
        return turn, list(said)


def _wanted(questionnaire: Questionnaire, read: ReadRecord) -> bytes | None:
    """Return the public half to which a reply is sealed, where a suggestion came with one."""
    coded = questionnaire.purpose is Purpose.SUGGESTION and read.reply is not None
    return bytes.fromhex(read.reply or "") if coded else None


def is_nomination(questionnaire: Questionnaire) -> bool:
    """Tell whether records of this sign-up are kept whole, for the desk of an election, and out of results."""
    names = (str(getattr(node, "name", "")) for node in questionnaire.nodes)
    return questionnaire.purpose is Purpose.SIGN_UP and nominations.is_form(names)


def fits(questionnaire: Questionnaire, read: ReadRecord) -> bool:
    """Tell whether a record could have been filled in from this questionnaire."""
    if read.module not in {module.name for module in questionnaire.modules if not module.practice}:
        return False
    nodes = nodes_by_path(questionnaire)
    asked = ((nodes.get(question_of(path)), text) for path, text in read.answers.items())
    return all(node is not None and _could_be(questionnaire, node, text) for node, text in asked)


def _could_be(questionnaire: Questionnaire, node: Node, text: str) -> bool:
    match node:
        case SelectOne():
            return text == "" or text in {choice.value for choice in questionnaire.lists[node.list_name]}
        case SelectMultiple() | Rank():
            values = text.split()
            known = {choice.value for choice in questionnaire.lists[node.list_name]}
            return known.issuperset(values) and len(set(values)) == len(values)
        case Range() | Number():
            try:
                return text == "" or Decimal(text).is_finite()
            except InvalidOperation:
                return False
    return True


def _check_key(campaign: CampaignKey, private: bytes) -> None:
    """Seal and open a trial record, so that a wrong key is found before anything is set aside for it."""
    trial = seal.seal_record(Record(Purpose.SURVEY, bytes(32), b"{}"), campaign.public)
    try:
        seal.open_record(trial.sealed, trial.form, Purpose.SURVEY, private)
    except (SealError, ValueError):
        raise OpeningError(detail=f"the key at this desk is not that of {campaign.campaign}.") from None


def _new(ledger: Ledger, taken: Mapping[Stream, int], campaign: CampaignKey) -> list[_Sealed]:
    """Return the records sealed to this campaign that the store does not hold yet."""
    found = []
    with ledger.reading() as session:
        wings = {(row.establishment, row.kiosk): row.wing for row in session.scalars(sa.select(KioskRow))}
        for row in session.scalars(sa.select(RecordRow).where(RecordRow.kind == int(Kind.RECORDS))):
            stream = Stream(row.establishment, row.kiosk, row.epoch, campaign.campaign)
            if row.seq > taken.get(stream, 0) and seal.sealed_key_id(row.sealed) == campaign.key:
                wing = wings.get((row.establishment, row.kiosk), "")
                found.append(_Sealed(stream, row.seq, row.form, row.sealed, row.batch_day, wing))
    return found


def _tell_ledger(ledger: Ledger, upto: Mapping[Stream, int], aside: Sequence[tuple[_Sealed, Reason]], day: int) -> None:
    with ledger.writing() as session:
        for stream, number in upto.items():
            key = (stream.establishment, stream.kiosk, stream.epoch, stream.campaign)
            row = session.get(OpenedRow, key)
            if row is None:
                session.add(OpenedRow(**dict(zip(_KEY, key, strict=True)), upto=number))
            else:
                row.upto = max(row.upto, number)
        for record, reason in aside:
            _set_aside(session, record, reason, day)


def _set_aside(session: Session, record: _Sealed, reason: Reason, day: int) -> None:
    """Put a record into quarantine, once however often it is opened."""
    stream, table = record.stream, QuarantineRow
    same = (table.kiosk == stream.kiosk, table.epoch == stream.epoch, table.seq == record.seq)
    here = table.establishment == stream.establishment
    if session.scalar(sa.select(sa.func.count()).select_from(table).where(here, *same)):
        return
    last = session.scalar(sa.select(sa.func.max(table.no)).where(here)) or 0
    session.add(
        QuarantineRow(
            establishment=stream.establishment,
            no=last + 1,
            kiosk=stream.kiosk,
            epoch=stream.epoch,
            seq=record.seq,
            reason=int(reason),
            form=record.form,
            digest=seal.digest(record.sealed),
            bytes=record.sealed,
            batch_day=day,
        )
    )
    session.flush()


def _wings_allowed(records: Sequence[_Sealed]) -> bool:
    """Tell whether every wing has ten or more in every week; one small group would show by subtraction."""
    groups = Counter((record.wing, _monday(record.day)) for record in records)
    return bool(groups) and min(groups.values()) >= LEAST


def _monday(day: int) -> str:
    whole = _EPOCH_DAY + timedelta(days=day)
    return (whole - timedelta(days=whole.weekday())).isoformat()
