# SPDX-License-Identifier: Apache-2.0
"""Who may hold what and write where: accounts, areas, devices, workshops, restricted cases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.centre.account import (
    Account,
    NotAnArea,
    OtherOffice,
    account_of,
    accounts,
    check_areas,
    invite,
    keep_account,
    office,
    offices,
    set_active,
    uninvite,
)
from desktop.centre.database import Database
from desktop.centre.device import (
    Heard,
    KnownDevice,
    clock_offset,
    device_of,
    device_of_incarnation,
    devices,
    heard,
    keep_device,
    keep_incarnation,
    reopen,
    revoke,
    work_on,
)
from desktop.centre.ledger import CentreLedger
from desktop.centre.rights import Rights, may_read, rights_of, scope_kind
from tests.centre.town import Watch, laptop, op, push, settle


@pytest.fixture(autouse=True)
def _town(database: Database) -> None:
    settle(database)


def _one(database: Database) -> Rights:
    return rights_of(database, "one")


def test_a_device_holds_what_its_people_may(database: Database) -> None:
    """Mutant: the areas of the first person only; the whole of a wider area's name."""
    ledger = CentreLedger(database)
    for scope in ("t:580101", "t:580102", "t:520101", "t:530101", "w:ours", "w:theirs", "o:lpg"):
        push(ledger, scope, op(1, name="x"))
    assert _one(database).may_write("w:ours", "dok") == ""
    assert rights_of(database, "two").may_write("w:theirs", "mali") == ""
    assert _one(database).scopes() == ("forms", "o:mhs", "t:580101", "t:580102", "w:ours")
    assert rights_of(database, "two").scopes() == ("forms", "o:lpg", "t:520101", "w:theirs")
    assert _one(database).may_hold("t:589999")
    for foreign in ("t:520101", "t:570101", "o:lpg", "w:theirs", "u:1", "t:", "", "t:58010"):
        assert not _one(database).may_hold(foreign), foreign


def test_an_author_writes_where_she_may_and_nowhere_else(database: Database) -> None:
    """Mutant: rights of the device given to everybody on it."""
    rights = _one(database)
    assert rights.may_write("t:580101", "dok") == ""
    assert rights.may_write("t:580201", "dok") == "forbidden"
    assert rights.may_write("t:580201", "champa") == ""
    assert rights.may_write("t:520101", "champa") == "forbidden"
    assert rights.may_write("t:580101", "mali") == "author"
    assert rights.may_write("t:580101", "") == "author"
    assert rights.may_write("forms", "dok") == ""


def test_another_laptops_ops_are_judged_by_their_author(database: Database) -> None:
    """Met in a hall. Mutant: every author of a foreign stream is believed."""
    rights = _one(database)
    assert rights.may_write("t:520101", "mali") == "author"
    assert rights.may_write("t:520101", "mali", others=True) == ""
    assert rights.may_write("t:580101", "mali", others=True) == "forbidden"
    assert rights.may_write("t:580101", "nobody", others=True) == "author"


def test_a_workshop_belongs_to_the_office_that_wrote_first(database: Database) -> None:
    """Mutant: no claim, so that every office may write to every workshop."""
    assert _one(database).may_write("w:e", "dok") == ""
    assert rights_of(database, "two").may_write("w:e", "mali") == "forbidden"
    assert not rights_of(database, "two").may_hold("w:e")
    with database.write() as conn:
        invite(conn, database, "w:e", "o:lpg", "champa")
        invite(conn, database, "w:e", "o:lpg", "champa")
    assert rights_of(database, "two").may_write("w:e", "mali") == ""
    assert "w:e" in rights_of(database, "two").scopes()
    with database.write() as conn:
        assert uninvite(conn, "w:e", "o:lpg")
    assert not rights_of(database, "two").may_hold("w:e")


def test_a_restricted_case_is_read_by_those_it_names(database: Database) -> None:
    """Mutant: ``c:`` for everybody of the office."""
    ledger = CentreLedger(database)
    assert _one(database).may_write("c:x", "dok") == ""
    case = op(1, noun="case_file", id="x", owner_id="dok", opened_by="dok", readers=[])
    push(ledger, "c:x", case)
    assert _one(database).may_hold("c:x")
    assert _one(database).may_write("c:x", "champa") == "forbidden"
    assert rights_of(database, "two").may_write("c:x", "mali") == "forbidden"
    push(ledger, "c:x", op(2, noun="case_file", id="x", readers=["mali"]))
    assert "c:x" in rights_of(database, "two").scopes()
    assert may_read(database, "mali", "c:x")
    assert not may_read(database, "champa", "c:x")


def test_somebody_who_left_writes_no_more(database: Database) -> None:
    """Mutant: ``active`` that nobody asks."""
    with database.write() as conn:
        assert set_active(conn, database, "dok", False)
        assert not set_active(conn, database, "stranger", False)
    assert _one(database).may_write("t:580101", "dok") == "author"
    assert rights_of(database, "two").may_write("t:580101", "dok", others=True) == "author"
    assert not may_read(database, "dok", "t:580101")
    with database.write() as conn:
        set_active(conn, database, "champa", False)
    assert _one(database).scopes() == ()


