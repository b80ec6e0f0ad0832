# SPDX-License-Identifier: Apache-2.0
"""A form that is being filled is on the disk, answer by answer."""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.actions import draft
from desktop.actions.form import open_session
from desktop.model.draft import Subject
from desktop.store import draft as drafts
from desktop.store import sealed, tidy
from desktop.store.store import Store
from desktop.xforms.codec import to_json
from desktop.xforms.journal import Step
from tests.field import BY, JPEG, KEY, OTHER, VISIT, Field


def count(field: Field, table: str) -> int:
    with field.store.read() as conn:
        found: int = conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
    return found


def test_a_draft_is_resumed_to_the_last_answer_in_its_own_version(field: Field) -> None:
    """Mutant: replay without the moments of the steps."""
    one = field.begin()
    answers = list(VISIT.items())
    session = field.fill(one, dict(answers[:12]))
    field.clock.forward(minutes=20)
    field.fill(one, dict(answers[12:]), session)
    field.clock.forward(days=3)
    resumed = open_session(field.store, one.id)
    assert to_json(resumed) == to_json(session)
    with field.store.read() as conn:
        listed = drafts.draft(conn, one.id)
    assert (listed.form_version, listed.steps) == (one.form_version, len(VISIT))
    assert listed.touched_at > listed.started_at


def test_an_answer_is_one_insert_and_nothing_else(field: Field) -> None:
    """The journal must not slow the hand: no op, no audit row, no second table.

    Mutant: touch the draft's own row at every answer.
    """
    one = field.begin()
    before = [count(field, table) for table in ("op", "audit", "draft_step")]
    changes: list[str] = []
    with field.store.write(BY) as write:
        raw: Any = write.conn.connection.driver_connection
        raw.set_trace_callback(lambda text: changes.append(text.split()[0].upper()))
        drafts.put_step(write, one.id, Step("answer", "/data/x", "ก", field.clock.now))
        raw.set_trace_callback(None)
    assert [word for word in changes if word in ("INSERT", "UPDATE", "DELETE")] == ["INSERT"]
    after = [count(field, table) for table in ("op", "audit", "draft_step")]
    assert after == [before[0], before[1], before[2] + 1]


def test_steps_come_back_as_they_were_given(field: Field) -> None:
    one = field.begin()
    at = field.clock.now
    given = (
        Step("answer", "/data/g_visit/met", "met", at),
        Step("add", "/data/g_members/members", "", at + timedelta(seconds=1)),
        Step("remove", "/data/g_members/members[#k]", "", at + timedelta(seconds=2)),
        Step("language", "", "en", at + timedelta(seconds=3)),
    )
    numbers = [draft.note(field.store, BY, one.id, step).value for step in given]
    assert numbers == [1, 2, 3, 4]
    with field.store.read() as conn:
        assert drafts.steps(conn, one.id) == given


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_kill_loses_at_most_the_answer_under_way(field: Field, tmp_path: Path) -> None:
    """Mutant: gather answers and write them together. (tests/trust kills at every moment.)"""
    one = field.begin()
    field.store.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            store = Store.open(tmp_path / "store", KEY, field.clock)
            for number in range(10_000):
                step = Step("answer", "/data/g_out/need", str(number), field.clock.now)
                draft.note(store, BY, one.id, step)
                os.write(writing, b".")
        finally:
            os._exit(0)  # a fault here is not to run the rest of the tests a second time
    os.close(writing)
    with os.fdopen(reading, "rb", 0) as pipe:
        said = len(pipe.read(20))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += len(pipe.read())
    field.store = Store.open(tmp_path / "store", KEY, field.clock)
    with field.store.read() as conn:
        kept = [step.value for step in drafts.steps(conn, one.id)]
    assert kept == [str(number) for number in range(len(kept))]
    assert said <= len(kept) <= said + 1


