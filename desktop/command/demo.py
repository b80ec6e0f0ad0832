# SPDX-License-Identifier: Apache-2.0
"""``samut demo``: a store with five events of made-up people, and how to unlock it.

Without ``--store`` it lies in a temporary folder that is gone when the window is closed.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

from desktop.errors import Problem
from desktop.i18n import _

Opener = Callable[[Path, bool, str], int]
"""Opens the window on a profile folder: (folder, demo, note) -> exit code."""


def run(arguments: argparse.Namespace, open_window: Opener) -> int:
    """Build the store, say how to unlock it, and open the window unless told not to."""
    if arguments.build_only and arguments.store is None:
        print(_("Say where to build the store: --store FOLDER."), file=sys.stderr)
        return 2
    if arguments.store is not None:
        return _in(arguments.store, arguments.build_only, open_window)
    with (
        swept_when_ended(),
        tempfile.TemporaryDirectory(prefix="samut-demo-", ignore_cleanup_errors=True) as folder,
    ):
        return _in(Path(folder) / "store", False, open_window)


@contextmanager
def swept_when_ended() -> Iterator[None]:
    """Let a log-off or a closed terminal end the block as Ctrl+C does, so that it tidies up."""

    def ended(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = {
        number: signal.signal(number, ended)
        for name in ("SIGTERM", "SIGHUP")
        if (number := getattr(signal, name, None)) is not None
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(number) is signal.SIG_DFL
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _in(folder: Path, build_only: bool, open_window: Opener) -> int:
    from desktop.actions import demo
    from desktop.store.store import FILE

    there = (folder / FILE).exists()
    if there and build_only:
        print(
            _("There is already a store in {folder}. Choose another folder.").format(
                folder=folder
            ),
            file=sys.stderr,
        )
        return 2
    if not there:
        try:
            demo.build_demo(folder)
        except Problem as problem:
            print(problem, file=sys.stderr)
            return 2
    note = _("Facilitator: {name}    Passphrase: {passphrase}").format(
        name=demo.NICKNAME, passphrase=demo.PASSPHRASE
    )
    print(_("The demonstration store is in {folder}").format(folder=folder))
    print(note, flush=True)
    return 0 if build_only else open_window(folder, True, note)
