"""The press: reads an establishment's content, checks all of it, and signs it into the next bundle.

Rule 1: everything is read with the types that a kiosk reads it with; what a kiosk would refuse is refused here.
Rule 2: a refusal writes nothing: checking ends before the first file is written.
Rule 3: only the press desk's keys are used; keys, roll and roots are the ceremony's.
Rule 4: a questionnaire's id and version mean one wording for ever, at every establishment.
Rule 5: no text box without a policy that says who reads it; no consultation without its level.
Rule 6: words that their licence forbids to share go out only under a declaration that this desk signed.

    content/[<CODE>/]consultations/*.toml|json  questionnaires/*.json  notices/*.toml|json  place/*.toml|json  media/*
    content/[<CODE>/]elections/<label>/**   an election or its board, as it was signed; its media/ beside it
    content/[<CODE>/]replies/*.json         sealed to one code each; sent as one file, while their day is not past
    content/[<CODE>/]declarations/*.toml    read here, never sent to a kiosk
    content/[<CODE>/]sounds/<tag>/*         what people recorded, for sync.central.voice
    The folder <CODE>/ may be left out where central has one establishment only.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from securesystemslib.signer import Key, Signer
from tuf.api.metadata import Snapshot, Targets, Timestamp

from models import seal
from models.canonical import UnreadableContentError, canonical_json
from models.errors import CentralError, DeliveryError
from models.questionnaire import read_questionnaire
from models.seal import Digest
from models.shelf import CampaignKey, UnknownKeyError
from sync.central import declarations, sealed_replies
from sync.central.keychest import Chest
from sync.central.repository import Repository, expires, listed
from sync.content import REPLIES, REPLY_LIMIT, Content, asks_for_words, check_names, form_of, packed, read_content
from sync.courier import TooLargeError
from sync.courier_stick import check_folder
from sync.refusals import DamagedDeliveryError, NewerProgramError, StrayFilesError
from sync.stick import Stick

CONTENT_MONTHS: Final = 13
OFFICE_MODULE_S: Final = 90
"""In a waiting room a name may be called at any moment; source: kiosk.md section 4."""
_HASH: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
ELECTIONS: Final = "elections"
FOLDERS: Final = ("questionnaires", "media", "consultations", "notices", "place")
PICTURE_LIMIT_BYTES: Final = 300_000
REASONS: Final[Mapping[type[DeliveryError], str]] = {
    DamagedDeliveryError: "it names a questionnaire that is not in this content",
    UnknownKeyError: "it names a campaign or sealing key that the ceremony did not make",
    StrayFilesError: "a file is too big, there are too many, or a name is not of small letters, digits, - and _",
    NewerProgramError: "its format is newer than this program",
}


class PressError(CentralError):
    """Central's operator at the press."""

    number, sentence = 832, "The press refuses {file}: {reason} Nothing was written."


@dataclass(frozen=True, slots=True)
class _File:
    source: str  # as the operator knows it
    data: bytes  # as it will be published


Speak = Callable[[Content, Path], Mapping[str, bytes]]
"""Gives packs of sound, by file name, for content that was read from a folder."""


def press(
    home: Path,
    content: Path,
    now: datetime,
    speak: Speak | None = None,
    tell: Callable[[str], None] = lambda _words: None,
) -> int:
    """Check the content folder, sign it, and return the number of the bundle (its timestamp's version).

    `now` is an aware time; without `speak` the bundle is silent; `tell` gets remarks, which refuse nothing. Raises
    PressError or CentralError; then nothing was written.
    """
    repository, chest = Repository(home), Chest(home)
    top, root = repository.top(), repository.root()
    if top.is_expired(now) or root.is_expired(now):
        raise CentralError(
            detail="Root or targets are past their day. Renew them at the offline desk. Nothing was written."
        )
    campaigns = repository.lists().campaigns
    codes = repository.establishments()
    wordings = _wordings({data for code in codes for data in repository.questionnaires(code)})
    ready: dict[str, dict[str, _File]] = {}
    read: dict[str, Content] = {}
    places = _places(content, codes)
    for code, folder in places.items():
        ready[code] = _gathered(folder, campaigns) | _replies(folder, now.date())
        read[code] = _check(ready[code], campaigns)
        _check_versions(wordings, read[code])
        _check_declared(read[code], folder, press_keys(top, code), now.date())
        for words in too_long_for_offices(read[code]):
            tell(words)
    desk = {
        role: chest.at_press(role, [root.get_key(key) for key in root.roles[role].keyids])
        for role in (Snapshot.type, Timestamp.type)
    }
    signers = {code: chest.at_press(f"est-{code.lower()}", press_keys(top, code)) for code in ready}
    for code, folder in places.items():  # once nothing can be refused any more
        packs = {} if speak is None else speak(read[code], folder)
        ready[code] |= {f"sounds/{name}": _File("sounds", data) for name, data in packs.items()}
    for code, files in ready.items():
        _sign_establishment(repository, code, files, now, signers[code])
    return _sign_desk(repository, now, desk)


