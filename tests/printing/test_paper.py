# SPDX-License-Identifier: Apache-2.0
"""Sheets, badges, tents, envelopes and receipts, read back by programs that are not ours."""

from __future__ import annotations

import io
import itertools
import subprocess
from dataclasses import replace
from datetime import date

import openpyxl
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops

from desktop.model.roster import badge_code, read_badge, read_sheet_code, sheet_code
from desktop.model.template import Filling, Table, rows_on_page
from desktop.model.template_field import CERTIFICATE, PERSON, SAMPLES, Sample, sample_filling
from desktop.printing.claim import ClaimLine, claims_xlsx
from desktop.printing.heading import Heading
from desktop.printing.proof import ProofLine, proof_pdf
from desktop.printing.register import RegisterLine, register_pdf, register_xlsx
from desktop.printing.stage import StageRow, stage_pdf
from desktop.printing.template_page import PageProblem, pages_pdf, troubles
from desktop.printing.template_shipped import shipped_template
from desktop.printing.typeface import typeface

PAPERS = (
    "badge", "envelope_c5", "envelope_dl", "envelope_no9", "receipt", "receipt_sheet", "sign_in",
    "tent",
)  # fmt: skip
MM = 72 / 25.4
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
EMPTY = dict.fromkeys(PERSON, "")


def _text(pdf: bytes, page: int = 0) -> str:
    some = ("-f", str(page), "-l", str(page)) if page else ()
    read = subprocess.run(
        ["pdftotext", "-raw", *some, "-", "-"], input=pdf, capture_output=True, check=True
    )
    return read.stdout.decode()


def _plain(text: str) -> str:
    """Without spaces and line ends: a name may stand on two lines."""
    return "".join(text.split())


def _picture(pdf: bytes, page: int = 0, dpi: int = 150) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page].render(scale=dpi / 72).to_pil().convert("L")


def _codes(pdf: bytes, page: int = 0) -> set[str]:
    return {code.text for code in zxingcpp.read_barcodes(_picture(pdf, page))}


def _sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Of each page in whole millimetres."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [tuple(round(side / MM) for side in page.get_size()) for page in document]  # type: ignore[misc]


@pytest.mark.parametrize("which", SAMPLES)
@pytest.mark.parametrize("name", PAPERS)
def test_a_shipped_paper_holds_the_worst_there_is(name: str, which: Sample) -> None:
    """Mutants: a field nobody fills, a box too small for the longest, marks beyond the edge."""
    template = shipped_template(name)
    tables = [one for one in template.elements if isinstance(one, Table)]
    rows = rows_on_page(tables[0]) if tables else 0
    filling = sample_filling(template.purpose, which, rows)
    assert not [(one.element_id, one.kind, one.sentence) for one in troubles(template, filling)]
    assert set(template.titles) == {"th", "en"}


def _sheet(code: str, count: int, *halves: str) -> Filling:
    rows = tuple(
        {
            "no": str(n + 1), "name": NAMES[n % 5], "position": "นักพัฒนาชุมชน",
            "organisation": "องค์การบริหารส่วนตำบลม่วงเตี้ย",
        }
        for n in range(count)
    )  # fmt: skip
    words = {"am": "เช้า", "pm": "บ่าย", "eve": "ค่ำ"}
    held = {half: words[half] for half in halves}
    return Filling(fields={**EMPTY, **held, "title": "ใบลงทะเบียน", "sheet": code}, rows=rows)


def _sheets(*fillings: Filling) -> bytes:
    return pages_pdf(shipped_template("sign_in"), fillings)


def test_a_sheet_has_a_signature_column_for_each_half_held_and_no_other() -> None:
    """Mutant: printing both halves always puts เช้า on an afternoon's sheet (story A4)."""
    code = sheet_code("123456", 1, 1)

    afternoon = _text(_sheets(_sheet(code, 17, "pm")))
    both = _text(_sheets(_sheet(code, 17, "am", "pm")))

    assert "ลายมือชื่อ บ่าย" in afternoon
    assert "เช้า" not in afternoon
    assert "ค่ำ" not in both
    assert "ลายมือชื่อ เช้า" in both
    assert _sizes(_sheets(_sheet(code, 17, "pm"))) == [(297, 210)]


