# SPDX-License-Identifier: Apache-2.0
"""Files that mean harm, or that somebody broke, each built here and never kept in the repo."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT_TYPES = f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="x/xml"/></Types>'


def _links(*links: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{_DOC}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_REL}">{inside}</Relationships>'


ROOT = _links(("officeDocument", "xl/workbook.xml"))
BOOK = (
    f'<workbook {NS} xmlns:r="{_DOC}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>"
)
LINKS = _links(
    ("worksheet", "worksheets/sheet1.xml"),
    ("sharedStrings", "sharedStrings.xml"),
    ("styles", "styles.xml"),
)
NAME = '<c r="A{n}" t="inlineStr"><is><t>นายสมชาย ใจดี</t></is></c>'


def workbook(
    sheet: str | bytes | Callable[[io.BufferedIOBase], None],
    *,
    strings: str = f"<sst {NS}/>",
    styles: str = f"<styleSheet {NS}/>",
    extra: dict[str, bytes] | None = None,
    level: int = 9,
) -> bytes:
    """A workbook around one sheet, written by hand so that it can be wrong."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, part in (
            ("[Content_Types].xml", CONTENT_TYPES),
            ("_rels/.rels", ROOT),
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", LINKS),
            ("xl/sharedStrings.xml", strings),
            ("xl/styles.xml", styles),
        ):
            archive.writestr(name, part)
        if callable(sheet):
            with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part_file:
                sheet(part_file)  # type: ignore[arg-type]
        else:
            archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def sheet_of(rows: str) -> str:
    return f"<worksheet {NS}><sheetData>{rows}</sheetData></worksheet>"


def ok_sheet() -> str:
    return sheet_of(f'<row r="1">{NAME.format(n=1)}</row>')


def _archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _ratio(part: io.BufferedIOBase) -> None:
    cell = b'<c t="inlineStr"><is><t>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA</t></is></c>'
    part.write(f"<worksheet {NS}><sheetData>".encode())
    part.writelines(b"<row>" + cell * 100 + b"</row>" for _ in range(4_000))
    part.write(b"</sheetData></worksheet>")


def _empty_rows(part: io.BufferedIOBase) -> None:
    part.write(f"<worksheet {NS}><sheetData>".encode())
    part.writelines(b"<row/>" * 10_000 for _ in range(1_000))
    part.write(b"</sheetData></worksheet>")


def laughs() -> str:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 9))
    return (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">{entities}]>'
        f'<worksheet {NS}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a8;</t></is></c>'
        "</row></sheetData></worksheet>"
    )


def outside() -> str:
    return (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        f'<worksheet {NS}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>[&e;]</t></is></c>'
        "</row></sheetData></worksheet>"
    )


def many_rows() -> str:
    cell = "<c t='inlineStr'><is><t>นายก{n} ใจดี</t></is></c>"
    return sheet_of("".join(f"<row>{cell.format(n=n)}</row>" for n in range(20_100)))


def much_text() -> bytes:
    """One long shared string, asked for by more cells than a list has letters."""
    strings = f"<sst {NS}><si><t>{'ก' * 2_000}</t></si></sst>"
    cells = '<c t="s"><v>0</v></c>' * 20
    rows = "".join(f'<row r="{n}">{cells}</row>' for n in range(1, 900))
    return workbook(sheet_of(rows), strings=strings, level=1)


def deep() -> str:
    return f"<worksheet {NS}><sheetData>" + "<row>" * 2_000_000


