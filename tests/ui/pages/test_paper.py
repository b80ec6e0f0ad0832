# SPDX-License-Identifier: Apache-2.0
"""The page of papers, over a real store; what it shows is read back from the PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.actions.calibration import Calibration, keep_calibration
from desktop.actions.entry import Entry
from desktop.actions.print_run import last_run
from desktop.actions.roster import lock_roster, walk_in
from desktop.actions.sheet import sheet_by_code, sheets_of
from desktop.ui.desk import Desk
from desktop.ui.pages.paper import Paper
from desktop.ui.parts.paper_printing import paper_job
from desktop.ui.parts.print_dialog import PrintDialog
from desktop.ui.pdf import Pages
from desktop.ui.widgets.field import Choice
from tests.actions.office_ground import BY, Ground
from tests.ui.spool import Queue

Settled = Callable[[], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ground: Ground) -> Paper:
    ground.add(
        *(f"คนที่{'กขคงจฉชซ'[n % 8]} สกุล{'กขคงจฉชซ'[n // 8]}" for n in range(40)), title="นาย"
    )
    lock_roster(ground.store, BY, ground.event.id)
    desk.take_event(ground.event.id)
    made = Paper(desk)
    qtbot.addWidget(made)
    made.resize(1000, 560)
    made.show()
    return made


def _ready(qtbot: QtBot, page: Paper, settled: Settled) -> None:
    settled()
    qtbot.waitUntil(
        lambda: (
            page._task is None and not page.view.busy and bool(page.view.accessibleDescription())
        ),
        timeout=20_000,
    )


def _text(pdf: bytes, number: int) -> str:
    held = pypdfium2.PdfDocument(pdf)
    text: str = held[number].get_textpage().get_text_bounded()
    held.close()
    return text


def test_a_sheet_is_fixed_in_the_store_before_it_is_shown(
    qtbot: QtBot, page: Paper, ground: Ground, settled: Settled
) -> None:
    """Mutant: paper whose code the program does not know when it comes back signed."""
    page.arrive({"what": "sheet", "day_no": 2, "event_id": ground.event.id})
    _ready(qtbot, page, settled)
    sheets = sheets_of(ground.store, ground.event.id)
    assert [(one.day_no, one.page) for one in sheets] == [(2, 1), (2, 2), (2, 3)]
    assert page.strip.model().rowCount() == 3
    code = "".join(letter for letter in _text(page._pdf, 0) if letter.isdigit())
    assert sheets[0].code in code
    assert sheet_by_code(ground.store, sheets[0].code) == sheets[0]
    assert page.primary is page.print


@pytest.mark.parametrize("what", ["badge", "proof"])
def test_everybody_expected_is_on_the_paper(
    qtbot: QtBot, page: Paper, ground: Ground, settled: Settled, what: str
) -> None:
    """Mutant: a paper of the first page alone."""
    page.arrive({"what": what})
    _ready(qtbot, page, settled)
    pages = page.strip.model().rowCount()
    words = "".join(_text(page._pdf, number) for number in range(pages))
    for row in ground.roster():
        assert row.first in words


def test_arrow_keys_go_through_the_pages(qtbot: QtBot, page: Paper, settled: Settled) -> None:
    """Mutant: small pages that only the mouse can choose."""
    page.arrive({"what": "badge"})
    _ready(qtbot, page, settled)
    before = page.view.image
    page.strip.setFocus()
    QTest.keyClick(page.strip, Qt.Key.Key_Down)
    _ready(qtbot, page, settled)
    assert page.strip.number() == 1
    assert page.view.image != before


def test_a_page_can_be_seen_larger_and_scrolled_by_keyboard(
    qtbot: QtBot, page: Paper, settled: Settled
) -> None:
    """Mutant: an enlarged page of which only the top can be seen."""
    page.arrive({"what": "badge"})
    _ready(qtbot, page, settled)
    small = page.view.image.width()
    page.large.trigger()
    qtbot.waitUntil(lambda: page.view.image.width() > small * 1.5)
    bar = page.room.verticalScrollBar()
    assert bar.maximum() > page.room.height()
    page._scroll(1)
    assert bar.value() > 0


def test_pages_made_anew_follow_the_seats_again_and_can_be_taken_back(
    qtbot: QtBot, page: Paper, desk: Desk, ground: Ground, settled: Settled
) -> None:
    """Mutant: a new paper whose codes point to the rows of the old one."""
    page.arrive({"what": "sheet", "day_no": 1})
    _ready(qtbot, page, settled)
    before = sheets_of(ground.store, ground.event.id)
    late, session = Entry(first="ฎีกา", last="มาใหม่"), ground.sessions()[0]
    walk_in(ground.store, BY, ground.event.id, late, session.id, session.start)
    page.reload()
    _ready(qtbot, page, settled)
    grown = sheets_of(ground.store, ground.event.id)
    assert [one.enrolment_ids for one in grown[:3]] == [one.enrolment_ids for one in before]
    page.anew.trigger()
    settled()
    assert len(grown) == 4, "who came late stands on a page of her own"
    anew = sheets_of(ground.store, ground.event.id)
    assert len(anew) == 3
    desk.undo()
    settled()
    assert sheets_of(ground.store, ground.event.id) == grown


def test_a_register_that_is_empty_is_a_sentence_and_nothing_to_print(
    qtbot: QtBot, page: Paper, settled: Settled
) -> None:
    """Mutant: an empty page sent to the printer."""
    page.arrive({"what": "register"})
    _ready(qtbot, page, settled)
    assert page.primary is None
    assert page.view.accessibleDescription()


def test_the_register_is_saved_as_a_workbook_too(
    qtbot: QtBot, page: Paper, ground: Ground, settled: Settled, tmp_path: Path
) -> None:
    """Mutant: a workbook without the rows of numbers that are not used."""
    from desktop.actions.attendance import arrive
    from desktop.actions.certificate import issue
    from desktop.actions.event import close_event
    from tests.actions.office_ground import FIRST

    first = ground.roster()[0].enrolment_id
    for session in ground.sessions():
        arrive(ground.store, BY, first, session.id, session.start, "sheet", "จากใบลงชื่อ")
    close_event(ground.store, BY, ground.event.id)
    issue(
        ground.store, BY, ground.event.id, issue_date=FIRST,
        enrolment_ids=[first],
    )  # fmt: skip
    page.arrive({"what": "register"})
    _ready(qtbot, page, settled)
    page.save_to(tmp_path / "register.xlsx", "xlsx")
    qtbot.waitUntil((tmp_path / "register.xlsx").exists)
    rows = list(load_workbook(tmp_path / "register.xlsx").active.iter_rows(values_only=True))
    assert len(rows) == 4 + 40
    assert sum(1 for row in rows[4:] if row[7] == "ไม่ใช้เลข") == 39


def _whole(page: Paper) -> str:
    pages = page.strip.model().rowCount()
    return "".join(_text(page._pdf, number) for number in range(pages))


def _choose(choice: Choice, value: object) -> None:
    """As a person chooses with the keyboard."""
    choice.set_value(value)
    assert choice.value() == value
    choice.chose.emit(value)


def test_a_paper_is_made_for_one_person_by_name(
    qtbot: QtBot, page: Paper, ground: Ground, settled: Settled
) -> None:
    """Mutant: a name chosen that changes nothing on the paper."""
    page.arrive({"what": "tent"})
    _ready(qtbot, page, settled)
    assert page.options.isVisibleTo(page)
    assert not page.options.person.isVisibleTo(page)
    _choose(page.options.whom, "one")
    assert page.options.person.isVisibleTo(page)
    wanted = ground.roster()[7]
    page.options.person.setFocus()
    page.options.person.setText(wanted.name)
    page.options.person.asked.emit(wanted.name)
    assert page.options.person.take_first()
    _ready(qtbot, page, settled)
    named = [row.first for row in ground.roster() if row.first in _whole(page)]
    assert wanted.first in named
    assert page.strip.model().rowCount() == 1
    # The set stays when one goes on to another paper.
    page.pick.set_value(("badge", 0))
    page.pick.chose.emit(("badge", 0))
    _ready(qtbot, page, settled)
    assert page.strip.model().rowCount() == 1
    assert page.options.person.text() == wanted.name


def test_envelopes_are_chosen_by_size_and_addressee(
    qtbot: QtBot, page: Paper, settled: Settled
) -> None:
    """Mutants: a size that is shown and not made; no sentence when there is no agency."""
    page.arrive({"what": "envelope"})
    _ready(qtbot, page, settled)
    assert page.strip.model().rowCount() == 40
    assert page.options.to.isVisibleTo(page)
    assert not page.options.numbers.isVisibleTo(page)
    _choose(page.options.template, "envelope_c5")
    _ready(qtbot, page, settled)
    with pypdfium2.PdfDocument(page._pdf) as document:
        assert document[0].get_size() == pytest.approx((229 * 72 / 25.4, 162 * 72 / 25.4), abs=1)
    _choose(page.options.to, "agencies")
    _ready(qtbot, page, settled)
    assert page.primary is None
    assert page.view.accessibleDescription()


def test_the_template_in_use_is_taken_to_the_designer(
    qtbot: QtBot, page: Paper, ground: Ground, settled: Settled
) -> None:
    """Mutant: the shipped template opened where the office's own is printed."""
    from desktop.actions.template import create
    from desktop.printing.template_shipped import shipped_template

    ours = create(ground.store, BY, "ป้ายของเรา", shipped_template("badge")).value
    page.arrive({"what": "badge"})
    _ready(qtbot, page, settled)
    assert page.options.template.currentText() == "ป้ายของเรา"
    with qtbot.waitSignal(page.go) as gone:
        page.options.design.click()
    assert gone.args is not None
    noun, what = gone.args
    assert (noun, what["template"]) == ("designer", ours.id)
    back, said = what["back"]
    assert (back, said["what"], said["event_id"]) == ("paper", "badge", ground.event.id)


