# SPDX-License-Identifier: Apache-2.0
"""Events as rows, and who is expected in two at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.actions.event import EventDraft, change_event, create_event
from desktop.actions.roster import Entry, add_entries, lock_roster, withdraw
from desktop.model.event import PassRule
from desktop.store import event as events
from tests.actions.office_ground import BY, DRAFT, Ground, cid


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    ground = Ground(tmp_path)
    yield ground
    ground.store.close()


def test_an_event_is_read_as_it_was_kept(ground: Ground) -> None:
    """Fails when a field is dropped, or the sets and lists of an event come back otherwise."""
    draft = EventDraft(
        name="งาน", kind="forum", batch="รุ่น ๒/๒๕๖๒", date_from=date(2019, 2, 28),
        date_to=date(2019, 3, 3), venue="ห้องไฮเดรนเยีย ๑", venue_area="10",
        hosts=("ข", "ก"), areas=("96", "10"), area_label="ภาคใต้", target=154, quota=2,
        rule=PassRule("days", 75), late_after=0, mark_scope="day", digits="thai",
        certificate_kind="",
    )  # fmt: skip
    made = create_event(ground.store, BY, draft).value
    with ground.store.read() as conn:
        kept = events.event(conn, made.id)
        assert events.by_code(conn, made.code) == kept
        assert events.by_code(conn, "000000") is None
        with pytest.raises(LookupError):
            events.event(conn, "none")
    assert kept.hosts == ("ข", "ก")
    assert set(kept.areas) == {"96", "10"}
    assert replace(kept, areas=made.areas) == made


def test_the_list_has_undated_events_first_then_the_newest(ground: Ground) -> None:
    create_event(ground.store, BY, EventDraft(name="เก่า", date_from=date(2019, 2, 28)))
    create_event(ground.store, BY, EventDraft(name="ไม่มีวัน", date_note="รอประกาศ"))
    ground.add("สมชาย", "ปราณี", "มานะ")
    withdraw(ground.store, BY, ground.roster()[0].enrolment_id)
    lock_roster(ground.store, BY, ground.event.id)
    with ground.store.read() as conn:
        rows = events.events(conn)
    assert [row.event.name for row in rows] == ["ไม่มีวัน", "อบรม อพม.น้อย", "เก่า"]
    mine = rows[1]
    assert (mine.enrolled, mine.days, mine.event.roster_locked) == (2, 2, True)
    assert (mine.first_day, mine.last_day) == (date(2026, 11, 20), date(2026, 11, 21))
    assert rows[0].first_day is None


def test_the_same_person_or_number_in_two_events_on_one_day_is_told(ground: Ground) -> None:
    """Fails when only the person's id is compared: agencies enter her anew."""
    ground.add("สมชาย ใจดี", identifier=cid(1))
    ground.add("ปราณี มีสุข", "มานะ")
    somchai = next(line for line in ground.roster() if line.first == "สมชาย")
    pranee = next(line for line in ground.roster() if line.first == "ปราณี")
    other = create_event(
        ground.store,
        BY,
        replace(DRAFT, name="อีกงาน", date_from=date(2026, 11, 21), date_to=date(2026, 11, 22)),
    ).value
    entries = [
        Entry(first="สมชัย", identifier=cid(1)),
        Entry(first="ปราณี", known_person_id=pranee.person_id),
        Entry(first="คนละคน", identifier=cid(3)),
    ]
    added = add_entries(ground.store, BY, other.id, entries).value
    with ground.store.read() as conn:
        mine = events.clashes(conn, ground.event.id)
        theirs = events.clashes(conn, other.id)
    assert {clash.person_id for clash in mine} == {somchai.person_id, pranee.person_id}
    assert {clash.other_event_name for clash in mine} == {"อีกงาน"}
    assert {clash.days for clash in mine} == {(date(2026, 11, 21),)}
    assert len(theirs) == 2
    withdraw(ground.store, BY, added.enrolment_ids[1])
    with ground.store.read() as conn:
        assert len(events.clashes(conn, ground.event.id)) == 1
    later = replace(other, date_from=date(2026, 12, 1), date_to=date(2026, 12, 2))
    change_event(ground.store, BY, later)
    with ground.store.read() as conn:
        assert events.clashes(conn, ground.event.id) == ()
