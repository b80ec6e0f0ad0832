# SPDX-License-Identifier: Apache-2.0
"""A roster of 10,000 people from .xlsx to rows with their problems; run by hand or by the bench.

    python tests/bench/bench_roster.py [rows] [rounds]

Prints medians and their ratio to two floors of the same run: openpyxl's read-only reader in this
process (no child, no checks, no names parted), and the start of an empty child.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop.imports.grid import read_grid
from desktop.imports.roster import read_roster
from tests.imports import lists

BUDGET = 5.0
"""Seconds for 10,000 rows, all in."""
BLOCKED = 0.05
"""Seconds the window may stand still meanwhile."""


def many(count: int) -> bytes:
    """A list of ``count`` different people over the twelve columns agencies use."""
    them = lists.people(lists.EVENTS[2])
    head = [*lists.HEADINGS, "ตำแหน่ง", "ตำบล", "อำเภอ"]
    rows: list[list[object]] = [list(head)]
    for number in range(count):
        one = them[number % len(them)]
        letters = "".join(chr(0x0E01 + int(digit)) for digit in str(number))
        row = lists.cells(number + 1, one, lists.short_date(one))
        row[3], row[4] = one.last + letters, ""
        rows.append([*row, "นักพัฒนาสังคม", "ด่านแม่ละเมา", "แม่สอด"])
    return lists.book(rows)


def median(work: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def longest_wait(work: Callable[[], object]) -> float:
    """The longest this thread was kept from its turn while ``work`` ran in another."""
    thread = threading.Thread(target=work)
    longest, last = 0.0, time.perf_counter()
    thread.start()
    while thread.is_alive():
        time.sleep(0.001)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest


def with_openpyxl(path: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    count = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return count


def main(count: int = 10_000, rounds: int = 5) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        path.write_bytes(many(count))
        rows = len(read_roster(path).rows)
        empty = [sys.executable, "-I", "-S", "-c", ""]
        start = median(lambda: subprocess.run(empty, check=True), rounds)
        floor = median(lambda: with_openpyxl(path), rounds)
        cells = median(lambda: read_grid(path), rounds)
        whole = median(lambda: read_roster(path), rounds)
        blocked = longest_wait(lambda: read_roster(path))
    print(f"rows understood        {rows}")
    print(f"start of an empty child {start:.3f} s")
    print(f"openpyxl, cells only    {floor:.3f} s")
    print(f"child, cells only       {cells:.3f} s  ({cells / floor:.2f} x openpyxl)")
    print(f"whole list understood   {whole:.3f} s  ({whole / floor:.2f} x openpyxl)")
    print(f"longest wait of another thread {blocked * 1000:.0f} ms")
    return 0 if rows == count and whole <= BUDGET and blocked <= BLOCKED else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
