"""Puts the boxes of an election together again from the records that came to the ledger by ordinary roads.

Rule 1: nothing is judged here: a box is what its kiosk sent, and merge and verify say what it is worth.
Rule 2: a manifest comes last, so the ballots since the one before are its own, whichever epoch brought them: a kiosk
        sends a box whole in every epoch, and what the ledger holds already it does not store again.
Rule 3: where that does not fit the manifest, what one epoch alone brought is tried; and where a kiosk sent one box
        alone, it has all of its ballots.
Source: elections.md 5.5, point 12.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from models import seal
from models.canonical import UnreadableContentError
from models.election import ballot, boxes
from models.election.boxes import holds, in_box_order, read_manifest, split_manifest_record, write_box
from models.election.signatures import write_signatures
from sync.central.elections.registrar import Box
from sync.central.ledger import Ledger, RecordRow

Held = list[bytes]


def received(ledger: Ledger, definition: bytes) -> tuple[Box, ...]:
    """Return the whole boxes that the ledger holds of an election, by kiosk; `definition` is D.

    A kiosk's ballots without a manifest are no box yet: the rest of them is on its way.
    """
    by_kiosk: dict[bytes, dict[int, Held]] = defaultdict(lambda: defaultdict(list))
    with ledger.reading() as session:
        columns = (RecordRow.kiosk, RecordRow.epoch, RecordRow.sealed)
        rows = sa.select(*columns).where(RecordRow.form == definition)
        for kiosk, epoch, sealed in session.execute(rows.order_by(RecordRow.kiosk, RecordRow.epoch, RecordRow.seq)):
            by_kiosk[kiosk][epoch].append(sealed)
    return tuple(box for kiosk, epochs in by_kiosk.items() for box in _boxes(kiosk, list(epochs.values())))


def _boxes(kiosk: bytes, epochs: Sequence[Held]) -> list[Box]:
    whole = [record for records in epochs for record in records]
    copies: dict[bytes, list[Held]] = {}  # record of a manifest -> what may be its ballots, the likeliest first
    for records in (whole, *epochs):
        waiting: Held = []
        for record in records:
            if boxes.is_manifest_record(record):
                copies.setdefault(record, []).append(waiting)
                waiting = []
            elif ballot.is_envelope(record):
                waiting.append(record)
    if len(copies) == 1:
        (only,) = copies
        copies[only].insert(0, [record for record in whole if ballot.is_envelope(record)])
    return [_box(kiosk, record, held) for record, held in _readable(copies).items()]


def _readable(copies: Mapping[bytes, Sequence[Held]]) -> dict[bytes, Held]:
    readable = {}
    for record, held in copies.items():
        try:
            manifest = read_manifest(split_manifest_record(record)[0])
        except UnreadableContentError:
            continue
        ordered = [list(in_box_order(one, seal.digest)) for one in held]
        readable[record] = next((one for one in ordered if holds(manifest, write_box(one), seal.digest)), ordered[0])
    return readable


def _box(kiosk: bytes, record: bytes, held: Held) -> Box:
    manifest, signature = split_manifest_record(record)
    return Box(manifest, write_signatures({kiosk: signature}), write_box(held))
