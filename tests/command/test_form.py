# SPDX-License-Identifier: Apache-2.0
"""``samut form check``: faults by sheet and row, and the line other programs read."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from desktop.app import main
from desktop.paths import shipped

FORMS = sorted(shipped("forms").glob("*.xlsx"))
LAST = re.compile(r"(\d+) passed, (\d+) failed")


def spoilt(folder: Path, row: int, column: str, value: str) -> Path:
    """A copy of the form of activities with one cell of the survey changed."""
    path = folder / "spoilt.xlsx"
    book = load_workbook(shipped("forms", "07_activity.xlsx"))
    sheet = book["survey"]
    headers = [cell.value for cell in sheet[1]]
    sheet.cell(row, headers.index(column) + 1).value = value
    book.save(path)
    return path


def test_every_form_of_the_centre_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """Mutants: a form with a finding let through; the last line worded otherwise."""
    assert main(["--language", "en", "form", "check", *map(str, FORMS)]) == 0

    said = capsys.readouterr().out.splitlines()
    found = LAST.fullmatch(said[-1])
    assert found is not None
    assert int(found[1]) > 900
    assert found[2] == "0"
    assert not [line for line in said if line.startswith("Sheet")]


def test_a_fault_is_told_in_thai_with_its_row_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mutants: exit 0 all the same; the row counted from 0; the last line missing."""
    path = spoilt(tmp_path, 6, "constraint", "${nobody} = 1")

    assert main(["--language", "th", "form", "check", str(path)]) == 1

    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("แผ่น survey แถว 6: ")
    found = LAST.fullmatch(said[-1])
    assert found is not None
    assert found[2] == "1"


def test_english_is_one_word_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = spoilt(tmp_path, 6, "constraint", "1 +")

    assert main(["--language", "th", "form", "check", "--english", str(path)]) == 1

    assert capsys.readouterr().out.startswith("Sheet survey, row 6: ")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 form", b"PK\x03\x04broken", None])
def test_a_file_that_is_no_workbook_is_one_sentence_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    path = tmp_path / "form.xlsx"
    if content is not None:
        path.write_bytes(content)

    assert main(["form", "check", str(path)]) == 2

    said = capsys.readouterr()
    assert said.err.strip().count("\n") == 0
    assert said.out == "0 passed, 1 failed\n"


def test_without_pyxform_both_languages_say_how_to_get_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyxform", "pyxform.errors", "pyxform.xls2json_backends"):
        monkeypatch.setitem(sys.modules, name, None)

    assert main(["form", "check", str(FORMS[0])]) == 2

    said = capsys.readouterr()
    assert said.err.count('pip install "samut-sanam[forms]"') == 2
    assert said.out == "0 passed, 1 failed\n"


@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate runs in Java")
def test_odk_validate_takes_the_longest_form(capsys: pytest.CaptureFixture[str]) -> None:
    """A short run: every form is tried by hand before it is published."""
    path = str(shipped("forms", "02_home_visit.xlsx"))
    assert main(["form", "check", "--odk-validate", path]) == 0
    assert capsys.readouterr().out.endswith("0 failed\n")


@pytest.mark.parametrize("what", ["check", "replay", "xpath", "open"])
def test_help_is_in_both_languages(capsys: pytest.CaptureFixture[str], what: str) -> None:
    """Mutant: a command described in one language alone."""
    with pytest.raises(SystemExit) as ended:
        main(["form", what, "-h"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert re.search(r"[ก-๛]{3}", told.partition("options:")[0].partition("\n\n")[2])
    assert re.search(r"(?m)^[a-z ]{10}", told)


def test_the_command_opens_no_window() -> None:
    """Mutant: ``./run form`` waits for a screen, or ``./run verify`` installs one."""
    told = Path(shipped("run")).read_text("utf-8")
    assert re.search(
        r"^\s*certificates \| verify \| roster \| form \|.*window=no", told, re.MULTILINE
    )
    seen = subprocess.run(
        [sys.executable, "-c", "import sys, desktop.command.form_check as c\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "PySide6" not in seen.stdout


def with_list(folder: Path) -> Path:
    """A form that chooses from a list beside it."""
    book = Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    survey.append(["type", "name", "label"])
    survey.append(["select_one_from_file clinics.csv", "clinic", "ไปหาหมอที่ไหน"])
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "version"])
    settings.append(["สำรวจ", "village/../x", "2026112001"])
    path = folder / "village.xlsx"
    book.save(path)
    return path


def test_a_clean_form_is_written_with_its_lists_as_a_laptop_takes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mutants: a form with a fault written too; its id taken for a folder; the list left out."""
    path, into = with_list(tmp_path), tmp_path / "out" / "forms"
    asked = ["--language", "en", "form", "check", str(path), "--write", str(into)]

    assert main(asked) == 1
    assert "The list “clinics.csv” is missing" in capsys.readouterr().out
    assert not into.exists()

    (tmp_path / "clinics.csv").write_text("name,label\nc1,รพ.สต.\n", "utf-8")
    assert main(asked) == 0
    said = capsys.readouterr().out.splitlines()
    written = sorted(str(one.relative_to(into)) for one in into.rglob("*") if one.is_file())
    assert written == [
        "village_.._x@2026112001-media/clinics.csv",
        "village_.._x@2026112001.xml",
    ]
    assert [line for line in said if line.startswith("Written: ")] == [
        f"Written: {into / written[1]}",
        f"Written: {into / written[0]}",
    ]
    assert LAST.fullmatch(said[-1])

    from desktop.actions.form_arrival import beside, wanted_files

    form = into / written[1]
    assert list(beside(form, wanted_files(form.read_bytes()))) == ["clinics.csv"]


def test_a_form_with_a_fault_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, into = spoilt(tmp_path, 6, "constraint", "1 +"), tmp_path / "out"

    assert main(["--language", "en", "form", "check", str(path), "--write", str(into)]) == 1

    assert "spoilt.xlsx was not written" in capsys.readouterr().out
    assert not into.exists()
