# SPDX-License-Identifier: Apache-2.0
"""Taking a consent back: what of it, what stops then, and why in her own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.actions.consent import stopped_by
from desktop.i18n import _
from desktop.ui import theme
from desktop.ui.parts.household_lines import Line
from desktop.ui.parts.household_words import day_words
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Choice, Field, TextEdit
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.model.consent import Withdrawal
    from desktop.ui.parts.household_reading import ConsentLine

_LONGEST: Final = 300


class ConsentWithdrawal(Dialog):
    """What stops is read out before it is noted. ``what()`` and ``reason()`` once accepted."""

    def __init__(self, one: ConsentLine, parent: QWidget) -> None:
        super().__init__(
            parent,
            _("{name} takes the consent back").format(name=one.name),
            "",
            _("Note that it was taken back"),
            icon="ban",
        )
        self.setMinimumWidth(theme.scaled(600))
        self.pick = Choice(offered(one), parent=self)
        self.pick.chose.connect(lambda _what: self._show())
        self.why = TextEdit(longest=_LONGEST, parent=self)
        self.stops = QFrame(self)
        self.stops.setObjectName("panel")
        self._list = QVBoxLayout(self.stops)
        self._list.setContentsMargins(16, 10, 16, 12)
        self._list.setSpacing(0)
        self.body.addWidget(Field(_("What is taken back"), self.pick, parent=self))
        self.body.addWidget(self.stops)
        self.body.addWidget(Field(_("Why, if it was said"), self.why, parent=self))
        self._show()

    def what(self) -> Withdrawal:
        """What is taken back."""
        chosen: Withdrawal = self.pick.value()
        return chosen

    def reason(self) -> str:
        """What was said, or nothing."""
        return self.why.plain()

    def said(self) -> tuple[str, ...]:
        """What is read out."""
        return stopped_by(self.what())

    def _show(self) -> None:
        while self._list.count():
            old = self._list.takeAt(0)
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        head = Label(_("What this means from now on"), theme.SMALL, weight=600, parent=self.stops)
        self._list.addWidget(head)
        for sentence in self.said():
            self._list.addWidget(Label(f"•  {sentence}", parent=self.stops))
        self.stops.setAccessibleName(" ".join(self.said()))


def offered(one: ConsentLine) -> list[tuple[str, str]]:
    """What can still be taken back of a consent, the least first."""
    made = []
    if one.standing.publish:
        made.append(("publication", _("That photos are published")))
    if one.standing.photo:
        made.append(("photo", _("That photos are taken and used")))
    if "all" not in one.standing.withdrawn:
        made.append(("all", _("Everything that rests on consent")))
    return made


def consent_line(one: ConsentLine) -> Line:
    """A person's consent as an entry of the list."""
    standing = one.standing
    given = standing.consent
    if given is None:
        return Line("", one.name)
    photo = _("photos: yes") if standing.photo else _("photos: no")
    publish = _("publication: yes") if standing.publish else _("publication: no")
    told = (
        _("notice {version} read aloud").format(version=given.notice_version)
        if given.notice_read
        else _("notice not read aloud")
    )
    under = " · ".join((day_words(given.given_at), photo, publish, told))
    if standing.withdrawn:
        state = (_("taken back"), "ban", "amber")
    else:
        state = (_("holds"), "circle-check", "green")
    return Line(one.person_id if offered(one) else "", one.name, under, state)
