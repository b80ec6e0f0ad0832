# SPDX-License-Identifier: Apache-2.0
"""The binding of Qt does not read the sources of what is imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASKED = """
import linecache, sys
from desktop.app import load_window
load_window()
import desktop.ui.frame, desktop.store.store
from PySide6.QtCore import QSize
assert QSize(2, 3).width() == 2
print(*linecache.cache, sep="\\n")
"""


def test_no_source_is_read_while_the_program_is_imported() -> None:
    """Fails when ``spare_sources`` comes too late, or when PySide asks in another way."""
    done = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    read = [name for name in done.stdout.splitlines() if Path(name).is_file()]
    # Those imported on the way to the binding are too few to matter.
    assert len(read) < 60, len(read)
