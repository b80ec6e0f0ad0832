# SPDX-License-Identifier: Apache-2.0
"""A test page goes to a real print system, as the template will be printed."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.parts.designer_gallery import sample_pdf
from desktop.ui.parts.designer_render import Look
from desktop.ui.parts.print_dialog import PrintDialog
from tests.actions.office_ground import Ground
from tests.ui.pages.designer_ground import laid
from tests.ui.spool import Queue

Settled = Callable[[], None]
_MM = 72 / 25.4


def test_the_test_page_of_the_draft_is_offered_to_the_printer(
    qtbot: QtBot, desk: Desk, settled: Settled, queue: Queue
) -> None:
    """Mutant: a test page of the version saved last, without what is on the table."""
    table = laid(qtbot, desk, settled)
    table.open("volunteer")
    table.page.print.trigger()
    qtbot.waitUntil(lambda: isinstance(table.page.dialog, PrintDialog), timeout=20_000)
    dialog = table.page.dialog
    assert isinstance(dialog, PrintDialog)
    settled()
    dialog.reject()
    settled()


@pytest.mark.parametrize(("ref", "pages"), [("badge", 1), ("completion", 1)])
def test_a_sheet_is_filled_with_samples(ground: Ground, ref: str, pages: int) -> None:
    """Mutant: one badge in the corner of a sheet of ten."""
    from desktop.actions.template import template_card

    template = template_card(ground.store, ref).template
    pdf = PdfReader(io.BytesIO(sample_pdf(ground.store, template, sheet=True)))
    assert len(pdf.pages) == pages
    wide = float(pdf.pages[0].mediabox.width) / _MM
    paper = template.paper
    assert wide == pytest.approx(paper.width if paper is not None else template.width, abs=0.5)
    if paper is not None:
        words = pdf.pages[0].extract_text().replace(" ", "").replace("\n", "")
        assert words.count("กุลธิดา") == paper.columns * paper.rows


def test_the_sample_that_is_shown_is_the_one_printed(ground: Ground) -> None:
    from desktop.actions.template import template_card

    template = template_card(ground.store, "completion").template
    pdf = sample_pdf(ground.store, template, look=Look("worst", "en", 3))
    words = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "Thitiyanat" in words
    assert "Anukul" in words
