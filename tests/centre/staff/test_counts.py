# SPDX-License-Identifier: Apache-2.0
"""Counting, verifying, and what was on a laptop: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert

from desktop.centre import conflict, counts, held, reports, schema, verification
from desktop.centre.database import stamp
from tests.centre.staff import rows
from tests.centre.staff.conftest import Served

YEAR = counts.fiscal_days(2570)


def test_a_fiscal_year_is_october_to_september() -> None:
    assert YEAR == ("2026-10-01", "2027-09-30")


def test_who_came_is_who_has_a_mark_that_stands(on_each: Served) -> None:
    """Of four: one came; one's mark was taken back; one's taking back was taken back (came); one
    was absent. Mutants: count every mark; count a mark that was cancelled; ignore a cancelled
    cancel."""
    with on_each.database.read() as conn:
        (event,) = counts.events(conn, *YEAR)
        elsewhere = counts.events(conn, *YEAR, province="10")
        earlier = counts.events(conn, *counts.fiscal_days(2569))

    assert (event.expected, event.came, event.visits, event.certificates) == (4, 2, 1, 1)
    assert (event.province, event.name) == ("63", "อบรม อพม. รุ่นที่ 3")
    assert elsewhere == earlier == ()


def test_provinces_are_those_people_stand_for_and_visits_are_counted_once(on_each: Served) -> None:
    """A correction is not a second visit; the last day of September is another year's."""
    with on_each.database.read() as conn:
        found = {one.province: one for one in counts.by_province(conn, *YEAR)}
        months = counts.visits_by_month(conn, *YEAR)
        none = counts.visits_by_month(conn, *YEAR, province="50")

    assert {code: (one.expected, one.came) for code, one in found.items()} == {
        "50": (1, 1), "63": (3, 1),
    }  # fmt: skip
    assert (found["63"].visits, found["63"].households) == (3, 1)
    assert months == (("2026-10", 1, 1), ("2026-11", 2, 1))
    assert none == ()


def test_the_overview_adds_up(on_each: Served) -> None:
    now = on_each.database.now()
    with on_each.database.read() as conn:
        standing = reports.standing(
            conn, day_ago=stamp(now - timedelta(days=1)), stale_before=reports.since(now)
        )
        listed, total = reports.laptops(conn)
        found, _count = reports.laptops(conn, find="ธิดา")
        literal, _count = reports.laptops(conn, find="100%")

    assert (standing.laptops, standing.today, standing.stale, standing.clock) == (2, 1, 1, 1)
    assert (standing.waiting, standing.photos) == (1252, 3)
    assert (standing.conflicts, standing.quarantined) == (1, 5)
    assert [one.id for one in listed] == [rows.SILENT, rows.LAPTOP]
    assert total == 2
    assert [one.id for one in found] == [rows.LAPTOP]
    assert literal == ()


def test_a_laptop_that_never_called_is_silent_from_the_day_it_joined(on_each: Served) -> None:
    from desktop.centre import device

    now = on_each.database.now()
    with on_each.database.write() as conn:
        device.keep_device(
            conn, on_each.database, device.Device("new", rows.OFFICE, "ใหม่", b"n" * 32, b"x"), []
        )
    with on_each.database.read() as conn:
        fresh, _count = reports.laptops(conn, state="stale", stale_before=reports.since(now))
        later = stamp(now + timedelta(days=1))
        stale, _count = reports.laptops(conn, state="stale", stale_before=later)

    assert "new" not in {one.id for one in fresh}
    assert "new" in {one.id for one in stale}


def test_open_texts_are_counted_by_area_with_their_age(on_each: Served) -> None:
    with on_each.database.read() as conn:
        (record,) = conflict.open_records(conn)
        (area,) = conflict.open_areas([record])
        names = reports.scope_names(conn, [rows.PLACE, rows.WORKSHOP, rows.OWN, "c:x", "forms"])
        texts = conflict.texts(conn, record.scope, record.kind, record.id)

    assert (record.fields, record.since) == (("needs",), on_each.database.stamp())
    assert (area.records, area.texts) == (1, 1)
    assert names[rows.PLACE] == "ต.ระแหง อ.เมืองตาก จ.ตาก"
    assert names[rows.WORKSHOP] == "อบรม อพม. รุ่นที่ 3"
    assert [(one.value, one.shown) for one in texts] == [
        (rows.TEXT_ONE, True), (rows.TEXT_TWO, False),
    ]  # fmt: skip


def test_what_is_set_aside_comes_by_reason(on_each: Served) -> None:
    with on_each.database.read() as conn:
        found, total = reports.quarantined(conn, reason="frozen")
        page, whole = reports.quarantined(conn, limit=2)

    assert (total, whole, len(page)) == (1, 5, 2)
    assert (found[0].id, found[0].device) == ("v-frozen", rows.SILENT)


def test_backups_say_what_is_in_none(on_each: Served) -> None:
    with on_each.database.read() as conn:
        durable = reports.durable(conn)
        (backup,) = reports.backups(conn)

    assert 0 < durable.waiting < durable.changes
    assert durable.scopes == 3
    assert backup.verified_at


# ---- what was on a laptop


