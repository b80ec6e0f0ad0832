# SPDX-License-Identifier: Apache-2.0
"""Opens the designer's lists to choose from, and takes up what was chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.model.template import Image, Ornament
from desktop.model.template_edit import changed
from desktop.model.template_new import new_image
from desktop.ui.desk import Desk
from desktop.ui.parts.designer_bench import Bench
from desktop.ui.parts.designer_page import grounds
from desktop.ui.parts.designer_picks import OrnamentPick, PicturePick
from desktop.ui.parts.designer_properties import Properties
from desktop.ui.widgets.dialog import Dialog


class Choosing(QObject):
    """``another(drawing)`` and ``one_more(sha256)``: something is to be added to the page."""

    another = Signal(str)
    one_more = Signal(str)

    def __init__(
        self,
        desk: Desk,
        bench: Bench,
        properties: Properties,
        resupply: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._bench, self._properties = desk, bench, properties
        self._resupply, self._over = resupply, parent
        self.dialog: Dialog | None = None

    def ornament(self) -> None:
        """Choose an ornament: another one for what is chosen, or one more."""
        some = self._bench.elements()
        one = some[0] if len(some) == 1 else None
        drawing = one.drawing if isinstance(one, Ornament) else ""
        dialog = OrnamentPick(self._over, self._desk.tasks, drawing)
        dialog.took.connect(self._properties.ornament.take if drawing else self.another)
        self._open(dialog)

    def picture(self) -> None:
        """Choose a picture of the office: for what is chosen, or one more."""
        some = self._bench.elements()
        swap = len(some) == 1 and isinstance(some[0], Image)
        ground = swap and some[0].id in grounds(self._bench.template)
        take = self._properties.image.take if swap else self.one_more.emit
        self._pictures("background" if ground else "picture", take)

    def background(self) -> None:
        """Choose the picture under everything."""

        def take(sha256: str) -> None:
            template = self._bench.template
            there = grounds(template)
            if there:
                self._bench.do(changed(template, there, asset=sha256, slot=""))
            else:
                made = new_image(template, slot="background")
                self._bench.add_lowest(replace(made, slot="", asset=sha256))

        self._pictures("background", take)

    def _pictures(self, kind: str, take: Callable[[str], object]) -> None:
        dialog = PicturePick(self._over, self._desk, kind)
        dialog.took.connect(take)
        dialog.took.connect(lambda _sha: self._resupply())
        dialog.changed.connect(self._resupply)
        self._open(dialog)

    def _open(self, dialog: Dialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.open()
