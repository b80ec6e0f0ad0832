# SPDX-License-Identifier: Apache-2.0
"""The lists agencies send, written from the stories' files the way agencies write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from desktop.actions.fixture import FixtureEvent, FixtureRow, read_fixture
from desktop.model.area import spoken as whole
from desktop.paths import shipped
from desktop.store import area, codelist

_THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
Cells = Callable[[FixtureRow], Sequence[object]]


def story(name: str) -> FixtureEvent:
    """The story of a name, such as ``seed2_apm_noi``."""
    return read_fixture(shipped("resources", "demo", f"{name}.json"))


def thai(number: object) -> str:
    """A number in Thai digits."""
    return str(number).translate(_THAI)


def clock(minute: int) -> str:
    """A time of day as it is typed: ``13.00``."""
    return f"{minute // 60:02d}.{minute % 60:02d}"


def word(code_list: str, code: str) -> str:
    """The Thai word of a code."""
    found = codelist.code(code_list, code)
    return found.th if found is not None else ""


def province(row: FixtureRow) -> str:
    """The province a row stands for."""
    found = area.area(row.area[:2]) if row.area else None
    return found.name if found is not None else ""


def place(code: str, level: int) -> str:
    """The name of the tambon (6), amphoe (4) or province (2) of an area code."""
    found = area.area(code[:level]) if len(code) >= level else None
    return found.name if found is not None else ""


def spoken(code: str) -> str:
    """An area as it is offered: ตำบล, อำเภอ and จังหวัด."""
    found = area.area(code)
    return "" if found is None else whole(found)


def workbook(
    path: Path, title: str, headings: Sequence[str], rows: Sequence[FixtureRow], cells: Cells
) -> Path:
    """Write a list: a merged title, an empty line, headings, a numbered line a person."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "รายชื่อ"
    sheet["A1"] = title
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headings) + 1)
    sheet.append([])
    sheet.append(["ลำดับที่", *headings])
    for number, row in enumerate(rows, 1):
        sheet.append([number, *cells(row)])
    book.save(path)
    return path


def dashed(number: str) -> str:
    """An identity number as it stands on the card."""
    return f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12:]}"
