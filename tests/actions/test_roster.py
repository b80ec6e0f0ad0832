# SPDX-License-Identifier: Apache-2.0
"""People onto a roster and off it: read, seated, let in at the door, and all of it taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.actions.attendance import arrive
from desktop.actions.entry import entry_of
from desktop.actions.event import create_event
from desktop.actions.roster import (
    Entry,
    EntryProblem,
    RosterProblem,
    add_entries,
    change_entry,
    confirm_names,
    entry_warnings,
    fix_name,
    lock_roster,
    readmit,
    substitute,
    unlock_roster,
    withdraw,
)
from desktop.errors import Problem
from desktop.store import person, roster
from desktop.store.roster import OffTheRoster
from tests.actions.office_ground import BY, DRAFT, Ground, assert_undone_and_redone, cid


def test_many_people_are_added_with_an_op_for_every_record(ground: Ground) -> None:
    """Fails when a batch writes rows without their ops: the centre would never hear of them."""
    before, mark = ground.everything(), ground.last_op()
    entries = [
        Entry(
            first=f"คนที่{number}",
            last="ใจดี",
            title="นาย",
            identifier=cid(number),
            phone="081-234-5678",
            organisation="อบต.ด่านแม่ละเมา",
            area="630609",
        )
        for number in range(12)
    ]
    done = add_entries(ground.store, BY, ground.event.id, entries)

    ops = ground.ops_after(mark)
    kinds = [kind for kind, _body in ops]
    assert kinds.count("person") == kinds.count("enrolment") == 12
    assert kinds.count("person_identifier") == 12
    assert kinds.count("organisation") == 1
    people = [body["set"] for kind, body in ops if kind == "person"]
    assert people[0]["first"] == "คนที่0"
    assert people[0]["phone"] == "0812345678"
    assert people[0]["sex"] == "m"
    assert len({line.badge_no for line in ground.roster()}) == 12
    assert done.changed == {"people", "roster"}
    assert_undone_and_redone(ground, before, done)


def test_names_are_kept_in_one_spelling_and_a_dash_is_nobodys_surname(ground: Ground) -> None:
    entries = [
        Entry(first="เเพรวา", last="-", title="น.ส."),
        Entry(first="หม่อเซ", title_code="nai"),
        Entry(first="สมปอง", middle="ตาลปุตฺโต", title="พระมหา"),
    ]
    add_entries(ground.store, BY, ground.event.id, entries)
    names = {line.name for line in ground.roster()}
    assert names == {"น.ส.แพรวา", "นายหม่อเซ", "พระมหาสมปอง ตาลปุตฺโต"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": " - "},
        {"first": "ก" * 81},
        {"identifier": "1994328393360"},
        {"identifier": "1994328393"},
        {"identifier_kind": "none"},
        {"phone": "12"},
    ],
    ids=str,
)
def test_a_line_that_cannot_be_read_stops_the_batch_and_is_numbered(
    ground: Ground, wrong, each_language
) -> None:
    """Fails when the lines before the wrong one are kept."""
    before = ground.everything()
    entries = [Entry(first="สมชาย"), Entry(**{"first": "ปราณี", **wrong})]
    with pytest.raises(EntryProblem, match="2"):
        add_entries(ground.store, BY, ground.event.id, entries)
    assert ground.everything() == before


def test_no_document_with_a_reason_is_kept(ground: Ground) -> None:
    (one,) = ground.add("หน่อเอ", identifier_kind="none", none_reason="ยังไม่ได้แจ้งเกิด")
    with ground.store.read() as conn:
        (kept,) = person.identifiers(conn, ground.line(one).person_id)
    assert (kept.kind, kept.value, kept.none_reason) == ("none", "", "ยังไม่ได้แจ้งเกิด")


def test_a_known_person_is_not_entered_twice_and_only_her_blanks_are_filled(
    ground: Ground,
) -> None:
    """Fails when a known person's own telephone is overwritten by a list's."""
    (first,) = ground.add("สมชาย ใจดี", phone="0812345678")
    known = ground.line(first).person_id
    other = create_event(ground.store, BY, DRAFT).value
    entry = Entry(
        first="สมชาย", last="ใจดีมาก", phone="0899999999", birth_year=2530, known_person_id=known
    )
    before = ground.everything()
    done = add_entries(ground.store, BY, other.id, [entry])
    added = done.value
    assert_undone_and_redone(ground, before, done)
    again = add_entries(ground.store, BY, other.id, [entry]).value
    assert again.enrolment_ids == ()
    assert again.already == (0,)
    with ground.store.read() as conn:
        kept = person.person(conn, known)
        assert roster.row(conn, added.enrolment_ids[0]).person_id == known
    assert (kept.last, kept.phone, kept.birth_year) == ("ใจดี", "0812345678", 2530)


def test_a_withdrawn_person_comes_back_with_the_same_badge(ground: Ground) -> None:
    (one,) = ground.add("สมชาย ใจดี")
    line = ground.line(one)
    withdraw(ground.store, BY, one, "ติดราชการ")
    assert ground.line(one).note == "ติดราชการ"
    entry = Entry(first="สมชาย", last="ใจดี", known_person_id=line.person_id)
    add_entries(ground.store, BY, ground.event.id, [entry])
    back = ground.line(one)
    assert (back.status, back.badge_no) == ("enrolled", line.badge_no)


def test_two_people_cannot_have_one_seat(ground: Ground) -> None:
    ground.add("สมชาย ใจดี", seat=3)
    for entries in (
        [Entry(first="ปราณี", seat=3)],
        [Entry(first="ปราณี", seat=4), Entry(first="มานะ", seat=4)],
        [Entry(first="ปราณี", seat=0)],
    ):
        with pytest.raises(RosterProblem):
            add_entries(ground.store, BY, ground.event.id, entries)


def test_a_change_of_one_entry_can_be_taken_back(ground: Ground) -> None:
    (one,) = ground.add("สมชาย ใจดี", identifier=cid(1), organisation="อบต.ก")
    confirm_names(ground.store, BY, [ground.line(one).person_id])
    before = ground.everything()
    entry = Entry(
        first="สมชัย", last="ใจดี", title="นาย", identifier=cid(2), organisation="อบต.ข", area="50"
    )
    done = change_entry(ground.store, BY, one, entry)
    line = done.value
    assert (line.name, line.organisation, line.province) == ("นายสมชัย ใจดี", "อบต.ข", "50")
    assert line.last4 == cid(2)[-4:]
    assert not line.name_confirmed
    assert_undone_and_redone(ground, before, done)


def test_locking_keeps_given_seats_and_seats_the_rest_by_province_and_name(
    ground: Ground,
) -> None:
    """Fails when a given seat moves, numbers have a gap, or code-point order is used (เ last)."""
    ground.add("ก้อง", "เก่ง", "ขวัญ", area="63")
    ground.add("แอน", area="50")
    ground.add("ดาว", area="63", seat=2)
    ground.add("ไกล", area="", seat=40)
    gone = ground.add("ลาออก", area="10")[0]
    withdraw(ground.store, BY, gone)
    before = ground.everything()

    done = lock_roster(ground.store, BY, ground.event.id)

    assert done.value == 6
    assert ground.seats() == {
        "แอน": 1, "ดาว": 2, "ก้อง": 3, "เก่ง": 4, "ขวัญ": 5, "ไกล": 6, "ลาออก": None,
    }  # fmt: skip
    assert {"roster", "events"} <= done.changed
    assert_undone_and_redone(ground, before, done)


def test_a_locked_roster_takes_nobody_by_list_and_unlocking_needs_a_reason(
    ground: Ground,
) -> None:
    with pytest.raises(RosterProblem):
        lock_roster(ground.store, BY, ground.event.id)  # nobody on it
    ground.add("สมชาย ใจดี")
    lock_roster(ground.store, BY, ground.event.id)
    with pytest.raises(RosterProblem):
        add_entries(ground.store, BY, ground.event.id, [Entry(first="ปราณี")])
    with pytest.raises(RosterProblem):
        lock_roster(ground.store, BY, ground.event.id)
    with pytest.raises(RosterProblem):
        unlock_roster(ground.store, BY, ground.event.id, "  ")
    before = ground.everything()
    done = unlock_roster(ground.store, BY, ground.event.id, "เพิ่มคนที่ตกหล่น")
    assert_undone_and_redone(ground, before, done)


def test_a_roster_stays_locked_once_numbers_were_drawn_by_its_seats(ground: Ground) -> None:
    """Fails when seats can be dealt anew under certificates that are in people's hands."""
    (one,) = ground.add("สมชาย ใจดี")
    lock_roster(ground.store, BY, ground.event.id)
    with ground.store.write(BY) as write:
        write.put(
            "certificate", "c1", f"w:{ground.event.id}", event_id=ground.event.id,
            office_id="office-1", kind="completion", year=2569, number=1, number_text="1/2569",
            seat=1, status="issued", issue_date="2026-11-21", enrolment_id=one,
        )  # fmt: skip
    with pytest.raises(RosterProblem):
        unlock_roster(ground.store, BY, ground.event.id, "ขอแก้ลำดับ")
    with pytest.raises(RosterProblem):
        substitute(ground.store, BY, one, Entry(first="มานะ"))


