# SPDX-License-Identifier: Apache-2.0
"""Lists as agencies send them, read back to the people they name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.imports.roster import (
    Lookups,
    RosterReading,
    RosterRefused,
    fix_row,
    read_pasted,
    read_roster,
    reread,
    with_row,
)
from desktop.thai.names import full_name, split_name
from tests.imports import hostile, lists
from tests.imports.reading import fields, said


def read(data: bytes, tmp_path: Path, **options: Any) -> RosterReading:
    path = tmp_path / "list.xlsx"
    path.write_bytes(data)
    return read_roster(path, **options)


def table(rows: list[list[object]], tmp_path: Path, **options: Any) -> RosterReading:
    return read(lists.book(rows), tmp_path, **options)


@pytest.mark.parametrize(("event", "layout"), lists.CASES)
def test_every_demo_list_comes_back_as_the_same_people(
    event: str, layout: str, tmp_path: Path
) -> None:
    """Mutants: no two-row headings, no repeated headings, no total line, no split of a name over
    columns, no Thai digits, no zero put back, no repair of a wrong page, cp874 tried first."""
    them = lists.people(event)
    reading = read(lists.LAYOUTS[layout](them), tmp_path)
    people = [row.person for row in reading.rows]
    found = [full_name(one.title, one.first, one.middle, one.last) for one in people]
    assert found == [one.name for one in them]
    assert [(one.first, one.last) for one in people] == [(one.first, one.last) for one in them]
    assert [one.identifier for one in people] == [one.identifier for one in them]
    assert [one.phone for one in people] == [one.phone for one in them]
    taken = fields(reading)
    if "organisation" in taken:
        assert [one.organisation for one in people] == [one.organisation for one in them]
    if "birth" in taken:
        assert [one.born for one in people] == [one.born for one in them]
        assert [one.birth_year for one in people] == [one.year for one in them]
    if layout != "no headings":
        assert {one.province for one in people} == {"ตาก"}
    errors = [p.sentence for row in reading.rows for p in row.problems if p.level == "error"]
    assert errors == []


def cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


HARD = json.loads((lists.FOLDER / "names_hard.json").read_text("utf-8"))["names"]


def test_hard_names_are_the_same_from_a_sheet_from_text_and_from_the_thai_room(
    tmp_path: Path,
) -> None:
    """Mutants: ZWSP dropped, a lone dash kept as a surname, a name of one word refused."""
    rows: list[list[object]] = [
        ["ชื่อ-สกุล", "หน่วยงาน"],
        *([name, f"อบต.{n}"] for n, name in enumerate(HARD)),
    ]
    sheet = table(rows, tmp_path)
    pasted = read_pasted("\n".join(f"{n}. {name}" for n, name in enumerate(HARD, 1)))
    expected = [split_name(name) for name in HARD]
    for reading in (sheet, pasted):
        found = [
            (r.person.title, r.person.first, r.person.middle, r.person.last) for r in reading.rows
        ]
        assert found == [(one.title, one.first, one.middle, one.last) for one in expected]
        assert not [p for row in reading.rows for p in row.problems]


def test_an_identity_number_that_excel_cut_is_an_error_that_says_so(tmp_path: Path) -> None:
    """Mutant: 1.99E+12 padded with zeros into somebody else's number."""
    data = "ชื่อ-สกุล,เลขประจำตัวประชาชน\nนายสมชาย ใจดี,1.99E+12\nนางสาวสมหญิง ใจดี,1990000000019\n"
    reading = read(data.encode("utf-8-sig"), tmp_path)
    assert said(reading) == [("identifier", "error")]
    assert reading.rows[0].person.identifier == ""
    assert reading.rows[1].person.identifier == "1990000000019"


def test_an_identity_number_stored_as_a_number_keeps_all_its_digits(tmp_path: Path) -> None:
    sheet = hostile.sheet_of(
        f"<row>{cell('ชื่อ-สกุล')}{cell('เลขประจำตัวประชาชน')}</row>"
        f"<row>{cell('นายสมชาย ใจดี')}<c><v>1990000000019</v></c></row>"
        f"<row>{cell('นายสมศักดิ์ ใจดี')}<c><v>1.990123456789E12</v></c></row>"
    )
    reading = read(hostile.workbook(sheet), tmp_path)
    assert [r.person.identifier for r in reading.rows] == ["1990000000019", "1990123456789"]
    assert all(row.ready for row in reading.rows)


