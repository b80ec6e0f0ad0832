# SPDX-License-Identifier: Apache-2.0
"""What a reading child gives up, for good, before it looks at the first byte."""

from __future__ import annotations

import sys
from typing import NamedTuple

_NEVER = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.spawn", "os.posix_spawn", "os.system",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.kill",
    "ctypes.dlopen", "shutil.", "winreg.", "webbrowser.", "urllib.", "ftplib.", "smtplib.",
)  # fmt: skip


class Caps(NamedTuple):
    """How much a child may use."""

    memory: int
    """Bytes."""
    seconds: int
    """Of processor."""
    native: bool = False
    """Whether it talks through ``ctypes`` to a library that it loaded before this."""


LIST = Caps(memory=512 * 1024 * 1024, seconds=15)
"""For a list of names."""
SCAN = Caps(memory=2 * 1024**3, seconds=3_600, native=True)
"""For pictures: 80 million pixels, a few times over, and 2,000 pages of them."""


def give_up_rights(caps: Caps) -> None:
    """Cap this process: memory, processor, new files, sockets, programs."""
    try:
        import resource
    except ImportError:
        pass  # Windows: the job the parent put this process in does the same
    else:
        for what, limit in (
            (resource.RLIMIT_AS, caps.memory),
            (resource.RLIMIT_CPU, caps.seconds),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            hard = resource.getrlimit(what)[1]
            bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(what, (bound, bound))
    forbidden = _NEVER if caps.native else (*_NEVER, "ctypes.")

    def watch(event: str, values: tuple[object, ...]) -> None:
        if event.startswith(forbidden):
            raise PermissionError(event)
        if event == "open":
            mode, flags = (*values, None, None)[1:3]
            writing = isinstance(mode, str) and set(mode) & set("wxa+")
            if writing or (isinstance(flags, int) and flags & 0b11):
                raise PermissionError(event)

    sys.addaudithook(watch)
