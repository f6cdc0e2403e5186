"""Puts the boxes of an election together again from the records that came to the ledger by ordinary roads.

Rule 1: nothing is judged here: a box is what its kiosk sent, and merge and verify say what it is worth.
Rule 2: a manifest comes last, so the ballots since the one before are its own; where numbers were given anew and that
        does not fit, a kiosk's only box has all of its ballots.
Source: elections.md 5.5, point 12.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import sqlalchemy as sa

from models import seal
from models.canonical import UnreadableContentError
from models.election import ballot, boxes
from models.election.boxes import in_box_order, read_manifest, split_manifest_record, write_box
from models.election.signatures import write_signatures
from sync.central.elections.registrar import Box
from sync.central.ledger import Ledger, RecordRow


def received(ledger: Ledger, definition: bytes) -> tuple[Box, ...]:
    """Return the whole boxes that the ledger holds of an election, by kiosk; `definition` is D.

    A kiosk's ballots without a manifest are no box yet: the rest of them is on its way.
    """
    by_kiosk: dict[bytes, list[bytes]] = defaultdict(list)
    with ledger.reading() as session:
        rows = sa.select(RecordRow.kiosk, RecordRow.sealed).where(RecordRow.form == definition)
        for kiosk, sealed in session.execute(rows.order_by(RecordRow.kiosk, RecordRow.epoch, RecordRow.seq)):
            by_kiosk[kiosk].append(sealed)
    return tuple(box for kiosk, records in by_kiosk.items() for box in _boxes(kiosk, records))


def _boxes(kiosk: bytes, records: list[bytes]) -> list[Box]:
    found: dict[bytes, list[bytes]] = {}  # record of a manifest -> its ballots
    waiting: list[bytes] = []
    for record in records:
        if boxes.is_manifest_record(record):
            found.setdefault(record, waiting)
            waiting = []
        elif ballot.is_envelope(record):
            waiting.append(record)
    if len(found) == 1:
        (only,) = found
        found = {only: [record for record in records if ballot.is_envelope(record)]}
    return [_box(kiosk, record, held) for record, held in _readable(found).items()]


def _readable(found: Mapping[bytes, list[bytes]]) -> dict[bytes, list[bytes]]:
    readable = {}
    for record, held in found.items():
        try:
            read_manifest(split_manifest_record(record)[0])
        except UnreadableContentError:
            continue
        readable[record] = held
    return readable


def _box(kiosk: bytes, record: bytes, held: list[bytes]) -> Box:
    manifest, signature = split_manifest_record(record)
    return Box(manifest, write_signatures({kiosk: signature}), write_box(in_box_order(held, seal.digest)))
