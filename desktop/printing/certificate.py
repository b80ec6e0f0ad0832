# SPDX-License-Identifier: Apache-2.0
"""Certificates: one page each, worked out and checked before the first is printed.

The art and every text that all pages share in the same place are drawn once, in forms; a page is
its own few lines. A batch of 430 takes about as long as a blink, but is made page by page all the
same, so that it can be watched, stopped, and taken up again at a page.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.certificate import Signer, Wording
from desktop.printing.document import MM, Document
from desktop.printing.layout import FIELDS, Layout
from desktop.printing.ornament_earlier import draw_art
from desktop.printing.placing import DottedLine, PageProblem, Placed, Placement, place
from desktop.printing.typeface import typeface
from desktop.printing.wording import certificate_texts

__all__ = [
    "CertificatePage",
    "Collision",
    "Stopped",
    "certificate_texts",
    "certificates_pdf",
    "check_pages",
    "collisions",
]

_ART: Final = "art"
_TOUCH: Final = 0.2 * MM


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """The texts of one certificate, plain and already in the digit style of the event."""

    number: str
    recipient: str
    deed: str
    subject: str
    when_where: str
    given: str
    issuer: tuple[str, ...]
    document_word: str
    opening: str
    signers: tuple[Signer, ...]
    wish: str = ""
    fund: str = ""

    @classmethod
    def of(cls, number: str, wording: Wording) -> CertificatePage:
        """The page of a wording frozen at issue, under its number as printed ("๑/๒๕๖๒")."""
        return cls(
            number=number,
            recipient=wording.recipient,
            deed=wording.deed,
            subject=wording.subject,
            when_where=wording.when_where,
            given=wording.given,
            issuer=wording.issuer,
            document_word=wording.document_word,
            opening=wording.opening,
            signers=wording.signers,
            wish=wording.wish,
            fund=wording.fund,
        )


class Stopped(Problem):
    """The batch was stopped by the person; ``page`` is the index of the first page not made."""

    def __init__(self, page: int) -> None:
        super().__init__(
            _("Stopped before page {page}. Start again there when you are ready.").format(
                page=page + 1
            )
        )
        self.page = page


@dataclass(frozen=True, slots=True)
class Collision:
    """Ink of ``first`` that touches ``second``: another field, "emblem", "ornament" or "edge"."""

    first: str
    second: str


def certificates_pdf(
    pages: Sequence[CertificatePage],
    layout: Layout,
    *,
    text_only: bool = False,
    shift_mm: tuple[float, float] = (0, 0),
    scale: float = 1.0,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    start_page: int = 0,
) -> bytes:
    """The pages from index ``start_page`` on as one PDF/A-2u.

    ``text_only`` leaves the art out, for stock with the border printed on it; ``shift_mm`` (right,
    up) and ``scale`` (about the middle of the page) make text meet it. ``progress`` gets pages
    done and pages in all. Raises ``Stopped`` when ``cancelled`` says so, ``PageProblem`` for a
    page that cannot be printed (``check_pages`` finds all of those beforehand), ValueError for no
    pages.
    """
    wanted = pages[start_page:]
    if not wanted:
        raise ValueError("no pages to print")
    first = wanted[0]
    document = Document(
        layout.size,
        title=first.document_word,
        author=first.issuer[0] if first.issuer else "",
        subject=first.subject if all(page.subject == first.subject for page in wanted) else "",
    )
    if not text_only:
        document.form(_ART, lambda canvas: _draw_art(canvas, layout))
    shared = _Shared(document, wanted, layout)
    moved = shift_mm != (0, 0) or scale != 1
    for index, page in enumerate(wanted, start_page):
        if cancelled is not None and cancelled():
            raise Stopped(index)
        placement = place(page, layout)
        form = shared.form(placement)
        if not text_only:
            document.stamp(_ART)
        if moved:
            _move(document, shift_mm, scale)
        document.stamp(form)
        _draw_texts(document.canvas, shared.own(placement))
        document.page()
        if progress is not None:
            progress(index + 1, len(pages))
    return document.save()


def check_pages(pages: Sequence[CertificatePage], layout: Layout) -> list[tuple[int, PageProblem]]:
    """Every page that cannot be printed, with its index and why; empty means print away."""
    found: list[tuple[int, PageProblem]] = []
    for index, page in enumerate(pages):
        try:
            place(page, layout)
        except PageProblem as problem:
            found.append((index, problem))
    return found


def collisions(page: CertificatePage, layout: Layout) -> tuple[Collision, ...]:
    """Where ink of a page touches other ink or the art, or leaves the safe area; usually empty."""
    placement = place(page, layout)
    found: list[Collision] = []
    width, height, safe = layout.size[0] * MM, layout.size[1] * MM, layout.safe * MM
    emblem, half = layout.emblem, layout.emblem.side / 2
    art = {
        "emblem": [(emblem.x - half, emblem.y - half, emblem.x + half, emblem.y + half)],
        "ornament": layout.avoid,
    }
    for index, text in enumerate(placement.texts):
        left, bottom, right, top = text.ink
        if left < safe or bottom < safe or right > width - safe or top > height - safe:
            found.append(Collision(text.field, "edge"))
        found += [
            Collision(text.field, kind)
            for kind, boxes in art.items()
            if any(_touch(text.ink, tuple(side * MM for side in box)) for box in boxes)
        ]
        for other in placement.texts[index + 1 :]:
            if _touch(text.ink, other.ink):
                found.append(Collision(text.field, other.field))
    return tuple(found)


def _touch(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (
        one[0] < other[2] + _TOUCH
        and other[0] < one[2] + _TOUCH
        and one[1] < other[3] + _TOUCH
        and other[1] < one[3] + _TOUCH
    )


class _Shared:
    """Texts that are the same on every page: drawn once for each place they come to stand in.

    Places differ only when a long name moves the column, so a batch has a handful of forms.
    """

    def __init__(
        self, document: Document, pages: Sequence[CertificatePage], layout: Layout
    ) -> None:
        self._document = document
        self._forms: dict[tuple[tuple[Placed, ...], tuple[DottedLine, ...]], str] = {}
        first = pages[0]
        self._fields = {
            name
            for name in {block.field for block in layout.blocks}
            if all(FIELDS[name].value(page) == FIELDS[name].value(first) for page in pages)
        }
        if all(page.signers == first.signers for page in pages):
            self._fields.add("signer")

    def own(self, placement: Placement) -> tuple[Placed, ...]:
        """The texts that the page draws itself."""
        return tuple(text for text in placement.texts if text.field not in self._fields)

    def form(self, placement: Placement) -> str:
        """The name of the form with the rest, made when it is new."""
        texts = tuple(text for text in placement.texts if text.field in self._fields)
        key = (texts, placement.lines)
        name = self._forms.get(key)
        if name is None:
            name = self._forms[key] = f"texts{len(self._forms)}"

            def draw(canvas: Any) -> None:
                _draw_lines(canvas, placement.lines)
                _draw_texts(canvas, texts)

            self._document.form(name, draw)
        return name


def _draw_art(canvas: Any, layout: Layout) -> None:
    for layer in layout.art:
        if layer.get("emblem") and layout.emblem_image:
            continue
        draw_art(canvas, layout.size, layer["kind"], layer)
    if layout.emblem_image:
        emblem = layout.emblem
        canvas.drawImage(
            ImageReader(io.BytesIO(layout.emblem_image)),
            (emblem.x - emblem.side / 2) * MM,
            (emblem.y - emblem.side / 2) * MM,
            emblem.side * MM,
            emblem.side * MM,
            mask="auto",
            preserveAspectRatio=True,
            anchor="c",
        )


def _draw_texts(canvas: Any, texts: Sequence[Placed]) -> None:
    colour = None
    for text in texts:
        if text.colour != colour:
            colour = text.colour
            canvas.setFillColor(HexColor(colour))
        typeface(text.face).draw(
            canvas, text.x, text.y, text.text, text.size, text.align, text.condense
        )


def _draw_lines(canvas: Any, lines: Sequence[DottedLine]) -> None:
    canvas.saveState()
    canvas.setLineWidth(0.9)
    canvas.setLineCap(1)
    canvas.setDash([0, 2.6])
    for line in lines:
        canvas.setStrokeColor(HexColor(line.colour))
        canvas.line(line.x, line.y, line.x + line.width, line.y)
    canvas.restoreState()


def _move(document: Document, shift_mm: tuple[float, float], scale: float) -> None:
    canvas = document.canvas
    canvas.translate(
        shift_mm[0] * MM + document.width / 2 * (1 - scale),
        shift_mm[1] * MM + document.height / 2 * (1 - scale),
    )
    canvas.scale(scale, scale)
