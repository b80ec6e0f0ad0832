# SPDX-License-Identifier: Apache-2.0
"""Every kind of question is reached with the Tab key and says what it asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from desktop.i18n import use_language
from desktop.ui.forms.question import Question
from tests.ui.forms.asking import Asked, asked

__all__ = ["asked"]

KINDS = {
    "photo": ('upload mediatype="image/*"/>', "binary"),
    "signature": ('upload mediatype="image/*" appearance="signature"/>', "binary"),
    "file": ('upload mediatype="application/*"/>', "binary"),
    "place": ("input", "geopoint"),
    "barcode": ("input", "barcode"),
    "day": ("input", "date"),
    "month": ('input appearance="month-year"/>', "date"),
    "year": ('input appearance="year"/>', "date"),
    "known day": ('input appearance="th-precision"/>', "date"),
    "time": ("input", "time"),
    "moment": ("input", "dateTime"),
    "range": ('range start="0" end="10" step="1"/>', "int"),
    "area": ('input appearance="th-area"/>', "string"),
    "organisation": ('input appearance="th-org"/>', "string"),
    "event": ('input appearance="th-event"/>', "string"),
    "case": ('input appearance="th-case"/>', "string"),
    "enrollee": ('input appearance="th-enrollee"/>', "string"),
    "people": ('input appearance="th-people"/>', "string"),
    "household": ('input appearance="th-household"/>', "string"),
    "identity": ('input appearance="th-id"/>', "string"),
}


@pytest.fixture
def every(asked: Asked) -> Callable[[str], dict[str, Question]]:
    """A form with a question of each kind, answerable or locked; the questions by kind."""

    def show(bind: str = "") -> dict[str, Question]:
        body = nodes = binds = ""
        for number, (control, data_type) in enumerate(KINDS.values()):
            name, _space, rest = control.partition(" ")
            inside = rest.removesuffix("/>")
            body += f'<{name} ref="/data/n{number}" {inside}><label>คำถาม</label></{name}>'
            nodes += f"<n{number}/>"
            binds += f'<bind nodeset="/data/n{number}" type="{data_type}" {bind}/>'
        asked.show(body, nodes, binds)
        # Questions are made when they come into sight.
        asked.view.resize(1000, 6000)
        asked.until(lambda: len(asked.view.findChildren(Question)) == len(KINDS))
        by_name = {one.node.name: one for one in asked.view.findChildren(Question)}
        return {kind: by_name[f"n{number}"] for number, kind in enumerate(KINDS)}

    return show


Every = Callable[..., dict[str, Question]]


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_stop_of_a_question_has_a_name(every: Every, language: str) -> None:
    """Fails when a button of a question is only an icon to screen readers."""
    use_language(language)
    for kind, question in every().items():
        stops = question.stops()
        assert stops, kind
        for stop in stops:
            assert "คำถาม" in stop.accessibleName(), (kind, type(stop).__name__)
            assert stop.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_question_speaks_the_language_of_the_moment(every: Every) -> None:
    """Fails when a button or a hint keeps the language it was made in."""
    questions = every()
    use_language("en")
    for kind, question in questions.items():
        question.show_texts()
        said = [button.text() for button in question.editor.findChildren(QPushButton)]
        said += [line.placeholderText() for line in question.findChildren(QLineEdit)]
        thai = [words for words in said if any("ก" <= letter <= "๛" for letter in words)]
        assert thai == [], kind


def test_leaving_an_untouched_question_answers_nothing(every: Every) -> None:
    """Fails when a question answers itself because somebody passed through it."""
    for kind, question in every().items():
        given: list[str] = []
        question.answered.connect(given.append)
        question.focus_first()
        for stop in question.stops():
            stop.setFocus(Qt.FocusReason.TabFocusReason)
        question.leave()
        assert given == [], kind
        assert question.node.value == "", kind


def test_a_locked_question_has_nothing_to_press(every: Every) -> None:
    for kind, question in every('readonly="true()"').items():
        question.flush()
        assert question.node.value == "", kind
        for button in question.editor.findChildren(QPushButton):
            assert not (button.isVisible() and button.isEnabled()), (kind, button.text())
        for line in question.editor.findChildren(QLineEdit):
            assert line.isReadOnly() or not line.isEnabled() or not line.isVisible(), kind
