# SPDX-License-Identifier: Apache-2.0
"""A key that one laptop withdraws is withdrawn on the others: through a real centre over TLS."""

from __future__ import annotations

from pathlib import Path

from desktop.actions.proof import check_by_lists, own_key, qr_text
from desktop.actions.proof_address import offered_address
from desktop.actions.proof_key import office_keys, restore_key, withdraw_key
from desktop.centre.proof import trust_list
from desktop.model.proof_list import TrustList
from desktop.store.store import Store
from desktop.sync.issuer import public_of
from tests.actions.test_proof import issue
from tests.centre.running import RunningCentre, running_centre
from tests.field import BY
from tests.hall import Hall
from tests.sync.laptops import laptop, synced


def _key(store: Store) -> bytes:
    with store.write(BY) as write:
        return own_key(write)


def _told(at: RunningCentre) -> TrustList:
    with at.centre.database.read() as conn:
        return trust_list(conn, "centre", "ศูนย์", at.centre.now())


def test_a_withdrawal_reaches_the_other_laptop_and_the_centre_s_list(tmp_path: Path) -> None:
    """The mutants: the row in a scope of the event's; the column left out of what is sent; a
    withdrawal that was taken back still told."""
    with running_centre(tmp_path / "centre") as at:
        here, stolen = laptop(at, tmp_path / "one"), laptop(at, tmp_path / "two")
        store, thief = here.field.store, stolen.field.store
        assert offered_address(store) == at.url.rstrip("/") + "/v#"
        one = issue(Hall(thief, None))  # type: ignore[arg-type]
        key = _key(thief)
        for village in (stolen, here):
            synced(village)
        assert [(each.public, each.here) for each in office_keys(store)] == [
            (public_of(key), False)
        ]
        assert check_by_lists([_told(at)], qr_text(one.proof)).outcome == "genuine"

        withdraw_key(store, BY, public_of(key))
        for village in (here, stolen):
            synced(village)
        assert all(each.withdrawn for each in office_keys(thief))
        assert check_by_lists([_told(at)], qr_text(one.proof)).outcome == "withdrawn"
        assert _key(thief) != key  # it was found, and goes on with another

        restore_key(store, BY, public_of(key))
        for village in (here, stolen):
            synced(village)
        assert check_by_lists([_told(at)], qr_text(one.proof)).outcome == "genuine"
        assert not any(each.withdrawn for each in office_keys(thief))
        store.close()
        thief.close()
