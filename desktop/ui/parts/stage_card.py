# SPDX-License-Identifier: Apache-2.0
"""Whoever is on the stage now, large: name, how to read it, organisation, project, number."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.ui.icons import Icon
from desktop.ui.tables.stage import Turn
from desktop.ui.widgets.big_name import BigName
from desktop.ui.widgets.label import Label


class StageCard(QFrame):
    """One turn, and who comes after it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.turn = Label("", "section", "quiet", weight=600, wrap=False, parent=self)
        self.number = Label("", "section", weight=600, wrap=False, parent=self)
        self.name = BigName(self)
        self.reading = Label("", "section", "accent", parent=self)
        self.organisation = Label("", "lead", parent=self)
        self.project = Label("", "lead", "quiet", parent=self)
        self._icon = Icon("circle-check", "green", parent=self)
        self.state = Label("", weight=600, parent=self)
        self.next = Label("", tone="quiet", parent=self)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.turn)
        head.addStretch()
        head.addWidget(self.number)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._icon)
        foot.addWidget(self.state, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.name, 3)
        column.addWidget(self.reading)
        column.addWidget(self.organisation)
        column.addWidget(self.project)
        column.addStretch(1)
        column.addLayout(foot)
        column.addWidget(self.next)

    def show_turn(
        self, turn: Turn | None, after: Turn | None, total: int, *, done: bool = False
    ) -> None:
        """Show a turn and the next that waits; None when there is none. ``done``: nobody waits."""
        stage = turn.stage if turn is not None else None
        words = _("Turn {turn} of {total}")
        self.turn.setText(words.format(turn=stage.order, total=total) if stage else "")
        self.number.setText(
            _("No. {number}").format(number=stage.number) if stage and stage.number else ""
        )
        self.name.show_name(stage.name if stage else "")
        for label, text in (
            (self.reading, _reading(turn)),
            (self.organisation, stage.organisation if stage else ""),
            (self.project, stage.project if stage else ""),
        ):
            label.setText("" if stage and text == stage.name else text)
            label.setVisible(bool(label.text()))
        icon, tone, said = _state(turn)
        self._icon.setVisible(bool(said))
        self._icon.show_icon(icon, tone)
        self.state.setText(said)
        self.state.set_tone(tone)
        self.next.setText(_after(after, total, done=done))
        self.next.set_tone("green" if done else "quiet")


def _after(after: Turn | None, total: int, *, done: bool) -> str:
    if done:
        words = ngettext(
            "All handed over: {count} turn.", "All handed over: {count} turns.", total
        )
        return words.format(count=total)
    if after is None:
        return _("Nobody waits after this one.")
    return _("Next: {turn} {name}").format(turn=after.stage.order, name=after.stage.name)


def _reading(turn: Turn | None) -> str:
    if turn is None or not turn.stage.reading or turn.stage.reading == turn.stage.name:
        return ""
    return _("Read: {words}").format(words=turn.stage.reading)


def _state(turn: Turn | None) -> tuple[str, str, str]:
    if turn is None:
        return "circle", "quiet", ""
    return {
        "handed": ("circle-check", "green", _("Handed over")),
        "skipped": ("clock", "amber", _("Skipped: comes again at the end")),
        "returned": ("undo-2", "amber", _("Came back once; can be handed over again")),
        "void": ("ban", "red", _("Void: is not handed over")),
        "reprint": (
            "printer", "amber", _("This is a new paper: print it before it is handed over")
        ),
    }.get(turn.state, ("circle", "quiet", ""))  # fmt: skip
