# SPDX-License-Identifier: Apache-2.0
"""Templates (แบบพิมพ์): a page of paper as data, that an office makes and changes itself.

Lengths are millimetres, sizes of letters points, colours ``#RRGGBB``. A place is measured as one
does with a ruler: ``x`` from the left edge, ``y`` from the top edge, both to the upper left
corner of the element's box. Elements are drawn in their order, the first at the bottom.

A text holds its words as they are and fields in braces, ``"เลขที่ {number}"``; ``{{`` is a brace. A
text whose fields are all empty is not drawn. A text may stand in a *column*: then it flows down
the column's box after the one before it, ``gap`` millimetres apart at rest; its own ``y`` and
``height`` count for nothing, and no line ever touches another however long a name is.

Its written form and its digest are ``template_form``'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from desktop.model.certificate import Signer

Purpose = Literal["certificate", "badge", "tent", "envelope", "sheet", "receipt"]
PURPOSES: Final[tuple[Purpose, ...]] = (
    "certificate", "badge", "tent", "envelope", "sheet", "receipt",
)  # fmt: skip
Align = Literal["left", "centre", "right"]
Upright = Literal["top", "middle", "bottom"]
Digits = Literal["event", "thai", "arabic"]
"""``event``: as the event writes its numbers."""
Fit = Literal["contain", "cover", "stretch"]
SLOTS: Final = ("emblem", "emblem:2", "emblem:3", "signature:1", "signature:2", "signature:3",
                "background")  # fmt: skip
"""Pictures that an office puts in for itself, so that a template can be passed on without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """How a text is set.

    ``keep`` is what a long text keeps: "line" (a name: smaller, then narrower, then two lines) or
    "size" (a title: lines first). ``digits_face`` takes over when there is a digit in the text:
    Thai digits of script faces overlap. ``leading`` is base line to base line in parts of the
    size.
    """

    face: str = "Sarabun-Regular"
    digits_face: str = ""
    size: float = 14.0
    smallest: float = 10.0
    align: Align = "centre"
    colour: str = "#1E2136"
    max_lines: int = 1
    keep: Literal["line", "size"] = "size"
    leading: float = 1.5
    digits: Digits = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """What every element has. ``id`` is unique in its template."""

    id: str
    x: float
    y: float
    width: float
    height: float
    name: str = ""
    """What the list of layers calls it; empty for the usual word."""
    locked: bool = False
    hidden: bool = False
    on_stock: bool = False
    """It is on pre-printed paper already, and left out when only the text is printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Element):
    """Words and fields in a box, or in a column."""

    text: str
    style: TextStyle = TextStyle()
    upright: Upright = "middle"
    column: str = ""
    """Id of the ``Column`` it flows in; empty for a box of its own."""
    gap: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Element):
    """A box down which texts flow; nothing of itself is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Element):
    """A picture, or a page of a PDF: a file of the office (``asset``, SHA-256 in hex) or a slot.

    An empty slot is drawn as nothing; the designer shows where it is. Where some slots of one
    ``row`` are empty, the others stand side by side about its middle, the first at the left.
    """

    asset: str = ""
    slot: str = ""
    fit: Fit = "contain"
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ornament(Element):
    """A vector drawing in its box: ``drawing`` is one of ``printing.ornament.ORNAMENTS``.

    With ``slot`` it stands in for the office's own picture and gives way to it. ``row`` as of an
    :class:`Image`; with a row and no slot it is there while one of the row stands in its middle.
    """

    drawing: str
    properties: Mapping[str, Any] = field(default_factory=dict)
    slot: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Qr(Element):
    """A QR code in a square (the smaller side counts, quiet zone within): ``text`` as of a text.

    ``{proof}`` is the signed content of a certificate, ``{code}`` the digits of a badge.
    """

    text: str = "{proof}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatories(Element):
    """One to three who sign, side by side: line or picture of the hand, name, position."""

    signer: TextStyle = TextStyle(size=14.5, smallest=11, keep="line")
    position: TextStyle = TextStyle(size=13.5, smallest=10, max_lines=2, leading=1.3)
    line: Literal["dotted", "solid", "none"] = "dotted"
    line_width: float = 76.0
    brackets: bool = True
    hand: float = 14.0
    """Height over the line kept free for the signature, by pen or as a picture."""
    align: Align = "centre"
    """"centre" shares the width out among them; otherwise each has a third of it, from that edge
    on, so that one alone stands under texts that are set from there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column of a table. ``width`` in millimetres; ``text`` as of a text, for each row."""

    label: str
    text: str = ""
    width: float = 20.0
    style: TextStyle = TextStyle(size=11, smallest=8, align="left", max_lines=2)
    total: bool = False
    """The sum of this column stands in the last row (texts that are amounts)."""
    when: str = ""
    """Name of a field; where that is empty the column is left out and the others grow into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Element):
    """Rows of people, as many on a page as its box holds; the rest goes on further pages."""

    columns: tuple[TableColumn, ...]
    head: TextStyle = TextStyle(face="Sarabun-SemiBold", size=11, smallest=8, max_lines=2)
    row: float = 8.0
    """Height of a row."""
    head_row: float = 9.0
    blank_rows: int = 0
    """Empty rows kept at the end of each page, for whoever comes unannounced."""
    totals: bool = False


def rows_on_page(table: Table) -> int:
    """How many rows with something in them one page of a table holds: at least one."""
    room = table.height - table.head_row - (table.row if table.totals else 0)
    return max(1, int((room + 1e-6) // table.row) - table.blank_rows)


AnyElement = Text | Column | Image | Ornament | Qr | Signatories | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A sheet that several pages are put on, with cut marks.

    ``fold``: the page is drawn a second time upside down above it, to stand as a tent.
    """

    width: float = 210.0
    height: float = 297.0
    columns: int = 1
    rows: int = 1
    gap_x: float = 0.0
    gap_y: float = 0.0
    cut_marks: bool = True
    fold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A page as data. ``titles`` is its name by language; ``paper`` None: one page a sheet."""

    purpose: Purpose
    titles: Mapping[str, str]
    width: float
    height: float
    safe: float = 8.0
    """No ink of texts may come nearer to the edge."""
    elements: tuple[AnyElement, ...] = ()
    paper: Paper | None = None

    def element(self, element_id: str) -> AnyElement:
        """The element of that id. ``KeyError`` when there is none."""
        for one in self.elements:
            if one.id == element_id:
                return one
        raise KeyError(element_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What one page is filled with.

    ``fields`` by name, in the digit style they are to be printed in unless a style says
    otherwise; ``pictures`` are contents of slots by name (SHA-256 of the office's file);
    ``rows`` are those of a table.
    """

    fields: Mapping[str, str]
    signers: tuple[Signer, ...] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Mapping[str, str], ...] = ()
