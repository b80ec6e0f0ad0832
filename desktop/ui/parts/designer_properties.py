# SPDX-License-Identifier: Apache-2.0
"""The panel at the right: everything about what is chosen, or about the page."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.model.template import (
    Image,
    Ornament,
    Qr,
    Signatories,
    Table,
    Template,
    Text,
)
from desktop.ui import theme
from desktop.ui.parts.designer_bench import Bench
from desktop.ui.parts.designer_number import UndoOutside
from desktop.ui.parts.designer_page import PageSection, SheetSection
from desktop.ui.parts.designer_place import NameSection, PlaceSection
from desktop.ui.parts.designer_signers import SignersSection, TableSection
from desktop.ui.parts.designer_text import ColumnSection, StyleSection, WordsSection
from desktop.ui.parts.designer_things import ImageSection, OrnamentSection, QrSection
from desktop.ui.parts.designer_words import element_word
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll

WIDTH = 292


class Properties(QFrame):
    """Sections in one scroll; those that say something of what is chosen are shown."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.setObjectName("card")
        self.setFixedWidth(theme.scaled(WIDTH))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(14)
        self.headline = Label("", "section", weight=600, parent=inside)
        column.addWidget(self.headline)
        self.words = WordsSection(bench, inside)
        self.style_ = StyleSection(bench, _("Type style"), parent=inside)
        self.column = ColumnSection(bench, inside)
        self.image = ImageSection(bench, inside)
        self.ornament = OrnamentSection(bench, inside)
        self.qr = QrSection(bench, inside)
        self.signers = SignersSection(bench, inside)
        self.signer = StyleSection(
            bench, _("Name of who signs"), "signer", brief=True, parent=inside
        )
        self.position = StyleSection(bench, _("Position"), "position", brief=True, parent=inside)
        self.table = TableSection(bench, inside)
        self.head = StyleSection(bench, _("Headings"), "head", brief=True, parent=inside)
        self.place = PlaceSection(bench, inside)
        self.name = NameSection(bench, inside)
        self.page = PageSection(bench, inside)
        self.sheet = SheetSection(bench, inside)
        self._sections = (
            self.words, self.style_, self.column, self.image, self.ornament, self.qr,
            self.signers, self.signer, self.position, self.table, self.head, self.place,
            self.name, self.page, self.sheet,
        )  # fmt: skip
        for section in self._sections:
            column.addWidget(section)
        column.addStretch()
        self.room = Scroll(inside, self)
        held = QVBoxLayout(self)
        held.setContentsMargins(1, 1, 1, 1)
        held.addWidget(self.room)
        self.undo_outside = UndoOutside(self)
        self.undo_outside.watch(self)
        bench.turned.connect(self.show_now)
        bench.chose.connect(self._chose)
        self.show_now()

    def set_faces(self, faces: tuple[str, ...]) -> None:
        """Offer these typefaces everywhere."""
        for section in (self.style_, self.signer, self.position, self.head):
            section.set_faces(faces)

    def set_pictures(self, labels: Mapping[str, str]) -> None:
        """Say what the office calls its pictures."""
        self.image.labels = labels
        self.show_now()

    def _chose(self) -> None:
        self.show_now()
        self.room.verticalScrollBar().setValue(0)

    def show_now(self) -> None:
        """Show what is chosen, as it is."""
        template, some = self._bench.template, self._bench.elements()
        kinds = {type(one) for one in some}
        one = len(some) == 1
        texts = kinds == {Text}
        shown = {
            self.words: texts and one,
            self.style_: texts,
            self.column: texts,
            self.image: kinds == {Image},
            self.ornament: kinds == {Ornament} and len({o.drawing for o in some}) == 1,  # type: ignore[union-attr]
            self.qr: kinds == {Qr},
            self.signers: kinds == {Signatories},
            self.signer: kinds == {Signatories},
            self.position: kinds == {Signatories},
            self.table: kinds == {Table} and one,
            self.head: kinds == {Table} and one,
            self.place: bool(some),
            self.name: bool(some),
            self.page: not some,
            self.sheet: not some and template.purpose in ("badge", "tent"),
        }
        for section, visible in shown.items():
            if visible:
                section.show_template(template)
            section.setVisible(visible)
        if one:
            self.headline.setText(element_word(template.purpose, some[0]))
        elif some:
            self.headline.setText(
                ngettext("{count} part chosen", "{count} parts chosen", len(some)).format(
                    count=len(some)
                )
            )
        self.headline.setVisible(bool(some))
        for section in (self.ornament, self.table):
            if shown[section]:
                self.undo_outside.watch(section)

    def show_dragged(self, template: Template) -> None:
        """Show the numbers of what is being dragged."""
        self.place.show_template(self._bench.template, template)

    def to_words(self) -> None:
        """Go to the words of what is chosen, or to its first line."""
        some = self._bench.elements()
        if len(some) == 1 and isinstance(some[0], Text):
            self.words.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.words.words.selectAll()
        elif len(some) == 1 and isinstance(some[0], Qr):
            self.qr.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif some:
            self.place.edits["x"].setFocus(Qt.FocusReason.ShortcutFocusReason)
