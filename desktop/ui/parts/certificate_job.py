# SPDX-License-Identifier: Apache-2.0
"""Certificates as something the print dialog can print, and noted in the register afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.actions.calibration import Calibration
from desktop.actions.certificate_list import CertificateList, Line, ordered
from desktop.i18n import _, ngettext
from desktop.model.certificate import Order
from desktop.ui.desk import Desk
from desktop.ui.parts.certificate_roll import ORDERS
from desktop.ui.parts.certificate_sent import noting
from desktop.ui.parts.print_dialog import PrintDialog
from desktop.ui.parts.print_job import Job
from desktop.ui.parts.printing import open_print
from desktop.ui.pdf import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from desktop.store.store import Store


def certificate_job(
    store: Store, held: CertificateList, order: Order, only: Line | None = None
) -> Job:
    """Those not printed yet, all that are issued, or one alone. A key is a certificate's id."""
    from desktop.actions.certificate_pdf import CertificatePages

    issued = tuple(line for line in held.lines if line.issued and line.certificate is not None)
    ids = {line.key: line.certificate.id for line in issued if line.certificate is not None}
    by_id = {ids[line.key]: line for line in issued}
    printed = frozenset(
        ids[line.key]
        for line in issued
        if line.certificate is not None and line.certificate.prints
    )
    fresh = tuple(line for line in issued if ids[line.key] not in printed)
    groups: dict[str, tuple[Line, ...]] = {}
    sets: list[tuple[str, str]] = []
    if only is not None:
        groups["one"] = (only,)
        sets.append(("one", _("This one: number {number}").format(number=only.number)))
    else:
        if fresh:
            groups["fresh"] = fresh
            sets.append(("fresh", _("Not printed yet: {count}").format(count=len(fresh))))
        if len(fresh) != len(issued):
            groups["all"] = issued
            sets.append(("all", _("All that are issued: {count}").format(count=len(issued))))
    pages = CertificatePages(store, [ids[line.key] for line in (only and (only,)) or issued])

    def keys(which: str, by: str) -> tuple[str, ...]:
        chosen: Order = "alphabet" if by == "alphabet" else "stage" if by == "stage" else "seat"
        return tuple(ids[line.key] for line in ordered(groups.get(which, ()), chosen))

    def make(some: tuple[str, ...], at: Calibration) -> bytes:
        return joined(
            pages.pdfs(some, text_only=at.text_only, shift_mm=(at.right, at.up), scale=at.scale)
        )

    def plates(some: tuple[str, ...]) -> Mapping[str, str]:
        return pages.plates(some)

    def grid(at: Calibration) -> bytes:
        from desktop.printing.calibration import grid_pdf

        return grid_pdf(pages.size(), shift_mm=(at.right, at.up), scale=at.scale)

    return Job(
        title=_("Certificates"),
        keys=keys,
        make=make,
        sets=tuple(sets),
        orders=tuple((value, _(word)) for value, word in ORDERS) if only is None else (),
        order=order,
        printed=printed,
        grid=grid,
        size=(held.template.width, held.template.height),
        label=lambda key: _("No. {number}").format(number=by_id[key].number),
        plates=plates,
    )


def certificate_printing(
    page: QWidget,
    desk: Desk,
    held: CertificateList,
    order: Order,
    only: Line | None,
    failed: Callable[[Exception], object],
) -> PrintDialog:
    """A print dialog for certificates, not opened yet; what is taken is noted in the register.

    ``failed`` hears what kept pages from being made, also when they were to be saved instead.
    """
    count: list[int] = []

    def over(_result: int) -> None:
        if count:
            words = ngettext(
                "{count} certificate went to the printer",
                "{count} certificates went to the printer",
                sum(count),
            )
            desk.said.emit(words.format(count=sum(count)), False)

    def to_file(keys: tuple[str, ...], reason: str) -> None:
        from desktop.ui.parts.certificate_export import certificate_export

        def ask() -> None:
            dialog = certificate_export(page, desk, held, order, keys, reason)
            dialog.failed.connect(failed)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        # After this dialog is gone: one question at a time.
        QTimer.singleShot(0, page, ask)

    # One printed alone does not take the place of a batch that has to go on.
    what = f"certificates:{held.kind}" if only is None else ""
    dialog = open_print(
        page,
        desk,
        certificate_job(desk.store, held, order, only),
        event_id=held.event.id,
        what=what,
        taken=noting(page, desk, count),
        to_file=to_file,
    )
    dialog.batch.failed.connect(failed)
    dialog.finished.connect(over)
    return dialog
