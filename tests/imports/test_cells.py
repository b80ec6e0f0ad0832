# SPDX-License-Identifier: Apache-2.0
"""Workbooks of other programs, and workbooks that something bit."""

from __future__ import annotations

import contextlib
import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.imports.guard import kind_of
from desktop.imports.reading_child import said
from desktop.imports.refusal import Unfit
from desktop.imports.workbook import shows_a_day, unescaped
from tests.imports import hostile, lists


def rows(data: bytes) -> list[object]:
    return [thing for thing in said(io.BytesIO(data), "") if not isinstance(thing, dict)]


def test_every_kind_of_cell_keeps_what_it_was() -> None:
    """Mutants: phonetic letters kept, escapes kept, digits through a float, dates as numbers."""
    strings = (
        f"<sst {hostile.NS}><si><r><t>นาย</t></r><r><t xml:space='preserve'> ก</t></r>"
        "<rPh><t>กอ</t></rPh></si><si><t>ก_x000D_ข_xD800_</t></si></sst>"
    )
    styles = (
        f"<styleSheet {hostile.NS}><numFmts>"
        '<numFmt numFmtId="164" formatCode="[$-D07041E]d mmmm yyyy"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    sheet = hostile.sheet_of(
        '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c>'
        '<c s="1"><v>43527.5</v></c><c s="2"><v>43527</v></c><c s="0"><v>43527</v></c>'
        '<c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c><f>1+1</f></c><c><f>1+1</f><v>2</v></c>'
        '<c t="d"><v>2019-03-03T00:00:00</v></c><c><v>0812345678</v></c>'
        '<c s="1"><v>1e99</v></c></row>'
    )
    assert rows(hostile.workbook(sheet, strings=strings, styles=styles)) == [
        [3, "sนาย ก", None, "sก\rข", "d2019-03-03", "d2019-03-03", "n43527", "b1", "e#REF!", "f",
         "n2", "d2019-03-03", "n0812345678", "n1e99"]
    ]  # fmt: skip


def test_the_child_itself_stops_at_too_much_text() -> None:
    """Mutant: no cap on text in the child, and the parent alone is left to stop it."""
    with pytest.raises(Unfit) as caught:
        rows(hostile.much_text())
    assert caught.value.code == "text"


@pytest.mark.parametrize("space", ["x:", "strict"])
def test_other_programs_write_the_same_words_otherwise(space: str) -> None:
    """Mutant: names of elements compared with their prefix, or one vocabulary only."""
    sheet = hostile.ok_sheet()
    if space == "strict":
        sheet = sheet.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
    else:
        for tag in ("worksheet", "sheetData", "row", "c", "is", "t"):
            sheet = sheet.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>")
            sheet = sheet.replace(f"</{tag}>", f"</x:{tag}>")
        sheet = sheet.replace("xmlns=", "xmlns:x=")
    assert rows(hostile.workbook(sheet)) == [[1, "sนายสมชาย ใจดี"]]


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("d/m/yyyy", True),
        ("[$-107041E]d mmmm yyyy;@", True),
        ("ว ดดดด ปปปป", True),
        ("General", False),
        ("0.00", False),
        ('0" days"', False),
        ("@", False),
        ("h:mm", False),
        ("#,##0;[Red]-#,##0", False),
    ],
)
def test_a_number_format_shows_a_day_or_not(code: str, day: bool) -> None:
    assert shows_a_day(code) is day


def test_half_a_surrogate_never_leaves_the_child() -> None:
    """Mutant: chr() of any escape, which no encoder writes down."""
    assert unescaped("_xDC00__x0E01_") == "ก"


WHOLE = lists.book([["ชื่อ-สกุล", "โทร"], *[[f"นายก{n} ใจดี", 812345678 + n] for n in range(40)]])
TEXT = lists.text(lists.people(lists.EVENTS[2])[:10], ",", "cp874")


@settings(max_examples=200)
@given(st.integers(0, 2**32), st.integers(1, 12), st.sampled_from([WHOLE, TEXT]))
def test_a_bitten_file_is_read_or_refused_and_nothing_else(
    seed: int, bites: int, whole: bytes
) -> None:
    """Mutant: any exception of zlib, zipfile or expat that is not turned into a verdict."""
    chance = random.Random(seed)
    data = bytearray(whole)
    for _ in range(bites):
        place = chance.randrange(len(data))
        match chance.randrange(3):
            case 0:
                data[place] = chance.randrange(256)
            case 1:
                del data[place : place + chance.randrange(1, 40)]
            case _:
                data[place:place] = chance.randbytes(chance.randrange(1, 20))
    with contextlib.suppress(Unfit):
        rows(bytes(data))


@given(st.binary(max_size=300))
def test_any_bytes_have_a_kind_or_a_reason(data: bytes) -> None:
    with contextlib.suppress(Unfit):
        assert kind_of(io.BytesIO(data)) in {"xlsx", "csv"}
