# SPDX-License-Identifier: Apache-2.0
"""What hangs on the office's wall and what goes to the province: due, alerts, aid, referrals."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest

from desktop.printing.alert import AlertLine, alerts_pdf, alerts_xlsx, duration
from desktop.printing.assistance import AssistanceLine, assistance_pdf, assistance_xlsx
from desktop.printing.follow_up import DueLine, due_pdf, due_xlsx, initial
from desktop.printing.heading import Heading
from desktop.printing.listing import ListColumn, ListRow, list_xlsx
from desktop.printing.referral_list import ReferralLine, referrals_pdf, referrals_xlsx
from desktop.printing.typeface import typeface
from desktop.printing.watermark import Watermark
from tests.printing.visits import MARK, OFFICE, THERE, joined, pages_of, text_of

TODAY = date(2026, 11, 20)


def _due(days: int, number: int = 1, *, restricted: bool = False) -> DueLine:
    return DueLine(
        TODAY + timedelta(days=days), f"63-2570-A1-{number:04}", "เกศสุดา", "นางสาวเกศสุดา วงศ์ไพร",
        restricted, "ตำบลด่านแม่ละเมา", "ด่วน", "ลงพื้นที่", "กุลธิดา",
    )  # fmt: skip


def test_the_wall_does_not_name_anybody() -> None:
    """Mutant: the whole name unless somebody thinks of masking it."""
    text = text_of(due_pdf(OFFICE, [_due(0)], TODAY, "arabic"))

    assert "63-2570-A1-0001" in text
    assert "63-2570-A1-0001 ก. ตำบล" in text
    assert "เกศสุดา" not in text
    assert "วงศ์ไพร" not in text
    assert "นางสาวเกศสุดา วงศ์ไพร" in text_of(
        due_pdf(OFFICE, [_due(0)], TODAY, "arabic", names="full")
    )


def test_a_restricted_case_on_the_wall_has_neither_letter_nor_place() -> None:
    """Mutant: masking it like the others: a tambon and a letter are enough in a village."""
    for data in (
        text_of(due_pdf(OFFICE, [_due(0, restricted=True)], TODAY, "arabic")),
        _cells(due_xlsx(OFFICE, [_due(0, restricted=True)], TODAY, "arabic")),
    ):
        assert "63-2570-A1-0001" in data
        assert "จำกัดผู้เข้าถึง" in data
        for kept in ("ก.", "ด่านแม่ละเมา", "เกศสุดา"):
            assert kept not in data.split("\nพิมพ์เฉพาะ")[0].replace("พ.ย.", "")


def test_the_name_in_a_restricted_case_is_printed_under_a_watermark_alone() -> None:
    """Mutant: asking for names brings these along too, on a sheet that says nothing."""
    line = _due(0, restricted=True)

    def named(watermark: Watermark | None) -> bool:
        made = due_pdf(OFFICE, [line], TODAY, "arabic", names="full", watermark=watermark)
        return "เกศสุดา" in text_of(made)

    assert named(MARK)
    assert not named(None)
    assert "เกศสุดา" not in _cells(due_xlsx(OFFICE, [line], TODAY, "arabic", names="full"))


def _cells(data: bytes) -> str:
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    rows = page.iter_rows(min_row=5, values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


@pytest.mark.parametrize(
    ("name", "letter"),
    [("เกศ", "ก."), ("ไพลิน", "พ."), ("ฤทัย", "ฤ."), ("ณัฏฐ์ฐิญา", "ณ."), ("mary", "M."), ("", "")],
)
def test_the_initial_is_a_letter_that_says_something(name: str, letter: str) -> None:
    """Mutant: the first character, which for a third of the names is เ แ โ ใ ไ."""
    assert initial(name) == letter


def test_follow_ups_stand_under_overdue_today_and_seven_days_and_none_is_lost() -> None:
    """Mutant: < for <= at either end of the week."""
    days = (-30, -1, 0, 1, 7, 8)
    lines = [_due(each, number) for number, each in enumerate(days, 1)]
    text = text_of(due_pdf(OFFICE, lines[::-1], TODAY, "arabic"))

    order = [
        "เกินกำหนด · 2 เรื่อง", "เกิน 30 วัน", "เกิน 1 วัน", "วันนี้ · 1 เรื่อง", "ภายใน 7 วัน · 2 เรื่อง",
        "อีก 1 วัน", "อีก 7 วัน", "หลังจากนั้น · 1 เรื่อง", "อีก 8 วัน",
    ]  # fmt: skip
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_two_hundred_follow_ups_name_their_columns_on_each_page() -> None:
    """Mutant: the heading of the table on the first page alone."""
    pages = pages_of(due_pdf(OFFICE, [_due(n % 8, n) for n in range(200)], TODAY, "thai"))

    assert all("ครบกำหนด สถานะ" in page for page in pages)
    for number in range(200):
        assert f"63-2570-A1-{number:04}" in "".join(pages)


def _alert(minutes: int | None, **more: str) -> AlertLine:
    at = datetime(2026, 11, 3, 9, 5, tzinfo=THERE)
    answered = None if minutes is None else at + timedelta(minutes=minutes)
    return AlertLine(at, "อพม.น้อย", "ตำบลด่านแม่ละเมา", answered_at=answered, **more)


def test_how_long_an_answer_took_is_said_as_people_say_it() -> None:
    """Mutant: hours rounded away, or minutes over sixty."""
    said = {0: "0 นาที", 59: "59 นาที", 60: "1 ชม.", 90: "1 ชม. 30 นาที", 1440: "1 วัน"}
    said |= {1439: "23 ชม. 59 นาที", 1800: "1 วัน 6 ชม."}
    assert {minutes: duration(minutes) for minutes in said} == said


def test_an_alert_that_nobody_answered_says_so_and_is_not_a_quick_one() -> None:
    """Mutant: None taken for 0 minutes, which makes the office look fast."""
    lines = [_alert(None), _alert(10), _alert(90), _alert(3000)]
    text = text_of(alerts_pdf(OFFICE, "พ.ย. 2569", lines, "arabic", watermark=None))

    assert "ยังไม่ตอบ" in text
    assert "รวม 4 เรื่อง ตอบสนองแล้ว 3 เรื่อง ค่ากลางของเวลาตอบสนอง 1 ชม. 30 นาที" in text
    page = openpyxl.load_workbook(
        io.BytesIO(alerts_xlsx(OFFICE, "พ.ย. 2569", lines, "arabic"))
    ).worksheets[0]
    assert [page.cell(row, 7).value for row in range(5, 9)] == [None, 10, 90, 3000]
    assert page.cell(5, 1).value == datetime(2026, 11, 3, 9, 5)  # noqa: DTZ001 - Excel has no zones
    assert "107041E" in page.cell(5, 1).number_format


def _aid() -> list[AssistanceLine]:
    return [
        AssistanceLine("เงินสงเคราะห์", "งบ อปท.", 3, 2, 12, Decimal(36000)),
        AssistanceLine("ถุงยังชีพ", "=1+1", 0, 0, 5, Decimal(0)),
        AssistanceLine("เงินสงเคราะห์", "เงินบริจาค/เอกชน", 0, 1, 4, Decimal("12000.50")),
    ]


def test_sums_of_aid_are_right_by_kind_and_for_all() -> None:
    """Mutant: a kind whose lines do not stand beside each other gets two sums."""
    lines = text_of(assistance_pdf(OFFICE, "ปี 2570", _aid(), "arabic")).splitlines()

    assert lines.count("รวม เงินสงเคราะห์ 3 3 16 48,000.50") == 1
    assert lines.count("รวมทั้งหมด 3 3 21 48,000.50") == 1


def test_amounts_in_a_workbook_can_be_counted_with_and_texts_are_texts() -> None:
    """Mutant: cells written by what they look like, formulas let in; an amount as text."""
    data = assistance_xlsx(OFFICE, "ปี 2570", _aid(), "thai")
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]

    assert page.cell(6, 6).value == 12000.5
    assert page.cell(8, 2).value == "=1+1"
    assert page.cell(8, 2).data_type == "s"


def _referral(number: int, state: str, days: int, acknowledged: int | None = None) -> ReferralLine:
    on = None if acknowledged is None else TODAY - timedelta(days=acknowledged)
    return ReferralLine(
        TODAY - timedelta(days=days), f"63-2570-A1-{number:04}", "โรงพยาบาลแม่สอด", state,  # type: ignore[arg-type]
        f"ตก 0002/{number}", "ด่วน", on,
    )  # fmt: skip


def test_days_and_moments_in_a_workbook_are_not_crossed_out() -> None:
    """Fails where a column is as narrow as on paper: Excel shows ##### in place of a moment."""
    columns = (ListColumn("วันเวลา", 20), ListColumn("วันที่", 15), ListColumn("คน", 15))
    row = ListRow((datetime(2019, 11, 30, 12, 10, tzinfo=UTC), date(2019, 11, 30), "นางสาวเกศสุดา"))
    page = openpyxl.load_workbook(
        io.BytesIO(list_xlsx(Heading("บันทึก", "", ""), "บันทึก", columns, [row], "thai"))
    ).worksheets[0]
    # TH Sarabun New of 16 points is as wide as Sarabun of 11; a unit of width is 7 pixels.
    for column, text in (("A", "๓๐ พ.ย. ๒๕๖๒ ๑๒:๑๐"), ("B", "๓๐ พ.ย. ๒๕๖๒")):
        needed = typeface("Sarabun-Regular").width(text, 10.9) * 96 / 72 / 7 + 1
        assert page.column_dimensions[column].width > needed
    assert page.column_dimensions["C"].width < 10


