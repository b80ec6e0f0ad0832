# SPDX-License-Identifier: Apache-2.0
"""What kind of file this is, and whether a workbook is safe to unpack.

Runs in the reading child before any XML is parsed, and reads the directory of the archive only.
The name of the file is never asked: agencies send web pages called ``.xls``.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import BinaryIO, Final

from desktop.imports.refusal import Unfit

MAX_PARTS: Final = 2_000
MAX_UNPACKED: Final = 160 * 1024 * 1024
MAX_PART: Final = 96 * 1024 * 1024
"""Bytes of one XML part. 20,000 rows of 40 columns are about 40 MB."""
MAX_RATIO: Final = 120
"""How many times a part may grow. Sheets of equal rows grow 10 to 40 times; a bomb 1,000."""
_RATIO_FROM: Final = 1024 * 1024

_PART: Final = re.compile(r"(?!/)(?!.*(?:\.\.|\\|:))[^\x00-\x1f]{1,240}", re.DOTALL)
_PROGRAM: Final = re.compile(
    r"(?i).*(?:vbaproject\w*\.bin|\.exe|\.dll|\.js|\.vbs|\.com|\.scr)|.*/(?:macrosheets|activex)/.*"
)
_STARTS: Final = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "word"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"SQLite format 3", "broken"),
    (b"MZ", "broken"),
    (b"\x7fELF", "broken"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML: Final = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|table|head|meta|body)"
)


BROKEN_ARCHIVE: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, OSError, EOFError, RuntimeError
)  # fmt: skip
"""What zipfile raises over an archive that something bit."""


def kind_of(stream: BinaryIO) -> str:
    """``"xlsx"`` or ``"csv"``; anything else raises :class:`Unfit` with its own reason."""
    head = stream.read(4096)
    stream.seek(0)
    if not head:
        raise Unfit("empty")
    if head.startswith(_OLE):
        # Excel wraps a locked workbook in the old container; its directory names the parcel.
        parcel = "EncryptedPackage".encode("utf-16-le")
        body = stream.read()
        raise Unfit("password" if parcel in body else "old_excel")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "xlsx"
    for start, code in _STARTS:
        # Two letters are too few to tell a picture from a list that begins with them.
        if head.startswith(start) and (len(start) > 2 or b"\x00" in head[:64]):
            raise Unfit(code)
    if head[:2] == b"\x1f\x8b":
        raise Unfit("archive")
    if head[4:12] in {b"ftypheic", b"ftypmif1", b"ftypavif"} or head[8:12] == b"WEBP":
        raise Unfit("image")
    if _HTML.match(head[:512].lower()):
        raise Unfit("webpage")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        raise Unfit("webpage")
    return "csv"


def opened(stream: BinaryIO) -> zipfile.ZipFile:
    """The archive of a workbook, once its directory has been found harmless.

    Raises :class:`Unfit`.
    """
    try:
        archive = zipfile.ZipFile(stream)
        parts = archive.infolist()
    except BROKEN_ARCHIVE:
        raise Unfit("broken") from None
    if len(parts) > MAX_PARTS:
        raise Unfit("suspicious")
    total = 0
    for part in parts:
        _judge(part)
        total += part.file_size
    if total > MAX_UNPACKED:
        raise Unfit("unpacks")
    _judge_kind({part.filename.lower() for part in parts})
    return archive


def _judge(part: zipfile.ZipInfo) -> None:
    if not _PART.fullmatch(part.filename):
        raise Unfit("suspicious")
    if part.flag_bits & 0x1:
        raise Unfit("password")
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Unfit("suspicious")
    if _PROGRAM.fullmatch(part.filename):
        raise Unfit("macros")
    if part.file_size > _RATIO_FROM and part.file_size > MAX_RATIO * max(1, part.compress_size):
        raise Unfit("suspicious")
    if part.file_size > MAX_PART:
        raise Unfit("unpacks")


def _judge_kind(names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise Unfit("binary_excel")
    if any(name.startswith("word/") for name in names):
        raise Unfit("word")
    if "[content_types].xml" in names:
        return
    if "mimetype" in names and "content.xml" in names:
        raise Unfit("opendocument")
    if any(name.endswith(".iwa") for name in names):
        raise Unfit("numbers")
    raise Unfit("archive" if names else "broken")
