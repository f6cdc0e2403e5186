"""Elections in a bundle: what is taken as whole, and what is refused by name and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from models import seal, shelf
from models.election.definition import Candidate
from models.elections import ElectionFilesError, read_elections
from models.seal import KioskId
from models.vault import Vault, create_vault
from tests.models.election_files import (
    OBSERVER,
    OFFICER,
    REGISTRAR,
    a_list_contest,
    election_files,
    labelled,
    notice_files,
    of_every_kind,
    words,
)
from tests.models.elections import a_contest
from tests.models.test_shelf import a_full_bundle
from tests.models.vaults import A_DAY, unchanged

PHOTO, SOUND = b"a photo", b"a recording"
PHOTO_NAME, SOUND_NAME = f"{seal.digest(PHOTO).hex()}.png", f"{seal.digest(SOUND).hex()}.ogg"
MEDIA: Mapping[str, bytes] = {PHOTO_NAME: PHOTO, SOUND_NAME: SOUND}
ELECTION, FILES = election_files()
LISTED = Candidate(
    1,
    words("Ann Archer"),
    "sun",
    photo=seal.digest(PHOTO).hex(),
    statement=words("I will ask for a clock."),
    audio={tag: seal.digest(SOUND).hex() for tag in words("")},
)
PICTURED, PICTURED_FILES = election_files(
    contests=(a_contest(max_marks=2, candidates=(LISTED, replace(LISTED, number=2))),)
)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    held = create_vault(tmp_path / "vault.db", bytes(32), KioskId(bytes(range(16))))
    yield held
    held.close()


def test_an_election_of_every_kind_is_read_with_its_lists_and_symbols() -> None:
    election, files = election_files(contests=of_every_kind())
    (found,) = read_elections(labelled(files), {})
    assert (found.label, found.election, found.symbols) == ("council", election, seal.symbols(election.d))
    assert found.withdrawn(1) == frozenset()


def test_who_has_withdrawn_by_a_notice_of_two_is_known() -> None:
    (found,) = read_elections(labelled(FILES | notice_files(ELECTION, 1, 3)), {})
    assert found.withdrawn(1) == {3}
    assert found.withdrawn(2) == frozenset()


def without(name: str) -> dict[str, bytes]:
    return labelled({path: data for path, data in FILES.items() if path != name})


REFUSED: Mapping[str, tuple[Callable[[], Mapping[str, bytes]], str]] = {
    "no definition": (lambda: without("definition.json"), "no definition"),
    "no signatures": (lambda: without("definition.sig.json"), "both sign"),
    "no list of keys": (lambda: without("keys-2.txt"), "key list of contest 2"),
    "a list of keys of another contest": (
        lambda: labelled(FILES | {"keys-2.txt": FILES["keys-1.txt"]}),
        "key list of contest 2",
    ),
    "a definition that was changed": (
        lambda: labelled(FILES | {"definition.json": FILES["definition.json"].replace(b"council", b"Council")}),
        "does not hold",
    ),
    "signed by the officer alone": (lambda: labelled(election_files(signers=(OFFICER,))[1]), "both sign"),
    "signed without the officer": (lambda: labelled(election_files(signers=(REGISTRAR, OBSERVER))[1]), "both sign"),
    "a notice of the officer alone": (
        lambda: labelled(FILES | notice_files(ELECTION, 1, 3, OFFICER)),
        "not signed by two",
    ),
    "a notice about nobody": (lambda: labelled(FILES | notice_files(ELECTION, 1, 9)), "names nobody"),
    "a notice of another election": (
        lambda: labelled(FILES | notice_files(PICTURED, 1, 2)),
        "another election",
    ),
    "an odd name": (lambda: {"Council.definition.json": b""}, "oddly named"),
    "a photo that did not come": (lambda: labelled(PICTURED_FILES), "candidate 1: the photo"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_election_that_is_not_whole_is_refused_by_name_and_changes_nothing(vault: Vault, name: str) -> None:
    files, reason = REFUSED[name]
    shelf.install(vault, a_full_bundle(7))
    with unchanged(vault), pytest.raises(ElectionFilesError, match=reason):
        shelf.install(vault, replace(a_full_bundle(8), elections=files()))


def test_media_are_found_by_their_hash_and_a_photo_has_a_limit() -> None:
    (found,) = read_elections(labelled(PICTURED_FILES), MEDIA)
    assert found.election == PICTURED
    with pytest.raises(ElectionFilesError, match="a recording is missing"):
        read_elections(labelled(PICTURED_FILES), {PHOTO_NAME: PHOTO})
    with pytest.raises(ElectionFilesError, match="too large"):
        read_elections(labelled(PICTURED_FILES), {**MEDIA, PHOTO_NAME: bytes(65_537)})


def test_an_installed_election_stands_on_the_shelf_and_its_files_beside_the_vault(vault: Vault) -> None:
    more = labelled(election_files(contests=(a_list_contest(1),))[1], "party")
    bundle = replace(a_full_bundle(8), elections=labelled(FILES) | more)
    shelf.install(vault, bundle)
    first, second = shelf.open_shelf(vault, A_DAY).elections
    assert (first.label, second.label) == ("council", "party")
    assert (first.election, dict(first.files)) == (ELECTION, FILES)
    assert FILES["definition.json"] not in vault.path.read_bytes()
    assert not shelf.install(vault, bundle)
