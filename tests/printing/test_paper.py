# SPDX-License-Identifier: Apache-2.0
"""Sheets, badges, name proofs and the register, read back by programs that are not ours."""

from __future__ import annotations

import io
import subprocess
from datetime import date

import openpyxl
import pypdfium2
import pytest
import zxingcpp

from desktop.model.roster import badge_code, read_badge, read_sheet_code, sheet_code
from desktop.printing.badge import Badge, badges_pdf
from desktop.printing.heading import Heading
from desktop.printing.lines import TextDoesNotFit
from desktop.printing.proof import ProofLine, proof_pdf
from desktop.printing.register import RegisterLine, register_pdf, register_xlsx
from desktop.printing.sheet import SheetLine, SheetPage, sheets_pdf

HEADING = Heading(
    "ใบลงทะเบียน",
    "โครงการฝึกอบรมผู้ปฏิบัติงานด้านการจัดสวัสดิการสังคมและสังคมสงเคราะห์ในสังกัดองค์กรปกครองส่วนท้องถิ่น",
    "วันพุธที่ ๒๗ กุมภาพันธ์ พ.ศ. ๒๕๖๒",
)
NAMES = (
    "นายจะหา แสนสกุลไพรพนาวัลย์กิจเจริญรุ่งเรือง",
    "ว่าที่ร้อยตรีหญิง ณัฏฐ์ฐิญา วุฒิวิทยานันท์",
    "นางสาวน้ำทิพย์ ณ นคร",
    "นายหม่อเซ",
    "นางกฎุมพี ฐานุพงษ์",
)


def _text(pdf: bytes) -> str:
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return read.stdout.decode()


def _codes(pdf: bytes, page: int = 0) -> set[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[page].render(scale=150 / 72).to_pil()
    return {code.text for code in zxingcpp.read_barcodes(picture)}


def _lines(count: int) -> tuple[SheetLine, ...]:
    return tuple(
        SheetLine(str(n + 1), NAMES[n % 5], "นักพัฒนาชุมชน", "องค์การบริหารส่วนตำบลม่วงเตี้ย")
        for n in range(count)
    )


def test_a_sheet_has_a_signature_column_for_each_half_held_and_no_other() -> None:
    """Mutant: printing both halves always puts เช้า on an afternoon's sheet (story A4)."""
    page = SheetPage(sheet_code("123456", 1, 1), _lines(17))

    afternoon = _text(sheets_pdf(HEADING, [page], ("pm",), "thai"))
    both = _text(sheets_pdf(HEADING, [page], ("am", "pm"), "thai"))

    assert "ลายมือชื่อ บ่าย" in afternoon
    assert "เช้า" not in afternoon
    assert "ลายมือชื่อ เช้า" in both


def test_every_name_on_a_sheet_comes_back_whole() -> None:
    """Mutant: cutting a text to its cell loses the end of the longest surname."""
    text = _text(sheets_pdf(HEADING, [SheetPage("", _lines(5))], ("am", "pm"), "thai"))

    for name in NAMES:
        assert name in text


def test_the_code_in_the_corner_finds_the_page_again() -> None:
    """Mutant: one code for all pages fails on the second."""
    pages = [SheetPage(sheet_code("123456", 2, n), _lines(17)) for n in (1, 2)]
    pdf = sheets_pdf(HEADING, pages, ("am", "pm"), "arabic")

    for number in (1, 2):
        (code,) = _codes(pdf, number - 1)
        assert read_sheet_code(code) == ("123456", 2, number)


def test_a_text_that_cannot_fit_stops_the_sheet_and_names_the_person() -> None:
    """Mutant: drawing the cell all the same lets the text run over its neighbour."""
    long = SheetLine("1", NAMES[0], organisation="องค์การบริหารส่วนตำบล" * 12)

    with pytest.raises(TextDoesNotFit, match="จะหา"):
        sheets_pdf(HEADING, [SheetPage("", (long,))], ("am", "pm"), "thai")


def test_ten_badges_a_page_each_with_its_own_code() -> None:
    """Mutant: the same code on two badges, or one that a scanner cannot read."""
    badges = [Badge(NAMES[n % 5], badge_code("123456", n), "หน่วยงาน") for n in range(11)]
    pdf = badges_pdf("การอบรม", badges)

    found = {read_badge(code) for code in _codes(pdf)}

    assert found == {("123456", n) for n in range(10)}
    assert {read_badge(code) for code in _codes(pdf, 1)} == {("123456", 10)}


def test_a_proof_sheet_shows_each_name_as_it_will_be_printed() -> None:
    """Mutant: a name set in two pieces with a hyphen would not be found."""
    text = _text(
        proof_pdf(HEADING, [ProofLine(str(n), name) for n, name in enumerate(NAMES)], "thai")
    )

    for name in NAMES:
        assert name in text


def _register(count: int) -> list[RegisterLine]:
    return [
        RegisterLine(
            str(n + 1),
            f"{n + 1}/2562",
            NAMES[n % 5],
            "=HYPERLINK(1)" if n == 1 else "หน่วยงาน",
            "หลักสูตร",
            "๓ มี.ค. ๒๕๖๒" if n != 2 else "",
            date(2019, 3, 3) if n != 2 else None,
            "นางนภา เศรษฐกร",
            "ออกแล้ว" if n != 2 else "ไม่ใช้เลข",
            "" if n != 2 else "ไม่ผ่านเกณฑ์ ไม่ใช้เลข",
        )
        for n in range(count)
    ]


def test_the_register_on_paper_has_every_number_also_the_unused() -> None:
    """Mutant: leaving unused numbers out makes the register jump."""
    text = _text(register_pdf(HEADING, _register(40), "thai"))

    for number in range(1, 41):
        assert f"{number}/2562" in text
    assert "ไม่ผ่านเกณฑ์" in text


def test_the_register_as_a_workbook_has_real_dates_and_no_formula() -> None:
    """Mutant: strings_to_formulas left on turns an agency's name into a formula."""
    book = openpyxl.load_workbook(io.BytesIO(register_xlsx(HEADING, _register(3), "thai")))
    page = book.worksheets[0]

    rows = list(page.iter_rows(min_row=5, values_only=True))

    assert [row[1] for row in rows] == ["1/2562", "2/2562", "3/2562"]
    assert rows[0][5].date() == date(2019, 3, 3)
    assert "D07041E" in page.cell(5, 6).number_format
    assert page.cell(6, 4).data_type == "s"
    assert rows[2][10] == "ไม่ผ่านเกณฑ์ ไม่ใช้เลข"


def test_the_same_roster_gives_the_same_bytes() -> None:
    """Mutant: a time of day in the file makes the second differ."""
    page = SheetPage(sheet_code("123456", 1, 1), _lines(5))

    assert sheets_pdf(HEADING, [page], ("am",), "thai") == sheets_pdf(
        HEADING, [page], ("am",), "thai"
    )
    assert register_xlsx(HEADING, _register(3), "thai") == register_xlsx(
        HEADING, _register(3), "thai"
    )
