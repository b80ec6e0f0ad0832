# SPDX-License-Identifier: Apache-2.0
"""The reading child against files that mean harm."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.imports import grid
from desktop.imports.grid import command, read_grid
from desktop.imports.refusal import MAX_FILE, SENTENCES, ReadingStopped, RosterRefused
from tests.imports import hostile


def refusal(path: Path) -> RosterRefused:
    with pytest.raises(RosterRefused) as caught:
        read_grid(path)
    return caught.value


@pytest.mark.parametrize("what", hostile.HOSTILE)
def test_a_hostile_file_ends_in_one_sentence(what: str, tmp_path: Path) -> None:
    """Mutants that fail here: no ratio in guard._judge, no doctype handler in parts.fed, no row
    or text cap in cells, no macro pattern, no kind of OLE container, no cap on parts."""
    build, code = hostile.HOSTILE[what]
    path = tmp_path / "list.xlsx"
    path.write_bytes(build())
    refused = refusal(path)
    assert refused.code == code
    assert str(refused).count("\n") == 0
    assert len(str(refused)) > 20


def test_a_lying_dimension_costs_nothing(tmp_path: Path) -> None:
    """Mutant: a reader that lays out the whole rectangle A1:XFD1048576 runs out of memory."""
    sheet = (
        f'<worksheet {hostile.NS}><dimension ref="A1:XFD1048576"/><sheetData>'
        f'<row r="1">{hostile.NAME.format(n=1)}</row>'
        '<row r="1048576"><c r="B1048576" t="inlineStr"><is><t>ปลาย</t></is></c>'
        '<c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    path = tmp_path / "list.xlsx"
    path.write_bytes(hostile.workbook(sheet))
    grid = read_grid(path)
    assert grid.rows == [(1, ("sนายสมชาย ใจดี",)), (1_048_576, (None, "sปลาย"))]


def test_a_million_formatted_rows_end_the_list_early(tmp_path: Path) -> None:
    """Mutant: no _EMPTY_RUN, and the child walks to the last row of the sheet."""
    styled = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(2, 60_000))
    broken_end = f'<row r="1">{hostile.NAME.format(n=1)}</row>{styled}<row r="-5"/>'
    path = tmp_path / "list.xlsx"
    path.write_bytes(hostile.workbook(hostile.sheet_of(broken_end), level=1))
    assert [line for line, _ in read_grid(path).rows] == [1]


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    """Mutant: no look at the size before the child starts."""
    path = tmp_path / "list.csv"
    with path.open("wb") as stream:
        stream.truncate(MAX_FILE + 1)
    assert refusal(path).code == "big"


def test_a_missing_file_and_a_folder_are_said_to_be_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.xlsx").code == "missing"
    assert refusal(tmp_path).code == "missing"


def run(code: str) -> str:
    """What Python says inside a child that gave up its rights."""
    start = (
        f"import sys;sys.path.insert(0,{str(Path.cwd())!r});"
        "from desktop.imports import reading_child as r;r.give_up_rights(r.LIST)\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", start + code],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.stdout + (done.stderr.strip().splitlines() or [""])[-1]


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import subprocess; subprocess.Popen(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open('/tmp/samut-never', 'w')",
        "import os; os.open('/tmp/samut-never', os.O_WRONLY | os.O_CREAT)",
        "import os; os.remove('/tmp/samut-never')",
    ],
)
def test_the_child_cannot_reach_out(code: str) -> None:
    """Mutant: no audit hook in give_up_rights."""
    assert "PermissionError" in run(code)
    assert not Path("/tmp/samut-never").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a job object caps memory there")
def test_the_child_cannot_take_memory() -> None:
    """Mutant: no RLIMIT_AS."""
    assert "MemoryError" in run("x = bytearray(600 * 1024 * 1024)")


def test_the_child_needs_no_library_but_its_own() -> None:
    """Mutant: an import of the thai room, of openpyxl or of Qt in what the child loads."""
    loaded = run("import sys; print(*sorted(m for m in sys.modules if 'desktop' in m))").split()
    room = "cells delimited guard parts reading_child refusal rights workbook"
    low = ["desktop", "desktop.errors", "desktop.i18n", "desktop.imports", "desktop.paths"]
    assert loaded == sorted([*low, *(f"desktop.imports.{name}" for name in room.split())])


def slow_child(sheet: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", "import time; time.sleep(60)"]


def test_a_child_that_never_answers_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: no watch, and this test never ends."""
    monkeypatch.setattr(grid, "command", slow_child)
    monkeypatch.setattr(grid, "SECONDS", 0.2)
    path = tmp_path / "list.xlsx"
    path.write_bytes(hostile.WHOLE)
    assert refusal(path).code == "slow"


def test_a_facilitator_can_stop_the_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: the watch does not ask."""
    monkeypatch.setattr(grid, "command", slow_child)
    path = tmp_path / "list.xlsx"
    path.write_bytes(hostile.WHOLE)
    asked = threading.Event()

    def stopped() -> bool:
        asked.set()
        return True

    with pytest.raises(ReadingStopped):
        read_grid(path, stopped=stopped)
    assert asked.is_set()


@pytest.mark.parametrize(
    "said",
    [
        "",
        '{"kind":"xlsx","sheets":[],"sheet":""}\n[1,"sx"]',
        '{"kind":"xlsx","sheets":[],"sheet":""}\n[1,"sx"]\n{"end":2}',
        '{"refused":"<b>words of the child</b>"}',
        "words",
        "7",
        "[]",
        "[" * 100_000,
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_a_broken_file(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutants: rows kept without {"end"}; the child's own words shown."""
    monkeypatch.setattr(
        grid, "command", lambda sheet: [sys.executable, "-I", "-S", "-c", f"print({said!r})"]
    )
    path = tmp_path / "list.xlsx"
    path.write_bytes(hostile.WHOLE)
    assert refusal(path).code == "broken"


def test_a_frozen_build_starts_itself_as_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command("S") == [sys.executable, grid.SWITCH, "S"]


def test_the_program_is_its_own_child_when_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: a frozen build that opens a second window instead of reading."""
    monkeypatch.setattr(
        grid, "command", lambda sheet: [sys.executable, "-m", "desktop", grid.SWITCH, sheet]
    )
    path = tmp_path / "list.xlsx"
    path.write_bytes(hostile.WHOLE)
    assert read_grid(path).rows == [(1, ("sนายสมชาย ใจดี",))]


def test_the_file_name_is_not_on_the_command_line(tmp_path: Path) -> None:
    """Mutant: the path as an argument, where every user of the computer can read it."""
    assert not any("นาย" in word for word in command(""))


def test_every_refusal_says_what_to_do() -> None:
    for sentence in SENTENCES.values():
        assert sentence.endswith(".")
        assert ". " in sentence or "," in sentence or "so" in sentence
