"""The codes that people write down: one to come back to a long questionnaire, one to read a reply.

    picture picture picture picture   digit digit digit   digit  digit  digit
    |<------ 4 of 64, chance ------>|<------- 4, chance ------>| next | check |     come back
    |<------ 4 of 64, chance ------>|<----------- 5, chance -------->| check |     reply

Rule 1: pictures and digits of chance are the secret: 2**24 x 10**4 to come back, where `next` is the place of the next
    module, and 2**24 x 10**5 for a reply.
Rule 2: the check digit is Damm's, over all that stands before it and where the code is good: the hash of the
    questionnaire, or the establishment. The class of a picture is its number modulo ten. It catches every wrong digit,
    every swap of two neighbouring digits, every picture taken for another of its page of eight, 91.4 % of all wrong
    pictures (64 pictures fall into ten classes: no check digit catches more), 91.4 % of swaps of two neighbouring
    pictures, and 90 % of codes that are good somewhere else.
Rule 3: pure; chance is an argument, and nothing shows a code in its `repr`.
Rule 4: the numbers of the pictures are part of every code that was ever written down: they never change.
Source: questionnaires.md section 11, custody.md section 4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

PICTURES: Final = 64
TAPPED: Final = 4
TYPED: Final = 6
LAST_PLACE: Final = 9
"""A digit names the modules at places 1 to 9, counted from 0 without practice; nobody comes back to the one at 0."""
_CHANCE: Final = 4
_CHANCE_OF_A_REPLY: Final = 5
_CLASSES: Final = 10
# A quasigroup of order ten in which neither one wrong symbol nor two swapped neighbours lead to the same end.
# Source: H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004.
_DAMM: Final = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Secret:
    """What chance decides of a code: four numbers of pictures, 0 to 63, and four or five digits."""

    pictures: tuple[int, ...] = field(repr=False)
    chance: str = field(repr=False)

    @property
    def spelled(self) -> bytes:
        """The one spelling that keys are derived from: a byte a picture, then the digits; 8 or 9 bytes."""
        return bytes(self.pictures) + self.chance.encode()


@dataclass(frozen=True, slots=True)
class Code:
    """What people write down: four numbers of pictures and six digits."""

    pictures: tuple[int, ...] = field(repr=False)
    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ComeBack:
    """What a sitting of several modules holds in memory: the secret, and what `models.seal` derived from it.

    `link` is 64 hex digits and stands inside every record of the sitting; `seed` decides draws and random order.
    """

    secret: Secret = field(repr=False)
    link: str = field(repr=False)
    seed: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReplyCode:
    """What a suggestion that wants a reply holds in memory until it is handed in.

    `public`, 64 hex digits, stands inside the record and lets central seal a reply to whoever has the code.
    """

    code: Code = field(repr=False)
    public: str = field(repr=False)


def drawn(chance: bytes) -> Secret:
    """Return the secret that 16 bytes of chance decide; every secret is as likely as any other, to one in 2**87."""
    return _drawn(chance, _CHANCE)


def drawn_for_a_reply(chance: bytes) -> Secret:
    """Return the secret of a reply code, as `drawn`."""
    return _drawn(chance, _CHANCE_OF_A_REPLY)


def _drawn(chance: bytes, count: int) -> Secret:
    number, digits = divmod(int.from_bytes(chance), 10**count)
    pictures = tuple(number // PICTURES**place % PICTURES for place in range(TAPPED))
    return Secret(pictures, f"{digits:0{count}d}")


def written(secret: Secret, place: int, form: bytes) -> Code:
    """Return the code that leads back to the module at `place` of the questionnaire with this hash.

    RuntimeError where a digit cannot name the place.
    """
    if not 1 <= place <= LAST_PLACE:
        raise RuntimeError("no code leads to this module")
    digits = f"{secret.chance}{place}"
    return Code(secret.pictures, f"{digits}{_end(secret.pictures, digits, form)}")


def read(code: Code, form: bytes) -> tuple[Secret, int] | None:
    """Return secret and place of the next module; None where the check digit says that the code is not right here.

    A code that looks right and that nobody got is read like any other: it begins a link of its own.
    """
    if not _is_right(code, form) or code.digits[_CHANCE] == "0":
        return None
    return Secret(code.pictures, code.digits[:_CHANCE]), int(code.digits[_CHANCE])


def written_for_a_reply(secret: Secret, establishment: str) -> Code:
    """Return the code that opens a reply on every kiosk of an establishment."""
    end = _end(secret.pictures, secret.chance, establishment.encode())
    return Code(secret.pictures, f"{secret.chance}{end}")


def read_for_a_reply(code: Code, establishment: str) -> Secret | None:
    """Return the secret of a reply code, or None where the check digit says that it is not right here."""
    right = _is_right(code, establishment.encode())
    return Secret(code.pictures, code.digits[:_CHANCE_OF_A_REPLY]) if right else None


def _is_right(code: Code, here: bytes) -> bool:
    whole = len(code.pictures) == TAPPED and all(0 <= picture < PICTURES for picture in code.pictures)
    typed = len(code.digits) == TYPED and code.digits.isascii() and code.digits.isdecimal()
    return whole and typed and not _end(code.pictures, code.digits, here)


def _end(pictures: tuple[int, ...], digits: str, here: bytes) -> int:
    """Walk through Damm's table from where the code is good; the end is the check digit, and then 0."""
    at = int.from_bytes(here) % _CLASSES
    for symbol in (*(picture % _CLASSES for picture in pictures), *map(int, digits)):
        at = int(_DAMM[at][symbol])
    return at
