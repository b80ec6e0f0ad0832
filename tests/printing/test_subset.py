# SPDX-License-Identifier: Apache-2.0
"""The font inside a PDF is made with as little of fontTools as it takes."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from fontTools.ttLib import TTFont

from desktop.printing.subset import Subset
from desktop.printing.typeface import typeface

_SCRIPT = """
import sys
from desktop.printing.subset import Subset
from desktop.printing.typeface import typeface
face = typeface("Sarabun-Regular")
face.run("ฟื้น ปื้น")
Subset(face, face.cells)
print("fontTools.ttLib.tables.otTables" in sys.modules)
"""


@pytest.mark.parametrize("name", ["Sarabun-Regular", "Sarabun-Bold", "Charm-Bold", "Trirong-Bold"])
def test_the_font_keeps_the_name_that_its_file_gives(name: str) -> None:
    """Mutant: take the family (name 1) instead of the PostScript name."""
    face = typeface(name)
    face.run("กุ")
    source = TTFont(io.BytesIO(face.file()))
    assert Subset(face, face.cells).postscript_name == source["name"].getDebugName(6)


def test_no_table_of_layout_is_imported_for_a_subset() -> None:
    """Mutant: ask fontTools for the name, and 4 MB more stay in memory after the first PDF."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"
