# SPDX-License-Identifier: Apache-2.0
"""The people of the demo events, and the ways agencies lay out a list of them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from desktop.thai.dates import SHORT_MONTHS
from desktop.thai.digits import to_thai
from desktop.thai.names import full_name
from desktop.thai.titles import TITLE_OF_CODE

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "demo"
EVENTS = sorted(path.stem for path in FOLDER.glob("seed*.json"))


@dataclass(frozen=True)
class One:
    """A person as a list is expected to give her back."""

    title: str
    first: str
    last: str
    identifier: str
    born: date | None
    year: int | None
    phone: str
    organisation: str
    province: str

    @property
    def name(self) -> str:
        return full_name(self.title, self.first, "", self.last)


def people(event: str) -> list[One]:
    """The people of an event in the order of its roster, with their agency."""
    data: dict[str, Any] = json.loads((FOLDER / f"{event}.json").read_text("utf-8"))
    agencies = {one["ref"]: one["name"] for one in data.get("orgs", [])}
    places = {one["person"]: one for one in data["enrollments"]}
    made = []
    for one in data["people"]:
        dob = one.get("dob") or {}
        born = date.fromisoformat(dob["iso"]) if "iso" in dob else None
        identifier = one.get("identifier") or {}
        made.append(
            One(
                TITLE_OF_CODE[one["title"]].th if one.get("title") else "",
                one["first_name"],
                one.get("last_name") or "",
                identifier.get("value") or "",
                born,
                born.year + 543 if born else dob.get("be"),
                one.get("phone") or "",
                agencies.get(places[one["ref"]].get("org") or "", ""),
                "ตาก",
            )
        )
    return made


def short_date(one: One) -> str:
    if one.born is None:
        return str(one.year or "")
    return f"{one.born.day} {SHORT_MONTHS[one.born.month - 1]} {one.born.year + 543}"


def book(rows: Sequence[Sequence[object]], merges: Sequence[str] = (), **properties: Any) -> bytes:
    """Rows as a workbook made by Excel's own rules; merged ranges keep their first cell."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as made:
        sheet = made.add_worksheet("รายชื่อ")
        day = made.add_format({"num_format": "d/m/yyyy"})
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, day)
                elif value not in {None, ""}:
                    sheet.write(line, place, value)
        for merge in merges:
            top, left, bottom, right = xlsxwriter.utility.xl_cell_to_rowcol(
                merge.split(":")[0]
            ) + xlsxwriter.utility.xl_cell_to_rowcol(merge.split(":")[1])
            sheet.merge_range(top, left, bottom, right, rows[top][left])
    return out.getvalue()


HEADINGS = (
    "ลำดับ", "คำนำหน้า", "ชื่อ", "นามสกุล", "เลขประจำตัวประชาชน", "วันเกิด", "เบอร์โทร", "หน่วยงาน", "จังหวัด",
)  # fmt: skip


def cells(number: int, one: One, birth: object) -> list[object]:
    return [
        number, one.title, one.first, one.last, one.identifier or "-", birth, one.phone,
        one.organisation, one.province,
    ]  # fmt: skip


def plain(them: Sequence[One]) -> bytes:
    rows = [cells(n, one, one.born or one.year or "") for n, one in enumerate(them, 1)]
    return book([HEADINGS, *rows])


def official(them: Sequence[One]) -> bytes:
    """Title lines, a merged title, two rows of headings, the name in one column, Thai digits,
    headings repeated on each page, a total and a signature."""
    head = ["ที่", "ชื่อ – สกุล", "เลขประจำตัว\nประชาชน ๑๓ หลัก", "ว/ด/ป เกิด", "การติดต่อ", "", "จังหวัด"]
    under = ["", "", "", "", "หน่วยงาน/สังกัด", "โทร.", ""]
    rows: list[list[object]] = [
        ["บัญชีรายชื่อผู้เข้ารับการอบรม โครงการ ปี 2562", *[""] * 6],
        ["ณ โรงแรมตัวอย่าง จังหวัดตาก"],
        [],
        list(head),
        list(under),
    ]
    for number, one in enumerate(them, 1):
        if number > 1 and number % 20 == 1:
            rows += [list(head), list(under)]
        rows.append(
            [
                to_thai(f"{number}."), one.name, to_thai(one.identifier) or "-",
                to_thai(short_date(one)), one.organisation, to_thai(one.phone),
                "จ." + one.province,
            ]
        )  # fmt: skip
    rows += [[f"รวม {len(them)} คน"], [], ["", "", "ลงชื่อ........................ผู้รับรอง"]]
    return book(rows, ["A1:G1", "E4:F4", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "G4:G5"])


def broken(them: Sequence[One]) -> bytes:
    """One heading merged over title, first name and surname; numbers stored as numbers; the
    phone has lost its zero; provinces as lines between the people."""
    rows: list[list[object]] = [
        ["ลำดับที่", "ชื่อ-นามสกุล", "", "", "เลขบัตรประชาชน", "โทรศัพท์", "หน่วยงาน"]
    ]
    rows.append(["จังหวัดตาก"])
    for number, one in enumerate(them, 1):
        rows.append(
            [
                number, one.title, one.first, one.last,
                int(one.identifier) if one.identifier.isdigit() else one.identifier or "ไม่มี",
                int(one.phone) if one.phone else "", one.organisation,
            ]
        )  # fmt: skip
    return book(rows, ["B1:D1"])


def no_headings(them: Sequence[One]) -> bytes:
    rows = [[n, one.name, one.identifier, one.phone] for n, one in enumerate(them, 1)]
    return book(rows)


def text(them: Sequence[One], mark: str, code: str, end: str = "\r\n") -> bytes:
    rows = [HEADINGS, *(cells(n, one, short_date(one)) for n, one in enumerate(them, 1))]
    return (end.join(mark.join(map(str, row)) for row in rows) + end).encode(code)


LAYOUTS: dict[str, Callable[[Sequence[One]], bytes]] = {
    "plain": plain,
    "official": official,
    "broken": broken,
    "no headings": no_headings,
    "csv utf-8 with mark": lambda them: text(them, ",", "utf-8-sig"),
    "csv utf-8": lambda them: text(them, ",", "utf-8", "\n"),
    "csv of Thai Windows": lambda them: text(them, ",", "cp874"),
    "csv of TIS-620": lambda them: text(them, ";", "tis-620"),
    "unicode text of Excel": lambda them: text(them, "\t", "utf-16"),
    "utf-16 without mark": lambda them: text(them, "\t", "utf-16-be"),
    "bars": lambda them: text(them, "|", "utf-8", "\r"),
    "utf-8 read as the Thai page and saved again": lambda them: _twice(them),
}


def _twice(them: Sequence[One]) -> bytes:
    from desktop.imports.delimited import _THAI_PAGE

    return "".join(_THAI_PAGE[byte] for byte in text(them, ",", "utf-8")).encode()


CASES = [
    (event, layout)
    for event in EVENTS
    for layout in LAYOUTS
    # Letters and delimiters do not depend on the event: two are enough for text files.
    if layout in {"plain", "official", "broken", "no headings"} or event in EVENTS[1:3]
]
