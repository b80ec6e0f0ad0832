# SPDX-License-Identifier: Apache-2.0
"""A key that one laptop withdraws is withdrawn on the others: through a real centre over TLS."""

from __future__ import annotations

from pathlib import Path

from desktop.actions.proof import check, check_by_lists, qr_text
from desktop.actions.proof_address import offered_address
from desktop.actions.proof_key import office_keys, restore_key, withdraw_key
from desktop.centre.proof import trust_list
from desktop.model.proof_list import TrustList
from desktop.store.certificate import certificate as register
from desktop.sync.issuer import public_of
from tests.actions.proof_ground import forge, issue, key_of
from tests.centre.running import RunningCentre, running_centre
from tests.field import BY
from tests.sync.laptops import laptop, synced


def _told(at: RunningCentre) -> TrustList:
    with at.centre.database.read(snapshot=True) as conn:
        return trust_list(conn, "centre", "ศูนย์", at.centre.now())


def test_a_withdrawal_reaches_the_other_laptop_and_the_centre_s_list(tmp_path: Path) -> None:
    """The mutants: the row in a scope of the event's; the column left out of what is sent; a
    withdrawal that was taken back still told; a paper that was known not named."""
    with running_centre(tmp_path / "centre") as at:
        here, stolen = laptop(at, tmp_path / "one"), laptop(at, tmp_path / "two")
        store, thief = here.field.store, stolen.field.store
        assert offered_address(store) == at.url.rstrip("/") + "/v#"
        one, key = issue(stolen.field), key_of(stolen.field)
        forged = forge(one, key, recipient="นายโจร ใจร้าย")
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
        assert check_by_lists([_told(at)], forged).outcome == "withdrawn"
        assert check_by_lists([_told(at)], qr_text(one.proof)).outcome == "genuine"
        assert key_of(stolen.field) != key  # it was found, and goes on with another

        restore_key(store, BY, public_of(key))
        for village in (here, stolen):
            synced(village)
        assert check_by_lists([_told(at)], forged).outcome == "genuine"
        assert not any(each.withdrawn for each in office_keys(thief))
        store.close()
        thief.close()


def test_what_a_stolen_laptop_still_sends_is_believed_nowhere(tmp_path: Path) -> None:
    """The mutants: at the centre, or on the other laptop, the register as it is now; on the other
    laptop papers kept only where a person withdraws, or kept when the exchange is over, after
    what came with it."""
    with running_centre(tmp_path / "centre") as at:
        here, third, stolen = (laptop(at, tmp_path / name) for name in ("one", "three", "two"))
        one, key = issue(stolen.field, 12), key_of(stolen.field)
        for village in (stolen, here, third):
            synced(village)
        withdraw_key(here.field.store, BY, public_of(key))
        synced(here)
        # The thief keeps the key, and sends a paper of his before the third laptop hears of it.
        late = issue(stolen.field, 13)
        synced(stolen)
        for village in (here, third):
            synced(village)
            with village.field.store.read() as conn:
                assert register(conn, late.id).number_text == "13/2562"  # it came
            for paper, outcome in ((one, "genuine"), (late, "withdrawn")):
                verdict = check(village.field.store, qr_text(paper.proof))
                assert (verdict.outcome, verdict.own) == (outcome, True)
        told = _told(at)
        assert check_by_lists([told], qr_text(one.proof)).outcome == "genuine"
        assert check_by_lists([told], qr_text(late.proof)).outcome == "withdrawn"
        for village in (here, third, stolen):
            village.field.store.close()
