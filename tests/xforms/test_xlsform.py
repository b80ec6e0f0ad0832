# SPDX-License-Identifier: Apache-2.0
"""Workbooks become forms, and what is wrong with them is said with sheet and row."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence

import pytest
from openpyxl import Workbook

from desktop.i18n import use_language
from desktop.xforms.sheet_row import read_sheets
from desktop.xforms.xlsform import LARGEST, ToolMissing, XlsFormRefused, convert, look_at
from desktop.xforms.xlsform_check import Report, check

Row = Mapping[str, object]
TH, EN = "label::ไทย (th)", "label::English (en)"
OURS = 'dsdw="https://dsdw.go.th/ns/xforms"'


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("th")


def workbook(
    survey: Sequence[Row], choices: Sequence[Row] = (), settings: Row | None = None
) -> bytes:
    """An .xlsx as Excel would save it; the first row of a sheet is row 2, below the headers."""
    book = Workbook()
    book.remove(book.worksheets[0])
    given = settings if settings is not None else {"form_id": "tried", "version": "1"}
    for name, rows in (("survey", survey), ("choices", choices), ("settings", [given])):
        sheet = book.create_sheet(name)
        headers = list(dict.fromkeys(header for row in rows for header in row))
        sheet.append(headers)
        for row in rows:
            sheet.append([row.get(header) for header in headers])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def text(name: str, **more: object) -> Row:
    return {"type": "text", "name": name, "label": name, **more}


def tried(*survey: Row, choices: Sequence[Row] = (), settings: Row | None = None) -> Report:
    return check(workbook(survey, choices, settings), "tried.xlsx")


def refusals(report: Report) -> list[str]:
    return [str(one) for one in report.findings if one.refuses]


# ── conversion ───────────────────────────────────────────────────────────────────────────────
def test_a_workbook_becomes_the_same_form_every_time() -> None:
    """Mutant: a time or a random id in the converted form."""
    data = workbook([text("a"), text("b", relevant="${a} = 'x'")])

    first, second = convert(data, "tried.xlsx"), convert(data, "tried.xlsx")

    assert first.xml == second.xml
    assert b"relevant=\" /data/a  = 'x'\"" in first.xml


def test_every_question_keeps_the_row_it_came_from() -> None:
    """Mutants: rows counted from the first question; empty rows left out; a section forgotten."""
    made = convert(
        workbook(
            [
                text("first"),
                {"type": None, "name": None, "label": None, "hint": None},
                {"type": "begin group", "name": "g", "label": "g"},
                {"type": "begin_repeat", "name": "r", "label": "r"},
                {"type": "select_one yn or_other", "name": "c", "label": "c"},
                {"type": "end_repeat"},
                {"type": "end group"},
                text("last"),
            ],
            [{"list_name": "yn", "name": "yes", "label": "Yes"}],
        ),
        "tried.xlsx",
    )

    assert made.rows == {
        "/data/first": 2,
        "/data/g": 4,
        "/data/g/r": 5,
        "/data/g/r/c": 6,
        "/data/g/r/c_other": 6,
        "/data/last": 9,
    }
    assert made.sheets.row_of("/data/g/r[2]/c") == 6
    assert made.sheets.row_of("/data/g/r/gone") == 5
    assert made.sheets.row_of("/data/meta/instanceID") == 0


def test_headers_are_read_in_every_spelling_pyxform_takes() -> None:
    sheets = read_sheets(
        {
            "survey": [
                {
                    "Type": "text", "caption::English (en)": "a", "relevance": "1",
                    "bind::jr:constraintMsg::ไทย (th)": "ข", "hint:English (en)": "h",
                    "bind::dsdw:core": "visit.at", "value": "q",
                }
            ]
        }
    )  # fmt: skip
    row = sheets.survey[0]
    assert (row.type, row.name, row.cells["relevant"]) == ("text", "q", "1")
    assert row.texts["label"] == {"English (en)": "a"}
    assert row.texts["constraint_message"] == {"ไทย (th)": "ข"}
    assert row.texts["hint"] == {"English (en)": "h"}
    assert row.cells["bind::dsdw:core"] == "visit.at"


def test_without_pyxform_the_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("pyxform", "pyxform.errors", "pyxform.xls2json_backends"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ToolMissing, match=r"pip install .*samut-sanam\[forms\]"):
        convert(workbook([text("a")]), "tried.xlsx")


def test_the_program_does_not_load_pyxform_to_open_a_form() -> None:
    """Mutant: an import of pyxform at the head of a module that the field laptop loads."""
    seen = subprocess.run(
        [
            sys.executable, "-c",
            "import sys, desktop.xforms.xlsform_check, desktop.command.form_check\n"
            "print(*[m for m in ('pyxform', 'openpyxl', 'lxml') if m in sys.modules])",
        ],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert seen.stdout.strip() == ""


# ── workbooks that are not opened ────────────────────────────────────────────────────────────
def remade(data: bytes, change: Mapping[str, bytes]) -> bytes:
    """The workbook with parts of its archive replaced or added."""
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part not in change:
                new.writestr(part, old.read(part))
        for part, content in change.items():
            new.writestr(part, content)
    return saved.getvalue()


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "{}">]><x/>'.format("a" * 50)
GOOD = workbook([text("a")])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no Excel workbook"),
        (b"%PDF-1.7", "no Excel workbook"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old workbook"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (b"PK\x03\x04" + b"\0" * LARGEST, "larger than"),
        (remade(GOOD, {"xl/vbaProject.bin": b"Sub Auto_Open()"}), "macros"),
        (remade(GOOD, {"xl/worksheets/sheet1.xml": b"<a>" * 4_000_000}), "too large"),
        (remade(GOOD, {"xl/sharedStrings.xml": DOCTYPE.encode()}), "row 1: .*DOCTYPE"),
        (remade(GOOD, {"xl/workbook.xml": DOCTYPE.encode("utf-16")}), "row 1: .*DOCTYPE"),
        (remade(GOOD, {"xl/worksheets/sheet1.xml": b"<not xml"}), "damaged|survey"),
    ],
    ids=[
        "empty", "pdf", "no archive", "old Excel", "cut", "huge", "macros", "bomb", "entities",
        "entities in UTF-16", "not XML",
    ],
)  # fmt: skip
def test_a_workbook_that_could_harm_is_one_sentence(data: bytes, words: str) -> None:
    """Mutants: a guard left out; a fault of openpyxl let through."""
    with pytest.raises(XlsFormRefused, match=words):
        convert(data, "tried.xlsx")


def test_the_guard_reads_no_part_of_a_bomb() -> None:
    """Mutant: the DOCTYPE looked for before the sizes are."""
    bomb = remade(GOOD, {"xl/media/x.xml": b"\0" * 80_000_000})
    with pytest.raises(XlsFormRefused, match="too large"):
        look_at(bomb)


# ── what is found ────────────────────────────────────────────────────────────────────────────
def test_a_clean_form_passes_with_every_row_counted() -> None:
    report = tried(text("a"), text("b"), choices=[{"list_name": "l", "name": "x", "label": "X"}])

    assert (report.passed, report.failed, refusals(report)) == (5, 0, [])


@pytest.mark.parametrize(
    ("survey", "row", "words"),
    [
        ([text("a"), text("b", relevant="${c} = 1")], 3, "relevant: .*“c”"),
        ([text("a"), text("b", constraint=". > ", constraint_message="m")], 3, "constraint: "),
        ([text("a"), text("b", relevant="nothing(1)")], 3, "relevant: .*“nothing"),
        ([text("a"), text("b", relevant="substr('x')")], 3, "relevant: .*“substr"),
        ([text("a"), text("b", relevant="${b} = 1")], 3, "circle"),
        (
            [text("a"), *({"type": "calculate", "name": n, "calculation": f"${{{m}}} + 1"}
             for n, m in (("x", "y"), ("y", "x")))],
            3, "circle",
        ),
        (
            [text("a"), {"type": "begin group", "name": "g", "label": "g", "relevant": "${b} = 1"},
             text("b"), {"type": "end group"}],
            3, "circle",
        ),
        ([text("a"), text("a")], 3, "row 2 too"),
        ([text("a"), text("2b")], 3, "cannot be a name"),
        ([text("a"), text("")], 3, "name is empty"),
        ([text("a"), {"type": "", "name": "b", "label": "b"}], 3, "type is empty"),
        ([text("a"), {"type": "select_one gone", "name": "b", "label": "b"}], 3, "“gone”"),
        ([text("a"), {"type": "begin group", "name": "g", "label": "g"}, text("b")], 3, "closed"),
        ([text("a"), {"type": "end repeat"}], 3, "closes nothing"),
        ([text("a"), {"type": "telepathy", "name": "b", "label": "b"}], 3, "telepathy"),
        ([text("a"), text("b", constraint="regex(., '(')", constraint_message="m")], 3, "“\\(”"),
        ([text("a"), {"type": "note", "name": "n", "label": "Hi ${gone}"}], 3, "label: .*“gone”"),
        ([text("a"), text("b", relevant="regex(., '(a)\\1')")], 3, "relevant: The pattern"),
        ([text("a"), text("b", required="${a} ==")], 3, "required: "),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_row(survey: list[Row], row: int, words: str) -> None:
    """Mutants: any one of the checks left out; the row of another question named."""
    report = tried(*survey)

    told = refusals(report)
    assert report.failed == len(told) >= 1
    assert any(one.startswith(f"Sheet survey, row {row}: ") for one in told), told
    assert re.search(words, "\n".join(told)), told


def test_many_faults_are_told_at_once() -> None:
    """pyxform stops at the first. Mutant: only its complaint shown."""
    report = tried(
        text("a", relevant="${x}"),
        text("b", relevant="${y}"),
        text("c", calculation="1 +"),
        {"type": "select_one gone", "name": "d", "label": "d"},
    )
    assert [one.row for one in report.findings if one.refuses] == [2, 3, 4, 5]


def test_one_cause_is_one_sentence() -> None:
    """Mutant: pyxform's English beside our own words for the same row."""
    report = tried(text("a"), text("b", relevant="${gone} = 1"))
    assert report.failed == 1


