# SPDX-License-Identifier: Apache-2.0
"""Two laptops of one office, and certificates between them: through a real centre over TLS.

What one issues the other prints to the last point, hands over and accounts for; and templates
that both changed at the same time are both kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from desktop.actions import asset, template
from desktop.actions.attendance import arrive
from desktop.actions.certificate import (
    PlateDiffers,
    certificate_fillings,
    hand_over,
    issue,
    plates_of,
    record_print,
    register_rows,
    replace_after_name_fix,
    reprint,
    take_back,
    void,
)
from desktop.actions.certificate_history import history
from desktop.actions.certificate_list import certificate_list
from desktop.actions.claim import claim_list, mark_paid, set_amounts
from desktop.actions.plan import keep_fields, keep_plan, plan, recipient_fields
from desktop.actions.proof import check, qr_text
from desktop.actions.proof_list import export_list
from desktop.actions.register import account
from desktop.actions.register_rule import keep_rule, rules
from desktop.model.eligibility import OVER
from desktop.model.event import Event, Session
from desktop.model.person import Person
from desktop.model.plan import Plan
from desktop.model.proof import certificate_part
from desktop.model.register import RegisterRule
from desktop.model.roster import Enrolment
from desktop.model.template_form import template_digest
from desktop.store import event, person, roster
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.sync.issuer import read_list
from tests.actions.template_ground import PAGE, png, with_picture
from tests.centre.running import running_centre
from tests.field import BY
from tests.sync.laptops import laptop, synced
from tests.village import Village

DAY = date(2026, 11, 20)
EVENT = "01980000-0000-7000-8000-00000000e7e1"
NAMES = ("กมล", "ขวัญ", "คำปัน", "งามตา")


@dataclass
class Office:
    """An event with four people who were there, on both laptops."""

    one: Village
    two: Village
    people: list[str]

    @property
    def first(self) -> Store:
        return self.one.field.store

    @property
    def second(self) -> Store:
        return self.two.field.store

    def meet(self) -> None:
        """Everything one knows the other knows, pictures too."""
        for village in (self.one, self.two, self.one, self.two):
            synced(village)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with running_centre(tmp_path / "centre") as at:
        made = Office(laptop(at, tmp_path / "one"), laptop(at, tmp_path / "two"), [])
        _hold(made)
        made.meet()
        yield made
        made.first.close()
        made.second.close()


def _hold(office: Office) -> None:
    store = office.first
    with store.write(BY) as write:
        event.put_event(
            write,
            Event(EVENT, "123456", "โครงการทดสอบ", "training", date_from=DAY, date_to=DAY,
                  digits="thai"),
        )  # fmt: skip
        event.put_day(write, EVENT, 1, DAY)
        session = Session(new_id(), EVENT, 1, DAY, 480, 500, "lecture", "เช้า", counts=True)
        event.put_session(write, session)
        for seat, name in enumerate(NAMES, 1):
            who = new_id()
            person.put_person(write, Person(who, "นาย", name, last=""))
            one = Enrolment(
                roster.enrolment_id(EVENT, who), EVENT, who, seat, seat, "trainee", "network",
                None, "", "63", None, "preregistered", "enrolled",
            )  # fmt: skip
            roster.put_enrolment(write, one)
            office.people.append(one.id)
        roster.put_lock(write, EVENT, locked=True, reason="")
    for one_id in office.people:
        arrive(store, BY, one_id, session.id, 480, "sheet", "จากใบลงชื่อ")


def _issue(store: Store, *people: str) -> list[str]:
    done = issue(store, BY, EVENT, issue_date=DAY, enrolment_ids=people, moment=OVER)
    return [row.id for row in done.value]


def test_what_one_issues_the_other_prints_to_the_last_point(office: Office) -> None:
    """Mutants: the picture named by its place instead of its content; the template looked up by
    its name; the address of the proof read anew."""
    store = office.first
    ground = asset.import_asset(store, BY, "background", "พื้น", png(30, 20)).value
    asset.import_asset(store, BY, "emblem", "ตรา", png(9, 9, shade=20))
    card = template.create(store, BY, "งาม", with_picture(ground.sha256)).value
    keep_plan(store, BY, Plan(EVENT, "completion", card.id, document_word="วุฒิบัตร"))
    keep_fields(store, BY, EVENT, {office.people[0]: {"score": "ดี"}})
    keep_rule(store, BY, RegisterRule("completion", "{code}-{n:03}/{be}", "ตก", "fiscal"))
    office.meet()  # numbers of another year are to be lent
    made = _issue(store, *office.people)
    before = plates_of(certificate_fillings(store, made))
    record_print(store, BY, made, plates=before)

    office.meet()

    other = office.second
    (group,) = certificate_fillings(other, made)
    (ours,) = certificate_fillings(store, made)
    assert (group.template, group.fillings) == (ours.template, ours.fillings)
    assert group.fillings[0].fields["number_plain"] == "ตก-๐๐๑/๒๕๗๐"
    assert set(group.fillings[0].pictures) == {"emblem"}
    assert plates_of([group]) == before
    reprint(other, BY, made[0], "", 1, "กระดาษติด")
    with pytest.raises(PlateDiffers):
        record_print(other, BY, made[1:2], reason="อีก", plates={made[1]: "0" * 64})
    assert plan(other, EVENT, "completion").document_word == "วุฒิบัตร"
    assert recipient_fields(other, EVENT) == {office.people[0]: {"score": "ดี"}}
    assert {one.kind: one for one in rules(other)}["completion"].year_kind == "fiscal"
    assert [one.name for one in template.templates(other) if not one.shipped] == ["งาม"]


def test_the_life_of_a_certificate_goes_on_at_both_and_comes_to_the_same(office: Office) -> None:
    """Mutants: ``STATUS`` the column alone, so that what is void stands again because somebody
    handed it over later; a step kept in a field that another's word takes the place of."""
    made = _issue(office.first, *office.people)
    record_print(office.first, BY, made)
    office.meet()

    hand_over(office.second, BY, made[:2])
    void(office.second, BY, made[2], "เปื้อน")
    with office.first.write(BY) as write:
        who = roster.enrolment(write.conn, office.people[3]).person_id
        person.put_person(write, replace(person.person(write.conn, who), first="งามตาดี"))
    fixed = replace_after_name_fix(office.first, BY, made[3], "สะกดผิด").value
    office.meet()
    take_back(office.first, BY, made[:1], "ไม่มารับ")
    record_print(office.second, BY, [fixed.id])
    void(office.second, BY, made[1], "ผิดคน")
    office.one.field.clock.forward(minutes=5)
    hand_over(office.first, BY, made[1:2])  # which cannot know that it is void
    office.meet()

    for store in (office.first, office.second):
        held = account(store, "completion", 2569)
        told = [one.state for one in held.states][:4]
        assert told == ["returned", "void", "void", "printed"]
        assert held.replaced_editions == 1
        assert held.doubled == ()
        assert [line.what for line in history(store, made[0])] == [
            "issued", "printed", "handed", "returned",
        ]  # fmt: skip
        assert [(line.edition, line.what) for line in history(store, fixed.id)] == [
            (1, "issued"), (1, "printed"), (1, "replaced"), (2, "issued"), (2, "printed"),
        ]  # fmt: skip
    ours = account(office.first, "completion", 2569)
    other = account(office.second, "completion", 2569)
    assert [(gap.first, gap.last, gap.state) for gap in ours.gaps] == [(5, 100, "lent")]
    assert [(gap.first, gap.last, gap.state) for gap in other.gaps] == [
        (5, 100, "unknown"), (101, 200, "lent"),
    ]  # fmt: skip


