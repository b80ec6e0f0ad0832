# SPDX-License-Identifier: Apache-2.0
"""Lists as workbooks: one sheet under a heading, made for A4, the same input the same bytes.

Every cell is written as what it is; a text that begins like a formula stays a text.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from desktop.printing.heading import Heading

_FONT: Final = {"font_name": "TH Sarabun New", "font_size": 16, "valign": "vcenter"}
_HEAD_ROW: Final = 3
FIRST_ROW: Final = _HEAD_ROW + 1
"""The first row of the list itself, counted from 0."""


class Sheet:
    """A workbook of one sheet with ``columns`` (word, width) under its heading, head frozen."""

    def __init__(
        self,
        heading: Heading,
        name: str,
        columns: Sequence[tuple[str, float]],
        *,
        title: dict[str, Any] | None = None,
        head: dict[str, Any] | None = None,
    ) -> None:
        import xlsxwriter

        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._buffer,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        # A fixed moment of making, so that the same list gives the same bytes.
        self._book.set_properties(
            {
                "title": heading.title,
                "subject": heading.event,
                "created": datetime(2000, 1, 1, tzinfo=UTC),
            }
        )
        self._last = len(columns) - 1
        self.page: Any = self._book.add_worksheet(name)
        """xlsxwriter's worksheet, for the cells and what is particular to a list."""
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        centred = self.format(align="center")
        titled = self.format(align="center", **(title or {}))
        for row, text in enumerate((heading.title, heading.event, heading.when_where)):
            self.page.merge_range(row, 0, row, self._last, text, centred if row else titled)
        words = self.format(border=1, bold=True, align="center", **(head or {}))
        for column, (word, width) in enumerate(columns):
            self.page.set_column(column, column, width)
            self.page.write_string(_HEAD_ROW, column, word, words)

    def format(self, **more: Any) -> Any:
        """A format in the font of the office; ``more`` as xlsxwriter names it."""
        return self._book.add_format({**_FONT, **more})

    def done(self, rows: int) -> bytes:
        """Close the workbook of a list of so many rows, and give its bytes."""
        self.page.freeze_panes(FIRST_ROW, 3)
        self.page.repeat_rows(_HEAD_ROW)
        self.page.print_area(0, 0, max(FIRST_ROW, _HEAD_ROW + rows), self._last)
        self._book.close()
        return self._buffer.getvalue()
