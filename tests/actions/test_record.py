# SPDX-License-Identifier: Apache-2.0
"""A finished form is frozen, once, with everything it says; a correction stands beside it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from desktop.actions import draft, record, visit
from desktop.actions.attachment import content
from desktop.store import draft as drafts
from desktop.store import record as records
from desktop.store import visit as visits
from desktop.store.case_file import NotYours
from desktop.xforms.journal import Step
from tests.field import BY, JPEG, OTHER, TAMBON, VISIT, Field

EVERYTHING = (
    "household", "member", "person", "visit", "visit_person", "record", "consent", "attachment",
    "case_file", "case_step", "follow_up",
)  # fmt: skip


def counts(field: Field) -> dict[str, int]:
    with field.store.read() as conn:
        return {
            table: conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in (*EVERYTHING, "draft", "draft_step", "op", "audit")
        }


def test_the_record_keeps_the_bytes_that_were_finished(field: Field) -> None:
    one = field.begin()
    finished = field.fill(one, VISIT).finalise()
    record_id = field.finish(one, finished)
    assert record_id == one.id
    with field.store.read() as conn:
        kept = records.record(conn, BY, record_id)
    assert kept.xml.encode() == finished.xml
    assert hashlib.sha256(kept.xml.encode()).hexdigest() == kept.sha256
    assert (kept.answers, kept.instance_id) == (finished.answers, finished.instance_id)
    assert (kept.noun, kept.noun_id, kept.form_version) == ("visit", record_id, one.form_version)
    found = counts(field)
    assert (found["draft"], found["draft_step"], found["record"]) == (0, 0, 1)


def test_a_frozen_record_cannot_be_written_again(field: Field) -> None:
    """Mutant: a record table that is not append_only."""
    record_id = field.visit()
    for statement in ("UPDATE record SET xml = ''", "UPDATE visit SET met = 'met'"):
        with pytest.raises(DBAPIError, match="only grows"), field.store.write(BY) as write:
            write.conn.exec_driver_sql(statement)
    with field.store.read() as conn:
        assert records.record(conn, BY, record_id).xml


def test_finishing_twice_makes_one_record(field: Field) -> None:
    """After a commit whose answer was lost the window finishes again. Mutant: no look first."""
    one = field.begin()
    finished = field.fill(one, VISIT).finalise()
    field.finish(one, finished)
    before = counts(field)
    again = record.finish(field.store, BY, one.id, finished)
    assert (again.value, again.changed, again.undo) == (one.id, frozenset(), None)
    assert counts(field) == before


def test_nothing_is_kept_when_one_of_the_nouns_fails(
    field: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: a transaction for each noun."""
    one = field.begin()
    finished = field.fill(one, VISIT).finalise()
    before = counts(field)
    broken = (*visit._AFTERWARDS[:-1], lambda _write, _told: 1 / 0)
    monkeypatch.setattr(visit, "_AFTERWARDS", broken)
    with pytest.raises(ZeroDivisionError):
        record.finish(field.store, BY, one.id, finished)
    assert counts(field) == before
    monkeypatch.undo()
    field.finish(one, finished)


def test_a_record_whose_hash_is_not_its_own_is_refused(field: Field) -> None:
    one = field.begin()
    finished = replace(field.fill(one, VISIT).finalise(), xml=b"<data/>")
    with pytest.raises(ValueError, match="hash"):
        record.finish(field.store, BY, one.id, finished)


def test_a_discarded_draft_is_not_finished(field: Field) -> None:
    one = field.begin()
    finished = field.fill(one, VISIT).finalise()
    draft.discard(field.store, BY, one.id)
    with pytest.raises(draft.DraftProblem):
        record.finish(field.store, BY, one.id, finished)


def test_everything_of_a_visit_stands_in_the_scope_of_its_tambon(field: Field) -> None:
    """People stay with the office; what is known of a home does not. Mutant: office scope."""
    one = field.begin()
    photo = draft.keep_photo(field.store, BY, one.id, "/data/g_sign/s_person", JPEG).value
    answers = {**VISIT, "g_sign/s_person": photo.name}
    field.finish(one, field.fill(one, answers).finalise())
    with field.store.read() as conn:
        for table in EVERYTHING:
            scopes = {row[0] for row in conn.exec_driver_sql(f"SELECT scope FROM {table}")}
            assert scopes == {"o:office-1" if table == "person" else f"t:{TAMBON}"}, table


