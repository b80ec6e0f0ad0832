# SPDX-License-Identifier: Apache-2.0
"""A real print system for tests: cupsd of our own, its queues, and the printer at their end.

The daemon runs from a folder of its own on a free port of this computer; nothing of the
computer's own print system is read or changed. The printer is a listener that takes what the
queue sends, as most network printers do on port 9100, and keeps it whole: the commands in the
printer's language before and after the PDF, and the PDF.
"""

from __future__ import annotations

import grp
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DAEMON: Final = Path("/usr/sbin/cupsd")
PROGRAMS: Final = Path("/usr/lib/cups")
MAKERS: Final = Path("/usr/share/ppd/cupsfilters")
PPDS: Final = {
    # Trays and both sides; what it does when nothing is said: American paper, both sides.
    "Office": "Ricoh-PDF_Printer-PDF.ppd",
    # No trays to choose from.
    "Canon_G2010": "Generic-PDF_Printer-PDF.ppd",
}
JAMS: Final = "Canon_G2010"
"""The queue whose printer can jam, and says so."""
PATIENCE: Final = 60.0
_FILTER: Final = """#!/bin/sh
if [ -f "{jam}" ]; then
  echo "STATE: +media-jam-error" >&2
  while [ -f "{jam}" ]; do sleep 0.1; done
  echo "STATE: -media-jam-error" >&2
fi
cat "${{6:--}}"
"""


def missing() -> str:
    """What of the print system is not on this computer; empty when all is there."""
    files = [DAEMON, PROGRAMS / "backend/socket", PROGRAMS / "filter/pdftopdf"]
    files += [MAKERS / name for name in PPDS.values()]
    absent = [str(path) for path in files if not path.exists()]
    absent += [name for name in ("lp", "lpstat", "lpoptions", "cancel") if not shutil.which(name)]
    return ", ".join(absent)


@dataclass(frozen=True, slots=True)
class Taken:
    """One job as the printer got it."""

    raw: bytes

    @property
    def pdf(self) -> bytes:
        """The PDF alone; fails the test when it did not come whole."""
        start, end = self.raw.find(b"%PDF-"), self.raw.rfind(b"%%EOF")
        assert 0 <= start < end, "no whole PDF came"
        assert self.raw.rstrip().endswith(b"\x1b%-12345X"), "the job was not closed"
        return self.raw[start : end + 5]

    @property
    def orders(self) -> tuple[str, ...]:
        """The commands before the PDF, as ``SET DUPLEX=OFF``."""
        head = self.raw[: self.raw.find(b"%PDF-")].decode("ascii", "replace")
        return tuple(re.findall(r"@PJL ([^\r\n]*)", head))


class Sink:
    """The printer: takes one connection after the other while it is on."""

    def __init__(self) -> None:
        self.jobs: list[Taken] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._on, self._idle = threading.Event(), threading.Event()
        self._on.set()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="printer", daemon=True)
        self._thread.start()

    def off(self) -> None:
        """Answer nobody any more; what is coming in is taken to its end."""
        if self._on.is_set():
            self._idle.clear()
            self._on.clear()
            self._socket.shutdown(socket.SHUT_RDWR)  # closing alone wakes nobody in accept()
            self._socket.close()
            self._idle.wait(PATIENCE)

    def on(self) -> None:
        """Answer again."""
        if not self._on.is_set():
            self._socket = socket.create_server(("127.0.0.1", self.port))
            self._on.set()

    def close(self) -> None:
        """Switch it off for good."""
        self.off()
        self._closed = True
        self._on.set()
        self._thread.join(timeout=5)

    def _serve(self) -> None:
        while True:
            if not self._on.is_set():
                self._idle.set()
            self._on.wait()
            if self._closed:
                return
            try:
                taker, _who = self._socket.accept()
            except OSError:
                continue
            with taker:
                parts = []
                while part := taker.recv(1 << 16):
                    parts.append(part)
                if parts:
                    self.jobs.append(Taken(b"".join(parts)))


