# SPDX-License-Identifier: Apache-2.0
"""Every kind of question is reached with the Tab key and says what it asks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

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


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_stop_of_a_question_has_a_name(asked: Asked, kind: str, language: str) -> None:
    """Fails when a button of a question is only an icon to screen readers."""
    use_language(language)
    control, data_type = KINDS[kind]
    question = asked.ask(control, data_type).of(Question)  # type: ignore[type-abstract]
    stops = question.stops()
    assert stops
    for stop in stops:
        assert "คำถาม" in stop.accessibleName(), type(stop).__name__
        assert stop.focusPolicy() & Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize("kind", KINDS)
def test_leaving_an_untouched_question_answers_nothing(asked: Asked, kind: str) -> None:
    """Fails when a question answers itself because somebody passed through it."""
    control, data_type = KINDS[kind]
    question = asked.ask(control, data_type).of(Question)  # type: ignore[type-abstract]
    given: list[str] = []
    question.answered.connect(given.append)
    question.focus_first()
    for stop in question.stops():
        stop.setFocus(Qt.FocusReason.TabFocusReason)
    question.leave()
    assert given == []
    assert asked.value() == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_locked_question_has_nothing_to_press(asked: Asked, kind: str) -> None:
    control, data_type = KINDS[kind]
    question = asked.ask(control, data_type, bind='readonly="true()"').of(Question)  # type: ignore[type-abstract]
    question.flush()
    assert asked.value() == ""
    from PySide6.QtWidgets import QLineEdit, QPushButton

    for button in question.editor.findChildren(QPushButton):
        assert not (button.isVisible() and button.isEnabled()), button.accessibleName()
    for line in question.editor.findChildren(QLineEdit):
        assert line.isReadOnly() or not line.isEnabled() or not line.isVisible()
