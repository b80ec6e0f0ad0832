# SPDX-License-Identifier: Apache-2.0
"""Templates filled and made into paper: certificates, badges, tents, envelopes, sheets, receipts.

One engine for all of them. A batch is worked out page by page, so that it can be watched, stopped
and taken up again; nothing of the moment goes into the file, so the same call gives the same
bytes. What cannot be printed is refused before it is drawn, never cut and never left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from desktop.model import template as kinds
from desktop.model.template import Filling, Template
from desktop.printing.document import MM, Document
from desktop.printing.template_asset import NONE, Assets, converted_size, face_names
from desktop.printing.template_draw import Drawing
from desktop.printing.template_ink import drawing_digest
from desktop.printing.template_mark import (
    Decor,
    Mark,
    PageProblem,
    Placement,
    Set,
    Stopped,
    Trouble,
    extent,
)
from desktop.printing.template_place import Batch, place, read, shared_in, with_page
from desktop.printing.template_sheet import Sheet
from desktop.printing.template_table import pages_of
from desktop.printing.template_trouble import troubles_of
from desktop.thai.digits import styled

__all__ = [
    "NONE",
    "Assets",
    "PageProblem",
    "Stopped",
    "Trouble",
    "boxes",
    "check_fillings",
    "converted_size",
    "face_names",
    "layer_pdf",
    "pages_pdf",
    "plate",
    "troubles",
]

Rows = Sequence[Mapping[str, str]]


def pages_pdf(  # noqa: PLR0913 - all by name
    template: Template,
    fillings: Sequence[Filling],
    *,
    assets: Assets = NONE,
    text_only: bool = False,
    shift_mm: tuple[float, float] = (0, 0),
    scale: float = 1.0,
    digits: str = "thai",
    language: str = "th",
    title: str = "",
    author: str = "",
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    start_page: int = 0,
    lenient: bool = False,
) -> bytes:
    """The pages of paper from index ``start_page`` on as one PDF, a PDF/A-2u unless a page of
    somebody else's PDF lies under them.

    Pages of paper are fillings one by one, but for tables that go on over pages, and for papers
    that hold several. ``text_only`` leaves out what is on pre-printed stock; ``shift_mm`` (right,
    up) and ``scale`` (about the middle) make print meet paper. ``digits`` is the style of page
    numbers, ``language`` (th or en) what the file says it is read in. ``progress`` gets pages
    done and pages in all. With ``lenient`` what does not fit is drawn all the same, for whoever
    is designing.

    Raises ``Stopped`` when ``cancelled`` says so, ``PageProblem`` for a page that cannot be
    printed (:func:`check_fillings` finds all of those beforehand), ValueError for no pages.
    """
    sheet = Sheet(template)
    jobs = _jobs(template, fillings, digits)
    sheets = [jobs[at : at + sheet.each] for at in range(0, len(jobs), sheet.each)]
    wanted = sheets[start_page:]
    if not wanted:
        raise ValueError("no pages to print")
    left_out = {one.id for one in template.elements if text_only and one.on_stock}
    only = None
    if left_out:
        only = frozenset(one.id for one in template.elements if one.id not in left_out)
    titles = template.titles
    title = title or titles.get(language) or titles.get("th") or next(iter(titles.values()), "")
    speaks = "en" if language == "en" else "th-TH"
    document = Document(sheet.size, title=title, author=author, language=speaks)
    said = [[read(template, filling) for filling, _rows in jobs] for jobs in wanted]
    batch = Batch(shared_in(template, [one for each in said for one in each]))
    drawing = Drawing(document, assets)
    for index, (page, texts) in enumerate(zip(wanted, said, strict=True), start_page):
        if cancelled is not None and cancelled():
            raise Stopped(index)
        if shift_mm != (0, 0) or scale != 1:
            _move(document, shift_mm, scale)
        for at, ((_filling, rows), text) in enumerate(zip(page, texts, strict=True)):
            placement = place(template, text, assets, rows=rows, only=only, batch=batch)
            if placement.faults and not lenient:
                raise _problem(placement)
            for turned in sheet.cell(document.canvas, at):
                drawing.page(placement.parts, batch.shared)
                turned()
        sheet.marks(document)
        document.page()
        if progress is not None:
            progress(index + 1, len(sheets))
    return document.save()


def check_fillings(
    template: Template, fillings: Sequence[Filling], *, assets: Assets = NONE
) -> list[tuple[int, PageProblem]]:
    """Everything that cannot be printed, with the index of its filling; empty: print away."""
    found: list[tuple[int, PageProblem]] = []
    for index, filling in enumerate(fillings):
        for placement in _placements(template, filling, assets):
            found += [
                (index, PageProblem(fault.sentence, fault.element_id))
                for fault in placement.faults
            ]
    return found


def troubles(
    template: Template, filling: Filling, *, assets: Assets = NONE
) -> tuple[Trouble, ...]:
    """What is wrong with a page as it would be printed: too long, touching, too near the edge."""
    found: dict[Trouble, None] = {}
    for placement in _placements(template, filling, assets):
        found |= dict.fromkeys(troubles_of(template, placement, assets))
    return tuple(found)


def boxes(
    template: Template, filling: Filling, *, assets: Assets = NONE
) -> dict[str, tuple[float, float, float, float]]:
    """Where each element is, by id: x, y from the top, width and height in millimetres.

    Of a text that is its ink; of anything else its box. A text that says nothing is where its
    box is; in a column it is nowhere, and not in the result.
    """
    placement = next(_placements(template, filling, assets))
    found = {
        one.id: (one.x, one.y, one.width, one.height)
        for one in template.elements
        if not (isinstance(one, kinds.Text) and one.column)
    }
    for part in placement.parts:
        if not isinstance(part.element, kinds.Text | kinds.Signatories | kinds.Table):
            one = part.element  # perhaps moved in its row
            found[one.id] = (one.x, one.y, one.width, one.height)
            continue
        if (ink := extent(part.marks)) is not None:
            left, bottom, right, top = (side / MM for side in ink)
            found[part.element.id] = (left, template.height - top, right - left, top - bottom)
    return found


def layer_pdf(
    template: Template,
    filling: Filling,
    element_ids: Sequence[str],
    *,
    assets: Assets = NONE,
) -> bytes:
    """One page with these elements alone, where they are on the whole page. Never refuses."""
    document = Document((template.width, template.height), title="")
    filling, rows = _jobs(template, [filling], "thai")[0]
    placement = place(
        template, read(template, filling), assets, rows=rows, only=frozenset(element_ids)
    )
    Drawing(document, assets).page(placement.parts, frozenset())
    document.page()
    return document.save()


def plate(template: Template, filling: Filling, *, assets: Assets = NONE) -> str:
    """SHA-256, in hex, of all that is drawn: places, letters, pictures, ornaments, typefaces.

    Two prints with the same plate are the same print.
    """
    found = hashlib.sha256(f"{template.width} {template.height} {template.paper}".encode())
    for placement in _placements(template, filling, assets):
        for part in placement.parts:
            for mark in part.marks:
                found.update(_told(mark).encode())
    return found.hexdigest()


def _told(mark: Mark) -> str:
    if isinstance(mark, Set):
        place_ = (mark.x, mark.y, mark.size, mark.align, mark.condense, mark.colour)
        return f"{mark.face.digest} {mark.text!r} {place_}\n"
    if isinstance(mark, Decor):
        return f"{drawing_digest(mark)} {mark!r}\n"
    return f"{mark!r}\n"


def _jobs(
    template: Template, fillings: Sequence[Filling], digits: str
) -> list[tuple[Filling, Rows]]:
    """A page each: what it is filled with, and the rows of its table."""
    tables = [one for one in template.elements if isinstance(one, kinds.Table) and not one.hidden]
    if not tables:
        return [(filling, ()) for filling in fillings]
    jobs: list[tuple[Filling, Rows]] = []
    for filling in fillings:
        pages = pages_of(tables[0], filling.rows)
        if len(pages) == 1:
            jobs.append((filling, pages[0]))
            continue
        for number, rows in enumerate(pages, 1):
            page = styled(f"หน้า {number}/{len(pages)}", digits)
            jobs.append((with_page(filling, page), rows))
    return jobs


def _placements(template: Template, filling: Filling, assets: Assets) -> Iterator[Placement]:
    for job, rows in _jobs(template, [filling], "thai"):
        yield place(template, read(template, job), assets, rows=rows)


def _problem(placement: Placement) -> PageProblem:
    fault = placement.faults[0]
    return PageProblem(fault.sentence, fault.element_id)


def _move(document: Document, shift_mm: tuple[float, float], scale: float) -> None:
    canvas: Any = document.canvas
    canvas.translate(
        shift_mm[0] * MM + document.width / 2 * (1 - scale),
        shift_mm[1] * MM + document.height / 2 * (1 - scale),
    )
    canvas.scale(scale, scale)
