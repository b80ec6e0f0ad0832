# SPDX-License-Identifier: Apache-2.0
"""Marks in the file: read back as they were made, never changed, and counted for the board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError as Wrapped
from sqlcipher3.dbapi2 import IntegrityError

from desktop.model.attendance import Mark
from desktop.store import attendance
from desktop.store.ids import new_id
from tests.hall import AFTERNOON, BY, CLOSING, MORNING, Hall, open_hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = open_hall(tmp_path)
    yield hall
    hall.store.close()


def put(hall: Hall, enrolment_id: str, **fields: object) -> Mark:
    with hall.store.write(BY) as write:
        made = replace(
            Mark(
                new_id(),
                enrolment_id,
                MORNING,
                "half",
                "in",
                541,
                write.now().utc,
                BY,
                write.device,
                "qr",
                "เหตุผล",
            ),
            **fields,
        )
        attendance.put_mark(write, made)
    return made


def test_a_mark_comes_back_as_it_was_made(hall: Hall) -> None:
    """Fails when a column is left out or two are exchanged."""
    one = hall.enrol("สมชาย")
    made = put(hall, one)

    with hall.store.read() as conn:
        assert attendance.marks_of(conn, one) == (made,)
        assert attendance.mark(conn, made.id) == made
        assert attendance.marks(conn, hall.event_id) == {one: (made,)}


def test_a_mark_cannot_be_changed_or_removed(hall: Hall) -> None:
    """Fails when the triggers of an append-only table are dropped."""
    made = put(hall, hall.enrol("สมชาย"))

    with pytest.raises(IntegrityError, match="only grows"):
        put(hall, made.enrolment_id, id=made.id, minute=600)
    with pytest.raises(Wrapped), hall.store.write(BY) as write:
        write.conn.exec_driver_sql("DELETE FROM mark")
    assert hall.marks(made.enrolment_id) == (made,)


def test_a_mark_of_nobody_is_a_bug(hall: Hall) -> None:
    with pytest.raises(KeyError):
        put(hall, "nobody")


def test_the_board_counts_those_expected_and_takes_cancels_into_account(hall: Hall) -> None:
    here, gone, away = (hall.enrol(name) for name in ("มา", "ยกเลิก", "ไม่มา"))
    withdrawn = hall.enrol("ถอน", status="withdrawn")
    put(hall, here)
    wrong = put(hall, gone)
    put(hall, gone, kind="cancel", cancels=wrong.id)
    put(hall, withdrawn)

    with hall.store.read() as conn:
        board = attendance.board(conn, hall.event_id, MORNING)

    assert (board.came, board.expected) == (1, 3)
    assert {one: board.states[one].state for one in (here, gone, away)} == {
        here: "present",
        gone: "expected",
        away: "expected",
    }


def test_the_board_of_a_session_hears_marks_of_its_half_and_not_of_another(hall: Hall) -> None:
    one = hall.enrol("สมชาย")
    put(hall, one, session_id=AFTERNOON, minute=800)

    with hall.store.read() as conn:
        came = {
            name: attendance.board(conn, hall.event_id, name).came
            for name in (MORNING, AFTERNOON, CLOSING)
        }

    assert came == {MORNING: 0, AFTERNOON: 1, CLOSING: 1}


def test_the_board_of_no_session_is_a_bug(hall: Hall) -> None:
    with hall.store.read() as conn, pytest.raises(KeyError):
        attendance.board(conn, hall.event_id, "gone")


def test_the_door_knows_the_day_of_a_session_and_who_stands_before_it(hall: Hall) -> None:
    one = hall.enrol("สมชาย")

    with hall.store.read() as conn:
        door = attendance.door(conn, one, AFTERNOON)
        assert attendance.door(conn, one, "gone") is None

    assert door is not None
    assert (door.event_id, door.status, door.mark_scope) == (hall.event_id, "enrolled", "half")
    assert (door.session.id, door.session.start, str(door.session.on)) == (
        AFTERNOON,
        780,
        "2019-03-01",
    )
    assert {session.id for session in door.sessions} == {MORNING, AFTERNOON, CLOSING}


def test_a_session_is_attended_while_a_mark_of_it_stands(hall: Hall) -> None:
    """Fails when a mark counts as gone though its cancel was itself taken back (redo)."""
    came = put(hall, hall.enrol("สมชาย"))
    with hall.store.read() as conn:
        assert attendance.attended_sessions(conn, hall.event_id) == {MORNING}

    back = put(hall, came.enrolment_id, kind="cancel", cancels=came.id)
    with hall.store.read() as conn:
        assert not attendance.attended_sessions(conn, hall.event_id)

    put(hall, came.enrolment_id, kind="cancel", cancels=back.id)
    with hall.store.read() as conn:
        assert attendance.attended_sessions(conn, hall.event_id) == {MORNING}