def test_choices_are_told_on_their_own_sheet() -> None:
    report = tried(
        {"type": "select_one yn", "name": "a", "label": "a"},
        choices=[
            {"list_name": "yn", "name": "yes", "label": "Yes"},
            {"list_name": "yn", "name": "yes", "label": "Also"},
        ],
    )
    assert refusals(report)[0].startswith("Sheet choices, row 3: ")


def test_what_pyxform_takes_is_taken() -> None:
    """Spellings from real forms. Mutants: each of them refused."""
    report = tried(
        {"type": "note", "name": "", "label": "A note without a name"},
        {"type": "select one from yn or specify other", "name": "a", "label": "a"},
        text("b", relevant="${a} = ‘yes’"),
        {"type": "select_one_from_file towns.csv", "name": "c", "label": "c"},
        {"type": "begin repeat", "name": "r", "label": "r", "repeat_count": "2"},
        text("d", relevant="position(..) = 1"),
        {"type": "end repeat"},
        {"type": "begin_group", "name": "g", "label": "g"},
        {"type": "end_group", "name": "g"},
        text("e", default="${last-saved#b}"),
        choices=[{"list_name": "yn", "name": "yes", "label": "Yes"}],
    )
    assert refusals(report) == []


@pytest.mark.parametrize(
    ("survey", "choices", "settings", "told"),
    [
        ([text("a", **{"bind::dsdw:core": "x"})], [], None, "Sheet survey, row 1: .*“dsdw:…”"),
        (
            [{"type": "select_multiple l", "name": "a", "label": "a"}],
            [{"list_name": "l", "name": "x y", "label": "X"}], None,
            "Sheet choices, row 2: .*“x y” has a space",
        ),
        ([text("a")], [], {"form_id": "f", "instance_name": "${b}"}, "Sheet settings, row 2: "),
        ([text("a")], [], {"form_id": "f", "public_key": "MIIB"}, "Sheet settings, row 2: "),
        ([text("a"), {"type": "geotrace", "name": "g", "label": "g"}], [], None,
         "Sheet survey, row 3: "),
        ([{"kind": "text", "name": "a"}], [], None, "Sheet survey, row 1: "),
        ([{"type": "text", "name": "a", 5: "x"}], [], None, "Sheet survey, row 1: A header"),
    ],
)  # fmt: skip
def test_faults_outside_the_questions_are_told_too(
    survey: list[Row], choices: list[Row], settings: Row | None, told: str
) -> None:
    """Mutant: what pyxform or the XML parser says, without a place."""
    said = refusals(tried(*survey, choices=choices, settings=settings))
    assert re.search(told, "\n".join(said)), said


