# SPDX-License-Identifier: Apache-2.0
"""The summary by problem, target group and tambon, on paper and as a workbook."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from desktop.model.summary import CaseFact, table
from desktop.model.summary_areas import published
from desktop.printing.summary import (
    Summary,
    SummaryBlock,
    SummaryRow,
    summary_of,
    summary_pdf,
    summary_xlsx,
)
from tests.printing.visits import OFFICE, joined, pages_of, text_of

TARGETS = (
    "เด็ก", "เยาวชน", "สตรี", "ครอบครัว", "ผู้สูงอายุ", "คนพิการ", "ผู้ป่วยติดเตียง", "คนไร้ที่พึ่ง/คนเร่ร่อน",
    "คนขอทาน", "ผู้มีรายได้น้อย/ผู้ยากไร้", "ราษฎรบนพื้นที่สูง/กลุ่มชาติพันธุ์", "สมาชิกนิคมสร้างตนเอง",
    "ผู้ไม่มีสถานะทางทะเบียน", "ผู้พ้นโทษ", "ผู้ถูกกระทำความรุนแรง", "อื่น ๆ",
)  # fmt: skip
WHEN = "ปีงบประมาณ พ.ศ. 2570"


def _summary(blocks: int, rows: int, targets: tuple[str, ...] = TARGETS) -> Summary:
    def row(word: str, first: int) -> SummaryRow:
        return SummaryRow(word, tuple(first + n for n in range(len(targets))), first + 99)

    return Summary(
        targets,
        tuple(
            SummaryBlock(
                f"ตำบลที่ {b} อำเภอแม่สอด จังหวัดตาก",
                tuple(row(f"ปัญหาที่ {b}/{r} เครื่องช่วยความพิการ", 20 + r) for r in range(rows)),
                row("", 500 + b),
            )
            for b in range(blocks)
        ),
        row("", 900),
    )


def test_every_tambon_problem_and_target_group_is_on_the_paper() -> None:
    """Mutant: a target group that is left out because there are too many for the width."""
    pages = pages_of(summary_pdf(OFFICE, WHEN, _summary(3, 12), "arabic", public=False))
    text = joined("".join(pages))

    for block in range(3):
        assert joined(f"ตำบลที่ {block} อำเภอแม่สอด") in text
        for row in range(12):
            assert joined(f"ปัญหาที่ {block}/{row} ") in text
    for target in TARGETS:
        assert joined(target) in text
    assert "999" in text
    assert "รวมทั้งหมด" in text


def test_each_page_names_its_columns_and_its_tambon() -> None:
    """Mutant: numbers on a second page of which nobody knows the tambon."""
    pages = pages_of(summary_pdf(OFFICE, WHEN, _summary(2, 40), "thai", public=False))

    assert len(pages) > 3
    for page in pages:
        assert "ปัญหา" in page.splitlines()
        assert "ตำบลที่" in page or "รวมทั้งหมด" in page
    assert any("(ต่อ)" in page for page in pages)


@pytest.mark.parametrize("count", [1, 4, 9])
def test_few_target_groups_fill_the_width_too(count: int) -> None:
    """Mutant: columns worked out for sixteen."""
    pdf = summary_pdf(OFFICE, WHEN, _summary(1, 3, TARGETS[:count]), "arabic", public=False)

    assert TARGETS[count - 1] in text_of(pdf)


def test_a_small_number_stops_the_public_version() -> None:
    """Mutant: trusting whoever counted; one family of one tambon is then known by all."""
    whole = _summary(1, 1, TARGETS[:2])
    block = whole.blocks[0]
    for small in (1, 10):
        row = replace(block.rows[0], counts=(small, 30))
        leaking = replace(whole, blocks=(replace(block, rows=(row,)),))
        for make in (summary_pdf, summary_xlsx):
            with pytest.raises(ValueError, match="below 11"):
                make(OFFICE, WHEN, leaking, "arabic", public=True)
        assert summary_pdf(OFFICE, WHEN, leaking, "arabic", public=False)


def test_a_number_that_can_be_had_by_subtraction_stops_it_too() -> None:
    """Mutant: a withheld sum of one tambon beside the sums of the others and of all."""
    whole = _summary(2, 1, TARGETS[:2])
    first = replace(whole.blocks[0], totals=SummaryRow("", (None, 30), None))
    leaking = replace(whole, blocks=(first, whole.blocks[1]))

    with pytest.raises(ValueError, match="subtraction"):
        summary_pdf(OFFICE, WHEN, leaking, "arabic", public=True)


def test_withheld_numbers_are_shown_as_such_and_never_in_the_office_s_own() -> None:
    """Mutant: None printed as 0."""
    whole = _summary(1, 1, TARGETS[:2])
    row = replace(whole.blocks[0].rows[0], counts=(None, 0))
    public = replace(whole, blocks=(replace(whole.blocks[0], rows=(row,)),))

    assert "<๑๑ –" in text_of(summary_pdf(OFFICE, WHEN, public, "thai", public=True))
    assert "ฉบับเผยแพร่" in text_of(summary_pdf(OFFICE, WHEN, public, "thai", public=True))
    with pytest.raises(ValueError, match="withheld"):
        summary_pdf(OFFICE, WHEN, public, "thai", public=False)


def test_the_workbook_holds_numbers_and_no_formula() -> None:
    """Mutant: counts written as texts; cells written by what they look like, formulas let in."""
    whole = _summary(2, 2, TARGETS[:2])
    row = SummaryRow("=HYPERLINK(1)", (20, 0), 20)
    whole = replace(whole, blocks=(replace(whole.blocks[0], rows=(row,)), whole.blocks[1]))
    book = openpyxl.load_workbook(
        io.BytesIO(summary_xlsx(OFFICE, WHEN, whole, "thai", public=False))
    )
    page = book.worksheets[0]
    rows = list(page.iter_rows(min_row=5, max_row=10, values_only=True))

    assert rows[0] == ("ตำบลที่ 0 อำเภอแม่สอด จังหวัดตาก", "=HYPERLINK(1)", 20, 0, 20)
    assert page.cell(5, 2).data_type == "s"
    assert rows[1][:2] == ("ตำบลที่ 0 อำเภอแม่สอด จังหวัดตาก", "รวมตำบลนี้")
    assert rows[5] == ("รวมทั้งหมด", None, 900, 901, 999)
    assert page.freeze_panes
    assert page.print_title_rows


def test_the_public_workbook_withholds_the_same() -> None:
    """Mutant: the real number under a format that hides it."""
    whole = _summary(1, 1, TARGETS[:2])
    row = replace(whole.blocks[0].rows[0], counts=(None, 40))
    public = replace(whole, blocks=(replace(whole.blocks[0], rows=(row,)),))
    data = summary_xlsx(OFFICE, WHEN, public, "arabic", public=True)
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]

    assert page.cell(5, 3).value == "<11"
    assert page.cell(5, 4).value == 40


def _facts(area: str, problem: str, target: str, count: int) -> list[CaseFact]:
    return [CaseFact(problem, target, frozenset(), frozenset(), area, 1)] * count


def test_tables_that_were_counted_are_printed_as_they_are() -> None:
    """Mutant: rows and columns out of step between the tambons and the whole."""
    facts = _facts("a", "i_low", "elder", 30) + _facts("a", "h_none", "child", 3)
    facts += _facts("b", "i_low", "child", 20) + _facts("b", "", "elder", 15)
    areas = [table(fact for fact in facts if fact.area == area) for area in "ab"]
    words = {"i_low": "รายได้ไม่พอจ่าย", "h_none": "ไม่มีที่อยู่อาศัย"}
    made = summary_of(
        [("ตำบลแรก", areas[0]), ("ตำบลหลัง", areas[1])],
        table(facts),
        problems=words,
        targets={"elder": "ผู้สูงอายุ", "child": "เด็ก"},
    )

    assert made.targets == ("เด็ก", "ผู้สูงอายุ")
    assert made.blocks[0].rows == (
        SummaryRow("ไม่มีที่อยู่อาศัย", (3, 0), 3),
        SummaryRow("รายได้ไม่พอจ่าย", (0, 30), 30),
    )
    assert made.blocks[1].rows[0] == SummaryRow("ไม่ระบุ", (0, 15), 15)
    assert made.totals == SummaryRow("", (23, 45), 68)

    shown, whole = published(areas, table(facts))
    public = summary_of(
        list(zip(("ตำบลแรก", "ตำบลหลัง"), shown, strict=True)), whole, problems=words, targets={}
    )
    assert summary_pdf(OFFICE, WHEN, public, "arabic", public=True)
