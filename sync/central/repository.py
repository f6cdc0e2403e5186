"""The signed repository on central's disk: what ceremony and press write, and kiosks fetch.

Rule 1: a file that was published is never changed; only `timestamp.json` is replaced, last and in one step.
Rule 2: every metadata file is listed with length and SHA-256, so that files of different days cannot be mixed.
Rule 3: no private key is touched here; signers come from the chest.

    metadata/  N.root.json  N.targets.json  N.est-<code>.json  N.snapshot.json  timestamp.json
    targets/   <folder>/<sha256>.<name>
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from securesystemslib.signer import Signer
from tuf.api.metadata import Metadata, MetaFile, Root, Signed, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization.json import JSONSerializer

from models.errors import CentralError
from sync import keylists

S = TypeVar("S", Root, Timestamp, Snapshot, Targets)
_MONTHS = 12


def expires(now: datetime, months: int) -> datetime:
    """Return the same day `months` calendar months later, midnight UTC; the last day of a shorter month."""
    whole = now.astimezone(UTC)
    year, month = divmod(whole.month - 1 + months, _MONTHS)
    year, month = whole.year + year, month + 1
    return datetime(year, month, min(whole.day, calendar.monthrange(year, month)[1]), tzinfo=UTC)


class Repository:
    """The folder `delivery` of one central."""

    def __init__(self, home: Path) -> None:
        self.metadata, self.targets = home / "delivery" / "metadata", home / "delivery" / "targets"

    def newest(self, role: str, kind: type[S]) -> S | None:
        """Return the newest signed content of a role, or None where there is none yet."""
        found = self.newest_bytes(role)
        if found is None:
            return None
        signed = Metadata[S].from_bytes(found).signed
        if not isinstance(signed, kind):
            raise CentralError(detail=f"The newest {role} of the repository is something else. Restore it from a copy.")
        return signed

    def newest_bytes(self, role: str) -> bytes | None:
        """Return the newest metadata file of a role as it was published."""
        if role == Timestamp.type:
            path = self.metadata / "timestamp.json"
            return path.read_bytes() if path.exists() else None
        named = re.compile(rf"(\d+)\.{re.escape(role)}\.json")
        versions = [int(m[1]) for path in self.metadata.glob(f"*.{role}.json") if (m := named.fullmatch(path.name))]
        return (self.metadata / f"{max(versions)}.{role}.json").read_bytes() if versions else None

    def root(self) -> Root:
        """Return the newest root; CentralError before any ceremony."""
        return self._needed(self.newest(Root.type, Root))

    def top(self) -> Targets:
        """Return the newest targets; CentralError before any ceremony."""
        return self._needed(self.newest(Targets.type, Targets))

    def lists(self) -> keylists.KeyLists:
        """Return the keys and revoked kiosks that the newest targets sign."""
        listed = self.top().targets
        paths = (keylists.CAMPAIGNS, keylists.RECEIPTS, keylists.KIOSKS)
        return keylists.read_lists(*(self.target(listed[path]) for path in paths))

    def target(self, info: TargetFile) -> bytes:
        """Return a published file."""
        return (self.targets / info.get_prefixed_paths()[0]).read_bytes()

    def content(self, establishment: str) -> dict[str, bytes]:
        """Return what is published for an establishment now, by "folder/name"; empty before its first press."""
        code = establishment.lower()
        signed = self.newest(f"est-{code}", Targets)
        if signed is None:
            return {}
        return {path.removeprefix(f"est/{code}/"): self.target(info) for path, info in signed.targets.items()}

    def questionnaires(self, establishment: str) -> tuple[bytes, ...]:
        """Return every questionnaire ever published for an establishment, withdrawn ones included."""
        folder = self.targets / "est" / establishment.lower() / "questionnaires"
        return tuple(path.read_bytes() for path in sorted(folder.glob("*.json")))

    def establishments(self) -> tuple[str, ...]:
        """Return the codes that the newest targets delegate to, in capitals."""
        delegations = self.top().delegations
        roles = delegations.roles or {} if delegations else {}
        return tuple(sorted(role.removeprefix("est-").upper() for role in roles))

    def current(self) -> dict[str, bytes]:
        """Return the files of the newest delivery by path, targets first and the timestamp last; empty before one."""
        files: dict[str, bytes] = {}
        last: dict[str, bytes] = {}
        for role in (Targets.type, *(f"est-{code.lower()}" for code in self.establishments())):
            signed = self.newest(role, Targets)
            if signed is not None:
                last[f"metadata/{signed.version}.{role}.json"] = self.newest_bytes(role) or b""
                for info in signed.targets.values():
                    files[f"targets/{info.get_prefixed_paths()[0]}"] = self.target(info)
        snapshot, timestamp = self.newest(Snapshot.type, Snapshot), self.newest_bytes(Timestamp.type)
        if snapshot is None or timestamp is None:
            return {}
        roots = {f"metadata/{path.name}": path.read_bytes() for path in sorted(self.metadata.glob("*.root.json"))}
        last[f"metadata/{snapshot.version}.snapshot.json"] = self.newest_bytes(Snapshot.type) or b""
        return {**files, **roots, **last, "metadata/timestamp.json": timestamp}

    def put_target(self, path: str, data: bytes) -> TargetFile:
        """Write one file behind its hash and return its entry."""
        info = TargetFile.from_data(path, data, ["sha256"])
        write_new(self.targets / info.get_prefixed_paths()[0], data)
        return info

    def put_metadata(self, role: str, signed: Signed, signers: Sequence[Signer]) -> bytes:
        """Sign and write the next metadata of a role; return its bytes."""
        data = signed_bytes(signed, signers)
        name = "timestamp.json" if role == Timestamp.type else f"{signed.version}.{role}.json"
        if role == Timestamp.type:
            fresh = self.metadata / "timestamp.json.new"
            fresh.write_bytes(data)
            fresh.replace(self.metadata / name)
        else:
            write_new(self.metadata / name, data)
        return data

    @staticmethod
    def _needed(signed: S | None) -> S:
        if signed is None:
            raise CentralError(detail="No key ceremony was held here yet. Run `wingvoice-central ceremony` first.")
        return signed


def signed_bytes(signed: Signed, signers: Sequence[Signer]) -> bytes:
    """Return signed metadata as it is published."""
    metadata: Metadata[Any] = Metadata(signed)
    for signer in signers:
        metadata.sign(signer, append=True)
    return metadata.to_bytes(JSONSerializer(compact=True))


def listed(version: int, data: bytes) -> MetaFile:
    """Return the entry of a metadata file with its length and SHA-256."""
    return MetaFile.from_data(version, data, ["sha256"])


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not change: the same bytes may be there already, other bytes are a RuntimeError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        if path.read_bytes() != data:
            raise RuntimeError(f"{path.name} is published already and would change")
        return
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(data)
    fresh.replace(path)
