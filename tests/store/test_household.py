# SPDX-License-Identifier: Apache-2.0
"""A household is found by anything one knows of it, as loosely as names are spelt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.model.household import Household, Member
from desktop.model.person import Person
from desktop.store import household as households
from desktop.store import household_search, person
from desktop.store.store import Store
from tests.field import BY, Field, open_field


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    field: Field = open_field(tmp_path / "store")
    with field.store.write(BY) as write:
        for one, names in (
            (
                Household("h1", "630609", "12/3", "5", "บ้านห้วยปลาหลด", house_code="63060012345"),
                [("มะลิ แสงดาว", "head"), ("ณัฐพงษ์ วงศ์ษา", "child")],
            ),
            (
                Household("h2", "630609", "120", "2", "ห้วยปลาหลด"),
                [("จะคะ", "head"), ("นายคำ", "")],
            ),
            (Household("h3", "630101", "7", "12", "น้ำรึม"), [("สมชาย ใจดี", "head")]),
            (Household("h4", "", "", "", ""), [("ลี", "")]),
        ):
            scope = f"t:{one.area}" if one.area else "o:office-1"
            households.put_household(write, scope, one)
            for number, (name, relation) in enumerate(names):
                households.put_member(
                    write, scope, Member(f"{one.id}-{number}", one.id, name, "", relation)
                )
        person.put_person(write, Person("p1", "นาย", "ดอเลาะ", last="เจ๊ะแว"))
        households.put_member(write, "t:630101", Member("h3-p", "h3", "", "p1", "spouse"))
    yield field.store
    field.store.close()


def found(store: Store, text: str) -> set[str]:
    with store.read() as conn:
        return {one.household.id for one in households.find_households(conn, text)}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("มะลิ", {"h1"}),
        ("แสงด", {"h1"}),
        ("ณัฐพงศ์", {"h1"}),  # spelt otherwise
        ("วงค์สา", {"h1"}),
        ("ดอร์เลาะห์", {"h3"}),  # a registered person who lives there
        ("จะ", {"h2"}),  # two letters begin a word
        ("ลี", {"h4"}),
        ("12/3", {"h1"}),
        ("๑๒/๓", {"h1"}),
        ("12", {"h1", "h2"}),  # a number begins the house number
        ("บ้านเลขที่ 7", {"h3"}),
        ("ม.5", {"h1"}),
        ("ม.1", set()),  # not the twelfth
        ("ม.12 น้ำรึม", {"h3"}),
        ("ใจ", {"h3"}),
        ("คำ", {"h2"}),  # written with his title
        ("นายดอเลาะ เจ๊ะแว", {"h3"}),  # typed as lists show him
        ("ใจ สมชาย", {"h3"}),
        ("7 สมชาย", {"h3"}),
        ("หมู่ที่ ๑๒", {"h3"}),
        ("หมู่ 2 ห้วยปลาหลด", {"h2"}),
        ("ห้วยปลาหลด", {"h1", "h2"}),
        ("ด่านแม่ละเมา", {"h1", "h2"}),
        ("อ.แม่สอด", {"h1", "h2"}),
        ("ตาก", {"h1", "h2", "h3"}),
        ("มะลิ ด่านแม่ละเมา", {"h1"}),
        ("ด่านแม่ละเมา 120", {"h2"}),
        ("63060012345", {"h1"}),
        ("ไม่มีใคร", set()),
        ('"', set()),
        ("' OR 1=1 --", set()),
        ("ต.", set()),
    ],
)
def test_a_household_is_found_by(store: Store, text: str, ids: set[str]) -> None:
    assert found(store, text) == ids


def test_who_is_found_is_told_with_everybody_in_the_house(store: Store) -> None:
    with store.read() as conn:
        (one,) = households.find_households(conn, "แสงดาว")
    assert (one.name, one.members) == ("มะลิ แสงดาว", ("มะลิ แสงดาว", "ณัฐพงษ์ วงศ์ษา"))
    assert one.area_name == "ต.ด่านแม่ละเมา อ.แม่สอด จ.ตาก"
    assert (one.visits, one.last_visited) == (0, "")


def test_the_index_follows_every_change_and_its_undo(store: Store) -> None:
    """Mutant: refresh for households alone, not for members and people."""
    from desktop.store.store import undo

    with store.write(BY) as write:
        person.put_person(write, Person("p1", "นาย", "อับดุล", last="เจ๊ะแว"))
    assert found(store, "ดอเลาะ") == set()
    assert found(store, "อับดุล") == {"h3"}
    with store.write(BY) as write:
        households.delete_member(write, "h2-0")
    assert found(store, "จะคะ") == set()
    undo(store, BY, write.undo)
    assert found(store, "จะคะ") == {"h2"}
    with store.write(BY) as write:
        write.delete("household", "h1")
    assert found(store, "มะลิ") == set()
    with store.read() as conn:
        words = conn.exec_driver_sql(
            "SELECT count(*) FROM household_word WHERE household_id = 'h1'"
        )
        assert words.scalar_one() == 0


def test_the_index_can_be_made_anew(store: Store) -> None:
    def everything() -> list[list[tuple[object, ...]]]:
        with store.read() as conn:
            return [
                [tuple(row) for row in conn.exec_driver_sql(question)]
                for question in (
                    "SELECT household_id, sort_key, text FROM household_search ORDER BY 1",
                    "SELECT word, household_id FROM household_word",
                    "SELECT count(*) FROM household_fts WHERE household_fts MATCH 'แสงดาว'",
                )
            ]

    before = everything()
    with store.write(BY) as write:
        household_search.rebuild(write.conn)
    assert everything() == before


def test_likely_duplicates_are_told(store: Store) -> None:
    def alike(**known: object) -> set[str]:
        with store.read() as conn:
            return {one.household.id for one in households.alike(conn, **known)}  # type: ignore[arg-type]

    assert alike(house_code="63060012345") == {"h1"}
    assert alike(house_no="12/3", area="630609", moo="5") == {"h1"}
    assert alike(house_no="12/3", area="630609", moo="9") == set()
    assert alike(house_no="12/3", area="630101") == set()
    assert alike(names=["มะลิ แสงดาว"], area="630609") == {"h1"}
    assert alike(names=["มะลิ แสงดาว"], area="630101") == set()
    assert alike(names=["นัฐพง วงสา"], area="630609") == {"h1"}
    assert alike(house_no="-", area="630609") == set()
