"""A whole election in one go: throw-away keys, voters by chance, real vaults, real boards, nothing left out.

Rule 1: it calls what the commands call, in the order of the script, and checks what people would check.
Rule 2: every key it makes is forgotten when it returns; the vaults of its kiosks are removed.
Rule 3: who votes what is by chance, and says nothing of anybody.
Source: elections.md section 11.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models import ballot_box, seal
from models.ballot_box import SlipInHand
from models.election import close
from models.election.ballot import Ballot, Mark
from models.election.close import Accounts
from models.election.definition import Contest, screen_order
from models.election.keys import Election, gather
from models.seal import KioskId
from models.vault import Vault, create_vault
from sync.central.elections import board, ceremony, registrar
from sync.central.elections.board import Officer, write_files
from sync.central.elections.ceremony import AuditCard, KeyCeremony
from sync.central.elections.derived import on_all_cores
from sync.central.elections.plan import read_plan
from sync.central.elections.registrar import Box, PrintedSlip
from sync.central.elections.script import script
from sync.central.elections.verify import Check, holds, verify

TURN_OUT_PERCENT: Final = 75
PAPERS: Final = 3
"""How many of them vote on paper, or all where fewer came."""
_KIOSKS: Final = 2
_PEOPLE: Final = 40
_DICE: Final = 20


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The page for people, what the desk is told, and what verifying the result came to."""

    script: str
    words: tuple[str, ...]
    checks: tuple[Check, ...]


def rehearse(out: Path, plan: bytes | None = None, read_media: Callable[[str], bytes] | None = None) -> Rehearsed:
    """Hold an election under `out` and return what came of it; the kiosks of the plan are played by vaults here."""
    signing = [seal.new_signing_key() for _ in range(_count_of_kiosks(plan))]
    draft = read_plan(_with_kiosks(plan, signing), seal.random_bytes(16), read_media or _no_media)
    out.mkdir(parents=True)
    held = ceremony.hold_key_ceremony(draft.definition)
    ceremony.read_back(held.shares, held.public)
    run = registrar.make_slips(draft.definition)
    written = registrar.finish(draft.definition, held.public, held.witnesses, run.key_files)
    election = gather(written, run.key_files, seal.digest)
    officer, helper = _signer(election, held, "returning-officer"), _signer(election, held, "registrar")
    board_0 = board.stage_0(written, run.key_files, officer, helper)
    write_files(out / "board-0", board_0)
    page = script(election.definition, election.d)
    (out / "script.txt").write_text(page, encoding="utf-8")

    boxes, issued, cards = _poll(out, election, signing, run.slips)
    record = registrar.close_poll(election, boxes, ())
    given = {slip.code for slip in issued}
    void = [slip.code for slip in run.slips if not slip.audit and slip.code not in given]
    audits = sum(slip.audit for slip in run.slips)
    accounts = Accounts(len(run.slips), len(issued), 0, audits, len(void), len(issued))
    board_1, merged = board.stage_1(board_0, boxes, {}, record, _throws(), void, accounts, officer)
    write_files(out / "board-1", board_1)

    beacon = close.read_dice(board_1["dice.json"])[3]
    records = []
    for laptop, pair in ((1, (0, 1)), (2, (1, 2))):
        private = ceremony.combine([held.shares[at] for at in pair], election.definition.election_key)
        made = ceremony.open_election(election, merged, private, cards, beacon=beacon, withdrawn={}, laptop=laptop)
        trustees = [_signer(election, held, "trustee", at) for at in pair]
        signed = board.signed(seal.SIGNS_OPENING, made.record, *trustees, _signer(election, held, "observer"))
        records.append((made.record, signed))
    final = board.stage_2(board_1, records, made.files, officer)
    write_files(out / "result", final)
    checks = verify(final)
    words = [
        *draft.warnings,
        f"{len(issued)} voted, {len(cards)} audit ballots, {len(void)} void slips, {len(boxes)} boxes, one of paper.",
        *(f"Contest {one.contest}: {one.status}." for one in made.contests),
        f"verify: {sum(one.verdict != 'FAIL' for one in checks)} of {len(checks)} checks hold."
        + ("" if holds(checks) else " THE REHEARSAL FAILED."),
    ]
    return Rehearsed(page, tuple(words), checks)


