# SPDX-License-Identifier: Apache-2.0
"""The list of cases: found by name or number, narrowed by state, urgency, owner and problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from desktop.i18n import _, ngettext
from desktop.store import codelist
from desktop.store.case_list import LIMIT
from desktop.ui import theme
from desktop.ui.page import Page
from desktop.ui.parts.case_new import CaseNew
from desktop.ui.parts.case_tab import CaseTab
from desktop.ui.tables.case_file import (
    NEXT,
    NUMBER,
    OWNER,
    PROBLEMS,
    STATUS,
    TAMBON,
    URGENCY,
    WHO,
    CaseModel,
)
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from desktop.store.case_list import CaseRow
    from desktop.store.store import Store

_OPEN: Final = "open"
_ALL: Final = "all"
_MINE: Final = "mine"
_ROOM: Final = 1060
"""Below this width a list does without numbers and owners; the case itself has them."""


class CaseList(CaseTab):
    """Enter opens the case of the current row."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.open = page.command(_("Open the case"), self._open, "Ctrl+Return", "folder-heart")
        self.new = page.command(_("New case"), self._new, "F3", "plus")
        self.box = SearchBox(_("Name or case number"), parent=self)
        self.state = self._choice(
            _("Which cases"),
            [(_OPEN, _("Open cases")), (_ALL, _("All cases")),
             *((one.code, codelist.word("case_status", one.code))
               for one in codelist.codes("case_status"))],
        )  # fmt: skip
        urgencies = [(one.code, codelist.word("urgency", one.code))
                     for one in reversed(codelist.codes("urgency"))]  # fmt: skip
        self.urgency = self._choice(_("How urgent"), [("", _("Every urgency")), *urgencies])
        self.owner = self._choice(
            _("Answers for it"), [("", _("Everybody's")), (_MINE, _("Mine"))]
        )
        problems = [(one.code, codelist.word("problem", one.code))
                    for one in codelist.codes("problem")]  # fmt: skip
        self.problem = self._choice(_("Problem"), [("", _("Every problem")), *problems])
        self.problem.setMaximumWidth(theme.scaled(240))
        self.model = CaseModel(self)
        self.table = Table(
            _("Cases"),
            self.model,
            widths=(136, 170, 220, 130, 190, 140, 190, 110),
            stretch=PROBLEMS,
            parent=self,
        )
        for column in (URGENCY, WHO, STATUS, NEXT):
            self.table.setItemDelegateForColumn(column, BadgeCell(self.table))
        self.count = Label("", "small", "quiet", parent=self)
        self._empty = Empty("folder-heart", "", "", (self.new,), self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._lay()
        self._wire()
        self.setFocusProxy(self.box)

    def _choice(self, name: str, options: list[tuple[str, str]]) -> Choice:
        choice = Choice(options, options[0][0], self)
        choice.setAccessibleName(name)
        choice.chose.connect(lambda _value: self.reload())
        return choice

    def _lay(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.box, 1)
        for choice in (self.state, self.urgency, self.owner, self.problem):
            choice.setMaximumWidth(theme.scaled(200))
            row.addWidget(choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.count)
        column.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self.box.asked.connect(lambda _text: self.reload())
        self.box.down.connect(self.table.setFocus)
        self.box.took.connect(self._open)
        self.table.chosen.connect(lambda _row: self._open())
        self.table.moved.connect(lambda _row: self.turned.emit())

    def offers(self) -> tuple[QAction | None, tuple[QAction, ...]]:
        return (self.open, (self.new,)) if self.current() is not None else (None, ())

    def keys(self) -> tuple[QAction, ...]:
        return (self.new,)

    def current(self) -> CaseRow | None:
        """The case of the current row."""
        row, rows = self.table.currentIndex().row(), self.model.rows
        return rows[row] if 0 <= row < len(rows) else None

    def reload(self) -> None:
        from desktop.model.case_file import ORDER
        from desktop.store.case_list import CaseFilter

        by, state = self.desk.by, self.state.value()
        asked = CaseFilter(
            text=self.box.text(),
            open_only=state == _OPEN,
            status=tuple(one for one in ORDER if one == state),
            urgency=self.urgency.value() or "",
            owner_id=by if self.owner.value() == _MINE else "",
            problem=self.problem.value() or "",
        )

        def read(store: Store) -> tuple[CaseRow, ...]:
            from desktop.store.case_list import cases

            with store.read() as conn:
                return cases(conn, by, asked)

        self.desk.look(self, read, self._show, latest="cases")

    def _show(self, rows: tuple[CaseRow, ...]) -> None:
        before = self.current()
        self.model.show_rows(rows, self.desk.now().date())
        self._stack.setCurrentWidget(self.table if rows else self._empty)
        self.count.setText(
            _("The first {count} cases. Type a name to find others.").format(count=LIMIT)
            if len(rows) >= LIMIT
            else ngettext("{count} case", "{count} cases", len(rows)).format(count=len(rows))
            if rows
            else ""
        )
        narrowed = any((self.box.text(), self.urgency.value(), self.owner.value(),
                        self.problem.value(), self.state.value() != _OPEN))  # fmt: skip
        if not rows and narrowed:
            self._empty.say(
                _("No case fits"),
                _("Type less of the name, or choose other filters. Cases that are kept to the "
                  "people who look after them are in nobody else's list."),
            )  # fmt: skip
        elif not rows:
            self._empty.say(
                _("No open cases"),
                _("A home visit that finds a problem opens a case, and so does an alert."),
            )
        ids = [row.case.id for row in rows]
        self.table.go_to(ids.index(before.case.id) if before and before.case.id in ids else 0)
        self._fit()
        self.turned.emit()

    def _fit(self) -> None:
        narrow = self.table.width() < theme.scaled(_ROOM)
        # The one who answers for it is on the case; numbers are found by the box.
        self.table.setColumnHidden(OWNER, True)
        self.table.setColumnHidden(NUMBER, narrow)
        self.table.setColumnWidth(STATUS, theme.scaled(126 if narrow else 190))
        self.table.setColumnWidth(TAMBON, theme.scaled(118))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _open(self) -> None:
        row = self.current()
        if row is not None:
            self.opened.emit(row.case.id)

    def _new(self) -> None:
        CaseNew(self.page, self.desk, self.opened.emit).open()

    def focus_first(self) -> None:
        self.box.setFocus()
