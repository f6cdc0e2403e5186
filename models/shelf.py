"""Installs a verified bundle in one transaction, and finds what is open today.

What is large lies in the larder (models.larder); until the transaction names it there, it is as if it were not.

Rule 1: everything is read with the real types before the transaction begins; a refusal changes nothing.
Rule 2: a bundle older than the one held is refused; the same one again changes nothing.
Rule 3: a sealing key comes from the offline desk's list, never from a consultation.
Rule 4: a shelf is a frozen snapshot; days are arguments.
Rule 5: as long as a ballot box is open here, a bundle without its election is refused: a poll never ends unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import seal
from models.canonical import UnreadableContentError
from models.clips import ClipKey, file_name, named
from models.comeback import Code, read_for_a_reply
from models.consultation import (
    Consultation,
    PlaceFile,
    consultation_bytes,
    is_open,
    place_bytes,
    read_consultation,
    read_place,
)
from models.elections import OnTheShelf, read_elections
from models.errors import DeliveryError, SealError, VaultCorruptError, VaultMissingError
from models.larder import PLACE_BYTES, Larder, is_place
from models.noticeboard import Notice, newest_first, notice_bytes, read_notice
from models.questionnaire import Questionnaire, read_questionnaire
from models.reply import Reply, read_reply
from models.seal import Digest, KeyId, KioskId
from models.tables import PollRow, SettingRow, ShelfFileRow, ShelfRow, TufRow
from models.vault import Vault

FileKind = Literal[
    "campaign",
    "consultation",
    "election",
    "media",
    "notice",
    "place",
    "questionnaire",
    "receipt-key",
    "reply",
    "revoked",
]
_HELD_FORMS: Final = 64
_LARGE: Final = ("election", "media", "questionnaire")


class OlderDeliveryError(DeliveryError):
    """A forgotten stick, or a replay: perhaps genuine, but its age is the danger."""

    number, sentence = 214, "Bundle {offered} is older than bundle {held}, which is installed."


class UnknownKeyError(DeliveryError):
    """A consultation names a sealing key that the offline desk never listed for its campaign."""

    number = 218
    sentence = "One consultation uses a key this kiosk does not know. Nothing was changed. Call support."


class ForeignBundleError(DeliveryError):
    """A bundle for another establishment or wing than this kiosk was granted."""

    number, sentence = 215, "This content is for another place. Nothing was changed."


class OpenBoxError(DeliveryError):
    """A bundle that drops an election, or defines it anew, while a box of it is open on this kiosk."""

    number = 224
    sentence = (
        "The box of an election is open here. The new content does not hold this election. Nothing was changed."
        " Close the box first. Call the returning officer."
    )


@dataclass(frozen=True, slots=True)
class CampaignKey:
    """The public half of a campaign's sealing key, as the offline desk lists it."""

    campaign: str
    key: KeyId
    public: bytes


@dataclass(frozen=True, slots=True)
class ReceiptKey:
    """The public half of a key that signs receipts and grants."""

    key: KeyId
    public: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """A verified parcel of content; only sync.delivery makes one. `number` is the version of TUF's timestamp.

    Before a kiosk is granted a place, establishment and wing are empty and there are keys and roll only.
    """

    number: int
    establishment: str
    wing: str
    metadata: Mapping[str, bytes]
    campaigns: tuple[CampaignKey, ...]
    receipt_keys: tuple[ReceiptKey, ...]
    revoked: frozenset[KioskId]
    consultations: tuple[Consultation, ...]
    questionnaires: Mapping[Digest, bytes]
    notices: tuple[Notice, ...]
    place: PlaceFile | None
    media: Mapping[str, bytes]
    replies: tuple[bytes, ...] = ()  # sealed, each for one code
    elections: Mapping[str, bytes] = field(default_factory=dict)  # by `<label>.<path>`, see models.elections