def test_a_lone_dash_is_nobodys_name_on_a_certificate(ground: Ground) -> None:
    """Fails when "-" typed for "the same name" is printed as the recipient."""
    (one,) = ground.add("ปราณี งาม")
    person_id = ground.line(one).person_id

    done = fix_name(
        ground.store, BY, person_id, title="", first="ปราณี", last="-", certificate_name=" - "
    )

    assert (done.value.last, done.value.certificate_name) == ("", "")


def test_a_number_got_since_takes_the_place_of_the_reason_for_having_none(ground: Ground) -> None:
    """Fails when "none, and why" counts as a number: the card she has now would be dropped."""
    (one,) = ground.add("มะลิ", identifier_kind="none", none_reason="ยังไม่ได้สัญชาติ")
    person_id = ground.line(one).person_id
    withdraw(ground.store, BY, one)

    for number, kept in ((1, cid(1)), (2, cid(1))):
        entry = Entry(first="มะลิ", identifier=cid(number), known_person_id=person_id)
        add_entries(ground.store, BY, ground.event.id, [entry])
        with ground.store.read() as conn:
            (held,) = person.identifiers(conn, person_id)
        assert (held.value, held.none_reason) == (kept, "")
        withdraw(ground.store, BY, one)


def test_withdrawing_and_readmitting_can_be_taken_back(ground: Ground) -> None:
    (one,) = ground.add("สมชาย ใจดี")
    before = ground.everything()
    done = withdraw(ground.store, BY, one)
    assert ground.line(one).status == "withdrawn"
    assert_undone_and_redone(ground, before, done)
    before = ground.everything()
    assert_undone_and_redone(ground, before, readmit(ground.store, BY, one))


