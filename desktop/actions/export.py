# SPDX-License-Identifier: Apache-2.0
"""Certificates into files: one PDF, a PDF for each person in a folder, or all of those in a zip.

File names carry numbers alone, unless names are asked for: who reads a folder's listing would
otherwise know who was there. Every file is whole or not there. A batch that is stopped keeps the
files of what was made and goes on in others beside them.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from desktop.store.disk import save_file

if TYPE_CHECKING:
    from desktop.actions.certificate_pdf import Cancelled, CertificatePages, Progress

Shape: TypeAlias = Literal["one", "folder", "zip"]
LONGEST: Final = 120
"""Bytes of a file name, its ending included: fits every disk, stick and zip."""
_ENDING: Final = ".pdf"
# What Windows forbids in names, and letters that cannot be seen.
_FORBIDDEN: Final = re.compile(
    '[<>:"/\\\\|?*\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]'
)
_ZIPPED: Final = (1980, 1, 1, 0, 0, 0)
"""Files in a zip carry no clock: the same certificates make the same zip."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One certificate to be written."""

    id: str
    """Of its row in the register."""
    year: int
    """พ.ศ. of the register."""
    number: int
    edition: int = 1
    name: str = ""
    """Stands in the file's name when that is asked for."""


@dataclass(frozen=True, slots=True)
class Exported:
    """How far a batch came: pieces up to index ``end`` are in ``files``."""

    end: int
    files: tuple[Path, ...]


def file_names(pieces: Sequence[Piece], *, named: bool = False) -> tuple[str, ...]:
    """A name for each file: ``2562-0012.pdf``, or with the recipient's name behind the number.

    Names are safe on Windows, unique whatever the case of letters, and at most ``LONGEST``
    bytes; Thai is kept, and no letter loses its vowel or tone mark at the end.
    """
    taken: set[str] = set()
    found = []
    for piece in pieces:
        stem = f"{piece.year:04}-{piece.number:04}"
        if piece.edition > 1:
            stem += f"-{piece.edition}"
        if named and (name := plain_name(piece.name)):
            stem = f"{stem} {name}"
        stem = cut(stem, LONGEST - len(_ENDING) - 4)  # four bytes for telling two apart
        unique, again = stem, 2
        while unique.casefold() in taken:
            unique, again = f"{stem}-{again}", again + 1
        taken.add(unique.casefold())
        found.append(unique + _ENDING)
    return tuple(found)


def plain_name(name: str) -> str:
    """A name as it may stand in a file name."""
    spaced = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", name))
    return " ".join(spaced.split()).strip(" .")


def cut(text: str, most: int) -> str:
    """At most so many bytes, ending with a whole letter and all that stands over and under it."""
    if len(text.encode()) <= most:
        return text
    end = len(text)
    while len(text[:end].encode()) > most or (end < len(text) and _leans(text[end])):
        end -= 1
    return text[:end].rstrip(" .")


def _leans(letter: str) -> bool:
    """Whether a letter stands over, under or closely behind the one before it."""
    return unicodedata.category(letter) in ("Mn", "Mc", "Me") or letter == "\u0e33"


def export(  # noqa: PLR0913 - all by name
    pages: CertificatePages,
    pieces: Sequence[Piece],
    place: Path,
    shape: Shape,
    *,
    join: Callable[[Sequence[bytes]], bytes],
    named: bool = False,
    sign: Callable[[bytes], bytes] | None = None,
    start: int = 0,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Exported:
    """Write the pieces from index ``start`` on; ``place`` is a file, or a folder for ``folder``.

    ``join`` makes one PDF of several; ``sign`` puts a signature on a finished one. Stopped, it
    writes what was made. Raises NotSaved, PlateDiffers, and the Problem of a page that cannot be
    printed; the files written before are whole then.
    """
    making = _Making(pages, pieces, join, sign, progress, cancelled)
    if shape == "one":
        return _one(making, place, start)
    names = file_names(pieces, named=named)
    if shape == "folder":
        return _folder(making, place, names, start)
    return _zip(making, place, names, start)


@dataclass(frozen=True, slots=True)
class _Making:
    pages: CertificatePages
    pieces: Sequence[Piece]
    join: Callable[[Sequence[bytes]], bytes]
    sign: Callable[[bytes], bytes] | None
    progress: Progress | None
    cancelled: Cancelled | None

    def step(self, done: int) -> None:
        if self.progress is not None:
            self.progress(done, len(self.pieces))

    def stops(self) -> bool:
        return self.cancelled is not None and self.cancelled()

    def signed(self, pdfs: Sequence[bytes]) -> bytes:
        made = self.join(pdfs)
        return made if self.sign is None else self.sign(made)

    def single(self, index: int) -> bytes:
        """The PDF of one piece."""
        return self.signed(self.pages.pdfs([self.pieces[index].id]))


def _one(making: _Making, place: Path, start: int) -> Exported:
    from desktop.printing.template_page import Stopped

    ids = [piece.id for piece in making.pieces]
    end = len(ids)
    made: list[int] = [0]

    def step(done: int, _total: int) -> None:
        made[0] = done
        making.step(start + done)

    try:
        pdfs = making.pages.pdfs(ids[start:], progress=step, cancelled=making.cancelled)
    except Stopped:
        end = start + made[0]
        if end == start:
            return Exported(start, ())
        pdfs = making.pages.pdfs(ids[start:end])
    file = part_of(place, start, end, len(ids))
    save_file(file, making.signed(pdfs))
    return Exported(end, (file,))


def _folder(making: _Making, place: Path, names: Sequence[str], start: int) -> Exported:
    files: list[Path] = []
    for index in range(start, len(making.pieces)):
        if making.stops():
            return Exported(index, tuple(files))
        file = place / names[index]
        save_file(file, making.single(index))
        files.append(file)
        making.step(index + 1)
    return Exported(len(making.pieces), tuple(files))


def _zip(making: _Making, place: Path, names: Sequence[str], start: int) -> Exported:
    held = io.BytesIO()
    end = start
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for index in range(start, len(making.pieces)):
            if making.stops():
                break
            entry = zipfile.ZipInfo(names[index], _ZIPPED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, making.single(index))
            end = index + 1
            making.step(end)
    if end == start:
        return Exported(start, ())
    file = part_of(place, start, end, len(making.pieces))
    save_file(file, held.getvalue())
    return Exported(end, (file,))


def part_of(place: Path, start: int, end: int, total: int) -> Path:
    """The file for a part of a batch: ``certificates-1-40.pdf``; the whole keeps its name."""
    if start == 0 and end == total:
        return place
    return place.with_stem(f"{place.stem}-{start + 1}-{end}")
