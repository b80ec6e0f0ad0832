# SPDX-License-Identifier: Apache-2.0
"""What is asked at random, within the document and beside it, never brings the service down:
schemathesis against the application, as a stranger and as a laptop that has joined."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what its own libraries say of each other
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.generation import GenerationMode
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

from desktop.centre.routes.health import openapi
from desktop.sync.envelope import read_json
from desktop.sync.signing import LENGTH, OFFSET, sign_call
from tests.centre.running import Laptop, RunningCentre, centre_in_process, milliseconds, state_hash

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
EXAMPLES = 12


@pytest.fixture
def at(tmp_path: Path) -> Iterator[RunningCentre]:
    with centre_in_process(tmp_path / "centre") as running:
        yield running


def _operations() -> list[Any]:
    schema = schemathesis.openapi.from_dict(read_json(openapi()))
    return [one.ok() for one in schema.get_all_operations()]


def _sent(at: RunningCentre, case: Any, **headers: str) -> Any:
    told = case.as_transport_kwargs(base_url=at.url)
    told["headers"] = {
        name: value.encode("utf-8", "replace") if isinstance(value, str) else value
        for name, value in {**dict(told.get("headers") or {}), **headers}.items()
    }
    body = {key: told[key] for key in ("json", "data", "files") if told.get(key) is not None}
    if isinstance(body.get("data"), bytes | str):
        body["content"] = body.pop("data")
    return at.client.request(
        told["method"], told["url"], params=told.get("params"), headers=told["headers"], **body
    )


def _asked(operation: Any, ask: Callable[[Any], None], *modes: Any) -> None:
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes)))
    def often(case: Any) -> None:
        ask(case)

    often()


@pytest.mark.parametrize("operation", _operations(), ids=lambda one: one.label)
def test_a_stranger_is_answered_as_the_document_says(at: RunningCentre, operation: Any) -> None:
    """Fails when what a stranger sends is answered with 500 or with what nobody declared."""

    def ask(case: Any) -> None:
        response = _sent(at, case)
        if response.status_code not in (404, 405):  # a path that was bent into another
            case.validate_response(response, checks=CHECKS)

    before = state_hash(at.centre)
    _asked(operation, ask, GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    assert state_hash(at.centre) == before


@pytest.mark.parametrize(
    "operation",
    [one for one in _operations() if one.label.endswith(("{sha256}", "/v1/forms", "/v1/enrol"))],
    ids=lambda one: one.label,
)
def test_a_laptop_that_asks_oddly_is_answered_as_the_document_says(
    at: RunningCentre, operation: Any
) -> None:
    """Fails when what a believed laptop may send is answered with 500."""
    laptop, code = at.laptop(), at.make_code()

    def ask(case: Any) -> None:
        headers = {str(name): str(value) for name, value in dict(case.headers or {}).items()}
        path = case.formatted_path
        said = {name: headers.get(name, "") for name in (OFFSET, LENGTH)}
        numbers = {name: int(v) if v.isdecimal() else 0 for name, v in said.items()}
        joins = path == "/v1/enrol" and isinstance(case.body, dict)
        who = Laptop(at, device=str(case.body.get("device", ""))) if joins else laptop
        if joins:
            case.body |= {"code": code, **who.keys.public.to_json()}
        signed = sign_call(
            who.keys.signing, who.device, case.method, path, created=milliseconds(),
            offset=numbers[OFFSET], length=numbers[LENGTH],
        )  # fmt: skip
        response = _sent(at, case, **signed)
        case.validate_response(response, checks=CHECKS)
        assert response.status_code != 401

    _asked(operation, ask, GenerationMode.POSITIVE)