def test_a_fixed_name_is_to_be_confirmed_again(ground: Ground) -> None:
    (one,) = ground.add("สมชาย ใจดี")
    person_id = ground.line(one).person_id
    before = ground.everything()
    done = confirm_names(ground.store, BY, [person_id])
    assert ground.line(one).name_confirmed
    assert_undone_and_redone(ground, before, done)
    before = ground.everything()
    done = fix_name(ground.store, BY, person_id, title="นาย", first="สมชาย", last="ใจดียิ่ง")
    assert ground.line(one).name == "นายสมชาย ใจดียิ่ง"
    assert not ground.line(one).name_confirmed
    assert_undone_and_redone(ground, before, done)
    with pytest.raises(Problem):
        fix_name(ground.store, BY, person_id, title="นาย", first=" ")


def test_a_birthday_gives_the_year_and_never_the_other_way(ground: Ground) -> None:
    one, two = (
        *ground.add("สมชาย", born=date(1990, 5, 1)),
        *ground.add("ปราณี", birth_year=2530),
    )
    with ground.store.read() as conn:
        full = person.person(conn, ground.line(one).person_id)
        year = person.person(conn, ground.line(two).person_id)
    assert (full.birth_year, full.born_precision) == (2533, "full")
    assert (year.born, year.birth_year, year.born_precision) == (None, 2530, "year")


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ({"title": "นาย", "sex": "m", "area": "630609"}, 0),
        ({"title": "นาย", "sex": "f"}, 1),
        ({"title": "เด็กชาย", "born": date(2011, 11, 21)}, 0),
        ({"title": "เด็กชาย", "born": date(2011, 11, 20)}, 1),
        ({"title": "นาย", "born": date(2015, 1, 1)}, 1),
        ({"title": "พระมหา", "born": date(2000, 1, 1)}, 0),
        ({"identifier": "0001234567891"}, 1),
        ({"area": "99"}, 1),
    ],
    ids=str,
)
def test_what_is_odd_is_said_and_not_refused(said, count, each_language) -> None:
    """Fails when a title is judged on today and not on the day of the event."""
    entry = Entry(first="สมชาย", **said)
    assert len(entry_warnings(entry, date(2026, 11, 20))) == count
    assert len(entry_warnings(entry, None)) <= count


