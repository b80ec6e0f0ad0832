# SPDX-License-Identifier: Apache-2.0
"""Batches of pages: the same bytes for ever, stopped and taken up, onto stock, with pictures."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from desktop.model.template import Text
from desktop.model.template_field import sample_filling
from desktop.printing.template_mark import Stroke
from desktop.printing.template_page import (
    Assets,
    PageProblem,
    Stopped,
    boxes,
    layer_pdf,
    pages_pdf,
    plate,
    troubles,
)
from desktop.printing.template_place import place, read
from tests.printing.events import trainees
from tests.printing.filled import PERSON, SIGNERS, filled, saved
from tests.printing.preflight import assert_archival
from tests.printing.reading import lines_of, pdfium


def test_the_same_batch_has_the_same_bytes_and_a_page_says_the_same_alone() -> None:
    """Fails with anything of the moment in the file, and when the batch changes the page."""
    pages = trainees()[:9]
    whole = pages_pdf(PERSON, pages)
    assert whole == pages_pdf(PERSON, trainees()[:9])
    with (
        pypdfium2.PdfDocument(whole) as batch,
        pypdfium2.PdfDocument(pages_pdf(PERSON, [pages[4]])) as single,
    ):
        assert batch[4].render().to_pil().tobytes() == single[0].render().to_pil().tobytes()


_AGAIN = """
import hashlib
from desktop.model.template_field import sample_filling
from desktop.printing.template_page import pages_pdf, plate
from desktop.printing.template_shipped import shipped_template
template, filling = shipped_template("completion"), sample_filling("certificate", "worst")
print(hashlib.sha256(pages_pdf(template, [filling])).hexdigest(), plate(template, filling))
"""


def test_another_process_makes_the_same_bytes() -> None:
    """Fails when the order of a set, an address or the clock gets into the file or the plate."""
    said = {
        subprocess.run(
            [sys.executable, "-c", _AGAIN],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("77", "Asia/Bangkok"))
    }
    filling = sample_filling("certificate", "worst")
    here = hashlib.sha256(pages_pdf(PERSON, [filling])).hexdigest()
    assert said == {f"{here} {plate(PERSON, filling)}\n"}


def test_a_plate_changes_with_whatever_is_seen() -> None:
    """Fails when a letter, a place, a picture or a colour can change under the same plate."""
    page = filled()
    usual = plate(PERSON, page)
    assert plate(PERSON, filled()) == usual
    changed = [
        plate(PERSON, filled(recipient="นายอื่น")),
        plate(PERSON, filled(proof="7" * 100)),
        plate(PERSON, filled(SIGNERS)),
        *(
            plate(replace(PERSON, elements=(*PERSON.elements[:at], *PERSON.elements[at + 1 :])),
                  page)
            for at, element in enumerate(PERSON.elements)
            if element.id in ("border", "recipient")
        ),
    ]  # fmt: skip
    assert len({usual, *changed}) == 6


def test_a_batch_is_watched_stopped_and_taken_up_again(tmp_path: Path) -> None:
    """Fails when the index of a stop, of progress, or of the page to go on at is one off."""
    pages = trainees()[:6]
    done: list[tuple[int, int]] = []
    with pytest.raises(Stopped) as stopped:
        pages_pdf(
            PERSON,
            pages,
            progress=lambda page, pages: done.append((page, pages)),
            cancelled=lambda: len(done) == 4,
        )
    assert done == [(1, 6), (2, 6), (3, 6), (4, 6)]
    assert stopped.value.page == 4
    rest = pages_pdf(PERSON, pages, start_page=stopped.value.page)
    found = lines_of(pdfium(saved(tmp_path, rest)))
    assert [
        page.fields["recipient"] in lines for page, lines in zip(pages[4:], found, strict=True)
    ] == [True, True]
    with pytest.raises(ValueError, match="no pages"):
        pages_pdf(PERSON, pages, start_page=6)


def _ink_box(data: bytes, dots: int = 254) -> tuple[float, ...]:
    """Left, top, right, bottom of everything inked, in millimetres."""
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=dots / 72).to_pil().convert("L")
    box = image.point(lambda level: 255 * (level < 128)).getbbox()
    assert box is not None
    return tuple(side / dots * 25.4 for side in box)


def test_pre_printed_stock_gets_text_alone_where_it_is_moved_to() -> None:
    """Fails when the border is printed over the stock's own, when a shift goes the wrong way or
    is scaled, and when the scale is about a corner."""
    page = filled()
    plain = pages_pdf(PERSON, [page], text_only=True)
    at = _ink_box(plain)
    assert at[0] > 22
    moved = _ink_box(pages_pdf(PERSON, [page], text_only=True, shift_mm=(3, 2)))
    assert moved == pytest.approx((at[0] + 3, at[1] - 2, at[2] + 3, at[3] - 2), abs=0.15)
    scaled = _ink_box(pages_pdf(PERSON, [page], text_only=True, scale=0.98))
    middle = (148.5, 105, 148.5, 105)
    assert scaled == pytest.approx(
        [m + 0.98 * (side - m) for m, side in zip(middle, at, strict=True)], abs=0.15
    )
    assert _ink_box(pages_pdf(PERSON, [page]))[0] < 13


def _png(colour: tuple[int, int, int, int], size: tuple[int, int] = (40, 40)) -> bytes:
    held = io.BytesIO()
    Image.new("RGBA", size, colour).save(held, "PNG")
    return held.getvalue()


def test_an_office_puts_in_its_own_emblem_and_the_ring_goes(tmp_path: Path) -> None:
    """Fails when the drawn ring stays under it, and when what is transparent turns black."""
    picture = _png((0, 90, 0, 120))
    digest = hashlib.sha256(picture).hexdigest()
    assets = Assets({digest: picture})
    page = replace(filled(), pictures={"emblem": digest})
    data = pages_pdf(PERSON, [page], assets=assets)
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=2).to_pil()
    emblem = PERSON.element("emblem")
    unit = 2 * 72 / 25.4
    box = [emblem.x, emblem.y, emblem.x + emblem.width, emblem.y + emblem.height]
    inner = image.crop(tuple(int(side * unit) + by for side, by in zip(box, (3, 3, -3, -3),
                                                                       strict=True)))  # fmt: skip
    colours = inner.convert("RGB").getcolors()
    assert colours is not None
    ((_count, (red, green, blue)),) = colours
    assert (red, blue) == (pytest.approx(135, abs=3), pytest.approx(135, abs=3))
    assert green == pytest.approx(177, abs=3)
    with pikepdf.open(saved(tmp_path, data)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_a_picture_that_is_not_here_is_told_and_never_left_out() -> None:
    """Fails when a certificate is printed without the emblem it was issued with."""
    page = replace(filled(), pictures={"emblem": "0" * 64})
    (trouble,) = troubles(PERSON, page)
    assert (trouble.element_id, trouble.kind) == ("emblem", "missing")
    with pytest.raises(PageProblem):
        pages_pdf(PERSON, [page])


def test_the_picture_of_a_hand_stands_in_the_place_of_the_line() -> None:
    """Fails when the line stays under it, or when it is at another signer's place."""
    hand = _png((0, 0, 160, 255), (90, 30))
    digest = hashlib.sha256(hand).hexdigest()
    page = replace(filled(SIGNERS), pictures={"signature:2": digest})
    placement = place(PERSON, read(PERSON, page), Assets({digest: hand}))
    (row,) = (part.marks for part in placement.parts if part.element.id == "signers")
    lines = [mark for mark in row if isinstance(mark, Stroke)]
    assert len(lines) == 2
    (shown,) = (mark for mark in row if getattr(mark, "digest", "") == digest)
    assert lines[0].to_x < shown.x < lines[1].x
    assert shown.y == lines[0].y


