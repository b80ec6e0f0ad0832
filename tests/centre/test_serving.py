# SPDX-License-Identifier: Apache-2.0
"""The service for real: uvicorn, TLS 1.3, the laptop's own HTTPS, and a process that is told to
stop."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from desktop.centre import tls
from desktop.centre.centre import TLS_FOLDER
from desktop.centre.config import (
    CentreSection,
    Config,
    ListenSection,
    config_text,
)
from desktop.centre.serving import Serving
from desktop.sync.carrier import Reach, Unanswered
from desktop.sync.enrol import authority_of, enrol
from desktop.sync.envelope import Kind, new_nonce, open_envelope
from desktop.sync.https import CentreAddress, Https
from tests.centre.running import Laptop, RunningCentre, founded_centre, running_centre


@pytest.fixture
def at(tmp_path: Path) -> Iterator[RunningCentre]:
    with running_centre(tmp_path / "centre") as running:
        yield running


def _now() -> datetime:
    return datetime.now(UTC)


def test_a_laptop_that_has_only_the_invitation_finds_the_authority_and_joins(
    at: RunningCentre,
) -> None:
    laptop = Laptop(at)
    assert authority_of(at.url, at.pin) == at.ca
    reply = enrol(at.url, at.pin, laptop.joining(at.make_code()), laptop.keys, _now)

    assert reply.status == 200
    with pytest.raises(Unanswered) as refused:
        enrol(at.url, "00" * 32, laptop.joining(at.make_code()), laptop.keys, _now)
    assert refused.value.reach is Reach.STRANGER


@pytest.mark.parametrize("years", [-7, 0, 543])
def test_the_forms_come_whatever_year_the_laptop_thinks_it_is(
    at: RunningCentre, years: int
) -> None:
    """Fails when the centre's signed time does not answer the question's nonce."""
    laptop = at.laptop()
    identity = at.centre.identity
    centre = CentreAddress(at.url, identity.id, identity.keys.public, at.ca, (at.pin,))

    def clock() -> datetime:
        return _now() + timedelta(days=365 * years)

    with Https(centre, laptop.device, laptop.keys, clock) as line:
        assert line.get("/v1/forms", 100_000)


def test_the_time_is_signed_and_bound_to_the_question(at: RunningCentre) -> None:
    nonce = new_nonce()
    answer = at.client.get("/v1/time", params={"nonce": nonce.hex()})
    card = open_envelope(
        answer.content, at.centre.identity.keys.public.signing, kind=Kind.CARD,
        device=at.centre.identity.id, nonce=nonce,
    )  # fmt: skip

    assert card.payload["card"] == "time"
    assert abs(card.created / 1000 - time.time()) < 60
    for wrong in ({}, {"nonce": "00"}, {"nonce": "x" * 32}):
        assert at.client.get("/v1/time", params=wrong).status_code == 400


def test_old_tls_and_plain_http_are_not_spoken(at: RunningCentre) -> None:
    old = ssl.create_default_context(cadata=at.ca)
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with (
        httpx.Client(verify=old, trust_env=False) as client,
        pytest.raises(httpx.TransportError),
    ):
        client.get(f"{at.url}/healthz")
    with (
        httpx.Client(trust_env=False) as client,
        pytest.raises(httpx.TransportError),
    ):
        client.get(at.url.replace("https://", "http://") + "/healthz")


def test_health_and_figures(at: RunningCentre) -> None:
    assert at.client.get("/healthz").json() == {"status": "ok"}
    at.client.get("/v1/time", params={"nonce": "00" * 16})
    figures = at.client.get("/metrics").text

    assert 'samut_requests_total{method="GET",route="/v1/time",status="200"} 1\n' in figures
    passed = at.client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
    assert passed.status_code == 403, "past a proxy, whoever it says it is"


def test_answers_say_they_are_not_to_be_kept(at: RunningCentre) -> None:
    headers = at.client.get("/healthz").headers

    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


def test_only_a_named_proxy_is_believed_about_who_asks(tmp_path: Path) -> None:
    """Fails when forwarded addresses are believed without a proxy: limits would be void."""
    own = Serving(Config(tmp_path))
    behind = Serving(Config(tmp_path, listen=ListenSection(tls="proxy", proxies=("10.0.0.9",))))

    assert (own.proxy_headers, own.is_ssl) == (False, True)
    assert (behind.proxy_headers, behind.is_ssl) == (True, False)
    assert behind.forwarded_allow_ips == ["10.0.0.9"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_process_that_is_told_to_stop_ends_well(tmp_path: Path) -> None:
    """The command itself, with its log: JSON lines that name nobody."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path / "centre"
    config = Config(
        folder, CentreSection("ศูนย์", f"https://127.0.0.1:{port}"), ListenSection(port=port)
    )
    founded_centre(folder, config)
    (folder / "centre.toml").write_text(config_text(config), "utf-8")
    tls.renew_server(folder / TLS_FOLDER, config.host_name)
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop", "centre", "serve", "--folder", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "LANG": "en"},
    )  # fmt: skip
    try:
        context = ssl.create_default_context(cafile=folder / TLS_FOLDER / tls.CA_FILE)
        with httpx.Client(verify=context, trust_env=False, base_url=config.centre.address) as to:
            _until_it_answers(to, process)
            to.get("/v1/time", params={"nonce": "00" * 16})
        process.send_signal(signal.SIGTERM)
        out, log = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode in (0, -signal.SIGTERM)
    assert f"127.0.0.1:{port}" in out
    assert re.search(r'"event":"answered".*"route":"/v1/time","sent":\d+,"status":200', log)


def _until_it_answers(client: httpx.Client, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert process.poll() is None, process.communicate()
        try:
            if client.get("/healthz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail("the service did not answer")