def test_a_sheet_keeps_room_for_those_who_come_unannounced() -> None:
    """Mutant: a table that ends with the last name leaves nobody else a line to sign on."""

    def rules(count: int) -> int:
        """How many rules cross the left edge of the first column."""
        picture = _picture(_sheets(_sheet("", count, "am", "pm")))
        left = round(12 / 25.4 * 150)  # two millimetres into the table
        dark = [picture.getpixel((left, y)) < 220 for y in range(picture.height)]  # type: ignore[operator]
        return sum(1 for above, here in itertools.pairwise(dark) if here and not above)

    assert rules(17) == rules(2) >= 20


def test_every_name_on_a_sheet_comes_back_whole() -> None:
    """Mutant: cutting a text to its cell loses the end of the longest surname."""
    text = _plain(_text(_sheets(_sheet("", 5, "am", "pm"))))

    for name in NAMES:
        assert _plain(name) in text


def test_the_code_in_the_corner_finds_the_page_again() -> None:
    """Mutant: one code for all pages fails on the second."""
    pdf = _sheets(*(_sheet(sheet_code("123456", 2, n), 17, "am", "pm") for n in (1, 2)))

    for number in (1, 2):
        (code,) = _codes(pdf, number - 1)
        assert read_sheet_code(code) == ("123456", 2, number)


def test_a_text_that_cannot_fit_stops_the_sheet_and_names_it() -> None:
    """Mutant: drawing the cell all the same lets the text run over its neighbour."""
    long = Filling(fields=EMPTY, rows=({"name": "แสนสกุลไพรพนาวัลย์" * 12},))

    with pytest.raises(PageProblem, match="แสนสกุล"):
        _sheets(long)


def _badge(number: int) -> Filling:
    name = NAMES[number % 5].replace(" ", " \u200b")
    own = {"name": name, "code": badge_code("123456", number), "event": "การอบรม"}
    return Filling(fields={**EMPTY, **own, "organisation": "หน่วยงาน", "seat": str(number)})


def _badges(count: int) -> bytes:
    return pages_pdf(shipped_template("badge"), [_badge(n) for n in range(count)])


def test_ten_badges_a_page_each_with_its_own_code() -> None:
    """Mutants: the same code on two badges, one that a scanner cannot read, ten on top of
    each other."""
    pdf = _badges(11)

    assert _sizes(pdf) == [(210, 297)] * 2
    found = zxingcpp.read_barcodes(_picture(pdf))
    assert {read_badge(code.text) for code in found} == {("123456", n) for n in range(10)}
    assert {read_badge(code) for code in _codes(pdf, 1)} == {("123456", 10)}
    # 2 × 5 of 90 × 54 mm in the middle of the sheet, filled row by row.
    for code in found:
        _event, number = read_badge(code.text) or ("", -1)
        spot, side = code.position.top_left, 150 / 25.4
        column, row = divmod(spot.x / side - 15, 90)[0], divmod(spot.y / side - 13.5, 54)[0]
        assert (row * 2 + column) == number
    for name in NAMES:
        assert _plain(name) in _plain(_text(pdf, 1))


