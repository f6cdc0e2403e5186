"""Makes slips and keeps none; finishes the definition; closes the poll.

Rule 1: a code leaves this room on a slip and in no other way; what is exported of a slip is its public keys, sorted.
Rule 2: slips come in an order that nobody can foresee, and stub numbers never repeat within a contest.
Rule 3: what does not add up stops here, and nothing is written.
Source: elections.md 5.3 and 5.5.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from models import seal
from models.canonical import UnreadableContentError, canonical_json
from models.election import boxes, close
from models.election.boxes import Manifest, read_manifest
from models.election.close import Accounts, CloseRecord, ListedBox
from models.election.defined import read_definition, write_definition
from models.election.definition import Definition, Electorate, Role, Witness
from models.election.keys import Election, write_keys
from models.election.merge import Merged, merge
from models.election.signatures import read_signatures
from models.election.slip import Code, make_code, read_code
from models.errors import (
    AccountsError,
    LateBoxError,
    RegistrarError,
    ReturningOfficerError,
    SealError,
    WrongCodeError,
)
from sync.central.elections.derived import seeds

UNKNOWN_KIOSK: Final = "unknown kiosk"
BAD_SIGNATURE: Final = "bad signature"
WRONG_CONTENT: Final = "wrong count, root or order"
FORKED: Final = "forked kiosk"
OTHER: Final = "other election"


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """What one slip holds: the secret half, the stub by contest, and for whom; an audit slip goes to the observers."""

    code: Code = field(repr=False)
    stubs: Mapping[int, str]
    electorate: str
    audit: bool


@dataclass(frozen=True, slots=True)
class SlipRun:
    """All slips of an election in a fresh random order, and the key files by contest."""

    slips: tuple[PrintedSlip, ...]
    key_files: Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Box:
    """A box as it came: the bytes of manifest, signatures and envelopes, none of them verified."""

    manifest: bytes
    signatures: bytes
    content: bytes = field(repr=False)

    def read(self) -> Manifest:
        """Return what the manifest says, or raise ReturningOfficerError: ask for the box again."""
        try:
            return read_manifest(self.manifest)
        except UnreadableContentError as wrong:
            raise ReturningOfficerError(detail=f"a box has no manifest that can be read: {wrong.detail}") from wrong

    @property
    def listed(self) -> ListedBox:
        """The box as a close record names it."""
        return close.listed(self.read(), seal.digest(self.manifest), seal.digest(self.content))


def make_slips(
    definition: Definition,
    digits: Callable[[], str] = seal.new_digits,
    shuffle: Callable[[Sequence[PrintedSlip]], Sequence[PrintedSlip]] = seal.shuffled,
) -> SlipRun:
    """Draw every slip of an election; takes 0.05 s a slip and core."""
    contests = [contest.number for contest in definition.contests]
    stubs: dict[int, set[str]] = {number: set() for number in contests}
    keys: dict[int, list[bytes]] = {number: [] for number in contests}
    made: list[PrintedSlip] = []
    for electorate in definition.electorates:
        group = _draw(definition, electorate, digits, stubs, keys)
        made += [replace(one, audit=at < electorate.audit) for at, one in enumerate(shuffle(group))]
    return SlipRun(tuple(shuffle(made)), {number: write_keys(keys[number]) for number in contests})


def _draw(
    definition: Definition,
    electorate: Electorate,
    digits: Callable[[], str],
    stubs: Mapping[int, set[str]],
    keys: Mapping[int, list[bytes]],
) -> list[PrintedSlip]:
    """Return the slips of one electorate; one whose stub number is somebody's already is drawn afresh."""
    contests = [contest.number for contest in definition.contests_of(electorate.id)]
    group: list[PrintedSlip] = []
    while len(group) < electorate.slips:
        codes = [make_code(digits()) for _ in range(electorate.slips - len(group))]
        for code, seed in zip(codes, seeds(codes, definition.id), strict=True):
            public = {number: seal.public_half(seal.slip_key(seed, definition.id, number)) for number in contests}
            numbers = {number: seal.stub(key) for number, key in public.items()}
            if any(numbers[number] in stubs[number] for number in contests):
                continue
            for number in contests:
                stubs[number].add(numbers[number])
                keys[number].append(public[number])
            group.append(PrintedSlip(code, numbers, electorate.id, audit=False))
    return group