def test_only_the_files_that_the_record_names_become_attachments(field: Field) -> None:
    one = field.begin()
    named = draft.keep_photo(
        field.store, BY, one.id, "/data/g_sign/s_person", JPEG, kind="signature", width=600
    ).value
    draft.keep_photo(field.store, BY, one.id, "/data/g_sign/s_person", JPEG + b"other")
    record_id = field.finish(
        one, field.fill(one, {**VISIT, "g_sign/s_person": named.name}).finalise()
    )
    with field.store.read() as conn:
        (kept,) = records.attachments(conn, BY, record_id)
    assert (kept.sha256, kept.kind, kept.width) == (named.sha256, "sign_person", 600)
    assert kept.place == "/data/g_sign/s_person"
    assert content(field.store, kept.name) == JPEG


# ---- corrections


def amended(field: Field, record_id: str, answers: dict[str, str]) -> str:
    one = record.amend(field.store, BY, record_id).value
    field.clock.forward(hours=1)
    return field.finish(one, field.fill(one, answers).finalise())


def test_a_correction_starts_from_the_frozen_answers_and_stands_beside_them(
    field: Field,
) -> None:
    first = field.visit()
    second = amended(field, first, {"g_dim/d_health": "help"})
    with field.store.read() as conn:
        old, new = records.chain(conn, BY, second)
        assert (old.id, old.amended_by) == (first, second)
        assert (new.amends, new.first_id) == (first, first)
        assert old.instance_id != new.instance_id
        assert f"<deprecatedID>{old.instance_id}</deprecatedID>" in new.xml
        assert old.xml != new.xml
        (standing,) = visits.history(conn, BY, old.household_id)
        assert standing.id == second
        assert standing.dimensions is not None
        assert standing.dimensions["health"] == "help"
        assert visits.visit(conn, BY, first).dimensions != standing.dimensions
    found = counts(field)
    assert [found[table] for table in ("household", "person", "member", "case_file")] == [
        1,
        1,
        2,
        1,
    ]
    assert (found["follow_up"], found["consent"], found["visit"]) == (1, 1, 2)


def test_a_correction_of_a_correction_starts_from_the_newest(field: Field) -> None:
    first = field.visit()
    second = amended(field, first, {"g_out/opinion": "สอง"})
    third = amended(field, first, {"g_out/need": "สาม"})
    with field.store.read() as conn:
        assert [one.id for one in records.chain(conn, BY, first)] == [first, second, third]
        (standing,) = visits.recent(conn, BY)
    assert (standing.opinion, standing.needs) == ("สอง", "สาม")


def test_the_order_of_corrections_is_not_the_clock(field: Field) -> None:
    """A laptop that runs behind corrects a record of the future. Mutant: order by id."""
    first = field.visit()
    second = amended(field, first, {"g_out/opinion": "สอง"})
    third = "00000000-0000-7000-8000-000000000000"
    with field.store.write(BY) as write:
        newest = records.find_record(write.conn, second)
        assert newest is not None
        records.put_record(
            write, f"t:{TAMBON}", replace(newest, id=third, amends=second, instance_id="uuid:3")
        )
    with field.store.read() as conn:
        assert [one.id for one in records.chain(conn, BY, first)] == [first, second, third]
        (standing,) = records.of_form(conn, BY, "home_visit")
    assert standing.id == third
    assert record.amend(field.store, BY, first).value.subject.amends == third


def test_a_correction_under_way_is_opened_again(field: Field) -> None:
    first = field.visit()
    one = record.amend(field.store, BY, first).value
    assert record.amend(field.store, BY, first).value.id == one.id
    with field.store.read() as conn:
        assert [line.subject.amends for line in drafts.drafts(conn, BY)] == [first]


def test_the_photos_of_the_first_record_stay_with_the_second(field: Field) -> None:
    """Mutant: take only the files of the draft itself."""
    one = field.begin()
    photo = draft.keep_photo(field.store, BY, one.id, "/data/g_sign/s_person", JPEG).value
    first = field.finish(one, field.fill(one, {**VISIT, "g_sign/s_person": photo.name}).finalise())
    second = amended(field, first, {"g_out/opinion": "แก้"})
    third = amended(field, second, {"g_sign/s_person": ""})
    with field.store.read() as conn:
        assert [len(records.attachments(conn, BY, one)) for one in (first, second, third)] == [
            1,
            1,
            0,
        ]


