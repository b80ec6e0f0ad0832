# SPDX-License-Identifier: Apache-2.0
"""Codes are read from pictures and PDFs as offices have them: scanned, turned, many on a page."""

from __future__ import annotations

import random
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from desktop.actions.proof_picture import Seen, codes_in, read_file
from desktop.errors import Refused
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
    found = read_file(path, lambda done, of: told.append((done, of)))
    assert found == (Seen(1, one), Seen(1, two), Seen(2, ""), Seen(3, three))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_reading_stops_when_it_is_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "batch.pdf"
    path.write_bytes(pdf_of([], [], []))
    assert len(read_file(path, None, lambda: True)) == 1


@pytest.mark.parametrize("kind", ["png", "jpg", "tif", "webp", "bmp"])
def test_a_picture_of_any_usual_kind_is_read(tmp_path: Path, kind: str) -> None:
    (code,) = codes(1)
    with pypdfium2.PdfDocument(pdf_of([code])) as pdf:
        page = pdf[0].render(scale=150 / 72).to_pil().convert("RGB")
    path = tmp_path / f"scan.{kind}"
    page.rotate(90, expand=True).save(path)
    assert read_file(path) == (Seen(1, code),)


def test_a_picture_without_a_background_is_read_as_on_white_paper(tmp_path: Path) -> None:
    """The mutant: transparent as black, on which a black code cannot be seen."""
    (code,) = codes(1)
    ((paper, _box),) = degraded.printed([code])
    clear = Image.new("RGBA", paper.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=paper.point([255 - level for level in range(256)]))
    path = tmp_path / "clear.png"
    clear.save(path)
    assert read_file(path) == (Seen(1, code),)


def test_every_page_of_a_scan_in_one_file_is_read(tmp_path: Path) -> None:
    one, two = codes(2)
    (first, _place), (second, _other) = degraded.printed([one, two])
    path = tmp_path / "pages.tif"
    first.save(path, save_all=True, append_images=[second])
    assert read_file(path) == (Seen(1, one), Seen(2, two))


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"%PDF-1.7\nnothing", b"\x89PNG\r\n\x1a\nbroken" + bytes(50)]
)
def test_a_file_that_is_no_picture_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(Refused):
        read_file(path)
    with pytest.raises(Refused):
        read_file(tmp_path / "missing.png")


def test_a_picture_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    """The mutant: the size of the file is all that is looked at."""
    path = tmp_path / "bomb.png"
    Image.new("1", (8_900, 10_000)).save(path)
    with pytest.raises(Refused, match="large"):
        read_file(path)


def test_bad_scans_are_read() -> None:
    """A sample of the campaign. The mutant: one try at the size it has, which reads one in ten
    at 100 dots per inch."""
    found = degraded.run(random.Random(1), 8)
    assert found["read"] == found["codes"] == 8


def test_nothing_is_made_up_from_paper_without_a_code() -> None:
    assert codes_in(Image.effect_noise((400, 400), 80)) == ()
