# SPDX-License-Identifier: Apache-2.0
"""What an office has of its own: pictures, pages to print on, typefaces: bytes, looked into once.

A picture is named by the SHA-256 of its file, so a certificate printed again is printed with the
very picture it was issued with, or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.printing.office_face import (
    Found,
    find_face,
    names_in,
    open_face,
    plain_name,
    shipped_faces,
    system_faces,
)
from desktop.printing.office_face import (
    converted_size as _converted,
)
from desktop.printing.picture import Picture, read_picture
from desktop.printing.template_pdf import PdfPage, pdf_page_drawn, read_pdf_page
from desktop.printing.typeface import Typeface

_THAI_OFFICE: Final = ("th", "angsana", "browallia", "cordia", "dillenia", "sarabun")


class Assets:
    """Files of an office by SHA-256 in hex, and its typefaces by name."""

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        self._files = dict(files or {})
        self._pictures: dict[str, Picture | PdfPage] = {}
        self._faces: dict[str, Typeface] = {}
        self._found: dict[str, Found] = {}

    def get(self, digest: str) -> bytes | None:
        """The file of that SHA-256; None when it is not here."""
        return self._files.get(digest)

    def picture(self, digest: str) -> Picture | PdfPage | None:
        """The picture, or the first page of the PDF, of that SHA-256.

        None when it is not here or cannot be read.
        """
        held = self._pictures.get(digest)
        if held is None:
            data = self._files.get(digest)
            if data is None:
                return None
            held = _read(data)
            if isinstance(held, Picture) and held.stored is None:
                return None
            self._pictures[digest] = held
        return held

    def register_face(self, name: str, data: bytes) -> None:
        """Put in a typeface of the office, under ``name`` and the names it has itself.

        Raises ``Refused`` for what is no TrueType font or may not be embedded.
        """
        made = open_face(name, data)
        for each in (*names_in(data), name):
            self._faces[plain_name(each)] = made
        self._found.clear()

    def face(self, name: str) -> Found:
        """The typeface ``name``, or the one that stands in for it."""
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = find_face(name, self._faces)
        return found

    def face_names(self) -> tuple[str, ...]:
        """The typefaces to choose from: shipped, the office's, the computer's Thai ones."""
        own = dict.fromkeys(face.name for face in self._faces.values())
        installed = [
            path.stem for plain, path in system_faces().items() if plain.startswith(_THAI_OFFICE)
        ]
        return (*shipped_faces(), *own, *sorted(set(installed) - {*shipped_faces(), *own}))


def _read(data: bytes) -> Picture | PdfPage:
    if b"%PDF-" not in data[:1024]:
        return read_picture(data)
    return read_pdf_page(data) or read_picture(pdf_page_drawn(data) or b"")


NONE: Final = Assets()
"""An office that has put nothing in."""


def face_names(assets: Assets = NONE) -> tuple[str, ...]:
    """The names of the typefaces that a text can be set in."""
    return assets.face_names()


def converted_size(size: float, before: str, after: str, assets: Assets = NONE) -> float:
    """The size in typeface ``after`` that looks as large as ``size`` in ``before``."""
    return _converted(size, assets.face(before), assets.face(after))
