# SPDX-License-Identifier: Apache-2.0
"""Certificates into files from their page, noted in the register as printings are."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.actions.certificate_list import CertificateList, ordered
from desktop.i18n import _, ngettext
from desktop.model.certificate import Order
from desktop.ui.desk import Desk
from desktop.ui.parts.certificate_roll import ORDERS
from desktop.ui.parts.certificate_sent import noting
from desktop.ui.parts.export_dialog import ExportDialog, ExportJob


def certificate_export(
    page: QWidget,
    desk: Desk,
    held: CertificateList,
    order: Order,
    keys: tuple[str, ...] | None = None,
    reason: str = "",
) -> ExportDialog:
    """An export dialog for certificates, not opened yet; what is written is noted.

    ``keys`` are ids of certificates, when only some are wanted, in that order.
    """
    dialog = ExportDialog(page, desk, export_job(desk, held, order, keys), reason=reason)
    dialog.setModal(True)
    count: list[int] = []

    def over(_result: int) -> None:
        if count:
            words = ngettext("{count} certificate saved", "{count} certificates saved", sum(count))
            desk.said.emit(words.format(count=sum(count)), False)

    dialog.written.connect(noting(page, desk, count))
    dialog.finished.connect(over)
    return dialog


def export_job(
    desk: Desk, held: CertificateList, order: Order, only: tuple[str, ...] | None = None
) -> ExportJob:
    """All that are issued, those not printed yet, or ``only`` some."""
    from desktop.actions.certificate_pdf import CertificatePages
    from desktop.actions.export import Piece

    issued = {
        line.certificate.id: line
        for line in held.lines
        if line.issued and line.certificate is not None
    }
    rows = {key: line.certificate for key, line in issued.items() if line.certificate is not None}
    pieces = {
        key: Piece(key, row.year, row.number, row.edition, issued[key].name)
        for key, row in rows.items()
    }
    printed = frozenset(key for key, row in rows.items() if row.prints)
    fresh = frozenset(rows) - printed
    if only is not None:
        sets = [("only", _("Those chosen: {count}").format(count=len(only)))]
    else:
        sets = [("all", _("All that are issued: {count}").format(count=len(rows)))]
        if fresh and printed:
            sets.insert(0, ("fresh", _("Not printed yet: {count}").format(count=len(fresh))))

    def keys(which: str, by: str) -> tuple[str, ...]:
        if which == "only" and only is not None:
            return only
        chosen: Order = "alphabet" if by == "alphabet" else "stage" if by == "stage" else "seat"
        every = ordered(issued.values(), chosen)
        found = [line.certificate.id for line in every if line.certificate is not None]
        return tuple(key for key in found if which != "fresh" or key in fresh)

    return ExportJob(
        pages=CertificatePages(desk.store, list(only if only is not None else rows)),
        pieces=pieces,
        keys=keys,
        sets=tuple(sets),
        orders=tuple((value, _(word)) for value, word in ORDERS) if only is None else (),
        order=order,
        printed=printed,
    )
