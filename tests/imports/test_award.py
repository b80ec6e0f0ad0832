# SPDX-License-Identifier: Apache-2.0
"""Award lists as offices keep them: with headings and without, merged, pasted, with gaps."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from desktop.imports.award import LONGEST, field_of, fix_award, read_awards, read_pasted_awards
from desktop.imports.refusal import RosterRefused

pytestmark = pytest.mark.usefixtures("english")


HEAD = "ลำดับที่\tชื่อองค์กร/หน่วยงาน\tชื่อโครงการ\tแหล่งทุน (กองทุน)"


def test_rows_of_excel_with_headings_are_read() -> None:
    """Mutant: columns by place alone would take the number for the organisation."""
    lines = "\n".join(f"{n}\tมูลนิธิที่ {n}\tโครงการที่ {n}\tกองทุนส่งเสริม" for n in range(1, 84))
    reading = read_pasted_awards(f"รายชื่อโครงการดีเด่น ประจำปี 2569\n{HEAD}\n{lines}\nรวม\t83\t\t")
    assert reading.columns == ("order", "organisation", "title", "fund")
    assert len(reading.rows) == 83
    assert all(row.ready for row in reading.rows)
    first = reading.rows[0]
    assert (first.organisation, first.title, first.fund, first.line_no) == (
        "มูลนิธิที่ 1", "โครงการที่ 1", "กองทุนส่งเสริม", 3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("องค์กร", "organisation"),
        ("หน่วยงานที่ได้รับรางวัล", "organisation"),
        ("ผู้ดำเนินโครงการ", "organisation"),
        ("ชื่อโครงการ", "title"),
        ("โครงการดีเด่น", "title"),
        ("กองทุนที่สนับสนุน", "fund"),
        ("ที่", "order"),
        ("โครงการปลูกผักสวนครัว", ""),
        ("องค์กรสวัสดิการชุมชนตำบลแม่ปะ", ""),
        ("กองทุนส่งเสริมการจัดสวัสดิการสังคม", ""),
        ("หมายเหตุ", ""),
    ],
)
def test_a_heading_is_told_from_the_first_cell_of_a_list(heading: str, field: str) -> None:
    """Mutant: a word anywhere in the cell would swallow rows as headings."""
    assert field_of(heading) == field


def test_rows_without_headings_are_told_by_what_stands_in_them() -> None:
    """Mutant: a fixed order would take the fund for the organisation."""
    text = "1.\tโครงการปลูกผัก\tกองทุนส่งเสริม\tมูลนิธิก\n2.\tโครงการเลี้ยงกุ้ง\tกองทุนส่งเสริม\tสมาคมข\n"
    reading = read_pasted_awards(text)
    assert reading.columns == ("order", "title", "fund", "organisation")
    assert [row.organisation for row in reading.rows] == ["มูลนิธิก", "สมาคมข"]


def test_two_plain_columns_are_organisation_and_project() -> None:
    """Mutant: the columns the other way round."""
    reading = read_pasted_awards("เทศบาลตำบลแม่ปะ\tปลูกผักปลอดสาร\nบ้านเรา\tเลี้ยงกุ้งฝอย\n")
    assert [(row.organisation, row.title) for row in reading.rows] == [
        ("เทศบาลตำบลแม่ปะ", "ปลูกผักปลอดสาร"), ("บ้านเรา", "เลี้ยงกุ้งฝอย"),
    ]  # fmt: skip


def test_a_row_with_a_gap_is_shown_with_its_sentence_and_can_be_put_right() -> None:
    """Mutant: leaving such rows out silently would lose a project."""
    reading = read_pasted_awards("องค์กร\tโครงการ\nสมาคมข\t\n\tโครงการค\n")
    first, second = reading.rows
    assert [problem.field for problem in first.problems] == ["title"]
    assert [problem.field for problem in second.problems] == ["organisation"]
    fixed = fix_award(first, organisation="สมาคมข", title=" โครงการ  ใหม่ ", fund="")
    assert fixed.ready
    assert fixed.title == "โครงการ ใหม่"


def test_a_title_of_five_hundred_is_whole_and_a_longer_one_is_said() -> None:
    """Mutant: cutting at the limit prints half a name."""
    whole = "ก" * LONGEST
    reading = read_pasted_awards(f"องค์กร\tโครงการ\nสมาคม\t{whole}\nชมรม\t{whole}ก\n")
    assert reading.rows[0].title == whole
    assert reading.rows[0].ready
    assert not reading.rows[1].ready
    assert "500" in reading.rows[1].problems[0].sentence


def test_the_same_project_twice_is_a_warning_only() -> None:
    """Mutant: an error would keep a rightly doubled line out."""
    reading = read_pasted_awards("องค์กร\tโครงการ\nก\tปลูกผัก\nก\tปลูกผัก\n")
    assert reading.rows[1].ready
    assert "line 2" in reading.rows[1].problems[0].sentence


def test_a_line_that_names_a_fund_stands_for_those_below() -> None:
    """Mutant: taken for a project, it would be printed on a certificate."""
    reading = read_pasted_awards(
        "องค์กร\tโครงการ\nกองทุนคุ้มครองเด็ก\t\nมูลนิธิก\tโครงการหนึ่ง\nกองทุนผู้สูงอายุ\t\nสมาคมข\tโครงการสอง\n"
    )
    assert [row.fund for row in reading.rows] == ["กองทุนคุ้มครองเด็ก", "กองทุนผู้สูงอายุ"]


def test_ditto_marks_stand_for_the_line_above_and_numbers_go() -> None:
    """Mutant: a certificate for the organisation called ″ or 2. สมาคม."""
    reading = read_pasted_awards(
        "องค์กร\tโครงการ\tกองทุน\n1. มูลนิธิก\tโครงการหนึ่ง\tกองทุนเด็ก\n"
        "″\tโครงการสอง\t″\n๓) สมาคมข\tโครงการสาม\t\n"
    )
    assert [(row.organisation, row.fund) for row in reading.rows] == [
        ("มูลนิธิก", "กองทุนเด็ก"), ("มูลนิธิก", "กองทุนเด็ก"), ("สมาคมข", ""),
    ]  # fmt: skip


def test_a_workbook_with_merged_organisations_is_read_in_the_child(tmp_path: Path) -> None:
    """Mutant: without the merged value the second project has no organisation."""
    path = tmp_path / "awards.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["ลำดับ", "หน่วยงาน", "โครงการ", "กองทุน"])
        sheet.write_row(1, 0, [1, "", "โครงการหนึ่ง", "กองทุนเด็ก"])
        sheet.write_row(2, 0, [2, "", "โครงการสอง", "กองทุนเด็ก"])
        sheet.merge_range(1, 1, 2, 1, "มูลนิธิก")
    reading = read_awards(path)
    assert reading.source_kind == "xlsx"
    assert [(row.organisation, row.title) for row in reading.rows] == [
        ("มูลนิธิก", "โครงการหนึ่ง"), ("มูลนิธิก", "โครงการสอง"),
    ]  # fmt: skip


def test_nothing_to_read_is_refused_in_a_sentence() -> None:
    """Mutant: an empty reading would be shown as a list of nothing."""
    with pytest.raises(RosterRefused):
        read_pasted_awards(" \n ")
