# SPDX-License-Identifier: Apache-2.0
"""Whoever asks the frame for a page asks for one that there is."""

from __future__ import annotations

import re
from pathlib import Path

import desktop.ui
from desktop.ui.places import FACTORIES, PLACES

_ASKED = re.compile(r"""(?:go\.emit|show_page)\(\s*"(\w+)\"""")


def test_every_page_that_is_asked_for_is_there() -> None:
    """Mutant: one page asks for "event" while the page is called "events"; its button is dead."""
    folder = Path(desktop.ui.__file__).parent
    asked = {
        noun for path in folder.rglob("*.py") for noun in _ASKED.findall(path.read_text("utf-8"))
    }

    assert asked
    assert asked <= set(FACTORIES)


def test_every_place_on_the_rail_has_its_page() -> None:
    """Mutant: a place without a factory ends in the crash dialog when it is pressed."""
    assert {place.noun for place in PLACES} <= set(FACTORIES)
