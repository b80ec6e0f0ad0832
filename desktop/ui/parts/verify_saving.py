# SPDX-License-Identifier: Apache-2.0
"""Writing a file that this office gives others to check certificates by."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.actions.proof_list import page_file
from desktop.errors import Problem
from desktop.i18n import _
from desktop.store.disk import save_file
from desktop.store.store import Store
from desktop.ui.desk import Desk


def save_made(
    owner: QObject,
    desk: Desk,
    path: Path,
    make: Callable[[Store, str], bytes],
    then: Callable[[], object],
    refused: Callable[[Problem], object],
) -> None:
    """Write what ``make`` gives into ``path``, whole or not; a sentence goes to ``refused``."""
    by = desk.by

    def work() -> None:
        save_file(path, make(desk.store, by))

    def done(_nothing: None) -> None:
        then()
        desk.changed.emit(frozenset({"office"}))

    def failed(error: Exception) -> None:
        if isinstance(error, Problem):
            refused(error)
        else:
            desk.fail(error)

    desk.tasks.run("store", owner, work, done, failed)


def choose_page(owner: QWidget, desk: Desk) -> None:
    """Ask where the page for everybody goes, and write it there."""
    chosen, _kind = QFileDialog.getSaveFileName(
        owner, _("Save the page for everybody"), "verify-certificates.html",
        _("Web pages") + " (*.html)",
    )  # fmt: skip
    if chosen:
        save_page(owner, desk, Path(chosen))


def save_page(owner: QObject, desk: Desk, path: Path) -> None:
    """Write the page on which anybody checks certificates, as known now, into a file."""

    def then() -> None:
        desk.said.emit(
            _(
                "The page was saved. Put it on the office's website or send it to whoever "
                "checks; save it again when a certificate was cancelled."
            ),
            False,
        )

    save_made(owner, desk, path, page_file, then, desk.fail)
