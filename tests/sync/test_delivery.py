"""A bundle on its way in: what is taken, and the attacks that are refused and change nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
import sqlalchemy as sa
from tuf.ngclient import Updater

from models import seal, shelf
from models.errors import CourierError, DeliveryError
from models.seal import KioskId
from models.shelf import ForeignBundleError
from models.tables import Base
from models.vault import Vault, create_vault
from sync.central import sealed_replies
from sync.central.ceremony import amend_targets
from sync.central.press import press
from sync.courier import NotCarriedError, StickGoneError, TooLargeError
from sync.delivery import take_delivery
from sync.refusals import (
    DamagedDeliveryError,
    ExpiredContentError,
    ExpiredKeysError,
    MixedDeliveryError,
    NewerProgramError,
    NothingCarriedError,
    NotOurPressError,
    OlderContentError,
    RevokedKioskError,
    StrayFilesError,
)
from tests.central import desks

KIOSK = KioskId(bytes(range(16)))


class FolderCourier:
    """A road that carries one folder, as a stick does; `asked` notes every file fetched."""

    road: Literal["network", "stick"] = "stick"

    def __init__(self, folder: Path, broken_at: str | None = None) -> None:
        self._folder, self._broken_at = folder, broken_at
        self.asked: list[str] = []

    def carry(self, message: bytes) -> bytes | None:
        raise CourierError

    def waiting(self) -> tuple[bytes, ...]:
        return ()

    def fetch(self, path: str, limit: int) -> bytes:
        self.asked.append(path)
        if self._broken_at is not None and self._broken_at in path:
            raise StickGoneError
        file = self._folder / path
        if not file.is_file():
            raise NotCarriedError
        data = file.read_bytes()
        if len(data) > limit:
            raise TooLargeError
        return data

    def done(self) -> None:
        pass


class Road:
    """A central, its delivery folder and a kiosk's vault that trusts it."""

    def __init__(self, folder: Path) -> None:
        self.home = desks.a_home(folder)
        self.content = desks.a_content(folder)
        self.delivery = self.home / "delivery"
        self.vault: Vault = create_vault(folder / "vault.db", bytes(32), KIOSK)
        shelf.trust_root(self.vault, (self.home / "public" / "root.json").read_bytes())

    def press(self) -> int:
        return press(self.home, self.content, desks.NOW)

    def take(self, establishment: str | None = desks.CODE, wing: str | None = desks.WING) -> shelf.Bundle:
        return take_delivery(FolderCourier(self.delivery), self.vault, desks.NOW, establishment, wing)

    def install(self) -> int:
        bundle = self.take()
        shelf.install(self.vault, bundle)
        return bundle.number

    def metadata(self, role: str) -> Path:
        """The newest metadata file of a role."""
        found = [path for path in (self.delivery / "metadata").glob(f"*{role}.json") if not path.is_symlink()]
        return max(found, key=lambda path: int("0" + path.name.partition(".")[0].replace("timestamp", "")))

    def target(self, name: str) -> Path:
        return next((self.delivery / "targets").rglob(f"*{name}"))


@pytest.fixture
def road(tmp_path: Path) -> Iterator[Road]:
    road = Road(tmp_path)
    road.press()
    yield road
    road.vault.close()


def rows(vault: Vault) -> dict[str, list[tuple[object, ...]]]:
    with vault.reading() as session:
        return {
            name: sorted((tuple(row) for row in session.execute(sa.select(table))), key=repr)
            for name, table in Base.metadata.tables.items()
        }


@contextmanager
def unchanged(vault: Vault) -> Iterator[None]:
    before = rows(vault)
    yield
    assert rows(vault) == before


def refused(road: Road, reason: type[DeliveryError], **where: str | None) -> DeliveryError:
    with unchanged(road.vault), pytest.raises(reason) as caught:
        road.take(**where)
    assert type(caught.value) is reason
    return caught.value


