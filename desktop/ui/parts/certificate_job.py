# SPDX-License-Identifier: Apache-2.0
"""Certificates as something the print dialog can print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.actions.calibration import Calibration
from desktop.actions.certificate_list import CertificateList, Line, ordered, page_of
from desktop.i18n import _
from desktop.model.certificate import Order
from desktop.ui.parts.certificate_roll import ORDERS
from desktop.ui.parts.print_dialog import Job
from desktop.ui.tasks import Cancelled
from desktop.ui.tasks import Progress as Steps

if TYPE_CHECKING:
    from desktop.printing.certificate import CertificatePage


def certificate_job(held: CertificateList, order: Order, only: Line | None = None) -> Job:
    """Those not printed yet, all that are issued, or one alone."""
    issued = tuple(line for line in held.lines if line.issued)
    printed = frozenset(
        line.key for line in issued if line.certificate is not None and line.certificate.prints
    )
    fresh = tuple(line for line in issued if line.key not in printed)
    by_key = {line.key: line for line in issued}
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

    def keys(which: str, by: str) -> tuple[str, ...]:
        chosen: Order = "alphabet" if by == "alphabet" else "stage" if by == "stage" else "seat"
        return tuple(line.key for line in ordered(groups.get(which, ()), chosen))

    def make(some: tuple[str, ...], at: Calibration) -> bytes:
        from desktop.printing.certificate import certificates_pdf
        from desktop.printing.layout import load_layout

        pages = [page for key in some if (page := page_of(by_key[key])) is not None]
        return certificates_pdf(
            pages,
            load_layout(held.layout),
            text_only=at.text_only,
            shift_mm=(at.right, at.up),
            scale=at.scale,
        )

    def grid(at: Calibration) -> bytes:
        from desktop.printing.calibration import grid_pdf
        from desktop.printing.layout import load_layout

        size = load_layout(held.layout).size
        return grid_pdf(size, shift_mm=(at.right, at.up), scale=at.scale)

    return Job(
        title=_("Certificates"),
        keys=keys,
        make=make,
        sets=tuple(sets),
        orders=tuple((value, _(word)) for value, word in ORDERS) if only is None else (),
        order=order,
        printed=printed,
        grid=grid,
    )


def batch_pdf(
    pages: Sequence[CertificatePage],
    layout: str,
    start: int,
    step: Steps | None = None,
    stop: Cancelled | None = None,
) -> tuple[bytes, int]:
    """The pages from index ``start`` on, and the index up to which they were made.

    Stopped in the middle it is the PDF of what was made until then, empty for nothing.
    """
    from desktop.printing.certificate import Stopped, certificates_pdf
    from desktop.printing.layout import load_layout

    held = load_layout(layout)
    try:
        made = certificates_pdf(pages, held, progress=step, cancelled=stop, start_page=start)
    except Stopped as stopped:
        end = stopped.page
        return (certificates_pdf(pages[:end], held, start_page=start) if end > start else b""), end
    return made, len(pages)
