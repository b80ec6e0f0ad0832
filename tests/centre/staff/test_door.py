# SPDX-License-Identifier: Apache-2.0
"""The one door: rights by table, forms of our own making, headers, nothing personal in the log."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from desktop.centre import audit, device
from desktop.centre.staff import app as pages_app
from desktop.centre.staff import staff
from desktop.centre.staff.door import COOKIE, HEADERS, MOST_BYTES, Door
from desktop.centre.staff.pages import PAGES
from desktop.centre.staff.policy import ALONE, POLICY, ROLES, may
from tests.centre.staff import rows
from tests.centre.staff.conftest import STAFF, As, Browser, Served

_REAL = {
    "{device}": rows.LAPTOP, "{kind}": "household", "{record}": rows.HOUSEHOLD,
    "{scope}": rows.PLACE, "{seq:int}": "9", "{account}": rows.THIDA, "{name}": "staff.css",
}  # fmt: skip


def _path(route: str) -> str:
    for part, value in _REAL.items():
        route = route.replace(part, value)
    if route.startswith("/conflicts/"):
        route += f"?scope={rows.PLACE}"
    return f"/staff{route}".replace(f"/staff/staff/{rows.THIDA}", "/staff/staff/0193-viewer")


def test_every_route_has_a_right_and_every_right_a_route(served: Served) -> None:
    """Mutant: a page added to PAGES alone."""
    routes = {
        (method, route.path)
        for route in staff(served).routes if isinstance(route, Route)
        for method in (route.methods or ()) if method != "HEAD"
    }  # fmt: skip

    assert routes == set(POLICY)
    assert {(method, path) for method, path, _ask in PAGES} <= set(POLICY)
    assert set(ALONE) <= set(POLICY)


def test_a_page_without_a_right_cannot_be_built(served: Served) -> None:
    with pytest.raises(KeyError):
        Door(served).opens("GET", "/secret", lambda asked: asked)


def test_nothing_that_changes_anything_is_open_to_everybody_but_signing_in() -> None:
    changing = {
        route for route, right in POLICY.items() if route[0] != "GET" and right == "public"
    }

    assert changing == {("POST", "/login")}


def test_an_unknown_role_may_nothing() -> None:
    assert not any(may("king", right) for right in ("viewer", "staff", "admin"))


@pytest.mark.parametrize("role", ["", *ROLES])
def test_each_role_reaches_what_the_table_says_and_nothing_else(
    lived_in: Served, app: Starlette, as_role: As, role: str
) -> None:
    """The whole matrix, GET and POST. Mutant: leave the question of rights out of the door."""
    for (method, route), right in POLICY.items():
        if route in ("/login", "/logout", "/logout-everywhere", "/me/password"):
            continue
        browser = as_role(role) if role and method == "POST" else _kept(app, role)
        path = _path(route)
        if method == "POST":
            browser.go("/staff/me" if role else "/staff/login")
            answer = browser.ask("POST", path, f"proof={browser.proof()}".encode())
        else:
            answer = browser.ask("GET", path)
        if right == "public":
            assert answer.status_code < 400, route
        elif not role:
            assert (answer.status_code, answer.headers["location"]) == (303, "/staff/login"), route
        elif may(role, right):
            assert answer.status_code not in (403, 500), route
        else:
            assert answer.status_code == 403, route


_KEPT: dict[tuple[int, str], Browser] = {}


def _kept(app: Starlette, role: str) -> Browser:
    """One browser for all pages a role only looks at."""
    known = _KEPT.get((id(app), role))
    if known is None or known.app is not app:
        known = _KEPT[id(app), role] = Browser(app)
        if role:
            known.sign_in(role)
    return known


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    _KEPT.clear()


def test_a_form_without_its_proof_changes_nothing(lived_in: Served, as_role: As) -> None:
    """Mutants: no comparison; one proof for everybody."""
    admin, other = as_role("admin"), as_role("admin")
    path = f"/staff/laptops/{rows.LAPTOP}/revoke"
    other.go(f"/staff/laptops/{rows.LAPTOP}")
    stolen = other.proof()
    for body in (b"grace=7", b"grace=7&proof=", f"grace=7&proof={stolen}".encode()):
        assert admin.ask("POST", path, body).status_code == 403

    assert not _revoked(lived_in)
    admin.go(f"/staff/laptops/{rows.LAPTOP}")
    admin.send(path, grace="7")
    assert _revoked(lived_in)


def test_a_form_sent_from_another_site_changes_nothing(lived_in: Served, as_role: As) -> None:
    admin = as_role("admin")
    admin.go(f"/staff/laptops/{rows.LAPTOP}")
    admin.headers["sec-fetch-site"] = "cross-site"
    admin.send(f"/staff/laptops/{rows.LAPTOP}/revoke", grace="7")

    assert admin.page.status_code == 403
    assert not _revoked(lived_in)


def test_the_sign_in_form_cannot_be_sent_from_elsewhere_either(browser: Browser) -> None:
    """Otherwise a stranger signs a person in under his own name and reads what she does."""
    browser.go("/staff/login")
    answer = browser.ask("POST", "/staff/login", b"login=staff&password=x&proof=guessed")

    assert answer.status_code == 403


def _revoked(served: Served) -> bool:
    with served.database.read() as conn:
        found = device.device_of(conn, rows.LAPTOP)
    return found is not None and bool(found.revoked_at)


@pytest.mark.parametrize(
    "body",
    [b"x" * (MOST_BYTES + 1), b"proof=%ff%fe", b"&".join(b"a=1" for _ in range(600)), b"\xff\x00"],
)
def test_a_form_that_no_page_sends_is_refused_quietly(as_role: As, body: bytes) -> None:
    browser = as_role("admin")

    assert browser.ask("POST", "/staff/staff", body).status_code in (400, 403, 413)


def test_every_answer_carries_the_headers_that_keep_strangers_out(
    lived_in: Served, app: Starlette, as_role: As
) -> None:
    browser = as_role("admin")
    for path in ("/staff/", "/staff/nowhere-at-all", f"/staff/laptops/{rows.LAPTOP}/held.csv",
                 "/staff/static/staff.css", "/staff/laptops/none"):  # fmt: skip
        answer = browser.ask("GET", path)
        if path == "/staff/nowhere-at-all":
            assert answer.status_code == 404
            continue
        for name, value in HEADERS.items():
            shared = name == "Cache-Control" and "static" in path
            wanted = "public, max-age=86400" if shared else value
            assert answer.headers[name] == wanted, (path, name)
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_only_what_was_shipped_is_sent_as_a_file(browser: Browser) -> None:
    assert browser.ask("GET", "/staff/static/Sarabun-Regular.ttf").content[:4] == b"\0\1\0\0"
    for name in ("Trirong-Bold.ttf", "..%2fapp.py", "%2e%2e/app.py", "../tables.py", "x"):
        assert browser.ask("GET", f"/staff/static/{name}").status_code in (303, 404), name


def test_an_address_cannot_make_a_page_say_something(as_role: As) -> None:
    browser = as_role("viewer")
    text = browser.go("/staff/me?done=Call+0800000000+now")

    assert "0800000000" not in text


def test_a_busy_database_is_said_in_a_sentence(
    served: Served, as_role: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.centre.database import Busy
    from desktop.centre.staff.pages import backup

    def busy(_conn: object) -> None:
        raise Busy("busy")

    browser = as_role("viewer")
    monkeypatch.setattr(backup.reports, "backups", busy)
    assert browser.ask("GET", "/staff/backup").status_code == 503


def test_nobody_takes_away_much_in_an_hour(
    lived_in: Served, as_role: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stolen account. Mutant: no count; a count over everybody together."""
    from desktop.centre.staff import trail

    monkeypatch.setitem(trail.HOURLY, "export laptop", 2)
    staff_, admin = as_role("staff"), as_role("admin")
    path = f"/staff/laptops/{rows.LAPTOP}/held.csv"
    assert [staff_.ask("GET", path).status_code for _time in range(3)] == [200, 200, 429]
    assert admin.ask("GET", path).status_code == 200
    lived_in.clock.on(minutes=61)
    assert as_role("staff").ask("GET", path).status_code == 200