def test_badges_are_cut_along_marks_that_stand_outside_of_them() -> None:
    """Mutants: no marks; marks that stay on the badge after the cut."""
    picture = _picture(_badges(10), dpi=254)  # ten points a millimetre

    def dark(x: float, y: float) -> bool:
        around = [(int(x * 10) + dx, int(y * 10) + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        return any(picture.getpixel(spot) < 235 for spot in around)  # type: ignore[operator]

    for x in (15, 105, 195):
        assert dark(x, 10)
        assert dark(x, 287)
        assert not dark(x, 13.5 + 54 - 1), "a mark on a badge"
    for row in range(6):
        assert dark(11.5, 13.5 + 54 * row)
        assert dark(198.5, 13.5 + 54 * row)
    assert not dark(60, 10)


def test_a_tent_says_the_name_to_both_sides() -> None:
    """Mutant: a second face that stands on its head when the paper is folded."""
    own = {"name": NAMES[1], "organisation": "หน่วยงาน", "event": "การอบรม"}
    pdf = pages_pdf(shipped_template("tent"), [Filling(fields={**EMPTY, **own})])
    assert _sizes(pdf) == [(210, 297)]
    assert _plain(_text(pdf)).count(_plain(NAMES[1])) == 2
    picture = _picture(pdf, dpi=127)  # five points a millimetre
    # Two tents of 190 × 140 mm on the sheet; the first folds 78.5 mm from the upper edge.
    face = picture.crop((55, 393, 995, 735))
    back = picture.crop((55, 50, 995, 392)).rotate(180)
    apart = ImageChops.difference(face, back).histogram()
    assert sum(face.histogram()[:100]) > 2000, "there is a face"
    assert sum(apart[120:]) < 1000


@pytest.mark.parametrize(
    ("name", "size"),
    [("envelope_dl", (220, 110)), ("envelope_no9", (235, 108)), ("envelope_c5", (229, 162))],
)
def test_an_envelope_is_a_page_of_its_size(name: str, size: tuple[int, int]) -> None:
    """Mutant: an envelope printed in the middle of an A4 page."""
    sender = "ศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก\nจังหวัดตาก"
    address = "ตำบลด่านแม่ละเมา อำเภอแม่สอด\nจังหวัดตาก ๖๓๑๑๐"
    own = {"name": NAMES[2], "address": address, "sender": sender}
    pdf = pages_pdf(shipped_template(name), [Filling(fields={**EMPTY, **own})])
    assert _sizes(pdf) == [size]
    lines = _text(pdf).splitlines()
    assert lines[:2] == sender.split("\n")
    assert lines[2:5] == [f"เรียน {NAMES[2]}", *address.split("\n")]


def _receipts(kinds: dict[str, str], rows: int) -> bytes:
    row = {"name": NAMES[1], **kinds, "total": "๑,๒๔๐.๕๐"}
    fields = {**EMPTY, **kinds, "total_words": "สองบาทถ้วน", "grand_total": ""}
    filling = Filling(fields=fields, rows=(row,) * rows)
    return pages_pdf(shipped_template("receipt_sheet"), [filling])


def test_a_receipt_sheet_adds_up_and_shows_what_was_paid_for() -> None:
    """Mutants: a column of honoraria nobody got; Thai amounts that are not added."""
    plain = _text(_receipts({"meal": "๒๔๐.๕๐", "fare": "๑,๐๐๐.๐๐"}, 3))
    assert "๗๒๑.๕๐" in plain
    assert "๓,๐๐๐.๐๐" in plain
    assert "๓,๗๒๑.๕๐" in plain
    assert "ค่าอาหาร" in plain
    assert "ค่าตอบแทน" not in plain
    assert "เบี้ยเลี้ยง" not in plain
    assert "รวมเงินทุกหน้า" not in plain
    assert "ค่าตอบแทน" in _text(_receipts({"honorarium": "๑,๒๔๐.๕๐"}, 1))


def test_a_receipt_sheet_to_be_filled_in_by_hand_says_no_sum() -> None:
    """Mutant: a printed 0 where somebody is to write."""
    rows = ({"name": NAMES[0]},) * 2
    fields = {**EMPTY, "total_words": "......"}
    filled = Filling(fields=fields, rows=rows)
    plain = _text(pages_pdf(shipped_template("receipt_sheet"), [filled]))
    assert "0" not in plain
    assert "๐" not in plain


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


def test_the_days_of_a_register_are_wide_enough_to_be_shown() -> None:
    """Fails at the width of before: Excel showed ###### for ๓๐ กันยายน ๒๕๖๕, and a number with
    the office's code was covered by the next cell."""
    page = openpyxl.load_workbook(io.BytesIO(register_xlsx(HEADING, _register(1), "thai"))).active
    # TH Sarabun New of 16 points is as wide as Sarabun of 11; a unit of width is 7 pixels.
    widest = typeface("Sarabun-Regular").width("๓๐ พฤศจิกายน ๒๕๖๕", 10.9) * 96 / 72 / 7 + 1
    for column, word in (("F", "วันที่ออก"), ("J", "วันที่รับ")):
        assert page[f"{column}4"].value == word
        assert page.column_dimensions[column].width > widest
    assert page["B5"].alignment.wrap_text


def test_a_number_with_an_office_s_code_stands_on_one_line() -> None:
    """Fails when the column keeps its width: "๐๓๑๒/๐๐๑๕ | ๔/๒๕๖๒" on the list for the stage."""
    number = "พม ๐๓๑๒/๐๐๑๕๔/๒๕๖๒"
    lines = [replace(one, number=number) for one in _register(2)]
    row = StageRow("๑", number, NAMES[0], NAMES[0], "หน่วยงาน", "โครงการ", "", "๑")
    made = [
        register_pdf(HEADING, lines, "thai"),
        register_pdf(HEADING, lines, "thai", courses=True),
        stage_pdf(HEADING, [row], "thai"),
    ]
    for pdf in made:
        assert number in _text(pdf)


def _place(pdf: bytes, text: str) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a text on the first page, as a reader finds it."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        found = page.search(text).get_next()
        assert found is not None, text
        boxes = [page.get_charbox(found[0] + at) for at in range(found[1])]
        left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def test_a_long_office_and_a_long_event_leave_the_title_alone() -> None:
    """Fails when the office is drawn on one line whatever its length: it stood on the title, and
    when an event of 170 letters is refused: nothing of it could be printed."""
    event = CERTIFICATE["subject"].sample("longest")
    office = CERTIFICATE["issuer"].sample("longest")
    heading = Heading("ใบตรวจสะกดชื่อ", event, HEADING.when_where, office)
    organisation = CERTIFICATE["recipient"].sample("longest")
    pdf = proof_pdf(heading, [ProofLine("๑", NAMES[0], organisation)], "thai")
    title, last = _place(pdf, heading.title), _place(pdf, "พระนครศรีอยุธยา")
    assert last[2] < title[0]
    assert last[1] > _place(pdf, "โครงการส่งเสริมและพัฒนาศักยภาพ")[3] - 1
    assert _plain(event) in _plain(_text(pdf))
    assert _plain(organisation) in _plain(_text(pdf))


def test_claims_as_a_workbook_add_up_by_themselves() -> None:
    """Mutants: amounts as texts, which Excel does not add; an agency that is a formula."""
    lines = [
        ClaimLine("1", NAMES[0], "=1+1", 2, (240_50, None), date(2019, 3, 3)),
        ClaimLine("2", NAMES[1], "", 1, (None, 600_00)),
    ]
    made = claims_xlsx(HEADING, ("ค่าอาหาร", "ค่าพาหนะ"), lines, "thai")
    assert made == claims_xlsx(HEADING, ("ค่าอาหาร", "ค่าพาหนะ"), lines, "thai")
    sums = openpyxl.load_workbook(io.BytesIO(made), data_only=True).worksheets[0]
    formulas = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    assert [cell.value for cell in sums[5]][4:7] == [240.5, None, 240.5]
    assert [cell.value for cell in sums[7]][4:7] == [240.5, 600, 840.5]
    assert [cell.value for cell in formulas[7]][4:7] == [
        "=SUM(E5:E6)", "=SUM(F5:F6)", "=SUM(G5:G6)",
    ]  # fmt: skip
    assert formulas.cell(5, 7).value == "=SUM(E5:F5)"
    assert formulas.cell(5, 3).data_type == "s"
    assert sums.cell(5, 8).value.date() == date(2019, 3, 3)


def test_the_same_roster_gives_the_same_bytes() -> None:
    """Mutant: a time of day in the file makes the second differ."""
    assert _sheets(_sheet("1", 5, "am")) == _sheets(_sheet("1", 5, "am"))
    assert _badges(3) == _badges(3)
    assert register_xlsx(HEADING, _register(3), "thai") == register_xlsx(
        HEADING, _register(3), "thai"
    )