def test_a_corrected_consent_is_the_one_that_holds(field: Field) -> None:
    """The correction tells an earlier hour. Mutant: order consents by the hour of the visit."""
    from desktop.store.consent import standing_of

    first = field.visit()
    amended(
        field,
        first,
        {"g_visit/visit_at": "2026-11-20T07:00:00.000+07:00", "g_consent/photo_ok": "no"},
    )
    with field.store.read() as conn:
        person = records.record(conn, BY, first).person_id
        assert not standing_of(conn, person).photo


def test_what_a_correction_changed_is_told_in_words(field: Field) -> None:
    first = field.visit()
    second = amended(
        field,
        first,
        {"g_dim/d_health": "help", "g_members/members/m_age": "72", "g_adr/house_no": "12/4"},
    )
    told = record.differences(field.store, BY, second)
    assert [(one.before, one.after) for one in told] == [
        ("๑๒/๓", "12/4"),
        ("71", "72"),
        ("เฝ้าระวัง", "ต้องช่วยเหลือ"),
    ]
    assert [one.label for one in told][::2] == ["บ้านเลขที่", "สุขภาพ"]
    assert told[1].label.endswith("1 · อายุ")
    assert record.differences(field.store, BY, first) == ()


def test_a_member_put_in_before_the_first_is_one_difference_and_not_all(field: Field) -> None:
    """Instances are the same by their keys. Mutant: compare the first with the first."""
    first = field.visit()
    one = record.amend(field.store, BY, first).value
    session = field.session(one)
    field.take(one, session, Step("add", "/data/g_members/members", "0", field.clock.now))
    field.fill(
        one, {"g_members/members/m_name": "ด.ช.แดง", "g_members/members/m_rel": "child"}, session
    )
    second = field.finish(one, field.session(one).finalise())
    told = record.differences(field.store, BY, second)
    assert {one.place.partition("members[")[2] for one in told} == {
        "1]/m_name",
        "1]/m_rel",
        "1]/m_self",
    }
    assert all(one.before == "—" for one in told)


# ---- restricted


def test_a_record_of_a_restricted_case_is_not_there_for_others(field: Field) -> None:
    """Mutant: read records without asking who may read the case."""
    record_id = field.visit({"g_prob/problems": "v_sexual", "g_prob/called_1300": "yes"})
    with field.store.read() as conn:
        kept = records.record(conn, BY, record_id)
        assert visits.history(conn, BY, kept.household_id)
        with pytest.raises(NotYours):
            records.record(conn, OTHER, record_id)
        with pytest.raises(NotYours):
            visits.visit(conn, OTHER, record_id)
        with pytest.raises(NotYours):
            records.attachments(conn, OTHER, record_id)
        assert visits.history(conn, OTHER, kept.household_id) == ()
        assert visits.recent(conn, OTHER) == ()
        assert visits.dimensions(conn, OTHER, kept.household_id) == ()
        assert records.records_of(conn, OTHER, "visit", record_id) == ()
        assert [point.needs_help for point in visits.points(conn, OTHER)] == [0]
    with pytest.raises(NotYours):
        record.amend(field.store, OTHER, record_id)


def test_every_look_at_a_record_is_noted_a_refused_one_too(field: Field) -> None:
    """Mutant: read without the audit row, or note only what was allowed."""
    record_id = field.visit({"g_prob/problems": "v_sexual", "g_prob/called_1300": "yes"})
    assert record.open_record(field.store, BY, record_id).id == record_id
    record.note_use(field.store, BY, record_id, "print")
    with pytest.raises(NotYours):
        record.open_record(field.store, OTHER, record_id)
    with pytest.raises(LookupError):
        record.open_record(field.store, BY, "nothing")
    with field.store.read() as conn:
        noted = conn.exec_driver_sql(
            "SELECT action, \"by\" FROM audit WHERE noun = 'record' AND action <> 'create'"
        ).all()
    assert noted == [("view", BY), ("print", BY), ("refused", OTHER)]
