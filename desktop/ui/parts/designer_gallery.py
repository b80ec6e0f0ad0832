# SPDX-License-Identifier: Apache-2.0
"""All templates with their pictures: the shipped ones, and those of the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QTabBar, QVBoxLayout, QWidget

from desktop.i18n import _, ngettext
from desktop.model.template import PURPOSES, Purpose, Template
from desktop.model.template_sample import filling_of
from desktop.ui.attendance_words import moment_words
from desktop.ui.desk import Desk
from desktop.ui.parts.designer_render import Look
from desktop.ui.parts.designer_supplies import supplies_of
from desktop.ui.parts.designer_words import PURPOSE_WORDS, mm
from desktop.ui.widgets.button import ActionButton
from desktop.ui.widgets.canvas_picture import page_image
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.page_view import PageView
from desktop.ui.widgets.pane import Pane
from desktop.ui.widgets.tick import Tick
from desktop.ui.widgets.tile_list import Tile, TileList

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.actions.template import TemplateCard
    from desktop.store.store import Store


class Gallery(Pane):
    """``moved(card)`` when another is looked at, ``chosen(card)`` with Enter or a double click."""

    moved = Signal(object)
    chosen = Signal(object)

    def __init__(
        self, desk: Desk, actions: tuple[QAction, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._cards: tuple[TemplateCard, ...] = ()
        self._wanted = ""
        self._shown: tuple[str, str] | None = None
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(_("Kind of paper"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for purpose in PURPOSES:
            self.tabs.setTabData(self.tabs.addTab(_(PURPOSE_WORDS[purpose])), purpose)
        self.tabs.currentChanged.connect(lambda _at: self.reload())
        self.withdrawn = Tick(_("Show withdrawn ones"), parent=self)
        self.withdrawn.toggled.connect(lambda _on: self.reload())
        top = QHBoxLayout()
        top.addWidget(self.tabs, 1)
        for action in actions:
            top.addWidget(ActionButton(action, "quiet", self))
        held = QWidget(self)
        self.list = TileList(desk.tasks, _("Templates"), QSize(150, 112), held)
        self.list.moved.connect(self._moved)
        self.list.chosen.connect(lambda _key: self._press())
        self.view = PageView(desk.tasks, _("The template"), held)
        self.headline = Label("", "section", weight=600, parent=held)
        self.facts = Label("", "small", "quiet", parent=held)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.view, 1)
        right.addWidget(self.headline)
        right.addWidget(self.facts)
        across = QHBoxLayout(held)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.list, 1)
        left.addWidget(self.withdrawn)
        across.addLayout(left, 5)
        across.addLayout(right, 4)
        empty = Empty(
            "layout-grid",
            _("No template yet"),
            _("A template says what stands where on the paper. Make one, or take one from a "
              "file that another office gave you."),
            actions,
            self,
        )  # fmt: skip
        self._stack = QStackedLayout()
        self._stack.addWidget(held)
        self._stack.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(self._stack, 1)
        self.setFocusProxy(self.list)

    @property
    def purpose(self) -> Purpose:
        """What is looked at."""
        found: Purpose = self.tabs.tabData(self.tabs.currentIndex())
        return found

    def card(self) -> TemplateCard | None:
        """The template chosen."""
        key = self.list.key()
        return next((one for one in self._cards if one.id == key), None)

    @property
    def cards(self) -> tuple[TemplateCard, ...]:
        """All that are shown."""
        return self._cards

    def show_purpose(self, purpose: Purpose) -> None:
        """Look at another kind of paper."""
        self.tabs.setCurrentIndex(PURPOSES.index(purpose))

    def show_one(self, ref: str) -> None:
        """Choose a template when it is read."""
        self._wanted = ref

    def reload(self) -> None:
        """Read the templates."""
        purpose, withdrawn = self.purpose, self.withdrawn.isChecked()

        def read(store: Store) -> tuple[TemplateCard, ...]:
            from desktop.actions.template import templates

            return templates(store, purpose, withdrawn=withdrawn)

        self._desk.look(self, read, self._take, latest="templates")

    def _take(self, cards: tuple[TemplateCard, ...]) -> None:
        key = self._wanted or self.list.key()
        self._wanted = ""
        self._cards = cards
        store = self._desk.store
        self.list.blockSignals(True)
        self.list.show_tiles(
            [
                Tile(f"{one.id}", self._word(one), _picture(store, one.template), _spoken(one))
                for one in cards
            ],
            key,
            {one.id: one.digest for one in cards},
        )
        self.list.blockSignals(False)
        self._stack.setCurrentIndex(0 if cards else 1)
        self._moved(self.list.key())

    def _word(self, card: TemplateCard) -> str:
        marks = []
        if card.withdrawn:
            marks.append(_("withdrawn"))
        if card.has_draft:
            marks.append(_("draft"))
        return f"{card.name} ({', '.join(marks)})" if marks else card.name

    def _moved(self, _key: str) -> None:
        card = self.card()
        if card is not None:
            self.headline.setText(self._word(card))
            self.facts.setText(facts(card))
            key = (card.id, card.digest)
            if key != self._shown:
                self._shown = key
                store, template = self._desk.store, card.template
                self.view.show_made(lambda: sample_pdf(store, template), spoken=card.name)
        self.moved.emit(card)

    def _press(self) -> None:
        card = self.card()
        if card is not None:
            self.chosen.emit(card)


def facts(card: TemplateCard) -> str:
    """What is known of a template, in a line or two."""
    wide, high = mm(card.template.width), mm(card.template.height)
    parts = [f"{wide} × {high} {_('mm')}"]
    if card.shipped:
        parts.append(_("Comes with the program; what you change is kept as your office's copy"))
    elif card.made_at:
        when = moment_words(datetime.fromisoformat(card.made_at).astimezone())
        parts.append(
            _("Saved {when} by {name}").format(when=when, name=card.made_by)
            if card.made_by
            else _("Saved {when}").format(when=when)
        )
    if card.uses:
        parts.append(
            ngettext(
                "{count} certificate was issued with it",
                "{count} certificates were issued with it",
                card.uses,
            ).format(count=card.uses)
        )  # fmt: skip
    if card.has_draft:
        parts.append(_("There is a draft that is not saved"))
    return " · ".join(parts)


def _spoken(card: TemplateCard) -> str:
    return f"{card.name}, {facts(card)}"


def sample_pdf(
    store: Store, template: Template, *, sheet: bool = False, look: Look | None = None
) -> bytes:
    """A page of a template with samples, or a whole sheet of paper. For a thread."""
    from desktop.printing.template_page import pages_pdf

    supplies = supplies_of(store, template)
    look = look or Look()
    filling = filling_of(
        template.purpose,
        look.sample,
        language=look.language,
        signers=look.signers,
        pictures=supplies.pictures,
    )
    paper = template.paper if sheet else None
    count = paper.columns * paper.rows if paper is not None else 1
    page = replace(template, paper=paper)
    return pages_pdf(
        page,
        [filling] * count,
        assets=supplies.assets,
        text_only=look.text_only,
        lenient=True,
    )


def _picture(store: Store, template: Template) -> Callable[[int], QImage]:
    def draw(pixels: int) -> QImage:
        pdf = sample_pdf(store, template)
        return page_image(pdf, 2 * pixels / max(template.width, template.height))

    return draw
