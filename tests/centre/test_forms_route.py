# SPDX-License-Identifier: Apache-2.0
"""The forms a centre gives out."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.centre.running import centre_in_process


def test_shipped_forms_and_those_of_the_staff_are_given_out(tmp_path: Path) -> None:
    """Fails when a form that the staff changed in place is given out under its old hash."""
    with centre_in_process(tmp_path / "centre") as at:
        laptop = at.laptop()
        shipped = {one["form"] for one in laptop.call("GET", "/v1/forms").json()}
        folder = at.centre.config.folder / "forms"
        folder.mkdir()
        (folder / "flood@2026120101.xml").write_bytes(b"<a/>")
        (folder / "notes.xml").write_bytes(b"<b/>")
        listed = {one["form"]: one for one in laptop.call("GET", "/v1/forms").json()}
        got = laptop.call("GET", f"/v1/forms/{listed['flood']['sha256']}")
        (folder / "flood@2026120101.xml").write_bytes(b"<aa/>")
        again = {one["form"]: one for one in laptop.call("GET", "/v1/forms").json()}

    assert {"home_visit", "registration"} <= shipped
    assert set(listed) == shipped | {"flood"}
    assert listed["flood"]["sha256"] == hashlib.sha256(b"<a/>").hexdigest()
    assert got.content == b"<a/>"
    assert again["flood"]["sha256"] == hashlib.sha256(b"<aa/>").hexdigest()
