# SPDX-License-Identifier: Apache-2.0
"""The keys with which this office's computers sign certificates; withdrawing one that is lost."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.actions.proof_key import OfficeKey, office_keys, restore_key, withdraw_key
from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.ui.attendance_words import date_words, moment_words
from desktop.ui.desk import Desk
from desktop.ui.widgets.badge import Badge
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.store import Store

_HIGH = 330
"""How high the list is before it scrolls."""


class VerifyKeys(Dialog):
    """One line a key: what was signed with it, and the way to withdraw it or to take that back."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(
            parent,
            _("Keys of this office"),
            _(
                "Each computer signs the certificates it issues with a key of its own. If one is "
                "lost or stolen, withdraw its key: the papers that the register knows by then "
                "stay genuine, and of every other one people are told to ask the office. Look "
                "through the last ones and cancel what nobody here issued. Then save the page for "
                "everybody and this office's list once more, and have the centre shut the "
                "computer out."
            ),
            _("Close"),
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.stay.hide()
        self.setMinimumWidth(720)
        self._desk = desk
        self.rows: dict[bytes, Button] = {}
        """The button of each key."""
        self.none = Label(
            _("No computer of this office has issued a certificate with a code yet."),
            tone="quiet", parent=self,
        )  # fmt: skip
        self.body.addWidget(self.none)
        self._holder = QWidget(self)
        self._lines = QVBoxLayout(self._holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self._scroll = Scroll(self._holder, self)
        self.body.addWidget(self._scroll)
        self.none.hide()
        self._scroll.hide()
        desk.changed.connect(self._changed)
        self._read()

    def _changed(self, nouns: frozenset[str]) -> None:
        if "office" in nouns:
            self._read()

    def _read(self) -> None:
        self._desk.look(self, office_keys, self._show, latest="keys")

    def _show(self, keys: tuple[OfficeKey, ...]) -> None:
        held = next((key for key, button in self.rows.items() if button.hasFocus()), b"")
        _empty(self._lines)
        self.rows.clear()
        for one in keys:
            self._lines.addWidget(self._line(one))
        self._lines.addStretch()
        self.none.setVisible(not keys)
        self._scroll.setVisible(bool(keys))
        needed = self._lines.totalHeightForWidth(self.width() - 48)
        self._scroll.setFixedHeight(min(_HIGH, max(needed, self._lines.sizeHint().height())))
        self.fit()
        if held in self.rows:
            self.rows[held].setFocus()

    def _line(self, one: OfficeKey) -> QWidget:
        card = QFrame(self._holder)
        card.setObjectName("card")
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(10)
        name = _name(one)
        head.addWidget(Label(name, weight=600, wrap=False, parent=card))
        if one.here:
            head.addWidget(Badge(_("This computer"), "laptop", "accent", card))
        if one.withdrawn:
            head.addWidget(Badge(_("Key withdrawn"), "ban", "red", card))
        head.addStretch()
        words.addLayout(head)
        words.addWidget(Label(_facts(one), "small", "quiet", parent=card))
        row.addLayout(words, 1)
        if one.withdrawn:
            button = Button(
                _("Take the withdrawal back"), lambda: self._restore(one), kind="quiet",
                icon="undo-2", parent=card,
            )  # fmt: skip
        else:
            button = Button(
                _("Lost: withdraw its key"),
                lambda: self._withdraw(one),
                kind="danger",
                icon="ban",
                parent=card,
            )
        button.setAccessibleName(f"{button.text()}: {name}. {_facts(one)}")
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.rows[one.public] = button
        return card

    def _withdraw(self, one: OfficeKey) -> None:
        def action(store: Store, by: str) -> Done:
            return withdraw_key(store, by, one.public)

        self.wrong("")
        self._desk.act(self, action, said=_("The key was withdrawn"), failed=self._refused)

    def _restore(self, one: OfficeKey) -> None:
        def action(store: Store, by: str) -> Done:
            return restore_key(store, by, one.public)

        self.wrong("")
        self._desk.act(self, action, said=_("The key stands again"), failed=self._refused)

    def _refused(self, problem: Problem) -> None:
        self.wrong(str(problem))


def _name(one: OfficeKey) -> str:
    digits = one.public.hex()[:8].upper()
    return _("Key {digits}").format(digits=f"{digits[:4]} {digits[4:]}")


def _facts(one: OfficeKey) -> str:
    """By what a person knows which computer it is."""
    told = [_("Signs since {day}.").format(day=_moment(one.made_at))]
    if one.withdrawn:
        told = [_("Withdrawn on {moment}.").format(moment=_moment(one.withdrawn))]
    if one.count:
        told.append(
            ngettext(
                "{count} certificate: number {number} of {day}.",
                "{count} certificates, the last number {number} of {day}.",
                one.count,
            ).format(
                count=one.count, number=one.last, day=date_words(date.fromisoformat(one.last_on))
            )
        )
    else:
        told.append(_("No certificates in the registers here."))
    return "\n".join(told)


def _moment(utc: str) -> str:
    try:
        return moment_words(datetime.fromisoformat(utc))
    except ValueError:
        return utc


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
