"""The board: everything that is published of an election, in three stages, each signed over the one before.

Rule 1: a board is a directory of files; its index names every file with hash and length, and the officer signs it.
Rule 2: a later stage holds all files of the earlier one, unchanged, and its index.
Rule 3: what cannot be right is refused before anything is written.
Source: elections.md 5.7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from models import seal
from models.election import close
from models.election.board import INDEX, INDEX_SIGNED, NO_BOARD, Index, write_index
from models.election.close import Accounts, CloseRecord
from models.election.keys import Election, gather
from models.election.merge import Merged, write_merge
from models.election.notices import Notice, enough_signed, read_notice
from models.election.signatures import Signer, write_signatures
from models.elections import signers_of
from models.errors import BoardError, ReturningOfficerError, TrusteeError, WingVoiceError
from sync.central.elections import ceremony, opening_record, registrar
from sync.central.elections.registrar import Box

Files = Mapping[str, bytes]
Officer = tuple[int, bytes]
"""A witness's number and private key, as `registrar.signer` gives them."""


def write_board(
    stage: int, definition: bytes, files: Files, officer: Officer, before: Files | None = None
) -> dict[str, bytes]:
    """Return the files of a board with index and signature; `before` is the whole board of the stage before."""
    held = dict(files)
    previous = NO_BOARD
    if before is not None:
        previous = seal.digest(before[INDEX])
        held |= {path: content for path, content in before.items() if path not in (INDEX, INDEX_SIGNED)}
        held |= {f"board-{stage - 1}.json": before[INDEX], f"board-{stage - 1}.sig.json": before[INDEX_SIGNED]}
    listed = {path: (bytes(seal.digest(content)), len(content)) for path, content in held.items()}
    index = write_index(Index(stage, definition, previous, listed))
    return held | {INDEX: index, INDEX_SIGNED: signed(seal.SIGNS_BOARD, index, officer)}


def signed(domain: bytes, content: bytes, *signers: Officer) -> bytes:
    """Return the `.sig.json` of witnesses over the hash of a file."""
    made: dict[Signer, bytes] = {
        number: seal.sign(domain, seal.digest(content), private) for number, private in signers
    }
    return write_signatures(made)


def read_files(folder: Path) -> dict[str, bytes]:
    """Return every file of a board by its path, with `/` between; BoardError where there is none."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
    if INDEX not in files:
        raise BoardError(detail=f"there is no {INDEX} in {folder.name}")
    return files


def write_files(folder: Path, files: Files) -> None:
    """Write files into a folder that is not there yet, all or none of them; ReturningOfficerError where it is."""
    if folder.exists():
        raise ReturningOfficerError(detail=f"{folder.name} is there already and is never overwritten")
    making = folder.with_name(f"{folder.name}.making")
    for path, content in files.items():
        place = making / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    making.replace(folder)


def election_of(files: Files) -> Election:
    """Return the election of a board, or raise OtherElectionError."""
    lists = {
        int(path.removeprefix("keys-").removesuffix(".txt")): content
        for path, content in files.items()
        if path.startswith("keys-") and path.removeprefix("keys-").removesuffix(".txt").isdecimal()
    }
    if "definition.json" not in files:
        raise BoardError(detail="there is no definition.json")
    return gather(files["definition.json"], lists, seal.digest)


def stage_0(
    definition: bytes, key_files: Mapping[int, bytes], officer: Officer, registrar_signs: Officer
) -> dict[str, bytes]:
    """Return the board that stands before the poll: definition, two signatures, key lists."""
    d = seal.digest(definition)
    both: dict[Signer, bytes] = {
        number: seal.sign(seal.SIGNS_DEFINITION, d, private) for number, private in (officer, registrar_signs)
    }
    files = {"definition.json": definition, "definition.sig.json": write_signatures(both)}
    files |= {f"keys-{number}.txt": content for number, content in key_files.items()}
    return write_board(0, d, files, officer)


def read_notices(election: Election, files: Files) -> dict[str, Notice]:
    """Return the notices of a board by path, each signed by the officer and one other, or raise BoardError."""
    found: dict[str, Notice] = {}
    for path, content in files.items():
        if not path.startswith("notices/") or path.endswith(".sig.json"):
            continue
        notice = read_notice(content)
        signatures = files.get(path.removesuffix(".json") + ".sig.json", b"[]")
        who = signers_of(election, seal.SIGNS_NOTICE, content, signatures)
        if notice.definition != election.d or not enough_signed(election.definition, who):
            raise BoardError(detail=f"{path} is of another election, or not signed by two who may")
        contest = {one.number: one for one in election.definition.contests}.get(notice.contest)
        if contest is None or contest.kind == "question" or notice.candidate not in contest.numbers:
            raise BoardError(detail=f"{path} names nobody who can withdraw")
        found[path] = notice
    return found


def box_files(boxes: Sequence[Box]) -> dict[str, bytes]:
    """Return boxes as files of a board, under `boxes/`."""
    listed = [box.listed for box in boxes]
    files: dict[str, bytes] = {}
    for box, one in zip(boxes, listed, strict=True):
        stem = f"boxes/{registrar.file_name(one, listed)}"
        files |= {f"{stem}.json": box.manifest, f"{stem}.sig.json": box.signatures, f"{stem}.box": box.content}
    return files


def read_boxes(files: Files) -> list[Box]:
    """Return the boxes among files, by name; a manifest without envelopes or signatures has empty ones."""
    stems = sorted(
        path.removesuffix(".json")
        for path in files
        if path.startswith("boxes/") and path.endswith(".json") and not path.endswith(".sig.json")
    )
    return [
        Box(files[f"{stem}.json"], files.get(f"{stem}.sig.json", b"[]"), files.get(f"{stem}.box", b""))
        for stem in stems
    ]


def void_of(election: Election, files: Files) -> frozenset[bytes]:
    """Return the slip keys of a closed board's void list; takes 0.05 s a code and core."""
    return registrar.void_keys(election, registrar.read_void(files["void.txt"]))


