# SPDX-License-Identifier: Apache-2.0
"""Certificates: every name whole, nothing touching, nothing cut, and found out beforehand."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from desktop.errors import Refused
from desktop.model.certificate import Signer
from desktop.printing.certificate import (
    CertificatePage,
    Stopped,
    certificates_pdf,
    check_pages,
    collisions,
)
from desktop.printing.document import MM
from desktop.printing.layout import load_layout
from desktop.printing.placing import PageProblem, place
from desktop.thai.normalise import normalise_name
from tests.printing.events import organisations, trainees
from tests.printing.names import names
from tests.printing.preflight import assert_archival
from tests.printing.reading import GOLDEN, lines_of, pdfium, poppler

PERSON = load_layout("completion")
ORGANISATION = load_layout("project")
LONG_NAME = "นายปิยะพงษ์ ปั้นหยาเจริญสุขสันติ์กุลพันธุ์รัตนโกสินทร์วงศ์สุวรรณ"
LONG_ORGANISATION = "ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดอำนาจเจริญ ร่วมกับเครือข่ายอาสาสมัครพัฒนาสังคมและความมั่นคงของมนุษย์"
SIGNERS = (
    Signer("นายอนุกูล ปีดแก้ว", "อธิบดีกรมพัฒนาสังคมและสวัสดิการ"),
    Signer("นางสาวธิดาพร เสาวนะ", "ผู้อำนวยการสำนักงานส่งเสริมการจัดสวัสดิการสังคมแห่งชาติ"),
    Signer("นายสมใจ บุญอาจ", "ผู้อำนวยการกองหนึ่งใจ...เดียวกันฯ"),
)


def _page(**changes: object) -> CertificatePage:
    return replace(trainees()[0], **changes)


def _save(folder: Path, data: bytes) -> Path:
    file = folder / "certificates.pdf"
    file.write_bytes(data)
    return file


def test_154_trainees_get_their_names_numbers_and_dates(tmp_path: Path) -> None:
    """Fails when a shared form keeps the first name, with Christian years, or Arabic digits."""
    pages = trainees()
    file = _save(tmp_path, certificates_pdf(pages, PERSON, text_only=True))
    for reader in (pdfium, poppler):
        found = lines_of(reader(file))
        assert len(found) == 154
        for page, lines in zip(pages, found, strict=True):
            assert {page.recipient, f"เลขที่ {page.number}"} <= set(lines)
            assert "ระหว่างวันที่ ๒๘ กุมภาพันธ์ – ๓ มีนาคม ๒๕๖๒" in lines
            assert "ให้ไว้ ณ วันที่ ๓ มีนาคม พ.ศ. ๒๕๖๒" in lines
            assert page.subject in lines


def test_83_organisations_get_their_own_projects_whole(tmp_path: Path) -> None:
    """Fails when the title of the batch stands for all, and when 125 characters are cut."""
    pages = organisations()
    file = _save(tmp_path, certificates_pdf(pages, ORGANISATION))
    found = lines_of(pdfium(file))
    assert len(found) == 83
    for page, lines in zip(pages, found, strict=True):
        assert page.recipient in lines
        assert page.subject.replace(" ", "") in "".join(lines).replace(" ", "")
        assert "ได้รับการสนับสนุนจากกองทุนส่งเสริมการจัดสวัสดิการสังคม" in lines
    assert max(len(page.subject) for page in pages) == 125


def test_no_ink_touches_other_ink_on_any_page_of_the_two_events() -> None:
    """Fails when lines are set by nominal heights: Charm's swashes reach the line above."""
    for page in trainees():
        assert collisions(page, PERSON) == ()
    for page in organisations():
        assert collisions(page, ORGANISATION) == ()


def test_no_ink_touches_with_the_worst_texts() -> None:
    """Every hard name and 240 others, one to three signers, one to three lines of project. Fails
    when gaps may shrink to nothing, and when the column is not shrunk as a whole."""
    hard = GOLDEN.joinpath("names_hard.txt").read_text("utf-8").split("\n")[:-1]
    everybody = [*map(normalise_name, hard), *names(240), LONG_NAME, LONG_ORGANISATION]
    title = max((page.subject for page in organisations()), key=len)
    for index, name in enumerate(everybody):
        page = _page(
            recipient=name,
            signers=SIGNERS[: index % 3 + 1],
            subject=title if index % 2 else "ฟื้นฟูญู่ปุ่นฏู",
            fund="ได้รับการสนับสนุนจากกองทุนส่งเสริมการจัดสวัสดิการสังคม" if index % 5 else "",
            wish="" if index % 4 else "ขอให้มีความสุข ความเจริญ",
        )
        layout = (PERSON, ORGANISATION)[index % 2]
        assert collisions(page, layout) == (), name


