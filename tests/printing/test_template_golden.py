# SPDX-License-Identifier: Apache-2.0
"""A certificate printed again is the certificate: the shipped templates, filled, to the byte."""

from __future__ import annotations

import json

import pytest

from desktop.printing.template_shipped import shipped_templates
from tests.printing.golden import GOLDEN, digests


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, str]]:
    return digests()


@pytest.mark.parametrize("name", sorted(shipped_templates()))
def test_a_shipped_template_prints_what_it_printed(
    name: str, made: dict[str, dict[str, str]]
) -> None:
    """Fails when a template, an ornament, a typeface, the text engine or a library of it changes
    what is printed: certificates that stand in registers would no longer be printed as they were.
    Where that is meant, ``python -m tests.printing.golden`` renews the digests."""
    golden = json.loads(GOLDEN.read_text("utf-8"))
    assert made[name] == golden[name]


def test_every_shipped_template_has_its_digests() -> None:
    """Fails when a template is added or taken away unseen."""
    assert set(json.loads(GOLDEN.read_text("utf-8"))) == set(shipped_templates())
