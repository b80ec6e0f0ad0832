# SPDX-License-Identifier: Apache-2.0
"""A part of the window that gives the focus to one of its controls, and lets Tab reach them all.

Qt takes a widget with a focus proxy for one control: Tab from the proxy leaves the whole widget,
and Tab into it lands on the proxy, so that what stands before the proxy is never reached.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class Pane(QWidget):
    """Passes the focus on as with a proxy, without being one control to Tab."""

    _first: QWidget | None = None

    def setFocusProxy(self, widget: QWidget | None) -> None:
        """Name the control that gets the focus when this part is given it."""
        self._first = widget

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        if self._first is not None:
            self._first.setFocus(reason)
        else:
            super().setFocus(reason)
