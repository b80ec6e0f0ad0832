# SPDX-License-Identifier: Apache-2.0
"""The menu of what can be added to a page, and the one of what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QMenu, QWidget

from desktop.i18n import _
from desktop.model.template import SLOTS, Column, Purpose, Text
from desktop.model.template_new import (
    new_column,
    new_image,
    new_name,
    new_ornament,
    new_qr,
    new_signatories,
    new_table,
    new_text,
)
from desktop.ui import icons
from desktop.ui.parts.designer_bench import Bench
from desktop.ui.parts.designer_files import copied_picture
from desktop.ui.parts.designer_text import field_menu
from desktop.ui.parts.designer_words import field_word, slot_word

_TABLED: Final[dict[Purpose, tuple[str, ...]]] = {
    "sheet": ("no", "name", "organisation", "phone"),
    "receipt": ("no", "name", "total"),
}
_RULE: Final = "rule"


class Adding:
    """What the menu does. ``ornaments`` and ``pictures`` open the lists to choose from."""

    def __init__(
        self,
        bench: Bench,
        parent: QWidget,
        ornaments: Callable[[], object],
        pictures: Callable[[], object],
    ) -> None:
        self._bench, self._parent = bench, parent
        self._ornaments, self._pictures = ornaments, pictures

    def menu(self) -> QMenu:
        """The menu, made anew for the template at hand."""
        bench = self._bench
        menu = QMenu(self._parent)
        self._act(menu, "type", _("Text"), self.text)
        fields = field_menu(menu, bench, self.field)
        fields.setTitle(_("Field"))
        fields.setIcon(icons.icon("type", "quiet"))
        menu.addMenu(fields)
        self._act(
            menu, "rows-3", _("Column of texts"), lambda: bench.add(new_column(bench.template))
        )
        menu.addSeparator()
        slots = QMenu(_("Place for a picture of the office"), menu)
        slots.setIcon(icons.icon("stamp", "quiet"))
        for slot in SLOTS:
            slots.addAction(slot_word(slot)).triggered.connect(partial(self.slot, slot))
        menu.addMenu(slots)
        self._act(menu, "image", _("Picture…"), self._pictures)
        self._act(menu, "flower-2", _("Ornament…"), self._ornaments)
        self._act(menu, "minus", _("Ruled line"), lambda: self.ornament(_RULE))
        menu.addSeparator()
        self._act(menu, "qr-code", _("QR code"), lambda: bench.add(new_qr(bench.template)))
        if bench.purpose in ("certificate", "receipt", "sheet"):
            self._act(
                menu, "signature", _("Signatories"),
                lambda: bench.add(new_signatories(bench.template)),
            )  # fmt: skip
        if bench.purpose in _TABLED:
            self._act(menu, "table", _("Table"), self.table)
        return menu

    def _act(self, menu: QMenu, icon: str, word: str, run: Callable[[], object]) -> None:
        held = menu.addAction(icons.icon(icon, "quiet"), word)
        held.triggered.connect(lambda _checked=False: run())

    def _column(self) -> str:
        """The column in hand: a new text goes into it."""
        for one in self._bench.elements():
            if isinstance(one, Column):
                return one.id
            if isinstance(one, Text) and one.column:
                return one.column
        return ""

    def text(self) -> None:
        """Add a text with a few words to type over."""
        self._bench.add(new_text(self._bench.template, _("Type here"), self._column()))

    def field(self, name: str) -> None:
        """Add a text of one field."""
        bench, column = self._bench, self._column()
        if column:
            bench.add(new_text(bench.template, "{" + name + "}", column))
        else:
            bench.add(new_name(bench.template, name))

    def slot(self, slot: str, _checked: bool = False) -> None:
        """Add the place of a picture of the office; a background lies under everything."""
        image = new_image(self._bench.template, slot=slot)
        if slot == "background":
            self._bench.add_lowest(image)
        else:
            self._bench.add(image)

    def ornament(self, drawing: str) -> None:
        """Add an ornament; one that surrounds the page lies under everything."""
        from desktop.printing.ornament import ORNAMENTS

        template = self._bench.template
        kind = ORNAMENTS[drawing]
        made = new_ornament(template, drawing, kind.size, {})
        large = made.width * made.height > template.width * template.height / 2
        (self._bench.add_lowest if large else self._bench.add)(made)

    def picture(self, sha256: str) -> None:
        """Add a picture of the office."""
        self._bench.add(new_image(self._bench.template, asset=sha256))

    def table(self) -> None:
        """Add a table with the usual columns."""
        bench = self._bench
        names = _TABLED.get(bench.purpose, ("no", "name"))
        labels = tuple((name, field_word(bench.purpose, name)) for name in names)
        bench.add(new_table(bench.template, (*labels, ("", _("Signature")))))


def chosen_menu(parent: QWidget, bench: Bench, ask: Callable[[str], object]) -> QMenu:
    """What can be done to what is chosen."""
    menu = QMenu(parent)

    def act(icon: str, word: str, key: str, run: Callable[[], object], able: bool = True) -> None:
        held = menu.addAction(icons.icon(icon, "quiet"), f"{word}\t{key}")
        held.triggered.connect(lambda _checked=False: run())
        held.setEnabled(able)

    some = bool(bench.chosen)
    pastes = bench.can_paste or copied_picture() is not None
    act("pencil", _("Edit words and numbers"), "Enter", partial(ask, "words"), some)
    act("copy", _("Copy"), "Ctrl+C", bench.copy, some)
    act("clipboard-paste", _("Paste"), "Ctrl+V", partial(ask, "paste"), pastes)
    act("copy", _("Duplicate"), "Ctrl+D", bench.duplicate, some)
    act("trash-2", _("Delete"), "Delete", bench.delete, some)
    menu.addSeparator()
    act(
        "bring-to-front",
        _("Bring to the front"),
        "Ctrl+Shift+]",
        partial(bench.ask, "front"),
        some,
    )
    act("chevron-up", _("One step forward"), "Ctrl+]", partial(bench.ask, "forward"), some)
    act("chevron-down", _("One step back"), "Ctrl+[", partial(bench.ask, "backward"), some)
    act("send-to-back", _("Send to the back"), "Ctrl+Shift+[", partial(bench.ask, "back"), some)
    return menu
