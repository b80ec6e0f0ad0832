# SPDX-License-Identifier: Apache-2.0
"""Jobs received whole by a real print system, and what it tells of its queues."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pypdfium2
import pytest

from desktop.model.print_run import BLANK, How, sheets_of
from desktop.printing.document import MM, Document
from desktop.printing.typeface import typeface
from desktop.ui import cups as programs
from desktop.ui.feeding import AHEAD, BATCH, print_sheets
from desktop.ui.pdf import Pages
from desktop.ui.printer import Offers, Printer, PrinterGone, lacks, offers, outside, printers, send
from tests.ui.cups import JAMS, PrintSystem

OFFICE: Final = Printer("Office", default=True, queue=True)
POINTS: Final = 72 / 25.4
"""Points of a millimetre."""
NAMES: Final = (
    "นางสาวกุลธิดา ศรีสวัสดิ์วงศ์",
    "นายกุลพงษ์ ศรีสวัสดิ์ ณ อยุธยา",
    "ว่าที่ร้อยตรีหญิงน้ำผึ้ง ปิ่นเกล้า",
    "คำแก้ว",
    "นางอัญญาณี ฎีกาธิปไตย",
)


def _paper(names: tuple[str, ...], size: tuple[float, float] = (297, 210)) -> bytes:
    """A page a name, with a border 11 mm from the edge and a flag in its upper left corner."""
    document = Document(size, title="certificates")
    for name in names:
        canvas = document.canvas
        canvas.rect(11 * MM, 11 * MM, (size[0] - 22) * MM, (size[1] - 22) * MM, fill=0)
        canvas.rect(14 * MM, (size[1] - 34) * MM, 20 * MM, 20 * MM, stroke=0, fill=1)
        face = typeface("Sarabun-Regular")
        face.draw(canvas, size[0] / 2 * MM, size[1] / 2 * MM, name, 24, "centre")
        document.page()
    return document.save()


def _make(size: tuple[float, float] = (297, 210)) -> Callable[[tuple[str, ...]], bytes]:
    def make(pages: tuple[str, ...]) -> bytes:
        wanted = tuple(page for page in pages if page != BLANK)
        pdf = _paper(tuple(NAMES[int(page) % len(NAMES)] for page in wanted), size)
        if len(wanted) == len(pages):
            return pdf
        with Pages(pdf) as some:
            return some.with_blanks([page == BLANK for page in pages])

    return make


def _texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    words = [
        document[number].get_textpage().get_text_bounded().strip()
        for number in range(len(document))
    ]
    document.close()
    return words


def _printed(cups: PrintSystem, how: How, pages: int = 3, **more: tuple[float, float]) -> bytes:
    """What came out of the printer of one small batch."""
    sheets = sheets_of([str(number) for number in range(pages)], how)
    out = print_sheets(OFFICE, sheets, _make(**more), how, title="Certificates")
    assert out.whole, out
    cups.wait(lambda: cups.sink.jobs)
    assert len(cups.sink.jobs) == 1
    return cups.sink.jobs[0].pdf


def test_a_batch_is_received_whole_with_its_pages_size_turn_and_thai_letters(
    cups: PrintSystem,
) -> None:
    """Mutants: pages sent as pictures, scaled to the queue's own American paper, or turned the
    wrong way, so that the upper left corner does not come first out of the printer.
    """
    pdf = _printed(cups, How(), 3)
    assert _texts(pdf) == list(NAMES[:3])
    document = pypdfium2.PdfDocument(pdf)
    for page in (document[0], document[1], document[2]):
        assert page.get_size() == pytest.approx((595.3, 841.9), abs=1), "on upright A4"
        image = page.render(scale=1, grayscale=True)
        rows, stride = bytes(image.buffer), image.stride
        image.close()
        # The sheet is turned a quarter to the left: its upper left corner, where the flag is,
        # lies in the lower left corner of the upright sheet.
        dark = [
            rows[round(y * POINTS) * stride + round(x * POINTS)] < 60
            for x, y in ((24, 297 - 24), (24, 24), (210 - 24, 24), (210 - 24, 297 - 24))
        ]
        assert dark == [True, False, False, False]
        # Its size was not changed: the border is 275 mm long.
        middle = round(150 * POINTS)
        ink = [row for row in range(840) if rows[row * stride + middle] < 128]
        assert (ink[-1] - ink[0]) / POINTS == pytest.approx(275, abs=0.8)
    document.close()


def test_what_is_not_chosen_is_said_too_so_that_the_queue_does_not_choose(
    cups: PrintSystem,
) -> None:
    """Mutant: both sides on American paper, as this maker's printer does by itself."""
    _printed(cups, How(), 1)
    orders = cups.sink.jobs[0].orders
    assert "SET DUPLEX=OFF" in orders
    assert "SET FITTOPAGESIZE=A4" in orders
    assert "SET TRAY = ALL" in orders
    assert 'JOB NAME = "Certificates"' in next(one for one in orders if one.startswith("JOB"))
    raw = cups.sink.jobs[0].raw
    assert not any(name.encode() in raw[: raw.find(b"%PDF-")] for name in NAMES)


