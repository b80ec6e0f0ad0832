# SPDX-License-Identifier: Apache-2.0
"""A form comes onto the laptop through the settings and is filled, filed and read at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop.actions import draft
from desktop.actions.form_arrival import bring_in
from desktop.ui.desk import Desk
from desktop.ui.pages.settings import SettingsPage
from desktop.ui.parts.form_card import FormCard
from desktop.ui.parts.form_coming import FormComing
from desktop.ui.tasks import Tasks
from desktop.ui.widgets.label import Label
from tests.actions.office_ground import BY, Ground
from tests.actions.village_form import CLINICS, village_form
from tests.ui.forms.sitting import Sitting

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def card(desk: Desk, qtbot: QtBot, settled: Callable[[], None]) -> FormCard:
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.show()
    settled()
    found = page.findChild(FormCard)
    assert isinstance(found, FormCard)
    return found


def put(folder: Path, data: bytes) -> Path:
    """A form and its list as they lie on a stick."""
    media = folder / "village@9-media"
    media.mkdir(exist_ok=True)
    (media / "clinics.csv").write_bytes(CLINICS)
    path = folder / "village@9.xml"
    path.write_bytes(data)
    return path


def words(of: FormCard | FormComing) -> list[str]:
    """What is written in the list of forms, or in the question."""
    inside = of.holder if isinstance(of, FormCard) else of
    return [one.text() for one in inside.findChildren(Label) if one.isVisible()]


def asked(card: FormCard, qtbot: QtBot) -> FormComing:
    """The question that is open."""
    qtbot.waitUntil(lambda: card.coming is not None)
    assert card.coming is not None
    return card.coming


def button(card: FormCard, named: str) -> QPushButton:
    """The button with this accessible name."""
    (found,) = [
        one
        for one in card.findChildren(QPushButton)
        if one.accessibleName() == named and one.isVisible()
    ]
    return found


def test_a_form_that_is_dropped_is_judged_brought_in_and_taken_back(
    card: FormCard, desk: Desk, tmp_path: Path, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    """Mutants: it is kept before anybody was asked; the lists beside it are not looked for."""
    dull = b'<input ref="/data/village" appearance="sparkling">'
    path = put(tmp_path, village_form().replace(b'<input ref="/data/village">', dull))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    card.dropEvent(
        QDropEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    dialog = asked(card, qtbot)
    told = words(dialog)
    assert "Village survey" in told
    assert any("form version 9 · 2 questions" in one and "clinics.csv" in one for one in told)
    assert any("“sparkling” is not known" in one for one in told)
    settled()
    assert not any("Village survey" in one for one in words(card))

    dialog.verb.click()
    settled()
    settled()
    assert any("Village survey" in one for one in words(card))
    desk.undo()
    settled()
    settled()
    assert not any("Village survey" in one for one in words(card))


def test_a_form_with_a_fault_and_a_workbook_are_refused_beside_the_button(
    card: FormCard, tmp_path: Path, qtbot: QtBot, ground: Ground
) -> None:
    """Mutant: the refusal goes to the bar, without what is wrong with which question."""
    shape = village_form().replace(b'village" type="string"', b'village" type="geoshape"')
    workbook = tmp_path / "village.xlsx"
    workbook.write_bytes(b"PK")
    for path, said in ((put(tmp_path, shape), "village: Areas drawn"), (workbook, "workbook")):
        card.take([path])
        qtbot.waitUntil(card.bring.isEnabled)
        assert said in card.refused.text()
        assert card.coming is None
    with ground.store.read() as conn:
        ids = conn.exec_driver_sql("SELECT form_id FROM form_version").scalars().all()
    assert "village" not in ids


def test_a_form_is_retired_and_used_again_and_those_of_the_program_are_not(
    card: FormCard, desk: Desk, ground: Ground, settled: Callable[[], None]
) -> None:
    bring_in(ground.store, BY, village_form(), {"clinics.csv": CLINICS})
    draft.begin(ground.store, BY, "village")
    desk.changed.emit(frozenset({"forms"}))
    settled()
    assert any("1 being filled" in one for one in words(card))
    switches = [
        one for one in card.findChildren(QPushButton) if one.isVisible() and one is not card.bring
    ]
    assert len(switches) == 1
    button(card, "Retire Village survey").click()
    settled()
    settled()
    assert any("retired since" in one for one in words(card))
    button(card, "Use Village survey again").click()
    settled()
    settled()
    assert not any("retired since" in one for one in words(card))


def test_what_was_brought_in_is_chosen_filled_filed_and_read_at_once(
    ground: Ground, desk: Desk, tasks: Tasks, qtbot: QtBot
) -> None:
    """Mutants: the chooser knows the forms of before; the record is read without its lists; a
    printed record is not in the audit log.
    """
    sitting = Sitting(ground, desk, tasks, qtbot)
    bring_in(ground.store, BY, village_form(), {"clinics.csv": CLINICS})
    sitting.page._other.trigger()
    qtbot.waitUntil(lambda: sitting.page.findChild(QMenu, "forms") is not None)
    menu = sitting.page.findChild(QMenu, "forms")
    assert isinstance(menu, QMenu)
    (entry,) = [one for one in menu.actions() if one.text() == "Village survey"]
    entry.trigger()
    menu.close()
    qtbot.waitUntil(lambda: sitting.page.view is not None)
    sitting.settle()
    sitting.write("/data/village", "ห้วยปลาหลด")
    sitting.choose("/data/clinic", "c2")
    sitting.page.finish()
    qtbot.waitUntil(lambda: sitting.page.reading is not None)
    sitting.settle()
    shown = sitting.page.reading
    assert shown is not None
    assert "รพ.แม่สอด" in {one.text() for one in shown.findChildren(Label)}

    went: list[tuple[str, Any]] = []
    sitting.page.go.connect(lambda noun, what: went.append((noun, what)))
    sitting.page._print.trigger()
    qtbot.waitUntil(lambda: bool(went))
    ((noun, paper),) = went
    assert (noun, paper["what"], paper["pdf"][:5]) == ("paper", "file", b"%PDF-")
    with ground.store.read() as conn:
        last = conn.exec_driver_sql("SELECT action, record_id FROM audit ORDER BY seq DESC")
        assert tuple(last.first() or ()) == ("print", shown.record.id)
