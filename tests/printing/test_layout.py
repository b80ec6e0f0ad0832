# SPDX-License-Identifier: Apache-2.0
"""Layouts are data, read with care, and the shipped ones are whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.paths import shipped
from desktop.printing.certificate import CertificatePage
from desktop.printing.layout import FIELDS, BrokenLayout, layout_names, load_layout, read_layout
from desktop.printing.typeface import typeface

FOLDER = shipped("forms", "certificates", "earlier")


@pytest.mark.parametrize("name", ["completion", "project"])
def test_a_shipped_layout_has_every_field_and_faces_that_ship(name: str) -> None:
    """Fails when a block is dropped from a layout or names a face that is not in resources."""
    layout = load_layout(name)
    assert name in layout_names()
    assert {block.field for block in layout.blocks} == FIELDS.keys()
    assert layout.titles.keys() == {"th", "en"}
    for block in (*layout.blocks, layout.signing.name, layout.signing.position):
        assert typeface(block.face).width("กา", block.size) > 0
        assert block.smallest <= block.size


def test_every_placeholder_takes_its_text_from_the_page_and_has_an_example() -> None:
    """Fails when two placeholders show the same text, or one shows nothing."""
    page = CertificatePage(
        number="a", recipient="b", deed="c", subject="d", when_where="e", given="f",
        issuer=("g", "h"), document_word="i", opening="j", signers=(), wish="k", fund="l",
    )  # fmt: skip
    values = [field.value(page) for field in FIELDS.values()]
    assert len(set(values)) == len(FIELDS) == 12
    assert all(field.sample for field in FIELDS.values())


BREAKS: list[Callable[[dict], object]] = [
    lambda told: told["blocks"][0].update(field="salary"),
    lambda told: told["blocks"][0].update(colour_of="red"),
    lambda told: told.update(art="nowhere"),
    lambda told: told.pop("flow"),
    lambda told: told["page"].update(width="wide"),
]


@pytest.mark.parametrize("harm", BREAKS)
def test_a_layout_that_says_something_unknown_is_refused(harm: Callable[[dict], object]) -> None:
    """Fails when an unknown field, property or art is passed over in silence."""
    told = json.loads((FOLDER / "completion.json").read_bytes())
    harm(told)
    with pytest.raises((ValueError, KeyError, TypeError, OSError)):
        read_layout("x", json.dumps(told).encode(), FOLDER)


def test_a_missing_layout_ends_in_a_sentence() -> None:
    """Fails when FileNotFoundError reaches the person."""
    with pytest.raises(BrokenLayout, match="nowhere"):
        load_layout("nowhere")


def test_the_digest_follows_the_layout_and_its_art(tmp_path: Path) -> None:
    """Fails when a changed border keeps the digest that certificates were issued with."""
    data = (FOLDER / "completion.json").read_bytes()
    art = (FOLDER / "art" / "garland.json").read_bytes()
    (tmp_path / "art").mkdir()
    (tmp_path / "art" / "garland.json").write_bytes(art.replace(b"#8C6A1E", b"#8C6A1F"))
    assert read_layout("x", data, FOLDER).digest == load_layout("completion").digest
    assert read_layout("x", data, tmp_path).digest != load_layout("completion").digest
