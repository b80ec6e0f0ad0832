# SPDX-License-Identifier: Apache-2.0
"""Two laptops founded an office each before they joined; at the centre there is one office.

Through the real service over TLS, with real stores.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.actions import case_file
from desktop.actions.casework import CaseDraft
from desktop.actions.joining import join
from desktop.actions.sync import Round, open_line, sync_round
from desktop.centre.schema import rec
from desktop.model.certificate import Certificate, number_text
from desktop.model.facilitator import Facilitator, Office
from desktop.model.person import Person
from desktop.store import case_file as cases
from desktop.store import certificate as register
from desktop.store import facilitator as offices
from desktop.store import person as people
from desktop.store.clock import system_clock
from desktop.store.ids import new_id
from desktop.store.keys import DataKey
from desktop.store.store import Store
from desktop.sync.carrier import Reach
from desktop.sync.invitation import Invitation
from tests.centre.running import OFFICE, RunningCentre

YEAR = system_clock().year + 543
"""Blocks of numbers are asked for the year it is; the centre and the laptops have no other."""


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    made = tuple(_founded(tmp_path, n) for n in (1, 2))
    yield made[0], made[1]
    for store in made:
        store.close()


def _by(n: int) -> str:
    return f"facilitator-{n}"


def _founded(folder: Path, n: int) -> Store:
    store = Store.create(folder / f"laptop-{n}", DataKey(bytes([n]) * 32))
    with store.write(_by(n)) as write:
        offices.put_office(write, Office(f"founded-{n}", "พมจ.ตาก", "63", "กระทรวง พม."))
        offices.put_facilitator(write, Facilitator(_by(n), f"พี่เลี้ยง {n}", "นักพัฒนาสังคม"))
        people.put_person(write, Person(f"before-{n}", "นาง", f"ก่อน{n}", "", "แสงดาว"))
        for number in range(1, n + 3):
            register.put_certificate(write, certificate_of(n, number))
    return store


def certificate_of(n: int, number: int) -> Certificate:
    return Certificate(
        id=new_id(), event_id=f"event-{n}", kind="training", year=YEAR, number=number,
        number_text=number_text(number, YEAR), seat=number, status="issued",
        issue_date=f"{YEAR - 543}-11-20", wording=None, enrolment_id=f"enrolment-{n}-{number}",
    )  # fmt: skip


def _joined(store: Store, at: RunningCentre, n: int) -> None:
    join(store, _by(n), Invitation(at.url, at.make_code(("63",)), at.pin))


def _sync(store: Store) -> Round:
    line = open_line(store)
    assert line is not None
    try:
        done = sync_round(store, line)
    finally:
        line.close()
    assert done.reach is Reach.ANSWERED, done
    return done


def _draw(store: Store, n: int, count: int) -> list[int]:
    made = []
    with store.write(_by(n)) as write:
        for _turn in range(count):
            made.append(register.next_number(write, "training", YEAR))
            register.put_certificate(write, certificate_of(n, made[-1]))
    return made


def test_both_laptops_belong_to_the_one_office_of_the_centre(
    two: tuple[Store, Store], at: RunningCentre
) -> None:
    """Mutant: a laptop that joined goes on under the office it founded, so that an office has as
    many scopes and registers as laptops."""
    for n, store in enumerate(two, 1):
        _joined(store, at, n)
        with store.read() as conn:
            assert offices.office(conn).id == OFFICE
            assert offices.office(conn).ministry == "กระทรวง พม."
        with store.write(_by(n)) as write:
            people.put_person(write, Person(f"after-{n}", "นาย", f"หลัง{n}", "", "ใจดี"))
            known = people.person(write.conn, f"before-{n}")
            people.put_person(write, replace(known, last="แสงทอง"))
            offices.put_facilitator(write, Facilitator(_by(n), f"พี่เลี้ยง {n}", "หัวหน้า"))
    for store in (*two, *two):
        _sync(store)
    with at.centre.database.read() as conn:
        lies = dict(
            map(tuple, conn.execute(select(rec.c.id, rec.c.scope).where(rec.c.kind == "person")))
        )
    assert lies == {
        "before-1": "o:founded-1", "before-2": "o:founded-2",
        "after-1": f"o:{OFFICE}", "after-2": f"o:{OFFICE}",
    }  # fmt: skip
    for store in two:
        with store.read() as conn:
            assert {one.id for one in offices.facilitators(conn)} >= {_by(1), _by(2)}
            for known in lies:
                assert people.person(conn, known).first
            assert people.person(conn, "before-2").last == "แสงทอง"
            assert offices.office(conn).id == OFFICE


@pytest.mark.parametrize("first", [0, 1])
def test_the_office_has_one_register_whatever_was_printed_before(
    two: tuple[Store, Store], at: RunningCentre, first: int
) -> None:
    """Mutants: each laptop draws from a register of its own; what was printed under the office
    that was founded is not looked at, here or at the centre. (What another laptop printed before
    it was heard of nobody can know.)"""
    order = [(1, two[0]), (2, two[1])]
    if first:
        order.reverse()
    drawn: list[int] = []
    for n, store in order:
        _joined(store, at, n)
    for n, store in order:
        _sync(store)
        _sync(store)
        fresh = _draw(store, n, 5)
        assert min(fresh) > n + 2
        drawn += fresh
    assert len(set(drawn)) == 10
    assert min(drawn[5:]) > 4
    for store in (*two, *two):
        _sync(store)
    for _n, store in order:
        with store.read() as conn:
            rows = register.register(conn, kind="training", year=YEAR)
            lent = {row[0] for row in conn.exec_driver_sql("SELECT DISTINCT office FROM lease")}
        assert {row.number for row in rows} >= set(drawn)
        assert lent == {OFFICE}


def test_a_certificate_of_before_stays_in_the_register_it_was_drawn_from(
    two: tuple[Store, Store], at: RunningCentre
) -> None:
    """Mutant: making it void says that its number was one of the new office's."""
    store = two[0]
    _joined(store, at, 1)
    with store.write(_by(1)) as write:
        held = register.register(write.conn, kind="training", year=YEAR)[0]
        register.put_certificate(write, replace(held, status="void", reason="พิมพ์ผิด"))
        kept = write.conn.exec_driver_sql(
            "SELECT office_id, status FROM certificate WHERE id = ?", (held.id,)
        ).one()
    assert tuple(kept) == ("founded-1", "void")


