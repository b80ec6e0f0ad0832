# SPDX-License-Identifier: Apache-2.0
"""Certificates in files: names, shapes, stopping, and nothing half written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from desktop.actions.certificate import PlateDiffers, record_print
from desktop.actions.certificate_pdf import CertificatePages
from desktop.actions.export import LONGEST, Exported, Piece, Shape, export, file_names, plain_name
from desktop.actions.plan import keep_plan
from desktop.model.plan import Plan
from desktop.store.disk import NotSaved
from tests.actions.issuing import give, issued
from tests.hall import BY, Hall

PEOPLE = ("สมชาย", "ปราณี", "น้ำผึ้ง", "คำแก้ว")


@pytest.fixture
def ids(hall: Hall) -> list[str]:
    return issued(hall, *give(hall, *PEOPLE))


def _pieces(ids: Sequence[str]) -> list[Piece]:
    return [
        Piece(one, 2562, number, 1, f"นาย{name}")
        for number, (one, name) in enumerate(zip(ids, PEOPLE, strict=True), 1)
    ]


def _join(pdfs: Sequence[bytes]) -> bytes:
    assert len(pdfs) == 1
    return pdfs[0]


def _texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    words = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    document.close()
    return words


def _export(hall: Hall, ids: list[str], place: Path, shape: Shape, **said: object) -> Exported:
    pages = CertificatePages(hall.store, ids)
    return export(pages, _pieces(ids), place, shape, join=_join, **said)  # type: ignore[arg-type]


def test_one_pdf_holds_all_of_them_in_order(hall: Hall, ids: list[str], tmp_path: Path) -> None:
    """Mutant: the order of the register in the place of the one chosen."""
    place = tmp_path / "certificates.pdf"
    turned = ids[::-1]
    pages = CertificatePages(hall.store, ids)
    done = export(pages, _pieces(ids)[::-1], place, "one", join=_join)
    assert done == Exported(4, (place,))
    texts = _texts(place.read_bytes())
    assert [name in text for name, text in zip(PEOPLE[::-1], texts, strict=True)] == [True] * 4
    assert set(pages.plates(turned)) == set(ids)


def test_a_file_says_which_language_it_is_read_in(hall: Hall) -> None:
    """Mutant: an English certificate that a screen reader spells out as Thai."""
    people = give(hall, *PEOPLE)
    thai = issued(hall, *people[:2])
    keep_plan(hall.store, BY, Plan("event-1", "completion", language="en"))
    english = issued(hall, *people[2:])
    every = [*thai, *english]
    told = []
    for pdf in CertificatePages(hall.store, every).pdfs(every):
        with pikepdf.open(io.BytesIO(pdf)) as file:
            told.append((str(file.Root.Lang), str(file.docinfo.Title), len(file.pages)))
    assert [(said, count) for said, _title, count in told] == [("th-TH", 2), ("en", 2)]
    assert told[1][1].isascii()
    assert not told[0][1].isascii()


def test_a_folder_gets_a_file_for_each_named_by_number_alone(
    hall: Hall, ids: list[str], tmp_path: Path
) -> None:
    """Mutant: names of people in a listing nobody asked for, or a second page in a file."""
    _export(hall, ids, tmp_path, "folder")
    files = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert files == [f"2562-000{number}.pdf" for number in (1, 2, 3, 4)]
    texts = _texts((tmp_path / "2562-0003.pdf").read_bytes())
    assert len(texts) == 1
    assert "น้ำผึ้ง" in texts[0]


def test_a_zip_with_names_is_the_same_file_every_time(
    hall: Hall, ids: list[str], tmp_path: Path
) -> None:
    """Mutant: a clock in the zip, names that other systems show as question marks."""
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    _export(hall, ids, first, "zip", named=True)
    _export(hall, ids, second, "zip", named=True)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(io.BytesIO(first.read_bytes())) as packed:
        assert packed.testzip() is None
        assert packed.namelist()[2] == "2562-0003 นายน้ำผึ้ง.pdf"
        assert all(entry.flag_bits & 0x800 for entry in packed.infolist()), "names in UTF-8"
        assert "น้ำผึ้ง" in _texts(packed.read("2562-0003 นายน้ำผึ้ง.pdf"))[0]


@pytest.mark.parametrize(
    ("shape", "files"),
    [
        ("one", {"c-1-2.pdf": 2, "c-3-4.pdf": 2}),
        ("zip", {"c-1-2.zip": 2, "c-3-4.zip": 2}),
        ("folder", {f"2562-000{number}.pdf": 1 for number in (1, 2, 3, 4)}),
    ],
)
def test_what_was_made_before_a_stop_is_whole_and_the_rest_follows(
    hall: Hall, ids: list[str], tmp_path: Path, shape: Shape, files: dict[str, int]
) -> None:
    """Mutants: half a file; the page at which it was stopped made twice or never."""
    place = (
        tmp_path / "out" / ("" if shape == "folder" else f"c.{'pdf' if shape == 'one' else shape}")
    )
    (tmp_path / "out").mkdir()
    steps: list[int] = []

    def progress(done: int, total: int) -> None:
        assert total == 4
        steps.append(done)

    done = _export(hall, ids, place, shape, progress=progress, cancelled=lambda: len(steps) >= 2)
    assert done.end == 2
    rest = _export(hall, ids, place, shape, start=done.end, progress=progress)
    assert rest.end == 4
    found = {}
    for path in (tmp_path / "out").iterdir():
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as packed:
                found[path.name] = len(packed.namelist())
        else:
            found[path.name] = len(_texts(path.read_bytes()))
    assert found == files
    assert steps[-1] == 4
    assert _export(hall, ids, place, shape, cancelled=lambda: True) == Exported(0, ())


def test_what_cannot_be_written_is_said_and_leaves_what_was_there(
    hall: Hall, ids: list[str], tmp_path: Path
) -> None:
    """Mutant: a file emptied before the new one is whole."""
    with pytest.raises(NotSaved):
        _export(hall, ids, tmp_path / "no" / "such" / "folder.pdf", "one")
    place = tmp_path / "c.pdf"
    place.write_bytes(b"yesterday")

    def fail(_pdf: bytes) -> bytes:
        raise RuntimeError("the signature broke")

    with pytest.raises(RuntimeError):
        _export(hall, ids, place, "one", sign=fail)
    assert place.read_bytes() == b"yesterday"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["c.pdf"]


def test_one_that_would_look_different_than_before_is_not_written(
    hall: Hall, ids: list[str], tmp_path: Path
) -> None:
    """Mutant: a second "original" with another face or picture."""
    record_print(hall.store, BY, ids[:1], "Office", 1, "", {ids[0]: "0" * 64})
    with pytest.raises(PlateDiffers, match="1/2562"):
        _export(hall, ids, tmp_path / "c.pdf", "one")
    assert not (tmp_path / "c.pdf").exists()


NAMES: tuple[tuple[str, str], ...] = (
    ("นาย ก/ข:ค*?", "นาย ก ข ค"),
    ("  นาง  สวย \u200b .", "นาง สวย"),
    ('a\\b<c>|"d"\n', "a b c d"),
    ("...", ""),
    ("\u202egnp.exe", "gnp.exe"),
)


@pytest.mark.parametrize(("name", "plain"), NAMES)
def test_names_lose_what_windows_forbids_and_what_cannot_be_seen(name: str, plain: str) -> None:
    """Mutant: a name that is a path, ends with a dot, or turns its ending round."""
    assert plain_name(name) == plain


def test_file_names_are_short_unique_and_never_cut_a_letter_from_its_marks() -> None:
    """Mutants: two people in one file; ``น้ำ`` cut to ``น``; 300 bytes that no zip opens."""
    long = "นางสาวกุลธิดาพรรณรายณ์ ศรีสวัสดิ์วงศ์วรวัฒนาธำรงค์กิจน้ำผึ้ง" * 2
    twins = [Piece(str(n), 2562, 7, 1, long) for n in range(3)]
    names = file_names(twins, named=True)
    assert len({name.casefold() for name in names}) == 3
    assert all(len(name.encode()) <= LONGEST for name in names)
    stem = names[0].removesuffix(".pdf")
    rest = long[len(stem) - len("2562-0007 ") :]
    assert not _marks(rest[:1]), rest
    assert names[1] == f"{stem}-2.pdf"
    assert file_names([Piece("a", 2562, 12, 2)]) == ("2562-0012-2.pdf",)
    for cut in range(1, 60):
        (made,) = file_names([Piece("a", 2562, 1, 1, "ก" * cut + "น้ำ" * 30)], named=True)
        assert made.removesuffix(".pdf")[-1] != "้"


def _marks(letter: str) -> bool:
    import unicodedata

    return bool(letter) and (unicodedata.category(letter) == "Mn" or letter == "ำ")


def test_the_progress_of_several_templates_goes_on_counting(hall: Hall, ids: list[str]) -> None:
    """Mutant: a bar that begins anew with every template."""
    pages = CertificatePages(hall.store, ids)
    steps: list[tuple[int, int]] = []

    def step(done: int, total: int) -> None:
        steps.append((done, total))

    pages.pdfs(ids, progress=step)
    assert steps[-1] == (4, 4)
    assert steps == sorted(steps)
