# SPDX-License-Identifier: Apache-2.0
"""A page over the event of the ground, as the frame would show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.page import Page
from tests.actions.office_ground import Ground

P = TypeVar("P", bound=Page)


def open_over(
    kind: Callable[[Desk], P],
    qtbot: QtBot,
    desk: Desk,
    ground: Ground,
    settled: Callable[[], None],
    size: tuple[int, int] = (1150, 600),
) -> P:
    """The page, shown and loaded; it reloads when what it watches changes."""
    desk.take_event(ground.event.id)
    made = kind(desk)
    desk.changed.connect(lambda nouns: made.reload() if nouns & made.watches else None)
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    made.reload()
    settled()
    return made
