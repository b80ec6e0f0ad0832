# SPDX-License-Identifier: Apache-2.0
"""The functions of expressions, a module for each subject.

``registry.FUNCTIONS`` holds those that are given values; ``compiler`` knows the few that decide
themselves what of them is evaluated (``if``, ``once``, ``position``, ``indexed-repeat`` …).
"""

from __future__ import annotations

from desktop.xforms.xpath.functions import (
    choices,
    core,
    geo,
    moments,
    nodes,
    numbers,
    odk,
    strings,
)
from desktop.xforms.xpath.functions.registry import FUNCTIONS, Function

__all__ = [
    "FUNCTIONS",
    "Function",
    "choices",
    "core",
    "geo",
    "moments",
    "nodes",
    "numbers",
    "odk",
    "strings",
]
