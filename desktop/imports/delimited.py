# SPDX-License-Identifier: Apache-2.0
"""Text files of rows: which letters, which delimiter, and the cells.

Agencies send UTF-8, UTF-16 ("Unicode text" of Excel) and the Thai code page (TIS-620, cp874)
under the same ending, and files that went through the wrong one once already. What cannot be
made into right Thai is refused with a sentence; nothing is guessed into boxes.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from desktop.imports.refusal import MAX_CELL, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Unfit

DELIMITERS: Final = ("\t", ",", ";", "|")
_SAMPLE_LINES: Final = 60
_MAX_BREAKS: Final = 12
"""Line ends inside one quoted cell. More means a quote was opened and never closed."""

# Windows maps the holes of its Thai page to control characters; TIS-620 has them empty.
_THAI_PAGE: Final = "".join(
    bytes([code]).decode("cp874", "replace").replace("\ufffd", chr(code)) for code in range(256)
)
_LATIN_PAGE: Final = "".join(
    bytes([code]).decode("cp1252", "replace").replace("\ufffd", chr(code)) for code in range(256)
)
_BYTE_OF_THAI: Final = {letter: code for code, letter in enumerate(_THAI_PAGE)}
_BYTE_OF_LATIN: Final = {letter: code for code, letter in enumerate(_LATIN_PAGE)}
_THAI: Final = re.compile("[\u0e01-\u0e5b]")
# น written in UTF-8 (E0 B8 99) and read in the Thai page begins เธ; in the Latin one, à¸.
_TWICE_THAI: Final = re.compile("เ[ธน]")
_TWICE_LATIN: Final = re.compile("à[¸¹]")
_THAI_AS_LATIN: Final = re.compile("[¡-û]{2}")
_CONTROLS: Final = re.compile("[\x01-\x08\x0e-\x1f]")


def decoded(data: bytes) -> str:
    """The text of a file, whatever it was written in. Raises :class:`Unfit`."""
    text = _decoded(data)
    nothing = text.count("\0")
    if nothing > max(8, len(text) // 100):
        raise Unfit("broken")
    text = text.replace("\0", "")
    if len(_CONTROLS.findall(text[:20_000])) > 20:
        raise Unfit("broken")
    return repaired(text)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16")
    if data.startswith(b"\xef\xbb\xbf"):
        return _strict(data, "utf-8-sig")
    # A mark may be missing: in UTF-16 every Thai letter has 0E and every comma has 00.
    head = data[:4000]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = head[offset::2]
        if len(head) > 3 and high.count(0) + high.count(0x0E) > len(high) * 9 // 10:
            return _strict(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("latin-1").translate(_THAI_PAGE_TABLE)
    # Thai written in its own page is Thai letters and ASCII, and next to nothing else.
    other = sum(1 for letter in text if ord(letter) > 127)
    if len(_THAI.findall(text)) < other * 9 // 10:
        raise Unfit("encoding")
    return text


_THAI_PAGE_TABLE: Final = dict(enumerate(_THAI_PAGE))


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise Unfit("encoding") from None


def repaired(text: str) -> str:
    """Thai that was read through the wrong page once is turned back; other text stays.

    Raises :class:`Unfit` when it is plainly wrong and cannot be turned back.
    """
    thai = len(_THAI.findall(text))
    if thai > 8 and len(_TWICE_THAI.findall(text)) * 4 > thai:
        return _again(text, _BYTE_OF_THAI, "utf-8")
    if thai == 0 and len(_TWICE_LATIN.findall(text)) > 2:
        return _again(text, _BYTE_OF_LATIN, "utf-8")
    if thai == 0 and len(_THAI_AS_LATIN.findall(text)) > 2:
        return _again(text, _BYTE_OF_LATIN, "cp874")
    if text.count("\ufffd") > 2 or len(re.findall(r"\?{4,}", text)) > 5:
        raise Unfit("encoding")
    return text


def _again(text: str, byte_of: dict[str, int], name: str) -> str:
    try:
        return bytes(byte_of[letter] for letter in text.lstrip("\ufeff")).decode(name)
    except (KeyError, UnicodeDecodeError):
        raise Unfit("encoding") from None


def delimiter_of(text: str) -> str:
    """The character that parts the cells, "" when each line is one cell.

    The one that gives most lines of the sample the same number of cells, more than one.
    """
    lines = [line for line in text[:200_000].splitlines()[: _SAMPLE_LINES * 4] if line.strip()]
    sample = lines[:_SAMPLE_LINES]
    best, best_score = "", 0
    for mark in DELIMITERS:
        widths = Counter(width for line in sample if (width := _width(line, mark)) > 1)
        if not widths:
            continue
        width, lines_of_width = widths.most_common(1)[0]
        # A comma inside an address beats nothing, but never real columns.
        score = lines_of_width * min(width, 20)
        if lines_of_width * 2 >= len(sample) and score > best_score:
            best, best_score = mark, score
    return best


def _width(line: str, mark: str) -> int:
    """Cells of one line. Line by line, so that an open quote spoils one line of the sample."""
    try:
        return len(next(csv.reader([line], delimiter=mark), []))
    except csv.Error:
        return 0


def read_lines(text: str) -> Iterator[tuple[int, list[str | None]]]:
    """Each row of the text that holds anything: (line, cells), cells marked as text.

    A quote that is never closed is taken as an ordinary character, so that it cannot swallow the
    rest of the list. Raises :class:`Unfit`.
    """
    text = text.lstrip("\ufeff")
    if not text.strip():
        raise Unfit("empty")
    if len(text) > MAX_TEXT:
        raise Unfit("text")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = re.match(r"\s*sep=(.)\n", text)
    if first:
        text = text[first.end() :]
    mark = first[1] if first and first[1] in DELIMITERS else delimiter_of(text)
    rows = _quoted(text, mark) if mark else None
    if rows is None:
        rows = [
            (number, line.split(mark) if mark else [line])
            for number, line in enumerate(text.split("\n"), 1)
        ]
    count, skipped = 0, 1 if first else 0
    for line, row in rows:
        cells = ["s" + _bare(cell)[: MAX_CELL + 1] if cell.strip() else None for cell in row]
        if any(cells):
            count += 1
            if count > MAX_ROWS:
                raise Unfit("rows")
            yield line + skipped, cells[:MAX_COLUMNS]


def _bare(cell: str) -> str:
    """A cell without the ="…" that keeps Excel from eating a zero in front."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell


def _quoted(text: str, mark: str) -> list[tuple[int, list[str]]] | None:
    """The rows by the rules of CSV, or None when a quote was left open."""
    csv.field_size_limit(MAX_TEXT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=False)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for row in reader:
            if reader.line_num - line > _MAX_BREAKS:
                return None
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error:
        return None
    return rows
