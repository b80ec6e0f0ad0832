# SPDX-License-Identifier: Apache-2.0
"""Layouts of certificates: data from ``forms/certificates/earlier/*.json``, checked as it is read.

A layout is a page in millimetres (origin at the lower left) with art, blocks of text and a row of
signers. A block with ``y`` is pinned there (its first base line); a block with ``gap`` flows down
the column between ``flow.top`` and ``flow.bottom``, and its gap is the clear space over it, which
stretches and shrinks with the others so that the column is always full and nothing overlaps.
``digits`` names the face that takes over when the text has a digit in it: Thai digits of script
faces overlap.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from desktop.errors import Problem, Refused
from desktop.i18n import N_, _
from desktop.paths import shipped
from desktop.printing.ornament_earlier import ORNAMENTS
from desktop.printing.typeface import Align

if TYPE_CHECKING:
    from desktop.printing.certificate import CertificatePage


@dataclass(frozen=True, slots=True)
class Field:
    """What a block can show: its name for people, an example, and how it is taken from a page."""

    label: str
    sample: str
    value: Callable[[CertificatePage], str]


def _date_then_place(text: str) -> str:
    # Where a line must end, let it end before the place: "… ๓ มีนาคม ๒๕๖๒ | ณ โรงแรม…".
    return text.replace(" ณ ", " \u200bณ ", 1)


FIELDS: Final[Mapping[str, Field]] = {
    "number": Field(N_("certificate number"), "เลขที่ ๑/๒๕๖๒", lambda page: f"เลขที่ {page.number}"),
    "issuer": Field(N_("issuing office"), "กรมพัฒนาสังคมและสวัสดิการ", lambda page: page.issuer[0]),
    "issuers": Field(
        N_("offices under the first"),
        "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์",
        lambda page: "\n".join(page.issuer[1:]),
    ),
    "document_word": Field(N_("kind of document"), "ประกาศนียบัตร", lambda page: page.document_word),
    "opening": Field(N_("opening words"), "ให้ไว้เพื่อแสดงว่า", lambda page: page.opening),
    "recipient": Field(N_("recipient"), "นางสาวกุลธิดา ศรีสวัสดิ์วงศ์", lambda page: page.recipient),
    "deed": Field(N_("what was done"), "ได้ผ่านการอบรม", lambda page: page.deed),
    "subject": Field(
        N_("course or project"),
        "โครงการอบรมเชิงปฏิบัติการเสริมสร้างและพัฒนาเครือข่าย อพม.น้อย",
        lambda page: page.subject,
    ),
    "fund": Field(
        N_("supporting fund"),
        "ได้รับการสนับสนุนจากกองทุนส่งเสริมการจัดสวัสดิการสังคม",
        lambda page: page.fund,
    ),
    "when_where": Field(
        N_("date and place"),
        "ระหว่างวันที่ ๒๘ กุมภาพันธ์ – ๓ มีนาคม ๒๕๖๒ ณ โรงแรมทีเค พาเลส กรุงเทพมหานคร",
        lambda page: _date_then_place(page.when_where),
    ),
    "wish": Field(
        N_("closing wish"),
        "ขอให้มีความสุข ความเจริญ และเป็นกำลังสำคัญในการพัฒนาสังคมสืบไป",
        lambda page: page.wish,
    ),
    "given": Field(N_("date of issue"), "ให้ไว้ ณ วันที่ ๓ มีนาคม พ.ศ. ๒๕๖๒", lambda page: page.given),
}
"""The placeholders of a layout. An empty value leaves its block out and closes the gap."""


@dataclass(frozen=True, slots=True)
class Block:
    """One text of a layout. Millimetres for ``x``, ``y``, ``width`` and ``gap``, points for sizes.

    ``x`` is the left end, the middle or the right end of the box, after ``align``. ``keep`` is
    what a long text keeps: "line" (a name: shrink first) or "size" (a title: take lines first).
    """

    field: str
    x: float
    width: float
    size: float
    smallest: float
    align: Align = "centre"
    face: str = "Sarabun-Regular"
    digits: str = ""
    colour: str = "#1E2136"
    max_lines: int = 1
    keep: Literal["line", "size"] = "size"
    leading: float = 1.5
    y: float | None = None
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Signing:
    """The row of signers: where it runs, its dotted line, and the blocks for name and position."""

    left: float
    right: float
    line_y: float
    line_width: float
    colour: str
    name: Block
    position: Block


@dataclass(frozen=True, slots=True)
class Emblem:
    """Where an office's own emblem goes (millimetres): centre, and the square it must fit in."""

    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A certificate's page as data. ``digest`` identifies it in the register."""

    name: str
    titles: Mapping[str, str]
    size: tuple[float, float]
    safe: float
    """Ink of texts stays this far from the edges (millimetres)."""
    flow_top: float
    flow_bottom: float
    blocks: tuple[Block, ...]
    signing: Signing
    emblem: Emblem
    avoid: tuple[tuple[float, float, float, float], ...]
    """Rectangles (left, bottom, right, top, millimetres) of art that text must not touch."""
    art: tuple[Mapping[str, Any], ...]
    digest: str
    emblem_image: bytes = b""

    def with_emblem(self, image: bytes) -> Layout:
        """This layout with an office's own emblem (PNG or JPEG) in place of the drawn ring.

        Raises Refused when ``image`` is not a picture that can be printed.
        """
        from reportlab.lib.utils import ImageReader

        try:
            width, height = ImageReader(io.BytesIO(image)).getSize()
        except (OSError, ValueError) as fault:
            raise Refused(
                _("This emblem cannot be read. Choose a PNG or JPEG picture.")
            ) from fault
        if min(width, height) < 1:
            raise Refused(_("This emblem cannot be read. Choose a PNG or JPEG picture."))
        digest = hashlib.sha256(self.digest.encode() + image).hexdigest()
        return replace(self, emblem_image=image, digest=digest)


