# SPDX-License-Identifier: Apache-2.0
"""Who is believed to be the centre on a line, and what is told when nobody is."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop.sync.carrier import Reach, Unanswered
from desktop.sync.enrol import authority_of, enrol
from desktop.sync.http_line import unanswered
from desktop.sync.https import Https
from desktop.sync.keys import Keys
from desktop.sync.protocol import Request
from tests.sync.answering import CENTRE, DEVICE, DEVICE_KEYS, Answering, Certificate, certificate
from tests.sync.wire import Wire

OURS = certificate("centre authority", authority=True, ends=3650)
NEXT = certificate("centre authority, the next", authority=True, ends=3650)
PORTAL = certificate("portal of a Wi-Fi", authority=True, ends=3650)
GOOD = certificate("centre", OURS)
REQUEST = Request(DEVICE, 1, "2026-11-20T09:00:00+07:00")


def reach(laptop: Https) -> Reach:
    """How far a request comes."""
    with laptop:
        try:
            laptop.ask(REQUEST)
        except Unanswered as met:
            return met.reach
    return Reach.ANSWERED


# ── who is the centre ────────────────────────────────────────────────────────────────────────

CASES: dict[str, tuple[Callable[[], Certificate], Reach]] = {
    "ours": (lambda: GOOD, Reach.ANSWERED),
    "signed by itself": (lambda: certificate("centre"), Reach.PORTAL),
    "signed by the authority of a Wi-Fi": (lambda: certificate("centre", PORTAL), Reach.PORTAL),
    "run out": (lambda: certificate("centre", OURS, begins=-400, ends=-1), Reach.STRANGER),
    "not valid yet": (lambda: certificate("centre", OURS, begins=2, ends=30), Reach.STRANGER),
    "of another host": (lambda: certificate("x", OURS, host="other.example"), Reach.PORTAL),
    "of a client": (
        lambda: certificate("laptop", OURS, use=ExtendedKeyUsageOID.CLIENT_AUTH), Reach.PORTAL
    ),
    "signed by a server of ours": (
        lambda: certificate("centre", GOOD, chain=(GOOD.certificate,)), Reach.PORTAL
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_nobody_but_the_centre_is_spoken_to(tmp_path: Path, name: str) -> None:
    """Mutants: no authority of our own; CERT_OPTIONAL; no check of names; dates never judged."""
    shown, expected = CASES[name]
    with Answering(shown(), tmp_path) as centre:
        assert reach(centre.laptop(OURS)) == expected
        assert bool(centre.requests) == (expected == Reach.ANSWERED)


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1])
def test_an_older_tls_is_not_spoken(tmp_path: Path, newest: ssl.TLSVersion) -> None:
    """Mutant: no least version."""
    with Answering(GOOD, tmp_path, newest) as centre:
        assert reach(centre.laptop(OURS)) in (Reach.PORTAL, Reach.UNREACHABLE)
        assert not centre.requests


def test_an_authority_that_was_planted_is_not_the_pinned_one(tmp_path: Path) -> None:
    """Mutant: every authority of the file trusted, or the pins not looked at."""
    planted = Certificate(OURS.key, OURS.certificate)
    both = OURS.pem + PORTAL.pem
    with Answering(certificate("centre", PORTAL), tmp_path) as centre:
        address = centre.address(planted, (OURS.pin, NEXT.pin))
        for authority, expected in ((both, Reach.PORTAL), (PORTAL.pem, Reach.STRANGER)):
            there = type(address)(
                address.url, CENTRE, address.keys, authority, (OURS.pin, NEXT.pin)
            )
            laptop = Https(there, DEVICE, DEVICE_KEYS, lambda: datetime.now(UTC))
            assert reach(laptop) == expected
        assert not centre.requests


def test_the_next_authority_is_believed_before_it_is_in_use(tmp_path: Path) -> None:
    with Answering(certificate("centre", NEXT), tmp_path) as centre:
        address = centre.address(OURS, (OURS.pin, NEXT.pin))
        both = type(address)(
            address.url, CENTRE, address.keys, OURS.pem + NEXT.pem, (OURS.pin, NEXT.pin)
        )
        assert reach(Https(both, DEVICE, DEVICE_KEYS, lambda: datetime.now(UTC))) == "answered"


def test_the_systems_authorities_open_nothing_without_the_pin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An authority in the system's store (an office's proxy, a virus) vouches for anybody.

    Mutant: the pin not compared where the system says whom to trust.
    """
    store = tmp_path / "store.pem"
    store.write_text(OURS.pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(store))
    with Answering(GOOD, tmp_path) as centre:
        assert reach(centre.laptop(None)) == Reach.ANSWERED
        assert reach(centre.laptop(None, (GOOD.pin,))) == Reach.ANSWERED
        assert reach(centre.laptop(None, (PORTAL.pin,))) == Reach.STRANGER
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
        assert reach(centre.laptop(None)) == Reach.PORTAL


