# SPDX-License-Identifier: Apache-2.0
"""A centre as a process of its own, on a PostgreSQL that waits for its disk."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from desktop.centre.centre import open_centre
from desktop.centre.config import CentreSection, Config, DatabaseSection, ListenSection
from desktop.centre.founding import found_centre
from tests.bench import figures
from tests.centre.postgresql import Server, end_server, start_server
from tests.centre.running import EVERY_LIMIT, RunningCentre


@dataclass
class Standing:
    """A centre that runs beside this process."""

    at: RunningCentre
    """Makes codes and laptops; speaks to the other process."""
    process: subprocess.Popen[bytes]
    port: int
    folder: Path
    _config: Config

    def kill(self) -> None:
        """As a power cut would: no warning."""
        self.process.kill()
        self.process.wait()

    def start(self) -> None:
        """Start the process again and wait until it answers."""
        self.process = _served(self.folder)
        _wait(self.at.client, self.process)

    def seconds(self) -> float:
        """Processor time the service has used so far."""
        return processor_seconds(self.process.pid)

    def memory(self) -> int:
        """Resident bytes of the service."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024


def memory_of(pid: int) -> int:
    """Bytes of a process; of what it shares with others its part."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    line = next(line for line in told.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024


def processor_seconds(pid: int) -> float:
    """User and system time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def server_seconds(server: Server) -> float:
    """Processor time of a PostgreSQL: its first process, those that ended, those that run."""
    first = int((server.folder / "data/postmaster.pid").read_text().split()[0])
    fields = Path(f"/proc/{first}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / 100 + sum(map(processor_seconds, _children(first)))


def server_memory(server: Server) -> int:
    """Bytes of all processes of a PostgreSQL, what they share counted once."""
    first = int((server.folder / "data/postmaster.pid").read_text().split()[0])
    return sum(map(memory_of, (first, *_children(first))))


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in found if Path(f"/proc/{one}").exists()]


@contextmanager
def postgresql() -> Iterator[Server]:
    """A PostgreSQL on the disk, which every commit waits for."""
    server = start_server(durable=True)
    try:
        yield server
    finally:
        end_server(server)


def database(server: Server, name: str) -> str:
    """A new database; its SQLAlchemy URL."""
    server.run("createdb", "-h", server.folder, "-U", "postgres", name)
    return server.url(name)


@contextmanager
def standing_centre(
    folder: Path, url: str = "", *, tls: bool = False, host: str = "127.0.0.1"
) -> Iterator[Standing]:
    """A centre over ``url`` (its own SQLite when empty); plain HTTP unless ``tls``."""
    with socket.create_server((host if host.startswith("127") else "127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"{'https' if tls else 'http'}://{host}:{port}"
    config = Config(
        folder,
        CentreSection("ศูนย์วัดผล", f"https://{host}:{port}"),
        ListenSection(
            host=host, port=port, tls="own" if tls else "proxy", threads=8, stop_seconds=5
        ),
        limits=EVERY_LIMIT,
        database=DatabaseSection(url) if url else DatabaseSection(),
    )
    founded = found_centre(config, "admin")
    centre = open_centre(folder)
    context = ssl.create_default_context(cadata=centre.authority) if tls else False
    process = _served(folder)
    with httpx.Client(base_url=address, verify=context, trust_env=False, timeout=120) as client:
        standing = Standing(
            RunningCentre(centre, address, client, replace(founded)),
            process, port, folder, config,
        )  # fmt: skip
        try:
            _wait(client, process)
            yield standing
        finally:
            standing.process.terminate()
            standing.process.wait(20)
            centre.close()


def _served(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "desktop", "centre", "serve", "--folder", str(folder)],
        cwd=figures.ROOT,
        env=figures.surroundings(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the centre ended with {process.returncode}")
        try:
            client.get("/healthz").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the centre does not answer")
