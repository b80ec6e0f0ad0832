# SPDX-License-Identifier: Apache-2.0
"""Starting, watching and ending the child that reads a file.

The parent hands the child an open file and nothing else, believes no more of what comes back
than that it is JSON of a bounded size, and kills the child when time is up or the facilitator
stops the reading. What the lines mean, and the sentence for a child that died, is for whoever
asked (``grid``, ``scan``).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, Literal

from desktop.imports.rights import Caps

MAX_ANSWER: Final = 64 * 1024 * 1024
_LOOK: Final = 0.05

Verdict = Literal["", "slow", "stopped", "long"]


class Answers:
    """What a child says, one JSON value a line, until it says something else or ends."""

    def __init__(self, stream: IO[bytes], watch: _Watch) -> None:
        self._stream = stream
        self._watch = watch
        self._long = False

    def __iter__(self) -> Iterator[Any]:
        size = 0
        for line in iter(lambda: self._stream.readline(MAX_ANSWER), b""):
            self._watch.heard()
            size += len(line)
            if size > MAX_ANSWER:
                self._long = True
                return
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                return

    @property
    def verdict(self) -> Verdict:
        """Why it was given up: too ``slow``, ``stopped`` by a person, too ``long`` an answer."""
        return "long" if self._long else self._watch.verdict


@contextmanager
def child_reading(
    command: list[str], stream: IO[bytes], caps: Caps, wait: float, *, in_all: bool = True,
    stopped: Callable[[], bool] | None = None,
) -> Iterator[Answers]:  # fmt: skip
    """Run ``command`` with ``stream`` as its standard input; it is dead when the block ends.

    ``wait``: seconds until it is given up, ``in_all``, or otherwise since its last word.
    ``stopped`` is asked twenty times a second. Raises ``OSError`` when no child can be started.
    """
    child = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell, fixed arguments
        command,
        stdin=stream,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        close_fds=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    job = _job(child, caps)
    watch = _Watch(child, wait, in_all, stopped)
    try:
        if child.stdout is None:
            raise OSError("the child has no output")
        with child.stdout as answers:
            yield Answers(answers, watch)
    finally:
        watch.done.set()
        child.kill()
        child.wait()
        watch.thread.join()
        if job is not None:
            job.close()


def command(switch: str, module: str, word: str = "", *, libraries: bool = False) -> list[str]:
    """How to start the child that is ``module`` of this room, from this very program: isolated,
    and without site packages unless it needs ``libraries``.

    ``switch`` is how a frozen build is told to be the child: there is no ``python`` beside it.
    """
    word = word.replace("\0", "")
    if getattr(sys, "frozen", False):
        return [sys.executable, switch, word]
    root = str(Path(__file__).resolve().parent.parent.parent)
    start = (
        "import sys;sys.path.insert(0,sys.argv[1]);"
        f"from desktop.imports.{module} import main;sys.exit(main(sys.argv[2]))"
    )
    bare = [] if libraries else ["-S"]
    return [sys.executable, "-I", *bare, "-B", "-X", "utf8", "-c", start, root, word]


class _Watch:
    """Ends the child when its time is over or the reading is stopped."""

    def __init__(
        self, child: subprocess.Popen[bytes], wait: float, in_all: bool,
        stopped: Callable[[], bool] | None,
    ) -> None:  # fmt: skip
        self.child = child
        self.stopped = stopped
        self.done = threading.Event()
        self.verdict: Verdict = ""
        self._wait, self._in_all = wait, in_all
        self._end = time.monotonic() + wait
        self.thread = threading.Thread(target=self._look, name="reading-watch", daemon=True)
        self.thread.start()

    def heard(self) -> None:
        """The child said something."""
        if not self._in_all:
            self._end = time.monotonic() + self._wait

    def _look(self) -> None:
        while not self.done.wait(_LOOK):
            if time.monotonic() > self._end:
                self.verdict = "slow"
            elif self.stopped is not None and self.stopped():
                self.verdict = "stopped"
            if self.verdict:
                self.child.kill()
                return


def _environment() -> dict[str, str]:
    """What the child may know of this computer: on Windows, where the system is."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


if sys.platform == "win32":
    from desktop.imports.windows_job import Job

    def _job(child: subprocess.Popen[bytes], caps: Caps) -> Job | None:
        return Job(child, caps)
else:

    def _job(_child: subprocess.Popen[bytes], _caps: Caps) -> IO[bytes] | None:
        """Elsewhere the child caps itself before it reads."""
        return None
