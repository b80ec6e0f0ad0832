# SPDX-License-Identifier: Apache-2.0
"""From the workbook of an XLSForm to an XForm, with the row every question came from.

pyxform converts; it belongs to the extra ``forms`` and is imported where it is used, because the
field laptop opens forms that were converted long before. It is given rows, never the file: the
archive is looked at first, so that nothing is unpacked that was built to harm.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from desktop.i18n import N_, _
from desktop.xforms.problem import FormRefused
from desktop.xforms.sheet_row import SURVEY, SheetFinding, Sheets, read_sheets

LARGEST: Final = 8 * 1024 * 1024
"""Bytes of a workbook; the largest of 225 real ones has 1.4 MB."""
UNPACKED: Final = 64 * 1024 * 1024
MOST_PARTS: Final = 1_000
MOST_GROWTH: Final = 120
"""How many times a large part may grow. Sheets of equal rows grow 10 to 40 times."""
MOST_ROWS: Final = 60_000
"""Rows of one sheet. Longer lists of choices belong into a file of their own."""

_OLE: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK\x03\x04"
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SAID_ROW: Final = re.compile(r"\[\s*row\s*:\s*(\d+)\s*\]|\b[Rr]ow (?:number )?(\d+)")
_QUOTED: Final = re.compile(r"['\"`‘“]([^'\"`’”]+)['\"`’”]")
_SAID_SHEET: Final = re.compile(
    r"(sheet: )?'(survey|choices|settings|entities|external_choices)'(?(1)| sheet)"
)
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, KeyError, TypeError, IndexError,
    AttributeError, OSError, EOFError, RuntimeError, SyntaxError, ArithmeticError,
)  # fmt: skip
"""What openpyxl and pyxform raise over a workbook that something bit, beside their own."""

MISSING: Final = N_(
    "Excel forms are converted by pyxform, which is not installed on this computer. Install it "
    'with: pip install "samut-sanam[forms]"'
)


class ToolMissing(FormRefused):
    """pyxform is not installed; the sentence says how to install it."""

    def __init__(self) -> None:
        super().__init__(_(MISSING))


class XlsFormRefused(FormRefused):
    """The workbook cannot become a form. ``findings`` say where and why."""

    def __init__(self, findings: Sequence[SheetFinding]) -> None:
        super().__init__("\n".join(str(one) for one in findings))
        self.findings = tuple(findings)

    @classmethod
    def whole(cls, sentence: str, sheet: str = SURVEY, row: int = 0) -> XlsFormRefused:
        """The form is refused for one reason."""
        return cls([SheetFinding(sheet, row, sentence)])


@dataclass(frozen=True, slots=True)
class Converted:
    """An XForm as bytes in UTF-8, the survey row of every path, and what pyxform advises."""

    xml: bytes
    rows: Mapping[str, int]
    warnings: tuple[SheetFinding, ...]
    sheets: Sheets


def convert(data: bytes, name: str) -> Converted:
    """The XForm of the workbook in ``data``; ``name`` is its file name, for the form's id alone.

    The same workbook always gives the same bytes.

    Raises:
        ToolMissing: pyxform is not installed.
        XlsFormRefused: The workbook is not a safe ``.xlsx``, or not a form.
    """
    book = read_book(data)
    return convert_book(book, read_sheets(book), name)


def read_book(data: bytes) -> dict[str, Any]:
    """The rows of the sheets of an XLSForm as pyxform wants them.

    Raises:
        ToolMissing: pyxform is not installed.
        XlsFormRefused: The workbook is not a safe ``.xlsx``.
    """
    look_at(data)
    try:
        from pyxform.errors import PyXFormError
        from pyxform.xls2json_backends import xlsx_to_dict
    except ImportError as missing:
        raise ToolMissing from missing
    try:
        with warnings.catch_warnings():
            # openpyxl warns about styles it leaves out, which no form has anything of.
            warnings.simplefilter("ignore")
            book: dict[str, Any] = xlsx_to_dict(io.BytesIO(data))
    except PyXFormError as refused:
        words = _("pyxform does not take this: {message}").format(message=refused)
        raise XlsFormRefused.whole(words, SURVEY, 1) from refused
    except (AttributeError, TypeError) as broken:
        words = _("A header is not a word. Row 1 of every sheet holds the names of its columns.")
        raise XlsFormRefused.whole(words, SURVEY, 1) from broken
    except _BROKEN as broken:
        raise XlsFormRefused.whole(_damaged()) from broken
    for sheet, rows in book.items():
        if isinstance(rows, list) and len(rows) > MOST_ROWS:
            raise XlsFormRefused.whole(
                _("The sheet has more than {most} rows. Put long lists into a CSV file.").format(
                    most=f"{MOST_ROWS:,}"
                ),
                sheet,
                MOST_ROWS,
            )
    if not book.get(SURVEY):
        raise XlsFormRefused.whole(
            _("There is no sheet called survey with questions in it. Add one."), SURVEY, 1
        )
    return book


def convert_book(book: Mapping[str, Any], sheets: Sheets, name: str) -> Converted:
    """As :func:`convert`, from rows that were read already."""
    try:
        from pyxform.errors import PyXFormError
        from pyxform.xls2xform import convert as pyxform_convert
    except ImportError as missing:
        raise ToolMissing from missing
    advice: list[str] = []
    given = {key: value for key, value in book.items() if value is not None}
    given.setdefault("fallback_form_name", _plain(name))
    try:
        xml: str = pyxform_convert(given, warnings=advice, validate=False).xform
    except PyXFormError as refused:
        raise XlsFormRefused([_said(str(refused), sheets, refuses=True)]) from refused
    except _BROKEN as broken:
        raise XlsFormRefused.whole(
            _("The form cannot be converted. Compare its sheets with one that works.")
        ) from broken
    told = tuple(_said(warning, sheets, refuses=False) for warning in advice)
    return Converted(xml.encode(), sheets.rows, told, sheets)


def look_at(data: bytes) -> None:
    """Refuse what is no ``.xlsx``, or one built to harm, before a byte of it is unpacked.

    Raises:
        XlsFormRefused: With the sentence that says what to do.
    """
    if len(data) > LARGEST:
        raise XlsFormRefused.whole(
            _("The workbook is larger than {most} MB, which no form is.").format(
                most=LARGEST // 1024 // 1024
            )
        )
    if data.startswith(_OLE):
        raise XlsFormRefused.whole(
            _(
                "This is an old workbook (.xls) or one with a password. Open it in Excel and save "
                "it as Excel Workbook (.xlsx) without a password."
            )
        )
    if not data.startswith(_ZIP):
        raise XlsFormRefused.whole(
            _("This is no Excel workbook. Save the form in Excel as Excel Workbook (.xlsx).")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _judge(archive)
    except _BROKEN as broken:
        raise XlsFormRefused.whole(_damaged()) from broken


def _judge(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    bomb = any(
        part.file_size > 1024 * 1024 and part.file_size > MOST_GROWTH * max(1, part.compress_size)
        for part in parts
    )
    if bomb or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise XlsFormRefused.whole(
            _("The workbook grows too large when it is unpacked. Copy the form into a new one.")
        )
    if any(name.endswith(".bin") and "vba" in name for name in names):
        raise XlsFormRefused.whole(
            _("The workbook carries macros. Save it as Excel Workbook (.xlsx), without macros.")
        )
    if "xl/workbook.xml" not in names:
        raise XlsFormRefused.whole(
            _("This is no Excel workbook. Save the form in Excel as Excel Workbook (.xlsx).")
        )
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        # UTF-16 hides a DOCTYPE from a plain search; without its zero bytes it does not.
        if _DOCTYPE.search(archive.read(part).replace(b"\0", b"")):
            words = _(
                "The workbook declares a DOCTYPE or entities, which Excel never does. "
                "Copy the form into a new workbook."
            )
            raise XlsFormRefused.whole(words, SURVEY, 1)


def _damaged() -> str:
    return _("The workbook is damaged. Open it in Excel, save it again, and try once more.")


def _plain(name: str) -> str:
    return re.sub(r"\W+", "_", name.rpartition(".")[0] or name).strip("_") or "form"


def _row_with(word: str, sheets: Sheets) -> int:
    """The first row of the survey whose name, type or other cell is ``word``; 0 for none."""
    for one in sheets.survey:
        if word in {one.name, one.type}:
            return one.row
    for one in sheets.survey:
        if word in one.cells.values() or word in one.type.split():
            return one.row
    return 0


def _said(message: str, sheets: Sheets, *, refuses: bool) -> SheetFinding:
    """What pyxform says in English, with the sheet and row it names, or the question it names."""
    row = 0
    sheet = SURVEY
    if found := _SAID_SHEET.search(message):
        sheet = found[2]
        row = 1 if found[1] else 0
    if found := _SAID_ROW.search(message):
        row = int(found[1] or found[2])
    elif not row:
        row = next(filter(None, (_row_with(word, sheets) for word in _QUOTED.findall(message))), 0)
    words = " ".join(_SAID_ROW.sub("", message, count=1).split()).lstrip(". ") if row else message
    told = _("pyxform does not take this: {message}") if refuses else _("pyxform says: {message}")
    return SheetFinding(sheet, row, told.format(message=" ".join(words.split())), refuses)
