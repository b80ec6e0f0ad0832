# SPDX-License-Identifier: Apache-2.0
"""One row of a list, understood as a person, with what is wrong with it beside it.

Nothing is invented and nothing is dropped without a word: a value that cannot be taken is a
problem on its field, a value that was repaired is a warning that shows the repair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.imports import content
from desktop.imports.name import read_name
from desktop.imports.row import Lookups, Row, RowProblem, Values, undotted
from desktop.model.person import BirthPrecision
from desktop.thai.dates import ERA_OFFSET, parse_date
from desktop.thai.digits import to_arabic
from desktop.thai.identifiers import read_identifier, read_phone
from desktop.thai.titles import TITLE_OF_CODE


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """A person as a list wrote her. Codes are empty where nothing matched."""

    order: int | None = None
    seat: int | None = None
    title: str = ""
    title_code: str = ""
    first: str = ""
    middle: str = ""
    last: str = ""
    identifier_kind: str = ""
    """Code of ``id_kind``; "" when the list has no such column or the cell is empty."""
    identifier: str = ""
    none_reason: str = ""
    born: date | None = None
    born_precision: BirthPrecision = ""
    birth_year: int | None = None
    """พ.ศ."""
    age: int | None = None
    sex: str = ""
    phone: str = ""
    organisation: str = ""
    organisation_kind: str = ""
    position: str = ""
    tambon: str = ""
    amphoe: str = ""
    province: str = ""
    area: str = ""
    group: str = ""
    role: str = ""
    team: int | None = None
    food: str = ""
    note: str = ""


_SCIENTIFIC: Final = re.compile(r"([0-9])(?:\.([0-9]+))?e\+?([0-9]{1,2})", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:ปี\s*)?(?:พ\.?\s?ศ\.?\s*|ค\.?\s?ศ\.?\s*)?([0-9]{4})")
_AGE: Final = re.compile(r"(?:อายุ\s*)?([0-9]{1,3})(?:\s*ปี.*)?")
_TEAM: Final = re.compile(r"(?:กลุ่ม|ทีม)?\s*(?:ที่)?\s*([0-9]{1,3})")
_SEXES: Final = {
    "ชาย": "m", "ช": "m", "male": "m", "m": "m", "หญิง": "f", "ญ": "f", "female": "f", "f": "f",
    "อื่นๆ": "x", "ไม่ประสงค์ระบุ": "x", "x": "x", "1": "m", "2": "f",
}  # fmt: skip


def read_person(
    values: Values, lookups: Lookups | None = None
) -> tuple[ReadPerson, tuple[RowProblem, ...]]:
    """Understand one row. ``values`` are the marked cells by field."""
    row = Row(values, lookups or Lookups())
    title, code, first, middle, last, aside = read_name(row)
    kind, identifier, reason = _identifier(row)
    born, precision, year, age = _birth(row)
    tambon, amphoe, province, area = _place(row)
    note = "; ".join(part for part in (row.text("note"), aside) if part)
    person = ReadPerson(
        order=content.number(row.text("order")) if "order" in values else None,
        seat=row.number("seat"),
        title=title,
        title_code=code,
        first=first,
        middle=middle,
        last=last,
        identifier_kind=kind,
        identifier=identifier,
        none_reason=reason,
        born=born,
        born_precision=precision,
        birth_year=year,
        age=age,
        sex=_sex(row, code),
        phone=_phone(row),
        organisation=row.text("organisation"),
        organisation_kind=_code(row, "organisation_kind", "org_type"),
        position=row.text("position"),
        tambon=tambon,
        amphoe=amphoe,
        province=province,
        area=area,
        group=_code(row, "group", "person_group"),
        role=_code(row, "role", "event_role"),
        team=_team(row),
        food=row.text("food"),
        note=note,
    )
    return person, tuple(row.problems)


def _identifier(row: Row) -> tuple[str, str, str]:
    """(kind, value, why there is none)."""
    reason = row.text("none_reason")
    cell = row.values.get("identifier", "")
    text = row.text("identifier")
    if not text:
        # "-" and "ไม่มี" say that there is none; an empty cell says nothing.
        said = bool(reason) or (bool(cell) and cell[0] not in "fe" and bool(cell[1:].strip()))
        return ("none" if said else ""), "", reason
    text = undotted(to_arabic(text))
    if found := _SCIENTIFIC.fullmatch(text):
        whole = _expanded(found)
        if whole is None or cell[0] != "n":
            row.error(
                "identifier",
                _(
                    "Excel cut this number to a few digits and the rest is lost. Ask the agency, "
                    "or type the 13 digits from the card."
                ),
            )
            return "cid", "", reason
        text = whole
    if cell[0] == "n" and text.isdigit() and len(text) in {11, 12}:
        padded = text.zfill(13)
        row.warning("identifier", _("Excel dropped the zeros in front; they were put back."))
        text = padded
    read = read_identifier(text)
    if read.problem:
        row.error("identifier", read.problem)
    elif read.warning:
        row.warning("identifier", read.warning)
    return read.kind, read.value, reason


def _expanded(found: re.Match[str]) -> str | None:
    """All digits of 1.99123456789E+12, or None when some are missing."""
    behind, power = found[2] or "", int(found[3])
    # Excel's file keeps 15 digits and leaves off zeros at the end; a text shows 3 to 6.
    if power != 12 or len(behind) < 9:
        return None
    return found[1] + behind.ljust(12, "0") if len(behind) <= 12 else None


def _birth(row: Row) -> tuple[date | None, BirthPrecision, int | None, int | None]:
    """(day, how exactly it is known, year พ.ศ., age)."""
    age = _age(row)
    text = to_arabic(row.text("birth"))
    if not text:
        return None, "age" if age is not None else "", None, age
    if found := _YEAR.fullmatch(text):
        year = int(found[1])
        year += ERA_OFFSET if year < 2400 else 0
        if 2400 <= year <= 2700:
            return None, "year", year, age
        row.warning("birth", _("The year is not possible. Type it as พ.ศ., for example 2562."))
        return None, "", None, age
    try:
        born = _day(text)
    except Problem as problem:
        row.warning("birth", str(problem))
        return None, "age" if age is not None else "", None, age
    return born, "full", born.year + ERA_OFFSET, age


def _day(text: str) -> date:
    # A date typed as พ.ศ. into a cell of dates is stored by Excel as a year 2562 of its calendar.
    return parse_date(text.partition("T")[0])


def _age(row: Row) -> int | None:
    text = to_arabic(row.text("age"))
    if not text:
        return None
    found = _AGE.fullmatch(text)
    if found and 0 < int(found[1]) <= 120:
        return int(found[1])
    row.warning("age", _("This is not an age. Type whole years."))
    return None


def _sex(row: Row, title_code: str) -> str:
    title = TITLE_OF_CODE.get(title_code)
    of_title = title.sex if title is not None else ""
    text = row.text("sex").replace(" ", "").rstrip(".").casefold()
    if not text:
        return of_title
    said = _SEXES.get(to_arabic(text), "")
    if not said:
        row.warning("sex", _("This is not a sex the program knows. Type ชาย or หญิง."))
        return of_title
    if of_title and said not in {"x", of_title}:
        row.warning("sex", _("The sex does not go with the title. See which of them is right."))
    return said


def _phone(row: Row) -> str:
    text = row.text("phone")
    if not text:
        return ""
    plain = undotted(to_arabic(text))
    if _SCIENTIFIC.fullmatch(plain):
        row.warning("phone", _("Excel damaged this telephone number. Type it again."))
        return ""
    first = re.split(r"\s*(?:,|/|หรือ|;|\n)\s*", plain)[0]
    try:
        phone = read_phone(first)
    except Problem as problem:
        row.warning("phone", str(problem))
        return ""
    if first != plain:
        row.warning("phone", _("There are several numbers; the first was taken."))
    bare = re.sub(r"[^0-9+]", "", first)
    if phone and not bare.startswith(("0", "+", "66")):
        row.warning("phone", _("Excel dropped the zero in front; it was put back."), phone)
    return phone


def _place(row: Row) -> tuple[str, str, str, str]:
    """(tambon, amphoe, province, area code)."""
    tambon = re.sub(r"^(?:ตำบล|แขวง|ต\.)\s*", "", row.text("tambon"))
    amphoe = re.sub(r"^(?:อำเภอ|อ\.)\s*", "", row.text("amphoe"))
    written = row.text("province")
    province = content.province_of(written) or re.sub(r"^(?:จังหวัด|จ\.)\s*", "", written)
    code = to_arabic(row.text("area"))
    if code:
        if re.fullmatch(r"[1-9][0-9](?:[0-9]{2}){0,2}", code):
            return tambon, amphoe, province, code
        row.warning("area", _("An area code has 2, 4 or 6 digits."))
    if row.lookups.area is None or not (tambon or amphoe or province):
        return tambon, amphoe, province, ""
    found = row.lookups.area(tambon, amphoe, province)
    if found is None and province and (tambon or amphoe):
        found = row.lookups.area("", "", province)
        row.warning("tambon" if tambon else "amphoe", _(
            "There is no such tambon or amphoe in this province. Check the spelling."
        ))  # fmt: skip
    elif found is None:
        row.warning("province", _("There is no such place. Check the spelling."))
    return tambon, amphoe, province, found or ""


def _code(row: Row, field: str, code_list: str) -> str:
    text = row.text(field)
    if not text or row.lookups.code is None:
        return text
    found = row.lookups.code(code_list, text)
    if found is None:
        row.warning(field, _("These words are not on the list. Choose from the list."))
    return found or ""


def _team(row: Row) -> int | None:
    text = to_arabic(row.text("team"))
    if not text:
        return None
    found = _TEAM.fullmatch(text)
    if found is None:
        row.warning("team", _("This is not a number. Type digits."))
        return None
    return int(found[1])
