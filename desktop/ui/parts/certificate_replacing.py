# SPDX-License-Identifier: Apache-2.0
"""A replacement (ใบแทน) for a paper that was lost or spoilt, in the words it had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.ui.desk import Desk
from desktop.ui.parts.certificate_dialogs import ReasonDialog

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.store import Store


def replacing(
    page: QWidget, desk: Desk, certificate_id: str, number: str, name: str
) -> ReasonDialog:
    """Asks why, and issues the replacement when the verb is pressed. Not opened yet."""
    dialog = ReasonDialog(
        page,
        _("Issue a replacement for number {number}").format(number=number),
        _(
            "{name} gets a new paper under the same number. The paper that was issued no longer "
            "stands, and stays in the register as replaced."
        ).format(name=name),
        _("Issue the replacement"),
        final=False,
        value="lost",
    )

    def go() -> None:
        reason = dialog.reasons.reason()

        def action(store: Store, by: str) -> Done:
            from desktop.actions.certificate import replace_paper

            return replace_paper(store, by, certificate_id, reason)

        said = _("Number {number} has a replacement. Print it.").format(number=number)
        desk.act(page, action, said=said)

    dialog.accepted.connect(go)
    return dialog