# ── languages ────────────────────────────────────────────────────────────────────────────────
def test_a_text_missing_in_a_language_is_told_with_its_row() -> None:
    """Mutants: hints, messages or choices not looked at; English held enough."""
    report = tried(
        {"type": "text", "name": "a", TH: "ก", EN: "A"},
        {"type": "text", "name": "b", TH: "ข"},
        {"type": "text", "name": "c", TH: "ค", EN: "C", "hint::ไทย (th)": "คำแนะนำ"},
        {
            "type": "integer", "name": "d", TH: "ง", EN: "D", "constraint": ". > 0",
            "constraint_message::English (en)": "More",
        },
        {"type": "select_one l", "name": "e", TH: "จ", EN: "E"},
        choices=[{"list_name": "l", "name": "x", TH: "ก"}],
    )  # fmt: skip
    assert refusals(report) == [
        "Sheet survey, row 3: The label has no English. Add the translation.",
        "Sheet survey, row 4: The hint has no English. Add the translation.",
        "Sheet survey, row 5: The constraint message has no Thai. Add the translation.",
        "Sheet choices, row 2: The label has no English. Add the translation.",
    ]


def test_a_form_of_another_country_needs_only_its_own_languages() -> None:
    """Mutant: Thai wanted of every form, so that no foreign form ever passes."""
    french = {"label::Français (fr)": "x", "label::Español (es)": "x"}
    assert tried({"type": "text", "name": "a", **french}).failed == 0
    assert tried({"type": "text", "name": "a", "label::Français (fr)": "x"}).failed == 0
    assert tried(text("a")).failed == 0


