# SPDX-License-Identifier: Apache-2.0
"""The page on which anybody checks a certificate, in a real browser, from a file, unconnected."""

from __future__ import annotations

import base64
import importlib.util
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
import segno

from desktop.model.proof import Claim, certificate_part, encode, paper_digest, split, to_digits
from desktop.model.proof_list import KnownKey, Revoked, TrustList, write_papers
from desktop.paths import shipped
from desktop.sync.issuer import Signer, key_id, make_key, public_of
from desktop.sync.verify_page import verify_page
from desktop.thai.keyboard import to_thai_layout
from tests.centre.staff.chromium import PROGRAM, Chromium

needs_browser = pytest.mark.skipif(not PROGRAM, reason="there is no Chromium here")

OURS, THEIRS, STOLEN, SHARED = make_key(), make_key(), make_key(), make_key()
SINCE = "2019-03-05T01:00:00Z"
NAME = "ว่าที่ร้อยตรีหญิงฐิติญาณัฏฐ์ ปิ่นเฟื่อง"
TITLE = "โครงการอบรมเชิงปฏิบัติการเสริมสร้างเครือข่าย อพม.น้อย “Shift & Share” ปี 2562"
OFFICE = "พมจ. ตาก <ทดสอบ>"


def _signed(certificate: str, key: bytes = OURS, name: str = NAME, **other: object) -> bytes:
    claim = Claim(
        key_id(public_of(key)), certificate_part(certificate), 1, 2562, 12, "12/2562",
        date(2019, 3, 3), name, TITLE, edition=int(str(other.get("edition", 1))),
    )  # fmt: skip
    payload = encode(claim)
    return payload + Signer(key).sign(payload)


GENUINE = to_digits(_signed("one"))
VOID = to_digits(_signed("two"))
REPLACED = to_digits(_signed("three"))
STRANGE = to_digits(_signed("four", THEIRS))
BY_THIEF = to_digits(_signed("five", STOLEN))
OF_TWO = to_digits(_signed("six", SHARED))
KNOWN = to_digits(_signed("seven", STOLEN))
KNOWN_AND_VOID = to_digits(_signed("eight", STOLEN))
BESIDE = to_digits(_signed("nine"))


def _paper(certificate: str, key: bytes = STOLEN, name: str = NAME) -> bytes:
    return paper_digest(split(_signed(certificate, key, name))[0])


def _altered() -> str:
    """Somebody else's name under a genuine signature, with a check that agrees."""
    other = encode(
        Claim(
            key_id(public_of(OURS)), certificate_part("one"), 1, 2562, 12, "12/2562",
            date(2019, 3, 3), "นายโซ", TITLE,
        )
    )  # fmt: skip
    return to_digits(other + _signed("one")[-64:])


