# SPDX-License-Identifier: Apache-2.0
"""One session of a day as a line to edit: hours, kind, title, what it counts for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.event import Session
from desktop.store import codelist
from desktop.ui import theme
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.clock_edit import ClockEdit
from desktop.ui.widgets.field import Choice, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.tick import Tick
from desktop.ui.widgets.undo_through import UndoThrough

START: Final = 72
KIND: Final = 248
TICK: Final = 76


class SessionRow(QWidget):
    """``edited(session)`` when a part was left changed, ``removed(id)`` when it is to go."""

    edited = Signal(object)
    removed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._make()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.start)
        row.addWidget(self.end)
        row.addWidget(self.kind)
        row.addWidget(self.title, 1)
        row.addWidget(self.counts)
        row.addWidget(self.mandatory)
        row.addWidget(self.more)
        row.addWidget(self.remove)
        column.addLayout(row)
        self._detail = QWidget(self)
        detail = QHBoxLayout(self._detail)
        detail.setContentsMargins(theme.scaled(START) * 2 + 16, 0, 0, 4)
        detail.setSpacing(8)
        detail.addWidget(self.lecturer, 1)
        detail.addWidget(self.place, 1)
        column.addWidget(self._detail)
        self._beside = Label("", "small", "quiet", parent=self)
        self._wrong = Label("", "small", "red", weight=500, parent=self)
        for label in (self._beside, self._wrong):
            label.setContentsMargins(0, 0, 0, 4)
            label.hide()
            column.addWidget(label)
        self._fill(None)
        UndoThrough(self)
        self._detail.setVisible(bool(session.lecturer or session.place))

    def _make(self) -> None:
        self.start, self.end = ClockEdit(parent=self), ClockEdit(parent=self)
        for clock in (self.start, self.end):
            clock.setFixedWidth(theme.scaled(START))
            clock.setPlaceholderText("")
            clock.timed.connect(lambda _minutes: self._keep_hours())
        options = [
            (one.code, codelist.word("session_kind", one.code))
            for one in codelist.codes("session_kind")
        ]
        self.kind = Choice(options, parent=self)
        self.kind.setFixedWidth(theme.scaled(KIND))
        self.kind.chose.connect(self._keep_kind)
        self.title = TextEdit(longest=300, parent=self)
        self.lecturer = TextEdit(placeholder=_("Lecturer"), longest=200, parent=self)
        self.place = TextEdit(placeholder=_("Room or place"), longest=200, parent=self)
        self.title.editingFinished.connect(lambda: self._keep(title=self.title.plain()))
        self.lecturer.editingFinished.connect(lambda: self._keep(lecturer=self.lecturer.plain()))
        self.place.editingFinished.connect(lambda: self._keep(place=self.place.plain()))
        self.counts, self.mandatory = Tick("", parent=self), Tick("", parent=self)
        for tick in (self.counts, self.mandatory):
            tick.setFixedWidth(theme.scaled(TICK))
        self.counts.clicked.connect(lambda on: self._keep(counts=bool(on)))
        self.mandatory.clicked.connect(lambda on: self._keep(mandatory=bool(on)))
        self.more = IconButton("ellipsis", _("Lecturer and place"), self._toggle, self)
        self.remove = IconButton(
            "trash-2",
            _("Remove this session"),
            lambda: self.removed.emit(self.session.id),
            self,
        )

    def parts(self) -> tuple[QWidget, ...]:
        """What can be edited, in the order of the Tab key."""
        return (
            self.start, self.end, self.kind, self.title, self.counts, self.mandatory, self.more,
            self.remove, self.lecturer, self.place,
        )  # fmt: skip

    # ── keeping ──────────────────────────────────────────────────────────────────────────────

    def _keep(self, **fields: Any) -> None:
        session = replace(self.session, **fields)
        if session != self.session:
            self.session = session
            self.refuse("")
            self.edited.emit(session)

    def _keep_hours(self) -> None:
        start, end = self.start.minutes(), self.end.minutes()
        wrong = self.start.problem() or self.end.problem()
        if start is None or end is None:
            self.refuse(wrong or _("Type when it begins and when it ends."))
            return
        fields = {"start": start, "end": end}
        before = self.session
        if start != before.start and end == before.end and end <= start:
            # Moved beyond its old end: it keeps its length.
            fields["end"] = min(24 * 60, start + before.minutes)
            self.end.set_minutes(fields["end"])
        if fields["end"] <= start:
            self.refuse(_("The session ends before it begins. Set a later end."))
            return
        self.refuse("")
        self._keep(**fields)

    def _keep_kind(self, kind: str) -> None:
        fields: dict[str, Any] = {"kind": kind, "counts": codelist.counts_by_default(kind)}
        old = codelist.code("session_kind", self.session.kind)
        new = codelist.code("session_kind", kind)
        if new is not None and self.session.title in ("", old.th if old else ""):
            fields["title"] = new.th
            self.title.setText(new.th)
        self.counts.setChecked(fields["counts"])
        self._keep(**fields)

    def _toggle(self) -> None:
        shown = self._detail.isHidden()
        self._detail.setVisible(shown)
        if shown:
            self.lecturer.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_session(self, session: Session) -> None:
        """Show the session as it is kept; what is being typed in other parts stays.

        Another session takes the line over whole.
        """
        before, self.session = self.session, session
        if before.id == session.id:
            self._fill(before)
            return
        self.refuse("")
        self._detail.setVisible(bool(session.lecturer or session.place))
        self._fill(None)

    def _fill(self, before: Session | None) -> None:
        session = self.session
        shows: dict[str, Any] = {
            "start": self.start.set_minutes, "end": self.end.set_minutes,
            "kind": self.kind.set_value, "title": self.title.setText,
            "counts": self.counts.setChecked, "mandatory": self.mandatory.setChecked,
            "lecturer": self.lecturer.setText, "place": self.place.setText,
        }  # fmt: skip
        for name, show in shows.items():
            value = getattr(session, name)
            if before is None or getattr(before, name) != value:
                show(value)
        if not self.title.hasFocus():
            self.title.setCursorPosition(0)
        if session.lecturer or session.place:
            self._detail.show()
        self._name()

    def _name(self) -> None:
        title = self.session.title
        for part, word in (
            (self.start, _("Begins")), (self.end, _("Ends")), (self.kind, _("Kind of session")),
            (self.title, _("Topic")), (self.counts, _("Counts")),
            (self.mandatory, _("Must attend")), (self.lecturer, _("Lecturer")),
            (self.place, _("Room or place")), (self.more, _("Lecturer and place")),
            (self.remove, _("Remove this session")),
        ):  # fmt: skip
            part.setAccessibleName(f"{word}: {title}")

    def show_beside(self, titles: str) -> None:
        """Say what runs at the same time; empty for nothing."""
        words = _("At the same time as {sessions}").format(sessions=titles) if titles else ""
        self._beside.setText(words)
        self._beside.setVisible(bool(words))

    def refuse(self, sentence: str) -> None:
        """Say under the line why it was not kept; empty takes it away."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    @property
    def refusal(self) -> str:
        """The sentence shown, or empty."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    @property
    def beside(self) -> str:
        """What is said of sessions at the same time, or empty."""
        return "" if self._beside.isHidden() else self._beside.text()
