# SPDX-License-Identifier: Apache-2.0
"""Printers, and sheets of paper to them.

Where there is a print system of the CUPS kind (``lp``), it is given the PDF itself, through a
pipe, so that letters stay letters and no file with names in it lies anywhere. Elsewhere PDFium
draws each page at the printer's own resolution, a band at a time. A long batch goes in small
jobs, so that it can be stopped, and so that it is known which pages were taken.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.errors import Problem
from desktop.i18n import _
from desktop.ui.pdf import POINTS, Pages

BATCH: Final = 20
"""Pages of one job: what is lost at most when a printer goes away in the middle."""
_MM: Final = 25.4
_FINEST: Final = 600
_BAND: Final = 512
"""Rows of dots drawn at a time: 10 MB for A4 at 600 dpi."""
_PATIENCE: Final = 60
"""Seconds a print system may take to accept a job."""
_ASKING: Final = 10


class PrinterGone(Problem):
    """The printer did not take the pages; nothing of this job was printed."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer that can be chosen. ``queue``: the print system takes PDFs for it."""

    name: str
    default: bool = False
    queue: bool = False


@dataclass(frozen=True, slots=True)
class Printout:
    """How far a batch came. ``trouble`` is the sentence of why it ended before its end."""

    done: int
    total: int
    trouble: str = ""


def printers() -> tuple[Printer, ...]:
    """Every printer of this computer, the usual one first. May take seconds: not in the GUI."""
    queues = _queues()
    if queues:
        return queues
    usual = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    found = [Printer(name, name == usual) for name in names]
    return tuple(sorted(found, key=lambda one: not one.default))


def _queues() -> tuple[Printer, ...]:
    """The queues of the print system, where there is one."""
    asker = shutil.which("lpstat")
    if asker is None or shutil.which("lp") is None:
        return ()
    names = _said(asker, "-e").split()
    usual = _said(asker, "-d").rpartition(":")[2].strip()
    found = [Printer(name, name == usual, queue=True) for name in names]
    return tuple(sorted(found, key=lambda one: not one.default))


def _said(program: str, option: str) -> str:
    try:
        answer = subprocess.run(  # noqa: S603 - a program of the system, no words of a person
            [program, option], capture_output=True, timeout=_ASKING, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.decode("utf-8", "replace") if answer.returncode == 0 else ""


def print_batch(
    printer: Printer,
    total: int,
    make: Callable[[int, int], bytes],
    *,
    title: str,
    copies: int = 1,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Printout:
    """Print pages 0 to ``total`` in jobs; ``make(first, last)`` is the PDF of some of them.

    ``progress`` is told after a job was taken, never before.
    """
    done = 0
    while done < total:
        if cancelled is not None and cancelled():
            return Printout(done, total)
        last = min(done + BATCH, total)
        try:
            send(printer, make(done, last), title=title, copies=copies)
        except PrinterGone as gone:
            return Printout(done, total, str(gone))
        done = last
        if progress is not None:
            progress(done, total)
    return Printout(done, total)


def send(printer: Printer, pdf: bytes, *, title: str, copies: int = 1) -> None:
    """Send one job. ``title`` is seen in the queue: no name of a person. Raises PrinterGone."""
    if printer.queue:
        _to_queue(printer.name, pdf, title, copies)
        return
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setPrinterName(printer.name)
    if not device.isValid() or device.printerName() != printer.name:
        raise _gone(printer.name)
    device.setDocName(title)
    device.setCopyCount(copies)
    if not paint(device, pdf):
        raise _gone(printer.name)


def _to_queue(name: str, pdf: bytes, title: str, copies: int) -> None:
    program = shutil.which("lp")
    if program is None:
        raise _gone(name)
    order = [program, "-d", name, "-n", str(copies), "-t", title, "-o", "print-scaling=none"]
    try:
        answer = subprocess.run(  # noqa: S603 - a program of the system, its words are our own
            order, input=pdf, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise _gone(name) from fault
    if answer.returncode != 0:
        raise _gone(name)


def _gone(name: str) -> PrinterGone:
    return PrinterGone(
        _(
            "The printer {name} does not answer. Look whether it is on and connected, then "
            "print the rest, or choose another printer."
        ).format(name=name)
    )


def paint(device: QPrinter, pdf: bytes) -> bool:
    """Draw every page on a printer of Qt's at its own size. False when it refused."""
    with Pages(pdf) as pages:
        painter = QPainter()
        for number in range(len(pages)):
            _set_page(device, pages.sizes[number])
            if number == 0:
                if not painter.begin(device):
                    return False
            elif not device.newPage():
                painter.end()
                return False
            _paint_page(painter, device, pages, number)
        return painter.end()


def _set_page(device: QPrinter, size: Sequence[float]) -> None:
    short, long = sorted(side / POINTS * _MM for side in size)
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
