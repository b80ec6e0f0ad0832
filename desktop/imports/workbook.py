# SPDX-License-Identifier: Apache-2.0
"""What a workbook says of itself: its sheets, its shared strings, which styles show a day."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from desktop.imports.parts import opened_part, parsed, plain
from desktop.imports.refusal import MAX_CELL, MAX_TEXT, Unfit

_LINKS: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_MAX_SHEETS: Final = 100
_MAX_STRINGS: Final = 2_000_000
_MAX_STYLES: Final = 70_000
_DATE_FORMATS: Final = frozenset(
    {*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 59), *range(71, 75), 77, 81}
)
"""Built-in formats that show a day; 71–81 are the Thai ones."""
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook and the part of the archive it is in."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What the workbook says of itself."""

    sheets: tuple[Sheet, ...]
    first_1904: bool


def _links(archive: zipfile.ZipFile, name: str, base: str) -> list[tuple[str, str, str]]:
    """(id, kind, part) of what a part points to inside the archive."""
    found: list[tuple[str, str, str]] = []

    def start(tag: str, fields: dict[str, str]) -> None:
        if tag.endswith("}Relationship") and fields.get("TargetMode") != "External":
            target = fields.get("Target", "")
            part = target[1:] if target.startswith("/") else posixpath.join(base, target)
            kind = fields.get("Type", "").rpartition("/")[2]
            found.append((fields.get("Id", ""), kind, posixpath.normpath(part)))

    stream = opened_part(archive, name)
    if stream is not None:
        parsed(stream, start)
    return found


def read_book(archive: zipfile.ZipFile) -> tuple[Book, dict[str, str]]:
    """The sheets of a workbook, and where its shared strings and styles are. Raises Unfit."""
    root = [p for _, kind, p in _links(archive, "_rels/.rels", "") if kind == "officeDocument"]
    main = root[0] if root else "xl/workbook.xml"
    stream = opened_part(archive, main)
    if stream is None:
        raise Unfit("broken")
    base, name = posixpath.split(main)
    links = _links(archive, f"{base}/_rels/{name}.rels", base)
    part_of_id = {identity: part for identity, _, part in links}
    sheets: list[Sheet] = []
    first_1904 = False

    def start(tag: str, fields: dict[str, str]) -> None:
        nonlocal first_1904
        tag = plain(tag)
        if tag == "sheet" and len(sheets) < _MAX_SHEETS:
            link = next((fields[f"{ns}}}id"] for ns in _LINKS if f"{ns}}}id" in fields), "")
            part = part_of_id.get(link)
            if part is not None:
                hidden = fields.get("state", "visible") != "visible"
                sheets.append(Sheet(fields.get("name", "")[:120], part, hidden))
        elif tag == "workbookPr":
            first_1904 = fields.get("date1904") in {"1", "true"}

    parsed(stream, start)
    if not sheets:
        raise Unfit("broken")
    return Book(tuple(sheets), first_1904), {kind: part for _, kind, part in links}


class _Strings:
    """The handlers of the part that holds the shared strings."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.pieces: list[str] = []
        self.listening = False
        self.phonetic = False
        self.size = 0

    def start(self, tag: str, _fields: dict[str, str]) -> None:
        tag = plain(tag)
        if tag == "si":
            self.pieces.clear()
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "t":
            self.listening = not self.phonetic

    def end(self, tag: str) -> None:
        tag = plain(tag)
        if tag == "t":
            self.listening = False
        elif tag == "rPh":
            self.phonetic = False
        elif tag == "si":
            whole = "".join(self.pieces)[: MAX_CELL + 1]
            self.size += len(whole)
            if len(self.strings) >= _MAX_STRINGS or self.size > MAX_TEXT:
                raise Unfit("text")
            self.strings.append(unescaped(whole))

    def text(self, data: str) -> None:
        if self.listening:
            self.pieces.append(data)


def read_strings(archive: zipfile.ZipFile, part: str | None) -> list[str]:
    """The shared strings, each cut to the longest cell. Raises Unfit."""
    found = _Strings()
    stream = opened_part(archive, part)
    if stream is not None:
        parsed(stream, found.start, found.end, found.text)
    return found.strings


def unescaped(text: str) -> str:
    """Excel writes characters XML cannot hold as _x000D_."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    # Half of a pair is no character and could not be written down again.
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)


def shows_a_day(code: str) -> bool:
    """Whether a number format writes a date, in English or Thai letters."""
    bare = _QUOTED.sub("", code.partition(";")[0]).casefold()
    return any(mark in bare for mark in ("d", "yy", "bb", "ว", "ป")) and "general" not in bare


def read_date_styles(archive: zipfile.ZipFile, part: str | None) -> frozenset[str]:
    """The style numbers, as cells write them, that show a number as a day. Raises Unfit."""
    stream = opened_part(archive, part)
    if stream is None:
        return frozenset()
    formats: dict[str, str] = {}
    inside = False
    styles: list[str] = []

    def start(tag: str, fields: dict[str, str]) -> None:
        nonlocal inside
        tag = plain(tag)
        if tag == "numFmt" and len(formats) < _MAX_STYLES:
            formats[fields.get("numFmtId", "")] = fields.get("formatCode", "")[:300]
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside and len(styles) < _MAX_STYLES:
            styles.append(fields.get("numFmtId", "0"))

    def end(tag: str) -> None:
        nonlocal inside
        if plain(tag) == "cellXfs":
            inside = False

    parsed(stream, start, end)
    dated = {number for number, code in formats.items() if shows_a_day(code)}
    dated |= {str(number) for number in _DATE_FORMATS} - formats.keys()
    return frozenset(str(place) for place, number in enumerate(styles) if number in dated)
