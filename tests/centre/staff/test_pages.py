# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from tests.centre.staff.conftest import Served

PAGES = (
    "/", "/conflicts", "/quarantine", "/counts", "/counts/events", "/counts/visits", "/verify",
    "/people", "/people/new", "/joining", "/backup", "/audit", "/staff", "/me",
)  # fmt: skip


def test_every_page_opens(lived_in: Served, as_role) -> None:
    browser = as_role("admin")
    for path in PAGES:
        text = browser.go("/staff" + path)
        assert browser.page.status_code == 200, path
        assert "<h1" in text, path
