"""A build proves itself in a scratch folder: its files, a vault, a bundle, a window, and no road to central's program.

Rule 1: each proof is real: a vault is written and read back, a bundle signed and verified, a frame drawn and looked at.
Rule 2: the keys it makes die with the scratch folder.
Rule 3: one failed proof does not stop the others; each says what it saw.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal

import sqlalchemy as sa
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Root, Snapshot, TargetFile, Targets, Timestamp

from kiosk import every_language
from kiosk.enrolled import BUILT, Clock, Kiosk
from kiosk.enrolment import enrol
from kiosk.home import Home
from kiosk.shipped import ASSETS, own_clips
from kiosk.wiring import KioskDoors
from models import seal, shelf
from models.errors import DeliveryError, WingVoiceError
from models.keyring import Keyfile
from models.questionnaire import Purpose
from models.record import Record
from models.shelf import CampaignKey
from models.tables import PoolRow
from sync import keylists
from sync.courier import NotCarriedError
from sync.delivery import take_delivery

PIN: Final = "4071926385"
DAY: Final = date(2026, 11, 22)
RIGHT_TO_LEFT: Final = "ar"
NEVER_HERE: Final = ("sync.central", "pyxform", "PIL", "numpy")
SAME_LENGTH_MS: Final = 50
Proof = tuple[str, str | None]


def check_all() -> Iterator[Proof]:
    """Give the name of each proof with None, or with what went wrong."""
    with tempfile.TemporaryDirectory(prefix="wingvoice-self-check-") as scratch:
        for name, proof in _proofs(Path(scratch)).items():
            try:
                yield name, proof()
            except (WingVoiceError, OSError, RuntimeError, ValueError) as error:
                yield name, f"{type(error).__name__}: {error}"


def _proofs(scratch: Path) -> Mapping[str, Callable[[], str | None]]:
    return {
        "files: fonts, pictures, words, sounds, keyboards, screens, migrations": _files,
        "vault: enrolled, written, closed, read back": lambda: _vault(scratch),
        "bundle: verified and installed, an altered one refused": lambda: _bundle(scratch),
        "languages: words, sound, keyboard and risk lists of each": every_language.missing,
        "window: a frame is drawn": lambda: _drawn(scratch)["window"],
        "letters: every letter of every language is in its fonts": lambda: _drawn(scratch)["letters"],
        "right to left: words are joined and turned round, the page is mirrored": lambda: _drawn(scratch)["mirror"],
        "sound: a clip of each language plays as long as it says, or there is nothing to play on": _sound,
        f"no road to central's program{'' if _frozen() else ' (proved in the frozen build only)'}": _alone,
    }


def _files() -> str | None:
    house = ASSETS.parent
    for folder, pattern, least in (
        (ASSETS / "fonts", "*.ttf", 4),
        (ASSETS / "icons", "**/*.png", 20),
        (ASSETS / "locale", "*/kiosk.mo", 3),
        (ASSETS / "sounds", "*/*.ogg", 1000),
        (ASSETS / "keyboards", "*.toml", 4),
        (ASSETS / "risk", "*.toml", 12),
        (house / "kiosk" / "screens", "*.kv", 10),
        (house / "models" / "migrations", "versions/*.py", 1),
    ):
        found = len(list(folder.glob(pattern)))
        if found < least:
            return f"{folder.relative_to(house)} holds {found} of {pattern}, at least {least} are needed"
    return None


def _scratch_kiosk(scratch: Path, root: bytes) -> Kiosk:
    home = Home(scratch / "kiosk", central="http://127.0.0.1:9", keyfile=scratch / "kiosk.key")
    protection = Keyfile(scratch / "kiosk.key")
    if not home.keys.exists():
        enrol(home, protection, root, PIN)
    return Kiosk(home, protection, Clock(today=lambda: DAY, monotonic=lambda: 0.0))


def _vault(scratch: Path) -> str | None:
    desk = _Desk()
    record = Record(Purpose.SURVEY, seal.digest(b"self-check"), b'{"self-check":"a marker"}')
    private, public = seal.new_sealing_pair()
    kiosk = _scratch_kiosk(scratch, desk.files["metadata/root.json"])
    kiosk.hand_in(record, public)
    kiosk.close()
    if b"a marker" in (scratch / "kiosk" / "vault.db").read_bytes():
        return "the vault shows what is in it"
    kiosk = _scratch_kiosk(scratch, b"")
    with kiosk.vault.reading() as session:
        waiting = session.scalar(sa.select(sa.func.count()).select_from(PoolRow))
    kiosk.close()
    opened = seal.open_record(seal.seal_record(record, public).sealed, record.form, record.purpose, private)
    return None if waiting == 1 and opened == record.body else "what was handed in is not there"


def _bundle(scratch: Path) -> str | None:
    desk = _Desk()
    (scratch / "second").mkdir()
    kiosk = _scratch_kiosk(scratch / "second", desk.files["metadata/root.json"])
    try:
        name = next(path for path in desk.files if path.endswith("campaigns.cbor"))
        whole = desk.files[name]
        desk.files[name] = whole[:-1] + bytes([whole[-1] ^ 1])
        try:
            take_delivery(desk, kiosk.vault, BUILT, None, None)
        except DeliveryError:
            pass
        else:
            return "an altered bundle was taken"
        desk.files[name] = whole
        shelf.install(kiosk.vault, take_delivery(desk, kiosk.vault, BUILT, None, None))
        return None if len(shelf.receipt_keys(kiosk.vault)) == 1 else "the bundle's keys are not on the shelf"
    finally:
        kiosk.close()


@cache
def _drawn(scratch: Path) -> Mapping[str, str | None]:
    """Look at one window in every way that there is to prove: a process has no second one."""
    from kiosk.app import KioskApp
    from kiosk.screens import proof
    from kiosk.unseen import Unseen, draw_once, first_page

    def letters(_app: KioskApp, _unseen: Unseen) -> str | None:
        lacking = {tag: proof.lacking(tag, every_language.texts(tag)) for tag in every_language.tags()}
        return next((f"no font of {tag} has {some}" for tag, some in lacking.items() if some), None)

    def mirror(app: KioskApp, unseen: Unseen) -> str | None:
        app.turn.presenters["welcome"].touch_tile(RIGHT_TO_LEFT)  # type: ignore[attr-defined]
        unseen.frames(4)
        return proof.joined_and_turned() or proof.mirrored(app.root.current_screen, app.root.width)

    looks = {"window": first_page, "letters": letters, "mirror": mirror}
    kiosk = _scratch_kiosk(scratch, b"")
    try:
        doors = KioskDoors(kiosk, lambda errand: errand(), lambda _error: None)
        return dict(zip(looks, draw_once(scratch / "state", doors, *looks.values()), strict=True))
    finally:
        kiosk.close()


def _sound() -> str | None:
    from kiosk.screens.player import heard_ms

    first = {path.parent.name: (path, ms) for path, ms in own_clips().values()}
    for tag, (path, ms) in first.items():
        heard = heard_ms(path.read_bytes())
        if heard is not None and abs(heard - ms) > SAME_LENGTH_MS:
            return f"{tag}/{path.name} plays {heard} ms instead of {ms}"
    return None if first else "there is no sound"


def _alone() -> str | None:
    if not _frozen():
        return None
    found = [name for name in NEVER_HERE if _importable(name)]
    return f"{', '.join(found)} can be imported" if found else None


def _frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def _importable(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


class _Desk:
    """A ceremony and a press in memory, with a road of their own; enough for keys and roll."""

    road: Literal["network", "stick"] = "stick"

    def __init__(self) -> None:
        signer = CryptoSigner.generate_ed25519()
        later = BUILT + timedelta(days=365)
        public = seal.public_half(seal.new_signing_key())
        campaign = seal.new_sealing_pair()[1]
        lists = {
            keylists.CAMPAIGNS: keylists.write_campaigns([CampaignKey("self-check", seal.key_id(campaign), campaign)]),
            keylists.RECEIPTS: keylists.write_receipts([shelf.ReceiptKey(seal.key_id(public), public)]),
            keylists.KIOSKS: keylists.write_kiosks(frozenset()),
        }
        root, targets = Root(expires=later), Targets(expires=later)
        for role in ("root", "targets", "snapshot", "timestamp"):
            root.add_key(signer.public_key, role)
        self.files: dict[str, bytes] = {}
        for path, data in lists.items():
            listed = TargetFile.from_data(path, data)
            targets.targets[path] = listed
            folder, _, name = path.rpartition("/")
            self.files[f"targets/{folder}/{listed.hashes['sha256']}.{name}"] = data
        signed: tuple[tuple[str, Root | Targets | Snapshot | Timestamp], ...] = (
            ("root.json", root),
            ("1.root.json", root),
            ("1.targets.json", targets),
            ("1.snapshot.json", Snapshot(expires=later)),
            ("timestamp.json", Timestamp(expires=later)),
        )
        for name, role_of in signed:
            metadata: Metadata[Any] = Metadata(role_of)
            metadata.sign(signer)
            self.files[f"metadata/{name}"] = metadata.to_bytes()

    def carry(self, _message: bytes) -> bytes | None:
        """Carry nothing."""
        return None

    def waiting(self) -> tuple[bytes, ...]:
        """Hold nothing."""
        return ()

    def fetch(self, path: str, limit: int) -> bytes:
        """Return a file of the delivery."""
        if path not in self.files or len(self.files[path]) > limit:
            raise NotCarriedError
        return self.files[path]

    def done(self) -> None:
        """Leave."""