def press_keys(top: Targets, code: str) -> list[Key]:
    """Return the public keys with which an establishment's content is signed."""
    return [top.get_key(key) for key in top.get_delegated_role(f"est-{code.lower()}").keyids]


def folder_of(content: Path, code: str) -> Path:
    """Return the folder of one establishment's content: its own, or the whole where none is divided by code."""
    return content / code if (content / code).is_dir() else content


def _places(content: Path, codes: tuple[str, ...]) -> Mapping[str, Path]:
    """Return the folder of each establishment that the content folder speaks of."""
    named = {code: content / code for code in codes if (content / code).is_dir()}
    flat = any((content / folder).is_dir() for folder in (*FOLDERS, ELECTIONS))
    if named and not flat:
        return named
    if flat and not named and len(codes) == 1:
        return {codes[0]: content}
    raise PressError(
        file=content, reason=f"each establishment's content lies in a folder named by its code ({', '.join(codes)})."
    )


def _gathered(folder: Path, campaigns: Sequence[CampaignKey]) -> dict[str, _File]:
    """Return the files as they will be published, by "folder/name"; names that start with a dot are left out."""
    files: dict[str, _File] = {}
    for kind in FOLDERS:  # questionnaires and files first: consultations and notices name them
        for path in sorted((folder / kind).glob("*")):
            if path.name.startswith("."):
                continue
            source = f"{kind}/{path.name}"
            if path.is_symlink() or not path.is_file():
                raise PressError(file=source, reason="it is not a plain file.")
            data = path.read_bytes()
            name = f"{kind}/{path.stem.lower()}.json"
            if kind in ("questionnaires", "media"):
                name = f"{kind}/{seal.digest(data).hex()}{path.suffix.lower()}"
            else:
                data = _canonical(source, path.suffix, data, files, campaigns)
            if name in files and files[name].data != data:
                raise PressError(file=source, reason=f"{files[name].source} has the same name.")
            files[name] = _File(source, data)
    return files | _elections(folder)


def _elections(folder: Path) -> dict[str, _File]:
    """Return the files of every election, as they are: signed by other people, they are changed by nobody here.

    A folder `media` of theirs goes where all pictures and sounds of the content go.
    """
    files: dict[str, _File] = {}
    for path in sorted((folder / ELECTIONS).glob("*/**/*")):
        inside = path.relative_to(folder / ELECTIONS)
        source = f"{ELECTIONS}/{inside.as_posix()}"
        if path.is_dir() or any(part.startswith(".") for part in inside.parts):
            continue
        if path.is_symlink() or not path.is_file():
            raise PressError(file=source, reason="it is not a plain file.")
        data, (label, *rest) = path.read_bytes(), inside.parts
        if rest[0] == "media":
            files[f"media/{seal.digest(data).hex()}{path.suffix.lower()}"] = _File(source, data)
        else:
            files[f"{ELECTIONS}/{label}.{'.'.join(rest)}"] = _File(source, data)
    return files


def _replies(folder: Path, today: date) -> dict[str, _File]:
    """Return the sealed replies whose day is not past, as the one file that carries them all."""
    found: list[bytes] = []
    for path in sorted((folder / sealed_replies.FOLDER).glob("[!.]*")):
        source = f"{sealed_replies.FOLDER}/{path.name}"
        if path.is_symlink() or not path.is_file():
            raise PressError(file=source, reason="it is not a plain file.")
        try:
            sealed = sealed_replies.carried(path, today)
        except UnreadableContentError as wrong:
            raise PressError(file=source, reason=f"it cannot be read ({wrong.detail}).") from wrong
        found += [] if sealed is None else [sealed]
    if len(found) > REPLY_LIMIT:
        raise PressError(
            file=sealed_replies.FOLDER, reason=f"a bundle carries {REPLY_LIMIT} sealed replies; {len(found)} are here."
        )
    return {REPLIES: _File(sealed_replies.FOLDER, packed(found))} if found else {}