def test_a_signed_bundle_arrives_whole_and_is_installed(road: Road) -> None:
    bundle = road.take()
    assert (bundle.number, bundle.establishment, bundle.wing) == (1, "HMX", "a-wing")
    assert list(bundle.questionnaires.values()) == [desks.SURVEY]
    assert [consultation.id for consultation in bundle.consultations] == ["wing-life-autumn"]
    assert [notice.id for notice in bundle.notices] == ["showers"]
    assert bundle.place is not None
    assert shelf.install(road.vault, bundle)
    opened = shelf.open_shelf(road.vault, desks.TODAY)
    assert [one.consultation.id for one in opened.consultations] == ["wing-life-autumn"]


def test_sealed_replies_arrive_with_a_bundle_and_altered_ones_are_refused(
    road: Road, resigned: Callable[..., None]
) -> None:
    private, public = seal.new_sealing_pair()
    sealed = seal.seal_reply(b"{}", public, "HMX")
    sealed_replies.lay_ready(road.content / "HMX" / "replies", sealed, desks.TODAY)
    road.press()
    bundle = road.take()
    assert bundle.replies == (sealed,)
    assert seal.open_reply(bundle.replies[0], private, "HMX") == b"{}"
    resigned("est-hmx", path="est/hmx/replies/sealed", data=sealed[:-1])
    refused(road, DamagedDeliveryError)


def test_taking_a_delivery_writes_nothing(road: Road) -> None:
    with unchanged(road.vault):
        road.take()


def test_before_a_grant_only_keys_and_roll_come(road: Road) -> None:
    courier = FolderCourier(road.delivery)
    bundle = take_delivery(courier, road.vault, desks.NOW, None, None)
    assert (bundle.establishment, bundle.place, bundle.consultations, bundle.questionnaires) == ("", None, (), {})
    assert len(bundle.campaigns) == len(bundle.receipt_keys) == 1
    assert not [path for path in courier.asked if "est-" in path or "est/" in path]
    shelf.install(road.vault, bundle)
    assert shelf.receipt_keys(road.vault) == bundle.receipt_keys
    assert shelf.install(road.vault, road.take())  # the same number, now with content


def test_a_newer_bundle_follows_an_older_one(road: Road) -> None:
    assert road.install() == 1
    desks.a_content(road.content.parent, notices__more__toml=desks.NOTICE.replace("showers", "more"))
    assert road.press() == 2
    assert road.install() == 2
    assert len(shelf.open_shelf(road.vault, desks.TODAY).notices) == 2


def test_the_reference_time_of_python_tuf_is_still_where_we_set_it(road: Road) -> None:
    updater = Updater(str(road.home / "cache"), "m/", bootstrap=shelf.trusted_root(road.vault))
    assert isinstance(updater._trusted_set.reference_time, datetime)


def test_the_wall_clock_is_not_asked(road: Road) -> None:
    long_ago = datetime(2026, 11, 22, tzinfo=UTC)
    assert take_delivery(FolderCourier(road.delivery), road.vault, long_ago, "HMX", "a-wing").number == 1
    much_later = datetime(2099, 1, 1, tzinfo=UTC)
    with unchanged(road.vault), pytest.raises(ExpiredKeysError):
        take_delivery(FolderCourier(road.delivery), road.vault, much_later, "HMX", "a-wing")


def test_nothing_on_the_road_is_said_so(road: Road) -> None:
    shutil.rmtree(road.delivery)
    assert str(refused(road, NothingCarriedError)) == "There is nothing for this kiosk on the stick."


def test_an_older_bundle_is_refused(road: Road) -> None:
    old = road.home / "old"
    shutil.copytree(road.delivery, old)
    road.press()
    road.install()
    road.delivery = old
    assert "holds older content" in str(refused(road, OlderContentError))


def test_a_forgotten_cache_folder_cannot_be_rolled_back(road: Road, tmp_path: Path) -> None:
    """The vault's rows are the cache: nothing beside the vault decides what is old."""
    old = road.home / "old"
    shutil.copytree(road.delivery, old)
    road.press()
    road.install()
    shelf.install(road.vault, road.take())
    road.delivery = old
    refused(road, OlderContentError)


def test_an_altered_target_is_refused(road: Road) -> None:
    file = road.target("showers.json")
    file.write_bytes(file.read_bytes().replace(b"seven", b"eight"))
    refused(road, DamagedDeliveryError)


