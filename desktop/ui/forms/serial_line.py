# SPDX-License-Identifier: Apache-2.0
"""Lines on which a satellite receiver may speak, and bytes read from one.

Qt's serial port is not among the parts of Qt carried along, so the system is asked itself: on
Linux and macOS the terminal of the device, on Windows its COM port. Reading waits a fraction of a
second at most, so that whoever reads can stop.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from desktop.ui.forms.open_line import Line, cannot_open, not_allowed

SPEEDS: Final = (4800, 9600, 38400, 115200)
"""Bits a second of receivers: the standard's own first, then what is sold today."""
_WAIT: Final = 0.25
_CHUNK: Final = 1024
_PORTS: Final = 64


def lines(devices: str = "/dev") -> tuple[str, ...]:
    """The lines of this computer at which a receiver may hang, the likeliest first."""
    if sys.platform == "win32":
        return _windows_ports()
    found: list[str] = []
    for pattern in ("ttyUSB*", "ttyACM*", "rfcomm*", "cu.usb*"):
        found += sorted(str(path) for path in Path(devices).glob(pattern))
    return tuple(found)


@contextmanager
def open_line(name: str, speed: int) -> Iterator[Line]:
    """A line at a speed, closed afterwards. ``Problem`` with a sentence when it does not open."""
    if sys.platform == "win32":
        from desktop.ui.forms.windows_line import open_windows_line

        with open_windows_line(name, speed) as line:
            yield line
        return
    made = _Terminal(name, speed)
    try:
        yield made
    finally:
        made.close()


class _Terminal:
    """A terminal of Linux or macOS in raw mode."""

    def __init__(self, name: str, speed: int) -> None:
        import termios

        try:
            # NONBLOCK: a modem line would wait for a carrier that a receiver does not raise.
            self._fd = os.open(name, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except PermissionError:
            raise not_allowed() from None
        except OSError:
            raise cannot_open() from None
        try:
            mode = termios.tcgetattr(self._fd)
            # Raw, eight bits, no parity, one stop bit, no regard to modem signals.
            mode[0] = termios.IGNBRK | termios.IGNPAR
            mode[1] = 0
            mode[2] = termios.CS8 | termios.CREAD | termios.CLOCAL
            mode[3] = 0
            code = getattr(termios, f"B{speed}")
            mode[4] = mode[5] = code
            termios.tcsetattr(self._fd, termios.TCSANOW, mode)
        except termios.error:
            self.close()
            raise cannot_open() from None

    def read(self) -> bytes:
        import select

        try:
            ready, _out, _odd = select.select([self._fd], [], [], _WAIT)
            if not ready:
                return b""
            came = os.read(self._fd, _CHUNK)
        except BlockingIOError:
            return b""
        except OSError:
            raise cannot_open() from None
        if not came:
            # The plug was pulled.
            raise cannot_open()
        return came

    def close(self) -> None:
        os.close(self._fd)


def _windows_ports() -> tuple[str, ...]:
    """The COM ports that exist now."""
    if sys.platform != "win32":
        return ()
    import winreg

    found: list[str] = []
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"HARDWARE\DEVICEMAP\SERIALCOMM") as key:
            found.extend(str(winreg.EnumValue(key, number)[1]) for number in range(_PORTS))
    except OSError:
        # The end of the list, or no serial port at all.
        return tuple(sorted(found))
    return tuple(sorted(found))