def with_numbers(definition: Definition, spare: int | None, audit: int | None) -> Definition:
    """Return a draft whose electorates, each, have so many spare and audit slips; None leaves what is there."""
    changed = tuple(
        replace(one, spare=one.spare if spare is None else spare, audit=one.audit if audit is None else audit)
        for one in definition.electorates
    )
    return read_definition(write_definition(replace(definition, electorates=changed)))


def finish(
    draft: Definition, election_key: bytes, witnesses: Sequence[Witness], key_files: Mapping[int, bytes]
) -> bytes:
    """Return `definition.json`, checked, out of a draft and what ceremony and registrar made.

    Raises PlanRefusedError, or RegistrarError where a list is missing or has another length than slips were printed.
    """
    for contest in draft.contests:
        count = key_files.get(contest.number, b"").count(b"\n")
        if count != draft.slips(contest):
            raise RegistrarError(
                detail=f"contest {contest.number} has {count} keys, and {draft.slips(contest)} slips were printed"
            )
    contests = tuple(replace(one, keys=bytes(seal.digest(key_files[one.number]))) for one in draft.contests)
    whole = replace(draft, election_key=election_key, witnesses=tuple(witnesses), contests=contests)
    if not any(election_key) or not all(any(one.public_key) for one in witnesses):
        raise RegistrarError(detail="the key ceremony has not been held")
    written = write_definition(whole)
    read_definition(written)
    return written


def signer(definition: Definition, code: Code, *roles: Role) -> tuple[int, bytes]:
    """Return number and private key of the witness whose code this is; WrongCodeError where no such role has it."""
    private = seal.witness_key(code, definition.id)
    public = seal.public_half(private)
    for witness in definition.witnesses:
        if witness.public_key == public and (not roles or witness.role in roles):
            return witness.number, private
    raise WrongCodeError


def close_poll(
    election: Election, boxes_in: Iterable[Box], notices: Iterable[bytes], *, before: CloseRecord | None = None
) -> CloseRecord:
    """Return the close record over these boxes; LateBoxError for one that `before`, a record that stands, lacks."""
    listed = [box.listed for box in boxes_in]
    if before is not None:
        for one in listed:
            if one not in before.boxes:
                raise LateBoxError(box=one.name)
        return before
    kiosks = [kiosk.id for kiosk in election.definition.kiosks]
    return close.make_close(election.d, [seal.digest(one) for one in notices], listed, kiosks)


def gaps(record: CloseRecord) -> list[tuple[bytes, int]]:
    """Return kiosk and number of every box that has not come while a later one of the same kiosk has."""
    came: dict[bytes, set[int]] = {}
    for one in record.boxes:
        came.setdefault(one.kiosk, set()).add(one.box)
    return [(kiosk, box) for kiosk, held in came.items() for box in range(1, max(held)) if box not in held]


def distinct(election: Election, boxes_in: Iterable[Box]) -> list[Box]:
    """Return each box once: of copies that differ in their signatures alone, one whose signature holds, if any does."""
    kept: dict[ListedBox, Box] = {}
    for box in boxes_in:
        held = kept.get(box.listed)
        if held is None or (_fault(election, held, forked=False) and not _fault(election, box, forked=False)):
            kept[box.listed] = box
    return list(kept.values())


def faults(election: Election, boxes_in: Iterable[Box]) -> dict[str, str]:
    """Return name of a box -> why its manifest proves nothing; its ballots count all the same."""
    held = list(boxes_in)
    places = [box.read().place for box in held]
    found: dict[str, str] = {}
    for box in held:
        if (why := _fault(election, box, forked=places.count(box.read().place) > 1)) is not None:
            found[file_name(box.listed, [one.listed for one in held])] = why
    return found


