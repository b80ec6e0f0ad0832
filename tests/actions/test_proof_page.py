# SPDX-License-Identifier: Apache-2.0
"""The page for everybody, saved from a real store and opened in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.actions.proof import qr_text
from desktop.actions.proof_key import withdraw_key
from desktop.actions.proof_list import import_list, page_file
from desktop.model.proof_list import KnownKey, TrustList
from desktop.store.store import Store
from desktop.sync.issuer import make_key, public_of, write_list
from tests.actions.proof_ground import (
    THERE,
    WORDS,
    forge,
    issue,
    join_a_centre,
    key_of,
    matched,
    step,
)
from tests.centre.staff.chromium import PROGRAM, Chromium
from tests.hall import BY, Hall

needs_browser = pytest.mark.skipif(not PROGRAM, reason="there is no Chromium here")


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Chromium]:
    made = Chromium(tmp_path / "profile")
    yield made
    made.close()


def _verdict(browser: Chromium, store: Store, folder: Path, digits: str) -> str:
    """Save the page, open it, type the code: the verdict."""
    file = folder / "page.html"
    file.write_bytes(page_file(store, BY))
    browser.go("about:blank")
    browser.go(f"{file.as_uri()}?lang=en")
    browser.run("document.getElementById('code').focus()")
    browser.type(digits)
    browser.press("Enter")
    return str(browser.run("document.querySelector('article').className"))


@needs_browser
def test_a_certificate_is_genuine_on_the_page_until_it_is_voided_and_saved_again(
    hall: Hall, browser: Chromium, tmp_path: Path
) -> None:
    """The mutants: the page without what was voided, without our keys, or without what others
    told; a key that was withdrawn still standing on it; what the register knew before doubted."""
    one, other = issue(hall, 12), issue(hall, 13)
    digits = qr_text(one.proof)
    assert _verdict(browser, hall.store, tmp_path, digits) == "genuine"
    assert WORDS.recipient in str(browser.run("document.querySelector('article').innerText"))
    step(hall, one, "void", "2019-03-02")
    assert _verdict(browser, hall.store, tmp_path, digits) == "revoked"
    key = key_of(hall)
    withdraw_key(hall.store, BY, public_of(key))
    assert _verdict(browser, hall.store, tmp_path, qr_text(other.proof)) == "genuine"
    forged = forge(other, key, recipient="นายโจร ใจร้าย")
    assert _verdict(browser, hall.store, tmp_path, forged) == "withdrawn"


def test_the_page_holds_what_others_told_and_no_name_of_a_person(hall: Hall) -> None:
    """The mutants: our list alone; names of who got what."""
    one, key = issue(hall), make_key()
    step(hall, one, "void", "2019-03-02")
    known = KnownKey(public_of(key), "office-7", "สำนักงานสาม")
    said = TrustList("office-7", "สำนักงานสาม", THERE, (known,), ())
    import_list(hall.store, BY, write_list(said, key), accept=True)
    page = page_file(hall.store, BY).decode()
    assert public_of(key).hex() in page
    assert one.wording is not None
    assert one.wording.recipient not in page
    assert one.id not in page


def test_a_centre_s_list_of_this_morning_is_put_right(hall: Hall) -> None:
    """The mutant: their list as it came, in which our key still stands under an earlier id."""
    issue(hall)
    key = key_of(hall)
    keys = join_a_centre(hall)
    matched(hall, "w:event-1", THERE)
    known = KnownKey(public_of(key), "founded", "กองทดสอบ")
    import_list(
        hall.store, BY,
        write_list(TrustList("centre-1", "ศูนย์", THERE, (known,), ()), keys.signing),
    )  # fmt: skip
    withdraw_key(hall.store, BY, public_of(key))
    page = page_file(hall.store, BY).decode()
    assert page.count('"withdrawn":"2019-') == 2
