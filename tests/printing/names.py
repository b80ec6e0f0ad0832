# SPDX-License-Identifier: Apache-2.0
"""Names that exercise Thai stacking: marks over tall letters, under hooked ones, two high."""

from __future__ import annotations

import random
from collections.abc import Iterator

_TITLES = ("นาย", "นาง", "นางสาว", "เด็กชาย", "เด็กหญิง", "ว่าที่ร้อยตรี ", "ผศ.ดร.", "พระ")
_CONSONANTS = "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_ENDS = "กงดนบมยว"
_ABOVE = ("", "ั", "ิ", "ี", "ึ", "ื")
_BELOW = ("", "ุ", "ู")
_TONES = ("", "", "่", "้", "๊", "๋")
_LEADING = "เแโใไ"


def _syllable(rng: random.Random) -> str:
    consonant = rng.choice(_CONSONANTS)
    tone = rng.choice(_TONES)
    kind = rng.randrange(7)
    if kind == 0:
        return rng.choice(_LEADING) + consonant + tone + rng.choice(_ENDS)
    if kind == 1:
        return consonant + rng.choice(_ABOVE[1:]) + tone + rng.choice(_ENDS)
    if kind == 2:
        return consonant + rng.choice(_BELOW) + tone + rng.choice(_ENDS)
    if kind == 3:
        return consonant + tone + "ำ"
    if kind == 4:
        return consonant + tone + "า" + rng.choice(_CONSONANTS) + "์"
    if kind == 5:
        return consonant + "ิ" + rng.choice(_CONSONANTS) + rng.choice(("ิ์", "ุ์", "์"))
    return consonant + "็" + rng.choice(_ENDS)


def names(count: int, seed: int = 2562) -> Iterator[str]:
    """``count`` names of one or two parts, the same for the same seed."""
    rng = random.Random(seed)
    for _name in range(count):
        first = "".join(_syllable(rng) for _ in range(rng.randint(1, 3)))
        last = "".join(_syllable(rng) for _ in range(rng.randint(0, 5)))
        yield f"{rng.choice(_TITLES)}{first} {last}".rstrip()