@pytest.mark.parametrize("role", ["snapshot", "targets", "est-hmx"])
def test_altered_metadata_is_refused(road: Road, role: str) -> None:
    file = road.metadata(role)
    file.write_bytes(file.read_bytes().replace(b'"version":1', b'"version":2'))
    refused(road, DamagedDeliveryError)


def test_an_altered_timestamp_is_not_from_our_press(road: Road) -> None:
    file = road.metadata("timestamp")
    file.write_bytes(file.read_bytes().replace(b'"version":1', b'"version":7', 1))
    refused(road, NotOurPressError)


def test_a_torn_timestamp_is_damaged(road: Road) -> None:
    file = road.metadata("timestamp")
    file.write_bytes(file.read_bytes()[:-40])
    refused(road, DamagedDeliveryError)


def test_unsigned_metadata_is_refused(road: Road) -> None:
    file = road.metadata("timestamp")
    file.write_bytes(json.dumps(json.loads(file.read_bytes()) | {"signatures": []}).encode())
    refused(road, NotOurPressError)


def test_targets_with_one_signature_of_two_are_refused(road: Road, resigned: Callable[[str], None]) -> None:
    file = road.metadata("targets")
    value = json.loads(file.read_bytes())
    value["signatures"] = value["signatures"][:1]
    file.write_bytes(json.dumps(value).encode())
    resigned("targets")
    refused(road, NotOurPressError)


def test_a_foreign_central_is_refused(road: Road, tmp_path: Path) -> None:
    foreign = desks.a_home(tmp_path / "foreign", another=True)
    press(foreign, road.content, desks.NOW)
    road.delivery = foreign / "delivery"
    refused(road, NotOurPressError)


def test_a_foreign_root_in_our_line_is_refused(road: Road, tmp_path: Path) -> None:
    foreign = desks.a_home(tmp_path / "foreign", another=True)
    root = json.loads((foreign / "public/root.json").read_bytes())
    root["signed"]["version"] = 2
    (road.delivery / "metadata/2.root.json").write_text(json.dumps(root))
    refused(road, NotOurPressError)


def test_genuine_files_of_two_days_do_not_belong_together(road: Road) -> None:
    old = road.metadata("snapshot").read_bytes()
    road.press()
    road.metadata("snapshot").write_bytes(old)
    assert "do not belong together" in str(refused(road, MixedDeliveryError))


def test_an_establishment_of_another_day_does_not_belong(road: Road) -> None:
    old = road.metadata("est-hmx").read_bytes()
    road.press()
    road.metadata("est-hmx").write_bytes(old)
    refused(road, MixedDeliveryError)


def test_a_press_cannot_sign_outside_its_own_folder(road: Road, resigned: Callable[..., None]) -> None:
    resigned("est-hmx", path="est/oth/notices/false.json")
    refused(road, NotOurPressError)


def test_a_press_cannot_give_out_sealing_keys(road: Road, resigned: Callable[..., None]) -> None:
    resigned("est-hmx", path="keys/campaigns.cbor")
    refused(road, NotOurPressError)


def test_an_endless_file_is_refused(road: Road) -> None:
    file = road.metadata("snapshot")
    file.write_bytes(file.read_bytes() + b" " * 600_000)
    refused(road, StrayFilesError)


def test_a_file_longer_than_signed_is_refused(road: Road) -> None:
    file = road.target("showers.json")
    file.write_bytes(file.read_bytes() + b" ")
    refused(road, StrayFilesError)


def test_an_oddly_named_file_is_refused(road: Road, resigned: Callable[..., None]) -> None:
    resigned("est-hmx", path="est/hmx/notices/..odd name.json")
    refused(road, StrayFilesError)


def test_content_for_another_establishment_is_refused(road: Road) -> None:
    assert "another place" in str(refused(road, ForeignBundleError, establishment="OTH"))
    refused(road, ForeignBundleError, establishment="ZZZ")
    refused(road, ForeignBundleError, wing="b-wing")


def test_a_missing_file_is_refused(road: Road) -> None:
    road.target("wing-life-autumn.json").unlink()
    refused(road, DamagedDeliveryError)