def test_receipts_ask_for_amounts_first_and_lead_to_them(
    qtbot: QtBot, page: Paper, ground: Ground, settled: Settled
) -> None:
    """Mutants: a receipt over nothing; identity numbers shown without being asked for."""
    from desktop.actions.claim import set_amounts

    page.arrive({"what": "receipt"})
    _ready(qtbot, page, settled)
    assert page.primary is None
    assert page.secondary == (page.amounts,)
    with qtbot.waitSignal(page.go) as gone:
        page.amounts.trigger()
    assert gone.args[0] == "claims"
    first = ground.roster()[0]
    set_amounts(ground.store, BY, ground.event.id, [(first.enrolment_id, "fare", 600_50)])
    page.reload()
    _ready(qtbot, page, settled)
    assert page.options.numbers.value() == "none"
    assert "หกร้อยบาทห้าสิบสตางค์" in _whole(page)
    assert page.primary is page.print
    page.pick.chose.emit(("receipt_sheet", 0))
    _ready(qtbot, page, settled)
    assert page.book in page.secondary


def test_a_paper_without_a_template_shows_nothing_to_choose(
    qtbot: QtBot, page: Paper, settled: Settled
) -> None:
    """Mutant: "for whom" over the register, which is of everybody."""
    page.arrive({"what": "proof"})
    _ready(qtbot, page, settled)
    assert not page.options.isVisibleTo(page)
    page.arrive({"what": "sheet", "day_no": 1})
    _ready(qtbot, page, settled)
    assert page.options.template.isVisibleTo(page)
    assert not page.options.whom.isVisibleTo(page)