def test_a_revoked_device_may_bring_its_work_for_a_while(database: Database, watch: Watch) -> None:
    """Mutant: revoked at once, which loses work; or a grace that also gives."""
    with database.write() as conn:
        assert revoke(conn, database, "one", timedelta(days=3))
        assert not revoke(conn, database, "one")
    rights = _one(database)
    assert (rights.standing, rights.scopes(), rights.may_hold("t:580101")) == ("grace", (), False)
    assert rights.may_write("t:580101", "dok") == ""
    assert rights.may_write("t:520101", "mali", others=True) == "closed"
    watch.forward(days=3)
    assert _one(database).may_write("t:580101", "dok") == "closed"
    with database.write() as conn:
        assert reopen(conn, "one")
        assert not reopen(conn, "one")
    assert _one(database).may_write("t:580101", "dok") == ""


def test_a_device_that_is_not_known_may_nothing(database: Database) -> None:
    rights = rights_of(database, "stranger")
    assert (rights.device, rights.standing, rights.scopes()) == (None, "closed", ())
    assert rights.may_write("t:580101", "dok") == "closed"
    assert not rights.may_hold("forms")


def test_a_device_is_the_same_under_each_of_its_lives(database: Database) -> None:
    """Mutant: another device may number its ops under a name that is taken."""
    with database.write() as conn:
        assert keep_incarnation(conn, database, "one again", "one")
        assert keep_incarnation(conn, database, "one again", "one")
        assert not keep_incarnation(conn, database, "one again", "two")
        assert device_of_incarnation(conn, "one again") == "one"
        assert device_of_incarnation(conn, "two") == "two"
        assert device_of_incarnation(conn, "nobody") == ""
    assert rights_of(database, "one again").may_write("t:580101", "dok") == ""


def test_a_device_joins_with_one_key_for_ever(database: Database) -> None:
    """Mutant: an id that is taken over with another key."""
    with database.write() as conn:
        known = laptop("one", "lpg")
        assert keep_device(conn, database, known, ["mali"]).office == "lpg"
        other = laptop("six", "mhs")
        with pytest.raises(KnownDevice):
            keep_device(conn, database, type(known)("one", "mhs", "x", other.ed25519, b""), [])
        with pytest.raises(KnownDevice):
            keep_device(conn, database, type(known)("new", "mhs", "x", known.ed25519, b""), [])
        assert [one.id for one in devices(conn)] == ["one", "two"]
        assert devices(conn, office="mhs") == ()
        assert [one.id for one in accounts(conn, device="one")] == ["mali"]
        work_on(conn, "one", ["dok", "dok", "champa"])
        assert [one.id for one in accounts(conn, device="one")] == ["champa", "dok"]


def test_what_a_device_says_of_itself_is_kept(database: Database, watch: Watch) -> None:
    with database.write() as conn:
        heard(conn, database, "one", Heard("2569-11-20T13:00:00.000+07:00[Asia/Bangkok]", 12, 3))
        found = device_of(conn, "one")
        assert found is not None
        assert (found.waiting, found.photos, found.last_contact) == (12, 3, database.stamp())
        assert found.clock_offset // 86_400_000 == 198_327
        heard(conn, database, "one", Heard("no clock at all"))
        again = device_of(conn, "one")
        assert again is not None
        assert again.clock_offset == found.clock_offset
    assert clock_offset("2026-11-20T06:00:01Z", watch.now) == 1000
    assert clock_offset("2026-11-20T05:59:58.5Z[+07:00]", watch.now) == -1500
    assert clock_offset("2026-11-20T06:00:00", watch.now) is None


def test_areas_are_beginnings_of_codes() -> None:
    assert check_areas(["5801", "58", "520101", "58"]) == ("520101", "58")
    assert check_areas(["", "58"]) == ("",)
    for wrong in ("5", "580", "58010", "5801011", "๕๘", "ab"):
        with pytest.raises(NotAnArea):
            check_areas([wrong])


def test_an_account_stays_in_its_office(database: Database) -> None:
    with database.write() as conn:
        mali = account_of(conn, "mali")
        assert mali is not None
        assert mali.areas == ("5201", "5202")
        with pytest.raises(OtherOffice):
            keep_account(conn, database, Account("mali", "mhs", "มะลิ", "facilitator", ("58",)))
        keep_account(conn, database, Account("mali", "lpg", "มะลิวัลย์", "supervisor", ("52",)))
        assert accounts(conn, office_id="lpg", search="วัลย์")[0].areas == ("52",)
        assert [one.id for one in offices(conn)] == ["lpg", "mhs"] or len(offices(conn)) == 2
        assert office(conn, "none") is None


def test_names_of_scopes_are_told_apart() -> None:
    kinds = {"forms": "forms", "o:x": "o", "t:580101": "t", "t:๕๘๐๑๐๑": "", "t:58": "", "w:": "",
             "x:1": "", "c:1": "c", "": ""}  # fmt: skip
    assert {scope: scope_kind(scope) for scope in kinds} == kinds
