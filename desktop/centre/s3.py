# SPDX-License-Identifier: Apache-2.0
"""A shelf in an S3-compatible store: plain HTTP calls signed with AWS Signature Version 4.

Only PUT, GET and HEAD of whole objects by path, which every such store has. The body's SHA-256
is part of what is signed, so a body that was changed on the way is refused by the store.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from desktop.centre.database import system_clock
from desktop.centre.shelf import PIECE, away, check_name, pieces

if TYPE_CHECKING:
    import httpx

_EMPTY: Final = hashlib.sha256(b"").hexdigest()
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where the store is and the key it knows us by."""

    endpoint: str
    """``https://s3.example``; objects are at ``/bucket/name``."""
    bucket: str
    region: str
    key: str
    secret: str
    prefix: str = ""


class S3Shelf:
    """Files in a bucket."""

    def __init__(
        self, bucket: Bucket, *, clock: Callable[[], datetime] = system_clock,
        wait: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:  # fmt: skip
        import httpx

        self._bucket = bucket
        self._clock = clock
        self._wait = wait
        self._client = httpx.Client(timeout=60, transport=transport)

    def put(self, name: str, source: Path) -> None:
        """Keep a copy of ``source`` under ``name``."""
        digest = hashlib.sha256()
        for piece in pieces(source.open("rb")):
            digest.update(piece)
        size = source.stat().st_size
        answer = self._call("PUT", name, digest.hexdigest(), source=source, size=size)
        if answer.status_code not in (200, 201, 204):
            raise away()

    def open(self, name: str, start: int = 0) -> Iterator[bytes]:
        """The bytes from ``start`` on; ``KeyError`` if there is no such file."""
        extra = {"range": f"bytes={start}-"} if start else {}
        answer = self._call("GET", name, _EMPTY, extra=extra, stream=True)
        if answer.status_code == 416:
            answer.close()
            return iter(())
        if answer.status_code not in (200, 206):
            answer.close()
            if answer.status_code == 404:
                raise KeyError(name)
            raise away()
        skip = start if answer.status_code == 200 else 0
        return self._read(answer, skip)

    def size(self, name: str) -> int | None:
        """How many bytes; None if there is no such file."""
        answer = self._call("HEAD", name, _EMPTY)
        if answer.status_code == 404:
            return None
        if answer.status_code != 200:
            raise away()
        return int(answer.headers["content-length"])

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def _read(self, answer: httpx.Response, skip: int) -> Iterator[bytes]:
        import httpx

        try:
            for piece in answer.iter_raw(PIECE):
                if skip < len(piece):
                    yield piece[skip:]
                skip = max(0, skip - len(piece))
        except httpx.HTTPError as wrong:
            raise away() from wrong
        finally:
            answer.close()

    def _call(
        self, method: str, name: str, body_hash: str, *, source: Path | None = None,
        size: int = 0, extra: dict[str, str] | None = None, stream: bool = False,
    ) -> httpx.Response:  # fmt: skip
        """One call, said again when the line or the store fails; all of them may be repeated."""
        import httpx

        base = self._bucket.endpoint.rstrip("/")
        key = f"{self._bucket.prefix.strip('/')}/{check_name(name)}".lstrip("/")
        path = quote(f"/{self._bucket.bucket}/{key}")
        for attempt in range(_TRIES):
            if attempt:
                self._wait(0.5 * 4**attempt)
            headers = sign(
                self._bucket, method, urlsplit(base).netloc, path, body_hash,
                self._clock().astimezone(UTC), extra,
            )  # fmt: skip
            if source is not None:
                headers["content-length"] = str(size)
            request = self._client.build_request(
                method, base + path, headers=headers,
                content=None if source is None else pieces(source.open("rb")),
            )  # fmt: skip
            try:
                answer = self._client.send(request, stream=stream)
            except httpx.HTTPError as wrong:
                if attempt == _TRIES - 1:
                    raise away() from wrong
                continue
            if answer.status_code < 500 or attempt == _TRIES - 1:
                return answer
            answer.close()
        raise away()


def sign(
    bucket: Bucket, method: str, host: str, path: str, body_hash: str, now: datetime,
    extra: dict[str, str] | None = None,
) -> dict[str, str]:  # fmt: skip
    """The headers of a call: AWS Signature Version 4, service ``s3``, no query.

    ``extra`` are further headers (names in lower case), which are signed with the others.
    """
    at = now.strftime("%Y%m%dT%H%M%SZ")
    named = {"host": host, "x-amz-content-sha256": body_hash, "x-amz-date": at} | (extra or {})
    names = ";".join(sorted(named))
    asked = "\n".join(
        [method, path, "", *(f"{name}:{named[name]}" for name in sorted(named)), "", names,
         body_hash]
    )  # fmt: skip
    about = f"{at[:8]}/{bucket.region}/s3/aws4_request"
    said = "\n".join(["AWS4-HMAC-SHA256", at, about, hashlib.sha256(asked.encode()).hexdigest()])
    key = f"AWS4{bucket.secret}".encode()
    for part in about.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
    return named | {
        "authorization": f"AWS4-HMAC-SHA256 Credential={bucket.key}/{about}, "
        f"SignedHeaders={names}, Signature={signature}"
    }
