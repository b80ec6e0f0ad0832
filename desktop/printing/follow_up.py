# SPDX-License-Identifier: Apache-2.0
"""The follow-ups that are due (รายการครบกำหนดติดตาม): overdue, today, in seven days.

The list hangs on a wall, so by itself it says the case number and one letter of the name; of a
restricted case not even that. Whoever needs the names asks for them, and keeps that paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from desktop.model.event import DigitStyle
from desktop.printing.heading import Heading
from desktop.printing.listing import ListColumn, ListRow, list_pdf, list_xlsx
from desktop.printing.watermark import Watermark
from desktop.thai.dates import be_date
from desktop.thai.digits import styled

Names = Literal["initial", "full"]

TITLE: Final = "รายการครบกำหนดติดตาม"
WALL_NOTE: Final = "พิมพ์เฉพาะเลขที่เรื่องและอักษรแรกของชื่อ เรื่องที่จำกัดผู้เข้าถึงไม่พิมพ์ชื่อและสถานที่"
_KEPT: Final = "จำกัดผู้เข้าถึง"
_COLUMNS: Final = (
    ListColumn("ครบกำหนด", 32, "centre", 11.5),
    ListColumn("สถานะ", 28, "centre", 11.5, "Sarabun-SemiBold"),
    ListColumn("เลขที่เรื่อง", 42, "centre", 11.5),
    ListColumn("ชื่อ", 40, size=11.5),
    ListColumn("พื้นที่", 52, size=10.5),
    ListColumn("ความเร่งด่วน", 25, "centre"),
    ListColumn("วิธีติดตาม", 26, "centre"),
    ListColumn("ผู้รับผิดชอบ", 32),
)
_LETTER: Final = re.compile("[ก-ฮA-Za-z]")


@dataclass(frozen=True, slots=True)
class DueLine:
    """One follow-up that is not done yet."""

    due_on: date
    case_no: str
    first_name: str
    """Without title: what the initial is taken from."""
    name: str
    """The whole name, printed only when it is asked for."""
    restricted: bool
    """A case with a need-to-know list."""
    area: str = ""
    """Tambon and amphoe, no nearer."""
    urgency: str = ""
    way: str = ""
    owner: str = ""


def initial(first_name: str) -> str:
    """The first letter of a name that says something: ก. for เกศ, not เ."""
    letter = _LETTER.search(first_name)
    return f"{letter.group().upper()}." if letter else ""


def due_pdf(
    office: str,
    lines: Sequence[DueLine],
    today: date,
    digits: DigitStyle,
    *,
    names: Names = "initial",
    watermark: Watermark | None = None,
) -> bytes:
    """The list as A4 landscape pages. ``names="full"`` is for whoever goes out, not for a wall.

    The name in a restricted case is printed only in full and under a watermark.
    """
    return list_pdf(
        _heading(office, today, digits),
        _COLUMNS,
        list(_rows(lines, today, digits, names, marked=watermark is not None)),
        digits,
        notes=(WALL_NOTE,) if names == "initial" else (),
        watermark=watermark,
    )


def due_xlsx(
    office: str,
    lines: Sequence[DueLine],
    today: date,
    digits: DigitStyle,
    *,
    names: Names = "initial",
) -> bytes:
    """The same list as a workbook, masked in the same way; restricted cases always are."""
    return list_xlsx(
        _heading(office, today, digits),
        "ครบกำหนดติดตาม",
        _COLUMNS,
        list(_rows(lines, today, digits, names, marked=False)),
        digits,
        notes=(WALL_NOTE,) if names == "initial" else (),
    )


def _heading(office: str, today: date, digits: DigitStyle) -> Heading:
    return Heading(TITLE, office, f"ณ วันที่ {be_date(today, 'long', digits)}")


def _rows(
    lines: Sequence[DueLine], today: date, digits: DigitStyle, names: Names, *, marked: bool
) -> Iterator[ListRow]:
    week = today + timedelta(days=7)
    ordered = sorted(lines, key=lambda line: (line.due_on, line.case_no))
    groups = (
        ("เกินกำหนด", [line for line in ordered if line.due_on < today]),
        ("วันนี้", [line for line in ordered if line.due_on == today]),
        ("ภายใน 7 วัน", [line for line in ordered if today < line.due_on <= week]),
        ("หลังจากนั้น", [line for line in ordered if line.due_on > week]),
    )
    for word, found in groups:
        if found:
            yield ListRow((styled(f"{word} · {len(found)} เรื่อง", digits),), "band")
        for line in found:
            kept = line.restricted and not (marked and names == "full")
            yield ListRow(_cells(line, today, digits, names, kept=kept))


def _cells(
    line: DueLine, today: date, digits: DigitStyle, names: Names, *, kept: bool
) -> tuple[str | date, ...]:
    days = (line.due_on - today).days
    state = "วันนี้" if not days else f"เกิน {-days} วัน" if days < 0 else f"อีก {days} วัน"
    shown = line.name if names == "full" else initial(line.first_name)
    return (
        line.due_on,
        styled(state, digits),
        line.case_no,
        _KEPT if kept else shown,
        "" if kept else line.area,
        line.urgency,
        line.way,
        line.owner,
    )
