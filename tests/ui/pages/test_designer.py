# SPDX-License-Identifier: Apache-2.0
"""The designer on a real store: what is typed, added, copied, kept, saved and told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import template as templates
from desktop.actions.template_work import Begun
from desktop.i18n import _
from desktop.model.template import Image, Ornament, Qr, Text
from desktop.model.template_edit import with_element
from desktop.ui.desk import Desk
from desktop.ui.pages.designer import Designer
from desktop.ui.parts.designer_picks import PicturePick
from desktop.ui.parts.designer_troubles import Troubles
from tests.actions.office_ground import BY, Ground
from tests.ui.pages.designer_ground import Table, laid, put

Settled = Callable[[], None]
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def table(qtbot: QtBot, desk: Desk, settled: Settled) -> Table:
    made = laid(qtbot, desk, settled)
    made.open()
    return made


def test_enter_goes_to_the_words_and_thai_typed_there_is_one_step(table: Table) -> None:
    """Mutant: an undo that takes one letter back, or Thai that only keys can type."""
    given = table.named("{opening}")
    table.click(given.id)
    table.canvas.setFocus()
    table.key(Qt.Key.Key_Return)
    words = table.editor.properties.words.words
    assert QApplication.focusWidget() is words
    for part in ("ขอมอบ", "ใบประกาศ", "นี้ให้แก่ ปู่กู้ที่น้ำ"):
        put(words, part)
    found = table.template.element(given.id)
    assert isinstance(found, Text)
    assert found.text == "ขอมอบใบประกาศนี้ให้แก่ ปู่กู้ที่น้ำ"
    QTest.keySequence(words, QKeySequence("Ctrl+Z"))
    table.page.undo()
    assert table.template.element(given.id) == given
    assert given.text in words.toPlainText() or "‹" in words.toPlainText()


def test_exact_numbers_take_thai_digits(table: Table) -> None:
    """Mutant: a place that only Arabic digits can say."""
    code = table.of(Qr)
    table.click(code.id)
    edit = table.editor.properties.place.edits["x"]
    edit.setFocus()
    edit.selectAll()
    put(edit, "๑๒.๕")
    assert table.template.element(code.id).x == 12.5
    edit.selectAll()
    put(edit, "สิบสอง")
    assert edit.property("bad") == "true"
    assert table.template.element(code.id).x == 12.5
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "12.5"
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert table.template.element(code.id).x == 13


def test_what_is_copied_is_put_into_another_template(
    table: Table, ground: Ground, qtbot: QtBot
) -> None:
    code = table.of(Qr)
    table.click(code.id)
    table.key(Qt.Key.Key_C, _CTRL)
    table.key(Qt.Key.Key_V, _CTRL)
    assert len([one for one in table.template.elements if isinstance(one, Qr)]) == 2
    table.key(Qt.Key.Key_Delete)
    assert len([one for one in table.template.elements if isinstance(one, Qr)]) == 1
    first = table.editor.keeping.card
    table.page._leave()
    table.open("participation")
    assert table.editor.keeping.card != first
    count = len(table.template.elements)
    table.key(Qt.Key.Key_V, _CTRL)
    assert len(table.template.elements) == count + 1
    assert table.bench.can_undo


def test_something_else_on_the_clipboard_is_said_to_be_nothing(table: Table, desk: Desk) -> None:
    said: list[str] = []
    desk.said.connect(lambda words, _undo: said.append(words))
    QApplication.clipboard().setText("{}")
    before = table.template
    table.key(Qt.Key.Key_V, _CTRL)
    assert table.template == before
    assert said


def test_a_draft_outlives_the_program(
    table: Table, ground: Ground, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    """Mutant: work that is lost when the laptop goes out before Save."""
    code = table.of(Qr)
    table.click(code.id)
    table.key(Qt.Key.Key_Right)
    table.page.end()
    settled()
    card = table.editor.keeping.card
    assert card is not None
    draft = templates.draft_of(ground.store, card.id)
    assert draft is not None
    assert draft.template == table.template
    again = Designer(desk)
    qtbot.addWidget(again)
    again.resize(1158, 620)
    again.show()
    other = Table(qtbot, again, settled)
    other.open(card.id)
    assert other.template == draft.template
    assert other.page.undo()
    assert other.template == card.template


def test_saving_makes_a_version_and_ends_the_draft(
    table: Table, ground: Ground, settled: Settled
) -> None:
    card = table.open_own()
    table.click(table.of(Qr).id)
    table.key(Qt.Key.Key_Right)
    table.page.save.trigger()
    table.rest()
    assert len(templates.revisions(ground.store, card.id)) == 2
    assert templates.template_card(ground.store, card.id).template == table.template
    assert templates.draft_of(ground.store, card.id) is None


def test_what_somebody_else_saved_meanwhile_is_not_lost(
    table: Table, ground: Ground, settled: Settled
) -> None:
    """Mutant: a save that writes over another's without a word."""
    card = table.open_own()
    code = table.of(Qr)
    theirs = with_element(card.template, Qr(id=code.id, x=1, y=1, width=20, height=20))
    templates.save(ground.store, BY, card.id, theirs, card.revision)
    table.click(code.id)
    table.key(Qt.Key.Key_Right)
    mine = table.template
    table.page.save.trigger()
    table.rest()
    assert templates.template_card(ground.store, card.id).template == theirs
    dialog = table.editor.dialog
    assert dialog is not None
    dialog.verb.click()
    table.rest()
    assert templates.template_card(ground.store, card.id).template == mine
    assert len(templates.revisions(ground.store, card.id)) == 3


