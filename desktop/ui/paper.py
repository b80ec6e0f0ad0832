# SPDX-License-Identifier: Apache-2.0
"""A PDF onto paper: the print dialog for what is not a batch of certificates."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from desktop.actions.calibration import Calibration
from desktop.ui.parts.print_dialog import PrintDialog
from desktop.ui.parts.print_job import Job
from desktop.ui.pdf import Pages
from desktop.ui.tasks import Tasks


def pdf_job(pdf: bytes, name: str, mark: str = "") -> Job:
    """A finished PDF as something the print dialog can print, page by page.

    The keys are the pages from 0, each after ``mark``.
    """
    with Pages(pdf) as pages:
        places = {f"{mark}{number}": number for number in range(len(pages))}

    def make(some: tuple[str, ...], at: Calibration) -> bytes:
        made = pdf
        if some != tuple(places):
            with Pages(pdf) as whole:
                made = whole.some([places[key] for key in some])
        if (at.right, at.up, at.scale) != (0, 0, 1):
            with Pages(made) as still:
                made = still.moved((at.right, at.up), at.scale)
        return made

    return Job(title=name, keys=lambda _which, _order: tuple(places), make=make)


def print_pdf(parent: QWidget, pdf: bytes, name: str) -> bool:
    """Ask for a printer and print the pages chosen. False when not all of them were sent."""
    tasks = Tasks()
    tasks.failed.connect(_bug)
    try:
        dialog = PrintDialog(parent, tasks, pdf_job(pdf, name), saves=False)
        done = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return done
    finally:
        tasks.close()


def _bug(error: Exception) -> None:
    raise error  # to the program's own hook, as from any other slot