def _canonical(
    source: str, suffix: str, data: bytes, files: Mapping[str, _File], campaigns: Sequence[CampaignKey]
) -> bytes:
    """Return what a person wrote by hand in the one spelling; `format` may be left out."""
    try:
        value = tomllib.loads(data.decode()) if suffix == ".toml" else json.loads(data)
        if suffix not in (".toml", ".json") or not isinstance(value, dict):
            raise PressError(file=source, reason="only tables of names and values in .toml or .json are read here.")
        if source.startswith("consultations/"):
            _fill_in(source, value, files, campaigns)
        if source.startswith("notices/") and "picture" in value:
            value["picture"] = _picture(source, str(value["picture"]), files)
        return canonical_json({"format": 1} | _plain(value))
    except (ValueError, RecursionError, RuntimeError) as wrong:
        raise PressError(file=source, reason=f"it cannot be read ({wrong}).") from wrong


def _fill_in(source: str, value: dict[str, Any], files: Mapping[str, _File], campaigns: Sequence[CampaignKey]) -> None:
    """Put hashes for what people write: a questionnaire by its id, and the campaign's own sealing key."""
    wanted, campaign = str(value.get("questionnaire")), value.get("campaign")
    for name, file in files.items():
        folder, _, hashed = name.partition("/")
        if folder == "questionnaires" and json.loads(file.data).get("id") == wanted:
            value["questionnaire"] = hashed.partition(".")[0]
    if value.get("questionnaire") == wanted and not _HASH.fullmatch(wanted):
        raise PressError(file=source, reason=f"questionnaire {wanted} is not in this content.")
    keys = {key.campaign: key.key.hex() for key in campaigns}
    if campaign not in keys:
        raise PressError(file=source, reason=f"the ceremony made no campaign {campaign}; it made {', '.join(keys)}.")
    value.setdefault("key", keys[campaign])


def _picture(source: str, picture: str, files: Mapping[str, _File]) -> str:
    """Return the name under which a kiosk finds a notice's picture: an icon's, or that of a file of this content."""
    if "." not in picture:
        return picture
    for name, file in files.items():
        if f"media/{picture}" in (file.source, name):
            if len(file.data) > PICTURE_LIMIT_BYTES:
                raise PressError(file=source, reason=f"its picture has more than {PICTURE_LIMIT_BYTES} bytes.")
            return name.removeprefix("media/")
    raise PressError(file=source, reason=f"its picture {picture} is not in the folder media.")


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _check(files: Mapping[str, _File], campaigns: Sequence[CampaignKey]) -> Content:
    """Return the content as read; refuse whatever a kiosk would refuse, and what only the press can see."""
    try:
        check_names({name: len(file.data) for name, file in files.items()})
        content = read_content({name: file.data for name, file in files.items()}, campaigns)
    except DeliveryError as refusal:
        at = next(iter(getattr(refusal, "__notes__", ())), "")
        reason = REASONS.get(type(refusal)) or refusal.facts.get("detail") or str(refusal)
        raise PressError(file=files[at].source if at else "the content", reason=f"{reason}.") from refusal
    _check_twice("consultation", [consultation.id for consultation in content.consultations])
    _check_twice("notice", [notice.id for notice in content.notices])
    _check_twice("place", [place.wing for place in content.places])
    wings = {place.wing for place in content.places}
    for consultation in content.consultations:
        named = f"consultation {consultation.id}"
        if asks_for_words(content.read[form_of(consultation)]) and consultation.free_text.policy == "none":
            raise PressError(file=named, reason="it asks for people's own words and has no free-text policy.")
        if not wings.issuperset(consultation.wings):
            raise PressError(file=named, reason="it names a wing that has no place file.")
    return content


