# SPDX-License-Identifier: Apache-2.0
"""Certificates that went to a printer or into a file, noted in the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk
from desktop.ui.parts.print_job import Sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.actions.done import Done
    from desktop.store.store import Store


def noting(page: QWidget, desk: Desk, count: list[int]) -> Callable[[Sent], None]:
    """What notes those that were sent, and adds how many they are to ``count``."""

    def sent_off(sent: Sent) -> None:
        count.append(len(sent.keys))

        def action(store: Store, by: str) -> Done:
            from desktop.actions.certificate import record_print

            return record_print(
                store, by, sent.keys, sent.printer, sent.copies, sent.reason, sent.plates
            )

        desk.act(page, action)

    return sent_off
