# SPDX-License-Identifier: Apache-2.0
"""Windows has no rlimit: a job object caps the memory of the child and ends it with its parent.

Nothing here runs on other systems.
"""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import subprocess

    from desktop.imports.rights import Caps

_EXTENDED_LIMITS: Final = 9
_ACTIVE_PROCESS: Final = 0x00000008
_PROCESS_MEMORY: Final = 0x00000100
_PROCESS_TIME: Final = 0x00000002
_KILL_ON_CLOSE: Final = 0x00002000


class _Basic(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("Basic", _Basic),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


if sys.platform == "win32":

    class Job:
        """A job with one process in it: so much memory and processor, no children.

        When Windows will not make one, the wall clock of the parent is the only cap left.
        """

        def __init__(self, child: subprocess.Popen[bytes], caps: Caps) -> None:
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateJobObjectW.restype = ctypes.c_void_p
            self._kernel = kernel
            self._handle = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
            limits = _Extended()
            limits.Basic.PerProcessUserTimeLimit = caps.seconds * 10_000_000
            limits.Basic.ActiveProcessLimit = 1
            limits.Basic.LimitFlags = (
                _ACTIVE_PROCESS | _PROCESS_MEMORY | _PROCESS_TIME | _KILL_ON_CLOSE
            )
            limits.ProcessMemoryLimit = caps.memory
            kernel.SetInformationJobObject(
                self._handle, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
            )
            handle = ctypes.c_void_p(int(child._handle))  # type: ignore[attr-defined]
            kernel.AssignProcessToJobObject(self._handle, handle)

        def close(self) -> None:
            """Let go of the job; whatever is still in it ends."""
            self._kernel.CloseHandle(self._handle)
