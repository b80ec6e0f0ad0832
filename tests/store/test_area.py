# SPDX-License-Identifier: Apache-2.0
"""Areas as they are written on lists and typed at the desk."""

from __future__ import annotations

import threading

import pytest

from desktop.model.area import spoken
from desktop.store import area


def test_a_code_gives_the_area_with_those_above_it() -> None:
    found = area.area("630609")
    assert found is not None
    assert (found.name, found.amphoe, found.province) == ("ด่านแม่ละเมา", "แม่สอด", "ตาก")
    assert found.postcodes == ("63110",)
    assert spoken(found) == "ตำบลด่านแม่ละเมา อำเภอแม่สอด จังหวัดตาก"
    province = area.area("63")
    assert province is not None
    assert (province.level, province.amphoe, province.province_en) == ("province", "", "Tak")
    assert area.area("99") is None
    assert len(area.provinces()) == 77
    assert area.provinces()[0].name == "กระบี่"
    assert area.province_name("630609") == "ตาก"
    assert area.province_name("") == ""
    assert {child.level for child in area.children("63")} == {"amphoe"}


@pytest.mark.parametrize(
    ("tambon", "amphoe", "province", "code"),
    [
        ("ต.ด่านแม่ละเมา", "อ.แม่สอด", "จ.ตาก", "630609"),
        ("ตำบลด่านแม่ละเมา", "อำเภอแม่สอด", "จังหวัดตาก", "630609"),
        ("", "แม่สอด", "ตาก", "6306"),
        ("", "", "ตาก", "63"),
        ("", "เขตดินแดง", "กทม.", "1026"),
        ("แขวงดินแดง", "ดินแดง", "กรุงเทพมหานคร", "102601"),
        ("", "แม่สอด", "", "6306"),
        ("", "เมืองตาก", "จ. ตาก", "6301"),
    ],
)
def test_written_names_mean_one_area(tambon, amphoe, province, code) -> None:
    found = area.match(tambon, amphoe, province)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("tambon", "amphoe", "province"),
    [
        ("", "", ""),
        ("บ้านใหม่", "", ""),
        ("", "แม่สอด", "เชียงใหม่"),
        ("ไม่มีตำบลนี้", "แม่สอด", "ตาก"),
        ("", "", "ไม่มีจังหวัดนี้"),
    ],
)
def test_what_does_not_fit_or_fits_twice_is_no_area(tambon, amphoe, province) -> None:
    """Fails when the first of several tambon of one name is taken: a home would be guessed."""
    assert area.match(tambon, amphoe, province) is None


def test_areas_are_found_while_one_types() -> None:
    assert [found.code for found in area.search_areas("แม่สอด ตาก")][:1] == ["6306"]
    assert area.search_areas("จังหวัดตาก")[0].code == "63"
    assert area.search_areas("๖๓๐๖๐๙")[0].code == "630609"
    assert {found.level for found in area.search_areas("บ้าน", "tambon", 5)} == {"tambon"}
    assert len(area.search_areas("บ้าน", limit=7)) == 7
    assert area.search_areas(" ") == area.search_areas("ฮฮฮ") == ()


def test_an_abolished_area_names_the_one_that_took_its_place() -> None:
    """Fails when an area that was split is silently given to one of its parts."""
    found = area._reference().all(
        "SELECT code, count(*), min(successor_code) FROM area_successor "
        "WHERE code NOT IN (SELECT code FROM area) GROUP BY code"
    )
    one = next(row for row in found if row[1] == 1)
    several = next((row for row in found if row[1] > 1), None)
    assert area.successor(one[0]) == one[2]
    abolished = area.area(one[0])
    assert abolished is not None
    assert abolished.successor == one[2]
    assert area.successor("630609") == "630609"
    if several is not None:
        assert area.successor(several[0]) == several[0]


def test_threads_may_ask_at_once() -> None:
    wrong: list[object] = []

    def ask() -> None:
        for code in ("63", "6306", "630609", "10"):
            area.area.cache_clear()
            found = area.area(code)
            if found is None or found.code != code:
                wrong.append(found)

    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
