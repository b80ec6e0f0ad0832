# SPDX-License-Identifier: Apache-2.0
"""Codes on bad paper: ``python -m tests.campaigns.degraded --seeds 1:6``.

Each seed signs 100 certificates and prints them from a template; the part of the page around the
code (with ``--whole`` all of it) is scanned at 100 dots per inch, turned by 5°, blurred, with a
stain over a tenth of the code and noise; then it is read as the program reads a picture. At least
99 of 100 must come back, digit for digit.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from desktop.imports.scan_code import codes_in
from desktop.model.proof import to_digits
from desktop.model.template import Qr
from desktop.model.template_sample import filling_of
from desktop.printing.document import MM
from desktop.printing.template_page import pages_pdf
from desktop.printing.template_shipped import shipped_template
from tests.campaigns import proof, seeds

A_SEED: Final = 100
TEMPLATE: Final = "completion"
_ROOM: Final = 18
"""Millimetres of the page around the code."""
_BLUR: Final = 0.5
"""Radius in pixels of the scan: the lens and the glass."""


def printed(codes: Sequence[str], *, whole: bool = False) -> Iterator[tuple[Image.Image, Box]]:
    """Pages with these codes, or the parts around them, as a printer draws them; and where the
    code is in the picture, in parts of its width: left, top, side."""
    template = shipped_template(TEMPLATE)
    (qr,) = (one for one in template.elements if isinstance(one, Qr))
    side = min(qr.width, qr.height)
    page = filling_of("certificate", "usual")
    fillings = [replace(page, fields={**page.fields, "proof": code}) for code in codes]
    with pypdfium2.PdfDocument(pages_pdf(template, fillings)) as pdf:
        for sheet in pdf:
            wide, high = (length / MM for length in sheet.get_size())
            left, top = (0.0, 0.0) if whole else (qr.x - _ROOM, qr.y - _ROOM)
            width = wide if whole else side + 2 * _ROOM
            height = high if whole else side + 2 * _ROOM
            picture = sheet.render(
                scale=(300 if whole else 600) / 72, grayscale=True,
                crop=(left * MM, (high - top - height) * MM, (wide - left - width) * MM, top * MM),
            ).to_pil().convert("L")  # fmt: skip
            place = (qr.x - left) / width, (qr.y - top) / width, side / width
            yield picture, Box(*place, width)


class Box(NamedTuple):
    """Where a code is in a picture, in parts of its width, and that width in millimetres."""

    left: float
    top: float
    side: float
    width: float


def scanned(
    paper: Image.Image, box: Box, draw: random.Random, *, dpi: int = 100, turned: float = 5,
    blur: float = _BLUR, stained: float = 0.10,
) -> Image.Image:  # fmt: skip
    """What a poor scan of it looks like. ``stained``: how much of the code's area."""
    stain = Image.new("L", paper.size, 255)
    side = box.side * paper.width
    across = side * (stained * 4 / math.pi) ** 0.5
    left, top = (
        start * paper.width + draw.uniform(0, side - across) for start in (box.left, box.top)
    )
    ImageDraw.Draw(stain).ellipse(
        (left, top, left + across, top + across), fill=draw.randint(110, 200)
    )
    paper = ImageChops.multiply(paper, stain.filter(ImageFilter.GaussianBlur(side / 80)))
    paper = paper.rotate(
        draw.choice((-turned, turned)), resample=Image.Resampling.BICUBIC, fillcolor=255
    )
    wide = box.width / 25.4 * dpi + draw.random()
    scan = paper.resize(
        (round(wide), round(wide * paper.height / paper.width)), Image.Resampling.BOX
    )
    scan = scan.filter(ImageFilter.GaussianBlur(blur))
    scan = scan.point([int(20 + level * 0.85) for level in range(256)])
    return ImageChops.add(scan, Image.effect_noise(scan.size, 8), 1, -128)


def run(draw: random.Random, many: int, *, whole: bool = False, **how: Any) -> dict[str, Any]:
    """So many certificates; ``missed`` says how long the codes were that were not read."""
    office, read, missed = proof.Office(draw, many), 0, []
    codes = [to_digits(payload + signature) for payload, signature in office.signed.items()]
    for digits, (paper, box) in zip(codes, printed(codes, whole=whole), strict=True):
        if codes_in(scanned(paper, box, draw, **how)) == (digits,):
            read += 1
        else:
            missed.append(len(digits))
    return {"codes": len(codes), "read": read, "missed": missed}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=seeds, default=range(1, 2))
    parser.add_argument("--dpi", type=int, default=100)
    parser.add_argument("--blur", type=float, default=_BLUR)
    parser.add_argument("--whole", action="store_true", help="the whole page is scanned")
    chosen = parser.parse_args()
    began, total, missed = time.monotonic(), Counter[str](), []
    for seed in chosen.seeds:
        found = run(
            random.Random(seed), A_SEED, dpi=chosen.dpi, blur=chosen.blur, whole=chosen.whole
        )
        total.update({"codes": found["codes"], "read": found["read"]})
        missed += found["missed"]
    share = total["read"] / total["codes"]
    print(json.dumps({
        **total, "share": round(share, 4), "missed_digits": missed, "dpi": chosen.dpi,
        "blur": chosen.blur, "seconds": round(time.monotonic() - began, 1),
    }))  # fmt: skip
    return 0 if share >= 0.99 else 1


if __name__ == "__main__":
    sys.exit(main())
