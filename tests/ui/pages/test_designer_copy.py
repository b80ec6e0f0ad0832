# SPDX-License-Identifier: Apache-2.0
"""A shipped template in the designer: looked at as it is, changed as a copy, left without one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.actions import plan as plans
from desktop.actions import template as templates
from desktop.actions.template import TemplateCard
from desktop.i18n import _
from desktop.model.template import Qr
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.pages.designer import Designer
from desktop.ui.pages.plan import PlanPage
from desktop.ui.places import FACTORIES, PLACES
from tests.actions.office_ground import BY, Ground
from tests.ui.pages.certificate_ground import finish_event
from tests.ui.pages.designer_ground import Table, laid

Settled = Callable[[], None]
_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def table(qtbot: QtBot, desk: Desk, settled: Settled) -> Table:
    made = laid(qtbot, desk, settled)
    made.open()
    return made


@pytest.fixture
def said(desk: Desk) -> list[tuple[str, bool]]:
    heard: list[tuple[str, bool]] = []
    desk.said.connect(lambda words, undo: heard.append((words, undo)))
    return heard


def _own(ground: Ground) -> list[TemplateCard]:
    cards = templates.templates(ground.store, withdrawn=True)
    return [one for one in cards if not one.shipped]


def _nudge(table: Table) -> None:
    table.click(table.of(Qr).id)
    table.key(Qt.Key.Key_Right)
    table.bench.settle()


def test_a_look_changes_nothing(table: Table, ground: Ground, desk: Desk) -> None:
    """Mutant: a copy made as soon as a shipped template is opened."""
    assert table.template == templates.template_card(ground.store, "completion").template
    assert "โปรแกรม" in table.editor.bar.state.text() or "program" in table.editor.bar.state.text()
    assert not table.page.save.isEnabled()
    assert not table.editor.properties.page.versions.isVisibleTo(table.editor.properties.page)
    table.click(table.of(Qr).id)
    table.key(Qt.Key.Key_Escape)
    table.page._leave()
    table.rest()
    assert _own(ground) == []
    assert templates.drafts(ground.store) == ()
    assert not desk.can_undo


def test_the_first_change_makes_a_copy_and_says_so(
    table: Table, ground: Ground, said: list[tuple[str, bool]]
) -> None:
    """Mutants: a second copy with the second change; a title that still says the shipped one."""
    _nudge(table)
    table.rest()
    (card,) = _own(ground)
    assert table.editor.keeping.card is not None
    assert table.editor.keeping.card.id == card.id
    assert (table.page.title(), table.editor.bar.name.text()) == (card.name, card.name)
    words, undoable = said[-1]
    assert card.name in words
    assert undoable
    assert table.editor.bar.state.text() == _(
        "Your office's copy of “{name}”, not saved yet"
    ).format(name=templates.template_card(ground.store, "completion").name)
    assert table.page.save.isEnabled()
    _nudge(table)
    table.rest()
    assert [one.id for one in _own(ground)] == [card.id]
    draft = templates.draft_of(ground.store, card.id)
    assert draft is not None
    assert draft.template == table.template


def test_undo_back_to_the_beginning_takes_the_copy_back(
    table: Table, ground: Ground, said: list[tuple[str, bool]]
) -> None:
    """Mutants: a copy that stays behind; a bar that goes on telling of it; a desk that would take
    back again what is gone; another copy when the change is done again."""
    state, title = table.editor.bar.state.text(), table.page.title()
    _nudge(table)
    _nudge(table)
    table.rest()
    (card,) = _own(ground)
    assert table.page.undo()
    table.rest()
    assert len(_own(ground)) == 1
    assert table.page.undo()
    table.rest()
    assert _own(ground) == []
    assert templates.drafts(ground.store) == ()
    assert (table.editor.bar.state.text(), table.page.title()) == (state, title)
    assert said[-1] == (_("All changes are taken back, and the copy with them."), False)
    assert not table.editor.bench.can_undo
    assert not table.page.save.isEnabled()
    assert not table.page.desk.can_undo
    assert table.page.redo()
    table.rest()
    assert [one.id for one in _own(ground)] == [card.id]
    table.page.undo()
    table.page._leave()
    table.rest()
    assert _own(ground) == []
    assert table.page.gallery.card().id == "completion"  # type: ignore[union-attr]


@pytest.fixture
def frame(qtbot: QtBot, desk: Desk) -> Frame:
    made = Frame(desk, PLACES, FACTORIES)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def _opened(frame: Frame, qtbot: QtBot, settled: Settled) -> Table:
    frame.show_page("designer", {"template": "completion"})
    page = frame.page
    assert isinstance(page, Designer)
    table = Table(qtbot, page, settled)
    qtbot.waitUntil(lambda: page.editing)
    table.rest()
    return table


def test_the_notice_takes_back_what_ctrl_z_takes_back(
    qtbot: QtBot, frame: Frame, ground: Ground, settled: Settled
) -> None:
    """Mutants: an Undo in the notice that is the desk's, and takes back something else; a sentence
    of a saved version with an Undo beside it that undoes a line of the page."""
    table = _opened(frame, qtbot, settled)
    _nudge(table)
    table.rest()
    undo = frame._notice._undo
    assert undo.isVisible()
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    table.rest()
    assert _own(ground) == []
    assert frame._notice.text() == _("All changes are taken back, and the copy with them.")
    _nudge(table)
    table.page.save.trigger()
    table.rest()
    (card,) = _own(ground)
    assert card.template == table.template
    assert card.name in frame._notice.text()
    assert not undo.isVisible()
    table.page.undo()
    table.rest()
    assert len(_own(ground)) == 1, "what was saved stays"
    assert table.editor.unsaved


def test_what_could_not_be_kept_is_kept_when_the_table_is_left(
    table: Table, ground: Ground, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: work that could not be kept once and is taken for kept ever after."""
    said: list[str] = []
    desk.trouble.connect(said.append)
    with monkeypatch.context() as narrow:
        narrow.setattr(templates, "LARGEST", 10)
        _nudge(table)
        table.bot.waitUntil(lambda: bool(said))
    assert _own(ground) == []
    nudged = table.template
    table.page._leave()
    table.rest()
    (card,) = _own(ground)
    draft = templates.draft_of(ground.store, card.id)
    assert draft is not None
    assert draft.template == nudged


