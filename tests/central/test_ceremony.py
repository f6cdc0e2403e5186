"""The key ceremony: keys made once, locked or for one desk only, and never overwritten."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata, Root, Targets

from models import seal
from models.errors import CentralError
from models.seal import KioskId
from sync.central.ceremony import CeremonyError, amend_targets, hold_ceremony
from sync.central.keychest import Chest
from sync.central.repository import Repository
from tests.central import desks


def test_root_and_targets_need_two_of_three_offline_keys(tmp_path: Path) -> None:
    root = Repository(desks.a_home(tmp_path)).root()
    assert root.consistent_snapshot
    assert {name: (len(role.keyids), role.threshold) for name, role in root.roles.items()} == {
        "root": (3, 2),
        "targets": (3, 2),
        "snapshot": (1, 1),
        "timestamp": (1, 1),
    }
    assert root.roles["snapshot"].keyids != root.roles["timestamp"].keyids


def test_an_establishment_signs_its_own_folder_and_a_star_never_crosses_a_slash(tmp_path: Path) -> None:
    role = Repository(desks.a_home(tmp_path)).top().get_delegated_role("est-hmx")
    assert (len(role.keyids), role.threshold, role.paths) == (2, 1, ["est/hmx/*/*"])
    assert role.is_delegated_path("est/hmx/notices/a.json")
    assert not role.is_delegated_path("est/oth/notices/a.json")
    assert not role.is_delegated_path("est/hmx/notices/deep/a.json")
    assert not role.is_delegated_path("keys/campaigns.cbor")


def test_keys_last_as_long_as_custody_says(tmp_path: Path) -> None:
    repository = Repository(desks.a_home(tmp_path))
    assert repository.root().expires.date().isoformat() == "2031-11-22"
    assert repository.top().expires.date().isoformat() == "2028-12-22"


def test_every_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "central"
    hold_ceremony(home, ["HMX"], desks.NOW, passphrase=desks.PASSPHRASE)
    files = [path for path in (home / "keys").rglob("*") if path.is_file()]
    assert len(files) == 3 + 3 + 2 + 2 + 1 + 1
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_offline_and_campaign_keys_lie_locked(tmp_path: Path) -> None:
    home = desks.a_home(tmp_path)
    locked = [*(home / "keys/offline").iterdir(), *(home / "keys/opening").iterdir()]
    assert len(locked) == 7
    assert not [path for path in locked if b"PRIVATE KEY" in path.read_bytes()]
    private = Chest(home).campaign_private(desks.CAMPAIGN, desks.PASSPHRASE)
    public = Repository(home).lists().campaigns[0].public
    assert desks.opens(private, public)


def test_the_public_root_is_the_root_that_was_signed(tmp_path: Path) -> None:
    home = desks.a_home(tmp_path)
    data = (home / "public/root.json").read_bytes()
    assert data == (home / "delivery/metadata/1.root.json").read_bytes()
    root = Metadata[Root].from_bytes(data)
    root.signed.verify_delegate("root", root.signed_bytes, root.signatures)


def test_the_receipt_key_at_the_signer_is_the_one_that_kiosks_are_told(tmp_path: Path) -> None:
    home = desks.a_home(tmp_path)
    public = seal.public_half(Chest(home).receipt_key.read_bytes())
    assert [key.public for key in Repository(home).lists().receipts] == [public]


def test_a_second_ceremony_overwrites_nothing(tmp_path: Path) -> None:
    home = desks.a_home(tmp_path)
    with desks.untouched(home), pytest.raises(CeremonyError, match="never overwritten"):
        hold_ceremony(home, ["HMX"], desks.NOW, passphrase=desks.PASSPHRASE)


@pytest.mark.parametrize(
    ("codes", "campaigns", "secret"),
    [
        (["hmx"], ["first"], "x"),
        (["HMXYZ"], ["first"], "x"),
        (["../X"], ["first"], "x"),
        ([], ["first"], "x"),
        (["HMX", "HMX"], ["first"], "x"),
        (["HMX"], ["../first"], "x"),
        (["HMX"], ["first"], ""),
    ],
)
def test_a_ceremony_with_a_strange_name_makes_no_key(
    tmp_path: Path, codes: list[str], campaigns: list[str], secret: str
) -> None:
    with pytest.raises(CeremonyError):
        hold_ceremony(tmp_path / "central", codes, desks.NOW, passphrase=secret, campaigns=campaigns)
    assert not (tmp_path / "central").exists()


def test_a_new_campaign_comes_with_the_next_version_of_targets(tmp_path: Path) -> None:
    home = desks.a_home(tmp_path)
    held = amend_targets(home, desks.NOW, passphrase=desks.PASSPHRASE, campaigns=["second"], establishments=["NEW"])
    repository = Repository(home)
    assert held.version == repository.top().version == 2
    assert [key.campaign for key in repository.lists().campaigns] == ["first", "second"]
    assert repository.establishments() == ("HMX", "NEW", "OTH")
    signed = Metadata[Targets].from_bytes(repository.newest_bytes("targets") or b"")
    assert len(signed.signatures) == 2
    repository.root().verify_delegate("targets", signed.signed_bytes, signed.signatures)


def test_a_revoked_kiosk_is_listed_for_all_to_see(tmp_path: Path) -> None:
    home, kiosk = desks.a_home(tmp_path), KioskId(bytes(15) + b"\1")
    amend_targets(home, desks.NOW, passphrase=desks.PASSPHRASE, revoked=[kiosk])
    assert Repository(home).lists().revoked == {kiosk}


def test_a_wrong_passphrase_signs_nothing(tmp_path: Path) -> None:
    home = desks.a_home(tmp_path)
    with desks.untouched(home), pytest.raises(CentralError, match="passphrase does not open"):
        amend_targets(home, desks.NOW, passphrase="another", campaigns=["second"])  # noqa: S106 - wrong on purpose


def test_a_campaign_cannot_be_made_twice(tmp_path: Path) -> None:
    home = desks.a_home(tmp_path)
    with desks.untouched(home), pytest.raises(CeremonyError, match="there already"):
        amend_targets(home, desks.NOW, passphrase=desks.PASSPHRASE, campaigns=["first"])


def test_one_offline_key_alone_cannot_sign(tmp_path: Path) -> None:
    home = desks.a_home(tmp_path)
    for number in (2, 3):
        (home / f"keys/offline/targets-{number}.key").unlink()
    with desks.untouched(home), pytest.raises(CeremonyError, match="two of the three"):
        amend_targets(home, desks.NOW, passphrase=desks.PASSPHRASE, campaigns=["second"])
