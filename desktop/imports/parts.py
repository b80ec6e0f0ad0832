# SPDX-License-Identifier: Apache-2.0
"""One XML part of a workbook, sent through expat under rules that no part may break.

A document type is refused at its first letter, in whatever encoding the part is written, so no
entity is ever expanded and nothing outside the part is ever asked for.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Final
from xml.parsers import expat

from desktop.imports.guard import BROKEN_ARCHIVE
from desktop.imports.refusal import Unfit

MAIN: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The main vocabulary: as Office writes it, and the strict one."""
_CHUNK: Final = 1 << 16

Start = Callable[[str, dict[str, str]], None]
Word = Callable[[str], None]


def opened_part(archive: zipfile.ZipFile, name: str | None) -> IO[bytes] | None:
    """A part of the archive, or None when it is not there. Raises Unfit."""
    if not name:
        return None
    try:
        return archive.open(name)
    except KeyError:
        return None
    except BROKEN_ARCHIVE:
        raise Unfit("broken") from None


def plain(name: str) -> str:
    """A name of the main vocabulary without its namespace; any other as it came."""
    space, _, tag = name.rpartition("}")
    return tag if space in MAIN or not space else name


def fed(
    stream: IO[bytes], start: Start, end: Word | None = None, text: Word | None = None
) -> Iterator[None]:
    """Send a part through expat; comes back after each piece of it. Raises Unfit."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.buffer_size = _CHUNK
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except (expat.ExpatError, *BROKEN_ARCHIVE):
        raise Unfit("broken") from None


def parsed(
    stream: IO[bytes], start: Start, end: Word | None = None, text: Word | None = None
) -> None:
    """Send a whole part through expat and close it. Raises Unfit."""
    with stream:
        for _ in fed(stream, start, end, text):
            pass


def _refuse(*_: object) -> int:
    raise Unfit("suspicious")
