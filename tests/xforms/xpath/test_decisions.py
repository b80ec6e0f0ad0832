# SPDX-License-Identifier: Apache-2.0
"""Every decision about expressions that is written down is held by a test that names it."""

from __future__ import annotations

import re
from pathlib import Path

import desktop.xforms

DECISIONS = Path(desktop.xforms.__file__).parent / "DECISIONS.md"


def test_each_decision_has_a_test_that_names_it() -> None:
    """Mutant: a decision without a test; a test of a decision nobody wrote down."""
    written = set(re.findall(r"^\| (X\d+) \|", DECISIONS.read_text("utf-8"), re.MULTILINE))
    tests = "".join(
        path.read_text("utf-8")
        for path in Path(__file__).parent.glob("test_*.py")
        if path != Path(__file__)
    )
    held = {name.upper() for name in re.findall(r"\bX\d+\b|(?<=_)x\d+(?=_)", tests)}
    assert written
    assert written == held
