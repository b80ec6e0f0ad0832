# SPDX-License-Identifier: Apache-2.0
"""Memory that was freed goes back to the system."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.ui.heap import give_back

_GLIBC = sys.platform.startswith("linux") and hasattr(ctypes.CDLL(None), "malloc_trim")
_THREADS = """
import ctypes, threading
from desktop.ui.heap import keep_one_heap
keep_one_heap()
held = []
def work():
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    held.append(libc.malloc(5000))
lane = threading.Thread(target=work); lane.start(); lane.join()
heap = next(line for line in open("/proc/self/maps") if line.rstrip().endswith("[heap]"))
low, high = (int(end, 16) for end in heap.split()[0].split("-"))
print(low <= held[0] < high)
"""


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.mark.skipif(not _GLIBC, reason="only glibc keeps it")
def test_what_was_freed_in_small_pieces_goes_back() -> None:
    """Mutant: return without ``malloc_trim``, and the block at the end holds all below it."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    libc.malloc.argtypes = [ctypes.c_size_t]
    libc.free.argtypes = [ctypes.c_void_p]
    libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
    blocks = [libc.malloc(20_000) for _ in range(2_000)]
    for block in blocks:
        libc.memset(block, 1, 20_000)
    last = libc.malloc(20_000)
    for block in blocks:
        libc.free(block)
    before = _resident()
    assert give_back()
    libc.free(last)
    assert before - _resident() > 20


@pytest.mark.skipif(not _GLIBC, reason="only glibc has arenas")
def test_a_thread_gets_no_heap_of_its_own() -> None:
    """Mutant: leave out ``M_ARENA_MAX``."""
    done = subprocess.run(
        [sys.executable, "-c", _THREADS], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "True"


def test_elsewhere_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not give_back()