@pytest.mark.parametrize(
    ("sides", "size", "binding"),
    [
        ("book", (210.0, 297.0), "LONGEDGE"),
        ("pad", (210.0, 297.0), "SHORTEDGE"),
        ("book", (297.0, 210.0), "SHORTEDGE"),
    ],
)
def test_tray_and_both_sides_reach_the_printer(
    cups: PrintSystem, sides: str, size: tuple[float, float], binding: str
) -> None:
    """Mutants: an option that is shown and not sent; a page on its side bound at the wrong edge;
    the second copy beginning on the back of the first.
    """
    how = How(tray="2Tray", sides=sides, copies=2)  # type: ignore[arg-type]
    pdf = _printed(cups, how, 3, size=size)
    orders = cups.sink.jobs[0].orders
    assert "SET TRAY = Tray2" in orders
    assert "SET DUPLEX=ON" in orders
    assert f"SET BINDING={binding}" in orders
    assert _texts(pdf) == [*NAMES[:3], "", *NAMES[:3], ""]


def test_copies_range_and_order_are_pages_that_can_be_counted(cups: PrintSystem) -> None:
    """Mutant: copies left to the printer, so that nobody knows which sheet the last one was."""
    how = How(copies=2, collate=False, backwards=True, parity="odd")
    assert _texts(_printed(cups, how, 4)) == [NAMES[2], NAMES[2], NAMES[0], NAMES[0]]


def test_a_queue_tells_what_can_be_chosen(cups: PrintSystem) -> None:
    """Mutant: one list of trays for every printer."""
    assert printers() == (OFFICE, Printer("Canon_G2010", queue=True))
    office = offers(OFFICE)
    assert office.trays == ("MultiTray", "1Tray", "2Tray", "3Tray", "4Tray", "5Tray", "Auto")
    assert office.tray == "Auto"
    assert office.sides == ("one", "book", "pad")
    assert "A4" in office.sizes
    canon = offers(Printer("Canon_G2010", queue=True))
    assert canon.trays == ()
    assert offers(Printer("gone", queue=True)) == Offers()


def test_a_border_where_the_printer_cannot_print_is_seen(cups: PrintSystem, qapp: object) -> None:
    """Mutant: a border that is cut off on every one of 430 sheets, and nobody was told."""
    # A thread asks the print system that is known when it first asks; this one asks first.
    with ThreadPoolExecutor(1) as lane:
        margins = lane.submit(offers, OFFICE).result().margins
    assert margins == pytest.approx((6.35, 12.7, 6.35, 12.7), abs=0.2)
    assert outside(_paper(NAMES[:1]), margins), "11 mm: the ends of the sheet are lost"
    assert not outside(_paper(NAMES[:1]), (5, 10, 5, 10))
    assert outside(_paper(NAMES[:1], (210, 297)), margins)
    assert not outside(_paper(NAMES[:1], (210, 297)), (10, 5, 10, 5))


def test_after_a_jam_nothing_is_printed_twice_and_the_rest_follows(cups: PrintSystem) -> None:
    """Mutants: jobs that stay in the queue behind the person's back and come out after the jam;
    a count of what was sent given for what is printed.
    """
    sheets = sheets_of([str(number) for number in range(BATCH * 4)], How())
    told: list[tuple[int, int]] = []

    def progress(done: int, printed: int) -> None:
        told.append((done, printed))
        if printed >= BATCH:  # two jobs may be through at one look
            cups.sink.off()
        if done == BATCH * 3:
            cups.ask("cupsdisable", "-r", "media-jam", "Office")

    out = print_sheets(OFFICE, sheets, _make(), How(), title="t", progress=progress)
    assert out.trouble
    assert out.printed >= BATCH
    assert out.done <= out.printed + AHEAD * BATCH
    cups.wait(lambda: programs.unfinished("Office") == frozenset())
    cups.sink.jobs.clear()
    cups.sink.on()
    cups.ask("cupsenable", "Office")
    good = 25
    rest = print_sheets(OFFICE, sheets, _make(), How(), title="t", start=good)
    assert rest.whole
    cups.wait(lambda: len(cups.sink.jobs) >= 3)
    # The last sheet is there once, and the first job after the jam begins at its page.
    after = [_texts(job.pdf) for job in cups.sink.jobs]
    assert [len(pages) for pages in after] == [20, 20, 15]
    assert after[0][0] == NAMES[good % len(NAMES)]
    assert [text for pages in after for text in pages] == [
        NAMES[number % len(NAMES)] for number in range(good, BATCH * 4)
    ]