def test_both_change_a_template_and_both_keep_a_shipped_one(office: Office) -> None:
    """Mutants: a revision kept in the row of its template; an author or a moment in a fact that
    both say, so that the centre refuses the second."""
    card = template.create(office.first, BY, "งาม", PAGE).value
    office.meet()
    wider, higher = replace(PAGE, width=300), replace(PAGE, height=220)
    template.save(office.first, BY, card.id, wider, card.revision)
    template.save(office.second, BY, card.id, higher, card.revision)

    office.meet()

    ours, theirs = (template.revisions(store, card.id) for store in (office.first, office.second))
    assert [one.digest for one in ours] == [one.digest for one in theirs]
    assert {one.digest for one in ours} == {
        template_digest(PAGE),
        template_digest(wider),
        template_digest(higher),
    }
    assert ours[-1].digest == template_digest(PAGE)

    first = _issue(office.first, *office.people[:2])
    office.two.field.clock.forward(minutes=5)
    keep_plan(office.second, BY, Plan(EVENT, "participation", "completion"))
    office.meet()
    second = issue(
        office.second, BY, EVENT, issue_date=DAY, enrolment_ids=office.people[2:3],
        kind="participation", moment=OVER,
    ).value  # fmt: skip
    office.meet()

    for store in (office.first, office.second):
        with store.read() as conn:
            found = conn.exec_driver_sql(
                "SELECT count(*) FROM template_revision WHERE made_by = ''"
            )
            assert found.scalar_one() == 1
        groups = certificate_fillings(store, [*first, second[0].id])
        assert len(groups) == 1


