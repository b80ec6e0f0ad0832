# SPDX-License-Identifier: Apache-2.0
"""Samples of the designer: both languages, any number of signatures, every purpose."""

from __future__ import annotations

import pytest

from desktop.model.template import PURPOSES, Purpose
from desktop.model.template_field import SAMPLES, fields_of
from desktop.model.template_sample import all_fillings, filling_of


@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_sample_fills_every_field_of_its_purpose(purpose: Purpose) -> None:
    for language in ("th", "en"):
        for _sample, filling in all_fillings(purpose, language):  # type: ignore[arg-type]
            assert filling.fields.keys() == fields_of(purpose).keys()


def test_a_certificate_in_english_has_no_thai_words() -> None:
    """Mutant: an English page of which half the samples stay Thai, so nobody sees it overflow."""
    for sample in SAMPLES:
        filling = filling_of("certificate", sample, language="en")
        said = " ".join(filling.fields.values())
        assert not any("\u0e00" <= letter <= "\u0e7f" for letter in said), sample


def test_as_many_sign_as_are_asked_for() -> None:
    for number in (1, 2, 3):
        assert len(filling_of("certificate", "usual", signers=number).signers) == number
    assert len(filling_of("certificate", "worst").signers) == 3


def test_pictures_are_handed_on() -> None:
    assert filling_of("badge", "usual", pictures={"emblem": "a" * 64}).pictures["emblem"]
