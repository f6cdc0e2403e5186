"""A day at the polls with real parts: registrar, trustees, kiosks with vaults, dice, two laptops and a board."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from models import ballot_box, seal
from models.ballot_box import ClosedBox
from models.election import boxes as box_rules
from models.election import close
from models.election.ballot import Ballot, Mark
from models.election.boxes import read_manifest, write_manifest
from models.election.close import Accounts, CloseRecord
from models.election.keys import Election, gather
from models.election.merge import Merged
from models.election.notices import Notice, withdrawn, write_notice
from models.election.signatures import write_signatures
from models.election.slip import Code
from models.seal import KioskId
from models.vault import Vault, create_vault
from sync.central.elections import board, ceremony, registrar
from sync.central.elections.ceremony import AuditCard, KeyCeremony, Opening
from sync.central.elections.plan import read_plan
from sync.central.elections.registrar import Box, PrintedSlip, SlipRun

THROWS: Final = "1625431625431625431625"
E: Final = bytes(range(100, 116))
PARTIES: Final = ("Families", "Resettlement", "Health")


def kiosk_signing(number: int) -> bytes:
    return bytes([number]) * 32


def kiosk_id(number: int) -> KioskId:
    return KioskId(bytes([number]) * 16)


def a_plan(residents: int = 24, kiosks: int = 2, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a plan has
    """Return a plan of three contests: persons in order, parties, and a question."""
    return {
        "title": "Council of A wing",
        "dates": {"poll_opens": "2026-11-29", "poll_closes": "2026-11-29"},
        "electorates": [{"id": "residents", "size": residents}],
        "contests": [
            {
                "title": "Wing representatives",
                "kind": "rank",
                "seats": 2,
                "max_marks": 3,
                "candidates": [{"name": f"Person {n}"} for n in range(1, 5)],
            },
            {
                "title": "Parties",
                "kind": "list",
                "seats": 5,
                "candidates": [{"name": name, "people": [f"{name} {n}" for n in range(1, 5)]} for name in PARTIES],
            },
            {"title": "Shall the gym open on Sundays?", "kind": "question"},
        ],
        "kiosks": [
            {
                "id": kiosk_id(n).hex(),
                "wing": chr(64 + n),
                "public_key": seal.public_half(kiosk_signing(n)).hex(),
            }
            for n in range(1, kiosks + 1)
        ],
    } | more


@dataclass
class Day:
    """One election as it goes; the tests reach in and do what an attacker would."""

    folder: Path
    ceremony: KeyCeremony
    run: SlipRun
    board_0: dict[str, bytes]
    election: Election
    vaults: dict[int, Vault] = field(default_factory=dict)
    cards: list[AuditCard] = field(default_factory=list)
    notices: dict[str, bytes] = field(default_factory=dict)

    @property
    def voters(self) -> list[PrintedSlip]:
        """The slips in the box that people draw from."""
        return [one for one in self.run.slips if not one.audit]

    @property
    def audits(self) -> list[PrintedSlip]:
        """The observers' slips."""
        return [one for one in self.run.slips if one.audit]

    def witness(self, role: str, at: int = 0) -> board.Officer:
        """Return who signs with the code that the ceremony gave."""
        numbers = [one.number for one in self.election.definition.witnesses if one.role == role]
        return registrar.signer(self.election.definition, self.ceremony.codes[numbers[at]])

    def open_kiosks(self) -> None:
        for n, kiosk in enumerate(self.election.definition.kiosks, 1):
            path = self.folder / f"kiosk-{n}.db"
            self.vaults[n] = create_vault(path, bytes([n]) * 32, KioskId(kiosk.id))
            ballot_box.open_poll(self.vaults[n], self.election, kiosk_signing(n))

    def vote(self, kiosk: int, code: Code, *votes: Ballot) -> dict[int, str]:
        """Vote as a person does, in every contest of the slip."""
        slip = ballot_box.take_slip(self.election, code)
        return ballot_box.cast(
            self.vaults[kiosk], self.election, slip, dict(zip(sorted(slip.keys), votes, strict=True))
        )

    def audit(self, kiosk: int, code: Code, *votes: Ballot) -> None:
        """Vote as an observer does, and write it on a card."""
        self.vote(kiosk, code, *votes)
        self.cards.append(AuditCard(code, dict(enumerate(votes, 1))))

    def close_kiosks(self, *numbers: int) -> list[ClosedBox]:
        return [ballot_box.close_poll(self.vaults[n], self.election, kiosk_signing(n)) for n in numbers or self.vaults]

    def shut(self) -> None:
        for vault in self.vaults.values():
            vault.close()

    def withdraw(self, contest: int, candidate: int) -> None:
        content = write_notice(Notice(self.election.d, len(self.notices) + 1, contest, candidate, "2026-11-28"))
        name = f"notices/{len(self.notices) // 2 + 1}"
        self.notices[f"{name}.json"] = content
        self.notices[f"{name}.sig.json"] = board.signed(
            seal.SIGNS_NOTICE, content, self.witness("returning-officer"), self.witness("observer")
        )

    def closed(self, boxes: Sequence[Box]) -> CloseRecord:
        contents = [content for path, content in self.notices.items() if not path.endswith(".sig.json")]
        return registrar.close_poll(self.election, boxes, contents)

    def board_1(
        self, boxes: Sequence[Box], issued: Iterable[PrintedSlip], throws: str = THROWS
    ) -> tuple[dict[str, bytes], Merged]:
        """Close, throw and merge; slips that nobody was given are void."""
        given = {one.code for one in issued}
        void = [one.code for one in self.voters if one.code not in given]
        accounts = Accounts(len(self.run.slips), len(given), 0, len(self.audits), len(void), len(given))
        return board.stage_1(
            self.board_0,
            boxes,
            self.notices,
            self.closed(boxes),
            throws,
            void,
            accounts,
            self.witness("returning-officer"),
        )

    def opening(self, merged: Merged, laptop: int, beacon: bytes, pair: tuple[int, int] = (0, 1)) -> Opening:
        """Open on one laptop with two of the three shares."""
        shares = [self.ceremony.shares[at] for at in pair]
        private = ceremony.combine(shares, self.election.definition.election_key)
        return ceremony.open_election(
            self.election,
            merged,
            private,
            self.cards,
            beacon=beacon,
            withdrawn=withdrawn(board.read_notices(self.election, self.notices).values()),
            laptop=laptop,
        )

    def signed_opening(self, opening: Opening) -> tuple[bytes, bytes]:
        who = (self.witness("trustee", 0), self.witness("trustee", 1), self.witness("observer"))
        return opening.record, board.signed(seal.SIGNS_OPENING, opening.record, *who)

    def board_2(self, board_1: Mapping[str, bytes], merged: Merged) -> dict[str, bytes]:
        """Open twice and publish."""
        beacon = close.read_dice(board_1["dice.json"])[3]
        first, second = self.opening(merged, 1, beacon), self.opening(merged, 2, beacon, (1, 2))
        return board.stage_2(
            board_1,
            [self.signed_opening(first), self.signed_opening(second)],
            first.files,
            self.witness("returning-officer"),
        )


