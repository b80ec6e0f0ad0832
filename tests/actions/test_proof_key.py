# SPDX-License-Identifier: Apache-2.0
"""The key of a stolen laptop: what it signed is genuine only where the register says the same."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date

import pytest

from desktop.actions.proof import check, check_by_lists, qr_text
from desktop.actions.proof_key import office_keys, restore_key, withdraw_key
from desktop.actions.proof_list import export_list, import_list, own_list
from desktop.errors import Refused
from desktop.model import proof as code
from desktop.model.facilitator import Office
from desktop.model.proof_list import KnownKey, TrustList
from desktop.store import facilitator
from desktop.store import proof as store_proof
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.sync.issuer import Signer, key_id, make_key, public_of, read_list, write_list
from tests.actions.proof_ground import THERE, forge, issue, join_a_centre, key_of, step
from tests.hall import BY, Hall

pytestmark = pytest.mark.usefixtures("english")


def test_of_a_withdrawn_key_the_register_alone_says_what_is_genuine(hall: Hall) -> None:
    """The mutants: everything it signed still believed; its papers of before all doubted; the
    date on the paper believed; another name under a number that is in the register believed,
    or taken for a paper of before."""
    one, key = issue(hall), key_of(hall)
    forged = (
        forge(one, key, part=bytes(8), number=99),
        forge(one, key, part=bytes(8), issued=date(2018, 1, 1)),
        forge(one, key, recipient="นายโจร ใจร้าย"),
    )
    assert check(hall.store, forged[0]).outcome == "genuine"
    done = withdraw_key(hall.store, BY, public_of(key))
    assert "office" in done.changed

    verdict = check(hall.store, qr_text(one.proof))
    assert (verdict.outcome, verdict.own) == ("genuine", True)
    for digits in forged:
        verdict = check(hall.store, digits)
        assert verdict.outcome == "withdrawn"
        assert verdict.withdrawn == hall.store.now().utc
        assert verdict.issuer == "กองทดสอบ"
        assert verdict.revoked is None  # nobody replaced what was never issued


def test_what_the_register_cancelled_stays_cancelled(hall: Hall) -> None:
    """The mutant: the key looked at before the register."""
    one, key = issue(hall), key_of(hall)
    step(hall, one, "void", "2019-03-02")
    withdraw_key(hall.store, BY, public_of(key))
    assert check(hall.store, qr_text(one.proof)).outcome == "revoked"
    verdict = check(hall.store, forge(one, key, recipient="นายโจร ใจร้าย"))
    assert verdict.outcome == "withdrawn"  # nobody ever issued that


def test_a_withdrawal_is_taken_back_and_said_again(hall: Hall) -> None:
    """The mutant: one row for all withdrawals, which as a fact cannot be said anew."""
    one, key = issue(hall), key_of(hall)
    forged = forge(one, key, part=bytes(8))
    done = withdraw_key(hall.store, BY, public_of(key))
    assert done.undo is not None
    done.undo(hall.store)
    assert check(hall.store, forged).outcome == "genuine"
    hall.clock.to(11)
    withdraw_key(hall.store, BY, public_of(key))
    assert check(hall.store, forged).outcome == "withdrawn"
    with pytest.raises(Refused, match="before"):
        withdraw_key(hall.store, BY, public_of(key))
    restore_key(hall.store, BY, public_of(key))
    assert check(hall.store, forged).outcome == "genuine"
    with pytest.raises(Refused, match="not withdrawn"):
        restore_key(hall.store, BY, public_of(key))


def test_an_office_withdraws_its_own_keys_alone(hall: Hall) -> None:
    """The mutants: a row of any scope believed (whoever shares an event writes there); a key
    that is nobody's here taken up by withdrawing it."""
    one, key = issue(hall), key_of(hall)
    with pytest.raises(Refused, match="not one of this office"):
        withdraw_key(hall.store, BY, public_of(make_key()))
    public = public_of(key)
    with hall.store.write("stranger") as write:
        for scope in ("w:event-1", "o:elsewhere"):
            write.put(
                "issuer_key", new_id(), scope, key_id=key_id(public).hex(), public=public.hex(),
                office_id="office-1", issuer="ก", made_at=THERE, withdrawn_at=THERE,
            )  # fmt: skip
    assert check(hall.store, forge(one, key, part=bytes(8))).outcome == "genuine"
    assert [one.withdrawn for one in office_keys(hall.store)] == [""]


def test_other_offices_learn_of_it_by_the_list(hall: Hall, elsewhere: Store) -> None:
    """The mutants: a list without it; a list of before that brings the key back."""
    one, key = issue(hall), key_of(hall)
    before = export_list(hall.store, BY)
    withdraw_key(hall.store, BY, public_of(key))
    data = export_list(hall.store, BY)
    import_list(elsewhere, BY, data, accept=True)
    forged = forge(one, key, part=bytes(8))
    verdict = check(elsewhere, forged)
    assert (verdict.outcome, verdict.issuer) == ("withdrawn", "กองทดสอบ")
    told, old = read_list(data), read_list(before)
    for lists in ((told,), (old, told), (told, old)):
        assert check_by_lists(lists, forged).outcome == "withdrawn"


def test_a_list_says_it_only_where_there_is_something_to_say(hall: Hall) -> None:
    """The mutant: an empty word in every list; a list of before would change its bytes."""
    issue(hall)
    assert b"withdrawn" not in export_list(hall.store, BY)