def _poll(
    out: Path, election: Election, signing: Sequence[bytes], slips: Sequence[PrintedSlip]
) -> tuple[list[Box], list[PrintedSlip], list[AuditCard]]:
    """Let three quarters of the rolls vote, a few on paper, observers audit every kiosk, and every kiosk close its box.

    Papers are typed in on the first kiosk, once its own box is closed.
    """
    room = out / "kiosks"
    room.mkdir()
    vaults = []
    for kiosk, key in zip(election.definition.kiosks, signing, strict=True):
        vault = create_vault(room / f"{kiosk.id.hex()}.db", seal.random_bytes(32), KioskId(kiosk.id))
        ballot_box.open_poll(vault, election, key)
        vaults.append(vault)
    issued: list[PrintedSlip] = []
    for group in election.definition.electorates:
        drawn = [slip for slip in slips if slip.electorate == group.id and not slip.audit]
        issued += drawn[: group.size * TURN_OUT_PERCENT // 100]
    cards: list[AuditCard] = []
    to_audit = [slip for slip in slips if slip.audit]
    voters = seal.shuffled([*issued[PAPERS:], *to_audit])
    in_hand = on_all_cores(lambda slip: ballot_box.take_slip(election, slip.code), voters)
    for at, (slip, taken) in enumerate(zip(voters, in_hand, strict=True)):
        votes = _cast(vaults[at % len(vaults)], election, taken)
        if slip.audit:
            cards.append(AuditCard(slip.code, votes))
    boxes = [_closed(vault, election, key) for vault, key in zip(vaults, signing, strict=True)]
    ballot_box.open_poll(vaults[0], election, signing[0], "paper")
    for slip in issued[:PAPERS]:
        _cast(vaults[0], election, ballot_box.take_slip(election, slip.code))
    boxes.append(_closed(vaults[0], election, signing[0]))
    for vault in vaults:
        vault.close()
    shutil.rmtree(room)
    return boxes, issued, cards


def _cast(vault: Vault, election: Election, taken: SlipInHand) -> dict[int, Ballot]:
    votes = {number: _by_chance(election, election.definition.contest(number)) for number in taken.keys}
    ballot_box.cast(vault, election, taken, votes)
    return votes


def _closed(vault: Vault, election: Election, key: bytes) -> Box:
    closed = ballot_box.close_poll(vault, election, key)
    files, name = closed.files(), closed.manifest.name
    return Box(files[f"{name}.json"], files[f"{name}.sig.json"], files[f"{name}.box"])


def _by_chance(election: Election, contest: Contest) -> Ballot:
    """Return a vote by chance: the order of a sitting's screen is an order by chance already."""
    seed = seal.random_bytes(16)
    if seed[0] < 8:  # noqa: PLR2004 - one in thirty-two
        return Ballot(Mark.BLANK)
    order = screen_order(contest, seed, election.d, seal.tagged)
    if contest.order != "shuffled":
        order = order[seed[1] % len(order) :] + order[: seed[1] % len(order)]
    chosen = order[: 1 + seed[2] % contest.max_marks]
    return Ballot(Mark.CHOICES, tuple(sorted(chosen)) if contest.kind == "approve" else chosen)


def _throws() -> str:
    return "".join(str(1 + byte % 6) for byte in seal.random_bytes(400) if byte < 252)[:_DICE]  # noqa: PLR2004 - 6 * 42


def _signer(election: Election, held: KeyCeremony, role: str, at: int = 0) -> Officer:
    numbers = [one.number for one in election.definition.witnesses if one.role == role]
    return registrar.signer(election.definition, held.codes[numbers[at]])


def _count_of_kiosks(plan: bytes | None) -> int:
    if plan is None:
        return _KIOSKS
    try:
        kiosks = json.loads(plan.decode("utf-8-sig")).get("kiosks", [])
    except (ValueError, AttributeError):
        return _KIOSKS  # `read_plan` says what is wrong
    return len(kiosks) if isinstance(kiosks, list) and kiosks else _KIOSKS


def _with_kiosks(plan: bytes | None, signing: Sequence[bytes]) -> bytes:
    """Return the plan with throw-away keys and ids in place of its kiosks'."""
    try:
        value = json.loads(plan.decode("utf-8-sig")) if plan is not None else _example()
    except ValueError:
        return plan or b""
    if not isinstance(value, dict):
        return plan or b""
    named = value.get("kiosks")
    wings = [one.get("wing", "A") for one in named if isinstance(one, dict)] if isinstance(named, list) else []
    value["kiosks"] = [
        {
            "id": seal.random_bytes(16).hex(),
            "wing": wings[at] if at < len(wings) else chr(65 + at),
            "public_key": seal.public_half(key).hex(),
        }
        for at, key in enumerate(signing)
    ]
    return json.dumps(value).encode()


def _example() -> dict[str, object]:
    return {
        "title": "Rehearsal of a council",
        "dates": {"poll_opens": "2026-01-01", "poll_closes": "2026-01-01"},
        "electorates": [{"id": "residents", "size": _PEOPLE}],
        "contests": [
            {
                "title": "Wing representatives",
                "kind": "rank",
                "seats": 2,
                "candidates": [{"name": name} for name in ("Ash", "Birch", "Cedar", "Elm", "Hazel")],
            },
            {
                "title": "Shall the rehearsal end with tea?",
                "kind": "question",
                "proposal": {
                    "text": "Everybody who helped drinks a cup of tea.",
                    "for": ["It was a long morning."],
                    "against": ["The kettle is small."],
                    "cost": "Thirty tea bags.",
                    "decides": "Whoever holds the kettle decides, at the end.",
                },
            },
        ],
    }


def _no_media(path: str) -> bytes:
    raise FileNotFoundError(path)
