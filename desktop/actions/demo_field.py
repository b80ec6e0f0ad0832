# SPDX-License-Identifier: Apache-2.0
"""The field work of the demonstration: home visits, an alert, an activity, mentors and juniors.

Every visit is a form that was filled and filed; cases, follow-ups and the rest come of it as they
do in the field. The store's clock is taken back and goes on from day to day, so that the lists of
what is due have something overdue, something for today and something for this week.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Final

from desktop.actions import demo_drawing, demo_story, draft, record, referral
from desktop.actions.alert import AlertDraft, raise_alert
from desktop.actions.demo_filling import Answer, Answers, Filling
from desktop.actions.demo_story import Home
from desktop.actions.fixture_household import FixtureField, FixtureHousehold, read_field
from desktop.actions.form import open_session
from desktop.actions.mentorship import pair
from desktop.model.attachment import Attachment
from desktop.model.draft import Draft, Subject
from desktop.model.record import ACTIVITY, HOME_VISIT
from desktop.model.roster import RosterRow
from desktop.model.visit import Companion, Visit, write_people
from desktop.store import facilitator, roster
from desktop.store import referral as referrals
from desktop.store import visit as visits
from desktop.store.store import Store
from desktop.xforms import journal

EARLIEST: Final = timedelta(days=75)
"""How long before the day of building the story begins."""

_THAILAND: Final = timezone(timedelta(hours=7))
_PHOTOS: Final = (("house_out", demo_drawing.house), ("house_in", demo_drawing.kitchen))


@dataclass
class DemoClock:
    """The clock of a demonstration: it stands where the story is."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def put_field_work(store: Store, by: str, event_id: str, path: Path, clock: DemoClock) -> None:
    """Do what the fixture at ``path`` tells of homes; ``event_id`` is its event.

    ``clock`` is the store's; it stands at the moment of building and stands there again at the
    end.
    """
    with store.read() as conn:
        rows = roster.roster(conn, event_id)
        name = next(one.name for one in facilitator.facilitators(conn) if one.id == by)
    _Story(store, by, name, event_id, read_field(path), rows, clock).tell()


