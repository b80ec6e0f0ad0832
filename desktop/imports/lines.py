# SPDX-License-Identifier: Apache-2.0
"""The lines of a list as they stand on paper: titles, headings, people, totals, signatures.

Only people are rows. What is left out is left out by a rule that has a sentence, and is listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.i18n import N_
from desktop.imports import content
from desktop.imports.columns import Column, is_heading_word
from desktop.imports.grid import Grid
from desktop.thai.normalise import normalise_name

FROM_ABOVE: Final = "m"
"""Mark of a cell that got its value from the merged cell above it."""

EXAMPLE: Final = "ตัวอย่าง"
"""Stands in the column of numbers of a template's example row."""

_RANGE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_DITTO: Final = frozenset({'"', "”", "“", "″", "''", '""', "〃", "„", ",,"})
_PARTS_OF_A_NAME: Final = ("title", "first", "last", "full_name")
_TOTAL: Final = re.compile(
    r"^(?:รวม|ยอดรวม|รวมทั้งสิ้น|รวมทั้งหมด|รวมจำนวน|จำนวนรวม|จำนวนทั้งสิ้น|total|sum)"
    r"(?:$|[\s:=0-9๐-๙.]|ทั้ง|จำนวน|เป็น|ผู้)",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"^(?:\*|หมายเหตุ|ลงชื่อ|\(?ลงนาม|ขอรับรอง|ผู้รับรอง|ผู้จัดทำ|ผู้รายงาน|ตรวจสอบแล้ว|วันที่|หน้า(?:ที่)?\s*[0-9๐-๙]|"
    r"page\s|\.{4,}|_{4,}|\()",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    r"^(?:กลุ่ม|ฝ่าย|คณะ|หมวด|ประเภท|หน่วยงาน|อำเภอ|ตำบล|ภาค(?:ใต้|เหนือ|กลาง|ตะวัน|อีสาน)|"
    # ภาคภูมิ and เขตโสภณ are names.
    r"(?:รุ่น|ส่วน|เขต|ภาค)(?:ที่|[\s:0-9๐-๙]|$))"
)
_NOT_FROM_ABOVE: Final = frozenset({"full_name", "first", "last", "identifier", "phone", "order"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the sheet, its cells cleaned for reading, and as marked."""

    number: int
    cells: tuple[str, ...]
    marked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a line is not a person ("" when it is one), and the province it opens."""

    why: str = ""
    province: str = ""


def _index(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _ranges(grid: Grid) -> list[tuple[int, int, int, int]]:
    found: list[tuple[int, int, int, int]] = []
    for text in grid.merges:
        match = _RANGE.fullmatch(text)
        if match:
            top, bottom = int(match[2]), int(match[4])
            found.append((top, bottom, _index(match[1]), _index(match[3])))
    return found


def lines_of(grid: Grid) -> list[Line]:
    """The lines of a grid; a merged cell gives its value to the lines it covers."""
    rows = {number: list(cells) for number, cells in grid.rows}
    for top, bottom, left, _right in _ranges(grid):
        source = rows.get(top)
        value = source[left] if source is not None and left < len(source) else None
        if not value or bottom - top > 5_000:
            continue
        for number in range(top + 1, bottom + 1):
            cells = rows.get(number)
            if cells is None:
                continue
            while len(cells) <= left:
                cells.append(None)
            if cells[left] is None:
                cells[left] = FROM_ABOVE + value[1:]
    made: list[Line] = []
    known: dict[str, str] = {}
    for number, _cells in grid.rows:
        cells = rows[number]
        marked = tuple(cell or "" for cell in cells)
        shown = tuple(_clean(cell[1:], known) if cell else "" for cell in cells)
        if any(shown) or any(cell == "f" for cell in marked):
            made.append(Line(number, shown, marked))
    return made


def _clean(text: str, known: dict[str, str]) -> str:
    """Cleaned once for each different text: agencies and provinces stand in thousands of rows."""
    found = known.get(text)
    if found is None:
        found = known[text] = normalise_name(text)
    return found


def heading_cells(grid: Grid, line: Line) -> tuple[str, ...]:
    """The cells of a heading line; a heading merged over columns stands over each of them."""
    cells = list(line.cells)
    for top, bottom, left, right in _ranges(grid):
        if top <= line.number <= bottom and left < len(cells) and right - left < 20:
            cells.extend("" for _ in range(right + 1 - len(cells)))
            for place in range(left + 1, right + 1):
                cells[place] = cells[place] or cells[left]
    return tuple(cells)


def judge(line: Line, fields: Mapping[int, str], columns: Sequence[Column]) -> Verdict:
    """Whether a line below the headings is a person, and if not, why."""
    own = [
        (place, text)
        for place, text in enumerate(line.cells)
        if (text or line.marked[place] == "f") and line.marked[place][:1] != FROM_ABOVE
    ]
    if not own:
        return Verdict(N_("The line is covered by merged cells of the line above."))
    why = _reason(line, own, fields, columns)
    if why or len(own) > 1:
        return Verdict(why)
    place, text = own[0]
    return _lone(text, fields.get(place, ""), len(fields))


def _reason(
    line: Line,
    own: Sequence[tuple[int, str]],
    fields: Mapping[int, str],
    columns: Sequence[Column],
) -> str:
    """Why a line is certainly no person, or ""."""
    named = {fields.get(place, "") for place, _ in own}
    if named <= {"order", ""} and all(content.number(text) is not None for _, text in own):
        return N_("The line has a number and no name.")
    if any(fields.get(place) == "order" and text == EXAMPLE for place, text in own):
        return N_("The line is the example of the template.")
    if _is_heading(line, columns):
        return N_("The line repeats the headings.")
    if all(_CLOSING.match(text) for _, text in own):
        return N_("The line is a heading or a remark.")
    if _sums_up(own, fields):
        return N_("The line is a total.")
    return ""


def _sums_up(own: Sequence[tuple[int, str]], fields: Mapping[int, str]) -> bool:
    """Whether a line begins with the word of a total and names nobody beside it.

    A title, a number of identity or another part of a name beside the word belongs to somebody
    who is called so.
    """
    if not any(_TOTAL.match(text) for _, text in own[:2]):
        return False
    return not any(
        fields.get(place) == "identifier"
        or (fields.get(place) in _PARTS_OF_A_NAME and not _TOTAL.match(text))
        for place, text in own
        if not any(letter.isdigit() for letter in text) or fields.get(place) == "identifier"
    )


def _lone(text: str, field: str, known: int) -> Verdict:
    """A line with one cell only: the name of a person, or words between the people."""
    if known > 1:
        province = content.province_of(text)
        if province:
            return Verdict(N_("The line is the heading of a province."), province)
        if _PART.match(text) or field not in {"full_name", "first"}:
            return Verdict(N_("The line is a heading or a remark."))
    if _CLOSING.match(text):
        return Verdict(N_("The line is a heading or a remark."))
    return Verdict()


def _is_heading(line: Line, columns: Sequence[Column]) -> bool:
    heads = {column.heading for column in columns if column.heading}
    words = [text for text in line.cells if text]
    same = sum(1 for text in words if text in heads or is_heading_word(text))
    return len(words) > 1 and same * 2 > len(words)


def values_of(line: Line, fields: Mapping[int, str], above: Mapping[str, str]) -> dict[str, str]:
    """The marked cells of a line by field; ditto marks stand for the line above."""
    values: dict[str, str] = {}
    for place, field in fields.items():
        marked = line.marked[place] if place < len(line.marked) else ""
        if not marked or (marked[0] == FROM_ABOVE and field in _NOT_FROM_ABOVE):
            continue
        text = line.cells[place]
        if text in _DITTO:
            if field not in _NOT_FROM_ABOVE and field in above:
                values[field] = above[field]
        elif text or marked == "f":
            values[field] = ("s" if marked[0] == FROM_ABOVE else marked[0]) + text
    return values
