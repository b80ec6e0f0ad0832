# SPDX-License-Identifier: Apache-2.0
"""The empty lists sent to agencies, and what comes back of them."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from desktop.imports.roster import read_roster
from desktop.imports.template import KINDS, TemplateKind, roster_template


def filled(kind: TemplateKind, tmp_path: Path, rows: list[dict[str, str]]) -> Path:
    """A template filled in by an agency: the example left where it is."""
    book = openpyxl.load_workbook(io.BytesIO(roster_template(kind)))
    sheet = book.worksheets[0]
    for line, row in enumerate(rows, 3):
        for field, text in row.items():
            sheet.cell(line, KINDS[kind].index(field) + 1, text)
    path = tmp_path / "list.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_a_template_is_known_when_it_comes_back(
    kind: TemplateKind, tmp_path: Path
) -> None:
    """Mutants: a heading the reader does not know; the example taken for a person."""
    path = filled(kind, tmp_path, [{"title": "นาย", "first": "สมชาย", "last": "ใจดี"}])
    reading = read_roster(path)
    assert tuple(column.field for column in reading.columns) == KINDS[kind]
    assert {column.confidence for column in reading.columns} == {1.0}
    assert [(row.person.title, row.person.first) for row in reading.rows] == [("นาย", "สมชาย")]
    assert [line.line_no for line in reading.skipped] == [2]
    assert reading.rows[0].problems == ()


def test_an_empty_template_names_nobody(tmp_path: Path) -> None:
    assert read_roster(filled("full", tmp_path, [])).rows == ()


def test_columns_of_digits_are_text_and_lists_offer_words() -> None:
    """Mutant: a number format that eats the zero of a telephone number."""
    sheet = openpyxl.load_workbook(io.BytesIO(roster_template("full"))).worksheets[0]
    for field in ("identifier", "phone", "birth"):
        letter = get_column_letter(KINDS["full"].index(field) + 1)
        assert sheet.column_dimensions[letter].number_format == "@"
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == 3


def test_the_same_template_has_the_same_bytes() -> None:
    assert roster_template("short") == roster_template("short")


def test_the_caller_offers_the_words_of_a_list() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(roster_template("full", {"group": ["เด็ก", "เยาวชน"]}))
    )
    words = [cell.value for row in book["รายการ"].iter_rows() for cell in row if cell.value]
    assert {"เด็ก", "เยาวชน", "นางสาว", "ตาก", "หญิง"} <= set(words)
