# SPDX-License-Identifier: Apache-2.0
"""Signing in, being kept from guessing, and staying signed in no longer than one should."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select, update
from starlette.applications import Starlette

from desktop.centre.staff import login, session
from desktop.centre.staff.door import COOKIE, FORM_COOKIE
from desktop.centre.staff.tables import staff_account, staff_session, staff_try
from tests.centre.staff.conftest import PASSWORD, As, Browser, Clock, Served


def test_whoever_knows_the_password_comes_in_and_nobody_else(browser: Browser) -> None:
    browser.sign_in("staff", "not this password")
    assert browser.page.status_code == 401
    assert COOKIE not in browser.cookies

    browser.sign_in(" STAFF ")

    assert (browser.page.status_code, browser.at) == (200, "/staff/")


def test_without_a_session_every_page_leads_to_the_door(browser: Browser) -> None:
    browser.go("/staff/quarantine")

    assert browser.at == "/staff/login"


def test_an_unknown_name_is_answered_like_a_wrong_password(browser: Browser) -> None:
    """Mutant: say "no such user" for a name that is not there."""
    browser.sign_in("staff", "wrong")
    known = browser.page.text.replace("staff", "").split("<main")[1]
    browser.sign_in("nobody", "wrong")

    assert browser.page.status_code == 401
    cut = browser.page.text.replace("nobody", "").replace("staff", "").split("<main")[1]
    assert known == cut


def test_after_five_wrong_tries_even_the_right_password_waits_15_minutes(
    browser: Browser, app: Starlette, clock: Clock
) -> None:
    """Mutants: count only after looking at the password; count per name alone (a stranger
    could lock everybody out); forget the window."""
    for _try in range(5):
        browser.sign_in("staff", "wrong")
        assert browser.page.status_code == 401

    browser.sign_in("staff")
    assert browser.page.status_code == 429
    elsewhere = Browser(app, "10.0.0.8")
    elsewhere.sign_in("staff")
    assert elsewhere.page.status_code == 200

    clock.on(minutes=14)
    browser.sign_in("staff")
    assert browser.page.status_code == 429
    clock.on(minutes=2)
    browser.sign_in("staff")
    assert browser.page.status_code == 200


def test_a_right_password_forgets_the_wrong_ones_before_it(browser: Browser) -> None:
    for _round in range(2):
        for _try in range(4):
            browser.sign_in("staff", "wrong")
        browser.sign_in("staff")
        assert browser.page.status_code == 200
        browser.send("/staff/logout")


def test_one_address_cannot_try_many_names(
    served: Served, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login.passwords, "fits", lambda *_args: False)
    verdicts = [
        _verdict(served, f"name{number}", "10.0.0.7", clock)
        for number in range(login.TRIES_OF_ADDRESS + 1)
    ]

    assert verdicts == [login.NotSignedIn] * login.TRIES_OF_ADDRESS + [login.ShutOut]


def test_tries_at_the_same_moment_are_all_counted(
    served: Served, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: write the try down after the password was looked at."""
    looked: list[int] = []
    gate = threading.Barrier(8)

    def fits(*_args: str) -> bool:
        looked.append(1)
        return False

    monkeypatch.setattr(login.passwords, "fits", fits)

    def guess() -> None:
        gate.wait()
        _verdict(served, "staff", "10.0.0.7", clock)

    guessing = [threading.Thread(target=guess) for _one in range(8)]
    for one in guessing:
        one.start()
    for one in guessing:
        one.join()

    assert len(looked) <= login.TRIES


def _verdict(served: Served, name: str, address: str, clock: Clock) -> type[Exception]:
    try:
        login.sign_in(served.database, name, "wrong", address, clock.now)
    except (login.NotSignedIn, login.ShutOut) as refused:
        return type(refused)
    raise AssertionError("came in")


def test_what_was_typed_as_a_name_is_not_kept(served: Served, browser: Browser) -> None:
    """A password typed into the wrong box must not stand in the database."""
    browser.sign_in("my secret passphrase", "x")

    with served.database.read() as conn:
        kept = conn.execute(select(staff_try)).all()
    assert len(kept) == 1
    assert "secret" not in str(kept)


def test_the_token_is_kept_as_its_hash_and_the_cookie_is_out_of_reach(
    served: Served, browser: Browser
) -> None:
    browser.go("/staff/login")
    answer = browser.ask(
        "POST", "/staff/login",
        f"login=staff&password={PASSWORD.replace(' ', '+')}&proof={browser.proof()}".encode(),
    )  # fmt: skip

    line = next(x for x in answer.headers.get_list("set-cookie") if x.startswith(f"{COOKIE}="))
    for part in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert part in line
    assert "domain" not in line.lower()
    with served.database.read() as conn:
        kept = conn.execute(select(staff_session.c.token)).scalars().all()
    assert kept == [session.token_hash(browser.cookies[COOKIE])]
    assert FORM_COOKIE not in browser.cookies


def test_signing_in_gives_another_token_than_any_before(browser: Browser) -> None:
    """Session fixation. Mutant: keep a token the browser brought along."""
    browser.cookies[COOKIE] = "planted"
    browser.go("/staff/login")
    browser.send("/staff/login", login="staff", password=PASSWORD)

    assert browser.cookies[COOKIE] != "planted"