ALTERED = _altered()
LISTS = (
    TrustList(
        "office", OFFICE, "2019-03-04T08:00:00Z",
        (
            KnownKey(public_of(OURS), "office", OFFICE),
            KnownKey(
                public_of(STOLEN), "office", OFFICE, SINCE,
                frozenset({_paper("seven"), _paper("eight"), *map(_paper, "abcdef")}),
            ),
            KnownKey(public_of(SHARED), "office", OFFICE),
        ),
        (
            Revoked(certificate_part("two"), "void", "2019-03-03"),
            Revoked(certificate_part("three"), "replaced", "2019-03-03", "12/2562"),
            Revoked(certificate_part("eight"), "void", "2019-03-03"),
        ),
        beside=frozenset({certificate_part("nine"), certificate_part("three")}),
    ),
    # Another office may not say anything of certificates that are not its own.
    TrustList(
        "other", "พมจ. ตรัง", "2019-03-05T08:00:00Z",
        (
            KnownKey(public_of(SHARED), "other", "พมจ. ตรัง", SINCE),
            # Somebody's friend, who calls the stolen key his own.
            KnownKey(
                public_of(STOLEN), "other", "พมจ. ตรัง", SINCE, frozenset({_paper("five")})
            ),
        ),
        (Revoked(certificate_part("one"), "void"),),
    ),
    # A list of before, in which the key still stood.
    TrustList(
        "centre", "ศูนย์", "2019-03-01T08:00:00Z",
        (KnownKey(public_of(STOLEN), "office", OFFICE),), (),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "verify.html"
    file.write_bytes(verify_page(LISTS))
    return file


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    made = Chromium(tmp_path_factory.mktemp("profile"))
    yield made
    made.close()


@pytest.fixture
def at(browser: Chromium, page: Path) -> Chromium:
    browser.go("about:blank")
    browser.go(f"{page.as_uri()}?lang=en")
    return browser


def _scan(at: Chromium, text: str) -> tuple[str, str]:
    """Type as a scanner does, and say what verdict stands there, and everything it says."""
    at.run("document.getElementById('code').focus()")
    at.type(text)
    at.press("Enter")
    verdict = at.run("document.querySelector('article').className")
    return str(verdict), str(at.run("document.querySelector('article').innerText"))


@needs_browser
def test_a_genuine_code_shows_what_was_signed(at: Chromium) -> None:
    """Mutant: let a list speak of certificates whose keys it does not name (other.revoked)."""
    verdict, said = _scan(at, GENUINE)
    assert verdict == "genuine"
    for words in (NAME, TITLE, "12/2562", OFFICE, "3 March 2019",
                  "as known on 4 March 2019"):  # fmt: skip
        assert words in said


@needs_browser
def test_an_altered_one_is_not_genuine_and_its_words_are_not_repeated(at: Chromium) -> None:
    """Mutant: show the content of whatever can be read."""
    verdict, said = _scan(at, ALTERED)
    assert verdict == "altered"
    assert "นายโซ" not in said


@needs_browser
@pytest.mark.parametrize(("digits", "why"), [(VOID, "void"), (REPLACED, "in place of this one")])
def test_a_revoked_one_says_why_and_since_when_that_is_known(
    at: Chromium, digits: str, why: str
) -> None:
    """Mutant: look for revoked certificates by number."""
    verdict, said = _scan(at, digits)
    assert verdict == "revoked"
    assert why in said
    assert "as known on 4 March 2019" in said


@needs_browser
def test_of_an_unknown_issuer_nothing_is_proven(at: Chromium) -> None:
    """Mutant: say "altered" of a key that is not in the list, or "genuine" without a key."""
    verdict, said = _scan(at, STRANGE)
    assert verdict == "unknown"
    assert "nothing is proven" in said
    assert NAME in said


@needs_browser
def test_what_a_withdrawn_key_signed_sends_to_the_office(at: Chromium) -> None:
    """Mutants: leave the withdrawal out of the page; let an older list bring the key back."""
    verdict, said = _scan(at, BY_THIEF)
    assert verdict == "withdrawn"
    for words in ("Ask the office", f"{OFFICE} said on 5 March 2019", NAME):
        assert words in said
    assert "Genuine" not in said


@needs_browser
def test_a_paper_that_the_register_knew_is_genuine_and_says_why(at: Chromium) -> None:
    """Mutants: every paper of a withdrawn key doubted; genuine without a word of the key; the
    words of a paper left out of its digest, or its context."""
    verdict, said = _scan(at, KNOWN)
    assert verdict == "genuine"
    for words in ("a key that was withdrawn on 5 March 2019", "register confirms", NAME, OFFICE):
        assert words in said
    verdict, said = _scan(at, GENUINE)
    assert "withdrawn" not in said
    at.run("document.getElementById('language').click()")
    verdict, said = _scan(at, KNOWN)
    assert "ทะเบียนของหน่วยงานยืนยันว่าออกใบนี้จริง" in said


@needs_browser
@pytest.mark.parametrize(
    "forged",
    [
        _signed("seven", STOLEN, "นายโจร ใจร้าย"), _signed("seven", STOLEN, edition=2),
        _signed("one", STOLEN),
    ],
    ids=["name", "edition", "certificate"],
)  # fmt: skip
def test_another_paper_of_the_withdrawn_key_is_still_a_question(
    at: Chromium, forged: bytes
) -> None:
    """Mutants: certificates named by their ids; letters of a digest found anywhere in the row;
    the papers that another office names (BY_THIEF)."""
    assert _scan(at, to_digits(forged))[0] == "withdrawn"


@needs_browser
def test_letters_of_two_papers_are_none(at: Chromium, browser: Chromium, tmp_path: Path) -> None:
    """Mutant: look for the digest anywhere in the row of letters, and not where one begins."""
    one = _paper("seven")
    said = b"\0\0\0" + one + b"\0" * 9  # its letters stand there, four after a beginning
    split_up = frozenset({said[:12], said[12:]})
    file = tmp_path / "shifted.html"
    key = KnownKey(public_of(STOLEN), "office", OFFICE, SINCE, split_up)
    page = verify_page((TrustList("office", OFFICE, SINCE, (key,), ()),))
    assert write_papers({one}).encode() in page
    file.write_bytes(page)
    browser.go(f"{file.as_uri()}?lang=en")
    assert _scan(browser, KNOWN)[0] == "withdrawn"


@needs_browser
def test_papers_of_every_list_of_the_office_count(browser: Chromium, tmp_path: Path) -> None:
    """Mutant: the papers of the first list that knows the key, be it of before the withdrawal."""
    file = tmp_path / "turned.html"
    file.write_bytes(verify_page(LISTS[::-2]))
    browser.go(f"{file.as_uri()}?lang=en")
    assert _scan(browser, KNOWN)[0] == "genuine"
    assert _scan(browser, BY_THIEF)[0] == "withdrawn"


@needs_browser
def test_a_named_paper_that_is_revoked_is_revoked(at: Chromium) -> None:
    """Mutant: genuine because it is named, whatever became of it."""
    verdict, said = _scan(at, KNOWN_AND_VOID)
    assert verdict == "revoked"
    assert "declared it void" in said


@needs_browser
def test_of_a_paper_beside_another_the_office_is_to_be_asked(at: Chromium) -> None:
    """Mutants: nothing said; said of every paper; said of one that is replaced itself."""
    verdict, said = _scan(at, BESIDE)
    assert verdict == "genuine"
    assert "another paper that replaces the same one" in said
    for digits in (GENUINE, REPLACED):
        assert "another paper that replaces" not in _scan(at, digits)[1]


@needs_browser
def test_an_office_withdraws_no_key_of_another(at: Chromium) -> None:
    """Mutant: whoever says it of a key, it is withdrawn."""
    verdict, said = _scan(at, OF_TWO)
    assert verdict == "genuine"
    assert OFFICE in said


@needs_browser
@pytest.mark.parametrize(
    "typed",
    [
        GENUINE[:-1], GENUINE[1:], GENUINE[:20], "ประกาศนียบัตร", "https://x.go.th/v#12",
        GENUINE.replace("4", "5", 1), "9" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_whole_code_cannot_be_read(at: Chromium, typed: str) -> None:
    """Mutant: leave out the check at the end of the digits."""
    assert _scan(at, typed)[0] == "unread"


@needs_browser
@pytest.mark.parametrize(
    "typed",
    [
        to_thai_layout(GENUINE), f"https://centre.example/v#{GENUINE}",
        "".join(chr(0x0E50 + int(one)) for one in GENUINE),
        to_thai_layout(f"https://centre.example/v#{GENUINE}"),
    ],
    ids=["thai layout", "address", "thai digits", "address in thai layout"],
)  # fmt: skip
def test_a_scanner_may_type_through_any_keyboard(at: Chromium, typed: str) -> None:
    """Mutant: take only Arabic digits."""
    assert _scan(at, typed)[0] == "genuine"


@needs_browser
def test_a_picture_that_is_dropped_is_read(at: Chromium) -> None:
    """Mutant: fetch the reader from where the library has it: there is no network."""
    held = io.BytesIO()
    segno.make(GENUINE, error="m").save(held, kind="png", scale=4, border=4)
    told = base64.b64encode(held.getvalue()).decode()
    at.run(
        "(async () => {"
        f"const bytes = Uint8Array.from(atob('{told}'), c => c.charCodeAt(0));"
        "const held = new DataTransfer();"
        "held.items.add(new File([bytes], 'scan.png', {type: 'image/png'}));"
        "window.dispatchEvent(new DragEvent('drop', {dataTransfer: held, cancelable: true}));"
        "for (let i = 0; i < 200 && !document.querySelector('article'); i++)"
        " await new Promise(done => setTimeout(done, 25));"
        "})()"
    )
    assert at.run("document.querySelector('article').className") == "genuine"


@needs_browser
def test_a_code_in_the_address_is_checked_at_once_in_thai(browser: Chromium, page: Path) -> None:
    browser.go("about:blank")
    browser.go(f"{page.as_uri()}#{VOID}")
    said = str(browser.run("document.body.innerText"))
    assert "ถูกเพิกถอนแล้ว" in said
    assert "4 มีนาคม พ.ศ. 2562" in said
    assert browser.run("document.documentElement.lang") == "th"


@needs_browser
def test_nothing_is_ever_fetched(at: Chromium) -> None:
    """Mutant: name a typeface or a script by an address."""
    _scan(at, GENUINE)
    asked = [
        told["params"]["request"]["url"]
        for told in at.heard
        if told.get("method") == "Network.requestWillBeSent"
    ]
    assert {url.partition(":")[0] for url in asked} <= {"file", "data", "blob"}
    assert b"http://" not in verify_page(())
    assert b"https://" not in _own_parts()


def _own_parts() -> bytes:
    folder = shipped("resources", "verify")
    return b"".join((folder / name).read_bytes() for name in ("page.html", "page.css", "page.js"))


def test_a_name_in_a_list_cannot_end_the_element_it_stands_in() -> None:
    """Mutant: write the list as plain JSON."""
    evil = TrustList("x", "</script><script>alert(1)</script>", "2019-03-04T08:00:00Z", (), ())
    assert b"</script><script>alert(1)" not in verify_page((evil,))


def _build() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "verify_build", shipped("resources", "build", "verify.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bundle_is_made_of_the_sources_beside_it() -> None:
    """Fails when a source was changed and ``resources/build/verify.py`` not run."""
    build = _build()
    first = (shipped("resources", "verify", "bundle.js")).read_text("utf-8").partition("\n")[0]
    assert first == f"// {build.digest()}"
    tokens = shipped("resources", "verify", "tokens.js").read_text("utf-8")
    assert tokens == build.tokens()
