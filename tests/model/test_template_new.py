# SPDX-License-Identifier: Apache-2.0
"""What the designer adds: on the page, readable, printable."""

from __future__ import annotations

import pytest

from desktop.model.template import PURPOSES, Purpose, Template
from desktop.model.template_edit import added
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
        from dataclasses import replace

        styled = replace(text, style=replace(text.style, face=face, colour="#7A1F2B"))
        with_text, _name = added(with_text, styled)
    assert new_text(with_text, "ข").style.face == "Trirong-Bold"
    assert new_text(with_text, "ข").style.colour == "#7A1F2B"