def merged_of(election: Election, files: Files, void: frozenset[bytes]) -> Merged:
    """Return the merge that a closed board's boxes and dice give; `void` as `void_of` gives it."""
    _, _, _, beacon = close.read_dice(files["dice.json"])
    return registrar.merge_boxes(election, [box.content for box in read_boxes(files)], void, beacon)


def merge_file(election: Election, files: Files, merged: Merged) -> bytes:
    """Return the bytes of `merge.json` of a closed board."""
    _, _, _, beacon = close.read_dice(files["dice.json"])
    faulty = registrar.faults(election, read_boxes(files))
    return write_merge(merged, definition=election.d, beacon=beacon, faulty=faulty, sha256=seal.digest)


def stage_1(
    before: Files,
    boxes: Sequence[Box],
    notices: Files,
    record: CloseRecord,
    throws: str,
    void: Sequence[str],
    accounts: Accounts,
    officer: Officer,
) -> tuple[dict[str, bytes], Merged]:
    """Return the closed board and its merge; `notices` are files under `notices/`, with their signatures.

    Raises LateBoxError, AccountsError, WrongCodeError (void list), BoardError (notices): nothing is published.
    """
    election = election_of(before)
    registrar.close_poll(election, boxes, (), before=record)
    written = close.write_close(record)
    read_notices(election, notices)
    if {box.listed for box in boxes} != set(record.boxes):
        raise ReturningOfficerError(detail="a box of the close record is not here")
    beacon = close.beacon(election.d, seal.digest(written), throws, seal.tagged)
    files = box_files(boxes) | dict(notices)
    files |= {
        "close.json": written,
        "dice.json": close.write_dice(election.d, seal.digest(written), throws, beacon),
        "void.txt": registrar.write_void(void),
        "accounts.json": close.write_accounts(accounts),
    }
    merged = merged_of(election, files, void_of(election, files))
    registrar.check_accounts(election, accounts, len(registrar.read_void(files["void.txt"])), merged)
    files["merge.json"] = merge_file(election, files, merged)
    return write_board(1, election.d, files, officer, before), merged


def stage_2(
    before: Files, openings: Sequence[tuple[bytes, bytes]], files: Files, officer: Officer, turnout: bytes | None = None
) -> dict[str, bytes]:
    """Return the final board out of two openings, (record, signatures), and the files that both hash.

    Raises OpeningsDifferError, TrusteeError where a hash or a signature does not fit: nothing is published.
    """
    election = election_of(before)
    (one, _), (other, _) = openings
    opening_record.agree(one, other)
    made = dict(files)
    for record, signatures in openings:
        read = opening_record.read_opening(record, election.definition)
        if {name: bytes(seal.digest(content)) for name, content in files.items()} != read.hashes:
            raise TrusteeError(detail="the files are not those that the openings name")
        check_opening_signers(election, record, signatures)
        made |= {f"opening-{read.laptop}.json": record, f"opening-{read.laptop}.sig.json": signatures}
    if turnout is not None:
        made["turnout.json"] = turnout
    return write_board(2, election.d, made, officer, before)


def check_opening_signers(election: Election, record: bytes, signatures: bytes) -> None:
    """Raise TrusteeError unless two trustees and one observer signed an opening record."""
    try:
        who = signers_of(election, seal.SIGNS_OPENING, record, signatures)
    except WingVoiceError as wrong:
        raise TrusteeError(detail=str(wrong)) from wrong
    roles = [one.role for one in election.definition.witnesses if one.number in who]
    if roles.count("trustee") < ceremony.THRESHOLD or "observer" not in roles:
        raise TrusteeError(detail="an opening is signed by two trustees and an observer")
