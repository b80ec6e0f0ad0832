# SPDX-License-Identifier: Apache-2.0
"""Kinto, the store for JSON records that a small service would otherwise be built on, as a rival.

It is installed into an environment of its own (a cache, not this folder) and runs on the same
PostgreSQL as the centre, the way its manual says: waitress, its own permission and storage
tables, batches through ``/v1/batch``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import httpx

VERSION: Final = "26.5.0"
_PINS: Final = [f"kinto[postgresql]=={VERSION}", "waitress", "setuptools<81"]
_PAGE: Final = 1000

_INI: Final = """\
[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = {port}
threads = 8
[app:main]
use = egg:kinto
kinto.includes = kinto.plugins.accounts
kinto.storage_backend = kinto.core.storage.postgresql
kinto.storage_url = {url}
kinto.cache_backend = kinto.core.cache.memory
kinto.permission_backend = kinto.core.permission.postgresql
kinto.permission_url = {url}
kinto.userid_hmac_secret = bench
multiauth.policies = account
multiauth.policy.account.use = kinto.plugins.accounts.AccountsPolicy
kinto.account_create_principals = system.Everyone
kinto.bucket_create_principals = system.Authenticated
kinto.paginate_by = {page}
kinto.storage_max_fetch_size = 100000
kinto.batch_max_requests = 1000
[loggers]
keys = root
[handlers]
keys = none
[formatters]
keys =
[logger_root]
level = ERROR
handlers = none
[handler_none]
class = NullHandler
args = ()
"""


def _environment() -> Path:
    """The folder of Kinto's own environment, made if it is not there."""
    place = Path(tempfile.gettempdir()) / f"samut-bench-kinto-{VERSION}-{os.getuid()}"
    python = place / "bin/python"
    if not (place / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *_PINS], check=True)
        (place / "ready").touch()
    return place


class Kinto:
    """A running Kinto over the database ``url`` (``postgresql://…``); use it in a ``with``."""

    def __init__(self, url: str, port: int) -> None:
        self._url, self._port = url, port
        self._place = _environment()
        self._folder = tempfile.TemporaryDirectory(prefix="bench-kinto-")
        self.process: subprocess.Popen[bytes]
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}/v1", auth=("bench", "bench"), timeout=300
        )
        self._records = ""

    def __enter__(self) -> Kinto:
        ini = Path(self._folder.name) / "kinto.ini"
        ini.write_text(_INI.format(port=self._port, url=self._url, page=_PAGE))
        kinto = [str(self._place / "bin/kinto")]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*kinto, "migrate", "--ini", str(ini)], check=True, **quiet)  # type: ignore[call-overload]
        self.process = subprocess.Popen(
            [*kinto, "start", "--ini", str(ini)],
            **quiet,  # type: ignore[call-overload]
        )
        for _ in range(200):
            try:
                self.client.get("/", auth=None).raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        told = {"data": {"password": "bench"}}
        account = f"http://127.0.0.1:{self._port}/v1/accounts/bench"
        httpx.put(account, json=told).raise_for_status()
        bucket = f"/buckets/b{time.time_ns()}"
        self.client.put(bucket).raise_for_status()
        self.client.put(f"{bucket}/collections/visits").raise_for_status()
        self._records = f"{bucket}/collections/visits/records"
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        self.process.terminate()
        self.process.wait(10)
        self._folder.cleanup()

    def push(self, visits: list[dict[str, Any]], batch: int) -> int:
        """Send all visits, ``batch`` at a time; the bytes that went up."""
        sent = 0
        for start in range(0, len(visits), batch):
            requests = [
                {"path": f"{self._records}/{one['id']}", "body": {"data": one}}
                for one in visits[start : start + batch]
            ]
            told = {"defaults": {"method": "PUT"}, "requests": requests}
            answer = self.client.post("/batch", json=told)
            answer.raise_for_status()
            sent += int(answer.request.headers["content-length"])
            if any(one["status"] != 201 for one in answer.json()["responses"]):
                raise RuntimeError("Kinto did not take every visit")
        return sent

    def pull(self) -> tuple[int, int]:
        """Read all back page by page, as its clients do; how many, and the bytes."""
        count = size = 0
        page: str | None = f"{self._records}?_sort=last_modified&_limit={_PAGE}"
        while page:
            answer = self.client.get(page)
            answer.raise_for_status()
            count += len(answer.json()["data"])
            size += len(answer.content)
            page = answer.headers.get("Next-Page")
        return count, size
