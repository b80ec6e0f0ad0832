# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.paths import shipped
from desktop.thai.search_key import search_key
from desktop.thai.sort_key import sort_key
from resources.build.areas import build, same_content

AREAS = shipped("resources", "areas.sqlite")


@pytest.fixture
def areas() -> Iterator[sqlite3.Connection]:
    conn = sqlite3.connect(f"{AREAS.as_uri()}?mode=ro", uri=True)
    yield conn
    conn.close()


def test_all_of_thailand_is_there(areas: sqlite3.Connection) -> None:
    counts = areas.execute("SELECT level, count(*) FROM area GROUP BY level").fetchall()

    assert counts == [(1, 77), (2, 928), (3, 7_436)]


def test_every_area_stands_in_the_one_its_code_begins_with(areas: sqlite3.Connection) -> None:
    strays = areas.execute(
        """
        SELECT area.code FROM area LEFT JOIN area AS parent ON parent.code = area.parent_code
        WHERE length(area.code) != 2 * area.level
           OR area.level > 1 AND (parent.level IS NOT area.level - 1
              OR parent.code IS NOT substr(area.code, 1, 2 * area.level - 2))
           OR area.level = 1 AND area.parent_code IS NOT NULL
        """
    ).fetchall()

    assert strays == []


def test_every_tambon_has_postcodes_of_five_digits(areas: sqlite3.Connection) -> None:
    without = areas.execute(
        """SELECT code FROM area WHERE level = 3
           AND NOT EXISTS (SELECT 1 FROM postcode WHERE tambon_code = code AND place = 0)"""
    ).fetchall()
    odd = areas.execute(
        "SELECT postcode FROM postcode WHERE postcode NOT GLOB '[1-9][0-9][0-9][0-9][0-9]'"
    ).fetchall()
    several = areas.execute("SELECT count(*) FROM postcode WHERE place = 1").fetchone()

    assert (without, odd, several) == ([], [], (160,))


def test_an_abolished_tambon_names_those_that_took_its_place(areas: sqlite3.Connection) -> None:
    successors = areas.execute(
        """SELECT successor_code, area.name_th FROM area_successor
           JOIN area ON area.code = successor_code
           WHERE area_successor.code = '104701' ORDER BY 1"""
    ).fetchall()

    assert successors == [("104702", "บางนาเหนือ"), ("104703", "บางนาใต้")]


def test_every_successor_exists_now_or_was_abolished_in_its_turn(
    areas: sqlite3.Connection,
) -> None:
    lost = areas.execute(
        """SELECT * FROM area_successor WHERE successor_code NOT IN (SELECT code FROM area)
           AND successor_code NOT IN (SELECT code FROM area_abolished)"""
    ).fetchall()
    number = areas.execute("SELECT count(*) FROM area_abolished").fetchone()

    assert (lost, number) == ([], (1_583,))


def test_a_successor_is_known_exactly_where_a_reason_is(areas: sqlite3.Connection) -> None:
    odd = areas.execute(
        """SELECT code FROM area_abolished
           WHERE (basis IS NULL) IS NOT (code NOT IN (SELECT code FROM area_successor))
              OR (basis IS 'notice') IS NOT (source IS NOT NULL)"""
    ).fetchall()

    assert odd == []


def test_the_tambon_of_the_highland_training_is_found_by_a_part_of_its_name(
    areas: sqlite3.Connection,
) -> None:
    found = areas.execute(
        "SELECT code FROM area WHERE level = 3 AND instr(search_key, ?)",
        (search_key("ด่านแม่ละเมา"),),
    ).fetchall()

    assert found == [("630609",)]


def test_provinces_come_in_the_order_of_the_dictionary(areas: sqlite3.Connection) -> None:
    """Fails when the rows hold keys of another rule than the program sorts by."""
    names = [
        name
        for (name,) in areas.execute("SELECT name_th FROM area WHERE level=1 ORDER BY sort_key")
    ]

    assert names == sorted(names, key=sort_key)
    assert names[0] == "กระบี่"
    assert names.index("เชียงใหม่") < names.index("ตรัง") < names.index("ยะลา")


def test_the_file_is_what_its_script_builds(tmp_path: Path) -> None:
    """Fails when a key, a name or the schema changes and nobody builds the file again."""
    fresh = tmp_path / "areas.sqlite"
    build(fresh)

    assert same_content(AREAS, fresh)
