# SPDX-License-Identifier: Apache-2.0
"""A day at the centre leaves no word of anybody in its log or figures: needles go in everywhere a
person or a laptop can put one, and none comes out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from desktop.centre.log import start_log
from desktop.centre.routes import sync
from desktop.sync.protocol import Pull
from tests.centre.running import Laptop, RunningCentre, centre_in_process

NAME, PHONE, NUMBER, WORDS = "สมหญิงใจดี", "0812345678", "9912345678901", "หลังคารั่วทั้งบ้าน"
ADDRESS = "10.99.88.77"


def _day(at: RunningCentre, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Good calls and bad ones; the needles that were used."""
    laptop = Laptop(at, people=(NUMBER,))
    code = at.make_code(name=NAME)
    laptop.join("AAAAA-AAAAA", name=NAME)
    assert laptop.join(code, name=NAME, facilitators=[{"id": NUMBER, "name": NAME}]).is_success
    person = {"kind": "person", "id": NUMBER, "set": {"first": NAME, "phone": PHONE}}
    home = {"kind": "household", "id": f"h-{PHONE}", "set": {"needs": WORDS}}
    laptop.sync(laptop.push("t:630101", person, home), pull=(Pull("t:630101", 0),), app=NAME)
    laptop.sync(laptop.push(f"c:{NAME}", home), pull=(Pull(NAME, 0),))
    laptop.post(laptop.envelope({"device": NAME, "v": NAME}))
    laptop.post(NAME.encode() * 10)
    for path in (f"/v1/{NAME}", f"/v1/blob/{NUMBER}", f"/v1/forms/{PHONE}", f"/{NUMBER}?q={NAME}"):
        laptop.call("GET", path)
    at.client.get("/v1/time", params={"nonce": NAME}, headers={"User-Agent": PHONE})

    def fault(*_: object, **__: object) -> None:
        raise ValueError(f"{NAME} {PHONE} {NUMBER} {WORDS}")

    with monkeypatch.context() as bent:
        bent.setattr(sync, "answer", fault)
        assert laptop.post(laptop.envelope(laptop.request())).status_code == 500
    return NAME, PHONE, NUMBER, WORDS, ADDRESS, code, laptop.device


def test_neither_the_log_nor_the_figures_name_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when a path, a parameter, a header, an address, an id or an exception's text is
    written down, or when a label of a figure is made of what somebody sent."""
    out = io.StringIO()
    with centre_in_process(tmp_path / "centre", address=(ADDRESS, 1)) as at:
        start_log(out)
        needles = _day(at, monkeypatch)
        figures = at.centre.metrics.text(at.centre.gauges())
    log = out.getvalue()

    assert log.count("\n") > 10
    assert '"event":"fault"' in log
    assert "samut_ops_total" in figures
    for needle in needles:
        assert needle not in log
        assert needle not in figures
        assert needle.encode("unicode_escape").decode() not in log
