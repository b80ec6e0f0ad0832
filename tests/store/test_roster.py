# SPDX-License-Identifier: Apache-2.0
"""Rosters as they are read and searched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.actions.event import create_event
from desktop.actions.roster import Entry, add_entries, fix_name, lock_roster, withdraw
from desktop.model.roster import badge_code, read_badge
from desktop.store import roster, search
from desktop.thai.digits import to_thai
from tests.actions.office_ground import BY, DRAFT, Ground, cid


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    ground = Ground(tmp_path)
    yield ground
    ground.store.close()


def found(ground: Ground, text: str, **more: Any) -> list[str]:
    with ground.store.read() as conn:
        hits = roster.search(conn, text, event_id=ground.event.id, **more)
    return [hit.name for hit in hits]


def people(ground: Ground, text: str) -> list[str]:
    with ground.store.read() as conn:
        return [hit.name for hit in roster.search(conn, text, event_id=None)]


def test_a_roster_is_in_seat_order_and_then_in_that_of_the_dictionary(ground: Ground) -> None:
    """Fails when SQLite's own order of text is used: เ แ โ ใ ไ would stand at the end."""
    ground.add("ขวัญ", "เก่ง", "โกวิท", "กมล")
    ground.add("ฮาซัน", seat=2)
    ground.add("สมชาย", seat=1)
    assert [line.first for line in ground.roster()] == [
        "สมชาย", "ฮาซัน", "กมล", "เก่ง", "โกวิท", "ขวัญ",
    ]  # fmt: skip


def test_a_line_says_everything_a_sheet_shows(ground: Ground) -> None:
    (one,) = ground.add(
        "สมชาย ใจดี", title="นาย", identifier=cid(7), phone="๐๘๑ ๒๓๔ ๕๖๗๘", organisation="อบต.ก",
        organisation_kind="tao", organisation_area="630609", position="ปลัด", group="lgo",
        team=3, food="halal", note="นั่งรถเข็น",
    )  # fmt: skip
    line = ground.line(one)
    assert (line.name, line.organisation, line.organisation_kind) == (
        "นายสมชาย ใจดี",
        "อบต.ก",
        "tao",
    )
    assert (line.province, line.area) == ("63", "")
    assert (line.phone, line.last4) == ("0812345678", cid(7)[-4:])
    assert (line.position, line.group, line.role, line.team) == ("ปลัด", "lgo", "trainee", 3)
    assert (line.food, line.note, line.sex, line.expected) == ("halal", "นั่งรถเข็น", "m", True)
    with ground.store.read() as conn:
        assert roster.rows(conn, [one, "no such id"]) == {one: line}
        with pytest.raises(LookupError):
            roster.row(conn, "no such id")


def test_one_or_two_letters_begin_a_word_and_three_stand_anywhere(ground: Ground) -> None:
    ground.add("สมชาย ใจดี", "ใจ สมพร", "ประสม ณ นคร")
    assert found(ground, "ส") == ["ใจ สมพร", "สมชาย ใจดี"]
    assert found(ground, "สม") == ["ใจ สมพร", "สมชาย ใจดี"]
    assert found(ground, "ะสม") == ["ประสม ณ นคร"]
    assert found(ground, "ณ นค") == ["ประสม ณ นคร"]
    assert found(ground, "สม", limit=1) == ["ใจ สมพร"]
    assert found(ground, "  ") == []


def test_a_name_with_its_title_in_front_is_found_all_the_same(ground: Ground) -> None:
    """Fails when a name pasted from a list, title and all, finds nobody."""
    ground.add("สมชาย ใจดี", title="นาย")
    ground.add("นายิกา มีสุข", title="นางสาว")
    for text in ("นายสมชาย", "นายสมชาย ใจดี", "นาย สมช"):
        assert found(ground, text) == people(ground, text)
        assert len(found(ground, text)) == 1
    assert [name[-12:] for name in found(ground, "นาย")] == ["นายิกา มีสุข"]


