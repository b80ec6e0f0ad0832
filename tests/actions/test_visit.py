# SPDX-License-Identifier: Apache-2.0
"""What a home visit writes besides its record, and whom it takes for whom."""

from __future__ import annotations

from dataclasses import replace

from desktop.actions import record
from desktop.actions.household import put_household, put_member
from desktop.model.draft import Subject
from desktop.model.household import Household, Member
from desktop.model.person import Person, PersonIdentifier
from desktop.store import consent, household, person, visit
from desktop.thai.identifiers import check_digit
from tests.field import BY, TAMBON, VISIT, Field

CID = f"199010000001{check_digit('199010000001')}"


def the_visit(field: Field, record_id: str) -> visit.Visit:
    with field.store.read() as conn:
        return visit.visit(conn, BY, record_id)


def test_a_visit_says_everything_once(field: Field) -> None:
    one = the_visit(field, field.visit())
    with field.store.read() as conn:
        house = household.household(conn, one.household_id)
        people = household.members(conn, one.household_id)
        met = person.person(conn, one.person_id)
        (given,) = consent.consents(conn, one.person_id)
    assert (one.visited_on, one.met, one.purpose, one.area) == (
        "2026-11-20", "met", "assess", TAMBON,
    )  # fmt: skip
    assert one.dimensions == {
        "income": "help", "health": "watch", "housing": "ok", "education": "na", "state": "ok",
    }  # fmt: skip
    assert [companion.name for companion in one.team] == ["สมศรี ใจดี", "ลุงมี"]
    assert one.case_id
    assert (house.house_no, house.moo, house.area) == ("12/3", "5", TAMBON)
    assert house.position is not None
    assert [(who.name, who.relation, who.age) for who in people] == [
        ("นางมะลิ แสงดาว", "", 69),
        ("นายคำ แสงดาว", "spouse", 71),
    ]
    # A year of birth stays a year.
    assert (met.born, met.born_precision, met.birth_year) == (None, "year", 2500)
    assert (given.photo, given.publish, given.given_by) == (True, False, "self")
    assert given.given_at == "2026-11-20T01:30:00.000Z"


def test_who_the_person_is_in_the_house_is_told_by_the_form(field: Field) -> None:
    """Mutant: ``_members`` without the relation of the person visited; no head is known."""
    one = the_visit(field, field.visit({"g_members/p_rel": "head"}))
    with field.store.read() as conn:
        people = household.members(conn, one.household_id)
    assert next((who.name, who.relation) for who in people) == ("นางมะลิ แสงดาว", "head")


def test_a_second_visit_to_a_chosen_household_adds_nobody_twice(field: Field) -> None:
    """Mutant: make the person and the members anew at every visit."""
    first = the_visit(field, field.visit())
    field.clock.forward(days=30)
    second = the_visit(
        field,
        field.visit(
            {
                "g_visit/visit_at": "2026-12-20T08:30:00.000+07:00",
                "g_members/members/m_name": "นายคำ  แสงดาว",
                "g_members/members/m_age": "72",
                "g_dim/d_income": "watch",
                "g_adr/house_no": "",
            },
            Subject(household_id=first.household_id),
        ),
    )
    assert (second.household_id, second.person_id) == (first.household_id, first.person_id)
    assert second.case_id == first.case_id
    with field.store.read() as conn:
        people = household.members(conn, first.household_id)
        assert [who.age for who in people] == [69, 72]
        # What the form leaves blank changes nothing of what was known.
        assert household.household(conn, first.household_id).house_no == "12/3"
        told = visit.dimensions(conn, BY, first.household_id)
        assert [one.states["income"] for one in told] == ["help", "watch"]
        (found,) = household.find_households(conn, "มะลิ")
        assert (found.visits, found.last_visited) == (2, "2026-12-20")
        (point,) = visit.points(conn, BY, "63")
        assert (point.last_visited, point.needs_help) == ("2026-12-20", 0)
        assert visit.points(conn, BY, "10") == ()


