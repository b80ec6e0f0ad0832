# SPDX-License-Identifier: Apache-2.0
"""The designer's view of what is printed on paper that has its frame already."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.model.template import Qr
from desktop.model.template_edit import changed
from desktop.model.template_sample import filling_of
from desktop.printing.template_page import pages_pdf
from desktop.ui.desk import Desk
from desktop.ui.paper import pdf_job
from desktop.ui.parts.designer_gallery import sample_pdf
from desktop.ui.parts.designer_render import Look
from desktop.ui.parts.print_form import PrintForm
from desktop.ui.widgets.canvas_picture import page_image
from tests.ui.pages.designer_ground import Table, laid

Settled = Callable[[], None]


@pytest.fixture
def table(qtbot: QtBot, desk: Desk, settled: Settled) -> Table:
    made = laid(qtbot, desk, settled)
    made.open()
    return made


def _printed(table: Table, *, text_only: bool) -> QImage:
    """The page as it comes out of the printer, at the size it is seen."""
    editor = table.editor
    filling = filling_of("certificate", "usual", pictures=editor.render_.pictures)
    assert editor.render_.assets is not None
    pdf = pages_pdf(table.template, [filling], assets=editor.render_.assets, text_only=text_only)
    return page_image(pdf, editor.canvas.picture_scale)


def _ink(image: QImage) -> int:
    """How dark the left edge is, where the frame runs."""
    wide, y = image.width(), image.height() // 2
    return sum(255 - image.pixelColor(x, y).lightness() for x in range(wide // 7))


def test_the_text_alone_is_seen_as_the_printer_prints_it(table: Table) -> None:
    """Mutants: a view that hides parts on the canvas alone; one that shows the whole page."""
    assert table.canvas.scene.picture == _printed(table, text_only=False)
    table.key(Qt.Key.Key_F4)
    table.editor.stock.faint.click()
    table.rest()
    assert table.canvas.scene.picture == _printed(table, text_only=True)
    assert _ink(table.canvas.scene.picture) == 0
    table.editor.stock.whole.click()
    table.rest()
    assert table.canvas.scene.picture == _printed(table, text_only=False)
    assert not table.editor.stock.isVisible()


def test_what_is_on_the_paper_is_seen_faintly_and_the_words_as_dark_as_ever(table: Table) -> None:
    """Mutants: a frame as dark as if it were printed; words that are faint with it."""
    whole = table.canvas.scene.picture
    table.key(Qt.Key.Key_F4)
    table.rest()
    faint = table.canvas.scene.picture
    assert 0 < _ink(faint) < _ink(whole) / 2
    box = table.canvas.scene.boxes[table.named("{recipient}").id]
    scale = table.canvas.picture_scale
    here = [
        (x, y)
        for x in range(round(box.x * scale), round(box.right * scale))
        for y in range(round(box.y * scale), round(box.bottom * scale))
    ]
    assert min(faint.pixelColor(*at).lightness() for at in here) < 60


def test_the_strip_says_where_it_is_chosen_at_print(table: Table, desk: Desk) -> None:
    """Mutants: a strip that names a tick nobody finds; one that promises what nothing is marked
    for."""
    assert not table.editor.stock.isVisible()
    QTest.mouseClick(table.editor.bar.stock, Qt.MouseButton.LeftButton)
    strip = table.editor.stock
    assert strip.isVisible()
    assert table.editor.bar.stock.isChecked()
    form = PrintForm(pdf_job(sample_pdf(desk.store, table.template), ""), table.page)
    tick = form.text_only.text()
    assert tick in strip.words.text()
    assert strip.faint.isVisible()
    marked = frozenset(one.id for one in table.template.elements if one.on_stock)
    table.bench.do(changed(table.template, marked, on_stock=False))
    assert not strip.faint.isVisible()
    assert tick not in strip.words.text()


def test_a_drag_does_not_bring_the_frame_back(table: Table) -> None:
    """Mutant: the page under what is dragged drawn as if all of it were printed."""
    table.key(Qt.Key.Key_F4)
    table.editor.stock.faint.click()
    code = table.of(Qr)
    table.click(code.id)
    table.rest()
    lifted = table.canvas.scene.lifted
    assert lifted is not None
    assert lifted.ids == {code.id}
    assert _ink(lifted.without) == 0


def test_the_test_page_is_printed_as_it_is_seen(table: Table, desk: Desk) -> None:
    """Mutant: a test page with the frame, printed onto the frame of the paper."""
    template = table.template
    whole = page_image(sample_pdf(desk.store, template, look=Look()), 2)
    alone = page_image(sample_pdf(desk.store, template, look=Look(text_only=True)), 2)
    assert _ink(whole) > 0
    assert _ink(alone) == 0


def test_only_certificates_go_on_such_paper(table: Table) -> None:
    """Mutant: a view of badges for which no printing exists."""
    table.page._leave()
    table.open("badge")
    assert not table.editor.bar.stock.isVisible()
    table.key(Qt.Key.Key_F4)
    assert not table.editor.stock.isVisible()
    table.key(Qt.Key.Key_Tab)
    assert table.bench.chosen
    assert not table.editor.properties.name.ticks["on_stock"].isVisible()