def test_digits_in_either_script_find_seats_numbers_telephones_and_badges(
    ground: Ground,
) -> None:
    """Fails when Thai digits are not read, or other events' people are found."""
    one, two = (
        *ground.add("สมชาย ใจดี", identifier=cid(1), seat=12),
        *ground.add("ปราณี มีสุข", phone="0812349876"),
    )
    other = create_event(ground.store, BY, DRAFT).value
    add_entries(
        ground.store, BY, other.id, [Entry(first="มานะ", identifier=cid(1), phone="0812349876")]
    )
    assert found(ground, "12") == found(ground, "๑๒") == ["สมชาย ใจดี"]
    assert found(ground, cid(1)[-4:]) == found(ground, cid(1)) == ["สมชาย ใจดี"]
    assert found(ground, to_thai(cid(1)[-4:])) == ["สมชาย ใจดี"]
    assert found(ground, "9876") == found(ground, "081-234-9876") == ["ปราณี มีสุข"]
    badge = ground.line(two).badge_no
    assert found(ground, f"{badge:06d}") == ["ปราณี มีสุข"]
    assert sorted(people(ground, "9876")) == ["ปราณี มีสุข", "มานะ"]
    assert sorted(people(ground, cid(1))) == ["มานะ", "สมชาย ใจดี"]
    assert people(ground, "12") == []
    read = read_badge(badge_code(ground.event.code, badge))
    assert read == (ground.event.code, badge)
    with ground.store.read() as conn:
        assert roster.find_badge(conn, ground.event.id, f"{badge:06d}") == two
        assert roster.find_badge(conn, other.id, f"{badge:06d}") is None
    assert one != two


def test_people_are_found_outside_any_event_with_where_they_were_last(ground: Ground) -> None:
    ground.add("สมชาย ใจดี", organisation="อบต.ก", area="630609", phone="0812345678")
    with ground.store.read() as conn:
        (hit,) = roster.search(conn, "ใจด", event_id=None)
    assert isinstance(hit, roster.Found)
    assert (hit.name, hit.organisation, hit.province) == ("สมชาย ใจดี", "อบต.ก", "63")
    assert (hit.phone, hit.events) == ("0812345678", 1)


def test_someone_taken_off_by_undo_is_found_no_more(ground: Ground) -> None:
    """Fails when undo does not reach the derived tables: a ghost at the desk."""
    done = add_entries(ground.store, BY, ground.event.id, [Entry(first="สมชาย", last="ใจดี")])
    assert found(ground, "สมชาย") == ["สมชาย ใจดี"]
    assert done.undo is not None
    done.undo(ground.store)
    assert found(ground, "สมชาย") == found(ground, "ส") == people(ground, "สมชาย") == []
    assert ground.roster() == ()


def test_a_fixed_name_is_what_the_desk_finds(ground: Ground) -> None:
    """Fails when a person's change does not reach the lines of the events she is in."""
    (one,) = ground.add("สมชาย ใจดี")
    fix_name(ground.store, BY, ground.line(one).person_id, title="", first="มานะ", last="ใจดี")
    assert found(ground, "สมชาย") == found(ground, "ส") == []
    assert found(ground, "มานะ") == found(ground, "ม") == ["มานะ ใจดี"]


def test_quota_counts_those_expected_by_province_and_names_the_missing(ground: Ground) -> None:
    ground.add("สมชาย", "ปราณี", area="630609")
    ground.add("มานะ", organisation="อบต.ข", organisation_area="10")
    gone = ground.add("มานี", area="63")[0]
    withdraw(ground.store, BY, gone)
    with ground.store.read() as conn:
        lines = roster.quota(conn, ground.event.id)
    assert [(line.province, line.enrolled, line.missing) for line in lines] == [
        ("10", 1, 0), ("50", 0, 2), ("63", 2, 0),
    ]  # fmt: skip


def test_a_roster_of_hundreds_is_read_in_one_statement(ground: Ground) -> None:
    """Fails when a query is made for each row (N+1)."""
    from sqlalchemy import event as listening

    ground.add(*(f"คนที่{number} ใจดี" for number in range(150)), identifier="", phone="")
    lock_roster(ground.store, BY, ground.event.id)
    said: list[str] = []
    with ground.store.read() as conn:
        listening.listen(
            conn, "before_cursor_execute", lambda *args: said.append(args[2]), named=False
        )
        assert len(roster.roster(conn, ground.event.id)) == 150
        roster.search(conn, "คน", event_id=ground.event.id)
        roster.search(conn, "คนที่", event_id=None)
    assert len(said) <= 1 + 3 + 3


def test_a_very_large_event_finds_the_same_people_by_its_indexes(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when the indexes are asked without the event: people of another would be found."""
    ground.add("สมชาย ใจดี", "เกศินี ใจดี", "กมล วงศ์คำ", "ปรีชา สมพงษ์")
    other = create_event(ground.store, BY, DRAFT).value
    add_entries(ground.store, BY, other.id, [Entry(first="สมหญิง", last="ใจดี")])
    typed = ("ก", "สม", "ใจดี", "าย ใจ", "วงษ์", "สมพงษ์", "นายสมชาย", "ฮฮฮ")

    def found() -> list[list[str]]:
        with ground.store.read() as conn:
            return [
                [one.name for one in roster.search(conn, text, event_id=ground.event.id)]
                for text in typed
            ]

    read_through = found()
    monkeypatch.setattr(search, "LARGE", 0)
    assert found() == read_through
    assert any(read_through)
