# SPDX-License-Identifier: Apache-2.0
"""What a screen reader would say nothing of, and what is too small to press."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QCheckBox, QLineEdit, QPushButton, QWidget


def nameless(window: QWidget) -> list[str]:
    """The focusable widgets of a window that a screen reader would say nothing of."""
    found = []
    for part in [window, *window.findChildren(QWidget)]:
        if part.focusPolicy() == Qt.FocusPolicy.NoFocus or part.focusProxy() is not None:
            continue
        if not part.isVisibleTo(window):
            continue  # a part that waits for its words; it is heard when it is seen
        if part.objectName() == "popup" or isinstance(part.parent(), QAbstractScrollArea):
            continue
        spoken = QAccessible.queryAccessibleInterface(part)
        if spoken is None or not spoken.text(QAccessible.Text.Name).strip():
            found.append(f"{type(part).__name__} {part.objectName()}".strip())
    return found


def small(window: QWidget) -> list[str]:
    """What can be pressed and is less than 40 px high."""
    return [
        f"{type(part).__name__} {part.accessibleName()} {part.height()}"
        for part in window.findChildren(QWidget)
        if isinstance(part, QPushButton | QLineEdit | QCheckBox)
        and part.isVisible()
        and part.objectName() != "qt_spinbox_lineedit"
        and part.height() < 40
    ]