def encrypted() -> bytes:
    """The old container with the parcel of a locked workbook in its directory."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
    )


def lying_size() -> bytes:
    """The directory says the sheet unpacks to 100 bytes; it is longer."""
    data = bytearray(workbook(ok_sheet()))
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<I", data, place + 24, 100)
    return bytes(data)


def locked_part() -> bytes:
    data = bytearray(workbook(ok_sheet()))
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<H", data, place + 8, 1)
    return bytes(data)


WHOLE = workbook(ok_sheet())

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a part that unpacks a thousandfold": (lambda: workbook(_ratio), "suspicious"),
    "ten million empty rows": (lambda: workbook(_empty_rows), "suspicious"),
    "entities inside entities": (lambda: workbook(laughs()), "suspicious"),
    "an entity that names a file": (lambda: workbook(outside()), "suspicious"),
    "entities in UTF-16": (
        lambda: workbook(outside().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")),
        "suspicious",
    ),
    "a document type among the shared strings": (
        lambda: workbook(ok_sheet(), strings=f"<!DOCTYPE x []><sst {NS}/>"),
        "suspicious",
    ),
    "a part that climbs out": (
        lambda: workbook(ok_sheet(), extra={"../../evil.xml": b"x"}),
        "suspicious",
    ),
    "a part at the root": (lambda: workbook(ok_sheet(), extra={"/etc/x": b"x"}), "suspicious"),
    "a part on a drive": (lambda: workbook(ok_sheet(), extra={"C:\\x": b"x"}), "suspicious"),
    "five thousand parts": (
        lambda: workbook(ok_sheet(), extra={f"xl/p{n}.xml": b"" for n in range(5_000)}),
        "suspicious",
    ),
    "macros": (lambda: workbook(ok_sheet(), extra={"xl/vbaProject.bin": b"x"}), "macros"),
    "macros of the old kind": (
        lambda: workbook(ok_sheet(), extra={"xl/macrosheets/sheet1.xml": b"x"}),
        "macros",
    ),
    "more rows than a list has": (lambda: workbook(many_rows()), "rows"),
    "more text than a list has": (much_text, "text"),
    "elements without end": (lambda: workbook(deep(), level=1), "suspicious"),
    "XML cut in the middle": (lambda: workbook(ok_sheet()[:-30]), "broken"),
    "XML that is none": (lambda: workbook("not xml"), "broken"),
    "a row number out of this world": (
        lambda: workbook(sheet_of(f'<row r="-1">{NAME.format(n=1)}</row>')),
        "broken",
    ),
    "a cell reference that is none": (
        lambda: workbook(sheet_of('<row><c r="ÅÅ1"><v>1</v></c></row>')),
        "broken",
    ),
    "a shared string that is not there": (
        lambda: workbook(sheet_of('<row><c t="s"><v>99</v></c></row>')),
        "broken",
    ),
    "half a file": (lambda: WHOLE[: len(WHOLE) // 2], "broken"),
    "a size that lies": (lying_size, "broken"),
    "a locked part": (locked_part, "password"),
    "a locked workbook": (encrypted, "password"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000, "old_excel"),
    "a binary workbook": (
        lambda: _archive({"[Content_Types].xml": b"", "xl/workbook.bin": b""}),
        "binary_excel",
    ),
    "a LibreOffice sheet": (
        lambda: _archive({"mimetype": b"", "content.xml": b""}),
        "opendocument",
    ),
    "a Numbers file": (lambda: _archive({"Index/Document.iwa": b""}), "numbers"),
    "a Word document": (
        lambda: _archive({"[Content_Types].xml": b"", "word/document.xml": b""}),
        "word",
    ),
    "a packed folder": (lambda: _archive({"list.csv": b"x"}), "archive"),
    "a PDF": (lambda: b"%PDF-1.7\n", "pdf"),
    "a photograph": (lambda: b"\xff\xd8\xff\xe0" + os.urandom(500), "image"),
    "a web page called .xls": (lambda: b"<html><table><tr><td>x", "webpage"),
    "nothing": (lambda: b"", "empty"),
    "spaces": (lambda: b" \r\n \r\n", "empty"),
    "noise": (lambda: bytes(range(256)) * 40, "encoding"),
    "letters of another page": (lambda: "дело,имя\n".encode("cp1251") * 20, "encoding"),
    "UTF-16 cut in a letter": (lambda: "ชื่อ".encode("utf-16") + b"\x01", "encoding"),
}