def test_ink_is_where_the_extents_say(tmp_path: Path) -> None:
    """Pixels at 100 dots per inch: nothing dark outside the ink boxes, and a condensed name as
    wide as its box. Fails when extents leave out an offset, the condensing, or the alignment."""
    name = f"{LONG_NAME}กิจรุ่งโรจน์มณี"
    page = _page(recipient=name, signers=SIGNERS, document_word="เกียรติบัตรฟื้นฏู")
    data = certificates_pdf([page], PERSON, text_only=True)
    scale = 100 / 72
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=scale).to_pil().convert("L")
    placement = place(page, PERSON)
    (narrow,) = (text for text in placement.texts if text.condense < 97)
    left, bottom, right, top = (side * scale for side in narrow.ink)
    band = image.crop((0, int(image.height - top), image.width, int(image.height - bottom) + 1))
    inked = band.point(lambda level: 255 * (level < 200)).getbbox()
    assert inked is not None
    assert (inked[0], inked[2]) == pytest.approx((left, right), abs=2)
    draw = ImageDraw.Draw(image)
    boxes = [text.ink for text in placement.texts]
    boxes += [(line.x, line.y, line.x + line.width, line.y) for line in placement.lines]
    for left, bottom, right, top in boxes:
        draw.rectangle(
            (
                left * scale - 2,
                image.height - top * scale - 2,
                right * scale + 2,
                image.height - bottom * scale + 2,
            ),
            fill=255,
        )
    assert image.getextrema() == (255, 255)


def test_what_cannot_be_printed_is_found_before_anything_is() -> None:
    """Fails when a missing glyph or a text too long is drawn, cut, or reported without a name."""
    good = _page()
    pages = [
        good,
        _page(number="๒/๒๕๖๒", recipient="นายสมชาย ☃"),
        good,
        _page(number="๔/๒๕๖๒", recipient="นาย" + "ศรีสวัสดิ์วงศ์" * 20),
        _page(number="๕/๒๕๖๒", subject="โครงการพัฒนาศักยภาพ" * 40),
        _page(number="๖/๒๕๖๒", signers=(Signer("นายกอ ์", ""),)),
    ]
    found = check_pages(pages, PERSON)
    assert [(index, problem.field) for index, problem in found] == [
        (1, "recipient"),
        (3, "recipient"),
        (4, "subject"),
        (5, "signer"),
    ]
    assert "☃" in str(found[0][1])
    assert "๔/๒๕๖๒" in str(found[1][1])
    with pytest.raises(PageProblem):
        certificates_pdf(pages, PERSON)


def test_a_page_too_full_for_its_column_is_found_too() -> None:
    """Fails when each text fits its box but all of them together run into the signature."""
    title = "โครงการพัฒนาศักยภาพอาสาสมัคร" * 4
    page = _page(
        issuer=(title, "\n".join([title] * 3)),
        deed=title,
        subject=title * 2,
        when_where=title,
        wish=title,
        fund=title,
        recipient=LONG_ORGANISATION,
    )
    (found,) = check_pages([page], PERSON)
    assert found[0] == 0


@pytest.mark.parametrize("word", ["เกียรติบัตร รุ่นที่ ๒", "ประกาศนียบัตร 2562"])
def test_digits_are_never_set_in_the_script_face(word: str) -> None:
    """Fails without the digit face: ๒๕๖๒ in Charm runs its tails through its neighbours."""
    placed = {text.field: text.face for text in place(_page(document_word=word), PERSON).texts}
    assert placed["document_word"] == "Trirong-Bold"
    plain = {text.field: text.face for text in place(_page(), PERSON).texts}
    assert plain["document_word"] == "Charm-Bold"


def test_the_same_batch_has_the_same_bytes_and_a_page_says_the_same_alone(tmp_path: Path) -> None:
    """Fails with anything of the moment in the file, and when the batch changes the page."""
    pages = trainees()[:9]
    whole = certificates_pdf(pages, PERSON)
    assert (
        hashlib.sha256(whole).digest()
        == hashlib.sha256(certificates_pdf(trainees()[:9], PERSON)).digest()
    )
    with (
        pypdfium2.PdfDocument(whole) as batch,
        pypdfium2.PdfDocument(certificates_pdf([pages[4]], PERSON)) as single,
    ):
        assert batch[4].render().to_pil().tobytes() == single[0].render().to_pil().tobytes()