@dataclass(frozen=True, slots=True)
class OpenConsultation:
    """Something that people of this wing may take part in today, with all that a sitting needs."""

    consultation: Consultation
    questionnaire: Questionnaire
    form: Digest
    campaign_public: bytes


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is installed, as it stands on one day. `number` is 0 while nothing is; notices newest first.

    `clips`: what of it can be heard, with the milliseconds it plays. `has_replies`: somebody was answered by code.
    `elections`: by label.
    """

    number: int
    establishment: str
    wing: str
    place: PlaceFile | None
    consultations: tuple[OpenConsultation, ...]
    notices: tuple[Notice, ...]
    clips: Mapping[ClipKey, int] = field(default_factory=dict)
    has_replies: bool = False
    elections: tuple[OnTheShelf, ...] = ()


def install(vault: Vault, bundle: Bundle) -> bool:
    """Put a bundle on the shelf in one transaction; return whether anything changed.

    Raises OlderDeliveryError, ForeignBundleError, OpenBoxError, UnknownKeyError, UnreadableContentError and
    UnreadableQuestionnaireError before anything is written, VaultFullError with nothing written.
    """
    larder = Larder(vault.path)
    try:
        return _install(vault, larder, bundle, _files(bundle))
    finally:
        with vault.reading() as session:
            larder.keep_only(*_places(session))


def _install(vault: Vault, larder: Larder, bundle: Bundle, files: dict[tuple[FileKind, str], bytes]) -> bool:
    with vault.writing() as session:
        _for_this_place(session, bundle)
        held = session.get(ShelfRow, 1)
        if held is not None and bundle.number < held.number:
            raise OlderDeliveryError(offered=bundle.number, held=held.number)
        mine = (bundle.number, bundle.establishment, bundle.wing)
        if held is not None and mine == (held.number, held.establishment, held.wing) and _whole(session, larder):
            return False
        _for_open_boxes(session, bundle)
        places = larder.put({key: data for key, data in files.items() if key[0] in _LARGE})
        session.execute(sa.delete(ShelfFileRow))
        session.execute(sa.delete(TufRow))
        session.add_all(
            ShelfFileRow(kind=kind, name=name, content=data) for (kind, name), data in (files | places).items()
        )
        session.add_all(TufRow(name=name, content=data) for name, data in bundle.metadata.items())
        session.merge(ShelfRow(one=1, number=bundle.number, establishment=bundle.establishment, wing=bundle.wing))
    return True


def open_shelf(vault: Vault, day: date) -> Shelf:
    """Return what is installed, with the consultations that are open for this wing on this day, by id."""
    with vault.reading() as session:
        held = session.get(ShelfRow, 1)
        if held is None:
            return Shelf(0, "", "", None, (), ())
        consultations = [read_consultation(data) for data in _contents(session, "consultation").values()]
        now = [one for one in consultations if is_open(one, day, held.wing)]
        place = next(iter(_contents(session, "place").values()), None)
        return Shelf(
            number=held.number,
            establishment=held.establishment,
            wing=held.wing,
            place=None if place is None else read_place(place),
            consultations=tuple(_opened(session, Larder(vault.path), one) for one in now),
            notices=newest_first(read_notice(data) for data in _contents(session, "notice").values()),
            clips=_clips(session),
            has_replies=_has_replies(session),
            elections=_elections(session, Larder(vault.path)),
        )


def installed_consultations(vault: Vault) -> tuple[Consultation, ...]:
    """Return every consultation of the shelf, open or not."""
    with vault.reading() as session:
        return tuple(read_consultation(data) for data in _contents(session, "consultation").values())


def media(vault: Vault, name: str) -> bytes | None:
    """Return one picture or sound of the shelf by its content name, or None."""
    with vault.reading() as session:
        row = session.get(ShelfFileRow, ("media", name))
    return None if row is None else _piece(Larder(vault.path), row.content)


def clip(vault: Vault, key: ClipKey, ms: int) -> bytes | None:
    """Return one clip of the shelf, of which `Shelf.clips` says the milliseconds; None if it is not there any more."""
    return media(vault, file_name(key, ms))


def reply_to(vault: Vault, code: Code) -> Reply | None:
    """Return the reply that a code opens, after a quarter of a second; None for a wrong code, or without a reply yet.

    Nothing is written, and nothing of the code or the reply is kept.
    """
    with vault.reading() as session:
        held, sealed = session.get(ShelfRow, 1), _replies(session)
    secret = None if held is None else read_for_a_reply(code, held.establishment)
    if held is None or secret is None:
        return None
    private, _ = seal.reply_pair(secret.spelled, held.establishment)
    for one in sealed:
        try:
            return read_reply(seal.open_reply(one, private, held.establishment))
        except (SealError, UnreadableContentError):
            continue
    return None


def tuf_metadata(vault: Vault) -> Mapping[str, bytes]:
    """Return the metadata files of the delivery last accepted, by file name; what the TUF client starts from."""
    with vault.reading() as session:
        return {row.name: row.content for row in session.scalars(sa.select(TufRow))}


def receipt_keys(vault: Vault) -> tuple[ReceiptKey, ...]:
    """Return the keys that may sign receipts and grants."""
    with vault.reading() as session:
        listed = _contents(session, "receipt-key")
        return tuple(ReceiptKey(KeyId(bytes.fromhex(name)), public) for name, public in listed.items())


def revoked(vault: Vault) -> frozenset[KioskId]:
    """Return the kiosks that central has taken out of service."""
    with vault.reading() as session:
        return frozenset(KioskId(bytes.fromhex(name)) for name in _contents(session, "revoked"))


def trusted_root(vault: Vault) -> bytes:
    """Return the TUF root that was given at enrolment; VaultMissingError if none was."""
    root = vault.setting("root")
    if root is None:
        raise VaultMissingError(missing="the trusted root")
    return root


def trust_root(vault: Vault, root: bytes) -> None:
    """Keep the root that a program without a constant of its own is given, once, at enrolment."""
    vault.put_settings({"root": root})


def _for_this_place(session: Session, bundle: Bundle) -> None:
    """Refuse a bundle for a place other than the granted one; keys and roll alone are for every kiosk."""
    if not bundle.establishment and bundle.place is None:
        return
    for name, offered in (("establishment", bundle.establishment), ("wing", bundle.wing)):
        granted = session.get(SettingRow, name)
        if granted is not None and granted.content != offered.encode():
            raise ForeignBundleError
    if bundle.place is not None and bundle.place.wing != bundle.wing:
        raise ForeignBundleError


def _for_open_boxes(session: Session, bundle: Bundle) -> None:
    """Refuse a bundle that lacks the election, by its very definition, of a box that is open here."""
    opened = set(session.scalars(sa.select(PollRow.definition).where(PollRow.manifest.is_(None))))
    if opened - {one.election.d for one in read_elections(bundle.elections, bundle.media)}:
        raise OpenBoxError


def _files(bundle: Bundle) -> dict[tuple[FileKind, str], bytes]:
    """Return the rows of a bundle, every one of them read back with its real type."""
    listed = {(one.campaign, one.key.hex()): one.public for one in bundle.campaigns}
    for consultation in bundle.consultations:
        if Digest(bytes.fromhex(consultation.questionnaire)) not in bundle.questionnaires:
            raise UnreadableContentError("a consultation without its questionnaire")
        public = listed.get((consultation.campaign, consultation.key))
        if public is None or seal.key_id(public).hex() != consultation.key:
            raise UnknownKeyError
    for form, data in bundle.questionnaires.items():
        if seal.digest(data) != form:
            raise UnreadableContentError("a questionnaire under another one's hash")
        _read_form(data)
    read_elections(bundle.elections, bundle.media)
    if not all(seal.is_sealed_reply(sealed) for sealed in bundle.replies):
        raise UnreadableContentError("a reply that is not sealed")
    rows: list[tuple[FileKind, str, bytes]] = [
        *(("consultation", one.id, consultation_bytes(one)) for one in bundle.consultations),
        *(("questionnaire", form.hex(), data) for form, data in bundle.questionnaires.items()),
        *(("notice", one.id, notice_bytes(one)) for one in bundle.notices),
        *(("media", name, data) for name, data in bundle.media.items()),
        *(("election", name, data) for name, data in bundle.elections.items()),
        *(("reply", seal.digest(sealed).hex(), sealed) for sealed in bundle.replies),
        *(("campaign", f"{campaign}/{key}", public) for (campaign, key), public in listed.items()),
        *(("receipt-key", one.key.hex(), one.public) for one in bundle.receipt_keys),
        *(("revoked", kiosk.hex(), b"") for kiosk in bundle.revoked),
    ]
    if bundle.place is not None:
        rows.append(("place", bundle.place.wing, place_bytes(bundle.place)))
    files = {(kind, name): data for kind, name, data in rows}
    if len(files) != len(rows):
        raise UnreadableContentError("two pieces under one name")
    _read_back(files)
    return files


def _read_back(files: Mapping[tuple[FileKind, str], bytes]) -> None:
    """Read what will be stored, so that opening the shelf cannot fail later."""
    readers = {"consultation": read_consultation, "notice": read_notice, "place": read_place}
    for (kind, _), data in files.items():
        if kind in readers:
            readers[kind](data)


@lru_cache(maxsize=_HELD_FORMS)
def _read_form(data: bytes) -> Questionnaire:
    """Read each questionnaire once: the same bytes always say the same."""
    return read_questionnaire(data)


def _contents(session: Session, kind: FileKind) -> dict[str, bytes]:
    rows = session.scalars(sa.select(ShelfFileRow).where(ShelfFileRow.kind == kind).order_by(ShelfFileRow.name))
    return {row.name: row.content for row in rows}


def _has_replies(session: Session) -> bool:
    first = sa.select(ShelfFileRow.name).where(ShelfFileRow.kind == "reply").limit(1)
    return session.scalar(first) is not None


def _replies(session: Session) -> tuple[bytes, ...]:
    return tuple(_contents(session, "reply").values())


def _elections(session: Session, larder: Larder) -> tuple[OnTheShelf, ...]:
    """Read what was read when it was installed; files that are gone leave no election rather than half a one."""
    names = session.scalars(sa.select(ShelfFileRow.name).where(ShelfFileRow.kind == "media"))
    held = {name: _piece(larder, content) for name, content in _contents(session, "election").items()}
    whole = {name: data for name, data in held.items() if data is not None}
    if len(whole) < len(held):
        raise VaultCorruptError
    return read_elections(whole, names)


def _clips(session: Session) -> dict[ClipKey, int]:
    names = session.scalars(sa.select(ShelfFileRow.name).where(ShelfFileRow.kind == "media"))
    return dict(found for name in names if (found := named(name)) is not None)


def _piece(larder: Larder, content: bytes) -> bytes | None:
    return larder.get(content) if is_place(content) else content


def _places(session: Session) -> list[bytes]:
    """Return where everything lies that is in the larder."""
    short = sa.func.length(ShelfFileRow.content) == PLACE_BYTES
    contents = session.scalars(sa.select(ShelfFileRow.content).where(ShelfFileRow.kind.in_(_LARGE), short))
    return [content for content in contents if is_place(content)]


def _whole(session: Session, larder: Larder) -> bool:
    """Return whether all that should lie in the larder does; if not, the same bundle may be installed anew."""
    return all(larder.holds(place) for place in _places(session))


def _opened(session: Session, larder: Larder, consultation: Consultation) -> OpenConsultation:
    form = _piece(larder, session.get_one(ShelfFileRow, ("questionnaire", consultation.questionnaire)).content)
    if form is None:
        raise VaultCorruptError
    key = session.get_one(ShelfFileRow, ("campaign", f"{consultation.campaign}/{consultation.key}"))
    return OpenConsultation(
        consultation, _read_form(form), Digest(bytes.fromhex(consultation.questionnaire)), key.content
    )