def test_old_content_can_be_taken_again_at_the_time_it_was_good(road: Road) -> None:
    late = desks.NOW + timedelta(days=420)
    with unchanged(road.vault), pytest.raises(ExpiredContentError) as caught:
        take_delivery(FolderCourier(road.delivery), road.vault, late, "HMX", "a-wing")
    again = take_delivery(FolderCourier(road.delivery), road.vault, caught.value.accept_at, "HMX", "a-wing")
    assert again.number == 1


def test_a_sealing_key_that_the_offline_desk_never_listed_is_refused(road: Road, resigned: Callable[..., None]) -> None:
    value = json.loads(road.target("wing-life-autumn.json").read_bytes()) | {"key": "00" * 8}
    data = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    resigned("est-hmx", path="est/hmx/consultations/wing-life-autumn.json", data=data)
    with unchanged(road.vault), pytest.raises(shelf.UnknownKeyError, match="a key this kiosk does not know"):
        road.take()


def test_content_of_a_later_format_asks_for_a_newer_program(road: Road, resigned: Callable[..., None]) -> None:
    resigned("est-hmx", path="est/hmx/notices/showers.json", data=b'{"format":2}')
    assert "newer program" in str(refused(road, NewerProgramError))


def test_a_stick_pulled_out_is_the_roads_trouble_not_the_bundles(road: Road) -> None:
    for at in ("timestamp", "snapshot", "keys/", "showers"):
        with unchanged(road.vault), pytest.raises(StickGoneError):
            take_delivery(FolderCourier(road.delivery, broken_at=at), road.vault, desks.NOW, "HMX", "a-wing")


def test_a_revoked_kiosk_is_told_so(road: Road) -> None:
    amend_targets(road.home, desks.NOW, passphrase=desks.PASSPHRASE, revoked=[KIOSK])
    road.press()
    with unchanged(road.vault), pytest.raises(RevokedKioskError, match="out of service") as caught:
        take_delivery(FolderCourier(road.delivery), road.vault, desks.NOW, "HMX", "a-wing", kiosk=KIOSK)
    shelf.install(road.vault, caught.value.bundle)
    assert shelf.revoked(road.vault) == {KIOSK}


@pytest.fixture
def resigned(road: Road) -> Callable[..., None]:
    """Return an attacker's press: it holds the press desk's keys and signs whatever it likes."""
    from tuf.api.metadata import Metadata, MetaFile, Snapshot, TargetFile, Targets, Timestamp

    from sync.central.keychest import Chest
    from sync.central.repository import Repository, signed_bytes

    def sign(role: str, path: str | None = None, data: bytes = b"{}") -> None:
        repository, chest = Repository(road.home), Chest(road.home)
        root, top = repository.root(), repository.top()
        if path is not None:
            signed = repository.newest(role, Targets)
            assert signed is not None
            signed.targets[path] = TargetFile.from_data(path, data, ["sha256"])
            file = road.delivery / "targets" / signed.targets[path].get_prefixed_paths()[0]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            keys = [top.get_key(key) for key in top.get_delegated_role(role).keyids]
            road.metadata(role).write_bytes(signed_bytes(signed, chest.at_press(role, keys)[:1]))
        snapshot = repository.newest("snapshot", Snapshot)
        timestamp = repository.newest("timestamp", Timestamp)
        assert snapshot is not None
        assert timestamp is not None
        changed = road.metadata(role).read_bytes()
        snapshot.meta[f"{role}.json"] = MetaFile.from_data(
            Metadata.from_bytes(changed).signed.version, changed, ["sha256"]
        )
        for name, signed_part in (("snapshot", snapshot), ("timestamp", timestamp)):
            keys = [root.get_key(key) for key in root.roles[name].keyids]
            written = signed_bytes(signed_part, chest.at_press(name, keys))
            road.metadata(name).write_bytes(written)
            timestamp.snapshot_meta = MetaFile.from_data(snapshot.version, written, ["sha256"])

    return sign


def test_a_digest_names_a_questionnaire(road: Road) -> None:
    assert set(road.take().questionnaires) == {seal.digest(desks.SURVEY)}