def test_a_batch_is_watched_stopped_and_taken_up_again(tmp_path: Path) -> None:
    """Fails when the index of a stop, of progress, or of the page to go on at is one off."""
    pages = trainees()[:6]
    done: list[tuple[int, int]] = []
    with pytest.raises(Stopped) as stopped:
        certificates_pdf(
            pages,
            PERSON,
            progress=lambda page, pages: done.append((page, pages)),
            cancelled=lambda: len(done) == 4,
        )
    assert done == [(1, 6), (2, 6), (3, 6), (4, 6)]
    assert stopped.value.page == 4
    rest = certificates_pdf(pages, PERSON, start_page=stopped.value.page)
    found = lines_of(pdfium(_save(tmp_path, rest)))
    assert [page.recipient in lines for page, lines in zip(pages[4:], found, strict=True)] == [
        True,
        True,
    ]
    with pytest.raises(ValueError, match="no pages"):
        certificates_pdf(pages, PERSON, start_page=6)


def _ink_box(data: bytes, dots: int = 254) -> tuple[float, ...]:
    """Left, top, right, bottom of everything inked, in millimetres."""
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=dots / 72).to_pil().convert("L")
    box = image.point(lambda level: 255 * (level < 128)).getbbox()
    assert box is not None
    return tuple(side / dots * 25.4 for side in box)


def test_pre_printed_stock_gets_text_alone_where_it_is_moved_to() -> None:
    """Fails when the border is printed over the stock's own, when a shift goes the wrong way or
    is scaled, and when the scale is about a corner."""
    page = _page()
    plain = certificates_pdf([page], PERSON, text_only=True)
    at = _ink_box(plain)
    assert at[0] > 40
    moved = _ink_box(certificates_pdf([page], PERSON, text_only=True, shift_mm=(3, 2)))
    assert moved == pytest.approx((at[0] + 3, at[1] - 2, at[2] + 3, at[3] - 2), abs=0.15)
    scaled = _ink_box(certificates_pdf([page], PERSON, text_only=True, scale=0.98))
    middle = (148.5, 105, 148.5, 105)
    assert scaled == pytest.approx(
        [m + 0.98 * (side - m) for m, side in zip(middle, at, strict=True)], abs=0.15
    )
    assert _ink_box(certificates_pdf([page], PERSON))[0] < 10


def test_an_office_puts_in_its_own_emblem_and_the_ring_goes(tmp_path: Path) -> None:
    """Fails when the drawn ring stays under it, and when no picture at all is accepted."""
    picture = io.BytesIO()
    Image.new("RGBA", (40, 20), (0, 90, 0, 200)).save(picture, "PNG")
    layout = PERSON.with_emblem(picture.getvalue())
    assert layout.digest != PERSON.digest
    data = certificates_pdf([_page()], layout)
    with pypdfium2.PdfDocument(data) as document:
        image = document[0].render(scale=2).to_pil()
    x, y = PERSON.emblem.x * MM * 2, image.height - PERSON.emblem.y * MM * 2
    red, green, blue = image.getpixel((int(x), int(y)))[:3]
    assert green > red
    assert green > blue
    ring = image.crop((int(x) - 60, int(y) - 62, int(x) + 60, int(y) - 33)).convert("L")
    assert ring.getextrema()[0] > 240
    with pikepdf.open(_save(tmp_path, data)) as pdf:
        assert pdf.check_pdf_syntax() == []
    with pytest.raises(Refused):
        PERSON.with_emblem(b"%PDF-1.4 not a picture")


def test_certificates_are_archival(tmp_path: Path) -> None:
    """PDFBox on two pages with art and forms. Fails when a form carries a font of its own."""
    assert_archival(certificates_pdf(trainees()[:2], PERSON), tmp_path)


def test_nothing_but_its_own_lines_is_on_a_page_of_a_batch() -> None:
    """Fails when what all pages share is written into each: 430 pages would pass 0.5 MB."""
    data = certificates_pdf(trainees(), PERSON)
    assert len(data) < 260_000
    with pikepdf.open(io.BytesIO(data)) as pdf:
        shown = re.findall(rb"Tj", pdf.pages[77].Contents.read_bytes())
    assert len(shown) == 2  # the name and the number
