# SPDX-License-Identifier: Apache-2.0
"""``samut roster``: what the importer understood, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.app import main

LIST = """ลำดับ,ชื่อ-สกุล,หน่วยงาน,เลขประจำตัวประชาชน
1,นายสมชาย ใจดี,อบต.ด่านแม่ละเมา,1994328393367
2,นางสาวหน่อเอ -,อบต.ด่านแม่ละเมา,1994328393361
"""


def test_the_json_names_everybody_and_the_problems_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, "utf-8")

    assert main(["roster", str(path), "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"kind", "sheets", "sheet", "columns", "people", "skipped"}
    assert told["kind"] == "csv"
    assert [person["name"] for person in told["people"]] == ["นายสมชาย ใจดี", "นางสาวหน่อเอ"]
    first, second = told["people"]
    assert (first["line"], first["problems"]) == (2, [])
    assert second["problems"]
    assert set(second["problems"][0]) == {"field", "level", "sentence", "suggestion"}


def test_without_json_it_is_said_in_a_few_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, "utf-8")

    assert main(["--language", "en", "roster", str(path)]) == 0

    said = capsys.readouterr().out
    assert said.startswith("2 people were read.")
    assert "Line 3, นางสาวหน่อเอ" in said


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 list", b"PK\x03\x04broken", b"\x00\x01\x02"])
def test_a_file_that_cannot_be_taken_is_one_sentence_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)

    assert main(["roster", str(path), "--json"]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1


def test_a_file_that_is_not_there_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["roster", str(tmp_path / "no.xlsx"), "--json"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
