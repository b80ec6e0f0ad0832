# SPDX-License-Identifier: Apache-2.0
"""A real centre for tests: its tables, its keys and its service, and laptops that join it.

``centre_in_process`` opens no socket: requests go through the ASGI application. ``running_centre``
is uvicorn with TLS on loopback, in a thread. Both give a :class:`RunningCentre`.
"""

from __future__ import annotations

import shutil
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.applications import Starlette

from desktop.centre.account import Office, keep_office, offices
from desktop.centre.centre import Centre, open_centre
from desktop.centre.config import (
    FILE,
    CentreSection,
    Config,
    DatabaseSection,
    LimitsSection,
    ListenSection,
    config_text,
)
from desktop.centre.database import Clock, new_id, system_clock
from desktop.centre.door import Rule
from desktop.centre.founding import Founded, found_centre
from desktop.centre.joining_code import make_code
from desktop.centre.routes import RULES
from desktop.centre.service import service
from desktop.centre.serving import served_beside
from desktop.sync.envelope import Kind, new_nonce, open_envelope, seal
from desktop.sync.keys import Keys
from desktop.sync.protocol import Answer, Op, Push, Request
from desktop.sync.signing import LENGTH, OFFSET, sign_call

OFFICE = "office-tak"
EVERY_LIMIT = LimitsSection(device=100_000, account=100_000, address=100_000)


def milliseconds() -> int:
    return int(datetime.now(UTC).timestamp() * 1000)


@dataclass
class RunningCentre:
    """A centre that answers."""

    centre: Centre
    url: str
    client: httpx.Client
    """Speaks to it; in process without a socket, or over TLS."""
    founded: Founded

    @property
    def ca(self) -> str:
        return self.centre.authority

    @property
    def pin(self) -> str:
        return self.centre.pin

    def make_code(
        self, areas: Sequence[str] = ("63",), *, office: str = OFFICE, role: Any = "facilitator",
        name: str = "",
    ) -> str:  # fmt: skip
        """A fresh joining code; the office is made when it is not there."""
        database = self.centre.database
        with database.write() as conn:
            if office not in {one.id for one in offices(conn)}:
                keep_office(conn, database, Office(office, f"พมจ. {office}", "63"))
            code, _kept = make_code(
                conn, database, office=office, role=role, areas=areas, name=name, by="test"
            )
        return code

    def laptop(
        self, areas: Sequence[str] = ("63",), *, office: str = OFFICE, role: Any = "facilitator",
        people: int = 1,
    ) -> Laptop:  # fmt: skip
        """A laptop that has joined."""
        laptop = Laptop(self, people=tuple(new_id() for _ in range(people)))
        answer = laptop.join(self.make_code(areas, office=office, role=role))
        assert answer.status_code == 200, answer.text
        laptop.told = answer.json()
        return laptop


@dataclass
class Laptop:
    """As much of a laptop as a test of the centre needs: its keys, and its one stream a scope."""

    at: RunningCentre
    device: str = field(default_factory=lambda: str(uuid4()))
    incarnation: str = field(default_factory=lambda: str(uuid4()))
    keys: Keys = field(default_factory=Keys.make)
    people: tuple[str, ...] = ("facilitator-1",)
    told: dict[str, Any] = field(default_factory=dict)

    def joining(self, code: str, /, **other: Any) -> dict[str, Any]:
        """The body of its joining."""
        return {
            "code": code,
            "device": self.device,
            "name": "เครื่องทดสอบ",
            **self.keys.public.to_json(),
            "facilitators": [{"id": one, "name": f"ผู้ทดสอบ {one}"} for one in self.people],
            "now": datetime.now(UTC).isoformat(),
            **other,
        }

    def join(self, code: str, /, **other: Any) -> httpx.Response:
        body = self.joining(code, **other)
        signed = sign_call(
            self.keys.signing, self.device, "POST", "/v1/enrol", created=milliseconds()
        )
        return self.at.client.post("/v1/enrol", json=body, headers=signed)

    def envelope(self, request: Request | Mapping[str, Any], nonce: bytes = b"") -> bytes:
        payload = request.to_json() if isinstance(request, Request) else dict(request)
        return seal(
            Kind.REQUEST, self.device, payload, self.keys.signing, created=milliseconds(),
            nonce=nonce or new_nonce(),
        )  # fmt: skip

    def request(self, *pushes: Push, **other: Any) -> Request:
        now = datetime.now(UTC).isoformat()
        return Request(self.incarnation, other.pop("epoch", 1), now, tuple(pushes), **other)

    def sync(self, *pushes: Push, **other: Any) -> Answer:
        """One round; the answer was signed by the centre, to this question."""
        nonce = new_nonce()
        posted = self.post(self.envelope(self.request(*pushes, **other), nonce))
        assert posted.status_code == 200, posted.text
        opened = open_envelope(
            posted.content, self.at.centre.identity.keys.public.signing, kind=Kind.ANSWER,
            device=self.at.centre.identity.id, nonce=nonce,
        )  # fmt: skip
        return Answer.from_json(opened.payload)

    def post(self, body: bytes) -> httpx.Response:
        return self.at.client.post(
            "/v1/sync", content=body, headers={"Content-Type": "application/octet-stream"}
        )

    def call(
        self, method: str, path: str, *, body: bytes = b"", offset: int = 0, length: int = 0,
        **headers: str,
    ) -> httpx.Response:  # fmt: skip
        """A call that is signed in its headers."""
        signed = sign_call(
            self.keys.signing, self.device, method, path, created=milliseconds(),
            offset=offset, length=length,
        )  # fmt: skip
        if length:
            signed |= {OFFSET: str(offset), LENGTH: str(length)}
        return self.at.client.request(method, path, content=body, headers=signed | headers)

    def push(self, scope: str, *bodies: Mapping[str, Any], first: int = 1, before: str = "",
             by: str = "", device: str = "") -> Push:  # fmt: skip
        """Ops of its own in a scope; a body needs ``kind`` and ``id`` only."""
        ops = tuple(
            Op(by or self.people[0], "2026-11-20T06:00:00Z", complete(body)) for body in bodies
        )
        return Push(scope, device or self.incarnation, first, before, ops)