def test_another_office_that_calls_the_key_its_own_withdraws_nothing(hall: Hall) -> None:
    """The mutant: whoever says it of a key, it is withdrawn: any office would stop another's."""
    digits, public = qr_text(issue(hall).proof), public_of(key_of(hall))
    ours = KnownKey(public, "office-1", "กองทดสอบ")
    theirs = KnownKey(public, "office-9", "สำนักงานอื่น", THERE)
    for keys in ((ours, theirs), (theirs, ours)):
        told = TrustList("centre", "ศูนย์", THERE, keys, ())
        verdict = check_by_lists((told,), digits)
        assert (verdict.outcome, verdict.issuer) == ("genuine", "กองทดสอบ")


def test_the_centre_s_list_of_this_morning_does_not_bring_a_key_back(hall: Hall) -> None:
    """The mutant: of two that speak of a key the one that stands by it is believed."""
    one, key = issue(hall), key_of(hall)
    keys = join_a_centre(hall)
    said = tuple(
        KnownKey(public_of(key), office_id, "กองทดสอบ") for office_id in ("founded", "office-1")
    )
    told = TrustList("centre-1", "ศูนย์", THERE, said, ())
    import_list(hall.store, BY, write_list(told, keys.signing))
    withdraw_key(hall.store, BY, public_of(key))
    assert check(hall.store, forge(one, key, part=bytes(8))).outcome == "withdrawn"


def test_what_the_centre_says_of_our_key_is_heard(hall: Hall) -> None:
    """The mutant: of our keys our rows alone: the row may come a day after the list."""
    one, key = issue(hall), key_of(hall)
    keys = join_a_centre(hall)
    said = KnownKey(public_of(key), "office-1", "กองทดสอบ", THERE)
    told = TrustList("centre-1", "ศูนย์", THERE, (said,), ())
    import_list(hall.store, BY, write_list(told, keys.signing))
    assert check(hall.store, forge(one, key, part=bytes(8))).outcome == "withdrawn"
    assert check(hall.store, qr_text(one.proof)).outcome == "genuine"


def test_a_list_signed_with_a_withdrawn_key_is_refused(hall: Hall, elsewhere: Store) -> None:
    """The mutant: a thief's list, which says that the key stands."""
    issue(hall)
    stolen = key_of(hall)
    import_list(elsewhere, BY, export_list(hall.store, BY), accept=True)
    other = Signer(make_key())
    with hall.store.write(BY) as write:
        store_proof.tell_issuer(
            write, Office("office-1", "กองทดสอบ", "63"), other.public, other.key_id
        )
    import_list(elsewhere, BY, export_list(hall.store, BY))
    withdraw_key(hall.store, BY, public_of(stolen))
    hall.clock.to(10)
    with hall.store.read() as conn:
        told = own_list(conn, hall.store.now().utc)
    assert {one.public: bool(one.withdrawn) for one in told.keys} == {
        public_of(stolen): True, other.public: False,
    }  # fmt: skip
    import_list(elsewhere, BY, write_list(told, other._key.private_bytes_raw()))

    keys = tuple(replace(one, withdrawn="") for one in told.keys)
    stands = TrustList(told.source, told.name, told.as_of, keys, ())
    for store in (elsewhere, hall.store):
        with pytest.raises(Refused, match="withdrawn"):
            import_list(store, BY, write_list(stands, stolen), accept=True)


def test_a_laptop_that_was_found_again_signs_with_a_new_key(hall: Hall) -> None:
    """The mutant: the old key used on: all its paper would be doubted from the first day."""
    issue(hall)
    stolen = key_of(hall)
    withdraw_key(hall.store, BY, public_of(stolen))
    hall.clock.to(10)
    again = issue(hall, 13)
    assert key_of(hall) != stolen
    claim = check(hall.store, qr_text(again.proof)).claim
    assert claim is not None
    assert claim.key == key_id(public_of(key_of(hall)))
    assert [bool(one.withdrawn) for one in office_keys(hall.store)] == [True, False]


def test_a_key_told_under_two_ids_of_the_office_is_withdrawn_under_both(hall: Hall) -> None:
    """The mutant: withdrawn where the laptop belongs now; its paper of before would stand."""
    one, key = issue(hall), key_of(hall)
    with hall.store.write(BY) as write:
        facilitator.belong_to(write, Office("office-2", "สำนักงานใหม่", "10"))
    assert key_of(hall) == key
    withdraw_key(hall.store, BY, public_of(key))
    with hall.store.read() as conn:
        assert all(each.withdrawn for each in store_proof.issuer_keys(conn))
        assert len(store_proof.issuer_keys(conn)) == 2
        assert len(own_list(conn, hall.store.now().utc).keys) == 1
    assert len(office_keys(hall.store)) == 1
    assert check(hall.store, forge(one, key, part=bytes(8))).outcome == "withdrawn"


def test_a_key_is_known_by_what_was_signed_with_it(hall: Hall) -> None:
    """The mutant: another key's paper counted; a key of six bytes tells nobody which laptop."""
    issue(hall, 12)
    issue(hall, 13, issue_date="2019-03-04")
    other = Signer(make_key())
    with hall.store.write(BY) as write:
        store_proof.tell_issuer(
            write, Office("office-1", "กองทดสอบ", "63"), other.public, other.key_id
        )
    found = {one.public: one for one in office_keys(hall.store)}
    ours, theirs = found[public_of(key_of(hall))], found[other.public]
    assert (ours.count, ours.last, ours.last_on, ours.here) == (2, "13/2562", "2019-03-04", True)
    assert (theirs.count, theirs.last, theirs.here) == (0, "", False)


def test_a_code_says_which_key_signed_it(hall: Hall) -> None:
    """What ``key_uses`` counts by stands where it looks."""
    one = issue(hall)
    signed = base64.b64decode(one.proof)
    assert signed[:7] == bytes([code.VERSION]) + key_id(public_of(key_of(hall)))
