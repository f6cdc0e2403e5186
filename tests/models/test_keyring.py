"""Keys at rest: what opens them, and how the ways of failing stay apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import keyring, seal
from models.errors import SealError, VaultCorruptError, VaultMissingError, WrongKeyError
from models.keyring import (
    Keyfile,
    KeysExistError,
    NoSuchProtectionError,
    OtherProtectionError,
    Pin,
    Provider,
    ShortPinError,
    Tpm2,
    make_keys,
    open_keys,
    provider_word,
)


@pytest.fixture
def keyfile(tmp_path: Path) -> Keyfile:
    return Keyfile(tmp_path / "kiosk.key")


def everything_in(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("provider", ["keyfile", "pin"])
def test_keys_come_back_as_they_were_made(tmp_path: Path, provider: str) -> None:
    keeper: Provider = Keyfile(tmp_path / "kiosk.key") if provider == "keyfile" else Pin("4711471147")
    made = make_keys(tmp_path / "keys.cbor", keeper)
    assert open_keys(tmp_path / "keys.cbor", keeper) == made
    assert provider_word(tmp_path / "keys.cbor") == provider


def test_no_key_stands_in_the_file_or_in_a_message(tmp_path: Path, keyfile: Keyfile) -> None:
    keys = make_keys(tmp_path / "keys.cbor", keyfile)
    stored = (tmp_path / "keys.cbor").read_bytes()
    for secret in (keys.vault_key, keys.spool_key, keys.signing_key, keyfile.path.read_bytes()):
        assert secret not in stored
        assert secret.hex() not in repr(keys)
    assert bytes(keys.kiosk) in stored
    assert "4711471147" not in repr(Pin("4711471147"))


def test_only_the_owner_may_read_the_files(tmp_path: Path, keyfile: Keyfile) -> None:
    make_keys(tmp_path / "keys.cbor", keyfile)
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


def test_no_keys_a_wrong_key_and_damaged_keys_are_told_apart_and_stay_as_they_are(
    tmp_path: Path, keyfile: Keyfile
) -> None:
    path = tmp_path / "keys.cbor"
    make_keys(path, keyfile)
    whole = path.read_bytes()
    other = Keyfile(tmp_path / "other.key")
    other.prepare()
    broken = tmp_path / "broken.cbor"
    broken.write_bytes(whole[:-40] + bytes(40))
    before = everything_in(tmp_path)
    with pytest.raises(VaultMissingError):
        open_keys(tmp_path / "absent.cbor", keyfile)
    with pytest.raises(VaultMissingError):
        open_keys(path, Keyfile(tmp_path / "absent.key"))
    with pytest.raises(WrongKeyError):
        open_keys(path, other)
    with pytest.raises(VaultCorruptError):
        open_keys(broken, keyfile)
    assert everything_in(tmp_path) == before


def test_any_byte_of_the_keys_flipped_is_noticed(tmp_path: Path, keyfile: Keyfile) -> None:
    path = tmp_path / "keys.cbor"
    make_keys(path, keyfile)
    whole = path.read_bytes()
    for at in range(len(whole)):
        flipped = bytearray(whole)
        flipped[at] ^= 1
        path.write_bytes(flipped)
        with pytest.raises(VaultCorruptError):
            open_keys(path, keyfile)


def test_keys_that_stand_already_are_never_made_anew(tmp_path: Path, keyfile: Keyfile) -> None:
    make_keys(tmp_path / "keys.cbor", keyfile)
    before = everything_in(tmp_path)
    with pytest.raises(KeysExistError):
        make_keys(tmp_path / "keys.cbor", keyfile)
    assert everything_in(tmp_path) == before


def test_a_wrapped_key_does_not_open_in_another_place_or_for_another_kiosk(tmp_path: Path, keyfile: Keyfile) -> None:
    keys = make_keys(tmp_path / "keys.cbor", keyfile)
    body = keyring._read_body((tmp_path / "keys.cbor").read_bytes())
    kek = keyfile.kek(body[3])
    assert seal.unwrap(body[5], kek, keyring._context(5, keys.kiosk)) == keys.vault_key
    for context in (keyring._context(6, keys.kiosk), keyring._context(5, seal.KioskId(bytes(16)))):
        with pytest.raises(SealError):
            seal.unwrap(body[5], kek, context)


@pytest.mark.parametrize("digits", ["", "123456789", "12345x7890", "１２３４５６７８９０"])  # noqa: RUF001 - wide digits
def test_a_pin_that_could_be_guessed_is_refused_with_nothing_written(tmp_path: Path, digits: str) -> None:
    with pytest.raises(ShortPinError):
        make_keys(tmp_path / "keys.cbor", Pin(digits))
    assert everything_in(tmp_path) == {}


def test_a_wrong_pin_is_a_wrong_key(tmp_path: Path) -> None:
    make_keys(tmp_path / "keys.cbor", Pin("0123456789"))
    with pytest.raises(WrongKeyError):
        open_keys(tmp_path / "keys.cbor", Pin("0123456788"))


def test_the_chip_is_refused_in_words_with_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(NoSuchProtectionError, match="not in this version"):
        make_keys(tmp_path / "keys.cbor", Tpm2())
    assert everything_in(tmp_path) == {}


def test_another_protection_is_never_tried_by_itself(tmp_path: Path, keyfile: Keyfile) -> None:
    make_keys(tmp_path / "keys.cbor", keyfile)
    with pytest.raises(OtherProtectionError, match="kept by keyfile, not by pin"):
        open_keys(tmp_path / "keys.cbor", Pin("0123456789"))
