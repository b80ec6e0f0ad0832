# SPDX-License-Identifier: Apache-2.0
"""The shipped forms in the store, every version kept, with lists out of the store."""

from __future__ import annotations

import pytest

from desktop.actions import form
from desktop.paths import shipped
from desktop.store import area
from desktop.store import form as forms
from desktop.store.form_list import StoreLists
from desktop.xforms.lists import LAST_SAVED, List
from tests.field import BY, OTHER, TAMBON, Field

SEVEN = {"registration", "home_visit", "follow_up", "alert", "referral", "evaluation", "activity"}


def opened(lists: StoreLists, name: str) -> List:
    found = lists.open(f"jr://file-csv/{name}.csv")
    assert found is not None
    return found


def texts(nodes: object, column: str) -> list[str]:
    return [
        next(inside.value for inside in node.children if inside.name == column)
        for node in nodes  # type: ignore[attr-defined]
    ]


def test_the_seven_forms_come_once(field: Field) -> None:
    assert {one for one, _version in form.install(field.store, BY).value} == SEVEN
    assert form.install(field.store, BY).changed == frozenset()
    with field.store.read() as conn:
        listed = {one.form_id: one for one in forms.forms(conn)}
        visit = listed["home_visit"]
        kept = forms.form(conn, "home_visit")
    name = f"home_visit@{visit.version}.xml"
    assert kept == shipped("forms", "built", name).read_bytes()
    assert visit.title_th.startswith("แบบบันทึกการเยี่ยมบ้าน")
    assert visit.title_en == "Home visit"
    assert set(listed) == SEVEN


def test_a_draft_keeps_the_version_it_was_begun_with(field: Field) -> None:
    """Mutant: open the newest version."""
    one = field.begin("follow_up")
    with field.store.read() as conn:
        data = forms.form(conn, "follow_up")
    newer = data.replace(one.form_version.encode(), b"2999010101")
    with field.store.write(BY) as write:
        assert forms.put_form(write, "follow_up", "2999010101", ("ก", "a"), newer)
    with field.store.read() as conn:
        assert forms.latest(conn, "follow_up").version == "2999010101"
    assert form.open_form(field.store, one.id).version == one.form_version
    assert field.begin("follow_up").form_version == "2999010101"


def test_a_version_never_changes(field: Field) -> None:
    with field.store.write(BY) as write:
        assert forms.put_form(write, "x", "1", ("ก", ""), b"<a/>")
        assert not forms.put_form(write, "x", "1", ("ก", ""), b"<a/>")
    with pytest.raises(ValueError, match="change"), field.store.write(BY) as write:
        forms.put_form(write, "x", "1", ("ก", ""), b"<b/>")


def test_areas_come_from_the_index_and_whole(field: Field) -> None:
    lists = StoreLists(field.store, "home_visit", BY)
    tambon, amphoe = opened(lists, "tambon"), opened(lists, "amphoe")
    items = ("root", "item")
    assert texts(tambon.matching(items, "name", TAMBON), "label") == ["ด่านแม่ละเมา"]
    below = tambon.matching(items, "amphoe", TAMBON[:4])
    assert texts(below, "name") == [one.code for one in area.children(TAMBON[:4])]
    assert texts(amphoe.matching(items, "province", "63"), "name")
    assert tambon.matching(items, "name", "639999") == ()
    assert tambon.matching(items, "label", "แม่สอด") is None
    (root,) = tambon.all()
    assert len(root.children) > 7_000
    assert any(node is below[0] for node in root.children)  # type: ignore[index]


def test_a_household_is_known_by_its_id_and_the_last_visited_are_walked(field: Field) -> None:
    record_id = field.visit()
    with field.store.read() as conn:
        house = conn.exec_driver_sql("SELECT id FROM household").scalar_one()
    lists = StoreLists(field.store, "home_visit", BY)
    known = opened(lists, "households")
    found = known.matching(("root", "item"), "name", house)
    assert texts(found, "house_no") == ["12/3"]
    assert texts(found, "area_code") == [TAMBON]
    assert known.matching(("root", "item"), "name", record_id) == ()
    assert texts(known.all()[0].children, "name") == [house]
    assert lists.open("jr://file-csv/nothing.csv") is None


def test_last_answers_are_carried_of_the_same_facilitator_before_the_draft(
    field: Field,
) -> None:
    """Mutant: take whoever's record, or one finished after the draft was begun."""
    before = StoreLists(field.store, "home_visit", BY, field.store.now().utc)
    first = field.visit()
    last = StoreLists(field.store, "home_visit", BY).open(LAST_SAVED)
    assert last is not None
    with field.store.read() as conn:
        xml = conn.exec_driver_sql("SELECT xml FROM record").scalar_one()
    assert first
    assert [node.name for node in last.all()] == ["data"]
    assert "มะลิ" in xml
    for lists in (before, StoreLists(field.store, "home_visit", OTHER)):
        nothing = lists.open(LAST_SAVED)
        assert nothing is not None
        assert list(nothing.all()) == []
    field.clock.forward(minutes=5)
    session = field.session(field.begin())
    node = session.find(field.place(session, "g_adr/area"))
    assert node is not None
    assert node.value == TAMBON
