# SPDX-License-Identifier: Apache-2.0
"""A draft on the page: its form, what the list is told of it, and its filing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import _, language, ngettext
from desktop.ui.desk import Desk
from desktop.ui.forms.opening import Opened, known_answers, record_name, title_of
from desktop.ui.forms.view import FormView
from desktop.xforms.journal import Clock

if TYPE_CHECKING:
    from desktop.errors import Problem


class RecordSheet(QWidget):
    """One draft being filled. ``filed(record_id)`` when it became a record."""

    filed = Signal(str)
    turned = Signal()
    """Another section is shown, or the language changed."""
    busy = Signal(bool)
    """The form is on its way into the file."""

    def __init__(self, desk: Desk, opened: Opened, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened = opened
        self._desk = desk
        self._told = (-1, -1, "")
        # A correction begins with all that was filed.
        self._answered = None if opened.draft.subject.amends else opened.places
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self.view = self._place()
        if not opened.draft.steps:
            self._begin()
        self.view.resume(opened.last_place)
        if missed := len(opened.session.missed):
            desk.trouble.emit(
                ngettext(
                    "A list has changed since: {count} answer has no place in this form any more. "
                    "Look through the form again.",
                    "A list has changed since: {count} answers have no place in this form any "
                    "more. Look through the form again.",
                    missed,
                ).format(count=missed)
            )

    def _begin(self) -> None:
        """A form nobody answered yet speaks the language of the moment, and knows its subject."""
        session = self.opened.session
        spoken = next((one for one in session.form.languages if f"({language()})" in one), "")
        if spoken and spoken != session.language:
            self.view.answering.speak(spoken)
        self.view.answering.begin_with(known_answers(self.opened))

    def _place(self) -> FormView:
        opened = self.opened
        view = FormView(
            self._desk,
            opened.session,
            opened.draft.id,
            event_id=opened.draft.subject.event_id,
            one_scroll=self._desk.settings.one_scroll,
            answered=self._answered,
            parent=self,
        )
        view.head.show_title(self.title(), self.about())
        view.turned.connect(self._turned)
        view.told.connect(self._desk.said)
        view.other_way.connect(self._other_way)
        self._whole.addWidget(view)
        return view

    def _other_way(self) -> None:
        """Show the same answers a section a page, or as one scroll."""
        view = self.view
        view.flush()
        if view.answering.journal.waiting:
            return  # it still has answers to bring to the disk
        settings = self._desk.settings
        self._desk.set_settings(replace(settings, one_scroll=not settings.one_scroll))
        here = view.here
        if self._answered is not None:
            self._answered = tuple(view.seen.places)
        self._whole.removeWidget(view)
        view.hide()
        view.deleteLater()
        self.view = self._place()
        self.view.go_to(max(0, here))

    # ── words ────────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        """The form's title in the language it is filled in."""
        session = self.opened.session
        return title_of(session.form.title, session.language)

    def about(self) -> str:
        """Whom it is of."""
        name = record_name(self.opened.session) or self.opened.about
        kind = _("correction of a filed form") if self.opened.draft.subject.amends else ""
        return "  ·  ".join(part for part in (kind, name) if part)

    def switch_language(self) -> None:
        """Show the form in the next of its languages."""
        session = self.opened.session
        known = session.form.languages
        if len(known) > 1:
            place = known.index(session.language) if session.language in known else 0
            self.view.answering.speak(known[(place + 1) % len(known)])

    # ── the store ────────────────────────────────────────────────────────────────────────────

    def _turned(self) -> None:
        self.describe()
        self.view.head.show_title(self.title(), self.about())
        self.turned.emit()

    def put_aside(self, *, last: bool = False) -> None:
        """Keep the field under the cursor, and tell the list how far this draft is.

        ``last``: nothing can be asked of the store any more once this is done.
        """
        self.view.flush()
        self.view.count_now()
        self.describe(last=last)

    def describe(self, *, last: bool = False) -> None:
        """Tell the list how far this draft is, if it is further than was told."""
        from desktop.actions.draft import describe

        desk, draft, counted = self._desk, self.opened.draft, self.view.counted
        title = record_name(self.opened.session) or draft.title
        told = (counted.answered, counted.answered + counted.left, title)
        if told == self._told:
            return
        self._told = told
        answered, questions, title = told
        # Not an act: nobody asked for it, and nobody would take it back.
        desk.tasks.run(
            "store",
            desk,
            lambda: describe(
                desk.store,
                draft.by,
                draft.id,
                title=title,
                answered=answered,
                questions=questions,
            ),
            None if last else lambda done: desk.changed.emit(done.changed),
            desk.fail,
        )

    def finish(self) -> None:
        """Check the form; file it when nothing is missing, list what is when something is."""
        clock = self.opened.session.clock
        if isinstance(clock, Clock):
            clock.moment = self._desk.now()  # some questions must lie before now, or after
        if not self.view.check():
            return
        from desktop.actions import record

        finished = self.view.answering.finalise()
        if finished is None:
            return
        draft_id = self.opened.draft.id
        self.busy.emit(True)

        def failed(problem: Problem) -> None:
            self.busy.emit(False)
            self._desk.fail(problem)

        self._desk.act(
            self,
            lambda store, by: record.finish(store, by, draft_id, finished),
            lambda done: self.filed.emit(str(done.value)),
            said=_("Filed: {what}").format(what=self.title()),
            failed=failed,
        )
