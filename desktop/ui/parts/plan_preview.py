# SPDX-License-Identifier: Apache-2.0
"""The certificate as it would be printed, while its template and its words are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.certificate_list import DRAFT, CertificateList, Line
from desktop.i18n import N_, _, ngettext
from desktop.model.plan import Plan
from desktop.ui.desk import Desk
from desktop.ui.icons import Icon
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.page_view import PageView

if TYPE_CHECKING:
    from desktop.store.store import Store

_LATER: Final = 140
"""Milliseconds after a key before the page is made again."""
LONGEST: Final = "longest"
FIRST: Final = "first"
HERE: Final = "here"
_SAMPLES: Final = {
    LONGEST: N_("The longest name of the list"),
    FIRST: N_("The first of the list"),
    HERE: N_("The row that is on"),
}
_NOBODY: Final = "นางสาวกุลธิดา ศรีสวัสดิ์วงศ์"
"""Stands in on a preview while nobody is on the list."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page, and what does not fit on it in sentences."""

    pdf: bytes
    troubles: tuple[str, ...]


class PlanPreview(QWidget):
    """Shows one recipient's page under a plan that may not be kept yet."""

    drawn = Signal()
    """The page that was asked for is there, or cannot be."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._held: CertificateList | None = None
        self._plan: Plan | None = None
        self._key = ""
        self._shown: object = None
        self.pick = Choice([(key, _(word)) for key, word in _SAMPLES.items()], LONGEST, self)
        self.pick.setAccessibleName(_("Whose page is shown"))
        self.pick.chose.connect(lambda _which: self._soon(0))
        self.view = PageView(desk.tasks, _("The certificate"), self)
        self._icon = Icon("triangle-alert", "amber", parent=self)
        self.said = Label("", "small", "amber", weight=500, parent=self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._draw)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(Label(_("Shown with"), "small", "quiet", wrap=False, parent=self))
        top.addWidget(self.pick)
        top.addStretch()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._icon)
        foot.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self._icon.hide()
        self.said.hide()

    @property
    def busy(self) -> bool:
        """Whether the page that is shown is not yet the one that was asked for."""
        return self._later.isActive() or self.view.busy

    def show_plan(self, held: CertificateList | None, plan: Plan, *, typing: bool = False) -> None:
        """Show the page under a plan; while one types it is made when the keys rest."""
        self._held, self._plan = held, plan
        self._soon(_LATER if typing else 0)

    def show_key(self, key: str) -> None:
        """The row that is on is another one."""
        self._key = key
        if self.pick.value() == HERE:
            self._soon(_LATER)

    def watch_row(self, watched: bool) -> None:
        """Follow the row that is on, or show the longest name again."""
        value = HERE if watched else LONGEST
        if (self.pick.value() == HERE) != watched:
            self.pick.set_value(value)
            self._soon(0)

    def again(self) -> None:
        """Make the page anew also when nothing of the plan changed: a picture or a field did."""
        self._shown = None
        self._soon(0)

    def _soon(self, wait: int) -> None:
        self._later.start(wait)

    def _draw(self) -> None:
        held, plan = self._held, self._plan
        if plan is None:
            return
        line = self._line()
        asked = (held, plan, line)
        if asked == self._shown:
            return
        self._shown = asked
        store = self._desk.store
        given = held.issue_date if held is not None else self._desk.now().date()

        def then(drawn: Drawn) -> None:
            self.view.show_page(drawn.pdf, 0, line.name if line is not None else "")
            self._say(drawn.troubles)
            self.drawn.emit()

        def failed(error: Exception) -> None:
            self.drawn.emit()
            self._desk.fail(error)

        if self.view.image.isNull():
            self.view.say("", "quiet", _("Making the page…"))
        self._desk.tasks.run(
            "slow", self, lambda: draw(store, plan, line, given), then, failed,
            latest="preview",
        )  # fmt: skip

    def _say(self, troubles: Sequence[str]) -> None:
        self._icon.setVisible(bool(troubles))
        self.said.setVisible(bool(troubles))
        if not troubles:
            return
        more = len(troubles) - 1
        words = ngettext("and {count} more", "and {count} more", more).format(count=more)
        self.said.setText(f"{troubles[0]} ({words})" if more else troubles[0])

    def _line(self) -> Line | None:
        lines = self._held.lines if self._held is not None else ()
        if not lines:
            return None
        which = self.pick.value()
        if which == HERE:
            return next((one for one in lines if one.key == self._key), lines[0])
        if which == FIRST:
            return next((one for one in lines if one.part == "passed"), lines[0])
        return max(lines, key=lambda one: len(one.name))


def draw(store: Store, plan: Plan, line: Line | None, given: date, ref: str = "") -> Drawn:
    """The page of a recipient under a plan; ``ref`` another template than the plan's."""
    from desktop.actions.asset import assets_for
    from desktop.actions.plan import plan_template, planned_lines, planned_words
    from desktop.model.template_field import certificate_filling, fields_of
    from desktop.printing.template_page import pages_pdf, troubles

    if ref:
        plan = replace(plan, template=ref)
    words = planned_lines(store, plan, [line.key], given).get(line.key) if line else None
    if words is None:
        words = replace(planned_words(store, plan, given), recipient=_NOBODY)
    template = plan_template(store, plan)
    proof = fields_of("certificate")["proof"].usual if plan.proof else ""
    filling = certificate_filling(words, DRAFT, proof, dict(words.pictures))
    assets = assets_for(store, template, (filling,))
    pdf = pages_pdf(template, [filling], assets=assets, lenient=True)
    found = troubles(template, filling, assets=assets)
    return Drawn(pdf, tuple(one.sentence for one in found))
