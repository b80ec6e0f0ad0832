# SPDX-License-Identifier: Apache-2.0
"""The service as a process: uvicorn with TLS of its own or behind a proxy, and a graceful stop.

Several workers are separate processes that each open the centre by themselves; they learn its
folder from the environment.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import socket
import ssl
import threading
from asyncio.sslproto import SSLProtocol
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette
from uvicorn.supervisors import Multiprocess

from desktop.centre import tls
from desktop.centre.centre import TLS_FOLDER, Centre, open_centre
from desktop.centre.config import Config, read_config
from desktop.centre.log import start_log
from desktop.centre.service import service
from desktop.errors import Problem
from desktop.i18n import _

_log = logging.getLogger(__name__)
FOLDER_VARIABLE: Final = "SAMUT_CENTRE"
_LOOK_EVERY: Final = 6 * 3600.0
"""Seconds between two looks at what grows old: the certificate, pieces of photos."""


def application() -> Starlette:
    """What a worker serves: the centre whose folder the environment names."""
    start_log()
    centre = open_centre(Path(os.environ[FOLDER_VARIABLE]))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        # What is there now stays: looking through it for garbage again and again, with every
        # page of rows, cost a third of a request.
        gc.collect()
        gc.freeze()
        looking = asyncio.create_task(_look_after(centre, _Shown.context))
        try:
            yield
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking
            centre.close()

    return service(centre, lifespan=lifespan)


class NotServed(Problem):
    """The service could not begin to listen."""


class Serving(uvicorn.Config):
    """uvicorn's decisions from those of the centre. It travels to worker processes."""

    def __init__(self, config: Config, app: str | Callable[[], Starlette] = "") -> None:
        listen = config.listen
        behind = listen.tls == "proxy"
        super().__init__(
            app or f"{__name__}:application",
            factory=True,
            host=listen.host,
            port=listen.port,
            workers=listen.workers,
            proxy_headers=behind,
            forwarded_allow_ips=list(listen.proxies) if behind else [],
            server_header=False,
            date_header=False,
            log_config=None,
            access_log=False,
            ws="none",
            timeout_keep_alive=65,
            timeout_graceful_shutdown=listen.stop_seconds,
            h11_max_incomplete_event_size=32 * 1024,
            ssl_context_factory=None if behind else _context,
        )
        self.centre = config


class _Shown:
    """What this process shows to laptops: uvicorn makes it before the application is there."""

    context: ssl.SSLContext | None = None


# asyncio keeps a buffer of a quarter of a megabyte for every connection with TLS, written over
# with zeros: half a gigabyte for two thousand laptops that say nothing.
SSLProtocol.max_size = 32 * 1024


def _context(decided: uvicorn.Config, _usual: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    context = tls.server_context()
    if isinstance(decided, Serving):
        show_certificate(decided.centre, context)
    _Shown.context = context
    return context


def show_certificate(config: Config, context: ssl.SSLContext) -> None:
    """Show the centre's certificate as it is now, renewed when it is time."""
    listen = config.listen
    if listen.tls == "files":
        tls.show(context, config.place(listen.certificate), config.place(listen.key))
        return
    folder = config.folder / TLS_FOLDER
    tls.renew_server(folder, config.host_name)
    tls.show(context, folder / tls.SERVER_FILE)


async def _look_after(centre: Centre, context: ssl.SSLContext | None) -> None:
    """Now and then: renew the certificate in time, sweep pieces of photos nobody goes on with."""
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        try:
            if context is not None:
                await asyncio.to_thread(show_certificate, centre.config, context)
            await asyncio.to_thread(centre.attachments.sweep)
        except (Problem, OSError):
            # The service goes on with what it has; the next look tries again.
            _log.warning("looking after the centre failed", exc_info=True)


def free_place() -> socket.socket:
    """A socket that listens on a free port of this computer alone."""
    return socket.create_server(("127.0.0.1", 0))


@contextmanager
def served_beside(centre: Centre, listening: socket.socket | None = None) -> Iterator[None]:
    """Serve ``centre`` in a thread of this process while the block runs: for the demonstration,
    and for tests. Whoever opened the centre closes it.

    ``listening``: a socket that is bound already; otherwise that of the configuration. Raises
    :class:`NotServed` when nobody can listen there.
    """
    server = uvicorn.Server(Serving(centre.config, lambda: service(centre)))
    sockets = [listening] if listening is not None else None
    thread = threading.Thread(target=_run, args=(server, sockets), name="centre")
    thread.start()
    try:
        while not server.started and thread.is_alive():
            thread.join(0.01)
        if not server.started:
            raise NotServed(
                _("Nobody can listen on {host}:{port}. Is the centre running already?").format(
                    host=centre.config.listen.host, port=centre.config.listen.port
                )
            )
        yield
    finally:
        server.should_exit = True
        thread.join()


def _run(server: uvicorn.Server, sockets: list[socket.socket] | None) -> None:
    # uvicorn leaves a start that failed by SystemExit, after saying why in the log.
    with suppress(SystemExit):
        server.run(sockets)


def serve(folder: Path) -> None:
    """Serve the centre in ``folder`` until the process is told to stop (SIGTERM, Ctrl+C)."""
    config = read_config(folder)
    os.environ[FOLDER_VARIABLE] = str(config.folder)
    decided = Serving(config)
    if config.listen.workers > 1:
        Multiprocess(decided, sockets=[decided.bind_socket()]).run()
    else:
        uvicorn.Server(decided).run()