def test_drafts_are_listed_latest_first_and_described(field: Field) -> None:
    first, second = field.begin(), field.begin("alert")
    field.clock.forward(minutes=1)
    draft.describe(field.store, BY, first.id, title="ยายมะลิ", answered=3, questions=40)
    step = Step("answer", "/data/g_visit/met", "met", field.clock.now)
    draft.note(field.store, BY, first.id, step)
    with field.store.read() as conn:
        listed = drafts.drafts(conn, OTHER)
    assert [one.id for one in listed] == [first.id, second.id]
    assert (listed[0].title, listed[0].answered, listed[0].questions) == ("ยายมะลิ", 3, 40)


def test_a_draft_of_a_restricted_case_is_not_listed_for_others(field: Field) -> None:
    """Mutant: list without asking who may read the case."""
    field.visit({"g_prob/problems": "v_sexual", "g_prob/called_1300": "yes"})
    with field.store.read() as conn:
        case_id = conn.exec_driver_sql("SELECT id FROM case_file").scalar_one()
    one = field.begin("follow_up", Subject(case_id=case_id))
    with field.store.read() as conn:
        assert [line.id for line in drafts.drafts(conn, BY)] == [one.id]
        assert drafts.drafts(conn, OTHER) == ()


def test_a_discarded_draft_comes_back_by_undo_and_takes_no_answer_meanwhile(
    field: Field,
) -> None:
    one = field.begin()
    done = draft.discard(field.store, BY, one.id)
    with field.store.read() as conn:
        assert drafts.drafts(conn, BY) == ()
        assert [line.id for line in drafts.drafts(conn, BY, discarded=True)] == [one.id]
    step = Step("answer", "/data/g_visit/met", "met", field.clock.now)
    with pytest.raises(draft.DraftProblem):
        draft.note(field.store, BY, one.id, step)
    with pytest.raises(draft.DraftProblem):
        draft.keep_photo(field.store, BY, one.id, "/data/x", JPEG)
    assert done.undo is not None
    again = done.undo(field.store)
    assert draft.note(field.store, BY, one.id, step).value == 1
    assert again.undo is not None
    again.undo(field.store)
    with field.store.read() as conn:
        assert drafts.drafts(conn, BY) == ()


def test_what_was_thrown_away_long_ago_goes_at_the_next_opening(
    field: Field, tmp_path: Path
) -> None:
    kept, gone, open_still = field.begin(), field.begin(), field.begin()
    draft.keep_photo(field.store, BY, gone.id, "/data/x", JPEG)
    draft.discard(field.store, BY, gone.id)
    field.clock.forward(days=2)
    draft.discard(field.store, BY, kept.id)
    field.clock.forward(days=tidy.DISCARDED_DAYS - 1)
    field.store.close()
    field.store = Store.open(tmp_path / "store", KEY, field.clock)
    with field.store.read() as conn:
        assert drafts.find_draft(conn, gone.id) is None
        assert drafts.find_draft(conn, kept.id) is not None
        assert drafts.find_draft(conn, open_still.id) is not None
    assert count(field, "attachment_file") == 0
    assert list(sealed.present(tmp_path / "store")) == []


def test_a_photo_is_kept_before_it_is_named_and_once(field: Field, tmp_path: Path) -> None:
    one = field.begin()
    kept = draft.keep_photo(
        field.store, BY, one.id, "/data/g_photo/photos/p_img", JPEG, width=1600, height=1200
    ).value
    assert kept.name == f"{kept.sha256}.jpg"
    assert (kept.mime, kept.size, kept.width) == ("image/jpeg", len(JPEG), 1600)
    draft.keep_photo(field.store, BY, one.id, "/data/g_sign/s_person", JPEG, kind="signature")
    assert len(list(sealed.present(tmp_path / "store"))) == 1
    with field.store.read() as conn:
        assert [file.place for file in drafts.files(conn, one.id)] == ["/data/g_sign/s_person"]


def test_what_is_no_picture_or_too_large_is_refused(
    field: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = field.begin()
    with pytest.raises(draft.DraftProblem):
        draft.keep_photo(field.store, BY, one.id, "/data/x", b"MZ\x90\x00")
    monkeypatch.setattr(draft, "LARGEST_FILE", 10)
    with pytest.raises(draft.DraftProblem):
        draft.keep_photo(field.store, BY, one.id, "/data/x", JPEG)
