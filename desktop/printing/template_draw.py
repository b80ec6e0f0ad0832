# SPDX-License-Identifier: Apache-2.0
"""Marks on a document: what many pages share is drawn once, in forms, and stamped.

Texts that are the same on every page stand in a handful of places only, because a long name moves
its column; each such place is one form. Art is a form of its own, so it is there once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

from reportlab.lib.colors import Color, HexColor

from desktop.model.template import Image, Ornament
from desktop.printing.box import Box
from desktop.printing.document import MM, Document, numbers
from desktop.printing.ornament import draw_ornament
from desktop.printing.picture import Picture, place_picture
from desktop.printing.qr import draw_qr
from desktop.printing.template_asset import Assets
from desktop.printing.template_ink import ornament_stream, ornaments_packed, stands_alone
from desktop.printing.template_mark import Area, Code, Decor, Mark, Part, Set, Shown, Stroke
from desktop.printing.template_pdf import place_pdf_page

_DOTS: Final = 2.6


@cache
def colour_of(told: str) -> Color:
    """A colour of a template as ReportLab has it."""
    return HexColor(told)


class Drawing:
    """Pages of a template being drawn on a document."""

    def __init__(self, document: Document, assets: Assets) -> None:
        self._document = document
        self._assets = assets
        self._forms: dict[tuple[int, ...], str] = {}

    def page(self, parts: Sequence[Part], shared: frozenset[str]) -> None:
        """Draw a page; ``shared`` are the ids of elements that show the same everywhere."""
        for run, common in _runs(parts, shared):
            if common:
                self._document.stamp(self._form(run))
            else:
                for part in run:
                    self.draw(part.marks)

    def _form(self, run: Sequence[Part]) -> str:
        # A batch gives the same marks as the same objects, and keeps them: no need to compare.
        key = tuple(id(part.marks) for part in run)
        name = self._forms.get(key)
        if name is None:
            name = self._forms[key] = f"part{len(self._forms)}"
            marks = tuple(mark for part in run for mark in part.marks)
            packed = ornaments_packed(marks)
            if packed is not None:
                self._document.ready_form(name, packed)
            else:
                self._document.form(name, lambda _canvas: self.draw(marks))
        return name

    def draw(self, marks: Sequence[Mark]) -> None:
        """Draw marks where they are."""
        canvas = self._document.canvas
        colour = ""
        for mark in marks:
            if isinstance(mark, Set):
                if mark.colour != colour:
                    colour = mark.colour
                    canvas.setFillColor(colour_of(colour))
                mark.face.draw(
                    canvas, mark.x, mark.y, mark.text, mark.size, mark.align, mark.condense
                )
                continue
            if isinstance(mark, Code):
                # White under it: a pattern of the ground in its quiet zone would hide it.
                draw_qr(canvas, mark.text, mark.x, mark.y, mark.side / MM, white=True)
                continue
            if isinstance(mark, Shown):
                self._show(mark)
                continue
            if isinstance(mark, Decor):
                _decorate(canvas, mark)
            else:
                canvas._code.append(_lined(mark))

    def _show(self, mark: Shown) -> None:
        picture = self._assets.picture(mark.digest)
        if picture is None:
            return
        box = Box(mark.x, mark.y, mark.width, mark.height)
        if isinstance(picture, Picture):
            place_picture(self._document, picture, box, mark.fit, foot=mark.foot)
        else:
            place_pdf_page(self._document, picture, box, mark.fit)


def _decorate(canvas: Any, mark: Decor) -> None:
    canvas.saveState()
    canvas.translate(mark.x, mark.y)
    stream = ornament_stream(mark.drawing, mark.width, mark.height, mark.told)
    if stands_alone(stream):
        canvas._code.append(stream.decode("latin-1"))
    else:
        size = (mark.width / MM, mark.height / MM)
        draw_ornament(canvas, mark.drawing, size, json.loads(mark.told))
    canvas.restoreState()


def _lined(mark: Stroke | Area) -> str:
    """The operators of a line or a plain rectangle: a sheet has hundreds of them."""
    colour = numbers(*colour_of(mark.colour).rgb())
    x, y = round(mark.x, 3), round(mark.y, 3)
    if isinstance(mark, Area):
        return f"q {colour} rg {x} {y} {round(mark.width, 3)} {round(mark.height, 3)} re f Q"
    ends = f"{x} {y} m {round(mark.to_x, 3)} {round(mark.to_y, 3)} l S"
    dots = f"1 J [0 {_DOTS}] 0 d " if mark.dotted else ""
    return f"q {colour} RG {numbers(mark.weight)} w {dots}{ends} Q"


def _runs(parts: Sequence[Part], shared: frozenset[str]) -> Iterator[tuple[Sequence[Part], bool]]:
    """The parts of a page from the bottom up in runs; True for one that is a form.

    Art is never mixed with words. Among words those that all pages share come first, whatever
    stands between them: words do not cover each other.
    """
    common: list[Part] = []
    own: list[Part] = []
    art = False
    for part in parts:
        now_art = isinstance(part.element, Image | Ornament)
        common_now = part.element.id in shared
        if (now_art or art) and (now_art is not art or (own and common_now)):
            if common:
                yield common, True
            if own:
                yield own, False
            common, own = [], []
        art = now_art
        (common if common_now else own).append(part)
    if common:
        yield common, True
    if own:
        yield own, False
