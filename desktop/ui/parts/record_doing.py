# SPDX-License-Identifier: Apache-2.0
"""What is done with a finished record: it is corrected by an addendum, or printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.i18n import _
from desktop.ui.page import Page

if TYPE_CHECKING:
    from desktop.store.store import Store


def install_forms(store: Store) -> None:
    """Bring the forms of the program into the store."""
    from desktop.actions.form import install

    install(store)


def amend_record(page: Page, record_id: str, opened: Callable[[str], object]) -> None:
    """Begin a correction; ``opened`` gets the id of its draft."""
    from desktop.actions import record

    page.desk.act(
        page,
        lambda store, by: record.amend(store, by, record_id),
        lambda done: opened(done.value.id),
    )


def print_record(page: Page, record_id: str) -> None:
    """Make the pages in the background and show them as they will be printed.

    The title of the paper and the name of its file name nobody.
    """
    from desktop.actions.record_paper import record_paper

    desk = page.desk
    store, by = desk.store, desk.by
    desk.said.emit(_("Making the pages"), False)

    def made(pdf: bytes) -> None:
        if by != desk.by:
            return  # somebody else sits here now; what was asked for is not hers
        paper = {"what": "file", "pdf": pdf, "title": _("A filled form"), "name": _("form")}
        page.go.emit("paper", paper)

    desk.slow(page, lambda _step, _stop: record_paper(store, by, record_id), made)
