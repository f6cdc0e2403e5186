"""A licence that forbids sharing, and the signed word of somebody that its holder permits this use.

Rule 1: a declaration names one questionnaire by its hash; a changed word needs a new one.
Rule 2: it is signed at the press desk, with the establishment's own press key; no other signature is believed.
Rule 3: it stays at central, beside the content that it speaks of; no kiosk is sent it.
Source: questionnaires.md sections 2 and 4, domain.md section 8.1.

    content/[<CODE>/]declarations/*.toml
    questionnaire = "9f…"      64 hex digits         name = "letter of 3 May"   the setting `licence_declaration`
    signed_off_by = "…"        a name and a role     day = 2026-11-22
    permission = "…"           the holder's words    key, signature = "…"       over the mark, 00 and the five as JSON
"""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from securesystemslib.exceptions import UnverifiedSignatureError, VerificationError
from securesystemslib.signer import Key, Signature, Signer

from models.canonical import canonical_json
from models.errors import CentralError
from models.questionnaire import Questionnaire, read_questionnaire
from models.seal import Digest, digest

FOLDER: Final = "declarations"
DECLARED: Final = "declared"
_MARK: Final = b"wingvoice/declaration/1\0"
_TEXTS: Final = ("questionnaire", "name", "signed_off_by", "permission")
_SHORT: Final = 12  # hex digits of the hash in a file's name
_LIMIT: Final = 4_000  # characters of one text


class DeclarationError(CentralError):
    """The person at the press desk: a permission is missing, or cannot be believed."""

    number, sentence = 834, "{detail} Nothing was written."


@dataclass(frozen=True, slots=True)
class Declaration:
    """Somebody's word that a licence permits one questionnaire. `questionnaire`: its hash, 64 hex digits."""

    questionnaire: str
    name: str
    signed_off_by: str
    permission: str
    day: date


def declare(content: Path, unverified: bytes, signed_off_by: str, permission: str, day: date, signer: Signer) -> Path:
    """Sign off the use of one questionnaire and return the new file, in `declarations` of an establishment's content.

    Raises DeliveryError where the bytes are no questionnaire, DeclarationError where its licence needs no declaration,
    where it names none, or where a text is blank or too long.
    """
    questionnaire, form = read_questionnaire(unverified), digest(unverified).hex()
    name = questionnaire.rights.declaration
    if not needed(questionnaire) or not name:
        raise DeclarationError(detail=f"The licence of questionnaire {questionnaire.id} asks for no declaration.")
    who, words = (unicodedata.normalize("NFC", text.strip()) for text in (signed_off_by, permission))
    declaration = Declaration(form, name, who, words, day)
    path = content / FOLDER / f"{questionnaire.id}-{form[:_SHORT]}.toml"
    written = signed_declaration(declaration, signer)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written, encoding="utf-8")
    return path


def signed_declaration(declaration: Declaration, signer: Signer) -> str:
    """Return the declaration as a TOML file, signed; DeclarationError where a text is blank or too long."""
    for name in _TEXTS:
        text = getattr(declaration, name)
        if not text.strip() or len(text) > _LIMIT:
            raise DeclarationError(detail=f"A declaration needs its {name}, in at most {_LIMIT} characters.")
    signature = signer.sign(_signed_bytes(declaration))
    lines = [f"{name} = {_quoted(getattr(declaration, name))}" for name in _TEXTS]
    lines += [f"day = {declaration.day.isoformat()}"]
    lines += [f"key = {_quoted(signature.keyid)}", f"signature = {_quoted(signature.signature)}"]
    return "\n".join(lines) + "\n"


def read_declaration(written: str, keys: Iterable[Key]) -> Declaration:
    """Return what a file declares if one of `keys` signed it; else DeclarationError, which says what is wrong."""
    try:
        value = tomllib.loads(written)
    except tomllib.TOMLDecodeError as wrong:
        raise DeclarationError(detail=f"It cannot be read ({wrong}).") from wrong
    if value.keys() != {*_TEXTS, "day", "key", "signature"}:
        raise DeclarationError(detail=f"It does not hold just {', '.join(_TEXTS)}, day, key and signature.")
    day = value.pop("day")
    if type(day) is not date or not all(isinstance(text, str) for text in value.values()):
        raise DeclarationError(detail="Its day is a day, everything else is text.")
    form, name, who, words = (value[text] for text in _TEXTS)
    declaration = Declaration(form, name, who, words, day)
    signed = Signature(value["key"], value["signature"])
    if not any(_verified(key, signed, _signed_bytes(declaration)) for key in keys if key.keyid == signed.keyid):
        raise DeclarationError(detail="This establishment's press did not sign it, or it was changed since.")
    return declaration


def needed(questionnaire: Questionnaire) -> bool:
    """Tell whether the licence of these words forbids sharing, so that somebody must sign off their use."""
    return questionnaire.rights.licence == DECLARED


def check_declared(form: Digest, questionnaire: Questionnaire, held: Sequence[Declaration], today: date) -> None:
    """Raise DeclarationError unless a declaration of no later day than `today` permits these very words."""
    name, named = questionnaire.rights.declaration, f"questionnaire {questionnaire.id}"
    who = (
        "Whoever answers for the licence signs it off at the press desk: `wingvoice-central declare`"
        f" for {named}, version {questionnaire.version}."
    )
    if not name:
        raise DeclarationError(detail=f"The licence of {named} forbids sharing, and it names no declaration. {who}")
    of_this = [one for one in held if one.questionnaire == form.hex() and one.name == name]
    if not of_this:
        other = any(one.name == name for one in held)
        found = f'"{name}" was signed off for other words' if other else f'nobody has signed off "{name}"'
        raise DeclarationError(detail=f"The licence of {named} forbids sharing, and {found}. {who}")
    if min(one.day for one in of_this) > today:
        raise DeclarationError(detail=f'"{name}" of {named} is signed off for a later day. {who}')


def read_folder(folder: Path, keys: Sequence[Key]) -> tuple[Declaration, ...]:
    """Return every declaration of an establishment's content; DeclarationError names the file that is not good."""
    found = []
    for path in sorted((folder / FOLDER).glob("*.toml")):
        try:
            found.append(read_declaration(path.read_text(encoding="utf-8"), keys))
        except (DeclarationError, UnicodeDecodeError) as wrong:
            why = wrong.facts["detail"] if isinstance(wrong, DeclarationError) else "It is not text."
            raise DeclarationError(detail=f"{FOLDER}/{path.name}: {why}") from wrong
    return tuple(found)


def _signed_bytes(declaration: Declaration) -> bytes:
    value: dict[str, str] = {name: getattr(declaration, name) for name in _TEXTS}
    if not all(unicodedata.is_normalized("NFC", text) for text in value.values()):
        raise DeclarationError(detail="Its letters are not written as this program writes them (NFC).")
    return _MARK + canonical_json(value | {"day": declaration.day.isoformat()})


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # what TOML takes as a basic string


def _verified(key: Key, signed: Signature, data: bytes) -> bool:
    try:
        key.verify_signature(signed, data)
    except (UnverifiedSignatureError, VerificationError):
        return False
    return True