def test_a_form_of_the_centre_speaks_both_even_when_it_names_none() -> None:
    settings = {"form_id": "x", "version": "1", "namespaces": OURS}
    report = tried(text("a"), settings=settings)
    assert refusals(report) == [
        "Sheet survey, row 2: The label has no Thai, English. Add the translation."
    ]


# ── core values ──────────────────────────────────────────────────────────────────────────────
def activity(**change: object) -> Report:
    """The smallest form of an activity the store could use, with cells changed."""
    kinds = {"on": "date", "n_all": "integer"}
    rows: list[dict[str, object]] = [
        {
            "type": kinds.get(name, "text"), "name": name, TH: name, EN: name,
            "bind::dsdw:core": f"activity.{name}",
        }
        for name in ("on", "name", "area_code", "noi_roles", "n_all", "result")
    ]  # fmt: skip
    rows[1].update(change)
    settings = {"form_id": "activity", "version": "1", "namespaces": OURS}
    return check(workbook(rows, (), settings), "activity.xlsx")


def test_a_form_of_the_centre_with_its_core_values_passes() -> None:
    assert activity().failed == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"bind::dsdw:core": ""}, "Sheet survey, row 1: No question fills .* activity.name"),
        ({"bind::dsdw:core": "activity.on"}, "row 3: .*activity.on is filled by row 2 already"),
        ({"type": "date"}, "row 3: activity.name needs the type .*, and this is date"),
    ],
)
def test_a_core_value_missing_twice_or_of_another_type_is_told(
    change: dict[str, object], told: str
) -> None:
    """Mutants: the type not looked at; a value filled twice, so that the last one wins."""
    report = activity(**change)
    assert report.failed
    assert re.search(told, "\n".join(refusals(report)))


def test_findings_are_said_in_thai_with_sheet_and_row() -> None:
    report = tried(text("a"), text("b", relevant="${gone} = 1"))
    use_language("th")
    assert str(report.findings[0]).startswith("แผ่น survey แถว 3: ")