def test_a_session_ends_when_nobody_uses_it(as_role: As, clock: Clock) -> None:
    browser = as_role("viewer")
    for _page in range(4):
        clock.on(minutes=25)
        browser.go("/staff/backup")
        assert browser.at == "/staff/backup"
    clock.on(minutes=31)
    browser.go("/staff/backup")

    assert browser.at == "/staff/login"


def test_a_session_ends_after_twelve_hours_however_busy(as_role: As, clock: Clock) -> None:
    browser = as_role("viewer")
    for _page in range(29):
        clock.on(minutes=25)
        browser.go("/staff/backup")

    assert browser.at == "/staff/login"


def test_signing_out_ends_the_session_at_the_centre_too(as_role: As) -> None:
    """Mutant: only take the cookie out of the browser."""
    browser = as_role("viewer")
    stolen = dict(browser.cookies)
    browser.send("/staff/logout")
    browser.cookies = stolen
    browser.go("/staff/")

    assert browser.at == "/staff/login"


def test_signing_out_everywhere_ends_every_session(as_role: As) -> None:
    here, there, other = as_role("viewer"), as_role("viewer"), as_role("staff")
    here.go("/staff/me")
    here.send("/staff/logout-everywhere")

    there.go("/staff/")
    other.go("/staff/")
    assert (there.at, other.at) == ("/staff/login", "/staff/")


def test_another_password_signs_out_the_other_computers(as_role: As, app: Starlette) -> None:
    here, there = as_role("viewer"), as_role("viewer")
    here.go("/staff/me")
    here.send("/staff/me/password", present=PASSWORD, new="three red kites fly",
              again="three red kites fly")  # fmt: skip
    assert here.at.startswith("/staff/me?done=password")
    there.go("/staff/")
    assert there.at == "/staff/login"

    after = Browser(app)
    after.sign_in("viewer")
    assert after.page.status_code == 401
    after.sign_in("viewer", "three red kites fly")
    assert after.page.status_code == 200


@pytest.mark.parametrize(
    ("present", "new", "again"),
    [
        ("wrong", "three red kites fly", "three red kites fly"),
        (PASSWORD, "three red kites fly", "three red kites flew"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "my viewer password", "my viewer password"),
        (PASSWORD, "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"),
        (PASSWORD, PASSWORD, PASSWORD),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(
    as_role: As, present: str, new: str, again: str
) -> None:
    browser = as_role("viewer")
    browser.go("/staff/me")
    browser.send("/staff/me/password", present=present, new=new, again=again)

    assert browser.page.status_code == 400
    browser.go("/staff/")
    assert browser.at == "/staff/"


def test_the_password_counts_by_its_keys_not_by_the_layout(browser: Browser) -> None:
    from desktop.thai.keyboard import to_thai_layout

    browser.sign_in("viewer", to_thai_layout(PASSWORD))

    assert browser.page.status_code == 200


def test_a_first_password_opens_nothing_but_its_own_change(
    served: Served, browser: Browser
) -> None:
    """Mutant: only ask for the change and let her go on."""
    with served.database.write() as conn:
        conn.execute(update(staff_account).values(must_change=True))
    browser.sign_in("admin")
    assert browser.at == "/staff/me"
    for path in ("/staff/", "/staff/audit", "/staff/staff"):
        browser.go(path)
        assert browser.at == "/staff/me"
    browser.send("/staff/me/password", present=PASSWORD, new="three red kites fly",
                 again="three red kites fly")  # fmt: skip
    browser.go("/staff/audit")

    assert browser.at == "/staff/audit"


def test_a_closed_account_is_out_at_once(served: Served, as_role: As) -> None:
    admin, viewer = as_role("admin"), as_role("viewer")
    admin.go("/staff/staff")
    admin.send("/staff/staff/0193-viewer", do="close")

    viewer.go("/staff/")
    assert viewer.at == "/staff/login"
    viewer.sign_in("viewer")
    assert viewer.page.status_code == 401
    with served.database.read() as conn:
        left = select(func.count()).select_from(staff_session)
        assert conn.execute(left).scalar_one() == 1


def test_an_account_closed_in_the_database_is_out_at_once(served: Served, as_role: As) -> None:
    """As a restored backup may leave it: the account closed, its sessions there."""
    viewer = as_role("viewer")
    with served.database.write() as conn:
        conn.execute(update(staff_account).values(active=False))
    viewer.go("/staff/")

    assert viewer.at == "/staff/login"


def test_the_last_administrator_stays_one(as_role: As) -> None:
    admin = as_role("admin")
    for fields in ({"do": "close"}, {"do": "role", "role": "viewer"}):
        admin.go("/staff/staff")
        admin.send("/staff/staff/0193-admin", **fields)
        assert admin.page.status_code == 400
    admin.go("/staff/audit")
    assert admin.at == "/staff/audit"


def test_an_account_made_here_signs_in_with_the_password_that_was_shown_once(
    as_role: As, app: Starlette
) -> None:
    admin = as_role("admin")
    admin.go("/staff/staff")
    text = admin.send("/staff/staff", login="malee", name="มาลี ใจเย็น", role="viewer")
    first = text.split('class="big code">')[1].split("<")[0]
    assert first not in admin.go("/staff/staff")

    malee = Browser(app)
    malee.sign_in("malee", first)
    assert malee.at == "/staff/me"