def test_an_answer_signed_by_another_is_none(tmp_path: Path) -> None:
    """A proxy may open TLS for a whole ministry; it still cannot answer for the centre."""
    with Answering(GOOD, tmp_path, keys=Keys.make()) as centre:
        assert reach(centre.laptop(OURS)) == Reach.STRANGER


def test_an_answer_to_another_question_is_none(tmp_path: Path) -> None:
    """Mutant: the nonce not compared."""
    with Answering(GOOD, tmp_path, nonce=bytes(16)) as centre:
        assert reach(centre.laptop(OURS)) == Reach.STRANGER


# ── clocks ───────────────────────────────────────────────────────────────────────────────────


def wrong(days: int) -> Callable[[], datetime]:
    return lambda: datetime.now(UTC) + timedelta(days=days)


@pytest.mark.parametrize(("begins", "ends"), [(-400, -30), (30, 400)])
def test_a_wrong_clock_does_not_stop_sync(tmp_path: Path, begins: int, ends: int) -> None:
    """The clock of TLS cannot be set for a test, so the certificate and the centre are moved.

    Mutants: dates always checked by this computer's clock; the time of the centre not asked.
    """
    shown = certificate("centre", OURS, begins=begins, ends=ends)
    with Answering(shown, tmp_path, now=wrong((begins + ends) // 2)) as centre:
        with centre.laptop(OURS, (OURS.pin,)) as laptop:
            laptop.ask(REQUEST)
            laptop.ask(REQUEST)
            assert laptop.offset is not None
            assert abs(laptop.offset / 86_400 + (begins + ends) // 2) < 1
        assert [path for _verb, path in centre.asked].count("/v1/sync") == 2
        assert len(centre.asked) == 3, "the time is asked once"


def test_a_certificate_that_really_ran_out_is_refused_by_any_clock(tmp_path: Path) -> None:
    """Mutant: the dates not judged at all once the clock is known to be wrong."""
    shown = certificate("centre", OURS, begins=-400, ends=-30)
    with Answering(shown, tmp_path) as centre:
        assert reach(centre.laptop(OURS, clock=wrong(-200))) == Reach.STRANGER
        assert not centre.requests


@pytest.mark.parametrize("told", [{"keys": Keys.make()}, {"nonce": bytes(16)}])
def test_the_time_of_a_stranger_or_of_yesterday_is_not_believed(
    tmp_path: Path, told: dict[str, Any]
) -> None:
    """Mutants: the card not verified; its nonce not compared. Else a stolen old key would do."""
    shown = certificate("centre", OURS, begins=-400, ends=-30)
    with Answering(shown, tmp_path, now=wrong(-100), **told) as centre:
        assert reach(centre.laptop(OURS)) == Reach.CLOCK
        assert not centre.requests


# ── states ───────────────────────────────────────────────────────────────────────────────────

PAGE = {"Content_Type": "text/html; charset=utf-8"}
SAID: dict[str, tuple[int, dict[str, str], bytes, Reach, str]] = {
    "a redirect": (302, {"Location": "http://login.example/"}, b"", Reach.PORTAL, "302"),
    "a page": (200, PAGE, b"<html>log in</html>", Reach.PORTAL, "200"),
    "log in first": (511, PAGE, b"<html/>", Reach.PORTAL, "511"),
    "revoked": (403, {}, b'{"error": "revoked"}', Reach.REFUSED, "revoked"),
    "unknown": (401, {}, b"not json", Reach.REFUSED, "401"),
    "not here": (404, {}, b"", Reach.STRANGER, "404"),
    "at work": (502, PAGE, b"<html>bad gateway</html>", Reach.UNREACHABLE, "502"),
    "too often": (429, {"Retry_After": "40"}, b"", Reach.UNREACHABLE, "429"),
    "other bytes": (200, {}, b"SMT1 and then nothing", Reach.STRANGER, "length"),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_not_an_answer_is_told_apart(tmp_path: Path, name: str) -> None:
    status, headers, body, expected, word = SAID[name]
    with Answering(GOOD, tmp_path, plain=(status, headers, body)) as centre:
        with centre.laptop(OURS) as laptop, pytest.raises(Unanswered) as met:
            laptop.ask(REQUEST)
        assert (met.value.reach, met.value.word) == (expected, word)
        assert met.value.wait == (40 if status == 429 else 0)
        assert len(centre.asked) == 1, "a redirect is not followed"


def test_an_answer_without_an_end_is_not_read_to_it(tmp_path: Path) -> None:
    """Mutant: the body read whole whatever its size."""
    plain = (200, {}, bytes(12 * 1024 * 1024))
    with Answering(GOOD, tmp_path, plain=plain) as centre:
        laptop = centre.laptop(OURS)
        assert reach(laptop) == Reach.STRANGER
        assert laptop.received < 9 * 1024 * 1024


def test_nobody_there_is_a_state(tmp_path: Path) -> None:
    with Answering(GOOD, tmp_path) as centre:
        laptop = centre.laptop(OURS)
    assert reach(laptop) == Reach.UNREACHABLE


def test_one_connection_serves_and_a_dead_one_is_opened_again(tmp_path: Path) -> None:
    """Mutants: a connection for each request; no second try on a connection that was kept."""
    with Answering(GOOD, tmp_path) as centre, centre.laptop(OURS) as laptop:
        for _ in range(3):
            laptop.ask(REQUEST)
        assert centre.connections == 1
        centre.hang_up = True
        for _ in range(3):
            laptop.ask(REQUEST)
        assert len(centre.requests) == 6
        centre.hang_up = False
        laptop.ask(REQUEST)
        centre.drop = 1
        laptop.ask(REQUEST)
        centre.drop = 2
        with pytest.raises(Unanswered):
            laptop.ask(REQUEST)


def test_the_certificate_is_not_heard_again_by_who_has_just_heard_it(tmp_path: Path) -> None:
    """Mutant: a new context, or no session, for each connection: 2 kB for nothing to do."""
    with (
        Answering(GOOD, tmp_path) as centre,
        Wire("127.0.0.1", centre.port) as wire,
        centre.laptop(OURS, (OURS.pin,), port=wire.port) as laptop,
    ):
        heard = []
        for _ in range(3):
            wire.weather.forget()
            laptop.ask(REQUEST)
            heard.append(wire.weather.down)
            laptop.close()
        assert centre.connections == 3
        assert max(heard[1:]) < heard[0] - 400


def test_a_line_cut_at_any_byte_is_a_state_and_never_an_answer(tmp_path: Path) -> None:
    """Mutant: a body believed that is shorter than was said."""
    with (
        Answering(GOOD, tmp_path) as centre,
        Wire("127.0.0.1", centre.port) as wire,
    ):
        with centre.laptop(OURS, port=wire.port) as laptop:
            laptop.ask(REQUEST)
        up, down = wire.weather.up, wire.weather.down
        # TLS numbers its records, so the last bytes (its goodbye) may be missed by nobody.
        for name, most in (("up_cut", up), ("down_cut", down)):
            for at in range(1, most - 60, 97):
                wire.weather.forget()
                setattr(wire.weather, name, at)
                assert reach(centre.laptop(OURS, port=wire.port)) in (
                    Reach.UNREACHABLE, Reach.ANSWERED
                )  # fmt: skip
        wire.weather.forget()
        assert reach(centre.laptop(OURS, port=wire.port)) == Reach.ANSWERED


# ── joining ──────────────────────────────────────────────────────────────────────────────────

TOLD = {"code": "ABC", "device": DEVICE} | DEVICE_KEYS.public.to_json()


def test_a_code_is_told_to_the_pinned_centre_alone(tmp_path: Path) -> None:
    """Mutant: the code sent before the pin was compared: a Wi-Fi would join in our place."""
    shown = certificate("centre", OURS, chain=(OURS.certificate,))
    with Answering(shown, tmp_path, plain=(200, {}, b'{"epoch": 1}')) as centre:
        url = f"https://127.0.0.1:{centre.port}"
        assert authority_of(url, OURS.pin) == OURS.pem
        reply = enrol(url, OURS.pin, TOLD, DEVICE_KEYS, lambda: datetime.now(UTC))
        assert reply.body == b'{"epoch": 1}'
        assert centre.asked == [("POST", "/v1/enrol")]
        for pin in (PORTAL.pin, GOOD.pin):
            with pytest.raises(Unanswered) as met:
                enrol(url, pin, TOLD, DEVICE_KEYS, lambda: datetime.now(UTC))
            assert met.value.reach == Reach.STRANGER
        assert len(centre.asked) == 1


def test_an_authority_shown_by_a_stranger_gives_him_nothing(tmp_path: Path) -> None:
    """Anybody may show our authority; what he has not is a certificate signed by it."""
    shown = certificate("centre", PORTAL, chain=(PORTAL.certificate, OURS.certificate))
    with Answering(shown, tmp_path, plain=(200, {}, b"{}")) as centre:
        with pytest.raises(Unanswered) as met:
            enrol(f"https://127.0.0.1:{centre.port}", OURS.pin, TOLD, DEVICE_KEYS,
                  lambda: datetime.now(UTC))  # fmt: skip
        assert met.value.reach == Reach.PORTAL
        assert not centre.asked


def test_why_a_code_was_not_taken_comes_back_as_a_word(tmp_path: Path) -> None:
    with Answering(GOOD, tmp_path, plain=(410, {}, b'{"error": "used"}')) as centre:
        shown = certificate("centre", OURS, chain=(OURS.certificate,))
    with Answering(shown, tmp_path, plain=(410, {}, b'{"error": "used"}')) as centre:
        reply = enrol(f"https://127.0.0.1:{centre.port}", OURS.pin, TOLD, DEVICE_KEYS,
                      lambda: datetime.now(UTC))  # fmt: skip
    assert (reply.status, reply.body) == (410, b'{"error": "used"}')


@pytest.mark.parametrize(
    ("wrong", "cut"),
    [
        (httpx.ReadError("gone"), True),
        (httpx.ReadTimeout("silent"), True),
        (httpx.RemoteProtocolError("half an answer"), True),
        (httpx.WriteTimeout("full"), True),
        (httpx.ConnectError("nobody"), False),
        (httpx.ConnectTimeout("nobody"), False),
    ],
)
def test_a_line_that_broke_is_told_from_one_that_was_not_there(
    wrong: httpx.HTTPError, cut: bool
) -> None:
    """Mutant: messages grow smaller while there is no network at all, or never."""
    met = unanswered(wrong)
    assert (met.reach, met.cut) == (Reach.UNREACHABLE, cut)
