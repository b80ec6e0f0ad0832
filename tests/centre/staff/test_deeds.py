# SPDX-License-Identifier: Apache-2.0
"""What the staff do: let changes in, revoke laptops, make codes and accounts, check the log."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select, update

from desktop.centre import account, audit, device, joining_code, schema
from desktop.i18n import speaking
from tests.centre.staff import rows
from tests.centre.staff.conftest import As, Browser, Served


def test_a_change_in_quarantine_can_be_kept_as_a_file(lived_in: Served, as_role: As) -> None:
    answer = as_role("staff").ask("GET", f"/staff/quarantine/{rows.PLACE}/9.json")
    told = json.loads(answer.content)

    assert told["reason"] == "forbidden"
    assert told["op"]["set"] == {"needs": rows.SECRET}


def test_a_released_change_is_merged_and_leaves_quarantine(lived_in: Served, as_role: As) -> None:
    """Mutant: mark it as released without merging it."""
    browser = as_role("staff")
    browser.go(f"/staff/quarantine/{rows.PLACE}/9")
    browser.send(f"/staff/quarantine/{rows.PLACE}/9/release")

    assert browser.at.startswith("/staff/quarantine?done=released")
    with lived_in.database.read() as conn:
        row = conn.execute(
            select(schema.rec.c.fields).where(schema.rec.c.id == "v-forbidden")
        ).scalar_one()
        actions = {one.action for one in audit.entries(conn, record_id="v-forbidden")}
    assert row["needs"] == rows.SECRET
    assert "release quarantined" in actions
    browser.go(f"/staff/quarantine/{rows.PLACE}/9")
    assert browser.page.status_code == 404


def test_a_restricted_case_is_for_its_readers_and_not_for_staff(
    lived_in: Served, as_role: As
) -> None:
    with lived_in.database.write() as conn:
        filling = rows.Filling(conn, lived_in.database)
        filling.op("c:x", "case_file", "x", {"detail": rows.SECRET}, reason="forbidden")
    browser = as_role("staff")
    assert rows.SECRET not in browser.go("/staff/quarantine/c:x/1")
    assert browser.page.status_code == 404
    assert browser.ask("GET", "/staff/quarantine/c:x/1.json").status_code == 404
    browser.go("/staff/quarantine")
    browser.send("/staff/quarantine/c:x/1/release", proof=as_proof(browser))
    assert browser.page.status_code == 404


def as_proof(browser: Browser) -> str:
    """The proof of this browser's session."""
    browser.go("/staff/me")
    return browser.proof()


def test_a_revoked_laptop_has_its_days_of_grace(lived_in: Served, as_role: As) -> None:
    browser = as_role("admin")
    browser.go(f"/staff/laptops/{rows.LAPTOP}")
    browser.send(f"/staff/laptops/{rows.LAPTOP}/revoke", grace="7000")
    assert browser.page.status_code == 400
    browser.go(f"/staff/laptops/{rows.LAPTOP}")
    text = browser.send(f"/staff/laptops/{rows.LAPTOP}/revoke", grace="7")

    with lived_in.database.read() as conn:
        found = device.device_of(conn, rows.LAPTOP)
    assert found is not None
    assert found.grace_until.startswith("2026-11-27")
    assert "27\u00a0พ.ย.\u00a02569" in text


def test_a_joining_code_is_shown_once_and_works(lived_in: Served, as_role: As) -> None:
    browser = as_role("staff")
    browser.go("/staff/joining")
    text = browser.send("/staff/joining", office=rows.OFFICE, name="โน้ตบุ๊ก ตาก 9",
                        role="facilitator", areas="๖๓, 630202")  # fmt: skip
    found = re.search(r'class="big code"[^>]*>([A-Z2-7]{5}-[A-Z2-7]{5})<', text)
    assert found
    assert "<svg" in text.split('class="qr-box"')[1]
    assert found[1] not in browser.go("/staff/joining")

    code = joining_code.use_code(lived_in.database, found[1], "a laptop")
    assert (code.office, code.areas) == (rows.OFFICE, ("63",))


@pytest.mark.parametrize("areas", ["", "999999", "6", "630101x", "-1"])
def test_an_area_that_is_none_is_said_and_what_was_typed_stays(
    lived_in: Served, as_role: As, areas: str
) -> None:
    browser = as_role("staff")
    browser.go("/staff/joining")
    text = browser.send("/staff/joining", office=rows.OFFICE, name="เครื่องใหม่",
                        role="facilitator", areas=areas)  # fmt: skip
    assert browser.page.status_code == 400
    assert 'value="เครื่องใหม่"' in text
    with lived_in.database.read() as conn:
        assert joining_code.codes(conn) == ()


def test_a_facilitator_is_added_with_a_new_office_and_given_other_areas(
    served: Served, as_role: As
) -> None:
    browser = as_role("staff")
    browser.go("/staff/people/new")
    browser.send("/staff/people/new", name="มาลี ใจเย็น", new_office="พมจ. น่าน",
                 role="facilitator", areas="55")  # fmt: skip
    assert browser.page.status_code == 200
    path = browser.at.split("?")[0]
    browser.send(path, do="save", name="มาลี ใจเย็น", role="supervisor", areas="all")
    with served.database.read() as conn:
        made = account.accounts(conn)[0]
    assert (made.areas, made.role, made.active) == (("",), "supervisor", True)
    with speaking("th"):
        assert ": จ.น่าน" not in browser.go(path)
    browser.send(path, do="close")
    with served.database.read() as conn:
        assert not account.accounts(conn)[0].active


def test_checking_the_audit_log_finds_a_row_that_was_changed(
    lived_in: Served, as_role: As
) -> None:
    browser = as_role("admin")
    browser.go("/staff/audit")
    browser.send("/staff/audit/check")
    assert browser.at.endswith("chain_good")
    with lived_in.database.write() as conn:
        conn.execute(
            update(schema.audit).where(schema.audit.c.action == "pull").values(detail="0")
        )
    browser.go("/staff/audit")
    browser.send("/staff/audit/check")
    assert browser.at.endswith("chain_broken")


def test_the_pages_speak_the_language_of_the_account(served: Served, as_role: As) -> None:
    browser, other = as_role("viewer"), as_role("staff")
    browser.go("/staff/me")
    text = browser.send("/staff/me/language", language="en")

    assert "Saved" in text or "language" in text
    assert '<html lang="en">' in text
    assert '<html lang="th">' in other.go("/staff/")


def test_a_change_of_a_case_that_is_restricted_by_now_is_for_nobodys_eyes(
    lived_in: Served, as_role: As
) -> None:
    """Mutant: only the scope of the op is looked at; one that came too late for the case's move
    says everything to the office of the centre."""
    with lived_in.database.write() as conn:
        one = conn.execute(select(schema.rec).limit(1)).mappings().one()
        there = {"scope": "c:x", "kind": "visit", "id": "v-forbidden", "seq": 1, "deleted": False}
        conn.execute(schema.rec.insert().values(**{**one, **there}))

    for path in (f"/staff/quarantine/{rows.PLACE}/9", f"/staff/quarantine/{rows.PLACE}/9.json"):
        answer = as_role("staff").ask("GET", path)
        assert answer.status_code == 404
        assert rows.SECRET not in answer.text
