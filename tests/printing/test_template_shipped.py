# SPDX-License-Identifier: Apache-2.0
"""Templates that ship, and the layouts that certificates were printed with before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.model.template import Signatories, Text, TextStyle
from desktop.model.template_field import fields_of, sample_filling
from desktop.model.template_form import read_template, write_template
from desktop.model.template_text import fields_in
from desktop.paths import shipped
from desktop.printing.office_face import shipped_faces
from desktop.printing.template_mark import Set
from desktop.printing.template_page import NONE
from desktop.printing.template_place import place, read
from desktop.printing.template_shipped import (
    BrokenTemplate,
    earlier_names,
    earlier_template,
    shipped_template,
    shipped_templates,
)

GOLDEN = Path(__file__).parent.parent / "golden" / "certificates"


@pytest.mark.parametrize("name", sorted(shipped_templates()))
def test_a_shipped_template_asks_for_fields_and_faces_that_there_are(name: str) -> None:
    """Fails when a field is misspelt, a face does not ship, or a template has no Thai name."""
    template = shipped_template(name)
    assert template.titles.keys() >= {"th", "en"}
    known = fields_of(template.purpose)
    styles: list[TextStyle] = []
    for element in template.elements:
        if isinstance(element, Text):
            assert set(fields_in(element.text)) <= known.keys()
            styles.append(element.style)
        elif isinstance(element, Signatories):
            styles += [element.signer, element.position]
    for style in styles:
        assert style.face in shipped_faces()
        assert not style.digits_face or style.digits_face in shipped_faces()
        assert style.smallest <= style.size
    assert read_template(write_template(template)) == template


def test_a_missing_template_ends_in_a_sentence() -> None:
    """Fails when FileNotFoundError reaches the person."""
    with pytest.raises(BrokenTemplate, match="nowhere"):
        shipped_template("nowhere")
    assert earlier_template("0" * 64) is None


def test_an_earlier_layout_is_found_by_the_digest_that_certificates_keep() -> None:
    """Fails when a certificate issued before can no longer be printed: the digest is that of the
    files as they shipped then, so they may never change."""
    folder = shipped("forms", "certificates", "earlier")
    art = (folder / "art" / "garland.json").read_bytes()
    kept = {
        hashlib.sha256((folder / f"{name}.json").read_bytes() + art).hexdigest(): name
        for name in ("completion", "project")
    }
    golden = json.loads((GOLDEN / "earlier.json").read_text("utf-8"))
    assert kept == dict(earlier_names()) == {key: one["name"] for key, one in golden.items()}


def test_an_earlier_certificate_looks_as_it_did() -> None:
    """Every text where the layouts' own engine had put it (recorded from that before it went).
    Fails when a pinned block is hung from the wrong side, or gaps are shared out otherwise."""
    golden = json.loads((GOLDEN / "earlier.json").read_text("utf-8"))
    for digest, told in golden.items():
        template = earlier_template(digest)
        assert template is not None
        for sample, texts in told["texts"].items():
            filling = sample_filling("certificate", sample)
            when = filling.fields["when_where"].replace(" ณ ", " \u200bณ ", 1)
            filling = replace(filling, fields={**filling.fields, "when_where": when})
            found = [
                [part.element.id, mark.text, mark.x, mark.y, mark.size]
                for part in place(template, read(template, filling), NONE).parts
                for mark in part.marks
                if isinstance(mark, Set)
            ]
            assert len(found) == len(texts)
            for one, wanted in zip(sorted(found), sorted(texts), strict=True):
                assert one[:2] == wanted[:2]
                assert one[2:] == pytest.approx(wanted[2:], abs=0.01)
