# SPDX-License-Identifier: Apache-2.0
"""Files in a folder and in an S3-compatible store: whole or not at all."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from desktop.centre.s3 import Bucket, S3Shelf, sign
from desktop.centre.shelf import FolderShelf, Shelf, ShelfAway


class Store(ThreadingHTTPServer):
    """A store that speaks S3 over a real line and judges every signature."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.objects: dict[str, bytes] = {}
        self.calls: list[str] = []
        self.faults: list[int] = []
        """What is answered next; 0 cuts the line."""
        self.ranges = True
        where = f"127.0.0.1:{self.server_address[1]}"
        self.bucket = Bucket(f"http://{where}", "samut", "here-1", "AKID", "secret", "photos")

    def shelf(self) -> S3Shelf:
        return S3Shelf(self.bucket, wait=lambda _seconds: None)


class Handler(BaseHTTPRequestHandler):
    server: Store
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self._welcome(body):
            self.server.objects[self.path] = body
            self._say(200)

    def do_GET(self) -> None:
        if not self._welcome(b""):
            return
        held = self.server.objects.get(self.path)
        if held is None:
            self._say(404)
        elif self.server.ranges and (span := self.headers.get("range")):
            start = int(span.removeprefix("bytes=").rstrip("-"))
            self._say(206, held[start:]) if start < len(held) else self._say(416)
        else:
            self._say(200, held)

    do_HEAD = do_GET  # noqa: N815 - the name the server calls

    def log_message(self, *_words: object) -> None:
        """Nothing is said on standard error."""

    def _welcome(self, body: bytes) -> bool:
        self.server.calls.append(f"{self.command} {self.path}")
        if self.server.faults:
            fault = self.server.faults.pop(0)
            if fault:
                self._say(fault)
            else:
                self.close_connection = True
            return False
        told = self.headers["x-amz-content-sha256"]
        at = datetime.strptime(self.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        extra = {"range": self.headers["range"]} if self.headers["range"] else None
        bucket, host = self.server.bucket, self.headers["host"]
        wanted = sign(bucket, self.command, host, self.path, told, at, extra)["authorization"]
        if hashlib.sha256(body).hexdigest() == told and self.headers["authorization"] == wanted:
            return True
        self._say(403)
        return False

    def _say(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@pytest.fixture
def store() -> Iterator[Store]:
    server = Store()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def s3(store: Store) -> Iterator[S3Shelf]:
    shelf = store.shelf()
    yield shelf
    shelf.close()


@pytest.fixture(params=["folder", "s3"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    if request.param == "folder":
        return FolderShelf(tmp_path / "shelf")
    chosen: Shelf = request.getfixturevalue("s3")
    return chosen


def _source(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "source"
    path.write_bytes(content)
    return path


def test_what_was_put_is_there(shelf: Shelf, tmp_path: Path) -> None:
    content = bytes(range(256)) * 3000
    shelf.put("ab/cd-1.age", _source(tmp_path, content))
    assert shelf.size("ab/cd-1.age") == len(content)
    assert b"".join(shelf.open("ab/cd-1.age")) == content
    assert b"".join(shelf.open("ab/cd-1.age", 700_000)) == content[700_000:]
    assert b"".join(shelf.open("ab/cd-1.age", len(content))) == b""
    shelf.put("ab/cd-1.age", _source(tmp_path, b"new"))
    assert b"".join(shelf.open("ab/cd-1.age")) == b"new"


def test_what_is_not_there_is_said_so(shelf: Shelf) -> None:
    assert shelf.size("ab/none") is None
    with pytest.raises(KeyError):
        shelf.open("ab/none")


def test_a_name_leads_nowhere_else(shelf: Shelf, tmp_path: Path) -> None:
    for name in ("", "../x", "a/../b", "/x", "a//b", ".x", "a b", "ก", "a\\b", "a\0"):
        with pytest.raises(ValueError, match="name"):
            shelf.put(name, _source(tmp_path, b""))


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ShelfAway):
        FolderShelf(tmp_path / "file").put("a/b", _source(tmp_path, b"x"))
    assert FolderShelf(tmp_path).size("none/x") is None


def test_a_broken_copy_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: written in place."""
    from desktop.centre import shelf as module

    shelf = FolderShelf(tmp_path / "shelf")
    shelf.put("a/b", _source(tmp_path, b"old"))

    def fails(_file: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(module, "flush", fails)
    with pytest.raises(ShelfAway):
        shelf.put("a/b", _source(tmp_path, b"new"))
    assert b"".join(shelf.open("a/b")) == b"old"
    assert [path.name for path in (tmp_path / "shelf").rglob("*") if path.is_file()] == ["b"]


def test_a_store_that_fails_is_asked_again(store: Store, s3: S3Shelf, tmp_path: Path) -> None:
    store.faults = [503, 0]
    s3.put("a/b", _source(tmp_path, b"x"))
    assert store.calls == ["PUT /samut/photos/a/b"] * 3
    store.faults = [500, 500, 500]
    with pytest.raises(ShelfAway):
        s3.put("a/b", _source(tmp_path, b"x"))
    store.faults = [403]
    with pytest.raises(ShelfAway):
        s3.size("a/b")


def test_a_store_that_knows_another_key_is_a_sentence(store: Store, tmp_path: Path) -> None:
    """Mutant: a signature that does not depend on the secret."""
    stranger = S3Shelf(replace(store.bucket, secret="guessed"), wait=lambda _seconds: None)
    with pytest.raises(ShelfAway):
        stranger.put("a/b", _source(tmp_path, b"x"))
    stranger.close()
    assert store.objects == {}


def test_a_store_that_knows_no_ranges_is_read_all_the_same(
    store: Store, s3: S3Shelf, tmp_path: Path
) -> None:
    store.ranges = False
    s3.put("a/b", _source(tmp_path, b"abcdef"))
    assert b"".join(s3.open("a/b", 4)) == b"ef"


def test_the_signature_is_that_of_the_published_example() -> None:
    """The GET of an object with a range, from the manual of Signature Version 4."""
    bucket = Bucket(
        "https://examplebucket.s3.amazonaws.com", "", "us-east-1", "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    )  # fmt: skip
    told = sign(
        bucket, "GET", "examplebucket.s3.amazonaws.com", "/test.txt",
        hashlib.sha256(b"").hexdigest(), datetime(2013, 5, 24, tzinfo=UTC),
        {"range": "bytes=0-9"},
    )  # fmt: skip
    assert told["authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    )
