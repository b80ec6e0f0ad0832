# SPDX-License-Identifier: Apache-2.0
"""A story that fails leaves no window behind, so that its own failure is what one reads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.hand import OPEN


@pytest.fixture(autouse=True)
def _windows_closed(qapp: QApplication) -> Iterator[None]:
    yield
    for hand in [*OPEN]:
        asked = QApplication.activeModalWidget()
        if asked is not None:
            asked.close()
        hand.close()
    qapp.setStyleSheet("")