def test_what_a_form_was_given_and_gives_back_changes_nothing(ground: Ground) -> None:
    """Fails when a form that only shows a person wipes a field it does not know."""
    (one,) = ground.add(
        "สมชาย ใจดี", title="นาย", identifier=cid(4), phone="0812345678", born=date(1990, 5, 1),
        organisation="อบต.ก", organisation_kind="tao", organisation_area="630609", position="ปลัด",
        area="63", group="lgo", team=2, seat=5, food="halal", note="-", name_en="Somchai",
        certificate_name="สมชาย  ใจดี",
    )  # fmt: skip
    (two,) = ground.add("หม่อเซ", identifier_kind="none", none_reason="ไม่ได้แจ้งเกิด", birth_year=2530)
    before = ground.everything()
    for enrolment_id in (one, two):
        entry = entry_of(ground.store, enrolment_id)
        assert change_entry(ground.store, BY, enrolment_id, entry).undo is None
    assert ground.everything() == before
    year = replace(entry_of(ground.store, one), born=None, born_precision="year", birth_year=2533)
    change_entry(ground.store, BY, one, year)
    coarse = entry_of(ground.store, one)
    assert (coarse.born, coarse.born_precision, coarse.birth_year) == (None, "year", 2533)
    changed = replace(coarse, born=None, born_precision="", birth_year=None)
    change_entry(ground.store, BY, one, changed)
    bare = entry_of(ground.store, one)
    assert (bare.born, bare.born_precision, bare.birth_year) == (None, "", None)


def test_a_line_that_was_taken_back_meanwhile_is_told_in_a_sentence(ground: Ground) -> None:
    """Fails as a fault of the program: the line was on the screen when Ctrl+Z took it away."""
    done = add_entries(ground.store, BY, ground.event.id, [Entry(first="ปราณี")])
    (gone,) = done.value.enrolment_ids
    done.undo(ground.store)
    session = ground.sessions()[0].id

    for act in (
        lambda: withdraw(ground.store, BY, gone),
        lambda: readmit(ground.store, BY, gone),
        lambda: change_entry(ground.store, BY, gone, Entry(first="มานะ")),
        lambda: substitute(ground.store, BY, gone, Entry(first="มานะ")),
        lambda: arrive(ground.store, BY, gone, session, 540, "qr"),
        lambda: entry_of(ground.store, gone),
    ):
        with pytest.raises(OffTheRoster):
            act()