class _Story:
    def __init__(
        self,
        store: Store,
        by: str,
        name: str,
        event_id: str,
        told: FixtureField,
        rows: tuple[RosterRow, ...],
        clock: DemoClock,
    ) -> None:
        self._store = store
        self._by = by
        self._name = name
        self._event = event_id
        self._told = told
        self._rows = rows
        self._clock = clock
        self._built = clock.now
        self._records: dict[int, str] = {}

    def tell(self) -> None:
        """Everything, day after day."""
        first, *others = demo_story.HOMES
        days, _states = demo_story.BEFORE
        self._visit(first, days, demo_story.first_visit_of, at_event=False)
        self._visit(first, first.days_ago, demo_story.visit_of)
        self._volunteers()
        for home in others:
            self._visit(home, home.days_ago, demo_story.visit_of)
            if home.answers.get("refer") == "yes":
                self._send_letter(home)
        self._correct(demo_story.CORRECTED)
        self._alert()
        self._half(demo_story.GOES_ON)
        self._clock.now = self._built

    # ── forms ────────────────────────────────────────────────────────────────────────────────

    def _visit(
        self,
        home: Home,
        days: int,
        telling: Callable[[Home, FixtureHousehold, str, str], dict[str, Answer]],
        *,
        at_event: bool = True,
    ) -> None:
        told = self._told.households[home.number]
        self._to(days, home.at)
        due = self._clock.now.date() + timedelta(days=told.days)
        answers = telling(home, told, self._team(told), due.isoformat())
        subject = Subject(event := self._event if at_event else "")
        if home.number in self._records:
            visit = self._last_visit(home)
            subject = Subject(event, visit.household_id, visit.person_id, visit.case_id)
            answers |= _known(visit)
        if home is demo_story.PHOTOGRAPHED:
            rounds: list[Answers] = [{"p_kind": kind, "p_img": drawn()} for kind, drawn in _PHOTOS]
            answers |= {"has_photos": "yes", "photos": rounds}
        self._records[home.number] = self._file(HOME_VISIT, subject, answers)

    def _file(self, form_id: str, subject: Subject, answers: Answers) -> str:
        opened: Draft = draft.begin(self._store, self._by, form_id, subject).value
        return self._finish(opened, answers)

    def _finish(self, opened: Draft, answers: Answers) -> str:
        filling = self._fill(opened, answers)
        found: str = record.finish(
            self._store, self._by, opened.id, filling.session.finalise()
        ).value
        return found

    def _fill(self, opened: Draft, answers: Answers) -> Filling:
        session = open_session(self._store, opened.id)
        clock = session.clock
        if not isinstance(clock, journal.Clock):
            raise TypeError("open_session gives a clock that can be set")
        clock.moment = self._clock.now
        filling = Filling(session, clock, partial(self._keep, opened.id))
        filling.fill(answers)
        self._clock.now = clock.moment
        return filling

    def _keep(self, draft_id: str, place: str, picture: bytes) -> str:
        width, height = demo_drawing.SIZE
        kept: Attachment = draft.keep_photo(
            self._store, self._by, draft_id, place, picture, width=width, height=height,
            taken_at=self._clock.now.isoformat(timespec="seconds"),
        ).value  # fmt: skip
        return kept.name

    def _correct(self, home: Home) -> None:
        """An addendum, written the morning after the round of visits."""
        self._to(demo_story.CORRECTED_DAYS, time(8, 30))
        opened: Draft = record.amend(self._store, self._by, self._records[home.number]).value
        self._finish(opened, demo_story.CORRECTION)

    def _half(self, home: Home) -> None:
        """A visit that was begun just now and is not finished: every answer in the journal."""
        self._clock.now = self._built - timedelta(minutes=12)
        visit = self._last_visit(home)
        subject = Subject("", visit.household_id, visit.person_id, visit.case_id)
        opened: Draft = draft.begin(self._store, self._by, HOME_VISIT, subject).value
        told = self._told.households[home.number]
        answers = demo_story.half_a_visit(home, told, self._team(told)) | _known(visit)
        filling = self._fill(opened, answers)
        for step in filling.steps:
            draft.note(self._store, self._by, opened.id, step)
        answered, questions = filling.counted()
        draft.describe(
            self._store, self._by, opened.id,
            title=filling.name(), answered=answered, questions=questions,
        )  # fmt: skip

    # ── what comes of it ─────────────────────────────────────────────────────────────────────

    def _send_letter(self, home: Home) -> None:
        """The letter that a visit began goes out, and nobody has answered since."""
        self._to(home.days_ago - 1, time(9, 0))
        case_id = self._last_visit(home).case_id
        with self._store.read() as conn:
            (letter,) = referrals.letters(conn, case_id)
        told = replace(
            letter,
            to_name=demo_story.LETTER_TO,
            informer=self._name,
            need=home.needs,
            done=demo_story.LETTER_DONE,
        )
        referral.put_referral(self._store, self._by, told)
        referral.send(self._store, self._by, letter.id, doc_no=demo_story.LETTER_NO)

    def _volunteers(self) -> None:
        """What they did for the temple, and who is whose mentor."""
        self._to(demo_story.ACTIVITY_DAYS, time(16, 0))
        area = self._told.households[0].area
        mentors = {row.team: row for row in reversed(self._group("apm"))}
        teams = {
            team: [row for row in self._group("youth") if row.team == team] for team in mentors
        }
        one = min(mentors, key=lambda team: team or 0)
        self._file(
            ACTIVITY,
            Subject(self._event),
            {
                "name": demo_story.ACTIVITY,
                "event_link": self._event,
                "area": area,
                "place": self._told.activity_place,
                "occasion": self._told.activity_occasion,
                "roles": " ".join(self._told.activity_roles),
                "mentor": _written((mentors[one],)),
                "juniors": _written(teams[one]),
                "n_child": str(len(self._group("child"))),
                "n_youth": str(len(self._group("youth"))),
                "n_apm": str(len(self._group("apm"))),
                "n_net": str(len(self._group("network"))),
                "result": demo_story.ACTIVITY_RESULT,
            },
        )
        for team, mentor in sorted(mentors.items(), key=lambda pair: pair[0] or 0):
            if team != one:
                juniors = [row.person_id for row in teams[team]]
                since = self._clock.now.date()
                pair(
                    self._store, self._by, mentor.person_id, juniors,
                    event_id=self._event, since=since,
                )  # fmt: skip

    def _alert(self) -> None:
        """A junior volunteer found a child alone, and it is not over yet."""
        self._clock.now = self._built - timedelta(minutes=25)
        seen = self._built - timedelta(minutes=45)
        junior, mentor = self._group("youth")[0], self._group("apm")[0]
        raise_alert(
            self._store,
            self._by,
            AlertDraft(
                self._told.alert_source,
                self._told.alert_problems,
                self._told.alert_urgency,
                seen,
                area=self._told.households[0].area,
                place=demo_story.ALERT_PLACE,
                detail=demo_story.ALERT_DETAIL,
                targets=("child",),
                told_at=seen + timedelta(minutes=6),
                mentor=mentor.name,
                mentor_id=mentor.person_id,
                agencies=("bpd", "tao"),
                called_1300_at=seen + timedelta(minutes=4),
                reporter=junior.name,
                reporter_id=junior.person_id,
                event_id=self._event,
            ),
        )

    # ── who and when ─────────────────────────────────────────────────────────────────────────

    def _to(self, days: int, at: time) -> None:
        """Take the clock to a time of a day that many days before the building.

        It is the forms' own time of day, also where the computer is set to another zone.
        """
        day = self._built.date() - timedelta(days=days)
        self._clock.now = datetime.combine(day, at, _THAILAND)

    def _group(self, group: str) -> list[RosterRow]:
        return [row for row in self._rows if row.group == group]

    def _team(self, told: FixtureHousehold) -> str:
        """Who goes to a house: the facilitator, a volunteer and a junior of the house's team."""
        two = [
            next(row for row in self._group(group) if row.team == told.team)
            for group in ("apm", "youth")
        ]
        return f"{self._name}; {_written(two)}"

    def _last_visit(self, home: Home) -> Visit:
        with self._store.read() as conn:
            return visits.visit(conn, self._by, self._records[home.number])


def _written(rows: Sequence[RosterRow]) -> str:
    return write_people(Companion(row.name, row.person_id) for row in rows)


def _known(visit: Visit) -> dict[str, Answer]:
    """What the window answers by itself of a visit to a known family."""
    return {
        "household": visit.household_id,
        "purpose": "followup",
        "case_ref": visit.case_id,
    }
