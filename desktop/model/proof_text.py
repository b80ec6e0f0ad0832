# SPDX-License-Identifier: Apache-2.0
"""Texts of a certificate's proof as bytes: a Thai letter is one, a usual word too.

    20–7E   ASCII                    A1–DA, DF–FB   Thai, U+0E01 + (byte − A1)
    00      the next character in UTF-8
    others  the words of ``TOKENS``

At each place the longest word is taken. The table is frozen: paper is read by it for ever.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_WORDS: Final = (
    # 01–1F
    "โครงการ", "การอบรม", "เชิงปฏิบัติการ", "พัฒนา", "สังคม", "องค์การบริหารส่วนตำบล", "มูลนิธิ",
    "นางสาว", "นาง", "นาย", "เทศบาล", "ตำบล", "อำเภอ", "จังหวัด", "ชุมชน", "ประชาชน", "อาสาสมัคร",
    "ความมั่นคงของมนุษย์", "ศักยภาพ", "การพัฒนา", "หลักสูตร", "ส่งเสริม", "คุณภาพชีวิต", "ครอบครัว",
    "ผู้สูงอายุ", "คนพิการ", "เด็กและเยาวชน", "สตรี", "ประจำปี", "งบประมาณ", "พ.ศ. ",
    # 7F–A0
    "ประเทศไทย", "กระทรวง", "สำนักงาน", "ศูนย์", "สมาคม", "มหาวิทยาลัย", "โรงเรียน", "โรงพยาบาล",
    "วิทยาลัย", "เครือข่าย", "การเรียนรู้", "การจัดการ", "การมีส่วนร่วม", "การสร้าง", "สร้าง", "สวัสดิการ",
    "ท้องถิ่น", "เสริมสร้าง", "เพิ่ม", "ประสิทธิภาพ", "ผู้นำ", "กลุ่ม", "บ้าน", "เพื่อ", "และ", "ของ",
    "ด้าน", "สู่", "ระดับ", "รุ่นที่ ", "วิทยากร", "สัมมนา", "อบรม", "การ",
    # DB–DE
    "“", "”", "–", "…",
    # FC–FF
    "ความ", "ว่าที่ร้อยตรี", "เด็กชาย", "เด็กหญิง",
)  # fmt: skip
_TOKEN_BYTES: Final = (*range(0x01, 0x20), *range(0x7F, 0xA1), *range(0xDB, 0xDF), 0xFC, 0xFD,
                       0xFE, 0xFF)  # fmt: skip
TOKENS: Final = dict(zip(_TOKEN_BYTES, _WORDS, strict=True))
"""Byte → what it stands for."""

_ESCAPE: Final = 0x00
_ELLIPSIS: Final = "…"
_BYTES: Final = (
    {chr(code): bytes([code]) for code in range(0x20, 0x7F)}
    | {
        chr(0xE01 + byte - 0xA1): bytes([byte])
        for byte in (*range(0xA1, 0xDB), *range(0xDF, 0xFC))
    }
    | {word: bytes([byte]) for byte, word in TOKENS.items()}
)
_TEXT_OF: Final = {said[0]: text for text, said in _BYTES.items()}
_PIECE: Final = re.compile(
    "|".join(map(re.escape, sorted(_WORDS, key=len, reverse=True))) + "|(?s:.)"
)
_LEADING: Final = "เแโใไ"
_FOLLOWING: Final = "ะาำๅๆฯ"
_UNSEEN: Final = frozenset("\u2028\u2029\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e"
                           "\u2066\u2067\u2068\u2069\ufeff\u200b\u00ad")  # fmt: skip
"""Marks that show nothing or turn the line round: a name must look as it is."""


def plain(text: str) -> str:
    """The text on one line, without what cannot be seen."""
    seen = "".join(letter for letter in text if letter not in _UNSEEN)
    return " ".join(seen.split())


def write_text(text: str) -> bytes:
    """The bytes of a text. Raises ``ValueError`` for controls and for halves of characters."""
    return b"".join(said for _piece, said in _pieces(text))


def read_text(said: bytes) -> str:
    """The text of bytes. Raises ``ValueError`` where they are none."""
    found, at = [], 0
    while at < len(said):
        byte = said[at]
        if byte != _ESCAPE:
            found.append(_TEXT_OF[byte])
            at += 1
            continue
        lead = said[at + 1] if at + 1 < len(said) else 0
        length = 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
        found.append(said[at + 1 : at + 1 + length].decode())
        at += 1 + length
    return "".join(found)


def cut_to(text: str, most: int) -> str:
    """The text, or as much of it as has ``most`` bytes with an ellipsis at its end.

    Never cut between a letter and its vowels and marks. ``ValueError`` when not even the
    ellipsis has room.
    """
    pieces = list(_pieces(text))
    if sum(len(said) for _piece, said in pieces) <= most:
        return text
    room = most - len(_BYTES[_ELLIPSIS])
    if room < 0:
        raise ValueError("no room for a text")
    end = 0
    for piece, said in pieces:
        room -= len(said)
        if room < 0:
            break
        end += len(piece)
    while end and not (_may_break(text, end) and _length(text[:end].rstrip()) < most):
        end -= 1  # half of a word takes more bytes than the whole
    return text[:end].rstrip() + _ELLIPSIS


def _length(text: str) -> int:
    return len(write_text(text))


def _pieces(text: str) -> Iterator[tuple[str, bytes]]:
    for piece in _PIECE.findall(text):
        said = _BYTES.get(piece)
        if said is None:
            if piece in _UNSEEN or unicodedata.category(piece) in ("Cc", "Cs"):
                raise ValueError("a character that cannot be seen")
            said = bytes([_ESCAPE]) + piece.encode()
        yield piece, said


def _may_break(text: str, at: int) -> bool:
    """Whether a reader sees the same letters before ``at`` when the rest is left out."""
    after, before = text[at : at + 1], text[at - 1]
    if after and (after in _FOLLOWING or unicodedata.category(after).startswith("M")):
        return False
    return before not in _LEADING
