# SPDX-License-Identifier: Apache-2.0
"""The strip under the page: what does not fit in any of the samples, one by one or all."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from desktop.i18n import _, ngettext
from desktop.model.template_edit import has
from desktop.model.template_field import SAMPLES
from desktop.ui import theme
from desktop.ui.icons import Icon
from desktop.ui.parts.designer_bench import Bench
from desktop.ui.parts.designer_render import Fault
from desktop.ui.parts.designer_words import TROUBLES, element_word
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label


class Troubles(QFrame):
    """``jumped(fault)`` comes when the person wants to see one."""

    jumped = Signal(object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._faults: tuple[Fault, ...] = ()
        self._at = 0
        self._seen = False
        self.setObjectName("card")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 1, 4, 1)
        row.setSpacing(6)
        self._icon = Icon("circle-check", "green", 20, self)
        self._words = Label("", "small", wrap=False, parent=self)
        self.see = Button(_("See it"), self._see, kind="quiet", parent=self)
        self.all = Button("", self._list, kind="quiet", icon="list", parent=self)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        for part in (self.see, self.all):
            row.addWidget(part)
        self.setFixedHeight(theme.scaled(theme.TARGET) + 4)
        self.menu: QMenu | None = None
        self._known = False
        self._show()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong in any sample."""
        return self._faults

    def text(self) -> str:
        """The sentence shown."""
        return self._words.text()

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Tell of these; the one being looked at stays as long as it is there."""
        here = self._faults[self._at] if self._at < len(self._faults) else None
        # What is too long comes first: what it pushes away is seldom wrong itself.
        faults = tuple(sorted(faults, key=lambda one: one.kind != "overflow"))
        self._faults = faults
        keys = [(one.element_id, one.kind) for one in faults]
        key = (here.element_id, here.kind) if here is not None else None
        self._seen = self._seen and key in keys
        self._at = keys.index(key) if key in keys else 0
        self._known = True
        self._show()

    def sentence(self, fault: Fault) -> str:
        """What is wrong, where, and in which sample."""
        template = self._bench.template
        where = (
            element_word(template.purpose, template.element(fault.element_id))
            if has(template, fault.element_id)
            else ""
        )
        what = _(TROUBLES.get(fault.kind, TROUBLES["missing"]))
        sample = _(SAMPLES[fault.sample])
        return _("{where}: {what} ({sample}). {sentence}").format(
            where=where, what=what, sample=sample, sentence=fault.sentence
        )

    def _show(self) -> None:
        count = len(self._faults)
        for part in (self.see, self.all):
            part.setVisible(bool(count))
        if not count:
            # Green is only what was tried.
            icon = ("circle-check", "green") if self._known else ("search", "quiet")
            self._icon.show_icon(*icon)
            self._words.setText(
                _("Everything fits in all samples: also the most difficult name and the "
                  "longest title.")
                if self._known
                else _("Trying all samples…")
            )  # fmt: skip
            self.setAccessibleName(self._words.text())
            return
        self._icon.show_icon("triangle-alert", "red")
        words = self.sentence(self._faults[self._at])
        self._words.setText(words)
        self._words.setToolTip(words)
        self.all.setText(
            ngettext("{count} trouble", "{count} troubles", count).format(count=count)
        )
        self.setAccessibleName(words)

    def _see(self) -> None:
        """Go to the one that is told of; pressed again, to the next."""
        if not self._faults:
            return
        if self._seen:
            self._at = (self._at + 1) % len(self._faults)
            self._show()
        self._seen = True
        self.jumped.emit(self._faults[self._at])

    def _list(self) -> None:
        menu = QMenu(self)
        for place, fault in enumerate(self._faults):
            words = self.sentence(fault).replace("&", "&&")
            menu.addAction(words[:140]).triggered.connect(partial(self._take, place))
        self.menu = menu
        menu.popup(self.all.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _take(self, place: int, _checked: bool = False) -> None:
        self._at = place
        self._seen = False
        self._show()
        self._see()
