# SPDX-License-Identifier: Apache-2.0
"""Qt's own texts in the language of the program.

The wheels of Qt bring no Thai (there is no ``qtbase_th.qm``), so OK and Cancel, the menu of a
text field and the file and print dialogs would speak English. This translator asks the same
catalogue as the rest of the program.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTranslator

from desktop.i18n import N_, _, language

_TEXTS: Final = (
    N_("OK"), N_("Open"), N_("Save"), N_("Save All"), N_("Cancel"), N_("Close"), N_("Apply"),
    N_("Reset"), N_("Help"), N_("Discard"), N_("Don't Save"), N_("Close without Saving"),
    N_("Yes"), N_("Yes to All"), N_("No"), N_("No to All"), N_("Abort"), N_("Retry"),
    N_("Ignore"), N_("Restore Defaults"),
    N_("Undo"), N_("Redo"), N_("Cut"), N_("Copy"), N_("Paste"), N_("Delete"), N_("Select All"),
    N_("Copy Link Location"), N_("Step up"), N_("Step down"), N_("Clear"),
    N_("Show Details..."), N_("Hide Details..."),
    N_("Look in:"), N_("File name:"), N_("Files of type:"), N_("Back"), N_("Forward"),
    N_("Parent Directory"), N_("Create New Folder"), N_("List View"), N_("Detail View"),
    N_("Sidebar"), N_("Choose"), N_("Directory:"), N_("Folder"), N_("File"), N_("Drive"),
    N_("New Folder"), N_("Rename"), N_("Show hidden files"), N_("Find Directory"),
    N_("Name"), N_("Size"), N_("Type"), N_("Kind"), N_("Date Modified"), N_("Computer"),
    N_("My Computer"), N_("All Files (*)"), N_("Save As"), N_("Open File"), N_("Files"),
    N_("Recent Places"), N_("Go back"), N_("Go forward"),
    N_("Print"), N_("Printer"), N_("Name:"), N_("Properties"), N_("Location:"), N_("Preview"),
    N_("Type:"), N_("Output file:"), N_("Options"), N_("Copies"), N_("Copies:"),
    N_("Print range"), N_("Print all"), N_("Pages from"), N_("to"), N_("Pages"),
    N_("Current Page"), N_("Selection"), N_("Output Settings"), N_("Collate"), N_("Reverse"),
    N_("Color Mode"), N_("Color"), N_("Grayscale"), N_("Duplex Printing"), N_("None"),
    N_("Long side"), N_("Short side"), N_("Page Setup"), N_("Paper"), N_("Page size:"),
    N_("Width:"), N_("Height:"), N_("Paper source:"), N_("Orientation"), N_("Portrait"),
    N_("Landscape"), N_("Margins"), N_("Print to File (PDF)"), N_("Page"), N_("Advanced"),
)  # fmt: skip
_KNOWN: Final = frozenset(_TEXTS)


class Words(QTranslator):
    """Answers Qt in Thai from the catalogue; in English Qt speaks for itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's own name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """The Thai for a text of Qt, or None where it is not one of ours to say.

        The underlined letter of a text (``&Copy``) is dropped: Thai has no such letter on it.
        """
        del context, disambiguation, n
        plain = sourceText.replace("&&", "\0").replace("&", "").replace("\0", "&")
        if language() == "en" or plain not in _KNOWN:
            return None
        return _(plain)