def _rename(store: Store, enrolment_id: str, first: str) -> None:
    with store.write(BY) as write:
        who = roster.enrolment(write.conn, enrolment_id).person_id
        person.put_person(write, replace(person.person(write.conn, who), first=first))


def _stand(store: Store) -> list[tuple[int, int, str]]:
    """Number, edition and state of every paper of the event."""
    rows = [one.certificate for one in register_rows(store, EVENT)]
    return [(row.number, row.edition, row.status) for row in rows if row.status != "unused"]


def test_whoever_has_one_from_the_other_laptop_gets_no_second(office: Office) -> None:
    """Fails when a number that waits, drawn for the same seat by the other laptop, goes before
    the certificate that stands: the list then says she waits, and she is issued another."""
    _issue(office.first, office.people[0])
    _issue(office.second, office.people[1])
    office.meet()

    for store in (office.first, office.second):
        held = certificate_list(store, EVENT, DAY)
        assert held is not None
        told = [(line.number, line.issued) for line in held.lines[:2]]
        assert told == [("๑/๒๕๖๙", True), ("๑๐๒/๒๕๖๙", True)]
    assert _issue(office.first, *office.people[:2]) == []


def test_two_certificates_of_one_person_are_found(office: Office) -> None:
    """Mutant: numbers that are all known are taken for numbers that are all right."""
    _issue(office.first, office.people[0])
    _issue(office.second, office.people[0])
    office.meet()
    for store in (office.first, office.second):
        held = account(store, "completion", 2569)
        assert (held.doubled, held.twice) == ((), ((1, 101),))
    void(office.first, BY, _numbered(office.first, 101), "ออกซ้ำ")
    assert account(office.first, "completion", 2569).twice == ()


def _numbered(store: Store, number: int) -> str:
    return next(
        one.certificate.id
        for one in register_rows(store, EVENT)
        if one.certificate.number == number
    )


def test_a_void_number_does_not_come_back_by_a_replacement_made_elsewhere(office: Office) -> None:
    """Mutant: the void paper looked at alone, so that the one that replaced it stands."""
    (made,) = _issue(office.first, office.people[0])
    office.meet()
    void(office.first, BY, made, "ผิดคน")
    _rename(office.second, office.people[0], "กมลา")
    fixed = replace_after_name_fix(office.second, BY, made, "สะกดผิด").value
    _rename(office.second, office.people[0], "กมลา๒")
    again = replace_after_name_fix(office.second, BY, fixed.id, "สะกดผิด").value
    office.meet()

    for store in (office.first, office.second):
        assert _stand(store) == [(1, 1, "void"), (1, 2, "void"), (1, 3, "void")]
        assert check(store, qr_text(again.proof)).outcome == "revoked"
        told = read_list(export_list(store, BY)).revoked
        assert {one.part for one in told} == {
            certificate_part(one) for one in (made, fixed.id, again.id)
        }
        assert account(store, "completion", 2569).counts["void"] == 1


def test_a_replacement_taken_back_after_another_printed_it_leaves_one_paper(
    office: Office,
) -> None:
    """Mutant: ``replaced`` read from the step alone, which the undo took back: both papers then
    are genuine, and the register adds up."""
    (made,) = _issue(office.first, office.people[0])
    office.meet()
    _rename(office.first, office.people[0], "กมลา")
    done = replace_after_name_fix(office.first, BY, made, "สะกดผิด")
    office.meet()
    record_print(office.second, BY, [done.value.id])
    assert done.undo is not None
    done.undo(office.first)
    office.meet()

    for store in (office.first, office.second):
        assert _stand(store) == [(1, 1, "replaced"), (1, 2, "printed")]
        assert [line.what for line in history(store, made)] == [
            "issued", "replaced", "issued", "printed",
        ]  # fmt: skip
        old = next(one for one in register_rows(store, EVENT) if one.certificate.id == made)
        assert check(store, qr_text(old.certificate.proof)).outcome == "revoked"


def test_what_was_paid_stays_what_was_signed_for(office: Office) -> None:
    """Mutant: the amount alone, which the later word of the other laptop takes the place of."""
    who = office.people[0]
    set_amounts(office.first, BY, EVENT, [(who, "fare", 500_00)])
    office.meet()
    mark_paid(office.first, BY, EVENT, [who], DAY)
    office.two.field.clock.forward(minutes=3)
    set_amounts(office.second, BY, EVENT, [(who, "fare", 700_00)])
    office.meet()
    for store in (office.first, office.second):
        held = claim_list(store, EVENT)
        paid = [one for row in held.rows for one in row.claims.values()]
        assert [(one.amount, one.paid_on) for one in paid] == [(500_00, DAY)]
