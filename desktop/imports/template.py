# SPDX-License-Identifier: Apache-2.0
"""Empty lists to send to agencies: what comes back filled in is read without a question.

The sheet is in Thai whatever the language of the window, because agencies fill it in. Columns of
digits are text, so that Excel keeps a zero in front and all thirteen digits.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal

from desktop.imports.content import PROVINCES
from desktop.imports.lines import EXAMPLE
from desktop.thai.sort_key import sort_key
from desktop.thai.titles import TITLES

TemplateKind = Literal["full", "short", "community"]

SHEET: Final = "รายชื่อ"
ROWS: Final = 1_000
"""Rows that offer lists and keep digits as text."""

# field: (heading, width in characters, example, what to fill in)
_COLUMNS: Final[Mapping[str, tuple[str, int, str, str]]] = {
    "order": ("ลำดับ", 9, EXAMPLE, ""),
    "title": ("คำนำหน้า", 14, "นางสาว", "เลือกจากรายการ หรือพิมพ์ยศและตำแหน่งทางวิชาการเอง"),
    "first": ("ชื่อ", 20, "ตัวอย่าง", "ตามบัตร ไม่ต้องมีคำนำหน้า"),
    "last": ("นามสกุล", 24, "ใจดี", "ไม่มีนามสกุลให้เว้นว่าง ไม่ต้องใส่ขีด"),
    "identifier": (
        "เลขประจำตัวประชาชน", 24, "1990000000019",
        "13 หลัก ถ้าไม่มีให้พิมพ์ ไม่มี แล้วบอกเหตุผลในช่องถัดไป",
    ),
    "none_reason": ("เหตุที่ไม่มีเลข", 20, "", ""),
    "birth": ("วันเกิด", 18, "15 มี.ค. 2540", "วัน/เดือน/ปี พ.ศ. หรือปี พ.ศ. อย่างเดียว"),
    "sex": ("เพศ", 9, "หญิง", ""),
    "phone": ("โทรศัพท์", 16, "0812345678", ""),
    "organisation": ("หน่วยงาน", 38, "ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดตาก", "ชื่อเต็ม ไม่ใช้อักษรย่อ"),
    "position": ("ตำแหน่ง", 24, "นักพัฒนาสังคม", ""),
    "tambon": ("ตำบล", 18, "ด่านแม่ละเมา", ""),
    "amphoe": ("อำเภอ", 18, "แม่สอด", ""),
    "province": ("จังหวัด", 18, "ตาก", ""),
    "group": ("กลุ่มเป้าหมาย", 30, "", "เลือกจากรายการ"),
    "role": ("บทบาท", 24, "", "เลือกจากรายการ"),
    "team": ("ทีม", 8, "", "ตัวเลข"),
    "food": ("อาหาร", 16, "ฮาลาล", "ฮาลาล มังสวิรัติ หรือสิ่งที่แพ้"),
    "note": ("หมายเหตุ", 24, "", ""),
}  # fmt: skip
KINDS: Final[Mapping[TemplateKind, tuple[str, ...]]] = {
    "full": tuple(name for name in _COLUMNS if name != "team"),
    "short": ("order", "title", "first", "last", "phone", "organisation", "position", "province"),
    "community": (
        "order", "title", "first", "last", "identifier", "none_reason", "birth", "sex", "phone",
        "group", "team", "tambon", "amphoe", "province", "food", "note",
    ),
}  # fmt: skip
"""Training of staff; guests of a ceremony; villagers, children and volunteers."""

_AS_TEXT: Final = frozenset({"identifier", "phone", "birth"})
_HELP: Final = (
    "กรอกคนละหนึ่งแถว ตั้งแต่แถวใต้ตัวอย่าง จะลบแถวตัวอย่างหรือปล่อยไว้ก็ได้",
    "อย่าเปลี่ยนชื่อหัวคอลัมน์ ช่องที่ไม่ทราบให้เว้นว่าง",
    "เลขประจำตัวและโทรศัพท์ พิมพ์ติดกันหรือมีขีดก็ได้ ใช้เลขไทยได้",
    "เก็บเป็นไฟล์ .xlsx อย่าใส่รหัสผ่าน แล้วส่งกลับทางเดิม",
)


def roster_template(
    kind: TemplateKind = "full", choices: Mapping[str, Sequence[str]] | None = None
) -> bytes:
    """An .xlsx to be filled in by an agency; the same arguments give the same bytes.

    ``choices`` are the words offered for ``group`` and ``role``, and anything else by field.
    Raises KeyError for a kind that does not exist.
    """
    import xlsxwriter

    fields = KINDS[kind]
    offered: dict[str, Sequence[str]] = {
        "title": [title.th for title in TITLES if title.listed],
        "sex": ["ชาย", "หญิง"],
        "province": sorted(PROVINCES, key=sort_key),
        **(choices or {}),
    }
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": SHEET, "created": datetime(2026, 1, 1)})  # noqa: DTZ001 - same bytes
        font = {"font_name": "TH Sarabun New", "font_size": 16}
        plain = book.add_format(font)
        text = book.add_format({**font, "num_format": "@"})
        head = book.add_format(
            {**font, "bold": True, "bg_color": "#E4ECF7", "border": 1, "text_wrap": True}
        )
        example = book.add_format({**font, "italic": True, "font_color": "#6B7280"})
        sheet = book.add_worksheet(SHEET)
        helping = book.add_worksheet("คำอธิบาย")
        lists = book.add_worksheet("รายการ")
        lists.hide()
        helping.set_column(0, 0, 90, plain)
        for line, sentence in enumerate(_HELP):
            helping.write_string(line, 0, sentence)
        for place, field in enumerate(fields):
            heading, width, sample, advice = _COLUMNS[field]
            sheet.set_column(place, place, width, text if field in _AS_TEXT else plain)
            sheet.write_string(0, place, heading, head)
            sheet.write_string(1, place, sample, example)
            rule: dict[str, object] = {}
            if words := offered.get(field):
                lists.write_column(0, place, list(words))
                column = xlsxwriter.utility.xl_col_to_name(place)
                rule = {
                    "validate": "list",
                    "source": f"='รายการ'!${column}$1:${column}${len(words)}",
                    "error_type": "warning",
                }
            elif advice:
                rule = {"validate": "any"}
            if rule and advice:
                rule |= {"input_title": heading[:32], "input_message": advice}
            if rule:
                sheet.data_validation(1, place, ROWS, place, rule)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return out.getvalue()
