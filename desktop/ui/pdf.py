# SPDX-License-Identifier: Apache-2.0
"""PDF pages as images, by PDFium: the screen shows what the printer gets.

PDFium may be used by one thread at a time, and the slow lane has two; a lock keeps the order.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtGui import QImage

from desktop.printing.pdfium import ONE_AT_A_TIME

POINTS: Final = 72.0
MM_PER_INCH: Final = 25.4
_FORMATS: Final = {3: QImage.Format.Format_BGR888, 4: QImage.Format.Format_RGB32}


class Pages:
    """An open PDF. ``close`` it, or use it in a ``with``; every method is safe on any thread."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2

        with ONE_AT_A_TIME:
            self._document: Any = pypdfium2.PdfDocument(pdf)
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(number) for number in range(len(self._document))
            )
            """Width and height of each page in points."""

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self.sizes)

    def image(self, number: int, pixels_wide: int) -> QImage:
        """A page as an image of that width, in memory of its own."""
        scale = pixels_wide / self.sizes[number][0]
        return self._drawn(number, scale, (0, 0, 0, 0))

    def strip(self, number: int, dpi: float, top: float, height: float) -> QImage:
        """A band of a page ``height`` points high, ``top`` points under its upper edge.

        A whole page at a printer's resolution would take a hundred megabytes.
        """
        below = max(0.0, self.sizes[number][1] - top - height)
        return self._drawn(number, dpi / POINTS, (0, below, 0, top))

    def some(self, numbers: Sequence[int]) -> bytes:
        """A PDF of some of the pages, letters staying letters."""
        import pypdfium2

        with ONE_AT_A_TIME:
            made = pypdfium2.PdfDocument.new()
            made.import_pages(self._document, list(numbers))
            held = io.BytesIO()
            made.save(held)
            made.close()
        return held.getvalue()

    def moved(self, shift_mm: tuple[float, float], scale: float) -> bytes:
        """A PDF of all the pages with what stands on them moved (right, up) and scaled about
        the middle, for a printer that is off; the sheets stay as large as they are.
        """
        import pypdfium2
        import pypdfium2.raw as pdfium

        right, up = (length * POINTS / MM_PER_INCH for length in shift_mm)
        with ONE_AT_A_TIME:
            made = pypdfium2.PdfDocument.new()
            made.import_pages(self._document)
            for number, (width, height) in enumerate(self.sizes):
                page = made[number]
                place = pdfium.FS_MATRIX(
                    scale, 0, 0, scale,
                    right + width / 2 * (1 - scale), up + height / 2 * (1 - scale),
                )  # fmt: skip
                sheet = pdfium.FS_RECTF(0, height, width, 0)
                pdfium.FPDFPage_TransFormWithClip(page, place, sheet)
                page.close()
            held = io.BytesIO()
            made.save(held)
            made.close()
        return held.getvalue()

    def with_blanks(self, blank: Sequence[bool]) -> bytes:
        """A PDF of all the pages, with an empty sheet of their size wherever ``blank`` says so."""
        import pypdfium2

        with ONE_AT_A_TIME:
            made = pypdfium2.PdfDocument.new()
            taken = 0
            for place, empty in enumerate(blank):
                if empty:
                    made.new_page(*self.sizes[max(0, taken - 1)], place)
                else:
                    made.import_pages(self._document, [taken], place)
                    taken += 1
            held = io.BytesIO()
            made.save(held)
            made.close()
        return held.getvalue()

    def close(self) -> None:
        """Let go of the document; closing twice does nothing."""
        with ONE_AT_A_TIME:
            if self._document is not None:
                self._document.close()
                self._document = None

    def _drawn(self, number: int, scale: float, crop: tuple[float, float, float, float]) -> QImage:
        with ONE_AT_A_TIME:
            page = self._document[number]
            bitmap = page.render(scale=scale, crop=crop)
            raw = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
            made = QImage(
                raw,
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                _FORMATS.get(bitmap.n_channels, QImage.Format.Format_Grayscale8),
            ).copy()
            bitmap.close()
            page.close()
        return made


def joined(pdfs: Sequence[bytes]) -> bytes:
    """One PDF of the pages of several, letters staying letters; of one, that one as it is."""
    if len(pdfs) == 1:
        return pdfs[0]
    import pypdfium2

    with ONE_AT_A_TIME:
        made = pypdfium2.PdfDocument.new()
        for pdf in pdfs:
            some = pypdfium2.PdfDocument(pdf)
            made.import_pages(some)
            some.close()
        held = io.BytesIO()
        made.save(held)
        made.close()
    return held.getvalue()
