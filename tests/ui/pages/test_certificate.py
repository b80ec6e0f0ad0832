# SPDX-License-Identifier: Apache-2.0
"""The page of certificates, driven as a facilitator drives it, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.actions.attendance import arrive
from desktop.actions.certificate import register_rows
from desktop.actions.certificate_list import certificate_list
from desktop.actions.event import close_event, set_ceremony
from desktop.actions.roster import lock_roster
from desktop.model.event import CeremonyRole
from desktop.ui.desk import Desk
from desktop.ui.pages.certificate import Certificates
from tests.actions.office_ground import BY, Ground

Settled = Callable[[], None]


@pytest.fixture
def people(ground: Ground) -> tuple[str, ...]:
    """Three who came to everything, and one who came once; the event is over."""
    ids = ground.add("กานดา ใจดี", "ขจร แก้วมณี", "คำแก้ว", "งาม มาน้อย", title="นาย")
    set_ceremony(
        ground.store,
        BY,
        ground.event.id,
        [CeremonyRole("", ground.event.id, "chair_close", "นางนภา เศรษฐกร", "อธิบดี", "", True)],
    )
    lock_roster(ground.store, BY, ground.event.id)
    for place, enrolment_id in enumerate(ids):
        for session in ground.sessions()[: 1 if place == 3 else None]:
            arrive(ground.store, BY, enrolment_id, session.id, session.start, "sheet", "จากใบลงชื่อ")
    close_event(ground.store, BY, ground.event.id)
    return ids


@pytest.fixture
def page(
    qtbot: QtBot, desk: Desk, ground: Ground, people: tuple[str, ...], settled: Settled
) -> Certificates:
    desk.take_event(ground.event.id)
    made = Certificates(desk)
    desk.changed.connect(lambda nouns: made.reload() if nouns & made.watches else None)
    qtbot.addWidget(made)
    made.resize(1150, 600)
    made.show()
    made.reload()
    settled()
    return made


def _issue(qtbot: QtBot, page: Certificates, settled: Settled) -> None:
    page.issue.trigger()
    qtbot.waitUntil(lambda: page.doing.dialog is not None)  # the pages are tried first
    assert page.doing.dialog is not None
    QTest.mouseClick(page.doing.dialog.verb, Qt.MouseButton.LeftButton)
    settled()
    settled()


def _part(page: Certificates, part: str) -> Any:
    return next(one for one in page.roll.parts.buttons() if one.property("value") == part)


def _wait_for_page(qtbot: QtBot, page: Certificates) -> None:
    qtbot.waitUntil(lambda: not page._later.isActive() and not page.view.busy, timeout=20_000)


def test_the_three_states_are_counted_and_each_line_says_why(
    page: Certificates, settled: Settled
) -> None:
    """Mutant: a page that lists everybody under "passed"."""
    assert _part(page, "passed").text().endswith("3")
    assert _part(page, "failed").text().endswith("1")
    QTest.mouseClick(_part(page, "failed"), Qt.MouseButton.LeftButton)
    assert [line.name for line in page.roll.model.lines] == ["นายงาม มาน้อย"]
    assert page.roll.why.text() == page.roll.model.lines[0].sentence
    assert "252" in page.roll.why.text()


def test_the_preview_is_the_page_and_has_no_number_before_the_issue(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: a preview that prints a number that was not drawn."""
    from desktop.actions.certificate_list import page_of

    _wait_for_page(qtbot, page)
    assert not page.view.image.isNull()
    line = page.line
    assert line is not None
    shown = page_of(line, draft=True)
    assert shown is not None
    assert shown.number == "(ร่าง)"
    assert line.number == "1/2569"


def test_issue_gives_every_seat_its_number_and_the_failed_one_a_reason(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: an issue of those chosen alone, which leaves a gap nobody can explain."""
    _issue(qtbot, page, settled)
    rows = register_rows(ground.store, ground.event.id)
    assert [row.certificate.number for row in rows] == [1, 2, 3, 4]
    assert [row.certificate.status for row in rows] == ["issued", "issued", "issued", "unused"]
    assert page.primary is page.print
    assert page.line is not None
    assert page.line.issued


def test_a_name_that_cannot_be_printed_stops_the_batch_and_is_named(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: an issue that does not try the pages first."""
    from desktop.actions.person import fix_name

    line = page.roll.model.lines[1]
    fix_name(ground.store, BY, line.person_id, title="นาย", first="ขจร", last="แก้ว☃มณี")
    page.reload()
    settled()
    page.issue.trigger()
    qtbot.waitUntil(page.hurdle.isVisible)
    assert page.doing.dialog is None
    assert "☃" in page.hurdle.text()
    assert page.line is not None
    assert page.line.key == line.key
    assert register_rows(ground.store, ground.event.id) == ()


def test_a_saved_pdf_is_noted_once_and_a_second_one_asks_for_a_reason(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled, tmp_path: Path
) -> None:
    """Mutant: saving without noting it, or noting it again without a reason."""
    import pypdfium2

    _issue(qtbot, page, settled)
    held = certificate_list(ground.store, ground.event.id)
    assert held is not None
    place = tmp_path / "certificates.pdf"
    page.doing.save_to(place, held, page.issued)
    qtbot.waitUntil(place.exists)
    settled()
    settled()
    pdf = pypdfium2.PdfDocument(place)
    assert len(pdf) == 3
    text = pdf[0].get_textpage().get_text_bounded()
    pdf.close()
    assert "1/2569" in text
    assert [line.certificate.prints for line in page.issued if line.certificate] == [1, 1, 1]
    page.save.trigger()
    assert page.doing.dialog is not None
    QTest.mouseClick(page.doing.dialog.verb, Qt.MouseButton.LeftButton)
    assert page.doing.dialog is not None, "no reason was given"
    page.doing.dialog.reject()


def test_the_table_keeps_the_rules_of_models(page: Certificates, settled: Settled) -> None:
    model: QAbstractItemModel = page.roll.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.roll.show_part("failed")
    page.roll.show_part("passed")
    assert model.rowCount() == 3
