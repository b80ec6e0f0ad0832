# SPDX-License-Identifier: Apache-2.0
"""A PDF onto paper: the print dialog, and PDFium drawing each page for the printer.

Qt's own PDF module is not shipped; PDFium is what the preview uses, so paper and screen agree.
"""

from __future__ import annotations

import ctypes
from typing import Final

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

_DPI: Final = 300
_POINTS: Final = 72.0
_MM: Final = 25.4


def print_pdf(parent: QWidget, pdf: bytes, name: str) -> bool:
    """Ask for a printer and print every page at its own size. False when nothing was printed."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(name)
        printer.setFullPage(True)
        width, height = document[0].get_size()
        size = QSizeF(width / _POINTS * _MM, height / _POINTS * _MM)
        printer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter))
        if width > height:
            printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(name)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return False
        return _paint(printer, document)
    finally:
        document.close()


def _paint(printer: QPrinter, document: object) -> bool:
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number in range(len(document)):  # type: ignore[arg-type]
        if number and not printer.newPage():
            painter.end()
            return False
        image = page_image(document, number, _DPI)
        whole = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
        painter.drawImage(whole, image)
    return painter.end()


def page_image(document: object, number: int, dpi: float) -> QImage:
    """A page of an open ``pypdfium2.PdfDocument`` as an image of its own memory."""
    page = document[number]  # type: ignore[index]
    bitmap = page.render(scale=dpi / _POINTS)
    mode = {3: QImage.Format.Format_BGR888, 4: QImage.Format.Format_RGB32}
    raw = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
    image = QImage(
        raw,
        bitmap.width,
        bitmap.height,
        bitmap.stride,
        mode.get(bitmap.n_channels, QImage.Format.Format_Grayscale8),
    ).copy()
    bitmap.close()
    page.close()
    return image