def too_long_for_offices(content: Content) -> tuple[str, ...]:
    """Return a sentence for each module that is open in a waiting room and takes longer than people have there."""
    offices = {place.wing for place in content.places if place.kind == "office"}
    opened = {form_of(one): one.id for one in content.consultations if offices.intersection(one.wings)}
    return tuple(
        f"consultation {name}: module {module.name} takes about {module.seconds} seconds; "
        f"in a waiting room people have about {OFFICE_MODULE_S}. Whoever authored it: divide it."
        for form, name in opened.items()
        for module in content.read[form].modules
        if module.seconds > OFFICE_MODULE_S
    )


def _check_declared(content: Content, folder: Path, keys: Sequence[Key], today: date) -> None:
    """Refuse words that nobody here may share, unless somebody signed off that their holder permits it."""
    bound = {form: read for form, read in content.read.items() if declarations.needed(read)}
    held = declarations.read_folder(folder, keys) if bound else ()
    for form, read in bound.items():
        declarations.check_declared(form, read, held, today)


def _wordings(published: Iterable[bytes]) -> dict[tuple[str, str], Digest]:
    """Return the hash of each questionnaire ever published, by id and version."""
    read = ((read_questionnaire(data), seal.digest(data)) for data in published)
    return {(questionnaire.id, questionnaire.version): form for questionnaire, form in read}


def _check_versions(wordings: dict[tuple[str, str], Digest], content: Content) -> None:
    """Refuse an id and version that stand for other words already; add the new ones."""
    for form, questionnaire in content.read.items():
        if wordings.setdefault((questionnaire.id, questionnaire.version), form) != form:
            raise PressError(
                file=f"questionnaire {questionnaire.id}",
                reason=f"version {questionnaire.version} is known with other content; give it a new version.",
            )


def _check_twice(what: str, ids: Sequence[str]) -> None:
    doubled = next((one for one in ids if ids.count(one) > 1), None)
    if doubled is not None:
        raise PressError(file=f"{what} {doubled}", reason="two files speak of it.")


def _sign_establishment(
    repository: Repository, code: str, files: Mapping[str, _File], now: datetime, signers: Sequence[Signer]
) -> None:
    role = f"est-{code.lower()}"
    last = repository.newest(role, Targets)
    paths = {f"est/{code.lower()}/{name}": file.data for name, file in files.items()}
    signed = Targets(
        version=last.version + 1 if last else 1,
        expires=expires(now, CONTENT_MONTHS),
        targets={path: repository.put_target(path, data) for path, data in paths.items()},
    )
    repository.put_metadata(role, signed, signers[:1])


def _sign_desk(repository: Repository, now: datetime, desk: Mapping[str, Sequence[Signer]]) -> int:
    """Sign what is newest of every role into a snapshot, and the snapshot into the timestamp, which goes out last."""
    roles = (Targets.type, *(f"est-{code.lower()}" for code in repository.establishments()))
    meta = {}
    for role in roles:
        signed, data = repository.newest(role, Targets), repository.newest_bytes(role)
        if signed is not None and data is not None:
            meta[f"{role}.json"] = listed(signed.version, data)
    until = expires(now, CONTENT_MONTHS)
    last_snapshot, last = repository.newest(Snapshot.type, Snapshot), repository.newest(Timestamp.type, Timestamp)
    snapshot = Snapshot(version=last_snapshot.version + 1 if last_snapshot else 1, expires=until, meta=meta)
    data = repository.put_metadata(Snapshot.type, snapshot, desk[Snapshot.type][:1])
    timestamp = Timestamp(
        version=last.version + 1 if last else 1, expires=until, snapshot_meta=listed(snapshot.version, data)
    )
    repository.put_metadata(Timestamp.type, timestamp, desk[Timestamp.type][:1])
    return timestamp.version


def write_to_stick(home: Path, stick: Path) -> int:
    """Write the newest delivery to the stick mounted at `stick`; return how many files were new there.

    Raises CentralError before the first press, CourierError where the stick is full, gone or not to be trusted.
    """
    files = Repository(home).current()
    if not files:
        raise CentralError(detail="Nothing has been pressed yet. Nothing was written to the stick.")
    check_folder(stick)
    road, written = Stick(stick), 0
    for path, data in files.items():
        *folder, name = ("delivery", *path.split("/"))
        try:
            there = road.read(folder, name, len(data))
        except TooLargeError:
            there = None
        if there != data:
            road.write(folder, name, data)
            written += 1
    road.finish()
    return written
