# SPDX-License-Identifier: Apache-2.0
"""Sheets of paper by Qt's own printing, where no print system takes PDFs (Windows).

PDFium draws each page at the printer's own resolution, a band at a time: a whole page at 600 dpi
would take a hundred megabytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.model.print_run import How, Sides
from desktop.ui.pdf import POINTS, Pages

MM: Final = 25.4
_FINEST: Final = 600
_BAND: Final = 512
"""Rows of dots drawn at a time: 10 MB for A4 at 600 dpi."""
_DRAFT: Final = 150
_NORMAL: Final = 300
Margins = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Known:
    """What Qt knows of a printer."""

    trays: tuple[str, ...] = ()
    sides: tuple[Sides, ...] = ("one",)
    margins: Margins | None = None
    """Left, top, right and bottom of an upright A4 sheet that it cannot print, in millimetres."""


def known(name: str) -> Known:
    """Ask Qt about a printer; of one it does not know nothing is said."""
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        return Known()
    modes = info.supportedDuplexModes()
    both = QPrinter.DuplexMode.DuplexLongSide in modes
    device = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    return Known(
        trays=tuple(source.name for source in _sources(device)),
        sides=("one", "book", "pad") if both else ("one",),
        margins=_margins(device),
    )


def _sources(device: QPrinter) -> list[QPrinter.PaperSource]:
    """The trays, where the platform tells them (Windows)."""
    ask: Any = getattr(device, "supportedPaperSources", None)
    found = ask() if ask is not None else ()
    return [one for one in found if isinstance(one, QPrinter.PaperSource)]


def _margins(device: QPrinter) -> Margins | None:
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    layout = device.pageLayout()
    layout.setUnits(QPageLayout.Unit.Millimeter)
    edge = layout.minimumMargins()
    found = (edge.left(), edge.top(), edge.right(), edge.bottom())
    return found if any(found) else None


def device_for(name: str, title: str, how: How) -> QPrinter | None:
    """A printer of Qt's set up for a job; None when it is not there."""
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setPrinterName(name)
    if not device.isValid() or device.printerName() != name:
        return None
    device.setDocName(title)
    device.setCopyCount(1)  # copies are sheets of their own, so that they can be counted
    if how.tray in QPrinter.PaperSource.__members__:
        device.setPaperSource(QPrinter.PaperSource[how.tray])
    _set_quality(device, how)
    return device


def _set_quality(device: QPrinter, how: How) -> None:
    """The coarsest or the finest of what it can; nothing said leaves it to the printer."""
    can = [dpi for dpi in device.supportedResolutions() if dpi >= _DRAFT]
    if not can or not how.quality:
        return
    if how.quality == "draft":
        device.setResolution(min(can))
    elif how.quality == "normal":
        device.setResolution(min(can, key=lambda dpi: (dpi < _NORMAL, dpi)))
    else:
        device.setResolution(max(can))


def paint(device: QPrinter, pdf: bytes, how: How | None = None) -> bool:
    """Draw every page on a printer of Qt's at its own size. False when it refused."""
    with Pages(pdf) as pages:
        painter = QPainter()
        for number in range(len(pages)):
            _set_page(device, pages.sizes[number], how)
            if number == 0:
                if not painter.begin(device):
                    return False
            elif not device.newPage():
                painter.end()
                return False
            _paint_page(painter, device, pages, number)
        return painter.end()


def _set_page(device: QPrinter, size: Sequence[float], how: How | None) -> None:
    short, long = sorted(side / POINTS * MM for side in size)
    across = size[0] > size[1]
    turned = QPageLayout.Orientation
    device.setFullPage(True)
    device.setPageLayout(
        QPageLayout(
            QPageSize(QSizeF(short, long), QPageSize.Unit.Millimeter),
            turned.Landscape if across else turned.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    if how is not None:
        modes = QPrinter.DuplexMode
        along = modes.DuplexLongSide if (how.sides == "book") != across else modes.DuplexShortSide
        device.setDuplex(modes.DuplexNone if how.sides == "one" else along)


def _paint_page(painter: QPainter, device: QPrinter, pages: Pages, number: int) -> None:
    resolution = device.resolution()
    dpi = min(resolution, _FINEST)
    larger = resolution / dpi
    high = _BAND * POINTS / dpi
    rows = 0
    while rows * POINTS / dpi < pages.sizes[number][1]:
        band = pages.strip(number, dpi, rows * POINTS / dpi, high)
        where = QRectF(0, rows * larger, band.width() * larger, band.height() * larger)
        painter.drawImage(where, band)
        rows += _BAND
