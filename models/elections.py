"""Elections as a bundle carries them: files side by side, read into values that fit each other, or refused by name.

    <label>.definition.json  <label>.definition.sig.json  <label>.keys-<k>.txt      before the poll
    <label>.notices.<n>.json  <label>.notices.<n>.sig.json                           who has withdrawn since
    <label>.board.json and every other file of the board, dots for slashes            afterwards

Rule 1: a definition without the signatures of returning officer and registrar, or a list that is not its own: refused.
Rule 2: photos and recordings lie with the bundle's media, under their hash; one that is missing or too large: refused.
Rule 3: a notice counts only where the returning officer and one more witness signed it.
Rule 4: a board is taken whole, as its index says and the returning officer signed it, or not at all.
Source: elections.md sections 2, 4, 5.3 and 5.7.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from models import seal
from models.canonical import UnreadableContentError
from models.election.board import INDEX, STAGES, read_index
from models.election.definition import Role
from models.election.keys import Election, gather
from models.election.notices import Notice, enough_signed, read_notice, withdrawn
from models.election.signatures import read_signatures
from models.errors import BoardError, DeliveryError, OtherElectionError, SealError

PHOTO_LIMIT_BYTES: Final = 64 * 1024
DEFINITION: Final = "definition.json"
PICTURES: Final = ("png", "webp", "jpg")
SOUND: Final = "ogg"
_FILE: Final = re.compile(r"([a-z0-9][a-z0-9-]{0,31})\.([a-z0-9][a-z0-9._-]*)", re.ASCII)
_KEYS: Final = re.compile(r"keys-([1-9][0-9]?)\.txt", re.ASCII)
_NOTICE: Final = re.compile(r"notices\.[a-z0-9-]+\.json", re.ASCII)
_HELD: Final = 16


class ElectionFilesError(DeliveryError):
    """An election in this content is not whole, not signed, or not itself: the returning officer must send it anew."""

    number = 223
    sentence = "The election {label} cannot be used ({detail}). Nothing was changed. Call the returning officer."


@dataclass(frozen=True, slots=True)
class OnTheShelf:
    """An election of the installed bundle. `files` are all of its files, by their path with dots for slashes."""

    label: str
    election: Election
    notices: tuple[Notice, ...] = ()
    stage: int | None = None  # of its board; None before there is one
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False, hash=False)

    def withdrawn(self, contest: int) -> frozenset[int]:
        """Return the candidates of a contest who have withdrawn since the definition was signed."""
        return withdrawn(self.notices).get(contest, frozenset())

    @property
    def over(self) -> bool:
        """Whether its final board is here: every file of it as its index says, the index signed by the officer."""
        return self.stage == STAGES - 1

    @property
    def symbols(self) -> str:
        """The first eight symbols of D, as they stand on every poster."""
        return seal.symbols(self.election.d)


def read_elections(files: Mapping[str, bytes], media: Mapping[str, bytes] | Iterable[str]) -> tuple[OnTheShelf, ...]:
    """Return the elections that these files are, by label. `media`: the bundle's, by name; bare names where known.

    Raises ElectionFilesError, which names the election and what is wrong.
    """
    by_label: dict[str, dict[str, bytes]] = {}
    for name, data in sorted(files.items()):
        found = _FILE.fullmatch(name)
        if found is None:
            raise ElectionFilesError(label=name[:32], detail="a file is oddly named")
        by_label.setdefault(found[1], {})[found[2]] = data
    sizes = {name: len(media[name]) for name in media} if isinstance(media, Mapping) else dict.fromkeys(media, 0)
    return tuple(_read(label, held, sizes) for label, held in by_label.items())


def media_name(held: Collection[str], hashed: str, endings: tuple[str, ...]) -> str | None:
    """Return the name under which a bundle holds a picture or sound of this hash, or None."""
    return next((name for ending in endings if (name := f"{hashed}.{ending}") in held), None)


def signers_of(election: Election, domain: bytes, content: bytes, signatures: bytes) -> set[int]:
    """Return the numbers of the witnesses who signed the hash of a file; BoardError where one signature is wrong."""
    found: set[int] = set()
    for signer, signature in read_signatures(signatures).items():
        witness = election.definition.witness(signer) if isinstance(signer, int) else None
        if witness is None:
            raise BoardError(detail="somebody signed who is no witness of this election")
        try:
            seal.verify(domain, seal.digest(content), signature, witness.public_key)
        except SealError:
            raise BoardError(detail=f"the signature of witness {witness.number} does not hold") from None
        found.add(witness.number)
    return found


def _read(label: str, held: Mapping[str, bytes], sizes: Mapping[str, int]) -> OnTheShelf:
    shown = _parsed(label, tuple(sorted((name, data) for name, data in held.items() if _parsed_here(name))))
    for contest in shown.election.definition.contests:
        for candidate in contest.candidates:
            where = f"contest {contest.number}, candidate {candidate.number}"
            if candidate.photo is not None:
                name = media_name(sizes, candidate.photo, PICTURES)
                if name is None or sizes[name] > PHOTO_LIMIT_BYTES:
                    raise ElectionFilesError(label=label, detail=f"{where}: the photo is missing or too large")
            if any(media_name(sizes, sha, (SOUND,)) is None for sha in candidate.audio.values()):
                raise ElectionFilesError(label=label, detail=f"{where}: a recording is missing")
    return OnTheShelf(shown.label, shown.election, shown.notices, _board(label, held, shown.election), dict(held))


def _board(label: str, held: Mapping[str, bytes], election: Election) -> int | None:
    """Return the stage of the board, every file of it held against the index, and the index against its signature."""
    if INDEX not in held:
        return None
    officers = {one.number for one in election.definition.of_role("returning-officer")}
    if not officers & _signers(label, held, INDEX, seal.SIGNS_BOARD, election):
        raise ElectionFilesError(label=label, detail="the returning officer did not sign its board")
    try:
        index = read_index(held[INDEX])
    except UnreadableContentError as wrong:
        raise ElectionFilesError(label=label, detail="the index of its board cannot be read") from wrong
    flat = {path.replace("/", "."): sha256 for path, (sha256, _) in index.files.items()}
    whole = all(name in held and seal.digest(held[name]) == sha256 for name, sha256 in flat.items())
    if index.definition != election.d or not whole:
        raise ElectionFilesError(label=label, detail="a file of its board is missing or not what was signed")
    return index.stage


def _parsed_here(name: str) -> bool:
    own = (DEFINITION, "definition.sig.json")
    return name in own or bool(_KEYS.fullmatch(name)) or name.startswith("notices.")


@lru_cache(maxsize=_HELD)
def _parsed(label: str, held: tuple[tuple[str, bytes], ...]) -> OnTheShelf:
    """Read each election once: the same bytes always say the same."""
    files = dict(held)
    if DEFINITION not in files:
        raise ElectionFilesError(label=label, detail="there is no definition")
    lists = {int(found[1]): data for name, data in files.items() if (found := _KEYS.fullmatch(name))}
    try:
        election = gather(files[DEFINITION], lists, seal.digest)
    except OtherElectionError as wrong:
        raise ElectionFilesError(label=label, detail=wrong.facts.get("detail")) from wrong
    signers = _signers(label, files, DEFINITION, seal.SIGNS_DEFINITION, election)
    roles: tuple[Role, ...] = ("returning-officer", "registrar")
    if not all({one.number for one in election.definition.of_role(role)} & signers for role in roles):
        raise ElectionFilesError(label=label, detail="returning officer and registrar did not both sign it")
    notices = [
        _notice(label, files, name, election)
        for name in files
        if _NOTICE.fullmatch(name) and not name.endswith(".sig.json")
    ]
    return OnTheShelf(label, election, tuple(sorted(notices, key=lambda one: one.number)))


def _notice(label: str, files: Mapping[str, bytes], name: str, election: Election) -> Notice:
    try:
        notice = read_notice(files[name])
    except UnreadableContentError as wrong:
        raise ElectionFilesError(label=label, detail=f"{name} cannot be read") from wrong
    signers = _signers(label, files, name, seal.SIGNS_NOTICE, election)
    if notice.definition != election.d or not enough_signed(election.definition, signers):
        raise ElectionFilesError(label=label, detail=f"{name} is not signed by two, or for another election")
    contests = {contest.number: contest for contest in election.definition.contests}
    if notice.contest not in contests or notice.candidate not in contests[notice.contest].numbers:
        raise ElectionFilesError(label=label, detail=f"{name} names nobody of this election")
    return notice


def _signers(label: str, files: Mapping[str, bytes], name: str, domain: bytes, election: Election) -> set[int]:
    """Return the witnesses who signed a file; one signature that does not hold is a refusal."""
    beside = f"{name.removesuffix('.json')}.sig.json"
    try:
        return signers_of(election, domain, files[name], files[beside]) if beside in files else set()
    except (UnreadableContentError, BoardError) as wrong:
        raise ElectionFilesError(label=label, detail=f"a signature of {name} does not hold") from wrong
