# SPDX-License-Identifier: Apache-2.0
"""Codes are read from pictures and PDFs as offices have them: scanned, turned, many on a page."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from desktop.imports import scan
from desktop.imports.scan import ScanRefused, Seen, read_copied, read_scan
from desktop.imports.scan_code import codes_in
from desktop.model.proof import to_digits
from tests.actions.proof_ground import pdf_of
from tests.campaigns import degraded
from tests.campaigns.proof import Office

pytestmark = pytest.mark.usefixtures("english")


def codes(many: int) -> list[str]:
    return [to_digits(one + said) for one, said in Office(random.Random(4), many).signed.items()]


def test_every_code_of_every_page_of_a_pdf_is_found_in_its_order(tmp_path: Path) -> None:
    """The mutants: the first page alone; the first code of a page alone."""
    one, two, three = codes(3)
    path = tmp_path / "batch.pdf"
    path.write_bytes(pdf_of([one, two], [], [three]))
    told: list[tuple[int, int]] = []
    found = read_scan(path, lambda done, of: told.append((done, of)))
    assert found == (Seen(1, one), Seen(1, two), Seen(2, ""), Seen(3, three))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_reading_stops_when_it_is_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "batch.pdf"
    path.write_bytes(pdf_of([], [], []))
    assert len(read_scan(path, None, lambda: True)) < 3


@pytest.mark.parametrize("kind", ["png", "jpg", "tif", "webp", "bmp"])
def test_a_picture_of_any_usual_kind_is_read(tmp_path: Path, kind: str) -> None:
    (code,) = codes(1)
    with pypdfium2.PdfDocument(pdf_of([code])) as pdf:
        page = pdf[0].render(scale=150 / 72).to_pil().convert("RGB")
    path = tmp_path / f"scan.{kind}"
    page.rotate(90, expand=True).save(path)
    assert read_scan(path) == (Seen(1, code),)


def test_a_picture_without_a_background_is_read_as_on_white_paper(tmp_path: Path) -> None:
    """The mutant: transparent as black, on which a black code cannot be seen."""
    (code,) = codes(1)
    ((paper, _box),) = degraded.printed([code])
    clear = Image.new("RGBA", paper.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=paper.point([255 - level for level in range(256)]))
    path = tmp_path / "clear.png"
    clear.save(path)
    assert read_scan(path) == (Seen(1, code),)


def test_every_page_of_a_scan_in_one_file_is_read(tmp_path: Path) -> None:
    one, two = codes(2)
    (first, _place), (second, _other) = degraded.printed([one, two])
    path = tmp_path / "pages.tif"
    first.save(path, save_all=True, append_images=[second])
    assert read_scan(path) == (Seen(1, one), Seen(2, two))


def refusal(path: Path) -> str:
    with pytest.raises(ScanRefused) as caught:
        read_scan(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "neither"),
        (b"hello", "neither"),
        (b"%PDF-1.7\nnothing", "pdf"),
        (b"\x89PNG\r\n\x1a\nbroken" + bytes(50), "neither"),
    ],
)
def test_a_file_that_is_no_picture_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert refusal(path) == code
    assert refusal(tmp_path / "missing.png") == "unreadable"


def test_a_picture_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    """The mutant: the size of the file is all that is looked at."""
    path = tmp_path / "bomb.png"
    Image.new("1", (8_900, 10_000)).save(path)
    assert refusal(path) == "pixels"


def test_what_was_copied_is_read_as_a_file_is() -> None:
    (code,) = codes(1)
    ((paper, _box),) = degraded.printed([code])
    grey = paper.convert("L")
    assert read_copied(grey.tobytes(), *grey.size, grey.width) == (Seen(0, code),)
    assert read_copied(bytes([255]) * 400, 20, 20, 20) == (Seen(0, ""),)


# ---- the child


def instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """What runs in the place of the child."""
    monkeypatch.setattr(
        scan, "command", lambda *_words, **_how: [sys.executable, "-I", "-S", "-c", code]
    )


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.kill(os.getpid(), 11)",
        "",
        "print('[1, 1, []]')",
        "print('[1, 1, []]\\n{\"end\": 2}')",
        "print('[2, 2, []]\\n{\"end\": 2}')",
        "print('[1, 9999, []]\\n{\"end\": 1}')",
        "print('[1, 1, [7]]\\n{\"end\": 1}')",
        "print('[1, 1, [\"' + '7' * 9000 + '\"]]\\n{\"end\": 1}')",
        'print(\'{"refused": "<b>words of the child</b>"}\')',
        "print(7)",
        "print('[' * 100_000)",
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """Mutants: pages kept without ``end``; pages or codes believed as they come; its own words
    shown."""
    instead(monkeypatch, code)
    path = tmp_path / "scan.png"
    path.write_bytes(b"x")
    assert refusal(path) == "broken"


def test_a_page_that_never_ends_is_given_up_and_many_quick_ones_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutants: no watch, and this test never ends; a watch over the whole of a long file."""
    path = tmp_path / "scan.png"
    path.write_bytes(b"x")
    monkeypatch.setattr(scan, "SECONDS", 4.0)  # a child is long in coming on a busy computer
    instead(
        monkeypatch,
        "import time\nfor n in range(1, 10):\n"
        " time.sleep(0.5); print([n, 9, []], flush=True)\nprint('{\"end\": 9}')",
    )
    assert read_scan(path) == tuple(Seen(page, "") for page in range(1, 10))
    monkeypatch.setattr(scan, "SECONDS", 0.2)
    instead(monkeypatch, "import time; time.sleep(60)")
    assert refusal(path) == "slow"