def _fault(election: Election, box: Box, *, forked: bool) -> str | None:
    manifest = box.read()
    kiosk = election.definition.kiosk(manifest.kiosk)
    if kiosk is None:
        return UNKNOWN_KIOSK
    if manifest.definition != election.d:
        return OTHER
    try:
        seal.verify(seal.SIGNS_BOX, box.manifest, read_signatures(box.signatures)[manifest.kiosk], kiosk.public_key)
    except (SealError, UnreadableContentError, KeyError):
        return BAD_SIGNATURE
    if forked:
        return FORKED
    numbers = [contest.number for contest in election.definition.contests]
    whole = [tally.contest for tally in manifest.contests] == numbers
    return None if whole and boxes.holds(manifest, box.content, seal.digest) else WRONG_CONTENT


def file_name(one: ListedBox, among: Iterable[ListedBox]) -> str:
    """Return the name of a box's files on a board: kiosk, epoch, box, and more where a kiosk has forked."""
    same = {other for other in among if other.name == one.name}
    if len(same) < 2:  # noqa: PLR2004 - itself
        return one.name
    return f"{one.name}-{one.manifest.hex()[:8]}{one.content.hex()[:8]}"


def void_keys(election: Election, codes: Iterable[str]) -> frozenset[bytes]:
    """Return the slip keys of void codes; WrongCodeError where one is no code or leads to no listed key."""
    found: set[bytes] = set()
    definition = election.definition
    for seed in seeds([read_code(typed) for typed in codes], definition.id):
        mine = {
            one.number: seal.public_half(seal.slip_key(seed, definition.id, one.number)) for one in definition.contests
        }
        if election.electorate_of(mine) is None:
            raise WrongCodeError
        found |= {key for number, key in mine.items() if key in election.keys[number]}
    return frozenset(found)


def write_void(codes: Iterable[str]) -> bytes:
    """Return `void.txt`: one code of 22 digits a line, ascending, each once."""
    return b"".join(code.encode() + b"\n" for code in sorted({read_code(one) for one in codes}))


def read_void(unverified: bytes) -> tuple[str, ...]:
    """Return the codes of a void list, or raise WrongCodeError; it must be spelled as `write_void` does."""
    try:
        codes = tuple(unverified.decode("ascii").splitlines())
    except UnicodeDecodeError:
        raise WrongCodeError from None
    if write_void(codes) != unverified:
        raise WrongCodeError
    return codes


def check_accounts(election: Election, accounts: Accounts, void: int, merged: Merged | None = None) -> None:
    """Raise AccountsError unless slips add up, the void list is complete, and no more were used than given out."""
    slips = sum(one.slips for one in election.definition.electorates)
    if (wrong := close.wrong_in(accounts, slips)) is not None:
        raise AccountsError(detail=wrong)
    if void < accounts.returned + accounts.unissued:
        raise AccountsError(detail=f"{accounts.returned + accounts.unissued} slips came back, {void} are void")
    for number in merged.contests if merged else ():
        used = len(merged.accepted(number)) if merged else 0
        if used > accounts.issued + accounts.audit:
            raise AccountsError(
                detail=f"contest {number}: {used} slips used, {accounts.issued + accounts.audit} given out"
            )


def merge_boxes(election: Election, contents: Iterable[bytes], void: frozenset[bytes], beacon: bytes) -> Merged:
    """Return which ballots count; `contents` are the bytes of boxes, in any order."""
    return merge(
        (boxes.split_box(content) for content in contents),
        election.keys,
        void,
        definition=election.d,
        beacon=beacon,
        verifies=seal.ballot_verifies,
        tagged=seal.tagged,
    )


def read_written_accounts(unverified: bytes) -> Accounts:
    """Return accounts as somebody wrote them, JSON with the numbers and perhaps `late`, or raise AccountsError."""
    try:
        value = json.loads(unverified.decode("utf-8-sig"))
        if not isinstance(value, dict):
            raise AccountsError(detail="the accounts are not an object")
        return close.read_accounts(canonical_json(value | {"format": close.ACCOUNTS_FORMAT}))
    except (ValueError, RuntimeError, UnreadableContentError) as wrong:
        raise AccountsError(detail=f"the accounts cannot be read: {wrong}") from wrong
