"""A bundle arriving: fetched over a courier, verified by TUF, read with the real types, or refused in plain words.

Rule 1: the vault's rows are the client cache; the folder that python-tuf needs is private, fresh, and gone afterwards.
Rule 2: nothing is written to the vault here; `models.shelf.install` does that in one transaction.
Rule 3: time is the reference handed in, never the wall clock.
Rule 4: until a grant names the establishment only keys and roll come.
Rule 5: a refusal is one of sync.refusals or models.shelf; a closed road stays a CourierError.
"""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from tuf.api import exceptions as tuf_errors
from tuf.api.metadata import Metadata, Signed, Snapshot, Targets, Timestamp
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from models import shelf
from models.errors import BatchError, CourierError, DeliveryError
from models.seal import KioskId
from models.shelf import Bundle, ForeignBundleError
from models.vault import Vault
from sync import keylists
from sync.content import KNOWN, Content, check_names, read_content
from sync.courier import Courier, NotCarriedError, TooLargeError
from sync.keylists import KeyLists
from sync.refusals import (
    DamagedDeliveryError,
    ExpiredContentError,
    ExpiredKeysError,
    MixedDeliveryError,
    NoRoomError,
    NothingCarriedError,
    NotOurPressError,
    OlderContentError,
    RevokedKioskError,
    StrayFilesError,
)

METADATA_LIMIT_BYTES: Final = 512_000
FILE_LIMIT_BYTES: Final = 16 << 20
ROOT_STEPS: Final = 32
_TIMESTAMP: Final = "metadata/timestamp.json"
_NOT_FOUND: Final = 404
T = TypeVar("T")


def take_delivery(
    courier: Courier,
    vault: Vault,
    reference: datetime,
    establishment: str | None,
    wing: str | None,
    *,
    kiosk: KioskId | None = None,
) -> Bundle:
    """Return the bundle that the road carries for this place, verified and read; nothing is installed.

    `reference` is an aware time, below which nothing expires early. With `establishment` None the bundle holds keys and
    roll only. A `kiosk` on the revoked list is told so by RevokedKioskError, whose `bundle` may be installed.
    Raises DeliveryError with the staff's sentence, or CourierError where the road closed. Source: custody.md section 8.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="wingvoice-") as folder:
            desk = _Desk(courier, Path(folder), vault, reference)
            bundle = desk.bundle(establishment, wing or "")
    except OSError as trouble:
        if trouble.errno == errno.ENOSPC:
            raise NoRoomError from trouble
        raise
    if kiosk is not None and kiosk in bundle.revoked:
        raise RevokedKioskError(bundle)
    return bundle


class _OverACourier(FetcherInterface):
    """python-tuf's road; raises DownloadError inside its own generator and keeps what a refusal is judged by."""

    def __init__(self, courier: Courier) -> None:
        self._courier = courier
        self.path, self.data = "", b""
        self.road: CourierError | None = None

    def _fetch(self, url: str) -> Iterator[bytes]:
        self.path, self.data, self.road = url, b"", None
        limit = FILE_LIMIT_BYTES if url.startswith("targets/") else METADATA_LIMIT_BYTES
        try:
            self.data = self._courier.fetch(url, limit)
        except NotCarriedError as absent:
            self.road = absent
            raise tuf_errors.DownloadHTTPError(url, _NOT_FOUND) from absent
        except CourierError as trouble:
            self.road = trouble
            raise tuf_errors.DownloadError(url) from trouble
        yield self.data