def test_a_name_too_long_is_told_while_one_designs_and_is_jumped_to(table: Table) -> None:
    """Mutant: troubles of the shown sample alone."""
    name = table.named("{recipient}")
    column = table.template.element(name.column)
    assert table.editor.troubles.faults == ()
    small = with_element(
        table.template,
        Text(id=name.id, x=100, y=40, width=40, height=8, text=name.text, style=name.style),
    )
    table.bench.do(small)
    table.rest()
    faults = [one for one in table.editor.troubles.faults if one.element_id == name.id]
    assert faults
    assert name.id in table.canvas.scene.troubles
    assert column is not None
    table.editor.troubles.see.click()
    jumped = next(iter(table.bench.chosen))
    assert jumped in {one.element_id for one in table.editor.troubles.faults}


def test_samples_are_switched_on_the_page_itself(table: Table) -> None:
    before = table.canvas.scene.picture
    pick = table.editor.bar.sample
    pick.set_value("worst")
    pick.chose.emit("worst")
    table.rest()
    assert table.editor.render_.look.sample == "worst"
    assert table.canvas.scene.picture != before


def test_every_part_that_can_be_added_is_there_and_drawn(table: Table) -> None:
    adding = table.editor.adding
    before = len(table.template.elements)
    table.bench.choose(frozenset())
    adding.text()
    table.bench.choose(frozenset())
    adding.field("score")
    adding.slot("signature:1")
    adding.slot("background")
    adding.ornament("rule")
    adding.ornament("border_lotus")
    assert len(table.template.elements) == before + 6
    assert isinstance(table.template.elements[0], Ornament)
    assert isinstance(table.template.elements[1], Image)
    table.rest()
    assert table.canvas.scene.boxes


def test_the_page_is_turned_and_turned_back(table: Table) -> None:
    table.bench.choose(frozenset())
    table.editor.properties.page._turned("portrait")
    assert (table.template.width, table.template.height) == (210, 297)
    table.rest()
    assert table.canvas.scene.picture.height() > table.canvas.scene.picture.width()
    table.page.undo()
    assert table.template.width == 297


def test_a_version_that_was_issued_with_says_that_it_stays(table: Table) -> None:
    """Mutant: a word about it that "Saved" writes over at once."""
    card = table.open_own()
    used, keeping = replace(card, uses=3), table.editor.keeping
    keeping.card, keeping._begun = used, Begun(used)
    table.editor.keeping.state(table.bench.work)
    assert "3" in table.editor.bar.state.text()
    table.click(table.of(Qr).id)
    table.key(Qt.Key.Key_Right)
    table.rest()
    assert "3" in table.editor.bar.state.text()


def test_an_older_version_is_taken_up_again_as_a_step(table: Table, qtbot: QtBot) -> None:
    code = table.of(Qr)
    first = table.template
    table.click(code.id)
    table.key(Qt.Key.Key_Right, _SHIFT)
    table.page.save.trigger()
    table.rest()
    second = table.template
    table.editor.properties.page.versions.click()
    qtbot.waitUntil(lambda: table.editor.versions.menu is not None)
    menu = table.editor.versions.menu
    assert menu is not None
    assert len(menu.actions()) == 2
    menu.actions()[1].trigger()
    menu.close()
    qtbot.waitUntil(lambda: table.template == first)
    table.page.undo()
    assert table.template == second
    table.rest()