def _left(pdf: bytes, number: int) -> int:
    """Points from the left edge to the first ink of a page."""
    with Pages(pdf) as pages:
        image = pages.image(number, round(pages.sizes[number][0]))
    return next(
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).lightness() < 128 for y in range(image.height()))
    )


def _print(qtbot: QtBot, page: Paper) -> PrintDialog:
    page.print.trigger()
    dialog = page.dialog
    qtbot.waitUntil(lambda: not dialog.looking)
    return dialog


def test_a_batch_of_papers_goes_on_after_a_jam_and_where_the_printer_needs_it(
    qtbot: QtBot, page: Paper, ground: Ground, settled: Settled, queue: Queue
) -> None:
    """Mutant: a batch that lives in the dialog alone, or one that goes on with the pages of a
    paper that changed since; a position of the printer that only certificates keep to.
    """
    page.arrive({"what": "tent"})
    _ready(qtbot, page, settled)
    keep_calibration(ground.store, BY, "Office", Calibration(right=25.4))
    dialog = _print(qtbot, page)
    settled()
    assert not dialog.form.text_only.isVisible(), "there is no border to leave out"
    assert dialog.form.adjust.isVisible()
    dialog.form.pages.setText("1-3")
    dialog.form.pause.setText("2")
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.watch.asking)
    settled()
    dialog.reject()  # the program is gone here
    settled()
    page.arrive({"what": "badge"})
    _ready(qtbot, page, settled)
    page.arrive({"what": "tent"})
    _ready(qtbot, page, settled)
    again = _print(qtbot, page)
    qtbot.waitUntil(lambda: again.watch.asking)
    assert again.watch.last_good() == 2
    QTest.mouseClick(again.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: queue.pages() == [2, 1])
    settled()
    sent = sorted(queue.jobs.iterdir())[1].read_bytes()
    assert _left(sent, 0) - _left(page._pdf, 2) == pytest.approx(72, abs=1.5), "an inch"
    run = last_run(ground.store, ground.event.id, "tent:")
    assert run is not None
    other = paper_job(page._pdf + b"%", "tents")
    assert not run.keys & other.every()
    assert run.keys & paper_job(page._pdf, "tents").every()