def test_a_formula_without_a_value_is_a_problem_of_its_row_and_is_never_worked_out(
    tmp_path: Path,
) -> None:
    """Mutant: the text of the formula taken for the value."""
    sheet = hostile.sheet_of(
        f"<row>{cell('ชื่อ-สกุล')}{cell('หน่วยงาน')}</row>"
        f'<row><c><f>WEBSERVICE("http://x")</f></c>{cell("อบต.แม่ปะ")}</row>'
        f'<row><c t="str"><f>A1&amp;"x"</f><v>นายสมชาย ใจดี</v></c>{cell("=cmd|calc")}</row>'
    )
    reading = read(hostile.workbook(sheet), tmp_path)
    assert said(reading) == [("full_name", "error")]
    assert reading.rows[0].person.first == ""
    assert reading.rows[1].person.first == "สมชาย"
    assert reading.rows[1].person.organisation == "=cmd|calc"


def test_dates_are_read_as_excel_stores_them_and_as_people_type_them(tmp_path: Path) -> None:
    """Mutants: no date styles, 543 not taken off a year of Excel's own calendar."""
    from datetime import date

    rows: list[list[object]] = [["ชื่อ-สกุล", "วันเกิด", "อายุ"]]
    births: list[object] = [date(1990, 3, 15), date(2533, 3, 15), "15/3/2533", "๑๕ มี.ค. ๒๕๓๓"]
    births += ["1990-03-15", "พ.ศ. 2533", "2533", "", "31/2/2533", "เมื่อวาน"]
    for place, birth in enumerate(births):
        rows.append([f"นายก{'ก' * place} ใจดี", birth, "29 ปี"])
    reading = table(rows, tmp_path)
    people = [row.person for row in reading.rows]
    assert [one.born for one in people[:5]] == [date(1990, 3, 15)] * 5
    assert [(one.born_precision, one.birth_year) for one in people[5:7]] == [("year", 2533)] * 2
    assert (people[7].born_precision, people[7].age) == ("age", 29)
    assert [said(reading, row) for row in (8, 9)] == [[("birth", "warning")]] * 2


def test_a_phone_that_lost_its_zero_is_repaired_and_said(tmp_path: Path) -> None:
    reading = table(
        [
            ["ชื่อ-สกุล", "โทร"],
            ["นายสมชาย ใจดี", 812345678],
            ["นายสมศักดิ์ ใจดี", "081-234-5679, 02-123-4567"],
            ["นายสมหมาย ใจดี", "ถามหัวหน้า"],
        ],
        tmp_path,
    )
    assert [row.person.phone for row in reading.rows] == ["0812345678", "0812345679", ""]
    assert [said(reading, row) for row in range(3)] == [[("phone", "warning")]] * 3


def test_merged_and_ditto_cells_give_their_value_to_the_lines_below(tmp_path: Path) -> None:
    """Mutant: only the first person of a merged agency keeps it."""
    rows: list[list[object]] = [
        ["ชื่อ-สกุล", "หน่วยงาน", "จังหวัด"],
        ["นายสมชาย ใจดี", "อบต.แม่ปะ", "ตาก"],
        ["นายสมศักดิ์ ใจดี", "", "〃"],
        ["นายสมหมาย ใจดี", "", '"'],
    ]
    reading = read(lists.book(rows, ["B2:B4"]), tmp_path)
    assert {row.person.organisation for row in reading.rows} == {"อบต.แม่ปะ"}
    assert {row.person.province for row in reading.rows} == {"ตาก"}


def test_equal_people_are_reported_and_never_dropped(tmp_path: Path) -> None:
    """Mutants: no look for equals; equals dropped; same name in another agency reported."""
    reading = table(
        [["ชื่อ-สกุล", "เลขประจำตัวประชาชน", "หน่วยงาน"],
         ["นายสมชาย ใจดี", "1990000000019", "ก"], ["นายสมศักดิ์ ใจดี", "1990000000019", "ข"],
         ["นายสมชาย ใจดี", "-", "ก"], ["นายสมชาย ใจดี", "", "ค"]],
        tmp_path,
    )  # fmt: skip
    assert [said(reading, row) for row in range(4)] == [[], [("", "error")], [("", "warning")], []]
    assert [row.person.identifier_kind for row in reading.rows] == ["cid", "cid", "none", ""]
    mended = fix_row(reading.rows[1], "identifier", "1990123456789")
    assert with_row(reading, mended).rows[1].problems == ()


