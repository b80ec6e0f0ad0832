# SPDX-License-Identifier: Apache-2.0
"""Which column of a list is what: from its heading, and from what stands under it.

A guess is a proposal with a confidence; the facilitator sees a sample beside it and corrects it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.imports import content
from desktop.thai.normalise import normalise

FIELDS: Final = (
    "order", "seat", "title", "first", "middle", "last", "full_name", "identifier",
    "none_reason", "birth", "age", "sex", "phone", "organisation", "organisation_kind",
    "position", "tambon", "amphoe", "province", "area", "group", "role", "team", "food", "note",
)  # fmt: skip
"""What a column can be. "" is a column that is not taken in."""

_HEADINGS: Final[Mapping[str, str]] = {
    "order": "ลำดับ ลำดับที่ ที่ ข้อ ลำดับเลขที่ no number # seq order item",
    "seat": "ที่นั่ง เลขที่นั่ง เลขที่ที่นั่ง หมายเลขที่นั่ง seat seatno",
    "title": "คำนำหน้า คำนำหน้าชื่อ คำนำหน้านาม ยศ ยศคำนำหน้า คำนำ นำหน้า title prefix rank",
    "first": "ชื่อ ชื่อจริง ชื่อตัว firstname givenname forename name ชื่อภาษาไทย",
    "middle": "ชื่อกลาง ชื่อรอง middlename",
    "last": "นามสกุล สกุล ฉายา นามสกุลฉายา lastname surname familyname",
    "full_name": (
        "ชื่อนามสกุล ชื่อสกุล ชื่อและนามสกุล ชื่อและสกุล ชื่อตัวชื่อสกุล รายชื่อ ชื่อเต็ม "
        "ชื่อผู้เข้าอบรม ชื่อผู้เข้ารับการอบรม ชื่อผู้เข้าร่วม ชื่อผู้เข้าร่วมโครงการ ชื่อผู้เข้าร่วมงาน "
        "ยศชื่อสกุล ยศชื่อนามสกุล คำนำหน้าชื่อสกุล คำนำหน้าชื่อนามสกุล คำนำหน้าชื่อและนามสกุล "
        "ชื่อนามสกุลฉายา fullname participant participants nameandsurname namesurname"
    ),
    "identifier": (
        "เลขประจำตัวประชาชน เลขบัตรประชาชน เลขบัตรประจำตัวประชาชน เลขประจำตัว บัตรประชาชน เลขบัตร "
        "หมายเลขบัตรประชาชน หมายเลขบัตรประจำตัวประชาชน หมายเลขประจำตัวประชาชน เลขหลัก เลขปชช เลขบัตรปชช "
        "หมายเลขบัตร เลขประจำตัวประชาชนหนังสือเดินทาง เลขที่บัตรประชาชน เลขที่บัตรประจำตัวประชาชน "
        "id idcard idno idnumber citizenid nationalid passport passportno cid pid personalid"
    ),
    "none_reason": "เหตุที่ไม่มีเลข เหตุผลที่ไม่มีเลข เหตุที่ไม่มีเลขประจำตัว กรณีไม่มีเนื่องจาก",
    "birth": (
        "วันเกิด วันเดือนปีเกิด วดปเกิด วดป เกิด ปีเกิด ปีพศเกิด ปีพศที่เกิด เกิดวันที่ พศเกิด "
        "birthdate dateofbirth dob birthday birth birthyear yearofbirth"
    ),
    "age": "อายุ อายุปี age",
    "sex": "เพศ sex gender",
    "phone": (
        "โทร โทรศัพท์ เบอร์ เบอร์โทร เบอร์โทรศัพท์ เบอร์ติดต่อ เบอร์โทรติดต่อ หมายเลขโทรศัพท์ มือถือ "
        "โทรศัพท์มือถือ เบอร์มือถือ เบอร์โทรศัพท์มือถือ หมายเลขติดต่อ หมายเลขโทรศัพท์มือถือ "
        "โทรศัพท์ที่ติดต่อได้ tel telephone phone mobile phonenumber mobilephone telno contact"
    ),
    "organisation": (
        "หน่วยงาน สังกัด หน่วยงานสังกัด สังกัดหน่วยงาน หน่วยงานต้นสังกัด องค์กร ชื่อหน่วยงาน ชื่อองค์กร "
        "สถานที่ทำงาน โรงเรียน สถานศึกษา ต้นสังกัด อปท ส่วนราชการ หน่วยงานที่สังกัด หน่วยงานองค์กร "
        "องค์กรหน่วยงาน กองสำนัก หน่วยงานผู้ส่ง agency organisation organization office affiliation "
        "department school"
    ),
    "organisation_kind": "ประเภทหน่วยงาน ประเภทองค์กร ชนิดหน่วยงาน organisationtype",
    "position": "ตำแหน่ง ตำแหน่งงาน ตำแหน่งระดับ ตำแหน่งปัจจุบัน position job jobtitle",
    "tambon": "ตำบล ตำบลแขวง แขวง แขวงตำบล ต tambon subdistrict",
    "amphoe": "อำเภอ เขต อำเภอเขต เขตอำเภอ อ amphoe amphur district",
    "province": "จังหวัด จ จว จังหวัดที่ปฏิบัติงาน province changwat",
    "area": "รหัสพื้นที่ รหัสตำบล รหัสจังหวัด areacode",
    "group": "กลุ่มเป้าหมาย ประเภท ประเภทผู้เข้าร่วม ประเภทบุคคล กลุ่ม กลุ่มผู้เข้าร่วม group",
    "role": "บทบาท หน้าที่ บทบาทหน้าที่ บทบาทในงาน สถานะผู้เข้าร่วม role",
    "team": "ทีม กลุ่มย่อย กลุ่มที่ ทีมที่ กลุ่มกิจกรรม team",
    "food": "อาหาร ประเภทอาหาร ข้อจำกัดด้านอาหาร อาหารที่แพ้ แพ้อาหาร food diet meal",
    "note": "หมายเหตุ หมายเหตุอื่นๆ อื่นๆ ข้อมูลเพิ่มเติม note notes remark remarks comment",
    "": (
        "ลายมือชื่อ ลงชื่อ ลายเซ็น ลายเซ็นต์ ลงนาม ลงลายมือชื่อ เช้า บ่าย ลายมือชื่อเช้า ลายมือชื่อบ่าย "
        "email อีเมล ไลน์ lineid ที่อยู่ signature ชื่อเล่น nickname"
    ),
}
_FIELD_OF_KEY: Final = {
    key: name for name, keys in _HEADINGS.items() for key in keys.split() if key
}
# Long headings that only hold one of these words.
_HOLDS: Final = (
    ("ลายมือชื่อ", ""), ("ลงชื่อ", ""), ("เลขประจำตัวประชาชน", "identifier"),
    ("บัตรประชาชน", "identifier"), ("เลขประจำตัว", "identifier"), ("โทรศัพท์", "phone"),
    ("เบอร์", "phone"),
    ("ประเภทหน่วยงาน", "organisation_kind"), ("คำนำหน้าชื่อ", "title"), ("ชื่อนามสกุล", "full_name"),
    ("ชื่อสกุล", "full_name"), ("ชื่อและนามสกุล", "full_name"), ("เดือนปีเกิด", "birth"),
    ("วันเกิด", "birth"), ("ปีเกิด", "birth"), ("หน่วยงาน", "organisation"), ("สังกัด", "organisation"),
    ("ตำแหน่ง", "position"), ("จังหวัด", "province"), ("อำเภอ", "amphoe"), ("ตำบล", "tambon"),
    ("หมายเหตุ", "note"), ("อาหาร", "food"), ("กลุ่มเป้าหมาย", "group"), ("บทบาท", "role"),
    ("citizenid", "identifier"), ("idcard", "identifier"), ("phone", "phone"),
    ("fullname", "full_name"), ("surname", "last"), ("dateofbirth", "birth"),
)  # fmt: skip
_BRACKETS: Final = re.compile(r"[(\[{].*?[)\]}]", re.DOTALL)
_KEPT: Final = re.compile("[^a-z\u0e01-\u0e4e#]")
_LONGEST_HEADING: Final = 60
_SEARCHED: Final = 40
"""Rows from the top in which the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where, what its heading says, what it is taken for and how surely (0 to 1)."""

    index: int
    heading: str
    field: str
    """One of :data:`FIELDS`, or "" when the column is not taken in."""
    confidence: float
    sample: tuple[str, ...]


def key_of(heading: str) -> str:
    """A heading without spaces, marks, digits and what stands in brackets."""
    text = normalise(heading).casefold()
    return _KEPT.sub("", _BRACKETS.sub("", text)) or _KEPT.sub("", text)


def field_of(heading: str) -> tuple[str, float] | None:
    """(field, confidence) of a heading, None when it says nothing we know."""
    if not heading or len(heading) > _LONGEST_HEADING:
        return None
    key = key_of(heading)
    found = _FIELD_OF_KEY.get(key)
    if found is not None:
        return found, 1.0
    if content.is_province(normalise(heading)):
        return None
    for word, name in _HOLDS:
        if word in key and len(key) <= len(word) + 24:
            return name, 0.8
    return None


def is_heading_word(text: str) -> bool:
    """Whether a cleaned text is a heading word for word; cheap enough to ask of every cell."""
    return text.replace(" ", "").replace("-", "").casefold() in _FIELD_OF_KEY


def headings_in(cells: Sequence[str]) -> set[str]:
    """The fields a row names, were it a row of headings."""
    known = (field_of(cell) for cell in cells)
    return {found[0] for found in known if found is not None and found[0]}


def header_rows(rows: Sequence[tuple[str, ...]]) -> tuple[int, int]:
    """(place of the first heading row, number of heading rows); (-1, 0) when there is none."""
    best, most = -1, 1
    for place, cells in enumerate(rows[:_SEARCHED]):
        found = headings_in(cells)
        filled = sum(1 for cell in cells if cell)
        if len(found) > most and len(found) * 3 >= filled and not _is_data(cells):
            best, most = place, len(found)
    if best < 0:
        lone = rows[0] if rows else ()
        if headings_in(lone) & {"full_name", "first"} and not _is_data(lone):
            return 0, 1
        return -1, 0
    # The lower of two rows often names more: ที่อยู่ over ตำบล, อำเภอ, จังหวัด.
    if best > 0 and _goes_above(rows[best - 1], rows[best]):
        return best - 1, 2
    if best + 1 < len(rows) and _goes_below(rows[best], rows[best + 1]):
        return best, 2
    return best, 1


def _is_data(cells: Sequence[str]) -> bool:
    return any(content.is_identifier(cell) or content.is_phone(cell) for cell in cells)


def _goes_above(above: Sequence[str], below: Sequence[str]) -> bool:
    named = headings_in(above)
    return (
        len(named) >= 1
        and not _is_data(above)
        and len({c for c in above if c}) > 1
        and bool(named - headings_in(below) or len(named) > 1)
    )


def _goes_below(above: Sequence[str], below: Sequence[str]) -> bool:
    if _is_data(below) or any(content.number(cell) is not None for cell in below):
        return False
    named = [cell for cell in below if cell]
    known = [cell for cell in named if field_of(cell) is not None]
    return len(named) > 1 and len(known) * 2 >= len(named) and tuple(below) != tuple(above)


def combined(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """One heading a column out of two rows: the lower where it says something we know."""
    width = max(len(above), len(below))
    upper = [*above, *[""] * (width - len(above))]
    lower = [*below, *[""] * (width - len(below))]
    return tuple(
        low if low and (field_of(low) is not None or not high) else high
        for high, low in zip(upper, lower, strict=True)
    )


def guess(headings: Sequence[str], rows: Sequence[tuple[str, ...]]) -> tuple[Column, ...]:
    """What each column is, from its heading and from the rows under it."""
    width = max([len(headings), *(len(cells) for cells in rows)], default=0)
    columns: list[Column] = []
    for index in range(width):
        heading = headings[index] if index < len(headings) else ""
        values = [cells[index] for cells in rows if index < len(cells) and cells[index]]
        sample = tuple(dict.fromkeys(values))[:3]
        name, sure = _one(heading, values)
        columns.append(Column(index, heading, name, sure, sample))
    columns = _names(columns, rows)
    return _once(columns)


def _one(heading: str, values: Sequence[str]) -> tuple[str, float]:
    said = field_of(heading)
    seen, share = content.field_of(values)
    if said is None:
        return (seen, round(0.6 * share, 2)) if not heading or share > 0.8 else ("", 0.0)
    name, sure = said
    if name == "identifier" and values and seen in {"order", "phone", "full_name"}:
        return seen, 0.5
    if seen == name:
        return name, 1.0
    if name == "birth" and seen == "age":
        return "age", 0.7
    if name == "group" and seen == "order":
        return "team", 0.7
    return name, sure


def _names(columns: list[Column], rows: Sequence[tuple[str, ...]]) -> list[Column]:
    """Settle which columns hold the name: whole, or broken over two or three."""
    taken = {column.field for column in columns}
    made = list(columns)
    for place, column in enumerate(columns):
        values = content.column(rows, column.index)
        if column.field == "full_name" and "first" in taken and "last" not in taken:
            # ชื่อ beside ชื่อสกุล: the second is the surname.
            if content.share(values, content.has_space) < 0.5 and place > 0:
                made[place] = _as(column, "last", 0.8)
        elif column.field == "full_name":
            made = _broken(made, place, rows)
        elif column.field == "first" and "last" not in taken:
            made[place] = _as(column, "full_name", 0.9)
            made = _broken(made, place, rows)
    return made


def _broken(columns: list[Column], place: int, rows: Sequence[tuple[str, ...]]) -> list[Column]:
    """A heading over a name that stands in two or three columns: นาย | สมชาย | ใจดี."""
    first = columns[place]
    run = [first]
    for column in columns[place + 1 : place + 3]:
        same = column.heading in {"", first.heading}
        if not same or column.field not in {"", "full_name", "title", "first", "last"}:
            break
        if content.share(content.column(rows, column.index), content.is_word) < 0.5:
            break
        run.append(column)
    if len(run) == 1:
        return columns
    fields = ["full_name", "last"]
    titled = content.share(content.column(rows, first.index), content.is_title) > 0.6
    if titled:
        fields = ["title", "first", "last"] if len(run) == 3 else ["title", "full_name"]
    elif len(run) == 3:
        fields = ["first", "middle", "last"]
    elif content.share(content.column(rows, first.index), content.has_space) < 0.5:
        fields = ["first", "last"]
    made = list(columns)
    for column, name in zip(run, fields, strict=False):
        made[columns.index(column)] = _as(column, name, 0.7)
    return made


def _as(column: Column, name: str, sure: float) -> Column:
    return Column(column.index, column.heading, name, sure, column.sample)


def _once(columns: Sequence[Column]) -> tuple[Column, ...]:
    """No field twice: the surest column keeps it, the leftmost of equals."""
    holder: dict[str, Column] = {}
    for column in columns:
        known = holder.get(column.field)
        if known is None or column.confidence > known.confidence:
            holder[column.field] = column
    return tuple(
        column if not column.field or holder[column.field] is column else _as(column, "", 0.0)
        for column in columns
    )


def corrected(columns: Sequence[Column], choice: Mapping[int, str]) -> tuple[Column, ...]:
    """The columns after the facilitator said what some are; a field she moved leaves its place.

    Raises ValueError for a field that does not exist: a choice is offered, never typed.
    """
    unknown = set(choice.values()) - {*FIELDS, ""}
    if unknown:
        raise ValueError("a column was given a field that does not exist")
    moved = set(choice.values())
    return tuple(
        _as(column, choice[column.index], 1.0)
        if column.index in choice
        else (_as(column, "", 0.0) if column.field in moved and column.field else column)
        for column in columns
    )