class BrokenLayout(Problem):
    """A layout file is missing or says something a layout cannot say."""


@cache
def load_layout(name: str) -> Layout:
    """The shipped layout ``name`` ("completion", "project"). Raises ``BrokenLayout``."""
    folder = shipped("forms", "certificates", "earlier")
    try:
        return read_layout(name, (folder / f"{name}.json").read_bytes(), folder)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise BrokenLayout(
            _(
                "The certificate layout “{name}” is missing or damaged. Install the program "
                "again, or choose another layout."
            ).format(name=name)
        ) from fault


def layout_names() -> tuple[str, ...]:
    """The names of the shipped layouts, in alphabetical order."""
    folder = shipped("forms", "certificates", "earlier")
    return tuple(sorted(file.stem for file in folder.glob("*.json")))


def read_layout(name: str, data: bytes, folder: Path) -> Layout:
    """A layout from the bytes of its file; ``folder`` holds the ``art/`` it may refer to.

    Raises ValueError, KeyError or TypeError for anything that is not a layout.
    """
    told = json.loads(data)
    drawn = (folder / "art" / f"{told['art']}.json").read_bytes()
    art = json.loads(drawn)["layers"]
    if unknown := {layer["kind"] for layer in art} - ORNAMENTS.keys():
        raise ValueError(f"unknown ornaments {sorted(unknown)}")
    blocks = tuple(Block(**block) for block in told["blocks"])
    if strangers := {block.field for block in blocks} - FIELDS.keys():
        raise ValueError(f"unknown fields {sorted(strangers)}")
    signing = told["signing"]
    return Layout(
        name=name,
        titles=told["titles"],
        size=(float(told["page"]["width"]), float(told["page"]["height"])),
        safe=float(told["page"]["safe"]),
        flow_top=float(told["flow"]["top"]),
        flow_bottom=float(told["flow"]["bottom"]),
        blocks=blocks,
        signing=Signing(
            **{key: signing[key] for key in ("left", "right", "line_y", "line_width", "colour")},
            name=Block(field="signer", x=0, width=0, **signing["name"]),
            position=Block(field="signer", x=0, width=0, **signing["position"]),
        ),
        emblem=Emblem(**told["emblem"]),
        avoid=tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in told["avoid"]),
        art=tuple(art),
        digest=hashlib.sha256(data + drawn).hexdigest(),
    )
