# SPDX-License-Identifier: Apache-2.0
"""Why a file was refused, and the sentence that says what to do about it.

The reading child speaks in codes, because it has no catalogue and is not to be trusted with
words; the program turns a code into one sentence here. A code it does not know counts as
``broken``: whatever took over the child cannot put words on the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.errors import Problem, Refused
from desktop.i18n import N_, _

MAX_FILE: Final = 20 * 1024 * 1024
"""Bytes of a file we are ready to look at. A roster of 10,000 people is about 1 MB."""
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 2_000
"""Characters kept of one cell. The longest project title of the field has 125."""
MAX_TEXT: Final = 12_000_000
"""Characters of one sheet. 20,000 rows of 12 columns need about 4,000,000."""

SENTENCES: Final[Mapping[str, str]] = {
    "missing": N_("The file is no longer there. Choose it again."),
    "unreadable": N_(
        "The file cannot be opened. If Excel has it open, close it there and choose it again."
    ),
    "empty": N_("The file is empty. Choose the file that holds the list of names."),
    "big": N_(
        "The file is larger than {size} MB, which a list of names never is. Copy the list alone "
        "into a new workbook and choose that one."
    ),
    "old_excel": N_(
        "This is a workbook of an old Excel (.xls). Open it in Excel, choose Save As, "
        "Excel Workbook (.xlsx), and choose the new file."
    ),
    "password": N_(
        "The workbook is locked with a password. Open it in Excel, take the password off, "
        "save it, and choose it again."
    ),
    "binary_excel": N_(
        "This is a binary workbook (.xlsb). Open it in Excel, choose Save As, "
        "Excel Workbook (.xlsx), and choose the new file."
    ),
    "opendocument": N_(
        "This is a LibreOffice spreadsheet (.ods). Open it there, choose Save As, "
        "Excel 2007–365 (.xlsx), and choose the new file."
    ),
    "numbers": N_(
        "This is an Apple Numbers file. Open it in Numbers, choose Export To, Excel, "
        "and choose the new file."
    ),
    "word": N_(
        "This is a Word document. Open it, copy the table with the names, and paste it here."
    ),
    "pdf": N_(
        "This is a PDF, from which names cannot be taken safely. Ask the agency for the Excel "
        "file, or copy the names and paste them here."
    ),
    "image": N_(
        "This is a picture. Ask the agency for the Excel file, or type the names and paste "
        "them here."
    ),
    "webpage": N_(
        "This is a web page with the name of a workbook. Open it in Excel, choose Save As, "
        "Excel Workbook (.xlsx), and choose the new file."
    ),
    "archive": N_("This is a packed folder. Unpack it first, then choose the list inside it."),
    "macros": N_(
        "The workbook carries macros (small programs), so it is not opened. Save it as "
        "Excel Workbook (.xlsx), without macros, and choose that one."
    ),
    "suspicious": N_(
        "The workbook is built in a way that could harm this computer, so it is not opened. "
        "Copy the list into a new workbook and choose that one, or ask the agency for another."
    ),
    "unpacks": N_(
        "The workbook grows too large when it is unpacked. Copy the list alone into a new "
        "workbook and choose that one."
    ),
    "rows": N_(
        "The sheet has more than {rows} rows. Split the list into smaller files and take them "
        "in one after the other."
    ),
    "text": N_(
        "The sheet holds more text than a list of names has. Copy the list alone into a new "
        "workbook and choose that one."
    ),
    "sheet": N_("There is no sheet of that name in the workbook. Choose one of its sheets."),
    "no_rows": N_("The sheet is empty. Choose the sheet that holds the list of names."),
    "encoding": N_(
        "The letters of this file cannot be read. Open it in Excel, choose Save As, "
        "CSV UTF-8 or Excel Workbook (.xlsx), and choose the new file."
    ),
    "broken": N_(
        "The file is damaged and cannot be read. Open it in Excel and save it again, or ask the "
        "agency to send it once more."
    ),
    "slow": N_(
        "The file took too long to read, so it was given up. Copy the list alone into a new "
        "workbook and choose that one."
    ),
    "memory": N_(
        "The file needs more memory than a list of names may. Copy the list alone into a new "
        "workbook and choose that one."
    ),
}


class RosterRefused(Refused):
    """A file that was not taken. ``code`` is one of :data:`SENTENCES`."""

    def __init__(self, code: str) -> None:
        self.code = code if code in SENTENCES else "broken"
        sentence = _(SENTENCES[self.code])
        super().__init__(sentence.format(size=MAX_FILE // 1024 // 1024, rows=f"{MAX_ROWS:,}"))


class ReadingStopped(Problem):
    """The facilitator stopped the reading."""

    def __init__(self) -> None:
        super().__init__(_("Reading was stopped. Nothing of the file was kept."))


class Unfit(Exception):
    """Inside the child: the file is refused for the reason ``code``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
