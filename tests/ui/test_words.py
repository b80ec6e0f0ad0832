# SPDX-License-Identifier: Apache-2.0
"""Qt speaks the language of the program, in its own dialogs and menus too."""

from __future__ import annotations

import gettext

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.i18n import use_language
from desktop.ui.words import Words


class _Said(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return {"Cancel": "ยกเลิก", "Copy": "คัดลอก"}.get(message, message)


@pytest.fixture
def words(qapp: QApplication) -> Words:
    return Words(qapp)


def test_a_button_of_qt_is_in_thai(
    qapp: QApplication, qtbot: QtBot, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails without the translator: there is no qtbase_th.qm and Qt says Cancel."""
    monkeypatch.setattr(i18n._Tongue, "catalogue", _Said())
    qapp.installTranslator(words)
    try:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        qtbot.addWidget(box)
        assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "ยกเลิก"
        assert QCoreApplication.translate("QWidgetTextControl", "&Copy") == "คัดลอก"
    finally:
        qapp.removeTranslator(words)


def test_a_text_that_is_not_ours_is_left_to_qt(qapp: QApplication, words: Words) -> None:
    """Fails when the translator answers with an empty text: the button would be blank."""
    qapp.installTranslator(words)
    try:
        assert QCoreApplication.translate("Anything", "Some text of Qt") == "Some text of Qt"
        use_language("en")
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    finally:
        qapp.removeTranslator(words)
