# SPDX-License-Identifier: Apache-2.0
"""What the binding of Qt is kept from doing.

PySide looks whether a module wants one of its switchable features (``snake_case`` names) by
reading the source of every module that is imported, Qt's or not, and Python keeps those sources
in memory: 25 MB and a third of a start's time in this program, which uses no such feature.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Final

import PySide6.QtCore  # noqa: F401 - brings the part that is changed

_ASKS: Final = "_mod_uses_pyside"


def spare_sources() -> None:
    """Let modules be imported from now on without reading their sources.

    Nothing happens with a version of PySide that asks in another way.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and hasattr(feature, _ASKS):
        setattr(feature, _ASKS, _uses_qt)


def _uses_qt(module: ModuleType) -> bool:
    """What PySide would find in the source: only ``ui`` names Qt (an import contract)."""
    return module.__name__.startswith("desktop.ui")
