# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from desktop.paths import shipped

FONTS = sorted(shipped("resources", "fonts").glob("*.ttf"))
THAI = [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]


def test_the_typefaces_of_screen_and_paper_are_there() -> None:
    assert [font.stem for font in FONTS] == [
        "Charm-Bold",
        "Charmonman-Bold",
        "Sarabun-Bold",
        "Sarabun-Medium",
        "Sarabun-Regular",
        "Sarabun-SemiBold",
        "Srisakdi-Bold",
        "Trirong-Bold",
        "Trirong-Medium",
    ]


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_every_font_has_its_licence_beside_it(font: Path) -> None:
    """Fails for a font that is added without the text its licence asks to travel with it."""
    family, _style = font.stem.split("-")
    licence = font.with_name(f"{family}-OFL.txt").read_text(encoding="utf-8")
    notice = shipped("resources", "NOTICE").read_text(encoding="utf-8")

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert licence.startswith("Copyright")
    assert f"{family}: copyright" in notice


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_every_font_writes_the_whole_of_thai_and_places_its_marks(font: Path) -> None:
    with TTFont(font, lazy=True) as face:
        missing = [f"U+{code:04X}" for code in THAI if code not in face.getBestCmap()]
        features = {record.FeatureTag for record in face["GPOS"].table.FeatureList.FeatureRecord}
        units = face["head"].unitsPerEm

    assert missing == []
    assert {"mark", "mkmk"} <= features
    assert units == 1000, "ReportLab's widths drift at any other"
