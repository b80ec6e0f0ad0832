# SPDX-License-Identifier: Apache-2.0
"""Papers of casework: made off the window's thread, then printed, or saved as PDF or workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QFileDialog

from desktop.errors import Problem
from desktop.i18n import _
from desktop.ui.page import Page
from desktop.ui.tasks import Cancelled
from desktop.ui.tasks import Progress as Steps

if TYPE_CHECKING:
    from desktop.store.store import Store

Kind = Literal["pdf", "xlsx"]
Make = Callable[["Store", Kind], bytes]
"""Makes the paper from the store; called off the window's thread."""


def print_paper(page: Page, make: Make, title: str, name: str) -> None:
    """Make the PDF and ask for a printer. ``title`` and ``name`` name no person."""
    desk, by = page.desk, page.desk.by

    def then(pdf: bytes) -> None:
        if desk.by != by:
            return  # somebody else sits here now; what was asked for is not hers
        from desktop.ui.paper import pdf_job
        from desktop.ui.parts.print_dialog import PrintDialog

        dialog = PrintDialog(page, desk.tasks, pdf_job(pdf, title))
        dialog.file_wanted.connect(lambda _keys, _reason: _ask_place(page, pdf, name, "pdf"))
        dialog.accepted.connect(lambda: desk.said.emit(_("Everything went to the printer"), False))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    _make(page, make, "pdf", then)


def save_paper(page: Page, make: Make, name: str, kind: Kind) -> None:
    """Make the paper and ask where to put the file."""
    _make(page, make, kind, lambda made: _ask_place(page, made, name, kind))


def _make(page: Page, make: Make, kind: Kind, then: Callable[[bytes], object]) -> None:
    desk = page.desk

    def failed(error: Exception) -> None:
        if isinstance(error, Problem):
            desk.trouble.emit(str(error))
        else:
            desk.fail(error)

    def work(_step: Steps, _stop: Cancelled) -> bytes:
        return make(desk.store, kind)

    desk.slow(page, work, then, failed=failed)


def _ask_place(page: Page, made: bytes, name: str, kind: Kind) -> None:
    headline = _("Save as PDF") if kind == "pdf" else _("Save as a workbook")
    chosen, _filter = QFileDialog.getSaveFileName(
        page, headline, f"{name}.{kind}", f"{kind.upper()} (*.{kind})"
    )
    if chosen:
        save_to(page, made, Path(chosen))


def save_to(page: Page, made: bytes, place: Path) -> None:
    """Write the file, whole or not at all."""
    from desktop.store.disk import save_file

    page.desk.slow(
        page,
        lambda _step, _stop: save_file(place, made),
        lambda _done: page.desk.said.emit(_("Saved"), False),
    )
