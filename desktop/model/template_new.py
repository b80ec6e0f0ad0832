# SPDX-License-Identifier: Apache-2.0
"""What is added in the designer, as it is at first, and empty pages to begin on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from desktop.model.template import (
    AnyElement,
    Column,
    Image,
    Ornament,
    Paper,
    Purpose,
    Qr,
    Signatories,
    Table,
    TableColumn,
    Template,
    Text,
    TextStyle,
)
from desktop.model.template_edit import Box, box_of, flows, texts_of

INKS: Final = (
    "#1E2136", "#000000", "#4A4A55", "#8A6A1F", "#B8860B", "#7A1F2B", "#B01F1C", "#1F4E79",
    "#2B5C9E", "#0E6655", "#2E6B34", "#5B3A8C", "#C7A04B", "#D9C48F", "#E9E1CB", "#FFFFFF",
)  # fmt: skip
"""Colours offered: dark inks for words, then those of ornaments, then quiet grounds."""
SIZES: Final[Mapping[Purpose, tuple[float, float]]] = {
    "certificate": (297, 210),
    "badge": (90, 60),
    "tent": (240, 90),
    "envelope": (229, 162),
    "sheet": (210, 297),
    "receipt": (210, 297),
}
_PAPERS: Final[Mapping[Purpose, Paper]] = {
    "badge": Paper(columns=2, rows=4, gap_x=6, gap_y=6),
    "tent": Paper(width=297, height=210, fold=True),
}
_STEP: Final = 2.0
"""Millimetres between two places that are tried for what is added."""
_PROOF: Final[Mapping[Purpose, str]] = {"badge": "{code}", "sheet": "{sheet}"}


def blank(purpose: Purpose, name: str) -> Template:
    """A page with nothing on it, of the usual size of its purpose."""
    width, height = SIZES[purpose]
    return Template(
        purpose=purpose,
        titles={"th": name},
        width=width,
        height=height,
        safe=8.0 if min(width, height) > 100 else 3.0,
        paper=_PAPERS.get(purpose),
    )


def _middle(template: Template, width: float, height: float) -> dict[str, Any]:
    """A box of that size in the middle of the page, smaller where the page is.

    Where something stands already it goes down to the next free place, or up; the middle after
    all on a page that is full.
    """
    width = min(width, max(5.0, template.width - 2 * template.safe))
    height = min(height, max(5.0, template.height - 2 * template.safe))
    box = Box((template.width - width) / 2, (template.height - height) / 2, width, height)
    taken = [box_of(one) for one in template.elements if _stands(template, one)]
    free = next((one for one in _places(template, box) if not _touches(one, taken)), box)
    return {
        "x": round(free.x, 2),
        "y": round(free.y, 2),
        "width": round(width, 2),
        "height": round(height, 2),
    }


def _stands(template: Template, element: AnyElement) -> bool:
    """Whether it takes a place of its own: not what lies under everything or flows elsewhere."""
    ground = element.width * element.height > template.width * template.height / 2
    return not ground and not element.hidden and not flows(element)


def _places(template: Template, middle: Box) -> Iterator[Box]:
    """From the middle down as far as words may stand, then up."""
    low = max(0.0, min(template.safe, middle.y))
    high = max(middle.y, template.height - template.safe - middle.height)
    for step in (_STEP, -_STEP):
        y = middle.y
        while low <= y <= high:
            yield replace(middle, y=y)
            y += step


def _touches(box: Box, taken: Iterable[Box]) -> bool:
    return any(
        box.x < one.right and box.right > one.x and box.y < one.bottom and box.bottom > one.y
        for one in taken
    )


def usual_style(template: Template) -> TextStyle:
    """Face and colour as most texts of the template have them."""
    texts = [one for one in template.elements if isinstance(one, Text)]
    if not texts:
        return TextStyle(size=14 if template.width > 120 else 10, smallest=8)
    faces = Counter(one.style.face for one in texts)
    colours = Counter(one.style.colour for one in texts)
    return TextStyle(
        face=faces.most_common(1)[0][0],
        colour=colours.most_common(1)[0][0],
        size=14 if template.width > 120 else 10,
        smallest=8,
    )


def new_text(template: Template, words: str, column: str = "") -> Text:
    """A text in the middle of the page, or the last in a column."""
    style = usual_style(template)
    if column:
        area = template.element(column)
        before = texts_of(template, column)
        return Text(
            id="text",
            text=words,
            style=style,
            column=column,
            x=area.x,
            y=area.y,
            width=before[-1].width if before else area.width,
            height=0,
        )
    return Text(id="text", text=words, style=style,
                **_middle(template, template.width * 0.5, style.size * 0.6))  # fmt: skip


def new_name(template: Template, field: str) -> Text:
    """A text of one field; that of a person keeps its line and gets smaller instead."""
    text = new_text(template, "{" + field + "}")
    if field in ("recipient", "name"):
        large = 28.0 if template.width > 120 else 16.0
        style = replace(text.style, size=large, smallest=round(large * 0.6, 1), keep="line",
                        max_lines=2)  # fmt: skip
        return replace(
            text, id=field, style=style, **_middle(template, template.width * 0.8, large * 0.55)
        )
    return replace(text, id=field)


def new_column(template: Template) -> Column:
    return Column(id="column", **_middle(template, template.width * 0.7, template.height * 0.4))


def new_image(template: Template, *, slot: str = "", asset: str = "") -> Image:
    """A picture of the office, or the place of one."""
    if slot == "background":
        return Image(
            id="background", slot=slot, asset=asset, fit="cover",
            x=0, y=0, width=template.width, height=template.height,
        )  # fmt: skip
    side = min(30.0, template.height * 0.3)
    wide = side * (2 if slot.startswith("signature") else 1)
    name = slot.partition(":")[0] or "picture"
    return Image(id=name, slot=slot, asset=asset, **_middle(template, wide, side))


def new_ornament(
    template: Template, drawing: str, size: tuple[float, float], properties: Mapping[str, Any]
) -> Ornament:
    """An ornament in its usual size; one as large as a page goes along the safe area."""
    width, height = size
    if width >= 200 or height >= 150 or width >= template.width:
        edge = max(0.0, template.safe - 2)
        place: dict[str, Any] = {
            "x": edge,
            "y": edge,
            "width": template.width - 2 * edge,
            "height": template.height - 2 * edge,
        }
        if height < 60:
            place |= {"y": (template.height - height) / 2, "height": height}
    else:
        place = _middle(template, width, height)
    return Ornament(
        id=drawing.partition(":")[0].replace("_", "-"), drawing=drawing,
        properties=dict(properties), **place,
    )  # fmt: skip


def new_qr(template: Template) -> Qr:
    side = min(24.0, template.height * 0.5)
    text = _PROOF.get(template.purpose, "{proof}" if template.purpose == "certificate" else "")
    return Qr(id="qr", text=text or "https://", **_middle(template, side, side))


def new_signatories(template: Template) -> Signatories:
    place = _middle(template, template.width - 2 * template.safe - 20, 40)
    place["y"] = round(template.height - template.safe - 45, 2)
    return Signatories(id="signatories", **place)


def new_table(template: Template, labels: tuple[tuple[str, str], ...]) -> Table:
    """Rows of people; ``labels`` are field and heading of each column."""
    wide = template.width - 2 * template.safe
    place: dict[str, Any] = {
        "x": template.safe,
        "y": round(template.height * 0.25, 2),
        "width": wide,
        "height": round(template.height * 0.6, 2),
    }
    each = round(wide / max(1, len(labels)), 2)
    columns = tuple(
        TableColumn(label=label, text="{" + field + "}" if field else "", width=each)
        for field, label in labels
    )
    return Table(id="table", columns=columns, **place)
