# SPDX-License-Identifier: Apache-2.0
"""A COM port of Windows, asked through the system's own library."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from desktop.ui.forms.open_line import Line, cannot_open, not_allowed

if sys.platform == "win32":  # pragma: no cover - tried on Windows
    import ctypes
    from ctypes import wintypes

    class _Dcb(ctypes.Structure):
        _fields_ = (
            ("DCBlength", wintypes.DWORD), ("BaudRate", wintypes.DWORD),
            ("flags", wintypes.DWORD), ("wReserved", wintypes.WORD),
            ("XonLim", wintypes.WORD), ("XoffLim", wintypes.WORD),
            ("ByteSize", ctypes.c_ubyte), ("Parity", ctypes.c_ubyte),
            ("StopBits", ctypes.c_ubyte), ("XonChar", ctypes.c_char),
            ("XoffChar", ctypes.c_char), ("ErrorChar", ctypes.c_char),
            ("EofChar", ctypes.c_char), ("EvtChar", ctypes.c_char),
            ("wReserved1", wintypes.WORD),
        )  # fmt: skip

    class _Timeouts(ctypes.Structure):
        _fields_ = tuple(
            (name, wintypes.DWORD)
            for name in ("interval", "per_byte", "constant", "write_per_byte", "write_constant")
        )

    _GENERIC_READ = 0x80000000
    _OPEN_EXISTING = 3
    _ACCESS_DENIED = 5
    _BINARY_DTR_RTS = 0x1 | 0x10 | 0x1000
    """Binary; DTR and RTS on, from which mice and receivers take their current."""

    class _Port:
        def __init__(self, kernel: Any, handle: int) -> None:
            self._kernel, self._handle = kernel, handle

        def read(self) -> bytes:
            held = ctypes.create_string_buffer(1024)
            came = wintypes.DWORD()
            if not self._kernel.ReadFile(self._handle, held, 1024, ctypes.byref(came), None):
                raise cannot_open()
            return held.raw[: came.value]

    def _open(name: str, speed: int) -> tuple[Any, int]:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateFileW.restype = wintypes.HANDLE
        kernel.CloseHandle.argtypes = [wintypes.HANDLE]
        kernel.ReadFile.argtypes = [
            wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD, ctypes.c_void_p, ctypes.c_void_p,
        ]  # fmt: skip
        for call in (kernel.GetCommState, kernel.SetCommState, kernel.SetCommTimeouts):
            call.argtypes = [wintypes.HANDLE, ctypes.c_void_p]
        handle = kernel.CreateFileW(
            "\\\\.\\" + name, _GENERIC_READ, 0, None, _OPEN_EXISTING, 0, None
        )
        if handle in (None, wintypes.HANDLE(-1).value):
            raise not_allowed() if ctypes.get_last_error() == _ACCESS_DENIED else cannot_open()
        mode = _Dcb(DCBlength=ctypes.sizeof(_Dcb))
        kernel.GetCommState(handle, ctypes.byref(mode))
        mode.BaudRate, mode.ByteSize, mode.Parity, mode.StopBits = speed, 8, 0, 0
        mode.flags = _BINARY_DTR_RTS
        # What came, or nothing after a quarter of a second.
        times = _Timeouts(interval=50, per_byte=0, constant=250)
        if not kernel.SetCommState(handle, ctypes.byref(mode)) or not kernel.SetCommTimeouts(
            handle, ctypes.byref(times)
        ):
            kernel.CloseHandle(handle)
            raise cannot_open()
        return kernel, handle

    @contextmanager
    def open_windows_line(name: str, speed: int) -> Iterator[Line]:
        """A COM port at a speed."""
        kernel, handle = _open(name, speed)
        try:
            yield _Port(kernel, handle)
        finally:
            kernel.CloseHandle(handle)
