# SPDX-License-Identifier: Apache-2.0
"""The pages, one file for each noun; none knows another.

A page is a function of what was asked (``staff.asked.Asked``) and returns a reply: a page to be
written, another page to go to, or a file. It asks the database through ``centre``'s nouns and
``centre.reports``, and writes an audit row for every personal thing it shows.
"""

from __future__ import annotations

from typing import Final

from desktop.centre.staff.asked import Ask
from desktop.centre.staff.pages import (
    audit,
    backup,
    certificate,
    conflict,
    count,
    joining,
    laptop,
    login,
    me,
    overview,
    person,
    quarantine,
    staff,
)

PAGES: Final[tuple[tuple[str, str, Ask], ...]] = (
    ("GET", "/login", login.show),
    ("POST", "/login", login.send),
    ("POST", "/logout", login.leave),
    ("POST", "/logout-everywhere", login.leave_everywhere),
    ("GET", "/me", me.show),
    ("POST", "/me/password", me.change_password),
    ("POST", "/me/language", me.change_language),
    ("GET", "/", overview.show),
    ("GET", "/laptops/{device}", laptop.show),
    ("GET", "/laptops/{device}/held", laptop.held),
    ("GET", "/laptops/{device}/held.csv", laptop.held_csv),
    ("POST", "/laptops/{device}/revoke", laptop.revoke),
    ("GET", "/conflicts", conflict.show),
    ("GET", "/conflicts/{kind}/{record}", conflict.one),
    ("GET", "/quarantine", quarantine.show),
    ("GET", "/quarantine/{scope}/{seq:int}", quarantine.one),
    ("GET", "/quarantine/{scope}/{seq:int}.json", quarantine.export),
    ("POST", "/quarantine/{scope}/{seq:int}/release", quarantine.release),
    ("GET", "/people", person.show),
    ("GET", "/people/new", person.new),
    ("POST", "/people/new", person.add),
    ("GET", "/people/{account}", person.one),
    ("POST", "/people/{account}", person.change),
    ("GET", "/joining", joining.show),
    ("POST", "/joining", joining.make),
    ("GET", "/counts", count.provinces),
    ("GET", "/counts/events", count.events),
    ("GET", "/counts/visits", count.visits),
    ("GET", "/verify", certificate.public),
    ("GET", "/staff", staff.show),
    ("POST", "/staff", staff.add),
    ("POST", "/staff/{account}", staff.change),
    ("GET", "/audit", audit.show),
    ("POST", "/audit/check", audit.check),
    ("GET", "/backup", backup.show),
)
"""Every route: method, path, page. What each needs stands in ``staff.policy``."""
