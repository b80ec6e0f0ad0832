# SPDX-License-Identifier: Apache-2.0
"""The guide for those who write forms says what is so: its example, its lists, its refusals."""

from __future__ import annotations

import io
import random
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from desktop.actions import form_arrival
from desktop.paths import shipped
from desktop.store import form_list
from desktop.xforms import document, xlsform
from desktop.xforms.form import Form
from desktop.xforms.lists import CsvList, Files
from desktop.xforms.profile import _GRID, KNOWN_APPEARANCES, judge
from desktop.xforms.session import Session
from desktop.xforms.xlsform_check import check

GUIDE = shipped("forms", "README.md").read_text("utf-8")
NOW = datetime(2026, 11, 20, 10, 30, tzinfo=ZoneInfo("Asia/Bangkok"))
Table = list[list[str]]
PARAMETERS = {"range": "start=1 end=5 step=1", "image": "max-pixels=1600"}


def table(heading: str) -> Table:
    """The first table under a heading, its header first."""
    part = GUIDE.split(f"\n{heading}\n", 1)[1]
    lines: list[str] = []
    for line in part.splitlines():
        if line.startswith("|"):
            lines.append(line)
        elif lines:
            break
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    return [rows[0], *rows[2:]]


def workbook(survey: Table, choices: Table | None = None, settings: Table | None = None) -> bytes:
    """The tables as the sheets of a workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in (
        ("survey", survey),
        ("choices", choices or table("### choices")),
        ("settings", settings or table("### settings")),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([cell or None for cell in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def example() -> bytes:
    """The form of the guide's example."""
    report = check(workbook(table("### survey")), "village_water.xlsx")
    assert [str(one) for one in report.findings] == []
    assert report.converted is not None
    return report.converted.xml


def test_the_example_converts_clean_and_works() -> None:
    """Mutants: a finding in the example; a column that says nothing."""
    form = Form.load(example(), Files({}))
    assert (form.id, form.version) == ("village_water", "2026112001")
    assert judge(form) == ()
    ids = random.Random(1)
    session = Session(form, clock=lambda: NOW, ids=lambda: f"{ids.getrandbits(64):x}")

    def give(where: str, value: str) -> None:
        node = session.find(f"/data/{where}")
        assert node is not None
        session.answer(node, value)

    give("g_place/village", "ห้วยปลาหลด")
    give("g_place/area", "630609")
    give("g_place/team", "สมศรี")
    give("g_water/piped", "no")
    give("g_water/sources", "river other")
    give("g_water/source_other", "รถน้ำ")
    give("g_water/homes", "50")
    give("g_water/dry", "60")
    assert [one.message for one in session.faults()] == ["มากกว่าจำนวนบ้านไม่ได้"]
    give("g_water/dry", "10")
    done = session.finalise()
    assert "<share>20</share>" in done.xml.decode()
    assert done.name == "ห้วยปลาหลด · 2026-11-20"
    assert [one.path.rpartition("/")[2] for one in done.indexed] == ["on", "village", "area"]


def test_every_appearance_named_is_known_and_ours_are_all_named() -> None:
    """Mutant: an appearance of ours is added and the guide does not say it."""
    rows = table("## หน้าตาที่รู้จัก · Appearances known here")[1:]
    named = {word for row in rows for word in re.findall(r"`([^`]+)`", row[0])}
    assert {one for one in named if one not in KNOWN_APPEARANCES and not _GRID.match(one)} == set()
    assert {one for one in KNOWN_APPEARANCES if one.startswith("th-")} <= named


def test_every_kind_of_question_named_is_taken_without_a_word() -> None:
    kinds = [
        word
        for row in table("### ชนิดของคำถาม · Kinds of question")[1:]
        for word in re.findall(r"`([^`]+)`", row[0])
    ]
    assert all(given in GUIDE for given in PARAMETERS.values())
    assert len(kinds) > 15
    survey = [["type", "name", "label", "calculation", "parameters"]]
    for number, kind in enumerate(kinds):
        worked = "1 + 1" if kind == "calculate" else ""
        survey.append(
            [kind, f"q{number}", "" if worked else "ถาม", worked, PARAMETERS.get(kind, "")]
        )
    plain = [["form_title", "form_id", "version"], ["ทุกชนิด", "kinds", "1"]]
    choices = [
        [row[0].replace("label::ไทย (th)", "label"), row[1], row[2]]
        for row in table("### choices")
    ]
    choices[0] = ["list_name", "name", "label"]
    report = check(workbook(survey, choices, plain), "kinds.xlsx")
    assert [str(one) for one in report.findings] == []


REFUSED = [
    re.findall(r"`(\w+): ([^`]+)`", row[0])[0]
    for row in table("## สิ่งที่ไม่รับ และเหตุผล · What is refused, and why")[1:]
]


@pytest.mark.parametrize(("column", "value"), REFUSED)
def test_what_is_said_to_be_refused_is_refused(column: str, value: str) -> None:
    """Mutant: the profile takes one of them."""
    kind = value if column == "type" else "text"
    if value == "image-map" or value.startswith("search"):
        kind = "select_one yes_no"
    elif value.startswith("printer"):
        kind = "text"
    name = "audit" if value == "audit" else "q"
    looks = value if column == "appearance" else ""
    survey = [["type", "name", "label", "appearance"], ["text", "a", "ถาม", ""]]
    survey.append([kind, name, "ถาม" if name == "q" else "", looks])
    settings = [["form_title", "form_id", "version"], ["ก", "refused", "1"]]
    if column == "settings":
        settings[0] += [value, "submission_url"]
        settings[1] += ["MIIBIjANBgkq", "https://example.org"]
    choices = [["list_name", "name", "label"], ["yes_no", "yes", "มี"]]
    report = check(workbook(survey, choices, settings), "refused.xlsx")
    assert [one for one in report.findings if one.refuses], [str(one) for one in report.findings]


def test_the_figures_of_the_guide_are_those_of_the_program() -> None:
    """Mutant: a limit is changed and the guide is not."""
    megabyte = 1024 * 1024
    assert f"เกิน {document.LARGEST // megabyte} MB" in GUIDE
    assert f"ลึกเกิน {document.DEEPEST} ชั้น" in GUIDE
    assert f"สมุดงานเกิน {xlsform.LARGEST // megabyte} MB" in GUIDE
    assert f"เกิน {xlsform.MOST_ROWS:,} แถว" in GUIDE
    assert f"ไม่เกิน {form_arrival.MOST_FILES} ไฟล์" in GUIDE
    assert f"{document.MOST:,} ช่อง" in GUIDE
    assert f"รวมไม่เกิน {form_arrival.ALL_FILES // megabyte} MB" in GUIDE
    own = re.findall(r"`(\w+\.csv)`", GUIDE.split("ไม่ต้องส่งไป:", 1)[1].splitlines()[0])
    assert set(own) == form_list.OWN
    assert CsvList(b"name,label\na,A\n").all()
