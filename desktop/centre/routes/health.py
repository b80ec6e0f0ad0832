# SPDX-License-Identifier: Apache-2.0
"""``GET /healthz`` for whoever balances load, ``GET /metrics`` for the centre's own machine, and
``GET /v1/openapi.json``, which says what the service answers."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.centre.door import Call, Policy, Refusal, Reply, Rule, Who, told
from desktop.centre.metrics import PAGE

if TYPE_CHECKING:
    from desktop.centre.centre import Centre

_DOCUMENT = Path(__file__).parent.parent / "openapi.json"


def _healthy(centre: Centre, _call: Call) -> Reply:
    if not centre.answers():
        raise Refusal(503, "database")
    return told({"status": "ok"})


def _metrics(centre: Centre, _call: Call) -> Reply:
    return Reply(centre.metrics.text(centre.gauges()).encode(), media_type=PAGE)


@cache
def openapi() -> bytes:
    """The document, without the blanks it is written with."""
    return json.dumps(json.loads(_DOCUMENT.read_text("utf-8")), ensure_ascii=False).encode()


def _openapi(_centre: Centre, _call: Call) -> Reply:
    return Reply(openapi(), media_type="application/json")


RULES = (
    Rule("GET", "/healthz", Policy(Who.ANYONE), _healthy),
    Rule("GET", "/metrics", Policy(Who.LOCAL), _metrics),
    Rule("GET", "/v1/openapi.json", Policy(Who.ANYONE), _openapi),
)
