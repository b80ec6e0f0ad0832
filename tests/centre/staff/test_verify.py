# SPDX-License-Identifier: Apache-2.0
"""The certificate page, which is open to everybody."""

from __future__ import annotations

from starlette.applications import Starlette

from desktop.centre import audit
from desktop.centre.staff.door import COOKIE
from tests.centre.staff import rows
from tests.centre.staff.conftest import As, Browser, Served

ASK = "/verify/?number={}&year=2569&where=พมจ.+ตาก"


def test_anybody_sees_whether_it_is_genuine_and_only_part_of_the_name(
    lived_in: Served, browser: Browser
) -> None:
    """Numbers run on from 1: with whole names this would be a list of everybody who came."""
    text = browser.go(ASK.format(12))

    assert "verdict green" in text
    assert "ผ่านการอบรม" in text
    assert "ศรี…" in text
    assert "ศรีสวัสดิ์วงศ์" not in text
    with lived_in.database.read() as conn:
        newest = audit.entries(conn, record_id="c12")[0]
    assert (newest.by, newest.action, newest.detail) == ("public", "verify certificate", "genuine")


def test_void_and_replaced_and_unknown_are_told_apart(lived_in: Served, browser: Browser) -> None:
    for number, tone in ((13, "red"), (14, "amber"), (15, "grey"), (99, "grey")):
        assert f"verdict {tone}" in browser.go(ASK.format(number))


def test_the_public_page_knows_nobody_who_is_signed_in(lived_in: Served, as_role: As) -> None:
    """Mutant: show the frame of the staff's pages, or the whole name, at /verify."""
    staff = as_role("staff")
    assert COOKIE in staff.cookies
    outside = staff.go(ASK.format(12))
    assert "/conflicts" not in outside
    assert "ศรีสวัสดิ์วงศ์" not in outside
    inside = staff.go("/staff" + ASK.format(12).replace("/verify/", "/verify"))
    assert "ศรีสวัสดิ์วงศ์" in inside


def test_guessing_numbers_is_stopped(lived_in: Served, app: Starlette, browser: Browser) -> None:
    """Mutant: no limit. Another network is not held up."""
    for number in range(20):
        browser.go(ASK.format(number))
        assert browser.page.status_code == 200
    browser.go(ASK.format(12))
    assert browser.page.status_code == 429
    assert "verdict" not in browser.page.text

    other = Browser(app, "10.9.9.9")
    other.go(ASK.format(12))
    assert other.page.status_code == 200


def test_the_form_comes_first_and_says_what_is_missing(lived_in: Served, browser: Browser) -> None:
    assert browser.go("/verify/").count("<input") == 3
    english = browser.go("/verify/?lang=en")
    assert '<html lang="en">' in english
    assert 'name="lang" value="en"' in english
    assert browser.page.status_code == 200
    for query in ("number=12&year=2569", "number=&year=2569&where=พมจ.+ตาก",
                  "number=12&where=พมจ.+ตาก"):  # fmt: skip
        browser.go(f"/verify/?{query}")
        assert browser.page.status_code == 400
    assert rows.NAMES[0] not in browser.page.text