def test_late_referrals_come_first_with_how_long_they_wait() -> None:
    """Mutant: counting the wait of an acknowledged one to today."""
    lines = [_referral(1, "waiting", 2), _referral(2, "done", 9, 4), _referral(3, "overdue", 8)]
    text = text_of(referrals_pdf(OFFICE, lines, TODAY, "arabic", watermark=MARK))

    order = [
        "เกินกำหนดตอบรับ · 1",
        "ตก 0002/3",
        " ด่วน 8\n",
        "รอตอบรับ · 1",
        "ตก 0002/1",
        "ทราบผลแล้ว · 1",
    ]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert joined(MARK.mark) in joined(text)
    page = openpyxl.load_workbook(
        io.BytesIO(referrals_xlsx(OFFICE, lines, TODAY, "arabic"))
    ).worksheets[0]
    assert [page.cell(row, 6).value for row in (6, 8, 10)] == [8, 2, 5]
    assert page.cell(6, 1).value.date() == TODAY - timedelta(days=8)


@pytest.mark.parametrize(
    "make",
    [
        lambda: due_pdf(OFFICE, [_due(0)], TODAY, "thai"),
        lambda: due_xlsx(OFFICE, [_due(0)], TODAY, "thai"),
        lambda: alerts_xlsx(OFFICE, "พ.ย.", [_alert(5)], "thai"),
        lambda: assistance_pdf(OFFICE, "ปี", _aid(), "thai"),
        lambda: referrals_xlsx(OFFICE, [_referral(1, "waiting", 2)], TODAY, "thai"),
        lambda: due_pdf(OFFICE, [], TODAY, "thai"),
    ],
)
def test_the_same_list_has_the_same_bytes_and_an_empty_one_prints(
    make: Callable[[], bytes],
) -> None:
    """Mutant: a time of day in the file; a list of nothing that fails."""
    assert make() == make()
