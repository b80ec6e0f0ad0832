# SPDX-License-Identifier: Apache-2.0
"""A real centre on SQLite with real rows, and a browser that knows cookies and forms."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
import pytest
from sqlalchemy import insert
from starlette.applications import Starlette
from starlette.routing import Mount

from desktop.centre.config import CentreSection, Config
from desktop.centre.database import Database, open_database
from desktop.centre.staff import password as passwords
from desktop.centre.staff import session, staff, verify
from desktop.centre.staff.door import COOKIE
from desktop.centre.staff.pages.certificate import _windows
from desktop.centre.staff.tables import staff_account
from tests.centre.staff import rows

PASSWORD = "four quiet river stones"
STAFF = {"viewer": "วิภา ดูแล", "staff": "สมหญิง ทำดี", "admin": "อดิศร หัวหน้า"}


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = datetime(2026, 11, 20, 7, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **lasted: float) -> None:
        """Let time pass."""
        self.now += timedelta(**lasted)


@dataclass
class Served:
    """What the pages need of the service."""

    database: Database
    config: Config
    clock: Clock
    pin: str = ""


@dataclass
class Browser:
    """Goes to pages, keeps cookies, fills in forms; speaks to the application in this process."""

    app: Starlette
    address: str = "10.0.0.7"
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    at: str = "/staff/"
    page: httpx.Response = field(default_factory=lambda: httpx.Response(0))

    def ask(self, method: str, path: str, body: bytes | None = None) -> httpx.Response:
        """One request; no redirect is followed."""
        headers = {"cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["content-type"] = "application/x-www-form-urlencoded"
        answer = asyncio.run(self._ask(method, path, headers | self.headers, body))
        for line in answer.headers.get_list("set-cookie"):
            name, _is, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
            if "max-age=0" in line.lower():
                del self.cookies[name]
        return answer

    async def _ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes | None
    ) -> httpx.Response:
        carrier = httpx.ASGITransport(self.app, client=(self.address, 999))
        async with httpx.AsyncClient(transport=carrier, base_url="https://centre.test") as client:
            return await client.request(method, path, headers=headers, content=body)

    def go(self, path: str) -> str:
        """Open a page, following redirects; returns its HTML."""
        self.page = self.ask("GET", path)
        self.at = path
        for _turn in range(5):
            if self.page.status_code != 303:
                break
            self.at = urljoin(self.at, self.page.headers["location"])
            self.page = self.ask("GET", self.at)
        return self.page.text

    def proof(self) -> str:
        """What the forms of the page carry."""
        found = re.search(r'name="proof" value="([^"]*)"', self.page.text)
        assert found, "the page has no form"
        return found[1]

    def send(self, path: str, **fields: str) -> str:
        """Send a form of the present page, as the browser would, and follow where it leads."""
        fields.setdefault("proof", self.proof())
        self.page = self.ask("POST", path, urlencode(fields).encode())
        if self.page.status_code == 303:
            return self.go(urljoin(path, self.page.headers["location"]))
        return self.page.text

    def links(self) -> list[str]:
        """Where the page leads within the centre."""
        found = re.findall(r'href="([^"]+)"', self.page.text)
        return [unescape(link) for link in found if urlsplit(link).netloc == ""]

    def sign_in(self, login: str, password: str = PASSWORD) -> str:
        """From the sign-in page to whatever comes after it."""
        self.go("/staff/login")
        return self.send("/staff/login", login=login, password=password)


As = Callable[[str], Browser]
"""``as_role("staff")``: a browser in which that role is signed in."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


def serve(database: Database, folder: Path, clock: Clock) -> Served:
    """A centre over ``database`` with three of the staff: viewer, staff and admin."""
    served = Served(
        database, Config(folder, CentreSection("ศูนย์พัฒนาสังคม", "https://centre.test")), clock
    )
    at = database.stamp()
    with database.write() as conn:
        conn.execute(insert(staff_account), [
            {
                "id": f"0193-{role}", "login": role, "name": name, "password": _hashed(),
                "role": role, "language": "th", "active": True, "must_change": False,
                "created_at": at, "created_by": "", "changed_at": at,
            }
            for role, name in STAFF.items()
        ])  # fmt: skip
    _windows.cache_clear()
    return served


@pytest.fixture
def served(sqlite_file: Path, tmp_path: Path, clock: Clock) -> Iterator[Served]:
    """A centre without a row, but for three of the staff."""
    path = tmp_path / "centre.sqlite3"
    shutil.copyfile(sqlite_file, path)
    database = open_database(f"sqlite:///{path}", clock=clock, migrated=False)
    yield serve(database, tmp_path, clock)
    database.close()


@pytest.fixture
def on_each(url: str, tmp_path: Path, clock: Clock) -> Iterator[Served]:
    """A centre that was lived in, on SQLite and on PostgreSQL."""
    database = open_database(url, clock=clock, migrated=False)
    served = serve(database, tmp_path, clock)
    with database.write() as conn:
        rows.fill(conn, database)
    yield served
    database.close()


@pytest.fixture
def lived_in(served: Served) -> Served:
    """The same with offices, laptops, an event, visits, two texts, quarantine, certificates."""
    with served.database.write() as conn:
        rows.fill(conn, served.database)
    return served


@pytest.fixture
def app(served: Served) -> Starlette:
    return Starlette(routes=[Mount("/staff", staff(served)), Mount("/verify", verify(served))])


@pytest.fixture
def browser(app: Starlette) -> Browser:
    return Browser(app)


@pytest.fixture
def as_role(app: Starlette, served: Served) -> As:
    """A browser in which a role is signed in; how one signs in is tried in ``test_login``."""

    def opened(role: str) -> Browser:
        browser = Browser(app)
        with served.database.write() as conn:
            token = session.begin(conn, f"0193-{role}", browser.address, served.clock.now)
        browser.cookies[COOKIE] = token
        browser.go("/staff/")
        assert (browser.page.status_code, browser.at) == (200, "/staff/")
        return browser

    return opened


@cache
def _hashed() -> str:
    """Argon2id costs what it must; the fixtures' password is hashed once a run."""
    return passwords.hashed(PASSWORD)
