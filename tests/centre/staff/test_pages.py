# SPDX-License-Identifier: Apache-2.0
"""Every page with real rows and without any, in both languages, and what each leaves behind."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

import pytest
from sqlalchemy import update

from desktop.centre import audit
from desktop.centre.staff.tables import staff_account
from tests.centre.staff import rows
from tests.centre.staff.conftest import As, Served

PAGES = (
    "/", "/?state=stale", "/?state=waiting", "/?state=clock", "/?state=revoked", "/?find=ตาก",
    "/conflicts", f"/conflicts?scope={rows.PLACE}", "/quarantine", "/quarantine?reason=frozen",
    "/counts", "/counts/events", "/counts/events?province=63", "/counts/visits", "/verify",
    "/verify?number=12&year=2569&where=พมจ.+ตาก", "/people", "/people/new", "/joining",
    "/backup", "/audit", "/audit?day=20/11/2569", "/staff", "/me",
)  # fmt: skip
TEXTS = f"/conflicts/household/{rows.HOUSEHOLD}?scope={rows.PLACE}"
WITH_ROWS = (
    f"/laptops/{rows.LAPTOP}", f"/laptops/{rows.SILENT}", f"/laptops/{rows.LAPTOP}/held",
    f"/conflicts/household/{rows.HOUSEHOLD}?scope={rows.PLACE}", f"/quarantine/{rows.PLACE}/9",
    f"/people/{rows.MANEE}",
)  # fmt: skip


class _Tags(HTMLParser):
    """Elements and attributes as a browser reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input", "br", "hr", "img"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _read(text: str) -> _Tags:
    tags = _Tags()
    tags.feed(text)
    return tags


def _sound(text: str, path: str) -> None:
    """What every page must be: whole, without script or style of its own, each field labelled,
    one first heading, no link that leaves the centre."""
    tags = _read(text)
    assert not tags.wrong, (path, tags.wrong)
    assert not tags.open, (path, tags.open)
    names = [tag for tag, _attributes in tags.found]
    assert names.count("h1") == 1, path
    assert not {"script", "style", "iframe", "object", "img"} & set(names), path
    labelled = {a["for"] for tag, a in tags.found if tag == "label"}
    ids = [a["id"] for _tag, a in tags.found if a.get("id")]
    assert len(ids) == len(set(ids)), path
    for tag, a in tags.found:
        assert not any(name.startswith("on") or name == "style" for name in a), (path, tag, a)
        if tag in ("input", "select") and a.get("type") != "hidden" and "aria-hidden" not in a:
            assert a.get("id") in labelled, (path, a)
        for name in ("href", "action", "src"):
            if a.get(name):
                assert str(a[name]).startswith(("/staff", "#", "/v")), (path, a)
        if tag == "form" and a.get("method") == "post":
            assert 'name="proof"' in text, path


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_is_sound_with_rows(lived_in: Served, as_role: As, language: str) -> None:
    with lived_in.database.write() as conn:
        conn.execute(update(staff_account).values(language=language))
    browser = as_role("admin")
    for path in PAGES + WITH_ROWS:
        text = browser.go(f"/staff{path}")
        assert browser.page.status_code == 200, path
        assert f'<html lang="{language}">' in text
        _sound(text, path)


def test_every_page_is_sound_without_a_row(served: Served, as_role: As) -> None:
    browser = as_role("admin")
    for path in PAGES:
        text = browser.go(f"/staff{path}")
        assert browser.page.status_code == 200, path
        _sound(text, path)


def test_a_hostile_name_stays_a_name(lived_in: Served, as_role: As) -> None:
    """Mutant: ``autoescape=False``, or ``markup()`` around anything that was received."""
    browser = as_role("admin")
    shown = 0
    for path in PAGES + WITH_ROWS:
        tags = _read(browser.go(f"/staff{path}"))
        assert not {"script", "img"} & {tag for tag, _a in tags.found}, path
        assert not any("onerror" in a for _tag, a in tags.found), path
        shown += rows.HOSTILE in "".join(tags.texts)
    assert shown >= 5


def test_a_hostile_search_stays_a_search(lived_in: Served, as_role: As) -> None:
    browser = as_role("admin")
    for path in (
        "/?find=", "/people?find=", "/verify?number=", "/audit?who=", "/audit?day=",
        f"/laptops/{rows.LAPTOP}/held?day=", "/conflicts?scope=", "/counts?year=",
    ):  # fmt: skip
        text = browser.go(f'/staff{path}"><script>alert(1)</script>')
        assert browser.page.status_code in (200, 400), path
        assert "<script" not in text, path


