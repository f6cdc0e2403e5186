"""The key ceremony: makes every key once, says where each must be taken, and signs what only offline keys sign.

Rule 1: a ceremony overwrites nothing; where a key lies already it refuses before it makes any.
Rule 2: offline and campaign keys are locked under a passphrase; all key files are readable by their owner alone.
Rule 3: root and targets need two of three keys; the press can sign neither (custody.md section 2).
Rule 4: the folders `keys/offline`, `keys/press`, `keys/signer`, `keys/opening` are taken to their own desks afterwards.
Rule 5: sealing keys, receipt keys and the list of revoked kiosks change only here, by a new version of `targets`.

    public/root.json                what `enrol --root` hands a kiosk that was built without one
    delivery/metadata/1.root.json   1.targets.json, which delegates est/<code>/*/* to est-<code>, code in small letters
    delivery/targets/…              keys/campaigns.cbor, keys/receipts.cbor, roll/kiosks.cbor, each behind its hash
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from securesystemslib.signer import CryptoSigner, Signer
from tuf.api.metadata import DelegatedRole, Delegations, Root, Targets

from models import seal
from models.errors import CentralError
from models.seal import KioskId
from models.shelf import CampaignKey, ReceiptKey
from sync import keylists
from sync.central.keychest import Chest
from sync.central.repository import Repository, expires, write_new

ROOT_MONTHS: Final = 60
TARGETS_MONTHS: Final = 25
OFFLINE_KEYS: Final = 3
OFFLINE_THRESHOLD: Final = 2
PRESS_KEYS: Final = 2
_CODE: Final = re.compile(r"[A-Z]{3}[A-Z0-9]?", re.ASCII)
_CAMPAIGN: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)


class CeremonyError(CentralError):
    """Central's operator at the offline desk."""

    number, sentence = 831, "The ceremony stops: {detail} Nothing was written."


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """One desk's keys: the folder, what lies in it, and the place it must be taken to."""

    folder: Path
    what: str
    take_to: str


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What was made. `version` is that of the signed targets; `campaigns` are the public halves."""

    version: int
    root: Path
    campaigns: tuple[CampaignKey, ...]
    places: tuple[KeyPlace, ...]


def hold_ceremony(
    home: Path, establishments: Sequence[str], now: datetime, *, passphrase: str, campaigns: Sequence[str] = ("first",)
) -> Ceremony:
    """Make every key of a new central under `home` and sign root and targets, version 1.

    `now` is an aware time. Raises CeremonyError where a name is not one of ours or anything lies there already.
    """
    _check_names(establishments, campaigns, passphrase)
    if not establishments or not campaigns:
        raise CeremonyError(detail="name at least one establishment and one campaign.")
    for path in (home / "keys", home / "public", home / "delivery"):
        if path.exists():
            raise CeremonyError(detail=f"{path} exists already and is never overwritten.")
    root_keys, targets_keys = _signers(OFFLINE_KEYS), _signers(OFFLINE_KEYS)
    desk = {"snapshot": _signers(1), "timestamp": _signers(1)}
    press = {f"est-{code.lower()}": _signers(PRESS_KEYS) for code in establishments}
    receipt, sealing = seal.new_signing_key(), {name: seal.new_sealing_pair() for name in campaigns}
    chest = Chest(home)
    chest.lock_away("root", root_keys, passphrase)
    chest.lock_away("targets", targets_keys, passphrase)
    for role, signers in {**desk, **press}.items():
        chest.keep_at_press(role, signers)
    chest.keep(chest.receipt_key, receipt)
    _keep_campaigns(chest, sealing, passphrase)
    root = Root(version=1, expires=expires(now, ROOT_MONTHS), consistent_snapshot=True)
    for role, signers in {"root": root_keys, "targets": targets_keys, **desk}.items():
        _appoint(root, role, signers, OFFLINE_THRESHOLD if len(signers) == OFFLINE_KEYS else 1)
    targets = Targets(version=1, expires=expires(now, TARGETS_MONTHS), delegations=Delegations({}, {}))
    for role, signers in press.items():
        _delegate(targets, role, signers)
    receipt_public = seal.public_half(receipt)
    receipts = (ReceiptKey(seal.key_id(receipt_public), receipt_public),)
    lists = keylists.KeyLists(_campaign_keys(sealing), receipts, frozenset())
    repository = Repository(home)
    write_new(home / "public" / "root.json", repository.put_metadata("root", root, root_keys[:OFFLINE_THRESHOLD]))
    _sign_targets(repository, targets, lists, targets_keys[:OFFLINE_THRESHOLD])
    return _ceremony(home, 1, lists)


def amend_targets(
    home: Path,
    now: datetime,
    *,
    passphrase: str,
    campaigns: Sequence[str] = (),
    establishments: Sequence[str] = (),
    revoked: Iterable[KioskId] = (),
) -> Ceremony:
    """Sign the next version of targets with new campaigns, new establishments or kiosks taken out of service.

    Needs the offline folder back at hand and its passphrase. The next press carries what changed.
    Raises CeremonyError or CentralError: a name that is not ours or is taken, or keys that do not open.
    """
    _check_names(establishments, campaigns, passphrase)
    repository, chest = Repository(home), Chest(home)
    targets, held, root = repository.top(), repository.lists(), repository.root()
    known = {key.campaign for key in held.campaigns} | set(repository.establishments())
    doubled = next((name for name in (*campaigns, *establishments) if name in known), None)
    if doubled is not None:
        raise CeremonyError(detail=f"{doubled} is there already.")
    offline = chest.unlock("targets", [root.get_key(key) for key in root.roles["targets"].keyids], passphrase)
    if len(offline) < OFFLINE_THRESHOLD:
        raise CeremonyError(detail="two of the three keys of targets are needed.")
    sealing = {name: seal.new_sealing_pair() for name in campaigns}
    _keep_campaigns(chest, sealing, passphrase)
    for code in establishments:
        made = _signers(PRESS_KEYS)
        _delegate(targets, f"est-{code.lower()}", made)
        chest.keep_at_press(f"est-{code.lower()}", made)
    lists = keylists.KeyLists(
        (*held.campaigns, *_campaign_keys(sealing)), held.receipts, held.revoked | frozenset(revoked)
    )
    targets.version, targets.expires = targets.version + 1, expires(now, TARGETS_MONTHS)
    _sign_targets(repository, targets, lists, offline[:OFFLINE_THRESHOLD])
    return _ceremony(home, targets.version, lists)


def _check_names(establishments: Sequence[str], campaigns: Sequence[str], passphrase: str) -> None:
    strange = [code for code in establishments if not _CODE.fullmatch(code)]
    strange += [name for name in campaigns if not _CAMPAIGN.fullmatch(name)]
    if strange:
        raise CeremonyError(
            detail=f"{strange[0]} is not a name: an establishment is three capitals and perhaps one more sign, "
            "a campaign is small letters, digits and hyphens."
        )
    if len(set(establishments)) < len(establishments) or len(set(campaigns)) < len(campaigns):
        raise CeremonyError(detail="a name stands there twice.")
    if not passphrase:
        raise CeremonyError(detail="the passphrase is empty.")


def _signers(count: int) -> list[CryptoSigner]:
    return [CryptoSigner.generate_ed25519() for _ in range(count)]


def _appoint(root: Root, role: str, signers: Sequence[CryptoSigner], threshold: int) -> None:
    for signer in signers:
        root.add_key(signer.public_key, role)
    root.roles[role].threshold = threshold


def _delegate(targets: Targets, role: str, signers: Sequence[CryptoSigner]) -> None:
    """Let a press role sign its own folder and nothing else; a star never crosses a slash."""
    if targets.delegations is None or targets.delegations.roles is None:
        raise RuntimeError("our targets always delegate by name")
    path = f"est/{role.removeprefix('est-')}/*/*"
    targets.delegations.roles[role] = DelegatedRole(role, [], 1, terminating=True, paths=[path])
    for signer in signers:
        targets.add_key(signer.public_key, role)


def _campaign_keys(sealing: Mapping[str, tuple[bytes, bytes]]) -> tuple[CampaignKey, ...]:
    return tuple(CampaignKey(name, seal.key_id(public), public) for name, (_, public) in sealing.items())


def _keep_campaigns(chest: Chest, sealing: Mapping[str, tuple[bytes, bytes]], passphrase: str) -> None:
    for name, (private, _) in sealing.items():
        chest.keep(chest.campaign_key(name), seal.lock(private, passphrase))


def _sign_targets(
    repository: Repository, targets: Targets, lists: keylists.KeyLists, signers: Sequence[Signer]
) -> None:
    files = {
        keylists.CAMPAIGNS: keylists.write_campaigns(lists.campaigns),
        keylists.RECEIPTS: keylists.write_receipts(lists.receipts),
        keylists.KIOSKS: keylists.write_kiosks(lists.revoked),
    }
    targets.targets |= {path: repository.put_target(path, data) for path, data in files.items()}
    repository.put_metadata("targets", targets, signers)


def _ceremony(home: Path, version: int, lists: keylists.KeyLists) -> Ceremony:
    keys = Chest(home).folder
    places = (
        KeyPlace(keys / "offline", "three keys of root, three of targets", "six tokens, off every network"),
        KeyPlace(keys / "press", "keys of each establishment, snapshot, timestamp", "the press host, nowhere else"),
        KeyPlace(keys / "signer", "the receipt key", "the signer's host, nowhere else"),
        KeyPlace(keys / "opening", "one locked key a campaign", "the opening desk, a laptop that is never online"),
    )
    return Ceremony(version, home / "public" / "root.json", lists.campaigns, places)
