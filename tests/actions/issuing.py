# SPDX-License-Identifier: Apache-2.0
"""People who were there all day, and certificates for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.actions.attendance import arrive
from desktop.actions.certificate import (
    issue,
)
from desktop.model.eligibility import OVER, Moment
from desktop.store import event
from tests.hall import AFTERNOON, BY, MORNING, Hall

DAY = date(2019, 3, 3)


def give(hall: Hall, *names: str, came: bool = True) -> list[str]:
    """People on seats 1…n, who were there all day, and the lock."""
    people = [hall.enrol(name, seat) for seat, name in enumerate(names, 1)]
    for one in people:
        for session, hour in ((MORNING, 9), (AFTERNOON, 13)):
            hall.clock.to(hour)
            if came:
                arrive(hall.store, BY, one, session, hour * 60, "search")
    with hall.store.write(BY) as write:
        held = event.event(write.conn, hall.event_id)
        event.put_event(write, replace(held, certificate_kind="completion"))
    hall.lock()
    return people


def issued(hall: Hall, *people: str, day: date = DAY, moment: Moment = OVER) -> list[str]:
    done = issue(
        hall.store,
        BY,
        hall.event_id,
        issue_date=day,
        enrolment_ids=people,
        moment=moment,
    )
    return [row.id for row in done.value]
