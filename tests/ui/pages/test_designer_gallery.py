# SPDX-License-Identifier: Apache-2.0
"""All templates: looked at, copied, passed on as files, withdrawn and brought back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from desktop.actions import template as templates
from desktop.model.template import PURPOSES
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.designer import Designer
from desktop.ui.places import FACTORIES, PLACES
from tests.actions.office_ground import BY, Ground
from tests.ui.access_ground import nameless, small

Settled = Callable[[], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, settled: Settled) -> Designer:
    made = Designer(desk)
    qtbot.addWidget(made)
    made.resize(1158, 620)
    made.show()
    made.reload()
    _read(qtbot, made, settled)
    return made


def _read(qtbot: QtBot, page: Designer, settled: Settled) -> None:
    settled()
    qtbot.waitUntil(lambda: not page.gallery.view.busy and not page.gallery.list.tiles.busy,
                    timeout=30_000)  # fmt: skip


def test_the_five_shipped_certificates_are_seen_with_their_pictures(page: Designer) -> None:
    names = {card.id for card in page.gallery.cards}
    assert names == {"completion", "participation", "honour", "facilitator", "volunteer"}
    model = page.gallery.list.tiles
    for row in range(model.rowCount()):
        assert not model.index(row).data(int(Qt.ItemDataRole.DecorationRole)).isNull()
        assert model.index(row).data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert not page.gallery.view.image.isNull()
    assert page.primary is page.edit
    assert not page.withdraw.isEnabled()


def test_every_kind_of_paper_has_its_templates_and_an_empty_page_can_be_made(
    qtbot: QtBot, page: Designer, ground: Ground, settled: Settled
) -> None:
    for purpose in PURPOSES:
        page.arrive({"purpose": purpose})
        _read(qtbot, page, settled)
        assert page.gallery.purpose == purpose
        assert all(card.purpose == purpose for card in page.gallery.cards)
    page.arrive({"purpose": "badge"})
    _read(qtbot, page, settled)
    page.new.trigger()
    qtbot.waitUntil(lambda: page.editing, timeout=20_000)
    assert page.editor.template.purpose == "badge"
    assert page.editor.template.paper is not None
    qtbot.waitUntil(lambda: not page.editor.busy, timeout=30_000)


def test_an_empty_page_is_kept_once_something_is_on_it(
    qtbot: QtBot, page: Designer, ground: Ground, settled: Settled
) -> None:
    """Mutants: a template with nothing on it for every press of the button; one that stays when
    all is taken back; one that has "(2)" behind its name though there is no other."""

    def own() -> list[str]:
        cards = templates.templates(ground.store)
        return [card.name for card in cards if not card.shipped]

    def rest() -> None:
        qtbot.waitUntil(lambda: page.editing and not page.editor.busy)
        settled()

    page.new.trigger()
    rest()
    assert own() == []
    assert not page.save.isEnabled()
    assert not page.give.isEnabled()
    page.editor.adding.field("recipient")
    rest()
    (name,) = own()
    assert not name.endswith(")")
    assert page.title() == name
    assert page.give.isEnabled()
    assert page.undo()
    rest()
    assert own() == []
    assert page.redo()
    page.save.trigger()
    rest()
    assert own() == [name]
    page._leave()
    _read(qtbot, page, settled)
    assert page.gallery.card().name == name  # type: ignore[union-attr]
    page.new.trigger()
    rest()
    page._leave()
    _read(qtbot, page, settled)
    assert own() == [name]


def test_a_copy_is_made_looked_at_and_withdrawn_and_brought_back(
    qtbot: QtBot, page: Designer, ground: Ground, desk: Desk, settled: Settled
) -> None:
    """Mutant: a withdrawal that cannot be taken back."""
    page.copy.trigger()
    _read(qtbot, page, settled)
    own = page.gallery.card()
    assert own is not None
    assert not own.shipped
    page.withdraw.trigger()
    settled()
    assert own.id not in {card.id for card in templates.templates(ground.store)}
    desk.undo()
    settled()
    assert own.id in {card.id for card in templates.templates(ground.store)}
    templates.withdraw(ground.store, BY, own.id)
    page.gallery.withdrawn.setChecked(True)
    page.gallery.show_one(own.id)
    page.gallery.reload()
    _read(qtbot, page, settled)
    assert page.gallery.card() is not None
    assert page.gallery.card().withdrawn  # type: ignore[union-attr]
    page.withdraw.trigger()
    settled()
    assert own.id in {card.id for card in templates.templates(ground.store)}


def test_a_template_goes_to_a_file_and_comes_back(
    qtbot: QtBot, page: Designer, ground: Ground, settled: Settled, tmp_path: Path
) -> None:
    card = page.gallery.card()
    assert card is not None
    place = tmp_path / "แบบ.samut-template"
    page.exchange.give_file(place, card, None)
    settled()
    qtbot.waitUntil(place.is_file)
    page.exchange.bring_file(place, page.imported)
    _read(qtbot, page, settled)
    brought = page.gallery.card()
    assert brought is not None
    assert not brought.shipped
    assert brought.template == card.template


def test_a_file_that_is_no_template_is_refused_in_a_sentence(
    page: Designer, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    """Mutant: a crash on a photograph that was taken for a template."""
    said: list[str] = []
    desk.trouble.connect(said.append)
    place = tmp_path / "รูป.samut-template"
    place.write_bytes(b"\xff\xd8\xff\xe0 no template")
    page.exchange.bring_file(place, page.imported)
    settled()
    page.exchange.bring_file(tmp_path / "none.samut-template", page.imported)
    assert len(said) == 2
    assert len(page.gallery.cards) == 5


def test_who_came_with_a_template_goes_back_with_esc(
    qtbot: QtBot, desk: Desk, settled: Settled
) -> None:
    """Mutant: Esc that leaves her among templates she did not ask for."""
    frame = Frame(desk, PLACES, FACTORIES)
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    frame.show_page("certificates")
    frame.show_page("designer", {"template": "completion"})
    page = frame.page
    assert isinstance(page, Designer)
    qtbot.waitUntil(lambda: page.editing, timeout=20_000)
    qtbot.waitUntil(lambda: not page.editor.busy, timeout=30_000)
    QTest.keyClick(page.editor.canvas, Qt.Key.Key_Tab)
    assert page.editor.bench.chosen
    before = page.editor.template
    words = page.editor.properties.place.edits["x"]
    words.setFocus()
    QTest.keyClick(words, Qt.Key.Key_Up)
    assert page.editor.template != before
    QTest.keyClick(words, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.editor.template == before
    QTest.keyClick(words, Qt.Key.Key_Escape)
    assert page.editor.bench.chosen
    qtbot.waitUntil(page.editor.canvas.hasFocus)
    QTest.keyClick(page.editor.canvas, Qt.Key.Key_Escape)
    assert page.editing
    assert not page.editor.bench.chosen
    QTest.keyClick(page.editor.canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: frame.page.noun == "certificates")
    settled()


def _cut(page: Designer) -> list[str]:
    """Lists to choose from whose chosen words do not fit."""
    found = []
    for box in page.findChildren(QComboBox):
        said = QStyleOptionComboBox()
        box.initStyleOption(said)
        edit = QStyle.SubControl.SC_ComboBoxEditField
        kind = QStyle.ComplexControl.CC_ComboBox
        room = box.style().subControlRect(kind, said, edit, box).width()
        if box.isVisible() and box.fontMetrics().horizontalAdvance(box.currentText()) > room:
            found.append(f"{box.accessibleName()}: {box.currentText()}")
    return found


@pytest.mark.parametrize("language", ["th", "en"])
def test_everything_has_a_name_and_is_large_enough_to_press(
    qtbot: QtBot, desk: Desk, settled: Settled, page: Designer, language: str
) -> None:
    """Mutants: a field of the properties without an accessible name; two lists beside each other
    in the panel, whose words are cut in their middle."""
    from desktop.i18n import use_language

    use_language(language)
    try:
        assert nameless(page) == []
        page.arrive({"template": "completion"})
        qtbot.waitUntil(lambda: page.editing, timeout=20_000)
        qtbot.waitUntil(lambda: not page.editor.busy, timeout=30_000)
        editor = page.editor
        for one in ({one.id} for one in editor.template.elements):
            editor.bench.choose(frozenset(one))
            assert nameless(page) == [], one
            assert small(page) == [], one
            assert _cut(page) == [], one
        qtbot.waitUntil(lambda: not page.editor.busy, timeout=30_000)
    finally:
        use_language("th")
