# SPDX-License-Identifier: Apache-2.0
"""What the check-in desk asks in a form: a time with its reason, somebody new, which session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop.actions import attendance, checkin
from desktop.actions import roster as rosters
from desktop.actions.done import Done
from desktop.actions.entry import Entry
from desktop.i18n import _
from desktop.model.area import Area
from desktop.model.organisation import Organisation
from desktop.model.roster import RosterRow
from desktop.store import area, codelist, organisation
from desktop.store import attendance as marks
from desktop.store.store import Store
from desktop.thai.keyboard import scanned_digits
from desktop.thai.names import Name
from desktop.ui.attendance_words import day_words, province_words, session_words
from desktop.ui.desk import Desk
from desktop.ui.door import Known, alike, is_past, minute_of
from desktop.ui.doorway import Doorway, Mode, Stamp
from desktop.ui.tables.found import seat_words
from desktop.ui.widgets.walk_in import WalkInAnswers


class Reception(Doorway):
    """The desk with its forms; ``ask_leaving``, ``ask_reason``, ``begin_walk_in``, …"""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._absent: RosterRow | None = None
        self._answer: Callable[[int, str], object] | None = None
        self._not_one_of: Name | None = None
        self._said: WalkInAnswers | None = None

    def wire_forms(self) -> None:
        """Listen to the forms, once the desk is furnished."""
        view = self.view
        view.walk_in.done.connect(self._enter_person)
        view.walk_in.left.connect(self.back)
        view.walk_in.known_taken.connect(self._is_known)
        view.walk_in.organisation_asked.connect(self._offer_organisations)
        view.when.answered.connect(self._answered)
        view.when.left.connect(self.back)
        view.sessions.picked.connect(self._session_picked)

    def back(self) -> bool:
        if not self.view.at_desk:
            self.view.show_panel(None)
            self._answer = None
            return True
        if self.mode != "arrive":
            self.set_mode("arrive")
            return True
        if self.stamp is not None:
            self.stamp = None
            self.show_banner()
            return True
        return False

    # ── a time and a reason ──────────────────────────────────────────────────────────────────

    def set_mode(self, mode: Mode) -> None:
        self.mode = mode
        self.show_banner()

    def ask_leaving(self, row: RosterRow) -> None:
        session = self.opening.session if self.opening else None
        if session is None:
            return
        now = self.desk.now()
        past = is_past(session, now)
        minute = (
            self.stamp.minute if self.stamp else session.end if past else minute_of(session, now)
        )

        def act(minute: int, reason: str) -> None:
            self.set_mode("arrive")
            self.act(
                lambda store, by: attendance.leave_early(
                    store, by, row.enrolment_id, session.id, minute, "search", reason
                ),
                lambda done: self.noted(row, done.value, session),
                row,
                lambda: self._ask(act, minute, row, must=True, reason=reason),
            )

        self._ask(act, minute, row, must=past)

    def ask_reason(self, row: RosterRow | None, act: Callable[[int, str], object]) -> None:
        """An arrival that is noted late: at what time, and why. It holds for the next ones too."""
        session = self.opening.session if self.opening else None
        if session is None:
            return
        now = self.desk.now()
        minute = session.start if is_past(session, now) else minute_of(session, now)

        def stamped(minute: int, reason: str) -> None:
            self.stamp = Stamp(minute, reason)
            self.show_banner()
            act(minute, reason)

        self._ask(stamped, minute, row, must=True)

    def ask_time(self) -> None:
        session = self.opening.session if self.opening else None
        if session is None:
            return

        def stamped(minute: int, reason: str) -> None:
            self.stamp = Stamp(minute, reason)
            self.show_banner()

        kept = self.stamp or Stamp(minute_of(session, self.desk.now()), "")
        self._ask(stamped, kept.minute, None, must=True, reason=kept.reason)

    def _ask(
        self,
        act: Callable[[int, str], object],
        minute: int,
        row: RosterRow | None,
        *,
        must: bool,
        reason: str = "",
    ) -> None:
        self._answer = act
        leaving = self.mode == "leave"
        verb = _("Note that she left") if leaving else _("Note it at this time")
        headline = row.name if row else _("At what time?")
        words = (
            _("A time that is not now needs a reason. It stays in the log.")
            if must or leaving
            else ""
        )
        self.view.show_panel(self.view.when)
        self.view.when.ask(headline, words, verb, minute, must=must, reason=reason)

    def _answered(self, minute: int, reason: str) -> None:
        answer, self._answer = self._answer, None
        self.view.show_panel(None)
        if answer is not None:
            answer(minute, reason)

    # ── somebody new ─────────────────────────────────────────────────────────────────────────

    def begin_walk_in(self) -> None:
        if self.opening is None:
            return
        if self.opening.session is None:
            self.session_wanted()
            return
        self.set_mode("arrive")
        if self._too_late(None, self.begin_walk_in):
            return
        self._absent = self._not_one_of = None
        typed = self.view.box.text()
        name = "" if scanned_digits(typed) else typed
        self.view.box.clear()
        self.view.show_panel(self.view.walk_in)
        self.view.walk_in.begin(
            _("Somebody who is not on the roster"), _("Enter and check in"), name=name
        )

    def _too_late(self, row: RosterRow | None, again: Callable[[], object]) -> bool:
        """Whether a time and a reason are asked first: before the form, so that it is kept."""
        session = self.opening.session if self.opening else None
        if session is None or self.stamp is not None or not is_past(session, self.desk.now()):
            return False
        self.ask_reason(row, lambda _minute, _reason: again())
        return True

    def substitute_for(self, row: RosterRow) -> None:
        self.set_mode("arrive")
        if self._too_late(row, lambda: self.substitute_for(row)):
            return
        self._absent, self._not_one_of = row, None
        seat = seat_words(row)
        headline = _("In place of {name}").format(name=row.name)
        self.view.show_panel(self.view.walk_in)
        self.view.walk_in.begin(
            f"{headline} · {seat}" if seat else headline,
            _("Enter and check in"),
            organisation=row.organisation,
            province=area.area(row.province) if row.province else None,
            group=row.group,
        )

    def _offer_organisations(self, text: str) -> None:
        def known(store: Store) -> tuple[Organisation, ...]:
            with store.read() as conn:
                return organisation.search(conn, text, 8)

        if text.strip():
            self.desk.look(
                self,
                known,
                lambda found: self.view.walk_in.organisation.offer(
                    [(one, one.name) for one in found]
                ),
                latest="organisation",
            )

    def _enter_person(self, said: WalkInAnswers) -> None:
        """Save the form; people with such a name who are known are offered once, before."""
        event_id = self.desk.event_id
        if self._not_one_of == said.name:
            self._enter(said, None)
            return

        def known(store: Store) -> tuple[Known, ...]:
            return alike(store, event_id, said.name, said.area)

        def offer(found: tuple[Known, ...]) -> None:
            if not found:
                self._enter(said, None)
                return
            self._not_one_of, self._said = said.name, said
            self.view.walk_in.offer_known([(one, _known_words(one)) for one in found])

        self.desk.look(self, known, offer)

    def _is_known(self, known: object) -> None:
        """That is she: check her in when she is on the roster, or enter her as herself."""
        if not isinstance(known, Known) or self._said is None:
            return
        if known.row is not None and self._absent is None:
            self.view.show_panel(None)
            self.arrive_known(known.row)
        else:
            self._enter(self._said, known.person_id)

    def arrive_known(self, row: RosterRow) -> None:
        """Check in somebody of the roster. The page says how."""

    def _enter(self, said: WalkInAnswers, known_person_id: str | None) -> None:
        opening = self.opening
        session = opening.session if opening else None
        if opening is None or session is None:
            return
        absent, event_id = self._absent, opening.event.id
        stamp = self.stamp or Stamp(minute_of(session, self.desk.now()), "")
        entry = replace(_entry(said, absent), known_person_id=known_person_id)

        def enter(store: Store, by: str) -> Done:
            if absent is None:
                done = rosters.walk_in(
                    store, by, event_id, entry, session.id, stamp.minute, reason=stamp.reason
                )
            else:
                done = rosters.substitute(
                    store,
                    by,
                    absent.enrolment_id,
                    entry,
                    session.id,
                    stamp.minute,
                    reason=stamp.reason,
                )
            with store.read() as conn:
                made = marks.marks_of(conn, done.value.enrolment_id)
            return replace(done, value=(done.value, made[-1] if made else None))

        def entered(done: Done) -> None:
            self.view.show_panel(None)
            self.own = 0  # who is expected changed: ask the board again
            row, mark = done.value
            self.noted(row, mark, session)

        self.desk.act(
            self, enter, entered, "", lambda problem: self.view.walk_in.refuse(str(problem))
        )

    # ── which session ────────────────────────────────────────────────────────────────────────

    def session_wanted(self) -> None:
        opening = self.opening
        if opening is None:
            return
        choices = [("", _("By the clock"))] if opening.event.has_dates else []
        choices += [
            (one.id, f"{day_words(day.no, day.on)}   ·   {session_words(one)}")
            for day in opening.days
            for one in day.sessions
        ]
        chosen = opening.session.id if opening.session else ""
        self.view.show_panel(self.view.sessions)
        self.view.sessions.offer(choices, chosen)

    def _session_picked(self, session_id: str) -> None:
        event_id, today = self.desk.event_id, self.desk.now().date().isoformat()
        self.view.show_panel(None)
        self.stamp = None
        self.desk.act(
            self,
            lambda store, by: checkin.leave_at(store, by, event_id, session_id, today),
            lambda _done: self.ask_again(),
        )


def _known_words(known: Known) -> str:
    """A known person as she is offered: name, where she is from, and how she stands here."""
    on = _("on this roster") if known.row is not None else ""
    digits = f"…{known.last4}" if known.last4 else ""
    parts = (known.name, known.organisation, province_words(known.province), digits, on)
    return "  ·  ".join(part for part in parts if part)


def _entry(said: WalkInAnswers, absent: RosterRow | None) -> Entry:
    """What the form said, in the words of the roster. The absent person's agency is her own."""
    same = absent is not None and said.organisation == absent.organisation
    return Entry(
        first=said.name.first,
        title=said.name.title,
        middle=said.name.middle,
        last=said.name.last,
        title_code=said.name.title_code,
        phone=said.number,
        organisation="" if same else said.organisation,
        organisation_area=said.area,
        area=said.area or (absent.area if absent else ""),
        group=said.group,
        note=said.note,
    )


def provinces(text: str) -> Sequence[Area]:
    """Provinces for a type-ahead."""
    return area.search_areas(text, "province", 8)


def groups() -> list[tuple[str, str]]:
    """The groups people belong to, (code, word)."""
    return [
        (one.code, codelist.word("person_group", one.code))
        for one in codelist.codes("person_group")
    ]
