# SPDX-License-Identifier: Apache-2.0
"""The child that reads a list: standard input in, JSON lines out, then it ends.

It holds nothing worth stealing: no store, no keys, no path of the file (the file is its standard
input), no third-party library. It gives up its own right to memory, processor time, new files,
sockets and programs before it looks at the first byte. Everything it says is one of:

    {"kind": "xlsx", "sheets": ["…"], "sheet": "…"}     first
    [7, "sนาย", null, "n66", …]                          line 7
    "A3:A9"                                              these cells are merged
    {"end": 154}                                         last; without it the reading failed
    {"refused": "suspicious"}                            instead of any of it
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, BinaryIO

from desktop.imports import cells, delimited, guard, workbook
from desktop.imports.refusal import Unfit
from desktop.imports.rights import LIST, give_up_rights

if TYPE_CHECKING:
    from collections.abc import Iterator


def said(stream: BinaryIO, sheet: str) -> Iterator[object]:
    """Everything there is to say of the file, in order. Raises Unfit.

    ``sheet`` is the name of the sheet wanted, or "" for the first that can be seen.
    """
    kind = guard.kind_of(stream)
    if kind == "csv":
        yield {"kind": "csv", "sheets": [], "sheet": ""}
        yield from ([line, *row] for line, row in delimited.read_lines(_text(stream)))
        return
    with guard.opened(stream) as archive:
        book, parts = workbook.read_book(archive)
        seen = [one for one in book.sheets if not one.hidden] or list(book.sheets)
        found = [one for one in book.sheets if one.name == sheet] if sheet else seen[:1]
        if not found:
            raise Unfit("sheet")
        names = [one.name for one in seen]
        yield {"kind": "xlsx", "sheets": names, "sheet": found[0].name}
        strings = workbook.read_strings(archive, parts.get("sharedStrings"))
        dated = workbook.read_date_styles(archive, parts.get("styles"))
        for row in cells.read_cells(archive, found[0], strings, dated, book.first_1904):
            yield row if isinstance(row, str) else [row[0], *row[1]]


def _text(stream: BinaryIO) -> str:
    return delimited.decoded(stream.read())


def main(sheet: str = "") -> int:
    """Read standard input and speak. Returns 0; the parent trusts the last line, not this."""
    give_up_rights(LIST)
    out = sys.stdout.buffer
    written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    rows = 0
    lines: list[str] = []
    try:
        for thing in said(sys.stdin.buffer, sheet):
            rows += isinstance(thing, list)
            lines.append(written(thing))
            if len(lines) >= 500:
                out.write(("\n".join(lines) + "\n").encode())
                out.flush()
                lines.clear()
        lines.append(written({"end": rows}))
    except Unfit as unfit:
        lines = [written({"refused": unfit.code})]
    except MemoryError:
        lines = [written({"refused": "memory"})]
    out.write(("\n".join(lines) + "\n").encode())
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
