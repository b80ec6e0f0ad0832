# SPDX-License-Identifier: Apache-2.0
"""A sitting with the form of a house."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from pytestqt.qtbot import QtBot

from desktop.i18n import use_language
from desktop.ui.desk import Desk
from desktop.ui.tasks import Tasks
from tests.actions.office_ground import Ground
from tests.ui.forms.sitting import HOUSE, Sitting, xform


@cache
def _house() -> bytes:
    return xform(HOUSE)


@pytest.fixture
def sitting(ground: Ground, desk: Desk, tasks: Tasks, qtbot: QtBot) -> Iterator[Sitting]:
    """The page, and the form of a house in the store."""
    use_language("th")
    made = Sitting(ground, desk, tasks, qtbot)
    made.install(_house())
    yield made
    if not made.over:
        made.settle()
