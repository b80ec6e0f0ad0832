# SPDX-License-Identifier: Apache-2.0
"""What a draft was told to keep is kept: photos whose file was lost, odd letters, corrections."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions import consent, draft, record
from desktop.actions.attachment import Withheld, content, shown
from desktop.store import attachment, backup, sealed
from desktop.store import consent as consents
from desktop.store import draft as drafts
from desktop.store.store import FILE, Store
from desktop.xforms.journal import Step
from tests.field import BY, JPEG, KEY, OTHER, VISIT, Field


def kept_at(field: Field, sha256: str) -> Path:
    """Where the sealed file of a content is."""
    with field.store.read() as conn:
        found = attachment.kept(conn, sha256)
    assert found is not None
    return sealed.place(field.store.folder, found.file)


@pytest.mark.parametrize("harm", ["gone", "cut", "flipped"])
def test_a_photo_kept_again_is_there_even_if_its_file_was_lost(field: Field, harm: str) -> None:
    """After a store came back without its files. Mutant: its row is enough."""
    one = field.begin()
    photo = draft.keep_photo(field.store, BY, one.id, "/data/x", JPEG).value
    path = kept_at(field, photo.sha256)
    whole = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(whole[:100] if harm == "cut" else bytes([whole[0] ^ 1]) + whole[1:])
    draft.keep_photo(field.store, BY, one.id, "/data/x", JPEG)
    assert content(field.store, photo.name) == JPEG


def test_going_back_brings_a_damaged_photo_back(field: Field, tmp_path: Path) -> None:
    """Mutant: what has the name already is left as it is."""
    one = field.begin()
    photo = draft.keep_photo(field.store, BY, one.id, "/data/x", JPEG).value
    path = kept_at(field, photo.sha256)
    folder, stick = field.store.folder, tmp_path / "stick"
    field.store.close()
    backup.copy(folder / FILE, KEY, stick / "copy.db")
    whole = path.read_bytes()
    path.unlink()  # the copy may be a second name of the same file
    path.write_bytes(whole[:-1])
    aside = backup.restore(folder, KEY, stick / "copy.db", field.clock)
    field.store = Store.open(folder, KEY, clock=field.clock)
    assert content(field.store, photo.name) == JPEG
    assert sealed.place(aside, path.name).read_bytes() == whole[:-1]


def test_half_a_letter_does_not_stop_the_journal(field: Field) -> None:
    """Mutant: the text as it came; the step fails for ever, and all that wait behind it."""
    one = field.begin()
    step = Step("answer", "/data/g_visit/landmark", "วัด\ud83d", field.clock.now)
    draft.note(field.store, BY, one.id, step)
    with field.store.read() as conn:
        assert [kept.value for kept in drafts.steps(conn, one.id)] == ["วัด"]


def test_a_correction_that_was_overtaken_does_not_come_back(field: Field) -> None:
    """Filed after the newer one it would take its answers back. Mutant: restore any draft."""
    first = field.visit()
    old = record.amend(field.store, BY, first).value
    thrown = draft.discard(field.store, BY, old.id)
    new = record.amend(field.store, BY, first).value
    assert thrown.undo is not None
    with pytest.raises(draft.DraftProblem):
        thrown.undo(field.store)
    draft.discard(field.store, BY, new.id)
    draft.restore(field.store, BY, old.id)
    field.finish(old, field.session(old).finalise())
    with pytest.raises(draft.DraftProblem):
        draft.restore(field.store, BY, new.id)


def test_a_draft_that_tells_of_child_protection_is_for_whoever_began_it(field: Field) -> None:
    """It will be a restricted case. Mutant: only the case of a draft is asked, and there is
    none yet."""
    one, other = field.begin(), field.begin()
    field.fill(one, {**VISIT, "g_prob/problems": "s_chronic v_sexual"})
    field.fill(other, VISIT)
    with field.store.read() as conn:
        assert [line.id for line in drafts.drafts(conn, OTHER)] == [other.id]
        assert len(drafts.drafts(conn, BY)) == 2


@pytest.mark.parametrize("changed", [{}, {"g_consent/publish_ok": "yes"}])
def test_a_correction_gives_nothing_again_that_was_taken_back(
    field: Field, changed: dict[str, str]
) -> None:
    """The form still says yes. Mutants: a correction of a correction looks no further than the
    record before; a correction's consent is of the day it is written."""
    first = field.visit()
    with field.store.read() as conn:
        person_id = conn.exec_driver_sql("SELECT person_id FROM visit").scalar_one()
    field.clock.forward(hours=1)
    consent.withdraw(field.store, BY, person_id, "photo")
    for answers in ({"g_out/opinion": "หนึ่ง"}, {"g_out/opinion": "สอง", **changed}):
        field.clock.forward(hours=1)
        one = record.amend(field.store, BY, first).value
        field.finish(one, field.fill(one, answers).finalise())
    with field.store.read() as conn:
        found = consents.standing_of(conn, person_id)
        said = consents.consents(conn, person_id)
    assert (found.photo, found.publish) == (False, False)
    assert found.withdrawn == {"photo"}
    assert [kept.publish for kept in said] == ([False, True] if changed else [False])


def test_a_visit_dated_ahead_gives_no_consent_ahead(field: Field) -> None:
    """A clock set wrong. Mutant: a consent of tomorrow that no withdrawal of today reaches."""
    one = field.begin()
    finished = field.fill(one, VISIT).finalise()
    core = {**finished.core, "visit.at": "2027-01-01T08:30:00.000+07:00"}
    field.finish(one, replace(finished, core=core))
    with field.store.read() as conn:
        person_id = conn.exec_driver_sql("SELECT person_id FROM visit").scalar_one()
    field.clock.forward(hours=1)
    consent.withdraw(field.store, BY, person_id, "photo")
    with field.store.read() as conn:
        assert not consents.standing_of(conn, person_id).photo


def test_a_photo_is_not_shown_in_a_finished_record_once_the_consent_is_taken_back(
    field: Field,
) -> None:
    """Mutant: whoever knows the name in the answer is given the file."""
    one = field.begin()
    photo = draft.keep_photo(field.store, BY, one.id, "/data/x", JPEG).value
    session = field.fill(one, {**VISIT, "g_photo/has_photos": "yes"})
    (repeat,) = [r for r in session.form.controls() if r.kind == "repeat" and "photos" in r.path]
    if not session.instances(repeat):
        field.take(one, session, Step("add", "/data/g_photo/photos", "", field.clock.now))
    field.fill(
        one, {"g_photo/photos/p_kind": "house_in", "g_photo/photos/p_img": photo.name}, session
    )
    signature = draft.keep_photo(field.store, BY, one.id, "/data/y", JPEG + b"2").value
    field.fill(one, {"g_sign/s_person": signature.name}, session)
    field.finish(one, session.finalise())
    assert shown(field.store, BY, photo.name) == JPEG
    with field.store.read() as conn:
        person_id = conn.exec_driver_sql("SELECT person_id FROM visit").scalar_one()
    field.clock.forward(hours=1)
    consent.withdraw(field.store, BY, person_id, "photo")
    with pytest.raises(Withheld):
        shown(field.store, BY, photo.name)
    assert shown(field.store, BY, signature.name) == JPEG + b"2"