def complete(body: Mapping[str, Any]) -> dict[str, Any]:
    """An op's body with what every op has."""
    return {
        "oid": new_id(),
        "base": 0,
        "ep": 1,
        "hlc": f"{milliseconds():012x}-0000-00000000",
        **body,
    }


def state_hash(centre: Centre) -> str:
    """Everything the centre holds of records, ops and streams, as one hash."""
    import hashlib

    from sqlalchemy import select

    from desktop.centre.schema import alias, op, rec, scope, stream

    said = hashlib.sha256()
    with centre.database.read() as conn:
        for table in (scope, stream, rec, op, alias):
            keys = list(table.primary_key.columns)
            for row in conn.execute(select(table).order_by(*keys)):
                said.update(repr(tuple(row)).encode())
    return said.hexdigest()


# ---- bringing it up


_template: dict[tuple[str, str, str], tuple[Path, Founded]] = {}
"""One founded centre that later tests copy: founding it takes a slow hash of a password. By all
that founding makes of the decisions: for which host, who shows the certificate, in whose name."""


def founded_centre(folder: Path, config: Config, clock: Clock = system_clock) -> Founded:
    """A centre in ``folder``: a copy of the first one of this run where that will do."""
    if not config.on_sqlite:
        return found_centre(config, "admin", clock)
    made_of = (config.host_name, config.listen.tls, config.centre.name)
    if made_of not in _template:
        import tempfile

        place = Path(tempfile.mkdtemp(prefix="samut-centre-test-"))
        # Kept until the process ends; the system sweeps its temporary folder.
        import atexit

        atexit.register(shutil.rmtree, place, ignore_errors=True)
        plain = Config(place / "centre", replace(config.centre), config.listen)
        _template[made_of] = (place / "centre", found_centre(plain, "admin"))
    source, made = _template[made_of]
    shutil.copytree(source, folder, dirs_exist_ok=True)
    (folder / FILE).write_text(config_text(config), "utf-8")
    return replace(made, config=config)


class _InProcess(httpx.BaseTransport):
    """Hands requests to an ASGI application in the loop of a portal."""

    def __init__(self, app: Starlette, portal: BlockingPortal, address: tuple[str, int]) -> None:
        self._asgi = httpx.ASGITransport(app, raise_app_exceptions=False, client=address)
        self._portal = portal

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._portal.call(self._handled, request)

    async def _handled(self, request: httpx.Request) -> httpx.Response:
        answer = await self._asgi.handle_async_request(request)
        body = await answer.aread()
        kept = httpx.ByteStream(body)
        return httpx.Response(answer.status_code, headers=answer.headers, stream=kept)


@contextmanager
def centre_in_process(
    folder: Path,
    *,
    database: str = "",
    clock: Clock = system_clock,
    limits: LimitsSection = EVERY_LIMIT,
    rules: Sequence[Rule] = RULES,
    address: tuple[str, int] = ("10.0.0.1", 50000),
) -> Iterator[RunningCentre]:
    """A centre whose service is called without a socket; ``address`` is the caller's."""
    config = Config(
        folder, CentreSection("ศูนย์ทดสอบ", "https://centre.example"), limits=limits,
        database=DatabaseSection(database) if database else DatabaseSection(),
    )  # fmt: skip
    founded = founded_centre(folder, config)
    centre = open_centre(folder, clock)
    try:
        app, url = service(centre, rules), config.centre.address
        with (
            start_blocking_portal() as portal,
            httpx.Client(transport=_InProcess(app, portal, address), base_url=url) as client,
        ):
            yield RunningCentre(centre, url, client, founded)
    finally:
        centre.close()


@contextmanager
def running_centre(
    folder: Path, *, database: str = "", clock: Clock = system_clock,
    limits: LimitsSection = EVERY_LIMIT,
) -> Iterator[RunningCentre]:  # fmt: skip
    """A centre on loopback: uvicorn over TLS 1.3 with the centre's own authority."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    url = f"https://127.0.0.1:{port}"
    config = Config(
        folder, CentreSection("ศูนย์ทดสอบ", url), ListenSection(port=port, stop_seconds=2),
        limits=limits, database=DatabaseSection(database) if database else DatabaseSection(),
    )  # fmt: skip
    founded = founded_centre(folder, config)
    centre = open_centre(folder, clock)
    context = ssl.create_default_context(cadata=centre.authority)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    try:
        with (
            served_beside(centre, listening),
            httpx.Client(base_url=url, verify=context, trust_env=False) as client,
        ):
            yield RunningCentre(centre, url, client, founded)
    finally:
        listening.close()
        centre.close()
