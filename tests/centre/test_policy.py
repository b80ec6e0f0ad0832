# SPDX-License-Identifier: Apache-2.0
"""Every route has a policy, and the document tells of every route."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Mount, Route

from desktop.centre.door import KNOWN, Rule, Who
from desktop.centre.routes import RULES
from desktop.centre.routes.health import openapi
from desktop.centre.service import service
from desktop.sync.envelope import read_json
from tests.centre.running import RunningCentre, centre_in_process

STAFF = {"/staff", "/verify"}
"""The staff's pages keep a table of their own: tests/centre/staff."""

EXPECTED = {
    ("POST", "/v1/sync"): (Who.SEALED, {"open", "grace", "closed"}),
    ("POST", "/v1/enrol"): (Who.CODE, set()),
    ("HEAD", "/v1/blob/{sha256}"): (Who.SIGNED, {"open", "grace"}),
    ("PATCH", "/v1/blob/{sha256}"): (Who.SIGNED, {"open", "grace"}),
    ("GET", "/v1/blob/{sha256}"): (Who.SIGNED, {"open"}),
    ("GET", "/v1/forms"): (Who.SIGNED, {"open"}),
    ("GET", "/v1/forms/{sha256}"): (Who.SIGNED, {"open"}),
    ("GET", "/v1/proofs"): (Who.SIGNED, {"open"}),
    ("GET", "/v"): (Who.ANYONE, set()),
    ("GET", "/v1/time"): (Who.ANYONE, set()),
    ("GET", "/"): (Who.ANYONE, set()),
    ("GET", "/v1/openapi.json"): (Who.ANYONE, set()),
    ("GET", "/healthz"): (Who.ANYONE, set()),
    ("GET", "/metrics"): (Who.LOCAL, set()),
}
"""Written by hand and on purpose: a policy changes in two places or not at all."""


@pytest.fixture
def at(tmp_path: Path) -> Iterator[RunningCentre]:
    with centre_in_process(tmp_path) as running:
        yield running


def test_every_route_of_the_application_has_a_rule(at: RunningCentre) -> None:
    """Fails when a route is added past the door, or answers a method that has no policy."""
    found = {}
    for route in service(at.centre).routes:
        if isinstance(route, Mount):
            assert route.path in STAFF
            continue
        assert isinstance(route, Route)
        rule = getattr(route.endpoint, "rule", None)
        assert isinstance(rule, Rule), f"{route.path} has no policy"
        assert route.methods == {rule.method}
        found[rule.method, rule.path] = (rule.policy.who, set(rule.policy.standings))
    assert found == EXPECTED
    assert len(RULES) == len(EXPECTED)


def test_only_devices_are_asked_how_they_stand() -> None:
    for rule in RULES:
        believed = rule.policy.who in (Who.SEALED, Who.SIGNED)
        assert bool(rule.policy.standings) == believed
        assert rule.policy.standings <= KNOWN


def test_the_document_names_every_route_and_no_other() -> None:
    told = read_json(openapi())
    named = {
        (method.upper(), path)
        for path, methods in told["paths"].items()
        for method in methods
        if method != "parameters"
    }
    assert named == set(EXPECTED)
    for methods in told["paths"].values():
        for method, one in methods.items():
            assert method == "parameters" or "Policy: " in one["summary"]


def test_what_is_not_there_says_so_in_a_word(at: RunningCentre) -> None:
    for method, path, status, word in (
        ("GET", "/nothing", 404, "unknown"),
        ("GET", "/v1/sync", 405, "method"),
        ("DELETE", "/v1/forms", 405, "method"),
        ("HEAD", "/v1/time", 405, ""),
    ):
        answer = at.client.request(method, path)
        assert answer.status_code == status
        assert not word or answer.json() == {"error": word}


def test_the_pages_of_the_staff_stand_beside_the_service(at: RunningCentre) -> None:
    assert at.client.get("/staff/login").status_code == 200
    assert at.client.get("/staff/").status_code in (302, 303)
    assert at.client.get("/verify/").status_code == 200