class PrintSystem:
    """cupsd with the two queues of ``PPDS``, ``Office`` the usual one, at the same printer."""

    def __init__(self) -> None:
        self.sink = Sink()
        # Filters run as another user where the tests run as root: pytest's own folders are shut.
        self.folder = Path(tempfile.mkdtemp(prefix="samut-cups-"))
        self.folder.chmod(0o755)
        self.port = _free_port()
        self._jam = self.folder / "jam"
        self._configure()
        self._daemon = subprocess.Popen(
            [DAEMON, "-f", "-c", self.folder / "etc/cupsd.conf",
             "-s", self.folder / "etc/cups-files.conf"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.wait(lambda: len(self.ask("lpstat", "-e").split()) == len(PPDS))

    @property
    def server(self) -> str:
        """What ``CUPS_SERVER`` is set to."""
        return f"127.0.0.1:{self.port}"

    def ask(self, *words: str) -> str:
        """What a program of the print system answers."""
        surroundings = {**os.environ, "CUPS_SERVER": self.server, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(words, capture_output=True, env=surroundings, check=False)
        return done.stdout.decode()

    def wait(self, until: Callable[[], object]) -> None:
        """Wait until something is so; fails the test with the daemon's last words."""
        end = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > end:
                log = self.folder / "log/error"
                raise AssertionError(log.read_text()[-4000:] if log.exists() else "no cupsd")
            time.sleep(0.05)

    def jam(self) -> None:
        """Paper is jammed in the printer of ``JAMS``."""
        self._jam.touch()

    def clear(self) -> None:
        """The paper is out."""
        self._jam.unlink(missing_ok=True)

    def fresh(self) -> None:
        """Nothing waits, the printer is on, every queue runs, and no paper lies in the tray."""
        self.clear()
        for queue in PPDS:
            self.ask("cancel", "-a", "-x", queue)
        self.wait(lambda: not self.ask("lpstat", "-W", "not-completed", "-o").strip())
        self.sink.off()  # what was under way has come to its end
        self.sink.jobs.clear()
        self.sink.on()
        for queue in PPDS:
            self.ask("cupsenable", queue)

    def close(self) -> None:
        """End the daemon and the printer, and leave nothing on the disk."""
        self._daemon.terminate()
        try:
            self._daemon.wait(10)
        except subprocess.TimeoutExpired:
            self._daemon.kill()
            self._daemon.wait(10)
        self.sink.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _configure(self) -> None:
        root = self.folder
        for name in ("etc/ppd", "spool/tmp", "cache", "state", "log"):
            (root / name).mkdir(parents=True)
        (root / "spool/tmp").chmod(0o1777)
        (root / "etc/cups-files.conf").write_text(
            f"ServerRoot {root}/etc\nRequestRoot {root}/spool\nTempDir {root}/spool/tmp\n"
            f"CacheDir {root}/cache\nStateDir {root}/state\nAccessLog {root}/log/access\n"
            f"ErrorLog {root}/log/error\nPageLog {root}/log/page\n"
            f"SystemGroup {grp.getgrgid(os.getgid()).gr_name}\n"
        )
        everybody = "Order allow,deny\nAllow all\n"
        (root / "etc/cupsd.conf").write_text(
            f"Listen 127.0.0.1:{self.port}\nLogLevel info\nBrowsing Off\nWebInterface No\n"
            "DefaultAuthType None\nPreserveJobHistory Yes\nPreserveJobFiles No\n"
            f"<Location />\n{everybody}</Location>\n"
            "<Policy default>\nJobPrivateAccess all\nJobPrivateValues none\n"
            "SubscriptionPrivateAccess all\nSubscriptionPrivateValues none\n"
            f"<Limit All>\n{everybody}</Limit>\n</Policy>\n"
        )
        queues = []
        for name, ppd in PPDS.items():
            kind = "DefaultPrinter" if name == "Office" else "Printer"
            queues.append(
                f"<{kind} {name}>\nInfo {name}\n"
                f"DeviceURI socket://127.0.0.1:{self.sink.port}/?waiteof=false&snmp=false\n"
                "State Idle\nAccepting Yes\nShared No\nJobSheets none none\n"
                f"OpPolicy default\nErrorPolicy stop-printer\n</{kind}>\n"
            )
            held = (MAKERS / ppd).read_text(encoding="latin-1")
            if name == JAMS:
                held = held.replace("vnd.cups-pdf 0 -", f"vnd.cups-pdf 0 {self._filter()}")
            (root / f"etc/ppd/{name}.ppd").write_text(held, encoding="latin-1")
        (root / "etc/printers.conf").write_text("".join(queues))

    def _filter(self) -> Path:
        """What stands for the printer's own state: it jams while a file is there."""
        path = self.folder / "jams"
        path.write_text(_FILTER.format(jam=self._jam))
        path.chmod(0o755)
        return path


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
