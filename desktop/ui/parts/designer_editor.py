# SPDX-License-Identifier: Apache-2.0
"""The designer's table: bar, layers, canvas, properties, troubles, and what ties them together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model.template import Signatories, Template
from desktop.model.template_edit import Box
from desktop.model.template_history import Work
from desktop.model.template_new import new_image
from desktop.ui.desk import Desk
from desktop.ui.parts.designer_add import Adding, chosen_menu
from desktop.ui.parts.designer_bar import Bar
from desktop.ui.parts.designer_bench import Bench
from desktop.ui.parts.designer_choosing import Choosing
from desktop.ui.parts.designer_files import Files, copied_picture, file_in, nearest
from desktop.ui.parts.designer_keeping import Keeping, Opened
from desktop.ui.parts.designer_layers import Layers
from desktop.ui.parts.designer_properties import Properties
from desktop.ui.parts.designer_render import Fault, Look, Renderer
from desktop.ui.parts.designer_stock import StockStrip
from desktop.ui.parts.designer_supplies import Supplies
from desktop.ui.parts.designer_troubles import Troubles
from desktop.ui.parts.designer_versions import Versions
from desktop.ui.parts.designer_words import element_word, slot_word
from desktop.ui.widgets.canvas import Canvas
from desktop.ui.widgets.canvas_drag import Sizing
from desktop.ui.widgets.dialog import Dialog, confirm


class Editor(QWidget):
    """One template being worked on."""

    back_wanted = Signal()
    changed = Signal()
    """Name, state or steps changed: the page asks for its commands again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.bench = Bench(self)
        self.keeping = Keeping(desk, self)
        self.render_ = Renderer(desk, self)
        self.bar = Bar(self)
        self.stock = StockStrip(self)
        self.layers = Layers(self.bench, self)
        self.canvas = Canvas(_("The page"), self)
        self.properties = Properties(self.bench, self)
        self.troubles = Troubles(self.bench, self)
        self.files = Files(desk, self)
        self.versions = Versions(self.keeping, self.bench, self)
        self.setAcceptDrops(True)
        self.choosing = Choosing(desk, self.bench, self.properties, self._resupply, self)
        self.adding = Adding(self.bench, self, self.choosing.ornament, self.choosing.picture)
        self.dialog: Dialog | None = None
        scene = self.canvas.scene
        scene.word = lambda one: element_word(self.bench.purpose, one)
        scene.slot_word = slot_word
        self._lay()
        self._wire()

    def _lay(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.canvas, 1)
        middle.addWidget(self.troubles)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(self.layers)
        across.addLayout(middle, 1)
        across.addWidget(self.properties)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(6)
        column.addWidget(self.bar)
        column.addWidget(self.stock)
        column.addLayout(across, 1)
        self.setFocusProxy(self.canvas)

    def _wire(self) -> None:
        bench, canvas, render = self.bench, self.canvas, self.render_
        bench.turned.connect(self._turned)
        bench.chose.connect(self._chose)
        bench.said.connect(lambda words: self._desk.said.emit(words, False))
        canvas.chose.connect(bench.choose)
        canvas.edited.connect(bench.do)
        canvas.asked.connect(self.ask)
        canvas.lifted.connect(self._lift)
        canvas.dragged.connect(self._dragged)
        canvas.zoomed.connect(self._zoomed)
        canvas.menu_wanted.connect(self._menu)
        render.page.connect(self._drawn)
        render.lifted.connect(canvas.show_lifted)
        render.stretched.connect(
            lambda one: canvas.show_set(one.ids, one.layer, one.left, one.top)
        )
        render.faults.connect(self._found)
        self.layers.asked.connect(self.ask)
        self.layers.add_wanted.connect(self._add)
        self.layers.menu_wanted.connect(self._menu)
        self.troubles.jumped.connect(self._jump)
        choosing = self.choosing
        choosing.another.connect(self.adding.ornament)
        choosing.one_more.connect(self.adding.picture)
        self.properties.ornament.wanted.connect(choosing.ornament)
        self.properties.image.wanted.connect(lambda _kind: choosing.picture())
        self.properties.page.background.connect(choosing.background)
        page = self.properties.page
        page.versions.clicked.connect(lambda _on=False: self.versions.open(page.versions))
        self.properties.page.typeface.connect(
            lambda: self.files.choose_typeface(self, lambda _sha: self._resupply())
        )
        self.properties.page.name.editingFinished.connect(
            lambda: self._rename(self.properties.page.name.plain())
        )
        bar = self.bar
        bar.looked.connect(self.show_look)
        self.stock.looked.connect(self.show_look)
        bar.back_pressed.connect(self.back_wanted)
        bar.undo_pressed.connect(bench.undo)
        bar.redo_pressed.connect(bench.redo)
        bar.nearer.connect(lambda: self.nearer(1.25))
        bar.farther.connect(lambda: self.nearer(0.8))
        bar.fitted.connect(self.fit_or_real)
        keeping = self.keeping
        keeping.opened.connect(self._opened)
        keeping.supplied.connect(self._supply)
        keeping.stated.connect(bar.show_state)
        keeping.named.connect(self._show_name)
        keeping.saved.connect(lambda _card: self._show_name())
        keeping.clashed.connect(self._clash)

    # ── opening and keeping ──────────────────────────────────────────────────────────────────

    @property
    def template(self) -> Template:
        return self.bench.template

    @property
    def busy(self) -> bool:
        """Whether the page is still being drawn, or something is not kept yet."""
        return self.render_.busy or self.keeping.busy

    def _opened(self, found: Opened) -> None:
        self._supply(found.supplies)
        self.canvas.fit()
        self.show_look(Look())
        self.bench.begin(found.card.template, found.draft)
        self._show_name()
        self.keeping.state(self.bench.work)
        if found.draft is not None:
            self._desk.said.emit(
                _("You go on with your draft. Ctrl+Z goes back to the saved version."), False
            )

    def _supply(self, supplies: Supplies) -> None:
        self.render_.assets = supplies.assets
        self.render_.pictures = supplies.pictures
        self.canvas.scene.filled = frozenset(supplies.pictures)
        self.properties.set_faces(supplies.faces)
        self.properties.set_pictures(supplies.labels)
        self._draw()

    def _show_name(self) -> None:
        """Say what the template is called."""
        if self.keeping.card is None:
            return
        name, edit = self.keeping.name_of(self.bench.work), self.properties.page.name
        self.bar.say_name(name)
        if edit.plain() != name:
            edit.setText(name)
        shipped = self.keeping.card.shipped
        self.properties.page.versions.setVisible(not shipped)
        self.changed.emit()

    def _rename(self, name: str) -> None:
        if self.keeping.card is None:
            return
        if name and name != self.keeping.name_of(self.bench.work):
            self.bench.entitle("" if name == self.keeping.name_of(Work(self.template)) else name)
        self._show_name()

    @property
    def unsaved(self) -> bool:
        """Whether there is something to save."""
        return self.keeping.unsaved(self.template)

    def save(self, *, anyway: bool = False) -> None:
        """Save a version, for everybody in the office."""
        self.bench.settle()
        self.keeping.save(self.bench.work, anyway=anyway)

    def _clash(self, problem: Exception) -> None:
        self.dialog = confirm(
            self,
            _("Somebody else saved this template"),
            str(problem),
            _("Save mine over it"),
            lambda: self.save(anyway=True),
            kind="primary",
        )

    # ── drawing ──────────────────────────────────────────────────────────────────────────────

    def _turned(self) -> None:
        template = self.template
        self.canvas.show_template(template)
        self._draw()
        self.bar.show_choices(
            signers=any(isinstance(one, Signatories) for one in template.elements),
            language=template.purpose == "certificate",
            stock=template.purpose == "certificate",
        )
        self.stock.show_look(self.render_.look, template)
        self.bar.show_steps(undo=self.bench.can_undo, redo=self.bench.can_redo)
        if self.keeping.card is not None:
            self.keeping.keep_soon(self.bench.work)
        self._show_name()

    def _draw(self) -> None:
        self.render_.show(self.template, self.canvas.picture_scale)

    def _drawn(self, template: Template, picture: QImage, boxes: dict[str, Box]) -> None:
        current = template == self.template
        if self.canvas.scene.rest is not None and not current:
            return  # what was dropped would jump back
        self.canvas.show_picture(picture, boxes)
        self.bench.boxes = dict(boxes)
        if current and self.canvas.chosen and self.canvas.scene.grip is None:
            self._lift(self.canvas.carried(self.canvas.chosen))

    def _lift(self, ids: frozenset[str]) -> None:
        self.render_.lift(self.template, ids, self.canvas.picture_scale)

    def _found(self, faults: tuple[Fault, ...]) -> None:
        self.troubles.show_faults(faults)
        wrong = frozenset(one.element_id for one in faults)
        self.canvas.show_troubles(wrong)
        self.layers.show_wrong(wrong)

    def _dragged(self, template: Template) -> None:
        self.properties.show_dragged(template)
        grip = self.canvas.scene.grip
        if isinstance(grip, Sizing) and not grip.stretches:
            self.render_.stretch(template, grip.carried, self.canvas.picture_scale)

    def _zoomed(self) -> None:
        self.bar.show_zoom(self.canvas.zoom, fits=self.canvas.fits)
        self._draw()

    def show_look(self, look: Look) -> None:
        """Show another sample, or all of the page instead of the text alone."""
        self.bar.show_look(look)
        self.stock.show_look(look, self.template)
        self.render_.look = look
        self.canvas.scene.rest = None
        self._draw()
        self._lift(self.canvas.carried(self.canvas.chosen))

    def turn_stock(self) -> None:
        """Show what is printed on paper with its frame on it; or the whole page again."""
        look = self.render_.look
        if self.template.purpose == "certificate":
            self.show_look(replace(look, text_only=not look.text_only))

    # ── choosing and doing ───────────────────────────────────────────────────────────────────

    def _chose(self) -> None:
        self.canvas.choose(self.bench.chosen)

    def ask(self, what: str) -> None:
        """Do what a key of the canvas or the list asks."""
        if what == "words":
            self.properties.to_words()
        elif what == "paste":
            self._paste()
        else:
            self.bench.ask(what)

    def _menu(self, where: QPoint) -> None:
        menu = chosen_menu(self, self.bench, self.ask)
        menu.popup(where)

    def _add(self) -> None:
        button = self.layers.add
        menu = self.adding.menu()
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _jump(self, fault: Fault) -> None:
        self.bench.choose(frozenset({fault.element_id}))
        self.canvas.show_element(fault.element_id)
        if fault.sample != self.render_.look.sample or self.render_.look.signers:
            self.show_look(replace(self.render_.look, sample=fault.sample, signers=0))
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def nearer(self, times: float) -> None:
        """Show the page nearer or farther."""
        frame = self.canvas.scene.selection()
        at = self.canvas.scene.sight.rect(frame).center() if frame is not None else None
        room = self.canvas.viewport().rect()
        if at is not None and not room.contains(at.toPoint()):
            at = None
        self.canvas.set_zoom(self.canvas.zoom * times, at)

    def fit_or_real(self) -> None:
        """The whole page; when that is shown, as large as the paper."""
        if self.canvas.fits:
            self.canvas.set_zoom(1.0)
        else:
            self.canvas.fit()

    # ── pictures from outside ────────────────────────────────────────────────────────────────

    def _resupply(self) -> None:
        self.keeping.resupply(self.template)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if file_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        place = file_in(event.mimeData())
        if place is not None:
            at = self.canvas.viewport().mapFrom(self, event.position())
            self.take_picture(place, QPointF(*self.canvas.scene.sight.mm(QPointF(at))))
            event.acceptProposedAction()

    def take_picture(self, place: Path, at: QPointF) -> None:
        """Put a file in and stand it at a place of the page (millimetres)."""
        self.files.picture(place, lambda sha256: self._stand(sha256, at))

    def _stand(self, sha256: str, at: QPointF | None = None) -> None:
        template = self.template
        made = new_image(template, asset=sha256)
        if at is not None:
            x, y = nearest(at, template.width, template.height, made.width)
            made = replace(made, x=round(x, 2), y=round(y, 2))
        self.bench.add(made)
        self._resupply()

    def _paste(self) -> None:
        """What was copied here; else a picture that another program copied."""
        image = None if self.bench.can_paste else copied_picture()
        if image is not None:
            self.files.pixels(image, self._stand)
        else:
            self.bench.paste()
