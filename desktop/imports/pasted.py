# SPDX-License-Identifier: Apache-2.0
"""Rows from the clipboard: cells of Excel, or a list typed into a chat, a name a line.

รายชื่อผู้เข้าอบรม อบต.ด่านแม่ละเมา
1. นายสมชาย ใจดี  081-234-5678
๒) น.ส.สมหญิง ใจดี (อบต.แม่ปะ)
- เด็กชายก้องภพ ใจดี เทศบาลตำบลแม่ปะ 0812345679
"""

from __future__ import annotations

import re
from typing import Final

from desktop.imports import content, delimited
from desktop.imports.grid import Cells, Grid
from desktop.imports.refusal import MAX_CELL, RosterRefused, Unfit
from desktop.thai.digits import to_arabic
from desktop.thai.normalise import normalise_name

_BULLET: Final = re.compile(
    r"^\s*(?:[(\[]?([0-9๐-๙]{1,4})\s*(?:[.)\]:/]+|-(?=\s)|(?=\s))|[-–—•·●○▪■◆★✓✔☑*>#]+)\s*"
)
_PHONE: Final = re.compile(
    r"[\s,(]*(?:โทรศัพท์|เบอร์โทร|เบอร์|โทร|มือถือ|tel)?[.:\s]*"
    r"(\+?[0-9][0-9\s\-]{7,14}[0-9])\)?\s*$",
    re.IGNORECASE,
)
_IDENTIFIER: Final = re.compile(
    r"(?<![0-9])([0-9][\s\-]?[0-9]{4}[\s\-]?[0-9]{5}[\s\-]?[0-9]{2}[\s\-]?[0-9])(?![0-9])"
)
_AGENCY: Final = re.compile(
    r"[\s,(]+((?:ศูนย์|สำนัก|องค์การ|อบต|อบจ|เทศบาล|โรงเรียน|มูลนิธิ|สมาคม|กรม|กอง|นิคม|สถาบัน|มหาวิทยาลัย|"
    r"วิทยาลัย|โรงพยาบาล|รพ\.|พมจ|ที่ว่าการ|ชมรม|สภา|บ้านพัก|สถาน|กระทรวง|ทต\.|ทน\.|ทม\.|หน่วยงาน|สังกัด|จังหวัด|จ\.).*)$"
)
_POSITION: Final = re.compile(r"[\s,]+ตำแหน่ง[\s:]*([^,]{2,80})$")
_MOST_LINES: Final = 5_000
_LONGEST_LINE: Final = 300


def grid_of(text: str) -> Grid:
    """The cells of pasted text. Raises :class:`RosterRefused`."""
    try:
        text = delimited.repaired(text.replace("\0", ""))
        if "\t" in text or _is_csv(text):
            rows = [(line, tuple(row)) for line, row in delimited.read_lines(text)]
            return Grid("pasted", (), "", rows)
    except Unfit as unfit:
        raise RosterRefused(unfit.code) from None
    if not text.strip():
        raise RosterRefused("empty")
    return _names(text)


def _is_csv(text: str) -> bool:
    first = text.lstrip().partition("\n")[0]
    return first.count(",") > 1 and delimited.delimiter_of(text) == ","


def _names(text: str) -> Grid:
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        raise RosterRefused("rows")
    parted: list[tuple[int, dict[str, str]]] = []
    for number, line in enumerate(lines, 1):
        clean = normalise_name(line[:MAX_CELL])
        if 0 < len(clean) <= _LONGEST_LINE:
            parted.append((number, _parted(clean)))
    titled = sum(1 for _, parts in parted if content.is_titled_name(parts["ชื่อ-สกุล"]))
    numbered = sum(1 for _, parts in parted if parts.get("ลำดับ"))
    headings = [name for name in _ORDER if any(name in parts for _, parts in parted)]
    rows: list[tuple[int, Cells]] = [(0, tuple("s" + name for name in headings))]
    listed = titled + numbered > len(parted) // 2
    for number, parts in parted:
        words = parts["ชื่อ-สกุล"]
        person = "ลำดับ" in parts or content.is_titled_name(words) or "เบอร์โทร" in parts
        if listed and not person and not _may_be_name(words):
            continue
        cells = tuple("s" + parts[name] if parts.get(name) else None for name in headings)
        rows.append((number, cells))
    return Grid("pasted", (), "", rows)


_ORDER: Final = ("ลำดับ", "ชื่อ-สกุล", "เลขประจำตัวประชาชน", "เบอร์โทร", "ตำแหน่ง", "หน่วยงาน")


def _may_be_name(words: str) -> bool:
    """A line among titled or numbered names that has neither: taken when it is two words."""
    return bool(re.fullmatch(r"[^\s\d:]{2,30} [^\s\d:]{2,40}", words)) and not re.match(
        "รายชื่อ|เรียน|เรื่อง|กำหนด|วัน|ณ |สวัสดี|ขอ|ตาม|ส่ง|จำนวน|รวม|โครงการ|หมายเหตุ", words
    )


def _parted(line: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    found = _BULLET.match(line)
    if found and found.end() < len(line):
        line = line[found.end() :]
        if found[1]:
            parts["ลำดับ"] = to_arabic(found[1])
    plain = to_arabic(line)
    if number := _IDENTIFIER.search(plain):
        parts["เลขประจำตัวประชาชน"] = number[1]
        line = (line[: number.start()] + " " + line[number.end() :]).strip(" ,-:")
        plain = to_arabic(line)
    if phone := _PHONE.search(plain):
        digits = re.sub("[^0-9]", "", phone[1])
        if content.is_phone(digits):
            parts["เบอร์โทร"] = phone[1].strip()
            line = line[: phone.start()].rstrip(" ,-:(")
    if position := _POSITION.search(line):
        parts["ตำแหน่ง"] = position[1]
        line = line[: position.start()]
    if agency := _AGENCY.search(line):
        parts["หน่วยงาน"] = re.sub(r"^(?:หน่วยงาน|สังกัด)[\s:]*", "", agency[1]).rstrip(" )")
        line = line[: agency.start()].rstrip(" ,-:(")
    parts["ชื่อ-สกุล"] = line.strip(" ,")
    return parts
