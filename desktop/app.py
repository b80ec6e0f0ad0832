# SPDX-License-Identifier: Apache-2.0
"""Where ``samut`` begins: a sub-command without a window, or the window.

Qt is imported only when a window is opened, so the sub-commands work where there is none.
"""

from __future__ import annotations

import gc
import io
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.command.parser import parser
from desktop.errors import Problem
from desktop.i18n import _, language_of_environment, use_language
from desktop.paths import profile_folder


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``samut`` with these arguments (the process's own when None); the exit code.

    0 all is well · 1 something is wrong (``doctor``) · 2 the input was refused, with one
    sentence on standard error · 130 stopped from the keyboard.
    """
    _speak_utf8()
    use_language(language_of_environment())
    arguments = parser().parse_args(argv)
    if "language" in arguments:
        use_language(arguments.language)
    try:
        _demand_a_clock()
        return _run(arguments.command, arguments)
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the answer (a pager) has seen enough.
        sys.stdout = io.StringIO()
        return 0


def _demand_a_clock() -> None:
    """Raise :class:`Problem` where the computer's year cannot be counted in.

    Python counts time up to the year 2262. A clock that was set to the Buddhist year (2569)
    lies beyond: not even ``logging`` can be imported then, let alone a store be kept in order.
    """
    try:
        time.time()
    except OverflowError as beyond:
        sentence = _(
            "This computer's clock is set to a year that cannot be. Set the year of the era of "
            "Christ (for 2569 set 2026) in the settings of the computer, then start again."
        )
        _show_alone(sentence)
        raise Problem(sentence) from beyond


def _show_alone(sentence: str) -> None:
    """A message of the system's own: no window of ours can be opened."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, sentence, "Samut Sanam", 0x30)


def _run(command: str | None, arguments: Namespace) -> int:  # noqa: PLR0911 - one a command
    if command == "certificates":
        from desktop.command import certificates

        return certificates.run(arguments)
    if command == "roster":
        from desktop.command import roster

        return roster.run(arguments)
    if command == "form":
        from desktop.command import form

        return form.run(arguments)
    if command == "centre":
        from desktop.command import centre

        return centre.run(arguments, open_window)
    if command == "verify":
        from desktop.command import verify

        return verify.run(arguments)
    if command == "demo":
        from desktop.command import demo

        return demo.run(arguments, open_window)
    if command == "doctor":
        from desktop.command import doctor

        return doctor.run(arguments)
    return open_window(arguments.store or profile_folder(), False, "")


def open_window(folder: Path, demo: bool, note: str) -> int:
    """Show the program for the store in ``folder`` until its window is closed."""
    try:
        return load_window()(folder, demo, note)
    finally:
        gc.enable()


def load_window() -> Callable[[Path, bool, str], int]:
    """Import the window, without what would hold its first sight up; returns what runs it.

    The collector of garbage is left off: what is imported stays for good, and is only looked
    through in vain. It goes on when all is imported (``ui/opening.py``).
    """
    gc.disable()
    from desktop.ui.binding import spare_sources

    spare_sources()
    from desktop.ui.start import run_window

    return run_window


def _speak_utf8() -> None:
    """Answer in UTF-8 whatever the console is set to: a redirected answer must be Thai too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
