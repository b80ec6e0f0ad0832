# SPDX-License-Identifier: Apache-2.0
"""What the designer adds: on the page, readable, printable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest

from desktop.model.template import PURPOSES, AnyElement, Purpose, Qr, Template
from desktop.model.template_edit import added, box_of
from desktop.model.template_field import fields_of
from desktop.model.template_form import read_template, write_template
from desktop.model.template_new import (
    blank,
    new_column,
    new_image,
    new_name,
    new_ornament,
    new_qr,
    new_signatories,
    new_table,
    new_text,
    usual_style,
)
from desktop.model.template_sample import filling_of
from desktop.model.template_text import fields_in
from desktop.printing.template_page import pages_pdf, troubles


@pytest.mark.parametrize("purpose", PURPOSES)
def test_an_empty_page_of_every_purpose_takes_everything_and_is_printed(purpose: Purpose) -> None:
    """Mutant: a part that begins outside a small page."""
    template = blank(purpose, "ใหม่")
    column = new_column(template)
    template, name = added(template, column)
    name_field = "recipient" if purpose == "certificate" else "name"
    for make in (
        new_text(template, "ก"),
        new_text(template, "ข", name),
        new_name(template, name_field),
        new_image(template, slot="emblem"),
        new_image(template, slot="background"),
        new_image(template, asset="0" * 64),
        new_ornament(template, "rule", (100, 2), {}),
        new_ornament(template, "border_lotus", (277, 190), {}),
        new_qr(template),
        new_signatories(template),
        new_table(template, (("", "ลำดับ"), (name_field, "ชื่อ"))),
    ):
        template, _name = added(template, make)
    assert read_template(write_template(template)) == template
    for one in template.elements:
        assert one.x >= 0
        assert one.x + one.width <= template.width + 0.01, one.id
        if one.id != "signatories":
            assert one.y + one.height <= template.height + 0.01, one.id
    filling = filling_of(purpose, "usual")
    assert pages_pdf(template, [filling], lenient=True).startswith(b"%PDF")
    troubles(template, filling)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_fields_it_begins_with_are_known(purpose: Purpose) -> None:
    code = new_qr(blank(purpose, "ใหม่"))
    assert set(fields_in(code.text)) <= fields_of(purpose).keys()


def test_a_new_text_looks_as_the_others_do() -> None:
    template = blank("certificate", "ใหม่")
    assert usual_style(template).size == 14
    with_text: Template = template
    for face in ("Charm-Bold", "Trirong-Bold", "Trirong-Bold"):
        text = new_text(template, "ก")
        styled = replace(text, style=replace(text.style, face=face, colour="#7A1F2B"))
        with_text, _name = added(with_text, styled)
    assert new_text(with_text, "ข").style.face == "Trirong-Bold"
    assert new_text(with_text, "ข").style.colour == "#7A1F2B"


def _apart(one: AnyElement, other: AnyElement) -> bool:
    a, b = box_of(one), box_of(other)
    return a.bottom <= b.y or b.bottom <= a.y or a.right <= b.x or b.right <= a.x


def test_what_is_added_one_after_the_other_does_not_lie_on_top_of_another() -> None:
    """Mutants: everything in the middle of the page, so that the second thing is a trouble at
    once; a frame or a background that leaves no place free."""
    template, _name = added(
        blank("certificate", "ใหม่"), new_image(blank("certificate", ""), slot="background")
    )
    some: list[AnyElement] = []
    makers: tuple[Callable[[Template], AnyElement], ...] = (
        lambda page: new_name(page, "recipient"),
        lambda page: new_text(page, "ก"),
        new_qr,
        lambda page: new_image(page, slot="emblem"),
        lambda page: new_text(page, "ข"),
    )
    for make in makers:
        template, name = added(template, make(template))
        some.append(template.element(name))
    for one, other in combinations(some, 2):
        assert _apart(one, other), (one.id, other.id)
    for one in some:
        box = box_of(one)
        assert template.safe <= box.y
        assert box.bottom <= template.height - template.safe
        assert box.x + box.width / 2 == pytest.approx(template.width / 2, abs=0.01)


def test_a_full_page_still_takes_one_more() -> None:
    """Mutant: a search for a free place that finds none and ends in an error."""
    template = blank("badge", "ใหม่")
    template, _name = added(template, Qr(id="a", x=0, y=0, width=60, height=40))
    for _more in range(3):
        template, _name = added(
            template, replace(new_text(template, "ก"), x=0, y=0, width=88, height=29)
        )
    assert box_of(new_qr(template)).y == pytest.approx((60 - 24) / 2)
