# SPDX-License-Identifier: Apache-2.0
"""Claims in the store: the same id on every laptop, and only what stands is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop.model.claim import Claim, ClaimPlan, Usual
from desktop.store import claim as kept
from tests.actions.office_ground import BY, Ground


def test_two_laptops_type_one_claim(tmp_path: Path) -> None:
    """Mutant: an id made anew, with which a fare typed at two desks is paid twice."""
    assert kept.claim_id("e1", "fare") == kept.claim_id("e1", "fare")
    assert (
        len({kept.claim_id(*pair) for pair in (("e1", "fare"), ("e1", "meal"), ("e2", "fare"))})
        == 3
    )


def test_what_is_kept_is_read_back_and_what_is_deleted_is_not(tmp_path: Path) -> None:
    """Mutants: an amount as a text; a tombstone that is still paid; another event's claims."""
    ground = Ground(tmp_path / "profile")
    event_id = ground.event.id
    first = Claim(kept.claim_id("e1", "fare"), event_id, "e1", "fare", 1_240_50, "ไป-กลับ")
    second = Claim(kept.claim_id("e1", "meal"), event_id, "e1", "meal", 240_00,
                   paid_on=date(2026, 11, 20))  # fmt: skip
    with ground.store.write(BY) as write:
        kept.put_claims(write, [first, second])
    with ground.store.read() as conn:
        assert kept.claims(conn, event_id) == {"e1": {"fare": first, "meal": second}}
        assert kept.claims(conn, "another") == {}
        scopes = conn.exec_driver_sql("SELECT DISTINCT scope FROM claim").scalars().all()
    assert scopes == [f"w:{event_id}"]
    with ground.store.write(BY) as write:
        kept.delete_claim(write, first.id)
    with ground.store.read() as conn:
        assert kept.claims(conn, event_id) == {"e1": {"meal": second}}
    with ground.store.write(BY) as write:
        kept.put_claims(write, [first])
    with ground.store.read() as conn:
        assert kept.claims(conn, event_id)["e1"]["fare"] == first, "it comes back when typed again"
    ground.store.close()


def test_a_plan_is_one_row_of_its_event(tmp_path: Path) -> None:
    """Mutants: usual amounts that lose "each day"; a kind of a later version that breaks this."""
    ground = Ground(tmp_path / "profile")
    event_id = ground.event.id
    plan = ClaimPlan(
        event_id, {"meal": Usual(240_00, daily=True), "fare": Usual(50)}, "ธิดา", "การเงิน"
    )
    with ground.store.read() as conn:
        assert kept.plan(conn, event_id) == ClaimPlan(event_id)
    with ground.store.write(BY) as write:
        kept.put_plan(write, plan)
        kept.put_plan(write, plan)
    with ground.store.read() as conn:
        assert kept.plan(conn, event_id) == plan
        count = conn.exec_driver_sql("SELECT count(*) FROM claim_plan").scalar_one()
    assert count == 1
    with ground.store.write(BY) as write:
        (row,) = write.conn.exec_driver_sql("SELECT id FROM claim_plan").scalars().all()
        write.put(
            "claim_plan",
            row,
            f"w:{event_id}",
            usual={"meal": {"satang": 1}, "boat": {"satang": 2}},
        )
    with ground.store.read() as conn:
        assert kept.plan(conn, event_id).usual == {"meal": Usual(1)}
    ground.store.close()
