# SPDX-License-Identifier: Apache-2.0
"""A tambon to work in: a real encrypted store, the shipped forms, and answers for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from desktop.actions import draft, record
from desktop.actions.form import open_session
from desktop.model.draft import Draft, Subject
from desktop.model.facilitator import Facilitator, Office
from desktop.store import facilitator
from desktop.store.keys import DataKey
from desktop.store.store import Store
from desktop.xforms import journal
from desktop.xforms.finish import Finished
from desktop.xforms.journal import Step
from desktop.xforms.session import Session

BANGKOK = timezone(timedelta(hours=7))
KEY = DataKey(bytes(range(32)))
BY, OTHER = "facilitator-1", "facilitator-2"
TAMBON = "630609"  # ด่านแม่ละเมา, แม่สอด, ตาก
JPEG = b"\xff\xd8\xff\xe0" + b"PICTURE-OF-A-HOUSE" * 40

VISIT: Mapping[str, str] = {
    "g_visit/visit_at": "2026-11-20T08:30:00.000+07:00",
    "g_visit/purpose": "assess",
    "g_visit/team": "สมศรี ใจดี; ลุงมี",
    "g_visit/met": "met",
    "g_visit/gps": "16.7654321 98.7654321 512 6",
    "g_visit/landmark": "ข้างวัด",
    "g_consent/notice_read": "yes",
    "g_consent/basis": "social_protect",
    "g_consent/photo_ok": "yes",
    "g_consent/publish_ok": "no",
    "g_consent/consent_by": "self",
    "g_person/title": "nang",
    "g_person/first_name": "มะลิ",
    "g_person/has_surname": "yes",
    "g_person/last_name": "แสงดาว",
    "g_person/sex": "f",
    "g_person/dob_kind": "year",
    "g_person/birth_year_be": "2500",
    "g_person/id_kind": "none",
    "g_person/id_none_reason": "หาย",
    "g_life/targets": "elder poor",
    "g_adr/house_no": "๑๒/๓",
    "g_adr/moo": "5",
    "g_adr/village": "บ้านห้วยปลาหลด",
    "g_adr/area": TAMBON,
    "g_adr/tenure": "own_firm",
    "g_members/has_members": "yes",
    "g_members/members/m_name": "นายคำ แสงดาว",
    "g_members/members/m_rel": "spouse",
    "g_members/members/m_age": "71",
    "g_dim/d_income": "help",
    "g_dim/d_health": "watch",
    "g_dim/d_housing": "ok",
    "g_dim/d_education": "na",
    "g_dim/d_state": "ok",
    "g_prob/problems": "s_chronic",
    "g_prob/problem_detail": "ปวดหลัง",
    "g_prob/risks": "none",
    "g_prob/urgency": "urgent",
    "g_aid/has_aid": "no",
    "g_out/outcomes": "encouraged",
    "g_out/opinion": "ดูแลต่อ",
    "g_out/refer": "no",
    "g_photo/has_photos": "no",
}
"""The home visit form, question by question in its order."""


@dataclass
class Clock:
    """A clock that stands still until it is told to go on."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 20, 9, 0, tzinfo=BANGKOK))

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: int) -> None:
        self.now += timedelta(**amount)


@dataclass
class Field:
    """A laptop in the field: its store and its clock."""

    store: Store
    clock: Clock

    def begin(self, form_id: str = "home_visit", subject: Subject | None = None) -> Draft:
        found: Draft = draft.begin(self.store, BY, form_id, subject).value
        return found

    def session(self, one: Draft) -> Session:
        """The form of a draft as the window opens it: replayed from its journal."""
        return open_session(self.store, one.id)

    def fill(
        self, one: Draft, answers: Mapping[str, str], session: Session | None = None
    ) -> Session:
        """Answer a draft, each answer noted in the journal."""
        session = session or self.session(one)
        for name, value in answers.items():
            place = self.place(session, name)
            self.take(one, session, Step(journal.ANSWER, place, value, self.clock.now))
        return session

    def take(self, one: Draft, session: Session, step: Step) -> None:
        """Do one step as the window does: in the session, and in the journal."""
        assert isinstance(session.clock, journal.Clock)
        session.clock.moment = step.at
        journal.take(session, step)
        draft.note(self.store, BY, one.id, journal.noted(session, step))

    @staticmethod
    def place(session: Session, name: str) -> str:
        """The place of a question by its path; of the first instance in a repeat."""
        parts: Sequence[str] = name.split("/")
        node: Any = session.root
        for part in parts:
            node = next(child for child in node.children if child.name == part)
        return session.place(node)

    def finish(self, one: Draft, finished: Finished) -> str:
        found: str = record.finish(self.store, BY, one.id, finished).value
        return found

    def visit(
        self, answers: Mapping[str, str] | None = None, subject: Subject | None = None
    ) -> str:
        """A whole visit, finished; the id of its record."""
        one = self.begin(subject=subject)
        return self.finish(one, self.fill(one, {**VISIT, **(answers or {})}).finalise())


def open_field(folder: Path) -> Field:
    """A new store in ``folder`` with an office and two facilitators."""
    clock = Clock()
    store = Store.create(folder, KEY, clock=clock)
    with store.write(BY) as write:
        facilitator.put_office(write, Office("office-1", "พมจ.ตาก", "63", "กระทรวง"))
        for person, name in ((BY, "สมศรี ใจดี"), (OTHER, "วิชัย มาก")):
            facilitator.put_facilitator(write, Facilitator(person, name, "นักพัฒนาสังคม"))
    return Field(store, clock)
