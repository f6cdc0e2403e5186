"""A kiosk is made whole or not at all, once, and is told apart from every other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.enrolled import provider_for
from kiosk.enrolment import NotARootError, WeakPinError, enrol, is_pin, set_pin
from kiosk.home import Home, SettingsError, read_home, settings_text
from models.errors import VaultMissingError
from models.keyring import Keyfile, NoSuchProtectionError, Tpm2
from models.vault import VaultExistsError
from tests.kiosk.scratch import PIN, MovedClock, a_home, a_root, an_enrolled_kiosk


def everything_under(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_enrolled_kiosk_opens_with_its_keyfile_and_keeps_its_settings(tmp_path: Path) -> None:
    kiosk = an_enrolled_kiosk(tmp_path, MovedClock(), central="http://127.0.0.1:9", stick=tmp_path / "stick")
    kiosk.close()
    home = read_home(tmp_path / "kiosk")
    assert home == a_home(tmp_path, central="http://127.0.0.1:9", stick=tmp_path / "stick")
    assert provider_for(home) == Keyfile(tmp_path / "kiosk.key")


def test_the_digits_stay_the_same_until_central_answers(tmp_path: Path) -> None:
    kiosk = an_enrolled_kiosk(tmp_path, MovedClock())
    digits = kiosk.digits()
    assert len(digits) == 24
    assert digits.isdecimal()
    assert kiosk.digits() == digits
    kiosk.close()


def test_two_kiosks_never_show_the_same_digits(tmp_path: Path) -> None:
    shown = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        kiosk = an_enrolled_kiosk(tmp_path / name, MovedClock())
        shown.add(kiosk.digits())
        kiosk.close()
    assert len(shown) == 2


def test_a_second_enrolment_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    an_enrolled_kiosk(tmp_path, MovedClock()).close()
    before = everything_under(tmp_path)
    with pytest.raises(VaultExistsError):
        enrol(a_home(tmp_path), Keyfile(tmp_path / "kiosk.key"), a_root(), PIN)
    assert everything_under(tmp_path) == before


@pytest.mark.parametrize("pin", ["1234567890", "0000000000", "407192638", "abcdefghij"])
def test_a_weak_pin_is_refused_and_nothing_is_made(tmp_path: Path, pin: str) -> None:
    with pytest.raises(WeakPinError):
        enrol(a_home(tmp_path), Keyfile(tmp_path / "kiosk.key"), a_root(), pin)
    assert everything_under(tmp_path) == {}


@pytest.mark.parametrize("root", [b"", b"{}", b"not json", a_root()[:-20], a_root().replace(b'"root"', b'"toor"')])
def test_what_is_not_a_root_of_trust_is_refused_and_nothing_is_made(tmp_path: Path, root: bytes) -> None:
    with pytest.raises(NotARootError):
        enrol(a_home(tmp_path), Keyfile(tmp_path / "kiosk.key"), root, PIN)
    assert everything_under(tmp_path) == {}


def test_protection_that_the_machine_cannot_give_is_refused_and_leaves_no_half_kiosk(tmp_path: Path) -> None:
    with pytest.raises(NoSuchProtectionError):
        enrol(a_home(tmp_path), Tpm2(), a_root(), PIN)
    assert everything_under(tmp_path) == {}


def test_the_staff_pin_is_known_again_and_is_nowhere_in_the_files(tmp_path: Path) -> None:
    kiosk = an_enrolled_kiosk(tmp_path, MovedClock())
    assert is_pin(kiosk.vault, PIN)
    assert not is_pin(kiosk.vault, PIN[::-1])
    set_pin(kiosk.vault, "9182736450")
    assert not is_pin(kiosk.vault, PIN)
    kiosk.close()
    assert all(PIN.encode() not in data for data in everything_under(tmp_path).values())


def test_a_folder_without_a_kiosk_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(VaultMissingError, match=r"kiosk\.toml"):
        read_home(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        *("central = [", "colour = 'blue'", "central = 3", "\xff", "volume = '6'"),
        *(f"screen_mm_per_px = '{figure}'" for figure in ("", "wide", "1.7", "0", "0.001", "0.9", "nan", "0,17")),
    ],
)
def test_settings_that_nobody_wrote_are_refused_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "kiosk.toml").write_text(text, encoding="latin-1")
    with pytest.raises(SettingsError, match=r"kiosk\.toml"):
        read_home(tmp_path)


def test_what_was_measured_on_the_screen_is_kept_in_the_settings_file(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text(settings_text(Home(tmp_path, screen_mm_per_px=0.248)), encoding="utf-8")
    assert read_home(tmp_path).screen_mm_per_px == 0.248


def test_a_path_with_quotes_survives_the_settings_file(tmp_path: Path) -> None:
    home = Home(tmp_path / "kiosk", stick=tmp_path / 'a "b" \\c', keyfile=tmp_path / "kiosk.key")
    enrol(home, Keyfile(tmp_path / "kiosk.key"), a_root(), PIN)
    assert read_home(tmp_path / "kiosk") == home
