# SPDX-License-Identifier: Apache-2.0
"""A hall of three laptops with real encrypted stores, over real TLS on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions import hall as halls
from desktop.actions.attendance import AlreadyHere
from desktop.model.attendance import presences
from desktop.model.person import PersonIdentifier
from desktop.store import attendance as marks
from desktop.store import event as events
from desktop.store import person, roster
from desktop.store.ids import new_id
from desktop.sync.hall import HallProblem, WrongCode
from tests.actions.office_ground import cid
from tests.hall import BY, MORNING
from tests.sync.hall_ground import EVENT, LOCAL, HallGround, Laptop, until


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[HallGround]:
    made = HallGround(tmp_path)
    yield made
    made.close()


def test_three_laptops_show_the_same_soon_after_any_of_them_noted_something(
    ground: HallGround,
) -> None:
    """Fails when ops of one desk do not go through the hub, or people do not come with them."""
    ground.hub.open()
    b, c = ground.laptop("ประตู B"), ground.laptop("ประตู C")
    for one in (b, c):
        one.join(ground.hub)
    until(lambda: b.names() == ground.hub.names() and c.names() == ground.hub.names())
    assert sorted(b.names().values()) == ["นายชูใจ", "นายปิติ", "นายมานี"]
    for laptop, who, minute in zip(
        (ground.hub, b, c), ground.people, (521, 522, 523), strict=True
    ):
        laptop.arrive(who, minute)
    until(ground.equal)
    assert len(c.marks()) == 3
    assert {one.came() for one in ground.laptops} == {3}
    assert any("mark" in nouns for nouns in b.heard)


def test_who_was_seen_at_two_doors_keeps_both_marks_and_the_credit_of_one(
    ground: HallGround,
) -> None:
    ground.hub.open()
    b = ground.laptop("ประตู B")
    b.join(ground.hub)
    who = ground.people[0]
    until(lambda: who in b.names())
    b.stop()
    ground.hub.arrive(who, 521)
    b.arrive(who, 535)
    b.resume()
    until(ground.equal)
    for one in (ground.hub, b):
        seen = halls.twice(one.store, EVENT, MORNING)[who]
        doors = halls.doors(one.store)
        assert [(doors[s.device], s.minute) for s in seen] == [("ประตู A", 521), ("ประตู B", 535)]
        assert one.came() == 1
        with one.store.read() as conn:
            sessions = events.sessions(conn, EVENT)
            here = presences(marks.marks_of(conn, who), sessions, 15)[MORNING]
        assert here.spans == ((540, 720),)
    assert isinstance(b.arrive(who, 545), AlreadyHere)


def test_a_walk_in_at_a_desk_is_known_by_name_at_every_door(ground: HallGround) -> None:
    """Fails when companions go from the hub to the desks only."""
    ground.hub.open()
    b, c = ground.laptop("ประตู B"), ground.laptop("ประตู C")
    for one in (b, c):
        one.join(ground.hub)
    until(lambda: len(c.names()) == len(b.names()) == 3)
    made = b.walk_in("สมชาย", 550, organisation="อบต.แม่ระมาด", phone="0812345678")
    until(lambda: made in c.names() and made in ground.hub.names())
    until(ground.equal)
    assert c.names()[made] == "สมชาย มาเพิ่ม"
    with c.store.read() as conn:
        line = roster.row(conn, made)
        assert (line.organisation, line.phone) == ("อบต.แม่ระมาด", "0812345678")
        assert roster.search(conn, "สมชาย", event_id=EVENT)


def test_what_a_desk_was_told_of_people_is_never_sent_on(ground: HallGround) -> None:
    """Their ops stay where they were made. Fails when guests are written like own changes."""
    ground.hub.open()
    b = ground.laptop("ประตู B")
    b.join(ground.hub)
    until(lambda: len(b.names()) == 3)
    until(ground.equal)
    with b.store.read() as conn:
        said = conn.exec_driver_sql("SELECT DISTINCT kind FROM op WHERE scope LIKE 'o:%'").all()
    assert {row[0] for row in said} <= {"office"}


def test_only_this_workshop_goes_out_and_of_a_number_four_digits(ground: HallGround) -> None:
    """Another event, people who are not on this roster, births and whole numbers stay here.

    Fails when a whole scope of the office is told.
    """
    with ground.hub.store.write(BY) as write:
        who = roster.enrolment(write.conn, ground.people[0]).person_id
        number = PersonIdentifier(new_id(), who, "cid", "1990000000016", "0016", "")
        person.put_identifier(write, number)
        known = person.person(write.conn, who)
        other = type(known)(new_id(), "นาย", "คนอื่น", last="ไม่เกี่ยว")
        person.put_person(write, other)
    ground.hub.open()
    b = ground.laptop("ประตู B")
    b.join(ground.hub)
    until(lambda: len(b.names()) == 3)
    until(ground.equal)
    with b.store.read() as conn:
        assert roster.search(conn, "0016", event_id=EVENT)
        values = [r[0] for r in conn.exec_driver_sql("SELECT value FROM person_identifier")]
        assert values == [""]
        with pytest.raises(LookupError):
            person.person(conn, other.id)
        scopes = {r[0] for r in conn.exec_driver_sql("SELECT DISTINCT scope FROM op")}
    assert scopes == {f"w:{EVENT}", "o:office-1"}


def test_without_the_hub_every_door_goes_on_and_all_are_equal_after(ground: HallGround) -> None:
    """Fails when a desk stops, or loses what it noted, while the hub is away."""
    ground.hub.open()
    b, c = ground.laptop("ประตู B"), ground.laptop("ประตู C")
    for one in (b, c):
        one.join(ground.hub)
    until(lambda: len(c.names()) == len(b.names()) == 3)
    ground.hub.stop()
    b.arrive(ground.people[0], 521)
    c.arrive(ground.people[1], 522)
    until(lambda: b.desk.view().phase == c.desk.view().phase == "alone")
    ground.hub.arrive(ground.people[2], 523)
    assert ground.hub.came() == 1
    ground.hub.resume()
    until(ground.equal)
    assert {one.came() for one in ground.laptops} == {3}
    assert b.desk.view().phase == "in"


def test_a_desk_put_out_hears_no_more_and_keeps_what_it_has(ground: HallGround) -> None:
    ground.hub.open()
    b = ground.laptop("ประตู B")
    b.join(ground.hub)
    until(lambda: len(b.names()) == 3)
    ground.hub.hub.say_of(b.store.device, "out")
    until(lambda: b.desk.view().phase == "out")
    ground.hub.arrive(ground.people[0], 521)
    b.arrive(ground.people[1], 522)
    until(lambda: b.desk.view().phase == "out")
    assert (ground.hub.came(), b.came()) == (1, 1)
    ground.hub.hub.say_of(b.store.device, "in")
    until(ground.equal)


def test_a_wrong_code_lets_nobody_in_and_waiting_gets_nothing(ground: HallGround) -> None:
    ground.hub.open()
    b = ground.laptop("ประตู B")
    view = ground.hub.hub.view()
    with pytest.raises(HallProblem):
        halls.read_wanted(view.code[:-1] + "x", f"{LOCAL}:{view.port}")
    from desktop.sync.hall_code import _check

    body = f"{(int(view.code.replace(' ', '')[:7]) + 1) % 10**7:07d}"
    with pytest.raises(WrongCode):
        halls.join_hall(b.store, BY, halls.Wanted(LOCAL, view.port, body + _check(body)), "ประตู B")
    assert not ground.hub.hub.view().desks
    b.join(ground.hub, let_in=False)
    until(lambda: b.desk.view().phase == "asking")
    assert b.names() == {}


def test_what_is_typed_or_scanned_is_read_with_thai_digits_too(ground: HallGround) -> None:
    ground.hub.open()
    view = ground.hub.hub.view()
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    plain = view.code.replace(" ", "")
    meant = halls.Wanted(LOCAL, view.port, plain)
    assert halls.read_wanted(view.ticket) == meant
    assert halls.read_wanted(view.code.translate(thai), f"{LOCAL}:{view.port}") == meant
    assert halls.read_wanted(plain, LOCAL, view.port) == meant


def test_a_desk_cannot_tell_of_people_whom_the_roster_does_not_name(ground: HallGround) -> None:
    """A let-in desk that lies. Fails when companions are taken without asking the roster."""
    from desktop.store.sync import notebook
    from desktop.sync.companion import Companions
    from desktop.sync.protocol import BadMessage

    hub = Companions(notebook(ground.hub.store, BY), EVENT)
    row = {"k": "person", "i": new_id(), "s": "o:office-1", "b": 0, "e": 0, "f": {"first": "ปลอม"}}
    hub.answer({"sum": "", "rows": [row]})
    with ground.hub.store.read() as conn, pytest.raises(LookupError):
        person.person(conn, str(row["i"]))
    for wrong in (
        {**row, "k": "visit"}, {**row, "k": "case_file"}, {**row, "s": "c:1"}, {**row, "b": -1},
        {**row, "f": {"born": "2000-01-01"}}, {**row, "f": {"first": []}}, {"k": "person"}, 7,
    ):  # fmt: skip
        with pytest.raises(BadMessage):
            hub.answer({"sum": "", "rows": [wrong]})


def test_people_who_came_before_the_roster_that_names_them_are_asked_for_again(
    ground: HallGround,
) -> None:
    """Nobody is taken in whom the roster here does not name (yet). Fails when the desk then
    rests although the roster has come meanwhile.
    """
    from desktop.store.ids import new_id
    from desktop.store.sync import notebook
    from desktop.sync import hall_exchange
    from desktop.sync.companion import Companions

    b = ground.laptop("ประตู B")
    near, far = notebook(b.store, BY), notebook(ground.hub.store, BY)
    desk, hub = Companions(near, EVENT), Companions(far, EVENT)

    def rounds() -> int:
        count = 1
        while desk.take(hub.answer(desk.ask())):
            count += 1
            assert count < 50
        return count

    rounds()
    assert rounds() == 1
    with b.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM person").scalar_one() == 0
    scope = f"w:{EVENT}"
    told = hall_exchange.answer(far, scope, hall_exchange.ask(near, scope), fresh=new_id)
    hall_exchange.take(near, scope, told, fresh=new_id)
    desk.stale(named=True)
    rounds()
    assert b.names() == ground.hub.names()


def test_two_doors_that_cannot_hear_each_other_give_no_seat_twice(ground: HallGround) -> None:
    """Fails when every laptop gives the seat behind the last one it knows of."""
    ground.hall.lock()
    ground.hub.open()
    b, c = ground.laptop("ประตู B"), ground.laptop("ประตู C")
    for one in (b, c):
        one.join(ground.hub)
    until(lambda: len(c.names()) == len(b.names()) == 3)
    until(lambda: b.desk.view().exchanged and c.desk.view().exchanged)
    b.stop()
    c.stop()
    for number, one in enumerate((ground.hub, b, c)):
        one.walk_in(f"ก้อง{number}", 550)
        one.walk_in(f"ปอง{number}", 551)
    b.resume()
    c.resume()
    until(ground.equal)
    with c.store.read() as conn:
        seats = [row.seat for row in roster.roster(conn, EVENT)]
    assert seats == [1, 2, 3, 4, 5, 14, 15, 24, 25]


def test_laptops_of_two_offices_mend_the_same_person_and_all_see_it(ground: HallGround) -> None:
    """Without a centre every laptop is an office of its own. Fails when somebody of another
    office cannot be mended here, and when the laptop that entered her keeps showing what it said.
    """
    from desktop.actions.roster import change_entry, entry_of

    with ground.hub.store.write(BY) as write:
        who = roster.enrolment(write.conn, ground.people[0]).person_id
        number = PersonIdentifier(new_id(), who, "cid", cid(1), cid(1)[-4:], "")
        person.put_identifier(write, number)
    ground.hub.open()
    b, c = ground.laptop("ประตู B", "office-2"), ground.laptop("ประตู C", "office-3")
    for one in (b, c):
        one.join(ground.hub)
    until(lambda: len(c.names()) == len(b.names()) == 3)
    until(ground.equal)

    def mend(laptop: Laptop, first: str, phone: str) -> None:
        held = entry_of(laptop.store, ground.people[0])
        entry = replace(held, first=first, phone=phone)
        change_entry(laptop.store, BY, ground.people[0], entry)
        laptop.say("people", "roster")

    for laptop, first in ((b, "มาณี"), (ground.hub, "มานีย์"), (c, "มาณีย์")):
        mend(laptop, first, "0812345678")
        until(
            lambda first=first: all(first in x.names()[ground.people[0]] for x in ground.laptops)
        )
    until(ground.equal)
    with ground.hub.store.read() as conn:
        kept = person.identifiers(conn, who)
    assert [one.value for one in kept] == [cid(1)]
    with b.store.read() as conn:
        said = conn.exec_driver_sql(
            "SELECT DISTINCT kind FROM op WHERE device = ?", (b.store.device,)
        )
        assert "person_identifier" not in {row[0] for row in said}
    made = b.walk_in("สมชาย", 550)
    until(lambda: made in c.names() and made in ground.hub.names())
    until(ground.equal)
