"""The code on a slip, and the eight symbols that name a key or an envelope on paper.

Rule 1: a code is 22 digits, 20 drawn and 2 that check; spaces and dashes do not count, everything else is refused.
Rule 2: an error never repeats what was typed.
Rule 3: whatever a person may copy wrong by look (O, I, L, small letters) reads as what it must mean.
Source: elections.md 5.2 and 5.3, point 4.
"""

from __future__ import annotations

import re
from typing import Final, NewType

from models.errors import WrongCodeError

Code = NewType("Code", str)
"""22 digits whose check digits were checked; secret, never logged and never stored."""
SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DRAWN_DIGITS: Final = 20
CODE_DIGITS: Final = 22
_BETWEEN: Final = re.compile(r"[\s\-\u2010-\u2015]+")
_CODE: Final = re.compile(r"[0-9]{22}")
_DRAWN: Final = re.compile(r"[0-9]{20}")
_MODULUS: Final = 97
_LEAST_CHECK: Final = 2
_MOST_CHECK: Final = 98
_LOOKS_LIKE: Final = str.maketrans("OIL", "011")
_NAMED: Final = re.compile(f"[{SYMBOLS}]{{8}}")


def check_digits(digits: str) -> str:
    """Return the two digits, 02 to 98, that follow 20 drawn digits: 98 - (100 N mod 97)."""
    if not _DRAWN.fullmatch(digits):
        raise RuntimeError("a code is drawn with 20 digits")
    return f"{98 - 100 * int(digits) % _MODULUS:02d}"


def make_code(digits: str) -> Code:
    """Return the code that 20 drawn digits give."""
    return Code(digits + check_digits(digits))


def read_code(typed: str) -> Code:
    """Return the code that somebody typed or scanned, or raise WrongCodeError, which does not say what was wrong."""
    digits = _BETWEEN.sub("", typed)
    if not _CODE.fullmatch(digits) or int(digits) % _MODULUS != 1:
        raise WrongCodeError
    if not _LEAST_CHECK <= int(digits[DRAWN_DIGITS:]) <= _MOST_CHECK:
        raise WrongCodeError
    return Code(digits)


def grouped(code: Code) -> str:
    """Return the code as it is printed: 4-4-4-4-4-2, with spaces between."""
    return " ".join(code[at : at + 4] for at in range(0, CODE_DIGITS, 4))


def read_symbols(typed: str) -> str | None:
    """Return the symbols that somebody typed as they are printed, XXXX-XXXX, or None where they are none."""
    plain = _BETWEEN.sub("", typed).upper().translate(_LOOKS_LIKE)
    return f"{plain[:4]}-{plain[4:]}" if _NAMED.fullmatch(plain) else None
