# SPDX-License-Identifier: Apache-2.0
"""Numbers that were lent to this laptop: drawn from their blocks, and asked for in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.model.event import Event
from desktop.model.organisation import Award, Organisation
from desktop.model.register import RegisterRule
from desktop.store import certificate, lease, organisation, register
from desktop.store import event as events
from desktop.store.store import Store
from desktop.store.sync import notebook
from desktop.sync.protocol import Lease
from tests.store.ground import BY


def test_numbers_come_from_the_blocks_that_were_lent(store: Store) -> None:
    """Mutant: go on above the highest number known, which another laptop may draw too."""
    with store.write(BY) as write:
        write.put("office", "office-1", "o:office-1", name="พมจ.ตาก", area="63", ministry="ก")
    with notebook(store).transaction() as change:
        change.keep_lease(Lease("office-1", "training", 2569, 101, 103))
        change.keep_lease(Lease("office-1", "training", 2569, 301, 301))
    with store.read() as conn:
        numbers = certificate.numbers(conn, "training", 2569)
        assert [certificate.drawn(numbers) for _each in range(4)] == [101, 102, 103, 301]
        with pytest.raises(certificate.NoNumbers):
            certificate.drawn(numbers)
    drawn = {
        "event_id": "e", "office_id": "office-1", "kind": "training", "year": 2569,
        "number_text": "", "seat": 1, "status": "void", "issue_date": "",
    }  # fmt: skip
    with store.write(BY) as write:
        write.put("certificate", "c1", "w:e", **drawn, number=102)
        write.put("certificate", "c2", "w:e", **drawn, number=900)  # another laptop's
        write.delete("certificate", "c1")
    with store.read() as conn:
        assert next(certificate.numbers(conn, "training", 2569)) == 103
        assert lease.free(conn, "office-1", "training", 2569) == 2
        (wanted,) = lease.wanted_leases(conn, store.now().local.date())
        assert (wanted.kind, wanted.year, wanted.above, wanted.count) == (
            "training",
            2569,
            900,
            lease.LEAST,
        )


def test_numbers_are_wanted_for_awards_too_and_by_the_year_the_office_counts(
    store: Store,
) -> None:
    """Mutants: awards forgotten, so that a ceremony without a network has no numbers; the year
    of the calendar asked for where the office counts fiscal ones."""
    day = date(2026, 9, 30)
    with store.write(BY) as write:
        write.put("office", "office-1", "o:office-1", name="พมจ.ตาก", area="63", ministry="ก")
        held = Event("e", "123456", "งาน", "training", date_from=day, date_to=day)
        events.put_event(write, replace(held, certificate_kind="completion"))
        organisation.put_organisation(write, Organisation("o1", "มูลนิธิ", "assoc"))
        organisation.put_award(write, Award("a1", "e", "o1", "มูลนิธิ", "โครงการ", "", 1))
        register.put_rule(write, RegisterRule("project", year_kind="fiscal"))
    with notebook(store).transaction() as change:
        change.keep_lease(Lease("office-1", "training", 2569, 101, 103))
    for on, years in ((day, {2569}), (date(2026, 10, 1), {2569, 2570})):
        with store.read() as conn:
            wanted = lease.wanted_leases(conn, on)
        assert {one.year for one in wanted if one.kind == "project"} == years
        assert {one.year for one in wanted if one.kind == "completion"} == {2569}