def test_a_picture_of_the_office_is_put_in_and_chosen(
    table: Table, tmp_path: Path, qtbot: QtBot
) -> None:
    from PIL import Image as Pixels

    place = tmp_path / "โลโก้.png"
    Pixels.new("RGB", (60, 40), (30, 90, 150)).save(place)
    table.bench.choose(frozenset())
    table.editor.choosing.picture()
    dialog = table.editor.choosing.dialog
    assert isinstance(dialog, PicturePick)
    table.rest()
    assert not dialog.verb.isEnabled()
    dialog.take_file(place)
    qtbot.waitUntil(dialog.verb.isEnabled, timeout=10_000)
    dialog.drop.click()
    qtbot.waitUntil(lambda: not dialog.verb.isEnabled(), timeout=10_000)
    dialog.take_file(place)
    qtbot.waitUntil(dialog.verb.isEnabled, timeout=10_000)
    dialog.accept()
    table.rest()
    found = table.bench.elements()
    assert len(found) == 1
    assert isinstance(found[0], Image)
    assert found[0].asset
    assert table.editor.render_.assets is not None
    assert table.editor.render_.assets.get(found[0].asset) == place.read_bytes()


def test_a_file_that_is_no_picture_is_refused_in_the_dialog(
    table: Table, tmp_path: Path, qtbot: QtBot
) -> None:
    place = tmp_path / "แผ่นงาน.png"
    place.write_bytes(b"no picture at all")
    table.editor.choosing.picture()
    dialog = table.editor.choosing.dialog
    assert isinstance(dialog, PicturePick)
    dialog.take_file(place)
    qtbot.waitUntil(lambda: bool(dialog._wrong.text()))
    dialog.reject()
    table.rest()


def test_a_picture_of_another_program_is_pasted(table: Table, qtbot: QtBot) -> None:
    """Mutant: a paste that knows nothing but parts of templates."""
    pixels = QImage(40, 30, QImage.Format.Format_RGB32)
    pixels.fill(0x3366AA)
    QApplication.clipboard().setImage(pixels)
    table.bench.choose(frozenset())
    table.key(Qt.Key.Key_V, _CTRL)
    qtbot.waitUntil(lambda: len(table.bench.chosen) == 1, timeout=10_000)
    table.rest()
    (found,) = table.bench.elements()
    assert isinstance(found, Image)
    assert found.asset


def test_a_file_is_dropped_where_it_shall_stand(table: Table, tmp_path: Path) -> None:
    from PIL import Image as Pixels

    place = tmp_path / "ภาพ.jpg"
    Pixels.new("RGB", (60, 60), (200, 90, 50)).save(place)
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(place))])
    spot = table.canvas.viewport().mapTo(table.editor, table.middle(table.of(Qr).id))
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(table.editor, QDragEnterEvent(spot, copy, held, left, none))
    QApplication.sendEvent(table.editor, QDropEvent(spot.toPointF(), copy, held, left, none))
    table.bot.waitUntil(
        lambda: any(isinstance(one, Image) and one.asset for one in table.template.elements),
        timeout=10_000,
    )
    table.rest()
    (found,) = table.bench.elements()
    code = table.of(Qr)
    assert found.x + found.width / 2 == pytest.approx(code.x + code.width / 2, abs=1.5)


def test_more_parts_than_a_file_holds_are_refused_in_a_sentence(
    table: Table, desk: Desk, ground: Ground
) -> None:
    """Mutant: a draft that cannot be opened again after the program was closed."""
    said: list[str] = []
    desk.said.connect(lambda words, _undo: said.append(words))
    code = table.of(Qr)
    many = (*table.template.elements, *(replace(code, id=f"q{n}") for n in range(400)))
    before = table.template
    table.bench.do(replace(before, elements=many))
    assert table.template == before
    assert said
    words = table.editor.properties.words
    table.bench.choose(frozenset({table.named("{opening}").id}))
    put(words.words, "ก" * 4001)
    assert words._held.error
    assert table.template == before


def test_nothing_is_green_before_the_samples_were_tried(table: Table) -> None:
    """Mutant: the sign of "everything fits" on a template that nobody has looked at yet."""
    before = Troubles(table.editor.bench, table.page)
    unknown = before.text()
    assert unknown == _("Trying all samples…")
    before.show_faults(())
    assert before.text() not in ("", unknown)