def test_a_name_is_a_step_like_any_other(table: Table, ground: Ground) -> None:
    """Mutant: a name that Ctrl+Z leaves standing, beside a notice that offers to undo it."""
    edit, title = table.editor.properties.page.name, table.page.title()
    edit.setText("ของศูนย์เรา")
    edit.editingFinished.emit()
    table.rest()
    assert [one.name for one in _own(ground)] == ["ของศูนย์เรา"]
    assert table.page.title() == "ของศูนย์เรา"
    assert table.page.undo()
    assert (table.page.title(), edit.text()) == (title, title)
    table.rest()
    assert _own(ground) == []
    card = templates.copy(ground.store, BY, "completion", "ก").value
    table.page._leave()
    table.open(card.id)
    edit.setText("ข")
    edit.editingFinished.emit()
    table.rest()
    assert templates.template_card(ground.store, card.id).name == "ข"
    assert table.page.undo()
    table.rest()
    assert templates.template_card(ground.store, card.id).name == "ก"
    assert edit.text() == "ก"


def test_ctrl_z_in_the_line_of_the_name_takes_the_name_back(
    qtbot: QtBot, frame: Frame, ground: Ground, settled: Settled
) -> None:
    """Mutant: a name that is no step, so that Ctrl+Z in its line finds nothing to undo."""
    table = _opened(frame, qtbot, settled)
    edit, title = table.editor.properties.page.name, table.page.title()
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "Ours")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    table.rest()
    assert [one.name for one in _own(ground)] == ["Ours"]
    QTest.keyClick(edit, Qt.Key.Key_Z, _CTRL)
    table.rest()
    assert (table.page.title(), edit.text()) == (title, title)
    assert _own(ground) == []


class Office:
    """The window with the certificates of an event, and the designer beside them."""

    def __init__(self, qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled) -> None:
        finish_event(ground)
        desk.take_event(ground.event.id)
        self.bot, self.ground, self.settled = qtbot, ground, settled
        self.frame = Frame(desk, PLACES, FACTORIES)
        qtbot.addWidget(self.frame)
        self.frame.resize(1366, 768)
        self.frame.show()
        self.frame.show_page("plan")
        self.rest()

    def rest(self) -> None:
        for _turn in range(3):
            self.settled()

    @property
    def plan(self) -> PlanPage:
        page = self.frame.page
        assert isinstance(page, PlanPage)
        return page

    def kept(self, kind: str = "completion") -> str:
        return plans.plan(self.ground.store, self.ground.event.id, kind).template

    def design(self, ref: str) -> Table:
        self.plan.gallery.go_to(ref)
        self.plan.design.trigger()
        page = self.frame.page
        assert isinstance(page, Designer)
        table = Table(self.bot, page, self.settled)
        self.bot.waitUntil(lambda: page.editing)
        table.rest()
        return table

    def back(self) -> None:
        page = self.frame.page
        assert isinstance(page, Designer)
        page._leave()
        self.bot.waitUntil(lambda: isinstance(self.frame.page, PlanPage))
        self.rest()


@pytest.fixture
def office(qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled) -> Office:
    return Office(qtbot, desk, ground, settled)


def test_a_look_from_the_plan_leaves_the_plan_alone(office: Office) -> None:
    """Mutant: certificates that get the template one only looked at."""
    office.design("participation")
    office.back()
    assert office.kept() == ""
    assert office.plan.gallery.chosen == "completion"
    assert office.plan.gallery.ref() == "participation"
    assert _own(office.ground) == []


def test_the_plan_has_the_copy_once_it_is_saved(office: Office, desk: Desk) -> None:
    """Mutants: a plan that has to be told by hand, or only when one comes back by Esc; Ctrl+Z
    there that takes the template back and leaves the plan without one."""
    table = office.design("completion")
    _nudge(table)
    table.rest()
    assert office.kept() == ""
    table.page.save.trigger()
    table.rest()
    (card,) = _own(office.ground)
    assert office.kept() == card.id
    assert office.kept("participation") == ""
    office.back()
    assert office.plan.gallery.chosen == card.id
    desk.undo()
    office.rest()
    assert office.kept() == ""


def test_who_leaves_without_saving_is_told_and_finds_the_copy_again(
    office: Office, said: list[tuple[str, bool]]
) -> None:
    """Mutant: work that seems to be gone: the shipped one marked, and not a word."""
    table = office.design("completion")
    _nudge(table)
    office.back()
    (card,) = _own(office.ground)
    assert office.kept() == ""
    assert (office.plan.gallery.chosen, office.plan.gallery.ref()) == ("completion", card.id)
    assert any(card.name in words and not undoable for words, undoable in said)