def test_no_name_and_no_text_of_anybody_reaches_the_log(
    lived_in: Served, as_role: As, caplog: pytest.LogCaptureFixture
) -> None:
    """Everything is opened, and everything goes wrong once, while all loggers listen at DEBUG."""
    caplog.set_level(logging.DEBUG)
    browser = as_role("admin")
    for method, route in POLICY:
        if method == "GET":
            browser.ask("GET", _path(route))
    browser.go("/staff/?find=กุลธิดา")
    browser.go("/staff/verify?number=x&year=กุลธิดา&where=กุลธิดา")
    browser.go("/staff/people/new")
    browser.send("/staff/people/new", name="กุลธิดา", areas="999999")
    browser.go("/staff/laptops/กุลธิดา")
    ours = [one for one in caplog.records if one.name.startswith("desktop")]
    said = "\n".join(f"{one.getMessage()} {one.__dict__}" for one in ours)

    assert ours
    for private in (*rows.NAMES, "กุลธิดา", "ธิดา", rows.TEXT_ONE, rows.TEXT_TWO, rows.SECRET,
                    *STAFF.values(), "0810000000", browser.cookies[COOKIE]):  # fmt: skip
        assert private not in said


def test_what_a_page_reads_and_its_audit_row_stand_or_fall_together(
    lived_in: Served, as_role: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: write the audit row in a transaction of its own after the page was shown."""
    from desktop.centre.staff import trail

    def fails(*_args: object, **_more: object) -> None:
        raise OSError("no audit")

    browser = as_role("staff")
    monkeypatch.setattr(trail, "keep", fails)
    with pytest.raises(OSError, match="no audit"):
        browser.ask("GET", f"/staff/quarantine/{rows.PLACE}/9")

    with lived_in.database.read() as conn:
        said = {one.action for one in audit.entries(conn)}
    assert "read quarantined" not in said


def test_the_pages_mount_anywhere(served: Served) -> None:
    mounted = Starlette(routes=[Mount("/a/b", pages_app.staff(served))])
    browser = Browser(mounted)
    browser.go("/a/b/")

    assert browser.at == "/a/b/login"
    links = re.findall(r'(?:href|action)="([^"#]+)"', browser.page.text)
    assert all(link.startswith(("/a/b/", "?lang=")) for link in links)


_STRANGE = ("\0", "a\0bcd", "%\\'", "9" * 30, "-1", "๙" * 200 + "\u202e")


def test_nothing_typed_in_an_address_breaks_a_page(on_each: Served) -> None:
    """On both databases. Mutants: hand NUL or a number of thirty digits on to the database."""
    app = Starlette(routes=[Mount("/staff", staff(on_each))])
    browser = Browser(app)
    browser.sign_in("admin")
    places = [
        "/?find=", "/?from=", "/?state=", "/laptops/", "/conflicts?scope=", "/quarantine?reason=",
        f"/quarantine/{rows.PLACE}/", "/counts?year=", "/counts/events?province=",
        "/counts/visits?year=", "/people?find=", "/people?office=", "/people/", "/audit?who=",
        "/audit?day=", "/audit?about=", "/audit?before=", "/verify?number=1&year=2569&where=",
        "/verify?where=abcdef&year=2569&number=", "/verify?number=1&where=abcdef&year=",
        f"/laptops/{rows.LAPTOP}/held?time=10.00&day=", f"/laptops/{rows.LAPTOP}/held.csv?day=",
    ]  # fmt: skip
    for place in places:
        for text in _STRANGE:
            answer = browser.ask("GET", f"/staff{place}{quote(text, safe='')}")
            assert answer.status_code in (200, 303, 307, 400, 404, 429), (place, text)


def test_nothing_typed_in_a_form_breaks_a_page(on_each: Served) -> None:
    app = Starlette(routes=[Mount("/staff", staff(on_each))])
    browser = Browser(app)
    for text in _STRANGE[:3]:
        browser.sign_in(text, text)
        assert browser.page.status_code == 401, text
    browser.sign_in("admin")
    proof = browser.proof()
    whole = {"name": "ก", "login": "x", "role": "facilitator", "areas": "63", "new_office": "ข",
             "office": rows.OFFICE, "proof": proof}  # fmt: skip
    for path, role, fields in (
        ("/people/new", "facilitator", ("name", "new_office", "areas")),
        ("/joining", "facilitator", ("name", "areas")), ("/staff", "viewer", ("login", "name")),
    ):  # fmt: skip
        for field in fields:
            for text in _STRANGE:
                body = urlencode({**whole, "role": role, field: text}).encode()
                answer = browser.ask("POST", f"/staff{path}", body)
                assert answer.status_code in (200, 303, 400), (path, field, text)
