# SPDX-License-Identifier: Apache-2.0
"""The pages in a real browser: by keyboard alone, at the sizes people have, light and dark."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
import zxingcpp
from PIL import Image
from starlette.applications import Starlette

from desktop.sync.invitation import read_invitation
from desktop.ui import theme
from tests.centre.staff import rows
from tests.centre.staff.chromium import PROGRAM, Chromium
from tests.centre.staff.conftest import PASSWORD, Served

pytestmark = pytest.mark.skipif(not PROGRAM, reason="there is no Chromium here")

PAGES = (
    "/", f"/laptops/{rows.SILENT}", f"/laptops/{rows.LAPTOP}/held", "/conflicts",
    f"/conflicts/household/{rows.HOUSEHOLD}?scope={rows.PLACE}", "/quarantine",
    f"/quarantine/{rows.PLACE}/9", "/counts", "/counts/events", "/counts/visits",
    "/verify?number=12&year=2569&where=พมจ. ตาก", "/people", f"/people/{rows.MANEE}", "/joining",
    "/backup", "/audit", "/staff", "/me",
)  # fmt: skip

LOOK = """(() => {
  const seen = e => { const b = e.getBoundingClientRect(); return b.width > 1 && b.height > 1; };
  const all = [...document.querySelectorAll('body *')].filter(seen);
  const own = e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  const bad = [];
  for (const e of all.filter(own)) {
    const s = getComputedStyle(e), line = parseFloat(s.lineHeight), size = parseFloat(s.fontSize);
    if (line < 1.39 * size) bad.push('line ' + e.tagName + ' ' + line / size);
    if (size < 13) bad.push('small ' + e.tagName + ' ' + size);
    if (s.overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 1) bad.push('cut');
  }
  const parts = 'button, input:not([type=hidden]), select, nav a, a.button';
  for (const e of document.querySelectorAll(parts)) {
    const height = e.getBoundingClientRect().height;
    if (seen(e) && height < 40) bad.push('target ' + height + e.outerHTML.slice(0, 80));
  }
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) bad.push('wide ' + wide);
  if (!document.fonts.check('16px Sarabun', 'ก')) bad.push('typeface');
  return bad;
})()"""


@pytest.fixture
def address(lived_in: Served, app: Starlette) -> Iterator[str]:
    """The application served on this machine, where a browser treats plain HTTP as safe."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(
            app, log_level="critical", ws="none", lifespan="off", timeout_graceful_shutdown=1
        ))  # fmt: skip
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        serving.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://localhost:{listening.getsockname()[1]}/staff"
        server.should_exit = True
        serving.join()


@pytest.fixture(scope="module")
def one_chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    browser = Chromium(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


@pytest.fixture
def chromium(one_chromium: Chromium) -> Chromium:
    """A browser that has just been opened, as far as a page can tell."""
    one_chromium.call("Network.clearBrowserCookies")
    one_chromium.dress("light")
    one_chromium.size(1366, 768)
    return one_chromium


def _sign_in(chromium: Chromium, address: str) -> None:
    chromium.size(1366, 768)
    chromium.go(f"{address}/")
    chromium.until("document.activeElement.tagName === 'INPUT'")
    chromium.type("admin")
    chromium.press("Tab")
    chromium.type(PASSWORD)
    chromium.heard.clear()
    chromium.press("Enter")
    chromium.loaded()
    assert chromium.run("location.pathname") == "/staff/"


def test_a_person_signs_in_by_keyboard_and_every_page_can_be_read_and_hit(
    address: str, chromium: Chromium
) -> None:
    """Every page at 1366×768 and on a phone: nothing is wider than the screen, no Thai mark is
    cut (line height of running text 1.6, of headings and figures 1.4 and more), every target is
    40 pixels high, the typeface is ours; no complaint of the browser, no request elsewhere."""
    _sign_in(chromium, address)
    said: list[str] = []
    for path in PAGES:
        for width, height, phone in ((1366, 768, False), (390, 844, True)):
            chromium.size(width, height, phone=phone)
            chromium.go(f"{address}{path}")
            said += [f"{path} at {width}: {fault}" for fault in chromium.run(LOOK)]
            for told in chromium.heard:
                if told.get("method") == "Log.entryAdded":
                    said.append(f"{path}: {told['params']['entry']['text']}")
                if told.get("method") == "Network.requestWillBeSent":
                    url = told["params"]["request"]["url"]
                    assert url.startswith(address.rpartition("/")[0]), url
    assert not said


def test_light_and_dark_follow_the_system(address: str, chromium: Chromium) -> None:
    for scheme, table in (("light", theme.LIGHT), ("dark", theme.DARK)):
        chromium.dress(scheme)
        chromium.go(f"{address}/login")
        ground = chromium.run("getComputedStyle(document.body).backgroundColor")
        wanted = tuple(int(table.ground[at : at + 2], 16) for at in (1, 3, 5))
        assert ground == f"rgb({wanted[0]}, {wanted[1]}, {wanted[2]})"


def test_a_hostile_name_runs_nothing(address: str, chromium: Chromium) -> None:
    _sign_in(chromium, address)

    assert not [t for t in chromium.heard if t.get("method") == "Page.javascriptDialogOpening"]
    assert rows.HOSTILE in chromium.run("document.body.innerText")
    assert chromium.run("document.scripts.length") == 0


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(
    address: str, chromium: Chromium
) -> None:
    _sign_in(chromium, address)
    chromium.press("Tab")
    assert chromium.run("document.activeElement.className") == "skip"
    assert chromium.run("document.activeElement.getBoundingClientRect().left") >= 0
    chromium.press("Enter")
    chromium.press("Tab")
    inside = "document.getElementById('content').contains(document.activeElement)"
    assert chromium.run(inside)
    assert chromium.run("getComputedStyle(document.activeElement).outlineWidth") == "2px"


def test_a_screen_reader_hears_a_name_for_everything_that_can_be_used(
    address: str, chromium: Chromium
) -> None:
    _sign_in(chromium, address)
    for path in PAGES:
        chromium.go(f"{address}{path}")
        for node in chromium.call("Accessibility.getFullAXTree")["nodes"]:
            role = node.get("role", {}).get("value")
            if node.get("ignored") or role not in (
                "button", "link", "textbox", "searchbox", "combobox", "navigation",
            ):  # fmt: skip
                continue
            assert node.get("name", {}).get("value"), (path, role)


def test_the_qr_of_a_joining_code_can_be_scanned_from_the_screen(
    address: str, chromium: Chromium, tmp_path: Path
) -> None:
    """In the dark too: a QR is dark on white paper whatever the theme."""
    _sign_in(chromium, address)
    chromium.dress("dark")
    chromium.go(f"{address}/joining")
    chromium.run(
        "document.getElementById('office').selectedIndex = 1;"
        "document.getElementById('name').value = 'ตาก 9';"
        "document.getElementById('areas').value = '63'; 1"
    )
    chromium.heard.clear()
    chromium.run("document.querySelector('form.card').submit()")
    chromium.loaded()
    chromium.picture(tmp_path / "code.png")
    shown = chromium.run("document.querySelector('.big.code').innerText")
    with Image.open(tmp_path / "code.png") as picture:
        (found,) = zxingcpp.read_barcodes(picture)
    invitation = read_invitation(found.text)

    assert (invitation.address, invitation.code) == ("https://centre.test", shown)
