# SPDX-License-Identifier: Apache-2.0
"""The recovery code: 140 random bits that a person copies from paper.

Seven groups of five in Crockford's base 32 (no I, L, O, U). In each group four characters are
random and the fifth checks them: a sum over GF(32) weighted by place and by the number of the
group, which finds every single mistyped character, every two swapped ones, and two swapped
groups in nearly all cases, and tells which group to look at.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.thai.digits import to_arabic
from desktop.thai.keyboard import to_us

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_THAI: Final = re.compile("[ก-ฮะ-ฺเ-๎]")
GROUPS: Final = 7
_DATA: Final = 4
_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


class WrongRecoveryCode(Problem):
    """The code was mistyped, or belongs to another store."""


@dataclass(frozen=True, slots=True, repr=False)
class RecoveryCode:
    """The random characters of one code. ``str`` gives it as printed; ``repr`` nothing."""

    bits: bytes

    def __str__(self) -> str:
        text = self.bits.decode("ascii")
        groups = [text[start : start + _DATA] for start in range(0, len(text), _DATA)]
        return "-".join(group + _check(number, group) for number, group in enumerate(groups))

    def __repr__(self) -> str:
        return "RecoveryCode(…)"


def new_code() -> RecoveryCode:
    """A new random code."""
    text = "".join(secrets.choice(ALPHABET) for _place in range(GROUPS * _DATA))
    return RecoveryCode(text.encode("ascii"))


def parse(text: str) -> RecoveryCode:
    """The code in ``text``, in any case, with or without hyphens and blanks.

    Raises :class:`WrongRecoveryCode` naming the first group whose check does not hold.
    """
    # Thai letters mean that the keyboard was left on its Thai layout.
    typed = to_us(text) if _THAI.search(text) else to_arabic(text)
    upper = typed.upper().translate(_LOOKALIKES)
    kept = "".join(letter for letter in upper if letter in ALPHABET)
    size = _DATA + 1
    if len(kept) != GROUPS * size:
        raise WrongRecoveryCode(
            _(
                "The recovery code has {groups} groups of {size} characters; {count} were typed."
            ).format(groups=GROUPS, size=size, count=len(kept))
        )
    data = []
    for number in range(GROUPS):
        group = kept[number * size : (number + 1) * size]
        if _check(number, group[:_DATA]) != group[_DATA]:
            raise WrongRecoveryCode(
                _("Group {number} of the recovery code is mistyped. Read it again.").format(
                    number=number + 1
                )
            )
        data.append(group[:_DATA])
    return RecoveryCode("".join(data).encode("ascii"))


def _times(left: int, right: int) -> int:
    """Product in GF(32), modulo x⁵ + x² + 1."""
    product = 0
    for bit in range(5):
        if right >> bit & 1:
            product ^= left << bit
    for bit in range(9, 4, -1):
        if product >> bit & 1:
            product ^= 0b100101 << (bit - 5)
    return product


def _check(number: int, group: str) -> str:
    weight, total = 2, _times(number + 1, 29)
    for letter in group:
        total ^= _times(weight, ALPHABET.index(letter))
        weight = _times(weight, 2)
    return ALPHABET[total]
