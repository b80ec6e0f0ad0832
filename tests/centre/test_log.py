# SPDX-License-Identifier: Apache-2.0
"""The service's log and figures hold no word of anybody."""

from __future__ import annotations

import io
import json
import logging

import pytest

from desktop.centre.log import start_log
from desktop.centre.metrics import Metrics

NAME, PHONE, NUMBER = "สมหญิง ใจดี", "081-234-5678", "9912345678901"


def test_a_line_is_json_of_allowed_fields_only() -> None:
    """Fails when arguments, unknown fields or the text of an exception reach the line."""
    out = io.StringIO()
    start_log(out)
    log = logging.getLogger("desktop.centre.test")
    try:
        int(NAME)
    except ValueError:
        log.exception("fault", extra={"route": "/v1/sync", "name_of": NAME, "reason": NAME})
    log.info("answered %s", NAME, extra={"device": PHONE, "code": NUMBER, "count": 9912345678901})

    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert (first["event"], first["route"], first["error"]) == ("fault", "/v1/sync", "ValueError")
    assert first["reason"] == second["device"] == second["code"] == second["count"] == "?"
    for needle in (NAME, "สมหญิง", PHONE, NUMBER):
        assert needle not in out.getvalue()


def test_what_uvicorn_says_of_itself_names_nobody() -> None:
    out = io.StringIO()
    start_log(out)
    # Another test may have run a uvicorn of its own, which sets the level of its logger.
    logging.getLogger("uvicorn.error").setLevel(logging.NOTSET)
    logging.getLogger("uvicorn.error").disabled = False
    logging.getLogger("uvicorn.error").error("%s said %s", "10.0.0.7", NAME)
    logging.getLogger("uvicorn").handlers.clear()
    logging.getLogger("uvicorn").propagate = True

    assert json.loads(out.getvalue())["event"] == "server notice"
    assert "10.0.0.7" not in out.getvalue()


def test_figures_are_what_prometheus_reads() -> None:
    metrics = Metrics()
    metrics.add("samut_requests_total", route="/v1/sync", status="200", method="POST")
    metrics.add("samut_requests_total", 2, route="/v1/sync", status="200", method="POST")
    metrics.took("/v1/sync", 0.02)
    metrics.took("/v1/sync", 20)
    text = metrics.text({"samut_devices": ("Laptops.", 3)})

    assert 'samut_requests_total{method="POST",route="/v1/sync",status="200"} 3\n' in text
    assert 'samut_request_seconds_bucket{route="/v1/sync",le="0.025"} 1\n' in text
    assert 'samut_request_seconds_bucket{route="/v1/sync",le="+Inf"} 2\n' in text
    assert 'samut_request_seconds_count{route="/v1/sync"} 2\n' in text
    assert "# TYPE samut_devices gauge\nsamut_devices 3\n" in text
    with pytest.raises(KeyError):
        metrics.add("samut_names_total")
