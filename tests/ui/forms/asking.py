# SPDX-License-Identifier: Apache-2.0
"""A form of a few questions in its window, over a real store with a real draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import draft
from desktop.i18n import language, use_language
from desktop.ui.desk import Desk
from desktop.ui.forms.question import Question
from desktop.ui.forms.view import FormView
from desktop.xforms import journal
from desktop.xforms.form import Form
from desktop.xforms.node import Node
from tests.actions.office_ground import BY, NOW, Ground

Q = TypeVar("Q", bound=Question)

_FORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"
 xmlns:odk="http://www.opendatakit.org/xforms">
<h:head><h:title>t</h:title><model>
<instance><data id="asked" version="1">{nodes}<meta><instanceID/></meta></data></instance>
{binds}<bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/>
</model></h:head><h:body>{body}</h:body></h:html>"""


class Asked:
    """The window of one form: ``of(name)`` is its question, ``value(name)`` its answer."""

    def __init__(self, qtbot: QtBot, desk: Desk, ground: Ground) -> None:
        self.qtbot, self.desk, self.ground = qtbot, desk, ground
        self.view: FormView

    def show(self, body: str, nodes: str, binds: str) -> Asked:
        """Open a form. ``nodes`` are the answers with what they begin with."""
        form = Form.load(_FORM.format(body=body, nodes=nodes, binds=binds).encode())
        made = draft.begin(self.ground.store, BY, "follow_up").value
        session = journal.begin(form, record=made.id, clock=journal.Clock(NOW))
        self.view = FormView(self.desk, session, made.id, event_id=self.ground.event.id)
        self.qtbot.addWidget(self.view)
        self.view.resize(1000, 700)
        self.view.show()
        return self

    def ask(
        self, control: str, data_type: str = "string", value: str = "", bind: str = ""
    ) -> Asked:
        """A form with the one question ``a``; ``control`` has ``ref="/data/a"`` put into it."""
        name, _space, rest = control.partition(" ")
        rest = rest or "/>"
        body = f'<{name} ref="/data/a" {rest}'
        if body.endswith("/>"):
            body = body[:-2] + f"><label>คำถาม</label></{name}>"
        return self.show(
            body,
            f"<a>{value}</a>",
            f'<bind nodeset="/data/a" type="{data_type}" {bind}/>',
        )

    def of(self, kind: type[Q], name: str = "a") -> Q:
        """The question of a node."""
        found = [one for one in self.view.findChildren(kind) if one.node.name == name]
        assert len(found) == 1, (kind, name)
        return found[0]

    def node(self, name: str = "a") -> Node:
        """The node of an answer."""
        found = self.view.session.find(f"/data/{name}")
        assert found is not None
        return found

    def value(self, name: str = "a") -> str:
        """An answer."""
        return self.node(name).value

    def until(self, so: Callable[[], bool]) -> None:
        """Wait for something that happens in the background."""
        self.qtbot.waitUntil(so, timeout=10_000)


def put(edit: QWidget, text: str) -> None:
    """Type as an input method does."""
    edit.setFocus()
    said = QInputMethodEvent()
    said.setCommitString(text)
    QApplication.sendEvent(edit, said)


def press(
    widget: QWidget,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key."""
    QTest.keyClick(widget, key, modifier)


@pytest.fixture
def asked(qtbot: QtBot, desk: Desk, ground: Ground) -> Iterator[Asked]:
    """No form yet; Thai is spoken."""
    before = language()
    use_language("th")
    made = Asked(qtbot, desk, ground)
    yield made
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    use_language(before)