class _Desk:
    """One delivery being looked at: the updater, its private folder, and the reason for a refusal."""

    def __init__(self, courier: Courier, folder: Path, vault: Vault, reference: datetime) -> None:
        self._folder, self._reference = folder, reference
        self._fetcher = _OverACourier(courier)
        metadata = folder / "metadata"
        for name, data in shelf.tuf_metadata(vault).items():
            (metadata / name).parent.mkdir(parents=True, exist_ok=True)
            (metadata / name).write_bytes(data)
        metadata.mkdir(exist_ok=True)
        (folder / "targets").mkdir()
        self._updater = Updater(
            str(metadata),
            "metadata/",
            target_dir=str(folder / "targets"),
            target_base_url="targets/",
            fetcher=self._fetcher,
            config=UpdaterConfig(
                max_root_rotations=ROOT_STEPS,
                root_max_length=METADATA_LIMIT_BYTES,
                timestamp_max_length=METADATA_LIMIT_BYTES,
                snapshot_max_length=METADATA_LIMIT_BYTES,
                targets_max_length=METADATA_LIMIT_BYTES,
            ),
            bootstrap=shelf.trusted_root(vault),
        )
        self._trusted = self._updater._trusted_set  # noqa: SLF001 - the only door to python-tuf's clock; tested
        self._trusted.reference_time = reference

    def bundle(self, establishment: str | None, wing: str) -> Bundle:
        """Return the whole bundle; every step ends in a value or in a refusal."""
        self._asked(self._updater.refresh)
        lists = self._lists()
        content = None if establishment is None else self._content(establishment, lists)
        place = None
        if content is not None:
            place = next((place for place in content.places if place.wing == wing), None)
            if place is None:
                raise ForeignBundleError
        return Bundle(
            number=self._trusted.timestamp.version,
            establishment=establishment or "",
            wing=wing if establishment is not None else "",
            metadata=self._metadata(),
            campaigns=lists.campaigns,
            receipt_keys=lists.receipts,
            revoked=frozenset(lists.revoked),
            consultations=content.consultations if content else (),
            questionnaires=content.questionnaires if content else {},
            notices=content.notices if content else (),
            place=place,
            media=content.media if content else {},
            replies=content.replies if content else (),
            elections=content.elections if content else {},
        )

    def _lists(self) -> KeyLists:
        listed = [self._target(path) for path in (keylists.CAMPAIGNS, keylists.RECEIPTS, keylists.KIOSKS)]
        try:
            return keylists.read_lists(*listed)
        except BatchError:
            raise DamagedDeliveryError from None

    def _content(self, establishment: str, lists: KeyLists) -> Content:
        """Fetch everything that the establishment's role signs; its list must keep to its own folder."""
        code = establishment.lower()
        role, folder = f"est-{code}", f"est/{code}/"
        if f"{role}.json" not in self._trusted.snapshot.meta:
            raise ForeignBundleError
        try:
            self._asked(lambda: self._updater.get_targetinfo(f"{folder}place/place.json"))
        except DamagedDeliveryError:
            if isinstance(self._fetcher.road, NotCarriedError) and self._fetcher.path.endswith(f".{role}.json"):
                raise ForeignBundleError from None
            raise
        signed = self._trusted.get(role)
        if not isinstance(signed, Targets):
            raise ForeignBundleError
        sizes = {path.removeprefix(folder): info.length for path, info in signed.targets.items()}
        if not all(path.startswith(folder) for path in signed.targets):
            raise NotOurPressError
        check_names(sizes)
        wanted = [name for name in sorted(sizes) if name.partition("/")[0] in KNOWN]
        return read_content({name: self._target(folder + name) for name in wanted}, lists.campaigns)

    def _target(self, path: str) -> bytes:
        info = self._asked(lambda: self._updater.get_targetinfo(path))
        if info is None:
            raise NotOurPressError
        return Path(self._asked(lambda: self._updater.download_target(info))).read_bytes()

    def _metadata(self) -> Mapping[str, bytes]:
        """Return what python-tuf now trusts, by name; `root.json` is a link that it makes anew."""
        folder = self._folder / "metadata"
        return {
            found.relative_to(folder).as_posix(): found.read_bytes()
            for found in sorted(folder.rglob("*.json"))
            if not found.is_symlink()
        }

    def _asked(self, step: Callable[[], T]) -> T:
        try:
            return step()
        except (tuf_errors.DownloadError, tuf_errors.RepositoryError) as trouble:
            raise self._refusal(trouble) from trouble

    def _refusal(self, trouble: Exception) -> DeliveryError | CourierError:
        """Say which sentence fits; the file asked for last is the one at fault."""
        road, at_timestamp = self._fetcher.road, self._fetcher.path == _TIMESTAMP
        if isinstance(road, NotCarriedError):
            return NothingCarriedError() if at_timestamp else DamagedDeliveryError()
        if isinstance(road, TooLargeError) or isinstance(trouble, tuf_errors.DownloadLengthMismatchError):
            return StrayFilesError()
        return road or self._verdict(trouble, at_timestamp=at_timestamp)

    def _verdict(self, trouble: Exception, *, at_timestamp: bool) -> DeliveryError:
        refusal: DeliveryError = DamagedDeliveryError()
        match trouble:
            case tuf_errors.ExpiredMetadataError():
                refusal = self._expired()
            case tuf_errors.BadVersionNumberError():
                refusal = OlderContentError(**self._versions()) if at_timestamp else MixedDeliveryError()
            case tuf_errors.UnsignedMetadataError():
                refusal = NotOurPressError()
            case tuf_errors.LengthOrHashMismatchError() if self._genuine():
                refusal = MixedDeliveryError()
        return refusal

    def _expired(self) -> DeliveryError:
        if self._trusted.root.is_expired(self._reference) or self._fetcher.path.endswith(".targets.json"):
            return ExpiredKeysError()
        held = [self._trusted.get(role) for role in (Timestamp.type, Snapshot.type)]
        seen: list[Signed] = [signed for signed in (*held, self._last()) if signed is not None]
        return ExpiredContentError(min(signed.expires for signed in seen))

    def _last(self) -> Signed | None:
        metadata = self._parsed()
        return None if metadata is None else metadata.signed

    def _parsed(self) -> Metadata[Any] | None:
        try:
            return Metadata.from_bytes(self._fetcher.data)
        except tuf_errors.RepositoryError:
            return None

    def _genuine(self) -> bool:
        """Tell whether the file at fault is a whole one that we signed on some other day."""
        metadata = self._parsed()
        if metadata is None:
            return False
        role = self._fetcher.path.rpartition("/")[2].split(".")[1]
        try:
            delegator = self._trusted.targets if role.startswith("est-") else self._trusted.root
            delegator.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
        except (tuf_errors.RepositoryError, ValueError, KeyError):
            return False
        return True

    def _versions(self) -> dict[str, int]:
        last = self._last()
        return {"offered": last.version if last else 0, "held": self._trusted.timestamp.version}