def test_words_in_brackets_go_to_the_note_with_a_warning(tmp_path: Path) -> None:
    reading = table([["ชื่อ-สกุล", "จังหวัด"], ["นายสมชาย ใจดี (แทนนายก)", "ตาก"]], tmp_path)
    row = reading.rows[0]
    assert (row.person.last, row.person.note) == ("ใจดี", "แทนนายก")
    assert said(reading) == [("full_name", "warning")]


def test_lines_that_are_no_people_are_listed_with_a_reason(tmp_path: Path) -> None:
    reading = table(
        [["ลำดับ", "ชื่อ-สกุล", "หน่วยงาน"], ["จังหวัดตาก"], [1, "นายสมชาย ใจดี", "ก"],
         [2], ["", "ภาคใต้"],
         ["", "(นางสาวสมหญิง ใจดี)", "(นายก)"],
         ["ลำดับ", "ชื่อ-สกุล", "หน่วยงาน"], ["", "รวมทั้งสิ้น 1 คน"], ["", "", "ลงชื่อ....."]],
        tmp_path,
    )  # fmt: skip
    assert len(reading.rows) == 1
    assert reading.rows[0].person.province == "ตาก"
    assert [line.line_no for line in reading.skipped] == [2, 4, 5, 6, 7, 8, 9]
    assert all(line.why for line in reading.skipped)


def test_headings_in_two_rows_are_one_heading_a_column(tmp_path: Path) -> None:
    """Mutants: the upper row alone, the lower row alone."""
    body: list[object] = ["นายสมชาย ใจดี", "นายก", "แม่ปะ", "แม่สอด", "ตาก"]
    upper: list[object] = ["ชื่อ-สกุล", "ตำแหน่ง", "ที่อยู่"]
    lower: list[object] = ["", "", "ตำบล", "อำเภอ", "จังหวัด"]
    wanted = ["full_name", "position", "tambon", "amphoe", "province"]
    assert fields(table([upper, lower, body], tmp_path)) == wanted
    upper = ["ชื่อ-สกุล", "ตำแหน่ง", "พื้นที่", "", "จังหวัด"]
    lower = ["", "", "ตำบล", "อำเภอ", ""]
    assert fields(table([upper, lower, body], tmp_path)) == wanted


@pytest.mark.parametrize("none", ["-", "ไม่มี", "ไม่มีนามสกุล", "–", "(ไม่มี)", ""])
def test_no_surname_is_no_surname_however_it_is_written(none: str, tmp_path: Path) -> None:
    """Mutant: "ไม่มีนามสกุล" printed on a certificate."""
    reading = table([["ชื่อ", "นามสกุล", "จังหวัด"], ["นายหม่อเซ", none, "ตาก"]], tmp_path)
    assert (reading.rows[0].person.first, reading.rows[0].person.last) == ("หม่อเซ", "")
    assert reading.rows[0].problems == ()


def test_a_lone_name_that_begins_like_a_heading_is_a_name(tmp_path: Path) -> None:
    reading = table([["ชื่อ-สกุล", "โทร"], ["ภาคภูมิ ใจดี"], ["รวมพร ใจดี"]], tmp_path)
    assert [row.person.first for row in reading.rows] == ["ภาคภูมิ", "รวมพร"]


def test_the_facilitator_corrects_a_column_and_nothing_is_read_again(tmp_path: Path) -> None:
    """Mutant: a field in two columns at once."""
    reading = table(
        [["ชื่อ-สกุล", "ที่มา", "หน่วยงาน"], ["นายสมชาย ใจดี", "อบต.แม่ปะ", "ศูนย์ ก"]], tmp_path
    )
    (tmp_path / "list.xlsx").unlink()
    again = reread(reading, {1: "organisation"})
    assert fields(again) == ["full_name", "organisation", ""]
    assert again.rows[0].person.organisation == "อบต.แม่ปะ"
    with pytest.raises(ValueError, match="field"):
        reread(reading, {1: "nonsense"})


