# SPDX-License-Identifier: Apache-2.0
"""A number of the register declared void: one of two certificates that bear it, one of several of
one recipient, a number that waits and cannot be given any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.ui.desk import Desk
from desktop.ui.parts.certificate_dialogs import ReasonDialog

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.actions.register import BookRow
    from desktop.model.certificate import Certificate
    from desktop.store.store import Store

# Notes of the register are part of a Thai document, in both languages.
_DOUBLED: Final = "เลขซ้ำกับใบที่ออกจากอีกเครื่องหนึ่ง"
_TWICE: Final = "ผู้รับมีใบอื่นที่ยังใช้ได้"
_WAITS: Final = "ไม่ใช้เลขที่กันไว้"


def is_to_be_void(row: BookRow | None) -> bool:
    """Whether this line of a register is one that is declared void from here: it clashes with
    another, or its number waits. What stands and is spoilt is void from its event's page."""
    return row is not None and row.certificate is not None and (row.clashes or _waits(row))


def _waits(row: BookRow) -> bool:
    return row.certificate is not None and row.certificate.status == "unused"


def voiding(page: QWidget, desk: Desk, row: BookRow, held: Certificate) -> ReasonDialog:
    """Asks why, and declares the number void when the verb is pressed. Not opened yet.

    ``held`` is the certificate of ``row``.
    """
    waits = _waits(row)
    dialog = ReasonDialog(
        page,
        _("Declare number {number} void").format(number=row.number_text),
        "\n".join(_words(row, waits=waits)),
        _("Declare void"),
        final=True,
        value="other",
    )
    usual = _WAITS if waits else _DOUBLED if row.also_of else _TWICE if row.also_has else ""
    dialog.reasons.more.setText(usual)
    # In Thai both buttons would begin with the same word.
    dialog.stay.setText(_("Let it wait") if waits else _("Keep it valid"))

    def go() -> None:
        reason = dialog.reasons.reason()

        def action(store: Store, by: str) -> Done:
            from desktop.actions.certificate import void

            return void(store, by, held.id, reason)

        said = _("Number {number} is void").format(number=row.number_text)
        if row.also_of or waits:
            more = _("{name} gets another number when a certificate is issued.")
            said = f"{said} · {more.format(name=row.name)}"
        desk.act(page, action, said=said)

    dialog.accepted.connect(go)
    return dialog


def _words(row: BookRow, *, waits: bool) -> list[str]:
    if waits:
        words = _(
            "The number was set aside for {name} and never stood on a paper. It stays in the "
            "register and is never used; the next issue draws another one. This cannot be taken "
            "back."
        )
    else:
        words = _(
            "The certificate of {name} is no longer valid. Its number stays in the register "
            "and is never used again. This cannot be taken back."
        )
    said = [words.format(name=row.name)]
    if row.also_of:
        words = _("The other certificate with this number stands: {others}.")
        said.append(words.format(others=", ".join(row.also_of)))
    if row.also_of and not waits:
        words = _(
            "Get the paper of {name} back if it was handed over, and issue the certificate again: "
            "it gets a number of its own."
        )
        said.append(words.format(name=row.name))
    if row.also_has:
        words = _("What {name} has besides stands: number {numbers}.")
        said.append(words.format(name=row.name, numbers=", ".join(row.also_has)))
    return said