def test_what_is_not_there_is_said(lived_in: Served, as_role: As) -> None:
    browser = as_role("admin")
    for path in (
        "/laptops/none", "/laptops/none/held", "/people/none", f"/quarantine/{rows.PLACE}/1",
        "/quarantine/none/99999999999999", "/conflicts/household/none?scope=x",
    ):  # fmt: skip
        _sound(browser.go(f"/staff{path}"), path)
        assert browser.page.status_code == 404, path


def test_links_of_the_pages_all_lead_somewhere(lived_in: Served, as_role: As) -> None:
    browser = as_role("admin")
    seen, ahead = set(), {"/staff/"}
    while ahead:
        path = ahead.pop()
        seen.add(path)
        answer = browser.ask("GET", path)
        assert answer.status_code == 200, path
        if "html" in answer.headers["content-type"]:
            browser.page = answer
            links = {link for link in browser.links() if link.startswith("/staff")}
            ahead |= {link for link in links if link not in seen and len(seen) < 120}
    assert len(seen) > 30


# ---- what each leaves in the audit log


@pytest.mark.parametrize(
    ("path", "action", "about"),
    [
        (f"/laptops/{rows.LAPTOP}/held", "read laptop", rows.LAPTOP),
        (f"/laptops/{rows.LAPTOP}/held.csv", "export laptop", rows.LAPTOP),
        (TEXTS, "read texts", rows.HOUSEHOLD),
        (f"/quarantine/{rows.PLACE}/9", "read quarantined", "v-forbidden"),
        (f"/quarantine/{rows.PLACE}/9.json", "export quarantined", "v-forbidden"),
        ("/verify?number=12&year=2569&where=พมจ.+ตาก", "verify certificate", "c12"),
    ],
)
def test_reading_something_personal_is_written_down(
    lived_in: Served, as_role: As, path: str, action: str, about: str
) -> None:
    as_role("staff").go(f"/staff{path}")

    with lived_in.database.read() as conn:
        newest = audit.entries(conn, record_id=about)[0]
    assert (newest.by, newest.action) == ("staff:0193-staff", action)
    assert audit.verify(lived_in.database) == ()
    for private in (*rows.NAMES, rows.TEXT_ONE, rows.SECRET):
        assert private not in newest.detail


def test_lists_show_no_text_of_anybody(lived_in: Served, as_role: As) -> None:
    """A viewer sees counts; what was written is for those who may, one at a time."""
    viewer = as_role("viewer")
    for path in ("/", "/conflicts", f"/conflicts?scope={rows.PLACE}", "/quarantine", "/counts",
                 "/counts/events", "/counts/visits", "/backup"):  # fmt: skip
        text = viewer.go(f"/staff{path}")
        for private in (*rows.NAMES, rows.TEXT_ONE, rows.TEXT_TWO, rows.SECRET):
            assert private not in text, path


def test_both_texts_stand_side_by_side_with_who_and_when(lived_in: Served, as_role: As) -> None:
    text = as_role("staff").go(f"/staff/conflicts/household/{rows.HOUSEHOLD}?scope={rows.PLACE}")

    assert text.index(rows.TEXT_ONE) < text.index(rows.TEXT_TWO)
    assert "ธิดา ศรีสุข" in text
    assert "5\u00a0พ.ย.\u00a02569 09.30\u00a0น." in text


def test_a_laptop_is_shown_as_silent_after_14_days_with_its_wrong_clock(
    lived_in: Served, as_role: As
) -> None:
    browser = as_role("viewer")
    silent = browser.go("/staff/?state=stale")
    assert rows.SILENT in silent
    assert rows.LAPTOP not in silent
    assert "200 วัน" in browser.go("/staff/?state=clock")
    assert "1,240" in browser.go("/staff/?state=waiting")


def test_the_list_of_people_on_a_laptop_opens_in_a_spreadsheet_without_a_formula(
    lived_in: Served, as_role: As
) -> None:
    """Mutant: write the cells as they are."""
    browser = as_role("staff")
    answer = browser.ask("GET", f"/staff/laptops/{rows.LAPTOP}/held.csv")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer.headers["content-disposition"] == 'attachment; filename="held.csv"'
    people = [line[1] for line in lines[1:]]
    assert set(rows.NAMES) < set(people)
    assert f"'=ยายมา {rows.HOSTILE}" in people
    assert not any(cell[:1] in "=+-@" and cell for line in lines for cell in line)


def test_what_was_on_a_laptop_depends_on_the_moment(lived_in: Served, as_role: As) -> None:
    browser = as_role("staff")
    today = browser.go(f"/staff/laptops/{rows.LAPTOP}/held?day=20/11/2569&time=14.02")
    before = browser.go(f"/staff/laptops/{rows.LAPTOP}/held?day=19/11/2569&time=14.02")

    assert '<span class="value">5</span>' in today
    assert '<span class="value">5</span>' not in before
    browser.go(f"/staff/laptops/{rows.LAPTOP}/held?day=31/02/2569")
    assert browser.page.status_code == 400
