# SPDX-License-Identifier: Apache-2.0
"""Photos over HTTP: resumed at the byte, judged by their hash, and seen by whom a record lets."""

from __future__ import annotations

import hashlib
import random
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.centre import audit
from desktop.sync.signing import LENGTH, OFFSET, sign_call
from tests.centre.running import (
    Laptop,
    RunningCentre,
    centre_in_process,
    milliseconds,
    running_centre,
)

PHOTO = random.Random(1).randbytes(700_000)
SHA256 = hashlib.sha256(PHOTO).hexdigest()
PATH = f"/v1/blob/{SHA256}"


@pytest.fixture
def at(tmp_path: Path) -> Iterator[RunningCentre]:
    with centre_in_process(tmp_path / "centre") as running:
        yield running


def _named(laptop: Laptop, scope: str = "t:630101") -> None:
    body = {"kind": "attachment", "id": "a", "set": {"sha256": SHA256}}
    assert not laptop.sync(laptop.push(scope, body)).push[0].notes


def _offset(laptop: Laptop) -> int:
    answer = laptop.call("HEAD", PATH)
    assert answer.status_code == 200
    return int(answer.headers[OFFSET])


def test_a_photo_goes_up_in_pieces_and_comes_down_as_it_was(at: RunningCentre) -> None:
    laptop, other = at.laptop(), at.laptop()
    _named(laptop)
    for start in range(0, len(PHOTO), 300_000):
        assert _offset(laptop) == start
        piece = PHOTO[start : start + 300_000]
        sent = laptop.call("PATCH", PATH, body=piece, offset=start, length=len(PHOTO))
        assert (sent.status_code, sent.headers[OFFSET]) == (204, str(start + len(piece)))
    whole = laptop.call("HEAD", PATH)

    assert (whole.headers[OFFSET], whole.headers[LENGTH]) == ("700000", "700000")
    got = other.call("GET", PATH)
    assert (got.status_code, got.content == PHOTO) == (200, True)
    rest = other.call("GET", PATH, Range="bytes=650000-")
    assert (rest.status_code, rest.headers["content-range"]) == (206, "bytes 650000-699999/700000")
    assert rest.content == PHOTO[650_000:]
    assert other.call("GET", PATH, Range="bytes=700000-").status_code == 416
    assert other.call("GET", PATH, Range="bytes=5-9").content == PHOTO
    with at.centre.database.read() as conn:
        read = audit.entries(conn, lane=other.device)
    assert ("read", SHA256) in {(one.action, one.record_id) for one in read}


def test_a_wrong_place_is_told_the_right_one(at: RunningCentre) -> None:
    laptop = at.laptop()
    laptop.call("PATCH", PATH, body=PHOTO[:1000], length=len(PHOTO))
    for wrong in (999, 1001, 0):
        answer = laptop.call("PATCH", PATH, body=b"x", offset=wrong, length=len(PHOTO))
        assert (answer.status_code, answer.headers[OFFSET]) == (409, "1000")
    assert _offset(laptop) == 1000


def test_what_does_not_hash_to_its_name_is_thrown_away(at: RunningCentre) -> None:
    """Fails when a wrong file is kept: the right one could never come after it."""
    laptop = at.laptop()
    wrong = laptop.call("PATCH", PATH, body=b"\0" * len(PHOTO), length=len(PHOTO))

    assert (wrong.status_code, wrong.json()) == (460, {"error": "hash"})
    assert _offset(laptop) == 0
    assert laptop.call("PATCH", PATH, body=PHOTO, length=len(PHOTO)).status_code == 204


def test_the_offset_and_the_length_are_under_the_signature(at: RunningCentre) -> None:
    laptop = at.laptop()
    signed = sign_call(
        laptop.keys.signing, laptop.device, "PATCH", PATH, created=milliseconds(), offset=0,
        length=len(PHOTO),
    )  # fmt: skip
    for offset, length in ((1, len(PHOTO)), (0, len(PHOTO) + 1)):
        headers = signed | {OFFSET: str(offset), LENGTH: str(length)}
        answer = at.client.patch(PATH, content=PHOTO, headers=headers)
        assert (answer.status_code, answer.json()) == (401, {"error": "forged"})
    for odd in ("-1", "1.0", "²", "", "9" * 40):
        headers = {**signed, OFFSET: odd.encode("latin-1"), LENGTH: str(len(PHOTO))}
        answer = at.client.patch(PATH, content=PHOTO, headers=headers)
        assert answer.status_code in (400, 401)
    assert _offset(laptop) == 0


def test_what_is_too_large_or_no_hash_is_refused(at: RunningCentre) -> None:
    laptop = at.laptop()
    most = at.centre.config.attachments.most_bytes
    assert laptop.call("PATCH", PATH, body=b"x", length=most + 1).status_code == 413
    for name in ("0" * 63, "0" * 65, "A" * 64, "..%2f..%2fcentre.key"):
        assert laptop.call("HEAD", f"/v1/blob/{name}").status_code in (401, 404)


def test_a_photo_nobodys_record_names_is_shown_to_nobody(at: RunningCentre) -> None:
    laptop = at.laptop()
    laptop.call("PATCH", PATH, body=PHOTO, length=len(PHOTO)).raise_for_status()
    assert laptop.call("GET", PATH).status_code == 404
    _named(laptop)
    assert laptop.call("GET", PATH).content == PHOTO


def test_a_line_that_is_cut_loses_no_byte_that_came(tmp_path: Path) -> None:
    """Fails when a piece counts only as a whole: on 2G a photo would never arrive."""
    with running_centre(tmp_path / "centre") as at:
        laptop = at.laptop()
        context = ssl.create_default_context(cadata=at.ca)
        signed = sign_call(
            laptop.keys.signing, laptop.device, "PATCH", PATH, created=milliseconds(),
            length=len(PHOTO),
        )  # fmt: skip
        head = "\r\n".join(
            [
                f"PATCH {PATH} HTTP/1.1",
                "Host: 127.0.0.1",
                *(f"{name}: {value}" for name, value in signed.items()),
                f"{OFFSET}: 0",
                f"{LENGTH}: {len(PHOTO)}",
                f"Content-Length: {len(PHOTO)}",
                "",
                "",
            ]
        )
        port = int(at.url.rsplit(":", 1)[1])
        with (
            socket.create_connection(("127.0.0.1", port)) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as line,
        ):
            line.sendall(head.encode() + PHOTO[:300_000])
            until = time.monotonic() + 20
            while _offset(laptop) < 256 * 1024 and time.monotonic() < until:
                time.sleep(0.01)
            line.sendall(PHOTO[300_000:400_000])
        there = _offset(laptop)
        assert 256 * 1024 <= there <= 400_000
        rest = laptop.call("PATCH", PATH, body=PHOTO[there:], offset=there, length=len(PHOTO))
        while rest.status_code == 409:  # the rest of the first piece was put down meanwhile
            there = int(rest.headers[OFFSET])
            rest = laptop.call("PATCH", PATH, body=PHOTO[there:], offset=there, length=len(PHOTO))
        assert (rest.status_code, rest.headers[OFFSET]) == (204, str(len(PHOTO)))