def test_two_members_of_one_name_stay_two_also_the_next_time(field: Field) -> None:
    from desktop.xforms.journal import Step

    def twins(subject: Subject | None = None) -> str:
        one = field.begin(subject=subject)
        session = field.fill(one, VISIT)
        for number in (1, 2):
            field.take(one, session, Step("add", "/data/g_members/members", "", field.clock.now))
            repeat = next(c for c in session.form.controls() if c.kind == "repeat")
            new = session.instances(repeat)[number]
            for name, value in (("m_name", "ด.ช.แดง แสงดาว"), ("m_rel", "grandchild")):
                node = next(child for child in new.children if child.name == name)
                field.take(
                    one, session, Step("answer", session.place(node), value, field.clock.now)
                )
        return field.finish(one, session.finalise())

    first = the_visit(field, twins())
    field.clock.forward(days=1)
    twins(Subject(household_id=first.household_id))
    with field.store.read() as conn:
        names = [who.name for who in household.members(conn, first.household_id)]
    assert sorted(names) == sorted(
        ["นางมะลิ แสงดาว", "นายคำ แสงดาว", "ด.ช.แดง แสงดาว", "ด.ช.แดง แสงดาว"]
    )


def test_a_person_is_known_again_by_her_number_and_keeps_her_spelling(field: Field) -> None:
    """Mutant: write the name of the doorstep over the name of the certificate."""
    with field.store.write(BY) as write:
        person.put_person(write, Person("p1", "นาง", "มาลี", last="แสงดาว", sex="f"))
        person.put_identifier(write, PersonIdentifier("i1", "p1", "cid", CID, CID[-4:]))
    one = the_visit(field, field.visit({"g_person/id_kind": "cid", "g_person/cid": CID}))
    assert one.person_id == "p1"
    with field.store.read() as conn:
        met = person.person(conn, "p1")
        assert (met.first, met.birth_year) == ("มาลี", 2500)
        assert len(person.identifiers(conn, "p1")) == 1


def test_whom_the_facilitator_chose_is_taken(field: Field) -> None:
    with field.store.write(BY) as write:
        person.put_person(write, Person("p1", "", "มะลิ", phone="0812345678"))
    one = the_visit(field, field.visit(subject=Subject(person_id="p1")))
    assert one.person_id == "p1"
    with field.store.read() as conn:
        assert person.person(conn, "p1").phone == "0812345678"


def test_a_namesake_in_another_house_is_somebody_else(field: Field) -> None:
    first, second = (the_visit(field, field.visit()) for _time in range(2))
    assert first.household_id != second.household_id
    assert first.person_id != second.person_id


def test_a_visit_that_met_nobody_keeps_the_house_and_makes_no_person(field: Field) -> None:
    answers = {name: VISIT[name] for name in VISIT if name.startswith(("g_visit", "g_adr"))}
    answers |= {
        "g_visit/met": "not_met",
        "g_out/outcomes": "not_met",
        "g_out/opinion": "ไม่อยู่บ้าน",
        "g_out/refer": "no",
    }
    one = field.begin()
    session = field.fill(one, answers)
    assert [session.reference(fault.node) for fault in session.faults()] == []
    kept = the_visit(field, field.finish(one, session.finalise()))
    assert (kept.met, kept.person_id, kept.dimensions) == ("not_met", "", None)
    with field.store.read() as conn:
        assert household.members(conn, kept.household_id) == ()
        assert conn.exec_driver_sql("SELECT count(*) FROM person").scalar_one() == 0
        assert conn.exec_driver_sql("SELECT count(*) FROM consent").scalar_one() == 0