def run(code: str) -> str:
    """What Python says inside a child that has loaded all it needs and gave up its rights."""
    start = (
        f"import sys;sys.path.insert(0,{str(Path.cwd())!r});"
        "from desktop.imports import scan_child as c;c._load();c.give_up_rights(c.SCAN)\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", start + code],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.stdout + (done.stderr.strip().splitlines() or [""])[-1]


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open('/tmp/samut-never', 'w')",
        "import ctypes; ctypes.CDLL('libc.so.6')",
    ],
)
def test_the_child_cannot_reach_out(code: str) -> None:
    """Mutant: no ``give_up_rights`` in ``scan_child.main``, or ``native`` that allows all."""
    assert "PermissionError" in run(code)


def test_the_child_holds_nothing_of_the_program() -> None:
    """Mutant: an import of the store, the actions or Qt in what the child loads."""
    loaded = run(
        "print(*sorted(m for m in sys.modules if m.startswith(('desktop', 'PySide', 'sql'))))"
    ).split()
    room = "refusal rights scan_child scan_code"
    low = ["desktop", "desktop.errors", "desktop.i18n", "desktop.imports", "desktop.paths"]
    assert loaded == sorted([*low, *(f"desktop.imports.{name}" for name in room.split())])


def test_the_program_is_its_own_child_when_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: a frozen build that opens a second window instead of reading."""
    monkeypatch.setattr(
        scan, "command", lambda switch, *_w, **_h: [sys.executable, "-m", "desktop", switch, ""]
    )
    (code,) = codes(1)
    path = tmp_path / "one.pdf"
    path.write_bytes(pdf_of([code]))
    assert read_scan(path) == (Seen(1, code),)


# ---- bad paper


def test_bad_scans_are_read() -> None:
    """A sample of the campaign. The mutant: one try at the size it has, which reads one in ten
    at 100 dots per inch."""
    found = degraded.run(random.Random(1), 8)
    assert found["read"] == found["codes"] == 8


def test_nothing_is_made_up_from_paper_without_a_code() -> None:
    assert codes_in(Image.effect_noise((400, 400), 80)) == ()