def test_boxes_are_where_the_ink_is_and_layers_show_one_element() -> None:
    """Fails when a box is measured from below, or when dragging one text shows the others."""
    page = filled(recipient="นายเดชา กองแก้ว")
    found = boxes(PERSON, page)
    x, y, width, height = found["recipient"]
    left, top, right, bottom = _ink_box(layer_pdf(PERSON, page, ["recipient"]))
    assert (left, top, right, bottom) == pytest.approx((x, y, x + width, y + height), abs=0.3)
    assert "organisation" not in found
    assert found["border"] == (11, 11, 275, 188)


def test_an_unknown_field_is_told_and_not_printed_as_nothing() -> None:
    """Fails when a misspelt field empties a certificate in silence."""
    template = replace(
        PERSON,
        elements=tuple(
            replace(one, text="{recipeint}") if isinstance(one, Text) and one.id == "recipient"
            else one
            for one in PERSON.elements
        ),
    )  # fmt: skip
    assert [(one.element_id, one.kind) for one in troubles(template, filled())] == [
        ("recipient", "missing")
    ]
    with pytest.raises(PageProblem):
        pages_pdf(template, [filled()])


def test_certificates_are_archival(tmp_path: Path) -> None:
    """PDFBox on two pages with art, forms and a QR code. Fails when a form carries a font of its
    own, or when a form that is ready made lacks what a form must have."""
    pages = [replace(one, fields={**one.fields, "proof": "7" * 430}) for one in trainees()[:2]]
    assert_archival(pages_pdf(PERSON, pages), tmp_path)


def test_nothing_but_its_own_lines_is_on_a_page_of_a_batch() -> None:
    """Fails when what all pages share is written into each: 430 pages would pass 0.5 MB."""
    data = pages_pdf(PERSON, trainees())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        shown = re.findall(rb"Tj", pdf.pages[77].Contents.read_bytes())
    assert len(shown) == 2  # the name and the number
    assert (len(data) - len(pages_pdf(PERSON, trainees()[:1]))) / 153 < 900
