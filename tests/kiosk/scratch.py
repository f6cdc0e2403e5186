"""Makes enrolled kiosks in scratch folders, with a root of trust of their own and a clock that is moved by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Root

from kiosk.enrolled import Clock, Kiosk
from kiosk.enrolment import enrol
from kiosk.home import Home
from models import seal, shelf
from models.consultation import PlaceFile
from models.keyring import Keyfile
from models.questionnaire import Questionnaire, canonical_bytes
from tests.builders_kiosk import a_place, an_opened
from tests.models.vaults import CAMPAIGN_PUBLIC, a_bundle

PIN = "4071926385"
DAY = date(2026, 11, 22)


@dataclass
class MovedClock:
    """A clock that stands still until it is moved."""

    day: date = DAY
    seconds: float = 0.0

    def clock(self) -> Clock:
        return Clock(today=lambda: self.day, monotonic=lambda: self.seconds)

    def on(self, days: int) -> None:
        """Move day and seconds on together."""
        self.day += timedelta(days=days)
        self.seconds += days * 86_400


def a_root() -> bytes:
    """Return a root of trust, signed by a key that is thrown away."""
    signer = CryptoSigner.generate_ed25519()
    root = Root(expires=datetime(2031, 1, 1, tzinfo=UTC))
    for role in ("root", "targets", "snapshot", "timestamp"):
        root.add_key(signer.public_key, role)
    metadata: Metadata[Any] = Metadata(root)
    metadata.sign(signer)
    return metadata.to_bytes()


def a_home(folder: Path, **roads: object) -> Home:
    """Return a home in a folder, its key file beside it."""
    return Home(folder / "kiosk", keyfile=folder / "kiosk.key", **(roads or {"central": "http://127.0.0.1:9"}))  # type: ignore[arg-type]


def furnish(kiosk: Kiosk, *forms: Questionnaire, place: PlaceFile | None = None, **pieces: object) -> None:
    """Lay questionnaires on the shelf of a kiosk, each open by its own name, sealed to the key of these builders."""
    data = {seal.digest(canonical_bytes(form)): canonical_bytes(form) for form in forms}
    place = place or a_place()
    consultations = tuple(
        replace(
            an_opened(form, f"c{at}" if len(forms) > 1 else form.id).consultation,
            questionnaire=digest.hex(),
            wings=(place.wing,),
            campaign="wing-life",
            key=seal.key_id(CAMPAIGN_PUBLIC).hex(),
        )
        for at, (form, digest) in enumerate(zip(forms, data, strict=True))
    )
    bundle = a_bundle(1, "HMX", place.wing, consultations=consultations, questionnaires=data, place=place, **pieces)
    shelf.install(kiosk.vault, bundle)


def an_enrolled_kiosk(folder: Path, clock: MovedClock, **roads: object) -> Kiosk:
    """Return a kiosk that was just enrolled and has not met central yet."""
    home = a_home(folder, **roads)
    enrol(home, Keyfile(folder / "kiosk.key"), a_root(), PIN)
    return Kiosk(home, Keyfile(folder / "kiosk.key"), clock.clock())
