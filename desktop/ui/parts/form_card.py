# SPDX-License-Identifier: Apache-2.0
"""The forms of this laptop: which there are, bringing one in, and retiring one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import Problem
from desktop.i18n import _, language, ngettext
from desktop.thai import dates
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.parts.form_coming import Coming, FormComing, read_form
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.headed_card import head_card
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.store.form import FormVersion
    from desktop.store.store import Store

_WATCHES: Final = frozenset({"forms", "drafts"})


@dataclass(frozen=True, slots=True)
class Known:
    """A form of this laptop, how many are being filled, and whether it may be retired."""

    form: FormVersion
    drafts: int
    own: bool
    """One of the program's own."""


class FormCard(QFrame):
    """A line for each form; files are chosen, or dropped on the card."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self.coming: FormComing | None = None
        """The question whether a form shall be brought in, while it is asked."""
        body = head_card(self, _("Forms"), "notebook-pen")
        body.addWidget(
            Label(
                _(
                    "A form the centre sends is brought in here: its .xml file, with its lists "
                    "(.csv) beside it. You can also drop the files on this card."
                ),
                tone="quiet",
                parent=self,
            )
        )
        self.refused = Label("", "small", "red", weight=500, parent=self)
        self.refused.hide()
        body.addWidget(self.refused)
        row = QHBoxLayout()
        self.bring = Button(_("Bring in a form…"), self._choose, icon="file-plus", parent=self)
        row.addWidget(self.bring)
        row.addStretch()
        body.addLayout(row)
        self.holder = QWidget(self)
        self.grid = QGridLayout(self.holder)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(0, 1)
        body.addWidget(self.holder)
        self.setAcceptDrops(True)
        desk.changed.connect(self._changed)

    # ── the list ─────────────────────────────────────────────────────────────────────────────

    def _changed(self, nouns: frozenset[str]) -> None:
        if nouns & _WATCHES:
            self._stale = True
            if self.isVisible():
                self.reload()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def reload(self) -> None:
        """Ask which forms there are."""
        self._stale = False
        # Bringing the shipped forms into the store writes: not on the lane of questions.
        self._desk.tasks.run(
            "slow", self, lambda: _known(self._desk.store), self._show, self._desk.fail
        )

    def _show(self, known: tuple[Known, ...]) -> None:
        while self.grid.count():
            old = self.grid.takeAt(0)
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, one in enumerate(known):
            self.grid.addWidget(self._line(one), row, 0)
            if not one.own:
                self.grid.addWidget(self._switch(one), row, 1)

    def _line(self, one: Known) -> QWidget:
        held = QWidget(self.holder)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        retired = bool(one.form.retired_at)
        tone = "quiet" if retired else "text"
        column.addWidget(Label(one.form.title, tone=tone, weight=500, parent=held))
        column.addWidget(Label(_about(one), theme.SMALL, "quiet", parent=held))
        return held

    def _switch(self, one: Known) -> Button:
        form_id, title = one.form.form_id, one.form.title
        if one.form.retired_at:
            words, spoken, icon = _("Use again"), _("Use {form} again"), "rotate-ccw"
        else:
            words, spoken, icon = _("Retire"), _("Retire {form}"), "ban"
        button = Button(words, kind="quiet", icon=icon, parent=self.holder)
        button.setAccessibleName(spoken.format(form=title))
        back = bool(one.form.retired_at)
        button.clicked.connect(lambda _on=False: self._turn(form_id, title, back=back))
        return button

    def _turn(self, form_id: str, title: str, *, back: bool) -> None:
        def action(store: Store, by: str) -> Any:
            from desktop.actions.form_arrival import retire, use_again

            return (use_again if back else retire)(store, by, form_id)

        said = _("In use again: {form}") if back else _("Retired: {form}")
        self._desk.act(self, action, said=said.format(form=title))

    # ── bringing one in ──────────────────────────────────────────────────────────────────────

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(
            self, _("Bring in a form"), "", _("Forms and their lists") + " (*.xml *.csv *.geojson)"
        )
        if chosen:
            self.take([Path(one) for one in chosen])

    def take(self, paths: list[Path]) -> None:
        """Read a form and the lists that came with it, and ask whether to bring it in."""
        self._refuse("")
        self.bring.setEnabled(False)
        desk = self._desk
        by = desk.by
        desk.slow(
            self,
            lambda _step, _stop: read_form(desk.store, by, paths),
            self._ask,
            failed=self._not_read,
        )

    def _not_read(self, error: Exception) -> None:
        self.bring.setEnabled(True)
        if isinstance(error, Problem):
            self._refuse(str(error))
        else:
            self._desk.fail(error)

    def _refuse(self, sentence: str) -> None:
        self.refused.setText(sentence)
        self.refused.setVisible(bool(sentence))

    def _ask(self, coming: Coming) -> None:
        self.bring.setEnabled(True)
        dialog = FormComing(self, coming)
        self.coming = dialog
        dialog.accepted.connect(lambda: self._bring(coming))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._asked)
        dialog.open()

    def _asked(self) -> None:
        self.coming = None

    def _bring(self, coming: Coming) -> None:
        def action(store: Store, by: str) -> Any:
            from desktop.actions.form_arrival import bring_in

            return bring_in(store, by, coming.arrival.data, coming.arrival.files)

        self._desk.act(
            self,
            action,
            said=_("Brought in: {form}").format(form=coming.title),
            failed=lambda problem: self._refuse(str(problem)),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()
            self._light("accent")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(None)
        paths = _dropped(event)
        if paths and self.bring.isEnabled():
            event.acceptProposedAction()
            self.take(paths)

    def _light(self, tone: str | None) -> None:
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)


def _dropped(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    """The local files that are dropped."""
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def _about(one: Known) -> str:
    form = one.form
    version = _("form version {version}").format(version=form.version) if form.version else ""
    since = (
        _("retired since {day}").format(day=_day(form.retired_at))
        if form.retired_at
        else _("here since {day}").format(day=_day(form.added_at))
    )
    drafts = (
        ngettext("{count} being filled", "{count} being filled", one.drafts).format(
            count=one.drafts
        )
        if one.drafts
        else ""
    )
    own = _("one of the program's own") if one.own else ""
    return " · ".join(part for part in (form.form_id, version, since, own, drafts) if part)


def _day(at: str) -> str:
    day = datetime.fromisoformat(at).astimezone().date()
    return dates.english_date(day) if language() == "en" else dates.be_date(day, "short")


def _known(store: Store) -> tuple[Known, ...]:
    from desktop.actions.form import install, shipped_ids
    from desktop.store import form as forms

    install(store)
    own = shipped_ids()
    with store.read() as conn:
        drafts = forms.open_drafts(conn)
        found = forms.forms(conn)
    known = (Known(one, drafts.get(one.form_id, 0), one.form_id in own) for one in found)
    # What came later first: that is what somebody looks for here.
    return tuple(
        sorted(known, key=lambda one: (one.own, bool(one.form.retired_at), one.form.title))
    )
