# SPDX-License-Identifier: Apache-2.0
"""Lists to choose from with pictures: ornaments, and the office's own files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.i18n import N_, _
from desktop.model.template import Filling, Image, Ornament, Template
from desktop.ui.desk import Desk
from desktop.ui.parts.designer_files import LARGEST
from desktop.ui.tasks import Tasks
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.canvas_picture import page_image
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Choice, Field, TextEdit
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.tile_list import Tile, TileList

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.asset import Asset
    from desktop.store.store import Store


class OrnamentPick(Dialog):
    """All ornaments with a picture of each. ``took(drawing)``."""

    took = Signal(str)

    def __init__(self, parent: QWidget, tasks: Tasks, drawing: str = "") -> None:
        super().__init__(
            parent,
            _("Ornaments"),
            _("Drawn as lines: sharp at every size. Colours and details are changed afterwards."),
            _("Insert"),
            icon="flower-2",
        )
        from desktop.printing.ornament import OFFERED, ORNAMENTS

        self.setMinimumWidth(min(860, parent.window().width() - 60))
        groups = list(dict.fromkeys(ORNAMENTS[name].group for name in OFFERED))
        self.group = Choice([("", _("All kinds")), *((it, _(it)) for it in groups)], parent=self)
        self.body.addWidget(Field(_("Kind"), self.group, parent=self))
        self.list = TileList(tasks, _("Ornaments"), QSize(132, 92), self)
        high = min(380, parent.window().height() - 330)
        self.list.setFixedHeight(max(180, high))
        self.body.addWidget(self.list)
        self.group.chose.connect(lambda group: self._show(group, self.list.key()))
        self.list.chosen.connect(lambda _key: self.accept())
        self.accepted.connect(lambda: self.took.emit(self.list.key()))
        self._show("", drawing)
        self.list.setFocus()

    def _show(self, group: str, drawing: str) -> None:
        from desktop.printing.ornament import OFFERED, ORNAMENTS

        self.list.show_tiles(
            [
                Tile(f"{name}", _(ORNAMENTS[name].label), _ornament(name))
                for name in OFFERED
                if group in ("", ORNAMENTS[name].group)
            ],
            drawing,
        )


def _ornament(name: str) -> Callable[[int], QImage]:
    def draw(pixels: int) -> QImage:
        from desktop.printing.ornament import ORNAMENTS
        from desktop.printing.template_page import pages_pdf

        width, height = ORNAMENTS[name].size
        edge = max(width, height) * 0.04
        page = Template(
            purpose="certificate",
            titles={"th": ""},
            width=max(20.0, width + 2 * edge),
            height=max(20.0, height + 2 * edge, (width + 2 * edge) * 0.2),
            safe=0,
            elements=(
                Ornament(
                    id="it", x=edge, y=(max(20.0, height + 2 * edge) - height) / 2,
                    width=width, height=height, drawing=name,
                ),
            ),
        )  # fmt: skip
        pdf = pages_pdf(page, [Filling(fields={})], lenient=True)
        return page_image(pdf, pixels / max(page.width, page.height))

    return draw


_KIND_WORDS: Final = {
    "emblem": N_("Emblem of the office"),
    "signature": N_("Signature"),
    "background": N_("Background"),
    "picture": N_("Other picture"),
    "font": N_("Typeface"),
}


class PicturePick(Dialog):
    """The office's pictures, and a way to put in another file. ``took(sha256)``."""

    took = Signal(str)
    changed = Signal()
    """A file was put in."""

    def __init__(self, parent: QWidget, desk: Desk, kind: str = "picture") -> None:
        headline = _("Pictures of the office")
        words = _(
            "PNG and JPEG pictures, and PDF files of one page. They stay sealed in this office's "
            "computers and go with the template when it is passed on."
        )
        super().__init__(parent, headline, words, _("Insert"), icon="image")
        self._desk = desk
        self._found: tuple[Asset, ...] = ()
        self.setMinimumWidth(min(760, parent.window().width() - 60))
        self.kind = Choice(
            [(it, _(word)) for it, word in _KIND_WORDS.items() if it != "font"], kind, self
        )
        self.kind.chose.connect(lambda _kind: self._read())
        self.body.addWidget(Field(_("Kind"), self.kind, parent=self))
        self.list = TileList(desk.tasks, headline, QSize(120, 84), self)
        self.list.setFixedHeight(max(150, min(260, parent.window().height() - 430)))
        self.list.chosen.connect(lambda _key: self.accept())
        self.body.addWidget(self.list)
        self.nothing = Label(
            _("There is none yet. Add one from a file."), tone="quiet", parent=self
        )
        self.body.addWidget(self.nothing)
        self.file = Button(_("Add from a file…"), self._choose, icon="upload", parent=self)
        self.label = TextEdit(longest=120, parent=self)
        self._named = Field(_("Whose signature"), self.label, parent=self)
        row = QHBoxLayout()
        row.addWidget(self._named, 1)
        row.addWidget(self.file, 0, Qt.AlignmentFlag.AlignBottom)
        self.drop = Button(
            _("Remove this file"), self._drop, kind="danger", icon="trash-2", parent=self
        )
        row.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.accepted.connect(lambda: self.took.emit(self.list.key()))
        self._read()

    def _read(self, key: str = "") -> None:
        kind = str(self.kind.value())
        self._named.setVisible(kind == "signature")

        def question(store: Store) -> tuple[Asset, ...]:
            from desktop.actions.asset import assets

            return assets(store, kind)

        def then(found: tuple[Asset, ...]) -> None:
            store = self._desk.store
            self._found = found
            self.list.show_tiles(
                [Tile(one.sha256, one.label, _asset(store, one)) for one in found], key
            )
            self.list.setVisible(bool(found))
            self.nothing.setVisible(not found)
            self.verb.setEnabled(bool(found))
            self.drop.setVisible(bool(found))
            (self.list if found else self.file).setFocus()
            self.fit()  # no empty room where the list would be

        self._desk.look(self, question, then, latest="pictures")

    def _drop(self) -> None:
        """Take a file away that nothing is made with; it can be undone."""
        key = self.list.key()
        chosen = next((one for one in self._found if one.sha256 == key), None)
        if chosen is None:
            return
        self.wrong("")

        def action(store: Store, by: str) -> Done:
            from desktop.actions.asset import withdraw_asset

            return withdraw_asset(store, by, chosen.id)

        said = _("Removed: {name}").format(name=chosen.label)
        self._desk.act(
            self,
            action,
            lambda _done: self._read(),
            said,
            lambda wrong: self.wrong(str(wrong)),
            page_undoes=True,
        )

    def _choose(self) -> None:
        if self.kind.value() == "signature" and not self.label.plain():
            self.wrong(_("Type whose signature this is first."))
            return
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            _("Add from a file"),
            "",
            _("Pictures and PDF") + " (*.png *.jpg *.jpeg *.pdf)",
        )
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, place: Path) -> None:
        """Put a file of the computer in, and choose it."""
        kind = str(self.kind.value())
        label = self.label.plain() if kind == "signature" else place.stem[:120]
        try:
            large = place.stat().st_size > LARGEST
            data = b"" if large else place.read_bytes()
        except OSError:
            self.wrong(_("This file cannot be read."))
            return
        if large:
            self.wrong(_("This file is too large: {most} MB at most.").format(most=20))
            return
        self.wrong("")

        def action(store: Store, by: str) -> Done:
            from desktop.actions.asset import import_asset

            # Where it stands is a step of the table; the file is removed with the button here.
            return replace(import_asset(store, by, kind, label, data), undo=None)

        def then(done: Done) -> None:
            self.changed.emit()
            self._read(done.value.sha256)

        self._desk.act(
            self, action, then, _("The file was added"), lambda wrong: self.wrong(str(wrong))
        )


def _asset(store: Store, one: Asset) -> Callable[[int], QImage]:
    """The picture of an office's file: drawn by the engine, as it will be printed."""

    def draw(pixels: int) -> QImage:
        from desktop.actions.asset import content
        from desktop.printing.template_page import Assets, pages_pdf

        wide = 100.0
        high = wide * (one.height / one.width if one.width and one.height else 0.7)
        high = max(10.0, min(300.0, high))
        page = Template(
            purpose="certificate",
            titles={"th": ""},
            width=wide,
            height=high,
            safe=0,
            elements=(Image(id="it", x=0, y=0, width=wide, height=high, asset=one.sha256),),
        )
        files = Assets({one.sha256: content(store, one.sha256)})
        pdf = pages_pdf(page, [Filling(fields={})], assets=files, lenient=True)
        return page_image(pdf, pixels / max(wide, high))

    return draw
