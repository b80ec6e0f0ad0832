# SPDX-License-Identifier: Apache-2.0
"""The papers of an event in the print dialog, with what is remembered of printers and batches."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.actions.calibration import Calibration
from desktop.i18n import _
from desktop.ui.desk import Desk
from desktop.ui.paper import pdf_job
from desktop.ui.parts.paper_making import Asked
from desktop.ui.parts.print_dialog import PrintDialog
from desktop.ui.parts.print_job import Job
from desktop.ui.parts.printing import open_print
from desktop.ui.pdf import MM_PER_INCH, POINTS, Pages


def paper_printing(
    page: QWidget, desk: Desk, asked: Asked, pdf: bytes, title: str, save: Callable[[], object]
) -> PrintDialog:
    """A print dialog for a paper that is made, not opened yet. ``save`` when a file is wanted."""
    dialog = open_print(
        page,
        desk,
        paper_job(pdf, title),
        event_id=asked.event_id,
        what=f"{asked.what}:{asked.day_no or asked.name}",
        to_file=lambda _keys, _reason: save(),
    )
    said = _("Everything went to the printer")
    dialog.accepted.connect(lambda: desk.said.emit(said, False))
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def paper_job(pdf: bytes, name: str) -> Job:
    """A paper as something that can be printed, with a test page for a printer that is off."""
    # A batch goes on only with the same pages: a paper that changed since has other keys.
    job = pdf_job(pdf, name, f"{hashlib.sha256(pdf).hexdigest()[:16]}:")
    with Pages(pdf) as pages:
        width, height = (length * MM_PER_INCH / POINTS for length in pages.sizes[0])
    total = len(job.every())

    def grid(at: Calibration) -> bytes:
        from desktop.printing.calibration import grid_pdf

        return grid_pdf((width, height), shift_mm=(at.right, at.up), scale=at.scale)

    def label(key: str) -> str:
        number = int(key.rsplit(":", 1)[1]) + 1
        return _("Page {number} of {total}").format(number=number, total=total)

    return replace(job, grid=grid, size=(width, height), label=label, stock=False)
