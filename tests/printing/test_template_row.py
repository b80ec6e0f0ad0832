# SPDX-License-Identifier: Apache-2.0
"""Emblems of offices that issue together stand about the middle; one may sign from the left."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace

import pytest
from PIL import Image

from desktop.model.certificate import Signer
from desktop.model.template import Filling, Signatories, Template
from desktop.model.template_field import sample_filling
from desktop.model.template_form import read_template, write_template
from desktop.printing.template_page import Assets, boxes, pages_pdf, plate, troubles
from desktop.printing.template_place import place, read
from desktop.printing.template_shipped import shipped_template

CENTRED = ("completion", "honour", "facilitator", "volunteer")
SLOTS = ("emblem", "emblem:2", "emblem:3")


def _picture(colour: str) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(held, "PNG")
    return held.getvalue()


PICTURES = [_picture(colour) for colour in ("red", "green", "blue")]
DIGESTS = [hashlib.sha256(one).hexdigest() for one in PICTURES]
ASSETS = Assets(dict(zip(DIGESTS, PICTURES, strict=True)))


def _filling(*slots: str, signers: int = 1) -> Filling:
    usual = sample_filling("certificate", "usual")
    pictures = {slot: DIGESTS[SLOTS.index(slot)] for slot in slots}
    people = tuple(Signer(f"นางนภา เศรษฐกร {n}", "อธิบดี") for n in range(signers))
    return replace(usual, pictures=pictures, signers=people)


def _middles(template: Template, filling: Filling) -> dict[str, float]:
    found = boxes(template, filling, assets=ASSETS)
    return {
        slot: found[one.id][0] + found[one.id][2] / 2
        for slot in filling.pictures
        for one in template.elements
        if getattr(one, "slot", "") == slot and type(one).__name__ == "Image"
    }


@pytest.mark.parametrize("name", CENTRED)
def test_two_emblems_stand_beside_each_other_in_the_middle_the_first_at_the_left(
    name: str,
) -> None:
    """Mutant: the second beside the first in the middle, and an empty place at its other side."""
    template = shipped_template(name)
    middle = template.width / 2
    alone = _middles(template, _filling("emblem"))
    assert alone == {"emblem": pytest.approx(middle, abs=0.3)}
    two = _middles(template, _filling("emblem", "emblem:2"))
    assert two["emblem"] < middle < two["emblem:2"]
    assert two["emblem"] + two["emblem:2"] == pytest.approx(2 * middle, abs=0.6)
    three = _middles(template, _filling(*SLOTS))
    assert three["emblem:2"] < three["emblem"] < three["emblem:3"]
    assert three["emblem"] == pytest.approx(middle, abs=0.3)
    for filling in (_filling("emblem", "emblem:2"), _filling("emblem:2"), _filling(*SLOTS)):
        assert troubles(template, filling, assets=ASSETS) == ()


@pytest.mark.parametrize("name", ["honour", "facilitator", "volunteer"])
def test_a_wreath_is_there_while_an_emblem_stands_in_it(name: str) -> None:
    """Mutant: laurels around nothing, or between two emblems."""
    template = shipped_template(name)
    for slots, there in ((SLOTS[:1], True), (SLOTS[:2], False), (SLOTS, True), ((), True)):
        said = read(template, _filling(*slots))
        parts = {part.element.id for part in place(template, said, ASSETS).parts}
        assert ("wreath" in parts) is there, slots
        assert ("emblem_ornament" in parts) is (not slots)


def test_a_batch_of_pages_with_one_and_with_two_emblems_draws_each_in_its_place() -> None:
    """Mutant: an emblem that all pages share kept where it stood on the first of them."""
    template = shipped_template("completion")
    one, two = _filling("emblem"), _filling("emblem", "emblem:2")
    together = pages_pdf(template, [one, two], assets=ASSETS)
    turned = pages_pdf(template, [two, one], assets=ASSETS)
    alone = [pages_pdf(template, [filling], assets=ASSETS) for filling in (one, two)]
    assert plate(template, one, assets=ASSETS) != plate(template, two, assets=ASSETS)
    drawn = [_pixels(together, 0), _pixels(together, 1)]
    assert drawn == [_pixels(pdf, 0) for pdf in alone]
    assert drawn == [_pixels(turned, 1), _pixels(turned, 0)]


def _pixels(pdf: bytes, number: int) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    made: bytes = document[number].render(scale=0.5).to_pil().tobytes()
    document.close()
    return made


def test_whoever_signs_alone_stands_where_the_texts_begin_and_three_have_room() -> None:
    """Mutant: one signature in the middle of a page whose texts all begin at the left."""
    template = shipped_template("participation")
    signing = next(one for one in template.elements if isinstance(one, Signatories))
    for align, least, most in (("left", 74, 145), ("centre", 140, 214), ("right", 205, 279)):
        turned = replace(
            template,
            elements=tuple(
                replace(one, align=align) if one is signing else one  # type: ignore[arg-type]
                for one in template.elements
            ),
        )
        left, _top, width, _height = boxes(turned, _filling())["signers"]
        assert least <= left
        assert left + width <= most
        assert read_template(write_template(turned)) == turned
    for count in (1, 2, 3):
        assert troubles(template, _filling(signers=count)) == ()