def test_a_row_is_put_right_in_place(tmp_path: Path) -> None:
    reading = table(
        [
            ["คำนำหน้า", "ชื่อ", "นามสกุล", "เลขประจำตัวประชาชน"],
            ["นาย", "สมชาย", "ใจดี", "1990000000018"],
        ],
        tmp_path,
    )
    row = reading.rows[0]
    assert not row.ready
    row = fix_row(row, "identifier", "๑-๙๙๐๐-๐๐๐๐๐-๐๑-๙")
    assert row.ready
    assert row.person.identifier == "1990000000019"
    row = fix_row(row, "last", "ณ นคร")
    assert (row.person.title, row.person.first, row.person.last) == ("นาย", "สมชาย", "ณ นคร")
    row = fix_row(row, "full_name", "น.ส.สมหญิง -")
    assert (row.person.title, row.person.first, row.person.last) == ("นางสาว", "สมหญิง", "")
    row = fix_row(row, "last", "ใจดี")
    assert (row.person.title, row.person.first, row.person.last) == ("นางสาว", "สมหญิง", "ใจดี")


def test_areas_and_codes_come_from_the_caller(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["ชื่อ-สกุล", "ตำบล", "อำเภอ", "จังหวัด", "กลุ่มเป้าหมาย"],
        ["นายสมชาย ใจดี", "ต.ด่านแม่ละเมา", "อ.แม่สอด", "จ.ตาก", "เด็ก"],
        ["นายสมศักดิ์ ใจดี", "ไม่มีจริง", "แม่สอด", "ตาก", "ไม่มีในรายการ"],
    ]
    asked: list[tuple[str, str, str]] = []

    def area(tambon: str, amphoe: str, province: str) -> str | None:
        asked.append((tambon, amphoe, province))
        return {"ด่านแม่ละเมา": "630609", "": "63"}.get(tambon)

    def code(code_list: str, words: str) -> str | None:
        return {"เด็ก": "child"}.get(words) if code_list == "person_group" else None

    reading = table(rows, tmp_path, lookups=Lookups(area, code))
    assert asked[0] == ("ด่านแม่ละเมา", "แม่สอด", "ตาก")
    assert [row.person.area for row in reading.rows] == ["630609", "63"]
    assert [row.person.group for row in reading.rows] == ["child", ""]
    assert said(reading, 1) == [("tambon", "warning"), ("group", "warning")]


def test_the_sheet_that_names_people_is_found(tmp_path: Path) -> None:
    import io

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("ปก")
        book.add_worksheet("ซ่อน").hide()
        sheet = book.add_worksheet("รายชื่อ")
        sheet.write_column(0, 0, ["ชื่อ-สกุล", "นายสมชาย ใจดี"])
    reading = read(out.getvalue(), tmp_path)
    assert (reading.sheets, reading.sheet, len(reading.rows)) == (("ปก", "รายชื่อ"), "รายชื่อ", 1)
    with pytest.raises(RosterRefused):
        read(out.getvalue(), tmp_path, sheet="ไม่มี")


def test_an_open_quote_does_not_swallow_the_list(tmp_path: Path) -> None:
    """Mutant: csv's own rule, by which everything after the quote is one cell."""
    rows = "".join(f"นายก{'ก' * n} ใจดี,อบต.{n}\n" for n in range(1, 30))
    data = f'ชื่อ-สกุล,หน่วยงาน\nนายสมชาย ใจดี,"อบต.แม่ปะ\n{rows}'
    reading = read(data.encode(), tmp_path)
    found = [row.person.organisation for row in reading.rows]
    assert found == ['"อบต.แม่ปะ', *(f"อบต.{n}" for n in range(1, 30))]


def test_nul_bytes_and_a_line_of_sep_are_no_harm(tmp_path: Path) -> None:
    data = "sep=;\nชื่อ-สกุล;หน่วยงาน\nนายสมชาย\0 ใจดี;อบต.แม่ปะ\n"
    reading = read(data.encode(), tmp_path)
    assert [row.person.last for row in reading.rows] == ["ใจดี"]
    assert reading.rows[0].line_no == 3


def test_the_reading_is_plain_json(tmp_path: Path) -> None:
    reading = read(lists.plain(lists.people(lists.EVENTS[0])), tmp_path)
    plain = json.loads(json.dumps(reading.to_json(), ensure_ascii=False))
    assert len(plain["people"]) == len(reading.rows)
    assert plain["people"][0]["line"] == 2
