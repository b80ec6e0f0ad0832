# SPDX-License-Identifier: Apache-2.0
"""Consent outside a form: given, taken back, and never rewritten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.actions import consent, draft
from desktop.model.consent import Consent
from desktop.model.person import Person
from desktop.store import consent as consents
from desktop.store import person, visit
from desktop.store import record as records
from tests.field import BY, JPEG, TAMBON, VISIT, Field


def visited(field: Field) -> str:
    record_id = field.visit()
    with field.store.read() as conn:
        return visit.visit(conn, BY, record_id).person_id


def test_taking_back_is_kept_beside_what_was_given(field: Field) -> None:
    person_id = visited(field)
    field.clock.forward(days=1)
    consent.withdraw(field.store, BY, person_id, "photo", " ไม่สบายใจ ")
    with field.store.read() as conn:
        now = consents.standing_of(conn, person_id)
        (kept,) = consents.withdrawals(conn, person_id)
        assert len(consents.consents(conn, person_id)) == 1
        scope = conn.exec_driver_sql("SELECT scope FROM consent_withdrawal").scalar_one()
    assert (now.photo, now.withdrawn) == (False, {"photo"})
    assert (kept.reason, kept.by, scope) == ("ไม่สบายใจ", BY, f"t:{TAMBON}")
    field.clock.forward(days=1)
    consent.give(
        field.store,
        BY,
        Consent("", person_id, "", "consent", "2569-1", True, photo=True, publish=True),
    )
    with field.store.read() as conn:
        assert consents.standing_of(conn, person_id).publish


def test_a_withdrawal_noted_by_mistake_is_taken_back(field: Field) -> None:
    """Mutant: no undo; the wrong person's photos stay hidden for a slip of the finger."""
    person_id = visited(field)
    field.clock.forward(days=1)
    done = consent.withdraw(field.store, BY, person_id, "all")
    assert done.undo is not None
    done.undo(field.store)
    with field.store.read() as conn:
        assert consents.standing_of(conn, person_id).photo
        assert consents.withdrawals(conn, person_id) == ()


def test_a_guardian_who_consents_has_a_name(field: Field) -> None:
    one = Consent("", "p", "", "consent", "1", True, True, False, given_by="guardian")
    with pytest.raises(consent.ConsentProblem):
        consent.give(field.store, BY, one)


def test_a_minor_does_not_consent_alone(field: Field) -> None:
    """Mutant: take the word of a child of eight. (In a form the form asks for the guardian.)"""
    with field.store.write(BY) as write:
        person.put_person(write, Person("child", "", "แดง", birth_year=2561))
        person.put_person(write, Person("youth", "", "ดำ", birth_year=2552))
    for who in ("child", "youth"):
        alone = Consent("", who, "", "consent", "1", True, True, False)
        with pytest.raises(consent.ConsentProblem):
            consent.give(field.store, BY, alone)
        consent.give(field.store, BY, replace(alone, given_by="both", guardian_name="แม่"))
    married = Consent("", "youth", "", "consent", "1", True, True, False)
    consent.give(field.store, BY, married, of_age=True)
    with pytest.raises(consent.ConsentProblem):
        consent.give(field.store, BY, replace(married, person_id="child"), of_age=True)


def test_nothing_is_published_of_whom_no_photo_may_be_taken(field: Field) -> None:
    consent.give(field.store, BY, Consent("", "p", "", "consent", "1", True, False, True))
    with field.store.read() as conn:
        assert not consents.consents(conn, "p")[0].publish


def test_what_stops_is_told_and_grows_with_what_is_taken_back() -> None:
    publication, photo, everything = (
        consent.stopped_by(what) for what in ("publication", "photo", "all")
    )
    assert 0 < len(publication) <= len(photo) < len(everything)
    assert publication[-1] == photo[-1] == everything[-1]


def test_photos_are_no_longer_shown_once_consent_is_taken_back(field: Field) -> None:
    """Signatures stay: they are evidence. Mutant: show what the record names."""
    one = field.begin()
    kept = {
        place: draft.keep_photo(field.store, BY, one.id, f"/data/{place}", JPEG + place.encode())
        for place in ("g_sign/s_person", "g_photo/photos/p_img")
    }
    answers = {
        **VISIT,
        "g_photo/has_photos": "yes",
        "g_photo/photos/p_kind": "house_out",
        **{place: done.value.name for place, done in kept.items()},
    }
    record_id = field.finish(one, field.fill(one, answers).finalise())

    def shown() -> set[str]:
        with field.store.read() as conn:
            return {file.kind for file in records.attachments(conn, BY, record_id)}

    assert shown() == {"house_out", "sign_person"}
    with field.store.read() as conn:
        person_id = records.record(conn, BY, record_id).person_id
    field.clock.forward(minutes=1)
    consent.withdraw(field.store, BY, person_id, "publication")
    assert shown() == {"house_out", "sign_person"}
    consent.withdraw(field.store, BY, person_id, "photo")
    assert shown() == {"sign_person"}
