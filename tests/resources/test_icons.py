# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest
from defusedxml.ElementTree import parse

from desktop.paths import shipped

FOLDER = shipped("resources", "icons")


@pytest.mark.parametrize("icon", sorted(FOLDER.glob("*.svg")), ids=lambda icon: icon.stem)
def test_an_icon_takes_the_colour_of_the_palette(icon: Path) -> None:
    """Fails for an icon with a colour, a size or a stroke of its own: it would vanish in dark."""
    drawing = parse(icon).getroot()

    assert drawing.get("stroke") == "currentColor"
    assert drawing.get("fill") == "none"
    assert (drawing.get("viewBox"), drawing.get("stroke-width")) == ("0 0 24 24", "2")
    assert not [part for part in drawing.iter() if part.get("stroke", "currentColor") == "black"]


def test_the_licence_of_the_icons_travels_with_them() -> None:
    licence = (FOLDER / "LICENSE").read_text(encoding="utf-8")

    assert licence.startswith("ISC License")
    assert "The MIT License (MIT) (for the icons listed above)" in licence
