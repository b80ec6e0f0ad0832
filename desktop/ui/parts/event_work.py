# SPDX-License-Identifier: Apache-2.0
"""What is done to the event that is shown: each signal of its parts becomes one action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop.actions import award as awards
from desktop.actions import event as doing
from desktop.actions.award import AwardEntry
from desktop.actions.done import Done
from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.imports.award import AwardReading, read_awards
from desktop.imports.refusal import ReadingStopped
from desktop.model.event import CeremonyRole, Event, PlannedSession, Programme, Session
from desktop.store import event as events
from desktop.store import organisation
from desktop.thai import dates
from desktop.ui.desk import Desk
from desktop.ui.parts.event_facts import NewProgramme
from desktop.ui.parts.event_view import EventView
from desktop.ui.tasks import Task
from desktop.ui.widgets.field import Field

if TYPE_CHECKING:
    from desktop.model.organisation import Organisation
    from desktop.store.store import Store


class EventWork(QObject):
    """Hears the parts of ``view`` and acts at the desk; a refusal is said where it arose."""

    def __init__(self, desk: Desk, view: EventView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._task: Task | None = None
        view.facts.edited.connect(self._edit)
        view.timetable.session_edited.connect(self._edit_session)
        view.timetable.session_removed.connect(self._remove_session)
        view.timetable.session_added.connect(self._add_session)
        view.timetable.day_added.connect(self._add_day)
        view.timetable.day_removed.connect(self._remove_day)
        view.ceremony.edited.connect(self._set_ceremony)
        listed = view.awards
        listed.added.connect(self._add_awards)
        listed.corrected.connect(self._correct_award)
        listed.removed.connect(self._remove_award)
        listed.ordered.connect(self._order_awards)
        listed.file_wanted.connect(self.choose_awards)
        listed.organisation_asked.connect(self._offer_organisations)
        listed.progress.cancelled.connect(self._stop)

    @property
    def _event_id(self) -> str:
        return "" if self._view.held is None else self._view.held.event.id

    def _act(
        self,
        action: Callable[[Store, str], Done],
        said: str,
        failed: Callable[[Problem], object] | None = None,
        then: Callable[[Done], object] | None = None,
    ) -> None:
        self._desk.act(self, action, then, said, failed)

    def close_event(self) -> None:
        event_id = self._event_id
        self._act(
            lambda store, by: doing.close_event(store, by, event_id), _("The event was closed")
        )

    def reopen_event(self) -> None:
        event_id = self._event_id
        self._act(
            lambda store, by: doing.reopen_event(store, by, event_id), _("The event is open again")
        )

    def _edit(self, fields: dict[str, Any], field: Field) -> None:
        held = self._view.held
        if held is None:
            return
        event_id, year = held.event.id, self._fiscal_year(held.event)

        def action(store: Store, by: str) -> Done:
            return change_fields(store, by, event_id, fields, year)

        def failed(problem: Problem) -> None:
            held = self._view.held
            if held is not None:
                self._view.facts.refuse(held.event, field, str(problem))

        self._act(action, _("The event was changed"), failed)

    def _fiscal_year(self, event: Event) -> int:
        return dates.fiscal_year(event.date_from or self._desk.now().date())

    def _edit_session(self, session: Session) -> None:
        def failed(problem: Problem) -> None:
            row, kept = self._view.timetable.row(session.id), self._kept_session(session.id)
            if row is not None and kept is not None:
                row.session = kept
                row.refuse(str(problem))

        self._act(
            lambda store, by: doing.change_session(store, by, session),
            _("The session was changed"),
            failed,
        )

    def _kept_session(self, session_id: str) -> Session | None:
        days = self._view.held.days if self._view.held is not None else ()
        return next((one for day in days for one in day.sessions if one.id == session_id), None)

    def _remove_session(self, session_id: str) -> None:
        def failed(problem: Problem) -> None:
            row = self._view.timetable.row(session_id)
            if row is not None:
                row.refuse(str(problem))

        self._act(
            lambda store, by: doing.remove_session(store, by, session_id),
            _("The session was removed"),
            failed,
        )

    def _add_session(self, planned: PlannedSession) -> None:
        event_id = self._event_id
        self._act(
            lambda store, by: doing.add_session(store, by, event_id, planned),
            _("A session was added"),
            then=lambda done: self._view.timetable.go_to(done.value.id),
        )

    def _add_day(self) -> None:
        event_id = self._event_id
        self._act(lambda store, by: doing.add_day(store, by, event_id), _("A day was added"))

    def _remove_day(self, number: int) -> None:
        event_id = self._event_id
        self._act(
            lambda store, by: doing.remove_day(store, by, event_id, number),
            _("The day was removed"),
        )

    # ── the award list ───────────────────────────────────────────────────────────────────────

    def _refuse_award(self, problem: Problem) -> None:
        self._view.awards.refuse(str(problem))

    def _add_awards(self, entries: tuple[AwardEntry, ...]) -> None:
        event_id, count = self._event_id, len(entries)
        said = ngettext(
            "{count} project was put on the list", "{count} projects were put on the list", count
        )
        self._act(
            lambda store, by: awards.add_awards(store, by, event_id, entries),
            said.format(count=count),
            self._refuse_award,
            lambda done: self._view.awards.taken(done.value),
        )

    def _correct_award(self, award_id: str, entry: AwardEntry) -> None:
        self._act(
            lambda store, by: awards.correct_award(store, by, award_id, entry),
            _("The project was changed"),
            self._refuse_award,
        )

    def _remove_award(self, award_id: str) -> None:
        self._act(
            lambda store, by: awards.remove_award(store, by, award_id),
            _("The project was taken off the list"),
            self._refuse_award,
        )

    def _order_awards(self, award_ids: tuple[str, ...], _moved: str) -> None:
        event_id = self._event_id
        self._act(
            lambda store, by: awards.order_awards(store, by, event_id, award_ids),
            _("The order was changed"),
            self._refuse_award,
        )

    def _offer_organisations(self, text: str) -> None:
        def read(store: Store) -> tuple[Organisation, ...]:
            with store.read() as conn:
                return organisation.search(conn, text, limit=8)

        self._desk.look(self, read, self._view.awards.form.offer, latest="award organisation")

    def choose_awards(self) -> None:
        """Ask for the file that holds the award list."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self._view, _("Choose the award list"), "", _("Lists") + " (*.xlsx *.csv *.txt *.tsv)"
        )
        if chosen:
            self.read_awards_from(Path(chosen))

    def read_awards_from(self, path: Path) -> None:
        """Read an award list in the background and show it for checking."""
        part = self._view.awards
        part.refuse("")
        part.progress.start(_("Reading the list"))

        def then(reading: AwardReading) -> None:
            part.progress.finish()
            part.show_reading(reading)

        def failed(error: Exception) -> None:
            part.progress.finish()
            if isinstance(error, ReadingStopped):
                return
            if isinstance(error, Problem):
                part.refuse(str(error))
            else:
                self._desk.fail(error)

        self._task = self._desk.slow(
            self,
            lambda _progress, cancelled: read_awards(path, stopped=cancelled),
            then,
            failed=failed,
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _set_ceremony(self, roles: tuple[CeremonyRole, ...]) -> None:
        event_id = self._event_id
        self._act(
            lambda store, by: doing.set_ceremony(store, by, event_id, roles),
            _("The ceremony was changed"),
            lambda problem: self._view.ceremony.refuse(str(problem)),
        )


def change_fields(
    store: Store, by: str, event_id: str, fields: dict[str, Any], fiscal_year: int
) -> Done:
    """Keep some fields of an event as it stands now; the others stay as they are.

    ``programme`` may be a :class:`NewProgramme`, of this fiscal year.
    """
    with store.read() as conn:
        event = events.event(conn, event_id)
    if "programme" in fields:
        return _put_under(store, by, event, fields["programme"], fiscal_year)
    return doing.change_event(store, by, replace(event, **fields))


def _put_under(
    store: Store, by: str, event: Event, programme: Programme | NewProgramme | None, year: int
) -> Done:
    if isinstance(programme, NewProgramme):
        known = doing.put_programme(store, by, Programme("", programme.name, year)).value
        return doing.change_event(store, by, replace(event, programme_id=known.id))
    found = None if programme is None else programme.id
    return doing.change_event(store, by, replace(event, programme_id=found))
