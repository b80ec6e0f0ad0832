# SPDX-License-Identifier: Apache-2.0
"""One laptop of a measurement, as a process that can be started behind a bad link.

    python -m tests.bench.field_laptop join FOLDER LINK
    python -m tests.bench.field_laptop sync FOLDER [--times N] [--apart]

``LINK`` is what the QR of a joining code says. ``sync`` does rounds over one connection, or with
``--apart`` each over its own, and prints a JSON list: seconds, changes, rows and slowest save of
a colleague who works on the laptop meanwhile. The store is opened before the clock runs, as it
is on a laptop that comes into reach of a mast.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

from desktop.actions.joining import join
from desktop.actions.sync import open_line, sync_round
from desktop.store.store import Store
from desktop.sync.carrier import Reach
from desktop.sync.invitation import read_invitation
from tests.field import BY, KEY

_MOST = 40
"""Rounds until a measurement is given up."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("join", "sync"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("link", nargs="?", default="")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--working", action="store_true", help="save something all the while")
    chosen = parser.parse_args()
    store = Store.open(chosen.folder, KEY)
    try:
        if chosen.what == "join":
            join(store, BY, read_invitation(chosen.link))
        else:
            print(json.dumps(_sync(store, chosen)))
    finally:
        store.close()
    return 0


def _sync(store: Store, chosen: argparse.Namespace) -> list[dict[str, Any]]:
    found = []
    line = None
    for _ in range(chosen.times):
        if line is None or chosen.apart:
            line = open_line(store)
        assert line is not None
        colleague = _Colleague(store) if chosen.working else None
        began = time.monotonic()
        acked = rows = 0
        for _each in range(_MOST):
            done = sync_round(store, line)
            acked, rows = acked + done.acked, rows + done.rows
            if done.reach is Reach.ANSWERED and not done.more:
                break
            time.sleep(done.wait or 0.5)
        else:
            raise RuntimeError(f"the centre was not reached: {done.reach} {done.word}")
        found.append(
            {
                "seconds": time.monotonic() - began,
                "acked": acked,
                "rows": rows,
                "sent": line.sent,
                "received": line.received,
                "slowest": colleague.end() if colleague else 0,
            }
        )
        if chosen.apart:
            line.close()
    if not chosen.apart and line is not None:
        line.close()
    return found


class _Colleague:
    """Somebody who saves something every twentieth of a second."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._over = threading.Event()
        self._times: list[float] = []
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def _work(self) -> None:
        while not self._over.wait(0.05):
            began = time.monotonic()
            with self._store.write(BY) as write:
                write.audit("look", "bench")
            self._times.append(time.monotonic() - began)

    def end(self) -> float:
        """The slowest save, in seconds."""
        self._over.set()
        self._thread.join()
        return max(self._times, default=0)


if __name__ == "__main__":
    sys.exit(main())