def test_whoever_stops_takes_back_what_waits(cups: PrintSystem) -> None:
    """Mutant: a stop that leaves two jobs in the queue."""
    cups.sink.off()
    sheets = sheets_of([str(number) for number in range(BATCH * 4)], How())
    sent: list[int] = []
    out = print_sheets(
        OFFICE, sheets, _make(), How(), title="t",
        progress=lambda done, _printed: sent.append(done),
        cancelled=lambda: len(sent) >= AHEAD,
    )  # fmt: skip
    assert not out.trouble
    assert (out.done, out.printed) == (AHEAD * BATCH, 0)
    assert not cups.sink.jobs
    cups.wait(lambda: programs.unfinished("Office") == frozenset())


def test_a_printer_that_is_off_is_said_while_it_is_waited_for(cups: PrintSystem) -> None:
    """Mutant: a bar that stands still for ten minutes and says nothing."""
    cups.sink.off()
    heard: list[str] = []
    sheets = sheets_of(["0"], How())
    out = print_sheets(
        OFFICE, sheets, _make(), How(), title="t", said=heard.append,
        cancelled=lambda: "away" in heard,
    )  # fmt: skip
    assert heard == ["away"]
    assert out.printed == 0


def test_a_jam_the_printer_tells_of_is_passed_on_and_it_goes_on_by_itself(
    cups: PrintSystem,
) -> None:
    """Mutant: a batch given up, and begun anew, while the printer only waits for a hand."""
    cups.jam()
    heard: list[str] = []

    def said(trouble: str) -> None:
        heard.append(trouble)
        if trouble == "jam":  # before that it may be on its way to the printer
            cups.clear()

    sheets = sheets_of(["0", "1"], How())
    printer = Printer(JAMS, queue=True)
    out = print_sheets(printer, sheets, _make(), How(), title="t", said=said)
    assert "jam" in heard
    assert out.whole
    cups.wait(lambda: cups.sink.jobs)
    assert [_texts(job.pdf) for job in cups.sink.jobs] == [list(NAMES[:2])]


def test_paper_is_loaded_between_two_jobs(cups: PrintSystem) -> None:
    """Mutant: thirty sheets of plain paper after the twelve of pre-printed stock."""
    how = How(pause_every=2)
    sheets = sheets_of([str(number) for number in range(5)], how)
    first = print_sheets(OFFICE, sheets, _make(), how, title="t")
    assert first.pause
    assert (first.done, first.printed) == (2, 2)
    second = print_sheets(OFFICE, sheets, _make(), how, title="t", start=2)
    assert (second.pause, second.done) == (True, 4)
    last = print_sheets(OFFICE, sheets, _make(), how, title="t", start=4)
    assert last.whole
    cups.wait(lambda: len(cups.sink.jobs) == 3)
    assert [len(_texts(job.pdf)) for job in cups.sink.jobs] == [2, 2, 1]


def test_a_queue_that_is_not_there_is_said_at_once(cups: PrintSystem) -> None:
    """Mutant: a job given to nobody."""
    with pytest.raises(PrinterGone, match="gone"):
        send(Printer("gone", queue=True), _paper(NAMES[:1]), title="t")


def test_a_printer_without_a_pdf_queue_gets_pictures_at_its_own_resolution(
    cups: PrintSystem, qapp: object
) -> None:
    """Mutants: both sides, quality or size lost on the way that Windows takes; a blank sheet."""
    how = How(sides="pad", quality="normal")
    pdf = _paper(NAMES[:2], (210, 297))
    # A thread asks the print system that is known when it first asks; this one asks first.
    with ThreadPoolExecutor(1) as lane:
        lane.submit(send, Printer("Office"), pdf, title="Certificates", how=how).result()
    cups.wait(lambda: cups.sink.jobs)
    job = cups.sink.jobs[0]
    assert "SET DUPLEX=ON" in job.orders
    assert "SET BINDING=SHORTEDGE" in job.orders
    assert "SET FITTOPAGESIZE=A4" in job.orders
    document = pypdfium2.PdfDocument(job.pdf)
    assert len(document) == 2
    page = document[0]
    assert page.get_size() == pytest.approx((595.3, 841.9), abs=1)
    image = page.render(scale=1, grayscale=True)
    rows, stride = bytes(image.buffer), image.stride
    image.close()
    assert rows[round(24 * POINTS) * stride + round(24 * POINTS)] < 60, "the flag is upper left"
    across = [x for x in range(590) if rows[420 * stride + x] < 128]
    assert (across[-1] - across[0]) / POINTS == pytest.approx(188, abs=0.8)
    document.close()


def test_paper_that_a_printer_does_not_offer_is_known(cups: PrintSystem) -> None:
    """Mutant: 430 badges sent to a printer that asks for paper of its own at each."""
    sizes = offers(OFFICE).sizes
    assert lacks(_paper(NAMES[:1]), sizes) == ""
    assert lacks(_paper(NAMES[:1], (148, 105)), sizes) == "", "A6 on its side"
    assert lacks(_paper(NAMES[:1], (123, 321)), sizes) == "123.0x321.0mm"
    assert lacks(_paper(NAMES[:1], (123, 321)), (*sizes, "Custom.WIDTHxHEIGHT")) == ""
    assert lacks(_paper(NAMES[:1], (123, 321)), ()) == ""
