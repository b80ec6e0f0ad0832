# SPDX-License-Identifier: Apache-2.0
"""The derived tables follow the facts by every road, and find whom one types."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Connection

from desktop.model.facilitator import Office
from desktop.model.person import Person
from desktop.paths import shipped
from desktop.store import search
from desktop.store.facilitator import put_office
from desktop.store.ids import new_id
from desktop.store.person import person_fields, put_person
from desktop.store.store import Store, undo
from desktop.thai.names import split_name
from desktop.thai.search_key import search_key
from desktop.thai.sort_key import sort_key
from tests.store.ground import BY

HARD = json.loads(shipped("resources", "demo", "names_hard.json").read_text("utf-8"))["names"]


@pytest.fixture
def office(store: Store) -> Store:
    with store.write(BY) as write:
        put_office(write, Office("office-1", "สำนักงาน", "63"))
    return store


def keep(store: Store, *names: str) -> list[str]:
    ids = []
    with store.write(BY) as write:
        for name in names:
            first, _space, last = name.partition(" ")
            ids.append(new_id())
            put_person(write, Person(ids[-1], "", first, last=last))
    return ids


def named(store: Store, text: str, limit: int = 200) -> list[str]:
    with store.read() as conn:
        ids = search.people_named(conn, text, limit)
        kept = dict(
            conn.exec_driver_sql("SELECT person_id, text FROM person_search").fetchall()  # type: ignore[arg-type]
        )
    return [kept[one].split("\n")[0] for one in ids]


def derived(conn: Connection) -> list[list[tuple[object, ...]]]:
    return [
        [tuple(row) for row in conn.exec_driver_sql(query)]
        for query in (
            "SELECT person_id, sort_key, search_key, text FROM person_search ORDER BY 1",
            "SELECT * FROM person_word ORDER BY 1, 2, 3",
            "SELECT * FROM roster_seek ORDER BY 1, 2, 3",
            "SELECT * FROM identifier_hash ORDER BY 1",
        )
    ]


@pytest.mark.parametrize("name", HARD)
def test_keys_made_word_by_word_are_the_keys_of_the_whole_name(name: str) -> None:
    """Fails when sort_key or search_key begins to look across words: rosters would sort wrong."""
    parts = split_name(name)
    order, key, text = search.name_keys(parts.first, parts.middle, parts.last)
    whole = text.split("\n")[0]
    assert order == sort_key(whole)
    assert key == search_key(whole)


def test_any_part_of_a_name_finds_it_in_dictionary_order(office: Store) -> None:
    keep(office, "เกศินี ใจดี", "กมล วงศ์คำ", "สมชาย ใจดี", "แก้ว สายใจ")
    assert named(office, "ก") == ["กมล วงศ์คำ"]
    assert named(office, "ใจ") == ["เกศินี ใจดี", "สมชาย ใจดี"]
    assert named(office, "ใจดี") == ["เกศินี ใจดี", "สมชาย ใจดี"]
    assert named(office, "าย ใจ") == ["สมชาย ใจดี"]
    assert named(office, "วงษ์") == ["กมล วงศ์คำ"]
    assert named(office, "สมชาย") == ["สมชาย ใจดี"]
    assert named(office, "ฮฮฮ") == []


def test_what_is_typed_is_never_a_query_of_its_own(office: Store) -> None:
    """Fails when the text reaches FTS unquoted: a quote or an OR would raise or find all."""
    keep(office, "สมชาย ใจดี")
    for text in (
        '"',
        '"ส"',
        "สมช OR ใจดี",
        "NEAR(สมชาย)",
        "สม*ชาย",
        "%",
        "_",
        "'; --",
        " ",
        "\x00ก",
    ):
        assert named(office, text) in ([], ["สมชาย ใจดี"])
    assert named(office, "%%%") == []
    assert named(office, 'สมช" OR "ใจดี') == []


def test_of_many_hits_those_that_begin_so_come_first(office: Store) -> None:
    keep(office, *(f"ปราณี สมพงษ์{number:02d}" for number in range(20)), "สมพงษ์ ใจดี")
    assert "สมพงษ์ ใจดี" in named(office, "สมพงษ์", limit=21)
    assert len(named(office, "สมพงษ์", limit=5)) == 5


def test_a_changed_name_is_found_and_the_old_one_is_not(office: Store) -> None:
    """Fails when the trigram index keeps the old text: people would be found by wrong names."""
    (one,) = keep(office, "สมชาย ใจดี")
    with office.write(BY) as write:
        put_person(write, Person(one, "", "มานะ", last="ใจดี"))
        steps = write.undo
    assert named(office, "สมชาย") == []
    assert named(office, "มานะ") == ["มานะ ใจดี"]
    assert named(office, "มา") == ["มานะ ใจดี"]
    undo(office, BY, steps)
    assert named(office, "มานะ") == []
    assert named(office, "สมชาย") == ["สมชาย ใจดี"]
    with office.write(BY) as write:
        write.delete("person", one)
    assert named(office, "สมชาย") == named(office, "สม") == []


def test_a_batch_and_single_puts_leave_the_same_and_a_rebuild_changes_nothing(
    office: Store,
) -> None:
    """Fails when put_many forgets what a derived table needs, or rebuild differs from refresh."""
    single = keep(office, "สมชาย ใจดี", "นก ณ นคร")
    people = [Person(new_id(), "", "มานะ", last="ใจดี"), Person(new_id(), "", "หม่อเซ")]
    with office.write(BY) as write:
        write.put_many("person", [(p.id, "o:office-1", person_fields(p)) for p in people])
    with office.read() as conn:
        before = derived(conn)
        assert {row[0] for row in before[0]} == {*single, *(p.id for p in people)}
    with office.write(BY) as write:
        search.rebuild(write.conn)
        assert derived(write.conn) == before
    assert named(office, "หม่อเซ") == ["หม่อเซ"]


def test_nothing_derived_is_kept_of_a_write_that_failed(office: Store) -> None:
    def fails() -> None:
        with office.write(BY) as write:
            put_person(write, Person(new_id(), "", "สมชาย", last="ใจดี"))
            write.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert named(office, "สมชาย") == []


def test_the_hash_of_a_number_is_keyed_by_the_store(office: Store, tmp_path: Path) -> None:
    """Fails when the hash is a plain one: a list of all numbers would undo it."""
    import hashlib

    with office.read() as conn:
        assert search.identifier_hash(conn, "1994328393367") is None
    with office.write(BY) as write:
        write.put(
            "person_identifier", "i1", "o:office-1",
            person_id="p1", kind="cid", value="1994328393367", last4="3367",
        )  # fmt: skip
    with office.read() as conn:
        kept = conn.exec_driver_sql("SELECT hash FROM identifier_hash").scalar_one()
        assert kept == search.identifier_hash(conn, "1994328393367")
        assert kept != hashlib.sha256(b"1994328393367").digest()