def test_a_household_is_sought_in_the_tambon_it_lives_in_now(field: Field) -> None:
    """Mutant: the old scope, which the new tambon's people do not receive."""
    house = put_household(field.store, BY, Household("", "630101", "7")).value
    one = the_visit(field, field.visit(subject=Subject(household_id=house)))
    assert one.household_id == house
    with field.store.read() as conn:
        assert household.household(conn, house).area == TAMBON
        assert household.scope_of(conn, house) == f"t:{TAMBON}"
        scope = conn.exec_driver_sql("SELECT scope FROM visit").scalar_one()
    assert scope == f"t:{TAMBON}"


def test_a_member_becomes_the_person_who_was_visited_later(field: Field) -> None:
    house = put_household(field.store, BY, Household("", TAMBON, "7")).value
    member = put_member(field.store, BY, Member("", house, "มะลิ แสงดาว", relation="head")).value
    one = the_visit(field, field.visit(subject=Subject(household_id=house)))
    with field.store.read() as conn:
        people = {who.id: who for who in household.members(conn, house)}
    assert people[member].person_id == one.person_id
    assert people[member].relation == "head"
    assert len(people) == 2


# ---- corrections


def corrected(field: Field, record_id: str, answers: dict[str, str]) -> visit.Visit:
    one = record.amend(field.store, BY, record_id).value
    field.clock.forward(hours=1)
    return the_visit(field, field.finish(one, field.fill(one, answers).finalise()))


def names(field: Field, household_id: str) -> list[str]:
    with field.store.read() as conn:
        return [who.name for who in household.members(conn, household_id)]


def test_a_name_mistyped_at_the_door_is_put_right_by_the_correction(field: Field) -> None:
    """Mutant: keep the first spelling, or add the right one beside it."""
    first = the_visit(field, field.visit())
    second = corrected(
        field,
        first.id,
        {
            "g_person/first_name": "มะลิวัลย์",
            "g_person/birth_year_be": "2501",
            "g_members/members/m_name": "นายคำแปง แสงดาว",
        },
    )
    assert second.person_id == first.person_id
    assert names(field, first.household_id) == ["นางมะลิวัลย์ แสงดาว", "นายคำแปง แสงดาว"]
    with field.store.read() as conn:
        assert person.person(conn, first.person_id).birth_year == 2501
        assert len(person.identifiers(conn, first.person_id)) == 1


def test_a_name_known_elsewhere_too_is_not_changed_by_a_correction(field: Field) -> None:
    first = the_visit(field, field.visit())
    with field.store.write(BY) as write:
        who = person.person(write.conn, first.person_id)
        person.put_person(write, replace(who, name_confirmed_at=write.now().utc))
    corrected(field, first.id, {"g_person/first_name": "มะลิวัลย์"})
    assert names(field, first.household_id)[0] == "นางมะลิ แสงดาว"


def test_a_correction_takes_no_member_away_who_was_known_before(field: Field) -> None:
    """Mutant: delete whoever the correction does not name."""
    house = put_household(field.store, BY, Household("", TAMBON, "7")).value
    for name in ("นายคำ แสงดาว", "ยายแก้ว"):
        put_member(field.store, BY, Member("", house, name))
    first = field.visit(subject=Subject(household_id=house))
    corrected(field, first, {"g_members/members/m_name": "นายดี แสงดาว"})
    assert set(names(field, house)) == {
        "นายคำ แสงดาว",
        "ยายแก้ว",
        "นางมะลิ แสงดาว",
        "นายดี แสงดาว",
    }


def test_a_visit_put_to_the_wrong_house_goes_to_the_right_one(field: Field) -> None:
    """Mutant: keep the house of the record that is corrected."""
    wrong, right = (
        put_household(field.store, BY, Household("", TAMBON, number)).value for number in "12"
    )
    first = field.visit({"g_visit/household": wrong})
    moved = corrected(field, first, {"g_visit/household": right})
    assert moved.household_id == right
    assert names(field, wrong) == []
    assert names(field, right) == ["นางมะลิ แสงดาว", "นายคำ แสงดาว"]
    with field.store.read() as conn:
        assert visit.history(conn, BY, wrong) == ()
        assert [one.id for one in visit.history(conn, BY, right)] == [moved.id]
