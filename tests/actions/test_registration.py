# SPDX-License-Identifier: Apache-2.0
"""A registration form makes a person and keeps what she consented to."""

from __future__ import annotations

from desktop.actions.consent import withdraw
from desktop.actions.record import amend
from desktop.model.draft import Subject
from desktop.store import consent, person
from desktop.store import record as records
from tests.field import BY, TAMBON, Field

ANSWERS = {
    "g_consent/notice_read": "yes",
    "g_consent/basis": "consent",
    "g_consent/photo_ok": "yes",
    "g_consent/publish_ok": "yes",
    "g_consent/consent_by": "self",
    "g_id/title": "nangsao",
    "g_id/first_name": "จะคะ",
    "g_id/has_surname": "no",
    "g_id/id_kind": "none",
    "g_id/id_none_reason": "ไม่เคยทำ",
    "g_id/dob_kind": "age",
    "g_id/age_est": "30",
    "g_id/sex": "f",
    "g_org/group": "child",
    "g_org/role": "trainee",
    "g_adr/area": TAMBON,
    "g_sub/is_sub": "no",
}


def test_a_person_is_kept_with_her_consent_in_the_scope_of_the_event(field: Field) -> None:
    one = field.begin("registration", Subject(event_id="e1"))
    session = field.session(one)
    field.fill(one, ANSWERS, session)
    assert [session.reference(fault.node) for fault in session.faults()] == []
    record_id = field.finish(one, session.finalise())
    with field.store.read() as conn:
        kept = records.record(conn, BY, record_id)
        who = person.person(conn, kept.noun_id)
        assert kept.noun == "person"
        assert (who.first, who.last, who.birth_year, who.born_precision) == (
            "จะคะ", "", 2539, "age",
        )  # fmt: skip
        assert consent.standing_of(conn, who.id).publish
        for table in ("record", "consent"):
            scope = conn.exec_driver_sql(f"SELECT scope FROM {table}").scalar_one()
            assert scope == "w:e1"


def test_a_correction_gives_nothing_again_that_was_taken_back(field: Field) -> None:
    """Mutant: the form's consent is of the day it is corrected."""
    one = field.begin("registration", Subject(event_id="e1"))
    first = field.finish(one, field.fill(one, ANSWERS).finalise())
    with field.store.read() as conn:
        person_id = records.record(conn, BY, first).person_id
    field.clock.forward(hours=1)
    withdraw(field.store, BY, person_id, "photo")
    for answers in ({}, {"g_consent/publish_ok": "no"}):
        field.clock.forward(hours=1)
        again = amend(field.store, BY, first).value
        field.finish(again, field.fill(again, answers).finalise())
    with field.store.read() as conn:
        assert records.record(conn, BY, again.id).person_id == person_id
        assert not consent.standing_of(conn, person_id).photo
        assert len(consent.consents(conn, person_id)) == 2
