# SPDX-License-Identifier: Apache-2.0
"""Money in baht: in words as a receipt says it, in figures, and as a person types it.

Amounts are satang, as whole numbers: a float loses satang. Words follow the Royal Society: the
last "one" of a number of several digits is เอ็ด, a two of the tens ยี่, a one of the tens is not
said; whole baht end in ถ้วน, so that nothing can be written after them.
"""

from __future__ import annotations

import re
from typing import Final

from desktop.thai.digits import to_arabic

_ONES: Final = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES: Final = ("แสน", "หมื่น", "พัน", "ร้อย")
_MILLION: Final = 1_000_000
_TYPED: Final = re.compile(
    r"฿?(?:(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{0,2}))?|\.(\d{1,2}))(?:บาท|฿)?", re.ASCII
)
_DASHED: Final = re.compile(r"\.\s*[-–]$")
MOST: Final = 10**15 - 1
"""The largest amount that can be typed, in satang: beyond it somebody leant on a key."""


def in_words(number: int) -> str:
    """A whole number in Thai words. Raises ValueError below nought."""
    if number < 0:
        raise ValueError("a number below nought has no words on a receipt")
    return _said(number) or "ศูนย์"


def _said(number: int, *, after: bool = False) -> str:
    """``number`` in words, nothing for nought; ``after`` something said before it."""
    if number >= _MILLION:
        above = _said(number // _MILLION, after=after)
        return f"{above}ล้าน{_said(number % _MILLION, after=True)}"
    said = ""
    for place, digit in zip(_PLACES, f"{number:06d}", strict=False):
        if digit != "0":
            said += _ONES[int(digit)] + place
    tens, ones = number // 10 % 10, number % 10
    if tens:
        said += {1: "", 2: "ยี่"}.get(tens, _ONES[tens]) + "สิบ"
    if ones == 1 and (after or said):
        return f"{said}เอ็ด"
    return said + _ONES[ones]


def baht_words(satang: int) -> str:
    """An amount in words: 208000 is ``สองพันแปดสิบบาทถ้วน``. Raises ValueError below nought."""
    if satang < 0:
        raise ValueError("an amount below nought cannot be paid")
    baht, rest = divmod(satang, 100)
    if not rest:
        return f"{in_words(baht)}บาทถ้วน"
    whole = f"{in_words(baht)}บาท" if baht else ""
    return f"{whole}{in_words(rest)}สตางค์"


def baht_figures(satang: int) -> str:
    """An amount in Arabic figures with two places: 124000 is ``1,240.00``. Nought is ``0.00``."""
    sign, amount = ("-" if satang < 0 else ""), abs(satang)
    return f"{sign}{amount // 100:,}.{amount % 100:02d}"


def read_baht(text: str) -> int | None:
    """Satang of an amount as it is typed, in Thai or Arabic digits; None when it is no amount.

    ``1240``, ``1,240.5``, ``๒๔๐.-``, ``.75``, ``240 บาท`` and Excel's ``฿240.00`` are amounts, and
    a dash alone is nought, as tables write it; three places after the point, a misplaced comma
    and whatever is below nought or beyond ``MOST`` are not.
    """
    plain = _DASHED.sub("", re.sub(r"\s+", "", to_arabic(text)))
    if plain in ("-", "–"):
        return 0
    found = _TYPED.fullmatch(plain)
    if found is None:
        return None
    baht, places, alone = found.groups()
    cents = (places or alone or "").ljust(2, "0")
    satang = int((baht or "0").replace(",", "")) * 100 + int(cents)
    return satang if satang <= MOST else None