def test_what_a_laptop_received_or_wrote_was_on_it_and_later_rows_were_not(
    on_each: Served,
) -> None:
    """Mutant: answer with today's rows."""
    now = stamp(on_each.database.now())
    on_each.clock.on(hours=1)
    with on_each.database.write() as conn:
        filling = rows.Filling(conn, on_each.database)
        filling.heads[rows.OWN] = 90
        filling.ns[rows.OWN, rows.LAPTOP] = 90
        filling.row(rows.OWN, "person", "late", first="มาทีหลัง", last="เสมอ")
    after = on_each.database.stamp()
    with on_each.database.read() as conn:
        then = {one.scope: one for one in held.held(conn, rows.LAPTOP, now)}
        later = {one.scope: one for one in held.held(conn, rows.LAPTOP, after)}
        names = {one.name for one in held.persons(conn, [rows.OWN], now)}
        silent = {one.scope for one in held.held(conn, rows.SILENT, now)}
        before = held.held(conn, rows.LAPTOP, "2026-11-19T00:00:00.000Z")

    assert (then[rows.OWN].persons, later[rows.OWN].persons) == (4, 5)
    assert (then[rows.PLACE].persons, then[rows.PLACE].sensitive) == (1, 5)
    assert names == set(rows.NAMES)
    assert silent == {rows.PLACE}
    assert before == ()


def test_what_it_may_hold_counts_as_held_without_a_day(on_each: Served) -> None:
    """A notice must rather name too many than too few."""
    now = on_each.database.stamp()
    with on_each.database.read() as conn:
        found = {one.scope: one for one in held.held(conn, rows.SILENT, now, [rows.OWN])}

    assert (found[rows.OWN].first_at, found[rows.OWN].persons) == ("", 4)


# ---- certificates


@pytest.mark.parametrize(
    ("typed", "year", "meant"),
    [
        ("12", "2569", (12, 2569)), ("12/2569", "", (12, 2569)), ("ที่ ๑๒/๒๕๖๙", "", (12, 2569)),
        ("เลขที่ 12 / 2569", "2569", (12, 2569)), ("๑๒", "๒๕๖๙", (12, 2569)),
        ("012", "2569", (12, 2569)), ("12", "", None), ("", "2569", None), ("12", "2026", None),
        ("99999999999999999999", "2569", None), ("12'; --", "2569", (12, 2569)),
        ("12/2569/1", "", None), ("พม ๐๓๑๒/๐๑๒/๒๕๖๙", "", (12, 2569)), ("2569/12", "", (12, 2569)),
        ("พม 0312/12", "2569", (12, 2569)), ("2569", "", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_stands_on_paper(
    typed: str, year: str, meant: tuple[int, int] | None
) -> None:
    assert verification.read_number(typed, year) == meant


@pytest.mark.parametrize(
    ("number", "where", "verdict"),
    [
        (12, "พมจ. ตาก", "genuine"), (12, "อบรม อพม.", "genuine"), (12, "990101", "genuine"),
        (12, "๙๙๐๑๐๑", "genuine"), (13, "พมจ. ตาก", "void"), (14, "พมจ. ตาก", "replaced"),
        (15, "พมจ. ตาก", ""), (99, "พมจ. ตาก", ""), (12, "พมจ. น่าน", ""), (12, "พม", ""),
        (12, "%%%%", ""), (12, "____", ""),
    ],
)  # fmt: skip
def test_a_certificate_is_found_by_number_year_and_place_together(
    on_each: Served, number: int, where: str, verdict: str
) -> None:
    """Mutants: answer without a place; take ``%`` for a pattern; show a number not used."""
    with on_each.database.read() as conn:
        found = verification.find(conn, number, 2569, where)
        assert verification.find(conn, number, 2568, where) == ()

    assert [one.verdict for one in found] == ([verdict] if verdict else [])


def test_a_number_with_two_papers_shows_which_of_them_stands(on_each: Served) -> None:
    """Mutants: one row a number; a paper that came back taken for none; the row believed when a
    step says that it is void."""
    with on_each.database.write() as conn:
        filling = rows.Filling(conn, on_each.database)
        filling.heads[rows.WORKSHOP] = 90
        filling.ns[rows.WORKSHOP, rows.LAPTOP] = 90
        for row_id, status, name in (
            ("first", "replaced", "นายสมชาย"), ("second", "returned", "นายสมชัย"),
        ):  # fmt: skip
            filling.row(
                rows.WORKSHOP, "certificate", row_id, number=77, year=2569, status=status,
                number_text="77/2569", office_id="o", kind="completion", issue_date="2026-11-20",
                wording={"recipient": name, "issuer": ["พมจ. ตาก"]},
            )  # fmt: skip
            conn.execute(insert(schema.certificate).values(
                scope=rows.WORKSHOP, id=row_id, office="o", kind="completion", year=2569,
                number=77, status=status,
            ))  # fmt: skip
    with on_each.database.read() as conn:
        found = verification.find(conn, 77, 2569, "อบรม อพม.")

    assert [(one.recipient, one.verdict) for one in found] == [
        ("นายสมชัย", "genuine"), ("นายสมชาย", "replaced"),
    ]  # fmt: skip
    with on_each.database.write() as conn:
        filling = rows.Filling(conn, on_each.database)
        filling.heads[rows.WORKSHOP] = 95
        filling.ns[rows.WORKSHOP, rows.LAPTOP] = 95
        filling.row(
            rows.WORKSHOP, "certificate_step", "step", certificate_id="second", step="void",
            happened_on="2026-11-21", reason="ผิดคน",
        )  # fmt: skip
    with on_each.database.read() as conn:
        found = verification.find(conn, 77, 2569, "อบรม อพม.")
    assert [one.verdict for one in found] == ["void", "replaced"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("นางสาวกุลธิดา ศรีสวัสดิ์วงศ์", "นางสาวกุล… ศรี…"), ("นายอุ๊ย ณ น่าน", "นายอุ๊… ณ น่า…"),
        ("ปิ่นแก้ว", "ปิ่น…"), ("เสือ", "เสื…"), ("แก้ว", "แก้…"), ("Somchai Jaidee", "So… Ja…"),
        ("ใจ", "ใจ"), ("", ""),
    ],
)  # fmt: skip
def test_a_name_is_shown_so_far_that_it_can_be_compared(name: str, shown: str) -> None:
    assert verification.masked(name) == shown
