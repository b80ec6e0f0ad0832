# SPDX-License-Identifier: Apache-2.0
"""Keys that an office withdrew, in the centre's list."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.centre.account import invite
from desktop.centre.ledger import CentreLedger
from desktop.centre.proof import trust_list
from desktop.sync.issuer import make_key, public_of
from tests.centre.running import OFFICE, RunningCentre, centre_in_process
from tests.centre.town import op, push

KEY = public_of(make_key())
SINCE = "2019-03-04T01:00:00.000Z"


def _told(n: int, record: str, withdrawn: str = "") -> Any:
    more = {"withdrawn_at": withdrawn} if withdrawn else {}
    return op(
        n, noun="issuer_key", id=record, key_id="00", public=KEY.hex(), office_id=OFFICE,
        issuer="ก", made_at="2019", **more,
    )  # fmt: skip


def _keys(at: RunningCentre) -> dict[str, str]:
    with at.centre.database.read() as conn:
        told = trust_list(conn, "centre", "ศูนย์", datetime(2019, 3, 5, tzinfo=UTC))
    assert {one.public for one in told.keys} == {KEY}
    found = {one.office_id: one.withdrawn for one in told.keys}
    assert len(found) == len(told.keys)
    return found


def test_a_withdrawn_key_is_told_as_such_once(tmp_path: Path) -> None:
    """The mutants: the withdrawal as one more key; the key left out, so that its paper would be
    a stranger's."""
    with centre_in_process(tmp_path / "centre") as at:
        at.laptop()
        ledger = CentreLedger(at.centre.database)
        push(ledger, f"o:{OFFICE}", _told(1, "k1"), _told(2, "k2", SINCE))
        assert _keys(at) == {OFFICE: SINCE}


def test_another_office_withdraws_it_for_itself_alone(tmp_path: Path) -> None:
    """The mutants: rows of every scope; the office that is named in the row."""
    with centre_in_process(tmp_path / "centre") as at:
        at.laptop()
        ledger = CentreLedger(at.centre.database)
        push(ledger, f"o:{OFFICE}", _told(1, "k1"))
        push(ledger, "o:other", _told(2, "k2", SINCE))
        push(ledger, "w:event", _told(3, "k3", SINCE))
        assert _keys(at) == {OFFICE: "", "other": SINCE}


def test_it_is_withdrawn_under_the_id_the_office_was_founded_under_too(tmp_path: Path) -> None:
    """The mutant: the scope of the row alone. The laptop told its key before it joined."""
    with centre_in_process(tmp_path / "centre") as at:
        at.laptop()
        ledger = CentreLedger(at.centre.database)
        push(ledger, "o:founded", _told(1, "k1"))
        push(ledger, f"o:{OFFICE}", _told(2, "k2"), _told(3, "k3", SINCE))
        assert _keys(at) == {OFFICE: SINCE, "founded": ""}
        with at.centre.database.write() as conn:
            invite(conn, at.centre.database, "o:founded", f"o:{OFFICE}", "")
        assert _keys(at) == {OFFICE: SINCE, "founded": SINCE}
