"""Who signed what: the bytes of `X.sig.json` beside `X.json`.

Rule 1: ascending by signer, each once; a signer is a witness by number or a kiosk by id.
Rule 2: reading proves nothing: whoever reads asks `models.seal.verify` with the key that the definition gives.
Source: elections.md 5.7.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from models.canonical import Fields, UnreadableContentError, a_list, canonical_json, read_canonical_json
from models.election.boxes import KIOSK

Signer = int | bytes
"""A witness's number, or the 16 bytes of a kiosk's id."""
_SIGNATURE: Final = re.compile(r"[0-9a-f]{128}")
_LIMIT_BYTES: Final = 64 * 1024
_SIGNERS_MOST: Final = 99


def write_signatures(signatures: Mapping[Signer, bytes]) -> bytes:
    """Return the one spelling of these signatures, 64 bytes each; kiosks first, then witnesses, ascending."""
    ordered = sorted(signatures.items(), key=lambda one: _place(one[0]))
    return canonical_json(
        [
            {"witness": signer, "signature": signature.hex()}
            if isinstance(signer, int)
            else {"kiosk": signer.hex(), "signature": signature.hex()}
            for signer, signature in ordered
        ]
    )


def read_signatures(unverified: bytes) -> dict[Signer, bytes]:
    """Return signer -> signature, nothing of it verified, or raise UnreadableContentError."""
    signatures: dict[Signer, bytes] = {}
    for item in a_list(read_canonical_json(unverified, _LIMIT_BYTES), "signatures", _SIGNERS_MOST):
        fields = Fields(item, "signature")
        signer: Signer = (
            fields.whole("witness", 1, 99) if fields.has("witness") else bytes.fromhex(fields.text("kiosk", KIOSK))
        )
        signatures[signer] = bytes.fromhex(fields.text("signature", _SIGNATURE))
        fields.close()
    if write_signatures(signatures) != unverified:
        raise UnreadableContentError("signatures are not in order, or one stands there twice")
    return signatures


def _place(signer: Signer) -> tuple[bool, int]:
    return (True, signer) if isinstance(signer, int) else (False, int.from_bytes(signer))
