# SPDX-License-Identifier: Apache-2.0
"""The cells of one sheet, streamed: values only, nothing evaluated.

A cell leaves here as one string whose first letter says what it was: ``s`` text, ``n`` number in
the very digits of the file, ``d`` date (ISO), ``b`` yes or no, ``e`` an error such as #REF!,
``f`` a formula whose result was never stored. None is an empty cell. Digits stay text: an
identity number that went through a float would come out damaged.

Formulas, links, pictures and comments are not read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from desktop.imports.parts import MAIN, fed, opened_part
from desktop.imports.refusal import MAX_CELL, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Unfit
from desktop.imports.workbook import Sheet, unescaped

_MAX_MERGES: Final = 20_000
_EMPTY_RUN: Final = 20_000
"""After so many empty rows one after the other the list is over: formatted columns end here."""
_COLUMN: Final = re.compile(r"([A-Z]{1,3})\d{1,7}")
_TAGS: Final = ("row", "c", "v", "t", "f", "rPh", "mergeCell")

Cells = list[str | None]


class _Cells:
    """The handlers of one sheet. Rows are handed out as they close."""

    def __init__(self, strings: list[str], dated: frozenset[str], first_1904: bool) -> None:
        self.strings = strings
        self.dated = dated
        self.epoch = date(1904, 1, 1) if first_1904 else date(1899, 12, 30)
        self.tags = {f"{space}}}{tag}": tag for space in MAIN for tag in _TAGS}
        self.tags |= {tag: tag for tag in _TAGS}
        self.columns: dict[str, int] = {}
        self.ready: list[tuple[int, Cells]] = []
        self.merges: list[str] = []
        self.line = 0
        self.row: Cells = []
        self.column = -1
        self.kind = "n"
        self.style = ""
        self.pieces: list[str] = []
        self.listening = False
        self.phonetic = False
        self.formula = False
        self.empty_run = 0
        self.rows = 0
        self.size = 0
        self.over = False
        self.cut = False

    def start(self, name: str, fields: dict[str, str]) -> None:
        tag = self.tags.get(name)
        if tag == "c":
            self.column = self._column(fields.get("r"))
            self.kind = fields.get("t", "n")
            self.style = fields.get("s", "")
            self.pieces = []
            self.formula = False
        elif tag == "v":
            self.listening = True
        elif tag == "t":
            self.listening = not self.phonetic
        elif tag == "row":
            self._row(fields.get("r"))
        elif tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "mergeCell" and len(self.merges) < _MAX_MERGES:
            self.merges.append(fields.get("ref", "")[:24])

    def text(self, data: str) -> None:
        if self.listening:
            self.pieces.append(data)

    def end(self, name: str) -> None:
        tag = self.tags.get(name)
        if tag == "c":
            if self.pieces or self.formula:
                self._cell("".join(self.pieces))
        elif tag in {"v", "t"}:
            self.listening = False
        elif tag == "rPh":
            self.phonetic = False
        elif tag == "row":
            self._close()

    def _column(self, ref: str | None) -> int:
        if ref is None:
            return self.column + 1
        letters = ref.rstrip("0123456789")
        known = self.columns.get(letters)
        if known is None:
            if not _COLUMN.fullmatch(ref):
                raise Unfit("broken")
            known = 0
            for letter in letters:
                known = known * 26 + ord(letter) - 64
            known -= 1
            self.columns[letters] = known
        return known

    def _row(self, number: str | None) -> None:
        if number is None:
            self.line += 1
        elif number.isascii() and number.isdigit() and len(number) <= 7:
            self.line = int(number)
        else:
            raise Unfit("broken")
        self.row = []
        self.column = -1

    def _cell(self, text: str) -> None:
        if self.column >= MAX_COLUMNS:
            self.cut = True
            return
        value = self._value(text)
        if value is None:
            return
        if len(value) > MAX_CELL + 1:
            value = value[: MAX_CELL + 1]
            self.cut = True
        self.size += len(value)
        if self.size > MAX_TEXT:
            raise Unfit("text")
        row = self.row
        while len(row) <= self.column:
            row.append(None)
        row[self.column] = value

    def _value(self, text: str) -> str | None:
        kind = self.kind
        if kind == "s":
            text = self._shared(text)
            return "s" + text if text else None
        if kind in {"inlineStr", "str"}:
            return "s" + unescaped(text) if text else None
        if not text:
            return "f" if self.formula else None
        if kind in {"e", "b"}:
            return kind + text
        if kind == "d":
            return "d" + text[:10]
        return self._day(text) if self.style in self.dated else "n" + text

    def _shared(self, text: str) -> str:
        try:
            return self.strings[int(text)]
        except (ValueError, IndexError):
            raise Unfit("broken") from None

    def _day(self, text: str) -> str:
        try:
            # Excel counts a 29 February 1900 that never was; nobody on a roster is that old.
            return "d" + (self.epoch + timedelta(days=int(float(text)))).isoformat()
        except (ValueError, OverflowError):
            return "n" + text

    def _close(self) -> None:
        if not any(self.row):
            self.empty_run += 1
            self.over = self.empty_run > _EMPTY_RUN
            return
        self.empty_run = 0
        self.rows += 1
        if self.rows > MAX_ROWS:
            raise Unfit("rows")
        self.ready.append((self.line, self.row))
        self.row = []


def read_cells(
    archive: zipfile.ZipFile, sheet: Sheet, strings: list[str], dated: frozenset[str], old: bool
) -> Iterator[tuple[int, Cells] | str]:
    """Each row that holds anything, as (line, cells); then the merged ranges, as "A1:B2".

    ``old`` says the workbook counts its days from 1904. Raises :class:`Unfit`.
    """
    stream = opened_part(archive, sheet.part)
    if stream is None:
        raise Unfit("broken")
    cells = _Cells(strings, dated, old)
    with stream:
        for _ in fed(stream, cells.start, cells.end, cells.text):
            yield from cells.ready
            cells.ready.clear()
            if cells.over:
                break
    yield from cells.merges