def a_day(folder: Path, plan: Mapping[str, Any] | None = None) -> Day:
    """Prepare an election up to board 0."""
    draft = read_plan(json.dumps(plan or a_plan()).encode(), E, lambda _: b"").definition
    held = ceremony.hold_key_ceremony(draft)
    run = registrar.make_slips(draft)
    definition = registrar.finish(draft, held.public, held.witnesses, run.key_files)
    election = gather(definition, run.key_files, seal.digest)
    officer, helper = (registrar.signer(election.definition, held.codes[number]) for number in (1, 2))
    return Day(folder, held, run, board.stage_0(definition, run.key_files, officer, helper), election)


def a_box(closed: ClosedBox) -> Box:
    """Return a closed box as it comes to the centre."""
    files = closed.files()
    name = closed.manifest.name
    return Box(files[f"{name}.json"], files[f"{name}.sig.json"], files[f"{name}.box"])


def ranks(*choices: int) -> Ballot:
    return Ballot(Mark.CHOICES, choices)


BLANK: Final = Ballot(Mark.BLANK)
SPOILT: Final = Ballot(Mark.SPOILT)


def some_votes(number: int) -> tuple[Ballot, Ballot, Ballot]:
    """Return votes of the voter with this number, different enough from the others'."""
    first, second = number % 4 + 1, (number // 2) % 4 + 1
    ranked = ranks(first, second) if first != second else ranks(first)
    return ranked, ranks(number % 3 + 1), (BLANK if number % 9 == 8 else ranks(number % 2 + 1))


def stuffed(day: Day, box: Box, kiosk: int) -> Box:
    """Return a box to which the kiosk added five ballots of slips it made up and one of an unissued slip."""
    definition, election = day.election.definition, day.election
    plain = bytes([1, 0, 1, 3]).ljust(64, b"\0")
    forged = [seal.seal_ballot(plain, 1, election.d, bytes([90 + n]) * 32, definition.election_key) for n in range(5)]
    unissued = seal.slip_key(seal.slip_seed(day.voters[-1].code, definition.id), definition.id, 1)
    forged.append(seal.seal_ballot(plain, 1, election.d, unissued, definition.election_key))
    return remade(box, [*box_rules.split_box(box.content), *forged], kiosk)


def remade(box: Box, envelopes: list[bytes], kiosk: int) -> Box:
    """Return a box as its kiosk would sign it over other envelopes."""
    old = read_manifest(box.manifest)
    manifest = box_rules.make_manifest(
        envelopes,
        [tally.contest for tally in old.contests],
        definition=old.definition,
        kiosk=old.kiosk,
        epoch=old.epoch,
        box=old.box,
        kind=old.kind,
        sha256=seal.digest,
    )
    written = write_manifest(manifest)
    signature = seal.sign(seal.SIGNS_BOX, written, kiosk_signing(kiosk))
    content = box_rules.write_box(box_rules.in_box_order(envelopes, seal.digest))
    return Box(written, write_signatures({old.kiosk: signature}), content)