def test_restricted_cases_of_an_older_store_are_narrowed_before_anything_is_sent(
    two: tuple[Store, Store], at: RunningCentre
) -> None:
    """Mutant: joining does not look; the whole tambon receives a case of violence."""
    store = two[0]
    draft = CaseDraft(area="630101", detail="เรื่องที่ห้ามรู้")
    case = case_file.open_case(store, _by(1), draft).value
    with store.write(_by(1)) as write:
        cases.put_case(write, replace(case, restricted=True), "t:630101")

    for n, one in enumerate(two, 1):
        _joined(one, at, n)
    for one in (*two, *two):
        _sync(one)

    with at.centre.database.read() as conn:
        rows = conn.execute(
            select(rec.c.scope, rec.c.fields).where(rec.c.kind.in_(("case_file", "case_step")))
        ).all()
    assert {row.scope for row in rows} == {"t:630101", f"c:{case.id}"}
    assert all(row.fields in ({}, "{}") for row in rows if row.scope == "t:630101")
    with two[1].read() as conn:
        held = conn.exec_driver_sql("SELECT detail, deleted FROM case_file").fetchall()
        op = conn.exec_driver_sql("SELECT count(*) FROM op WHERE body LIKE '%ห้ามรู้%'").scalar()
    assert all(detail == "" for detail, _deleted in held)
    assert op == 0
